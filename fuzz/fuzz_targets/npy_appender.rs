//! An appender on a file whose writes fail, and which other programs truncate and extend.
//!
//! The input chooses the file (new, written by NumPy, big-endian), the length of a row, and a
//! program of pushes, flushes, kills, write errors, and changes by other programs. Checked:
//!
//! - without other writers: whenever the program is killed, `recover` finds the first rows that
//!   were pushed, at least those of the last successful flush; `read_npy` finds the counted rows,
//! - a failed push or flush loses no row: once writes succeed again, the file is what NumPy would
//!   have written,
//! - if another program made the file longer or shorter, the next flush is an error and writes
//!   nothing.

#![cfg_attr(fuzzing, no_main)]

use growable_nd::{GrowableNd, NpyAppender, NpyError};
use growable_nd_fuzz::input::Input;
use std::cell::RefCell;
use std::io::{self, Cursor, ErrorKind, Read, Seek, SeekFrom, Write};
use std::rc::Rc;

growable_nd_fuzz::target!(run);

/// Steps of a program.
const MAX_STEPS: usize = 60;

fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let mut session = Session::start(&mut input);
    for _ in 0..MAX_STEPS {
        if input.is_empty() {
            break;
        }
        session.step(&mut input);
    }
    session.finish();
}

/// A file, and how it fails.
#[derive(Default)]
struct Disk {
    file: Cursor<Vec<u8>>,
    /// Maximum length of the file in bytes, if there is a limit. Existing bytes can be overwritten.
    space: Option<usize>,
    /// Maximum bytes of a write.
    piece: Option<usize>,
    /// Calls of the writer left before one fails.
    calls_left: Option<usize>,
    /// Whether every second write is interrupted.
    interrupts: bool,
    was_interrupted: bool,
    /// Whether a header may have been overwritten in part, for example by a write that failed
    /// later.
    is_torn: bool,
    /// Number of killed programs. They write nothing more.
    killed: usize,
}

impl Disk {
    fn call(&mut self, program: usize) -> io::Result<()> {
        if program < self.killed {
            return Err(ErrorKind::BrokenPipe.into());
        }
        if let Some(calls) = self.calls_left {
            self.calls_left = calls.checked_sub(1);
            if calls == 0 {
                return Err(ErrorKind::Other.into());
            }
        }
        Ok(())
    }

    /// Lets all further calls succeed.
    fn heal(&mut self) {
        (self.space, self.piece, self.calls_left, self.interrupts) = (None, None, None, false);
    }
}

/// The file as one program has it open.
struct Handle {
    disk: Rc<RefCell<Disk>>,
    program: usize,
}

impl Handle {
    fn new(disk: &Rc<RefCell<Disk>>) -> Self {
        Handle { disk: disk.clone(), program: disk.borrow().killed }
    }
}

impl Write for Handle {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let disk = &mut *self.disk.borrow_mut();
        disk.call(self.program)?;
        disk.was_interrupted = disk.interrupts && !disk.was_interrupted;
        if disk.was_interrupted {
            return Err(ErrorKind::Interrupted.into());
        }
        let position = usize::try_from(disk.file.position()).unwrap();
        let space = disk.space.map_or(usize::MAX, |space| space.max(disk.file.get_ref().len()));
        let len = bytes.len().min(disk.piece.unwrap_or(usize::MAX)).min(space.saturating_sub(position));
        if len == 0 && !bytes.is_empty() {
            return Err(ErrorKind::StorageFull.into());
        }
        disk.is_torn |= position < DATA_START && len < bytes.len();
        disk.file.write(&bytes[..len])
    }

    fn flush(&mut self) -> io::Result<()> {
        self.disk.borrow_mut().call(self.program)
    }
}

impl Read for Handle {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.disk.borrow_mut().file.read(buffer)
    }
}

impl Seek for Handle {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        let mut disk = self.disk.borrow_mut();
        disk.call(self.program)?;
        disk.file.seek(position)
    }
}

/// Offset of the elements in every file of these programs.
const DATA_START: usize = 128;

/// The elements of a row, which differ from row to row up to the maximum length of the array.
fn row(index: usize, len: usize) -> Vec<u16> {
    (0..len).map(|column| u16::try_from((index * 251 + column) % 65_536).unwrap()).collect()
}

