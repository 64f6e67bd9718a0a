use crate::naive::indices;
use crate::support::{Tracked, assert_error, check, panic_message, panics};
use growable_nd::{Error, FromVecError, GrowableNd, Growth, ResultsError, RowError};

/// An iterator over rows that reports any length.
struct Hinting<I> {
    rows: I,
    hint: (usize, Option<usize>),
}

impl<I: Iterator> Iterator for Hinting<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.rows.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.hint
    }
}

const LIES: [(usize, Option<usize>); 6] =
    [(0, None), (0, Some(0)), (1, Some(1)), (1000, Some(1000)), (usize::MAX, None), (usize::MAX, Some(3))];

#[test]
fn an_exact_hint_allocates_once() {
    let array = GrowableNd::from_rows([2], (0..1000).map(|i| [i, i])).unwrap();
    assert_eq!((array.rows(), array.capacity()), (1000, 1000));
    assert_eq!(array.growth_stats().growths, 0);
    let mut array = GrowableNd::new([2]);
    array.extend_rows([[1, 2]; 1000]).unwrap();
    assert_eq!(array.growth_stats().growths, 1);
    array.extend_results([Ok::<_, ()>([1, 2]); 5000]).unwrap();
    assert_eq!(array.growth_stats().growths, 2);
}

/// Rows of more than a thousand bytes take another code path than small rows.
#[test]
fn large_rows_by_value_come_one_by_one_too() {
    let mut array = GrowableNd::new([200]);
    let mut rows = (0..5).map(|i: u64| [i; 200]);
    array.extend_rows(rows.by_ref().take(3)).unwrap();
    assert_eq!((array.rows(), rows.next().unwrap()[0]), (3, 3));
    assert!(array.iter_rows().zip(0..).all(|(row, i)| *row == [i; 200]));

    let mut narrow = GrowableNd::new([100]);
    let mut rows = [[0_u64; 200], [1; 200]].into_iter();
    assert!(matches!(narrow.extend_rows(rows.by_ref()), Err(Error::Row { row: 0, .. })));
    assert_eq!((narrow.rows(), rows.len()), (0, 1));
}

#[test]
fn rows_that_may_not_come_get_no_capacity() {
    let mut array = GrowableNd::new([2]);
    array.extend_rows((0..10_000).map(|i| [i, i]).filter(|row| row[0] == 5)).unwrap();
    array.extend_results((0..10_000).map(|i| Ok::<_, ()>([i, i])).filter(|row| *row == Ok([5, 5]))).unwrap();
    assert_eq!(array.rows(), 2);
    assert!(array.capacity() < 100);
}

#[test]
fn hints_may_lie() {
    for hint in LIES {
        let rows = || Hinting { rows: (0..100).map(|i| [i, i + 1]), hint };
        let expected: Vec<i32> = (0..100).flat_map(|i| [i, i + 1]).collect();
        assert_eq!(GrowableNd::from_rows([2], rows()).unwrap().as_slice(), expected);
        assert_eq!(rows().collect::<GrowableNd<i32>>().as_slice(), expected);
        let fallible = Hinting { rows: (0..100).map(|i| Ok::<_, ()>([i, i + 1])), hint };
        assert_eq!(GrowableNd::from_results([2], fallible).unwrap().as_slice(), expected);
        let mut array = GrowableNd::from([[-1, -1]]);
        array.extend_rows(rows()).unwrap();
        assert_eq!(array.rows(), 101);
        array.extend(rows());
        assert_eq!(array.rows(), 201);
    }
}

#[test]
fn hints_may_lie_about_rows_without_memory() {
    for hint in LIES {
        let nothing = Hinting { rows: (0..5).map(|_| [0_u8; 0]), hint };
        assert_eq!(GrowableNd::from_rows([0], nothing).unwrap().shape(), [5, 0]);
        let units = Hinting { rows: (0..5).map(|_| [(); 3]), hint };
        assert_eq!(units.collect::<GrowableNd<()>>().shape(), [5, 3]);
    }
}

