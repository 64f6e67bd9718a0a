//! Five programs as users write them, each in one file. `benches/peers` has them with ndarray as
//! well. It checks that both compute the same numbers, and that these programs are not longer.

mod audio;
mod batches;
mod csv;
mod data;
mod frames;
mod particles;

use growable_nd::Error;

#[test]
fn particles_fall_back_to_their_centre() -> Result<(), Error> {
    let numbers = particles::run()?;
    // The autocorrelation begins at 1 and decreases.
    let autocorrelation = &numbers[numbers.len() - 20..];
    assert!((autocorrelation[0] - 1.0).abs() < 1e-12);
    assert!(autocorrelation.is_sorted_by(|a, b| a > b));
    Ok(())
}

#[test]
fn malformed_lines_are_counted() -> Result<(), Error> {
    let numbers = csv::run()?;
    assert_eq!(numbers.len(), 176 * 2 + 2);
    assert_eq!(numbers[numbers.len() - 2], 20.0);
    Ok(())
}

#[test]
fn the_spot_is_found() -> Result<(), Error> {
    // The radius is less than 5.5, and the last centre is at (39, 48.5).
    assert_eq!(frames::run()?[..4], [34.0, 45.0, 44.0, 54.0]);
    Ok(())
}

#[test]
fn classes_are_told_apart() -> Result<(), Error> {
    let numbers = batches::run()?;
    assert_eq!(numbers.last(), Some(&1.0));
    Ok(())
}

#[test]
fn the_louder_tone_is_found() -> Result<(), Error> {
    let numbers = audio::run()?;
    // 1000 Hz at 8000 samples per second, in windows of 256 samples.
    assert!(numbers[..35].iter().all(|&frequency| frequency == 32.0));
    assert_eq!(numbers.last(), Some(&192.0));
    Ok(())
}
