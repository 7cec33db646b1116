//! The application pool.

use iisc_spec::model::{
    AppSpec, Bitness, Bytes, Cpu, CpuAction, Identity, IdleAction, Minutes, StartMode, VariableName,
};
use iisc_spec::{Feature, Target};

use super::Attributes;
use crate::text::time_span::time_span;

/// Settings of an application pool, under the names that `appcmd` and the schema have for them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pool {
    /// The settings. All that the target knows are written: a server may have defaults of its own
    /// (`applicationPoolDefaults`).
    pub settings: Attributes,
    /// Times of the day at which it is recycled.
    pub schedule: Vec<String>,
    /// The account that it runs as, if the account has a name and a password.
    pub account: Option<Account>,
}

/// An account with a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its name.
    pub name: String,
    /// The variable that holds the password during set-up. No file ever holds the password itself.
    pub password: VariableName,
}

/// IIS Express starts no worker process: whoever starts it is the worker, so that only the kind of pool is left to say.
pub(super) fn pool(spec: &AppSpec, target: Target) -> Pool {
    if target == Target::IisExpress {
        return Pool {
            settings: kind(),
            ..Pool::default()
        };
    }
    let at = spec.pool.recycle.at.iter();
    let user = spec.pool.user.as_ref();
    Pool {
        settings: settings(spec, target),
        schedule: at.map(|time| format!("{time}:00")).collect(),
        account: user.and_then(|user| {
            Some(Account {
                name: user.name.to_string(),
                password: user.password_from.clone()?,
            })
        }),
    }
}

/// The empty `managedRuntimeVersion` is written out: stock servers default to `v4.0`, which would load .NET for nothing
/// (section 2.5 of the IIS fact sheet).
fn kind() -> Attributes {
    vec![
        ("managedRuntimeVersion", String::new()),
        ("managedPipelineMode", "Integrated".to_owned()),
    ]
}

fn settings(spec: &AppSpec, target: Target) -> Attributes {
    let pool = &spec.pool;
    let mut settings = vec![
        ("queueLength", pool.queue_length.to_string()),
        ("autoStart", true.to_string()),
        (
            "enable32BitAppOnWin64",
            (pool.bitness == Bitness::Bits32).to_string(),
        ),
    ];
    settings.extend(kind());
    if target.has(Feature::StartMode) {
        settings.push(("startMode", start_mode(spec).to_owned()));
    }
    settings.extend(process_model(spec, target));
    settings.extend(recycling(spec));
    if let Some(cpu) = &pool.cpu {
        settings.extend(processor_time(cpu, target));
    }
    settings
}

/// A pool that is warmed up always runs.
fn start_mode(spec: &AppSpec) -> &'static str {
    match (spec.pool.start_mode, &spec.warm_up) {
        (StartMode::OnDemand, None) => "OnDemand",
        (StartMode::AlwaysRunning, _) | (StartMode::OnDemand, Some(_)) => "AlwaysRunning",
    }
}

fn process_model(spec: &AppSpec, target: Target) -> Attributes {
    let pool = &spec.pool;
    let mut settings = vec![(
        "processModel.identityType",
        identity(pool.identity_on(target)).to_owned(),
    )];
    if let Some(user) = &pool.user {
        settings.push(("processModel.userName", user.name.to_string()));
    }
    settings.extend([
        (
            "processModel.loadUserProfile",
            pool.load_user_profile.to_string(),
        ),
        ("processModel.idleTimeout", minutes(idle_timeout(spec))),
    ]);
    if target.has(Feature::IdleSuspend) {
        let action = match pool.idle_action {
            IdleAction::Terminate => "Terminate",
            IdleAction::Suspend => "Suspend",
        };
        settings.push(("processModel.idleTimeoutAction", action.to_owned()));
    }
    settings.extend([
        ("processModel.maxProcesses", pool.max_processes.to_string()),
        (
            "processModel.shutdownTimeLimit",
            time_span(pool.shutdown_timeout.0),
        ),
    ]);
    settings
}

const fn identity(identity: Identity) -> &'static str {
    match identity {
        Identity::ApplicationPool => "ApplicationPoolIdentity",
        Identity::NetworkService => "NetworkService",
        Identity::LocalService => "LocalService",
        Identity::LocalSystem => "LocalSystem",
        Identity::SpecificUser => "SpecificUser",
    }
}

/// A pool that is warmed up never idles, unless the spec has a time of its own for that, which a rule has warned of.
fn idle_timeout(spec: &AppSpec) -> Minutes {
    let own = spec.pool.idle_timeout;
    match spec.warm_up.is_some() && own == iisc_spec::model::Pool::default().idle_timeout {
        true => Minutes(0),
        false => own,
    }
}

fn recycling(spec: &AppSpec) -> Attributes {
    let recycle = &spec.pool.recycle;
    vec![
        ("recycling.periodicRestart.time", minutes(recycle.interval)),
        (
            "recycling.periodicRestart.requests",
            recycle.requests.to_string(),
        ),
        (
            "recycling.periodicRestart.privateMemory",
            kilobytes(recycle.private_memory).to_string(),
        ),
    ]
}

