//! The known reasons why cells are above the target, each with the cells that it explains.

use super::run::Key;

/// Why some cells are above the target.
pub struct Exception {
    /// Patterns for group, operation, element, layout and size of a cell, and for the fastest
    /// contender. `|` separates alternatives. The group must equal one; each other name must contain
    /// one, which an empty pattern always fulfills.
    cells: &'static [[&'static str; 6]],
    /// The reason, and what was tried.
    pub reason: &'static str,
}

/// The first exception that names a cell explains it.
pub const EXCEPTIONS: &[Exception] = &[
    Exception {
        cells: &[["index", "captured", "", "", "", ""]],
        reason: "A closure captures the operands by reference. The compiler must then assume \
                 that a store to the result changes the shapes of the other operands, and \
                 checks each index anew; it does so for ndarray as well. Arrays passed to a \
                 function by reference, and views, are not affected.",
    },
    Exception {
        cells: &[["index", "(views)|of view[[", "", "", "", ""]],
        reason: "An element of a view is checked against the slice besides its indices: the \
                 strides are unknown at compile time. ndarray checks the indices, and reads \
                 without a second check in unsafe code.",
    },
    Exception {
        cells: &[["index", "scattered", "", "", "", ""]],
        reason: "Each element that is read out of order needs three checks; the hand-written \
                 loop needs one.",
    },
    Exception {
        cells: &[["index", "", "", "", "8×8|rows of 3", ""], ["index", "product", "", "", "", ""]],
        reason: "The shape is compared before the loop, and the loop is short.",
    },
    Exception {
        cells: &[["walk", "collect()", "", "", "", "hand"]],
        reason: "`Vec` checks its capacity at each element, unless the iterator is one of std. \
                 That takes 0.5 to 1.3 times as long as with ndarray; \
                 `to_owned_array().into_vec()` copies whole lanes.",
    },
    Exception {
        cells: &[[
            "walk|walk_mut",
            "in for|for x|zip of two|step_by|skip",
            "",
            "",
            "L2|memory|64×64",
            "hand",
        ]],
        reason: "A `for` loop calls `next` for each element, which checks whether the lane has \
                 ended, and is not vectorized; the hand-written loop has a loop for each lane. \
                 The iterators of ndarray take 0.7 to 3 times as long as ours.",
    },
    Exception {
        cells: &[[
            "walk|walk_mut|walk_parts",
            "fold()|.sum()|any()|position()|for_each()|in for",
            "",
            "",
            "L2|memory",
            "",
        ]],
        reason: "Lanes with gaps or in reverse: the hand-written loop is one loop over pairs or \
                 over the reversed slice, and is vectorized for sums of integers. Transposed, \
                 both follow the order of indices and wait for memory.",
    },
    Exception {
        cells: &[["walk_parts", "windows_nd|tiles", "", "", "", ""]],
        reason: "Sums of views with gaps and few elements: it takes some nanoseconds to find \
                 out that neither the view nor its transpose is a slice, and to begin each row. \
                 Tried: only the order of the indices for up to 25 elements (kept: from 26 to \
                 16 ns for nine).",
    },
    Exception {
        cells: &[["walk_parts", "", "", "", "", ""], ["walk_mut", "for_each_axis_mut", "", "", "", ""]],
        reason: "Making a view takes one or two nanoseconds: extents and strides of each axis, \
                 and the whole slice, against which each index is checked.",
    },
    Exception {
        cells: &[["walk|walk_mut", "", "", "", "3×3|8×8|1×3|1×64|rows of 3", ""]],
        reason: "Some nanoseconds to find out whether a view is contiguous, to merge its axes \
                 if it is not, and to begin a lane of three elements.",
    },
    Exception {
        cells: &[
            ["map", "map|zip_with", "", "transposed|permuted|inverted", "L2|memory", "ndarray|NumPy"],
            ["arrange", "concat", "", "transposed", "", "ndarray|NumPy"],
        ],
        reason: "The result is row-major by contract. ndarray and NumPy keep the order of their \
                 source and do not transpose; next to ndarray that writes row-major, ours takes \
                 0.2 to 0.8 of the time. Tried: strips of 8, 16 and 32, tiles of 4×4 to 16×16; \
                 4×4 in registers is best. Bytes would need shuffles.",
    },
    Exception {
        cells: &[[
            "map",
            "zip_with, contiguous|zip_with_in_place, contiguous",
            "",
            "transposed|permuted",
            "",
            "hand",
        ]],
        reason: "One operand is contiguous and the other transposed: by hand the transposed one \
                 is copied first, in tiles. Tried: reading the columns in groups of 8, 32 and \
                 64 (0.7 of the time if the extent is a power of two, 2 times otherwise).",
    },
    Exception {
        cells: &[["map", "try_map", "", "contiguous|permuted|transposed", "L2|memory", ""]],
        reason: "The elements so far must be dropped where an error ends the loop, so their \
                 number is in memory; by hand an error is a panic.",
    },
    Exception {
        cells: &[
            ["map", "fill|map_in_place|for_each_mut|zip_with_in_place", "", "", "3×3|8×8|1×3|1×64", ""],
            ["operators", "+=", "", "", "3×3|8×8|1×3|1×64", ""],
            ["copy", "assign|clone_from", "", "", "3×3|8×8|1×3|1×64", ""],
        ],
        reason: "Written in place: some nanoseconds to compare the shapes, and to find out how \
                 the elements lie.",
    },
    Exception {
        cells: &[
            ["map|operators", "", "", "", "3×3|8×8|1×3|1×64", ""],
            ["create", "new|capacity|from_vec|zeros|ones|full|resize|GrowableNd::from", "", "", "", ""],
            ["copy", "", "", "", "3×3|8×8|1×3|1×64", ""],
        ],
        reason: "An array is 216 bytes, all of which are written; a matrix of ndarray is 64 \
                 bytes, a vector 24. Tried: making the array last and in its final place \
                 (results of three elements: from 60 to 40 ns). An array with 64 bytes more is \
                 at most a tenth slower to clone, so a smaller one would gain as little.",
    },
    Exception {
        cells: &[["reduce_axis", "sum_axes", "", "", "", ""]],
        reason: "The axes are summed one after the other, with one allocation each for the \
                 results.",
    },
    Exception {
        cells: &[["reduce_axis|nan", "", "", "", "3×3|8×8", ""]],
        reason: "Some 5 ns to write the array of the result; the rest finds out how the lanes \
                 lie. Tried: loops over the extents (kept: from 70 to 40 ns).",
    },
    Exception {
        cells: &[["compare", "first_difference", "", "", "", ""]],
        reason: "If an element differs, views with gaps are searched a second time, element by \
                 element, and the index is a vector. If none differs, it is as fast as \
                 `all_close`.",
    },
    Exception {
        cells: &[["reduce", "", "", "", "3×3|8×8", ""], ["compare", "", "", "", "3×3|8×8|1×3|1×64", ""]],
        reason: "Comparing shapes and finding the order in memory takes some nanoseconds, as \
                 many as the elements take.",
    },
    Exception {
        cells: &[["reduce", "row.|column.|windows", "", "", "", ""]],
        reason: "Views of 3 to 64 elements: the slice is checked, and its length is compared \
                 with the size of a chunk. Up to eight elements are inlined; inlining more made \
                 rows of three slower.",
    },
    Exception {
        cells: &[["reduce_axis", "mean_axis_of as", "u8", "", "", ""]],
        reason: "The hand-written loop sums bytes as integers and converts once. Ours converts \
                 each byte, as it must for any function; along an axis that takes at most \
                 ndarray's time.",
    },
    Exception {
        cells: &[["reduce|reduce_axis", "max|min", "", "", "", "NumPy"]],
        reason: "NumPy has kernels for each processor, with wider vectors than the default \
                 target features have.",
    },
    Exception {
        cells: &[["reduce_axis", "argmax_axis", "", "", "", ""]],
        reason: "Lines with gaps are compared one element after the other. Across lines, ours \
                 and the hand-written loop both store a value and a position for each element; \
                 why ours takes longer there is not known.",
    },
    Exception {
        cells: &[["reduce_axis", "max_axis(1)|min_axis(1)", "u8", "contiguous", "L2", ""]],
        reason: "Lines of 1024 bytes: 128 accumulators are combined at the end of each.",
    },
    Exception {
        cells: &[["reduce_axis|nan", "", "", "", "rows of 3|rows of 8|rows of 33", ""]],
        reason: "Lines of a few elements: the hand-written loop is written for rows of exactly \
                 3 and 8. Ours has a loop of constant length for two to four elements along the \
                 axis, and joins rows across it.",
    },
    Exception {
        cells: &[["reduce|reduce_axis|nan", "", "", "stepped", "", ""]],
        reason: "Every other element. The hand-written loop over pairs is vectorized by the \
                 compiler for integers; ours has 16 accumulators for all types of elements, \
                 which are combined at the end of each line.",
    },
    Exception {
        cells: &[["reduce|reduce_axis|nan", "", "", "sliced|broadcast|inverted", "", ""]],
        reason: "Lanes with gaps between them are summed pairwise in blocks, each with a \
                 beginning and an end; the hand-written loop adds one lane after the other.",
    },
    Exception {
        cells: &[["reduce|reduce_axis", "sum|product|dot", "Complex", "", "", ""]],
        reason: "Accumulators of 16 bytes do not all fit into the registers. Tried: eight \
                 instead of 16 helped sums (from 1.3 to 1.05), not products; four helped \
                 neither.",
    },
    Exception {
        cells: &[["reduce_axis|nan", "", "", "", "", ""]],
        reason: "Beginning a line takes two or three nanoseconds, and so does combining its \
                 accumulators; so does beginning a slab of short lanes.",
    },
    Exception {
        cells: &[
            ["build", "extend_from_slice|extend_rows|from_rows|push_row|collect", "", "", "", ""],
            ["create", "push_row", "", "", "", ""],
        ],
        reason: "Each row is compared with the shape, and the number of rows is counted in \
                 memory; a vector counts its length only. Tried: growing in a loop, growing \
                 first, errors out of line (kept), `inline(always)`: which is fastest depends \
                 on the address of the code.",
    },
    Exception {
        cells: &[["build", "stack", "", "", "", ""]],
        reason: "The shape of each view is compared, and each view is checked to be contiguous.",
    },
    Exception {
        cells: &[["rows", "pop_row|drain_rows|swap_remove_row", "", "", "", ""]],
        reason: "Rows that are returned are vectors of their own: one allocation each. The \
                 hand-written loop allocates as well, and moves a row by one copy; ours moves \
                 element by element, since the allocation must be able to fail.",
    },
    Exception {
        cells: &[["rows", "split_off", "", "", "", ""]],
        reason: "The rows are moved element by element (1.7 times as long as a copy in the \
                 cache): `Vec::split_off` copies, but ends the process if the allocation fails.",
    },
    Exception {
        cells: &[
            ["rows", "retain_rows|swap_rows", "", "", "", ""],
            ["arrange", "dedup_rows|sort_rows_by|reverse_rows", "", "", "", ""],
        ],
        reason: "Elements are moved by swaps: overwriting them would need `Copy`, which the \
                 elements of the loops with `copy_within` have. The other loops by hand swap as \
                 well; `swap_rows` checks both rows. Rows of one element are sorted by hand as \
                 a slice.",
    },
    Exception {
        cells: &[["append", "push_row_from_earlier", "", "", "", ""]],
        reason: "Rows of one element: their number is counted in memory besides the length of \
                 the vector.",
    },
    Exception {
        cells: &[["append", "push_row_from", "", "", "", ""]],
        reason: "The iterator is asked for one element more than a row has, and its elements \
                 are counted: the length that it reports may be wrong.",
    },
    Exception {
        cells: &[["append", "push", "", "", "", ""]],
        reason: "The number of rows is counted in memory besides the length of the vector, and \
                 the array is checked to have no inner axes. ndarray takes 1.7 to 2.2 times as \
                 long.",
    },
    Exception {
        cells: &[["append", "RowBuffer", "", "", "", ""]],
        reason: "Elements of an incomplete row are kept apart, and cloned once more when the \
                 row is complete: the array has whole rows at any time. The hand-written loop \
                 has whole rows at the end only.",
    },
    Exception {
        cells: &[["arrange", "insert_rows", "", "", "", ""]],
        reason: "Rows are pushed one by one, each compared with the shape, and moved to their \
                 place when all have arrived: none stays if the source fails or panics. By hand \
                 the elements are one slice, and their slots are reserved before they arrive.",
    },
    Exception {
        cells: &[["arrange", "concat", "", "", "3×3", ""]],
        reason: "The operands are collected first, since their shapes are needed before their \
                 elements: one or two small allocations.",
    },
    Exception {
        cells: &[["arrange", "concat", "", "", "", ""]],
        reason: "Slabs of a few elements: the result is filled first, and then written operand \
                 by operand.",
    },
    Exception {
        cells: &[["operators", "row|column", "", "", "", ""]],
        reason: "Rows of a few elements, each begun anew: two or three nanoseconds for two \
                 operands, somewhat more for three.",
    },
    Exception {
        cells: &[["rows", "", "", "", "", ""]],
        reason: "Some nanoseconds for the counters and the growth policy.",
    },
    Exception {
        cells: &[["formats", "read_rows|read_n_rows|read_npy", "", "", "", ""]],
        reason: "Safe code reads into initialized memory only, so the memory is filled with \
                 zeros first; the hand-written copy of a slice is not, that of a file is. An \
                 array whose final length is unknown grows; or the elements of a file are \
                 reordered.",
    },
    Exception {
        cells: &[["formats", "format!(\"{}\")", "", "", "", ""]],
        reason: "Floats have at most eight digits after the point and one notation for all, as \
                 in NumPy: each element is printed six times to find it. Of more than a \
                 thousand elements only those at the edges are printed.",
    },
    Exception {
        cells: &[["formats", "format!(\"{:#}\")", "", "", "", ""]],
        reason: "Columns are aligned; those of ndarray are not.",
    },
    Exception {
        cells: &[["formats", "NpyAppender|extend_from_bytes", "", "", "", ""]],
        reason: "Each row is compared with the shape. The appender copies it to its buffer \
                 first; `BufWriter` writes a large row without that copy.",
    },
    Exception {
        cells: &[["formats", "write_npy", "", "stepped", "", ""]],
        reason: "Elements with gaps are written by way of a buffer of 64 KiB; the hand-written \
                 loop reserves memory for all of them at once.",
    },
    Exception {
        cells: &[["serde", "", "", "", "", ""]],
        reason: "A row is a sequence of its own in the data, and its length is checked.",
    },
    Exception {
        cells: &[
            ["copy|map|compare", "", "", "stepped|sliced|inverted|broadcast|transposed|permuted", "", ""],
            ["copy|map|compare", "", "", "", "rows of 3", ""],
        ],
        reason: "Lanes with gaps or of a few elements: beginning a lane takes two or three \
                 nanoseconds.",
    },
];

/// Returns the index in [`EXCEPTIONS`] of the reason why this cell is slower than `best`, if there
/// is one.
pub fn reason_for(key: &Key, best: &str) -> Option<usize> {
    let names = [&key.operation[..], &key.element, &key.layout, &key.size, best];
    let has = |name: &str, parts: &str| parts.split('|').any(|part| name.contains(part));
    let names_cell = |[group, parts @ ..]: &[&str; 6]| {
        group.split('|').any(|group| key.group == group)
            && parts.iter().zip(names).all(|(parts, name)| has(name, parts))
    };
    EXCEPTIONS.iter().position(|exception| exception.cells.iter().any(names_cell))
}
