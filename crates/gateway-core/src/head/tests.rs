use super::*;

fn block(status: &str, headers: &[(&str, &str)]) -> Result<String, HeadError> {
    let head = ResponseHead::new(status, headers.iter().copied())?;
    Ok(String::from_utf8(head.to_bytes()).unwrap())
}

#[test]
fn a_head_is_written_as_cgi() {
    let written = block(
        "404 Nothing Here",
        &[("Set-Cookie", "a=1"), ("X", "y"), ("Set-Cookie", "b=2")],
    );
    assert_eq!(
        written.unwrap(),
        "Status: 404 Nothing Here\r\nSet-Cookie: a=1\r\nX: y\r\nSet-Cookie: b=2\r\n\r\n"
    );
}

#[test]
fn w45_a_status_is_three_digits_and_a_reason() {
    assert_eq!(block("200", &[]).unwrap(), "Status: 200 OK\r\n\r\n");
    assert_eq!(block("299 ", &[]).unwrap(), "Status: 299 Status\r\n\r\n");
    assert_eq!(block("999 Odd", &[]).unwrap(), "Status: 999 Odd\r\n\r\n");
    for status in [
        "", "OK", "20 OK", "2000 OK", "099 No", " 200 OK", "200OK", "+20 x",
    ] {
        assert_eq!(
            block(status, &[]),
            Err(HeadError::Status(status.to_owned())),
            "{status:?}"
        );
    }
}

#[test]
fn f22_no_informational_status_is_written() {
    assert_eq!(
        block("100 Continue", &[]),
        Err(HeadError::Informational(100))
    );
    assert_eq!(
        block("103 Early Hints", &[]),
        Err(HeadError::Informational(103))
    );
}

#[test]
fn w46_characters_are_latin_1() {
    let head = ResponseHead::new("200 \u{e9}", [("X", "\u{ff}")]).unwrap();
    assert_eq!(head.to_bytes(), b"Status: 200 \xe9\r\nX: \xff\r\n\r\n");
    assert_eq!(
        block("200 OK", &[("X", "€")]),
        Err(HeadError::NotLatin1("X".to_owned()))
    );
}

#[test]
fn w47_a_line_break_at_the_end_of_a_status_is_one_too() {
    for status in ["200 OK\r\n", "200 OK\n", "200 \n", "200 \tOK\r"] {
        assert_eq!(
            block(status, &[]),
            Err(HeadError::ControlCharacter("status".to_owned())),
            "{status:?}"
        );
    }
}

#[test]
fn w47_control_characters_never_reach_the_wire() {
    for bad in ["\r", "\n", "\0", "a\r\nSet-Cookie: x=1", "\u{1b}", "\u{7f}"] {
        assert_eq!(
            block("200 OK", &[("X", bad)]),
            Err(HeadError::ControlCharacter("X".to_owned()))
        );
        assert_eq!(
            block(&format!("200 O{bad}K"), &[]),
            Err(HeadError::ControlCharacter("status".to_owned()))
        );
        assert!(block("200 OK", &[(bad, "v")]).is_err());
    }
    assert!(block("200 OK", &[("X", "a\tb")]).is_ok());
}

#[test]
fn w48_header_names_are_tokens() {
    for name in ["", "A B", "A:", "Ä", "A\t", "(x)"] {
        assert_eq!(
            block("200 OK", &[(name, "v")]),
            Err(HeadError::Name(name.to_owned()))
        );
    }
}

#[test]
fn w49_w50_headers_of_the_connection_and_status_are_left_out() {
    let mut headers: Vec<_> = HOP_BY_HOP.iter().map(|name| (*name, "x")).collect();
    headers.extend([("STATUS", "204 Gone"), ("X", "y")]);
    let head = ResponseHead::new("200 OK", headers).unwrap();
    assert_eq!(head.to_bytes(), b"Status: 200 OK\r\nX: y\r\n\r\n");
    assert_eq!(head.left_out().len(), HOP_BY_HOP.len() + 1);
}

#[test]
fn w52_content_length_is_one_number() {
    let head = ResponseHead::new("200 OK", [("content-length", "12")]).unwrap();
    assert_eq!(head.content_length(), Some(12));
    for value in ["", "x", "-1", "+1", "1.0", "1,1", "99999999999999999999"] {
        assert_eq!(
            block("200 OK", &[("Content-Length", value)]),
            Err(HeadError::ContentLength(value.to_owned()))
        );
    }
    let twice = [("Content-Length", "1"), ("content-length", "1")];
    assert!(block("200 OK", &twice).is_err());
}

#[test]
fn w55_a_known_length_is_announced_once() {
    let mut head = ResponseHead::new("200 OK", []).unwrap();
    head.announce_length(3);
    head.announce_length(4);
    assert_eq!(
        head.to_bytes(),
        b"Status: 200 OK\r\nContent-Length: 3\r\n\r\n"
    );
}

#[test]
fn w57_a_204_has_no_length() {
    let mut head = ResponseHead::new("204 No Content", [("Content-Length", "0")]).unwrap();
    assert_eq!(head.to_bytes(), b"Status: 204 No Content\r\n\r\n");
    head = ResponseHead::new("304 Not Modified", []).unwrap();
    head.announce_length(5);
    assert_eq!(head.to_bytes(), b"Status: 304 Not Modified\r\n\r\n");
    assert!(head.forbids_body());
}

#[test]
fn s23_our_own_pages_are_plain_text() {
    let head = ResponseHead::plain_text(413, 4);
    assert_eq!(
        head.to_bytes(),
        b"Status: 413 Content Too Large\r\nContent-Type: text/plain; charset=utf-8\r\n\
              X-Content-Type-Options: nosniff\r\nContent-Length: 4\r\n\r\n"
    );
    assert_eq!(head.reason(), "Content Too Large");
}

#[test]
fn a_header_block_fits_one_record() {
    let room = HEADER_BLOCK_BYTES - b"Status: 200 OK\r\nX: \r\n\r\n".len();
    assert!(block("200 OK", &[("X", &"v".repeat(room))]).is_ok());
    assert_eq!(
        block("200 OK", &[("X", &"v".repeat(room + 1))]),
        Err(HeadError::TooLarge)
    );
}
