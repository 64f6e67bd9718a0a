use crate::support::{Tracked, assert_error, panic_message, panic_of, panics, with_panicking_clone};
use growable_nd::{
    AccessError, Elements, Error, GrowableNd, Nested, ResultsError, Row, RowBuffer, RowError, ShapeError,
};
use growable_nd::{RowShape, RowWriter};
use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

const SHAPES: [&[usize]; 9] =
    [&[], &[0], &[1], &[3], &[2, 3], &[3, 0], &[0, 3], &[2, 1, 2], &[1, 1, 1, 1, 1, 1, 5]];

/// An iterator that reports any length.
struct Hinting<I>(I, (usize, Option<usize>));

impl<I: Iterator> Iterator for Hinting<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.1
    }
}

/// An array of two rows with capacity for `free` more rows.
fn two_rows(inner: &[usize], free: usize) -> GrowableNd<Tracked> {
    let mut array = GrowableNd::with_capacity(inner, 2 + free);
    array.resize_with(2, || Tracked::new(7));
    array
}

/// Asserts that the array has the two rows of `two_rows`.
#[track_caller]
fn assert_untouched(array: &GrowableNd<Tracked>) {
    assert_eq!((array.rows(), array.len()), (2, 2 * array.row_len()));
    assert!(array.as_slice().iter().all(|element| element.value == 7));
}

fn tracked(count: usize) -> impl Iterator<Item = Tracked> {
    (0..).take(count).map(Tracked::new)
}

#[test]
fn elements_fit_exactly_or_are_refused() {
    let live = Tracked::live();
    for inner in SHAPES {
        let row_len = inner.iter().product::<usize>();
        for free in [0, 1, 2, 5] {
            for offered in 0..row_len + 4 {
                let hints = [
                    (offered, Some(offered)),
                    (0, None),
                    (row_len, Some(row_len)),
                    (usize::MAX, None),
                    (usize::MAX, Some(0)),
                ];
                for hint in hints {
                    let mut array = two_rows(inner, free);
                    let mut source = Hinting(tracked(offered), hint);
                    let result = array.push_row(Elements(source.by_ref()));
                    // One element more than a row has is taken, to detect a row that is too long.
                    assert_eq!(source.0.count(), offered.saturating_sub(row_len + 1));
                    if offered == row_len {
                        result.unwrap();
                        let values: Vec<u32> = array.row(2).iter().map(|element| element.value).collect();
                        assert!(values.iter().copied().eq(0..u32::try_from(row_len).unwrap()));
                        continue;
                    }
                    let found = offered.min(row_len + 1);
                    let at_least = if offered > row_len { "at least " } else { "" };
                    assert_error!(
                        result,
                        Error::Row { row: 2, error: RowError::Count { .. }, .. },
                        format!("row 2: expected {row_len} elements, found {at_least}{found}")
                    );
                    assert_untouched(&array);
                }
            }
        }
    }
    assert_eq!(Tracked::live(), live);
}

#[test]
fn an_endless_iterator_ends() {
    for inner in SHAPES {
        let mut array = GrowableNd::new(inner);
        assert!(array.push_row_from(std::iter::repeat(1)).is_err());
        assert!(
            array
                .push_row_from(Hinting(std::iter::repeat(1), (array.row_len(), Some(array.row_len()))))
                .is_err()
        );
        array.resize(1, 0);
        array.reserve(5);
        assert!(array.insert_row(0, Elements(0..)).is_err());
        assert!(array.push_row_from_results((0..).map(Ok::<_, ()>)).is_err());
        assert_eq!(array.rows(), 1);
    }
}