/// The limit is in thousandths of a percent.
fn processor_time(cpu: &Cpu, target: Target) -> Attributes {
    let action = match cpu.action {
        CpuAction::None => Some("NoAction"),
        CpuAction::Kill => Some("KillW3wp"),
        CpuAction::Throttle => Some("Throttle"),
        CpuAction::ThrottleUnderLoad => Some("ThrottleUnderLoad"),
    };
    // An older IIS would refuse its whole configuration for a name that it does not know.
    let slows = matches!(
        cpu.action,
        CpuAction::Throttle | CpuAction::ThrottleUnderLoad
    );
    let action = action.filter(|_| !slows || target.has(Feature::CpuThrottle));
    let mut settings = vec![("cpu.limit", (u64::from(cpu.limit) * 1_000).to_string())];
    settings.extend(action.map(|action| ("cpu.action", action.to_owned())));
    settings.push(("cpu.resetInterval", minutes(cpu.interval)));
    settings
}

fn minutes(minutes: Minutes) -> String {
    time_span(minutes.0.saturating_mul(60))
}

/// Rounded up, since 0 means no limit.
const fn kilobytes(bytes: Bytes) -> u64 {
    bytes.0.div_ceil(1_024)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::planned;

    fn settings_of(pool: &str, target: Target) -> Attributes {
        let more = format!(r#", "pool": {{{pool}}}"#);
        planned(&more, target).host.pool.settings
    }

    fn setting(more: &str, target: Target, name: &str) -> Option<String> {
        let settings = planned(more, target).host.pool.settings;
        let found = settings.into_iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value)
    }

    #[test]
    fn each_value_has_the_form_and_unit_of_the_schema() {
        let pool = r#""bitness": "32-bit", "queue-length": 50, "idle-timeout": "90m", "max-processes": 2,
            "shutdown-timeout": "2m", "load-user-profile": true, "cpu": {"limit": 80, "action": "kill"},
            "recycle": {"interval": "0m", "at": ["03:00"], "requests": 7, "private-memory": "1MB"}"#;
        let settings = settings_of(pool, Target::Iis10);
        for expected in [
            ("enable32BitAppOnWin64", "true"),
            ("queueLength", "50"),
            ("startMode", "OnDemand"),
            ("processModel.identityType", "ApplicationPoolIdentity"),
            ("processModel.idleTimeout", "01:30:00"),
            ("processModel.maxProcesses", "2"),
            ("processModel.shutdownTimeLimit", "00:02:00"),
            ("processModel.loadUserProfile", "true"),
            ("cpu.limit", "80000"),
            ("cpu.action", "KillW3wp"),
            ("cpu.resetInterval", "00:05:00"),
            ("recycling.periodicRestart.time", "00:00:00"),
            ("recycling.periodicRestart.requests", "7"),
            ("recycling.periodicRestart.privateMemory", "1024"),
        ] {
            let (name, value) = expected;
            assert!(settings.contains(&(name, value.to_owned())), "{name}");
        }
        assert_eq!(kilobytes(Bytes(1)), 1);
    }

    #[test]
    fn a_target_is_told_what_it_knows() {
        let throttled = r#", "pool": {"cpu": {"limit": 1, "action": "throttle"}}"#;
        for (name, since) in [
            ("startMode", Target::Iis7_5),
            ("processModel.idleTimeoutAction", Target::Iis8_5),
            ("cpu.action", Target::Iis8),
            ("queueLength", Target::Iis7),
        ] {
            for target in Target::WITH_SCHEMA {
                let expected = target >= since && target != Target::IisExpress;
                let found = setting(throttled, target, name);
                assert_eq!(found.is_some(), expected, "{name} {target}");
            }
        }
        let account = |target| setting("", target, "processModel.identityType");
        assert_eq!(account(Target::Iis7).as_deref(), Some("NetworkService"));
    }

    #[test]
    fn the_worker_of_iis_express_is_whoever_starts_it() {
        let pool = planned(
            r#", "pool": {"recycle": {"at": ["03:00"]}}"#,
            Target::IisExpress,
        );
        assert_eq!(pool.host.pool.settings, kind());
        assert!(pool.host.pool.schedule.is_empty());
    }

    #[test]
    fn a_warm_pool_always_runs() {
        for (more, expected) in [
            (r#", "warm-up": {}"#, ["AlwaysRunning", "00:00:00"]),
            (
                r#", "warm-up": {}, "pool": {"idle-timeout": "5m"}"#,
                ["AlwaysRunning", "00:05:00"],
            ),
            ("", ["OnDemand", "00:20:00"]),
        ] {
            let of = |name| setting(more, Target::Iis8, name).unwrap();
            assert_eq!([of("startMode"), of("processModel.idleTimeout")], expected);
        }
    }

    #[test]
    fn a_password_is_named_by_its_variable() {
        let user = |more: &str| {
            let pool = format!(
                r#", "pool": {{"identity": "specific-user", "user": {{"name": "A\\b$"{more}}}}}"#
            );
            planned(&pool, Target::Iis10).host.pool
        };
        let account = user(r#", "password-from": "PW""#).account.unwrap();
        assert_eq!(
            (account.name.as_str(), account.password.as_str()),
            (r"A\b$", "PW")
        );
        let managed = user("");
        assert_eq!(managed.account, None);
        let name = ("processModel.userName", r"A\b$".to_owned());
        assert!(managed.settings.contains(&name));
    }
}
