//! What the variables of a request mean, and each quirk of the web servers that send them.

#[cfg(test)]
mod tests;

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
