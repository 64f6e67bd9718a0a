//! How fast rows are pushed into a `GrowableNd`, next to `Vec` and to ndarray, in one interleaved run.
//!
//! ```text
//! cargo run --release --manifest-path benches/peers/Cargo.toml            # the tables, as Markdown
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- --quick # two rounds: only shows that it runs
//! ```
//!
//! Rows of `f64` arrive one at a time, and who takes them does not know how many will come. Timed is the way
//! from the empty container to the finished array, without the drop. To add a peer, write its contenders in a
//! file like `ndarrays.rs` and put them on the list in `contenders.rs`.

mod contenders;
#[path = "../../interleaved/mod.rs"]
mod interleaved;
mod machine;
mod ndarrays;
mod source;
mod verdict;

use growable_nd::ShapedRow;
use interleaved::{measure, print_table, touch_memory};
use ndarray::{Ix1, Ix2};
use ndarrays::RowDim;
use source::{Source, matrices, vectors};
use verdict::Verdict;

/// How large the finished arrays are, and how often each is built.
struct Size {
    name: &'static str,
    bytes: usize,
    rounds: usize,
}

/// In the cache, and in memory that the allocator hands out again: what remains is the work of pushing.
const WARM: Size = Size { name: "1 MiB, warm", bytes: 1 << 20, rounds: 300 };
/// In memory that is fresh from the operating system every time, whose page faults everyone pays.
const LARGE: Size = Size { name: "64 MiB", bytes: 64 << 20, rounds: 15 };

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    machine::describe();
    let mut verdict = Verdict::default();
    for mut size in [WARM, LARGE] {
        if quick {
            size.rounds = 2;
        }
        // The first time, a virtual machine is slow to hand out memory; whoever came first would pay for all.
        touch_memory(512 << 20);
        race(&size, Ix1(3), vectors::<3>, &mut verdict);
        race(&size, Ix2(4, 4), matrices::<4, 4>, &mut verdict);
        race(&size, Ix2(10, 10), matrices::<10, 10>, &mut verdict);
        race(&size, Ix2(64, 64), matrices::<64, 64>, &mut verdict);
    }
    verdict.print();
}

/// All contenders for rows of the shape `row`, which as types known at compile time are `R`.
fn race<R, I>(size: &Size, row: I, as_arrays: fn(&[f64]) -> &[R], verdict: &mut Verdict)
where
    for<'a> &'a R: ShapedRow<f64>,
    I: RowDim,
{
    let source = Source::new(row.size(), size.bytes);
    let arrays = as_arrays(source.ring());
    let title = format!("{} `f64`, {}", source::shape_name(row.slice()), size.name);

    let everyone = contenders::everyone(&source, &row, arrays);
    print_table(&title, source.count(), "row", &measure(everyone, size.rounds));

    // The harness compares with the first contender only, so ours leads a run of its own against the peers.
    let peers = contenders::ours_against_peers(&source, &row);
    verdict.add(&title, &measure(peers, size.rounds));
}
