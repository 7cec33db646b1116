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
            refuse("site " + id + " has no certificate: give it one in IIS Manager, Directory Security,"
                + " Server Certificate, and run this again");
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
