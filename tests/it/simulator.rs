use crate::amortized::{Program, Rule};
use crate::support::check;
use growable_nd::amortized::{
    Allocator, Bounds, FirstFit, Model, Op, OpError, Totals, Trace, Workload, simulate, simulate_with,
    worst_sequence,
};
use growable_nd::{GrowableNd, Growth, Ratio, Request, zoo};

const ALLOCATORS: [Allocator; 6] = [
    Allocator::AlwaysMoves,
    Allocator::TopOfHeap,
    Allocator::FirstFit,
    Allocator::SizeClasses { per_doubling: 4 },
    Allocator::SizeClasses { per_doubling: 0 },
    Allocator::Pages { page_rows: 16, from: 20 },
];

/// The array and the simulator agree on every event of any program.
#[test]
fn the_simulator_is_the_array_event_for_event() {
    check(|(Rule(growth), Program(ops)): (Rule, Program)| {
        let mut array = GrowableNd::<u16>::with_growth([2], growth);
        let mut expected = vec![];
        for (number, &op) in ops.iter().enumerate() {
            let (rows, from, before) = (array.rows(), array.capacity(), array.growth_stats());
            match op {
                Op::Push => array.push_row([7; 2]).unwrap(),
                Op::Pop => drop(array.pop_row().unwrap()),
                Op::Extend(more) => array.extend_rows(vec![[7; 2]; more as usize]).unwrap(),
                Op::Reserve(more) => array.reserve(more as usize),
                Op::ReserveExact(more) => array.reserve_exact(more as usize),
                Op::Truncate(to) => array.truncate(to as usize),
                _ => unreachable!("{op}"),
            }
            if array.growth_stats() != before {
                let kept = if array.capacity() > from { rows } else { array.rows() };
                let charged = array.growth_stats().rows_copied;
                let [from, to, kept] = [from, array.capacity(), kept].map(|rows| rows as u64);
                expected.push((number as u128 + 1, from, to, kept, u128::from(charged)));
            }
        }
        let steps = || ops.iter().map(|&op| (op, 1));
        let trace = simulate(growth, Allocator::AlwaysMoves, steps()).unwrap();
        let found = trace.events.iter().map(|event| {
            let resize = event.resize;
            (event.operation, resize.from, resize.to, resize.rows, event.charged)
        });
        assert!(found.eq(expected), "{growth}\n{trace}");
        let (totals, stats) = (trace.totals, array.growth_stats());
        assert_eq!((totals.rows, totals.capacity), (array.rows() as u64, array.capacity() as u64));
        assert_eq!((totals.growths, totals.shrinks), (stats.growths.into(), stats.shrinks.into()));
        assert_eq!((totals.charged, totals.peak), (stats.rows_copied.into(), stats.peak_rows as u128));
        assert_eq!(totals.written - totals.removed, totals.rows as u128);

        // The charges do not depend on the allocator.
        for allocator in ALLOCATORS {
            let other = simulate(growth, allocator, steps()).unwrap();
            assert_eq!(other.totals.cost(), totals.cost(), "{allocator:?}");
            assert_eq!(other.events.len(), trace.events.len(), "{allocator:?}");
            assert!(other.totals.copied <= totals.charged, "{allocator:?}");
            assert!(
                other.totals.footprint
                    >= other.events.iter().map(|event| event.resize.to as u128).max().unwrap_or(0)
            );
        }
    });
}

/// Repeated operations are counted as runs; the result equals that of single operations.
#[test]
fn repeated_operations_are_the_single_ones() {
    check(|(Rule(growth), runs): (Rule, Vec<(bool, u8)>)| {
        let mut rows = 0;
        let steps: Vec<(Op, u64)> = runs
            .into_iter()
            .map(|(pushes, times)| {
                let times = u64::from(times % 100);
                let (op, times) = if pushes { (Op::Push, times) } else { (Op::Pop, times.min(rows)) };
                rows = if pushes { rows + times } else { rows - times };
                (op, times)
            })
            .collect();
        let single = steps.iter().flat_map(|&(op, times)| (0..times).map(move |_| (op, 1)));
        for allocator in ALLOCATORS {
            let together = simulate(growth, allocator, steps.iter().copied()).unwrap();
            assert_eq!(together, simulate(growth, allocator, single.clone()).unwrap(), "{growth}");
        }
    });
}

