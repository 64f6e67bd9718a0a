//! What do sums, maps and streams of numbers cost?
//!
//! ```sh
//! cargo bench --bench numeric               # Criterion: absolute times with confidence intervals
//! cargo bench --bench numeric -- --ratios   # interleaved: the ratios of benches/README.md
//! ```
//!
//! The reference is a hand-written loop over the underlying slice. For sums and the maximum it has
//! 16 accumulators, for `f32` 32, so that no operation waits for the previous one. `benches/peers`
//! does the same work with ndarray.

mod interleaved;
mod two_ways;

use growable_nd::bytemuck::{self, Pod};
use growable_nd::num_traits::Float;
use growable_nd::{Axis, AxisRange, GrowableNd, View, ViewMut};
use interleaved::shared;
use std::hint::black_box;
use std::iter;
use std::ops::AddAssign;
use two_ways::Work;

fn main() {
    two_ways::time("numeric", "growable-nd", for_all);
}

/// Calls `run` with each piece of work, its subject, and the number of rounds.
fn for_all(run: &mut dyn FnMut(&str, usize, Work<'_>)) {
    run_matrix::<f64>("256×512 f64", [256, 512], 60, run);
    run_matrix::<f32>("512×512 f32", [512, 512], 60, run);
    run_matrix::<f64>("4096×4096 f64", [4096, 4096], 3, run);
    run_matrix::<f32>("8192×4096 f32", [8192, 4096], 3, run);
    run_matrix::<f64>("20000×20 f64", [20_000, 20], 60, run);
    run_matrix::<f64>("43690×3 f64", [43_690, 3], 60, run);
}

fn run_matrix<T: Number>(
    subject: &str,
    shape: [usize; 2],
    rounds: usize,
    run: &mut dyn FnMut(&str, usize, Work<'_>),
) {
    let matrix = Matrix::<T>::new(shape);
    for work in matrix.sums().into_iter().chain(matrix.maps()).chain(matrix.streams()) {
        run(subject, rounds, work);
    }
}

/// The elements that are summed and mapped.
trait Number: Float + AddAssign + Pod {}
impl Number for f32 {}
impl Number for f64 {}

/// Makes a piece of work, and checks that both ways agree.
fn work<'a>(
    name: &'static str,
    mut by_hand: impl FnMut() -> f64 + 'a,
    mut by_us: impl FnMut() -> f64 + 'a,
) -> Work<'a> {
    let (one, other) = (by_hand(), by_us());
    assert!((one - other).abs() <= 1e-6 * one.abs(), "{name}: {one} and {other}");
    Work { name, by_hand: Box::new(by_hand), by_crate: Box::new(by_us) }
}

/// A matrix as its elements in row-major order.
struct Matrix<T> {
    shape: [usize; 2],
    flat: Vec<T>,
    /// The same elements again: if both operands were one slice, the compiler would read each
    /// element once.
    other: Vec<T>,
}

impl<T: Number> Matrix<T> {
    fn new(shape: [usize; 2]) -> Self {
        // Opaque to the optimizer: the extents are known at run time only.
        let shape = black_box(shape);
        let len = shape[0] * shape[1];
        interleaved::touch_memory(4 * len * size_of::<T>());
        Matrix { shape, flat: (0..len).map(number).collect(), other: (0..len).map(number).collect() }
    }

