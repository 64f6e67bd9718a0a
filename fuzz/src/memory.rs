//! An allocator that counts the bytes in use, and refuses blocks on demand.

use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// The allocator of every target.
struct Counted;

#[global_allocator]
static ALLOCATOR: Counted = Counted;

static IN_USE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);
static LARGEST: AtomicUsize = AtomicUsize::new(usize::MAX);

/// Counts a request, and returns whether it may be fulfilled. Refused bytes count as well, since
/// they were requested.
fn request(added: usize, block: usize) -> bool {
    let in_use = IN_USE.load(Relaxed).saturating_add(added);
    PEAK.fetch_max(in_use, Relaxed);
    let is_fulfilled = block <= LARGEST.load(Relaxed);
    if is_fulfilled {
        IN_USE.store(in_use, Relaxed);
    }
    is_fulfilled
}

fn released(bytes: usize) {
    let in_use = IN_USE.load(Relaxed);
    IN_USE.store(in_use.saturating_sub(bytes), Relaxed);
}

// SAFETY: every call goes to the system allocator, or returns null, which reports a failure.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !request(layout.size(), layout.size()) {
            return null_mut();
        }
        // SAFETY: the caller's promises are those of this call.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !request(layout.size(), layout.size()) {
            return null_mut();
        }
        // SAFETY: the caller's promises are those of this call.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        released(layout.size());
        // SAFETY: the caller's promises are those of this call.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Both blocks exist during a copy. An allocator that moves pages needs only the difference.
        if !request(size.saturating_sub(layout.size()), size) {
            return null_mut();
        }
        released(layout.size().saturating_sub(size));
        // SAFETY: the caller's promises are those of this call.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// Runs `work`, and returns its result and the maximum of the bytes in use or requested at any
/// time.
///
/// Blocks of 1 GiB and more are refused, as on a machine with less memory.
pub fn peak_of<R>(work: impl FnOnce() -> R) -> (R, usize) {
    let before = IN_USE.load(Relaxed);
    PEAK.store(before, Relaxed);
    let result = refusing_above(1 << 30, work);
    (result, PEAK.load(Relaxed).saturating_sub(before))
}

/// Runs `work` with an allocator that refuses blocks larger than `bytes` bytes.
pub fn refusing_above<R>(bytes: usize, work: impl FnOnce() -> R) -> R {
    /// Resets the limit, even if `work` panics.
    struct Restored(usize);

    impl Drop for Restored {
        fn drop(&mut self) {
            LARGEST.store(self.0, Relaxed);
        }
    }

    let _restored = Restored(LARGEST.swap(bytes, Relaxed));
    work()
}
