//! Text for people, line by line.

use super::Unsayable;

/// A text in lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plain {
    lines: Vec<String>,
}

impl Plain {
    /// Adds a line.
    pub fn line(&mut self, text: impl Into<String>) {
        self.lines.push(text.into());
    }

    /// Adds an empty line.
    pub fn gap(&mut self) {
        self.line("");
    }

    /// The text, with a remark at its top.
    ///
    /// # Errors
    /// A value that would break its line, or do something to a terminal: what stands below it could no longer be
    /// trusted.
    pub fn print(&self, comment: &'static str) -> Result<String, Unsayable> {
        let mut text = format!("{comment}\n\n");
        for line in &self.lines {
            if line.chars().any(char::is_control) {
                return Err(Unsayable {
                    format: "a text file",
                    value: line.clone(),
                    reason: "a line break or another control character would forge a line",
                });
            }
            text.push_str(line);
            text.push('\n');
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_cannot_be_forged() {
        let mut plain = Plain::default();
        plain.line("a");
        plain.gap();
        assert_eq!(plain.print("note").unwrap(), "note\n\na\n\n");
        for value in ["a\nb", "a\rb", "a\u{1b}[2J", "a\u{85}b", "a\0"] {
            let mut plain = Plain::default();
            plain.line(value);
            assert!(plain.print("note").is_err(), "{value:?}");
        }
    }
}
