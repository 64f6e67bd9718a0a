//! The rule for errors, kind by kind. A method that panics has a form that returns the error; the
//! panic has the message of the error and the line of the caller.

use crate::support::panic_of;
use growable_nd::*;

/// The panicking call and the call that returns the error.
struct Both<'a> {
    line: u32,
    panicking: Box<dyn FnOnce() + 'a>,
    error: String,
}

/// Both forms of a method: `both!(array.row(5) => array.try_row(5))`.
macro_rules! both {
    ($panicking:expr => $tried:expr) => {{
        Both {
            line: line!(),
            panicking: Box::new(|| {
                let _ = $panicking;
            }),
            error: $tried.map(drop).expect_err(stringify!($tried)).to_string(),
        }
    }};
}

/// Checks that both forms of all methods fail with this message.
#[track_caller]
fn check<'a>(says: &str, all: impl IntoIterator<Item = Both<'a>>) {
    for Both { line, panicking, error } in all {
        assert_eq!(error, says, "line {line}");
        let panic = panic_of(panicking);
        assert_eq!(panic.message, says, "line {line}");
        assert_eq!(panic.file, file!());
        // The call may be some lines after the line of `both!`.
        assert!((line..line + 4).contains(&panic.line), "line {line}: {panic:?}");
    }
}

fn array() -> GrowableNd<i32> {
    GrowableNd::from([[1, 2, 3], [4, 5, 6]])
}

fn floats() -> GrowableNd<f64> {
    array().map(|&x| f64::from(x))
}

/// A view that outlives the test.
fn view() -> View<'static, i32, 2> {
    View::from_slice([2, 3], &[1, 2, 3, 4, 5, 6]).unwrap()
}

#[test]
fn axes_that_do_not_exist() {
    let axis = Axis(2);
    check(
        "axis 2 is out of bounds for 2 axes",
        [
            both!(view().index_axis(axis, 0) => view().try_index_axis(axis, 0)),
            both!(view().invert_axis(axis) => view().try_invert_axis(axis)),
            both!(view().split_at(axis, 0) => view().try_split_at(axis, 0)),
            both!(view().axis_iter(axis) => view().try_axis_iter(axis)),
            both!(array().view_mut::<2>().axis_iter_mut(axis).len() => array().view_mut::<2>().try_axis_iter_mut(axis)),
            both!(array().view_mut::<2>().split_at_mut(axis, 0).0.len() => array().view_mut::<2>().try_split_at_mut(axis, 0)),
            both!(view().lanes(axis) => view().try_lanes(axis)),
            both!(view().windows(axis, 1) => view().try_windows(axis, 1)),
            both!(view().chunks(axis, 1) => view().try_chunks(axis, 1)),
            both!(view().sum_axis(axis) => view().try_sum_axis(axis)),
            both!(view().sum_axis_of(axis, |x| *x) => view().try_sum_axis_of(axis, |x| *x)),
            both!(view().product_axis(axis) => view().try_product_axis(axis)),
            both!(view().min_axis(axis) => view().try_min_axis(axis)),
            both!(view().max_axis(axis) => view().try_max_axis(axis)),
            both!(view().argmin_axis(axis) => view().try_argmin_axis(axis)),
            both!(view().argmax_axis(axis) => view().try_argmax_axis(axis)),
            both!(view().cumulative_sum(axis) => view().try_cumulative_sum(axis)),
            both!(view().fold_axis(axis, 0, |a, b| a + b) => view().try_fold_axis(axis, 0, |a, b| Ok::<_, Error>(a + b))),
            both!(array().sum_axis(axis) => array().try_sum_axis(axis)),
            both!(array().sum_axis_of(axis, |x| *x) => array().try_sum_axis_of(axis, |x| *x)),
            both!(array().product_axis(axis) => array().try_product_axis(axis)),
            both!(array().min_axis(axis) => array().try_min_axis(axis)),
            both!(array().max_axis(axis) => array().try_max_axis(axis)),
            both!(array().argmin_axis(axis) => array().try_argmin_axis(axis)),
            both!(array().argmax_axis(axis) => array().try_argmax_axis(axis)),
            both!(array().cumulative_sum(axis) => array().try_cumulative_sum(axis)),
            both!(array().fold_axis(axis, 0, |a, b| a + b) => array().try_fold_axis(axis, 0, |a, b| Ok::<_, Error>(a + b))),
        ],
    );
    check(
        "axis 3 is out of bounds for 2 axes",
        [both!(view().insert_axis(Axis(3)) => view().try_insert_axis(Axis(3)))],
    );
    let says = "axis 2 is out of bounds for 2 axes";
    assert_eq!(array().dot_axis(&array(), axis).unwrap_err().to_string(), says);
}

