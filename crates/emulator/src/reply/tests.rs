use super::*;

const END: EndRequest = EndRequest {
    app_status: 0,
    protocol_status: ProtocolStatus::RequestComplete,
};
const PID: u32 = 7;

fn whole(answer: AnswerReceiver) -> (Head, Vec<u8>) {
    let mut answer = answer;
    match answer.try_recv().unwrap().unwrap() {
        Answer {
            head,
            body: Source::Whole(bytes),
            pid: PID,
        } => (head, bytes.to_vec()),
        other => panic!("{other:?}"),
    }
}

fn refusal(answer: AnswerReceiver) -> Refusal {
    let mut answer = answer;
    answer.try_recv().unwrap().unwrap_err()
}

#[test]
fn a_response_below_the_limit_goes_out_whole_wherever_it_was_cut() {
    let text = b"A: b\r\n\r\nbody";
    for at in 0..=text.len() {
        let (mut reply, answer) = Reply::new(5, StderrMode::ReturnStdErrIn500);
        reply.stdout(&text[..at], PID).unwrap();
        reply.stdout(&text[at..], PID).unwrap();
        assert!(!reply.is_waiting());
        reply.end(END, PID);
        assert_eq!(whole(answer).1, b"body");
    }
}

#[tokio::test]
async fn from_the_limit_on_it_is_streamed() {
    let (mut reply, mut answer) = Reply::new(4, StderrMode::ReturnStdErrIn500);
    reply.stdout(b"A: b\n\nbod", PID).unwrap();
    assert!(answer.try_recv().is_err());
    reply.stdout(b"y", PID).unwrap();
    let Ok(Answer {
        body: Source::Streamed(mut pieces),
        ..
    }) = answer.try_recv().unwrap()
    else {
        panic!("not streamed");
    };
    reply.deliver().await;
    assert!(matches!(pieces.recv().await, Some(Piece::Data(data)) if data == "body"));
    assert!(!reply.is_waiting());
    reply.end(END, PID);
    reply.deliver().await;
    assert!(matches!(pieces.recv().await, Some(Piece::End)));
    assert!(!reply.is_waiting());
}

#[test]
fn the_limit_0_hands_out_the_head_before_any_body() {
    let (mut reply, mut answer) = Reply::new(0, StderrMode::ReturnStdErrIn500);
    reply.stdout(b"A: b\n\n", PID).unwrap();
    assert!(matches!(
        answer.try_recv(),
        Ok(Ok(Answer {
            body: Source::Streamed(_),
            ..
        }))
    ));
}

#[test]
fn error_text_becomes_a_500_by_the_mode() {
    for (mode, page) in [
        (StderrMode::ReturnStdErrIn500, Some("secret")),
        (
            StderrMode::ReturnGeneric500,
            Some("wrote to the error stream"),
        ),
        (
            StderrMode::TerminateProcess,
            Some("wrote to the error stream"),
        ),
        (StderrMode::IgnoreAndReturn200, None),
    ] {
        for stderr_first in [true, false] {
            let (mut reply, answer) = Reply::new(100, mode);
            if stderr_first {
                reply.stderr(b"secret");
            }
            reply.stdout(b"A: b\n\nbody", PID).unwrap();
            reply.stderr(b"secret");
            reply.end(END, PID);
            match page {
                Some(text) => assert!(refusal(answer).reason().contains(text)),
                None => assert_eq!(whole(answer).1, b"body"),
            }
        }
    }
}

#[tokio::test]
async fn a_client_that_leaves_closes_the_reply() {
    let (mut reply, answer) = Reply::new(0, StderrMode::ReturnStdErrIn500);
    reply.stdout(b"A: b\n\nbody", PID).unwrap();
    drop(answer);
    assert!(reply.is_abandoned());
    reply.deliver().await;
    assert!(!reply.is_waiting());
    reply.stdout(b"more", PID).unwrap();
    assert!(!reply.is_waiting());
}

#[test]
fn an_end_without_header_block_is_a_500_with_the_reason() {
    for (protocol_status, text) in [
        (ProtocolStatus::RequestComplete, "complete header block"),
        (ProtocolStatus::CantMultiplexConnections, "another one"),
        (ProtocolStatus::Overloaded, "overloaded"),
        (ProtocolStatus::UnknownRole, "no responder"),
    ] {
        let (mut reply, answer) = Reply::new(0, StderrMode::ReturnStdErrIn500);
        reply.stdout(b"A: b\n", PID).unwrap();
        reply.end(
            EndRequest {
                app_status: 0,
                protocol_status,
            },
            PID,
        );
        assert!(refusal(answer).reason().contains(text));
    }
}
