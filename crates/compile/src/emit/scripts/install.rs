//! `install.cmd`: the three parts, one after the other.

use super::frame::{self, Title};
use super::part::{ACL, PROVISION, REGISTER};
use crate::artifact::Artifact;
use crate::emit::{Emitter, SERVERS};
use crate::plan::Plan;
use crate::text::Unsayable;

pub(in crate::emit) static INSTALL: Emitter = Emitter {
    name: "install.cmd",
    purpose: "sets the application up; run as an administrator, with `/plan` first",
    targets: SERVERS,
    emit,
};

fn emit(plan: &Plan) -> Result<Artifact, Unsayable> {
    let title = Title {
        file: INSTALL.name,
        does: "Sets up the application",
    };
    // Folders have to be there before somebody is let into them, and the permissions before IIS starts anything.
    let parts = [&PROVISION, &ACL, &REGISTER];
    let mut script = frame::open(title, plan, parts.len())?;
    frame::begin(&mut script);
    // `call` would expand the folder a second time.
    script.code("pushd \"%$HERE%\"\n");
    for part in parts {
        script.code("\n");
        script.remark(&format!("---- {}: {}", part.name, part.purpose))?;
        script.echo(&format!("{}: {}", part.name, part.purpose))?;
        script.line(format_args!(r"call .\{} %$PASSED%", part.name));
        script.code("if errorlevel 1 goto stopped\n");
    }
    frame::end(&mut script);
    script.code("popd\n");
    Ok(Artifact::for_target(
        plan.target,
        INSTALL.name,
        frame::close(script)?,
    ))
}
