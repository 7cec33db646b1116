//! Values that the schema of a section refuses.

use super::super::mark::Marked;
use super::super::table::{Form, INI_PROPERTIES, Property, known};
use super::super::view::is_placeholder;
use super::super::{Kind, View};
use crate::diag::{Diagnostic, Fix};
use crate::rules::{Phase, Rule, Sink};
use crate::suggest::{nearest, one_of};

pub(crate) static RULE: Rule = Rule::error(
    1007,
    "attribute-value",
    include_str!("attribute-value.md"),
    Phase::File(check),
);

/// What is wrong with a value, and what to write.
struct Refusal {
    label: String,
    help: String,
    /// The value that is most likely meant.
    near: Option<&'static str>,
}

fn check(view: &View<'_>, sink: &mut Sink) {
    for placed in &view.placed {
        let properties = known(placed.path).map_or(&[][..], |known| known.attributes);
        for property in properties {
            if let Some(value) = placed.element.value(property.name) {
                judge(property, value, view.kind, sink);
            }
        }
    }
    for pair in view
        .ini()
        .into_iter()
        .flat_map(|ini| ini.pools())
        .flat_map(|pool| &pool.pairs)
    {
        let is_it = |property: &&Property| property.name.eq_ignore_ascii_case(&pair.key.text);
        if let Some(property) = INI_PROPERTIES.iter().find(is_it) {
            judge(property, &pair.value, view.kind, sink);
        }
    }
}

fn judge(property: &Property, value: &Marked, kind: Kind, sink: &mut Sink) {
    let text = value.text.as_str();
    if is_placeholder(text) {
        return;
    }
    if let Some(refusal) = refusal(property.form, text) {
        sink.push(problem(property.name, value, refusal, kind));
    }
}

fn problem(name: &str, value: &Marked, refusal: Refusal, kind: Kind) -> Diagnostic {
    let reader = match kind {
        Kind::FcgiExt => "the FastCGI extension",
        Kind::WebConfig | Kind::ApplicationHost | Kind::Transform => "IIS",
    };
    let message = match value.text.as_str() {
        "" => format!("`{name}` is empty"),
        text if text.len() > 40 => format!("{reader} refuses this value of `{name}`"),
        text => format!("{reader} refuses `{text}` for `{name}`"),
    };
    let problem = RULE
        .problem(message)
        .at(value.span(), refusal.label)
        .help(refusal.help);
    match refusal.near {
        Some(near) => problem.fix(Fix::to_review(
            format!("write `{near}`"),
            value.span(),
            near,
        )),
        None => problem,
    }
}

fn refusal(form: Form, text: &str) -> Option<Refusal> {
    match form {
        Form::Text => None,
        Form::Filled => text
            .is_empty()
            .then(|| Refusal::new("nothing there", "write a value")),
        Form::Bool => one(&["true", "false"], text),
        Form::One(names) => one(names, text),
        Form::Some(names) => {
            let wrong = text
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty());
            let mut wrong = wrong.filter_map(|part| one(names, part));
            wrong.next().map(|refusal| Refusal {
                near: None,
                ..refusal
            })
        }
        Form::Number(least, most) => number(text, least, most),
        Form::NumberExcept(least, most) => match text.parse::<u32>() {
            Ok(value) if !(least..=most).contains(&i64::from(value)) => None,
            Ok(_) => Some(Refusal::new(
                "too small",
                format!("write a number above {most}"),
            )),
            Err(_) => Some(Refusal::new(
                "not a whole number",
                format!("write a number above {most}"),
            )),
        },
        Form::Time(least, most, step) => time(text, least, most, step),
    }
}

impl Refusal {
    fn new(label: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            help: help.into(),
            near: None,
        }
    }
}

/// IIS compares these without case.
fn one(names: &'static [&'static str], text: &str) -> Option<Refusal> {
    // Whether IIS takes the number behind a name as well is documented nowhere.
    let is_number = text.parse::<u32>().is_ok();
    if is_number || names.iter().any(|name| name.eq_ignore_ascii_case(text)) {
        return None;
    }
    let near = nearest(text, names.iter().copied());
    let help = match near {
        Some(near) => format!("write `{near}`"),
        None => format!("write {}", one_of(names.iter().copied())),
    };
    Some(Refusal {
        label: "no such value".to_owned(),
        help,
        near,
    })
}

