//! Conversations, and what they must lead to. A name begins with the statement that it proves.

use super::*;
use crate::fcgi::record::MAX_CONTENT;

const KEEP: u8 = 1;

/// What a web server says, as bytes.
#[derive(Default, Clone)]
struct Script {
    wire: Vec<u8>,
    padding: u8,
    reserved: u8,
}

impl Script {
    fn record(mut self, kind: RecordType, id: u16, content: &[u8]) -> Self {
        let header = Header {
            kind,
            id,
            content_len: u16::try_from(content.len()).unwrap(),
            padding_len: self.padding,
        };
        let mut header = header.to_bytes();
        header[7] = self.reserved;
        self.wire.extend(header);
        self.wire.extend(content);
        self.wire
            .extend(std::iter::repeat_n(0xAA, usize::from(self.padding)));
        self
    }

    fn begin(self, id: u16, role: u8, flags: u8) -> Self {
        let reserved = self.reserved;
        let content = [0, role, flags, reserved, 0, 0, 0, reserved];
        self.record(RecordType::BeginRequest, id, &content)
    }

    fn params(self, id: u16, pairs: &[(&str, &str)]) -> Self {
        let stream = encode(pairs);
        self.record(RecordType::Params, id, &stream)
            .record(RecordType::Params, id, b"")
    }

    fn stdin(self, id: u16, data: &[u8]) -> Self {
        self.record(RecordType::Stdin, id, data)
    }

    fn request(self, id: u16, flags: u8, body: &[u8]) -> Self {
        let script = self.begin(id, 1, flags).params(id, &[("N", "v")]);
        let script = if body.is_empty() {
            script
        } else {
            script.stdin(id, body)
        };
        script.stdin(id, b"")
    }
}

fn encode(pairs: &[(&str, &str)]) -> Vec<u8> {
    let mut stream = Vec::new();
    for (name, value) in pairs {
        params::append(&mut stream, name.as_bytes(), value.as_bytes());
    }
    stream
}

/// All that came of a conversation.
#[derive(Debug, Default, PartialEq)]
struct Outcome {
    events: Vec<Event>,
    body: Vec<u8>,
    records: Vec<(RecordType, u16, Vec<u8>)>,
    error: Option<ProtocolError>,
    is_closing: bool,
}

impl Outcome {
    /// The records of that type, as id and content.
    fn sent(&self, kind: RecordType) -> Vec<(u16, &[u8])> {
        self.records
            .iter()
            .filter(|record| record.0 == kind)
            .map(|record| (record.1, record.2.as_slice()))
            .collect()
    }

    fn ends(&self) -> Vec<(u16, ProtocolStatus)> {
        self.sent(RecordType::EndRequest)
            .into_iter()
            .map(|(id, content)| {
                (
                    id,
                    EndRequest::from_content(content).unwrap().protocol_status,
                )
            })
            .collect()
    }
}

/// Plays an application that says "hi" to each request as soon as its body has ended or was aborted.
fn play(pieces: &[&[u8]], limits: &Limits) -> Outcome {
    let mut connection = Connection::new(limits.clone());
    let mut outcome = Outcome::default();
    for piece in pieces {
        connection.receive(piece);
        loop {
            match connection.poll_event(&mut outcome.body) {
                Ok(None) => break,
                // How the body is cut depends on the records alone, not on the reads.
                Ok(Some(event)) => {
                    if matches!(event, Event::BodyEnd | Event::Abort) {
                        connection.stdout(b"hi");
                        connection.end(0);
                    }
                    outcome.events.push(event);
                }
                Err(error) => {
                    outcome.error = Some(error);
                    break;
                }
            }
        }
        if outcome.error.is_some() {
            break;
        }
    }
    let mut reader = RecordReader::default();
    reader.extend(connection.output());
    while let Some(record) = reader.next_record().unwrap() {
        outcome
            .records
            .push((record.kind, record.id, record.content.to_vec()));
    }
    outcome.is_closing = connection.is_closing();
    outcome
}

fn run(script: &Script) -> Outcome {
    play(&[&script.wire], &Limits::default())
}

fn request_event(id: u16) -> Event {
    Event::Request(Request {
        id,
        params: Ok(vec![(b"N".to_vec(), b"v".to_vec())]),
    })
}

const DONE: ProtocolStatus = ProtocolStatus::RequestComplete;

