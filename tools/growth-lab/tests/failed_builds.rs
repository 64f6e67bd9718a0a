//! The answer and the advice on runs with given times, some of whose builds fail.

use growth_lab::advice::{Preferences, advice};
use growth_lab::answer::{Answer, Clock, analyse};
use growth_lab::child::{Heap, Sample};
use growth_lab::lengths::Lengths;
use growth_lab::machine::Machine;
use growth_lab::run::{Build, Contender, FORMAT, Run, Setup};
use growth_lab::text;
use growth_lab::workload::Work;

const LENGTH: u64 = 1000;

/// A run of these policies on one heap with one length. `time` gets the index of a policy and the
/// round; `None` is a failed build.
fn run(rules: &[&str], rounds: usize, time: impl Fn(usize, usize) -> Option<f64>) -> Run {
    let setup = Setup {
        format: FORMAT,
        command: vec![],
        version: String::new(),
        date: String::new(),
        machine: Machine::describe(),
        rules: rules.iter().map(|&rule| rule.to_owned()).collect(),
        twin: 0,
        row_shape: vec![3],
        element: "f64".into(),
        row_bytes: 24,
        lengths: Lengths::Exactly(LENGTH),
        work: Work::Push,
        arrays: 1,
        phases: 1,
        heaps: vec![Heap::Fresh],
        rounds,
        seed: 1,
        equivalence: 0.02,
        planted: 0.0,
        left_out: vec![],
    };
    let mut builds = vec![];
    for round in 0..rounds {
        let given = (0..rules.len()).map(|rule| (Contender::Rule(rule), time(rule, round)));
        let others = [(Contender::Preallocated, Some(1.0)), (Contender::Twin, time(0, round))];
        for (contender, time) in others.into_iter().chain(given) {
            let outcome = time.map(sample).ok_or_else(|| "no memory".to_owned());
            let heap = Heap::Fresh;
            builds.push(Build { round, phase: 0, contender, heap, length: LENGTH, load: None, outcome });
        }
    }
    Run { setup, builds, pushes: vec![] }
}

fn sample(wall_ns: f64) -> Sample {
    Sample {
        wall_ns,
        cpu_ns: Some(wall_ns),
        page_faults: None,
        resident_peak: None,
        requested_peak: 48 * LENGTH,
        moves: 10,
        moved_bytes: 24 * LENGTH,
        growths: 10,
        shrinks: 0,
        rows_copied: LENGTH,
        rows: LENGTH,
        capacity: 2 * LENGTH,
        worst_ns: 1.0,
    }
}

/// Returns the answer, its names in their order, and the advice.
fn answer(run: &Run) -> (Answer, Vec<String>, String) {
    let (answers, _) = analyse(run, Clock::Cpu);
    let advice = advice(run, &answers, &[], Preferences::default()).join("\n");
    let answer = answers.into_iter().next().expect("one heap");
    let names = answer.ranked.iter().map(|row| row.name.clone()).collect();
    (answer, names, advice)
}

#[test]
fn a_policy_without_a_complete_round_is_not_ranked() {
    // With several lengths in a round, a policy may succeed at the short ones only.
    let mut run = run(&["2", "4", "3/2"], 25, |rule, _| Some([2.0, 1.0, 3.0][rule]));
    run.setup.phases = 2;
    let mut second = run.builds.clone();
    for build in &mut second {
        build.phase = 1;
        if build.contender == Contender::Rule(1) {
            build.outcome = Err("no memory".into());
        }
    }
    run.builds.append(&mut second);
    let (answer, names, advice) = answer(&run);
    assert_eq!(names, ["2", "3/2"]);
    assert_eq!((&answer.without_round[..], &answer.did_not_grow[..]), (&["4".to_owned()][..], &[][..]));
    assert!(!advice.contains('4'), "{advice}");
    assert!(advice.contains("choose 2 or, within 1 % of it") || advice.contains("choose 2; 3/2"), "{advice}");
    let notes = text::notes(&run, &answer).join("\n");
    assert!(notes.contains("4 has no round without a failed build, and is not ranked."), "{notes}");
}

#[test]
fn a_policy_with_too_few_complete_rounds_is_not_recommended() {
    for rules in [&["2", "4", "3/2"][..], &["2", "4"]] {
        // `4` succeeds in two rounds only, in which it is the fastest.
        let run = run(rules, 25, |rule, round| match (rule, round) {
            (1, 2..) => None,
            _ => Some([2.0, 1.0, 3.0][rule]),
        });
        let (_, names, advice) = answer(&run);
        assert_eq!(names[0], "2", "{names:?}");
        assert!(!advice.contains("choose 4") && !advice.contains("of 2, 4"), "{advice}");
        let left_out = "Not compared, since builds failed in too many rounds: 4.";
        assert!(advice.contains(left_out), "{advice}");
        assert_eq!(advice.contains("In a fresh process, 2 is the fastest"), rules.len() == 3, "{advice}");
    }
}

#[test]
fn averages_are_those_of_complete_rounds() {
    // The builds at the second length, which have a smaller peak, fail in most rounds.
    let mut run = run(&["2", "4"], 25, |_, _| Some(1.0));
    run.setup.phases = 2;
    let mut second = run.builds.clone();
    for build in &mut second {
        build.phase = 1;
        match &mut build.outcome {
            Ok(_) if build.contender == Contender::Rule(1) && build.round > 9 => {
                build.outcome = Err("no memory".into());
            }
            Ok(sample) => sample.requested_peak = 24 * LENGTH,
            Err(_) => {}
        }
    }
    run.builds.append(&mut second);
    let (answer, ..) = answer(&run);
    assert_eq!(answer.ranked.iter().map(|row| row.peak.mean).collect::<Vec<_>>(), [1.5, 1.5]);
}

#[test]
fn a_policy_that_is_faster_than_the_first_is_not_slower() {
    // In two thirds of the rounds each policy is faster than the next one, and the last faster than
    // the first: the medians have no order.
    let times = [[1.0, 2.0, 3.0], [2.0, 3.0, 1.0], [3.0, 1.0, 2.0]];
    let run = run(&["2", "4", "3/2"], 300, |rule, round| Some(times[round % 3][rule]));
    let (answer, names, advice) = answer(&run);
    let faster: Vec<&str> = answer
        .ranked
        .iter()
        .filter(|row| row.to_best.is_some_and(|to| to.ratio < 1.0))
        .map(|row| row.name.as_str())
        .collect();
    let [faster] = faster[..] else { panic!("{faster:?}") };
    assert!(advice.contains(&format!("none of {}, {faster} is shown to be slower", names[0])), "{advice}");
}
