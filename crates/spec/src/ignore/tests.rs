use crate::{Level, MemoryWorld, Options, check};

/// The codes that are left, with their lines.
fn left(text: &str) -> Vec<String> {
    let world = MemoryWorld::new([("shop.py", "app = make()\n")]);
    let options = Options {
        world: Some(&world),
        ..Options::default()
    };
    let checked = check("f", text.as_bytes(), &options);
    let failed = checked
        .diagnostics
        .iter()
        .any(|found| found.level == Level::Error);
    assert_eq!(checked.applications.is_empty(), failed);
    let shown = checked.diagnostics.iter().map(|found| {
        let line = checked.source.position(found.span().unwrap().start).line;
        format!("{} {line}", found.code)
    });
    shown.collect()
}

/// A file with an unused variable on line 7, and lines before and behind it.
fn file(above: &str, behind: &str) -> String {
    format!(
        "name: shop\nroot: D:\\a\npython: {{interpreter: D:\\a.exe, handler: shop.app}}\nvariables:\n  A:\n    \
         type: text\n{above}  B: {{type: text, default: '# iisc-ignore IISC0114: no'}}{behind}\nlog: {{file: 'D:\\logs\\${{A}}.log'}}\n"
    )
    .replace("type: text\n", "default: a\n")
}

#[test]
fn a_comment_silences_its_line_or_the_one_below() {
    assert_eq!(left(&file("", "")), ["IISC0114 7"]);
    for (above, behind) in [
        ("", " # iisc-ignore IISC0114: x"),
        ("", "\t#iisc-ignore unused-variable : x"),
        ("", " # iisc-ignore iisc0114: x: y # z"),
        ("  # iisc-ignore IISC0114: x\n", ""),
        ("# iisc-ignore 0114: x\n  # another word\n", ""),
    ] {
        assert_eq!(left(&file(above, behind)), [""; 0], "{above}{behind}");
    }
}

#[test]
fn a_comment_elsewhere_silences_nothing() {
    let far = file("  # iisc-ignore IISC0114: x\n\n", "");
    assert_eq!(left(&far), ["IISC0017 7", "IISC0114 9"]);
    for behind in [
        " # please iisc-ignore IISC0114: x",
        " # iisc-ignored IISC0114: x",
    ] {
        assert_eq!(left(&file("", behind)), ["IISC0114 7"], "{behind}");
    }
}

#[test]
fn each_code_of_a_comment_is_judged() {
    let behind = " # iisc-ignore IISC0114, IISC0201,IISC0117, unknown, IISC0113: x";
    assert_eq!(
        left(&file("", behind)),
        ["IISC0018 7", "IISC0019 7", "IISC0019 7", "IISC0018 7"]
    );
    let none = left(&file("", " # iisc-ignore : x"));
    assert_eq!(none, ["IISC0114 7", "IISC0016 7"]);
}

#[test]
fn what_was_not_looked_at_is_not_called_unused() {
    let text = file("", "").replace("root: D:\\a", "root: D:\\a # iisc-ignore IISC0114: x");
    assert_eq!(left(&text), ["IISC0017 2", "IISC0114 7"]);
    let faulty = text.replace("name: shop", "nmae: shop");
    assert_eq!(left(&faulty), ["IISC0101 1", "IISC0114 7"]);
}

#[test]
fn a_file_of_comments_is_judged_in_time() {
    let text = file(&"# iisc-ignore IISC0114: x\n".repeat(20_000), "");
    assert_eq!(left(&text).len(), 19_999);
}
