//! The system's allocator, and one that never enlarges a block in place: it allocates, copies and frees.

// An allocator cannot be written without it.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

static COPIES: AtomicBool = AtomicBool::new(false);

/// From now on blocks that are enlarged are copied.
pub fn copy_from_now_on() {
    COPIES.store(true, Relaxed);
}

struct Chosen;

#[global_allocator]
static ALLOCATOR: Chosen = Chosen;

// SAFETY: every call is passed on to the system's allocator unchanged, or to the default of `GlobalAlloc::realloc`,
// which calls the two methods above it.
unsafe impl GlobalAlloc for Chosen {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`; all blocks are the system's.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        if COPIES.load(Relaxed) {
            // SAFETY: the caller keeps the contract of `realloc`; all blocks are the system's.
            return unsafe { Copying.realloc(block, layout, new_size) };
        }
        // SAFETY: the caller keeps the contract of `realloc`; all blocks are the system's.
        unsafe { System.realloc(block, layout, new_size) }
    }
}

/// Has no `realloc` of its own, and so that of the trait: allocate, copy, free.
struct Copying;

// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Copying {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`; all blocks are the system's.
        unsafe { System.dealloc(block, layout) }
    }
}