#[test]
fn f1_a_pair_may_be_cut_anywhere_over_two_records() {
    let pairs = [("A", "1"), ("LONG", &*"x".repeat(200)), ("EMPTY", "")];
    let stream = encode(&pairs);
    let whole = run(&Script::default().begin(1, 1, KEEP).params(1, &pairs));
    for at in 1..stream.len() {
        let script = Script::default()
            .begin(1, 1, KEEP)
            .record(RecordType::Params, 1, &stream[..at])
            .record(RecordType::Params, 1, &stream[at..])
            .record(RecordType::Params, 1, b"");
        assert_eq!(run(&script), whole, "cut at {at}");
    }
}

/// One conversation of every kind that the other tests judge one by one.
fn conversations() -> Vec<Script> {
    let script = Script::default;
    let odd = Script {
        padding: 255,
        reserved: 0x5A,
        ..Script::default()
    };
    vec![
        script().request(1, KEEP, b"hello").request(1, 0, b""),
        odd.request(0xffff, 0xff, b"padded"),
        script()
            .record(
                RecordType::GetValues,
                0,
                &encode(&[("FCGI_MPXS_CONNS", "")]),
            )
            .request(256, 0, b"body"),
        script()
            .begin(1, 1, KEEP)
            .begin(2, 1, KEEP)
            .params(1, &[])
            .record(RecordType::AbortRequest, 1, b"")
            .request(3, 0, b"x"),
        script().begin(1, 3, KEEP).request(1, 0, b""),
        script().request(1, KEEP, b"").begin(1, 1, 0).begin(1, 1, 0),
        script()
            .record(RecordType::Params, 1, b"\x05")
            .stdin(7, b"late"),
    ]
}

#[test]
fn f2_any_partition_of_the_bytes_gives_the_same_events_and_answers() {
    let limits = Limits::default();
    for (number, script) in conversations().iter().enumerate() {
        let whole = run(script);
        let bytes: Vec<&[u8]> = script.wire.chunks(1).collect();
        assert_eq!(play(&bytes, &limits), whole, "conversation {number}");
        for at in 0..script.wire.len() {
            let (left, right) = script.wire.split_at(at);
            assert_eq!(play(&[left, right], &limits), whole, "{number} at {at}");
        }
    }
}

#[test]
fn f4_broken_parameters_end_their_request_and_not_the_connection() {
    let script = Script::default()
        .begin(1, 1, KEEP)
        .record(RecordType::Params, 1, b"\x05\x05ab")
        .record(RecordType::Params, 1, b"")
        .stdin(1, b"")
        .request(1, KEEP, b"");
    let outcome = run(&script);
    assert_eq!(
        outcome.events[0],
        Event::Request(Request {
            id: 1,
            params: Err(ParamsError::Truncated)
        })
    );
    assert_eq!(outcome.ends(), [(1, DONE), (1, DONE)]);
}

#[test]
fn f5_too_many_parameters_are_not_kept() {
    let limits = Limits {
        params_bytes: 1_000,
        ..Limits::default()
    };
    let script = Script::default()
        .begin(1, 1, 0)
        .record(RecordType::Params, 1, &[1; 60_000])
        .record(RecordType::Params, 1, &[1; 60_000]);
    let mut connection = Connection::new(limits);
    connection.receive(&script.wire);
    assert_eq!(connection.poll_event(&mut Vec::new()), Ok(None));
    assert_eq!(connection.active.as_ref().unwrap().params.len(), 1_001);
    connection.receive(&Script::default().record(RecordType::Params, 1, b"").wire);
    let event = connection.poll_event(&mut Vec::new()).unwrap();
    assert_eq!(
        event,
        Some(Event::Request(Request {
            id: 1,
            params: Err(ParamsError::TooLarge)
        }))
    );
}

#[test]
fn f6_another_version_closes_without_a_word() {
    let outcome = play(&[b"GET / HTTP/1.1\r\n\r\n"], &Limits::default());
    assert_eq!(
        outcome.error,
        Some(ProtocolError::Version(UnknownVersion(b'G')))
    );
    assert!(outcome.records.is_empty());
}

#[test]
fn f7_a_begin_of_another_length_or_without_id_closes() {
    let short = Script::default().record(RecordType::BeginRequest, 1, b"\0\x01\0\0\0\0\0");
    assert_eq!(run(&short).error, Some(ProtocolError::MalformedBegin));
    let kind = RecordType::BeginRequest;
    let null = Script::default().begin(0, 1, 0);
    assert_eq!(run(&null).error, Some(ProtocolError::NullId(kind)));
}

