//! What is said of a text that is no descriptor.

use super::TUTORIAL;
use crate::sddl::parse;

/// Everything that is wrong: the text marked, the message, the help.
fn refusals(text: &str) -> Vec<(&str, String, String)> {
    let errors = parse(text).err().unwrap_or_default();
    errors
        .into_iter()
        .map(|error| (text.get(error.range).unwrap(), error.message, error.help))
        .collect()
}

fn assert_refused(text: &str, marked: &str, message: &str, help: &str) {
    let expected = (marked, message.to_owned(), help.to_owned());
    assert_eq!(refusals(text), [expected], "{text}");
}

#[test]
fn several_errors_are_told_in_one_run() {
    let text = "D:PAX(B;OICI;FA;;;BA)(A;OIXX;RX;;;NS)(A;OICI;FA;;;SYSTEM)";
    let marked: Vec<_> = refusals(text)
        .into_iter()
        .map(|(marked, _, _)| marked)
        .collect();
    assert_eq!(marked, ["AX", "B", "XX", "RX", "SYSTEM"]);
}

#[test]
fn quotes_of_a_web_page_are_named_and_what_is_between_them_is_read() {
    let text = TUTORIAL
        .replacen("/S:\"", "/S:\u{201C}", 1)
        .replace("NS)", "ns)");
    let text = format!("{}\u{201D}", text.trim_end_matches('"'));
    let found = refusals(&text);
    let marked: Vec<_> = found
        .iter()
        .map(|(marked, _, help)| (*marked, help.as_str()))
        .collect();
    let name = "write `NS` for NT AUTHORITY\\NETWORK SERVICE";
    assert_eq!(
        marked,
        [
            ("\u{201C}", "write `\"`"),
            ("ns", name),
            ("\u{201D}", "write `\"`")
        ]
    );
    let message = "look-alike character `\u{201C}` (U+201C, left double quotation mark)";
    assert_eq!(found[0].1, message);
}

#[test]
fn look_alikes_within_the_descriptor_are_named_once() {
    assert_refused(
        "D:(A;;FA;;;S\u{2013}1-5-18)",
        "\u{2013}",
        "look-alike character `\u{2013}` (U+2013, en dash)",
        "write `-`",
    );
    assert_refused(
        "D:(A;;FA;;;\u{A0}BA)",
        "\u{A0}",
        "look-alike character (U+00A0, no-break space)",
        "write a plain blank",
    );
}

#[test]
fn a_command_without_a_descriptor_is_told_apart() {
    assert_refused(
        "cacls C:\\x /E /G BA:F",
        "cacls C:\\x /E /G BA:F",
        "the command has no `/S:` with a security descriptor",
        "write `/S:\"D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;NS)\"` behind the folder",
    );
    assert_refused(
        " icacls C:\\x /grant *S-1-5-20:RX",
        "icacls C:\\x /grant *S-1-5-20:RX",
        "`icacls` takes no security descriptor",
        "write the descriptor itself, such as `D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;NS)`",
    );
}

#[test]
fn the_command_around_a_descriptor_is_judged_too() {
    assert_refused(
        "cacls \"C:Inetpubwwwroot\" /S:\"D:(A;;FA;;;BA)\"",
        "C:Inetpubwwwroot",
        "`C:Inetpubwwwroot` has lost its backslashes",
        "write `\\` behind the colon and between the folders",
    );
    assert_refused(
        "cacls C:\\x /S:\"D:(A;;FA;;;BA)\" /t /g Users:R",
        "/g",
        "`cacls` does not take `/g` beside `/S`",
        "remove it with the name that follows it",
    );
    assert_refused(
        "cacls C:\\x /S:\"D:(A;;FA;;;BA)",
        "\"",
        "the quote is not closed",
        "write `\"` behind the descriptor",
    );
    assert_refused(
        "D:(A;;FA;;;BA)\"",
        "\"",
        "`\"` stands behind the descriptor",
        "remove it",
    );
    let escaped = "cacls C:\\x /S:\\\"D:(A;;FA;;;BA)\\\"";
    let backslash = (
        "\\",
        "a backslash stands before a quote".to_owned(),
        "remove the backslash".to_owned(),
    );
    assert_eq!(refusals(escaped), [backslash.clone(), backslash]);
}

