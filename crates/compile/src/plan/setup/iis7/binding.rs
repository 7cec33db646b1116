//! The addresses of a site, and their certificates, which Windows keeps.

use super::ask::mentions;
use super::command::{ALREADY_THERE, Object, object};
use crate::plan::Plan;
use crate::plan::host::{Binding, Certificate};
use crate::plan::setup::{Command, Program, Question, Step, Success};
use crate::text::appcmd::entry;

/// In whose name a certificate is bound: IIS, by the same identifier that IIS Manager uses.
const IIS: &str = "appid={4dc3e181-e14b-4a21-b022-59fc669b0914}";

/// A step for each address, and before it one for its certificate, unless an earlier address has the same.
pub(super) fn steps(plan: &Plan) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut bound = Vec::new();
    for (index, binding) in plan.host.site.bindings.iter().enumerate() {
        let number = index + 1;
        let certificate = binding.certificate.as_ref();
        if let Some(certificate) = certificate.filter(|it| !bound.contains(&&it.endpoint)) {
            bound.push(&certificate.endpoint);
            steps.push(certified(number, certificate));
        }
        steps.push(bind(plan, number, binding));
    }
    steps
}

/// In the list of a site's addresses each is followed by a comma, even the last, since the state of the site comes behind
/// them; so one that begins like another is not taken for it.
fn bind(plan: &Plan, number: usize, binding: &Binding) -> Step {
    let site = Object::Site(&plan.location.site);
    let address = format!("{}/{}", binding.protocol, binding.information);
    let title = format!("address {address} of the site {}", plan.location.site);
    let step = Step::new(format!("binding-{number}"), title);
    let key = [
        ("protocol", binding.protocol),
        ("bindingInformation", &binding.information),
    ];
    let flags = binding.ssl_flags.to_string();
    let flags = (binding.ssl_flags > 0).then_some(("sslFlags", flags.as_str()));
    let all: Vec<(&str, &str)> = key.into_iter().chain(flags).collect();
    let change = |sign: char, entry: String| {
        object("set", site).argument(format!("/{sign}bindings.{entry}"))
    };
    mentions(
        step,
        object("list", site),
        &["(id:", &format!("{address},")],
    )
    .run(change('+', entry(&all)).success(Success::ZeroOr(ALREADY_THERE)))
    .undone_by(change('-', entry(&key)).success(Success::Any))
}

/// Binds the certificate to its address, in the place of another: a certificate that is renewed has another thumbprint.
fn certified(number: usize, certificate: &Certificate) -> Step {
    let endpoint = certificate.endpoint.as_str();
    let (_, address) = endpoint.split_once('=').unwrap_or(("", endpoint));
    let step = Step::new(
        format!("certificate-{number}"),
        format!("certificate of {address}"),
    );
    let shown = netsh("show", endpoint);
    let step = match &certificate.stored {
        Some((thumbprint, _)) => mentions(step, shown, &[thumbprint]),
        None => step.asking(Question::Succeeds(shown)),
    };
    let advice = match &certificate.stored {
        Some((thumbprint, store)) => format!(
            "put the certificate {thumbprint} with its private key into the store {store} of the computer, and run this again"
        ),
        None => "set the central certificate store of IIS up, and run this again".to_owned(),
    };
    let stored = certificate.stored.iter();
    let stored = stored.flat_map(|(thumbprint, store)| {
        [
            format!("certhash={thumbprint}"),
            format!("certstorename={store}"),
        ]
    });
    let delete = || netsh("delete", endpoint).success(Success::Any);
    step.advising(advice)
        .run(delete())
        .run(netsh("add", endpoint).arguments(stored).argument(IIS))
        .undone_by(delete())
}

fn netsh(verb: &str, endpoint: &str) -> Command {
    Command::new(Program::Netsh).arguments(["http", verb, "sslcert", endpoint])
}

#[cfg(test)]
mod tests {
    use iisc_spec::Target;

    use super::super::tests::{asked, found, lines, step};

    const PRINT: &str = "0123456789abcdef0123456789abcdef01234567";

    #[test]
    fn an_address_is_added_once_and_not_taken_for_a_longer_one() {
        let more = r#", "site": {"name": "S", "bindings": [{"host": "a.b"}]}"#;
        let step = step(more, Target::Iis10, "binding-1");
        let pair = "protocol='http',bindingInformation='*:80:a.b'";
        let set = "set|site|S";
        assert_eq!(
            lines(&step.commands),
            [format!("{set}|/+bindings.[{pair}]")]
        );
        assert_eq!(lines(&step.undo), [format!("{set}|/-bindings.[{pair}]")]);
        assert_eq!(asked(&step), ["(id: & http/*:80:a.b,"]);
        assert_eq!(found("", Target::Iis10, "binding-1"), None);
    }

    #[test]
    fn a_certificate_is_bound_once_for_all_that_share_its_address() {
        let one = |host: &str| {
            format!(r#"{{"host": "{host}", "certificate": {{"thumbprint": "{PRINT}"}}}}"#)
        };
        let more = format!(
            r#", "site": {{"bindings": [{}, {}]}}"#,
            one("a.b"),
            one("c.b")
        );
        let old = step(&more, Target::Iis7_5, "certificate-1");
        assert_eq!(
            lines(&old.commands),
            [
                "http|delete|sslcert|ipport=0.0.0.0:443".to_owned(),
                format!(
                    "http|add|sslcert|ipport=0.0.0.0:443|certhash={PRINT}|certstorename=My|{}",
                    super::IIS
                ),
            ]
        );
        assert_eq!(asked(&old), [PRINT]);
        assert_eq!(found(&more, Target::Iis7_5, "certificate-2"), None);
        let new = step(&more, Target::Iis8, "certificate-2");
        assert_eq!(
            lines(&new.undo),
            ["http|delete|sslcert|hostnameport=c.b:443"]
        );
        let binding = step(&more, Target::Iis8, "binding-2");
        assert!(lines(&binding.commands)[0].ends_with("'*:443:c.b',sslFlags='1']"));
    }

    #[test]
    fn the_central_store_has_no_thumbprint() {
        let more = r#", "site": {"bindings": [{"host": "a.b", "certificate": {"central": true}}]}"#;
        let step = step(more, Target::Iis10, "certificate-1");
        assert_eq!(asked(&step), ["succeeds"]);
        let expected = format!("http|add|sslcert|ccs=443|{}", super::IIS);
        assert_eq!(lines(&step.commands)[1], expected);
    }
}
