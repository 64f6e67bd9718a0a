use crate::support::{file, native, padded, read, text, written};
use growable_nd::{GrowableNd, NpyAppender, NpyDType, NpyElement, NpyError, View, bytemuck};
use std::error::Error;
use std::fs;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

/// A new folder.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("edges").join(name);
    // Remove the files of an earlier run.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[cfg(unix)]
#[test]
fn links_to_files_that_are_not_there() {
    use std::os::unix::fs::symlink;

    let folder = folder("links");
    let array = GrowableNd::from([1.5, 2.5]);
    fs::create_dir(folder.join("data")).unwrap();
    symlink("data/b.npy", folder.join("a.npy")).unwrap();
    symlink("../c.npy", folder.join("data/b.npy")).unwrap();
    for _ in 0..2 {
        array.save_npy(folder.join("a.npy")).unwrap();
        assert_eq!(fs::read(folder.join("c.npy")).unwrap(), written(&array));
        assert!(folder.join("a.npy").is_symlink() && folder.join("data/b.npy").is_symlink());
    }
    // To a missing folder, and in a cycle.
    symlink("none/d.npy", folder.join("d.npy")).unwrap();
    symlink("f.npy", folder.join("e.npy")).unwrap();
    symlink("e.npy", folder.join("f.npy")).unwrap();
    for name in ["d.npy", "e.npy"] {
        assert!(matches!(array.save_npy(folder.join(name)), Err(NpyError::Io(_))), "{name}");
        assert!(folder.join(name).is_symlink());
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 6);
}

#[cfg(target_os = "linux")]
#[test]
fn names_of_the_maximum_length() {
    let folder = folder("names");
    let array = GrowableNd::from([1, 2, 3]);
    for len in 240..=255 {
        for letter in ["a", "ü"] {
            let name = letter.repeat(len / letter.len());
            array.save_npy(folder.join(&name)).unwrap();
            assert_eq!(fs::read(folder.join(&name)).unwrap(), written(&array));
            assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
            fs::remove_file(folder.join(name)).unwrap();
        }
    }
    assert!(array.save_npy(folder.join("a".repeat(256))).is_err());
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

/// Uncounted rows that begin like a file are rows, unless a whole header follows.
#[test]
fn rows_that_begin_as_a_file() {
    let counted = written(&GrowableNd::<u8>::new([8]));
    for start in ["", "\x01\0", "\x01\0\x02\0{}", "\x07\0\x02\0"] {
        let mut rows = [b"\x93NUMPY", start.as_bytes()].concat();
        rows.resize(16, 9);
        let mut killed = [&counted[..], &rows].concat();
        let error = NpyAppender::<u8, _>::open(Cursor::new(&mut killed)).unwrap_err();
        assert!(matches!(error, NpyError::Uncounted { rows: 2, bytes: 16, .. }), "{error}");
        assert!(NpyAppender::<u8, _>::open_overwriting(Cursor::new(&mut killed)).is_ok());
        let (_, found) = NpyAppender::<u8, _>::recover(Cursor::new(&mut killed)).unwrap();
        assert_eq!((found.rows, found.rest), (2, 0));
        assert_eq!(read::<u8>(&killed).unwrap().as_slice(), rows);
    }
    let mut two = [&counted[..], &counted].concat();
    for result in [
        NpyAppender::<u8, _>::open(Cursor::new(&mut two.clone())).err(),
        NpyAppender::<u8, _>::open_overwriting(Cursor::new(&mut two.clone())).err(),
        NpyAppender::<u8, _>::recover(Cursor::new(&mut two)).err(),
    ] {
        assert!(matches!(result, Some(NpyError::NotLast)));
    }
}

/// An element of one byte in the file and of many bytes in memory.
#[derive(Clone, Debug)]
struct Large([u8; 4096]);

impl NpyElement for Large {
    fn dtype() -> Option<NpyDType> {
        u8::dtype()
    }

    fn fits(dtype: &NpyDType) -> bool {
        u8::fits(dtype)
    }

    fn decode(bytes: &[u8], _: &NpyDType) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Large([bytes[0]; 4096]))
    }

    fn encode(&self, bytes: &mut [u8], _: &NpyDType) -> Result<(), Box<dyn Error + Send + Sync>> {
        bytes.fill(self.0[0]);
        Ok(())
    }
}

