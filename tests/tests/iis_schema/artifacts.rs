//! The files of one application for one version of IIS, held against the schema and the two servers.

use iisc_gateway_core::xml::Element;
use iisc_spec::Target;
use iisc_spec::model::AppSpec;
use iisc_tests::iis_schema::{File, Problem, Rule, merge};

use crate::reference::{Host, Reference};

/// One application for one target: its files that are configuration of IIS.
#[derive(Debug)]
pub(crate) struct Built {
    pub(crate) target: Target,
    /// Its place on the server, such as `Default Web Site/shop`.
    pub(crate) level: String,
    pub(crate) web: File,
    /// None for IIS 6, which has no `applicationHost.config`.
    pub(crate) fragment: Option<File>,
}

/// The place of an application on a server.
pub(crate) fn level(spec: &AppSpec) -> String {
    let path = spec.site.path.as_str();
    format!("{}{}", spec.site.name, path.trim_end_matches('/'))
}

/// What is wrong with the files of applications that share a site: alone, and put into a server.
pub(crate) fn problems(reference: &Reference, host: &Host, applications: &[Built]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for built in applications {
        let server = reference.server(built.target, host);
        let alone = match &built.fragment {
            Some(fragment) => server.judge(fragment, &[(&built.level, &built.web)]),
            None => server.judge(&built.web, &[]),
        };
        problems.extend(alone);
    }
    problems.extend(merged(reference, host, applications));
    problems
}

/// What is wrong with a server that has all of the applications, and was right before. It is one of IIS 10, whatever
/// the files are for: values of older versions were judged without it.
fn merged(reference: &Reference, host: &Host, applications: &[Built]) -> Vec<Problem> {
    if applications.iter().all(|it| it.fragment.is_none()) {
        return Vec::new();
    }
    let server = reference.server(Target::Iis10, host);
    let fragments = applications.iter().filter_map(|it| it.fragment.as_ref());
    let clean = fragments.clone().fold(host.file.clone(), without_its_sites);
    let whole = fragments.fold(clean, |host, fragment| {
        merge(server.schema, &host, fragment)
    });
    let webs = applications.iter().map(|it| (it.level.as_str(), &it.web));
    let mut problems = server.judge(&whole, &webs.collect::<Vec<_>>());
    problems.retain(|problem| !is_of_the_server(host, problem));
    problems
}

/// The server without sites that have the number or the name of one in the fragment, but not both: a spec that takes
/// what is another's is not meant for that server.
fn without_its_sites(host: File, fragment: &File) -> File {
    let ours = fragment.root.descendants_named("site");
    let same = |it: &Element, site: &Element, name: &str| {
        let values = [it, site].map(|site| site.attribute(name).unwrap_or_default().to_lowercase());
        values[0] == values[1]
    };
    let clashes = |it: &Element| {
        let mut ours = ours.iter();
        it.name == "site" && ours.any(|site| same(it, site, "id") != same(it, site, "name"))
    };
    let mut host = host;
    for group in &mut host.root.children {
        for section in &mut group.children {
            section.children.retain(|child| !clashes(child));
        }
    }
    host
}

/// A server has sections of modules whose schema is not beside the project.
fn is_of_the_server(host: &Host, problem: &Problem) -> bool {
    problem.rule == Rule::KnownSection && problem.file.starts_with(&host.file.name)
}
