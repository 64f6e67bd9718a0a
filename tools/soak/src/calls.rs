//! Calls of array methods, and their effect on the rows.

use crate::builder::Refusal;
use crate::rows::Element;
use fastrand::Rng;
use growable_nd::bytemuck::cast_slice;
use growable_nd::rayon::prelude::*;
use growable_nd::{Axis, Error, GrowableNd, Growth, Ratio, ReadError, ReserveError};
use std::io::{self, ErrorKind, Read};
use std::iter;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Push,
    PushFrom,
    ExtendRows,
    ReadRows,
    ReadNRows,
    ExtendFromSlice,
    InsertRows,
    AppendShard,
    ExtendFromWithin,
    SelectRows,
    SplitOff,
    Concat,
    Reserve,
    DrainRows,
    RetainRows,
    SetGrowth,
    /// On several threads. Must be last: limited processes have no memory for the stacks of the
    /// threads.
    ParExtendRows,
}

const KINDS: [Kind; 17] = [
    Kind::Push,
    Kind::PushFrom,
    Kind::ExtendRows,
    Kind::ReadRows,
    Kind::ReadNRows,
    Kind::ExtendFromSlice,
    Kind::InsertRows,
    Kind::AppendShard,
    Kind::ExtendFromWithin,
    Kind::SelectRows,
    Kind::SplitOff,
    Kind::Concat,
    Kind::Reserve,
    Kind::DrainRows,
    Kind::RetainRows,
    Kind::SetGrowth,
    Kind::ParExtendRows,
];

/// Maximum number of rows in a call.
const MOST_ROWS: usize = 64;

/// A call with its arguments, whose memory is reserved in advance.
pub struct Call<T> {
    pub kind: Kind,
    /// Number of new rows.
    pub added: usize,
    /// The elements of the new rows.
    pub elements: Vec<T>,
    /// Two positions among the rows, in order.
    places: [usize; 2],
    /// Indices of rows that exist.
    selection: Vec<usize>,
    growth: Growth,
    seed: u64,
}

/// Why a call failed.
enum Fault {
    Memory,
    Other(String),
}

impl From<ReserveError> for Fault {
    fn from(error: ReserveError) -> Fault {
        Error::from(error).into()
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        match error {
            Error::Reserve(ReserveError::Allocation { .. }) => Fault::Memory,
            error => Fault::Other(error.to_string()),
        }
    }
}

impl<T: Element> Call<T> {
    pub fn with_capacity(elements: usize) -> Self {
        Call {
            kind: Kind::Push,
            added: 0,
            elements: Vec::with_capacity(elements),
            places: [0; 2],
            selection: Vec::with_capacity(MOST_ROWS),
            growth: Growth::DOUBLE,
            seed: 0,
        }
    }

    /// Chooses a call for an array of `rows` rows, with at most `most` new rows.
    pub fn prepare(&mut self, random: &mut Rng, rows: usize, most: usize, refusal: Refusal) {
        let kinds = KINDS.len() - usize::from(refusal == Refusal::Limit);
        let most = most.min(MOST_ROWS);
        self.kind = KINDS[random.usize(..kinds)];
        self.added = match self.kind {
            Kind::Push | Kind::PushFrom => 1,
            _ => random.usize(..=most),
        };
        let first = match self.kind {
            Kind::SplitOff => rows - random.usize(..=rows.min(MOST_ROWS)),
            _ => random.usize(..=rows),
        };
        // Few rows are removed, so that arrays grow.
        let last = if self.kind == Kind::DrainRows { rows.min(first + MOST_ROWS) } else { rows };
        self.places = [first, random.usize(first..=last)];
        self.selection.clear();
        if rows > 0 {
            self.selection.extend((0..random.usize(..=most)).map(|_| random.usize(..rows)));
        }
        self.growth = policy(random);
        self.seed = random.u64(..);
    }

    /// Returns whether a failing call keeps the rows appended before the failure.
    pub fn keeps_rows(&self) -> bool {
        matches!(self.kind, Kind::Push | Kind::PushFrom | Kind::ExtendRows | Kind::ReadRows | Kind::ReadNRows)
    }

    /// Returns whether the source may end before all rows.
    pub fn may_be_short(&self) -> bool {
        matches!(self.kind, Kind::ReadRows | Kind::ReadNRows)
    }

    /// Makes the call. Returns whether its allocations succeeded.
    pub fn make(&self, array: &mut GrowableNd<T>) -> Result<bool, String> {
        match self.try_make(array) {
            Ok(()) => Ok(true),
            Err(Fault::Memory) => Ok(false),
            Err(Fault::Other(fault)) => Err(fault),
        }
    }

