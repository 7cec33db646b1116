//! The catalogue: every kind of problem, and the rules on the meaning of a spec.
//!
//! A rule is a file with a `RULE` and a check function, and a page beside it, which is its documentation and its
//! test. It is listed twice below: as a module and in [`CATALOGUE`].

mod asked_library;
mod body_limit_mismatch;
mod called_instance;
mod django_debug;
mod django_static;
mod environment_value;
mod handler;
mod handler_attribute;
mod handler_form;
mod handler_syntax;
mod iis6_ascii;
mod iis6_environment;
mod iis6_name;
mod interface_mismatch;
mod interpreter_is_exe;
mod missing_module;
mod missing_template;
mod old_django_handler;
mod profile_library;
mod project_file;
mod pythonpath_separator;
mod requirements_missing;
mod reserved_variable;
mod restart_pattern;
mod rotating_log;
mod rule;
mod scheduler_library;
mod static_folder_missing;
mod uncalled_factory;
mod variable_twice;
mod virtualenv_mismatch;
mod websocket_library;
mod windows_path;
mod wrong_object;

use std::ops::Range;

pub(crate) use self::rule::Phase;
pub use self::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::model::AppSpec;
use crate::pysource::Evidence;
use crate::source::{SourceFile, Span};
use crate::syntax::{KeyPath, Node};
use crate::world::World;
use crate::{expand, shape, syntax};

/// Every kind of problem that [`crate::check`] can report, by code.
pub static CATALOGUE: &[&Rule] = &[
    &syntax::FILE_ENCODING,
    &syntax::SIZE_LIMIT,
    &syntax::EMPTY_FILE,
    &syntax::YAML_SYNTAX,
    &syntax::LOOK_ALIKE,
    &syntax::TAB_INDENTATION,
    &syntax::TOO_DEEP,
    &syntax::SEVERAL_DOCUMENTS,
    &syntax::ANCHOR,
    &syntax::MERGE_KEY,
    &syntax::TAG,
    &syntax::DUPLICATE_KEY,
    &syntax::KEY_NOT_TEXT,
    &syntax::MISSING_VALUE,
    &shape::UNKNOWN_KEY,
    &shape::MISSING_KEY,
    &shape::WRONG_TYPE,
    &shape::UNKNOWN_VALUE,
    &shape::OUT_OF_RANGE,
    &shape::WRONG_FORM,
    &shape::DUPLICATE_ITEM,
    &expand::UNDECLARED_VARIABLE,
    &expand::UNSET_VARIABLE,
    &expand::VARIABLE_VALUE,
    &expand::UNUSED_VARIABLE,
    &expand::UNKNOWN_PROFILE,
    &handler_form::RULE,
    &windows_path::RULE,
    &restart_pattern::RULE,
    &virtualenv_mismatch::RULE,
    &interpreter_is_exe::RULE,
    &pythonpath_separator::RULE,
    &missing_module::RULE,
    &handler_attribute::RULE,
    &called_instance::RULE,
    &uncalled_factory::RULE,
    &wrong_object::RULE,
    &interface_mismatch::RULE,
    &old_django_handler::RULE,
    &handler_syntax::RULE,
    &requirements_missing::RULE,
    &django_static::RULE,
    &body_limit_mismatch::RULE,
    &websocket_library::RULE,
    &scheduler_library::RULE,
    &profile_library::RULE,
    &rotating_log::RULE,
    &django_debug::RULE,
    &missing_template::RULE,
    &static_folder_missing::RULE,
    &environment_value::RULE,
    &reserved_variable::RULE,
    &variable_twice::RULE,
    &iis6_environment::RULE,
    &iis6_name::RULE,
    &iis6_ascii::RULE,
];

/// The kind of problem with a code or a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    let code = Code::parse(name);
    CATALOGUE
        .iter()
        .copied()
        .find(|rule| Some(rule.code) == code || rule.slug == name)
}

/// What a rule looks at: the spec, and the file it was read from for the places.
pub(crate) struct Document<'a> {
    pub(crate) spec: &'a AppSpec,
    pub(crate) tree: &'a Node,
    pub(crate) source: &'a SourceFile,
    /// The project's folder, if there is one to ask.
    pub(crate) world: Option<&'a dyn World>,
    /// What the code in that folder says.
    pub(crate) evidence: Option<Evidence<'a>>,
}

impl Document<'_> {
    /// Where a part of a text value stands, or the nearest key if the file leaves the value out.
    pub(crate) fn part(&self, path: &KeyPath, part: Range<usize>) -> Span {
        let node = self.tree.at(path);
        node.map_or_else(
            || self.tree.place(path),
            |node| node.part(self.source, part),
        )
    }

    /// True for a value in double quotes, in which `\` is not an ordinary character.
    pub(crate) fn is_double_quoted(&self, path: &KeyPath) -> bool {
        self.source.slice(self.tree.place(path)).starts_with('"')
    }
}

/// Where rules put what they find; they cannot read it back.
#[derive(Debug, Default)]
pub(crate) struct Sink(Vec<Diagnostic>);

impl Sink {
    pub(crate) fn push(&mut self, problem: Diagnostic) {
        self.0.push(problem);
    }
}

/// Applies every rule on the meaning of a spec.
pub(crate) fn run(document: &Document<'_>) -> Vec<Diagnostic> {
    let mut sink = Sink::default();
    for rule in CATALOGUE {
        match rule.phase {
            Phase::Text | Phase::Shape => {}
            Phase::Meaning(check) => check(document, &mut sink),
        }
    }
    sink.0
}

#[cfg(test)]
mod tests;
