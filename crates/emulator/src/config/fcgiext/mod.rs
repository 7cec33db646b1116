//! IIS 6: an application as `fcgiext.ini` and the settings in `Web.config` make it.
//!
//! IIS itself reads no `Web.config` there. Folders, pools and who may come stand in the metabase; what is known of it
//! is what `register.cmd` does to it. Without that script an application has the folder that the variable
//! `IISC_APP_ROOT` of its processes says, and no files of its own.

#[cfg(test)]
mod tests;

mod metabase;
mod types;

use std::path::Path;
use std::time::Duration;

use iisc_gateway_core::settings::IISC_APP_ROOT;

use self::metabase::Metabase;
use self::types::{Range, Type, range};
use super::file::{BUILD_AGAIN, ConfigFile, LoadError, read_bytes};
use super::handler::RESPONSE_BUFFER_LIMIT;
use super::handlers::Handlers;
use super::ini::{self, Pair, Section};
use super::registration::STDERR_MODES;
use super::scope::{Scope, Settings};
use super::{Application, Handler, Registration, StderrMode, WEB_CONFIG, app_settings};

/// Name of the file that tells it from the artifacts of later versions.
pub(super) const FCGIEXT_INI: &str = "fcgiext.ini";

/// Name of the script that changes the metabase.
const REGISTER_CMD: &str = "register.cmd";

/// The site that a new server has.
const DEFAULT_SITE: u64 = 1;

/// The file, and what it registers.
struct Ini<'a> {
    path: &'a Path,
    sections: Vec<Section>,
}

/// Reads the two files of a folder.
pub(super) fn read(folder: &Path) -> Result<Application, LoadError> {
    let path = folder.join(FCGIEXT_INI);
    let text = String::from_utf8_lossy(&read_bytes(&path)?).into_owned();
    let ini = Ini {
        path: &path,
        sections: ini::read(&path, &text)?,
    };
    let web = ConfigFile::read(folder.join(WEB_CONFIG))?;
    let types = ini.types()?;
    let (site_id, url) = ini.place(&types)?;
    let registrations = ini.registrations()?;
    let handlers = handlers(&types, &ini)?;
    let script = folder.join(REGISTER_CMD);
    let metabase = match script.is_file() {
        true => Metabase::read(&String::from_utf8_lossy(&read_bytes(&script)?), site_id),
        false => Metabase::default(),
    };
    let (root, pool) = match metabase.application(&url) {
        Some((root, pool)) => (root.to_owned(), pool.to_owned()),
        None => (told_root(&handlers, &registrations), String::new()),
    };
    let mut settings = Settings::metabase(Handlers::of(handlers));
    settings.authentication = metabase.authentication(&url);
    let own = Scope {
        path: String::new(),
        folder: root.clone(),
        settings,
    };
    let mut scopes = vec![own];
    scopes.extend(metabase.static_scopes(&url));
    Ok(Application {
        site_name: String::new(),
        site_id,
        pool,
        path: url,
        physical_path: root,
        app_settings: app_settings(&web),
        scopes,
        registrations,
    })
}

/// The root that the processes of the first handler are told; empty if they are not.
fn told_root(handlers: &[Handler], registrations: &[Registration]) -> String {
    let root = handlers.first().and_then(|first| {
        let mut registrations = registrations.iter();
        let pool = registrations.find(|it| it.section == first.section)?;
        let mut variables = pool.environment.iter();
        let (_, root) = variables.find(|(name, _)| name == IISC_APP_ROOT)?;
        Some(root.clone())
    });
    root.unwrap_or_default()
}

/// What takes a request, in the order of section 4.3 of the IIS fact sheet: what is meant for the application before
/// what is meant for the site, and at each of them an extension before the rest.
fn handlers(types: &[Type<'_>], ini: &Ini<'_>) -> Result<Vec<Handler>, LoadError> {
    let mut ordered: Vec<_> = types.iter().collect();
    ordered.sort_by_key(|it| (it.range.clone(), it.extension == "*"));
    let handler = |it: &Type<'_>| {
        let section = it.section;
        let registration = ini.registration(section)?;
        let limit = ini.number(section, "ResponseBufferLimit", RESPONSE_BUFFER_LIMIT)?;
        Ok(Handler {
            name: section.name.clone(),
            path: match it.extension.as_str() {
                "*" => "*".to_owned(),
                extension => format!("*.{extension}"),
            },
            section: registration.section.clone(),
            response_buffer_limit: usize::try_from(limit).unwrap_or(usize::MAX),
            ..Handler::wildcard(registration.script_processor())
        })
    };
    ordered.into_iter().map(handler).collect()
}

const PROPERTIES: [&str; 19] = [
    "ExePath",
    "Arguments",
    "EnvironmentVars",
    "Protocol",
    "QueueLength",
    "MaxInstances",
    "InstanceMaxRequests",
    "IdleTimeout",
    "ActivityTimeout",
    "RequestTimeout",
    "ResponseBufferLimit",
    "FlushNamedPipe",
    "UnhealthyOnQueueFull",
    "IgnoreExistingFiles",
    "IgnoreDirectories",
    "RapidFailsPerMinute",
    "MonitorChangesTo",
    "StderrMode",
    "SignalBeforeTerminateSeconds",
];

