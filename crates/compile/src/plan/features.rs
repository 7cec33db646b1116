//! What has to be installed on a server before it can run the application.

use iisc_spec::model::{AppSpec, ErrorDetails, ErrorPages};
use iisc_spec::{Feature, Target};

/// What has to be installed on a server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requirements {
    /// Features of Windows, parents before their children.
    pub features: Vec<WindowsFeature>,
    /// Modules of IIS that those features bring.
    pub modules: Vec<&'static str>,
    /// What is installed from a download.
    pub extensions: Vec<&'static str>,
}

/// A feature of Windows by its two names (section 8.6 of the IIS fact sheet).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowsFeature {
    /// What `dism /online /enable-feature` calls it.
    pub dism: &'static str,
    /// What Server Manager, `servermanagercmd -install` and `Install-WindowsFeature` call it.
    pub server_manager: &'static str,
    /// What it is needed for, without a capital.
    pub why: &'static str,
}

const fn feature(
    dism: &'static str,
    server_manager: &'static str,
    why: &'static str,
) -> WindowsFeature {
    WindowsFeature {
        dism,
        server_manager,
        why,
    }
}

const ROLE: WindowsFeature = feature("IIS-WebServerRole", "Web-Server", "the web server");
const SERVER: WindowsFeature = feature("IIS-WebServer", "Web-WebServer", "the web server");
const DEVELOPMENT: WindowsFeature = feature(
    "IIS-ApplicationDevelopment",
    "Web-App-Dev",
    "holds the features for applications",
);
const CGI: WindowsFeature = feature("IIS-CGI", "Web-CGI", "starts Python by FastCGI");
const INITIALIZATION: WindowsFeature = feature(
    "IIS-ApplicationInit",
    "Web-AppInit",
    "starts the application before its first client (`warm-up`)",
);
const COMMON: WindowsFeature = feature(
    "IIS-CommonHttpFeatures",
    "Web-Common-Http",
    "holds the features for files and error pages",
);
const ERRORS: WindowsFeature = feature(
    "IIS-HttpErrors",
    "Web-Http-Errors",
    "IIS's own error pages (`errors`)",
);
const STATIC: WindowsFeature = feature(
    "IIS-StaticContent",
    "Web-Static-Content",
    "sends static files (`static`)",
);
const SECURITY: WindowsFeature = feature(
    "IIS-Security",
    "Web-Security",
    "holds the features that turn requests away",
);
const FILTERING: WindowsFeature = feature(
    "IIS-RequestFiltering",
    "Web-Filtering",
    "turns requests away (`limits`, `request-filtering`)",
);
const BASIC: WindowsFeature = feature(
    "IIS-BasicAuthentication",
    "Web-Basic-Auth",
    "asks for name and password (`authentication.basic`)",
);
const WINDOWS: WindowsFeature = feature(
    "IIS-WindowsAuthentication",
    "Web-Windows-Auth",
    "lets users in by their Windows account (`authentication.windows`)",
);

/// What IIS 6 calls web server, and IIS Express has in it, is no feature of Windows that could be asked for by name.
pub(super) fn requirements(spec: &AppSpec, target: Target) -> Requirements {
    if !target.has(Feature::Schema) {
        return Requirements {
            extensions: vec!["FastCGI Extension 1.5 for IIS 6.0"],
            ..Requirements::default()
        };
    }
    let groups = groups(spec, target);
    let needed = groups
        .iter()
        .flat_map(|(_, children)| children.iter().filter(|(_, _, needed)| *needed));
    let modules = needed.map(|(_, module, _)| *module).collect();
    let features = match target {
        Target::IisExpress => Vec::new(),
        Target::Iis6
        | Target::Iis7
        | Target::Iis7_5
        | Target::Iis8
        | Target::Iis8_5
        | Target::Iis10 => features(&groups),
    };
    Requirements {
        features,
        modules,
        extensions: Vec::new(),
    }
}

