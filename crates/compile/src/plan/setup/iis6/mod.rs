//! IIS 6: pool, site, application, script map and FastCGI registration, by a script beside the others.

mod pool;
mod site;

use iisc_spec::model::AppSpec;

use super::{Command, Program, Question, Step, Word};
use crate::emit::{fcgiext_ini, iis6};
use crate::plan::Plan;

/// The steps, in order: what an application stands on comes before it, and processes end after the change that they
/// have to see.
pub(super) fn steps(spec: &AppSpec, plan: &Plan) -> Vec<Step> {
    let mut steps = vec![extension(), allowed()];
    steps.extend(pool::steps(spec, plan));
    steps.extend(site::steps(spec, plan));
    steps.push(registration(plan));
    steps.extend(site::certificate(spec, plan));
    steps
}

/// It comes with no Windows, so that somebody has to install it.
fn extension() -> Step {
    Job::of("extension").makes("extension", "FastCGI extension of IIS 6 is installed")
}

/// Stays allowed when the application goes: other applications run by it too.
fn allowed() -> Step {
    Job::of("allowed").makes("allowed", "FastCGI extension is allowed to run")
}

/// The pool is recycled in the same step, and so only after a change: a process that runs keeps its environment.
fn registration(plan: &Plan) -> Step {
    let job = Job::of("registration").word(Word::Beside {
        before: "",
        name: fcgiext_ini::NAME,
    });
    let recycle = Job::of("recycle").text(&plan.pool).command("make");
    job.undone("registration", "FastCGI registration in fcgiext.ini")
        .run(recycle)
}

/// One thing that the script can ask about, bring about and take back, each by the same values.
struct Job {
    what: &'static str,
    values: Vec<Word>,
}

impl Job {
    const fn of(what: &'static str) -> Self {
        Self {
            what,
            values: Vec::new(),
        }
    }

    fn text(self, value: impl ToString) -> Self {
        self.word(Word::Text(value.to_string()))
    }

    fn texts<T: ToString>(self, values: impl IntoIterator<Item = T>) -> Self {
        values.into_iter().fold(self, Self::text)
    }

    fn word(mut self, value: Word) -> Self {
        self.values.push(value);
        self
    }

    fn command(&self, verb: &str) -> Command {
        let script = Word::Beside {
            before: "",
            name: iis6::NAME,
        };
        // Named, as a server may have given files of this ending to another program.
        let command = Command::new(Program::Cscript).arguments(["//nologo", "//e:jscript"]);
        let command = command.word(script).arguments([verb, self.what]);
        self.values.iter().cloned().fold(command, Command::word)
    }

    /// The step that leaves things as they are when the application goes.
    fn makes(&self, id: &str, title: impl Into<String>) -> Step {
        let question = Question::Prints {
            command: self.command("ask"),
            line: "yes".to_owned(),
        };
        Step::new(id, title)
            .asking(question)
            .run(self.command("make"))
    }

    /// The step that is taken back when the application goes.
    fn undone(&self, id: &str, title: impl Into<String>) -> Step {
        self.makes(id, title).undone_by(self.command("undo"))
    }
}
