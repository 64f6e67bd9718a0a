//! Common code of all reductions along an axis: the elements, divided along the axis, and the
//! kernels that reduce them.

use crate::array::error::Error;
use crate::array::without_axis::WithoutAxis;
use crate::kernels::combine::{Combine, Plus, Times};
use crate::kernels::copy::append_clones;
use crate::kernels::find::find_along;
use crate::kernels::fold_axis::fold_axis;
use crate::kernels::reduce::{NOTHING, Reduction};
use crate::kernels::reduce_axis::reduce_axis;
use crate::layout::Layout;
use crate::layout::error::AccessError;
use crate::view::Axis;
use core::convert::Infallible;
use core::ops::Mul;
use num_traits::{One, Zero};

/// The elements of a view or an array, and the axis along which they are reduced.
pub(super) struct Along<'a, T, const N: usize> {
    data: &'a [T],
    layout: Layout<N>,
    /// The axis of the layout.
    axis: usize,
    /// All extents, and the axis as the caller counts it: an array is divided into three axes.
    extents: &'a [usize],
    of_caller: usize,
}

impl<'a, T, const N: usize> Along<'a, T, N> {
    /// Divides a view.
    #[inline]
    pub(super) fn new(data: &'a [T], layout: &'a Layout<N>, Axis(axis): Axis) -> Result<Self, Error> {
        AccessError::check_other_axes(axis, N)?;
        Ok(Along { data, layout: *layout, axis, extents: layout.shape(), of_caller: axis })
    }

    /// Divides the elements of an array of these extents. The layout has axes of extent 1 before
    /// the axes of the array.
    pub(super) fn padded(
        data: &'a [T],
        layout: Layout<N>,
        extents: &'a [usize],
        Axis(axis): Axis,
    ) -> Result<Self, Error> {
        AccessError::check_other_axes(axis, extents.len())?;
        Ok(Along { data, layout, axis: N - extents.len() + axis, extents, of_caller: axis })
    }

    /// The length of the axis.
    fn len(&self) -> usize {
        self.layout.shape()[self.axis]
    }

    /// Checks that the length of the axis is at least `expected`, and returns the length.
    pub(super) fn check_len(&self, expected: usize) -> Result<usize, AccessError> {
        let (axis, found) = (self.of_caller, self.len());
        if found < expected { Err(AccessError::TooShort { axis, expected, found }) } else { Ok(found) }
    }

