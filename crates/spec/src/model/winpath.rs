//! Paths on the server, handled the same on every system.

use typed_path::{Utf8WindowsComponent, Utf8WindowsPath, Utf8WindowsPrefix};

use super::text::{is_unwritable, text_type};

text_type! {
    /// An absolute Windows path such as `D:\apps\shop`. It begins with a drive or a share, has backslashes between
    /// names, and no `.` or `..`.
    // Holds the text as written; `WinPath::problem` says what is wrong with it, and a rule asks that for every
    // path of a spec, so that a path out of a `ValidSpec` is absolute, normal and free of characters with a
    // meaning to IIS, XML or cmd.exe.
    WinPath
}

/// Why a text is no path that every tool on the server reads alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathProblem {
    /// Nothing there, or blanks at an end.
    Blank,
    /// Starts with `/` or `~`: a path of another system.
    Posix,
    /// No drive and no share: relative to a folder that nobody can name on the server.
    Relative,
    /// `C:shop`: relative to the current folder of a drive.
    DriveRelative,
    /// `\shop`: relative to the current drive.
    RootRelative,
    /// `\\?\` or `\\.\`: IIS and icacls do not read these.
    Verbatim,
    /// `\\\\nas`: a server, and nothing on it.
    NoShare,
    /// `/` between folders: IIS compares paths as text, and the other half of a pair has `\`.
    ForwardSlash,
    /// `.` or `..` inside.
    Dots,
    /// Two separators in a row.
    DoubledSeparator,
    /// A character that Windows forbids in names, or `%`, which IIS would expand.
    Forbidden(char),
    /// A name that Windows reserves, such as `con` or `aux.txt`.
    Reserved,
    /// A name with a blank or a dot at its end, which Windows drops.
    TrailingDotOrBlank,
    /// `\` at the end, where a file is to be named.
    Folder,
    /// Longer than what IIS and most programs read: 259 UTF-16 units (`MAX_PATH`).
    TooLong,
}

/// Longest path of a Windows program that does not ask for more: `MAX_PATH` without its closing zero.
const MAX_UNITS: usize = 259;

/// Device names that Windows reserves, with or without an extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

impl WinPath {
    /// The path below this one; `name` may hold several components.
    #[must_use]
    pub fn join(&self, name: &str) -> Self {
        Self(format!("{}\\{name}", self.0.trim_end_matches('\\')))
    }

    /// The folder that holds this path; `None` for a drive or share itself.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        Some(Self(
            Utf8WindowsPath::new(&self.0).parent()?.as_str().to_owned(),
        ))
    }

    /// The last component.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        Utf8WindowsPath::new(&self.0).file_name()
    }

    /// True if this path is `folder` or lies below it, compared without case as Windows does.
    #[must_use]
    pub fn is_within(&self, folder: &Self) -> bool {
        let (own, base) = (self.0.to_lowercase(), folder.0.to_lowercase());
        Utf8WindowsPath::new(&own).starts_with(Utf8WindowsPath::new(&base))
    }

    /// What this path is below `folder`; `None` if it does not lie there. Both are paths without a problem.
    #[must_use]
    pub fn below(&self, folder: &Self) -> Option<&str> {
        let names = folder.0.trim_end_matches('\\').split('\\').count();
        let (_, rest) = self
            .0
            .match_indices('\\')
            .nth(names - 1)
            .map(|(at, _)| self.0.split_at(at + 1))?;
        Some(rest).filter(|rest| !rest.is_empty() && self.is_within(folder))
    }

    /// The first thing wrong with the path, or `None` for one that every tool reads alike.
    #[must_use]
    pub fn problem(&self) -> Option<PathProblem> {
        let text = self.0.as_str();
        if text.trim() != text || text.is_empty() {
            return Some(PathProblem::Blank);
        }
        if text.starts_with('/') || text.starts_with('~') {
            return Some(PathProblem::Posix);
        }
        start_problem(text).or_else(|| {
            let names = text
                .strip_prefix(r"\\")
                .unwrap_or(text.get(2..).unwrap_or_default());
            separator_problem(names)
                .or_else(|| names.split('\\').find_map(name_problem))
                .or_else(|| {
                    (text.encode_utf16().count() > MAX_UNITS).then_some(PathProblem::TooLong)
                })
        })
    }

    /// The first thing wrong with a path that is to name a file.
    #[must_use]
    pub fn file_problem(&self) -> Option<PathProblem> {
        self.problem()
            .or_else(|| self.0.ends_with('\\').then_some(PathProblem::Folder))
    }
}

/// What is wrong with the drive, share or prefix that a path begins with.
fn start_problem(text: &str) -> Option<PathProblem> {
    let path = Utf8WindowsPath::new(text);
    match path.components().next() {
        Some(Utf8WindowsComponent::Prefix(prefix)) => match prefix.kind() {
            Utf8WindowsPrefix::Disk(_) if path.has_root() => None,
            Utf8WindowsPrefix::Disk(_) => Some(PathProblem::DriveRelative),
            Utf8WindowsPrefix::UNC(_, "") => Some(PathProblem::NoShare),
            Utf8WindowsPrefix::UNC(..) => None,
            Utf8WindowsPrefix::Verbatim(_)
            | Utf8WindowsPrefix::VerbatimDisk(_)
            | Utf8WindowsPrefix::VerbatimUNC(..)
            | Utf8WindowsPrefix::DeviceNS(_) => Some(PathProblem::Verbatim),
        },
        Some(Utf8WindowsComponent::RootDir) => Some(PathProblem::RootRelative),
        _ => Some(PathProblem::Relative),
    }
}