#[cfg(any(feature = "std", feature = "libm"))]
#[test]
fn axes_of_means_that_do_not_exist() {
    let axis = Axis(2);
    check(
        "axis 2 is out of bounds for 2 axes",
        [
            both!(floats().mean_axis(axis) => floats().try_mean_axis(axis)),
            both!(floats().mean_axis_of(axis, |x| *x) => floats().try_mean_axis_of(axis, |x| *x)),
            both!(floats().var_axis(axis, 0) => floats().try_var_axis(axis, 0)),
            both!(floats().std_axis(axis, 0) => floats().try_std_axis(axis, 0)),
            both!(floats().view::<2>().mean_axis(axis) => floats().view::<2>().try_mean_axis(axis)),
            both!(floats().view::<2>().var_axis(axis, 0) => floats().view::<2>().try_var_axis(axis, 0)),
            both!(floats().view::<2>().std_axis(axis, 0) => floats().view::<2>().try_std_axis(axis, 0)),
        ],
    );
}

#[test]
fn the_only_axis() {
    fn line() -> GrowableNd<i32> {
        GrowableNd::from([1, 2, 3])
    }
    fn lane() -> View<'static, i32, 1> {
        View::from_slice([3], &[1, 2, 3]).unwrap()
    }
    let axis = Axis(0);
    check(
        "cannot reduce a 1-d array along its only axis; use the method without `_axis`, or `fold` of an iterator",
        [
            both!(line().sum_axis(axis) => line().try_sum_axis(axis)),
            both!(line().product_axis(axis) => line().try_product_axis(axis)),
            both!(line().min_axis(axis) => line().try_min_axis(axis)),
            both!(line().argmax_axis(axis) => line().try_argmax_axis(axis)),
            both!(line().fold_axis(axis, 0, |a, b| a + b) => line().try_fold_axis(axis, 0, |a, b| Ok::<_, Error>(a + b))),
            both!(lane().sum_axis(axis) => lane().try_sum_axis(axis)),
            both!(lane().max_axis(axis) => lane().try_max_axis(axis)),
            both!(lane().argmin_axis(axis) => lane().try_argmin_axis(axis)),
        ],
    );
}

#[test]
fn axes_that_are_too_short() {
    fn empty() -> GrowableNd<f64> {
        GrowableNd::zeros([0, 3])
    }
    let axis = Axis(0);
    check(
        "axis 0 has length 0, expected at least 1",
        [
            both!(empty().min_axis(axis) => empty().try_min_axis(axis)),
            both!(empty().max_axis(axis) => empty().try_max_axis(axis)),
            both!(empty().argmin_axis(axis) => empty().try_argmin_axis(axis)),
            both!(empty().argmax_axis(axis) => empty().try_argmax_axis(axis)),
            both!(empty().mean_axis(axis) => empty().try_mean_axis(axis)),
            both!(empty().var_axis(axis, 0) => empty().try_var_axis(axis, 0)),
            both!(empty().view::<2>().max_axis(axis) => empty().view::<2>().try_max_axis(axis)),
            both!(empty().view::<2>().mean_axis(axis) => empty().view::<2>().try_mean_axis(axis)),
        ],
    );
    check(
        "axis 1 has length 3, expected at least 4",
        [
            both!(floats().var_axis(Axis(1), 3) => floats().try_var_axis(Axis(1), 3)),
            #[cfg(any(feature = "std", feature = "libm"))]
            both!(floats().std_axis(Axis(1), 3) => floats().try_std_axis(Axis(1), 3)),
        ],
    );
}

#[test]
fn indices_out_of_bounds() {
    check(
        "index 5 is out of bounds for axis 0 of length 2",
        [
            both!(array().remove_row(5) => array().try_remove_row(5)),
            both!(array().swap_remove_row(5) => array().try_swap_remove_row(5)),
            both!(array().swap_rows(5, 0) => array().try_swap_rows(5, 0)),
            both!(array().swap_rows(0, 5) => array().try_swap_rows(0, 5)),
            both!(view().index_axis(Axis(0), 5) => view().try_index_axis(Axis(0), 5)),
            both!(view().slice((5, ..)) => view().try_slice((5, ..))),
            both!(array().slice((5, ..)).len() => array().try_slice((5, ..))),
            both!(array().slice_mut((5, ..)).len() => array().try_slice_mut((5, ..))),
            both!(array().row(5).len() => array().get_row(5).ok_or("index 5 is out of bounds for axis 0 of length 2").map(<[i32]>::len)),
            both!(array().row_mut(5).len() => array().get_row_mut(5).ok_or("index 5 is out of bounds for axis 0 of length 2").map(|row| row.len())),
            both!(array()[[5, 0]] => array().get([5, 0]).copied().ok_or("index 5 is out of bounds for axis 0 of length 2")),
            both!(view()[[5, 0]] => view().get([5, 0]).ok_or("index 5 is out of bounds for axis 0 of length 2")),
        ],
    );
    let says = "index 5 is out of bounds for axis 0 of length 2";
    assert_eq!(array().cast_row::<u32>(5).unwrap_err().to_string(), says);
    assert_eq!(array().cast_row_mut::<u32>(5).unwrap_err().to_string(), says);
}

