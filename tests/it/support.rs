use growable_nd::GrowableNd;
use num_traits::Zero;
use std::cell::Cell;
use std::fmt::Debug;
use std::ops::{Add, Mul};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

/// The number of random cases for a property: the value of `QUICKCHECK_TESTS`, otherwise 1000, or 2
/// under Miri, which takes a thousand times as long.
fn cases() -> u64 {
    let cases = std::env::var("QUICKCHECK_TESTS").ok().and_then(|cases| cases.parse().ok());
    cases.unwrap_or(if cfg!(miri) { 2 } else { 1000 })
}

/// Tries a property on random cases.
pub fn check<A: quickcheck::Arbitrary + Debug>(property: fn(A)) {
    quickcheck::QuickCheck::new().tests(cases()).quickcheck(property);
}

/// Tries a property on a tenth of the random cases, if each is a program of thousands of steps.
pub fn check_long<A: quickcheck::Arbitrary + Debug>(property: fn(A)) {
    quickcheck::QuickCheck::new().tests(cases().div_ceil(10)).quickcheck(property);
}

thread_local! {
    static LIVE: Cell<isize> = const { Cell::new(0) };
    static CLONES_LEFT: Cell<Option<usize>> = const { Cell::new(None) };
    static DROPS_LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// An element that detects a second drop, counts the live elements of this thread, and panics on
/// demand. It can be compared and added.
#[derive(Debug, PartialEq, Eq, PartialOrd, Hash)]
pub struct Tracked {
    pub value: u32,
    dropped: bool,
}

impl Tracked {
    pub fn new(value: u32) -> Self {
        LIVE.set(LIVE.get() + 1);
        Tracked { value, dropped: false }
    }

    /// Returns the number of live elements of this thread.
    pub fn live() -> isize {
        LIVE.get()
    }
}

impl Clone for Tracked {
    fn clone(&self) -> Self {
        count_down(&CLONES_LEFT, "clone");
        Tracked::new(self.value)
    }
}

/// Counts as a clone.
impl Default for Tracked {
    fn default() -> Self {
        count_down(&CLONES_LEFT, "default");
        Tracked::new(0)
    }
}

impl Drop for Tracked {
    fn drop(&mut self) {
        assert!(!self.dropped, "dropped twice");
        self.dropped = true;
        LIVE.set(LIVE.get() - 1);
        count_down(&DROPS_LEFT, "drop");
    }
}

impl Add for Tracked {
    type Output = Tracked;

    fn add(self, other: Tracked) -> Tracked {
        Tracked::new(self.value + other.value)
    }
}

impl Mul for Tracked {
    type Output = Tracked;

    fn mul(self, other: Tracked) -> Tracked {
        Tracked::new(self.value * other.value)
    }
}

impl Zero for Tracked {
    fn zero() -> Tracked {
        Tracked::new(0)
    }

    fn is_zero(&self) -> bool {
        self.value == 0
    }
}

fn count_down(left: &'static std::thread::LocalKey<Cell<Option<usize>>>, what: &str) {
    match left.get() {
        Some(0) => {
            left.set(None);
            panic!("{what} was told to panic");
        }
        Some(n) => left.set(Some(n - 1)),
        None => {}
    }
}

/// Runs `work` with a panic at the clone after `clones` others, and returns whether it panicked.
pub fn with_panicking_clone(clones: usize, work: impl FnOnce()) -> bool {
    run_with(&CLONES_LEFT, clones, work)
}

/// Runs `work` with a panic at the drop after `drops` others, and returns whether it panicked.
pub fn with_panicking_drop(drops: usize, work: impl FnOnce()) -> bool {
    run_with(&DROPS_LEFT, drops, work)
}

fn run_with(
    left: &'static std::thread::LocalKey<Cell<Option<usize>>>,
    count: usize,
    work: impl FnOnce(),
) -> bool {
    left.set(Some(count));
    let panicked = panics(work);
    left.set(None);
    panicked
}

/// The message for a shape whose elements overflow.
pub fn overflow_message(shape: &[usize]) -> String {
    let zeros = if shape.contains(&0) { ", not counting its extents of 0" } else { "" };
    format!("shape {shape:?} exceeds isize::MAX elements{zeros}")
}

/// Returns whether `work` panics. The tests inspect what it borrows afterwards.
pub fn panics(work: impl FnOnce()) -> bool {
    catch_unwind(AssertUnwindSafe(work)).is_err()
}

/// Returns the panic message of `work`.
#[track_caller]
pub fn panic_message(work: impl FnOnce()) -> String {
    panic_of(work).message
}

/// Asserts that the result is an error with this message that matches the pattern. Errors cannot be
/// constructed outside of the crate; the message has all their numbers.
macro_rules! assert_error {
    ($result:expr, $pattern:pat, $says:expr $(,)?) => {
        match $result {
            Ok(_) => panic!("no error, expected: {}", $says),
            Err(error) => {
                assert_eq!(error.to_string(), $says);
                assert!(matches!(error, $pattern), "{error:?}");
            }
        }
    };
}
pub(crate) use assert_error;

/// An element type of random programs.
pub trait Element: Clone + PartialEq + Debug + 'static {
    fn make(seed: u32) -> Self;
}

