//! Rows, maps and sums on several threads: they equal the results on one thread, in pools of any
//! size.

mod maps;
mod rows;
mod sums;

use growable_nd::rayon::ThreadPoolBuilder;

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
