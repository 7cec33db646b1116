//! Quotes and blanks in the arguments of a process (`P05`).

use super::super::View;
use super::super::mark::Marked;
use super::super::view::is_template;
use crate::diag::Fix;
use crate::rules::{Phase, Rule, Sink};
use crate::syntax::lookalike::{Kind, kind, report, twin};

pub(crate) static RULE: Rule = Rule::error(
    1021,
    "command-line",
    include_str!("command-line.md"),
    Phase::File(check),
);

fn check(view: &View<'_>, sink: &mut Sink) {
    for command in view.commands() {
        if let Some((program, marked)) = command.program() {
            quotes(program, marked, 0, sink);
        }
        if let Some((arguments, marked, from)) = command.arguments() {
            look_alikes(view, arguments, marked, from, sink);
            quotes(arguments, marked, from, sink);
            blanks(view, arguments, marked, from, sink);
        }
    }
}

/// Tells quotes and dashes that a word processor has made of plain ones (`P09`).
fn look_alikes(view: &View<'_>, text: &str, marked: &Marked, from: usize, sink: &mut Sink) {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let label = match kind(c) {
            Some(Kind::Quote) if twin(c) == "\"" => "part of the path to Windows",
            Some(Kind::Dash) if before == ' ' => "begins no option",
            Some(_) | None => "",
        };
        before = c;
        let span = marked.part(from + at..from + at + c.len_utf8());
        if label.is_empty() {
            continue;
        }
        let problem = report(span.start, c, label);
        let plain = match (twin(c), view.kind.is_xml()) {
            ("\"", true) => "&quot;",
            (plain, _) => plain,
        };
        let help = format!("write `{plain}`");
        sink.push(problem.fix(Fix::safe(help.clone(), span, plain)).help(help));
    }
}

fn quotes(text: &str, marked: &Marked, from: usize, sink: &mut Sink) {
    let is_odd = text.matches('"').count() % 2 == 1;
    // Before a quote, a backslash is an escape to most programs.
    let Some(last) = text.rfind('"').filter(|_| is_odd && !text.contains("\\\"")) else {
        return;
    };
    let problem = RULE
        .problem("a quote in a command line has no partner")
        .at(
            marked.part(from + last..from + last + 1),
            "the only one of its pair",
        )
        .help("write a quote at both ends of the path, or at none");
    sink.push(problem);
}

fn blanks(view: &View<'_>, text: &str, marked: &Marked, from: usize, sink: &mut Sink) {
    let Some((start, blank, end)) = cut_path(text) else {
        return;
    };
    let path = text.get(start..end).unwrap_or_default();
    let place = marked.part(from + blank..from + blank + 1);
    // A line break is told by a rule of its own.
    if is_template(path) || view.source.slice(place) != " " {
        return;
    }
    let problem = RULE
        .problem("a path with a blank in it is not in quotes")
        .at(place, "the argument ends here")
        .help(format!("write `\"{path}\"`; in XML a quote is `&quot;`"));
    sink.push(problem);
}

/// A path of a script that a blank cuts in two: where it starts, where the blank is and where it ends.
///
/// The first half is absolute and has no extension, the second is not absolute, has a separator and ends in `.py`.
fn cut_path(text: &str) -> Option<(usize, usize, usize)> {
    let mut start = 0;
    let mut words = Vec::new();
    for word in text.split(' ') {
        words.push((start, word));
        start += word.len() + 1;
    }
    let is_first = |word: &str| {
        let last = word.rsplit('\\').next().unwrap_or_default();
        word.get(1..3) == Some(":\\") && !last.contains('.') && !word.contains('"')
    };
    let is_second = |word: &str| {
        let lower = word.to_ascii_lowercase();
        word.contains('\\') && !word.contains([':', '"', '=']) && lower.ends_with(".py")
    };
    let first = words.iter().position(|(_, word)| is_first(word))?;
    let (start, word) = *words.get(first)?;
    let is_part = |word: &str| !word.starts_with(['-', '/']) && !word.contains(['"', ':', '=']);
    let tail = words
        .iter()
        .skip(first + 1)
        .take_while(|(_, word)| is_part(word));
    let (end, last) = tail.copied().find(|(_, word)| is_second(word))?;
    Some((start, start + word.len(), end + last.len()))
}

#[cfg(test)]
mod tests {
    use super::cut_path;

    #[test]
    fn only_a_path_that_a_blank_cuts_is_told() {
        for (text, path) in [
            (
                r"C:\Program Files\Python\wfastcgi.py",
                Some(r"C:\Program Files\Python\wfastcgi.py"),
            ),
            (
                r"-u C:\My Web Site\wfastcgi.py -x",
                Some(r"C:\My Web Site\wfastcgi.py"),
            ),
            (r"D:\env\ lib\wfastcgi.py", Some(r"D:\env\ lib\wfastcgi.py")),
            (r#"-u "C:\Program Files\wfastcgi.py""#, None),
            (r"D:\app\manage.py run scripts\x.py", None),
            (r"D:\app\run -c D:\app\x.py", None),
            (r"D:\app\run out\log.txt", None),
            ("-m wfastcgi", None),
            ("", None),
        ] {
            let found = cut_path(text).and_then(|(start, _, end)| text.get(start..end));
            assert_eq!(found, path, "{text}");
        }
    }
}
