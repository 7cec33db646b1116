//! Specs that differ in what a `Web.config` can say, and what they come to.

use iisc_compile::{Artifact, Input, Layout, Project};
use iisc_spec::{Options, Profiled, ValidSpec};

/// Name of the profile under which the second of two specs stands.
pub(crate) const PROFILE: &str = "other";

/// What a spec may say beside what it must. No key comes twice in a line.
pub(crate) const SAYING: &[&str] = &[
    "",
    "log: {file: 'D:\\l\\s.log'}",
    "log: {file: \"D:\\\\l's (x86), {y}\\\\s.log\"}",
    "log: {file: 'D:\\l\\s.log'}, streaming: true, webdav: keep",
    "restart: {include: ['**/*.py']}",
    "restart: {pattern: '.*\\.py{2,3}$'}",
    "restart: {pattern: '(?<!a::)b$'}",
    "restart: {include: ['*.py']}, log: {file: 'D:\\l\\s.log'}",
    "streaming: true",
    "webdav: keep",
    "errors: {pages: auto}",
    "errors: {pages: replace, details: nobody}, webdav: keep",
    "errors: {details: everybody}, restart: {include: ['*.py']}",
    "site: {permissions: [script]}",
    "site: {permissions: [read, script, write], path: /p}",
    "site: {name: 'S {1}', path: /p/q}, streaming: true",
    "bridge: {kind: wfastcgi}",
    "bridge: {kind: wfastcgi}, site: {path: /w}, restart: {include: ['*.py']}",
    "bridge: {kind: wfastcgi, script: 'C:\\w (x86)\\wfastcgi.py'}, site: {path: /v}",
    "limits: {body: 1KB}",
    "limits: {query: 4096, url: 8192}, errors: {pages: auto}",
    "request-filtering: {double-escaping: true}",
    "request-filtering: {methods: [GET, HEAD, POST]}",
    "request-filtering: {methods: [POST, GET, PUT], double-escaping: true}",
    "request-filtering: {hide-segments: [a, b, c]}, limits: {body: 1KB}",
    "request-filtering: {hide-segments: [c, x, a, y], show-segments: [bin]}",
    "request-filtering: {hide-segments: [\"Bob's\", 'x,y', '(', b]}",
    "request-filtering: {hide-segments: ['x,y', n, \"Bob's\", 'é)']}, streaming: true",
    "request-filtering: {allow-extensions: [.config, .cs], methods: [GET]}",
    "request-filtering: {allow-extensions: [.cs, .vb, .config]}",
    "static: {/static: {folder: web}}",
    "static: {/static: {folder: web, max-age: 7d}, /media: {folder: m}}",
    "static: {/a: {folder: a}, /static: {folder: web}, /static/inner: {folder: inner, max-age: 1h}}, webdav: keep",
    "static: {/media: {folder: m, max-age: 1m}}, limits: {body: 1KB}, request-filtering: {methods: [GET]}",
];

/// Where a spec has its Python, its handler and its modules.
pub(crate) const PYTHONS: &[&str] = &[
    "interpreter: 'D:\\s\\python.exe', handler: s.app",
    "interpreter: \"C:\\\\Program Files (x86)\\\\Py'thon\\\\python.exe\", handler: s.make()",
    "interpreter: 'D:\\{s}\\python.exe', handler: t.app, pythonpath: ['D:\\{lib}', 'E:\\a,b']",
];

/// The spec of an application called `s`.
pub(crate) fn spec(python: &str, saying: &str) -> ValidSpec {
    let saying = match saying {
        "" => String::new(),
        saying => format!(", {saying}"),
    };
    let text = format!("{{name: s, root: 'D:\\s', python: {{{python}}}{saying}}}");
    let mut checked = iisc_spec::check("app.iis.yaml", text.as_bytes(), &Options::default());
    assert_eq!(
        checked.applications.len(),
        1,
        "{text} {:#?}",
        checked.diagnostics
    );
    checked.applications.remove(0)
}

/// The files of a spec, and of another as a profile.
pub(crate) fn compiled(spec: &ValidSpec, other: Option<&ValidSpec>) -> Vec<Artifact> {
    let profile = |other: &ValidSpec| Profiled {
        name: PROFILE.to_owned(),
        applications: vec![other.clone()],
    };
    let profiles = Vec::from_iter(other.map(profile));
    let input = Input {
        file_name: "app.iis.yaml",
        bytes: b"",
    };
    iisc_compile::compile(&Project {
        applications: &[spec],
        profiles: &profiles,
        layout: Layout::Flat,
        input,
        source_map: None,
    })
    .unwrap()
}
