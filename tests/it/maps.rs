//! Maps of elements and of pairs, arrays of known size, and elements that need a drop.

use crate::any::{Any, for_any};
use crate::chains::Chain;
use crate::copies::turned;
use crate::naive::Naive;
use crate::numeric::{backwards, from_backwards};
use crate::support::{
    Tracked, assert_error, check, overflow_message, panic_message, panics, with_panicking_clone,
};
use growable_nd::{Axis, AxisRange, Error, GrowableNd, ShapeError, View, ViewMut};
use std::cell::Cell;

/// Compares maps with the model, in which each element is its position in a slice. The order of the
/// calls is documented only for contiguous elements and for `try_map`.
fn map<const N: usize>(view: View<'_, u32, N>, model: &Naive) {
    let mut came = vec![];
    let boxed = view.map(|x| {
        came.push(*x);
        Box::new(*x)
    });
    // Together with the results below, this shows one call for each element.
    assert_eq!(came.len(), model.elements.len());
    assert!(view.as_slice().is_none() || came == model.elements);
    assert_eq!(boxed.shape(), model.shape);
    assert!(boxed.as_slice().iter().map(|x| &**x).eq(&model.elements));
    came.clear();
    let tried = view.try_map(|x| {
        came.push(*x);
        Ok::<_, Error>(Box::new(*x))
    });
    assert_eq!((tried, &came), (Ok(boxed), &model.elements));

    // With operands of other strides and of another type.
    let others: Vec<char> = ('a'..='z').cycle().take(model.elements.len()).collect();
    let stored = backwards(view.shape(), &others);
    let same = View::from_slice([], &['x']).unwrap().broadcast(view.shape()).unwrap();
    let straight = View::from_slice(view.shape(), &others).unwrap();
    for other in [straight, from_backwards(view.shape(), &stored), same] {
        let mut calls = 0;
        let pairs = view.zip_with(other, |x, y| {
            calls += 1;
            Box::new((*x, *y))
        });
        let pairs = pairs.unwrap();
        assert_eq!((pairs.shape(), calls), (&model.shape[..], model.elements.len()));
        let expected = model.elements.iter().copied().zip(other.iter().copied());
        assert!(pairs.as_slice().iter().map(|pair| **pair).eq(expected));
        let turned = other.zip_with(view, |y, x| Box::new((*x, *y)));
        assert_eq!(turned, Ok(pairs));
    }
}

