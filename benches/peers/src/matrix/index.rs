//! Elements by index: reads, stores, stencils, products, in straightforward loops.

use super::cell::{Digest, Outcome};
use super::element::Element;
use super::number::Number;
use super::run::Matrix;
use super::subject::Elements;
use growable_nd::{GrowableNd, View, ViewMut};
use ndarray::{Array2, Array3, ArrayView2, ArrayViewMut2};
use std::hint::black_box;
use std::ops::{Deref, DerefMut};

pub fn run(matrix: &mut Matrix) {
    matrix.group("index");
    for (size, rows, columns) in [("200×200", 200, 200), ("8×8", 8, 8), ("rows of 3", 10_000, 3)] {
        reads(matrix, size, [rows, columns]);
        stores::<f64>(matrix, size, [rows, columns]);
    }
    stores::<f32>(matrix, "200×200", [200, 200]);
    stores::<i32>(matrix, "200×200", [200, 200]);
    stores::<u8>(matrix, "200×200", [200, 200]);
    in_a_closure(matrix);
    stencil::<f64>(matrix, "200×200", 200);
    stencil::<f32>(matrix, "200×200", 200);
    stencil::<f64>(matrix, "8×8", 8);
    products(matrix, "8×8", 8);
    products(matrix, "100×100", 100);
    scattered(matrix);
    three_axes(matrix);
}

/// Two operands and a result, each as our array, as one of ndarray, and flat.
struct Three<T> {
    ours: [GrowableNd<T>; 3],
    theirs: [Array2<T>; 3],
    flat: [Vec<T>; 3],
}

impl<T: Element> Three<T> {
    fn new(size: &str, shape: [usize; 2]) -> Self {
        let first = Elements::<T, 2>::new(size, shape);
        let elements = [first.other(), first.other().other(), first];
        Three {
            ours: elements.each_ref().map(|it| it.contiguous().ours.to_owned_array()),
            theirs: elements.each_ref().map(|it| it.contiguous().theirs.to_owned()),
            flat: elements.map(|it| it.flat),
        }
    }
}

fn reads(matrix: &mut Matrix, size: &str, shape: [usize; 2]) {
    let Three { ours: [array, ..], theirs: [theirs, ..], flat: [flat, ..] } = &Three::<f64>::new(size, shape);
    let [rows, columns] = black_box(shape);
    let place = [f64::NAME, "contiguous", size];
    let view = array.view::<2>();
    macro_rules! sum_of {
        ($i:ident, $j:ident => $element:expr) => {
            || {
                let mut sum = 0.0;
                for $i in 0..rows {
                    for $j in 0..columns {
                        sum += $element;
                    }
                }
                sum
            }
        };
    }
    let by_hand = sum_of!(i, j => flat[i * columns + j]);
    let by_ndarray = sum_of!(i, j => theirs[[i, j]]);
    type Way<'a> = (&'a str, Box<dyn Fn() -> f64 + 'a>);
    let ways: [Way<'_>; 4] = [
        ("sum of array[[i, j]]", Box::new(sum_of!(i, j => array[[i, j]]))),
        ("sum of view[[i, j]]", Box::new(sum_of!(i, j => view[[i, j]]))),
        ("sum of array.get([i, j])", Box::new(sum_of!(i, j => *array.get([i, j]).expect("inside")))),
        ("sum of array.row(i)[j]", Box::new(sum_of!(i, j => array.row(i)[j]))),
    ];
    for (name, ours) in ways {
        matrix.cell(name, place).ours(ours).hand(by_hand).ndarray(by_ndarray).run();
    }
    macro_rules! differences {
        ($i:ident => $difference:expr) => {
            || {
                let mut sum = 0.0;
                for $i in 0..rows {
                    sum += $difference;
                }
                sum
            }
        };
    }
    matrix
        .cell("array[[i, 1]] - array[[i, 0]]", place)
        .ours(differences!(i => array[[i, 1]] - array[[i, 0]]))
        .hand(differences!(i => flat[i * columns + 1] - flat[i * columns]))
        .ndarray(differences!(i => theirs[[i, 1]] - theirs[[i, 0]]))
        .run();
    matrix
        .cell("array.row(i)[1] - array.row(i)[0]", place)
        .ours(differences!(i => array.row(i)[1] - array.row(i)[0]))
        .hand(differences!(i => flat[i * columns + 1] - flat[i * columns]))
        .ndarray(differences!(i => theirs[[i, 1]] - theirs[[i, 0]]))
        .run();
}

/// Storage whose elements are read and stored by two indices. All contenders share the loops below.
trait Grid<T> {
    fn at(&self, i: usize, j: usize) -> T;
}

