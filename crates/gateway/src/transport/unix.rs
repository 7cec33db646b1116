//! Sockets of Unix systems, without unsafe code of ours.

use std::fs::File;
use std::io;
use std::net::TcpListener;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::fs::FileTypeExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::Mode;
use rustix::io::Errno;
use rustix::net::{RecvFlags, SendFlags, SocketFlags, sockopt};
use rustix::pipe::PipeFlags;
use rustix::process::Signal;
use rustix::stdio;

use super::{Address, HandedOver, Interest};

/// An application may have undone that Python ignores `SIGPIPE`; a web server that leaves must not end us (F28).
#[cfg(not(target_vendor = "apple"))]
const SEND: SendFlags = SendFlags::DONTWAIT.union(SendFlags::NOSIGNAL);
#[cfg(target_vendor = "apple")]
const SEND: SendFlags = SendFlags::DONTWAIT;

/// One connected stream socket.
#[derive(Debug)]
pub(crate) struct Stream {
    fd: OwnedFd,
    owner: u32,
}

impl Stream {
    fn new(fd: OwnedFd) -> Self {
        // Answers are written whole, so there is nothing to collect. Unix sockets do not know the option.
        let _ = sockopt::set_tcp_nodelay(&fd, true);
        let owner = std::process::id();
        Self { fd, owner }
    }

    /// The socket, for the process that was given it.
    ///
    /// A process that the application has forked must leave it alone: it would read what is its parent's, and
    /// answer a request that its parent answers.
    fn fd(&self) -> io::Result<&OwnedFd> {
        if std::process::id() == self.owner {
            Ok(&self.fd)
        } else {
            Err(io::ErrorKind::NotConnected.into())
        }
    }

    /// Waits for bytes and reads them; 0 at the end of the stream. Call it with the interpreter released.
    ///
    /// # Errors
    /// `Interrupted` too: a signal may have something to say to the interpreter.
    pub(crate) fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match rustix::io::read(self.fd()?, &mut *buffer) {
                // Whoever shares the socket may have made it non-blocking.
                Err(Errno::AGAIN) => self.wait(Interest::Read, None)?,
                other => return Ok(other?),
            };
        }
    }

    /// Reads what is there; `WouldBlock` if nothing is.
    pub(crate) fn try_read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let (count, _) = rustix::net::recv(self.fd()?, &mut *buffer, RecvFlags::DONTWAIT)?;
        Ok(count)
    }

    /// Looks at what is there, and leaves it there.
    pub(crate) fn peek(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let flags = RecvFlags::DONTWAIT | RecvFlags::PEEK;
        let (count, _) = rustix::net::recv(self.fd()?, buffer, flags)?;
        Ok(count)
    }

    /// Writes as much as the system takes; `WouldBlock` if it takes nothing.
    pub(crate) fn try_write(&self, data: &[u8]) -> io::Result<usize> {
        Ok(rustix::net::send(self.fd()?, data, SEND)?)
    }

    /// Waits until the stream can do one of the things asked for. True if the bell has rung.
    pub(crate) fn wait(&self, interest: Interest, bell: Option<&Doorbell>) -> io::Result<bool> {
        let flags = match interest {
            Interest::Read => PollFlags::IN,
            Interest::Write => PollFlags::OUT,
            Interest::ReadOrWrite => PollFlags::IN | PollFlags::OUT,
        };
        match bell {
            None => {
                poll(&mut [PollFd::new(self.fd()?, flags)], None)?;
                Ok(false)
            }
            Some(bell) => {
                let mut fds = [
                    PollFd::new(self.fd()?, flags),
                    PollFd::new(&bell.button, PollFlags::IN),
                ];
                poll(&mut fds, None)?;
                let [stream, bell] = &fds;
                // A request that has begun to arrive goes before the bell.
                Ok(stream.revents().is_empty() && !bell.revents().is_empty())
            }
        }
    }

    /// Reads and forgets until the peer has nothing more to say, or the time is over.
    pub(crate) fn read_until_end(&self, buffer: &mut [u8], patience: Duration) {
        let deadline = Instant::now() + patience;
        loop {
            let rest = deadline.saturating_duration_since(Instant::now());
            let timeout = Timespec::try_from(rest).ok();
            match poll(
                &mut [PollFd::new(&self.fd, PollFlags::IN)],
                timeout.as_ref(),
            ) {
                Ok(1..) if matches!(self.try_read(buffer), Ok(1..)) => {}
                Err(Errno::INTR) => {}
                Ok(_) | Err(_) => return,
            }
        }
    }

    /// Says that nothing more will be written.
    pub(crate) fn shut_down_writing(&self) {
        if let Ok(fd) = self.fd() {
            let _ = rustix::net::shutdown(fd, rustix::net::Shutdown::Write);
        }
    }
}

