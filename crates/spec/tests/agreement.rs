//! A spec must mean the same to every tool in a pipeline: to an editor that validates with our schema, and to a
//! script that reads the file with the YAML library most tools still use.

mod mutants;

use std::collections::BTreeMap;

use iisc_spec::resolved::Words;
use iisc_spec::{AppSpec, Checked, Options, Target, ValidSpec, check, schema_text};

const BASE: &str = r"
name: shop
root: D:\apps\shop
python:
  interpreter: D:\apps\shop\env\Scripts\python.exe
  handler: shop.app
";

const FULL: &str = r#"
name: shop-2.x
root: 'D:\apps\it''s & co'
python:
  interpreter: "D:\\apps\\shop\\env\\Scripts\\python.exe"
  handler: shop.make_app()
  virtualenv: D:\apps\shop\env
  base-interpreter: C:\Program Files\Python312\python.exe
  pythonpath: [D:\lib, D:\lib two]
site: {name: Default Web Site, id: 4294967295, path: /shop/api}
pool:
  name: "shop pool"
process:
  max-instances: 10000
  max-requests: 1
  request-timeout: 10s
  activity-timeout: 30d
  idle-timeout: 5m
  stop-grace: 0s
  queue-length: 7
environment:
  TEXT: 'yes'
  NUMBER: "012"
  URL: http://x/y?a=b#c
  LONG: >-
    two
    lines
restart:
  pattern: (?i).*\.(py|cnf|config)$
log:
  file: D:\logs\é.log
streaming: true
targets: [iis6, iis10]
"#;

/// What follows [`BASE`] in a file of the right shape.
const GOOD: &[&str] = &[
    "",
    "site: {}",
    "pool: {}",
    "process: {}",
    "environment: {}",
    "environment: {_a1: '', B: x}",
    "targets: [iis6]",
    "targets:\n- iis10\n- iis6",
    "streaming: false",
    "streaming: True",
    "site: {id: 1}",
    "site: {path: /}",
    "site: {path: /a-b/c.d~}",
    "process: {max-instances: 0}",
    "process: {stop-grace: 60s}",
    "process: {idle-timeout: 1h}",
    "process: {idle-timeout: 10s}",
    "process: {idle-timeout: 30d}",
    "pool: {idle-timeout: 0m, identity: network-service, bitness: 32-bit}",
    "pool: {recycle: {at: ['03:00'], private-memory: 2GB}, cpu: {limit: 50, action: throttle}}",
    "site: {bindings: [{host: shop.example.com, port: 8080}, {host: shop.example.com, certificate: {central: true}}]}",
    "static: {/static: {folder: shop/static, max-age: 7d}}",
    "limits: {body: 200MB, url: 16}",
    "variables: {A: {type: integer, default: 3}, B: {default: text}, C: {default: true}}",
    "static: {/x: {folder: a}}\nprofiles: {staging: {python: {handler: b.c}, static: {/x: {max-age: 1d}}}}",
    "applications: {admin: {site: {path: /admin}, python: {handler: b.c}}}",
    "process: {max-instances: '${N}'}",
    "streaming: ${A}",
    "targets: ['${T}']",
    "pool: {name: 'a ${B} c'}",
    "log: {file: x}",
    "restart: {pattern: ''}",
    "restart: {}",
];

