use crate::support::{chain, file, later_file, native, padded, read, text, written};
use growable_nd::num_traits;
use growable_nd::{Axis, GrowableNd, NpyAppender, NpyDType, NpyElement, NpyError, NpyHeader, View, bytemuck};
use std::io::Cursor;

#[track_caller]
fn dtype(text: &str) -> NpyDType {
    text.parse().unwrap()
}

/// All spellings of numbers of this size, as `NumPy` 2.4.6 interprets them.
#[test]
fn texts_of_dtypes() {
    let order = if cfg!(target_endian = "big") { ">" } else { "<" };
    let other = if cfg!(target_endian = "big") { "<" } else { ">" };
    for (texts, expected, name) in [
        ("b1 ? |? bool bool_ <b1 >b1 =b1", "|b1", "bool"),
        ("b i1 |i1 =i1 <i1 >i1 int8 byte |b <b", "|i1", "int8"),
        ("B u1 uint8 ubyte", "|u1", "uint8"),
        ("h i2 =i2 |i2 int16 short", "*i2", "int16"),
        ("H u2 uint16 ushort", "*u2", "uint16"),
        ("i i4 int32 intc", "*i4", "int32"),
        ("I u4 uint32 uintc", "*u4", "uint32"),
        ("q i8 int64 longlong", "*i8", "int64"),
        ("Q u8 uint64 ulonglong", "*u8", "uint64"),
        ("e f2 float16 half", "*f2", "float16"),
        ("f f4 float32 single", "*f4", "float32"),
        ("d f8 f08 =f8 |f8 =d |d float64 float double", "*f8", "float64"),
        ("f16", "*f16", "float128"),
        ("F c8 complex64 csingle", "*c8", "complex64"),
        ("D c16 complex128 complex cdouble", "*c16", "complex128"),
        ("M M8 datetime64 M8[generic] =datetime64 |datetime64", "*M8", "datetime64"),
        ("M8[ns] =M8[ns] |M8[ns] datetime64[ns] |datetime64[ns]", "*M8[ns]", "datetime64[ns]"),
        ("M8[25s]", "*M8[25s]", "datetime64[25s]"),
        ("m m8 timedelta64", "*m8", "timedelta64"),
        ("m8[D] timedelta64[D] =timedelta64[D]", "*m8[D]", "timedelta64[D]"),
        ("S3 a3 |S3 <S3 >S3", "|S3", "bytes24"),
        ("c S1", "|S1", "bytes8"),
        ("S bytes bytes_", "|S0", "bytes"),
        ("U str str_ unicode", "*U0", "str"),
        ("U2 |U2 =U2", "*U2", "str64"),
        ("V3 |V3", "|V3", "void24"),
    ] {
        for text in texts.split(' ') {
            let found = dtype(text);
            assert_eq!(found.to_string(), expected.replace('*', order), "{text}");
            assert_eq!(found.name(), name, "{text}");
            assert!(found.is_native());
            assert_eq!(dtype(&found.to_string()), found);
            // A byte order may precede codes, which are short, but not names.
            let is_code = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.len() < 4;
            if text.len() == 1 || is_code && text != "str" {
                let swapped = dtype(&format!("{other}{text}"));
                assert_eq!(swapped.is_native(), expected.starts_with('|'), "{text}");
                assert_eq!((swapped.kind(), swapped.size()), (found.kind(), found.size()));
            }
        }
    }
    for (text, expected) in
        [(">datetime64[s]", ">M8[s]"), ("<datetime64", "<M8"), (">timedelta64[D/4]", ">m8[6h]")]
    {
        assert_eq!(dtype(text).to_string(), expected);
        assert_eq!(dtype(text), dtype(expected));
    }
    assert_eq!(format!("[{:>4}|{:<6}]", dtype("u1"), dtype(">f8")), "[ |u1|>f8   ]");
    for text in [
        "",
        "<",
        "|",
        "?1",
        "u",
        "f3",
        "i16",
        "c4",
        "b2",
        "M4",
        "f8[ns]",
        "<float64",
        "=int8",
        "<bytes_",
        ">str",
        "<a",
        ">M[s]",
        "M8[",
        "M8[]",
        "M8[D",
        "M8[x]",
        "M8[D/]",
        "M8[/2]",
        "M8[D][D]",
        "[D]",
        "O",
        "O8",
        "f8 ",
        " f8",
        "f8,",
        "2f8",
        "(2,)f8",
        "<>f8",
        "Float64",
        "U9223372036854775807",
        "S99999999999999999999",
        "f+8",
        "f-8",
        "é",
    ] {
        let error = text.parse::<NpyDType>().unwrap_err();
        assert!(
            matches!(&error, NpyError::UnknownDType { found, .. } if **found == *text),
            "{text}: {error}"
        );
    }
    assert_eq!(
        "f3".parse::<NpyDType>().unwrap_err().to_string(),
        "unknown dtype \"f3\"; examples: <f8, int32, |b1, M8[ns], U10"
    );
}

