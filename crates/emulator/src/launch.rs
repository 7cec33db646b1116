//! What it takes to start a process of a registered application on this machine.

use std::io;
use std::path::{Path, PathBuf};

use iisc_gateway_core::settings::{IISC_WEB_CONFIG, WSGI_LOG};

use crate::command_line;
use crate::config::{Application, Registration, Server};
use crate::web_config;

/// Variable with the application pool's name, which IIS gives every worker process (iis.md 6.2).
const APP_POOL_ID: &str = "APP_POOL_ID";

/// A command with everything of the server replaced by what is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Launch {
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<String>,
    /// Set on top of the emulator's own environment, as IIS sets them on top of the worker process's.
    pub(crate) environment: Vec<(String, String)>,
    /// The working directory. Which one IIS uses is not documented, so nothing may rely on it.
    pub(crate) folder: PathBuf,
}

impl Launch {
    /// Localises a registration: writes its copy of `Web.config` under `name` into the state folder, and
    /// makes the folders that its settings name.
    ///
    /// # Errors
    /// Names the path that could not be written.
    pub(crate) fn prepare(
        server: &Server,
        application: &Application,
        registration: &Registration,
        name: &str,
    ) -> io::Result<Self> {
        let places = server.places(&registration.full_path);
        let settings = localised(&application.app_settings, |key, value| {
            places.app_setting(key, value)
        });
        let mut environment = localised(&registration.environment, |name, value| {
            places.variable(name, value)
        });
        let folder = server.local.state.clone();
        make_folder(&folder)?;
        let values = application.app_settings.iter();
        for (name, value) in values.chain(&registration.environment) {
            make_folders(name, &places.parts(name, value), &folder)?;
        }
        let web_config = folder.join(name);
        std::fs::write(&web_config, web_config::text(&settings)?)
            .map_err(|error| at(&web_config, &error))?;
        if !application.pool.is_empty() {
            environment.push((APP_POOL_ID.to_owned(), application.pool.clone()));
        }
        let web_config = web_config.to_string_lossy().into_owned();
        environment.push((IISC_WEB_CONFIG.to_owned(), web_config));
        let arguments = command_line::split(&registration.arguments);
        Ok(Self {
            program: server.local.interpreter.clone(),
            arguments: arguments.iter().map(|text| places.argument(text)).collect(),
            environment,
            folder,
        })
    }
}

fn localised(
    pairs: &[(String, String)],
    localise: impl Fn(&str, &str) -> String,
) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| (name.clone(), localise(name, value)))
        .collect()
}

/// Makes the folders of the log and of what lies outside the root, as they are there on the server.
fn make_folders(name: &str, parts: &[String], state: &Path) -> io::Result<()> {
    for path in parts.iter().map(Path::new) {
        if let Some(folder) = path.parent()
            && (path.starts_with(state) || (name == WSGI_LOG && path.is_absolute()))
        {
            make_folder(folder)?;
        }
    }
    Ok(())
}

fn make_folder(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder).map_err(|error| at(folder, &error))
}

fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(
        error.kind(),
        format!("`{}` cannot be written: {error}", path.display()),
    )
}
