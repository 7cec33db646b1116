//! Python's side: virtual environment, packages, and the files of the application.

use iisc_spec::model::{AppSpec, BridgeKind, LocalFile, ProjectPath, Python, WinPath};

use super::{Command, Program, Question, Step, Success, Word, iis7};
use crate::plan::Plan;

/// The steps, in order.
pub(super) fn steps(spec: &AppSpec, plan: &Plan) -> Vec<Step> {
    let mut steps = vec![root(&plan.root)];
    steps.extend(interpreter(&spec.python, iis7::interpreter_used(plan)));
    steps.extend(packages(spec));
    steps.extend(bridge(spec));
    steps.extend(web_config(&plan.root));
    let local = spec.local_files.iter().enumerate();
    steps.extend(local.map(|(index, file)| local_file(index, file, &plan.root)));
    steps
}

/// The project may be copied before set-up or after it, so that an empty folder will do.
fn root(root: &WinPath) -> Step {
    Step::new("root", format!("folder {root}"))
        .asking(Question::Folder(root.clone()))
        .run(Command::new(Program::Shell("mkdir")).argument(root.to_string()))
        .undone_by(remove_empty(root))
}

fn remove_empty(folder: &WinPath) -> Command {
    Command::new(Program::Shell("rd"))
        .argument(folder.to_string())
        .success(Success::Any)
}

/// The Python that serves: a virtual environment, made from the base interpreter if the spec names that.
///
/// Without a name none is looked for: a launcher may pick one that lies in somebody's profile, which the account of
/// the pool cannot read (P16).
fn interpreter(python: &Python, used: Option<Question>) -> Vec<Step> {
    let own = &python.interpreter;
    match (python.virtualenv(), &python.base_interpreter) {
        (Some(folder), Some(base)) => {
            let step = virtualenv(python, &folder, base);
            let step = used.into_iter().fold(step, Step::kept_if);
            vec![installed(base), step]
        }
        (Some(folder), None) => vec![
            Step::new("virtualenv", format!("virtual environment {folder}"))
                .asking(Question::File(own.clone()))
                .advising(format!(
                    "make it with `python -m venv {folder}`, or name `python.base-interpreter` in the spec, and set-up \
                     makes it"
                )),
        ],
        (None, _) => vec![installed(own)],
    }
}

fn installed(interpreter: &WinPath) -> Step {
    Step::new("python", format!("Python {interpreter}"))
        .asking(Question::File(interpreter.clone()))
        .advising("install Python for all users into that folder")
}

fn virtualenv(python: &Python, folder: &WinPath, base: &WinPath) -> Step {
    let make = Command::new(Program::File(base.clone())).arguments(["-m", "venv"]);
    let make = match python.packages.system_site_packages {
        true => make.argument("--system-site-packages"),
        false => make,
    };
    let remove = Command::new(Program::Shell("rd"))
        .arguments(["/s", "/q"])
        .argument(folder.to_string());
    Step::new("virtualenv", format!("virtual environment {folder}"))
        .asking(Question::File(python.interpreter.clone()))
        .run(make.argument(folder.to_string()))
        .undone_by(remove)
}

/// Everything that the spec names, in one call, so that pip sees all demands at once.
fn packages(spec: &AppSpec) -> Option<Step> {
    let packages = &spec.python.packages;
    let listed = [
        ("-r", &packages.requirements),
        ("-c", &packages.constraints),
    ];
    let listed: Vec<(&str, WinPath)> = listed
        .into_iter()
        .filter_map(|(option, file)| Some((option, file.as_ref()?.below(spec.project_root()))))
        .collect();
    let wheels = packages
        .wheels
        .iter()
        .map(|wheel| wheel.below(spec.project_root()));
    let mut wanted = wheels.map(|wheel| wheel.to_string()).collect::<Vec<_>>();
    wanted.extend(packages.extra.iter().map(ToString::to_string));
    if packages.requirements.is_none() && wanted.is_empty() {
        return None;
    }
    let install = listed
        .iter()
        .fold(install(spec), |command, (option, file)| {
            command.argument(*option).argument(file.to_string())
        });
    let step = Step::new("packages", "packages of the application")
        .by_note()
        .run(install.arguments(wanted));
    let files = listed
        .into_iter()
        .map(|(_, file)| Question::Unchanged(file));
    Some(files.fold(step, Step::asking))
}

