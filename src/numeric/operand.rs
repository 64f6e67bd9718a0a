//! `Scalar` and `Operand`: the right side of an operator, and how it is combined with the left
//! side.

use crate::array::GrowableNd;
use crate::layout::broadcast::broadcasts_to;
use crate::layout::shape::shapes_equal;
use crate::numeric::zip::{replacing, replacing_second, zip_any};
use crate::panicking::or_panic;
use crate::view::source::{Source, SourceParts};
use crate::view::{Strided, View, ViewMut};
use alloc::vec::Vec;
use core::iter;
use core::num::{Saturating, Wrapping};
use core::ops::Deref;
use core::time::Duration;

/// A type, such as a number, whose single values can be combined with each element of an array:
/// `&array * value`.
///
/// The trait is implemented for the integers, `f32`, `f64`, `bool`, [`Wrapping`], [`Saturating`] and
/// [`Duration`], and with the feature `num-complex` for `Complex`. Implementing it for your own type takes one line. For a type of another crate use
/// [`map`](GrowableNd::map), or an array of one element, which broadcasts.
///
/// A value of a primitive type can also be the left side, as in `2.0 * &array`, if the type of the
/// elements is known. `GrowableNd::from([1.0, 2.0])` alone does not determine it.
///
/// # Examples
///
/// ```
/// use growable_nd::{GrowableNd, Scalar};
/// use std::ops::Mul;
///
/// #[derive(Clone, Copy, Debug, PartialEq)]
/// struct Fixed(i32);
///
/// impl Mul for Fixed {
///     type Output = Fixed;
///
///     fn mul(self, other: Fixed) -> Fixed {
///         Fixed(self.0 * other.0 / 100)
///     }
/// }
///
/// impl Scalar for Fixed {}
///
/// let prices = GrowableNd::from([[Fixed(500), Fixed(1000)]]);
/// assert_eq!((&prices * Fixed(119)).as_slice(), [Fixed(595), Fixed(1190)]);
///
/// // In generic code:
/// fn scale<T: Scalar + Mul<Output = T>>(array: &GrowableNd<T>, factor: T) -> GrowableNd<T> {
///     array * factor
/// }
/// assert_eq!(scale(&prices, Fixed(200)).as_slice(), [Fixed(1000), Fixed(2000)]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a scalar",
    note = "for a type of your own write `impl growable_nd::Scalar for {Self} {{}}`, otherwise use `map`"
)]
pub trait Scalar: Clone {}