trait GridMut<T>: Grid<T> {
    fn put(&mut self, i: usize, j: usize, x: T);
}

macro_rules! grids {
    ($($grid:ty: $read:ident $($write:ident)?),*) => {$(
        impl<T: Copy> $read<T> for $grid {
            #[inline(always)]
            fn at(&self, i: usize, j: usize) -> T {
                self[[i, j]]
            }
        }
        $(impl<T: Copy> $write<T> for $grid {
            #[inline(always)]
            fn put(&mut self, i: usize, j: usize, x: T) {
                self[[i, j]] = x;
            }
        })?
    )*};
}
grids!(
    GrowableNd<T>: Grid GridMut,
    View<'_, T, 2>: Grid,
    ViewMut<'_, T, 2>: Grid GridMut,
    Array2<T>: Grid GridMut,
    ArrayView2<'_, T>: Grid,
    ArrayViewMut2<'_, T>: Grid GridMut
);

/// The flat slice.
struct ByHand<S> {
    data: S,
    columns: usize,
}

impl<T: Copy, S: Deref<Target = [T]>> Grid<T> for ByHand<S> {
    #[inline(always)]
    fn at(&self, i: usize, j: usize) -> T {
        self.data[i * self.columns + j]
    }
}

impl<T: Copy, S: DerefMut<Target = [T]>> GridMut<T> for ByHand<S> {
    #[inline(always)]
    fn put(&mut self, i: usize, j: usize, x: T) {
        self.data[i * self.columns + j] = x;
    }
}

/// Operands, result and shape of a loop.
trait Loop<T> {
    fn run(a: &impl Grid<T>, b: &impl Grid<T>, c: &mut impl GridMut<T>, shape: [usize; 2]);
}

macro_rules! loops {
    ($($name:ident: |$a:ident, $b:ident, $c:ident, $rows:ident, $columns:ident| $body:block)*) => {$(
        struct $name;
        impl<T: Number> Loop<T> for $name {
            #[inline(always)]
            fn run($a: &impl Grid<T>, $b: &impl Grid<T>, $c: &mut impl GridMut<T>, shape: [usize; 2]) {
                let [$rows, $columns] = shape;
                $body
            }
        }
    )*};
}

loops! {
    Add: |a, b, c, rows, columns| {
        for i in 0..rows {
            for j in 0..columns {
                c.put(i, j, a.at(i, j) + b.at(i, j));
            }
        }
    }
    Difference: |a, _b, c, rows, columns| {
        for i in 0..rows {
            for j in 1..columns {
                c.put(i, j, a.at(i, j) - a.at(i, j - 1));
            }
        }
    }
    Constant: |_a, _b, c, rows, columns| {
        for i in 0..rows {
            for j in 0..columns {
                c.put(i, j, T::one());
            }
        }
    }
    Stencil: |a, _b, c, rows, columns| {
        for i in 1..rows - 1 {
            for j in 1..columns - 1 {
                let around = a.at(i - 1, j) + a.at(i + 1, j) + a.at(i, j - 1) + a.at(i, j + 1);
                c.put(i, j, around - a.at(i, j));
            }
        }
    }
    ProductInnerSum: |a, b, c, rows, columns| {
        for i in 0..rows {
            for j in 0..columns {
                let mut sum = T::zero();
                for l in 0..columns {
                    sum = sum + a.at(i, l) * b.at(l, j);
                }
                c.put(i, j, sum);
            }
        }
    }
    ProductStoring: |a, b, c, rows, columns| {
        for i in 0..rows {
            for j in 0..columns {
                c.put(i, j, T::zero());
            }
            for l in 0..columns {
                for j in 0..columns {
                    c.put(i, j, c.at(i, j) + a.at(i, l) * b.at(l, j));
                }
            }
        }
    }
}

// Each contender is a function that takes its operands by reference, as in a program. In a closure
// that captures references the compiler does not know that a store to `c` leaves the shapes of the
// others unchanged; the cell `captured` shows the cost.

#[inline(never)]
fn of_arrays<T: Number, L: Loop<T>, A: GridMut<T>>(a: &A, b: &A, c: &mut A, shape: [usize; 2]) {
    L::run(a, b, c, shape);
}

#[inline(never)]
fn of_views<T: Number, L: Loop<T>>(
    a: &GrowableNd<T>,
    b: &GrowableNd<T>,
    c: &mut GrowableNd<T>,
    shape: [usize; 2],
) {
    L::run(&a.view::<2>(), &b.view::<2>(), &mut c.view_mut::<2>(), shape);
}

