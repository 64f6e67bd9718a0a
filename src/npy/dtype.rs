//! `NpyDType`: kind, size and byte order of plain elements, from text. Independent of Rust types.

use crate::npy::error::NpyError;
use core::ffi::c_long;
use core::fmt;
use core::str::FromStr;

/// A dtype of NumPy: kind, size and byte order of plain elements.
///
/// Parses the texts that `numpy.dtype` accepts for a plain dtype: on a little-endian machine `<f8`,
/// `f8`, `d` and `float64` are the same dtype. Not parsed are signs, spaces, numbers before the
/// kind, the letter `a` alone, and names of the C type `long double`, whose size depends on the machine. Structured
/// dtypes and objects are not plain.
///
/// Prints as NumPy prints `dtype.str`: `M8[D/4]` as `<M8[6h]`.
///
/// # Examples
///
/// ```
/// use growable_nd::NpyDType;
///
/// let dtype: NpyDType = ">M8[ns]".parse()?;
/// assert_eq!((dtype.kind(), dtype.size(), dtype.is_big_endian()), ('M', 8, true));
/// assert_eq!((dtype.name(), dtype.to_string()), ("datetime64[ns]".into(), ">M8[ns]".into()));
/// assert_eq!("uint8".parse::<NpyDType>()?.to_string(), "|u1");
/// # Ok::<(), growable_nd::NpyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NpyDType {
    kind: char,
    size: usize,
    /// Whether the high bytes come first. Elements without a byte order have that of this machine.
    big_endian: bool,
    /// Unit of a date or a duration, with its brackets.
    unit: Box<str>,
}

impl NpyDType {
    /// Creates a dtype in the byte order of the machine.
    pub(crate) fn native(kind: char, size: usize) -> Self {
        NpyDType { kind, size, big_endian: cfg!(target_endian = "big"), unit: "".into() }
    }

    /// Returns the character that NumPy calls `dtype.kind`.
    ///
    /// This is `b` for bool, `i` and `u` for integers, `f` for floats, `c` for complex numbers, `M`
    /// for dates, `m` for durations, `S` for bytes, `U` for text, `V` for raw data.
    ///
    /// # Examples
    ///
    /// See [`NpyDType`].
    #[must_use]
    #[inline]
    pub fn kind(&self) -> char {
        self.kind
    }

    /// Returns the number of bytes of an element. Text (`U`) has four bytes per character.
    ///
    /// # Examples
    ///
    /// See [`NpyDType`].
    #[must_use]
    #[inline]
    #[doc(alias = "itemsize")]
    pub fn size(&self) -> usize {
        self.size
    }

    /// Returns whether the high bytes of a number come first.
    ///
    /// For elements of single bytes, strings of bytes and raw data, returns the order of this
    /// machine.
    ///
    /// # Examples
    ///
    /// See [`NpyDType`].
    #[must_use]
    #[inline]
    pub fn is_big_endian(&self) -> bool {
        self.big_endian
    }

    /// Returns whether numbers are in the byte order of this machine.
    ///
    /// # Examples
    ///
    /// See [`NpyDType`].
    #[must_use]
    #[inline]
    pub fn is_native(&self) -> bool {
        self.big_endian == cfg!(target_endian = "big")
    }

    /// Returns the name that NumPy gives the dtype: `float64`, `datetime64[ns]`, `str96`.
    ///
    /// # Examples
    ///
    /// See [`NpyDType`].
    #[must_use]
    pub fn name(&self) -> String {
        let word = match self.kind {
            'b' => return "bool".into(),
            'i' => "int",
            'u' => "uint",
            'f' => "float",
            'c' => "complex",
            'M' => "datetime",
            'm' => "timedelta",
            'S' => "bytes",
            'U' => "str",
            _ => "void",
        };
        match self.size.saturating_mul(8) {
            0 => word.into(),
            bits => format!("{word}{bits}{}", self.unit),
        }
    }

