//! The first program of the README: an unknown number of rows of one shape.

use growable_nd::{Axis, GrowableNd};

fn main() -> Result<(), growable_nd::Error> {
    // A generator of 2×3 arrays; their number depends on the data.
    let steps = (1..).map(|i| [[i, i * i, i * i * i]; 2]);
    let steps = steps.take_while(|step| step[0][2] < 1000);

    let mut array = GrowableNd::<i32>::new([2, 3]);
    for step in steps {
        array.push_row(step)?;
    }
    println!("{:?}", array.shape()); // [9, 2, 3]
    println!("{}", array[[8, 1, 2]]); // 729
    println!("{:.1}", array.mean_axis_of(Axis(0), |&x| f64::from(x))[[0, 1]]); // 31.7
    assert_eq!(array.as_slice().len(), 54); // contiguous, row-major
    Ok(())
}
