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
