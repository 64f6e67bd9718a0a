use growable_nd::{Axis, GrowableNd};

#[test]
fn columns_are_aligned_and_blocks_are_apart() {
    let mut cube = GrowableNd::<i32>::new([2, 3]);
    cube.push_row([[1, 2, 3], [-4, 5, 600]]).unwrap();
    cube.push_row([[7, 8, 9], [10, 11, 12]]).unwrap();
    let expected = "\
[[[  1   2   3]
  [ -4   5 600]]

 [[  7   8   9]
  [ 10  11  12]]]";
    assert_eq!(cube.to_string(), expected);
    let numbers: GrowableNd<i32> = [1, 20, 3].into();
    assert_eq!(numbers.to_string(), "[ 1 20  3]");
}

#[test]
fn width_precision_sign_and_alignment_are_those_of_each_element() {
    let array = GrowableNd::from([[1.5, -2.25]]);
    assert_eq!(format!("{array:.1}"), "[[ 1.5 -2.2]]");
    assert_eq!(format!("{array:+.2}"), "[[+1.50 -2.25]]");
    assert_eq!(format!("{array:8}"), "[[     1.5    -2.25]]");
    assert_eq!(format!("{array:^8.1}"), "[[  1.5      -2.2  ]]");
    assert_eq!(format!("{array:<8.1}"), "[[1.5      -2.2    ]]");
    assert_eq!(format!("{array:.0?}"), "GrowableNd of the shape [1, 2], capacity 1 rows\n[[ 2 -2]]");
}

#[test]
fn long_axes_are_elided_beyond_a_thousand_elements() {
    let exactly: GrowableNd<usize> = (0..1000).collect();
    assert!(!exactly.to_string().contains("..."));
    let line: GrowableNd<usize> = (0..1001).collect();
    assert_eq!(line.to_string(), "[   0    1    2 ...  998  999 1000]");
    assert!(format!("{line:#}").contains(" 499  500  501 "));
    let table = GrowableNd::from_rows([40], (0..40).map(|i| vec![i; 40])).unwrap();
    let expected = "\
[[ 0  0  0 ...  0  0  0]
 [ 1  1  1 ...  1  1  1]
 [ 2  2  2 ...  2  2  2]
 ...
 [37 37 37 ... 37 37 37]
 [38 38 38 ... 38 38 38]
 [39 39 39 ... 39 39 39]]";
    assert_eq!(table.to_string(), expected);
    assert_eq!(
        format!("{table:?}"),
        format!("GrowableNd of the shape [40, 40], capacity 40 rows\n{expected}")
    );
    assert_eq!(format!("{table:#?}"), format!("{table:?}"));
    let narrow = GrowableNd::from_rows([2], (0..1000).map(|i| [i, i])).unwrap();
    assert_eq!(narrow.to_string().lines().count(), 7);
}

#[test]
fn views_print_as_arrays_of_their_elements() {
    let mut cube = GrowableNd::<i32>::new([2, 3]);
    cube.push_row([[1, 2, 3], [-4, 5, 600]]).unwrap();
    cube.push_row([[7, 8, 9], [10, 11, 12]]).unwrap();
    let view = cube.view::<3>();
    for axes in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let turned = view.permute(axes).invert_axis(Axis(1));
        let owned = turned.to_owned_array();
        assert_eq!(turned.to_string(), owned.to_string());
        assert_eq!(format!("{turned:+8.1}"), format!("{owned:+8.1}"));
        let debug = format!("{turned:?}");
        let (head, elements) = debug.split_once('\n').unwrap();
        assert_eq!(head, format!("View of the shape {:?}, strides {:?}", turned.shape(), turned.strides()));
        assert_eq!(elements, owned.to_string());
    }
    assert_eq!(view.slice((1, 0, 2)).to_string(), "9");
    assert_eq!(view.slice((.., 1.., ..0)).to_string(), "[] of the shape [2, 1, 0]");
    assert_eq!(cube.view_mut::<3>().slice((0, 1, ..)).to_string(), "[ -4   5 600]");
    let line: GrowableNd<usize> = (0..1001).collect();
    let wide = line.view::<1>().broadcast([1 << 40, 1001]).unwrap();
    assert_eq!(wide.to_string().lines().count(), 7);
    assert!(wide.to_string().starts_with("[[   0    1    2 ...  998  999 1000]\n"));
}

#[test]
fn arrays_without_elements_show_their_shape() {
    assert_eq!(GrowableNd::<u8>::new([4, 3]).to_string(), "[] of the shape [0, 4, 3]");
    let mut array = GrowableNd::<u8>::new([0]);
    array.resize(2, 0);
    assert_eq!(array.to_string(), "[] of the shape [2, 0]");
    assert!(format!("{array:?}").starts_with("GrowableNd of the shape [2, 0], capacity "));
}

#[test]
fn text_is_printed_by_characters_not_bytes() {
    let array = GrowableNd::from_vec([2], vec!["äöü", "x"]).unwrap();
    assert_eq!(array.to_string(), "[[äöü   x]]");
}

#[test]
fn texts_of_any_length_are_printed() {
    let long = "x".repeat(70_000);
    let array = GrowableNd::from_vec([2], vec![&long[..], "y"]).unwrap();
    assert_eq!(array.to_string().len(), 2 * 70_000 + 5);
    assert!(format!("{array:?}").ends_with("\"y\"]]"));
}

struct Unprintable;

impl std::fmt::Display for Unprintable {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Err(std::fmt::Error)
    }
}

#[test]
fn elements_that_cannot_be_printed_are_an_error() {
    use std::fmt::Write as _;
    let array = GrowableNd::from_vec([], vec![Unprintable]).unwrap();
    assert!(write!(String::new(), "{array}").is_err());
}

#[test]
fn iterators_show_what_is_left_in_them() {
    let mut array = GrowableNd::from([[1, 2], [3, 4], [5, 6]]);
    let mut drained = array.drain_rows(1..);
    drained.next();
    assert!(format!("{drained:?}").contains("5, 6"), "{drained:?}");
}
