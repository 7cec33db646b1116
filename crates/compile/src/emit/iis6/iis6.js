// Sets up IIS 6 for one application, with what Windows Server 2003 brings along.
//
//   cscript //nologo //e:jscript iis6.js ask|make|undo WHAT VALUES...
//
// `ask` prints `yes` or `no` and changes nothing. `make` brings it about, and does no harm if it is so already.
// `undo` takes it back. Whatever goes wrong is said in one sentence, and the exit code is 1.
//
// JScript 5.6: no JSON, no indexOf of arrays, no trim, no characters of a text by number.

var METABASE = "IIS://localhost/";
var POOLS = "W3SVC/AppPools";
var files = new ActiveXObject("Scripting.FileSystemObject");
var shell = new ActiveXObject("WScript.Shell");

// ---------------------------------------------------------------- errors

function Refusal(sentence) {
    this.message = sentence;
}

function refuse(sentence) {
    throw new Refusal(sentence);
}

function lowWord(problem) {
    return problem.number & 0xFFFF;
}

function sentence(problem, what) {
    if (problem instanceof Refusal) {
        return problem.message;
    }
    if ((problem.number >>> 16) == 0x8007 && lowWord(problem) == 5) {
        return what + ": access is denied; run this as an administrator";
    }
    var words = String(problem.message || "").replace(/\s+/g, " ").replace(/[ .]+$/, "");
    var number = "error 0x" + ((problem.number || 0) >>> 0).toString(16);
    return what + ": " + (words ? words + " (" + number + ")" : number);
}

// ---------------------------------------------------------------- lists

function each(list, act) {
    for (var i = 0; i < list.length; i++) {
        act(list[i]);
    }
}

function only(list, test) {
    var kept = [];
    each(list, function (item) {
        if (test(item)) {
            kept.push(item);
        }
    });
    return kept;
}

function sameText(one, other) {
    return String(one).toLowerCase() == String(other).toLowerCase();
}

function sameTexts(one, other) {
    return sameText(one.slice(0).sort().join("\n"), other.slice(0).sort().join("\n"));
}

// ---------------------------------------------------------------- the metabase

// The object at a path, or null if there is none.
function find(path) {
    try {
        return GetObject(METABASE + path);
    } catch (problem) {
        // ERROR_PATH_NOT_FOUND
        if (lowWord(problem) == 3) {
            return null;
        }
        throw problem;
    }
}

function need(path) {
    return find(path) || refuse("the metabase of IIS has no " + path);
}

// A property, inherited ones included; undefined if nobody has set it.
function read(object, property) {
    try {
        return object.Get(property);
    } catch (problem) {
        // E_ADS_PROPERTY_NOT_FOUND, MD_ERROR_DATA_NOT_FOUND
        if (lowWord(problem) == 0x500D || lowWord(problem) == 0x0CC9) {
            return undefined;
        }
        throw problem;
    }
}

function readList(object, property) {
    var value = read(object, property);
    var kind = typeof value;
    if (kind == "undefined" || kind == "object" && value === null) {
        return [];
    }
    // What ADSI has as a list is no array of JScript either, and its type is "unknown".
    var all = kind == "string" ? [value] : new VBArray(value).toArray();
    return only(all, function (entry) { return entry !== ""; });
}

// ADSI takes no array of JScript; the items of a dictionary are one that it takes.
function writeList(object, property, texts) {
    if (texts.length == 0) {
        if (readList(object, property).length > 0) {
            // ADS_PROPERTY_CLEAR
            object.PutEx(1, property, "");
        }
        return;
    }
    var dictionary = new ActiveXObject("Scripting.Dictionary");
    for (var i = 0; i < texts.length; i++) {
        dictionary.Add(i, texts[i]);
    }
    object.Put(property, dictionary.Items());
}

// The properties that are numbers, and those that are lists; all others are texts.
var NUMBERS = " AccessFlags AppPoolIdentityType AppPoolQueueLength AuthFlags CPUAction CPULimit CPUResetInterval"
    + " IdleTimeout MaxProcesses PeriodicRestartPrivateMemory PeriodicRestartRequests PeriodicRestartTime"
    + " ShutdownTimeLimit ";
var LISTS = " PeriodicRestartSchedule ";

function isAmong(property, names) {
    return names.indexOf(" " + property + " ") >= 0;
}

// A setting `Property=value`; a list has its entries behind commas.
function setting(text) {
    var at = text.indexOf("=");
    if (at < 1) {
        refuse("`" + text + "` is no setting of the form Property=value");
    }
    return { property: text.substring(0, at), value: text.substring(at + 1) };
}