    fn try_make(&self, array: &mut GrowableNd<T>) -> Result<(), Fault> {
        let elements = &self.elements[..];
        let rows = || elements.chunks(array_row_len(elements, self.added));
        let [first, last] = self.places;
        match self.kind {
            Kind::Push => array.push_row(elements)?,
            Kind::PushFrom => array.push_row_from(elements.iter().copied())?,
            Kind::ExtendRows => array.extend_rows(rows())?,
            Kind::ReadRows => self.read(array, false)?,
            Kind::ReadNRows => self.read(array, true)?,
            Kind::ExtendFromSlice => array.extend_from_slice(elements)?,
            Kind::InsertRows => array.insert_rows(first, rows())?,
            Kind::AppendShard => {
                let mut shard = GrowableNd::with_growth(array.inner_shape(), self.growth);
                shard.extend_rows(rows())?;
                array.append(&mut shard)?;
            }
            Kind::ExtendFromWithin => array.try_extend_from_within(first..last)?,
            Kind::SelectRows => array.append(&mut array.try_select_rows(&self.selection)?)?,
            Kind::SplitOff => drop(array.try_split_off(first)?),
            Kind::Concat => *array = GrowableNd::concat(Axis(0), [&*array, &*array])?,
            Kind::Reserve => array.try_reserve(self.added)?,
            Kind::DrainRows => drop(array.drain_rows(first..last)),
            Kind::RetainRows => {
                let mut index = 0..;
                array.retain_rows(|_| index.next().is_some_and(|row| self.retains(row)));
            }
            Kind::SetGrowth => array.set_growth(self.growth),
            Kind::ParExtendRows => array.par_extend_rows(rows().collect::<Vec<_>>().into_par_iter())?,
        }
        Ok(())
    }

    fn retains(&self, row: usize) -> bool {
        row % (self.places[0] % 7 + 2) != 0
    }

    /// Reads the rows from a stream that may fail, and checks the bytes in the error.
    fn read(&self, array: &mut GrowableNd<T>, is_counted: bool) -> Result<(), Fault> {
        let bytes: &[u8] = cast_slice(&self.elements);
        let (rows_before, row_bytes) = (array.rows(), array.row_len() * size_of::<T>());
        let mut random = Rng::with_seed(self.seed);
        let len = if random.bool() { bytes.len() } else { random.usize(..=bytes.len()) };
        let mut stream = Stream { bytes: &bytes[..len], fails: random.bool(), random };
        let result = if is_counted {
            array.read_n_rows(self.added, &mut stream)
        } else {
            array.read_rows(&mut stream).map(drop)
        };
        let read = (array.rows() - rows_before) * row_bytes;
        if read != len / row_bytes * row_bytes && !matches!(result, Err(ReadError::Array { .. })) {
            return Err(Fault::Other(format!("{read} bytes of {len} are in whole rows of {row_bytes}")));
        }
        let Err(error) = result else { return Ok(()) };
        let rest = error.rest();
        if !bytes[read..].starts_with(rest) {
            return Err(Fault::Other(
                "the bytes after the last whole row are not those of the stream".into(),
            ));
        }
        match error {
            ReadError::Array { error, .. } => Err(error.into()),
            // The error takes the memory of the remaining bytes.
            ReadError::PartialRow { .. } | ReadError::TooFewRows { .. } if len < bytes.len() => Ok(()),
            ReadError::Io { error, .. } if error.kind() == ErrorKind::TimedOut => Ok(()),
            error => Err(Fault::Other(error.to_string())),
        }
    }

    /// Applies the call to the numbers of the rows. `new` yields the numbers of the new rows.
    pub fn follow(&self, ids: &mut Vec<u64>, new: impl Iterator<Item = u64>) {
        let [first, last] = self.places;
        match self.kind {
            Kind::ExtendFromSlice | Kind::AppendShard | Kind::ParExtendRows => ids.extend(new),
            Kind::InsertRows => drop(ids.splice(first..first, new)),
            Kind::ExtendFromWithin => ids.extend_from_within(first..last),
            Kind::SelectRows => self.selection.iter().for_each(|&row| ids.push(ids[row])),
            Kind::SplitOff => ids.truncate(first),
            Kind::Concat => ids.extend_from_within(..),
            Kind::DrainRows => drop(ids.drain(first..last)),
            Kind::RetainRows => {
                let mut index = 0..;
                ids.retain(|_| index.next().is_some_and(|row| self.retains(row)));
            }
            Kind::Push | Kind::PushFrom | Kind::ExtendRows | Kind::ReadRows | Kind::ReadNRows => {}
            Kind::Reserve | Kind::SetGrowth => {}
        }
    }
}

/// Number of elements per row if the elements make `rows` rows. Chunks have at least one.
fn array_row_len<T>(elements: &[T], rows: usize) -> usize {
    elements.len().checked_div(rows).unwrap_or(1)
}

/// A stream that yields its bytes in pieces, and then ends or fails.
struct Stream<'a> {
    bytes: &'a [u8],
    fails: bool,
    random: Rng,
}

impl Read for Stream<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.bytes.is_empty() && self.fails {
            return Err(ErrorKind::TimedOut.into());
        }
        let most = buffer.len().min(self.bytes.len());
        let len = self.random.usize(most.min(1)..=most);
        let (piece, rest) = self.bytes.split_at(len);
        buffer[..len].copy_from_slice(piece);
        self.bytes = rest;
        Ok(len)
    }
}

/// Makes a random growth policy; some of the policies shrink.
pub fn policy(random: &mut Rng) -> Growth {
    let denominator = random.u64(1..10);
    let growth = match random.u8(..5) {
        0 => Growth::DOUBLE,
        1 => Growth::EXACT,
        2 => Growth::additive(random.u64(1..100)),
        3 => Growth::custom("a thousandth more", |request| request.needed + request.needed / 1000),
        _ => Growth::factor(denominator + random.u64(1..=2 * denominator), denominator),
    };
    let growth = if random.bool() { growth.with_first(random.u64(1..50)) } else { growth };
    let shrinking = growth.try_with_shrink(Ratio::new(1, 4), Ratio::new(3, 2)).ok();
    iter::once(growth).chain(shrinking).nth(random.usize(..2)).unwrap_or(growth)
}
