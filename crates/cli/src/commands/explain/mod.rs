//! `iisc explain`: the page on a code of ours, or on what IIS, Windows or Python says, and a descriptor in words. Needs
//! no network.

mod descriptor;
mod page;

use std::io::IsTerminal;

use iisc_spec::topics::{self, TOPICS, Topic};
use iisc_spec::{CATALOGUE, Rule, rules};

use super::print;
use crate::args::ExplainArgs;
use crate::exit::Exit;
use crate::terminal::err;

pub(crate) fn run(args: &ExplainArgs) -> Exit {
    let asked = args.code.join(" ");
    if asked.is_empty() {
        return print(&index());
    }
    if descriptor::is_meant(&asked) {
        return descriptor::show(&asked);
    }
    if let Some(rule) = find_rule(&asked) {
        return show(&titled(rule));
    }
    match topics::find(&asked).as_slice() {
        [topic] => show(topic.page),
        [] => unknown(&asked),
        several => undecided(&asked, several),
    }
}

/// A rule by its code or its name, in whatever case and with whatever between its words.
fn find_rule(asked: &str) -> Option<&'static Rule> {
    rules::find(&asked.trim().to_lowercase().replace([' ', '_'], "-"))
}

fn show(markdown: &str) -> Exit {
    let is_plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_bold = std::io::stdout().is_terminal() && !is_plain;
    print(&page::render(markdown, is_bold))
}

/// The page of a rule, with its code, its name and its level at the top.
fn titled(rule: &Rule) -> String {
    let Rule {
        code, slug, level, ..
    } = rule;
    let rest = rule.page.split_once('\n').map_or("", |(_, rest)| rest);
    format!("# {code}: {}\n\n`{slug}`, {level}\n{rest}", rule.title())
}

/// Everything that there is a page on.
fn index() -> String {
    let mut text =
        "What iisc says about a spec; `iisc explain CODE` shows the page:\n\n".to_owned();
    for rule in CATALOGUE {
        let level = rule.level.to_string();
        text.push_str(&format!("  {}  {level:<7}  {}\n", rule.code, rule.title()));
    }
    text.push_str("\nWhat IIS, Windows and Python say; `iisc explain` takes the code or words of the text:\n\n");
    for topic in TOPICS {
        text.push_str(&format!("  {}\n", topic.title()));
    }
    text
}

fn unknown(asked: &str) -> Exit {
    let help = topics::nearest(asked).map_or_else(
        || "`iisc explain` lists all pages".to_owned(),
        |name| format!("did you mean `{name}`? `iisc explain` lists all pages"),
    );
    err(format_args!(
        "iisc: there is no page on `{}`\n  help: {help}",
        visible(asked)
    ));
    Exit::Usage
}

fn undecided(asked: &str, several: &[&Topic]) -> Exit {
    let names: Vec<String> = several
        .iter()
        .filter_map(|topic| topic.names.first())
        .map(|name| format!("`{name}`"))
        .collect();
    err(format_args!(
        "iisc: several pages are on `{}`\n  help: take one of {}",
        visible(asked),
        names.join(", ")
    ));
    Exit::Usage
}

/// The text without what could command a terminal.
fn visible(asked: &str) -> String {
    asked.replace(char::is_control, "?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_found_however_it_is_written() {
        for asked in [
            "IISC0203",
            "iisc0203",
            "0203",
            "restart-pattern",
            "Restart Pattern",
            "restart_pattern",
        ] {
            assert_eq!(
                find_rule(asked).map(|rule| rule.slug),
                Some("restart-pattern"),
                "{asked}"
            );
        }
        assert!(find_rule("500.19").is_none());
    }

    #[test]
    fn the_list_has_every_rule_and_every_topic() {
        let index = index();
        for rule in CATALOGUE {
            assert!(index.contains(&rule.code.to_string()) && index.contains(rule.title()));
        }
        for topic in TOPICS {
            assert!(index.contains(topic.title()));
        }
    }

    #[test]
    fn the_page_of_a_rule_begins_with_its_code_and_is_whole() {
        for rule in CATALOGUE {
            let page = titled(rule);
            assert!(page.starts_with(&format!("# {}: {}\n", rule.code, rule.title())));
            assert!(page.ends_with(rule.page.split_once('\n').unwrap().1));
        }
    }
}
