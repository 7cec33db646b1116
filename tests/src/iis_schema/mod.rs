//! Judges configuration files by the schema language of IIS itself.
//!
//! The language is described at the top of IIS's own schema file and in section 2.1 of the IIS fact sheet, placement
//! and locks in section 3. The schema files and two servers' `applicationHost.config` lie beside the project where
//! somebody has put them ([`schema_folder`]), and are no part of it. Nothing here knows what iisc writes.
//!
//! - [`Schema`] is what the schema files say, [`mod@value`] says whether a text is a value of a type.
//! - [`Registrations`] is what a server's `configSections` say: where a section may stand, and whether it is locked.
//! - [`Server::judge`] reads an `applicationHost.config` and the `Web.config` files below it, level by level as IIS
//!   does, and tells every [`Problem`].
//! - [`merge()`] puts a fragment into an `applicationHost.config`.

pub mod contents;
pub mod merge;
pub mod placement;
pub mod problem;
pub mod schema;
pub mod server;
pub mod state;
pub mod validator;
pub mod value;

use std::fs;
use std::path::{Path, PathBuf};

use iisc_gateway_core::xml::{self, Element};

pub use self::merge::merge;
pub use self::placement::Registrations;
pub use self::problem::{Problem, Rule};
pub use self::schema::Schema;
pub use self::server::Server;

/// A configuration file, and the name that problems call it by.
#[derive(Debug, Clone)]
pub struct File {
    /// The name.
    pub name: String,
    /// The element `configuration`.
    pub root: Element,
}

impl File {
    /// Reads a file.
    ///
    /// # Errors
    /// What is not XML, in words.
    pub fn parse(name: impl Into<String>, bytes: &[u8]) -> Result<Self, String> {
        let name = name.into();
        let root = xml::parse(bytes).map_err(|error| format!("{name}: {error}"))?;
        Ok(Self { name, root })
    }
}

/// The folder of IIS's schema files, if it lies beside the project or further up.
#[must_use]
pub fn schema_folder() -> Option<PathBuf> {
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let mut folders = folders.map(|folder| folder.join("shared/iis-schema"));
    folders.find(|folder| folder.is_dir())
}

/// A file of that folder.
///
/// # Panics
/// If it is not there or not XML.
#[must_use]
pub fn reference(folder: &Path, name: &str) -> File {
    let bytes = fs::read(folder.join(name)).expect("the folder has the file");
    // Blanks in front of a document without a declaration are XML to IIS.
    File::parse(name, bytes.trim_ascii_start()).expect("the file is XML")
}
