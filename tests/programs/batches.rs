//! Points of three classes: shuffled and split, clustered by k-means, classified by softmax
//! regression in mini-batches.

use growable_nd::{Axis, Error, GrowableNd, View};

fn distances(points: View<'_, f64, 2>, centres: &GrowableNd<f64>) -> GrowableNd<f64> {
    let differences = points.insert_axis(Axis(1)) - centres;
    (&differences * &differences).sum_axis(Axis(2))
}

fn matmul(a: View<'_, f64, 2>, b: View<'_, f64, 2>) -> GrowableNd<f64> {
    (a.insert_axis(Axis(1)) * b.t()).sum_axis(Axis(2))
}

fn softmax(scores: &GrowableNd<f64>) -> GrowableNd<f64> {
    let largest = scores.max_axis(Axis(1));
    let powers = (scores.view::<2>() - largest.view::<1>().insert_axis(Axis(1))).map(|d: &f64| d.exp());
    &powers / powers.sum_axis(Axis(1)).view::<1>().insert_axis(Axis(1))
}

pub fn run() -> Result<Vec<f64>, Error> {
    let (classes, points): (Vec<usize>, Vec<[f64; 2]>) = crate::data::labelled_points().unzip();
    let order = crate::data::shuffled(points.len());
    let points = GrowableNd::from(points).select_rows(&order);
    let one_hot = GrowableNd::from_fn([order.len(), 3], |[i, j]| f64::from(classes[order[i]] == j));
    let (train, test) = points.view::<2>().split_at(Axis(0), 200);
    let (train_labels, test_labels) = one_hot.view::<2>().split_at(Axis(0), 200);

    let mut centres = points.select_rows(&[0, 1, 2]);
    for _ in 0..10 {
        let nearest = distances(points.view(), &centres).argmin_axis(Axis(1));
        for k in 0..3 {
            let mine: Vec<usize> = (0..nearest.rows()).filter(|&i| nearest[[i]] == k).collect();
            centres.row_mut(k).copy_from_slice(points.select_rows(&mine).mean_axis(Axis(0)).as_slice());
        }
    }

    let (mut weights, mut bias) = (GrowableNd::zeros([2, 3]), GrowableNd::zeros([3]));
    for _ in 0..20 {
        for (x, y) in train.chunks(Axis(0), 32).zip(train_labels.chunks(Axis(0), 32)) {
            let error = softmax(&(matmul(x, weights.view()) + &bias)) - y;
            weights -= matmul(x.t(), error.view()) * (0.5 / x.shape()[0] as f64);
            bias -= error.mean_axis(Axis(0)) * 0.5;
        }
    }
    let scores = matmul(test, weights.view()) + &bias;
    let best = scores.argmax_axis(Axis(1));
    let right = (0..best.rows()).filter(|&i| test_labels[[i, best[[i]]]] == 1.0).count();
    let accuracy = right as f64 / best.rows() as f64;
    Ok([centres.into_vec(), weights.into_vec(), vec![accuracy]].concat())
}
