//! What IIS 6 makes of an `fcgiext.ini`, written from sections 4.2 to 4.5 of the IIS fact sheet and from nothing of
//! the compiler: as strict as the script that comes with the extension, which refuses to maintain what it cannot read.

use std::collections::BTreeMap;
use std::fmt;

/// A file that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The lines of `[Types]`: key and name of a section, in order.
    pub types: Vec<(String, String)>,
    /// The pools of processes.
    pub pools: Vec<Pool>,
}

/// A section that is a pool of processes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    /// Its name.
    pub name: String,
    /// Its properties, with their names in small letters.
    pub properties: BTreeMap<String, String>,
}

/// Why a file cannot be read: the line, from 1 on, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Number of the line; that after the last one if something is missing.
    pub line: usize,
    /// What is wrong.
    pub reason: &'static str,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// The names of section 4.4.
const PROPERTIES: [&str; 19] = [
    "activitytimeout",
    "arguments",
    "environmentvars",
    "exepath",
    "flushnamedpipe",
    "idletimeout",
    "ignoredirectories",
    "ignoreexistingfiles",
    "instancemaxrequests",
    "maxinstances",
    "monitorchangesto",
    "protocol",
    "queuelength",
    "rapidfailsperminute",
    "requesttimeout",
    "responsebufferlimit",
    "signalbeforeterminateseconds",
    "stderrmode",
    "unhealthyonqueuefull",
];

/// The section that a pair stands in.
enum Within {
    Nothing,
    Types,
    Pool,
}

/// Reads a file.
///
/// # Errors
/// The first line that the extension or its script would refuse.
pub fn read(text: &str) -> Result<File, Unreadable> {
    let mut file = File {
        types: Vec::new(),
        pools: Vec::new(),
    };
    let mut within = Within::Nothing;
    let mut has_types = false;
    let mut lines = 0;
    for (index, line) in text.lines().enumerate() {
        lines = index + 1;
        let wrong = |reason| Unreadable {
            line: index + 1,
            reason,
        };
        if line.trim().is_empty() || line.starts_with(';') {
            continue;
        }
        if let Some(rest) = line.strip_prefix('[') {
            let name = header(rest).map_err(wrong)?;
            if name.eq_ignore_ascii_case("types") {
                if std::mem::replace(&mut has_types, true) {
                    return Err(wrong("[Types] is there already"));
                }
                within = Within::Types;
            } else {
                if file.pool(name).is_some() {
                    return Err(wrong("a section of this name is there already"));
                }
                within = Within::Pool;
                file.pools.push(Pool {
                    name: name.to_owned(),
                    properties: BTreeMap::new(),
                });
            }
            continue;
        }
        let (key, value) = pair(line).map_err(wrong)?;
        match (&within, file.pools.last_mut()) {
            (Within::Types, _) => file.types.push((key.to_owned(), value.to_owned())),
            (Within::Pool, Some(pool)) => pool.add(key, value).map_err(wrong)?,
            (Within::Nothing | Within::Pool, _) => {
                return Err(wrong("a pair before the first section"));
            }
        }
    }
    let missing = |reason| Unreadable {
        line: lines + 1,
        reason,
    };
    if !has_types {
        return Err(missing("there is no [Types]"));
    }
    let lost = |(_, name): &(String, String)| file.pool(name).is_none();
    if file.types.iter().any(lost) {
        return Err(missing("[Types] names a section that is not there"));
    }
    let without_program = |pool: &Pool| !pool.properties.contains_key("exepath");
    if file.pools.iter().any(without_program) {
        return Err(missing("a section has no ExePath"));
    }
    Ok(file)
}

fn header(rest: &str) -> Result<&str, &'static str> {
    let (name, after) = rest.split_once(']').ok_or("the header has no end")?;
    if !after.trim().is_empty() {
        return Err("something stands behind the header");
    }
    match name.is_ascii() && !name.trim().is_empty() {
        true => Ok(name.trim()),
        false => Err("a section is named in ASCII"),
    }
}

fn pair(line: &str) -> Result<(&str, &str), &'static str> {
    let (key, value) = line
        .split_once('=')
        .ok_or("neither section, pair nor comment")?;
    let (key, value) = (key.trim(), value.trim());
    if key.is_empty() || key.contains(char::is_whitespace) {
        return Err("a key has no blanks and at least one character");
    }
    match value.is_empty() {
        true => Err("the value is empty"),
        false => Ok((key, value)),
    }
}

