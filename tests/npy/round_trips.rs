use crate::random::check;
use crate::support::{
    Element, chain, elements, file, for_all_types, later_file, native, padded, read, text, written,
};
use growable_nd::{Axis, AxisRange, GrowableNd, NpyDType, NpyElement, NpyError, View};
use std::error::Error;
use std::io::{self, Read, Write};

fn in_both_byte_orders<T: Element>() {
    let array = GrowableNd::from_vec([3], elements::<T>(6)).unwrap();
    for (order, big_endian) in [('<', false), ('>', true), ('|', false)] {
        if order == '|' && size_of::<T>() > 1 {
            continue;
        }
        let dtype = format!("'{order}{}'", T::DTYPE);
        let data: Vec<u8> = array.as_slice().iter().flat_map(|element| element.bytes(big_endian)).collect();
        assert_eq!(read::<T>(&file(&text(&dtype, false, "(2, 3)"), &data)).unwrap(), array, "{dtype}");
    }
    let file = written(&array);
    let native_bytes = |element: &T| element.bytes(cfg!(target_endian = "big"));
    let data: Vec<u8> = array.as_slice().iter().flat_map(native_bytes).collect();
    assert!(file.ends_with(&data));
    assert!(file[10..].starts_with(text(&native::<T>(), false, "(2, 3)").as_bytes()));
    assert_eq!(read::<T>(&file).unwrap(), array);
}

#[test]
fn all_types_in_both_byte_orders() {
    for_all_types!(in_both_byte_orders());
}

/// Writes and reads a view, its transpose, and one in neither order, all of this shape.
fn in_both_memory_orders<T: Element, const N: usize>(shape: [usize; N]) {
    let elements = elements::<T>(shape.iter().product());
    let view = View::from_slice(shape, &elements).unwrap();
    let turned: Vec<T> = view.t().iter().cloned().collect();
    let turned = View::from_slice(view.t().shape(), &turned).unwrap().t();
    assert_eq!(view, turned);

    let mut row_major = vec![];
    view.write_npy(&mut row_major).unwrap();
    let mut fortran = vec![];
    turned.write_npy(&mut fortran).unwrap();
    let orders = [&row_major, &fortran].map(|file| has_fortran_order(file));
    assert_eq!(orders, [false, !turned.is_contiguous()], "{shape:?}");
    for file in [row_major, fortran] {
        let array = read::<T>(&file).unwrap();
        assert_eq!(array.shape(), shape);
        assert_eq!(array.as_slice(), elements);
        assert!(array.capacity() == array.rows() || elements.is_empty());
    }

    let mut backwards = vec![];
    view.invert_axis(Axis(N - 1)).write_npy(&mut backwards).unwrap();
    assert_eq!(read::<T>(&backwards).unwrap().view(), view.invert_axis(Axis(N - 1)));
}

fn has_fortran_order(file: &[u8]) -> bool {
    String::from_utf8_lossy(file).contains("'fortran_order': True")
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn all_ranks_in_both_memory_orders() {
    fn check<T: Element>() {
        in_both_memory_orders::<T, 1>([5]);
        in_both_memory_orders::<T, 2>([2, 3]);
        in_both_memory_orders::<T, 3>([2, 3, 4]);
        in_both_memory_orders::<T, 4>([3, 1, 2, 2]);
        in_both_memory_orders::<T, 5>([2, 1, 3, 1, 2]);
        in_both_memory_orders::<T, 6>([1, 2, 1, 3, 2, 1]);
        in_both_memory_orders::<T, 7>([2, 1, 1, 2, 1, 1, 2]);
        in_both_memory_orders::<T, 8>([2, 1, 2, 3, 2, 1, 2, 2]);
    }
    for_all_types!(check());
}

#[test]
fn extents_of_zero() {
    in_both_memory_orders::<f64, 1>([0]);
    in_both_memory_orders::<f64, 2>([0, 3]);
    in_both_memory_orders::<f64, 2>([3, 0]);
    in_both_memory_orders::<f64, 3>([2, 0, 3]);
    in_both_memory_orders::<bool, 3>([0, 0, 0]);
    let mut many = GrowableNd::<u8>::new([0, 2]);
    many.resize(1 << (usize::BITS - 3), 0);
    assert_eq!(read::<u8>(&written(&many)).unwrap(), many);
}

/// More than one piece in memory, and lanes of all lengths.
#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn large_arrays() {
    in_both_memory_orders::<u8, 1>([(1 << 16) - 1]);
    in_both_memory_orders::<u8, 1>([1 << 16]);
    in_both_memory_orders::<u8, 1>([(1 << 16) + 1]);
    in_both_memory_orders::<u64, 2>([1 << 8, 1 << 6]);
    in_both_memory_orders::<f32, 3>([101, 103, 37]);
}

