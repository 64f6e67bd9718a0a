use crate::support::{Tracked, assert_error};
use growable_nd::{AccessError, Error, GrowableNd, Row, RowError, RowShape, RowWriter, ShapeError};

#[test]
fn every_kind_of_row() {
    let mut array = GrowableNd::<i32>::new([2, 3]);
    array.push_row(&[1, 2, 3, 4, 5, 6][..]).unwrap();
    array.push_row(vec![1, 2, 3, 4, 5, 6]).unwrap();
    array.push_row(&vec![1, 2, 3, 4, 5, 6]).unwrap();
    array.push_row([[1, 2, 3], [4, 5, 6]]).unwrap();
    array.push_row(&[[1, 2, 3], [4, 5, 6]]).unwrap();
    let matrix = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    array.push_row(&matrix).unwrap();
    array.push_row(matrix).unwrap();
    array.push_row_with(|[i, j]| i32::try_from(i * 3 + j + 1).unwrap()).unwrap();
    assert_eq!(array.shape(), [8, 2, 3]);
    assert!(array.iter_rows().all(|row| row == [1, 2, 3, 4, 5, 6]));
}

#[test]
fn arrays_nested_four_deep_by_value_and_by_reference() {
    let one = [1, 2];
    let two = [[1, 2], [3, 4], [5, 6]];
    let three = [[[1, 2]], [[3, 4]]];
    let four = [[[[1], [2]]], [[[3], [4]]]];
    fn check<R: Row<i32> + Copy, B: Row<i32>>(inner: &[usize], row: R, borrowed: B, expected: &[i32]) {
        let mut array = GrowableNd::new(inner);
        array.push_row(row).unwrap();
        array.push_row(borrowed).unwrap();
        assert_eq!(array.row(0), expected);
        assert_eq!(array.row(1), expected);
        // The same number of elements in another shape is refused, unless the row is flat.
        let mut other = GrowableNd::new([expected.len(), 1, 1, 1, 1]);
        if inner.len() == 1 {
            other.push_row(row).unwrap();
            assert_eq!(other.row(0), expected);
            return;
        }
        assert_error!(
            other.push_row(row),
            Error::Row { row: 0, error: RowError::Shape(ShapeError::Mismatch { .. }), .. },
            format!(
                "row 0: expected shape [{}, 1, 1, 1, 1], found {inner:?} (to push a flat row, pass a slice, a vector or `Elements`)",
                expected.len()
            )
        );
        assert_eq!(other.rows(), 0);
    }
    check(&[2], one, &one, &[1, 2]);
    check(&[3, 2], two, &two, &[1, 2, 3, 4, 5, 6]);
    check(&[2, 1, 2], three, &three, &[1, 2, 3, 4]);
    check(&[2, 1, 2, 1], four, &four, &[1, 2, 3, 4]);
}

#[test]
fn single_elements_are_rows_without_axes() {
    let mut array = GrowableNd::new([]);
    array.push_row(1.5).unwrap();
    array.push_row(vec![2.5]).unwrap();
    array.push_row_with(|[]| 3.5).unwrap();
    assert_eq!(array.as_slice(), [1.5, 2.5, 3.5]);
    assert_eq!(array.shape(), [3]);
    let mut text = GrowableNd::new([]);
    text.push_row(vec![String::from("a")]).unwrap();
    assert_eq!(text[[0]], "a");
}

#[test]
fn elements_that_are_arrays_themselves() {
    let mut points = GrowableNd::<[f32; 2]>::new([3]);
    points.push_row([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]).unwrap();
    assert_eq!(points[[0, 2]], [4.0, 5.0]);
}

#[test]
fn flat_rows_are_checked_by_length_and_shaped_rows_by_shape() {
    let mut array = GrowableNd::<u8>::new([2, 2]);
    array.push_row(&[1, 2, 3, 4][..]).unwrap();
    assert_error!(
        array.push_row(&[1, 2, 3][..]),
        Error::Row { row: 1, error: RowError::Length { expected: 4, found: 3, .. }, .. },
        "row 1: expected 4 elements, found 3"
    );
    let error = array.push_row([1, 2, 3]).unwrap_err();
    assert_eq!(error.to_string(), "row 1: expected 4 elements, found 3");
    let error = array.push_row(&GrowableNd::from([1, 2, 3, 4])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "row 1: expected shape [2, 2], found [4] (to push a flat row, pass a slice, a vector or `Elements`)"
    );
    let column = GrowableNd::from([[1], [2], [3], [4]]);
    let error = array.push_row(&column).unwrap_err();
    assert_eq!(error.to_string(), "row 1: expected shape [2, 2], found [4, 1]");
    assert_error!(
        array.push_row_with(|[i]| i as u8),
        Error::Access(AccessError::Rank { expected: 2, found: 1, .. }),
        "expected 2 axes, found 1"
    );
    assert_eq!(array.as_slice(), [1, 2, 3, 4]);
}

