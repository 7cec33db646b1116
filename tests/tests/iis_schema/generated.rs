//! The files of hundreds of generated specs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;
use std::sync::LazyLock;

use iisc_compile::{Artifact, Input, Layout, Project};
use iisc_gateway_core::xml::{self, Element};
use iisc_spec::{Profiled, Target, ValidSpec};
use iisc_tests::iis_schema::File;
use iisc_tests::tool;

use crate::artifacts::{Built, level, problems};
use crate::keys;
use crate::reference::Reference;
use crate::specs::{Spec, Specs};

/// The specs of every test here, and what made them.
struct Generated {
    specs: Vec<Spec>,
    source: Specs,
}

impl Generated {
    fn get() -> &'static Self {
        static MADE: LazyLock<Generated> = LazyLock::new(|| {
            let mut source = Specs::new();
            let specs = (0..300).map(|_| source.spec()).collect();
            Generated { specs, source }
        });
        &MADE
    }
}

/// What the file is without a profile, and under each of its profiles.
fn variants(spec: &Spec) -> impl Iterator<Item = (&[ValidSpec], &[Profiled])> {
    let under = spec.profiles.iter();
    let under = under.map(|it| (it.applications.as_slice(), [].as_slice()));
    let base = (
        spec.checked.applications.as_slice(),
        spec.profiles.as_slice(),
    );
    [base].into_iter().chain(under)
}

fn compiled(spec: &Spec, applications: &[ValidSpec], profiles: &[Profiled]) -> Vec<Artifact> {
    let applications: Vec<_> = applications.iter().collect();
    let project = Project {
        applications: &applications,
        profiles,
        layout: Layout::ByApplication,
        input: Input {
            file_name: "app.iis.yaml",
            bytes: spec.text.as_bytes(),
        },
        source_map: Some(&spec.checked.source),
    };
    iisc_compile::compile(&project).unwrap_or_else(|error| panic!("{}: {error}", spec.text))
}

/// The files that are configuration of IIS, by target.
fn built(applications: &[ValidSpec], artifacts: &[Artifact]) -> BTreeMap<Target, Vec<Built>> {
    let file = |path: &str| {
        let artifact = artifacts.iter().find(|artifact| artifact.path == path)?;
        Some(File::parse(path, &artifact.bytes()).unwrap())
    };
    let mut built: BTreeMap<Target, Vec<Built>> = BTreeMap::new();
    for application in applications {
        for target in &application.targets {
            let folder = format!("{}/{target}", application.name);
            built.entry(*target).or_default().push(Built {
                target: *target,
                level: level(application),
                web: file(&format!("{folder}/Web.config")).unwrap(),
                fragment: file(&format!("{folder}/applicationHost.fragment.config")),
            });
        }
    }
    built
}

#[test]
fn the_specs_use_the_whole_language() {
    let Generated { specs, source } = Generated::get();
    let used: BTreeSet<String> = specs
        .iter()
        .flat_map(|it| keys::of_file(&source.schema, &it.file))
        .collect();
    let unused: Vec<String> = keys::of_language(&source.schema)
        .difference(&used)
        .cloned()
        .collect();
    assert_eq!(unused, [""; 0]);
    let applications = specs.iter().flat_map(|it| &it.checked.applications);
    let targets: BTreeSet<Target> = applications.flat_map(|it| it.targets.clone()).collect();
    assert_eq!(targets, BTreeSet::from(Target::ALL));
    assert!(specs.iter().any(|it| it.checked.applications.len() > 2));
    assert!(specs.iter().any(|it| it.profiles.len() > 1));
    let share = 100 * source.kept / source.tried;
    assert!(share >= 50, "{share} of 100 groups of keys are right");
}

#[test]
fn what_is_compiled_is_configuration_that_iis_reads() {
    let Some(reference) = Reference::get() else {
        return;
    };
    let hosts = reference.hosts.iter().cycle();
    for (spec, host) in Generated::get().specs.iter().zip(hosts) {
        for (applications, profiles) in variants(spec) {
            let artifacts = compiled(spec, applications, profiles);
            for (target, built) in built(applications, &artifacts) {
                let found = problems(reference, host, &built);
                assert_eq!(found, [], "{target}: {}", spec.text);
            }
        }
    }
}

/// An element without what canonical XML changes: lines, and the order of attributes.
fn plain(element: &Element) -> Element {
    let mut attributes = element.attributes.clone();
    attributes.sort();
    Element {
        name: element.name.clone(),
        attributes,
        children: element.children.iter().map(plain).collect(),
        line: 0,
    }
}

/// libxml2 is told to write each file in canonical form, which our reader must take for the same as the file itself.
#[test]
fn two_readers_of_xml_agree_on_every_file() {
    let Some(xmllint) = tool("xmllint") else {
        return;
    };
    let specs = Generated::get().specs.iter();
    let artifacts = specs.flat_map(|it| compiled(it, &it.checked.applications, &it.profiles));
    let is_xml = |artifact: &Artifact| artifact.text.starts_with("<?xml");
    let files: Vec<Vec<u8>> = artifacts.filter(is_xml).map(|it| it.bytes()).collect();
    let folder = tempfile::tempdir().unwrap();
    for (number, bytes) in files.iter().enumerate() {
        fs::write(folder.path().join(format!("{number}.xml")), bytes).unwrap();
    }
    let numbers: Vec<usize> = (0..files.len()).collect();
    for numbers in numbers.chunks(500) {
        let output = Command::new(&xmllint)
            .args(["--nonet", "--c14n"])
            .args(numbers.iter().map(|number| format!("{number}.xml")))
            .current_dir(folder.path())
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && errors.is_empty(), "{errors}");
        let text = String::from_utf8(output.stdout).unwrap();
        let theirs: Vec<Element> = documents(&text).iter().map(plain).collect();
        let ours = numbers
            .iter()
            .map(|number| plain(&xml::parse(&files[*number]).unwrap()));
        assert_eq!(ours.collect::<Vec<_>>(), theirs);
    }
}

/// The documents that stand one behind the other in a text. Each ends with its top element's closing tag, which no
/// attribute can hold: there `<` is written `&lt;`.
fn documents(text: &str) -> Vec<Element> {
    let mut documents = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (_, top) = rest.split_once("-->\n<").unwrap();
        let name = top.split_once(['>', ' ']).unwrap().0;
        let end = format!("</{name}>");
        let (document, more) = rest.split_at(rest.find(&end).unwrap() + end.len());
        documents.push(xml::parse(document.as_bytes()).unwrap());
        rest = more.trim();
    }
    documents
}
