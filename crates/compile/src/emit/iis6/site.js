// `protocol/address:port:host`, where `*` is every address; the metabase has nothing in its place.
function bindings(texts, protocol) {
    var found = [];
    each(texts, function (text) {
        var at = text.indexOf("/");
        if (text.substring(0, at) == protocol) {
            found.push(text.substring(at + 1).replace(/^\*/, ""));
        }
    });
    return found;
}

function isBound(object, texts) {
    return sameTexts(readList(object, "ServerBindings"), bindings(texts, "http"))
        && sameTexts(readList(object, "SecureBindings"), bindings(texts, "https"));
}

function bind(object, texts) {
    writeList(object, "ServerBindings", bindings(texts, "http"));
    writeList(object, "SecureBindings", bindings(texts, "https"));
    object.SetInfo();
}

// The site of a number, if it is the one that is meant. Windows translates the name of its first site.
function siteOf(id, name) {
    var site = find("W3SVC/" + id);
    var called = site && String(read(site, "ServerComment"));
    if (site && !sameText(called, name) && !(id == "1" && name == "Default Web Site")) {
        refuse("site " + id + " of this server is called `" + called + "` and not `" + name + "`");
    }
    return site;
}

function makeSite(id, name, folder, addresses) {
    if (siteOf(id, name)) {
        return;
    }
    var site = need("W3SVC").Create("IIsWebServer", id);
    site.Put("ServerComment", name);
    bind(site, addresses.length > 0 ? addresses : ["http/*:80:"]);
    var root = site.Create("IIsWebVirtualDir", "ROOT");
    root.Put("Path", folder || shell.ExpandEnvironmentStrings("%SystemDrive%\\Inetpub\\wwwroot"));
    root.SetInfo();
    root.AppCreate3(2, "DefaultAppPool", false);
    need("W3SVC/" + id).Start();
}

function removeSite(id) {
    var root = find(rootOf(id));
    if (root && isSomethingBelow(root)) {
        WScript.Echo("site " + id + " stays: it has other virtual directories");
    } else if (find("W3SVC/" + id)) {
        need("W3SVC").Delete("IIsWebServer", id);
    }
}
