//! Parses files that were damaged at random: errors but no panics, in little memory.

use crate::tally::{Count, Tally};
use fastrand::Rng;
use growable_nd::{GrowableNd, NpyAppender, NpyElement, NpyError};
use std::io::Cursor;

/// Number of damaged copies of a file.
const COPIES: usize = 200;

/// Maximum length of a row that is appended.
const LONGEST_ROW: usize = 1 << 16;

/// Makes a small file of text elements.
pub fn file(random: &mut Rng) -> Vec<u8> {
    let (rows, width) = (random.usize(..20), random.usize(1..9));
    let text = format!("{{'descr': '<U{width}', 'fortran_order': False, 'shape': ({rows}, 2), }}\n");
    let elements = (0..rows * 2 * width).flat_map(|_| random.u32(65..91).to_le_bytes());
    let head = [b"\x93NUMPY\x01\x00", &[text.len() as u8, 0][..], text.as_bytes()].concat();
    head.into_iter().chain(elements).collect()
}

/// Damages copies of a file, and parses them.
pub fn parse_damaged(file: &[u8], random: &mut Rng, tally: &Tally) -> Result<(), String> {
    for _ in 0..COPIES {
        let mut copy = file.to_vec();
        for _ in 0..random.u8(1..6) {
            damage(&mut copy, random);
        }
        tally.add(Count::Damaged, 1);
        for parse in [parse_as::<u8>, parse_as::<bool>, parse_as::<u64>, parse_as::<f32>, parse_as::<String>]
        {
            tally.add(Count::Parses, 1);
            parse(&copy)?;
        }
    }
    Ok(())
}

/// Changes bytes, digits of numbers, or the length of the file.
fn damage(file: &mut Vec<u8>, random: &mut Rng) {
    let header = file.len().min(128);
    match random.u8(..6) {
        0 => file.truncate(random.usize(..=file.len())),
        1 => file.extend((0..random.usize(..300)).map(|_| random.u8(..))),
        2 if header > 0 => file[random.usize(..header)] = random.u8(..),
        3 => {
            // Among the new numbers are sizes that no memory has.
            let digits: Vec<usize> = (0..header).filter(|&at| file[at].is_ascii_digit()).collect();
            if let Some(&at) = random.choice(&digits) {
                let number = random.u64(..) >> random.u8(..64);
                file.splice(at..=at, number.to_string().into_bytes());
            }
        }
        4 if header > 0 => {
            let (from, to) = (random.usize(..header), random.usize(..header));
            file[to] = file[from];
        }
        _ => {
            let at = random.usize(..=header);
            let token = [&b","[..], b"(", b")", b"'", b"True", b"|S0", b"<U3", b" ", b"L", b"-", b"\xff"];
            file.splice(at..at, token[random.usize(..token.len())].iter().copied());
        }
    }
}

/// Reads a file, and continues it in each way.
fn parse_as<T: NpyElement + PartialEq + Default>(file: &[u8]) -> Result<(), String> {
    if let Ok(array) = GrowableNd::<T>::read_npy(file) {
        let len = array.shape().iter().product();
        if array.len() != len || array.as_slice().len() != len {
            return Err(format!(
                "an array of the shape {:?} has {} elements",
                array.shape(),
                array.as_slice().len()
            ));
        }
    }
    for way in 0..3 {
        let mut copy = file.to_vec();
        let Ok(appended) = append_row::<T>(way, &mut copy)? else {
            if copy != file {
                return Err("a file that was refused is changed".into());
            }
            continue;
        };
        match GrowableNd::<T>::read_npy(&copy[..]) {
            Ok(array) if appended.is_some_and(|rows| rows != array.rows()) => {
                return Err(format!("{} rows were found, {appended:?} written", array.rows()));
            }
            // Continuing a file does not check its existing elements.
            Err(error) if appended.is_some() && !matches!(error, NpyError::Element { .. }) => {
                return Err(format!("a row was appended, but then: {error}"));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Continues a file by a row, unless the row is too long, and returns the number of rows then. The
/// inner error is that of opening the file.
fn append_row<T: NpyElement + Default>(
    way: usize,
    file: &mut Vec<u8>,
) -> Result<Result<Option<usize>, NpyError>, String> {
    let file = Cursor::new(file);
    let appender = match way {
        0 => NpyAppender::<T, _>::open(file),
        1 => NpyAppender::open_overwriting(file),
        _ => NpyAppender::recover(file).map(|(appender, _)| appender),
    };
    let mut appender = match appender {
        Ok(appender) => appender,
        Err(error) => return Ok(Err(error)),
    };
    let row_len = appender.inner_shape().iter().product();
    if row_len > LONGEST_ROW || appender.push_row(vec![T::default(); row_len]).is_err() {
        return Ok(Ok(None));
    }
    let rows = appender.rows();
    appender.finish().map_err(|error| error.to_string())?;
    Ok(Ok(Some(rows)))
}
