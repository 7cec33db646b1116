//! A parameter finds exactly its place, and has the right value there.

use std::fs;
use std::process::Command;

use iisc_gateway_core::xml::Element;
use iisc_tests::tool;

use crate::specs::{PROFILE, PYTHONS, compiled, spec};
use crate::xpath::{at, at_mut, select};
use crate::{built, file, for_each_pair, infoset, read, sorted, table, xdt};

/// The one parameter that is no place in a file.
const APPLICATION: &str = "IIS Web Application Name";

/// A parameter that is an attribute of a `Web.config`.
struct Place<'a> {
    name: &'a str,
    expression: &'a str,
    value: &'a str,
    may_be_empty: bool,
}

/// The parameters; the first of them is the application, and no place.
fn places(parameters: &Element) -> Vec<Place<'_>> {
    let mut parameters = parameters.children.iter().peekable();
    parameters.next_if(|first| first.attribute("name") == Some(APPLICATION));
    let place = |parameter| {
        let parameter: &Element = parameter;
        let child = |name| parameter.children_named(name).next();
        let entry = child("parameterEntry").unwrap();
        assert_eq!(entry.attribute("kind"), Some("XmlFile"));
        let validation = child("parameterValidation").and_then(|it| it.attribute("kind"));
        Place {
            name: parameter.attribute("name").unwrap(),
            expression: entry.attribute("match").unwrap(),
            value: parameter.attribute("defaultValue").unwrap(),
            may_be_empty: validation == Some("AllowEmpty"),
        }
    };
    parameters.map(place).collect()
}

/// Names and values, in their order.
fn values(set: &Element) -> Vec<(&str, &str)> {
    let value = |it| {
        let it: &Element = it;
        assert_eq!(it.name, "setParameter");
        (
            it.attribute("name").unwrap(),
            it.attribute("value").unwrap(),
        )
    };
    set.children.iter().map(value).collect()
}

/// What is at the one place that an expression selects; nothing if there is none.
fn value<'a>(config: &'a Element, expression: &str) -> Option<&'a str> {
    match select(config, &[], expression).as_slice() {
        [] => None,
        [node] => at(config, &node.way).attribute(node.attribute.as_deref().unwrap()),
        more => panic!("{expression} {more:?}"),
    }
}

#[test]
fn each_parameter_of_the_examples_is_one_place_with_its_value() {
    for path in built(|name| name == "parameters.xml") {
        let parameters = infoset(&fs::read(&path).unwrap());
        let config = infoset(&fs::read(path.with_file_name("Web.config")).unwrap());
        let places = places(&parameters);
        assert!(places.len() >= 2 && places.len() + 1 == parameters.children.len());
        for place in places {
            assert_eq!(value(&config, place.expression), Some(place.value));
        }
    }
}

#[test]
fn another_reader_of_xpath_finds_the_same_places() {
    let Some(xmllint) = tool("xmllint") else {
        return;
    };
    for path in built(|name| name == "parameters.xml") {
        for place in places(&infoset(&fs::read(&path).unwrap())) {
            let expression = format!("concat(count({0}), ' ', {0})", place.expression);
            let told = Command::new(&xmllint)
                .args(["--nonet", "--xpath", &expression])
                .arg(path.with_file_name("Web.config"))
                .output()
                .unwrap();
            let told = String::from_utf8(told.stdout).unwrap();
            assert_eq!(told.trim_end(), format!("1 {}", place.value));
        }
    }
}

#[test]
fn another_xml_parser_reads_every_file() {
    let Some(xmllint) = tool("xmllint") else {
        return;
    };
    let is_ours = |name: &str| {
        let is_transform = name.starts_with("Web.") && name != "Web.config";
        is_transform
            || name.to_lowercase().ends_with("parameters.xml")
            || name.starts_with("SetParameters.")
    };
    let command = Command::new(xmllint)
        .args(["--noout", "--nonet"])
        .args(built(is_ours))
        .status();
    assert!(command.unwrap().success());
}

#[test]
fn every_name_that_is_set_is_declared() {
    for path in built(|name| name.starts_with("SetParameters.")) {
        let declared = infoset(&fs::read(path.with_file_name("parameters.xml")).unwrap());
        let declared: Vec<_> = declared
            .children
            .iter()
            .map(|it| it.attribute("name").unwrap())
            .collect();
        let set = infoset(&fs::read(&path).unwrap());
        let set: Vec<_> = values(&set).into_iter().map(|(name, _)| name).collect();
        assert_eq!(set, declared, "{}", path.display());
    }
}

#[test]
fn the_values_of_a_profile_make_its_web_config_as_far_as_they_go() {
    let name = format!("iis10/SetParameters.{PROFILE}.xml");
    for_each_pair(|artifacts, expected| {
        let mut config = read(artifacts, "iis10/Web.config");
        let parameters = read(artifacts, "iis10/parameters.xml");
        let set = read(artifacts, &name);
        let set = values(&set);
        assert_eq!(set.len(), parameters.children.len());
        for place in places(&parameters) {
            let (_, new) = *set.iter().find(|(name, _)| *name == place.name).unwrap();
            assert_eq!(new, value(&expected, place.expression).unwrap_or_default());
            assert!(place.may_be_empty || !new.is_empty());
            let found = select(&config, &[], place.expression).remove(0);
            let target = at_mut(&mut config, &found.way);
            xdt::set(target, &found.attribute.unwrap(), new.to_owned());
        }
        let says_less = file(artifacts, &name)
            .text
            .contains("its transform says everything");
        assert_eq!(sorted(config) != expected, says_less);
    });
}

#[test]
fn no_value_is_one_that_web_deploy_looks_up() {
    let hostile = spec(PYTHONS[2], "site: {name: 'S {1}'}");
    for spec in table() {
        let artifacts = compiled(&spec, Some(&hostile));
        for name in ["parameters", "SetParameters", "SetParameters.other"] {
            for element in read(&artifacts, &format!("iis10/{name}.xml")).children {
                let value = element.attribute("value");
                let value = value.or_else(|| element.attribute("defaultValue")).unwrap();
                let is_looked_up = value.contains(['{', '}', '<']) || value.contains("::");
                assert!(!is_looked_up, "{value}");
            }
        }
        let text = &file(&artifacts, "iis10/parameters.xml").text;
        assert!(text.contains("There is no parameter for a value with braces"));
    }
    let parameters = read(&compiled(&hostile, None), "iis10/parameters.xml");
    let names = parameters.children.iter().map(|it| it.attribute("name"));
    assert_eq!(names.collect::<Vec<_>>(), [Some("WSGI_HANDLER")]);
}
