//! What holds at a URL: the configuration of all levels above it, put together.

use std::ops::Deref;

use super::authentication::Authentication;
use super::file::{ConfigFile, LoadError};
use super::filtering::RequestFiltering;
use super::handler::Handlers;
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

/// The two files of an application, and where it lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layers<'a> {
    /// The fragment of `applicationHost.config`; its locations begin with the site.
    pub(super) host: &'a ConfigFile,
    /// The file in the application's root; its locations begin there.
    pub(super) web: &'a ConfigFile,
    pub(super) site: &'a str,
    /// The application's path without slashes at its ends.
    pub(super) application: &'a str,
    /// The virtual directories of the application.
    pub(super) directories: &'a [(String, String)],
}

impl Layers<'_> {
    /// All scopes, the application's own first.
    pub(super) fn scopes(self) -> Result<Vec<Scope>, LoadError> {
        let own = joined(self.site, self.application);
        let of_host = self
            .host
            .location_paths()
            .filter_map(|path| tail(path, &own));
        let of_web = self.web.location_paths();
        let of_site = self.directories.iter().map(|(path, _)| path.as_str());
        let mut paths: Vec<_> = [""]
            .into_iter()
            .chain(of_site)
            .chain(of_web)
            .chain(of_host)
            .map(str::to_lowercase)
            .collect();
        // In this order a deeper path stands behind the one above it.
        paths.sort();
        paths.dedup();
        paths.iter().map(|path| self.scope(path)).collect()
    }

    fn scope(self, path: &str) -> Result<Scope, LoadError> {
        let mut settings = Settings::stock();
        for level in levels(&joined(self.site, self.application)) {
            self.apply(self.host, level, &mut settings)?;
        }
        let own = joined(self.site, self.application);
        for level in levels(path) {
            // At one level the outer file speaks first.
            if !level.is_empty() {
                self.apply(self.host, &joined(&own, level), &mut settings)?;
            }
            self.apply(self.web, level, &mut settings)?;
        }
        Ok(Scope {
            path: path.to_owned(),
            folder: self.folder(path),
            settings,
        })
    }

    fn apply(
        self,
        file: &ConfigFile,
        path: &str,
        settings: &mut Settings,
    ) -> Result<(), LoadError> {
        file.web_servers(path)
            .try_for_each(|server| settings.apply(file, server))
    }

    /// The folder at a path: below that of the deepest virtual directory.
    fn folder(self, path: &str) -> String {
        let found = self.directories.iter().filter_map(|(directory, folder)| {
            Some((directory.len(), folder, tail(path, directory)?))
        });
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
fn tail<'a>(path: &'a str, above: &str) -> Option<&'a str> {
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

    fn scopes(host: &str, web: &str, directories: &[(&str, &str)]) -> Vec<Scope> {
        let parse = |text: &str| {
            let text = format!("<configuration>{text}</configuration>");
            ConfigFile::parse("x".into(), text.as_bytes()).unwrap()
        };
        let directories: Vec<_> = directories
            .iter()
            .map(|(path, folder)| ((*path).to_owned(), (*folder).to_owned()))
            .collect();
        let layers = Layers {
            host: &parse(host),
            web: &parse(web),
            site: "Default Web Site",
            application: "a/shop",
            directories: &directories,
        };
        layers.scopes().unwrap()
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
        assert_eq!(ages(&scopes(&host, "", &[])), [("", 3), ("static", 4)]);
        let outer = located("", &age(1));
        assert_eq!(ages(&scopes(&outer, "", &[])), [("", 1)]);
        let web = format!("{}{}", age(5), located("static/deep", &age(6)));
        assert_eq!(
            ages(&scopes(&host, &web, &[])),
            [("", 5), ("static", 4), ("static/deep", 6)]
        );
        let web = located("static", &age(7));
        assert_eq!(ages(&scopes(&host, &web, &[])), [("", 3), ("static", 7)]);
    }

    #[test]
    fn a_folder_lies_below_that_of_the_deepest_virtual_directory() {
        let web = [located("static/deep/er", &age(1)), located("b/c", &age(1))].concat();
        let directories = [
            ("", r"D:\a\"),
            ("Static/Deep", r"E:\d"),
            ("static", r"E:\s"),
        ];
        let scopes = scopes("", &web, &directories);
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
