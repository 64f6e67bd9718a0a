//! Sums along an axis on several threads, with the same bits as on one thread.
//!
//! Results are independent of each other, so they are divided among threads wherever the order of
//! operations stays the same. If there are too few results, the elements along the axis are cut in
//! half, at the positions where the kernels for one thread cut them.

use crate::kernels::blocks::BLOCK;
use crate::kernels::combine::Combine;
use crate::kernels::copy::copy_elements;
use crate::kernels::reduce::{NOTHING, Reduction};
use crate::kernels::reduce_axis::{Along, reduce_axis, reduce_lines};
use crate::kernels::slabs::{Side, Slabs, Wide, middle, reduce_boxes, reduce_narrow_slabs, scratch};
use crate::layout::{Lane, Layout};
use crate::memory::{ReserveError, vec_with_capacity};
use crate::parallel::halves::{Sum, par_sum_lane};
use core::iter;
use core::ops::Range;
use num_traits::Zero;

/// The kernel that reduces along an axis.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kernel {
    Lines { adjacent: bool },
    NarrowSlabs,
    Boxes,
}

impl Kernel {
    /// Chooses the kernel that `kernels::reduce_axis` chooses.
    fn of<T, A: Clone + Zero, const N: usize>(
        data: &[T],
        along: &Along<N, 2>,
        sum: &Sum<impl Fn(&T) -> A>,
    ) -> Self {
        if along.is_innermost() {
            return Kernel::Lines { adjacent: along.are_adjacent() };
        }
        let narrow = Slabs::new(data, NOTHING, along, &along_axis(sum.reduction())).are_narrow(along.len);
        if narrow && along.out.lanes().1.stride == 1 { Kernel::NarrowSlabs } else { Kernel::Boxes }
    }

    /// Returns where the innermost axis of `len` results is cut, if it is.
    fn middle_of_lane(self, len: usize) -> Option<usize> {
        match self {
            Kernel::Lines { .. } => (len > 1).then_some(len / 2),
            Kernel::NarrowSlabs => None,
            Kernel::Boxes => (len > BLOCK).then(|| len.div_ceil(BLOCK).div_ceil(2) * BLOCK),
        }
    }
}

/// Adds `f(x)` of each element along an axis to `out`, whose elements are zero, on several threads
/// if there are many elements.
pub(super) fn par_sum_axis<T: Sync, A: Clone + Zero + Send, const N: usize>(
    (data, layout): (&[T], &Layout<N>),
    axis: usize,
    out: &mut [A],
    sum: &Sum<impl Fn(&T) -> A + Sync>,
) -> Result<(), ReserveError> {
    if layout.len() <= sum.serial {
        return reduce_axis((data, layout), (NOTHING, layout), axis, &along_axis(sum.reduction()), out);
    }
    let along = Along::forwards([*layout; 2], axis);
    // In memory order, the results may be in another order than in the array.
    let mut dense = along;
    dense.out = Layout::row_major_within(*along.out.shape());
    let kernel = Kernel::of(data, &along, sum);
    if kernel != Kernel::of(data, &dense, sum) {
        return reduce_axis((data, layout), (NOTHING, layout), axis, &along_axis(sum.reduction()), out);
    }
    if along.out.is_contiguous() {
        sum_part(data, kernel, &dense, out, sum)?;
    } else {
        let mut results = vec_with_capacity(out.len())?;
        results.extend_from_slice(out);
        sum_part(data, kernel, &dense, &mut results, sum)?;
        copy_elements(out, &along.out, &results, &dense.out);
    }
    along.reverse_lanes(out);
    Ok(())
}

/// Computes a part of the results, which are in memory order without gaps.
fn sum_part<T: Sync, A: Clone + Zero + Send, const N: usize>(
    data: &[T],
    kernel: Kernel,
    along: &Along<N, 2>,
    out: &mut [A],
    sum: &Sum<impl Fn(&T) -> A + Sync>,
) -> Result<(), ReserveError> {
    if along.len * out.len() <= sum.grain() {
        return sum_serially(data, kernel, along, out, &along_axis(sum.reduction()));
    }
    let Some([front, back]) = halves(along, kernel) else {
        return sum_few(data, kernel, along, out, sum);
    };
    let (front_out, back_out) = out.split_at_mut(front.out.len());
    let (front, back) = rayon::join(
        || sum_part(data, kernel, &front, front_out, sum),
        || sum_part(data, kernel, &back, back_out, sum),
    );
    front.and(back)
}

