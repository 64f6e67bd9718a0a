//! Conversions between nested arrays, such as `[[T; B]; A]`, and their elements.

use alloc::string::String;
use alloc::vec::{IntoIter, Vec};
use core::array;

/// A row of a nested array: `T`, or an array of `T` of up to seven axes.
///
/// Every type is a row of itself, so `T` must be known from elsewhere.
#[diagnostic::on_unimplemented(message = "`{Self}` is neither `{T}` nor a nested array of `{T}`")]
#[expect(unnameable_types, reason = "seals the implementations that it bounds")]
pub trait NestedArray<T>: Sized {
    /// The extents, outermost first.
    const SHAPE: &'static [usize];

    /// Returns the elements of `rows` in row-major order.
    fn as_elements(rows: &[Self]) -> &[T];

    /// Converts rows to their elements in row-major order. Nothing is copied.
    fn into_elements(rows: Vec<Self>) -> Vec<T>;

    /// Takes the elements of one row from an iterator that has enough.
    fn take_from(elements: &mut IntoIter<T>) -> Self;
}

/// A type that is never a nested array, so that a vector of it can only become an array with one
/// axis.
///
/// Not every `T`: a `Vec<[f64; 3]>` could then become an array of numbers or of arrays.
#[diagnostic::on_unimplemented(
    message = "`From` does not convert a vector of `{Self}` to an array",
    note = "use `GrowableNd::from_vec([], vec)` for an array with one axis, or `GrowableNd::try_from(vec)` for a vector of vectors"
)]
#[expect(unnameable_types, reason = "seals the implementations that it bounds")]
pub trait SingleElement {}

impl<T> NestedArray<T> for T {
    const SHAPE: &'static [usize] = &[];

    #[inline]
    fn as_elements(rows: &[T]) -> &[T] {
        rows
    }

    #[inline]
    fn into_elements(rows: Vec<T>) -> Vec<T> {
        rows
    }

    #[inline]
    fn take_from(elements: &mut IntoIter<T>) -> T {
        match elements.next() {
            Some(element) => element,
            None => unreachable!("the shape was compared"),
        }
    }
}

/// Arrays of rows that are arrays themselves, one line for each number of axes.
macro_rules! nested_arrays {
    ($($row:ty => $($axis:ident)*;)*) => {$(
        impl<T, $(const $axis: usize),*> NestedArray<T> for [$row; A] {
            const SHAPE: &'static [usize] = &[$($axis),*];

            #[inline]
            fn as_elements(rows: &[Self]) -> &[T] {
                <$row as NestedArray<T>>::as_elements(rows.as_flattened())
            }

            #[inline]
            fn into_elements(rows: Vec<Self>) -> Vec<T> {
                <$row as NestedArray<T>>::into_elements(rows.into_flattened())
            }

            #[inline]
            fn take_from(elements: &mut IntoIter<T>) -> Self {
                array::from_fn(|_| <$row as NestedArray<T>>::take_from(elements))
            }
        }
    )*};
}

nested_arrays! {
    T => A;
    [T; B] => A B;
    [[T; C]; B] => A B C;
    [[[T; D]; C]; B] => A B C D;
    [[[[T; E]; D]; C]; B] => A B C D E;
    [[[[[T; F]; E]; D]; C]; B] => A B C D E F;
    [[[[[[T; G]; F]; E]; D]; C]; B] => A B C D E F G;
}

macro_rules! single_elements {
    ($($element:ty)*) => {$(
        impl SingleElement for $element {}
    )*};
}

single_elements! { () bool char u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 String &str }
