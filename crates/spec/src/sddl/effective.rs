//! What a list comes to.

use super::{Acl, Entry, Inheritance, Kind, Rights};

/// A kind of place that the list of a folder decides about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The folder itself.
    Folder,
    /// The folders below it, however deep.
    Subfolders,
    /// The files in all of them.
    Files,
}

impl Place {
    /// Every kind of place.
    pub const ALL: [Self; 3] = [Self::Folder, Self::Subfolders, Self::Files];
}

impl Inheritance {
    /// True if an entry applies in all places of a kind.
    #[must_use]
    pub const fn covers(self, place: Place) -> bool {
        match place {
            Place::Folder => self.this_folder,
            Place::Subfolders => self.subfolders && !self.one_level,
            Place::Files => self.files && !self.one_level,
        }
    }
}

impl Acl {
    /// What the entries that count for somebody come to: the first of them that mentions a right decides it.
    pub fn rights(&self, counts: impl Fn(&Entry) -> bool, place: Place) -> Rights {
        let (mut granted, mut refused) = (Rights::NONE, Rights::NONE);
        let entries = self.entries.iter();
        for entry in entries.filter(|entry| entry.inheritance.covers(place) && counts(entry)) {
            let rights = entry.rights.on_files();
            match entry.kind {
                Kind::Allow => granted = granted | rights.without(refused),
                Kind::Deny => refused = refused | rights.without(granted),
                Kind::Audit { .. } => {}
            }
        }
        granted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sddl::{Trustee, parse};

    fn rights_of_users(text: &str, place: Place) -> Rights {
        let list = parse(text).unwrap().descriptor.permissions.unwrap();
        list.rights(|entry| entry.trustee == Trustee::USERS, place)
    }

    #[test]
    fn the_first_entry_that_mentions_a_right_decides_it() {
        for (text, rights) in [
            (
                "D:(A;;FR;;;BU)(A;;FX;;;BU)(A;;FA;;;SY)",
                Rights::READ_AND_RUN,
            ),
            ("D:(D;;FA;;;BU)(A;;FR;;;BU)", Rights::NONE),
            ("D:(A;;GR;;;BU)(D;;FA;;;BU)(A;;FA;;;BU)", Rights::READ),
            ("D:(A;IO;FA;;;BU)", Rights::NONE),
        ] {
            assert_eq!(rights_of_users(text, Place::Folder), rights, "{text}");
        }
    }

    #[test]
    fn an_entry_counts_where_it_applies() {
        let everywhere = "D:(A;OICI;FR;;;BU)";
        let files = "D:(A;OIIO;FR;;;BU)";
        let children = "D:(A;OICINP;FR;;;BU)";
        let places = |text| Place::ALL.map(|place| rights_of_users(text, place) == Rights::READ);
        assert_eq!(places(everywhere), [true, true, true]);
        assert_eq!(places(files), [false, false, true]);
        assert_eq!(places(children), [true, false, false]);
    }
}
