use crate::support::{Panic, assert_error, panic_message, panic_of};
use growable_nd::*;
use std::fmt::Display;

const MAX: usize = isize::MAX as usize;

fn array() -> GrowableNd<u32> {
    GrowableNd::from([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]])
}

/// Asserts that the returned error and the panic have one message, and that the panic names the
/// caller's file.
#[track_caller]
fn assert_refused<T, E: Display, R>(tried: Result<T, E>, panicking: impl FnOnce() -> R, says: &str) -> E {
    let Err(error) = tried else { panic!("no error, expected: {says}") };
    assert_eq!(error.to_string(), says);
    let Panic { message, file, .. } = panic_of(|| drop(panicking()));
    assert_eq!((&message[..], &file[..]), (says, file!()));
    error
}

#[test]
fn views_of_another_rank() {
    let mut array = array();
    let says = "expected 2 axes, found 3";
    let error = assert_refused(array.try_view::<3>(), || self::array().view::<3>().shape(), says);
    assert!(matches!(error, AccessError::Rank { expected: 2, found: 3, .. }));
    let refused = array.try_view_mut::<3>().map(drop);
    let error = assert_refused(refused, || self::array().view_mut::<3>().shape(), says);
    assert!(matches!(error, AccessError::Rank { expected: 2, found: 3, .. }));
    assert!(array.try_view::<0>().is_err());
    assert_ne!(array, View::from_slice([12], array.as_slice()).unwrap());
}

#[test]
fn indices_out_of_bounds() {
    let mut array = array();
    for index in [[3, 0], [0, 4], [usize::MAX, 0], [0, usize::MAX], [usize::MAX, usize::MAX]] {
        assert_eq!(array.view().get(index), None);
        assert_eq!(array.view_mut().get(index), None);
        assert_eq!(array.view_mut().get_mut(index), None);
        let message = panic_message(|| assert_eq!(array.view()[index], 0));
        assert!(message.contains("is out of bounds for axis"), "{message}");
        assert_eq!(panic_message(|| array.view_mut()[index] = 1), message);
    }
    assert_eq!(
        panic_message(|| assert_eq!(array.view::<2>().t()[[0, 3]], 0)),
        "index 3 is out of bounds for axis 1 of length 3"
    );
    let view = array.view::<2>();
    let says = "index 4 is out of bounds for axis 1 of length 4";
    let panicking = || view.index_axis(Axis(1), 4).shape();
    let error = assert_refused(view.try_index_axis(Axis(1), 4), panicking, says);
    assert!(matches!(error, AccessError::Index { axis: 1, index: 4, len: 4, .. }));
    let error = assert_refused(view.try_slice((.., 4)), || view.slice((.., 4)).shape(), says);
    assert!(matches!(error, AccessError::Index { axis: 1, index: 4, len: 4, .. }));
    assert!(view.try_slice((usize::MAX, ..)).is_err());
}

#[test]
fn ranges_out_of_bounds() {
    let array = array();
    let view = array.view::<2>();
    let says = "range 2..4 is out of bounds for axis 0 of length 3";
    let error = assert_refused(view.try_slice((2..4, ..)), || view.slice((2..4, ..)).shape(), says);
    assert!(matches!(error, AccessError::Range { axis: 0, start: 2, end: 4, len: 3, .. }));
    #[expect(clippy::reversed_empty_ranges, reason = "what is refused")]
    let backwards = 3..2;
    let says = "range 3..2 ends before it starts for axis 1 of length 4";
    let panicking = || view.slice((.., backwards.clone())).shape();
    let error = assert_refused(view.try_slice((.., backwards.clone())), panicking, says);
    assert!(matches!(error, AccessError::Range { axis: 1, start: 3, end: 2, len: 4, .. }));
    assert_error!(
        view.try_slice((0..=usize::MAX, ..)),
        AccessError::Range { axis: 0, start: 0, end: usize::MAX, len: 3, .. },
        format!("range 0..{} is out of bounds for axis 0 of length 3", usize::MAX)
    );
    assert!(view.try_slice((..=3, ..)).is_err());
    assert_eq!(
        view.try_slice((4.., ..)).unwrap_err().to_string(),
        "range 4..3 is out of bounds for axis 0 of length 3"
    );
    assert!(view.try_slice((3.., ..)).is_ok());
    let says = "step 0 for axis 1, expected at least 1";
    let step = (..).step(0);
    let error = assert_refused(view.try_slice((.., step)), || view.slice((.., step)).shape(), says);
    assert!(matches!(error, AccessError::ZeroStep { axis: 1, .. }));
    // A step that exceeds the axis is valid.
    assert_eq!(view.slice(((1..).step(usize::MAX), (..).step(MAX + 1))).shape(), [1, 1]);
}

