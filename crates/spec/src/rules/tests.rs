//! What a page says is what happens: each is a test of its own rule.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::{CATALOGUE, Rule, find};
use crate::{Checked, Fix, MemoryWorld, Options, Scope, World, check};

const HEADINGS: [&str; 4] = [
    "## Why it matters",
    "## Example",
    "## When to allow it",
    "## Sources",
];

/// The first code block of a page whose info string begins so: the rest of that string, and the text.
fn block<'a>(page: &'a str, info: &str) -> (&'a str, &'a str) {
    let (_, rest) = page
        .split_once(&format!("```{info}"))
        .unwrap_or_else(|| panic!("no {info}"));
    let (flags, rest) = rest.split_once('\n').unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    (flags.trim(), text)
}

/// Three kinds of bad file cannot stand in a page; its text is turned into one of them.
fn bytes(flags: &str, text: &str) -> Vec<u8> {
    match flags {
        flags if flags.is_empty() || flags.starts_with("profile=") => text.as_bytes().to_vec(),
        "utf-16" => format!("\u{FEFF}{text}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect(),
        "long" => text.replace("...", &"x".repeat(32_767)).into_bytes(),
        "padded" => format!("{text}#{}\n", " padding".repeat(crate::MAX_BYTES / 8)).into_bytes(),
        other => panic!("unknown flag {other}"),
    }
}

/// Checks a block as its flags say, with the files that the page shows.
fn check_block(page: &str, flags: &str, text: &str) -> Checked {
    let files = files(page);
    let world = MemoryWorld::new(files.clone());
    let options = Options {
        scope: flags
            .strip_prefix("profile=")
            .map_or(Scope::Everything, Scope::Profile),
        world: (!files.is_empty()).then_some(&world as &dyn World),
        ..Options::default()
    };
    check("app.iis.yaml", &bytes(flags, text), &options)
}

/// The files of the project that a page shows: blocks with `file=NAME` in their info string.
fn files(page: &str) -> Vec<(String, String)> {
    let blocks = page.split("\n```").skip(1).step_by(2);
    let file = |block: &str| {
        let (info, text) = block.split_once('\n')?;
        let (_, name) = info.split_once(" file=")?;
        Some((name.to_owned(), format!("{text}\n")))
    };
    blocks.filter_map(file).collect()
}

/// The diagnostics as a page shows them.
fn shown(checked: &Checked) -> String {
    let mut text = String::new();
    for found in &checked.diagnostics {
        let _ = writeln!(text, "{}", found.short(&checked.source));
        for label in &found.labels {
            let place = checked
                .source
                .slice(label.span)
                .lines()
                .next()
                .unwrap_or_default();
            let word = if label.primary { "at" } else { "and" };
            let colon = if label.text.is_empty() { "" } else { ": " };
            let _ = writeln!(text, "  {word} `{place}`{colon}{}", label.text);
        }
        for other in &found.elsewhere {
            let position = other.source.position(other.span.start);
            let place = other.source.line(position.line).trim();
            let colon = if other.text.is_empty() { "" } else { ": " };
            let name = other.source.name();
            let _ = writeln!(
                text,
                "  in {name}:{}: `{place}`{colon}{}",
                position.line, other.text
            );
        }
        if let Some(help) = &found.help {
            let _ = writeln!(text, "  help: {help}");
        }
    }
    text
}

/// What a rule says of the shortest spec with something behind it.
pub(super) fn found(rule: &Rule, rest: &str) -> Vec<String> {
    let text = format!(
        "name: shop\nroot: D:\\apps\\shop\npython:\n  interpreter: D:\\apps\\shop\\env\\Scripts\\python.exe\n  \
         handler: shop.app\n{rest}\n"
    );
    let checked = check("f", text.as_bytes(), &Options::default());
    let shape = |code: u16| code < 200;
    let broken = |found: &crate::Diagnostic| shape(found.code.number());
    assert!(
        !checked.diagnostics.iter().any(broken),
        "{text}: {checked:?}"
    );
    let own = checked.diagnostics.into_iter();
    own.filter(|found| found.code == rule.code)
        .map(|found| found.message)
        .collect()
}

/// The kinds of problem of a spec; those of IIS's own files have a test like this one.
fn of_specs() -> impl Iterator<Item = &'static Rule> {
    let rules = CATALOGUE.iter().copied();
    rules.filter(|rule| rule.code.number() / 100 != 10)
}

fn folder(rule: &Rule) -> PathBuf {
    let folder = match rule.code.number() {
        0..16 => "syntax",
        16..20 => "ignore",
        20..100 => "syntax",
        100..110 => "shape",
        110..200 => "expand",
        508..=511 | 519..=520 => "conflicts",
        1_000..1_100 => "iisfile/rules",
        _ => "rules",
    };
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src")
        .join(folder)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the switch that rewrites golden text, in tests only"
)]
pub(crate) fn blessing() -> bool {
    std::env::var_os("IISC_BLESS").is_some()
}

