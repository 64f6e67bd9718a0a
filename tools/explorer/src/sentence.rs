//! Describes what the last program of operations did, in a few sentences.

use crate::array::{Array, Operation};
use crate::numbers::{amount, count, decimal, grouped, ratio, without_sign};
use crate::policy;
use growable_nd::Growth;
use growable_nd::amortized::{Bounds, Op, Ratio, Resize};

/// Minimum number of copying resizes in turn, growths and shrinks, and the number of last
/// operations they must be among: then the array thrashes.
const THRASHING: (usize, usize) = (4, 8);

/// Describes what the last program did with an array. Prices and the bank are mentioned only
/// `with_bank`.
pub fn of(array: &Array, with_bank: bool) -> String {
    let done = array.totals().operations - array.before().totals.operations;
    let mut sentences = match (done, array.last()) {
        (0, _) | (_, None) => {
            return "The array has no rows and no block. The first push makes a block.".into();
        }
        (1, Some(last)) => one(array, last, with_bank),
        (_, Some(last)) => many(array, done, last, with_bank),
    };
    sentences.extend(thrashing(array));
    sentences.extend(debt(array).filter(|_| with_bank));
    sentences.join(" ")
}

/// One operation: what it did with rows and with the block, and what it cost.
fn one(array: &Array, last: &Operation, with_bank: bool) -> Vec<String> {
    let mut sentences = vec![match (last.op, last.step.resize) {
        (Op::Pop | Op::Truncate(_), resize) => removed(&array.growth(), last, resize),
        (Op::Reserve(rows) | Op::ReserveExact(rows), None) => {
            let fit = if rows == 1 { "fits" } else { "fit" };
            format!("{} {fit} into the free slots: nothing changed.", count(rows, "more row", "more rows"))
        }
        (Op::Reserve(rows), Some(resize)) => {
            format!("Slots for {} were reserved: {}.", count(rows, "more row", "more rows"), resized(&resize))
        }
        (Op::ReserveExact(rows), Some(resize)) => {
            let rows = count(rows, "more row", "more rows");
            format!("Slots for exactly {rows} were reserved: {}.", resized(&resize))
        }
        (_, None) => match last.step.written {
            0 => "No row was added.".into(),
            _ => format!("{} into {}.", added(last, "fits", "fit"), free_slots(last.step.written)),
        },
        (_, Some(resize)) if resize.from == 0 => format!(
            "{} found no block: a first one of {} was made, and nothing was copied.",
            added(last, "", ""),
            count(resize.to, "slot", "slots")
        ),
        (_, Some(resize)) => {
            format!(
                "{} not fit: {}{}.",
                added(last, "did", "did"),
                resized(&resize),
                if with_bank { paid_by(array, last, &resize) } else { String::new() }
            )
        }
    }];
    if with_bank {
        sentences.extend(books(array, last));
    } else {
        sentences.push(format!("Cost {}.", grouped(last.step.cost())));
    }
    sentences
}

/// `Row 9` or `Rows 9 to 13`, with a verb.
fn added(last: &Operation, one: &str, more: &str) -> String {
    let first = last.rows - last.step.written + 1;
    let text = match last.step.written {
        1 => format!("Row {} {one}", grouped(last.rows)),
        _ => format!("Rows {} to {} {more}", grouped(first), grouped(last.rows)),
    };
    text.trim_end().into()
}

fn free_slots(rows: u64) -> &'static str {
    if rows == 1 { "a free slot" } else { "free slots" }
}

fn resized(resize: &Resize) -> String {
    let verb = if resize.to > resize.from { "grew" } else { "shrank" };
    let copied = match resize.rows {
        0 => "nothing was copied".into(),
        1 => "1 row was copied".into(),
        rows => format!("{} rows were copied", grouped(rows)),
    };
    format!("the capacity {verb} from {} to {} and {copied}", grouped(resize.from), grouped(resize.to))
}