/// Converts a reduction to the form that the kernels along an axis take.
fn along_axis<A, Map, Op>(reduction: Reduction<A, Map, Op>) -> Reduction<Option<A>, Map, Op> {
    let Reduction { identity, map, op } = reduction;
    Reduction { identity: Some(identity), map, op }
}

/// Cuts the results in half along their outermost axis.
fn halves<const N: usize>(along: &Along<N, 2>, kernel: Kernel) -> Option<[Along<N, 2>; 2]> {
    let shape = along.out.shape();
    let axis = (0..N).find(|&axis| shape[axis] > 1)?;
    let extent = shape[axis];
    let at = if axis + 1 == N { kernel.middle_of_lane(extent)? } else { extent / 2 };
    let part = |start: usize, size: usize| {
        let mut part = *along;
        part.slabs = along.slabs.map(|slab| slab.narrow(axis, start, size));
        part.out = Layout::row_major_within(*along.out.with_extent(axis, size).shape());
        part
    };
    Some([part(0, at), part(at, extent - at)])
}

fn sum_serially<T, A: Clone, const N: usize>(
    data: &[T],
    kernel: Kernel,
    along: &Along<N, 2>,
    out: &mut [A],
    reduction: &Reduction<Option<A>, impl Fn(&T, &()) -> A, impl Combine<A>>,
) -> Result<(), ReserveError> {
    match kernel {
        Kernel::Lines { .. } => {
            reduce_lines(data, NOTHING, along, reduction, out);
            Ok(())
        }
        Kernel::NarrowSlabs => reduce_narrow_slabs(data, NOTHING, along, reduction, out),
        Kernel::Boxes => reduce_boxes(data, NOTHING, along, reduction, out),
    }
}

/// Computes results that are too few to be cut: those of one line, or of one lane of each slab.
fn sum_few<T: Sync, A: Clone + Zero + Send, const N: usize>(
    data: &[T],
    kernel: Kernel,
    along: &Along<N, 2>,
    out: &mut [A],
    sum: &Sum<impl Fn(&T) -> A + Sync>,
) -> Result<(), ReserveError> {
    let starts = along.slabs.map(|slab| slab.offset());
    let reduction = along_axis(sum.reduction());
    let slabs = Slabs::new(data, NOTHING, along, &reduction);
    match kernel {
        Kernel::Lines { .. } => {
            let line = Lane { len: along.len, stride: along.strides[0] };
            out.fill(par_sum_lane(data, starts[0], line, sum));
            Ok(())
        }
        Kernel::NarrowSlabs => {
            let mut done = Ok(());
            slabs.reduce_narrow(
                along.len,
                starts.into(),
                out,
                &mut Wide::new()?,
                |wide, indices, start, out| {
                    let sides = (wide.left, wide.right);
                    let reduced = par_sum_slabs(sides, wide.len, indices, start, out, sum);
                    done = done.clone().and(reduced);
                },
            );
            done
        }
        Kernel::Boxes => {
            par_sum_slabs((slabs.left, slabs.right), slabs.len, 0..along.len, starts.into(), out, sum)
        }
    }
}

/// Adds one lane of `len` elements of each slab at `indices` to `out`.
fn par_sum_slabs<T: Sync, A: Clone + Zero + Send>(
    sides: (Side<'_, T>, Side<'_, ()>),
    len: usize,
    indices: Range<usize>,
    start: (usize, usize),
    out: &mut [A],
    sum: &Sum<impl Fn(&T) -> A + Sync>,
) -> Result<(), ReserveError> {
    match middle(&indices) {
        Some(middle) if indices.len() * len > sum.grain() => {
            let mut other = vec_with_capacity(len)?;
            other.resize(len, A::zero());
            let (front, back) = rayon::join(
                || par_sum_slabs(sides, len, indices.start..middle, start, out, sum),
                || par_sum_slabs(sides, len, middle..indices.end, start, &mut other, sum),
            );
            front.and(back)?;
            iter::zip(out, other).for_each(|(out, other)| *out = out.clone() + other);
            Ok(())
        }
        _ => {
            let reduction = along_axis(sum.reduction());
            let mut scratch = scratch(reduction.identity.as_ref(), indices.len(), len)?;
            let slabs = Slabs { left: sides.0, right: sides.1, len, reduction: &reduction };
            slabs.reduce(indices, iter::once(start), out, iter::once(0), &mut scratch);
            Ok(())
        }
    }
}