fn number(text: &str, least: i64, most: i64) -> Option<Refusal> {
    let range = format!("write a whole number from {least} to {most}");
    if text.starts_with("0x") {
        return None;
    }
    match text.trim().parse::<i64>() {
        Ok(value) if (least..=most).contains(&value) => None,
        Ok(value) if value < least => Some(Refusal::new("too small", range)),
        Ok(_) => Some(Refusal::new("too large", range)),
        Err(_) => Some(Refusal::new("not a whole number", range)),
    }
}

fn time(text: &str, least: u64, most: u64, step: u64) -> Option<Refusal> {
    let Some(seconds) = seconds(text) else {
        return Some(Refusal::new(
            "not a length of time",
            "write it as `hh:mm:ss`, or `d.hh:mm:ss`",
        ));
    };
    if !(least..=most).contains(&seconds) {
        let label = if seconds < least {
            "too short"
        } else {
            "too long"
        };
        return Some(Refusal::new(
            label,
            format!("write a time from {} to {}", written(least), written(most)),
        ));
    }
    let rest = seconds.checked_rem(step)?;
    (rest != 0).then(|| {
        Refusal::new(
            "not in whole minutes",
            format!("write `{}`", written(seconds - rest)),
        )
    })
}

/// The seconds of `[d.]hh:mm[:ss[.fraction]]`; a number alone is a number of days.
pub(super) fn seconds(text: &str) -> Option<u64> {
    let text = text.trim();
    if let Ok(days) = text.parse::<u32>() {
        return Some(u64::from(days) * 86_400);
    }
    let mut parts = text.split(':');
    let (days, hours) = match parts.next()?.split_once('.') {
        Some((days, hours)) => (days, hours),
        None => ("0", text.split(':').next()?),
    };
    let minutes = parts.next()?;
    let seconds = parts.next().unwrap_or("0");
    let seconds = seconds.split('.').next()?;
    if parts.next().is_some() {
        return None;
    }
    let read = |part: &str| part.parse::<u32>().ok().map(u64::from);
    Some(read(days)? * 86_400 + read(hours)? * 3_600 + read(minutes)? * 60 + read(seconds)?)
}

/// Seconds as IIS writes them.
pub(super) fn written(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let clock = format!("{:02}:{:02}:{:02}", rest / 3_600, rest / 60 % 60, rest % 60);
    if days == 0 {
        clock
    } else {
        format!("{days}.{clock}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_iis_does() {
        for (text, expected) in [
            ("00:02:00", Some(120)),
            ("29:00:00", Some(104_400)),
            ("1.05:00:00", Some(104_400)),
            ("365.00:00:00", Some(31_536_000)),
            ("00:20", Some(1_200)),
            ("7", Some(604_800)),
            ("2m", None),
            ("", None),
            ("1:2:3:4", None),
            ("99999999999:00:00", None),
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
        assert_eq!(written(104_400), "1.05:00:00");
        assert_eq!(written(90), "00:01:30");
    }

    #[test]
    fn values_are_judged_by_their_form() {
        let label = |form, text| refusal(form, text).map(|refusal| refusal.label);
        let told = |label: &str| Some(label.to_owned());
        assert_eq!(label(Form::Number(10, 20), "20"), None);
        assert_eq!(label(Form::Number(10, 20), "0"), told("too small"));
        assert_eq!(label(Form::Number(10, 20), "21"), told("too large"));
        assert_eq!(
            label(Form::Number(10, 20), "ten"),
            told("not a whole number")
        );
        assert_eq!(label(Form::NumberExcept(0, 1023), "1024"), None);
        assert_eq!(label(Form::NumberExcept(0, 1023), "1"), told("too small"));
        assert_eq!(label(Form::Bool, "TRUE"), None);
        assert_eq!(label(Form::Bool, "yes"), told("no such value"));
        assert_eq!(label(Form::Some(&["Read", "Script"]), "read, Script"), None);
        assert_eq!(
            label(Form::Some(&["Read", "Script"]), "Read Script"),
            told("no such value")
        );
        assert_eq!(label(Form::Time(0, 90, 60), "00:01:00"), None);
        assert_eq!(
            label(Form::Time(0, 90, 60), "00:01:30"),
            told("not in whole minutes")
        );
        assert_eq!(label(Form::Time(0, 90, 60), "00:02:00"), told("too long"));
        assert_eq!(label(Form::Filled, ""), told("nothing there"));
    }
}
