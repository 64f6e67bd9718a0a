//! Arrays in data formats: their form, and input that is refused.

use growable_nd::{Axis, AxisRange, GrowableNd, Growth, GrowthStats, MAX_RANK, Ratio, zoo};
use quickcheck::{Arbitrary, Gen};
use serde_core::de::value::{Error as ValueError, MapDeserializer, SeqDeserializer};
use serde_core::de::{DeserializeOwned, DeserializeSeed, IntoDeserializer, SeqAccess, Visitor};
use serde_core::{Deserialize, Deserializer, Serialize, forward_to_deserialize_any};
use serde_json::{Value, json};
use serde_test::{Token, assert_de_tokens, assert_de_tokens_error, assert_ser_tokens, assert_tokens};
use std::cell::Cell;
use std::collections::HashMap;
use std::fmt::Debug;
use std::iter;
use support::{Tracked, check, panics};

/// The support code of the other tests.
#[path = "it/support.rs"]
#[allow(dead_code, unused_imports, unused_macros, reason = "half of it is for the other tests")]
mod support;

const STRUCT: Token = Token::Struct { name: "GrowableNd", len: 2 };

/// The tokens of a struct with these extents and rows. `len` computes the announced length of each
/// sequence from its true length.
fn tokens(shape: &[u64], rows: &[&[i32]], len: fn(usize) -> Option<usize>) -> Vec<Token> {
    let mut tokens = vec![STRUCT, Token::Str("shape"), Token::Seq { len: len(shape.len()) }];
    tokens.extend(shape.iter().copied().map(Token::U64));
    tokens.extend([Token::SeqEnd, Token::Str("rows"), Token::Seq { len: len(rows.len()) }]);
    for row in rows {
        tokens.push(Token::Seq { len: len(row.len()) });
        tokens.extend(row.iter().copied().map(Token::I32));
        tokens.push(Token::SeqEnd);
    }
    tokens.extend([Token::SeqEnd, Token::StructEnd]);
    tokens
}

#[test]
fn the_form_of_an_array() {
    let array = GrowableNd::<i32>::from([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]);
    assert_tokens(&array, &tokens(&[2, 2, 2], &[&[1, 2, 3, 4], &[5, 6, 7, 8]], Some));
    assert_tokens(&GrowableNd::from_iter([1, 2]), &tokens(&[2], &[&[1], &[2]], Some));
    assert_tokens(&GrowableNd::<i32>::new([2, 3]), &tokens(&[0, 2, 3], &[], Some));
    assert_tokens(&GrowableNd::<i32>::new([]), &tokens(&[0], &[], Some));
    let mut array = GrowableNd::<i32>::new([3, 0]);
    array.resize(2, 0);
    assert_tokens(&array, &tokens(&[2, 3, 0], &[&[], &[]], Some));

    let array = GrowableNd::from([[1_i8, -2], [3, 4]]);
    assert_eq!(serde_json::to_string(&array).unwrap(), r#"{"shape":[2,2],"rows":[[1,-2],[3,4]]}"#);
    // Each sequence begins with its length; there are no names.
    assert_eq!(postcard::to_allocvec(&array).unwrap(), [2, 2, 2, 2, 2, 1, 0xFE, 2, 3, 4]);
}

#[test]
fn a_view_has_the_form_of_an_array_with_its_elements() {
    let mut array = GrowableNd::<i32>::from([[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12]]]);
    let view = array.view::<3>();
    assert_ser_tokens(&view, &tokens(&[2, 2, 3], &[&[1, 2, 3, 4, 5, 6], &[7, 8, 9, 10, 11, 12]], Some));
    assert_ser_tokens(
        &view.t(),
        &tokens(&[3, 2, 2], &[&[1, 7, 4, 10], &[2, 8, 5, 11], &[3, 9, 6, 12]], Some),
    );
    assert_ser_tokens(&view.slice((1, .., (..).step(2))), &tokens(&[2, 2], &[&[7, 9], &[10, 12]], Some));
    assert_ser_tokens(&view.slice((1, 0, ..)).invert_axis(Axis(0)), &tokens(&[3], &[&[9], &[8], &[7]], Some));
    assert_ser_tokens(&view.slice((.., 0, 0)).broadcast([1, 2]).unwrap(), &tokens(&[1, 2], &[&[1, 7]], Some));
    assert_ser_tokens(&view.slice((..0, 0, ..)), &tokens(&[0, 3], &[], Some));
    assert_ser_tokens(&view.slice((.., 0, ..0)), &tokens(&[2, 0], &[&[], &[]], Some));
    let text = serde_json::to_string(&view.t()).unwrap();
    assert_eq!(serde_json::from_str::<GrowableNd<i32>>(&text).unwrap(), view.t());

    let corner = [&[1, 4][..], &[2, 5]];
    let part = array.view_mut::<3>().slice((0, .., ..2)).t();
    assert_ser_tokens(&part, &tokens(&[2, 2], &corner, Some));
    assert_ser_tokens(&part.cells(), &tokens(&[2, 2], &corner, Some));
}

