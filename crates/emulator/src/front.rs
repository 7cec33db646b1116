//! HTTP in front: from a request to the module that answers it, in IIS's order.
//!
//! Decode the URL, find the application, filter, choose the handler, find its registration, hand over.

use std::convert::Infallible;

use http_body_util::BodyExt;
use hyper::body::{Body, Bytes, Incoming as HttpBody};
use hyper::ext::ReasonPhrase;
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, SERVER};
use hyper::http::request::Parts;
use hyper::{Request, Response};
use tokio::sync::mpsc;

use crate::body::{ResponseBody, Source};
use crate::config::{Handler, Server};
use crate::event::{Events, Finish};
use crate::exchange::Job;
use crate::fastcgi::write::ClientGone;
use crate::refusal::Refusal;
use crate::reply::{Answer, AnswerReceiver, Reply};
use crate::url;
use crate::variables::{Ends, Incoming, SERVER_SOFTWARE, variables};

/// Where requests go: to the pool of each registration, in the order of the registrations.
#[derive(Debug)]
pub(crate) struct Front {
    pub(crate) server: Server,
    pub(crate) pools: Vec<mpsc::UnboundedSender<Job>>,
    pub(crate) events: Events,
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
        let answer = match self.route(&parts, body, ends, &mut finish) {
            Ok(answer) => answer.await.unwrap_or_else(|_| Err(lost())),
            Err(refusal) => Err(refusal),
        };
        Ok(match answer {
            Ok(answer) => respond(answer, finish),
            Err(refusal) => refuse(&refusal, finish),
        })
    }

    /// Finds the way of a request, and sends it on.
    fn route(
        &self,
        parts: &Parts,
        body: HttpBody,
        ends: Ends,
        finish: &mut Finish,
    ) -> Result<AnswerReceiver, Refusal> {
        let server = &self.server;
        let url_path = url::decode(parts.uri.path())
            .ok_or_else(|| Refusal::bad_request("The URL has no valid path"))?;
        let below = server
            .application
            .below(&url_path)
            .ok_or_else(|| self.elsewhere())?;
        server.filtering.check(&url_path, announced_length(parts))?;
        let handler = self.handler(parts.method.as_str(), below)?;
        finish.note(|answered| answered.route.handler = Some(handler.name.clone()));
        let (place, registration) = server
            .registration_of(handler)
            .map_err(|mismatch| Refusal::internal(0, mismatch.to_string()))?;
        let has_body = !body.is_end_stream();
        let incoming = Incoming {
            parts,
            url_path: &url_path,
            below,
            has_body,
            ends,
        };
        let (reply, answer) = Reply::new(handler.response_buffer_limit, registration.stderr_mode);
        let job = Job {
            variables: variables(incoming, &server.application, &server.local),
            body: body.map_err(|_| ClientGone).boxed_unsync(),
            reply,
        };
        let pool = self.pools.get(place).ok_or_else(lost)?;
        pool.send(job).map_err(|_| lost())?;
        Ok(answer)
    }

    /// The first handler that takes the request, if its module is one that is played.
    fn handler(&self, method: &str, below: &[u8]) -> Result<&Handler, Refusal> {
        let below = String::from_utf8_lossy(below);
        let mut handlers = self.server.handlers.iter();
        let handler = handlers
            .find(|handler| handler.takes(method, &below))
            .ok_or_else(|| {
                Refusal::not_found(
                    4,
                    format!("No handler in `Web.config` takes `{method}` requests for `{below}`"),
                )
            })?;
        if handler.is_fastcgi() {
            return Ok(handler);
        }
        let reason = format!(
            "The handler `{}` names the module `{}`; the emulator plays `FastCgiModule` alone, \
             and IIS compares the name with case",
            handler.name, handler.modules
        );
        Err(Refusal::internal(21, reason))
    }

    fn elsewhere(&self) -> Refusal {
        let path = self.server.path();
        Refusal::not_found(
            0,
            "No application answers this URL; the application lives at",
        )
        .with_link(path)
    }
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

fn respond(answer: Answer, mut finish: Finish) -> Response<ResponseBody> {
    let Answer { head, body, pid } = answer;
    finish.note(|answered| {
        answered.status = Some(head.status.as_u16());
        answered.route.pid = Some(pid);
    });
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
    with_server(response)
}

fn refuse(refusal: &Refusal, mut finish: Finish) -> Response<ResponseBody> {
    finish.note(|answered| {
        answered.status = Some(refusal.status().as_u16());
        answered.route.refused = Some((refusal.code(), refusal.reason().to_owned()));
    });
    let page = Source::Whole(Bytes::from(refusal.page()));
    let mut response = Response::new(ResponseBody::new(page, finish));
    *response.status_mut() = refusal.status();
    let content_type = HeaderValue::from_static(refusal.content_type());
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    with_server(response)
}

fn with_server(mut response: Response<ResponseBody>) -> Response<ResponseBody> {
    let server = HeaderValue::from_static(SERVER_SOFTWARE);
    response.headers_mut().entry(SERVER).or_insert(server);
    response
}
