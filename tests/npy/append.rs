use crate::support::{
    Element, chain, elements, file, for_all_types, later_file, padded, read, text, written,
};
use growable_nd::{Error, GrowableNd, NpyAppender, NpyDType, NpyElement, NpyError, ReserveError, RowError};
use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::rc::Rc;

/// Compares a file that was written at once with one that was appended to in several steps.
fn in_steps<T: Element>(inner: &[usize], rows: usize, flush_each: usize) {
    let row_len: usize = inner.iter().product();
    let mut whole = GrowableNd::new(inner);
    for row in 0..rows {
        whole.push_row(elements::<T>(row_len + row).split_off(row)).unwrap();
    }
    let mut file = Cursor::new(vec![]);
    let mut appender = NpyAppender::create(&mut file, inner).unwrap();
    for (index, row) in whole.iter_rows().enumerate() {
        appender.push_row(row).unwrap();
        if index % flush_each == 0 {
            appender.flush().unwrap();
        }
        assert_eq!(appender.rows(), index + 1);
    }
    assert_eq!(appender.inner_shape(), inner);
    appender.finish().unwrap();
    assert_eq!(file.position(), file.get_ref().len() as u64);
    assert!(*file.get_ref() == written(&whole), "{inner:?} {rows}");
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn the_file_is_the_one_that_is_written_at_once() {
    fn check<T: Element>() {
        for rows in [0, 1, 9, 10, 11, 100] {
            in_steps::<T>(&[2, 3], rows, 7);
        }
        in_steps::<T>(&[], 1001, 100);
        in_steps::<T>(&[0, 3], 1001, 1000);
    }
    for_all_types!(check());
    // Rows as long as a piece, shorter and longer, with and without flushes between them.
    for flush_each in [1, 3, usize::MAX] {
        in_steps::<u64>(&[1 << 12], 5, flush_each);
        in_steps::<u64>(&[1 << 13], 5, flush_each);
        in_steps::<u64>(&[(1 << 13) + 1], 5, flush_each);
    }
}

/// A real file, read and continued in every way.
#[test]
fn a_real_file() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("growing.npy");
    let mut appender = NpyAppender::<f32, _>::create(File::create(&path).unwrap(), [2, 2]).unwrap();
    let load = || GrowableNd::<f32>::read_npy(File::open(&path).unwrap()).unwrap();
    assert_eq!(load().shape(), [0, 2, 2]);
    appender.push_row([[1.0, 2.0], [3.0, 4.0]]).unwrap();
    assert_eq!(load().rows(), 0);
    appender.flush().unwrap();
    assert_eq!(load().as_slice(), [1.0, 2.0, 3.0, 4.0]);
    drop(appender);
    for _ in 0..3 {
        let file = File::options().read(true).write(true).open(&path).unwrap();
        let mut appender = NpyAppender::open(file).unwrap();
        let array = load();
        assert_eq!((appender.rows(), appender.inner_shape()), (array.rows(), array.inner_shape()));
        appender.extend_rows(array.view::<3>().iter_rows().map(|row| row.t())).unwrap();
        appender.extend_rows(array.iter_rows()).unwrap();
        appender.finish().unwrap();
    }
    assert_eq!(load().rows(), 27);
    assert_eq!(std::fs::read(&path).unwrap(), written(&load()));
    let read_only = NpyAppender::<f32, _>::create(File::open(&path).unwrap(), [2]);
    assert!(matches!(read_only, Err(NpyError::Io(_))));
    // Opening a file writes nothing.
    let mut read_only = NpyAppender::<f32, _>::open(File::open(&path).unwrap()).unwrap();
    read_only.push_row([[0.0; 2]; 2]).unwrap();
    assert!(matches!(read_only.flush(), Err(NpyError::Io(_))));
    drop(read_only);
    assert_eq!(load().rows(), 27);
}

