//! What people get in an editor: the schema, read by the language server that most editors have for YAML.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "a test reads files")]

use std::fs;
use std::process::Command;

use iisc_tests::lsp::Editor;
use iisc_tests::{skip, target, tool, workspace};
use serde_json::{Value, json};

/// The example, whose first line names the schema.
const EXAMPLE: &str = "examples/flask/app.iis.yaml";

/// Opens the example in an editor, with another text.
fn open(text: &str) -> Option<Editor> {
    let node = tool("node")?;
    // `cargo xtask test --full` installs it there.
    let server = target().join("editor/node_modules/yaml-language-server/bin/yaml-language-server");
    if !server.is_file() {
        skip("yaml-language-server");
        return None;
    }
    let off = json!({ "enable": false });
    let yaml = json!({
        "validate": true, "hover": true, "completion": true, "schemaStore": off, "kubernetesCRDStore": off,
    });
    let mut command = Command::new(node);
    command.arg(server).arg("--stdio");
    Some(Editor::open(
        &mut command,
        json!({ "yaml": yaml }),
        &workspace().join(EXAMPLE),
        text,
    ))
}

/// The offered words.
fn labels(completion: &Value) -> Vec<&str> {
    let items = completion["items"].as_array().or(completion.as_array());
    let labels = items
        .into_iter()
        .flatten()
        .filter_map(|item| item["label"].as_str());
    labels.collect()
}

#[test]
fn an_editor_flags_explains_and_completes() {
    let example = fs::read_to_string(workspace().join(EXAMPLE)).unwrap();
    let line = |start: &str| {
        example
            .lines()
            .position(|line| line.starts_with(start))
            .unwrap()
    };
    let mistakes = example
        .replace("site:", "sites:")
        .replace("streaming: true", "streaming: maybe");
    let Some(mut editor) = open(&mistakes) else {
        return;
    };
    editor.wait_for_diagnostics_in(&[line("site:"), line("streaming:")]);
    editor.change(&example);
    editor.wait_for_diagnostics_in(&[]);

    let schema = fs::read_to_string(workspace().join("schemas/app.iis.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let description = schema["properties"]["streaming"]["description"]
        .as_str()
        .unwrap();
    let hover = editor.ask_at("textDocument/hover", line("streaming:"), 2);
    let shown = hover["contents"]["value"].as_str().unwrap();
    assert!(shown.contains(description), "{shown}");

    editor.change(&example.replace("targets: [iis6, iis10]", "targets:\n  - \n"));
    let offered = editor.ask_at("textDocument/completion", line("targets:") + 1, 4);
    let offered = labels(&offered);
    assert!(
        ["iis6", "iis10"].iter().all(|name| offered.contains(name)),
        "{offered:?}"
    );

    editor.change(&format!("{example}\n\n"));
    let offered = editor.ask_at("textDocument/completion", example.lines().count() + 1, 0);
    let offered = labels(&offered);
    let keys = schema["properties"].as_object().unwrap().keys();
    let absent = |key: &&String| {
        !example
            .lines()
            .any(|line| line.starts_with(&format!("{key}:")))
    };
    for key in keys.filter(absent) {
        assert!(
            offered.contains(&key.as_str()),
            "{key} is not in {offered:?}"
        );
    }
}
