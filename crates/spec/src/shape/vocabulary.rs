//! Words of IIS, of wfastcgi and the tutorial, and of other servers, and what they are called here.

/// A word from elsewhere and our key for it.
const WORDS: &[(&str, &str)] = &[
    // wfastcgi and the tutorial.
    ("WSGI_HANDLER", "python.handler"),
    ("PYTHONPATH", "python.pythonpath"),
    ("WSGI_LOG", "log.file"),
    ("WSGI_RESTART_FILE_REGEX", "restart.pattern"),
    ("SCRIPT_NAME", "site.path"),
    ("APPROOT", "root"),
    // FastCGI of IIS 6 and later.
    ("scriptProcessor", "python.interpreter"),
    ("fullPath", "python.interpreter"),
    ("ExePath", "python.interpreter"),
    ("maxInstances", "process.max-instances"),
    ("instanceMaxRequests", "process.max-requests"),
    ("requestTimeout", "process.request-timeout"),
    ("activityTimeout", "process.activity-timeout"),
    ("idleTimeout", "process.idle-timeout"),
    ("queueLength", "process.queue-length"),
    ("monitorChangesTo", "process.monitor"),
    ("stderrMode", "process.stderr"),
    ("signalBeforeTerminateSeconds", "process.stop-grace"),
    ("rapidFailsPerMinute", "process.rapid-fails"),
    ("responseBufferLimit", "streaming"),
    ("appSettings", "environment"),
    ("applicationSettings", "environment"),
    ("environmentVariables", "environment"),
    ("EnvironmentVars", "environment"),
    // Sites.
    ("physicalPath", "root"),
    ("virtualPath", "site.path"),
    ("siteName", "site.name"),
    ("siteId", "site.id"),
    ("bindingInformation", "site.bindings"),
    ("certificateHash", "site.bindings"),
    ("sslFlags", "site.bindings"),
    ("accessPolicy", "site.permissions"),
    ("AccessFlags", "site.permissions"),
    // Application pools.
    ("applicationPool", "pool.name"),
    ("AppPoolId", "pool.name"),
    ("identityType", "pool.identity"),
    ("userName", "pool.user.name"),
    ("startMode", "pool.start-mode"),
    ("enable32BitAppOnWin64", "pool.bitness"),
    ("idleTimeoutAction", "pool.idle-action"),
    ("periodicRestart", "pool.recycle.interval"),
    ("schedule", "pool.recycle.at"),
    ("privateMemory", "pool.recycle.private-memory"),
    ("loadUserProfile", "pool.load-user-profile"),
    ("maxProcesses", "pool.max-processes"),
    ("shutdownTimeLimit", "pool.shutdown-timeout"),
    ("preloadEnabled", "warm-up"),
    ("applicationInitialization", "warm-up"),
    ("initializationPage", "warm-up.url"),
    // What IIS does with requests.
    ("maxAllowedContentLength", "limits.body"),
    ("maxUrl", "limits.url"),
    ("maxQueryString", "limits.query"),
    ("allowDoubleEscaping", "request-filtering.double-escaping"),
    ("hiddenSegments", "request-filtering.hide-segments"),
    ("fileExtensions", "request-filtering.allow-extensions"),
    ("verbs", "request-filtering.methods"),
    ("existingResponse", "errors.pages"),
    ("errorMode", "errors.details"),
    ("anonymousAuthentication", "authentication.anonymous"),
    ("windowsAuthentication", "authentication.windows"),
    ("basicAuthentication", "authentication.basic"),
    // HttpPlatformHandler.
    ("processPath", "python.interpreter"),
    ("processesPerApplication", "process.max-instances"),
    ("stdoutLogFile", "log.file"),
    ("forwardWindowsAuthToken", "authentication.windows"),
    // Other servers and frameworks.
    ("workers", "process.max-instances"),
    ("processes", "process.max-instances"),
    ("timeout", "process.request-timeout"),
    ("harakiri", "process.request-timeout"),
    ("graceful-timeout", "process.stop-grace"),
    ("graceful_timeout", "process.stop-grace"),
    ("bind", "site.bindings"),
    ("listen", "site.bindings"),
    ("port", "site.bindings"),
    ("certfile", "site.bindings"),
    ("app", "python.handler"),
    ("callable", "python.handler"),
    ("module", "python.handler"),
    ("wsgi-file", "python.handler"),
    ("WSGI_APPLICATION", "python.handler"),
    ("chdir", "root"),
    ("venv", "python.virtualenv"),
    ("home", "python.virtualenv"),
    ("requires", "python.packages.requirements"),
    ("touch-reload", "process.monitor"),
    ("reload", "restart.include"),
    ("mount", "site.path"),
    ("env", "environment"),
    ("raw_env", "environment"),
    ("static-map", "static"),
    ("STATIC_URL", "static"),
    ("STATIC_ROOT", "static"),
    ("MAX_CONTENT_LENGTH", "limits.body"),
    ("client_max_body_size", "limits.body"),
    ("upload-limit", "limits.body"),
    ("accesslog", "log.file"),
    ("errorlog", "log.file"),
    ("logto", "log.file"),
    ("loglevel", "log.level"),
    ("forwarded-allow-ips", "proxies.trusted"),
    ("forwarded_allow_ips", "proxies.trusted"),
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
    use super::super::shape::Shape;
    use super::super::table::SPEC;
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
    fn no_word_is_listed_twice() {
        let mut seen = std::collections::BTreeSet::new();
        for (word, _) in WORDS {
            assert!(seen.insert(word.to_lowercase()), "{word}");
        }
    }

    #[test]
    fn every_translation_is_a_key_of_the_schema() {
        for (_, path) in WORDS {
            path.split('.').fold(&SPEC, |shape, name| {
                let Shape::Mapping(mapping) = shape else {
                    panic!("{path}")
                };
                mapping
                    .keys
                    .iter()
                    .find(|key| key.name == name)
                    .expect(path)
                    .shape
            });
        }
    }
}