fn rows(count: usize, len: usize) -> GrowableNd<u16> {
    GrowableNd::from_rows([len], (0..count).map(|index| row(index, len))).unwrap()
}

/// A file whose header begins with this text. The rows are in the byte order of the dtype.
fn file(text: &str, array: &GrowableNd<u16>, is_big_endian: bool) -> Vec<u8> {
    let width = DATA_START - 11;
    let mut file = [&b"\x93NUMPY\x01\x00\x76\x00"[..], format!("{text:<width$}\n").as_bytes()].concat();
    let bytes = |x: &u16| if is_big_endian { x.to_be_bytes() } else { x.to_le_bytes() };
    file.extend(array.as_slice().iter().flat_map(bytes));
    file
}

struct Session {
    disk: Rc<RefCell<Disk>>,
    appender: Option<NpyAppender<u16, Handle>>,
    row_len: usize,
    is_big_endian: bool,
    /// Number of rows that were pushed, and number of rows at the last successful flush.
    pushed: usize,
    flushed: usize,
    /// The file before other programs changed its length.
    others: Option<Vec<u8>>,
    /// Whether a call has failed since the last call that left the file complete.
    has_failed: bool,
    /// Whether a header that was overwritten in part was read again: its spaces may differ.
    was_torn: bool,
}

impl Session {
    fn start(input: &mut Input<'_>) -> Session {
        let row_len = input.pick(&[1, 2, 3, 0, 20_000]);
        let is_big_endian = input.below(2) == 1;
        let order = if is_big_endian { '>' } else { '<' };
        let count = input.pick(&[0, 1, 7, 9, 98, 99]);
        // Fewer rows if each has 40 kB.
        let count = if row_len > 3 { count.min(1) } else { count };
        let text =
            format!("{{'descr': '{order}u2', 'fortran_order': False, 'shape': ({count}, {row_len}), }}");
        let contents = file(&text, &rows(count, row_len), is_big_endian);
        let disk = Rc::new(RefCell::new(Disk::default()));
        let is_new = count == 0 && !is_big_endian;
        let appender = if is_new {
            NpyAppender::create(Handle::new(&disk), [row_len])
        } else {
            disk.borrow_mut().file = Cursor::new(contents.clone());
            NpyAppender::open(Handle::new(&disk))
        };
        let appender = Some(appender.unwrap());
        // The header as NumPy writes it.
        assert_eq!(*disk.borrow().file.get_ref(), contents);
        let (pushed, flushed) = (count, count);
        Session {
            disk,
            appender,
            row_len,
            is_big_endian,
            pushed,
            flushed,
            others: None,
            has_failed: false,
            was_torn: false,
        }
    }

    fn contents(&self) -> Vec<u8> {
        self.disk.borrow().file.get_ref().clone()
    }

    fn step(&mut self, input: &mut Input<'_>) {
        match input.below(16) {
            0..4 => self.push(1),
            4 => self.push(input.below(12)),
            5..8 => self.flush(),
            8 => {
                let space = self.contents().len() + input.below(3 * 2 * self.row_len.min(40) + 2);
                self.disk.borrow_mut().space = Some(space);
            }
            9 => self.disk.borrow_mut().piece = Some(input.below(12) + 1),
            10 => self.disk.borrow_mut().interrupts = input.below(2) == 1,
            11 => self.disk.borrow_mut().calls_left = Some(input.below(30)),
            12 | 13 => self.disk.borrow_mut().heal(),
            14 => self.kill(input.below(2) == 1),
            _ => self.change(input),
        }
        self.check_file();
    }

    fn push(&mut self, count: usize) {
        let Some(appender) = &mut self.appender else { return };
        // Long rows cause writes within a push; a few such rows are enough.
        let most = if self.row_len > 3 { 6 } else { usize::MAX };
        for _ in 0..count.min(most.saturating_sub(self.pushed)) {
            match appender.push_row(row(self.pushed, self.row_len)) {
                Ok(()) => self.pushed += 1,
                Err(error) => {
                    self.has_failed = true;
                    assert!(matches!(error, NpyError::Io(_) | NpyError::Changed { .. }), "{error}");
                    break;
                }
            }
            assert_eq!(appender.rows(), self.pushed);
        }
    }

