//! Printing: `Display` as NumPy prints, `Debug` with shape and capacity.

use crate::array::GrowableNd;
use crate::layout::shape::{MAX_RANK, row_major_strides};
use crate::layout::{Layout, moved};
use crate::view::Strided;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Alignment, Formatter, Write as _};
use core::mem;
use core::ops::Deref;

/// Maximum number of elements printed in full: beyond it long axes are elided, except by `{:#}`.
const ELIDE_ABOVE: usize = 1000;

/// Number of indices printed at each end of an elided axis.
const EDGE: usize = 3;

/// Prints the elements in nested brackets, right-aligned in columns: one line per innermost lane,
/// and one more empty line between blocks per further axis.
///
/// Width, precision, sign and alignment apply to each element; fill is always a space. An array of
/// more than 1000 elements prints the first and last three indices of each axis; `{:#}` prints all.
/// An array without elements prints its shape.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array = GrowableNd::from([[1.0, 20.0], [3.25, 4.0]]);
/// assert_eq!(format!("{array}"), "[[   1   20]\n [3.25    4]]");
/// assert_eq!(format!("{array:.1}"), "[[ 1.0 20.0]\n [ 3.2  4.0]]");
/// assert_eq!(GrowableNd::<f64>::new([3]).to_string(), "[] of the shape [0, 3]");
/// ```
impl<T: fmt::Display> fmt::Display for GrowableNd<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_array(self, f, !f.alternate(), &|element, f| element.fmt(f))
    }
}

/// Prints shape, capacity in rows, and the elements in the layout of [`Display`](fmt::Display) with
/// long axes elided.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array = GrowableNd::from([["a"], ["b"]]);
/// assert_eq!(format!("{array:?}"), "GrowableNd of the shape [2, 1], capacity 2 rows\n[[\"a\"]\n [\"b\"]]");
/// ```
impl<T: fmt::Debug> fmt::Debug for GrowableNd<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "GrowableNd of the shape {:?}, capacity {} rows", self.shape(), self.capacity())?;
        write_array(self, f, true, &|element, f| element.fmt(f))
    }
}

/// Prints like an array. A view without axes prints as its element.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array = GrowableNd::from([[1.0, 20.0], [3.25, 4.0]]);
/// assert_eq!(array.view::<2>().t().to_string(), "[[   1 3.25]\n [  20    4]]");
/// ```
impl<S: Deref<Target = [T]>, T: fmt::Display, const N: usize> fmt::Display for Strided<S, N> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_view(&self.data, &self.layout, f, !f.alternate(), &|element, f| element.fmt(f))
    }
}

/// Prints shape, strides in elements, and the elements in the layout of [`Display`](fmt::Display)
/// with long axes elided.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array = GrowableNd::from([[1, 2], [3, 4]]);
/// let text = "View of the shape [2], strides [3]\n[1 4]";
/// assert_eq!(format!("{:?}", array.view::<2>().diagonal()), text);
/// ```
impl<S: Deref<Target = [T]>, T: fmt::Debug, const N: usize> fmt::Debug for Strided<S, N> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "View of the shape {:?}, strides {:?}", self.shape(), self.strides())?;
        write_view(&self.data, &self.layout, f, true, &|element, f| element.fmt(f))
    }
}

/// Prints one element: the `fmt` of `Display` or `Debug`.
type Print<T> = dyn Fn(&T, &mut Formatter<'_>) -> fmt::Result;

/// The elements to print, of any number of axes.
struct Table<'a, T> {
    data: &'a [T],
    shape: &'a [usize],
    /// In elements, one per extent.
    strides: &'a [isize],
    /// Where the element at index 0 is.
    offset: usize,
}

fn write_array<T>(
    array: &GrowableNd<T>,
    f: &mut Formatter<'_>,
    elide_long: bool,
    print: &Print<T>,
) -> fmt::Result {
    let strides = row_major_strides::<MAX_RANK>(array.shape());
    let table = Table { data: array.as_slice(), shape: array.shape(), strides: &strides, offset: 0 };
    write_elements(&table, f, elide_long, print)
}

