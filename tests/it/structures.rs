use crate::support::check_long;
use growable_nd::amortized::structures::{
    Cost, HashedArrayTree, RootishArrayStack, SinglyResizable, Structure, TarjanZwick, TieredVector,
    TwoBlocks, audit, run,
};
use growable_nd::amortized::{Bounds, Model, Op, OpError, Workload};
use growable_nd::{Growth, Ratio};
use std::ops::Range;

fn structures() -> Vec<(String, Box<dyn Structure>)> {
    let shrinking: Growth = "3/2 from 4 shrink to 3/2 at 4/9".parse().unwrap();
    let mut all: Vec<(String, Box<dyn Structure>)> = vec![
        ("one block".into(), Box::new(Model::new(shrinking))),
        ("hashed array tree".into(), Box::new(HashedArrayTree::new())),
        ("tiered vector".into(), Box::new(TieredVector::new())),
        ("singly resizable".into(), Box::new(SinglyResizable::new())),
        ("rootish array stack".into(), Box::new(RootishArrayStack::new())),
    ];
    for growth in [Growth::NINE_EIGHTHS, Growth::THREE_HALVES, Growth::factor(7, 3).with_first(5)] {
        all.push((format!("two blocks, {growth}"), Box::new(TwoBlocks::new(growth).unwrap())));
    }
    for r in 2..=5 {
        all.push((format!("Tarjan-Zwick, {r}"), Box::new(TarjanZwick::new(r))));
    }
    all
}

/// Rows are counted, slots are those allocated and not freed, and the peak is at least the slots
/// before and after.
#[test]
fn every_slot_is_accounted_for() {
    check_long(|runs: Vec<(bool, u16)>| {
        for (name, mut structure) in structures() {
            let mut rows = 0;
            for &(pushes, times) in runs.iter().take(8) {
                for _ in 0..times % 400 {
                    let before = structure.slots();
                    let cost = if pushes {
                        rows += 1;
                        structure.push()
                    } else if let Some(cost) = structure.pop() {
                        rows -= 1;
                        cost
                    } else {
                        assert_eq!(rows, 0, "{name}");
                        break;
                    };
                    let after = structure.slots();
                    assert_eq!((cost.written, cost.removed), (pushes.into(), (!pushes).into()), "{name}");
                    assert_eq!(before + cost.allocated, after + cost.freed, "{name}: {cost:?}");
                    assert!(cost.peak >= before.max(after), "{name}: {cost:?}");
                    assert!(cost.peak <= before + cost.allocated, "{name}: {cost:?}");
                    assert!(structure.rows() == rows && after >= rows, "{name}");
                    assert_eq!(cost.total(), 1 + cost.copied + cost.pointers);
                }
            }
        }
    });
}

/// Blocks in a list, and their rows copied one by one.
#[derive(Default)]
struct Blocks {
    sizes: Vec<u64>,
    rows: u64,
    pointers: u64,
    /// Slots of a block in addition to those for rows.
    header: u64,
    slots: u64,
    cost: Cost,
}

impl Blocks {
    fn allocate(&mut self, slots: u64) {
        self.slots += slots;
        self.cost.allocated += slots;
        self.cost.peak = self.cost.peak.max(self.slots);
    }

    fn free(&mut self, slots: u64) {
        self.slots -= slots;
        self.cost.freed += slots;
    }

    fn start(&mut self) {
        self.cost = Cost::default();
        self.cost.peak = self.slots;
    }

    fn capacity(&self) -> u64 {
        self.sizes.iter().sum()
    }

    fn add(&mut self, size: u64) {
        self.allocate(size + self.header);
        self.sizes.push(size);
    }

    fn remove(&mut self) {
        let size = self.sizes.pop().unwrap();
        self.free(size + self.header);
    }

