//! Wine, and a Windows in it: made once, kept below the target folder, emptied before each test.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use iisc_tests::{target, tool, workspace};

/// The programs that are stood in for, by name.
const STAND_INS: [&str; 9] = [
    "cacls",
    "cscript",
    "dism",
    "fc",
    "find",
    "icacls",
    "netsh",
    "probe",
    "servermanagercmd",
];

/// Those that Wine has too, if in a plainer form.
const WINES_OWN: [&str; 2] = ["fc", "find"];

/// Drives besides `C:`. Scripts lie on `P:`.
const DRIVES: [char; 4] = ['d', 'e', 'f', 'p'];

/// One test at a time uses the Windows.
static ONE: Mutex<()> = Mutex::new(());

/// The prompt that keeps Windows running.
static KEPT: OnceLock<Child> = OnceLock::new();

/// A Windows, empty but for Wine's own files and the stand-ins.
pub(crate) struct Windows {
    folder: PathBuf,
    _alone: MutexGuard<'static, ()>,
}

impl Windows {
    /// The Windows, unless Wine or the compiler of the stand-in is not installed, which is said loudly.
    pub(crate) fn new() -> Option<Self> {
        let wine = tool("wine");
        let compiler = tool("x86_64-w64-mingw32-gcc")?;
        wine?;
        let alone = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let windows = Self {
            folder: target().join("wine"),
            _alone: alone,
        };
        fs::create_dir_all(&windows.folder).unwrap();
        windows.boot();
        windows.build(&compiler);
        windows.empty();
        Some(windows)
    }

    /// A file of the host in which tests keep what the stand-in reads and writes.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Where a path of Windows lies on the host. As on Windows, case does not matter in what is there already.
    pub(crate) fn host(&self, path: &str) -> PathBuf {
        let (drive, rest) = path.split_once(":\\").unwrap();
        let root = self.drive(drive.to_lowercase().chars().next().unwrap());
        let names = rest.split('\\').filter(|name| !name.is_empty());
        names.fold(root, |folder, name| {
            let known = fs::read_dir(&folder).into_iter().flatten();
            let mut known = known.map(|entry| entry.unwrap().file_name());
            let same = known.find(|it| it.to_string_lossy().eq_ignore_ascii_case(name));
            folder.join(same.unwrap_or_else(|| name.into()))
        })
    }

    /// Puts a stand-in at a path of Windows.
    pub(crate) fn stand_in(&self, path: &str) {
        let place = self.host(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::copy(self.file("standin.exe"), place).unwrap();
    }

    /// A command of Windows, as it is run by a prompt without a console.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new("wine");
        command
            .arg(program)
            .env("WINEPREFIX", self.file("prefix"))
            .env("WINEDEBUG", "-all")
            // Nothing of ours needs a browser or .NET, and to ask for them waits for somebody.
            .env("WINEDLLOVERRIDES", "mscoree,mshtml=")
            .env("WINEPATH", windows_path(&self.file("bin")))
            .env_remove("DISPLAY")
            .stdin(Stdio::null());
        command
    }

    /// Everything that is there besides Wine's own files: each path, and the size of files.
    pub(crate) fn listing(&self) -> BTreeSet<(PathBuf, u64)> {
        let own = self.own();
        let mut roots: Vec<PathBuf> = DRIVES.map(|drive| self.drive(drive)).into();
        roots.extend(self.entries().into_iter().filter(|it| !own.contains(it)));
        roots.push(self.state());
        let mut listing = BTreeSet::new();
        roots.iter().for_each(|root| list(root, &mut listing));
        listing
    }

    /// The folder in which set-up keeps its log and notes.
    pub(crate) fn state(&self) -> PathBuf {
        self.file("prefix/drive_c/windows/system32/inetsrv/iisc")
    }

    fn drive(&self, letter: char) -> PathBuf {
        match letter {
            'c' => self.file("prefix/drive_c"),
            letter => self.file("drives").join(letter.to_string()),
        }
    }

    fn boot(&self) {
        let known = self.file("own.txt");
        if !known.exists() {
            let _ = fs::remove_dir_all(self.file("prefix"));
            let status = self
                .command("wineboot")
                .arg("-i")
                .stderr(Stdio::null())
                .status();
            assert!(status.unwrap().success(), "wineboot failed");
            for drive in DRIVES {
                let link = self.file("prefix/dosdevices").join(format!("{drive}:"));
                fs::create_dir_all(self.drive(drive)).unwrap();
                symlink(self.drive(drive), link).unwrap();
            }
            let own = self.entries();
            let own: Vec<&str> = own.iter().map(|path| path.to_str().unwrap()).collect();
            fs::write(&known, own.join("\n")).unwrap();
        }
        let kept = KEPT.get_or_init(|| self.kept());
        assert!(kept.stdin.is_some());
    }

