//! `Display` in the layout of NumPy, `Debug` with shape and capacity, numbers in other notations.

use crate::array::GrowableNd;
use crate::impls::floats::Survey;
use crate::impls::table::{Case, Style, Table, with_array};
use crate::view::Strided;
use core::fmt::{self, Formatter};
use core::ops::Deref;

/// Prints the elements in nested brackets, right-aligned in columns: one line per innermost lane.
/// Each further axis adds an empty line between blocks.
///
/// Width, precision, sign, alignment and the zero flag apply to each element; all other padding is
/// by spaces. An array of more than 1000 elements prints the first and last three indices of each
/// axis; `{:#}` prints all. An array without elements prints its shape.
///
/// Floats are rounded to eight digits after the point. All print the same number of digits, as few
/// as needed. They print in scientific notation if the absolute value of a nonzero float is below
/// 10⁻⁴, or if one would need more than 15 characters. (`NumPy` changes to scientific notation
/// earlier: for 10⁸, and for numbers that differ by more than a factor of 1000.) With a precision, each float
/// prints as on its own; with `{:#}` it prints in full.
///
/// An element is a float if it prints like one: with a sign, a point and one digit by `{:+.1}`, and
/// as a number by `{}`.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array = GrowableNd::from([[1.0, 20.0], [3.25, 4.0]]);
/// assert_eq!(format!("{array}"), "[[ 1.00 20.00]\n [ 3.25  4.00]]");
/// assert_eq!(format!("{array:.1}"), "[[ 1.0 20.0]\n [ 3.2  4.0]]");
///
/// let array = GrowableNd::from(vec![1.0 / 3.0, 0.0, 2.0]);
/// assert_eq!(array.to_string(), "[0.33333333 0.00000000 2.00000000]");
/// assert_eq!(format!("{array:#}"), "[0.3333333333333333                  0                  2]");
///
/// assert_eq!(GrowableNd::from(vec![1.5e-9, 20.0]).to_string(), "[1.5e-09 2.0e+01]");
/// assert_eq!(GrowableNd::<f64>::new([3]).to_string(), "[] of the shape [0, 3]");
/// ```
impl<T: fmt::Display> fmt::Display for GrowableNd<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        with_array(self, |table| display(table, f))
    }
}

/// Prints shape, capacity in rows, and the elements in the layout of [`Display`](fmt::Display) with
/// long axes elided. Floats print in full. `{:x?}` prints integers in base 16.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array = GrowableNd::from([["a"], ["b"]]);
/// let text = "GrowableNd of the shape [2, 1], capacity 2 rows\n[[\"a\"]\n [\"b\"]]";
/// assert_eq!(format!("{array:?}"), text);
/// ```
impl<T: fmt::Debug> fmt::Debug for GrowableNd<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "GrowableNd of the shape {:?}, capacity {} rows", self.shape(), self.capacity())?;
        with_array(self, |table| debug(table, f))
    }
}

/// Prints like an array. A view without axes prints its element.
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array = GrowableNd::from([[1.0, 20.0], [3.25, 4.0]]);
/// assert_eq!(array.view::<2>().t().to_string(), "[[ 1.00  3.25]\n [20.00  4.00]]");
/// ```
impl<S: Deref<Target = [T]>, T: fmt::Display, const N: usize> fmt::Display for Strided<S, N> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        display(&Table::of_view(&self.data, &self.layout), f)
    }
}

/// Prints shape, strides in elements, and the elements in the layout of [`Display`](fmt::Display)
/// with long axes elided. Floats print in full. `{:x?}` prints integers in base 16.
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
        debug(&Table::of_view(&self.data, &self.layout), f)
    }
}

/// Prints the elements after a line with the shape.
fn debug<T: fmt::Debug>(table: &Table<'_, T>, f: &mut Formatter<'_>) -> fmt::Result {
    if table.is_empty() {
        f.write_str("[]")
    } else {
        table.write(f, debug_style(f), &|element, f| element.fmt(f))
    }
}

/// Prints the elements in nested brackets, floats in a common notation.
fn display<T: fmt::Display>(table: &Table<'_, T>, f: &mut Formatter<'_>) -> fmt::Result {
    let style = Style { elide: !f.alternate(), ..Style::default() };
    let notation = match f.precision() {
        // A single element prints as on its own.
        None if !f.alternate() && table.rank() > 0 => {
            let mut survey = Survey::default();
            let seen = table.try_for_each_shown(style.elide, &mut |element| survey.add(element));
            seen.ok().and_then(|()| survey.notation())
        }
        _ => None,
    };
    match notation {
        Some(notation) => table.write(f, style, &|element, f| notation.print(element, f)),
        None => table.write(f, style, &|element, f| element.fmt(f)),
    }
}

fn debug_style(f: &Formatter<'_>) -> Style {
    // The flags of `{:x?}` and `{:X?}`, which no other method returns.
    #[expect(deprecated, reason = "stable, with these values for ever")]
    let debug_hex = match f.flags() >> 4 & 3 {
        1 => Some(Case::Lower),
        2 => Some(Case::Upper),
        _ => None,
    };
    Style { elide: true, debug_hex, ..Style::default() }
}

/// One line per trait, for arrays and views.
macro_rules! notations {
    ($($(#[$doc:meta])* $notation:ident;)*) => {$(
        $(#[$doc])*
        impl<T: fmt::$notation> fmt::$notation for GrowableNd<T> {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                let style = Style { elide: true, alternate: f.alternate(), ..Style::default() };
                with_array(self, |table| table.write(f, style, &|element, f| element.fmt(f)))
            }
        }

        /// Prints like an array.
        impl<S: Deref<Target = [T]>, T: fmt::$notation, const N: usize> fmt::$notation for Strided<S, N> {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                let style = Style { elide: true, alternate: f.alternate(), ..Style::default() };
                let table = Table::of_view(&self.data, &self.layout);
                table.write(f, style, &|element, f| element.fmt(f))
            }
        }
    )*};
}

notations! {
    /// Prints each element by `{:x}` in the layout of [`Display`](fmt::Display), with long axes
    /// elided. All flags apply to each element, `#` and `0` as well.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let bytes = GrowableNd::from([[0, 10], [200, 255]]);
    /// assert_eq!(format!("{bytes:02x}"), "[[00 0a]\n [c8 ff]]");
    /// assert_eq!(format!("{bytes:#x}"), "[[ 0x0  0xa]\n [0xc8 0xff]]");
    /// ```
    LowerHex;
    /// Prints each element by `{:X}`, as by `{:x}`.
    UpperHex;
    /// Prints each element by `{:b}`, as by `{:x}`.
    Binary;
    /// Prints each element by `{:o}`, as by `{:x}`.
    Octal;
    /// Prints each element by `{:e}` in the layout of [`Display`](fmt::Display), with long axes
    /// elided.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let array = GrowableNd::from(vec![1.5, 0.0, -2e20]);
    /// assert_eq!(format!("{array:e}"), "[1.5e0   0e0 -2e20]");
    /// assert_eq!(format!("{array:.2e}"), "[  1.50e0   0.00e0 -2.00e20]");
    /// ```
    LowerExp;
    /// Prints each element by `{:E}`, as by `{:e}`.
    UpperExp;
}