/// The right side of an operator whose left side is an array or a view with elements of type `T`.
///
/// It may be an array or a view, by value or by reference; a slice, a vector or an array `[T; A]`,
/// which have one axis (`&points - points.row(0)`); or a single [`Scalar`]. The trait is
/// implemented for [`GrowableNd<T>`], [`View`], [`ViewMut`], references to them, `&[T]`, `Vec<T>`,
/// `&Vec<T>`, `[T; A]`, `&[T; A]`, and every [`Scalar`]. It cannot be implemented for other types.
///
/// | operators | left side | result |
/// |---|---|---|
/// | `+ - * / %`, `& \| ^ << >>` | array or view, by value or by reference | a new array |
/// | `+ - * / %`, `& \| ^` | a value of a primitive type | a new array |
/// | `-`, `!` | array or view, by value or by reference | a new array |
/// | `+= -= *= /= %=`, `&= \|= ^= <<= >>=` | array or [`ViewMut`] | |
///
/// The elements are combined one by one by the operator of their type, so overflow and division by
/// zero have the same effect as for single elements. Integers are combined with integers, floats
/// with floats: `&floats * 2.0`.
///
/// # Broadcasting
///
/// As in `NumPy`, shapes are aligned at their last axes. An axis of length 1, or an axis that a
/// shape does not have, is repeated up to the length in the other shape. Either side may be
/// repeated, except the left side of `+=` and the other operators that assign.
///
/// | left | right | result |
/// |---|---|---|
/// | `[4, 3]` | `[3]`, one value for each column | `[4, 3]` |
/// | `[4, 3]` | `[4, 1]`, one value for each row | `[4, 3]` |
/// | `[4, 1]` | `[3]` | `[4, 3]` |
/// | `[2, 4, 3]` | `[4, 3]` | `[2, 4, 3]` |
/// | `[4, 3]` | a scalar, `[1]`, `[1, 1]` | `[4, 3]` |
/// | `[0, 3]` | `[3]`, `[1, 3]` | `[0, 3]` |
/// | `[4, 3]` | `[4]` | a panic |
///
/// # Memory and growth policy
///
/// The result reuses the memory of an array that is passed by value and has the shape of the
/// result: of the left array, otherwise of the right one. The result then keeps the capacity, the
/// [growth policy](crate::Growth) and the counters of that array. Every other result is a new array
/// with the default policy, [`Growth::DOUBLE`](crate::Growth::DOUBLE).
///
/// # Panics
///
/// - If the shapes do not broadcast: with the message of [`ShapeError`](crate::ShapeError) and the
///   line of the operator.
/// - If the result is a new array and neither side has an axis, since an array has at least one.
/// - If the capacity overflows or the allocation fails.
/// - If the operator of the elements panics: overflow in debug builds, division by zero. All arrays
///   remain valid. In an array that is changed in place, some elements are then replaced and others
///   are not.
///
/// [`zip_with`](GrowableNd::zip_with) and [`zip_with_in_place`](GrowableNd::zip_with_in_place)
/// combine elements in the same way and return an error instead.
///
/// # Cost
///
/// One operation per element of the result, and at most one allocation for it. If the axes of an
/// operand are permuted, results may be buffered, as by [`zip_with`](GrowableNd::zip_with).
/// Elements are cloned, since their operators take values.
///
/// # Examples
///
/// ```
/// use growable_nd::{Axis, GrowableNd};
///
/// let mut x = GrowableNd::<f64>::from([[1.0, 2.0], [3.0, 6.0]]);
/// assert_eq!((&x - &x.mean_axis(Axis(0))).as_slice(), [-1.0, -2.0, 1.0, 2.0]);
/// assert_eq!((&x + x.view::<2>().t() * 2.0).as_slice(), [3.0, 8.0, 7.0, 18.0]);
/// assert_eq!((1.0 / &x).as_slice(), [1.0, 0.5, 1.0 / 3.0, 1.0 / 6.0]);
/// assert_eq!((&x - x.row(0)).as_slice(), [0.0, 0.0, 2.0, 4.0]);
///
/// x *= 2.0;
/// x += &GrowableNd::from([10.0, 20.0]);
/// assert_eq!(x.as_slice(), [12.0, 24.0, 16.0, 32.0]);
/// let mut column = x.view_mut::<2>().slice((.., 0));
/// column -= 12.0;
/// assert_eq!(x.as_slice(), [0.0, 24.0, 4.0, 32.0]);
/// ```
///
/// Both sides must have the same element type:
///
/// ```compile_fail,E0277
/// # use growable_nd::GrowableNd;
/// let x = GrowableNd::<f64>::from([[1.0, 2.0], [3.0, 6.0]]);
/// let doubled = &x * 2; // `&x * 2.0` compiles
/// ```
#[diagnostic::on_unimplemented(
    message = "cannot combine an array of `{T}` with `{Self}`",
    label = "expected an array, a view or a slice of `{T}`, or one `{T}`",
    note = "slices, vectors and arrays of `{T}` are operands of one axis; convert nested arrays by `GrowableNd::from`",
    note = "convert numbers of another type (`2` is not a float, `2.0` is); a number type `X` of your own needs \
            `impl growable_nd::Scalar for X {{}}`; `map` and `zip_with` take any types"
)]
pub trait Operand<T>: OperandParts<T> {}

/// How an operand is combined with the left side of an operator.
#[expect(unnameable_types, reason = "seals `Operand`")]
pub trait OperandParts<T>: Sized {
    /// Collects `f(x, y)` for the elements at each index of `left` and of this operand.
    #[track_caller]
    fn combine(self, left: &impl Left<Item = T>, f: impl FnMut(&T, &T) -> T) -> GrowableNd<T>;

    /// Combines like [`combine`](Self::combine), in the memory of `left` if it has the shape of the
    /// result.
    #[track_caller]
    fn combine_into(self, left: GrowableNd<T>, f: impl FnMut(&T, &T) -> T) -> GrowableNd<T>;

