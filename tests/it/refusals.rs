use crate::support::{assert_error, overflow_message, panic_message, panic_of, panics};
use growable_nd::{AccessError, Error, GrowableNd, Growth, MAX_RANK, ReserveError, RowError, ShapeError};
use std::ops::Bound;

const MAX: usize = isize::MAX as usize;

fn array() -> GrowableNd<u64> {
    GrowableNd::from([[1, 2, 3], [4, 5, 6]])
}

/// Asserts that the array is unchanged and can be pushed to.
#[track_caller]
fn assert_unharmed(mut array: GrowableNd<u64>) {
    assert_eq!(array, self::array());
    array.push_row([7, 8, 9]).unwrap();
    assert_eq!(array.row(2), [7, 8, 9]);
}

#[test]
fn shapes_that_cannot_be() {
    for shape in [&[usize::MAX][..], &[MAX, 2], &[usize::MAX, usize::MAX], &[0, MAX, 2]] {
        let says = overflow_message(shape);
        assert_error!(GrowableNd::<u8>::try_new(shape), ShapeError::Overflow { .. }, says);
        let made = GrowableNd::<u8>::try_with_capacity(shape, 0);
        assert_error!(made, Error::Shape(ShapeError::Overflow { .. }), says);
        let made = GrowableNd::from_rows(shape, [[0]]);
        assert_error!(made, Error::Shape(ShapeError::Overflow { .. }), says);
        assert_eq!(GrowableNd::from_vec(shape, vec![1, 2]).unwrap_err().vec, [1, 2]);
        assert!(panics(|| drop(GrowableNd::<u8>::new(shape))));
    }
    let deep = [1; MAX_RANK];
    let says = "expected at most 8 axes (rows included), found 9";
    assert_error!(
        GrowableNd::<u8>::try_new(deep),
        ShapeError::TooManyAxes { limit: MAX_RANK, found: 9, .. },
        says
    );
    assert_eq!(panic_message(|| drop(GrowableNd::<u8>::new(deep))), says);
    let message = panic_message(|| drop(GrowableNd::<u8>::new([usize::MAX, 2])));
    assert_eq!(message, format!("shape [{}, 2] exceeds isize::MAX elements", usize::MAX));
}

/// Numbers of rows whose size in elements or bytes overflows, for any width of `usize`.
fn too_many() -> impl Iterator<Item = usize> {
    let bytes = MAX / 24 + 1;
    [usize::MAX, usize::MAX - 1, MAX, MAX + 1, usize::MAX / 3 + 2, MAX / 3 + 1, usize::MAX / 24 + 2, bytes]
        .into_iter()
}

#[test]
fn sizes_that_overflow_are_refused_and_harm_nothing() {
    for rows in too_many() {
        let refusals: [(&str, fn(&mut GrowableNd<u64>, usize) -> Result<(), Error>); 4] = [
            ("reserve", |array, rows| Ok(array.try_reserve(rows)?)),
            ("reserve_exact", |array, rows| Ok(array.try_reserve_exact(rows)?)),
            ("resize", |array, rows| Ok(array.try_resize(rows, 0)?)),
            ("resize_with", |array, rows| array.try_resize_with(rows, || Ok(0))),
        ];
        for (name, refusal) in refusals {
            let mut array = array();
            let error = refusal(&mut array, rows).expect_err(name);
            let Error::Reserve(ReserveError::Overflow { row_len: 3, element_bytes: 8, .. }) = error else {
                panic!("{name}({rows}): {error:?}")
            };
            assert_unharmed(array);
        }
        let panicking: [(&str, fn(&mut GrowableNd<u64>, usize)); 4] = [
            ("reserve", |array, rows| array.reserve(rows)),
            ("reserve_exact", |array, rows| array.reserve_exact(rows)),
            ("resize", |array, rows| array.resize(rows, 0)),
            ("resize_with", |array, rows| array.resize_with(rows, || 0)),
        ];
        for (name, panicking) in panicking {
            let mut array = array();
            let message = panic_message(|| panicking(&mut array, rows));
            assert!(message.starts_with("capacity overflow: "), "{name}: {message}");
            assert!(message.ends_with(" rows of 3 elements of 8 bytes"), "{name}: {message}");
            assert_unharmed(array);
        }
        assert!(GrowableNd::<u64>::try_with_capacity([3], rows).is_err());
        assert!(panics(|| drop(GrowableNd::<u64>::with_capacity([3], rows))));
    }
}

