//! A file of rows that processes append to, and its checks.

use crate::rows::{Element, first_wrong};
use growable_nd::{GrowableNd, NpyAppender};
use std::fmt::Display;
use std::fs;
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The element type of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    U8,
    F32,
    U64,
    /// `u64` in the byte order that is not native, so rows are encoded.
    Swapped,
}

pub const KINDS: [Kind; 4] = [Kind::U8, Kind::F32, Kind::U64, Kind::Swapped];

/// Calls a generic function for the element type of a kind.
macro_rules! with_element {
    ($kind:expr, $function:ident($($argument:expr),*)) => {
        match $kind {
            $crate::recording::Kind::U8 => $function::<u8>($($argument),*),
            $crate::recording::Kind::F32 => $function::<f32>($($argument),*),
            $crate::recording::Kind::U64 | $crate::recording::Kind::Swapped => $function::<u64>($($argument),*),
        }
    };
}
pub(crate) use with_element;

#[derive(Debug)]
pub struct Recording {
    pub path: PathBuf,
    pub kind: Kind,
    pub row_len: usize,
    /// The number of the first row.
    pub first_id: u64,
    /// Number of rows that were flushed, and must be in the file from then on.
    pub acknowledged: AtomicU64,
    /// Whether the file has been removed.
    pub is_over: AtomicBool,
}

/// The contents of a file that is not being written.
pub struct Contents {
    /// Number of rows in the header.
    pub counted: u64,
    /// Number of whole rows.
    pub whole: u64,
    /// Whether bytes follow the counted rows.
    pub has_more: bool,
    pub bytes: u64,
}

impl Recording {
    /// Creates the file, without rows.
    pub fn create(path: PathBuf, kind: Kind, row_len: usize, first_id: u64) -> Result<Self, String> {
        let mut bytes = with_element!(kind, header(row_len))?;
        if kind == Kind::Swapped {
            let order = bytes.iter_mut().find(|byte| matches!(byte, b'<' | b'>')).ok_or("no byte order")?;
            *order = if *order == b'<' { b'>' } else { b'<' };
        }
        fs::write(&path, bytes).map_err(|error| error.to_string())?;
        let (acknowledged, is_over) = Default::default();
        Ok(Recording { path, kind, row_len, first_id, acknowledged, is_over })
    }

    /// Returns the number of bytes of a row in the file.
    pub fn row_bytes(&self) -> u64 {
        let element = match self.kind {
            Kind::U8 => 1,
            Kind::F32 => 4,
            Kind::U64 | Kind::Swapped => 8,
        };
        self.row_len as u64 * element
    }

    pub fn acknowledged(&self) -> u64 {
        self.acknowledged.load(Ordering::SeqCst)
    }

    /// Checks the file while nothing writes to it: all whole rows are right, counted or not.
    pub fn check(&self) -> Result<Contents, String> {
        with_element!(self.kind, check(self))
    }

    /// Checks the file while it grows, as a reader does, and returns the number of its rows.
    ///
    /// `Ok(Err(_))` is an error that a reader may see while the header is being overwritten.
    pub fn check_growing(&self) -> Result<Result<u64, String>, String> {
        with_element!(self.kind, check_growing(self))
    }
}

fn header<T: Element>(row_len: usize) -> Result<Vec<u8>, String> {
    let mut bytes = vec![];
    GrowableNd::<T>::new([row_len]).write_npy(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn check_rows<T: Element>(recording: &Recording, array: &GrowableNd<T>) -> Result<u64, String> {
    match first_wrong(array, (0..).map(|row: u64| recording.first_id.wrapping_add(row))) {
        Some(wrong) => Err(format!("row {wrong} of {} in the file is wrong", array.rows())),
        None => Ok(array.rows() as u64),
    }
}

fn check_growing<T: Element>(recording: &Recording) -> Result<Result<u64, String>, String> {
    let read = || {
        let file = fs::File::open(&recording.path).map_err(|error| error.to_string())?;
        let array = GrowableNd::<T>::read_npy(file).map_err(|error| error.to_string())?;
        if array.inner_shape() != [recording.row_len] {
            return Err(format!("rows have the shape {:?}", array.inner_shape()));
        }
        Ok(array)
    };
    match read() {
        Ok(array) => Ok(Ok(check_rows(recording, &array)?)),
        Err(fault) => Ok(Err(fault)),
    }
}

fn check<T: Element>(recording: &Recording) -> Result<Contents, String> {
    let fault = |error: &dyn Display| format!("{} cannot be read: {error}", recording.path.display());
    let mut file = fs::read(&recording.path).map_err(|error| fault(&error))?;
    let bytes = file.len() as u64;
    let array = GrowableNd::<T>::read_npy(&file[..]).map_err(|error| fault(&error))?;
    let counted = check_rows(recording, &array)?;
    let (appender, found) =
        NpyAppender::<T, _>::recover(Cursor::new(&mut file)).map_err(|error| fault(&error))?;
    drop(appender);
    let array = GrowableNd::<T>::read_npy(&file[..]).map_err(|error| fault(&error))?;
    let whole = check_rows(recording, &array)?;
    Ok(Contents { counted, whole, has_more: whole > counted || found.rest > 0, bytes })
}
