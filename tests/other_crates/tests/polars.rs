//! The Python program of the page, with the files of several workers.

use arrow_array::{ArrayRef, FixedSizeListArray, Float64Array, RecordBatch};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{DataType, Field};
use growable_nd::GrowableNd;
use std::error::Error;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::{env, thread};

/// The function of the page.
fn write(walk: GrowableNd<f64>, path: &Path) -> Result<(), Box<dyn Error + Send + Sync>> {
    let item = Arc::new(Field::new_list_field(DataType::Float64, false));
    let values = Arc::new(Float64Array::from(walk.into_vec()));
    let column: ArrayRef = Arc::new(FixedSizeListArray::try_new(item, 2, values, None)?);
    let batch = RecordBatch::try_from_iter([("place", column)])?;
    let mut writer = FileWriter::try_new(File::create(path)?, &batch.schema())?;
    writer.write(&batch)?;
    Ok(writer.finish()?)
}

#[test]
fn polars_opens_the_files_of_all_workers() {
    let Some(python) = env::var_os("GROWABLE_ND_PYTHON") else {
        println!("left out: GROWABLE_ND_PYTHON names no Python");
        return;
    };
    if !Command::new(&python).args(["-c", "import polars"]).status().unwrap().success() {
        println!("left out: this Python has no Polars");
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("polars");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("walks")).unwrap();

    // Each worker has a different number of rows.
    let walk = |worker: u32| (0..1000 * worker).map(move |step| [f64::from(step), f64::from(worker)]);
    let path = |worker| folder.join(format!("walks/{worker:06}.arrow"));
    thread::scope(|scope| {
        for worker in 0..4 {
            scope.spawn(move || write(walk(worker).collect(), &path(worker)).unwrap());
        }
    });

    let page = include_str!("../../../docs/other_crates.md");
    let program = page.split("```python\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let output = Command::new(&python).args(["-c", program]).current_dir(&folder).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    let printed = String::from_utf8(output.stdout).unwrap();
    let numbers: Vec<f64> = printed
        .trim()
        .trim_matches(['(', ')'])
        .split(", ")
        .map(|number| number.parse().unwrap_or_else(|_| panic!("{printed}{errors}")))
        .collect();

    let distances: Vec<f64> = (0..4).flat_map(walk).map(|[x, y]| x.hypot(y)).collect();
    let mean = distances.iter().sum::<f64>() / distances.len() as f64;
    assert_eq!(numbers[0], distances.len() as f64);
    assert!((numbers[1] - mean).abs() < 1e-9 * mean, "{} and {mean}", numbers[1]);
}