#[test]
fn s4_the_id_0_is_for_management_records_only() {
    for number in 1..=8 {
        let kind = RecordType::from_number(number);
        let outcome = run(&Script::default().record(kind, 0, b""));
        assert_eq!(outcome.error, Some(ProtocolError::NullId(kind)));
    }
}

#[test]
fn f8_a_begin_for_an_id_that_is_being_sent_closes() {
    let error = Some(ProtocolError::OutOfOrder(RecordType::BeginRequest));
    let script = Script::default().begin(1, 1, KEEP);
    assert_eq!(run(&script.clone().begin(1, 1, KEEP)).error, error);
    assert_eq!(run(&script.params(1, &[]).begin(1, 1, KEEP)).error, error);
}

#[test]
fn f8_a_body_ahead_of_the_parameters_closes() {
    let script = Script::default().begin(1, 1, KEEP).stdin(1, b"x");
    assert_eq!(
        run(&script).error,
        Some(ProtocolError::OutOfOrder(RecordType::Stdin))
    );
}

#[test]
fn f9_a_second_request_is_refused_and_the_first_goes_on() {
    let script = Script::default()
        .begin(1, 1, KEEP)
        .params(1, &[("N", "v")])
        .begin(2, 1, 0)
        .params(2, &[])
        .stdin(2, b"ignored")
        .stdin(1, b"body")
        .stdin(1, b"");
    let outcome = run(&script);
    assert_eq!(
        outcome.events,
        [
            request_event(1),
            Event::Refused(Refusal::Multiplexed),
            Event::Body,
            Event::BodyEnd
        ]
    );
    assert_eq!(outcome.body, b"body");
    assert_eq!(
        outcome.ends(),
        [(2, ProtocolStatus::CantMultiplexConnections), (1, DONE)]
    );
    assert!(!outcome.is_closing);
}

#[test]
fn f10_other_roles_are_refused_and_their_records_skipped() {
    for role in [2, 3, 9] {
        let script = Script::default()
            .begin(1, role, KEEP)
            .params(1, &[])
            .stdin(1, b"x")
            .stdin(1, b"")
            .request(2, KEEP, b"");
        let outcome = run(&script);
        assert_eq!(
            outcome.ends(),
            [(1, ProtocolStatus::UnknownRole), (2, DONE)]
        );
        assert!(run(&Script::default().begin(1, role, 0)).is_closing);
    }
}

#[test]
fn f12_the_answer_carries_the_id_of_its_request() {
    for id in [1, 255, 256, 0x7fff, 0xffff] {
        let outcome = run(&Script::default().request(id, 0, b"x"));
        assert_eq!(outcome.records.len(), 3);
        assert!(outcome.records.iter().all(|record| record.1 == id));
    }
}

#[test]
fn f13_values_are_told_when_asked_for_and_only_the_known_ones() {
    let asked = encode(&[
        ("FCGI_MPXS_CONNS", ""),
        ("NOPE", ""),
        ("FCGI_MAX_CONNS", ""),
    ]);
    let script = Script::default()
        .begin(1, 1, KEEP)
        .record(RecordType::GetValues, 0, &asked)
        .params(1, &[])
        .stdin(1, b"");
    let outcome = run(&script);
    let told = encode(&[("FCGI_MAX_CONNS", "1000"), ("FCGI_MPXS_CONNS", "0")]);
    assert_eq!(
        outcome.sent(RecordType::GetValuesResult),
        [(0, told.as_slice())]
    );
    assert_eq!(outcome.ends(), [(1, DONE)]);
}

#[test]
fn f14_values_may_be_asked_for_before_any_request() {
    let script = Script::default()
        .record(RecordType::GetValues, 0, b"")
        .request(1, KEEP, b"");
    let outcome = run(&script);
    assert_eq!(
        outcome.sent(RecordType::GetValuesResult),
        [(0, b"".as_slice())]
    );
    assert_eq!(outcome.ends(), [(1, DONE)]);
}

#[test]
fn f15_an_unknown_type_is_told_once_and_only_without_an_id() {
    let script = Script::default()
        .record(RecordType::Other(42), 0, b"what?")
        .record(RecordType::Other(42), 5, b"what?");
    let outcome = run(&script);
    let told = [42, 0, 0, 0, 0, 0, 0, 0];
    assert_eq!(
        outcome.records,
        [(RecordType::UnknownType, 0, told.to_vec())]
    );
}

