//! The variables that IIS sends with each request (iis.md 6.6).

use std::net::SocketAddr;

use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HOST, HeaderMap, HeaderName};
use hyper::http::request::Parts;
use iisc_gateway_core::fcgi::params::Pair;

use crate::config::{Application, Edition, Server};
use crate::local::Local;

/// The two ends of the client's connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ends {
    pub(crate) client: SocketAddr,
    pub(crate) server: SocketAddr,
}

/// One request as HTTP brought it, with what IIS found out about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Incoming<'a> {
    pub(crate) parts: &'a Parts,
    /// The decoded URL path.
    pub(crate) url_path: &'a [u8],
    /// The part of it below the application.
    pub(crate) below: &'a [u8],
    /// False if the request ends with its head.
    pub(crate) has_body: bool,
    pub(crate) ends: Ends,
}

/// Sent empty: there is no authentication and no certificate here.
const EMPTY: [&str; 14] = [
    "AUTH_TYPE",
    "AUTH_PASSWORD",
    "AUTH_USER",
    "CERT_COOKIE",
    "CERT_FLAGS",
    "CERT_ISSUER",
    "CERT_SERIALNUMBER",
    "CERT_SUBJECT",
    "HTTPS_KEYSIZE",
    "HTTPS_SECRETKEYSIZE",
    "HTTPS_SERVER_ISSUER",
    "HTTPS_SERVER_SUBJECT",
    "LOGON_USER",
    "REMOTE_USER",
];

/// All variables of a request, in a fixed order.
pub(crate) fn variables(
    request: Incoming<'_>,
    server: &Server,
    application: &Application,
) -> Vec<Pair> {
    let mut pairs = of_application(server, application);
    pairs.extend(of_connection(request));
    pairs.push(pair("SERVER_SOFTWARE", server.edition.software()));
    pairs.extend(of_request(request, &server.local));
    pairs.extend(EMPTY.iter().map(|name| pair(name, "")));
    pairs.extend(headers(&request.parts.headers));
    pairs
}

fn of_application(server: &Server, application: &Application) -> Vec<Pair> {
    let instance = format!("/LM/W3SVC/{}", application.site_id);
    let root = server.local.root_with_separator();
    let below = application.path.trim_end_matches('/');
    // IIS 6 does not send the site's name.
    let name = match server.edition {
        Edition::Metabase => None,
        Edition::Files => Some(pair("INSTANCE_NAME", application.site_name.as_str())),
    };
    let mut pairs = vec![
        pair("APPL_MD_PATH", format!("{instance}/ROOT{below}")),
        pair("APPL_PHYSICAL_PATH", root.as_str()),
        pair(
            "DOCUMENT_ROOT",
            root.trim_end_matches(std::path::MAIN_SEPARATOR),
        ),
        pair("INSTANCE_ID", application.site_id.to_string()),
        pair("INSTANCE_META_PATH", instance),
    ];
    pairs.extend(name);
    pairs
}

fn of_connection(request: Incoming<'_>) -> Vec<Pair> {
    let Ends { client, server } = request.ends;
    let host = request
        .parts
        .headers
        .get(HOST)
        .and_then(|host| host.to_str().ok());
    let name = host.map_or_else(
        || server.ip().to_string(),
        |host| without_port(host).to_owned(),
    );
    vec![
        pair("GATEWAY_INTERFACE", "CGI/1.1"),
        pair("HTTPS", "off"),
        pair("LOCAL_ADDR", server.ip().to_string()),
        pair("REMOTE_ADDR", client.ip().to_string()),
        pair("REMOTE_HOST", client.ip().to_string()),
        pair("REMOTE_PORT", client.port().to_string()),
        pair("SERVER_NAME", name),
        pair("SERVER_PORT", server.port().to_string()),
        pair("SERVER_PORT_SECURE", "0"),
        pair("SERVER_PROTOCOL", format!("{:?}", request.parts.version)),
    ]
}