function entries(value) {
    return value === "" ? [] : value.split(",");
}

function has(object, text) {
    var wanted = setting(text);
    if (isAmong(wanted.property, LISTS)) {
        return sameTexts(readList(object, wanted.property), entries(wanted.value));
    }
    var value = read(object, wanted.property);
    return value !== undefined && sameText(value, wanted.value);
}

function hasAll(object, settings) {
    return only(settings, function (text) { return has(object, text); }).length == settings.length;
}

function set(object, text) {
    var wanted = setting(text);
    if (isAmong(wanted.property, LISTS)) {
        writeList(object, wanted.property, entries(wanted.value));
    } else {
        object.Put(wanted.property, isAmong(wanted.property, NUMBERS) ? Number(wanted.value) : wanted.value);
    }
}

function setAll(object, settings) {
    each(settings, function (text) { set(object, text); });
    object.SetInfo();
}

// ---------------------------------------------------------------- directories of a site

function rootOf(site) {
    return "W3SVC/" + site + "/ROOT";
}

function directory(site, path) {
    return rootOf(site) + (path == "/" ? "" : path);
}

// The object above a path, and the last part of it.
function split(path) {
    var at = path.lastIndexOf("/");
    return { above: path.substring(0, at), name: path.substring(at + 1) };
}

// What lies between the root and a virtual directory is made too, as folders without settings of their own.
function makeDirectory(path, kind) {
    var there = find(path);
    if (there) {
        return there;
    }
    var place = split(path);
    var made = makeDirectory(place.above, "IIsWebDirectory").Create(kind, place.name);
    made.SetInfo();
    return made;
}

function isSomethingBelow(object) {
    for (var below = new Enumerator(object); !below.atEnd(); below.moveNext()) {
        if (sameText(below.item().Class, "IIsWebVirtualDir") || isSomethingBelow(below.item())) {
            return true;
        }
    }
    return false;
}

// Removes a virtual directory, but never what somebody has put below it.
function removeDirectory(path) {
    var there = find(path);
    if (!there) {
        return;
    }
    if (isSomethingBelow(there)) {
        WScript.Echo(path + " stays: another virtual directory lies below it");
        return;
    }
    var place = split(path);
    need(place.above).Delete("IIsWebVirtualDir", place.name);
}

// ---------------------------------------------------------------- the FastCGI extension

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

// ---------------------------------------------------------------- script maps

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

// ---------------------------------------------------------------- sites

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

// ---------------------------------------------------------------- applications

function isApplication(path, folder, pool) {
    var object = find(path);
    return object != null && has(object, "Path=" + folder) && has(object, "AppPoolId=" + pool)
        && has(object, "AppRoot=/LM/" + path);
}

function makeApplication(path, folder, pool, name) {
    need(POOLS + "/" + pool);
    setAll(makeDirectory(path, "IIsWebVirtualDir"), ["Path=" + folder]);
    // 2: in a pool
    need(path).AppCreate3(2, pool, false);
    setAll(need(path), ["AppFriendlyName=" + name, "AppPoolId=" + pool]);
}

// The root of a site remains: without it there is no site.
function removeApplication(site, path) {
    if (path != "/") {
        removeDirectory(directory(site, path));
    } else if (find(rootOf(site))) {
        setAll(need(rootOf(site)), ["AppPoolId=DefaultAppPool"]);
    }
}

function isFolderOfFiles(path, settings) {
    var object = find(path);
    return object != null && hasAll(object, settings)
        && only(readList(object, "ScriptMaps"), isWildcard).length == 0;
}

function makeFolderOfFiles(path, settings) {
    var object = makeDirectory(path, "IIsWebVirtualDir");
    setAll(object, settings);
    writeMaps(object, mapsOfFiles(object));
}

// Read, and nothing else: no script of the folder is run.
function settingsOfFiles(folder, expires) {
    var settings = ["Path=" + folder, "AccessFlags=1"];
    return expires === undefined ? settings : settings.concat(["HttpExpires=" + expires]);
}

// ---------------------------------------------------------------- pools

function poolPath(name) {
    return POOLS + "/" + name;
}

function removePool(name) {
    var pool = find(poolPath(name));
    if (!pool) {
        return;
    }
    var users = pool.EnumAppsInPool();
    if (users && new VBArray(users).toArray().length > 0) {
        WScript.Echo("pool " + name + " stays: it has other applications");
        return;
    }
    need(POOLS).Delete("IIsApplicationPool", name);
}