#[test]
fn a_refused_row_can_be_kept_by_passing_a_reference() {
    let mut array = GrowableNd::<String>::new([2]);
    let row = vec![String::from("only one")];
    assert!(array.push_row(&row).is_err());
    assert_eq!(row.len(), 1);
}

/// Announces `announced` elements and writes `written`.
struct Liar {
    announced: usize,
    written: usize,
    by: fn(&mut RowWriter<'_, Tracked>, Vec<Tracked>),
}

impl Row<Tracked> for Liar {
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Flat(self.announced)
    }

    fn write_row(self, out: &mut RowWriter<'_, Tracked>) {
        assert_eq!((out.remaining(), out.shape()), (self.announced, &[self.announced][..]));
        (self.by)(out, (0..self.written).map(|i| Tracked::new(i as u32)).collect());
    }
}

#[test]
fn rows_that_lie_about_their_length_are_refused() {
    let ways: [fn(&mut RowWriter<'_, Tracked>, Vec<Tracked>); 5] = [
        |out, elements| elements.into_iter().for_each(|element| out.push(element)),
        |out, elements| out.extend_from_slice(&elements),
        |out, mut elements| {
            // All of them are moved, or none.
            let left = if elements.len() <= out.remaining() { 0 } else { elements.len() };
            out.append(&mut elements);
            assert_eq!(elements.len(), left);
        },
        |out, elements| out.extend(elements),
        |out, elements| elements.chunks(2).for_each(|chunk| out.extend_from_slice(chunk)),
    ];
    let before = Tracked::live();
    for by in ways {
        for written in [0, 1, 2, 4, 5, 100] {
            let mut array = GrowableNd::with_capacity([3], 2);
            array.push_row(Liar { announced: 3, written: 3, by }).unwrap();
            let error = array.push_row(Liar { announced: 3, written, by }).unwrap_err();
            let Error::Row { row: 1, error: RowError::Count { expected: 3, found, .. }, .. } = error else {
                panic!("{error:?}")
            };
            assert!(if written < 3 { found == written } else { found > 3 }, "{found} of {written}");
            // The surplus elements were not written.
            assert_eq!((array.rows(), array.capacity()), (1, 2));
            assert_eq!(array.row(0).iter().map(|element| element.value).collect::<Vec<_>>(), [0, 1, 2]);
            array.push_row(Liar { announced: 3, written: 3, by }).unwrap();
            assert_eq!(array.rows(), 2);
        }
    }
    assert_eq!(Tracked::live(), before);
}

/// Yields elements without end, and reports no length.
struct Endless;

impl Row<u8> for Endless {
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Exactly(&[2, 2])
    }

    fn write_row(self, out: &mut RowWriter<'_, u8>) {
        assert_eq!(out.shape(), [2, 2]);
        out.extend(std::iter::repeat(7));
    }
}

#[test]
fn an_endless_row_ends() {
    let mut array = GrowableNd::new([2, 2]);
    assert_error!(
        array.push_row(Endless),
        Error::Row { row: 0, error: RowError::Count { expected: 4, found: 5, .. }, .. },
        "row 0: expected 4 elements, found at least 5"
    );
    assert!(array.is_empty());
}

/// Reports another shape each time.
struct Fickle(std::cell::Cell<usize>);

impl Row<u8> for Fickle {
    fn row_shape(&self) -> RowShape<'_> {
        self.0.set(self.0.get() + 1);
        RowShape::Flat(self.0.get())
    }

    fn write_row(self, out: &mut RowWriter<'_, u8>) {
        out.extend([1, 2]);
    }
}

#[test]
fn a_row_is_asked_for_its_shape_once() {
    for asked_before in 0..3_usize {
        let mut array = GrowableNd::with_capacity([2], 1);
        let result = array.push_row(Fickle(asked_before.into()));
        let found = asked_before + 1;
        if found == 2 {
            result.unwrap();
        } else {
            assert_error!(
                result,
                Error::Row { row: 0, error: RowError::Length { .. }, .. },
                format!("row 0: expected 2 elements, found {found}")
            );
        }
        assert_eq!(array.capacity(), 1);
    }
}

/// Rows of about the length from which they are spliced instead of rotated, at each position.
#[test]
fn rows_of_any_length_are_inserted_anywhere() {
    for width in [0, 1, 10, 11, 31, 32, 33, 100] {
        for position in 0..=4 {
            let text = |x: usize| x.to_string();
            let flat: Vec<String> = (0..4 * width).map(text).collect();
            let row: Vec<String> = (1000..1000 + width).map(text).collect();
            let mut expected = flat.clone();
            expected.splice(position * width..position * width, row.clone());
            let mut array = GrowableNd::new([width]);
            for start in 0..4 {
                array.push_row(&flat[start * width..][..width]).unwrap();
            }
            array.insert_row(position, row).unwrap();
            assert_eq!((array.rows(), array.as_slice()), (5, &expected[..]), "{width} at {position}");

            let mut units = GrowableNd::new([width]);
            units.resize(4, ());
            units.insert_row(position, vec![(); width]).unwrap();
            assert_eq!(units.rows(), 5);
        }
    }
}