#[test]
fn elements_are_rows_wherever_rows_are() {
    let rows = |count: i32| (0..count).map(|i| Elements((0..3).map(move |j| 3 * i + j)));
    let expected: Vec<i32> = (0..12).collect();
    let mut array = GrowableNd::from_rows([3], rows(4)).unwrap();
    assert_eq!(array.as_slice(), expected);
    array.extend_rows(rows(2)).unwrap();
    array.extend(rows(1));
    array.insert_row(0, Elements([9, 9, 9])).unwrap();
    assert_eq!((array.rows(), array.row(0)), (8, &[9, 9, 9][..]));
    let stacked = GrowableNd::stack(rows(4)).unwrap();
    assert_eq!((stacked.shape(), stacked.as_slice()), (&[4, 3][..], &expected[..]));
    let read = GrowableNd::from_results([3], rows(4).map(Ok::<_, ()>)).unwrap();
    assert_eq!(read.as_slice(), expected);

    let ragged = [vec![1, 2], vec![3]].into_iter().map(|row| Elements(row.into_iter()));
    assert_error!(
        GrowableNd::stack(ragged),
        Error::Row { row: 1, error: RowError::Count { .. }, .. },
        "row 1: expected 2 elements, found 1"
    );
    let none: [Elements<Vec<i32>>; 0] = [];
    assert_eq!(GrowableNd::stack(none), Err(Error::NoRows));
    assert_eq!(GrowableNd::<i32>::stack([Elements([]), Elements([])]).unwrap().shape(), [2, 0]);
    assert_eq!(GrowableNd::stack([Elements(vec![(); 3])]).unwrap().shape(), [1, 3]);
}

#[test]
fn elements_without_size() {
    for (inner, len) in [(&[][..], 1), (&[4], 4), (&[2, 0], 0)] {
        let mut array = GrowableNd::new(inner);
        array.push_row_from(vec![(); len]).unwrap();
        assert!(array.push_row_from(vec![(); len + 1]).is_err());
        assert!(array.push_row_from(std::iter::repeat(())).is_err());
        assert_eq!((array.rows(), array.len()), (1, len));
    }
}

#[test]
fn an_iterator_that_panics_leaves_the_array() {
    let live = Tracked::live();
    for at in 0..=3 {
        for free in [0, 3] {
            let source = || {
                tracked(9)
                    .inspect(move |element| assert!(element.value < u32::try_from(at).unwrap(), "told to"))
            };
            let mut array = two_rows(&[3], free);
            assert!(panics(|| array.push_row_from(source()).unwrap()));
            assert!(panics(|| array.push_row(Nested([Elements(source())])).unwrap()));
            assert!(panics(|| drop(array.push_row_from_results(source().map(Ok::<_, ()>)))));
            assert!(panics(|| array.insert_row(0, Elements(source())).unwrap()));
            assert!(panics(|| drop(GrowableNd::stack([Elements(source())]))));
            assert_untouched(&array);
            let mut square = two_rows(&[1, 3], free);
            assert!(panics(|| square.push_row(Nested([Elements(source())])).unwrap()));
            assert_untouched(&square);
        }
    }
    assert_eq!(Tracked::live(), live);
}

#[test]
fn the_element_that_failed_is_named() {
    use std::error::Error as _;
    let live = Tracked::live();
    for inner in SHAPES {
        let row_len = inner.iter().product::<usize>();
        for at in 0..=row_len + 1 {
            let mut array = two_rows(inner, at % 2);
            let source = tracked(row_len + 2)
                .enumerate()
                .map(|(i, element)| if i == at { Err(std::io::Error::other("cable")) } else { Ok(element) });
            let error = array.push_row_from_results(source).unwrap_err();
            assert_untouched(&array);
            if at <= row_len {
                assert_eq!(error.to_string(), format!("row 2, element {at}: the source failed"));
                assert_eq!(error.source().unwrap().to_string(), "cable");
                assert!(matches!(error, ResultsError::Element { row: 2, element, .. } if element == at));
            } else {
                assert!(matches!(
                    error,
                    ResultsError::Array(Error::Row { error: RowError::Count { .. }, .. })
                ));
            }
        }
        let mut array = two_rows(inner, 0);
        array.push_row_from_results(tracked(row_len).map(Ok::<_, ()>)).unwrap();
        assert_eq!(array.rows(), 3);
    }
    assert_eq!(Tracked::live(), live);
}

#[test]
fn single_elements_of_any_type() {
    #[derive(Clone, Debug, PartialEq)]
    struct Body(String);
    let mut bodies = GrowableNd::new([]);
    for name in ["sun", "moon"] {
        bodies.push(Body(name.to_owned())).unwrap();
    }
    assert_eq!((bodies.shape(), bodies[[1]].0.as_str()), (&[2][..], "moon"));
    let mut points = GrowableNd::new([]);
    points.push([1.0, 2.0, 3.0]).unwrap();
    assert_eq!(points.as_slice(), [[1.0, 2.0, 3.0]]);
    let mut units = GrowableNd::new([]);
    (0..100).for_each(|_| units.push(()).unwrap());
    assert_eq!(units.rows(), 100);
    let mut numbers = GrowableNd::new([]);
    (0..1000).for_each(|i| numbers.push(i).unwrap());
    assert!(numbers.as_slice().iter().copied().eq(0..1000));

    let live = Tracked::live();
    for inner in &SHAPES[1..] {
        let mut array = two_rows(inner, 1);
        let refused = array.push(Tracked::new(1));
        assert!(matches!(
            refused,
            Err(Error::Row { row: 2, error: RowError::Shape(ShapeError::Mismatch { .. }), .. })
        ));
        assert_untouched(&array);
    }
    assert_eq!(Tracked::live(), live);
}

