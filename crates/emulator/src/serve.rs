//! Accepting connections, and stopping without leaving anything behind.

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::config::Server;
use crate::event::{Event, Events};
use crate::exchange::Job;
use crate::front::Front;
use crate::launch::Launch;
use crate::pool::Pool;
use crate::stop::{self, Stop};
use crate::variables::Ends;

/// Time that open requests have to finish after the stop.
const DRAIN: Duration = Duration::from_secs(5);
/// Pause after a failed accept, which is mostly a lack of descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves HTTP on `listener` until `stop` is ready, and returns when every process has been reaped.
///
/// Open requests then have five seconds to finish. Dropping the future instead ends everything at once: the
/// processes are killed.
///
/// # Errors
/// Only before the first request: if the state folder cannot be written.
pub async fn serve(
    server: Server,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
    events: impl Fn(Event) + Send + Sync + 'static,
) -> io::Result<()> {
    let events = Events::new(events);
    let (stop_pools, stopped) = stop::channel();
    // Dropping the sets ends the tasks in them.
    let mut pools = JoinSet::new();
    let senders = start_pools(&server, &events, &stopped, &mut pools)?;
    let front = Arc::new(Front {
        server,
        pools: senders,
        events,
    });
    let mut connections = JoinSet::new();
    let (close, closing) = stop::channel();
    let mut asked = pin!(stop);
    loop {
        tokio::select! {
            () = &mut asked => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, client)) => {
                    let connection = connection(Arc::clone(&front), stream, client, closing.clone());
                    connections.spawn(connection);
                }
                Err(_) => sleep(ACCEPT_PAUSE).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    close.stop();
    let drained = async { while connections.join_next().await.is_some() {} };
    if timeout(DRAIN, drained).await.is_err() {
        connections.shutdown().await;
    }
    stop_pools.stop();
    while pools.join_next().await.is_some() {}
    Ok(())
}

/// Starts the pool of each registration; a process is only started for a request.
fn start_pools(
    server: &Server,
    events: &Events,
    stopped: &Stop,
    pools: &mut JoinSet<()>,
) -> io::Result<Vec<mpsc::UnboundedSender<Job>>> {
    let mut senders: Vec<mpsc::UnboundedSender<Job>> = Vec::new();
    for application in server.applications() {
        for registration in &application.registrations {
            // The interpreter is part of what is localised, so each registration has its own copy.
            let name = match senders.len() {
                0 => "Web.config".to_owned(),
                other => format!("Web.{other}.config"),
            };
            let launch = Launch::prepare(server, application, registration, &name)?;
            let (sender, jobs) = mpsc::unbounded_channel();
            pools.spawn(Pool::run(
                registration.clone(),
                launch,
                events.clone(),
                jobs,
                stopped.clone(),
            ));
            senders.push(sender);
        }
    }
    Ok(senders)
}

/// Serves one connection until either side closes it.
async fn connection(front: Arc<Front>, stream: TcpStream, client: SocketAddr, mut closing: Stop) {
    let Ok(server) = stream.local_addr() else {
        return;
    };
    // Pieces of a streamed page must not wait for each other; a socket that refuses is only slower.
    drop(stream.set_nodelay(true));
    let ends = Ends { client, server };
    let service = service_fn(move |request| {
        let front = Arc::clone(&front);
        async move { front.answer(request, ends).await }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    // Its errors are the client's business: it left, or did not speak HTTP.
    tokio::select! {
        _ = connection.as_mut() => {}
        () = closing.requested() => {
            connection.as_mut().graceful_shutdown();
            drop(connection.await);
        }
    }
}
