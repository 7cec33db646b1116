//! What a descriptor says, and that it prints back.

use super::TUTORIAL;
use crate::sddl::{
    Acl, Descriptor, Entry, Inheritance, Kind, Rights, Sddl, Trustee, Windows, parse,
};

fn read(text: &str) -> Descriptor {
    match parse(text) {
        Ok(sddl) => sddl.descriptor,
        Err(errors) => panic!("{text}: {errors:?}"),
    }
}

/// The sentence of the one entry of an access list.
fn sentence(entry: &str) -> String {
    read(&format!("D:{entry}")).in_words().remove(0)
}

#[test]
fn the_tutorials_command_explains_itself_in_the_tutorials_words() {
    let descriptor = read(TUTORIAL);
    let words = [
        r"BUILTIN\Administrators: full control of this folder, subfolders, and files",
        "CREATOR OWNER: full control of subfolders and files only",
        r"NT AUTHORITY\NETWORK SERVICE: read permissions for this folder, subfolders, and files",
        r"NT AUTHORITY\SYSTEM: full control of this folder, subfolders, and files",
    ];
    assert_eq!(descriptor.in_words(), words);
    let acl = descriptor.permissions.unwrap();
    assert!(acl.protected && acl.auto_inherited && !acl.inherit_requested);
}

#[test]
fn places_are_those_of_the_text_as_pasted() {
    let Sddl { descriptor, places } = parse(TUTORIAL).unwrap();
    let slice = |range: std::ops::Range<usize>| TUTORIAL.get(range).unwrap();
    assert_eq!(slice(places.descriptor), descriptor.to_string());
    let list = places.permissions.unwrap();
    assert_eq!((slice(list.name), slice(list.flags)), ("D:", "PAI"));
    let third = list.entries[2].clone();
    let fields = [third.kind, third.flags, third.rights, third.trustee];
    assert_eq!(fields.map(slice), ["A", "OICI", "0x1200a9", "NS"]);
    assert_eq!(slice(third.whole), "(A;OICI;0x1200a9;;;NS)");
}

#[test]
fn everybody_who_is_named_has_a_place() {
    let text = "O:SYG:BUD:(A;;FR;;;WD)(D;;FW;;;IS)S:(AU;SA;SD;;;AN)";
    let sddl = parse(text).unwrap();
    let named: Vec<_> = sddl
        .trustees()
        .map(|(who, place)| (who.name(), text.get(place).unwrap()))
        .collect();
    let expected = [
        (r"NT AUTHORITY\SYSTEM", "SY"),
        (r"BUILTIN\Users", "BU"),
        ("Everyone", "WD"),
        (r"BUILTIN\IIS_IUSRS", "IS"),
        (r"NT AUTHORITY\ANONYMOUS LOGON", "AN"),
    ];
    assert_eq!(named, expected.map(|(name, code)| (name.to_owned(), code)));
    let kinds: Vec<_> = sddl
        .entries()
        .map(|(entry, place)| (entry.kind, text.get(place.kind.clone()).unwrap()))
        .collect();
    assert_eq!(kinds, [(Kind::Allow, "A"), (Kind::Deny, "D")]);
}

#[test]
fn a_normalised_text_prints_back_as_it_is() {
    for text in [
        "D:",
        "D:P",
        "O:BAG:SYD:PARAI(A;;FA;;;BA)S:AI(AU;OICISAFA;SD;;;WD)",
        "D:PAI(A;OICI;FA;;;BA)(A;OICIIO;FA;;;CO)(A;OICI;0x1200a9;;;NS)(A;OICI;FA;;;SY)",
        "D:AI(D;OINPIOID;0x1301bf;;;S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415)",
        "D:(A;;0x0;;;S-1-5-21-1-2-3-500)(A;CI;GA;;;DA)",
        "O:SOG:SOD:(A;;FA;;;SO)",
    ] {
        assert_eq!(read(text).to_string(), text);
    }
}

