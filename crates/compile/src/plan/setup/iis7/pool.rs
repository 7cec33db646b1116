//! The application pool.

use super::ask::{mentions, prints};
use super::command::{ALREADY_THERE, Object, add, applications, delete, object, property, set};
use super::pool_settings::settings;
use crate::plan::Plan;
use crate::plan::host::Account;
use crate::plan::setup::{Command, Question, Step, Success, Word};
use crate::text::appcmd::entry;

/// What `appcmd` ends with if something is to be recycled or stopped that does not run.
const NOT_RUNNING: u32 = 1_062;

/// The pool and its settings.
pub(super) fn steps(plan: &Plan) -> Vec<Step> {
    let mut steps = vec![made(plan)];
    let account = plan.host.pool.account.as_ref();
    steps.extend(account.map(|account| signed_in(plan, account)));
    steps.extend(settings(plan));
    steps.push(schedule(plan));
    steps
}

/// Makes the pool. Another application may have come to use it, which is when removal leaves it.
fn made(plan: &Plan) -> Step {
    let step = Step::new("pool", format!("application pool {}", plan.pool));
    mentions(step, listed(plan), &["APPPOOL", "MgdMode:"])
        .run(add("apppool").argument(format!("/name:{}", plan.pool)))
        .undone_by(delete(pool(plan)))
        .kept_if(used(plan))
}

/// Do applications run in the pool? Removal asks when ours is gone.
pub(super) fn used(plan: &Plan) -> Question {
    Question::Mentions {
        command: applications(pool(plan)),
        texts: vec!["applicationPool:".to_owned()],
    }
}

/// Sets the account and its password, which cannot be asked for without printing it. This comes before the other
/// settings, so that a pool which is made anew has no account yet and is not passed over.
fn signed_in(plan: &Plan, account: &Account) -> Step {
    let name = account.name.as_str();
    let title = format!("account of the application pool {}", plan.pool);
    let user = "processModel.userName";
    let step = prints(
        Step::new("pool-account", title),
        property(pool(plan), user),
        name,
    );
    let password = Word::Secret {
        before: "/processModel.password:",
        variable: account.password.clone(),
    };
    step.by_note()
        .run(set(pool(plan), [(user, name)]).word(password))
}

/// Sets the times of the day, in the place of those that are there: else a time that the spec has no longer would stay.
fn schedule(plan: &Plan) -> Step {
    let title = format!(
        "times at which the application pool {} is recycled",
        plan.pool
    );
    let clear = object("set", pool(plan))
        .argument("/-recycling.periodicRestart.schedule")
        .success(Success::Any);
    let step = Step::new("pool-schedule", title).by_note().run(clear);
    plan.host.pool.schedule.iter().fold(step, |step, time| {
        let configuration = listed(plan).argument("/config");
        let add = entry(&[("value", time)]);
        let add = object("set", pool(plan))
            .argument(format!("/+recycling.periodicRestart.schedule.{add}"))
            .success(Success::ZeroOr(ALREADY_THERE));
        mentions(step, configuration, &["add value=", time]).run(add)
    })
}

/// Recycles the pool, so that its processes meet what is new.
pub(super) fn recycle(plan: &Plan) -> Step {
    let recycle = object("recycle", pool(plan)).success(Success::ZeroOr(NOT_RUNNING));
    Step::new(
        "recycle",
        format!("recycling the application pool {}", plan.pool),
    )
    .after_changes()
    .run(recycle)
}

pub(super) fn pool(plan: &Plan) -> Object<'_> {
    Object::Pool(&plan.pool)
}

pub(super) fn listed(plan: &Plan) -> Command {
    object("list", pool(plan))
}

#[cfg(test)]
mod tests {
    use iisc_spec::Target;

    use super::super::tests::{asked, found, lines, step};
    use super::*;

    #[test]
    fn a_pool_is_made_once_and_left_while_others_use_it() {
        let step = step("", Target::Iis10, "pool");
        assert_eq!(lines(&step.commands), ["add|apppool|/name:s"]);
        assert_eq!(step.commands[0].success, Success::ZeroOr(183));
        assert_eq!(asked(&step), ["APPPOOL & MgdMode:"]);
        assert_eq!(lines(&step.undo), ["delete|apppool|s"]);
        let Some(Question::Mentions { command, .. }) = step.kept_if else {
            panic!("nothing lets the pool stay");
        };
        assert_eq!(lines(&[command]), ["list|app|/apppool.name:s"]);
    }

    #[test]
    fn a_password_is_the_name_of_a_variable() {
        let more = r#", "pool": {"identity": "specific-user", "user": {"name": "A\\b", "password-from": "PW"}}"#;
        let step = step(more, Target::Iis10, "pool-account");
        let expected = r"set|apppool|s|/processModel.userName:A\b|/processModel.password:<PW>";
        assert_eq!(lines(&step.commands), [expected]);
        assert!(step.by_note);
        assert_eq!(asked(&step), [r"=A\b"]);
        assert_eq!(found("", Target::Iis10, "pool-account"), None);
    }

    #[test]
    fn times_of_the_day_take_the_place_of_others() {
        let more = r#", "pool": {"recycle": {"at": ["03:00", "15:30"]}}"#;
        let step = step(more, Target::Iis10, "pool-schedule");
        let set = "set|apppool|s|";
        assert_eq!(
            lines(&step.commands),
            [
                format!("{set}/-recycling.periodicRestart.schedule"),
                format!("{set}/+recycling.periodicRestart.schedule.[value='03:00:00']"),
                format!("{set}/+recycling.periodicRestart.schedule.[value='15:30:00']"),
            ]
        );
        assert_eq!(
            asked(&step),
            ["add value= & 03:00:00", "add value= & 15:30:00"]
        );
    }

    #[test]
    fn the_pool_is_recycled_at_last_if_something_is_new() {
        let steps = crate::plan::planned("", Target::Iis10).setup.registration;
        let last = steps.last().unwrap();
        assert!(last.after_changes && last.questions.is_empty());
        assert_eq!(lines(&last.commands), ["recycle|apppool|s"]);
    }
}
