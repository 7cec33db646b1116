//! Every target can do what the spec asks for.

use super::{Document, Phase, Rule, Sink};
use crate::diag::Level;
use crate::model::{AppSpec, Binding, CpuAction, Identity, IdleAction, StartMode, StderrMode};
use crate::suggest::all_of;
use crate::syntax::KeyPath;
use crate::target::{Feature, Target};

pub(crate) static RULE: Rule = Rule::advice(
    9004,
    "newer-than-target",
    Level::Error,
    include_str!("newer-than-target.md"),
    Phase::Meaning(check),
);

/// A key whose value not every version of IIS knows.
struct Need {
    key: KeyPath,
    feature: Feature,
}

fn check(document: &Document<'_>, sink: &mut Sink) {
    let spec = document.spec;
    for Need { key, feature } in needs(spec) {
        // What nobody wrote is left out where it is not known.
        if document.tree.at(&key).is_none() {
            continue;
        }
        let lacking: Vec<Target> = spec
            .targets
            .iter()
            .copied()
            .filter(|target| lacks(*target, feature))
            .collect();
        let Some(first) = lacking.first() else {
            continue;
        };
        let names = all_of(lacking.iter().map(|target| target.name()));
        let targets = KeyPath::of("targets");
        let index = spec.targets.iter().position(|target| target == first);
        let problem = RULE
            .problem(format!("`{key}` asks for more than {names} can do"))
            .at(document.tree.place(&key), since(feature));
        let problem = match index.and_then(|index| document.tree.at(&targets.index(index))) {
            Some(node) => problem.with(node.span, "an earlier version"),
            None => problem,
        };
        sink.push(problem.help(way_out(&key, feature, &names)));
    }
}

/// True for a target that refuses the value, or passes over it in silence.
fn lacks(target: Target, feature: Feature) -> bool {
    // IIS 6 reads none of these keys; another rule says so.
    let unread = matches!(
        feature,
        Feature::StartMode | Feature::Preload | Feature::IdleSuspend
    );
    !target.has(feature) && (target != Target::Iis6 || !unread)
}

fn needs(spec: &AppSpec) -> Vec<Need> {
    let pool = &spec.pool;
    let process = &spec.process;
    let action = pool.cpu.as_ref().map(|cpu| cpu.action);
    let throttle = matches!(
        action,
        Some(CpuAction::Throttle | CpuAction::ThrottleUnderLoad)
    );
    let single = [
        (
            "pool.identity",
            Feature::ApplicationPoolIdentity,
            pool.identity == Some(Identity::ApplicationPool),
        ),
        (
            "pool.start-mode",
            Feature::StartMode,
            pool.start_mode == StartMode::AlwaysRunning,
        ),
        (
            "pool.idle-action",
            Feature::IdleSuspend,
            pool.idle_action == IdleAction::Suspend,
        ),
        ("pool.cpu.action", Feature::CpuThrottle, throttle),
        ("warm-up", Feature::Preload, spec.warm_up.is_some()),
        (
            "process.stderr",
            Feature::FastCgiUpdate,
            process.stderr != StderrMode::default(),
        ),
        (
            "process.stop-grace",
            Feature::FastCgiUpdate,
            process.stop_grace.0 > 0,
        ),
        (
            "process.monitor",
            Feature::FastCgiUpdate,
            process.monitor.is_some(),
        ),
    ];
    let asked = single.into_iter().filter(|(_, _, asked)| *asked);
    let mut found: Vec<Need> = asked
        .map(|(key, feature, _)| Need {
            key: KeyPath::of(key),
            feature,
        })
        .collect();
    let bindings = KeyPath::of("site.bindings");
    for (index, binding) in spec.site.bindings.iter().enumerate() {
        let before = spec.site.bindings.get(..index).unwrap_or_default();
        let key = bindings.index(index);
        if binding
            .certificate
            .as_ref()
            .is_some_and(|certificate| certificate.central)
        {
            let key = key.key("certificate").key("central");
            found.push(Need {
                key,
                feature: Feature::Sni,
            });
        } else if before.iter().any(|other| needs_name(other, binding)) {
            let key = key.key("certificate");
            found.push(Need {
                key,
                feature: Feature::Sni,
            });
        }
    }
    found
}

/// True for two `https` addresses that only the name in the client's first message tells apart.
fn needs_name(one: &Binding, other: &Binding) -> bool {
    let thumbprint = |binding: &Binding| {
        let certificate = binding.certificate.as_ref();
        certificate
            .and_then(|certificate| certificate.thumbprint.as_ref())
            .map(|thumbprint| thumbprint.as_str().to_uppercase())
    };
    let certificates = (thumbprint(one), thumbprint(other));
    certificates.0.is_some()
        && certificates.1.is_some()
        && certificates.0 != certificates.1
        && (one.port(), &one.address) == (other.port(), &other.address)
}

