//! Events of the YAML parser to a [`Node`] tree. Nothing outside of this module knows that parser.

mod line;
mod nodes;
mod recover;
mod refusal;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use granit_parser::{Event, Options, Parser, ScalarStyle};

use super::lookalike::LOOK_ALIKE;
use super::node::{Entry, Node, Scalar, Style, Value};
use super::text::SIZE_LIMIT;
use crate::diag::Diagnostic;
use crate::rules::{Phase, Rule};
use crate::source::{SourceFile, Span};

/// Lists and mappings inside each other.
const MAX_DEPTH: usize = 64;
/// Keys and values of one file; bounds memory (`C1`).
const MAX_NODES: usize = 20_000;
/// Bytes of one value (`C9`).
const MAX_VALUE: usize = 64 * 1024;

pub(crate) static EMPTY_FILE: Rule =
    Rule::error(3, "empty-file", include_str!("empty-file.md"), Phase::Text);
pub(crate) static YAML_SYNTAX: Rule = Rule::error(
    4,
    "yaml-syntax",
    include_str!("yaml-syntax.md"),
    Phase::Text,
);
pub(crate) static TAB_INDENTATION: Rule = Rule::error(
    6,
    "tab-indentation",
    include_str!("tab-indentation.md"),
    Phase::Text,
);
pub(crate) static TOO_DEEP: Rule = Rule::error(
    7,
    "deep-nesting",
    include_str!("deep-nesting.md"),
    Phase::Text,
);
pub(crate) static SEVERAL_DOCUMENTS: Rule = Rule::error(
    8,
    "several-documents",
    include_str!("several-documents.md"),
    Phase::Text,
);
pub(crate) static ANCHOR: Rule = Rule::error(
    9,
    "anchor-or-alias",
    include_str!("anchor-or-alias.md"),
    Phase::Text,
);
pub(crate) static MERGE_KEY: Rule =
    Rule::error(10, "merge-key", include_str!("merge-key.md"), Phase::Text);
pub(crate) static TAG: Rule = Rule::error(11, "tag", include_str!("tag.md"), Phase::Text);
pub(crate) static DUPLICATE_KEY: Rule = Rule::error(
    12,
    "duplicate-key",
    include_str!("duplicate-key.md"),
    Phase::Text,
);
pub(crate) static KEY_NOT_TEXT: Rule = Rule::error(
    13,
    "key-not-text",
    include_str!("key-not-text.md"),
    Phase::Text,
);
pub(crate) static MISSING_VALUE: Rule = Rule::error(
    14,
    "missing-value",
    include_str!("missing-value.md"),
    Phase::Text,
);

/// A tree and what is wrong with the text it came from.
#[derive(Debug)]
pub(crate) struct Parsed {
    /// The tree; with problems it may have holes, and there may be none.
    pub(crate) tree: Option<Node>,
    pub(crate) problems: Vec<Diagnostic>,
    /// True if the tree means what the text says, apart from the places that have a problem. Other problems may
    /// have moved keys to another level, or cut the tree off.
    pub(crate) is_readable: bool,
}

/// Reads a text as one YAML document of our subset.
///
/// The parser gives up at the first place that is no YAML. If that is a value alone on its line, the value is
/// passed over and the rest read.
pub(crate) fn compose(source: &SourceFile) -> Parsed {
    let (mut parsed, mut broken) = read(source);
    let mut told = Vec::new();
    let mut patched: Option<SourceFile> = None;
    while let Some(problem) = broken.take() {
        let text = patched.as_ref().unwrap_or(source);
        let place = problem.span().filter(|_| told.len() < recover::MOST);
        let next = place.and_then(|place| recover::without_value(text, place));
        // The value was not what is wrong there.
        if told.contains(&problem) {
            parsed.is_readable = false;
            break;
        }
        told.push(problem);
        match next {
            Some(next) => {
                (parsed, broken) = read(&next);
                patched = Some(next);
            }
            None => parsed.is_readable = false,
        }
    }
    parsed.problems.extend(told);
    parsed
}

/// Reads a text up to the first place that is no YAML, and says what is wrong there.
fn read(source: &SourceFile) -> (Parsed, Option<Diagnostic>) {
    let mut composer = Composer::new(source);
    for event in Parser::new_from_str_with_options(source.text(), options()) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let problem = refusal::diagnose(source, &error);
                return (composer.finish(Some(&problem)), Some(problem));
            }
        };
        if !composer.event(event, &span) {
            break;
        }
    }
    (composer.finish(None), None)
}