/// In append mode the system writes at the end of the file after any seek. This must not pass
/// unnoticed.
#[test]
fn a_file_that_is_open_to_append() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("appended.npy");
    std::fs::write(&path, written(&GrowableNd::from([[1_u8, 2]]))).unwrap();
    let file = File::options().read(true).append(true).open(&path).unwrap();
    let mut appender = NpyAppender::open(file).unwrap();
    appender.push_row([3_u8, 4]).unwrap();
    let error = appender.finish().unwrap_err();
    assert!(matches!(error, NpyError::AppendMode), "{error}");
    assert_eq!(read::<u8>(&std::fs::read(&path).unwrap()).unwrap().as_slice(), [1, 2]);
    // The rows can be counted: no more than a byte follows them.
    let file = File::options().read(true).write(true).open(&path).unwrap();
    assert_eq!(NpyAppender::<u8, _>::recover(file).unwrap().0.rows(), 2);
    assert_eq!(read::<u8>(&std::fs::read(&path).unwrap()).unwrap().as_slice(), [1, 2, 3, 4]);
    std::fs::remove_file(&path).unwrap();
    let file = File::options().create(true).append(true).open(&path).unwrap();
    let mut appender = NpyAppender::create(file, [2]).unwrap();
    appender.push_row([3_u8, 4]).unwrap();
    let message = "cannot write the number of rows: the file is open to append only \
                   (a byte was added after its rows)";
    for _ in 0..2 {
        assert_eq!(appender.flush().unwrap_err().to_string(), message);
    }
    drop(appender);
    assert_eq!(std::fs::metadata(&path).unwrap().len(), 128 + 2 + 1);
}

