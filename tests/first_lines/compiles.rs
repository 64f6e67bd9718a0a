use growable_nd::{
    Axis, AxisRange, Elements, Error, GrowableNd, INFER, Nested, NewAxis, RowBuffer, View, ViewMut,
};
use std::borrow::Cow;
use std::sync::Arc;

/// Two rows of three.
fn matrix() -> GrowableNd<f64> {
    GrowableNd::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
}

#[test]
fn rows() -> Result<(), Error> {
    let mut a = GrowableNd::new([3]);
    a.push_row([1.0, 2.0, 3.0])?;
    a.push_row(&[1.0, 2.0, 3.0])?;
    a.push_row(vec![1.0, 2.0, 3.0])?;
    a.push_row(&vec![1.0, 2.0, 3.0])?;
    a.push_row(&[1.0, 2.0, 3.0][..])?;
    a.push_row(&mut [1.0, 2.0, 3.0][..])?;
    a.push_row(Box::<[f64]>::from([1.0, 2.0, 3.0]))?;
    a.push_row(Cow::from(&[1.0, 2.0, 3.0][..]))?;
    a.push_row(Arc::<[f64]>::from([1.0, 2.0, 3.0]))?;
    a.push_row((1..=3).map(f64::from).collect::<Vec<_>>())?;
    a.push_row("1 2 3".split(' ').map(|x| x.parse().unwrap()).collect::<Vec<_>>())?;
    a.push_row_from((1..=3).map(f64::from))?;
    a.push_row(Elements((1..=3).map(f64::from)))?;
    a.push_row_with(|[j]| j as f64 + 1.0)?;
    a.push_row(GrowableNd::from(vec![1.0, 2.0, 3.0]))?;
    a.push_row(matrix().view::<2>().slice((0, ..)))?;
    a.push_row(matrix().row(0))?;
    let from_text = a.push_row_from_results("1,2,3".split(',').map(str::parse));
    assert!(from_text.is_ok());
    a.push_row_from_earlier(|earlier, row| row.copy_from_slice(earlier.back(1)))?;
    assert_eq!(a.rows(), 19);
    assert!(a.iter_rows().all(|row| row == [1.0, 2.0, 3.0]));
    Ok(())
}

#[test]
fn matrices_as_rows() -> Result<(), Error> {
    let mut a = GrowableNd::new([2, 3]);
    a.push_row([[1, 2, 3], [4, 5, 6]])?;
    a.push_row([1, 2, 3, 4, 5, 6])?;
    a.push_row(Nested(vec![vec![1, 2, 3], vec![4, 5, 6]]))?;
    a.push_row(Nested(vec![[1, 2, 3], [4, 5, 6]]))?;
    a.push_row(Nested(&[[1, 2, 3], [4, 5, 6]]))?;
    a.push_row_from(1..=6)?;
    a.push_row(&GrowableNd::from([[1, 2, 3], [4, 5, 6]]))?;
    assert_eq!(a.shape(), [7, 2, 3]);
    assert!(a.iter_rows().all(|row| row == [1, 2, 3, 4, 5, 6]));
    Ok(())
}

