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
