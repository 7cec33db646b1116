//! Artifacts read back by parsers that are not the writer's, and held against each other.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads files, and ends where it fails"
)]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use iisc_gateway_core::xml::{self, Element};
use iisc_tests::{examples, tool};

/// The parsed XML files of an example that are called so.
fn documents(name: &str) -> Vec<Element> {
    let paths = examples()
        .into_iter()
        .map(|example| example.join("expected/iis10").join(name));
    paths
        .map(|path| xml::parse(&fs::read(path).unwrap()).unwrap())
        .collect()
}

#[test]
fn the_handler_names_exactly_what_is_registered() {
    let configs = documents("Web.config");
    let fragments = documents("applicationHost.fragment.config");
    for (config, fragment) in configs.iter().zip(&fragments) {
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
    for fragment in documents("applicationHost.fragment.config") {
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
    let files: Vec<PathBuf> = examples()
        .into_iter()
        .flat_map(|example| {
            [
                "iis6/Web.config",
                "iis10/Web.config",
                "iis10/applicationHost.fragment.config",
            ]
            .map(|file| example.join("expected").join(file))
        })
        .collect();
    assert!(
        Command::new(xmllint)
            .args(["--noout", "--nonet"])
            .args(files)
            .status()
            .unwrap()
            .success()
    );
}

#[test]
fn scripts_and_settings_have_windows_line_ends() {
    for example in examples() {
        for file in [
            "iis6/acl.cmd",
            "iis6/fcgiext.ini",
            "iis10/acl.cmd",
            "iis10/Web.config",
        ] {
            let text = fs::read_to_string(example.join("expected").join(file)).unwrap();
            assert_eq!(
                text.matches('\n').count(),
                text.matches("\r\n").count(),
                "{file}"
            );
            assert!(text.ends_with("\r\n"), "{file}");
        }
    }
}
