//! A spec that uses every key, changed at random: the same thousands of files in every run.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a mutant that cannot be made is a mistake in this file"
)]

use serde_json::{Map, Value, json};

/// Specs with one to three changes each. They are JSON, which every reader of YAML takes alike.
pub(crate) fn mutants(number: usize) -> impl Iterator<Item = Value> {
    let mut dice = Dice(0x1157_c0de);
    (0..number).map(move |_| {
        let mut file = full();
        let names: Vec<String> = file.as_object().unwrap().keys().cloned().collect();
        for name in names {
            let needed = ["name", "root", "python"].contains(&name.as_str());
            if !needed && dice.roll(2) == 0 {
                file.as_object_mut().unwrap().remove(&name);
            }
        }
        for _ in 0..[1, 1, 2, 3][dice.roll(4)] {
            change(&mut file, &mut dice);
        }
        file
    })
}

/// Random numbers by xorshift.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// Drops, renames or copies a key, replaces a value, or adds one.
fn change(file: &mut Value, dice: &mut Dice) {
    let mut places = Vec::new();
    collect(file, String::new(), &mut places);
    let place = &places[dice.roll(places.len())];
    let value = match dice.roll(2) {
        0 => values()[dice.roll(values().len())].clone(),
        _ => file
            .pointer(&places[dice.roll(places.len())])
            .unwrap()
            .clone(),
    };
    let (parent, last) = place.rsplit_once('/').unwrap();
    let name = last.replace("~1", "/").replace("~0", "~");
    match (file.pointer_mut(parent).unwrap(), dice.roll(5)) {
        (Value::Object(keys), 0) => drop(keys.remove(&name)),
        (Value::Object(keys), 1) => {
            let moved = keys.remove(&name).unwrap();
            keys.insert(NAMES[dice.roll(NAMES.len())].to_owned(), moved);
        }
        (Value::Object(keys), 2) => {
            let other = &places[dice.roll(places.len())];
            let other = other.rsplit('/').next().unwrap().replace("~1", "/");
            keys.insert(other, value);
        }
        (Value::Array(items), 0 | 1) => drop(items.remove(name.parse::<usize>().unwrap())),
        (Value::Array(items), 2) => items.push(value),
        _ => *file.pointer_mut(place).unwrap() = value,
    }
}

