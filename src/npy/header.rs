//! The header of a `.npy` file: dtype, memory order and shape, as the text of a Python dictionary.
//! Independent of elements.
//!
//! The text may be malformed. npyz would multiply its extents unchecked, allocate as much as it
//! announces, and take exponential time for nested brackets. So npyz parses the dtype only.

use crate::npy::error::NpyError;
use npyz::{DType, TypeStr};
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

/// The keys of the dictionary, for errors.
const KEYS: &str = "the keys 'descr', 'fortran_order' and 'shape' and no other";

/// Maximum characters of a text that an error repeats.
const EXCERPT: usize = 80;

/// A header.
pub(crate) struct Header {
    /// [`DType::Plain`] always.
    pub(crate) dtype: DType,
    pub(crate) fortran_order: bool,
    pub(crate) shape: Vec<usize>,
    /// Padding and newline included.
    text_len: usize,
}

impl Header {
    /// Creates a header to be written, padded as by NumPy.
    pub(crate) fn new(dtype: DType, fortran_order: bool, shape: &[usize]) -> Self {
        let mut header = Header { dtype, fortran_order, shape: shape.to_vec(), text_len: 0 };
        let grows = if fortran_order { shape.last() } else { shape.first() };
        let digits = grows.map_or(0, |extent| GROWTH_DIGITS - extent.to_string().len());
        let len = BEFORE_TEXT + header.dictionary().len() + digits + 1;
        // To the next multiple, even from a multiple: NumPy pads by at least one byte.
        header.text_len = (len / ALIGNMENT + 1) * ALIGNMENT - BEFORE_TEXT;
        header
    }

    /// Returns the whole header in version 1.0.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        // Two bytes are enough for eight extents and a plain dtype.
        let [low, high, ..] = self.text_len.to_le_bytes();
        [&MAGIC[..], &[1, 0, low, high], self.text().as_bytes()].concat()
    }

    /// Returns the text, padded to its length.
    pub(crate) fn text(&self) -> String {
        format!("{:<width$}\n", self.dictionary(), width = self.text_len - 1)
    }

    /// Returns the bytes of the text.
    pub(crate) fn text_len(&self) -> usize {
        self.text_len
    }

    /// Fails if the text is too short for the maximum number of rows.
    pub(crate) fn check_growth(&self) -> Result<(), NpyError> {
        let mut full = Header { dtype: self.dtype.clone(), shape: self.shape.clone(), ..*self };
        if let Some(rows) = full.shape.first_mut() {
            *rows = usize::MAX;
        }
        let expected = full.dictionary().len() + 1;
        let found = self.text_len;
        if expected <= found { Ok(()) } else { Err(NpyError::HeaderTooShort { expected, found }) }
    }

    /// Returns the dictionary as NumPy writes it: keys in alphabetic order, a comma after each
    /// value and after a single extent.
    fn dictionary(&self) -> String {
        let order = if self.fortran_order { "True" } else { "False" };
        let shape = match &self.shape[..] {
            [extent] => format!("{extent},"),
            extents => extents.iter().map(usize::to_string).collect::<Vec<_>>().join(", "),
        };
        format!("{{'descr': {}, 'fortran_order': {order}, 'shape': ({shape}), }}", self.dtype.descr())
    }
}

/// Reading a header.
impl Header {
    /// Reads a header and no byte more. `rust_type` is that of the elements, for errors.
    pub(crate) fn read(reader: &mut impl Read, rust_type: &'static str) -> Result<Self, NpyError> {
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
        // The encoding depends on the version, but the text is ASCII if the dtype is plain.
        let text = String::from_utf8_lossy(&text);
        let (dtype, fortran_order, shape) = Text(&text).dictionary(rust_type)?;
        Ok(Header { dtype, fortran_order, shape, text_len })
    }
}

/// Returns whether another `.npy` file starts here.
pub(crate) fn begins_here(reader: &mut impl Read) -> io::Result<bool> {
    Ok(up_to(reader, MAGIC.len())? == MAGIC)
}

