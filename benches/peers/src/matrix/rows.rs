//! Rows of existing arrays: inserted, removed, moved, copied.

use super::element::Element;
use super::run::{MEMORY, Matrix};
use super::subject::{Elements, L2};
use growable_nd::GrowableNd;
use std::hint::black_box;

pub fn run(matrix: &mut Matrix) {
    matrix.group("rows");
    for (width, shape) in [(3, "rows of 3"), (64, "rows of 64"), (1024, "rows of 1024")] {
        let size = [(1 << 17) / width, width];
        let rows = Rows::new(L2, shape, size);
        rows.one_by_one(matrix);
        rows.many(matrix);
        rows.kept(matrix);
        rows.copied(matrix);
    }
    let texts = Rows::<String>::new("1000 rows", "rows of 3", [1000, 3]);
    texts.one_by_one(matrix);
    texts.many(matrix);
    texts.truncated(matrix);
    texts.kept(matrix);
    // Elements without a destructor take no time, however many they are.
    Rows::<f64>::new("8 rows", "rows of 3", [8, 3]).truncated(matrix);
    if matrix.has_memory() {
        let rows = Rows::<f64>::new(MEMORY, "rows of 64", [1 << 17, 64]);
        rows.many(matrix);
        rows.kept(matrix);
        rows.copied(matrix);
    }
}

/// A way to take all rows, each as a vector.
trait Taking {
    const NAME: &'static str;
    fn ours<T: Element>(array: GrowableNd<T>, take: impl FnMut(Vec<T>));
    fn by_hand<T: Element>(flat: Vec<T>, width: usize, take: impl FnMut(Vec<T>));
}

struct Pop;

impl Taking for Pop {
    const NAME: &'static str = "pop_row until empty";

    #[inline(always)]
    fn ours<T: Element>(mut array: GrowableNd<T>, mut take: impl FnMut(Vec<T>)) {
        while let Some(row) = array.pop_row() {
            take(row);
        }
    }

    #[inline(always)]
    fn by_hand<T: Element>(mut flat: Vec<T>, width: usize, mut take: impl FnMut(Vec<T>)) {
        while let Some(at) = flat.len().checked_sub(width) {
            take(flat.split_off(at));
        }
    }
}

struct SwapRemove;

impl Taking for SwapRemove {
    const NAME: &'static str = "swap_remove_row(0) until empty";

    #[inline(always)]
    fn ours<T: Element>(mut array: GrowableNd<T>, mut take: impl FnMut(Vec<T>)) {
        while !array.is_empty() {
            take(array.swap_remove_row(0));
        }
    }

    #[inline(always)]
    fn by_hand<T: Element>(mut flat: Vec<T>, width: usize, mut take: impl FnMut(Vec<T>)) {
        while let Some(at) = flat.len().checked_sub(width) {
            let (first, last) = flat.split_at_mut(width.min(at));
            first.swap_with_slice(&mut last[at - first.len()..][..first.len()]);
            take(flat.split_off(at));
        }
    }
}

struct Drain;

impl Taking for Drain {
    const NAME: &'static str = "drain_rows(..), iterated";

    #[inline(always)]
    fn ours<T: Element>(mut array: GrowableNd<T>, take: impl FnMut(Vec<T>)) {
        array.drain_rows(..).for_each(take);
    }

    #[inline(always)]
    fn by_hand<T: Element>(mut flat: Vec<T>, width: usize, mut take: impl FnMut(Vec<T>)) {
        let rows = flat.len() / width;
        let mut drained = flat.drain(..);
        (0..rows).for_each(|_| take(drained.by_ref().take(width).collect()));
    }
}

struct IntoIter;

impl Taking for IntoIter {
    const NAME: &'static str = "into_iter()";

    #[inline(always)]
    fn ours<T: Element>(array: GrowableNd<T>, take: impl FnMut(Vec<T>)) {
        array.into_iter().for_each(take);
    }

    #[inline(always)]
    fn by_hand<T: Element>(flat: Vec<T>, width: usize, mut take: impl FnMut(Vec<T>)) {
        let rows = flat.len() / width;
        let mut elements = flat.into_iter();
        (0..rows).for_each(|_| take(elements.by_ref().take(width).collect()));
    }
}