/// A read requests only elements for which there is capacity.
#[test]
fn elements_that_are_larger_in_memory() {
    struct Asked<'a>(&'a [u8], usize);

    impl Read for Asked<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.1 = self.1.max(buffer.len());
            self.0.read(buffer)
        }
    }

    let header = |rows| file(&text("'|u1'", false, &format!("({rows},)")), &[]);
    let whole = [header(100), (0..100).collect()].concat();
    let array = GrowableNd::<Large>::read_npy(&whole[..]).unwrap();
    assert!(array.as_slice().iter().map(|large| large.0[4095]).eq(0..100));
    let announced = header(1 << 18);
    let mut reader = Asked(&announced, 0);
    assert!(matches!(GrowableNd::<Large>::read_npy(&mut reader), Err(NpyError::Elements { found: 0, .. })));
    assert!(reader.1 < 1000, "{} bytes", reader.1);
}

/// Units as `NumPy` 2.4 reads and prints them.
#[test]
fn units_as_they_are_printed() {
    for (text, printed) in [
        ("M8[us]", "M8[us]"),
        ("m8[\u{3BC}s]", "m8[us]"),
        ("M8[25\u{B5}s]", "M8[25us]"),
        ("M8[1s]", "M8[s]"),
        ("M8[007s]", "M8[7s]"),
        ("M8[0s]", "M8[0s]"),
        ("M8[2147483647s]", "M8[2147483647s]"),
        ("M8[s/1]", "M8[s]"),
        ("M8[as/1]", "M8[as]"),
        ("M8[2generic]", "M8"),
        ("M8[D/4]", "M8[6h]"),
        ("M8[2D/4]", "M8[12h]"),
        ("M8[D/5]", "M8[288m]"),
        ("M8[D/24]", "M8[h]"),
        ("m8[D/48]", "m8[30m]"),
        ("M8[D/86400]", "M8[s]"),
        ("M8[Y/12]", "M8[M]"),
        ("M8[Y/5]", "M8[73D]"),
        ("M8[M/2]", "M8[2W]"),
        ("M8[W/7]", "M8[D]"),
        ("M8[h/24]", "M8[150s]"),
        ("M8[m/24]", "M8[2500ms]"),
        ("m8[4s/2]", "m8[2000ms]"),
        ("M8[fs/8]", "M8[125as]"),
    ] {
        let dtype: NpyDType = text.parse().unwrap();
        assert_eq!(dtype.to_string()[1..], *printed, "{text}");
        assert_eq!(printed.parse::<NpyDType>().unwrap(), dtype);
    }
    for text in [
        "M[ns]",
        "m[ns]",
        "<M[ns]",
        "i8[ns]",
        "M8[ns]]",
        "M8[[ns]",
        "M8[2147483648s]",
        "M8[as/2]",
        "M8[Y/7]",
        "M8[D/0]",
        "M8[D/-2]",
        "M8[-1s]",
        "M8[generic/2]",
        "M8[2147483647D/4]",
        "M8[B]",
        "M8[1]",
        "M8[é]",
    ] {
        assert!(text.parse::<NpyDType>().is_err(), "{text}");
    }
    for (text, name) in
        [("S0", "bytes"), ("U", "str"), ("V0", "void"), ("S2", "bytes16"), ("M", "datetime64")]
    {
        assert_eq!(text.parse::<NpyDType>().unwrap().name(), name);
    }
}

/// A view without elements needs no alignment.
#[test]
fn views_without_elements_at_each_address() {
    let empty = file(&padded(&text(&native::<f64>(), false, "(0, 3)"), 118), &[]);
    let mut words = [0_u64; 18];
    let bytes: &mut [u8] = bytemuck::cast_slice_mut(&mut words);
    for offset in 0..8 {
        bytes[offset..][..empty.len()].copy_from_slice(&empty);
        let view = View::<f64, 2>::from_npy(&bytes[offset..][..empty.len()]).unwrap();
        assert_eq!(view.shape(), [0, 3]);
    }
}

#[cfg(feature = "half")]
#[test]
fn views_of_floats_of_two_bytes() {
    use growable_nd::half::f16;

    let array = GrowableNd::from([[1.5, 2.5], [3.5, 4.5]]).map(|&x: &f32| f16::from_f32(x));
    let whole = written(&array);
    let mut words = vec![0_u64; whole.len().div_ceil(8)];
    let bytes: &mut [u8] = bytemuck::cast_slice_mut(&mut words);
    bytes[..whole.len()].copy_from_slice(&whole);
    assert_eq!(View::<f16, 2>::from_npy(bytes).unwrap(), array.view::<2>());
    assert!(matches!(View::<f16, 2>::from_npy(&bytes[1..]), Err(NpyError::Magic { .. })));
}
