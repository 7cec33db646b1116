//! Whom an entry is about.

use std::borrow::Cow;
use std::fmt;

use sha1::{Digest, Sha1};

use super::accounts::{self, Account, Windows};

/// A security identifier in Windows' text form: `S-1-5-18`, decimal, without leading zeros.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sid(Cow<'static, str>);

/// Numbers behind the authority that one SID can have.
const MOST_NUMBERS: usize = 15;

/// What the SID of each application pool's account begins with (section 9.3 of the IIS fact sheet).
const APPLICATION_POOL: &str = "S-1-5-82-";

impl Sid {
    /// Reads `S-1-5-18`; `None` for anything that Windows would not take for a SID.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(['S', 's'])?.strip_prefix("-1-")?;
        let mut fields = rest.split('-');
        let authority = authority(fields.next()?)?;
        let numbers: Option<Vec<u32>> = fields.map(decimal).collect();
        let numbers = numbers.filter(|numbers| (1..=MOST_NUMBERS).contains(&numbers.len()))?;
        let numbers: String = numbers.iter().map(|number| format!("-{number}")).collect();
        Some(Self(Cow::Owned(format!("S-1-{authority}{numbers}"))))
    }

    /// The virtual account of an application pool, known before the pool exists.
    ///
    /// It is `S-1-5-82` and the SHA-1 of the lower-cased name in UTF-16, as five little-endian numbers (section 9.3
    /// of the IIS fact sheet). How Windows lower-cases letters beyond ASCII is not known to us.
    #[must_use]
    pub fn application_pool(name: &str) -> Self {
        let name = name.to_lowercase();
        let utf16: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let digest = Sha1::digest(utf16);
        let (words, _) = digest.as_slice().as_chunks::<4>();
        let numbers: Vec<String> = words
            .iter()
            .map(|word| u32::from_le_bytes(*word).to_string())
            .collect();
        Self(Cow::Owned(format!(
            "{APPLICATION_POOL}{}",
            numbers.join("-")
        )))
    }

    /// The text form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True for the account of an application pool, whether the pool exists or not.
    #[must_use]
    pub fn is_application_pool(&self) -> bool {
        let numbers = self.0.strip_prefix(APPLICATION_POOL);
        numbers.is_some_and(|numbers| numbers.split('-').count() == 5)
    }
}

fn decimal<T: std::str::FromStr>(digits: &str) -> Option<T> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok())?
}

/// A number of 48 bits; Windows writes those of more than 32 bits in hexadecimal.
fn authority(text: &str) -> Option<u64> {
    let hex = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let number = match hex.filter(|hex| !hex.starts_with('+')) {
        Some(hex) => u64::from_str_radix(hex, 16).ok()?,
        None => decimal(text)?,
    };
    (number < 1 << 48).then_some(number)
}

impl fmt::Display for Sid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whom an entry is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trustee {
    /// Somebody with a known SID.
    Sid(Sid),
    /// Somebody whose SID differs between domains and computers; Windows finds it by the code.
    Local(&'static Account),
}

impl Trustee {
    /// The local administrators.
    pub const ADMINISTRATORS: Self = Self::fixed("S-1-5-32-544");
    /// The operating system.
    pub const SYSTEM: Self = Self::fixed("S-1-5-18");
    /// What services without rights of their own run as, and application pools by default up to IIS 7.
    pub const NETWORK_SERVICE: Self = Self::fixed("S-1-5-20");
    /// As Network Service, but anonymous to other computers.
    pub const LOCAL_SERVICE: Self = Self::fixed("S-1-5-19");
    /// Whoever makes a file or folder.
    pub const CREATOR_OWNER: Self = Self::fixed("S-1-3-0");
    /// Every user of the computer, and every service.
    pub const USERS: Self = Self::fixed("S-1-5-32-545");
    /// Everybody who gave a name and a password.
    pub const AUTHENTICATED_USERS: Self = Self::fixed("S-1-5-11");
    /// Everybody.
    pub const EVERYONE: Self = Self::fixed("S-1-1-0");
    /// Every application pool, IIS 7 and later.
    pub const IIS_IUSRS: Self = Self::fixed("S-1-5-32-568");
    /// Anonymous visitors, IIS 7 and later.
    pub const IUSR: Self = Self::fixed("S-1-5-17");

    const fn fixed(sid: &'static str) -> Self {
        Self::Sid(Sid(Cow::Borrowed(sid)))
    }

    /// Somebody by the two letters of SDDL.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let account = accounts::with_code(code)?;
        Some(account.sid.map_or(Self::Local(account), Self::fixed))
    }

    /// The name on an English Windows; for a SID without one, what is known about it.
    #[must_use]
    pub fn name(&self) -> String {
        match (self.account(), self) {
            (Some((_, account)), _) => account.name.to_owned(),
            (None, Self::Sid(sid)) if sid.is_application_pool() => {
                format!("IIS AppPool virtual account {sid}")
            }
            (None, Self::Sid(sid)) => sid.to_string(),
            (None, Self::Local(account)) => account.name.to_owned(),
        }
    }

    /// The Windows that first knew it; the oldest if that is not known.
    #[must_use]
    pub fn since(&self) -> Windows {
        match (self.account(), self) {
            (Some((since, _)), _) => since,
            (None, Self::Sid(sid)) if sid.is_application_pool() => Windows::Server2008,
            (None, Self::Sid(_) | Self::Local(_)) => Windows::Server2003,
        }
    }

    /// The text of SDDL: a code where every Windows knows it, else the SID.
    #[must_use]
    pub fn sddl(&self) -> &str {
        let everywhere = self
            .account()
            .filter(|(since, _)| *since == Windows::Server2003);
        match self {
            Self::Local(account) => account.code.unwrap_or_default(),
            Self::Sid(sid) => everywhere
                .and_then(|(_, account)| account.code)
                .unwrap_or(sid.as_str()),
        }
    }

    fn account(&self) -> Option<(Windows, &'static Account)> {
        accounts::all().find(|(_, account)| match self {
            Self::Sid(sid) => account.sid == Some(sid.as_str()),
            Self::Local(own) => account == own,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pool_sids_are_those_that_windows_shows() {
        for (pool, sid) in [
            (
                "DefaultAppPool",
                "S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415",
            ),
            (
                ".NET v4.5",
                "S-1-5-82-271721585-897601226-2024613209-625570482-296978595",
            ),
            (
                ".NET v4.5 Classic",
                "S-1-5-82-3876422241-1344743610-1729199087-774402673-2621913236",
            ),
        ] {
            let own = Sid::application_pool(pool);
            assert_eq!((own.as_str(), own.is_application_pool()), (sid, true));
            assert_eq!(Sid::parse(sid), Some(own));
        }
    }
}
