//! `sites`: the application, where it lies and under which URL path.

use super::file::{ConfigFile, LoadError};

/// The IIS application that is played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Application {
    pub(crate) site_name: String,
    pub(crate) site_id: u64,
    pub(crate) pool: String,
    /// URL path: `/`, or `/name` without a slash at the end.
    pub(crate) path: String,
    /// Its root on the server.
    pub(crate) physical_path: String,
}

impl Application {
    /// The part of a decoded URL path below the application, without the leading `/`; `None` for a URL of
    /// another application. IIS compares without case, and only whole segments.
    pub(crate) fn below<'a>(&self, url_path: &'a [u8]) -> Option<&'a [u8]> {
        let own = self.path.trim_end_matches('/').as_bytes();
        let (start, rest) = url_path.split_at_checked(own.len())?;
        match rest {
            [] if start.eq_ignore_ascii_case(own) => Some(rest),
            [b'/', below @ ..] if start.eq_ignore_ascii_case(own) => Some(below),
            _ => None,
        }
    }
}

/// Reads the fragment's one application.
pub(super) fn read(host: &ConfigFile) -> Result<Application, LoadError> {
    let mut found = None;
    for site in host.elements(&["system.applicationHost", "sites", "site"]) {
        for application in site.children_named("application") {
            if found.replace((site, application)).is_some() {
                let message = "there is a second `application`";
                return Err(host.error(application, message, "play one application at a time"));
            }
        }
    }
    let (site, element) = found.ok_or_else(|| host.lacks("no `site` has an `application`"))?;
    let attributes = host.attributes(element);
    let root = element
        .children_named("virtualDirectory")
        .find(|directory| directory.attribute("path") == Some("/"))
        .ok_or_else(|| {
            let message = "the `application` has no `virtualDirectory` with the path `/`";
            host.error(element, message, super::file::BUILD_AGAIN)
        })?;
    let path = attributes.required("path")?;
    if !path.starts_with('/') || (path.len() > 1 && path.ends_with('/')) {
        let help = "write `/`, or `/name` without a slash at the end";
        return Err(host.error(element, format!("the application's path is `{path}`"), help));
    }
    Ok(Application {
        site_name: host.attributes(site).required("name")?.to_owned(),
        site_id: host.attributes(site).number("id", 1, 1..=u32::MAX.into())?,
        pool: attributes.text("applicationPool").to_owned(),
        path: path.to_owned(),
        physical_path: host.attributes(root).required("physicalPath")?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_sites(sites: &str) -> Result<Application, LoadError> {
        let text = format!(
            "<configuration><system.applicationHost><sites>{sites}</sites></system.applicationHost></configuration>"
        );
        read(&ConfigFile::parse("fragment".into(), text.as_bytes()).unwrap())
    }

    fn at(path: &str) -> Application {
        read_sites(&format!(
            r#"<site name="S" id="7"><application path="{path}" applicationPool="p"><virtualDirectory path="/" physicalPath="D:\a"/></application></site>"#
        ))
        .unwrap()
    }

    #[test]
    fn the_application_is_read() {
        let expected = Application {
            site_name: "S".to_owned(),
            site_id: 7,
            pool: "p".to_owned(),
            path: "/a".to_owned(),
            physical_path: r"D:\a".to_owned(),
        };
        assert_eq!(at("/a"), expected);
    }

    #[test]
    fn a_url_belongs_to_the_application_by_whole_segments() {
        let below = |path: &str, url: &'static str| at(path).below(url.as_bytes());
        assert_eq!(below("/a", "/a"), Some(&b""[..]));
        assert_eq!(below("/a", "/A/b/c"), Some(&b"b/c"[..]));
        assert_eq!(below("/a", "/ab"), None);
        assert_eq!(below("/a", "/"), None);
        assert_eq!(below("/", "/"), Some(&b""[..]));
        assert_eq!(below("/", "/b"), Some(&b"b"[..]));
        assert_eq!(below("/", "*"), None);
    }

    #[test]
    fn mistakes_are_told() {
        let application = r#"<application path="/a"><virtualDirectory path="/" physicalPath="D:\a"/></application>"#;
        for (sites, message) in [
            (String::new(), "no `site` has an `application`"),
            (
                r#"<site name="S"><application path="/a"/></site>"#.to_owned(),
                "no `virtualDirectory`",
            ),
            (
                format!(r#"<site name="S">{application}{application}</site>"#),
                "second `application`",
            ),
            (
                format!("<site>{application}</site>"),
                "lacks the attribute `name`",
            ),
            (
                format!(
                    r#"<site name="S">{}</site>"#,
                    application.replace("\"/a\"", "\"/a/\"")
                ),
                "path is `/a/`",
            ),
        ] {
            let error = read_sites(&sites).unwrap_err();
            assert!(error.message().contains(message), "{error}");
        }
    }
}