#[test]
fn one_question_mark_serves_for_all_that_is_done_before() {
    fn made() -> Result<(), NpyError> {
        let array = GrowableNd::from_vec([2], vec![1_u8, 2])?;
        array.try_view::<2>()?.write_npy(io::sink())?;
        let mut read = GrowableNd::<u8>::new([2]);
        read.read_rows(&b"abc"[..])?;
        Ok(())
    }
    let error = made().unwrap_err();
    assert_eq!(
        chain(&error),
        "I/O error in a .npy file: stream ended inside row 1: expected 2 bytes, found 1"
    );
    assert_eq!(io::Error::from(error).kind(), io::ErrorKind::UnexpectedEof);
    let error = io::Error::from(read::<u8>(b"PNG").unwrap_err());
    assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    assert!(error.to_string().starts_with("not a .npy file"));
    let whole = written(&GrowableNd::from([1_u8, 2]));
    for len in [0, 20, whole.len() - 1] {
        let error = io::Error::from(read::<u8>(&whole[..len]).unwrap_err());
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}

#[test]
fn rows_that_do_not_fit_write_nothing() {
    let mut file = Cursor::new(vec![]);
    let mut appender = NpyAppender::create(&mut file, [2]).unwrap();
    let refused = |result: Result<(), NpyError>, misfit: (usize, usize)| {
        let Err(NpyError::Array(Error::Row { row, error, .. })) = result else { panic!("{result:?}") };
        let RowError::Length { expected: 2, found, .. } = error else { panic!("{error:?}") };
        assert_eq!((row, found), misfit);
    };
    refused(appender.push_row(vec![1]), (0, 1));
    appender.push_row([1, 2]).unwrap();
    refused(appender.push_row(vec![1, 2, 3]), (1, 3));
    appender.flush().unwrap();
    refused(appender.extend_rows([vec![3, 4], vec![5], vec![6, 7]]), (2, 1));
    assert_eq!(appender.rows(), 2);
    appender.finish().unwrap();
    assert_eq!(read::<i32>(file.get_ref()).unwrap().as_slice(), [1, 2, 3, 4]);
}

#[test]
fn shapes_and_elements_that_cannot_be() {
    let mut file = Cursor::new(vec![]);
    let error = NpyAppender::<u8, _>::create(&mut file, [1; 8]).unwrap_err();
    assert_eq!(error.to_string(), "expected at most 8 axes (rows included), found 9");
    assert!(NpyAppender::<u8, _>::create(&mut file, [usize::MAX, 2]).is_err());
    let error = NpyAppender::<f64, _>::create(&mut file, [usize::MAX / 2]).unwrap_err();
    assert!(matches!(error, NpyError::Array(Error::Reserve(ReserveError::Overflow { rows: 1, .. }))));
    let error = NpyAppender::<String, _>::create(&mut file, [2]).unwrap_err();
    assert!(matches!(error, NpyError::NoDType { .. }));
    assert!(file.get_ref().is_empty());
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn what_is_dropped_is_flushed_and_what_is_killed_has_the_last_flush() {
    let mut file = Cursor::new(vec![]);
    let mut appender = NpyAppender::create(&mut file, []).unwrap();
    appender.push_row(1_u8).unwrap();
    drop(appender);
    assert_eq!(read::<u8>(file.get_ref()).unwrap().as_slice(), [1]);

    file.set_position(0);
    let mut appender = NpyAppender::open(&mut file).unwrap();
    // Far more than the buffer holds.
    appender.extend_rows((0..=u8::MAX).cycle().take(1 << 20)).unwrap();
    mem::forget(appender);
    assert!(file.get_ref().len() > 1 << 19, "nothing was written");
    assert_eq!(read::<u8>(file.get_ref()).unwrap().as_slice(), [1]);

    // Bytes after rows without bytes are no rows.
    let mut empty = written(&GrowableNd::<f64>::zeros([3, 0]));
    empty.extend([0; 5]);
    let error = NpyAppender::<f64, _>::open(Cursor::new(empty)).unwrap_err();
    assert!(matches!(error, NpyError::Uncounted { rows: 0, bytes: 5, .. }), "{error}");
    // Uncounted rows are overwritten only on request.
    file.set_position(0);
    let bytes = file.get_ref().len() as u64 - 129;
    let error = NpyAppender::<u8, _>::open(&mut file).unwrap_err();
    assert!(matches!(error, NpyError::Uncounted { bytes: found, .. } if found == bytes), "{error}");
    file.set_position(0);
    let mut appender = NpyAppender::open_overwriting(&mut file).unwrap();
    appender.push_row(7_u8).unwrap();
    appender.finish().unwrap();
    assert_eq!(read::<u8>(file.get_ref()).unwrap().as_slice(), [1, 7]);
}

/// After a crash of the machine the rows after the counted ones may have any contents. They must
/// not reappear.
#[test]
fn rows_after_the_counted_ones_are_removed() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("truncated.npy");
    let counted = GrowableNd::from([[1_u8, 2], [3, 4]]);
    let reopened = || File::options().read(true).write(true).open(&path).unwrap();
    for stale in [0, 1, 2, 7, 100_000] {
        for pushed in [0, 1, 3] {
            std::fs::write(&path, [written(&counted), vec![0; stale]].concat()).unwrap();
            let mut appender = NpyAppender::open_truncating(reopened()).unwrap();
            appender.extend_rows((0..pushed).map(|_| [5_u8, 6])).unwrap();
            appender.sync().unwrap();
            mem::forget(appender);

            let rows = 2 + pushed;
            assert_eq!(NpyAppender::<u8, _>::open(reopened()).unwrap().rows(), rows);
            let (appender, found) = NpyAppender::<u8, _>::recover(reopened()).unwrap();
            assert_eq!((appender.rows(), found.counted, found.rows, found.rest), (rows, rows, rows, 0));
            drop(appender);
            let all = read::<u8>(&std::fs::read(&path).unwrap()).unwrap();
            assert_eq!(all.as_slice(), [&[1, 2, 3, 4][..], &[5, 6].repeat(pushed)].concat());
        }
    }
    // A file that cannot be continued is not truncated.
    let two = [written(&counted), written(&counted)].concat();
    std::fs::write(&path, &two).unwrap();
    assert!(matches!(NpyAppender::<u8, _>::open_truncating(reopened()), Err(NpyError::NotLast)));
    assert_eq!(std::fs::read(&path).unwrap(), two);
}

/// As documented, such a file may be created anew.
#[test]
fn a_file_that_ends_in_its_header_has_no_rows() {
    let whole = written(&GrowableNd::<u8>::new([2]));
    for len in 0..whole.len() {
        let Err(error) = NpyAppender::<u8, _>::recover(Cursor::new(whole[..len].to_vec())) else {
            panic!("recovered")
        };
        match error {
            NpyError::Magic { found, .. } => assert_eq!(found.len(), len),
            NpyError::HeaderEnd { .. } => assert!(len >= 6),
            error => panic!("{error}"),
        }
    }
}

/// Continues a file of one row by another row.
#[track_caller]
fn continued<T: Element>(file: Vec<u8>, row: &[T]) -> Vec<u8> {
    let mut file = Cursor::new(file);
    let mut appender = NpyAppender::<T, _>::open(&mut file).unwrap();
    appender.push_row(row).unwrap();
    appender.finish().unwrap();
    file.into_inner()
}

#[test]
fn files_of_others_are_continued_in_their_own_way() {
    // In the other byte order as well.
    for (order, big_endian) in [('<', false), ('>', true)] {
        let [first, second] = [[0x0102_u16, 0x0304], [0x0506, 0x0708]]
            .map(|row| row.iter().flat_map(|element| element.bytes(big_endian)).collect::<Vec<u8>>());
        let header = |shape| padded(&text(&format!("'{order}u2'"), false, shape), 100);
        let expected = file(&header("(2, 2)"), &[&first[..], &second].concat());
        assert_eq!(continued(file(&header("(1, 2)"), &first), &[0x0506_u16, 0x0708]), expected);
    }
    // In another version, with another order of the keys, and with a long dtype.
    for version in [2, 3] {
        let old = "{'fortran_order': False, 'shape': (1,), 'descr': '|i1'}";
        let new = text("'|i1'", false, "(2,)");
        let found = continued(later_file(version, &padded(old, 100), &[5]), &[6_i8]);
        assert_eq!(found, later_file(version, &padded(&new, 100), &[5, 6]));
    }
    // With one axis both memory orders are equal.
    let found = continued(file(&padded(&text("'|i1'", true, "(1,)"), 100), &[5]), &[6_i8]);
    assert_eq!(found, file(&padded(&text("'|i1'", false, "(2,)"), 100), &[5, 6]));
    // Dates are dates for good.
    let days = [1_i64, 2].map(i64::to_le_bytes);
    let found = continued(file(&padded(&text("'<M8[D]'", false, "(1,)"), 100), &days[0]), &[2_i64]);
    assert_eq!(found, file(&padded(&text("'<M8[D]'", false, "(2,)"), 100), &days.concat()));
}

#[test]
fn files_that_cannot_be_continued_are_left_as_they_are() {
    let refused = |file: Vec<u8>, message: &str| {
        let mut cursor = Cursor::new(file.clone());
        let error = NpyAppender::<u8, _>::open(&mut cursor).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert_eq!(cursor.into_inner(), file);
    };
    let whole = |text: &str, data: &[u8]| file(&padded(text, 100), data);
    refused(
        whole(&text("'|u1'", true, "(2, 2)"), &[1, 2, 3, 4]),
        "cannot continue a file in Fortran order, expected row-major order",
    );
    refused(
        whole(&text("'<u2'", false, "(1,)"), &[1, 2]),
        "dtype '<u2' (uint16) does not fit elements of type u8; use type u16",
    );
    refused(
        whole(&text("'|u1'", false, "(2, 3)"), &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        "cannot continue the file: 4 bytes (complete rows: 1) follow the rows that its header counts; keep them with \
         NpyAppender::recover, or remove them with open_truncating",
    );
    let missing = "file ends too early: expected 6 elements, found ";
    for found in 0..6 {
        let file = whole(&text("'|u1'", false, "(2, 3)"), &[7; 6][..found]);
        refused(file, &format!("{missing}{found}"));
    }
    let [first, second] = [[[1_u8, 2]], [[3, 4]]].map(|array| written(&GrowableNd::from(array)));
    refused([first, second].concat(), "cannot continue the file: another .npy file follows the array");
    let far = whole(&text("'|u1'", false, &format!("({},)", isize::MAX)), &[7; 6]);
    refused(far, &format!("file ends too early: expected {} elements, found 6", isize::MAX));
    refused(
        b"PK\x03\x04".into(),
        r#"not a .npy file: expected "\x93NUMPY", found "PK\x03\x04" (a .npz archive?)"#,
    );
}

#[test]
fn a_file_within_another() {
    let mut file = Cursor::new(b"before".to_vec());
    file.seek(SeekFrom::End(0)).unwrap();
    let mut appender = NpyAppender::create(&mut file, [2]).unwrap();
    appender.extend_rows([[1, 2], [3, 4]]).unwrap();
    appender.finish().unwrap();
    file.write_all(b"behind").unwrap();
    let expected = written(&GrowableNd::from([[1, 2], [3, 4]]));
    assert_eq!(file.get_ref()[..], [b"before", &expected[..], b"behind"].concat());
    file.set_position(6);
    assert!(matches!(
        NpyAppender::<i32, _>::open(&mut file),
        Err(NpyError::Uncounted { rows: 0, bytes: 6, .. })
    ));
    file.set_position(6);
    assert_eq!(NpyAppender::<i32, _>::open_overwriting(&mut file).unwrap().rows(), 2);
    // After dropping the appender the position is after the last row, even if nothing was written.
    assert_eq!(file.position(), (6 + expected.len()) as u64);
}

/// Rows without elements are counted up to a maximum.
#[test]
fn rows_without_elements() {
    let max = isize::MAX.unsigned_abs();
    let full = file(&padded(&text("'|u1'", false, &format!("({max}, 0)")), 100), &[]);
    let mut appender = NpyAppender::<u8, _>::open(Cursor::new(full)).unwrap();
    let Err(NpyError::Array(Error::Reserve(ReserveError::Overflow { rows, .. }))) = appender.push_row(vec![])
    else {
        panic!("accepted")
    };
    assert_eq!((rows, appender.rows()), (max + 1, max));
}

/// An error for an element costs its row only; other rows and their bytes are whole.
#[test]
fn elements_that_the_dtype_cannot_hold() {
    let header = |shape| padded(&text("'|S2'", false, shape), 100);
    let mut written = Cursor::new(file(&header("(1, 2)"), b"abcd"));
    let mut appender = NpyAppender::<Vec<u8>, _>::open(&mut written).unwrap();
    let words = |row: [&[u8]; 2]| row.map(<[u8]>::to_vec);
    appender.push_row(words([b"ef", b"g"])).unwrap();
    let Err(NpyError::Element { index, .. }) = appender.push_row(words([b"hi", b"too long"])) else {
        panic!("accepted")
    };
    assert_eq!((index, appender.rows()), (5, 2));
    appender.push_row(words([b"", b"jk"])).unwrap();
    appender.finish().unwrap();
    assert_eq!(written.into_inner(), file(&header("(3, 2)"), b"abcdefg\0\0\0jk"));
}

/// A disk that delays writes: after a power failure it may have any part of what was not flushed.
#[derive(Default)]
struct Lazy {
    position: usize,
    safe: Vec<u8>,
    unsafe_writes: Vec<(usize, Vec<u8>)>,
}

fn write_at(file: &mut Vec<u8>, position: usize, bytes: &[u8]) {
    file.resize(file.len().max(position + bytes.len()), 0);
    file[position..][..bytes.len()].copy_from_slice(bytes);
}

impl Write for Lazy {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unsafe_writes.push((self.position, bytes.to_vec()));
        self.position += bytes.len();
        let mut left = self.safe.clone();
        if !left.is_empty() {
            write_at(&mut left, self.position - bytes.len(), bytes);
            let rows = read::<u16>(&left).expect("a whole file, though only the last write was done");
            assert!(rows.as_slice().iter().copied().eq(0..rows.rows() as u16));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        for (position, bytes) in self.unsafe_writes.drain(..) {
            write_at(&mut self.safe, position, &bytes);
        }
        Ok(())
    }
}

impl Seek for Lazy {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        let end = self.unsafe_writes.iter().map(|(start, bytes)| start + bytes.len()).max().unwrap_or(0);
        self.position = match position {
            SeekFrom::Start(position) => position as usize,
            SeekFrom::End(0) => self.safe.len().max(end),
            _ => unreachable!("only to where something begins or ends"),
        };
        Ok(self.position as u64)
    }

    fn stream_position(&mut self) -> io::Result<u64> {
        Ok(self.position as u64)
    }
}

#[test]
fn what_was_flushed_outlives_the_power() {
    let mut disk = Lazy::default();
    let mut appender = NpyAppender::create(&mut disk, []).unwrap();
    appender.flush().unwrap();
    for row in 0..20_u16 {
        appender.push_row(row).unwrap();
        if row % 7 == 0 {
            appender.flush().unwrap();
        }
    }
    appender.flush().unwrap();
    mem::forget(appender);
    assert_eq!(read::<u16>(&disk.safe).unwrap().rows(), 20);
}

/// A shared file that fails after a number of calls until it is repaired.
#[derive(Clone, Default)]
struct Failing(Rc<RefCell<Disk>>);

#[derive(Default)]
struct Disk {
    file: Cursor<Vec<u8>>,
    calls_left: Option<usize>,
    panics: bool,
    /// Only one call fails.
    once: bool,
}

impl Failing {
    fn call<R>(&self, work: impl FnOnce(&mut Cursor<Vec<u8>>) -> io::Result<R>) -> io::Result<R> {
        let mut disk = self.0.borrow_mut();
        match disk.calls_left {
            Some(0) if disk.panics => panic!("the disk was told to panic"),
            Some(0) => {
                if disk.once {
                    disk.calls_left = None;
                }
                return Err(io::Error::other("the disk is full"));
            }
            Some(left) => disk.calls_left = Some(left - 1),
            None => {}
        }
        work(&mut disk.file)
    }

    fn repair(&self) {
        self.0.borrow_mut().calls_left = None;
    }

    fn fail_after(&self, calls: usize) {
        self.0.borrow_mut().calls_left = Some(calls);
    }

    fn contents(&self) -> Vec<u8> {
        self.0.borrow().file.get_ref().clone()
    }
}

impl Write for Failing {
    /// Writes a part of the bytes, since then a failure occurs within a write.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.call(|file| file.write(&bytes[..bytes.len().min(20_000)]))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.call(|file| file.flush())
    }
}

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.call(|file| file.read(buffer))
    }
}

