//! Views of any number of axes. Fuzz targets use this file as well.

use growable_nd::Strided;

/// A view of up to four axes.
pub enum Any<S> {
    Of0(Strided<S, 0>),
    Of1(Strided<S, 1>),
    Of2(Strided<S, 2>),
    Of3(Strided<S, 3>),
    Of4(Strided<S, 4>),
}

/// Evaluates an expression for a view of any number of axes.
macro_rules! for_any {
    ($any:expr, $view:pat => $result:expr) => {
        match $any {
            Any::Of0($view) => $result,
            Any::Of1($view) => $result,
            Any::Of2($view) => $result,
            Any::Of3($view) => $result,
            Any::Of4($view) => $result,
        }
    };
}

pub(crate) use for_any;

macro_rules! from_views {
    ($($rank:literal $any:ident),*) => {$(
        impl<S> From<Strided<S, $rank>> for Any<S> {
            fn from(view: Strided<S, $rank>) -> Self {
                Any::$any(view)
            }
        }
    )*};
}

from_views! { 0 Of0, 1 Of1, 2 Of2, 3 Of3, 4 Of4 }
