//! Points of three classes: shuffled and split, clustered by k-means, classified by softmax
//! regression in mini-batches.

use ndarray::{Array1, Array2, Axis, s};

fn distances(points: &Array2<f64>, centres: &Array2<f64>) -> Array2<f64> {
    let differences = &points.view().insert_axis(Axis(1)) - centres;
    differences.mapv(|d| d * d).sum_axis(Axis(2))
}

fn argmin(row: ndarray::ArrayView1<f64>) -> usize {
    (0..row.len()).min_by(|&i, &j| row[i].total_cmp(&row[j])).unwrap()
}

fn softmax(scores: &Array2<f64>) -> Array2<f64> {
    let largest = scores.fold_axis(Axis(1), f64::MIN, |a, &b| a.max(b)).insert_axis(Axis(1));
    let powers = (scores - &largest).mapv(f64::exp);
    &powers / &powers.sum_axis(Axis(1)).insert_axis(Axis(1))
}

pub fn run() -> Vec<f64> {
    let mut points = Array2::zeros((0, 2));
    let mut classes = vec![];
    for (class, point) in crate::programs::data::labelled_points() {
        points.push_row(ndarray::aview1(&point)).unwrap();
        classes.push(class);
    }
    let order = crate::programs::data::shuffled(points.nrows());
    let points = points.select(Axis(0), &order);
    let one_hot = Array2::from_shape_fn((points.nrows(), 3), |(i, j)| f64::from(classes[order[i]] == j));
    let (train, test) = points.view().split_at(Axis(0), 200);
    let (train_labels, test_labels) = one_hot.view().split_at(Axis(0), 200);

    let mut centres = points.slice(s![..3, ..]).to_owned();
    for _ in 0..10 {
        let nearest: Vec<usize> = distances(&points, &centres).rows().into_iter().map(argmin).collect();
        for k in 0..3 {
            let mine: Vec<usize> = (0..nearest.len()).filter(|&i| nearest[i] == k).collect();
            centres.row_mut(k).assign(&points.select(Axis(0), &mine).mean_axis(Axis(0)).unwrap());
        }
    }

    let (mut weights, mut bias) = (Array2::<f64>::zeros((2, 3)), Array1::<f64>::zeros(3));
    for _ in 0..20 {
        for (x, y) in train.axis_chunks_iter(Axis(0), 32).zip(train_labels.axis_chunks_iter(Axis(0), 32)) {
            let error = softmax(&(x.dot(&weights) + &bias)) - y;
            weights -= &(x.t().dot(&error) * (0.5 / x.nrows() as f64));
            bias -= &(error.mean_axis(Axis(0)).unwrap() * 0.5);
        }
    }
    let scores = -(test.dot(&weights) + &bias);
    let right =
        scores.rows().into_iter().zip(test_labels.rows()).filter(|(s, y)| y[argmin(s.view())] == 1.0).count();
    let accuracy = right as f64 / test.nrows() as f64;
    centres.iter().chain(&weights).copied().chain([accuracy]).collect()
}
