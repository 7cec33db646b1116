//! `site.bindings`: the addresses of a site.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::text_type;

/// One address that a site answers on. With a certificate it is an `https` address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Binding {
    /// Host name that the client asks for. Without one the site answers to every name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<HostName>,

    /// TCP port. By default 80, and 443 with a certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 65_535))]
    #[schemars(extend("examples" = [8080]))]
    pub port: Option<u16>,

    /// IP address of the server that the site listens on; `*` for all that it has.
    pub address: Address,

    /// The certificate, which makes the address an `https` one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
}

impl Default for Binding {
    fn default() -> Self {
        Self {
            host: None,
            port: None,
            address: Address::new("*"),
            certificate: None,
        }
    }
}

impl Binding {
    /// The port that is meant.
    #[must_use]
    pub fn port(&self) -> u16 {
        let usual = if self.certificate.is_some() { 443 } else { 80 };
        self.port.unwrap_or(usual)
    }

    /// The protocol, as IIS names it.
    #[must_use]
    pub const fn protocol(&self) -> &'static str {
        match self.certificate {
            Some(_) => "https",
            None => "http",
        }
    }

    /// IIS's own spelling, `IP:port:host`.
    #[must_use]
    pub fn information(&self) -> String {
        let host = self.host.as_ref().map_or("", HostName::as_str);
        format!("{}:{}:{host}", self.address, self.port())
    }
}

/// A certificate on the server. Certificates are referred to, never part of a spec.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Certificate {
    /// SHA-1 thumbprint of the certificate, 40 hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbprint: Option<Thumbprint>,

    /// Store of the local machine that holds it.
    pub store: StoreName,

    /// Takes the certificate from IIS's central store, by host name; then there is no thumbprint (IIS 8 and later).
    pub central: bool,
}

impl Default for Certificate {
    fn default() -> Self {
        Self {
            thumbprint: None,
            store: StoreName::new("My"),
            central: false,
        }
    }
}

text_type! {
    /// A host name: labels of letters, digits and `-`, with dots between them; `*.` at the start for all names
    /// below a domain.
    #[schemars(
        example = &"shop.example.com",
        extend("pattern" = r"^(\*\.)?[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*$"),
        extend("patternErrorMessage" = "expected a host name such as `shop.example.com`, without protocol, port \
            and path; a name with other letters in its `xn--` form")
    )]
    HostName
}

text_type! {
    /// An IP address, or `*`.
    #[schemars(
        extend("pattern" = r"^(\*|[0-9]{1,3}(\.[0-9]{1,3}){3}|\[[0-9A-Fa-f:.]+\])$"),
        extend("patternErrorMessage" = "expected `*`, an address such as `10.0.0.5`, or one such as `[fe80::1]`")
    )]
    Address
}

text_type! {
    /// Thumbprint of a certificate.
    #[schemars(
        example = &"0123456789ABCDEF0123456789ABCDEF01234567",
        extend("pattern" = "^[0-9A-Fa-f]{40}$"),
        extend("patternErrorMessage" = "expected 40 hexadecimal digits without blanks")
    )]
    Thumbprint
}

text_type! {
    /// Name of a certificate store.
    #[schemars(
        extend("pattern" = "^[A-Za-z][A-Za-z0-9]{0,63}$"),
        extend("patternErrorMessage" = "expected the name of a store, such as `My` or `WebHosting`")
    )]
    StoreName
}
