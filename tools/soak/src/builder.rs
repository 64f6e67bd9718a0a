//! Builds arrays while allocations fail, and compares them with a model: the number of each row.

use crate::allocator::with_refusals;
use crate::calls::{Call, Kind, policy};
use crate::child;
use crate::rows::{Element, first_wrong, row};
use crate::tally::Count;
use crate::world::{Steps, World, up_to_one_of};
use fastrand::Rng;
use growable_nd::GrowableNd;

/// Maximum number of elements in the rows of a call.
const ELEMENTS: usize = 1 << 15;

/// Maximum number of rows in an array.
const MOST_ROWS: usize = 1 << 17;

const CALLS: usize = 500;

/// The reason why allocations fail.
#[derive(Clone, Copy, PartialEq)]
pub enum Refusal {
    /// The allocator of this program refuses at random.
    Random,
    /// The system refuses above the memory limit of the process. Arrays grow until they reach it,
    /// and then nothing else may allocate.
    Limit,
}

/// Builds in a thread, with an allocator that refuses.
pub fn build_in_thread(world: &World, random: &mut Rng, steps: &Steps) -> Result<(), String> {
    build(world, random, steps, Refusal::Random)
}

/// In a process with little memory.
pub fn build_in_process(world: &World, random: &mut Rng, steps: &Steps) -> Result<(), String> {
    steps.count();
    let (seed, lies) = (random.u64(..).to_string(), world.lies.to_string());
    child::run(child::MEMORY, &["build", &seed, &lies], &world.tally)
}

/// Builds in the process with little memory.
pub fn build_in_little_memory(world: &World, random: &mut Rng, steps: &Steps) -> Result<(), String> {
    build(world, random, steps, Refusal::Limit)
}

fn build(world: &World, random: &mut Rng, steps: &Steps, refusal: Refusal) -> Result<(), String> {
    match random.u8(..3) {
        0 => Builder::<u8>::new(world, random, refusal).run(random, steps),
        1 => Builder::<f32>::new(world, random, refusal).run(random, steps),
        _ => Builder::<u64>::new(world, random, refusal).run(random, steps),
    }
}

struct Builder<'a, T> {
    world: &'a World,
    refusal: Refusal,
    array: GrowableNd<T>,
    /// The model: the number of each row.
    ids: Vec<u64>,
    /// The number of the next row.
    next_id: u64,
    call: Call<T>,
    /// Larger arrays are truncated.
    most_bytes: usize,
}

impl<'a, T: Element> Builder<'a, T> {
    fn new(world: &'a World, random: &mut Rng, refusal: Refusal) -> Self {
        let (row_len, most_bytes, reserved) = match refusal {
            Refusal::Random => (up_to_one_of(&[8, 100, 3000], random), 1 << random.u8(12..21), 0),
            Refusal::Limit => (random.usize(250..3000), usize::MAX, MOST_ROWS),
        };
        Builder {
            world,
            refusal,
            array: GrowableNd::with_growth([row_len], policy(random)),
            ids: Vec::with_capacity(reserved),
            next_id: random.u64(..),
            call: Call::with_capacity(ELEMENTS),
            most_bytes,
        }
    }

    fn run(mut self, random: &mut Rng, steps: &Steps) -> Result<(), String> {
        for call in 0..CALLS {
            steps.count();
            let failed = self.step(random)?;
            if failed || call % 16 == 0 {
                self.check()?;
            }
            let is_large = self.array.as_bytes().len() > self.most_bytes || 2 * self.ids.len() > MOST_ROWS;
            if is_large || failed && self.refusal == Refusal::Limit {
                let rows = random.usize(..=self.ids.len());
                self.array.truncate(rows);
                self.ids.truncate(rows);
            }
        }
        self.check()
    }

    /// Makes a call. Returns whether an allocation failed; no other failure is allowed.
    fn step(&mut self, random: &mut Rng) -> Result<bool, String> {
        let row_len = self.array.row_len();
        self.call.prepare(random, self.ids.len(), ELEMENTS / row_len, self.refusal);
        let (new, rows_before) = (self.call.added, self.array.rows());
        let ids = (0_u64..).take(new).map(|row| self.next_id.wrapping_add(row));
        self.call.elements.clear();
        self.call.elements.extend(ids.clone().flat_map(|id| row::<T>(id, row_len)));
        let (result, refused) = match self.refusal {
            // The thread pool would abort if an allocation failed.
            Refusal::Random if self.call.kind != Kind::ParExtendRows => {
                with_refusals(random.u64(..), || self.call.make(&mut self.array))
            }
            _ => (self.call.make(&mut self.array), 0),
        };
        let kept = self.array.rows().wrapping_sub(rows_before);
        let is_whole = kept == new || self.call.may_be_short() || !matches!(result, Ok(true));
        if self.call.keeps_rows() && (kept > new || !is_whole) {
            let rows = self.array.rows();
            return Err(format!("{:?} of {new}: {rows_before} rows became {rows}", self.call.kind));
        }
        if self.call.keeps_rows() {
            self.ids.extend(ids.take(kept));
        } else if matches!(result, Ok(true)) {
            self.call.follow(&mut self.ids, ids);
        }
        if self.world.lies && self.ids.len() > 3 && random.u8(..32) == 0 {
            self.ids.swap(0, 1);
        }
        self.next_id = self.next_id.wrapping_add(ELEMENTS as u64);
        let failed = !result.map_err(|error| format!("{:?}: {error}", self.call.kind))?;
        let tally = &self.world.tally;
        tally.add(Count::Calls, 1);
        tally.add(Count::Refused, refused);
        tally.add(Count::FailedCalls, u64::from(failed));
        tally.add(Count::OutOfMemory, u64::from(failed && self.refusal == Refusal::Limit));
        Ok(failed)
    }

    /// Checks that the array has whole rows, and that they are those of the model.
    fn check(&self) -> Result<(), String> {
        let (rows, elements) = (self.array.rows(), self.array.as_slice().len());
        let after = |fault: String| Err(format!("after {:?}: {fault}", self.call.kind));
        if elements != rows * self.array.row_len() || rows > self.array.capacity() {
            return after(format!(
                "{rows} rows of capacity {} have {elements} elements",
                self.array.capacity()
            ));
        }
        if rows != self.ids.len() {
            return after(format!("the array has {rows} rows, expected {}", self.ids.len()));
        }
        self.world.tally.add(Count::RowsChecked, rows as u64);
        match first_wrong(&self.array, self.ids.iter().copied()) {
            Some(wrong) => after(format!("row {wrong} of {rows} is wrong")),
            None => Ok(()),
        }
    }
}
