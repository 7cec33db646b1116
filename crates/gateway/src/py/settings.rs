//! Where the settings come from: the environment, and `Web.config` in the application's folder.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use iisc_gateway_core::cgi::Mapping;
use iisc_gateway_core::settings::{GatewaySettings, IISC_WEB_CONFIG};
use iisc_gateway_core::web_config;

use crate::log;

/// Tells IIS, and so us, that URLs are split as CGI says (K8).
const ALLOW_PATH_INFO: &str = "AllowPathInfoForScriptMappings";

/// What was read.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) gateway: GatewaySettings,
    /// Environment variables that the file sets, in the order in which they count.
    pub(crate) variables: Vec<(String, String)>,
    pub(crate) mapping: Mapping,
    /// The file, or the place where none is.
    pub(crate) file: PathBuf,
    pub(crate) is_found: bool,
}

/// Reads the settings of the application in `root`.
///
/// # Errors
/// Says what is wrong, with file and line.
pub(crate) fn read(
    root: &Path,
    environment: &BTreeMap<String, String>,
) -> Result<Settings, String> {
    let file = match environment.get(IISC_WEB_CONFIG).filter(|it| !it.is_empty()) {
        Some(file) => root.join(file),
        None => find_web_config(root),
    };
    let (config, is_found) = match std::fs::read(&file) {
        Ok(bytes) => {
            let config = web_config::read(&bytes)
                .map_err(|error| format!("`{}`, {error}", file.display()))?;
            (config, true)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Default::default(),
        Err(error) => return Err(format!("`{}` cannot be read: {error}", file.display())),
    };
    for warning in &config.warnings {
        let place = file.display();
        log::write(
            &format!("`{place}`, line {}: {}", warning.line, warning.message),
            "",
        );
    }
    let gateway = GatewaySettings::read(&config.settings, environment)
        .map_err(|error| format!("`{}` or the environment: {error}", file.display()))?;
    let names = config.settings.iter().map(|(key, _)| key);
    let allows_path_info = names
        .chain(environment.keys())
        .any(|name| name.eq_ignore_ascii_case(ALLOW_PATH_INFO));
    Ok(Settings {
        mapping: Mapping {
            mount: gateway.mount.clone(),
            allows_path_info,
        },
        gateway,
        variables: config.settings,
        file,
        is_found,
    })
}

/// `Web.config` in any spelling, as on the system that the file was made for.
fn find_web_config(root: &Path) -> PathBuf {
    let usual = root.join("Web.config");
    if usual.exists() {
        return usual;
    }
    let entries = std::fs::read_dir(root).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
    names.sort();
    names
        .iter()
        .find(|name| name.eq_ignore_ascii_case("Web.config"))
        .map_or(usual, |name| root.join(name))
}
