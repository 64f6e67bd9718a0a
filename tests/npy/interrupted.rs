use crate::support::{file, later_file, padded, read, text, written};
use growable_nd::{GrowableNd, NpyAppender, NpyError};
use std::cell::{Cell, RefCell};
use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::mem;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A shared file on a disk with space for a number of further bytes; overwritten bytes count as
/// well.
#[derive(Clone, Default)]
struct Disk {
    file: Rc<RefCell<Cursor<Vec<u8>>>>,
    bytes_left: Rc<Cell<Option<usize>>>,
    /// Copies of the file after each write.
    copies: Rc<RefCell<Vec<Vec<u8>>>>,
    /// Maximum bytes of elements per write.
    piece: Option<usize>,
}

impl Disk {
    fn contents(&self) -> Vec<u8> {
        self.file.borrow().get_ref().clone()
    }
}

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut file = self.file.borrow_mut();
        let mut len = bytes.len();
        if let Some(piece) = self.piece.filter(|_| file.position() >= 128) {
            len = len.min(piece);
        }
        if let Some(left) = self.bytes_left.get() {
            if left == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            len = len.min(left);
            self.bytes_left.set(Some(left - len));
        }
        let len = file.write(&bytes[..len])?;
        if self.piece.is_some() {
            self.copies.borrow_mut().push(file.get_ref().clone());
        }
        Ok(len)
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

