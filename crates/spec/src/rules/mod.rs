//! The catalogue: every kind of problem, and the rules on the meaning of a spec.
//!
//! A rule is a file with a `RULE` and a check function, and a page beside it, which is its documentation and its
//! test. It is listed twice below: as a module and in [`CATALOGUE`].

mod address_form;
mod administrators_locked_out;
mod anonymous_first;
mod asked_library;
mod base_interpreter_unknown;
mod binding_certificate;
mod body_limit_mismatch;
mod bridge_interface;
mod bridge_lacks;
mod bridge_script;
mod called_instance;
mod central_without_host;
mod cpu_limit;
mod descriptor;
mod detailed_errors;
mod django_debug;
mod django_static;
mod duplicate_binding;
mod duplicate_filter;
mod duplicate_mount;
mod environment_size;
mod environment_value;
mod everyone_may_write;
mod exposed_files;
mod express_identity;
mod handler;
mod handler_attribute;
pub(crate) mod handler_form;
mod handler_syntax;
mod hidden_url;
mod idle_warm_up;
mod iis6_ascii;
mod iis6_environment;
mod iis6_name;
mod iis6_site_id;
mod interface_mismatch;
mod interpreter_is_exe;
mod log_in_root;
mod log_in_virtualenv;
mod log_not_writable;
mod long_timeout;
mod missing_method;
mod missing_module;
mod missing_template;
mod network_form;
mod network_path;
mod never_matches;
mod newer_than_target;
mod no_schema;
mod old_django_handler;
mod one_instance;
mod open_permission;
mod original_url;
mod per_user_interpreter;
mod plain_basic;
mod pool_user;
mod port_protocol;
mod powerful_identity;
mod private;
mod profile_library;
mod project_file;
mod project_path;
mod pythonpath_separator;
mod pyvenv;
mod requirements_missing;
mod reserved_variable;
mod restart_form;
mod restart_matches_bytecode;
mod restart_matches_log;
mod restart_matches_nothing;
mod restart_matches_virtualenv;
pub(crate) mod restart_pattern;
mod root_in_profile;
mod rotating_log;
mod rule;
mod runner;
mod scheduler_library;
mod script_permission;
mod sddl_grants_nothing;
mod sddl_identity;
mod sddl_mix_up;
mod sddl_syntax;
mod sddl_unknown_account;
mod secret_literal;
mod secret_twice;
mod served_uploads;
mod server_folder;
mod static_at_root;
mod static_folder_missing;
mod static_warm_up;
mod timeout_order;
mod trusted_everyone;
mod uncalled_factory;
mod unescaped_dot;
mod unexpanded_variable;
mod unprotected_descriptor;
mod variable_twice;
mod virtualenv_mismatch;
mod watched_writable;
mod web_garden;
mod websocket_library;
mod wfastcgi_uploads;
mod windows_path;
mod writable_code;
mod wrong_object;

use std::ops::Range;

