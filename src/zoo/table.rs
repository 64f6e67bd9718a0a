//! The table of all entries, and the functions and constants that its parts share.

use crate::growth::ratio::Ratio;
use crate::zoo::compiled::COMPILED;
use crate::zoo::entry::{Entry, Source, Tail};
use crate::zoo::libraries::LIBRARIES;
use crate::zoo::scripting::SCRIPTING;

const LENGTH: usize = SCRIPTING.len() + COMPILED.len() + LIBRARIES.len();

pub(crate) static ENTRIES: [Entry; LENGTH] = joined(&[&SCRIPTING, &COMPILED, &LIBRARIES]);

pub(crate) const NEVER: &str = "never by itself";
pub(crate) const AT_THE_END: &str = "to the exact size when all input is read";
pub(crate) const TWICE: Tail = factor(2, 1);

pub(crate) const fn factor(numerator: i128, denominator: i128) -> Tail {
    Tail::Factor(Ratio::new(numerator, denominator))
}

pub(crate) const fn source(
    repository: &'static str,
    file: &'static str,
    function: &'static str,
    version: &'static str,
) -> Source {
    Source { repository, file, function, version }
}

/// Turns a rule of the zoo into the function of a custom policy.
macro_rules! next {
    ($rule:ident) => {
        |request| rules::next_capacity(request, rules::$rule)
    };
}

pub(crate) use next;

/// Concatenates the parts. Runs at compile time, which checks the indices as well.
const fn joined(parts: &[&[Entry]]) -> [Entry; LENGTH] {
    let mut all = [parts[0][0]; LENGTH];
    let mut filled = 0;
    let mut part = 0;
    while part < parts.len() {
        let mut index = 0;
        while index < parts[part].len() {
            all[filled] = parts[part][index];
            filled += 1;
            index += 1;
        }
        part += 1;
    }
    assert!(filled == LENGTH);
    all
}
