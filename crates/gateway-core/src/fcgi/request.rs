//! One request's life on the wire, as a table: state × input → next state and effect.
//!
//! The table knows one request id and nothing else. What the effects do, and what a second id means while
//! the first is active, is the business of [`connection`](super::connection).

/// How far a request id has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// No request has this id: it never began, or its end was sent.
    Inactive,
    /// The parameters are arriving; the application has not seen the request yet.
    Params,
    /// The application may run; the request body is arriving.
    Body,
    /// The application may run; everything the web server had to send is here.
    Complete,
    /// The web server gave the request up; the application is to end it.
    Aborted,
}

/// What can happen to a request id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// A `BEGIN_REQUEST` record.
    Begin,
    /// A `PARAMS` record with content.
    Params,
    /// An empty `PARAMS` record.
    ParamsEnd,
    /// A `STDIN` record with content.
    Stdin,
    /// An empty `STDIN` record.
    StdinEnd,
    /// An `ABORT_REQUEST` record.
    Abort,
    /// The application has finished; the only input that is ours.
    End,
}

/// What is to be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing: late records of an ended request are normal while the web server is still uploading.
    Ignore,
    /// Take the request on.
    Open,
    /// Keep the content with the other parameters.
    Collect,
    /// Parse the parameters and hand the request to the application.
    Run,
    /// Hand the content to the application.
    Deliver,
    /// Tell the application that the body is complete.
    Finish,
    /// Tell the application that nobody waits for the answer any more (F26).
    Cancel,
    /// Send the end for an application that has not been asked yet.
    Withdraw,
    /// Send the end.
    Retire,
    /// Leave the record unread until the request before it has ended (F24).
    Hold,
    /// Give the connection up: the two sides disagree about where they are (F8).
    Fail,
}

/// The table.
///
/// A `BEGIN_REQUEST` for an active id is an error while the request is still being sent, and the next
/// request of an impatient web server once it has been sent: it cannot be both, and only the second reading
/// loses nothing.
#[must_use]
pub const fn next(state: State, input: Input) -> (State, Effect) {
    match (state, input) {
        (State::Inactive, Input::Begin) => (State::Params, Effect::Open),
        (State::Params, Input::Params) => (State::Params, Effect::Collect),
        (State::Params, Input::ParamsEnd) => (State::Body, Effect::Run),
        (State::Params, Input::Abort) => (State::Inactive, Effect::Withdraw),
        (State::Body, Input::Stdin) => (State::Body, Effect::Deliver),
        (State::Body, Input::StdinEnd) => (State::Complete, Effect::Finish),
        (State::Body | State::Complete, Input::Abort) => (State::Aborted, Effect::Cancel),
        (State::Complete | State::Aborted, Input::Begin) => (state, Effect::Hold),
        (State::Params | State::Body | State::Complete | State::Aborted, Input::End) => {
            (State::Inactive, Effect::Retire)
        }
        (State::Params, Input::Begin | Input::Stdin | Input::StdinEnd)
        | (State::Body, Input::Begin) => (state, Effect::Fail),
        (
            State::Inactive,
            Input::Params
            | Input::ParamsEnd
            | Input::Stdin
            | Input::StdinEnd
            | Input::Abort
            | Input::End,
        )
        | (State::Body, Input::Params | Input::ParamsEnd)
        | (
            State::Complete | State::Aborted,
            Input::Params | Input::ParamsEnd | Input::Stdin | Input::StdinEnd,
        )
        | (State::Aborted, Input::Abort) => (state, Effect::Ignore),
    }
}

#[cfg(test)]
mod tests {
    use super::{Effect, Input, State, next};

    const INPUTS: [Input; 7] = [
        Input::Begin,
        Input::Params,
        Input::ParamsEnd,
        Input::Stdin,
        Input::StdinEnd,
        Input::Abort,
        Input::End,
    ];

    /// Compares one row, a cell per input.
    fn row(state: State, cells: [(State, Effect); 7]) {
        for (input, cell) in INPUTS.into_iter().zip(cells) {
            assert_eq!(next(state, input), cell, "{state:?} × {input:?}");
        }
    }

    #[test]
    fn an_inactive_id_only_begins() {
        let ignored = (State::Inactive, Effect::Ignore);
        let opened = (State::Params, Effect::Open);
        row(
            State::Inactive,
            [opened, ignored, ignored, ignored, ignored, ignored, ignored],
        );
    }

    #[test]
    fn parameters_come_before_everything_else() {
        let failed = (State::Params, Effect::Fail);
        row(
            State::Params,
            [
                failed,
                (State::Params, Effect::Collect),
                (State::Body, Effect::Run),
                failed,
                failed,
                (State::Inactive, Effect::Withdraw),
                (State::Inactive, Effect::Retire),
            ],
        );
    }

    #[test]
    fn the_body_is_delivered_until_it_ends() {
        let ignored = (State::Body, Effect::Ignore);
        row(
            State::Body,
            [
                (State::Body, Effect::Fail),
                ignored,
                ignored,
                (State::Body, Effect::Deliver),
                (State::Complete, Effect::Finish),
                (State::Aborted, Effect::Cancel),
                (State::Inactive, Effect::Retire),
            ],
        );
    }

    #[test]
    fn a_complete_request_can_be_aborted_and_lets_the_next_one_wait() {
        let ignored = (State::Complete, Effect::Ignore);
        row(
            State::Complete,
            [
                (State::Complete, Effect::Hold),
                ignored,
                ignored,
                ignored,
                ignored,
                (State::Aborted, Effect::Cancel),
                (State::Inactive, Effect::Retire),
            ],
        );
    }

    #[test]
    fn an_aborted_request_waits_for_the_application_only() {
        let ignored = (State::Aborted, Effect::Ignore);
        row(
            State::Aborted,
            [
                (State::Aborted, Effect::Hold),
                ignored,
                ignored,
                ignored,
                ignored,
                ignored,
                (State::Inactive, Effect::Retire),
            ],
        );
    }
}
