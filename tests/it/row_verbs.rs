use crate::support::{Tracked, assert_error, assert_same, panic_of, panics, with_panicking_clone};
use growable_nd::{AccessError, Axis, Error, GrowableNd, Growth, RowError, Strided, View};
use std::cmp::Ordering;
use std::ops::Deref;

/// Inner shapes with one element, several, none, and more than are moved on the stack.
const INNERS: &[&[usize]] = &[&[], &[1], &[3], &[2, 2], &[0], &[2, 0], &[40]];

/// Makes rows; row `k` has the elements `100 k`, `100 k + 1`, ….
fn rows(inner: &[usize], count: usize) -> Vec<Vec<u32>> {
    let len = inner.iter().product::<usize>();
    (0..count).map(|row| (0..len).map(|k| u32::try_from(100 * row + k).unwrap()).collect()).collect()
}

fn array(inner: &[usize], rows: &[Vec<u32>]) -> GrowableNd<u32> {
    let mut array = GrowableNd::with_growth(inner, Growth::THREE_HALVES);
    array.extend_rows(rows).unwrap();
    array
}

fn strings(array: &GrowableNd<u32>) -> GrowableNd<String> {
    array.map(u32::to_string)
}

/// A pseudorandom sequence.
fn random(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed * 2 + 1;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from((state >> 20) % below as u64).unwrap()
    }
}

#[test]
fn insert_rows_is_splice() {
    for &inner in INNERS {
        for (count, added) in [(0, 0), (0, 3), (5, 0), (1, 1), (5, 1), (5, 9), (40, 2), (60, 5)] {
            for at in [0, count / 3, count] {
                let mut model = rows(inner, count);
                let new: Vec<Vec<u32>> =
                    rows(inner, added).iter().map(|row| row.iter().map(|x| x + 7).collect()).collect();
                let mut array = array(inner, &model);
                array.insert_rows(at, &new).unwrap();
                model.splice(at..at, new.clone());
                assert_same(&array, inner, &model);
                assert_eq!(array.growth(), Growth::THREE_HALVES);
                // Once without a size hint, and once from the rows of an array.
                let mut again = GrowableNd::<u32>::new(inner);
                again.insert_rows(0, new.iter().filter(|_| true)).unwrap();
                again.insert_rows(0, array.iter_rows()).unwrap();
                assert_same(&again, inner, &[model.clone(), new.clone()].concat());
            }
        }
    }
}

/// An iterator with this size hint.
struct Hinted<I>(I, (usize, Option<usize>));

impl<I: Iterator> Iterator for Hinted<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.1
    }
}

#[test]
fn insert_rows_inserts_all_or_none() {
    let model = rows(&[3], 4);
    let mut array = array(&[3], &model);
    for hint in [(0, Some(0)), (9, None), (usize::MAX, None), (usize::MAX / 8, Some(1))] {
        let mut array = array.clone();
        array.insert_rows(1, Hinted([[7; 3]; 2].into_iter(), hint)).unwrap();
        assert_eq!(array.as_slice()[..9], [0, 1, 2, 7, 7, 7, 7, 7, 7]);
        assert_eq!(array.rows(), 6);
    }
    let ragged = [vec![1, 2, 3], vec![4, 5, 6], vec![7]];
    assert_error!(
        array.insert_rows(1, &ragged),
        Error::Row { row: 3, .. },
        "row 3: expected 3 elements, found 1"
    );
    assert_same(&array, &[3], &model);
    assert_error!(
        array.insert_rows(5, [[1; 3]]),
        Error::Access(AccessError::Position { at: 5, len: 4, .. }),
        "position 5 is out of bounds for axis 0 of length 4"
    );
    for good in 0..3 {
        let rows = (0..).map(|k| if k < good { [k; 3] } else { panic!("no more") });
        assert!(panics(|| array.insert_rows(2, rows).unwrap()));
        assert_same(&array, &[3], &model);
    }
}

#[test]
fn inserted_rows_that_panic_leak_nothing() {
    let live = Tracked::live();
    for clones in 0.. {
        let new: Vec<Vec<Tracked>> = (0..3).map(|_| vec![Tracked::new(1), Tracked::new(2)]).collect();
        let mut array = GrowableNd::from_vec([2], (0..8).map(Tracked::new).collect()).unwrap();
        let panicked = with_panicking_clone(clones, || array.insert_rows(1, &new).unwrap());
        let expected: &[u32] =
            if panicked { &[0, 1, 2, 3, 4, 5, 6, 7] } else { &[0, 1, 1, 2, 1, 2, 1, 2, 2, 3, 4, 5, 6, 7] };
        assert!(array.as_slice().iter().map(|x| &x.value).eq(expected));
        array.push_row(vec![Tracked::new(8), Tracked::new(9)]).unwrap();
        if !panicked {
            assert_eq!(clones, 6);
            break;
        }
    }
    assert_eq!(Tracked::live(), live);
}

