//! IIS 6: virtual directory, script map and FastCGI registration.

use iisc_spec::model::AppSpec;

use super::Step;
use crate::plan::Plan;

/// The steps, in order.
pub(super) const fn steps(_spec: &AppSpec, _plan: &Plan) -> Vec<Step> {
    Vec::new()
}