#[test]
fn indices_out_of_bounds() {
    let array = array();
    for index in [[0, 3], [2, 0], [usize::MAX, 0], [0, usize::MAX], [usize::MAX, usize::MAX]] {
        assert_eq!(array.get(index), None);
        let message = panic_message(|| assert_eq!(array[index], 0));
        assert!(message.contains("is out of bounds for axis"), "{message}");
        assert!(panics(|| array.clone()[index] = 1));
        assert_eq!(array.clone().get_mut(index), None);
    }
    assert_eq!(array.get([0]), None);
    assert_eq!(array.get([0, 0, 0]), None);
    assert_eq!(array.get([]), None);
    for row in [2, 3, usize::MAX] {
        assert_eq!(array.get_row(row), None);
        let expected = format!("index {row} is out of bounds for axis 0 of length 2");
        let mut array = array.clone();
        assert_eq!(panic_message(|| assert!(array.row(row).is_empty())), expected);
        assert_eq!(panic_message(|| array.row_mut(row)[0] = 1), expected);
        assert_eq!(panic_message(|| drop(array.remove_row(row))), expected);
        assert_eq!(panic_message(|| drop(array.swap_remove_row(row))), expected);
        assert_eq!(panic_message(|| array.swap_rows(row, 0)), expected);
        assert_eq!(panic_message(|| array.swap_rows(0, row)), expected);
        assert_error!(array.try_remove_row(row), Error::Access(AccessError::Index { .. }), expected);
        assert_error!(array.try_swap_remove_row(row), Error::Access(AccessError::Index { .. }), expected);
        assert_error!(array.try_swap_rows(0, row), AccessError::Index { axis: 0, len: 2, .. }, expected);
        if row > 2 {
            let expected = format!("position {row} is out of bounds for axis 0 of length 2");
            let refused = array.insert_row(row, [1, 2, 3]);
            assert_error!(refused, Error::Access(AccessError::Position { .. }), expected);
            assert_error!(array.try_split_off(row), Error::Access(AccessError::Position { .. }), expected);
            assert_eq!(panic_message(|| drop(array.split_off(row))), expected);
        }
        assert_unharmed(array);
    }
}

#[test]
fn ranges_out_of_bounds() {
    let ranges = [
        (Bound::Included(0), Bound::Included(2)),
        (Bound::Included(0), Bound::Excluded(3)),
        (Bound::Included(3), Bound::Unbounded),
        (Bound::Included(2), Bound::Excluded(1)),
        (Bound::Included(0), Bound::Included(usize::MAX)),
        (Bound::Excluded(usize::MAX), Bound::Unbounded),
        (Bound::Excluded(2), Bound::Unbounded),
        (Bound::Included(usize::MAX), Bound::Excluded(usize::MAX)),
    ];
    for range in ranges {
        let mut array = array();
        let drained = array.try_drain_rows(range).map(drop);
        assert!(matches!(drained, Err(AccessError::Range { axis: 0, len: 2, .. })));
        let extended = array.try_extend_from_within(range);
        assert!(matches!(extended, Err(Error::Access(AccessError::Range { axis: 0, len: 2, .. }))));
        assert!(panics(|| drop(array.drain_rows(range))));
        assert!(panics(|| array.extend_from_within(range)));
        assert_unharmed(array);
    }
    let mut array = array();
    let message = panic_message(|| drop(array.drain_rows(1..3)));
    assert_eq!(message, "range 1..3 is out of bounds for axis 0 of length 2");
    let backwards = (Bound::Included(2), Bound::Excluded(1));
    let message = panic_message(|| drop(array.drain_rows(backwards)));
    assert_eq!(message, "range 2..1 ends before it starts for axis 0 of length 2");
    for empty in [0..0, 1..1, 2..2] {
        assert_eq!(array.drain_rows(empty.clone()).count(), 0);
        array.extend_from_within(empty);
    }
    assert_eq!(array.drain_rows(..=0).collect::<Vec<_>>(), [[1, 2, 3]]);
}

#[test]
fn panics_point_to_the_caller() {
    let panicking: [fn(); 18] = [
        || drop(GrowableNd::<u8>::new([usize::MAX])),
        || drop(GrowableNd::<u8>::with_capacity([3], usize::MAX)),
        || drop(GrowableNd::<u8>::with_growth([usize::MAX], Growth::DOUBLE)),
        || assert_eq!(array()[[5, 0]], 0),
        || array()[[0, 5]] = 0,
        || assert!(array().row(5).is_empty()),
        || array().row_mut(5).fill(0),
        || array().swap_rows(0, 5),
        || drop(array().remove_row(5)),
        || drop(array().swap_remove_row(5)),
        || drop(array().drain_rows(5..)),
        || drop(array().split_off(5)),
        || array().reserve(usize::MAX),
        || array().resize(usize::MAX, 0),
        || array().resize_with(usize::MAX, || 0),
        || array().reserve_exact(usize::MAX),
        || array().extend([[1, 2]]),
        || drop(GrowableNd::<u8>::from(vec![[0_u8; 0]; usize::MAX])),
    ];
    for panicking in panicking {
        assert_eq!(panic_of(panicking).file, file!());
    }
}

#[test]
fn a_row_that_cannot_be_inserted_is_named_by_its_place() {
    let mut array = array();
    assert_error!(
        array.insert_row(1, vec![1]),
        Error::Row { row: 1, error: RowError::Length { expected: 3, found: 1, .. }, .. },
        "row 1: expected 3 elements, found 1"
    );
    assert_unharmed(array);
}

#[test]
fn arrays_of_other_rows_are_not_appended() {
    let mut array = array();
    let mut other = GrowableNd::from([[[1, 2, 3]], [[4, 5, 6]]]);
    assert_error!(
        array.append(&mut other),
        Error::Shape(ShapeError::Mismatch { .. }),
        "expected shape [3], found [1, 3]"
    );
    assert_eq!(other.rows(), 2);
    assert_unharmed(array);
}

#[test]
fn partial_rows_are_not_added() {
    let mut array = array();
    for len in [1, 2, 4, 5] {
        assert_error!(
            array.extend_from_slice(&[9; 5][..len]),
            Error::PartialRow { row_len: 3, .. },
            format!("{len} elements are not a whole number of rows of 3")
        );
    }
    assert_unharmed(array);
}
