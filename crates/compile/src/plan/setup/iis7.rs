//! IIS 7 and later: features, pool, site, application and FastCGI registration, by `appcmd`.

use iisc_spec::model::AppSpec;

use super::Step;
use crate::plan::Plan;

/// The steps, in order.
pub(super) const fn steps(_spec: &AppSpec, _plan: &Plan) -> Vec<Step> {
    Vec::new()
}
