//! Folders that people write as `%NAME%`, and what they are on a server.

use crate::model::WinPath;

/// Variables of Windows and the folders that they are on nearly every server.
const FOLDERS: [(&str, &str); 9] = [
    ("ProgramFiles", r"C:\Program Files"),
    ("ProgramW6432", r"C:\Program Files"),
    ("ProgramFiles(x86)", r"C:\Program Files (x86)"),
    ("ProgramData", r"C:\ProgramData"),
    ("ALLUSERSPROFILE", r"C:\ProgramData"),
    ("SystemDrive", "C:"),
    ("HOMEDRIVE", "C:"),
    ("SystemRoot", r"C:\Windows"),
    ("windir", r"C:\Windows"),
];

/// Variables that are another folder for each account.
const OF_ACCOUNT: [&str; 8] = [
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "TEMP",
    "TMP",
    "HOMEPATH",
    "HOME",
    "USERNAME",
];

/// Says what to write for a path with `%name%` in it, for an application that lies in `root`.
pub(super) fn way_out(text: &str, name: &str, root: &WinPath) -> String {
    let named = |other: &str| other.eq_ignore_ascii_case(name);
    let known = FOLDERS
        .iter()
        .find(|(other, _)| named(other))
        .map(|(_, folder)| *folder);
    let folder = known.or_else(|| named("APPROOT").then(|| root.as_str()));
    let whole = folder.map(|folder| text.replace(&format!("%{name}%"), folder));
    match whole.filter(|whole| WinPath::new(whole).problem().is_none()) {
        Some(whole) => format!("write `{whole}`, or where that is on the server"),
        None if OF_ACCOUNT.iter().any(|other| named(other)) => {
            "write a folder that belongs to the application; this one is another for each account"
                .to_owned()
        }
        None => {
            let variable: String = name
                .chars()
                .map(|c| {
                    if c.is_ascii_alphanumeric() {
                        c.to_ascii_uppercase()
                    } else {
                        '_'
                    }
                })
                .collect();
            format!(
                "write the folder itself, or `${{{variable}}}` with `{variable}: {{type: text}}` under `variables`"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_windows_are_spelled_out() {
        let root = WinPath::new(r"D:\apps\shop");
        let help = |text, name| way_out(text, name, &root);
        assert_eq!(
            help(
                r"%ProgramFiles(x86)%\Python\python.exe",
                "ProgramFiles(x86)"
            ),
            r"write `C:\Program Files (x86)\Python\python.exe`, or where that is on the server"
        );
        assert_eq!(
            help(r"%systemdrive%\x", "systemdrive"),
            r"write `C:\x`, or where that is on the server"
        );
        assert_eq!(
            help(r"%APPROOT%\env", "APPROOT"),
            r"write `D:\apps\shop\env`, or where that is on the server"
        );
        assert!(help(r"%TEMP%\x", "TEMP").contains("another for each account"));
        assert!(help(r"%Shop-Dir%\x", "Shop-Dir").contains("`${SHOP_DIR}`"));
    }
}
