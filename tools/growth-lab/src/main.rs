//! The program. `growth-lab --help` has the options.

use clap::Parser;
use growth_lab::advice::advice;
use growth_lab::answer::{Clock, analyse};
use growth_lab::compare_runs::{Measure, check_compared, compare_runs, report};
use growth_lab::machine::{Machine, available_memory};
use growth_lab::measure::{MOST_COPIES, PHASES, measure};
use growth_lab::notes::notes;
use growth_lab::options::{Command, Options, PreferenceOptions, Task};
use growth_lab::page::{self, Content};
use growth_lab::predict::Prediction;
use growth_lab::rules;
use growth_lab::run::{FORMAT, Folder, Run, Setup};
use growth_lab::stats::self_test;
use growth_lab::{child, quantity, text};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|argument| argument == child::ARGUMENT) {
        return finish(child::main().map(|()| ExitCode::SUCCESS));
    }
    let command = Command::parse();
    finish(match command.task {
        None => compare_policies(&command.options),
        Some(Task::Show { run, preferences }) => show(&run, preferences),
        Some(Task::Compare { first, second, absolute, clock, equivalence }) => {
            let measure = if absolute { Measure::Absolute } else { Measure::Relative };
            compare_folders([&first, &second], (measure, clock), equivalence)
        }
        Some(Task::SelfTest { pages }) => test_verdicts(pages),
        Some(Task::Zoo) => print(&zoo()).map(|()| ExitCode::SUCCESS),
        Some(Task::Factors { range, rows, out }) => {
            page::factors::write(range, &rows, &out).and_then(|text| {
                print(&text)?;
                Ok(ExitCode::SUCCESS)
            })
        }
    })
}

fn finish(result: Result<ExitCode, String>) -> ExitCode {
    result.unwrap_or_else(|message| {
        eprintln!("error: {message}");
        ExitCode::from(2)
    })
}

/// Prints a text. A closed pipe is not an error.
fn print(text: &str) -> Result<(), String> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}

/// Measures and predicts the policies of the command line.
fn compare_policies(options: &Options) -> Result<ExitCode, String> {
    let rules = rules::parse_all(&options.rules(), options.row_bytes(), options.separate)?;
    let now = jiff::Zoned::now();
    let mut setup = Setup {
        format: FORMAT,
        command: std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect(),
        version: env!("CARGO_PKG_VERSION").into(),
        date: now.strftime("%Y-%m-%d %H:%M:%S %:z").to_string(),
        machine: Machine::describe(),
        rules: rules.iter().map(|rule| rule.name.clone()).collect(),
        twin: 0,
        row_shape: options.row.0.clone(),
        element: options.element.clone(),
        row_bytes: options.row_bytes(),
        lengths: options.lengths()?,
        work: options.work()?,
        arrays: options.arrays()?,
        phases: 1,
        heaps: if options.no_measure { vec![] } else { options.heaps() },
        rounds: usize::try_from(options.rounds).unwrap_or(usize::MAX),
        seed: options.seed,
        equivalence: options.equivalence,
        planted: options.plant.unwrap_or(0.0),
        left_out: vec![],
    };
    if setup.arrays == 1
        && setup.work.own_length().is_none()
        && setup.lengths.range().0 < setup.lengths.range().1
    {
        setup.phases = PHASES;
    }
    let predictions = predictions(&setup, &[])?;
    setup.left_out = left_out(&predictions, &setup);
    let predictions = known(predictions);
    let is_measured = |name: &String| setup.left_out.iter().all(|(left_out, _)| left_out != name);
    setup.twin = setup.rules.iter().position(is_measured).ok_or_else(|| {
        let reasons: Vec<String> =
            setup.left_out.iter().map(|(name, reason)| format!("{name}: {reason}")).collect();
        format!("no policy can be measured ({})", reasons.join("; "))
    })?;
    for note in notes(&setup, &predictions) {
        eprintln!("note: {note}");
    }
    // Created first: a folder that cannot be written is found before minutes are spent.
    let mut folder = Folder::create(&options.out, &now.strftime("%Y-%m-%dT%H-%M-%S").to_string(), &setup)?;
    let run = measure(&setup, &mut folder);
    publish(&run, &folder.path, options.preferences)
}

/// The prediction for each policy, or the reason why there is none.
type Predictions = Vec<(String, Result<Prediction, String>)>;

fn predictions(setup: &Setup, drawn: &[u64]) -> Result<Predictions, String> {
    let of = |name: &String| {
        let rule = rules::parse(rules::spelling(name), setup.row_bytes)?;
        let prediction = Prediction::of(&rule, &setup.work, &setup.lengths, drawn);
        let prediction = if setup.arrays > 1 { prediction.map(Prediction::of_many) } else { prediction };
        Ok((name.clone(), prediction))
    };
    setup.rules.iter().map(of).collect()
}

fn known(predictions: Predictions) -> Vec<(String, Prediction)> {
    predictions.into_iter().filter_map(|(name, prediction)| Some((name, prediction.ok()?))).collect()
}

