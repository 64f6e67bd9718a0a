use crate::support::{read, written};
use growable_nd::{GrowableNd, NpyAppender, NpyError};
use std::cell::{Cell, RefCell};
use std::io::{self, Cursor, Seek, SeekFrom, Write};
use std::rc::Rc;

/// The power fails while the number of rows is overwritten: each byte may be the old or the new
/// one.
#[test]
fn numbers_of_which_some_digits_were_written() {
    for (before, now) in [(1, 9), (10, 99), (19, 20), (123, 456), (1999, 2000), (4095, 8999)] {
        let header_of = |rows| written(&GrowableNd::<u8>::zeros([rows, 2]))[..128].to_vec();
        let (old, new) = (header_of(before), header_of(now));
        let differing: Vec<usize> = (0..128).filter(|&at| old[at] != new[at]).collect();
        assert!((1..=4).contains(&differing.len()));
        let rows: GrowableNd<u8> = (0..now).map(|row| [row.to_le_bytes()[0], 7]).collect();
        // All rows, some of them, and a part of another.
        for bytes in [2 * now, 2 * before + 1, 2 * now + 1] {
            for written_bytes in 0..1_usize << differing.len() {
                let mut torn = [&old[..], rows.as_slice(), &[7]].concat();
                torn.truncate(128 + bytes);
                for (bit, &at) in differing.iter().enumerate() {
                    if written_bytes >> bit & 1 == 1 {
                        torn[at] = new[at];
                    }
                }
                let (appender, found) = NpyAppender::<u8, _>::recover(Cursor::new(&mut torn)).unwrap();
                assert_eq!((found.rows, found.rest), (bytes / 2, bytes as u64 % 2));
                appender.finish().unwrap();
                assert_eq!(read::<u8>(&torn).unwrap().as_slice(), &rows.as_slice()[..bytes / 2 * 2]);
            }
        }
    }
}

/// A file to which another program appends bytes at a certain call.
#[derive(Clone)]
struct Shared {
    file: Rc<RefCell<Cursor<Vec<u8>>>>,
    /// Calls left until then, and the bytes.
    other: Rc<Cell<(usize, usize)>>,
}

impl Shared {
    fn call(&self) {
        let (calls, bytes) = self.other.get();
        if calls == 1 {
            let mut file = self.file.borrow_mut();
            let len = file.get_ref().len();
            file.get_mut().resize(len + bytes, 99);
        }
        self.other.set((calls.saturating_sub(1), bytes));
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.call();
        self.file.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.call();
        Ok(())
    }
}

impl Seek for Shared {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.call();
        self.file.borrow_mut().seek(position)
    }
}

/// Whenever another program appends, this appender does not count its own rows over the appended
/// ones.
#[test]
fn something_else_writes_at_each_moment_of_a_flush() {
    let mut noticed = 0;
    for calls in 1.. {
        let shared = Shared { file: Rc::default(), other: Rc::default() };
        let mut appender = NpyAppender::create(shared.clone(), [2]).unwrap();
        appender.push_row([1_u8, 2]).unwrap();
        appender.flush().unwrap();
        appender.push_row([3, 4]).unwrap();
        shared.other.set((calls, 5));
        let result = appender.flush();
        let count = read::<u8>(shared.file.borrow().get_ref()).unwrap().rows();
        match result {
            // The change came after the last check of the file's end, so the next flush reports it.
            Ok(()) => {
                assert_eq!(count, 2);
                if shared.other.get().0 > 0 {
                    break;
                }
                appender.push_row([5, 6]).unwrap();
                assert!(matches!(appender.flush(), Err(NpyError::Changed { .. })));
            }
            Err(NpyError::Changed { .. }) => {
                assert_eq!(count, 1);
                noticed += 1;
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert!(noticed >= 5, "{noticed}");
}
