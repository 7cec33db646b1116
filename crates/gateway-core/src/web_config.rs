//! The gateway's part of a `Web.config`: `appSettings`, read as wfastcgi read them.

use crate::xml::{self, Element, XmlError};

/// What a `Web.config` says to the gateway.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebConfig {
    /// Settings in the order in which they count: of a repeated key the last one.
    pub settings: Vec<(String, String)>,
    /// What stands in the file and has no effect here; for the log.
    pub warnings: Vec<Warning>,
}

/// Something in the file that does not do what it seems to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Line of the element, from 1.
    pub line: usize,
    /// What has no effect, without a full stop.
    pub message: String,
}

/// Reads a `Web.config`.
///
/// All `appSettings` below `configuration` count, wherever they stand (K1). The older `applicationSettings`
/// of the tutorials count too, and lose against `appSettings` (K2).
///
/// # Errors
/// The file is not XML.
pub fn read(bytes: &[u8]) -> Result<WebConfig, XmlError> {
    let root = xml::parse(bytes)?;
    let mut config = WebConfig::default();
    for section in ["applicationSettings", "appSettings"] {
        for configuration in root.descendants_named("configuration") {
            for settings in configuration.descendants_named(section) {
                config.read_section(settings);
            }
        }
    }
    if let [rewrite, ..] = root.descendants_named("rewrite").as_slice() {
        config.warn(
            rewrite,
            "`PATH_INFO` is the path behind URL rewriting: the client's own path in \
             `HTTP_X_ORIGINAL_URL` is not trusted",
        );
    }
    Ok(config)
}

impl WebConfig {
    fn read_section(&mut self, section: &Element) {
        for name in ["configSource", "file", "configProtectionProvider"] {
            if section.attribute(name).is_some() {
                let message = format!(
                    "`{name}` of `<{}>` has no effect: only settings in this file count",
                    section.name
                );
                self.warn(section, message);
            }
        }
        for name in ["remove", "clear", "EncryptedData"] {
            let elements = section.descendants_named(name).into_iter();
            for element in elements.filter(|element| means_this_file(section, element)) {
                let message = format!("`<{name}>` in `<{}>` has no effect", section.name);
                self.warn(element, message);
            }
        }
        for add in section.descendants_named("add") {
            let key = add.attribute("key").unwrap_or_default().trim();
            if key.is_empty() || key.contains('=') {
                self.warn(add, "a setting needs a `key` without `=`");
                continue;
            }
            let value = add.attribute("value").unwrap_or_default();
            self.settings.push((key.to_owned(), value.to_owned()));
        }
    }

    fn warn(&mut self, element: &Element, message: impl Into<String>) {
        self.warnings.push(Warning {
            line: element.line,
            message: message.into(),
        });
    }
}

/// False for a `clear` or `remove` in front of all that it could take away here: it means files further up, of which
/// nothing is read anyway.
fn means_this_file(section: &Element, element: &Element) -> bool {
    let before = section.children.iter();
    let mut before = before.take_while(|child| !std::ptr::eq(*child, element));
    let key = element.attribute("key");
    match element.name.as_str() {
        "clear" => before.any(|child| child.name == "add"),
        "remove" => before.any(|child| child.name == "add" && child.attribute("key") == key),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> Vec<(String, String)> {
        read(text.as_bytes()).unwrap().settings
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn k1_settings_count_wherever_they_stand_and_keys_are_stripped() {
        let text = "<configuration>
          <appSettings><add key=' A ' value=' 1 '/></appSettings>
          <location path='x'><appSettings><add key='B'/></appSettings></location>
        </configuration>";
        assert_eq!(settings(text), [pair("A", " 1 "), pair("B", "")]);
        assert_eq!(
            settings("<other><appSettings><add key='A'/></appSettings></other>"),
            []
        );
    }

    #[test]
    fn k2_the_older_section_counts_before_the_newer_one() {
        let text = "<configuration>
          <appSettings><add key='A' value='new'/></appSettings>
          <applicationSettings><add key='A' value='old'/></applicationSettings>
        </configuration>";
        assert_eq!(settings(text), [pair("A", "old"), pair("A", "new")]);
    }

    #[test]
    fn k3_what_has_no_effect_is_told_with_its_line() {
        let text = "<configuration>
          <appSettings file='other.config' configSource='s.config'>
            <add key='A'/><clear/>
            <remove key='A'/>
            <add value='keyless'/>
          </appSettings>
          <system.webServer><rewrite/></system.webServer>
        </configuration>";
        let config = read(text.as_bytes()).unwrap();
        let lines: Vec<_> = config.warnings.iter().map(|warning| warning.line).collect();
        assert_eq!(lines, [2, 2, 4, 3, 5, 7]);
        assert_eq!(config.settings, [pair("A", "")]);
        let first = &config.warnings[0].message;
        assert!(
            first.starts_with("`configSource` of `<appSettings>`"),
            "{first}"
        );
    }

    #[test]
    fn what_takes_from_files_further_up_is_no_news() {
        let text = "<configuration><appSettings>
            <clear/><remove key='B'/><add key='A'/><remove key='B'/><add key='B'/>
        </appSettings></configuration>";
        assert_eq!(read(text.as_bytes()).unwrap().warnings, []);
    }

    #[test]
    fn a_file_that_is_not_xml_is_told_with_its_line() {
        assert_eq!(read(b"<configuration>\n<oops\n").unwrap_err().line, 2);
    }
}
