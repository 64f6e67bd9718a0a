//! Rows from streams that arrive in pieces, are interrupted, end anywhere, fail, panic, and report
//! wrong lengths.

use crate::support::check;
use bytemuck::Pod;
use growable_nd::{GrowableNd, ReadError};
use quickcheck::{Arbitrary, Gen};
use std::error::Error as _;
use std::fmt::Debug;
use std::io::{self, ErrorKind, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a stream does on its next read.
#[derive(Clone, Debug, PartialEq)]
enum Event {
    /// Yields at most this many bytes.
    Give(usize),
    /// Reports its end, although bytes may be left.
    End,
    Interrupt,
    Fail,
    Panic,
    /// Reports more bytes than the buffer has.
    Lie,
}

/// A stream that yields its bytes as the events tell, and after the last event all of them at once.
#[derive(Clone, Debug)]
struct Script {
    bytes: Vec<u8>,
    given: usize,
    ended: bool,
    events: Vec<Event>,
}

impl Script {
    fn new(bytes: Vec<u8>, mut events: Vec<Event>) -> Self {
        events.reverse();
        Script { bytes, given: 0, ended: false, events }
    }
}

impl Read for Script {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        assert!(!buffer.is_empty(), "empty buffer: the result would look like the end of the stream");
        assert!(!self.ended, "read after its end");
        let most = match self.events.pop() {
            None => usize::MAX,
            Some(Event::Give(most)) => most,
            Some(Event::End) => 0,
            Some(Event::Interrupt) => return Err(ErrorKind::Interrupted.into()),
            Some(Event::Fail) => return Err(io::Error::other("the cable is cut")),
            Some(Event::Panic) => panic!("the stream was told to panic"),
            Some(Event::Lie) => return Ok(buffer.len() + 1),
        };
        // A reader may overwrite the rest of the buffer.
        buffer.fill(0xEE);
        let len = most.min(buffer.len()).min(self.bytes.len() - self.given);
        buffer[..len].copy_from_slice(&self.bytes[self.given..][..len]);
        self.given += len;
        self.ended = len == 0;
        Ok(len)
    }
}

/// An array that may have rows and free slots, and a stream for it.
#[derive(Clone, Debug)]
struct Case {
    row_len: usize,
    rows_before: usize,
    free: usize,
    script: Script,
}

impl Arbitrary for Case {
    fn arbitrary(g: &mut Gen) -> Self {
        let bytes: Vec<u8> = (0..usize::arbitrary(g) % 400).map(|_| u8::arbitrary(g)).collect();
        let mut events = Vec::new();
        for _ in 0..usize::arbitrary(g) % 12 {
            events.push(match u8::arbitrary(g) % 17 {
                0..9 => Event::Give(1 + usize::arbitrary(g) % 40),
                9..13 => Event::Interrupt,
                13 => Event::Fail,
                14 => Event::Panic,
                15 => Event::End,
                _ => Event::Lie,
            });
        }
        Case {
            row_len: 1 + usize::arbitrary(g) % 9,
            rows_before: usize::arbitrary(g) % 3,
            free: [0, 0, 1, 5, 100][usize::arbitrary(g) % 5],
            script: Script::new(bytes, events),
        }
    }
}

impl Case {
    fn array<T: Pod>(&self) -> GrowableNd<T> {
        let mut array = GrowableNd::with_capacity([self.row_len], self.rows_before + self.free);
        array.resize(self.rows_before, T::zeroed());
        array
    }

    /// The array with the first `rows` rows of the stream.
    fn expected<T: Pod>(&self, rows: usize) -> GrowableNd<T> {
        let mut expected = self.array::<T>();
        for row in self.script.bytes.chunks_exact(size_of::<T>() * self.row_len).take(rows) {
            let element =
                |i: usize| bytemuck::pod_read_unaligned(&row[size_of::<T>() * i..][..size_of::<T>()]);
            expected.push_row_with(|[i]| element(i)).unwrap();
        }
        expected
    }
}

