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
    var section = headers[0].section;
    return { types: types, name: headers[0].name, section: section, pairs: pairsOf(lines, section) };
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
        return only(pairsOf(lines, "types"), function (line) {
            return normalKey(line.key) == normalKey(type.key);
        }).length == 0;
    });
}

// Refuses to take over what belongs to another application.
function checkOwner(ours, lines, path) {
    var types = pairsOf(lines, "types");
    each(types, function (line) {
        if (isOurKey(ours, line) && !namesUs(ours, line)) {
            refuse("[Types] of " + path + " gives `" + line.key + "` to the section `" + line.value
                + "`; remove that line first");
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
    var others = only(pairsOf(lines, "types"), function (line) {
        return namesUs(ours, line) && !isOurKey(ours, line);
    });
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
