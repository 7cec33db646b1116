//! The site, and the addresses that it answers on.

use iisc_spec::model::{self, AppSpec, HostName, WinPath};
use iisc_spec::{Feature, Target};

/// What set-up needs to know of a site beside its name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// The number that the spec gives it. Without one a new site gets the next that is free.
    pub id: Option<u32>,
    /// Addresses that it answers on. Without any it keeps those that it has.
    pub bindings: Vec<Binding>,
    /// An empty folder that becomes the root of the site, if set-up has to make the site and the application is
    /// further down in it: IIS wants something at `/` (section 2.6 of the IIS fact sheet). Not IIS's own `wwwroot`,
    /// because whatever lies there would be seen at this site too, and its `Web.config` would be inherited.
    pub empty_root: Option<WinPath>,
}

/// An address that a site answers on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// `http` or `https`.
    pub protocol: &'static str,
    /// `IP:port:host`.
    pub information: String,
    /// How the certificate is found, if not by the address alone: 1 by the name of the host, 2 in the central store,
    /// 3 both.
    pub ssl_flags: u32,
    /// The certificate of an `https` address, which Windows keeps and not IIS.
    pub certificate: Option<Certificate>,
}

/// A certificate, as `netsh http add sslcert` takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The address that it belongs to: `ipport=0.0.0.0:443`, `hostnameport=shop.example.com:443`, `ccs=443`.
    pub endpoint: String,
    /// Its thumbprint and its store; `None` for the central store, which finds certificates by their file names.
    pub stored: Option<(String, String)>,
}

/// Decides it.
pub(super) fn site(spec: &AppSpec, target: Target) -> Site {
    let below = spec.site.path.as_str() != "/";
    Site {
        id: spec.site.id,
        bindings: match target {
            Target::IisExpress => on_this_machine(&spec.site.bindings),
            Target::Iis6
            | Target::Iis7
            | Target::Iis7_5
            | Target::Iis8
            | Target::Iis8_5
            | Target::Iis10 => bindings(spec.site.bindings.iter(), target),
        },
        empty_root: below.then(|| empty_root(spec)),
    }
}

/// Beside the application's own folder.
fn empty_root(spec: &AppSpec) -> WinPath {
    let folder = spec.root.parent().unwrap_or_else(|| spec.root.clone());
    folder.join(&format!("{}-site", spec.name))
}

/// IIS Express answers on `localhost` alone as long as no administrator lets it do more, on port 8080 unless the spec
/// has an address of that name.
fn on_this_machine(all: &[model::Binding]) -> Vec<Binding> {
    let local = all.iter().filter(|binding| {
        let host = binding.host.as_ref().map(HostName::as_str);
        host.is_some_and(|host| host.eq_ignore_ascii_case("localhost"))
    });
    let found = bindings(local, Target::IisExpress);
    match found.is_empty() {
        true => vec![Binding {
            protocol: "http",
            information: "*:8080:localhost".to_owned(),
            ssl_flags: 0,
            certificate: None,
        }],
        false => found,
    }
}

fn bindings<'a>(all: impl Iterator<Item = &'a model::Binding>, target: Target) -> Vec<Binding> {
    all.map(|binding| {
        let by_name = binding.host.is_some() && target.has(Feature::Sni);
        let certificate = binding.certificate.as_ref();
        let central = certificate.is_some_and(|it| it.central) && target.has(Feature::Sni);
        Binding {
            protocol: binding.protocol(),
            information: binding.information(),
            ssl_flags: match certificate {
                Some(_) => u32::from(by_name) + 2 * u32::from(central),
                None => 0,
            },
            certificate: certificate.map(|it| certified(binding, it, by_name)),
        }
    })
    .collect()
}

fn certified(
    binding: &model::Binding,
    certificate: &model::Certificate,
    by_name: bool,
) -> Certificate {
    let port = binding.port();
    let Some(thumbprint) = &certificate.thumbprint else {
        return Certificate {
            endpoint: format!("ccs={port}"),
            stored: None,
        };
    };
    let endpoint = match (&binding.host, binding.address.as_str()) {
        (Some(host), _) if by_name => format!("hostnameport={host}:{port}"),
        // What IIS calls `*` is this address to Windows.
        (Some(_) | None, "*") => format!("ipport=0.0.0.0:{port}"),
        (Some(_) | None, address) => format!("ipport={address}:{port}"),
    };
    Certificate {
        endpoint,
        stored: Some((
            thumbprint.as_str().to_ascii_lowercase(),
            certificate.store.to_string(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::planned;

    fn told(bindings: &str, target: Target) -> Vec<String> {
        let more = format!(r#", "site": {{"bindings": [{bindings}]}}"#);
        let bindings = planned(&more, target).host.site.bindings;
        let told = bindings.into_iter().map(|it| {
            let endpoint = it.certificate.map_or_else(String::new, |it| it.endpoint);
            format!(
                "{}/{} {} {endpoint}",
                it.protocol, it.information, it.ssl_flags
            )
        });
        told.collect()
    }

    #[test]
    fn a_certificate_belongs_to_a_name_since_iis_8() {
        let print = r#""certificate": {"thumbprint": "0123456789ABCDEF0123456789ABCDEF01234567"}"#;
        let central = r#""certificate": {"central": true}"#;
        for (binding, target, expected) in [
            (
                format!(r#"{{"host": "a.b", {print}}}"#),
                Target::Iis8,
                "https/*:443:a.b 1 hostnameport=a.b:443",
            ),
            (
                format!(r#"{{"host": "a.b", {print}}}"#),
                Target::Iis7_5,
                "https/*:443:a.b 0 ipport=0.0.0.0:443",
            ),
            (
                format!(r#"{{"address": "10.0.0.5", "port": 444, {print}}}"#),
                Target::Iis10,
                "https/10.0.0.5:444: 0 ipport=10.0.0.5:444",
            ),
            (
                format!(r#"{{"host": "a.b", {central}}}"#),
                Target::Iis10,
                "https/*:443:a.b 3 ccs=443",
            ),
            (
                r#"{"host": "a.b"}"#.to_owned(),
                Target::Iis7,
                "http/*:80:a.b 0 ",
            ),
        ] {
            assert_eq!(told(&binding, target), [expected]);
        }
    }

    #[test]
    fn iis_express_answers_on_this_machine_alone() {
        let express = |bindings| told(bindings, Target::IisExpress);
        assert_eq!(express(""), ["http/*:8080:localhost 0 "]);
        assert_eq!(express(r#"{"host": "a.b"}"#), ["http/*:8080:localhost 0 "]);
        assert_eq!(
            express(r#"{"host": "a.b"}, {"host": "LocalHost", "port": 81}"#),
            ["http/*:81:LocalHost 0 "]
        );
        assert_eq!(told("", Target::Iis10), [""; 0]);
    }

    #[test]
    fn only_an_application_further_down_needs_another_root() {
        let root = |more| planned(more, Target::Iis10).host.site.empty_root;
        assert_eq!(root(""), None);
        let below = root(r#", "site": {"path": "/a"}"#);
        assert_eq!(below.unwrap().as_str(), r"D:\s-site");
    }
}
