//! `Row`, the trait of everything that can be pushed.

use crate::array::GrowableNd;
use crate::array::error::{Error, RowError};
use crate::array::row_writer::RowWriter;
use crate::kernels::copy::append_clones;
use crate::layout::Layout;
use crate::layout::error::ShapeError;
use crate::layout::shape::Shape;
use crate::view::Strided;
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::rc::Rc;
#[cfg(target_has_atomic = "ptr")]
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ops::Deref;

/// Elements that can become one row of an array.
///
/// Implemented for
///
/// | row | elements are | must match |
/// |---|---|---|
/// | `&[T]`, `&mut [T]`, `&&[T]`, `&Vec<T>`, `&mut Vec<T>` | cloned | the length of a row |
/// | `Vec<T>`, `Box<[T]>`, `&Box<[T]>` | moved, moved, cloned | the length of a row |
/// | `Cow<[T]>`, `&Cow<[T]>` | moved if owned, cloned | the length of a row |
/// | `Arc<[T]>`, `Rc<[T]>`, and references to them | cloned | the length of a row |
/// | `[T; A]`, `&[T; A]`, `&mut [T; A]` | moved, cloned, cloned | the length of a row |
/// | [`Elements`](crate::Elements)`(iter)`: the elements of an iterator | moved | the length of a row |
/// | `[[T; B]; A]` and so on, up to seven axes | moved | the shape of a row |
/// | `&[[T; B]; A]`, `&mut [[T; B]; A]` and so on | cloned | the shape of a row |
/// | [`Nested`](crate::Nested)`(rows)`: rows of rows, as `Vec<Vec<T>>`, `Vec<[T; N]>`, `&[[T; N]]` | as in the inner rows | the shape of a row |
/// | [`View`](crate::View), [`ViewMut`](crate::ViewMut), and references to them | cloned | the shape of a row |
/// | [`GrowableNd<T>`], `&GrowableNd<T>` | moved, cloned | the shape of a row |
/// | a primitive number, a `bool`, a `char`, `()` | moved | the shape `[]` |
///
/// Flat rows have no shape: a vector of six elements fits rows of shape `[2, 3]` and of shape
/// `[3, 2]`. To have the shape checked, use rows that have one.
///
/// A row of shape `[]` is a single element. [`push`](GrowableNd::push) appends an element of any
/// type. `T` itself does not implement `Row<T>`, because `[f64; 3]` could then be a row of three
/// numbers or of one array.
///
/// # Examples
///
/// A type of your own needs two methods: one announces the shape, the other writes the elements. A
/// row that writes more or fewer elements than it announced is rejected.
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
    note = "a row is a slice, a `Vec`, an array, a `View`, a `GrowableNd`, or a reference to one, with elements of the same type",
    note = "for an iterator of elements write `Elements(iter)` or call `push_row_from`; for rows of rows, such as `Vec<Vec<T>>`, write `Nested(rows)`; for a single element call `push`; or implement `Row<{T}>` for a type of your own",
    note = "for rows that are `Result`s call `from_results` or `extend_results`, for elements that are `Result`s `push_row_from_results`"
)]
pub trait Row<T> {
    /// Returns the shape of the row. Called before anything is written.
    fn row_shape(&self) -> RowShape<'_>;

    /// Writes the elements in row-major order: as many as announced, or as many as a row has if the
    /// shape is [`RowShape::Unknown`].
    fn write_row(self, out: &mut RowWriter<'_, T>);

    /// Writes the elements like [`write_row`](Self::write_row), or returns why they are not a row.
    ///
    /// Methods that append rows call this method. Implement it for a row that consists of other
    /// rows, to return their errors.
    ///
    /// # Errors
    ///
    /// None by default. [`Nested`](crate::Nested) returns the error of an inner row.
    #[inline]
    fn try_write_row(self, out: &mut RowWriter<'_, T>) -> Result<(), RowError>
    where
        Self: Sized,
    {
        self.write_row(out);
        Ok(())
    }

    /// Converts the row to an array of its shape.
    ///
    /// Called by [`GrowableNd::stack`] for the first row, if its shape is [`RowShape::Unknown`].
    ///
    /// # Errors
    ///
    /// [`RowError::Unknown`] by default. [`Elements`](crate::Elements) and
    /// [`Nested`](crate::Nested) implement the method.
    fn into_array(self) -> Result<GrowableNd<T>, Error>
    where
        Self: Sized,
    {
        Err(Error::Row { row: 0, error: RowError::Unknown })
    }
}

/// A row whose type determines its shape, so that even zero rows can be collected.
///
/// Implemented for `[T; A]`, `[[T; B]; A]` and so on, for references to them, and for single
/// elements that implement [`Row`].
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
    message = "the type `{Self}` does not determine the shape of a row of `{T}`",
    note = "collect single elements with `GrowableNd::from_vec([], vec)`, or arrays like `[[{T}; 4]; 2]`, or pass the shape: `GrowableNd::from_rows([2, 4], rows)`, or take the shape of the first row: `GrowableNd::stack(rows)`; for rows of vectors, `Vec<Vec<T>>`, write `GrowableNd::from_rows([4, 6], rows.map(Nested))`"
)]
#[cfg_attr(
    feature = "rayon",
    diagnostic::on_unimplemented(
        note = "rows of a parallel iterator: `GrowableNd::from_par_rows([2, 4], rows)`"
    )
)]
pub trait ShapedRow<T>: Row<T> {
    /// The shape of every row of this type, outermost axis first.
    const SHAPE: &'static [usize];
}

