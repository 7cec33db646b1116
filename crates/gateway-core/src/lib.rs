//! core
pub mod fcgi;
pub mod limits;
pub mod settings;
pub mod xml;
