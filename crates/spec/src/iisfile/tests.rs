//! What a page says is what happens, for the rules on IIS's own files; and what is told of the files that people have.

use std::fmt::Write as _;

use super::{CheckedFile, Kind, check, check_together};
use crate::rules::tests::{blessing, rewrite};
use crate::{CATALOGUE, Fix, Level, MAX_BYTES, Rule};

fn of_files() -> impl Iterator<Item = &'static Rule> {
    let rules = CATALOGUE.iter().copied();
    rules.filter(|rule| rule.code.number() / 100 == 10)
}

/// The files that a page shows as bad or good, each with its name.
fn files(page: &str, word: &str) -> Vec<(String, Vec<u8>)> {
    let blocks = page.split("\n```").filter_map(|block| {
        let (info, text) = block.split_once('\n')?;
        let mut info = info.split(' ').skip(1);
        let name = info
            .next()
            .filter(|found| *found == word)
            .and(info.next())?;
        let padding = match info.next() {
            Some("padded") => format!("<!--{}-->\n", " padding".repeat(40_000)),
            _ => String::new(),
        };
        Some((name.to_owned(), format!("{text}{padding}").into_bytes()))
    });
    blocks.collect()
}

fn checked(files: &[(String, Vec<u8>)]) -> Vec<CheckedFile> {
    let mut checked: Vec<CheckedFile> = files
        .iter()
        .map(|(name, bytes)| check(name, bytes))
        .collect();
    check_together(&mut checked);
    checked
}

/// The diagnostics as a page shows them.
fn shown(file: &CheckedFile) -> String {
    let first = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    let mut text = String::new();
    for found in &file.diagnostics {
        let _ = writeln!(text, "{}", found.short(&file.source));
        for label in &found.labels {
            let word = if label.primary { "at" } else { "and" };
            let colon = if label.text.is_empty() { "" } else { ": " };
            let place = first(file.source.slice(label.span));
            let _ = writeln!(text, "  {word} `{place}`{colon}{}", label.text);
        }
        for other in &found.elsewhere {
            let place = first(other.source.slice(other.span));
            let _ = writeln!(
                text,
                "  and in {} `{place}`: {}",
                other.source.name(),
                other.text
            );
        }
        if let Some(help) = &found.help {
            let _ = writeln!(text, "  help: {help}");
        }
    }
    text
}

