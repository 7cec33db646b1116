//! The files that IIS itself reads, as people have them: `Web.config`, `applicationHost.config` and `fcgiext.ini`.
//!
//! ```text
//! bytes ─text→ SourceFile ─xml, ini→ Content ─view→ View ─rules→ Diagnostics
//!         └──────────── look-alikes, syntax ────────┘
//! ```
//!
//! Nothing here knows a spec: these files may come from anywhere. So a problem is told only if it is one on every
//! server; what IIS, wfastcgi or a module might accept is left alone. Elements that are not in the table of known
//! ones are none of our business.

mod ini;
mod kind;
mod known;
mod mark;
pub(crate) mod rules;
mod table;
mod text;
mod view;
mod xml;

use std::sync::Arc;

pub(crate) use self::ini::INI_SYNTAX;
pub use self::kind::{Kind, kind_of};
use self::view::Content;
pub(crate) use self::view::View;
pub(crate) use self::xml::{DOCUMENT_TYPE, XML_SYNTAX};
use crate::diag::Diagnostic;
use crate::rules::{CATALOGUE, Phase, run_on_file, run_on_files};
use crate::source::SourceFile;

/// Problems of one file that are told; a file with more is of another kind, or made to exhaust a reader.
pub(crate) const MAX_PROBLEMS: usize = 100;

/// Characters of a message; only a name that nobody would write makes it longer.
const LONGEST: usize = 400;

/// What [`check`] found in one of IIS's files.
#[derive(Debug, Clone)]
pub struct CheckedFile {
    /// The text, for showing the places of the diagnostics.
    pub source: Arc<SourceFile>,
    /// Which of IIS's files it is.
    pub kind: Kind,
    /// What is wrong, by place and then by code; problems of the file as a whole come first.
    pub diagnostics: Vec<Diagnostic>,
    content: Content,
}

/// Reads and judges one of IIS's files; never fails and never panics.
///
/// `name` is what diagnostics call the file. A file that [`kind_of`] does not recognise is taken for a `Web.config`, or
/// for an `fcgiext.ini` if its name ends so.
/// Only a file in UTF-8 is offered fixes, because places in the text are then places in the file.
#[must_use]
pub fn check(name: &str, bytes: &[u8]) -> CheckedFile {
    let is_ini = name.to_ascii_lowercase().ends_with(".ini");
    let likely = if is_ini {
        Kind::FcgiExt
    } else {
        Kind::WebConfig
    };
    let kind = kind_of(name, bytes).unwrap_or(likely);
    let text = text::read(kind, name, bytes);
    let source = Arc::new(text.source);
    let mut diagnostics = text.problems;
    let content = match (text.is_readable, kind.is_xml()) {
        (false, _) => Content::Xml(None),
        (true, true) => {
            let (root, problems) = xml::read(source.text());
            diagnostics.extend(problems);
            Content::Xml(root)
        }
        (true, false) => {
            let (ini, problems) = ini::read(&source);
            diagnostics.extend(problems);
            Content::Ini(ini)
        }
    };
    let view = View::new(kind, &source, &content);
    diagnostics.extend(run_on_file(&view));
    diagnostics.extend(run_on_files(&[view]).into_iter().map(|(_, found)| found));
    if kind == Kind::WebConfig {
        diagnostics.extend(rules::long_file::check(bytes.len()));
    }
    if !text.is_utf8 {
        diagnostics.iter_mut().for_each(|found| found.fix = None);
    }
    let mut checked = CheckedFile {
        source,
        kind,
        diagnostics,
        content,
    };
    checked.settle();
    checked
}

/// Judges files of one server together, and adds what is wrong between them to the file that has to change.
///
/// An `applicationHost.config` is taken to lie around every `Web.config`, and a `Web.config` around those in folders
/// below its own, as far as their names tell.
pub fn check_together(files: &mut [CheckedFile]) {
    let views: Vec<View<'_>> = files
        .iter()
        .map(|file| View::new(file.kind, &file.source, &file.content))
        .collect();
    let found = run_on_files(&views);
    for file in files.iter_mut() {
        file.diagnostics.retain(|found| !is_between_files(found));
    }
    for (index, problem) in found {
        if let Some(file) = files.get_mut(index) {
            file.diagnostics.push(problem);
        }
    }
    for file in files {
        file.settle();
    }
}

/// True for what a rule on several files said about one alone; together they may tell something else.
fn is_between_files(found: &Diagnostic) -> bool {
    let rule = CATALOGUE.iter().find(|rule| rule.code == found.code);
    rule.is_some_and(|rule| matches!(rule.phase, Phase::Files(_)))
}

impl CheckedFile {
    /// Puts the diagnostics in order and within bounds.
    fn settle(&mut self) {
        self.diagnostics
            .sort_by_key(|found| (found.span(), found.code));
        let is_same = |one: &mut Diagnostic, other: &mut Diagnostic| {
            (one.code, &one.message, one.span()) == (other.code, &other.message, other.span())
        };
        self.diagnostics.dedup_by(is_same);
        self.diagnostics.truncate(MAX_PROBLEMS);
        for found in &mut self.diagnostics {
            found.message = one_line(&found.message);
            found.help = found.help.as_deref().map(one_line);
            for label in &mut found.labels {
                label.span = self.source.clamp(label.span);
                label.text = one_line(&label.text);
            }
            for edit in found.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
                edit.span = self.source.clamp(edit.span);
            }
        }
    }
}

/// A message that names what a file says, without line breaks and of a length that can be read.
fn one_line(text: &str) -> String {
    let plain = text.replace(char::is_control, " ");
    match plain.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", plain.get(..end).unwrap_or_default()),
        None => plain,
    }
}

#[cfg(test)]
mod tests;
