//! An allocator that refuses blocks at random, in the threads that ask for it.

// An allocator cannot be written without it.
#![allow(unsafe_code)]

use fastrand::Rng;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ptr::null_mut;
use std::thread::panicking;

/// Smaller blocks are never refused: texts of errors, for which std offers nothing but to abort.
const SMALLEST: usize = 1024;

struct Refusing;

// Neither allocates when it is first used, nor is dropped.
thread_local! {
    /// Decides which blocks are refused. `None` refuses nothing.
    static RANDOM: Cell<Option<Rng>> = const { Cell::new(None) };

    static REFUSED: Cell<u64> = const { Cell::new(0) };
}

/// Runs `work` while one block in two is refused, on average. Returns its result, and how many were
/// refused.
pub fn with_refusals<R>(seed: u64, work: impl FnOnce() -> R) -> (R, u64) {
    let before = REFUSED.get();
    RANDOM.set(Some(Rng::with_seed(seed)));
    let result = work();
    RANDOM.set(None);
    (result, REFUSED.get() - before)
}

fn is_refused(size: usize) -> bool {
    // The message of a panic is allocated, and must come out.
    if size < SMALLEST || panicking() {
        return false;
    }
    let Some(mut random) = RANDOM.take() else { return false };
    let refused = random.bool();
    RANDOM.set(Some(random));
    REFUSED.set(REFUSED.get() + u64::from(refused));
    refused
}

// SAFETY: every call is passed on to the system's allocator unchanged, or answered by a null
// pointer, which the contract of `GlobalAlloc` allows at any time.
unsafe impl GlobalAlloc for Refusing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the contract of `alloc`.
        if is_refused(layout.size()) { null_mut() } else { unsafe { System.alloc(layout) } }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the contract of `alloc_zeroed`.
        if is_refused(layout.size()) { null_mut() } else { unsafe { System.alloc_zeroed(layout) } }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`; all blocks are the system's.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller keeps the contract of `realloc`; all blocks are the system's.
        if is_refused(new_size) { null_mut() } else { unsafe { System.realloc(block, layout, new_size) } }
    }
}

#[global_allocator]
static ALLOCATOR: Refusing = Refusing;
