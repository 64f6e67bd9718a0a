//! Pieces of work done in two ways, by hand and by the crate, and their timing.

use crate::interleaved::{self, Contender, Race};
use criterion::Criterion;
use std::time::Duration;

/// One piece of work.
pub struct Work<'a> {
    pub name: &'static str,
    pub by_hand: Box<dyn FnMut() -> f64 + 'a>,
    pub by_crate: Box<dyn FnMut() -> f64 + 'a>,
}

/// Times all work that `for_all` passes on with its subject and number of rounds: as ratios if the
/// command line asks for them, otherwise with Criterion. `group` and `by_crate` are names.
pub fn time(group: &str, by_crate: &str, for_all: impl FnOnce(&mut dyn FnMut(&str, usize, Work<'_>))) {
    if interleaved::ratios_wanted() {
        interleaved::report(|run| {
            for_all(&mut |subject, rounds, work| run(race(by_crate, subject, rounds, work)));
        });
    } else {
        let mut criterion = Criterion::default().configure_from_args();
        for_all(&mut |subject, _, work| bench(&mut criterion, &format!("{group}/{subject}"), by_crate, work));
    }
}

fn race<'a>(by_crate: &str, subject: &str, rounds: usize, work: Work<'a>) -> Race<'a> {
    let contenders = vec![Contender::new("", work.by_hand), Contender::new(work.name, work.by_crate)];
    let table = format!("Time of {by_crate} to time by hand: smaller is faster");
    Race { table, column: subject.to_owned(), unit: "run", units: 1, rounds, contenders }
}

fn bench(criterion: &mut Criterion, group: &str, by_crate: &str, mut work: Work<'_>) {
    let mut group = criterion.benchmark_group(format!("{group}/{}", work.name));
    group.sample_size(10).warm_up_time(Duration::from_millis(300));
    group.measurement_time(Duration::from_secs(1));
    group.bench_function("by hand", |bencher| bencher.iter(work.by_hand.as_mut()));
    group.bench_function(by_crate, |bencher| bencher.iter(work.by_crate.as_mut()));
}
