use crate::support::{Element, for_all_types, written};
#[cfg(feature = "num-complex")]
use growable_nd::num_complex::Complex;
use growable_nd::{Axis, AxisRange, GrowableNd, NpyAppender, NpyElement, NpyError, NpyHeader, View};
use std::fs::{self, File};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Names the interpreter instead of `python3`. Without `NumPy` the test is skipped.
const PYTHON: &str = "GROWABLE_ND_PYTHON";

/// Runs the script, if there is a Python with `NumPy`.
fn run(verb: &str, directory: &Path) -> bool {
    let named = std::env::var_os(PYTHON);
    let mut command = Command::new(named.as_deref().unwrap_or("python3".as_ref()));
    let output = command.args(["-c", include_str!("numpy.py"), verb]).arg(directory).output();
    let fault = match output {
        Ok(output) if output.status.success() => return true,
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
        Err(error) => error.to_string(),
    };
    // An error that `check` finds in our files must not skip the test.
    assert!(named.is_none() && verb == "make", "{fault}");
    eprintln!("NumPy not found, skipped: {}", fault.lines().last().unwrap_or_default());
    false
}

/// The files of one array of some dtype and shape.
struct Files<'a> {
    directory: &'a Path,
    stem: String,
}

impl Files<'_> {
    fn path(&self, name: &str) -> PathBuf {
        self.directory.join(format!("{}-{name}.npy", self.stem))
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn load<T: Element>(&self, name: &str) -> GrowableNd<T> {
        GrowableNd::read_npy(File::open(self.path(name)).unwrap()).unwrap()
    }

    /// Writes our file, which the script compares with the file of this name.
    fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.directory.join(format!("ours-{}-{name}.npy", self.stem)), bytes).unwrap();
    }

    /// Compares all files of the array, by their bytes, since NaN is not equal to itself.
    fn compare<T: Element, const N: usize>(&self, shape: [usize; N]) {
        let array: GrowableNd<T> = self.load("little-c");
        assert_eq!(array.shape(), shape);
        let row_major = written(&array);
        let transpose = array.view::<N>().t();
        let columns: Vec<T> = transpose.iter().cloned().collect();
        let mut fortran = vec![];
        View::from_slice(transpose.shape(), &columns).unwrap().t().write_npy(&mut fortran).unwrap();

        let endian = if cfg!(target_endian = "big") { "big" } else { "little" };
        for (memory, ours) in [("c", row_major), ("f", fortran)] {
            assert!(ours == self.bytes(&format!("{endian}-{memory}")), "{} {memory}", self.stem);
            for endian in ["little", "big"] {
                let name = format!("{endian}-{memory}");
                assert!(written(&self.load::<T>(&name)) == written(&array), "{} {name}", self.stem);
                self.put(&name, &ours);
            }
        }
        for endian in ["little", "big"] {
            let growing = self.directory.join("growing.npy");
            fs::copy(self.path(&format!("{endian}-c")), &growing).unwrap();
            let file = File::options().read(true).write(true).open(&growing).unwrap();
            let mut appender = NpyAppender::<T, _>::open(file).unwrap();
            appender.extend_rows(array.iter_rows()).unwrap();
            appender.finish().unwrap();
            let name = format!("{endian}-twice");
            let grown = fs::read(growing).unwrap();
            assert!(grown == self.bytes(&name), "{} {name}", self.stem);
            self.put(&name, &grown);
        }
    }
}

fn compare_all<T: Element>(directory: &Path) {
    let files = |number| Files { directory, stem: format!("{}-{number}", T::DTYPE) };
    files(0).compare::<T, 1>([5]);
    files(1).compare::<T, 1>([0]);
    files(2).compare::<T, 1>([1]);
    files(3).compare::<T, 2>([2, 3]);
    files(4).compare::<T, 2>([3, 0]);
    files(5).compare::<T, 2>([0, 3]);
    files(6).compare::<T, 2>([1, 7]);
    files(7).compare::<T, 3>([2, 3, 4]);
    files(8).compare::<T, 4>([3, 1, 2, 2]);
    files(9).compare::<T, 5>([2, 1, 3, 1, 2]);
    files(10).compare::<T, 6>([1, 2, 1, 3, 2, 1]);
    files(11).compare::<T, 7>([2, 1, 1, 2, 1, 1, 2]);
    files(12).compare::<T, 8>([2, 1, 2, 3, 2, 1, 2, 2]);
    files(13).compare::<T, 3>([31, 33, 37]);
}