#[test]
fn every_byte_is_in_a_row_or_in_the_rest() {
    check(every_byte::<u32> as fn(Case));
    // Elements that are bytes take another code path.
    check(every_byte::<u8> as fn(Case));
    check(every_byte::<[u8; 3]> as fn(Case));
}

#[allow(clippy::needless_pass_by_value, reason = "a property takes its case")]
fn every_byte<T: Pod + PartialEq + Debug>(case: Case) {
    let mut array = case.array::<T>();
    let mut script = case.script.clone();
    let result = catch_unwind(AssertUnwindSafe(|| array.read_rows(&mut script)));
    let row_bytes = size_of::<T>() * case.row_len;
    let given = &case.script.bytes[..script.given];
    let (whole, rest) = given.split_at(given.len() / row_bytes * row_bytes);
    // In any case the array has whole rows and nothing else.
    assert_eq!(array, case.expected(whole.len() / row_bytes));
    let row = array.rows();
    match result {
        Ok(Ok(rows)) => {
            assert_eq!((rows, rest), (row - case.rows_before, &[][..]));
            assert!(script.ended);
        }
        Ok(Err(ReadError::PartialRow { row: found, expected, rest: bytes, .. })) => {
            assert_eq!((found, expected, &bytes[..]), (row, row_bytes, rest));
            assert!(script.ended);
            assert!(!rest.is_empty());
        }
        Ok(Err(ReadError::Io { row: found, rest: bytes, error, .. })) => {
            assert_eq!((found, &bytes[..]), (row, rest));
            assert!(matches!(error.kind(), ErrorKind::Other | ErrorKind::InvalidData), "{error}");
        }
        Ok(Err(error)) => panic!("{error:?}"),
        // The standard library panics if a reader reports too many bytes.
        Err(_) => assert!(case.script.events.iter().any(|event| matches!(event, Event::Panic | Event::Lie))),
    }
    // Reading can continue: first the rest, then the bytes left in the stream.
    script.events.clear();
    script.ended = false;
    let left = rest.chain(&mut script).take(u64::try_from(case.script.bytes.len()).unwrap());
    let rows = case.script.bytes.len() / row_bytes;
    match array.read_rows(left) {
        Ok(_) => {}
        Err(ReadError::PartialRow { .. }) => {}
        Err(error) => panic!("{error:?}"),
    }
    assert_eq!(array, case.expected(rows));
}

#[test]
fn so_many_rows_are_read_and_not_a_byte_more() {
    check(so_many_rows::<u32> as fn((Case, usize)));
    check(so_many_rows::<u8> as fn((Case, usize)));
}

fn so_many_rows<T: Pod + PartialEq + Debug>((case, wanted): (Case, usize)) {
    let wanted = wanted % 60;
    let mut array = case.array::<T>();
    let mut script = case.script.clone();
    script.events.retain(|event| matches!(event, Event::Give(_) | Event::Interrupt | Event::End));
    let result = array.read_n_rows(wanted, &mut script);
    let row_bytes = size_of::<T>() * case.row_len;
    let (came, rest) = (script.given / row_bytes, script.given % row_bytes);
    assert_eq!(array, case.expected(came));
    match result {
        Ok(()) => assert_eq!((came, rest), (wanted, 0)),
        Err(ReadError::TooFewRows { expected, found, .. }) => {
            assert!(script.ended && came < wanted);
            assert_eq!((expected, found, rest), (wanted, came, 0));
        }
        Err(ReadError::PartialRow { rest: bytes, .. }) => {
            assert!(script.ended && came < wanted && rest > 0);
            assert_eq!(bytes, case.script.bytes[came * row_bytes..script.given]);
        }
        Err(error) => panic!("{error:?}"),
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn streams_longer_than_a_chunk_are_read_whole() {
    let bytes: Vec<u8> = (0..1_000_003_u32).flat_map(u32::to_ne_bytes).collect();
    for row_len in [1, 3, 1000, 40_000, 500_000] {
        let mut array = GrowableNd::<u32>::new([row_len]);
        let result = array.read_rows(&bytes[..]);
        let rows = 1_000_003 / row_len;
        assert_eq!(array.rows(), rows);
        assert!(array.as_slice().iter().copied().eq(0..u32::try_from(rows * row_len).unwrap()));
        match result {
            Ok(found) => assert_eq!((found, 1_000_003 % row_len), (rows, 0)),
            Err(error) => assert_eq!(error.rest(), &bytes[4 * rows * row_len..]),
        }
    }
}

/// The lengths of the buffers that a reader got.
struct Asked(Vec<usize>);

impl Read for Asked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.push(buffer.len());
        buffer.fill(0);
        Ok(buffer.len())
    }
}

