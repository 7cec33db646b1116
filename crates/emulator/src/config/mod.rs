//! The two artifacts as IIS's configuration system reads them.

mod file;
mod filtering;
mod handler;
mod pairing;
mod registration;
mod site;

use std::path::{Path, PathBuf};

use iisc_gateway_core::settings::WSGI_LOG;

pub use self::file::LoadError;
pub(crate) use self::filtering::RequestFiltering;
pub(crate) use self::handler::Handler;
pub use self::pairing::Mismatch;
pub use self::registration::{Registration, StderrMode};
pub(crate) use self::site::Application;

use self::file::ConfigFile;
use crate::local::{Local, Places};

/// Name of the file that lies in the application's root.
const WEB_CONFIG: &str = "Web.config";
/// Name of the file that is merged into the server's own configuration.
const APPLICATION_HOST: &str = "applicationHost.fragment.config";

/// The configuration as read: one application, its handlers, the registered FastCGI applications.
#[derive(Debug, Clone)]
pub struct Server {
    pub(crate) local: Local,
    pub(crate) application: Application,
    pub(crate) handlers: Vec<Handler>,
    pub(crate) registrations: Vec<Registration>,
    pub(crate) filtering: RequestFiltering,
    pub(crate) app_settings: Vec<(String, String)>,
}

impl Server {
    /// Reads `Web.config` and `applicationHost.fragment.config` from the folder `artifacts`.
    ///
    /// # Errors
    /// The first thing that IIS would refuse as configuration (500.19), or that the emulator cannot play.
    /// A handler whose registration is missing is no such error, since IIS finds out at a request: ask
    /// [`Server::pairing`].
    pub fn load(artifacts: &Path, local: Local) -> Result<Self, LoadError> {
        let web = ConfigFile::read(artifacts.join(WEB_CONFIG))?;
        let host = ConfigFile::read(artifacts.join(APPLICATION_HOST))?;
        Ok(Self {
            local: local.absolute(),
            application: site::read(&host)?,
            handlers: handler::read(&web)?,
            registrations: registration::read(&host)?,
            filtering: filtering::read(&web)?,
            app_settings: app_settings(&web),
        })
    }

    /// The URL path of the application, `/` or `/name`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.application.path
    }

    /// Name of the first handler that hands requests to a FastCGI application.
    #[must_use]
    pub fn handler(&self) -> Option<&str> {
        let handler = self.handlers.iter().find(|handler| handler.is_fastcgi());
        handler.map(|handler| handler.name.as_str())
    }

    /// The value of an application setting; of a repeated one the last, as the gateway reads them.
    #[must_use]
    pub fn app_setting(&self, key: &str) -> Option<&str> {
        let mut settings = self.app_settings.iter().rev();
        settings
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    /// The file on this machine that the processes write their log to, if there is one.
    #[must_use]
    pub fn log_file(&self) -> Option<PathBuf> {
        let places = self.places(self.pairing().ok()?);
        let log = self.app_setting(WSGI_LOG)?;
        Some(places.app_setting(WSGI_LOG, log).into())
    }

    /// The server's names for what the processes of a registration find on this machine.
    pub(crate) fn places<'a>(&'a self, registration: &'a Registration) -> Places<'a> {
        Places {
            local: &self.local,
            server_root: &self.application.physical_path,
            server_interpreter: &registration.full_path,
        }
    }

    /// The registered FastCGI application that the first FastCGI handler names.
    ///
    /// # Errors
    /// The first handler without its registration; the text is the one that a request is answered with.
    pub fn pairing(&self) -> Result<&Registration, Mismatch> {
        let fastcgi = self.handlers.iter().filter(|handler| handler.is_fastcgi());
        let mut pairs = Vec::new();
        for handler in fastcgi {
            pairs.push(self.registration_of(handler)?);
        }
        pairs
            .first()
            .map(|(_, found)| *found)
            .ok_or(Mismatch::NoHandler)
    }

    /// The registration that a handler names, and its place in the list.
    pub(crate) fn registration_of(
        &self,
        handler: &Handler,
    ) -> Result<(usize, &Registration), Mismatch> {
        pairing::find(handler, &self.registrations)
    }
}

/// The settings in the order of the file, repeats included: which one counts is the gateway's business.
fn app_settings(web: &ConfigFile) -> Vec<(String, String)> {
    web.elements(&["appSettings", "add"])
        .filter_map(|add| {
            let (key, value) = (add.attribute("key")?, add.attribute("value")?);
            Some((key.to_owned(), value.to_owned()))
        })
        .collect()
}
