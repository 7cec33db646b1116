//! Who may do what in which folder or file: least privilege, derived from the spec.

mod need;
#[cfg(test)]
mod tests;

use iisc_spec::model::{AppSpec, Identity, WinPath};
use iisc_spec::sddl;
use iisc_spec::{Feature, Target};

use self::need::{needs, with};
use super::Purpose;
use super::folder::{Change, Folder, Grant, Principal, Rights};

/// The folders and files of a spec, each once.
pub(super) fn folders(spec: &AppSpec, target: Target, pool: &str) -> Vec<Folder> {
    let identity = identity(spec, target, pool);
    let kept = needs(spec).into_iter().fold(Vec::new(), with);
    let own = kept
        .into_iter()
        .map(|need| need.folder(identity.as_ref(), spec, target));
    // What is neither made nor granted to anybody needs no command.
    let is_touched =
        |folder: &Folder| folder.create || folder.descriptor.is_some() || !folder.grants.is_empty();
    let mut folders: Vec<Folder> = own.filter(is_touched).collect();
    folders.extend(for_visitors(spec, target));
    folders
}

/// The account that the application runs as; `None` for the system itself, which needs no permission.
fn identity(spec: &AppSpec, target: Target, pool: &str) -> Option<Principal> {
    match spec.pool.identity_on(target) {
        Identity::ApplicationPool => Some(Principal::application_pool(pool)),
        Identity::NetworkService => Some(Principal::NetworkService),
        Identity::LocalService => Some(Principal::LocalService),
        Identity::LocalSystem => None,
        Identity::SpecificUser => {
            // Without a user the spec has an error and comes to no plan.
            let user = spec.pool.user.as_ref()?.name.as_str();
            // A name without a domain is looked for on the server first; `.` is not a domain that cacls knows.
            let name = user.strip_prefix(".\\").unwrap_or(user);
            Some(Principal::Account(name.to_owned()))
        }
    }
}

/// Folders of static files as those who visit need them: IIS opens such a file as its visitor and not as the
/// pool. An anonymous one is the pool's account by `anonymousAuthentication` of the fragment, so that only those
/// who sign in are left. On IIS 6 he is `IUSR_<machine>`, an account that signs in like any other and whose SID no
/// two servers share (section 9.5 of the IIS fact sheet).
fn for_visitors(spec: &AppSpec, target: Target) -> Vec<Folder> {
    let signs_in = spec.authentication.windows || spec.authentication.basic;
    if target.has(Feature::Schema) && !signs_in {
        return Vec::new();
    }
    let mut folders: Vec<Folder> = Vec::new();
    for mount in spec.static_files.values() {
        let path = mount.folder.below(&spec.root);
        if !folders.iter().any(|folder| same_path(&folder.path, &path)) {
            folders.push(Folder {
                path,
                purpose: Purpose::StaticFiles,
                is_file: false,
                change: Change::Add,
                create: false,
                grants: vec![Grant {
                    principal: Principal::AuthenticatedUsers,
                    rights: Rights::ReadExecute,
                }],
                descriptor: None,
                covers: Vec::new(),
            });
        }
    }
    folders
}

/// The descriptor that the spec gives, without the command around it that people paste along.
fn descriptor(spec: &AppSpec) -> Option<String> {
    let text = spec.access.sddl.as_ref()?.as_str();
    // A spec whose descriptor cannot be read has an error and comes to no plan.
    let read = sddl::parse(text).ok()?;
    Some(read.descriptor.to_string())
}

fn same_path(a: &WinPath, b: &WinPath) -> bool {
    a.is_within(b) && b.is_within(a)
}
