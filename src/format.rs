//! Printing: `Display` as `NumPy` prints, `Debug` with shape and capacity before it.

use crate::growable::GrowableNd;
use alloc::format;
use alloc::string::String;
use alloc::vec::{self, Vec};
use core::fmt::{self, Alignment, Formatter};

/// With more elements than this, long axes are elided unless `{:#}` asks for all.
const ELIDE_ABOVE: usize = 1000;

/// So many indices are shown at each end of an elided axis.
const EDGE: usize = 3;

/// Elements in nested brackets, right-aligned in columns: one line for each innermost lane, one empty line
/// more between blocks for each further axis.
///
/// Width, precision and sign are those of each element. Of an array with more than 1000 elements, only the
/// three first and last indices of each axis are shown; `{:#}` shows all. An array without elements shows
/// its shape.
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
        write_elements(self, f, &|element, f| element.fmt(f))
    }
}

/// Shape, capacity in rows, and the elements as [`Display`](fmt::Display) would lay them out; `{:#?}` shows
/// all of them.
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
        write_elements(self, f, &|element, f| element.fmt(f))
    }
}

/// How one element prints itself: the trait whose `fmt` is called.
type Print<T> = dyn Fn(&T, &mut Formatter<'_>) -> fmt::Result;

fn write_elements<T>(array: &GrowableNd<T>, f: &mut Formatter<'_>, print: &Print<T>) -> fmt::Result {
    if array.as_slice().is_empty() {
        return write!(f, "[] of the shape {:?}", array.shape());
    }
    let elide = array.as_slice().len() > ELIDE_ABOVE && !f.alternate();
    let mut texts = Vec::new();
    collect_texts(array.as_slice(), array.shape(), elide, &mut |element| texts.push(text(element, f, print)));
    let widest = texts.iter().map(|text| text.chars().count()).max().unwrap_or(0);
    let width = widest.max(f.width().unwrap_or(0));
    write_axis(f, array.shape(), 1, elide, width, &mut texts.into_iter())
}

/// One element with the precision and the sign that `f` asks for. The width is that of the column.
fn text<T>(element: &T, f: &Formatter<'_>, print: &Print<T>) -> String {
    let element = Printed { element, print };
    match (f.precision(), f.sign_plus()) {
        (None, false) => format!("{element}"),
        (None, true) => format!("{element:+}"),
        (Some(precision), false) => format!("{element:.precision$}"),
        (Some(precision), true) => format!("{element:+.precision$}"),
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

/// The indices of an axis that are shown.
fn shown(extent: usize, elide: bool) -> impl Iterator<Item = usize> {
    let gap = if elide && extent > 2 * EDGE { EDGE..extent - EDGE } else { extent..extent };
    (0..gap.start).chain(gap.end..extent)
}

/// Calls `take` for each element that is shown, in row-major order.
fn collect_texts<T>(elements: &[T], shape: &[usize], elide: bool, take: &mut impl FnMut(&T)) {
    match shape.split_first() {
        None => elements.iter().for_each(take),
        Some((&extent, inner)) => {
            let stride = elements.len() / extent;
            for index in shown(extent, elide) {
                collect_texts(&elements[index * stride..][..stride], inner, elide, take);
            }
        }
    }
}

/// Writes one axis at a depth of so many brackets. The texts are those of the elements shown, in order.
fn write_axis(
    f: &mut Formatter<'_>,
    shape: &[usize],
    depth: usize,
    elide: bool,
    width: usize,
    texts: &mut vec::IntoIter<String>,
) -> fmt::Result {
    let Some((&extent, inner)) = shape.split_first() else {
        let text = texts.next().unwrap_or_default();
        return match f.align() {
            Some(Alignment::Left) => write!(f, "{text:<width$}"),
            Some(Alignment::Center) => write!(f, "{text:^width$}"),
            _ => write!(f, "{text:>width$}"),
        };
    };
    // Within a line a space; between lines one line break for each axis further in, and the brackets so far.
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