impl Element for u32 {
    fn make(seed: u32) -> Self {
        seed
    }
}

impl Element for () {
    fn make(_seed: u32) -> Self {}
}

impl Element for Tracked {
    fn make(seed: u32) -> Self {
        Tracked::new(seed)
    }
}

/// Asserts that the array equals the naive model: shape, every element by each access method, whole
/// rows only.
#[track_caller]
pub fn assert_same<T: PartialEq + Debug>(array: &GrowableNd<T>, inner: &[usize], rows: &[Vec<T>]) {
    let row_len: usize = inner.iter().product();
    assert_eq!(array.rows(), rows.len());
    let len = rows.iter().map(Vec::len).sum::<usize>();
    assert_eq!((array.len(), array.is_empty()), (len, len == 0));
    assert_eq!(array.inner_shape(), inner);
    assert_eq!(array.shape(), [&[rows.len()], inner].concat());
    assert_eq!(array.row_len(), row_len);
    assert_eq!(array.as_slice().len(), rows.len() * row_len);
    assert!(array.capacity() >= array.rows());
    assert_eq!(array.get_row(rows.len()), None);
    let mut iterated = array.iter_rows();
    for (index, row) in rows.iter().enumerate() {
        assert_eq!(array.row(index), row);
        assert_eq!(iterated.next(), Some(&row[..]));
    }
    assert_eq!(iterated.next(), None);
    assert!(array.as_slice().iter().eq(rows.iter().flatten()));
}

/// Makes rows of this length, with elements counted from `seed`.
pub fn make_rows<T: Element>(count: usize, row_len: usize, seed: u32) -> Vec<Vec<T>> {
    let mut next = seed;
    let mut element = || {
        next += 1;
        T::make(next)
    };
    (0..count).map(|_| (0..row_len).map(|_| element()).collect()).collect()
}

/// Makes an array of these rows.
#[track_caller]
pub fn array_of<T: Element>(inner: &[usize], rows: &[Vec<T>]) -> GrowableNd<T> {
    GrowableNd::from_rows(inner, rows).expect("rows of the right length")
}

/// A panic: its message, and the file and line that it names.
#[derive(Debug, PartialEq, Eq)]
pub struct Panic {
    pub message: String,
    pub file: String,
    pub line: u32,
}

thread_local! {
    static LAST_PANIC: Cell<Option<(String, u32)>> = const { Cell::new(None) };
    static IS_EXPECTED: Cell<bool> = const { Cell::new(false) };
}

/// Returns the panic of `panics`. The hook is global to the process; it is set once and stays,
/// since tests run in parallel.
#[track_caller]
pub fn panic_of<V>(panics: impl FnOnce() -> V) -> Panic {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let default = take_hook();
        set_hook(Box::new(move |info| {
            if !IS_EXPECTED.get() {
                return default(info);
            }
            let location = info.location().expect("a location");
            LAST_PANIC.set(Some((location.file().to_owned(), location.line())));
        }));
    });
    IS_EXPECTED.set(true);
    let result = catch_unwind(AssertUnwindSafe(panics));
    IS_EXPECTED.set(false);
    let payload = result.err().expect("no panic");
    let (file, line) = LAST_PANIC.take().expect("the hook sees each panic");
    let message = match payload.downcast::<String>() {
        Ok(message) => *message,
        Err(payload) => (*payload.downcast::<&str>().expect("a message")).to_owned(),
    };
    Panic { message, file, line }
}
