//! The bytes of a `.npy` file, read as an array and continued by an appender.
//!
//! The first byte chooses the type of the elements. Checked:
//!
//! - nothing panics, and no more memory is reserved than SECURITY.md states,
//! - an array that was read can be written; reading and writing the result yields the same bytes,
//! - a file that `open`, `open_overwriting` or `recover` refuses is not changed, nor is a file that
//!   is only opened,
//! - an appended row follows the existing rows, which are not changed.

#![cfg_attr(fuzzing, no_main)]

use growable_nd::num_complex::Complex;
use growable_nd::{GrowableNd, NpyAppender, NpyElement, NpyError, NpyHeader};
use growable_nd_fuzz::input::Input;
use growable_nd_fuzz::memory::peak_of;
use std::io::Cursor;

growable_nd_fuzz::target!(run);

/// Bytes that do not depend on the elements: a piece of 64 KiB as bytes and as elements, and three
/// copies of the header text, in which a byte may become three.
const BASE: usize = 256 << 10;

fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let kind = input.byte();
    let file = input.rest();
    if let Ok(header) = NpyHeader::read(file) {
        assert!(header.data_start() <= file.len() && !header.to_string().is_empty());
    }
    match kind % 10 {
        0 => numbers::<u8>(file),
        1 => numbers::<bool>(file),
        2 => numbers::<i16>(file),
        3 => numbers::<u32>(file),
        4 => numbers::<f32>(file),
        5 => numbers::<f64>(file),
        6 => numbers::<Complex<f32>>(file),
        7 => texts::<String>(file),
        8 => texts::<Vec<u8>>(file),
        _ => converted(file),
    }
}

/// Elements that can be written to a new file.
fn numbers<T: NpyElement + Default>(file: &[u8]) {
    // As many bytes in memory as in the file.
    if let Some(array) = elements::<T>(file, 3) {
        let mut written = vec![];
        array.write_npy(&mut written).unwrap();
        let mut again = vec![];
        GrowableNd::<T>::read_npy(&written[..]).unwrap().write_npy(&mut again).unwrap();
        // Compares bytes, since NaN is not equal to itself.
        assert_eq!(written, again);
    }
}

/// Texts have at least one byte in the file. In memory, each has a block of its own.
fn texts<T: NpyElement + Default>(file: &[u8]) {
    elements::<T>(file, 3 * size_of::<T>() + 8);
}

/// Reads an array and continues its file. Memory holds at most twice the elements that have arrived,
/// and once more while a block grows or if the array is in Fortran order: `per_byte` is for one
/// byte of the file.
fn elements<T: NpyElement + Default>(file: &[u8], per_byte: usize) -> Option<GrowableNd<T>> {
    let (array, peak) = peak_of(|| GrowableNd::<T>::read_npy(file));
    assert!(peak <= BASE + per_byte * file.len(), "{peak} bytes for {} bytes", file.len());
    match &array {
        Ok(array) => assert_eq!(array.as_slice().len(), array.shape().iter().product::<usize>()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    continued::<T>(file, array.as_ref());
    array.ok()
}

/// Numbers have at least one byte in the file.
fn converted(file: &[u8]) {
    let (array, peak) = peak_of(|| GrowableNd::<f64>::read_npy_as(file));
    let most = BASE + 3 * size_of::<f64>() * file.len();
    assert!(peak <= most, "{peak} bytes for {} bytes", file.len());
    let (narrow, wide) = (GrowableNd::<i16>::read_npy_as(file), array.ok());
    if let (Ok(narrow), Some(wide)) = (narrow, wide) {
        assert_eq!(narrow.map(|&x| f64::from(x)), wide);
    }
}

/// Continues the file in each way, and compares it with the array that was read.
fn continued<T: NpyElement + Default>(file: &[u8], array: Result<&GrowableNd<T>, &NpyError>) {
    let mut same = file.to_vec();
    let (opened, peak) =
        peak_of(|| NpyAppender::<T, _>::open(Cursor::new(&mut same)).map(|found| found.rows()));
    assert!(peak <= BASE, "{peak} bytes");
    assert_eq!(same, file);
    match (&opened, array) {
        (Ok(rows), Ok(array)) => assert_eq!(*rows, array.rows()),
        // Opening does not read the elements.
        (Ok(_), Err(error)) => assert!(matches!(error, NpyError::Element { .. }), "{error}"),
        (Err(error), Ok(array)) => {
            use NpyError::{Array, Header, NotLast, Order, Uncounted};
            let is_expected = match error {
                // No row could be appended: its bytes overflow.
                Array(_) => array.rows() == 0,
                _ => matches!(error, Order | NotLast | Uncounted { .. } | Header { .. }),
            };
            assert!(is_expected, "{error}");
        }
        (Err(_), Err(_)) => {}
    }
    let overwriting = NpyAppender::<T, _>::open_overwriting(Cursor::new(&mut same)).map(|found| found.rows());
    assert_eq!(same, file);
    if let Ok(rows) = opened {
        assert_eq!(overwriting.ok(), Some(rows));
    }

    let recovered = NpyAppender::<T, _>::recover(Cursor::new(&mut same)).map(|(_, found)| found);
    match recovered {
        Ok(found) => {
            assert_eq!(file.len(), same.len());
            let data_start = NpyHeader::read(file).unwrap().data_start();
            assert_eq!(file[data_start..], same[data_start..]);
            assert_eq!(NpyHeader::read(&same[..]).unwrap().data_start(), data_start);
            assert!(found.counted != found.rows || file == same);
        }
        Err(_) => assert_eq!(same, file),
    }
    appended::<T>(same);
}

/// Appends a row to a file whose rows are counted.
fn appended<T: NpyElement + Default>(file: Vec<u8>) {
    let mut grown = file.clone();
    let Ok(mut appender) = NpyAppender::<T, _>::open(Cursor::new(&mut grown)) else { return };
    let (rows, row_len) = (appender.rows(), appender.inner_shape().iter().product::<usize>());
    let dtype = NpyHeader::read(&file[..]).unwrap().dtype().cloned().unwrap();
    // The row is in memory, as elements and as bytes.
    if row_len.saturating_mul(dtype.size().max(size_of::<T>())) > 1 << 22 {
        return;
    }
    let pushed = appender.push_row(vec![T::default(); row_len]);
    let finished = appender.finish();
    match pushed {
        Ok(()) => {
            finished.unwrap();
            let header = NpyHeader::read(&grown[..]).unwrap();
            assert_eq!(NpyAppender::<T, _>::open(Cursor::new(&mut grown)).unwrap().rows(), rows + 1);
            assert_eq!(grown[header.data_start()..file.len()], file[header.data_start()..]);
            if let Ok(array) = GrowableNd::<T>::read_npy(&file[..]) {
                let grown = GrowableNd::<T>::read_npy(&grown[..]).unwrap();
                assert_eq!((grown.rows(), grown.inner_shape()), (rows + 1, array.inner_shape()));
            }
        }
        Err(error) => {
            // The length of raw data is not zero.
            use NpyError::{Array, Element, HeaderTooShort};
            assert!(matches!(error, HeaderTooShort { .. } | Array(_) | Element { .. }), "{error}");
            finished.unwrap();
            assert_eq!(grown, file);
        }
    }
}
