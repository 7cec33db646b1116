//! What is told of files as people have them, and that no file whatsoever is too much.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "reads collected files, and has to fail where it cannot"
)]

mod numbers;
#[path = "promises/iis_file.rs"]
mod promises;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use iisc_spec::iisfile::{CheckedFile, check, check_together};

use self::numbers::Numbers;
use self::promises::{assert_kept, assert_sound};

const SITE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform">
  <!-- é -->
  <appSettings>
    <add key="WSGI_HANDLER" value="shop.app" xdt:Locator="Match(key)"/>
    <add key="WSGI_RESTART_FILE_REGEX" value="(?i).*\.(py|config)$"/>
    <add key='PYTHONPATH' value='D:\a;D:\b &amp; c'/>
  </appSettings>
  <location path="admin">
    <system.webServer>
      <handlers accessPolicy="Read, Script">
        <add name="shop" path="*" verb="*" modules="FastCgiModule" scriptProcessor="D:\e\python.exe|-u &quot;D:\m y\wfastcgi.py&quot;" resourceType="Unspecified"/>
      </handlers>
      <httpPlatform processPath="D:\e\python.exe" arguments="-m x --port=%HTTP_PLATFORM_PORT%" requestTimeout="00:02:00"/>
    </system.webServer>
  </location>
</configuration>
"#;

const SERVER: &str = r#"<configuration>
  <configSections><sectionGroup name="system.webServer"><section name="handlers" overrideModeDefault="Allow"/></sectionGroup></configSections>
  <system.applicationHost>
    <applicationPools><add name="shop"><processModel idleTimeout="00:20:00"/></add></applicationPools>
    <sites><site name="S" id="1"><application path="/" applicationPool="shop"><virtualDirectory path="/" physicalPath="D:\s"/></application></site></sites>
  </system.applicationHost>
  <system.webServer>
    <fastCgi><application fullPath="D:\e\python.exe" arguments="-u &quot;D:\m y\wfastcgi.py&quot;" activityTimeout="70" requestTimeout="90"/></fastCgi>
  </system.webServer>
</configuration>
"#;

const POOLS: &str = "; é\r\n[Types]\r\n*:/lm/w3svc/1/root/shop=shop\r\n\r\n[shop]\r\nExePath=D:\\e\\python.exe\r\n\
    Arguments=-u \"D:\\m y\\wfastcgi.py\"\r\nEnvironmentVars=A://x,B:\"1/,2\"\r\nIdleTimeout=300\r\n";

/// Pieces of text that make trouble in one reader or another.
const PIECES: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "<a",
    "<!--",
    "-->",
    "--",
    "<!",
    "<![CDATA[",
    "]]>",
    "<?",
    "?>",
    "<!DOCTYPE a>",
    "&",
    ";",
    "&amp;",
    "&#x",
    "\"",
    "'",
    "=",
    "==",
    "\0",
    "\n",
    "\r",
    "\t",
    " ",
    "\u{201C}",
    "\u{201D}",
    "\u{2019}",
    "\u{A0}",
    "\u{200B}",
    "\u{2013}",
    "\u{FEFF}",
    "\u{FFFE}",
    "é",
    "[",
    "]",
    "|",
    ":",
    ",",
    "/",
    "//",
    "%",
    "(",
    "{",
    "\\",
    "",
];

/// Judges bytes as each kind of file, alone and beside healthy ones.
fn judge(bytes: &[u8]) {
    for file in assert_kept(bytes) {
        let mut files = healthy();
        files.push(file);
        check_together(&mut files);
        files.iter().for_each(assert_sound);
    }
}

/// A server and a site, judged once.
fn healthy() -> Vec<CheckedFile> {
    static FILES: LazyLock<[CheckedFile; 2]> = LazyLock::new(|| {
        [
            check("admin/Web.config", SITE.as_bytes()),
            check("applicationHost.config", SERVER.as_bytes()),
        ]
    });
    FILES.to_vec()
}

#[test]
fn healthy_files_are_passed_over_in_silence() {
    let mut files = [
        check("Web.config", SITE.as_bytes()),
        check("applicationHost.config", SERVER.as_bytes()),
        check("fcgiext.ini", POOLS.as_bytes()),
    ];
    check_together(&mut files);
    for file in &files {
        assert_eq!(file.diagnostics, [], "{}", file.source.name());
    }
}