/// 10^18 pushes and as many pops, on targets of every width, for each kind of policy that reaches
/// that number.
#[test]
fn more_rows_than_any_machine_has() {
    let rows = 1_000_000_000_000_000_000;
    for growth in ["2", "3/2", "9/8", "2 from 64 shrink to 2 at 1/4", "9/8 shrink to 9/8 at 64/81"] {
        let growth: Growth = growth.parse().unwrap();
        let workload = Workload::PushThenPop { rows };
        let totals = simulate(growth, Allocator::AlwaysMoves, workload.steps()).unwrap().totals;
        assert_eq!((totals.operations, totals.rows), (2 * u128::from(rows), 0));
        assert_eq!((totals.written, totals.removed), (rows.into(), rows.into()));
        let bounds = Bounds::of(&growth).unwrap();
        assert!(totals.charged <= bounds.copies(rows) + totals.removed * 16, "{growth}");
        assert!(totals.growths <= bounds.growths(rows), "{growth}");
    }
}

#[test]
fn impossible_operations_are_named() {
    let run = |steps: &[(Op, u64)]| {
        simulate(Growth::DOUBLE, Allocator::AlwaysMoves, steps.iter().copied()).unwrap_err()
    };
    assert!(matches!(run(&[(Op::Pop, 1)]), OpError::Empty { operation: 1, .. }));
    let error = run(&[(Op::Push, 1000), (Op::Pop, 2000)]);
    assert!(matches!(error, OpError::Empty { operation: 2001, .. }));
    let error = run(&[(Op::Extend(u64::MAX), 1), (Op::Truncate(u64::MAX), 1), (Op::Push, 5)]);
    assert!(
        matches!(error, OpError::TooManyRows { operation: 3, rows: u64::MAX, additional: 1, .. }),
        "{error:?}"
    );
    // Twice the capacity exceeds `u64`, so the capacity becomes the largest number.
    let steps = [(Op::Extend(u64::MAX / 2 + 2), 1), (Op::Push, 1), (Op::ReserveExact(u64::MAX / 2 - 2), 1)];
    let trace = simulate(Growth::DOUBLE, Allocator::AlwaysMoves, steps).unwrap();
    assert_eq!((trace.totals.capacity, trace.totals.growths), (u64::MAX, 2));
    assert_eq!(run(&[(Op::Pop, 1)]).to_string(), "operation 1: no row to pop");
    let shrinking = Growth::DOUBLE.with_shrink(Ratio::new(1, 4), Ratio::from(2));
    let empty = simulate(shrinking, Allocator::AlwaysMoves, [(Op::Pop, 1)]);
    assert!(matches!(empty, Err(OpError::Empty { operation: 1, .. })));
    let slow = Growth::factor(1 << 32, (1 << 32) - 1);
    let steps = [(Op::Reserve(u64::MAX - 1), 1), (Op::Push, u64::MAX)];
    let totals = simulate_with(slow, Allocator::TopOfHeap, steps, |_| {}).unwrap();
    assert_eq!((totals.rows, totals.capacity), (u64::MAX, u64::MAX));
}

#[test]
fn nothing_is_done_for_nothing() {
    let trace =
        simulate(Growth::DOUBLE, Allocator::AlwaysMoves, [(Op::Push, 0), (Op::Extend(0), 0)]).unwrap();
    assert_eq!(trace.totals, Default::default());
    assert_eq!(trace.to_string(), "operation,rows,from,to,charged,moved,copied,footprint\n");
    let steps = [(Op::Extend(0), 3), (Op::Reserve(0), 1), (Op::Truncate(7), 1)];
    let totals = simulate(Growth::DOUBLE, Allocator::AlwaysMoves, steps).unwrap().totals;
    assert_eq!((totals.operations, totals.growths, totals.worst_cost), (5, 0, 0));
}

#[test]
fn a_trace_prints_as_comma_separated_values() {
    let trace = simulate(Growth::DOUBLE, Allocator::AlwaysMoves, Workload::Push { rows: 3 }.steps()).unwrap();
    assert_eq!(
        trace.to_string(),
        "operation,rows,from,to,charged,moved,copied,footprint\n\
         1,0,0,1,0,false,false,1\n\
         2,1,1,2,1,true,true,3\n\
         3,2,2,4,3,true,true,6\n"
    );
}

