use growable_nd::*;

/// Compares the first difference with that of a plain loop, in every layout of either side.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn the_first_difference_is_that_of_the_formula() {
    let close = |a: f64, b: f64, rtol: f64, atol: f64| a == b || (a - b).abs() <= atol + rtol * b.abs();
    for shape in [[1, 1, 1], [2, 3, 4], [1, 40, 5], [7, 8, 9], [4, 128, 2], [3, 0, 2], [0, 2, 2]] {
        let len = shape.iter().product::<usize>();
        for far in (0..=len).step_by(len.max(16) / 16) {
            let a = GrowableNd::from_fn(shape, |[i, j, k]| (100 * i + 10 * j + k) as f64);
            let mut b = a.map(|x| x + 1e-7);
            let elements = b.as_mut_slice();
            elements.iter_mut().skip(far).step_by(7).for_each(|x| *x = -*x - 1.0);
            let expected =
                a.view::<3>().indexed_iter().zip(b.as_slice()).find_map(|((index, &left), &right)| {
                    (!close(left, right, 1e-9, 1e-6)).then_some((index.to_vec(), left, right))
                });
            assert_eq!(expected.is_some(), far < len);
            let turned = |array: &GrowableNd<f64>| array.view::<3>().t().to_owned_array();
            let (a_turned, b_turned) = (turned(&a), turned(&b));
            let views = [(a.view::<3>(), b.view::<3>()), (a_turned.view().t(), b_turned.view().t())];
            let mut found = vec![
                a.first_difference(&b, 1e-9, 1e-6),
                a.first_difference(b_turned.view::<3>().t(), 1e-9, 1e-6),
                a_turned.view::<3>().t().first_difference(&b, 1e-9, 1e-6),
            ];
            found.extend(views.map(|(a, b)| a.first_difference(b, 1e-9, 1e-6)));
            for found in found {
                let found = found.unwrap().map(|it| (it.index, it.left, it.right));
                assert_eq!(found, expected);
            }
            assert_eq!(a.all_close(&b, 1e-9, 1e-6), Ok(expected.is_none()));
        }
    }
}

#[test]
fn no_difference_is_all_close() {
    let special = [0.0, -0.0, 1.0, 1.0 + 1e-9, f64::INFINITY, -f64::INFINITY, f64::NAN, 1e300];
    for a in special {
        for b in special {
            for (rtol, atol) in [(0.0, 0.0), (1e-5, 1e-8), (f64::INFINITY, 0.0), (0.0, f64::NAN)] {
                let [left, right] = [a, b].map(|x| GrowableNd::from(vec![1.0, x]));
                let difference = left.first_difference(&right, rtol, atol).unwrap();
                assert_eq!(difference.is_none(), left.all_close(&right, rtol, atol).unwrap(), "{a} {b}");
                assert!(difference.is_none_or(|it| it.index == [1]));
            }
        }
    }
}

#[test]
fn shapes_that_differ_are_an_error_and_views_without_axes_have_an_index() {
    let array = GrowableNd::from([[1.0, 2.0]]);
    let error = array.first_difference(GrowableNd::from([[1.0], [2.0]]), 1.0, 1.0).unwrap_err();
    assert_eq!(error.to_string(), "expected shape [1, 2], found [2, 1]");
    assert!(array.view::<2>().first_difference(array.view().slice((.., 0)), 1.0, 1.0).is_err());
    let [one, two] = [0, 1].map(|j| array.view().slice((0, j)));
    assert_eq!(one.first_difference(two, 0.0, 1.0), Ok(None));
    let difference = one.first_difference(two, 0.0, 0.5).unwrap().unwrap();
    assert_eq!(difference.to_string(), "1 and 2 differ at []");
    assert_eq!(format!("{difference:?}"), "Difference { index: [], left: 1.0, right: 2.0 }");
}