fn removed(growth: &Growth, last: &Operation, resize: Option<Resize>) -> String {
    let rows = match last.step.removed {
        0 => return "The array has no more rows than that: nothing changed.".into(),
        1 => format!("Row {} was removed", grouped(last.rows + 1)),
        removed => {
            format!("Rows {} to {} were removed", grouped(last.rows + 1), grouped(last.rows + removed))
        }
    };
    match resize {
        None if last.step.removed == 1 => format!("{rows}; its slot stays free{}.", kept(growth, last)),
        None => format!("{rows}; their slots stay free{}.", kept(growth, last)),
        Some(resize) => format!(
            "{rows}. {} left, at most {} of {}: {}.",
            match resize.rows {
                0 => "No row is".into(),
                1 => "1 row is".into(),
                rows => format!("{} rows are", grouped(rows)),
            },
            policy::shrinks_at(growth).unwrap_or_default(),
            count(resize.from, "slot", "slots"),
            resized(&resize)
        ),
    }
}

/// Why a policy that shrinks has not shrunk the array.
fn kept(growth: &Growth, last: &Operation) -> String {
    let at = policy::shrinks_at(growth).and_then(|at| ratio(&at).ok());
    let in_use = Ratio::try_new(last.rows.into(), last.capacity.into()).ok();
    match at.zip(in_use) {
        Some((at, in_use)) if in_use > at => {
            format!(
                ", since more than {} of {} are in use",
                amount(at),
                count(last.capacity, "slot", "slots")
            )
        }
        _ => String::new(),
    }
}

/// What pays for the copies: the rows that were pushed into this block if their credit is
/// sufficient, otherwise the bank.
fn paid_by(array: &Array, last: &Operation, resize: &Resize) -> String {
    let before = array.previous();
    let (Some(prices), Some(entry)) = (array.prices(), last.entry) else { return String::new() };
    if entry.bank < Ratio::from(0) {
        return String::new();
    }
    let credit = prices.copies_per_push();
    let newer = i128::from(resize.rows) - i128::from(before.made_at);
    let credits =
        newer.checked_mul(credit.numerator()).and_then(|sum| Ratio::try_new(sum, credit.denominator()).ok());
    let needed = Ratio::try_new(resize.rows.into(), 1).ok();
    if before.has_removed || newer <= 0 || credits < needed || before.totals.capacity != resize.from {
        return ", paid by the bank".into();
    }
    if newer == 1 {
        return format!(", paid by row {}", grouped(resize.rows));
    }
    let each = match Ratio::try_new(resize.rows.into(), newer) {
        Ok(each) if each == Ratio::from(1) => "1 copy".into(),
        Ok(each) => format!("{} copies", amount(each)),
        Err(_) => return ", paid by the bank".into(),
    };
    let since = grouped(u128::from(before.made_at) + 1);
    format!(", paid by rows {since} to {}, {each} each", grouped(resize.rows))
}

/// The cost of an operation, its price, and the change of the bank balance.
fn books(array: &Array, last: &Operation) -> Option<String> {
    let entry = last.entry?;
    let before = array.previous().bank.unwrap_or(Ratio::from(0));
    let bank = match entry.bank.cmp(&before) {
        std::cmp::Ordering::Less => {
            format!("the bank falls from {} to {}", amount(before), amount(entry.bank))
        }
        std::cmp::Ordering::Equal => format!("the bank keeps {}", amount(entry.bank)),
        std::cmp::Ordering::Greater => {
            format!("the bank rises from {} to {}", amount(before), amount(entry.bank))
        }
    };
    let cost = grouped(entry.actual);
    Some(match entry.price {
        Some(price) => format!("Cost {cost}, price {}: {bank}.", amount(price)),
        None => format!("Cost {cost}, without a price, so it is charged its amortized cost: {bank}."),
    })
}

