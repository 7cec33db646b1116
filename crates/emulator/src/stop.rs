//! The request to stop, as every task can wait for it.

use tokio::sync::watch;

/// Asks all holders of the [`Stop`] to stop; dropping it asks them too.
#[derive(Debug)]
pub(crate) struct Stopper(watch::Sender<bool>);

/// Learns that it is time to stop.
#[derive(Debug, Clone)]
pub(crate) struct Stop(watch::Receiver<bool>);

/// A connected pair.
pub(crate) fn channel() -> (Stopper, Stop) {
    let (sender, receiver) = watch::channel(false);
    (Stopper(sender), Stop(receiver))
}

impl Stopper {
    pub(crate) fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    /// Waits until stopping was asked for; at once if it has been already.
    pub(crate) async fn requested(&mut self) {
        // An error means that the other end is gone, which is the same.
        drop(self.0.wait_for(|is_requested| *is_requested).await);
    }
}
