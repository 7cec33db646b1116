//! `sites`: the application, under which URL path, and which folders lie at its URLs.

use super::file::{BUILD_AGAIN, ConfigFile, LoadError};
use iisc_gateway_core::xml::Element;

/// An application as `sites` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SiteApplication {
    pub(super) site_name: String,
    pub(super) site_id: u64,
    pub(super) pool: String,
    /// URL path: `/`, or `/name` without a slash at the end.
    pub(super) path: String,
    /// URL path below the application without slashes at its ends, and folder on the server. The application's own
    /// has the empty path.
    pub(super) directories: Vec<(String, String)>,
}

/// Reads the fragment's one application.
pub(super) fn read(host: &ConfigFile) -> Result<SiteApplication, LoadError> {
    let sites = host.elements(&["system.applicationHost", "sites", "site"]);
    let mut applications = sites.flat_map(|site| {
        let applications = site.children_named("application");
        applications.map(move |application| (site, application))
    });
    let (site, element) = applications
        .next()
        .ok_or_else(|| host.lacks("no `site` has an `application`"))?;
    if let Some((_, second)) = applications.next() {
        let message = "there is a second `application`";
        return Err(host.error(second, message, "play one application at a time"));
    }
    Ok(SiteApplication {
        site_name: host.attributes(site).required("name")?.to_owned(),
        site_id: host.attributes(site).number("id", 1, 1..=u32::MAX.into())?,
        pool: host.attributes(element).text("applicationPool").to_owned(),
        path: application_path(host, element)?.to_owned(),
        directories: directories(host, element)?,
    })
}

impl SiteApplication {
    /// The application's path among all configuration, without slashes at its ends.
    pub(super) fn configuration_path(&self) -> String {
        let path = format!("{}{}", self.site_name, self.path);
        path.trim_end_matches('/').to_owned()
    }
}

fn application_path<'a>(host: &'a ConfigFile, element: &'a Element) -> Result<&'a str, LoadError> {
    let path = host.attributes(element).required("path")?;
    if !path.starts_with('/') || (path.len() > 1 && path.ends_with('/')) {
        let help = "write `/`, or `/name` without a slash at the end";
        return Err(host.error(element, format!("the application's path is `{path}`"), help));
    }
    Ok(path)
}

fn directories(
    host: &ConfigFile,
    application: &Element,
) -> Result<Vec<(String, String)>, LoadError> {
    let mut directories = Vec::new();
    for element in application.children_named("virtualDirectory") {
        let attributes = host.attributes(element);
        let path = attributes.required("path")?.trim_matches('/').to_owned();
        directories.push((path, attributes.required("physicalPath")?.to_owned()));
    }
    if directories.iter().any(|(path, _)| path.is_empty()) {
        return Ok(directories);
    }
    let message = "the `application` has no `virtualDirectory` with the path `/`";
    Err(host.error(application, message, BUILD_AGAIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_sites(sites: &str) -> Result<SiteApplication, LoadError> {
        let text = format!(
            "<configuration><system.applicationHost><sites>{sites}</sites></system.applicationHost></configuration>"
        );
        read(&ConfigFile::parse("fragment".into(), text.as_bytes()).unwrap())
    }

    fn at(path: &str) -> SiteApplication {
        read_sites(&format!(
            r#"<site name="S" id="7"><application path="{path}" applicationPool="p"><virtualDirectory path="/" physicalPath="D:\a"/><virtualDirectory path="/s/t" physicalPath="E:\t"/></application></site>"#
        ))
        .unwrap()
    }

    #[test]
    fn the_application_is_read() {
        let expected = SiteApplication {
            site_name: "S".to_owned(),
            site_id: 7,
            pool: "p".to_owned(),
            path: "/a".to_owned(),
            directories: [("", r"D:\a"), ("s/t", r"E:\t")]
                .map(|(path, folder)| (path.to_owned(), folder.to_owned()))
                .to_vec(),
        };
        assert_eq!(at("/a"), expected);
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