    /// Calls `f` with each element of `target` and the element at the same index of this operand.
    #[track_caller]
    fn update(self, target: &mut impl Target<Item = T>, f: impl FnMut(&mut T, &T));
}

/// The left side of an operator.
#[expect(unnameable_types, reason = "belongs to the seal of `Operand`")]
pub trait Left: SourceParts {
    /// Collects `f(x)` for each element.
    #[track_caller]
    fn mapped(&self, f: impl FnMut(&Self::Item) -> Self::Item) -> GrowableNd<Self::Item>;

    /// Collects `f(x, y)` for the elements at each index.
    #[track_caller]
    fn zipped(
        &self,
        other: &impl Source<Elem = Self::Item>,
        f: impl FnMut(&Self::Item, &Self::Item) -> Self::Item,
    ) -> GrowableNd<Self::Item>;
}

/// The left side of an operator that assigns.
#[expect(unnameable_types, reason = "belongs to the seal of `Operand`")]
pub trait Target {
    /// Type of the elements.
    type Item;

    /// Calls `f` with each element.
    #[track_caller]
    fn update_each(&mut self, f: impl FnMut(&mut Self::Item));

    /// Calls `f` with each element and the element at the same index of another operand.
    #[track_caller]
    fn update_zipped(
        &mut self,
        other: &impl Source<Elem = Self::Item>,
        f: impl FnMut(&mut Self::Item, &Self::Item),
    );
}

impl<T> Left for GrowableNd<T> {
    #[inline]
    #[track_caller]
    fn mapped(&self, f: impl FnMut(&T) -> T) -> GrowableNd<T> {
        self.map(f)
    }

    #[inline]
    #[track_caller]
    fn zipped(&self, other: &impl Source<Elem = T>, mut f: impl FnMut(&T, &T) -> T) -> GrowableNd<T> {
        match other.contiguous() {
            Some(elements) if shapes_equal(self.shape(), other.extents()) => {
                self.same_shape_or_panic(|data| {
                    data.extend(iter::zip(self.as_slice(), elements).map(|(x, y)| f(x, y)));
                })
            }
            _ => or_panic(zip_any(self, other, f)),
        }
    }
}

impl<S: Deref<Target = [T]>, T, const N: usize> Left for Strided<S, N> {
    #[inline]
    #[track_caller]
    fn mapped(&self, f: impl FnMut(&T) -> T) -> GrowableNd<T> {
        self.map(f)
    }

    #[inline]
    #[track_caller]
    fn zipped(&self, other: &impl Source<Elem = T>, f: impl FnMut(&T, &T) -> T) -> GrowableNd<T> {
        or_panic(self.zip_with(other, f))
    }
}

impl<T> Target for GrowableNd<T> {
    type Item = T;

    #[inline]
    #[track_caller]
    fn update_each(&mut self, f: impl FnMut(&mut T)) {
        self.as_mut_slice().iter_mut().for_each(f);
    }

    #[inline]
    #[track_caller]
    fn update_zipped(&mut self, other: &impl Source<Elem = T>, f: impl FnMut(&mut T, &T)) {
        or_panic(self.update_with(other, f));
    }
}

impl<T, const N: usize> Target for ViewMut<'_, T, N> {
    type Item = T;

    #[inline]
    #[track_caller]
    fn update_each(&mut self, f: impl FnMut(&mut T)) {
        self.for_each_mut(f);
    }

    #[inline]
    #[track_caller]
    fn update_zipped(&mut self, other: &impl Source<Elem = T>, f: impl FnMut(&mut T, &T)) {
        or_panic(self.update_with(other, f));
    }
}

macro_rules! scalars {
    ($($Number:ty)*) => { $(impl Scalar for $Number {})* };
}
scalars! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 bool Duration }

impl<T: Clone> Scalar for Wrapping<T> {}

impl<T: Clone> Scalar for Saturating<T> {}

#[cfg(feature = "num-complex")]
impl<T: Clone> Scalar for num_complex::Complex<T> {}

impl<T: Scalar> Operand<T> for T {}

impl<T> Operand<T> for GrowableNd<T> {}

impl<T> Operand<T> for &GrowableNd<T> {}

impl<S: Deref<Target = [T]>, T, const N: usize> Operand<T> for Strided<S, N> {}

