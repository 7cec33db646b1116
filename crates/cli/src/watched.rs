//! Which files of a project restart its applications, for people who wonder what their pattern matches.

use std::collections::BTreeMap;
use std::fmt::Write;

use iisc_spec::{Checked, ValidSpec, World, restart_matches};

use crate::render::several;

/// Most files that are listed one by one; more are counted by folder.
const MOST: usize = 20;

/// The files that restart each application of a spec, as lines; nothing for a spec with errors.
pub(crate) fn watched(checked: &Checked, world: &dyn World) -> String {
    let Some(first) = checked.applications.first() else {
        return String::new();
    };
    let files = world.files().into_iter();
    let files: Vec<String> = files.map(|path| path.replace('/', r"\")).collect();
    // The spec lies in the folder of the application that the file itself is.
    let one = |application: &ValidSpec| match application.root == first.root {
        true => of(application, &files),
        false => format!(
            "{}: its files lie elsewhere, below a root of its own\n",
            application.name
        ),
    };
    checked.applications.iter().map(one).collect()
}

fn of(application: &ValidSpec, files: &[String]) -> String {
    let name = &application.name;
    if application.restart.is_none() {
        return format!("{name}: restarted by no file, since there is no `restart`\n");
    }
    let mut matching = Vec::new();
    for path in files {
        match restart_matches(application, path) {
            Some(true) => matching.push(path.as_str()),
            Some(false) => {}
            None => {
                return format!(
                    "{name}: its pattern can only be followed by Python, so no files are shown\n"
                );
            }
        }
    }
    let all = several(files.len(), "file");
    let mut text = match matching.is_empty() {
        true => return format!("{name}: restarted by none of {all}\n"),
        false => format!("{name}: restarted by {} of {all}\n", matching.len()),
    };
    let lines = match matching.len() > MOST {
        true => by_folder(&matching),
        false => matching.iter().map(|path| (*path).to_owned()).collect(),
    };
    for line in lines {
        let _ = writeln!(text, "  {line}");
    }
    text
}

/// A line for each folder, with the number of its files and the first of them.
fn by_folder(paths: &[&str]) -> Vec<String> {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in paths {
        let (folder, name) = path.rsplit_once('\\').unwrap_or((".", path));
        folders.entry(folder).or_default().push(name);
    }
    let width = folders.keys().map(|folder| folder.chars().count()).max();
    let width = width.unwrap_or(0);
    let line = |(folder, names): (&&str, &Vec<&str>)| match names.as_slice() {
        [only] => format!("{folder:width$}  {only}"),
        [first, .., last] => {
            let count = names.len();
            format!("{folder:width$}  {count} files, {first} to {last}")
        }
        [] => (*folder).to_owned(),
    };
    folders.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use iisc_spec::{MemoryWorld, Options, check};

    fn shown(rest: &str, files: &[String]) -> String {
        let text = format!(
            "name: shop\nroot: D:\\shop\npython: {{interpreter: D:\\shop\\env\\Scripts\\python.exe, handler: shop.app}}\n{rest}\n"
        );
        let checked = check("f", text.as_bytes(), &Options::default());
        assert_eq!(
            checked.applications.is_empty(),
            rest.contains("nonsense"),
            "{text}"
        );
        let world = MemoryWorld::new(files.iter().map(|path| (path.as_str(), "")));
        watched(&checked, &world)
    }

    #[test]
    fn a_few_files_are_listed_with_the_separators_of_windows() {
        let files = ["shop/app.py", "shop/app.css", "local.cnf", "README.md"].map(str::to_owned);
        assert_eq!(
            shown(r"restart: {pattern: '(?i).*\.(py|cnf)$'}", &files),
            "shop: restarted by 2 of 4 files\n  local.cnf\n  shop\\app.py\n"
        );
        assert_eq!(
            shown("restart: {include: ['*.cfg']}", &files),
            "shop: restarted by none of 4 files\n"
        );
        assert_eq!(
            shown("", &files),
            "shop: restarted by no file, since there is no `restart`\n"
        );
        assert_eq!(shown("nonsense: 1", &files), "");
    }

    #[test]
    fn many_files_are_counted_by_folder() {
        let mut files: Vec<String> = (10..40).map(|n| format!("shop/api/m{n}.py")).collect();
        files.extend(["app.py", "shop/web.py"].map(str::to_owned));
        assert_eq!(
            shown("restart: {include: ['**/*.py']}", &files),
            "shop: restarted by 32 of 32 files\n  .         app.py\n  shop      web.py\n  shop\\api  30 files, m10.py to m39.py\n"
        );
    }

    #[test]
    fn an_application_with_a_root_of_its_own_has_other_files() {
        let rest = "restart: {include: ['**/*.py']}\napplications: {api: {root: 'D:\\api', site: {path: /api}}}";
        assert_eq!(
            shown(rest, &["app.py".to_owned()]),
            "shop: restarted by 1 of 1 file\n  app.py\n\
             api: its files lie elsewhere, below a root of its own\n"
        );
    }

    #[test]
    fn a_pattern_that_only_python_can_follow_is_told() {
        let files = ["aa".to_owned()];
        let text = shown(r"restart: {pattern: '(.)\1.*'}", &files);
        assert!(text.contains("only be followed by Python"), "{text}");
    }
}
