use growable_nd::*;

/// Compiles only if the element type is inferred from the argument alone.
#[test]
fn the_type_of_the_elements_is_inferred() {
    assert_eq!(GrowableNd::from([[1, 2], [3, 4]]).shape(), [2, 2]);
    assert_eq!(GrowableNd::from(vec![[1, 2], [3, 4]]).shape(), [2, 2]);
    assert_eq!(GrowableNd::from(vec![1.5, 2.5]).sum(), 4.0);
    assert_eq!(GrowableNd::from(&[1_u8, 2, 3][1..]).as_slice(), [2, 3]);
    assert_eq!(GrowableNd::try_from(vec![vec![1, 2]]).unwrap().shape(), [1, 2]);
    let array: GrowableNd<f32> = vec![[[1.0, 2.0]; 3]; 2].into();
    assert_eq!(array.shape(), [2, 3, 2]);
    let view = array.view();
    assert!(view == [[[1.0, 2.0]; 3]; 2]);
    assert_eq!(GrowableNd::from(vec!["a", "b"]), ["a", "b"]);
    assert_eq!(GrowableNd::from(vec!["a".to_owned()]), ["a".to_owned()]);
    assert_eq!(GrowableNd::from(vec!["a".to_owned()]).view(), ["a"]);
    assert_eq!(GrowableNd::from([[1_u8, 2], [3, 4]]), [[1, 2], [3, 4]]);
    assert_eq!([[1, 2], [3, 4]], GrowableNd::from([[1_u8, 2], [3, 4]]));
    assert_eq!(GrowableNd::from_vec([], vec![Some(1), None]).unwrap(), [Some(1), None]);
    assert_eq!([[1.0, 3.0], [2.0, 4.0]], GrowableNd::from([[1_f32, 2.0], [3.0, 4.0]]).view::<2>().t());
}

/// Converts nested arrays of every number of axes, and compares the elements.
#[test]
fn nested_arrays_of_all_ranks_come_back() {
    macro_rules! check {
        ($($rank:literal: $nested:expr, $other:expr;)*) => {$({
            let nested = $nested;
            let array = GrowableNd::<i32>::from(vec![nested; 2]);
            assert_eq!(array.ndim(), $rank);
            assert_eq!(array, [nested; 2]);
            assert_eq!([nested; 2], array);
            assert_eq!(array.view::<$rank>(), [nested; 2]);
            assert_eq!([nested; 2], array.view::<$rank>());
            assert_eq!(GrowableNd::<i32>::from(&[nested; 2][..]), array);
            assert_eq!(GrowableNd::<i32>::from(vec![nested; 2].into_boxed_slice()), array);
            assert_ne!(array, [nested; 3]);
            assert_ne!(array.view::<$rank>(), [nested; 3]);
            let other = $other;
            assert_ne!(array, [other; 2]);
            assert_ne!(array.view::<$rank>(), [other; 2]);
            let mut changed = array.clone();
            *changed.as_mut_slice().last_mut().unwrap() += 1;
            assert_ne!(changed, [nested; 2]);
            assert_ne!(changed.view::<$rank>(), [nested; 2]);
            assert_eq!(<[_; 2]>::try_from(array), Ok([nested; 2]));
        })*};
    }
    check! {
        1: 5, 6;
        2: [1, 2], [2, 1];
        3: [[1, 2], [3, 4], [5, 6]], [[1, 2, 3], [4, 5, 6]];
        4: [[[1, 2, 3], [4, 5, 6]]], [[[1, 2], [3, 4], [5, 6]]];
        5: [[[[1, 2], [3, 4]]]; 2], [[[[1, 2, 3, 4]]]; 2];
        6: [[[[[1, 2], [3, 4]]]; 2]], [[[[[1], [2], [3], [4]]]; 2]];
        7: [[[[[[1], [2]], [[3], [4]]]]]], [[[[[[1, 2]], [[3, 4]]]]]];
        8: [[[[[[[1, 2]], [[3, 4]]]]]]], [[[[[[[1], [2]], [[3], [4]]]]]]];
    }
    let strings = [[["a", "b"]], [["c", "d"]]].map(|row| row.map(|lane| lane.map(String::from)));
    let array = GrowableNd::<String>::from(strings.clone());
    assert_eq!(array.view::<3>(), [[["a", "b"]], [["c", "d"]]]);
    assert_eq!(<[[[String; 2]; 1]; 2]>::try_from(array), Ok(strings));
}