#[inline(never)]
fn of_their_views<T: Number, L: Loop<T>>(a: &Array2<T>, b: &Array2<T>, c: &mut Array2<T>, shape: [usize; 2]) {
    L::run(&a.view(), &b.view(), &mut c.view_mut(), shape);
}

#[inline(never)]
fn of_slices<T: Number, L: Loop<T>>(a: &[T], b: &[T], c: &mut [T], shape: [usize; 2]) {
    let columns = shape[1];
    L::run(
        &ByHand { data: a, columns },
        &ByHand { data: b, columns },
        &mut ByHand { data: c, columns },
        shape,
    );
}

fn time<T: Number, L: Loop<T>>(matrix: &mut Matrix, name: &str, size: &str, shape: [usize; 2]) {
    let Three { ours: [a, b, c], theirs: [their_a, their_b, their_c], flat: [flat_a, flat_b, flat_c] } =
        &Three::<T>::new(size, shape);
    let shape = black_box(shape);
    for is_view in [false, true] {
        let of = if is_view { "views" } else { "arrays" };
        let cell = matrix.cell(format!("{name} ({of})"), [T::NAME, "contiguous", size]);
        let ours = if is_view { of_views::<T, L> } else { of_arrays::<T, L, _> };
        let by_ndarray = if is_view { of_their_views::<T, L> } else { of_arrays::<T, L, _> };
        cell.ours_with(c.clone(), move |c: &mut GrowableNd<T>| ours(a, b, c, shape))
            .hand_with(flat_c.clone(), |c: &mut Vec<T>| of_slices::<T, L>(flat_a, flat_b, c, shape))
            .ndarray_with(their_c.clone(), move |c: &mut Array2<T>| by_ndarray(their_a, their_b, c, shape))
            .run();
    }
}

fn in_a_closure(matrix: &mut Matrix) {
    let shape = [200, 200];
    let Three { ours: [a, b, c], theirs: [their_a, their_b, their_c], flat: [flat_a, flat_b, flat_c] } =
        &Three::<f64>::new("200×200", shape);
    let shape = black_box(shape);
    let columns = shape[1];
    matrix
        .cell("c[[i, j]] = a[[i, j]] + b[[i, j]] (captured)", [f64::NAME, "contiguous", "200×200"])
        .ours_with(c.clone(), |c: &mut GrowableNd<f64>| Add::run(a, b, c, shape))
        .hand_with(flat_c.clone(), |c: &mut Vec<f64>| {
            let operand = |data| ByHand { data, columns };
            Add::run(
                &operand(&flat_a[..]),
                &operand(&flat_b[..]),
                &mut ByHand { data: &mut c[..], columns },
                shape,
            );
        })
        .ndarray_with(their_c.clone(), |c: &mut Array2<f64>| Add::run(their_a, their_b, c, shape))
        .run();
}

fn stores<T: Number>(matrix: &mut Matrix, size: &str, shape: [usize; 2]) {
    time::<T, Add>(matrix, "c[[i, j]] = a[[i, j]] + b[[i, j]]", size, shape);
    time::<T, Difference>(matrix, "c[[i, j]] = a[[i, j]] - a[[i, j - 1]]", size, shape);
    time::<T, Constant>(matrix, "c[[i, j]] = 1", size, shape);
}

fn stencil<T: Number>(matrix: &mut Matrix, size: &str, side: usize) {
    time::<T, Stencil>(matrix, "stencil of 5 points", size, [side, side]);
}

fn products(matrix: &mut Matrix, size: &str, side: usize) {
    time::<f64, ProductInnerSum>(matrix, "product, i j l", size, [side, side]);
    time::<f64, ProductStoring>(matrix, "product, i l j", size, [side, side]);
    in_fields(matrix, size, side);
}

/// Three arrays in the fields of a struct, which a function takes by one reference.
struct Fields<A> {
    a: A,
    b: A,
    c: A,
}

impl<A: Outcome> Outcome for Fields<A> {
    fn add_to(&self, digest: &mut Digest) {
        self.c.add_to(digest);
    }
}

