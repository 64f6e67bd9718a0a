use crate::support::{file, padded, text, written};
use bytemuck::Pod;
use growable_nd::{AxisRange, GrowableNd, NpyAppender, NpyElement, NpyError, NpyHeader};
use std::cell::RefCell;
use std::fmt::Debug;
use std::io::{self, Cursor, ErrorKind, Read, Seek, SeekFrom, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

/// A fault of a reader or a writer, which occurs once, or many times for interruptions.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    Interrupted,
    WouldBlock,
    /// Nothing is read or written once.
    Zero,
    /// This many bytes more are reported than there were.
    More(usize),
}

const FAULTS: [Fault; 5] =
    [Fault::Interrupted, Fault::WouldBlock, Fault::Zero, Fault::More(1), Fault::More(usize::MAX)];

/// Number of consecutive interruptions.
const INTERRUPTIONS: usize = 1000;

/// A fault after some bytes.
#[derive(Clone, Copy)]
struct Faulty {
    fault: Fault,
    after: usize,
    times: usize,
}

impl Faulty {
    fn new(fault: Fault, after: usize) -> Self {
        let times = if fault == Fault::Interrupted { INTERRUPTIONS } else { 1 };
        Faulty { fault, after, times }
    }

    /// Returns the faulty result of a call for `len` bytes, if this call is faulty.
    fn call(&mut self, done: usize, len: usize) -> Option<io::Result<usize>> {
        if done < self.after || self.times == 0 {
            return None;
        }
        self.times -= 1;
        Some(match self.fault {
            Fault::Interrupted => Err(ErrorKind::Interrupted.into()),
            Fault::WouldBlock => Err(ErrorKind::WouldBlock.into()),
            Fault::Zero => Ok(0),
            Fault::More(more) => Ok(len.saturating_add(more)),
        })
    }
}

/// Yields one byte at a time.
struct Reader<'a> {
    bytes: &'a [u8],
    given: usize,
    faulty: Faulty,
}

impl Read for Reader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(result) = self.faulty.call(self.given, buffer.len()) {
            return result;
        }
        match (self.bytes.get(self.given), buffer.first_mut()) {
            (Some(&byte), Some(first)) => {
                *first = byte;
                self.given += 1;
                Ok(1)
            }
            _ => Ok(0),
        }
    }
}

