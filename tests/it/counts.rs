//! Rows without elements, and elements of size zero. Their number may be anything: a loop over them
//! would never end.

use growable_nd::{Error, GrowableNd};
use std::hash::{DefaultHasher, Hash, Hasher};

const MAX: usize = isize::MAX.unsigned_abs();

/// The maximum number of rows without elements.
fn rows() -> GrowableNd<u8> {
    let mut array = GrowableNd::new([0, 1]);
    array.resize(MAX, 0);
    array
}

fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn rows_without_elements_are_printed_compared_and_hashed_without_a_loop() {
    let (array, other) = (rows(), rows());
    let (view, turned) = (array.view::<3>(), array.view::<3>().t());
    let text = format!("[] of the shape [{MAX}, 0, 1]");
    assert_eq!([format!("{array}"), format!("{array:#}"), format!("{view:x}")], [text.as_str(); 3]);
    assert!(format!("{array:?}").ends_with("\n[]") && format!("{view:?}").ends_with("\n[]"));
    assert_eq!(turned.to_string(), format!("[] of the shape [1, 0, {MAX}]"));
    assert!(array == other && view == other && turned == other.view::<3>().t());
    assert!(turned != view && array.clone() == other);
    assert_eq!(hash_of(&array), hash_of(&view));
    assert_eq!(hash_of(&turned), hash_of(&turned.to_owned_array()));
}

#[test]
fn rows_without_elements_become_no_vectors() {
    let mut array = GrowableNd::<u8>::new([0]);
    array.resize(MAX, 0);
    let error = Error::from(Vec::<Vec<u8>>::try_from(array).unwrap_err());
    assert!(matches!(error, Error::Reserve(_)), "{error}");
}

/// In builds without optimization as well.
#[cfg(feature = "std")]
#[test]
fn rows_without_bytes_are_read_without_a_loop() {
    let mut units = GrowableNd::<()>::new([3]);
    units.read_n_rows(MAX / 3, std::io::empty()).unwrap();
    assert_eq!((units.rows(), units.as_slice().len()), (MAX / 3, MAX / 3 * 3));
    let Err(growable_nd::ReadError::Array { error, .. }) = units.read_n_rows(1, std::io::empty()) else {
        panic!("accepted")
    };
    assert!(matches!(error, Error::Reserve(growable_nd::ReserveError::Overflow { .. })), "{error}");
    assert_eq!(units.rows(), MAX / 3);
    let mut empty = GrowableNd::<u8>::new([0]);
    empty.read_n_rows(MAX, std::io::empty()).unwrap();
    assert_eq!(empty.rows(), MAX);
}