    /// Copies the rows of some blocks into other blocks. Each new block is allocated for its first
    /// row, and each old block freed after its last row.
    fn replace(&mut self, old: Range<usize>, new: &[u64]) {
        let start: u64 = self.sizes[..old.start].iter().sum();
        let end = self.sizes[..old.end].iter().sum::<u64>().min(self.rows);
        let (mut before, mut after) = (self.sizes[old.clone()].to_vec(), new.iter());
        let (mut old_rows, mut space) = (0, 0);
        before.reverse();
        for _ in start..end {
            if space == 0 {
                space = *after.next().unwrap();
                self.allocate(space + self.header);
            }
            space -= 1;
            old_rows += 1;
            self.cost.copied += 1;
            if old_rows == *before.last().unwrap() {
                self.free(before.pop().unwrap() + self.header);
                old_rows = 0;
            }
        }
        assert_eq!(after.next(), None, "a new block without rows");
        before.iter().for_each(|size| self.free(size + self.header));
        self.sizes.splice(old, new.iter().copied());
    }

    fn rebuild(&mut self, new: &[u64], pointers: u64) {
        self.allocate(pointers);
        self.replace(0..self.sizes.len(), new);
        self.free(self.pointers);
        self.pointers = pointers;
    }
}

/// A structure as documented, whose blocks are in a list.
trait Naive {
    fn push(&mut self);

    fn pop(&mut self);

    fn blocks(&self) -> &Blocks;
}

/// The hashed array tree as documented, and with a header the tiered vector.
struct NaiveTree {
    blocks: Blocks,
    b: u64,
}

impl NaiveTree {
    fn new(header: u64) -> NaiveTree {
        NaiveTree { blocks: Blocks { header, pointers: 1, slots: 1, ..Blocks::default() }, b: 1 }
    }

    fn rebuild(&mut self, b: u64) {
        self.b = b;
        let leaves = self.blocks.rows.div_ceil(b) as usize;
        self.blocks.rebuild(&vec![b; leaves], b);
    }
}

impl Naive for NaiveTree {
    fn push(&mut self) {
        self.blocks.start();
        if self.blocks.rows == self.b * self.b {
            self.rebuild(2 * self.b);
        }
        if self.blocks.rows == self.blocks.capacity() {
            self.blocks.add(self.b);
        }
        self.blocks.rows += 1;
    }

    fn pop(&mut self) {
        self.blocks.start();
        self.blocks.rows -= 1;
        if self.b > 1 && self.blocks.rows <= self.b * self.b / 8 {
            self.rebuild(self.b / 2);
        } else if self.blocks.capacity() - self.blocks.rows >= 2 * self.b {
            self.blocks.remove();
        }
    }

    fn blocks(&self) -> &Blocks {
        &self.blocks
    }
}

/// The array of Tarjan and Zwick as documented.
struct NaiveTarjanZwick {
    blocks: Blocks,
    b: u64,
    r: u32,
}

impl NaiveTarjanZwick {
    fn new(r: u32) -> NaiveTarjanZwick {
        let pointers = 2 * u64::from(r - 1);
        NaiveTarjanZwick { blocks: Blocks { pointers, slots: pointers, ..Blocks::default() }, b: 1, r }
    }

    /// Where the blocks of B^k rows are. For B = 1 all sizes are equal, and only the first counts.
    fn blocks_of(&self, k: u32) -> Range<usize> {
        let (sizes, size) = (&self.blocks.sizes, self.b.pow(k));
        if self.b == 1 {
            return if k == 1 { 0..sizes.len() } else { 0..0 };
        }
        let start = sizes.iter().take_while(|&&other| other > size).count();
        start..start + sizes.iter().filter(|&&other| other == size).count()
    }

    fn rebuild(&mut self, b: u64) {
        self.b = b;
        let (mut left, mut new) = (self.blocks.rows, vec![]);
        for size in (1..self.r).rev().map(|k| b.pow(k)) {
            while left >= size {
                new.push(size);
                left -= size;
            }
        }
        if left > 0 {
            new.push(b);
        }
        self.blocks.rebuild(&new, 2 * b * u64::from(self.r - 1));
    }
}

impl Naive for NaiveTarjanZwick {
    fn push(&mut self) {
        self.blocks.start();
        if self.blocks.rows == self.b.pow(self.r) {
            self.rebuild(2 * self.b);
        }
        if self.blocks.rows == self.blocks.capacity() {
            let is_full = |naive: &Self, k| naive.blocks_of(k).len() as u64 == 2 * naive.b;
            let full = (1..self.r).take_while(|&k| is_full(self, k)).count() as u32;
            for k in (1..=full).rev() {
                let start = self.blocks_of(k).start;
                self.blocks.replace(start..start + self.b as usize, &[self.b.pow(k + 1)]);
            }
            self.blocks.add(self.b);
        }
        self.blocks.rows += 1;
        let most = (1..self.r).map(|k| self.blocks_of(k).len() as u64).max().unwrap();
        assert!(most <= 2 * self.b);
    }