/// Replaces a part of a page on the disk, where other tests may have rewritten other parts just now.
#[expect(
    clippy::disallowed_methods,
    reason = "rewrites a page on demand, in tests only"
)]
pub(crate) fn rewrite(rule: &Rule, old: &str, new: &str) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock();
    let path = folder(rule).join(format!("{}.md", rule.slug));
    let page = std::fs::read_to_string(&path).unwrap();
    std::fs::write(path, page.replacen(old, new, 1)).unwrap();
}

#[test]
fn the_bad_file_of_each_page_gives_what_the_page_shows() {
    for rule in of_specs() {
        let (flags, bad) = block(rule.page, "yaml bad");
        let (_, output) = block(rule.page, "text output");
        let checked = check_block(rule.page, flags, bad);
        for found in &checked.diagnostics {
            assert_eq!(found.code, rule.code, "{}: {found:?}", rule.slug);
        }
        assert!(
            !checked.diagnostics.is_empty(),
            "{} finds nothing",
            rule.slug
        );
        let actual = shown(&checked);
        if blessing() {
            let info = "```text output\n";
            let (old, new) = (format!("{info}{output}```"), format!("{info}{actual}```"));
            rewrite(rule, &old, &new);
        } else {
            assert_eq!(
                actual, output,
                "{}; IISC_BLESS=1 rewrites the page",
                rule.slug
            );
        }
    }
}

#[test]
fn the_good_file_of_each_page_gives_nothing() {
    for rule in of_specs() {
        let (flags, good) = block(rule.page, "yaml good");
        let checked = check_block(rule.page, flags, good);
        assert_eq!(shown(&checked), "", "{}", rule.slug);
        assert!(!checked.applications.is_empty(), "{}", rule.slug);
    }
}

#[test]
fn a_fix_makes_of_the_bad_file_what_the_page_shows() {
    for rule in of_specs() {
        let (flags, bad) = block(rule.page, "yaml bad");
        let checked = check_block(rule.page, flags, bad);
        let found = checked.diagnostics.iter();
        let fixes: Vec<&Fix> = found.filter_map(|found| found.fix.as_ref()).collect();
        let (fixed, applied) = Fix::apply(checked.source.text(), fixes.iter().copied());
        assert_eq!(applied, fixes.len(), "{}", rule.slug);
        let shown = match fixes.is_empty() {
            true => String::new(),
            false => format!("```yaml fixed\n{fixed}```\n\n"),
        };
        if blessing() {
            let old = format!("{}```yaml good", fixed_block(rule.page));
            rewrite(rule, &old, &format!("{shown}```yaml good"));
        } else {
            assert_eq!(
                fixed_block(rule.page),
                shown,
                "{}; IISC_BLESS=1 rewrites it",
                rule.slug
            );
        }
        let left = check_block(rule.page, flags, &fixed).diagnostics;
        assert!(
            left.len() + fixes.len() <= checked.diagnostics.len(),
            "{left:?}"
        );
    }
}

/// The `yaml fixed` block of a page with the lines around it; empty without one.
fn fixed_block(page: &str) -> &str {
    let begins = page.find("```yaml fixed\n");
    let ends = page.find("```yaml good");
    let block = begins
        .zip(ends)
        .and_then(|(start, end)| page.get(start..end));
    block.unwrap_or_default()
}

#[test]
fn every_page_has_a_title_and_the_same_headings() {
    for rule in CATALOGUE {
        assert!(rule.page.starts_with("# "), "{}", rule.slug);
        assert!(
            !rule.title().is_empty() && !rule.title().ends_with('.'),
            "{}",
            rule.slug
        );
        let headings: Vec<&str> = rule
            .page
            .lines()
            .filter(|line| line.starts_with("## "))
            .collect();
        assert_eq!(headings, HEADINGS, "{}", rule.slug);
    }
}

#[test]
fn every_message_is_worded_alike() {
    for rule in of_specs() {
        let (flags, bad) = block(rule.page, "yaml bad");
        for found in check_block(rule.page, flags, bad).diagnostics {
            assert!(
                !found.message.ends_with('.') && !found.message.contains('\n'),
                "{found:?}"
            );
            assert!(
                found.help.as_ref().is_some_and(|help| !help.ends_with('.')),
                "{found:?}"
            );
            assert!(
                found.elsewhere.iter().all(|other| !other.text.is_empty()),
                "{found:?}"
            );
            let primary = found.labels.iter().filter(|label| label.primary).count();
            assert_eq!(primary, usize::from(!found.labels.is_empty()), "{found:?}");
        }
    }
}

