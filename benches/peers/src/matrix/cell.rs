//! Contenders, and the digests that compare their results.

use growable_nd::GrowableNd;
use ndarray::{ArrayBase, Data, Dimension};
use num_complex::Complex;
use std::cell::RefCell;
use std::hint::black_box;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// A digest of a result: the number of elements, and a sum weighted by their positions.
#[derive(Clone, Copy, Debug, Default)]
pub struct Digest {
    pub count: usize,
    pub sum: f64,
    pub scale: f64,
    /// Set for sums of `f32`, which have larger rounding errors.
    pub is_coarse: bool,
}

impl Digest {
    pub fn of<R: Outcome>(result: &R) -> Digest {
        let mut digest = Digest::default();
        result.add_to(&mut digest);
        digest
    }

    pub fn add(&mut self, x: f64) {
        let weight = (self.count % 31 + 1) as f64;
        self.count += 1;
        self.sum += x * weight;
        self.scale += x.abs() * weight;
    }

    /// Compares up to rounding errors, which depend on the order of a sum.
    pub fn agrees(&self, other: &Digest) -> bool {
        let relative = if self.is_coarse || other.is_coarse { 3e-3 } else { 1e-9 };
        let tolerance = relative * self.scale.max(other.scale);
        self.count == other.count && (self.sum - other.sum).abs() <= tolerance
    }
}

/// The result of a contender.
pub trait Outcome {
    fn add_to(&self, digest: &mut Digest);
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Outcome for $number {
            fn add_to(&self, digest: &mut Digest) {
                digest.add(*self as f64);
            }
        }
    )*};
}
numbers!(f64, i32, u8, u64, usize);

impl Outcome for f32 {
    fn add_to(&self, digest: &mut Digest) {
        digest.is_coarse = true;
        digest.add(f64::from(*self));
    }
}

impl Outcome for () {
    fn add_to(&self, _: &mut Digest) {}
}

impl Outcome for bool {
    fn add_to(&self, digest: &mut Digest) {
        digest.add(f64::from(u8::from(*self)));
    }
}

impl Outcome for Complex<f64> {
    fn add_to(&self, digest: &mut Digest) {
        digest.add(self.re + 3.0 * self.im);
    }
}

impl Outcome for String {
    fn add_to(&self, digest: &mut Digest) {
        digest.add(self.bytes().fold(0.0, |sum, byte| sum + f64::from(byte)));
    }
}

impl<R: Outcome> Outcome for &R {
    fn add_to(&self, digest: &mut Digest) {
        (**self).add_to(digest);
    }
}

impl<R: Outcome> Outcome for Box<R> {
    fn add_to(&self, digest: &mut Digest) {
        (**self).add_to(digest);
    }
}

impl<R: Outcome> Outcome for Option<R> {
    fn add_to(&self, digest: &mut Digest) {
        self.iter().for_each(|result| result.add_to(digest));
    }
}

impl<R: Outcome, const N: usize> Outcome for [R; N] {
    fn add_to(&self, digest: &mut Digest) {
        self.iter().for_each(|result| result.add_to(digest));
    }
}

impl<R: Outcome> Outcome for Vec<R> {
    fn add_to(&self, digest: &mut Digest) {
        self.iter().for_each(|result| result.add_to(digest));
    }
}

impl<A: Outcome, B: Outcome> Outcome for (A, B) {
    fn add_to(&self, digest: &mut Digest) {
        self.0.add_to(digest);
        self.1.add_to(digest);
    }
}

impl<T: Outcome> Outcome for GrowableNd<T> {
    fn add_to(&self, digest: &mut Digest) {
        self.as_slice().iter().for_each(|element| element.add_to(digest));
    }
}

impl<T: Outcome, S: Data<Elem = T>, D: Dimension> Outcome for ArrayBase<S, D> {
    fn add_to(&self, digest: &mut Digest) {
        self.iter().for_each(|element| element.add_to(digest));
    }
}

/// Something that was written: how to get its bytes, and how to read them. Both happen only when
/// the result is compared.
pub struct Written<B, F>(pub B, pub F);

impl<R: Outcome, B: Fn() -> Vec<u8>, F: Fn(&[u8]) -> R> Outcome for Written<B, F> {
    fn add_to(&self, digest: &mut Digest) {
        (self.1)(&(self.0)()).add_to(digest);
    }
}

/// Work that is timed.
pub trait Task {
    /// Runs the work `times` times, and returns the digest of run number `look_at`, if there is
    /// such a run.
    fn run(&mut self, times: u64, look_at: u64) -> (Duration, Digest);
}

/// Work that changes nothing, and returns a result.
pub struct Pure<W>(pub W);

impl<R: Outcome, W: FnMut() -> R> Task for Pure<W> {
    fn run(&mut self, times: u64, look_at: u64) -> (Duration, Digest) {
        let mut digest = Digest::default();
        let start = Instant::now();
        for time in 0..times {
            // The captures of the closure are opaque, so nothing is computed before the loop. The
            // result is read in place: a program would not move it once more.
            let result = black_box(&mut self.0)();
            black_box(&result);
            if time == look_at {
                digest = look(&result);
            }
        }
        (start.elapsed(), digest)
    }
}

