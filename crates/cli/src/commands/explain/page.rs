//! A page of the documentation, laid out for a terminal.
//!
//! The pages are Markdown that is readable as it stands, so this knows no more of Markdown than they use: headings,
//! paragraphs, lists, tables and code blocks. Quotes in backticks stay as they are.

/// Width of a line; fixed, so that output does not depend on the terminal.
const WIDTH: usize = 100;

/// Space before a line of code.
const INDENT: &str = "    ";

/// A page as lines of text; with bold headings on a terminal that may show them.
pub(super) fn render(markdown: &str, is_bold: bool) -> String {
    let mut page = Page {
        text: String::new(),
        is_bold,
    };
    let mut lines = markdown.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let code: Vec<&str> = lines
                .by_ref()
                .take_while(|line| !line.starts_with("```"))
                .collect();
            page.code(info, &code);
        } else if line.starts_with('|') {
            let mut rows = vec![line];
            while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
                rows.push(row);
            }
            page.table(&rows);
        } else if line.starts_with('#') {
            page.heading(line.trim_start_matches('#').trim());
        } else if !line.is_empty() {
            let mut text = line.to_owned();
            while let Some(more) = lines.next_if(|line| is_continued(line)) {
                text.push(' ');
                text.push_str(more.trim());
            }
            page.paragraph(&text);
        }
    }
    page.text
}

/// True for a line that belongs to the paragraph or the item before it.
fn is_continued(line: &str) -> bool {
    !line.is_empty() && !line.starts_with(['#', '|']) && !line.starts_with("```") && !is_item(line)
}

fn is_item(line: &str) -> bool {
    line.starts_with("- ")
}

struct Page {
    text: String,
    is_bold: bool,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// An empty line before whatever comes, but not at the start.
    fn gap(&mut self) {
        if !self.text.is_empty() {
            self.line("");
        }
    }

    fn heading(&mut self, text: &str) {
        self.gap();
        if self.is_bold {
            self.line(&format!("\u{1b}[1m{text}\u{1b}[0m"));
        } else {
            self.line(text);
        }
    }

    fn paragraph(&mut self, text: &str) {
        let hanging = if is_item(text) { "  " } else { "" };
        self.gap();
        self.wrapped(text, "", hanging);
    }

    fn code(&mut self, info: &str, code: &[&str]) {
        self.gap();
        if let Some(caption) = caption(info) {
            self.line(caption);
            self.line("");
        }
        for line in code {
            self.line(format!("{INDENT}{line}").trim_end());
        }
    }

    /// Each row as an item: its first cell, and below it the others with the heads of their columns. Columns of
    /// text side by side would be too narrow to read.
    fn table(&mut self, rows: &[&str]) {
        let mut rows = rows.iter().map(|row| cells(row));
        let heads = rows.next().unwrap_or_default();
        // The second row only divides.
        for row in rows.skip(1) {
            self.gap();
            for (column, (head, cell)) in heads.iter().zip(row).enumerate() {
                if column == 0 {
                    self.wrapped(&format!("- {cell}"), "", "  ");
                } else {
                    self.wrapped(&format!("{head}: {cell}"), INDENT, "      ");
                }
            }
        }
    }

    /// A text broken into lines between words; the first line and the others are indented.
    fn wrapped(&mut self, text: &str, first: &str, rest: &str) {
        let mut line = first.to_owned();
        let mut is_empty = true;
        for word in words(text) {
            if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
                self.line(&line);
                rest.clone_into(&mut line);
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(&word);
            is_empty = false;
        }
        self.line(&line);
    }
}

/// What the example of a rule's page shows.
fn caption(info: &str) -> Option<&'static str> {
    match info.split(' ').nth(1)? {
        "bad" => Some("Wrong:"),
        "output" => Some("What iisc says about it:"),
        "good" => Some("Right:"),
        _ => None,
    }
}

fn cells(row: &str) -> Vec<&str> {
    row.trim_matches('|').split('|').map(str::trim).collect()
}

/// The words of a text, where what stands in backticks is one word: a command that is broken in two can not be
/// copied.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for c in text.chars() {
        is_quoted ^= c == '`';
        match words.last_mut() {
            Some(word) if c != ' ' || is_quoted => word.push(c),
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_joined_and_wrapped_between_words() {
        let text = render(
            &format!(
                "{}\n{}\n",
                "word ".repeat(15).trim(),
                "more ".repeat(15).trim()
            ),
            false,
        );
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].len(), 99);
        assert_eq!(text.split_whitespace().count(), 30);
    }

    #[test]
    fn a_quote_is_not_broken() {
        let command = format!("`run {}`", "x ".repeat(30).trim());
        let text = render(&format!("{} {command}.\n", "word ".repeat(12)), false);
        assert!(text.contains(&command), "{text}");
    }

    #[test]
    fn headings_are_bold_only_where_asked_for() {
        assert_eq!(render("# A\n\n## B\n", false), "A\n\nB\n");
        assert_eq!(render("# A\n", true), "\u{1b}[1mA\u{1b}[0m\n");
    }

    #[test]
    fn code_is_indented_and_keeps_its_lines() {
        let page = "Text.\n\n```yaml bad\na: 1\n\n  - b\n```\n\n```console\n$ c\n```\n";
        assert_eq!(
            render(page, false),
            "Text.\n\nWrong:\n\n    a: 1\n\n      - b\n\n    $ c\n"
        );
    }

    #[test]
    fn a_row_of_a_table_is_an_item() {
        let page = "| Symptom | Sign | Cure |\n| --- | --- | --- |\n| a b | `c d` | e |\n| f | g | h |\nText\n";
        assert_eq!(
            render(page, false),
            "- a b\n    Sign: `c d`\n    Cure: e\n\n- f\n    Sign: g\n    Cure: h\n\nText\n"
        );
    }

    #[test]
    fn items_have_a_hanging_indent() {
        let page = format!("- {}\n- b\n  c\n", "word ".repeat(25).trim());
        let text = render(&page, false);
        assert!(text.contains("\n  word"), "{text}");
        assert!(text.ends_with("\n\n- b c\n"), "{text}");
    }

    #[test]
    fn every_page_fits() {
        let rules = iisc_spec::CATALOGUE.iter().map(|rule| rule.page);
        let topics = iisc_spec::topics::TOPICS.iter().map(|topic| topic.page);
        for page in rules.chain(topics) {
            for line in render(page, false).lines() {
                // Code, and a command that is longer than a line, stay whole.
                let is_whole = line.starts_with(INDENT) || line.contains('`');
                assert!(line.chars().count() <= WIDTH || is_whole, "{line}");
                assert!(!line.contains("```") && line.trim_end() == line, "{line}");
            }
        }
    }
}
