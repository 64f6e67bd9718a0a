use crate::support::{Tracked, assert_error, assert_same};
use growable_nd::{Axis, Error, GrowableNd, RowError, View, ViewMut};

const MAX: usize = isize::MAX as usize;

#[test]
fn two_rows_and_three_rows_without_elements_are_five() {
    let mut array = GrowableNd::<f64>::new([0]);
    array.extend_rows([[0.0; 0]; 2]).unwrap();
    let mut other = GrowableNd::new([0]);
    other.resize(3, 1.0);
    array.append(&mut other).unwrap();
    assert_eq!(array.shape(), [5, 0]);
    assert_eq!(other.shape(), [0, 0]);
    assert_eq!(array.as_slice().len(), 0);
    assert_eq!(array.iter_rows().len(), 5);
    assert_eq!(array.clone().shape(), [5, 0]);
    assert_eq!(array.capacity(), MAX);
}

#[test]
fn every_verb_on_rows_without_elements() {
    let mut array = GrowableNd::<String>::new([2, 0]);
    let rows = |count| vec![Vec::<String>::new(); count];
    let same = |array: &GrowableNd<String>, count| assert_same(array, &[2, 0], &rows(count));
    array.push_row(vec![]).unwrap();
    array.push_row::<[[String; 0]; 2]>([[], []]).unwrap();
    array.push_row_with(|[_, _]| unreachable!("there is no element")).unwrap();
    same(&array, 3);
    array.insert_row(1, vec![]).unwrap();
    same(&array, 4);
    array.extend_from_within(1..);
    same(&array, 7);
    array.extend_from_slice(&[]).unwrap();
    same(&array, 7);
    assert_eq!(array.pop_row(), Some(vec![]));
    assert_eq!(array.remove_row(0), [""; 0]);
    assert_eq!(array.swap_remove_row(0), [""; 0]);
    same(&array, 4);
    array.swap_rows(0, 3);
    assert_eq!(array.drain_rows(1..2).count(), 1);
    same(&array, 3);
    let mut asked = 0;
    array.retain_rows(|row| {
        assert!(row.is_empty());
        asked += 1;
        asked != 2
    });
    same(&array, 2);
    assert_eq!(array.split_off(1).shape(), [1, 2, 0]);
    same(&array, 1);
    array.resize(10, String::new());
    array.resize_with(20, || unreachable!("there is no element"));
    array.truncate(15);
    array.reserve(100);
    array.shrink_to_fit();
    same(&array, 15);
    assert_eq!(array.iter_rows_mut().rev().count(), 15);
    assert_eq!(array.clone().into_iter().count(), 15);
    assert!(array.push_row(vec![String::new()]).is_err());
    assert!(array.extend_from_slice(&[String::new()]).is_err());
    array.clear();
    same(&array, 0);
    assert_eq!(array.growth_stats(), Default::default());
}

#[test]
fn an_empty_array_remembers_the_shape_of_its_rows() {
    type Emptying = fn(&mut GrowableNd<i32>);
    let ways: [Emptying; 6] = [
        GrowableNd::clear,
        |array| array.truncate(0),
        |array| drop(array.drain_rows(..)),
        |array| array.retain_rows(|_| false),
        |array| while array.pop_row().is_some() {},
        |array| drop(array.split_off(0)),
    ];
    for empty in ways {
        let mut array = GrowableNd::from([[1, 2], [3, 4]]);
        empty(&mut array);
        assert_eq!(array.shape(), [0, 2]);
        assert_error!(
            array.push_row(vec![1, 2, 3]),
            Error::Row { row: 0, error: RowError::Length { expected: 2, found: 3, .. }, .. },
            "row 0: expected 2 elements, found 3"
        );
        array.push_row([5, 6]).unwrap();
        assert_eq!(array.as_slice(), [5, 6]);
    }
}

