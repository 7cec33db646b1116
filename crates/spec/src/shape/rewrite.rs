//! A value of another form, written in the form that was meant.

use super::length;
use super::shape::Pattern;

/// The text that has the form and is nearest to what was meant, if that can be told.
///
/// `root` is the application's folder, below which paths are written without it.
pub(super) fn rewritten(value: &str, pattern: &Pattern, root: Option<&str>) -> Option<String> {
    let bare = bare(value);
    let bare = root.and_then(|root| below(&bare, root)).unwrap_or(bare);
    if bare.is_empty() {
        return None;
    }
    let slashes = bare.replace('\\', "/");
    let candidates = [
        Some(bare.clone()),
        length::spelled(&bare),
        with_unit(&bare, 0),
        with_unit(&bare, 1),
        host(&bare),
        network_address(&bare),
        Some(format!("0{bare}")).filter(|time| time.len() == 5 && time.contains(':')),
        replaced(&bare, '-'),
        replaced(&bare, '_'),
        replaced(&bare, '_').map(|name| name.replace(['-', '.'], "_")),
        Some(bare.to_ascii_uppercase()),
        replaced(&bare, '_').map(|name| name.replace(['-', '.'], "_").to_ascii_uppercase()),
        Some(bare.replace(' ', "")).filter(|text| !text.contains(['/', '\\'])),
        Some(format!(".{bare}")).filter(|_| bare.chars().all(|c| c.is_ascii_alphanumeric())),
        Some(format!("/{}", slashes.trim_matches('/'))).filter(|_| !slashes.contains(':')),
        Some(slashes.trim_matches('/').to_owned()),
        bare.split_once(' ')
            .map(|(option, value)| format!("{option}={value}")),
    ];
    candidates
        .into_iter()
        .flatten()
        .find(|text| pattern.matches(text))
}

/// `static\css` for `D:\apps\shop\static\css` below the root `D:\apps\shop`.
fn below(path: &str, root: &str) -> Option<String> {
    let (path, root) = (path.replace('/', "\\"), root.trim_end_matches('\\'));
    let (start, rest) = path.split_at_checked(root.len())?;
    let inner = rest.strip_prefix('\\')?;
    let same = start.eq_ignore_ascii_case(root) && !inner.is_empty();
    same.then(|| inner.replace('\\', "/"))
}

/// What to do about a value that nothing better is known for.
pub(super) fn advice(value: &str, pattern: &Pattern) -> &'static str {
    let foreign = |c: char| c.is_alphabetic() && !c.is_ascii();
    match value.contains(foreign) && pattern.matches(&value.replace(foreign, "a")) {
        true => "write it with the letters `a` to `z` alone",
        false => "write it in that form",
    }
}

/// Without what nobody sees, blanks around it, and a comma or semicolon of another language behind it.
fn bare(value: &str) -> String {
    let seen = |c: &char| !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}');
    let dash = |c: char| match c {
        '\u{2010}'..='\u{2015}' => '-',
        c => c,
    };
    let text: String = value.chars().filter(seen).map(dash).collect();
    let text = text.trim();
    text.strip_suffix([',', ';'])
        .unwrap_or(text)
        .trim()
        .to_owned()
}

/// A number with a unit that is most likely left out or cut short: first as a time, since IIS counts some of its
/// times in minutes, then as a size.
fn with_unit(text: &str, guess: usize) -> Option<String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: u64 = digits.trim().parse().ok()?;
    let unit = text.strip_prefix(digits)?.to_ascii_lowercase();
    match (unit.as_str(), guess) {
        ("", 0) => Some(format!("{number}m")),
        ("s", 0) => Some(format!("{}m", number.div_ceil(60))),
        ("", _) if number >= LARGE => Some(format!("{number}B")),
        ("" | "m", 1) => Some(format!("{number}MB")),
        _ => None,
    }
}

/// A number that somebody counted in bytes.
const LARGE: u64 = 4_096;

/// The host of `https://shop.example.com:8080/x`.
fn host(text: &str) -> Option<String> {
    let behind = text.split_once("://").map(|(_, host)| host);
    let host = behind.unwrap_or(text).split('/').next()?;
    let name = host.split(':').next()?;
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let port = host
        .strip_prefix(name)?
        .strip_prefix(':')
        .is_some_and(is_port);
    (behind.is_some() || port).then(|| name.to_owned())
}