/// What follows [`BASE`] in a file of another shape.
const BAD: &[&str] = &[
    "process: {idle-timeout: 9s}",
    "process: {idle-timeout: 31d}",
    "process: {idle-timeout: 1w}",
    "pool: {idle-timeout: 90s}",
    "pool: {idle-timeout: 721h}",
    "pool: {identity: root}",
    "pool: {recycle: {at: ['24:00']}}",
    "site: {bindings: [{port: 0}]}",
    "site: {bindings: [{port: 65536}]}",
    "site: {bindings: {port: 80}}",
    "static: {static: {folder: x}}",
    "static: {/static: {}}",
    "limits: {body: 200}",
    "limits: {body: 5GB}",
    "variables: {a: {}}",
    "variables: {A: {type: number}}",
    "variables: {A: {type: '${B}'}}",
    "variables: {A: {default: [x]}}",
    "profiles: {staging: {nmae: x}}",
    "profiles: {staging: {python: {handler: []}}}",
    "profiles: {staging: {profiles: {}}}",
    "applications: {admin: {name: x}}",
    "profiles: {staging: {applications: {admin: {site: {path: admin}}}}}",
    "process: {max-instances: '$N'}",
    "streaming: '%A%'",
    "sites: {}",
    "site: []",
    "site: text",
    "site: {id: 0}",
    "site: {id: -1}",
    "site: {id: 4294967296}",
    "site: {id: 9999999999999999}",
    "site: {id: '1'}",
    "site: {id: 1.5}",
    "site: {id: one}",
    "site: {id: [1]}",
    "site: {path: ''}",
    "site: {path: shop}",
    "site: {path: /shop/}",
    "site: {path: //}",
    "site: {name: ''}",
    "site: {name: 'a/b'}",
    "site: {name: [a]}",
    "site: {name: {a: b}}",
    "pool: {name: ' x'}",
    "pool: {name: 'a|b'}",
    "pool: {nam: x}",
    "process: {max-instances: 10001}",
    "process: {max-requests: 0}",
    "process: {queue-length: -5}",
    "process: {idle-timeout: '90'}",
    "process: {idle-timeout: 5 m}",
    "process: {idle-timeout: 1.5h}",
    "process: {idle-timeout: 1234567890s}",
    "process: {idle-timeout: [5m]}",
    "process: 7",
    "environment: [A]",
    "environment: {A-B: x}",
    "environment: {1A: x}",
    "environment: {A: [x]}",
    "environment: {A: {b: c}}",
    "restart: {pattern: a, extra: b}",
    "restart: text",
    "log: {}",
    "log: {file: [x]}",
    "streaming: 'true'",
    "streaming: yes please",
    "streaming: [true]",
    "streaming: 1",
    "targets: []",
    "targets: iis10",
    "targets: [iis11]",
    "targets: [IIS10]",
    "targets: [iis10, iis10]",
    "targets: [[iis10]]",
    "targets: {iis10: x}",
    "extra: x",
    "Name: x",
];

fn shape_problems(checked: &Checked) -> usize {
    let shape = |code: u16| (101..110).contains(&code);
    checked
        .diagnostics
        .iter()
        .filter(|found| shape(found.code.number()))
        .count()
}

fn text_problems(checked: &Checked) -> usize {
    checked
        .diagnostics
        .iter()
        .filter(|found| found.code.number() < 100)
        .count()
}

#[test]
fn the_verdict_on_shape_is_that_of_an_independent_validator() {
    let schema = serde_json::from_str(&schema_text()).unwrap();
    let validator = jsonschema::draft7::new(&schema).unwrap();
    let whole = [
        "{}",
        "[]",
        "text",
        "name: x",
        "name: [x]\nroot: x\npython: {handler: a}",
    ];
    let added = GOOD.iter().chain(BAD).map(|rest| format!("{BASE}{rest}\n"));
    let mut verdicts = [0, 0];
    for text in added
        .chain(whole.map(str::to_owned))
        .chain([FULL.to_owned()])
    {
        let checked = check("f", text.as_bytes(), &Options::default());
        assert_eq!(text_problems(&checked), 0, "{text}");
        // As a validator sees the file, which reads YAML in its own way.
        let json = serde_yaml::from_str(&text).unwrap();
        let ours = shape_problems(&checked) == 0;
        assert_eq!(ours, validator.is_valid(&json), "{text}");
        verdicts[usize::from(ours)] += 1;
    }
    assert_eq!(
        verdicts,
        [BAD.len() + 5, GOOD.len() + 1],
        "files of another and of the right shape"
    );
}

/// The verdict of a validator, for which a number or boolean in place of a text is that text (see
/// [`a_scalar_in_place_of_a_text_is_the_text_as_written`]).
fn fits(validator: &jsonschema::Validator, file: &serde_json::Value) -> bool {
    let mut file = file.clone();
    let places: Vec<String> = validator
        .iter_errors(&file)
        .map(|error| error.instance_path().to_string())
        .collect();
    for place in places {
        if let Some(value) = file.pointer_mut(&place)
            && (value.is_boolean() || value.is_number())
        {
            *value = serde_json::Value::String(value.to_string());
        }
    }
    validator.is_valid(&file)
}

