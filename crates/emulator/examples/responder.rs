//! A small FastCGI responder without Python: what the emulator's tests run as the interpreter.
//!
//! Serves requests from the connected stream on descriptor 0. The last segment of the URL path is a command:
//! `vars`, `echo`, `pid`, `start` (how it was started), `gate` (blocks until told), `stream` (blocks between
//! two chunks), `stderr`, `crash`, `half` (crashes within the body), `leave` (exits behind the response),
//! `noise` (no FastCGI).

#![cfg_attr(
    unix,
    expect(
        clippy::disallowed_methods,
        clippy::print_stdout,
        clippy::print_stderr,
        reason = "a program with a process environment and standard streams of its own"
    )
)]

fn main() -> std::io::Result<()> {
    #[cfg(unix)]
    responder::serve()?;
    Ok(())
}

#[cfg(unix)]
mod responder {
    use std::io::{self, Read, Write};
    use std::net::TcpStream;
    use std::os::fd::AsFd;
    use std::os::unix::net::UnixStream;

    use iisc_gateway_core::fcgi::params::{self, Pair};
    use iisc_gateway_core::fcgi::record::{
        EndRequest, ProtocolStatus, RecordReader, RecordType, append_record, append_stream,
    };
    use iisc_gateway_core::limits::Limits;

    const HEAD: &[u8] = b"Status: 200 OK\r\nContent-Type: text/plain\r\n\r\n";

    struct Request {
        variables: Vec<Pair>,
        body: Vec<u8>,
    }

    struct Connection {
        stream: UnixStream,
        records: RecordReader,
    }

    pub(super) fn serve() -> io::Result<()> {
        println!("responder starts");
        let stream = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
        let mut connection = Connection {
            stream,
            records: RecordReader::default(),
        };
        while let Some(request) = connection.next_request()? {
            connection.answer(&request)?;
        }
        Ok(())
    }

    impl Request {
        fn variable(&self, name: &str) -> String {
            let found = self
                .variables
                .iter()
                .find(|(known, _)| known == name.as_bytes());
            found
                .map(|(_, value)| String::from_utf8_lossy(value).into_owned())
                .unwrap_or_default()
        }
    }

    impl Connection {
        /// Reads one request to the end of its body; `None` when the web server has closed the stream.
        fn next_request(&mut self) -> io::Result<Option<Request>> {
            let (mut variables, mut body) = (Vec::new(), Vec::new());
            let mut buffer = vec![0; 64 * 1024];
            loop {
                while let Some(record) = self.records.next_record().map_err(io::Error::other)? {
                    match record.kind {
                        RecordType::Params => variables.extend_from_slice(record.content),
                        RecordType::Stdin if record.content.is_empty() => {
                            let variables = params::parse(&variables, &Limits::default())
                                .map_err(io::Error::other)?;
                            return Ok(Some(Request { variables, body }));
                        }
                        RecordType::Stdin => body.extend_from_slice(record.content),
                        _ => {}
                    }
                }
                let count = self.stream.read(&mut buffer)?;
                if count == 0 {
                    return Ok(None);
                }
                self.records.extend(buffer.get(..count).unwrap_or_default());
            }
        }

        fn answer(&mut self, request: &Request) -> io::Result<()> {
            let path = request.variable("PATH_INFO");
            match path.rsplit('/').next().unwrap_or_default() {
                "vars" => self.page(&variables(request)),
                "echo" => self.page(&request.body),
                "start" => self.page(start(&request.variable("QUERY_STRING"))?.as_bytes()),
                "gate" => {
                    wait_at_gate()?;
                    self.page(pid().as_bytes())
                }
                "stream" => {
                    self.stdout(HEAD)?;
                    self.stdout(b"first\n")?;
                    wait_at_gate()?;
                    self.stdout(b"second\n")?;
                    self.end()
                }
                "stderr" => {
                    self.send(RecordType::Stderr, b"something went wrong")?;
                    self.page(b"fine")
                }
                "crash" => {
                    eprintln!("boom");
                    std::process::exit(3);
                }
                "half" => {
                    self.stdout(HEAD)?;
                    self.stdout(b"half")?;
                    std::process::exit(3);
                }
                "leave" => {
                    self.page(pid().as_bytes())?;
                    std::process::exit(0);
                }
                "noise" => self.stream.write_all(b"Traceback (most recent call last)"),
                _ => self.page(pid().as_bytes()),
            }
        }

        fn page(&mut self, body: &[u8]) -> io::Result<()> {
            self.stdout(HEAD)?;
            self.stdout(body)?;
            self.end()
        }

        fn stdout(&mut self, data: &[u8]) -> io::Result<()> {
            self.send(RecordType::Stdout, data)
        }

        fn send(&mut self, kind: RecordType, data: &[u8]) -> io::Result<()> {
            let mut wire = Vec::new();
            append_stream(&mut wire, kind, 1, data);
            self.stream.write_all(&wire)
        }

        fn end(&mut self) -> io::Result<()> {
            let mut wire = Vec::new();
            append_record(&mut wire, RecordType::Stdout, 1, b"");
            let end = EndRequest {
                app_status: 0,
                protocol_status: ProtocolStatus::RequestComplete,
            };
            append_record(&mut wire, RecordType::EndRequest, 1, &end.to_content());
            self.stream.write_all(&wire)
        }
    }

    fn pid() -> String {
        std::process::id().to_string()
    }

    fn variables(request: &Request) -> Vec<u8> {
        let mut text = Vec::new();
        for (name, value) in &request.variables {
            text.extend([name, &b"="[..], value, b"\n"].concat());
        }
        text
    }

    /// The arguments, the working directory, and the named variable of the environment.
    fn start(name: &str) -> io::Result<String> {
        let arguments: Vec<_> = std::env::args().skip(1).collect();
        let folder = std::env::current_dir()?;
        let value = std::env::var(name).unwrap_or_default();
        Ok(format!("{arguments:?}\n{}\n{value}\n", folder.display()))
    }

    /// Connects to the address in `GATE`, tells who waits, and waits for one byte.
    fn wait_at_gate() -> io::Result<()> {
        let address = std::env::var("GATE").map_err(io::Error::other)?;
        let mut gate = TcpStream::connect(address)?;
        gate.write_all(&std::process::id().to_be_bytes())?;
        gate.read_exact(&mut [0])
    }
}
