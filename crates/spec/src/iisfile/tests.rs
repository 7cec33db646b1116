//! What is told of the files that people have.

use super::rules::tests::shown;
use super::{check, check_together};
use crate::{Fix, Level, MAX_BYTES};

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

/// The codes that are told of an `fcgiext.ini`.
fn ini_codes(text: &str) -> Vec<u16> {
    let file = check("fcgiext.ini", text.as_bytes());
    file.diagnostics
        .iter()
        .map(|found| found.code.number())
        .collect()
}

#[test]
fn look_alikes_in_a_command_line_are_told_once() {
    let pool = |arguments: &str| {
        format!("[Types]\n*=a\n[a]\nExePath=D:\\python.exe\nArguments={arguments}\n")
    };
    assert_eq!(ini_codes(&pool("“D:\\a b\\x.py”")), [5, 5]);
    assert_eq!(ini_codes(&pool("–u D:\\x.py")), [5]);
    assert!(ini_codes(&pool("-u \"D:\\caf\u{E9}\\x.py\" a–b")).is_empty());

    let text = "<configuration><system.webServer><httpPlatform processPath=\"D:\\python.exe\" \
                arguments=\"–m x “D:\\a b”\"/></system.webServer></configuration>";
    let file = check("Web.config", text.as_bytes());
    assert_eq!(file.diagnostics.len(), 3, "{}", shown(&file));
    let (text, _) = Fix::apply(
        text,
        file.diagnostics
            .iter()
            .filter_map(|found| found.fix.as_ref()),
    );
    assert!(
        text.contains("arguments=\"-m x &quot;D:\\a b&quot;\""),
        "{text}"
    );
}

#[test]
fn every_slip_in_an_ini_file_is_told_at_its_line() {
    for (text, code) in [
        (" ; x\n[Types]\n*=a\n[a]\nExePath=x\n", 1003),
        ("[Types\n*=a\n[a]\nExePath=x\n", 1003),
        ("[Types] x\n*=a\n[a]\nExePath=x\n", 1003),
        ("*=a\n[a]\nExePath=x\n", 1003),
        ("[Types]\n*=a\n[a]\nExePath=x\nMax Instances=1\n", 1003),
        ("[Types]\n*=a\n[a]\nExePath=x\nprintf\n", 1003),
        ("[Types]\n*=a\n[a]\nExePath=x\nMaxInstances=many\n", 1007),
        ("[Types]\n*=a\n[a]\nExePath=x\nStderrMode=Return500\n", 1007),
        ("[a]\nExePath=x\n", 1039),
        ("[Types]\n*=a\n*=a\n[a]\nExePath=x\n", 1039),
        ("[Types]\n*:=a\n[a]\nExePath=x\n", 1039),
        ("[Types]\n*=a\n[a]\nExePath=python\nProtocol=Tcp\n", 1025),
        (
            "[Types]\n*=a\n[a]\nExePath=x\nEnvironmentVars=A:\"b\"c\"\n",
            1040,
        ),
        (
            "[Types]\n*=a\n[a]\nExePath=x\nEnvironmentVars=A=b:c\n",
            1040,
        ),
    ] {
        assert_eq!(ini_codes(text), [code], "{text}");
    }
    for text in [
        "",
        "; nothing\n",
        "[types]\r\nphp = PHP 5\r\n[php 5]\r\nexepath = C:\\php\\php-cgi.exe\r\nStderrMode=returnstderrin500\r\n",
    ] {
        assert!(ini_codes(text).is_empty(), "{text}");
    }
}

#[test]
fn net_settings_and_foreign_sections_are_none_of_our_business() {
    for inside in [
        "<applicationSettings><Shop.Settings><setting name=\"a\"/></Shop.Settings></applicationSettings>",
        "<system.web><compilation debug=\"maybe\"/></system.web>",
        "<system.webServer><aspNetCore nothing=\"1\"/><rewrite><x/></rewrite></system.webServer>",
        "<runtime><assemblyBinding xmlns=\"urn:schemas-microsoft-com:asm.v1\"/></runtime>",
        "<system.webServer><handlers configSource=\"handlers.config\" lockItem=\"true\"/></system.webServer>",
    ] {
        assert!(codes(inside).is_empty(), "{inside}");
    }
}

#[test]
fn values_that_a_deployment_fills_in_are_not_judged() {
    for inside in [
        "<appSettings><add key=\"WSGI_HANDLER\" value=\"#{Handler}\"/></appSettings>",
        "<system.webServer><httpPlatform startupTimeLimit=\"__LIMIT__\"/></system.webServer>",
        "<system.webServer><httpErrors errorMode=\"$(Mode)\"/></system.webServer>",
    ] {
        assert!(codes(inside).is_empty(), "{inside}");
    }
}

#[test]
fn an_entry_that_was_removed_may_be_added_again() {
    let map = |between: &str| {
        let entry = "<mimeMap fileExtension=\".a\" mimeType=\"a/b\"/>";
        codes(&format!(
            "<system.webServer><staticContent>{entry}{between}{entry}</staticContent></system.webServer>"
        ))
    };
    assert_eq!(map(""), [1009]);
    assert_eq!(map("<remove fileExtension=\".b\"/>"), [1009]);
    assert!(map("<remove fileExtension=\".A\"/>").is_empty());
    assert!(map("<clear/>").is_empty());
}

#[test]
fn a_file_around_another_is_known_by_its_folder() {
    let text = "<configuration><system.webServer><staticContent>\
                <mimeMap fileExtension=\".a\" mimeType=\"a/b\"/></staticContent></system.webServer></configuration>";
    let inherits = |outer: &str, inner: &str| {
        let mut files = [check(outer, text.as_bytes()), check(inner, text.as_bytes())];
        check_together(&mut files);
        assert!(files[0].diagnostics.is_empty());
        files[1]
            .diagnostics
            .iter()
            .any(|found| found.code.number() == 1010)
    };
    for (outer, inner, expected) in [
        ("Web.config", "static/Web.config", true),
        ("site\\Web.config", "site\\a\\b\\web.config", true),
        ("./Web.config", "static/Web.config", true),
        ("applicationHost.config", "static/Web.config", true),
        ("site/Web.config", "sites/Web.config", false),
        ("a/Web.config", "b/Web.config", false),
    ] {
        assert_eq!(inherits(outer, inner), expected, "{outer} {inner}");
    }
}