impl Pool {
    fn add(&mut self, key: &str, value: &str) -> Result<(), &'static str> {
        let key = key.to_ascii_lowercase();
        if !PROPERTIES.contains(&key.as_str()) {
            return Err("a pool has no such property");
        }
        match self.properties.insert(key, value.to_owned()) {
            None => Ok(()),
            Some(_) => Err("the property is there already"),
        }
    }

    /// A property, by its name in any case.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&str> {
        self.properties
            .get(&name.to_ascii_lowercase())
            .map(String::as_str)
    }

    /// The variables of its processes, as these receive them.
    ///
    /// # Errors
    /// What in the list has no meaning.
    pub fn environment(&self) -> Result<Vec<(String, String)>, &'static str> {
        match self.property("EnvironmentVars") {
            None => Ok(Vec::new()),
            Some(list) => environment(list),
        }
    }
}

/// Section 4.5: `NAME:value` with commas between, `//` for a slash and `/,` for a comma, and a value with a blank in
/// double quotes. Within quotes a comma is still written `/,`.
fn environment(list: &str) -> Result<Vec<(String, String)>, &'static str> {
    let mut rest = list.chars().peekable();
    let mut found = Vec::new();
    loop {
        let mut name = String::new();
        loop {
            match rest.next() {
                Some(':') => break,
                Some(',' | '"') | None => return Err("a variable without a value"),
                Some(c) => name.push(c),
            }
        }
        if name.trim().is_empty() {
            return Err("a variable without a name");
        }
        let is_quoted = rest.next_if_eq(&'"').is_some();
        let mut value = String::new();
        let is_last = loop {
            match rest.next() {
                Some('/') => match rest.next() {
                    Some(c @ ('/' | ',')) => value.push(c),
                    Some(_) | None => return Err("a slash that escapes nothing"),
                },
                Some('"') if is_quoted => match rest.next() {
                    None => break true,
                    Some(',') => break false,
                    Some(_) => return Err("something behind the closing quote"),
                },
                Some('"') => return Err("a quote within a value"),
                Some(',') if is_quoted => return Err("a bare comma within quotes"),
                Some(',') => break false,
                Some(c) if c.is_whitespace() && !is_quoted => {
                    return Err("a blank without quotes");
                }
                None if is_quoted => return Err("the quotes have no end"),
                None => break true,
                Some(c) => value.push(c),
            }
        };
        if value.is_empty() {
            return Err("an empty value has no sure meaning");
        }
        found.push((name, value));
        if is_last {
            return Ok(found);
        }
    }
}

/// A request, as the extension asks where it goes.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Extension of the file that is asked for, without its dot; may be empty.
    pub extension: &'a str,
    /// Number of the site.
    pub site: u32,
    /// Path of the application within the site, `/` for its root.
    pub application: &'a str,
}

impl File {
    /// The pool of that name, in any case.
    #[must_use]
    pub fn pool(&self, name: &str) -> Option<&Pool> {
        self.pools
            .iter()
            .find(|pool| pool.name.eq_ignore_ascii_case(name))
    }

    /// The pool that answers a request. Section 4.3: an application comes before its site and that before the whole
    /// server, and in each of the first two an extension before the wildcard; the same for the server.
    #[must_use]
    pub fn resolve(&self, request: &Request<'_>) -> Option<&Pool> {
        let extension = request.extension.to_ascii_lowercase();
        let application = format!(
            "/w3svc/{}/root{}",
            request.site,
            request.application.trim_end_matches('/')
        )
        .to_ascii_lowercase();
        let site = request.site.to_string();
        let places = [application, site, String::new()];
        let keys = places.iter().flat_map(|place| {
            [extension.as_str(), "*"].map(|kind| match place.as_str() {
                "" => kind.to_owned(),
                place => format!("{kind}:{place}"),
            })
        });
        keys.filter(|key| !key.starts_with(':') && !key.is_empty())
            .find_map(|wanted| self.named(&wanted))
    }

    fn named(&self, wanted: &str) -> Option<&Pool> {
        let key = |key: &str| key.to_ascii_lowercase().replacen(":/lm/", ":/", 1);
        let found = self.types.iter().find(|(known, _)| key(known) == wanted);
        self.pool(&found?.1)
    }
}
