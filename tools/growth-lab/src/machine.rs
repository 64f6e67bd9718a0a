//! The machine of a run.

use crate::allocator;
use serde::{Deserialize, Serialize};
use std::fs;
use std::process::Command;

/// The machine and its state when a run began.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    pub processor: String,
    pub cores: usize,
    pub memory_bytes: Option<u64>,
    pub system: String,
    /// The allocator, with its version if it is known.
    pub allocator: String,
    pub compiler: String,
    /// Clock frequency of the first core when the run began.
    pub megahertz: Option<f64>,
    /// Average number of processes ready to run over the last minute.
    pub load: Option<f64>,
}

impl Machine {
    pub fn describe() -> Machine {
        let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.into());
        let memory = field("/proc/meminfo", "MemTotal").and_then(|text| kibibytes(&text));
        let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
        let compiler = env!("GROWTH_LAB_RUSTC");
        Machine {
            processor,
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory_bytes: memory,
            system: format!("{} {} {}", std::env::consts::OS, kernel.trim(), std::env::consts::ARCH),
            allocator: allocator_name(),
            compiler: compiler.to_owned(),
            megahertz: field("/proc/cpuinfo", "cpu MHz").and_then(|text| text.parse().ok()),
            load: load(),
        }
    }

    /// Returns a warning if other processes compete for the cores.
    pub fn warning(&self) -> Option<String> {
        let load = self.load.filter(|&load| load > 0.7 * self.cores as f64)?;
        Some(format!(
            "the load is {load:.1} on {}; differences take more rounds to show",
            self.count_of_cores()
        ))
    }

    pub fn count_of_cores(&self) -> String {
        if self.cores == 1 { String::from("1 core") } else { format!("{} cores", self.cores) }
    }
}

/// Returns the bytes of memory that are available without swapping.
pub fn available_memory() -> Option<u64> {
    field("/proc/meminfo", "MemAvailable").and_then(|text| kibibytes(&text))
}

pub fn load() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split_whitespace().next()?.parse().ok()
}

fn allocator_name() -> String {
    let name = allocator::name().unwrap_or_else(system_allocator);
    match std::env::var("LD_PRELOAD") {
        Ok(library) if !library.trim().is_empty() => format!("{name}, with LD_PRELOAD={library}"),
        _ => name,
    }
}

/// Names the allocator of the C library by the version of the library.
fn system_allocator() -> String {
    let output = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok();
    let text = output.filter(|output| output.status.success());
    let version = text.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    version.filter(|version| !version.is_empty()).unwrap_or_else(|| "of the system".into())
}

/// Returns the value after a name and a colon in a file of the kernel.
fn field(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn kibibytes(text: &str) -> Option<u64> {
    Some(1024 * text.strip_suffix("kB")?.trim().parse::<u64>().ok()?)
}