#[test]
fn views_that_are_not_contiguous() {
    let array = GrowableNd::from_vec([4, 6], elements::<i32>(5 * 24)).unwrap();
    let view = array.view::<3>();
    let check = |view: View<'_, i32, 2>| {
        let mut file = vec![];
        view.write_npy(&mut file).unwrap();
        assert!(!has_fortran_order(&file));
        assert_eq!(read::<i32>(&file).unwrap().view(), view);
    };
    check(view.slice((.., 1, ..)));
    check(view.slice((.., .., 5)));
    check(view.slice((2, (..).step(2), (1..).step(3))));
    check(view.slice((2, .., ..)).invert_axis(Axis(0)).t());
    check(view.slice((2, 3, ..)).broadcast([3, 6]).unwrap());
    check(view.slice((2, 3, ..)).windows(Axis(0), 2).next().unwrap().broadcast([2, 2]).unwrap());
    let mut permuted = vec![];
    view.permute([1, 2, 0]).write_npy(&mut permuted).unwrap();
    assert_eq!(read::<i32>(&permuted).unwrap().view(), view.permute([1, 2, 0]));
}

/// The files that `NumPy` 2.4 writes.
#[test]
#[cfg(target_endian = "little")]
fn headers_are_those_of_numpy() {
    let expected = |text: &str, len: usize| file(&padded(text, len - 10), &[]);
    let check = |found: &[u8], text: &str, len: usize| {
        assert_eq!(String::from_utf8_lossy(&found[..len]), String::from_utf8_lossy(&expected(text, len)));
    };
    let array = GrowableNd::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    check(&written(&array), "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", 128);
    let mut turned = vec![];
    array.view::<2>().t().write_npy(&mut turned).unwrap();
    check(&turned, "{'descr': '<f8', 'fortran_order': True, 'shape': (3, 2), }", 128);
    let mut one = vec![];
    array.view::<2>().slice((0, 0)).write_npy(&mut one).unwrap();
    check(&one, "{'descr': '<f8', 'fortran_order': False, 'shape': (), }", 128);
    check(
        &written(&GrowableNd::<u8>::new([])),
        "{'descr': '|u1', 'fortran_order': False, 'shape': (0,), }",
        128,
    );
}

/// Including the space for 21 digits and the newline, the second header below has 127 bytes and the
/// third 128. `NumPy` pads the one by a single space and the other by 64.
// Shapes whose text is that long have too many elements for 32 bits.
#[cfg(target_pointer_width = "64")]
#[test]
fn a_full_header_is_padded_all_the_same() {
    fn len<const N: usize>() -> usize {
        let array = GrowableNd::<Blob<N>>::new([1000, 1000, 1000, 1000, 100, 100, 100]);
        let mut file = vec![];
        array.write_npy(&mut file).unwrap();
        assert_eq!(GrowableNd::<Blob<N>>::read_npy(&file[..]).unwrap(), array);
        file.len()
    }
    assert_eq!([len::<1>(), len::<10>(), len::<100>()], [128, 128, 192]);
}