#[test]
fn the_order_of_the_elements_is_that_of_the_indices() {
    let array = GrowableNd::<i32>::from([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]);
    assert_eq!(array.view::<3>().t(), [[[1, 5], [3, 7]], [[2, 6], [4, 8]]]);
    assert_eq!(array.view::<3>().invert_axis(Axis(0)), [[[5, 6], [7, 8]], [[1, 2], [3, 4]]]);
    assert_eq!(array.view::<3>().slice((1, .., 0)), [5, 7]);
    let mut array = array;
    assert_eq!(array.view_mut::<3>().slice((0, 0, ..)), [1, 2]);
}

#[test]
fn extents_of_zero_are_compared_as_well() {
    let mut none = GrowableNd::<u8>::new([0]);
    assert_eq!(none, [[0; 0]; 0]);
    none.resize(3, 0);
    assert_eq!(none, [[0; 0]; 3]);
    assert_ne!(none, [[0; 0]; 2]);
    assert_ne!(none, [[[0; 0]; 0]; 3]);
    assert_eq!(none.view::<2>(), [[0; 0]; 3]);
    assert_ne!(none.view::<2>().t(), [[0; 0]; 3]);
    assert_eq!(<[[u8; 0]; 3]>::try_from(none), Ok([[]; 3]));
    let units = GrowableNd::from(vec![[(), ()]; 3]);
    assert_eq!(units, [[(), ()]; 3]);
    assert_eq!(<[[(); 2]; 3]>::try_from(units), Ok([[(); 2]; 3]));
    assert_eq!(GrowableNd::from(vec![[0_u8; 0]; 4]).shape(), [4, 0]);
    assert_eq!(GrowableNd::from(Vec::<f64>::new()).shape(), [0]);
    assert_ne!(GrowableNd::from([[f64::NAN]]), [[f64::NAN]]);
}

#[test]
fn slices_and_vectors_are_arrays_of_one_axis() {
    let numbers = GrowableNd::from(vec![1, 2, 3]);
    assert_eq!(numbers, vec![1, 2, 3]);
    assert_eq!(numbers, [1, 2, 3][..]);
    assert_eq!(numbers, &[1, 2, 3][..]);
    assert_eq!(vec![1, 2, 3], numbers);
    assert_eq!(&[1, 2, 3][..], numbers);
    assert_ne!(numbers, vec![1, 2]);
    assert_ne!(numbers, vec![1, 2, 4]);
    let wide = GrowableNd::from([[1, 4], [2, 5], [3, 6]]);
    assert_eq!(wide.view().slice((.., 0)), vec![1, 2, 3]);
    assert_eq!(vec![4, 5, 6], wide.view().slice((.., 1)));
    assert_ne!(wide, vec![1, 4, 2, 5, 3, 6]);
    assert_ne!(wide.row(0), numbers);
    assert_eq!(GrowableNd::from(vec!["a"]), vec!["a".to_owned()]);
}

#[test]
fn shapes_that_differ_give_the_array_back() {
    let array = GrowableNd::from(vec!["a", "b", "c"]).map(|text| text.to_string());
    let error = <[[String; 3]; 1]>::try_from(array).unwrap_err();
    assert_eq!(error.to_string(), "expected shape [1, 3], found [3]");
    assert!(!format!("{error:?}").contains("\"b\""), "{error:?}");
    let error = Vec::<Vec<String>>::try_from(*error.array).unwrap_err();
    assert_eq!(error.error, error.clone().into());
    assert!(matches!(error.error, Error::Access(AccessError::Rank { .. })), "{error}");
    let texts = <[String; 3]>::try_from(*error.array).unwrap();
    assert_eq!(texts, ["a", "b", "c"]);
    fn is_error<T: std::error::Error + Send + Sync + Clone + PartialEq + 'static>() {}
    is_error::<FromArrayError<String>>();
}

