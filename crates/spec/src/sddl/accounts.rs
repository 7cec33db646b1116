//! The accounts that every Windows knows: their codes, SIDs and names.
//!
//! Codes and the version that brought them are those of Microsoft's table of SID strings; the ones that matter for
//! IIS are in section 9.2 of the IIS fact sheet. Integrity levels have codes too, but are no accounts.

/// A server version of Windows, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Windows {
    /// Windows Server 2003, with IIS 6.
    Server2003,
    /// Windows Server 2008, with IIS 7.
    Server2008,
    /// Windows Server 2012, with IIS 8.
    Server2012,
    /// Windows Server 2012 R2, with IIS 8.5.
    Server2012R2,
    /// Windows Server 2016, with IIS 10.
    Server2016,
}

impl Windows {
    /// The name of the product.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Server2003 => "Windows Server 2003",
            Self::Server2008 => "Windows Server 2008",
            Self::Server2012 => "Windows Server 2012",
            Self::Server2012R2 => "Windows Server 2012 R2",
            Self::Server2016 => "Windows Server 2016",
        }
    }
}

/// An account or a group that every Windows knows.
#[derive(Debug, PartialEq, Eq)]
pub struct Account {
    /// The two letters that stand for it.
    pub code: Option<&'static str>,
    /// The SID; `None` if each domain or computer has its own.
    pub sid: Option<&'static str>,
    /// The name on an English Windows.
    pub name: &'static str,
}

const fn fixed(code: &'static str, sid: &'static str, name: &'static str) -> Account {
    Account {
        code: Some(code),
        sid: Some(sid),
        name,
    }
}

/// An account with a SID of its own in each domain or computer.
const fn local(code: &'static str, name: &'static str) -> Account {
    Account {
        code: Some(code),
        sid: None,
        name,
    }
}

/// The accounts by the Windows that first knew them.
static ACCOUNTS: [(Windows, &[Account]); 5] = [
    (Windows::Server2003, SERVER_2003),
    (Windows::Server2008, SERVER_2008),
    (Windows::Server2012, SERVER_2012),
    (Windows::Server2012R2, SERVER_2012_R2),
    (Windows::Server2016, SERVER_2016),
];

const SERVER_2003: &[Account] = &[
    fixed("BA", "S-1-5-32-544", r"BUILTIN\Administrators"),
    fixed("BU", "S-1-5-32-545", r"BUILTIN\Users"),
    fixed("BG", "S-1-5-32-546", r"BUILTIN\Guests"),
    fixed("PU", "S-1-5-32-547", r"BUILTIN\Power Users"),
    fixed("SY", "S-1-5-18", r"NT AUTHORITY\SYSTEM"),
    fixed("LS", "S-1-5-19", r"NT AUTHORITY\LOCAL SERVICE"),
    fixed("NS", "S-1-5-20", r"NT AUTHORITY\NETWORK SERVICE"),
    fixed("CO", "S-1-3-0", "CREATOR OWNER"),
    fixed("CG", "S-1-3-1", "CREATOR GROUP"),
    fixed("WD", "S-1-1-0", "Everyone"),
    fixed("AU", "S-1-5-11", r"NT AUTHORITY\Authenticated Users"),
    fixed("AN", "S-1-5-7", r"NT AUTHORITY\ANONYMOUS LOGON"),
    fixed("IU", "S-1-5-4", r"NT AUTHORITY\INTERACTIVE"),
    fixed("NU", "S-1-5-2", r"NT AUTHORITY\NETWORK"),
    fixed("SU", "S-1-5-6", r"NT AUTHORITY\SERVICE"),
    fixed("PS", "S-1-5-10", r"NT AUTHORITY\SELF"),
    fixed("RC", "S-1-5-12", r"NT AUTHORITY\RESTRICTED"),
    fixed("AO", "S-1-5-32-548", r"BUILTIN\Account Operators"),
    fixed("SO", "S-1-5-32-549", r"BUILTIN\Server Operators"),
    fixed("PO", "S-1-5-32-550", r"BUILTIN\Print Operators"),
    fixed("BO", "S-1-5-32-551", r"BUILTIN\Backup Operators"),
    fixed("RE", "S-1-5-32-552", r"BUILTIN\Replicator"),
    fixed(
        "RU",
        "S-1-5-32-554",
        r"BUILTIN\Pre-Windows 2000 Compatible Access",
    ),
    fixed("RD", "S-1-5-32-555", r"BUILTIN\Remote Desktop Users"),
    fixed(
        "NO",
        "S-1-5-32-556",
        r"BUILTIN\Network Configuration Operators",
    ),
    fixed("MU", "S-1-5-32-558", r"BUILTIN\Performance Monitor Users"),
    fixed("LU", "S-1-5-32-559", r"BUILTIN\Performance Log Users"),
    fixed(
        "ED",
        "S-1-5-9",
        r"NT AUTHORITY\ENTERPRISE DOMAIN CONTROLLERS",
    ),
    local("LA", "the computer's Administrator"),
    local("LG", "the computer's Guest"),
    local("DA", "Domain Admins"),
    local("DU", "Domain Users"),
    local("DG", "Domain Guests"),
    local("DC", "Domain Computers"),
    local("DD", "Domain Controllers"),
    local("CA", "Cert Publishers"),
    local("SA", "Schema Admins"),
    local("EA", "Enterprise Admins"),
    local("PA", "Group Policy Creator Owners"),
    local("RS", "RAS and IAS Servers"),
];