fn of_request(request: Incoming<'_>, local: &Local) -> Vec<Pair> {
    let uri = &request.parts.uri;
    let translated = translated(request.below, local);
    vec![
        pair("CONTENT_LENGTH", content_length(request)),
        pair(
            "CONTENT_TYPE",
            header(request, &CONTENT_TYPE).unwrap_or_default(),
        ),
        pair("PATH_INFO", request.url_path),
        pair("PATH_TRANSLATED", translated.as_slice()),
        pair("QUERY_STRING", uri.query().unwrap_or_default()),
        pair("REQUEST_METHOD", request.parts.method.as_str()),
        pair(
            "REQUEST_URI",
            uri.path_and_query().map_or("/", |target| target.as_str()),
        ),
        pair("SCRIPT_FILENAME", translated.as_slice()),
        pair("SCRIPT_NAME", request.url_path),
        pair("URL", request.url_path),
    ]
}

/// The length that the client announced, `0` without a body. Of an upload without a length (chunked) it is
/// empty; whether IIS collects such an upload first and then tells its length is not documented.
fn content_length(request: Incoming<'_>) -> &[u8] {
    match header(request, &CONTENT_LENGTH) {
        Some(length) => length,
        None if request.has_body => b"",
        None => b"0",
    }
}

fn header<'a>(request: Incoming<'a>, name: &HeaderName) -> Option<&'a [u8]> {
    request
        .parts
        .headers
        .get(name)
        .map(|value| value.as_bytes())
}

/// The file that the URL would name.
fn translated(below: &[u8], local: &Local) -> Vec<u8> {
    let mut path = local.root_with_separator().into_bytes();
    let separator = u8::try_from(std::path::MAIN_SEPARATOR).unwrap_or(b'/');
    path.extend(
        below
            .iter()
            .map(|byte| if *byte == b'/' { separator } else { *byte }),
    );
    path
}

/// The host without `:port`; an IPv6 address keeps its brackets.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            name
        }
        Some(_) | None => host,
    }
}

/// Every header as `HTTP_*`, in the order of the client; repeated ones joined as HTTP.sys joins them.
fn headers(headers: &HeaderMap) -> Vec<Pair> {
    let name_of = |name: &HeaderName| {
        format!(
            "HTTP_{}",
            name.as_str().to_ascii_uppercase().replace('-', "_")
        )
    };
    let joined = |name: &HeaderName| {
        let separator: &[u8] = if name == COOKIE { b"; " } else { b", " };
        let values: Vec<_> = headers
            .get_all(name)
            .iter()
            .map(|value| value.as_bytes())
            .collect();
        values.join(separator)
    };
    headers
        .keys()
        .map(|name| pair(&name_of(name), joined(name)))
        .collect()
}

