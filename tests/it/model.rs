use crate::support::{Element, Tracked, array_of, assert_same, check, make_rows};
use growable_nd::{Error, GrowableNd, Growth, GrowthStats, Ratio, Request, zoo};
use quickcheck::{Arbitrary, Gen};

/// One step of a program. Its numbers are reduced to valid values, so every program runs.
#[derive(Clone, Debug)]
enum Op {
    Push,
    PushOwned,
    PushWrong(u8),
    PushWith,
    Insert(u8),
    ExtendRows(u8),
    ExtendRowsWrongAt(u8),
    ExtendFromSlice(u8),
    ExtendFromPartialSlice,
    ExtendFromWithin(u8, u8),
    Append(u8),
    Pop,
    Remove(u8),
    SwapRemove(u8),
    Drain(u8, u8, u8),
    Retain(u8),
    Truncate(u8),
    SplitOff(u8),
    Resize(u8),
    ResizeWith(u8),
    Swap(u8, u8),
    Clear,
    Reserve(u8),
    ReserveExact(u8),
    ShrinkToFit,
    ShrinkTo(u8),
    SetGrowth(u8),
    Clone,
    CloneFrom(u8),
    ThroughVec,
    ChangeRow(u8),
}

impl Arbitrary for Op {
    fn arbitrary(g: &mut Gen) -> Self {
        let a = u8::arbitrary(g);
        let b = u8::arbitrary(g);
        let c = u8::arbitrary(g);
        match u8::arbitrary(g) % 36 {
            0 => Op::PushOwned,
            1 => Op::PushWrong(a),
            2 => Op::PushWith,
            3 => Op::Insert(a),
            4 => Op::ExtendRows(a),
            5 => Op::ExtendRowsWrongAt(a),
            6 => Op::ExtendFromSlice(a),
            7 => Op::ExtendFromPartialSlice,
            8 => Op::ExtendFromWithin(a, b),
            9 => Op::Append(a),
            10 => Op::Pop,
            11 => Op::Remove(a),
            12 => Op::SwapRemove(a),
            13 => Op::Drain(a, b, c),
            14 => Op::Retain(a),
            15 => Op::Truncate(a),
            16 => Op::SplitOff(a),
            17 => Op::Resize(a),
            18 => Op::ResizeWith(a),
            19 => Op::Swap(a, b),
            20 => Op::Clear,
            21 => Op::Reserve(a),
            22 => Op::ReserveExact(a),
            23 => Op::ShrinkToFit,
            24 => Op::ShrinkTo(a),
            25 => Op::SetGrowth(a),
            26 => Op::Clone,
            27 => Op::CloneFrom(a),
            28 => Op::ThroughVec,
            29 => Op::ChangeRow(a),
            _ => Op::Push,
        }
    }
}

#[derive(Clone, Debug)]
struct Program {
    inner: Vec<usize>,
    growth: u8,
    ops: Vec<Op>,
}

impl Arbitrary for Program {
    fn arbitrary(g: &mut Gen) -> Self {
        let rank = usize::arbitrary(g) % 4;
        let inner = (0..rank).map(|_| usize::arbitrary(g) % 4).collect();
        Program { inner, growth: u8::arbitrary(g), ops: Vec::arbitrary(g) }
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        let program = self.clone();
        Box::new(self.ops.shrink().map(move |ops| Program { ops, ..program.clone() }))
    }
}

fn growth_of(number: u8) -> Growth {
    let rules = [
        Growth::DOUBLE,
        Growth::THREE_HALVES,
        Growth::NINE_EIGHTHS,
        Growth::EXACT,
        Growth::FIVE_QUARTERS.with_first(5),
        Growth::additive(3),
        Growth::factor(1 << 32, (1 << 32) - 1),
        Growth::custom("powers", |request| request.needed.next_power_of_two()),
        Growth::custom("none", |_| 0),
        Growth::custom("all", |_| u64::MAX),
        Growth::DOUBLE.with_shrink(Ratio::new(1, 4), Ratio::from(2)),
        Growth::THREE_HALVES.with_first(3).with_shrink(Ratio::new(4, 9), Ratio::new(3, 2)),
        Growth::additive(3).with_shrink(Ratio::new(2, 5), Ratio::from(1)),
        Growth::EXACT.with_shrink(Ratio::new(9, 10), Ratio::from(1)),
        Growth::DOUBLE.at_most(5),
        Growth::THREE_HALVES.with_first(2).at_most(4).with_shrink(Ratio::new(4, 9), Ratio::new(3, 2)),
        zoo::find("go-slice").unwrap().growth(),
    ];
    rules[usize::from(number) % rules.len()]
}

