//! The script under Wine, whose Windows Script Host nobody here wrote: its part that changes `fcgiext.ini`.
//!
//! Wine has no metabase, and its `cscript` of version 8 knows no `//e:`. Its JScript takes the language of Windows Server
//! 2003 and nothing newer.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use iisc_tests::{files_below, target, tool};

use super::server::{built, planned};

/// What the application has in the file of a server.
const KEY: &str = "*:/lm/w3svc/1/root/shop=shop\r\n";

fn section() -> String {
    let ours = built(&planned(r#", "site": {"path": "/shop"}"#), "fcgiext.ini");
    let (_, section) = ours.split_once("[shop]\r\n").unwrap();
    format!("[shop]\r\n{section}")
}

/// A Windows with our files in a folder.
struct Windows {
    wine: PathBuf,
    folder: tempfile::TempDir,
}

impl Windows {
    fn start() -> Option<Self> {
        let wine = tool("wine")?;
        let folder = tempfile::tempdir().unwrap();
        let plan = planned(r#", "site": {"path": "/shop"}"#);
        for name in ["iis6.js", "fcgiext.ini"] {
            fs::write(folder.path().join(name), built(&plan, name)).unwrap();
        }
        Some(Self { wine, folder })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the script on the server's file; the first line that it prints.
    fn run(&self, verb: &str) -> (String, bool) {
        let output = Command::new(&self.wine)
            .args(["cscript", "//nologo", "iis6.js", verb])
            .args(["registration", "fcgiext.ini", "server.ini"])
            .current_dir(&self.folder)
            .env("WINEPREFIX", prefix())
            .env("WINEDEBUG", "-all")
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        let line = text.lines().next().unwrap_or_default().trim().to_owned();
        (line, output.status.success())
    }

    fn says(&self, answer: &str) {
        assert_eq!(self.run("ask"), (answer.to_owned(), true));
    }

    fn does(&self, verb: &str) {
        assert_eq!(self.run(verb), (String::new(), true), "{verb}");
    }
}

/// The folder that Wine keeps its Windows in.
fn prefix() -> PathBuf {
    target().join("wine-iis6")
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap()
}

/// Files of a server, and what becomes of them.
fn files() -> Vec<(&'static str, Vec<u8>, Vec<u8>)> {
    let section = section();
    let others = "; FastCGI handler\r\n[types]\r\nphp=PHP\r\n; more\r\n\r\n[PHP]\r\nExePath=C:\\PHP\\php-cgi.exe\r\n";
    let merged = others.replace("php=PHP\r\n", &format!("php=PHP\r\n{KEY}"));
    // Letters of the code page, in a comment and a path.
    let mut letters = b"; \x80\x8a\x9f\xa0\xe4\xf6\xfc\xff\r\n[Types]\r\n*=\xdcbrig\r\n[\xdcbrig]\r\nExePath=D:\\\xfc.exe\r\n".to_vec();
    letters.extend((0xa0..=0xff).chain(*b"\r\n"));
    let at = letters
        .windows(4)
        .position(|bytes| bytes == b"rig\r")
        .unwrap()
        + 5;
    let mut letters_merged = letters.clone();
    letters_merged.splice(at..at, KEY.bytes());
    letters_merged.extend(format!("\r\n{section}").bytes());
    let old = "[shop]\r\nExePath=D:\\old.exe\r\n; mine\r\nOld=1\r\n[PHP]\r\nExePath=x\r\n[Types]\r\nphp=PHP\r\n*:/W3SVC/1/Root/Shop=SHOP";
    let renewed = "; mine\r\n[PHP]\r\nExePath=x\r\n[Types]\r\nphp=PHP\r\n*:/W3SVC/1/Root/Shop=SHOP";
    vec![
        (
            "empty",
            Vec::new(),
            format!("[Types]\r\n{KEY}\r\n{section}").into(),
        ),
        (
            "others",
            others.into(),
            format!("{merged}\r\n{section}").into(),
        ),
        ("letters", letters, letters_merged),
        (
            "old values",
            old.into(),
            format!("{section}{renewed}").into(),
        ),
        (
            "ends of Unix",
            "[Types]\nphp=PHP\n[PHP]\nExePath=x\n".into(),
            format!("[Types]\nphp=PHP\n{KEY}[PHP]\nExePath=x\n\r\n{section}").into(),
        ),
        (
            "no end",
            "[PHP]\r\nExePath=x\r\n[Types]\r\nphp=PHP".into(),
            format!("[PHP]\r\nExePath=x\r\n[Types]\r\nphp=PHP\r\n{KEY}\r\n{section}").into(),
        ),
    ]
}

#[test]
fn a_servers_registrations_keep_every_byte_that_is_not_ours() {
    let Some(windows) = Windows::start() else {
        return;
    };
    let server = windows.path("server.ini");
    for (name, before, after) in files() {
        fs::write(&server, &before).unwrap();
        windows.says("no");
        windows.does("make");
        let found = read(&server);
        assert_eq!(
            String::from_utf8_lossy(&found),
            String::from_utf8_lossy(&after),
            "{name}"
        );
        assert_eq!(found, after, "{name}");
        windows.says("yes");
        windows.does("make");
        assert_eq!(read(&server), after, "{name}: again");
        let kept = windows.path("server.ini.before-iisc");
        assert_eq!(read(&kept), before, "{name}");
        fs::remove_file(kept).unwrap();
        windows.does("undo");
        windows.says("no");
        windows.does("undo");
        if ["others", "letters", "ends of Unix"].contains(&name) {
            assert_eq!(read(&server), before, "{name}: taken back");
        }
        fs::remove_file(windows.path("server.ini.before-iisc")).unwrap();
        assert_eq!(files_below(windows.folder.path()).len(), 3, "{name}");
    }
}

#[test]
fn a_server_without_the_file_gets_it() {
    let Some(windows) = Windows::start() else {
        return;
    };
    windows.says("no");
    windows.does("make");
    windows.says("yes");
    let found = read(&windows.path("server.ini"));
    assert_eq!(
        found,
        format!("[Types]\r\n{KEY}\r\n{}", section()).into_bytes()
    );
    assert!(!windows.path("server.ini.before-iisc").exists());
}

#[test]
fn what_goes_wrong_is_one_sentence_and_an_exit_code() {
    let Some(windows) = Windows::start() else {
        return;
    };
    fs::write(
        windows.path("server.ini"),
        "[Types]\r\n*:/w3svc/1/root/SHOP=other\r\n",
    )
    .unwrap();
    let (said, succeeded) = windows.run("make");
    assert!(said.ends_with("remove that line first"), "{said}");
    assert!(!succeeded);
    fs::remove_file(windows.path("fcgiext.ini")).unwrap();
    let (said, succeeded) = windows.run("make");
    assert!(said.starts_with("make registration: "), "{said}");
    assert!(!succeeded);
}
