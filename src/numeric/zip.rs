//! Zips: applying a function to the elements at the same index of two or three arrays or views,
//! whose shapes broadcast.
//!
//! The cases, in this order: contiguous elements of one shape; layouts with the number of axes of
//! the view; layouts of few axes, for arrays and for shapes that gain axes; layouts of [`MAX_RANK`]
//! axes.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::kernels::map::{append_each, append_merged};
use crate::kernels::update::{update, update_merged};
use crate::layout::Layout;
use crate::layout::broadcast::{Broadcast, broadcasts_to};
use crate::layout::error::ShapeError;
use crate::layout::shape::{MAX_RANK, shapes_equal};
use crate::view::source::{Source, SourceParts};
use crate::view::{Strided, ViewMut};
use alloc::vec::Vec;
use core::iter;
use core::ops::Deref;

/// Functions of the elements at each index of several arrays or views.
///
/// Shapes *broadcast*, as in `NumPy`: they are aligned at their last axes, and an axis of length 1,
/// or an axis that a shape does not have, is repeated up to the length in the other shape. So
/// `[4, 3]` with `[3]` gives `[4, 3]`, and so does `[4, 1]` with `[3]`. See
/// [`Operand`](crate::Operand) for a table.
impl<S: Deref<Target = [T]>, T, const N: usize> Strided<S, N> {
    /// Applies `f` to the elements at each index of this view and of an array or a view, and
    /// collects the results into an array. The shapes broadcast.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Broadcast`] if the shapes do not broadcast, [`ShapeError::NoAxes`] if neither
    /// has an axis, [`ShapeError::Overflow`] or [`Error::Reserve`] if the result has too many
    /// elements, [`Error::Reserve`] if the allocation fails.
    ///
    /// # Panics
    ///
    /// Only if `f` panics.
    ///
    /// # Cost
    ///
    /// One call of `f` per index of the result. Allocates as [`map`](Self::map).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, View};
    ///
    /// let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    /// let weights = View::from_slice([3], &[0.5, 1.0, 2.0])?;
    /// let weighted = array.view::<2>().zip_with(weights, |&x, weight| f64::from(x) * weight)?;
    /// assert_eq!(weighted, GrowableNd::from([[0.5, 2.0, 6.0], [2.0, 5.0, 12.0]]));
    ///
    /// let turned = GrowableNd::from([[1, 4], [2, 5], [3, 6]]);
    /// let differences = turned.view::<2>().t().zip_with(&array, |x, y| x - y)?;
    /// assert_eq!(differences.as_slice(), [0; 6]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias("Zip", "zip", "zip_map"))]
    pub fn zip_with<U, R, B: Source<Elem = U>>(
        &self,
        other: B,
        mut f: impl FnMut(&T, &U) -> R,
    ) -> Result<GrowableNd<R>, Error> {
        let shape = self.layout.shape();
        if shapes_equal(shape, other.extents()) {
            if let (Some(left), Some(right)) = (self.as_view().as_slice(), other.contiguous()) {
                return GrowableNd::from_shape_with(shape, |data| {
                    data.extend(iter::zip(left, right).map(|(x, y)| f(x, y)));
                });
            }
        }
        // Known at compile time. If layouts have the number of axes of the view, axes are not
        // merged.
        if B::MAX_AXES > N {
            return zip_any(self, &other, f);
        }
        let shape = Broadcast::<N>::of(shape, other.extents())?;
        GrowableNd::from_shape_with(shape.extents(), |data| {
            let layouts = [self.layout, other.layout_padded()].map(|layout| layout.stretched(shape.padded()));
            append_each(data, (&*self.data, other.elements()), layouts, of_pair(f));
        })
    }

    /// Applies `f` to the elements at each index of this view and of two others, each an array or a
    /// view, and collects the results into an array. The shapes broadcast.
    ///
    /// # Errors
    ///
    /// See [`zip_with`](Self::zip_with).
    ///
    /// # Panics
    ///
    /// Only if `f` panics.
    ///
    /// # Cost
    ///
    /// See [`zip_with`](Self::zip_with).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let x = GrowableNd::<f64>::from([[1.0, 4.0], [3.0, 0.0]]);
    /// let (low, high) = (GrowableNd::from([2.0, 1.0]), GrowableNd::from([3.0]));
    /// let clamped = x.view::<2>().zip2_with(&low, &high, |x, low, high| x.clamp(*low, *high))?;
    /// assert_eq!(clamped, GrowableNd::from([[2.0, 3.0], [3.0, 1.0]]));
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias("Zip", "zip3", "and"))]
    pub fn zip2_with<U, V, R>(
        &self,
        second: impl Source<Elem = U>,
        third: impl Source<Elem = V>,
        f: impl FnMut(&T, &U, &V) -> R,
    ) -> Result<GrowableNd<R>, Error> {
        zip2_any(self, &second, &third, f)
    }
}

