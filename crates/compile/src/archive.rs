//! A build as one ZIP archive, with the same bytes on every system.
//!
//! Nothing of the machine is in it: files stand in the order of the build, are dated 1980-01-01, the oldest day that the
//! format has, and may be read by all and written by their owner. They are stored as they are, since what a compressor
//! makes of them differs between its versions, and there is little to be saved. The layout is that of PKWARE's
//! APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16, without the extensions for large archives.

use crate::artifact::Artifact;
use crate::text::Unsayable;

/// What every reader since 1993 knows.
const VERSION: u16 = 20;
/// Made as on Unix, so that the attributes are permissions.
const MADE_ON_UNIX: u16 = 3 << 8;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
/// No compression.
const STORED: u16 = 0;
/// Midnight of 1980-01-01, as MS-DOS has it.
const TIME: u16 = 0;
const DATE: u16 = 1 << 5 | 1;
/// A plain file, `rw-r--r--`.
const ATTRIBUTES: u32 = 0o100_644 << 16;

/// The archive of a build, paths as they are below the output folder.
///
/// # Errors
/// More than the format can hold: 65,535 files, or 4 GiB.
pub fn archive(artifacts: &[Artifact]) -> Result<Vec<u8>, Unsayable> {
    zip(artifacts).ok_or_else(|| Unsayable {
        format: "a ZIP archive",
        value: format!("{} files", artifacts.len()),
        reason: "it holds at most 65,535 files and 4 GiB",
    })
}

fn zip(artifacts: &[Artifact]) -> Option<Vec<u8>> {
    let count = u16::try_from(artifacts.len()).ok()?;
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for artifact in artifacts {
        let start = u32::try_from(archive.len()).ok()?;
        let content = artifact.bytes();
        let entry = entry(&artifact.path, &content)?;
        let name = artifact.path.as_bytes();
        archive.extend(b"PK\x03\x04");
        archive.extend(&entry);
        archive.extend(name);
        archive.extend(&content);
        directory.extend(b"PK\x01\x02");
        directory.extend(numbers(&[MADE_ON_UNIX | VERSION]));
        directory.extend(&entry);
        // No comment, first disk, no internal attributes.
        directory.extend(numbers(&[0, 0, 0]));
        directory.extend(ATTRIBUTES.to_le_bytes());
        directory.extend(start.to_le_bytes());
        directory.extend(name);
    }
    let start = u32::try_from(archive.len()).ok()?;
    let length = u32::try_from(directory.len()).ok()?;
    archive.extend(directory);
    archive.extend(b"PK\x05\x06");
    archive.extend(numbers(&[0, 0, count, count]));
    archive.extend(length.to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend(numbers(&[0]));
    Some(archive)
}

/// What stands both before a file and in the directory: from the version to the lengths of name and extra field.
fn entry(name: &str, content: &[u8]) -> Option<Vec<u8>> {
    let length = u32::try_from(content.len()).ok()?;
    let mut entry = numbers(&[VERSION, FLAGS, STORED, TIME, DATE]);
    for number in [crc32fast::hash(content), length, length] {
        entry.extend(number.to_le_bytes());
    }
    entry.extend(numbers(&[u16::try_from(name.len()).ok()?, 0]));
    Some(entry)
}

fn numbers(numbers: &[u16]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artifact::LineEnding;

    fn artifact(path: &str, text: &str) -> Artifact {
        Artifact {
            path: path.to_owned(),
            text: text.to_owned(),
            line_ending: LineEnding::CrLf,
        }
    }

    #[test]
    fn the_bytes_are_those_of_the_format() {
        let one = archive(&[artifact("a/b", "x\n")]).unwrap();
        let local = b"PK\x03\x04\x14\0\0\x08\0\0\0\0\x21\0";
        assert_eq!(one.get(..local.len()), Some(&local[..]));
        let crc = crc32fast::hash(b"x\r\n").to_le_bytes();
        assert_eq!(one[14..18], crc);
        assert_eq!(&one[18..36], b"\x03\0\0\0\x03\0\0\0\x03\0\0\0a/bx\r\n");
        assert_eq!(&one[36..42], b"PK\x01\x02\x14\x03");
        let end = one.len() - 22;
        assert_eq!(&one[end..end + 12], b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
        assert_eq!(one[end + 12..end + 16], 49_u32.to_le_bytes());
        assert_eq!(one[end + 16..end + 20], 36_u32.to_le_bytes());
    }

    #[test]
    fn more_files_than_the_format_holds_are_refused() {
        assert!(archive(&vec![artifact("a", ""); 65_535]).is_ok());
        assert!(archive(&vec![artifact("a", ""); 65_536]).is_err());
    }
}
