use crate::support::{Element, file, padded, read, text};
use growable_nd::{GrowableNd, NpyAppender, NpyError};
use std::cell::{Cell, RefCell};
use std::io::{self, Cursor, ErrorKind, Read, Seek, SeekFrom, Write};
use std::rc::Rc;

/// A disk of `space` bytes. Existing bytes can be overwritten when it is full.
#[derive(Clone)]
struct Disk {
    file: Rc<RefCell<Cursor<Vec<u8>>>>,
    space: Rc<Cell<usize>>,
    /// Maximum bytes per write.
    piece: usize,
    /// Whether the next write is interrupted.
    interrupts: bool,
}

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.interrupts = !self.interrupts;
        if self.interrupts {
            return Err(ErrorKind::Interrupted.into());
        }
        let mut file = self.file.borrow_mut();
        let space = self.space.get().saturating_sub(file.position() as usize);
        if space == 0 {
            return Err(ErrorKind::StorageFull.into());
        }
        file.write(&bytes[..space.min(self.piece).min(bytes.len())])
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Disk {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.borrow_mut().read(buffer)
    }
}

impl Seek for Disk {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.file.borrow_mut().seek(position)
    }
}

/// A file of `rows` rows of three elements, in the byte order of the dtype.
fn numbers(dtype: &str, rows: u16) -> Vec<u8> {
    let data: Vec<u8> = (0..rows * 3).flat_map(|x| x.bytes(dtype.starts_with('>'))).collect();
    file(&padded(&text(&format!("'{dtype}'"), false, &format!("({rows}, 3)")), 118), &data)
}

fn row(index: u16) -> [u16; 3] {
    [3 * index, 3 * index + 1, 3 * index + 2]
}

/// Whole rows are counted, the others stay in memory, and once there is space again no row is lost
/// or doubled.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn whole_rows_are_counted_wherever_a_write_fails() {
    // Elements as they are in memory, and elements that must be encoded.
    for dtype in ["<u2", ">u2"] {
        for (piece, space) in
            [1, 5, usize::MAX].into_iter().flat_map(|piece| (128..205).map(move |k| (piece, k)))
        {
            let disk = Disk {
                file: Rc::new(RefCell::new(Cursor::new(numbers(dtype, 0)))),
                space: Rc::new(Cell::new(space)),
                piece,
                interrupts: false,
            };
            let mut appender = NpyAppender::open(disk.clone()).unwrap();
            (0..12).for_each(|index| appender.push_row(row(index)).unwrap());
            for rows in [12_usize, 13] {
                let whole = 128 + 6 * rows;
                match appender.flush() {
                    Ok(()) => assert!(space >= whole),
                    Err(NpyError::Io(error)) => {
                        assert!(error.kind() == ErrorKind::StorageFull && space < whole);
                    }
                    Err(error) => panic!("{error}"),
                }
                assert_eq!(appender.rows(), rows);

                let mut contents = disk.file.borrow().get_ref().clone();
                assert_eq!(contents.len(), space.min(whole));
                let (arrived, rest) = ((contents.len() - 128) / 6, (contents.len() - 128) % 6);
                let array = read::<u16>(&contents).unwrap();
                assert_eq!(array, GrowableNd::from_rows([3], (0..arrived as u16).map(row)).unwrap());
                match NpyAppender::<u16, _>::open(Cursor::new(&mut contents)) {
                    Ok(opened) => assert_eq!((opened.rows(), rest), (arrived, 0)),
                    Err(NpyError::Uncounted { rows: 0, bytes, .. }) => assert_eq!(bytes, rest as u64),
                    Err(error) => panic!("{error}"),
                }
                if rows == 12 {
                    appender.push_row(row(12)).unwrap();
                }
            }
            disk.space.set(usize::MAX);
            appender.push_row(row(13)).unwrap();
            appender.finish().unwrap();
            assert_eq!(*disk.file.borrow().get_ref(), numbers(dtype, 14), "{dtype} {piece} {space}");
        }
    }
}

/// When the number of rows gets another digit, a header of which only the first bytes were written
/// is refused, or still describes these rows.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn headers_that_grow_are_torn_at_each_byte() {
    let header = |shape: &str| file(&padded(&text("'|u1'", false, shape), 118), &[]);
    let mut refused = 0;
    for (old, new) in [("9", "10"), ("99", "100"), ("8", "11")] {
        for inner in ["1)", "2)", "3, 4)", ")", "2, 1, 5)"] {
            let shape = |rows| if inner == ")" { format!("({rows},)") } else { format!("({rows}, {inner}") };
            let (old, new) = (header(&shape(old)), header(&shape(new)));
            let extents: Vec<usize> =
                inner.trim_end_matches(')').split(", ").filter_map(|extent| extent.parse().ok()).collect();
            let data = vec![7; 120 * extents.iter().product::<usize>()];
            for cut in 0..=128 {
                let torn = [&new[..cut], &old[cut..], &data].concat();
                let mut recovered = torn.clone();
                let result = NpyAppender::<u8, _>::recover(Cursor::new(&mut recovered));
                match result.map(|(appender, found)| (appender.inner_shape().to_vec(), found.rows)) {
                    Ok(found) => assert_eq!(found, (extents.clone(), 120)),
                    Err(NpyError::Header { .. }) => {
                        assert_eq!(recovered, torn);
                        refused += 1;
                        assert!(NpyAppender::<u8, _>::open_overwriting(Cursor::new(&mut recovered)).is_err());
                    }
                    Err(error) => panic!("{error}"),
                }
            }
        }
    }
    assert!(refused >= 15, "{refused}");
    let cut = file(&padded(&text("'|u1'", false, "(10, )"), 118), &[7; 20]);
    assert_eq!(read::<u8>(&cut).unwrap().shape(), [10]);
    let error = NpyAppender::<u8, _>::recover(Cursor::new(cut)).unwrap_err();
    let message = "invalid .npy header: expected a complete shape, found \", )\"";
    assert_eq!(error.to_string(), message);
}

/// A file that ignores seeks to a byte once it is stuck.
struct Stuck<'a>(Cursor<&'a mut Vec<u8>>, &'a Cell<bool>);

impl Write for Stuck<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Stuck<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Seek for Stuck<'_> {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        match position {
            SeekFrom::Start(_) if self.1.get() => self.0.stream_position(),
            position => self.0.seek(position),
        }
    }
}

#[test]
fn writers_that_are_elsewhere_are_given_no_rows() {
    let before = [numbers("<u2", 1), vec![9; 4]].concat();
    let (mut file, is_stuck) = (before.clone(), Cell::new(false));
    let mut appender = NpyAppender::open_overwriting(Stuck(Cursor::new(&mut file), &is_stuck)).unwrap();
    appender.push_row(row(1)).unwrap();
    is_stuck.set(true);
    let Err(NpyError::Io(error)) = appender.finish() else { panic!("accepted") };
    assert_eq!(error.to_string(), "writer is at byte 138 after a seek to byte 134");
    assert_eq!(file, before);
}