impl Seek for Failing {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.call(|file| file.seek(position))
    }
}

/// Pushes twelve rows with flushes in between. Calls `failed` after each error, and tries again.
fn push_rows(appender: &mut NpyAppender<u32, Failing>, mut failed: impl FnMut(NpyError)) {
    for row in 0..12 {
        let elements = [row; 5000];
        while let Err(error) = appender.push_row(elements) {
            failed(error);
        }
        if row % 5 == 0 {
            while let Err(error) = appender.flush() {
                failed(error);
            }
        }
    }
    while let Err(error) = appender.flush() {
        failed(error);
    }
}

/// No row is lost or doubled, whichever call fails.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn writers_that_fail_and_are_repaired() {
    let expected = written(&(0..12).map(|row| [row; 5000]).collect::<GrowableNd<u32>>());
    for calls in 0.. {
        let file = Failing::default();
        let mut appender = NpyAppender::create(file.clone(), [5000]).unwrap();
        file.fail_after(calls);
        let mut failures = 0;
        push_rows(&mut appender, |error| {
            assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the disk is full");
            failures += 1;
            file.repair();
        });
        assert!(file.contents() == expected, "after {calls} calls");
        file.repair();
        appender.finish().unwrap();
        assert!(file.contents() == expected);
        if failures == 0 {
            assert!(calls > 20, "only {calls} calls");
            return;
        }
    }
}

