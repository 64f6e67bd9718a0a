use growable_nd::GrowableNd;
use num_traits::Zero;
use std::cell::{Cell, RefCell};
use std::fmt::Debug;
use std::ops::{Add, Mul};
use std::sync::Once;

/// Tries a property on 1000 random cases, or as many as `QUICKCHECK_TESTS` says.
pub fn check<A: quickcheck::Arbitrary + Debug>(property: fn(A)) {
    let tests = std::env::var("QUICKCHECK_TESTS").ok().and_then(|tests| tests.parse().ok()).unwrap_or(1000);
    quickcheck::QuickCheck::new().tests(tests).quickcheck(property);
}

thread_local! {
    static LIVE: Cell<isize> = const { Cell::new(0) };
    static CLONES_LEFT: Cell<Option<usize>> = const { Cell::new(None) };
    static DROPS_LEFT: Cell<Option<usize>> = const { Cell::new(None) };
    /// Whether a panic is expected, and the file that it pointed to.
    static WATCHED: Cell<bool> = const { Cell::new(false) };
    static PANIC_FILE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// An element that knows whether it was dropped, counts how many of its kind are alive in this thread, and
/// panics in the middle of things when it is told to. It can be compared and added.
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

    /// How many are alive in this thread.
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

/// Runs `work` with the clone after `clones` others told to panic, and says whether it did.
pub fn with_panicking_clone(clones: usize, work: impl FnOnce()) -> bool {
    run_with(&CLONES_LEFT, clones, work)
}

/// Runs `work` with the drop after `drops` others told to panic, and says whether it did.
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

/// Whether `work` panics. What it borrowed is looked at afterwards: that is what the tests are about.
pub fn panics(work: impl FnOnce()) -> bool {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).is_err()
}

/// The message with which `work` panics.
#[track_caller]
pub fn panic_message(work: impl FnOnce()) -> String {
    panic_message_and_file(work).0
}

/// The message with which `work` panics, and the file that the panic points to.
#[track_caller]
pub fn panic_message_and_file(work: impl FnOnce()) -> (String, String) {
    static HOOK: Once = Once::new();
    // One hook for all: tests run side by side, and a hook is that of the process.
    HOOK.call_once(|| {
        let others = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| match info.location() {
            Some(location) if WATCHED.get() => PANIC_FILE.set(location.file().to_owned()),
            _ => others(info),
        }));
    });
    WATCHED.set(true);
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
    WATCHED.set(false);
    let message = match result.expect_err("did not panic").downcast::<String>() {
        Ok(message) => *message,
        Err(payload) => payload.downcast_ref::<&str>().expect("a message").to_string(),
    };
    (message, PANIC_FILE.take())
}

/// The result is an error with this message, and matches the pattern. Errors cannot be constructed outside of
/// the crate; the message has all their numbers.
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

/// What random programs are run with.
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

/// The array is what the naive model says: shape, every element by every way to it, whole rows only.
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

/// Rows of the given length, with elements counted from `seed`.
pub fn make_rows<T: Element>(count: usize, row_len: usize, seed: u32) -> Vec<Vec<T>> {
    let mut next = seed;
    let mut element = || {
        next += 1;
        T::make(next)
    };
    (0..count).map(|_| (0..row_len).map(|_| element()).collect()).collect()
}

/// An array of these rows.
#[track_caller]
pub fn array_of<T: Element>(inner: &[usize], rows: &[Vec<T>]) -> GrowableNd<T> {
    GrowableNd::from_rows(inner, rows).expect("rows of the right length")
}
