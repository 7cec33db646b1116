//! The project's folder on this machine's disk, as rules ask about it.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::fs::{self, DirEntry, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use iisc_compile::MARKER;
use iisc_spec::{Kind, World};

/// Longest text that is read, in bytes. What rules look for, such as a module or `pyvenv.cfg`, is far shorter.
const MAX_TEXT: u64 = 1 << 20;

/// Most files that are listed, most folders that are looked into for them, and most that one file may lie in.
const MAX_FILES: usize = 50_000;
const MAX_FOLDERS: usize = 10_000;
const MAX_DEPTH: usize = 32;

/// Folders of version control and package managers, and Python's compiled code.
const FOREIGN: [&str; 5] = [".git", ".hg", ".svn", "node_modules", "__pycache__"];

/// The file by which a virtual environment is known.
const VIRTUALENV_MARK: &str = "pyvenv.cfg";

/// The file by which our own output is known, if our marker is in it.
const MANIFEST: &str = "manifest.json";

/// The folder that a spec lies in.
///
/// Nothing is looked at before it is asked for, and nothing twice. Whatever is asked, no answer comes from outside
/// the folder: neither by `..` nor through a link.
pub(crate) struct DiskWorld {
    folder: PathBuf,
    /// The same without links in it; `None` if nobody may know.
    real: OnceCell<Option<PathBuf>>,
    kinds: RefCell<BTreeMap<String, Option<Kind>>>,
    texts: RefCell<BTreeMap<String, Option<String>>>,
    files: OnceCell<Vec<String>>,
}

thread_local! {
    /// The folder that a spec was last judged in.
    static LAST: RefCell<Option<Rc<DiskWorld>>> = const { RefCell::new(None) };
}

impl DiskWorld {
    /// The folder of a spec, which itself need not exist; `None` if there is no such folder.
    pub(crate) fn of(spec: &Path) -> Option<Self> {
        Self::at(&folder_of(spec))
    }

    /// The folder of a file that has been read, so that it need not be looked for.
    ///
    /// Specs of one folder follow each other, and it takes longer to list a folder of a thousand than to judge them all:
    /// each thread keeps what it knows of the folder that it was in last.
    pub(crate) fn around(file: &Path) -> Rc<Self> {
        let folder = folder_of(file);
        LAST.with_borrow_mut(|last| match last {
            Some(world) if world.folder == folder => Rc::clone(world),
            Some(_) | None => Rc::clone(last.insert(Rc::new(Self::new(folder)))),
        })
    }

    /// A folder; `None` if there is none.
    pub(crate) fn at(folder: &Path) -> Option<Self> {
        folder.is_dir().then(|| Self::new(folder.to_path_buf()))
    }

    fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            real: OnceCell::new(),
            kinds: RefCell::default(),
            texts: RefCell::default(),
            files: OnceCell::new(),
        }
    }

    /// Where the folder is. Of most specs no rule asks for it, and to find out takes longer than to judge them.
    fn real(&self) -> Option<&Path> {
        let real = self.real.get_or_init(|| self.folder.canonicalize().ok());
        real.as_deref()
    }

    /// What a path leads to, unless that lies outside.
    fn resolve(&self, path: &str) -> Option<PathBuf> {
        let inside = path.is_empty() || path.split('/').all(is_name);
        let folder = self.real().filter(|_| inside)?;
        let target = folder.join(path).canonicalize().ok()?;
        target.starts_with(folder).then_some(target)
    }

    fn look(&self, path: &str) -> Option<Kind> {
        let metadata = fs::metadata(self.resolve(path)?).ok()?;
        match (metadata.is_file(), metadata.is_dir()) {
            (true, _) => Some(Kind::File),
            (_, true) => Some(Kind::Folder),
            // Neither a pipe nor a device is part of a project.
            (false, false) => None,
        }
    }

    fn load(&self, path: &str) -> Option<String> {
        // To open a pipe would wait for its other end.
        if self.kind(path) != Some(Kind::File) {
            return None;
        }
        text_of(&self.resolve(path)?)
    }
}

impl World for DiskWorld {
    fn kind(&self, path: &str) -> Option<Kind> {
        let known = self.kinds.borrow().get(path).copied();
        known.unwrap_or_else(|| {
            let kind = self.look(path);
            self.kinds.borrow_mut().insert(path.to_owned(), kind);
            kind
        })
    }

