use crate::support::{assert_error, check, panic_message};
use growable_nd::*;

/// A view of three axes with steps, reversals and a permutation that `how` chooses.
fn strided<'a>(shape: [u8; 3], how: [u8; 4], numbers: &'a [u32]) -> View<'a, u32, 3> {
    let shape = shape.map(|extent| usize::from(extent % 5));
    let view = View::from_slice(shape, &numbers[..shape.iter().product()]).unwrap();
    let steps = [how[0], how[1], how[2]].map(|how| usize::from(how % 3) + 1);
    let mut view = view.slice(((..).step(steps[0]), (..).step(steps[1]), (..).step(steps[2])));
    for axis in 0..3 {
        if how[axis] & 4 > 0 {
            view = view.invert_axis(Axis(axis));
        }
    }
    let turns = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    view.permute(turns[usize::from(how[3]) % 6])
}

fn numbers() -> Vec<u32> {
    (0..125).collect()
}

fn elements<const N: usize>(view: View<'_, u32, N>) -> Vec<u32> {
    view.iter().copied().collect()
}

#[test]
fn parts_make_the_same_view_again() {
    check(|(shape, how): ([u8; 3], [u8; 4])| {
        let mut numbers = numbers();
        let view = strided(shape, how, &numbers);
        let (slice, offset, extents, strides) = view.into_parts();
        assert_eq!((extents, strides), (view.shape(), view.strides()));
        let again = View::from_strided(extents, strides, offset, slice).unwrap();
        assert_eq!((elements(again), again.strides()), (elements(view), view.strides()));
        let (windows, offset, extents, strides) = view.diagonal().into_parts();
        assert_eq!(View::from_strided(extents, strides, offset, windows).unwrap(), view.diagonal());

        let read = elements(view);
        let (_, offset, extents, strides) = view.into_parts();
        let mut mutable = ViewMut::from_strided(extents, strides, offset, &mut numbers).unwrap();
        mutable.for_each_mut(|x| *x += 1000);
        let (slice, offset, extents, strides) = mutable.into_parts();
        let again = ViewMut::from_strided(extents, strides, offset, slice).unwrap();
        assert!(again.iter().eq(&read.iter().map(|x| x + 1000).collect::<Vec<_>>()));
    });
}

#[test]
fn flattened_elements_stay_in_order_or_need_a_copy() {
    check(|(shape, how): ([u8; 3], [u8; 4])| {
        let numbers = numbers();
        let view = strided(shape, how, &numbers);
        match view.flatten() {
            Ok(flat) => assert_eq!(elements(flat), elements(view)),
            Err(error) => {
                assert!(!view.is_contiguous());
                let steps: Vec<_> = elements(view).windows(2).map(|w| w[1].wrapping_sub(w[0])).collect();
                assert!(steps.iter().any(|&step| step != steps[0]), "one stride would do: {error}");
                let shape = view.shape();
                let says = format!(
                    "cannot reshape {shape:?} (strides {:?}) to [{}] without a copy",
                    view.strides(),
                    view.len()
                );
                assert_eq!(error.to_string(), says);
            }
        }
    });
}

#[test]
fn merged_axes_are_what_reshape_makes_of_them() {
    check(|(shape, how): ([u8; 3], [u8; 4])| {
        let numbers = numbers();
        let view = strided(shape, how, &numbers);
        let [a, b, c] = view.shape();
        for (axis, to) in [(0, [a * b, c]), (1, [a, b * c])] {
            match view.merge_axes(Axis(axis)) {
                Ok(merged) => {
                    assert_eq!(merged.shape(), to);
                    assert_eq!(elements(merged), elements(view));
                }
                Err(error) => {
                    assert!(matches!(error, ViewError::NeedsCopy { .. }));
                    assert_eq!(view.reshape(to).unwrap_err(), error);
                }
            }
            assert_eq!(view.merge_axes(Axis(axis)).is_ok(), view.reshape(to).is_ok());
        }
        let says = "axis 3 is out of bounds for 3 axes";
        assert_error!(view.merge_axes(Axis(2)), ViewError::Access(AccessError::Axis { axis: 3, .. }), says);
        let refused = view.merge_axes(Axis(usize::MAX)).unwrap_err();
        assert!(matches!(refused, ViewError::Access(AccessError::Axis { axis: usize::MAX, rank: 3, .. })));
    });
    let refused = View::from_slice([1], &[1]).unwrap().merge_axes(Axis(0)).unwrap_err();
    assert_eq!(refused.to_string(), "axis 1 is out of bounds for 1 axes");
}

