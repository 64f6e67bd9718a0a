//! The input of the programs: pseudorandom, but the same in every run.

/// A number from 0 to 1, by the linear congruential generator of D. E. Knuth's MMIX.
fn random(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 40) as f64 / f64::from(1 << 24)
}

/// Lines of four numbers; two in twenty are malformed.
pub fn csv_text() -> String {
    let mut seed = 7;
    let line = |number: usize| match number % 20 {
        7 => "1.0,2.0,x,4.0\n".to_owned(),
        13 => "1.0,2.0\n".to_owned(),
        _ => {
            let fields = (0..4).map(|column| format!("{:.6}", random(&mut seed) * 10.0 + f64::from(column)));
            fields.collect::<Vec<_>>().join(", ") + "\n"
        }
    };
    (0..200).map(line).collect()
}

/// A bright spot that moves over a pattern.
pub fn pixel(time: usize, y: usize, x: usize) -> u8 {
    let (dy, dx) = (y as f64 - 10.0 - time as f64, x as f64 - 5.0 - 1.5 * time as f64);
    if dy * dy + dx * dx < 30.0 { 220 } else { (40 + (x * 7 + y * 13) % 23) as u8 }
}

/// Points of three classes, each with its class.
pub fn labelled_points() -> impl Iterator<Item = (usize, [f64; 2])> {
    let mut seed = 3;
    (0..300).map(move |number| {
        let class = number % 3;
        let centre = [[0.0, 0.0], [4.0, 1.0], [1.0, 5.0]][class];
        (class, centre.map(|c| c + random(&mut seed) * 3.0 - 1.5))
    })
}

/// The numbers less than `len` in a random order: R. Durstenfeld, Algorithm 235, Communications of
/// the ACM 7, 1964.
pub fn shuffled(len: usize) -> Vec<usize> {
    let mut seed = 11;
    let mut order: Vec<usize> = (0..len).collect();
    for i in (1..len).rev() {
        order.swap(i, (random(&mut seed) * (i + 1) as f64) as usize);
    }
    order
}

/// Chunks of 480 samples at 8 kHz: tones of 1000 and of 250 Hz.
pub fn sound() -> impl Iterator<Item = Vec<f64>> {
    let sample = |number: usize| {
        let phase = std::f64::consts::TAU * number as f64 / 8000.0;
        (1000.0 * phase).sin() + 0.3 * (250.0 * phase).sin()
    };
    (0..10).map(move |chunk| (480 * chunk..480 * (chunk + 1)).map(sample).collect())
}

/// The power of one frequency: a term of the discrete Fourier transform.
pub fn power(samples: &[f64], frequency: usize) -> f64 {
    let angle = std::f64::consts::TAU * frequency as f64 / samples.len() as f64;
    let (real, imaginary) = samples.iter().enumerate().fold((0.0, 0.0), |(real, imaginary), (n, x)| {
        (real + x * (angle * n as f64).cos(), imaginary - x * (angle * n as f64).sin())
    });
    real * real + imaginary * imaginary
}