#[test]
fn axes_that_are_not_there() {
    let array = array();
    let view = array.view::<2>();
    for axis in [2, 3, usize::MAX] {
        let says = format!("axis {axis} is out of bounds for 2 axes");
        let axis = Axis(axis);
        let refused: [(Result<(), _>, &dyn Fn()); 7] = [
            (view.try_index_axis(axis, 0).map(drop), &|| assert!(view.index_axis(axis, 0).is_empty())),
            (view.try_invert_axis(axis).map(drop), &|| assert!(view.invert_axis(axis).is_empty())),
            (view.try_axis_iter(axis).map(drop), &|| drop(view.axis_iter(axis))),
            (view.try_lanes(axis).map(drop), &|| drop(view.lanes(axis))),
            (view.try_windows(axis, 1).map(drop), &|| drop(view.windows(axis, 1))),
            (view.try_chunks(axis, 1).map(drop), &|| drop(view.chunks(axis, 1))),
            (view.try_split_at(axis, 0).map(drop), &|| assert!(view.split_at(axis, 0).0.is_empty())),
        ];
        let mut writable = self::array();
        let writable = writable.view_mut::<2>();
        let read: [(Result<(), _>, &dyn Fn()); 5] = [
            (writable.try_axis_iter(axis).map(drop), &|| drop(writable.axis_iter(axis))),
            (writable.try_lanes(axis).map(drop), &|| drop(writable.lanes(axis))),
            (writable.try_windows(axis, 1).map(drop), &|| drop(writable.windows(axis, 1))),
            (writable.try_chunks(axis, 1).map(drop), &|| drop(writable.chunks(axis, 1))),
            (writable.try_split_at(axis, 0).map(drop), &|| assert!(writable.split_at(axis, 0).0.is_empty())),
        ];
        for (tried, panicking) in refused.into_iter().chain(read) {
            let error = assert_refused(tried, panicking, &says);
            assert!(matches!(error, AccessError::Axis { rank: 2, .. }));
        }
        let mut array = self::array();
        let split = array.view_mut::<2>().try_split_at_mut(axis, 0).map(drop);
        assert_error!(split, ViewError::Access(AccessError::Axis { rank: 2, .. }), says);
        let parts = array.view_mut::<2>().try_axis_iter_mut(axis).map(drop);
        assert_error!(parts, ViewError::Access(AccessError::Axis { rank: 2, .. }), says);
        let tried = array
            .view_mut::<2>()
            .try_for_each_axis_mut(axis, |_| -> Result<(), AccessError> { unreachable!() });
        let panicking = || self::array().view_mut::<2>().for_each_axis_mut(axis, |_| unreachable!());
        let error = assert_refused(tried, panicking, &says);
        assert!(matches!(error, AccessError::Axis { rank: 2, .. }));
        if axis != Axis(2) {
            let panicking = || view.insert_axis(axis).shape();
            let error = assert_refused(view.try_insert_axis(axis), panicking, &says);
            assert!(matches!(error, AccessError::Axis { rank: 2, .. }));
        }
    }
}