    fn pop(&mut self) {
        self.blocks.start();
        let small = self.blocks_of(1).start;
        if self.b > 1 && self.blocks.rows == self.blocks.sizes[..small].iter().sum::<u64>() {
            // The last block that has rows, again and again.
            let mut last = small - 1;
            while self.blocks.sizes[last] > self.b {
                let part = self.blocks.sizes[last] / self.b;
                self.blocks.replace(last..last + 1, &vec![part; self.b as usize]);
                last += self.b as usize - 1;
            }
        }
        self.blocks.rows -= 1;
        if self.blocks.capacity() - self.blocks.rows >= 2 * self.b {
            self.blocks.remove();
        }
        if self.b >= 4 && self.blocks.rows == (self.b / 4).pow(self.r) {
            self.rebuild(self.b / 2);
        }
    }

    fn blocks(&self) -> &Blocks {
        &self.blocks
    }
}

/// Blocks of given sizes that are never copied, and an index of pointers to them. One empty block is
/// kept.
struct NaiveIndex {
    blocks: Blocks,
    sizes: Vec<u64>,
}

impl NaiveIndex {
    fn new(sizes: Vec<u64>) -> NaiveIndex {
        NaiveIndex { blocks: Blocks { pointers: 1, slots: 1, ..Blocks::default() }, sizes }
    }

    /// Copies the pointers to `len` blocks into an index of another size.
    fn resize(&mut self, slots: u64, len: usize) {
        self.blocks.allocate(slots);
        self.blocks.cost.pointers += len as u64;
        self.blocks.free(self.blocks.pointers);
        self.blocks.pointers = slots;
    }
}

impl Naive for NaiveIndex {
    fn push(&mut self) {
        self.blocks.start();
        if self.blocks.rows == self.blocks.capacity() {
            let len = self.blocks.sizes.len();
            self.blocks.add(self.sizes[len]);
            if len as u64 == self.blocks.pointers {
                self.resize(2 * self.blocks.pointers, len);
            }
        }
        self.blocks.rows += 1;
    }

    fn pop(&mut self) {
        self.blocks.start();
        self.blocks.rows -= 1;
        let others = self.blocks.sizes.len().saturating_sub(2);
        if self.blocks.sizes.len() >= 2 && self.blocks.rows == self.blocks.sizes[..others].iter().sum::<u64>()
        {
            if self.blocks.pointers > 1 && 4 * (others as u64 + 1) <= self.blocks.pointers {
                self.resize(self.blocks.pointers / 2, others + 1);
            }
            self.blocks.remove();
        }
    }

    fn blocks(&self) -> &Blocks {
        &self.blocks
    }
}

/// Slots and copies of the structures of many blocks, against lists of blocks.
#[test]
fn costs_are_those_of_lists_of_blocks() {
    fn check(name: &str, structure: &mut dyn Structure, naive: &mut dyn Naive, runs: &[(bool, u16)]) {
        for &(pushes, times) in runs.iter().take(12) {
            for _ in 0..times % 700 {
                if !pushes && structure.rows() == 0 {
                    break;
                }
                let cost = if pushes { structure.push() } else { structure.pop().unwrap() };
                if pushes {
                    naive.push();
                } else {
                    naive.pop();
                }
                let parts = |cost: Cost| [cost.copied, cost.pointers, cost.allocated, cost.freed, cost.peak];
                let found = (parts(cost), structure.slots());
                let expected = (parts(naive.blocks().cost), naive.blocks().slots);
                assert_eq!(found, expected, "{name}, {} rows", structure.rows());
            }
        }
    }
    check_long(|runs: Vec<(bool, u16)>| {
        check("hashed array tree", &mut HashedArrayTree::new(), &mut NaiveTree::new(0), &runs);
        check("tiered vector", &mut TieredVector::new(), &mut NaiveTree::new(1), &runs);
        let rootish = NaiveIndex::new((1..200).collect());
        check("rootish array stack", &mut RootishArrayStack::new(), &mut { rootish }, &runs);
        let sizes = (0..16_u32).flat_map(|k| vec![1 << k.div_ceil(2); 1 << (k / 2)]);
        let singly = NaiveIndex::new(sizes.collect());
        check("singly resizable", &mut SinglyResizable::new(), &mut { singly }, &runs);
        for r in 2..=5 {
            let mut structure = TarjanZwick::new(r as usize);
            check(&format!("r = {r}"), &mut structure, &mut NaiveTarjanZwick::new(r), &runs);
        }
    });
}

