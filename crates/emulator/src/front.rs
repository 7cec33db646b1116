//! HTTP in front: from a request to the module that answers it, in IIS's order.
//!
//! Decode the URL, find the application and what holds there, filter, ask who it is, choose the handler; then find
//! its registration and hand over, or send a file.

use std::cell::LazyCell;
use std::convert::Infallible;
use std::path::{Path, PathBuf};

use http_body_util::BodyExt;
use hyper::body::{Body, Bytes, Incoming as HttpBody};
use hyper::ext::ReasonPhrase;
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderValue, SERVER};
use hyper::http::request::Parts;
use hyper::{Request, Response};
use tokio::sync::mpsc;

use crate::body::{ResponseBody, Source};
use crate::config::{Application, Edition, Filtered, Handler, Kind, Scope, Server, extension};
use crate::event::{Events, Finish};
use crate::exchange::Job;
use crate::fastcgi::write::ClientGone;
use crate::files::{self, Found};
use crate::head::Head;
use crate::refusal::Refusal;
use crate::reply::{AnswerReceiver, Reply};
use crate::static_file::{self, DEFAULT_DOCUMENTS, Sent};
use crate::url;
use crate::variables::{Ends, Incoming, variables};

/// Where requests go: to the pool of each registration, in the order of the registrations.
#[derive(Debug)]
pub(crate) struct Front {
    pub(crate) server: Server,
    pub(crate) pools: Vec<mpsc::UnboundedSender<Job>>,
    pub(crate) events: Events,
}

/// Who answers a request.
enum Way<'a> {
    /// A process of the FastCGI application that a handler names.
    Process(&'a Application, &'a Handler),
    /// The emulator itself.
    Sent(Sent),
}

impl Front {
    /// Answers one request; what goes wrong becomes a page.
    pub(crate) async fn answer(
        &self,
        request: Request<HttpBody>,
        ends: Ends,
    ) -> Result<Response<ResponseBody>, Infallible> {
        let (parts, body) = request.into_parts();
        let mut finish = Finish::new(self.events.clone(), parts.method.as_str(), parts.uri.path());
        let answer = match self.route(&parts, &mut finish) {
            Ok(Way::Sent((head, body))) => Ok((head, body)),
            Ok(Way::Process(application, handler)) => {
                match self.hand_over(&parts, body, ends, (application, handler)) {
                    Ok(answer) => answer.await.unwrap_or_else(|_| Err(lost())).map(|answer| {
                        finish.note(|answered| answered.route.pid = Some(answer.pid));
                        (answer.head, answer.body)
                    }),
                    Err(refusal) => Err(refusal),
                }
            }
            Err(refusal) => Err(refusal),
        };
        let software = self.server.edition.software();
        Ok(match answer {
            Ok((head, body)) => respond(head, body, software, finish),
            Err(refusal) => refuse(&refusal, software, finish),
        })
    }

    /// Finds the way of a request.
    fn route(&self, parts: &Parts, finish: &mut Finish) -> Result<Way<'_>, Refusal> {
        let method = parts.method.as_str();
        let url_path = decoded(parts)?;
        let (application, below) = self.application(&url_path)?;
        let (scope, rest) = application.scope(below).ok_or_else(lost)?;
        admit(scope, parts, &url_path)?;
        let folder = self.server.places("").folder(&scope.folder);
        let found = LazyCell::new(|| files::find(&folder, rest));
        let below = String::from_utf8_lossy(below);
        let handler = scope
            .handlers
            .find(method, &below, || found.kind())
            .ok_or_else(|| self.unhandled(application, scope, method, &below, found.kind()))?;
        finish.note(|answered| answered.route.handler = Some(handler.name.clone()));
        scope.handlers.check_access(handler)?;
        if handler.is_fastcgi() {
            return Ok(Way::Process(application, handler));
        }
        if !handler.sends_files() {
            return Err(unplayed(handler));
        }
        let file = match &*found {
            Found::File(file) => file.clone(),
            Found::Folder(_) if !url_path.ends_with(b"/") => {
                return Ok(Way::Sent(static_file::redirect(parts)));
            }
            Found::Folder(folder) => default_document(handler, folder)?,
            Found::Nothing => return Err(missing(method, &below)),
        };
        let sent = static_file::send(parts, &file, &scope.content)?;
        finish.note(|answered| answered.route.file = Some(file));
        Ok(Way::Sent(sent))
    }

    /// The application with the deepest path that a URL lies below, and the rest of the URL.
    fn application<'a>(&self, url_path: &'a [u8]) -> Result<(&Application, &'a [u8]), Refusal> {
        let applications = self.server.applications();
        let found = applications.filter_map(|it| Some((it, it.below(url_path)?)));
        let deepest = found.min_by_key(|(_, below)| below.len());
        deepest.ok_or_else(|| {
            let reason = "No application answers this URL";
            let applications = self.server.applications();
            applications.fold(Refusal::not_found(0, reason), |refusal, it| {
                refusal.with_link(it.path())
            })
        })
    }

    /// Why no handler takes a request.
    fn unhandled(
        &self,
        application: &Application,
        scope: &Scope,
        method: &str,
        below: &str,
        kind: Kind,
    ) -> Refusal {
        let for_files = || scope.handlers.list.iter().any(Handler::sends_files);
        if kind == Kind::Nothing && for_files() {
            return missing(method, below);
        }
        match self.server.edition {
            Edition::Metabase => {
                let reason = format!(
                    "Could not find entry for \"{}\" on site {} in [Types] section (0x80070585)",
                    extension(below).trim_start_matches('.'),
                    application.site_id
                );
                Refusal::internal(0, reason)
            }
            Edition::Files => {
                let reason = format!("No handler takes `{method}` requests for `{below}`");
                Refusal::not_found(4, reason)
            }
        }
    }

    /// Gives a request to the processes of a handler.
    fn hand_over(
        &self,
        parts: &Parts,
        body: HttpBody,
        ends: Ends,
        (application, handler): (&Application, &Handler),
    ) -> Result<AnswerReceiver, Refusal> {
        let (place, registration) = self
            .server
            .registration_of(handler)
            .map_err(|mismatch| Refusal::internal(0, mismatch.to_string()))?;
        let url_path = decoded(parts)?;
        let incoming = Incoming {
            parts,
            url_path: &url_path,
            below: application.below(&url_path).unwrap_or_default(),
            has_body: !body.is_end_stream(),
            ends,
        };
        let (reply, answer) = Reply::new(handler.response_buffer_limit, registration.stderr_mode);
        let job = Job {
            variables: variables(incoming, &self.server, application),
            body: body.map_err(|_| ClientGone).boxed_unsync(),
            reply,
        };
        let pool = self.pools.get(place).ok_or_else(lost)?;
        pool.send(job).map_err(|_| lost())?;
        Ok(answer)
    }
}

