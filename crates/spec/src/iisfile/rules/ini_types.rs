//! `[Types]` says which pool serves what (sections 4.2 and 4.3 of the IIS fact sheet).

use std::collections::{BTreeMap, BTreeSet};

use super::super::View;
use super::super::ini::{Pair, Section};
use crate::rules::{Phase, Rule, Sink};
use crate::suggest::nearest;

pub(crate) static RULE: Rule = Rule::error(
    1039,
    "ini-types",
    include_str!("ini-types.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    let Some(ini) = view.ini().filter(|ini| !ini.sections.is_empty()) else {
        return;
    };
    if ini.types().next().is_none() {
        let problem = RULE
            .problem("the file has no section `[Types]`")
            .help("write `[Types]` and below it `*=` and the name of a section");
        sink.push(problem);
    }
    let lower = |pool: &Section| pool.name.text.to_lowercase();
    let pools: BTreeSet<String> = ini.pools().map(lower).collect();
    let mut seen = BTreeMap::new();
    for pair in ini.types().flat_map(|types| &types.pairs) {
        if sink.is_full() {
            return;
        }
        form(pair, sink);
        pool(&pools, pair, sink);
        if let Some(first) = seen.insert(pair.key.text.to_lowercase(), pair.key.span()) {
            let problem = RULE
                .problem(format!("`{}` is mapped twice", pair.key.text))
                .at(pair.key.span(), "again")
                .with(first, "first")
                .help("remove one of the two lines");
            sink.push(problem);
        }
    }
}

/// Judges what is mapped: an extension or `*`, and perhaps a site or an application.
fn form(pair: &Pair, sink: &mut Sink) {
    let key = pair.key.text.as_str();
    let (extension, place) = key
        .split_once(':')
        .map_or((key, None), |(extension, place)| (extension, Some(place)));
    let (range, label, help) = if let Some(plain) = extension.strip_prefix('.') {
        (
            0..1,
            "an extension is written without its dot",
            format!("write `{plain}`"),
        )
    } else if extension.starts_with("*.") {
        (
            0..extension.len(),
            "no pattern",
            "write `*` for everything, or an extension".to_owned(),
        )
    } else if place == Some("") {
        (
            key.len() - 1..key.len(),
            "no site behind it",
            "write the number of the site behind it, or nothing".to_owned(),
        )
    } else {
        return;
    };
    let problem = RULE
        .problem(format!("`{key}` maps nothing"))
        .at(pair.key.part(range), label)
        .help(help);
    sink.push(problem);
}

fn pool(pools: &BTreeSet<String>, pair: &Pair, sink: &mut Sink) {
    // Microsoft's own sample has a remark behind the name; another rule tells of that.
    let name = pair
        .value
        .text
        .split(';')
        .next()
        .unwrap_or_default()
        .trim_end();
    if pools.contains(&name.to_lowercase()) {
        return;
    }
    let help = match nearest(name, pools.iter().map(String::as_str)) {
        Some(near) => format!("write `{near}`"),
        None => format!("write a section `[{name}]` with an `ExePath`"),
    };
    let problem = RULE
        .problem(format!("there is no section `[{name}]`"))
        .at(pair.value.span(), "")
        .help(help);
    sink.push(problem);
}
