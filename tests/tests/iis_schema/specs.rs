//! Valid specs that look like chance, the same in every run, with every key of the language: made from its schema.

use std::collections::{BTreeMap, BTreeSet};

use iisc_spec::{Checked, Options, Profiled, schema_text};
use serde_json::{Map, Value, json};

use crate::keys::LEFT_OUT;
use crate::numbers::Numbers;
use crate::shape::{fitting, kind, resolved};

/// Keys that are right together only.
const TOGETHER: [(&str, &str); 4] = [
    (
        "bridge",
        r#"{"kind": "wfastcgi", "script": "C:\\Inetpub\\wwwroot\\wfastcgi.py"}"#,
    ),
    (
        "python",
        r#"{"interpreter": "D:\\env\\Scripts\\python.exe", "virtualenv": "D:\\env"}"#,
    ),
    (
        "pool",
        r#"{"identity": "specific-user", "user": {"name": "EXAMPLE\\svc", "password-from": "POOL_PASSWORD"}}"#,
    ),
    (
        "site",
        r#"{"bindings": [{"host": "a.example", "certificate":
            {"thumbprint": "0123456789ABCDEF0123456789abcdef01234567", "store": "WebHosting"}},
            {"host": "b.example", "certificate": {"central": true}}]}"#,
    ),
];

/// Makes specs.
pub(crate) struct Specs {
    pub(crate) schema: Value,
    numbers: Numbers,
    /// Texts that fit a schema, by the schema's own text.
    fitting: BTreeMap<String, Vec<String>>,
    /// Groups of keys that were put into a spec, and how many of them were right there.
    pub(crate) tried: usize,
    pub(crate) kept: usize,
}

/// A spec without errors.
pub(crate) struct Spec {
    pub(crate) file: Value,
    pub(crate) text: String,
    pub(crate) checked: Checked,
    pub(crate) profiles: Vec<Profiled>,
}

impl Specs {
    pub(crate) fn new() -> Self {
        Self {
            schema: serde_json::from_str(&schema_text()).unwrap(),
            numbers: Numbers(0x5eed_c0de),
            fitting: BTreeMap::new(),
            tried: 0,
            kept: 0,
        }
    }

    /// The next spec: what every one must have, and groups of keys as long as all of it stays right.
    pub(crate) fn spec(&mut self) -> Spec {
        let (interpreter, root) = (r"D:\apps\shop\env\Scripts\python.exe", r"D:\apps\shop");
        let python = json!({"interpreter": interpreter, "handler": "shop.app"});
        let mut best = judged(json!({"name": "shop", "root": root, "python": python})).unwrap();
        let properties = self.schema["properties"].clone();
        // The versions of IIS come first, since much depends on them.
        let mut names: Vec<&String> = properties.as_object().unwrap().keys().collect();
        names.retain(|name| *name != LEFT_OUT && *name != "targets");
        for at in 1..names.len() {
            names.swap(at, self.numbers.below(at + 1));
        }
        let targets = "targets".to_owned();
        for name in [&targets].into_iter().chain(names) {
            for _ in 0..self.numbers.below(3) {
                let mut file = best.file.clone();
                file[name] = self.group(name, &properties[name]);
                self.tried += 1;
                if let Some(better) = judged(file) {
                    self.kept += 1;
                    best = better;
                    break;
                }
            }
        }
        best
    }

    /// A group of keys by chance, and in one of four the keys that chance hardly ever makes agree.
    fn group(&mut self, name: &str, shape: &Value) -> Value {
        let mut group = self.value(shape);
        let together = TOGETHER.iter().find(|(it, _)| *it == name);
        if let Some((_, keys)) = together.filter(|_| self.numbers.below(4) == 0) {
            let Ok(Value::Object(keys)) = serde_json::from_str(keys) else {
                panic!("{keys} is no group of keys");
            };
            group.as_object_mut().unwrap().extend(keys);
        }
        group
    }

    /// A value of the shape, mostly.
    fn value(&mut self, shape: &Value) -> Value {
        let inner = resolved(&self.schema, shape);
        if let Some(names) = inner["oneOf"].as_array() {
            return names[self.numbers.below(names.len())]["const"].clone();
        }
        match kind(&inner) {
            "object" => self.object(&inner),
            "array" => {
                let number = self.numbers.below(3) + usize::from(inner["minItems"] == 1);
                let items: Vec<Value> = (0..number).map(|_| self.value(&inner["items"])).collect();
                let mut seen = BTreeSet::new();
                let is_new = |item: &Value| seen.insert(item.to_string());
                items.into_iter().filter(is_new).collect()
            }
            "integer" => {
                let bound = |name: &str, or| inner[name].as_u64().unwrap_or(or);
                let (min, max) = (bound("minimum", 0), bound("maximum", 1 << 32));
                let between = min + self.numbers.below((max - min) as usize) as u64;
                json!([min, max, between][self.numbers.below(3)])
            }
            "boolean" => json!(self.numbers.below(2) == 0),
            _ => self.text(shape, &inner),
        }
    }

    fn object(&mut self, shape: &Value) -> Value {
        let mut object = Map::new();
        let required = shape["required"].as_array().cloned().unwrap_or_default();
        // A further application or a profile is right more often if it says little.
        let sides = if shape["properties"]["root"].is_object() {
            9
        } else {
            3
        };
        for (name, inner) in shape["properties"].as_object().into_iter().flatten() {
            let needed = required.contains(&json!(name));
            if needed || self.numbers.below(sides) == 0 {
                object.insert(name.clone(), self.value(inner));
            }
        }
        for (pattern, inner) in shape["patternProperties"].as_object().into_iter().flatten() {
            let names = json!({"type": "string", "pattern": pattern});
            for number in 0..self.numbers.below(3) {
                let name = self.text(&names, &names);
                let is_application =
                    resolved(&self.schema, inner)["properties"]["root"].is_object();
                let mut inner = self.value(inner);
                if is_application {
                    // It has a folder and a path of its own.
                    inner["root"] = json!(format!(r"E:\apps\{number}"));
                    inner["site"] = json!({"path": format!("/further{number}")});
                }
                object.insert(name.as_str().unwrap().to_owned(), inner);
            }
        }
        Value::Object(object)
    }

    /// A text that fits both the place and what stands there; its bounds as often as any other.
    fn text(&mut self, place: &Value, inner: &Value) -> Value {
        let bounds = [&place["x-min"], &place["x-max"]];
        let bounds: Vec<&Value> = bounds.into_iter().filter(|it| it.is_string()).collect();
        if !bounds.is_empty() && self.numbers.below(2) == 0 {
            return bounds[self.numbers.below(bounds.len())].clone();
        }
        let fitting = match self.fitting.get(&place.to_string()) {
            Some(fitting) => fitting,
            None => {
                let fitting = fitting(&self.schema, place, inner);
                self.fitting.entry(place.to_string()).or_insert(fitting)
            }
        };
        json!(fitting[self.numbers.below(fitting.len())])
    }
}

/// The spec, if it has no errors.
fn judged(file: Value) -> Option<Spec> {
    let text = file.to_string();
    let name = "app.iis.yaml";
    let checked = iisc_spec::check(name, text.as_bytes(), &Options::default());
    let is_right = !checked.applications.is_empty();
    is_right.then(|| Spec {
        profiles: iisc_spec::profiles(name, text.as_bytes(), &Options::default()),
        file,
        text,
        checked,
    })
}
