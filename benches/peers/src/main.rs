//! How fast rows are pushed into a `GrowableNd`, next to `Vec` and to ndarray, in one interleaved run; and how fast
//! views are read and written, and numbers summed and mapped, next to ndarray.
//!
//! ```text
//! cargo run --release --manifest-path benches/peers/Cargo.toml            # pushing: the tables, as Markdown
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- --views # views: the same, from 15 processes
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- --numeric # sums and maps: the same
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
mod numeric;
mod row_type;
mod source;
mod verdict;
mod views;

use growable_nd::Row;
use interleaved::{measure, print_table, touch_memory};
use row_type::RowType;
use source::Source;
use verdict::Verdict;

/// How large the finished arrays are, and how often each is built.
struct Size {
    name: &'static str,
    bytes: usize,
    rounds: usize,
}

/// In memory that was touched just before and that the allocator hands out again: what remains is the work
/// of pushing.
const WARM: Size = Size { name: "1 MiB, warm", bytes: 1 << 20, rounds: 300 };
/// In memory that is fresh from the operating system every time, whose page faults everyone pays.
const LARGE: Size = Size { name: "64 MiB", bytes: 64 << 20, rounds: 15 };

fn main() {
    let wanted = |option: &str| std::env::args().any(|argument| argument == option);
    if wanted("--views") {
        return interleaved::report(views::run_all);
    }
    if wanted("--numeric") {
        return interleaved::report(numeric::run_all);
    }
    let quick = wanted("--quick");
    machine::describe();
    let mut verdict = Verdict::default();
    for mut size in [WARM, LARGE] {
        if quick {
            size.rounds = 2;
        }
        // A virtual machine hands out memory slowly the first time; whoever came first would pay for all.
        touch_memory(512 << 20);
        race::<[f64; 3]>(&size, &mut verdict);
        race::<[[f64; 4]; 4]>(&size, &mut verdict);
        race::<[[f64; 10]; 10]>(&size, &mut verdict);
        race::<[[f64; 64]; 64]>(&size, &mut verdict);
    }
    verdict.print();
}

/// Times everyone with rows of the shape of `R`.
fn race<R: RowType>(size: &Size, verdict: &mut Verdict)
where
    for<'a> &'a R: Row<f64>,
{
    let source = Source::new(R::SHAPE, size.bytes);
    let title = format!("{} `f64`, {}", source.row_name(), size.name);

    let everyone = contenders::everyone::<R>(&source);
    print_table(&title, source.count(), "row", &measure(everyone, size.rounds));

    // The harness compares with the first contender only, so ours leads a run of its own against the peers.
    let ours_and_peers = contenders::ours_and_peers::<R>(&source);
    verdict.add(&title, &measure(ours_and_peers, size.rounds));
}
