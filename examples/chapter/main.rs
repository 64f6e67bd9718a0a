//! Runs the programs of the chapter on amortized analysis, `growable_nd::amortized`, and its growth
//! game.
//!
//! Run with `cargo run --example chapter -- list`.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

#[path = "../support/command.rs"]
mod command;
mod game;
mod programs;

const USAGE: &str = "usage: chapter NAME | all | list | game [BUDGET]\n\
    Runs a program of the chapter, or all programs. A program panics if a statement of the chapter fails.\n\
    The growth game reads capacities from standard input. BUDGET, by default 3.9, is in copies and slots per row.";

enum Task {
    Run(Vec<(&'static str, fn())>),
    List,
    Game(f64),
}

fn main() -> ExitCode {
    command::run(USAGE, parse, |task, out| match task {
        Task::Run(programs) => run(&programs, out),
        Task::List => list(out),
        Task::Game(budget) => game::play(budget, &mut io::stdin().lock(), out),
    })
}

fn parse(arguments: &[OsString]) -> command::Result<Task> {
    let words: Option<Vec<&str>> = arguments.iter().map(|argument| argument.to_str()).collect();
    match words.as_deref() {
        Some(["list"]) => Ok(Task::List),
        Some(["all"]) => Ok(Task::Run(programs::ALL.map(|(name, _, run)| (name, run)).to_vec())),
        Some(["game"]) => Ok(Task::Game(3.9)),
        Some(["game", budget]) => match budget.parse() {
            Ok(budget) if (2.0..=100.0).contains(&budget) => Ok(Task::Game(budget)),
            _ => Err(format!("invalid budget {budget}; from 2 to 100").into()),
        },
        Some([name]) => {
            let found = programs::ALL.iter().find(|(program, ..)| program == name);
            let &(name, _, run) =
                found.ok_or_else(|| format!("no program is called {name}; `list` prints the names"))?;
            Ok(Task::Run(vec![(name, run)]))
        }
        _ => Err("no program is named; `list` prints the names".into()),
    }
}

fn run(programs: &[(&str, fn())], out: &mut dyn Write) -> command::Result<()> {
    for (name, run) in programs {
        run();
        writeln!(out, "{name}: as the chapter says")?;
    }
    Ok(())
}

fn list(out: &mut dyn Write) -> command::Result<()> {
    for (name, section, _) in programs::ALL {
        writeln!(out, "{name:<15} {section}")?;
    }
    Ok(writeln!(out, "{:<15} No array in one block does better, played", "game")?)
}