/// A feature, the module that it brings, and whether the application needs it.
type Child = (WindowsFeature, &'static str, bool);

/// The features that are worth asking for, below the one that holds them.
fn groups(spec: &AppSpec, target: Target) -> [(WindowsFeature, Vec<Child>); 3] {
    let errors = &spec.errors;
    let own_pages =
        errors.pages != ErrorPages::PassThrough || errors.details != ErrorDetails::Local;
    let filters = spec.limits != Default::default() || spec.request_filtering != Default::default();
    let warm_up = spec.warm_up.is_some() && target.has(Feature::Preload);
    let (files, sign_in) = (!spec.static_files.is_empty(), &spec.authentication);
    [
        (
            DEVELOPMENT,
            vec![
                (CGI, "FastCgiModule", true),
                (INITIALIZATION, "ApplicationInitializationModule", warm_up),
            ],
        ),
        (
            COMMON,
            vec![
                (ERRORS, "CustomErrorModule", own_pages),
                (STATIC, "StaticFileModule", files),
            ],
        ),
        (
            SECURITY,
            vec![
                (FILTERING, "RequestFilteringModule", filters),
                (BASIC, "BasicAuthenticationModule", sign_in.basic),
                (WINDOWS, "WindowsAuthenticationModule", sign_in.windows),
            ],
        ),
    ]
}

/// Parents are named because `dism` without `/all`, which Windows Server 2008 has not got, does not add them.
fn features(groups: &[(WindowsFeature, Vec<Child>)]) -> Vec<WindowsFeature> {
    let mut features = vec![ROLE, SERVER];
    for (parent, children) in groups {
        let needed = children.iter().filter(|(_, _, needed)| *needed);
        let mut needed = needed.map(|(feature, _, _)| *feature).peekable();
        features.extend(needed.peek().is_some().then_some(*parent));
        features.extend(needed);
    }
    features
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::planned;

    fn names(more: &str, target: Target) -> Vec<&'static str> {
        let features = planned(more, target).requires.features;
        features.iter().map(|feature| feature.dism).collect()
    }

    const LEAST: [&str; 4] = [
        "IIS-WebServerRole",
        "IIS-WebServer",
        "IIS-ApplicationDevelopment",
        "IIS-CGI",
    ];

    #[test]
    fn a_plain_application_needs_fastcgi_alone() {
        for target in [Target::Iis7, Target::Iis10] {
            assert_eq!(names("", target), LEAST);
            assert_eq!(planned("", target).requires.modules, ["FastCgiModule"]);
        }
    }

    #[test]
    fn only_servers_of_windows_have_features() {
        let old = planned("", Target::Iis6).requires;
        assert_eq!(old.extensions, ["FastCGI Extension 1.5 for IIS 6.0"]);
        assert!(old.features.is_empty() && old.modules.is_empty());
        let express = planned("", Target::IisExpress).requires;
        assert!(express.features.is_empty());
        assert_eq!(express.modules, ["FastCgiModule"]);
    }

    #[test]
    fn what_the_spec_asks_for_is_needed_and_its_parents_come_first() {
        let more = r#", "static": {"/a": {"folder": "web"}}, "limits": {"body": "1KB"}, "warm-up": {},
            "authentication": {"windows": true, "basic": true}, "errors": {"pages": "replace"}"#;
        let mut expected = LEAST.to_vec();
        expected.extend([
            "IIS-ApplicationInit",
            "IIS-CommonHttpFeatures",
            "IIS-HttpErrors",
            "IIS-StaticContent",
            "IIS-Security",
            "IIS-RequestFiltering",
            "IIS-BasicAuthentication",
            "IIS-WindowsAuthentication",
        ]);
        assert_eq!(names(more, Target::Iis10), expected);
        let requires = planned(more, Target::Iis10).requires;
        assert_eq!(requires.modules.len(), 7);
        let roles = requires
            .features
            .iter()
            .map(|feature| feature.server_manager);
        assert!(roles.clone().all(|name| name.starts_with("Web-")));
        assert!(roles.clone().any(|name| name == "Web-Basic-Auth"));
        // The module for this came with IIS 8.
        expected.remove(4);
        assert_eq!(names(more, Target::Iis7_5), expected);
    }
}
