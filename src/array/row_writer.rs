//! `RowWriter`, through which a row writes its elements, and the drop guard under it.

use crate::array::error::RowError;
use crate::array::row::Row;
use crate::layout::shape::Shape;
use alloc::vec::Vec;
use core::fmt;

/// Drop guard for elements at the end of a vector that are not a whole row yet.
///
/// Keeps an array whole when a clone, an iterator or a closure of the user panics: drops the
/// elements appended since its creation unless `keep` is called.
pub(super) struct DropGuard<'a, T> {
    pub(super) elements: &'a mut Vec<T>,
    kept: usize,
}

impl<'a, T> DropGuard<'a, T> {
    #[inline]
    pub(super) fn new(elements: &'a mut Vec<T>) -> Self {
        let kept = elements.len();
        DropGuard { elements, kept }
    }

    /// Returns the number of elements appended since the guard was made.
    #[inline]
    fn len(&self) -> usize {
        self.elements.len() - self.kept
    }

    /// Keeps the elements appended.
    #[inline]
    pub(super) fn keep(mut self) {
        self.kept = self.elements.len();
    }
}

impl<T> Drop for DropGuard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.elements.truncate(self.kept);
    }
}

/// Writes the elements of one row to the end of an array.
///
/// Takes exactly one row. A row with more or fewer elements is rejected, and its elements are
/// dropped. See [`Row`] for an example.
pub struct RowWriter<'a, T> {
    guard: DropGuard<'a, T>,
    /// Shape of the array that the row is written to.
    shape: &'a Shape,
    row_len: usize,
    /// Number of elements offered after the row was full.
    excess: usize,
}

impl<'a, T> RowWriter<'a, T> {
    /// Appends `row` to `elements`, which has the capacity for it. The shape that `row` announced
    /// fits `shape`, and `row_len` is the row length, as a constant if the type of the row has one.
    // Always inlined: a shared function would not know that constant.
    #[inline(always)]
    pub(super) fn append_row<R: Row<T>>(
        elements: &'a mut Vec<T>,
        shape: &'a Shape,
        row_len: usize,
        row: R,
    ) -> Result<(), RowError> {
        let guard = DropGuard::new(elements);
        let mut out = RowWriter { guard, shape, row_len, excess: 0 };
        row.try_write_row(&mut out)?;
        out.finish()
    }