/// Describes many operations by their sums.
fn many(array: &Array, done: u128, last: &Operation, with_bank: bool) -> Vec<String> {
    let (now, before) = (array.totals(), &array.before().totals);
    let (written, removed) = (now.written - before.written, now.removed - before.removed);
    let one_by_one = array.is_one_by_one();
    let mut sentences = vec![match (written, removed) {
        (written, 0) if one_by_one && written == done => {
            format!("{} pushed.", count(written, "row was", "rows were"))
        }
        (0, removed) if one_by_one && removed == done => {
            format!("{} removed.", count(removed, "row was", "rows were"))
        }
        (0, 0) => format!("{} operations added and removed no rows.", grouped(done)),
        (written, 0) => format!("{} operations added {}.", grouped(done), count(written, "row", "rows")),
        (0, removed) => format!("{} operations removed {}.", grouped(done), count(removed, "row", "rows")),
        (written, removed) => {
            format!(
                "{} operations added {} and removed {}.",
                grouped(done),
                count(written, "row", "rows"),
                grouped(removed)
            )
        }
    }];
    let (growths, shrinks) = (now.growths - before.growths, now.shrinks - before.shrinks);
    let mut resizes = Vec::new();
    resizes.extend((growths > 0).then(|| format!("grew {}", times(growths))));
    resizes.extend((shrinks > 0).then(|| format!("shrank {}", times(shrinks))));
    if resizes.is_empty() {
        sentences.push(format!("The capacity stayed {}, and nothing was copied.", grouped(now.capacity)));
    } else {
        let charged = now.charged - before.charged;
        let (of, what) =
            if removed == 0 && written > 0 { (written, "row added") } else { (done, "operation") };
        // The bound is about all rows so far: here it is given only if this program pushed all of
        // them.
        let bound = bound(array).filter(|_| before.written == 0);
        sentences.push(format!(
            "The capacity {}, from {} to {}, and {} copied: {} for each {what}{}.",
            resizes.join(" and "),
            grouped(before.capacity),
            grouped(now.capacity),
            count(charged, "row was", "rows were"),
            decimal(charged, of).unwrap_or_default(),
            bound.map(|bound| format!(", always less than {bound}")).unwrap_or_default()
        ));
    }
    sentences.extend(bound(array).filter(|_| before.written > 0).and_then(|bound| {
        let so_far = decimal(now.charged, now.written)?;
        let rows = if so_far == "1" { "row was" } else { "rows were" };
        Some(format!("So far {so_far} {rows} copied per row added, always less than {bound}."))
    }));
    if let (true, Some(from), Some(to)) = (with_bank, array.before().bank, array.bank()) {
        sentences.push(format!("The bank had {} and has {}.", amount(from), amount(to)));
    }
    if last.step.resize.is_some() {
        sentences.push("At the end:".into());
        sentences.extend(one(array, last, with_bank));
    }
    sentences
}

fn times(number: u128) -> String {
    match number {
        1 => "once".into(),
        2 => "twice".into(),
        _ => format!("{} times", grouped(number)),
    }
}

/// The bound on the copies per row, for an array to which rows were only pushed.
fn bound(array: &Array) -> Option<String> {
    let bounds = Bounds::of(&array.growth()).filter(|_| array.is_only_pushed() && array.totals().written > 0);
    bounds.map(|bounds| amount(bounds.copies_per_push()))
}

fn thrashing(array: &Array) -> Option<String> {
    let (least, among) = THRASHING;
    let recent = array.recent();
    let last = &recent[recent.len().saturating_sub(among)..];
    let resizes = last.iter().filter_map(|operation| operation.step.resize);
    let copying: Vec<_> = resizes.filter(|resize| resize.rows > 0).collect();
    let grows = |resize: &Resize| resize.to > resize.from;
    let turns = copying.windows(2).filter(|pair| grows(&pair[0]) != grows(&pair[1])).count();
    (turns + 1 >= least).then(|| {
        format!(
            "The array thrashes: {} of the last {} operations copied all rows.",
            copying.len(),
            last.len()
        )
    })
}

fn debt(array: &Array) -> Option<String> {
    let bank = array.bank().filter(|bank| *bank < Ratio::from(0))?;
    let whose = match array.audited_by() {
        Some(growth) => format!("the prices of {} are not sufficient for this policy", policy::whose(growth)),
        None => "the prices are not sufficient".into(),
    };
    Some(format!("The bank is in debt by {}: {whose}.", amount(without_sign(bank))))
}
