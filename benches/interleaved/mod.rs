//! Ratios between contenders, measured in one interleaved run.
//!
//! A shared or virtual machine drifts: two measurements are comparable if a millisecond lies
//! between them, and not if it is a minute. So every round runs every contender once, in an order
//! drawn anew, and the ratio to the first contender *of the same round* is taken. In a fixed order,
//! reversed or not, one contender would always run after the one that leaves caches and heap in
//! disorder.
//!
//! Even so, the addresses of code, stack and heap of a process change a loop of a few nanoseconds
//! by a quarter, in all its rounds. So the run is repeated in several processes, and the tables
//! show median and quartiles over them. [`report`] runs all contenders in each process.
//! [`report_alone`] starts a process for each contender of each round: for work that allocates,
//! since a heap depends on earlier contenders.

// Each bench uses a part of the module.
#![allow(dead_code)]

mod table;

use std::cell::RefCell;
use std::hash::{BuildHasher, RandomState};
use std::io::{IsTerminal, stderr};
use std::process::Command;
use std::rc::Rc;
use std::time::{Duration, Instant};
use table::{Cell, Label, print_tables};

/// A named piece of work. The first contender of a race is the reference; with an empty name it has
/// no row.
pub struct Contender<'a> {
    name: String,
    run: Box<dyn FnMut() -> Duration + 'a>,
}

impl<'a> Contender<'a> {
    /// Times `work`, and drops its result after the clock has stopped.
    pub fn new<R>(name: impl Into<String>, work: impl FnMut() -> R + 'a) -> Self {
        Contender::checked(name, work, |_| ())
    }

    /// Times `work`, and checks its first result.
    pub fn checked<R>(
        name: impl Into<String>,
        mut work: impl FnMut() -> R + 'a,
        check: impl FnOnce(&R) + 'a,
    ) -> Self {
        let mut check = Some(check);
        Contender::timed(name, move || {
            let start = Instant::now();
            let result = std::hint::black_box(work());
            let elapsed = start.elapsed();
            if let Some(check) = check.take() {
                check(&result);
            }
            elapsed
        })
    }

    /// Wraps work that measures its time itself, elsewhere.
    pub fn timed(name: impl Into<String>, run: impl FnMut() -> Duration + 'a) -> Self {
        Contender { name: name.into(), run: Box::new(run) }
    }

    /// Returns the nanoseconds of each round, without other contenders in between.
    fn times(&mut self, rounds: usize) -> Vec<f64> {
        let first = nanoseconds((self.run)());
        if rounds == 0 { vec![first] } else { (0..rounds).map(|_| nanoseconds((self.run)())).collect() }
    }
}

/// One column of a table: the contenders, the unit of work, and the units in a run.
pub struct Race<'a> {
    pub table: String,
    pub column: String,
    pub unit: &'static str,
    pub units: usize,
    /// Number of runs of each contender in one process after the first run, which is not counted.
    /// Zero, for `report_alone` only, counts the first run.
    pub rounds: usize,
    pub contenders: Vec<Contender<'a>>,
}

/// Touches `bytes` of memory and frees them. A virtual machine may hand out memory slowly the first
/// time it is used; without this call, contenders that need more memory look slower than they are.
pub fn touch_memory(bytes: usize) {
    std::hint::black_box(vec![1_u8; bytes]);
}

/// Shares one vector between two contenders that write: on a virtual machine memory is not equally
/// fast everywhere.
pub fn shared<T>(elements: Vec<T>) -> [Rc<RefCell<Vec<T>>>; 2] {
    let one = Rc::new(RefCell::new(elements));
    [Rc::clone(&one), one]
}

/// Number of processes that measure, or of processes per contender.
const PROCESSES: usize = 15;

/// The option that makes a process measure and print for its parent.
const MEASURE: &str = "--measure-in-this-process=";

/// The option to measure once, which only shows that the program runs.
const QUICK: &str = "--quick";

/// Returns what this process measures, if it was started to measure.
pub fn task() -> Option<String> {
    std::env::args().find_map(|argument| argument.strip_prefix(MEASURE).map(str::to_owned))
}

/// Returns whether this process prints what other processes measure.
pub fn is_parent() -> bool {
    task().is_none()
}

/// Returns whether the command line asks for ratios instead of absolute times.
pub fn ratios_wanted() -> bool {
    std::env::args().any(|argument| argument == "--ratios")
}

fn processes() -> usize {
    if std::env::args().any(|argument| argument == QUICK) { 1 } else { PROCESSES }
}