/// The caller was told that the rows are lost, and may write them elsewhere.
#[test]
fn a_finish_that_fails_is_not_tried_again() {
    let contents = |calls, work: fn(NpyAppender<u32, Failing>) -> Result<(), NpyError>| {
        let file = Failing::default();
        let mut appender = NpyAppender::create(file.clone(), [2]).unwrap();
        appender.push_row([1, 2]).unwrap();
        file.fail_after(calls);
        file.0.borrow_mut().once = true;
        (work(appender).is_ok(), file.contents())
    };
    for calls in 0.. {
        let finished = contents(calls, NpyAppender::finish);
        let flushed = contents(calls, |mut appender| {
            let result = appender.flush();
            mem::forget(appender);
            result
        });
        assert!(finished == flushed, "after {calls} calls");
        if finished.0 {
            assert!(calls > 5, "only {calls} calls");
            return;
        }
    }
}

/// A disk of `space` bytes. Existing bytes can be overwritten when it is full.
#[derive(Clone)]
struct Full {
    file: Rc<RefCell<Cursor<Vec<u8>>>>,
    space: Rc<Cell<usize>>,
}

impl Full {
    fn new(space: usize) -> Self {
        Full { file: Rc::default(), space: Rc::new(Cell::new(space)) }
    }
}

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut file = self.file.borrow_mut();
        let space = self.space.get().saturating_sub(usize::try_from(file.position()).unwrap());
        if space == 0 && !bytes.is_empty() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        file.write(&bytes[..space.min(bytes.len())])
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Full {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.file.borrow_mut().seek(position)
    }
}

