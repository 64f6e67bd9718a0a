//! Rows, maps and sums on several threads: they equal the results on one thread, in pools of any
//! size.

mod maps;
mod rows;
mod sums;
// The other items are those that `it` uses.
#[allow(dead_code, unused_imports, unused_macros)]
#[path = "../it/support.rs"]
mod support;

use growable_nd::rayon::ThreadPoolBuilder;
use growable_nd::{Axis, GrowableNd, ShapeError, View};
use support::panic_of;

/// Calls `f` in pools of 1, 2, 3 and 7 threads.
fn in_pools(f: impl Fn(usize) + Sync) {
    for threads in [1, 2, 3, 7] {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| f(threads));
    }
}

/// Calls `f`, which must panic, and returns the message.
fn caught(f: impl FnOnce()) -> String {
    let payload = std::panic::catch_unwind(std::panic::AssertUnwindSafe(f)).unwrap_err();
    match payload.downcast::<String>() {
        Ok(message) => *message,
        Err(payload) => payload.downcast_ref::<&str>().unwrap().to_string(),
    }
}

/// Numbers whose sums depend on the order of the additions.
fn noise(count: usize) -> Vec<f64> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // Magnitudes from 2^-8 to 2^8, with both signs.
        let magnitude = 2_f64.powi((state >> 60) as i32 - 8);
        ((state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0) * magnitude
    };
    std::iter::repeat_with(next).take(count).collect()
}

/// A panic has the message of the error and the line of the caller.
#[test]
fn panics_name_the_line_of_the_caller() {
    let array = GrowableNd::from([[1, 2, 3], [4, 5, 6]]);
    let view = array.view::<2>();
    let point = View::from_slice([], &[1]).unwrap();
    let absent = "axis 2 is out of bounds for 2 axes";
    let calls: [(u32, &str, &dyn Fn()); 7] = [
        (line!(), absent, &|| drop(view.par_axis_iter(Axis(2)))),
        (line!(), "size 0 for axis 0, expected at least 1", &|| drop(view.par_chunks(Axis(0), 0))),
        (line!(), absent, &|| drop(array.par_sum_axis(Axis(2)))),
        (line!(), absent, &|| drop(view.par_sum_axis(Axis(2)))),
        (line!(), absent, &|| drop(array.par_sum_axis_of(Axis(2), |x| *x))),
        (line!(), absent, &|| drop(view.par_sum_axis_of(Axis(2), |x| *x))),
        (line!(), &ShapeError::NoAxes.to_string(), &|| drop(point.par_map(|x| x + 1))),
    ];
    for (line, message, call) in calls {
        let panic = panic_of(call);
        assert_eq!((&panic.message[..], &panic.file[..], panic.line), (message, file!(), line));
    }
}