/// Functions of pairs of elements, in place.
impl<T, const N: usize> ViewMut<'_, T, N> {
    /// Replaces each element `x` by `f(x, y)`, where `y` is the element at the same index of an
    /// array or a view. The shape of `other` must broadcast to the shape of this view. Calls `f` in
    /// any order.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the shape of `other` does not broadcast to that of this view.
    ///
    /// # Panics
    ///
    /// Only if `f` panics; some elements are then replaced and others are not.
    ///
    /// # Cost
    ///
    /// One call of `f` per element. No allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, View};
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let offsets = View::from_slice([2], &[10, 20])?;
    /// array.view_mut::<2>().zip_with_in_place(offsets, |x, offset| x + offset)?;
    /// assert_eq!(array.as_slice(), [11, 22, 13, 24]);
    /// # Ok::<(), growable_nd::ViewError>(())
    /// ```
    #[doc(alias("zip_mut_with", "zip_apply"))]
    pub fn zip_with_in_place<U>(
        &mut self,
        other: impl Source<Elem = U>,
        f: impl FnMut(&T, &U) -> T,
    ) -> Result<(), ShapeError> {
        self.update_with(&other, replacing(f))
    }

    /// Calls `f` with each element and the element at the same index of another operand.
    #[inline]
    pub(super) fn update_with<B: SourceParts>(
        &mut self,
        other: &B,
        f: impl FnMut(&mut T, &B::Item),
    ) -> Result<(), ShapeError> {
        let layout = other.layout_broadcast(self.layout.shape())?;
        update(self.data, &self.layout, other.elements(), &layout, f);
        Ok(())
    }
}

/// # Functions of several arrays or views
///
/// The shapes broadcast, see [`Operand`](crate::Operand).
impl<T> GrowableNd<T> {
    /// Applies `f` to the elements at each index of this array and of an array or a view, and
    /// collects the results into an array, see [`Strided::zip_with`]. The shapes broadcast. The
    /// growth policy is the default, [`Growth::DOUBLE`](crate::Growth::DOUBLE).
    ///
    /// # Errors
    ///
    /// [`ShapeError::Broadcast`] if the shapes do not broadcast, [`ShapeError::Overflow`] or
    /// [`Error::Reserve`] if the result has too many elements, [`Error::Reserve`] if the allocation
    /// fails.
    ///
    /// # Panics
    ///
    /// Only if `f` panics.
    ///
    /// # Cost
    ///
    /// One call of `f` per index of the result, one allocation. If the axes of an operand are
    /// permuted, results may be buffered: at most 4 MiB, or an eighth of the result if that is
    /// more.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let array = GrowableNd::from([[1, 2], [4, 5]]);
    /// assert_eq!(array.zip_with(&array, |x, y| x + y)?.as_slice(), [2, 4, 8, 10]);
    /// assert_eq!(array.zip_with(array.view::<2>().t(), |x, y| x - y)?.as_slice(), [0, -2, 2, 0]);
    /// let sums = array.sum_axis(Axis(0));
    /// assert_eq!(array.zip_with(&sums, |x, y| x - y)?.as_slice(), [-4, -5, -1, -2]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias("Zip", "zip", "zip_map"))]
    pub fn zip_with<U, R>(
        &self,
        other: impl Source<Elem = U>,
        mut f: impl FnMut(&T, &U) -> R,
    ) -> Result<GrowableNd<R>, Error> {
        match other.contiguous() {
            Some(elements) if shapes_equal(self.shape(), other.extents()) => {
                Ok(GrowableNd::with_shape(self.shape_by_value(), |data| {
                    data.extend(iter::zip(self.as_slice(), elements).map(|(x, y)| f(x, y)));
                })?)
            }
            _ => zip_any(self, &other, f),
        }
    }

