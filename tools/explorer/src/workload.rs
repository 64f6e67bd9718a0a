//! Workloads: sequences of operations to choose from.

use crate::numbers::{self, clipped, grouped};
use growable_nd::amortized::{Model, Op, Recording, Workload};

/// The workloads: name, title, and the meaning of the number of rows.
pub const ALL: [(&str, &str, &str); 6] = [
    ("push", "Push", "pushes this many rows"),
    ("push-then-pop", "Push, then pop", "pushes this many rows, then pops as many"),
    (
        "boundary",
        "At the boundary",
        "fills a block of at least this many rows, then pushes and pops one row eight times",
    ),
    ("batches", "Batches", "adds this many rows at once, ten times"),
    ("walk", "Random walk", "does this many operations: pushes with a chance of 60 %, otherwise pops"),
    (
        "reserve-exact",
        "Reserve exactly",
        "reserves exactly one row before every push, for this many rows: no constant price is sufficient",
    ),
];

/// Maximum number of rows of a workload in which every operation is a step of its own.
const MOST_DIFFERENT: u64 = 100_000;
/// Turns at the boundary.
const TURNS: u64 = 8;

/// The operations of a workload, after the present state of an array.
pub fn program(name: &str, rows: &str, model: &Model) -> Result<Recording, String> {
    if !ALL.iter().any(|(known, ..)| *known == name) {
        let names: Vec<&str> = ALL.iter().map(|(name, ..)| *name).collect();
        return Err(format!("unknown workload {:?}; the workloads are {}", clipped(name), names.join(", ")));
    }
    let rows = numbers::rows(rows)?;
    if rows == 0 {
        return Err("a workload of 0 rows does nothing; examples: 8, 1000, 1e6".into());
    }
    let mut program = Recording::new();
    let mut record = |op, times| program.record_times(op, times);
    match name {
        "push" => record(Op::Push, rows),
        "push-then-pop" => {
            record(Op::Push, rows);
            record(Op::Pop, rows);
        }
        "boundary" => {
            record(Op::Push, pushes_to_boundary(*model, rows)?);
            for _ in 0..TURNS {
                record(Op::Push, 1);
                record(Op::Pop, 1);
            }
        }
        "batches" => record(Op::Extend(rows), 10),
        "walk" => {
            let seed = model.rows().wrapping_add(rows);
            let walk = Workload::RandomWalk { steps: few(rows)?, push_percent: 60, seed };
            walk.steps().for_each(|(op, times)| record(op, times));
        }
        _ => {
            for _ in 0..few(rows)? {
                record(Op::ReserveExact(1), 1);
                record(Op::Push, 1);
            }
        }
    }
    Ok(program)
}

fn few(rows: u64) -> Result<u64, String> {
    if rows <= MOST_DIFFERENT {
        Ok(rows)
    } else {
        Err(format!(
            "{} is too large for this workload, the maximum is {}: its operations are simulated one by one",
            grouped(rows),
            grouped(MOST_DIFFERENT)
        ))
    }
}

/// The number of pushes that fill the smallest block with at least this many rows.
fn pushes_to_boundary(mut model: Model, at_least: u64) -> Result<u64, String> {
    let start = model.rows();
    for _ in 0..MOST_DIFFERENT {
        let is_full = model.rows() == model.capacity();
        if is_full && model.rows() >= at_least {
            return Ok(model.rows() - start);
        }
        model.apply_run(Op::Push, u64::MAX).map_err(|error| error.to_string())?;
    }
    Err(format!(
        "the policy {} needs more than {} growths to reach {} rows; choose fewer rows",
        model.growth(),
        grouped(MOST_DIFFERENT / 2),
        grouped(at_least)
    ))
}