/// Views are written as `NumPy` writes its own.
fn compare_views(directory: &Path) {
    let cube = GrowableNd::<f64>::read_npy(File::open(directory.join("f8-7-little-c.npy")).unwrap()).unwrap();
    let view = cube.view::<3>();
    let mut files = [vec![], vec![], vec![]];
    view.slice((1, 2, 3)).write_npy(&mut files[0]).unwrap();
    view.permute([1, 2, 0]).write_npy(&mut files[1]).unwrap();
    view.invert_axis(Axis(1)).slice((.., .., (1..).step(2))).write_npy(&mut files[2]).unwrap();
    for (name, ours) in ["single", "permuted", "sliced"].iter().zip(files) {
        assert!(ours == fs::read(directory.join(format!("{name}.npy"))).unwrap(), "{name}");
    }
}

/// A file from another writer: read as `NumPy` reads it, and continued by its own rows.
fn compare_foreign<T: NpyElement>(directory: &Path, number: usize) {
    let path = |name: &str| directory.join(format!("foreign-{number}{name}.npy"));
    let bytes = fs::read(path("")).unwrap();
    let array = GrowableNd::<T>::read_npy(&bytes[..]).unwrap();
    if T::dtype().is_some() {
        let mut ours = vec![];
        array.write_npy(&mut ours).unwrap();
        assert!(ours == fs::read(path("-expected")).unwrap(), "{}", NpyHeader::read(&bytes[..]).unwrap());
    }
    let mut grown = Cursor::new(bytes);
    match NpyAppender::<T, _>::open(&mut grown) {
        Ok(mut appender) => match appender.extend_rows(array.iter_rows()) {
            Ok(()) => appender.finish().unwrap(),
            Err(error) => return assert!(matches!(error, NpyError::HeaderTooShort { .. }), "{error}"),
        },
        Err(error) => return assert!(matches!(error, NpyError::Order) && array.ndim() > 1, "{error}"),
    }
    assert!(path("-twice").exists(), "Fortran order was continued");
    fs::write(directory.join(format!("ours-foreign-{number}-twice.npy")), grown.get_ref()).unwrap();
}

fn compare_all_foreign(directory: &Path) {
    let mut count = 0;
    for number in 1.. {
        let Ok(file) = File::open(directory.join(format!("foreign-{number}.npy"))) else { break };
        let header = NpyHeader::read(file).unwrap();
        let dtype = header.dtype().unwrap_or_else(|| panic!("{header}"));
        let compare = match (dtype.kind(), dtype.size()) {
            ('b', 1) => compare_foreign::<bool>,
            ('i', 1) => compare_foreign::<i8>,
            ('i', 2) => compare_foreign::<i16>,
            ('i', 4) => compare_foreign::<i32>,
            ('i' | 'm' | 'M', 8) => compare_foreign::<i64>,
            ('u', 1) => compare_foreign::<u8>,
            ('u', 2) => compare_foreign::<u16>,
            ('u', 4) => compare_foreign::<u32>,
            ('u', 8) => compare_foreign::<u64>,
            ('f', 2 | 4) => compare_foreign::<f32>,
            ('f', 8) => compare_foreign::<f64>,
            #[cfg(feature = "num-complex")]
            ('c', 8) => compare_foreign::<Complex<f32>>,
            #[cfg(feature = "num-complex")]
            ('c', 16) => compare_foreign::<Complex<f64>>,
            ('S' | 'U', _) => compare_foreign::<String>,
            ('V', _) => compare_foreign::<Vec<u8>>,
            _ => continue,
        };
        compare(directory, number);
        count += 1;
    }
    assert!(count > 600, "only {count} files");
}

#[test]
fn files_of_numpy_are_read_and_written_byte_for_byte() {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("numpy");
    // Remove the files of an earlier run.
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    if !run("make", &directory) {
        return;
    }
    for_all_types!(compare_all(&directory));
    compare_all_foreign(&directory);
    if cfg!(target_endian = "little") {
        compare_views(&directory);
    }
    run("check", &directory);
    fs::remove_dir_all(&directory).unwrap();
}