#[test]
fn reads_are_large_and_not_larger_than_documented() {
    let mut asked = Asked(Vec::new());
    let mut array = GrowableNd::<u32>::new([3]);
    array.read_n_rows(100_000, &mut asked).unwrap();
    assert_eq!(asked.0, [[131_072; 9].as_slice(), &[20_352]].concat());
    // The capacity for all rows was reserved before the first read.
    assert_eq!(array.growth_stats().growths, 1);
}

#[test]
fn a_stream_that_fills_the_array_exactly_does_not_make_it_grow() {
    let mut array = GrowableNd::<u16>::with_capacity([5], 100);
    assert_eq!(array.read_rows(&[1; 1000][..]).unwrap(), 100);
    assert_eq!((array.capacity(), array.growth_stats().growths), (100, 0));
}

#[test]
#[cfg_attr(miri, ignore = "Miri ends where an allocation fails")]
fn a_row_that_is_too_large_is_an_error_and_loses_no_byte() {
    let mut array = GrowableNd::<u64>::new([usize::MAX / 16]);
    let error = array.read_rows(&b"abc"[..]).unwrap_err();
    assert!(matches!(&error, ReadError::Array { .. }), "{error:?}");
    assert_eq!(error.rest(), b"abc");
    assert_eq!(error.into_rest(), b"abc");
    assert!(array.is_empty());
    assert_eq!(array.read_rows(io::empty()).unwrap(), 0);
}

#[test]
fn a_number_of_rows_that_is_too_large_costs_nothing() {
    let mut array = GrowableNd::<u64>::new([2]);
    let error = array.read_n_rows(usize::MAX / 2, &[1; 33][..]).unwrap_err();
    assert_eq!((array.rows(), error.rest()), (2, &[1][..]));
    let error = array.read_n_rows(usize::MAX / 32, &[1; 32][..]).unwrap_err();
    assert!(matches!(error, ReadError::TooFewRows { expected, found: 2, .. } if expected == usize::MAX / 32));
}

#[test]
fn rows_without_bytes_never_end_unless_they_are_counted() {
    let mut array = GrowableNd::<u64>::new([3, 0]);
    assert!(matches!(array.read_rows(io::repeat(1)), Err(ReadError::NoBytes)));
    array.read_n_rows(4, io::empty()).unwrap();
    assert_eq!(array.shape(), [4, 3, 0]);

    let mut array = GrowableNd::<()>::new([3]);
    assert!(matches!(array.read_rows(io::repeat(1)), Err(ReadError::NoBytes)));
    array.read_n_rows(3, io::empty()).unwrap();
    array.read_n_rows(1, io::empty()).unwrap();
    assert_eq!(array.as_slice(), [(); 12]);
    assert!(matches!(array.read_n_rows(usize::MAX, io::empty()), Err(ReadError::Array { .. })));
}

