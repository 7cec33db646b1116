//! `staticContent`: types of files, and how long clients keep them.

use super::collection::Collection;
use super::file::{Attributes, ConfigFile, LoadError, below};
use super::mime;
use iisc_gateway_core::xml::Element;

const MIME_MAP: Collection = Collection {
    add: "mimeMap",
    key: "fileExtension",
    beside: &["clientCache"],
    is_case_sensitive: false,
};

/// What the module for files is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StaticContent {
    /// Extensions in lower case with their dot, and their types.
    types: Vec<(String, String)>,
    pub(crate) cache: ClientCache,
}

/// What the client's cache is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ClientCache {
    /// Nothing.
    NoControl,
    /// To ask each time.
    DisableCache,
    /// Seconds that a file is good for.
    MaxAge(u64),
    /// The date until which a file is good, as the configuration writes it.
    Expires(String),
}

impl StaticContent {
    pub(super) fn stock() -> Self {
        Self {
            types: mime::stock(),
            cache: ClientCache::NoControl,
        }
    }

    /// The type of a file by its extension; IIS sends no file that has none (404.3). `.*` is for all others.
    pub(crate) fn type_of(&self, extension: &str) -> Option<&str> {
        let extension = extension.to_lowercase();
        let entry = |key: &str| self.types.iter().find(|(known, _)| known == key);
        let found = entry(&extension).or_else(|| entry(".*"));
        found.map(|(_, content_type)| content_type.as_str())
    }

    /// Takes over what a `system.webServer` element says.
    pub(super) fn apply(&mut self, file: &ConfigFile, server: &Element) -> Result<(), LoadError> {
        for section in below(server, &["staticContent"]) {
            for cache in section.children_named("clientCache") {
                self.cache = client_cache(file.attributes(cache))?;
            }
            MIME_MAP.apply(file, section, &mut self.types, |map| {
                map.required("mimeType").map(str::to_owned)
            })?;
        }
        Ok(())
    }
}

fn client_cache(cache: Attributes<'_>) -> Result<ClientCache, LoadError> {
    let max_age = cache.time_span("cacheControlMaxAge", 86_400)?;
    let expires = cache.text("httpExpires").to_owned();
    let modes = [
        ("NoControl", 0),
        ("DisableCache", 1),
        ("UseMaxAge", 2),
        ("UseExpires", 3),
    ];
    Ok(match cache.one_of("cacheControlMode", 0, &modes)? {
        1 => ClientCache::DisableCache,
        2 => ClientCache::MaxAge(max_age),
        3 => ClientCache::Expires(expires),
        _ => ClientCache::NoControl,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(section: &str) -> Result<StaticContent, LoadError> {
        let text = format!(
            "<configuration><system.webServer><staticContent>{section}</staticContent></system.webServer></configuration>"
        );
        let file = ConfigFile::parse("Web.config".into(), text.as_bytes()).unwrap();
        let mut content = StaticContent::stock();
        for server in file.web_servers("") {
            content.apply(&file, server)?;
        }
        Ok(content)
    }

    #[test]
    fn types_go_by_the_extension() {
        let stock = content("").unwrap();
        assert_eq!(stock.type_of(".CSS"), Some("text/css"));
        assert_eq!(stock.type_of(".py"), None);
        assert_eq!(stock.type_of("."), None);
        let own = content(
            r#"<remove fileExtension=".css"/><mimeMap fileExtension=".css" mimeType="x/y"/>
               <mimeMap fileExtension=".*" mimeType="any/thing"/>"#,
        )
        .unwrap();
        assert_eq!(own.type_of(".css"), Some("x/y"));
        assert_eq!(own.type_of(".py"), Some("any/thing"));
        assert_eq!(content("<clear/>").unwrap().type_of(".css"), None);
    }

    #[test]
    fn a_type_that_the_server_has_already_is_told() {
        let error = content(r#"<mimeMap fileExtension=".Css" mimeType="text/css"/>"#).unwrap_err();
        assert!(error.message().contains("`.css` twice"), "{error}");
    }

    #[test]
    fn the_cache_is_controlled_in_four_ways() {
        let cache = |attributes: &str| {
            let content = content(&format!("<clientCache {attributes}/>"));
            content.map(|content| content.cache)
        };
        for (attributes, expected) in [
            ("", ClientCache::NoControl),
            (r#"cacheControlMaxAge="1.00:00:00""#, ClientCache::NoControl),
            (
                r#"cacheControlMode="DisableCache""#,
                ClientCache::DisableCache,
            ),
            (
                r#"cacheControlMode="UseMaxAge""#,
                ClientCache::MaxAge(86_400),
            ),
            (
                r#"cacheControlMode="usemaxage" cacheControlMaxAge="7.00:00:00""#,
                ClientCache::MaxAge(604_800),
            ),
            (
                r#"cacheControlMode="UseMaxAge" cacheControlMaxAge="01:02:03""#,
                ClientCache::MaxAge(3_723),
            ),
            (
                r#"cacheControlMode="UseExpires" httpExpires="Tue, 19 Jan 2038 03:14:07 GMT""#,
                ClientCache::Expires("Tue, 19 Jan 2038 03:14:07 GMT".to_owned()),
            ),
        ] {
            assert_eq!(cache(attributes).unwrap(), expected, "{attributes}");
        }
        let error = cache(r#"cacheControlMaxAge="7d""#).unwrap_err();
        assert!(error.message().contains("`7d`"), "{error}");
    }
}
