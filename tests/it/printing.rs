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
    assert_eq!(format!("{array:8}"), "[[    1.50    -2.25]]");
    assert_eq!(format!("{array:^8.1}"), "[[  1.5      -2.2  ]]");
    assert_eq!(format!("{array:<8.1}"), "[[1.5      -2.2    ]]");
    assert_eq!(format!("{array:.0?}"), "GrowableNd of the shape [1, 2], capacity 1 rows\n[[ 2 -2]]");
}

#[test]
fn zeros_fill_each_element_as_the_flag_says() {
    let floats = GrowableNd::from([[1.5, -2.25]]);
    assert_eq!(format!("{floats:06.2}"), "[[001.50 -02.25]]");
    assert_eq!(format!("{floats:+07.1}"), "[[+0001.5 -0002.2]]");
    assert_eq!(format!("{floats:06}"), "[[001.50 -02.25]]");
    let mixed = GrowableNd::from([[1.5, 1e20]]);
    assert_eq!(format!("{mixed:09}"), "[[001.5e+00 001.0e+20]]");
    let integers = GrowableNd::from([[7, -30_000]]);
    assert_eq!(format!("{integers:04}"), "[[  0007 -30000]]");
    assert_eq!(format!("{integers:<04}"), "[[0007   -30000]]");
    assert_eq!(format!("{:03}", integers.view().slice((0, ..1))), "[007]");
    assert_eq!(format!("{integers:03?}").lines().last(), Some("[[   007 -30000]]"));
}

