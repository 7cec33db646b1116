//! On which line each key of an application stands.

use crate::check::ValidSpec;
use crate::source::SourceFile;
use crate::syntax::{Node, Value};

impl ValidSpec {
    /// The keys that are written, each as the way to it from the top, with its line from 1. `source` is the text that the
    /// application was read from. What a profile says has its line there.
    #[must_use]
    pub fn lines(&self, source: &SourceFile) -> Vec<(Vec<String>, usize)> {
        let mut lines = Vec::new();
        collect(self.tree(), source, &[], &mut lines);
        lines
    }
}

fn collect(
    node: &Node,
    source: &SourceFile,
    path: &[String],
    lines: &mut Vec<(Vec<String>, usize)>,
) {
    let Value::Mapping(entries) = &node.value else {
        return;
    };
    for entry in entries {
        let path = [path, std::slice::from_ref(&entry.key)].concat();
        collect(&entry.value, source, &path, lines);
        lines.push((path, source.position(entry.key_span.start).line));
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, check};

    #[test]
    fn each_key_has_the_line_on_which_it_is_written() {
        let text = "name: s\nroot: D:\\s\npython:\n  interpreter: D:\\s\\p.exe\n  handler: s.app\n\
            profiles:\n  test:\n    process:\n      max-instances: 2\n    python: {handler: s.other}\n";
        let options = Options {
            scope: crate::Scope::Profile("test"),
            ..Options::default()
        };
        let checked = check("f", text.as_bytes(), &options);
        let lines = checked.applications[0].lines(&checked.source);
        let mut lines: Vec<_> = lines
            .into_iter()
            .map(|(path, line)| (path.join("."), line))
            .collect();
        lines.sort();
        let expected = [
            ("name", 1),
            ("process", 8),
            ("process.max-instances", 9),
            ("python", 3),
            ("python.handler", 10),
            ("python.interpreter", 4),
            ("root", 2),
        ];
        assert_eq!(lines, expected.map(|(path, line)| (path.to_owned(), line)));
    }
}
