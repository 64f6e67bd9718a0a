use crate::support::panic_message;
use growable_nd::*;

const MAX: usize = isize::MAX as usize;

fn array() -> GrowableNd<u32> {
    GrowableNd::from([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]])
}

/// The error, and the panic of the twin with the same message.
#[track_caller]
fn assert_refused<T, R>(
    tried: Result<T, ViewError>,
    panicking: impl FnOnce() -> R,
    expected: &ViewError,
    says: &str,
) {
    assert_eq!(tried.map(drop), Err(expected.clone()));
    assert_eq!(expected.to_string(), says);
    assert_eq!(panic_message(|| drop(panicking())), says);
}

#[test]
fn views_of_another_rank() {
    let mut array = array();
    let expected = ViewError::Rank { expected: 2, found: 3 };
    let says = "the array has 2 axes, 3 were asked for";
    assert_refused(array.try_view::<3>(), || self::array().view::<3>().shape(), &expected, says);
    let refused = array.try_view_mut::<3>().map(drop);
    assert_refused(refused, || self::array().view_mut::<3>().shape(), &expected, says);
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
        assert!(message.contains("is out of bounds of axis"), "{message}");
        assert_eq!(panic_message(|| array.view_mut()[index] = 1), message);
    }
    assert_eq!(
        panic_message(|| assert_eq!(array.view::<2>().t()[[0, 3]], 0)),
        "the index 3 is out of bounds of axis 1, which has the extent 3"
    );
    let view = array.view::<2>();
    let expected = ViewError::Index { axis: 1, index: 4, extent: 4 };
    let says = "the index 4 is out of bounds of axis 1, which has the extent 4";
    let panicking = || view.index_axis(Axis(1), 4).shape();
    assert_refused(view.try_index_axis(Axis(1), 4), panicking, &expected, says);
    assert_refused(view.try_slice((.., 4)), || view.slice((.., 4)).shape(), &expected, says);
    assert!(view.try_slice((usize::MAX, ..)).is_err());
}

#[test]
fn ranges_out_of_bounds() {
    let array = array();
    let view = array.view::<2>();
    let expected = ViewError::Range { axis: 0, start: 2, end: 4, extent: 3 };
    let says = "the range 2..4 is out of bounds, axis 0 has the extent 3";
    assert_refused(view.try_slice((2..4, ..)), || view.slice((2..4, ..)).shape(), &expected, says);
    #[expect(clippy::reversed_empty_ranges, reason = "what is refused")]
    let backwards = 3..2;
    let expected = ViewError::Range { axis: 1, start: 3, end: 2, extent: 4 };
    let says = "the range 3..2 ends before it starts, axis 1 has the extent 4";
    let panicking = || view.slice((.., backwards.clone())).shape();
    assert_refused(view.try_slice((.., backwards.clone())), panicking, &expected, says);
    let beyond = ViewError::Range { axis: 0, start: 0, end: usize::MAX, extent: 3 };
    assert_eq!(view.try_slice((0..=usize::MAX, ..)).unwrap_err(), beyond);
    assert!(view.try_slice((..=3, ..)).is_err());
    assert_eq!(
        view.try_slice((4.., ..)).unwrap_err().to_string(),
        "the range 4..3 is out of bounds, axis 0 has the extent 3"
    );
    assert!(view.try_slice((3.., ..)).is_ok());
    let expected = ViewError::ZeroStep { axis: 1 };
    let says = "expected a step of at least 1 on axis 1, found 0";
    let step = (..).step(0);
    assert_refused(view.try_slice((.., step)), || view.slice((.., step)).shape(), &expected, says);
    // A step beyond all elements is no mistake.
    assert_eq!(view.slice(((1..).step(usize::MAX), (..).step(MAX + 1))).shape(), [1, 1]);
}

