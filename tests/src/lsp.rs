//! An editor reduced to what a language server sees of it: messages over the server's standard input and output.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long the server may take for an answer; it has to read a schema first.
const PATIENCE: Duration = Duration::from_secs(60);

/// An editor with one file open.
#[derive(Debug)]
pub struct Editor {
    server: Child,
    input: ChildStdin,
    inbox: Receiver<Value>,
    settings: Value,
    uri: String,
    version: u64,
    asked: u64,
}

impl Editor {
    /// Starts a server and opens a file, with a text that may differ from the one on the disk.
    ///
    /// `settings` are what the server gets when it asks for its configuration, by section.
    ///
    /// # Panics
    /// If the server does not start.
    #[must_use]
    pub fn open(server: &mut Command, settings: Value, file: &Path, text: &str) -> Self {
        let mut server = server
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let input = server.stdin.take().expect("it has an input");
        let output = server.stdout.take().expect("it has an output");
        let (sender, inbox) = mpsc::channel();
        thread::spawn(move || receive(BufReader::new(output), &sender));
        let mut editor = Self {
            server,
            input,
            inbox,
            settings,
            uri: uri(file),
            version: 1,
            asked: 0,
        };
        editor.greet();
        let document = json!({
            "uri": editor.uri, "languageId": "yaml", "version": editor.version, "text": text,
        });
        editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
        editor
    }

    fn greet(&mut self) {
        let text = json!({
            "hover": { "contentFormat": ["markdown"] },
            "completion": { "completionItem": { "documentationFormat": ["markdown"] } },
            "publishDiagnostics": {},
        });
        let capabilities = json!({ "textDocument": text, "workspace": { "configuration": true } });
        let hello = json!({ "processId": null, "rootUri": null, "capabilities": capabilities });
        self.ask("initialize", hello);
        self.tell("initialized", json!({}));
    }

    /// Replaces the whole text.
    pub fn change(&mut self, text: &str) {
        self.version += 1;
        let document = json!({ "uri": self.uri, "version": self.version });
        let change = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
        self.tell("textDocument/didChange", change);
    }

    /// Asks about a place, with line and character counted from 0.
    pub fn ask_at(&mut self, method: &str, line: usize, character: usize) -> Value {
        let place = json!({
            "textDocument": { "uri": self.uri },
            "position": { "line": line, "character": character },
        });
        self.ask(method, place)
    }

    /// Waits until the server finds something in these lines, counted from 0, and in no other.
    ///
    /// # Panics
    /// If that does not happen in time, with what it found last.
    pub fn wait_for_diagnostics_in(&mut self, lines: &[usize]) {
        let deadline = Instant::now() + PATIENCE;
        let mut found = Value::Null;
        while let Some(mut received) = self.receive(deadline) {
            if received["method"] != "textDocument/publishDiagnostics" {
                continue;
            }
            found = received["params"]["diagnostics"].take();
            let line = |found: &Value| found["range"]["start"]["line"].as_u64();
            let told = found.as_array().into_iter().flatten().map(line);
            let told: BTreeSet<_> = told.collect();
            if told == lines.iter().map(|line| Some(*line as u64)).collect() {
                return;
            }
        }
        panic!("the diagnostics are not in {lines:?}: {found:#}");
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        let deadline = Instant::now() + PATIENCE;
        loop {
            let Some(received) = self.receive(deadline) else {
                panic!("no answer to {method}");
            };
            if received["id"] == id && received.get("method").is_none() {
                return received["result"].clone();
            }
        }
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len())
            .expect("the server listens");
        self.input.flush().expect("the server listens");
    }

    /// The next message; what the server asks is answered on the way.
    fn receive(&mut self, deadline: Instant) -> Option<Value> {
        let patience = deadline.saturating_duration_since(Instant::now());
        let message = self.inbox.recv_timeout(patience).ok()?;
        if message.get("method").is_some() && message.get("id").is_some() {
            let items = message["params"]["items"].as_array();
            let section =
                |item: &Value| self.settings[item["section"].as_str().unwrap_or_default()].clone();
            let result: Option<Vec<Value>> = items.map(|items| items.iter().map(section).collect());
            self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": result }));
        }
        Some(message)
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Reads messages to the end of the stream, or until nobody wants them.
fn receive(mut stream: BufReader<ChildStdout>, sender: &Sender<Value>) {
    while let Some(message) = read(&mut stream) {
        if sender.send(message).is_err() {
            return;
        }
    }
}

/// Reads a message: a head of lines, an empty line, and so many bytes of JSON.
fn read(stream: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(number) = line.strip_prefix("Content-Length:") {
            length = number.trim().parse().ok()?;
        }
        if line.trim_end().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// A path as `file:` URI.
fn uri(file: &Path) -> String {
    let mut uri = "file://".to_owned();
    for byte in file.to_str().expect("the path is text").bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(byte.into()),
            byte if byte.is_ascii_alphanumeric() => uri.push(byte.into()),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
