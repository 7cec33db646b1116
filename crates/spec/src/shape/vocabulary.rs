//! Words of IIS, of wfastcgi and of the tutorial, and what they are called here.

/// A word from elsewhere and our key for it.
const WORDS: &[(&str, &str)] = &[
    ("WSGI_HANDLER", "python.handler"),
    ("PYTHONPATH", "python.pythonpath"),
    ("WSGI_LOG", "log.file"),
    ("WSGI_RESTART_FILE_REGEX", "restart.pattern"),
    ("scriptProcessor", "python.interpreter"),
    ("fullPath", "python.interpreter"),
    ("ExePath", "python.interpreter"),
    ("APPROOT", "root"),
    ("physicalPath", "root"),
    ("appSettings", "environment"),
    ("applicationSettings", "environment"),
    ("environmentVariables", "environment"),
    ("EnvironmentVars", "environment"),
    ("env", "environment"),
    ("venv", "python.virtualenv"),
    ("applicationPool", "pool.name"),
    ("virtualPath", "site.path"),
    ("siteId", "site.id"),
    ("maxInstances", "process.max-instances"),
    ("instanceMaxRequests", "process.max-requests"),
    ("requestTimeout", "process.request-timeout"),
    ("activityTimeout", "process.activity-timeout"),
    ("idleTimeout", "process.idle-timeout"),
    ("queueLength", "process.queue-length"),
];

/// Says what a foreign word is called here.
pub(super) fn ours(word: &str) -> Option<String> {
    let bare = word.trim_matches('%');
    let (_, key) = WORDS
        .iter()
        .find(|(foreign, _)| foreign.eq_ignore_ascii_case(bare))?;
    // `pythonpath` at the wrong level is our own word; it is not translated, but sent to its place.
    let own = key.rsplit('.').next() == Some(word);
    (!own).then(|| format!("`{word}` is called `{key}` here"))
}

#[cfg(test)]
mod tests {
    use super::super::shape::{SPEC, Shape};
    use super::*;

    #[test]
    fn words_of_the_tutorial_are_translated() {
        assert_eq!(
            ours("WSGI_HANDLER").unwrap(),
            "`WSGI_HANDLER` is called `python.handler` here"
        );
        assert_eq!(
            ours("%APPROOT%").unwrap(),
            "`%APPROOT%` is called `root` here"
        );
        assert_eq!(ours("pythonpath"), None);
    }

    #[test]
    fn every_translation_is_a_key_of_the_schema() {
        for (_, path) in WORDS {
            path.split('.').fold(&*SPEC, |shape, name| {
                let Shape::Mapping(mapping) = &**shape else {
                    panic!("{path}")
                };
                &mapping
                    .keys
                    .iter()
                    .find(|key| key.name == name)
                    .expect(path)
                    .shape
            });
        }
    }
}
