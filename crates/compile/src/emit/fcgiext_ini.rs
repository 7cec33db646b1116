//! `fcgiext.ini`: the FastCGI registration of IIS 6, as a whole file and as what goes into one that is there.

use iisc_spec::Target;

use super::{Emitter, NOTE};
use crate::artifact::Artifact;
use crate::plan::{Location, Plan};
use crate::text::Unsayable;
use crate::text::ini::{Ini, Section, environment_vars};

/// Name of the whole file. Steps of set-up name it too.
pub(crate) const NAME: &str = "fcgiext.ini";

pub(super) static EMITTER: Emitter = Emitter {
    name: NAME,
    purpose: "FastCGI registration: all of %WINDIR%\\system32\\inetsrv\\fcgiext.ini of a server without others",
    targets: &[Target::Iis6],
    emit,
};

pub(super) static FRAGMENT: Emitter = Emitter {
    name: "fcgiext.fragment.ini",
    purpose: "FastCGI registration, to be put by hand into the fcgiext.ini of a server that has others",
    targets: &[Target::Iis6],
    emit: emit_fragment,
};

fn emit(plan: &Plan) -> Result<Artifact, Unsayable> {
    let text = Ini::default()
        .section(types(plan))
        .section(pool(plan)?)
        .print(NOTE)?;
    Ok(Artifact::for_target(plan.target, EMITTER.name, text))
}

/// The same two sections. A server's file has `[Types]` once, so that its line has to go below the one that is there.
fn emit_fragment(plan: &Plan) -> Result<Artifact, Unsayable> {
    let types = types(plan).comment("This line goes below the [Types] that is there already.");
    let pool = pool(plan)?.comment("This section goes to the end of the file.");
    let text = Ini::default().section(types).section(pool).print(NOTE)?;
    Ok(Artifact::for_target(plan.target, FRAGMENT.name, text))
}

/// The usual `StderrMode`, with a small `e` (section 4.4 of the IIS fact sheet).
const RETURN_STDERR: &str = "ReturnStderrIn500";

fn types(plan: &Plan) -> Section {
    Section::new("Types")
        .from(plan.sources.of(&["name", "site"]))
        .pair(types_key(&plan.location), &plan.name)
}

/// The wildcard of one application, or of the whole site if the application is the site.
fn types_key(location: &Location) -> String {
    match location.path.as_str() {
        "/" => format!("*:{}", location.site_id),
        path => format!("*:/lm/w3svc/{}/root{path}", location.site_id),
    }
}

fn pool(plan: &Plan) -> Result<Section, Unsayable> {
    let section = Section::new(&plan.name)
        .from(plan.sources.of(&[
            "name",
            "python.interpreter",
            "bridge",
            "environment",
            "process",
            "streaming",
        ]))
        .pair("ExePath", &plan.key.full_path)
        .pair("Arguments", &plan.key.arguments);
    // A reader refuses a key without a value.
    let section = match plan.environment.as_slice() {
        [] => section,
        variables => section.pair("EnvironmentVars", environment_vars(variables)?),
    };
    let settings = plan.process.settings(RETURN_STDERR);
    let settings = settings.map(|(name, value)| (capitalised(name), value));
    let limit = plan.response_buffer_limit;
    let limit = limit.map(|limit| ("ResponseBufferLimit".to_owned(), limit.to_string()));
    Ok(settings
        .chain(limit)
        .fold(section, |section, (key, value)| section.pair(key, value)))
}

fn capitalised(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    first.to_uppercase() + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::planned;

    #[test]
    fn what_is_not_usual_stands_at_the_end() {
        let more = r#", "streaming": true, "process": {"stderr": "return-generic-500", "monitor": "D:\\s\\m.txt"}"#;
        let text = emit(&planned(more, Target::Iis6)).unwrap().text;
        let end =
            "StderrMode=ReturnGeneric500\nMonitorChangesTo=D:\\s\\m.txt\nResponseBufferLimit=0\n";
        assert!(text.ends_with(end), "{text}");
    }

    #[test]
    fn the_fragment_says_the_same_and_where_it_goes() {
        let plan = planned("", Target::Iis6);
        let said = |text: &str| {
            let lines = text.lines().filter(|line| !line.starts_with(';'));
            lines.map(str::to_owned).collect::<Vec<_>>()
        };
        let (whole, fragment) = (emit(&plan).unwrap(), emit_fragment(&plan).unwrap());
        assert_eq!(said(&whole.text), said(&fragment.text));
        assert!(fragment.text.contains("; This line goes below"));
    }

    #[test]
    fn processes_without_variables_have_no_line_for_them() {
        let plan = planned(r#", "bridge": {"kind": "wfastcgi"}"#, Target::Iis6);
        assert!(!emit(&plan).unwrap().text.contains("EnvironmentVars"));
    }
}