/// Elements without a byte order, or with that of the machine, are native.
#[test]
fn files_without_a_byte_order() {
    for descr in ["'f8'", "'=f8'", "'|f8'", "'d'", "'float64'", "u'f8'"] {
        let bytes = file(&text(descr, false, "(1,)"), &1.5_f64.to_ne_bytes());
        assert_eq!(read::<f64>(&bytes).unwrap().as_slice(), [1.5], "{descr}");
    }
    let bytes = file(&text("'?'", false, "(2,)"), &[1, 0]);
    assert_eq!(read::<bool>(&bytes).unwrap().as_slice(), [true, false]);
}

#[test]
fn marks_of_python_2() {
    let old = "{u'descr': u'<f8', u'fortran_order': False, u'shape': (2L, 3L)}";
    let data: Vec<u8> = (0..6).flat_map(|x| f64::from(x).to_le_bytes()).collect();
    let array = read::<f64>(&file(old, &data)).unwrap();
    assert_eq!(array, GrowableNd::from([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]));
}

/// A single element, written from a view without axes, is read as one row.
#[test]
fn a_single_element_is_one_row() {
    let array = GrowableNd::from([1.5, 2.5, 3.5]);
    let mut bytes = vec![];
    array.view::<1>().slice((1,)).write_npy(&mut bytes).unwrap();
    let one = read::<f64>(&bytes).unwrap();
    assert_eq!((one.shape(), one.as_slice()), (&[1][..], &[2.5][..]));
    assert_eq!(NpyHeader::read(&bytes[..]).unwrap().shape(), [0; 0]);

    let mut file = Cursor::new(bytes);
    let mut appender = NpyAppender::<f64, _>::open(&mut file).unwrap();
    appender.push_row(9.0).unwrap();
    appender.finish().unwrap();
    assert_eq!(*file.get_ref(), written(&GrowableNd::from([2.5, 9.0])));
}

#[test]
fn texts() {
    let strings = file(&text("'|S3'", false, "(2,)"), b"ab\0cde");
    let strings = GrowableNd::<Vec<u8>>::read_npy(&strings[..]).unwrap();
    assert_eq!(strings.as_slice(), [&b"ab"[..], b"cde"]);
    let turned = file(&text("'|S1'", true, "(2, 2)"), b"abcd");
    let turned = GrowableNd::<String>::read_npy(&turned[..]).unwrap();
    assert_eq!(turned.as_slice(), ["a", "c", "b", "d"]);
    let raw = file(&text("'|V2'", false, "(2,)"), b"a\0\0\0");
    let raw = GrowableNd::<Vec<u8>>::read_npy(&raw[..]).unwrap();
    assert_eq!(raw.as_slice(), [b"a\0", b"\0\0"]);

    for (order, big_endian) in [('<', false), ('>', true)] {
        let codes = |text: &str| -> Vec<u8> {
            let bytes = |code: char| {
                if big_endian { u32::from(code).to_be_bytes() } else { u32::from(code).to_le_bytes() }
            };
            text.chars().flat_map(bytes).collect()
        };
        let header = |rows| padded(&text(&format!("'{order}U3'"), false, &format!("({rows},)")), 100);
        let mut grown = Cursor::new(file(&header(2), &codes("añ\0\0\0\0")));
        let words = GrowableNd::<String>::read_npy(&grown.get_ref()[..]).unwrap();
        assert_eq!(words.as_slice(), ["añ", ""]);
        let mut appender = NpyAppender::<String, _>::open(&mut grown).unwrap();
        let error = appender.push_row(["four".to_owned()].to_vec()).unwrap_err();
        assert_eq!(
            chain(&error),
            format!("invalid element 2: text of 4 characters does not fit into dtype '{order}U3'")
        );
        appender.push_row(vec!["m\0é".to_owned()]).unwrap();
        appender.finish().unwrap();
        assert_eq!(grown.into_inner(), file(&header(3), &codes("añ\0\0\0\0m\0é")));
        // A surrogate is a code point but not a character.
        let half = if big_endian { 0xD800_u32.to_be_bytes() } else { 0xD800_u32.to_le_bytes() };
        let header = text(&format!("'{order}U1'"), false, "(1,)");
        let error = GrowableNd::<String>::read_npy(&file(&header, &half)[..]).unwrap_err();
        assert_eq!(chain(&error), "invalid element 0: code point U+D800 is not a character");
    }
    let bytes = file(&text("'|S2'", false, "(2,)"), b"ab\xff\xff");
    let error = GrowableNd::<String>::read_npy(&bytes[..]).unwrap_err();
    assert!(chain(&error).starts_with("invalid element 1: invalid utf-8"), "{}", chain(&error));
}