/// The theorem on reuse: if the old block stays until its rows are copied, a factor reuses holes if
/// and only if it is less than the golden ratio, after the number of reallocations in the formula.
/// The numbers are those of the table in the chapter.
#[test]
fn holes_are_reused_below_the_golden_ratio_only() {
    let first_reuse = |p: u64, q: u64| {
        // So large that rounding up makes no difference.
        let growth = Growth::factor(p, q).with_first(1_000_000);
        let mut blocks = vec![];
        let mut capacity = 0;
        while blocks.len() < 45 && capacity < u64::MAX / 8 {
            capacity = growth.next_capacity(Request::new(capacity, capacity + 1));
            blocks.push(capacity);
        }
        let mut heap = FirstFit::new();
        let mut old = heap.allocate(blocks[0]);
        for (reallocation, &size) in (1..).zip(&blocks[1..]) {
            let top = heap.footprint();
            let new = heap.allocate(size);
            heap.free(old);
            if heap.footprint() == top {
                return Some(reallocation - 1);
            }
            old = new;
        }
        None
    };
    for (p, q, after) in [
        (9, 8, Some(2)),
        (5, 4, Some(2)),
        (13, 10, Some(2)),
        (4, 3, Some(3)),
        (29, 20, Some(3)),
        (3, 2, Some(4)),
        (8, 5, Some(7)),
        (1618, 1000, Some(20)),
        (13, 8, None),
        (17, 10, None),
        (2, 1, None),
        (3, 1, None),
    ] {
        assert_eq!(first_reuse(p, q), after, "{p}/{q}");
        // k* = ⌈log_x(1/(1 + x - x²))⌉.
        let x = p as f64 / q as f64;
        let free = 1.0 + x - x * x;
        let formula = (free > 0.0).then(|| (-free.ln() / x.ln()).ceil() as i32);
        assert_eq!(formula, after, "{p}/{q}");
    }
}

/// Blocks do not overlap, and adjacent freed blocks form one hole: against a naive heap of single
/// rows.
#[test]
fn the_first_fit_heap_is_a_row_of_cells() {
    check(|requests: Vec<(bool, u8)>| {
        let mut heap = FirstFit::new();
        let mut cells: Vec<bool> = vec![];
        let mut blocks = vec![];
        for (allocates, number) in requests {
            if allocates || blocks.is_empty() {
                let size = usize::from(number % 20) + 1;
                let block = heap.allocate(size as u64);
                let fits = |start: &usize| (*start..start + size).all(|at| cells.get(at) != Some(&true));
                let start = (0..=cells.len()).find(fits).unwrap();
                assert_eq!((block.start, block.size), (start as u128, size as u128));
                cells.resize(cells.len().max(start + size), false);
                cells[start..start + size].fill(true);
                blocks.push(block);
            } else {
                let block = blocks.swap_remove(usize::from(number) % blocks.len());
                heap.free(block);
                let start = block.start as usize;
                cells[start..start + block.size as usize].fill(false);
            }
            assert_eq!(heap.footprint(), cells.len() as u128);
        }
    });
}

#[test]
#[should_panic(expected = "no block at 0 of size 5 is allocated on this heap")]
fn a_block_is_freed_once() {
    let mut heap = FirstFit::new();
    let block = heap.allocate(5);
    heap.free(block);
    heap.free(block);
}

#[test]
fn workloads_are_what_they_say() {
    let walk = Workload::RandomWalk { steps: 10_000, push_percent: 60, seed: 7 };
    let steps: Vec<_> = walk.steps().collect();
    assert!(steps.iter().copied().eq(walk.steps()));
    let pushes = steps.iter().filter(|step| step.0 == Op::Push).count();
    assert!((5_800..6_200).contains(&pushes), "{pushes}");
    let mut model = Model::new(Growth::DOUBLE);
    assert!(steps.into_iter().all(|(op, _)| model.apply(op).is_ok()));
    let down = Workload::RandomWalk { steps: 1000, push_percent: 0, seed: 1 };
    assert!(simulate(Growth::DOUBLE, Allocator::AlwaysMoves, down.steps()).is_ok());

    let boundary = Workload::boundary(&Growth::THREE_HALVES, 100, 3);
    assert_eq!(boundary, Some(Workload::Alternate { rows: 140, turns: 3 }));
    for growth in [Growth::custom("all", |_| u64::MAX), Growth::DOUBLE] {
        let boundary = Workload::boundary(&growth, u64::MAX, 1);
        assert_eq!(boundary, Some(Workload::Alternate { rows: u64::MAX, turns: 1 }));
    }
    // The policy does not get that far within a million growths.
    assert_eq!(Workload::boundary(&Growth::EXACT, u64::MAX, 1), None);
    let million = Workload::Alternate { rows: 1_000_000, turns: 1 };
    assert_eq!(Workload::boundary(&Growth::EXACT, 1_000_000, 1), Some(million));
    assert_eq!(Workload::boundary(&Growth::EXACT, 1_000_001, 1), None);
    let extend = Workload::Extend { sizes: vec![3, 0, 5] };
    assert_eq!(
        extend.steps().collect::<Vec<_>>(),
        [(Op::Extend(3), 1), (Op::Extend(0), 1), (Op::Extend(5), 1)]
    );
}

