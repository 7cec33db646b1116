//! `docs/spec.md`: every key of a spec.

use serde_json::{Map, Value};

use crate::gates;

const INTRODUCTION: &str = r#"# Every key of `app.iis.yaml`

This page is made from the schema that `iisc schema` prints, so it is complete. [guide.md](guide.md) is the place to begin.

Only `name`, `root`, `python.interpreter` and `python.handler` are required. What is left out has the default shown here, and
`iisc render app.iis.yaml` prints a spec with all of them written out. In the names of keys, `*` stands for a name of your
choice and `[]` for each item of a list. Paths are paths on the server. A value may contain [variables](#variables), `${NAME}`.
"#;

/// The page, with a section for each key of the file.
pub(crate) fn page(schema: &Value) -> String {
    let mut page = Page {
        definitions: &schema["definitions"],
        text: INTRODUCTION.to_owned(),
    };
    let keys = schema["properties"].as_object().unwrap();
    page.text
        .push_str("\n| section | what it says |\n| --- | --- |\n");
    for (name, key) in keys {
        let row = format!(
            "| [`{name}`](#{name}) | {} |\n",
            first_sentence(&key["description"])
        );
        page.text.push_str(&row);
    }
    for (name, key) in keys {
        page.key(name, key, is_required(schema, name), "##");
    }
    page.text
}

struct Page<'a> {
    definitions: &'a Value,
    text: String,
}

impl<'a> Page<'a> {
    /// A key and all below it.
    fn key(&mut self, path: &str, key: &'a Value, required: bool, heading: &str) {
        let description = key["description"].as_str().unwrap_or_default();
        assert!(!description.is_empty(), "{path} has no description");
        self.line(&format!("\n{heading} `{path}`\n\n{description}"));
        let facts = self.facts(path, key, required);
        if !facts.is_empty() {
            self.line(&format!("\n{}", facts.join("\n")));
        }
        let (prefix, group) = self.group(path, key);
        // An application and a profile are written like the file itself.
        if matches!(path, "applications" | "profiles") {
            return;
        }
        for (name, inner) in properties(group) {
            self.key(
                &format!("{prefix}.{name}"),
                inner,
                is_required(group, name),
                "###",
            );
        }
    }

    /// The group of keys that a key, each name in it or each item of it is, and the path of that.
    fn group(&self, path: &str, key: &'a Value) -> (String, &'a Value) {
        let named = key["patternProperties"]
            .as_object()
            .and_then(|map| map.values().next());
        match (key.get("items"), named) {
            (Some(items), _) => (format!("{path}[]"), self.resolved(items)),
            (None, Some(named)) => (format!("{path}.*"), self.resolved(named)),
            (None, None) => (path.to_owned(), self.resolved(key)),
        }
    }

    /// Everything but the description, as items of a list.
    fn facts(&self, path: &str, key: &'a Value, required: bool) -> Vec<String> {
        let mut facts = self.value(key);
        let is_group = !properties(self.resolved(key)).is_empty();
        let default = key.get("default");
        match default {
            _ if required => facts.push("- required".to_owned()),
            // The keys of a group show theirs.
            _ if is_group => {}
            Some(default) => facts.push(format!("- default: {}", code(default))),
            None => facts.push("- default: none".to_owned()),
        }
        let is_empty = |value: &Value| ["[]", "{}", "''"].contains(&bare(value).as_str());
        if default.is_none_or(is_empty) {
            facts.extend(self.example(key));
        }
        if iisc_compile::written::is_not_yet(path) {
            facts.push("- checked, and not yet written by `iisc build`".to_owned());
        }
        let versions = gates::versions(path).into_iter();
        facts.extend(versions.map(|versions| format!("- IIS: {versions}")));
        facts
    }

    /// What the value may be.
    fn value(&self, key: &'a Value) -> Vec<String> {
        let choices = self.choices(key);
        if choices.is_empty() {
            let words = self.words(key);
            return (!words.is_empty())
                .then(|| format!("- value: {words}"))
                .into_iter()
                .collect();
        }
        let title = match key.get("items") {
            Some(_) => "- value: a list of",
            None => "- value: one of",
        };
        let choices = choices.into_iter().map(|choice| {
            let description = choice["description"].as_str().unwrap();
            format!("  - {}: {description}", code(&choice["const"]))
        });
        std::iter::once(title.to_owned()).chain(choices).collect()
    }

