//! `provision.cmd`, `acl.cmd` and `register.cmd`: one list of steps each.

use super::frame::{self, Title};
use super::step::{label_after, step};
use crate::artifact::Artifact;
use crate::emit::{Emitter, SERVERS};
use crate::plan::Plan;
use crate::plan::setup::Step;
use crate::text::Unsayable;

pub(in crate::emit) static PROVISION: Emitter = Emitter {
    name: "provision.cmd",
    purpose: "makes the virtual environment and puts the application's files in place",
    targets: SERVERS,
    emit: |plan| {
        let title = Title {
            file: PROVISION.name,
            does: "Prepares Python and the files of the application",
        };
        emit(title, plan, &plan.setup.provision)
    },
};

pub(in crate::emit) static ACL: Emitter = Emitter {
    name: "acl.cmd",
    purpose: "sets the permissions on the application's folders",
    targets: SERVERS,
    emit: |plan| {
        let title = Title {
            file: ACL.name,
            does: "Sets the permissions on the folders of the application",
        };
        emit(title, plan, &plan.setup.permissions)
    },
};

pub(in crate::emit) static REGISTER: Emitter = Emitter {
    name: "register.cmd",
    purpose: "tells IIS of the application: features, pool, site, FastCGI",
    targets: SERVERS,
    emit: |plan| {
        let title = Title {
            file: REGISTER.name,
            does: "Tells IIS of the application",
        };
        emit(title, plan, &plan.setup.registration)
    },
};

fn emit(title: Title, plan: &Plan, steps: &[Step]) -> Result<Artifact, Unsayable> {
    let mut script = frame::open(title, plan, steps.len())?;
    frame::name_programs(&mut script, &steps.iter().collect::<Vec<_>>());
    frame::begin(&mut script);
    if steps.is_empty() {
        script.code("\nrem There is nothing to do here for this application.\n");
    }
    for (number, planned) in (1..).zip(steps) {
        step(
            &mut script,
            planned,
            number,
            &label_after(number, steps.len()),
        )?;
    }
    frame::end(&mut script);
    Ok(Artifact::for_target(
        plan.target,
        title.file,
        frame::close(script)?,
    ))
}
