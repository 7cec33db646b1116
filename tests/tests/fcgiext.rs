//! Every `fcgiext.ini` is read back as IIS 6 reads it: the right pool for each request, with exactly the plan's values.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reads files, and ends where it fails"
)]

use std::fs;
use std::path::PathBuf;

use iisc_compile::emit::EMITTERS;
use iisc_compile::plan::{self, Plan};
use iisc_spec::model::{AppSpec, StderrMode};
use iisc_spec::{Level, Options, Target, check};
use iisc_tests::fcgiext::{File, Pool, Request, read};
use iisc_tests::{examples, files_below, workspace};
use serde_json::{Value, json};

/// Both forms of the registration, or what cannot be said in one.
fn emitted(plan: &Plan) -> Result<[String; 2], iisc_compile::Unsayable> {
    let emit = |name: &str| {
        let emitter = EMITTERS.iter().find(|emitter| emitter.name == name);
        let bytes = (emitter.unwrap().emit)(plan)?.bytes();
        Ok(String::from_utf8(bytes).unwrap())
    };
    Ok([emit("fcgiext.ini")?, emit("fcgiext.fragment.ini")?])
}

/// The properties that a plan asks for, by their names in small letters.
fn properties(plan: &Plan) -> Vec<(&'static str, Option<String>)> {
    let process = &plan.process;
    let stderr = process.stderr.map(|mode| match mode {
        StderrMode::ReturnStderrIn500 => "ReturnStderrIn500",
        StderrMode::ReturnGeneric500 => "ReturnGeneric500",
        StderrMode::IgnoreAndReturn200 => "IgnoreAndReturn200",
        StderrMode::TerminateProcess => "TerminateProcess",
    });
    let number = |number: u32| Some(number.to_string());
    vec![
        ("exepath", Some(plan.key.full_path.to_string())),
        ("arguments", Some(plan.key.arguments.clone())),
        ("maxinstances", number(process.max_instances)),
        ("instancemaxrequests", number(process.instance_max_requests)),
        ("requesttimeout", number(process.request_timeout)),
        ("activitytimeout", number(process.activity_timeout)),
        ("idletimeout", number(process.idle_timeout)),
        (
            "signalbeforeterminateseconds",
            process.signal_before_terminate.and_then(number),
        ),
        ("queuelength", number(process.queue_length)),
        ("rapidfailsperminute", process.rapid_fails.and_then(number)),
        ("stderrmode", stderr.map(str::to_owned)),
        (
            "monitorchangesto",
            process.monitor.as_ref().map(ToString::to_string),
        ),
        (
            "responsebufferlimit",
            plan.response_buffer_limit.and_then(number),
        ),
    ]
}

/// Holds a pool against the plan that it is from.
fn assert_same(pool: &Pool, plan: &Plan) {
    assert_eq!(pool.name, plan.name);
    let mut found = pool.properties.clone();
    for (name, value) in properties(plan) {
        assert_eq!(found.remove(name), value, "{name}");
    }
    let listed = found.remove("environmentvars").is_some();
    assert_eq!(listed, !plan.environment.is_empty());
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(pool.environment().as_ref(), Ok(&plan.environment));
}

/// Holds the registration of a plan against it, for requests of the application and of others.
fn assert_resolved(text: &str, plan: &Plan) {
    let file = read(text).unwrap_or_else(|problem| panic!("{problem}\n{text}"));
    let location = &plan.location;
    for extension in ["", "py", "css"] {
        let own = Request {
            extension,
            site: location.site_id,
            application: &location.path,
        };
        assert_same(file.resolve(&own).unwrap(), plan);
        let elsewhere = Request {
            site: location.site_id ^ 1,
            ..own
        };
        assert_eq!(file.resolve(&elsewhere), None);
        let beside = Request {
            application: "/beside",
            ..own
        };
        assert_eq!(file.resolve(&beside).is_some(), location.path == "/");
    }
}

#[test]
fn every_registration_of_the_examples_is_the_plans() {
    let mut seen = 0;
    for example in examples() {
        let bytes = fs::read(example.join("app.iis.yaml")).unwrap();
        let options = Options {
            targets: &[Target::Iis6],
            ..Options::default()
        };
        for spec in check("app.iis.yaml", &bytes, &options).applications {
            let plan = plan::lower(&spec, Target::Iis6);
            for text in emitted(&plan).unwrap() {
                assert_resolved(&text, &plan);
                seen += 1;
            }
        }
    }
    assert!(seen >= 4, "{seen}");
    let golden = examples().into_iter();
    let golden = golden.flat_map(|example| files_below(&example.join("expected")));
    for path in golden.filter(|path| path.extension().is_some_and(|it| it == "ini")) {
        read(&fs::read_to_string(&path).unwrap()).unwrap();
    }
}