    /// The values that a key, or each item of it, may have.
    fn choices(&self, key: &'a Value) -> Vec<&'a Value> {
        let schema = self.resolved(key.get("items").unwrap_or(key));
        let choices = schema["oneOf"].as_array().into_iter().flatten();
        choices
            .filter(|choice| choice.get("const").is_some())
            .collect()
    }

    /// What a value looks like; empty for a group of keys.
    fn words(&self, key: &'a Value) -> String {
        let schema = self.resolved(key);
        if let Some(items) = key.get("items") {
            return match self.words(items) {
                words if words.is_empty() => "a list of groups of keys".to_owned(),
                words => format!("a list, each item {words}"),
            };
        }
        if let Some(named) = key["patternProperties"].as_object() {
            let name = expected(&key["x-key"]).unwrap();
            let value = named
                .values()
                .map(|value| self.words(value))
                .next()
                .unwrap();
            return match value.as_str() {
                "" => format!("groups of keys by name; a name is {name}"),
                value => format!("keys and values: a key is {name}; a value is {value}"),
            };
        }
        if !properties(schema).is_empty() {
            return String::new();
        }
        let own = expected(&key["patternErrorMessage"]);
        own.or_else(|| expected(&schema["patternErrorMessage"]))
            .unwrap_or_else(|| match schema["description"].as_str() {
                Some(words) if schema != key => lower(words),
                _ => types(schema),
            })
    }

    fn example(&self, key: &'a Value) -> Option<String> {
        let inner = key.get("items").unwrap_or(key);
        let own = [key, inner, self.resolved(inner)];
        let example = own.iter().find_map(|schema| schema["examples"].get(0))?;
        let shown = match key.get("items") {
            Some(_) if !example.is_array() => format!("`[{}]`", bare(example)),
            Some(_) | None => code(example),
        };
        Some(format!("- example: {shown}"))
    }

    /// What a reference refers to, or the schema itself.
    fn resolved(&self, schema: &'a Value) -> &'a Value {
        let reference = schema["$ref"]
            .as_str()
            .or(schema["allOf"][0]["$ref"].as_str());
        reference
            .and_then(|reference| reference.strip_prefix("#/definitions/"))
            .map_or(schema, |name| &self.definitions[name])
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}

fn properties(schema: &Value) -> Vec<(&String, &Value)> {
    let properties = schema["properties"].as_object();
    properties.into_iter().flat_map(Map::iter).collect()
}

/// The types of a value that has no form.
fn types(schema: &Value) -> String {
    let known = [
        ("string", "a text"),
        ("integer", "a whole number"),
        ("boolean", "`true` or `false`"),
    ];
    let named = |name: &str| {
        schema["type"] == name
            || schema["type"]
                .as_array()
                .is_some_and(|types| types.iter().any(|one| one == name))
    };
    let words = known
        .iter()
        .filter(|(name, _)| named(name))
        .map(|(_, words)| *words);
    words.collect::<Vec<_>>().join(", ")
}

fn is_required(schema: &Value, name: &str) -> bool {
    let required = schema["required"].as_array().into_iter().flatten();
    required.into_iter().any(|required| required == name)
}

/// What a message of the schema says is expected.
fn expected(message: &Value) -> Option<String> {
    message
        .as_str()?
        .strip_prefix("expected ")
        .map(str::to_owned)
}

fn first_sentence(description: &Value) -> String {
    let text = description.as_str().unwrap();
    let end = text.find(". ").map_or(text, |end| text.get(..end).unwrap());
    format!("{}.", end.trim_end_matches('.'))
}

/// The first sentence of a description as part of a line.
fn lower(description: &str) -> String {
    let sentence = first_sentence(&Value::from(description));
    let mut letters = sentence.trim_end_matches('.').chars();
    let first = letters.next().unwrap().to_lowercase();
    first.chain(letters).collect()
}

/// A value as it is written in a spec, on one line.
fn bare(value: &Value) -> String {
    match value {
        Value::String(text) => iisc_spec::quoted(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(bare).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(keys) => {
            let keys: Vec<String> = keys
                .iter()
                .map(|(name, value)| format!("{name}: {}", bare(value)))
                .collect();
            format!("{{{}}}", keys.join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

fn code(value: &Value) -> String {
    format!("`{}`", bare(value))
}

#[test]
fn every_key_shows_a_value() {
    let page = page(&crate::schema());
    // An empty list or none at all tells nobody what to write.
    let shows = |line: &str| {
        let default = line.strip_prefix("- default: ");
        default.is_some_and(|value| !["none", "`[]`", "`{}`", "`''`"].contains(&value))
            || line.starts_with("- example: ")
            || line == "- value: one of"
    };
    let sections = page.split("\n##").skip(1);
    let without: Vec<&str> = sections
        .filter(|section| section.contains("- value: ") && !section.lines().any(shows))
        .filter_map(|section| section.lines().next())
        .collect();
    assert_eq!(without, [""; 0]);
}