/// Slots without a row after each push and pop, against the bound of each structure.
#[test]
fn slots_without_a_row_are_within_their_bounds() {
    fn root(n: u64, r: u32) -> f64 {
        (n as f64).powf(1.0 / f64::from(r))
    }
    check_long(|runs: Vec<(bool, u16)>| {
        let check_all = |structure: &mut dyn Structure, most: &dyn Fn(u64) -> f64| {
            for &(pushes, times) in runs.iter().take(12) {
                for _ in 0..times % 1000 {
                    if pushes {
                        structure.push();
                    } else if structure.pop().is_none() {
                        break;
                    }
                    let (n, unused) = (structure.rows(), structure.slots() - structure.rows());
                    assert!(unused as f64 <= most(n), "{n}: {unused} of {}", most(n));
                }
            }
        };
        // At least B²/8 rows, and at most 3B unused slots.
        check_all(&mut HashedArrayTree::new(), &|n| 3.0 * 8_f64.sqrt() * root(n, 2) + 6.0);
        check_all(&mut TieredVector::new(), &|n| 5.0 * 8_f64.sqrt() * root(n, 2) + 8.0);
        check_all(&mut SinglyResizable::new(), &|n| 10.0 * root(n, 2) + 8.0);
        check_all(&mut RootishArrayStack::new(), &|n| 9.0 * root(n, 2) + 8.0);
        for r in 2..=5 {
            // More than (B/4)ʳ rows, two blocks of B rows, and 2B pointers for each size.
            let most = |n| f64::from(2 * r) * (4.0 * root(n, r) + 4.0);
            check_all(&mut TarjanZwick::new(r as usize), &most);
        }
    });
}

/// Theorem 10: at some time at least √n slots hold no row.
#[test]
fn the_lower_bound_holds_for_every_structure() {
    for (name, mut structure) in structures() {
        let mut most = 0;
        for n in 1..=20_000_u64 {
            let rows_before = structure.rows();
            most = most.max(structure.push().peak - rows_before);
            assert!(most * most >= n, "{name}: {most} at {n}");
        }
    }
}

/// The copies of n pushes, against the bounds of the chapter.
#[test]
fn copies_are_within_their_bounds() {
    for (name, mut structure) in structures() {
        let (mut copied, mut worst) = (0.0, 0);
        for n in 1..=100_000_u64 {
            let cost = structure.push();
            copied += cost.copied as f64;
            worst = worst.max(cost.total());
            let rows = n as f64;
            let most = match name.as_str() {
                "hashed array tree" | "tiered vector" => 4.0 / 3.0 * rows,
                "singly resizable" | "rootish array stack" => 0.0,
                name => match name.strip_prefix("Tarjan-Zwick, ") {
                    Some(r) => {
                        let r: i32 = r.parse().unwrap();
                        let rebuilt = 2_f64.powi(r) / (2_f64.powi(r) - 1.0);
                        (f64::from(r - 2) + rebuilt) * rows
                    }
                    None => f64::INFINITY,
                },
            };
            assert!(copied <= most, "{name}: {copied} of {most} at {n}");
            if matches!(name.as_str(), "singly resizable" | "rootish array stack") {
                assert!((worst as f64) < 2.0 * rows.sqrt() + 2.0, "{name}: {worst} at {n}");
            }
        }
    }
}