#[test]
fn what_the_fact_sheet_shows_is_explained_and_prints_back_as_it_is() {
    let tutorial = "(A;OICI;FA;;;BA)(A;OICIIO;FA;;;CO)(A;OICI;0x1200a9;;;NS)(A;OICI;FA;;;SY)";
    // Section 9.1: the whole and its entries. Sections 9.2 and 9.4: the flags, and the places they stand for. Section 9.3:
    // the accounts of pools.
    let entries = tutorial.split_inclusive(')');
    let entries = entries.map(|entry| (entry.to_owned(), 1));
    let flags = [
        "", "OI", "CI", "OICI", "OICIIO", "OICINP", "OICIID", "OICIIOID",
    ];
    let flags = flags.map(|flags| (format!("(A;{flags};0x1301bf;;;BU)"), 1));
    let pools = [
        "3006700770-424185619-1745488364-794895919-4004696415",
        "271721585-897601226-2024613209-625570482-296978595",
        "3876422241-1344743610-1729199087-774402673-2621913236",
    ];
    let pools = pools.map(|pool| (format!("(A;OICI;0x1200a9;;;S-1-5-82-{pool})"), 1));
    let all = entries.chain(flags).chain(pools);
    for (list, sentences) in all.chain([(tutorial.to_owned(), 4)]) {
        for text in [
            format!("D:PAI{list}"),
            format!("D:{list}"),
            format!("O:BAG:SYD:AI{list}"),
        ] {
            let descriptor = read(&text);
            assert_eq!(descriptor.in_words().len(), sentences, "{text}");
            assert_eq!(descriptor.to_string(), text);
            assert_eq!(read(&descriptor.to_string()), descriptor, "{text}");
        }
    }
}

#[test]
fn different_texts_of_one_meaning_print_alike() {
    for (text, normal) in [
        (
            TUTORIAL,
            "D:PAI(A;OICI;FA;;;BA)(A;OICIIO;FA;;;CO)(A;OICI;0x1200a9;;;NS)(A;OICI;FA;;;SY)",
        ),
        (
            "  \"D:AIPAR(A;CIOI;FRFX;;;S-1-5-20)\" ",
            "D:PARAI(A;OICI;0x1200a9;;;NS)",
        ),
        ("'S:(AU;FASA;1;;;WD)D:O:BA'", "O:BAD:S:(AU;SAFA;0x1;;;WD)"),
        ("D:(A;;0X1F01FF;;;s-1-05-0018)", "D:(A;;FA;;;SY)"),
        ("D:(A;;1179817;;;IS)", "D:(A;;0x1200a9;;;S-1-5-32-568)"),
        ("D:(A;;FRFWFXSDDT;;;S-1-0x5-18)", "D:(A;;0x1301ff;;;SY)"),
        (
            "cmd /d /c echo y|CACLS C:\\x /t /s:D:P(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;BA) /C",
            "D:P(A;;0xf01ff;;;BA)",
        ),
    ] {
        assert_eq!(read(text).to_string(), normal, "{text}");
    }
}

#[test]
fn what_is_built_prints_what_the_tutorial_has() {
    let creator = Entry {
        inheritance: Inheritance {
            this_folder: false,
            ..Inheritance::EVERYWHERE
        },
        ..Entry::allow(Trustee::CREATOR_OWNER, Rights::FULL)
    };
    let descriptor = Descriptor {
        permissions: Some(Acl {
            protected: true,
            auto_inherited: true,
            entries: vec![
                Entry::allow(Trustee::ADMINISTRATORS, Rights::FULL),
                creator,
                Entry::allow(Trustee::NETWORK_SERVICE, Rights::READ_AND_RUN),
                Entry::allow(Trustee::SYSTEM, Rights::FULL),
            ],
            ..Acl::default()
        }),
        ..Descriptor::default()
    };
    assert_eq!(descriptor, read(TUTORIAL));
}