#[test]
fn the_verdict_on_thousands_of_mutants_is_that_of_an_independent_validator() {
    let schema = serde_json::from_str(&schema_text()).unwrap();
    let validator = jsonschema::draft7::new(&schema).unwrap();
    let mut verdicts = [0, 0];
    for file in mutants::mutants(2_000) {
        let text = file.to_string();
        let checked = check("f", text.as_bytes(), &Options::default());
        assert_eq!(text_problems(&checked), 0, "{text}");
        let ours = shape_problems(&checked) == 0;
        assert_eq!(ours, fits(&validator, &file), "{text}");
        verdicts[usize::from(ours)] += 1;
    }
    assert!(verdicts.iter().all(|number| *number > 200), "{verdicts:?}");
}

/// The application of a file without errors.
fn spec(text: &str) -> ValidSpec {
    let mut checked = check("f", text.as_bytes(), &Options::default());
    checked.applications.remove(0)
}

#[test]
fn a_scalar_in_place_of_a_text_is_the_text_as_written() {
    // The one difference to a validator, which sees a number or a boolean here.
    let text =
        format!("{BASE}environment: {{A: 3.10, B: on, C: 012, D: 1_000, E: 1e3, F: true}}\n");
    let spec = spec(&text);
    let values: Vec<&str> = spec.environment.values().map(String::as_str).collect();
    assert_eq!(values, ["3.10", "on", "012", "1_000", "1e3", "true"]);
}

#[test]
fn a_valid_spec_is_the_same_to_the_reader_that_most_tools_use() {
    // Other readers know nothing of variables, profiles and further applications.
    let ours = ["variables:", "profiles:", "applications:", "${"];
    let plain = |rest: &&&str| ours.iter().all(|word| !rest.contains(word));
    let added = GOOD
        .iter()
        .filter(plain)
        .map(|rest| format!("{BASE}{rest}\n"));
    let shape_only = ["log: {file: x}", "restart: {"];
    for text in added.chain([FULL.to_owned()]) {
        let checked = check("f", text.as_bytes(), &Options::default());
        let Some(spec) = checked.applications.first() else {
            assert!(shape_only.iter().any(|rest| text.contains(rest)), "{text}");
            continue;
        };
        let theirs: AppSpec = serde_yaml::from_str(&text).unwrap();
        assert_eq!(**spec, theirs, "{text}");
    }
}

#[test]
fn a_spec_with_all_its_defaults_is_a_valid_spec_to_both_readers() {
    let words = Words {
        file: "f",
        given: &BTreeMap::new(),
    };
    let added = GOOD.iter().map(|rest| format!("{BASE}{rest}\n"));
    let mut specs = 0;
    for text in added.chain([FULL.to_owned()]) {
        let checked = check("f", text.as_bytes(), &Options::default());
        for application in &checked.applications {
            let yaml = application.resolved(&checked.source).to_yaml(&words);
            let ours = spec(&yaml);
            let theirs: AppSpec = serde_yaml::from_str(&yaml).unwrap();
            assert_eq!(*ours, theirs, "{yaml}");
            assert_eq!(ours.environment, application.environment, "{yaml}");
            specs += 1;
        }
    }
    assert!(specs > GOOD.len() / 2);
}

#[test]
fn a_default_that_is_written_out_is_no_problem_on_any_target() {
    let words = Words {
        file: "f",
        given: &BTreeMap::new(),
    };
    for target in Target::ALL {
        let options = Options {
            targets: &[target],
            ..Options::default()
        };
        let checked = check("f", BASE.as_bytes(), &options);
        let resolved = checked.applications[0].resolved(&checked.source);
        let yaml = resolved.to_yaml(&words);
        let again = check("f", yaml.as_bytes(), &Options::default());
        assert_eq!(again.diagnostics, [], "{yaml}");
    }
}

#[test]
fn the_schema_is_valid_and_names_its_draft() {
    let text = schema_text();
    let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    assert!(schema["title"].is_string() && schema["description"].is_string());
    assert!(text.ends_with("}\n"));
}

#[test]
fn a_spec_with_every_default_written_out_fits_the_schema() {
    let schema: serde_json::Value = serde_json::from_str(&schema_text()).unwrap();
    let spec = spec(BASE);
    let validator = jsonschema::draft7::new(&schema).unwrap();
    assert!(validator.is_valid(&serde_json::to_value(&*spec).unwrap()));
}
