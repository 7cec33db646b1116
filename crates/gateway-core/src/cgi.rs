//! What the variables of a request mean, and each quirk of the web servers that send them.

use std::collections::BTreeSet;
use std::fmt;

use crate::fcgi::params::Pair;
use crate::head::{RequestHead, parse_length};

/// What decides how a URL is shared between `SCRIPT_NAME` and `PATH_INFO`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Prefix that the settings name; it wins over the one that IIS tells (K9).
    pub mount: Option<String>,
    /// True if IIS was told to split URLs as CGI does (`AllowPathInfoForScriptMappings`, K8).
    pub allows_path_info: bool,
}

/// Why the variables make no request. Answered with 400.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadContentLength;

impl fmt::Display for BadContentLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`CONTENT_LENGTH` is not a number")
    }
}

impl std::error::Error for BadContentLength {}

/// Makes a request of the parameters that the web server sent.
///
/// # Errors
/// `CONTENT_LENGTH` is neither empty nor a number.
pub fn request_head(params: Vec<Pair>, mapping: &Mapping) -> Result<RequestHead, BadContentLength> {
    let (mut variables, left_out) = keep_usable(params);
    split_path(&mut variables, mapping);
    let is_https = value(&variables, "HTTPS").is_some_and(says_yes);
    fill_in(&mut variables, is_https);
    let content_length = match value(&variables, "CONTENT_LENGTH") {
        None | Some([]) => None,
        Some(text) => Some(parse_length(text).ok_or(BadContentLength)?),
    };
    Ok(RequestHead {
        variables,
        is_https,
        content_length,
        left_out,
    })
}

/// The id of the IIS application that a request is for, such as `/LM/W3SVC/1/ROOT/shop`.
#[must_use]
pub fn application_id(params: &[Pair]) -> Option<&[u8]> {
    value(params, "APPL_MD_PATH").filter(|id| !id.is_empty())
}

/// The application's folder as IIS knows it, with a trailing backslash on Windows.
#[must_use]
pub fn physical_path(params: &[Pair]) -> Option<&[u8]> {
    value(params, "APPL_PHYSICAL_PATH").filter(|path| !path.is_empty())
}

/// True if the answer must have no body because only its head was asked for (W56).
#[must_use]
pub fn is_head_request(params: &[Pair]) -> bool {
    value(params, "REQUEST_METHOD") == Some(b"HEAD")
}

fn value<'a>(variables: &'a [Pair], name: &str) -> Option<&'a [u8]> {
    variables
        .iter()
        .find(|(key, _)| key == name.as_bytes())
        .map(|(_, value)| value.as_slice())
}

fn set(variables: &mut Vec<Pair>, name: &str, value: Vec<u8>) {
    match variables.iter_mut().find(|(key, _)| key == name.as_bytes()) {
        Some(pair) => pair.1 = value,
        None => variables.push((name.as_bytes().to_vec(), value)),
    }
}

/// Leaves out what an application must not see; of a repeated name the first counts (W16).
fn keep_usable(params: Vec<Pair>) -> (Vec<Pair>, Vec<Vec<u8>>) {
    let mut seen = BTreeSet::new();
    let mut left_out = Vec::new();
    let mut kept = params;
    kept.retain(|(name, value)| {
        if is_forbidden(name) || is_empty_identity(name, value) {
            return false;
        }
        let is_usable = is_variable_name(name) && seen.insert(name.clone());
        if !is_usable {
            left_out.push(name.clone());
        }
        is_usable
    });
    (kept, left_out)
}

/// True for names that make trouble whatever their value.
///
/// `HTTP_PROXY` is the client's `Proxy` header, and libraries take it for the process's own proxy (S7).
/// Content type and length have no `HTTP_` form in CGI (W5). Names with these prefixes are ours (S10, W18).
fn is_forbidden(name: &[u8]) -> bool {
    matches!(
        name,
        b"HTTP_PROXY" | b"HTTP_CONTENT_TYPE" | b"HTTP_CONTENT_LENGTH"
    ) || name.starts_with(b"wsgi.")
        || name.starts_with(b"iisc.")
}

/// IIS sends these empty for an anonymous user, and frameworks ask whether they exist (W19).
fn is_empty_identity(name: &[u8], value: &[u8]) -> bool {
    value.is_empty() && matches!(name, b"REMOTE_USER" | b"AUTH_TYPE")
}

/// Two headers must not end up as one variable through characters that are easily confused (S9).
fn is_variable_name(name: &[u8]) -> bool {
    let is_usable = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    !name.is_empty() && name.iter().all(is_usable)
}

/// Shares the URL's path between `SCRIPT_NAME`, where the application is mounted, and `PATH_INFO`.
fn split_path(variables: &mut Vec<Pair>, mapping: &Mapping) {
    let script_name = value(variables, "SCRIPT_NAME").unwrap_or_default().to_vec();
    let path_info = value(variables, "PATH_INFO").unwrap_or_default().to_vec();
    let from_iis = application_id(variables)
        .filter(|_| !mapping.allows_path_info)
        .map(<[u8]>::to_vec);
    let (base, path, mount) = match from_iis {
        Some(id) => (
            Vec::new(),
            path_of_iis(path_info, variables),
            mount_of_application(&id).to_vec(),
        ),
        None if is_path_of_nginx(variables) => (Vec::new(), script_name, Vec::new()),
        None if is_repeated(&script_name, &path_info, variables) => {
            (Vec::new(), path_info, Vec::new())
        }
        None => (script_name, path_info, Vec::new()),
    };
    let mount = match &mapping.mount {
        Some(mount) => mount.as_bytes(),
        None => &mount,
    };
    let whole = [base.as_slice(), path.as_slice()].concat();
    let (script_name, path_info) = match split_at_mount(&whole, mount) {
        Some((script_name, path_info)) => (script_name.to_vec(), path_info.to_vec()),
        None => (base, path),
    };
    set(variables, "SCRIPT_NAME", script_name);
    set(variables, "PATH_INFO", path_info);
}