#[test]
fn every_prefix_is_judged() {
    for text in [SITE, SERVER, POOLS] {
        for end in (0..text.len()).step_by(5) {
            judge(&text.as_bytes()[..end]);
        }
    }
}

#[test]
fn every_piece_of_trouble_at_many_places_is_judged() {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    for text in [SITE, SERVER, POOLS] {
        for piece in PIECES {
            for _ in 0..5 {
                let mut bytes = text.as_bytes().to_vec();
                for _ in 0..=numbers.below(3) {
                    let at = numbers.below(bytes.len());
                    let end = (at + numbers.below(4)).min(bytes.len());
                    bytes.splice(at..end, piece.bytes());
                }
                judge(&bytes);
            }
        }
    }
}

#[test]
fn random_bytes_and_random_pieces_are_judged() {
    let mut numbers = Numbers(0x2545_F491_4F6C_DD1D);
    for _ in 0..300 {
        let length = numbers.below(60);
        let bytes: Vec<u8> = (0..length).map(|_| numbers.below(256) as u8).collect();
        judge(&bytes);
        let pieces = (0..length).map(|_| PIECES[numbers.below(PIECES.len())]);
        judge(pieces.collect::<String>().as_bytes());
    }
}

#[test]
fn the_files_that_fuzzing_begins_with_are_judged() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/iisfile");
    let files: Vec<_> = fs::read_dir(folder).unwrap().map(Result::unwrap).collect();
    assert!(files.len() > 50);
    for file in files {
        judge(&fs::read(file.path()).unwrap());
    }
}

/// Each of these takes minutes if a reader looks at anything twice.
#[test]
fn a_long_file_of_anything_is_judged_at_once() {
    let many = |piece: &str| piece.repeat((1 << 17) / piece.len());
    let inside = |start: &str, piece: &str, end: &str| {
        format!("<configuration>{start}{}{end}</configuration>", many(piece))
    };
    let files = [
        many("<"),
        many("<a "),
        many("<a b=\""),
        many("<a b='\""),
        many("<a b=\u{201C}"),
        many("<a b=\u{201C}c\u{201D}/>"),
        many("</a>"),
        many("<!--"),
        many("<a/>"),
        many("&"),
        many("&a"),
        many("<a b=\u{201C}x\n"),
        format!("<a {}", many("b=\u{201C} ")),
        format!("<a {}/>", many("b=\"1\" ")),
        format!("<a b=\"{}\"/>", many("&")),
        format!("<a b=\"{}\"/>", many("&#10;")),
        format!("<a {}/>", many("\u{A0}")),
        format!("<{}/>", many("a")),
        inside("", "<a>", ""),
        inside(
            "<system.webServer><handlers>",
            "<add name=\"a\" path=\"*\" verb=\"*\" modules=\"FastCgiModule\" scriptProcessor=\"python|a b\"/>",
            "</handlers></system.webServer>",
        ),
        inside(
            "<system.webServer><fastCgi>",
            "<application fullPath=\"python\" arguments=\"D:\\a \"/>",
            "</fastCgi></system.webServer>",
        ),
        inside(
            "<system.webServer><handlers>",
            "<remove name=\"a\"/><add name=\"a\"/>",
            "</handlers></system.webServer>",
        ),
        inside(
            "<appSettings>",
            "<add key=\"PYTHONPATHS\" value=\"; a\"/>",
            "</appSettings>",
        ),
        inside(
            "<appSettings><add key=\"WSGI_RESTART_FILE_REGEX\" value=\"",
            "(a",
            "\"/></appSettings>",
        ),
        inside(
            "<appSettings><add key=\"PYTHONPATH\" value=\"",
            "%(x86)%;",
            "\"/></appSettings>",
        ),
        many("[a]\n"),
        format!("[Types]\n{}", many("a=b\n")),
        format!("[Types]\n*=a\n[a]\nEnvironmentVars={}", many("a:/,")),
        format!("[Types]\n*=a\n[a]\nArguments={}", many("D:\\a ")),
        many("\u{201C}"),
    ];
    for text in files {
        judge(text.as_bytes());
    }
}

