//! The keys of `[Types]`: which requests go to which section.

use super::super::ini::Section;

/// A key of `[Types]` (section 4.3 of the IIS fact sheet), and the section that it names.
pub(super) struct Type<'a> {
    /// In lower case, `*` for whatever no extension matches.
    pub(super) extension: String,
    pub(super) range: Range,
    pub(super) section: &'a Section,
}

/// Where a key of `[Types]` holds, the nearest first: so it is asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Range {
    /// With the site's number, and the path in lower case.
    Application(u64, String),
    Site(u64),
    Everywhere,
}

/// Takes a key of `[Types]` apart. `fcgiconfig.js` leaves out the `/lm`.
pub(super) fn range(key: &str) -> Option<(String, Range)> {
    let key = key.to_lowercase();
    let Some((extension, place)) = key.split_once(':') else {
        return Some((key, Range::Everywhere));
    };
    let range = match place.parse() {
        Ok(site) => Range::Site(site),
        Err(_) => {
            let place = place.strip_prefix("/lm").unwrap_or(place);
            let (site, root) = place.strip_prefix("/w3svc/")?.split_once('/')?;
            let path = root.strip_prefix("root")?;
            let path = match path.trim_end_matches('/') {
                "" => "/",
                path => path,
            };
            Range::Application(site.parse().ok()?, path.to_owned())
        }
    };
    Some((extension.to_owned(), range))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_taken_apart() {
        let shop = Range::Application(7, "/shop".to_owned());
        for (key, expected) in [
            ("*", Some(("*", Range::Everywhere))),
            ("PY", Some(("py", Range::Everywhere))),
            ("py:7", Some(("py", Range::Site(7)))),
            ("*:/lm/w3svc/7/root/shop", Some(("*", shop.clone()))),
            ("*:/W3SVC/7/ROOT/Shop/", Some(("*", shop))),
            (
                "*:/lm/w3svc/7/root",
                Some(("*", Range::Application(7, "/".to_owned()))),
            ),
            ("*:shop", None),
            ("*:/lm/w3svc/x/root", None),
            ("*:/lm/w3svc/7/shop", None),
        ] {
            let expected = expected.map(|(extension, range)| (extension.to_owned(), range));
            assert_eq!(range(key), expected, "{key}");
        }
    }
}
