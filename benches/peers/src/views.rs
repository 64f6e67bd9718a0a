//! Reading and writing through views, ours and those of ndarray, on the same elements.

use crate::interleaved::{Contender, Race, shared, touch_memory};
use growable_nd::{Axis, AxisRange, GrowableNd, View, ViewMut};
use ndarray::{Array2, ArrayD, ArrayView2, ArrayView4, ArrayViewMut2, ArrayViewMut4, IxDyn, s};
use std::hint::black_box;
use std::ops::AddAssign;

/// One piece of work in both libraries; what comes out must be the same.
pub struct Work<'a> {
    name: &'static str,
    ours: Box<dyn FnMut() -> f64 + 'a>,
    theirs: Box<dyn FnMut() -> f64 + 'a>,
}

pub fn work<'a>(
    name: &'static str,
    ours: impl FnMut() -> f64 + 'a,
    theirs: impl FnMut() -> f64 + 'a,
) -> Work<'a> {
    Work { name, ours: Box::new(ours), theirs: Box::new(theirs) }
}

/// All races, passed on one by one.
pub fn run_all(run: &mut dyn FnMut(Race<'_>)) {
    for (side, rounds) in [(250, 60), (4096, 3)] {
        touch_memory(side * side * 8 * 3);
        let flat: Vec<f64> = (0..side * side).map(|i| (i % 1000) as f64).collect();
        let ours = black_box(View::from_slice([side, side], &flat).unwrap());
        let theirs = black_box(ArrayView2::from_shape([side, side], &flat).unwrap());
        for work in matrix(ours, theirs) {
            race(run, &format!("{side}×{side} f64"), rounds, work);
        }
    }
    touch_memory(64 * 64 * 64 * 16 * 4 * 3);
    let flat: Vec<f32> = (0..64 * 64 * 64 * 16).map(|i| (i % 16) as f32).collect();
    let ours = black_box(View::from_slice([64, 64, 64, 16], &flat).unwrap());
    let theirs = black_box(ArrayView4::from_shape([64, 64, 64, 16], &flat).unwrap());
    for work in volume(ours, theirs) {
        race(run, "64×64×64×16 f32", 5, work);
    }
    for work in by_index() {
        race(run, "250×250 f64", 3, work);
    }
    let mut rows = GrowableNd::<f64>::new([3]);
    (0..20_000).for_each(|i| rows.push_row([f64::from(i); 3]).unwrap());
    let dynamic = ArrayD::from_shape_vec(IxDyn(rows.shape()), rows.as_slice().to_vec()).unwrap();
    race(
        run,
        "20000×3 f64, rank at run time",
        60,
        work(
            "rows, an element of each",
            || black_box(&rows).iter_rows().map(|row| row[0]).sum(),
            || black_box(&dynamic).outer_iter().map(|row| row[0]).sum(),
        ),
    );
}

pub fn race(run: &mut dyn FnMut(Race<'_>), subject: &str, rounds: usize, mut work: Work<'_>) {
    let (ours, theirs) = ((work.ours)(), (work.theirs)());
    assert!((ours - theirs).abs() <= 1e-6 * ours.abs(), "{subject}: {}: {ours}, {theirs}", work.name);
    run(Race {
        table: "ndarray's time to ours: larger is faster".to_owned(),
        column: subject.to_owned(),
        unit: "run",
        units: 1,
        rounds,
        contenders: vec![Contender::new("", work.ours), Contender::new(work.name, work.theirs)],
    });
}

fn matrix<'a>(ours: View<'a, f64, 2>, theirs: ArrayView2<'a, f64>) -> Vec<Work<'a>> {
    let side = theirs.nrows();
    let half = (..).step(2);
    let (ours_t, theirs_t) = (ours.t(), theirs.reversed_axes());
    let (ours_2, theirs_2) = (ours.slice((half, half)), theirs.slice_move(s![..;2, ..;2]));
    let (ours_r, theirs_r) = (ours.slice((half, ..)), theirs.slice_move(s![..;2, ..]));
    let [our_target, their_target] = shared(vec![0.0; side * side]);
    let last = side * side - 2;
    vec![
        work(
            "fold",
            move || ours.iter().fold(0.0, |s, x| s + x),
            move || theirs.iter().fold(0.0, |s, x| s + x),
        ),
        work("`iter().sum()`", move || ours.iter().sum(), move || theirs.iter().sum()),
        work("`for x in v`", move || for_each(ours.iter()), move || for_each(theirs.iter())),
        work("transposed `iter().sum()`", move || ours_t.iter().sum(), move || theirs_t.iter().sum()),
        work("transposed `for x in v`", move || for_each(ours_t.iter()), move || for_each(theirs_t.iter())),
        work("`[..;2, ..;2]` `iter().sum()`", move || ours_2.iter().sum(), move || theirs_2.iter().sum()),
        work(
            "`[..;2, ..;2]` `for x in v`",
            move || for_each(ours_2.iter()),
            move || for_each(theirs_2.iter()),
        ),
        work("`[..;2, ..]` `iter().sum()`", move || ours_r.iter().sum(), move || theirs_r.iter().sum()),
        work(
            "row views",
            move || ours.iter_rows().map(|row| row[[1]]).sum(),
            move || theirs.outer_iter().map(|row| row[1]).sum(),
        ),
        work(
            "sums of rows",
            move || ours.iter_rows().map(|row| row.iter().sum::<f64>()).fold(0.0, f64::max),
            move || theirs.outer_iter().map(|row| row.iter().sum::<f64>()).fold(0.0, f64::max),
        ),
        work(
            "`axis_iter(Axis(1))`",
            move || ours.axis_iter(Axis(1)).map(|column| column[[1]]).sum(),
            move || theirs.axis_iter(ndarray::Axis(1)).map(|column| column[1]).sum(),
        ),
        work(
            "sums of columns",
            move || ours.axis_iter(Axis(1)).map(|column| column.iter().sum::<f64>()).fold(0.0, f64::max),
            move || {
                theirs
                    .axis_iter(ndarray::Axis(1))
                    .map(|column| column.iter().sum::<f64>())
                    .fold(0.0, f64::max)
            },
        ),
        work(
            "windows of 3 rows",
            move || ours.windows(Axis(0), 3).map(|window| window[[2, 1]]).sum(),
            move || theirs.axis_windows(ndarray::Axis(0), 3).into_iter().map(|window| window[[2, 1]]).sum(),
        ),
        work(
            "`assign` of the transposed",
            move || {
                let mut target = our_target.borrow_mut();
                ViewMut::from_slice([side; 2], &mut target).unwrap().assign(&ours_t).unwrap();
                target[last]
            },
            move || {
                let mut target = their_target.borrow_mut();
                ArrayViewMut2::from_shape([side; 2], &mut target).unwrap().assign(&theirs_t);
                target[last]
            },
        ),
        work(
            "owned copy of the transposed",
            move || ours_t.to_owned_array().into_vec()[last],
            move || theirs_t.as_standard_layout().into_owned().as_slice().unwrap()[last],
        ),
    ]
}

/// Element by element, without the shortcuts of `fold`.
fn for_each<'a, T: Copy + Default + AddAssign + 'a>(elements: impl Iterator<Item = &'a T>) -> T {
    let mut sum = T::default();
    for &x in elements {
        sum += x;
    }
    sum
}

fn volume<'a>(ours: View<'a, f32, 4>, theirs: ArrayView4<'a, f32>) -> Vec<Work<'a>> {
    let half = (..).step(2);
    let (ours_t, theirs_t) = (ours.t(), theirs.reversed_axes());
    let (ours_2, theirs_2) =
        (ours.slice((half, half, half, half)), theirs.slice_move(s![..;2, ..;2, ..;2, ..;2]));
    let (ours_r, theirs_r) = (ours.slice((half, .., half, ..)), theirs.slice_move(s![..;2, .., ..;2, ..]));
    let shape_t = [16, 64, 64, 64];
    let [our_target, their_target] = shared(vec![0.0_f32; 64 * 64 * 64 * 16]);
    let sum = |sum: f32| f64::from(sum);
    vec![
        work(
            "fold",
            move || sum(ours.iter().fold(0.0, |s, x| s + x)),
            move || sum(theirs.iter().fold(0.0, |s, x| s + x)),
        ),
        work("`for x in v`", move || sum(for_each(ours.iter())), move || sum(for_each(theirs.iter()))),
        work(
            "transposed `iter().sum()`",
            move || sum(ours_t.iter().sum()),
            move || sum(theirs_t.iter().sum()),
        ),
        work(
            "transposed `for x in v`",
            move || sum(for_each(ours_t.iter())),
            move || sum(for_each(theirs_t.iter())),
        ),
        work(
            "every other, `iter().sum()`",
            move || sum(ours_2.iter().sum()),
            move || sum(theirs_2.iter().sum()),
        ),
        work(
            "every other, `for x in v`",
            move || sum(for_each(ours_2.iter())),
            move || sum(for_each(theirs_2.iter())),
        ),
        work(
            "`[..;2, .., ..;2, ..]` `iter().sum()`",
            move || sum(ours_r.iter().sum()),
            move || sum(theirs_r.iter().sum()),
        ),
        work(
            "`[..;2, .., ..;2, ..]` `for x in v`",
            move || sum(for_each(ours_r.iter())),
            move || sum(for_each(theirs_r.iter())),
        ),
        work(
            "lanes along axis 3",
            move || sum(ours.lanes(Axis(3)).map(|lane| lane[[3]]).sum()),
            move || sum(theirs.lanes(ndarray::Axis(3)).into_iter().map(|lane| lane[3]).sum()),
        ),
        work(
            "`axis_iter(Axis(3))`, sums",
            move || sum(ours.axis_iter(Axis(3)).map(|part| part.iter().sum::<f32>()).fold(0.0, f32::max)),
            move || {
                sum(theirs
                    .axis_iter(ndarray::Axis(3))
                    .map(|part| part.iter().sum::<f32>())
                    .fold(0.0, f32::max))
            },
        ),
        work(
            "`assign` of the transposed",
            move || {
                let mut target = our_target.borrow_mut();
                ViewMut::from_slice(shape_t, &mut target).unwrap().assign(&ours_t).unwrap();
                sum(target[64 * 64])
            },
            move || {
                let mut target = their_target.borrow_mut();
                ArrayViewMut4::from_shape(shape_t, &mut target).unwrap().assign(&theirs_t);
                sum(target[64 * 64])
            },
        ),
        work(
            "owned copy of the transposed",
            move || sum(ours_t.to_owned_array().into_vec()[64 * 64]),
            move || sum(theirs_t.as_standard_layout().into_owned().as_slice().unwrap()[64 * 64]),
        ),
    ]
}

/// A naive matrix product by index.
fn by_index() -> Vec<Work<'static>> {
    const SIDE: usize = 250;
    let flat: Vec<f64> = (0..SIDE * SIDE).map(|i| (i % 10) as f64).collect();
    let ours = GrowableNd::from_vec([SIDE], flat.clone()).unwrap();
    let theirs = Array2::from_shape_vec((SIDE, SIDE), flat).unwrap();
    let (ours_viewed, theirs_viewed) = (ours.clone(), theirs.clone());
    vec![
        work(
            "naive product, `array[[i, j]]`",
            move || product_in_our_array(&ours, black_box(SIDE)),
            move || product_in_their_array(&theirs, black_box(SIDE)),
        ),
        work(
            "naive product, `view[[i, j]]`",
            move || product_in_our_view(ours_viewed.view(), black_box(SIDE)),
            move || product_in_their_view(theirs_viewed.view(), black_box(SIDE)),
        ),
    ]
}

// Functions of their own, as in a program: behind what a closure captures the compiler sees less.

#[inline(never)]
fn product_in_our_array(array: &GrowableNd<f64>, side: usize) -> f64 {
    product(side, |i, j| array[[i, j]])
}

#[inline(never)]
fn product_in_our_view(view: View<'_, f64, 2>, side: usize) -> f64 {
    product(side, |i, j| view[[i, j]])
}

#[inline(never)]
fn product_in_their_array(array: &Array2<f64>, side: usize) -> f64 {
    product(side, |i, j| array[[i, j]])
}

#[inline(never)]
fn product_in_their_view(view: ArrayView2<'_, f64>, side: usize) -> f64 {
    product(side, |i, j| view[[i, j]])
}

/// The sum of all elements of the matrix times itself, naively.
#[inline(always)]
fn product(side: usize, element: impl Fn(usize, usize) -> f64) -> f64 {
    let mut total = 0.0;
    for i in 0..side {
        for j in 0..side {
            let mut sum = 0.0;
            for k in 0..side {
                sum += element(i, k) * element(k, j);
            }
            total += sum;
        }
    }
    total
}
