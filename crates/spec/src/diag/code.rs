//! The number a kind of problem is known by.

use std::fmt;

/// The stable number of a kind of problem; prints as `IISC0201`.
///
/// The first two digits are the band: 00 text and YAML, 01 shape, 02 app and Python, 03 FastCGI processes,
/// 04 HTTP platform and gateway, 05 sites and pools, 06 handlers and static files, 07 identity and access,
/// 08 environment and secrets, 09 logging and limits, 10 IIS's own files, 90 the target cannot do this. A number is never given
/// to another problem later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(u16);

impl Code {
    /// The code with these four digits.
    #[must_use]
    pub const fn new(number: u16) -> Self {
        Self(number)
    }

    /// The four digits as a number.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }

    /// Reads `IISC0201`, `iisc0201` or `0201`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let upper = text.to_ascii_uppercase();
        let digits = upper.strip_prefix("IISC").unwrap_or(&upper);
        let four = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
        four.then(|| digits.parse().ok().map(Self))?
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IISC{:04}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_what_it_prints() {
        let code = Code::new(9);
        assert_eq!(code.to_string(), "IISC0009");
        assert_eq!(Code::parse("IISC0009"), Some(code));
        assert_eq!(Code::parse("iisc0009"), Some(code));
        assert_eq!(Code::parse("0009"), Some(code));
        for text in ["", "IISC", "IISC9", "IISC+009", "IISC00009", "é"] {
            assert_eq!(Code::parse(text), None, "{text}");
        }
    }
}
