//! The metabase, as `register.cmd` makes it: where an application lies, and which folders IIS sends itself.
//!
//! The script brings about one thing with one line, `cscript … "…iis6.js" make <what> <site> <path> <values>`. Of these
//! the ones are read that say what IIS does with a request; a folder of files has no wildcard map (section 5.5 of the
//! IIS fact sheet), so that nothing of it is Python's.

use crate::command_line;
use crate::config::authentication::Authentication;
use crate::config::handlers::Handlers;
use crate::config::scope::{Scope, Settings, tail};
use crate::config::static_content::ClientCache;

/// The script that the lines of set-up run.
const SCRIPT: &str = "iis6.js";

/// What is said about one site.
#[derive(Debug, Default)]
pub(super) struct Metabase {
    entries: Vec<Entry>,
}

/// What is said about one path.
#[derive(Debug)]
struct Entry {
    what: String,
    /// URL path within the site.
    path: String,
    values: Vec<String>,
}

impl Metabase {
    /// Reads the lines about a site.
    pub(super) fn read(script: &str, site: u64) -> Self {
        let site = site.to_string();
        let entry = |line: &str| {
            let mut words = command_line::split(line).into_iter();
            words.find(|word| word.ends_with(SCRIPT))?;
            let verb = words.next()?;
            let (what, own) = (words.next()?, words.next()?);
            let path = words.next()?;
            // Behind the values it says where the output goes. A `%` of a value is doubled.
            let values = words.take_while(|word| !word.starts_with("%$"));
            let values = values.map(|word| word.replace("%%", "%")).collect();
            (verb == "make" && own == site).then_some(Entry { what, path, values })
        };
        Self {
            entries: script.lines().filter_map(entry).collect(),
        }
    }

    fn about<'a>(&'a self, what: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.what == what)
    }

    /// Folder and pool of the application at a URL path.
    pub(super) fn application(&self, path: &str) -> Option<(&str, &str)> {
        let mut applications = self.about("application");
        let found = applications.find(|entry| entry.path.eq_ignore_ascii_case(path))?;
        match found.values.as_slice() {
            [folder, pool, ..] => Some((folder, pool)),
            _ => None,
        }
    }

    /// The folders of files below an application, the outer before the inner.
    pub(super) fn static_scopes(&self, application: &str) -> Vec<Scope> {
        let scope = |entry: &Entry| {
            let path = tail(entry.path.trim_matches('/'), application.trim_matches('/'))?;
            let mut settings = Settings::metabase(Handlers::stock());
            settings.authentication = self.authentication(&entry.path);
            if let Some(expires) = entry.values.get(1) {
                settings.content.cache = cache(expires);
            }
            Some(Scope {
                path: path.to_lowercase(),
                folder: entry.values.first()?.clone(),
                settings,
            })
        };
        let mut scopes: Vec<_> = self.about("static").filter_map(scope).collect();
        scopes.sort_by(|a, b| a.path.cmp(&b.path));
        scopes
    }

    /// Who may send requests for a path: what is said nearest above it.
    pub(super) fn authentication(&self, path: &str) -> Authentication {
        let path = path.trim_matches('/');
        let flags = self.about("directory-settings").filter_map(|entry| {
            let own = entry.path.trim_matches('/');
            tail(path, own)?;
            let mut values = entry.values.iter();
            let flags = values.find_map(|value| value.strip_prefix("AuthFlags="))?;
            Some((own.len(), flags.parse().ok()?))
        });
        let nearest = flags.max_by_key(|(depth, _)| *depth);
        nearest.map_or(Authentication::STOCK, |(_, flags)| {
            Authentication::of_metabase(flags)
        })
    }
}

/// Reads `HttpExpires`: `D`, and hexadecimal seconds from now on.
fn cache(expires: &str) -> ClientCache {
    let seconds = expires
        .split_once(',')
        .and_then(|(_, seconds)| seconds.trim().strip_prefix("0x"))
        .and_then(|seconds| u64::from_str_radix(seconds, 16).ok());
    seconds.map_or(ClientCache::NoControl, ClientCache::MaxAge)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = r#"@echo off
rem make static 3 /shop/x D:\x
cscript //nologo //e:jscript "%$HERE%iis6.js" ask static 3 /shop/asked D:\asked >"%$ANSWER%" 2>nul
%$RUN% cscript //nologo //e:jscript "%$HERE%iis6.js" make application 3 /shop "D:\my apps\100%%" "shop pool" shop %$TO_LOG%
%$RUN% cscript //nologo //e:jscript "%$HERE%iis6.js" make static 3 /shop/static/deep E:\deep %$TO_LOG%
%$RUN% cscript //nologo //e:jscript "%$HERE%iis6.js" make static 3 /shop/Static "D:\my apps\s" "D, 0xe10" %$TO_LOG%
%$RUN% cscript //nologo //e:jscript "%$HERE%iis6.js" make static 4 /shop/other E:\o %$TO_LOG%
%$RUN% cscript //nologo //e:jscript "%$HERE%iis6.js" make static 3 /shopping/other E:\o %$TO_LOG%
%$RUN% cscript //nologo //e:jscript "%$HERE%iis6.js" make directory-settings 3 /shop AccessFlags=513 %$TO_LOG%
%$RUN% cscript //nologo //e:jscript "%$HERE%iis6.js" make directory-settings 3 /shop AuthFlags=4 %$TO_LOG%
"#;

    #[test]
    fn an_application_has_its_folder_and_pool() {
        let metabase = Metabase::read(SCRIPT, 3);
        let found = metabase.application("/Shop");
        assert_eq!(found, Some((r"D:\my apps\100%", "shop pool")));
        assert_eq!(metabase.application("/"), None);
        assert_eq!(Metabase::read(SCRIPT, 5).application("/shop"), None);
    }

    #[test]
    fn folders_of_files_are_read_with_their_time() {
        let scopes = Metabase::read(SCRIPT, 3).static_scopes("/shop");
        let read: Vec<_> = scopes
            .iter()
            .map(|scope| {
                let age = &scope.content.cache;
                (scope.path.as_str(), scope.folder.as_str(), age.clone())
            })
            .collect();
        let expected = [
            ("static", r"D:\my apps\s", ClientCache::MaxAge(3_600)),
            ("static/deep", r"E:\deep", ClientCache::NoControl),
        ];
        assert_eq!(read, expected);
        let of_site = Metabase::read(SCRIPT, 3).static_scopes("/");
        assert_eq!(of_site.len(), 3);
    }

    #[test]
    fn who_may_come_is_said_above() {
        let metabase = Metabase::read(SCRIPT, 3);
        for (path, is_open) in [
            ("/shop", false),
            ("/shop/static/deep", false),
            ("/shopping", true),
            ("/", true),
        ] {
            let judged = metabase.authentication(path).check("host");
            assert_eq!(judged.is_ok(), is_open, "{path}");
        }
    }
}