#[test]
fn codes_are_unique_sorted_and_never_change() {
    let codes: Vec<String> = CATALOGUE
        .iter()
        .map(|rule| format!("{} {}", rule.code.number(), rule.slug))
        .collect();
    assert!(CATALOGUE.is_sorted_by(|one, other| one.code < other.code));
    // A number or name that leaves this list must not come back for another problem.
    assert_eq!(
        codes.join("\n"),
        "1 file-encoding
2 size-limit
3 empty-file
4 yaml-syntax
5 look-alike
6 tab-indentation
7 deep-nesting
8 several-documents
9 anchor-or-alias
10 merge-key
11 tag
12 duplicate-key
13 key-not-text
14 missing-value
16 ignore-without-reason
17 unused-ignore
18 firm-ignore
19 unknown-code-ignored
101 unknown-key
102 missing-key
103 wrong-type
104 unknown-value
105 out-of-range
106 wrong-form
107 duplicate-item
111 undeclared-variable
112 unset-variable
113 variable-value
114 unused-variable
115 unknown-profile
201 handler-form
202 windows-path
203 restart-pattern
204 virtualenv-mismatch
205 interpreter-is-exe
206 pythonpath-separator
207 restart-form
208 unescaped-dot
209 never-matches
210 restart-matches-log
211 restart-matches-virtualenv
212 restart-matches-nothing
213 watched-writable
214 restart-matches-bytecode
220 per-user-interpreter
221 root-in-profile
222 network-path
223 base-interpreter-unknown
230 missing-module
231 handler-attribute
232 called-instance
233 uncalled-factory
234 wrong-object
235 interface-mismatch
236 old-django-handler
237 handler-syntax
238 requirements-missing
239 django-static
240 body-limit-mismatch
241 websocket-library
242 scheduler-library
243 profile-library
244 rotating-log
245 django-debug
246 missing-template
247 static-folder-missing
301 timeout-order
302 long-timeout
303 bridge-script
304 bridge-interface
305 bridge-lacks
306 one-instance
401 trusted-everyone
402 network-form
403 original-url
501 binding-certificate
502 duplicate-binding
503 central-without-host
504 address-form
505 pool-user
506 powerful-identity
507 cpu-limit
508 shared-mount
509 shared-pool
510 shared-registration
511 shared-log
512 idle-warm-up
513 script-permission
514 open-permission
516 web-garden
517 static-warm-up
518 port-protocol
519 shared-binding
520 shared-root
601 hidden-url
602 exposed-files
603 static-at-root
604 duplicate-mount
605 missing-method
606 detailed-errors
607 project-path
608 served-uploads
609 plain-basic
610 anonymous-first
612 wfastcgi-uploads
613 duplicate-filter
701 sddl-syntax
702 sddl-identity
703 sddl-unknown-account
704 everyone-may-write
705 unprotected-descriptor
706 log-not-writable
707 writable-code
708 sddl-grants-nothing
709 sddl-mix-up
711 administrators-locked-out
801 environment-value
802 reserved-variable
803 variable-twice
804 secret-literal
805 unexpanded-variable
806 environment-size
807 secret-twice
901 log-in-root
903 log-in-virtualenv
1001 xml-syntax
1002 document-type
1003 ini-syntax
1004 not-configuration
1005 unknown-attribute
1006 unknown-element
1007 attribute-value
1008 missing-attribute
1009 duplicate-entry
1010 inherited-entry
1011 server-section
1012 locked-section
1013 locked-attribute
1014 settings-element
1015 setting-name
1016 wsgi-handler
1017 restart-regex
1018 restart-dot
1019 pythonpath-value
1020 handler-pair
1021 command-line
1022 handler-module
1023 resource-type
1024 server-handler
1025 tcp-protocol
1026 monitor-path
1027 literal-variable
1028 file-timeout-order
1029 platform-port
1030 platform-minutes
1031 name-characters
1032 line-break
1033 profile-folder
1034 xdt-namespace
1035 xdt-transform
1036 handler-bitness
1037 long-file
1038 ini-property
1039 ini-types
1040 ini-environment
1041 ini-comment
1042 file-original-url
1043 header-variable
1044 application-missing
1045 managed-runtime
1046 restart-place
9001 iis6-environment
9002 iis6-name
9003 iis6-ascii
9004 newer-than-target
9005 no-schema
9006 express-identity
9007 iis6-site-id"
    );
}

#[test]
fn every_page_on_disk_belongs_to_a_rule() {
    for name in [
        "syntax",
        "shape",
        "expand",
        "conflicts",
        "rules",
        "ignore",
        "iisfile/rules",
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let slug = path.file_stem().unwrap().to_str().unwrap();
                assert!(find(slug).is_some(), "{slug} is in no list");
            }
        }
    }
}

#[test]
fn a_rule_is_found_by_its_code_and_by_its_name() {
    for rule in CATALOGUE {
        assert_eq!(
            find(&rule.code.to_string()).map(|found| found.slug),
            Some(rule.slug)
        );
        assert_eq!(find(rule.slug).map(|found| found.code), Some(rule.code));
    }
    assert!(find("IISC9999").is_none() && find("").is_none());
}
