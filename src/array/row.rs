//! What can be pushed as one row, and the hand that writes it.

use crate::array::drop_guard::Tail;
use crate::array::error::RowError;
use crate::kernels::copy::append_clones;
use crate::layout::error::ShapeError;
use crate::layout::shape::Shape;
use crate::view::View;
use alloc::vec::Vec;
use core::fmt;

/// Elements that can become one row of an array.
///
/// Implemented for
///
/// | row | moved or cloned | must match |
/// |---|---|---|
/// | `&[T]`, `&Vec<T>` | cloned | the length of a row |
/// | `Vec<T>` | moved | the length of a row |
/// | `[T; A]`, `[[T; B]; A]` and so on, four axes deep | moved | the shape of a row |
/// | `&[T; A]`, `&[[T; B]; A]` and so on | cloned | the shape of a row |
/// | [`View`], `&View`, of up to seven axes and any strides | cloned | the shape of a row |
/// | [`GrowableNd<T>`](crate::GrowableNd), `&GrowableNd<T>` | moved, cloned | the shape of a row |
/// | a number, a `bool`, a `char`, `()` | moved | the shape of a row without axes |
///
/// Flat rows say nothing of a shape: any vector of six elements is a row of the shape `[2, 3]`, and of `[3, 2]`
/// just as well. Where that could be confused, use rows with a shape.
///
/// A row without axes is a single element. If it is of another type than those above, push it as a vector of
/// one, `vec![element]`; `T` itself is not a row in general, because then nobody could tell whether an array
/// `[f64; 3]` is a row of three numbers or of one array.
///
/// # Examples
///
/// A type of your own needs two methods: what it says of itself, and how it writes its elements. One that
/// writes another number of elements than it announced is found out, and the array stays as it was.
///
/// ```
/// use growable_nd::{GrowableNd, Row, RowShape, RowWriter};
///
/// struct Sample {
///     time: f64,
///     position: [f64; 3],
/// }
///
/// impl Row<f64> for Sample {
///     fn row_shape(&self) -> RowShape<'_> {
///         RowShape::Exactly(&[4])
///     }
///     fn write_row(self, out: &mut RowWriter<'_, f64>) {
///         out.push(self.time);
///         out.extend(self.position);
///     }
/// }
///
/// let mut array = GrowableNd::new([4]);
/// array.push_row(Sample { time: 0.5, position: [1.0, 2.0, 3.0] })?;
/// assert_eq!(array.row(0), [0.5, 1.0, 2.0, 3.0]);
/// # Ok::<(), growable_nd::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row of `{T}`",
    note = "a row is a slice, a `Vec`, an array, a `View`, a `GrowableNd`, or a reference to one, with elements of the same type"
)]
pub trait Row<T> {
    /// What the row says of itself, asked before anything is written.
    fn row_shape(&self) -> RowShape<'_>;

    /// Writes the elements in row-major order, as many as were announced.
    fn write_row(self, out: &mut RowWriter<'_, T>);
}

/// A row whose shape is known from its type alone, so that an array can be collected from such rows even if
/// there turn out to be none.
///
/// Implemented for the arrays and the single elements of [`Row`].
///
/// # Examples
///
/// ```
/// use growable_nd::GrowableNd;
///
/// let array: GrowableNd<f64> = (0..5).map(|step| [[f64::from(step); 4]; 2]).collect();
/// assert_eq!(array.shape(), [5, 2, 4]);
///
/// let none: GrowableNd<f64> = core::iter::empty::<[[f64; 4]; 2]>().collect();
/// assert_eq!(none.shape(), [0, 2, 4]);
/// ```
#[diagnostic::on_unimplemented(
    message = "the type `{Self}` does not say which shape a row of `{T}` has",
    note = "collect single elements with `GrowableNd::from_vec([], vec)`, or arrays like `[[{T}; 4]; 2]`, or give the shape: `GrowableNd::from_rows([2, 4], rows)`"
)]
pub trait ShapedRow<T>: Row<T> {
    /// The extents of every row of this type, outermost first.
    const SHAPE: &'static [usize];
}