#[test]
fn later_versions_and_other_writers_are_read() {
    let array = GrowableNd::from([[1_u8, 2, 3], [4, 5, 6]]);
    let data = array.as_slice();
    let dictionary = text("'|u1'", false, "(2, 3)");
    for version in [2, 3] {
        assert_eq!(read::<u8>(&later_file(version, &padded(&dictionary, 100), data)).unwrap(), array);
    }
    for other in [
        "{\"shape\": (2, 3), \"fortran_order\": False, \"descr\": \"<u1\"}",
        "{'descr':'|u1','fortran_order':False,'shape':(2,3)}",
        " { 'descr' : '|u1' , 'fortran_order' : False , 'shape' : ( 2 , 3 , ) , } \n\n",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2L, 3L), }",
    ] {
        assert_eq!(read::<u8>(&file(other, data)).unwrap(), array, "{other}");
    }
}

/// Reads and writes one byte at a time, and sometimes none.
struct Trickle<S> {
    stream: S,
    calls: usize,
}

impl<S> Trickle<S> {
    fn interrupted(&mut self) -> io::Result<()> {
        self.calls += 1;
        if self.calls % 3 == 0 { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
    }
}

impl<S: Read> Read for Trickle<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.interrupted()?;
        let len = buffer.len().min(1);
        self.stream.read(&mut buffer[..len])
    }
}

impl<S: Write> Write for Trickle<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.interrupted()?;
        self.stream.write(&bytes[..bytes.len().min(1)])
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

#[test]
fn streams_of_single_bytes() {
    let array = GrowableNd::from_vec([7, 3], elements::<f64>(42)).unwrap();
    let mut file = vec![];
    array.write_npy(Trickle { stream: &mut file, calls: 0 }).unwrap();
    assert_eq!(file, written(&array));
    assert_eq!(GrowableNd::<f64>::read_npy(Trickle { stream: &file[..], calls: 0 }).unwrap(), array);
}

#[test]
fn what_follows_an_array_is_left() {
    let first = GrowableNd::from([[1_i16, 2], [3, 4]]);
    let second = GrowableNd::from_vec([], elements::<f32>(100_000)).unwrap();
    let none = GrowableNd::<bool>::new([3]);
    let stream = [&written(&first)[..], &written(&none), &written(&second), b"and more"].concat();
    let mut rest = &stream[..];
    assert_eq!(GrowableNd::<i16>::read_npy(&mut rest).unwrap(), first);
    assert_eq!(GrowableNd::<bool>::read_npy(&mut rest).unwrap(), none);
    assert_eq!(GrowableNd::<f32>::read_npy(&mut rest).unwrap(), second);
    assert_eq!(rest, b"and more");
}

/// Counts calls, and fails after a number of bytes, or when flushed.
#[derive(Default)]
struct Counting {
    calls: usize,
    bytes: usize,
    limit: Option<usize>,
    flush_fails: bool,
}

impl Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.calls += 1;
        self.bytes += bytes.len();
        match self.limit {
            Some(limit) if self.bytes > limit => Err(io::Error::other("the disk is full")),
            _ => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.flush_fails { Err(io::Error::other("nothing is flushed")) } else { Ok(()) }
    }
}

#[test]
fn writers_see_large_pieces_and_their_errors_are_reported() {
    let array = GrowableNd::from_vec([], vec![1.5; 1 << 17]).unwrap();
    let mut counting = Counting::default();
    array.write_npy(&mut counting).unwrap();
    assert_eq!(counting.bytes, 128 + (1 << 20));
    assert!(counting.calls < 30, "{} calls", counting.calls);
    for limit in [0, 100, 128, 1000, 1 << 20] {
        let counting = Counting { limit: Some(limit), ..Counting::default() };
        assert_eq!(
            chain(&array.write_npy(counting).unwrap_err()),
            "I/O error in a .npy file: the disk is full"
        );
    }
    let counting = Counting { flush_fails: true, ..Counting::default() };
    assert_eq!(
        chain(&array.write_npy(counting).unwrap_err()),
        "I/O error in a .npy file: nothing is flushed"
    );
}

/// An element type of the user: bytes that are passed through unchanged.
#[derive(Clone, Debug, PartialEq)]
struct Blob<const N: usize>([u8; N]);

impl<const N: usize> NpyElement for Blob<N> {
    fn dtype() -> Option<NpyDType> {
        format!("|V{N}").parse().ok()
    }

