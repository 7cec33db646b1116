//! What the application needs in one folder or file.

use iisc_spec::model::{AppSpec, WinPath};
use iisc_spec::{Feature, Target};

use super::{descriptor, same_path};
use crate::plan::Purpose;
use crate::plan::folder::{Change, Covered, Folder, Grant, Principal, Rights};

/// What the application needs in one folder, or of one file.
pub(super) struct Need {
    path: WinPath,
    purpose: Purpose,
    is_file: bool,
    rights: Rights,
    change: Change,
    create: bool,
    covers: Vec<Covered>,
}

impl Need {
    /// The need as it is planned for an account.
    pub(super) fn folder(
        self,
        identity: Option<&Principal>,
        spec: &AppSpec,
        target: Target,
    ) -> Folder {
        // A whole drive or share is never the application's alone, and is there already.
        let whole = self.path.parent().is_none();
        let change = match whole {
            true => Change::Add,
            false => on(target, self.change),
        };
        let owners = match change.cuts_off() {
            true => vec![Principal::Administrators, Principal::LocalSystem],
            false => Vec::new(),
        };
        let mut grants: Vec<Grant> = owners
            .into_iter()
            .map(|principal| Grant {
                principal,
                rights: Rights::Full,
            })
            .collect();
        grants.extend(identity.map(|identity| Grant {
            principal: identity.clone(),
            rights: self.rights,
        }));
        let is_root = same_path(&self.path, &spec.root);
        Folder {
            path: self.path,
            purpose: self.purpose,
            is_file: self.is_file,
            change,
            create: self.create && !whole,
            grants,
            descriptor: descriptor(spec).filter(|_| is_root),
            covers: self.covers,
        }
    }
}

impl Need {
    fn read(path: WinPath, purpose: Purpose, change: Change) -> Self {
        Self {
            path,
            purpose,
            is_file: false,
            rights: Rights::ReadExecute,
            change,
            create: false,
            covers: Vec::new(),
        }
    }

    fn write(path: WinPath, purpose: Purpose) -> Self {
        Self {
            rights: Rights::Modify,
            create: true,
            ..Self::read(path, purpose, Change::Add)
        }
    }
}

/// The change as a target can make it: cacls, the tool of IIS 6, cannot cut off what is inherited and keep the rest.
/// Applications share the account NETWORK SERVICE there as a rule, so that the whole list shuts none of them out.
fn on(target: Target, change: Change) -> Change {
    match change {
        Change::Close if !target.has(Feature::Schema) => Change::Replace,
        Change::Replace | Change::Close | Change::Add => change,
    }
}

/// Folders that are the application's alone get exactly our grants. Others get ours added: who shares a log folder
/// or a data folder, nobody has told us, and taking away somebody's access breaks what we cannot see. A virtual
/// environment outside the root lies between: it is closed to what the folder above allows, while the account of
/// another application that runs from it keeps its grant.
///
/// This is the table of section 9.6 of the IIS fact sheet.
pub(super) fn needs(spec: &AppSpec) -> Vec<Need> {
    let shared = |path, purpose| Need::read(path, purpose, Change::Add);
    let each = |paths: &[WinPath], purpose| {
        let needs = paths.iter().map(|path| shared(path.clone(), purpose));
        needs.collect::<Vec<_>>()
    };
    let python = &spec.python;
    let mut needs = vec![
        Need::read(spec.root.clone(), Purpose::Root, Change::Replace),
        Need {
            is_file: true,
            ..shared(spec.root.join("Web.config"), Purpose::WebConfig)
        },
    ];
    let environment = python.virtualenv();
    needs.extend(
        environment.map(|path| Need::read(path, Purpose::VirtualEnvironment, Change::Close)),
    );
    let interpreter = python.interpreter.parent();
    needs.extend(interpreter.map(|path| shared(path, Purpose::Interpreter)));
    let base = python.base_interpreter.as_ref().and_then(WinPath::parent);
    needs.extend(base.map(|path| shared(path, Purpose::BaseInterpreter)));
    needs.extend(each(&python.pythonpath, Purpose::Pythonpath));
    needs.extend(each(&python.dll_directories, Purpose::Dlls));
    needs.extend(each(&spec.access.readable, Purpose::Readable));
    needs.extend(bridge(spec).map(|path| shared(path, Purpose::Bridge)));
    let mounts = spec.static_files.values();
    needs.extend(mounts.map(|mount| shared(mount.folder.below(&spec.root), Purpose::StaticFiles)));
    let writable = spec.access.writable.iter().cloned();
    needs.extend(writable.map(|path| Need::write(path, Purpose::Writable)));
    let log = spec.log.as_ref().and_then(|log| log.file.parent());
    needs.extend(log.map(|path| Need::write(path, Purpose::Log)));
    needs.extend(spec.secrets.values().map(|secret| of_secret(&secret.file)));
    needs
}

/// The file of a secret, which is made empty if it is not there: one that somebody makes later would be readable for
/// whoever may read the folder, while a value that is written into this one is protected from its first byte.
fn of_secret(file: &WinPath) -> Need {
    Need {
        is_file: true,
        rights: Rights::Read,
        create: true,
        ..Need::read(file.clone(), Purpose::Secret, Change::Replace)
    }
}

/// Where the bridge is run from a file, the folder of that.
fn bridge(spec: &AppSpec) -> Option<WinPath> {
    spec.bridge.script.as_ref()?.parent()
}

/// Adds a need, or has one that is there cover it: rights below a folder are those of the folder, unless more is
/// needed there.
pub(super) fn with(mut kept: Vec<Need>, need: Need) -> Vec<Need> {
    let covers = |other: &Need| {
        // A file for nobody else gets a list of its own, wherever it lies.
        match need.is_file && need.change == Change::Replace {
            true => same_path(&need.path, &other.path),
            false => need.path.is_within(&other.path) && other.rights >= need.rights,
        }
    };
    let covered = Covered {
        path: need.path.clone(),
        purpose: need.purpose,
    };
    if let Some(other) = kept.iter_mut().find(|other| covers(other)) {
        other.covers.push(covered);
        return kept;
    }
    match kept
        .iter_mut()
        .find(|other| same_path(&other.path, &need.path))
    {
        Some(other) => {
            other.rights = need.rights;
            other.covers.push(covered);
        }
        None => kept.push(need),
    }
    kept
}
