//! Errors of growth policies, of the zoo, and of models.

use crate::{Message, message};
use growable_nd::amortized::{Bounds, FirstFit, Ledger, Model, Op, Recording};
use growable_nd::{Growth, Ratio, zoo};

pub fn growth() -> Vec<Message> {
    let of = |error| message("GrowthError", error);
    let parsed = |text: &str| message("ParseGrowthError", text.parse::<Growth>().unwrap_err());
    let growth = Growth::DOUBLE;
    let half = Ratio::new(1, 2);
    vec![
        message("RatioError", Ratio::try_new(3, 0).unwrap_err()),
        message("RatioError", Ratio::try_new(i128::MIN, 3).unwrap_err()),
        of(Growth::try_factor(2, 3).unwrap_err()),
        of(Growth::try_from(f64::NAN).unwrap_err()),
        of(Growth::try_factor(3, 0).unwrap_err()),
        of(Growth::try_from(Ratio::new(i128::MAX, 2)).unwrap_err()),
        of(Growth::try_additive(0).unwrap_err()),
        of(growth.try_with_first(0).unwrap_err()),
        of(growth.try_at_most(0).unwrap_err()),
        of(growth.try_with_shrink(Ratio::new(-1, 2), Ratio::from(2)).unwrap_err()),
        of(growth.try_with_shrink(half, half).unwrap_err()),
        of(growth.try_with_shrink(half, Ratio::from(2)).unwrap_err()),
        parsed("1,5"),
        parsed("abc"),
        parsed("1/2"),
        parsed("100000000000000000000"),
        message("UnknownName", zoo::find("fbvector").unwrap_err()),
        message("UnknownName", zoo::find("third").unwrap_err()),
        message("ParseError", zoo::parse("cpython-lits").unwrap_err()),
        message("ParseError", zoo::parse("0.5").unwrap_err()),
    ]
}

pub fn models() -> Vec<Message> {
    let mut model = Model::new(Growth::DOUBLE);
    let empty = model.apply(Op::Pop).unwrap_err();
    model.apply(Op::Extend(5)).unwrap();
    let full = model.apply(Op::Extend(u64::MAX)).unwrap_err();
    let steep = Growth::factor(u64::MAX, u64::MAX - 1);
    let mut ledger = Ledger::new(steep, &Bounds::of(&steep).unwrap()).unwrap();
    let mut heap = FirstFit::new();
    let block = heap.allocate(10);
    heap.free(block);
    let of = |error| message("OpError", error);
    let op = |text: &str| message("ParseOpError", text.parse::<Op>().unwrap_err());
    vec![
        of(empty),
        of(full),
        of(ledger.record(Op::Extend(u64::MAX)).unwrap_err()),
        message("FreeError", heap.try_free(block).unwrap_err()),
        op("shove"),
        op("extend 1e20"),
        message("ParseRecordingError", "10 x push\n10 y push".parse::<Recording>().unwrap_err()),
    ]
}
