//! The applications of a file under each of its profiles, for files that say what a profile changes.

use crate::check::ValidSpec;
use crate::diag::Level;
use crate::ignore;
use crate::judge::{Judge, Judged};
use crate::options::Options;
use crate::source::SourceFile;
use crate::syntax;

/// What a file is under one of its profiles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profiled {
    /// Name of the profile.
    pub name: String,
    /// The applications, as [`Checked::applications`](crate::Checked::applications) has them. Empty exactly if the
    /// file has an error under this profile.
    pub applications: Vec<ValidSpec>,
}

/// Reads a file that [`check`](crate::check) found no error in once more, under each of its profiles in their order.
///
/// The scope of `options` has no meaning here. A profile with an error has no applications; which error it is,
/// [`check`](crate::check) tells, and the other profiles are none the worse for it.
#[must_use]
pub fn profiles(name: &str, bytes: &[u8], options: &Options<'_>) -> Vec<Profiled> {
    let (source, problem) = syntax::read(name, bytes);
    if problem.is_some() {
        return Vec::new();
    }
    // No rule is asked about the project's folder: it was asked for the file, and would be read for each profile.
    let judge = Judge {
        source: &source,
        options,
        project: None,
    };
    let judged = judge.profiles().into_iter();
    judged
        .map(|(name, judged)| Profiled {
            name,
            applications: applications(&source, judged),
        })
        .collect()
}

/// The applications, unless something is an error that no comment accepts.
fn applications(source: &SourceFile, judged: Judged) -> Vec<ValidSpec> {
    let mut found = [judged.faults, judged.remarks].concat();
    ignore::apply(source, &mut found, false);
    match found.iter().any(|found| found.level == Level::Error) {
        true => Vec::new(),
        false => judged.applications,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Scope, check};

    const SPEC: &str =
        "name: s\nroot: D:\\s\npython: {interpreter: 'D:\\s\\python.exe', handler: s.app}\n";

    fn read(more: &str) -> Vec<Profiled> {
        profiles(
            "app.iis.yaml",
            format!("{SPEC}{more}").as_bytes(),
            &Options::default(),
        )
    }

    #[test]
    fn each_profile_is_what_a_check_of_it_gives() {
        let more = "applications: {t: {root: 'D:\\t', site: {path: /t}}}\nprofiles: {b: {targets: [iis8]}, a: {streaming: true}}\n";
        let found = read(more);
        assert_eq!(found.len(), 2);
        for (profiled, name) in found.iter().zip(["b", "a"]) {
            let options = Options {
                scope: Scope::Profile(name),
                ..Options::default()
            };
            let text = format!("{SPEC}{more}");
            let checked = check("app.iis.yaml", text.as_bytes(), &options);
            assert_eq!(checked.profiles, ["b", "a"]);
            assert_eq!(profiled.name, name);
            assert_eq!(profiled.applications.len(), 2);
            assert_eq!(profiled.applications, checked.applications);
        }
    }

    #[test]
    fn a_profile_with_an_error_is_empty_and_the_others_stay() {
        let found = read(
            "variables: {X: {}}\nprofiles: {a: {environment: {X: '${X}'}}, b: {streaming: true}, c: {targets: [iis7.5], warm-up: {url: /}}}\n",
        );
        let sizes: Vec<_> = found.iter().map(|it| it.applications.len()).collect();
        assert_eq!(sizes, [0, 1, 0], "{found:#?}");
        assert_eq!(read(""), []);
    }
}
