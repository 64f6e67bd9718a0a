//! An allocator that refuses blocks above a limit. A failed allocation is an error, spare capacity
//! never causes one, and the array is whole afterwards.
//!
//! A separate program, since the allocator is global.

// The limits are the bytes of indices of 64 bits.
#![cfg(target_pointer_width = "64")]
// The only `unsafe` of the package: an allocator requires it.
#![allow(unsafe_code)]

use growable_nd::{
    Axis, Elements, Error, GrowableNd, Growth, Nested, Ratio, ReserveError, ResultsError, RowBuffer, View,
};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::ptr::null_mut;
use std::thread::panicking;

struct Limited;

// All of them count for one thread: the test harness allocates in another thread at any time.
thread_local! {
    /// Maximum size of a block, except while the thread panics.
    static LIMIT: Cell<usize> = const { Cell::new(usize::MAX) };

    /// Size of the largest block that was requested, granted or not.
    static LARGEST: Cell<usize> = const { Cell::new(0) };

    /// Number of blocks that were requested, granted or not.
    static BLOCKS: Cell<usize> = const { Cell::new(0) };

    /// Number of zeroed blocks that were requested.
    static ZEROED: Cell<usize> = const { Cell::new(0) };

    /// Whether blocks are never enlarged in place.
    static MOVES: Cell<bool> = const { Cell::new(false) };
}

/// Counts the request of a block of this size, and returns whether it is refused.
///
/// Nothing is refused while a thread panics: its message and backtrace are allocated, and std
/// deadlocks if a backtrace runs out of memory while it is printed.
fn is_refused(size: usize) -> bool {
    BLOCKS.set(BLOCKS.get() + 1);
    LARGEST.set(LARGEST.get().max(size));
    size > LIMIT.get() && !panicking()
}

// SAFETY: every call is passed on to the system allocator unchanged, or returns a null pointer,
// which the contract of `GlobalAlloc` allows at any time.
unsafe impl GlobalAlloc for Limited {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if is_refused(layout.size()) {
            return null_mut();
        }
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        ZEROED.set(ZEROED.get() + 1);
        if is_refused(layout.size()) {
            return null_mut();
        }
        // SAFETY: the caller keeps the contract of `alloc_zeroed`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`; the system allocator made all blocks.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        if is_refused(new_size) {
            return null_mut();
        }
        if MOVES.get() {
            // SAFETY: the caller keeps the contract of `realloc`, so `new_size` makes a valid
            // layout, both blocks have at least the bytes that are copied, and the system allocator
            // made the old one.
            return unsafe {
                let moved = System.alloc(Layout::from_size_align_unchecked(new_size, layout.align()));
                if !moved.is_null() {
                    moved.copy_from_nonoverlapping(block, layout.size().min(new_size));
                    System.dealloc(block, layout);
                }
                moved
            };
        }
        // SAFETY: the caller keeps the contract of `realloc`; the system allocator made all blocks.
        unsafe { System.realloc(block, layout, new_size) }
    }
}

#[global_allocator]
static ALLOCATOR: Limited = Limited;

const MIB: usize = 1 << 20;

/// 65,536 elements of 8 bytes take half a MiB.
const ROW_LEN: usize = 1 << 16;

fn with_limit<R>(bytes: usize, work: impl FnOnce() -> R) -> R {
    LIMIT.set(bytes);
    let result = work();
    LIMIT.set(usize::MAX);
    result
}

/// Reports a hundred rows as its size hint.
struct Hinted<I>(I);

impl<I: Iterator> Iterator for Hinted<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (100, Some(100))
    }
}

/// Asserts that the allocation of a block of this size failed.
#[track_caller]
fn assert_refused<T, E: Into<Error>>(result: Result<T, E>, size: usize) {
    let Err(error) = result.map(drop).map_err(E::into) else { panic!("no error") };
    assert_eq!(error.to_string(), format!("allocation of {size} bytes failed"));
    assert!(matches!(error, Error::Reserve(ReserveError::Allocation { .. })), "{error:?}");
}

/// Returns the panic message of `work` under the limit.
fn panic_message(limit: usize, work: impl FnOnce()) -> String {
    // Expected panics print nothing.
    let hook = take_hook();
    set_hook(Box::new(|_| {}));
    let result = with_limit(limit, || catch_unwind(AssertUnwindSafe(work)));
    set_hook(hook);
    let payload = result.expect_err("did not panic");
    *payload.downcast::<String>().expect("a message")
}

