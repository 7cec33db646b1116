//! Artifacts read back by parsers that are not the writer's, and held against each other.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads files, and ends where it fails"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use iisc_gateway_core::xml::{self, Element};
use iisc_spec::iisfile;
use iisc_tests::{examples, files_below, tool};

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
        let handlers = &config.descendants_named("handlers")[0];
        let handler = handlers.children_named("add").next().unwrap();
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
    for file in ["acl.cmd", "fcgiext.ini", "iis6.js", "Web.config"]
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
        let checked = iisfile::check(name, &fs::read(&file).unwrap());
        assert_eq!(checked.diagnostics, [], "{name}");
    }
}