/// Work on a state that is kept between runs. It must be repeatable.
pub struct Lasting<S, W> {
    pub state: S,
    pub work: W,
}

impl<S: Outcome, R: Outcome, W: FnMut(&mut S) -> R> Task for Lasting<S, W> {
    fn run(&mut self, times: u64, look_at: u64) -> (Duration, Digest) {
        let mut digest = Digest::default();
        let start = Instant::now();
        for time in 0..times {
            let result = black_box(&mut self.work)(&mut self.state);
            black_box(&result);
            if time == look_at {
                digest = look(&(result, &self.state));
            }
        }
        (start.elapsed(), digest)
    }
}

/// One vector for all contenders that write, since memory is not equally fast everywhere. The first
/// run of each contender starts with the original elements.
pub struct Target<T> {
    pub now: Vec<T>,
    first: Vec<T>,
}

impl<T: Clone> Target<T> {
    pub fn new(elements: Vec<T>) -> Rc<RefCell<Self>> {
        Rc::new(RefCell::new(Target { now: elements.clone(), first: elements }))
    }
}

/// Work on a [`Target`].
pub struct Writing<T, W> {
    pub target: Rc<RefCell<Target<T>>>,
    pub work: W,
}

impl<T: Outcome + Clone, W: FnMut(&mut [T])> Task for Writing<T, W> {
    fn run(&mut self, times: u64, look_at: u64) -> (Duration, Digest) {
        let mut target = self.target.borrow_mut();
        let target = &mut *target;
        if look_at < times {
            target.now.clone_from_slice(&target.first);
        }
        let mut digest = Digest::default();
        let start = Instant::now();
        for time in 0..times {
            black_box(&mut self.work)(black_box(&mut target.now));
            if time == look_at {
                digest = look(&target.now);
            }
        }
        (start.elapsed(), digest)
    }
}

/// What a [`Consuming`] consumes.
pub trait State {
    /// Returns about how many bytes of memory it takes.
    fn bytes(&self) -> usize;
}

impl<T> State for Vec<T> {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.capacity() * size_of::<T>()
    }
}

impl<T> State for GrowableNd<T> {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.capacity() * self.row_len() * size_of::<T>()
    }
}

impl<S: State> State for Box<S> {
    fn bytes(&self) -> usize {
        size_of::<Self>() + (**self).bytes()
    }
}

impl<A: State, B: State> State for (A, B) {
    fn bytes(&self) -> usize {
        self.0.bytes() + self.1.bytes()
    }
}

/// Work that consumes the result of `setup`, which is not timed.
///
/// States of short work are prepared in advance, and one reading of the clock times many runs: the
/// readings would take longer than the work. States of long work are prepared one by one, so that
/// each is in the cache.
pub struct Consuming<M, W> {
    setup: M,
    work: W,
    /// The shortest time of a run so far, in nanoseconds.
    shortest: f64,
}

/// Minimum nanoseconds between two readings of the clock, which take some 20.
const BETWEEN_READINGS: f64 = 1000.0;

/// Maximum bytes of the states that are prepared in advance.
const MOST_PREPARED: usize = 256 << 20;

impl<S: State, R: Outcome, M: FnMut() -> S, W: FnMut(S) -> R> Consuming<M, W> {
    pub fn new(setup: M, work: W) -> Self {
        Consuming { setup, work, shortest: f64::INFINITY }
    }

    /// Prepares at most `most` states.
    fn prepare(&mut self, most: u64) -> Vec<S> {
        let first = (self.setup)();
        let count = ((BETWEEN_READINGS / self.shortest).ceil() as u64)
            .min((MOST_PREPARED / first.bytes().max(1)) as u64)
            .clamp(1, most);
        let mut states = Vec::with_capacity(count as usize);
        states.push(first);
        states.extend((1..count).map(|_| (self.setup)()));
        states
    }
}

impl<S: State, R: Outcome, M: FnMut() -> S, W: FnMut(S) -> R> Task for Consuming<M, W> {
    fn run(&mut self, times: u64, look_at: u64) -> (Duration, Digest) {
        let (mut digest, mut elapsed, mut done) = (Digest::default(), Duration::ZERO, 0);
        while done < times {
            let states = black_box(self.prepare(times - done));
            let count = states.len() as u64;
            let mut results = Vec::with_capacity(states.len());
            let mut states = states.into_iter();
            let start = Instant::now();
            for state in states.by_ref() {
                let result = black_box(&mut self.work)(state);
                black_box(&result);
                results.push(result);
            }
            let time = start.elapsed();
            elapsed += time;
            self.shortest = self.shortest.min(time.as_secs_f64() * 1e9 / count as f64);
            if (done..done + count).contains(&look_at) {
                digest = look(&results[(look_at - done) as usize]);
            }
            done += count;
        }
        (elapsed, digest)
    }
}

#[cold]
#[inline(never)]
fn look<R: Outcome>(result: &R) -> Digest {
    Digest::of(result)
}