/// Reads the next `len` bytes, or as many as there are. Memory is allocated as they arrive.
fn up_to(reader: &mut impl Read, len: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.by_ref().take(u64_from(len)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Converts a number of bytes. Exact: no address has more than 64 bits.
pub(crate) fn u64_from(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

fn exactly(reader: &mut impl Read, expected: usize) -> Result<Vec<u8>, NpyError> {
    let bytes = up_to(reader, expected)?;
    if bytes.len() == expected {
        Ok(bytes)
    } else {
        Err(NpyError::HeaderEnd { expected, found: bytes.len() })
    }
}

/// The rest of the text of a header.
#[derive(Clone, Copy)]
struct Text<'a>(&'a str);

impl<'a> Text<'a> {
    /// Parses the dictionary, with its keys in any order.
    fn dictionary(mut self, rust_type: &'static str) -> Result<(DType, bool, Vec<usize>), NpyError> {
        let whole = self;
        let (mut dtype, mut fortran_order, mut shape) = (None, None, None);
        self.expect(r#""{""#)?;
        while !self.take("}") {
            let key = self.string("a key in quotes")?;
            self.expect(r#"":""#)?;
            match key {
                "descr" => dtype = Some(self.dtype(rust_type)?),
                "fortran_order" => fortran_order = Some(self.boolean()?),
                "shape" => shape = Some(self.shape()?),
                // An unknown key might change the meaning of the others; NumPy refuses it as well.
                _ => return Err(whole.fault(KEYS)),
            }
            if !self.take(",") {
                self.expect(r#""}""#)?;
                break;
            }
        }
        if !self.0.trim_start().is_empty() {
            return Err(self.fault("nothing after the dictionary"));
        }
        let (Some(dtype), Some(fortran_order), Some(shape)) = (dtype, fortran_order, shape) else {
            return Err(whole.fault(KEYS));
        };
        Ok((dtype, fortran_order, shape))
    }

    fn dtype(&mut self, rust_type: &'static str) -> Result<DType, NpyError> {
        let misfit = |found: &str| NpyError::DType { expected: rust_type, found: excerpt(found) };
        let start = self.0.trim_start();
        // A structured dtype is a list of its fields. Nothing after it has brackets if the keys are
        // in order.
        if start.starts_with('[') {
            return Err(misfit(start.rfind(']').map_or(start, |end| &start[..=end])));
        }
        let descr = self.string("a dtype in quotes")?;
        let plain: TypeStr = descr.parse().map_err(|_| misfit(&format!("'{descr}'")))?;
        Ok(DType::new_scalar(plain))
    }

    fn boolean(&mut self) -> Result<bool, NpyError> {
        if self.take("True") {
            Ok(true)
        } else if self.take("False") {
            Ok(false)
        } else {
            Err(self.fault("True or False"))
        }
    }

    fn shape(&mut self) -> Result<Vec<usize>, NpyError> {
        let mut extents = Vec::new();
        self.expect(r#""(""#)?;
        while !self.take(")") {
            extents.push(self.extent()?);
            if extents.len() == 1 {
                // Without a comma it is a number in parentheses.
                self.expect(r#"",""#)?;
            } else if !self.take(",") {
                self.expect(r#"")""#)?;
                break;
            }
        }
        Ok(extents)
    }

    fn extent(&mut self) -> Result<usize, NpyError> {
        let start = self.0.trim_start();
        let rest = start.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = &start[..start.len() - rest.len()];
        let extent = digits.parse().map_err(|_| self.fault("an extent that fits into a usize"))?;
        // Python 2 marked its long integers.
        self.0 = rest.strip_prefix('L').unwrap_or(rest);
        Ok(extent)
    }

    /// Parses a string without escapes, which neither a key nor a plain dtype needs.
    fn string(&mut self, expected: &'static str) -> Result<&'a str, NpyError> {
        let start = self.0.trim_start();
        let quoted = ['\'', '"'].into_iter().find_map(|quote| start.strip_prefix(quote)?.split_once(quote));
        let (string, rest) = quoted.ok_or_else(|| self.fault(expected))?;
        self.0 = rest;
        Ok(string)
    }

    /// Parses a bracket, a comma or a colon, given in quotes for the error.
    fn expect(&mut self, quoted: &'static str) -> Result<(), NpyError> {
        if self.take(quoted.trim_matches('"')) { Ok(()) } else { Err(self.fault(quoted)) }
    }

    /// Skips `token` if it comes next, after any space. Returns whether it did.
    fn take(&mut self, token: &str) -> bool {
        let rest = self.0.trim_start().strip_prefix(token);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn fault(self, expected: &'static str) -> NpyError {
        NpyError::Header { expected, found: excerpt(self.0.trim()) }
    }
}

/// Returns the text, truncated if it is long.
fn excerpt(text: &str) -> Box<str> {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
