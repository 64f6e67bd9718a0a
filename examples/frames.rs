//! Raw video from standard input: as many frames as the stream has, in one array of bytes.
//!
//! The shape of a frame is the first argument. Frames are counted from zero. A stream that ends inside a frame is
//! no failure: the whole frames are kept, and the rest is reported on standard error.
//!
//! With a second argument all frames are written to a file that NumPy reads; that needs the feature `npy`.
//!
//! ```sh
//! ffmpeg -i clip.mp4 -vf scale=160:120 -pix_fmt rgb24 -f rawvideo - |
//!     cargo run --release --features npy --example frames -- 120,160,3 clip.npy
//! python3 -c 'import numpy; print(numpy.load("clip.npy").shape)'
//! ```

use growable_nd::{GrowableNd, ReadError};
use std::env;
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::{self, ExitCode};

const USAGE: &str = "usage: frames SHAPE [FILE.npy] < STREAM\n\
    SHAPE is that of one frame of bytes, outermost extent first, for example 120,160,3";

fn main() -> ExitCode {
    let result = match arguments() {
        Ok((frames, target)) => run(frames, target),
        Err(error) => {
            eprintln!("frames: {error}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("frames: {}", chain(&*error));
            ExitCode::FAILURE
        }
    }
}

/// The messages of an error and of its sources: what a reader or a file reports is a source.
fn chain(error: &dyn Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", chain(source)),
        None => error.to_string(),
    }
}

/// Where the frames are written to: a file beside the one that was asked for, which takes its name when all is there.
/// So a run that fails leaves the file as it was.
struct Target {
    path: PathBuf,
    unfinished: PathBuf,
    file: File,
}

impl Target {
    /// Made before the stream is read, which may not come again.
    fn new(path: PathBuf) -> io::Result<Self> {
        // What a link leads to gets the name; a device or a folder keeps it.
        let path = path.canonicalize().unwrap_or(path);
        if path.metadata().is_ok_and(|found| !found.is_file()) {
            return Err(io::Error::new(ErrorKind::InvalidInput, "not a regular file"));
        }
        let mut name = path.file_name().ok_or(ErrorKind::InvalidInput)?.to_owned();
        name.push(format!(".{}.part", process::id()));
        let unfinished = path.with_file_name(name);
        let file = File::create_new(&unfinished)?;
        Ok(Target { path, unfinished, file })
    }

    fn save(&self, frames: &GrowableNd<u8>) -> Result<(), Box<dyn Error>> {
        write(frames, &self.file)?;
        // The rows must be there before the name is.
        self.file.sync_all()?;
        Ok(fs::rename(&self.unfinished, &self.path)?)
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        // Not there any more if it has got its name.
        let _ = fs::remove_file(&self.unfinished);
    }
}

/// An array without rows, for frames of the shape that the command line asks for, and where to write them.
fn arguments() -> Result<(GrowableNd<u8>, Option<Target>), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let (Some(shape), path, None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("expected the shape of a frame, and perhaps a file".into());
    };
    let shape = parse_shape(&shape.to_string_lossy())?;
    let frames = GrowableNd::try_new(&shape)?;
    if frames.row_len() == 0 {
        return Err(format!("a frame of the shape {shape:?} has no bytes, the stream would never end").into());
    }
    if path.is_some() && cfg!(not(feature = "npy")) {
        return Err("files are written only with the feature `npy`: cargo run --features npy …".into());
    }
    let target = path.map(|path| {
        let path = PathBuf::from(path);
        Target::new(path.clone()).map_err(|error| format!("{}: {error}", path.display()))
    });
    Ok((frames, target.transpose()?))
}

fn run(mut frames: GrowableNd<u8>, target: Option<Target>) -> Result<(), Box<dyn Error>> {
    let ending = frames.read_rows(io::stdin().lock());
    // Whatever ended the stream, the whole frames before it are there.
    if let Err(error @ ReadError::PartialRow { .. }) = &ending {
        eprintln!("frames: {error}, left out");
    }
    // Before the report, whose reader may go away.
    if let Some(target) = target {
        target
            .save(&frames)
            .inspect_err(|_| eprintln!("frames: {} is not written", target.path.display()))?;
    }
    match report(&frames, io::stdout().lock()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        result => result?,
    }
    match ending {
        Ok(_) | Err(ReadError::PartialRow { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(feature = "npy")]
fn write(frames: &GrowableNd<u8>, file: &File) -> Result<(), growable_nd::NpyError> {
    frames.write_npy(file)
}

#[cfg(not(feature = "npy"))]
fn write(_: &GrowableNd<u8>, _: &File) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

fn parse_shape(text: &str) -> Result<Vec<usize>, String> {
    let extent = |text: &str| text.trim().parse().map_err(|error| format!("the extent {text:?}: {error}"));
    text.split(',').map(extent).collect()
}

fn report(frames: &GrowableNd<u8>, mut out: impl Write) -> io::Result<()> {
    writeln!(out, "shape {:?}", frames.shape())?;
    if frames.is_empty() {
        return Ok(());
    }
    let (darkest, brightest) = extremes(means(frames));
    writeln!(out, "mean brightness, from {darkest:.3} (lowest bar) to {brightest:.3} (highest)")?;
    writeln!(out, "{}", sparkline(means(frames), darkest, brightest))?;
    list(means(frames), out)
}

/// The mean brightness of each frame, computed again each time: frames may be as small as one byte.
fn means(frames: &GrowableNd<u8>) -> impl ExactSizeIterator<Item = f64> {
    frames.iter_rows().map(mean)
}

/// The mean of all bytes of a frame, from 0 to 255.
fn mean(frame: &[u8]) -> f64 {
    let sum: u64 = frame.iter().copied().map(u64::from).sum();
    // Both are exact below 2^53.
    sum as f64 / frame.len() as f64
}

fn extremes(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let start = (f64::INFINITY, f64::NEG_INFINITY);
    values.fold(start, |(low, high), value| (low.min(value), high.max(value)))
}

/// One bar for each value, or for the mean of a few values where there are many.
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

/// Ten values in a line, after the number of the first; of many lines, the first and the last few.
fn list(mut values: impl ExactSizeIterator<Item = f64>, mut out: impl Write) -> io::Result<()> {
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