impl Ini<'_> {
    fn error(&self, line: Option<usize>, message: String, help: &str) -> LoadError {
        LoadError::new(self.path, line, message, help)
    }

    /// The section of that name, compared without case.
    fn section(&self, name: &str) -> Option<&Section> {
        let mut sections = self.sections.iter();
        sections.find(|section| section.name.eq_ignore_ascii_case(name))
    }

    /// The keys of `[Types]`, each with the section that it names.
    fn types(&self) -> Result<Vec<Type<'_>>, LoadError> {
        let types = self.section("Types").ok_or_else(|| {
            self.error(
                None,
                "there is no section `[Types]`".to_owned(),
                BUILD_AGAIN,
            )
        })?;
        let read = |pair: &Pair| {
            let section = self.section(&pair.value).ok_or_else(|| {
                let message = format!(
                    "`[Types]` names the section `{}`, which is not there",
                    pair.value
                );
                self.error(Some(pair.line), message, BUILD_AGAIN)
            })?;
            let (extension, range) = range(&pair.key).ok_or_else(|| {
                let message = format!("`{}` is no key of `[Types]`", pair.key);
                let help = "write an extension or `*`, and behind a colon a site's number or `/lm/w3svc/<number>/root/<path>`";
                self.error(Some(pair.line), message, help)
            })?;
            Ok(Type {
                extension,
                range,
                section,
            })
        };
        types.pairs.iter().map(read).collect()
    }

    /// The site and URL path of the one application that is played.
    fn place(&self, types: &[Type<'_>]) -> Result<(u64, String), LoadError> {
        let nearest = types.iter().map(|it| &it.range).min();
        for it in types {
            if matches!(it.range, Range::Application(..)) && Some(&it.range) != nearest {
                let message = "`[Types]` names a second application".to_owned();
                return Err(self.error(None, message, "play one application at a time"));
            }
        }
        Ok(match nearest {
            Some(Range::Application(site, path)) => (*site, path.clone()),
            Some(Range::Site(site)) => (*site, "/".to_owned()),
            Some(Range::Everywhere) | None => (DEFAULT_SITE, "/".to_owned()),
        })
    }

    fn registrations(&self) -> Result<Vec<Registration>, LoadError> {
        let sections = self.sections.iter();
        let pools = sections.filter(|section| !section.name.eq_ignore_ascii_case("Types"));
        pools.map(|section| self.registration(section)).collect()
    }

    /// A pool; absent properties have the defaults of version 1.5 (section 4.4 of the IIS fact sheet).
    fn registration(&self, section: &Section) -> Result<Registration, LoadError> {
        for pair in &section.pairs {
            if !PROPERTIES
                .iter()
                .any(|it| it.eq_ignore_ascii_case(&pair.key))
            {
                let message = format!("`[{}]` has no property `{}`", section.name, pair.key);
                let help = format!("its properties are `{}`", PROPERTIES.join("`, `"));
                return Err(self.error(Some(pair.line), message, &help));
            }
        }
        let exe_path = value(section, "ExePath").ok_or_else(|| {
            let message = format!("`[{}]` lacks the property `ExePath`", section.name);
            self.error(Some(section.line), message, BUILD_AGAIN)
        })?;
        let count = |name, default| {
            let number = self.number(section, name, default)?;
            Ok(usize::try_from(number).unwrap_or(usize::MAX))
        };
        let seconds = |name, default| {
            let number = self.number(section, name, default)?;
            Ok(Duration::from_secs(number))
        };
        Ok(Registration {
            section: Some(section.name.clone()),
            full_path: exe_path.value.clone(),
            arguments: value(section, "Arguments").map_or_else(String::new, |it| it.value.clone()),
            max_instances: count("MaxInstances", 0)?,
            instance_max_requests: self.number(section, "InstanceMaxRequests", 1_000)?,
            queue_length: count("QueueLength", 1_000)?,
            request_timeout: seconds("RequestTimeout", 90)?,
            activity_timeout: seconds("ActivityTimeout", 70)?,
            idle_timeout: seconds("IdleTimeout", 300)?,
            signal_before_terminate: seconds("SignalBeforeTerminateSeconds", 0)?,
            rapid_fails_per_minute: count("RapidFailsPerMinute", 10)?,
            stderr_mode: self.stderr_mode(section)?,
            environment: self.environment(section)?,
        })
    }

    fn number(&self, section: &Section, name: &str, default: u64) -> Result<u64, LoadError> {
        let Some(pair) = value(section, name) else {
            return Ok(default);
        };
        pair.value.parse().map_err(|_| {
            let message = format!("`{name}` is `{}`", pair.value);
            self.error(Some(pair.line), message, "write a whole number")
        })
    }

    fn stderr_mode(&self, section: &Section) -> Result<StderrMode, LoadError> {
        let Some(pair) = value(section, "StderrMode") else {
            return Ok(StderrMode::ReturnStdErrIn500);
        };
        let mut modes = STDERR_MODES.iter();
        let mode = modes.find(|(name, _)| name.eq_ignore_ascii_case(&pair.value));
        mode.map(|(_, mode)| *mode).ok_or_else(|| {
            let message = format!("`StderrMode` is `{}`", pair.value);
            self.error(Some(pair.line), message, BUILD_AGAIN)
        })
    }

    fn environment(&self, section: &Section) -> Result<Vec<(String, String)>, LoadError> {
        let Some(pair) = value(section, "EnvironmentVars") else {
            return Ok(Vec::new());
        };
        ini::environment_vars(&pair.value).ok_or_else(|| {
            let message = "a part of `EnvironmentVars` has no colon".to_owned();
            let help = "write `NAME:value`, and `/,` for a comma within a value";
            self.error(Some(pair.line), message, help)
        })
    }
}

/// The value of a property.
fn value<'a>(section: &'a Section, name: &str) -> Option<&'a Pair> {
    let mut pairs = section.pairs.iter();
    pairs.find(|pair| pair.key.eq_ignore_ascii_case(name))
}
