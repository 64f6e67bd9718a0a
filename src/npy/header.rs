//! `NpyHeader`: dtype, memory order and shape of the array in a `.npy` file, and where its elements
//! are.

use crate::io::stream::Checked;
use crate::npy::dictionary::{Dictionary, excerpt};
use crate::npy::dtype::NpyDType;
use crate::npy::element::NpyElement;
use crate::npy::error::NpyError;
use core::any::type_name;
use core::fmt;
use std::io::{self, Read};

/// The first bytes of every `.npy` file.
const MAGIC: [u8; 6] = *b"\x93NUMPY";

/// Maximum bytes of the text: the default limit of NumPy.
const MAX_TEXT: usize = 10_000;

/// Digits that NumPy reserves for the extent that grows.
const GROWTH_DIGITS: usize = 21;

/// Alignment of the first element in the file, in bytes.
const ALIGNMENT: usize = 64;

/// Bytes before the text in version 1.0: magic, version, and the length in two bytes.
const BEFORE_TEXT: usize = 10;

/// The header of a `.npy` file: dtype, shape and memory order of an array, before its elements.
///
/// # Examples
///
/// ```
/// use growable_nd::{GrowableNd, NpyHeader};
///
/// let mut file = vec![];
/// GrowableNd::from([[1_u8, 2, 3], [4, 5, 6]]).write_npy(&mut file)?;
///
/// let header = NpyHeader::read(&file[..])?;
/// assert_eq!(header.to_string(), "uint8 ('|u1'), shape [2, 3], row-major order, elements from byte 128");
/// let array = match header.dtype().map(|dtype| dtype.name()).as_deref() {
///     Some("uint8") => GrowableNd::<u8>::read_npy(&file[..])?.map(|&x| f64::from(x)),
///     Some("float64") => GrowableNd::<f64>::read_npy(&file[..])?,
///     _ => panic!("{header}"),
/// };
/// assert_eq!(array.shape(), header.shape());
/// # Ok::<(), growable_nd::NpyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NpyHeader {
    descr: Box<str>,
    /// The dtype of `descr`, if that is plain.
    dtype: Option<NpyDType>,
    fortran_order: bool,
    shape: Vec<usize>,
    shape_ends_in_space: bool,
    /// Bytes of the text, padding and newline included.
    text_len: usize,
    data_start: usize,
}

impl NpyHeader {
    /// Reads a header. The elements stay in the reader.
    ///
    /// Headers of structured dtypes and objects can be read as well.
    ///
    /// # Errors
    ///
    /// [`NpyError::Io`] if the reader fails, [`NpyError::Magic`] with no bytes if it is at its end,
    /// and other variants if the file is not a `.npy` file.
    ///
    /// # Examples
    ///
    /// Reading an array begins with the header: rewind the file first.
    ///
    /// ```no_run
    /// use growable_nd::{GrowableNd, NpyHeader};
    /// use std::fs::File;
    /// use std::io::Seek;
    ///
    /// let mut file = File::open("array.npy")?;
    /// let header = NpyHeader::read(&file)?;
    /// println!("{header}");
    /// file.rewind()?;
    /// let array = if header.fits::<i64>() {
    ///     GrowableNd::<i64>::read_npy(&file)?.map(|&x| x as f64) // rounds
    /// } else {
    ///     GrowableNd::<f64>::read_npy_as(&file)? // exactly or an error
    /// };
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    pub fn read(mut reader: impl Read) -> Result<Self, NpyError> {
        Self::read_from(&mut reader)
    }

    pub(crate) fn read_from(reader: &mut dyn Read) -> Result<Self, NpyError> {
        let magic = up_to(reader, MAGIC.len())?;
        if magic != MAGIC {
            return Err(NpyError::Magic { found: magic.into() });
        }
        let version = exactly(reader, 2)?;
        let len_bytes = match version[..] {
            [1, 0] => 2,
            [2 | 3, 0] => 4,
            _ => return Err(NpyError::Version { major: version[0], minor: version[1] }),
        };
        let little_endian = exactly(reader, len_bytes)?;
        let found = little_endian.iter().rev().fold(0, |len, &byte| (len << 8) | u64::from(byte));
        let text_len = usize::try_from(found)
            .ok()
            .filter(|&len| len <= MAX_TEXT)
            .ok_or(NpyError::HeaderLength { limit: MAX_TEXT, found })?;
        let text = exactly(reader, text_len)?;
        // Latin-1 before version 3.0, UTF-8 since.
        let text = if version[0] < 3 {
            text.into_iter().map(char::from).collect()
        } else {
            String::from_utf8_lossy(&text).into_owned()
        };
        let dictionary = Dictionary::parse(&text)?;
        let Dictionary { descr, fortran_order, shape, shape_ends_in_space } = dictionary;
        let data_start = MAGIC.len() + 2 + len_bytes + text_len;
        let dtype = descr.parse().ok();
        Ok(NpyHeader { descr, dtype, fortran_order, shape, shape_ends_in_space, text_len, data_start })
    }