/// The naive array of arrays, with the capacity and the counters that the growth policy predicts.
struct Model<T> {
    inner: Vec<usize>,
    rows: Vec<Vec<T>>,
    growth: Growth,
    capacity: usize,
    stats: GrowthStats,
}

impl<T: Element> Model<T> {
    fn row_len(&self) -> usize {
        self.inner.iter().product()
    }

    /// Whether the rows take memory: then there is a block whose growth can be predicted.
    fn has_block(&self) -> bool {
        self.row_len() > 0 && size_of::<T>() > 0
    }

    /// The request to the growth policy.
    fn request(&self, needed: usize) -> Request {
        let row_bytes = self.row_len() * size_of::<T>();
        Request::new(self.capacity as u64, needed as u64).with_row_bytes(row_bytes as u64)
    }

    fn predict_capacity(&mut self, additional: usize) {
        let needed = self.rows.len() + additional;
        if needed > self.capacity {
            let requested = self.growth.next_capacity(self.request(needed));
            // If no block can have that many rows, the array takes twice what is needed.
            self.predict_block(if requested == u64::MAX { 2 * needed } else { requested as usize });
        }
    }

    fn predict_block(&mut self, capacity: usize) {
        if self.has_block() && capacity > self.capacity {
            self.stats.growths += 1;
            self.stats.rows_copied += u64::try_from(self.rows.len()).unwrap();
            self.stats.peak_rows = self.stats.peak_rows.max(self.capacity + capacity);
            self.capacity = capacity;
        }
    }

    /// Predicts whether the block shrinks if fewer than `before` rows are left.
    fn predict_shrink(&mut self, before: usize) {
        if self.has_block() && self.rows.len() < before {
            if let Some(capacity) = self.growth.shrunk_capacity(self.request(self.rows.len())) {
                let capacity = capacity as usize;
                self.stats.shrinks += 1;
                self.stats.rows_copied += u64::try_from(self.rows.len()).unwrap();
                self.stats.peak_rows = self.stats.peak_rows.max(self.capacity + capacity);
                self.capacity = capacity;
            }
        }
    }

    #[track_caller]
    fn compare(&self, array: &GrowableNd<T>) {
        assert_same(array, &self.inner, &self.rows);
        assert_eq!(array.growth(), self.growth);
        let stats = array.growth_stats();
        assert!(stats.moves <= stats.growths + stats.shrinks, "{stats:?}");
        if self.has_block() {
            assert_eq!(array.capacity(), self.capacity);
            let GrowthStats { growths, shrinks, rows_copied, peak_rows, .. } = self.stats;
            assert_eq!(
                (stats.growths, stats.shrinks, stats.rows_copied, stats.peak_rows),
                (growths, shrinks, rows_copied, peak_rows)
            );
        } else {
            assert_eq!(stats, GrowthStats::default());
        }
    }
}