    /// Returns the shape of the row, outermost axis first.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, Row, RowShape, RowWriter};
    ///
    /// /// A matrix with one number on its diagonal, of any size.
    /// struct Diagonal(f64);
    ///
    /// impl Row<f64> for Diagonal {
    ///     fn row_shape(&self) -> RowShape<'_> {
    ///         RowShape::Unknown
    ///     }
    ///     fn write_row(self, out: &mut RowWriter<'_, f64>) {
    ///         if let &[rows, columns] = out.shape() {
    ///             let number = |i, j| if i == j { self.0 } else { 0.0 };
    ///             out.extend((0..rows).flat_map(|i| (0..columns).map(move |j| number(i, j))));
    ///         }
    ///     }
    /// }
    ///
    /// let mut array = GrowableNd::new([2, 2]);
    /// array.push_row(Diagonal(3.0))?;
    /// assert_eq!(array.row(0), [3.0, 0.0, 0.0, 3.0]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn shape(&self) -> &[usize] {
        self.shape.inner()
    }

    /// Returns the number of elements that are still missing.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, Row, RowShape, RowWriter};
    ///
    /// /// A number, padded with zeros to a whole row.
    /// struct Padded(i32);
    ///
    /// impl Row<i32> for Padded {
    ///     fn row_shape(&self) -> RowShape<'_> {
    ///         RowShape::Flat(3)
    ///     }
    ///     fn write_row(self, out: &mut RowWriter<'_, i32>) {
    ///         out.push(self.0);
    ///         while out.remaining() > 0 {
    ///             out.push(0);
    ///         }
    ///     }
    /// }
    ///
    /// let mut array = GrowableNd::new([3]);
    /// array.push_row(Padded(5))?;
    /// assert_eq!(array.row(0), [5, 0, 0]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.row_len - self.guard.len()
    }

    /// Writes one element. If the row is full, the element is dropped and the row is rejected.
    ///
    /// See [`remaining`](Self::remaining) for an example.
    #[inline]
    pub fn push(&mut self, element: T) {
        self.write(1, |row| row.push(element));
    }

    /// Writes clones of all elements of a slice. If there are more than
    /// [`remaining`](Self::remaining), none is written and the row is rejected.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, Row, RowShape, RowWriter};
    ///
    /// /// Two slices, one after the other.
    /// struct Two<'a>(&'a [i32], &'a [i32]);
    ///
    /// impl Row<i32> for Two<'_> {
    ///     fn row_shape(&self) -> RowShape<'_> {
    ///         RowShape::Flat(self.0.len() + self.1.len())
    ///     }
    ///     fn write_row(self, out: &mut RowWriter<'_, i32>) {
    ///         out.extend_from_slice(self.0);
    ///         out.extend_from_slice(self.1);
    ///     }
    /// }
    ///
    /// let mut array = GrowableNd::new([3]);
    /// array.push_row(Two(&[1], &[2, 3]))?;
    /// assert_eq!(array.row(0), [1, 2, 3]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    pub fn extend_from_slice(&mut self, elements: &[T])
    where
        T: Clone,
    {
        self.write(elements.len(), |row| row.extend_from_slice(elements));
    }

    /// Moves all elements out of a vector. If there are more than [`remaining`](Self::remaining),
    /// none is moved and the row is rejected.
    ///
    /// # Examples
    ///
    /// ```
    /// use growable_nd::{GrowableNd, Row, RowShape, RowWriter};
    ///
    /// /// Two vectors, one after the other.
    /// struct Two(Vec<i32>, Vec<i32>);
    ///
    /// impl Row<i32> for Two {
    ///     fn row_shape(&self) -> RowShape<'_> {
    ///         RowShape::Flat(self.0.len() + self.1.len())
    ///     }
    ///     fn write_row(mut self, out: &mut RowWriter<'_, i32>) {
    ///         out.append(&mut self.0);
    ///         out.append(&mut self.1);
    ///     }
    /// }
    ///
    /// let mut array = GrowableNd::new([3]);
    /// array.push_row(Two(vec![1], vec![2, 3]))?;
    /// assert_eq!(array.row(0), [1, 2, 3]);
    /// # Ok::<(), growable_nd::Error>(())
    /// ```
    #[inline]
    pub fn append(&mut self, elements: &mut Vec<T>) {
        self.write(elements.len(), |row| row.append(elements));
    }

    /// Lets `append` write `len` elements if they fit, otherwise counts them as excess.
    #[inline]
    pub(super) fn write(&mut self, len: usize, append: impl FnOnce(&mut Vec<T>)) {
        if len > self.remaining() {
            self.excess = self.excess.saturating_add(len);
        } else {
            append(self.guard.elements);
        }
    }

    /// Lets `append` write a whole row of the shape that it gets.
    pub(super) fn try_write_whole(
        &mut self,
        append: impl FnOnce(&mut Vec<T>, &Shape) -> Result<(), RowError>,
    ) -> Result<(), RowError> {
        let shape = self.shape;
        let mut result = Ok(());
        self.write(self.row_len, |elements| result = append(elements, shape));
        result
    }

    /// Rejects the row, whatever else is written.
    pub(super) fn refuse(&mut self) {
        self.excess = self.excess.saturating_add(self.remaining()).saturating_add(1);
    }

    /// Keeps the row if it is whole; otherwise fails with the number of elements written.
    #[inline]
    fn finish(self) -> Result<(), RowError> {
        let found = self.guard.len().saturating_add(self.excess);
        if found == self.row_len {
            self.guard.keep();
            Ok(())
        } else {
            Err(RowError::Count { expected: self.row_len, found })
        }
    }
}

// Not derived: the vector also has the earlier rows, which are not part of the writer.
impl<T> fmt::Debug for RowWriter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowWriter").field("remaining", &self.remaining()).finish_non_exhaustive()
    }
}

/// Writes the elements of an iterator. Takes at most one element more than
/// [`remaining`](RowWriter::remaining).
impl<T> Extend<T> for RowWriter<'_, T> {
    #[inline]
    fn extend<I: IntoIterator<Item = T>>(&mut self, elements: I) {
        let mut elements = elements.into_iter();
        let missing = self.remaining();
        // For an iterator of known length `extend` of std is a simple loop. The length may be
        // wrong.
        if elements.size_hint() == (missing, Some(missing)) {
            let free = self.guard.elements.capacity() - self.guard.elements.len();
            if missing < free {
                // `take` by value is faster. It takes one extra element, for which there is
                // capacity.
                self.guard.elements.extend(elements.take(missing + 1));
                if self.guard.len() > self.row_len {
                    self.guard.elements.pop();
                    self.excess = self.excess.saturating_add(1);
                }
                return;
            }
            self.guard.elements.extend(elements.by_ref().take(missing));
            if self.remaining() > 0 {
                // The iterator has ended: `next` must not be called again.
                return;
            }
        }
        let mut left = self.remaining();
        let ended = elements.try_for_each(|element| {
            left = left.checked_sub(1)?;
            self.guard.elements.push(element);
            Some(())
        });
        if ended.is_none() {
            self.excess = self.excess.saturating_add(1);
        }
    }
}
