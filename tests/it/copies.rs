//! Views that are large enough for code paths that small views never take: strips, four elements at
//! a time.

use crate::naive::Naive;
use crate::support::{Tracked, check};
use growable_nd::{Axis, AxisRange, GrowableNd, View, ViewMut};

/// Every way to iterate over a view or copy it, against a loop over indices.
fn compare(view: View<'_, u32, 2>) {
    let Naive { elements, .. } = Naive::from(view);
    let mut walked = vec![];
    view.iter().for_each(|&element| walked.push(element));
    assert_eq!(walked, elements);
    // The rest after some elements were taken from both ends.
    let mut rest = view.iter();
    let (front, back) = (elements.len() / 3, elements.len() / 5);
    if front > 0 && back > 0 {
        rest.nth(front - 1);
        rest.nth_back(back - 1);
        let sum = rest.fold(0_u64, |sum, &element| sum * 3 % 1_000_003 + u64::from(element));
        let expected = elements[front..elements.len() - back].iter();
        assert_eq!(sum, expected.fold(0_u64, |sum, &element| sum * 3 % 1_000_003 + u64::from(element)));
    }
    assert_eq!(view.to_owned_array().as_slice(), elements);
    let mut array = GrowableNd::new(view.shape());
    array.push_row(view).unwrap();
    array.push_row(view).unwrap();
    assert_eq!([array.row(0), array.row(1)], [&elements[..]; 2]);

    let mut target = vec![u32::MAX; elements.len()];
    ViewMut::from_slice(view.shape(), &mut target).unwrap().assign(&view).unwrap();
    assert_eq!(target, elements);
    // Into a view with gaps and reversed axes.
    let [height, width] = view.shape();
    let mut gaps = vec![u32::MAX; (2 * width + 1) * (3 * height + 2)];
    let target = ViewMut::from_slice([2 * width + 1, 3 * height + 2], &mut gaps).unwrap();
    let mut target = target.slice(((1..).step(2), (2..).step(3))).t().invert_axis(Axis(0));
    target.assign(&view).unwrap();
    assert_eq!(Naive::from(target).elements, elements);
    let untouched = gaps.iter().filter(|&&element| element == u32::MAX).count();
    assert_eq!(untouched, gaps.len() - height * width);

    // Equal lane by lane, and unequal if a single element differs.
    let mut copied = view.to_owned_array();
    assert_eq!(view, copied);
    for at in [0, elements.len() / 2, elements.len().saturating_sub(1)] {
        let Some(element) = copied.as_mut_slice().get_mut(at) else { break };
        *element ^= 1;
        assert_ne!(view, copied);
        assert_ne!(copied.view::<2>().t(), view.t());
        copied.as_mut_slice()[at] ^= 1;
    }

    // The same with elements that need a drop; each is cloned once.
    let texts: Vec<String> = elements.iter().map(u32::to_string).collect();
    let [height, width] = view.shape();
    let texts = View::from_slice([height, width], &texts).unwrap();
    assert!(texts.t().to_owned_array().view().t() == texts);
    let mut target = vec![String::new(); elements.len()];
    ViewMut::from_slice([width, height], &mut target).unwrap().assign(&texts.t()).unwrap();
    assert!(ViewMut::from_slice([width, height], &mut target).unwrap().t() == texts);
}

/// A view of these elements, transposed or reversed as the bits of `turn` tell, with a step on each
/// axis.
pub fn turned<T>(slice: &[T], shape: [usize; 2], turn: u8, step: [usize; 2]) -> View<'_, T, 2> {
    let mut view = View::from_slice(shape, slice).unwrap().slice(((..).step(step[0]), (..).step(step[1])));
    if turn & 1 != 0 {
        view = view.t();
    }
    for axis in 0..2 {
        if turn & (2 << axis) != 0 {
            view = view.invert_axis(Axis(axis));
        }
    }
    view
}