#[test]
fn rows_without_memory_are_counted_up_to_the_limit_of_the_shape() {
    // Not by `resize`, which clones each of them: without optimization that has no end.
    let mut units = GrowableNd::from_vec([3], vec![(); MAX / 3 * 3]).unwrap();
    assert_eq!((units.rows(), units.capacity()), (MAX / 3, MAX / 3));
    for error in [
        units.push_row([(); 3]).unwrap_err(),
        units.try_extend_from_within(..1).unwrap_err(),
        units.try_reserve(1).unwrap_err().into(),
        units.try_reserve_exact(usize::MAX).unwrap_err().into(),
        units.try_resize(usize::MAX, ()).unwrap_err().into(),
    ] {
        assert!(matches!(error, Error::Reserve(_)), "{error}");
    }
    assert_eq!(units.rows(), MAX / 3);
    units.truncate(2);
    units.push_row([(); 3]).unwrap();
    assert_eq!(units.shape(), [3, 3]);

    let beyond = vec![(); usize::MAX];
    assert!(matches!(units.extend_from_slice(&beyond), Err(Error::Reserve(_))));
    let refused = GrowableNd::from_vec([], beyond).unwrap_err();
    assert!(matches!(refused.error, Error::Reserve(_)));
    assert_eq!(refused.vec.len(), usize::MAX);

    let mut empty = GrowableNd::<u64>::new([0, 7]);
    empty.resize(MAX / 7, 0);
    assert!(empty.push_row(&[][..]).is_err());
    assert!(empty.insert_row(0, &[][..]).is_err());
    assert_eq!(empty.pop_row(), Some(vec![]));
    empty.push_row(&[][..]).unwrap();
    assert_eq!(empty.rows(), MAX / 7);
}

#[test]
fn indices_into_rows_without_elements_are_out_of_bounds() {
    let mut array = GrowableNd::<u8>::new([0]);
    array.resize(2, 0);
    assert_eq!(array.get([0, 0]), None);
    assert_eq!(array.get([1, usize::MAX]), None);
    assert_eq!(array.row(1), [0_u8; 0]);
    assert_eq!(array.get_row(2), None);
}

/// A type of size zero that counts its drops.
struct Unit;

thread_local!(static UNITS: std::cell::Cell<isize> = const { std::cell::Cell::new(0) });

impl Unit {
    fn new() -> Self {
        UNITS.set(UNITS.get() + 1);
        Unit
    }
}

impl Clone for Unit {
    fn clone(&self) -> Self {
        Unit::new()
    }
}

impl Drop for Unit {
    fn drop(&mut self) {
        UNITS.set(UNITS.get() - 1);
    }
}

#[test]
fn elements_without_size_are_dropped_once_each() {
    let mut array = GrowableNd::from_vec([2], vec![Unit::new(), Unit::new()]).unwrap();
    array.push_row([Unit::new(), Unit::new()]).unwrap();
    array.extend_from_within(..);
    array.resize(10, Unit::new());
    assert_eq!(UNITS.get(), 20);
    assert!(array.push_row(vec![Unit::new()]).is_err());
    drop(array.pop_row());
    drop(array.drain_rows(2..4));
    drop(array.clone());
    array.retain_rows(|_| false);
    assert_eq!(UNITS.get(), 0);
}

#[test]
fn elements_with_drop_in_rows_without_axes() {
    let live = Tracked::live();
    let mut array = GrowableNd::new([]);
    array.resize_with(5, || Tracked::new(1));
    assert_eq!(array.pop_row().unwrap().len(), 1);
    drop(array);
    assert_eq!(Tracked::live(), live);
}

