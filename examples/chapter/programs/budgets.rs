pub fn main() {
// cargo run --example chapter -- budgets
/// The rows of a player who always takes as much as the budget allows. The budget is in hundredths.
fn greedy(budget: u64) -> u64 {
    let (mut rows, mut copies) = (0, 0);
    while rows < 1 << 50 {
        let largest = (budget * (rows + 1) / 100).saturating_sub(copies + rows);
        if largest <= rows {
            break;
        }
        copies += rows;
        rows = largest;
    }
    rows
}

let budgets = [300, 350, 380, 390, 395];
assert_eq!(budgets.map(greedy), [27, 231, 9990, 603_868, 208_515_416]);
assert!(greedy(400) >= 1 << 50);
}
