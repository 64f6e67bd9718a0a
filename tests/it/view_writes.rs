use crate::support::{assert_error, check, panic_of};
use growable_nd::*;
use std::collections::VecDeque;

/// The shape, and a slice for it with elements that count up.
fn base([rows, columns, depth]: [u8; 3]) -> ([usize; 3], Vec<u32>) {
    let shape = [rows % 5, columns % 5, depth % 5].map(usize::from);
    (shape, (0..).take(shape.iter().product()).collect())
}

/// Slices with a step on each axis, and reverses axes, as `cut` chooses.
fn cut<T>(mut view: ViewMut<'_, T, 3>, cut: [u8; 3]) -> ViewMut<'_, T, 3> {
    let steps = cut.map(|cut| usize::from(cut % 3) + 1);
    view = view.slice(((..).step(steps[0]), (..).step(steps[1]), (..).step(steps[2])));
    for axis in 0..3 {
        let extent = view.shape()[axis];
        if cut[axis] & 4 > 0 && extent > 0 {
            view = match axis {
                0 => view.slice((1.., .., ..)),
                1 => view.slice((.., 1.., ..)),
                _ => view.slice((.., .., ..extent - 1)),
            };
        }
        if cut[axis] & 8 > 0 {
            view = view.invert_axis(Axis(axis));
        }
    }
    view
}

/// Takes items from both ends of an iterator and of a queue, and compares the items and the
/// remaining number.
fn drive<I: DoubleEndedIterator + ExactSizeIterator, E>(
    mut items: I,
    expected: impl IntoIterator<Item = E>,
    calls: &[(u8, u8)],
    same: impl Fn(&I::Item, &E) -> bool,
) -> Vec<I::Item> {
    let mut expected: VecDeque<E> = expected.into_iter().collect();
    let mut taken = vec![];
    let mut meet = |found: Option<I::Item>, expected: Option<E>| match (found, expected) {
        (Some(found), Some(expected)) => {
            assert!(same(&found, &expected));
            taken.push(found);
        }
        (found, expected) => assert_eq!((found.is_some(), expected.is_some()), (false, false)),
    };
    for &(call, n) in calls {
        let n = usize::from(n % 4);
        assert_eq!(
            (items.len(), items.size_hint()),
            (expected.len(), (expected.len(), Some(expected.len())))
        );
        match call % 4 {
            0 => meet(items.next(), expected.pop_front()),
            1 => meet(items.next_back(), expected.pop_back()),
            2 => {
                expected.drain(..n.min(expected.len()));
                meet(items.nth(n), expected.pop_front());
            }
            _ => {
                expected.truncate(expected.len().saturating_sub(n));
                meet(items.nth_back(n), expected.pop_back());
            }
        }
    }
    items.for_each(|item| meet(Some(item), expected.pop_front()));
    meet(None, expected.pop_front());
    taken
}

#[test]
fn mutable_elements_are_those_that_are_read_from_both_ends() {
    check(|(shape, cuts, calls): ([u8; 3], [u8; 3], Vec<(u8, u8)>)| {
        let (shape, mut numbers) = base(shape);
        let mut view = cut(ViewMut::from_slice(shape, &mut numbers).unwrap(), cuts);
        let read: Vec<([usize; 3], u32)> = view.indexed_iter().map(|(index, &x)| (index, x)).collect();
        let elements = drive(view.iter_mut(), &read, &calls, |x, (_, y)| **x == *y);
        elements.into_iter().for_each(|x| *x += 1000);
        let indexed =
            drive(view.indexed_iter_mut(), &read, &calls, |(i, x), (j, y)| i == j && **x % 1000 == *y);
        // All items exist at the same time, each once.
        let mut places: Vec<_> = indexed.iter().map(|(index, _)| *index).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), indexed.len());
        indexed.into_iter().for_each(|(_, x)| *x += 1000);
        let written: Vec<u32> = read.into_iter().map(|(_, x)| x).collect();
        let all = if calls.is_empty() { written.len() } else { 0 };
        let changed = numbers.iter().filter(|&&x| x >= 1000).count();
        assert!(changed >= all && changed <= written.len());
        for (place, &x) in (0..).zip(&numbers) {
            assert!(x % 1000 == place && (x < 1000 || written.contains(&place)));
        }
    });
}

