//! Watches the files of the application, and asks the process to stop when one that counts has changed.
//!
//! The system tells of changes on one thread, another judges them: whatever is queued is judged together, and
//! the interpreter is taken once for all of it. The first file that counts ends the watch, since the process
//! that is to see the further ones is the next.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use notify::event::{EventKind, ModifyKind};
use notify::{Config, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::log;
use crate::py::pattern::Pattern;
use crate::transport::Doorbell;

/// A watch that runs.
#[derive(Debug)]
pub(crate) struct Watch {
    news: Sender<News>,
    judge: JoinHandle<()>,
}

/// What the judging thread waits for.
#[derive(Debug)]
enum News {
    Event(notify::Result<Event>),
    /// The process ends.
    End,
}

impl Watch {
    /// Begins to watch a folder and all below it; a change is seen from here on. Folders behind symbolic links
    /// are not watched, as on Windows.
    ///
    /// # Errors
    /// Says why the folder cannot be watched.
    pub(crate) fn start(
        root: &Path,
        pattern: Pattern,
        bell: Arc<Doorbell>,
    ) -> Result<Self, String> {
        let start = || -> notify::Result<Self> {
            let root = root.canonicalize()?;
            let (sender, news) = mpsc::channel();
            let events = sender.clone();
            let forward = move |event| {
                // The judge has left when it has seen enough.
                let _ = events.send(News::Event(event));
            };
            let config = Config::default().with_follow_symlinks(false);
            let mut watcher = RecommendedWatcher::new(forward, config)?;
            watcher.watch(&root, RecursiveMode::Recursive)?;
            let judge = Judge {
                root,
                pattern,
                watcher,
                news,
                has_failed: false,
            };
            let thread = thread::Builder::new().name("iisc-gateway-watch".to_owned());
            Ok(Self {
                news: sender,
                judge: thread.spawn(move || judge.run(&bell))?,
            })
        };
        start().map_err(|error| describe(&error))
    }

    /// Ends the watch. Call it with the interpreter released, which the judge may be waiting for.
    pub(crate) fn end(self) {
        let _ = self.news.send(News::End);
        // Had it panicked, the log would tell.
        let _ = self.judge.join();
    }
}

/// Judges changes.
struct Judge {
    root: PathBuf,
    pattern: Pattern,
    watcher: RecommendedWatcher,
    news: Receiver<News>,
    has_failed: bool,
}

impl Judge {
    fn run(mut self, bell: &Doorbell) {
        while let Ok(first) = self.news.recv() {
            let mut events = Vec::new();
            for news in std::iter::once(first).chain(self.news.try_iter()) {
                match news {
                    News::Event(event) => events.push(event),
                    News::End => return,
                }
            }
            if let Some(reason) = self.reason(events) {
                log::write(&format!("restarting: {reason}"), "");
                bell.ring_for_stop();
                return;
            }
        }
    }

    /// Why the process has to restart, if it has to.
    fn reason(&mut self, events: Vec<notify::Result<Event>>) -> Option<String> {
        let mut names = BTreeSet::new();
        for event in events {
            match event {
                Ok(event) if event.need_rescan() => {
                    return Some("more files changed than the system could tell".to_owned());
                }
                Ok(event) => names.extend(self.names(event)),
                Err(error) => self.report(&error),
            }
        }
        // Most news are of files that were only read, which is not worth the interpreter.
        if names.is_empty() {
            return None;
        }
        let name = self.pattern.first_match(names)?;
        Some(format!("{name} changed"))
    }

    /// The files that an event is about.
    fn names(&mut self, event: Event) -> Vec<String> {
        let mut paths = event.paths;
        match event.kind {
            EventKind::Access(_) => return Vec::new(),
            EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) => {
                // Of the files in a folder that has been moved here the system tells nothing.
                let files: Vec<_> = paths.iter().flat_map(|it| self.files_below(it)).collect();
                paths.extend(files);
            }
            EventKind::Any | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Other => {}
        }
        let names = paths.iter().filter_map(|path| name(&self.root, path));
        names.collect()
    }

    /// The files of a folder that has just come; none if the path is a file's.
    fn files_below(&mut self, path: &Path) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = Vec::new();
        if path.symlink_metadata().is_ok_and(|found| found.is_dir()) {
            // The watching thread takes up the folder before it answers any question, such as this one. So a
            // file that is not there by now will be told.
            let _ = self.watcher.configure(Config::default());
            folders.push(path.to_path_buf());
        }
        while let Some(folder) = folders.pop() {
            for entry in folder.read_dir().into_iter().flatten().flatten() {
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                    Ok(_) | Err(_) => files.push(entry.path()),
                }
            }
        }
        files
    }

    /// Says once that the watch has holes; it goes on with what it has.
    fn report(&mut self, error: &notify::Error) {
        if !self.has_failed {
            self.has_failed = true;
            let reason = describe(error);
            log::write(&format!("not every change of a file is seen: {reason}"), "");
        }
    }
}

/// A path as the pattern sees it: below the root, with backslashes on every system (P17).
fn name(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?;
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    (!parts.is_empty()).then(|| parts.join("\\"))
}

fn describe(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => {
            "the system's limit is reached (fs.inotify.max_user_watches)".to_owned()
        }
        ErrorKind::Io(error) => error.to_string(),
        ErrorKind::Generic(_)
        | ErrorKind::PathNotFound
        | ErrorKind::WatchNotFound
        | ErrorKind::InvalidConfig(_) => error.to_string(),
    }
}
