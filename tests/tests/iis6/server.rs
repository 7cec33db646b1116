//! A server with IIS 6 in a file, and one application's set-up on it.

use std::cell::RefCell;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command as Process, Stdio};

use iisc_compile::emit::EMITTERS;
use iisc_compile::plan::setup::{Command, Question, Step, Word};
use iisc_compile::plan::{self, Plan};
use iisc_spec::Target;
use iisc_tests::{tool, workspace};
use serde_json::{Value, json};

/// What the set-up scripts call, and what lies beside them.
const SCRIPT: &str = "iis6.js";
const REGISTRATION: &str = "fcgiext.ini";

/// Plans an application for IIS 6: the shortest spec, with more behind it.
pub(crate) fn planned(more: &str) -> Plan {
    let text = format!(
        r#"{{"name": "shop", "root": "D:\\apps\\the shop", "python": {{"interpreter": "D:\\py\\python.exe", "handler": "shop.app"}},
            "targets": ["iis6"]{more}}}"#
    );
    plan::lower(&serde_json::from_str(&text).unwrap(), Target::Iis6)
}

/// The bytes of an artifact, as a text.
pub(crate) fn built(plan: &Plan, name: &str) -> String {
    let emitter = EMITTERS.iter().find(|emitter| emitter.name == name);
    String::from_utf8((emitter.unwrap().emit)(plan).unwrap().bytes()).unwrap()
}

/// A server, which ends with the value.
pub(crate) struct Server {
    host: RefCell<Host>,
    state: RefCell<Value>,
    _script: tempfile::TempDir,
}

/// The process that runs the script.
struct Host {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// What a run of the script came to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) output: String,
    pub(crate) code: Option<i64>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let child = &mut self.host.get_mut().child;
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

impl Server {
    /// A fresh server, if node is there to run it.
    pub(crate) fn fresh() -> Option<Self> {
        let node = tool("node")?;
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join(SCRIPT);
        fs::write(&script, built(&planned(""), SCRIPT)).unwrap();
        let mut child = Process::new(node)
            .arg(workspace().join("tests/iis6/host.js"))
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let host = Host {
            input: child.stdin.take().unwrap(),
            output: BufReader::new(child.stdout.take().unwrap()),
            child,
        };
        let state = fs::read_to_string(workspace().join("tests/iis6/server.json")).unwrap();
        let server = Self {
            host: RefCell::new(host),
            state: RefCell::new(serde_json::from_str(&state).unwrap()),
            _script: folder,
        };
        server.change(|_| ());
        Some(server)
    }

    /// Asks the host, and keeps the state that the server is in then.
    fn ask(&self, question: &Value) -> Value {
        let mut host = self.host.borrow_mut();
        writeln!(host.input, "{question}").unwrap();
        let mut line = String::new();
        host.output.read_line(&mut line).unwrap();
        let mut answer: Value = serde_json::from_str(&line).unwrap();
        *self.state.borrow_mut() = answer["state"].take();
        answer
    }

    pub(crate) fn state(&self) -> Value {
        self.state.borrow().clone()
    }

    /// Changes the server by hand.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Value)) {
        let mut state = self.state();
        change(&mut state);
        self.ask(&json!({ "state": state }));
    }

    /// A property of the metabase, as it stands at exactly this place.
    pub(crate) fn property(&self, path: &str, name: &str) -> Value {
        self.state()["metabase"][path]["properties"][name].clone()
    }

    /// Lays an application's files on the server.
    pub(crate) fn receive(&self, plan: &Plan) {
        self.change(|state| state["files"][REGISTRATION] = json!(built(plan, REGISTRATION)));
    }

    /// Runs the script.
    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        let answer = self.ask(&json!({ "run": words }));
        Ran {
            output: answer["output"].as_str().unwrap().to_owned(),
            code: answer["code"].as_i64(),
        }
    }

    fn obey(&self, command: &Command) -> Ran {
        let words: Vec<&str> = command.arguments.iter().map(word).collect();
        let script = words.iter().position(|word| *word == SCRIPT).unwrap();
        assert_eq!(words[..script], ["//nologo", "//e:jscript"]);
        self.run(&words[script + 1..])
    }

    fn answers(&self, step: &Step) -> bool {
        step.questions.iter().all(|question| {
            let Question::Prints { command, line } = question else {
                panic!("{question:?}")
            };
            let before = self.state();
            let ran = self.obey(command);
            assert_eq!(before, self.state(), "a question changes nothing: {step:?}");
            ran.output.lines().next() == Some(line)
        })
    }

    /// Installs as the set-up scripts do; the steps that ran, or the one that failed and what it said.
    pub(crate) fn install(&self, plan: &Plan) -> Result<Vec<Step>, (String, String)> {
        self.receive(plan);
        let mut ran = Vec::new();
        for step in &plan.setup.registration {
            if self.answers(step) {
                continue;
            }
            for command in &step.commands {
                let done = self.obey(command);
                if done.code != Some(0) {
                    return Err((step.id.clone(), done.output.trim().to_owned()));
                }
            }
            assert!(self.answers(step), "{step:?}");
            ran.push(step.clone());
        }
        Ok(ran)
    }

    /// Takes back what was done.
    pub(crate) fn remove(&self, done: &[Step]) {
        for command in done.iter().rev().flat_map(|step| &step.undo) {
            let ran = self.obey(command);
            assert_eq!(ran.code, Some(0), "{command:?}: {}", ran.output);
        }
    }
}

fn word(word: &Word) -> &str {
    match word {
        Word::Text(text) => text,
        Word::Beside { before: "", name } => name,
        Word::Beside { .. } | Word::Secret { .. } => panic!("{word:?}"),
    }
}

/// The names of steps.
pub(crate) fn ids(steps: &[Step]) -> Vec<&str> {
    steps.iter().map(|step| step.id.as_str()).collect()
}