/// The deamortized array: every push is cheap, and the two blocks are within the bound.
#[test]
fn no_push_of_the_deamortized_array_is_expensive() {
    for q in 1..=8 {
        for p in q + 1..=12 {
            for first in [1, 3] {
                let growth = Growth::factor(p, q).with_first(first);
                let bounds = Bounds::of(&growth).unwrap();
                let mut array = TwoBlocks::new(growth).unwrap();
                let mut plain = Model::new(growth);
                assert_eq!(array.moves_per_push(), q.div_ceil(p - q));
                for n in 1..3000 {
                    let cost = array.push();
                    plain.apply(Op::Push).unwrap();
                    assert!(cost.total() <= 1 + array.moves_per_push(), "{growth}: {n}");
                    assert!(u128::from(cost.peak) <= bounds.peak(n), "{growth}: {n}");
                    assert!(array.slots() >= plain.capacity(), "{growth}: {n}");
                }
            }
        }
    }
    assert_eq!(TwoBlocks::new(Growth::EXACT), None);
    assert_eq!(TwoBlocks::new(Growth::DOUBLE.at_most(5)), None);
}

/// The blocks of the two structures that never copy a row, against lists of blocks.
#[test]
fn blocks_that_stay_are_those_of_a_list() {
    let rootish: Vec<u64> = (1..200).collect();
    // Superblock k: 2^⌊k/2⌋ blocks of 2^⌈k/2⌉ rows.
    let singly: Vec<u64> = (0..16_u32).flat_map(|k| vec![1_u64 << k.div_ceil(2); 1 << (k / 2)]).collect();
    let index = |blocks: usize| (blocks as u64).next_power_of_two();
    let mut structures: [(Box<dyn Structure>, Vec<u64>); 2] =
        [(Box::new(RootishArrayStack::new()), rootish), (Box::new(SinglyResizable::new()), singly)];
    for (structure, blocks) in &mut structures {
        for n in 1..=10_000 {
            structure.push();
            // The smallest number of blocks that hold all rows.
            let mut rows = 0;
            let used = 1 + blocks
                .iter()
                .position(|block| {
                    rows += block;
                    rows >= n
                })
                .unwrap();
            assert_eq!(structure.slots(), rows + index(used), "{n}");
        }
        for n in (0..10_000).rev() {
            structure.pop().unwrap();
            let mut rows = 0;
            let used = blocks
                .iter()
                .take_while(|&block| {
                    let full = rows >= n;
                    rows += block;
                    !full
                })
                .count();
            let rows: u64 = blocks[..used].iter().sum();
            // And at most one empty block.
            let most = rows + blocks[used];
            assert!((rows..=most + 4 * index(used + 1)).contains(&structure.slots()), "{n}");
        }
        assert_eq!(structure.pop(), None);
    }
}

/// Inserting at any place of a tiered vector, against the number of blocks that it touches.
#[test]
fn a_tiered_vector_inserts_anywhere_in_the_square_root() {
    let mut vector = TieredVector::new();
    for n in 1..=5000_u64 {
        let cost = vector.insert(n * 7919 % n);
        let rebuilt = n > 1 && (n - 1).isqrt().pow(2) == n - 1 && (n - 1).isqrt().is_power_of_two();
        let rebuilt = if rebuilt || n == 2 { n - 1 } else { 0 };
        // Half of a block, and one row per block: B < 2√n, and at most √n blocks of B rows.
        assert!(cost.copied as f64 <= 3.0 * (n as f64).sqrt() + 2.0 + rebuilt as f64, "{n}: {cost:?}");
    }
    assert_eq!((vector.rows(), vector.insert(u64::MAX).copied), (5000, 0));
}

