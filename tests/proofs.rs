//! The model of the crate agrees with the model of the Coq proofs in `proofs/Shrinking.v`.
//!
//! Random policies run random operations. Their rows, capacities, costs and prices become
//! statements for Coq, which computes them from the definitions of the proofs. Without `coqc`
//! nothing is compared; `cargo test --test proofs -- --nocapture` reports that.

use growable_nd::amortized::{Bounds, Model, Op};
use growable_nd::{Growth, Ratio, Request};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const HEAD: &str = "From Coq Require Import ZArith List.
Require Import Growth Potential Shrinking.
Import ListNotations.
Open Scope Z_scope.
";

/// Random numbers less than a limit.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// A ratio from `least` to `least + more`, with a denominator up to 8.
    fn ratio(&mut self, least: u64, more: u64) -> Ratio {
        let denominator = 1 + self.below(8);
        let numerator = least * denominator + self.below(more * denominator);
        Ratio::new(numerator.into(), denominator.into())
    }
}

/// A policy that shrinks, and its ratios in the notation of the proofs: a, b, s.
fn policy(random: &mut Random) -> (Growth, [Ratio; 3]) {
    loop {
        let (a, b, s) = (random.ratio(1, 2), random.ratio(1, 2), random.ratio(0, 1));
        let zero = Ratio::from(0);
        if a > Ratio::from(1) && s > zero {
            let (p, q) = (a.numerator().try_into().unwrap(), a.denominator().try_into().unwrap());
            let growth = Growth::factor(p, q).with_first(1 + random.below(8));
            if let Ok(growth) = growth.try_with_shrink(s, b) {
                return (growth, [a, b, s]);
            }
        }
    }
}

/// Runs operations, and returns them as a list for Coq, with their cost.
fn run(model: &mut Model, random: &mut Random) -> (String, u128) {
    let (mut list, mut cost) = (vec![], 0);
    let grows = random.below(6) + 2;
    for i in 0..80 {
        let before = model.rows();
        let op = match random.below(10) {
            0 => Op::Reserve(random.below(30)),
            1 => Op::Extend(random.below(30)),
            2 => Op::Truncate(random.below(before + 2)),
            choice if (choice < grows) == (i < 50) => Op::Push,
            _ if before == 0 => Op::Push,
            _ => Op::Pop,
        };
        cost += model.apply(op).unwrap().cost();
        list.push(match op {
            Op::Push => "Push 1".into(),
            Op::Extend(rows) => format!("Push {rows}"),
            Op::Reserve(rows) => format!("Reserve {rows}"),
            _ => format!("Remove {}", before - model.rows()),
        });
    }
    (format!("[{}]", list.join("; ")), cost)
}

/// The results of the crate for a random policy, as statements for Coq.
fn statements(random: &mut Random) -> String {
    let (growth, [a, b, s]) = policy(random);
    let first = growth.next_capacity(Request::new(0, 1));
    let mut model = Model::new(growth);
    let (ops, cost) = run(&mut model, random);
    let (rows, capacity) = (model.rows(), model.capacity());

    let y = a.max(b);
    let sy = Ratio::new(s.numerator() * y.numerator(), s.denominator() * y.denominator());
    let parts = |ratio: Ratio| format!("{} {}", ratio.numerator(), ratio.denominator());
    let shrink = format!("{} {}", parts(b), parts(s));
    let (next, cost_of) =
        (format!("(next {} {first} {shrink})", parts(a)), format!("(actual_cost {first} {shrink})"));
    let mut text = format!(
        "Goal let x := after_all _ _ {next} empty {ops} in
  (rows x, capacity x, total _ _ {next} {cost_of} empty {ops}) = ({rows}, {capacity}, {cost}).
Proof. vm_compute. reflexivity. Qed.\n"
    );

    let bounds = Bounds::of(&growth).unwrap();
    let unit = format!("unit {} {} {}", parts(a), b.denominator(), parts(sy));
    for (op, price) in [("Push 1", bounds.amortized_push()), ("Remove 1", bounds.amortized_pop().unwrap())] {
        let (numerator, denominator) = (price.numerator(), price.denominator());
        writeln!(
            text,
            "Goal price_of {} {shrink} {} ({op}) * {denominator} = {numerator} * {unit}.
Proof. vm_compute. reflexivity. Qed.",
            parts(a),
            parts(sy)
        )
        .unwrap();
    }
    text
}

#[test]
fn the_array_of_the_proofs_is_the_model() {
    let coqc = || {
        let mut command = Command::new("coqc");
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command
    };
    if coqc().arg("--version").status().is_err() {
        eprintln!("coqc is not installed: nothing is compared");
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("proofs");
    fs::create_dir_all(&folder).unwrap();
    let mut random = Random(1);
    let text = (0..40).fold(HEAD.to_string(), |text, _| text + &statements(&mut random));
    fs::write(folder.join("Model.v"), text).unwrap();
    for file in ["Growth.v", "Potential.v", "Shrinking.v"] {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../proofs").join(file);
        fs::copy(source, folder.join(file)).unwrap();
    }
    for file in ["Growth.v", "Potential.v", "Shrinking.v", "Model.v"] {
        assert!(coqc().arg(file).current_dir(&folder).status().unwrap().success(), "{file}");
    }
}