/// Pushes a row that fits, and one that does not.
#[track_caller]
fn pushed(row: impl Row<String>, short: impl Row<String>) {
    let mut array = GrowableNd::new([2, 2]);
    array.push_row(row).unwrap();
    assert_eq!(array.as_slice(), ["a", "b", "c", "d"]);
    assert_error!(
        array.push_row(short),
        Error::Row { row: 1, error: RowError::Length { .. }, .. },
        "row 1: expected 4 elements, found 1"
    );
    assert_eq!(array.rows(), 1);
}

#[test]
fn flat_rows_of_all_kinds() {
    let whole = || ["a", "b", "c", "d"].map(String::from);
    let short = || [String::from("a")];
    let vec = || whole().to_vec();
    let one = || short().to_vec();
    pushed(&whole()[..], &short()[..]);
    pushed(&&whole()[..], &&short()[..]);
    pushed(&mut whole()[..], &mut short()[..]);
    pushed(vec(), one());
    pushed(&vec(), &one());
    pushed(&mut vec(), &mut one());
    pushed(vec().into_boxed_slice(), one().into_boxed_slice());
    pushed(&vec().into_boxed_slice(), &one().into_boxed_slice());
    pushed(Cow::from(&vec()), Cow::from(&one()));
    pushed(Cow::from(vec()), Cow::from(one()));
    pushed(&Cow::from(vec()), &Cow::from(one()));
    pushed(Arc::<[String]>::from(vec()), Arc::<[String]>::from(one()));
    pushed(&Arc::<[String]>::from(vec()), &Arc::<[String]>::from(one()));
    pushed(Rc::<[String]>::from(vec()), Rc::<[String]>::from(one()));
    pushed(&Rc::<[String]>::from(vec()), &Rc::<[String]>::from(one()));
    pushed(whole(), short());
    pushed(&whole(), &short());
    pushed(&mut whole(), &mut short());
}

#[test]
fn rows_that_are_moved_are_not_cloned() {
    let row = || -> Vec<Tracked> { tracked(3).collect() };
    let live = Tracked::live();
    let mut array = GrowableNd::new([3]);
    assert!(!with_panicking_clone(0, || {
        array.push_row(row()).unwrap();
        array.push_row(row().into_boxed_slice()).unwrap();
        array.push_row(Cow::from(row())).unwrap();
        array.push_row(Elements(row())).unwrap();
        array.push_row(<[Tracked; 3]>::try_from(row()).unwrap()).unwrap();
    }));
    let mut square = GrowableNd::new([2, 3]);
    assert!(!with_panicking_clone(0, || {
        square.push_row(Nested(vec![row(), row()])).unwrap();
        square.push_row([(); 2].map(|()| <[Tracked; 3]>::try_from(row()).unwrap())).unwrap();
    }));
    for clones in 0..3 {
        assert!(with_panicking_clone(clones, || array.push_row(&mut row()[..]).unwrap()));
        assert!(with_panicking_clone(clones, || array.push_row(Arc::<[Tracked]>::from(row())).unwrap()));
        assert!(with_panicking_clone(clones + 3, || square.push_row(Nested(&[row(), row()])).unwrap()));
    }
    assert_eq!((array.rows(), square.rows()), (5, 2));
    drop((array, square));
    assert_eq!(Tracked::live(), live);
}