function makeUser(pool, account, variable) {
    var password = variable && shell.Environment("PROCESS").Item(variable);
    if (!password) {
        refuse("set the variable " + (variable || "password-from") + " to the password of " + account
            + " before this is run");
    }
    var object = need(poolPath(pool));
    object.Put("WAMUserPass", password);
    setAll(object, ["AppPoolIdentityType=3", "WAMUserName=" + account]);
}

// Accounts of worker processes have to be members of this group.
function workers() {
    return GetObject("WinNT://./IIS_WPG,group");
}

function member(account) {
    var parts = account.split("\\");
    if (parts.length != 2) {
        refuse("write the account " + account + " as DOMAIN\\name, or as .\\name for one of this server");
    }
    var computer = parts[0] == "." ? new ActiveXObject("WScript.Network").ComputerName : parts[0];
    return GetObject("WinNT://" + computer + "/" + parts[1] + ",user").ADsPath;
}

// ---------------------------------------------------------------- fcgiext.ini

function readFile(path) {
    // 1: for reading; 0: in the code page of the server
    var file = files.OpenTextFile(path, 1, false, 0);
    var text = file.AtEndOfStream ? "" : file.ReadAll();
    file.Close();
    if (text.indexOf("\0") >= 0) {
        refuse(path + " is not a text in the code page of this server");
    }
    return text;
}

function writeFile(path, text) {
    var file = files.CreateTextFile(path, true, false);
    file.Write(text);
    file.Close();
    if (readFile(path) != text) {
        refuse(path + " could not be written in the code page of this server");
    }
}

// Keeps the file as it was before the first change, and puts the new one into its place as a whole.
function replaceFile(path, text) {
    var fresh = path + ".iisc-new";
    var old = path + ".iisc-old";
    writeFile(fresh, text);
    if (files.FileExists(path)) {
        if (!files.FileExists(path + ".before-iisc")) {
            files.CopyFile(path, path + ".before-iisc", false);
        }
        if (files.FileExists(old)) {
            files.DeleteFile(old, true);
        }
        files.MoveFile(path, old);
    }
    try {
        files.MoveFile(fresh, path);
    } catch (problem) {
        if (files.FileExists(old)) {
            files.MoveFile(old, path);
        }
        throw problem;
    }
    if (files.FileExists(old)) {
        files.DeleteFile(old, true);
    }
}

function trimmed(text) {
    return text.replace(/^\s+/, "").replace(/\s+$/, "");
}

// A key of [Types] has the path of an application with or without `/lm` in front, and in any case.
function normalKey(key) {
    return key.toLowerCase().replace(":/lm/", ":/");
}

// The lines of a file, each with its end and what it is. A semicolon begins a comment in the first column only.
function scan(text) {
    var section = "";
    var lines = [];
    each(text.match(/[^\n]*\n|[^\n]+$/g) || [], function (raw) {
        var header = /^\s*\[([^\]]*)\]\s*$/.exec(raw);
        var pair = raw.charAt(0) == ";" ? null : /^([^=]+)=([^\r\n]*)/.exec(raw);
        var line = { raw: raw, header: header != null, pair: header == null && pair != null };
        if (header) {
            section = trimmed(header[1]).toLowerCase();
            line.name = trimmed(header[1]);
        } else if (pair) {
            line.key = trimmed(pair[1]);
            line.value = trimmed(pair[2]);
        }
        line.section = section;
        lines.push(line);
    });
    return lines;
}

function pairsOf(lines, section) {
    return only(lines, function (line) { return line.pair && line.section == section; });
}

// What is to stand in the server's file: lines of [Types], and one section.
function readOurs(path) {
    var text = readFile(path);
    if (/[^\x09\x0A\x0D\x20-\x7E]/.test(text)) {
        refuse(path + " holds characters beyond ASCII, which IIS 6 would misread");
    }
    var lines = scan(text);
    var headers = only(lines, function (line) { return line.header && line.section != "types"; });
    var types = pairsOf(lines, "types");
    if (headers.length != 1 || types.length == 0) {
        refuse(path + " is not a file that iisc has written");
    }
    return { types: types, name: headers[0].name, section: headers[0].section, pairs: pairsOf(lines, headers[0].section) };
}

function isOurKey(ours, line) {
    return only(ours.types, function (type) { return normalKey(type.key) == normalKey(line.key); }).length > 0;
}

function namesUs(ours, line) {
    return line.section == "types" && line.pair && sameText(line.value, ours.name);
}

// The keys of ours that the server's file has not yet.
function missingTypes(ours, lines) {
    return only(ours.types, function (type) {
        return only(pairsOf(lines, "types"), function (line) { return normalKey(line.key) == normalKey(type.key); }).length == 0;
    });
}

