//! IIS 7 and later: features, pool, site, application, sections and FastCGI registration, by `appcmd`.
//!
//! What is set is [`Host`](crate::plan::Host), of which the fragment of `applicationHost.config` is printed too.

mod application;
mod ask;
mod binding;
mod command;
mod features;
mod pool;
mod pool_settings;
mod registration;
mod sections;
mod site;

use iisc_spec::{Feature, Target};

use super::{Question, Step};
use crate::plan::Plan;

/// The steps, in order: each finds what it needs. IIS Express has none, because it is set up by whoever starts it, in a
/// configuration of his own.
pub(super) fn steps(plan: &Plan) -> Vec<Step> {
    if plan.target == Target::IisExpress {
        return Vec::new();
    }
    let mut steps = vec![features::step(plan)];
    steps.extend(pool::steps(plan));
    steps.push(site::step(plan));
    steps.extend(application::steps(plan));
    steps.push(registration::step(plan));
    steps.extend(sections::steps(plan));
    // A client reaches a new site only when all behind its address is ready.
    steps.extend(binding::steps(plan));
    steps.push(pool::recycle(plan));
    steps
}

/// Tells removal that other applications count on what the pool's account may do. On IIS 6 nobody can be asked.
pub(super) fn pool_used(plan: &Plan) -> Option<Question> {
    plan.target.has(Feature::Schema).then(|| pool::used(plan))
}

/// Tells removal that other applications run in the virtual environment. On IIS 6 nobody can be asked.
pub(super) fn interpreter_used(plan: &Plan) -> Option<Question> {
    let asks = plan.target.has(Feature::Schema);
    asks.then(|| registration::interpreter_used(plan))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::plan::planned;
    use crate::plan::setup::{Command, Question, Word};

    /// The step of that id.
    pub(super) fn step(more: &str, target: Target, id: &str) -> Step {
        found(more, target, id).unwrap_or_else(|| panic!("no step `{id}`"))
    }

    /// The step of that id, if there is one.
    pub(super) fn found(more: &str, target: Target, id: &str) -> Option<Step> {
        let steps = planned(more, target).setup.registration;
        steps.into_iter().find(|step| step.id == id)
    }

    /// Arguments of commands, with `|` between them so that blanks are seen.
    pub(super) fn lines(commands: &[Command]) -> Vec<String> {
        let word = |word: &Word| match word {
            Word::Text(text) => text.clone(),
            Word::Beside { before, name } => format!("{before}<{name}>"),
            Word::Secret { before, variable } => format!("{before}<{variable}>"),
        };
        let line = |command: &Command| {
            let words: Vec<String> = command.arguments.iter().map(word).collect();
            words.join("|")
        };
        commands.iter().map(line).collect()
    }

    /// The texts that a step asks for.
    pub(super) fn asked(step: &Step) -> Vec<String> {
        let asked = step.questions.iter().map(|question| match question {
            Question::Mentions { texts, .. } => texts.join(" & "),
            Question::Prints { line, .. } => format!("={line}"),
            Question::Succeeds(_) => "succeeds".to_owned(),
            other => format!("{other:?}"),
        });
        asked.collect()
    }

    const FULL: &str = r#", "pool": {"name": "Bücher 1", "identity": "specific-user", "cpu": {"limit": 5},
        "user": {"name": "A\\b", "password-from": "PW"}, "recycle": {"at": ["03:00"]}},
        "site": {"name": "A, B & <C>; d=e", "path": "/a", "permissions": ["script"], "bindings": [{"host": "a.b"},
        {"certificate": {"thumbprint": "0123456789ABCDEF0123456789ABCDEF01234567"}}]},
        "static": {"/f": {"folder": "f"}}, "authentication": {"windows": true, "anonymous": false},
        "environment": {"A": "it's \"x\" & y"}, "warm-up": {}, "python":
        {"interpreter": "D:\\é\\python.exe", "handler": "s.app"}"#;

    fn full(sections: &str, target: Target) -> Vec<Step> {
        let text = format!(r#"{{"name": "s", "root": "D:\\s", "sections": "{sections}"{FULL}}}"#);
        let spec = serde_json::from_str(&text).unwrap();
        crate::plan::lower(&spec, target).setup.registration
    }

    #[test]
    fn every_step_has_an_id_of_its_own_and_can_be_passed_over() {
        for target in Target::WITH_SCHEMA {
            for sections in ["unlock", "location"] {
                let steps = full(sections, target);
                let ids: BTreeSet<&str> = steps.iter().map(|step| step.id.as_str()).collect();
                assert_eq!(ids.len(), steps.len(), "{ids:?}");
                let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
                assert!(ids.iter().all(|id| id.chars().all(plain)), "{ids:?}");
                for step in &steps {
                    let passed = step.after_changes || step.by_note || !step.questions.is_empty();
                    assert!(passed && !step.commands.is_empty(), "{}", step.id);
                }
                assert_eq!(steps.is_empty(), target == Target::IisExpress);
            }
        }
    }

    #[test]
    fn no_question_asks_for_what_a_console_may_print_otherwise() {
        for step in full("location", Target::Iis10) {
            for question in &step.questions {
                let texts = match question {
                    Question::Mentions { texts, .. } => texts.clone(),
                    Question::Prints { line, .. } => vec![line.clone()],
                    _ => Vec::new(),
                };
                assert!(texts.iter().all(|text| ask::is_plain(text)), "{texts:?}");
            }
        }
    }
}