const SERVER_2008: &[Account] = &[
    fixed("IS", "S-1-5-32-568", r"BUILTIN\IIS_IUSRS"),
    Account {
        code: None,
        sid: Some("S-1-5-17"),
        name: r"NT AUTHORITY\IUSR",
    },
    fixed("OW", "S-1-3-4", "OWNER RIGHTS"),
    fixed("WR", "S-1-5-33", r"NT AUTHORITY\WRITE RESTRICTED"),
    fixed("CY", "S-1-5-32-569", r"BUILTIN\Cryptographic Operators"),
    fixed("ER", "S-1-5-32-573", r"BUILTIN\Event Log Readers"),
    fixed(
        "CD",
        "S-1-5-32-574",
        r"BUILTIN\Certificate Service DCOM Access",
    ),
    local("RO", "Enterprise Read-only Domain Controllers"),
];

const SERVER_2012: &[Account] = &[
    fixed("RA", "S-1-5-32-575", r"BUILTIN\RDS Remote Access Servers"),
    fixed("ES", "S-1-5-32-576", r"BUILTIN\RDS Endpoint Servers"),
    fixed("MS", "S-1-5-32-577", r"BUILTIN\RDS Management Servers"),
    fixed("HA", "S-1-5-32-578", r"BUILTIN\Hyper-V Administrators"),
    fixed(
        "AA",
        "S-1-5-32-579",
        r"BUILTIN\Access Control Assistance Operators",
    ),
    fixed("RM", "S-1-5-32-580", r"BUILTIN\Remote Management Users"),
    fixed("UD", "S-1-5-84-0-0-0-0-0", "user-mode drivers"),
    fixed("AC", "S-1-15-2-1", "all application packages"),
    fixed(
        "AS",
        "S-1-18-1",
        "Authentication authority asserted identity",
    ),
    fixed("SS", "S-1-18-2", "Service asserted identity"),
    local("CN", "Cloneable Domain Controllers"),
];

const SERVER_2012_R2: &[Account] = &[local("AP", "Protected Users")];

const SERVER_2016: &[Account] = &[
    local("KA", "Key Admins"),
    local("EK", "Enterprise Key Admins"),
];

/// Every account with the Windows that first knew it.
pub(super) fn all() -> impl Iterator<Item = (Windows, &'static Account)> {
    let groups = ACCOUNTS.iter();
    groups.flat_map(|(since, accounts)| accounts.iter().map(|account| (*since, account)))
}

/// The account with this code.
pub(super) fn with_code(code: &str) -> Option<&'static Account> {
    all()
        .map(|(_, account)| account)
        .find(|account| account.code == Some(code))
}
