//! The golden files of the examples.

use std::fs;
use std::path::Path;

use iisc_spec::{Options, Scope, Target};
use iisc_tests::iis_schema::{File, Rule};
use iisc_tests::{examples, workspace};

use crate::artifacts::{Built, level, problems};
use crate::reference::Reference;

fn file(path: &Path) -> Option<File> {
    let bytes = fs::read(path).ok()?;
    Some(File::parse(path.to_string_lossy(), &bytes).unwrap())
}

/// What the folder of an example holds of an application for a target.
fn built(folder: &Path, level: &str, target: Target) -> Built {
    let folder = folder.join(target.name());
    Built {
        target,
        level: level.to_owned(),
        web: file(&folder.join("Web.config")).unwrap(),
        fragment: file(&folder.join("applicationHost.fragment.config")),
    }
}

#[test]
fn the_files_of_every_example_are_configuration_that_iis_reads() {
    let Some(reference) = Reference::get() else {
        return;
    };
    for example in examples() {
        let bytes = fs::read(example.join("app.iis.yaml")).unwrap();
        let options = Options {
            scope: Scope::Base,
            ..Options::default()
        };
        let applications = iisc_spec::check("app.iis.yaml", &bytes, &options).applications;
        for target in Target::ALL {
            let for_target = applications
                .iter()
                .filter(|it| it.targets.contains(&target));
            let built = for_target.map(|spec| {
                let folder = example.join("expected");
                let own = folder.join(spec.name.as_str());
                let folder = if own.is_dir() { own } else { folder };
                built(&folder, &level(spec), target)
            });
            let built: Vec<Built> = built.collect();
            for host in &reference.hosts {
                let found = problems(reference, host, &built);
                assert_eq!(found, [], "{}", example.display());
            }
        }
    }
}

/// What a change to a file of the smallest example breaks.
#[test]
fn a_mistake_in_our_own_files_would_be_found() {
    const MISTAKES: [(&str, &str, Rule); 12] = [
        (
            r#"maxInstances="0""#,
            r#"maxInstances="10001""#,
            Rule::Validator,
        ),
        (
            r#"managedRuntimeVersion="#,
            "managedRuntime=",
            Rule::KnownAttribute,
        ),
        (r#"id="1""#, r#"id="one""#, Rule::Type),
        (
            r#"path="/" applicationPool"#,
            r#"path="shop" applicationPool"#,
            Rule::Validator,
        ),
        (
            "<applicationPools>",
            "<applicationPools><clear/>",
            Rule::KnownElement,
        ),
        ("fullPath", "path", Rule::Required),
        (
            r#"overrideMode="Allow""#,
            r#"overrideMode="Deny""#,
            Rule::Override,
        ),
        (
            "<httpErrors ",
            r#"<httpErrors defaultPath="x" "#,
            Rule::LockedAttribute,
        ),
        (
            "<httpErrors ",
            "<fastCgi/><httpErrors ",
            Rule::AllowDefinition,
        ),
        ("<httpErrors ", "<cgi/><httpErrors ", Rule::Override),
        (
            r#"<remove name="shop"/>"#,
            r#"<add name="StaticFile" path="*" verb="*"/>"#,
            Rule::UniqueKey,
        ),
        ("<clear/>", "<clean/>", Rule::KnownElement),
    ];
    let Some(reference) = Reference::get() else {
        return;
    };
    let folder = workspace().join("examples/minimal/expected/iis10");
    let names = ["Web.config", "applicationHost.fragment.config"];
    let texts = names.map(|name| fs::read_to_string(folder.join(name)).unwrap());
    for (right, wrong, rule) in MISTAKES {
        assert!(texts.iter().any(|text| text.contains(right)), "{right}");
        let changed =
            |text: &String| File::parse("f", text.replace(right, wrong).as_bytes()).unwrap();
        let [web, fragment] = texts.each_ref().map(changed);
        let built = Built {
            target: Target::Iis10,
            level: "Default Web Site".to_owned(),
            web,
            fragment: Some(fragment),
        };
        let found = problems(reference, &reference.hosts[0], &[built]);
        assert!(found.iter().any(|it| it.rule == rule), "{wrong}: {found:?}");
    }
}