impl<S: Deref<Target = [T]>, T, const N: usize> Operand<T> for &Strided<S, N> {}

impl<T> Operand<T> for &[T] {}

impl<T> Operand<T> for Vec<T> {}

impl<T> Operand<T> for &Vec<T> {}

impl<T, const A: usize> Operand<T> for [T; A] {}

impl<T, const A: usize> Operand<T> for &[T; A] {}

// Closures own the scalar: behind a reference it would be loaded again after each store.
impl<T: Scalar> OperandParts<T> for T {
    #[inline]
    #[track_caller]
    fn combine(self, left: &impl Left<Item = T>, mut f: impl FnMut(&T, &T) -> T) -> GrowableNd<T> {
        left.mapped(move |element| f(element, &self))
    }

    #[inline]
    #[track_caller]
    fn combine_into(self, mut left: GrowableNd<T>, mut f: impl FnMut(&T, &T) -> T) -> GrowableNd<T> {
        left.map_in_place(move |element| f(element, &self));
        left
    }

    #[inline]
    #[track_caller]
    fn update(self, target: &mut impl Target<Item = T>, mut f: impl FnMut(&mut T, &T)) {
        target.update_each(move |element| f(element, &self));
    }
}

/// Implements operands that are only read.
macro_rules! read {
    ($([$($generics:tt)*] $Operand:ty, $self:ident => $source:expr;)*) => {$(
        impl<$($generics)*> OperandParts<T> for $Operand {
            #[inline]
            #[track_caller]
            fn combine(
                $self,
                left: &impl Left<Item = T>,
                f: impl FnMut(&T, &T) -> T,
            ) -> GrowableNd<T> {
                left.zipped($source, f)
            }

            #[inline]
            #[track_caller]
            fn combine_into(
                $self,
                left: GrowableNd<T>,
                f: impl FnMut(&T, &T) -> T,
            ) -> GrowableNd<T> {
                zip_into(left, $source, f)
            }

            #[inline]
            #[track_caller]
            fn update(
                $self,
                target: &mut impl Target<Item = T>,
                f: impl FnMut(&mut T, &T),
            ) {
                target.update_zipped($source, f);
            }
        }
    )*};
}

read! {
    [T] &GrowableNd<T>, self => self;
    [S: Deref<Target = [T]>, T, const N: usize] Strided<S, N>, self => &self;
    [S: Deref<Target = [T]>, T, const N: usize] &Strided<S, N>, self => self;
    [T] &[T], self => &View::from(self);
    [T] Vec<T>, self => &View::from(&self[..]);
    [T] &Vec<T>, self => &View::from(&self[..]);
    [T, const A: usize] [T; A], self => &View::from(&self[..]);
    [T, const A: usize] &[T; A], self => &View::from(&self[..]);
}

impl<T> OperandParts<T> for GrowableNd<T> {
    #[inline]
    #[track_caller]
    fn combine(mut self, left: &impl Left<Item = T>, f: impl FnMut(&T, &T) -> T) -> GrowableNd<T> {
        if broadcasts_to(left.extents(), self.shape()) {
            or_panic(self.update_with(left, replacing_second(f)));
            self
        } else {
            left.zipped(&self, f)
        }
    }

    #[inline]
    #[track_caller]
    fn combine_into(self, left: GrowableNd<T>, f: impl FnMut(&T, &T) -> T) -> GrowableNd<T> {
        if broadcasts_to(self.shape(), left.shape()) {
            zip_into(left, &self, f)
        } else {
            self.combine(&left, f)
        }
    }

    #[inline]
    #[track_caller]
    fn update(self, target: &mut impl Target<Item = T>, f: impl FnMut(&mut T, &T)) {
        target.update_zipped(&self, f);
    }
}

/// Combines the elements in `left` if it has the shape of the result, otherwise in a new array.
#[track_caller]
fn zip_into<T>(
    mut left: GrowableNd<T>,
    right: &impl Source<Elem = T>,
    f: impl FnMut(&T, &T) -> T,
) -> GrowableNd<T> {
    if broadcasts_to(right.extents(), left.shape()) {
        or_panic(left.update_with(right, replacing(f)));
        left
    } else {
        or_panic(left.zip_with(right, f))
    }
}
