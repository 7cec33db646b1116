//! The application: loaded once, from its folder, with its settings.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use iisc_gateway_core::cgi::{Mapping, application_id, physical_path};
use iisc_gateway_core::fcgi::params::Pair;
use iisc_gateway_core::head::RequestHead;
use iisc_gateway_core::settings::{IISC_APP_ROOT, WSGI_RESTART_FILE_REGEX};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::MutexExt as _;

use super::failure;
use super::pattern::Pattern;
use super::settings::{self, Settings};
use crate::bridge::wsgi::environ::Template;
use crate::log;
use crate::transport::Doorbell;
use crate::watch::Watch;

/// What the process is there to serve.
#[derive(Debug)]
pub(crate) struct Site {
    /// Folder of the application; the first request tells it if nobody else has.
    root: Option<PathBuf>,
    /// The environment in which the process was started.
    environment: BTreeMap<String, String>,
    template: Template,
    /// Wakes the main thread while it waits for work: the process is to stop, or there is room for more.
    bell: Arc<Doorbell>,
    app: Mutex<Loaded>,
    /// Names of parameters that were left out, each of which is told once.
    left_out: Mutex<BTreeSet<Vec<u8>>>,
}

/// Names that are remembered as told; whoever sends more of them is not told of.
const LEFT_OUT_NAMES: usize = 100;

#[derive(Debug, Default)]
struct Loaded {
    app: Option<Arc<App>>,
    /// The IIS application that the first request was for.
    application_id: Option<Vec<u8>>,
    watch: Option<Watch>,
    /// Why there is no watch, though one is wanted.
    watch_failure: Option<String>,
}

/// A loaded application.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) callable: Py<PyAny>,
    pub(crate) mapping: Mapping,
}

/// Why the application cannot be served: one line, and a traceback if its own code failed.
#[derive(Debug)]
pub(crate) struct StartFailure {
    pub(crate) summary: String,
    pub(crate) details: String,
}

impl From<String> for StartFailure {
    fn from(summary: String) -> Self {
        Self {
            summary,
            details: String::new(),
        }
    }
}

impl Site {
    /// Looks at the environment; loads nothing yet.
    ///
    /// # Errors
    /// The system has no pipe for the bell.
    pub(crate) fn new(root: Option<PathBuf>, template: Template) -> io::Result<Self> {
        let environment: BTreeMap<String, String> = std::env::vars_os()
            .map(|(name, value)| {
                (
                    name.to_string_lossy().into_owned(),
                    value.to_string_lossy().into_owned(),
                )
            })
            .collect();
        let root = root.or_else(|| {
            let root = PathBuf::from(std::env::var_os(IISC_APP_ROOT)?);
            Some(root).filter(|root| !root.as_os_str().is_empty())
        });
        Ok(Self {
            root,
            environment,
            template,
            bell: Arc::new(Doorbell::new()?),
            app: Mutex::default(),
            left_out: Mutex::default(),
        })
    }

    /// True if the application can be loaded ahead of the first request.
    pub(crate) const fn knows_root(&self) -> bool {
        self.root.is_some()
    }

    pub(crate) const fn template(&self) -> &Template {
        &self.template
    }

    pub(crate) fn bell(&self) -> &Doorbell {
        &self.bell
    }

    /// The application for a request; loads it if that has not succeeded before (P64).
    ///
    /// # Errors
    /// It cannot be loaded, or the request is for another one (P29).
    pub(crate) fn app(&self, py: Python<'_>, params: &[Pair]) -> Result<Arc<App>, StartFailure> {
        let mut loaded = self.loaded(py);
        loaded.check_id(params)?;
        match &loaded.app {
            Some(app) => Ok(Arc::clone(app)),
            None => {
                let app = Arc::new(self.load(py, params, &mut loaded)?);
                loaded.app = Some(Arc::clone(&app));
                Ok(app)
            }
        }
    }

    /// Ends the watch. Its thread needs the interpreter, so it must not outlive that.
    pub(crate) fn end_watch(&self, py: Python<'_>) {
        let watch = self.loaded(py).watch.take();
        py.detach(|| watch.map(Watch::end));
    }

