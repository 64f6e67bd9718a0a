//! Ratios between contenders, measured in one interleaved run.
//!
//! A shared or virtual machine drifts: two measurements taken a minute apart are not comparable, two taken a
//! millisecond apart are. So every round runs every contender once, in an order that is drawn anew, and what is compared
//! is the ratio to the first contender *of the same round*. In one order, turned or not, the same contender would always
//! come behind the one that leaves caches and heap in disorder.
//!
//! Even so, where the system happens to put code, stack and heap of a process moves a loop of a few
//! nanoseconds by a quarter, the same way in every round. So the whole run is repeated in processes of their own, and
//! the tables show median and quartiles over these. [`report`] runs everybody in each process. [`report_alone`] gives
//! each contender of each round a process: for work that allocates, since a heap remembers who was there before.

// A bench takes what it needs.
#![allow(dead_code)]

mod table;

use std::cell::RefCell;
use std::hash::{BuildHasher, RandomState};
use std::io::{IsTerminal, stderr};
use std::process::Command;
use std::rc::Rc;
use std::time::{Duration, Instant};
use table::{Cell, Label, print_tables};

/// A named piece of work. The first of a race may go without a name: others are compared with it, and it is not shown.
pub struct Contender<'a> {
    name: String,
    run: Box<dyn FnMut() -> Duration + 'a>,
}

impl<'a> Contender<'a> {
    /// Times `work`; what it returns is dropped after the clock has stopped.
    pub fn new<R>(name: impl Into<String>, work: impl FnMut() -> R + 'a) -> Self {
        Contender::checked(name, work, |_| ())
    }

    /// Times `work`, and has a look at what it returns the first time.
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

    /// Work that takes its time itself, elsewhere.
    pub fn timed(name: impl Into<String>, run: impl FnMut() -> Duration + 'a) -> Self {
        Contender { name: name.into(), run: Box::new(run) }
    }

    /// The nanoseconds of some rounds with nobody else.
    fn times(&mut self, rounds: usize) -> Vec<f64> {
        let first = nanoseconds((self.run)());
        if rounds == 0 { vec![first] } else { (0..rounds).map(|_| nanoseconds((self.run)())).collect() }
    }
}

/// One column of a table: what one unit of work is, how many of them a run does, and who takes part.
pub struct Race<'a> {
    pub table: String,
    pub column: String,
    pub unit: &'static str,
    pub units: usize,
    /// How often each runs in one process after the first time, which does not count. Zero, which `report_alone` knows
    /// only, is for the first time.
    pub rounds: usize,
    pub contenders: Vec<Contender<'a>>,
}

/// Touches so much memory and gives it back. A virtual machine may hand out memory slowly the first time it is
/// used; without this, contenders that need more of it look worse than they are.
pub fn touch_memory(bytes: usize) {
    std::hint::black_box(vec![1_u8; bytes]);
}

/// One vector for two contenders that write: memory is not equally fast everywhere, if there is a host below the system.
pub fn shared<T>(elements: Vec<T>) -> [Rc<RefCell<Vec<T>>>; 2] {
    let one = Rc::new(RefCell::new(elements));
    [Rc::clone(&one), one]
}

/// So many processes are measured, or so many for each contender.
const PROCESSES: usize = 15;

/// The option with which a process measures, and prints for the one that started it.
const MEASURE: &str = "--measure-in-this-process=";

/// The option to measure once, which only shows that it runs.
const QUICK: &str = "--quick";

/// What this process is to measure, if it was started to measure something.
fn task() -> Option<String> {
    std::env::args().find_map(|argument| argument.strip_prefix(MEASURE).map(str::to_owned))
}

/// Whether this process prints what the others measure.
pub fn is_parent() -> bool {
    task().is_none()
}

/// Whether the command line asks for ratios instead of absolute times.
pub fn ratios_wanted() -> bool {
    std::env::args().any(|argument| argument == "--ratios")
}

fn processes() -> usize {
    if std::env::args().any(|argument| argument == QUICK) { 1 } else { PROCESSES }
}

/// Prints the tables of all races that `run_all` passes on, measured in processes that run all of them.
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
        // Every process prints the same lines in the same order, but for the numbers.
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

/// The times of all contenders, who take turns.
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

/// By itself glibc gives memory back to the system or keeps it, depending on what was freed before. With this it keeps
/// what is freed, and hands it out again.
pub const KEEP_MEMORY: (&str, &str) =
    ("GLIBC_TUNABLES", "glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824");

/// Prints the tables of all races that `run_all` passes on, measured in processes that run one contender each, in this
/// environment. `name` tells this report from others of the same program.
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
        // A virtual machine may hand out memory slowly the first time; whoever came first would pay for all.
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

/// What another process of this program prints that only measures.
fn in_child(task: &str, environment: &[(&str, &str)]) -> String {
    let program = std::env::current_exe().expect("the path of this program");
    let mut command = Command::new(program);
    command.args(std::env::args().skip(1)).arg(format!("{MEASURE}{task}"));
    let output = command.envs(environment.iter().copied()).output().expect("a process that measures");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Reports how far it is: in a terminal in a line that is written over, elsewhere in a line for each tenth of all.
fn progress(done: usize, all: usize) {
    let text = if done < all { format!("measured {done} of {all}") } else { String::new() };
    let tenth = |done: usize| 10 * done / all.max(1);
    if stderr().is_terminal() {
        eprint!("\r{text:30}\r");
    } else if 0 < done && done < all && tenth(done) > tenth(done - 1) {
        eprintln!("{text}");
    }
}

/// In which order the contenders of a round take their turns.
pub struct Order(u64);

impl Order {
    /// No two runs have the same.
    pub fn drawn() -> Self {
        Order(RandomState::new().hash_one(()))
    }

    pub fn of(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for place in (1..count).rev() {
            // Knuth's generator; its upper bits are the good ones.
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(place, (self.0 >> 33) as usize % (place + 1));
        }
        order
    }
}

fn nanoseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e9
}

/// To the first contender, round by round.
fn ratios(own: &[f64], first: &[f64]) -> Vec<f64> {
    own.iter().zip(first).map(|(own, first)| own / first).collect()
}

/// Lower quartile, median and upper quartile.
fn quartiles(values: &[f64]) -> [f64; 3] {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| values[(values.len() - 1) * quarter / 4])
}
