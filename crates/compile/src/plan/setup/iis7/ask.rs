//! Questions about what `appcmd` prints.

use crate::plan::setup::{Command, Question, Step};

/// True for a text that every console prints as it is, and that XML writes as it is. Anything else depends on the code page
/// of the server, so that it is never asked for.
pub(super) fn is_plain(text: &str) -> bool {
    let special = |c: char| matches!(c, '"' | '\'' | '&' | '<' | '>');
    text.is_ascii() && !text.contains(special)
}

/// Asks whether a line that is listed holds all of the texts. For a text that cannot be asked for, the note of the last
/// run has to do.
pub(super) fn mentions(step: Step, command: Command, texts: &[&str]) -> Step {
    let plain = texts.iter().filter(|text| is_plain(text));
    let plain: Vec<String> = plain.map(|text| (*text).to_owned()).collect();
    let step = match plain.len() == texts.len() {
        true => step,
        false => step.by_note(),
    };
    match plain.is_empty() {
        true => step,
        false => step.asking(Question::Mentions {
            command,
            texts: plain,
        }),
    }
}

/// Asks whether a value is the one that is listed; see [`mentions`] for a value that cannot be asked for.
pub(super) fn prints(step: Step, command: Command, line: &str) -> Step {
    match is_plain(line) {
        true => step.asking(Question::Prints {
            command,
            line: line.to_owned(),
        }),
        false => step.by_note(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::setup::Program;

    #[test]
    fn what_cannot_be_asked_for_is_left_to_the_note() {
        let command = || Command::new(Program::AppCmd);
        let texts = |texts: &[&str]| mentions(Step::new("a", "b"), command(), texts);
        let plain = texts(&["a", r"D:\b c (1)"]);
        assert!(!plain.by_note && plain.questions.len() == 1);
        let mixed = texts(&["a", "é"]);
        assert!(mixed.by_note && mixed.questions.len() == 1);
        let foreign = prints(texts(&["é"]), command(), "a & b");
        assert!(foreign.by_note && foreign.questions.is_empty());
    }
}
