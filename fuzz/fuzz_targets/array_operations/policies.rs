//! Growth policies of all kinds.

use growable_nd::{Growth, Ratio, zoo};
use growable_nd_fuzz::input::Input;

/// Takes a policy from the input.
pub fn policy(input: &mut Input<'_>) -> Growth {
    let policies = [
        Growth::DOUBLE,
        Growth::THREE_HALVES,
        Growth::EXACT,
        Growth::FIVE_QUARTERS.with_first(5),
        Growth::additive(3),
        Growth::factor((1 << 40) + 1, 1 << 40),
        Growth::factor(1 << 40, 1),
        Growth::custom("none", |_| 0),
        Growth::custom("all", |_| u64::MAX),
        Growth::custom("much", |request| request.needed.saturating_mul(1 << 20)),
        Growth::custom("bytes", |request| 200_u64.div_ceil(request.row_bytes.max(1)).max(request.needed)),
        Growth::DOUBLE.with_shrink(Ratio::new(1, 4), Ratio::from(2)),
        Growth::THREE_HALVES.with_first(3).with_shrink(Ratio::new(4, 9), Ratio::new(3, 2)),
        Growth::EXACT.with_shrink(Ratio::new(9, 10), Ratio::from(1)),
        Growth::DOUBLE.at_most(5),
        Growth::custom("step", |request| request.capacity.saturating_add(7))
            .with_shrink(Ratio::new(1, 2), Ratio::from(1)),
        zoo::find("redis-sds").unwrap().growth(),
        zoo::find("go-slice").unwrap().growth(),
    ];
    input.pick(&policies)
}
