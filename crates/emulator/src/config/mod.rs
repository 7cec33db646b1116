//! The artifacts as IIS's configuration system reads them.
//!
//! ```text
//! IIS 7 and later   applicationHost.fragment.config ─ site, registration ─┐
//!                   Web.config ─ app settings                             ├─ Application
//!                   both, level by level ─ scope: filtering, handler, … ──┘
//! IIS 6             fcgiext.ini, Web.config, register.cmd ─ fcgiext ──────── Application
//! ```

mod application;
mod authentication;
mod collection;
mod fcgiext;
mod file;
mod filtering;
mod handler;
mod handlers;
mod ini;
mod mime;
mod pairing;
mod registration;
mod scope;
mod site;
mod static_content;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use iisc_gateway_core::settings::WSGI_LOG;

pub use self::application::Application;
pub use self::file::LoadError;
pub(crate) use self::filtering::{Filtered, extension};
pub(crate) use self::handler::{Handler, Kind};
pub use self::pairing::Mismatch;
pub use self::registration::{Registration, StderrMode};
pub(crate) use self::scope::Scope;
pub(crate) use self::static_content::{ClientCache, StaticContent};

use self::file::ConfigFile;
use self::scope::Layers;
use crate::local::{Local, Places};

/// Name of the file that lies in the application's root.
const WEB_CONFIG: &str = "Web.config";
/// Name of the file that is merged into the server's own configuration.
const APPLICATION_HOST: &str = "applicationHost.fragment.config";

/// The configuration as read: applications and the registered FastCGI applications.
#[derive(Debug, Clone)]
pub struct Server {
    pub(crate) local: Local,
    pub(crate) edition: Edition,
    pub(crate) applications: Vec<Application>,
}

/// The kind of server that the artifacts are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edition {
    /// IIS 6, with a metabase.
    Metabase,
    /// IIS 7 and later, with configuration files; played as IIS 10.
    Files,
}

impl Edition {
    /// What the server calls itself.
    pub(crate) const fn software(self) -> &'static str {
        match self {
            Self::Metabase => "Microsoft-IIS/6.0",
            Self::Files => "Microsoft-IIS/10.0",
        }
    }
}

impl Server {
    /// Reads one application from the folder `artifacts`: `fcgiext.ini` and `Web.config` of IIS 6, or
    /// `applicationHost.fragment.config` and `Web.config` of a later version.
    ///
    /// # Errors
    /// The first thing that IIS would refuse as configuration (500.19), or that the emulator cannot play.
    /// A handler whose registration is missing is no such error, since IIS finds out at a request: ask
    /// [`Server::pairing`].
    pub fn load(artifacts: &Path, local: Local) -> Result<Self, LoadError> {
        Self::load_all(&[artifacts.to_owned()], local)
    }

    /// Reads one application from each folder; they share a server.
    ///
    /// # Errors
    /// As for [`Server::load`], and two applications in one place.
    pub fn load_all(artifacts: &[PathBuf], local: Local) -> Result<Self, LoadError> {
        let is_metabase = |folder: &PathBuf| folder.join(fcgiext::FCGIEXT_INI).is_file();
        let (edition, applications) = match artifacts.iter().any(is_metabase) {
            true => {
                let read = artifacts.iter().map(|folder| fcgiext::read(folder));
                (Edition::Metabase, read.collect::<Result<_, _>>()?)
            }
            false => (Edition::Files, read(artifacts)?),
        };
        let mut paths = BTreeSet::new();
        for (application, folder) in applications.iter().zip(artifacts) {
            if !paths.insert(application.path.to_lowercase()) {
                let message = format!(
                    "a second application has the URL path `{}`",
                    application.path
                );
                let help = "play one of the two at a time";
                return Err(LoadError::new(folder, None, message, help));
            }
        }
        Ok(Self {
            local: local.absolute(),
            edition,
            applications,
        })
    }

    /// The applications, in the order of their folders.
    pub fn applications(&self) -> impl Iterator<Item = &Application> {
        self.applications.iter()
    }

    /// The file on this machine that an application's processes write their log to, if there is one.
    #[must_use]
    pub fn log_file(&self, application: &Application) -> Option<PathBuf> {
        let registration = self.pairing(application).ok()?;
        let log = application.app_setting(WSGI_LOG)?;
        let places = self.places(&registration.full_path);
        Some(places.app_setting(WSGI_LOG, log).into())
    }

    /// The URL paths below an application at which files are sent, and their folders on this machine.
    pub fn static_folders<'a>(
        &'a self,
        application: &'a Application,
    ) -> impl Iterator<Item = (&'a str, PathBuf)> {
        let scopes = application.scopes.iter();
        scopes.filter(|scope| scope.sends_files()).map(|scope| {
            let folder = self.places("").folder(&scope.folder);
            (scope.path.as_str(), folder)
        })
    }

    /// The server's names for what the processes of an interpreter find on this machine.
    pub(crate) fn places<'a>(&'a self, interpreter: &'a str) -> Places<'a> {
        let roots = self.applications.iter();
        Places {
            local: &self.local,
            server_roots: roots.map(|it| it.physical_path.as_str()).collect(),
            server_interpreter: interpreter,
        }
    }

    /// All registered FastCGI applications.
    pub(crate) fn registrations(&self) -> impl Iterator<Item = &Registration> + Clone {
        self.applications.iter().flat_map(|it| &it.registrations)
    }

    /// The registered FastCGI application that the first FastCGI handler of an application names.
    ///
    /// # Errors
    /// The first handler without its registration; the text is the one that a request is answered with.
    pub fn pairing(&self, application: &Application) -> Result<&Registration, Mismatch> {
        let mut first = None;
        for handler in application.fastcgi_handlers() {
            let (_, found) = self.registration_of(handler)?;
            first = first.or(Some(found));
        }
        first.ok_or(Mismatch::NoHandler)
    }

    /// The registration that a handler names, and its place in the list.
    pub(crate) fn registration_of(
        &self,
        handler: &Handler,
    ) -> Result<(usize, &Registration), Mismatch> {
        pairing::find(handler, self.registrations())
    }
}

/// Reads the two files of each folder for IIS 7 or later.
fn read(folders: &[PathBuf]) -> Result<Vec<Application>, LoadError> {
    let (mut sites, mut hosts, mut webs) = (Vec::new(), Vec::new(), Vec::new());
    for folder in folders {
        let web = ConfigFile::read(folder.join(WEB_CONFIG))?;
        let host = ConfigFile::read(folder.join(APPLICATION_HOST))?;
        let site = site::read(&host)?;
        webs.push((site.configuration_path(), web));
        hosts.push(host);
        sites.push(site);
    }
    let layers = Layers {
        hosts: &hosts,
        webs: &webs,
    };
    let files = hosts.iter().zip(&webs).zip(sites);
    files
        .map(|((host, (path, web)), site)| {
            let scopes = layers.scopes(path, &site.directories)?;
            let root = scopes.first().map(|scope| scope.folder.clone());
            Ok(Application {
                physical_path: root.unwrap_or_default(),
                scopes,
                registrations: registration::read(host)?,
                app_settings: app_settings(web),
                site_name: site.site_name,
                site_id: site.site_id,
                pool: site.pool,
                path: site.path,
            })
        })
        .collect()
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