#[test]
fn one_extent_is_inferred() {
    check(|(shape, how, to): ([u8; 3], [u8; 4], [u8; 3])| {
        let numbers = numbers();
        let view = strided(shape, how, &numbers);
        let to = to.map(|extent| usize::from(extent % 5));
        for axis in 0..3 {
            let mut requested = to;
            requested[axis] = INFER;
            let others: usize = (0..3).filter(|&k| k != axis).map(|k| to[k]).product();
            let inferred = view.len().checked_div(others).filter(|extent| extent * others == view.len());
            match inferred {
                Some(extent) => {
                    let mut full = to;
                    full[axis] = extent;
                    match (view.reshape(requested), view.reshape(full)) {
                        (Ok(found), Ok(expected)) => {
                            assert_eq!((found.shape(), found.strides()), (full, expected.strides()));
                            assert_eq!(elements(found), elements(view));
                        }
                        (found, expected) => assert_eq!(found.unwrap_err(), expected.unwrap_err()),
                    }
                }
                None => {
                    let error = view.reshape(requested).unwrap_err();
                    assert!(matches!(error, ViewError::Reshape { .. }));
                    assert!(error.to_string().contains("INFER"), "{error}");
                }
            }
        }
    });
}

#[test]
fn extents_that_cannot_be_inferred() {
    let view = View::from_slice([2, 3], &[1, 2, 3, 4, 5, 6]).unwrap();
    let cases = [
        ([4, INFER], "cannot reshape [2, 3] to [4, INFER]: 6 is not a multiple of 4"),
        ([INFER, 0], "cannot reshape [2, 3] to [INFER, 0]: 6 is not a multiple of 0"),
        ([INFER, INFER], "cannot reshape [2, 3] to [INFER, INFER]: only one extent can be inferred"),
    ];
    for (to, says) in cases {
        assert_error!(view.reshape(to), ViewError::Reshape { .. }, says);
    }
    let nothing = view.slice((2.., ..));
    assert_eq!(nothing.reshape([5, INFER]).unwrap().shape(), [5, 0]);
    let says = "cannot reshape [0, 3] to [0, INFER]: INFER could be any extent";
    assert_error!(nothing.reshape([0, INFER]), ViewError::Reshape { .. }, says);
    assert_error!(
        view.reshape([INFER, 1 << 20, usize::MAX >> 20]),
        ViewError::Shape(ShapeError::Overflow { .. }),
        format!("shape {:?} exceeds isize::MAX elements", [1, 1 << 20, usize::MAX >> 20])
    );
    assert_eq!(View::from_slice([], &[5]).unwrap().reshape([INFER]).unwrap().shape(), [1]);
    let mut numbers = [1, 2, 3, 4];
    assert_eq!(ViewMut::from_slice([4], &mut numbers).unwrap().reshape([INFER, 2]).unwrap().shape(), [2, 2]);
    // `INFER` has no meaning elsewhere.
    assert!(view.broadcast([INFER, 3]).is_err());
    assert!(View::from_slice([INFER], &numbers).is_err());
}

/// The windows at all places, in row-major order, made by slices.
fn windows_by_hand<'a>(view: View<'a, u32, 3>, size: [usize; 3]) -> Vec<View<'a, u32, 3>> {
    let places = |axis: usize| 0..(view.shape()[axis] + 1).saturating_sub(size[axis]);
    let mut windows = vec![];
    for i in places(0) {
        for j in places(1) {
            for k in places(2) {
                windows.push(view.slice((i..i + size[0], j..j + size[1], k..k + size[2])));
            }
        }
    }
    windows
}