/// Where the comments of a text stand, up to the first place that cannot be read.
pub(crate) fn comments(source: &SourceFile) -> Vec<Span> {
    let options = granit_parser::options! {
        emit_comments: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let events = Parser::new_from_str_with_options(source.text(), options);
    let comment = |(event, span): &(Event<'_>, granit_parser::Span)| {
        matches!(event, Event::Comment(..)).then(|| bytes(span))
    };
    events
        .map_while(Result::ok)
        .filter_map(|event| comment(&event))
        .collect()
}

fn options() -> Options {
    granit_parser::options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    }
}

/// What a node is to the list or mapping it stands in.
enum Role {
    Root,
    /// An item, counted from 1.
    Item(usize),
    Key,
    /// The value of this key.
    Value(String, Span),
}

/// A list or mapping that is still open.
struct Open {
    start: usize,
    /// Where its last value ended.
    end: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Mapping {
        entries: Vec<Entry>,
        seen: BTreeMap<String, Span>,
        key: Option<(String, Span)>,
    },
}

struct Composer<'s> {
    source: &'s SourceFile,
    open: Vec<Open>,
    tree: Option<Node>,
    problems: Vec<Diagnostic>,
    /// The places of the problems.
    places: BTreeSet<Option<Span>>,
    nodes: usize,
}

impl<'s> Composer<'s> {
    fn new(source: &'s SourceFile) -> Self {
        Self {
            source,
            open: Vec::new(),
            tree: None,
            problems: Vec::new(),
            places: BTreeSet::new(),
            nodes: 0,
        }
    }

    /// What has been read, up to the place where the text is broken.
    fn finish(mut self, broken: Option<&Diagnostic>) -> Parsed {
        if self.tree.is_none() && self.problems.is_empty() && broken.is_none() {
            let problem = EMPTY_FILE.problem("the file is empty").help(
                "write at least `name`, `root` and `python` with `interpreter` and `handler`",
            );
            self.refuse(problem);
        }
        // A no-break space in the indentation leaves the key above without a value: one mistake.
        let mut all = self.problems.iter().chain(broken);
        if all.any(|problem| problem.code == LOOK_ALIKE.code) {
            self.problems
                .retain(|problem| problem.code != MISSING_VALUE.code);
        }
        // The place where the text is broken may have been told already, as something else.
        let told = broken.and_then(|problem| self.places.get(&problem.span()));
        self.problems
            .retain(|problem| told.is_none_or(|place| problem.span() != *place));
        let local = [&TAG, &DUPLICATE_KEY, &MISSING_VALUE].map(|rule| rule.code);
        let is_readable = |problem: &Diagnostic| local.contains(&problem.code);
        Parsed {
            tree: self.tree,
            is_readable: self.problems.iter().all(is_readable),
            problems: self.problems,
        }
    }

    /// Notes a problem, unless this place has one already.
    fn refuse(&mut self, problem: Diagnostic) {
        if self.places.insert(problem.span()) {
            self.problems.push(problem);
        }
    }

    /// Takes one event in; false if it makes no sense to go on.
    fn event(&mut self, event: Event<'_>, span: &granit_parser::Span) -> bool {
        let place = bytes(span);
        match event {
            Event::DocumentStart(..) if self.tree.is_some() => return self.second_document(place),
            Event::Scalar(text, style, _, tag) => {
                self.tag(
                    tag.is_some(),
                    span.tag_span().map_or(place, |tag| bytes(&tag)),
                );
                return self.scalar(text, style, place);
            }
            Event::SequenceStart(_, _, tag) => {
                self.tag(
                    tag.is_some(),
                    span.tag_span().map_or(place, |tag| bytes(&tag)),
                );
                return self.start(place, Content::List(Vec::new()));
            }
            Event::MappingStart(_, _, tag) => {
                self.tag(
                    tag.is_some(),
                    span.tag_span().map_or(place, |tag| bytes(&tag)),
                );
                let (entries, seen) = (Vec::new(), BTreeMap::new());
                return self.start(
                    place,
                    Content::Mapping {
                        entries,
                        seen,
                        key: None,
                    },
                );
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(place),
            Event::Anchor(..) => self.reference(place, "an anchor"),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.reference(place, "an alias");
                self.attach(hole(place));
                return self.count(place);
            }
            // Beginnings and ends of stream and document, comments: nothing of them is kept.
            _ => {}
        }
        true
    }