#[test]
fn permutations_that_are_none() {
    let array = array();
    let view = array.view::<2>();
    for axes in [[0, 0], [1, 1], [0, 2], [2, 1], [usize::MAX, 0]] {
        let says = format!("{axes:?} is not a permutation of 2 axes");
        let error = assert_refused(view.try_permute(axes), || view.permute(axes).shape(), &says);
        assert!(matches!(error, AccessError::Permutation { .. }));
    }
}

#[test]
fn windows_and_chunks_of_nothing() {
    let array = array();
    let view = array.view::<2>();
    let says = "size 0 for axis 1, expected at least 1";
    let panicking = || drop(view.windows(Axis(1), 0));
    let error = assert_refused(view.try_windows(Axis(1), 0), panicking, says);
    assert!(matches!(error, AccessError::ZeroSize { axis: 1, .. }));
    let error = assert_refused(view.try_chunks(Axis(1), 0), || drop(view.chunks(Axis(1), 0)), says);
    assert!(matches!(error, AccessError::ZeroSize { axis: 1, .. }));
    // A size that exceeds the axis is valid.
    assert_eq!(view.windows(Axis(1), 5).count(), 0);
    assert_eq!(view.windows(Axis(1), usize::MAX).count(), 0);
    assert_eq!(view.chunks(Axis(1), usize::MAX).count(), 1);
}

#[test]
fn shapes_that_a_view_cannot_have() {
    let array = array();
    let view = array.view::<2>();
    let refused = view.broadcast([3, 5]);
    assert_error!(refused, ViewError::Broadcast { .. }, "cannot broadcast [3, 4] to [3, 5]");
    assert!(view.broadcast([4]).is_err());
    assert!(view.broadcast([3, 1]).is_err());
    assert_error!(
        view.broadcast([MAX, 3, 4]),
        ViewError::Shape(ShapeError::Overflow { .. }),
        format!("shape [{MAX}, 3, 4] exceeds isize::MAX elements")
    );
    assert_error!(
        view.reshape([5, 2]),
        ViewError::Reshape { .. },
        "cannot reshape [3, 4] to [5, 2]: the numbers of elements differ"
    );
    // The product of the extents wraps to 12.
    assert!(matches!(view.reshape([usize::MAX / 2 + 7, 2]), Err(ViewError::Shape(_))));
    assert_error!(
        view.t().reshape([12]),
        ViewError::NeedsCopy { .. },
        "cannot reshape [4, 3] (strides [1, 4]) to [12] without a copy"
    );
}

#[test]
fn slices_that_a_view_does_not_fit() {
    let mut numbers = [1, 2, 3, 4, 5, 6];
    assert_error!(
        View::from_slice([2, 2], &numbers),
        ViewError::Length { expected: 4, found: 6, .. },
        "expected a slice of 4 elements, found 6"
    );
    assert!(View::from_slice([7], &numbers).is_err());
    assert!(ViewMut::from_slice([7], &mut numbers).is_err());
    assert!(matches!(View::from_slice([MAX, 2], &numbers), Err(ViewError::Shape(_))));
    assert_error!(
        View::from_strided([2, 3], [3, 1], 1, &numbers),
        ViewError::OutOfBounds { offset: 1, len: 6, .. },
        "shape [2, 3] (strides [3, 1], offset 1) exceeds a slice of 6 elements"
    );
    for strides in [[isize::MAX, isize::MAX], [isize::MIN, 1], [isize::MAX, isize::MIN]] {
        assert!(View::from_strided([3, 2], strides, 0, &numbers).is_err());
        assert!(View::from_strided([3, 2], strides, usize::MAX, &numbers).is_err());
        // The strides do not matter for one element, or none.
        assert_eq!(View::from_strided([1, 1], strides, 5, &numbers).unwrap()[[0, 0]], 6);
        let one = View::from_strided([1, 1], strides, 5, &numbers).unwrap();
        assert_eq!(one.diagonal()[[0]], 6);
        assert_eq!(one.slice(((..).step(2), (..).step(3))).invert_axis(Axis(0))[[0, 0]], 6);
        let empty = View::from_strided([0, 9], strides, 6, &numbers).unwrap();
        assert_eq!(empty.t().invert_axis(Axis(0)).slice((2..5, ..)).iter().count(), 0);
        assert_eq!(empty.to_owned_array().shape(), [0, 9]);
    }
    for strides in [[0, 1], [1, 0], [1, 1], [2, 1]] {
        let shape = [2, 3];
        assert_error!(
            ViewMut::from_strided(shape, strides, 0, &mut numbers),
            ViewError::Overlap { .. },
            format!(
                "shape {shape:?} (strides {strides:?}) may contain an element twice; a mutable view must not"
            )
        );
    }
    assert_eq!(
        ViewMut::from_strided([2, 2], [1, 0], 0, &mut numbers).unwrap_err().to_string(),
        "shape [2, 2] (strides [1, 0]) may contain an element twice; a mutable view must not"
    );
    assert!(ViewMut::from_strided([2, 2], [-3, 1], 3, &mut numbers).is_ok());
}

