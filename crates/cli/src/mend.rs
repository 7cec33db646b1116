//! Applies the fixes of a text, round by round.

use iisc_spec::{Checked, Fix};

/// Rounds that are made. A fix may uncover the next problem; that ends long before this, or never.
const MOST_ROUNDS: usize = 50;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Which fixes are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Those that keep the meaning.
    Safe,
    /// Also those that a person should look at.
    Any,
}

/// A text after its fixes.
#[derive(Debug)]
pub(crate) struct Mended {
    /// The new file, byte order mark and line ends as they were.
    pub(crate) bytes: Vec<u8>,
    /// What is still wrong with it.
    pub(crate) checked: Checked,
    /// How many problems were solved; not zero.
    pub(crate) fixed: usize,
}

/// Applies fixes until there is none left, or returns `None` if there is nothing to do.
///
/// `checked` is what is known of `bytes`, and `examine` judges what comes of them. Bytes that are not UTF-8 are
/// left alone.
pub(crate) fn mend(
    bytes: &[u8],
    checked: &Checked,
    trust: Trust,
    examine: impl Fn(&[u8]) -> Checked,
) -> Option<Mended> {
    let body = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    if body != checked.source.text().as_bytes() {
        return None;
    }
    let mark = bytes.get(..bytes.len() - body.len()).unwrap_or_default();
    let mut mended: Option<Mended> = None;
    for _ in 0..MOST_ROUNDS {
        let before = mended.as_ref().map_or(checked, |mended| &mended.checked);
        let (text, applied) = round(before, trust);
        if applied == 0 || text == before.source.text() {
            break;
        }
        let bytes = [mark, text.as_bytes()].concat();
        mended = Some(Mended {
            checked: examine(&bytes),
            bytes,
            fixed: applied + mended.map_or(0, |mended| mended.fixed),
        });
    }
    mended
}

fn round(checked: &Checked, trust: Trust) -> (String, usize) {
    let fixes = checked
        .diagnostics
        .iter()
        .filter_map(|found| found.fix.as_ref());
    let trusted = fixes.filter(|fix| fix.safe || trust == Trust::Any);
    Fix::apply(checked.source.text(), trusted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(bytes: &[u8], trust: Trust) -> Option<(String, usize)> {
        let examine = |bytes: &[u8]| iisc_spec::check("f", bytes, &iisc_spec::Options::default());
        let mended = mend(bytes, &examine(bytes), trust, examine)?;
        assert!(mend(&mended.bytes, &mended.checked, trust, examine).is_none());
        Some((String::from_utf8(mended.bytes).unwrap(), mended.fixed))
    }

    #[test]
    fn a_fix_that_uncovers_another_is_followed_by_it() {
        let text = "\u{feff}name:\u{a0}\u{201c}shop\u{201d}\r\nstreaming: yes\r\n";
        let expected = "\u{feff}name: \"shop\"\r\nstreaming: true\r\n";
        assert_eq!(
            mended(text.as_bytes(), Trust::Safe),
            Some((expected.to_owned(), 3))
        );
    }

    #[test]
    fn a_guess_is_made_only_on_demand() {
        let text = b"process: {max-instanzes: 4}\n";
        assert_eq!(mended(text, Trust::Safe), None);
        assert_eq!(
            mended(text, Trust::Any),
            Some(("process: {max-instances: 4}\n".to_owned(), 1))
        );
    }

    #[test]
    fn what_is_not_utf_8_is_left_alone() {
        assert_eq!(
            mended(b"name: \xE2\x80\x9Cshop\xE2\x80\x9D \xFF\n", Trust::Any),
            None
        );
        let utf16: Vec<u8> = "streaming: yes\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(mended(&utf16, Trust::Any), None);
    }

    #[test]
    fn fixes_without_end_end() {
        // A judge who is never content.
        let examine = |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            let mut checked =
                iisc_spec::check("f", b"streaming: yes\n", &iisc_spec::Options::default());
            checked.source = std::sync::Arc::new(iisc_spec::SourceFile::new("f", text));
            checked
        };
        let bytes = b"streaming: yes\n";
        let mended = mend(bytes, &examine(bytes), Trust::Safe, examine).unwrap();
        assert_eq!(mended.fixed, MOST_ROUNDS);
    }
}