    fn second_document(&mut self, place: Span) -> bool {
        let problem = SEVERAL_DOCUMENTS
            .problem("a second document begins here")
            .at(place, "one file describes one application")
            .help("put it into a file of its own");
        self.refuse(problem);
        false
    }

    fn scalar(&mut self, text: Cow<'_, str>, style: ScalarStyle, place: Span) -> bool {
        if text.len() > MAX_VALUE {
            let problem = SIZE_LIMIT
                .problem("the value is longer than 64 KiB")
                .at(place, "")
                .help("shorten it");
            self.refuse(problem);
            return false;
        }
        let written = self.source.slice(place).trim_end().len();
        let span = Span::new(place.start, place.start + written);
        let value = Value::Scalar(Scalar {
            text: text.into_owned(),
            style: quoting(style),
        });
        self.attach(Node { value, span });
        self.count(place)
    }

    fn start(&mut self, place: Span, content: Content) -> bool {
        if self.open.len() >= MAX_DEPTH {
            self.refuse(refusal::too_deep(place));
            return false;
        }
        self.open.push(Open {
            start: place.start,
            end: place.end,
            content,
        });
        self.count(place)
    }

    fn count(&mut self, place: Span) -> bool {
        self.nodes += 1;
        if self.nodes <= MAX_NODES {
            return true;
        }
        let problem = SIZE_LIMIT
            .problem(format!(
                "the file has more than {MAX_NODES} keys and values"
            ))
            .at(place, "the limit is reached here")
            .help("check that this is the right file");
        self.refuse(problem);
        false
    }

    fn end(&mut self, place: Span) {
        let Some(open) = self.open.pop() else {
            return;
        };
        let end = if place.is_empty() {
            open.end
        } else {
            place.end
        };
        let value = match open.content {
            Content::List(items) => Value::List(items),
            Content::Mapping { entries, .. } => Value::Mapping(entries),
        };
        self.attach(Node {
            value,
            span: Span::new(open.start, end.max(open.start)),
        });
    }

    /// Puts a finished node where it belongs.
    fn attach(&mut self, node: Node) {
        match self.role(node.span.end) {
            Role::Root => self.root(node),
            Role::Item(number) => {
                self.check_item(&node, number);
                self.push_item(node);
            }
            Role::Key => self.key(&node),
            Role::Value(key, key_span) => {
                self.check_value(&node, &key, key_span);
                self.push_entry(Entry {
                    key,
                    key_span,
                    value: node,
                });
            }
        }
    }

    /// What the next node is to the innermost open list or mapping.
    fn role(&mut self, end: usize) -> Role {
        let Some(open) = self.open.last_mut() else {
            return Role::Root;
        };
        open.end = open.end.max(end);
        match &mut open.content {
            Content::List(items) => Role::Item(items.len() + 1),
            Content::Mapping { key, .. } => key
                .take()
                .map_or(Role::Key, |(key, span)| Role::Value(key, span)),
        }
    }

    fn push_item(&mut self, node: Node) {
        if let Some(Open {
            content: Content::List(items),
            ..
        }) = self.open.last_mut()
        {
            items.push(node);
        }
    }

    fn push_entry(&mut self, entry: Entry) {
        if let Some(Open {
            content: Content::Mapping { entries, .. },
            ..
        }) = self.open.last_mut()
        {
            entries.push(entry);
        }
    }

    /// Remembers the key whose value comes next; gives the place of an earlier key of that name.
    fn await_value(&mut self, name: &str, span: Span) -> Option<Span> {
        let Some(Open {
            content: Content::Mapping { seen, key, .. },
            ..
        }) = self.open.last_mut()
        else {
            return None;
        };
        *key = Some((name.to_owned(), span));
        let earlier = seen.get(name).copied();
        seen.entry(name.to_owned()).or_insert(span);
        earlier
    }
}

/// What stands in for an alias, so that reading can go on.
fn hole(span: Span) -> Node {
    let scalar = Scalar {
        text: String::new(),
        style: Style::DoubleQuoted,
    };
    Node {
        value: Value::Scalar(scalar),
        span,
    }
}

fn quoting(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
    }
}

fn bytes(span: &granit_parser::Span) -> Span {
    span.byte_range()
        .map_or(Span::empty(0), |range| Span::new(range.start, range.end))
}