#[test]
fn writing_from_another_shape() {
    let (mut array, other) = (array(), array());
    assert_error!(
        array.view_mut::<2>().assign(&other.view::<2>().t()),
        ShapeError::Mismatch { .. },
        "expected shape [3, 4], found [4, 3]"
    );
    assert_eq!(array, other);
}

#[test]
fn mutable_parts_that_interleave() {
    let mut array = array();
    let says = "parts along axis 1 interleave in memory (strides [4, 1]); \
                use `for_each_axis_mut`, `for_each_mut` or `cells`";
    let split = array.view_mut::<2>().try_split_at_mut(Axis(1), 2).map(drop);
    assert_error!(split, ViewError::Interleaved { axis: 1, .. }, says);
    let parts = array.view_mut::<2>().try_axis_iter_mut(Axis(1)).map(drop);
    assert_error!(parts, ViewError::Interleaved { axis: 1, .. }, says);
    let says = "position 4 is out of bounds for axis 0 of length 3";
    assert_error!(
        array.view_mut::<2>().try_split_at_mut(Axis(0), 4),
        ViewError::Access(AccessError::Position { axis: 0, at: 4, len: 3, .. }),
        says
    );
    assert_error!(
        array.view::<2>().try_split_at(Axis(0), 4),
        AccessError::Position { axis: 0, at: 4, len: 3, .. },
        says
    );
}

#[test]
fn rows_of_another_shape() {
    let mut array = GrowableNd::new([4, 3]);
    let other = self::array();
    assert_error!(
        array.push_row(other.view::<2>()),
        Error::Row { row: 0, error: RowError::Shape(ShapeError::Mismatch { .. }), .. },
        "row 0: expected shape [4, 3], found [3, 4]"
    );
    array.push_row(other.view::<2>().t()).unwrap();
    assert_eq!(array.as_slice(), [1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12]);
    let views = [other.view::<2>().slice((.., ..2)), other.view::<2>().slice((.., ..3))];
    assert_eq!(
        GrowableNd::stack(views).unwrap_err().to_string(),
        "row 1: expected shape [3, 2], found [3, 3]"
    );
    assert_eq!(GrowableNd::stack(other.view::<2>().windows(Axis(0), 9)), Err(Error::NoRows));
    // A view with the maximum number of axes leaves no axis for the rows.
    let numbers = [1];
    let deep = View::from_slice([1; MAX_RANK], &numbers).unwrap();
    assert!(matches!(GrowableNd::stack([deep]), Err(Error::Shape(_))));
    assert_eq!(deep.to_owned_array().shape(), [1; MAX_RANK]);
}