    fn view(&self) -> View<'_, T, 2> {
        black_box(View::from_slice(self.shape, &self.flat).expect("as many elements"))
    }

    fn sums(&self) -> Vec<Work<'_>> {
        let ([_, columns], flat, view) = (self.shape, &self.flat[..], self.view());
        let len = flat.len();
        let half = (..).step(2);
        let every_other = view.slice((half, half));
        let other = &self.other[..];
        let lines = [flat, other].map(|flat| View::from_slice([len], flat).expect("as many elements"));
        let mut all = vec![
            work("`sum`", move || float(sum(flat)), move || float(view.sum())),
            work("transposed, `sum`", move || float(sum(flat)), move || float(view.t().sum())),
            work(
                "`[..;2, ..;2]`, `sum`",
                move || {
                    let rows = flat.chunks_exact(columns).step_by(2);
                    float(rows.fold(T::zero(), |sum, row| sum + sum_of_every_other(row)))
                },
                move || float(every_other.sum()),
            ),
            work(
                "`sum_axis(Axis(0))`",
                move || float(sums_of_columns(flat, columns)[1]),
                move || float(view.sum_axis(Axis(0))[[1]]),
            ),
            work(
                "`sum_axis(Axis(1))`",
                move || float(flat.chunks_exact(columns).map(sum_of_row).collect::<Vec<_>>()[2]),
                move || float(view.sum_axis(Axis(1))[[2]]),
            ),
            work(
                "`dot`",
                move || float(dot(flat, other)),
                move || float(lines[0].dot(lines[1]).expect("the same shape")),
            ),
        ];
        all.push(work("`max`", move || float(max(flat)), move || float(view.max().expect("elements"))));
        all
    }

    fn maps(&self) -> Vec<Work<'_>> {
        let (shape, flat, view) = (self.shape, &self.flat[..], self.view());
        let other = &self.other[..];
        let other_view = View::from_slice(shape, other).expect("as many elements");
        // Repeated on the same elements, the work changes only their sign.
        let (factor, half) = (black_box(-T::one()), T::from(0.5).expect("a float"));
        let ([by_hand, by_us], [zip_by_hand, zip_by_us]) = (shared(flat.to_vec()), shared(flat.to_vec()));
        vec![
            work(
                "`map`",
                move || float(flat.iter().map(|&x| x * factor).collect::<Vec<_>>()[2]),
                move || float(view.map(|&x| x * factor).as_slice()[2]),
            ),
            work(
                "`map_in_place`",
                move || {
                    let mut elements = by_hand.borrow_mut();
                    elements.iter_mut().for_each(|x| *x = *x * factor);
                    float(elements[2].abs())
                },
                move || {
                    let mut elements = by_us.borrow_mut();
                    let mut view = ViewMut::from_slice(shape, &mut elements).expect("as many elements");
                    view.map_in_place(|&x| x * factor);
                    float(elements[2].abs())
                },
            ),
            work(
                "`zip_with`",
                move || float(iter::zip(flat, other).map(|(&x, &y)| x * y).collect::<Vec<_>>()[2]),
                move || {
                    float(view.zip_with(other_view, |&x, &y| x * y).expect("the same shape").as_slice()[2])
                },
            ),
            work(
                "`zip_with_in_place`",
                move || {
                    let mut elements = zip_by_hand.borrow_mut();
                    elements.iter_mut().zip(flat).for_each(|(x, &y)| *x = (*x + y) * half);
                    float(elements[2])
                },
                move || {
                    let mut elements = zip_by_us.borrow_mut();
                    let mut target = ViewMut::from_slice(shape, &mut elements).expect("as many elements");
                    target.zip_with_in_place(view, |&x, &y| (x + y) * half).expect("the same shape");
                    float(elements[2])
                },
            ),
        ]
    }

    /// Streams of numbers. The reference copies the bytes to a new vector.
    fn streams(&self) -> Vec<Work<'_>> {
        let columns = self.shape[1];
        let bytes: &[u8] = bytemuck::cast_slice(&self.flat);
        let bulk_copy = move || f64::from(bytes.to_vec()[1]);
        vec![
            work("`read_rows` of a slice", bulk_copy, move || {
                let mut array = GrowableNd::<T>::new([columns]);
                array.read_rows(bytes).expect("whole rows");
                f64::from(array.as_bytes()[1])
            }),
            work("`read_rows` of a slice, `u8`", bulk_copy, move || {
                let mut array = GrowableNd::<u8>::new([columns * size_of::<T>()]);
                array.read_rows(bytes).expect("whole rows");
                f64::from(array.as_bytes()[1])
            }),
            work("`from_bytes`", bulk_copy, move || {
                let array = GrowableNd::<T>::from_bytes([columns], bytes).expect("whole rows");
                f64::from(array.as_bytes()[1])
            }),
        ]
    }
}

/// Cycles from −3 to 3: sums are exact in any order.
fn number<T: Number>(index: usize) -> T {
    T::from(index % 7).expect("a float") - T::from(3).expect("a float")
}

fn float<T: Number>(value: T) -> f64 {
    value.to_f64().expect("a float")
}