pub(crate) use self::rule::Phase;
pub use self::rule::Rule;
pub(crate) use self::secret_literal::{has_password, is_secret_name, values as secrets};
use crate::diag::{Code, Diagnostic};
use crate::model::AppSpec;
use crate::pysource::Evidence;
use crate::source::{SourceFile, Span};
use crate::syntax::{KeyPath, Node};
use crate::world::World;
use crate::{conflicts, expand, ignore, iisfile, shape, syntax};

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
    &ignore::WITHOUT_REASON,
    &ignore::UNUSED,
    &ignore::FIRM,
    &ignore::UNKNOWN_CODE,
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
    &restart_form::RULE,
    &unescaped_dot::RULE,
    &never_matches::RULE,
    &restart_matches_log::RULE,
    &restart_matches_virtualenv::RULE,
    &restart_matches_nothing::RULE,
    &watched_writable::RULE,
    &restart_matches_bytecode::RULE,
    &per_user_interpreter::RULE,
    &root_in_profile::RULE,
    &network_path::RULE,
    &base_interpreter_unknown::RULE,
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
    &timeout_order::RULE,
    &long_timeout::RULE,
    &bridge_script::RULE,
    &bridge_interface::RULE,
    &bridge_lacks::RULE,
    &one_instance::RULE,
    &trusted_everyone::RULE,
    &network_form::RULE,
    &original_url::RULE,
    &binding_certificate::RULE,
    &duplicate_binding::RULE,
    &central_without_host::RULE,
    &address_form::RULE,
    &pool_user::RULE,
    &powerful_identity::RULE,
    &cpu_limit::RULE,
    &conflicts::SHARED_MOUNT,
    &conflicts::SHARED_POOL,
    &conflicts::SHARED_REGISTRATION,
    &conflicts::SHARED_LOG,
    &idle_warm_up::RULE,
    &script_permission::RULE,
    &open_permission::RULE,
    &web_garden::RULE,
    &static_warm_up::RULE,
    &port_protocol::RULE,
    &conflicts::SHARED_BINDING,
    &conflicts::SHARED_ROOT,
    &hidden_url::RULE,
    &exposed_files::RULE,
    &static_at_root::RULE,
    &duplicate_mount::RULE,
    &missing_method::RULE,
    &detailed_errors::RULE,
    &project_path::RULE,
    &served_uploads::RULE,
    &plain_basic::RULE,
    &anonymous_first::RULE,
    &wfastcgi_uploads::RULE,
    &duplicate_filter::RULE,
    &sddl_syntax::RULE,
    &sddl_identity::RULE,
    &sddl_unknown_account::RULE,
    &everyone_may_write::RULE,
    &unprotected_descriptor::RULE,
    &log_not_writable::RULE,
    &writable_code::RULE,
    &sddl_grants_nothing::RULE,
    &sddl_mix_up::RULE,
    &administrators_locked_out::RULE,
    &environment_value::RULE,
    &reserved_variable::RULE,
    &variable_twice::RULE,
    &secret_literal::RULE,
    &unexpanded_variable::RULE,
    &environment_size::RULE,
    &secret_twice::RULE,
    &log_in_root::RULE,
    &log_in_virtualenv::RULE,
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
    &iisfile::rules::file_timeout_order::RULE,
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
    &iisfile::rules::file_original_url::RULE,
    &iisfile::rules::header_variable::RULE,
    &iisfile::rules::application_missing::RULE,
    &iisfile::rules::managed_runtime::RULE,
    &iisfile::rules::restart_place::RULE,
    &iis6_environment::RULE,
    &iis6_name::RULE,
    &iis6_ascii::RULE,
    &newer_than_target::RULE,
    &no_schema::RULE,
    &express_identity::RULE,
    &iis6_site_id::RULE,
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
#[derive(Debug)]
pub(crate) struct Sink {
    found: Vec<Diagnostic>,
    most: usize,
}

impl Sink {
    /// A sink that passes over what is more than that.
    fn of(most: usize) -> Self {
        let found = Vec::new();
        Self { found, most }
    }

    pub(crate) fn push(&mut self, problem: Diagnostic) {
        if !self.is_full() {
            self.found.push(problem);
        }
    }

    /// True once there is more than anybody reads; a rule on a file that may come from anywhere stops then.
    pub(crate) fn is_full(&self) -> bool {
        self.found.len() >= self.most
    }
}

/// Applies every rule on the meaning of a spec.
pub(crate) fn run(document: &Document<'_>) -> Vec<Diagnostic> {
    let mut sink = Sink::of(usize::MAX);
    for rule in CATALOGUE {
        match rule.phase {
            Phase::Meaning(check) => check(document, &mut sink),
            Phase::Text | Phase::Shape | Phase::Between | Phase::File(_) | Phase::Files(_) => {}
        }
    }
    sink.found
}

/// Applies every rule on one of IIS's own files.
pub(crate) fn run_on_file(view: &iisfile::View<'_>) -> Vec<Diagnostic> {
    let mut sink = Sink::of(iisfile::MAX_PROBLEMS);
    for rule in CATALOGUE {
        match rule.phase {
            Phase::File(check) if !sink.is_full() => check(view, &mut sink),
            Phase::Text
            | Phase::Shape
            | Phase::Between
            | Phase::Meaning(_)
            | Phase::File(_)
            | Phase::Files(_) => {}
        }
    }
    sink.found
}

/// Applies every rule on IIS's files together; each problem comes with the index of its file.
pub(crate) fn run_on_files(views: &[iisfile::View<'_>]) -> Vec<(usize, Diagnostic)> {
    let mut found = Vec::new();
    for rule in CATALOGUE {
        match rule.phase {
            Phase::Files(check) => check(views, &mut found),
            Phase::Text | Phase::Shape | Phase::Between | Phase::Meaning(_) | Phase::File(_) => {}
        }
    }
    found
}

#[cfg(test)]
pub(crate) mod tests;