/// A test that fails under the limit prints its message, with a backtrace if the environment
/// requests one.
fn panics_have_memory() {
    let result = with_limit(1, || catch_unwind(|| panic!("the limit is {} byte", LIMIT.get())));
    let payload = result.expect_err("did not panic");
    assert_eq!(payload.downcast_ref::<String>().expect("a message"), "the limit is 1 byte");
}

/// Returns the size in bytes of the largest block that is requested while an array is read. Reading
/// fails with `message`, if there is one.
#[cfg(feature = "serde")]
fn largest_block(text: &str, message: Option<&str>) -> usize {
    LARGEST.set(0);
    let result = serde_json::from_str::<GrowableNd<u64>>(text);
    let largest = LARGEST.get();
    let error = result.err().map(|error| error.to_string());
    // Without the position.
    assert_eq!(error.as_deref().and_then(|error| error.split(" at line").next()), message);
    largest
}

/// For any announced length, memory is reserved for the elements that have arrived and for at most
/// 1 MiB more.
#[cfg(feature = "serde")]
fn claims_of_input_cost_next_to_nothing() {
    for (text, message) in [
        (r#"{"shape":[1000000,1000],"rows":[]}"#, "expected 1000000 rows, found 0"),
        (r#"{"shape":[1000000,1000],"rows":[[]]}"#, "row 0: expected 1000 elements, found 0"),
        (r#"{"shape":[1000000000,0],"rows":[[],[]]}"#, "expected 1000000000 rows, found 2"),
        (r#"{"rows":[[1]],"shape":[1,1000000000]}"#, "row 0: expected 1000000000 elements, found 1"),
        (
            r#"{"shape":[2000000000,2000000000,2000000000],"rows":[[1]]}"#,
            "shape [2000000000, 2000000000, 2000000000] exceeds isize::MAX elements",
        ),
    ] {
        let largest = largest_block(text, Some(message));
        assert!(largest < 1000, "{largest} bytes for {text}");
    }
    // The first element makes the announced length credible; a failed reservation for it is
    // ignored.
    let text = r#"{"shape":[1,1000000000],"rows":[[1]]}"#;
    let message = Some("row 0: expected 1000000000 elements, found 1");
    assert_eq!(largest_block(text, message), MIB);
    assert_eq!(with_limit(MIB / 2, || largest_block(text, message)), MIB);
}

/// Elements that arrive are stored in one block if they are few, otherwise in blocks that double up
/// to the announced length.
#[cfg(feature = "serde")]
fn elements_arrive_in_blocks_that_double() {
    let row = |elements: usize| format!("[{}0]", "0,".repeat(elements - 1));
    let (small, large) = (row(MIB / 16), row(ROW_LEN * 6));
    let text = format!(r#"{{"shape":[1,{}],"rows":[{small}]}}"#, MIB / 16);
    assert_eq!(largest_block(&text, None), MIB / 2);
    let text = format!(r#"{{"shape":[1,{}],"rows":[{large}]}}"#, ROW_LEN * 6);
    assert_eq!(largest_block(&text, None), 3 * MIB);
    let half = format!(r#"{{"shape":[2,{}],"rows":[{large}]}}"#, ROW_LEN * 6);
    assert_eq!(largest_block(&half, Some("expected 2 rows, found 1")), 4 * MIB);

    let rows_first = format!(r#"{{"rows":[{large}],"shape":[1,{}]}}"#, ROW_LEN * 6);
    assert_eq!(largest_block(&rows_first, None), 4 * MIB);
    for text in [text, rows_first] {
        let message = format!("allocation of {} bytes failed", 2 * MIB + 8);
        with_limit(2 * MIB, || largest_block(&text, Some(&message)));
    }
}

/// Near the limit the array still grows by more than a row at a time.
fn slack_is_halved_near_the_limit() {
    let mut array = GrowableNd::<[u8; 1024]>::new([]);
    let refused = with_limit(MIB, || {
        loop {
            if let Err(error) = array.push_row(vec![[0; 1024]]) {
                break error;
            }
        }
    });
    assert_refused::<(), _>(Err(refused), 1025 * 1024);
    assert_eq!(array.rows(), 1024);
    let mut array = GrowableNd::<[u8; 1000]>::new([]);
    with_limit(MIB, || while array.push_row(vec![[0; 1000]]).is_ok() {});
    assert_eq!(array.rows(), MIB / 1000);
    let growths = array.growth_stats().growths;
    assert!(growths < 30, "{growths} growths for {} rows", array.rows());
}

/// With an allocator that never enlarges blocks in place, every growth except the first moves the
/// block.
fn moves_are_counted() {
    MOVES.set(true);
    let mut array = GrowableNd::new([100]);
    array.extend_rows((0..1000).filter(|_| true).map(|i| vec![i; 100])).unwrap();
    MOVES.set(false);
    let stats = array.growth_stats();
    assert_eq!((stats.growths, stats.moves), (11, 10));
}

/// If a smaller block cannot be allocated, the array keeps its block, for every way to remove rows.
fn a_block_that_cannot_shrink_is_kept() {
    let removing: [fn(&mut GrowableNd<u8>); 4] = [
        |array| array.truncate(2),
        |array| drop(array.drain_rows(1..7)),
        |array| {
            let mut index = 0..;
            array.retain_rows(|_| index.next() < Some(2));
        },
        |array| {
            while array.rows() > 2 {
                array.try_remove_row(2).expect("memory for a row");
            }
        },
    ];
    let growth = Growth::DOUBLE.with_shrink(Ratio::new(1, 4), Ratio::from(2));
    for removing in removing {
        let mut array = GrowableNd::with_growth([ROW_LEN], growth);
        array.resize(8, 0);
        // A row has 64 KiB; the smaller block would have 256.
        with_limit(2 * ROW_LEN, || removing(&mut array));
        assert_eq!((array.rows(), array.capacity()), (2, 8));
        array.truncate(1);
        assert_eq!((array.rows(), array.capacity()), (1, 2));
        assert_eq!(array.growth_stats().shrinks, 1);
    }
}

/// Returns the size in bytes of the largest block that `work` requests.
fn largest_of<R>(work: impl FnOnce() -> R) -> (usize, R) {
    LARGEST.set(0);
    let result = work();
    (LARGEST.get(), result)
}

/// Returns the number of blocks that `work` requests.
fn blocks_of<R>(work: impl FnOnce() -> R) -> usize {
    let before = BLOCKS.get();
    let result = work();
    let blocks = BLOCKS.get() - before;
    drop(result);
    blocks
}

/// A new array takes one block, for its elements.
fn a_result_is_one_block() {
    let a = GrowableNd::from_fn([300, 70], |[i, j]| (i * 7 + j) as f64);
    let v = a.view::<2>();
    type Making<'a> = &'a dyn Fn() -> GrowableNd<f64>;
    let making: [(&str, Making<'_>); 13] = [
        ("with_capacity", &|| GrowableNd::with_capacity([3], 10)),
        ("zeros", &|| GrowableNd::zeros([3, 4])),
        ("full", &|| GrowableNd::full([3, 4], 1.5)),
        ("from_fn", &|| GrowableNd::from_fn([3, 4], |[i, j]| (i + j) as f64)),
        ("from_rows", &|| GrowableNd::from_rows([2], [[1.0, 2.0]; 1000]).unwrap()),
        ("collect", &|| (0..1000).map(|i| [f64::from(i); 2]).collect()),
        ("clone", &|| a.clone()),
        ("to_owned_array", &|| v.t().to_owned_array()),
        ("map", &|| a.map(|x| x + 1.0)),
        ("map of a view", &|| v.invert_axis(Axis(0)).map(|x| x + 1.0)),
        ("zip_with", &|| a.zip_with(&a, |x, y| x + y).unwrap()),
        ("select_rows", &|| a.select_rows(&[7; 200])),
        ("add", &|| &a + &a),
    ];
    for (name, make) in making {
        assert_eq!(blocks_of(make), 1, "{name}");
    }
    assert_eq!(blocks_of(|| a.cumulative_sum(Axis(0))), 1);
    assert_eq!(blocks_of(|| a.cumulative_sum(Axis(1))), 1);
}

/// Arrays without rows, and reductions of all elements, take no block.
fn reductions_take_no_block() {
    let a = GrowableNd::from_fn([300, 70], |[i, j]| (i * 7 + j) as f64);
    let v = a.view::<2>();
    assert_eq!(blocks_of(|| GrowableNd::<f64>::new([3])), 0);
    assert_eq!(blocks_of(|| (a.sum(), a.product(), a.nan_sum(), a.min(), a.argmax::<2>())), 0);
    for view in [v, v.t(), v.slice((.., ..69))] {
        assert_eq!(blocks_of(|| (view.nan_sum(), view.nan_min(), view.nan_max())), 0);
        #[cfg(any(feature = "std", feature = "libm"))]
        assert_eq!(blocks_of(|| view.nan_mean()), 0);
    }
}

/// Rows of every kind that fit into the capacity, and assignments, take no block.
fn rows_that_fit_take_no_block() {
    let turned = GrowableNd::from([[1, 2], [3, 4]]);
    let other = GrowableNd::from_fn([6, 2, 2], |[i, j, k]| i + j + k);
    let mut array = GrowableNd::with_capacity([2, 2], 6);
    let blocks = blocks_of(|| {
        array.push_row(&[1, 2, 3, 4][..])?;
        array.push_row([[1, 2], [3, 4]])?;
        array.push_row(Elements(1..5))?;
        array.push_row(Nested((0..2).map(|i| [i, i])))?;
        array.push_row(turned.view::<2>().t())?;
        array.push_row_from_earlier(|earlier, row| row.copy_from_slice(earlier.back(1)))?;
        array.fill_with(|| 7);
        array.assign(&other).map_err(Error::from)
    });
    assert_eq!((blocks, array), (0, other));
}

/// A long row is rotated into its place if it cannot be copied to another block.
fn an_insertion_without_memory_rotates() {
    let mut array = GrowableNd::<u64>::with_capacity([64], 11);
    array.resize(10, 1);
    let mut expected = array.clone();
    expected.insert_row(1, [7; 64]).unwrap();
    with_limit(511, || array.insert_row(1, [7; 64])).unwrap();
    assert_eq!((&array, array.row(1)), (&expected, &[7; 64][..]));
    assert!(array.iter_rows().enumerate().all(|(index, row)| index == 1 || row == [1; 64]));
}

/// Reductions of all elements, and operations in place, allocate nothing.
fn numbers_need_no_memory() {
    let mut array = GrowableNd::from_fn([300, 70], |[i, j]| (i * 7 + j) as f64);
    let turned = array.view::<2>().t().to_owned_array();
    let view = array.view::<2>();
    let views: [View<'_, f64, 2>; 3] = [view, turned.view().t(), view.invert_axis(Axis(0))];
    for view in views {
        let column = view.index_axis(Axis(1), 3);
        let (bytes, _) = largest_of(|| {
            let extremes = (view.min(), view.max(), view.argmin(), view.argmax());
            (view.sum(), view.product(), view.sum_of(|x| x * x), extremes, column.dot(&column))
        });
        assert_eq!(bytes, 0);
        #[cfg(any(feature = "std", feature = "libm"))]
        {
            let (bytes, close) = largest_of(|| {
                let spreads = (view.mean(), view.mean_of(|x| x + 1.0), view.var(1), view.std(0));
                (view.all_close(turned.view::<2>().t(), 0.0, 0.0), spreads)
            });
            assert_eq!((bytes, close.0.is_ok()), (0, true));
        }
    }
    let other = array.clone();
    let (bytes, result) = largest_of(|| {
        array.map_in_place(|x| x + 1.0);
        array.view_mut::<2>().t().map_in_place(|x| x + 1.0);
        array.zip_with_in_place(&other, |x, y| x * y)?;
        array.view_mut::<2>().zip_with_in_place(turned.view::<2>().t(), |x, y| x - y)?;
        array.fill(1.0);
        Ok::<(), growable_nd::ShapeError>(())
    });
    assert_eq!((bytes, result), (0, Ok(())));
}

/// Arrays of zeros take zeroed memory, so a large array costs nothing until it is used.
fn zeros_are_handed_out_by_the_allocator() {
    let zeroed_blocks = |work: &dyn Fn()| {
        let before = ZEROED.get();
        work();
        ZEROED.get() - before
    };
    assert_eq!(zeroed_blocks(&|| assert_eq!(GrowableNd::<f64>::zeros([3, 4]).as_slice(), [0.0; 12])), 1);
    assert_eq!(zeroed_blocks(&|| assert_eq!(GrowableNd::<u8>::zeros([3, 4]).as_slice(), [0; 12])), 1);
    let zero = std::num::Wrapping(0_u8);
    let of_another_type =
        || assert_eq!(GrowableNd::<std::num::Wrapping<u8>>::zeros([2]).as_slice(), [zero; 2]);
    assert_eq!(zeroed_blocks(&of_another_type), 0);
    let message = panic_message(MIB, || drop(GrowableNd::<f64>::zeros([3, ROW_LEN])));
    assert_eq!(message, "allocation of 1572864 bytes failed");
}

/// Rows that are selected, joined, inserted or sorted.
fn rows_that_find_no_memory() {
    let mut array = GrowableNd::from_fn([3000, 2], |[i, j]| (3000 - i) * 2 + j);
    let before = array.clone();
    let limit = 8 * 3000 - 1;
    let view = before.view::<2>().t();
    assert_refused(with_limit(limit, || before.try_select_rows(&[7; 2000])), 32_000);
    assert_refused(with_limit(limit, || view.try_select_rows(&[1])), 24_000);
    for axis in [Axis(0), Axis(1)] {
        assert_refused(with_limit(limit, || GrowableNd::concat(axis, [&before, &before])), 96_000);
        assert_refused(with_limit(limit, || GrowableNd::concat(axis, [view])), 48_000);
    }
    assert_refused(with_limit(limit, || array.insert_rows(1, [[1, 2], [3, 4]])), 48_016);
    assert_refused(with_limit(limit, || array.try_sort_rows_by(|a, b| a.cmp(b))), 24_000);
    assert_refused(with_limit(limit, || array.try_sort_rows_by_key(|row| row[0])), 24_000);
    assert_eq!(array, before);
    let message = panic_message(limit, || array.sort_rows_by_key(|row| row[0]));
    assert_eq!(message, "allocation of 24000 bytes failed");
    // The first row fits, the second does not: neither is inserted.
    array.reserve_exact(1);
    assert_refused(with_limit(limit, || array.insert_rows(1, [[1, 2], [3, 4]])), 48_032);
    assert_eq!((&array, array.capacity()), (&before, 3001));
}

/// Failed allocations of results and of intermediate results.
fn numbers_that_find_no_memory() {
    const LEN: usize = 3000;
    let tall = GrowableNd::from_fn([LEN, 3], |[i, j]| (i * 7 + j) as f64);
    let wide = tall.view::<2>().t().to_owned_array();
    type Work = fn(&GrowableNd<f64>) -> Result<(), Error>;
    let works: [Work; 14] = [
        |wide| wide.try_sum_axis(Axis(0)).map(drop),
        |wide| wide.try_product_axis(Axis(0)).map(drop),
        |wide| wide.try_min_axis(Axis(0)).map(drop),
        |wide| wide.view::<2>().t().try_max_axis(Axis(1)).map(drop),
        |wide| wide.try_argmin_axis(Axis(0)).map(drop),
        |wide| wide.try_argmax_axis(Axis(0)).map(drop),
        |wide| wide.dot_axis(wide, Axis(0)).map(drop),
        |wide| wide.try_fold_axis(Axis(0), 0_u64, |sum, _| Ok::<_, Error>(sum + 1)).map(drop),
        |wide| wide.try_cumulative_sum(Axis(1)).map(drop),
        |wide| wide.try_map(|x| Ok::<_, Error>(x + 1.0)).map(drop),
        |wide| wide.view::<2>().t().try_map(|x| Ok::<_, Error>(x + 1.0)).map(drop),
        |wide| wide.zip_with(wide, |x, y| x + y).map(drop),
        |wide| wide.view::<2>().zip_with(wide, |x, y| x + y).map(drop),
        |wide| wide.zip_with(wide.view::<2>().invert_axis(Axis(0)), |x, y| x + y).map(drop),
    ];
    let limit = 8 * LEN - 1;
    for (number, work) in works.iter().enumerate() {
        let result = with_limit(limit, || work(&wide));
        let refused =
            matches!(result, Err(Error::Reserve(ReserveError::Allocation { bytes, .. })) if bytes > limit);
        assert!(refused, "{number}: {result:?}");
        assert_eq!(work(&wide), Ok(()), "{number}");
    }
    // Products and squared deviations are never all in memory at once.
    let (bytes, _) =
        largest_of(|| wide.dot_axis(&wide, Axis(1)).and_then(|_| wide.try_var_axis(Axis(1), 0)).map(drop));
    assert!(bytes < limit / 2, "{bytes}");
    #[cfg(any(feature = "std", feature = "libm"))]
    for result in with_limit(limit, || {
        [wide.try_mean_axis(Axis(0)), wide.try_var_axis(Axis(0), 0), wide.try_std_axis(Axis(0), 0)]
    }) {
        assert!(matches!(result, Err(Error::Reserve(ReserveError::Allocation { .. }))), "{result:?}");
    }
    type Panicking = fn(&GrowableNd<f64>) -> GrowableNd<f64>;
    let panicking: [Panicking; 4] = [
        |wide| wide.sum_axis(Axis(0)),
        |wide| wide.view::<2>().t().max_axis(Axis(1)),
        |wide| wide.fold_axis(Axis(0), 0.0, |sum, _| sum + 1.0),
        |wide| wide.cumulative_sum(Axis(1)),
    ];
    for work in panicking {
        let message = panic_message(limit, || drop(work(&wide)));
        assert!(message.starts_with("allocation of "), "{message}");
    }
    let refused = panic_message(limit, || drop(wide.map(|x| x + 1.0)));
    assert_eq!(refused, format!("allocation of {} bytes failed", 3 * 8 * LEN));
    for make in [|| GrowableNd::<f64>::zeros([LEN, 3]), || GrowableNd::from_fn([3, LEN], |_| 1.0)] {
        assert_eq!(panic_message(limit, || drop(make())), refused);
    }

    // Many slabs of few elements, or with gaps: the result is small, the intermediate results are
    // not.
    let with_gaps = tall.view::<2>().slice((.., ..2));
    // Only the result and the intermediate results are allocated, for arrays as well.
    let one = GrowableNd::from([[7_u8]]);
    assert_eq!(with_limit(1, || one.try_sum_axis(Axis(1))), Ok(GrowableNd::from([7])));
    for view in [tall.view::<2>(), with_gaps] {
        let (bytes, sums) = largest_of(|| view.try_sum_axis(Axis(0)));
        // At most 2048 times the logarithm of the number of slabs.
        assert!(bytes <= 2048 * 12 * 8, "{bytes}");
        assert_eq!(sums.as_ref().map(GrowableNd::rows), Ok(view.shape()[1]));
        assert_refused(with_limit(bytes - 1, || view.try_sum_axis(Axis(0))), bytes);
        assert_eq!(with_limit(bytes, || view.try_sum_axis(Axis(0))), sums);
    }
}

/// Lifts the limit when it is read.
#[cfg(feature = "std")]
struct Lifting<'a>(&'a [u8]);

#[cfg(feature = "std")]
impl std::io::Read for Lifting<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        LIMIT.set(usize::MAX);
        self.0.read(buffer)
    }
}

/// Bytes that were read but not stored are in the error. The memory of the error is therefore
/// reserved before the bytes are read.
#[cfg(feature = "std")]
fn streams_that_find_no_memory() {
    use growable_nd::ReadError;

    let bytes: Vec<u8> = (0..=u8::MAX).collect();
    let mut array = GrowableNd::<u32>::with_capacity([2], 4);
    let mut stream = &bytes[..];
    let error = with_limit(39, || array.read_rows(&mut stream)).unwrap_err();
    assert!(matches!(&error, ReadError::Array { rest, .. } if rest == &bytes[32..64]), "{error:?}");
    assert_eq!((array.as_bytes(), stream), (&bytes[..32], &bytes[64..]));

    // If no byte could be kept, none is read.
    let error = with_limit(31, || array.read_rows(&mut stream)).unwrap_err();
    assert!(matches!(&error, ReadError::Array { rest, .. } if rest.is_empty()), "{error:?}");
    assert_eq!((array.rows(), stream), (4, &bytes[64..]));

    // If only a part of a row arrived, the part may be too large.
    let part = vec![7; MIB / 4];
    let mut long = GrowableNd::<f64>::with_capacity([ROW_LEN], 1);
    let error = with_limit(MIB / 4, || long.read_rows(&part[..])).unwrap_err();
    assert_eq!(error.rest(), part);
    let error = with_limit(MIB / 4 - 1, || long.read_rows(&part[..])).unwrap_err();
    let ReadError::Array { rest, error, .. } = error else { panic!("{error:?}") };
    assert!(rest.is_empty());
    assert_refused::<(), _>(Err(error), MIB / 4);
    assert!(long.is_empty());

    // No byte more than requested is read, even if not all rows could be reserved at first.
    let mut array = GrowableNd::<u8>::new([1]);
    let mut stream = Lifting(&bytes);
    with_limit(39, || array.read_n_rows(40, &mut stream)).unwrap();
    assert_eq!((array.as_slice(), stream.0), (&bytes[..40], &bytes[40..]));
    let mut array = GrowableNd::<u8>::new([1]);
    let mut stream = Lifting(&bytes);
    with_limit(19, || array.read_n_rows(20, &mut stream)).unwrap_err();
    assert_eq!((array.rows(), stream.0.len()), (0, bytes.len()));
}

/// Memory is reserved as elements arrive, and never for more than the file has.
#[cfg(feature = "npy")]
fn files_too_large_for_memory() {
    use growable_nd::NpyError;

    let array = GrowableNd::from_vec([], vec![1.5_f64; 3 * ROW_LEN]).unwrap();
    let mut file = vec![];
    array.write_npy(&mut file).unwrap();
    let read = |limit| with_limit(limit, || GrowableNd::<f64>::read_npy(&file[..]));
    assert_eq!(read(3 * MIB / 2).unwrap(), array);
    let refused = read(3 * MIB / 2 - 1).unwrap_err();
    assert!(
        matches!(refused, NpyError::Array(Error::Reserve(ReserveError::Allocation { bytes, .. })) if bytes == 3 * MIB / 2)
    );
    // Contiguous numbers are written directly. Others are written in pieces, which need a buffer.
    with_limit(1 << 15, || array.write_npy(std::io::sink())).unwrap();
    with_limit(1 << 15, || array.view::<1>().write_npy(std::io::sink())).unwrap();
    let backwards = array.view::<1>().invert_axis(Axis(0));
    let written = with_limit(1 << 15, || backwards.write_npy(std::io::sink()));
    assert!(matches!(
        written,
        Err(NpyError::Array(Error::Reserve(ReserveError::Allocation { bytes: 65_536, .. })))
    ));
}

/// An error type without values.
#[derive(Debug)]
enum Never {}

fn array_error(error: ResultsError<Never>) -> Error {
    match error {
        ResultsError::Array(error) => error,
        other => panic!("{other:?}"),
    }
}

/// No pending element is lost, and no element of the chunk is taken.
fn chunks_that_find_no_memory(row: &[f64]) {
    let mut buffer = RowBuffer::new(GrowableNd::new([row.len()]));
    buffer.extend_from_slice(&row[..10]).unwrap();
    assert_refused(with_limit(MIB / 4, || buffer.extend_from_slice(row)), MIB / 2);
    assert_eq!((buffer.array().rows(), buffer.pending()), (0, &row[..10]));
    let most = &row[..row.len() - 100];
    assert!(matches!(with_limit(1024, || buffer.extend_from_slice(most)), Err(Error::Reserve(_))));
    assert_eq!((buffer.array().rows(), buffer.pending()), (0, &row[..10]));
    assert_eq!(with_limit(MIB / 2, || buffer.extend_from_slice(row)).unwrap(), 1);
    assert_eq!((buffer.array().rows(), buffer.pending().len()), (1, 10));
}

#[test]
fn refused_memory_is_an_error_and_harms_nothing() {
    panics_have_memory();
    a_block_that_cannot_shrink_is_kept();
    zeros_are_handed_out_by_the_allocator();
    let row = vec![1.5_f64; ROW_LEN];
    let three = |growth| {
        let mut array = GrowableNd::with_growth([ROW_LEN], growth);
        array.extend_rows((0..3).map(|i| vec![f64::from(i); ROW_LEN])).unwrap();
        array.shrink_to_fit();
        array
    };

    // Four rows fit, eight do not: the push falls back from doubling to what it needs.
    let mut array = three(Growth::DOUBLE);
    with_limit(2 * MIB, || array.push_row(&row)).unwrap();
    assert_eq!((array.rows(), array.capacity()), (4, 4));
    let stats = array.growth_stats();
    assert_eq!(stats.peak_rows, 3 + 4);

    // A fifth row does not fit: an error at every attempt, and the array is unchanged.
    let before = array.clone();
    let errors = with_limit(2 * MIB, || {
        [
            array.push_row(&row),
            array.push_row_with(|[_]| 0.0),
            array.push_row_from(row.iter().copied()),
            array.push_row_from_results(row.iter().copied().map(Ok::<_, Never>)).map_err(array_error),
            array.push_row(Nested(row.iter().copied())),
            array.push_row_from_earlier(|_, _| ()),
            array.insert_row(0, &row),
            array.extend_rows([&row]),
            array.extend_from_slice(&row),
            array.try_extend_from_within(..1),
            array.try_reserve(1).map_err(Error::from),
            array.try_reserve_exact(1).map_err(Error::from),
            array.try_resize(5, 0.0).map_err(Error::from),
            array.try_resize_with(5, || Ok(0.0)),
        ]
    });
    for error in errors {
        assert_refused(error, 5 * MIB / 2);
    }
    let mut other = array.split_off(3);
    array.shrink_to_fit();
    assert_refused(with_limit(MIB, || array.append(&mut other)), 2 * MIB);
    assert_eq!((array.rows(), other.rows()), (3, 1));
    array.append(&mut other).unwrap();
    array.shrink_to_fit();
    assert_eq!(array, before);
    assert_eq!(array.growth_stats().growths, stats.growths + 1);

    // A method without a `Result` panics, with the message of the error.
    let message = "allocation of 2621440 bytes failed";
    let panicking: [fn(&mut GrowableNd<f64>); 5] = [
        |array| array.reserve(1),
        |array| array.reserve_exact(1),
        |array| array.resize(5, 0.0),
        |array| array.resize_with(5, || 0.0),
        |array| array.extend([vec![1.5; ROW_LEN]]),
    ];
    for panicking in panicking {
        assert_eq!(panic_message(2 * MIB, || panicking(&mut array)), message);
        assert_eq!(array, before);
    }
    let message = panic_message(MIB, || drop(array.clone()));
    assert_eq!(message, "allocation of 2097152 bytes failed");

    // Removing rows needs memory for the returned rows only.
    let small = MIB / 4;
    assert_refused(with_limit(small, || array.try_remove_row(0)), MIB / 2);
    assert_refused(with_limit(small, || array.try_swap_remove_row(0)), MIB / 2);
    assert_refused(with_limit(small, || array.try_split_off(3)), MIB / 2);
    assert_refused(with_limit(small, || array.try_pop_row()), MIB / 2);
    let message = panic_message(small, || drop(array.pop_row()));
    assert_eq!(message, "allocation of 524288 bytes failed");
    assert_eq!(array, before);
    with_limit(small, || array.truncate(3));
    with_limit(small, || array.retain_rows(|_| true));
    assert_eq!(array.rows(), 3);

    // Rows that are drained need memory as well. A row that could not be returned comes next.
    let mut drained = array.drain_rows(1..);
    let refused_row = panic_message(small, || drop(drained.next()));
    assert_eq!(refused_row, message);
    assert_eq!(drained.len(), 2);
    assert!(drained.eq([vec![1.0; ROW_LEN], vec![2.0; ROW_LEN]]));
    let mut rows = before.clone().into_iter();
    assert_eq!(panic_message(small, || drop(rows.next_back())), message);
    assert!(rows.eq(before.iter_rows()));
    assert_eq!(array.rows(), 1);

    slack_is_halved_near_the_limit();
    moves_are_counted();
    a_result_is_one_block();
    reductions_take_no_block();
    rows_that_fit_take_no_block();
    an_insertion_without_memory_rotates();
    numbers_need_no_memory();
    numbers_that_find_no_memory();
    rows_that_find_no_memory();
    #[cfg(feature = "std")]
    streams_that_find_no_memory();
    #[cfg(feature = "serde")]
    {
        claims_of_input_cost_next_to_nothing();
        elements_arrive_in_blocks_that_double();
    }
    #[cfg(feature = "npy")]
    files_too_large_for_memory();
    array = before;

    // Array creation.
    assert_refused(with_limit(MIB, || GrowableNd::<f64>::try_with_capacity([ROW_LEN], 3)), 3 * MIB / 2);
    let message = panic_message(MIB, || drop(GrowableNd::<f64>::with_capacity([ROW_LEN], 3)));
    assert_eq!(message, "allocation of 1572864 bytes failed");
    // A size hint beyond the memory does not stop rows that fit.
    let hinted = || Hinted([&row; 2].into_iter());
    let two = with_limit(MIB, || GrowableNd::from_rows([ROW_LEN], hinted())).unwrap();
    assert_eq!(two.rows(), 2);
    let mut array_of_two = GrowableNd::new([ROW_LEN]);
    with_limit(MIB, || array_of_two.extend_rows(hinted())).unwrap();
    assert_eq!(array_of_two, two);
    let failed = with_limit(MIB, || GrowableNd::from_rows([ROW_LEN], [&row; 3]));
    assert_refused(failed, 3 * MIB / 2);

    // A first row of unknown length is collected, and chunks wait for the rest of their row.
    let rows = || [Elements(row.iter().chain(&row).chain(&row).copied())];
    assert!(matches!(with_limit(MIB, || GrowableNd::stack(rows())), Err(Error::Reserve(_))));
    assert_eq!(GrowableNd::stack(rows()).unwrap().shape(), [1, 3 * ROW_LEN]);
    chunks_that_find_no_memory(&row);

    // Copies of views, and views as rows.
    let turned = || array.view::<2>().t();
    assert_refused(with_limit(MIB, || turned().try_to_owned_array()), 2 * MIB);
    let message = panic_message(MIB, || drop(turned().to_owned_array()));
    assert_eq!(message, "allocation of 2097152 bytes failed");
    assert_refused(with_limit(MIB, || GrowableNd::stack([turned()])), 2 * MIB);
    let mut whole = GrowableNd::new(turned().shape());
    assert_refused(with_limit(MIB, || whole.push_row(turned())), 2 * MIB);
    assert!(whole.is_empty());

    // To a vector per row, and from a slice.
    let error = {
        let array = array.clone();
        with_limit(MIB / 4, || Vec::<Vec<f64>>::try_from(array)).unwrap_err()
    };
    assert_eq!(*error.array, array);
    assert_refused(Err::<(), _>(error), MIB / 2);
    let message = panic_message(MIB, || drop(GrowableNd::from(array.as_slice())));
    assert_eq!(message, "allocation of 2097152 bytes failed");

    // `clone_from` into a block that is too small.
    let mut target = GrowableNd::from([[1.0]]);
    let message = panic_message(MIB, || target.clone_from(&array));
    assert_eq!(message, "allocation of 2097152 bytes failed");
    assert_eq!(target, GrowableNd::from([[1.0]]));
    target.clone_from(&array);
    assert_eq!(target, array);
}
