//! Bytes, streams, files of NumPy, and text.

use super::cell::{Digest, Outcome, Written};
use super::element::Element;
use super::flat::Flat;
use super::run::{MEMORY, Matrix};
use super::subject::{Elements, L2};
use growable_nd::bytemuck::{AnyBitPattern, NoUninit, cast_slice, cast_slice_mut, pod_collect_to_vec};
use growable_nd::{AxisRange, GrowableNd, NpyAppender};
use std::fs::File;
use std::io::{BufWriter, Cursor, Read, Write};
use std::path::{Path, PathBuf};

pub fn run(matrix: &mut Matrix) {
    matrix.group("formats");
    bytes::<f64>(matrix, "rows of 3", [40_000, 3]);
    bytes::<f64>(matrix, L2, [256, 512]);
    bytes::<u8>(matrix, L2, [1024, 1024]);
    npy(matrix, "rows of 3", [40_000, 3]);
    npy(matrix, L2, [256, 512]);
    files(matrix, L2, [256, 512]);
    appends(matrix);
    text(matrix);
    if matrix.has_memory() {
        bytes::<f64>(matrix, MEMORY, [2048, 4096]);
        npy(matrix, MEMORY, [2048, 4096]);
        files(matrix, MEMORY, [2048, 4096]);
    }
}

fn bytes<T: Element + NoUninit + AnyBitPattern>(matrix: &mut Matrix, size: &str, shape: [usize; 2]) {
    let elements = Elements::<T, 2>::new(size, shape);
    let subject = elements.contiguous();
    let (array, width, place) = (subject.ours.to_owned_array(), shape[1], subject.place);
    let bytes: &[u8] = cast_slice(&elements.flat);
    let row_bytes = width * size_of::<T>();
    let collected = || cast_slice::<u8, T>(bytes).to_vec();
    matrix
        .cell("from_bytes", place)
        .ours(|| GrowableNd::<T>::from_bytes([width], bytes).expect("rows"))
        .hand(collected)
        .run();
    matrix
        .cell("extend_from_bytes, row by row", place)
        .ours(|| {
            let mut array = GrowableNd::<T>::new([width]);
            bytes.chunks_exact(row_bytes).for_each(|row| array.extend_from_bytes(row).expect("a row"));
            array
        })
        .hand(|| {
            let mut flat = Vec::<T>::new();
            bytes.chunks_exact(row_bytes).for_each(|row| flat.extend_from_slice(cast_slice(row)));
            flat
        })
        .run();
    matrix
        .cell("read_rows from a slice", place)
        .ours(|| {
            let mut array = GrowableNd::<T>::new([width]);
            array.read_rows(bytes).expect("rows");
            array
        })
        .hand(collected)
        .run();
    matrix
        .cell("read_n_rows from a slice", place)
        .ours(|| {
            let mut array = GrowableNd::<T>::new([width]);
            array.read_n_rows(shape[0], bytes).expect("rows");
            array
        })
        .hand(collected)
        .run();
    matrix
        .cell("write_to a vector", place)
        .ours_with(Vec::new(), |out: &mut Vec<u8>| {
            out.clear();
            array.write_to(&mut *out).expect("memory");
        })
        .hand_with(Vec::new(), |out: &mut Vec<u8>| {
            out.clear();
            out.extend_from_slice(bytes);
        })
        .run();
    matrix
        .cell("as_bytes, summed", place)
        .ours(|| array.as_bytes().iter().map(|&byte| u64::from(byte)).sum::<u64>())
        .hand(|| bytes.iter().map(|&byte| u64::from(byte)).sum::<u64>())
        .run();
}

