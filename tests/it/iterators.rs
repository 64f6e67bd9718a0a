use crate::naive::{Naive, indices};
use crate::support::{check, make_rows};
use growable_nd::{Axis, AxisRange, GrowableNd, View, ViewMut};
use std::fmt::Debug;
use std::iter::FusedIterator;

/// Makes the same calls on an iterator and on that of a `Vec` of the same items, and compares all
/// results.
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
    match calls.len() % 6 {
        0 => assert_eq!(ours.map(Into::into).collect::<Vec<T>>(), theirs.collect::<Vec<T>>()),
        1 => assert_eq!(ours.rev().map(Into::into).collect::<Vec<T>>(), theirs.rev().collect::<Vec<T>>()),
        2 => assert_eq!(ours.count(), theirs.count()),
        3 => assert_eq!(ours.last().map(Into::into), theirs.last()),
        4 => {
            let collect = |mut all: Vec<T>, item| {
                all.push(item);
                all
            };
            let folded = ours.fold(vec![], |all, item| collect(all, item.into()));
            assert_eq!(folded, theirs.fold(vec![], collect));
        }
        _ => {
            let drained: Vec<T> = ours.by_ref().map(Into::into).collect();
            assert_eq!(drained, theirs.by_ref().collect::<Vec<T>>());
            // Nothing after the end, from either side.
            assert_eq!((ours.len(), ours.size_hint()), (0, (0, Some(0))));
            assert!(ours.next().is_none() && ours.next_back().is_none());
            assert!(ours.nth(1).is_none() && ours.nth_back(usize::MAX).is_none());
            assert_eq!(ours.len(), 0);
        }
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
        drive(array.iter_rows_mut(), rows.clone(), &calls);
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

/// The model and the base of a view of three axes whose elements are neither contiguous nor in
/// memory order.
fn strided(shape: [u8; 3], turn: u8) -> (Naive, [usize; 3], Vec<u32>) {
    let shape = shape.map(|extent| usize::from(extent % 5));
    let base = Naive::counting(&shape).elements;
    let axes = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]][usize::from(turn % 6)];
    let mut model = Naive::counting(&shape).permute(&axes);
    if turn & 8 != 0 {
        model = model.invert(1);
    }
    (model, shape, base)
}

fn turned<S>(view: growable_nd::Strided<S, 3>, turn: u8) -> growable_nd::Strided<S, 3> {
    let axes = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]][usize::from(turn % 6)];
    let view = view.permute(axes);
    if turn & 8 != 0 { view.invert_axis(Axis(1)) } else { view }
}

#[test]
fn iterators_over_views_agree_with_those_of_a_vec() {
    check(|(shape, turn, size, calls): ([u8; 3], u8, u8, Vec<(u8, u8)>)| {
        let (model, shape, base) = strided(shape, turn);
        let view = turned(View::from_slice(shape, &base).unwrap(), turn);
        let elements: Vec<&u32> = model.elements.iter().collect();
        drive(view.iter(), elements.clone(), &calls);
        drive(view.into_iter(), elements.clone(), &calls);
        let with_indices =
            indices(&model.shape).into_iter().map(|index| index.try_into().unwrap()).zip(elements);
        drive(view.indexed_iter(), with_indices.collect::<Vec<([usize; 3], &u32)>>(), &calls);
        drive(view.iter_rows(), model.axis_parts(0), &calls);
        for axis in 0..3 {
            drive(view.axis_iter(Axis(axis)), model.axis_parts(axis), &calls);
            drive(view.lanes(Axis(axis)), model.lanes(axis), &calls);
            let size = usize::from(size % 6) + 1;
            drive(view.windows(Axis(axis), size), model.windows(axis, size), &calls);
            drive(view.chunks(Axis(axis), size), model.chunks(axis, size), &calls);
        }
    });
}

/// Compares the searches of an iterator with those of a vector, and the remaining items.
fn search<const N: usize>(view: View<'_, u32, N>, elements: &[&u32], calls: &[(u8, u8)]) {
    let wanted = calls.iter().map(|&(call, _)| u32::from(call)).chain([0, 1, u32::MAX]);
    for (wanted, begun) in wanted.zip((0..3).cycle()) {
        let start = || {
            let (mut ours, mut theirs) = (view.iter(), elements.iter().copied());
            for _ in 0..begun {
                assert_eq!(ours.next(), theirs.next());
                assert_eq!(ours.next_back(), theirs.next_back());
            }
            (ours, theirs)
        };
        macro_rules! assert_equal_after {
            (|$iter:ident| $found:expr) => {
                let (mut ours, mut theirs) = start();
                let found = {
                    let $iter = &mut ours;
                    $found
                };
                let expected = {
                    let $iter = &mut theirs;
                    $found
                };
                assert_eq!(found, expected);
                assert_eq!(ours.next(), theirs.next());
                assert_eq!(ours.next_back(), theirs.next_back());
                assert!(ours.eq(theirs));
            };
        }
        assert_equal_after!(|iter| iter.position(|&x| x == wanted));
        assert_equal_after!(|iter| iter.any(|&x| x == wanted));
        assert_equal_after!(|iter| iter.all(|&x| x != wanted));
        assert_equal_after!(|iter| iter.find(|&&x| x >= wanted));
        assert_equal_after!(|iter| iter.find_map(|&x| x.checked_sub(wanted)));
    }
}

