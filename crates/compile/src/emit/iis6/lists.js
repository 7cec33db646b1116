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
