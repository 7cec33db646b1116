//! Which of IIS's files a file is.

/// One of the configuration files that IIS or the FastCGI extension reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `Web.config`: of a site, an application or a folder.
    WebConfig,
    /// `applicationHost.config` of a server, or a part of it.
    ApplicationHost,
    /// Edits of one of the two, such as `Web.Release.config` or `applicationHost.xdt`.
    Transform,
    /// `fcgiext.ini` of the FastCGI extension for IIS 6.
    FcgiExt,
}

impl Kind {
    /// True for a file in XML.
    #[must_use]
    pub const fn is_xml(self) -> bool {
        match self {
            Self::WebConfig | Self::ApplicationHost | Self::Transform => true,
            Self::FcgiExt => false,
        }
    }
}

/// How many bytes of a file are looked at.
const GLANCE: usize = 64 * 1024;

/// Recognises a file by its name, or else by what it begins with; `None` for a file of another kind.
#[must_use]
pub fn kind_of(name: &str, bytes: &[u8]) -> Option<Kind> {
    let name = name
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    match name.as_str() {
        "web.config" => return Some(Kind::WebConfig),
        "applicationhost.config" => return Some(Kind::ApplicationHost),
        "fcgiext.ini" => return Some(Kind::FcgiExt),
        _ => {}
    }
    let (stem, extension) = name.rsplit_once('.')?;
    let text = glance(bytes);
    match extension {
        "xdt" => Some(Kind::Transform),
        "config" if stem.starts_with("web.") => Some(Kind::Transform),
        "config" if stem.starts_with("applicationhost.") => Some(Kind::ApplicationHost),
        "config" | "xml" => xml_kind(&text),
        "ini" => text
            .lines()
            .any(|line| line.trim().eq_ignore_ascii_case("[types]"))
            .then_some(Kind::FcgiExt),
        _ => None,
    }
}

/// The beginning of a file as text; the zeros that UTF-16 has in it are left out.
fn glance(bytes: &[u8]) -> String {
    let start = bytes.get(..GLANCE).unwrap_or(bytes);
    String::from_utf8_lossy(start).replace('\0', "")
}

fn xml_kind(text: &str) -> Option<Kind> {
    let has = |start: &str| text.contains(start);
    // A part of a file, as people show it to others.
    let is_part = !has("<configuration") && (has("<fastCgi") || has("<site "));
    if has("XML-Document-Transform") {
        Some(Kind::Transform)
    } else if has("<system.applicationHost") || is_part {
        Some(Kind::ApplicationHost)
    } else {
        let is_site = has("<configuration>") || has("<configuration ") || has("<system.webServer");
        is_site.then_some(Kind::WebConfig)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_a_file_is() {
        for (name, kind) in [
            (r"D:\apps\shop\Web.config", Some(Kind::WebConfig)),
            ("a/applicationHost.config", Some(Kind::ApplicationHost)),
            (
                "applicationHost.fragment.config",
                Some(Kind::ApplicationHost),
            ),
            ("Web.Release.config", Some(Kind::Transform)),
            ("applicationHost.xdt", Some(Kind::Transform)),
            ("fcgiext.ini", Some(Kind::FcgiExt)),
            ("app.iis.yaml", None),
            ("setup.ini", None),
            ("notes", None),
        ] {
            assert_eq!(kind_of(name, b""), kind, "{name}");
        }
    }

    #[test]
    fn another_name_leaves_it_to_the_text() {
        let hosts: Vec<u8> = "<configuration><system.applicationHost/>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (name, bytes, kind) in [
            ("old.config", &b"<configuration>"[..], Some(Kind::WebConfig)),
            ("old.config", &hosts, Some(Kind::ApplicationHost)),
            ("old.ini", b"; x\n[TYPES]\n", Some(Kind::FcgiExt)),
            ("old.config", b"<fastCgi/>", Some(Kind::ApplicationHost)),
            ("old.config", b"<packages>", None),
            ("old.txt", b"<configuration>", None),
        ] {
            assert_eq!(kind_of(name, bytes), kind, "{name}");
        }
    }
}
