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