/// What is wrong with the separators of the part behind the drive or `\\`.
fn separator_problem(names: &str) -> Option<PathProblem> {
    if names.contains('/') {
        return Some(PathProblem::ForwardSlash);
    }
    names
        .contains(r"\\")
        .then_some(PathProblem::DoubledSeparator)
}

/// What is wrong with one component.
fn name_problem(name: &str) -> Option<PathProblem> {
    if name == "." || name == ".." {
        return Some(PathProblem::Dots);
    }
    let forbidden = |c: &char| is_unwritable(*c) || r#"<>:"|?*%"#.contains(*c);
    if let Some(c) = name.chars().find(forbidden) {
        return Some(PathProblem::Forbidden(c));
    }
    if name.ends_with(['.', ' ']) || name.starts_with(' ') {
        return Some(PathProblem::TrailingDotOrBlank);
    }
    is_device(name).then_some(PathProblem::Reserved)
}

fn is_device(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_lowercase();
    let numbered = |prefix| {
        stem.strip_prefix(prefix)
            .is_some_and(|n: &str| n.len() == 1 && n != "0" && n.parse::<u8>().is_ok())
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> Option<PathProblem> {
        WinPath::new(text).problem()
    }

    #[test]
    fn plain_absolute_paths_are_fine() {
        for text in [
            r"D:\",
            r"D:\apps\shop",
            r"c:\Program Files (x86)\é & co\python.exe",
            r"\\nas\web\shop",
        ] {
            assert_eq!(problem(text), None, "{text}");
        }
    }

    #[test]
    fn each_problem_is_told_apart() {
        use PathProblem::*;
        for (text, expected) in [
            ("", Blank),
            (r" D:\x", Blank),
            ("/usr/bin/python3", Posix),
            ("~/python", Posix),
            (r"env\Scripts\python.exe", Relative),
            ("python", Relative),
            (r"D:shop", DriveRelative),
            (r"\shop", RootRelative),
            (r"\\?\D:\shop", Verbatim),
            (r"\\.\pipe\x", Verbatim),
            ("D:/shop", ForwardSlash),
            (r"D:\a\..\b", Dots),
            (r"D:\a\\b", DoubledSeparator),
            (r"D:\a|b", Forbidden('|')),
            (r"D:\%USER%\b", Forbidden('%')),
            (r"D:\a:stream", Forbidden(':')),
            (r"D:\Con.txt\b", Reserved),
            (r"D:\lpt1", Reserved),
            (r"D:\a \b", TrailingDotOrBlank),
            (r"D:\a.", TrailingDotOrBlank),
            (r"\\nas", NoShare),
            (r"\\nas\", NoShare),
            ("D:\\a\u{FFFF}b", Forbidden('\u{FFFF}')),
        ] {
            assert_eq!(problem(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn the_longest_path_has_259_units() {
        let path = |name: &str| format!(r"D:\{}", name.repeat(128));
        assert_eq!(problem(&path("é\u{E9}")), None);
        assert_eq!(problem(&(path("🐍") + "ab")), Some(PathProblem::TooLong));
    }

    #[test]
    fn a_path_of_a_file_does_not_end_as_a_folder() {
        for (text, expected) in [
            (r"D:\a.log", None),
            (r"D:\logs\", Some(PathProblem::Folder)),
            (r"D:\", Some(PathProblem::Folder)),
            ("logs\\", Some(PathProblem::Relative)),
        ] {
            assert_eq!(WinPath::new(text).file_problem(), expected, "{text}");
        }
    }

    #[test]
    fn containment_ignores_case_and_respects_components() {
        let root = WinPath::new(r"D:\Apps\shop");
        assert!(WinPath::new(r"d:\apps\SHOP\env").is_within(&root));
        assert!(!WinPath::new(r"D:\Apps\shopping").is_within(&root));
    }

    #[test]
    fn what_lies_below_a_folder_is_told() {
        let below = |path: &str, folder: &str| {
            WinPath::new(path)
                .below(&WinPath::new(folder))
                .map(str::to_owned)
        };
        assert_eq!(below(r"D:\Apps\env\x", r"d:\apps").unwrap(), r"env\x");
        assert_eq!(below(r"D:\x", r"D:\").unwrap(), "x");
        assert_eq!(below(r"\\nas\web\shop", r"\\nas\web").unwrap(), "shop");
        for path in [r"D:\apps", r"D:\apps2\x", r"D:\", r"E:\apps\x"] {
            assert_eq!(below(path, r"D:\apps"), None, "{path}");
        }
    }

    #[test]
    fn join_and_parent_are_inverse() {
        let drive = WinPath::new(r"D:\");
        assert_eq!(drive.join("x").as_str(), r"D:\x");
        assert_eq!(drive.join("x").parent(), Some(drive));
    }
}
