//! `pyvenv.cfg`: which Python a virtual environment was made from.

use crate::source::{SourceFile, Span};

/// The value of a key such as `home` or `version`, and where it stands; of several the last, as Python takes it.
pub(crate) fn value<'a>(source: &'a SourceFile, key: &str) -> Option<(&'a str, Span)> {
    let lines = source.text().split_inclusive('\n').scan(0, |start, line| {
        let at = *start;
        *start += line.len();
        Some((at, line))
    });
    let found = lines.filter_map(|(at, line)| {
        let (name, value) = line.split_once('=')?;
        let start = at + name.len() + 1 + (value.len() - value.trim_start().len());
        let value = value.trim();
        (!value.is_empty() && name.trim().eq_ignore_ascii_case(key))
            .then(|| (value, Span::new(start, start + value.len())))
    });
    found.last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_behind_its_key() {
        let text = "home = C:\\Python311\r\ninclude-system-site-packages = false\nVersion=3.11.4\nprompt = 'a = b'\nempty =\n";
        let source = SourceFile::new("pyvenv.cfg", text);
        let read = |key| {
            let (found, span) = value(&source, key)?;
            assert_eq!(source.slice(span), found);
            Some(found)
        };
        assert_eq!(read("home"), Some(r"C:\Python311"));
        assert_eq!(read("version"), Some("3.11.4"));
        assert_eq!(read("prompt"), Some("'a = b'"));
        assert_eq!(read("empty"), None);
        assert_eq!(read("ome"), None);
    }
}
