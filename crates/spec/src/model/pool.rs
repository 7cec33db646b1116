//! `pool`: the application pool.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PoolName;

/// The application pool, whose identity the Python processes run as.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Pool {
    /// Name of the pool. By default the name of the application, so that no two applications share one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<PoolName>,
}