fn tiles_by_hand<'a>(view: View<'a, u32, 3>, size: [usize; 3]) -> Vec<View<'a, u32, 3>> {
    let chunks = view.chunks(Axis(0), size[0]);
    let columns = chunks.flat_map(|part| part.chunks(Axis(1), size[1]));
    columns.flat_map(|part| part.chunks(Axis(2), size[2])).collect()
}

/// Takes views from both ends of an iterator and of a vector.
fn drive<'a>(
    mut found: impl DoubleEndedIterator<Item = View<'a, u32, 3>> + ExactSizeIterator + Clone,
    expected: &[View<'a, u32, 3>],
    calls: &[(u8, u8)],
) {
    assert_eq!((found.clone().count(), found.len()), (expected.len(), expected.len()));
    assert!(found.clone().last() == expected.last().copied());
    assert!(found.clone().rev().eq(expected.iter().copied().rev()));
    let mut expected = expected.iter().copied();
    for &(call, n) in calls {
        let n = usize::from(n % 3);
        match call % 4 {
            0 => assert!(found.next() == expected.next()),
            1 => assert!(found.next_back() == expected.next_back()),
            2 => assert!(found.nth(n) == expected.nth(n)),
            _ => assert!(found.nth_back(n) == expected.nth_back(n)),
        }
        assert_eq!(found.size_hint(), expected.size_hint());
    }
    found.for_each(|view| assert!(Some(view) == expected.next()));
    assert_eq!(expected.len(), 0);
}

#[test]
fn windows_and_tiles_are_slices() {
    check(|(shape, how, size, calls): ([u8; 3], [u8; 4], [u8; 3], Vec<(u8, u8)>)| {
        let mut numbers = numbers();
        let view = strided(shape, how, &numbers);
        let size = size.map(|size| usize::from(size % 4) + 1);
        drive(view.windows_nd(size), &windows_by_hand(view, size), &calls);
        drive(view.tiles(size), &tiles_by_hand(view, size), &calls);
        // Each element is in exactly one tile.
        let mut tiled: Vec<u32> = view.tiles(size).flatten().copied().collect();
        tiled.sort_unstable();
        let mut all = elements(view);
        all.sort_unstable();
        assert_eq!(tiled, all);
        let shape = shape.map(|extent| usize::from(extent % 5));
        let mutable = ViewMut::from_slice(shape, &mut numbers[..shape.iter().product()]).unwrap();
        drive(mutable.windows_nd(size), &windows_by_hand(mutable.as_view(), size), &calls);
        drive(mutable.tiles(size), &tiles_by_hand(mutable.as_view(), size), &calls);
    });
}

#[test]
fn sizes_of_windows_and_tiles() {
    let numbers = [1, 2, 3, 4, 5, 6];
    let view = View::from_slice([2, 3], &numbers).unwrap();
    let says = "size 0 for axis 1, expected at least 1";
    assert_error!(view.try_windows_nd([2, 0]), AccessError::ZeroSize { axis: 1, .. }, says);
    assert_error!(view.try_tiles([2, 0]), AccessError::ZeroSize { axis: 1, .. }, says);
    assert_eq!(panic_message(|| drop(view.windows_nd([2, 0]))), says);
    assert_eq!(panic_message(|| drop(view.tiles([2, 0]))), says);
    assert_eq!(view.windows_nd([usize::MAX, 1]).len(), 0);
    assert_eq!(view.windows_nd([3, usize::MAX]).count(), 0);
    let mut tiles = view.tiles([usize::MAX; 2]);
    assert_eq!((tiles.next().map(|tile| tile.shape()), tiles.next().is_none()), (Some([2, 3]), true));
    assert_eq!(format!("{:?}", view.tiles([2, 2])), "Tiles { left: 2, sizes: [2, 2] }");
    // Without axes there is one window.
    let point = View::from_slice([], &[7]).unwrap();
    assert_eq!((point.windows_nd([]).len(), point.tiles([]).count()), (1, 1));
    // Without elements there is none.
    let nothing = view.slice((2.., ..));
    assert_eq!((nothing.windows_nd([1, 1]).len(), nothing.tiles([1, 1]).len()), (0, 0));
}
