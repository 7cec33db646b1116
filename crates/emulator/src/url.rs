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