/// An IPv6 address in its brackets.
fn network_address(text: &str) -> Option<String> {
    let hexadecimal = text
        .chars()
        .all(|c| c.is_ascii_hexdigit() || ":.".contains(c));
    (hexadecimal && text.contains("::")).then(|| format!("[{text}]"))
}

/// With a mark for each character that a name may not have; for several in a row it would mean nothing.
fn replaced(text: &str, by: char) -> Option<String> {
    // A letter of another alphabet is part of the name; to drop it is no way to write it.
    if text.contains(|c: char| c.is_alphabetic() && !c.is_ascii()) {
        return None;
    }
    let fits = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let text: String = text.chars().map(|c| if fits(c) { c } else { by }).collect();
    let twice: String = [by, by].iter().collect();
    let doubtful = text.contains(&twice) || text.starts_with(by) || text.ends_with(by);
    (!doubtful).then_some(text)
}

#[cfg(test)]
mod tests {
    use crate::{Fix, Options, check};

    const HEAD: &str = "root: D:\\a\npython: {interpreter: D:\\a.exe, handler: a.b}\n";

    #[test]
    fn what_help_tells_to_write_is_right() {
        for (bad, good) in [
            ("name: shop,", "name: shop"),
            ("name: sh\u{200B}op", "name: shop"),
            ("name: shop\u{2013}2", "name: shop-2"),
            ("name: my shop", "name: my-shop"),
            (
                "site: {bindings: [{host: 'http://a.example.com:80/x'}]}",
                "site: {bindings: [{host: a.example.com}]}",
            ),
            (
                "site: {bindings: [{host: 'a.example.com:81'}]}",
                "site: {bindings: [{host: a.example.com}]}",
            ),
            (
                "site: {bindings: [{address: 'fe80::1'}]}",
                "site: {bindings: [{address: '[fe80::1]'}]}",
            ),
            ("pool: {idle-timeout: 20}", "pool: {idle-timeout: 20m}"),
            ("pool: {idle-timeout: 90s}", "pool: {idle-timeout: 2m}"),
            (
                "pool: {recycle: {at: ['3:00']}}",
                "pool: {recycle: {at: ['03:00']}}",
            ),
            ("limits: {body: 200}", "limits: {body: 200MB}"),
            ("limits: {body: 30000000}", "limits: {body: 30000000B}"),
            ("limits: {body: 200M}", "limits: {body: 200MB}"),
            (
                "request-filtering: {allow-extensions: [config]}",
                "request-filtering: {allow-extensions: ['.config']}",
            ),
            (
                "request-filtering: {methods: [get]}",
                "request-filtering: {methods: [GET]}",
            ),
            (
                "static: {/static: {folder: /s/t}}",
                "static: {/static: {folder: s/t}}",
            ),
            (
                "static: {/static: {folder: D:\\A\\s\\t}}",
                "static: {/static: {folder: s/t}}",
            ),
            (
                "restart: {include: ['shop\\*.py']}",
                "restart: {include: ['shop/*.py']}",
            ),
        ] {
            let name = if bad.starts_with("name") {
                ""
            } else {
                "name: shop\n"
            };
            let text = format!("{name}{HEAD}{bad}\n");
            let found = check("f", text.as_bytes(), &Options::default()).diagnostics;
            let fixes = found.iter().filter_map(|found| found.fix.as_ref());
            let (fixed, _) = Fix::apply(&text, fixes);
            assert_eq!(fixed, format!("{name}{HEAD}{good}\n"));
            let errors = check("f", fixed.as_bytes(), &Options::default()).diagnostics;
            let is_error = |found: &crate::Diagnostic| found.level == crate::Level::Error;
            assert!(!errors.iter().any(is_error), "{fixed}");
        }
    }

    #[test]
    fn nothing_is_made_up_where_nothing_can_be_told() {
        for (bad, help) in [
            (
                "name: gr\u{F6}\u{DF}e",
                "write it with the letters `a` to `z` alone",
            ),
            (
                "static: {/static: {folder: E:\\a\\static}}",
                "write it in that form",
            ),
            (
                "python2: {}",
                "remove it; `iisc schema` has every key with its description",
            ),
        ] {
            let name = if bad.starts_with("name") {
                ""
            } else {
                "name: shop\n"
            };
            let text = format!("{name}{HEAD}{bad}\n");
            let found = check("f", text.as_bytes(), &Options::default()).diagnostics;
            let helps: Vec<_> = found
                .iter()
                .filter_map(|found| found.help.as_deref())
                .collect();
            assert_eq!(helps, [help], "{bad}");
        }
    }
}
