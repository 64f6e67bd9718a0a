//! The allocator of this program: counts, and can be told to copy each block that grows.
//!
//! Blocks come from the system's allocator, or from jemalloc or mimalloc with the feature of that
//! name.

// An allocator needs unsafe code.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

#[cfg(not(any(feature = "jemalloc", feature = "mimalloc")))]
use std::alloc::System as Inner;

#[cfg(feature = "jemalloc")]
use tikv_jemallocator::Jemalloc as Inner;

#[cfg(all(feature = "mimalloc", not(feature = "jemalloc")))]
use mimalloc::MiMalloc as Inner;

/// Returns the allocator of a feature with its version; `None` if the system's allocator is used.
#[cfg(not(any(feature = "jemalloc", feature = "mimalloc")))]
pub fn name() -> Option<String> {
    None
}

/// Returns the allocator with its version.
#[cfg(feature = "jemalloc")]
pub fn name() -> Option<String> {
    let mut text: *const std::ffi::c_char = std::ptr::null();
    let mut size = size_of_val(&text);
    // SAFETY: "version" is a pointer to a string that is never freed, and `size` is the size of a
    // pointer.
    let text = unsafe {
        let place = (&raw mut text).cast();
        tikv_jemalloc_sys::mallctl(c"version".as_ptr(), place, &mut size, std::ptr::null_mut(), 0);
        (!text.is_null()).then(|| std::ffi::CStr::from_ptr(text))
    };
    Some(format!("jemalloc {}", text.map_or("".into(), |text| text.to_string_lossy())))
}

/// Returns the allocator with its version.
#[cfg(all(feature = "mimalloc", not(feature = "jemalloc")))]
pub fn name() -> Option<String> {
    Some(format!("mimalloc, version {}", Inner.version()))
}

static COPIES: AtomicBool = AtomicBool::new(false);
static REQUESTED: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);
static MOVES: AtomicUsize = AtomicUsize::new(0);
static MOVED_BYTES: AtomicUsize = AtomicUsize::new(0);

/// Counts of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Maximum number of bytes in blocks: old and new block together, if a block moves when it
    /// grows.
    pub peak: usize,
    /// Number of blocks that moved when they were enlarged or shrunk.
    pub moves: usize,
    /// Bytes of the moved blocks before the move. The allocator may have copied them, or moved
    /// their pages.
    pub moved_bytes: usize,
}

/// Makes the allocator copy each block that grows.
pub fn copy_from_now_on() {
    COPIES.store(true, Relaxed);
}

/// Resets the counts. The peak starts from the bytes requested now, which are returned.
pub fn start_counting() -> usize {
    let now = REQUESTED.load(Relaxed);
    PEAK.store(now, Relaxed);
    MOVES.store(0, Relaxed);
    MOVED_BYTES.store(0, Relaxed);
    now
}

/// Returns the counts since [`start_counting`], which returned `before`.
pub fn counts(before: usize) -> Counts {
    Counts {
        peak: PEAK.load(Relaxed).saturating_sub(before),
        moves: MOVES.load(Relaxed),
        moved_bytes: MOVED_BYTES.load(Relaxed),
    }
}

fn add(bytes: usize) {
    let now = REQUESTED.fetch_add(bytes, Relaxed) + bytes;
    PEAK.fetch_max(now, Relaxed);
}

/// Adds the bytes of a new block. A failed allocation takes none.
fn add_unless_failed(block: *mut u8, bytes: usize) {
    if !block.is_null() {
        add(bytes);
    }
}

fn remove(bytes: usize) {
    REQUESTED.fetch_sub(bytes, Relaxed);
}

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: every block comes from `Inner`, and is requested, resized and released with the layouts
// of the caller, who keeps the contract of these methods.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        let block = unsafe { Inner.alloc(layout) };
        add_unless_failed(block, layout.size());
        block
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        let block = unsafe { Inner.alloc_zeroed(layout) };
        add_unless_failed(block, layout.size());
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        remove(layout.size());
        // SAFETY: as above.
        unsafe { Inner.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        let moved = if COPIES.load(Relaxed) {
            // SAFETY: as above; the sizes are positive, and the blocks do not overlap.
            unsafe {
                let new = Inner.alloc(Layout::from_size_align_unchecked(new_size, layout.align()));
                if !new.is_null() {
                    new.copy_from_nonoverlapping(block, layout.size().min(new_size));
                    Inner.dealloc(block, layout);
                }
                new
            }
        } else {
            // SAFETY: as above.
            unsafe { Inner.realloc(block, layout, new_size) }
        };
        if !moved.is_null() {
            if moved != block {
                // Both blocks existed at one time.
                add(new_size);
                remove(layout.size());
                MOVES.fetch_add(1, Relaxed);
                MOVED_BYTES.fetch_add(layout.size(), Relaxed);
            } else if new_size > layout.size() {
                add(new_size - layout.size());
            } else {
                remove(layout.size() - new_size);
            }
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hint::black_box;

    #[test]
    fn failed_allocations_are_not_counted() {
        let size = usize::MAX / 2 - 100;
        let layout = Layout::from_size_align(size, 1).expect("a size below isize::MAX");
        let before = start_counting();
        // SAFETY: the size is positive.
        let blocks = unsafe { [ALLOCATOR.alloc(layout), ALLOCATOR.alloc_zeroed(layout)] };
        assert!(black_box(blocks).iter().all(|block| block.is_null()));
        // Other tests allocate at the same time.
        assert!(counts(before).peak < size / 2);
    }
}