/// A shape, and seeds of its elements.
#[derive(Clone, Debug)]
struct Seeded {
    inner: Vec<usize>,
    rows: usize,
    seeds: Vec<u64>,
}

impl Arbitrary for Seeded {
    fn arbitrary(g: &mut Gen) -> Self {
        // Few zeros: most arrays should have elements.
        let extent = |g: &mut Gen| [1, 2, 3, 4, 1, 2, 3, 0][usize::arbitrary(g) % 8];
        let inner = (0..usize::arbitrary(g) % 4).map(|_| extent(g)).collect::<Vec<_>>();
        let rows = extent(g);
        let elements = rows * inner.iter().product::<usize>();
        Seeded { inner, rows, seeds: (0..elements).map(|_| u64::arbitrary(g)).collect() }
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        let Seeded { inner, seeds, .. } = self.clone();
        let row_len = inner.iter().product::<usize>();
        let fewer = (0..self.rows).map(move |rows| {
            let seeds = seeds[..rows * row_len].to_vec();
            Seeded { inner: inner.clone(), rows, seeds }
        });
        Box::new(fewer)
    }
}

impl Seeded {
    fn array<T>(&self, element: fn(u64) -> T) -> GrowableNd<T> {
        let mut array = GrowableNd::new(&self.inner);
        let mut seeds = self.seeds.iter();
        array.resize_with(self.rows, || element(*seeds.next().unwrap()));
        array
    }
}

/// Asserts that the array read back is equal, has whole rows, and has the default policy and
/// counters.
#[track_caller]
fn assert_back<T: PartialEq + Debug>(back: Result<GrowableNd<T>, impl Debug>, array: &GrowableNd<T>) {
    let back = back.unwrap();
    assert_eq!(back, *array);
    assert_eq!(back.as_slice().len(), back.rows() * back.row_len());
    assert_eq!((back.growth(), back.growth_stats()), (Growth::default(), GrowthStats::default()));
}