    /// Allocates the results.
    #[inline]
    fn allocate<A>(&self) -> Result<WithoutAxis<'a, A>, Error> {
        Ok(WithoutAxis::allocate(self.extents, self.of_caller)?)
    }

    /// Reduces the pairs of elements at equal indices of this operand and of `other`, which has the
    /// same shape.
    #[inline]
    fn reduce<U: Clone, A: Clone>(
        &self,
        other: (&[U], &Layout<N>),
        Reduction { identity, map, op }: Reduction<A, impl Fn(&T, &U) -> A, impl Combine<A>>,
    ) -> Result<WithoutAxis<'a, A>, Error> {
        let mut reduced = self.allocate()?;
        reduced.elements.resize(reduced.count(), identity.clone());
        let reduction = Reduction { identity: Some(identity), map, op };
        reduce_axis((self.data, &self.layout), other, self.axis, &reduction, &mut reduced.elements)?;
        Ok(reduced)
    }

    /// Sums `f(x)` for each element `x`.
    #[inline]
    pub(super) fn sum<A: Clone + Zero>(&self, f: impl Fn(&T) -> A) -> Result<WithoutAxis<'a, A>, Error> {
        let map = |x: &T, &(): &()| f(x);
        self.reduce((NOTHING, &self.layout), Reduction { identity: A::zero(), map, op: Plus })
    }

    /// Multiplies the elements.
    #[inline]
    pub(super) fn product(&self) -> Result<WithoutAxis<'a, T>, Error>
    where
        T: Clone + One,
    {
        let map = |x: &T, &(): &()| x.clone();
        self.reduce((NOTHING, &self.layout), Reduction { identity: T::one(), map, op: Times })
    }

    /// Sums the products of elements at equal indices of this operand and of `other`, which has the
    /// same shape.
    pub(super) fn dot(&self, other: (&[T], &Layout<N>)) -> Result<WithoutAxis<'a, T>, Error>
    where
        T: Clone + Zero + Mul<Output = T>,
    {
        let map = |x: &T, y: &T| x.clone() * y.clone();
        self.reduce(other, Reduction { identity: T::zero(), map, op: Plus })
    }

    /// Sums `f(x, y)` for each element `x`, where `y` is the element of `others` at the same index
    /// of the other axes.
    pub(super) fn sum_with<U: Clone, A: Clone + Zero>(
        &self,
        others: &[U],
        f: impl Fn(&T, &U) -> A,
    ) -> Result<WithoutAxis<'a, A>, Error> {
        let repeated = Layout::row_major_within(*self.layout.with_extent(self.axis, 1).shape())
            .repeated(self.axis, self.len());
        self.reduce((others, &repeated), Reduction { identity: A::zero(), map: f, op: Plus })
    }

    /// Selects the best element along the axis, which must not be empty. `better` returns one of
    /// two.
    #[inline]
    pub(super) fn select(&self, better: impl Fn(T, T) -> T + Copy) -> Result<WithoutAxis<'a, T>, Error>
    where
        T: Clone,
    {
        self.check_len(1)?;
        let mut selected = self.allocate()?;
        let first = self.layout.with_extent(self.axis, 1);
        append_clones(&mut selected.elements, self.data, &first);
        // Without an identity: the elements at index 0 are combined twice, which changes nothing.
        let reduction = Reduction { identity: None, map: |x: &T, &(): &()| x.clone(), op: better };
        let (left, right) = ((self.data, &self.layout), (NOTHING, &self.layout));
        reduce_axis(left, right, self.axis, &reduction, &mut selected.elements)?;
        Ok(selected)
    }

    /// Finds the index of the best element along the axis, which must not be empty. `keeps(a, b)`
    /// tells whether the best element so far remains `a` after a comparison with `b`.
    #[inline]
    pub(super) fn find(&self, keeps: impl Fn(&T, &T) -> bool) -> Result<WithoutAxis<'a, usize>, Error>
    where
        T: Clone + PartialEq,
    {
        self.check_len(1)?;
        let mut found = self.allocate()?;
        found.elements.resize(found.count(), 0);
        find_along(self.data, &self.layout, self.axis, keeps, &mut found.elements)?;
        Ok(found)
    }

    /// Folds the elements.
    #[inline]
    pub(super) fn fold<A: Clone>(
        &self,
        init: A,
        mut f: impl FnMut(&A, &'a T) -> A,
    ) -> Result<WithoutAxis<'a, A>, Error> {
        let Ok(folded) = self.try_fold(init, |folded, x| Ok::<A, Infallible>(f(folded, x)))?;
        Ok(folded)
    }

    /// Folds the elements. The inner error is that of `f`.
    #[inline]
    pub(super) fn try_fold<A: Clone, E>(
        &self,
        init: A,
        f: impl FnMut(&A, &'a T) -> Result<A, E>,
    ) -> Result<Result<WithoutAxis<'a, A>, E>, Error> {
        let mut folded = self.allocate()?;
        folded.elements.resize(folded.count(), init);
        let done = fold_axis(self.data, &self.layout, self.axis, &mut folded.elements, f);
        Ok(done.map(|()| folded))
    }
}

impl<'a, T> Along<'a, T, 3> {
    /// Divides the elements of an array of these extents.
    #[inline]
    pub(super) fn contiguous(data: &'a [T], extents: &'a [usize], Axis(axis): Axis) -> Result<Self, Error> {
        AccessError::check_other_axes(axis, extents.len())?;
        let (before, after) = (&extents[..axis], &extents[axis + 1..]);
        // No product overflows, even beside a zero: invariant 1 of `Layout`.
        let three = [before.iter().product(), extents[axis], after.iter().product()];
        Ok(Along { data, layout: Layout::row_major_within(three), axis: 1, extents, of_caller: axis })
    }

    /// [`dot`](Self::dot) with the elements of an array of the same shape.
    pub(super) fn dot_contiguous(&self, other: &[T]) -> Result<WithoutAxis<'a, T>, Error>
    where
        T: Clone + Zero + Mul<Output = T>,
    {
        self.dot((other, &self.layout))
    }
}