#[test]
fn arrays_nested_to_seven_axes() {
    let expected: Vec<i32> = (0..128).collect();
    let mut next = 0..;
    let mut two = || [next.next().unwrap(), next.next().unwrap()];
    let mut seven = [[[[[[[0; 2]; 2]; 2]; 2]; 2]; 2]; 2];
    seven
        .as_flattened_mut()
        .as_flattened_mut()
        .as_flattened_mut()
        .as_flattened_mut()
        .as_flattened_mut()
        .fill_with(&mut two);
    let six = seven[0];
    let five = six[0];

    let mut array = GrowableNd::<i32>::new([2; 7]);
    array.push_row(seven).unwrap();
    array.push_row(&seven).unwrap();
    array.push_row(&mut seven).unwrap();
    assert!(array.iter_rows().all(|row| row == expected));
    assert!(array.push_row(six).is_err());
    assert_eq!(GrowableNd::<i32>::from_rows([2; 6], [six]).unwrap().as_slice(), &expected[..64]);
    assert_eq!([&five].into_iter().collect::<GrowableNd<i32>>().shape(), [1, 2, 2, 2, 2, 2]);
    let collected: GrowableNd<i32> = [seven, seven].into_iter().collect();
    assert_eq!((collected.ndim(), collected.row(1)), (8, &expected[..]));

    let lopsided = [[[[[[["a", "b"]; 1]; 3]; 1]; 2]; 1]; 1];
    let array: GrowableNd<&str> = [lopsided].into_iter().collect();
    assert_eq!(array.shape(), [1, 1, 1, 2, 1, 3, 1, 2]);
    assert_eq!(array.as_slice(), ["a", "b"].repeat(6));
}

#[test]
fn arrays_with_one_axis_are_flat_rows() {
    let mut array = GrowableNd::new([2, 3]);
    array.push_row([1, 2, 3, 4, 5, 6]).unwrap();
    array.push_row(&[1, 2, 3, 4, 5, 6]).unwrap();
    assert_error!(
        array.push_row([1, 2, 3]),
        Error::Row { row: 2, error: RowError::Length { expected: 6, found: 3, .. }, .. },
        "row 2: expected 6 elements, found 3"
    );
    // Nested arrays of two or more axes have a shape, as do arrays and views with one axis.
    assert!(array.push_row([[1, 2], [3, 4], [5, 6]]).is_err());
    let flat = GrowableNd::from([1, 2, 3, 4, 5, 6]);
    assert!(array.push_row(&flat).is_err());
    assert!(array.push_row(flat.view::<1>()).is_err());
    assert_eq!(array.rows(), 2);
    // As single elements: generic code need not distinguish arrays without inner axes.
    let mut numbers = GrowableNd::new([]);
    numbers.push_row([5]).unwrap();
    // The type still determines the shape of a collected array.
    assert_eq!([[1, 2], [3, 4]].into_iter().collect::<GrowableNd<i32>>().shape(), [2, 2]);
}

#[test]
fn rows_of_rows() {
    let vecs = || vec![vec![1, 2, 3], vec![4, 5, 6]];
    let arrays = [[1, 2, 3], [4, 5, 6]];
    let slices: [&[i32]; 2] = [&[1, 2, 3], &[4, 5, 6]];
    let mut array = GrowableNd::new([2, 3]);
    array.push_row(Nested(vecs())).unwrap();
    array.push_row(Nested(&vecs())).unwrap();
    array.push_row(Nested(arrays.to_vec())).unwrap();
    array.push_row(Nested(&arrays[..])).unwrap();
    array.push_row(Nested(&arrays)).unwrap();
    array.push_row(Nested(slices)).unwrap();
    array.push_row(Nested(&slices)).unwrap();
    array.push_row(Nested((0..2).map(|i| Elements((1..4).map(move |j| 3 * i + j))))).unwrap();
    array.push_row(Nested(GrowableNd::from(arrays).view::<2>().iter_rows())).unwrap();
    array.insert_row(1, Nested(vecs())).unwrap();
    assert!(array.iter_rows().all(|row| row == [1, 2, 3, 4, 5, 6]));

    let deep = [vecs(), vecs()];
    let mut cubes = GrowableNd::new([2, 2, 3]);
    cubes.push_row(Nested(deep.iter().map(Nested))).unwrap();
    cubes.push_row(Nested(deep.iter().map(|rows| rows.concat()))).unwrap();
    cubes.push_row(Nested([arrays, arrays])).unwrap();
    assert!(cubes.iter_rows().all(|row| row == [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]));
    let numbers: GrowableNd<i32> = GrowableNd::from_rows([3], [Nested([1, 2, 3])]).unwrap();
    assert_eq!(numbers.as_slice(), [1, 2, 3]);

    assert_eq!(GrowableNd::stack([Nested(vecs()), Nested(vecs())]).unwrap().shape(), [2, 2, 3]);
    assert_eq!(GrowableNd::stack([Nested(deep.iter().map(Nested))]).unwrap().shape(), [1, 2, 2, 3]);
    let elements = [Nested([Elements(0..2), Elements(2..4)])];
    assert_eq!(GrowableNd::stack(elements).unwrap().as_slice(), [0, 1, 2, 3]);
}