#[test]
fn many_axes_with_gaps_are_left_from_both_ends() {
    check(|(cuts, large, calls): ([u8; 5], bool, Vec<(u8, u8)>)| {
        // On both sides of the number of elements from which axes are merged.
        let extent = if large { 4 } else { 3 };
        let mut numbers: Vec<u32> = (0..).take(usize::pow(extent, 5)).collect();
        let mut view = ViewMut::from_slice([extent; 5], &mut numbers).unwrap();
        let [a, b, c, d, e] = cuts.map(|cut| match cut % 4 {
            0 => (0..extent).step(1),
            1 => (0..extent - 1).step(1),
            2 => (1..extent).step(1),
            _ => (0..extent).step(2),
        });
        view = view.slice((a, b, c, d, e));
        for (axis, cut) in cuts.into_iter().enumerate() {
            view = if cut & 4 > 0 { view.invert_axis(Axis(axis)) } else { view };
        }
        let read: Vec<u32> = view.iter().copied().collect();
        let mut taken = drive(view.iter_mut(), &read, &calls, |x, y| **x == **y);
        taken.iter_mut().for_each(|x| **x += 10_000);
        let count = taken.len();
        assert_eq!(numbers.iter().filter(|&&x| x >= 10_000).count(), count);
        let mut view = ViewMut::from_slice([extent; 5], &mut numbers).unwrap();
        let by_hand: Vec<u32> = view.iter().rev().copied().collect();
        assert!(view.iter_mut().rev().map(|x| *x).eq(by_hand));
    });
}

#[test]
fn a_loop_writes_every_element_once_in_order_of_its_index() {
    check(|(shape, cuts): ([u8; 3], [u8; 3])| {
        let (shape, mut numbers) = base(shape);
        let mut expected = numbers.clone();
        let mut view = cut(ViewMut::from_slice(shape, &mut expected).unwrap(), cuts);
        let [rows, columns, depth] = view.shape();
        let mut next = 1000;
        for i in 0..rows {
            for j in 0..columns {
                for k in 0..depth {
                    view[[i, j, k]] = next;
                    next += 1;
                }
            }
        }
        for how in 0..4 {
            numbers.iter_mut().zip(0..).for_each(|(x, number)| *x = number);
            let mut view = cut(ViewMut::from_slice(shape, &mut numbers).unwrap(), cuts);
            match how {
                0 => {
                    let mut next = 1000..;
                    for x in &mut view {
                        *x = next.next().unwrap();
                    }
                }
                1 => view.into_iter().zip(1000..).for_each(|(x, number)| *x = number),
                2 => assert_eq!(
                    view.iter_mut().fold(1000, |number, x| {
                        *x = number;
                        number + 1
                    }),
                    next
                ),
                _ => view.iter_mut().rev().zip((1000..next).rev()).for_each(|(x, number)| *x = number),
            }
            assert_eq!(numbers, expected);
        }
    });
}

