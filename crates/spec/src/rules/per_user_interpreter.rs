//! Python is installed where the account of IIS can read it.

use std::ops::Range;

use super::private::{outsider, private_part};
use super::pyvenv::{self, Home};
use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::{AppSpec, WinPath};
use crate::syntax::KeyPath;

pub(crate) static RULE: Rule = Rule::advice(
    220,
    "per-user-interpreter",
    Level::Error,
    include_str!("per-user-interpreter.md"),
    Phase::Meaning(check),
);

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    let mut found = private_paths(spec);
    if found.is_empty() {
        check_home(document, sink);
        return;
    }
    let (key, path, part) = found.remove(0);
    let Some(name) = outsider(spec, path) else {
        return;
    };
    let place = |key, part| document.part(&KeyPath::of(key), part);
    let mut problem = RULE
        .problem(format!("`{name}` may not read `{key}`"))
        .at(place(key, part), "one person's own folder")
        .help(way_out(spec, path));
    for (key, _, part) in found {
        problem = problem.with(place(key, part), "this too");
    }
    sink.push(problem);
}

/// The paths of Python that lie in one person's folders, and the part that says so. Those within a root that does
/// are left to the rule on the root.
fn private_paths(spec: &AppSpec) -> Vec<(&'static str, &WinPath, Range<usize>)> {
    let python = &spec.python;
    let paths = [
        ("python.interpreter", Some(&python.interpreter)),
        ("python.virtualenv", python.virtualenv.as_ref()),
        ("python.base-interpreter", python.base_interpreter.as_ref()),
    ];
    let is_told = |path: &WinPath| private_part(&spec.root).is_some() && path.is_within(&spec.root);
    paths
        .into_iter()
        .filter_map(|(key, path)| path.map(|path| (key, path)))
        .filter(|(_, path)| path.problem().is_none() && !is_told(path))
        .filter_map(|(key, path)| Some((key, path, private_part(path)?)))
        .collect()
}

/// The launcher in `Scripts` is readable; what it launches is not.
fn check_home(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    if spec.python.base_interpreter.is_some() {
        return;
    }
    let Some(Home {
        folder,
        source,
        span,
    }) = pyvenv::home(document)
    else {
        return;
    };
    let program = folder.join("python.exe");
    let (Some(_), Some(name)) = (private_part(&program), outsider(spec, &program)) else {
        return;
    };
    let interpreter = document.tree.place(&KeyPath::of("python.interpreter"));
    let problem = RULE
        .problem(format!(
            "`{name}` may not read the Python that `python.interpreter` launches"
        ))
        .at(interpreter, format!("launches `{program}`"))
        .also(&source, span, "one person's own folder")
        .help(format!(
            "install Python for all users, and make the virtual environment anew with `{}`",
            for_all_users(&program)
        ));
    sink.push(problem);
}

fn way_out(spec: &AppSpec, path: &WinPath) -> String {
    let environment = spec.python.virtualenv();
    let in_environment = environment.is_some_and(|folder| path.is_within(&folder));
    match (in_environment, private_part(&spec.root)) {
        (true, None) => format!(
            "make the virtual environment at `{}`, with a Python that is installed for all users",
            spec.root.join("env")
        ),
        (true, Some(_)) => format!(
            r"make the virtual environment at `C:\apps\{}\env`, with a Python that is installed for all users",
            spec.name
        ),
        (false, _) => format!(
            "install Python for all users, and write `{}`",
            for_all_users(path)
        ),
    }
}

/// Where the installer of python.org puts the same version for all users.
fn for_all_users(path: &WinPath) -> String {
    let text = path.as_str();
    let minor = ["Python3", "Python.3.", r"\3.", "-3."]
        .into_iter()
        .find_map(|before| {
            let (_, behind) = text.rsplit_once(before)?;
            let digits = behind.find(|c: char| !c.is_ascii_digit())?;
            behind.get(..digits).filter(|digits| !digits.is_empty())
        });
    format!(
        r"C:\Program Files\Python3{}\python.exe",
        minor.unwrap_or("12")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_keeps_the_version() {
        for (path, folder) in [
            (
                r"C:\Users\ann\AppData\Local\Programs\Python\Python39\python.exe",
                "Python39",
            ),
            (
                r"C:\Users\ann\.pyenv\pyenv-win\versions\3.11.4\python.exe",
                "Python311",
            ),
            (
                r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.13_x64\python.exe",
                "Python313",
            ),
            (r"C:\Users\ann\anaconda3\python.exe", "Python312"),
        ] {
            let expected = format!(r"C:\Program Files\{folder}\python.exe");
            assert_eq!(for_all_users(&WinPath::new(path)), expected);
        }
    }

    #[test]
    fn a_launcher_of_one_persons_python_is_found_by_its_file() {
        let text = "name: shop\nroot: D:\\shop\npython: {interpreter: D:\\shop\\env\\Scripts\\python.exe, handler: shop.app}\n";
        let judged = |home: &str| {
            let file = format!("home = {home}\r\nversion = 3.11.4\r\n");
            let world = crate::MemoryWorld::new([("env/pyvenv.cfg", file)]);
            let options = crate::Options {
                world: Some(&world),
                ..crate::Options::default()
            };
            crate::check("f", text.as_bytes(), &options).diagnostics
        };
        let found = judged(r"C:\Users\ann\.pyenv\pyenv-win\versions\3.11.4");
        let [found] = found.as_slice() else {
            panic!("{found:?}")
        };
        let [elsewhere] = found.elsewhere.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(
            (
                found.code,
                elsewhere.source.name(),
                elsewhere.source.slice(elsewhere.span)
            ),
            (
                RULE.code,
                "env/pyvenv.cfg",
                r"C:\Users\ann\.pyenv\pyenv-win\versions\3.11.4"
            )
        );
        let help = r"install Python for all users, and make the virtual environment anew with `C:\Program Files\Python311\python.exe`";
        assert_eq!(found.help.as_deref(), Some(help));
        assert_eq!(judged("/usr/bin"), []);
        assert_eq!(judged(r"C:\Program Files\Python312"), []);
    }

    #[test]
    fn only_an_account_that_is_shut_out_counts() {
        let python = r"C:\Users\svc\AppData\Local\Programs\Python\Python312";
        for (more, count) in [
            ("", 1),
            ("targets: [iis-express]", 0),
            ("targets: [iis6, iis-express]", 1),
            ("pool: {identity: local-system}", 0),
            (
                r"pool: {identity: specific-user, user: {name: EXAMPLE\svc}}",
                0,
            ),
            (
                r"pool: {identity: specific-user, user: {name: EXAMPLE\other}}",
                1,
            ),
        ] {
            let text = format!(
                "name: shop\nroot: D:\\shop\npython: {{interpreter: {python}\\python.exe, base-interpreter: {python}\\python.exe, handler: shop.app}}\n{more}\n"
            );
            let checked = crate::check("f", text.as_bytes(), &crate::Options::default());
            let found = checked
                .diagnostics
                .iter()
                .filter(|found| found.code == RULE.code);
            assert_eq!(found.count(), count, "{more}");
        }
    }
}