#[test]
fn sentences_tell_rights_places_and_origin() {
    for (entry, words) in [
        (
            "(A;;FR;;;BU)",
            r"BUILTIN\Users: rights to read (but not run) in this folder only",
        ),
        (
            "(A;OI;0x1301bf;;;WD)",
            "Everyone: modify permissions for this folder and files",
        ),
        (
            "(D;CI;FW;;;WD)",
            "Everyone: denied rights to write in this folder and subfolders",
        ),
        (
            "(A;OIIO;FX;;;AU)",
            r"NT AUTHORITY\Authenticated Users: rights to read attributes and run in files only",
        ),
        (
            "(A;CIIO;WDWO;;;IU)",
            r"NT AUTHORITY\INTERACTIVE: rights to change permissions and take ownership in subfolders only",
        ),
        (
            "(A;OICINPID;GRSD;;;LS)",
            r"NT AUTHORITY\LOCAL SERVICE: rights to read and delete in this folder, subfolders, and files, one level deep (inherited from the parent folder)",
        ),
        (
            "(A;IO;FA;;;PU)",
            r"BUILTIN\Power Users: full control of nothing",
        ),
        (
            "(A;;RC;;;BG)",
            r"BUILTIN\Guests: rights to see permissions in this folder only",
        ),
        (
            "(A;;0x100000;;;BG)",
            r"BUILTIN\Guests: no rights in this folder only",
        ),
        (
            "(A;;FRSDWO;;;BG)",
            r"BUILTIN\Guests: rights to read, delete, and take ownership in this folder only",
        ),
        (
            "(A;;0x110;;;S-1-5-21-1-2)",
            "S-1-5-21-1-2: rights to write attributes in this folder only",
        ),
        (
            "(A;;GA;;;S-1-5-82-1-2-3-4-5)",
            "IIS AppPool virtual account S-1-5-82-1-2-3-4-5: full control of this folder only",
        ),
    ] {
        assert_eq!(sentence(entry), words);
    }
    let audit = read("S:(AU;SA;SD;;;WD)(AU;OICISAFA;FA;;;WD)").in_words();
    let words = [
        "Everyone: use of rights to delete in this folder only is recorded on success",
        "Everyone: use of full control of this folder, subfolders, and files is recorded on success and failure",
    ];
    assert_eq!(audit, words);
}

#[test]
fn every_right_has_the_bits_of_the_fact_sheet() {
    for (code, bits) in [
        ("GA", 0x1000_0000),
        ("GR", 0x8000_0000),
        ("GW", 0x4000_0000),
        ("GX", 0x2000_0000),
        ("FA", 0x1F_01FF),
        ("FR", 0x12_0089),
        ("FW", 0x12_0116),
        ("FX", 0x12_00A0),
        ("RC", 0x2_0000),
        ("SD", 0x1_0000),
        ("WD", 0x4_0000),
        ("WO", 0x8_0000),
        ("CC", 0x1),
        ("DC", 0x2),
        ("LC", 0x4),
        ("SW", 0x8),
        ("RP", 0x10),
        ("WP", 0x20),
        ("DT", 0x40),
        ("LO", 0x80),
        ("CR", 0x100),
        ("FRFWFXSD", 0x13_01BF),
    ] {
        let acl = read(&format!("D:(A;;{code};;;BA)")).permissions.unwrap();
        assert_eq!(acl.entries[0].rights.bits(), bits, "{code}");
    }
}

#[test]
fn generic_rights_count_as_file_rights() {
    let rights = |text: &str| {
        read(&format!("D:(A;;{text};;;BA)"))
            .permissions
            .unwrap()
            .entries[0]
            .rights
    };
    assert!(rights("GA").is_full() && rights("FA").is_full() && !rights("0x1301bf").is_full());
    assert!(rights("GRGX").can_read_and_run() && !rights("FR").can_read_and_run());
    assert!(
        rights("GW").can_write() && rights("LC").can_write() && !rights("0x1200a9").can_write()
    );
    assert!(rights("GRGWGXSD").can_modify() && !rights("FRFWFX").can_modify());
    assert!(rights("WD").can_give_rights() && rights("WO").can_give_rights());
    assert!(!rights("0x1301bf").can_give_rights());
    assert_eq!(Rights::from_bits(0x200), None);
}

