//! One input from reading to writing: read, judged, and mended if that is wanted.

use std::sync::Arc;

use iisc_spec::Checked;
use iisc_spec::iisfile::CheckedFile;

use crate::disk::{self, DiskError};
use crate::examine::{Settings, examine, examine_file};
use crate::input::Input;
use crate::mend::{Trust, mend};
use crate::render;

/// What is done with fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repair {
    /// They are mentioned.
    Mention,
    /// They are applied, and the file is written; of standard input the text is kept for printing.
    Apply(Trust),
    /// What they would change is kept for printing.
    Preview(Trust),
}

/// What came of one input.
#[derive(Debug)]
pub(crate) struct Visited {
    /// What is wrong with the file as it is now.
    pub(crate) checked: Checked,
    /// The file, if it is one of IIS's own, for comparing it with others.
    pub(crate) file: Option<CheckedFile>,
    /// How many problems were solved.
    pub(crate) fixed: usize,
    /// What is to be printed to standard output: a mended text, or a difference.
    pub(crate) output: Vec<u8>,
    /// Why the mended file could not be written.
    pub(crate) failure: Option<DiskError>,
}

/// Does all that is to be done with one input; called from several threads.
pub(crate) fn visit(
    input: &Input,
    settings: &Settings,
    repair: Repair,
) -> Result<Visited, DiskError> {
    let bytes = input.read()?;
    if repair == Repair::Mention
        && let Some(file) = examine_file(input, &bytes)
    {
        let checked = Checked::text(Arc::clone(&file.source), file.diagnostics.clone());
        return Ok(Visited {
            file: Some(file),
            ..Visited::of(checked)
        });
    }
    let judge = |bytes: &[u8]| examine(input, bytes, settings);
    let checked = judge(&bytes);
    Ok(match repair {
        Repair::Mention => Visited::of(checked),
        Repair::Preview(trust) => {
            let mended = mend(&bytes, &checked, trust, judge);
            let diff = mended.map(|mended| render::unified(&checked, &mended.checked));
            Visited {
                output: diff.unwrap_or_default().into_bytes(),
                ..Visited::of(checked)
            }
        }
        Repair::Apply(trust) => apply(input, bytes, checked, trust, judge),
    })
}

impl Visited {
    fn of(checked: Checked) -> Self {
        Self {
            checked,
            file: None,
            fixed: 0,
            output: Vec::new(),
            failure: None,
        }
    }
}

fn apply(
    input: &Input,
    bytes: Vec<u8>,
    checked: Checked,
    trust: Trust,
    judge: impl Fn(&[u8]) -> Checked,
) -> Visited {
    let mended = mend(&bytes, &checked, trust, judge);
    match (input, mended) {
        (Input::File(_), None) => Visited::of(checked),
        (Input::File(path), Some(mended)) => match disk::mend(path, &bytes, &mended.bytes) {
            Ok(()) => Visited {
                fixed: mended.fixed,
                ..Visited::of(mended.checked)
            },
            Err(failure) => Visited {
                failure: Some(failure),
                ..Visited::of(checked)
            },
        },
        (Input::Stdin(_), None) => Visited {
            output: bytes,
            ..Visited::of(checked)
        },
        (Input::Stdin(_), Some(mended)) => Visited {
            fixed: mended.fixed,
            output: mended.bytes,
            ..Visited::of(mended.checked)
        },
    }
}
