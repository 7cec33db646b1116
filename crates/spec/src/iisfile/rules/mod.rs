//! The rules on IIS's own files; each has a page beside it. They are listed in [`crate::CATALOGUE`].

pub(crate) mod application_missing;
pub(crate) mod attribute_value;
pub(crate) mod command_line;
pub(crate) mod duplicate_entry;
pub(crate) mod file_original_url;
pub(crate) mod file_timeout_order;
pub(crate) mod handler_bitness;
pub(crate) mod handler_module;
pub(crate) mod handler_pair;
pub(crate) mod header_variable;
pub(crate) mod inherited_entry;
pub(crate) mod ini_comment;
pub(crate) mod ini_environment;
pub(crate) mod ini_property;
pub(crate) mod ini_types;
pub(crate) mod line_break;
pub(crate) mod literal_variable;
pub(crate) mod locked_attribute;
pub(crate) mod locked_section;
pub(crate) mod long_file;
pub(crate) mod managed_runtime;
pub(crate) mod missing_attribute;
pub(crate) mod monitor_path;
pub(crate) mod name_characters;
pub(crate) mod not_configuration;
pub(crate) mod platform_minutes;
pub(crate) mod platform_port;
pub(crate) mod profile_folder;
pub(crate) mod pythonpath_value;
pub(crate) mod resource_type;
pub(crate) mod restart_dot;
pub(crate) mod restart_place;
pub(crate) mod restart_regex;
pub(crate) mod server_handler;
pub(crate) mod server_section;
pub(crate) mod setting_name;
pub(crate) mod settings_element;
pub(crate) mod tcp_protocol;
pub(crate) mod unknown_attribute;
pub(crate) mod unknown_element;
pub(crate) mod wsgi_handler;
pub(crate) mod xdt_namespace;
pub(crate) mod xdt_transform;

#[cfg(test)]
pub(crate) mod tests;