/// What a [`Row`] says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowShape<'a> {
    /// So many elements in a line; they fit every row with as many.
    Flat(usize),
    /// Exactly these extents, outermost first.
    Exactly(&'a [usize]),
}

impl RowShape<'_> {
    /// How many elements the row has, if it is one of an array of this shape.
    ///
    /// That is `shape.row_len()`, but computed from the row, so that it is a constant where its type says so.
    #[inline]
    pub(crate) fn len_if_fits(self, shape: &Shape) -> Option<usize> {
        match self {
            RowShape::Flat(len) => (len == shape.row_len()).then_some(len),
            RowShape::Exactly(extents) => shape.has_inner(extents).then(|| extents.iter().product()),
        }
    }

    /// Why this is not a row of an array of this shape.
    ///
    /// Taken apart here, so that the calls pass numbers and not a reference, which would force what every row
    /// says of itself into memory.
    #[inline]
    pub(crate) fn misfit(self, shape: &Shape) -> RowError {
        match self {
            RowShape::Flat(found) => wrong_length(shape.row_len(), found),
            RowShape::Exactly(found) => wrong_shape(*shape, found),
        }
    }
}

#[cold]
#[inline(never)]
fn wrong_length(expected: usize, found: usize) -> RowError {
    RowError::Length { expected, found }
}

#[cold]
#[inline(never)]
fn wrong_shape(shape: Shape, found: &[usize]) -> RowError {
    RowError::Shape(ShapeError::Mismatch { expected: shape.inner().into(), found: found.into() })
}

/// Writes the elements of one row into their place at the end of an array.
///
/// It has room for exactly one row. What is written beyond is dropped and the row is refused, as is a row
/// that ends too early.
pub struct RowWriter<'a, T> {
    tail: Tail<'a, T>,
    row_len: usize,
    /// Elements that were offered after the row was full.
    excess: usize,
}

impl<'a, T> RowWriter<'a, T> {
    /// There is room for `row_len` more elements in `elements`.
    #[inline]
    pub(crate) fn new(elements: &'a mut Vec<T>, row_len: usize) -> Self {
        RowWriter { tail: Tail::new(elements), row_len, excess: 0 }
    }

    /// How many elements are still missing. The example at [`Row`] shows a writer at work.
    #[inline]
    pub fn remaining(&self) -> usize {
        self.row_len - self.tail.len()
    }

    /// Writes one element.
    #[inline]
    pub fn push(&mut self, element: T) {
        self.write(1, |row| row.push(element));
    }

    /// Writes clones of all elements of a slice, or none of them if there are more than are missing: then the row
    /// is refused.
    #[inline]
    pub fn extend_from_slice(&mut self, elements: &[T])
    where
        T: Clone,
    {
        self.write(elements.len(), |row| row.extend_from_slice(elements));
    }

    /// Moves all elements out of a vector, or none of them if there are more than are missing: then the row is
    /// refused.
    #[inline]
    pub fn append(&mut self, elements: &mut Vec<T>) {
        self.write(elements.len(), |row| row.append(elements));
    }

    /// Lets `append` write `len` elements, or counts them as too many.
    #[inline]
    fn write(&mut self, len: usize, append: impl FnOnce(&mut Vec<T>)) {
        if len > self.remaining() {
            self.excess = self.excess.saturating_add(len);
        } else {
            append(self.tail.elements);
        }
    }

    /// The row, if it is whole; the number of elements written, if not.
    #[inline]
    pub(crate) fn finish(self) -> Result<(), RowError> {
        let found = self.tail.len().saturating_add(self.excess);
        if found == self.row_len {
            self.tail.keep();
            Ok(())
        } else {
            Err(RowError::Count { expected: self.row_len, found })
        }
    }
}

// By hand: the rows before are nobody's business here.
impl<T> fmt::Debug for RowWriter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowWriter").field("remaining", &self.remaining()).finish_non_exhaustive()
    }
}

/// Writes all elements of an iterator; after the last that has room, asks for one more at most.
impl<T> Extend<T> for RowWriter<'_, T> {
    #[inline]
    fn extend<I: IntoIterator<Item = T>>(&mut self, elements: I) {
        let mut elements = elements.into_iter();
        let room = self.remaining();
        self.tail.elements.extend(elements.by_ref().take(room));
        if self.remaining() == 0 && elements.next().is_some() {
            self.excess = self.excess.saturating_add(1);
        }
    }
}