#[test]
fn select_rows_clones_the_rows_of_the_list() {
    let mut random = random(1);
    for &inner in INNERS {
        let model = rows(inner, 9);
        let array = array(inner, &model);
        for len in [0, 1, 8, 30] {
            let indices: Vec<usize> = (0..len).map(|_| random(9)).collect();
            let expected: Vec<_> = indices.iter().map(|&index| model[index].clone()).collect();
            let selected = array.select_rows(&indices);
            assert_same(&selected, inner, &expected);
            assert_eq!(selected.growth(), Growth::DOUBLE);
            assert_eq!(strings(&array).select_rows(&indices), strings(&selected));
        }
        assert_error!(
            array.try_select_rows(&[0, 8, 9, 10]),
            Error::Access(AccessError::Entry { entry: 2, axis: 0, index: 9, len: 9, .. }),
            "index 9 (entry 2) is out of bounds for axis 0 of length 9"
        );
    }
    let array = GrowableNd::from([[(), ()], [(), ()]]);
    assert_eq!(array.select_rows(&[1, 1, 0]).shape(), [3, 2]);
    let panic = panic_of(|| array.select_rows(&[usize::MAX]));
    assert!(panic.message.contains("(entry 0)"), "{panic:?}");
    assert_eq!(panic.file, file!());
}

/// Selecting rows of a view equals selecting rows of its copy.
fn check_selection<S: Deref<Target = [T]>, T: Clone + PartialEq + std::fmt::Debug, const N: usize>(
    view: &Strided<S, N>,
) {
    let copy = view.to_owned_array();
    let rows = view.shape()[0];
    let indices: Vec<usize> = (0..2 * rows).map(|k| k * 7 % rows).collect();
    assert_eq!(view.select_rows(&indices), copy.select_rows(&indices));
    assert_eq!(view.select_rows(&[]), copy.select_rows(&[]));
    let error = view.try_select_rows(&[0, rows]).unwrap_err();
    assert_eq!(error, copy.try_select_rows(&[0, rows]).unwrap_err());
}

#[test]
fn views_select_rows_as_their_copies() {
    let array = GrowableNd::from_fn([6, 5, 4], |[i, j, k]| 100 * i + 10 * j + k);
    let view = array.view::<3>();
    check_selection(&view);
    check_selection(&view.permute([2, 0, 1]));
    check_selection(&view.slice((1..4, .., 2)).t());
    check_selection(&view.slice((2, .., 1..)).invert_axis(Axis(0)));
    check_selection(&view.slice((2, 3, ..)));
    check_selection(&strings(&array.map(|&x| u32::try_from(x).unwrap())).view_mut::<3>().permute([1, 2, 0]));
    assert_eq!(view.slice((.., 1..1, ..)).select_rows(&[5, 5]).shape(), [2, 0, 4]);
    assert_error!(
        View::from_slice([], &[1]).unwrap().try_select_rows(&[0]),
        Error::Access(AccessError::Axis { axis: 0, rank: 0, .. }),
        "axis 0 is out of bounds for 0 axes"
    );
}