#[test]
fn what_users_of_vec_type() -> Result<(), Error> {
    let mut a = GrowableNd::new([]);
    a.push(1.5)?;
    a.push(2.5)?;
    a.extend([3.5, 4.5]);
    assert_eq!(a, [1.5, 2.5, 3.5, 4.5]);
    assert_eq!((a.len(), a.is_empty(), a.capacity() >= 4), (4, false, true));
    assert_eq!(a.as_slice().iter().sum::<f64>(), 12.0);
    assert_eq!((a[[0]], a.get([9])), (1.5, None));
    assert_eq!(a.as_slice().to_vec(), a.clone().into_vec());
    a.truncate(1);
    a.clear();
    assert_eq!(a.pop_row(), None);
    let mut names = GrowableNd::new([]);
    names.push("Ada".to_string())?;
    assert_eq!(names[[0]], "Ada");
    let a: GrowableNd<f64> = vec![1.0, 2.0].into();
    assert_eq!(a.shape(), [2]);
    let a: GrowableNd<usize> = (0..5).collect();
    assert_eq!(a, [0, 1, 2, 3, 4]);
    let a: GrowableNd<i32> = (0..5).map(|i| [i, i * i]).collect();
    assert_eq!(a.shape(), [5, 2]);
    let a = GrowableNd::try_from(vec![vec![1, 2], vec![3, 4]])?;
    assert_eq!(Vec::<Vec<i32>>::try_from(a).unwrap(), [[1, 2], [3, 4]]);
    let boxed: Box<[i32]> = GrowableNd::from([[1, 2]]).into();
    assert_eq!(*boxed, [1, 2]);
    for row in &matrix() {
        assert_eq!(row.len(), 3);
    }
    let mut a = matrix();
    for row in &mut a {
        row[0] = 0.0;
    }
    a.swap_rows(0, 1);
    a.retain_rows(|row| row[1] > 2.0);
    a.reserve(10);
    a.insert_row(0, [7.0, 8.0, 9.0])?;
    assert_eq!(a, [[7.0, 8.0, 9.0], [0.0, 5.0, 6.0]]);
    a.sort_rows_by(|x, y| x[0].total_cmp(&y[0]));
    a.reverse_rows();
    a.dedup_rows();
    assert_eq!((a.first_row(), a.last_row()), (Some(&[7.0, 8.0, 9.0][..]), Some(&[0.0, 5.0, 6.0][..])));
    Ok(())
}

#[test]
fn samples_in_chunks_of_any_length() -> Result<(), Error> {
    let mut frames = RowBuffer::new(GrowableNd::new([4]));
    for chunk in [&[1, 2, 3][..], &[4, 5], &[6, 7, 8, 9]] {
        frames.extend_from_slice(chunk)?;
    }
    assert_eq!((frames.array().shape(), frames.pending()), (&[2, 4][..], &[9][..]));
    Ok(())
}

