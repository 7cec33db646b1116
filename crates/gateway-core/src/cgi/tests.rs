use super::*;

fn pairs(pairs: &[(&str, &str)]) -> Vec<Pair> {
    pairs
        .iter()
        .map(|(name, value)| (name.as_bytes().to_vec(), value.as_bytes().to_vec()))
        .collect()
}

fn head(params: &[(&str, &str)], mapping: &Mapping) -> RequestHead {
    request_head(pairs(params), mapping).unwrap()
}

fn text(head: &RequestHead, name: &str) -> Option<String> {
    let value = head.variable(name)?;
    Some(String::from_utf8(value.to_vec()).unwrap())
}

/// `SCRIPT_NAME` and `PATH_INFO` of a request as IIS sends it.
fn iis(id: &str, path: &str, mapping: &Mapping) -> (String, String) {
    let params = [
        ("APPL_MD_PATH", id),
        ("SCRIPT_NAME", path),
        ("PATH_INFO", path),
    ];
    let head = head(&params, mapping);
    (
        text(&head, "SCRIPT_NAME").unwrap(),
        text(&head, "PATH_INFO").unwrap(),
    )
}

fn split(script_name: &str, path_info: &str) -> (String, String) {
    (script_name.to_owned(), path_info.to_owned())
}

#[test]
fn p41_the_mount_comes_from_the_application_id() {
    let mapping = Mapping::default();
    for (id, path, expected) in [
        ("/LM/W3SVC/1/ROOT", "/shop/list", split("", "/shop/list")),
        (
            "/LM/W3SVC/1/ROOT/shop",
            "/shop/list",
            split("/shop", "/list"),
        ),
        ("/LM/W3SVC/1/ROOT/shop", "/shop", split("/shop", "")),
        ("/lm/w3svc/7/root/Shop", "/sHOP/x", split("/sHOP", "/x")),
        ("/LM/W3SVC/1/ROOT/a/b", "/a/b/c", split("/a/b", "/c")),
        (
            "/LM/W3SVC/1/Elsewhere/shop",
            "/shop/x",
            split("", "/shop/x"),
        ),
        ("shop", "/shop/x", split("", "/shop/x")),
    ] {
        assert_eq!(iis(id, path, &mapping), expected, "{id} {path}");
    }
}

#[test]
fn a_path_that_nginx_gives_as_script_name_is_the_path() {
    let of = |params: &[(&str, &str)]| {
        let head = head(params, &Mapping::default());
        (
            text(&head, "SCRIPT_NAME").unwrap(),
            text(&head, "PATH_INFO").unwrap(),
        )
    };
    let stock = [("SCRIPT_NAME", "/a/b"), ("DOCUMENT_URI", "/a/b")];
    assert_eq!(of(&stock), split("", "/a/b"));
    let repeated = [
        ("SCRIPT_NAME", "/a"),
        ("PATH_INFO", "/a"),
        ("REQUEST_URI", "/a?/a/a"),
    ];
    assert_eq!(of(&repeated), split("", "/a"));
    let mounted = [
        ("SCRIPT_NAME", "/a"),
        ("PATH_INFO", "/a"),
        ("REQUEST_URI", "/a/a?x"),
    ];
    assert_eq!(of(&mounted), split("/a", "/a"));
    assert_eq!(of(&[("SCRIPT_NAME", "/a")]), split("/a", ""));
}

#[test]
fn p42_a_mount_ends_where_a_segment_ends() {
    let mapping = Mapping::default();
    let id = "/LM/W3SVC/1/ROOT/app";
    assert_eq!(
        iis(id, "/application/list", &mapping),
        split("", "/application/list")
    );
    assert_eq!(iis(id, "/ap", &mapping), split("", "/ap"));
}

#[test]
fn k9_the_setting_wins_over_the_application_id() {
    let mapping = Mapping {
        mount: Some("/Other/".to_owned()),
        ..Mapping::default()
    };
    let id = "/LM/W3SVC/1/ROOT/shop";
    assert_eq!(iis(id, "/other/x", &mapping), split("/other", "/x"));
    assert_eq!(iis(id, "/shop/x", &mapping), split("", "/shop/x"));
}

#[test]
fn k8_iis_may_be_told_to_split_urls_itself() {
    let mapping = Mapping {
        allows_path_info: true,
        ..Mapping::default()
    };
    let params = [
        ("APPL_MD_PATH", "/LM/W3SVC/1/ROOT"),
        ("SCRIPT_NAME", "/app.py"),
        ("PATH_INFO", "/x"),
    ];
    let head = head(&params, &mapping);
    assert_eq!(text(&head, "SCRIPT_NAME").unwrap(), "/app.py");
    assert_eq!(text(&head, "PATH_INFO").unwrap(), "/x");
}

