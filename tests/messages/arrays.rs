//! Errors of shapes, indices, views, rows and arrays.

use crate::{Message, message};
use growable_nd::{
    Axis, AxisRange, Error, GrowableNd, INFER, Nested, Row, RowError, RowShape, RowWriter, View, ViewMut,
};
use std::io;

const MAX: usize = isize::MAX.unsigned_abs();

fn array() -> GrowableNd<i32> {
    GrowableNd::from([[1, 2, 3], [4, 5, 6]])
}

/// The error of a row by itself, and within the error of the array.
fn row_error(error: Error) -> [Message; 2] {
    let Error::Row { error: row, .. } = &error else { panic!("{error:?}") };
    [message("RowError", row.clone()), message("Error", error)]
}

pub fn shapes() -> Vec<Message> {
    let of = |error| message("ShapeError", error);
    let Error::Shape(no_axes) = GrowableNd::<i32>::try_zeros([]).unwrap_err() else { panic!("accepted") };
    let Error::Shape(mismatch) = array().append(&mut GrowableNd::from([[1, 2]])).unwrap_err() else {
        panic!("accepted")
    };
    let Error::Shape(broadcast) = array().zip_with(GrowableNd::from([1, 2]), |a, b| a + b).unwrap_err()
    else {
        panic!("accepted")
    };
    vec![
        of(no_axes),
        of(GrowableNd::<i32>::try_new([1; 8]).unwrap_err()),
        of(GrowableNd::<i32>::try_new([MAX, 2]).unwrap_err()),
        of(GrowableNd::<i32>::try_new([MAX, 2, 0]).unwrap_err()),
        of(mismatch),
        of(broadcast),
    ]
}

pub fn access() -> Vec<Message> {
    let array = array();
    let view = array.view::<2>();
    let of = |error| message("AccessError", error);
    let inside = |error| match error {
        Error::Access(error) => of(error),
        other => panic!("{other:?}"),
    };
    vec![
        of(array.try_view::<3>().unwrap_err()),
        of(view.try_lanes(Axis(2)).unwrap_err()),
        of(view.try_slice((.., 5)).unwrap_err()),
        inside(array.try_select_rows(&[1, 7]).unwrap_err()),
        of(view.try_split_at(Axis(1), 4).unwrap_err()),
        of(view.try_slice((.., 1..5)).unwrap_err()),
        #[allow(clippy::reversed_empty_ranges)]
        of(view.try_slice((.., 2..1)).unwrap_err()),
        of(view.try_slice((.., (..).step(0))).unwrap_err()),
        of(view.try_windows(Axis(0), 0).unwrap_err()),
        of(view.try_permute([0, 0]).unwrap_err()),
        inside(GrowableNd::<f64>::new([2]).try_mean_axis(Axis(0)).unwrap_err()),
        inside(GrowableNd::<f64>::zeros([3, 2]).try_std_axis(Axis(0), 3).unwrap_err()),
        inside(GrowableNd::from([1, 2]).try_sum_axis(Axis(0)).unwrap_err()),
        inside(array.try_sum_axes([Axis(0), Axis(1)]).unwrap_err()),
        inside(array.view::<2>().insert_axis::<3>(Axis(0)).try_sum_axes([Axis(1), Axis(1)]).unwrap_err()),
    ]
}

pub fn views() -> Vec<Message> {
    let array = array();
    let view = array.view::<2>();
    let elements = [1, 2, 3, 4, 5, 6];
    let of = |error| message("ViewError", error);
    let mut square = GrowableNd::from([[1, 2], [3, 4]]);
    vec![
        of(View::from_slice([MAX, 2], &elements).unwrap_err()),
        of(square.view_mut::<2>().try_split_at_mut(Axis(2), 0).map(drop).unwrap_err()),
        of(view.broadcast([2, 5]).unwrap_err()),
        of(view.reshape([4]).unwrap_err()),
        of(view.reshape([4, INFER]).unwrap_err()),
        of(view.reshape([INFER, INFER]).unwrap_err()),
        of(view.t().reshape([6]).unwrap_err()),
        of(View::from_slice([2, 2], &elements).unwrap_err()),
        of(View::from_strided([2, 2], [4, 3], 0, &elements).unwrap_err()),
        of(ViewMut::from_strided([2, 2], [1, 1], 0, &mut [1, 2, 3]).map(drop).unwrap_err()),
        of(square.view_mut::<2>().try_axis_iter_mut::<1>(Axis(1)).map(drop).unwrap_err()),
    ]
}

/// A row that writes more elements than it announces.
struct Liar;

impl Row<i32> for Liar {
    fn row_shape(&self) -> RowShape<'_> {
        RowShape::Flat(3)
    }

    fn write_row(self, writer: &mut RowWriter<'_, i32>) {
        writer.extend_from_slice(&[1, 2, 3, 4]);
    }
}

pub fn rows() -> Vec<Message> {
    let mut all = Vec::new();
    all.extend(row_error(array().push_row([1, 2].as_slice()).unwrap_err()));
    all.extend(row_error(array().push_row([[1, 2, 3]]).unwrap_err()));
    all.extend(row_error(
        GrowableNd::new([2, 3]).push_row(GrowableNd::from([1, 2, 3, 4, 5, 6])).unwrap_err(),
    ));
    all.extend(row_error(array().push_cast_row(&[1_u8]).unwrap_err()));
    all.extend(row_error(array().push_row(Liar).unwrap_err()));
    all.extend(row_error(GrowableNd::new([2, 2]).push_row(Nested([vec![1, 2], vec![3]])).unwrap_err()));
    all.push(message("RowError", RowError::Unknown));
    all
}

/// A source of rows that fails.
fn sensor_lost() -> io::Error {
    io::Error::other("sensor lost")
}

pub fn whole() -> Vec<Message> {
    let of = |error| message("Error", error);
    let source = |error| message("ResultsError", error);
    let mut array = array();
    vec![
        of(GrowableNd::<i32>::try_with_capacity([MAX, 2], 0).unwrap_err()),
        of(array.try_remove_row(5).unwrap_err()),
        of(array.view::<2>().reshape([4]).unwrap_err().into()),
        message("ReserveError", array.try_reserve(MAX).unwrap_err()),
        message("ReserveError", GrowableNd::<u8>::new([]).try_reserve(MAX - 1).unwrap_err()),
        of(array.try_resize(MAX, 0).unwrap_err().into()),
        of(GrowableNd::stack(Vec::<[i32; 2]>::new()).unwrap_err()),
        of(GrowableNd::concat(Axis(0), [array.view::<2>(), array.view().t()]).unwrap_err()),
        of(array.extend_from_slice(&[1]).unwrap_err()),
        of(GrowableNd::<i32>::from_bytes([3], &[0; 7]).unwrap_err()),
        of(GrowableNd::from([[1_u8, 2, 3]]).cast_row::<u16>(0).unwrap_err()),
        source(array.extend_results([Ok([1, 2, 3]), Err(sensor_lost())]).unwrap_err()),
        source(array.push_row_from_results([Ok(1), Err(sensor_lost())]).unwrap_err()),
        source(array.extend_results([Ok::<_, io::Error>([1, 2])]).unwrap_err()),
        message("FromVecError", GrowableNd::from_vec([2], vec![1, 2, 3]).unwrap_err()),
        message("FromArrayError", array.into_inner_shape([2]).unwrap_err()),
    ]
}
