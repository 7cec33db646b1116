//! The application pool in the metabase.

use iisc_spec::model::{AppSpec, Cpu, CpuAction, Identity, Pool, User};

use super::Job;
use crate::plan::Plan;
use crate::plan::setup::Step;

/// The pool, what it is set to, and the account that it runs as.
pub(super) fn steps(spec: &AppSpec, plan: &Plan) -> Vec<Step> {
    let pool = &spec.pool;
    let identity = pool.identity_on(plan.target);
    let made = Job::of("pool").text(&plan.pool);
    let set = Job::of("pool-settings")
        .text(&plan.pool)
        .texts(settings(pool))
        .texts(identity_type(identity));
    let mut steps = vec![
        made.undone("pool", format!("application pool {}", plan.pool)),
        set.makes(
            "pool-settings",
            format!("settings of the application pool {}", plan.pool),
        ),
    ];
    let user = pool.user.as_ref();
    steps.extend(
        user.filter(|_| identity == Identity::SpecificUser)
            .map(|user| account(user, plan))
            .into_iter()
            .flatten(),
    );
    steps
}

/// Times are in minutes but for the last one, memory in kilobytes, a share of the processors in thousandths of a
/// percent.
fn settings(pool: &Pool) -> Vec<String> {
    let recycle = &pool.recycle;
    let at: Vec<&str> = recycle.at.iter().map(|time| time.as_str()).collect();
    let mut settings = vec![
        format!("IdleTimeout={}", pool.idle_timeout.0),
        format!("MaxProcesses={}", pool.max_processes),
        format!("AppPoolQueueLength={}", pool.queue_length),
        format!("PeriodicRestartTime={}", recycle.interval.0),
        format!("PeriodicRestartRequests={}", recycle.requests),
        format!(
            "PeriodicRestartPrivateMemory={}",
            recycle.private_memory.0.div_ceil(1_024)
        ),
        format!("PeriodicRestartSchedule={}", at.join(",")),
        format!("ShutdownTimeLimit={}", pool.shutdown_timeout.0),
    ];
    settings.extend(pool.cpu.iter().flat_map(processors));
    settings
}

fn processors(cpu: &Cpu) -> [String; 3] {
    let action = match cpu.action {
        CpuAction::Kill => 1,
        // IIS 6 cannot slow a pool down, which a rule tells; what it does not do, it logs.
        CpuAction::None | CpuAction::Throttle | CpuAction::ThrottleUnderLoad => 0,
    };
    [
        format!("CPULimit={}", u64::from(cpu.limit) * 1_000),
        format!("CPUAction={action}"),
        format!("CPUResetInterval={}", cpu.interval.0),
    ]
}

/// The number of the account, unless it has a name and a password, which are a step of their own.
fn identity_type(identity: Identity) -> Option<String> {
    let number = match identity {
        Identity::LocalSystem => 0,
        Identity::LocalService => 1,
        // A rule tells that IIS 6 makes no account for a pool; this is the one with the fewest rights that it has.
        Identity::NetworkService | Identity::ApplicationPool => 2,
        Identity::SpecificUser => return None,
    };
    Some(format!("AppPoolIdentityType={number}"))
}

/// The script reads the password from the variable itself, so that it stands on no command line.
fn account(user: &User, plan: &Plan) -> [Step; 2] {
    let set = Job::of("pool-user")
        .text(&plan.pool)
        .text(&user.name)
        .texts(&user.password_from);
    let member = Job::of("member").text(&user.name);
    [
        member.undone(
            "worker-group",
            format!("{} is a member of IIS_WPG", user.name),
        ),
        set.makes(
            "pool-user",
            format!("application pool {} runs as {}", plan.pool, user.name),
        ),
    ]
}
