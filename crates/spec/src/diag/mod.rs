//! What `check` found: plain data, rendered elsewhere.

mod code;
mod fix;

use std::fmt;
use std::sync::Arc;

pub use self::code::Code;
pub use self::fix::{Edit, Fix};
use crate::source::{SourceFile, Span};

/// One problem of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of problem; `iisc explain` has a page about it.
    pub code: Code,
    /// How bad it is.
    pub level: Level,
    /// The fact, in the words of the user's file.
    pub message: String,
    /// Where. Exactly one label is primary; no label at all means the file as a whole.
    pub labels: Vec<Label>,
    /// Places in other files that the problem has to do with.
    pub elsewhere: Vec<Elsewhere>,
    /// One action that solves it.
    pub help: Option<String>,
    /// That action as edits of the text, if it can be done by a machine.
    pub fix: Option<Fix>,
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The result would not work or would be unsafe.
    Error,
    /// It works, and is probably not meant.
    Warning,
    /// Worth knowing.
    Note,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// A place and what is special about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is special there; may be empty when the message says it all.
    pub text: String,
    /// True for the place the problem is at, false for what it has to do with.
    pub primary: bool,
}

/// A place in another file and what is special about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The other file.
    pub source: Arc<SourceFile>,
    /// The place in it.
    pub span: Span,
    /// What is special there.
    pub text: String,
}

impl Diagnostic {
    /// A problem of the file as a whole; [`Diagnostic::at`] gives it a place.
    #[must_use]
    pub fn new(code: Code, level: Level, message: impl Into<String>) -> Self {
        Self {
            code,
            level,
            message: one_line(message.into(), SHOWN),
            labels: Vec::new(),
            elsewhere: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Gives the problem its place.
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        let primary = self.labels.iter().all(|label| !label.primary);
        self.labels.push(Label {
            span,
            text: one_line(text.into(), SHOWN),
            primary,
        });
        self
    }

    /// Adds a place that the problem has to do with. Comes after [`Diagnostic::at`].
    #[must_use]
    pub fn with(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: one_line(text.into(), SHOWN),
            primary: false,
        });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(one_line(help.into(), TO_WRITE));
        self
    }

    /// Adds a place in another file that the problem has to do with.
    #[must_use]
    pub fn also(mut self, source: &Arc<SourceFile>, span: Span, text: impl Into<String>) -> Self {
        self.elsewhere.push(Elsewhere {
            source: Arc::clone(source),
            span,
            text: one_line(text.into(), SHOWN),
        });
        self
    }

    /// Offers to do what the help says.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Where the problem is; `None` for the file as a whole.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.labels
            .iter()
            .find(|label| label.primary)
            .map(|label| label.span)
    }

    /// One line: `name:line:column: error[IISC0201]: message`.
    ///
    /// A problem of the file as a whole has no line and column.
    #[must_use]
    pub fn short(&self, source: &SourceFile) -> String {
        let place = self.span().map_or_else(String::new, |span| {
            let position = source.position(span.start);
            format!("{}:{}:", position.line, position.column)
        });
        format!(
            "{}:{place} {}[{}]: {}",
            source.name(),
            self.level,
            self.code,
            self.message
        )
    }
}

/// The text as one short line: what a file holds may be quoted in a message, but neither breaks its line, nor
/// commands the terminal, nor fills the screen.
fn one_line(text: String, longest: usize) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let text = match text.len() > longest {
        true => shortened(&text, longest),
        false => text,
    };
    if !text.contains(breaks) {
        return text;
    }
    let shown = |c: char| match c {
        c if breaks(c) => c.escape_default().to_string(),
        c => c.to_string(),
    };
    text.chars().map(shown).collect()
}

/// Characters of a quoted value that are shown in a message, and beside a place.
const SHOWN: usize = 60;

/// Characters of a quoted text that is to be written somewhere.
const TO_WRITE: usize = 400;

/// The text without the rest of each part in backticks that is longer.
///
/// A backtick within a quoted value makes quotes of words and words of quotes, so words have a bound too.
fn shortened(text: &str, longest: usize) -> String {
    let mut parts = Vec::new();
    for (index, part) in text.split('`').enumerate() {
        let most = if index % 2 == 1 { longest } else { TO_WRITE };
        parts.push(match part.char_indices().nth(most) {
            Some((cut, _)) => format!("{}...", part.get(..cut).unwrap_or_default()),
            None => part.to_owned(),
        });
    }
    parts.join("`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_form_has_place_level_code_and_message() {
        let source = SourceFile::new("app.iis.yaml", "a: 1\nb: 2\n");
        let problem = Diagnostic::new(Code::new(101), Level::Error, "unknown key `b`");
        assert_eq!(
            problem.short(&source),
            "app.iis.yaml: error[IISC0101]: unknown key `b`"
        );
        let placed = problem.at(Span::new(5, 6), "");
        assert_eq!(
            placed.short(&source),
            "app.iis.yaml:2:1: error[IISC0101]: unknown key `b`"
        );
    }

    #[test]
    fn the_first_place_is_the_primary_one() {
        let problem = Diagnostic::new(Code::new(12), Level::Error, "twice")
            .at(Span::new(5, 6), "again")
            .with(Span::new(0, 1), "first");
        assert_eq!(problem.span(), Some(Span::new(5, 6)));
        assert_eq!(
            problem.labels.iter().filter(|label| label.primary).count(),
            1
        );
    }

    #[test]
    fn a_long_value_is_not_quoted_to_its_end() {
        let long = "é".repeat(1_000);
        let problem = Diagnostic::new(Code::new(1), Level::Error, format!("`{long}` is no `x`"))
            .help(format!("write `{long}`, or nothing"));
        let start = |most| "é".repeat(most);
        assert_eq!(problem.message, format!("`{}...` is no `x`", start(60)));
        let help = format!("write `{}...`, or nothing", start(400));
        assert_eq!(problem.help, Some(help));
        let odd = Diagnostic::new(Code::new(1), Level::Error, format!("`{long}`{long}`"));
        assert!(odd.message.chars().count() < 600);
    }

    #[test]
    fn no_text_breaks_its_line_or_commands_a_terminal() {
        let problem = Diagnostic::new(Code::new(1), Level::Error, "`a\nb`")
            .at(Span::empty(0), "`\u{1b}[2J`")
            .help("write `\t`");
        assert_eq!(problem.message, "`a\\nb`");
        assert_eq!(problem.labels.first().unwrap().text, "`\\u{1b}[2J`");
        assert_eq!(problem.help.as_deref(), Some("write `\\t`"));
    }
}
