//! Reads raw video from standard input into one array of bytes, until the stream ends.
//!
//! The first argument is the shape of a frame. Frames are numbered from zero. A stream may end
//! inside a frame: the whole frames are kept, and the rest is reported on standard error.
//!
//! With a second argument and the feature `npy`, all frames are written to a file that NumPy reads.
//! An existing file is replaced only if everything succeeds.
//!
//! ```sh
//! ffmpeg -i clip.mp4 -vf scale=160:120 -pix_fmt rgb24 -f rawvideo - |
//!     cargo run --release --features npy --example frames -- 120,160,3 clip.npy
//! python3 -c 'import numpy; print(numpy.load("clip.npy").shape)'
//! ```

use growable_nd::{GrowableNd, ReadError};
use std::error::Error;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{self, ExitCode};

#[path = "support/command.rs"]
mod command;

const USAGE: &str = "usage: frames SHAPE [FILE.npy] < STREAM\n\
    Reads frames of bytes, prints their mean brightness, and writes them to a file of NumPy.\n\
    SHAPE is the shape of one frame, outermost extent first, for example 120,160,3 or 120x160x3.";

fn main() -> ExitCode {
    command::run(USAGE, parse, run)
}

/// Returns an array without rows for frames of the given shape, and the path of the file.
fn parse(arguments: &[OsString]) -> command::Result<(GrowableNd<u8>, Option<PathBuf>)> {
    let (shape, path) = match arguments {
        [shape] => (shape, None),
        [shape, path] => (shape, Some(path.into())),
        _ => return Err("the arguments are the shape of a frame and, optionally, a file".into()),
    };
    let shape = parse_shape(&shape.to_string_lossy())?;
    let frames = GrowableNd::try_new(&shape)?;
    if frames.row_len() == 0 {
        return Err(format!("a frame of shape {shape:?} has no bytes; the stream would never end").into());
    }
    if path.is_some() && cfg!(not(feature = "npy")) {
        return Err("a file needs the feature `npy`: cargo run --features npy …".into());
    }
    Ok((frames, path))
}

fn parse_shape(text: &str) -> Result<Vec<usize>, String> {
    let extent =
        |text: &str| text.trim().parse().map_err(|error| format!("invalid extent {text:?}: {error}"));
    text.split([',', 'x']).map(extent).collect()
}

fn run((mut frames, path): (GrowableNd<u8>, Option<PathBuf>), out: &mut dyn Write) -> command::Result<()> {
    let path = path.as_deref();
    if let Some(path) = path {
        // Checked before the stream is read, which may not be repeatable.
        check_target(path).map_err(|error| not_written(path, &error))?;
    }
    let read = match frames.read_rows(io::stdin().lock()) {
        Err(ReadError::PartialRow { expected, rest, .. }) => {
            let rest = rest.len();
            let message = format!("the last {rest} bytes are left out; a frame has {expected}");
            command::complain(&message);
            Ok(())
        }
        ending => ending.map(drop).map_err(Box::from),
    };
    // Saved before the report, whose reader may close the pipe.
    let saved = match path {
        Some(path) => read.and_then(|()| save(&frames, path)).map_err(|error| not_written(path, &*error)),
        None => read,
    };
    // The array has all whole frames, even if the stream failed.
    let reported = report(&frames, out);
    saved.and(reported.map_err(Box::from))
}

fn not_written(path: &Path, error: &dyn Error) -> Box<dyn Error> {
    format!("{} is not written: {}", path.display(), command::chain(error)).into()
}

/// Fails if no file can be written there.
fn check_target(path: &Path) -> io::Result<()> {
    if path.metadata().is_ok_and(|found| !found.is_file()) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    let probe = path.with_extension(format!("{}.part", process::id()));
    File::create_new(&probe)?;
    fs::remove_file(probe)
}

/// Saves all frames. An existing file is kept if that fails.
fn save(frames: &GrowableNd<u8>, path: &Path) -> command::Result<()> {
    if frames.is_empty() {
        return Err("the stream has no whole frame".into());
    }
    #[cfg(feature = "npy")]
    frames.save_npy(path)?;
    // Without the feature there is no path.
    let _ = path;
    Ok(())
}

fn report(frames: &GrowableNd<u8>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "shape {:?}", frames.shape())?;
    if frames.is_empty() {
        return Ok(());
    }
    let (darkest, brightest) = extremes(means(frames));
    writeln!(out, "mean brightness, from {darkest:.3} (lowest bar) to {brightest:.3} (highest)")?;
    writeln!(out, "{}", sparkline(means(frames), darkest, brightest))?;
    list(means(frames), out)
}

/// Iterates over the mean brightness of each frame. The means are not stored: a frame may be one
/// byte.
fn means(frames: &GrowableNd<u8>) -> impl ExactSizeIterator<Item = f64> {
    frames.iter_rows().map(mean)
}

/// Returns the mean of all bytes of a frame, from 0 to 255.
fn mean(frame: &[u8]) -> f64 {
    let sum: u64 = frame.iter().copied().map(u64::from).sum();
    // Both are exact below 2^53.
    sum as f64 / frame.len() as f64
}

fn extremes(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let start = (f64::INFINITY, f64::NEG_INFINITY);
    values.fold(start, |(low, high), value| (low.min(value), high.max(value)))
}

/// Draws one bar for each value, or for the mean of several if there are many.
fn sparkline(mut values: impl ExactSizeIterator<Item = f64>, low: f64, high: f64) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    const COLUMNS: usize = 60;
    let per_bar = values.len().div_ceil(COLUMNS);
    let mut bars = String::new();
    while values.len() > 0 {
        let count = per_bar.min(values.len());
        let value = values.by_ref().take(count).sum::<f64>() / count as f64;
        let reached = |eighth: u8| value > low + (high - low) * f64::from(eighth) / 8.0;
        bars.push(BARS[(1..8).filter(|&eighth| reached(eighth)).count()]);
    }
    bars
}

/// Prints ten values per line, after the number of the first; of many lines, the first and last
/// few.
fn list(mut values: impl ExactSizeIterator<Item = f64>, out: &mut dyn Write) -> io::Result<()> {
    const EDGE: usize = 5;
    let lines = values.len().div_ceil(10);
    for line in 0..lines {
        let ten = values.by_ref().take(10);
        if line < EDGE || line >= lines.saturating_sub(EDGE) {
            let texts: String = ten.map(|value| format!(" {value:7.3}")).collect();
            writeln!(out, "{:>8}:{texts}", 10 * line)?;
        } else {
            ten.for_each(drop);
            if line == EDGE {
                writeln!(out, "{:>8}", "...")?;
            }
        }
    }
    Ok(())
}