/// Values that trouble one reader or another.
const VALUES: [&str; 27] = [
    "a",
    "a b",
    " a",
    "a ",
    "a,b",
    ",",
    ",,",
    "/",
    "//",
    "/,",
    ",/",
    "a/,b //c/",
    "http://example.com/a?b=c,d",
    "{2,3}",
    r"C:\x",
    r"\\server\share",
    "a:b:c",
    "=",
    "a=b",
    ";",
    "; a",
    "[Types]",
    "%PATH%",
    "^&|<>()!'`",
    "l\u{e4}den",
    "\u{1f600}",
    "\u{a0}",
];

/// Names and paths that specs may have.
const PLACES: [(&str, u32, &str); 5] = [
    ("/", 1, "shop"),
    ("/shop", 1, "a.b-c_d"),
    ("/a/b", 4_294_967_295, "0"),
    ("/Shop", 1_701_187_997, "SHOP"),
    ("/~w3svc/root", 7, "root"),
];

fn spec(place: (&str, u32, &str), more: Value) -> Value {
    let (path, id, name) = place;
    let mut spec = json!({
        "name": name, "root": r"D:\apps\the shop, (2) & more",
        "python": {"interpreter": r"D:\py;thon\a,b [x]\python.exe", "handler": "shop.app"},
        "site": {"path": path, "id": id},
        "targets": ["iis6"],
    });
    let keys = spec.as_object_mut().unwrap();
    if let Value::Object(more) = more {
        keys.extend(more);
    }
    spec
}

fn planned(spec: &Value) -> Plan {
    let spec: AppSpec = serde_json::from_value(spec.clone()).unwrap();
    plan::lower(&spec, Target::Iis6)
}

/// True if the rules let it pass.
fn is_valid(spec: &Value) -> bool {
    let checked = check(
        "app.iis.yaml",
        spec.to_string().as_bytes(),
        &Options::default(),
    );
    !checked.applications.is_empty()
        && checked
            .diagnostics
            .iter()
            .all(|found| found.level != Level::Error)
}

#[test]
fn a_value_arrives_as_it_is_or_is_refused() {
    let (mut arrived, mut valid) = (0, 0);
    for place in PLACES {
        for (index, value) in VALUES.iter().enumerate() {
            let other = VALUES.get(VALUES.len() - 1 - index).unwrap();
            let spec = spec(place, json!({"environment": {"A": value, "B": other}}));
            let plan = planned(&spec);
            for text in emitted(&plan).unwrap() {
                assert_resolved(&text, &plan);
            }
            arrived += 1;
            valid += u32::from(is_valid(&spec));
        }
        for value in ["", "\ta", "\"", "a\"b", "a\nb", "a\r\nExePath=x", "\0"] {
            let spec = spec(place, json!({"environment": {"A": value}}));
            assert!(emitted(&planned(&spec)).is_err(), "{value:?}");
            assert!(!is_valid(&spec), "{value:?}");
        }
    }
    assert_eq!(arrived, 135);
    assert!(valid > 100, "{valid}");
}

#[test]
fn every_property_arrives() {
    for stderr in [
        "return-stderr-in-500",
        "return-generic-500",
        "ignore-and-return-200",
        "terminate-process",
    ] {
        for script in [r"C:\Inetpub\fastcgi\wfastcgi.py", r"D:\my, app\wfastcgi.py"] {
            let more = json!({
                "streaming": true, "bridge": {"kind": "wfastcgi", "script": script},
                "process": {
                    "max-instances": 3, "max-requests": 1, "request-timeout": "1h", "activity-timeout": "2m",
                    "idle-timeout": "1d", "stop-grace": "0s", "queue-length": 10, "rapid-fails": 3, "stderr": stderr,
                    "monitor": r"D:\a b\m.txt",
                },
            });
            let plan = planned(&spec(("/shop", 1, "shop"), more));
            for text in emitted(&plan).unwrap() {
                assert_resolved(&text, &plan);
            }
        }
    }
}

/// The example of section 4.3, with each key removed in turn: what is left answers in the same order.
#[test]
fn the_narrower_key_comes_first() {
    let keys = [
        "def:/lm/w3svc/1701187997/root/app1",
        "*:/lm/w3svc/1701187997/root/app1",
        "def:1701187997",
        "*:1701187997",
        "def",
        "*",
    ];
    let request = Request {
        extension: "DEF",
        site: 1_701_187_997,
        application: "/App1",
    };
    let file_of = |keys: &[&str]| -> File {
        // The order in the file means nothing.
        let types: String = keys
            .iter()
            .rev()
            .map(|key| format!("{key}={}\n", name(key)))
            .collect();
        let pools: String = keys
            .iter()
            .map(|key| format!("[{}]\nExePath=x\n", name(key)))
            .collect();
        read(&format!("[types]\n{types}{pools}")).unwrap()
    };
    for first in 0..keys.len() {
        let left = keys.get(first..).unwrap();
        let file = file_of(left);
        let expected = left.first().map(|key| name(key));
        let found = file.resolve(&request).map(|pool| pool.name.clone());
        assert_eq!(found, expected);
    }
    assert_eq!(file_of(&[]).resolve(&request), None);

    let file = file_of(&keys);
    for (extension, site, application, expected) in [
        ("xyz", 1_701_187_997, "/app1", Some(1)),
        ("def", 1_701_187_997, "/app2", Some(2)),
        ("", 1_701_187_997, "/", Some(3)),
        ("def", 2, "/app1", Some(4)),
        ("", 2, "/app1", Some(5)),
    ] {
        let request = Request {
            extension,
            site,
            application,
        };
        let found = file.resolve(&request).map(|pool| pool.name.clone());
        let expected = expected.and_then(|index: usize| keys.get(index).map(|key| name(key)));
        assert_eq!(found, expected, "{request:?}");
    }
    // What the script of the extension writes.
    let script = read("[Types]\npy:/W3SVC/1/ROOT/APP=a\n[a]\nExePath=x\n").unwrap();
    let request = Request {
        extension: "py",
        site: 1,
        application: "/app",
    };
    assert!(script.resolve(&request).is_some());
}