#[test]
fn the_type_of_the_rows_gives_the_inner_shape() {
    let volume: GrowableNd<f64> = (0..4).map(|step| [[f64::from(step); 10]; 10]).collect();
    assert_eq!(volume.shape(), [4, 10, 10]);
    assert_eq!(volume[[3, 9, 9]], 3.0);
    let deep: GrowableNd<u8> = [[[[[1; 5]; 4]; 3]; 2]; 1].into();
    assert_eq!(deep.shape(), [1, 2, 3, 4, 5]);
    let numbers: GrowableNd<u32> = (0..5).collect();
    assert_eq!(numbers.shape(), [5]);
    let borrowed: GrowableNd<i32> = [[1, 2], [3, 4]].iter().collect();
    assert_eq!(borrowed.shape(), [2, 2]);
    let none: GrowableNd<f64> = std::iter::empty::<[[f64; 3]; 2]>().collect();
    assert_eq!(none.shape(), [0, 2, 3]);
    let fallible: Result<GrowableNd<i32>, &str> = [Ok([1, 2]), Err("no"), Ok([3, 4])].into_iter().collect();
    assert_eq!(fallible.unwrap_err(), "no");
}

#[test]
fn a_row_that_does_not_fit_ends_the_source_there() {
    let rows = || (0..10).map(|i| vec![0; if i == 7 { 2 } else { 3 }]);
    let says = "row 7: expected 3 elements, found 2";
    assert_error!(
        GrowableNd::from_rows([3], rows()),
        Error::Row { row: 7, error: RowError::Length { expected: 3, found: 2, .. }, .. },
        says
    );
    let mut array = GrowableNd::new([3]);
    let mut source = rows();
    assert_error!(array.extend_rows(source.by_ref()), Error::Row { row: 7, .. }, says);
    assert_eq!((array.rows(), source.len()), (7, 2));
    // The index counts the rows that the array already has.
    assert!(matches!(array.extend_rows(rows()), Err(Error::Row { row: 14, .. })));
    assert_eq!(array.rows(), 14);
    let message = panic_message(|| array.extend(rows()));
    assert_eq!(message, "row 21: expected 3 elements, found 2");
    assert_eq!(array.rows(), 21);
}

#[test]
fn a_source_that_fails_keeps_the_rows_before() {
    for fails_at in 0..10 {
        let source = || (0..10).map(|i| if i == fails_at { Err("gone") } else { Ok([i, i]) });
        let says = format!("row {fails_at}: the source failed");
        let made = GrowableNd::<usize>::from_results([2], source());
        assert_error!(made, ResultsError::Row { error: "gone", .. }, says);
        let mut array = GrowableNd::<usize>::new([2]);
        let mut rows = source();
        let extended = array.extend_results(rows.by_ref());
        assert_error!(extended, ResultsError::Row { error: "gone", .. }, says);
        assert_eq!(array.rows(), fails_at);
        // The source is not called again after its failure.
        assert_eq!(rows.count(), 9 - fails_at);
        array.push_row([0, 0]).unwrap();
    }
    let refused = [Ok::<_, &str>(vec![1]), Ok(vec![1, 2])];
    assert_error!(
        GrowableNd::from_results([1], refused),
        ResultsError::Array(Error::Row { row: 1, error: RowError::Length { expected: 1, found: 2, .. }, .. }),
        "row 1: expected 1 elements, found 2"
    );
    assert!(matches!(
        GrowableNd::<u8>::from_results([usize::MAX], [Ok::<_, &str>([1])]),
        Err(ResultsError::Array(Error::Shape(_)))
    ));
}

#[test]
fn messages_hold_those_of_the_errors_inside_once() {
    use std::error::Error as _;
    let rows = [Ok([1]), Ok([2]), Ok([3]), Err(std::io::Error::other("cable"))];
    let error = GrowableNd::from_results([1], rows).unwrap_err();
    assert_eq!(error.to_string(), "row 3: the source failed");
    let source = error.source().unwrap();
    assert!(source.is::<std::io::Error>());
    assert_eq!(source.to_string(), "cable");
    let error = GrowableNd::from_rows([2], [[1]]).unwrap_err();
    assert_eq!(error.to_string(), "row 0: expected 2 elements, found 1");
    assert!(error.source().is_none());
    let wrapped = ResultsError::<std::io::Error>::Array(error.clone());
    assert_eq!(wrapped.to_string(), error.to_string());
    assert!(wrapped.source().is_none());
    let error = GrowableNd::from_vec([2], vec![1]).unwrap_err();
    assert_eq!(error.to_string(), "1 elements are not a whole number of rows of 2");
    assert!(matches!(Error::from(error), Error::PartialRow { row_len: 2, found: 1, .. }));
}

