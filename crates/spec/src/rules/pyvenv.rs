//! What `pyvenv.cfg` says about the Python that a virtual environment was made from.

use std::sync::Arc;

use super::Document;
use crate::model::WinPath;
use crate::source::{SourceFile, Span};

/// The `home` of a virtual environment, and where it is written.
pub(super) struct Home {
    /// The folder of the base interpreter.
    pub(super) folder: WinPath,
    pub(super) source: Arc<SourceFile>,
    pub(super) span: Span,
}

/// Asks the project's folder for the virtual environment's `pyvenv.cfg`.
///
/// `None` also for one that was made on another system, which says nothing about the server.
pub(super) fn home(document: &Document<'_>) -> Option<Home> {
    let spec = document.spec;
    let environment = spec.python.virtualenv()?;
    let (root, inside) = (spec.root.as_str().len(), environment.is_within(&spec.root));
    let below = environment.as_str().get(root..).filter(|_| inside)?;
    let folder = below.trim_matches('\\').replace('\\', "/");
    let name = format!("{folder}/pyvenv.cfg");
    let text = document.world?.read(name.trim_start_matches('/'))?;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some((key, value)) = line.split_once('=')
            && key.trim() == "home"
        {
            let folder = WinPath::new(value.trim());
            let blanks = value.len() - value.trim_start().len();
            let at = start + key.len() + 1 + blanks;
            let span = Span::new(at, at + value.trim().len());
            folder.problem().is_none().then_some(())?;
            let source = Arc::new(SourceFile::new(name, text));
            return Some(Home {
                folder,
                source,
                span,
            });
        }
        start += line.len();
    }
    None
}