/// The path in `PATH_INFO` of IIS, which repeats the whole URL path there and in `SCRIPT_NAME` (K8).
///
/// A `?` ends it, as in wfastcgi (K7), unless `REQUEST_URI` shows that the client wrote `%3F` and meant it.
fn path_of_iis(path_info: Vec<u8>, variables: &[Pair]) -> Vec<u8> {
    let uri = value(variables, "REQUEST_URI").unwrap_or_default();
    let means_it = uri
        .windows(3)
        .any(|escape| escape.eq_ignore_ascii_case(b"%3F"));
    match path_info.iter().position(|byte| *byte == b'?') {
        Some(at) if !means_it => path_info.into_iter().take(at).collect(),
        Some(_) | None => path_info,
    }
}

/// True if `SCRIPT_NAME` holds the whole path because nothing was configured: nginx's stock parameters have no
/// `PATH_INFO`, and take every URL for the name of a script.
fn is_path_of_nginx(variables: &[Pair]) -> bool {
    let script_name = value(variables, "SCRIPT_NAME");
    value(variables, "PATH_INFO").is_none()
        && script_name.is_some()
        && value(variables, "DOCUMENT_URI") == script_name
}

/// True if a web server other than IIS repeats the whole path in both variables, as happens when nginx's stock
/// parameters stand before a `PATH_INFO` of one's own.
///
/// An application at `/a` that is asked for `/a/a` looks alike, but for its `REQUEST_URI`.
fn is_repeated(script_name: &[u8], path_info: &[u8], variables: &[Pair]) -> bool {
    let uri = value(variables, "REQUEST_URI").unwrap_or_default();
    let path = uri.split(|byte| *byte == b'?').next().unwrap_or_default();
    !path_info.is_empty() && script_name == path_info && path != [script_name, path_info].concat()
}

/// The URL path of an IIS application: `/shop` of `/LM/W3SVC/1/ROOT/shop` (P41).
fn mount_of_application(id: &[u8]) -> &[u8] {
    let mut rest = id;
    for expected in ["LM", "W3SVC", "", "ROOT"] {
        let Some(behind) = rest.strip_prefix(b"/") else {
            return b"";
        };
        let end = behind
            .iter()
            .position(|byte| *byte == b'/')
            .unwrap_or(behind.len());
        let (segment, tail) = behind.split_at(end);
        // The segment without an expectation is the number of the site.
        if !expected.is_empty() && !segment.eq_ignore_ascii_case(expected.as_bytes()) {
            return b"";
        }
        rest = tail;
    }
    rest
}

/// Cuts a path behind its mount, in the client's own spelling, so that links and cookie paths match what the
/// browser shows.
///
/// The mount must end where a segment ends: `/app` is no mount of `/apple` (P42). IIS compares without case;
/// only ASCII is folded, since other folding changes lengths (S6).
fn split_at_mount<'a>(path: &'a [u8], mount: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let mount = mount.strip_suffix(b"/").unwrap_or(mount);
    let (prefix, rest) = path.split_at_checked(mount.len())?;
    let is_whole = rest.is_empty() || rest.starts_with(b"/");
    (!mount.is_empty() && is_whole && prefix.eq_ignore_ascii_case(mount)).then_some((prefix, rest))
}

/// True for the ways to say that a connection is encrypted (K10).
fn says_yes(value: &[u8]) -> bool {
    ["on", "1", "yes", "true"]
        .iter()
        .any(|yes| value.eq_ignore_ascii_case(yes.as_bytes()))
}

/// Adds what every application may rely on and some web server forgets (W3, W4, P73).
fn fill_in(variables: &mut Vec<Pair>, is_https: bool) {
    let host = value(variables, "HTTP_HOST").map_or(b"".as_slice(), without_port);
    let host = if host.is_empty() { b"localhost" } else { host }.to_vec();
    let port = if is_https { "443" } else { "80" };
    for (name, usual) in [
        ("REQUEST_METHOD", b"GET".to_vec()),
        ("SERVER_NAME", host),
        ("SERVER_PORT", port.as_bytes().to_vec()),
        ("SERVER_PROTOCOL", b"HTTP/1.1".to_vec()),
    ] {
        if value(variables, name).is_none_or(<[u8]>::is_empty) {
            set(variables, name, usual);
        }
    }
    if value(variables, "QUERY_STRING").is_none() {
        set(variables, "QUERY_STRING", Vec::new());
    }
}

/// The host of `host:port`; an IPv6 address keeps its brackets.
fn without_port(host: &[u8]) -> &[u8] {
    match host.iter().rposition(|byte| *byte == b':') {
        Some(at) if !host.ends_with(b"]") => host.split_at(at).0,
        Some(_) | None => host,
    }
}

#[cfg(test)]
mod tests {
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
}
