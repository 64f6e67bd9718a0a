//! Joining arrays and views along an axis.

use crate::array::GrowableNd;
use crate::array::error::Error;
use crate::kernels::copy::{append_clones, copy_elements};
use crate::layout::Layout;
use crate::layout::error::{AccessError, ShapeError};
use crate::layout::offsets::Offsets;
use crate::layout::shape::MAX_RANK;
use crate::memory::{ReserveError, vec_with_capacity};
use crate::view::Axis;
use crate::view::source::{Source, SourceParts};
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::iter;
use core::mem::needs_drop;

/// Maximum elements of a slab that is copied by a loop of constant length.
const SHORT_SLAB: usize = 4;

/// Minimum elements of a slab that is copied by a call: for fewer, the call takes longer than a
/// loop.
const LONG_SLAB: usize = 16;

/// # Joining
impl<T: Clone> GrowableNd<T> {
    /// Joins arrays and views along an existing axis and clones their elements into a new array.
    ///
    /// The array has the default growth policy, [`Growth::DOUBLE`](crate::Growth::DOUBLE).
    ///
    /// Along axis 0 the rows of each operand follow the rows of the previous one, along axis 1 the
    /// columns. [`stack`](Self::stack) creates a new axis instead. [`append`](Self::append) and
    /// [`extend_rows`](Self::extend_rows) add rows to an existing array.
    ///
    /// # Errors
    ///
    /// [`Error::NoRows`] if there is no operand, [`Error::Access`] if the first does not have the
    /// axis, [`Error::Operand`] for the first operand that differs from the first one in its number
    /// of axes or in an extent along another axis, [`Error::Shape`] if the extents of a row
    /// overflow, [`Error::Reserve`] if there are too many rows or an allocation fails.
    ///
    /// # Panics
    ///
    /// Only if the iterator or the clone of an element panics.
    ///
    /// # Cost
    ///
    /// O(1) per element. Small allocations for the list of operands.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{Axis, GrowableNd};
    ///
    /// let a = GrowableNd::from([[1, 2], [3, 4]]);
    /// let b = GrowableNd::from([[5, 6], [7, 8]]);
    /// let below = GrowableNd::concat(Axis(0), [&a, &b])?;
    /// assert_eq!(below, GrowableNd::from([[1, 2], [3, 4], [5, 6], [7, 8]]));
    ///
    /// let beside = GrowableNd::concat(Axis(1), [a.view::<2>(), b.view().slice((.., ..1))])?;
    /// assert_eq!(beside, GrowableNd::from([[1, 2, 5], [3, 4, 7]]));
    ///
    /// let error = GrowableNd::concat(Axis(1), [&a, &GrowableNd::from([[9]])]).unwrap_err();
    /// assert_eq!(error.to_string(), "operand 1: expected shape [2, 1], found [1, 1]");
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[doc(alias = "concatenate")]
    #[doc(alias = "hstack")]
    #[doc(alias = "vstack")]
    #[doc(alias = "dstack")]
    #[doc(alias = "column_stack")]
    pub fn concat<I>(axis: Axis, operands: I) -> Result<Self, Error>
    where
        I: IntoIterator<Item: Source<Elem = T>>,
    {
        let operands = collected(operands)?;
        let first = operands.first().ok_or(Error::NoRows)?.extents();
        AccessError::check_axis(axis.0, first.len())?;
        let mut shape = [0; MAX_RANK];
        let shape = &mut shape[..first.len()];
        shape.copy_from_slice(first);
        shape[axis.0] = 0;
        for (operand, other) in operands.iter().enumerate() {
            check_operand(operand, first, other.extents(), axis.0)?;
            // Saturates: the check of the shape reports an overflow.
            shape[axis.0] = shape[axis.0].saturating_add(other.extents()[axis.0]);
        }
        GrowableNd::try_from_shape_with(shape, |data| {
            if axis.0 == 0 {
                operands.iter().for_each(|operand| append_rows(data, operand));
                return Ok(());
            }
            if operands.iter().all(|operand| operand.contiguous().is_some()) {
                let mut parts = vec_with_capacity(operands.len())?;
                let slab_len = |operand: &I::Item| operand.extents()[axis.0..].iter().product();
                parts.extend(
                    operands
                        .iter()
                        .map(|operand| (operand.contiguous().unwrap_or_default(), slab_len(operand))),
                );
                join_slices(data, &parts);
                return Ok(());
            }
            let mut parts = vec_with_capacity(operands.len())?;
            parts.extend(operands.iter().map(|operand| (operand.elements(), operand.layout_padded())));
            join(data, &parts, shape, axis.0)
        })
    }
}

