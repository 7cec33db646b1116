//! A server on which the scripts of one plan are run.

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use iisc_compile::emit::EMITTERS;
use iisc_compile::plan::Plan;
use iisc_compile::plan::setup::{Command, Program, Question, Step, Word};

use crate::wine::{Windows, windows_path};

/// Where the scripts lie: a folder whose name means something to `cmd.exe` wherever it is not quoted.
const FOLDER: &str = r"P:\it's 100 new & (good) ^";

/// What a password is while the scripts run.
pub(crate) const PASSWORD: &str = "p & x^ <'>|";

/// A call of a program: its name, and its arguments.
pub(crate) type Call = Vec<String>;

/// A server, and the scripts.
pub(crate) struct Server {
    pub(crate) windows: Windows,
    pub(crate) plan: Plan,
}

/// What became of a script.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
    /// Calls, in order.
    pub(crate) calls: Vec<Call>,
}

impl Ran {
    /// It ended with 0 and complained of nothing.
    pub(crate) fn went_well(&self) {
        let said = format!("{}{}", self.out, self.err);
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{said}");
    }
}

impl Server {
    /// Puts the scripts of a plan on a server that has what the plan demands and nothing else.
    pub(crate) fn new(windows: Windows, plan: Plan) -> Self {
        let server = Self { windows, plan };
        let folder = server.folder();
        fs::create_dir_all(&folder).unwrap();
        let emitters = EMITTERS.iter();
        for emitter in emitters.filter(|it| it.targets.contains(&server.plan.target)) {
            let artifact = (emitter.emit)(&server.plan).unwrap();
            fs::write(folder.join(emitter.name), artifact.bytes()).unwrap();
        }
        server.prepare();
        fs::write(server.windows.file("answers"), server.answers()).unwrap();
        server
    }

    /// The steps, in the order of set-up.
    pub(crate) fn steps(&self) -> Vec<&Step> {
        let setup = &self.plan.setup;
        let all = [&setup.provision, &setup.permissions, &setup.registration];
        all.into_iter().flatten().collect()
    }

