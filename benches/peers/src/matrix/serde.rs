//! Data formats: postcard, which is binary, and JSON. The hand-written loop serializes the flat
//! vector, without a shape.

use super::cell::{Outcome, Written};
use super::element::Element;
use super::run::Matrix;
use super::subject::{Elements, L2, l2_shape};
use growable_nd::GrowableNd;
use ndarray::Array2;
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;

pub fn run(matrix: &mut Matrix) {
    matrix.group("serde");
    postcard::<f64>(matrix, "rows of 3", [40_000, 3]);
    postcard::<f64>(matrix, "rows of 64", [2048, 64]);
    postcard::<f64>(matrix, "3×3", [3, 3]);
    postcard::<u8>(matrix, L2, l2_shape::<u8>());
    json(matrix, "rows of 3", [4_000, 3]);
    json(matrix, "rows of 64", [200, 64]);
}

/// A result that is read again when it is compared: the bytes of contenders differ.
fn read_back<R: Outcome>(bytes: Vec<u8>, read: fn(&[u8]) -> R) -> impl Outcome {
    Written(move || bytes.clone(), read)
}

fn from_postcard<R: DeserializeOwned>(bytes: &[u8]) -> R {
    postcard::from_bytes(bytes).expect("elements")
}

fn from_json<R: DeserializeOwned>(text: &[u8]) -> R {
    serde_json::from_slice(text).expect("elements")
}

fn postcard<T: Element + Serialize + DeserializeOwned>(matrix: &mut Matrix, size: &str, shape: [usize; 2]) {
    let elements = Elements::<T, 2>::new(size, shape);
    let subject = elements.contiguous();
    let (ours, theirs) = (subject.ours.to_owned_array(), subject.theirs.to_owned());
    let flat = &elements.flat;
    matrix
        .cell("postcard, write", subject.place)
        .ours(|| read_back(postcard::to_allocvec(&ours).expect("memory"), from_postcard::<GrowableNd<T>>))
        .hand(|| read_back(postcard::to_allocvec(flat).expect("memory"), from_postcard::<Vec<T>>))
        .ndarray(|| read_back(postcard::to_allocvec(&theirs).expect("memory"), from_postcard::<Array2<T>>))
        .run();
    let [own, by_hand, their_own] =
        [postcard::to_allocvec(&ours), postcard::to_allocvec(flat), postcard::to_allocvec(&theirs)]
            .map(|bytes| bytes.expect("memory"));
    matrix
        .cell("postcard, read", subject.place)
        .ours(|| from_postcard::<GrowableNd<T>>(&own))
        .hand(|| from_postcard::<Vec<T>>(&by_hand))
        .ndarray(|| from_postcard::<Array2<T>>(&their_own))
        .run();
}

fn json(matrix: &mut Matrix, size: &str, shape: [usize; 2]) {
    let elements = Elements::<f64, 2>::new(size, shape);
    let subject = elements.contiguous();
    let (ours, theirs) = (subject.ours.to_owned_array(), subject.theirs.to_owned());
    let flat = &elements.flat;
    matrix
        .cell("JSON, write", subject.place)
        .ours(|| read_back(serde_json::to_vec(&ours).expect("text"), from_json::<GrowableNd<f64>>))
        .hand(|| read_back(serde_json::to_vec(flat).expect("text"), from_json::<Vec<f64>>))
        .ndarray(|| read_back(serde_json::to_vec(&theirs).expect("text"), from_json::<Array2<f64>>))
        .run();
    let [own, by_hand, their_own] =
        [serde_json::to_string(&ours), serde_json::to_string(flat), serde_json::to_string(&theirs)]
            .map(|text| text.expect("text"));
    matrix
        .cell("JSON, read", subject.place)
        .ours(|| serde_json::from_str::<GrowableNd<f64>>(&own).expect("an array"))
        .hand(|| serde_json::from_str::<Vec<f64>>(&by_hand).expect("elements"))
        .ndarray(|| serde_json::from_str::<Array2<f64>>(&their_own).expect("an array"))
        .run();
}
