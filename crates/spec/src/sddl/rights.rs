//! What somebody may do, as Windows' mask of 32 bits.

use std::fmt;
use std::ops::BitOr;

/// A set of rights to files and folders.
///
/// Prints as the code that stands for exactly this set (`FA`), or as a number (`0x1200a9`). Queries count the generic
/// rights (`GA`, `GR`, `GW`, `GX`) as the file rights that Windows turns them into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rights(u32);

/// The codes of files and of every object (section 9.2 of the IIS fact sheet).
pub(super) const CODES: [(&str, Rights); 12] = [
    ("FA", Rights::FULL),
    ("FR", Rights::READ),
    ("FW", Rights::WRITE),
    ("FX", Rights::RUN),
    ("GA", Rights(0x1000_0000)),
    ("GR", Rights(0x8000_0000)),
    ("GW", Rights(0x4000_0000)),
    ("GX", Rights(0x2000_0000)),
    ("RC", Rights::READ_PERMISSIONS),
    ("SD", Rights::DELETE),
    ("WD", Rights::WRITE_PERMISSIONS),
    ("WO", Rights::WRITE_OWNER),
];

/// Codes that have their names from directory objects. Windows writes them for folders too; they print as numbers.
pub(super) const DIRECTORY_CODES: [(&str, Rights); 9] = [
    ("CC", Rights::READ_DATA),
    ("DC", Rights::WRITE_DATA),
    ("LC", Rights::APPEND_DATA),
    ("SW", Rights(0x8)),
    ("RP", Rights(0x10)),
    ("WP", Rights::EXECUTE),
    ("DT", Rights::DELETE_CHILD),
    ("LO", Rights(0x80)),
    ("CR", Rights(0x100)),
];

impl Rights {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// Everything (`FA`).
    pub const FULL: Self = Self(0x1F_01FF);
    /// Read, run, write and delete: what `icacls` calls `M`.
    pub const MODIFY: Self = Self(0x13_01BF);
    /// Read files, list folders, run programs: what `icacls` calls `RX`.
    pub const READ_AND_RUN: Self = Self(0x12_00A9);
    /// Read files and list folders (`FR`).
    pub const READ: Self = Self(0x12_0089);
    /// Write to files, and make files and folders (`FW`).
    pub const WRITE: Self = Self(0x12_0116);
    /// Run programs and pass through folders (`FX`).
    pub const RUN: Self = Self(0x12_00A0);

    pub(super) const READ_DATA: Self = Self(0x1);
    const WRITE_DATA: Self = Self(0x2);
    const APPEND_DATA: Self = Self(0x4);
    pub(super) const ANY_WRITE: Self = Self(0x6);
    pub(super) const EXECUTE: Self = Self(0x20);
    const DELETE_CHILD: Self = Self(0x40);
    pub(super) const READ_ATTRIBUTES: Self = Self(0x88);
    pub(super) const WRITE_ATTRIBUTES: Self = Self(0x110);
    /// Everything that is about files and folders and not about any object.
    pub(super) const OF_FILES: Self = Self(0x1FF);
    const DELETE: Self = Self(0x1_0000);
    pub(super) const ANY_DELETE: Self = Self(0x1_0040);
    pub(super) const READ_PERMISSIONS: Self = Self(0x2_0000);
    pub(super) const WRITE_PERMISSIONS: Self = Self(0x4_0000);
    pub(super) const WRITE_OWNER: Self = Self(0x8_0000);
    const GENERIC: u32 = 0xF000_0000;

    /// The set of these bits; `None` if one of them is no right to a file or folder.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Option<Self> {
        match bits & !(Self::FULL.0 | Self::GENERIC) {
            0 => Some(Self(bits)),
            _ => None,
        }
    }

    /// The bits as they are written, generic rights included.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// True if every right of the other set is in this one.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        other.on_files().0 & !self.on_files().0 == 0
    }

    /// May read files, list folders and run programs: enough for code.
    #[must_use]
    pub fn can_read_and_run(self) -> bool {
        self.contains(Self::READ_AND_RUN)
    }

    /// May change what files hold, or make new ones, in any way.
    #[must_use]
    pub fn can_write(self) -> bool {
        self.has_any(Self::ANY_WRITE)
    }

    /// May read, write and delete: enough for logs and uploads.
    #[must_use]
    pub fn can_modify(self) -> bool {
        self.contains(Self::MODIFY)
    }

    /// May remove files or folders.
    #[must_use]
    pub fn can_delete(self) -> bool {
        self.has_any(Self::ANY_DELETE)
    }

    /// May give rights, and with them all others: by changing permissions or by taking ownership.
    #[must_use]
    pub fn can_give_rights(self) -> bool {
        self.has_any(Self::WRITE_PERMISSIONS | Self::WRITE_OWNER)
    }

    /// May do everything.
    #[must_use]
    pub fn is_full(self) -> bool {
        self.contains(Self::FULL)
    }

    /// True if some right of the other set is in this one.
    pub(crate) fn has_any(self, other: Self) -> bool {
        self.on_files().0 & other.on_files().0 != 0
    }

    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The same set with generic rights turned into file rights.
    pub(super) fn on_files(self) -> Self {
        let generic = [
            (0x1000_0000, Self::FULL),
            (0x8000_0000, Self::READ),
            (0x4000_0000, Self::WRITE),
            (0x2000_0000, Self::RUN),
        ];
        generic
            .into_iter()
            .filter(|(bit, _)| self.0 & bit != 0)
            .fold(Self(self.0 & !Self::GENERIC), |sum, (_, rights)| {
                sum | rights
            })
    }
}

impl BitOr for Rights {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl fmt::Display for Rights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = CODES.iter().find(|(_, bits)| bits == self);
        match code {
            Some((code, _)) => f.write_str(code),
            None => write!(f, "{:#x}", self.0),
        }
    }
}
