//! The catalogue: every kind of problem, and the rules on the meaning of a spec.
//!
//! A rule is a file with a `RULE` and a check function, and a page beside it, which is its documentation and its
//! test. It is listed twice below: as a module and in [`CATALOGUE`].

mod environment_value;
pub(crate) mod handler_form;
mod iis6_ascii;
mod iis6_environment;
mod iis6_name;
mod interpreter_is_exe;
mod pythonpath_separator;
mod reserved_variable;
pub(crate) mod restart_pattern;
mod rule;
mod variable_twice;
mod virtualenv_mismatch;
mod windows_path;

use std::ops::Range;

pub(crate) use self::rule::Phase;
pub use self::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::model::AppSpec;
use crate::source::{SourceFile, Span};
use crate::syntax::{KeyPath, Node};
use crate::{iisfile, shape, syntax};

/// Every kind of problem that [`crate::check`] and [`crate::iisfile::check`] can report, by code.
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
    &handler_form::RULE,
    &windows_path::RULE,
    &restart_pattern::RULE,
    &virtualenv_mismatch::RULE,
    &interpreter_is_exe::RULE,
    &pythonpath_separator::RULE,
    &environment_value::RULE,
    &reserved_variable::RULE,
    &variable_twice::RULE,
    &iisfile::XML_SYNTAX,
    &iisfile::DOCUMENT_TYPE,
    &iisfile::INI_SYNTAX,
    &iisfile::rules::not_configuration::RULE,
    &iisfile::rules::unknown_attribute::RULE,
    &iisfile::rules::unknown_element::RULE,
    &iisfile::rules::attribute_value::RULE,
    &iisfile::rules::missing_attribute::RULE,
    &iisfile::rules::duplicate_entry::RULE,
    &iisfile::rules::inherited_entry::RULE,
    &iisfile::rules::server_section::RULE,
    &iisfile::rules::locked_section::RULE,
    &iisfile::rules::locked_attribute::RULE,
    &iisfile::rules::settings_element::RULE,
    &iisfile::rules::setting_name::RULE,
    &iisfile::rules::wsgi_handler::RULE,
    &iisfile::rules::restart_regex::RULE,
    &iisfile::rules::restart_dot::RULE,
    &iisfile::rules::pythonpath_value::RULE,
    &iisfile::rules::handler_pair::RULE,
    &iisfile::rules::command_line::RULE,
    &iisfile::rules::handler_module::RULE,
    &iisfile::rules::resource_type::RULE,
    &iisfile::rules::server_handler::RULE,
    &iisfile::rules::tcp_protocol::RULE,
    &iisfile::rules::monitor_path::RULE,
    &iisfile::rules::literal_variable::RULE,
    &iisfile::rules::timeout_order::RULE,
    &iisfile::rules::platform_port::RULE,
    &iisfile::rules::platform_minutes::RULE,
    &iisfile::rules::name_characters::RULE,
    &iisfile::rules::line_break::RULE,
    &iisfile::rules::profile_folder::RULE,
    &iisfile::rules::xdt_namespace::RULE,
    &iisfile::rules::xdt_transform::RULE,
    &iisfile::rules::handler_bitness::RULE,
    &iisfile::rules::long_file::RULE,
    &iisfile::rules::ini_property::RULE,
    &iisfile::rules::ini_types::RULE,
    &iisfile::rules::ini_environment::RULE,
    &iisfile::rules::ini_comment::RULE,
    &iisfile::rules::original_url::RULE,
    &iisfile::rules::header_variable::RULE,
    &iisfile::rules::application_missing::RULE,
    &iisfile::rules::managed_runtime::RULE,
    &iisfile::rules::restart_place::RULE,
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

    /// True once there is more than anybody reads; a rule on a file that may come from anywhere stops then.
    pub(crate) fn is_full(&self) -> bool {
        self.0.len() >= iisfile::MAX_PROBLEMS
    }
}

/// Applies every rule on the meaning of a spec.
pub(crate) fn run(document: &Document<'_>) -> Vec<Diagnostic> {
    let mut sink = Sink::default();
    for rule in CATALOGUE {
        match rule.phase {
            Phase::Meaning(check) => check(document, &mut sink),
            Phase::Text | Phase::Shape | Phase::File(_) | Phase::Files(_) => {}
        }
    }
    sink.0
}

/// Applies every rule on one of IIS's own files.
pub(crate) fn run_on_file(view: &iisfile::View<'_>) -> Vec<Diagnostic> {
    let mut sink = Sink::default();
    for rule in CATALOGUE {
        match rule.phase {
            Phase::File(check) if !sink.is_full() => check(view, &mut sink),
            Phase::Text | Phase::Shape | Phase::Meaning(_) | Phase::File(_) | Phase::Files(_) => {}
        }
    }
    sink.0
}

/// Applies every rule on IIS's files together; each problem comes with the index of its file.
pub(crate) fn run_on_files(views: &[iisfile::View<'_>]) -> Vec<(usize, Diagnostic)> {
    let mut found = Vec::new();
    for rule in CATALOGUE {
        match rule.phase {
            Phase::Files(check) => check(views, &mut found),
            Phase::Text | Phase::Shape | Phase::Meaning(_) | Phase::File(_) => {}
        }
    }
    found
}

#[cfg(test)]
pub(crate) mod tests;