/// The rows of the array before an operation.
pub struct Rows<T> {
    array: GrowableNd<T>,
    flat: Vec<T>,
    pub width: usize,
    pub place: [&'static str; 3],
    /// The expression for NumPy, as of a `Subject`.
    pub numpy: String,
}

impl<T: Element> Rows<T> {
    pub fn new(size: &'static str, shape: &'static str, extents: [usize; 2]) -> Self {
        let elements = Elements::<T, 2>::new(size, extents);
        let numpy = elements.contiguous().numpy;
        let mut array = elements.contiguous().ours.to_owned_array();
        let mut flat = elements.flat;
        array.reserve_exact(1);
        flat.reserve_exact(extents[1]);
        Rows { array, flat, width: black_box(extents[1]), place: [T::NAME, shape, size], numpy }
    }

    /// Makes the array with a free slot: no growth is timed.
    pub fn array(&self) -> GrowableNd<T> {
        let mut array = GrowableNd::with_capacity([self.width], self.array.rows() + 1);
        array.extend_from_slice(&self.flat).expect("rows");
        array
    }

    pub fn flat(&self) -> Vec<T> {
        let mut flat = Vec::with_capacity(self.flat.len() + self.width);
        flat.extend_from_slice(&self.flat);
        flat
    }

    fn one_by_one(&self, matrix: &mut Matrix) {
        self.taken::<Pop>(matrix);
        self.taken::<SwapRemove>(matrix);
        self.taken::<Drain>(matrix);
        self.taken::<IntoIter>(matrix);
    }

    /// Takes all rows. The taken rows are compared in advance: a digest would cost time.
    fn taken<W: Taking>(&self, matrix: &mut Matrix) {
        let width = self.width;
        let (mut rows, mut by_hand) = (Vec::new(), Vec::new());
        W::ours(self.array(), |row| rows.push(row));
        W::by_hand(self.flat(), width, |row| by_hand.push(row));
        // Not `assert_eq`, which would print all rows.
        assert!(rows == by_hand, "{}: other rows by hand", W::NAME);
        matrix
            .cell(W::NAME, self.place)
            .ours_from(
                || self.array(),
                |array| {
                    W::ours(array, |row| {
                        black_box(row);
                    });
                },
            )
            .hand_from(
                || self.flat(),
                move |flat| {
                    W::by_hand(flat, width, |row| {
                        black_box(row);
                    });
                },
            )
            .run();
    }

    fn many(&self, matrix: &mut Matrix) {
        let (width, rows) = (self.width, self.array.rows());
        let half = rows / 2 * width;
        let row = T::many(width);
        matrix
            .cell("insert_row(0)", self.place)
            .ours_from(
                || (self.array(), row.clone()),
                |(mut array, row)| {
                    array.insert_row(0, row).expect("a row");
                    array
                },
            )
            .hand_from(
                || (self.flat(), row.clone()),
                |(mut flat, row)| {
                    flat.splice(..0, row);
                    flat
                },
            )
            .run();
        matrix
            .cell("remove_row(0)", self.place)
            .ours_from(
                || self.array(),
                |mut array| {
                    let row = array.remove_row(0);
                    (row, array)
                },
            )
            .hand_from(|| self.flat(), move |mut flat| (flat.drain(..width).collect::<Vec<T>>(), flat))
            .run();
        matrix
            .cell("drain_rows(middle), dropped", self.place)
            .ours_from(
                || self.array(),
                move |mut array| {
                    array.drain_rows(rows / 4..rows / 2);
                    array
                },
            )
            .hand_from(
                || self.flat(),
                move |mut flat| {
                    flat.drain(rows / 4 * width..rows / 2 * width);
                    flat
                },
            )
            .run();
        matrix
            .cell("split_off(half)", self.place)
            .ours_from(
                || self.array(),
                move |mut array| {
                    let back = array.split_off(rows / 2);
                    (array, back)
                },
            )
            .hand_from(
                || self.flat(),
                move |mut flat| {
                    let back = flat.split_off(half);
                    (flat, back)
                },
            )
            .run();
        matrix
            .cell("append", self.place)
            .ours_from(
                || (self.array(), self.array()),
                |(mut array, mut other)| {
                    array.append(&mut other).expect("rows");
                    array
                },
            )
            .hand_from(
                || (self.flat(), self.flat()),
                |(mut flat, mut other)| {
                    flat.append(&mut other);
                    flat
                },
            )
            .run();
    }