fn decoded(parts: &Parts) -> Result<Vec<u8>, Refusal> {
    url::decode(parts.uri.path()).ok_or_else(|| Refusal::bad_request("The URL has no valid path"))
}

/// What comes before any handler: filtering, and the question who it is.
fn admit(scope: &Scope, parts: &Parts, url_path: &[u8]) -> Result<(), Refusal> {
    scope.filtering.check(Filtered {
        method: parts.method.as_str(),
        raw_path: parts.uri.path(),
        url_path,
        query: parts.uri.query().unwrap_or_default(),
        length: announced_length(parts),
    })?;
    let host = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
    scope.authentication.check(host.unwrap_or_default())
}

fn unplayed(handler: &Handler) -> Refusal {
    let reason = format!(
        "The handler `{}` names the module `{}`; the emulator plays `FastCgiModule` and `StaticFileModule`, \
         and IIS compares the name with case",
        handler.name, handler.modules
    );
    Refusal::internal(21, reason)
}

/// The file that stands for a folder.
fn default_document(handler: &Handler, folder: &Path) -> Result<PathBuf, Refusal> {
    let documents = DEFAULT_DOCUMENTS.iter();
    let found = documents.filter(|_| handler.has_default_documents());
    let mut found = found.filter_map(|name| match files::find(folder, name.as_bytes()) {
        Found::File(file) => Some(file),
        Found::Folder(_) | Found::Nothing => None,
    });
    found.next().ok_or_else(|| {
        let reason = "The URL is a folder without a default document, and IIS lists no folders";
        Refusal::forbidden(14, reason)
    })
}

fn missing(method: &str, below: &str) -> Refusal {
    let reason = format!(
        "There is no file for `{below}`, and no other handler takes `{method}` requests for it"
    );
    Refusal::not_found(0, reason)
}

fn announced_length(parts: &Parts) -> Option<u64> {
    parts
        .headers
        .get(CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

/// The answer to a request whose pool has stopped.
fn lost() -> Refusal {
    Refusal::unavailable(0, "The emulator stops")
}

fn respond(
    head: Head,
    body: Source,
    software: &'static str,
    mut finish: Finish,
) -> Response<ResponseBody> {
    finish.note(|answered| answered.status = Some(head.status.as_u16()));
    let mut response = Response::new(ResponseBody::new(body, finish));
    *response.status_mut() = head.status;
    *response.headers_mut() = head.headers;
    // A reason of bytes that HTTP does not allow is left out.
    if let Some(reason) = head
        .reason
        .and_then(|reason| ReasonPhrase::try_from(reason).ok())
    {
        response.extensions_mut().insert(reason);
    }
    with_server(response, software)
}

fn refuse(refusal: &Refusal, software: &'static str, mut finish: Finish) -> Response<ResponseBody> {
    finish.note(|answered| {
        answered.status = Some(refusal.status().as_u16());
        answered.route.refused = Some((refusal.code(), refusal.reason().to_owned()));
    });
    let page = Source::Whole(Bytes::from(refusal.page()));
    let mut response = Response::new(ResponseBody::new(page, finish));
    *response.status_mut() = refusal.status();
    let content_type = HeaderValue::from_static(refusal.content_type());
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    for (name, value) in refusal.headers() {
        response.headers_mut().append(name, value.clone());
    }
    with_server(response, software)
}

fn with_server(
    mut response: Response<ResponseBody>,
    software: &'static str,
) -> Response<ResponseBody> {
    let server = HeaderValue::from_static(software);
    response.headers_mut().entry(SERVER).or_insert(server);
    response
}
