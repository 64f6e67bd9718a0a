//! The minimum or the maximum of a slice. NaN propagates, or is skipped.
//!
//! A comparison that propagates NaN takes several instructions, a comparison that ignores NaN takes
//! one. So each chunk is first searched for NaN, and then compared.

use crate::kernels::blocks::accumulators;
use crate::kernels::find::is_nan;
use core::mem::needs_drop;

/// Maximum length of a slice that is compared inline: a call would take longer.
const FEW: usize = 16;

/// Returns the element that beats all others, or NaN if there is one. `None` if there are no
/// elements. `beats(a, b)` is false if one of the two is NaN.
#[inline(never)]
pub(crate) fn best_of<T: Clone + PartialOrd>(line: &[T], beats: impl Fn(&T, &T) -> bool) -> Option<T> {
    // Accumulators of 64 bytes in total: twice as many are slower together with the search for NaN.
    match const { if needs_drop::<T>() { 0 } else { size_of::<T>() } } {
        0 => line.first().map(|first| best_in_order(first.clone(), &line[1..], beats)),
        1 => best_of_chunks::<_, 64>(line, beats),
        2 => best_of_chunks::<_, 32>(line, beats),
        3..=4 => best_of_chunks::<_, 16>(line, beats),
        _ => best_of_chunks::<_, 8>(line, beats),
    }
}

/// Compares two chunks of `W` elements at a time with `W` accumulators.
fn best_of_chunks<T: Clone + PartialOrd, const W: usize>(
    line: &[T],
    beats: impl Fn(&T, &T) -> bool,
) -> Option<T> {
    let first = line.first()?;
    let mut best: [T; W] = accumulators(first);
    let chunks = line.chunks_exact(2 * W);
    let rest = chunks.remainder();
    for chunk in chunks {
        let (x, y) = chunk.split_at(W);
        // Not a range, which without optimization takes longer than the comparisons.
        let (mut found, mut k) = (false, 0);
        while k < W {
            found |= is_nan(&x[k]) | is_nan(&y[k]);
            k += 1;
        }
        if found {
            return chunk.iter().find(|element| is_nan(*element)).cloned();
        }
        for chunk in [x, y] {
            let mut k = 0;
            while k < W {
                best[k] = if beats(&chunk[k], &best[k]) { chunk[k].clone() } else { best[k].clone() };
                k += 1;
            }
        }
    }
    let best = best_in_order(first.clone(), &best, &beats);
    Some(best_in_order(best, rest, &beats))
}

/// Returns the element that beats all others, ignoring NaN. `None` if all elements are NaN.
/// `beats(a, b)` is false if one of the two is NaN.
#[inline]
pub(crate) fn best_number<T: Clone + PartialOrd>(line: &[T], beats: impl Fn(&T, &T) -> bool) -> Option<T> {
    // Starts with a number: NaN beats nothing, so it never replaces the number.
    let first = line.iter().find(|element| !is_nan(*element))?.clone();
    Some(match const { if needs_drop::<T>() { 0 } else { size_of::<T>() } } {
        _ if line.len() <= FEW => best_after(first, line, &beats),
        0 => best_after(first, line, &beats),
        1 => best_after_chunks::<_, 128>(first, line, &beats),
        2 => best_after_chunks::<_, 64>(first, line, &beats),
        3..=4 => best_after_chunks::<_, 32>(first, line, &beats),
        _ => best_after_chunks::<_, 16>(first, line, &beats),
    })
}

/// Compares chunks of `W` elements with `W` accumulators.
#[inline(never)]
fn best_after_chunks<T: Clone, const W: usize>(first: T, line: &[T], beats: &impl Fn(&T, &T) -> bool) -> T {
    let mut best: [T; W] = accumulators(&first);
    let chunks = line.chunks_exact(W);
    let rest = chunks.remainder();
    for chunk in chunks {
        let mut k = 0;
        while k < W {
            best[k] = if beats(&chunk[k], &best[k]) { chunk[k].clone() } else { best[k].clone() };
            k += 1;
        }
    }
    best_after(best_after(first, &best, beats), rest, beats)
}

/// Compares elements one after the other.
#[inline]
fn best_after<T: Clone>(first: T, others: &[T], beats: &impl Fn(&T, &T) -> bool) -> T {
    others.iter().fold(first, |best, element| if beats(element, &best) { element.clone() } else { best })
}

/// Compares elements one after the other. NaN propagates.
// By value: a reference would keep the accumulators in memory, which is slower.
#[inline]
fn best_in_order<T: Clone + PartialOrd>(first: T, others: &[T], beats: impl Fn(&T, &T) -> bool) -> T {
    let keeps = |best: &T, element: &T| is_nan(best) || !(beats(element, best) || is_nan(element));
    others.iter().fold(first, |best, element| if keeps(&best, element) { best } else { element.clone() })
}
