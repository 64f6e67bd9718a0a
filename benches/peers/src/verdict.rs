//! What it comes to: how many times faster ours is.

use crate::interleaved::Summary;

/// The lines of the last table, one for each shape, size and peer.
#[derive(Default)]
pub struct Verdict {
    lines: Vec<String>,
}

impl Verdict {
    /// Adds what was measured with ours as the first contender.
    pub fn add(&mut self, title: &str, summaries: &[Summary]) {
        for Summary { name, ratio: [lower, median, upper], .. } in &summaries[1..] {
            self.lines.push(format!("| {title} | {name} | {median:.2} | {lower:.2}–{upper:.2} |"));
        }
    }

    pub fn print(&self) {
        println!("\nHow many times faster `GrowableNd::push_row(&[f64])` is\n");
        println!("| rows | than | times (median) | quartiles |");
        println!("|---|---|---:|---:|");
        for line in &self.lines {
            println!("{line}");
        }
    }
}