/// When the disk is full, the rows that were written whole are counted: by the failing push, by
/// `flush`, by `finish` and by `drop`.
#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn a_full_disk_keeps_the_rows_that_are_written() {
    type End = fn(NpyAppender<u32, Full>);
    let ends: [End; 4] = [
        mem::forget,
        |mut appender| {
            assert!(appender.flush().is_err());
            mem::forget(appender);
        },
        |appender| assert!(appender.finish().is_err()),
        |appender| drop(appender),
    ];
    for end in ends {
        let disk = Full::new(400_000);
        let mut appender = NpyAppender::create(disk.clone(), [100]).unwrap();
        let refused = (0..2000_u32).find(|&row| appender.push_row([row; 100]).is_err());
        assert!(refused.is_some());
        end(appender);
        let array = read::<u32>(disk.file.borrow().get_ref()).unwrap();
        assert_eq!(array.rows(), (400_000 - 128) / 400);
        assert!((0..).zip(array.iter_rows()).all(|(row, elements)| elements == [row; 100]));
    }
}

/// Once there is space again, all rows are written exactly once.
#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn a_full_disk_that_is_freed_gets_all_rows() {
    let disk = Full::new(400_000);
    let mut appender = NpyAppender::create(disk.clone(), [100]).unwrap();
    let mut row = 0_u32;
    while row < 2000 {
        match appender.push_row([row; 100]) {
            Ok(()) => row += 1,
            Err(_) => {
                assert!(appender.flush().is_err());
                disk.space.set(usize::MAX);
            }
        }
    }
    appender.finish().unwrap();
    let expected = written(&(0..2000).map(|row| [row; 100]).collect::<GrowableNd<u32>>());
    assert!(*disk.file.borrow().get_ref() == expected);
}

