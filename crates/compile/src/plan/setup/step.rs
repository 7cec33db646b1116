//! A step of set-up: what it brings about, how to see that it is so already, and how to take it back.

use iisc_spec::model::{VariableName, WinPath};

/// One thing that set-up brings about on a server. It is data: what is asked and run, without any quoting.
///
/// A step runs only if the server does not answer its questions as wanted, so that a second run changes nothing (P04).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Names the step in the notes that set-up leaves on the server: small letters, digits and `-`, never input;
    /// unique among the steps of a plan.
    pub id: String,
    /// What it brings about, for people: `application pool shop`.
    pub title: String,
    /// The step is done if all of these hold, which is asked before it and again after it.
    pub questions: Vec<Question>,
    /// The questions do not ask for everything that the commands set: the step is done only if the note of its last
    /// run is about the same commands too.
    pub by_note: bool,
    /// What brings it about, in order. Without any, the step is a demand: people have to meet it.
    pub commands: Vec<Command>,
    /// The step belongs to a change: it is run only if an earlier step of the same run has run its commands, and has
    /// no questions.
    pub after_changes: bool,
    /// What people do about a step that fails, in one sentence.
    pub advice: Option<String>,
    /// A demand that is not met is told, and the next step is taken all the same.
    pub only_tells: bool,
    /// What takes it back, in order; run by removal if set-up has noted that it ran the commands. Empty if nothing
    /// should be taken back.
    pub undo: Vec<Command>,
    /// Removal leaves what the step has made, and says so, if this holds: somebody else uses it by now.
    pub kept_if: Option<Question>,
}

impl Step {
    /// A step that runs each time, until it is given questions.
    #[must_use]
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            questions: Vec::new(),
            by_note: false,
            commands: Vec::new(),
            after_changes: false,
            advice: None,
            only_tells: false,
            undo: Vec::new(),
            kept_if: None,
        }
    }

    /// Adds a question.
    #[must_use]
    pub fn asking(mut self, question: Question) -> Self {
        self.questions.push(question);
        self
    }

    /// Lets the step be done only if the note of its last run is about the same commands.
    #[must_use]
    pub fn by_note(mut self) -> Self {
        self.by_note = true;
        self
    }

    /// Lets the step be run only if an earlier one has changed something.
    #[must_use]
    pub fn after_changes(mut self) -> Self {
        self.after_changes = true;
        self
    }

    /// Adds a command.
    #[must_use]
    pub fn run(mut self, command: Command) -> Self {
        self.commands.push(command);
        self
    }

    /// Says what people do about it if the step fails.
    #[must_use]
    pub fn advising(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// Lets set-up go on without it.
    #[must_use]
    pub fn only_telling(mut self) -> Self {
        self.only_tells = true;
        self
    }

    /// Adds a command of removal.
    #[must_use]
    pub fn undone_by(mut self, command: Command) -> Self {
        self.undo.push(command);
        self
    }

    /// Sets what lets removal leave what the step has made.
    #[must_use]
    pub fn kept_if(mut self, question: Question) -> Self {
        self.kept_if = Some(question);
        self
    }
}

/// A question about the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Is the folder there?
    Folder(WinPath),
    /// Is the file there?
    File(WinPath),
    /// Is the file there the same as the one beside the script?
    SameFile {
        /// Name of the file beside the script.
        ours: &'static str,
        /// The file on the server.
        theirs: WinPath,
    },
    /// Is the file the same as when the step last ran? Set-up keeps a copy of it with the note of the step.
    Unchanged(WinPath),
    /// Is there no such file, or one that iisc made?
    OursOrAbsent(WinPath),
    /// Does the command end with 0?
    Succeeds(Command),
    /// Is this the first line that the command prints? Compared without case, as IIS compares, and without quotes.
    Prints {
        /// The command; it changes nothing.
        command: Command,
        /// The line.
        line: String,
    },
    /// Does one line that the command prints hold all of these texts? Compared without case. A text holds no quotes:
    /// not every `find` can look for them.
    Mentions {
        /// The command; it changes nothing.
        command: Command,
        /// The texts.
        texts: Vec<String>,
    },
    /// Does the command print more than one line?
    PrintsMore(Command),
}