#[test]
fn ragged_rows_name_the_inner_row() {
    let mut array = GrowableNd::new([2, 3]);
    let mut refused = |rows: &[&[i32]], says: &str| {
        assert_eq!(array.push_row(Nested(rows)).unwrap_err().to_string(), says);
        assert_eq!(array.push_row(Nested(rows.iter().filter(|_| true))).unwrap_err().to_string(), says);
        assert!(array.is_empty());
    };
    refused(&[&[2], &[4]], "row 0: inner row 0: expected 3 elements, found 1");
    refused(&[&[1, 2, 3], &[4, 5]], "row 0: inner row 1: expected 3 elements, found 2");
    // As many elements as a row has, divided into inner rows differently.
    refused(&[&[1, 2], &[3, 4, 5, 6]], "row 0: inner row 0: expected 3 elements, found 2");
    refused(&[&[1, 2, 3]], "row 0: expected shape [2, 3], found [1, 3]");
    refused(&[], "row 0: expected shape [2, 3], found [0, 3]");
    refused(&[&[1, 2, 3], &[4, 5, 6], &[7, 8, 9]], "row 0: expected shape [2, 3], found [3, 3]");

    let endless = Nested(std::iter::repeat([1, 2, 3]));
    assert!(array.push_row(endless).is_err());
    let four = [[1, 2, 3]; 4];
    assert_eq!(
        array.push_row(Nested(&four)).unwrap_err().to_string(),
        "row 0: expected shape [2, 3], found [4, 3]"
    );

    let mut cubes = GrowableNd::new([1, 2, 3]);
    let error = cubes.push_row(Nested([Nested(vec![vec![1, 2, 3], vec![4]])])).unwrap_err();
    assert_eq!(error.to_string(), "row 0: inner row 0: inner row 1: expected 3 elements, found 1");
    let error = cubes.push_row(Nested([Nested([Elements(0..3), Elements(0..4)])])).unwrap_err();
    assert_eq!(error.to_string(), "row 0: inner row 0: inner row 1: expected 3 elements, found at least 4");
    assert!(cubes.is_empty());

    let error = GrowableNd::stack([Nested(vec![vec![1, 2], vec![3]])]).unwrap_err();
    assert_eq!(error.to_string(), "row 0: inner row 1: expected 2 elements, found 1");
    let error = GrowableNd::stack([Nested(vec![vec![1, 2]]), Nested(vec![])]).unwrap_err();
    assert_eq!(error.to_string(), "row 1: expected shape [1, 2], found [0, 2]");
    let none: Vec<Nested<Vec<Vec<i32>>>> = vec![Nested(vec![])];
    assert_eq!(GrowableNd::stack(none), Err(Error::NoRows));
}

#[test]
fn rows_of_rows_beside_zero_extents_and_no_axes() {
    let mut array = GrowableNd::<i32>::new([2, 0]);
    array.push_row(Nested([vec![], vec![]])).unwrap();
    array.push_row(Nested([[0; 0]; 2])).unwrap();
    assert!(array.push_row(Nested([[0; 0]])).is_err());
    assert!(array.push_row(Nested([vec![], vec![1]])).is_err());
    assert_eq!(array.shape(), [2, 2, 0]);

    let mut array = GrowableNd::<i32>::new([0, 3]);
    array.push_row(Nested(Vec::<[i32; 3]>::new())).unwrap();
    assert!(array.push_row(Nested([[1, 2, 3]])).is_err());
    assert_eq!(array.shape(), [1, 0, 3]);

    let mut array = GrowableNd::new([]);
    let says =
        "row 0: expected shape [], found [2] (to push a flat row, pass a slice, a vector or `Elements`)";
    let error = array.push_row(Nested([[1], [2]])).unwrap_err().to_string();
    assert!(says.starts_with(&error), "{error}");
    assert!(array.push_row(Nested(Vec::<[i32; 0]>::new())).is_err());
    assert!(array.is_empty());
}

/// A row type of the user that delegates.
struct Framed<'a>(&'a [Vec<u8>]);

