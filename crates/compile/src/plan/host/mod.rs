//! What an administrator sets in IIS 7 and later, as names and values.
//!
//! The fragment of `applicationHost.config` prints it and the steps of set-up bring it about, both from this one value,
//! so that they cannot say different things. What stands here and not in the `Web.config` is what no application may
//! decide for itself.

mod handlers;
mod pool;
mod registration;
mod sign_in;
mod site;

use iisc_spec::Feature;
use iisc_spec::model::{AppSpec, UrlPath};

pub use self::handlers::Handlers;
pub use self::pool::{Account, Pool};
pub use self::site::{Binding, Certificate, Site};
use super::Plan;

/// Names and values in the order of the output. A name with dots is that of an attribute of an element further in.
pub type Attributes = Vec<(&'static str, String)>;

/// What an administrator sets in IIS 7 and later.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Host {
    /// The application pool.
    pub pool: Pool,
    /// The site.
    pub site: Site,
    /// The FastCGI application, without its environment.
    pub registration: Attributes,
    /// The handlers of the application, and behind them those of its static folders. They stand here or in the
    /// `Web.config`, as `sections` says.
    pub handlers: Vec<Handlers>,
    /// Sections of `system.webServer/security/authentication`, and what is set in each.
    pub authentication: Vec<(&'static str, Attributes)>,
    /// The URL that IIS asks for whenever the application starts; it stands in the `Web.config`, since it is a matter
    /// of the code. With one the application is preloaded.
    pub warm_up: Option<String>,
}

/// Decides it, from a spec and what is planned for it besides.
pub(super) fn host(spec: &AppSpec, plan: &Plan) -> Host {
    let warm_up = spec.warm_up.as_ref();
    Host {
        pool: pool::pool(spec, plan.target),
        site: site::site(spec, plan.target),
        registration: registration::registration(&plan.key, &plan.process),
        handlers: handlers::handlers(plan),
        authentication: plan
            .web
            .sign_in
            .as_ref()
            .map_or_else(Vec::new, sign_in::sections),
        warm_up: warm_up
            .filter(|_| plan.target.has(Feature::Preload))
            .map(|warm_up| UrlPath::to_string(&warm_up.url)),
    }
}