/// A function that reads, and returns the result as text.
type Reading = fn(&mut Reader<'_>) -> io::Result<String>;

fn rows_of<T: Pod + Debug>(reader: &mut Reader<'_>) -> io::Result<String> {
    let mut array = GrowableNd::<T>::with_capacity([2], 3);
    let result = catch_unwind(AssertUnwindSafe(|| array.read_rows(&mut *reader)));
    // In any case.
    assert_eq!(array.as_slice().len(), 2 * array.rows());
    let Ok(result) = result else { return Err(io::Error::new(ErrorKind::InvalidData, "panicked")) };
    match result {
        Ok(_) => {
            // The stream may end between any two rows.
            let whole = reader.given == reader.bytes.len();
            if whole { Ok(format!("{array:?}")) } else { Err(ErrorKind::UnexpectedEof.into()) }
        }
        Err(error) => {
            let row_bytes = 2 * size_of::<T>();
            assert_eq!(array.rows() * row_bytes + error.rest().len(), reader.given);
            Err(error.into())
        }
    }
}

fn n_rows_of<T: Pod + Debug>(reader: &mut Reader<'_>) -> io::Result<String> {
    let mut array = GrowableNd::<T>::new([2]);
    let rows = reader.bytes.len() / (2 * size_of::<T>());
    let result = catch_unwind(AssertUnwindSafe(|| array.read_n_rows(rows, &mut *reader)));
    assert_eq!(array.as_slice().len(), 2 * array.rows());
    let Ok(result) = result else { return Err(io::Error::new(ErrorKind::InvalidData, "panicked")) };
    Ok(result.map(|()| format!("{array:?}"))?)
}

fn array_of<T: NpyElement + Debug>(reader: &mut Reader<'_>) -> io::Result<String> {
    Ok(GrowableNd::<T>::read_npy(reader).map(|array| format!("{array:?}"))?)
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn readers() {
    let npy = |dtype: &str, data: &[u8]| {
        let size = data.len() / 4;
        assert_eq!(data.len(), 4 * size);
        file(&padded(&text(dtype, false, "(2, 2)"), 70), data)
    };
    let header = padded(&text("'<f8'", true, "(3, 2)"), 70);
    let table: [(&str, Reading, Vec<u8>); 14] = [
        ("rows of u8", rows_of::<u8>, (0..20).collect()),
        ("rows of u16", rows_of::<u16>, (0..40).collect()),
        ("n rows of u8", n_rows_of::<u8>, (0..20).collect()),
        ("n rows of u16", n_rows_of::<u16>, (0..40).collect()),
        ("u8", array_of::<u8>, npy("'|u1'", &[1, 2, 3, 4])),
        ("bool", array_of::<bool>, npy("'|b1'", &[1, 0, 0, 1])),
        ("u16", array_of::<u16>, npy("'<u2'", &[1, 2, 3, 4, 5, 6, 7, 8])),
        ("turned u16", array_of::<u16>, npy("'>u2'", &[1, 2, 3, 4, 5, 6, 7, 8])),
        ("f16", array_of::<f32>, npy("'<f2'", &[1, 2, 3, 4, 5, 6, 7, 8])),
        ("bytes", array_of::<Vec<u8>>, npy("'|S2'", b"abcdefgh")),
        ("text", array_of::<String>, npy("'<U1'", b"a\0\0\0b\0\0\0c\0\0\0d\0\0\0")),
        (
            "converted",
            |reader| Ok(GrowableNd::<f64>::read_npy_as(reader).map(|array| format!("{array:?}"))?),
            npy("'|i1'", &[1, 2, 3, 255]),
        ),
        ("header", |reader| Ok(NpyHeader::read(reader)?.to_string()), file(&header, &[])),
        ("later header", |reader| Ok(NpyHeader::read(reader)?.to_string()), {
            crate::support::later_file(2, &header, &[])
        }),
    ];
    for (name, reading, bytes) in table {
        let read = |fault, after| {
            let mut reader = Reader { bytes: &bytes, given: 0, faulty: Faulty::new(fault, after) };
            let result = reading(&mut reader);
            (result, reader.given)
        };
        let (expected, given) = read(Fault::WouldBlock, usize::MAX);
        let expected = expected.unwrap();
        assert_eq!(given, bytes.len(), "{name}");
        for fault in FAULTS {
            for after in 0..bytes.len() {
                let (result, given) = read(fault, after);
                let at = format!("{name}: {fault:?} after {after} bytes: {result:?}");
                if fault == Fault::Interrupted {
                    assert_eq!((result.unwrap(), given), (expected.clone(), bytes.len()));
                    continue;
                }
                let kind = result.unwrap_err().kind();
                assert_eq!(given, after, "{at}");
                match fault {
                    Fault::WouldBlock => assert_eq!(kind, ErrorKind::WouldBlock, "{at}"),
                    // A part of the magic bytes does not begin a `.npy` file.
                    Fault::Zero if (1..6).contains(&after) && !name.contains("rows") => {
                        assert_eq!(kind, ErrorKind::InvalidData, "{at}");
                    }
                    Fault::Zero => assert_eq!(kind, ErrorKind::UnexpectedEof, "{at}"),
                    _ => assert_eq!(kind, ErrorKind::InvalidData, "{at}"),
                }
            }
        }
    }
}

/// A file that takes a few bytes at a time.
#[derive(Clone)]
struct Writer {
    file: Rc<RefCell<Cursor<Vec<u8>>>>,
    state: Rc<RefCell<(usize, Faulty)>>,
}

impl Writer {
    fn new(contents: &[u8], fault: Fault, after: usize) -> Self {
        let file = Rc::new(RefCell::new(Cursor::new(contents.to_vec())));
        Writer { file, state: Rc::new(RefCell::new((0, Faulty::new(fault, after)))) }
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let (done, faulty) = &mut *self.state.borrow_mut();
        if let Some(result) = faulty.call(*done, bytes.len()) {
            return result;
        }
        let written = self.file.borrow_mut().write(&bytes[..bytes.len().min(5)])?;
        *done += written;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Writer {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.borrow_mut().read(buffer)
    }
}

impl Seek for Writer {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.file.borrow_mut().seek(position)
    }
}

/// Pushes two rows. If the first flush fails, the second writes the missing bytes. Returns the
/// result of the first flush, and whether the file is complete.
fn append(appender: Result<NpyAppender<u16, Writer>, NpyError>) -> (io::Result<()>, bool) {
    let mut appender = match appender {
        Ok(appender) => appender,
        Err(error) => return (Err(error.into()), false),
    };
    appender.extend_rows([[1, 2], [3, 4]]).unwrap();
    let flushed = appender.flush();
    appender.finish().unwrap();
    (flushed.map_err(io::Error::from), true)
}

/// Returns the result, and whether the file is complete.
fn once(result: Result<(), impl Into<io::Error>>) -> (io::Result<()>, bool) {
    let whole = result.is_ok();
    (result.map_err(Into::into), whole)
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn writers() {
    let whole = written(&GrowableNd::from([[9_u16, 9]]));
    let cut = [&whole[..], &[7; 5]].concat();
    type Writing = fn(Writer) -> (io::Result<()>, bool);
    let table: [(&str, Writing, &[u8]); 6] = [
        ("rows", |writer| once(GrowableNd::from([[1_u16, 2], [3, 4]]).write_to(writer)), &[]),
        ("native", |writer| once(GrowableNd::from([[1_u16, 2], [3, 4]]).write_npy(writer)), &[]),
        (
            "encoded",
            |writer| {
                let array = GrowableNd::from([[1_u16, 0, 2], [3, 0, 4]]);
                once(array.view::<2>().slice((.., (..).step(2))).write_npy(writer))
            },
            &[],
        ),
        ("created", |writer| append(NpyAppender::create(writer, [2])), &[]),
        ("opened", |writer| append(NpyAppender::open(writer)), &whole),
        ("recovered", |writer| append(NpyAppender::recover(writer).map(|found| found.0)), &cut),
    ];
    for (name, writing, contents) in table {
        let write = |fault, after| {
            let writer = Writer::new(contents, fault, after);
            let (result, is_whole) = writing(writer.clone());
            let done = writer.state.borrow().0;
            (result, done, is_whole.then(|| writer.file.borrow().get_ref().clone()))
        };
        let is_written_once = matches!(name, "rows" | "native" | "encoded");
        let (result, total, expected) = write(Fault::Zero, usize::MAX);
        result.unwrap();
        for fault in FAULTS {
            // The last call writes some of the last five bytes.
            for after in 0..total - 4 {
                let (result, done, contents) = write(fault, after);
                let at = format!("{name}: {fault:?} after {after} bytes: {result:?}");
                assert!(contents.is_none() && done >= after || contents == expected, "{at}");
                // An appender that was created can continue.
                assert!(contents.is_some() || after < 128 || is_written_once, "{at}");
                let kind = result.map_err(|error| error.kind());
                match fault {
                    Fault::Interrupted => assert_eq!((kind, contents.is_some()), (Ok(()), true), "{at}"),
                    Fault::WouldBlock => assert_eq!(kind, Err(ErrorKind::WouldBlock), "{at}"),
                    Fault::Zero => assert_eq!(kind, Err(ErrorKind::WriteZero), "{at}"),
                    Fault::More(_) => assert_eq!(kind, Err(ErrorKind::InvalidData), "{at}"),
                }
            }
        }
    }
}

/// Always reports position zero.
struct Lost;

impl Write for Lost {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Lost {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Ok(0)
    }
}

#[test]
fn a_writer_that_does_not_know_where_it_is() {
    let mut appender = NpyAppender::create(Lost, [2]).unwrap();
    appender.push_row([1, 2]).unwrap();
    assert!(appender.finish().is_err());
    let mut appender = NpyAppender::create(Lost, [0]).unwrap();
    appender.push_row([0_u8; 0]).unwrap();
    // Rows without bytes do not move the position, but the header does.
    assert!(matches!(appender.finish(), Err(NpyError::AppendMode)));
}