fn pair(name: &str, value: impl AsRef<[u8]>) -> Pair {
    (name.as_bytes().to_vec(), value.as_ref().to_vec())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use hyper::Request;

    fn text(request: Request<()>, url_path: &str, below: &str, has_body: bool) -> String {
        text_of(Edition::Files, request, url_path, below, has_body)
    }

    fn text_of(
        edition: Edition,
        request: Request<()>,
        url_path: &str,
        below: &str,
        has_body: bool,
    ) -> String {
        let local = Local {
            root: "/home/me/postcards".into(),
            interpreter: "/usr/bin/python3".into(),
            state: "/tmp".into(),
        };
        let application = Application {
            site_name: "Default Web Site".to_owned(),
            site_id: 3,
            pool: "postcards".to_owned(),
            path: "/postcards".to_owned(),
            physical_path: r"D:\apps\postcards".to_owned(),
            app_settings: Vec::new(),
            scopes: Vec::new(),
            registrations: Vec::new(),
        };
        let server = Server {
            local,
            edition,
            applications: vec![application.clone()],
        };
        let ends = Ends {
            client: "127.0.0.1:5000".parse().unwrap(),
            server: "127.0.0.1:8080".parse().unwrap(),
        };
        let (parts, ()) = request.into_parts();
        let incoming = Incoming {
            parts: &parts,
            url_path: url_path.as_bytes(),
            below: below.as_bytes(),
            has_body,
            ends,
        };
        let mut lines: Vec<_> = variables(incoming, &server, &application)
            .iter()
            .map(|(name, value)| {
                format!(
                    "{}={}\n",
                    String::from_utf8_lossy(name),
                    String::from_utf8_lossy(value)
                )
            })
            .collect();
        lines.sort();
        lines.concat()
    }

    #[test]
    fn a_request_carries_exactly_the_variables_of_iis() {
        let request = Request::post("/postcards/a%20b/x?q=%C3%A9&r")
            .header("Host", "localhost:8080")
            .header("Content-Type", "text/plain")
            .header("Content-Length", "5")
            .header("X-Two", "1")
            .header("Cookie", "a=1")
            .header("X-Two", "2")
            .header("Cookie", "b=2")
            .body(())
            .unwrap();
        let expected = "\
APPL_MD_PATH=/LM/W3SVC/3/ROOT/postcards
APPL_PHYSICAL_PATH=/home/me/postcards/
AUTH_PASSWORD=
AUTH_TYPE=
AUTH_USER=
CERT_COOKIE=
CERT_FLAGS=
CERT_ISSUER=
CERT_SERIALNUMBER=
CERT_SUBJECT=
CONTENT_LENGTH=5
CONTENT_TYPE=text/plain
DOCUMENT_ROOT=/home/me/postcards
GATEWAY_INTERFACE=CGI/1.1
HTTPS=off
HTTPS_KEYSIZE=
HTTPS_SECRETKEYSIZE=
HTTPS_SERVER_ISSUER=
HTTPS_SERVER_SUBJECT=
HTTP_CONTENT_LENGTH=5
HTTP_CONTENT_TYPE=text/plain
HTTP_COOKIE=a=1; b=2
HTTP_HOST=localhost:8080
HTTP_X_TWO=1, 2
INSTANCE_ID=3
INSTANCE_META_PATH=/LM/W3SVC/3
INSTANCE_NAME=Default Web Site
LOCAL_ADDR=127.0.0.1
LOGON_USER=
PATH_INFO=/postcards/a b/x
PATH_TRANSLATED=/home/me/postcards/a b/x
QUERY_STRING=q=%C3%A9&r
REMOTE_ADDR=127.0.0.1
REMOTE_HOST=127.0.0.1
REMOTE_PORT=5000
REMOTE_USER=
REQUEST_METHOD=POST
REQUEST_URI=/postcards/a%20b/x?q=%C3%A9&r
SCRIPT_FILENAME=/home/me/postcards/a b/x
SCRIPT_NAME=/postcards/a b/x
SERVER_NAME=localhost
SERVER_PORT=8080
SERVER_PORT_SECURE=0
SERVER_PROTOCOL=HTTP/1.1
SERVER_SOFTWARE=Microsoft-IIS/10.0
URL=/postcards/a b/x
";
        assert_eq!(text(request, "/postcards/a b/x", "a b/x", true), expected);
    }

    #[test]
    fn iis_6_has_another_name_and_does_not_tell_that_of_the_site() {
        let request = Request::get("/postcards").body(()).unwrap();
        let text = text_of(Edition::Metabase, request, "/postcards", "", false);
        assert!(
            text.contains("SERVER_SOFTWARE=Microsoft-IIS/6.0\n"),
            "{text}"
        );
        assert!(!text.contains("INSTANCE_NAME"), "{text}");
    }

    #[test]
    fn a_length_is_zero_without_a_body_and_empty_if_nobody_knows_it() {
        let get = || Request::get("/postcards").body(()).unwrap();
        assert!(text(get(), "/postcards", "", false).contains("CONTENT_LENGTH=0\n"));
        assert!(text(get(), "/postcards", "", true).contains("CONTENT_LENGTH=\n"));
    }

    #[test]
    fn the_server_is_named_by_the_host_without_its_port() {
        for (host, name) in [
            ("shop.example:80", "shop.example"),
            ("shop.example", "shop.example"),
            ("[::1]:80", "[::1]"),
            ("[::1]", "[::1]"),
        ] {
            let request = Request::get("/").header("Host", host).body(()).unwrap();
            let text = text(request, "/", "", false);
            assert!(text.contains(&format!("SERVER_NAME={name}\n")), "{text}");
        }
        let request = Request::get("/").body(()).unwrap();
        assert!(text(request, "/", "", false).contains("SERVER_NAME=127.0.0.1\n"));
    }
}