fn npy(matrix: &mut Matrix, size: &str, shape: [usize; 2]) {
    let elements = Elements::<f64, 2>::new(size, shape);
    let subject = elements.contiguous();
    let (array, place) = (subject.ours.to_owned_array(), subject.place);
    let bytes: &[u8] = cast_slice(&elements.flat);
    let mut file = Vec::new();
    array.write_npy(&mut file).expect("memory");
    let header = file[..file.len() - bytes.len()].to_vec();
    matrix
        .cell("write_npy to a vector", place)
        .ours_with(Vec::new(), |out: &mut Vec<u8>| {
            out.clear();
            array.write_npy(&mut *out).expect("memory");
        })
        .hand_with(Vec::new(), |out: &mut Vec<u8>| {
            out.clear();
            out.extend_from_slice(&header);
            out.extend_from_slice(bytes);
        })
        .run();
    let stepped = elements.layout("stepped");
    let (view, flat) =
        (subject.ours.slice(((..).step(2), (..).step(2))), Flat::new(&elements.flat, &stepped.ours));
    let mut part = Vec::new();
    view.write_npy(&mut part).expect("memory");
    let part_header = part[..part.len() - view.len() * size_of::<f64>()].to_vec();
    matrix
        .cell("write_npy to a vector", stepped.place)
        .ours_with(Vec::new(), |out: &mut Vec<u8>| {
            out.clear();
            view.write_npy(&mut *out).expect("memory");
        })
        .hand_with(Vec::new(), |out: &mut Vec<u8>| {
            out.clear();
            out.extend_from_slice(&part_header);
            out.extend_from_slice(cast_slice(&flat.map(|&x| x)));
        })
        .run();
    matrix
        .cell("read_npy from memory", place)
        .ours(|| GrowableNd::<f64>::read_npy(&file[..]).expect("a file"))
        .hand(|| cast_slice::<u8, f64>(&file[header.len()..]).to_vec())
        .numpy(
            &format!("(io.BytesIO(), np.save(b := io.BytesIO(), {}), b.getvalue())[2]", subject.numpy),
            "np.load(io.BytesIO(x))",
        )
        .run();
    let mut fortran = String::from_utf8_lossy(&header).into_owned();
    fortran = fortran.replace("'fortran_order': False", "'fortran_order': True ");
    // An array in Fortran order is read with its axes reversed.
    let fortran_file = [header_bytes(&header, &fortran), bytes.to_vec()].concat();
    let across = flat_of_columns(&elements);
    matrix
        .cell("read_npy from memory, Fortran order", place)
        .ours(|| GrowableNd::<f64>::read_npy(&fortran_file[..]).expect("a file"))
        .hand(|| across.map(|&x| x))
        .run();
}

/// Replaces the text after the magic bytes, which are not text.
fn header_bytes(header: &[u8], text: &str) -> Vec<u8> {
    let from = text.find('{').expect("a dictionary");
    let own_from = header.iter().position(|&byte| byte == b'{').expect("a dictionary");
    [&header[..own_from], &text.as_bytes()[from..][..header.len() - own_from]].concat()
}

/// Lays the elements out with the first axis dense in memory.
fn flat_of_columns(elements: &Elements<f64, 2>) -> Flat<'_, f64> {
    let [rows, columns] = elements.shape;
    Flat { data: &elements.flat, shape: [1, rows, columns], strides: [0, 1, rows as isize] }
}

/// Returns a folder in memory if the system has one, otherwise a temporary folder.
fn folder() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    folder.join(format!("growable-nd-matrix-{}", std::process::id()))
}

