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
