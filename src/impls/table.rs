//! Printing elements in nested brackets, aligned in columns.
//!
//! All elements are printed to texts first: the longest text determines the width of the columns.

use crate::array::GrowableNd;
use crate::layout::shape::{MAX_RANK, row_major_strides};
use crate::layout::{Layout, moved};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Alignment, Formatter, Write as _};
use core::mem;

/// Maximum number of elements printed in full: beyond it long axes are elided, except by `{:#}`.
const ELIDE_ABOVE: usize = 1000;

/// Number of indices printed at each end of an elided axis.
const EDGE: usize = 3;

/// A function that prints one element: the `fmt` of `Display`, of `Debug`, of `LowerHex`.
pub(super) type Print<'a, T> = &'a dyn Fn(&T, &mut Formatter<'_>) -> fmt::Result;

/// Options of printing in addition to the flags of the formatter.
#[derive(Clone, Copy, Default)]
pub(super) struct Style {
    /// Elide long axes.
    pub(super) elide: bool,
    /// Pass `#` on to the elements.
    pub(super) alternate: bool,
    /// Print integers as `{:x?}` or `{:X?}` do.
    pub(super) debug_hex: Option<Case>,
}

#[derive(Clone, Copy)]
pub(super) enum Case {
    Lower,
    Upper,
}

/// The elements to print, of any number of axes.
pub(super) struct Table<'a, T> {
    data: &'a [T],
    shape: &'a [usize],
    /// In elements, one per extent.
    strides: &'a [isize],
    /// Where the element at index 0 of each axis is in `data`.
    offset: usize,
}

/// Calls `f` with a table of the elements of an array.
pub(super) fn with_array<T, R>(array: &GrowableNd<T>, f: impl FnOnce(&Table<'_, T>) -> R) -> R {
    let strides = row_major_strides::<MAX_RANK>(array.shape());
    f(&Table { data: array.as_slice(), shape: array.shape(), strides: &strides, offset: 0 })
}

impl<'a, T> Table<'a, T> {
    pub(super) fn of_view<const N: usize>(data: &'a [T], layout: &'a Layout<N>) -> Self {
        Table { data, shape: layout.shape(), strides: layout.strides(), offset: layout.offset() }
    }

    /// Returns the number of axes.
    pub(super) fn rank(&self) -> usize {
        self.shape.len()
    }

    /// Writes the elements with the width, precision, sign and alignment of `f`.
    pub(super) fn write(&self, f: &mut Formatter<'_>, style: Style, print: Print<'_, T>) -> fmt::Result {
        let shape = self.shape;
        if self.is_empty() {
            return write!(f, "[] of the shape {shape:?}");
        }
        let mut texts = Texts::default();
        self.try_for_each_shown(style.elide, &mut |element| {
            texts.push(f, style, &Printed(&|f| print(element, f)))
        })?;
        let width = texts.widest.max(f.width().unwrap_or(0));
        write_axis(f, shape, 1, self.elides(style.elide), width, &mut texts.iter())
    }

    /// Calls `take` for each element that is printed, in row-major order.
    pub(super) fn try_for_each_shown<E>(
        &self,
        elide: bool,
        take: &mut impl FnMut(&T) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.is_empty() { Ok(()) } else { self.try_for_each_index(self.elides(elide), take) }
    }

    fn try_for_each_index<E>(
        &self,
        elides: bool,
        take: &mut impl FnMut(&T) -> Result<(), E>,
    ) -> Result<(), E> {
        let (Some((&extent, shape)), Some((&stride, strides))) =
            (self.shape.split_first(), self.strides.split_first())
        else {
            return take(&self.data[self.offset]);
        };
        shown(extent, elides).try_for_each(|index| {
            let offset = moved(self.offset, stride, index);
            Table { data: self.data, shape, strides, offset }.try_for_each_index(elides, take)
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.shape.contains(&0)
    }

    /// Returns whether long axes are elided: if `elide` allows it and there are many elements.
    fn elides(&self, elide: bool) -> bool {
        elide && self.shape.iter().product::<usize>() > ELIDE_ABOVE
    }
}

/// The texts of all elements that are printed, one after the other: one allocation for all.
#[derive(Default)]
struct Texts {
    all: String,
    /// Where each text ends in `all`, and its number of characters.
    ends: Vec<(usize, usize)>,
    /// Number of characters of the longest text.
    widest: usize,
}

/// Writes `$element` with the flags of a formatter. The width counts only with the zero flag:
/// spaces are those of the column.
macro_rules! write_flagged {
    ($out:expr, $element:expr, $f:expr, $alternate:expr, $kind:literal) => {{
        let width = if $f.sign_aware_zero_pad() { $f.width().unwrap_or(0) } else { 0 };
        let (out, element) = ($out, $element);
        match (($f.sign_plus(), $alternate), $f.precision()) {
            ((false, false), None) => write!(out, concat!("{:0w$", $kind, "}"), element, w = width),
            ((false, true), None) => write!(out, concat!("{:#0w$", $kind, "}"), element, w = width),
            ((true, false), None) => write!(out, concat!("{:+0w$", $kind, "}"), element, w = width),
            ((true, true), None) => write!(out, concat!("{:+#0w$", $kind, "}"), element, w = width),
            ((false, false), Some(precision)) => {
                write!(out, concat!("{:0w$.p$", $kind, "}"), element, w = width, p = precision)
            }
            ((false, true), Some(precision)) => {
                write!(out, concat!("{:#0w$.p$", $kind, "}"), element, w = width, p = precision)
            }
            ((true, false), Some(precision)) => {
                write!(out, concat!("{:+0w$.p$", $kind, "}"), element, w = width, p = precision)
            }
            ((true, true), Some(precision)) => {
                write!(out, concat!("{:+#0w$.p$", $kind, "}"), element, w = width, p = precision)
            }
        }
    }};
}

impl Texts {
    fn push(&mut self, f: &Formatter<'_>, style: Style, element: &Printed<'_>) -> fmt::Result {
        let start = self.all.len();
        match style.debug_hex {
            None => write_flagged!(&mut self.all, element, f, style.alternate, ""),
            Some(Case::Lower) => write_flagged!(&mut self.all, element, f, style.alternate, "x?"),
            Some(Case::Upper) => write_flagged!(&mut self.all, element, f, style.alternate, "X?"),
        }?;
        let text = &self.all[start..];
        let chars = if text.is_ascii() { text.len() } else { text.chars().count() };
        self.ends.push((self.all.len(), chars));
        self.widest = self.widest.max(chars);
        Ok(())
    }

    /// Iterates over the texts and their numbers of characters.
    fn iter(&self) -> impl Iterator<Item = (&str, usize)> {
        let mut start = 0;
        self.ends.iter().map(move |&(end, chars)| (&self.all[mem::replace(&mut start, end)..end], chars))
    }
}

/// One element, printed the same way by `Display` and `Debug`: only `Debug` has the flags of
/// `{:x?}`.
struct Printed<'a>(&'a dyn Fn(&mut Formatter<'_>) -> fmt::Result);

impl fmt::Display for Printed<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        (self.0)(f)
    }
}

impl fmt::Debug for Printed<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        (self.0)(f)
    }
}