    /// Returns the text of the dtype as it is in the file: `<f8`, or a list of fields.
    ///
    /// # Examples
    ///
    /// See [`NpyHeader`].
    #[must_use]
    pub fn descr(&self) -> &str {
        &self.descr
    }

    /// Returns the dtype, or `None` if it is structured, an object or unknown.
    ///
    /// # Examples
    ///
    /// See [`NpyHeader`].
    #[must_use]
    pub fn dtype(&self) -> Option<&NpyDType> {
        self.dtype.as_ref()
    }

    /// Returns the shape, outermost axis first, in either memory order. A single element has no
    /// axes.
    ///
    /// # Examples
    ///
    /// See [`NpyHeader`].
    #[must_use]
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// Returns whether the elements are in column-major order: the first index changes fastest.
    ///
    /// # Examples
    ///
    /// See [`NpyHeader`].
    #[must_use]
    #[doc(alias = "is_f_order")]
    pub fn fortran_order(&self) -> bool {
        self.fortran_order
    }

    /// Returns the number of bytes before the first element, from the beginning of the header.
    ///
    /// # Examples
    ///
    /// See [`NpyHeader`].
    #[must_use]
    #[doc(alias = "offset")]
    pub fn data_start(&self) -> usize {
        self.data_start
    }

    /// Returns whether elements of type `T` can be read.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, NpyHeader};
    ///
    /// let mut file = vec![];
    /// GrowableNd::from([1.5_f32, 2.5]).write_npy(&mut file)?;
    /// let header = NpyHeader::read(&file[..])?;
    /// assert!(header.fits::<f32>() && !header.fits::<f64>());
    /// # Ok::<(), growable_nd::NpyError>(())
    /// ```
    #[must_use]
    pub fn fits<T: NpyElement>(&self) -> bool {
        self.dtype_of::<T>().is_ok()
    }
}

/// Shows dtype, shape, memory order, and where the elements begin.
impl fmt::Display for NpyHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let order = if self.fortran_order { "Fortran" } else { "row-major" };
        match &self.dtype {
            Some(dtype) => write!(f, "{} ('{}')", dtype.name(), self.descr)?,
            None => f.write_str(&quoted(&self.descr))?,
        }
        write!(f, ", shape {:?}, {order} order, elements from byte {}", self.shape, self.data_start)
    }
}

/// For reading.
impl NpyHeader {
    /// Returns the dtype, if it fits elements of type `T`.
    ///
    /// Refuses elements of zero bytes: any file could announce any number of them.
    pub(crate) fn dtype_of<T: NpyElement>(&self) -> Result<&NpyDType, NpyError> {
        let dtype = self.dtype.as_ref().filter(|dtype| dtype.size() > 0 && T::fits(dtype));
        dtype.ok_or_else(|| NpyError::DType { expected: type_name::<T>(), found: quoted(&self.descr) })
    }

    /// Returns the shape of the array that is read: a single element is one row without axes.
    pub(crate) fn array_shape(&self) -> &[usize] {
        if self.shape.is_empty() { &[1] } else { &self.shape }
    }

    /// Returns whether the elements are not in row-major order. Both orders are the same if at most
    /// one extent is greater than 1.
    pub(crate) fn is_column_major(&self) -> bool {
        self.fortran_order
            && !self.shape.contains(&0)
            && self.shape.iter().filter(|&&extent| extent > 1).count() > 1
    }
}

/// For writing.
impl NpyHeader {
    /// Creates a header for elements of type `T`, with the padding of NumPy.
    pub(crate) fn new<T: NpyElement>(fortran_order: bool, shape: &[usize]) -> Result<Self, NpyError> {
        let dtype = T::dtype().ok_or(NpyError::NoDType { element: type_name::<T>() })?;
        let mut header = NpyHeader {
            descr: dtype.to_string().into(),
            dtype: Some(dtype),
            fortran_order,
            shape: shape.to_vec(),
            shape_ends_in_space: false,
            text_len: 0,
            data_start: 0,
        };
        header.dtype_of::<T>()?;
        let grows = if fortran_order { shape.last() } else { shape.first() };
        let digits = grows.map_or(0, |extent| GROWTH_DIGITS - extent.to_string().len());
        let len = BEFORE_TEXT + header.dictionary(Style::NumPy).len() + digits + 1;
        // The next greater multiple: NumPy pads by at least one byte.
        header.data_start = (len / ALIGNMENT + 1) * ALIGNMENT;
        header.text_len = header.data_start - BEFORE_TEXT;
        Ok(header)
    }

