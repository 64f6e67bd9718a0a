//! The operands: the same elements as a view of this crate, as a view of ndarray, as a flat slice,
//! and in NumPy.

use super::element::{Element, LARGEST};
use super::flat::Flat;
use growable_nd::{Axis, AxisRange, View};
use ndarray::{ArrayView, ArrayView2, ArrayView3, Dim, Ix2, Ix3, ShapeBuilder, s};
use std::hint::black_box;

/// One layout of some elements.
#[derive(Clone)]
pub struct Subject<'a, T, const N: usize, D> {
    pub ours: View<'a, T, N>,
    pub theirs: ArrayView<'a, T, D>,
    pub flat: Flat<'a, T>,
    /// The layout in memory order.
    pub dense: Flat<'a, T>,
    /// Element type, layout and size.
    pub place: [&'a str; 3],
    /// The expression for NumPy, or empty if NumPy has no such elements, or they are too few.
    pub numpy: String,
}

pub type Subject2<'a, T> = Subject<'a, T, 2, Ix2>;
pub type Subject3<'a, T> = Subject<'a, T, 3, Ix3>;

/// The elements of one size, from which the views are made.
pub struct Elements<T, const N: usize> {
    pub flat: Vec<T>,
    pub shape: [usize; N],
    pub size: String,
    first: usize,
}

impl<T: Element, const N: usize> Elements<T, N> {
    pub fn new(size: impl Into<String>, shape: [usize; N]) -> Self {
        Self::starting_at(0, size, shape)
    }

    /// Makes other elements of the same shape.
    pub fn other(&self) -> Self {
        Self::starting_at(self.first + 3, self.size.clone(), self.shape)
    }

    fn starting_at(first: usize, size: impl Into<String>, shape: [usize; N]) -> Self {
        // Opaque to the optimizer: extents are known at run time only.
        let shape = black_box(shape);
        let len = shape.iter().product::<usize>();
        let mut flat: Vec<T> = (first..first + len).map(T::at).collect();
        flat[len * 3 / 4] = T::of(LARGEST);
        Elements { flat, shape, size: size.into(), first }
    }

    fn numpy(&self) -> String {
        // A call from Python takes longer than work on few elements.
        if T::DTYPE.is_empty() || self.flat.len() < 10_000 {
            return String::new();
        }
        format!("make(\"{}\", {:?}, {})", T::DTYPE, self.shape, self.first)
    }
}

/// The layouts of matrices.
pub const LAYOUTS: [&str; 6] = ["contiguous", "transposed", "stepped", "sliced", "inverted", "broadcast"];

impl<T: Element> Elements<T, 2> {
    pub fn contiguous(&self) -> Subject2<'_, T> {
        self.layout(LAYOUTS[0])
    }

    pub fn layouts<'a>(&'a self, layouts: &[&'a str]) -> Vec<Subject2<'a, T>> {
        layouts.iter().map(|layout| self.layout(layout)).collect()
    }

    pub fn layout<'a>(&'a self, layout: &'a str) -> Subject2<'a, T> {
        let columns = self.shape[1];
        let ours = View::from_slice(self.shape, &self.flat).expect("elements of this shape");
        let theirs = ArrayView2::from_shape(self.shape, &self.flat).expect("elements of this shape");
        let (half, part) = ((..).step(2), columns - columns.div_ceil(4));
        let (ours, theirs, suffix) = match layout {
            "contiguous" => (ours, theirs, String::new()),
            "transposed" => (ours.t(), theirs.reversed_axes(), ".T".to_owned()),
            "stepped" => {
                (ours.slice((half, half)), theirs.slice_move(s![..;2, ..;2]), "[::2, ::2]".to_owned())
            }
            "sliced" => {
                (ours.slice((.., ..part)), theirs.slice_move(s![.., ..part]), format!("[:, :{part}]"))
            }
            "inverted" => {
                (ours.invert_axis(Axis(1)), theirs.slice_move(s![.., ..;-1]), "[:, ::-1]".to_owned())
            }
            "broadcast" => {
                let strides = Dim(self.shape).strides(Dim([0, 1]));
                let theirs = ArrayView2::from_shape(strides, &self.flat[..columns]);
                let row = ours.index_axis(Axis(0), 0);
                (row.broadcast(self.shape).expect("one row"), theirs.expect("one row"), String::new())
            }
            unknown => panic!("no layout {unknown}"),
        };
        Subject {
            ours: black_box(ours),
            flat: black_box(Flat::new(&self.flat, &ours)),
            dense: black_box(Flat::new(&self.flat, &ours).in_memory_order()),
            theirs: black_box(theirs),
            place: [T::NAME, layout, &self.size],
            numpy: match (layout, self.numpy()) {
                ("broadcast", numpy) if !numpy.is_empty() => {
                    format!("np.broadcast_to({numpy}[0], {:?})", self.shape)
                }
                (_, numpy) => with_suffix(numpy, &suffix),
            },
        }
    }
}

impl<T: Element> Elements<T, 3> {
    /// Permutes the axes; `name` is the name of the order.
    pub fn permuted<'a>(&'a self, name: &'a str, axes: [usize; 3]) -> Subject3<'a, T> {
        let ours = View::from_slice(self.shape, &self.flat).expect("elements of this shape").permute(axes);
        let theirs = ArrayView3::from_shape(self.shape, &self.flat).expect("elements of this shape");
        Subject {
            ours: black_box(ours),
            flat: black_box(Flat::new(&self.flat, &ours)),
            dense: black_box(Flat::new(&self.flat, &ours).in_memory_order()),
            theirs: black_box(theirs.permuted_axes(axes)),
            place: [T::NAME, name, &self.size],
            numpy: with_suffix(self.numpy(), &format!(".transpose({axes:?})")),
        }
    }

    pub fn contiguous(&self) -> Subject3<'_, T> {
        self.permuted("contiguous 3-d", [0, 1, 2])
    }

    /// The orders that operations treat as separate cases.
    pub fn orders(&self) -> Vec<Subject3<'_, T>> {
        vec![
            self.contiguous(),
            self.permuted("permuted (0,2,1)", [0, 2, 1]),
            self.permuted("permuted (1,2,0)", [1, 2, 0]),
            self.permuted("permuted (2,1,0)", [2, 1, 0]),
        ]
    }
}

/// Returns a tuple of expressions for NumPy, or empty if NumPy lacks one of them.
pub fn tuple(expressions: &[&str]) -> String {
    if expressions.iter().any(|expression| expression.is_empty()) {
        return String::new();
    }
    format!("({},)", expressions.join(", "))
}

fn with_suffix(numpy: String, suffix: &str) -> String {
    if numpy.is_empty() { numpy } else { numpy + suffix }
}

/// One mebibyte, which fits into the second-level cache.
pub const L2: &str = "L2";

/// The shape of a matrix of about one mebibyte.
pub fn l2_shape<T>() -> [usize; 2] {
    match size_of::<T>() {
        1 => [1024, 1024],
        2..=4 => [512, 512],
        5..=8 => [256, 512],
        _ => [256, 256],
    }
}

/// Numbers of rows of 3, 8 and 64 elements that make some thousand elements.
pub const ROWS: [(usize, &str); 3] = [(3, "rows of 3"), (8, "rows of 8"), (64, "rows of 64")];