/// The indices of an axis that are printed.
fn shown(extent: usize, elide: bool) -> impl Iterator<Item = usize> {
    let gap = if elide && extent > 2 * EDGE { EDGE..extent - EDGE } else { extent..extent };
    (0..gap.start).chain(gap.end..extent)
}

/// Writes one axis at bracket depth `depth`. `texts` yields the texts of the printed elements in
/// order.
fn write_axis<'a>(
    f: &mut Formatter<'_>,
    shape: &[usize],
    depth: usize,
    elide: bool,
    width: usize,
    texts: &mut impl Iterator<Item = (&'a str, usize)>,
) -> fmt::Result {
    let Some((&extent, inner)) = shape.split_first() else {
        return texts.next().map_or(Ok(()), |(text, chars)| write_padded(f, text, width - chars));
    };
    // A space within a line. Between lines, one line break per inner axis, then spaces below the
    // open brackets.
    let separator = if inner.is_empty() { " ".into() } else { "\n".repeat(inner.len()) + &" ".repeat(depth) };
    f.write_str("[")?;
    let mut next = 0;
    for index in shown(extent, elide) {
        if index > 0 {
            f.write_str(&separator)?;
        }
        if index > next {
            write!(f, "...{separator}")?;
        }
        next = index + 1;
        write_axis(f, inner, depth + 1, elide, width, texts)?;
    }
    f.write_str("]")
}

/// Writes `text` and `missing` spaces. Not by `write!`, which allows a width of at most 65535.
fn write_padded(f: &mut Formatter<'_>, text: &str, missing: usize) -> fmt::Result {
    let left = match f.align() {
        Some(Alignment::Left) => 0,
        Some(Alignment::Center) => missing / 2,
        _ => missing,
    };
    write_spaces(f, left)?;
    f.write_str(text)?;
    write_spaces(f, missing - left)
}

fn write_spaces(f: &mut Formatter<'_>, mut count: usize) -> fmt::Result {
    const SPACES: &str = "                                ";
    while count > 0 {
        let len = count.min(SPACES.len());
        f.write_str(&SPACES[..len])?;
        count -= len;
    }
    Ok(())
}