/// The JSON pointers of all values but the whole.
fn collect(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::Object(keys) => {
            for (name, inner) in keys {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect(inner, format!("{at}/{name}"), places);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                collect(inner, format!("{at}/{index}"), places);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    if !at.is_empty() {
        places.push(at);
    }
}

const NAMES: [&str; 20] = [
    "x",
    "Name",
    "max_instances",
    "handler",
    "/y",
    "/y/",
    "A-B",
    "1A",
    "9",
    "",
    "a b",
    "profiles",
    "targets",
    "name",
    "python",
    "lower",
    "UPPER",
    "\u{E9}",
    "local.cnf",
    "D:\\x",
];

/// Values of every type, in and out of the ranges and forms of some key.
fn values() -> Vec<Value> {
    let texts = [
        "",
        "x",
        "true",
        "4",
        "90s",
        "5 m",
        "0m",
        "1d",
        "99999d",
        "2MB",
        "iis6",
        "IIS10",
        "/",
        "/x",
        "x/",
        "D:\\x",
        " x",
        "x ",
        "\u{E9}",
        "\u{1F600}",
        "a\nb",
        "03:00",
        "24:00",
        ".py",
        "GET",
        "10.0.0.1",
        "007",
        "1e3",
        "\"",
        "'",
        "\\",
        "%A%",
        "$V",
        "${",
        "~",
        "null",
        "-",
        "a:b",
        "[x]",
        "#x",
    ];
    let mut values: Vec<Value> = texts.map(Value::from).to_vec();
    values.extend([
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(-1),
        json!(10),
        json!(65_536),
        json!(4_294_967_296_u64),
        json!(99_999_999_999_u64),
        json!(1.5),
        json!([]),
        json!(["x"]),
        json!(["x", "x"]),
        json!([1, [2]]),
        json!({}),
        json!({"x": 1}),
        json!({"file": "x"}),
        json!("x".repeat(65)),
    ]);
    values
}

/// Every key of an application. Variables are put in before the shape is judged again, and profiles and further
/// applications are judged once they are laid over the file; no validator does either.
fn full() -> Value {
    let mut file = Map::new();
    let sections = [
        json!({"name": "shop", "root": r"D:\apps\shop", "streaming": true, "webdav": "keep"}),
        json!({"python": {
            "interpreter": r"D:\apps\shop\env\Scripts\python.exe", "handler": "shop.app",
            "interface": "wsgi", "virtualenv": r"D:\apps\shop\env",
            "base-interpreter": r"C:\Python312\python.exe",
            "packages": {
                "requirements": "requirements.txt", "constraints": "c.txt", "extra": ["pyodbc"],
                "wheels": ["w/x.whl"], "system-site-packages": true, "pip-options": ["--no-index"]
            },
            "pythonpath": [r"D:\lib"], "dll-directories": [r"D:\dll"]
        }}),
        json!({"site": {
            "name": "Shop", "id": 7, "path": "/shop", "permissions": ["read", "script"],
            "bindings": [
                {"host": "a.example.com", "port": 80, "address": "*"},
                {"certificate": {"thumbprint": "0".repeat(40), "store": "My", "central": false}}
            ]
        }}),
        json!({"pool": {
            "name": "p", "identity": "specific-user",
            "user": {"name": r"EX\svc", "password-from": "PW"}, "start-mode": "on-demand",
            "bitness": "64-bit", "idle-timeout": "20m", "idle-action": "terminate",
            "recycle": {"interval": "29h", "at": ["03:00"], "requests": 0, "private-memory": "0B"},
            "cpu": {"limit": 10, "action": "kill", "interval": "5m"}, "load-user-profile": false,
            "max-processes": 1, "queue-length": 1000, "shutdown-timeout": "90s"
        }}),
        json!({"process": {
            "max-instances": 4, "max-requests": 100, "request-timeout": "90s",
            "activity-timeout": "70s", "idle-timeout": "5m", "stop-grace": "30s",
            "queue-length": 1000, "rapid-fails": 10, "stderr": "return-stderr-in-500",
            "monitor": r"D:\m.txt"
        }}),
        json!({"bridge": {"kind": "gateway"}, "environment": {"A": "b"}}),
        json!({"secrets": {"S": {"file": r"D:\s\s.txt"}}, "warm-up": {"url": "/health"}}),
        json!({"static": {"/static": {"folder": "s", "max-age": "1d"}}}),
        json!({"limits": {"body": "1MB", "url": 4096, "query": 2048}}),
        json!({"request-filtering": {
            "double-escaping": false, "show-segments": ["bin"], "hide-segments": ["x"],
            "allow-extensions": [".config"], "methods": ["GET"]
        }}),
        json!({"errors": {"pages": "auto", "details": "local"}}),
        json!({"authentication": {
            "anonymous": true, "windows": false, "basic": false, "strip-domain": false
        }}),
        json!({"proxies": {
            "trusted": ["10.0.0.0/8"], "headers": "forwarded", "original-url": false
        }}),
        json!({"access": {
            "writable": [r"D:\data"], "readable": [r"D:\r"], "sddl": "D:PAI(A;OICI;FA;;;BA)"
        }}),
        json!({"local-files": {"local.cnf": {"description": "x", "template": "l.ex"}}}),
        json!({"restart": {"pattern": "x", "include": ["**/*.py"], "exclude": ["env/**"]}}),
        json!({"log": {"file": r"D:\l\g.log", "level": "info", "max-size": "1MB", "keep": 5}}),
        json!({"targets": ["iis10"], "variables": {
            "V": {"type": "text", "default": "x", "description": "d"},
            "N": {"type": "integer", "default": 4}
        }}),
        json!({"applications": {"admin": {
            "site": {"path": "/admin"}, "python": {"handler": "b.c"}, "targets": ["iis8"]
        }}}),
        json!({"profiles": {"staging": {
            "name": "s", "process": {"max-instances": 1}, "python": {"handler": "c.d"},
            "applications": {"admin": {"streaming": false}}
        }}}),
    ];
    for section in sections {
        let Value::Object(keys) = section else {
            continue;
        };
        file.extend(keys);
    }
    Value::Object(file)
}
