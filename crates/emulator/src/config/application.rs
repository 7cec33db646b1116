//! An application, as the artifacts of one folder make it.

use super::{Handler, Registration, Scope};

/// An IIS application that is played.
#[derive(Debug, Clone)]
pub struct Application {
    /// Empty on IIS 6, where no artifact says it.
    pub(crate) site_name: String,
    pub(crate) site_id: u64,
    /// Empty if no artifact says it.
    pub(crate) pool: String,
    /// URL path: `/`, or `/name` without a slash at the end.
    pub(crate) path: String,
    /// Its root on the server; empty if no artifact says it.
    pub(crate) physical_path: String,
    pub(crate) app_settings: Vec<(String, String)>,
    /// What holds at which of its URLs: the first for all of it, deeper ones behind.
    pub(crate) scopes: Vec<Scope>,
    /// The FastCGI applications that its artifacts register.
    pub(crate) registrations: Vec<Registration>,
}

impl Application {
    /// The URL path of the application, `/` or `/name`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Name of the first handler that hands requests to a FastCGI application.
    #[must_use]
    pub fn handler(&self) -> Option<&str> {
        self.fastcgi_handlers()
            .next()
            .map(|handler| handler.name.as_str())
    }

    /// The value of an application setting; of a repeated one the last, as the gateway reads them.
    #[must_use]
    pub fn app_setting(&self, key: &str) -> Option<&str> {
        let mut settings = self.app_settings.iter().rev();
        settings
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    /// The handlers of the application itself that start processes.
    pub(super) fn fastcgi_handlers(&self) -> impl Iterator<Item = &Handler> {
        let own = self.scopes.first().into_iter();
        own.flat_map(|scope| &scope.handlers.list)
            .filter(|handler| handler.is_fastcgi())
    }

    /// The part of a decoded URL path below the application, without the leading `/`; `None` for a URL of
    /// another application.
    pub(crate) fn below<'a>(&self, url_path: &'a [u8]) -> Option<&'a [u8]> {
        below(self.path.trim_end_matches('/').as_bytes(), url_path)
    }

    /// What holds for a URL below the application, and the part of the URL below that. `None` does not happen, since
    /// the first scope has all URLs.
    pub(crate) fn scope<'a>(&self, url: &'a [u8]) -> Option<(&Scope, &'a [u8])> {
        let mut scopes = self.scopes.iter().rev();
        scopes.find_map(|scope| Some((scope, scope.below(url)?)))
    }
}

impl Scope {
    fn below<'a>(&self, url: &'a [u8]) -> Option<&'a [u8]> {
        match self.path.as_str() {
            "" => Some(url),
            path => below(path.as_bytes(), url),
        }
    }
}

/// The part of a path below another. IIS compares without case, and only whole segments.
fn below<'a>(own: &[u8], path: &'a [u8]) -> Option<&'a [u8]> {
    let (start, rest) = path.split_at_checked(own.len())?;
    match rest {
        [] if start.eq_ignore_ascii_case(own) => Some(rest),
        [b'/', below @ ..] if start.eq_ignore_ascii_case(own) => Some(below),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::handlers::Handlers;
    use crate::config::scope::Settings;

    fn at(path: &str, scopes: &[&str]) -> Application {
        let scope = |path: &&str| Scope {
            path: (*path).to_owned(),
            folder: String::new(),
            settings: Settings::metabase(Handlers::of(Vec::new())),
        };
        Application {
            site_name: "S".to_owned(),
            site_id: 7,
            pool: "p".to_owned(),
            path: path.to_owned(),
            physical_path: r"D:\a".to_owned(),
            app_settings: Vec::new(),
            scopes: scopes.iter().map(scope).collect(),
            registrations: Vec::new(),
        }
    }

    #[test]
    fn a_url_belongs_to_the_application_by_whole_segments() {
        let below = |path: &str, url: &'static str| at(path, &[]).below(url.as_bytes());
        assert_eq!(below("/a", "/a"), Some(&b""[..]));
        assert_eq!(below("/a", "/A/b/c"), Some(&b"b/c"[..]));
        assert_eq!(below("/a", "/ab"), None);
        assert_eq!(below("/a", "/"), None);
        assert_eq!(below("/", "/"), Some(&b""[..]));
        assert_eq!(below("/", "/b"), Some(&b"b"[..]));
        assert_eq!(below("/", "*"), None);
    }

    #[test]
    fn the_deepest_scope_holds() {
        let application = at("/a", &["", "static", "static/inner"]);
        let scope = |url: &'static str| {
            let (scope, rest) = application.scope(url.as_bytes()).unwrap();
            (scope.path.clone(), std::str::from_utf8(rest).unwrap())
        };
        for (url, path, rest) in [
            ("", "", ""),
            ("staticx/y", "", "staticx/y"),
            ("STATIC", "static", ""),
            ("static/a/b", "static", "a/b"),
            ("static/inner/b", "static/inner", "b"),
            ("static/inne/b", "static", "inne/b"),
        ] {
            assert_eq!(scope(url), (path.to_owned(), rest), "{url}");
        }
    }
}
