use growable_nd::*;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash, Hasher};

/// A hasher that also hashes the length of each write.
#[derive(Default)]
struct Boundaries(DefaultHasher);

impl Hasher for Boundaries {
    fn write(&mut self, bytes: &[u8]) {
        self.0.write_usize(bytes.len());
        self.0.write(bytes);
    }

    fn finish(&self) -> u64 {
        self.0.finish()
    }
}

fn hash(value: &impl Hash) -> (u64, u64) {
    let plain = BuildHasherDefault::<DefaultHasher>::default().hash_one(value);
    (plain, BuildHasherDefault::<Boundaries>::default().hash_one(value))
}

/// Asserts that both hashers tell the values apart.
#[track_caller]
fn assert_hashes_differ(left: &impl Hash, right: &impl Hash) {
    let (left, right) = (hash(left), hash(right));
    assert!(left.0 != right.0 && left.1 != right.1, "{left:?} and {right:?}");
}

#[test]
fn equality_and_hash_see_shape_and_values_only() {
    let array = GrowableNd::from([[1_u8, 2, 3], [4, 5, 6]]);
    let mut grown = GrowableNd::with_growth([3], Growth::EXACT.with_first(100));
    grown.push_row([1, 2, 3]).unwrap();
    grown.push_row([4, 5, 6]).unwrap();
    assert_ne!(array.capacity(), grown.capacity());
    assert_eq!(array, grown);
    assert_eq!(hash(&array), hash(&grown));

    let other_shape = GrowableNd::from([[1_u8, 2], [3, 4], [5, 6]]);
    assert_ne!(array, other_shape);
    assert_hashes_differ(&array, &other_shape);
    let other_rank = GrowableNd::from([[[1_u8, 2, 3]], [[4, 5, 6]]]);
    assert_ne!(array, other_rank);
    assert_hashes_differ(&array, &other_rank);
    let other_value = GrowableNd::from([[1_u8, 2, 3], [4, 5, 7]]);
    assert_ne!(array, other_value);
    let mut none = GrowableNd::<u8>::new([0]);
    assert_ne!(none, GrowableNd::new([1]));
    let empty = none.clone();
    none.resize(2, 0);
    assert_ne!(none, empty);
    assert_hashes_differ(&none, &empty);
}

#[test]
fn arrays_of_comparable_elements_are_comparable() {
    assert_eq!(
        GrowableNd::from_vec([], vec![String::from("a")]).unwrap(),
        GrowableNd::from_vec([], vec!["a"]).unwrap()
    );
    assert_ne!(GrowableNd::from([[f64::NAN]]), GrowableNd::from([[f64::NAN]]));
}

/// A single difference at any place, in every layout of either side.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn one_difference_is_found_wherever_it_is() {
    fn check<T: Clone + PartialEq + std::fmt::Debug>(equal: &T, other: &T) {
        for len in [1, 3, 4, 5, 9, 15, 16, 17, 35] {
            for place in 0..=len {
                let mut elements = vec![equal.clone(); len];
                if place < len {
                    elements[place] = other.clone();
                }
                let layouts = [
                    GrowableNd::from_vec([1], elements.clone()).unwrap(),
                    GrowableNd::from_vec(
                        [2],
                        elements.iter().flat_map(|x| [x.clone(), other.clone()]).collect(),
                    )
                    .unwrap(),
                    GrowableNd::from_vec([1], elements.iter().rev().cloned().collect()).unwrap(),
                ];
                let [line, wide, backwards] = layouts.each_ref().map(|array| array.view::<2>());
                let views = [line, wide.slice((.., ..1)), backwards.invert_axis(Axis(0))];
                let expected = GrowableNd::full([len, 1], equal.clone());
                for view in views {
                    assert!(views.iter().all(|other| *other == view && other.t() == view.t()));
                    assert_eq!(view == expected, place == len);
                    assert_eq!(expected == view, place == len);
                    assert_eq!(view == expected.view::<2>(), place == len);
                    assert_eq!(view.t() == expected.view::<2>().t(), place == len);
                    let twice = [len, 2];
                    let wide =
                        view.broadcast(twice).unwrap() == expected.view::<2>().broadcast(twice).unwrap();
                    assert_eq!(wide, place == len);
                }
            }
        }
    }
    check(&1.5_f64, &2.5);
    check(&1_u8, &2);
    check(&1_i32, &2);
    check(&"one".to_owned(), &"two".to_owned());
}