/// The adversary against all possible sequences, for policies of every kind.
#[test]
fn no_sequence_is_worse_than_that_of_the_adversary() {
    let rules = [
        "2",
        "3/2",
        "9/8 from 3",
        "+3",
        "exact",
        "2 shrink to 2 at 9/20",
        "2 shrink to 1 at 1/4",
        "5/4 shrink to 3 at 3/10",
    ];
    for rule in rules {
        let growth: Growth = rule.parse().unwrap();
        let longest = 14;
        let attack = worst_sequence(growth, longest).unwrap();
        let mut model = Model::new(growth);
        let paid: u128 = attack.ops.iter().map(|&op| model.apply(op).unwrap().cost()).sum();
        assert_eq!(paid, attack.cost, "{rule}");
        for length in 1..=longest as u32 {
            for choices in 0..1_u32 << length {
                let mut model = Model::new(growth);
                let op = |index| if choices >> index & 1 == 1 { Op::Pop } else { Op::Push };
                let costs = (0..length).map(|index| model.apply(op(index)).ok().map(|step| step.cost()));
                let Some(cost) = costs.sum::<Option<u128>>() else { continue };
                let per_op = Ratio::new(cost as i128, length.into());
                assert!(per_op <= attack.cost_per_op(), "{rule}: {choices:b} of {length}");
            }
        }
    }
}

#[test]
fn an_attack_prints_with_repetitions_folded() {
    let text = |policy: &str, longest| {
        worst_sequence(policy.parse::<Growth>().unwrap(), longest).unwrap().to_string()
    };
    assert_eq!(text("2", 0), "");
    assert_eq!(text("2", 1), "1 push");
    assert_eq!(text("2 shrink to 2 at 49/100", 50), "33 push, 17 pop");
    assert_eq!(text("2 shrink to 1 at 49/100", 50), "33 push, 5 × (2 pop, 1 push), 2 pop");
    let twice = "5 push, 2 pop, 94 push, 23 × (3 pop, 1 push), 2 × (2 pop, 1 push)";
    assert_eq!(text("2 shrink to 1 at 49/100", 200), twice);
    let error = worst_sequence(Growth::custom("all", |_| u64::MAX), 3);
    assert_eq!(error.unwrap().to_string(), "1 push");
}

/// Sizes of blocks against the sorted list of all size classes.
#[test]
fn size_classes_are_the_smallest_that_are_large_enough() {
    for per_doubling in 1..=9_u64 {
        let mut sizes: Vec<u64> = vec![1];
        for exponent in 0..10 {
            let below = 1_u64 << exponent;
            sizes.extend((1..=per_doubling).map(|step| below + (step * below).div_ceil(per_doubling)));
        }
        let class = |rows: u64| sizes.iter().find(|&&size| size >= rows).unwrap();
        for (from, to) in (1..600).map(|rows| (rows, rows + 1)).chain((1..300).map(|rows| (rows, 2 * rows))) {
            let steps = [(Op::ReserveExact(from), 1), (Op::ReserveExact(to), 1)];
            let allocator = Allocator::SizeClasses { per_doubling };
            let totals = simulate(Growth::DOUBLE, allocator, steps).unwrap().totals;
            let (old, new) = (class(from), class(to));
            assert_eq!(totals.moves, u128::from(old != new), "{per_doubling}: {from} to {to}");
            let footprint = if old == new { *old } else { old + new };
            assert_eq!(totals.footprint, u128::from(footprint), "{per_doubling}: {from} to {to}");
        }
    }
}

