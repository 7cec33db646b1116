//! Permissions in words, and as `icacls` takes them: the same for scripts and for those who sign them off.

use super::{Folder, Grant, Principal, Rights};

/// Somebody's name on an English Windows.
pub(crate) fn name(principal: &Principal) -> String {
    match principal {
        Principal::Administrators => "Administrators".to_owned(),
        Principal::LocalSystem => "SYSTEM".to_owned(),
        Principal::NetworkService => "NETWORK SERVICE".to_owned(),
        Principal::LocalService => "LOCAL SERVICE".to_owned(),
        Principal::AuthenticatedUsers => "Authenticated Users".to_owned(),
        Principal::Account(name) => name.clone(),
        Principal::ApplicationPool { name, .. } => format!("the pool account IIS AppPool\\{name}"),
    }
}

/// What somebody may do.
pub(crate) const fn verb(rights: Rights) -> &'static str {
    match rights {
        Rights::Read => "read",
        Rights::ReadExecute => "read and run",
        Rights::Modify => "read, run and change",
        Rights::Full => "do everything",
    }
}

/// Where a grant applies, in the words of Windows.
pub(crate) const fn scope(folder: &Folder) -> &'static str {
    match folder.is_file {
        true => "this file",
        false => "this folder, subfolders and files",
    }
}

/// A grant as an argument of `icacls /grant`: by SID, so that no name depends on the server's language.
pub(crate) fn icacls_grant(folder: &Folder, grant: &Grant) -> String {
    let who = icacls_name(&grant.principal);
    let inheritance = match folder.is_file {
        true => "",
        false => "(OI)(CI)",
    };
    let rights = match grant.rights {
        Rights::Read => "R",
        Rights::ReadExecute => "RX",
        Rights::Modify => "M",
        Rights::Full => "F",
    };
    format!("{who}:{inheritance}{rights}")
}

/// Somebody as `icacls` takes him: a SID with a star in front, or a name.
pub(crate) fn icacls_name(principal: &Principal) -> String {
    let sid = principal.sid();
    sid.map_or_else(|| name(principal), |sid| format!("*{sid}"))
}
