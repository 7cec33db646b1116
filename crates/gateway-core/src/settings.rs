//! What the gateway is told at its start: one type, written by the compiler and read back by the gateway.
//!
//! The keys of wfastcgi keep their names and meaning (K1-K6), so that an existing `Web.config` works
//! unchanged. Keys of our own begin with `IISC_`; one in `appSettings` that is not known is refused, because a
//! misspelt setting that is silently ignored costs an afternoon.

use std::collections::BTreeMap;
use std::fmt;

/// Dotted path of the WSGI application.
pub const WSGI_HANDLER: &str = "WSGI_HANDLER";
/// Folders to add to `sys.path`, separated by `;` on every system.
pub const PYTHONPATH: &str = "PYTHONPATH";
/// Log file.
pub const WSGI_LOG: &str = "WSGI_LOG";
/// Python regular expression of the files whose change restarts the process.
pub const WSGI_RESTART_FILE_REGEX: &str = "WSGI_RESTART_FILE_REGEX";
/// URL prefix under which the application is mounted.
pub const SCRIPT_NAME: &str = "SCRIPT_NAME";
/// Root folder of the application. Without it the first request's `APPL_PHYSICAL_PATH` tells.
pub const IISC_APP_ROOT: &str = "IISC_APP_ROOT";
/// File to read the settings from instead of `Web.config` in the root.
pub const IISC_WEB_CONFIG: &str = "IISC_WEB_CONFIG";

/// Prefix of the keys that are ours.
const OWN_PREFIX: &str = "IISC_";
const OWN_KEYS: [&str; 2] = [IISC_APP_ROOT, IISC_WEB_CONFIG];

/// What the gateway is told at its start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GatewaySettings {
    /// Dotted path of the WSGI application, with `()` where something is to be called. Empty if no one said.
    pub handler: String,
    /// Folders to append to `sys.path`, in order.
    pub python_path: Vec<String>,
    /// Log file; relative to the root of the application.
    pub log: Option<String>,
    /// Python regular expression of the files whose change restarts the process; `None` watches nothing.
    pub restart_pattern: Option<String>,
    /// URL prefix that overrides the one computed from the IIS application path (K9).
    pub mount: Option<String>,
}

/// A key that begins with `IISC_` and is none of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKey(pub String);

impl fmt::Display for UnknownKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the setting `{}` is unknown; the settings of iisc are {}",
            self.0,
            OWN_KEYS.join(" and ")
        )
    }
}

impl std::error::Error for UnknownKey {}

impl GatewaySettings {
    /// The `appSettings` that say all this; a value that is absent has no key.
    #[must_use]
    pub fn to_app_settings(&self) -> Vec<(&'static str, String)> {
        let python_path = (!self.python_path.is_empty()).then(|| self.python_path.join(";"));
        [
            (WSGI_HANDLER, Some(self.handler.clone())),
            (PYTHONPATH, python_path),
            (WSGI_LOG, self.log.clone()),
            (WSGI_RESTART_FILE_REGEX, self.restart_pattern.clone()),
            (SCRIPT_NAME, self.mount.clone()),
        ]
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)))
        .collect()
    }

    /// Reads the settings from `appSettings` and, where those say nothing, from the process environment.
    ///
    /// `PYTHONPATH` counts only in `appSettings`: the one of the environment has already been read by the
    /// interpreter, with the system's own separator.
    ///
    /// # Errors
    /// An `IISC_` key in `appSettings` that is not known. The environment is shared with others, among them the
    /// variables that `iisc` itself takes, so it is not judged.
    pub fn read(
        app_settings: &[(String, String)],
        environment: &BTreeMap<String, String>,
    ) -> Result<Self, UnknownKey> {
        if let Some((key, _)) = app_settings.iter().find(|(key, _)| is_unknown(key)) {
            return Err(UnknownKey(key.clone()));
        }
        // Of a repeated key the last one counts, as in wfastcgi (K1).
        let setting = |name: &str| {
            app_settings
                .iter()
                .rev()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value)
        };
        let either = |name: &str| {
            setting(name)
                .or_else(|| environment.get(name))
                .filter(|value| !value.is_empty())
                .cloned()
        };
        let lookup = |name: &str| setting(name).or_else(|| environment.get(name)).cloned();
        let python_path = app_settings
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(PYTHONPATH));
        Ok(Self {
            handler: either(WSGI_HANDLER).unwrap_or_default(),
            python_path: python_path
                .flat_map(|(_, value)| split_path(&expand(value, lookup)))
                .collect(),
            log: either(WSGI_LOG),
            restart_pattern: either(WSGI_RESTART_FILE_REGEX),
            mount: either(SCRIPT_NAME),
        })
    }
}