/// Blocks of pages are remapped when they need more pages, and never copied.
#[test]
fn pages_are_remapped_from_their_size_on() {
    let allocator = Allocator::Pages { page_rows: 10, from: 25 };
    let resize = |from, to| {
        let steps = [(Op::Extend(from), 1), (Op::ReserveExact(to - from), 1)];
        let totals = simulate(Growth::DOUBLE, allocator, steps).unwrap().totals;
        (totals.moves, totals.copied, totals.footprint)
    };
    assert_eq!(resize(10, 24), (1, 10, 34)); // Both blocks are small.
    assert_eq!(resize(24, 25), (1, 24, 24 + 30)); // From a small block to pages.
    assert_eq!(resize(25, 30), (0, 0, 30)); // Within the last page.
    assert_eq!(resize(25, 31), (1, 0, 40)); // One more page.
}

#[test]
#[should_panic(expected = "of size 8 is allocated on this heap")]
fn a_block_beyond_all_addresses_is_refused() {
    let mut heap = FirstFit::new();
    let mut block = heap.allocate(10);
    (block.start, block.size) = (u128::MAX - 3, 8);
    heap.free(block);
}

/// A heap with any number of classes keeps one block of each size that was used.
#[test]
fn size_classes_that_were_used_stay() {
    check(|(per_doubling, sizes): (u64, Vec<u16>)| {
        let mut classes = std::collections::HashSet::new();
        let mut steps = vec![];
        for rows in sizes {
            steps.extend([(Op::ReserveExact(rows.into()), 1), (Op::Push, 1)]);
        }
        let allocator = Allocator::SizeClasses { per_doubling: per_doubling % 20 };
        let class_of = |rows: u64| {
            let steps = [(Op::ReserveExact(rows), 1)];
            simulate(Growth::EXACT, allocator, steps).unwrap().totals.footprint
        };
        let mut expected = 0;
        simulate_with(Growth::EXACT, allocator, steps, |event| {
            let class = class_of(event.resize.to);
            if classes.insert(class) {
                expected += class;
            }
            assert_eq!(event.footprint, expected);
        })
        .unwrap();
    });
}

/// An event takes constant time, or that of a search among the classes: 200,000 events with
/// as many classes would take 40 billion steps if each event visited all classes.
#[test]
fn many_size_classes_are_simulated() {
    let allocator = Allocator::SizeClasses { per_doubling: u64::MAX };
    let n = 200_000;
    let totals = simulate_with(Growth::EXACT, allocator, [(Op::Push, n)], |_| ()).unwrap();
    assert_eq!(totals.growths, n.into());
    assert_eq!(totals.footprint, u128::from(n) * u128::from(n + 1) / 2);
    assert_eq!((totals.copied, totals.charged), (totals.footprint - u128::from(n), totals.copied));
}

/// A trace has a maximum length; its totals do not.
#[test]
fn events_beyond_the_limit_are_counted() {
    let most = Trace::MAX_EVENTS as u64;
    for (pushes, unrecorded) in [(most, 0), (most + 3, 3)] {
        let trace = simulate(Growth::EXACT, Allocator::TopOfHeap, [(Op::Push, pushes)]).unwrap();
        assert_eq!((trace.events.len() as u64, trace.unrecorded), (pushes.min(most), unrecorded));
        assert_eq!(trace.totals.growths, pushes.into());
        assert_eq!(trace.events.last().unwrap().operation, pushes.min(most).into());
        if unrecorded > 0 {
            let text = trace.to_string();
            assert!(text.ends_with("\n# 3 more events\n"));
            assert_eq!(text.lines().count() as u64, most + 2);
        }
    }
}