/// Removes the folder when the cells are done.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn files(matrix: &mut Matrix, size: &str, shape: [usize; 2]) {
    let folder = Folder(folder());
    if std::fs::create_dir_all(&folder.0).is_err() {
        return;
    }
    let elements = Elements::<f64, 2>::new(size, shape);
    let subject = elements.contiguous();
    let array = subject.ours.to_owned_array();
    let bytes: &[u8] = cast_slice(&elements.flat);
    let path = |name: &str| folder.0.join(name);
    let [ours, hand, numpy, read] = ["ours", "hand", "numpy.npy", "read.npy"].map(path);
    array.write_npy(File::create(&read).expect("a file")).expect("a file");
    std::fs::write(&hand, bytes).expect("a file");
    let len = array.len();
    matrix
        .cell("write_npy to a file", subject.place)
        .ours(|| {
            array.write_npy(File::create(&ours).expect("a file")).expect("a file");
            Written(|| std::fs::read(&ours).expect("a file"), read_npy)
        })
        .hand(|| {
            std::fs::write(&hand, bytes).expect("a file");
            Written(|| std::fs::read(&hand).expect("a file"), pod_collect_to_vec::<u8, f64>)
        })
        .numpy(&subject.numpy, &format!("np.save({numpy:?}, x) or (lambda: np.load({numpy:?}))"))
        .run();
    matrix
        .cell("read_npy from a file", subject.place)
        .ours(|| GrowableNd::<f64>::read_npy(File::open(&read).expect("a file")).expect("a file"))
        .hand(|| {
            let mut file = File::open(&read).expect("a file");
            let mut flat = vec![0.0_f64; len];
            file.read_exact(&mut [0; 128]).expect("a header");
            file.read_exact(cast_slice_mut(&mut flat)).expect("elements");
            flat
        })
        .numpy("0", &format!("np.load({read:?})"))
        .run();
    matrix
        .cell("read_rows from a file", subject.place)
        .ours(|| {
            let mut array = GrowableNd::<f64>::new([shape[1]]);
            array.read_rows(File::open(&hand).expect("a file")).expect("rows");
            array
        })
        .hand(|| {
            let mut file = File::open(&hand).expect("a file");
            let bytes = file.metadata().expect("a file").len();
            let mut flat = vec![0.0_f64; usize::try_from(bytes).expect("a size") / size_of::<f64>()];
            file.read_exact(cast_slice_mut(&mut flat)).expect("elements");
            flat
        })
        .numpy("0", &format!("np.fromfile({hand:?})"))
        .run();
}

fn read_npy(bytes: &[u8]) -> GrowableNd<f64> {
    GrowableNd::read_npy(bytes).expect("an array")
}

/// Appends rows to a file in memory.
fn appends(matrix: &mut Matrix) {
    for (width, size) in [(3, "rows of 3"), (64, "rows of 64"), (4096, "rows of 4096")] {
        let elements = Elements::<f64, 2>::new(size, [(1 << 17) / width, width]);
        let place = [f64::NAME, "contiguous", size];
        matrix
            .cell("NpyAppender::push_row", place)
            .ours(|| {
                let mut bytes = Vec::new();
                let mut file =
                    NpyAppender::<f64, _>::create(Cursor::new(&mut bytes), [width]).expect("a file");
                elements.flat.chunks_exact(width).for_each(|row| file.push_row(row).expect("a row"));
                file.finish().expect("a file");
                Written(move || bytes.clone(), read_npy)
            })
            .hand(|| {
                let mut bytes = Vec::new();
                let mut file = BufWriter::new(Cursor::new(&mut bytes));
                file.write_all(&[0; 128]).expect("a header");
                for row in elements.flat.chunks_exact(width) {
                    file.write_all(cast_slice(row)).expect("a row");
                }
                file.flush().expect("memory");
                drop(file);
                Written(move || bytes.clone(), |bytes: &[u8]| pod_collect_to_vec::<u8, f64>(&bytes[128..]))
            })
            .run();
    }
}

/// The first `most` numbers in a text. Texts of contenders differ in brackets and spaces, and in
/// the number of elements that they leave out.
struct Numbers {
    text: String,
    most: usize,
}

impl Outcome for Numbers {
    fn add_to(&self, digest: &mut Digest) {
        let words = self.text.split(|letter: char| letter.is_whitespace() || "[],".contains(letter));
        let numbers = words.filter_map(|word| word.parse::<f64>().ok());
        numbers.take(self.most).for_each(|number| number.add_to(digest));
    }
}

/// Formats arrays.
fn text(matrix: &mut Matrix) {
    for (size, shape, printed) in [("3×3", [3, 3], 9), ("100×100", [100, 100], 3)] {
        let elements = Elements::<f64, 2>::new(size, shape);
        let subject = elements.contiguous();
        let (ours, theirs) = (subject.ours.to_owned_array(), subject.theirs.to_owned());
        // Only the edges of a large array are printed: at least three columns.
        matrix
            .cell("format!(\"{}\")", subject.place)
            .ours(|| Numbers { text: format!("{ours}"), most: printed })
            .ndarray(|| Numbers { text: format!("{theirs}"), most: printed })
            .run();
        let most = elements.flat.len();
        matrix
            .cell("format!(\"{:#}\")", subject.place)
            .ours(|| Numbers { text: format!("{ours:#}"), most })
            .ndarray(|| Numbers { text: format!("{theirs:#}"), most })
            .run();
    }
}