/// The forms that return errors set the same shape, capacity and policy as those that panic.
#[test]
fn constructors_without_panics_make_the_same_arrays() {
    fn check(panics: &GrowableNd<i32>, fallible: &GrowableNd<i32>) {
        let parts = |array: &GrowableNd<i32>| (array.capacity(), array.growth(), array.growth_stats());
        assert_eq!(parts(panics), parts(fallible));
        assert_eq!(panics, fallible);
    }
    let slow = Growth::THREE_HALVES.with_first(7);
    check(&GrowableNd::new([2, 3]), &GrowableNd::try_new([2, 3]).unwrap());
    check(&GrowableNd::with_capacity([2], 5), &GrowableNd::try_with_capacity([2], 5).unwrap());
    check(&GrowableNd::with_growth([2], slow), &GrowableNd::try_with_growth([2], slow).unwrap());
    assert_eq!(GrowableNd::<i32>::with_growth([2], slow).growth(), slow);
    check(&GrowableNd::zeros([2, 3]), &GrowableNd::try_zeros([2, 3]).unwrap());
    check(&GrowableNd::ones([2, 3]), &GrowableNd::try_ones([2, 3]).unwrap());
    check(&GrowableNd::full([2, 3], 7), &GrowableNd::try_full([2, 3], 7).unwrap());
    let index = |[i, j]: [usize; 2]| (10 * i + j) as i32;
    let fallible = GrowableNd::try_from_fn([2, 3], |at| Ok::<_, Error>(index(at))).unwrap();
    check(&GrowableNd::from_fn([2, 3], index), &fallible);
}

#[test]
fn one_question_mark_serves_for_rules_and_arrays() {
    fn build(rule: &str) -> Result<GrowableNd<i32>, Box<dyn std::error::Error>> {
        let mut array = GrowableNd::with_growth([1], rule.parse()?);
        array.push_row([1])?;
        Ok(array)
    }
    assert!(build("3/2").is_ok());
    assert_eq!(
        build("1").unwrap_err().to_string(),
        "growth factor 1 is not greater than 1: the array would never grow (in \"1\")"
    );
}

#[test]
fn a_vector_of_arrays_is_taken_as_it_is() {
    let rows = vec![[1, 2, 3], [4, 5, 6]];
    let address = rows.as_ptr().cast();
    let array = GrowableNd::from(rows);
    assert_eq!((array.shape(), array.as_slice().as_ptr()), (&[2, 3][..], address));
    assert_eq!(GrowableNd::<u8>::from(vec![[0_u8; 0]; 5]).shape(), [5, 0]);
    assert_eq!(GrowableNd::from(vec![[(); 2]; 5]).shape(), [5, 2]);
    panic_message(|| drop(GrowableNd::<u8>::from(vec![[0_u8; 0]; usize::MAX])));
    panic_message(|| drop(GrowableNd::from(Vec::from([[(); 2]; isize::MAX as usize]))));
}

#[test]
fn from_vec_takes_whole_rows_and_gives_others_back() {
    check(|(len, row_len): (u8, u8)| {
        let (len, row_len) = (usize::from(len % 64), usize::from(row_len % 8));
        let vec: Vec<usize> = (0..len).collect();
        let address = vec.as_ptr();
        match GrowableNd::from_vec([row_len], vec) {
            Ok(array) => {
                assert_eq!(array.rows() * row_len, len);
                assert_eq!(array.as_slice().as_ptr(), address);
                let vec = array.into_vec();
                assert_eq!((vec.as_ptr(), vec.len()), (address, len));
            }
            Err(FromVecError { error, vec, .. }) => {
                assert!(row_len == 0 && len > 0 || row_len > 0 && len % row_len > 0);
                assert_eq!(
                    error.to_string(),
                    format!("{len} elements are not a whole number of rows of {row_len}")
                );
                assert!(matches!(error, Error::PartialRow { .. }));
                assert_eq!((vec.as_ptr(), vec.len()), (address, len));
            }
        }
    });
}

#[test]
fn capacity_of_a_vec_counts_in_whole_rows() {
    let mut vec = Vec::with_capacity(11);
    vec.extend([1, 2, 3]);
    let array = GrowableNd::from_vec([3], vec).unwrap();
    assert_eq!((array.rows(), array.capacity()), (1, 3));
}