    fn fits(dtype: &NpyDType) -> bool {
        (dtype.kind(), dtype.size()) == ('V', N)
    }

    fn decode(bytes: &[u8], _: &NpyDType) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Blob(bytes.try_into()?))
    }

    fn encode(&self, bytes: &mut [u8], _: &NpyDType) -> Result<(), Box<dyn Error + Send + Sync>> {
        if self.0.contains(&0xFF) {
            return Err("no byte of a blob is 255".into());
        }
        bytes.copy_from_slice(&self.0);
        Ok(())
    }
}

#[test]
fn types_of_ones_own() {
    fn check<const N: usize>(count: u8) {
        let array = GrowableNd::from_vec([], (0..count).map(|k| Blob([k; N])).collect()).unwrap();
        let mut file = vec![];
        array.write_npy(&mut file).unwrap();
        assert_eq!(GrowableNd::<Blob<N>>::read_npy(&file[..]).unwrap(), array);
    }
    check::<1>(3);
    check::<7>(100);
    // About as long as a piece, and longer.
    check::<{ (1 << 16) - 1 }>(3);
    check::<{ 1 << 16 }>(3);
    check::<{ (1 << 16) + 1 }>(3);

    let mut array = GrowableNd::from_vec([], vec![Blob([7; 2]); 100_000]).unwrap();
    for index in [99_999, 40_000, 0] {
        array.row_mut(index)[0] = Blob([0xFF; 2]);
        let error = array.write_npy(io::sink()).unwrap_err();
        assert_eq!(chain(&error), format!("invalid element {index}: no byte of a blob is 255"));
    }
}

#[test]
fn elements_without_a_dtype_or_without_bytes_are_refused() {
    let mut file = vec![];
    let texts = GrowableNd::from_vec([], vec!["text".to_owned()]).unwrap();
    let error = texts.write_npy(&mut file).unwrap_err();
    assert!(matches!(error, NpyError::NoDType { element: "alloc::string::String", .. }), "{error}");
    let error = GrowableNd::from_vec([], vec![Blob([])]).unwrap().write_npy(&mut file).unwrap_err();
    assert!(error.to_string().starts_with("dtype '|V0' (void) does not fit elements of"), "{error}");
    assert!(file.is_empty());
}

/// Compares numbers as bits, since NaN is not equal to itself.
#[test]
fn random_views_round_trip() {
    check(|(bits, extents, turns): (Vec<u64>, (u8, u8, u8), u8)| {
        let shape = [extents.0, extents.1, extents.2].map(|extent| usize::from(extent % 6));
        let count = shape.iter().product();
        let floats: Vec<f64> = bits.into_iter().chain(0..).take(count).map(f64::from_bits).collect();
        let mut view = View::from_slice(shape, &floats).unwrap();
        for (bit, axis) in [(1, 0), (2, 1), (4, 2)] {
            if turns & bit != 0 {
                view = view.invert_axis(Axis(axis));
            }
        }
        let orders = [[0, 1, 2], [2, 1, 0], [1, 0, 2], [0, 2, 1], [1, 2, 0], [2, 0, 1]];
        view = view.permute(orders[usize::from(turns >> 3) % 6]);
        if turns & 64 != 0 && view.shape()[1] > 0 {
            view = view.slice((.., 1.., ..));
        }
        let mut file = vec![];
        view.write_npy(&mut file).unwrap();
        let array = GrowableNd::<f64>::read_npy(&file[..]).unwrap();
        assert_eq!(array.shape(), view.shape());
        assert!(array.as_slice().iter().map(|x| x.to_bits()).eq(view.iter().map(|x| x.to_bits())));
    });
}

#[cfg(feature = "num-complex")]
#[test]
fn complex_numbers_are_scalars() {
    use growable_nd::num_complex::Complex;
    let array = GrowableNd::from_vec([2], vec![Complex::new(1.0, 2.0), Complex::new(0.0, -1.0)]).unwrap();
    let turned = &array * Complex::new(0.0, 1.0) + &array;
    assert_eq!(turned.as_slice(), [Complex::new(-1.0, 3.0), Complex::new(1.0, -1.0)]);
}