#[test]
fn axes_that_are_not_there() {
    let array = array();
    let view = array.view::<2>();
    for axis in [2, 3, usize::MAX] {
        let error = ViewError::Axis { axis, rank: 2 };
        let says = format!("axis {axis} is out of bounds, the number of axes is 2");
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
        for (tried, panicking) in refused {
            assert_refused(tried, panicking, &error, &says);
        }
        let mut array = self::array();
        assert_eq!(array.view_mut::<2>().try_split_at(axis, 0).map(drop), Err(error.clone()));
        assert_eq!(array.view_mut::<2>().try_axis_iter_mut(axis).map(drop), Err(error.clone()));
        assert_eq!(panic_message(|| drop(array.view_mut::<2>().axis_iter_mut(axis))), says);
        if axis != Axis(2) {
            let panicking = || view.insert_axis(axis).shape();
            assert_refused(view.try_insert_axis(axis), panicking, &error, &says);
        }
    }
}

#[test]
fn permutations_that_are_none() {
    let array = array();
    let view = array.view::<2>();
    for axes in [[0, 0], [1, 1], [0, 2], [2, 1], [usize::MAX, 0]] {
        let error = ViewError::Permutation { axes: axes.into() };
        let says = format!("expected each of 2 axes once, found {axes:?}");
        assert_refused(view.try_permute(axes), || view.permute(axes).shape(), &error, &says);
    }
}

#[test]
fn windows_and_chunks_of_nothing() {
    let array = array();
    let view = array.view::<2>();
    let error = ViewError::ZeroSize { axis: 1 };
    let says = "expected windows or chunks of at least 1 along axis 1, found 0";
    let panicking = || drop(view.windows(Axis(1), 0));
    assert_refused(view.try_windows(Axis(1), 0), panicking, &error, says);
    assert_refused(view.try_chunks(Axis(1), 0), || drop(view.chunks(Axis(1), 0)), &error, says);
    // Larger than the axis is no mistake.
    assert_eq!(view.windows(Axis(1), 5).count(), 0);
    assert_eq!(view.windows(Axis(1), usize::MAX).count(), 0);
    assert_eq!(view.chunks(Axis(1), usize::MAX).count(), 1);
}

#[test]
fn shapes_that_a_view_cannot_have() {
    let array = array();
    let view = array.view::<2>();
    let refused = view.broadcast([3, 5]).unwrap_err();
    assert_eq!(refused, ViewError::Broadcast { from: [3, 4].into(), to: [3, 5].into() });
    assert_eq!(refused.to_string(), "the shape [3, 4] cannot be broadcast to [3, 5]");
    assert!(view.broadcast([4]).is_err());
    assert!(view.broadcast([3, 1]).is_err());
    let overflow = ViewError::Shape(ShapeError::Overflow { shape: [MAX, 3, 4].into() });
    assert_eq!(view.broadcast([MAX, 3, 4]).unwrap_err(), overflow);
    let refused = view.reshape([5, 2]).unwrap_err();
    assert_eq!(refused, ViewError::Reshape { from: [3, 4].into(), to: [5, 2].into() });
    assert_eq!(refused.to_string(), "the shapes [3, 4] and [5, 2] have different numbers of elements");
    // The product wraps to 12.
    #[cfg(target_pointer_width = "64")]
    assert!(matches!(view.reshape([(1 << 63) + 6, 2]), Err(ViewError::Shape(_))));
    let refused = view.t().reshape([12]).unwrap_err();
    let (from, strides, to) = ([4, 3].into(), [1, 4].into(), [12].into());
    assert_eq!(refused, ViewError::NeedsCopy { from, strides, to });
    assert_eq!(refused.to_string(), "the shape [4, 3] with the strides [1, 4] becomes [12] only by a copy");
}