/// Compares every iterator over the elements of `view` with the model.
fn walk<const N: usize>(view: View<'_, u32, N>, model: &Naive, calls: &[(u8, u8)]) {
    let elements: Vec<&u32> = model.elements.iter().collect();
    let indexed: Vec<([usize; N], &u32)> = indices(&model.shape)
        .into_iter()
        .map(|index| index.try_into().unwrap())
        .zip(elements.iter().copied())
        .collect();
    drive(view.iter(), elements.clone(), calls);
    search(view, &elements, calls);
    drive(view.indexed_iter(), indexed.clone(), calls);
    for begun in 0..4.min(elements.len()) {
        let (mut ours, mut theirs) = (view.indexed_iter(), indexed.iter().copied());
        assert!(ours.by_ref().take(begun).eq(theirs.by_ref().take(begun)));
        assert_eq!(ours.next_back(), theirs.next_back());
        assert!(ours.clone().step_by(3).eq(theirs.clone().step_by(3)));
        let place = |(_, element): &([usize; N], &u32)| **element % 5 == 4;
        assert_eq!(ours.clone().position(|item| place(&item)), theirs.clone().position(|item| place(&item)));
        assert_eq!(ours.clone().rfind(place), theirs.clone().rfind(place));
        let mut walked = vec![];
        for item in ours.clone() {
            walked.push(item);
        }
        assert!(walked.into_iter().eq(theirs.clone()));
        let mut folded = vec![];
        ours.for_each(|item| folded.push(item));
        assert!(folded.into_iter().eq(theirs));
    }
}

#[test]
fn elements_with_any_stride_come_in_order() {
    check(|(shape, step, calls): ([u8; 3], u8, Vec<(u8, u8)>)| {
        let shape @ [rows, columns, depth] = shape.map(|extent| usize::from(extent % 6));
        let step = usize::from(step % 3) + 1;
        let model = Naive::counting(&shape);
        let view = View::from_slice(shape, &model.elements).unwrap();
        let every = |extent: usize| (0..extent).step_by(step).collect::<Vec<_>>();
        let stepped = model.pick(1, &every(columns)).pick(2, &every(depth));
        let every_other = view.slice((.., (..).step(step), (..).step(step)));
        walk(view, &model, &calls);
        walk(every_other, &stepped, &calls);
        walk(every_other.t(), &stepped.permute(&[2, 1, 0]), &calls);
        walk(every_other.invert_axis(Axis(2)), &stepped.invert(2), &calls);
        // Stride 0, along the innermost axis and along the outermost.
        walk(
            view.insert_axis(Axis(3)).broadcast([rows, columns, depth, step]).unwrap(),
            &model.insert(3).broadcast(&[rows, columns, depth, step]),
            &calls,
        );
        walk(
            view.broadcast([step, rows, columns, depth]).unwrap(),
            &model.broadcast(&[step, rows, columns, depth]),
            &calls,
        );
        for axis in 0..3 {
            for (lane, model) in view.lanes(Axis(axis)).zip(model.lanes(axis)) {
                walk(lane, &model, &calls);
            }
        }
        let point = View::from_slice([], &[7]).unwrap();
        walk(point, &Naive { shape: vec![], elements: vec![7] }, &calls);
    });
}

#[test]
fn elements_without_size_are_counted() {
    let units = [(); 12];
    let view = View::from_slice([3, 4], &units).unwrap();
    assert_eq!((view.iter().count(), view.t().iter().map(|()| 1).sum::<i32>()), (12, 12));
    let turned = view.t().indexed_iter().map(|(index, ())| index.to_vec());
    assert!(turned.eq(indices(&[4, 3])));
}

#[test]
fn mutable_parts_agree_with_those_of_a_vec() {
    check(|(shape, turn, calls): ([u8; 3], u8, Vec<(u8, u8)>)| {
        let (model, shape, mut base) = strided(shape, turn);
        let mut view = turned(ViewMut::from_slice(shape, &mut base).unwrap(), turn);
        for axis in 0..3 {
            if let Ok(parts) = view.reborrow().try_axis_iter_mut(Axis(axis)) {
                drive(parts, model.axis_parts(axis), &calls);
            }
            let mut parts = vec![];
            view.for_each_axis_mut(Axis(axis), |part| parts.push(Naive::from(part)));
            assert_eq!(parts, model.axis_parts(axis));
        }
    });
}