// Refuses to take over what belongs to another application.
function checkOwner(ours, lines, path) {
    var types = pairsOf(lines, "types");
    each(types, function (line) {
        if (isOurKey(ours, line) && !namesUs(ours, line)) {
            refuse("[Types] of " + path + " gives `" + line.key + "` to the section `" + line.value + "`; remove that line first");
        }
    });
    var names = only(types, function (line) { return namesUs(ours, line); });
    var ourNames = only(names, function (line) { return isOurKey(ours, line); });
    if (names.length > 0 && ourNames.length == 0) {
        refuse("[Types] of " + path + " names the section `" + ours.name + "` for `" + names[0].key
            + "`; remove that line first, or give the application another name");
    }
}

function typesText(types) {
    var text = "";
    each(types, function (type) { text += type.key + "=" + type.value + "\r\n"; });
    return text;
}

function sectionText(ours) {
    return "[" + ours.name + "]\r\n" + typesText(ours.pairs);
}

function ended(text) {
    return text === "" || /\n$/.test(text) ? text : text + "\r\n";
}

function apart(text) {
    return text === "" ? text : ended(text) + "\r\n";
}

// The place behind the last key of the first [Types], or -1.
function endOfTypes(lines) {
    var end = -1;
    var sections = 0;
    for (var i = 0; i < lines.length; i++) {
        sections += lines[i].header && lines[i].section == "types" ? 1 : 0;
        if (sections == 1 && lines[i].section == "types" && (lines[i].header || lines[i].pair)) {
            end = i;
        }
    }
    return end;
}

// Every other line stays as it is, down to its bytes; so do comments within our section.
function merge(ours, lines) {
    var missing = typesText(missingTypes(ours, lines));
    var end = endOfTypes(lines);
    var text = "";
    var placed = false;
    for (var i = 0; i < lines.length; i++) {
        var line = lines[i];
        if (line.section != ours.section || !(line.header || line.pair)) {
            text += line.raw;
        } else if (line.header && !placed) {
            text += sectionText(ours);
            placed = true;
        }
        if (i == end && missing !== "") {
            text = ended(text) + missing;
        }
    }
    if (end < 0) {
        text = apart(text) + "[Types]\r\n" + missing;
    }
    return placed ? text : apart(text) + sectionText(ours);
}

function without(ours, lines) {
    var others = only(pairsOf(lines, "types"), function (line) { return namesUs(ours, line) && !isOurKey(ours, line); });
    var text = "";
    each(lines, function (line) {
        var ourType = namesUs(ours, line) && isOurKey(ours, line);
        var ourLine = line.section == ours.section && (line.header || line.pair) && others.length == 0;
        if (ourLine && line.header) {
            // The empty line that stands above a section goes with it.
            text = text.replace(/(^|\n)\r?\n$/, "$1");
        }
        text += ourType || ourLine ? "" : line.raw;
    });
    return text;
}

function serversFile(path) {
    return path || files.BuildPath(extensionFolder(), "fcgiext.ini");
}

function linesOf(path) {
    return files.FileExists(path) ? scan(readFile(path)) : [];
}

function isRegistered(ours, lines) {
    var types = only(pairsOf(lines, "types"), function (line) { return namesUs(ours, line) && isOurKey(ours, line); });
    var pairs = pairsOf(lines, ours.section);
    return types.length >= ours.types.length && missingTypes(ours, lines).length == 0
        && typesText(pairs) == typesText(ours.pairs);
}

function register(oursPath, path) {
    var ours = readOurs(oursPath);
    var lines = linesOf(path);
    checkOwner(ours, lines, path);
    if (!isRegistered(ours, lines)) {
        replaceFile(path, merge(ours, lines));
    }
}

function unregister(oursPath, path) {
    var ours = readOurs(oursPath);
    var lines = linesOf(path);
    if (missingTypes(ours, lines).length < ours.types.length || pairsOf(lines, ours.section).length > 0) {
        replaceFile(path, without(ours, lines));
    }
}

// ---------------------------------------------------------------- what can be asked for