/// Prices of pushes and pops that are sufficient for every random program.
#[test]
fn structures_can_be_charged_prices() {
    fn price(price: i64) -> Ratio {
        Ratio::from(price)
    }
    check_long(|runs: Vec<(bool, u16)>| {
        let mut rows = 0;
        let steps: Vec<(Op, u64)> = runs
            .into_iter()
            .take(20)
            .map(|(pushes, times)| {
                let times = u64::from(times % 2000);
                let (op, times) = if pushes { (Op::Push, times) } else { (Op::Pop, times.min(rows)) };
                rows = if pushes { rows + times } else { rows - times };
                (op, times)
            })
            .collect();
        let balance = |structure: &mut dyn Structure, push, pop| {
            audit(structure, steps.iter().copied(), price(push), price(pop)).unwrap()
        };
        assert_eq!(balance(&mut HashedArrayTree::new(), 3, 2), price(0));
        assert_eq!(balance(&mut SinglyResizable::new(), 3, 2), price(0));
        assert_eq!(balance(&mut RootishArrayStack::new(), 3, 2), price(0));
        assert_eq!(balance(&mut TarjanZwick::new(3), 5, 4), price(0));
        let growth: Growth = "2 shrink to 2 at 1/4".parse().unwrap();
        assert_eq!(balance(&mut Model::new(growth), 3, 2), price(0));
    });
    // Fractional prices, and a price that is too low.
    let work = Workload::Push { rows: 1025 };
    let half = Ratio::new(1, 2);
    let balance = audit(&mut Model::new(Growth::DOUBLE), work.steps(), half, price(1)).unwrap();
    assert_eq!(balance, Ratio::new(1025 - 2 * (1025 + 2047), 2));
    // Numbers that do not fit are no sufficient prices.
    let tiny = |bits: u32| Ratio::new(1, 1 << bits);
    let two = [(Op::Push, 2)];
    assert!(audit(&mut HashedArrayTree::new(), two, tiny(100), tiny(26)).unwrap() < price(0));
    assert!(audit(&mut HashedArrayTree::new(), two, tiny(100), tiny(27)).is_err());
    let less_than_one = Ratio::new(9 * 10_i128.pow(36), 10_i128.pow(37) + 1);
    let refused = audit(&mut RootishArrayStack::new(), two, less_than_one, Ratio::new(1, 100));
    assert!(matches!(refused, Err(OpError::TooLarge { operation: 0, .. })), "{refused:?}");
}

/// Counts all operations of a workload, and reports impossible ones.
#[test]
fn runs_count_what_was_done() {
    let steps = [(Op::Extend(10), 2), (Op::Reserve(100), 1), (Op::Truncate(5), 1), (Op::Pop, 5)];
    let totals = run(&mut Model::new(Growth::DOUBLE), steps).unwrap();
    assert_eq!((totals.operations, totals.copied, totals.worst_cost), (40, 31, 17));
    assert_eq!((totals.most_unused, totals.peak, totals.pointers), (32, 48, 0));
    let error = run(&mut RootishArrayStack::new(), [(Op::Push, 2), (Op::Pop, 3)]).unwrap_err();
    assert!(matches!(error, OpError::Empty { operation: 5, .. }), "{error:?}");
}

/// Operations that change nothing take no time, for any number of repetitions.
#[test]
fn repetitions_without_rows() {
    let many = u64::MAX;
    let idle = [(Op::Reserve(9), many), (Op::ReserveExact(9), many), (Op::Extend(0), many)];
    let steps = idle.into_iter().chain([(Op::Extend(5), 1), (Op::Truncate(2), many), (Op::Pop, 3)]);
    let error = run(&mut RootishArrayStack::new(), steps).unwrap_err();
    let OpError::Empty { operation, .. } = error else { panic!("{error}") };
    assert_eq!(operation, 4 * u128::from(many) + 4);
}

/// Blocks of more slots than `u64` can count.
#[test]
fn slots_saturate() {
    let steep = Growth::factor(u64::MAX, 1);
    assert_eq!(run(&mut Model::new(steep), [(Op::Push, 5), (Op::Pop, 5)]).unwrap().peak, u64::MAX);
    for first in [1, 2, 17] {
        let mut array = TwoBlocks::new(steep.with_first(first)).unwrap();
        let totals = run(&mut array, [(Op::Push, 40), (Op::Pop, 40)]).unwrap();
        assert_eq!((totals.copied, totals.peak), (first, u64::MAX));
    }
    let steps = [(Op::Push, 300), (Op::Pop, 300), (Op::Push, 20)];
    let expected = run(&mut TarjanZwick::new(64), steps).unwrap();
    for r in [65, 1000, usize::MAX] {
        assert_eq!(run(&mut TarjanZwick::new(r), steps).unwrap(), expected);
    }
}
