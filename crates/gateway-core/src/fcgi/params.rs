//! Name-value pairs: the encoding of `FCGI_PARAMS` and of the management records.

use std::fmt;

use crate::limits::Limits;

/// One pair. Names and values are bytes: neither has a declared encoding.
pub type Pair = (Vec<u8>, Vec<u8>);

/// Why a params stream cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamsError {
    /// A length points past the end of the stream (F4).
    Truncated,
    /// More bytes in all than [`Limits::params_bytes`].
    TooLarge,
    /// More pairs than [`Limits::params_count`].
    TooMany,
    /// A name longer than [`Limits::name_bytes`].
    NameTooLong,
    /// A value longer than [`Limits::value_bytes`].
    ValueTooLong,
}

impl fmt::Display for ParamsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Truncated => "a parameter reaches past the end of the parameters",
            Self::TooLarge => "the parameters together pass the limit `params_bytes`",
            Self::TooMany => "there are more parameters than the limit `params_count` allows",
            Self::NameTooLong => "a parameter's name passes the limit `name_bytes`",
            Self::ValueTooLong => "a parameter's value passes the limit `value_bytes`",
        })
    }
}

impl std::error::Error for ParamsError {}

/// Reads a complete stream of pairs, in order, repeats included.
///
/// Takes the joined content of all records: front ends such as h2o cut the stream inside a pair (F1).
///
/// # Errors
/// The first breach of a limit, or a length past the end. Lengths are compared before anything is
/// allocated (F5).
pub fn parse(stream: &[u8], limits: &Limits) -> Result<Vec<Pair>, ParamsError> {
    if stream.len() > limits.params_bytes {
        return Err(ParamsError::TooLarge);
    }
    let mut rest = stream;
    let mut pairs = Vec::new();
    while !rest.is_empty() {
        if pairs.len() == limits.params_count {
            return Err(ParamsError::TooMany);
        }
        let name_len = take_length(&mut rest)?;
        let value_len = take_length(&mut rest)?;
        if name_len > limits.name_bytes {
            return Err(ParamsError::NameTooLong);
        }
        if value_len > limits.value_bytes {
            return Err(ParamsError::ValueTooLong);
        }
        pairs.push((
            take(&mut rest, name_len)?.to_vec(),
            take(&mut rest, value_len)?.to_vec(),
        ));
    }
    Ok(pairs)
}

/// Takes a length: one byte below 128, else four bytes with the top bit set, also for small values (F3).
fn take_length(rest: &mut &[u8]) -> Result<usize, ParamsError> {
    match **rest {
        [short @ 0..128, ref tail @ ..] => {
            *rest = tail;
            Ok(usize::from(short))
        }
        [a, b, c, d, ref tail @ ..] => {
            *rest = tail;
            let length = u32::from_be_bytes([a & 0x7f, b, c, d]);
            usize::try_from(length).map_err(|_| ParamsError::Truncated)
        }
        _ => Err(ParamsError::Truncated),
    }
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Result<&'a [u8], ParamsError> {
    let (taken, tail) = rest
        .split_at_checked(length)
        .ok_or(ParamsError::Truncated)?;
    *rest = tail;
    Ok(taken)
}

/// Appends one pair.
pub fn append(out: &mut Vec<u8>, name: &[u8], value: &[u8]) {
    append_length(out, name.len());
    append_length(out, value.len());
    out.extend_from_slice(name);
    out.extend_from_slice(value);
}

fn append_length(out: &mut Vec<u8>, length: usize) {
    debug_assert!(length < 1 << 31, "the protocol has 31 bits for a length");
    match u8::try_from(length) {
        Ok(short @ 0..128) => out.push(short),
        _ => {
            let long = u32::try_from(length).unwrap_or(u32::MAX) | 0x8000_0000;
            out.extend_from_slice(&long.to_be_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encode(pairs: &[Pair]) -> Vec<u8> {
        let mut out = Vec::new();
        for (name, value) in pairs {
            append(&mut out, name, value);
        }
        out
    }

    #[test]
    fn pairs_survive_a_round_trip() {
        let pairs: Vec<Pair> = [0, 1, 127, 128, 129, 5_000]
            .into_iter()
            .map(|length| (format!("NAME_{length}").into_bytes(), vec![0xE9; length]))
            .collect();
        assert_eq!(parse(&encode(&pairs), &Limits::default()), Ok(pairs));
    }

    #[test]
    fn four_byte_lengths_may_be_small() {
        let stream = b"\x80\x00\x00\x01\x80\x00\x00\x02Nvv";
        assert_eq!(
            parse(stream, &Limits::default()),
            Ok(vec![(b"N".to_vec(), b"vv".to_vec())])
        );
    }

    #[test]
    fn every_prefix_that_cuts_a_pair_is_an_error() {
        let stream = encode(&[(vec![b'N'; 200], vec![b'v'; 300])]);
        for end in 1..stream.len() {
            assert_eq!(
                parse(&stream[..end], &Limits::default()),
                Err(ParamsError::Truncated),
                "{end}"
            );
        }
    }

    #[test]
    fn huge_lengths_are_refused_before_anything_is_allocated() {
        let stream = b"\xff\xff\xff\xff\xff\xff\xff\xff";
        assert_eq!(
            parse(stream, &Limits::default()),
            Err(ParamsError::NameTooLong)
        );
        assert_eq!(
            parse(b"\x01\xff\xff\xff\xffN", &Limits::default()),
            Err(ParamsError::ValueTooLong)
        );
    }

    #[test]
    fn each_limit_has_its_error() {
        let limits = Limits {
            params_bytes: 20,
            params_count: 2,
            name_bytes: 4,
            value_bytes: 4,
            ..Limits::default()
        };
        let pair = |name: usize, value: usize| (vec![b'N'; name], vec![b'v'; value]);
        let parse = |pairs: &[Pair]| parse(&encode(pairs), &limits);
        assert!(parse(&[pair(4, 4), pair(4, 4)]).is_ok());
        assert_eq!(parse(&[pair(5, 1)]), Err(ParamsError::NameTooLong));
        assert_eq!(parse(&[pair(1, 5)]), Err(ParamsError::ValueTooLong));
        assert_eq!(
            parse(&[pair(1, 1), pair(1, 1), pair(1, 1)]),
            Err(ParamsError::TooMany)
        );
        assert_eq!(
            parse(&[pair(4, 4), pair(4, 4), pair(1, 1)]),
            Err(ParamsError::TooLarge)
        );
    }
}
