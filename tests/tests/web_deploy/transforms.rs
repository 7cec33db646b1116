//! A transform makes exactly the `Web.config` of its profile.

use std::fs;
use std::path::Path;

use iisc_compile::emit::web_deploy::transform;
use iisc_compile::text::xml::Element as Tree;
use iisc_compile::{Artifact, Input, Layout, Project};
use iisc_gateway_core::xml::Element;
use iisc_spec::{Options, Scope};
use iisc_tests::{examples, files_below};

use crate::specs::{PROFILE, PYTHONS, SAYING, compiled, spec};
use crate::{file, for_each_pair, infoset, read, sorted, xdt};

/// A transform, what it is for, and what is to come of it.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) from: Vec<u8>,
    pub(crate) transform: Vec<u8>,
    pub(crate) to: Element,
}

/// Each pair of specs of the table, the second as a profile of the first.
pub(crate) fn pairs() -> Vec<Case> {
    let mut cases = Vec::new();
    for_each_pair(|artifacts, to| {
        let bytes = |name: &str| file(artifacts, &format!("iis10/{name}")).bytes();
        cases.push(Case {
            from: bytes("Web.config"),
            transform: bytes(&format!("Web.{PROFILE}.config")),
            to,
        });
    });
    cases
}

fn judge(cases: &[Case]) {
    for case in cases {
        let mut config = infoset(&case.from);
        xdt::apply(&infoset(&case.transform), &mut config);
        let transform = String::from_utf8_lossy(&case.transform);
        assert_eq!(sorted(config), case.to, "{transform}");
    }
}

#[test]
fn a_transform_makes_one_spec_of_another() {
    judge(&pairs());
}

#[test]
fn a_transform_makes_any_document_of_any_other() {
    judge(&documents());
}

#[test]
fn a_transform_makes_the_profiles_of_the_examples() {
    let mut compared = 0;
    for example in examples() {
        let bytes = fs::read(example.join("app.iis.yaml")).unwrap();
        let base = Options {
            scope: Scope::Base,
            ..Options::default()
        };
        for profile in iisc_spec::profiles("app.iis.yaml", &bytes, &base) {
            let built = built_with(&bytes, &profile.name);
            compared += compare(&example.join("expected"), &profile.name, &built);
        }
    }
    assert!(compared >= 2, "{compared}");
}

/// What `iisc build --profile` makes of a spec.
fn built_with(bytes: &[u8], profile: &str) -> Vec<Artifact> {
    let options = Options {
        scope: Scope::Profile(profile),
        ..Options::default()
    };
    let checked = iisc_spec::check("app.iis.yaml", bytes, &options);
    let applications: Vec<_> = checked.applications.iter().collect();
    let layout = Layout::of(applications.len());
    let input = Input {
        file_name: "app.iis.yaml",
        bytes,
    };
    iisc_compile::compile(&Project {
        applications: &applications,
        profiles: &[],
        layout,
        input,
        source_map: None,
    })
    .unwrap()
}

/// Applies each transform for a profile in a folder, and says how many there are.
fn compare(folder: &Path, profile: &str, built: &[Artifact]) -> usize {
    let name = format!("Web.{profile}.config");
    let files = files_below(folder).into_iter();
    let transforms: Vec<_> = files.filter(|path| path.ends_with(&name)).collect();
    for path in &transforms {
        let base = path.with_file_name("Web.config");
        let mut config = infoset(&fs::read(&base).unwrap());
        xdt::apply(&infoset(&fs::read(path).unwrap()), &mut config);
        let same = base.strip_prefix(folder).unwrap().to_str().unwrap();
        let expected = read(built, &same.replace('\\', "/"));
        assert_eq!(sorted(config), expected, "{}", path.display());
    }
    transforms.len()
}

/// Numbers that look like chance, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Elements of which some are alike, some have no key and some a strange one.
    fn trees(&mut self, depth: usize) -> Vec<Tree> {
        let count = self.below(5);
        let tree = |_| {
            let mut tree = Tree::new(self.one(&["add", "remove", "group"]));
            for name in ["key", "name", "path", "other"] {
                if self.below(3) == 0 {
                    // No tab: Mono loses those when it copies an element, and no spec can have one.
                    let values = [
                        "a", "b", "it's", "\"", "x,y", "f(", ")", "'\"", "", "a b", "<&>",
                    ];
                    tree = tree.attribute(name, self.one(&values));
                }
            }
            match depth {
                0 => tree,
                depth => tree.children(self.trees(depth - 1)),
            }
        };
        (0..count).map(tree).collect()
    }
}

/// Documents made at random.
pub(crate) fn documents() -> Vec<Case> {
    let mut numbers = Numbers(4);
    let printed = |tree: &Tree| tree.print("note").unwrap().into_bytes();
    let mut document = || Tree::new("configuration").children(numbers.trees(2));
    let case = |_| {
        let (from, to) = (document(), document());
        Case {
            from: printed(&from),
            transform: printed(&transform(&from, &to)),
            to: infoset(&printed(&to)),
        }
    };
    (0..2_000).map(case).collect()
}

#[test]
fn a_transform_of_the_same_changes_nothing() {
    let same = spec(PYTHONS[0], SAYING[1]);
    let artifacts = compiled(&same, Some(&same));
    assert_eq!(read(&artifacts, "iis10/Web.other.config").children, []);
}