/// Fails after each number of written bytes in `limits`, and then has space again.
fn full_after_each(limits: impl Iterator<Item = usize>, rows: u8, row_len: usize, flush_each: u8) {
    let expected =
        written(&GrowableNd::from_rows([row_len], (0..rows).map(|row| vec![row; row_len])).unwrap());
    for limit in limits {
        let disk = Disk::default();
        let mut appender = NpyAppender::create(disk.clone(), [row_len]).unwrap();
        disk.bytes_left.set(Some(limit));
        let mut failures = 0;
        let mut make_space = |error: NpyError| {
            assert!(
                matches!(&error, NpyError::Io(error) if error.kind() == io::ErrorKind::StorageFull),
                "{error}"
            );
            failures += 1;
            disk.bytes_left.set(None);
        };
        for row in 0..rows {
            while let Err(error) = appender.push_row(vec![row; row_len]) {
                make_space(error);
            }
            if row % flush_each == 0 {
                while let Err(error) = appender.flush() {
                    make_space(error);
                }
            }
        }
        while let Err(error) = appender.flush() {
            make_space(error);
        }
        appender.finish().unwrap();
        assert!(disk.contents() == expected, "full after {limit} bytes");
        // With enough space nothing fails.
        assert!(failures == 1 || limit > 100, "{limit}: {failures}");
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn a_disk_that_is_full_after_each_number_of_bytes() {
    full_after_each(0..900, 12, 3, 3);
    full_after_each(0..500, 12, 3, 100);
    // A batch of two rows is written by the next push.
    full_after_each((0..600_000).step_by(7919), 12, 40_000, 100);
}

/// Whenever the program is killed, no flushed row is lost, and whole rows can be recovered.
#[test]
fn killed_after_each_write() {
    let rows: Vec<[u8; 3]> = (0..40).map(|row| [row, row + 1, row + 2]).collect();
    let expected = written(&rows.iter().collect::<GrowableNd<u8>>());
    let disk = Disk { piece: Some(4), ..Disk::default() };
    let mut appender = NpyAppender::create(disk.clone(), [3]).unwrap();
    let mut flushed = vec![0; disk.copies.borrow().len()];
    for (index, row) in rows.iter().enumerate() {
        appender.push_row(row).unwrap();
        if index % 3 == 2 {
            appender.flush().unwrap();
            // During these writes only the rows of the previous flush are safe.
            flushed.resize(disk.copies.borrow().len(), index - 2);
        }
    }
    mem::forget(appender);
    let copies = disk.copies.take();
    assert!(copies.len() > 50, "{} writes", copies.len());
    for (copy, flushed) in copies.into_iter().zip(flushed) {
        let found = read::<u8>(&copy).unwrap();
        assert!(found.rows() >= flushed);
        assert!(found.iter_rows().eq(rows.iter().take(found.rows())));

        let stored = copy.len() - 128;
        let mut file = Cursor::new(copy);
        let (mut appender, report) = NpyAppender::<u8, _>::recover(&mut file).unwrap();
        assert_eq!((report.counted, report.rows, report.rest), (found.rows(), stored / 3, stored as u64 % 3));
        appender.extend_rows(&rows[report.rows..]).unwrap();
        appender.finish().unwrap();
        assert!(*file.get_ref() == expected);
    }
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn opened(path: &Path) -> File {
    File::options().read(true).write(true).open(path).unwrap()
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn two_appenders_on_one_file() {
    let path = path("two-appenders.npy");
    fs::write(&path, written(&GrowableNd::from([0_u8]))).unwrap();
    let mut first = NpyAppender::<u8, _>::open(opened(&path)).unwrap();
    let mut second = NpyAppender::<u8, _>::open(opened(&path)).unwrap();
    first.extend_rows(1..=10).unwrap();
    second.extend_rows(21..=25).unwrap();
    first.flush().unwrap();
    let error = second.flush().unwrap_err();
    assert_eq!(
        error.to_string(),
        "file was changed by something else: expected its end at byte 129, found it at 139"
    );
    // Far more than the buffer holds.
    assert!(matches!(second.extend_rows([7; 1 << 17]), Err(NpyError::Changed { .. })));
    drop(second);
    first.push_row(11).unwrap();
    first.finish().unwrap();
    assert_eq!(read::<u8>(&fs::read(&path).unwrap()).unwrap(), (0..=11).collect::<GrowableNd<u8>>());
}

#[test]
fn files_that_are_cut_or_grown_under_an_appender() {
    let path = path("cut-or-grown.npy");
    for len in [0, 50, 128, 138, 139, 141, 200] {
        let mut appender = NpyAppender::create(File::create(&path).unwrap(), []).unwrap();
        appender.extend_rows(0..12_u8).unwrap();
        appender.sync().unwrap();
        let whole = fs::read(&path).unwrap();
        assert_eq!(whole.len(), 140);
        opened(&path).set_len(len).unwrap();
        let changed = fs::read(&path).unwrap();
        // Even if there is nothing to write.
        for row in [None, Some(12), Some(13)] {
            if let Some(row) = row {
                appender.push_row(row).unwrap();
            }
            let Err(NpyError::Changed { expected: 140, found, .. }) = appender.flush() else {
                panic!("{len}")
            };
            assert_eq!(found, len);
            assert!(matches!(appender.sync(), Err(NpyError::Changed { .. })));
            assert_eq!(fs::read(&path).unwrap(), changed);
        }
        // Once the file is repaired, all rows are written.
        fs::write(&path, whole).unwrap();
        appender.finish().unwrap();
        assert_eq!(read::<u8>(&fs::read(&path).unwrap()).unwrap(), (0..14).collect::<GrowableNd<u8>>());
    }
}

/// Cut at each byte, and extended by each number of bytes.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn files_of_each_length_are_recovered() {
    let whole = written(&GrowableNd::from([[1_u16, 2, 3]; 5]));
    let start = whole.len() - 30;
    for len in start..whole.len() + 20 {
        let mut cut = whole.clone();
        cut.resize(len, 9);
        let opened = NpyAppender::<u16, _>::open(Cursor::new(&mut cut));
        match opened.map(|appender| appender.rows()) {
            Ok(rows) => assert_eq!((rows, len), (5, whole.len())),
            Err(NpyError::Elements { expected: 15, found, .. }) => assert_eq!(found, (len - start) / 2),
            Err(NpyError::Uncounted { rows, bytes, .. }) => {
                assert_eq!((rows, bytes), ((len - whole.len()) as u64 / 6, (len - whole.len()) as u64));
            }
            Err(error) => panic!("{error}"),
        }
        let before = cut.clone();
        let (appender, found) = NpyAppender::<u16, _>::recover(Cursor::new(&mut cut)).unwrap();
        assert_eq!((found.counted, found.rows, found.rest), (5, (len - start) / 6, (len - start) as u64 % 6));
        assert_eq!(appender.rows(), found.rows);
        drop(appender);
        // Only the number of rows has changed.
        assert_eq!(cut[start..], before[start..]);
        let array = read::<u16>(&cut).unwrap();
        assert_eq!(array.shape(), [found.rows, 3]);
        assert!(array.iter_rows().take(5).all(|row| row == [1, 2, 3]));
        // The next row overwrites the bytes of the rest.
        let (mut appender, again) = NpyAppender::<u16, _>::recover(Cursor::new(&mut cut)).unwrap();
        assert_eq!((again.counted, again.rows, again.rest), (found.rows, found.rows, found.rest));
        appender.push_row([4, 5, 6]).unwrap();
        appender.finish().unwrap();
        assert_eq!(read::<u16>(&cut).unwrap().row(found.rows), [4, 5, 6]);
        assert!(NpyAppender::<u16, _>::open(Cursor::new(&mut cut)).is_ok());
    }
}

#[test]
fn files_that_cannot_be_recovered_are_left_as_they_are() {
    let refused = |file: Vec<u8>| {
        let mut cursor = Cursor::new(file.clone());
        let error = NpyAppender::<u8, _>::recover(&mut cursor).unwrap_err();
        assert_eq!(cursor.into_inner(), file);
        error
    };
    let two = [written(&GrowableNd::from([1_u8])), written(&GrowableNd::from([2_u8]))].concat();
    assert!(matches!(refused(two), NpyError::NotLast));
    let short = file("{'descr':'|u1','fortran_order':False,'shape':(1,)}\n", &[7; 1000]);
    assert!(matches!(refused(short), NpyError::HeaderTooShort { rows: 1000, .. }));
    // Without a newline there is no space for another digit, not even for zero rows.
    for data in [&[][..], &[7]] {
        let full = file("{'descr':'|u1','fortran_order':False,'shape':(9,2)}", data);
        assert!(matches!(refused(full), NpyError::HeaderTooShort { rows: 0, .. }));
    }
    let turned = file(&padded(&text("'|u1'", true, "(2, 2)"), 100), &[7; 3]);
    assert!(matches!(refused(turned), NpyError::Order));
    // The header alone determines the number of rows without bytes.
    let mut empty = file(&padded(&text("'|u1'", false, "(7, 0)"), 100), b"more");
    let (appender, found) = NpyAppender::<u8, _>::recover(Cursor::new(&mut empty)).unwrap();
    assert_eq!((appender.rows(), found.counted, found.rows, found.rest), (7, 7, 7, 4));
}

/// Padded as by `NumPy` up to 1.13 and many other writers: to a multiple of 16 bytes, or not at
/// all.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn headers_of_others_count_as_many_rows_as_they_have_digits_for() {
    let data: Vec<u8> = (0..6).flat_map(|x| f64::from(x).to_le_bytes()).collect();
    let mut old = Cursor::new(file(&padded(&text("'<f8'", false, "(2, 3)"), 70), &data));
    let mut appender = NpyAppender::<f64, _>::open(&mut old).unwrap();
    appender.push_row([6.0, 7.0, 8.0]).unwrap();
    appender.finish().unwrap();
    let grown: Vec<u8> = (0..9).flat_map(|x| f64::from(x).to_le_bytes()).collect();
    assert_eq!(old.into_inner(), file(&padded(&text("'<f8'", false, "(3, 3)"), 70), &grown));

    let numpy = text("'|u1'", false, "(8,)");
    for (dictionary, compact) in
        [(numpy.as_str(), false), ("{'descr':'|u1','fortran_order':False,'shape':(8,)}", true)]
    {
        for free in 0..9 {
            let text = padded(dictionary, dictionary.len() + 1 + free);
            for make in [|text: &str| file(text, &[7; 8]), |text: &str| later_file(3, text, &[7; 8])] {
                let whole = make(&text);
                let mut cursor = Cursor::new(whole.clone());
                let mut appender = NpyAppender::<u8, _>::open(&mut cursor).unwrap();
                // Leaving out the spaces that `NumPy` writes makes space for more digits.
                let saved = if compact {
                    0
                } else {
                    numpy.len() - "{'descr':'|u1','fortran_order':False,'shape':(8,)}".len()
                };
                let digits = 1 + free + saved;
                let limit = 10_usize.checked_pow(digits as u32).map_or(usize::MAX, |limit| limit - 1);
                let rows = limit.min(1234);
                appender.extend_rows(vec![7_u8; rows - 8]).unwrap();
                if rows == limit {
                    let error = appender.push_row(7).unwrap_err();
                    let found = text.len();
                    assert_eq!(
                        error.to_string(),
                        format!(
                            "cannot count {} rows: the text of the header has {found} bytes, expected {}",
                            rows + 1,
                            found + 1
                        )
                    );
                    assert!(
                        matches!(error, NpyError::HeaderTooShort { rows: found, .. } if found == rows + 1)
                    );
                }
                appender.finish().unwrap();
                let grown = cursor.into_inner();
                assert_eq!(grown.len(), whole.len() + rows - 8);
                assert_eq!(read::<u8>(&grown).unwrap().as_slice(), vec![7; rows]);
            }
        }
    }
    // A longer dtype takes bytes as well, so there may be no space for any number.
    let mut short = Cursor::new(file("{'descr':'B','fortran_order':True,'shape':(8,)}", &[7; 8]));
    let before = short.get_ref().clone();
    let mut appender = NpyAppender::<u8, _>::open(&mut short).unwrap();
    assert!(matches!(appender.push_row(1), Err(NpyError::HeaderTooShort { rows: 9, .. })));
    appender.finish().unwrap();
    assert_eq!(short.into_inner(), before);
}

/// Both memory orders are equal if at most one axis is longer than 1.
#[test]
fn columns_are_continued_in_either_order() {
    for (shape, inner, rows) in [
        ("(3, 1)", &[1][..], 3),
        ("(1, 3)", &[3], 1),
        ("(1, 1, 3, 1)", &[1, 3, 1], 1),
        ("(0, 3)", &[3], 0),
        ("(2, 0)", &[0], 2),
        ("(3,)", &[], 3),
    ] {
        let data: Vec<u8> = (0..rows * inner.iter().product::<usize>()).map(|x| x as u8).collect();
        let mut grown = Cursor::new(file(&padded(&text("'|u1'", true, shape), 118), &data));
        let mut appender = NpyAppender::<u8, _>::open(&mut grown).unwrap();
        let row = vec![9; inner.iter().product()];
        appender.push_row(&row).unwrap();
        appender.finish().unwrap();
        let mut expected = GrowableNd::from_vec(inner, data).unwrap_or_else(|_| GrowableNd::new(inner));
        expected.resize(rows, 0);
        expected.push_row(row).unwrap();
        assert_eq!(read::<u8>(grown.get_ref()).unwrap(), expected, "{shape}");
        assert_eq!(grown.into_inner(), written(&expected), "{shape}");
    }
}