/// A listening socket.
#[derive(Debug)]
pub(crate) struct Listener {
    fd: OwnedFd,
    /// The file to remove at the end, if we have made it.
    file: Option<PathBuf>,
}

impl Listener {
    /// Binds and listens.
    ///
    /// # Errors
    /// The address is taken, or the system refuses.
    pub(crate) fn bind(address: &Address) -> io::Result<Self> {
        match address {
            Address::Tcp(address) => Ok(Self {
                fd: TcpListener::bind(address)?.into(),
                file: None,
            }),
            Address::Unix(path) => {
                remove_stale(path)?;
                // The socket's own rights, from its first moment: owner and group may connect (S17).
                let old = rustix::process::umask(Mode::from_raw_mode(0o117));
                let listener = UnixListener::bind(path);
                rustix::process::umask(old);
                Ok(Self {
                    fd: listener?.into(),
                    file: Some(path.clone()),
                })
            }
        }
    }

    /// Where the listener is, with the port that the system chose if none was asked for.
    pub(crate) fn address(&self) -> io::Result<Address> {
        if let Some(path) = &self.file {
            return Ok(Address::Unix(path.clone()));
        }
        let listener = TcpListener::from(self.fd.try_clone()?);
        listener.local_addr().map(Address::Tcp)
    }

    /// Waits for a connection, if `is_open`, or for the bell. `None` means the bell.
    pub(crate) fn accept(&self, is_open: bool, bell: &Doorbell) -> io::Result<Option<Stream>> {
        let mut fds = [
            PollFd::new(&bell.button, PollFlags::IN),
            PollFd::new(&self.fd, PollFlags::IN),
        ];
        let watched = if is_open { &mut fds[..] } else { &mut fds[..1] };
        poll(watched, None)?;
        let [bell, listener] = &fds;
        if !bell.revents().is_empty() || listener.revents().is_empty() {
            return Ok(None);
        }
        let fd = rustix::net::accept_with(&self.fd, SocketFlags::CLOEXEC)?;
        Ok(Some(Stream::new(fd)))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            let _ = std::fs::remove_file(file);
        }
    }
}

/// Removes the socket that a killed process left behind.
fn remove_stale(path: &Path) -> io::Result<()> {
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
        Ok(found) if found.file_type().is_socket() => {}
        Ok(_) => {
            return Err(io::Error::other(
                "the file is there already, and is no socket",
            ));
        }
    }
    match UnixStream::connect(path) {
        Ok(_) => Err(io::Error::other("another process listens there")),
        Err(_) => std::fs::remove_file(path),
    }
}

/// Rings of the gateway's own: just look up, and stop. Any other is the number of a signal.
const LOOK: u8 = 0;
const STOP: u8 = u8::MAX;

/// Rings that ask the process to stop. An application may have handlers for other signals, which ring as well.
const STOPS: [u8; 3] = [
    STOP,
    Signal::TERM.as_raw() as u8,
    Signal::INT.as_raw() as u8,
];

