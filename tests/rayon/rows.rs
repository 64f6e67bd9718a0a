//! Rows and parts of views on several threads, and arrays of rows that several threads make.

use crate::{caught, in_pools};
use growable_nd::rayon::prelude::*;
use growable_nd::{Axis, Error, GrowableNd, Row, RowShape, RowWriter, ShapedRow, View, ViewMut};
use std::sync::Arc;

#[test]
fn rows_in_order_and_of_any_length() {
    in_pools(|_| {
        for (rows, row_len) in [(0, 3), (1, 3), (7, 1), (1000, 3), (5, 0), (1000, 0), (0, 0)] {
            let mut array = GrowableNd::from_fn([rows, row_len], |[i, j]| (i * row_len + j).to_string());
            let expected: Vec<Vec<String>> = array.iter_rows().map(<[String]>::to_vec).collect();
            assert_eq!(array.par_iter_rows().len(), rows);
            let found: Vec<Vec<String>> = array.par_iter_rows().map(<[String]>::to_vec).collect();
            assert_eq!(found, expected);
            let reversed: Vec<Vec<String>> = array.par_iter_rows().rev().map(<[String]>::to_vec).collect();
            assert!(reversed.iter().eq(expected.iter().rev()));
            let some: Vec<&[String]> = array.par_iter_rows().skip(2).step_by(3).collect();
            assert!(some.into_iter().eq(expected.iter().skip(2).step_by(3)));

            array.par_iter_rows_mut().enumerate().for_each(|(i, row)| {
                assert_eq!(row.len(), row_len);
                row.iter_mut().for_each(|element| element.push_str(&format!(" of {i}")));
            });
            let changed = array.par_iter_rows().enumerate().all(|(i, row)| {
                row.iter().zip(&expected[i]).all(|(found, before)| *found == format!("{before} of {i}"))
            });
            assert!(changed);
            assert_eq!(array.par_iter_rows_mut().skip(3).count(), rows.saturating_sub(3));
        }
    });
}

#[test]
fn axes_lanes_windows_and_chunks() {
    let numbers: Vec<u32> = (0..2 * 30 * 50).collect();
    in_pools(|_| {
        for shape in [[2, 30, 50], [0, 30, 50], [30, 0, 50], [30, 50, 0], [1, 1, 1]] {
            let view = View::from_slice(shape, &numbers[..shape.iter().product()]).unwrap();
            for view in [view, view.permute([1, 2, 0]), view.t().invert_axis(Axis(1))] {
                for axis in (0..3).map(Axis) {
                    let found: Vec<View<'_, u32, 2>> = view.par_axis_iter(axis).collect();
                    assert!(found.into_iter().eq(view.axis_iter(axis)));
                    for size in [1, 3, 7, 1000] {
                        let found: Vec<View<'_, u32, 3>> = view.par_chunks(axis, size).collect();
                        assert!(found.into_iter().eq(view.chunks(axis, size)));
                        let found: Vec<View<'_, u32, 3>> = view.windows(axis, size).into_par_iter().collect();
                        assert!(found.into_iter().eq(view.windows(axis, size)));
                    }
                    let found: Vec<View<'_, u32, 1>> = view.lanes(axis).into_par_iter().rev().collect();
                    assert!(found.into_iter().eq(view.lanes(axis).rev()));
                }
            }
        }
    });
    let view = View::from_slice([2, 3], &numbers[..6]).unwrap();
    assert!(view.try_par_axis_iter(Axis(2)).is_err());
    assert_eq!(view.try_par_chunks(Axis(0), 0).unwrap_err(), view.try_chunks(Axis(0), 0).unwrap_err());
    assert!(caught(|| drop(view.par_axis_iter(Axis(2)))).contains("axis 2"));
    assert!(caught(|| drop(view.par_chunks(Axis(1), 0))).contains("axis 1"));
}

#[test]
fn mutable_views_along_the_outermost_axis() {
    /// Adds to all elements of the view at each index of an axis.
    fn add<'a>(views: impl IndexedParallelIterator<Item = ViewMut<'a, usize, 2>>) {
        views.enumerate().for_each(|(i, mut view)| view.map_in_place(|x| x + 1000 * (i + 1)));
    }
    let shapes = [[1, 4, 3], [2, 4, 3], [100, 2, 3], [101, 1, 1], [7, 0, 3], [0, 4, 3], [5, 1, 0]];
    in_pools(|_| {
        for [rows, height, width] in shapes {
            let mut array =
                GrowableNd::from_fn([rows, height, width], |[i, j, k]| (i * height + j) * width + k);
            let before = array.clone();
            let expect = |array: &GrowableNd<usize>, by: &dyn Fn(usize) -> usize| {
                let each = before.iter_rows().zip(array.iter_rows()).enumerate();
                each.for_each(|(i, (before, row))| {
                    assert!(before.iter().map(|x| x + by(i)).eq(row.to_vec()));
                });
            };
            let (forth, back) = (|i: usize| 1000 * (i + 1), |i: usize| 1000 * (rows - i));
            add(array.view_mut::<3>().axis_iter_mut(Axis(0)).into_par_iter());
            expect(&array, &forth);
            add(array.view_mut::<3>().t().axis_iter_mut(Axis(2)).into_par_iter().rev());
            expect(&array, &|i| forth(i) + back(i));
            add(array.view_mut::<3>().invert_axis(Axis(0)).axis_iter_mut(Axis(0)).into_par_iter());
            expect(&array, &|i| forth(i) + 2 * back(i));
            let inverted = array.view_mut::<3>().invert_axis(Axis(1)).invert_axis(Axis(0));
            add(inverted.axis_iter_mut(Axis(0)).into_par_iter().rev());
            expect(&array, &|i| 2 * forth(i) + 2 * back(i));
            // From the third view to the last but one.
            let mut some = array.view_mut::<3>().axis_iter_mut(Axis(0));
            some.nth(1);
            some.next_back();
            assert_eq!(some.len(), rows.saturating_sub(3));
            add(some.into_par_iter());
            let inside = |i: usize| i >= 2 && i + 1 < rows;
            expect(&array, &|i| 2 * (forth(i) + back(i)) + if inside(i) { forth(i - 2) } else { 0 });
        }
    });
}