/// Each element as the trait prints it, in columns as wide as the widest element.
#[test]
fn other_bases_and_exponents_are_those_of_each_element() {
    let array = GrowableNd::from([[0, 10], [200, 255]]);
    assert_eq!(format!("{array:x}"), "[[ 0  a]\n [c8 ff]]");
    assert_eq!(format!("{array:02X}"), "[[00 0A]\n [C8 FF]]");
    assert_eq!(format!("{array:#04x}"), "[[0x00 0x0a]\n [0xc8 0xff]]");
    assert_eq!(format!("{array:#o}"), "[[  0o0  0o12]\n [0o310 0o377]]");
    assert_eq!(format!("{:#06b}", array.view::<2>().slice((0, ..))), "[0b0000 0b1010]");
    assert_eq!(format!("{:5x}", array.view::<2>().t()), "[[    0    c8]\n [    a    ff]]");
    assert_eq!(format!("{:<4x}", array.view::<2>().t()), "[[0    c8  ]\n [a    ff  ]]");
    let floats = GrowableNd::from([[1.5, -2e20], [f64::INFINITY, 0.0]]);
    assert_eq!(format!("{floats:e}"), "[[1.5e0 -2e20]\n [  inf   0e0]]");
    assert_eq!(format!("{floats:+.1E}"), "[[ +1.5E0 -2.0E20]\n [   +inf  +0.0E0]]");
    assert_eq!(format!("{:08.1e}", floats.view::<2>().slice((..1, ..))), "[[0001.5e0 -02.0e20]]");
    let bytes = GrowableNd::from(vec![1_u8, 171]);
    assert_eq!(format!("{bytes:02x?}").lines().last(), Some("[01 ab]"));
    assert_eq!(format!("{bytes:X?}").lines().last(), Some("[ 1 AB]"));
    assert_eq!(format!("{:02x?}", bytes.view::<1>()).lines().last(), Some("[01 ab]"));
    let options = GrowableNd::from_vec([], vec![Some(255), None]).unwrap();
    assert_eq!(format!("{options:#x?}").lines().last(), Some("[Some(ff)     None]"));
    assert!(format!("{:x}", GrowableNd::from(vec![10; 1001])).starts_with("[a a a ... a"));
    assert_eq!(format!("{:x}", GrowableNd::<u8>::new([3])), "[] of the shape [0, 3]");
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn floats_have_at_most_eight_digits_and_equally_many() {
    for (floats, text) in [
        (vec![1.0, 2.0, 1500.0], "[   1    2 1500]"),
        (vec![-0.08921194562711801, 0.14780714602942174, 0.0], "[-0.08921195  0.14780715  0.00000000]"),
        (vec![0.1 + 0.2, 0.25], "[0.30 0.25]"),
        (vec![0.999_999_999, 2.5], "[1.0 2.5]"),
        (vec![f64::NAN, f64::INFINITY, -f64::INFINITY, -0.0, 0.5], "[ NaN  inf -inf -0.0  0.5]"),
        (vec![f64::NAN, f64::INFINITY], "[NaN inf]"),
        (vec![0.5, 1_234.567_890_123_45], "[   0.50000000 1234.56789012]"),
        (vec![123_456_789.0, 1.0], "[123456789         1]"),
        // Too large or too small for plain notation.
        (vec![999_999_999_999_999.0, -1.0], "[999999999999999              -1]"),
        (vec![1e15], "[1e+15]"),
        (vec![-99_999_999_999_999.0], "[-99999999999999]"),
        (vec![-999_999_999_999_999.0], "[-1e+15]"),
        (vec![123_456.123_456_789, 1.0], "[123456.12345679      1.00000000]"),
        (vec![-123_456.123_456_789, 1.0], "[-1.23456123e+05  1.00000000e+00]"),
        (vec![0.0001, 1.0], "[0.0001 1.0000]"),
        (vec![0.000_099, 1.0], "[9.9e-05 1.0e+00]"),
        (vec![1.0, f64::NAN, -0.0, 1e-30, 1e20], "[ 1e+00    NaN -0e+00  1e-30  1e+20]"),
        (vec![5e-324, 2e300], "[5e-324 2e+300]"),
        (vec![1e300, -2.5e-300, 5e-324], "[ 1.0e+300 -2.5e-300  4.9e-324]"),
        (vec![f64::MAX], "[1.79769313e+308]"),
    ] {
        let array = GrowableNd::from(floats.clone());
        assert_eq!(array.to_string(), text);
        assert_eq!(array.view::<1>().to_string(), array.to_string());
        let full = format!("{array:#}");
        for (printed, float) in full[1..full.len() - 1].split_whitespace().zip(&floats) {
            assert_eq!(printed, float.to_string());
        }
        for (printed, float) in array.to_string()[1..].trim_end_matches(']').split_whitespace().zip(&floats) {
            let printed: f64 = printed.parse().unwrap();
            let near = (printed - float).abs() <= 5.1e-9 * float.abs().max(1.0);
            assert!(near || printed.to_bits() == float.to_bits() || printed.is_nan(), "{printed} {float}");
        }
    }
    assert_eq!(GrowableNd::from([[0.1_f32, 0.2], [1.0, 3.0]]).to_string(), "[[0.1 0.2]\n [1.0 3.0]]");
    assert_eq!(GrowableNd::from(vec![f32::MAX, 1.0]).to_string(), "[3.4028235e+38 1.0000000e+00]");
    // As the number prints by itself.
    let third = GrowableNd::from(vec![1.0 / 3.0]);
    assert_eq!(third.view::<1>().slice((0,)).to_string(), (1.0 / 3.0).to_string());
    assert_eq!(format!("{third:.12}"), "[0.333333333333]");
    assert_eq!(format!("{third:+12}"), "[ +0.33333333]");
    assert!(format!("{third:?}").ends_with("[0.3333333333333333]"));
}

/// The printed elements decide the notation; the omitted ones do not.
#[test]
fn floats_that_are_not_printed_do_not_count() {
    let mut floats = GrowableNd::full([2000], 0.5);
    floats[[1000]] = 1e-30;
    assert_eq!(floats.to_string(), "[0.5 0.5 0.5 ... 0.5 0.5 0.5]");
    floats[[1999]] = 1e-30;
    assert!(floats.to_string().ends_with(" 1e-30]"), "{floats}");
}

/// Prints its text and ignores the flags.
struct Told(&'static str);

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

#[test]
fn what_is_no_float_is_printed_as_it_is() {
    let texts = ["3.14159265358979", "0.00000000001", "1e-30", "NaN", "2.71828182845904"];
    let array = GrowableNd::from(texts.to_vec());
    assert!(texts.iter().all(|text| array.to_string().contains(text)), "{array}");
    let told = GrowableNd::from_vec([], texts.map(Told).into()).unwrap();
    assert_eq!(told.to_string(), array.to_string());
    let wide = GrowableNd::from(vec![123_456_789_012_345_678_901_234_u128, 1]);
    assert_eq!(wide.to_string().split_whitespace().last(), Some("1]"));
    assert!(wide.to_string().starts_with("[123456789012345678901234 "));
    assert_eq!(GrowableNd::from(vec![true, false]).to_string(), "[ true false]");
    // Floats in wrappers print as floats.
    let wrapped = GrowableNd::from_vec([], [1.0 / 3.0, 2.0].map(std::num::Wrapping).into()).unwrap();
    assert_eq!(wrapped.to_string(), "[0.33333333 2.00000000]");
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
    // The longest axis that is printed in full, and the shortest that is not.
    let elides = |rows| GrowableNd::full([rows, 200], 1).to_string().contains("\n ...\n");
    assert_eq!([6, 7].map(elides), [false, true]);
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
    let wide = line.view::<1>().broadcast([1 << 20, 1001]).unwrap();
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
    let empty = GrowableNd::<u8>::new([4, 3]);
    assert_eq!(format!("{empty:?}"), "GrowableNd of the shape [0, 4, 3], capacity 0 rows\n[]");
    assert_eq!(format!("{:?}", empty.view::<3>()), "View of the shape [0, 4, 3], strides [12, 3, 1]\n[]");
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
