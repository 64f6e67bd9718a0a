//! What keeps cells above the target: known reasons, each with the cells that it explains.

use super::run::Key;

/// Why some cells are above the target.
pub struct Exception {
    /// Names of cells, in parts: group, operation, element, layout and size. A name has each part in
    /// itself; an empty part is in all names. `|` stands between parts of which one is enough.
    cells: &'static [[&'static str; 5]],
    /// The reason, and what was tried.
    pub reason: &'static str,
}

/// The first that names a cell explains it.
pub const EXCEPTIONS: &[Exception] = &[
    Exception {
        cells: &[["index", "captured", "", "", ""]],
        reason: "A closure captures the operands by reference. A store to the result may then, for all that \
                 the compiler knows, change the shapes of the others, so that it checks each index anew, as it \
                 does for ndarray. Arrays that a function takes, and views, are not concerned.",
    },
    Exception {
        cells: &[["index", "(views)|of view[[", "", "", ""]],
        reason: "An element of a view is checked against the slice besides its indices: strides that the \
                 compiler does not know may lead anywhere. Tried: a branch for lanes without gaps (twice the \
                 code, and no vectors).",
    },
    Exception {
        cells: &[["index", "scattered", "", "", ""]],
        reason: "Three checks for each element that is read out of order, where the loop by hand does not check \
                 the column. Checked as one offset, random reads are level, but loops cannot move the checks \
                 out.",
    },
    Exception {
        cells: &[["index", "", "", "", "8×8|rows of 3"]],
        reason: "The shape is compared before the loop, for some eight elements.",
    },
    Exception {
        cells: &[["walk", "collect()", "", "", ""]],
        reason: "`Vec` asks for room at each element, unless the iterator is one of std's own. As for ndarray. \
                 `to_owned_array().into_vec()` copies whole lanes.",
    },
    Exception {
        cells: &[["walk", "in for|for x in", "", "", ""]],
        reason: "A `for` loop asks at each element whether its lane has ended, and is not vectorized where there \
                 is more than one lane, or two iterators. `fold` and what is built on it is; `zip_with` and `dot` \
                 walk two views at once.",
    },
    Exception {
        cells: &[["walk", "", "", "", "3×3|8×8|rows of 3"]],
        reason: "Some nanoseconds to find out whether a view is contiguous, and to merge its axes if not.",
    },
];

/// Why this cell is above the target, if that is known: a place in [`EXCEPTIONS`].
pub fn reason_for(key: &Key) -> Option<usize> {
    let names = [&key.group, &key.operation, &key.element, &key.layout, &key.size];
    let has = |name: &str, part: &str| part.split('|').any(|part| name.contains(part));
    EXCEPTIONS.iter().position(|exception| {
        exception.cells.iter().any(|parts| parts.iter().zip(names).all(|(part, name)| has(name, part)))
    })
}
