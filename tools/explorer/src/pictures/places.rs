//! Policies and structures between time and memory: the most copies per push, *T*, and the most
//! slots per row, *S*.

use super::numbers::{about, float, fraction};
use super::saw::Saw;
use crate::policy::factor_in_the_long_run;
use growable_nd::amortized::structures::{
    HashedArrayTree, RootishArrayStack, SinglyResizable, Structure, TarjanZwick, TieredVector, TwoBlocks,
};
use growable_nd::amortized::{Bounds, Model};
use growable_nd::zoo;
use growable_nd::{Growth, Ratio};
use std::sync::OnceLock;

/// Rows up to which policies are measured.
const FAR: u64 = 100_000_000;

/// A policy or a structure in the plane.
#[derive(Clone, Debug)]
pub struct Place {
    pub name: String,
    /// The most slots per row.
    pub slots: f64,
    /// The most copies per push.
    pub copies: f64,
    /// Both as texts: slots per row and copies per push.
    pub texts: (String, String),
    /// `false` if the copies per push have no bound.
    pub is_amortized: bool,
}

impl Place {
    fn measured(name: String, (slots, copies): (f64, f64), is_amortized: bool) -> Place {
        Place { name, slots, copies, texts: (about(slots), about(copies)), is_amortized }
    }
}

/// The zoo, measured between 10^6 and 10^8 rows. Computed once.
pub fn zoo() -> &'static [Place] {
    static PLACES: OnceLock<Vec<Place>> = OnceLock::new();
    PLACES.get_or_init(|| {
        let places = zoo::entries().iter().map(|entry| {
            let found = measured(&Saw::new(Model::new(entry.growth()), FAR));
            Place::measured(entry.name.to_owned(), found, entry.is_amortized())
        });
        places.collect()
    })
}

/// The structures of many blocks, measured between 2^12 and 2^14 rows. Computed once.
pub fn structures() -> &'static [Place] {
    static PLACES: OnceLock<Vec<Place>> = OnceLock::new();
    PLACES.get_or_init(|| {
        let mut places = vec![
            place_of("rootish array stack", &mut RootishArrayStack::new()),
            place_of("singly resizable", &mut SinglyResizable::new()),
            place_of("hashed array tree", &mut HashedArrayTree::new()),
            place_of("tiered vector", &mut TieredVector::new()),
            place_of("Tarjan–Zwick, r = 3", &mut TarjanZwick::new(3)),
        ];
        for growth in [Growth::DOUBLE, Growth::THREE_HALVES, Growth::FIVE_QUARTERS] {
            if let Some(mut two) = TwoBlocks::new(growth) {
                places.push(place_of(&format!("deamortized, {growth}"), &mut two));
            }
        }
        places
    })
}

/// What a policy tends to, or never exceeds.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Slots per row.
    pub slots: Ratio,
    /// Copies per push.
    pub copies: Ratio,
    /// The factor that the policy tends to; `None` if it has a factor from the first block on.
    pub tends_to: Option<Ratio>,
}

impl Limits {
    /// `None` if the copies per push have no bound.
    pub fn of(growth: &Growth) -> Option<Limits> {
        if let Some(bounds) = Bounds::of(growth) {
            let (slots, copies) = (bounds.capacity_per_row(), bounds.copies_per_push());
            return Some(Limits { slots, copies, tends_to: None });
        }
        let factor = factor_in_the_long_run(growth)?;
        let surplus = factor.numerator() - factor.denominator();
        let copies = Ratio::try_new(factor.numerator(), surplus).ok()?;
        Some(Limits { slots: factor, copies, tends_to: Some(factor) })
    }
}

/// The place of a policy.
///
/// - The limits, if it has a factor.
/// - Measured between 10^6 and 10^8 rows, if it tends to a factor.
/// - Measured in the last two decades up to `rows` rows otherwise.
pub fn of_policy(start: &Model, rows: u64) -> Place {
    let growth = start.growth();
    let name = growth.to_string();
    match Limits::of(&growth) {
        Some(Limits { slots, copies, tends_to: None }) => {
            let texts = (fraction(slots), fraction(copies));
            Place { name, slots: slots.to_f64(), copies: copies.to_f64(), texts, is_amortized: true }
        }
        Some(_) => Place::measured(name, measured(&Saw::of(start, FAR)), true),
        None => Place::measured(name, measured(&Saw::of(start, rows)), false),
    }
}

/// The worst slots per row and copies per push in the last two decades.
fn measured(saw: &Saw) -> (f64, f64) {
    let from = float(saw.end) / 100.0;
    let worst = |points: &[(f64, f64)]| {
        points.iter().filter(|point| point.0 > from).map(|point| point.1).fold(0.0, f64::max)
    };
    (worst(&saw.slots_per_row()).max(1.0), worst(&saw.copies_per_push()))
}

fn place_of(name: &str, structure: &mut dyn Structure) -> Place {
    const ROWS: std::ops::RangeInclusive<u32> = 1 << 12..=1 << 14;
    let (mut copied, mut slots, mut copies) = (0, 0.0_f64, 0.0_f64);
    for rows in 1..=*ROWS.end() {
        copied += structure.push().copied;
        if ROWS.contains(&rows) {
            slots = slots.max(float(structure.slots()) / f64::from(rows));
            copies = copies.max(float(copied) / f64::from(rows));
        }
    }
    Place::measured(name.to_owned(), (slots, copies), true)
}