#[test]
fn iterators_from_the_middle_on() {
    let array = GrowableNd::from_fn([100, 3], |[i, j]| i * 3 + j);
    let mut rows = array.iter_rows();
    rows.next();
    rows.next_back();
    let found: Vec<&[usize]> = rows.clone().into_par_iter().collect();
    assert!(found.into_iter().eq(rows));
    let view = array.view::<2>();
    let mut chunks = view.chunks(Axis(0), 7);
    chunks.next();
    chunks.next_back();
    let found: Vec<View<'_, usize, 2>> = chunks.clone().into_par_iter().collect();
    assert!(found.into_iter().eq(chunks));
}

#[test]
fn collected_in_order() {
    in_pools(|_| {
        for rows in [0, 1, 2, 1000, 20_000] {
            let expected: GrowableNd<usize> = (0..rows).map(|i| [[i, i * i], [1, 2]]).collect();
            let collected: GrowableNd<usize> =
                (0..rows).into_par_iter().map(|i| [[i, i * i], [1, 2]]).collect();
            assert_eq!(collected, expected);
            // The number of rows is not known in advance.
            let even = |i: &usize| i % 2 == 0;
            let expected: GrowableNd<usize> = (0..rows).filter(even).collect();
            let collected: GrowableNd<usize> = (0..rows).into_par_iter().filter(even).collect();
            assert_eq!(collected, expected);
            let bridged: GrowableNd<usize> = (0..rows).par_bridge().collect();
            assert_eq!(bridged.rows(), rows);
        }
        let empty: GrowableNd<f64> = (0..1000).into_par_iter().map(|_| [[0.0; 0]; 3]).collect();
        assert_eq!(empty.shape(), [1000, 3, 0]);
        let units: GrowableNd<()> = (0..1000).into_par_iter().map(|_| [(); 3]).collect();
        assert_eq!(units.shape(), [1000, 3]);
        let results = |bad: usize| {
            let row = move |i| if i == bad { Err(i) } else { Ok([i, i]) };
            (0..1000).into_par_iter().map(row).collect::<Result<GrowableNd<usize>, usize>>()
        };
        assert_eq!(results(777), Err(777));
        assert_eq!(results(1000).unwrap().shape(), [1000, 2]);
    });
}

#[test]
fn extended_by_all_or_none() {
    let names = |i: usize| [format!("{i}a"), format!("{i}b")];
    in_pools(|_| {
        let mut array: GrowableNd<String> = (0..5).map(names).collect();
        array.par_extend((5..5000).into_par_iter().map(names));
        array.par_extend_rows((5000..6000).into_par_iter().map(|i| names(i).to_vec())).unwrap();
        assert!(array.iter_rows().enumerate().all(|(i, row)| row == names(i)));
        assert_eq!(array.rows(), 6000);

        let before = array.clone();
        for bad in [0, 1, 500, 999] {
            // Two rows are invalid: the first one is reported.
            let row = |i: usize| vec![String::new(); if i >= bad { 3 } else { 2 }];
            let error = array.par_extend_rows((0..1000).into_par_iter().map(row)).unwrap_err();
            assert_eq!(error.to_string(), format!("row {}: expected 2 elements, found 3", 6000 + bad));
            let message = caught(|| array.clone().par_extend((0..1000).into_par_iter().map(row)));
            assert_eq!(message, error.to_string());
            let row = |i: usize| if i == bad { panic!("at {i}") } else { names(i) };
            let message = caught(|| array.par_extend((0..1000).into_par_iter().map(row)));
            assert_eq!(message, format!("at {bad}"));
            assert_eq!(array, before);
        }
        let error = GrowableNd::<u8>::from_par_rows([1; 8], Vec::<Vec<u8>>::new()).unwrap_err();
        assert!(matches!(error, Error::Shape(_)));
    });
}

/// A row that writes fewer elements than its type announces, if its number is odd.
struct Liar(usize, Arc<()>);

impl Row<Arc<()>> for Liar {
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Exactly(&[2])
    }

    fn write_row(self, out: &mut RowWriter<'_, Arc<()>>) {
        out.push(self.1.clone());
        if self.0 != 501 {
            out.push(self.1);
        }
    }
}

impl ShapedRow<Arc<()>> for Liar {
    const SHAPE: &'static [usize] = &[2];
}

#[test]
fn rows_that_lie_are_dropped_with_all_others() {
    in_pools(|_| {
        let alive = Arc::new(());
        let rows = || (0..1000).into_par_iter().map(|i| Liar(i, alive.clone()));
        let error = GrowableNd::from_par_rows([2], rows()).unwrap_err();
        assert!(error.to_string().starts_with("row 501"), "{error}");
        assert_eq!(caught(|| drop(rows().collect::<GrowableNd<Arc<()>>>())), error.to_string());
        assert_eq!(Arc::strong_count(&alive), 1);
    });
}