#[test]
fn slices_that_a_view_does_not_fit() {
    let mut numbers = [1, 2, 3, 4, 5, 6];
    let refused = View::from_slice([2, 2], &numbers).unwrap_err();
    assert_eq!(refused, ViewError::Length { expected: 4, found: 6 });
    assert_eq!(refused.to_string(), "expected a slice of 4 elements, found 6");
    assert!(View::from_slice([7], &numbers).is_err());
    assert!(ViewMut::from_slice([7], &mut numbers).is_err());
    assert!(matches!(View::from_slice([MAX, 2], &numbers), Err(ViewError::Shape(_))));
    let refused = View::from_strided([2, 3], [3, 1], 1, &numbers).unwrap_err();
    let (shape, strides): (Box<[usize]>, Box<[isize]>) = ([2, 3].into(), [3, 1].into());
    assert_eq!(refused, ViewError::OutOfBounds { shape, strides, offset: 1, len: 6 });
    assert_eq!(
        refused.to_string(),
        "the shape [2, 3] with the strides [3, 1] and the offset 1 leads out of a slice of 6 elements"
    );
    for strides in [[isize::MAX, isize::MAX], [isize::MIN, 1], [isize::MAX, isize::MIN]] {
        assert!(View::from_strided([3, 2], strides, 0, &numbers).is_err());
        assert!(View::from_strided([3, 2], strides, usize::MAX, &numbers).is_err());
        // Nothing follows them where there is one element, or none.
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
        let refused = ViewMut::from_strided(shape, strides, 0, &mut numbers).unwrap_err();
        assert_eq!(refused, ViewError::Overlap { shape: shape.into(), strides: strides.into() });
    }
    assert_eq!(
        ViewMut::from_strided([2, 2], [1, 0], 0, &mut numbers).unwrap_err().to_string(),
        "elements of the shape [2, 2] with the strides [1, 0] overlap or interleave, so they cannot be mutable"
    );
    assert!(ViewMut::from_strided([2, 2], [-3, 1], 3, &mut numbers).is_ok());
}

#[test]
fn writing_from_another_shape() {
    let (mut array, other) = (array(), array());
    let expected = ViewError::Mismatch { expected: [3, 4].into(), found: [4, 3].into() };
    let refused = array.view_mut::<2>().assign(&other.view().t()).unwrap_err();
    assert_eq!(refused, expected);
    assert_eq!(refused.to_string(), "expected the shape [3, 4], found [4, 3]");
    assert_eq!(array, other);
}

#[test]
fn mutable_parts_that_interleave() {
    let mut array = array();
    let error = ViewError::Interleaved { axis: 1, strides: [4, 1].into() };
    let says = "axis 1 is not the outermost in memory, the strides are [4, 1], \
                so its parts cannot be mutable at once other than as cells";
    let tried = array.view_mut::<2>().try_split_at(Axis(1), 2).map(drop);
    assert_refused(tried, || self::array().view_mut::<2>().split_at(Axis(1), 2).0.len(), &error, says);
    let tried = array.view_mut::<2>().try_axis_iter_mut(Axis(1)).map(drop);
    assert_refused(tried, || drop(self::array().view_mut::<2>().axis_iter_mut(Axis(1))), &error, says);
    let beyond = ViewError::Split { axis: 0, at: 4, extent: 3 };
    assert_eq!(beyond.to_string(), "axis 0 cannot be split at 4, it has the extent 3");
    assert_eq!(array.view_mut::<2>().try_split_at(Axis(0), 4).map(drop), Err(beyond.clone()));
    assert_eq!(array.view::<2>().try_split_at(Axis(0), 4).map(drop), Err(beyond));
}

#[test]
fn rows_of_another_shape() {
    let mut array = GrowableNd::new([4, 3]);
    let other = self::array();
    let error = array.push_row(other.view::<2>()).unwrap_err();
    let shapes = RowError::Shape { expected: [4, 3].into(), found: [3, 4].into() };
    assert_eq!(error, Error::Row { row: 0, error: shapes });
    array.push_row(other.view::<2>().t()).unwrap();
    assert_eq!(array.as_slice(), [1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12]);
    let views = [other.view::<2>().slice((.., ..2)), other.view::<2>().slice((.., ..3))];
    assert_eq!(
        GrowableNd::stack(views).unwrap_err().to_string(),
        "row 1: expected the shape [3, 2], found [3, 3]"
    );
    assert_eq!(GrowableNd::stack(other.view::<2>().windows(Axis(0), 9)), Err(Error::NoRows));
    // As many axes as an array can have leave none for the rows.
    let numbers = [1];
    let deep = View::from_slice([1; MAX_RANK], &numbers).unwrap();
    assert!(matches!(GrowableNd::stack([deep]), Err(Error::Shape(_))));
    assert_eq!(deep.to_owned_array().shape(), [1; MAX_RANK]);
}
