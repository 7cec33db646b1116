//! What IIS, Windows and Python say when something is wrong, and what to do: the pages of `iisc explain`
//! beside those of the rules.
//!
//! A topic is a page and the texts by which people look for it. It is listed once, in [`TOPICS`].

mod words;

use self::words::words;
use crate::diag::Code;
use crate::rules::CATALOGUE;
use crate::suggest;

/// One page, and what leads to it.
#[derive(Debug)]
pub struct Topic {
    /// Codes, numbers and error texts that are answered by the page; the most telling first. No two topics share
    /// one.
    pub names: &'static [&'static str],
    /// The page in Markdown: what it means, a table to decide by, sources.
    pub page: &'static str,
}

impl Topic {
    /// The first heading of the page.
    #[must_use]
    pub fn title(&self) -> &'static str {
        let first = self.page.lines().next().unwrap_or_default();
        first.trim_start_matches('#').trim()
    }
}

/// Every topic: statuses of IIS, error codes of Windows, texts of the gateway and of Python, folklore.
pub static TOPICS: &[Topic] = &[
    Topic {
        names: &["401.3"],
        page: include_str!("not-permitted.md"),
    },
    Topic {
        names: &["403.1", "403.2"],
        page: include_str!("access-policy.md"),
    },
    Topic {
        names: &["404", "404.0"],
        page: include_str!("not-found.md"),
    },
    Topic {
        names: &["404.2"],
        page: include_str!("isapi-restriction.md"),
    },
    Topic {
        names: &["404.3", "404.4", "404.17", "403.14"],
        page: include_str!("no-handler.md"),
    },
    Topic {
        names: &["404.7", "404.8", "404.11"],
        page: include_str!("filtered-url.md"),
    },
    Topic {
        names: &["404.13", "404.14", "404.15", "404.20"],
        page: include_str!("filtered-size.md"),
    },
    Topic {
        names: &["405", "405.0"],
        page: include_str!("method-not-allowed.md"),
    },
    Topic {
        names: &["500.0", "500"],
        page: include_str!("module-error.md"),
    },
    Topic {
        names: &["500.19"],
        page: include_str!("configuration-error.md"),
    },
    Topic {
        names: &["500.21", "bad module"],
        page: include_str!("module-not-installed.md"),
    },
    Topic {
        names: &["502.5", "502.3", "502.2", "502.1"],
        page: include_str!("http-platform-start.md"),
    },
    Topic {
        names: &["503", "503.0", "503.2", "503.4"],
        page: include_str!("unavailable.md"),
    },
    Topic {
        names: &["0x80070003", "0x8007010b", "0x8007052e"],
        page: include_str!("content-folder.md"),
    },
    Topic {
        names: &[
            "0x80070005",
            "Unable to place a FastCGI process in a JobObject",
        ],
        page: include_str!("access-denied.md"),
    },
    Topic {
        names: &["0x8007000d"],
        page: include_str!("malformed-configuration.md"),
    },
    Topic {
        names: &["0x80070021", "section cannot be used at this path"],
        page: include_str!("locked-section.md"),
    },
    Topic {
        names: &["0x8007007e"],
        page: include_str!("missing-module.md"),
    },
    Topic {
        names: &[
            "0x800700b7",
            "Cannot add duplicate collection entry",
            "Cannot find requested collection element",
            "183",
        ],
        page: include_str!("duplicate-entry.md"),
    },
    Topic {
        names: &["0x800700c1", "bitness", "bitness must match"],
        page: include_str!("bitness.md"),
    },
    Topic {
        names: &[
            "0x80070102",
            "error 258",
            "258",
            "The FastCGI process exceeded configured request timeout",
            "The FastCGI process exceeded configured activity timeout",
        ],
        page: include_str!("time-limit.md"),
    },
    Topic {
        names: &[
            "0x80070585",
            "error 1413",
            "1413",
            "scriptProcessor not found",
        ],
        page: include_str!("no-registration.md"),
    },
    Topic {
        names: &[
            "The FastCGI process exited unexpectedly",
            "0x00000001",
            "0xc0000409",
            "An unknown FastCGI error occurred",
        ],
        page: include_str!("exited-unexpectedly.md"),
    },
    Topic {
        names: &["No Python at"],
        page: include_str!("no-python-at.md"),
    },
    Topic {
        names: &["WSGI_HANDLER env var must be set", "WSGI_HANDLER"],
        page: include_str!("handler-not-set.md"),
    },
    Topic {
        names: &[
            "could not be imported",
            "No module named",
            "is not callable",
        ],
        page: include_str!("not-imported.md"),
    },
    Topic {
        names: &["WinError 5", "5"],
        page: include_str!("winerror-5.md"),
    },
    Topic {
        names: &["WinError 6", "6"],
        page: include_str!("winerror-6.md"),
    },
    Topic {
        names: &["WinError 32", "32"],
        page: include_str!("winerror-32.md"),
    },
    Topic {
        names: &["LocalSystem", "needs LocalSystem"],
        page: include_str!("local-system.md"),
    },
    Topic {
        names: &[
            "FastCGI cannot run new Python",
            "Python 3.7+ is not supported",
            "wfastcgi",
        ],
        page: include_str!("python-version.md"),
    },
    Topic {
        names: &["space in the handler name", "space in handler name"],
        page: include_str!("space-in-handler-name.md"),
    },
    Topic {
        names: &["HttpPlatformHandler", "HttpPlatformHandler recommended"],
        page: include_str!("http-platform-handler.md"),
    },
];