impl Row<u8> for Framed<'_> {
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Unknown
    }

    fn write_row(self, out: &mut RowWriter<'_, u8>) {
        Nested(self.0).write_row(out);
    }
}

/// Writes an element, then a whole row.
struct Twice;

impl Row<u8> for Twice {
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Unknown
    }

    fn write_row(self, out: &mut RowWriter<'_, u8>) {
        out.push(1);
        assert!(Nested([[1, 2]]).try_write_row(out).is_ok());
    }
}

#[test]
fn rows_of_ones_own_that_delegate_to_rows_of_rows() {
    let mut array = GrowableNd::new([2, 2]);
    array.push_row(Framed(&[vec![1, 2], vec![3, 4]])).unwrap();
    for ragged in [vec![vec![1, 2], vec![3]], vec![vec![1, 2]; 3], vec![]] {
        assert!(matches!(
            array.push_row(Framed(&ragged)),
            Err(Error::Row { row: 1, error: RowError::Count { .. }, .. })
        ));
    }
    assert_eq!(array.rows(), 1);
    let mut empty = GrowableNd::new([2, 0]);
    assert!(empty.push_row(Framed(&[vec![]])).is_err());
    assert!(empty.push_row(Framed(&[vec![], vec![1]])).is_err());
    empty.push_row(Framed(&[vec![], vec![]])).unwrap();
    let mut pairs = GrowableNd::with_capacity([1, 2], 1);
    assert!(pairs.push_row(Twice).is_err());
    assert_eq!((pairs.rows(), pairs.capacity()), (0, 1));
    assert_error!(
        GrowableNd::stack([Twice]),
        Error::Row { row: 0, error: RowError::Unknown, .. },
        "row 0: shape unknown before the row is written (`from_rows` takes the shape)"
    );
}

/// Lines of a program in which the compiler infers the element type.
#[test]
fn inference_is_as_it_was() {
    let mut array = GrowableNd::<f64>::new([2]);
    array.push_row("1,2".split(',').map(|x| x.parse().unwrap()).collect::<Vec<_>>()).unwrap();
    array.push_row_from("1,2".split(',').map(|x| x.parse().unwrap())).unwrap();
    array.push_row_from_results("1,2".split(',').map(str::parse)).unwrap();
    let mut row = vec![];
    row.push("1".parse().unwrap());
    row.push(2.0);
    array.push_row(&row).unwrap();
    array.push_row(&mut row).unwrap();
    array.push_row(vec![1u8.into(), 2u8.into()]).unwrap();
    array.push_row(Elements([1u8.into(), 2u8.into()])).unwrap();
    assert!(array.push_row(vec![]).is_err());
    assert!(array.push_row(&[][..]).is_err());
    assert!(array.push_row(Nested(vec![vec![1.0, 2.0]])).is_err());
    assert!(array.iter_rows().all(|row| row == [1.0, 2.0]));
    let mut inferred = GrowableNd::new([2]);
    inferred.push_row_from((0..2).map(|x| x * 2)).unwrap();
    assert_eq!(inferred.row(0), [0, 2]);
    let mut inferred = GrowableNd::new([2, 1]);
    inferred.push_row(Nested(vec![vec![1], vec![2]])).unwrap();
    assert_eq!(inferred.row(0), [1, 2]);
    let slices: Vec<&[u8]> = b"abcd".chunks(2).collect();
    assert_eq!(GrowableNd::from_rows([2], &slices).unwrap(), GrowableNd::from_rows([2], slices).unwrap());
}

#[test]
fn chunks_of_any_length_against_one_long_vector() {
    for inner in [&[][..], &[1], &[3], &[2, 2], &[7]] {
        let row_len = inner.iter().product::<usize>();
        let mut buffer = RowBuffer::new(GrowableNd::new(inner));
        let mut all: Vec<String> = vec![];
        for length in [0, 1, 2, 3, 1, 0, 10, 4, 6, 7, 8, 3, 20, 1, 1, 1] {
            let chunk: Vec<String> = (all.len()..).take(length).map(|i| i.to_string()).collect();
            let before = buffer.array().rows();
            all.extend_from_slice(&chunk);
            let rows = buffer.extend_from_slice(&chunk).unwrap();
            let whole = all.len() / row_len * row_len;
            assert_eq!((before + rows, buffer.array().rows()), (whole / row_len, whole / row_len));
            assert_eq!((buffer.array().as_slice(), buffer.pending()), (&all[..whole], &all[whole..]));
        }
        let (array, rest) = buffer.into_parts();
        assert_eq!([array.as_slice(), &rest].concat(), all);
    }
}