fn write_view<T, const N: usize>(
    data: &[T],
    layout: &Layout<N>,
    f: &mut Formatter<'_>,
    elide_long: bool,
    print: &Print<T>,
) -> fmt::Result {
    let table = Table { data, shape: layout.shape(), strides: layout.strides(), offset: layout.offset() };
    write_elements(&table, f, elide_long, print)
}

fn write_elements<T>(
    table: &Table<'_, T>,
    f: &mut Formatter<'_>,
    elide_long: bool,
    print: &Print<T>,
) -> fmt::Result {
    let shape = table.shape;
    if shape.contains(&0) {
        return write!(f, "[] of the shape {shape:?}");
    }
    let elide = elide_long && shape.iter().product::<usize>() > ELIDE_ABOVE;
    let mut texts = Texts::default();
    collect_texts(table, elide, &mut |element| texts.push(element, f, print))?;
    let width = texts.widest.max(f.width().unwrap_or(0));
    write_axis(f, shape, 1, elide, width, &mut texts.iter())
}

/// The texts of all elements that are printed, one after the other: one allocation for all.
#[derive(Default)]
struct Texts {
    all: String,
    /// Where each text ends in `all`, and its characters.
    ends: Vec<(usize, usize)>,
    /// Characters of the longest text.
    widest: usize,
}

impl Texts {
    /// Formats one element with the precision and the sign of `f`. The width is that of the column.
    fn push<T>(&mut self, element: &T, f: &Formatter<'_>, print: &Print<T>) -> fmt::Result {
        let (element, start) = (Printed { element, print }, self.all.len());
        match (f.precision(), f.sign_plus()) {
            (None, false) => write!(self.all, "{element}"),
            (None, true) => write!(self.all, "{element:+}"),
            (Some(precision), false) => write!(self.all, "{element:.precision$}"),
            (Some(precision), true) => write!(self.all, "{element:+.precision$}"),
        }?;
        let text = &self.all[start..];
        let chars = if text.is_ascii() { text.len() } else { text.chars().count() };
        self.ends.push((self.all.len(), chars));
        self.widest = self.widest.max(chars);
        Ok(())
    }

    /// Iterates over the texts and their characters.
    fn iter(&self) -> impl Iterator<Item = (&str, usize)> {
        let mut start = 0;
        self.ends.iter().map(move |&(end, chars)| (&self.all[mem::replace(&mut start, end)..end], chars))
    }
}

struct Printed<'a, T> {
    element: &'a T,
    print: &'a Print<T>,
}

impl<T> fmt::Display for Printed<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        (self.print)(self.element, f)
    }
}

/// The indices of an axis that are printed.
fn shown(extent: usize, elide: bool) -> impl Iterator<Item = usize> {
    let gap = if elide && extent > 2 * EDGE { EDGE..extent - EDGE } else { extent..extent };
    (0..gap.start).chain(gap.end..extent)
}

/// Calls `take` for each element that is printed, in row-major order.
fn collect_texts<T>(
    table: &Table<'_, T>,
    elide: bool,
    take: &mut impl FnMut(&T) -> fmt::Result,
) -> fmt::Result {
    let (Some((&extent, shape)), Some((&stride, strides))) =
        (table.shape.split_first(), table.strides.split_first())
    else {
        return take(&table.data[table.offset]);
    };
    shown(extent, elide).try_for_each(|index| {
        let offset = moved(table.offset, stride, index);
        collect_texts(&Table { data: table.data, shape, strides, offset }, elide, take)
    })
}

/// Writes one axis at bracket depth `depth`. `texts` are those of the elements printed, in order.
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
    // Within a line a space; between lines a line break per axis further in, and the brackets so
    // far.
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

/// By hand, because the width that `write!` takes ends at 65535.
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