#[test]
fn the_bad_files_of_each_page_give_what_the_page_shows() {
    for rule in of_files() {
        let (_, output) = rule.page.split_once("```text output\n").unwrap();
        let (output, _) = output.split_once("```").unwrap();
        let checked = checked(&files(rule.page, "bad"));
        let found: Vec<_> = checked.iter().flat_map(|file| &file.diagnostics).collect();
        assert!(!found.is_empty(), "{} finds nothing", rule.slug);
        assert!(
            found.iter().all(|found| found.code == rule.code),
            "{}: {found:?}",
            rule.slug
        );
        let actual: String = checked.iter().map(shown).collect();
        if blessing() {
            rewrite(rule, output, &actual);
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
fn the_good_files_of_each_page_give_nothing() {
    for rule in of_files() {
        let files = files(rule.page, "good");
        assert!(!files.is_empty(), "{}", rule.slug);
        for file in checked(&files) {
            assert_eq!(shown(&file), "", "{}", rule.slug);
        }
    }
}

#[test]
fn every_message_is_worded_alike() {
    for rule in of_files() {
        for file in checked(&files(rule.page, "bad")) {
            for found in &file.diagnostics {
                assert!(
                    !found.message.ends_with('.') && !found.message.contains('\n'),
                    "{found:?}"
                );
                assert!(
                    found.help.as_ref().is_some_and(|help| !help.ends_with('.')),
                    "{found:?}"
                );
                let primary = found.labels.iter().filter(|label| label.primary).count();
                assert_eq!(primary, usize::from(!found.labels.is_empty()), "{found:?}");
            }
        }
    }
}

#[test]
fn a_fix_of_a_page_leads_to_a_file_without_that_problem() {
    for rule in of_files() {
        for file in checked(&files(rule.page, "bad")) {
            for found in &file.diagnostics {
                let Some(fix) = &found.fix else { continue };
                let (text, applied) = Fix::apply(file.source.text(), [fix]);
                assert_eq!(applied, 1, "{found:?}");
                let after = check(file.source.name(), text.as_bytes());
                assert!(
                    after.diagnostics.len() < file.diagnostics.len(),
                    "{}: {text}",
                    rule.slug
                );
            }
        }
    }
}

/// What the seed tutorial tells people to write, with the quotes of its page.
const TUTORIAL: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<configuration>
<applicationSettings>
<add key=“PYTHONPATH” value=“”/>
<add key=“WSGI_HANDLER” value=“module.application”/>
</applicationSettings>
</configuration>
";

#[test]
fn the_tutorial_is_told_every_quote_and_its_element_and_no_more() {
    let file = check("Web.config", TUTORIAL.as_bytes());
    let codes: Vec<u16> = file
        .diagnostics
        .iter()
        .map(|found| found.code.number())
        .collect();
    assert_eq!(codes, [1014, 5, 5, 5, 5, 5, 5, 5, 5]);
    assert!(
        file.diagnostics
            .iter()
            .all(|found| found.level == Level::Error)
    );
    assert!(file.diagnostics[1].message.contains("U+201C"));
    assert!(file.diagnostics[2].message.contains("U+201D"));

    let fixes = file
        .diagnostics
        .iter()
        .filter_map(|found| found.fix.as_ref());
    let safe: Vec<&Fix> = fixes.filter(|fix| fix.safe).collect();
    assert_eq!(safe.len(), 9);
    let (text, applied) = Fix::apply(TUTORIAL, safe);
    assert_eq!(applied, 9);
    assert_eq!(
        text,
        TUTORIAL
            .replace(['“', '”'], "\"")
            .replace("applicationSettings", "appSettings")
    );
    assert_eq!(check("Web.config", text.as_bytes()).diagnostics, []);
}

#[test]
fn the_tutorials_pattern_is_told_its_dot() {
    let text = "<configuration><appSettings><add key=\"WSGI_RESTART_FILE_REGEX\" \
                value=\"(?i).*.(py|cnf|config)$\"/></appSettings></configuration>";
    let file = check("Web.config", text.as_bytes());
    let codes: Vec<u16> = file
        .diagnostics
        .iter()
        .map(|found| found.code.number())
        .collect();
    assert_eq!(codes, [1018]);
}

/// The codes that are told of a `Web.config` with these lines in it.
fn codes(inside: &str) -> Vec<u16> {
    let text = format!("<configuration>{inside}</configuration>");
    let file = check("Web.config", text.as_bytes());
    file.diagnostics
        .iter()
        .map(|found| found.code.number())
        .collect()
}

#[test]
fn look_alikes_are_told_where_they_stand_for_markup() {
    for (inside, count) in [
        ("<a\u{A0}b=\"1\"/>", 1),
        ("<a b=\"1\"\u{200B}/>", 1),
        ("<a b\u{200B}c=\"1\"/>", 1),
        ("<a b=“1\"/>", 1),
        ("<a b=\"1”/>", 1),
        ("<a b=\"1” c=\"2\"/>", 1),
        ("<a b=”it's”/><c d='e'/>", 2),
        ("<a b=“say \"x\" y”/>", 2),
        ("<!– x –>", 2),
        ("<!-- x –>", 1),
        ("<a b–c=\"1\"/>", 1),
    ] {
        assert_eq!(codes(inside), vec![5; count], "{inside}");
    }
}

#[test]
fn look_alikes_in_values_texts_and_comments_are_left_alone() {
    for inside in [
        "<a b=\"“1”\"/>",
        "<a b='– \u{A0}'/>",
        "<a>“x” – \u{A0}</a>",
        "<!-- “x” – <a b=“1”/> -->",
        "<![CDATA[<a b=“1”>]]>",
    ] {
        assert!(codes(inside).is_empty(), "{inside}");
    }
}

#[test]
fn reading_goes_on_behind_a_mistake() {
    let wrong = "<system.webServer><httpErrors errorMode=\"x\"/></system.webServer>";
    for before in [
        "<a b=1/>",
        "<a b=\"1\" b=\"2\"/>",
        "<a b=\"1\"c=\"2\"/>",
        "<a b/>",
        "<a b=\"<x>\"/>",
        "<a b=\"&\"/>",
        "<a b=\"&nope;\"/>",
        "<a>&nope;</a>",
        "<a>R & D</a>",
        "<a b=\"1\"\n<c/>",
        "<a b=\"1/>\n",
        "<a b=\"1 c=\"2\"/>",
        "<a b=\"\"1\"\"/>",
        "<a b=\\\"1\\\"/>",
        "<a=\"1\"/>",
        "<1/>",
        "<a><b></a>",
        "<a></b></a>",
        "</a>",
        "<!-- a -- b -->",
        "<!a>",
        "<a b=\"&#0;\"/>",
    ] {
        let mut found = codes(&format!("{before}{wrong}"));
        assert_eq!(found.pop(), Some(1007), "{before}");
        assert!(
            matches!(found.as_slice(), [1001] | [1001, 1001]),
            "{before}: {found:?}"
        );
    }
}

#[test]
fn what_cannot_be_read_on_is_told_once() {
    for text in [
        "<configuration><!-- ",
        "<configuration><a",
        "<configuration></a",
        "<configuration>",
        "<configuration/><configuration/>",
        "<configuration/>text",
        "\n<?xml version=\"1.0\"?><configuration/>",
        "",
        "text",
    ] {
        let file = check("Web.config", text.as_bytes());
        let codes: Vec<u16> = file
            .diagnostics
            .iter()
            .map(|found| found.code.number())
            .collect();
        assert!(
            matches!(codes.as_slice(), [1001] | [1001, 1001]),
            "{text:?}: {}",
            shown(&file)
        );
    }
}

#[test]
fn a_file_in_utf_16_is_judged_and_offered_no_fixes() {
    let units = format!("\u{FEFF}{}", TUTORIAL.replace("UTF-8", "UTF-16"));
    let bytes: Vec<u8> = units.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let file = check("Web.config", &bytes);
    assert_eq!(file.diagnostics.len(), 9);
    assert!(file.diagnostics.iter().all(|found| found.fix.is_none()));
}

#[test]
fn limits_are_told() {
    let deep = format!("<configuration>{}", "<a>".repeat(10_000));
    assert_eq!(
        check("Web.config", deep.as_bytes()).diagnostics[0]
            .code
            .number(),
        7
    );
    let long = vec![b' '; MAX_BYTES + 1];
    assert_eq!(check("Web.config", &long).diagnostics[0].code.number(), 2);
}

#[test]
fn judging_files_together_twice_changes_nothing() {
    let rule = crate::rules::find("handler-pair").unwrap();
    let mut checked = checked(&files(rule.page, "bad"));
    let once: Vec<_> = checked
        .iter()
        .map(|file| file.diagnostics.clone())
        .collect();
    check_together(&mut checked);
    let twice: Vec<_> = checked
        .iter()
        .map(|file| file.diagnostics.clone())
        .collect();
    assert_eq!(once, twice);
    assert_eq!(checked[0].kind, Kind::WebConfig);
}