#[test]
fn f16_f17_stdout_ends_once_behind_the_last_data() {
    let mut connection = Connection::new(Limits::default());
    let script = Script::default().request(1, KEEP, b"");
    connection.receive(&script.wire);
    while connection.poll_event(&mut Vec::new()).unwrap().is_some() {}
    for piece in [b"".as_slice(), b"a", b"", b"b", b""] {
        connection.stdout(piece);
    }
    connection.end(0);
    let mut reader = RecordReader::default();
    reader.extend(connection.output());
    let mut contents = Vec::new();
    while let Some(record) = reader.next_record().unwrap() {
        contents.push((record.kind.number(), record.content.to_vec()));
    }
    let expected: [(u8, &[u8]); 4] = [(6, b"a"), (6, b"b"), (6, b""), (3, &[0; 8])];
    assert_eq!(contents, expected.map(|(kind, data)| (kind, data.to_vec())));
}

#[test]
fn f18_stderr_exists_only_when_there_is_something_to_say() {
    let quiet = run(&Script::default().request(1, KEEP, b""));
    assert!(quiet.sent(RecordType::Stderr).is_empty());
    let mut connection = Connection::new(Limits::default());
    connection.receive(&Script::default().begin(1, 1, KEEP).wire);
    assert_eq!(connection.poll_event(&mut Vec::new()), Ok(None));
    connection.stderr(b"");
    connection.stderr(b"oh");
    connection.end(1);
    let mut reader = RecordReader::default();
    reader.extend(connection.output());
    let mut kinds = Vec::new();
    while let Some(record) = reader.next_record().unwrap() {
        kinds.push((record.kind.number(), record.content.len()));
    }
    assert_eq!(kinds, [(7, 2), (7, 0), (6, 0), (3, 8)]);
}

#[test]
fn f19_a_long_answer_is_cut_into_records() {
    let mut connection = Connection::new(Limits::default());
    connection.receive(&Script::default().request(1, KEEP, b"").wire);
    while connection.poll_event(&mut Vec::new()).unwrap().is_some() {}
    let data: Vec<u8> = (0..1_048_576_u32).map(|i| i.to_le_bytes()[1]).collect();
    connection.stdout(&data);
    let mut reader = RecordReader::default();
    reader.extend(connection.output());
    let mut joined = Vec::new();
    while let Some(record) = reader.next_record().unwrap() {
        assert!(record.content.len() <= MAX_CONTENT);
        joined.extend_from_slice(record.content);
    }
    assert_eq!(joined, data);
}

#[test]
fn f23_the_connection_is_kept_only_if_the_web_server_says_so() {
    assert!(run(&Script::default().request(1, 0, b"")).is_closing);
    let kept = run(&Script::default()
        .request(1, KEEP, b"a")
        .request(1, KEEP, b"b"));
    assert!(!kept.is_closing);
    assert_eq!(kept.ends(), [(1, DONE), (1, DONE)]);
    let closed = run(&Script::default().request(1, 0, b"").request(2, KEEP, b""));
    assert_eq!(closed.ends(), [(1, DONE)]);
}

#[test]
fn f23_bytes_behind_the_last_request_are_forgotten() {
    let mut connection = Connection::new(Limits::default());
    connection.receive(&Script::default().request(1, 0, b"").wire);
    while connection.poll_event(&mut Vec::new()).unwrap().is_some() {}
    connection.end(0);
    connection.receive(&Script::default().request(1, 0, b"").wire);
    assert_eq!(connection.poll_event(&mut Vec::new()), Ok(None));
    assert!(connection.is_idle());
}

#[test]
fn f31_input_is_taken_unless_it_can_only_be_the_next_request() {
    let mut connection = Connection::new(Limits::default());
    let mut body = Vec::new();
    assert!(connection.takes_input());
    let script = Script::default().begin(1, 1, KEEP).params(1, &[]);
    connection.receive(&script.wire);
    assert!(connection.poll_event(&mut body).unwrap().is_some());
    assert!(connection.takes_input());
    connection.receive(&Script::default().stdin(1, b"").wire);
    assert!(connection.poll_event(&mut body).unwrap().is_some());
    assert!(!connection.takes_input());
    connection.end(0);
    assert!(connection.takes_input());
}

