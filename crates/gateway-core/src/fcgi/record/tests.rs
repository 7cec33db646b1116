use super::*;

fn conversation() -> Vec<u8> {
    let mut wire = Vec::new();
    let begin = BeginRequest {
        role: Role::Responder,
        keep_connection: true,
    };
    append_record(&mut wire, RecordType::BeginRequest, 1, &begin.to_content());
    append_record(&mut wire, RecordType::Params, 1, b"\x01\x01AB");
    let padded = Header {
        kind: RecordType::Stdin,
        id: 1,
        content_len: 2,
        padding_len: 255,
    };
    wire.extend(padded.to_bytes());
    wire.extend(b"hi");
    wire.extend([0xAA; 255]);
    append_record(&mut wire, RecordType::Other(99), 0, b"?");
    wire
}

fn read(pieces: &[&[u8]]) -> Vec<(RecordType, u16, Vec<u8>)> {
    let mut reader = RecordReader::default();
    let mut records = Vec::new();
    for piece in pieces {
        reader.extend(piece);
        while let Some(record) = reader.next_record().unwrap() {
            records.push((record.kind, record.id, record.content.to_vec()));
        }
    }
    assert!(reader.is_at_boundary());
    records
}

#[test]
fn any_split_of_the_bytes_gives_the_same_records() {
    let wire = conversation();
    let whole = read(&[&wire]);
    assert_eq!(whole.len(), 4);
    for at in 0..wire.len() {
        assert_eq!(read(&[&wire[..at], &wire[at..]]), whole, "split at {at}");
    }
    let bytes: Vec<&[u8]> = wire.chunks(1).collect();
    assert_eq!(read(&bytes), whole);
}

#[test]
fn a_peeked_header_stays_for_the_record() {
    let mut reader = RecordReader::default();
    reader.extend(&conversation());
    let header = reader.peek_header().unwrap().unwrap();
    assert_eq!(header.kind, RecordType::BeginRequest);
    assert_eq!(reader.next_record().unwrap().unwrap().kind, header.kind);
    assert_eq!(
        reader.peek_header().unwrap().unwrap().kind,
        RecordType::Params
    );
}

#[test]
fn the_longest_record_is_65798_bytes() {
    let header = Header {
        kind: RecordType::Stdin,
        id: 7,
        content_len: u16::MAX,
        padding_len: u8::MAX,
    };
    let mut wire = header.to_bytes().to_vec();
    wire.resize(65_798, 0);
    assert_eq!(read(&[&wire])[0].2.len(), MAX_CONTENT);
}

#[test]
fn another_version_is_refused() {
    let mut reader = RecordReader::default();
    reader.extend(b"GET / HTTP/1.1\r\n");
    assert_eq!(reader.next_record(), Err(UnknownVersion(b'G')));
    assert_eq!(reader.next_record(), Err(UnknownVersion(b'G')));
}

#[test]
fn a_long_stream_is_cut_and_nothing_is_lost() {
    let data: Vec<u8> = (0..200_000u32).map(|i| i.to_le_bytes()[0]).collect();
    let mut wire = Vec::new();
    append_stream(&mut wire, RecordType::Stdout, 0xffff, &data);
    append_stream(&mut wire, RecordType::Stdout, 0xffff, b"");
    let records = read(&[&wire]);
    assert_eq!(records.len(), 4);
    assert!(
        records
            .iter()
            .all(|(kind, id, _)| *kind == RecordType::Stdout && *id == 0xffff)
    );
    assert_eq!(
        records
            .into_iter()
            .flat_map(|record| record.2)
            .collect::<Vec<_>>(),
        data
    );
}

#[test]
fn type_numbers_survive_a_round_trip() {
    for number in 0..=u8::MAX {
        assert_eq!(RecordType::from_number(number).number(), number);
    }
}

#[test]
fn begin_and_end_survive_a_round_trip() {
    for role in [
        Role::Responder,
        Role::Authorizer,
        Role::Filter,
        Role::Other(9),
    ] {
        let begin = BeginRequest {
            role,
            keep_connection: false,
        };
        assert_eq!(BeginRequest::from_content(&begin.to_content()), Some(begin));
    }
    assert_eq!(BeginRequest::from_content(b"1234567"), None);
    for protocol_status in [
        ProtocolStatus::RequestComplete,
        ProtocolStatus::CantMultiplexConnections,
        ProtocolStatus::Overloaded,
        ProtocolStatus::UnknownRole,
    ] {
        let end = EndRequest {
            app_status: 3_000_000_000,
            protocol_status,
        };
        assert_eq!(EndRequest::from_content(&end.to_content()), Some(end));
    }
}
