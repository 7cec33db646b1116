//! Starting a process with one end of a fresh connected stream as its standard input: the only file that
//! knows the operating system.
//!
//! IIS hands over a connected duplex pipe as standard input (iis.md 6.2). On Unix a pair of connected sockets
//! does the same: the process reads records from descriptor 0 and writes answers to it.

use std::io;

use tokio::process::Child;

use crate::launch::Launch;

/// The emulator's end of the stream.
#[cfg(unix)]
pub(crate) type Stream = tokio::net::UnixStream;
/// No process is started on this system, so no stream is ever made.
#[cfg(not(unix))]
pub(crate) type Stream = tokio::io::DuplexStream;

/// Starts a process. It gets its own group, so that Ctrl-C in a terminal reaches the emulator alone, which
/// then lets requests finish.
#[cfg(unix)]
pub(crate) fn spawn(launch: &Launch) -> io::Result<(Child, Stream)> {
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;
    use std::process::Stdio;

    let (ours, theirs) = UnixStream::pair()?;
    ours.set_nonblocking(true)?;
    let child = tokio::process::Command::new(&launch.program)
        .args(&launch.arguments)
        .envs(launch.environment.iter().map(|(name, value)| (name, value)))
        .current_dir(&launch.folder)
        .stdin(Stdio::from(OwnedFd::from(theirs)))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()?;
    Ok((child, Stream::from_std(ours)?))
}

/// Says that this system cannot do it yet: a named pipe that can be read and written at the same time has to
/// be handed over here.
#[cfg(not(unix))]
pub(crate) fn spawn(launch: &Launch) -> io::Result<(Child, Stream)> {
    let text = format!(
        "`{}` is not started: the emulator does not run processes on this system yet",
        launch.program.display()
    );
    Err(io::Error::new(io::ErrorKind::Unsupported, text))
}
