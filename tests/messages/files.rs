//! Errors of streams, of `.npy` files, and of data formats.

use crate::{Message, message};
use growable_nd::{GrowableNd, Growth, NpyAppender, NpyDType, NpyError, View};
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

/// Yields its bytes and then fails.
struct Broken(&'static [u8]);

impl Read for Broken {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.0.is_empty() { Err(io::Error::other("cable unplugged")) } else { self.0.read(into) }
    }
}

pub fn streams() -> Vec<Message> {
    let mut array = GrowableNd::<u8>::new([3]);
    let of = |error| message("ReadError", error);
    vec![
        of(array.read_rows(&b"abcd"[..]).unwrap_err()),
        of(array.read_n_rows(4, &b"abcdef"[..]).unwrap_err()),
        of(array.read_rows(Broken(b"ab")).unwrap_err()),
        of(GrowableNd::<u64>::new([isize::MAX.unsigned_abs()]).read_rows(&b"abc"[..]).unwrap_err()),
        of(GrowableNd::<u8>::new([0]).read_rows(&b"abc"[..]).unwrap_err()),
    ]
}

/// A file of version 1.0.
fn file(dtype: &str, fortran_order: &str, shape: &str, padding: usize, data: &[u8]) -> Vec<u8> {
    let text = format!("{{'descr': {dtype}, 'fortran_order': {fortran_order}, 'shape': {shape}, }}");
    with_header(&format!("{text:padding$}\n"), data)
}

fn with_header(text: &str, data: &[u8]) -> Vec<u8> {
    let len = u16::try_from(text.len()).unwrap().to_le_bytes();
    [b"\x93NUMPY\x01\x00", &len[..], text.as_bytes(), data].concat()
}

pub fn npy() -> Vec<Message> {
    let of = |error| message("NpyError", error);
    let bytes = |bytes: &[u8]| of(GrowableNd::<i32>::read_npy(bytes).unwrap_err());
    let rows = file("'<i4'", "False", "(2, 2)", 117, &[0; 16]);
    let version = [&rows[..6], &[4, 0], &rows[8..]].concat();
    let long = [b"\x93NUMPY\x02\x00".as_slice(), &20_000_u32.to_le_bytes(), &[b' '; 20_000]].concat();
    let mut all = vec![
        of(GrowableNd::<i32>::read_npy(Broken(b"\x93NUM")).unwrap_err()),
        bytes(b""),
        bytes(b"\x89PNG\r\n\x1a\n"),
        bytes(b"PK\x03\x04rest"),
        bytes(&version),
        bytes(&long),
        bytes(&rows[..20]),
        bytes(&with_header("{'descr': 5}", &[])),
        bytes(&file("'<f8'", "False", "(2, 2)", 117, &[0; 32])),
        of(GrowableNd::<i64>::read_npy_as(&file("'<M8[s]'", "False", "(1,)", 117, &[0; 8])[..]).unwrap_err()),
        of("f3".parse::<NpyDType>().unwrap_err()),
        of(GrowableNd::from(vec!["text".to_owned()]).write_npy(io::sink()).unwrap_err()),
        of(View::<i32, 2>::from_npy(&file("'>i4'", "False", "(2, 2)", 117, &[0; 16])).unwrap_err()),
        unaligned(&rows),
        bytes(&rows[..rows.len() - 5]),
        of(GrowableNd::<bool>::read_npy(&file("'|b1'", "False", "(2,)", 117, &[1, 7])[..]).unwrap_err()),
        bytes(&file("'<i4'", "False", "(1, 1, 1, 1, 1, 1, 1, 1, 1)", 117, &[0; 4])),
    ];
    all.extend(appenders(&rows).map(of));
    all
}

/// At least one of two adjacent addresses is not aligned for elements of four bytes.
fn unaligned(rows: &[u8]) -> Message {
    let two = [b"\0", rows].concat();
    let error = View::<i32, 2>::from_npy(&two[1..]).or_else(|_| View::<i32, 2>::from_npy(rows));
    let odd = error.err().or_else(|| View::<i32, 2>::from_npy(&two[1..]).err());
    message("NpyError", odd.unwrap())
}

fn appenders(rows: &[u8]) -> impl Iterator<Item = NpyError> {
    let open = |bytes: &[u8]| NpyAppender::<i32, _>::open(Cursor::new(bytes.to_vec())).map(drop).unwrap_err();
    let short = with_header("{'descr':'|u1','fortran_order':False,'shape':(9,)}\n", &[0; 9]);
    let mut short = NpyAppender::<u8, _>::open(Cursor::new(short)).unwrap();
    let too_short = short.push_row(1).unwrap_err();

    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("messages.npy");
    std::fs::write(&path, rows).unwrap();
    let opened = || File::options().read(true).write(true).open(&path).unwrap();
    let mut cut = NpyAppender::<i32, _>::open(opened()).unwrap();
    opened().set_len(130).unwrap();
    cut.push_row([1, 2]).unwrap();
    let changed = cut.flush().unwrap_err();
    drop(cut);

    std::fs::write(&path, rows).unwrap();
    let append = File::options().read(true).append(true).open(&path).unwrap();
    let mut append = NpyAppender::<i32, _>::open(append).unwrap();
    append.push_row([1, 2]).unwrap();
    let append_mode = append.finish().unwrap_err();
    std::fs::remove_file(&path).unwrap();

    [
        open(&file("'<i4'", "True", "(2, 2)", 117, &[0; 16])),
        too_short,
        open(&[rows, &[0; 12]].concat()),
        changed,
        open(&[rows, rows].concat()),
        append_mode,
    ]
    .into_iter()
}

/// The formats add text around these messages.
pub fn formats() -> Vec<Message> {
    let array = |text: &str| serde_json::from_str::<GrowableNd<i32>>(text).unwrap_err();
    let texts = [
        r#"{"shape": [2], "rows": [[1, 2], [3]]}"#,
        r#"{"shape": [2, 2], "rows": [[1, 2]]}"#,
        r#"{"shape": [1, 2], "rows": [[1, 2], [3, 4]]}"#,
        r#"{"shape": [1, 3], "rows": [[1, 2]]}"#,
        r#"{"shape": [1, 1, 1, 1, 1, 1, 1, 1, 1], "rows": []}"#,
        r#"{"shape": [], "rows": []}"#,
        r#"{"shape": [1, -2], "rows": []}"#,
        r#"{"rows": [[1, 2]]}"#,
        r#"[1, 2]"#,
    ];
    let mut all: Vec<Message> = texts.map(|text| message("serde of GrowableNd", array(text))).into();
    let growth = |text: &str| message("serde of Growth", serde_json::from_str::<Growth>(text).unwrap_err());
    all.push(growth(r#""abc""#));
    all.push(growth("2"));
    let custom = Growth::custom("full", |request| request.needed);
    all.push(message("serde of Growth", serde_json::to_string(&custom).unwrap_err()));
    all
}