/// Elements of other dtypes are not decoded, even where the numbers of bytes are equal.
#[test]
fn which_dtypes_fit_which_elements() {
    fn check<T: NpyElement>(element: &str, expected: &[&str]) {
        for descr in "|b1 |i1 <i2 >i2 <i4 <i8 >i8 |u1 <u2 <u4 >u4 <u8 <f2 <f4 <f8 >f8 <f16 <c8 <c16 >c16 \
            <M8 <M8[ns] <m8[s] |S1 |S4 |S8 <U1 <U2 >U2 |V1 |V2 |V8 |V16"
            .split_whitespace()
        {
            let fits = expected.contains(&&descr[1..]);
            assert_eq!(T::fits(&dtype(descr)), fits, "{element}, {descr}");
            let one = file(&text(&format!("'{descr}'"), false, "(1,)"), &vec![0; dtype(descr).size()]);
            assert_eq!(NpyHeader::read(&one[..]).unwrap().fits::<T>(), fits, "{element}, {descr}");
            match GrowableNd::<T>::read_npy(&one[..]) {
                Ok(_) => assert!(fits, "{element}, {descr}"),
                Err(error) => {
                    assert!(!fits && matches!(error, NpyError::DType { .. }), "{element}, {descr}: {error}");
                }
            }
        }
    }
    check::<bool>("bool", &["b1"]);
    check::<u8>("u8", &["u1", "b1"]);
    check::<i8>("i8", &["i1"]);
    check::<u16>("u16", &["u2"]);
    check::<i16>("i16", &["i2"]);
    check::<u32>("u32", &["u4"]);
    check::<i32>("i32", &["i4"]);
    check::<u64>("u64", &["u8"]);
    check::<i64>("i64", &["i8", "M8", "M8[ns]", "m8[s]"]);
    check::<f32>("f32", &["f4", "f2"]);
    check::<f64>("f64", &["f8"]);
    check::<String>("String", &["S1", "S4", "S8", "U1", "U2"]);
    check::<Vec<u8>>("Vec<u8>", &["S1", "S4", "S8", "V1", "V2", "V8", "V16"]);
    #[cfg(feature = "half")]
    check::<growable_nd::half::f16>("f16", &["f2"]);
    #[cfg(feature = "num-complex")]
    {
        check::<growable_nd::num_complex::Complex<f32>>("Complex<f32>", &["c8"]);
        check::<growable_nd::num_complex::Complex<f64>>("Complex<f64>", &["c16"]);
    }
}

#[test]
fn dates_are_integers() {
    for descr in ["<M8[D]", "<m8[25s]", "<M8", "<i8"] {
        let days = file(&text(&format!("'{descr}'"), false, "(1,)"), &20_000_i64.to_le_bytes());
        assert_eq!(read::<i64>(&days).unwrap().as_slice(), [20_000]);
    }
}