#[test]
fn mutable_parts_are_there_at_once_and_lead_to_their_elements() {
    check(|(shape, turn, calls): ([u8; 3], u8, Vec<(u8, u8)>)| {
        let (model, shape, mut base) = strided(shape, turn);
        for axis in 0..3 {
            let view = turned(ViewMut::from_slice(shape, &mut base).unwrap(), turn);
            let Ok(mut parts) = view.try_axis_iter_mut(Axis(axis)) else { continue };
            let mut expected = model.axis_parts(axis).into_iter();
            let mut taken = vec![];
            for &(call, n) in &calls {
                let n = usize::from(n % 3);
                match call % 4 {
                    0 => taken.extend(parts.next().zip(expected.next())),
                    1 => taken.extend(parts.next_back().zip(expected.next_back())),
                    2 => taken.extend(parts.nth(n).zip(expected.nth(n))),
                    _ => taken.extend(parts.nth_back(n).zip(expected.nth_back(n))),
                }
            }
            // In the model each element is its position in the base.
            for (part, expected) in &mut taken {
                assert_eq!(part.as_view().iter().copied().collect::<Vec<_>>(), expected.elements);
                part.for_each_mut(|element| *element += 1000);
            }
            let written: Vec<u32> = taken.into_iter().flat_map(|(_, part)| part.elements).collect();
            for (place, element) in (0..).zip(&mut base) {
                let was_written = written.contains(&place);
                assert_eq!(*element, if was_written { place + 1000 } else { place });
                *element = place;
            }
        }
    });
}

#[test]
fn a_mutable_view_is_read_as_a_shared_one() {
    check(|(shape, turn, size, at): ([u8; 3], u8, u8, u8)| {
        let (_, shape, base) = strided(shape, turn);
        let mut copy = base.clone();
        let shared = turned(View::from_slice(shape, &base).unwrap(), turn);
        let view = turned(ViewMut::from_slice(shape, &mut copy).unwrap(), turn);
        assert!(view.iter().eq(shared));
        assert!((&view).into_iter().eq(shared));
        assert!(view.indexed_iter().eq(shared.indexed_iter()));
        assert!(view.iter_rows().eq(shared.iter_rows()));
        assert_eq!((view.as_slice(), view.get([0, 1, 1])), (shared.as_slice(), shared.get([0, 1, 1])));
        let [i, j, k] = shape;
        let (larger, flat) = ([2, i, j, k], [i * j, k]);
        assert_eq!(view.broadcast(larger).is_ok(), shared.broadcast(larger).is_ok());
        assert_eq!(view.as_view().reshape(flat), shared.reshape(flat));
        let size = usize::from(size % 6) + 1;
        for axis in 0..3 {
            let at = usize::from(at) % (shared.shape()[axis] + 1);
            assert_eq!(view.split_at(Axis(axis), at), shared.split_at(Axis(axis), at));
            assert!(view.axis_iter(Axis(axis)).eq(shared.axis_iter(Axis(axis))));
            assert!(view.lanes(Axis(axis)).eq(shared.lanes(Axis(axis))));
            assert!(view.windows(Axis(axis), size).eq(shared.windows(Axis(axis), size)));
            assert!(view.chunks(Axis(axis), size).eq(shared.chunks(Axis(axis), size)));
        }
    });
}

#[test]
fn a_clone_of_an_iterator_over_a_view_goes_its_own_way() {
    let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    let view = array.view::<2>().t();
    let mut elements = view.iter();
    elements.next();
    elements.next_back();
    assert_eq!(format!("{elements:?}"), "Iter[4, 2, 5, 3]");
    let copy = elements.clone();
    assert_eq!(elements.next(), Some(&4));
    assert!(copy.eq(&[4, 2, 5, 3]) && elements.eq(&[2, 5, 3]));
    let mut indexed = view.indexed_iter();
    indexed.nth(3);
    assert_eq!(format!("{indexed:?}"), "IndexedIter[([2, 0], 3), ([2, 1], 6)]");
    let copy = indexed.clone();
    assert_eq!(indexed.next(), Some(([2, 0], &3)));
    assert!(copy.eq([([2, 0], &3), ([2, 1], &6)]) && indexed.eq([([2, 1], &6)]));
    let mut chunks = view.chunks(Axis(0), 2);
    chunks.next();
    assert_eq!(format!("{chunks:?}"), "Chunks { left: 1, size: 2 }");
    let copy = chunks.clone();
    let first = chunks.next();
    assert!(first.is_some() && copy.clone().next() == first && copy.skip(1).eq(chunks));
    let mut lanes = view.lanes(Axis(1));
    lanes.next();
    assert_eq!(format!("{lanes:?}"), "ViewIter { left: 2, shape: [2] }");
    let copy = lanes.clone();
    let first = lanes.next();
    assert!(first.is_some() && copy.clone().next() == first && copy.skip(1).eq(lanes));
}

#[test]
fn rows_of_a_mutable_view_are_changed_two_at_once() {
    let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    let mut rows = array.view_mut::<2>().try_axis_iter_mut(Axis(0)).unwrap();
    assert_eq!(format!("{rows:?}"), "AxisIterMut { left: 3, shape: [2] }");
    let (mut first, last) = (rows.next().unwrap(), rows.next_back().unwrap());
    first.assign(&last).unwrap();
    drop(rows);
    assert_eq!(array.as_slice(), [5, 6, 3, 4, 5, 6]);
}
