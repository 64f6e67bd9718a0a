use crate::random::check;
use crate::support::{chain, file, later_file, padded, read, text, written};
use growable_nd::{Error, GrowableNd, NpyAppender, NpyError, ShapeError};
use std::io::Cursor;

/// The message for a file with this header text and without elements.
#[track_caller]
fn refusal(text: &str) -> String {
    read::<f64>(&file(text, &[])).expect_err("accepted").to_string()
}

#[track_caller]
fn assert_refused(text: &str, expected: &str, found: &str) {
    // Single characters are in quotes.
    let expected = if expected.len() == 1 { format!("{expected:?}") } else { expected.to_owned() };
    let message = format!("invalid .npy header: expected {expected}, found {found:?}");
    assert_eq!(refusal(text), message, "{text}");
}

#[test]
fn every_beginning_of_a_file_is_an_error() {
    let array = GrowableNd::from([[1.5, 2.5], [3.5, 4.5]]);
    let data: Vec<u8> = array.as_slice().iter().flat_map(|x| f64::to_le_bytes(*x)).collect();
    let dictionary = padded(&text("'<f8'", true, "(2, 2)"), 100);
    let files = [
        written(&array),
        file(&text("'<f8'", false, "(2, 2)"), &data),
        file(&dictionary, &data),
        later_file(2, &dictionary, &data),
        later_file(3, &dictionary, &data),
    ];
    for file in files {
        assert!(read::<f64>(&file).is_ok());
        for len in 0..file.len() {
            let error = read::<f64>(&file[..len]).unwrap_err();
            let header_len = file.len() - data.len();
            match error {
                NpyError::Magic { found, .. } => assert_eq!((found.len(), &found[..]), (len, &file[..len])),
                NpyError::HeaderEnd { expected, found, .. } => {
                    assert!(found < expected && (6..header_len).contains(&len));
                }
                NpyError::Elements { expected, found, .. } => {
                    assert_eq!((expected, found), (4, (len - header_len) / 8));
                }
                error => panic!("{len} bytes: {error}"),
            }
        }
    }
    assert_eq!(
        read::<f64>(b"\x93NUMP").unwrap_err().to_string(),
        r#"not a .npy file: expected "\x93NUMPY", found "\x93NUMP""#
    );
    assert_eq!(
        read::<f64>(&written(&array)[..20]).unwrap_err().to_string(),
        "file ends in its .npy header: expected 118 more bytes, found 10"
    );
    assert_eq!(
        read::<f64>(&written(&array)[..150]).unwrap_err().to_string(),
        "file ends too early: expected 4 elements, found 2"
    );
}