#[test]
fn columns_out_of_bounds() {
    check(
        "index 3 is out of bounds for axis 1 of length 3",
        [
            both!(view().column(3) => view().try_column(3)),
            both!(array().column(3).len() => array().try_column(3)),
            both!(array().column_mut(3).len() => array().try_column_mut(3)),
        ],
    );
}

#[test]
fn positions_out_of_bounds() {
    check(
        "position 5 is out of bounds for axis 0 of length 2",
        [
            both!(array().split_off(5) => array().try_split_off(5)),
            both!(view().split_at(Axis(0), 5) => view().try_split_at(Axis(0), 5)),
            both!(array().view_mut::<2>().split_at_mut(Axis(0), 5).0.len() => array().view_mut::<2>().try_split_at_mut(Axis(0), 5)),
        ],
    );
    let says = "position 5 is out of bounds for axis 0 of length 2";
    assert_eq!(array().insert_row(5, [1, 2, 3]).unwrap_err().to_string(), says);
}

#[test]
fn ranges_out_of_bounds() {
    check(
        "range 1..5 is out of bounds for axis 0 of length 2",
        [
            both!(array().drain_rows(1..5) => array().try_drain_rows(1..5)),
            both!(array().extend_from_within(1..5) => array().try_extend_from_within(1..5)),
            both!(view().slice((1..5, ..)) => view().try_slice((1..5, ..))),
            both!(view().slice(((1..5).step(2), ..)) => view().try_slice(((1..5).step(2), ..))),
        ],
    );
    check(
        "step 0 for axis 1, expected at least 1",
        [both!(view().slice((.., (..).step(0))) => view().try_slice((.., (..).step(0))))],
    );
}

#[test]
fn numbers_of_axes() {
    check(
        "expected 2 axes, found 3",
        [
            both!(array().view::<3>() => array().try_view::<3>()),
            both!(array().view_mut::<3>() => array().try_view_mut::<3>()),
            both!(array()[[0, 0, 0]] => array().get([0, 0, 0]).copied().ok_or("expected 2 axes, found 3")),
            both!(array().slice((0, .., ..)).len() => array().try_slice((0, .., ..))),
            both!(array().slice_mut((0, .., ..)).len() => array().try_slice_mut((0, .., ..))),
            both!(GrowableNd::<u8>::zeros([1; 3]).column(0).len() => GrowableNd::<u8>::zeros([1; 3]).try_column(0)),
            both!(GrowableNd::<u8>::zeros([1; 3]).column_mut(0).len() => GrowableNd::<u8>::zeros([1; 3]).try_column_mut(0)),
            both!(array().argmax::<3>() => array().try_argmax::<3>()),
            both!(array().argmin::<3>() => array().try_argmin::<3>()),
        ],
    );
    let mut rows = GrowableNd::<usize>::new([2, 3]);
    assert_eq!(rows.push_row_with(|[i]| i).unwrap_err().to_string(), "expected 2 axes, found 1");
    check(
        "[0, 0] is not a permutation of 2 axes",
        [both!(view().permute([0, 0]) => view().try_permute([0, 0]))],
    );
    check(
        "size 0 for axis 1, expected at least 1",
        [
            both!(view().windows(Axis(1), 0) => view().try_windows(Axis(1), 0)),
            both!(view().chunks(Axis(1), 0) => view().try_chunks(Axis(1), 0)),
        ],
    );
}