#[test]
fn a_descriptor_begins_with_its_parts() {
    let found = refusals("PAI (A;;FA;;;BA)");
    let marked: Vec<_> = found
        .iter()
        .map(|(marked, _, help)| (*marked, help.as_str()))
        .collect();
    assert_eq!(
        marked,
        [
            ("PAI ", "write `D:` before the entries"),
            (" ", "remove the blank")
        ]
    );
    for (text, marked, message, help) in [
        (
            "",
            "",
            "there is no descriptor",
            "write one, such as `D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;NS)`",
        ),
        (
            "(A;;FA;;;BA)",
            "(",
            "the entries belong to no part of a descriptor",
            "write `D:` before the entries",
        ),
        (
            "DPAI(A;;FA;;;BA)",
            "DPAI",
            "the entries belong to no part of a descriptor",
            "write `D:PAI` before the entries",
        ),
        (
            "hello",
            "hello",
            "`hello` is no part of a descriptor",
            "write a descriptor, such as `D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;NS)`",
        ),
        (
            "d:(A;;FA;;;BA)",
            "d:",
            "`d:` is no part of a descriptor",
            "write `D:`",
        ),
        (
            "D:P(A;;FA;;;BA)D:P",
            "D:",
            "`D:` stands twice",
            "keep one of them",
        ),
        (
            "O:BAX:",
            "X:",
            "a descriptor has no part `X:`",
            "write `O:` for the owner, `G:` for the group, `D:` for permissions or `S:` for auditing",
        ),
        (
            "O:D:P",
            "O:",
            "nobody is named",
            "write who it is, such as `BA` for the administrators or a SID",
        ),
    ] {
        assert_refused(text, marked, message, help);
    }
}

#[test]
fn a_list_has_flags_and_entries_only() {
    for (text, marked, message, help) in [
        (
            "D:pai(A;;FA;;;BA)",
            "pai",
            "`pai` is no flag of a list",
            "write `PAI`",
        ),
        (
            "D: P(A;;FA;;;BA)",
            " P",
            "` P` is no flag of a list",
            "remove the blank",
        ),
        (
            "D:PQ",
            "Q",
            "`Q` is no flag of a list",
            "write `P`, `AI` or `AR`, and then the entries in parentheses",
        ),
        (
            "D:NO_ACCESS_CONTROL",
            "NO_ACCESS_CONTROL",
            "`NO_ACCESS_CONTROL` lets everybody do everything",
            "write the entries that are needed",
        ),
        (
            "D:(A;;FA;;;BA) (A;;FA;;;SY)",
            " ",
            "a blank stands behind an entry",
            "remove the blanks between entries",
        ),
        (
            "D:(A;;FA;;;BA))",
            ")",
            "`)` stands behind an entry",
            "remove it, or write `(` before an entry",
        ),
        (
            "D:(A;;FA;;;BA(A;;FA;;;SY)",
            "(A;;FA;;;BA",
            "the entry is not closed",
            "write `)` behind it",
        ),
        (
            "D:(A;;FA;;;BAS:AI",
            "(A;;FA;;;BA",
            "the entry is not closed",
            "write `)` behind it",
        ),
    ] {
        assert_refused(text, marked, message, help);
    }
}

#[test]
fn an_entry_has_six_fields_of_known_words() {
    for (entry, marked, message, help) in [
        (
            "(A;OICI;FA;;BA)",
            "(A;OICI;FA;;BA)",
            "the entry has 5 fields where 6 belong",
            "write `(A;OICI;FA;;;BA)`",
        ),
        (
            "()",
            "()",
            "the entry has 1 field where 6 belong",
            "write `(type;flags;rights;;;who)`, such as `(A;OICI;FA;;;BA)`",
        ),
        (
            "(B;;FA;;;BA)",
            "B",
            "`B` is no type of an entry",
            "write `A` to allow or `D` to deny",
        ),
        (
            "(a;;FA;;;BA)",
            "a",
            "`a` is no type of an entry",
            "write `A`",
        ),
        (
            "(;;FA;;;BA)",
            "(;;FA;;;BA)",
            "the entry has no type",
            "write `A` to allow or `D` to deny",
        ),
        (
            "(OA;;FA;bf967aba-0de6-11d0-a285-00aa003049e2;;BA)",
            "OA",
            "an entry of type `OA` is about properties of directory objects",
            "write `A` to allow or `D` to deny, or remove the entry",
        ),
        (
            "(XA;;FX;;;WD;(@User.Title==\"PM\"))",
            "XA",
            "an entry of type `XA` is about conditions on the claims of a user",
            "write `A` to allow or `D` to deny, or remove the entry",
        ),
        (
            "(AU;SA;FA;;;BA)",
            "AU",
            "an audit entry stands in the access list",
            "move it behind `S:`",
        ),
        (
            "(A;;FA;x;;BA)",
            "x",
            "`x` stands for a kind of directory object",
            "leave this field empty",
        ),
        (
            "(A;OIIC;FA;;;BA)",
            "IC",
            "`IC` is no flag of an entry",
            "write `CI`",
        ),
        (
            "(A;OICIX;FA;;;BA)",
            "X",
            "`X` is no flag of an entry",
            "write `OICI` for this folder, subfolders and files",
        ),
        (
            "(A;FR;FA;;;BA)",
            "FR",
            "`FR` is no flag of an entry",
            "write rights into the third field: `(A;OICI;FA;;;BA)`",
        ),
        (
            "(A;FA;FA;;;BA)",
            "FA",
            "`SA` and `FA` are about auditing here",
            "write rights into the third field: `(A;OICI;FA;;;BA)`",
        ),
    ] {
        assert_refused(&format!("D:{entry}"), marked, message, help);
    }
    assert_refused(
        "S:(A;;FA;;;BA)",
        "A",
        "an access entry stands in the audit list",
        "move it behind `D:`",
    );
    assert_refused(
        "S:(AU;OI;FA;;;BA)",
        "OI",
        "the entry audits neither success nor failure",
        "write `SA`, `FA` or both into the second field",
    );
}