/// The shape that a [`Row`] announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RowShape<'a> {
    /// A flat row of this number of elements, such as a slice or an array with one axis. Fits every
    /// inner shape with as many elements.
    Flat(usize),
    /// A row of exactly this shape, outermost axis first.
    Exactly(&'a [usize]),
    /// A row whose shape is unknown until it is written. Fits if it writes exactly one row.
    Unknown,
}

impl RowShape<'_> {
    /// Returns the number of elements if this is a row of an array of shape `shape`.
    ///
    /// Equals `shape.row_len()`, but is computed from the row: a constant if its type has one.
    #[inline]
    pub(crate) fn len_if_fits(self, shape: &Shape) -> Option<usize> {
        match self {
            RowShape::Flat(len) => (len == shape.row_len()).then_some(len),
            RowShape::Exactly(extents) => shape.has_inner(extents).then(|| extents.iter().product()),
            RowShape::Unknown => Some(shape.row_len()),
        }
    }

    /// Returns why this is not a row of an array of shape `shape`.
    ///
    /// The cold functions get numbers of the row and a reference to the shape, which is in memory
    /// anyway. With the shape by value a push has one instruction more.
    #[inline]
    pub(crate) fn misfit(self, shape: &Shape) -> RowError {
        match self {
            RowShape::Flat(found) => wrong_length(shape, found),
            RowShape::Exactly(found) => wrong_shape(shape, found),
            RowShape::Unknown => RowError::Unknown,
        }
    }
}

#[cold]
#[inline(never)]
fn wrong_length(shape: &Shape, found: usize) -> RowError {
    RowError::Length { expected: shape.row_len(), found }
}

#[cold]
#[inline(never)]
fn wrong_shape(shape: &Shape, found: &[usize]) -> RowError {
    RowError::Shape(ShapeError::Mismatch { expected: shape.inner().into(), found: found.into() })
}

/// Slices, and types that dereference to a slice.
macro_rules! cloned_rows {
    ($($(#[$cfg:meta])? $row:ty;)*) => {$(
        $(#[$cfg])?
        impl<T: Clone> Row<T> for $row {
            #[inline]
            fn row_shape(&self) -> RowShape<'_> {
                RowShape::Flat(self.len())
            }

            #[inline]
            fn write_row(self, out: &mut RowWriter<'_, T>) {
                out.extend_from_slice(&self);
            }
        }
    )*};
}

cloned_rows! {
    &[T];
    &&[T];
    &mut [T];
    &Vec<T>;
    &mut Vec<T>;
    &Box<[T]>;
    &Cow<'_, [T]>;
    Rc<[T]>;
    &Rc<[T]>;
    #[cfg(target_has_atomic = "ptr")] Arc<[T]>;
    #[cfg(target_has_atomic = "ptr")] &Arc<[T]>;
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

impl<T> Row<T> for Box<[T]> {
    #[inline]
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Flat(self.len())
    }

    #[inline]
    fn write_row(self, out: &mut RowWriter<'_, T>) {
        self.into_vec().write_row(out);
    }
}

impl<T: Clone> Row<T> for Cow<'_, [T]> {
    #[inline]
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Flat(self.len())
    }

    #[inline]
    fn write_row(self, out: &mut RowWriter<'_, T>) {
        match self {
            Cow::Borrowed(elements) => elements.write_row(out),
            Cow::Owned(elements) => elements.write_row(out),
        }
    }
}

/// Writes the elements in row-major order, whatever the strides.
impl<S: Deref<Target = [T]>, T: Clone, const N: usize> Row<T> for Strided<S, N> {
    #[inline]
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Exactly(self.layout.shape())
    }

    #[inline(always)]
    fn write_row(self, out: &mut RowWriter<'_, T>) {
        (&self).write_row(out);
    }
}