/// Flushed rows are kept, and the writer is not used after it panicked: a second panic would abort
/// the program.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn writers_that_panic() {
    for calls in 0..20 {
        let file = Failing::default();
        let mut appender = NpyAppender::create(file.clone(), [5000]).unwrap();
        appender.push_row([7; 5000]).unwrap();
        appender.flush().unwrap();
        file.fail_after(calls);
        file.0.borrow_mut().panics = true;
        let panicked = catch_unwind(AssertUnwindSafe(move || push_rows(&mut appender, |_| ())));
        assert!(panicked.is_err());
        let array = read::<u32>(&file.contents()).unwrap();
        assert!(array.row(0) == [7; 5000] && array.rows() <= 7);
    }
}

/// The same while a file is created or opened.
#[test]
fn writers_that_panic_at_once() {
    let whole = written(&GrowableNd::from([[1_u8, 2]]));
    type Begin = fn(Failing) -> Result<NpyAppender<u8, Failing>, NpyError>;
    let begins: [(Begin, &[u8]); 4] = [
        (|file| NpyAppender::create(file, [2]), &[]),
        (NpyAppender::open, &whole),
        (NpyAppender::open_overwriting, &[&whole[..], &[3, 4, 5]].concat()),
        (|file| Ok(NpyAppender::recover(file)?.0), &[&whole[..], &[3, 4, 5]].concat()),
    ];
    for (begin, contents) in begins {
        for calls in 0.. {
            let file = Failing::default();
            file.0.borrow_mut().file = Cursor::new(contents.to_vec());
            file.fail_after(calls);
            file.0.borrow_mut().panics = true;
            match catch_unwind(AssertUnwindSafe(|| begin(file.clone()))) {
                Ok(appender) => {
                    file.repair();
                    assert!(appender.is_ok() && calls > 2, "{calls} calls");
                    break;
                }
                Err(_) => assert!(calls < 100),
            }
        }
    }
}

