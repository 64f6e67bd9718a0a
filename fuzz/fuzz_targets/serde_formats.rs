//! Arrays and growth policies in a binary format (postcard) and a text format (JSON).
//!
//! The first byte chooses the format and the type. Checked: nothing panics, memory is bounded as
//! SECURITY.md states, and what is accepted can be read back from both formats, also from views
//! with all axes reversed.

#![cfg_attr(fuzzing, no_main)]

use growable_nd::{GrowableNd, Growth};
use growable_nd_fuzz::input::Input;
use growable_nd_fuzz::memory::peak_of;
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use std::fmt::Debug;

growable_nd_fuzz::target!(run);

/// Bytes that are reserved because of an announced length.
const ON_TRUST: usize = 1 << 20;

/// Bytes that a format and an error use for any input.
const BASE: usize = 16 << 10;

/// Bytes of memory per byte of input: twice an element of 24 bytes, whose shortest form is one
/// byte.
const PER_BYTE: usize = 64;

/// Maximum number of rows without elements, and of elements without size: an array with more of
/// them takes too long to write.
const LARGE: usize = 1 << 16;

fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let kind = input.byte();
    let format = if kind >= 128 { Format::Json } else { Format::Postcard };
    let bytes = input.rest();
    match kind % 8 {
        0 => array::<u8>(format, bytes),
        1 => array::<i64>(format, bytes),
        2 => array::<()>(format, bytes),
        3 => array::<String>(format, bytes),
        4 => array::<Option<bool>>(format, bytes),
        5 => array::<[u16; 2]>(format, bytes),
        6 => floats(format, bytes),
        _ => policy(format, bytes),
    }
}

#[derive(Clone, Copy)]
enum Format {
    Postcard,
    Json,
}

const FORMATS: [Format; 2] = [Format::Postcard, Format::Json];

impl Format {
    fn read<T: DeserializeOwned>(self, bytes: &[u8]) -> Result<T, String> {
        match self {
            Format::Postcard => postcard::from_bytes(bytes).map_err(|error| error.to_string()),
            Format::Json => serde_json::from_slice(bytes).map_err(|error| error.to_string()),
        }
    }

    fn write(self, value: &impl Serialize) -> Vec<u8> {
        match self {
            Format::Postcard => postcard::to_allocvec(value).unwrap(),
            Format::Json => serde_json::to_vec(value).unwrap(),
        }
    }
}

fn read<T: DeserializeOwned>(format: Format, bytes: &[u8]) -> Result<T, String> {
    let (result, peak) = peak_of(|| format.read(bytes));
    assert!(peak <= ON_TRUST + BASE + PER_BYTE * bytes.len(), "{peak} bytes for {} bytes", bytes.len());
    result
}

fn array<T: DeserializeOwned + Serialize + Clone + PartialEq + Debug>(format: Format, bytes: &[u8]) {
    let Ok(array) = read::<GrowableNd<T>>(format, bytes) else { return };
    assert_eq!(array.as_slice().len(), array.shape().iter().product::<usize>());
    assert_eq!(array.growth(), Growth::default());
    if array.rows() + array.len() > LARGE {
        return;
    }
    for format in FORMATS {
        let written = format.write(&array);
        assert_eq!(format.read::<GrowableNd<T>>(&written).as_ref(), Ok(&array));
        match array.ndim() {
            1 => assert_eq!(format.write(&array.view::<1>()), written),
            2 => transposed(format, array.view::<2>().t(), array.view::<2>().t().to_owned_array()),
            3 => transposed(format, array.view::<3>().t(), array.view::<3>().t().to_owned_array()),
            4 => transposed(format, array.view::<4>().t(), array.view::<4>().t().to_owned_array()),
            _ => {}
        }
    }
}

/// The view is serialized as an array of the same elements. Only a view can have more rows without
/// elements than the limit.
fn transposed<T: Serialize>(format: Format, view: impl Serialize, array: GrowableNd<T>) {
    if array.rows() <= LARGE {
        assert_eq!(format.write(&view), format.write(&array));
    }
}

/// NaN is not equal to itself, and JSON has no NaN. JSON rounds other floats.
fn floats(format: Format, bytes: &[u8]) {
    let Ok(array) = read::<GrowableNd<f64>>(format, bytes) else { return };
    let written = Format::Postcard.write(&array);
    let back: GrowableNd<f64> = Format::Postcard.read(&written).unwrap();
    assert_eq!(array.shape(), back.shape());
    assert_eq!(array.map(|x| x.to_bits()), back.map(|x| x.to_bits()));
}

fn policy(format: Format, bytes: &[u8]) {
    let Ok(growth) = read::<Growth>(format, bytes) else { return };
    for format in FORMATS {
        assert_eq!(format.read(&format.write(&growth)), Ok(growth));
    }
}