/// Prints the tables of all races that `run_all` passes on. Each process measures all contenders.
pub fn report(run_all: impl FnOnce(&mut dyn FnMut(Race<'_>))) {
    let mut order = Order::drawn();
    if !is_parent() {
        return run_all(&mut |mut race| {
            let times = in_turn(&mut race.contenders, race.rounds, &mut order);
            for (number, own) in times.iter().enumerate() {
                let label = Label::new(&race, number).to_line();
                let [_, time, _] = quartiles(own);
                let [_, ratio, _] = quartiles(&ratios(own, &times[0]));
                println!("{label}\t{}\t{ratio}", time / race.units as f64);
            }
        });
    }
    let mut cells: Vec<Cell> = Vec::new();
    for process in 0..processes() {
        progress(process, processes());
        // Every process prints the same lines in the same order, except for the numbers.
        for (index, printed) in in_child("all", &[]).lines().enumerate() {
            let (label, numbers) = Label::from_line(printed);
            if index == cells.len() {
                cells.push(Cell { label, times: vec![], ratios: vec![] });
            }
            let (time, ratio) = numbers.split_once('\t').expect("a time and a ratio");
            cells[index].times.push(time.parse().expect("a time"));
            cells[index].ratios.push(ratio.parse().expect("a ratio"));
        }
    }
    progress(processes(), processes());
    print_tables(&cells);
}

/// Returns the times of all contenders, interleaved.
fn in_turn(contenders: &mut [Contender<'_>], rounds: usize, order: &mut Order) -> Vec<Vec<f64>> {
    let mut times = vec![Vec::with_capacity(rounds); contenders.len()];
    for round in 0..=rounds {
        for index in order.of(contenders.len()) {
            let elapsed = (contenders[index].run)();
            if round > 0 {
                times[index].push(nanoseconds(elapsed));
            }
        }
    }
    times
}

/// By default glibc returns freed memory to the system or keeps it, depending on earlier frees.
/// This setting makes it keep and reuse freed memory, up to 1 GiB.
pub const KEEP_MEMORY: (&str, &str) =
    ("GLIBC_TUNABLES", "glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=1073741824");

/// Prints the tables of all races that `run_all` passes on. Each process measures one contender, in
/// this environment. `name` distinguishes the reports of one program.
pub fn report_alone(
    name: &str,
    environment: &[(&str, &str)],
    run_all: impl FnOnce(&mut dyn FnMut(Race<'_>)),
) {
    let task_of = |race: usize, contender: usize| format!("{name} {race} {contender}");
    if let Some(task) = task() {
        let mut index = 0;
        return run_all(&mut |mut race| {
            let wanted = (0..race.contenders.len()).find(|&contender| task == task_of(index, contender));
            if let Some(wanted) = wanted {
                let [_, time, _] = quartiles(&race.contenders[wanted].times(race.rounds));
                println!("{}", time / race.units as f64);
            }
            index += 1;
        });
    }
    let mut races: Vec<Vec<Cell>> = Vec::new();
    run_all(&mut |race| {
        let labels = (0..race.contenders.len()).map(|number| Label::new(&race, number));
        races.push(labels.map(|label| Cell { label, times: vec![], ratios: vec![] }).collect());
    });
    let (mut order, mut done) = (Order::drawn(), 0);
    let all = processes() * races.iter().map(Vec::len).sum::<usize>();
    for _ in 0..processes() {
        // A virtual machine may hand out memory slowly the first time: the first contender would
        // pay for all.
        touch_memory(512 << 20);
        for (race, cells) in races.iter_mut().enumerate() {
            for contender in order.of(cells.len()) {
                progress(done, all);
                let printed = in_child(&task_of(race, contender), environment);
                cells[contender].times.push(printed.trim().parse().expect("a time"));
                done += 1;
            }
        }
    }
    progress(all, all);
    for cells in &mut races {
        let first = cells[0].times.clone();
        cells.iter_mut().for_each(|cell| cell.ratios = ratios(&cell.times, &first));
    }
    print_tables(&races.into_iter().flatten().collect::<Vec<_>>());
}

/// Runs this program in a process that measures `task`, and returns its output.
pub fn in_child(task: &str, environment: &[(&str, &str)]) -> String {
    let program = std::env::current_exe().expect("the path of this program");
    let mut command = Command::new(program);
    command.args(std::env::args().skip(1)).arg(format!("{MEASURE}{task}"));
    let output = command.envs(environment.iter().copied()).output().expect("a process that measures");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Reports progress: in a terminal on one line, otherwise with a line for each tenth.
fn progress(done: usize, all: usize) {
    let text = if done < all { format!("measured {done} of {all}") } else { String::new() };
    let tenth = |done: usize| 10 * done / all.max(1);
    if stderr().is_terminal() {
        eprint!("\r{text:30}\r");
    } else if 0 < done && done < all && tenth(done) > tenth(done - 1) {
        eprintln!("{text}");
    }
}

/// Draws the order in which the contenders of a round run.
pub struct Order(u64);

impl Order {
    /// Seeds the generator anew for each run.
    pub fn drawn() -> Self {
        Order(RandomState::new().hash_one(()))
    }

    pub fn of(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for place in (1..count).rev() {
            // Knuth's generator; its upper bits have the better quality.
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(place, (self.0 >> 33) as usize % (place + 1));
        }
        order
    }
}

fn nanoseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e9
}

/// Divides by the times of the first contender, round by round.
fn ratios(own: &[f64], first: &[f64]) -> Vec<f64> {
    own.iter().zip(first).map(|(own, first)| own / first).collect()
}

/// Returns lower quartile, median and upper quartile, interpolated between neighbors. NaN without
/// values.
pub fn quartiles(values: &[f64]) -> [f64; 3] {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let Some(last) = values.len().checked_sub(1) else { return [f64::NAN; 3] };
    [1, 2, 3].map(|quarter| {
        let (below, part) = (last * quarter / 4, (last * quarter % 4) as f64 / 4.0);
        values[below] + part * (values[(below + 1).min(last)] - values[below])
    })
}