/// Writes the elements in row-major order, whatever the strides.
impl<S: Deref<Target = [T]>, T: Clone, const N: usize> Row<T> for &Strided<S, N> {
    #[inline]
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Exactly(self.layout.shape())
    }

    #[inline(always)]
    fn write_row(self, out: &mut RowWriter<'_, T>) {
        match self.as_view().as_slice() {
            Some(slice) => out.extend_from_slice(slice),
            None => out.write(self.len(), |row| append_strided(row, &self.data, self.layout)),
        }
    }
}

/// Never inlined, with the layout by value: a push of a contiguous view is then short enough to be
/// inlined, and keeps the layout in registers.
#[inline(never)]
fn append_strided<T: Clone, const N: usize>(row: &mut Vec<T>, data: &[T], layout: Layout<N>) {
    append_clones(row, data, &layout);
}

/// An array is a row of an array with one axis more.
impl<T> Row<T> for GrowableNd<T> {
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Exactly(self.shape())
    }

    fn write_row(self, out: &mut RowWriter<'_, T>) {
        out.append(&mut self.into_vec());
    }
}

/// An array is a row of an array with one axis more.
impl<T: Clone> Row<T> for &GrowableNd<T> {
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Exactly(self.shape())
    }

    fn write_row(self, out: &mut RowWriter<'_, T>) {
        out.extend_from_slice(self.as_slice());
    }
}

/// Returns the shape of a row that is an array. With one axis it is flat: only its length counts.
#[inline]
fn array_shape(extents: &'static [usize]) -> RowShape<'static> {
    match extents {
        [len] => RowShape::Flat(*len),
        extents => RowShape::Exactly(extents),
    }
}

/// Arrays and references to them, one line for each number of axes: generics cannot express arrays
/// of arrays of any depth.
macro_rules! array_rows {
    ($($array:ty, [$($axis:ident)*], ($row:ident, $out:ident) => $moved:expr, $slice:expr;)*) => {$(
        impl<T, $(const $axis: usize),*> Row<T> for $array {
            #[inline]
            fn row_shape(&self) -> RowShape<'_> {
                array_shape(&[$($axis),*])
            }

            #[inline]
            fn write_row(self, $out: &mut RowWriter<'_, T>) {
                let $row = self;
                $moved
            }
        }

        impl<T, $(const $axis: usize),*> ShapedRow<T> for $array {
            const SHAPE: &'static [usize] = &[$($axis),*];
        }

        borrowed_array_rows! { &$array, [$($axis)*], $row => $slice; }
        borrowed_array_rows! { &mut $array, [$($axis)*], $row => $slice; }
    )*};
}

macro_rules! borrowed_array_rows {
    ($array:ty, [$($axis:ident)*], $row:ident => $slice:expr;) => {
        impl<T: Clone, $(const $axis: usize),*> Row<T> for $array {
            #[inline]
            fn row_shape(&self) -> RowShape<'_> {
                array_shape(&[$($axis),*])
            }

            #[inline]
            fn write_row(self, out: &mut RowWriter<'_, T>) {
                let $row = self;
                out.extend_from_slice($slice);
            }
        }

        impl<T: Clone, $(const $axis: usize),*> ShapedRow<T> for $array {
            const SHAPE: &'static [usize] = &[$($axis),*];
        }
    };
}

array_rows! {
    [T; A], [A],
        (row, out) => out.write(A, |elements| elements.extend(row)),
        row.as_slice();
    [[T; B]; A], [A B],
        (rows, out) => rows.into_iter().for_each(|row| row.write_row(out)),
        rows.as_flattened();
    [[[T; C]; B]; A], [A B C],
        (rows, out) => rows.into_iter().for_each(|row| row.write_row(out)),
        rows.as_flattened().as_flattened();
    [[[[T; D]; C]; B]; A], [A B C D],
        (rows, out) => rows.into_iter().for_each(|row| row.write_row(out)),
        rows.as_flattened().as_flattened().as_flattened();
    [[[[[T; E]; D]; C]; B]; A], [A B C D E],
        (rows, out) => rows.into_iter().for_each(|row| row.write_row(out)),
        rows.as_flattened().as_flattened().as_flattened().as_flattened();
    [[[[[[T; F]; E]; D]; C]; B]; A], [A B C D E F],
        (rows, out) => rows.into_iter().for_each(|row| row.write_row(out)),
        rows.as_flattened().as_flattened().as_flattened().as_flattened().as_flattened();
    [[[[[[[T; G]; F]; E]; D]; C]; B]; A], [A B C D E F G],
        (rows, out) => rows.into_iter().for_each(|row| row.write_row(out)),
        rows.as_flattened().as_flattened().as_flattened().as_flattened().as_flattened().as_flattened();
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