    /// Waits until the Windows of an earlier run has shut down, as it starts no program while it does.
    fn wait(&self) {
        let mut server = Command::new("wineserver");
        server.arg("-w").env("WINEPREFIX", self.file("prefix"));
        assert!(server.status().unwrap().success());
    }

    /// A prompt that waits for input for as long as the tests run, so that not each script starts Windows. Its services
    /// would also hold on to the output of whichever program started them.
    fn kept(&self) -> Child {
        self.wait();
        let mut prompt = self.command("cmd");
        prompt.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut prompt = prompt.stderr(Stdio::null()).spawn().unwrap();
        // Its first words say that everything is started.
        let words = prompt.stdout.as_mut().unwrap();
        words.read_exact(&mut [0]).unwrap();
        prompt
    }

    fn build(&self, compiler: &Path) {
        let source = workspace().join("tests/wine/standin.c");
        let (text, built) = (fs::read(&source).unwrap(), self.file("standin.c"));
        let folder = self.file("bin");
        if fs::read(&built).is_ok_and(|built| built == text) {
            return;
        }
        let status = Command::new(compiler)
            .args(["-municode", "-O1", "-Wall", "-Wextra", "-Werror", "-o"])
            .args([&self.file("standin.exe"), &source])
            .status();
        assert!(status.unwrap().success(), "the stand-in does not compile");
        fs::create_dir_all(&folder).unwrap();
        for name in STAND_INS {
            fs::copy(self.file("standin.exe"), folder.join(format!("{name}.exe"))).unwrap();
        }
        fs::write(built, text).unwrap();
    }

    /// The folder of the stand-ins without those for `find` and `fc`, so that Wine's own are called.
    pub(crate) fn without_find(&self) -> String {
        let folder = self.file("plain");
        fs::create_dir_all(&folder).unwrap();
        for name in STAND_INS.iter().filter(|name| !WINES_OWN.contains(name)) {
            fs::copy(self.file("standin.exe"), folder.join(format!("{name}.exe"))).unwrap();
        }
        windows_path(&folder)
    }

    fn empty(&self) {
        let own = self.own();
        let entries = self.entries().into_iter();
        for path in entries
            .filter(|path| !own.contains(path))
            .chain([self.state()])
        {
            let _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path));
        }
        for drive in DRIVES {
            let _ = fs::remove_dir_all(self.drive(drive));
            fs::create_dir_all(self.drive(drive)).unwrap();
        }
        self.stand_in(r"C:\windows\system32\inetsrv\appcmd.exe");
        for name in ["record", "answers", "state"] {
            let _ = fs::remove_file(self.file(name));
        }
    }

    /// What Wine itself has made in the folders that are looked at.
    fn own(&self) -> BTreeSet<PathBuf> {
        let text = fs::read_to_string(self.file("own.txt")).unwrap();
        text.lines().map(PathBuf::from).collect()
    }

    /// What lies in `C:\`, in its folder for programs, and in the folders for temporary files.
    fn entries(&self) -> BTreeSet<PathBuf> {
        let mut folders = vec![self.drive('c'), self.host(r"C:\Program Files")];
        folders.push(self.host(r"C:\windows\temp"));
        let users = fs::read_dir(self.host(r"C:\users")).unwrap();
        folders.extend(users.map(|user| user.unwrap().path().join("AppData/Local/Temp")));
        folders.extend([self.host(r"C:\windows\system32\inetsrv")]);
        let entries = folders
            .iter()
            .filter_map(|folder| fs::read_dir(folder).ok());
        entries
            .flatten()
            .map(|entry| entry.unwrap().path())
            .collect()
    }
}

/// A path of the host as Wine's programs see it.
pub(crate) fn windows_path(path: &Path) -> String {
    format!("Z:{}", path.to_str().unwrap().replace('/', "\\"))
}

fn list(path: &Path, listing: &mut BTreeSet<(PathBuf, u64)>) {
    let size = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => metadata.len(),
        _ => 0,
    };
    listing.insert((path.to_path_buf(), size));
    for entry in fs::read_dir(path).into_iter().flatten() {
        list(&entry.unwrap().path(), listing);
    }
}
