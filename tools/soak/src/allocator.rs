//! An allocator that refuses blocks at random, in the threads that request it.

// An allocator requires unsafe code.
#![allow(unsafe_code)]

use fastrand::Rng;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ptr::null_mut;
use std::thread::panicking;

/// Smaller blocks are never refused: std aborts if it cannot allocate the text of an error.
const SMALLEST: usize = 1024;

struct Refusing;

// Neither allocates when it is first used, nor needs a drop.
thread_local! {
    /// Decides which blocks are refused. `None` refuses nothing.
    static RANDOM: Cell<Option<Rng>> = const { Cell::new(None) };

    static REFUSED: Cell<u64> = const { Cell::new(0) };
}

/// Runs `work` while on average one of two blocks is refused. Returns its result and the number of
/// refused blocks.
pub fn with_refusals<R>(seed: u64, work: impl FnOnce() -> R) -> (R, u64) {
    let before = REFUSED.get();
    RANDOM.set(Some(Rng::with_seed(seed)));
    let result = work();
    RANDOM.set(None);
    (result, REFUSED.get() - before)
}

fn is_refused(size: usize) -> bool {
    // The message of a panic is allocated and must be printed.
    if size < SMALLEST || panicking() {
        return false;
    }
    let Some(mut random) = RANDOM.take() else { return false };
    let refused = random.bool();
    RANDOM.set(Some(random));
    REFUSED.set(REFUSED.get() + u64::from(refused));
    refused
}

// SAFETY: every call is passed on to the system allocator unchanged, or returns a null pointer,
// which the contract of `GlobalAlloc` allows at any time.
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
        // SAFETY: the caller keeps the contract of `dealloc`; the system allocator made all blocks.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller keeps the contract of `realloc`; the system allocator made all blocks.
        if is_refused(new_size) { null_mut() } else { unsafe { System.realloc(block, layout, new_size) } }
    }
}

#[global_allocator]
static ALLOCATOR: Refusing = Refusing;