/// Since when IIS can do it.
fn since(feature: Feature) -> &'static str {
    match feature {
        Feature::Schema => "since IIS 7",
        Feature::FastCgiUpdate => "since IIS 7.5, and on IIS 7 with the update KB 980363",
        Feature::ApplicationPoolIdentity => "since IIS 7.5, and on IIS 7 with Service Pack 2",
        Feature::StartMode => "since IIS 7.5",
        Feature::Preload => "since IIS 8, with the feature Application Initialization",
        Feature::Sni => "a certificate for each host name: since IIS 8",
        Feature::CpuThrottle => "since IIS 8",
        Feature::IdleSuspend => "since IIS 8.5",
    }
}

fn way_out(key: &KeyPath, feature: Feature, names: &str) -> String {
    match feature {
        Feature::ApplicationPoolIdentity => {
            format!("write `network-service`, or remove {names} from `targets`")
        }
        Feature::Sni => format!(
            "give each certificate an address or a port of its own, or remove {names} from `targets`"
        ),
        Feature::CpuThrottle => format!("write `kill` or `none`, or remove {names} from `targets`"),
        Feature::Schema
        | Feature::FastCgiUpdate
        | Feature::StartMode
        | Feature::Preload
        | Feature::IdleSuspend => {
            format!("remove `{key}`, or remove {names} from `targets`")
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, check};

    /// The labels of what a rest of a spec is told.
    fn labels(rest: &str) -> Vec<String> {
        let text = format!(
            "name: a\nroot: D:\\a\npython: {{interpreter: D:\\a.exe, handler: a.b}}\n{rest}\n"
        );
        let checked = check("f", text.as_bytes(), &Options::default());
        let own = checked
            .diagnostics
            .iter()
            .filter(|found| found.code == super::RULE.code);
        own.map(|found| found.labels[0].text.clone()).collect()
    }

    #[test]
    fn each_feature_has_its_version() {
        for (rest, expected) in [
            (
                "pool: {identity: application-pool}\ntargets: [iis7]",
                "since IIS 7.5, and on IIS 7 with Service Pack 2",
            ),
            (
                "pool: {identity: application-pool}\ntargets: [iis6]",
                "since IIS 7.5, and on IIS 7 with Service Pack 2",
            ),
            (
                "pool: {start-mode: always-running}\ntargets: [iis7]",
                "since IIS 7.5",
            ),
            (
                "pool: {idle-action: suspend}\ntargets: [iis8]",
                "since IIS 8.5",
            ),
            (
                "pool: {cpu: {limit: 50, action: throttle}}\ntargets: [iis7.5]",
                "since IIS 8",
            ),
            (
                "warm-up: {url: /}\ntargets: [iis7.5]",
                "since IIS 8, with the feature Application Initialization",
            ),
            (
                "process: {stop-grace: 10s}\ntargets: [iis7]",
                "since IIS 7.5, and on IIS 7 with the update KB 980363",
            ),
        ] {
            assert_eq!(labels(rest), [expected], "{rest}");
            let (rest, _) = rest.split_once('\n').unwrap();
            assert_eq!(
                labels(&format!("{rest}\ntargets: [iis8.5, iis10]")),
                [""; 0],
                "{rest}"
            );
        }
    }

    #[test]
    fn what_every_version_can_do_is_fine_everywhere() {
        let all = "targets: [iis6, iis7, iis7.5, iis8, iis8.5, iis10, iis-express]";
        for rest in [
            "pool: {identity: network-service, start-mode: on-demand, idle-action: terminate}",
            "process: {stop-grace: 0s, stderr: return-stderr-in-500}",
            "pool: {cpu: {limit: 50, action: kill}}",
            "",
        ] {
            assert_eq!(labels(&format!("{rest}\n{all}")), [""; 0], "{rest}");
        }
    }

    #[test]
    fn two_certificates_on_one_address_need_their_names() {
        let binding = |host: &str, port: u16, digit: &str| {
            format!(
                "{{host: {host}, port: {port}, certificate: {{thumbprint: '{}'}}}}",
                digit.repeat(40)
            )
        };
        let bindings = |one: String, other: String| {
            labels(&format!(
                "site: {{bindings: [{one}, {other}]}}\ntargets: [iis7.5]"
            ))
            .len()
        };
        assert_eq!(
            bindings(binding("a.b", 443, "1"), binding("c.b", 443, "2")),
            1
        );
        assert_eq!(
            bindings(binding("a.b", 443, "1"), binding("c.b", 444, "2")),
            0
        );
        assert_eq!(
            bindings(binding("a.b", 443, "1"), binding("c.b", 443, "1")),
            0
        );
        assert_eq!(
            labels("site: {bindings: [{certificate: {central: true}}]}\ntargets: [iis7]").len(),
            1
        );
    }
}