#[test]
fn views_in_another_order_are_refused_at_the_line_of_the_loop() {
    let mut array = GrowableNd::from([[[1, 2, 3], [4, 5, 6]]; 2]);
    let says = "parts along axis 1 interleave in memory (strides [6, 1, 3]); \
                use `for_each_axis_mut`, `for_each_mut` or `cells`";
    let mut view = array.view_mut::<3>().permute([0, 2, 1]);
    assert_error!(view.try_iter_mut(), ViewError::Interleaved { axis: 1, .. }, says);
    assert_error!(view.try_indexed_iter_mut(), ViewError::Interleaved { axis: 1, .. }, says);
    let walks: [&dyn Fn(ViewMut<'_, i32, 3>); 4] = [
        &|mut view| drop(view.iter_mut()),
        &|mut view| drop(view.indexed_iter_mut()),
        &|mut view| {
            for x in &mut view {
                *x = 0;
            }
        },
        &|view| {
            for x in view {
                *x = 0;
            }
        },
    ];
    for walk in walks {
        let mut array = array.clone();
        let panic = panic_of(|| walk(array.view_mut().permute([0, 2, 1])));
        assert_eq!((&panic.message[..], &panic.file[..]), (says, file!()));
    }
    // Axes of extent 1 may be in any order.
    assert!(
        array.view_mut::<3>().slice((..1, .., ..)).permute([1, 0, 2]).iter_mut().eq(&mut [1, 2, 3, 4, 5, 6])
    );
    assert!(array.view_mut::<3>().slice((.., 1, 2..)).t().iter_mut().eq(&mut [6, 6]));
    // Without elements no axes interleave.
    assert_eq!(array.view_mut::<3>().slice((.., .., 3..)).t().iter_mut().len(), 0);
}

#[test]
fn few_axes_elements_that_own_memory_and_elements_without_size() {
    let mut one = [String::from("a")];
    for text in ViewMut::from_slice([], &mut one).unwrap() {
        text.push('b');
    }
    let mut view = ViewMut::from_slice([], &mut one).unwrap();
    assert!(view.indexed_iter_mut().eq([([], &mut String::from("ab"))]));

    let mut words = ["a", "b", "c", "d", "e"].map(String::from);
    let view = ViewMut::from_slice([5], &mut words).unwrap().slice(((..).step(2),)).invert_axis(Axis(0));
    for (word, number) in view.into_iter().zip(0..) {
        *word += &number.to_string();
    }
    assert_eq!(words, ["a2", "b", "c1", "d", "e0"]);

    let mut units = [(); 24];
    let view = ViewMut::from_slice([2, 3, 4], &mut units).unwrap();
    let mut view = view.slice((.., 1.., (..).step(3))).invert_axis(Axis(1));
    assert_eq!((view.iter_mut().len(), view.iter_mut().count(), view.iter_mut().rev().count()), (8, 8, 8));
    assert_eq!(view.iter_mut().fold(0, |count, ()| count + 1), 8);
    assert_eq!(format!("{:?}", view.iter_mut()), "IterMut { left: 8 }");
    assert_eq!(format!("{:?}", view.indexed_iter_mut()), "IndexedIterMut { left: 8 }");
}

#[test]
fn a_panic_half_way_leaves_the_elements_before_it_changed() {
    let mut numbers = [1, 2, 3, 4, 5, 6];
    let panic = panic_of(|| {
        let view = ViewMut::from_slice([2, 3], &mut numbers).unwrap().slice((.., 1..));
        view.into_iter().for_each(|x| if *x == 5 { panic!("five") } else { *x = 0 });
    });
    assert_eq!((&panic.message[..], numbers), ("five", [1, 0, 0, 4, 5, 6]));
}

/// The mutable parts equal those of a shared view.
#[test]
fn mutable_parts_are_those_that_are_read() {
    check(|(shape, cuts, turn, size): ([u8; 3], [u8; 3], u8, u8)| {
        let (shape, mut numbers) = base(shape);
        let size = usize::from(size % 4) + 1;
        let turns = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        let mut view = cut(ViewMut::from_slice(shape, &mut numbers).unwrap(), cuts);
        view = view.permute(turns[usize::from(turn) % 6]);
        let owned = view.to_owned_array();
        let copy = owned.view::<3>();
        let flat = |elements: Iter<'_, u32, 3>| elements.copied().collect::<Vec<_>>();
        for axis in (0..3).map(Axis) {
            let mut lanes = copy.lanes(axis);
            view.for_each_lane_mut(axis, |lane| assert_eq!(lane, lanes.next().unwrap()));
            assert_eq!(lanes.len(), 0);
            let mut windows = copy.windows(axis, size);
            view.for_each_window_mut(axis, size, |part| assert_eq!(part, windows.next().unwrap()));
            assert_eq!(windows.len(), 0);
            let mut chunks = copy.chunks(axis, size);
            view.for_each_chunk_mut(axis, size, |part| assert_eq!(part, chunks.next().unwrap()));
            assert_eq!(chunks.len(), 0);
            // Each element is in exactly one chunk.
            view.for_each_chunk_mut(axis, size, |mut part| part.map_in_place(|x| x + 1000));
            assert!(view.iter().eq(copy.iter().map(|x| x + 1000).collect::<Vec<_>>().iter()));
            view.for_each_lane_mut(axis, |mut lane| lane.map_in_place(|x| x - 1000));
            assert_eq!(flat(view.iter()), flat(copy.iter()));
        }
        let mut tiles = copy.tiles([size, 1, 2]);
        view.for_each_tile_mut([size, 1, 2], |mut tile| {
            assert_eq!(tile, tiles.next().unwrap());
            tile.map_in_place(|x| x + 1000);
        });
        assert_eq!(tiles.len(), 0);
        assert!(view.iter().eq(copy.iter().map(|x| x + 1000).collect::<Vec<_>>().iter()));
    });
}

#[test]
fn closures_that_fail_end_the_walk() {
    fn stop(calls: &mut usize) -> Result<(), ViewError> {
        *calls += 1;
        if *calls == 2 { View::from_slice([2], &[1]).map(drop) } else { Ok(()) }
    }
    let mut array = GrowableNd::from([[1, 2, 3], [4, 5, 6], [7, 8, 9]]);
    let mut view = array.view_mut::<2>();
    let says = "expected a slice of 2 elements, found 1";
    let mut calls = [0; 4];
    assert_error!(
        view.try_for_each_lane_mut(Axis(1), |_| stop(&mut calls[0])),
        ViewError::Length { .. },
        says
    );
    assert_error!(
        view.try_for_each_window_mut(Axis(1), 2, |_| stop(&mut calls[1])),
        ViewError::Length { .. },
        says
    );
    assert_error!(
        view.try_for_each_chunk_mut(Axis(0), 1, |_| stop(&mut calls[2])),
        ViewError::Length { .. },
        says
    );
    assert_error!(
        view.try_for_each_tile_mut([2, 2], |_| stop(&mut calls[3])),
        ViewError::Length { .. },
        says
    );
    assert_eq!(calls, [2; 4]);
}

/// The message, the call that panics, and the call that returns the error.
type Fault<'a> =
    (&'a str, &'a dyn Fn(&mut ViewMut<'_, i32, 2>), &'a dyn Fn(&mut ViewMut<'_, i32, 2>) -> Refused);
type Refused = Result<(), AccessError>;

#[test]
fn axes_and_sizes_that_are_refused() {
    let faults: [Fault<'_>; 6] = [
        ("axis 2 is out of bounds for 2 axes", &|v| v.for_each_lane_mut(Axis(2), |_| unreachable!()), &|v| {
            v.try_for_each_lane_mut(Axis(2), |_| unreachable!())
        }),
        (
            "axis 2 is out of bounds for 2 axes",
            &|v| v.for_each_window_mut(Axis(2), 0, |_| unreachable!()),
            &|v| v.try_for_each_window_mut(Axis(2), 0, |_| unreachable!()),
        ),
        (
            "size 0 for axis 1, expected at least 1",
            &|v| v.for_each_window_mut(Axis(1), 0, |_| unreachable!()),
            &|v| v.try_for_each_window_mut(Axis(1), 0, |_| unreachable!()),
        ),
        (
            "size 0 for axis 1, expected at least 1",
            &|v| v.for_each_chunk_mut(Axis(1), 0, |_| unreachable!()),
            &|v| v.try_for_each_chunk_mut(Axis(1), 0, |_| unreachable!()),
        ),
        (
            "axis 9 is out of bounds for 2 axes",
            &|v| v.for_each_chunk_mut(Axis(9), 1, |_| unreachable!()),
            &|v| v.try_for_each_chunk_mut(Axis(9), 1, |_| unreachable!()),
        ),
        (
            "size 0 for axis 0, expected at least 1",
            &|v| v.for_each_tile_mut([0, 0], |_| unreachable!()),
            &|v| v.try_for_each_tile_mut([0, 0], |_| unreachable!()),
        ),
    ];
    let mut numbers = [1, 2, 3, 4];
    let mut view = ViewMut::from_slice([2, 2], &mut numbers).unwrap();
    for (says, panicking, returning) in faults {
        assert_eq!(returning(&mut view).unwrap_err().to_string(), says);
        let panic = panic_of(|| panicking(&mut view));
        assert_eq!((&panic.message[..], &panic.file[..]), (says, file!()));
    }
    // Larger than the axis: no window, one chunk.
    view.for_each_window_mut(Axis(0), usize::MAX, |_| unreachable!());
    let mut calls = 0;
    view.for_each_chunk_mut(Axis(0), usize::MAX, |chunk| calls += chunk.len());
    view.for_each_tile_mut([usize::MAX; 2], |tile| calls += tile.len());
    assert_eq!(calls, 8);
}

#[test]
fn halves_are_written_and_then_read() {
    let mut numbers = [1, 2, 3, 4, 5, 6];
    let view = ViewMut::from_slice([3, 2], &mut numbers).unwrap();
    let (mut upper, mut lower) = view.split_at_mut(Axis(0), 1);
    upper.fill(0);
    lower.fill(9);
    // Read-only views live as long as the slice.
    let (upper, lower) = (upper.into_view(), lower.into_view());
    assert!(upper == View::from_slice([1, 2], &[0; 2]).unwrap());
    assert!(lower == View::from_slice([2, 2], &[9; 4]).unwrap());
    assert_eq!(numbers, [0, 0, 9, 9, 9, 9]);
}
