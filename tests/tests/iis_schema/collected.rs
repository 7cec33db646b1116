//! Configuration files from public repositories, which lie beside the schema files: the checker must pass what IIS
//! passes. What it tells of the others was looked at by a person.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use iisc_spec::Target;
use iisc_tests::iis_schema::{File, Problem, Registrations, Rule, Server, schema_folder};
use iisc_tests::{files_below, skip};

use crate::reference::{Host, Reference};

/// Problems by folder and number of the file. Sections of modules whose schema is not there, or that the server does
/// not have, are left out: they say nothing about the file.
const TOLD: &str = "\
applicationhost/003 KnownAttribute x2 Required x1
applicationhost/005 Root x1
applicationhost/007 KnownAttribute x1
applicationhost/012 Root x1
applicationhost/018 Root x1
applicationhost/020 UniqueKey x2
webconfig/019 Override x1
webconfig/025 AllowDefinition x1 Override x1
webconfig/042 Override x2
webconfig/046 Override x4
webconfig/049 KnownElement x1 AllowDefinition x1 Override x1
webconfig/078 UniqueKey x3
webconfig/102 Override x1
webconfig/115 Override x1
webconfig/119 AllowDefinition x1 Override x1
webconfig/120 AllowDefinition x1 Override x1
webconfig/121 AllowDefinition x1 Override x1
webconfig/122 AllowDefinition x1 Override x1
webconfig/123 AllowDefinition x1 Override x1
webconfig/124 AllowDefinition x1 Override x1
webconfig-static/005 UniqueKey x1 SectionOnce x2
webconfig-static/006 UniqueKey x1
webconfig-static/015 UniqueKey x8
webconfig-static/025 UniqueKey x1
webconfig-proxy/002 Override x1
webconfig-proxy/006 Override x1
webconfig-proxy/008 UniqueKey x4 Override x1
";

#[test]
fn only_what_is_wrong_is_told_of_collected_files() {
    let (Some(reference), Some(folder)) = (Reference::get(), schema_folder()) else {
        return;
    };
    let collected = folder.with_file_name("corpus");
    if !collected.is_dir() {
        return skip("shared/corpus");
    }
    let mut told = String::new();
    let (mut files, mut right) = (0, 0);
    for name in [
        "applicationhost",
        "webconfig",
        "webconfig-static",
        "webconfig-proxy",
    ] {
        for path in files_below(&collected.join(name)) {
            let number: String = path
                .file_name()
                .unwrap()
                .to_string_lossy()
                .chars()
                .take(3)
                .collect();
            let Some(found) = judged(reference, name, &path) else {
                continue;
            };
            files += 1;
            right += usize::from(found.is_empty());
            told.push_str(&line(&format!("{name}/{number}"), &found));
        }
    }
    assert_eq!(told, TOLD);
    assert!(files > 200, "{files}");
    assert!(10 * right > 8 * files, "{right} of {files}");
}

/// The problems of a file, or nothing if it is none of IIS's.
fn judged(reference: &Reference, folder: &str, path: &Path) -> Option<Vec<Problem>> {
    let [_, host] = &reference.hosts;
    let file = File::parse("file", fs::read(path).unwrap().trim_ascii_start()).ok()?;
    let mut found = match folder {
        "applicationhost" => whole_server(reference, host, &file),
        _ => {
            let server = reference.server(Target::Iis10, host);
            server.judge(&host.file, &[("Default Web Site", &file)])
        }
    };
    let is_told = |it: &Problem| !matches!(it.rule, Rule::KnownSection | Rule::Registered);
    found.retain(|it| it.file == "file" && is_told(it));
    Some(found)
}

/// A file of a whole server has registrations of its own; parts of one have none.
fn whole_server(reference: &Reference, host: &Host, file: &File) -> Vec<Problem> {
    let has_own = file.root.children_named("configSections").next().is_some();
    let known = reference.server(Target::Iis10, host);
    let own = Registrations::read(file, known.schema);
    let server = Server {
        registrations: if has_own { &own } else { &host.registrations },
        ..known
    };
    server.judge(file, &[])
}

fn line(name: &str, found: &[Problem]) -> String {
    if found.is_empty() {
        return String::new();
    }
    let mut rules: BTreeMap<Rule, usize> = BTreeMap::new();
    for problem in found {
        *rules.entry(problem.rule).or_default() += 1;
    }
    let rules: Vec<String> = rules
        .iter()
        .map(|(rule, number)| format!("{rule:?} x{number}"))
        .collect();
    format!("{name} {}\n", rules.join(" "))
}