    /// Returns the whole header in version 1.0.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        // Two bytes are enough for eight extents and a plain dtype.
        let [low, high, ..] = self.text_len.to_le_bytes();
        [&MAGIC[..], &[1, 0, low, high], self.text().as_bytes()].concat()
    }

    /// Returns the text, padded to its length. In the form of NumPy if that fits, otherwise
    /// compact.
    pub(crate) fn text(&self) -> String {
        let width = self.text_len.saturating_sub(1);
        let numpy = self.dictionary(Style::NumPy);
        let text = if numpy.len() <= width { numpy } else { self.dictionary(Style::Compact) };
        format!("{text:<width$}\n")
    }

    /// Returns the number of bytes of the text.
    pub(crate) fn text_len(&self) -> usize {
        self.text_len
    }

    /// Fails if the shape ends in `, )`, as when only the beginning of `(10, 1)` was written over
    /// `(9, 1)`.
    pub(crate) fn check_shape_is_whole(&self) -> Result<(), NpyError> {
        if self.shape_ends_in_space {
            return Err(NpyError::Header { expected: "a complete shape", found: ", )".into() });
        }
        Ok(())
    }

    /// Makes this the header of a file that grows: in row-major order, with an axis for the rows.
    pub(crate) fn grow(&mut self) {
        self.fortran_order = false;
        self.shape = self.array_shape().to_vec();
        // In the form of NumPy, whatever the form in the file.
        if let Some(dtype) = &self.dtype {
            self.descr = dtype.to_string().into();
        }
    }

    /// Returns the number of rows. The shape has an axis for them.
    #[inline]
    pub(crate) fn rows(&self) -> usize {
        self.shape[0]
    }

    pub(crate) fn set_rows(&mut self, rows: usize) {
        self.shape[0] = rows;
    }

    /// Returns the number of bytes of text that `rows` rows need.
    pub(crate) fn text_len_for(&self, rows: usize) -> usize {
        let mut header = self.clone();
        header.set_rows(rows);
        header.dictionary(Style::Compact).len() + 1
    }

    /// Returns the maximum number of rows whose digits fit into the text.
    pub(crate) fn max_rows(&self) -> usize {
        // The text for a number of one digit, without the digit.
        let others = self.text_len_for(0) - 1;
        let digits = u32::try_from(self.text_len.saturating_sub(others)).unwrap_or(u32::MAX);
        10_usize.checked_pow(digits).map_or(usize::MAX, |limit| limit - 1)
    }

    /// Returns the dictionary: keys in alphabetic order, a comma after a single extent.
    fn dictionary(&self, style: Style) -> String {
        let order = if self.fortran_order { "True" } else { "False" };
        let comma = if self.shape.len() == 1 { "," } else { "" };
        let (space, end) = if style == Style::NumPy { (" ", ", ") } else { ("", "") };
        let extents: Vec<_> = self.shape.iter().map(usize::to_string).collect();
        let shape = extents.join(&format!(",{space}"));
        format!(
            "{{'descr':{space}'{}',{space}'fortran_order':{space}{order},{space}'shape':{space}({shape}{comma}){end}}}",
            self.descr
        )
    }
}

/// How a dictionary is printed.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    /// As NumPy prints it, with spaces and a comma at the end.
    NumPy,
    /// Without optional characters, for files whose header has no free bytes.
    Compact,
}

/// Returns the text of a dtype as it is in a file, truncated if it is long.
fn quoted(descr: &str) -> Box<str> {
    if descr.starts_with('[') { excerpt(descr) } else { excerpt(&format!("'{descr}'")) }
}

/// Returns whether another `.npy` file starts here. Elements may begin like one, but hardly have a
/// valid header.
pub(crate) fn begins_here(reader: &mut dyn Read) -> io::Result<bool> {
    match NpyHeader::read_from(reader) {
        Err(NpyError::Io(error)) => Err(error),
        header => Ok(header.is_ok()),
    }
}

/// Reads the next `len` bytes, or fewer at the end. Memory is allocated as they arrive.
fn up_to(reader: &mut dyn Read, len: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    Checked(reader).take(u64_from(len)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Converts a number of bytes. Exact: no address has more than 64 bits.
pub(crate) fn u64_from(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

fn exactly(reader: &mut dyn Read, expected: usize) -> Result<Vec<u8>, NpyError> {
    let bytes = up_to(reader, expected)?;
    if bytes.len() == expected {
        Ok(bytes)
    } else {
        Err(NpyError::HeaderEnd { expected, found: bytes.len() })
    }
}
