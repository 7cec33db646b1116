//! The keys of a file that are not keys of an application: `variables`, `applications` and `profiles`.
//!
//! An application and a profile are written like the file itself, but say only what differs: they are laid over
//! it (`expand`). So their schemas are made from that of the file, in which then nothing is required.

use serde_json::{Map, Value, json};

type Object = Map<String, Value>;

/// Adds the three keys to the schema of an application.
pub(super) fn complete(schema: &mut Value, variable: Value) {
    let Some(root) = schema.as_object_mut() else {
        return;
    };
    let mut definitions = take(root, "definitions");
    let mut partial = Partial::default();
    let mut keys = partial.keys(&take_copy(root, "properties"), &definitions);
    keys.values_mut()
        .filter_map(Value::as_object_mut)
        .for_each(|key| drop(key.remove("default")));

    let mut application = keys.clone();
    application.remove("name");
    let mut profile = keys;
    profile.insert("applications".to_owned(), applications());

    definitions.extend(partial.definitions);
    definitions.insert("Application".to_owned(), mapping(application, APPLICATION));
    definitions.insert("Profile".to_owned(), mapping(profile, PROFILE));

    if let Some(properties) = root.get_mut("properties").and_then(Value::as_object_mut) {
        let example = json!({ "APPS": { "type": "path", "default": r"D:\apps" } });
        let variables = dictionary(&variable, VARIABLES, VARIABLE_KEY, &example);
        properties.insert("variables".to_owned(), variables);
        properties.insert("applications".to_owned(), applications());
        properties.insert("profiles".to_owned(), profiles());
    }
    root.insert("definitions".to_owned(), Value::Object(definitions));
}

const VARIABLES: &str = "Values that the spec leaves to whoever builds it. Elsewhere a variable is written `${NAME}`; it \
    is given with `--set NAME=VALUE`, `--set-file`, or the environment variable `IISC_VAR_NAME`. `%NAME%` \
    stays what Windows means by it.";
const APPLICATIONS: &str = "Further applications of the same site, by name. Each is written like the file itself and \
    says only what differs from it, at least `root` and `site.path`.";
const APPLICATION: &str =
    "A further application of the same site: what differs from the file itself.";
const PROFILES: &str = "What differs on one machine or at one stage, such as `staging`: `iisc build --profile staging`. \
    Groups of keys are merged key by key; a list or a single value takes the place of the one above.";
const PROFILE: &str = "What differs on one machine or at one stage.";

/// A pattern of names, and what it is in words.
type Names = (&'static str, &'static str);

const APP_KEY: Names = (
    r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$",
    "expected letters, digits, `.`, `_` and `-`, the first a letter or digit",
);
const PROFILE_KEY: Names = (
    r"^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$",
    "expected letters, digits, `_` and `-`",
);
const VARIABLE_KEY: Names = (
    r"^[A-Z_][A-Z0-9_]{0,63}$",
    "expected capitals, digits and `_`, the first no digit",
);

fn applications() -> Value {
    let application = json!({ "$ref": "#/definitions/Application" });
    let example =
        json!({ "shop-admin": { "root": r"D:\apps\shop-admin", "site": { "path": "/admin" } } });
    dictionary(&application, APPLICATIONS, APP_KEY, &example)
}

fn profiles() -> Value {
    let profile = json!({ "$ref": "#/definitions/Profile" });
    let example = json!({ "staging": { "process": { "max-instances": 2 } } });
    dictionary(&profile, PROFILES, PROFILE_KEY, &example)
}

fn dictionary(
    value: &Value,
    description: &str,
    (pattern, expected): Names,
    example: &Value,
) -> Value {
    json!({
        "description": description,
        "type": "object",
        "x-key": expected,
        "patternProperties": { pattern: value },
        "additionalProperties": false,
        "examples": [example],
    })
}

fn mapping(keys: Object, description: &str) -> Value {
    json!({
        "description": description,
        "type": "object",
        "properties": keys,
        "additionalProperties": false,
    })
}

fn take(object: &mut Object, key: &str) -> Object {
    match object.remove(key) {
        Some(Value::Object(inner)) => inner,
        _ => Object::new(),
    }
}

fn take_copy(object: &Object, key: &str) -> Object {
    object
        .get(key)
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}

/// Twins of definitions in which nothing is required.
#[derive(Default)]
struct Partial {
    definitions: Object,
}

impl Partial {
    fn keys(&mut self, keys: &Object, all: &Object) -> Object {
        let twin = |(name, schema): (&String, &Value)| (name.clone(), self.schema(schema, all));
        keys.iter().map(twin).collect()
    }

    /// The schema with references to twins; items of a list are whole, since lists are not merged.
    fn schema(&mut self, schema: &Value, all: &Object) -> Value {
        let Some(object) = schema.as_object() else {
            return schema.clone();
        };
        let mut twin = object.clone();
        if let Some(Value::String(reference)) = twin.get_mut("$ref") {
            self.reference(reference, all);
        }
        if let Some(Value::Array(parts)) = twin.get_mut("allOf") {
            parts
                .iter_mut()
                .for_each(|part| *part = self.schema(part, all));
        }
        if let Some(Value::Object(names)) = twin.get_mut("patternProperties") {
            names
                .values_mut()
                .for_each(|value| *value = self.schema(value, all));
        }
        Value::Object(twin)
    }

    fn reference(&mut self, reference: &mut String, all: &Object) {
        let name = reference.rsplit('/').next().unwrap_or_default().to_owned();
        let Some(definition) = all.get(&name).and_then(Value::as_object) else {
            return;
        };
        let Some(keys) = definition.get("properties").and_then(Value::as_object) else {
            return;
        };
        let twin_name = format!("Partial{name}");
        let mut twin = definition.clone();
        twin.remove("required");
        twin.insert("properties".to_owned(), Value::Object(self.keys(keys, all)));
        if twin != *definition {
            *reference = format!("#/definitions/{twin_name}");
            self.definitions.insert(twin_name, Value::Object(twin));
        }
    }
}