#[test]
fn other_web_servers_split_urls_as_cgi_says() {
    let params = [("SCRIPT_NAME", "/app"), ("PATH_INFO", "/x?y")];
    let plain = head(&params, &Mapping::default());
    assert_eq!(text(&plain, "SCRIPT_NAME").unwrap(), "/app");
    assert_eq!(text(&plain, "PATH_INFO").unwrap(), "/x?y");
    let mapping = Mapping {
        mount: Some("/app/x?y".to_owned()),
        ..Mapping::default()
    };
    let mounted = head(&params, &mapping);
    assert_eq!(text(&mounted, "SCRIPT_NAME").unwrap(), "/app/x?y");
    assert_eq!(text(&mounted, "PATH_INFO").unwrap(), "");
}

#[test]
fn k7_a_query_in_the_path_of_iis_is_cut_unless_it_was_escaped() {
    for (uri, expected) in [("/a?b=1", "/a"), ("", "/a"), ("/a%3fb=1?c", "/a?b=1")] {
        let params = [
            ("APPL_MD_PATH", "/LM/W3SVC/1/ROOT"),
            ("PATH_INFO", "/a?b=1"),
            ("REQUEST_URI", uri),
        ];
        let head = head(&params, &Mapping::default());
        assert_eq!(text(&head, "PATH_INFO").unwrap(), expected, "{uri}");
    }
}

#[test]
fn s21_the_original_url_of_a_client_does_not_choose_the_path() {
    let params = [
        ("APPL_MD_PATH", "/LM/W3SVC/1/ROOT"),
        ("PATH_INFO", "/public"),
        ("HTTP_X_ORIGINAL_URL", "/admin"),
    ];
    let head = head(&params, &Mapping::default());
    assert_eq!(text(&head, "PATH_INFO").unwrap(), "/public");
    assert_eq!(text(&head, "HTTP_X_ORIGINAL_URL").unwrap(), "/admin");
}

#[test]
fn s7_s9_s10_w5_w16_w19_unusable_variables_are_left_out() {
    let params = [
        ("HTTP_PROXY", "http://evil"),
        ("HTTP_PROXY_X", "kept"),
        ("HTTP_CONTENT_TYPE", "text/evil"),
        ("HTTP_CONTENT_LENGTH", "1"),
        ("HTTP_X ", "odd"),
        ("", "nameless"),
        ("HTTP_A", "first"),
        ("HTTP_A", "second"),
        ("REMOTE_USER", ""),
        ("AUTH_TYPE", ""),
        ("wsgi.input", "forged"),
    ];
    let head = head(&params, &Mapping::default());
    for name in [
        "HTTP_PROXY",
        "HTTP_CONTENT_TYPE",
        "HTTP_CONTENT_LENGTH",
        "HTTP_X ",
        "",
        "REMOTE_USER",
        "AUTH_TYPE",
        "wsgi.input",
    ] {
        assert_eq!(head.variable(name), None, "{name:?}");
    }
    assert_eq!(text(&head, "HTTP_A").unwrap(), "first");
    assert_eq!(text(&head, "HTTP_PROXY_X").unwrap(), "kept");
    let told: [&[u8]; 3] = [b"HTTP_X ", b"", b"HTTP_A"];
    assert_eq!(head.left_out, told);
}

#[test]
fn k10_https_is_said_in_many_ways() {
    for (value, expected) in [
        ("on", true),
        ("ON", true),
        ("1", true),
        ("Yes", true),
        ("true", true),
        ("off", false),
        ("", false),
        ("0", false),
    ] {
        let head = head(&[("HTTPS", value)], &Mapping::default());
        assert_eq!(head.is_https, expected, "{value}");
    }
}

#[test]
fn w3_w4_p73_missing_variables_are_filled_in() {
    let empty = head(&[("SERVER_NAME", "")], &Mapping::default());
    for (name, value) in [
        ("REQUEST_METHOD", "GET"),
        ("SERVER_NAME", "localhost"),
        ("SERVER_PORT", "80"),
        ("SERVER_PROTOCOL", "HTTP/1.1"),
        ("SCRIPT_NAME", ""),
        ("PATH_INFO", ""),
        ("QUERY_STRING", ""),
    ] {
        assert_eq!(text(&empty, name).as_deref(), Some(value), "{name}");
    }
    let secure = [("HTTPS", "on"), ("HTTP_HOST", "shop.example:8443")];
    let secure = head(&secure, &Mapping::default());
    assert_eq!(text(&secure, "SERVER_PORT").unwrap(), "443");
    assert_eq!(text(&secure, "SERVER_NAME").unwrap(), "shop.example");
    let address = head(&[("HTTP_HOST", "[::1]")], &Mapping::default());
    assert_eq!(text(&address, "SERVER_NAME").unwrap(), "[::1]");
}

#[test]
fn a_content_length_is_absent_or_a_number() {
    let length = |value: &str| {
        request_head(pairs(&[("CONTENT_LENGTH", value)]), &Mapping::default())
            .map(|head| head.content_length)
    };
    assert_eq!(length(""), Ok(None));
    assert_eq!(length("12"), Ok(Some(12)));
    assert_eq!(length("-1"), Err(BadContentLength));
    assert_eq!(length("many"), Err(BadContentLength));
}
