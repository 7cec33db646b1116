//! Artifacts, an emulator that plays them with the example `responder` as the interpreter, and an HTTP client
//! that shows every byte.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use iisc_emulator::{EndReason, Event, LoadError, Local, Mismatch, Server, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// What a test says about its artifacts; the defaults are a working pair.
pub(crate) struct Artifacts {
    pub(crate) handler: &'static str,
    pub(crate) script_processor: &'static str,
    pub(crate) registration: &'static str,
    pub(crate) variables: String,
    pub(crate) settings: &'static str,
}

pub(crate) const EXE: &str = r"D:\apps\postcards\env\Scripts\python.exe";

impl Default for Artifacts {
    fn default() -> Self {
        Self {
            handler: r#"path="*" verb="*" modules="FastCgiModule""#,
            script_processor: r"D:\apps\postcards\env\Scripts\python.exe|-m iisc_gateway --app postcards",
            registration: r#"maxInstances="4""#,
            variables: String::new(),
            settings: "",
        }
    }
}

impl Artifacts {
    /// Writes the two files into a fresh folder.
    pub(crate) fn write(&self, test: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        match std::fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => panic!("{error}"),
            _ => {}
        }
        std::fs::create_dir_all(folder.join("iis10")).unwrap();
        let Self {
            handler,
            script_processor,
            registration,
            variables,
            settings,
        } = self;
        let web = format!(
            r#"<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <appSettings><add key="WSGI_HANDLER" value="postcards.app"/>{settings}</appSettings>
  <system.webServer>
    <handlers>
      <remove name="postcards"/>
      <add name="postcards" {handler} scriptProcessor="{script_processor}" resourceType="Unspecified" requireAccess="Script"/>
    </handlers>
  </system.webServer>
</configuration>"#
        );
        let host = format!(
            r#"<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <system.applicationHost>
    <applicationPools><add name="postcards" managedRuntimeVersion=""/></applicationPools>
    <sites><site name="Default Web Site" id="1"><application path="/postcards" applicationPool="postcards"><virtualDirectory path="/" physicalPath="D:\apps\postcards"/></application></site></sites>
  </system.applicationHost>
  <system.webServer>
    <fastCgi>
      <application fullPath="{EXE}" arguments="-m iisc_gateway --app postcards" {registration}>
        <environmentVariables><environmentVariable name="IISC_APP_ROOT" value="D:\apps\postcards"/>{variables}</environmentVariables>
      </application>
    </fastCgi>
  </system.webServer>
</configuration>"#
        );
        std::fs::write(folder.join("iis10/Web.config"), web).unwrap();
        std::fs::write(folder.join("iis10/applicationHost.fragment.config"), host).unwrap();
        folder
    }

    pub(crate) fn load(&self, test: &str) -> Result<Server, LoadError> {
        let folder = self.write(test);
        let local = Local {
            root: folder.join("root"),
            interpreter: responder(),
            state: folder.join("state"),
        };
        Server::load(&folder.join("iis10"), local)
    }

    /// What the handler and the registration say about each other.
    pub(crate) fn pairing(&self, test: &str) -> Result<(), Mismatch> {
        let server = self.load(test).unwrap();
        let application = server.applications().next().unwrap();
        server.pairing(application).map(drop)
    }

    /// Starts an emulator.
    pub(crate) async fn play(&self, test: &str) -> Emulator {
        Emulator::start(self.load(test).unwrap()).await
    }
}

impl Emulator {
    /// Plays a server on a free port.
    pub(crate) async fn start(server: Server) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let (sender, events) = mpsc::unbounded_channel();
        let serving = tokio::spawn(serve(
            server,
            listener,
            async { drop(stopped.await) },
            move |event| drop(sender.send(event)),
        ));
        Self {
            address,
            stop,
            serving,
            events,
        }
    }
}

/// The example that cargo builds beside the tests.
pub(crate) fn responder() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let path = tests.ancestors().nth(2).unwrap().join("examples/responder");
    assert!(
        path.exists(),
        "build it with `cargo build -p iisc-emulator --examples`"
    );
    path
}

/// A running emulator.
pub(crate) struct Emulator {
    pub(crate) address: SocketAddr,
    pub(crate) events: mpsc::UnboundedReceiver<Event>,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Emulator {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        get(self.address, path).await
    }