#[test]
fn ragged_vectors_of_vectors_are_refused() {
    let array = GrowableNd::try_from(vec![vec![1, 2], vec![3, 4]]).unwrap();
    assert_eq!(array.shape(), [2, 2]);
    assert_error!(
        GrowableNd::try_from(vec![vec![1, 2], vec![3], vec![4, 5, 6]]),
        Error::Row { row: 1, error: RowError::Length { expected: 2, found: 1, .. }, .. },
        "row 1: expected 2 elements, found 1"
    );
    assert_eq!(GrowableNd::try_from(Vec::<Vec<u8>>::new()), Err(Error::NoRows));
    assert_eq!(GrowableNd::<u8>::try_from(vec![vec![], vec![]]).unwrap().shape(), [2, 0]);
}

/// Builds an array by `from_fn` and one by `push_row_with`, and compares elements and order of
/// calls with the indices of the model.
fn compute<const N: usize, const M: usize>(shape: [usize; N], inner: [usize; M]) {
    let mut calls = vec![];
    let array = GrowableNd::from_fn(shape, |index| {
        calls.push(index.to_vec());
        format!("{index:?}")
    });
    assert_eq!((array.shape(), &calls), (&shape[..], &indices(&shape)));
    assert!(array.as_slice().iter().eq(&calls.iter().map(|index| format!("{index:?}")).collect::<Vec<_>>()));

    let fallible = GrowableNd::try_from_fn(shape, |index| Ok::<_, Error>(format!("{index:?}")));
    assert_eq!(fallible.unwrap(), array);
    for failing in 0..calls.len() {
        let mut count = 0..;
        let failed = GrowableNd::try_from_fn(shape, |index| {
            if count.next() == Some(failing) { Err(Failed::At(index.to_vec())) } else { Ok(()) }
        });
        assert!(matches!(failed, Err(Failed::At(index)) if index == calls[failing]));
        assert_eq!(count.next(), Some(failing + 1));
    }

    let mut rows = GrowableNd::new(inner);
    for row in 0..3 {
        calls.clear();
        rows.push_row_with(|index: [usize; M]| {
            calls.push(index.to_vec());
            format!("{row} {index:?}")
        })
        .unwrap();
        assert_eq!((rows.rows(), &calls), (row + 1, &indices(&inner)));
        assert!(
            rows.row(row)
                .iter()
                .eq(&calls.iter().map(|index| format!("{row} {index:?}")).collect::<Vec<_>>())
        );
    }

    let mut units = GrowableNd::new(inner);
    let mut count = 0;
    units.push_row_with(|_: [usize; M]| count += 1).unwrap();
    assert_eq!((units.rows(), units.len()), (1, count));
}

#[derive(Debug)]
enum Failed {
    At(Vec<usize>),
    Array,
}

impl From<Error> for Failed {
    fn from(_: Error) -> Self {
        Failed::Array
    }
}

#[test]
fn elements_are_computed_in_row_major_order() {
    compute([0], []);
    compute([5], []);
    for a in 0..4 {
        compute([a, 2], [2]);
        compute([2, a], [a]);
        for b in 0..4 {
            compute([2, a, b], [a, b]);
            compute([a, 1, b, 2], [1, b, 2]);
            compute([1, a, 2, b, 1], [a, 2, b, 1]);
        }
    }
    compute([1; 8], [1; 7]);
    let refused = GrowableNd::try_from_fn([usize::MAX, 2], |_| Ok::<u64, Failed>(0));
    assert!(matches!(refused, Err(Failed::Array)));
}

#[test]
fn a_row_that_panics_half_way_leaves_nothing() {
    let live = Tracked::live();
    for inner in [[2, 3], [1, 4], [4, 1]] {
        let mut array = GrowableNd::new(inner);
        for failing in 0..inner.iter().product() {
            let row = array.rows();
            array.push_row_with(|[_, _]| Tracked::new(1)).unwrap();
            let mut count = 0..;
            assert!(panics(|| {
                let element = |[_, _]: [usize; 2]| {
                    assert_ne!(count.next(), Some(failing));
                    Tracked::new(2)
                };
                array.push_row_with(element).unwrap();
            }));
            assert_eq!((array.rows(), array.len()), (row + 1, (row + 1) * inner[0] * inner[1]));
            assert!(array.as_slice().iter().all(|element| element.value == 1));
            assert_eq!(Tracked::live() - live, isize::try_from(array.len()).unwrap());
        }
    }
    assert_eq!(Tracked::live(), live);
}