/// Reads back from every format, in every order of the fields.
fn round_trips<T: Serialize + DeserializeOwned + PartialEq + Debug>(array: &GrowableNd<T>) {
    let text = serde_json::to_string(array).unwrap();
    assert_back(serde_json::from_str(&text), array);
    let value = serde_json::to_value(array).unwrap();
    let (shape, rows) = (&value["shape"], &value["rows"]);
    assert_back(serde_json::from_str(&format!(r#"{{ "rows": {rows}, "shape": {shape} }}"#)), array);
    assert_back(serde_json::from_str(&format!("[{shape}, {rows}]")), array);
    assert_back(serde_json::from_value(value), array);
    through_postcard(array);
}

fn through_postcard<T: Serialize + DeserializeOwned + PartialEq + Debug>(array: &GrowableNd<T>) {
    let bytes = postcard::to_allocvec(array).unwrap();
    assert_back(postcard::from_bytes(&bytes), array);
}

/// Equal if all bits are.
#[derive(Debug)]
struct Bits(f64);

impl PartialEq for Bits {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Serialize for Bits {
    fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Bits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer).map(Bits)
    }
}

#[test]
fn what_is_written_reads_back() {
    check(|seeded: Seeded| {
        round_trips(&seeded.array(|seed| seed));
        round_trips(&seeded.array(|seed| (seed as i64) >> 32));
        round_trips(&seeded.array(|seed| seed.to_string()));
        round_trips(&seeded.array(|seed| (seed % 2 == 0).then_some(vec![seed; (seed % 3) as usize])));
        round_trips(&seeded.array(|seed| GrowableNd::from([[seed, 1]; 2])));
        round_trips(&seeded.array(|_| ()));
        // Every third seed becomes a NaN with an arbitrary payload, which JSON cannot represent.
        through_postcard(
            &seeded.array(|seed| Bits(f64::from_bits(if seed % 3 == 0 { seed | 0x7FF << 52 } else { seed }))),
        );
    });
}

#[test]
fn what_ends_too_early_is_an_error() {
    check(|seeded: Seeded| {
        let array = seeded.array(|seed| seed);
        let bytes = postcard::to_allocvec(&array).unwrap();
        for end in 0..bytes.len() {
            assert!(
                postcard::from_bytes::<GrowableNd<u64>>(&bytes[..end]).is_err(),
                "{end} bytes of {bytes:?}"
            );
        }
    });
    let text = serde_json::to_string(&GrowableNd::from([[1, 20], [300, 4]])).unwrap();
    for end in 0..text.len() {
        assert!(serde_json::from_str::<GrowableNd<i32>>(&text[..end]).is_err(), "{end} characters of {text}");
    }
}

#[test]
fn a_view_reads_back_as_an_array() {
    check(|seeded: Seeded| {
        let array = seeded.array(|seed| seed);
        if let Ok(view) = array.try_view::<3>() {
            let view = view.permute([1, 2, 0]).invert_axis(Axis(1));
            let back = serde_json::from_str(&serde_json::to_string(&view).unwrap());
            assert_back(back, &view.to_owned_array());
            let back = postcard::from_bytes(&postcard::to_allocvec(&view).unwrap());
            assert_back(back, &view.to_owned_array());
        }
    });
}

#[test]
fn elements_may_borrow_from_the_input() {
    let text = String::from(r#"{"rows":[["a","b"]],"shape":[1,2]}"#);
    let array: GrowableNd<&str> = serde_json::from_str(&text).unwrap();
    assert_eq!(array, GrowableNd::from([["a", "b"]]));
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn an_array_has_no_unused_capacity_if_its_shape_came_first() {
    for rows in [1, 10, 1000, 300_000] {
        let mut array = GrowableNd::new([3]);
        array.resize(rows, 7_u8);
        let bytes = postcard::to_allocvec(&array).unwrap();
        let back: GrowableNd<u8> = postcard::from_bytes(&bytes).unwrap();
        assert_eq!((back.rows(), back.capacity()), (rows, rows));
        assert_eq!(back.as_slice(), array.as_slice());
    }
}

#[test]
fn lengths_may_lie() {
    let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    let rows = [&[1, 2, 3][..], &[4, 5, 6]];
    let lies: [fn(usize) -> Option<usize>; 5] =
        [|_| None, |_| Some(0), |len| Some(len - 1), |len| Some(1000 * len), |_| Some(usize::MAX)];
    for lie in lies {
        assert_de_tokens(&array, &tokens(&[2, 3], &rows, lie));
        assert_de_tokens_error::<GrowableNd<i32>>(&tokens(&[3, 3], &rows, lie), "expected 3 rows, found 2");
    }
}

#[test]
fn fields_are_known_by_name_bytes_and_number() {
    let array = GrowableNd::from([[1]]);
    let with_keys = |shape, rows| {
        let mut tokens = tokens(&[1, 1], &[&[1]], Some);
        for token in &mut tokens {
            match token {
                Token::Str("shape") => *token = shape,
                Token::Str("rows") => *token = rows,
                _ => {}
            }
        }
        tokens
    };
    assert_de_tokens(&array, &with_keys(Token::BorrowedStr("shape"), Token::String("rows")));
    assert_de_tokens(&array, &with_keys(Token::Bytes(b"shape"), Token::BorrowedBytes(b"rows")));
    assert_de_tokens(&array, &with_keys(Token::U8(0), Token::U64(1)));
    for (key, message) in [
        (Token::Bytes(b"shapes"), "unknown field `shapes`, expected `shape` or `rows`"),
        (Token::Bytes(b"\xFF"), "invalid value: byte array, expected a field of an array: `shape` or `rows`"),
        (Token::U64(2), "invalid value: integer `2`, expected a field of an array: `shape` or `rows`"),
        (Token::I8(-1), "invalid type: integer `-1`, expected a field of an array: `shape` or `rows`"),
    ] {
        assert_de_tokens_error::<GrowableNd<i32>>(&[STRUCT, key], message);
    }
}

/// Returns the message of an error in JSON, without its position.
#[track_caller]
fn fault<T: DeserializeOwned + Debug>(text: &str) -> String {
    let message = serde_json::from_str::<T>(text).expect_err(text).to_string();
    message.split(" at line").next().unwrap().to_owned()
}

const FORM: &str = r#"(an array is {"shape": …, "rows": …} or [shape, rows], not nested lists)"#;

/// Nested lists, the form in which people often write an array: the error names the expected form.
#[test]
fn nested_lists_are_told_the_form() {
    type Config = HashMap<String, GrowableNd<f64>>;
    for (lists, message) in [
        (
            "[[1.5, 2], [3, 4]]",
            "invalid type: floating point `1.5`, expected an extent of the shape of an array",
        ),
        ("[[-1, 2], [3, 4]]", "invalid value: integer `-1`, expected an extent of the shape of an array"),
        ("[[[1, 2], [3, 4]]]", "invalid type: sequence, expected an extent of the shape of an array"),
        ("[[1,2,3,4,5,6,7,8,9], []]", "expected at most 8 axes (rows included), found 9 or more"),
        (
            "[1, 2, 3]",
            "invalid type: integer `1`, expected the extents of an array, at least the number of its rows",
        ),
        ("[[], []]", "invalid length 0, expected the extents of an array, at least the number of its rows"),
    ] {
        assert_eq!(fault::<Config>(&format!(r#"{{"data": {lists}}}"#)), format!("{message} {FORM}"));
    }
    for lists in ["[]", "[[1, 2]]"] {
        let message = fault::<Config>(&format!(r#"{{"data": {lists}}}"#));
        assert!(message.ends_with(r#"expected an array: {"shape": …, "rows": …} or [shape, rows]"#));
    }
    // The error still has its position.
    let text = r#"{"shape": [1, 2, 2], "rows": [[[1, 2], [3, 4]]]}"#;
    let error = serde_json::from_str::<GrowableNd<f64>>(text).unwrap_err();
    let message = "a row is one flat sequence of elements, whatever its shape: \
                   invalid type: sequence, expected f64 at line 1 column ";
    assert!(error.to_string().starts_with(message), "{error}");
    // A sequence where a part of an element is expected: the error says what.
    let text = r#"{"shape": [1], "rows": [[{"name": []}]]}"#;
    let error =
        serde_json::from_str::<GrowableNd<std::collections::BTreeMap<String, String>>>(text).unwrap_err();
    assert!(error.to_string().contains("expected a string"), "{error}");
    // Elements may be sequences themselves.
    let lists: GrowableNd<Vec<i32>> =
        serde_json::from_str(r#"{"shape": [1, 1], "rows": [[[1, 2]]]}"#).unwrap();
    assert_eq!(lists, [[vec![1, 2]]]);
}

#[test]
fn shape_and_rows_that_do_not_fit_are_refused_in_any_order() {
    for (shape, rows, message) in [
        // Extents.
        ("[]", "[]", "invalid length 0, expected the extents of an array, at least the number of its rows"),
        (
            "3",
            "[]",
            "invalid type: integer `3`, expected the extents of an array, at least the number of its rows",
        ),
        ("[-1, 2]", "[]", "invalid value: integer `-1`, expected an extent of the shape of an array"),
        ("[0, -2]", "[]", "invalid value: integer `-2`, expected an extent of the shape of an array"),
        (
            "[2.0]",
            "[[1], [2]]",
            "invalid type: floating point `2.0`, expected an extent of the shape of an array",
        ),
        ("[1e3]", "[]", "invalid type: floating point `1000.0`, expected an extent of the shape of an array"),
        ("[null]", "[]", "invalid type: null, expected an extent of the shape of an array"),
        ("[[1]]", "[[1]]", "invalid type: sequence, expected an extent of the shape of an array"),
        ("[1,1,1,1,1,1,1,1,1]", "[[1]]", "expected at most 8 axes (rows included), found 9 or more"),
        // Rows.
        ("[2, 2]", "[[1, 2]]", "expected 2 rows, found 1"),
        ("[1]", "[]", "expected 1 rows, found 0"),
        ("[2, 0]", "[[]]", "expected 2 rows, found 1"),
        ("[1000000000, 0]", "[]", "expected 1000000000 rows, found 0"),
        ("[1000000, 1000]", "[]", "expected 1000000 rows, found 0"),
        ("[2, 3]", "[[1, 2, 3], [4, 5]]", "row 1: expected 3 elements, found 2"),
        ("[2, 3]", "[[1, 2], [4, 5]]", "row 0: expected 3 elements, found 2"),
        ("[2, 3]", "[[], []]", "row 0: expected 3 elements, found 0"),
        ("[2, 3]", "[[1, 2, 3], []]", "row 1: expected 3 elements, found 0"),
        ("[2, 2, 3]", "[[1, 2, 3], [4, 5, 6]]", "row 0: expected 6 elements, found 3"),
        ("[1, 1000000000]", "[[1]]", "row 0: expected 1000000000 elements, found 1"),
        ("[2, 3]", "[[1, 2, 3], [4, 5, 6, 7]]", "row 1: expected 3 elements, found 4 or more"),
        ("[1]", "[1]", "invalid type: integer `1`, expected a row: its elements as one flat sequence"),
        ("[1, 1]", "[null]", "invalid type: null, expected a row: its elements as one flat sequence"),
        ("[1]", "{}", "invalid type: map, expected the rows of an array"),
        ("[1]", "5", "invalid type: integer `5`, expected the rows of an array"),
        // Elements.
        ("[1, 2]", "[[1, true]]", "invalid type: boolean `true`, expected i32"),
        (
            "[1, 1, 2]",
            "[[[1, 2]]]",
            "a row is one flat sequence of elements, whatever its shape: \
             invalid type: sequence, expected i32",
        ),
        ("[1, 1]", "[[2147483648]]", "invalid value: integer `2147483648`, expected i32"),
    ] {
        for text in [
            format!(r#"{{"shape": {shape}, "rows": {rows}}}"#),
            format!(r#"{{"rows": {rows}, "shape": {shape}}}"#),
            format!("[{shape}, {rows}]"),
        ] {
            let said = fault::<GrowableNd<i32>>(&text);
            assert_eq!(said.strip_suffix(FORM).unwrap_or(&said).trim_end(), message, "{text}");
        }
    }
}

#[test]
fn too_much_is_refused_at_the_first_of_it() {
    // The later text is not valid in the format.
    let read = |shape_first: &str, rows_first: &str| {
        [fault::<GrowableNd<i32>>(shape_first), fault::<GrowableNd<i32>>(rows_first)]
    };
    assert_eq!(
        read(r#"{"shape":[1,2],"rows":[[1,2],[?"#, r#"{"rows":[[1,2],[3,4]],"shape":[1,2]}"#),
        ["expected 1 rows, found 2 or more", "expected 1 rows, found 2"]
    );
    assert_eq!(
        read(r#"{"shape":[2,2],"rows":[[1,2,3?"#, r#"{"rows":[[1,2,3],[4,5,6]],"shape":[2,2]}"#),
        ["row 0: expected 2 elements, found 3 or more", "row 0: expected 2 elements, found 3"]
    );
    // Before the shape is known, the first row determines the length of rows.
    assert_eq!(
        fault::<GrowableNd<i32>>(r#"{"rows":[[1],[2,3?"#),
        "row 1: expected 1 elements, found 2 or more"
    );
    assert_eq!(fault::<GrowableNd<i32>>(r#"{"rows":[[1,2],[3]?"#), "row 1: expected 2 elements, found 1");
    assert_eq!(fault::<GrowableNd<i32>>(r#"{"rows":[[],[1?"#), "row 1: expected 0 elements, found 1 or more");
}

#[test]
fn extents_that_no_array_can_have_are_refused() {
    let max = isize::MAX.unsigned_abs();
    for shape in
        [vec![max + 1], vec![usize::MAX, 0], vec![0, usize::MAX], vec![max, 2], vec![0, max, 3], vec![2, max]]
    {
        let message = support::overflow_message(&shape);
        assert_eq!(fault::<GrowableNd<()>>(&json!({ "shape": shape, "rows": [] }).to_string()), message);
        assert_eq!(fault::<GrowableNd<()>>(&format!(r#"{{"shape":{shape:?},?"#)), message);
    }
    let none: GrowableNd<u8> = serde_json::from_value(json!({ "shape": [0, max], "rows": [] })).unwrap();
    assert_eq!(none.shape(), [0, max]);
    let deepest: GrowableNd<u8> =
        serde_json::from_value(json!({ "shape": vec![1; MAX_RANK], "rows": [[5]] })).unwrap();
    assert_eq!(deepest.shape(), [1; MAX_RANK]);
}

#[test]
fn fields_are_there_once_and_no_others() {
    for (text, message) in [
        ("{}", "missing field `shape`"),
        (r#"{"rows":[]}"#, "missing field `shape`"),
        (r#"{"shape":[0]}"#, "missing field `rows`"),
        (r#"{"shape":[0],"shape":[0],"rows":[]}"#, "duplicate field `shape`"),
        (r#"{"shape":[0],"rows":[],"rows":[]}"#, "duplicate field `rows`"),
        (r#"{"rows":[],"rows":[],"shape":[0]}"#, "duplicate field `rows`"),
        (r#"{"shape":[0],"rows":[],"growth":"2"}"#, "unknown field `growth`, expected `shape` or `rows`"),
        (r#"{"Shape":[0],"rows":[]}"#, "unknown field `Shape`, expected `shape` or `rows`"),
        ("[]", r#"invalid length 0, expected an array: {"shape": …, "rows": …} or [shape, rows]"#),
        ("[[0]]", r#"invalid length 1, expected an array: {"shape": …, "rows": …} or [shape, rows]"#),
        ("[[0], [], []]", "trailing characters"),
        ("null", r#"invalid type: null, expected an array: {"shape": …, "rows": …} or [shape, rows]"#),
    ] {
        assert_eq!(fault::<GrowableNd<i32>>(text), message, "{text}");
    }
}

/// Accepts exactly the valid forms, in any order of the fields.
#[test]
fn whatever_comes_is_a_whole_array_or_an_error() {
    check(|(extents, raw_rows, honest): (Vec<i8>, Vec<Vec<u8>>, bool)| {
        let mut shape: Vec<i64> = extents.iter().map(|extent| i64::from(extent % 4)).collect();
        let mut rows: Vec<Vec<u8>> = raw_rows.into_iter().take(4).collect();
        if honest && !shape.is_empty() {
            // Close to an array: otherwise few cases would be valid.
            shape.truncate(3);
            shape.iter_mut().for_each(|extent| *extent = extent.abs());
            let row_len = shape[1..].iter().product::<i64>();
            rows.iter_mut().for_each(|row| row.resize(row_len.unsigned_abs() as usize, 0));
            rows.resize(shape[0].unsigned_abs() as usize, vec![0; row_len.unsigned_abs() as usize]);
        }
        let row_len = shape.iter().skip(1).product::<i64>();
        let valid = (1..=MAX_RANK).contains(&shape.len())
            && shape.iter().all(|&extent| extent >= 0)
            && shape[0] == rows.len() as i64
            && rows.iter().all(|row| row.len() as i64 == row_len);
        for text in [
            format!(r#"{{"shape":{shape:?},"rows":{rows:?}}}"#),
            format!(r#"{{"rows":{rows:?},"shape":{shape:?}}}"#),
            format!("[{shape:?},{rows:?}]"),
        ] {
            match serde_json::from_str::<GrowableNd<u8>>(&text) {
                Ok(array) => {
                    assert!(valid, "{text}");
                    assert!(array.shape().iter().map(|&extent| extent as i64).eq(shape.iter().copied()));
                    assert_eq!(array.as_slice(), rows.concat());
                }
                Err(error) => assert!(!valid, "{text}: {error}"),
            }
        }
    });
}

#[test]
fn no_bytes_do_any_harm() {
    fn read<T: DeserializeOwned>(bytes: &[u8]) {
        if let Ok(array) = postcard::from_bytes::<GrowableNd<T>>(bytes) {
            assert_eq!(array.as_slice().len(), array.rows() * array.row_len());
        }
    }
    check(|(bytes, shape): (Vec<u8>, Vec<u8>)| {
        let mut with_shape = postcard::to_allocvec(&shape).unwrap();
        with_shape.extend(bytes.iter().map(|byte| byte % 4));
        for bytes in [bytes, with_shape] {
            read::<u8>(&bytes);
            read::<String>(&bytes);
            read::<GrowableNd<bool>>(&bytes);
        }
    });
}

/// Input that no text can represent: endless sequences, and a format without errors.
#[derive(Clone)]
enum Input {
    Number(u32),
    List(Vec<Input>),
    Forever(Box<Input>),
    Lenient(Vec<Input>),
}

/// A sequence that ends at the first invalid element.
struct Lenient(std::vec::IntoIter<Input>);

impl<'de> SeqAccess<'de> for Lenient {
    type Error = ValueError;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ValueError> {
        Ok(self.0.next().and_then(|element| seed.deserialize(element).ok()))
    }
}

impl IntoDeserializer<'_, ValueError> for Input {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Input {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self {
            Input::Number(number) => visitor.visit_u32(number),
            Input::List(list) => visitor.visit_seq(SeqDeserializer::new(list.into_iter())),
            Input::Forever(input) => visitor.visit_seq(SeqDeserializer::new(iter::repeat(*input))),
            Input::Lenient(list) => visitor.visit_seq(Lenient(list.into_iter())),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[test]
fn what_has_no_end_is_left_where_it_is_too_much() {
    let numbers = |numbers: &[u32]| Input::List(numbers.iter().copied().map(Input::Number).collect());
    let forever = |input| Input::Forever(Box::new(input));
    for (shape, rows, message) in [
        (numbers(&[5, 0]), forever(numbers(&[])), "expected 5 rows, found 6 or more"),
        (numbers(&[0, 0]), forever(numbers(&[])), "expected 0 rows, found 1 or more"),
        (numbers(&[5, 2]), forever(numbers(&[1, 2])), "expected 5 rows, found 6 or more"),
        (numbers(&[5, 2]), forever(forever(Input::Number(1))), "row 0: expected 2 elements, found 3 or more"),
        (numbers(&[5, 0]), forever(forever(Input::Number(1))), "row 0: expected 0 elements, found 1 or more"),
        (
            forever(Input::Number(1)),
            numbers(&[]),
            &format!("expected at most 8 axes (rows included), found 9 or more {FORM}"),
        ),
    ] {
        let input = Input::List(vec![shape.clone(), rows.clone()]);
        assert_eq!(GrowableNd::<u32>::deserialize(input).unwrap_err().to_string(), message);
        let fields = MapDeserializer::new([("shape", shape), ("rows", rows)].into_iter());
        assert_eq!(GrowableNd::<u32>::deserialize(fields).unwrap_err().to_string(), message);
    }
    // Here the second row is too long, since the first determines the length of rows.
    let rows = Input::List(vec![numbers(&[1, 2]), forever(Input::Number(1))]);
    let fields = MapDeserializer::new([("rows", rows)].into_iter());
    let error = GrowableNd::<u32>::deserialize(fields).unwrap_err();
    assert_eq!(error.to_string(), "row 1: expected 2 elements, found 3 or more");
}

/// Rows without elements, and elements of size zero: they take no memory, and in some formats no
/// bytes.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn what_takes_no_memory_takes_time_for_few() {
    const LIMIT: usize = 1 << 20;
    let max = isize::MAX.unsigned_abs();
    let refusal = |result: Result<Vec<u8>, postcard::Error>| result.unwrap_err();
    let of_rows = |inner: &[usize], rows| {
        let mut array = GrowableNd::<u8>::new(inner);
        array.resize(rows, 0);
        array
    };
    let of_units = |rows, row_len| GrowableNd::from_vec([row_len], vec![(); rows * row_len]).unwrap();

    // The maximum number is written and read.
    let array = of_rows(&[0], LIMIT);
    assert_eq!(postcard::from_bytes(&postcard::to_allocvec(&array).unwrap()), Ok(array));
    let array = of_units(2, LIMIT / 2);
    let bytes = postcard::to_allocvec(&array).unwrap();
    assert!(bytes.len() < 20);
    assert_eq!(postcard::from_bytes(&bytes), Ok(array));

    // Elements that take memory are not limited.
    through_postcard(&of_rows(&[1], LIMIT + 1));
    through_postcard(&of_rows(&[LIMIT + 1], 1));

    // Larger numbers are refused at once.
    for rows in [LIMIT + 1, max] {
        let array = of_rows(&[0, 1], rows);
        let message = format!("{rows} rows without elements, expected at most 1048576");
        assert_eq!(serde_json::to_string(&array).unwrap_err().to_string(), message);
        assert_eq!(serde_json::to_string(&array.view::<3>()).unwrap_err().to_string(), message);
        refusal(postcard::to_allocvec(&array));
        assert!(serde_json::to_string(&array.view::<3>().t()).is_ok());
    }
    let message = "1048577 elements of size zero, expected at most 1048576";
    assert_eq!(serde_json::to_string(&of_units(1, LIMIT + 1)).unwrap_err().to_string(), message);
    assert_eq!(serde_json::to_string(&of_units(LIMIT + 1, 1).view::<2>()).unwrap_err().to_string(), message);
    let one = of_units(1, 1);
    refusal(postcard::to_allocvec(&one.view::<2>().broadcast([max, 1]).unwrap()));

    // A shape, the number of rows, and the number of elements in the first row.
    let bytes = postcard::to_allocvec(&(vec![1, max], 1_usize, max)).unwrap();
    assert!(postcard::from_bytes::<GrowableNd<()>>(&bytes).is_err());
    let bytes = postcard::to_allocvec(&(vec![max, 0, 1], max)).unwrap();
    assert!(postcard::from_bytes::<GrowableNd<u8>>(&bytes).is_err());

    let no_bytes = |rows: Input| {
        let fields = MapDeserializer::new([("rows", rows)].into_iter());
        GrowableNd::<Unit>::deserialize(fields).unwrap_err().to_string()
    };
    let forever = |input| Input::Forever(Box::new(input));
    let rows = no_bytes(forever(Input::List(vec![])));
    assert_eq!(rows, "1048577 rows without elements, expected at most 1048576");
    assert_eq!(no_bytes(forever(Input::List(vec![Input::Number(0)]))), message);
    assert_eq!(no_bytes(forever(forever(Input::Number(0)))), message);
}

/// An element of size zero that is read from a number.
#[derive(Debug)]
struct Unit;

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u32::deserialize(deserializer).map(|_| Unit)
    }
}

/// No element of a refused row gets into the array, even if the format ignores the error.
#[test]
fn a_format_without_errors_has_whole_rows() {
    let numbers = |numbers: &[u32]| Input::List(numbers.iter().copied().map(Input::Number).collect());
    for refused in [numbers(&[5, 6, 7]), numbers(&[5]), Input::List(vec![Input::Number(5), numbers(&[])])] {
        let rows = Input::Lenient(vec![numbers(&[1, 2]), numbers(&[3, 4]), refused, numbers(&[8, 9])]);
        let read = |rows_of_shape, shape_first| {
            let mut fields = vec![("rows", rows.clone()), ("shape", numbers(&[rows_of_shape, 2]))];
            if shape_first {
                fields.reverse();
            }
            let live = Tracked::live();
            let fields = MapDeserializer::new(fields.into_iter());
            let values = GrowableNd::<Tracked>::deserialize(fields).map(|array| {
                assert_eq!(Tracked::live() - live, 4);
                array.as_slice().iter().map(|element| element.value).collect::<Vec<_>>()
            });
            assert_eq!(Tracked::live(), live);
            values.map_err(|error| error.to_string())
        };
        for shape_first in [false, true] {
            assert_eq!(read(2, shape_first), Ok(vec![1, 2, 3, 4]));
            assert_eq!(read(3, shape_first), Err("expected 3 rows, found 2".into()));
        }
    }
}

const PANIC: u32 = 666;

thread_local! {
    static READ: Cell<usize> = const { Cell::new(0) };
}

/// Counts the elements that were read, and panics at one value.
impl<'de> Deserialize<'de> for Tracked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = u32::deserialize(deserializer)?;
        assert_ne!(value, PANIC, "told to");
        READ.set(READ.get() + 1);
        Ok(Tracked::new(value))
    }
}

/// Wherever reading an array of eight elements fails, all earlier elements are dropped once.
#[test]
fn elements_before_a_fault_are_dropped_once() {
    for at in 0..8 {
        for fault in [json!(null), json!("text"), json!(-1), json!(PANIC)] {
            let mut elements: Vec<Value> = (0..8).map(Value::from).collect();
            elements[at] = fault.clone();
            let rows: Vec<&[Value]> = elements.chunks(2).collect();
            let rows = json!(rows);
            for text in [
                format!(r#"{{"shape":[4,2],"rows":{rows}}}"#),
                format!(r#"{{"rows":{rows},"shape":[4,2]}}"#),
                format!("[[4,2],{rows}]"),
            ] {
                READ.set(0);
                let live = Tracked::live();
                let panicked =
                    panics(|| assert!(serde_json::from_str::<GrowableNd<Tracked>>(&text).is_err()));
                assert_eq!(panicked, fault == PANIC);
                assert_eq!((READ.get(), Tracked::live()), (at, live), "{text}");
            }
        }
    }
}

#[test]
fn elements_of_what_is_no_array_are_dropped_once() {
    for (text, read) in [
        (r#"{"shape":[2,2],"rows":[[1,2],[3]]}"#, 3),
        (r#"{"shape":[2,2],"rows":[[1,2],[3,4,5,6]]}"#, 5),
        (r#"{"shape":[1,2],"rows":[[1,2],[3,4]]}"#, 2),
        (r#"{"shape":[3,2],"rows":[[1,2],[3,4]]}"#, 4),
        (r#"{"rows":[[1,2],[3,4]],"shape":[2,3]}"#, 4),
        (r#"{"rows":[[1,2],[3,4]],"shape":[2,null]}"#, 4),
        (r#"{"rows":[[1,2],[3,4]],"rows":[[1]]}"#, 4),
        (r#"{"rows":[[1,2],[3,4]],"other":[[1]]}"#, 4),
        (r#"{"rows":[[1,2],[3,4]]}"#, 4),
        (r#"{"rows":[[1,2],[3,4"#, 4),
    ] {
        READ.set(0);
        let live = Tracked::live();
        assert!(serde_json::from_str::<GrowableNd<Tracked>>(text).is_err(), "{text}");
        assert_eq!((READ.get(), Tracked::live()), (read, live), "{text}");
    }
    let live = Tracked::live();
    let array: GrowableNd<Tracked> = serde_json::from_str(r#"{"shape":[2,2],"rows":[[1,2],[3,4]]}"#).unwrap();
    assert_eq!(Tracked::live(), live + 4);
    drop(array);
    assert_eq!(Tracked::live(), live);
}

#[test]
fn an_element_that_cannot_be_written_is_an_error() {
    struct Secret;

    impl Serialize for Secret {
        fn serialize<S: serde_core::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde_core::ser::Error::custom("not this"))
        }
    }

    let array = GrowableNd::from_vec([1], vec![Secret]).unwrap();
    assert_eq!(serde_json::to_string(&array).unwrap_err().to_string(), "not this");
    assert_eq!(serde_json::to_string(&array.view::<2>()).unwrap_err().to_string(), "not this");
}

#[test]
fn growth_policies_are_text() {
    let shrinking = Growth::DOUBLE.with_shrink(Ratio::new(1, 4), Ratio::from(2));
    for (growth, text) in [
        (Growth::THREE_HALVES, "3/2"),
        (Growth::DOUBLE.with_first(16), "2 from 16"),
        (Growth::EXACT, "exact"),
        (Growth::additive(1024), "+1024"),
        (shrinking, "2 shrink to 2 at 1/4"),
    ] {
        assert_tokens(&growth, &[Token::Str(text)]);
    }
    // Every policy of the zoo is read back, or its name is refused.
    for growth in zoo::entries().iter().map(|entry| entry.growth()) {
        match postcard::to_allocvec(&growth) {
            Ok(bytes) => assert_eq!(postcard::from_bytes(&bytes), Ok(growth)),
            Err(_) => assert!(growth.name().is_some(), "{growth}"),
        }
    }
    let custom = Growth::custom("full", |request| request.needed).with_first(7);
    assert_eq!(
        serde_json::to_string(&custom).unwrap_err().to_string(),
        "cannot serialize the custom growth policy \"full\": its name could not be read back"
    );
    assert_eq!(
        serde_json::from_str::<Growth>(r#"" 1.5 from  4""#).unwrap(),
        Growth::THREE_HALVES.with_first(4)
    );
    for (text, message) in [
        (r#""0.9""#, "growth factor 9/10 is not greater than 1: the array would never grow (in \"0.9\")"),
        (r#""3/2 from 0""#, "first block has 0 rows, must have at least 1 (in \"3/2 from 0\")"),
        (
            r#""go-slice""#,
            "unknown growth policy \"go-slice\"; \
             examples: 3/2, 1.5, +1024, exact, 3/2 from 16 shrink to 2 at 1/4; \
             only `Growth::parse_with` and `zoo::parse` look up names",
        ),
        ("1.5", "invalid type: floating point `1.5`, expected a growth policy as text, like \"3/2\""),
        ("null", "invalid type: null, expected a growth policy as text, like \"3/2\""),
    ] {
        assert_eq!(fault::<Growth>(text), message);
    }
    assert!(serde_json::from_str::<Growth>(r#""custom""#).is_err());
}