/// Folds a slice with as many accumulators as fit into eight registers of 16 bytes.
fn fold<T: Number>(elements: &[T], neutral: T, step: impl Fn(T, T) -> T) -> T {
    if size_of::<T>() == 4 {
        fold_chunks::<T, 32>(elements, neutral, step)
    } else {
        fold_chunks::<T, 16>(elements, neutral, step)
    }
}

fn fold_chunks<T: Number, const N: usize>(elements: &[T], neutral: T, step: impl Fn(T, T) -> T) -> T {
    let mut folded = [neutral; N];
    add_chunks(&mut folded, elements, &step);
    let rest = elements.chunks_exact(N).remainder();
    rest.iter().fold(joined(folded, &step), |folded, &x| step(folded, x))
}

/// Not inlined: together with the loop that combines the accumulators, the compiler would keep them
/// in memory.
#[inline(never)]
fn add_chunks<T: Number, const N: usize>(folded: &mut [T; N], elements: &[T], step: &impl Fn(T, T) -> T) {
    for chunk in elements.chunks_exact(N) {
        for k in 0..N {
            folded[k] = step(folded[k], chunk[k]);
        }
    }
}

/// Combines the accumulators, halves with halves.
fn joined<T: Number, const N: usize>(mut folded: [T; N], step: impl Fn(T, T) -> T) -> T {
    let mut half = N / 2;
    while half > 0 {
        (0..half).for_each(|k| folded[k] = step(folded[k], folded[k + half]));
        half /= 2;
    }
    folded[0]
}

fn sum<T: Number>(elements: &[T]) -> T {
    fold(elements, T::zero(), |sum, x| sum + x)
}

fn sum_of_every_other<T: Number>(row: &[T]) -> T {
    if size_of::<T>() == 4 { sum_of_pairs::<T, 32>(row) } else { sum_of_pairs::<T, 16>(row) }
}

/// Sums the first of each pair, with `N` accumulators.
fn sum_of_pairs<T: Number, const N: usize>(row: &[T]) -> T {
    let chunks = row.chunks_exact(2 * N);
    let rest = chunks.remainder().iter().step_by(2).fold(T::zero(), |sum, &x| sum + x);
    let mut sums = [T::zero(); N];
    for chunk in chunks {
        for k in 0..N {
            sums[k] += chunk[2 * k];
        }
    }
    sums.into_iter().fold(rest, |sum, x| sum + x)
}

/// Sums columns, four rows at a time: the sums are read and written a quarter as often.
fn sums_of_columns<T: Number>(elements: &[T], columns: usize) -> Vec<T> {
    let mut sums = vec![T::zero(); columns];
    let fours = elements.chunks_exact(4 * columns);
    let rest = fours.remainder();
    for four in fours {
        let ((a, b), (c, d)) = {
            let (front, back) = four.split_at(2 * columns);
            (front.split_at(columns), back.split_at(columns))
        };
        for ((((sum, &a), &b), &c), &d) in sums.iter_mut().zip(a).zip(b).zip(c).zip(d) {
            *sum = *sum + a + b + c + d;
        }
    }
    for row in rest.chunks_exact(columns) {
        sums.iter_mut().zip(row).for_each(|(sum, &x)| *sum += x);
    }
    sums
}

fn max<T: Number>(elements: &[T]) -> T {
    fold(elements, T::min_value(), |max, x| if x > max { x } else { max })
}

/// Sums a row. In a short row no accumulators are needed: the next row hides the latency.
fn sum_of_row<T: Number>(row: &[T]) -> T {
    if row.len() < 32 { row.iter().fold(T::zero(), |sum, &x| sum + x) } else { sum(row) }
}

fn dot<T: Number>(left: &[T], right: &[T]) -> T {
    if size_of::<T>() == 4 { dot_chunks::<T, 32>(left, right) } else { dot_chunks::<T, 16>(left, right) }
}

fn dot_chunks<T: Number, const N: usize>(left: &[T], right: &[T]) -> T {
    let (left, right) = (left.chunks_exact(N), right.chunks_exact(N));
    let rests = iter::zip(left.remainder(), right.remainder());
    let rest = rests.fold(T::zero(), |sum, (&x, &y)| sum + x * y);
    let mut sums = [T::zero(); N];
    for (x, y) in iter::zip(left, right) {
        for k in 0..N {
            sums[k] += x[k] * y[k];
        }
    }
    sums.into_iter().fold(rest, |sum, x| sum + x)
}