/// Whether a name fits what somebody looks for. Both are words.
type Fit = fn(name: &[String], asked: &[String]) -> bool;

/// The ways in which a name can fit, best first.
const FITS: [Fit; 4] = [
    |name, asked| name == asked,
    // A pasted message: what it says is more telling than the status that it came with.
    |name, asked| (is_phrase(name) || is_hresult(name)) && contains(asked, name),
    |name, asked| is_status(name) && contains(asked, name),
    // Some words of an error text.
    |name, asked| is_phrase(name) && has_letters(asked) && contains(name, asked),
];

/// The topics that a code, a number or a piece of an error text leads to: none, one, or several that fit alike.
#[must_use]
pub fn find(text: &str) -> Vec<&'static Topic> {
    let asked = words(text);
    FITS.iter()
        .map(|fits| fitting(&asked, *fits))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

fn fitting(asked: &[String], fits: Fit) -> Vec<&'static Topic> {
    TOPICS
        .iter()
        .filter(|topic| topic.names.iter().any(|name| fits(&words(name), asked)))
        .collect()
}

fn contains(words: &[String], part: &[String]) -> bool {
    words
        .windows(part.len().max(1))
        .any(|window| window == part)
}

fn is_phrase(name: &[String]) -> bool {
    name.len() > 1 && has_letters(name)
}

fn is_hresult(name: &[String]) -> bool {
    name.iter().any(|word| word.starts_with("0x"))
}

/// Status and substatus; a lone number says too little in the midst of a text.
fn is_status(name: &[String]) -> bool {
    name.len() > 1 && !has_letters(name)
}

fn has_letters(words: &[String]) -> bool {
    words
        .iter()
        .any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2)
}

/// The code of a rule, or the name of a rule or topic, that a text most likely stands for.
#[must_use]
pub fn nearest(text: &str) -> Option<String> {
    if let Some(code) = Code::parse(text) {
        return nearest_code(code).map(|code| code.to_string());
    }
    let slugs = CATALOGUE.iter().map(|rule| rule.slug);
    let names = TOPICS.iter().flat_map(|topic| topic.names.iter().copied());
    suggest::nearest(text, slugs.chain(names)).map(str::to_owned)
}

/// The nearest number of the same band; another band is about something else.
fn nearest_code(code: Code) -> Option<Code> {
    let band = |code: Code| code.number() / 100;
    CATALOGUE
        .iter()
        .map(|rule| rule.code)
        .filter(|known| band(*known) == band(code))
        .min_by_key(|known| known.number().abs_diff(code.number()))
}

#[cfg(test)]
mod tests;