#[test]
fn floats_of_two_bytes_are_read_as_f32() {
    let halves: Vec<u8> =
        [0x3C00_u16, 0xC000, 0x0001, 0x7C00].iter().flat_map(|half| half.to_le_bytes()).collect();
    let header = |shape| padded(&text("'<f2'", false, shape), 100);
    let mut grown = Cursor::new(file(&header("(4,)"), &halves));
    let numbers = read::<f32>(grown.get_ref()).unwrap();
    assert_eq!(numbers.as_slice(), [1.0, -2.0, 1.0 / 16_777_216.0, f32::INFINITY]);

    let mut appender = NpyAppender::<f32, _>::open(&mut grown).unwrap();
    let error = appender.push_row(0.1).unwrap_err();
    assert_eq!(chain(&error), "invalid element 4: 0.1 cannot be converted to float16 exactly");
    appender.push_row(65504.0).unwrap();
    appender.finish().unwrap();
    let grown = grown.into_inner();
    assert_eq!(grown, file(&header("(5,)"), &[&halves[..], &0x7BFF_u16.to_le_bytes()].concat()));
    assert_eq!(GrowableNd::<f64>::read_npy_as(&grown[..]).unwrap()[[4]], 65504.0);
}

/// Masks from other writers.
#[test]
fn masks_are_read_as_bytes() {
    let header = |shape| padded(&text("'|b1'", false, shape), 100);
    let mut grown = Cursor::new(file(&header("(3,)"), &[0, 1, 32]));
    assert!(matches!(read::<bool>(grown.get_ref()), Err(NpyError::Element { index: 2, .. })));
    assert_eq!(read::<u8>(grown.get_ref()).unwrap().as_slice(), [0, 1, 32]);
    // Continued as masks.
    let mut appender = NpyAppender::<u8, _>::open(&mut grown).unwrap();
    assert!(matches!(appender.push_row(2), Err(NpyError::Element { index: 3, .. })));
    appender.push_row(1).unwrap();
    appender.finish().unwrap();
    assert_eq!(grown.into_inner(), file(&header("(4,)"), &[0, 1, 32, 1]));
}

/// Numbers are converted exactly or not at all.
#[test]
fn numbers_of_other_types() {
    fn of<S: NpyElement>(elements: Vec<S>) -> Vec<u8> {
        let mut file = vec![];
        GrowableNd::from_vec([], elements).unwrap().write_npy(&mut file).unwrap();
        file
    }
    fn check<T: PartialEq + std::fmt::Debug + Clone + num_traits::NumCast>(
        file: &[u8],
        expected: Result<Vec<T>, usize>,
    ) {
        match (GrowableNd::<T>::read_npy_as(file), expected) {
            (Ok(array), Ok(expected)) => assert_eq!(array.as_slice(), expected),
            (Err(NpyError::Element { index, .. }), Err(expected)) => assert_eq!(index, expected),
            (found, expected) => panic!("{found:?}, expected {expected:?}"),
        }
    }
    check::<f64>(&of(vec![1.5_f32, f32::INFINITY, -0.0]), Ok(vec![1.5, f64::INFINITY, 0.0]));
    check::<f64>(&of(vec![i32::MIN, 0, i32::MAX]), Ok(vec![-2_147_483_648.0, 0.0, 2_147_483_647.0]));
    check::<f64>(&of(vec![true, false]), Ok(vec![1.0, 0.0]));
    check::<f64>(&of(vec![1_i64 << 53, (1 << 53) + 1]), Err(1));
    check::<f64>(&of(vec![1_u64 << 63, u64::MAX]), Err(1));
    check::<f64>(&of(vec![i64::MIN, i64::MAX]), Err(1));
    check::<f32>(&of(vec![0.5_f64, 1e300]), Err(1));
    check::<f32>(&of(vec![0.5_f64, f64::NEG_INFINITY, 0.1]), Err(2));
    check::<f32>(&of(vec![16_777_216_i32, 16_777_217]), Err(1));
    check::<u8>(&of(vec![0.0_f64, 255.0, -0.0, 0.5]), Err(3));
    check::<u8>(&of(vec![255_i64, -1]), Err(1));
    check::<u8>(&of(vec![255_u16, 256]), Err(1));
    check::<i8>(&of(vec![-128.0_f32, 127.0]), Ok(vec![-128, 127]));
    check::<i64>(&of(vec![f64::NAN]), Err(0));
    check::<i64>(&of(vec![9_223_372_036_854_775_808.0_f64]), Err(0));
    check::<u64>(&of(vec![u64::MAX, 0]), Ok(vec![u64::MAX, 0]));
    check::<i64>(&of(vec![i64::MAX, i64::MIN]), Ok(vec![i64::MAX, i64::MIN]));
    assert!(GrowableNd::<f32>::read_npy_as(&of(vec![f64::NAN])[..]).unwrap()[[0]].is_nan());
    let error = GrowableNd::<u8>::read_npy_as(&of(vec![1.0, 0.5])[..]).unwrap_err();
    assert_eq!(chain(&error), "invalid element 1: 0.5 cannot be converted to u8 exactly");
    // In the other byte order, and in Fortran order.
    let turned = file(&text("'>i2'", true, "(2, 2)"), &[0, 1, 0, 2, 0, 3, 0xFF, 0xFF]);
    assert_eq!(
        GrowableNd::<f32>::read_npy_as(&turned[..]).unwrap(),
        GrowableNd::from([[1.0, 3.0], [2.0, -1.0]])
    );
    let dates = file(&text("'<M8[D]'", false, "(1,)"), &[0; 8]);
    let error = GrowableNd::<i64>::read_npy_as(&dates[..]).unwrap_err();
    assert!(matches!(error, NpyError::Conversion { expected: "i64", .. }));
    let message = "dtype '<M8[D]' (datetime64[D]) cannot be converted to elements of type i64, expected integers, \
                   floats of at most 8 bytes, or bools";
    assert_eq!(error.to_string(), message);
}