#[test]
fn rights_are_those_of_files_and_folders() {
    let everything =
        "write `FA` for everything, `0x1301bf` for modify or `0x1200a9` for read and run";
    for (rights, message, help) in [
        ("RX", "`RX` is a word of `icacls`", "write `0x1200a9`"),
        ("M", "`M` is a word of `icacls`", "write `0x1301bf`"),
        ("KR", "`KR` is a right to registry keys", "write `FR`"),
        ("fa", "`fa` is no right to a file or folder", "write `FA`"),
        ("DS", "`DS` is no right to a file or folder", "write `SD`"),
        ("FZ", "`FZ` is no right to a file or folder", everything),
        (
            "OI",
            "`OI` is no right to a file or folder",
            "write flags into the second field: `(A;OICI;FA;;;BA)`",
        ),
        (
            "0x1200a9a",
            "`0x1200a9a` has bits that are no right to a file or folder",
            "write `0x1200a9`",
        ),
        (
            "0x123456789",
            "`0x123456789` is no number of 32 bits",
            "write `0x1200a9` for read and run, or `0x1301bf` for modify",
        ),
        (
            "0x",
            "`0x` is no number of 32 bits",
            "write `0x1200a9` for read and run, or `0x1301bf` for modify",
        ),
        (
            "0777",
            "Windows reads `0777` as an octal number, because it starts with 0",
            "write it in hexadecimal, with `0x` before it",
        ),
    ] {
        assert_refused(&format!("D:(A;;{rights};;;BA)"), rights, message, help);
    }
    assert_refused(
        "D:(A;OI;;;;BA)",
        "(A;OI;;;;BA)",
        "the entry gives no rights",
        "write rights into the third field, such as `FA` for everything or `0x1200a9` for read and run",
    );
}

#[test]
fn whoever_is_meant_is_written_as_a_code_or_a_sid() {
    for (who, message, help) in [
        (
            "ba",
            "`ba` stands for nobody",
            "write `BA` for BUILTIN\\Administrators",
        ),
        (
            "YS",
            "`YS` stands for nobody",
            "write `SY` for NT AUTHORITY\\SYSTEM",
        ),
        (
            "QQ",
            "`QQ` stands for nobody",
            "write a code, such as `BA` for the administrators, or a SID",
        ),
        (" BA", "blanks stand around a name", "write `BA`"),
        (
            "NT AUTHORITY\\SYSTEM",
            "SDDL names nobody by name: `NT AUTHORITY\\SYSTEM`",
            "write `SY` for NT AUTHORITY\\SYSTEM",
        ),
        (
            "BUILTINAdministrators",
            "SDDL names nobody by name: `BUILTINAdministrators`",
            "write `BA` for BUILTIN\\Administrators",
        ),
        (
            "NetworkService",
            "SDDL names nobody by name: `NetworkService`",
            "write `NS` for NT AUTHORITY\\NETWORK SERVICE",
        ),
        (
            "IUSR",
            "SDDL names nobody by name: `IUSR`",
            "write `S-1-5-17` for NT AUTHORITY\\IUSR",
        ),
        (
            "IIS_IUSRS",
            "SDDL names nobody by name: `IIS_IUSRS`",
            "write `IS` for BUILTIN\\IIS_IUSRS",
        ),
        (
            "IIS AppPool\\shop",
            "SDDL names nobody by name: `IIS AppPool\\shop`",
            "write the SID of the pool's account: `S-1-5-82-634253208-2346237047-1867043872-2360698316-99401469`",
        ),
        (
            "IIS_WPG",
            "the group `IIS_WPG` has a SID of its own on each server",
            "remove the entry, and grant the rights with `cacls FOLDER /E /G IIS_WPG:R`",
        ),
        (
            "SHOP\\anna",
            "SDDL names nobody by name: `SHOP\\anna`",
            "write the SID, as `whoami /user` shows it to that account",
        ),
        (
            "S-1-5-18x",
            "`S-1-5-18x` is no SID",
            "write `S-1-`, and then numbers with `-` between them, such as `S-1-5-20`",
        ),
        (
            "S-1-5-4294967296",
            "`S-1-5-4294967296` is no SID",
            "write `S-1-`, and then numbers with `-` between them, such as `S-1-5-20`",
        ),
        (
            "S-1-5-82-1-2-3-4",
            "`S-1-5-82-1-2-3-4` is no SID of an application pool",
            "write `S-1-5-82-` and five numbers below 4294967296",
        ),
    ] {
        assert_refused(&format!("D:(A;;FA;;;{who})"), who, message, help);
    }
}
