//! A table of comma-separated numbers with malformed lines: standardized, smoothed, sorted, and two
//! of its columns.

use growable_nd::{Axis, Error, GrowableNd};

pub fn run() -> Result<Vec<f64>, Error> {
    let text = crate::data::csv_text();
    let mut table = GrowableNd::<f64>::new([4]);
    let mut malformed = 0;
    for line in text.lines() {
        if table.push_row_from_results(line.split(',').map(|field| field.trim().parse())).is_err() {
            malformed += 1;
        }
    }
    let standardized = (&table - &table.mean_axis(Axis(0))) / &table.std_axis(Axis(0), 0);
    let windows = standardized.view::<2>().windows(Axis(0), 5);
    let smooth = GrowableNd::stack(windows.map(|window| window.mean_axis(Axis(0))))?;
    let mut sorted = smooth;
    sorted.sort_rows_by(|a, b| a[0].total_cmp(&b[0]));
    let columns = GrowableNd::concat(Axis(1), [3, 1].map(|j| sorted.view::<2>().slice((.., j..j + 1))))?;
    let best = sorted.view::<2>().slice((sorted.rows() - 3.., ..)).sum();
    Ok(columns.into_vec().into_iter().chain([f64::from(malformed), best]).collect())
}