impl Question {
    /// The command that is asked, if it is one.
    #[must_use]
    pub const fn command(&self) -> Option<&Command> {
        match self {
            Self::Folder(_)
            | Self::File(_)
            | Self::SameFile { .. }
            | Self::Unchanged(_)
            | Self::OursOrAbsent(_) => None,
            Self::Succeeds(command)
            | Self::Prints { command, .. }
            | Self::Mentions { command, .. }
            | Self::PrintsMore(command) => Some(command),
        }
    }
}

/// A command: a program and its arguments, as the program is to receive them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// The program.
    pub program: Program,
    /// Its arguments.
    pub arguments: Vec<Word>,
    /// Exit codes that mean success.
    pub success: Success,
    /// It may ask whether it is meant, and is answered `y`.
    pub confirms: bool,
}

/// With this exit code a program has done its work, and Windows has to be started again before anybody sees it.
pub const RESTART: u32 = 3_010;

/// Exit codes that mean success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Success {
    /// 0 alone.
    Zero,
    /// 0, and this one.
    ZeroOr(u32),
    /// 0, and [`RESTART`], of which people are told.
    ZeroOrRestart,
    /// Any: the command clears away what may not be there.
    Any,
}

impl Command {
    /// A command without arguments, which must end with 0.
    #[must_use]
    pub const fn new(program: Program) -> Self {
        Self {
            program,
            arguments: Vec::new(),
            success: Success::Zero,
            confirms: false,
        }
    }

    /// Adds an argument.
    #[must_use]
    pub fn argument(mut self, text: impl Into<String>) -> Self {
        self.arguments.push(Word::Text(text.into()));
        self
    }

    /// Adds arguments.
    #[must_use]
    pub fn arguments<T: Into<String>>(self, texts: impl IntoIterator<Item = T>) -> Self {
        texts.into_iter().fold(self, Self::argument)
    }

    /// Adds an argument that is not only text.
    #[must_use]
    pub fn word(mut self, word: Word) -> Self {
        self.arguments.push(word);
        self
    }

    /// Sets which exit codes mean success.
    #[must_use]
    pub const fn success(mut self, success: Success) -> Self {
        self.success = success;
        self
    }

    /// Answers `y` if the command asks whether it is meant.
    #[must_use]
    pub const fn confirmed(mut self) -> Self {
        self.confirms = true;
        self
    }
}

/// An argument, as the program is to receive it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// The text.
    Text(String),
    /// A fixed text of ours, and the path of a file beside the script behind it.
    Beside {
        /// The text in front: a switch with its colon or equals sign.
        before: &'static str,
        /// Name of the file.
        name: &'static str,
    },
    /// A fixed text of ours, and the value that an environment variable has when the script runs: a password. It is
    /// never printed and never logged.
    Secret {
        /// The text in front.
        before: &'static str,
        /// The variable.
        variable: VariableName,
    },
}

/// A program that is part of Windows or IIS, or that the spec names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Program {
    /// `appcmd.exe` of IIS 7 and later.
    AppCmd,
    /// `icacls.exe`, since Windows Server 2003 Service Pack 2.
    Icacls,
    /// `cacls.exe`.
    Cacls,
    /// `cscript.exe`.
    Cscript,
    /// `dism.exe`, since Windows Server 2008 R2.
    Dism,
    /// `servermanagercmd.exe` of Windows Server 2008.
    ServerManagerCmd,
    /// `netsh.exe`.
    Netsh,
    /// A program at a path.
    File(WinPath),
    /// A command of `cmd.exe` itself: `mkdir`, `copy`.
    Shell(&'static str),
}
