//! A process that appends rows to a file and reports each flush. It is killed, or the disk becomes
//! full.
//!
//! It prints a line for each successful flush, with the number of rows in the file, and for each
//! write that the system refused, with the number of rows in the file and in memory. After a
//! refused write it waits for a line on its input: once there is space again, no row may be lost.
//! If the input ends, the process ends. It also reports each row that failed because an allocation
//! failed.

use crate::allocator::with_refusals;
use crate::recording::{KINDS, Kind, with_element};
use crate::rows::{Element, row};
use crate::world::up_to_one_of;
use fastrand::Rng;
use growable_nd::{Elements, Error, NpyAppender, NpyError};
use std::fs::File;
use std::io::stdin;

pub const FLUSHED: &str = "flushed";
pub const REFUSED: &str = "refused";
pub const NO_MEMORY: &str = "no memory";

/// How a file is continued.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    Open,
    Recover,
    Truncate,
}

pub const WAYS: [Way; 3] = [Way::Open, Way::Recover, Way::Truncate];

/// The arguments of the process.
#[derive(Clone, Debug)]
pub struct Task {
    pub path: String,
    pub kind: Kind,
    pub row_len: usize,
    pub first_id: u64,
    pub way: Way,
    pub seed: u64,
    /// Number of rows at which the process ends.
    pub rows: u64,
    /// Whether the process acknowledges one row too many.
    pub lies: bool,
}

impl Task {
    pub fn to_arguments(&self) -> [String; 8] {
        let [kind, row_len, way] =
            [self.kind as usize, self.row_len, self.way as usize].map(|number| number.to_string());
        let [first_id, seed, rows] = [self.first_id, self.seed, self.rows].map(|number| number.to_string());
        [self.path.clone(), kind, row_len, first_id, way, seed, rows, u8::from(self.lies).to_string()]
    }

    pub fn from_arguments(arguments: &[String]) -> Option<Self> {
        let [path, kind, row_len, first_id, way, seed, rows, lies] = arguments else { return None };
        Some(Task {
            path: path.clone(),
            kind: *KINDS.get(kind.parse::<usize>().ok()?)?,
            row_len: row_len.parse().ok()?,
            first_id: first_id.parse().ok()?,
            way: *WAYS.get(way.parse::<usize>().ok()?)?,
            seed: seed.parse().ok()?,
            rows: rows.parse().ok()?,
            lies: lies == "1",
        })
    }

    pub fn run(&self) -> Result<(), String> {
        let result = with_element!(self.kind, append(self)).map_err(|error: NpyError| match error {
            NpyError::Io(error) => error.to_string(),
            error => error.to_string(),
        });
        // A limit on the length of files may apply to standard error.
        result.inspect_err(|error| println!("{error}"))
    }
}

fn append<T: Element>(task: &Task) -> Result<(), NpyError> {
    let mut random = Rng::with_seed(task.seed);
    let file = File::options().read(true).write(true).open(&task.path)?;
    let mut appender = match task.way {
        Way::Open => NpyAppender::open(file)?,
        Way::Recover => NpyAppender::recover(file)?.0,
        Way::Truncate => NpyAppender::open_truncating(file)?,
    };
    let flush_each = up_to_one_of(&[3, 20, 1000], &mut random);
    let refuses_memory = random.bool();
    let acknowledge = |rows| println!("{FLUSHED} {}", rows + usize::from(task.lies));
    loop {
        let is_last = appender.rows() as u64 >= task.rows;
        let mut result = Ok(());
        if !is_last {
            let id = task.first_id.wrapping_add(appender.rows() as u64);
            let mut push = || appender.push_row(Elements(row::<T>(id, task.row_len)));
            result = if refuses_memory { with_refusals(random.u64(..), push).0 } else { push() };
        }
        if result.is_ok() && (is_last || random.usize(..flush_each) == 0) {
            result = if random.u8(..200) == 0 { appender.sync() } else { appender.flush() };
            if result.is_ok() {
                acknowledge(appender.rows());
            }
        }
        match result {
            Ok(()) if is_last => return appender.finish(),
            // The row is pushed again.
            Err(NpyError::Array(Error::Reserve(_))) if refuses_memory => println!("{NO_MEMORY}"),
            Err(NpyError::Io(error)) => {
                println!("{REFUSED} {} {error}", appender.rows());
                if stdin().read_line(&mut String::new())? == 0 {
                    // There is no space: rows that were not flushed are lost.
                    let _ = if random.bool() { appender.finish() } else { Ok(()) };
                    return Ok(());
                }
                appender.flush()?;
                acknowledge(appender.rows());
            }
            result => result?,
        }
    }
}