fn run<T: Element>(program: &Program) {
    let inner = &program.inner[..];
    let growth = growth_of(program.growth);
    let mut array = GrowableNd::<T>::with_growth(inner, growth);
    let mut model =
        Model { inner: inner.to_vec(), rows: vec![], growth, capacity: 0, stats: array.growth_stats() };
    let row_len = model.row_len();
    let index = |number: u8, count: usize| usize::from(number) % count.max(1);
    for (step, op) in program.ops.iter().enumerate() {
        let seed = u32::try_from(step).unwrap() * 1000;
        let row = || make_rows::<T>(1, row_len, seed).remove(0);
        let count = model.rows.len();
        match *op {
            Op::Push => {
                array.push_row(&row()).unwrap();
                model.predict_capacity(1);
                model.rows.push(row());
            }
            Op::PushOwned => {
                array.push_row(row()).unwrap();
                model.predict_capacity(1);
                model.rows.push(row());
            }
            Op::PushWrong(by) => {
                let len = row_len + 1 + index(by, 3);
                assert!(array.push_row(make_rows::<T>(1, len, seed).remove(0)).is_err());
            }
            Op::PushWith => {
                let mut elements = row().into_iter();
                let mut element = || elements.next().unwrap();
                match inner.len() {
                    0 => array.push_row_with(|[]| element()),
                    1 => array.push_row_with(|[_]| element()),
                    2 => array.push_row_with(|[_, _]| element()),
                    _ => array.push_row_with(|[_, _, _]| element()),
                }
                .unwrap();
                model.predict_capacity(1);
                model.rows.push(row());
            }
            Op::Insert(at) => {
                let at = index(at, count + 1);
                array.insert_row(at, row()).unwrap();
                model.predict_capacity(1);
                model.rows.insert(at, row());
            }
            Op::ExtendRows(many) => {
                let rows = make_rows::<T>(index(many, 10), row_len, seed);
                array.extend_rows(&rows).unwrap();
                model.predict_capacity(rows.len());
                model.rows.extend(rows);
            }
            Op::ExtendRowsWrongAt(at) => {
                let mut rows = make_rows::<T>(10, row_len, seed);
                rows[index(at, 10)].push(T::make(0));
                assert!(array.extend_rows(&rows).is_err());
                model.predict_capacity(rows.len());
                rows.truncate(index(at, 10));
                model.rows.extend(rows);
            }
            Op::ExtendFromSlice(many) => {
                let rows = make_rows::<T>(index(many, 10), row_len, seed);
                array.extend_from_slice(&rows.concat()).unwrap();
                // Elements do not determine the number of rows without elements.
                if row_len > 0 {
                    model.predict_capacity(rows.len());
                    model.rows.extend(rows);
                }
            }
            Op::ExtendFromPartialSlice => {
                let elements = make_rows::<T>(1, 2 * row_len + 1, seed).remove(0);
                assert_eq!(array.extend_from_slice(&elements).is_err(), row_len != 1);
                if row_len == 1 {
                    model.predict_capacity(3);
                    model.rows.extend(elements.chunks(1).map(<[T]>::to_vec));
                }
            }
            Op::ExtendFromWithin(a, b) => {
                let (a, b) = (index(a, count + 1), index(b, count + 1));
                let range = a.min(b)..a.max(b);
                array.extend_from_within(range.clone());
                model.predict_capacity(range.len());
                model.rows.extend_from_within(range);
            }
            Op::Append(many) => {
                let rows = make_rows::<T>(index(many, 10), row_len, seed);
                let mut other = array_of(inner, &rows);
                array.append(&mut other).unwrap();
                assert_same(&other, inner, &[]);
                model.predict_capacity(rows.len());
                model.rows.extend(rows);
            }
            Op::Pop => assert_eq!(array.pop_row(), model.rows.pop()),
            Op::Remove(at) if count > 0 => {
                assert_eq!(array.remove_row(index(at, count)), model.rows.remove(index(at, count)));
            }
            Op::SwapRemove(at) if count > 0 => {
                assert_eq!(array.swap_remove_row(index(at, count)), model.rows.swap_remove(index(at, count)));
            }
            Op::Remove(_) => assert!(array.try_remove_row(0).is_err()),
            Op::SwapRemove(_) => assert!(array.try_swap_remove_row(0).is_err()),
            Op::Drain(a, b, taken) => {
                let (a, b) = (index(a, count + 1), index(b, count + 1));
                let range = a.min(b)..a.max(b);
                let taken = index(taken, range.len() + 1);
                let (mut ours, mut theirs) = (array.drain_rows(range.clone()), model.rows.drain(range));
                for turn in 0..taken {
                    assert_eq!(ours.len(), theirs.len());
                    if turn % 2 == 0 {
                        assert_eq!(ours.next(), theirs.next());
                    } else {
                        assert_eq!(ours.next_back(), theirs.next_back());
                    }
                }
            }
            Op::Retain(modulus) => {
                let modulus = usize::from(modulus % 5) + 1;
                let (mut ours, mut theirs) = (0, 0);
                array.retain_rows(|_| {
                    ours += 1;
                    ours % modulus == 0
                });
                model.rows.retain(|_| {
                    theirs += 1;
                    theirs % modulus == 0
                });
            }
            Op::Truncate(at) => {
                array.truncate(index(at, count + 2));
                model.rows.truncate(index(at, count + 2));
            }
            Op::SplitOff(at) => {
                let at = index(at, count + 1);
                let rest = array.split_off(at);
                assert_same(&rest, inner, &model.rows.split_off(at));
                assert_eq!(rest.growth(), model.growth);
                assert_eq!(rest.growth_stats(), GrowthStats::default());
            }
            Op::Resize(to) => {
                let to = index(to, 20);
                array.resize(to, T::make(seed));
                model.predict_capacity(to.saturating_sub(count));
                model.rows.resize(to, vec![T::make(seed); row_len]);
            }
            Op::ResizeWith(to) => {
                let to = index(to, 20);
                let rows = make_rows::<T>(to.saturating_sub(count), row_len, seed);
                let mut elements = rows.concat().into_iter();
                if to % 2 == 0 {
                    array.resize_with(to, || elements.next().unwrap());
                } else {
                    array.try_resize_with(to, || elements.next().ok_or(Error::NoRows)).unwrap();
                }
                assert!(elements.next().is_none());
                model.predict_capacity(rows.len());
                model.rows.truncate(to);
                model.rows.extend(rows);
            }
            Op::Swap(a, b) if count > 0 => {
                array.swap_rows(index(a, count), index(b, count));
                model.rows.swap(index(a, count), index(b, count));
            }
            Op::Swap(..) => assert!(array.try_swap_rows(0, 0).is_err()),
            Op::Clear => {
                array.clear();
                model.rows.clear();
            }
            Op::Reserve(rows) => {
                array.reserve(index(rows, 30));
                model.predict_capacity(index(rows, 30));
            }
            Op::ReserveExact(rows) => {
                array.reserve_exact(index(rows, 30));
                model.predict_block(count + index(rows, 30));
            }
            Op::ShrinkToFit => {
                array.shrink_to_fit();
                model.capacity = count;
            }
            Op::ShrinkTo(rows) => {
                array.shrink_to(index(rows, 30));
                model.capacity = model.capacity.min(count.max(index(rows, 30)));
            }
            Op::SetGrowth(rule) => {
                model.growth = growth_of(rule);
                array.set_growth(model.growth);
            }
            Op::Clone => {
                array = array.clone();
                model.capacity = count;
                model.stats = GrowthStats::default();
            }
            Op::CloneFrom(many) => {
                let rows = make_rows::<T>(index(many, 20), row_len, seed);
                array.clone_from(&array_of(inner, &rows));
                model.capacity = model.capacity.max(rows.len());
                model.stats = GrowthStats::default();
                model.rows = rows;
                model.growth = Growth::default();
            }
            Op::ThroughVec => {
                let growth = array.growth();
                array = GrowableNd::from_vec(inner, array.into_vec()).unwrap();
                array.set_growth(growth);
                // The vector does not store the number of rows without elements.
                if row_len == 0 {
                    model.rows.clear();
                }
                model.stats = GrowthStats::default();
            }
            Op::ChangeRow(at) => {
                if let Some(row) = array.get_row_mut(index(at, count)) {
                    row.reverse();
                    model.rows[index(at, count)].reverse();
                }
            }
        }
        // These two operations replace the array, or set its length, without removing rows.
        if !matches!(op, Op::CloneFrom(_) | Op::ThroughVec) {
            model.predict_shrink(count);
        }
        model.compare(&array);
    }
}

#[test]
fn random_programs_of_numbers() {
    check(|program: Program| run::<u32>(&program));
}

#[test]
fn random_programs_of_elements_without_size() {
    check(|program: Program| run::<()>(&program));
}

#[test]
fn random_programs_drop_every_element_once() {
    check(|program: Program| {
        let before = Tracked::live();
        run::<Tracked>(&program);
        assert_eq!(Tracked::live(), before);
    });
}