/// A name of a section that says which key it belongs to.
fn name(key: &str) -> String {
    format!("pool of {}", key.replace(['/', '*', ':'], "_"))
}

#[test]
fn what_the_extension_refuses_is_refused() {
    for (text, line, reason) in [
        ("[a]\nExePath=x\n", 3, "there is no [Types]"),
        ("a=b\n[Types]\n", 1, "a pair before the first section"),
        ("[Types] ; all\n", 1, "something stands behind the header"),
        ("[Types\n", 1, "the header has no end"),
        ("[Types]\npy\n", 2, "neither section, pair nor comment"),
        (
            "[Types]\na b=c\n",
            2,
            "a key has no blanks and at least one character",
        ),
        ("[Types]\na=\n", 2, "the value is empty"),
        ("[Types]\n[TYPES]\n", 2, "[Types] is there already"),
        (
            "[Types]\n[a]\nInstanceTimeout=3\n",
            3,
            "a pool has no such property",
        ),
        (
            "[Types]\n[a]\nExePath=x\nexepath=y\n",
            4,
            "the property is there already",
        ),
        (
            "[Types]\n[a]\nExePath=x\n[A]\n",
            4,
            "a section of this name is there already",
        ),
        ("[Types]\n[a]\n", 3, "a section has no ExePath"),
        (
            "[Types]\npy=b\n[a]\nExePath=x\n",
            5,
            "[Types] names a section that is not there",
        ),
    ] {
        let problem = read(text).unwrap_err();
        assert_eq!((problem.line, problem.reason), (line, reason), "{text}");
    }
}

#[test]
fn a_list_of_variables_has_one_meaning() {
    let list = |list: &str| {
        let text = format!("[Types]\n[a]\nExePath=x\nEnvironmentVars={list}\n");
        read(&text).unwrap().pools.first().unwrap().environment()
    };
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        list(r#"PHPRC:C:\Inetpub\site,VARIABLE2:"1/,2/, 3",URL:http:////a//b"#).unwrap(),
        [
            pair("PHPRC", r"C:\Inetpub\site"),
            pair("VARIABLE2", "1,2, 3"),
            pair("URL", "http://a/b")
        ]
    );
    for wrong in [
        "A",
        ":b",
        "A:",
        "A:b,",
        "A:a b",
        "A:\"b",
        "A:\"b\"c",
        "A:b\"",
        "A:/b",
        "A:b/",
        "A:\"a,b\"",
    ] {
        assert!(list(wrong).is_err(), "{wrong}");
    }
}

/// The files of public repositories, which lie beside the project where somebody has put them.
fn collected() -> Option<PathBuf> {
    let workspace = workspace();
    let mut folders = workspace.ancestors();
    folders.find_map(|folder| {
        let collected = folder.join("shared/corpus/fcgiext");
        collected.is_dir().then_some(collected)
    })
}

/// What each of them lacks, looked at by a person.
const COLLECTED: [(&str, Option<&str>); 9] = [
    // A page of documentation in the form of comments.
    ("001", Some("line 36: there is no [Types]")),
    ("002", None),
    ("003", None),
    ("004", None),
    // Dots where a listing leaves something out.
    ("005", Some("line 2: neither section, pair nor comment")),
    (
        "006",
        Some("line 9: [Types] names a section that is not there"),
    ),
    ("007", Some("line 8: there is no [Types]")),
    ("008", None),
    // A list of extensions without its header.
    ("009", Some("line 1: a pair before the first section")),
];

#[test]
fn collected_files_are_read_or_refused_for_a_true_reason() {
    let Some(folder) = collected() else {
        eprintln!("SKIPPED: no collection of configuration files to read");
        return;
    };
    let mut files: Vec<PathBuf> = files_below(&folder).into_iter().collect();
    files.sort();
    let mut said = Vec::new();
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let number = name.split('-').next().unwrap_or_default().to_owned();
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        said.push((number, read(&text).err().map(|problem| problem.to_string())));
    }
    let said: Vec<(&str, Option<&str>)> = said
        .iter()
        .map(|(number, problem)| (number.as_str(), problem.as_deref()))
        .collect();
    assert_eq!(said, COLLECTED);
}