    /// Applies `f` to the elements at each index of this array and of two others, each an array or
    /// a view, and collects the results into an array, see [`Strided::zip2_with`]. The shapes
    /// broadcast.
    ///
    /// # Errors
    ///
    /// See [`zip_with`](Self::zip_with).
    ///
    /// # Panics
    ///
    /// Only if `f` panics.
    ///
    /// # Cost
    ///
    /// See [`zip_with`](Self::zip_with).
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let (a, b) = (GrowableNd::from([[1, 2], [3, 4]]), GrowableNd::from([10, 20]));
    /// let sums = a.zip2_with(&b, a.view::<2>().t(), |x, y, z| x * y + z)?;
    /// assert_eq!(sums, GrowableNd::from([[11, 43], [32, 84]]));
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias("Zip", "zip3", "and"))]
    pub fn zip2_with<U, V, R>(
        &self,
        second: impl Source<Elem = U>,
        third: impl Source<Elem = V>,
        f: impl FnMut(&T, &U, &V) -> R,
    ) -> Result<GrowableNd<R>, Error> {
        zip2_any(self, &second, &third, f)
    }

    /// Replaces each element `x` by `f(x, y)`, where `y` is the element at the same index of an
    /// array or a view. The shape of `other` must broadcast to the shape of this array. Calls `f`
    /// in row-major order if `other` is contiguous and has the same shape, otherwise in any order.
    ///
    /// # Errors
    ///
    /// [`ShapeError::Mismatch`] if the shape of `other` does not broadcast to that of this array.
    ///
    /// # Panics
    ///
    /// Only if `f` panics; some elements are then replaced and others are not.
    ///
    /// # Cost
    ///
    /// One call of `f` per element. No allocation.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::GrowableNd;
    ///
    /// let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    /// let other = GrowableNd::from([[10, 20], [30, 40]]);
    /// array.zip_with_in_place(&other, |x, y| x + y)?;
    /// assert_eq!(array.as_slice(), [11, 22, 33, 44]);
    /// array.zip_with_in_place(other.view::<2>().slice((0, ..)), |x, y| x - y)?;
    /// assert_eq!(array.as_slice(), [1, 2, 23, 24]);
    /// # Ok::<(), growable_nd::ShapeError>(())
    /// ```
    #[doc(alias("zip_mut_with", "zip_apply"))]
    pub fn zip_with_in_place<U>(
        &mut self,
        other: impl Source<Elem = U>,
        f: impl FnMut(&T, &U) -> T,
    ) -> Result<(), ShapeError> {
        self.update_with(&other, replacing(f))
    }

    /// Calls `f` with each element and the element at the same index of another operand.
    #[inline]
    pub(super) fn update_with<B: SourceParts>(
        &mut self,
        other: &B,
        mut f: impl FnMut(&mut T, &B::Item),
    ) -> Result<(), ShapeError> {
        match other.contiguous() {
            Some(elements) if shapes_equal(self.shape(), other.extents()) => {
                iter::zip(self.as_mut_slice(), elements).for_each(|(element, other)| f(element, other));
            }
            _ => {
                if !broadcasts_to(other.extents(), self.shape()) {
                    return Err(ShapeError::mismatch(self.shape(), other.extents()));
                }
                if self.ndim() <= AXES {
                    let [layout, other_layout] = update_layouts::<AXES>(self, other);
                    update(self.as_mut_slice(), &layout, other.elements(), &other_layout, f);
                } else {
                    let layouts = update_layouts::<MAX_RANK>(self, other);
                    update_merged::<_, _, MAX_RANK, AXES>(self.as_mut_slice(), other.elements(), layouts, f);
                }
            }
        }
        Ok(())
    }
}

// A closure has a separate type for each instance of the generic function around it, and the loops
// are compiled for each such type. The closures below have one type for all types of operands.

/// Turns a function of two elements into one that replaces the first.
pub(super) fn replacing<T, U>(mut f: impl FnMut(&T, &U) -> T) -> impl FnMut(&mut T, &U) {
    move |element, other| *element = f(element, other)
}

/// Turns a function of two elements into one that replaces the second.
pub(super) fn replacing_second<T, U>(mut f: impl FnMut(&U, &T) -> T) -> impl FnMut(&mut T, &U) {
    move |element, other| *element = f(other, element)
}

/// Turns a function of two elements into one of a pair.
fn of_pair<T, U, R>(mut f: impl FnMut(&T, &U) -> R) -> impl FnMut((&T, &U)) -> R {
    move |(x, y)| f(x, y)
}

/// Turns a function of three elements into one of a triple.
fn of_triple<T, U, V, R>(mut f: impl FnMut(&T, &U, &V) -> R) -> impl FnMut((&T, &U, &V)) -> R {
    move |(x, y, z)| f(x, y, z)
}

/// Number of axes for which the loops over arrays are compiled: most arrays have no more, or have
/// axes that can be merged.
const AXES: usize = 3;