    /// Returns the Rust type of elements, if this crate has one.
    pub(crate) fn rust_type(&self) -> Option<&'static str> {
        if self.size == 0 {
            return None;
        }
        Some(match (self.kind, self.size) {
            ('b', 1) => "bool",
            ('i', 1) => "i8",
            ('i', 2) => "i16",
            ('i', 4) => "i32",
            ('i' | 'M' | 'm', 8) => "i64",
            ('u', 1) => "u8",
            ('u', 2) => "u16",
            ('u', 4) => "u32",
            ('u', 8) => "u64",
            ('f', 2 | 4) => "f32",
            ('f', 8) => "f64",
            ('c', 8) => "Complex<f32>",
            ('c', 16) => "Complex<f64>",
            ('S' | 'U', _) => "String",
            ('V', _) => "Vec<u8>",
            _ => return None,
        })
    }

    fn has_byte_order(&self) -> bool {
        self.size > 1 && !matches!(self.kind, 'S' | 'V') || self.kind == 'U'
    }
}

/// Prints the dtype as NumPy prints `dtype.str`.
impl fmt::Display for NpyDType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let order = match (self.has_byte_order(), self.big_endian) {
            (false, _) => '|',
            (true, false) => '<',
            (true, true) => '>',
        };
        let size = if self.kind == 'U' { self.size / 4 } else { self.size };
        f.pad(&format!("{order}{}{size}{}", self.kind, self.unit))
    }
}

const WORD: usize = size_of::<usize>();
/// Bytes of a `long` of C, which depends on the machine. NumPy uses that of the reading machine.
const LONG: usize = size_of::<c_long>();

/// The characters and names of dtypes, with kind and size.
#[rustfmt::skip]
const NAMES: [(&str, char, usize); 71] = [
    ("?", 'b', 1), ("bool", 'b', 1), ("bool_", 'b', 1),
    ("b", 'i', 1), ("byte", 'i', 1), ("int8", 'i', 1), ("B", 'u', 1), ("ubyte", 'u', 1), ("uint8", 'u', 1),
    ("h", 'i', 2), ("short", 'i', 2), ("int16", 'i', 2), ("H", 'u', 2), ("ushort", 'u', 2), ("uint16", 'u', 2),
    ("i", 'i', 4), ("intc", 'i', 4), ("int32", 'i', 4), ("I", 'u', 4), ("uintc", 'u', 4), ("uint32", 'u', 4),
    ("q", 'i', 8), ("longlong", 'i', 8), ("int64", 'i', 8), ("Q", 'u', 8), ("ulonglong", 'u', 8), ("uint64", 'u', 8),
    ("l", 'i', LONG), ("long", 'i', LONG), ("L", 'u', LONG), ("ulong", 'u', LONG),
    ("n", 'i', WORD), ("p", 'i', WORD), ("intp", 'i', WORD), ("int", 'i', WORD), ("int_", 'i', WORD),
    ("N", 'u', WORD), ("P", 'u', WORD), ("uintp", 'u', WORD), ("uint", 'u', WORD),
    ("e", 'f', 2), ("half", 'f', 2), ("float16", 'f', 2), ("f", 'f', 4), ("single", 'f', 4), ("float32", 'f', 4),
    ("d", 'f', 8), ("double", 'f', 8), ("float", 'f', 8), ("float64", 'f', 8),
    ("F", 'c', 8), ("csingle", 'c', 8), ("complex64", 'c', 8),
    ("D", 'c', 16), ("cdouble", 'c', 16), ("complex", 'c', 16), ("complex128", 'c', 16),
    ("M", 'M', 8), ("datetime64", 'M', 8), ("m", 'm', 8), ("timedelta64", 'm', 8),
    ("S", 'S', 0), ("c", 'S', 1), ("bytes", 'S', 0), ("bytes_", 'S', 0), ("U", 'U', 0), ("str", 'U', 0),
    ("str_", 'U', 0), ("unicode", 'U', 0), ("V", 'V', 0), ("void", 'V', 0),
];

/// The units of dates and durations, each with its length in the next smaller units, as NumPy
/// counts them.
#[rustfmt::skip]
const UNITS: [(&str, &[i32]); 13] = [
    ("Y", &[12, 52, 365]), ("M", &[4, 30, 720]), ("W", &[7, 168, 10_080]), ("D", &[24, 1440, 86_400]),
    ("h", &[60, 3600]), ("m", &[60, 60_000]), ("s", THOUSANDS), ("ms", THOUSANDS), ("us", THOUSANDS),
    ("ns", THOUSANDS), ("ps", THOUSANDS), ("fs", THOUSANDS), ("as", &[]),
];