#[test]
fn views_after_chains_are_mapped() {
    check(|(mut chain, more, times): (Chain, u8, u8)| {
        let slice = Naive::counting(&chain.shape).elements;
        let map = |any, model: &Naive| match any {
            Any::Of0(_) => {}
            Any::Of1(view) => map(view, model),
            Any::Of2(view) => map(view, model),
            Any::Of3(view) => map(view, model),
            Any::Of4(view) => map(view, model),
        };
        let (any, model) = chain.view(&slice);
        map(any, &model);
        chain.ops.truncate(4);
        let (any, model) = chain.view(&slice);
        let (any, model) = any.broadcast(&model, more, times);
        map(any, &model);
    });
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn long_lanes_are_mapped() {
    for shape in [
        [1, 31],
        [2, 32],
        [3, 33],
        [40, 37],
        [1030, 9],
        [5, 1025],
        [129, 64],
        [8, 1024],
        [35, 1024],
        [600, 33],
    ] {
        let slice = Naive::counting(&shape).elements;
        for turn in 0..8 {
            for step in [[1, 1], [1, 2], [2, 1], [3, 3]] {
                let view = turned(&slice, shape, turn, step);
                map(view, &view.into());
            }
        }
    }
}

/// Pairs of a position and its new element. `map_in_place` replaces the elements in memory order.
fn replace<const N: usize>(mut view: ViewMut<'_, u32, N>, how: u8, model: &Naive) -> Vec<(u32, u32)> {
    let others: Vec<u64> = (1000..).take(model.elements.len()).collect();
    let stored = backwards(view.shape(), &others);
    let gaps: Vec<u64> = others.iter().flat_map(|&other| [other, 0]).collect();
    let straight = View::from_slice(view.shape(), &others).unwrap();
    let other = match how % 4 {
        0 => straight,
        1 => from_backwards(view.shape(), &stored),
        2 => View::from_strided(view.shape(), straight.strides().map(|stride| 2 * stride), 0, &gaps).unwrap(),
        _ => View::from_slice([], &[9]).unwrap().broadcast(view.shape()).unwrap(),
    };
    let mut came = vec![];
    let mut sum = |x: &u32, y: &u64| {
        came.push(*x);
        x + *y as u32
    };
    let expected = match how / 4 % 4 {
        0 => {
            view.map_in_place(|x| sum(x, &7));
            model.elements.iter().map(|&place| (place, place + 7)).collect()
        }
        _ => {
            view.zip_with_in_place(&other, sum).unwrap();
            let pairs = model.elements.iter().zip(other.iter());
            pairs.map(|(&place, &y)| (place, place + y as u32)).collect()
        }
    };
    assert!(came.is_sorted() || how / 4 % 4 != 0);
    assert_eq!(came.len(), model.elements.len());
    expected
}

#[test]
fn elements_of_views_after_chains_are_replaced_and_no_others() {
    check(|(chain, how): (Chain, u8)| {
        let mut slice = Naive::counting(&chain.shape).elements;
        let mut expected = slice.clone();
        let (any, model) = chain.view_mut(&mut slice);
        let replaced = for_any!(any, view => replace(view, how, &model));
        replaced.into_iter().for_each(|(place, new)| expected[usize::try_from(place).unwrap()] = new);
        assert_eq!(slice, expected);
    });
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn long_lanes_are_replaced() {
    for shape in [[3, 33], [40, 37], [1030, 9], [5, 1025], [70, 2], [3, 70], [60, 8]] {
        let model = Naive::counting(&shape);
        for how in 0..8 {
            for step in [1, 2] {
                let mut slice = model.elements.clone();
                let mut expected = slice.clone();
                let view = ViewMut::from_slice(shape, &mut slice).unwrap();
                let view = view.slice((.., (..).step(step))).t().invert_axis(Axis(0));
                let pick: Vec<usize> = (0..shape[1]).step_by(step).collect();
                let replaced = replace(view, how, &model.pick(1, &pick).permute(&[1, 0]).invert(0));
                replaced.into_iter().for_each(|(place, new)| expected[usize::try_from(place).unwrap()] = new);
                assert_eq!(slice, expected);
            }
        }
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn more_axes_are_mapped_and_replaced_in_every_order() {
    let orders = (0..64).map(|code| [code & 3, code >> 2 & 3, code >> 4]);
    for axes in orders.filter(|order| (0..3).all(|axis| order.contains(&axis))) {
        // Few elements, short lanes, and lanes a page apart or on many cache lines.
        for shape in [[3, 4, 2], [33, 3, 40], [2, 40, 33], [16, 9, 128], [40, 20, 35]] {
            let slice = Naive::counting(&shape).elements;
            let view = View::from_slice(shape, &slice).unwrap().permute(axes);
            for inverted in 0..3 {
                let view = view.invert_axis(Axis(inverted));
                map(view, &view.into());
            }
            let model: Naive = view.into();
            for how in 0..8 {
                let mut slice = slice.clone();
                let mut expected = slice.clone();
                let replaced =
                    replace(ViewMut::from_slice(shape, &mut slice).unwrap().permute(axes), how, &model);
                replaced.into_iter().for_each(|(place, new)| expected[usize::try_from(place).unwrap()] = new);
                assert_eq!(slice, expected);
            }
        }
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn elements_of_any_size_that_are_no_clones_are_mapped_across_memory() {
    struct Plain(usize);
    let plain: Vec<Plain> = (0..40 * 512).map(Plain).collect();
    let turned = View::from_slice([40, 512], &plain).unwrap().t();
    let numbers = turned.map(|x| x.0);
    assert!(numbers.as_slice().iter().enumerate().all(|(at, &x)| x == at % 40 * 512 + at / 40));
    let bytes = turned.zip_with(&turned, |x, y| (x.0 + y.0) as u8).unwrap();
    assert!(bytes.as_slice().iter().zip(numbers.as_slice()).all(|(&byte, x)| byte == (2 * x) as u8));
    let mut calls = 0;
    let units = turned.map(|_| calls += 1);
    assert_eq!((units.shape(), units.as_slice().len()), (&[512, 40][..], calls));
    let boxes = units.view::<2>().t().map(|()| [1.0; 3]);
    assert!(boxes.as_slice().iter().all(|x| *x == [1.0; 3]));
}

#[test]
fn arrays_of_one_to_eight_axes_are_mapped() {
    check(|(extents, rank): ([u8; 8], u8)| {
        let extents = extents.map(|extent| [2, 1, 3, 2, 1, 3, 0, 2][usize::from(extent % 8)]);
        let shape = &extents[..usize::from(rank % 8) + 1];
        let mut next = 0..;
        let mut numbers = GrowableNd::full(shape, 0_u32);
        numbers.map_in_place(|_| next.next().unwrap());
        let counting: Vec<u32> = (0..).take(shape.iter().product()).collect();
        assert_eq!((numbers.shape(), numbers.as_slice()), (shape, &counting[..]));

        let mut came = vec![];
        let texts = numbers.map(|x| {
            came.push(*x);
            x.to_string()
        });
        assert_eq!((texts.shape(), &came), (shape, &counting));
        assert!(texts.as_slice().iter().eq(&counting.iter().map(u32::to_string).collect::<Vec<_>>()));
        assert_eq!(numbers.try_map(|x| Ok::<_, Error>(x.to_string())), Ok(texts.clone()));

        let pairs = numbers.zip_with(&texts, |x, text| format!("{x}{text}")).unwrap();
        assert_eq!(pairs, texts.map(|text| format!("{text}{text}")));
        numbers.zip_with_in_place(&texts, |x, text| x + text.parse::<u32>().unwrap()).unwrap();
        assert!(numbers.as_slice().iter().eq(&counting.iter().map(|x| 2 * x).collect::<Vec<_>>()));
        numbers.fill(5);
        assert_eq!(numbers, GrowableNd::full(shape, 5));
        // A mapped array grows as any other.
        let mut mapped = numbers.map(|x| x + 1);
        mapped.push_row(vec![0; mapped.row_len()]).unwrap();
        assert_eq!(mapped.rows(), shape[0] + 1);
    });
}

#[test]
fn pairs_of_what_has_another_shape() {
    let (wide, high) = (GrowableNd::full([2, 3], 1), GrowableNd::full([3, 2], 'x'));
    let (says, apart) = ("expected shape [2, 3], found [3, 2]", "shapes [2, 3] and [3, 2] do not broadcast");
    let unreachable = |_: &i32, _: &char| -> i32 { unreachable!("there are no pairs") };
    let refused = wide.view::<2>().zip_with(&high.view::<2>(), unreachable);
    assert_error!(refused, Error::Shape(ShapeError::Broadcast { .. }), apart);
    let refused = wide.zip_with(&high, unreachable);
    assert_error!(refused, Error::Shape(ShapeError::Broadcast { .. }), apart);
    let mut target = wide.clone();
    let refused = target.view_mut::<2>().zip_with_in_place(&high.view::<2>(), unreachable);
    assert_error!(refused, ShapeError::Mismatch { .. }, says);
    let refused = target.zip_with_in_place(&high, unreachable);
    assert_error!(refused, ShapeError::Mismatch { .. }, says);
    let flat = GrowableNd::full([6], 'x');
    let (says, apart) = ("expected shape [2, 3], found [6]", "shapes [2, 3] and [6] do not broadcast");
    let refused = wide.zip_with(&flat, unreachable);
    assert_error!(refused, Error::Shape(ShapeError::Broadcast { .. }), apart);
    let refused = target.zip_with_in_place(&flat, unreachable);
    assert_error!(refused, ShapeError::Mismatch { .. }, says);
    assert_eq!(target, wide);
}

#[test]
fn maps_that_no_block_can_hold() {
    let many = View::from_slice([], &[1_u16]).unwrap().broadcast([1 << (usize::BITS - 2)]).unwrap();
    assert!(matches!(many.try_map(|&x| Ok::<_, Error>(u32::from(x))), Err(Error::Reserve(_))));
    assert!(matches!(many.zip_with(many, |&x, _| u32::from(x)), Err(Error::Reserve(_))));
    assert!(matches!(many.try_cumulative_sum(Axis(0)), Err(Error::Reserve(_))));
    assert!(panic_message(|| drop(many.map(|&x| u32::from(x)))).starts_with("capacity overflow: "));
}

#[test]
fn arrays_of_known_size() {
    for shape in
        [&[3][..], &[2, 3], &[1, 1, 1, 1, 1, 1, 1, 1], &[2, 3, 1, 2], &[0], &[0, 4], &[4, 0], &[2, 0, 3]]
    {
        let len = shape.iter().product();
        let zeros = GrowableNd::<i64>::zeros(shape);
        assert_eq!((zeros.shape(), zeros.as_slice()), (shape, &vec![0; len][..]));
        let ones = GrowableNd::<f32>::ones(shape);
        assert_eq!((ones.shape(), ones.as_slice()), (shape, &vec![1.0; len][..]));
        let full = GrowableNd::full(shape, "x".to_string());
        assert_eq!(
            (full.shape(), full.as_slice()),
            (shape, &vec!["x"; len].into_iter().map(String::from).collect::<Vec<_>>()[..])
        );
        // The block of a new array is not a growth.
        assert_eq!([zeros.growth_stats(), full.growth_stats()], [Default::default(); 2]);
        if len > 0 {
            assert_eq!((zeros.capacity(), full.capacity()), (shape[0], shape[0]));
        }
    }
    let mut came = vec![];
    let numbers = GrowableNd::from_fn([2, 0, 3], |index| came.push(index));
    assert_eq!((numbers.shape(), &came), (&[2, 0, 3][..], &vec![]));
    let numbers = GrowableNd::from_fn([2, 3, 2], |index| {
        came.push(index);
        came.len()
    });
    assert_eq!((numbers.shape(), numbers.as_slice()), (&[2, 3, 2][..], &(1..=12).collect::<Vec<_>>()[..]));
    assert!(came.iter().map(|index| index.to_vec()).eq(crate::naive::indices(&[2, 3, 2])));
    assert_eq!(GrowableNd::from_fn([3], |[i]| i).as_slice(), [0, 1, 2]);
    assert_eq!(GrowableNd::from_fn([1; 8], |index| index).as_slice(), [[0; 8]]);
}

#[test]
fn shapes_that_no_array_has() {
    let no_axes = "expected at least 1 axis (that of the rows), found none";
    assert_eq!(panic_message(|| drop(GrowableNd::<u8>::zeros([]))), no_axes);
    assert_eq!(panic_message(|| drop(GrowableNd::<u8>::ones([]))), no_axes);
    assert_eq!(panic_message(|| drop(GrowableNd::full([], 'x'))), no_axes);
    assert_eq!(panic_message(|| drop(GrowableNd::from_fn([], |[]| 'x'))), no_axes);
    let many = "expected at most 8 axes (rows included), found 9";
    assert_eq!(panic_message(|| drop(GrowableNd::<u8>::zeros([1; 9]))), many);
    assert_eq!(panic_message(|| drop(GrowableNd::<u8>::ones([1; 9]))), many);
    assert_eq!(panic_message(|| drop(GrowableNd::full([0; 9], 'x'))), many);
    assert_eq!(panic_message(|| drop(GrowableNd::from_fn([1; 9], |_| 'x'))), many);
    let [half, max] = [1 << (usize::BITS / 2), usize::MAX];
    let rows =
        |rows: usize, len: usize| format!("capacity overflow: {rows} rows of {len} elements of 8 bytes");
    for (shape, says) in [
        ([1, half, half], overflow_message(&[half, half])),
        ([0, half, half], overflow_message(&[half, half])),
        ([0, max, 0], overflow_message(&[max, 0])),
        ([max, 1, 1], rows(max, 1)),
        ([half, half, 2], rows(half, 2 * half)),
        ([half, half, 0], rows(half, 0)),
        ([max, 0, 2], rows(max, 0)),
        ([max / 16 + 1, 1, 1], rows(max / 16 + 1, 1)),
    ] {
        assert_eq!(panic_message(|| drop(GrowableNd::<u64>::zeros(shape))), says);
        assert_eq!(panic_message(|| drop(GrowableNd::<u64>::ones(shape))), says);
        assert_eq!(panic_message(|| drop(GrowableNd::full(shape, 7_u64))), says);
        let never = |_| -> u64 { unreachable!("there is no such array") };
        assert_eq!(panic_message(|| drop(GrowableNd::from_fn(shape, never))), says);
    }
}

/// Panics at each call of `f` in turn, until `work` succeeds. After each panic `whole` checks the
/// state, and nothing is leaked. Returns the number of calls.
fn at_every_call<S>(make: impl Fn() -> S, work: impl Fn(&mut S, &dyn Fn()), whole: impl Fn(&S)) -> usize {
    until_it_gets_through(make, whole, |calls, state| {
        let left = Cell::new(calls);
        panics(|| {
            work(state, &|| {
                assert!(left.get() > 0, "told to");
                left.set(left.get() - 1);
            });
        })
    })
}

/// As `at_every_call`, at every clone.
fn at_every_clone<S>(make: impl Fn() -> S, work: impl Fn(&mut S), whole: impl Fn(&S)) -> usize {
    until_it_gets_through(make, whole, |clones, state| with_panicking_clone(clones, || work(state)))
}

#[track_caller]
fn until_it_gets_through<S>(
    make: impl Fn() -> S,
    whole: impl Fn(&S),
    panicked: impl Fn(usize, &mut S) -> bool,
) -> usize {
    for calls in 0..10_000 {
        let live = Tracked::live();
        let mut state = make();
        let panicked = panicked(calls, &mut state);
        whole(&state);
        drop(state);
        assert_eq!(Tracked::live(), live);
        if !panicked {
            return calls;
        }
    }
    panic!("it panics for another reason");
}

fn tracked(shape: [usize; 2]) -> GrowableNd<Tracked> {
    let mut next = 0..;
    GrowableNd::from_fn(shape, |_| Tracked::new(next.next().unwrap()))
}

/// All elements are the original ones, in their places.
fn untouched(array: &GrowableNd<Tracked>) {
    assert!(array.as_slice().iter().map(|element| element.value).eq(0..12));
}

/// Some elements were replaced by larger ones.
fn some_replaced(array: &GrowableNd<Tracked>) {
    assert_eq!(array.as_slice().len(), 12);
    assert!(
        array
            .as_slice()
            .iter()
            .zip(0..)
            .all(|(element, at)| element.value == at || element.value == at + 100)
    );
}

#[test]
fn functions_that_panic_leave_everything_whole() {
    let twelve = || tracked([4, 3]);
    let new = |x: &Tracked, call: &dyn Fn()| {
        call();
        Tracked::new(x.value + 100)
    };
    type Work<'a> = &'a dyn Fn(&mut GrowableNd<Tracked>, &dyn Fn());
    let read: [Work<'_>; 11] = [
        &|array, call| drop(array.map(|x| new(x, call))),
        &|array, call| drop(array.view::<2>().t().map(|x| new(x, call))),
        &|array, call| {
            drop(array.view::<2>().slice((.., 1..)).try_map(|x| Ok::<_, Error>(new(x, call))));
        },
        &|array, call| drop(array.zip_with(&*array, |x, _| new(x, call))),
        &|array, call| drop(array.view::<2>().t().zip_with(array.view::<2>().t(), |_, x| new(x, call))),
        &|array, call| drop(array.fold_axis(Axis(0), Tracked::new(0), |_, x| new(x, call))),
        &|array, call| drop(array.fold_axis(Axis(1), Tracked::new(0), |_, x| new(x, call))),
        &|array, call| drop(array.view::<2>().t().fold_axis(Axis(0), None, |_, x| Some(new(x, call)))),
        &|array, call| drop(array.sum_of(|x| new(x, call))),
        &|array, call| drop(array.view::<2>().t().sum_of(|x| new(x, call))),
        &|array, call| {
            drop(GrowableNd::from_fn([3, 4], |[i, j]| new(&array[[j, i]], call)));
        },
    ];
    let calls = read.map(|work| at_every_call(twelve, work, untouched));
    assert_eq!(calls, [12, 12, 8, 12, 12, 12, 12, 12, 12, 12, 12]);
    let write: [Work<'_>; 6] = [
        &|array, call| array.map_in_place(|x| new(x, call)),
        &|array, call| array.view_mut::<2>().t().map_in_place(|x| new(x, call)),
        &|array, call| array.view_mut::<2>().slice((.., (..).step(2))).map_in_place(|x| new(x, call)),
        &|array, call| array.zip_with_in_place(&array.clone(), |x, _| new(x, call)).unwrap(),
        &|array, call| {
            let other = array.view::<2>().t().to_owned_array();
            array.view_mut::<2>().zip_with_in_place(&other.view::<2>().t(), |x, _| new(x, call)).unwrap();
        },
        &|array, call| {
            let other = array.clone();
            array.view_mut::<2>().t().zip_with_in_place(&other.view::<2>().t(), |_, x| new(x, call)).unwrap();
        },
    ];
    assert_eq!(write.map(|work| at_every_call(twelve, work, some_replaced)), [12, 12, 8, 12, 12, 12]);
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn functions_that_panic_in_a_strip_leak_nothing() {
    let array = tracked([601, 9]);
    let (across, live) = (array.view::<2>().t(), Tracked::live());
    for last in [0, 1, 3, 4, 15, 16, 35, 36, 37, 5399, 5400, 5408, 5409] {
        let left = Cell::new(last);
        let new = |x: &Tracked| {
            assert!(left.get() > 0, "told to");
            left.set(left.get() - 1);
            Tracked::new(x.value)
        };
        assert_eq!(panics(|| drop(across.map(new))), last < 5409);
        assert_eq!(Tracked::live(), live);
        left.set(last);
        assert_eq!(panics(|| drop(across.zip_with(across, |x, _| new(x)).unwrap())), last < 5409);
        assert_eq!(Tracked::live(), live);
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn strips_of_any_height_and_length_are_mapped_in_every_direction() {
    // Lanes a page, half a page or a quarter of a page apart, and many lanes.
    let shapes = [[9, 1024], [16, 1024], [33, 512], [66, 256], [130, 130], [601, 4], [602, 5], [603, 35]];
    for shape in shapes {
        let elements = Naive::counting(&shape).elements;
        let wide: Vec<u64> = elements.iter().map(|&x| u64::from(x)).collect();
        let bytes: Vec<u8> = elements.iter().map(|&x| (x % 251) as u8).collect();
        for turn in 0..8 {
            let view = turned(&elements, shape, turn, [1, 1]);
            let expected = Naive::from(view).elements;
            assert!(
                view.map(|&x| u64::from(x) + 1)
                    .as_slice()
                    .iter()
                    .zip(&expected)
                    .all(|(&x, &y)| x == u64::from(y) + 1)
            );
            assert!(turned(&wide, shape, turn, [1, 1]).map(|&x| x as u32).as_slice() == expected);
            assert_eq!(view.to_owned_array().as_slice(), expected);
            let remainders = turned(&bytes, shape, turn, [1, 1]).to_owned_array();
            assert!(remainders.as_slice().iter().zip(&expected).all(|(&x, &y)| x == (y % 251) as u8));
            for other in [turn, turn ^ 2, turn ^ 4] {
                let other = turned(&wide, shape, other, [1, 1]);
                let sums = view.zip_with(other, |&x, &y| u64::from(x) + y).unwrap();
                let others = other.iter().zip(&expected).map(|(&y, &x)| u64::from(x) + y);
                assert!(others.eq(sums.as_slice().iter().copied()));
            }
        }
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn clones_that_panic_leave_everything_whole() {
    let twelve = || tracked([4, 3]);
    type Work = fn(&mut GrowableNd<Tracked>);
    let works: [Work; 12] = [
        |array| drop(array.sum()),
        |array| drop(array.view::<2>().t().sum()),
        |array| drop(array.min()),
        |array| drop(array.view::<2>().slice((.., 1..)).max()),
        |array| drop(array.sum_axis(Axis(0))),
        |array| drop(array.sum_axis(Axis(1))),
        |array| drop(array.min_axis(Axis(0))),
        |array| drop(array.max_axis(Axis(1))),
        |array| drop(array.dot_axis(&*array, Axis(0))),
        |array| drop(array.cumulative_sum(Axis(1))),
        |array| drop(array.fold_axis(Axis(0), Tracked::new(0), |sum, _| sum.clone())),
        |_| drop(GrowableNd::full([4, 3], Tracked::new(1))),
    ];
    for work in works {
        assert!(at_every_clone(twelve, work, untouched) > 2);
    }
    let filled = |array: &GrowableNd<Tracked>| {
        assert!(
            array.as_slice().iter().zip(0..).all(|(element, at)| element.value == at || element.value == 7)
        );
    };
    assert!(at_every_clone(twelve, |array| array.fill(Tracked::new(7)), filled) > 2);
    // More slabs than are combined at once have intermediate results.
    let high = || GrowableNd::full([67, 3], Tracked::new(2));
    let twos =
        |array: &GrowableNd<Tracked>| assert!(array.as_slice().iter().all(|element| element.value == 2));
    let all = |sums: GrowableNd<Tracked>| {
        assert!(sums.as_slice().iter().all(|sum| sum.value == 134));
    };
    at_every_clone(high, |array| all(array.sum_axis(Axis(0))), twos);
    at_every_clone(high, |array| all(array.view::<2>().t().sum_axis(Axis(1))), twos);
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn what_is_made_is_dropped_once() {
    let live = Tracked::live();
    {
        let array = tracked([70, 40]);
        assert_eq!(Tracked::live() - live, 2800);
        let twice = array.map(|x| Tracked::new(2 * x.value));
        let turned = array.view::<2>().t().map(|x| Tracked::new(3 * x.value));
        assert_eq!(Tracked::live() - live, 3 * 2800);
        let sums = turned
            .view::<2>()
            .t()
            .zip_with(&twice.view::<2>(), |x, y| Tracked::new(x.value + y.value))
            .unwrap();
        assert_eq!(Tracked::live() - live, 4 * 2800);
        assert!(sums.as_slice().iter().zip(0..).all(|(sum, at)| sum.value == 5 * at));
        drop((sums, turned, twice));
        let expected: u32 = (0..2800).sum();
        assert_eq!(array.sum().value, expected);
        for axis in [Axis(0), Axis(1)] {
            assert_eq!(array.sum_axis(axis).sum().value, expected);
            assert_eq!(array.view::<2>().t().sum_axis(axis).sum().value, expected);
            drop(array.argmax_axis(axis));
            assert_eq!(array.max_axis(axis).max().unwrap().value, 2799);
            assert_eq!(array.fold_axis(axis, 0, |sum, x| sum + x.value).sum(), expected);
            assert_eq!(
                array.cumulative_sum(axis).max().unwrap().value,
                array.sum_axis(axis).max().unwrap().value
            );
        }
        assert_eq!(Tracked::live() - live, 2800);
        let mut array = array;
        array.map_in_place(|x| Tracked::new(x.value + 1));
        array.fill(Tracked::new(1));
        assert_eq!(Tracked::live() - live, 2800);
        assert_eq!(array.sum().value, 2800);
    }
    assert_eq!(Tracked::live(), live);
}