/// A simulation can start from the state of any model.
#[test]
fn a_simulation_can_be_continued() {
    check(|(Rule(growth), Program(ops), split): (Rule, Program, usize)| {
        let steps = |ops: &[Op]| ops.iter().map(|&op| (op, 1)).collect::<Vec<_>>();
        let (before, after) = ops.split_at(split % (ops.len() + 1));
        let mut model = Model::new(growth);
        for &op in before {
            model.apply(op).unwrap();
        }
        for allocator in ALLOCATORS {
            let [all, first] = [&ops, before].map(|ops| simulate(growth, allocator, steps(ops)).unwrap());
            let rest = simulate(model, allocator, steps(after)).unwrap();
            let found = rest.events.iter().map(|event| (event.operation, event.resize, event.charged));
            let expected = all.events[first.events.len()..].iter();
            let charged = first.totals.charged;
            let expected = expected.map(|event| (event.operation, event.resize, event.charged - charged));
            assert!(found.eq(expected), "{growth}");
            assert_eq!(rest.totals.operations, after.len() as u128);
            assert_eq!((rest.totals.rows, rest.totals.capacity), (all.totals.rows, all.totals.capacity));
            assert!(rest.totals.footprint >= model.capacity().into());
        }
    });
    let mut model = Model::new(Growth::DOUBLE);
    model.apply(Op::Extend(8)).unwrap();
    assert_eq!(worst_sequence(model, 1).unwrap().cost, 9);
}

/// Rows of 800 bytes under policies that count bytes: the array, the model and the simulator agree.
#[test]
fn byte_counting_policies_are_simulated_for_rows_of_every_size() {
    for entry in zoo::entries() {
        for row_len in [1_usize, 3, 100, 1000] {
            let row = vec![0_u64; row_len];
            let mut array = GrowableNd::<u64>::with_growth([row_len], entry.growth());
            let pushes = 60_000 / row_len;
            let model = Model::new(entry.growth()).with_row_bytes(8 * row_len as u64);
            let steps = [(Op::Push, pushes as u64)];
            let trace = simulate(model, Allocator::AlwaysMoves, steps).unwrap();
            let mut capacities = vec![];
            for _ in 0..pushes {
                array.push_row(&row).unwrap();
                if capacities.last() != Some(&(array.capacity() as u64)) {
                    capacities.push(array.capacity() as u64);
                }
            }
            let found = trace.events.iter().map(|event| event.resize.to);
            assert!(found.eq(capacities), "{entry}: rows of {row_len} elements");
        }
    }
    let go = Model::new(zoo::parse("go-slice").unwrap()).with_row_bytes(800);
    let trace = simulate(go, Allocator::TopOfHeap, [(Op::Push, 100)]).unwrap();
    assert!(trace.events.iter().map(|event| event.resize.to).eq([1, 2, 4, 8, 16, 34, 71, 143]));
}

/// The theorem of `Growth::at_most`: the exact number of copies of n pushes, and the bounds on
/// unused rows.
#[test]
fn a_capped_policy_is_additive_beyond_its_cap() {
    check(|(Rule(growth), cap, rows): (Rule, u16, u32)| {
        // Without shrinking, which the theorem does not cover.
        let first = growth.next_capacity(Request::new(0, 1));
        let factor = growth.as_factor().unwrap();
        let growth = Growth::try_from(factor).unwrap().with_first(first);
        let (d, n) = (u64::from(cap) + 1, u64::from(rows % 200_000) + 1);
        let capped = growth.at_most(d);
        assert_eq!(Bounds::of(&capped), None);

        // Until the cap takes effect: capacity c, M rows copied.
        let (mut c, mut copied) = (first, 0_u128);
        while growth.next_capacity(Request::new(c, c + 1)) < c + d {
            copied += u128::from(c);
            c = growth.next_capacity(Request::new(c, c + 1));
        }
        let mut peak = 0;
        let totals = simulate_with(capped, Allocator::AlwaysMoves, [(Op::Push, n)], |event| {
            let n = event.resize.rows + 1;
            assert!(event.resize.to - n < d.max(first), "{capped}: {event:?}");
            peak = peak.max(event.resize.from + event.resize.to);
            assert!(peak < (2 * n + d).max(first + 1), "{capped}: {event:?}");
        });
        let charged = totals.unwrap().charged;
        if n > c {
            let (n, c, d) = (u128::from(n), u128::from(c), u128::from(d));
            let k = (n - c).div_ceil(d);
            assert_eq!(charged, copied + k * c + d * k * (k - 1) / 2, "{capped}: {n}");
        }
    });
    // About n²/(2d).
    let (d, n) = (65_536, 1_u64 << 36);
    let capped = Growth::THREE_HALVES.at_most(d);
    let Totals { charged, .. } =
        simulate_with(capped, Allocator::TopOfHeap, [(Op::Push, n)], |_| ()).unwrap();
    let estimate = (n as f64).powi(2) / 2.0 / d as f64;
    assert!((charged as f64 / estimate - 1.0).abs() < 0.001, "{charged}");
}
