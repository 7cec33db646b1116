//! Libraries whose presence matters under IIS.

/// A library, by its name in the package index.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Library {
    /// The name, normalised.
    pub(crate) name: &'static str,
    /// Why it matters.
    pub(crate) concern: Concern,
    /// False for one that has other uses too, which do no harm.
    pub(crate) is_sure: bool,
}

/// Why a library matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Concern {
    /// Serves WebSockets, which FastCGI cannot carry.
    WebSocket,
    /// Runs jobs inside the process that answers requests.
    Scheduler,
    /// Keeps files in the user's profile, unless this variable names another folder.
    Profile(Option<&'static str>),
}

/// The library of a normalised name.
pub(crate) fn library(name: &str) -> Option<&'static Library> {
    LIBRARIES.iter().find(|library| library.name == name)
}

const fn sure(name: &'static str, concern: Concern) -> Library {
    Library {
        name,
        concern,
        is_sure: true,
    }
}

const fn perhaps(name: &'static str, concern: Concern) -> Library {
    Library {
        name,
        concern,
        is_sure: false,
    }
}

static LIBRARIES: &[Library] = &[
    sure("flask-socketio", Concern::WebSocket),
    sure("flask-sock", Concern::WebSocket),
    sure("flask-sockets", Concern::WebSocket),
    sure("gevent-websocket", Concern::WebSocket),
    sure("channels", Concern::WebSocket),
    // Clients too.
    perhaps("python-socketio", Concern::WebSocket),
    perhaps("simple-websocket", Concern::WebSocket),
    perhaps("websockets", Concern::WebSocket),
    perhaps("wsproto", Concern::WebSocket),
    sure("flask-apscheduler", Concern::Scheduler),
    sure("django-apscheduler", Concern::Scheduler),
    sure("apscheduler", Concern::Scheduler),
    // They have processes of their own, which IIS neither starts nor keeps.
    perhaps("celery", Concern::Scheduler),
    perhaps("django-celery-beat", Concern::Scheduler),
    perhaps("django-crontab", Concern::Scheduler),
    perhaps("django-q", Concern::Scheduler),
    perhaps("django-q2", Concern::Scheduler),
    perhaps("dramatiq", Concern::Scheduler),
    perhaps("huey", Concern::Scheduler),
    perhaps("rq", Concern::Scheduler),
    perhaps("rq-scheduler", Concern::Scheduler),
    perhaps("schedule", Concern::Scheduler),
    sure("matplotlib", Concern::Profile(Some("MPLCONFIGDIR"))),
    sure("nltk", Concern::Profile(Some("NLTK_DATA"))),
    sure(
        "playwright",
        Concern::Profile(Some("PLAYWRIGHT_BROWSERS_PATH")),
    ),
    sure("pyppeteer", Concern::Profile(Some("PYPPETEER_HOME"))),
    sure("huggingface-hub", Concern::Profile(Some("HF_HOME"))),
    sure("transformers", Concern::Profile(Some("HF_HOME"))),
    sure(
        "sentence-transformers",
        Concern::Profile(Some("SENTENCE_TRANSFORMERS_HOME")),
    ),
    sure("easyocr", Concern::Profile(Some("EASYOCR_MODULE_PATH"))),
    sure("keyring", Concern::Profile(None)),
    sure("kaggle", Concern::Profile(Some("KAGGLE_CONFIG_DIR"))),
    sure("uszipcode", Concern::Profile(None)),
];

#[cfg(test)]
mod tests {
    use super::super::requirements::normalised;
    use super::*;

    #[test]
    fn names_are_normalised_and_unique() {
        for (position, one) in LIBRARIES.iter().enumerate() {
            assert_eq!(normalised(one.name), one.name);
            assert_eq!(
                LIBRARIES.iter().position(|other| other.name == one.name),
                Some(position)
            );
        }
        assert_eq!(library("apscheduler").unwrap().concern, Concern::Scheduler);
        assert_eq!(library("flask"), None);
    }
}