fn is_unknown(key: &str) -> bool {
    key.starts_with(OWN_PREFIX) && !OWN_KEYS.contains(&key)
}

fn split_path(text: &str) -> Vec<String> {
    text.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Replaces `%NAME%` by the variable's value, an unknown one by nothing (K4).
///
/// Unlike wfastcgi, a name may hold parentheses: `%ProgramFiles(x86)%` is an ordinary Windows variable (P36).
fn expand(text: &str, lookup: impl Fn(&str) -> Option<String>) -> String {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('%') {
        expanded.push_str(before);
        rest = match behind.split_once('%') {
            Some((name, tail)) if is_variable_name(name) => {
                expanded.push_str(&lookup(name).unwrap_or_default());
                tail
            }
            _ => {
                expanded.push('%');
                behind
            }
        };
    }
    expanded + rest
}

fn is_variable_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '(' | ')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn what_the_compiler_writes_the_gateway_reads_back() {
        let full = GatewaySettings {
            handler: "shop.make_app()".to_owned(),
            python_path: vec![r"D:\lib".to_owned(), r"D:\apps\shop\src".to_owned()],
            log: Some(r"D:\logs\shop.log".to_owned()),
            restart_pattern: Some(r".*\.py$".to_owned()),
            mount: Some("/shop".to_owned()),
        };
        for settings in [
            full,
            GatewaySettings {
                handler: "a.b".to_owned(),
                ..GatewaySettings::default()
            },
        ] {
            let written: Vec<_> = settings
                .to_app_settings()
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect();
            assert_eq!(
                GatewaySettings::read(&written, &BTreeMap::new()),
                Ok(settings)
            );
        }
    }

    #[test]
    fn app_settings_win_over_the_environment_and_the_last_one_counts() {
        let environment = BTreeMap::from([
            (WSGI_HANDLER.to_owned(), "from.environment".to_owned()),
            (WSGI_LOG.to_owned(), "gateway.log".to_owned()),
            (PYTHONPATH.to_owned(), "/not/ours".to_owned()),
        ]);
        let app_settings = pairs(&[(WSGI_HANDLER, "first.one"), (WSGI_HANDLER, "second.one")]);
        let settings = GatewaySettings::read(&app_settings, &environment).unwrap();
        assert_eq!(settings.handler, "second.one");
        assert_eq!(settings.log.as_deref(), Some("gateway.log"));
        assert!(settings.python_path.is_empty());
    }

    #[test]
    fn pythonpath_is_expanded_split_and_found_in_any_case() {
        let environment = BTreeMap::from([("ProgramFiles(x86)".to_owned(), r"C:\PF".to_owned())]);
        let app_settings = pairs(&[
            ("BASE", r"D:\base"),
            (
                "PythonPath",
                r"%BASE%\lib; %ProgramFiles(x86)%\x;;%NOBODY%;100%;50% off%",
            ),
        ]);
        let settings = GatewaySettings::read(&app_settings, &environment).unwrap();
        assert_eq!(
            settings.python_path,
            [r"D:\base\lib", r"C:\PF\x", "100%", "50% off%"]
        );
    }

    #[test]
    fn an_unknown_key_of_ours_is_refused_in_app_settings_alone() {
        let unknown = Err(UnknownKey("IISC_APPROOT".to_owned()));
        let app_settings = pairs(&[("IISC_APPROOT", "x")]);
        assert_eq!(
            GatewaySettings::read(&app_settings, &BTreeMap::new()),
            unknown
        );
        let environment = BTreeMap::from([("IISC_VAR_NAME".to_owned(), "x".to_owned())]);
        assert!(GatewaySettings::read(&[], &environment).is_ok());
    }
}
