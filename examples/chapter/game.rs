//! The growth game: you choose the capacities of an array in one block, an adversary when to stop.

use crate::command::Result;
use std::io::{BufRead, Write};

/// The game ends at this number of rows.
const ENOUGH: u64 = 1_000_000_000_000;

/// An array whose block is full, with the copies so far.
#[derive(Clone, Copy, Default)]
struct Array {
    rows: u64,
    copies: u64,
}

impl Array {
    /// Fills a block of this capacity, or returns the copies and slots per row at which the
    /// adversary stops. It stops just after the growth: later more rows share the same copies and
    /// slots.
    fn fill(self, capacity: u64, budget: f64) -> std::result::Result<Array, f64> {
        let copies = self.copies + self.rows;
        let per_row = (copies + capacity) as f64 / (self.rows + 1) as f64;
        if per_row > budget { Err(per_row) } else { Ok(Array { rows: capacity, copies }) }
    }

    /// Returns the largest capacity within the budget, if it is larger than the number of rows.
    fn largest(self, budget: f64) -> Option<u64> {
        let allowed = (budget * (self.rows + 1) as f64).floor() as u64;
        allowed.checked_sub(self.copies + self.rows).filter(|capacity| *capacity > self.rows)
    }
}

/// Returns the rows of a player who always takes the largest capacity within the budget.
fn greedy(budget: f64) -> u64 {
    let mut array = Array::default();
    while let Some(capacity) = array.largest(budget).filter(|_| array.rows < ENOUGH) {
        match array.fill(capacity, budget) {
            Ok(full) => array = full,
            Err(_) => break,
        }
    }
    array.rows
}

pub fn play(budget: f64, input: &mut dyn BufRead, out: &mut dyn Write) -> Result<()> {
    writeln!(
        out,
        "You choose the capacity of a block, and rows fill it. When it is full you choose a larger one, and\n\
         all rows are copied. The adversary stops you when copies and slots together exceed {budget} per row.\n\
         How many rows can you fill? An empty line ends the game.\n"
    )?;
    let mut array = Array::default();
    while array.rows < ENOUGH {
        write!(out, "{} rows, {} copies. Capacity? ", array.rows, array.copies)?;
        out.flush()?;
        let mut line = String::new();
        input.read_line(&mut line)?;
        let line = line.trim();
        if line.is_empty() {
            writeln!(out)?;
            break;
        }
        let Some(capacity) =
            line.parse().ok().filter(|capacity| (array.rows + 1..=1000 * ENOUGH).contains(capacity))
        else {
            writeln!(out, "{line:?} is not a number from {} to {}.", array.rows + 1, 1000 * ENOUGH)?;
            continue;
        };
        match array.fill(capacity, budget) {
            Ok(full) => array = full,
            Err(per_row) => {
                writeln!(out, "Stopped at row {}: {per_row:.3} copies and slots per row.", array.rows + 1)?;
                break;
            }
        }
    }
    let greedy = greedy(budget);
    let theirs = if greedy < ENOUGH { format!("fills {greedy}") } else { "is never stopped".to_owned() };
    writeln!(out, "You filled {} rows. Taking the most that the budget allows {theirs}.", array.rows)?;
    Ok(())
}