var WHAT = {
    "extension": {
        ask: function () { return files.FileExists(files.BuildPath(extensionFolder(), "fcgiext.dll")); },
        make: function () {
            refuse("install Microsoft's FastCGI Extension 1.5 for IIS 6 first: " + extensionFolder()
                + " has no fcgiext.dll");
        }
    },
    "allowed": {
        ask: function () { return only(readList(need("W3SVC"), "WebSvcExtRestrictionList"), isAllowed).length > 0; },
        make: makeAllowed
    },
    "pool": {
        ask: function (name) { return find(poolPath(name)) != null; },
        make: function (name) {
            if (!find(poolPath(name))) {
                need(POOLS).Create("IIsApplicationPool", name).SetInfo();
            }
        },
        undo: removePool
    },
    "pool-settings": {
        ask: function (name) {
            var pool = find(poolPath(name));
            return pool != null && hasAll(pool, rest(arguments, 1));
        },
        make: function (name) { setAll(need(poolPath(name)), rest(arguments, 1)); }
    },
    "pool-user": {
        ask: function (pool, account) {
            var object = find(poolPath(pool));
            return object != null && hasAll(object, ["AppPoolIdentityType=3", "WAMUserName=" + account]);
        },
        make: makeUser
    },
    "member": {
        ask: function (account) { return workers().IsMember(member(account)); },
        make: function (account) {
            if (!workers().IsMember(member(account))) {
                workers().Add(member(account));
            }
        },
        undo: function (account) {
            if (workers().IsMember(member(account))) {
                workers().Remove(member(account));
            }
        }
    },
    "site": {
        ask: function (id, name) { return siteOf(id, name) != null; },
        make: function (id, name, folder) { makeSite(id, name, folder, rest(arguments, 3)); },
        undo: removeSite
    },
    "bindings": {
        ask: function (id) {
            var site = find("W3SVC/" + id);
            return site != null && isBound(site, rest(arguments, 1));
        },
        make: function (id) { bind(need("W3SVC/" + id), rest(arguments, 1)); }
    },
    "application": {
        ask: function (site, path, folder, pool) { return isApplication(directory(site, path), folder, pool); },
        make: function (site, path, folder, pool, name) { makeApplication(directory(site, path), folder, pool, name); },
        undo: removeApplication
    },
    "directory-settings": {
        ask: function (site, path) {
            var object = find(directory(site, path));
            return object != null && hasAll(object, rest(arguments, 2));
        },
        make: function (site, path) { setAll(need(directory(site, path)), rest(arguments, 2)); }
    },
    "script-map": {
        ask: function (site, path) {
            var object = find(directory(site, path));
            return object != null && isMapped(object);
        },
        make: function (site, path) {
            var object = need(directory(site, path));
            writeMaps(object, otherMaps(object).concat([ourMap()]));
        },
        undo: function (site, path) {
            var object = find(directory(site, path));
            if (object) {
                writeMaps(object, otherMaps(object));
            }
        }
    },
    "static": {
        ask: function (site, path, folder, expires) {
            return isFolderOfFiles(directory(site, path), settingsOfFiles(folder, expires));
        },
        make: function (site, path, folder, expires) {
            makeFolderOfFiles(directory(site, path), settingsOfFiles(folder, expires));
        },
        undo: function (site, path) { removeDirectory(directory(site, path)); }
    },
    "registration": {
        ask: function (ours, path) { return isRegistered(readOurs(ours), linesOf(serversFile(path))); },
        make: function (ours, path) { register(ours, serversFile(path)); },
        undo: function (ours, path) { unregister(ours, serversFile(path)); }
    },
    "recycle": {
        make: function (pool) {
            var object = need(poolPath(pool));
            var state = read(object, "AppPoolState");
            // 3 and 4: it ends or has ended, and has no process that could run with old values
            if (state != 3 && state != 4) {
                object.Recycle();
            }
        }
    },
    "certificate": {
        ask: function (id) {
            var site = find("W3SVC/" + id);
            return site != null && read(site, "SSLCertHash") !== undefined;
        },
        make: function (id) {
            refuse("site " + id + " has no certificate: give it one in IIS Manager, Directory Security, Server Certificate,"
                + " and run this again");
        }
    }
};

function rest(all, from) {
    var values = [];
    for (var i = from; i < all.length; i++) {
        values.push(all[i]);
    }
    return values;
}

function main(words) {
    var verb = words[0];
    var what = words[1];
    if (!WHAT.hasOwnProperty(what) || !/^(ask|make|undo)$/.test(verb) || !WHAT[what][verb]) {
        refuse("iis6.js knows no `" + verb + " " + what + "`");
    }
    var answer = WHAT[what][verb].apply(null, rest(words, 2));
    if (verb == "ask") {
        WScript.Echo(answer ? "yes" : "no");
    }
}

function run() {
    var words = [];
    for (var i = 0; i < WScript.Arguments.length; i++) {
        words.push(WScript.Arguments.Item(i));
    }
    try {
        main(words);
        return 0;
    } catch (problem) {
        WScript.Echo(sentence(problem, words.slice(0, 2).join(" ")));
        return 1;
    }
}

WScript.Quit(run());