/// What stands between IIS and the application. A server without a package index takes it from a folder `wheels` beside
/// the script; pip passes over a folder that is not there.
fn bridge(spec: &AppSpec) -> Option<Step> {
    let package = match (spec.bridge.kind, &spec.bridge.script) {
        (BridgeKind::Gateway, _) => "iisc-gateway",
        (BridgeKind::Wfastcgi, None) => "wfastcgi",
        (BridgeKind::Wfastcgi, Some(script)) => return Some(script_of_bridge(script)),
    };
    let show = pip(&spec.python).arguments(["show", "--quiet", package]);
    let beside = Word::Beside {
        before: "--find-links=",
        name: "wheels",
    };
    Some(
        Step::new("bridge", format!("package {package}"))
            .asking(Question::Succeeds(show))
            .run(install(spec).word(beside).argument(package)),
    )
}

fn script_of_bridge(script: &WinPath) -> Step {
    Step::new("bridge", format!("script {script}"))
        .asking(Question::File(script.clone()))
        .advising("copy wfastcgi.py there")
}

fn pip(python: &Python) -> Command {
    Command::new(Program::File(python.interpreter.clone())).arguments(["-m", "pip"])
}

/// No question of pip's may wait for somebody at three in the morning.
fn install(spec: &AppSpec) -> Command {
    let options = &spec.python.packages.pip_options;
    pip(&spec.python)
        .arguments(["install", "--disable-pip-version-check", "--no-input"])
        .arguments(options.iter().map(ToString::to_string))
}

/// The file of somebody else is not overwritten (C36), and the same one is not written again: IIS restarts the
/// application with every write (C37).
fn web_config(root: &WinPath) -> [Step; 2] {
    let file = root.join("Web.config");
    let copy = Command::new(Program::Shell("copy"))
        .argument("/y")
        .word(Word::Beside {
            before: "",
            name: "Web.config",
        })
        .argument(file.to_string());
    let delete = Command::new(Program::Shell("del"))
        .argument(file.to_string())
        .success(Success::Any);
    [
        Step::new("own-web-config", format!("no Web.config of somebody else in {root}"))
            .asking(Question::OursOrAbsent(file.clone()))
            .advising(
                "move it away, and bring what it says into the spec: `iisc check` reads it and tells what is wrong with it",
            ),
        Step::new("web-config", file.to_string())
            .asking(Question::SameFile {
                ours: "Web.config",
                theirs: file,
            })
            .run(copy)
            .undone_by(delete),
    ]
}

/// A missing one is told; to write it takes somebody who knows what goes in.
fn local_file(index: usize, (path, file): (&ProjectPath, &LocalFile), root: &WinPath) -> Step {
    let place = path.below(root);
    let title = match one_line(&file.description).as_str() {
        "" => format!("local file {place}"),
        description => format!("local file {place}: {description}"),
    };
    let advice = match &file.template {
        Some(template) => format!("copy {} and fill it in", template.below(root)),
        None => "write it on the server; no deployment brings it".to_owned(),
    };
    Step::new(format!("local-file-{}", index + 1), title)
        .asking(Question::File(place))
        .advising(advice)
        .only_telling()
}

/// Longest description that a title has room for, in characters.
const DESCRIPTION: usize = 200;