/// As `NumPy` writes them: Latin-1 in version 1.0, and quotes escaped.
#[test]
fn names_of_fields_are_read_as_written() {
    for name in ["'é'", r#"'a\'b"c'"#, r"'\\'", "\"it's\""] {
        let descr = format!("[({name}, '<f8')]");
        let bytes = file(&text(&descr, false, "(2,)"), &[]);
        assert_eq!(NpyHeader::read(&bytes[..]).unwrap().descr(), descr);
    }
    let utf8 = later_file(3, &text("[('é', '<f8')]", false, "(2,)"), &[]);
    assert_eq!(NpyHeader::read(&utf8[..]).unwrap().descr(), "[('é', '<f8')]");
}

/// No type has elements of zero bytes, so none is recommended.
#[test]
fn elements_of_zero_bytes() {
    for (dtype, name) in [("|S0", "bytes"), ("|V0", "void")] {
        let bytes = file(&text(&format!("'{dtype}'"), false, "(3,)"), &[]);
        let message = |element| format!("dtype '{dtype}' ({name}) does not fit elements of type {element}");
        let found = GrowableNd::<String>::read_npy(&bytes[..]).unwrap_err();
        assert_eq!(found.to_string(), message("alloc::string::String"));
        let found = GrowableNd::<Vec<u8>>::read_npy(&bytes[..]).unwrap_err();
        assert_eq!(found.to_string(), message("alloc::vec::Vec<u8>"));
    }
}

#[test]
fn elements_that_do_not_fit_a_file() {
    let mut mask = Cursor::new(written(&GrowableNd::from([true, false])));
    let mut appender = NpyAppender::<u8, _>::open(&mut mask).unwrap();
    let error = appender.push_row(5).unwrap_err();
    assert_eq!(chain(&error), "invalid element 2: byte 5 is not a bool, expected 0 or 1");
    drop(appender);
    let mut raw = Cursor::new(file(&padded(&text("'|V3'", false, "(0,)"), 100), &[]));
    let mut appender = NpyAppender::<Vec<u8>, _>::open(&mut raw).unwrap();
    let error = appender.push_row(vec![vec![1, 2]]).unwrap_err();
    assert_eq!(chain(&error), "invalid element 0: 2 bytes do not fit dtype '|V3', expected 3");
}

#[test]
fn headers_are_read_alone() {
    let structured = "[('a', '<i4'), ('b]', '<f8', (2, 3)), ('c', [('d', '|u1')])]";
    let bytes = file(&padded(&text(structured, true, "(4, 5)"), 150), &[1, 2]);
    let mut rest = &bytes[..];
    let header = NpyHeader::read(&mut rest).unwrap();
    assert_eq!(rest, [1, 2]);
    assert_eq!((header.descr(), header.dtype()), (structured, None));
    assert_eq!((header.shape(), header.fortran_order(), header.data_start()), (&[4, 5][..], true, 160));
    assert_eq!(
        header.to_string(),
        format!("{structured}, shape [4, 5], Fortran order, elements from byte 160")
    );
    assert!(!header.fits::<f64>());
    let later = later_file(2, &text("'f8'", false, "()"), &[0; 8]);
    let header = NpyHeader::read(&later[..]).unwrap();
    assert_eq!((header.data_start(), header.dtype().unwrap().size()), (later.len() - 8, 8));
    assert_eq!(
        header.to_string(),
        format!("float64 ('f8'), shape [], row-major order, elements from byte {}", later.len() - 8)
    );
    // A stream of arrays ends where no further header begins.
    assert!(matches!(NpyHeader::read(&b""[..]), Err(NpyError::Magic { found, .. }) if found.is_empty()));
}

