//! The application pool.

use crate::plan::Plan;
use crate::text::xml::Element;

/// The pool. A password is not part of it: it comes onto the server by set-up alone.
pub(super) fn pool(plan: &Plan) -> Element {
    let add = Element::new("add")
        .attribute("name", &plan.pool)
        .from(plan.sources.of(&["pool"]));
    let pool = &plan.host.pool;
    let settings: Vec<Setting<'_>> = pool
        .settings
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    grown(add, &settings, &pool.schedule)
}

/// What is left of a dotted name, and the value.
type Setting<'a> = (&'static str, &'a str);

/// The element with its attributes, and an element for each name in front of a dot.
fn grown(element: Element, settings: &[Setting<'_>], schedule: &[String]) -> Element {
    let mut own = Vec::new();
    let mut inner: Vec<(&'static str, Vec<Setting<'_>>)> = Vec::new();
    for (name, value) in settings {
        let Some((first, rest)) = name.split_once('.') else {
            own.push((*name, *value));
            continue;
        };
        match inner.iter_mut().find(|(known, _)| *known == first) {
            Some((_, settings)) => settings.push((rest, value)),
            None => inner.push((first, vec![(rest, value)])),
        }
    }
    let children = inner.into_iter().map(|(name, settings)| {
        let child = grown(Element::new(name), &settings, schedule);
        let at = (name == "periodicRestart" && !schedule.is_empty()).then(|| times(schedule));
        child.children(at)
    });
    element.with_attributes(own).children(children)
}

fn times(schedule: &[String]) -> Element {
    let add = |time| Element::new("add").attribute("value", time);
    Element::new("schedule").children(schedule.iter().map(add))
}

#[cfg(test)]
mod tests {
    use iisc_spec::Target;

    use super::*;
    use crate::plan::planned;

    #[test]
    fn dotted_names_become_elements() {
        let more = r#", "pool": {"recycle": {"interval": "0m", "at": ["03:00", "15:30"]}}"#;
        let text = pool(&planned(more, Target::Iis7)).print("note").unwrap();
        let (_, recycling) = text.split_once("  <recycling>\n").unwrap();
        assert_eq!(
            recycling,
            r#"    <periodicRestart time="00:00:00" requests="0" privateMemory="0">
      <schedule>
        <add value="03:00:00"/>
        <add value="15:30:00"/>
      </schedule>
    </periodicRestart>
  </recycling>
</add>
"#
        );
    }

    #[test]
    fn no_password_and_no_name_of_one_is_written() {
        let more = r#", "pool": {"identity": "specific-user", "user": {"name": "A\\b", "password-from": "PW"}}"#;
        let text = pool(&planned(more, Target::Iis10)).print("note").unwrap();
        assert!(
            text.contains(r#"identityType="SpecificUser" userName="A\b""#),
            "{text}"
        );
        assert!(!text.contains("PW") && !text.contains("assword"), "{text}");
    }
}
