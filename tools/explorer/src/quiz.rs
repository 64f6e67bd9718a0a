//! Questions about the next push, and explained answers.

use crate::array::{Array, Operation};
use crate::numbers::{self, amount, clipped, count, grouped};
use crate::policy;
use growable_nd::amortized::{Bounds, Op, Ratio};

/// A question about the next push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// The capacity after the push.
    Capacity,
    /// The cost of the push.
    Cost,
    /// The bank balance after the push.
    Balance,
}

/// The judgement of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub is_right: bool,
    /// Derives the right answer, with the numbers.
    pub explanation: String,
}

impl Question {
    pub const ALL: [Question; 3] = [Question::Capacity, Question::Cost, Question::Balance];

    pub fn name(self) -> &'static str {
        match self {
            Question::Capacity => "capacity",
            Question::Cost => "cost",
            Question::Balance => "balance",
        }
    }

    pub fn named(name: &str) -> Result<Question, String> {
        Question::ALL.into_iter().find(|question| question.name() == name).ok_or_else(|| {
            format!("unknown question {:?}; the questions are capacity, cost and balance", clipped(name))
        })
    }
}

/// Pushes a row onto a copy of the array. Fails only if the array has the maximum number of rows.
fn pushed(array: &Array) -> Result<Operation, String> {
    let mut array = array.clone();
    array
        .apply(&[(Op::Push, 1)], u64::MAX)
        .map_err(|_| "the next push is not possible: the array has the maximum number of rows")?;
    array.last().copied().ok_or_else(|| "the array has no operation".into())
}

/// The text of a question.
pub fn ask(array: &Array, question: Question) -> Result<String, String> {
    let model = array.model();
    let rows = match model.capacity() {
        0 => "no rows and no block".into(),
        slots => {
            format!("{} in a block of {}", count(model.rows(), "row", "rows"), count(slots, "slot", "slots"))
        }
    };
    let state = format!("An array with the policy {} has {rows}.", model.growth());
    pushed(array)?;
    match question {
        Question::Capacity => Ok(format!("{state} What is its capacity after the next push?")),
        Question::Cost => {
            Ok(format!("{state} What does the next push cost? Writing a row costs 1, copying one costs 1."))
        }
        Question::Balance => {
            let (bank, price) =
                (array.bank().ok_or(NO_PRICES)?, array.prices().ok_or(NO_PRICES)?.amortized_push());
            Ok(format!(
                "{state} The bank has {}, and a push is charged {}. What does the bank have after the next push?",
                amount(bank),
                amount(price)
            ))
        }
    }
}

const NO_PRICES: &str = "this policy has no prices, so there is no bank; ask for capacity or cost";

/// Judges an answer and explains the right answer.
pub fn answer(array: &Array, question: Question, text: &str) -> Result<Answer, String> {
    let found = numbers::ratio(text)?;
    let push = pushed(array)?;
    let (right, explanation) = match question {
        Question::Capacity => (whole(push.capacity.into())?, capacity(array, &push)),
        Question::Cost => (whole(push.step.cost())?, cost(array, &push)),
        Question::Balance => {
            let entry = push.entry.ok_or(NO_PRICES)?;
            let (before, price) = (array.bank().ok_or(NO_PRICES)?, entry.price.ok_or(NO_PRICES)?);
            let explanation = format!(
                "{} The bank had {}, gets the price {} and pays {}: {} + {} − {} = {}.",
                cost(array, &push),
                amount(before),
                amount(price),
                grouped(entry.actual),
                amount(before),
                amount(price),
                grouped(entry.actual),
                amount(entry.bank)
            );
            (entry.bank, explanation)
        }
    };
    let is_right = found == right;
    let judgement =
        if is_right { "Right".into() } else { format!("Not {} but {}", amount(found), amount(right)) };
    Ok(Answer { is_right, explanation: format!("{judgement}: {explanation}") })
}

fn whole(number: u128) -> Result<Ratio, String> {
    let number = i128::try_from(number).map_err(|error| error.to_string())?;
    Ratio::try_new(number, 1).map_err(|error| error.to_string())
}

fn capacity(array: &Array, push: &Operation) -> String {
    let model = array.model();
    let capacity = model.capacity();
    if push.step.resize.is_none() {
        let used = match model.rows() {
            0 => "no slot is".into(),
            1 => format!("1 of {} slots is", grouped(capacity)),
            rows => format!("{} of {} slots are", grouped(rows), grouped(capacity)),
        };
        return format!(
            "{used} in use, so row {} fits, and the capacity stays {}.",
            grouped(push.rows),
            grouped(capacity)
        );
    }
    let found = match capacity {
        0 => "there is no block".into(),
        1 => format!("the only slot is in use, so row {} does not fit", grouped(push.rows)),
        _ => {
            format!("all {} slots are in use, so row {} does not fit", grouped(capacity), grouped(push.rows))
        }
    };
    format!("{found}. {}", next(array, push.capacity))
}

/// Explains how a full array finds its next capacity.
fn next(array: &Array, found: u64) -> String {
    let (growth, capacity) = (array.growth(), array.model().capacity());
    if capacity == 0 {
        return format!("The policy makes a first block of {}.", count(found, "slot", "slots"));
    }
    let product = match growth.as_factor().filter(|_| Bounds::of(&growth).is_some()) {
        Some(factor) => u128::from(capacity).checked_mul(factor.numerator().unsigned_abs()).map(|product| {
            let by = factor.denominator().unsigned_abs();
            let up = if product % by == 0 { "" } else { ", rounded up" };
            (
                format!("{factor} · {} is {}{up}", grouped(capacity), grouped(product.div_ceil(by))),
                product.div_ceil(by),
            )
        }),
        None => None,
    };
    match product {
        Some((text, rounded)) if rounded == u128::from(found) => format!("{text}: that is the new capacity."),
        Some((text, _)) => {
            format!(
                "{text}, which does not fit into 64 bits: the new capacity is {}, the maximum.",
                grouped(found)
            )
        }
        None => format!(
            "The rule is: {}. With c = {} and n = {} the new capacity is {}.",
            policy::parts(&growth).rule,
            grouped(capacity),
            grouped(u128::from(capacity) + 1),
            grouped(found)
        ),
    }
}

fn cost(array: &Array, push: &Operation) -> String {
    match push.step.resize {
        None => {
            let free = array.model().capacity() - array.model().rows();
            format!("there {} free, so the push costs 1: it writes its row.", are(free))
        }
        Some(resize) if resize.rows == 0 => {
            "there is no row to copy into the new block, so the push costs 1: it writes its row.".into()
        }
        Some(resize) => format!(
            "no slot is free, so {} copied into the new block, and one is written: {} + 1 = {}.",
            if resize.rows == 1 { "1 row is".into() } else { format!("{} rows are", grouped(resize.rows)) },
            grouped(resize.rows),
            grouped(push.step.cost())
        ),
    }
}

fn are(free: u64) -> String {
    if free == 1 { "is 1 slot".into() } else { format!("are {} slots", grouped(free)) }
}
