//! System packages that a full test run needs and Debian has.

use std::process::Command;

use crate::workspace::Workspace;

/// A package, and which test cannot do without it.
#[derive(Debug)]
pub(crate) struct Package {
    /// As apt-get calls it.
    pub(crate) name: &'static str,
    /// The program that it is wanted for, if that may well have come in another way.
    program: Option<&'static str>,
    /// What would not be tested without it.
    pub(crate) reason: &'static str,
}

const PACKAGES: [Package; 12] = [
    Package {
        name: "nginx",
        program: None,
        reason: "a FastCGI front end that we did not write",
    },
    Package {
        name: "libfcgi-bin",
        program: None,
        reason: "cgi-fcgi, a FastCGI client that we did not write",
    },
    Package {
        name: "libxml2-utils",
        program: None,
        reason: "xmllint, to read the XML that we write",
    },
    Package {
        name: "g++",
        program: None,
        reason: "the fuzzer is C++",
    },
    Package {
        name: "nuget",
        program: None,
        reason: "the library that applies transforms, and Mono to run it",
    },
    Package {
        name: "mono-mcs",
        program: None,
        reason: "compiles the test that calls that library",
    },
    Package {
        name: "nodejs",
        program: Some("node"),
        reason: "runs the language server that editors have for YAML, and the set-up of an IIS 6",
    },
    Package {
        name: "npm",
        program: Some("npm"),
        reason: "installs that language server",
    },
    Package {
        name: "wine",
        program: Some("wine"),
        reason: "its cmd.exe runs the scripts that we write",
    },
    Package {
        name: "wine64",
        program: None,
        reason: "the part of Wine that runs 64-bit programs",
    },
    Package {
        name: "gcc-mingw-w64-x86-64",
        program: Some("x86_64-w64-mingw32-gcc"),
        reason: "compiles what stands in for the programs that those scripts call",
    },
    Package {
        name: "python3-venv",
        program: None,
        reason: "Debian's python3 makes no environments without it",
    },
];

/// Lists the packages that can and have to be installed: none where we are not root on a Debian.
///
/// There the tests themselves say what they miss.
pub(crate) fn missing() -> Vec<&'static Package> {
    if !is_root() || asked("apt-get", &["--version"]).is_none() {
        return Vec::new();
    }
    PACKAGES
        .iter()
        .filter(|package| !is_there(package))
        .collect()
}

/// Makes the command that installs packages.
pub(crate) fn install(workspace: &Workspace, packages: &[&Package]) -> Command {
    let script = "apt-get update -q && apt-get install -q -y --no-install-recommends \"$@\"";
    let mut command = workspace.command("sh".as_ref());
    command
        .args(["-c", script, "sh"])
        .args(packages.iter().map(|package| package.name));
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn is_there(package: &Package) -> bool {
    package
        .program
        .map_or_else(|| is_installed(package.name), is_on_path)
}

fn is_installed(package: &str) -> bool {
    let format = "--showformat=${db:Status-Status}";
    asked("dpkg-query", &["--show", format, package]).is_some_and(|status| status == "installed")
}

fn is_on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn is_root() -> bool {
    asked("id", &["-u"]).is_some_and(|user| user.trim() == "0")
}

/// What a program prints; nothing if it is not there or fails.
fn asked(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