#[test]
fn views_are_equal_and_have_one_hash_whatever_their_strides() {
    let array = GrowableNd::from([[1_u8, 2, 3], [4, 5, 6]]);
    let transposed = GrowableNd::from([[1_u8, 4], [2, 5], [3, 6]]);
    let view = transposed.view::<2>().t();
    assert_ne!(view.strides(), array.view::<2>().strides());
    assert_eq!(view, array.view());
    assert_eq!((view, array.view()), (array.view(), view));
    assert_eq!(view, array);
    assert_eq!(array, view);
    assert_eq!(hash(&view), hash(&array));
    assert_eq!(hash(&view), hash(&array.view::<2>()));
    let backwards = array.view::<2>().invert_axis(Axis(1)).to_owned_array();
    assert_eq!(hash(&backwards.view::<2>().invert_axis(Axis(1))), hash(&array));
    let mut copy = array.clone();
    assert!(copy.view_mut::<2>() == array && copy.view_mut() == view);
    assert_eq!(hash(&copy.view_mut::<2>()), hash(&array));

    assert_ne!(array.view::<2>(), transposed);
    assert_hashes_differ(&array.view::<2>(), &array.view::<2>().t());
    assert_hashes_differ(&array.view::<2>(), &array.view::<2>().reshape([3, 2]).unwrap());
    let other = GrowableNd::from([[1_u8, 2, 3], [4, 5, 7]]);
    assert_ne!(array.view::<2>(), other);
    let none = GrowableNd::<u8>::new([3]);
    assert_eq!(none.view::<2>(), array.view().slice((..0, ..)));
    assert_ne!(none.view::<2>(), array.view().slice((.., ..0)));
    assert_ne!(GrowableNd::from([[f64::NAN]]).view::<2>(), GrowableNd::from([[f64::NAN]]).view());
}

#[test]
fn a_clone_has_the_rule_but_neither_slack_nor_history() {
    let mut array = GrowableNd::with_growth([2], Growth::THREE_HALVES.with_first(10));
    array.push_row([1, 2]).unwrap();
    let clone = array.clone();
    assert_eq!(clone, array);
    assert_eq!(clone.growth(), array.growth());
    assert_eq!((clone.capacity(), clone.growth_stats()), (1, GrowthStats::default()));
}

#[test]
fn clone_from_reuses_the_block() {
    let mut array = GrowableNd::with_capacity([4, 4], 100);
    array.push_row([[0; 4]; 4]).unwrap();
    let address = array.as_slice().as_ptr();
    let source = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    array.clone_from(&source);
    assert_eq!(array, source);
    assert_eq!(array.as_slice().as_ptr(), address);
    assert_eq!(array.capacity(), 100 * 16 / 3);
    // A smaller block is replaced. The counters start anew in both cases, as for a clone.
    let mut small = GrowableNd::from([[0]]);
    small.reserve(1);
    small.clone_from(&source);
    assert_eq!((small.capacity(), small.growth_stats()), (2, GrowthStats::default()));
    assert_eq!(small.inner_shape(), [3]);
    let mut emptied = source.clone();
    emptied.clone_from(&GrowableNd::with_growth([0], Growth::EXACT));
    assert_eq!((emptied.shape(), emptied.growth()), (&[0, 0][..], Growth::EXACT));
}

#[test]
fn conversions() {
    let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    array.as_mut()[0] = 9;
    let slice: &[i32] = array.as_ref();
    assert_eq!(slice, [9, 2, 3, 4]);
    assert_eq!(Vec::from(array), [9, 2, 3, 4]);
}

