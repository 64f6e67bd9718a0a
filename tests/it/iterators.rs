use crate::support::{check, make_rows};
use growable_nd::GrowableNd;
use std::fmt::Debug;
use std::iter::FusedIterator;

/// Drives an iterator and that of a `Vec` of the same items by the same calls, and compares everything they say.
fn drive<I, T>(mut ours: I, items: Vec<T>, calls: &[(u8, u8)])
where
    I: DoubleEndedIterator<Item: Into<T>> + ExactSizeIterator + FusedIterator,
    T: PartialEq + Debug,
{
    let mut theirs = items.into_iter();
    for &(call, n) in calls {
        let n = if n == u8::MAX { usize::MAX } else { usize::from(n % 4) };
        let (a, b) = match call % 4 {
            0 => (ours.next(), theirs.next()),
            1 => (ours.next_back(), theirs.next_back()),
            2 => (ours.nth(n), theirs.nth(n)),
            _ => (ours.nth_back(n), theirs.nth_back(n)),
        };
        assert_eq!(a.map(Into::into), b);
        assert_eq!(ours.len(), theirs.len());
        assert_eq!(ours.size_hint(), theirs.size_hint());
    }
    match calls.len() % 4 {
        0 => assert_eq!(ours.map(Into::into).collect::<Vec<T>>(), theirs.collect::<Vec<T>>()),
        1 => assert_eq!(ours.rev().map(Into::into).collect::<Vec<T>>(), theirs.rev().collect::<Vec<T>>()),
        2 => assert_eq!(ours.count(), theirs.count()),
        _ => assert_eq!(ours.last().map(Into::into), theirs.last()),
    }
}

#[test]
fn iterators_over_rows_agree_with_those_of_a_vec() {
    check(|(rows, row_len, calls): (u8, u8, Vec<(u8, u8)>)| {
        let (rows, row_len) = (usize::from(rows % 12), usize::from(row_len % 4));
        let rows = make_rows::<u32>(rows, row_len, 0);
        let mut array = GrowableNd::from_rows([row_len], &rows).unwrap();
        drive(array.iter_rows(), rows.clone(), &calls);
        drive((&array).into_iter(), rows.clone(), &calls);
        drive(array.iter_rows_mut().map(|row| &*row), rows.clone(), &calls);
        drive(array.clone().into_iter(), rows.clone(), &calls);
        drive(array.drain_rows(..), rows, &calls);
        assert_eq!(array.shape(), [0, row_len]);
    });
}

#[test]
fn a_clone_of_an_iterator_goes_its_own_way() {
    let array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    let mut rows = array.iter_rows();
    rows.next();
    assert_eq!(rows.clone().collect::<Vec<_>>(), rows.collect::<Vec<_>>());
    let mut owned = array.into_iter();
    owned.next_back();
    assert_eq!(owned.clone().collect::<Vec<_>>(), owned.collect::<Vec<_>>());
}

#[test]
fn rows_are_changed_in_place_and_two_at_once() {
    let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    let mut rows = array.iter_rows_mut();
    let (first, last) = (rows.next().unwrap(), rows.next_back().unwrap());
    first.swap_with_slice(last);
    for row in &mut array {
        row[0] = 0;
    }
    assert_eq!(array.as_slice(), [0, 6, 0, 4, 0, 2]);
}
