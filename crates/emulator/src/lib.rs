//! Plays the part of IIS 10 or IIS 6 on any system, from the built artifacts alone.
//!
//! ```text
//! IIS 7 and later: Web.config, applicationHost.fragment.config ─┐
//!                                                               ├─ config ─ Server ─ serve
//! IIS 6: Web.config, fcgiext.ini, register.cmd ─────────────────┘                      │
//!                                                                                     ▼
//! client ─HTTP─ front ─ url, scope, filtering, authentication, handlers ┬─ pairing, variables ─ Job ─ pool ─ worker ─ process
//!    ▲            ▲                                                     └─ files, static_file                            │
//!    └────────────┴── body ─┬─ reply (header block, buffer, stream) ── exchange ── FastCGI on fd 0 ──────────────────────┘
//!                           └─ static_file
//! ```
//!
//! [`Server::load`] reads the files as IIS's configuration system would: what holds at a URL is put together from
//! what is said at each level above it. [`serve`] listens; for each request `front` walks IIS's steps and ends with a
//! file or a `Job`. The `pool` of the registered FastCGI application gives the job to a `process`, one at a time each,
//! or lets it wait. `exchange` runs the request over the connected stream that the process got as standard input.
//! Whatever has nobody to answer it becomes a `Refusal` with IIS's code of two numbers and a reason. Server paths
//! become local ones in `local`.
//!
//! # What differs from IIS
//!
//! - Of the handlers of a server there is one, `StaticFile`, and of its modules those for FastCGI and files: no signing
//!   in, rewriting, compression, custom error pages, HTTPS or HTTP/2. Whoever must sign in is refused. Of request
//!   filtering there are limits, escapes, verbs, extensions and hidden segments. A `preCondition` is not looked at, and
//!   neither are locks of sections. A `Web.config` counts in the root of an application and in no other folder.
//! - Files have the types of the stock list that web applications use. Of several ranges at once none is sent alone.
//! - Of the metabase of IIS 6 that is known which `register.cmd` changes: folders, their time, who may come.
//! - `%VAR%` in `fullPath`, `arguments` and `scriptProcessor` stays as it is.
//! - Error pages always tell the developer everything; `httpErrors` is not read.
//! - The standard output and error of the processes are reported; IIS throws them away. Standard input is a
//!   socket instead of a pipe, and its end stands for the shutdown event. `_FCGI_X_PIPE_` is not set.
//! - A process that leaves with success as it gets a request, which it has not touched, is replaced and the
//!   client sees nothing. What IIS does in that instant is unknown; for a reload it must not matter.
//! - `monitorChangesTo` and `flushNamedPipe` do nothing. There is no idle time-out of the worker process.
//!
//! # Where IIS is not documented
//!
//! - `maxInstances="0"`: the number of processors.
//! - Request filtering judges lengths before escapes, and those before names.
//! - A `%` in a decoded path that begins no escape does not count as a double one.
//! - A request without a body has the `CONTENT_LENGTH` 0.
//! - Uploads without a length are passed on as they arrive, with an empty `CONTENT_LENGTH`.
//! - A client that leaves while it uploads aborts the request; one that leaves later does not: the rest of the
//!   response is read and thrown away, and the process goes on to its next request.
//! - Error text behind the start of a streamed response is reported, and changes nothing.
//! - Time in the queue counts into neither time-out; waiting for the client counts into both.
//! - The working directory of the processes is the state folder.

#![expect(
    clippy::disallowed_methods,
    reason = "this crate reads artifacts and starts processes"
)]

mod body;
mod command_line;
mod config;
mod event;
mod exchange;
mod fastcgi;
mod files;
mod front;
mod head;
mod launch;
mod local;
mod pool;
mod process;
mod refusal;
mod reply;
mod serve;
mod spawn;
mod static_file;
mod stop;
mod url;
mod variables;
mod web_config;
mod worker;

pub use config::{Application, LoadError, Mismatch, Registration, Server, StderrMode};
pub use event::{Answered, EndReason, Event, OutputStream, Route};
pub use local::Local;
pub use serve::serve;
