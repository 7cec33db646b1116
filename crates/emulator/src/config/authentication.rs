//! `security/authentication`: who may send requests.

use hyper::header::{HeaderValue, WWW_AUTHENTICATE};

use super::file::{ConfigFile, LoadError, below};
use crate::refusal::Refusal;
use iisc_gateway_core::xml::Element;

/// The methods by which a client may say who it is. Only the anonymous one is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Authentication {
    anonymous: bool,
    windows: bool,
    basic: bool,
}

impl Authentication {
    /// What holds on a server where nobody has changed anything.
    pub(super) const STOCK: Self = Self {
        anonymous: true,
        windows: false,
        basic: false,
    };

    /// What the property `AuthFlags` of the metabase says: 1 anonymous, 2 basic, 4 Windows.
    pub(super) const fn of_metabase(flags: u32) -> Self {
        Self {
            anonymous: flags & 1 != 0,
            basic: flags & 2 != 0,
            windows: flags & 4 != 0,
        }
    }

    /// Takes over what a `system.webServer` element says.
    pub(super) fn apply(&mut self, file: &ConfigFile, server: &Element) -> Result<(), LoadError> {
        for section in below(server, &["security", "authentication"]) {
            for (name, enabled) in [
                ("anonymousAuthentication", &mut self.anonymous),
                ("windowsAuthentication", &mut self.windows),
                ("basicAuthentication", &mut self.basic),
            ] {
                for element in section.children_named(name) {
                    *enabled = file.attributes(element).bool("enabled", *enabled)?;
                }
            }
        }
        Ok(())
    }

    /// Refuses everybody if nobody may come without a name, with the challenges that IIS sends.
    pub(crate) fn check(self, host: &str) -> Result<(), Refusal> {
        if self.anonymous {
            return Ok(());
        }
        let reason =
            "Anonymous authentication is disabled for this URL, and the emulator plays no other";
        let windows = self.windows.then_some(["Negotiate", "NTLM"]);
        let basic = format!("Basic realm=\"{}\"", host.replace(['"', '\\'], ""));
        let challenges = windows.into_iter().flatten().map(str::to_owned);
        let challenges = challenges.chain(self.basic.then_some(basic));
        let challenges = challenges.filter_map(|text| HeaderValue::try_from(text).ok());
        Err(
            challenges.fold(Refusal::unauthorized(2, reason), |refusal, challenge| {
                refusal.with_header(WWW_AUTHENTICATE, challenge)
            }),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn challenges(section: &str) -> Option<Vec<String>> {
        let text = format!(
            "<configuration><system.webServer><security><authentication>{section}</authentication></security>\
             </system.webServer></configuration>"
        );
        let file = ConfigFile::parse("fragment".into(), text.as_bytes()).unwrap();
        let mut authentication = Authentication::STOCK;
        for server in file.web_servers("") {
            authentication.apply(&file, server).unwrap();
        }
        let refusal = authentication.check(r#"sh"op"#).err()?;
        assert_eq!(refusal.code(), "401.2");
        let headers = refusal.headers().iter();
        Some(
            headers
                .map(|(_, value)| value.to_str().unwrap().to_owned())
                .collect(),
        )
    }

    #[test]
    fn whoever_may_come_without_a_name_comes_without_a_name() {
        assert_eq!(challenges(""), None);
        assert_eq!(
            challenges(r#"<windowsAuthentication enabled="true"/>"#),
            None
        );
        assert_eq!(
            challenges(r#"<anonymousAuthentication userName=""/>"#),
            None
        );
    }

    #[test]
    fn everybody_else_is_told_how_to_say_who_he_is() {
        let closed = r#"<anonymousAuthentication enabled="false"/>"#;
        assert_eq!(challenges(closed), Some(Vec::new()));
        let both =
            r#"<windowsAuthentication enabled="true"/><basicAuthentication enabled="true"/>"#;
        let expected = ["Negotiate", "NTLM", r#"Basic realm="shop""#].map(str::to_owned);
        assert_eq!(
            challenges(&format!("{closed}{both}")),
            Some(expected.to_vec())
        );
    }
}