#[test]
fn shapes_that_no_array_has() {
    fn point() -> View<'static, i32, 0> {
        View::from_slice([], &[1]).unwrap()
    }
    check(
        "expected at least 1 axis (that of the rows), found none",
        [
            both!(GrowableNd::<u8>::zeros([]) => GrowableNd::<u8>::try_zeros([])),
            both!(GrowableNd::<u8>::ones([]) => GrowableNd::<u8>::try_ones([])),
            both!(GrowableNd::full([], 'x') => GrowableNd::try_full([], 'x')),
            both!(GrowableNd::from_fn([], |_| 0) => GrowableNd::try_from_fn([], |_| Ok::<_, Error>(0))),
            both!(point().map(|x| *x) => point().try_map(|x| Ok::<_, Error>(*x))),
            both!(point().to_owned_array() => point().try_to_owned_array()),
        ],
    );
    check(
        "expected at most 8 axes (rows included), found 9",
        [
            both!(GrowableNd::<u8>::new([1; 8]) => GrowableNd::<u8>::try_new([1; 8])),
            both!(GrowableNd::<u8>::with_capacity([1; 8], 1) => GrowableNd::<u8>::try_with_capacity([1; 8], 1)),
            both!(GrowableNd::<u8>::with_growth([1; 8], Growth::EXACT) => GrowableNd::<u8>::try_with_growth([1; 8], Growth::EXACT)),
            both!(GrowableNd::<u8>::zeros([1; 9]) => GrowableNd::<u8>::try_zeros([1; 9])),
            both!(GrowableNd::full([1; 9], 1) => GrowableNd::try_full([1; 9], 1)),
            both!(GrowableNd::from_fn([1; 9], |_| 0) => GrowableNd::try_from_fn([1; 9], |_| Ok::<_, Error>(0))),
        ],
    );
    const HUGE: usize = usize::MAX;
    check(
        &format!("shape [{HUGE}] exceeds isize::MAX elements"),
        [
            both!(GrowableNd::<u8>::new([HUGE]) => GrowableNd::<u8>::try_new([HUGE])),
            both!(GrowableNd::<u8>::zeros([1, HUGE]) => GrowableNd::<u8>::try_zeros([1, HUGE])),
            both!(GrowableNd::full([1, HUGE], 1_u8) => GrowableNd::try_full([1, HUGE], 1_u8)),
        ],
    );
}

#[test]
fn capacities_that_overflow() {
    const ROWS: usize = usize::MAX;
    fn bytes() -> GrowableNd<u8> {
        GrowableNd::new([2])
    }
    check(
        &format!("capacity overflow: {ROWS} rows of 2 elements of 1 bytes"),
        [
            both!(bytes().reserve(ROWS) => bytes().try_reserve(ROWS)),
            both!(bytes().reserve_exact(ROWS) => bytes().try_reserve_exact(ROWS)),
            both!(bytes().resize(ROWS, 0) => bytes().try_resize(ROWS, 0)),
            both!(bytes().resize_with(ROWS, || 0) => bytes().try_resize_with(ROWS, || Ok::<_, Error>(0))),
            both!(GrowableNd::<u8>::with_capacity([2], ROWS) => GrowableNd::<u8>::try_with_capacity([2], ROWS)),
            both!(GrowableNd::<u8>::zeros([ROWS, 2]) => GrowableNd::<u8>::try_zeros([ROWS, 2])),
            both!(GrowableNd::<u8>::full([ROWS, 2], 1) => GrowableNd::<u8>::try_full([ROWS, 2], 1)),
        ],
    );
}

/// Differences in shape are an `Err` with one message for arrays and views, and with the index in
/// front for rows.
#[test]
fn shapes_that_differ() {
    let (a, mut b) = (array(), GrowableNd::from([[1, 2], [3, 4]]));
    let says = "expected shape [2, 3], found [2, 2]";
    assert_eq!(array().zip_with_in_place(&b, |x, y| x + y).unwrap_err().to_string(), says);
    assert_eq!(array().view_mut::<2>().assign(&b).unwrap_err().to_string(), says);
    assert_eq!(a.dot_axis(&b, Axis(0)).unwrap_err().to_string(), says);
    assert_eq!(
        GrowableNd::from([1, 2]).dot(&GrowableNd::from([1])).unwrap_err().to_string(),
        "expected shape [2], found [1]"
    );
    let says = "shapes [2, 3] and [2, 2] do not broadcast";
    assert_eq!(a.zip_with(&b, |x, y| x + y).unwrap_err().to_string(), says);
    assert_eq!(a.view::<2>().zip_with(&b, |x, y| x + y).unwrap_err().to_string(), says);
    assert_eq!(array().append(&mut b).unwrap_err().to_string(), "expected shape [3], found [2]");
    let says = "row 2: expected 3 elements, found 2";
    assert_eq!(array().push_row([1, 2]).unwrap_err().to_string(), says);
    assert_eq!(array().extend_rows([[1, 2]]).unwrap_err().to_string(), says);
    let says =
        "row 0: expected shape [2, 3], found [6] (to push a flat row, pass a slice, a vector or `Elements`)";
    let flat = GrowableNd::from([1; 6]);
    assert_eq!(GrowableNd::new([2, 3]).push_row(&flat).unwrap_err().to_string(), says);
}