#[test]
fn views_of_any_extents() {
    check(|(extents, turn, step): ([u8; 2], u8, [u8; 2])| {
        let shape = extents.map(|extent| usize::from(extent % 80));
        let elements = Naive::counting(&shape).elements;
        compare(turned(&elements, shape, turn, step.map(|step| usize::from(step % 3) + 1)));
    });
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn views_that_are_higher_than_a_strip_or_lie_page_by_page() {
    for shape in [[1030, 9], [9, 1030], [2050, 11], [16, 1024], [1024, 16], [10, 2048], [8, 8], [33, 1]] {
        let elements = Naive::counting(&shape).elements;
        for turn in 0..8 {
            for step in [[1, 1], [1, 2], [2, 1]] {
                compare(turned(&elements, shape, turn, step));
            }
        }
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn more_axes_in_every_order() {
    // Small elements have wider strips.
    in_every_order(|number| number as u8);
    in_every_order(|number| number);
    in_every_order(u64::from);
    in_every_order(|number| number.to_string());
}

fn in_every_order<T: Clone + PartialEq + std::fmt::Debug>(element: fn(u32) -> T) {
    let orders = (0..256).map(|code| [code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6]);
    let orders = orders.filter(|order| (0..4).all(|axis| order.contains(&axis)));
    for axes in orders {
        // The lanes of the second shape are a page apart: 16 × 4 bytes × 64 elements.
        for shape in [[9, 17, 3, 20], [2, 9, 64, 16]] {
            let model = Naive::counting(&shape);
            let expected: Vec<T> = model.permute(&axes).elements.into_iter().map(element).collect();
            let elements: Vec<T> = model.elements.into_iter().map(element).collect();
            let view = View::from_slice(shape, &elements).unwrap().permute(axes);
            assert_eq!(view.to_owned_array().as_slice(), expected);
            assert!(view.iter().eq(&expected));
            let mut target = vec![elements[0].clone(); expected.len()];
            ViewMut::from_slice(view.shape(), &mut target).unwrap().assign(&view).unwrap();
            assert_eq!(target, expected);
            // Reversed along one axis of the target.
            let mut target = ViewMut::from_slice(view.shape(), &mut target).unwrap().invert_axis(Axis(1));
            target.assign(&view).unwrap();
            assert!(target == view);
        }
    }
}

#[test]
fn each_element_is_cloned_once_and_dropped_once() {
    let before = Tracked::live();
    {
        let array = GrowableNd::from_vec([40], (0..1600).map(Tracked::new).collect()).unwrap();
        let copy = array.view::<2>().t().to_owned_array();
        assert_eq!(Tracked::live() - before, 3200);
        assert!(
            copy.as_slice()
                .iter()
                .enumerate()
                .all(|(at, copied)| copied.value as usize == at % 40 * 40 + at / 40)
        );
        let mut target = array.clone();
        target.view_mut::<2>().assign(&array.view::<2>().t()).unwrap();
        assert_eq!(Tracked::live() - before, 4800);
        assert_eq!(target, copy);
        target.view_mut::<2>().slice((.., (..).step(3))).fill(Tracked::new(7));
        assert_eq!(Tracked::live() - before, 4800);
    }
    assert_eq!(Tracked::live(), before);
}

/// Counts its clones. `D` decides whether it needs a drop.
struct Counted<D>(std::rc::Rc<std::cell::Cell<usize>>, D);

impl<D: Copy> Clone for Counted<D> {
    fn clone(&self) -> Self {
        self.0.set(self.0.get() + 1);
        Counted(self.0.clone(), self.1)
    }
}

#[test]
fn elements_that_need_a_drop_are_cloned_once_however_large_the_view() {
    let count = std::rc::Rc::default();
    let array =
        GrowableNd::from_vec([10], (0..11_000).map(|i| Counted(std::rc::Rc::clone(&count), i)).collect())
            .unwrap();
    let copy = array.view::<2>().t().to_owned_array();
    assert_eq!(count.get(), 11_000);
    assert!(copy.as_slice().iter().enumerate().all(|(at, copied)| copied.1 == at % 1100 * 10 + at / 1100));
}

#[test]
fn gaps_are_left_alone_in_long_lanes() {
    for step in 1..5 {
        let mut numbers: Vec<usize> = (0..5000).collect();
        let mut view = ViewMut::from_slice([5000], &mut numbers).unwrap().slice(((1..).step(step),));
        view.fill(7000);
        view.map_in_place(|x| x + 1);
        assert!((0..5000).all(|i| numbers[i] == if i % step == 1 % step && i > 0 { 7001 } else { i }));
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn rows_and_columns_that_are_broadcast() {
    let numbers: Vec<u32> = (0..1100).collect();
    let row = View::from_slice([1100], &numbers).unwrap();
    for wide in [row.broadcast([9, 1100]).unwrap(), row.broadcast([9, 1100]).unwrap().t()] {
        compare(wide);
        compare(wide.invert_axis(Axis(1)));
    }
    let cube = row.broadcast([3, 10, 1100]).unwrap();
    assert!(cube.to_owned_array().as_slice().chunks(1100).all(|chunk| chunk == numbers));
}

#[test]
fn arrays_views_and_references_to_them_are_assigned() {
    let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    let turned = array.view::<2>().t().to_owned_array();
    let mut writable = array.clone();
    let mut target = GrowableNd::zeros([2, 3]);
    let mut check = |assign: &mut dyn FnMut(&mut ViewMut<'_, i32, 2>)| {
        target.fill(0);
        assign(&mut target.view_mut());
        assert_eq!(target, array);
    };
    check(&mut |target| target.assign(&array).unwrap());
    check(&mut |target| target.assign(array.clone()).unwrap());
    check(&mut |target| target.assign(array.view::<2>()).unwrap());
    check(&mut |target| target.assign(&&array.view::<2>()).unwrap());
    check(&mut |target| target.assign(turned.view::<2>().t()).unwrap());
    check(&mut |target| target.assign(&writable.view_mut::<2>()).unwrap());
    check(&mut |target| target.assign(writable.view_mut::<2>()).unwrap());
    // A shape with one more axis is another shape, even if the extent of that axis is 1.
    let mut view = writable.view_mut::<2>();
    let larger = array.view::<2>().insert_axis(Axis(0));
    assert_eq!(view.assign(larger).unwrap_err().to_string(), "expected shape [2, 3], found [1, 2, 3]");
    assert_eq!(view.assign(&turned).unwrap_err().to_string(), "expected shape [2, 3], found [3, 2]");
    let row = View::from_slice([3], array.row(0)).unwrap();
    assert_eq!(view.assign(row).unwrap_err().to_string(), "expected shape [2, 3], found [3]");
    view.assign(row.broadcast([2, 3]).unwrap()).unwrap();
    assert_eq!(writable, GrowableNd::from([[1, 2, 3], [1, 2, 3]]));
}
