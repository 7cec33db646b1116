//! The path of a URL, decoded the way HTTP.sys hands it to IIS.

/// Decodes `%` escapes, makes `\` to `/` and resolves `.` and `..`; `None` for a path that HTTP.sys turns away.
///
/// The bytes have no declared encoding. Doubled slashes stay.
pub(crate) fn decode(raw: &str) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    loop {
        rest = match rest {
            [] => break,
            [b'%', high, low, tail @ ..] => {
                decoded.push(digit(*high)? << 4 | digit(*low)?);
                tail
            }
            [b'%', ..] => return None,
            [byte, tail @ ..] => {
                decoded.push(*byte);
                tail
            }
        };
    }
    if decoded.contains(&0) || decoded.first() != Some(&b'/') {
        return None;
    }
    resolve(&decoded)
}

/// True if a decoded path changes when it is decoded once more, where a `+` counts as an escaped blank (section 3.6 of
/// the IIS fact sheet). A `%` that begins no escape does not change.
pub(crate) fn changes_again(decoded: &[u8]) -> bool {
    let is_digit = |byte: &u8| byte.is_ascii_hexdigit();
    let escapes = decoded.windows(3);
    decoded.contains(&b'+')
        || escapes
            .into_iter()
            .any(|window| matches!(window, [b'%', high, low] if is_digit(high) && is_digit(low)))
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

/// Resolves dots; a path that climbs above the root is turned away.
fn resolve(path: &[u8]) -> Option<Vec<u8>> {
    let mut segments: Vec<&[u8]> = Vec::new();
    let mut ends_in_folder = false;
    for segment in path.split(|byte| matches!(byte, b'/' | b'\\')).skip(1) {
        ends_in_folder = matches!(segment, b"." | b"..");
        match segment {
            b"." => {}
            b".." => drop(segments.pop()?),
            name => segments.push(name),
        }
    }
    if ends_in_folder {
        segments.push(b"");
    }
    let mut resolved = Vec::with_capacity(path.len());
    for segment in segments {
        resolved.push(b'/');
        resolved.extend_from_slice(segment);
    }
    Some(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_and_resolved() {
        for (raw, expected) in [
            ("/", "/"),
            ("/a%20b/%C3%A9", "/a b/é"),
            ("/a%2Fb", "/a/b"),
            ("/a+b", "/a+b"),
            ("/a%252F", "/a%2F"),
            ("/a//b/", "/a//b/"),
            ("/a/./b/../c", "/a/c"),
            ("/a/..", "/"),
            ("/a/.", "/a/"),
            ("/a%5Cb", "/a/b"),
            ("/a/%2e%2e/b", "/b"),
        ] {
            assert_eq!(decode(raw).as_deref(), Some(expected.as_bytes()), "{raw}");
        }
        assert_eq!(decode("/%FF"), Some(b"/\xff".to_vec()));
    }

    #[test]
    fn a_second_decoding_is_noticed() {
        for (decoded, expected) in [
            ("/a b/é", false),
            ("/100%", false),
            ("/100%x", false),
            ("/%4", false),
            ("/%41", true),
            ("/a+b", true),
        ] {
            assert_eq!(changes_again(decoded.as_bytes()), expected, "{decoded}");
        }
    }

    #[test]
    fn what_is_no_path_is_turned_away() {
        for raw in [
            "",
            "*",
            "a",
            "/%",
            "/%4",
            "/%zz",
            "/%+1",
            "/%00",
            "/..",
            "/a/../../b",
            "/%2e%2e",
        ] {
            assert_eq!(decode(raw), None, "{raw}");
        }
    }
}