/// The folder of files from public repositories, which lies beside the project where somebody has put it.
fn collected() -> Option<PathBuf> {
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let mut folders = folders.map(|folder| folder.join("shared"));
    folders.find(|folder| folder.join("corpus").is_dir() && folder.join("iis-schema").is_dir())
}

fn configuration_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(configuration_files(&path));
        } else if matches!(
            path.extension().and_then(|found| found.to_str()),
            Some("config" | "xdt" | "ini")
        ) {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// What is told of each collected file, looked at by a person: a new line is a new find or a false alarm.
const TOLD: &str = "\
applicationhost/005 1004x1
applicationhost/012 1004x1
applicationhost/014 1001x1
applicationhost/015 1002x1
applicationhost/018 1004x1
fcgiext/005 1003x2
fcgiext/006 1039x7
fcgiext/007 1039x1
fcgiext/009 1003x1
webconfig/018 1015x2
webconfig/019 1033x1
webconfig/025 1011x1
webconfig/035 5x16
webconfig/039 1033x1
webconfig/049 1006x1 1011x1 1020x2 1023x1
webconfig/057 1032x1 1033x1
webconfig/061 1033x1
webconfig/068 1033x1
webconfig/074 1001x1
webconfig/078 1029x1
webconfig/082 1001x1
webconfig/084 1033x1
webconfig/102 1033x1
webconfig/103 1033x1
webconfig/104 1033x1
webconfig/110 1033x1
webconfig/119 1011x1 1021x1
webconfig/120 1011x1
webconfig/121 1011x1
webconfig/122 1011x1
webconfig/123 1011x1
webconfig/124 1011x1
webconfig/128 1033x2
webconfig/129 1001x1
webconfig/135 1033x1
webconfig/136 1019x1
webconfig/137 1019x1 1020x1
webconfig/138 1033x1
webconfig/139 1001x1
webconfig/155 1001x3
webconfig/160 1001x1
webconfig-embedded/004 1011x1 1020x1
webconfig-embedded/008 1011x1 1016x1
webconfig-embedded/009 1001x1 1004x1
webconfig-embedded/010 5x8 1014x1
webconfig-static/023 1001x1 1004x1
";

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "reads files that are no part of the project"
)]
fn nothing_new_is_told_of_collected_files() {
    let Some(shared) = collected() else {
        eprintln!("SKIPPED: no collection of configuration files to look for false alarms in");
        return;
    };
    let mut told = String::new();
    let files = configuration_files(&shared);
    assert!(files.len() > 200);
    for path in files {
        let place = path
            .strip_prefix(&shared)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        let file = check(&place, &fs::read(&path).unwrap());
        assert_sound(&file);
        let mut codes: BTreeMap<u16, usize> = BTreeMap::new();
        for found in &file.diagnostics {
            *codes.entry(found.code.number()).or_default() += 1;
        }
        let codes: Vec<String> = codes
            .iter()
            .map(|(code, count)| format!("{code}x{count}"))
            .collect();
        if !codes.is_empty() {
            let (folder, name) = place.rsplit_once('/').unwrap();
            let _ = writeln!(
                told,
                "{}/{} {}",
                folder.trim_start_matches("corpus/"),
                name.split('-').next().unwrap_or_default(),
                codes.join(" ")
            );
        }
    }
    assert_eq!(told, TOLD);
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "reads the project's own examples"
)]
fn what_the_compiler_writes_is_passed_over_in_silence() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let files = configuration_files(&examples);
    assert!(!files.is_empty());
    let mut folders: BTreeMap<PathBuf, Vec<CheckedFile>> = BTreeMap::new();
    for path in files {
        let file = check(&path.to_string_lossy(), &fs::read(&path).unwrap());
        folders
            .entry(path.parent().unwrap().to_owned())
            .or_default()
            .push(file);
    }
    for files in folders.values_mut() {
        check_together(files);
        for file in files {
            let name = file.source.name();
            let codes: Vec<u16> = file
                .diagnostics
                .iter()
                .map(|one| one.code.number())
                .collect();
            // What a spec accepts with a comment is in its files all the same: the tutorial's pattern and its dot.
            let accepted: &[u16] = match name.contains("tutorial") && name.ends_with("Web.config") {
                true => &[1018],
                false => &[],
            };
            assert_eq!(codes, accepted, "{name}: {:#?}", file.diagnostics);
        }
    }
}
