//! Artifacts read back by parsers that are not the writer's, and held against each other.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads files, and ends where it fails"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use iisc_compile::{Artifact, Input, Layout, Project};
use iisc_gateway_core::xml::{self, Element};
use iisc_spec::{Options, Scope, iisfile, sddl};
use iisc_tests::{examples, files_below, tool, workspace};
use serde_json::Value;

/// The built files of all examples that are called so, in one order.
fn built(name: &str) -> Vec<PathBuf> {
    let expected = examples().into_iter();
    let files = expected.flat_map(|example| files_below(&example.join("expected")));
    let files: Vec<PathBuf> = files.filter(|path| path.ends_with(name)).collect();
    assert!(!files.is_empty(), "{name}");
    files
}

fn parsed(path: &Path) -> Element {
    xml::parse(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn the_handler_names_exactly_what_is_registered() {
    for fragment in built("applicationHost.fragment.config") {
        let config = parsed(&fragment.with_file_name("Web.config"));
        let fragment = parsed(&fragment);
        // They stand in the one file or in the other.
        let handlers = [&config, &fragment].map(|file| file.descendants_named("handlers"));
        let adds = handlers.iter().flatten();
        let adds: Vec<_> = adds.flat_map(|it| it.children_named("add")).collect();
        let python = |add: &&&Element| add.attribute("modules") == Some("FastCgiModule");
        let handler = adds.iter().find(python).unwrap();
        assert_eq!(adds.iter().filter(python).count(), 1);
        let registrations = fragment.descendants_named("fastCgi");
        let registered = registrations[0]
            .children_named("application")
            .next()
            .unwrap();
        let pair = format!(
            "{}|{}",
            registered.attribute("fullPath").unwrap(),
            registered.attribute("arguments").unwrap()
        );
        assert_eq!(handler.attribute("scriptProcessor"), Some(pair.as_str()));
    }
}

#[test]
fn the_pool_of_the_application_is_the_pool_that_is_made() {
    for fragment in built("applicationHost.fragment.config") {
        let fragment = parsed(&fragment);
        let pools = &fragment.descendants_named("applicationPools")[0].children[0];
        let sites = fragment.descendants_named("site");
        let application = sites[0].children_named("application").next().unwrap();
        assert_eq!(
            application.attribute("applicationPool"),
            pools.attribute("name")
        );
    }
}

#[test]
fn another_xml_parser_reads_every_xml_artifact() {
    let Some(xmllint) = tool("xmllint") else {
        return;
    };
    let files = ["Web.config", "applicationHost.fragment.config"].map(built);
    assert!(
        Command::new(xmllint)
            .args(["--noout", "--nonet"])
            .args(files.concat())
            .status()
            .unwrap()
            .success()
    );
}

#[test]
fn scripts_and_settings_have_windows_line_ends() {
    for file in ["acl.cmd", "acl.txt", "fcgiext.ini", "iis6.js", "Web.config"]
        .map(built)
        .concat()
    {
        let text = fs::read_to_string(&file).unwrap();
        let file = file.display();
        assert_eq!(
            text.matches('\n').count(),
            text.matches("\r\n").count(),
            "{file}"
        );
        assert!(text.ends_with("\r\n"), "{file}");
    }
}

#[test]
fn the_checks_of_iis_files_find_nothing_in_ours() {
    for file in [
        "applicationHost.fragment.config",
        "fcgiext.ini",
        "fcgiext.fragment.ini",
        "Web.config",
    ]
    .map(built)
    .concat()
    {
        let name = file.to_str().unwrap();
        let found = iisfile::check(name, &fs::read(&file).unwrap()).diagnostics;
        let codes: Vec<u16> = found.iter().map(|one| one.code.number()).collect();
        // What a spec accepts with a comment is in its files all the same: the tutorial's pattern and its dot.
        let accepted: &[u16] = match name.contains("tutorial") && name.ends_with("Web.config") {
            true => &[1018],
            false => &[],
        };
        assert_eq!(codes, accepted, "{name}: {found:#?}");
    }
}

/// What stands behind a head in `acl.txt`.
fn said<'a>(text: &'a str, head: &'a str) -> impl Iterator<Item = &'a str> {
    let lines = text.lines().map(str::trim_start);
    lines.filter_map(move |line| line.strip_prefix(head).map(str::trim_start))
}

#[test]
fn what_is_explained_is_what_is_set() {
    for path in built("acl.txt") {
        let read = |path: &Path| fs::read_to_string(path).unwrap();
        let (text, script) = (read(&path), read(&path.with_file_name("acl.cmd")));
        let path = path.display();
        let grants = said(&text, "icacls ").flat_map(|line| line.split("  "));
        let mut expected: Vec<String> = grants.map(str::to_owned).collect();
        let has_icacls = !expected.is_empty();
        let descriptors = said(&text, "SDDL ").filter_map(|line| line.split("; ").next());
        for descriptor in descriptors.filter(|descriptor| *descriptor != "none") {
            let parsed = sddl::parse(descriptor).map(|read| read.descriptor.to_string());
            assert_eq!(parsed.as_deref(), Ok(descriptor), "{path}");
            // On IIS 6 a whole descriptor is set as such.
            if !has_icacls && descriptor.starts_with("D:P") {
                expected.push(format!("/S:{descriptor}"));
            }
        }
        assert!(!expected.is_empty(), "{path}");
        for argument in expected {
            assert!(script.contains(&argument), "{path}: {argument}");
        }
    }
}

#[test]
fn every_manifest_keeps_its_form_and_names_the_files_beside_it() {
    let schema = fs::read(workspace().join("schemas/manifest.schema.json")).unwrap();
    let schema: Value = serde_json::from_slice(&schema).unwrap();
    let form = jsonschema::validator_for(&schema).unwrap();
    for path in built("manifest.json") {
        let mut manifest: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let problems: Vec<_> = form
            .iter_errors(&manifest)
            .map(|it| it.to_string())
            .collect();
        assert_eq!(problems, [""; 0], "{}", path.display());
        let folder = path.parent().unwrap();
        let mut listed = vec![path.clone()];
        for file in files_of(&manifest) {
            let file_path = folder.join(file["path"].as_str().unwrap());
            let bytes = fs::read(&file_path).unwrap();
            assert_eq!(file["bytes"], bytes.len(), "{}", file_path.display());
            listed.push(file_path);
        }
        listed.sort();
        let mut there: Vec<PathBuf> = files_below(folder).into_iter().collect();
        there.sort();
        assert_eq!(listed, there);
        manifest["applications"][0]["targets"][0]["more"] = Value::Null;
        assert!(!form.is_valid(&manifest));
    }
}

/// What an example is built to, with and without the lines of its spec.
fn with_and_without_sources(example: &Path) -> (String, Vec<(Artifact, Artifact)>) {
    let bytes = fs::read(example.join("app.iis.yaml")).unwrap();
    let options = Options {
        scope: Scope::Base,
        ..Options::default()
    };
    let checked = iisc_spec::check("app.iis.yaml", &bytes, &options);
    let applications: Vec<_> = checked.applications.iter().collect();
    let input = Input {
        file_name: "app.iis.yaml",
        bytes: &bytes,
    };
    let plain = Project {
        applications: &applications,
        profiles: &[],
        layout: Layout::ByApplication,
        input,
        source_map: None,
    };
    let told = Project {
        source_map: Some(&checked.source),
        ..plain
    };
    let told = iisc_compile::compile(&told).unwrap();
    let plain = iisc_compile::compile(&plain).unwrap();
    let both = told.into_iter().zip(plain).collect();
    (checked.source.text().to_owned(), both)
}

/// The lines of a file that tell of the spec: without what begins and ends a comment.
fn comments(text: &str) -> impl Iterator<Item = &str> {
    let told = text.lines().map(str::trim);
    told.filter_map(|line| {
        let line = line
            .strip_prefix("<!-- spec: ")
            .or(line.strip_prefix("; spec: "))?;
        Some(line.trim_end_matches(" -->"))
    })
}

#[test]
fn comments_name_the_lines_that_made_an_element_and_change_nothing_else() {
    let mut count = 0;
    for example in examples() {
        let (spec, both) = with_and_without_sources(&example);
        let spec: Vec<&str> = spec.lines().collect();
        for (told, plain) in both {
            if told.path == "manifest.json" {
                continue;
            }
            let is_comment = |line: &&str| comments(line).next().is_none();
            let without: Vec<&str> = told.text.lines().filter(is_comment).collect();
            assert_eq!(
                without,
                plain.text.lines().collect::<Vec<_>>(),
                "{}",
                told.path
            );
            for source in comments(&told.text).flat_map(|it| it.split(", ")) {
                let (line, key) = source
                    .strip_prefix("line ")
                    .unwrap()
                    .split_once(' ')
                    .unwrap();
                let line = spec[line.parse::<usize>().unwrap() - 1];
                // The user has named what is in these maps; a further application has its name from such a map too.
                let name = key.rsplit('.').next().unwrap();
                let is_named = ["static", "environment", "name"].contains(&name);
                assert!(
                    is_named || line.contains(&format!("{name}:")),
                    "{source}: {line}"
                );
                count += 1;
            }
            if told.path.ends_with("config") || told.path.ends_with("ini") {
                let problems =
                    |file: &Artifact| iisfile::check(&file.path, &file.bytes()).diagnostics.len();
                assert_eq!(problems(&told), problems(&plain), "{}", told.path);
            }
        }
    }
    assert!(count > 50, "{count}");
}

/// The built files of all applications and targets.
fn files_of(manifest: &Value) -> impl Iterator<Item = &Value> {
    let targets = list(manifest, "applications").flat_map(|it| list(it, "targets"));
    targets.flat_map(|it| list(it, "files"))
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().unwrap().iter()
}
