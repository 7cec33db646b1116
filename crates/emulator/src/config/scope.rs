//! What holds at a URL: the configuration of all levels above it, put together.

use std::ops::Deref;

use super::authentication::Authentication;
use super::file::{ConfigFile, LoadError};
use super::filtering::RequestFiltering;
use super::handlers::Handlers;
use super::static_content::StaticContent;
use iisc_gateway_core::xml::Element;

/// The URLs at and below one path of an application, unless a deeper scope has them.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    /// Path below the application without slashes at its ends; empty for the application itself.
    pub(crate) path: String,
    /// Folder on the server; empty if no artifact says it.
    pub(crate) folder: String,
    pub(crate) settings: Settings,
}

/// The sections that are played.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) filtering: RequestFiltering,
    pub(crate) authentication: Authentication,
    pub(crate) handlers: Handlers,
    pub(crate) content: StaticContent,
}

impl Deref for Scope {
    type Target = Settings;

    fn deref(&self) -> &Settings {
        &self.settings
    }
}

impl Scope {
    /// True if files are what this scope is for: the first handler sends them.
    pub(super) fn sends_files(&self) -> bool {
        let mut handlers = self.handlers.list.iter();
        handlers.next().is_some_and(|first| first.sends_files())
    }
}

impl Settings {
    /// What holds on a server with IIS 7 or later where nobody has changed anything.
    pub(super) fn stock() -> Self {
        Self {
            filtering: RequestFiltering::stock(),
            authentication: Authentication::STOCK,
            handlers: Handlers::stock(),
            content: StaticContent::stock(),
        }
    }

    /// What holds on IIS 6, which knows no filtering, for these script maps.
    pub(super) fn metabase(handlers: Handlers) -> Self {
        Self {
            filtering: RequestFiltering::absent(),
            handlers,
            ..Self::stock()
        }
    }

    /// Takes over what a `system.webServer` element says.
    fn apply(&mut self, file: &ConfigFile, server: &Element) -> Result<(), LoadError> {
        self.filtering.apply(file, server)?;
        self.authentication.apply(file, server)?;
        self.handlers.apply(file, server)?;
        self.content.apply(file, server)
    }
}

/// All files of a server, by the paths of what they are about: `site/application/below`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layers<'a> {
    /// The fragments, which are merged into one file; their locations begin with a site.
    pub(super) hosts: &'a [ConfigFile],
    /// The file in each application's root, behind the application's path; its locations begin there. It holds for
    /// the applications below as well.
    pub(super) webs: &'a [(String, ConfigFile)],
}

impl Layers<'_> {
    /// What holds where in an application with these virtual directories, its own scope first.
    pub(super) fn scopes(
        self,
        application: &str,
        directories: &[(String, String)],
    ) -> Result<Vec<Scope>, LoadError> {
        let of_hosts = self.hosts.iter().flat_map(ConfigFile::location_paths);
        let of_webs = self.webs.iter().flat_map(|(root, web)| {
            let paths = web.location_paths();
            paths.map(move |path| joined(root, path))
        });
        let mut paths: Vec<_> = of_hosts
            .map(str::to_owned)
            .chain(of_webs)
            .filter(|path| self.application_of(path) == Some(application))
            .filter_map(|path| tail(&path, application).map(str::to_lowercase))
            .chain(directories.iter().map(|(path, _)| path.to_lowercase()))
            .chain([String::new()])
            .collect();
        // In this order a deeper path stands behind the one above it.
        paths.sort();
        paths.dedup();
        let scope = |path: String| {
            Ok(Scope {
                settings: self.settings(&joined(application, &path))?,
                folder: folder(&path, directories),
                path,
            })
        };
        paths.into_iter().map(scope).collect()
    }

    /// The deepest application that a path lies in.
    fn application_of(&self, path: &str) -> Option<&str> {
        let roots = self.webs.iter().map(|(root, _)| root.as_str());
        let above = roots.filter(|root| tail(path, root).is_some());
        above.max_by_key(|root| root.len())
    }

    /// Puts together what is said at each level; of two files, the outer one speaks first.
    fn settings(self, path: &str) -> Result<Settings, LoadError> {
        let mut settings = Settings::stock();
        let mut webs: Vec<_> = self.webs.iter().collect();
        webs.sort_by_key(|(root, _)| root.len());
        for level in levels(path) {
            let hosts = self.hosts.iter().map(|host| (host, level));
            let webs = webs
                .iter()
                .filter_map(|(root, web)| Some((web, tail(level, root)?)));
            for (file, path) in hosts.chain(webs) {
                for server in file.web_servers(path) {
                    settings.apply(file, server)?;
                }
            }
        }
        Ok(settings)
    }
}

/// The folder at a path: below that of the deepest virtual directory.
fn folder(path: &str, directories: &[(String, String)]) -> String {
    let found = directories
        .iter()
        .filter_map(|(directory, folder)| Some((directory.len(), folder, tail(path, directory)?)));
    let deepest = found.max_by_key(|(depth, _, _)| *depth);
    deepest.map_or_else(String::new, |(_, folder, rest)| match rest {
        "" => folder.clone(),
        rest => format!(
            "{}\\{}",
            folder.trim_end_matches('\\'),
            rest.replace('/', "\\")
        ),
    })
}