#[test]
fn chunks_and_rows_without_elements() {
    let mut buffer = RowBuffer::new(GrowableNd::new([3, 0]));
    assert_eq!(buffer.extend_from_slice(&[]).unwrap(), 0);
    assert_error!(
        buffer.extend_from_slice(&[1, 2]),
        Error::PartialRow { row_len: 0, found: 2, .. },
        "2 elements are not a whole number of rows of 0"
    );
    assert_eq!((buffer.array().rows(), buffer.pending().len()), (0, 0));

    let mut units = RowBuffer::new(GrowableNd::new([3]));
    assert_eq!(units.extend_from_slice(&[(); 8]).unwrap(), 2);
    assert_eq!(units.extend_from_slice(&[(); 1]).unwrap(), 1);
    assert_eq!(units.pending().len(), 0);
}

#[test]
fn no_chunk_is_lost_when_a_clone_panics() {
    let live = Tracked::live();
    for before in 0..4 {
        for added in 0..9 {
            for clones in 0..12 {
                let mut buffer = RowBuffer::new(GrowableNd::new([4]));
                let (first, second): (Vec<Tracked>, Vec<Tracked>) =
                    (tracked(before).collect(), tracked(added).collect());
                buffer.extend_from_slice(&first).unwrap();
                if with_panicking_clone(clones, || drop(buffer.extend_from_slice(&second))) {
                    assert_eq!((buffer.array().rows(), buffer.pending()), (0, &first[..]));
                    buffer.extend_from_slice(&second).unwrap();
                }
                let (array, rest) = buffer.into_parts();
                assert!(array.as_slice().iter().chain(&rest).eq(first.iter().chain(&second)));
            }
        }
    }
    assert_eq!(Tracked::live(), live);
}

#[test]
fn an_array_in_a_buffer_can_be_changed_and_replaced() {
    let mut buffer = RowBuffer::new(GrowableNd::new([4]));
    buffer.extend_from_slice(&[1, 2, 3, 4, 5, 6, 7]).unwrap();
    buffer.array_mut().clear();
    assert_eq!(buffer.extend_from_slice(&[8]).unwrap(), 1);
    assert_eq!(buffer.array().as_slice(), [5, 6, 7, 8]);
    buffer.extend_from_slice(&[1, 2, 3]).unwrap();
    *buffer.array_mut() = GrowableNd::new([2]);
    assert_eq!(buffer.extend_from_slice(&[]).unwrap(), 1);
    assert_eq!((buffer.array().as_slice(), buffer.pending()), (&[1, 2][..], &[3][..]));
    buffer.extend_from_slice(&[4, 5]).unwrap();
    *buffer.array_mut() = GrowableNd::new([0]);
    assert!(buffer.extend_from_slice(&[]).is_err());
    assert_eq!(buffer.pending(), [5]);
}

#[test]
fn the_next_row_from_the_earlier_ones() {
    let mut array = GrowableNd::<u64>::new([2, 2]);
    let mut model: Vec<Vec<u64>> = vec![];
    for step in 0..20_u64 {
        let next = |earlier: &dyn Fn(usize) -> Option<Vec<u64>>, row: &mut [u64]| {
            let before: u64 = earlier(2).unwrap_or_default().iter().sum();
            row[0] += step;
            row[3] += before;
        };
        let mut row = model.last().cloned().unwrap_or(vec![0; 4]);
        next(&|steps| Some(model[model.len().checked_sub(steps)?].clone()), &mut row);
        array
            .push_row_from_earlier(|earlier, row| {
                assert_eq!((earlier.rows(), row.len()), (model.len(), 4));
                assert!(earlier.iter_rows().eq(model.iter().map(|row| &row[..])));
                assert_eq!(earlier.as_slice(), model.concat());
                assert_eq!(earlier.view::<3>().shape(), [model.len(), 2, 2]);
                assert!(earlier.try_view::<3>().unwrap().iter().eq(model.iter().flatten()));
                assert!(matches!(
                    earlier.try_view::<2>(),
                    Err(AccessError::Rank { expected: 3, found: 2, .. })
                ));
                assert_eq!((earlier.get_back(0), earlier.get_back(model.len() + 1)), (None, None));
                if let Some(last) = model.last() {
                    assert_eq!((earlier.back(1), &*row), (&last[..], &last[..]));
                    assert_eq!(earlier.back(model.len()), model[0]);
                }
                next(&|steps| earlier.get_back(steps).map(<[u64]>::to_vec), row);
            })
            .unwrap();
        model.push(row);
    }
    assert_eq!(array.as_slice(), model.concat());
}