/// A text for people as a script can print it, which is a line that is not too long.
fn one_line(text: &str) -> String {
    let is_blank = |c: char| c.is_whitespace() || c.is_control();
    let words: Vec<&str> = text.split(is_blank).filter(|it| !it.is_empty()).collect();
    let line = words.join(" ");
    match line.char_indices().nth(DESCRIPTION) {
        Some((end, _)) => line.get(..end).unwrap_or_default().to_owned() + "...",
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use iisc_spec::Target;

    use super::*;
    use crate::plan::planned;

    fn provision(more: &str) -> Vec<Step> {
        planned(more, Target::Iis10).setup.provision
    }

    fn command_line(command: &Command) -> String {
        let word = |word: &Word| match word {
            Word::Text(text) => text.clone(),
            Word::Beside { before, name } => format!("{before}<{name}>"),
            Word::Secret { before, variable } => format!("{before}!{variable}!"),
        };
        let words: Vec<String> = command.arguments.iter().map(word).collect();
        words.join(" ")
    }

    fn ids(steps: &[Step]) -> Vec<&str> {
        steps.iter().map(|step| step.id.as_str()).collect()
    }

    #[test]
    fn a_short_spec_needs_a_python_a_bridge_and_its_web_config() {
        let steps = provision("");
        assert_eq!(
            ids(&steps),
            ["root", "python", "bridge", "own-web-config", "web-config"]
        );
        assert!(steps[1].commands.is_empty() && steps[1].advice.is_some());
    }

    #[test]
    fn the_virtual_environment_is_made_from_the_named_interpreter_alone() {
        let text = r#"{"name": "s", "root": "D:\\s", "python": {"interpreter": "D:\\s\\env\\Scripts\\python.exe", "handler": "s.app",
            "base-interpreter": "C:\\P\\python.exe", "packages": {"system-site-packages": true}}}"#;
        let steps = |text: &str| {
            let spec: AppSpec = serde_json::from_str(text).unwrap();
            let used = Question::Folder(spec.root.clone());
            super::interpreter(&spec.python, Some(used))
        };
        let made = steps(text);
        assert!(made[1].kept_if.is_some() && !made[1].undo.is_empty());
        assert_eq!(ids(&made), ["python", "virtualenv"]);
        assert_eq!(
            command_line(&made[1].commands[0]),
            r"-m venv --system-site-packages D:\s\env"
        );
        let unnamed = text.replace(r#""base-interpreter": "C:\\P\\python.exe", "#, "");
        let demanded = steps(&unnamed);
        assert!(demanded[0].commands.is_empty());
    }

    #[test]
    fn pip_gets_all_demands_at_once() {
        let text = r#"{"name": "s", "root": "D:\\s", "python": {"interpreter": "D:\\s\\env\\Scripts\\python.exe", "handler": "s.app",
            "packages": {"requirements": "r/requirements.txt", "constraints": "c.txt", "extra": ["pyodbc", "a==1"],
            "wheels": ["w/b.whl"], "pip-options": ["--no-index"]}}}"#;
        let step = packages(&serde_json::from_str(text).unwrap()).unwrap();
        assert_eq!(
            command_line(&step.commands[0]),
            r"-m pip install --disable-pip-version-check --no-input --no-index -r D:\s\r\requirements.txt -c D:\s\c.txt D:\s\w\b.whl pyodbc a==1"
        );
        assert_eq!(step.questions.len(), 2);
        assert!(step.by_note);
    }

    #[test]
    fn a_further_application_finds_its_lists_with_the_first() {
        let file = "name: a\nroot: D:\\a\npython: {interpreter: D:\\a\\p.exe, handler: a.b, packages: {requirements: r.txt}}\n\
            applications: {b: {root: D:\\b, site: {path: /b}}}\n";
        let checked = iisc_spec::check("f", file.as_bytes(), &iisc_spec::Options::default());
        let lists: Vec<String> = checked
            .applications
            .iter()
            .filter_map(|spec| Some(command_line(packages(spec)?.commands.first()?)))
            .collect();
        assert_eq!(lists.len(), 2, "{:?}", checked.diagnostics);
        assert!(
            lists.iter().all(|list| list.ends_with(r"-r D:\a\r.txt")),
            "{lists:?}"
        );
    }

    #[test]
    fn a_missing_local_file_is_told_and_holds_nothing_up() {
        let steps = provision(
            r#", "local-files": {"local.cnf": {"description": "keys", "template": "local.example"}}"#,
        );
        let step = steps.last().unwrap();
        assert_eq!(step.title, r"local file D:\s\local.cnf: keys");
        assert_eq!(
            step.advice.as_deref(),
            Some(r"copy D:\s\local.example and fill it in")
        );
        assert!(step.only_tells);
    }

    #[test]
    fn a_description_is_told_on_one_line() {
        assert_eq!(
            one_line(" keys\n\tof the \u{1b}[2J shop\r\n"),
            "keys of the [2J shop"
        );
        assert_eq!(one_line(&"é".repeat(201)), "é".repeat(200) + "...");
    }

    #[test]
    fn the_script_of_the_bridge_is_demanded_and_its_module_installed() {
        let module = provision(r#", "bridge": {"kind": "wfastcgi"}"#);
        assert!(module.iter().any(|step| step.title == "package wfastcgi"));
        let script =
            provision(r#", "bridge": {"kind": "wfastcgi", "script": "C:\\w\\wfastcgi.py"}"#);
        assert!(
            script
                .iter()
                .any(|step| step.title == r"script C:\w\wfastcgi.py")
        );
    }
}
