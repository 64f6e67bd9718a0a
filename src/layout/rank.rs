//! Numbers of axes as types, so that the compiler can count axes.
//!
//! The number of axes of a `View<'_, T, N>` is part of its type, and stable Rust cannot compute
//! `N - 1` in types. Traits with an associated type do it instead.

use crate::layout::shape::MAX_RANK;

/// The number of axes of a view, as a type for trait bounds.
///
/// A function for a fixed number of axes needs no bound. A function that is generic over the number
/// of axes repeats the bound of the method that it calls:
///
/// ```
/// use growable_nd::{GrowableNd, Rank, RemoveAxis, View};
///
/// /// Finds the largest element of each row of a view of any number of axes.
/// fn maxima<const N: usize, const M: usize>(view: View<'_, i32, N>) -> Vec<Option<&i32>>
/// where
///     Rank<N>: RemoveAxis<Smaller = Rank<M>>,
/// {
///     view.iter_rows().map(|row| row.iter().max()).collect()
/// }
///
/// let array = GrowableNd::from([[1, 8, 3], [4, 5, 6]]);
/// assert_eq!(maxima(array.view::<2>()), [Some(&8), Some(&6)]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rank<const N: usize>;

/// More axes than a view can have. Code that needs this rank does not compile.
///
/// ```compile_fail,E0271
/// let view = growable_nd::View::from_slice([1; 8], &[5]).unwrap();
/// let larger = view.insert_axis(growable_nd::Axis(0));
/// ```
#[derive(Debug)]
pub enum TooManyAxes {}

mod sealed {
    #[expect(unnameable_types, reason = "seals a public trait")]
    pub trait Sealed {}
}

/// A number of axes from 0 to [`MAX_RANK`], or [`TooManyAxes`]. An axis can be added if
/// [`Larger`](Self::Larger) is a [`Rank`].
#[diagnostic::on_unimplemented(
    message = "the compiler cannot tell that `{Self}` allows one more axis",
    note = "a view has at most 8 axes",
    note = "in a function for any number of axes write `where Rank<N>: InsertAxis<Larger = Rank<M>>`"
)]
pub trait InsertAxis: sealed::Sealed {
    /// The rank with one more axis; [`TooManyAxes`] after [`MAX_RANK`] axes.
    type Larger: InsertAxis;
}

/// A number of axes from 1 to [`MAX_RANK`], from which an axis can be removed.
#[diagnostic::on_unimplemented(
    message = "the compiler cannot tell that `{Self}` has an axis to remove",
    note = "a view without axes is a single element, and a view has at most 8 axes",
    note = "in a function for any number of axes write `where Rank<N>: RemoveAxis<Smaller = Rank<M>>`"
)]
pub trait RemoveAxis: InsertAxis {
    /// The rank with one axis fewer.
    type Smaller: InsertAxis;
}

/// Each rank with the next larger one.
macro_rules! ranks {
    ($($rank:literal -> $larger:literal),*) => {$(
        impl sealed::Sealed for Rank<$rank> {}

        impl InsertAxis for Rank<$rank> {
            type Larger = Rank<$larger>;
        }

        impl RemoveAxis for Rank<$larger> {
            type Smaller = Rank<$rank>;
        }
    )*};
}

ranks! { 0 -> 1, 1 -> 2, 2 -> 3, 3 -> 4, 4 -> 5, 5 -> 6, 6 -> 7, 7 -> 8 }

impl sealed::Sealed for Rank<MAX_RANK> {}
impl sealed::Sealed for TooManyAxes {}

impl InsertAxis for Rank<MAX_RANK> {
    type Larger = TooManyAxes;
}

impl InsertAxis for TooManyAxes {
    type Larger = TooManyAxes;
}
