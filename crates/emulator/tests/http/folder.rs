//! Folders of artifacts written out in full, played without any process unless a test asks for one.

use std::path::{Path, PathBuf};

use iisc_emulator::{Local, Server};

use crate::support::{Answer, Emulator, head, responder};

/// A test's folder: artifacts in it, and what stands for the server's disk.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(test: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        match std::fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => panic!("{error}"),
            _ => {}
        }
        std::fs::create_dir_all(folder.join("root")).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn with(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn server(&self, artifacts: &[&str]) -> Server {
        let local = Local {
            root: self.path("root"),
            interpreter: responder(),
            state: self.path("state"),
        };
        let folders: Vec<_> = artifacts.iter().map(|name| self.path(name)).collect();
        Server::load_all(&folders, local).unwrap()
    }

    pub(crate) async fn play(&self, artifacts: &[&str]) -> Emulator {
        Emulator::start(self.server(artifacts)).await
    }
}

impl Emulator {
    /// Sends a request without a body.
    pub(crate) async fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        Answer::read(self.send(head(method, path, headers).as_bytes()).await).await
    }
}

impl Answer {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// The code on the page of an error, such as `404.8`.
    pub(crate) fn code(&self) -> String {
        let text = self.text();
        let code = text.strip_prefix("HTTP Error ").unwrap_or("no page");
        code.split(' ').next().unwrap().to_owned()
    }
}
