function windows(name) {
    return files.BuildPath(files.GetSpecialFolder(0).Path, name);
}

// A server with 64 bits whose IIS runs with 32 has the extension in the folder for 32-bit programs.
function extensionFolder() {
    var pools = find(POOLS);
    var narrow = pools && read(pools, "Enable32bitAppOnWin64");
    return windows(narrow && files.FolderExists(windows("SysWOW64")) ? "SysWOW64\\inetsrv" : "system32\\inetsrv");
}

// As it stands in the metabase, where IIS itself finds the folder that is meant.
function extension() {
    return windows("system32\\inetsrv\\fcgiext.dll");
}

// An entry is `allowed,file,deletable,group,description`.
function isExtension(entry) {
    return sameText(entry.split(",")[1], extension());
}

function isAllowed(entry) {
    return isExtension(entry) && entry.split(",")[0] == "1";
}

function makeAllowed() {
    var service = need("W3SVC");
    var all = readList(service, "WebSvcExtRestrictionList");
    var changed = [];
    var found = false;
    each(all, function (entry) {
        found = found || isExtension(entry);
        changed.push(isExtension(entry) ? "1" + entry.substring(entry.indexOf(",")) : entry);
    });
    if (!found) {
        changed.push("1," + extension() + ",1,FASTCGI,FastCGI Handler");
    }
    writeList(service, "WebSvcExtRestrictionList", changed);
    service.SetInfo();
}

// An entry is `extension,file,flags[,verb...]`; the extension of a wildcard is `*`.
function isWildcard(entry) {
    return entry.charAt(0) == "*";
}

function isOurMap(entry) {
    return isWildcard(entry) && isExtension(entry);
}

function otherMaps(object) {
    return only(readList(object, "ScriptMaps"), function (entry) { return !isOurMap(entry); });
}

// Without "verify that file exists", and for all verbs.
function ourMap() {
    return "*," + extension() + ",0";
}

function isMapped(object) {
    var ours = only(readList(object, "ScriptMaps"), isOurMap);
    return ours.length == 1 && sameText(ours[0], ourMap());
}

function writeMaps(object, maps) {
    writeList(object, "ScriptMaps", maps);
    object.SetInfo();
}

// A list that is empty would be the one from above again, wildcard and all.
function mapsOfFiles(object) {
    var maps = only(readList(object, "ScriptMaps"), function (entry) { return !isWildcard(entry); });
    return maps.length > 0 ? maps : [".iisc-no-such-extension," + extension() + ",5"];
}
