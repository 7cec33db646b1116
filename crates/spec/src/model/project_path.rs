//! Paths within the project, the same on the build machine and below the root on the server.

use super::WinPath;
use super::text::text_type;

text_type! {
    /// A path relative to the root, such as `shop/static`, with `/` or `\` between names.
    #[schemars(
        extend("pattern" = r#"^[^/\\?*:<>|"%\x00-\x20\x7F-\x9F\uFFFE\uFFFF]([^/\\?*:<>|"%\x00-\x1F\x7F-\x9F\uFFFE\uFFFF]*)([/\\][^/\\?*:<>|"%\x00-\x1F\x7F-\x9F\uFFFE\uFFFF]+)*[/\\]?$"#),
        extend("patternErrorMessage" = "expected a path relative to the root, such as `shop/static`, without drive \
            and leading slash")
    )]
    ProjectPath
}

impl ProjectPath {
    /// The names on the way, without `.` and empty ones.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.as_str()
            .split(['/', '\\'])
            .filter(|name| !name.is_empty() && *name != ".")
    }

    /// The path with `/` between its names, as a project folder is asked for it.
    #[must_use]
    pub fn posix(&self) -> String {
        self.names().collect::<Vec<_>>().join("/")
    }

    /// The path with `\` between its names, as it is appended to a folder on the server.
    #[must_use]
    pub fn windows(&self) -> String {
        self.names().collect::<Vec<_>>().join("\\")
    }

    /// The path on the server, in the folder that holds the project there.
    #[must_use]
    pub fn below(&self, root: &WinPath) -> WinPath {
        match self.windows() {
            names if names.is_empty() => root.clone(),
            names => root.join(&names),
        }
    }

    /// True for a path that leaves the root by `..`.
    #[must_use]
    pub fn escapes(&self) -> bool {
        self.names().any(|name| name == "..")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_separators_mean_the_same() {
        let path = ProjectPath::new(r"./shop\static/");
        assert_eq!(path.posix(), "shop/static");
        assert_eq!(path.windows(), r"shop\static");
        let root = WinPath::new(r"D:\apps");
        assert_eq!(path.below(&root).as_str(), r"D:\apps\shop\static");
        assert_eq!(ProjectPath::new(".").below(&root), root);
        assert!(!path.escapes() && ProjectPath::new(r"a\..\b").escapes());
    }
}