#[test]
fn vectors_of_vectors_there_and_back() {
    let lists = vec![vec!["a".to_owned(), "b".to_owned()], vec!["c".to_owned(), "d".to_owned()]];
    let array = GrowableNd::try_from(lists.clone()).unwrap();
    assert_eq!(array.view::<2>(), [["a", "b"], ["c", "d"]]);
    assert_eq!(Vec::<Vec<_>>::try_from(array), Ok(lists));
    let ragged = GrowableNd::try_from(vec![vec![1, 2], vec![3, 4], vec![5]]).unwrap_err();
    assert_eq!(ragged.to_string(), "row 2: expected 2 elements, found 1");
    assert_eq!(GrowableNd::try_from(Vec::<Vec<u8>>::new()), Err(Error::NoRows));
    let mut none = GrowableNd::<u8>::new([0]);
    none.resize(3, 0);
    assert_eq!(Vec::<Vec<_>>::try_from(none), Ok(vec![vec![]; 3]));
    assert_eq!(Vec::<Vec<_>>::try_from(GrowableNd::<u8>::new([4])), Ok(vec![]));
}

#[test]
fn vectors_and_boxes_move_without_a_copy() {
    let vec = vec![[1, 2], [3, 4]];
    let address = vec.as_ptr().cast();
    let array = GrowableNd::from(vec);
    assert_eq!(array.as_slice().as_ptr(), address);
    let boxed = Box::<[i32]>::from(array);
    assert_eq!((boxed.as_ptr(), &*boxed), (address, &[1, 2, 3, 4][..]));
    let array = GrowableNd::from(boxed);
    assert_eq!((array.as_slice().as_ptr(), array.capacity()), (address, 4));
    let mut spacious = GrowableNd::with_capacity([], 10);
    spacious.push_row(1).unwrap();
    assert_eq!(Box::<[i32]>::from(spacious), vec![1].into());
}

#[test]
fn views_of_slices_and_arrays() {
    let mut numbers = [1, 2, 3];
    ViewMut::from(&mut numbers[1..]).fill(7);
    assert_eq!(View::from(&numbers[..]), [1, 7, 7]);
    let mut array = GrowableNd::from([[1, 2], [3, 4]]);
    let view: View<'_, i32, 2> = (&array).try_into().unwrap();
    assert_eq!(view, array);
    let error = View::<'_, i32, 3>::try_from(&array).unwrap_err();
    assert_eq!(error.to_string(), "expected 2 axes, found 3");
    ViewMut::<'_, i32, 2>::try_from(&mut array).unwrap().fill(0);
    assert_eq!(array, [[0, 0], [0, 0]]);
}

/// Compiles only if an unconstrained type parameter is sufficient.
#[test]
fn elements_of_any_type_in_arrays_are_converted() {
    fn there<T: Clone>(rows: Vec<[T; 2]>) -> (GrowableNd<T>, GrowableNd<T>) {
        (GrowableNd::from(&rows[..]), rows.into())
    }
    fn back<T>(array: GrowableNd<T>) -> Option<[[T; 2]; 2]> {
        array.try_into().ok()
    }
    fn same<T: PartialEq>(array: &GrowableNd<T>, rows: &[[T; 2]; 2]) -> bool {
        array == rows && array.view::<2>() == *rows && *rows == array.view::<2>()
    }
    struct Own(u8);
    let array = GrowableNd::from(vec![[Own(1), Own(2)], [Own(3), Own(4)]]);
    assert_eq!(array.shape(), [2, 2]);
    assert!(back(array).is_some_and(|rows| rows[1][0].0 == 3));
    let (cloned, moved) = there(vec![[Some("a"), None], [None, Some("b")]]);
    assert!(same(&cloned, &[[Some("a"), None], [None, Some("b")]]) && cloned == moved);
}

#[test]
fn nested_arrays_of_more_elements_than_any_slice_has_are_unequal() {
    let units = GrowableNd::full([2, 2], ());
    let huge = [[(); usize::MAX]; 3];
    let view = units.view::<2>();
    assert_eq!([view == huge, huge == view, units == huge, huge == units], [false; 4]);
}