/// A row that panics is not appended; the rows before it are written.
#[test]
fn rows_that_panic() {
    let file = Failing::default();
    let mut appender = NpyAppender::create(file.clone(), []).unwrap();
    let rows = (0_u32..).inspect(|row| assert!(*row < 3, "no more rows"));
    let panicked = catch_unwind(AssertUnwindSafe(move || appender.extend_rows(rows).unwrap()));
    assert!(panicked.is_err());
    assert_eq!(read::<u32>(&file.contents()).unwrap().as_slice(), [0, 1, 2]);
}

/// Panics when its element 7 is encoded. Writes nothing for 0.
#[derive(Clone, Debug)]
struct Fragile(u8);

impl NpyElement for Fragile {
    fn dtype() -> Option<NpyDType> {
        u8::dtype()
    }

    fn fits(_: &NpyDType) -> bool {
        true
    }

    fn decode(bytes: &[u8], _: &NpyDType) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Fragile(bytes[0]))
    }

    fn encode(&self, bytes: &mut [u8], _: &NpyDType) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        if self.0 > 0 {
            bytes[0] = self.0;
        }
        assert_ne!(self.0, 7, "told to");
        Ok(())
    }
}

/// Nothing of a row whose encoding panics is in the file.
#[test]
fn elements_that_panic() {
    let row = |row: [u8; 2]| row.map(Fragile);
    let mut file = Cursor::new(vec![]);
    let mut appender = NpyAppender::create(&mut file, [2]).unwrap();
    appender.push_row(row([1, 2])).unwrap();
    assert!(catch_unwind(AssertUnwindSafe(|| appender.push_row(row([3, 7])))).is_err());
    assert_eq!(appender.rows(), 1);
    appender.push_row(row([0, 6])).unwrap();
    appender.finish().unwrap();
    assert_eq!(read::<u8>(file.get_ref()).unwrap(), GrowableNd::from([[1, 2], [0, 6]]));
}

/// A file in memory, and the number of writes to it.
#[derive(Default)]
struct Counting {
    file: Cursor<Vec<u8>>,
    writes: usize,
}

impl Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writes += 1;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Counting {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.file.seek(position)
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn rows_are_written_in_large_pieces() {
    let mut counting = Counting::default();
    let mut appender = NpyAppender::create(&mut counting, [16]).unwrap();
    appender.extend_rows((0..10_000_u64).map(|row| [row; 16])).unwrap();
    appender.finish().unwrap();
    assert_eq!(read::<u64>(counting.file.get_ref()).unwrap().rows(), 10_000);
    // The header, and the number of rows in two writes.
    let most = 1_280_000_usize.div_ceil(1 << 16) + 4;
    assert!(counting.writes <= most, "{} writes", counting.writes);
}

#[test]
fn errors_while_a_file_is_begun_or_opened() {
    let whole = written(&GrowableNd::from([[1_u8, 2]]));
    for open in [false, true] {
        for calls in 0.. {
            let file = Failing::default();
            file.0.borrow_mut().file = Cursor::new(if open { whole.clone() } else { vec![] });
            file.fail_after(calls);
            let appender = if open {
                NpyAppender::<u8, _>::open(file.clone())
            } else {
                NpyAppender::create(file.clone(), [2])
            };
            match appender {
                Ok(_) => {
                    assert!(calls > 2, "{calls} calls");
                    break;
                }
                Err(error) => assert!(matches!(error, NpyError::Io(_)), "{error}"),
            }
        }
    }
}

#[test]
fn printing_says_how_many_rows() {
    let mut appender = NpyAppender::create(Cursor::new(vec![]), [2]).unwrap();
    appender.push_row([1.5; 2]).unwrap();
    assert_eq!(format!("{appender:?}"), "NpyAppender { rows: 1, inner_shape: [2], .. }");
}