/// Wakes threads that wait for a socket: a pipe.
#[derive(Debug)]
pub(crate) struct Doorbell {
    button: OwnedFd,
    wire: OwnedFd,
}

impl Doorbell {
    pub(crate) fn new() -> io::Result<Self> {
        let (button, wire) = rustix::pipe::pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK)?;
        Ok(Self { button, wire })
    }

    /// The number of the end to which the interpreter writes the numbers of signals.
    pub(crate) fn wire(&self) -> i32 {
        self.wire.as_raw_fd()
    }

    /// Rings once.
    pub(crate) fn ring(&self) {
        // A full pipe rings already.
        let _ = rustix::io::write(&self.wire, &[LOOK]);
    }

    /// Asks the process to stop, as the number of a signal does.
    pub(crate) fn ring_for_stop(&self) {
        let _ = rustix::io::write(&self.wire, &[STOP]);
    }

    /// True if someone has rung since the bell was silenced.
    pub(crate) fn has_rung(&self) -> bool {
        let mut fds = [PollFd::new(&self.button, PollFlags::IN)];
        matches!(poll(&mut fds, Some(&Timespec::default())), Ok(1..))
    }

    /// Silences the bell. True if the process was asked to stop.
    pub(crate) fn silence(&self) -> bool {
        let mut rings = [0; 64];
        let mut is_to_stop = false;
        while let Ok(count @ 1..) = rustix::io::read(&self.button, &mut rings) {
            is_to_stop |= rings.iter().take(count).any(|ring| STOPS.contains(ring));
        }
        is_to_stop
    }

    /// Waits for the next ring, or until the time is over. A signal ends the wait too, and rings soon.
    pub(crate) fn wait(&self, patience: Option<Duration>) {
        let timeout = patience.and_then(|patience| Timespec::try_from(patience).ok());
        let _ = poll(
            &mut [PollFd::new(&self.button, PollFlags::IN)],
            timeout.as_ref(),
        );
    }
}

/// Takes the socket on descriptor 0, if there is one.
///
/// It moves to a descriptor that child processes do not inherit, and 0 becomes the null device, so that
/// nothing that reads standard input can take bytes of a request (P9, P10, P59).
pub(crate) fn handed_over() -> io::Result<Option<HandedOver>> {
    let stdin = stdio::stdin();
    let is_listening = match rustix::net::getpeername(stdin) {
        Ok(_) => false,
        Err(Errno::NOTCONN) => is_listening(stdin),
        Err(_) => return Ok(None),
    };
    let fd = stdin.try_clone_to_owned()?;
    stdio::dup2_stdin(File::open("/dev/null")?)?;
    Ok(Some(if is_listening {
        HandedOver::Listener(Listener { fd, file: None })
    } else {
        HandedOver::Stream(Stream::new(fd))
    }))
}

/// An unconnected socket listens, or was connected and its peer has left already.
fn is_listening(fd: impl AsFd) -> bool {
    sockopt::socket_acceptconn(fd).unwrap_or(true)
}

/// Gives a closed standard stream the null device, so that no file of the application gets its number.
pub(crate) fn secure_standard_streams() -> io::Result<()> {
    let null = File::options().read(true).write(true).open("/dev/null")?;
    if rustix::io::fcntl_getfd(stdio::stdin()).is_err() {
        stdio::dup2_stdin(&null)?;
    }
    if rustix::io::fcntl_getfd(stdio::stdout()).is_err() {
        stdio::dup2_stdout(&null)?;
    }
    if rustix::io::fcntl_getfd(stdio::stderr()).is_err() {
        stdio::dup2_stderr(&null)?;
    }
    Ok(())
}

/// The number that Python's `fileno()` tells for an open file; for standard error without one.
pub(crate) fn descriptor(file: Option<&File>) -> i32 {
    file.map_or_else(|| stdio::stderr().as_raw_fd(), AsRawFd::as_raw_fd)
}