    fn loaded(&self, py: Python<'_>) -> MutexGuard<'_, Loaded> {
        self.app
            .lock_py_attached(py)
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells of parameters that the application does not see, once per name (W16).
    pub(crate) fn report_left_out(&self, head: &RequestHead) {
        for name in &head.left_out {
            let mut told = self.left_out.lock().unwrap_or_else(PoisonError::into_inner);
            if told.len() < LEFT_OUT_NAMES && told.insert(name.clone()) {
                let name = text(name);
                let reason = "it came twice, and the first one counts, or its name is not usual";
                log::write(&format!("ignored the parameter `{name}`: {reason}"), "");
            }
        }
    }

    fn load(
        &self,
        py: Python<'_>,
        params: &[Pair],
        loaded: &mut Loaded,
    ) -> Result<App, StartFailure> {
        let root = self.root(params)?;
        if let Some(path) = self.environment.get("WSGI_LOG").filter(|it| !it.is_empty()) {
            log::open(&root.join(path));
        }
        let settings = settings::read(&root, &self.environment)?;
        if let Some(path) = &settings.gateway.log {
            log::open(&root.join(path));
        }
        if let Some(pattern) = &settings.gateway.restart_pattern {
            // Before the application reads its files, so that no change falls between.
            let watch = || watch(py, &root, pattern, Arc::clone(&self.bell));
            loaded.keep_watch(watch);
        }
        let found = call_loader(py, &root, &settings);
        let callable = found.map_err(|error| describe(py, &error))?;
        let handler = &settings.gateway.handler;
        log::write(&format!("loaded `{handler}` in `{}`", root.display()), "");
        Ok(App {
            callable: callable.unbind(),
            mapping: settings.mapping,
        })
    }

    fn root(&self, params: &[Pair]) -> Result<PathBuf, StartFailure> {
        let root = match (&self.root, physical_path(params)) {
            (Some(root), _) => root.clone(),
            (None, Some(path)) => PathBuf::from(text(path)),
            (None, None) => PathBuf::from("."),
        };
        // Later changes of the working directory must not move it.
        match std::path::absolute(&root) {
            // IIS writes a separator at its end, which makes another entry of `sys.path` of it.
            Ok(absolute) => Ok(absolute.components().collect()),
            Err(error) => {
                Err(format!("the application's folder `{}`: {error}", root.display()).into())
            }
        }
    }
}

/// Compiles the pattern and watches the folder.
fn watch(py: Python<'_>, root: &Path, pattern: &str, bell: Arc<Doorbell>) -> Result<Watch, String> {
    let pattern = Pattern::compile(py, pattern)
        .map_err(|message| format!("Python cannot compile `{pattern}`: {message}"))?;
    py.detach(|| Watch::start(root, pattern, bell))
        .map_err(|message| format!("`{}` cannot be watched: {message}", root.display()))
}

impl Loaded {
    /// Starts the watch if there is none. A failure is told once, however often loading is tried, and keeps
    /// nobody from being served.
    fn keep_watch(&mut self, start: impl FnOnce() -> Result<Watch, String>) {
        if self.watch.is_some() {
            return;
        }
        match start() {
            Ok(watch) => self.watch = Some(watch),
            Err(failure) if self.watch_failure.as_ref() == Some(&failure) => {}
            Err(failure) => {
                log::write(
                    &format!("`{WSGI_RESTART_FILE_REGEX}` has no effect: {failure}"),
                    "",
                );
                self.watch_failure = Some(failure);
            }
        }
    }

    /// Two applications of one pool with equal registrations get each other's processes (P29).
    fn check_id(&mut self, params: &[Pair]) -> Result<(), StartFailure> {
        let Some(id) = application_id(params) else {
            return Ok(());
        };
        let own = self.application_id.get_or_insert_with(|| id.to_vec());
        if own.eq_ignore_ascii_case(id) {
            return Ok(());
        }
        Err(format!(
            "this process serves the application `{}`, and got a request for `{}`: their FastCGI \
             registrations are equal, so give them different arguments, such as `--app NAME`",
            text(own),
            text(id)
        )
        .into())
    }
}

/// Enters the folder and finds the application; both are Python's business, and Python's code.
fn call_loader<'py>(
    py: Python<'py>,
    root: &Path,
    settings: &Settings,
) -> PyResult<Bound<'py, PyAny>> {
    let loader = py.import(intern!(py, "iisc_gateway._load"))?;
    let variables = settings.variables.clone();
    let gateway = &settings.gateway;
    let root = root.as_os_str().to_owned();
    loader.call_method1("enter", (root, variables, gateway.python_path.clone()))?;
    if gateway.handler.is_empty() {
        let keys: Vec<&str> = settings
            .variables
            .iter()
            .map(|(key, _)| key.as_str())
            .collect();
        let file = settings.file.display().to_string();
        let message = loader.call_method1("missing_handler", (file, settings.is_found, keys))?;
        return Err(PyErr::from_value(
            loader.getattr("LoadError")?.call1((message,))?,
        ));
    }
    loader.call_method1("load", (&gateway.handler,))
}

/// A failure of the loader as text: its message, and the traceback of its cause.
fn describe(py: Python<'_>, error: &PyErr) -> StartFailure {
    let message = error.value(py).str();
    let is_ours = failure::type_name(py, error) == "LoadError";
    StartFailure {
        summary: match message {
            Ok(message) if is_ours => message.to_string_lossy().into_owned(),
            Ok(_) | Err(_) => failure::summary(py, error),
        },
        details: match error.cause(py) {
            Some(cause) => failure::traceback(py, &cause),
            None if is_ours => String::new(),
            None => failure::traceback(py, error),
        },
    }
}

/// A parameter as text: UTF-8, or else one character per byte, as older IIS sends it (P50).
fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec())
        .unwrap_or_else(|_| bytes.iter().copied().map(char::from).collect())
}
