//! Addresses of `--listen`.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// Where to listen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// A socket in the file system.
    Unix(PathBuf),
    /// A port of this machine. FastCGI trusts whoever connects, so other machines have no way in (S17).
    Tcp(SocketAddr),
}

impl Address {
    /// Reads `unix:PATH` or `tcp:HOST:PORT`.
    ///
    /// # Errors
    /// Says what is wrong with the text.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("unix:").filter(|path| !path.is_empty()) {
            return Ok(Self::Unix(PathBuf::from(path)));
        }
        let Some(place) = text.strip_prefix("tcp:") else {
            return Err(format!(
                "`{text}` is no address: write `unix:PATH` or `tcp:127.0.0.1:PORT`"
            ));
        };
        let address = match place.strip_prefix("localhost:") {
            Some(port) => port.parse().map(|port| (Ipv4Addr::LOCALHOST, port).into()),
            None => return Self::parse_tcp(place),
        };
        address
            .map(Self::Tcp)
            .map_err(|_| format!("`{place}` has no port between 0 and 65535"))
    }

    fn parse_tcp(place: &str) -> Result<Self, String> {
        let address: SocketAddr = place
            .parse()
            .map_err(|_| format!("`{place}` is no address and port, such as 127.0.0.1:9000"))?;
        if !address.ip().is_loopback() {
            return Err(format!(
                "`{place}` can be reached from other machines, and FastCGI knows no password: \
                 use a loopback address such as 127.0.0.1, or a Unix socket"
            ));
        }
        Ok(Self::Tcp(address))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
            Self::Tcp(address) => write!(f, "tcp:{address}"),
        }
    }
}
