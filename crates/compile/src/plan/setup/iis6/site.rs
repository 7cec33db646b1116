//! Site, application and folders of files in the metabase.

use iisc_spec::model::{AppSpec, Authentication, Binding, Permission};

use super::Job;
use crate::plan::setup::Step;
use crate::plan::{Plan, StaticFolder};

/// The site if it is not there, and the application in it.
pub(super) fn steps(spec: &AppSpec, plan: &Plan) -> Vec<Step> {
    let location = &plan.location;
    let mut steps = vec![site(spec, plan)];
    steps.extend(bindings(spec, plan));
    let application = directory("application", plan, &location.path)
        .text(&plan.root)
        .text(&plan.pool)
        .text(&plan.name);
    let map = directory("script-map", plan, &location.path);
    steps.extend([
        application.undone(
            "application",
            format!("application {} of site {}", location.path, location.site_id),
        ),
        permissions(spec, plan),
        map.undone("script-map", "requests of the application go to FastCGI"),
    ]);
    steps.extend(sign_in(plan));
    steps.extend(static_folders(plan));
    steps
}

/// The job about a path of the site.
fn directory(what: &'static str, plan: &Plan, path: &str) -> Job {
    Job::of(what).text(plan.location.site_id).text(path)
}

/// A new site has the application's folder if it is all of the site, and else the one that IIS gives to its first site.
fn site(spec: &AppSpec, plan: &Plan) -> Step {
    let location = &plan.location;
    let folder = match location.path.as_str() {
        "/" => plan.root.as_str(),
        _ => "",
    };
    Job::of("site")
        .text(location.site_id)
        .text(&location.site)
        .text(folder)
        .texts(addresses(spec))
        .undone(
            "site",
            format!("site {}, {}", location.site_id, location.site),
        )
}

fn bindings(spec: &AppSpec, plan: &Plan) -> Option<Step> {
    let location = &plan.location;
    let job = Job::of("bindings")
        .text(location.site_id)
        .texts(addresses(spec));
    let step = job.makes(
        "bindings",
        format!("addresses of site {}", location.site_id),
    );
    (!spec.site.bindings.is_empty()).then_some(step)
}

fn addresses(spec: &AppSpec) -> impl Iterator<Item = String> {
    let spelt = |binding: &Binding| format!("{}/{}", binding.protocol(), binding.information());
    spec.site.bindings.iter().map(spelt)
}

/// Last of all: a site of IIS 6 has one certificate, which is chosen by hand, and all else is done by then.
pub(super) fn certificate(spec: &AppSpec, plan: &Plan) -> Option<Step> {
    let mut bindings = spec.site.bindings.iter();
    let encrypted = bindings.any(|binding| binding.certificate.is_some());
    let id = plan.location.site_id;
    let step = Job::of("certificate").text(id);
    let step = step.makes("certificate", format!("site {id} has a certificate"));
    encrypted.then_some(step)
}

/// Section 5.4 of the IIS fact sheet.
fn permissions(spec: &AppSpec, plan: &Plan) -> Step {
    let flag = |permission: &Permission| match permission {
        Permission::Read => 1,
        Permission::Write => 2,
        Permission::Execute => 4,
        Permission::Source => 16,
        Permission::Script => 512,
    };
    let flags: u32 = spec.site.permissions.iter().map(flag).sum();
    directory("directory-settings", plan, &plan.location.path)
        .text(format!("AccessFlags={flags}"))
        .makes(
            "permissions",
            "what IIS may do with the application's files",
        )
}

/// `AuthFlags`: 1 anonymous, 2 basic, 4 Windows. What the spec leaves to the server stays as it is.
fn sign_in(plan: &Plan) -> Option<Step> {
    let methods = plan.web.sign_in.as_ref()?.methods.as_ref()?;
    let Authentication {
        anonymous,
        windows,
        basic,
        ..
    } = methods;
    let flags = u8::from(*anonymous) + 2 * u8::from(*basic) + 4 * u8::from(*windows);
    let job = directory("directory-settings", plan, &plan.location.path);
    let job = job.text(format!("AuthFlags={flags}"));
    Some(job.makes("sign-in", "who may send requests"))
}

/// The outer folder comes before the inner one, so that removal takes the inner one first.
fn static_folders(plan: &Plan) -> impl Iterator<Item = Step> {
    let folders = plan.web.static_folders.iter();
    (1..).zip(folders).map(|(number, mount)| {
        let job = directory("static", plan, &below(plan, &mount.url));
        let job = job.text(&mount.folder).texts(expires(mount));
        job.undone(
            &format!("static-{number}"),
            format!("IIS sends the files of {}", mount.url),
        )
    })
}

fn below(plan: &Plan, url: &str) -> String {
    format!("{}{url}", plan.location.path.trim_end_matches('/'))
}

/// `D`, for a time from now on; in seconds, hexadecimal.
fn expires(mount: &StaticFolder) -> Option<String> {
    mount.max_age.map(|seconds| format!("D, 0x{seconds:x}"))
}