#[test]
fn no_earlier_row_and_rows_without_elements() {
    let mut text = GrowableNd::<String>::new([2]);
    text.push_row_from_earlier(|earlier, row| {
        assert_eq!(
            (earlier.rows(), earlier.get_back(1), &*row),
            (0, None, &[String::new(), String::new()][..])
        );
        row[1].push('x');
    })
    .unwrap();
    text.push_row_from_earlier(|_, row| row[1].push('y')).unwrap();
    assert_eq!(text.as_slice(), ["", "x", "", "xy"]);
    let message = panic_message(|| {
        text.push_row_from_earlier(|earlier, row| row.clone_from_slice(earlier.back(3))).unwrap();
    });
    assert_eq!(message, "no row 3 steps back: there are 2 earlier rows, and the last is 1 step back");
    let panic = panic_of(|| text.push_row_from_earlier(|earlier, _| drop(earlier.view::<3>().iter())));
    assert_eq!((&panic.message[..], &panic.file[..]), ("expected 2 axes, found 3", file!()));
    assert_eq!(text.rows(), 2);

    let mut empty = GrowableNd::<u8>::new([2, 0]);
    for rows in 0..3 {
        empty
            .push_row_from_earlier(|earlier, row| {
                assert_eq!((earlier.rows(), earlier.iter_rows().len(), row.len()), (rows, rows, 0));
                assert_eq!(earlier.get_back(1).is_some(), rows > 0);
            })
            .unwrap();
    }
    assert_eq!(empty.shape(), [3, 2, 0]);
    let mut units = GrowableNd::<()>::new([3]);
    units.push_row_from_earlier(|_, row| assert_eq!(row.len(), 3)).unwrap();
    units.push_row_from_earlier(|earlier, _| assert_eq!(earlier.back(1), [(); 3])).unwrap();
    assert_eq!(units.rows(), 2);
}

#[test]
fn a_step_that_fails_or_panics_leaves_the_array() {
    let mut path = GrowableNd::from([[1.0, 2.0]]);
    assert!(panics(|| {
        path.push_row_from_earlier(|_, row| {
            row[0] = 5.0;
            panic!("told to");
        })
        .unwrap();
    }));
    let failed = path.try_push_row_from_earlier(|earlier, row| {
        row[0] = earlier.back(1)[1];
        Err(Failed::Step)
    });
    assert_eq!(failed, Err(Failed::Step));
    assert_eq!(path, GrowableNd::from([[1.0, 2.0]]));
    path.try_push_row_from_earlier(|_, row| {
        row[0] = 3.0;
        Ok::<(), Failed>(())
    })
    .unwrap();
    assert_eq!(path.as_slice(), [1.0, 2.0, 3.0, 2.0]);
}

#[derive(Debug, PartialEq)]
enum Failed {
    Step,
    Array(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Failed::Array(error)
    }
}

/// Yields items with any hint, and limits the calls after its end.
struct Lying<I> {
    items: I,
    hint: usize,
    after_end: Option<usize>,
}

impl<I: Iterator> Iterator for Lying<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        assert_ne!(self.after_end, Some(0), "called again after its end");
        let item = self.items.next();
        if item.is_none() {
            self.after_end = self.after_end.map(|left| left - 1);
        }
        item
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.hint, Some(self.hint))
    }
}

#[test]
fn hints_are_not_trusted_and_ends_are_final() {
    for hint in 0..6 {
        for len in 0..6 {
            for capacity in [0, 1, 5] {
                let mut array = GrowableNd::with_capacity([3], capacity);
                let items = Lying { items: 0..len, hint, after_end: Some(1) };
                assert_eq!(array.push_row(Elements(items)).is_ok(), len == 3, "{len} {hint} {capacity}");
                assert_eq!(array.rows(), usize::from(len == 3));
            }
            let mut array = GrowableNd::new([3, 2]);
            let rows = Lying { items: (0..len).map(|i| [i, i]), hint, after_end: Some(1) };
            assert_eq!(array.push_row(Nested(rows)).is_ok(), len == 3, "{len} {hint}");
        }
    }
}