/// Returns the policies that are not measured, with the reason.
fn left_out(predictions: &Predictions, setup: &Setup) -> Vec<(String, String)> {
    let memory = available_memory().unwrap_or(u64::MAX) as f64;
    let is_measured = !setup.heaps.is_empty();
    let reason = |prediction: &Result<Prediction, String>| {
        let prediction = match prediction {
            Ok(prediction) => prediction,
            Err(reason) => return Some(reason.clone()),
        };
        let copies = prediction.of_cost(|cost| cost.copies).worst;
        let peak = prediction.of_cost(|cost| cost.peak * cost.length as f64).worst;
        let bytes = peak * setup.row_bytes as f64 * setup.arrays as f64;
        if !is_measured {
            None
        } else if copies > MOST_COPIES {
            Some(format!("it copies each row {copies:.0} times, more than {MOST_COPIES}"))
        } else if bytes > memory {
            Some(format!("it needs {}, and {} are available", quantity::size(bytes), quantity::size(memory)))
        } else {
            None
        }
    };
    let left_out = predictions.iter();
    left_out.filter_map(|(name, prediction)| Some((name.clone(), reason(prediction)?))).collect()
}

/// Analyses a run, writes its page and prints its answer.
fn publish(run: &Run, folder: &Path, preferences: PreferenceOptions) -> Result<ExitCode, String> {
    let predictions = known(predictions(&run.setup, &run.lengths())?);
    let notes = notes(&run.setup, &predictions);
    let (answers, pairs) = analyse(run, preferences.clock);
    let advice = advice(run, &answers, &predictions, preferences.into());
    let content = Content {
        run,
        answers: &answers,
        pairs: &pairs,
        predictions: &predictions,
        advice: &advice,
        notes: &notes,
    };
    // The terminal comes first: a full disk must not hide the answer.
    print(&text::summary(run, &answers, &predictions, &advice))?;
    let file = folder.join("report.html");
    replace(&file, &page::page(&content)).map_err(|error| format!("{}: {error}", file.display()))?;
    print(&format!("\nPage: {}\n", file.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// Replaces a file by a new one that is complete: a full disk leaves the old file.
fn replace(file: &Path, text: &str) -> std::io::Result<()> {
    let part = file.with_extension("part");
    let written = std::fs::write(&part, text).and_then(|()| std::fs::rename(&part, file));
    if written.is_err() {
        // It may not exist.
        let _ = std::fs::remove_file(&part);
    }
    written
}

fn show(folder: &Path, preferences: PreferenceOptions) -> Result<ExitCode, String> {
    publish(&Run::read(folder)?, folder, preferences)
}

fn compare_folders(
    [first, second]: [&Path; 2],
    measure: (Measure, Clock),
    equivalence: f64,
) -> Result<ExitCode, String> {
    let (first, second) = (Run::read(first)?, Run::read(second)?);
    let lines = compare_runs(&first, &second, measure, equivalence)?;
    let (table, any_slower) = report(&lines);
    let of = |run: &Run| {
        format!("{}, {}, {}", run.setup.date, run.setup.machine.processor, run.setup.machine.allocator)
    };
    print(&format!("first:  {}\nsecond: {}\n\n{table}", of(&first), of(&second)))?;
    check_compared(&lines)?;
    Ok(if any_slower { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Lists the names and the titles of the zoo.
fn zoo() -> String {
    let entries = growable_nd::zoo::entries();
    let width = entries.iter().map(|entry| entry.name.len()).max().unwrap_or(0);
    entries.iter().map(|entry| format!("{:<width$}  {}\n", entry.name, entry.title)).collect()
}

/// Tests the verdicts on simulated noise. Fails if clearly more than one page in a hundred has a
/// false verdict.
fn test_verdicts(pages: u32) -> Result<ExitCode, String> {
    let pages = usize::try_from(pages).unwrap_or(usize::MAX);
    let mut random = fastrand::Rng::with_seed(1);
    let header =
        ["policies", "rounds", "noise", "planted", "pages with a false verdict", "found against all"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    let mut is_false = false;
    for contenders in [2, 9] {
        for rounds in [9, 25, 101, 401] {
            for (noise, planted) in [(0.02, 0.0), (0.05, 0.0), (0.05, 0.05), (0.05, 0.03)] {
                let setting = self_test::Setting { contenders, rounds, noise, planted };
                let outcome = self_test::simulate(setting, pages, &mut random);
                let share = |count: usize| 100.0 * count as f64 / pages as f64;
                is_false |= outcome.has_too_many_false_claims();
                rows.push(vec![
                    contenders.to_string(),
                    rounds.to_string(),
                    format!("{:.0} %", 100.0 * noise),
                    format!("{:.0} %", 100.0 * planted),
                    format!("{:.1} %", share(outcome.with_false_claims)),
                    if planted > 0.0 { format!("{:.0} %", share(outcome.found)) } else { String::new() },
                ]);
            }
        }
    }
    print(&text::table(&rows))?;
    Ok(if is_false { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