/// Collects all operands: their shapes are needed before their elements.
fn collected<I: IntoIterator>(operands: I) -> Result<Vec<I::Item>, ReserveError> {
    let mut all = Vec::new();
    for operand in operands {
        let bytes = size_of::<I::Item>().saturating_mul(all.len() + 1);
        all.try_reserve(1).map_err(|_| ReserveError::Allocation { bytes })?;
        all.push(operand);
    }
    Ok(all)
}

/// Checks that an operand has the shape of the first, except along an axis.
fn check_operand(operand: usize, first: &[usize], found: &[usize], axis: usize) -> Result<(), Error> {
    let mut pairs = first.iter().zip(found).enumerate();
    if first.len() == found.len() && pairs.all(|(other, (a, b))| other == axis || a == b) {
        return Ok(());
    }
    let mut expected: Box<[usize]> = first.into();
    // Along the axis that is joined, every extent is right.
    if first.len() == found.len() {
        expected[axis] = found[axis];
    }
    Err(Error::Operand { operand, error: ShapeError::Mismatch { expected, found: found.into() } })
}

/// Appends clones of all elements of an operand.
fn append_rows<T: Clone>(to: &mut Vec<T>, operand: &impl Source<Elem = T>) {
    match operand.contiguous() {
        Some(elements) => to.extend_from_slice(elements),
        None => append_clones::<_, MAX_RANK>(to, operand.elements(), &operand.layout_padded()),
    }
}

/// Appends clones of the first slab of each part, then of the second slab of each part, and so on.
/// A part is a slice of all its elements, and the length of its slabs. A slab is the elements at
/// one index of the axes before the joined axis.
fn join_slices<T: Clone>(to: &mut Vec<T>, parts: &[(&[T], usize)]) {
    let parts = parts.iter().copied().filter(|(elements, _)| !elements.is_empty());
    let Some((elements, len)) = parts.clone().next() else { return };
    let slabs = elements.len() / len;
    let (count, width) = parts.clone().fold((0, 0), |(count, width), (_, len)| (count + 1, width + len));
    if !needs_drop::<T>() && width <= SHORT_SLAB * count {
        // Written part by part: a call for each slab would take longer than its clones. First the
        // whole result is filled with clones of one element, which are cheap if elements need no
        // drop.
        to.resize(slabs * width, elements[0].clone());
        parts.fold(0, |start, (elements, len)| {
            copy_slabs(to, width, start, elements, len);
            start + len
        });
    } else {
        for slab in 0..slabs {
            parts.clone().for_each(|(elements, len)| to.extend_from_slice(&elements[slab * len..][..len]));
        }
    }
}

/// An operand: a slice, and the layout of the elements.
type Part<'a, T> = (&'a [T], Layout<MAX_RANK>);

