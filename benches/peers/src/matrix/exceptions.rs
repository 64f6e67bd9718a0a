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
        reason: "A closure captures the operands by reference. For all that the compiler knows, a store \
                 to the result may then change the shapes of the others, so that it checks each index \
                 anew, as it does for ndarray. Arrays that a function takes by reference, and views, are \
                 not concerned.",
    },
    Exception {
        cells: &[["index", "(views)|of view[[", "", "", ""]],
        reason: "An element of a view is checked against the slice besides its indices: strides that the \
                 compiler does not know may lead anywhere.",
    },
    Exception {
        cells: &[["index", "scattered", "", "", ""]],
        reason: "Three checks for each element that is read out of order, of which the loop by hand makes \
                 one.",
    },
    Exception {
        cells: &[["index", "", "", "", "8×8|rows of 3"], ["index", "product", "", "", ""]],
        reason: "The shape is compared before the loop, which is short.",
    },
    Exception {
        cells: &[["walk", "collect()", "", "", ""]],
        reason: "`Vec` checks its capacity at each element, unless the iterator is one of std's own. As fast as \
                 ndarray's; `to_owned_array().into_vec()` copies whole lanes.",
    },
    Exception {
        cells: &[[
            "walk",
            "in for|for x in|skip|step_by|.sum()|fold()|any()|position()",
            "",
            "",
            "L2|memory|64×64",
        ]],
        reason: "An iterator asks at each element whether its lane has ended, and is not vectorized over \
                 several lanes, or over two views. Within lanes `fold` and the searches are, if elements \
                 are neighbours; `sum`, `zip_with` and `dot` always.",
    },
    Exception {
        cells: &[["walk_parts", "windows_nd|tiles", "", "", ""]],
        reason: "Sums of views with gaps and few elements: some nanoseconds to find out that neither the \
                 view nor the transposed one is a slice, and to begin each row. Tried: no order but that of \
                 the indices for up to 25 elements (as it is now, from 26 to 16 ns for nine).",
    },
    Exception {
        cells: &[["walk_parts", "", "", "", ""], ["walk_mut", "for_each_axis_mut", "", "", ""]],
        reason: "One or two nanoseconds to make a view: extents and strides of each axis, and a slice \
                 that stays whole, so that each index is checked against it.",
    },
    Exception {
        cells: &[["walk", "", "", "", "3×3|8×8|rows of 3"]],
        reason: "Some nanoseconds to find out whether a view is contiguous, and to merge its axes if not.",
    },
    Exception {
        cells: &[
            ["map", "map|zip_with", "", "transposed|permuted|inverted", "L2|memory"],
            ["arrange", "concat", "", "transposed", ""],
        ],
        reason: "The result is row-major by contract; ndarray's keeps the order of its source and is not \
                 transposed. Next to ndarray made to write row-major ours takes 0.2 to 0.8. Tried: strips \
                 of 8, 16 and 32, tiles of 4×4 to 16×16, of which 4×4 in registers is best; bytes would \
                 need shuffles.",
    },
    Exception {
        cells: &[
            ["map|operators", "", "", "", "3×3|8×8"],
            ["create", "", "", "", ""],
            ["copy", "", "", "", "3×3|8×8|1×3|1×64"],
        ],
        reason: "An array is 216 bytes, of which all are written; ndarray's matrix is 64, a vector 24. \
                 Tried: to make it last and where it goes (results of three elements: from 60 to 40 ns). \
                 An array of 64 bytes more is at most a tenth slower to clone, so that one of fewer would \
                 gain as little.",
    },
    Exception {
        cells: &[["reduce_axis", "sum_axes", "", "", ""]],
        reason: "One axis after the other, each with an allocation for its results.",
    },
    Exception {
        cells: &[["reduce_axis|nan", "", "", "", "3×3|8×8"]],
        reason: "As above, some 5 ns for the result; the rest finds out how the lanes lie. Tried: loops \
                 over the extents (as they are now, from 70 to 40 ns).",
    },
    Exception {
        cells: &[["compare", "first_difference", "", "", ""]],
        reason: "If some element differs, views with gaps are searched a second time, element by element, \
                 and the index is a vector. If none does, it is as fast as `all_close`.",
    },
    Exception {
        cells: &[["reduce", "", "", "", "3×3|8×8"], ["compare", "", "", "", "3×3|8×8|1×3|1×64"]],
        reason: "Some nanoseconds to compare shapes and to find out the order in memory, as many as the \
                 elements take.",
    },
    Exception {
        cells: &[["reduce", "row.|column.|windows", "", "", ""]],
        reason: "Views of 3 to 64 elements: a slice is checked and its length compared with the size of a \
                 chunk. Up to eight elements are inlined; more made rows of three slower.",
    },
    Exception {
        cells: &[["reduce|reduce_axis", "mean_of as|mean_axis_of as", "u8", "", ""]],
        reason: "By hand bytes are summed as integers, and converted once. Ours converts each, as it must \
                 for any function, in half of ndarray's time along an axis.",
    },
    Exception {
        cells: &[["reduce|reduce_axis", "", "", "stepped|sliced|broadcast|inverted", "L2"]],
        reason: "Lanes with gaps: four or sixteen elements at a time with one check, and pairwise; by \
                 hand in order. Bytes with gaps are not vectorized.",
    },
    Exception {
        cells: &[["reduce|reduce_axis", "max|min", "", "", ""]],
        reason: "NumPy has kernels for each processor, with wider vectors than the default target \
                 features have; next to the loop by hand the same operations are mostly at 1.0 or less.",
    },
    Exception {
        cells: &[["reduce|reduce_axis", "sum|product|dot", "Complex", "", ""]],
        reason: "Accumulators of 16 bytes do not all fit into the registers. Eight instead of 16 helped \
                 sums (from 1.3 to 1.05), not products; four helped neither.",
    },
    Exception {
        cells: &[["reduce_axis|nan", "", "", "", "L2|memory|rows of"]],
        reason: "A line of a few elements is begun in two or three nanoseconds, and slabs of lanes that \
                 are short likewise.",
    },
    Exception {
        cells: &[["build", "extend_from_slice|extend_rows|from_rows|push_row|collect", "", "", ""]],
        reason: "Each row is compared with the shape, and the number of rows is counted in memory, where \
                 a vector counts its length only. Tried: growing in a loop, growing first, errors out of \
                 line (as they are now), `inline(always)`: which is fastest depends on where the code \
                 lies.",
    },
    Exception {
        cells: &[["build", "stack", "", "", ""]],
        reason: "The shape of each view is compared, and whether it is contiguous.",
    },
    Exception {
        cells: &[["rows", "pop_row|drain_rows|swap_remove_row", "", "", ""]],
        reason: "Rows that are returned are vectors of their own, an allocation each.",
    },
    Exception {
        cells: &[
            ["rows", "retain_rows|swap_rows", "", "", ""],
            ["arrange", "dedup_rows|sort_rows_by", "", "", ""],
        ],
        reason: "Elements are moved by swaps: to overwrite them they would have to be `Copy`, as those of \
                 the loop by hand are.",
    },
    Exception {
        cells: &[["append", "push_row_from_earlier", "", "", ""]],
        reason: "Rows of one element: their number is counted in memory besides the length of the vector.",
    },
    Exception {
        cells: &[["append", "push_row_from", "", "", ""]],
        reason: "The iterator is asked for one element more than a row has, and what it yielded is counted: a \
                 length that it tells may be wrong.",
    },
    Exception {
        cells: &[["append", "push", "", "", ""]],
        reason: "The number of rows is counted in memory, where a vector counts its length only, and the \
                 array is checked to have no inner axes. ndarray takes two to three times as long.",
    },
    Exception {
        cells: &[["append", "RowBuffer", "", "", ""]],
        reason: "Elements of a row that is not whole are kept apart, and cloned once more when it is: the \
                 array has whole rows at any time. By hand there are rows at the end only.",
    },
    Exception {
        cells: &[["arrange", "insert_rows", "", "", ""]],
        reason: "Rows are pushed one by one, each compared with the shape, and moved to their place when all \
                 are there: none stays if the source fails or panics. By hand the elements are one slice, \
                 and the place is free before they come.",
    },
    Exception {
        cells: &[["arrange", "concat", "", "", "3×3"]],
        reason: "The operands are collected first, since their shapes are needed before their elements: one \
                 or two small allocations.",
    },
    Exception {
        cells: &[["arrange", "concat", "", "", ""]],
        reason: "Slabs of a few elements: the result is filled first, and written operand by operand.",
    },
    Exception {
        cells: &[["operators", "row|column", "", "", ""]],
        reason: "Rows of a few elements, which are begun anew for each: two or three nanoseconds for two \
                 operands, some more for three.",
    },
    Exception {
        cells: &[["rows", "", "", "", ""]],
        reason: "Some nanoseconds for the counters and the policy, or one more pass where elements own \
                 memory.",
    },
    Exception {
        cells: &[["formats", "from memory|from a file|from a slice", "", "", "memory"]],
        reason: "NumPy's freed block stays mapped for the next; ours comes from the system each time, as \
                 that of the copy by hand does.",
    },
    Exception {
        cells: &[["formats", "read_rows|read_n_rows|read_npy", "", "", ""]],
        reason: "Safe code reads into initialized memory only, so that it is filled with zeros first; or \
                 the elements of a file are put into another order.",
    },
    Exception {
        cells: &[["formats", "format!", "", "", ""]],
        reason: "Columns are aligned, ndarray's are not.",
    },
    Exception {
        cells: &[["formats", "NpyAppender|write_npy", "", "", ""]],
        reason: "A row is copied to the buffer of the appender first, where `BufWriter` passes a large \
                 one on.",
    },
    Exception {
        cells: &[["serde", "", "", "", ""]],
        reason: "A row is a sequence of its own in the data, so that its length is checked.",
    },
    Exception {
        cells: &[["copy|map|compare", "", "", "", ""]],
        reason: "Lanes with gaps or of a few elements: two or three nanoseconds to begin a lane.",
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