    fn read(&self, path: &str) -> Option<String> {
        let known = self.texts.borrow().get(path).cloned();
        known.unwrap_or_else(|| {
            let text = self.load(path);
            self.texts
                .borrow_mut()
                .insert(path.to_owned(), text.clone());
            text
        })
    }

    fn files(&self) -> Vec<String> {
        let files = || self.real().map(walk).unwrap_or_default();
        self.files.get_or_init(files).clone()
    }
}

/// The folder that a file lies in, also for a bare file name.
pub(crate) fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        Some(_) | None => PathBuf::from("."),
    }
}

/// True for a name that stays within its folder on every system: no step up, no drive, no other separator.
fn is_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && !name.contains(['\\', ':', '\0'])
}

/// A text in UTF-8, without its byte order mark. Python sources in another encoding are not read at all: half of
/// their names would be wrong.
fn text_of(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    let file = File::open(path).ok()?;
    file.take(MAX_TEXT + 1).read_to_end(&mut bytes).ok()?;
    let short = bytes.len() as u64 <= MAX_TEXT;
    let text = String::from_utf8(bytes).ok().filter(|_| short)?;
    Some(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// The files of a folder and below it. Folders that cannot be read are empty, links are not followed.
fn walk(top: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![(top.to_path_buf(), String::new(), 0)];
    let mut looked_into = 0;
    while let Some((folder, prefix, depth)) = folders.pop() {
        looked_into += 1;
        let entries = entries_of(&folder).unwrap_or_default();
        if depth > 0 && is_left_out(&folder, &entries) {
            continue;
        }
        let mut below = Vec::new();
        for entry in entries {
            let (Ok(kind), Ok(name)) = (entry.file_type(), entry.file_name().into_string()) else {
                continue;
            };
            if kind.is_file() {
                files.push(format!("{prefix}{name}"));
            } else if kind.is_dir() && depth < MAX_DEPTH && !FOREIGN.contains(&name.as_str()) {
                below.push((entry.path(), format!("{prefix}{name}/"), depth + 1));
            }
        }
        if files.len() >= MAX_FILES || looked_into >= MAX_FOLDERS {
            files.truncate(MAX_FILES);
            break;
        }
        // The next to be looked at is the last.
        folders.extend(below.into_iter().rev());
    }
    files.sort();
    files
}

/// What lies in a folder, by name, so that a list that ends at its limit ends at the same file everywhere.
fn entries_of(folder: &Path) -> io::Result<Vec<DirEntry>> {
    let mut entries: Vec<DirEntry> = fs::read_dir(folder)?.filter_map(Result::ok).collect();
    // Each name is a copy: to make two for each comparison takes longer than to read the folder.
    entries.sort_by_cached_key(DirEntry::file_name);
    Ok(entries)
}

/// True for a virtual environment, and for a folder that `iisc build` has written.
fn is_left_out(folder: &Path, entries: &[DirEntry]) -> bool {
    let has = |name: &str| entries.iter().any(|entry| entry.file_name() == name);
    let ours = || text_of(&folder.join(MANIFEST)).is_some_and(|text| text.contains(MARKER));
    has(VIRTUALENV_MARK) || has(MANIFEST) && ours()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(files: &[(&str, &[u8])]) -> (tempfile::TempDir, DiskWorld) {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        let world = DiskWorld::of(&folder.path().join("app.iis.yaml")).unwrap();
        (folder, world)
    }

    #[test]
    fn a_bare_file_name_lies_in_the_current_folder() {
        assert_eq!(folder_of(Path::new("app.iis.yaml")), Path::new("."));
        assert_eq!(folder_of(Path::new("shop/app.iis.yaml")), Path::new("shop"));
        assert_eq!(folder_of(Path::new("/app.iis.yaml")), Path::new("/"));
        assert!(DiskWorld::of(Path::new("there/is/no/such/app.iis.yaml")).is_none());
    }

    #[test]
    fn what_is_in_the_folder_is_answered() {
        let (_folder, world) = project(&[
            ("shop/app.py", b"\xEF\xBB\xBFapp = 1\n"),
            ("shop/old.py", b"# -*- coding: latin-1 -*-\nname = '\xE9'\n"),
            ("env/pyvenv.cfg", b"home = C:\\Python312\n"),
        ]);
        assert_eq!(world.kind("shop"), Some(Kind::Folder));
        assert_eq!(world.kind(""), Some(Kind::Folder));
        assert_eq!(world.kind("shop/app.py"), Some(Kind::File));
        assert_eq!(world.kind("shop/none.py"), None);
        assert_eq!(world.read("shop/app.py").as_deref(), Some("app = 1\n"));
        assert_eq!(world.read("shop/old.py"), None);
        assert_eq!(world.read("shop"), None);
        assert!(world.read("env/pyvenv.cfg").is_some());
    }

    #[test]
    fn no_path_leaves_the_folder() {
        let (folder, _) = project(&[("secret", b"s"), ("in/app.py", b"a")]);
        let world = DiskWorld::of(&folder.path().join("in/app.iis.yaml")).unwrap();
        let outside = folder.path().join("secret").display().to_string();
        for path in [
            "../secret",
            "x/../../secret",
            "./app.py",
            "/etc/hosts",
            "C:/secret",
            "C:secret",
            "..\\secret",
            "app.py/",
            "//x",
            &outside,
        ] {
            assert_eq!(world.kind(path), None, "{path}");
            assert_eq!(world.read(path), None, "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_within_the_folder_and_never_out_of_it() {
        use std::os::unix::fs::symlink;
        let (folder, _) = project(&[("secret/s", b"s"), ("in/app.py", b"a")]);
        let link = |target: &str, name: &str| {
            symlink(target, folder.path().join("in").join(name)).unwrap();
        };
        link("../secret", "out");
        link("../secret/s", "s");
        link("app.py", "same");
        link(".", "loop");
        let world = DiskWorld::of(&folder.path().join("in/app.iis.yaml")).unwrap();
        assert_eq!(world.kind("out"), None);
        assert_eq!(world.read("out/s"), None);
        assert_eq!(world.read("s"), None);
        assert_eq!(world.read("same").as_deref(), Some("a"));
        assert_eq!(world.read("loop/app.py").as_deref(), Some("a"));
        assert_eq!(world.files(), ["app.py"]);
    }

    #[test]
    fn a_file_that_is_too_long_is_not_read() {
        let (_folder, world) = project(&[
            ("long", &vec![b'x'; MAX_TEXT as usize + 1]),
            ("longest", &vec![b'x'; MAX_TEXT as usize]),
        ]);
        assert_eq!(world.read("long"), None);
        assert!(world.read("longest").is_some());
    }

    #[test]
    fn an_answer_is_remembered() {
        let (folder, world) = project(&[("a", b"1")]);
        assert_eq!(world.read("a").as_deref(), Some("1"));
        assert_eq!(world.kind("b"), None);
        assert_eq!(world.files(), ["a"]);
        fs::write(folder.path().join("a"), "2").unwrap();
        fs::write(folder.path().join("b"), "2").unwrap();
        assert_eq!(world.read("a").as_deref(), Some("1"));
        assert_eq!(world.kind("b"), None);
        assert_eq!(world.files(), ["a"]);
    }

    #[test]
    fn files_are_those_of_the_project_in_order() {
        let manifest = format!("{{\"generator\": \"{MARKER}\"}}");
        let (_folder, world) = project(&[
            ("shop/b.py", b""),
            ("shop/a/c.py", b""),
            ("shop.py", b""),
            (".git/config", b""),
            ("shop/__pycache__/b.pyc", b""),
            ("ui/node_modules/x/index.js", b""),
            ("env/pyvenv.cfg", b""),
            ("env/Lib/site.py", b""),
            ("build/manifest.json", manifest.as_bytes()),
            ("build/iis10/Web.config", b""),
            ("web/manifest.json", b"{}"),
        ]);
        assert_eq!(
            world.files(),
            ["shop.py", "shop/a/c.py", "shop/b.py", "web/manifest.json"]
        );
    }

    #[test]
    fn a_folder_below_too_many_others_is_left_out() {
        let deep = |depth: usize| format!("{}x", "d/".repeat(depth));
        let (_folder, world) = project(&[(&deep(MAX_DEPTH), b""), (&deep(MAX_DEPTH + 1), b"")]);
        assert_eq!(world.files(), [deep(MAX_DEPTH)]);
    }
}