/// Copies a file to memory that is aligned to eight bytes.
fn aligned(file: &[u8]) -> Vec<u64> {
    let mut words = vec![0_u64; file.len().div_ceil(8)];
    bytemuck::cast_slice_mut::<_, u8>(&mut words)[..file.len()].copy_from_slice(file);
    words
}

#[test]
fn views_of_files_in_memory() {
    let array = GrowableNd::from([[[1_i32, 2, 3, 4], [5, 6, 7, 8]]; 3]);
    let mut turned = vec![];
    array.view::<3>().t().write_npy(&mut turned).unwrap();
    let files = [written(&array), turned].map(|file| aligned(&file));
    let [row_major, fortran] = files.each_ref().map(|words| bytemuck::cast_slice::<_, u8>(words));
    let view = View::<i32, 3>::from_npy(row_major).unwrap();
    assert_eq!((view, view.is_contiguous()), (array.view::<3>(), true));
    let view = View::<i32, 3>::from_npy(fortran).unwrap();
    assert_eq!((view, view.t().is_contiguous()), (array.view::<3>().t(), true));
    assert_eq!(view.sum_axis(Axis(0)), array.view::<3>().t().sum_axis(Axis(0)));

    let refused = |bytes: &[u8]| View::<i32, 3>::from_npy(bytes).unwrap_err().to_string();
    assert_eq!(refused(&row_major[..220]), "file ends too early: expected 24 elements, found 23");
    assert_eq!(View::<i32, 2>::from_npy(row_major).unwrap_err().to_string(), "expected 2 axes, found 3");
    let unlike = View::<f32, 3>::from_npy(row_major).unwrap_err();
    assert!(matches!(unlike, NpyError::DType { expected: "f32", .. }));
    let shifted = aligned(&[&[0; 3][..], row_major].concat());
    let message = "elements after 128 bytes of header are not aligned to 4 bytes: align the file in memory, or copy \
                   the elements with read_npy";
    assert_eq!(refused(&bytemuck::cast_slice(&shifted)[3..]), message);
    let other = if cfg!(target_endian = "big") { '<' } else { '>' };
    let swapped = aligned(&file(&text(&format!("'{other}i4'"), false, "(0, 1, 2)"), &[]));
    let message = format!(
        "cannot view dtype '{other}i4' as elements of type i32: their bytes differ; copy them with read_npy"
    );
    assert_eq!(refused(bytemuck::cast_slice(&swapped)), message);
    let max = usize::MAX;
    for shape in [format!("({max}, 1, 1)"), format!("({max}, {max}, 2)"), format!("({}, 1, 1)", max / 4)] {
        let bytes = aligned(&file(&padded(&text(&native::<i32>(), false, &shape), 118), &[0; 8]));
        assert!(View::<i32, 3>::from_npy(bytemuck::cast_slice(&bytes)).is_err());
    }

    let single = aligned(&file(&padded(&text(&native::<i32>(), false, "()"), 118), &7_i32.to_ne_bytes()));
    assert_eq!(View::<i32, 0>::from_npy(bytemuck::cast_slice(&single)).unwrap()[[]], 7);
    // Masks as bytes, with any alignment; bytes after the array are ignored.
    let mask = file(&text("'|b1'", false, "(3,)"), &[0, 1, 32, 9, 9]);
    assert_eq!(View::<u8, 1>::from_npy(&mask).unwrap().as_slice(), Some(&[0, 1, 32][..]));
    let none = file(&padded(&text(&native::<f64>(), false, "(0, 3)"), 118), &[]);
    assert_eq!(View::<f64, 2>::from_npy(bytemuck::cast_slice(&aligned(&none))).unwrap().shape(), [0, 3]);
}