#[test]
fn f24_a_request_sent_ahead_of_time_waits_for_the_end_of_the_first() {
    for second in [1, 2] {
        let script = Script::default()
            .request(1, KEEP, b"")
            .request(second, KEEP, b"x");
        let mut connection = Connection::new(Limits::default());
        connection.receive(&script.wire);
        let mut body = Vec::new();
        assert_eq!(connection.poll_event(&mut body), Ok(Some(request_event(1))));
        assert_eq!(connection.poll_event(&mut body), Ok(Some(Event::BodyEnd)));
        assert_eq!(connection.poll_event(&mut body), Ok(None));
        connection.end(0);
        assert_eq!(
            connection.poll_event(&mut body),
            Ok(Some(request_event(second)))
        );
    }
}

#[test]
fn f26_an_abort_is_told_and_the_connection_stays_usable() {
    let script = Script::default()
        .begin(1, 1, KEEP)
        .params(1, &[("N", "v")])
        .stdin(1, b"half")
        .record(RecordType::AbortRequest, 1, b"")
        .stdin(1, b"late")
        .request(1, KEEP, b"");
    let outcome = run(&script);
    assert_eq!(
        outcome.events[..3],
        [request_event(1), Event::Body, Event::Abort]
    );
    assert_eq!(outcome.body, b"half");
    assert_eq!(outcome.ends(), [(1, DONE), (1, DONE)]);
}

#[test]
fn f26_an_abort_ahead_of_the_application_is_answered_for_it() {
    let script = Script::default()
        .begin(1, 1, KEEP)
        .record(RecordType::AbortRequest, 1, b"");
    let outcome = run(&script);
    assert!(outcome.events.is_empty());
    assert_eq!(outcome.ends(), [(1, DONE)]);
}

#[test]
fn f27_late_and_unknown_ids_are_ignored() {
    let script = Script::default()
        .record(RecordType::AbortRequest, 9, b"")
        .request(1, KEEP, b"")
        .stdin(1, b"late")
        .stdin(1, b"")
        .record(RecordType::AbortRequest, 1, b"")
        .record(RecordType::Params, 1, b"late");
    let outcome = run(&script);
    assert_eq!(outcome.events, [request_event(1), Event::BodyEnd]);
    assert_eq!(outcome.ends(), [(1, DONE)]);
}

#[test]
fn f33_data_of_the_filter_role_is_ignored() {
    let script = Script::default()
        .begin(1, 1, KEEP)
        .record(RecordType::Data, 1, b"x")
        .params(1, &[("N", "v")])
        .stdin(1, b"");
    assert_eq!(run(&script).events, [request_event(1), Event::BodyEnd]);
}

#[test]
fn f34_types_of_an_application_are_ignored_and_told_once() {
    let mut script = Script::default();
    for number in [3, 6, 7, 10, 11] {
        script = script.record(RecordType::from_number(number), 1, b"");
    }
    let outcome = run(&script.request(1, KEEP, b""));
    assert_eq!(
        outcome.events,
        [
            Event::Unexpected(RecordType::EndRequest),
            request_event(1),
            Event::BodyEnd
        ]
    );
}

#[test]
fn f35_f36_reserved_bytes_unknown_flags_and_padding_change_nothing() {
    let plain = run(&Script::default().request(1, KEEP, b"body"));
    let odd = Script {
        padding: 255,
        reserved: 0xff,
        ..Script::default()
    };
    assert_eq!(run(&odd.request(1, 0xff, b"body")), plain);
}

#[test]
fn output_is_consumed_piece_by_piece() {
    let mut connection = Connection::new(Limits::default());
    connection.receive(&Script::default().request(1, KEEP, b"").wire);
    while connection.poll_event(&mut Vec::new()).unwrap().is_some() {}
    connection.stdout(b"hello");
    let whole = connection.output().to_vec();
    let mut sent = Vec::new();
    while let [first, ..] = *connection.output() {
        sent.push(first);
        connection.consume_output(1);
    }
    assert_eq!(sent, whole);
    assert!(!connection.is_idle());
    connection.end(0);
    assert!(connection.is_idle());
}

#[test]
fn w66_a_huge_answer_does_not_keep_its_memory() {
    let mut connection = Connection::new(Limits::default());
    connection.receive(&Script::default().request(1, KEEP, b"").wire);
    while connection.poll_event(&mut Vec::new()).unwrap().is_some() {}
    connection.stdout(&vec![b'x'; 16 << 20]);
    connection.consume_output(usize::MAX);
    assert!(connection.out.capacity() <= 2 * Limits::default().output_window);
}