/// An operand in a form that does not depend on its type, so that the loops are compiled once for
/// each type of elements.
struct Padded<'a, T, const N: usize> {
    elements: &'a [T],
    extents: &'a [usize],
    /// Padded to `N` axes with axes of extent 1 before the others.
    layout: Layout<N>,
}

impl<'a, T, const N: usize> Padded<'a, T, N> {
    #[inline]
    fn new(source: &'a impl SourceParts<Item = T>) -> Self {
        Padded { elements: source.elements(), extents: source.extents(), layout: source.layout_padded() }
    }
}

/// Applies `f` at each index of the shape to which two operands broadcast.
#[inline]
pub(super) fn zip_any<T, U, R>(
    left: &impl SourceParts<Item = T>,
    right: &impl SourceParts<Item = U>,
    f: impl FnMut(&T, &U) -> R,
) -> Result<GrowableNd<R>, Error> {
    if left.extents().len().max(right.extents().len()) <= AXES {
        zip_padded::<_, _, _, AXES>(&Padded::new(left), &Padded::new(right), f)
    } else {
        zip_padded::<_, _, _, MAX_RANK>(&Padded::new(left), &Padded::new(right), f)
    }
}

fn zip_padded<T, U, R, const N: usize>(
    left: &Padded<'_, T, N>,
    right: &Padded<'_, U, N>,
    f: impl FnMut(&T, &U) -> R,
) -> Result<GrowableNd<R>, Error> {
    let shape = Broadcast::<N>::of(left.extents, right.extents)?;
    GrowableNd::from_shape_with(shape.extents(), |data| {
        let layouts = [left.layout, right.layout].map(|layout| layout.stretched(shape.padded()));
        append_merged::<_, _, N, AXES, 2>(data, (left.elements, right.elements), layouts, of_pair(f));
    })
}

/// Applies `f` at each index of the shape to which three operands broadcast.
#[inline]
fn zip2_any<T, U, V, R>(
    first: &impl SourceParts<Item = T>,
    second: &impl SourceParts<Item = U>,
    third: &impl SourceParts<Item = V>,
    f: impl FnMut(&T, &U, &V) -> R,
) -> Result<GrowableNd<R>, Error> {
    let shapes = [first.extents(), second.extents(), third.extents()];
    if shapes_equal(shapes[0], shapes[1]) && shapes_equal(shapes[0], shapes[2]) {
        if let (Some(x), Some(y), Some(z)) = (first.contiguous(), second.contiguous(), third.contiguous()) {
            return GrowableNd::from_shape_with(shapes[0], |data| append_zipped(data, x, y, z, f));
        }
    }
    if shapes.iter().all(|shape| shape.len() <= AXES) {
        let (first, second, third) = (Padded::new(first), Padded::new(second), Padded::new(third));
        zip2_padded::<_, _, _, _, AXES>(&first, &second, &third, f)
    } else {
        let (first, second, third) = (Padded::new(first), Padded::new(second), Padded::new(third));
        zip2_padded::<_, _, _, _, MAX_RANK>(&first, &second, &third, f)
    }
}

/// Appends `f(x, y, z)` for the elements of three slices.
// A separate function: arguments do not alias the vector, which makes the loop a fifth faster.
fn append_zipped<T, U, V, R>(
    data: &mut Vec<R>,
    x: &[T],
    y: &[U],
    z: &[V],
    mut f: impl FnMut(&T, &U, &V) -> R,
) {
    data.extend(iter::zip(iter::zip(x, y), z).map(|((x, y), z)| f(x, y, z)));
}

fn zip2_padded<T, U, V, R, const N: usize>(
    first: &Padded<'_, T, N>,
    second: &Padded<'_, U, N>,
    third: &Padded<'_, V, N>,
    f: impl FnMut(&T, &U, &V) -> R,
) -> Result<GrowableNd<R>, Error> {
    let shape = Broadcast::<N>::of(first.extents, second.extents)?;
    let shape = Broadcast::<N>::of(shape.extents(), third.extents)?;
    GrowableNd::from_shape_with(shape.extents(), |data| {
        let layouts = [first.layout, second.layout, third.layout];
        let layouts = layouts.map(|layout| layout.stretched(shape.padded()));
        let elements = (first.elements, second.elements, third.elements);
        append_merged::<_, _, N, AXES, 3>(data, elements, layouts, of_triple(f));
    })
}

/// The layouts of an array and of an operand that broadcasts to it. Both have at most `N` axes.
#[inline]
fn update_layouts<const N: usize>(to: &impl SourceParts, from: &impl SourceParts) -> [Layout<N>; 2] {
    let layout: Layout<N> = to.layout_padded();
    [layout, from.layout_padded().stretched(layout.shape())]
}