#[test]
fn every_account_of_the_fact_sheet_is_known_by_code_and_by_sid() {
    for (code, sid, name) in [
        ("BA", "S-1-5-32-544", r"BUILTIN\Administrators"),
        ("BU", "S-1-5-32-545", r"BUILTIN\Users"),
        ("BG", "S-1-5-32-546", r"BUILTIN\Guests"),
        ("PU", "S-1-5-32-547", r"BUILTIN\Power Users"),
        ("SY", "S-1-5-18", r"NT AUTHORITY\SYSTEM"),
        ("LS", "S-1-5-19", r"NT AUTHORITY\LOCAL SERVICE"),
        ("NS", "S-1-5-20", r"NT AUTHORITY\NETWORK SERVICE"),
        ("CO", "S-1-3-0", "CREATOR OWNER"),
        ("CG", "S-1-3-1", "CREATOR GROUP"),
        ("WD", "S-1-1-0", "Everyone"),
        ("AU", "S-1-5-11", r"NT AUTHORITY\Authenticated Users"),
        ("AN", "S-1-5-7", r"NT AUTHORITY\ANONYMOUS LOGON"),
        ("IU", "S-1-5-4", r"NT AUTHORITY\INTERACTIVE"),
        ("NU", "S-1-5-2", r"NT AUTHORITY\NETWORK"),
        ("SU", "S-1-5-6", r"NT AUTHORITY\SERVICE"),
        ("IS", "S-1-5-32-568", r"BUILTIN\IIS_IUSRS"),
        ("OW", "S-1-3-4", "OWNER RIGHTS"),
    ] {
        let [by_code, by_sid] = [code, sid].map(|who| read(&format!("O:{who}")).owner.unwrap());
        assert_eq!(by_code, by_sid, "{code}");
        assert_eq!(by_code.name(), name);
    }
}

#[test]
fn the_constants_are_the_accounts_of_their_names() {
    for (trustee, name) in [
        (Trustee::ADMINISTRATORS, r"BUILTIN\Administrators"),
        (Trustee::SYSTEM, r"NT AUTHORITY\SYSTEM"),
        (Trustee::NETWORK_SERVICE, r"NT AUTHORITY\NETWORK SERVICE"),
        (Trustee::LOCAL_SERVICE, r"NT AUTHORITY\LOCAL SERVICE"),
        (Trustee::CREATOR_OWNER, "CREATOR OWNER"),
        (Trustee::USERS, r"BUILTIN\Users"),
        (
            Trustee::AUTHENTICATED_USERS,
            r"NT AUTHORITY\Authenticated Users",
        ),
        (Trustee::EVERYONE, "Everyone"),
        (Trustee::IIS_IUSRS, r"BUILTIN\IIS_IUSRS"),
        (Trustee::IUSR, r"NT AUTHORITY\IUSR"),
    ] {
        assert_eq!(trustee.name(), name);
    }
}

#[test]
fn accounts_tell_the_windows_that_first_knew_them() {
    let since = |who: &str| read(&format!("O:{who}")).owner.unwrap().since();
    for who in ["IS", "S-1-5-32-568", "S-1-5-17", "OW", "S-1-5-82-1-2-3-4-5"] {
        assert_eq!(since(who), Windows::Server2008, "{who}");
    }
    for who in ["NS", "BA", "DA", "S-1-5-21-1-2-3-500"] {
        assert_eq!(since(who), Windows::Server2003, "{who}");
    }
    assert_eq!(since("AC"), Windows::Server2012);
    assert!(since("EK") > since("AP"));
}