    /// Removes half of the rows in place. In boxes, so that no array is moved.
    fn truncated(&self, matrix: &mut Matrix) {
        let (width, rows) = (self.width, self.array.rows() / 2);
        matrix
            .cell("truncate(half)", self.place)
            .ours_from(
                || Box::new(self.array()),
                move |mut array| {
                    array.truncate(rows);
                    array
                },
            )
            .hand_from(
                || Box::new(self.flat()),
                move |mut flat| {
                    flat.truncate(rows * width);
                    flat
                },
            )
            .run();
    }

    /// Keeps every second row, and swaps rows.
    fn kept(&self, matrix: &mut Matrix) {
        let width = self.width;
        matrix
            .cell("retain_rows, every second", self.place)
            .ours_from(
                || self.array(),
                |mut array| {
                    let mut is_kept = false;
                    array.retain_rows(|_| {
                        is_kept = !is_kept;
                        is_kept
                    });
                    array
                },
            )
            .hand_from(
                || self.flat(),
                move |mut flat| {
                    let kept = (flat.len() / width).div_ceil(2);
                    for row in 1..kept {
                        let (before, rest) = flat.split_at_mut(2 * row * width);
                        before[row * width..][..width].swap_with_slice(&mut rest[..width]);
                    }
                    flat.truncate(kept * width);
                    flat
                },
            )
            .run();
        matrix
            .cell("swap_rows, in reverse", self.place)
            .ours_from(
                || self.array(),
                |mut array| {
                    let rows = array.rows();
                    (0..rows / 2).for_each(|row| array.swap_rows(row, rows - 1 - row));
                    array
                },
            )
            .hand_from(
                || self.flat(),
                move |mut flat| {
                    let rows = flat.len() / width;
                    for row in 0..rows / 2 {
                        let (front, back) = flat.split_at_mut((rows - 1 - row) * width);
                        front[row * width..][..width].swap_with_slice(&mut back[..width]);
                    }
                    flat
                },
            )
            .run();
    }
}

impl Rows<f64> {
    /// Operations that copy elements of a `Copy` type.
    fn copied(&self, matrix: &mut Matrix) {
        let (width, rows) = (self.width, self.array.rows());
        matrix
            .cell("extend_from_within", self.place)
            .ours_from(
                || self.array(),
                move |mut array| {
                    array.extend_from_within(rows / 2..);
                    array
                },
            )
            .hand_from(
                || self.flat(),
                move |mut flat| {
                    flat.extend_from_within(rows / 2 * width..);
                    flat
                },
            )
            .run();
        matrix
            .cell("push_zeroed_row", self.place)
            .ours(|| {
                let mut array = GrowableNd::<f64>::new([width]);
                for _ in 0..rows {
                    array.push_zeroed_row().expect("memory")[0] = 1.0;
                }
                array
            })
            .hand(|| {
                let mut flat = Vec::<f64>::new();
                for row in 0..rows {
                    flat.resize((row + 1) * width, 0.0);
                    flat[row * width] = 1.0;
                }
                flat
            })
            .run();
        matrix
            .cell("retain_rows, every second, by copy_within", self.place)
            .ours_from(
                || self.array(),
                |mut array| {
                    let mut is_kept = false;
                    array.retain_rows(|_| {
                        is_kept = !is_kept;
                        is_kept
                    });
                    array
                },
            )
            .hand_from(
                || self.flat(),
                move |mut flat| {
                    let kept = rows.div_ceil(2);
                    (1..kept).for_each(|row| {
                        flat.copy_within(2 * row * width..(2 * row + 1) * width, row * width)
                    });
                    flat.truncate(kept * width);
                    flat
                },
            )
            .run();
        matrix
            .cell("shrink_to_fit, reserve", self.place)
            .ours_from(
                || Box::new(self.array()),
                move |mut array| {
                    array.shrink_to_fit();
                    array.reserve(rows);
                    array
                },
            )
            .hand_from(
                || Box::new(self.flat()),
                |mut flat| {
                    flat.shrink_to_fit();
                    flat.reserve(flat.len());
                    flat
                },
            )
            .run();
    }
}