#[test]
fn what_users_of_numpy_type() -> Result<(), Error> {
    let a = matrix();
    assert_eq!((a.shape(), a.ndim(), a.len()), (&[2, 3][..], 2, 6));
    assert_eq!(GrowableNd::<f64>::zeros([2, 3]).shape(), [2, 3]);
    assert_eq!(GrowableNd::full([2], 7), [7, 7]);
    assert_eq!(GrowableNd::from_fn([2, 2], |[i, j]| 10 * i + j), [[0, 1], [10, 11]]);
    assert_eq!(&a + &a, &a * 2.0);
    assert_eq!(2.0 * &a - 1.0, [[1.0, 3.0, 5.0], [7.0, 9.0, 11.0]]);
    assert_eq!((-&a)[[0, 0]], -1.0);
    assert_eq!(&a - a.row(0), [[0.0; 3], [3.0; 3]]);
    assert_eq!(&a * [1.0, 0.0, 2.0], [[1.0, 0.0, 6.0], [4.0, 0.0, 12.0]]);
    assert_eq!(&a / &vec![1.0, 2.0, 3.0] - vec![1.0; 3], [[0.0; 3], [3.0, 1.5, 1.0]]);
    assert_eq!(&a - &a.mean_axis(Axis(0)), [[-1.5, -1.5, -1.5], [1.5, 1.5, 1.5]]);
    assert_eq!((&a - &a.mean_axis(Axis(0))) / &a.std_axis(Axis(0), 0), [[-1.0; 3], [1.0; 3]]);
    let shares = &a / a.sum_axis(Axis(1)).view::<1>().insert_axis(Axis(1));
    assert_eq!(shares.sum_axis(Axis(1)), [1.0, 1.0]);
    let mut b = a.clone();
    b += 1.0;
    b *= &a;
    b -= &GrowableNd::from([1.0, 0.0, 0.0]);
    assert_eq!(b, [[1.0, 6.0, 12.0], [19.0, 30.0, 42.0]]);
    assert_eq!(a.view::<2>().t() * 1.0, [[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]);
    assert_eq!((a.sum(), a.min(), a.max(), a.mean()), (21.0, Some(1.0), Some(6.0), Some(3.5)));
    assert_eq!((a.argmax(), a.argmax_axis(Axis(1))), (Some([1, 2]), GrowableNd::from([2, 2])));
    assert_eq!(a.cumulative_sum(Axis(0)), [[1.0, 2.0, 3.0], [5.0, 7.0, 9.0]]);
    assert_eq!(a.map(|x| x.sqrt())[[1, 0]], 2.0);
    assert_eq!(a.zip_with(&GrowableNd::from([10.0, 20.0, 30.0]), |x, y| x + y)?[[1, 2]], 36.0);
    let v = a.view::<2>();
    assert_eq!(v.slice((1, ..)), [4.0, 5.0, 6.0]);
    assert_eq!(v.slice((.., 1)), [2.0, 5.0]);
    assert_eq!(a.slice((1, ..)).sum(), 15.0);
    assert_eq!(a.slice((.., (..).step(2))), [[1.0, 3.0], [4.0, 6.0]]);
    assert_eq!(v.slice((.., NewAxis, ..)).shape(), [2, 1, 3]);
    assert_eq!(v.t().shape(), [3, 2]);
    assert_eq!(v.reshape([3, INFER])?, [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]);
    assert_eq!(v.flatten()?, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert_eq!(a.column(1), [2.0, 5.0]);
    assert_eq!(a.select_rows(&[1, 0, 1]).shape(), [3, 3]);
    assert_eq!(GrowableNd::concat(Axis(1), [&a, &a])?.shape(), [2, 6]);
    assert_eq!(GrowableNd::stack([&a, &a, &a])?.shape(), [3, 2, 3]);
    assert_eq!(a.into_inner_shape([2])?, [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]);
    let with_gaps = GrowableNd::from([1.0, f64::NAN, 3.0]);
    assert_eq!((with_gaps.nan_sum(), with_gaps.nan_mean()), (4.0, Some(2.0)));
    assert_eq!(GrowableNd::<f64>::ones([2, 3, 4]).sum_axes([Axis(0), Axis(2)]), [8.0; 3]);
    assert_eq!(matrix().first_difference(&matrix(), 1e-9, 0.0)?, None);
    Ok(())
}

#[test]
fn what_users_of_ndarray_type() -> Result<(), Error> {
    let mut a = matrix();
    for x in &mut a.view_mut::<2>() {
        *x *= 2.0;
    }
    for ([i, j], x) in a.view_mut::<2>().indexed_iter_mut() {
        *x += (i + j) as f64;
    }
    a.view_mut::<2>().iter_mut().for_each(|x| *x -= 1.0);
    assert_eq!(a, [[1.0, 4.0, 7.0], [8.0, 11.0, 14.0]]);
    a.view_mut::<2>().for_each_axis_mut(Axis(1), |mut column| column.fill(1.0));
    a.slice_mut((0, ..)).fill(0.0);
    a.view_mut::<2>().column(2).assign(&GrowableNd::from([5.0, 6.0]))?;
    a.map_in_place(|x| x + 1.0);
    assert_eq!(a, [[1.0, 1.0, 6.0], [2.0, 2.0, 7.0]]);
    a.assign(&matrix())?;
    a.fill(0.0);
    a[[1, 2]] = 3.0;
    a[&[0, 0][..]] += 1.0;
    assert_eq!(a.view::<2>().indexed_iter().filter(|(_, x)| **x > 0.0).count(), 2);
    let (upper, lower) = a.view::<2>().split_at(Axis(0), 1);
    assert_eq!((upper.sum(), lower.sum()), (1.0, 3.0));
    assert_eq!(
        a.view::<2>().axis_iter(Axis(1)).map(|column| column.sum()).collect::<Vec<_>>(),
        [1.0, 0.0, 3.0]
    );
    assert_eq!(a.view::<2>().windows_nd([2, 2]).map(|window| window.sum()).collect::<Vec<_>>(), [1.0, 3.0]);
    assert_eq!(a.view::<2>().iter_rows().map(|row| row.sum()).collect::<Vec<_>>(), [1.0, 3.0]);
    let mut numbers = [1, 2, 3, 4];
    ViewMut::from_slice([2, 2], &mut numbers)?[[0, 1]] = 9;
    let view = View::from_slice([2, 2], &numbers)?;
    let (slice, offset, shape, strides) = view.t().into_parts();
    assert_eq!(View::from_strided(shape, strides, offset, slice)?, view.t());
    assert_eq!(format!("{view}"), "[[1 9]\n [3 4]]");
    assert_eq!(format!("{view:02x}"), "[[01 09]\n [03 04]]");
    Ok(())
}