#[test]
fn automatic_traits() {
    fn all<T: Send + Sync + Unpin + std::panic::UnwindSafe + std::panic::RefUnwindSafe>() {}
    all::<GrowableNd<f64>>();
    all::<Growth>();
    all::<GrowthStats>();
    all::<Rows<'_, f64>>();
    all::<IntoRows<f64>>();
    all::<View<'_, f64, 2>>();
    all::<Iter<'_, f64, 2>>();
    all::<IndexedIter<'_, f64, 2>>();
    all::<AxisIter<'_, f64, 2>>();
    all::<Chunks<'_, f64, 2>>();
    fn send_and_sync<T: Send + Sync>() {}
    send_and_sync::<RowsMut<'_, f64>>();
    send_and_sync::<DrainRows<'_, f64>>();
    send_and_sync::<RowWriter<'_, f64>>();
    send_and_sync::<ViewMut<'_, f64, 2>>();
    send_and_sync::<AxisIterMut<'_, f64, 2>>();
    fn copy<T: Copy>() {}
    copy::<View<'_, String, 2>>();
    fn errors<T: std::error::Error + Send + Sync + Clone + PartialEq + 'static>() {}
    errors::<Error>();
    errors::<ShapeError>();
    errors::<GrowthError>();
    errors::<ReserveError>();
    errors::<RowError>();
    errors::<ViewError>();
    errors::<ResultsError<std::fmt::Error>>();
}

/// Compiles only if the array and its iterators are covariant.
#[test]
fn longer_lifetimes_serve_for_shorter() {
    fn shorten<'a>(array: GrowableNd<&'static str>, _: &'a str) -> GrowableNd<&'a str> {
        array
    }
    fn shorten_rows<'a>(rows: Rows<'static, &'static str>, _: &'a str) -> Rows<'a, &'a str> {
        rows
    }
    fn shorten_view<'a>(view: View<'static, &'static str, 2>, _: &'a str) -> View<'a, &'a str, 2> {
        view
    }
    fn shorten_elements<'a>(elements: Iter<'static, &'static str, 2>, _: &'a str) -> Iter<'a, &'a str, 2> {
        elements
    }
    fn shorten_lanes<'a>(lanes: Lanes<'static, &'static str, 2>, _: &'a str) -> Lanes<'a, &'a str, 2> {
        lanes
    }
    let local = String::from("b");
    let mut array = shorten(GrowableNd::from_vec([], vec!["a"]).unwrap(), &local);
    array.push_row(vec![&local[..]]).unwrap();
    assert_eq!(array.as_slice(), ["a", "b"]);
    let _ = (shorten_rows, shorten_view, shorten_elements, shorten_lanes);
}

/// Compiles only if parts of a view live as long as the underlying slice.
#[test]
fn parts_of_a_view_outlive_it() {
    fn corner<'a>(slice: &'a [i32]) -> (&'a i32, View<'a, i32, 1>, &'a [i32]) {
        let view = View::from_slice([2, 2], slice).unwrap();
        let row = view.iter_rows().next_back().unwrap();
        (view.iter().next().unwrap(), row.slice((1..,)), row.as_slice().unwrap())
    }
    fn halves(view: ViewMut<'_, i32, 2>) -> (ViewMut<'_, i32, 1>, ViewMut<'_, i32, 1>) {
        let (upper, lower) = view.try_split_at_mut(Axis(0), 1).unwrap();
        (upper.index_axis(Axis(0), 0), lower.index_axis(Axis(0), 0))
    }
    let mut numbers = [1, 2, 3, 4];
    let (first, last, row) = corner(&numbers);
    assert_eq!((first, last[[0]], row), (&1, 4, &[3, 4][..]));
    let (mut upper, lower) = halves(ViewMut::from_slice([2, 2], &mut numbers).unwrap());
    upper.assign(&lower).unwrap();
    assert_eq!(numbers, [3, 4, 3, 4]);
}