impl<T: Clone> Row<T> for &[T] {
    #[inline]
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Flat(self.len())
    }

    #[inline]
    fn write_row(self, out: &mut RowWriter<'_, T>) {
        out.extend_from_slice(self);
    }
}

impl<T: Clone> Row<T> for &Vec<T> {
    #[inline]
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Flat(self.len())
    }

    #[inline]
    fn write_row(self, out: &mut RowWriter<'_, T>) {
        out.extend_from_slice(self);
    }
}

impl<T> Row<T> for Vec<T> {
    #[inline]
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Flat(self.len())
    }

    #[inline]
    fn write_row(mut self, out: &mut RowWriter<'_, T>) {
        out.append(&mut self);
    }
}

/// The elements in row-major order of their indices, whatever their strides.
impl<T: Clone, const N: usize> Row<T> for View<'_, T, N> {
    #[inline]
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Exactly(self.layout.shape())
    }

    #[inline]
    fn write_row(self, out: &mut RowWriter<'_, T>) {
        (&self).write_row(out);
    }
}

/// The elements in row-major order of their indices, whatever their strides.
impl<T: Clone, const N: usize> Row<T> for &View<'_, T, N> {
    #[inline]
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Exactly(self.layout.shape())
    }

    #[inline]
    fn write_row(self, out: &mut RowWriter<'_, T>) {
        match self.as_slice() {
            Some(slice) => out.extend_from_slice(slice),
            None => out.write(self.len(), |row| append_clones(row, self.data, &self.layout)),
        }
    }
}

/// Arrays and references to them, one line of the table below for each depth: generics cannot say "an array
/// of arrays of any depth".
macro_rules! nested_array_rows {
    ($($array:ty, [$($axis:ident)*], $row:ident => $moved:expr, $slice:expr;)*) => {$(
        impl<T, $(const $axis: usize),*> Row<T> for $array {
            #[inline]
            fn row_shape(&self) -> RowShape<'_> {
                RowShape::Exactly(&[$($axis),*])
            }

            #[inline]
            fn write_row(self, out: &mut RowWriter<'_, T>) {
                let $row = self;
                out.write([$($axis),*].iter().product(), |elements| elements.extend($moved));
            }
        }

        impl<T, $(const $axis: usize),*> ShapedRow<T> for $array {
            const SHAPE: &'static [usize] = &[$($axis),*];
        }

        impl<T: Clone, $(const $axis: usize),*> Row<T> for &$array {
            #[inline]
            fn row_shape(&self) -> RowShape<'_> {
                RowShape::Exactly(&[$($axis),*])
            }

            #[inline]
            fn write_row(self, out: &mut RowWriter<'_, T>) {
                let $row = self;
                out.extend_from_slice($slice);
            }
        }

        impl<T: Clone, $(const $axis: usize),*> ShapedRow<T> for &$array {
            const SHAPE: &'static [usize] = &[$($axis),*];
        }
    )*};
}

nested_array_rows! {
    [T; A], [A], row => row.into_iter(), row.as_slice();
    [[T; B]; A], [A B], row => row.into_iter().flatten(), row.as_flattened();
    [[[T; C]; B]; A], [A B C],
        row => row.into_iter().flatten().flatten(), row.as_flattened().as_flattened();
    [[[[T; D]; C]; B]; A], [A B C D],
        row => row.into_iter().flatten().flatten().flatten(), row.as_flattened().as_flattened().as_flattened();
}

macro_rules! single_element_rows {
    ($($element:ty)*) => {$(
        impl Row<$element> for $element {
            #[inline]
            fn row_shape(&self) -> RowShape<'_> {
                RowShape::Exactly(Self::SHAPE)
            }

            #[inline]
            fn write_row(self, out: &mut RowWriter<'_, $element>) {
                out.push(self);
            }
        }

        impl ShapedRow<$element> for $element {
            const SHAPE: &'static [usize] = &[];
        }
    )*};
}

single_element_rows! { () bool char u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