#[test]
fn other_files() {
    for (other, end) in [
        (&b"PK\x03\x04 and so on"[..], " (a .npz archive?)"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", " (a gzip file?)"),
        (b"\x93NUMPZ\x01\x00", "found \"\\x93NUMPZ\""),
        (b"\x00\x00\x00\x00\x00\x00\x00\x00", "\\x00\""),
        (b"", "expected a .npy file, found the end of the file or stream"),
    ] {
        let error = read::<f64>(other).unwrap_err();
        assert!(matches!(error, NpyError::Magic { .. }));
        assert!(error.to_string().ends_with(end), "{error}");
    }
    for version in [(0, 0), (0, 1), (1, 1), (2, 1), (4, 0), (255, 255)] {
        let mut file = file(&text("'<f8'", false, "(0,)"), &[]);
        (file[6], file[7]) = version;
        let Err(NpyError::Version { major, minor, .. }) = read::<f64>(&file) else { panic!("{version:?}") };
        assert_eq!((major, minor), version);
    }
    let mut file = file(&text("'<f8'", false, "(0,)"), &[]);
    file[6] = 7;
    let message = "unknown .npy version 7.0, expected 1.0, 2.0 or 3.0";
    assert_eq!(read::<f64>(&file).unwrap_err().to_string(), message);
}

#[test]
fn headers_that_are_too_long() {
    let longest = padded(&text("'<f8'", false, "(0,)"), 10_000);
    assert!(read::<f64>(&file(&longest, &[])).is_ok());
    assert_eq!(refusal(&format!(" {longest}")), ".npy header has 10001 bytes, expected at most 10000");
    let mut huge = later_file(2, "", &[]);
    huge[8..].fill(0xff);
    let message = ".npy header has 4294967295 bytes, expected at most 10000";
    assert_eq!(read::<f64>(&huge).unwrap_err().to_string(), message);
}

#[test]
fn headers_that_are_no_dictionary() {
    let good = text("'<f8'", false, "(0,)");
    assert_refused("", "{", "");
    assert_refused("\n", "{", "");
    assert_refused("'<f8'", "{", "'<f8'");
    assert_refused("()", "{", "()");
    assert_refused("\0\u{1}\u{7f}", "{", "\0\u{1}\u{7f}");
    assert_refused(&format!("{good} {good}"), "nothing after the dictionary", &good);
    assert_refused(&good[..good.len() - 1], "a key in quotes", "");
    assert_refused("{descr: '<f8'}", "a key in quotes", "descr: '<f8'}");
    assert_refused("{'descr", "a key in quotes", "'descr");
    assert_refused("{'descr' '<f8'}", ":", "'<f8'}");
    assert_refused("{'descr': '<f8' 'shape': ()}", "}", "'shape': ()}");
    assert_refused("{,}", "a key in quotes", ",}");
    let long = "x".repeat(100);
    assert_refused(&long, "{", &format!("{}…", &long[..80]));
    // Non-ASCII text is cut between characters.
    let umlauts = "ä".repeat(100);
    assert_refused(&umlauts, "{", &format!("{}…", "ä".repeat(80)));
    let not_text = [&file("", &[])[..8], b"\x02\x00{\xff"].concat();
    assert!(matches!(read::<f64>(&not_text), Err(NpyError::Header { .. })));
}

#[test]
fn headers_with_other_keys() {
    let keys = "exactly the keys 'descr', 'fortran_order' and 'shape'";
    for wrong in [
        "{}",
        "{'fortran_order': False, 'shape': (0,), }",
        "{'descr': '<f8', 'shape': (0,), }",
        "{'descr': '<f8', 'fortran_order': False, }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (), 'more': 1, }",
        "{'Descr': '<f8', 'fortran_order': False, 'shape': (), }",
    ] {
        assert_refused(wrong, keys, wrong);
    }
}

#[test]
fn values_of_the_wrong_kind() {
    for wrong in ["false", "0", "None", "'True'", "(True)"] {
        let found = format!("{wrong}, 'shape': (0,), }}");
        assert_refused(&format!("{{'descr': '<f8', 'fortran_order': {found}"), "True or False", &found);
    }
    let number = "an extent that fits into a usize";
    for (shape, expected, rest) in [
        ("3", "(", "3"),
        ("[3]", "(", "[3]"),
        ("None", "(", "None"),
        ("(3)", ",", ")"),
        ("(-1,)", number, "-1,)"),
        ("(2, -1)", number, "-1)"),
        ("(+1,)", number, "+1,)"),
        ("(1.0,)", ",", ".0,)"),
        ("(2, 1e3)", ")", "e3)"),
        ("(2, 0x10)", ")", "x10)"),
        ("(True,)", number, "True,)"),
        ("('3',)", number, "'3',)"),
        ("((3,),)", number, "(3,),)"),
        ("(,)", number, ",)"),
        ("(2,, 3)", number, ", 3)"),
        ("(2 3)", ",", "3)"),
        ("(2, 3 4)", ")", "4)"),
        ("(99999999999999999999,)", number, "99999999999999999999,)"),
    ] {
        assert_refused(&text("'<f8'", false, shape), expected, &format!("{rest}, }}"));
    }
    assert_refused("{'shape': (2, 3", ")", "");
}

#[test]
fn dtypes_that_do_not_fit() {
    let refused = |dtype: &str, found: &str| {
        let message = refusal(&text(dtype, false, "(0,)"));
        assert!(message.starts_with(&format!("dtype {found}")), "{message}");
        assert!(message.contains(" does not fit elements of type f64"), "{message}");
    };
    let unlike =
        ["|O", "<M8[ns]", "<m8[D]", "|S8", "<U2", "|V8", "<f4", "<i8", "<u8", "|b1", "<c16", "<f16", ">c8"];
    for dtype in unlike {
        refused(&format!("'{dtype}'"), &format!("'{dtype}'"));
        refused(&format!("\"{dtype}\""), &format!("'{dtype}'"));
    }
    // Spellings that `NumPy` refuses as well.
    for dtype in
        ["", "<", "<<f8", "<f3", "<f-8", "<f8 ", " f8", "<f99999999999999999999", "<float64", "f8,", "é"]
    {
        refused(&format!("'{dtype}'"), &format!("'{dtype}'"));
    }
    for fields in ["[('a', '<i4'), ('b', '<f8', (2, 3))]", "[]"] {
        refused(fields, fields);
    }
    let many = format!("[{}]", "('a', '<i4'), ".repeat(100));
    refused(&many, &format!("{}…", &many[..80]));
    for dtype in ["8", "None", "('<f8',)", "{'a': 1}", "b'<f8'"] {
        let found = format!("{dtype}, 'fortran_order': False, 'shape': (0,), }}");
        assert_refused(&text(dtype, false, "(0,)"), "a dtype in quotes", &found);
    }
    let wide = written(&GrowableNd::from([[1_i64]]));
    let message = read::<i32>(&wide).unwrap_err().to_string();
    assert!(message.ends_with("8' (int64) does not fit elements of type i32; use type i64"), "{message}");
}

#[test]
fn shapes_that_no_array_has() {
    let message = "expected at most 8 axes (rows included), found 9";
    assert_eq!(refusal(&text("'<f8'", false, "(1, 1, 1, 1, 1, 1, 1, 1, 1)")), message);
    assert!(refusal(&text("'<f8'", false, &format!("({})", "1, ".repeat(3000)))).ends_with("found 3000"));
    let max = usize::MAX;
    for (shape, fortran_order) in [
        (format!("({max},)"), false),
        (format!("({max}, 0)"), false),
        (format!("(0, {max}, 2)"), false),
        (format!("({max}, {max}, {max})"), true),
        (format!("({}, 2)", max / 2 + 1), true),
        // The product of the extents wraps to 5.
        ("(3, 7, 29, 36760123, 823996703)".into(), false),
    ] {
        let Err(NpyError::Array(Error::Shape(ShapeError::Overflow { .. }))) =
            read::<u8>(&file(&text("'|u1'", fortran_order, &shape), &[1, 2, 3, 4, 5]))
        else {
            panic!("{shape}")
        };
    }
}

/// More elements than any memory can hold: missing elements are detected before memory is reserved
/// for them.
#[test]
fn counts_without_elements() {
    // Their bytes are fewer than `isize::MAX`.
    let side = if usize::BITS == 64 { 1_000_000 } else { 500_usize };
    let many = side.pow(3);
    for shape in [&[many][..], &[1, many], &[many, 1], &[side, side, side]] {
        let shape = &format!("{shape:?}").replace('[', "(").replace(']', ",)");
        for fortran_order in [false, true] {
            let file = file(&text("'<f8'", fortran_order, shape), &[0; 100]);
            let Err(NpyError::Elements { expected, found, .. }) = read::<f64>(&file) else {
                panic!("{shape}")
            };
            assert_eq!((expected, found), (many, 12));
        }
    }
    let long = file(&text("'|u1'", false, "(200000,)"), &[0; 150_000]);
    let Err(NpyError::Elements { expected, found, .. }) = read::<u8>(&long) else { panic!("accepted") };
    assert_eq!((expected, found), (200_000, 150_000));
    for (kind, bytes) in [('S', usize::MAX / 2), ('S', usize::MAX), ('V', usize::MAX >> 4)] {
        let dtype = &format!("'|{kind}{bytes}'");
        let file = file(&text(dtype, false, "(2,)"), &[0; 100]);
        let Err(NpyError::Elements { expected: 2, found: 0, .. }) =
            GrowableNd::<Vec<u8>>::read_npy(&file[..])
        else {
            panic!("{dtype}")
        };
    }
}

/// A file without bytes could announce any number of such elements.
/// A row that fits into memory, or need not since there is none, may have too many bytes for a file.
#[test]
fn rows_whose_bytes_overflow() {
    let row_len = usize::MAX / 3;
    let file = file(&text("'<U1'", false, &format!("(0, {row_len})")), &[]);
    assert_eq!(GrowableNd::<String>::read_npy(&file[..]).unwrap().shape(), [0, row_len]);
    let error = NpyAppender::<String, _>::open(Cursor::new(file)).unwrap_err();
    assert_eq!(chain(&error), format!("capacity overflow: 1 rows of {row_len} elements of 4 bytes"));
}

#[test]
fn elements_without_bytes() {
    for dtype in ["'|S0'", "'|V0'"] {
        let file = file(&text(dtype, false, &format!("({},)", isize::MAX)), &[]);
        let error = GrowableNd::<Vec<u8>>::read_npy(&file[..]).unwrap_err();
        assert!(matches!(error, NpyError::DType { .. }), "{error}");
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn bytes_that_are_no_value() {
    let mut data = vec![1; 100_000];
    for index in [0, 1, 5, 65_535, 65_536, 99_999] {
        data[index] = 2;
        let error = read::<bool>(&file(&text("'|b1'", false, "(100000,)"), &data)).unwrap_err();
        assert_eq!(
            chain(&error),
            format!(
                "invalid element {index}: byte 2 is not a bool, expected 0 or 1 (type u8 reads any byte)"
            )
        );
        assert!(matches!(error, NpyError::Element { index: found, .. } if found == index));
        data[index] = 0;
    }
    // The first of several invalid elements is reported.
    for first in [0, 1] {
        data[first..].fill(9);
        data[first] = 7;
        let error = read::<bool>(&file(&text("'|b1'", false, "(100000,)"), &data)).unwrap_err();
        assert_eq!(
            chain(&error),
            format!(
                "invalid element {first}: byte 7 is not a bool, expected 0 or 1 (type u8 reads any byte)"
            )
        );
        data[0] = 0;
    }
}

/// A parser that tries each bracket in more than one way would not end, and one that recurses would
/// overflow the stack.
#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn brackets_within_brackets() {
    for bracket in ["(", "[", "{", "{'a': ", "[[(", "((), ", "{'shape': ", "{'descr': ["] {
        let nested = bracket.repeat(9_999 / bracket.len());
        assert!(read::<f64>(&file(&nested, &[])).is_err());
        for key in ["'descr'", "'fortran_order'", "'shape'"] {
            assert!(read::<f64>(&file(&format!("{{{key}: {}", &nested[..9_900]), &[])).is_err());
        }
    }
}

/// A damaged header yields an array or an error.
#[test]
fn random_damage() {
    check(|(damage, fortran_order): (Vec<(u8, u8)>, bool)| {
        let mut file = file(&text("'<f4'", fortran_order, "(2, 3)"), &[7; 24]);
        let len = file.len();
        for (position, byte) in damage {
            file[usize::from(position) % len] ^= byte;
        }
        match read::<f32>(&file) {
            Ok(array) => assert_eq!(array.as_slice().len(), array.shape().iter().product()),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    });
}

#[test]
#[cfg_attr(miri, ignore = "takes hours")]
fn each_byte_is_replaced_by_each_other() {
    let good = file(&text("'<f4'", false, "(2, 3)"), &[7; 24]);
    for position in 0..good.len() {
        for byte in 0..=u8::MAX {
            let mut file = good.clone();
            file[position] = byte;
            match (read::<f32>(&file), position.checked_sub(good.len() - 24)) {
                (Ok(array), None) => assert!(array.len() <= 6),
                (Err(_), None) => {}
                // Any bits are a number.
                (array, Some(start)) => {
                    let mut bytes = [7; 24];
                    bytes[start] = byte;
                    let array = array.unwrap();
                    let read: Vec<u8> = array.as_slice().iter().flat_map(|x| x.to_le_bytes()).collect();
                    assert_eq!((array.shape(), &read[..]), (&[2, 3][..], &bytes[..]));
                }
            }
        }
    }
}
