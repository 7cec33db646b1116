//! The schema files and the two servers, read once.

use std::collections::BTreeMap;
use std::path::Path;
use std::slice::from_ref;
use std::sync::OnceLock;

use iisc_spec::Target;
use iisc_tests::iis_schema::{File, Registrations, Schema, Server, reference, schema_folder};
use iisc_tests::skip;

use crate::versions::as_of;

/// What lies in the folder of the schema files.
#[derive(Debug)]
pub(crate) struct Reference {
    schemas: BTreeMap<Target, Schema>,
    /// A server with the stock roles and URL Rewrite, and one with ASP.NET and PHP.
    pub(crate) hosts: [Host; 2],
}

/// An `applicationHost.config`.
#[derive(Debug)]
pub(crate) struct Host {
    pub(crate) file: File,
    pub(crate) registrations: Registrations,
}

impl Reference {
    /// The schema files, or nothing where nobody has put them; that is said loudly.
    pub(crate) fn get() -> Option<&'static Self> {
        static READ: OnceLock<Option<Reference>> = OnceLock::new();
        let read = READ.get_or_init(|| schema_folder().map(|folder| Self::read(&folder)));
        if read.is_none() {
            skip("shared/iis-schema");
        }
        read.as_ref()
    }

    fn read(folder: &Path) -> Self {
        let file = |name| reference(folder, name);
        let dotnet = file("FX_schema.xml");
        let modules = ["httpplatform_schema.xml", "rewrite_schema.xml"].map(file);
        let [old, new] = ["IIS_schema.iis8.xml", "IIS_schema.xml"].map(file);
        let schema = |target| {
            // The file that comes nearest: there are those of 8 and 10.
            let own = match target {
                Target::Iis6 => None,
                Target::Iis7 | Target::Iis7_5 | Target::Iis8 | Target::Iis8_5 => Some(&old),
                Target::Iis10 | Target::IisExpress => Some(&new),
            };
            let own = own.into_iter().flat_map(|own| modules.iter().chain([own]));
            let own = own.map(|file| as_of(target, file));
            (
                target,
                Schema::read(&own.chain([dotnet.clone()]).collect::<Vec<_>>()),
            )
        };
        let host = |name| {
            let file = file(name);
            let registrations = Registrations::read(&file, &Schema::read(from_ref(&dotnet)));
            Host {
                file,
                registrations,
            }
        };
        Self {
            schemas: Target::ALL.map(schema).into(),
            hosts: [
                host("applicationHost.minimal-plus-arr.config"),
                host("applicationHost.cgi-aspnet-php.config"),
            ],
        }
    }

    /// A version of IIS with the registrations of a server. IIS 6 has but the sections of .NET.
    pub(crate) fn server<'a>(&'a self, target: Target, host: &'a Host) -> Server<'a> {
        Server {
            schema: &self.schemas[&target],
            registrations: &host.registrations,
        }
    }
}