    /// Sends bytes as they are.
    pub(crate) async fn send(&self, bytes: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stream
    }

    /// The next event that the test is looking for.
    pub(crate) async fn event<T>(&mut self, wanted: impl Fn(Event) -> Option<T>) -> T {
        loop {
            if let Some(found) = wanted(self.events.recv().await.unwrap()) {
                return found;
            }
        }
    }

    /// Stops, and returns all events that nobody has taken.
    pub(crate) async fn stop(mut self) -> Vec<Event> {
        drop(self.stop);
        self.serving.await.unwrap().unwrap();
        let mut events = Vec::new();
        while let Some(event) = self.events.recv().await {
            events.push(event);
        }
        events
    }

    /// Ends the emulator the hard way, as a second Ctrl-C does.
    pub(crate) async fn abort(self) -> mpsc::UnboundedReceiver<Event> {
        self.serving.abort();
        assert!(self.serving.await.unwrap_err().is_cancelled());
        self.events
    }
}

pub(crate) async fn get(address: SocketAddr, path: &str) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream
        .write_all(head("GET", path, "").as_bytes())
        .await
        .unwrap();
    Answer::read(stream).await
}

/// The head of a request on a connection of its own.
pub(crate) fn head(method: &str, path: &str, headers: &str) -> String {
    format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n")
}

/// A response as it came.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    /// The body, chunks joined.
    pub(crate) body: Vec<u8>,
    /// False if the connection was cut within a chunked body.
    pub(crate) is_complete: bool,
}

impl Answer {
    pub(crate) async fn read(mut stream: TcpStream) -> Self {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        let end = bytes
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let rest = &bytes[end + 4..];
        let (body, is_complete) = match head.to_lowercase().contains("transfer-encoding: chunked") {
            true => join_chunks(rest),
            false => (rest.to_vec(), true),
        };
        let status = head[9..12].parse().unwrap();
        Self {
            status,
            head,
            body,
            is_complete,
        }
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The body of a successful answer.
    pub(crate) fn ok(&self) -> String {
        assert_eq!(self.status, 200, "{}", self.text());
        self.text()
    }
}

fn join_chunks(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    while let Some(end) = rest.windows(2).position(|window| window == b"\r\n") {
        let size = std::str::from_utf8(&rest[..end]).unwrap();
        let size = usize::from_str_radix(size, 16).unwrap();
        if size == 0 {
            return (body, true);
        }
        body.extend(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 2 + size + 2..];
    }
    (body, false)
}

/// Where a responder waits until a test lets it go on.
pub(crate) struct Gate(TcpListener);

/// A responder that waits.
pub(crate) struct Waiting {
    pub(crate) pid: u32,
    stream: TcpStream,
}

impl Gate {
    /// A gate, and the registered variable that tells the responders about it.
    pub(crate) async fn new() -> (Self, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        (
            Self(listener),
            format!(r#"<environmentVariable name="GATE" value="{address}"/>"#),
        )
    }

    pub(crate) async fn next(&self) -> Waiting {
        let (mut stream, _) = self.0.accept().await.unwrap();
        let pid = stream.read_u32().await.unwrap();
        Waiting { pid, stream }
    }
}

impl Waiting {
    pub(crate) async fn open(mut self) {
        self.stream.write_all(b"!").await.unwrap();
    }

    /// Waits until the responder is gone.
    pub(crate) async fn gone(mut self) {
        let mut byte = [0];
        assert!(!matches!(self.stream.read(&mut byte).await, Ok(1)));
    }
}

/// True if there is a process with that id.
pub(crate) fn is_alive(pid: u32) -> bool {
    let kill = std::process::Command::new("kill")
        .args(["-0", &pid.to_string()])
        .output()
        .unwrap();
    kill.status.success()
}

/// A handler whose responses are not collected.
pub(crate) const STREAMED: &str =
    r#"path="*" verb="*" modules="FastCgiModule" responseBufferLimit="0""#;

/// The id and reason of a process that has ended.
pub(crate) fn ended(event: Event) -> Option<(u32, EndReason)> {
    match event {
        Event::Ended { pid, reason } => Some((pid, reason)),
        _ => None,
    }
}

/// Moves the clock of all time-outs.
pub(crate) async fn pass(seconds: u64) {
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(seconds)).await;
    tokio::time::resume();
}