#[test]
fn views_without_elements_in_every_way() {
    let mut array = GrowableNd::<String>::new([2, 0]);
    array.resize(3, String::new());
    let view = array.view::<3>();
    for view in [view, view.t().t().invert_axis(Axis(2)), view.invert_axis(Axis(0)).invert_axis(Axis(1))] {
        assert_eq!((view.len(), view.shape()), (0, [3, 2, 0]));
        assert!(view.is_empty() && view.is_contiguous() && view.as_slice().is_some_and(<[_]>::is_empty));
        assert_eq!(view.iter().next(), None);
        assert_eq!(view.iter().next_back(), None);
        assert_eq!(view.indexed_iter().next(), None);
        assert_eq!(view.iter_rows().len(), 3);
        assert!(view.iter_rows().rev().all(|row| row.shape() == [2, 0] && row.as_slice().is_some()));
        assert_eq!(view.axis_iter(Axis(2)).len(), 0);
        assert_eq!(view.lanes(Axis(2)).map(|lane| lane.as_slice().unwrap().len()).sum::<usize>(), 0);
        assert_eq!((view.lanes(Axis(2)).len(), view.lanes(Axis(0)).len()), (6, 0));
        assert!(view.windows(Axis(0), 2).map(|window| window.shape()).eq([[2, 2, 0]; 2]));
        assert!(view.chunks(Axis(0), 2).map(|chunk| chunk.shape()).eq([[2, 2, 0], [1, 2, 0]]));
        assert_eq!(view.slice((2, 1.., ..)).shape(), [1, 0]);
        assert_eq!(view.split_at(Axis(0), 3).1.shape(), [0, 2, 0]);
        assert_eq!(view.reshape([0, 5]).unwrap().shape(), [0, 5]);
        assert_eq!(view.to_owned_array().shape(), [3, 2, 0]);
        assert_eq!(view, array);
        assert_eq!(view.broadcast([4, 3, 2, 0]).unwrap().len(), 0);
        assert_eq!(GrowableNd::stack(view.iter_rows()).unwrap(), array);
    }
    let mut mutable = array.view_mut::<3>();
    mutable.fill(String::from("a"));
    mutable.for_each_mut(|_| unreachable!("there is no element"));
    assert_eq!(mutable.reborrow().try_axis_iter_mut(Axis(0)).unwrap().rev().count(), 3);
    let mut calls = 0;
    mutable.for_each_axis_mut(Axis(0), |part| calls += usize::from(part.shape() == [2, 0]));
    assert_eq!(calls, 3);
    assert_eq!(mutable.reborrow().try_split_at_mut(Axis(1), 1).unwrap().1.shape(), [3, 1, 0]);
    mutable.assign(&View::from_slice([3, 2, 0], &[]).unwrap()).unwrap();
    assert!(mutable.into_slice().is_some_and(|slice| slice.is_empty()));
}

#[test]
fn views_of_elements_without_size() {
    let many = [(); MAX];
    assert_eq!(View::from_slice([MAX], &many).unwrap().iter().len(), MAX);
    let side = 1 << (usize::BITS / 2 - 1);
    let square = View::from_slice([side, side], &many[..side * side]).unwrap().t();
    assert_eq!(square.iter().len(), side * side);
    assert_eq!(square.iter().nth(side * side - 1), Some(&()));
    assert_eq!(square.iter().nth_back(side * side), None);
    assert_eq!(square.indexed_iter().nth_back(1), Some(([side - 1, side - 2], &())));
    let array = square.slice((..1000, ..7)).to_owned_array();
    assert_eq!((array.shape(), array.as_slice().len()), (&[1000, 7][..], 7000));
    // More elements than an index can address are refused.
    let more = [(); usize::MAX];
    assert!(View::from_slice([usize::MAX], &more).is_err());
    assert!(View::from_strided([2], [1], MAX, &more).is_err());
    assert!(View::from_strided([2], [1], MAX - 1, &more).is_ok());
}

#[test]
fn a_view_without_axes_is_one_element() {
    let mut five = [5];
    let view = View::from_slice([], &five).unwrap();
    assert_eq!((view.len(), view[[]], view.iter().len()), (1, 5, 1));
    assert_eq!(view.indexed_iter().next_back(), Some(([], &5)));
    assert_eq!(view.t().diagonal().shape(), [1]);
    assert_eq!(view.slice(()), view);
    assert_eq!(view.insert_axis(Axis(0)).as_slice(), Some(&[5][..]));
    assert_eq!(view.broadcast([2, 2]).unwrap().iter().sum::<i32>(), 20);
    assert_eq!(view.reshape([1, 1]).unwrap().shape(), [1, 1]);
    let mut numbers = GrowableNd::new([]);
    numbers.extend_rows([view, view]).unwrap();
    assert_eq!(numbers.as_slice(), [5, 5]);
    ViewMut::from_slice([], &mut five).unwrap().map_in_place(|x| x + 1);
    assert_eq!(five, [6]);
}