    fn flush(&mut self) {
        let before = self.contents();
        let Some(appender) = &mut self.appender else { return };
        let result = appender.flush();
        assert_eq!(appender.rows(), self.pushed);
        match result {
            Ok(()) => {
                assert!(self.others.is_none());
                self.has_failed = false;
                self.disk.borrow_mut().is_torn = false;
                self.flushed = self.pushed;
            }
            Err(NpyError::Changed { .. }) => assert!(self.others.is_some()),
            Err(NpyError::Io(_)) => self.has_failed = true,
            Err(error) => panic!("{error}"),
        }
        assert!(self.others.is_none() || before == self.contents());
    }

    /// Makes the file longer or shorter, or restores it, as another program would.
    fn change(&mut self, input: &mut Input<'_>) {
        // After a failed write a change may go unnoticed: the appender cannot know how many bytes
        // were written.
        if self.has_failed || self.appender.is_none() {
            return;
        }
        let bytes = input.below(9) + 1;
        let mut disk = self.disk.borrow_mut();
        let file = disk.file.get_mut();
        match self.others.take() {
            Some(before) => *file = before,
            None => {
                self.others = Some(file.clone());
                let is_longer = input.below(2) == 1;
                file.resize(if is_longer { file.len() + bytes } else { file.len() - bytes }, 99);
            }
        }
    }

    /// Ends the program, with or without dropping the appender, and recovers the file in another
    /// one.
    fn kill(&mut self, drops: bool) {
        if self.others.is_some() {
            return;
        }
        if drops {
            self.appender = None;
        }
        self.disk.borrow_mut().killed += 1;
        self.appender = None;
        self.disk.borrow_mut().heal();
        self.disk.borrow_mut().file.set_position(0);
        match NpyAppender::recover(Handle::new(&self.disk)) {
            Ok((appender, found)) => {
                let shape_is_whole = appender.inner_shape() == [self.row_len];
                if self.disk.borrow().is_torn && (!shape_is_whole || self.row_len == 0) {
                    // As documented: the header was torn, so the rows cannot be checked. Rows
                    // without elements are counted by the header only.
                    return;
                }
                assert_eq!(appender.rows(), found.rows);
                assert!((self.flushed..=self.pushed).contains(&found.rows), "{found}");
                (self.pushed, self.flushed) = (found.rows, found.rows);
                self.has_failed = false;
                self.was_torn |= std::mem::take(&mut self.disk.borrow_mut().is_torn);
                self.appender = Some(appender);
            }
            Err(error) => assert!(self.disk.borrow().is_torn, "{error}"),
        }
    }

    /// Checks what another program finds now.
    fn check_file(&self) {
        let contents = self.contents();
        if self.others.is_some() || self.appender.is_none() || self.disk.borrow().is_torn {
            return;
        }
        let array = GrowableNd::<u16>::read_npy(&contents[..]).unwrap();
        let found = NpyAppender::<u16, _>::recover(Cursor::new(contents.clone())).unwrap().1;
        assert!(array.rows() >= self.flushed && array.rows() <= found.rows && found.rows <= self.pushed);
        assert_eq!(array, rows(array.rows(), self.row_len));
    }

    fn finish(mut self) {
        let Some(appender) = self.appender.take() else { return };
        let mut disk = self.disk.borrow_mut();
        disk.heal();
        if let Some(before) = self.others.take() {
            *disk.file.get_mut() = before;
        }
        drop(disk);
        appender.finish().unwrap();
        let array = rows(self.pushed, self.row_len);
        let order = if self.is_big_endian { '>' } else { '<' };
        let shape = format!("({}, {})", self.pushed, self.row_len);
        let text = format!("{{'descr': '{order}u2', 'fortran_order': False, 'shape': {shape}, }}");
        let expected = file(&text, &array, self.is_big_endian);
        let contents = self.contents();
        if self.was_torn {
            // `(9, 3)` that becomes `(10, 3)`, torn after the comma, is `(10,3)`.
            assert_eq!(GrowableNd::<u16>::read_npy(&contents[..]).unwrap(), array);
            assert!(contents[DATA_START..].starts_with(&expected[DATA_START..]), "other rows");
        } else {
            assert!(contents.starts_with(&expected), "{} bytes, expected {}", contents.len(), expected.len());
        }
        // After a kill, a part of a row may follow the whole rows.
        assert!(contents.len() < expected.len() + 2 * self.row_len.max(1));
    }
}
