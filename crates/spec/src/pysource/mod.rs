//! What the project's Python files say, told from their text alone; nothing of them is ever run.
//!
//! ```text
//! text ─parse→ tree ─binding→ what gives a name its value ─evaluate→ Thing ─resolve→ Answer
//!                 └──────────→ settings, log handlers                  ↑ frameworks
//! requirements.txt ─→ names of libraries          pyvenv.cfg ─→ values
//! ```
//!
//! The first law is that nothing wrong is said. Python decides at run time what a name stands for, so everything
//! here has a way to say "unknown", and whoever hears that keeps silent. A file is read when something asks for
//! it, and once.

mod binding;
mod evaluate;
mod frameworks;
mod libraries;
mod module;
mod parse;
mod project;
mod pyvenv;
mod requirements;
mod resolve;
mod settings;
mod tree;

#[cfg(test)]
mod tests;
