//! Operators between arrays, views and scalars.
//!
//! There is one implementation for each operator and each type of its left side, generic in the
//! right side. A scalar on the left side needs one for each pair of types. This file lists the
//! operators, `operand` has the code that they call.

use crate::array::GrowableNd;
use crate::numeric::operand::Operand;
use crate::view::{Strided, ViewMut};
use core::ops::{Add, AddAssign, BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign};
use core::ops::{Deref, Div, DivAssign, Mul, MulAssign, Neg, Not, Rem, RemAssign};
use core::ops::{Shl, ShlAssign, Shr, ShrAssign, Sub, SubAssign};

/// Binary operators with an array or a view on the left side.
macro_rules! binary {
    ($($Op:ident $op:ident $OpAssign:ident $op_assign:ident)*) => {$(
        // Functions rather than closures: a closure would have a separate type in each
        // implementation, and every loop would be compiled again for that type.
        mod $op {
            use super::*;

            pub(super) fn combined<T: Clone + $Op<Output = T>>(x: &T, y: &T) -> T {
                x.clone().$op(y.clone())
            }

            pub(super) fn assign<T: Clone + $OpAssign>(x: &mut T, y: &T) {
                x.$op_assign(y.clone());
            }
        }

        impl<T: Clone + $Op<Output = T>, R: Operand<T>> $Op<R> for &GrowableNd<T> {
            type Output = GrowableNd<T>;

            #[track_caller]
            fn $op(self, right: R) -> GrowableNd<T> {
                right.combine(self, $op::combined)
            }
        }

        impl<T: Clone + $Op<Output = T>, R: Operand<T>> $Op<R> for GrowableNd<T> {
            type Output = GrowableNd<T>;

            #[track_caller]
            fn $op(self, right: R) -> GrowableNd<T> {
                right.combine_into(self, $op::combined)
            }
        }

        impl<S, T, R, const N: usize> $Op<R> for &Strided<S, N>
        where
            S: Deref<Target = [T]>,
            T: Clone + $Op<Output = T>,
            R: Operand<T>,
        {
            type Output = GrowableNd<T>;

            #[track_caller]
            fn $op(self, right: R) -> GrowableNd<T> {
                right.combine(self, $op::combined)
            }
        }

        impl<S, T, R, const N: usize> $Op<R> for Strided<S, N>
        where
            S: Deref<Target = [T]>,
            T: Clone + $Op<Output = T>,
            R: Operand<T>,
        {
            type Output = GrowableNd<T>;

            #[track_caller]
            fn $op(self, right: R) -> GrowableNd<T> {
                right.combine(&self, $op::combined)
            }
        }

        impl<T: Clone + $OpAssign, R: Operand<T>> $OpAssign<R> for GrowableNd<T> {
            #[track_caller]
            fn $op_assign(&mut self, right: R) {
                right.update(self, $op::assign);
            }
        }

        impl<T: Clone + $OpAssign, R: Operand<T>, const N: usize> $OpAssign<R> for ViewMut<'_, T, N> {
            #[track_caller]
            fn $op_assign(&mut self, right: R) {
                right.update(self, $op::assign);
            }
        }
    )*};
}

binary! {
    Add add AddAssign add_assign
    Sub sub SubAssign sub_assign
    Mul mul MulAssign mul_assign
    Div div DivAssign div_assign
    Rem rem RemAssign rem_assign
    BitAnd bitand BitAndAssign bitand_assign
    BitOr bitor BitOrAssign bitor_assign
    BitXor bitxor BitXorAssign bitxor_assign
    Shl shl ShlAssign shl_assign
    Shr shr ShrAssign shr_assign
}

/// Unary operators.
macro_rules! unary {
    ($($Op:ident $op:ident)*) => {$(
        impl<T: Clone + $Op<Output = T>> $Op for &GrowableNd<T> {
            type Output = GrowableNd<T>;

            #[track_caller]
            fn $op(self) -> GrowableNd<T> {
                self.map(|x| x.clone().$op())
            }
        }

        impl<T: Clone + $Op<Output = T>> $Op for GrowableNd<T> {
            type Output = GrowableNd<T>;

            fn $op(self) -> GrowableNd<T> {
                mapped_in_place(self, |x| x.clone().$op())
            }
        }

        impl<S: Deref<Target = [T]>, T: Clone + $Op<Output = T>, const N: usize> $Op for &Strided<S, N> {
            type Output = GrowableNd<T>;

            #[track_caller]
            fn $op(self) -> GrowableNd<T> {
                self.map(|x| x.clone().$op())
            }
        }

        impl<S: Deref<Target = [T]>, T: Clone + $Op<Output = T>, const N: usize> $Op for Strided<S, N> {
            type Output = GrowableNd<T>;

            #[track_caller]
            fn $op(self) -> GrowableNd<T> {
                self.map(|x| x.clone().$op())
            }
        }
    )*};
}

unary! { Neg neg Not not }

/// A binary operator with a scalar on the left side.
macro_rules! with_scalar {
    ($Op:ident $op:ident: $($Number:ty)*) => {$(
        impl $Op<&GrowableNd<$Number>> for $Number {
            type Output = GrowableNd<$Number>;

            #[track_caller]
            fn $op(self, right: &GrowableNd<$Number>) -> GrowableNd<$Number> {
                right.map(move |&x| self.$op(x))
            }
        }

        impl $Op<GrowableNd<$Number>> for $Number {
            type Output = GrowableNd<$Number>;

            fn $op(self, right: GrowableNd<$Number>) -> GrowableNd<$Number> {
                mapped_in_place(right, move |&x| self.$op(x))
            }
        }

        impl<S: Deref<Target = [$Number]>, const N: usize> $Op<&Strided<S, N>> for $Number {
            type Output = GrowableNd<$Number>;

            #[track_caller]
            fn $op(self, right: &Strided<S, N>) -> GrowableNd<$Number> {
                right.map(move |&x| self.$op(x))
            }
        }

        impl<S: Deref<Target = [$Number]>, const N: usize> $Op<Strided<S, N>> for $Number {
            type Output = GrowableNd<$Number>;

            #[track_caller]
            fn $op(self, right: Strided<S, N>) -> GrowableNd<$Number> {
                right.map(move |&x| self.$op(x))
            }
        }
    )*};
}

with_scalar! { Add add: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
with_scalar! { Sub sub: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
with_scalar! { Mul mul: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
with_scalar! { Div div: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
with_scalar! { Rem rem: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
with_scalar! { BitAnd bitand: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize bool }
with_scalar! { BitOr bitor: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize bool }
with_scalar! { BitXor bitxor: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize bool }

/// Replaces each element by `f(x)` and returns the array.
fn mapped_in_place<T>(mut array: GrowableNd<T>, f: impl FnMut(&T) -> T) -> GrowableNd<T> {
    array.map_in_place(f);
    array
}