/// [`join_slices`] for parts that are not slices. `shape` is the shape of the result.
fn join<T: Clone>(to: &mut Vec<T>, parts: &[Part<'_, T>], shape: &[usize], axis: usize) -> Result<(), Error> {
    let whole = Layout::row_major_padded(shape);
    // Padded layouts start with axes of extent 1.
    let axis = axis + MAX_RANK - shape.len();
    let mut parts = parts.iter().filter(|(_, layout)| !layout.is_empty()).peekable();
    let Some((elements, layout)) = parts.peek() else { return Ok(()) };
    if !needs_drop::<T>() && parts.clone().any(|(_, layout)| !has_long_slabs(layout, axis)) {
        // As in `join_slices`, but lane by lane in the best order.
        to.resize(whole.len(), elements[layout.offset()].clone());
        let mut start = 0;
        for (elements, layout) in parts {
            let extent = layout.shape()[axis];
            let place = whole.narrow(axis, start, extent);
            if layout.is_contiguous() {
                let (width, len) = (slab_of(&whole, axis).len(), slab_of(layout, axis).len());
                copy_slabs(to, width, place.offset(), &elements[layout.offset()..], len);
            } else {
                copy_elements(to, &place, elements, layout);
            }
            start += extent;
        }
        return Ok(());
    }
    let mut slabs = vec_with_capacity(parts.clone().count())?;
    slabs.extend(parts.map(|(elements, layout)| Slabs::new(elements, *layout, axis)));
    for _ in 0..whole.shape()[..axis].iter().product() {
        slabs.iter_mut().for_each(|slabs| slabs.append_next(to));
    }
    Ok(())
}

/// Copies slabs of `len` elements into slabs of `width` elements, to position `start` in each.
fn copy_slabs<T: Clone>(to: &mut [T], width: usize, start: usize, from: &[T], len: usize) {
    // Mostly columns: a copy of constant length needs no call.
    match len {
        1 => copy_slabs_of::<T, 1>(to, width, start, from),
        2 => copy_slabs_of::<T, 2>(to, width, start, from),
        3 => copy_slabs_of::<T, 3>(to, width, start, from),
        4 => copy_slabs_of::<T, 4>(to, width, start, from),
        _ => iter::zip(to.chunks_exact_mut(width), from.chunks_exact(len))
            .for_each(|(to, from)| to[start..][..len].clone_from_slice(from)),
    }
}

#[inline]
fn copy_slabs_of<T: Clone, const L: usize>(to: &mut [T], width: usize, start: usize, from: &[T]) {
    for (to, from) in iter::zip(to.chunks_exact_mut(width), from.chunks_exact(L)) {
        to[start..][..L].clone_from_slice(from);
    }
}

/// Returns whether slabs are contiguous and long enough to be copied by a call.
fn has_long_slabs(layout: &Layout<MAX_RANK>, axis: usize) -> bool {
    let slab = slab_of(layout, axis);
    slab.is_contiguous() && slab.len() >= LONG_SLAB
}

/// Returns the first slab: the elements at index 0 of the axes before `axis`.
fn slab_of(layout: &Layout<MAX_RANK>, axis: usize) -> Layout<MAX_RANK> {
    (0..axis).fold(*layout, |slab, before| slab.with_extent(before, 1))
}

/// The slabs of an operand, one for each index of the axes before the joined axis. The elements of
/// a slab stay together in the result.
struct Slabs<'a, T> {
    elements: &'a [T],
    starts: Offsets<MAX_RANK>,
    slab: Layout<MAX_RANK>,
    /// Number of elements of a slab, if they are contiguous.
    slice_len: Option<usize>,
}

impl<'a, T: Clone> Slabs<'a, T> {
    fn new(elements: &'a [T], layout: Layout<MAX_RANK>, axis: usize) -> Self {
        let slab = slab_of(&layout, axis);
        let starts = (axis..MAX_RANK).fold(layout, |starts, axis| starts.with_extent(axis, 1));
        let slice_len = slab.is_contiguous().then(|| slab.len());
        Slabs { elements, starts: starts.merged().offsets(), slab, slice_len }
    }

    /// Appends clones of the elements of the next slab, if there is one.
    fn append_next(&mut self, to: &mut Vec<T>) {
        match (self.starts.next(), self.slice_len) {
            (Some(start), Some(len)) => to.extend_from_slice(&self.elements[start..][..len]),
            (Some(start), None) => append_clones(to, self.elements, &self.slab.with_offset(start)),
            (None, _) => {}
        }
    }
}
