//! `iisc dev` from the spec to the bytes of a file: built, read back and served, below a sub-path of a site. No Python
//! is needed, since IIS sends these files itself.
#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test writes files, and ends where it fails"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use iisc_tests::{iisc, workspace};

/// A running `iisc dev`; it is killed at the end of the test. No process of an application was started by then.
struct Dev {
    child: Child,
    /// What it said before it served.
    said: Vec<String>,
    address: String,
}

impl Drop for Dev {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Dev {
    /// Serves a spec from files below `folder`; `expected` lines are said before the first request.
    fn start(folder: &Path, spec: &Path, root: &Path, more: &[&str], expected: usize) -> Self {
        let build = folder.join("build");
        let interpreter = std::env::current_exe().unwrap();
        let mut child = Command::new(iisc())
            .arg("dev")
            .arg(spec)
            .arg("--root")
            .arg(root)
            .arg("--interpreter")
            .arg(interpreter)
            .arg("--output")
            .arg(build)
            .args(["--listen", "127.0.0.1:0"])
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let said: Vec<_> = output.lines().take(expected).map(Result::unwrap).collect();
        let url = said.first().unwrap().split("http://").nth(1).unwrap();
        let address = url.split('/').next().unwrap().to_owned();
        Self {
            child,
            said,
            address,
        }
    }

    /// Head and body of an answer.
    fn get(&self, path: &str, headers: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_lowercase(), body.to_owned())
    }
}

/// The postcards of the example, with their style sheets sent by IIS.
fn postcards(folder: &Path, more: &str) -> std::path::PathBuf {
    let example = workspace().join("examples/flask/app.iis.yaml");
    let spec = folder.join("app.iis.yaml");
    let text = fs::read_to_string(example).unwrap();
    fs::write(&spec, format!("{text}\n{more}")).unwrap();
    spec
}

const MOUNT: &str = "\
static:
  /assets/v1:
    folder: postcards/static
    max-age: 7d
request-filtering:
  hide-segments: [drafts]
";

#[test]
fn files_of_the_example_are_served_below_a_sub_path() {
    let folder = tempfile::tempdir().unwrap();
    let spec = postcards(folder.path(), MOUNT);
    let root = workspace().join("examples/flask");
    let dev = Dev::start(folder.path(), &spec, &root, &[], 9);
    let files = root.join("postcards/static");
    assert_eq!(
        dev.said[8],
        format!(
            "Files below /postcards/assets/v1 come from {}",
            files.display()
        )
    );
    let url = "/postcards/assets/v1/postcards.css";
    let (head, body) = dev.get(url, "");
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert!(head.contains("content-type: text/css"), "{head}");
    assert!(head.contains("cache-control: max-age=604800"), "{head}");
    let file = fs::read_to_string(files.join("postcards.css")).unwrap();
    assert_eq!(body, file);

    let tag = head.lines().find_map(|line| line.strip_prefix("etag: "));
    let condition = format!("If-None-Match: {}\r\n", tag.unwrap());
    let (head, body) = dev.get(url, &condition);
    assert!(head.starts_with("http/1.1 304"), "{head}");
    assert_eq!(body, "");

    for (path, code) in [
        ("/postcards/assets/v1/drafts/postcards.css", "404.8"),
        ("/postcards/assets/v1/web.config", "404.8"),
        ("/postcards/assets/v1/%252e%252e/app.py", "404.11"),
        ("/postcards/assets/v1/..%5C..%5C..%5C..%5Capp.py", "400.0"),
        ("/postcards/assets/v1/nothing.css", "404.0"),
        ("/assets/v1/postcards.css", "404.0"),
    ] {
        let (_, body) = dev.get(path, "");
        assert!(
            body.contains(&format!("HTTP Error {code} ")),
            "{path}: {body}"
        );
    }
}

#[test]
fn all_applications_of_a_spec_are_served() {
    let spec = workspace().join("examples/everything/app.iis.yaml");
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root");
    for file in ["shop/static/shop.css", "admin/static/admin.css"] {
        let path = root.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file).unwrap();
    }
    let dev = Dev::start(folder.path(), &spec, &root, &[], 18);
    assert!(dev.said.iter().any(|line| line.contains("/admin/ (")));
    let files = dev.said.iter().filter(|line| line.starts_with("Files"));
    assert_eq!(files.count(), 2, "{:?}", dev.said);
    let (_, body) = dev.get("/static/shop.css", "");
    assert_eq!(body, "shop/static/shop.css");
    // The second application lets nobody in who does not say who he is.
    let (head, _) = dev.get("/admin/static/admin.css", "");
    assert!(head.starts_with("http/1.1 401"), "{head}");
    assert!(head.contains("www-authenticate: negotiate"), "{head}");
    let (_, body) = dev.get("/static/drafts/x.css", "");
    assert!(body.contains("404.8"), "{body}");
}

#[test]
fn one_application_may_be_chosen_and_played_as_iis_6() {
    let folder = tempfile::tempdir().unwrap();
    let spec = postcards(folder.path(), "");
    let root = workspace().join("examples/flask");
    let dev = Dev::start(folder.path(), &spec, &root, &["--target", "iis6"], 8);
    assert!(
        dev.said
            .contains(&"  handler   postcards, built for iis6".to_owned()),
        "{:?}",
        dev.said
    );
    let (head, body) = dev.get("/elsewhere", "");
    assert!(head.contains("server: microsoft-iis/6.0"), "{head}");
    assert!(body.contains("<a href=\"/postcards\">"), "{body}");
    let choice = [
        "--application",
        "postcards",
        "--no-build",
        "--target",
        "iis6",
    ];
    let again = Dev::start(folder.path(), &spec, &root, &choice, 8);
    assert!(again.said[0].starts_with("postcards is at http://"));
}