fn in_fields(matrix: &mut Matrix, size: &str, side: usize) {
    #[inline(always)]
    fn multiply<A: GridMut<f64>>(fields: &mut Fields<A>, side: usize) {
        ProductStoring::run(&fields.a, &fields.b, &mut fields.c, [side, side]);
    }
    let Three { ours: [a, b, c], theirs: [their_a, their_b, their_c], flat } =
        Three::<f64>::new(size, [side, side]);
    let columns = black_box(side);
    let [flat_a, flat_b, flat_c] = flat.map(|data| ByHand { data, columns });
    matrix
        .cell("product, i l j, in fields of a struct", [f64::NAME, "contiguous", size])
        .ours_with(Fields { a, b, c }, move |fields| multiply(fields, columns))
        .hand_with(Fields { a: flat_a, b: flat_b, c: flat_c }, move |fields| multiply(fields, columns))
        .ndarray_with(Fields { a: their_a, b: their_b, c: their_c }, move |fields| multiply(fields, columns))
        .run();
}

impl Outcome for ByHand<Vec<f64>> {
    fn add_to(&self, digest: &mut Digest) {
        self.data.add_to(digest);
    }
}

/// Reads at scattered positions: each index is checked.
fn scattered(matrix: &mut Matrix) {
    let shape = [256, 512];
    let Three { ours: [array, ..], theirs: [theirs, ..], flat: [flat, ..] } =
        &Three::<f64>::new("256×512", shape);
    let places: Vec<[usize; 2]> =
        (0..4096_usize).map(|n| n.wrapping_mul(40_503)).map(|n| [n / 512 % 256, n % 512]).collect();
    let view = array.view::<2>();
    let columns = black_box(shape[1]);
    let place = [f64::NAME, "contiguous", "4096 places of 256×512"];
    for of in ["array", "view"] {
        let cell = matrix.cell(format!("scattered reads of {of}[[i, j]]"), place);
        let cell = if of == "array" {
            cell.ours(|| places.iter().map(|&place| array[place]).sum::<f64>())
        } else {
            cell.ours(|| places.iter().map(|&place| view[place]).sum::<f64>())
        };
        cell.hand(|| places.iter().map(|&[i, j]| flat[i * columns + j]).sum::<f64>())
            .ndarray(|| places.iter().map(|&place| theirs[place]).sum::<f64>())
            .run();
    }
    matrix
        .cell("scattered get_mut([i, j])", place)
        .ours_with(array.clone(), |array: &mut GrowableNd<f64>| {
            places.iter().for_each(|&place| *array.get_mut(place).expect("inside") += 1.0);
        })
        .hand_with(flat.clone(), |flat: &mut Vec<f64>| {
            places.iter().for_each(|&[i, j]| *flat.get_mut(i * columns + j).expect("inside") += 1.0);
        })
        .ndarray_with(theirs.clone(), |array: &mut Array2<f64>| {
            places.iter().for_each(|&place| *array.get_mut(place).expect("inside") += 1.0);
        })
        .run();
}

fn three_axes(matrix: &mut Matrix) {
    let elements = Elements::<f64, 3>::new("100×50×64", [100, 50, 64]);
    let subject = elements.contiguous();
    let array: GrowableNd<f64> = subject.ours.to_owned_array();
    let (view, flat) = (subject.ours, &elements.flat[..]);
    let theirs: Array3<f64> = subject.theirs.to_owned();
    let shape = black_box(elements.shape);
    // These are functions for the reason above.
    macro_rules! sum_of {
        ($name:ident($array:ident: $of:ty)[$i:ident, $j:ident, $k:ident] => $element:expr) => {
            #[inline(never)]
            fn $name($array: $of, [ni, nj, nk]: [usize; 3]) -> f64 {
                let mut sum = 0.0;
                for $i in 0..ni {
                    for $j in 0..nj {
                        for $k in 0..nk {
                            sum += $element;
                        }
                    }
                }
                sum
            }
        };
    }
    sum_of!(of_array(array: &GrowableNd<f64>)[i, j, k] => array[[i, j, k]]);
    sum_of!(of_view(view: &View<'_, f64, 3>)[i, j, k] => view[[i, j, k]]);
    sum_of!(of_ndarray(array: &Array3<f64>)[i, j, k] => array[[i, j, k]]);
    #[inline(never)]
    fn by_hand(flat: &[f64], [ni, nj, nk]: [usize; 3]) -> f64 {
        let mut sum = 0.0;
        for i in 0..ni {
            for j in 0..nj {
                for k in 0..nk {
                    sum += flat[(i * nj + j) * nk + k];
                }
            }
        }
        sum
    }
    for of in ["array", "view"] {
        let cell = matrix.cell(format!("sum of {of}[[i, j, k]]"), subject.place);
        let cell = if of == "array" {
            cell.ours(|| of_array(&array, shape))
        } else {
            cell.ours(|| of_view(&view, shape))
        };
        cell.hand(|| by_hand(flat, shape)).ndarray(|| of_ndarray(&theirs, shape)).run();
    }
}