#[test]
fn errors_say_what_was_expected_and_found() {
    let mut array = GrowableNd::<u16>::with_capacity([2], 10);
    let text = |error: ReadError| error.to_string();
    assert_eq!(
        text(array.read_rows(&[0; 7][..]).unwrap_err()),
        "stream ended inside row 1: expected 4 bytes, found 3"
    );
    assert_eq!(
        text(array.read_n_rows(3, &[0; 8][..]).unwrap_err()),
        "stream ended: expected 3 rows, found 2"
    );
    let failing = Script::new(vec![0; 6], vec![Event::Give(6), Event::Fail]);
    let error = array.read_rows(failing).unwrap_err();
    assert_eq!(error.source().unwrap().to_string(), "the cable is cut");
    assert_eq!(text(error), "stream failed after 2 bytes of row 4");
    let lying = Script::new(vec![0; 6], vec![Event::Lie]);
    let free = 4 * (array.capacity() - array.rows());
    let error = array.read_rows(lying).unwrap_err();
    let says = format!("reader reports {} bytes for a buffer of {free}", free + 1);
    assert_eq!(error.source().unwrap().to_string(), says);
    assert_eq!(text(error), "stream failed after 0 bytes of row 4");

    let kind = |error: ReadError| io::Error::from(error).kind();
    assert_eq!(kind(array.read_rows(&[0; 7][..]).unwrap_err()), ErrorKind::UnexpectedEof);
    assert_eq!(kind(GrowableNd::<u8>::new([0]).read_rows(io::empty()).unwrap_err()), ErrorKind::InvalidInput);
    // Not a lack of memory.
    let misfit = array.push_row(&[1, 2, 3, 4, 5, 6, 7][..]).unwrap_err();
    assert_eq!(kind(misfit.into()), ErrorKind::InvalidInput);
    let failing = Script::new(vec![], vec![Event::Fail]);
    assert_eq!(io::Error::from(array.read_rows(failing).unwrap_err()).to_string(), "the cable is cut");
}

#[test]
fn the_rest_is_taken_out_of_every_error() {
    let mut array = GrowableNd::<u16>::new([2]);
    let failing = Script::new(vec![1, 2, 3, 4, 5], vec![Event::Give(5), Event::Fail]);
    let error = array.read_rows(failing).unwrap_err();
    assert!(matches!(error, ReadError::Io { .. }), "{error:?}");
    assert_eq!(error.into_rest(), [5]);
    let error = array.read_rows(&[6, 7, 8][..]).unwrap_err();
    assert!(matches!(error, ReadError::PartialRow { .. }), "{error:?}");
    assert_eq!(error.into_rest(), [6, 7, 8]);
    let error = array.read_n_rows(3, &[0; 4][..]).unwrap_err();
    assert!(matches!(error, ReadError::TooFewRows { .. }), "{error:?}");
    assert_eq!(error.into_rest(), [0; 0]);
    assert_eq!(array.rows(), 2);
}

/// The lengths of the writes to a writer.
struct Written(Vec<usize>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.push(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn all_bytes_are_written_at_once() {
    let array = GrowableNd::<u32>::full([1000, 300], 7);
    let mut written = Written(Vec::new());
    array.write_to(&mut written).unwrap();
    assert_eq!(written.0, [1_200_000]);
}

#[test]
fn what_is_written_is_read_again() {
    fn property((row_len, elements): (usize, Vec<i64>)) {
        let row_len = 1 + row_len % 7;
        let elements = elements[..elements.len() / row_len * row_len].to_vec();
        let array = GrowableNd::from_vec([row_len], elements).unwrap();
        let mut file = Vec::new();
        array.write_to(&mut file).unwrap();
        let mut again = GrowableNd::<i64>::new([row_len]);
        again.read_rows(&file[..]).unwrap();
        assert_eq!(again, array);
        assert_eq!(GrowableNd::<i64>::from_bytes([row_len], &file).unwrap(), array);
    }
    check(property as fn((usize, Vec<i64>)));
}