/// The empty path, and every path on the way to this one and itself.
fn levels(path: &str) -> impl Iterator<Item = &str> {
    let slashes = path.match_indices('/').map(|(at, _)| at);
    let ends = slashes.chain((!path.is_empty()).then_some(path.len()));
    [""].into_iter()
        .chain(ends.filter_map(|end| path.get(..end)))
}

fn joined(a: &str, b: &str) -> String {
    match (a, b) {
        (a, "") => a.to_owned(),
        (a, b) => format!("{a}/{b}"),
    }
}

/// The part of a path below another, compared without case and by whole segments.
pub(super) fn tail<'a>(path: &'a str, above: &str) -> Option<&'a str> {
    if above.is_empty() {
        return Some(path);
    }
    let (start, rest) = path.split_at_checked(above.len())?;
    let is_below = rest.is_empty() || rest.starts_with('/');
    (is_below && start.to_lowercase() == above.to_lowercase()).then(|| rest.trim_start_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::static_content::ClientCache;

    fn parsed(text: &str) -> ConfigFile {
        let text = format!("<configuration>{text}</configuration>");
        ConfigFile::parse("x".into(), text.as_bytes()).unwrap()
    }

    /// The scopes of `Default Web Site/a/shop`, with one more application above it.
    fn scopes(host: &str, outer: &str, web: &str, directories: &[(&str, &str)]) -> Vec<Scope> {
        let directories: Vec<_> = directories
            .iter()
            .map(|(path, folder)| ((*path).to_owned(), (*folder).to_owned()))
            .collect();
        let layers = Layers {
            hosts: &[parsed(host)],
            webs: &[
                ("Default Web Site/a/shop".to_owned(), parsed(web)),
                ("Default Web Site".to_owned(), parsed(outer)),
            ],
        };
        layers
            .scopes("Default Web Site/a/shop", &directories)
            .unwrap()
    }

    fn age(seconds: u32) -> String {
        format!(
            r#"<system.webServer><staticContent><clientCache cacheControlMode="UseMaxAge" cacheControlMaxAge="00:00:{seconds}"/></staticContent></system.webServer>"#
        )
    }

    fn located(path: &str, what: &str) -> String {
        format!(r#"<location path="{path}">{what}</location>"#)
    }

    fn ages(scopes: &[Scope]) -> Vec<(&str, u64)> {
        let age = |scope: &Scope| match scope.content.cache {
            ClientCache::MaxAge(seconds) => seconds,
            _ => 0,
        };
        scopes
            .iter()
            .map(|scope| (scope.path.as_str(), age(scope)))
            .collect()
    }

    #[test]
    fn a_level_says_more_than_those_above_it() {
        let host = [
            located("Default Web Site/A/Shop/Static/", &age(4)),
            located("default web site/a", &age(2)),
            located("Default Web Site/a/shop", &age(3)),
            located("Default Web Site/other", &age(9)),
            located("Default Web Site/a/shopping/x", &age(9)),
            located("", &age(1)),
        ]
        .concat();
        let of = |host: &str, outer: &str, web: &str| {
            let scopes = scopes(host, outer, web, &[]);
            let ages = ages(&scopes).into_iter();
            ages.map(|(path, age)| format!("{path} {age}"))
                .collect::<Vec<_>>()
        };
        assert_eq!(of(&host, "", ""), [" 3", "static 4"]);
        assert_eq!(of(&located("", &age(1)), "", ""), [" 1"]);
        let web = format!("{}{}", age(5), located("static/deep", &age(6)));
        assert_eq!(of(&host, "", &web), [" 5", "static 4", "static/deep 6"]);
        let web = located("static", &age(7));
        assert_eq!(of(&host, "", &web), [" 3", "static 7"]);
        let outer = format!("{}{}", age(8), located("a/shop/static", &age(9)));
        assert_eq!(of("", &outer, ""), [" 8", "static 9"]);
        assert_eq!(of("", &outer, &web), [" 8", "static 7"]);
    }

    #[test]
    fn what_is_said_of_an_application_below_is_none_of_the_outer_one() {
        let host = located("Default Web Site/a/shop/static", &age(1));
        let layers = Layers {
            hosts: &[parsed(&host)],
            webs: &[
                ("Default Web Site".to_owned(), parsed("")),
                ("Default Web Site/a/shop".to_owned(), parsed("")),
            ],
        };
        let scopes = layers.scopes("Default Web Site", &[]).unwrap();
        assert_eq!(ages(&scopes), [("", 0)]);
    }

    #[test]
    fn a_folder_lies_below_that_of_the_deepest_virtual_directory() {
        let web = [located("static/deep/er", &age(1)), located("b/c", &age(1))].concat();
        let directories = [
            ("", r"D:\a\"),
            ("Static/Deep", r"E:\d"),
            ("static", r"E:\s"),
        ];
        let scopes = scopes("", "", &web, &directories);
        let folders: Vec<_> = scopes
            .iter()
            .map(|scope| (scope.path.as_str(), scope.folder.as_str()))
            .collect();
        assert_eq!(
            folders,
            [
                ("", r"D:\a\"),
                ("b/c", r"D:\a\b\c"),
                ("static", r"E:\s"),
                ("static/deep", r"E:\d"),
                ("static/deep/er", r"E:\d\er"),
            ]
        );
    }
}