const THOUSANDS: &[i32] = &[1000, 1_000_000];

/// Parses the texts that NumPy accepts for a plain dtype.
impl FromStr for NpyDType {
    type Err = NpyError;

    fn from_str(text: &str) -> Result<Self, NpyError> {
        parse(text).ok_or_else(|| NpyError::UnknownDType { found: text.into() })
    }
}

fn parse(text: &str) -> Option<NpyDType> {
    let rest = text.trim_start_matches(['<', '>', '=', '|']);
    let order = &text[..text.len() - rest.len()];
    let (code, unit) = rest.split_at(rest.find('[').unwrap_or(rest.len()));
    let (kind, size) = match NAMES.iter().find(|(name, ..)| *name == code) {
        // Of the names, only those of dates and durations may have a byte order.
        Some(&(_, kind, _)) if code.len() > 1 && !order.is_empty() && !matches!(kind, 'M' | 'm') => {
            return None;
        }
        Some(&(_, kind, size)) => (kind, size),
        None => sized(code)?,
    };
    let mut dtype = NpyDType::native(kind, size);
    match order {
        "<" if dtype.has_byte_order() => dtype.big_endian = false,
        ">" if dtype.has_byte_order() => dtype.big_endian = true,
        "" | "<" | ">" | "=" | "|" => {}
        _ => return None,
    }
    if !unit.is_empty() {
        // NumPy accepts no unit after a single letter.
        (matches!(kind, 'M' | 'm') && code.len() > 1).then_some(())?;
        dtype.unit = parse_unit(unit)?;
    }
    Some(dtype)
}

/// Parses a kind and a size.
fn sized(code: &str) -> Option<(char, usize)> {
    let kind = code.chars().next()?;
    let digits = code.strip_prefix(kind)?;
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let size: usize = digits.parse().ok()?;
    match (kind, size) {
        ('b', 1) | ('i' | 'u', 1 | 2 | 4 | 8) | ('f', 2 | 4 | 8 | 12 | 16) => Some((kind, size)),
        ('c', 8 | 16 | 24 | 32) | ('M' | 'm', 8) | ('S' | 'V', _) => Some((kind, size)),
        ('a', _) => Some(('S', size)),
        ('U', _) => Some((kind, size.checked_mul(4)?)),
        _ => None,
    }
}

/// Parses a unit in brackets, `[25s]` or `[D/4]`, and returns it as NumPy prints it.
fn parse_unit(text: &str) -> Option<Box<str>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let (multiple, divisor) = inner.split_once('/').unwrap_or((inner, "1"));
    let name = multiple.trim_start_matches(|c: char| c.is_ascii_digit());
    let multiple = &multiple[..multiple.len() - name.len()];
    let multiple = if multiple.is_empty() { 1 } else { count(multiple)? };
    // NumPy reads the Greek letter only; keyboards have the micro sign.
    let name = if matches!(name, "\u{3BC}s" | "\u{B5}s") { "us" } else { name };
    match count(divisor)? {
        1 if name == "generic" => Some("".into()),
        divisor => {
            let (multiple, name) = divided(multiple, name, divisor)?;
            let multiple = if multiple == 1 { String::new() } else { multiple.to_string() };
            Some(format!("[{multiple}{name}]").into())
        }
    }
}

/// Parses digits as a C `int`.
fn count(digits: &str) -> Option<i32> {
    digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Divides a unit. The result is in the first of the next smaller units that divides evenly.
fn divided(multiple: i32, name: &str, divisor: i32) -> Option<(i32, &'static str)> {
    let index = UNITS.iter().position(|(unit, _)| *unit == name)?;
    let (unit, parts) = UNITS[index];
    if divisor == 1 {
        return Some((multiple, unit));
    }
    let mut parts = parts.iter().zip(&UNITS[index + 1..]);
    let (part, (unit, _)) = parts.find(|(part, _)| part.checked_rem(divisor) == Some(0))?;
    Some((multiple.checked_mul(part / divisor)?, unit))
}
