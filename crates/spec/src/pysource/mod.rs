//! What the project's Python files say, told from their text alone; nothing of them is ever run.
//!
//! ```text
//! text ─parse→ tree ─binding→ what gives a name its value ─evaluate→ Thing ─resolve→ Answer
//!                 └──────────→ settings, log handlers                  ↑ frameworks
//! requirements.txt ─→ names of libraries
//! ```
//!
//! The first law is that nothing wrong is said. Python decides at run time what a name stands for, so everything
//! here has a way to say "unknown", and whoever hears that keeps silent. A file is read when something asks for
//! it, and once.

mod binding;
mod body_limit;

mod django;
mod evaluate;
mod evidence;
mod found;
mod frameworks;
mod libraries;
mod module;
mod parse;
mod project;
mod requirements;
mod resolve;
mod rotating;
mod settings;
mod tree;

pub(crate) use self::body_limit::body_limits;
pub(crate) use self::evidence::Evidence;
pub use self::found::{PythonApp, python_apps};
pub(crate) use self::frameworks::{Interface, Role, role};
pub(crate) use self::libraries::{Concern, Library, library};
pub(crate) use self::module::Module;
pub(crate) use self::parse::Refusal;
pub(crate) use self::project::Project;
pub(crate) use self::requirements::{Requirement, normalised};
pub(crate) use self::resolve::{Answer, Application, Missing, Resolution};
pub(crate) use self::rotating::rotating_handlers;
pub(crate) use self::settings::{Literal, Setting, setting};

#[cfg(test)]
mod tests;
