//! `iisc render`: what a spec comes to, with every default written out.

use std::fmt::Write;

use iisc_spec::ValidSpec;
use iisc_spec::resolved::Words;

use super::print;
use crate::args::RenderArgs;
use crate::exit::Exit;
use crate::given::Given;
use crate::load::Spec;

pub(crate) fn run(args: &RenderArgs) -> Exit {
    shown(args).map_or_else(|exit| exit, |text| print(&text))
}

fn shown(args: &RenderArgs) -> Result<String, Exit> {
    let given = Given::of(&args.view)?;
    let spec = Spec::load(&args.file, &args.targets, &args.view, &given)?;
    let application = spec.application(args.application.as_deref())?;
    Ok(text(&spec, application, &given, args))
}

fn text(spec: &Spec, application: &ValidSpec, given: &Given, args: &RenderArgs) -> String {
    let checked = &spec.checked;
    let name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let resolved = application.resolved(&checked.source);
    let mut text = format!("# What {name} comes to");
    if let Some(profile) = application.profile() {
        let _ = write!(text, " with profile {profile}");
    }
    text.push_str(", and where each value is from.\n");
    let others = checked.applications.iter().skip(1).map(name_of);
    let others: Vec<&str> = others.collect();
    if args.application.is_none() && !others.is_empty() {
        let _ = writeln!(
            text,
            "# Others are shown with --application: {}",
            others.join(", ")
        );
    }
    if resolved.hides() {
        text.push_str(
            "# What may be a secret is not shown, so that this is no spec to build from.\n",
        );
    }
    let words = Words {
        file: &name,
        given: &given.by,
    };
    text + &resolved.to_yaml(&words)
}

fn name_of(application: &ValidSpec) -> &str {
    application.name.as_str()
}
