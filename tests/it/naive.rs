//! A simple n-dimensional array: every operation copies element by element.

use growable_nd::{View, ViewMut};

/// All elements in row-major order.
#[derive(Clone, Debug, PartialEq)]
pub struct Naive {
    pub shape: Vec<usize>,
    pub elements: Vec<u32>,
}

impl Naive {
    /// Makes the array whose element at each index is `element(index)`.
    pub fn build(shape: &[usize], element: impl FnMut(&[usize]) -> u32) -> Naive {
        Naive { shape: shape.to_vec(), elements: for_each_index(shape, element) }
    }

    /// Makes the elements 0, 1, 2, …: each is its position.
    pub fn counting(shape: &[usize]) -> Naive {
        Naive { shape: shape.to_vec(), elements: (0..).take(shape.iter().product()).collect() }
    }

    pub fn at(&self, index: &[usize]) -> u32 {
        assert_eq!(index.len(), self.rank());
        let mut position = 0;
        for (&index, &extent) in index.iter().zip(&self.shape) {
            assert!(index < extent);
            position = position * extent + index;
        }
        self.elements[position]
    }

    pub fn rank(&self) -> usize {
        self.shape.len()
    }

    pub fn permute(&self, axes: &[usize]) -> Naive {
        let shape: Vec<usize> = axes.iter().map(|&axis| self.shape[axis]).collect();
        let mut old = vec![0; axes.len()];
        Naive::build(&shape, |index| {
            axes.iter().zip(index).for_each(|(&axis, &index)| old[axis] = index);
            self.at(&old)
        })
    }

    /// The part at the indices `pick` of an axis, in this order.
    pub fn pick(&self, axis: usize, pick: &[usize]) -> Naive {
        let mut shape = self.shape.clone();
        shape[axis] = pick.len();
        let mut old = vec![0; shape.len()];
        Naive::build(&shape, |index| {
            old.copy_from_slice(index);
            old[axis] = pick[index[axis]];
            self.at(&old)
        })
    }

    pub fn invert(&self, axis: usize) -> Naive {
        let pick: Vec<usize> = (0..self.shape[axis]).rev().collect();
        self.pick(axis, &pick)
    }

    pub fn index(&self, axis: usize, index: usize) -> Naive {
        let mut picked = self.pick(axis, &[index]);
        picked.shape.remove(axis);
        picked
    }

    pub fn insert(&self, axis: usize) -> Naive {
        let mut inserted = self.clone();
        inserted.shape.insert(axis, 1);
        inserted
    }

    pub fn reshape(&self, shape: &[usize]) -> Naive {
        assert_eq!(shape.iter().product::<usize>(), self.elements.len());
        Naive { shape: shape.to_vec(), elements: self.elements.clone() }
    }

    /// Whether each axis has one stride, if each element is its position in memory.
    pub fn is_affine(&self) -> bool {
        if self.elements.is_empty() {
            return true;
        }
        let place = |index: &[usize]| i64::from(self.at(index));
        let origin = place(&vec![0; self.rank()]);
        let stride = |axis: usize| {
            let mut index = vec![0; self.rank()];
            index[axis] = 1;
            if self.shape[axis] > 1 { place(&index) - origin } else { 0 }
        };
        let strides: Vec<i64> = (0..self.rank()).map(stride).collect();
        indices(&self.shape).iter().all(|index| {
            let steps =
                index.iter().zip(&strides).map(|(&index, stride)| i64::try_from(index).unwrap() * stride);
            place(index) == origin + steps.sum::<i64>()
        })
    }

    pub fn diagonal(&self) -> Naive {
        let len = self.shape.iter().copied().min().unwrap_or(1);
        Naive::build(&[len], |index| self.at(&vec![index[0]; self.rank()]))
    }

    pub fn broadcast(&self, shape: &[usize]) -> Naive {
        let added = shape.len() - self.rank();
        Naive::build(shape, |index| {
            let old = index[added..].iter().zip(&self.shape);
            self.at(&old.map(|(&index, &extent)| if extent == 1 { 0 } else { index }).collect::<Vec<_>>())
        })
    }

    /// The parts at each index of an axis.
    pub fn axis_parts(&self, axis: usize) -> Vec<Naive> {
        (0..self.shape[axis]).map(|index| self.index(axis, index)).collect()
    }

    pub fn lanes(&self, axis: usize) -> Vec<Naive> {
        let mut others = self.shape.clone();
        others.remove(axis);
        let lane = |other: &Vec<usize>| {
            Naive::build(&[self.shape[axis]], |index| {
                let mut all = other.clone();
                all.insert(axis, index[0]);
                self.at(&all)
            })
        };
        indices(&others).iter().map(lane).collect()
    }

    pub fn windows(&self, axis: usize, size: usize) -> Vec<Naive> {
        let all: Vec<usize> = (0..self.shape[axis]).collect();
        all.windows(size).map(|pick| self.pick(axis, pick)).collect()
    }

    pub fn chunks(&self, axis: usize, size: usize) -> Vec<Naive> {
        let all: Vec<usize> = (0..self.shape[axis]).collect();
        all.chunks(size).map(|pick| self.pick(axis, pick)).collect()
    }
}

/// All indices less than `shape`, in row-major order.
pub fn indices(shape: &[usize]) -> Vec<Vec<usize>> {
    for_each_index(shape, <[usize]>::to_vec)
}

/// Calls `f` with each index less than `shape`, in row-major order, and collects the results.
fn for_each_index<R>(shape: &[usize], mut f: impl FnMut(&[usize]) -> R) -> Vec<R> {
    let mut index = vec![0; shape.len()];
    let mut next = |_| {
        let result = f(&index);
        for axis in (0..shape.len()).rev() {
            index[axis] += 1;
            if index[axis] < shape[axis] {
                break;
            }
            index[axis] = 0;
        }
        result
    };
    (0..shape.iter().product::<usize>()).map(&mut next).collect()
}

/// Copies by index: the model must not depend on the iterators of the library.
impl<const N: usize> From<View<'_, u32, N>> for Naive {
    fn from(view: View<'_, u32, N>) -> Naive {
        Naive::build(&view.shape(), |index| view[<[usize; N]>::try_from(index).unwrap()])
    }
}

impl<const N: usize> From<ViewMut<'_, u32, N>> for Naive {
    fn from(view: ViewMut<'_, u32, N>) -> Naive {
        view.as_view().into()
    }
}