#[test]
fn clones_that_panic_make_no_selection() {
    let live = Tracked::live();
    let array = GrowableNd::from_vec([2], (0..8).map(Tracked::new).collect()).unwrap();
    for clones in 0..6 {
        assert!(with_panicking_clone(clones, || drop(array.select_rows(&[3, 0, 3]))));
        assert!(with_panicking_clone(clones, || drop(
            GrowableNd::concat(Axis(1), [&array, &array]).unwrap()
        )));
    }
    drop(array);
    assert_eq!(Tracked::live(), live);
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn sorting_is_the_stable_sort_of_std() {
    let mut random = random(2);
    for &inner in INNERS {
        for count in [0, 1, 2, 20, 21, 100, 700] {
            for keys in [1, 3, 1000] {
                let mut model = rows(inner, count);
                // The elements after the first one tell equal rows apart, which shows whether the
                // sort is stable.
                model.iter_mut().filter_map(|row| row.first_mut()).for_each(|key| *key = random(keys) as u32);
                let mut sorted = array(inner, &model);
                let mut texts = strings(&sorted);
                let mut by_key = sorted.clone();
                sorted.sort_rows_by(|a, b| a.first().cmp(&b.first()));
                by_key.sort_rows_by_key(|row| row.first().copied());
                texts.sort_rows_by(|a, b| a.first().map(|x| x.len()).cmp(&b.first().map(|x| x.len())));
                let mut long = model.clone();
                model.sort_by_key(|row| row.first().copied());
                long.sort_by_key(|row| row.first().map(|x| x.to_string().len()));
                assert_same(&sorted, inner, &model);
                assert_same(&by_key, inner, &model);
                assert_eq!(texts, strings(&array(inner, &long)));
            }
        }
    }
    let mut nothing = GrowableNd::from([[(), ()], [(), ()]]);
    nothing.sort_rows_by(|a, b| a.cmp(b));
    // Rows without elements are equal: nothing is sorted, nor allocated.
    let mut many = GrowableNd::<u8>::new([0]);
    many.resize(usize::MAX / 4, 0);
    many.sort_rows_by(|a, b| a.cmp(b));
    many.sort_rows_by_key(|row| row.len());
    assert_eq!(many.rows(), usize::MAX / 4);
    assert_eq!(nothing.shape(), [2, 2]);
}

#[test]
fn inconsistent_and_panicking_comparisons_lose_no_row() {
    for inner in [&[][..], &[3]] {
        let model = rows(inner, 200);
        for period in [1, 2, 3, 7, 50] {
            let mut sorted = array(inner, &model);
            let mut calls = 0;
            let _ = panics(|| {
                sorted.sort_rows_by(|_, _| {
                    calls += 1;
                    if calls % period == 0 { Ordering::Less } else { Ordering::Greater }
                });
            });
            sorted.sort_rows_by(|a, b| a.cmp(b));
            assert_same(&sorted, inner, &model);

            let mut calls = 0;
            let mut sorted = array(inner, &model);
            sorted.reverse_rows();
            let reversed = sorted.clone();
            assert!(panics(|| {
                sorted.sort_rows_by_key(|row| {
                    calls += 1;
                    assert!(calls < 3 * period, "enough");
                    row[0] % 7
                });
            }));
            if !inner.is_empty() {
                assert_eq!(sorted, reversed);
            }
            sorted.sort_rows_by(|a, b| a.cmp(b));
            assert_same(&sorted, inner, &model);
        }
    }
}

#[test]
fn reversed_and_rotated_rows() {
    for &inner in INNERS {
        for count in 0..6 {
            let mut model = rows(inner, count);
            let mut array = array(inner, &model);
            let mut texts = strings(&array);
            array.reverse_rows();
            texts.reverse_rows();
            model.reverse();
            assert_same(&array, inner, &model);
            assert_eq!(texts, strings(&array));
            for by in 0..=count {
                array.rotate_rows_left(by);
                model.rotate_left(by);
                assert_same(&array, inner, &model);
                array.rotate_rows_right(by / 2);
                model.rotate_right(by / 2);
                assert_same(&array, inner, &model);
            }
            assert!(array.try_rotate_rows_left(count + 1).is_err());
            assert!(array.try_rotate_rows_right(count + 1).is_err());
            let message = format!("position {} is out of bounds for axis 0 of length {count}", count + 1);
            assert_eq!(panic_of(|| array.rotate_rows_left(count + 1)).message, message);
            assert_eq!(panic_of(|| array.rotate_rows_right(count + 1)).message, message);
            assert_same(&array, inner, &model);
        }
    }
}

#[test]
fn deduplicated_and_changed_rows() {
    let mut random = random(3);
    for &inner in INNERS {
        for count in [0, 1, 2, 30] {
            let mut model = rows(inner, count);
            model.iter_mut().for_each(|row| row.fill(random(2) as u32));
            let mut unique = array(inner, &model);
            let mut texts = strings(&unique);
            unique.dedup_rows();
            texts.dedup_rows();
            let mut expected = model.clone();
            expected.dedup();
            assert_same(&unique, inner, &expected);
            assert_eq!(texts, strings(&unique));

            // Both rows are mutable, and in the order of std.
            let same = |row: &mut [u32], before: &mut [u32]| match (row, before) {
                ([x, ..], [y, ..]) => {
                    *y += *x;
                    *y % 3 == 0
                }
                _ => false,
            };
            let mut merged = array(inner, &model);
            merged.dedup_rows_by(same);
            let mut expected = model.clone();
            expected.dedup_by(|row, before| same(row, before));
            assert_same(&merged, inner, &expected);

            let mut calls = 0;
            let mut keep = |row: &mut [u32]| {
                calls += 1;
                row.iter_mut().for_each(|x| *x += calls);
                calls % 3 != 1
            };
            let mut kept = array(inner, &model);
            kept.retain_rows_mut(&mut keep);
            let mut expected = model.clone();
            calls = 0;
            expected.retain_mut(|row| {
                calls += 1;
                row.iter_mut().for_each(|x| *x += calls);
                calls % 3 != 1
            });
            assert_same(&kept, inner, &expected);
        }
    }
}

#[test]
fn closures_that_panic_keep_the_rows_that_were_not_refused() {
    let live = Tracked::live();
    let values = |array: &GrowableNd<Tracked>| array.as_slice().iter().map(|x| x.value).collect::<Vec<_>>();
    for calls in 0..5_usize {
        let make = || GrowableNd::from_vec([2], (0..12).map(Tracked::new).collect()).unwrap();
        let pairs = |rows: &mut dyn Iterator<Item = usize>| {
            rows.flat_map(|row| [2 * row as u32, 2 * row as u32 + 1]).collect::<Vec<_>>()
        };
        let mut array = make();
        let mut left = calls;
        let mut count = || {
            assert!(left > 0, "enough");
            left -= 1;
            left % 2 == 0
        };
        assert!(panics(|| array.dedup_rows_by(|_, _| count())));
        // The first row is kept without a call. Call `call` is about row `call + 1`.
        let is_equal = |row: usize| (1..=calls).contains(&row) && (calls - row) % 2 == 0;
        assert_eq!(values(&array), pairs(&mut (0..6).filter(|&row| !is_equal(row))));
        let mut array = make();
        let mut left = calls;
        assert!(panics(|| array.retain_rows_mut(|_| {
            assert!(left > 0, "enough");
            left -= 1;
            left % 2 == 0
        })));
        let is_refused = |row: usize| row < calls && (calls - row) % 2 == 0;
        assert_eq!(values(&array), pairs(&mut (0..6).filter(|&row| !is_refused(row))));
        array.push_row(vec![Tracked::new(1), Tracked::new(2)]).unwrap();
    }
    assert_eq!(Tracked::live(), live);
}

#[test]
fn policies_that_shrink_see_the_rows_that_are_left() {
    let growth = Growth::DOUBLE.with_shrink(growable_nd::Ratio::new(1, 4), growable_nd::Ratio::new(2, 1));
    let mut array = GrowableNd::with_growth([1], growth);
    array.resize(1000, 7);
    array.dedup_rows();
    assert_eq!(array.rows(), 1);
    assert!(array.capacity() < 1000);
}

#[test]
fn swapped_elements_and_indices_of_any_kind() {
    let mut array = GrowableNd::from_fn([2, 3, 2], |[i, j, k]| 100 * i + 10 * j + k);
    array.swap([0, 0, 1], [1, 2, 0]);
    assert_eq!((array[[0, 0, 1]], array[[1, 2, 0]]), (120, 1));
    array.swap([1, 1, 1], [1, 1, 1]);
    let (from, to) = (vec![1, 2, 0], [0, 0, 1]);
    array.swap(&from, &to[..]);
    assert!(array.as_slice().is_sorted());
    assert_eq!(array[&from], array[[1, 2, 0]]);
    assert_eq!(array[&from[..]], array[&[1, 2, 0]]);
    array[&from] = 5;
    array[&to[..]] += 1;
    assert_eq!((array.get(&from), array.get(&to[..])), (Some(&5), Some(&2)));
    assert_eq!(array.get(&from[1..]), None);
    assert_eq!(array.get_mut(&[2, 0, 0][..]), None);
    *array.get_mut(&from).unwrap() = 6;
    assert_eq!(array[[1, 2, 0]], 6);

    let outside = "index 3 is out of bounds for axis 1 of length 3";
    assert_eq!(panic_of(|| array[&[0, 3, 2][..]]).message, outside);
    assert_eq!(panic_of(|| array.swap([0, 0, 0], [0, 3, 2])).message, outside);
    assert_error!(
        array.try_swap([0, 3, 2], [9, 9, 9]),
        AccessError::Index { axis: 1, index: 3, len: 3, .. },
        outside
    );
    let rank = "expected 3 axes, found 2";
    assert_eq!(panic_of(|| array[&vec![0, 3]]).message, rank);
    assert_error!(array.try_swap([0, 0, 0], [0, 3]), AccessError::Rank { expected: 3, found: 2, .. }, rank);
    assert_error!(
        array.try_swap(&[][..], [0, 3]),
        AccessError::Rank { expected: 3, found: 0, .. },
        "expected 3 axes, found 0"
    );
    let panic = panic_of(|| array.swap([0, 0, 0], [0, 3]));
    assert_eq!((panic.message.as_str(), panic.file.as_str()), (rank, file!()));
    array.try_swap([0, 0, 0], [1, 0, 0]).unwrap();
    assert_eq!((array[[0, 0, 0]], array[[1, 0, 0]]), (100, 0));
}

#[test]
fn first_and_last_rows() {
    for &inner in INNERS {
        let model = rows(inner, 3);
        let mut array = array(inner, &model);
        assert_eq!((array.first_row(), array.last_row()), (Some(&model[0][..]), Some(&model[2][..])));
        array.first_row_mut().unwrap().fill(7);
        array.last_row_mut().unwrap().fill(9);
        assert!(array.row(0).iter().all(|&x| x == 7) && array.row(2).iter().all(|&x| x == 9));
        assert_eq!(array.row(1), model[1]);
        array.clear();
        assert!(array.first_row().is_none() && array.last_row().is_none());
        assert!(array.first_row_mut().is_none() && array.last_row_mut().is_none());
    }
}

#[test]
fn columns_of_arrays_and_views() {
    let mut array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    assert!(array.column(1).iter().eq(&[2, 5]));
    assert!(array.view::<2>().t().column(1).iter().eq(&[4, 5, 6]));
    array.column_mut(0).fill(0);
    array.view_mut::<2>().column(2).fill(9);
    assert_eq!(array.as_slice(), [0, 2, 9, 0, 5, 9]);
    assert_eq!((array.ndim(), array.column(0).ndim(), GrowableNd::<u8>::new([]).ndim()), (2, 1, 1));
    let message = "index 3 is out of bounds for axis 1 of length 3";
    for panic in [
        panic_of(|| array.column(3).len()),
        panic_of(|| array.view::<2>().column(3).len()),
        panic_of(|| array.clone().column_mut(3).len()),
    ] {
        assert_eq!((panic.message.as_str(), panic.file.as_str()), (message, file!()));
    }
    let cube = GrowableNd::<u8>::zeros([2, 3, 4]);
    assert_error!(
        cube.try_column(0),
        AccessError::Rank { expected: 2, found: 3, .. },
        "expected 2 axes, found 3"
    );
    assert!(GrowableNd::<u8>::zeros([2, 0]).try_column(0).is_err());
    assert_eq!(GrowableNd::<u8>::zeros([0, 2]).column(1).len(), 0);
}

#[test]
fn rows_as_arrays() {
    let mut array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    assert_eq!(array.rows_as(), [[1, 2, 3], [4, 5, 6]]);
    for [x, _, z] in array.rows_as_mut() {
        std::mem::swap(x, z);
    }
    assert!(array.iter_rows_as().eq(&[[3, 2, 1], [6, 5, 4]]));
    assert!(array.iter_rows_as().rev().eq(&[[6, 5, 4], [3, 2, 1]]));
    array.iter_rows_as_mut::<3>().rev().zip(10..).for_each(|([x, ..], k)| *x = k);
    assert_eq!(array.rows_as(), [[11, 2, 1], [10, 5, 4]]);
    let mut rows = array.iter_rows_as::<3>();
    assert_eq!(
        (rows.len(), rows.next(), rows.clone().next_back()),
        (2, Some(&[11, 2, 1]), Some(&[10, 5, 4]))
    );
    assert_eq!((rows.len(), rows.next(), rows.next(), rows.next_back()), (1, Some(&[10, 5, 4]), None, None));
    let mut rows = array.iter_rows_as_mut::<3>();
    assert!(
        rows.len() == 2 && rows.next().is_some() && rows.next_back().is_some() && rows.next_back().is_none()
    );

    // Any inner shape with this number of elements, and rows without elements.
    let frames = GrowableNd::<f64>::from([[[1.0, 2.0], [3.0, 4.0]]]);
    assert_eq!(frames.rows_as(), [[1.0, 2.0, 3.0, 4.0]]);
    assert_eq!(GrowableNd::<u8>::new([2]).rows_as::<2>(), [[0; 2]; 0]);
    assert_eq!(GrowableNd::<u8>::zeros([3]).rows_as(), [[0]; 3]);

    let says = "expected 3 elements, found 2";
    assert_error!(array.try_rows_as::<2>(), RowError::Length { expected: 3, found: 2, .. }, says);
    assert_error!(array.try_rows_as_mut::<2>(), RowError::Length { expected: 3, found: 2, .. }, says);
    assert_error!(array.try_iter_rows_as::<2>(), RowError::Length { expected: 3, found: 2, .. }, says);
    assert_error!(array.try_iter_rows_as_mut::<2>(), RowError::Length { expected: 3, found: 2, .. }, says);
    let empty = "expected 3 elements, found 0";
    for panic in [
        panic_of(|| array.rows_as::<0>().len()),
        panic_of(|| array.iter_rows_as::<0>().len()),
        panic_of(|| array.clone().rows_as_mut::<0>().len()),
        panic_of(|| array.clone().iter_rows_as_mut::<0>().len()),
    ] {
        assert_eq!((panic.message.as_str(), panic.file.as_str()), (empty, file!()));
    }
}

#[test]
fn rows_of_no_size_as_arrays() {
    let mut empty = GrowableNd::<f64>::zeros([4, 0]);
    assert_eq!(empty.rows_as::<0>(), [[]; 4]);
    assert_eq!(empty.rows_as_mut::<0>().len(), 4);
    assert_eq!((empty.iter_rows_as::<0>().count(), empty.iter_rows_as_mut::<0>().rev().count()), (4, 4));
    assert!(empty.try_rows_as::<1>().is_err());
    let mut units = GrowableNd::from([[(), ()], [(), ()], [(), ()]]);
    assert_eq!(units.rows_as::<2>(), [[(); 2]; 3]);
    assert_eq!(units.rows_as_mut::<2>().len(), 3);
    assert_eq!(units.iter_rows_as::<2>().count(), 3);
    assert_eq!(GrowableNd::<[u8; 0]>::new([3]).rows_as::<3>().len(), 0);
}

#[test]
fn filled_and_assigned_arrays() {
    let mut array = GrowableNd::<usize>::zeros([2, 3]);
    let mut count = 0;
    array.fill_with(|| {
        count += 1;
        count
    });
    assert_eq!(array.as_slice(), [1, 2, 3, 4, 5, 6]);
    array.view_mut::<2>().slice((.., 1..)).fill_with(|| 0);
    assert_eq!(array.as_slice(), [1, 0, 0, 4, 0, 0]);
    for shape in [[2, 3], [30, 7], [0, 3], [3, 0]] {
        let other = GrowableNd::from_fn(shape, |[i, j]| 10 * i + j);
        let flipped = GrowableNd::from_fn([shape[1], shape[0]], |[i, j]| 10 * i + j);
        let mut array = GrowableNd::with_growth([shape[1]], Growth::THREE_HALVES);
        array.resize(shape[0], 0);
        array.assign(&other).unwrap();
        assert_eq!(array, other);
        array.assign(flipped.view::<2>().t()).unwrap();
        assert_eq!(array, flipped.view::<2>().t());
        assert_eq!(array.growth(), Growth::THREE_HALVES);
    }
    assert_eq!(
        array.assign(GrowableNd::zeros([3, 2])).unwrap_err().to_string(),
        "expected shape [2, 3], found [3, 2]"
    );
    assert_eq!(array.as_slice(), [1, 0, 0, 4, 0, 0]);
}

#[test]
fn another_shape_of_a_row_keeps_everything_else() {
    let mut array = GrowableNd::with_growth([6], Growth::THREE_HALVES);
    (0..10).for_each(|k| array.push_row([k; 6]).unwrap());
    let (stats, capacity, block) = (array.growth_stats(), array.capacity(), array.as_slice().as_ptr());
    let elements = array.as_slice().to_vec();
    for inner in [&[2, 3][..], &[3], &[], &[1, 1, 12], &[60], &[6]] {
        array = array.into_inner_shape(inner).unwrap();
        assert_eq!(array.inner_shape(), inner);
        assert_eq!(array.as_slice(), elements);
        assert_eq!((array.as_slice().as_ptr(), array.growth_stats()), (block, stats));
        assert_eq!(array.growth(), Growth::THREE_HALVES);
        assert_eq!(array.capacity(), capacity * 6 / array.row_len());
    }
    let error = array.into_inner_shape([7]).unwrap_err();
    assert!(matches!(error.error, Error::PartialRow { row_len: 7, found: 60, .. }));
    assert_eq!(error.to_string(), "60 elements are not a whole number of rows of 7");
    let error = error.array.into_inner_shape([1; 8]).unwrap_err();
    assert_eq!(error.to_string(), "expected at most 8 axes (rows included), found 9");
    let error = error.array.into_inner_shape([2, 0]).unwrap_err();
    assert_eq!(error.array.shape(), [10, 6]);
    assert_eq!(error.array.as_slice(), elements);

    // The number of rows without elements stays, but does not become a number of rows with
    // elements.
    let empty = GrowableNd::<u8>::zeros([5, 0]).into_inner_shape([0, 2]).unwrap();
    assert_eq!(empty.shape(), [5, 0, 2]);
    assert_eq!(empty.into_inner_shape([3]).unwrap().shape(), [0, 3]);
    assert!(GrowableNd::from([[(); 4]; 3]).into_inner_shape([2]).unwrap().shape() == [6, 2]);
}

/// Joins arrays index by index.
fn joined(axis: usize, parts: &[GrowableNd<usize>]) -> GrowableNd<usize> {
    let mut shape = <[usize; 3]>::try_from(parts[0].shape()).unwrap();
    shape[axis] = parts.iter().map(|part| part.shape()[axis]).sum();
    GrowableNd::from_fn(shape, |mut index| {
        let mut parts = parts.iter();
        loop {
            let part = parts.next().unwrap();
            match index[axis].checked_sub(part.shape()[axis]) {
                Some(rest) => index[axis] = rest,
                None => return part[index],
            }
        }
    })
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn concat_joins_along_any_axis() {
    for shape in [[2, 3, 4], [7, 2, 1], [3, 5, 40], [1, 1, 1], [4, 0, 2], [0, 3, 2], [5, 3, 0]] {
        for axis in 0..3 {
            for extents in [&[2, 3, 1][..], &[1], &[0, 2, 0], &[1, 1, 30], &[0]] {
                let parts: Vec<_> = extents
                    .iter()
                    .enumerate()
                    .map(|(part, &extent)| {
                        let mut shape = shape;
                        shape[axis] = extent;
                        GrowableNd::from_fn(shape, |[i, j, k]| part * 100_000 + i * 1000 + j * 100 + k)
                    })
                    .collect();
                let expected = joined(axis, &parts);
                assert_eq!(GrowableNd::concat(Axis(axis), &parts).unwrap(), expected);
                let texts = |parts: &GrowableNd<usize>| parts.map(usize::to_string);
                let strings: Vec<_> = parts.iter().map(texts).collect();
                assert_eq!(GrowableNd::concat(Axis(axis), &strings).unwrap(), texts(&expected));

                // Views of the same elements with other strides.
                let turned: Vec<_> = parts.iter().map(|part| part.view::<3>().t().to_owned_array()).collect();
                let views = turned.iter().map(|part| part.view::<3>().t());
                assert_eq!(GrowableNd::concat(Axis(axis), views).unwrap(), expected);
                let turned: Vec<_> =
                    strings.iter().map(|part| part.view::<3>().t().to_owned_array()).collect();
                let views = turned.iter().map(|part| part.view::<3>().t());
                assert_eq!(GrowableNd::concat(Axis(axis), views).unwrap(), texts(&expected));
                let longer: Vec<_> =
                    parts.iter().map(|part| joined(2, &[part.clone(), part.clone()])).collect();
                let views = longer.iter().zip(&parts).map(|(longer, part)| {
                    let len = part.shape()[2];
                    longer.view::<3>().slice((.., .., len..))
                });
                assert_eq!(GrowableNd::concat(Axis(axis), views).unwrap(), expected);
            }
        }
    }
    let units = GrowableNd::from([[(), ()], [(), ()]]);
    assert_eq!(GrowableNd::concat(Axis(1), [&units, &units, &units]).unwrap().shape(), [2, 6]);
    assert_eq!(
        GrowableNd::concat(Axis(0), [View::from_slice([2], &[1, 2]).unwrap()]).unwrap().as_slice(),
        [1, 2]
    );
}

#[test]
fn concat_names_the_operand_that_does_not_fit() {
    let array = GrowableNd::<u8>::zeros([2, 3]);
    let none: [&GrowableNd<u8>; 0] = [];
    assert_error!(
        GrowableNd::concat(Axis(0), none),
        Error::NoRows,
        "no rows or operands, so the shape is unknown"
    );
    assert_error!(
        GrowableNd::concat(Axis(2), [&array]),
        Error::Access(AccessError::Axis { axis: 2, rank: 2, .. }),
        "axis 2 is out of bounds for 2 axes"
    );
    assert_error!(
        GrowableNd::concat(Axis(1), [&array, &array, &GrowableNd::zeros([3, 4])]),
        Error::Operand { operand: 2, .. },
        "operand 2: expected shape [2, 4], found [3, 4]"
    );
    assert_error!(
        GrowableNd::concat(Axis(0), [&array, &GrowableNd::zeros([3])]),
        Error::Operand { operand: 1, .. },
        "operand 1: expected shape [2, 3], found [3]"
    );
    let single = View::from_slice([], &[1]).unwrap();
    assert!(matches!(GrowableNd::concat(Axis(0), [single]), Err(Error::Access(_))));
    let many = View::from_slice([1, 1], &[1]).unwrap().broadcast([usize::MAX / 4, 2]).unwrap();
    assert!(matches!(GrowableNd::concat(Axis(0), [many; 3]), Err(Error::Reserve(_))));
    assert!(matches!(GrowableNd::concat(Axis(1), [many; 3]), Err(Error::Reserve(_) | Error::Shape(_))));
    let wide = View::from_slice([1, 1], &[1]).unwrap().broadcast([2, usize::MAX / 4]).unwrap();
    assert!(matches!(GrowableNd::concat(Axis(1), [wide; 5]), Err(Error::Shape(_))));
    let empty = GrowableNd::<()>::new([0]);
    assert_eq!(GrowableNd::concat(Axis(0), [&empty, &empty]).unwrap().shape(), [0, 0]);
}

/// The maximum number of rows without elements: no operation takes time proportional to it.
#[test]
fn rows_without_elements_take_no_time() {
    const MANY: usize = isize::MAX as usize;
    let mut array = GrowableNd::<u8>::zeros([MANY, 0]);
    array.reverse_rows();
    assert_eq!(array.rows(), MANY);
    assert_eq!(array.iter_rows_as::<0>().count(), MANY);
    assert_eq!(array.iter_rows_as::<0>().last(), Some(&[]));
    assert_eq!(
        (array.iter_rows_as::<0>().nth(MANY - 1), array.iter_rows_as::<0>().nth(MANY)),
        (Some(&[]), None)
    );
    assert_eq!(array.iter_rows_as::<0>().nth_back(MANY - 1), Some(&[]));
    let mut rows = array.iter_rows_as_mut::<0>();
    assert!(rows.nth(MANY - 2).is_some() && rows.nth_back(0).is_some() && rows.next().is_none());
    assert_eq!(array.iter_rows_as_mut::<0>().count(), MANY);

    // An array with more rows than the other shape can have is returned in the error.
    let array = array.into_inner_shape([0, 1]).unwrap();
    assert_eq!(array.shape(), [MANY, 0, 1]);
    let error = array.into_inner_shape([3, 0]).unwrap_err();
    assert_eq!(error.array.rows(), MANY);
    let error = GrowableNd::<i64>::zeros([5, 3, 0]).into_inner_shape([MANY, 0]).unwrap_err();
    assert!(matches!(error.error, Error::Reserve(_)), "{error}");
    assert_eq!(error.array.shape(), [5, 3, 0]);

    let mut array = GrowableNd::<u8>::zeros([MANY, 0]);
    array.dedup_rows();
    assert_eq!(array.rows(), 1);
}

#[test]
fn rows_as_arrays_are_skipped_from_both_ends() {
    let mut array = GrowableNd::from_fn([9, 2], |[i, j]| 10 * i + j);
    let rows: Vec<[usize; 2]> = array.iter_rows_as().copied().collect();
    for front in 0..11 {
        for back in 0..11 {
            let (mut found, mut expected) = (array.iter_rows_as::<2>(), rows.iter());
            assert_eq!(found.nth(front), expected.nth(front));
            assert_eq!(found.nth_back(back), expected.nth_back(back));
            assert!(found.clone().eq(expected.clone()) && found.clone().last() == expected.clone().last());
            assert_eq!(found.count(), expected.count());
            let (mut found, mut expected) = (array.iter_rows_as_mut::<2>(), rows.iter());
            assert_eq!(found.nth(front).as_deref(), expected.nth(front));
            assert_eq!(found.nth_back(back).as_deref(), expected.nth_back(back));
            assert_eq!((found.len(), found.last().as_deref()), (expected.len(), expected.last()));
        }
    }
}