    /// Runs a script with arguments and variables; an empty one is not set.
    pub(crate) fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
        let windows = &self.windows;
        let record = windows.file("record");
        let _ = fs::remove_file(&record);
        let mut command = windows.command("cmd");
        command.arg("/c").args(arguments).current_dir(self.folder());
        for (name, file) in [
            ("RECORD", "record"),
            ("ANSWERS", "answers"),
            ("STATE", "state"),
        ] {
            command.env(format!("IISC_{name}"), windows_path(&windows.file(file)));
        }
        for step in self.steps() {
            for variable in secrets(step) {
                command.env(variable, PASSWORD);
            }
        }
        for (name, value) in variables {
            match value.is_empty() {
                true => command.env_remove(name),
                false => command.env(name, value),
            };
        }
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().unwrap();
        let calls = fs::read_to_string(&record).unwrap_or_default();
        Ran {
            code: status.code().unwrap(),
            out: String::from_utf8_lossy(&stdout).replace('\r', ""),
            err: String::from_utf8_lossy(&stderr).replace('\r', ""),
            calls: calls
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect(),
        }
    }

    /// The calls of the questions of a step.
    pub(crate) fn questions(&self, step: &Step) -> Vec<Call> {
        let commands = step.questions.iter().filter_map(Question::command);
        commands.filter_map(|command| self.call(command)).collect()
    }

    /// The calls by which removal learns whether a step is to be left.
    pub(crate) fn kept_if(&self, step: &Step) -> Vec<Call> {
        self.calls(step.kept_if.iter().filter_map(Question::command))
    }

    /// The calls of commands; what `cmd.exe` does itself is none.
    pub(crate) fn calls<'a>(&self, commands: impl IntoIterator<Item = &'a Command>) -> Vec<Call> {
        commands
            .into_iter()
            .filter_map(|command| self.call(command))
            .collect()
    }

    /// The notes of set-up that are there.
    pub(crate) fn notes(&self) -> Vec<String> {
        let listing = self.windows.listing().into_iter();
        let names = listing.map(|(path, _)| path.to_string_lossy().into_owned());
        names
            .filter(|name| name.contains("/inetsrv/iisc/") && name.contains(".txt"))
            .collect()
    }

    fn folder(&self) -> PathBuf {
        self.windows.host(FOLDER)
    }

    fn call(&self, command: &Command) -> Option<Call> {
        let name = match &command.program {
            Program::AppCmd => "appcmd".to_owned(),
            Program::Icacls => "icacls".to_owned(),
            Program::Cacls => "cacls".to_owned(),
            Program::Cscript => "cscript".to_owned(),
            Program::Dism => "dism".to_owned(),
            Program::ServerManagerCmd => "servermanagercmd".to_owned(),
            Program::Netsh => "netsh".to_owned(),
            Program::File(path) => {
                let name = path.file_name().unwrap().to_lowercase();
                name.trim_end_matches(".exe").to_owned()
            }
            Program::Shell(_) => return None,
        };
        let word = |word: &Word| match word {
            Word::Text(text) => text.clone(),
            Word::Beside { before, name } => format!("{before}{FOLDER}\\{name}"),
            Word::Secret { before, .. } => format!("{before}{PASSWORD}"),
        };
        Some(
            [name]
                .into_iter()
                .chain(command.arguments.iter().map(word))
                .collect(),
        )
    }

    /// Puts there what set-up demands, or reads.
    fn prepare(&self) {
        for step in self.steps() {
            for question in &step.questions {
                match question {
                    Question::File(path) if step.commands.is_empty() => {
                        self.windows.stand_in(path.as_str());
                    }
                    Question::Unchanged(path) => {
                        let file = self.windows.host(path.as_str());
                        fs::create_dir_all(file.parent().unwrap()).unwrap();
                        fs::write(file, "flask\r\n").unwrap();
                    }
                    Question::Folder(_)
                    | Question::File(_)
                    | Question::SameFile { .. }
                    | Question::OursOrAbsent(_)
                    | Question::Succeeds(_)
                    | Question::Prints { .. }
                    | Question::Mentions { .. }
                    | Question::PrintsMore(_) => {}
                }
            }
        }
    }

    /// What the stand-in knows of the plan; `tests/wine/standin.c` tells the form.
    fn answers(&self) -> String {
        let mut lines = String::new();
        for step in self.steps() {
            let id = &step.id;
            let commands = self.calls(&step.commands);
            let count = commands.len();
            // First, as what takes a step back may be what begins it too.
            for call in self.calls(&step.undo) {
                lines += &format!("undo\t{id}\t{count}\t{}\n", call.join("\u{1f}"));
            }
            for (index, call) in commands.iter().enumerate() {
                lines += &format!("run\t{id}\t{index}\t{}\n", call.join("\u{1f}"));
            }
            for question in &step.questions {
                let Some(call) = question.command().and_then(|command| self.call(command)) else {
                    continue;
                };
                let (means, text) = match question {
                    Question::Prints { line, .. } => ("text", line.clone()),
                    Question::Mentions { texts, .. } => ("text", texts.join(" and ")),
                    _ => ("exit", String::new()),
                };
                let call = call.join("\u{1f}");
                lines += &format!("ask\t{id}\t{count}\t{means}\t{text}\t{call}\n");
            }
        }
        lines
    }
}

/// The variables with passwords that a step reads.
fn secrets(step: &Step) -> Vec<String> {
    let words = step.commands.iter().flat_map(|command| &command.arguments);
    let variables = words.filter_map(|word| match word {
        Word::Secret { variable, .. } => Some(variable.to_string()),
        Word::Text(_) | Word::Beside { .. } => None,
    });
    variables.collect()
}
