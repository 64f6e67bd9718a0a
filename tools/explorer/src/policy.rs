//! Growth policies as text, as parts for controls, and in words; and the prices that they are
//! charged.

use crate::numbers::{amount, clipped, count, grouped};
use growable_nd::amortized::Bounds;
use growable_nd::zoo::{self, Evidence, ParseError, Tail, UnknownName};
use growable_nd::{Growth, GrowthError, ParseGrowthError, Ratio, Request};

/// A policy that copies everything with every operation at the boundary. The crate refuses such a
/// policy if it has a factor. Rules of the zoo are functions, which the crate does not analyse.
pub const THRASHING: &str = "rust-vec shrink to 1 at 1/2";

/// Maximum number of letters of a policy.
const MOST_LETTERS: usize = 200;

/// The parts of a policy that controls show. A number that the policy does not have is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The policy without its settings: a factor, a step or the name of a rule.
    pub core: String,
    /// Numerator of the factor.
    pub numerator: String,
    /// Denominator of the factor.
    pub denominator: String,
    /// Rows of the first block.
    pub first: String,
    /// The rows of the first block that the policy sets itself.
    pub from: String,
    /// The most slots that a growth adds.
    pub at_most: String,
    /// The share of slots in use at which it shrinks.
    pub shrink_at: String,
    /// Capacity per row after it has shrunk.
    pub shrink_to: String,
    /// Its name in words.
    pub title: String,
    /// The next capacity of a full array.
    pub rule: String,
    /// What is known about it: bounds or evidence.
    pub note: String,
}

/// Reads a policy of the crate or of its zoo.
pub fn read(text: &str) -> Result<Growth, String> {
    if text.chars().count() > MOST_LETTERS {
        return Err(format!(
            "invalid growth policy {:?}; examples: 3/2, 2 from 16, cpython-list, +1024, exact",
            clipped(text)
        ));
    }
    zoo::parse(text).map_err(|error| match &error {
        ParseError::Policy(ParseGrowthError::Policy { error: GrowthError::Thrashes { .. }, .. }) => format!(
            "{error}. To see an array thrash, choose the policy {THRASHING:?} and the workload \"At the boundary\": of a \
             rule of the zoo only the capacity after shrinking is checked, not its factor"
        ),
        ParseError::Name(UnknownName { found, nearest, .. }) if nearest.is_empty() => {
            format!("unknown growth policy {found:?}; the presets have all names")
        }
        _ => error.to_string(),
    })
}

/// Makes a policy of its parts. A number that the policy does not have is empty.
pub fn compose(
    core: &str,
    from: &str,
    at_most: &str,
    shrink_at: &str,
    shrink_to: &str,
) -> Result<Growth, String> {
    let setting = |word: &str, text: &str| match text.trim() {
        "" => String::new(),
        text => format!(" {word} {text}"),
    };
    if shrink_at.trim().is_empty() != shrink_to.trim().is_empty() {
        return Err("shrinking needs two numbers; example: at 1/4, to 2".into());
    }
    let (from, at_most) = (setting("from", from), setting("at most", at_most));
    let (to, at) = (setting("shrink to", shrink_to), setting("at", shrink_at));
    read(&format!("{}{from}{at_most}{to}{at}", core.trim()))
}

/// The name and the settings of a policy: in `3/2 from 4 shrink to 3/2 at 4/9`, the texts between
/// the words.
struct Settings {
    core: String,
    first: Option<String>,
    at_most: Option<String>,
    /// Capacity per row afterwards, and the share of slots in use at which it shrinks.
    shrink: Option<(String, String)>,
}

impl Settings {
    fn of(growth: &Growth) -> Settings {
        let text = growth.to_string();
        let (text, shrink) = cut(&text, " shrink to ");
        let (text, at_most) = cut(text, " at most ");
        let (core, first) = cut(text, " from ");
        let shrink = shrink.and_then(|shrink| shrink.split_once(" at "));
        let shrink = shrink.map(|(to, at)| (to.into(), at.into()));
        Settings { core: core.into(), first: first.map(Into::into), at_most: at_most.map(Into::into), shrink }
    }
}

fn cut<'a>(text: &'a str, word: &str) -> (&'a str, Option<&'a str>) {
    text.split_once(word).map_or((text, None), |(before, after)| (before, Some(after)))
}

/// The entry of the zoo with the name of a policy.
pub fn entry(growth: &Growth) -> Option<&'static zoo::Entry> {
    zoo::find(growth.name()?).ok()
}

/// The rows of the first block, for rows of 8 bytes.
pub fn first_block(growth: &Growth) -> u64 {
    growth.next_capacity(Request::new(0, 1))
}

/// The share of slots in use at which a policy shrinks.
pub fn shrinks_at(growth: &Growth) -> Option<String> {
    Settings::of(growth).shrink.map(|(_, at)| at)
}

/// The parts of a policy.
pub fn parts(growth: &Growth) -> Parts {
    let settings = Settings::of(growth);
    let mut parts = Parts {
        core: settings.core.clone(),
        first: first_block(growth).to_string(),
        from: settings.first.clone().unwrap_or_default(),
        at_most: settings.at_most.clone().unwrap_or_default(),
        ..Parts::default()
    };
    if let Some(factor) = growth.as_factor() {
        parts.numerator = factor.numerator().to_string();
        parts.denominator = factor.denominator().to_string();
    }
    if let Some((to, at)) = settings.shrink.clone() {
        (parts.shrink_to, parts.shrink_at) = (to, at);
    }
    (parts.title, parts.rule, parts.note) = match entry(growth) {
        Some(entry) => {
            (entry.title.into(), entry.rule.into(), note_of_entry(entry, settings.at_most.is_some()))
        }
        None => described(growth, &settings),
    };
    let mut conditions = Vec::new();
    conditions.extend(
        settings.first.map(|first| format!("the first block has {} rows or more", with_commas(&first))),
    );
    conditions.extend(settings.at_most.map(|most| {
        let slots = plural(&most, "slot", "slots");
        format!("a growth adds at most {} {slots}, unless more are needed", with_commas(&most))
    }));
    conditions.extend(settings.shrink.map(|(to, at)| {
        format!(
            "after a removal with at most {at} of the slots in use, the capacity becomes {to} times the rows, \
             rounded up, but at least that of a first block, if this is less"
        )
    }));
    for condition in conditions {
        parts.rule += &format!("; {condition}");
    }
    parts
}

/// Title, rule and note of a policy that is not in the zoo.
fn described(growth: &Growth, settings: &Settings) -> (String, String, String) {
    if let Some(factor) = growth.as_factor() {
        let note = match Bounds::of(growth) {
            Some(bounds) => format!(
                "n pushes copy fewer than {} rows each on average. A push has the price {}.{}",
                amount(bounds.copies_per_push()),
                amount(bounds.amortized_push()),
                worth(&bounds)
            ),
            None => LIMITED.into(),
        };
        let rule = match factor.denominator() {
            1 => format!("{factor} c, or the rows that are needed if that is more"),
            _ => format!("{factor} c rounded up, or the rows that are needed if that is more"),
        };
        return (format!("Factor {factor}"), rule, note);
    }
    match settings.core.strip_prefix('+') {
        Some(step) => (
            format!("{} more {}", with_commas(step), plural(step, "row", "rows")),
            format!("c + {}, or the rows that are needed if that is more", with_commas(step)),
            format!(
                "n pushes copy about n²/(2 · {}) rows: no constant price is sufficient.",
                with_commas(smaller(step, settings.at_most.as_deref()))
            ),
        ),
        None => (
            "Exact".into(),
            "the rows that are needed".into(),
            "Every push copies all rows: n pushes copy n (n − 1)/2.".into(),
        ),
    }
}

/// The number of a policy, with commas between groups of three digits.
fn with_commas(number: &str) -> String {
    number.parse::<u64>().map_or_else(|_| number.into(), grouped)
}

fn plural<'a>(number: &str, one: &'a str, more: &'a str) -> &'a str {
    if number == "1" { one } else { more }
}

/// The step of a policy with a constant step, or the limit on its steps if that is less.
fn smaller<'a>(step: &'a str, limit: Option<&'a str>) -> &'a str {
    let is_less = |limit: &&str| limit.parse::<u64>().ok() < step.parse::<u64>().ok();
    limit.filter(is_less).unwrap_or(step)
}

/// What a limit on the slots that a growth adds does to any policy.
const LIMITED: &str =
    "The limit on one step makes it additive in the long run: n pushes take time proportional to n².";

fn note_of_entry(entry: &zoo::Entry, is_limited: bool) -> String {
    let evidence = match entry.evidence {
        Evidence::Replayed(program) => format!("Replayed: compared with the capacities of {program}"),
        Evidence::Documented(address) => format!("Documented: {address}"),
        _ => "Read in the source".into(),
    };
    let tail = match entry.tail {
        _ if is_limited => LIMITED.into(),
        Tail::Factor(factor) => {
            let bounds = Growth::try_from(factor).ok().and_then(|growth| Bounds::of(&growth));
            let worth = bounds.map(|bounds| worth(&bounds)).unwrap_or_default();
            format!("Large arrays grow by the factor {factor}.{worth}")
        }
        Tail::Step(step) => {
            format!("Large arrays grow by {}: not amortized O(1).", count(step, "slot", "slots"))
        }
        _ => "The factor of large arrays falls towards 1: not amortized O(1).".into(),
    };
    format!("{evidence}. {tail} Source: {}. The original shrinks: {}.", entry.source, entry.removal)
}

/// The price of memory at which the factor is the best, as a sentence with a space before it.
fn worth(bounds: &Bounds) -> String {
    let price = bounds.price().map(|price| match price == Ratio::from(1) {
        true => " Choosing this factor values a slot at 1 copy.".into(),
        false => format!(" Choosing this factor values a slot at {} copies.", amount(price)),
    });
    price.unwrap_or_default()
}

/// The factor by which large arrays grow, from the policy or from its entry in the zoo.
pub fn factor_in_the_long_run(growth: &Growth) -> Option<Ratio> {
    let tail = entry(growth).and_then(|entry| match entry.tail {
        Tail::Factor(factor) if Settings::of(growth).at_most.is_none() => Some(factor),
        _ => None,
    });
    Bounds::of(growth).and(growth.as_factor()).or(tail)
}

/// The policy whose prices are charged: itself if it has bounds, or the factor `chosen`, or the
/// factor of its entry in the zoo, or 2.
///
/// A policy that shrinks is charged for pops as well: by its own numbers where that is possible
/// with the factor, otherwise as if it shrank at 1/a² to a. `None` if the factor cannot be one.
pub fn priced_by(growth: &Growth, chosen: Option<Ratio>) -> Option<Growth> {
    if Bounds::of(growth).is_some() {
        return Some(*growth);
    }
    let factor = chosen.or(factor_in_the_long_run(growth)).unwrap_or(Ratio::from(2));
    let base = Growth::try_from(factor).ok()?.try_with_first(first_block(growth)).ok()?;
    let Some((to, at)) = Settings::of(growth).shrink else { return Some(base) };
    let by_its_own = zoo::parse(&format!("{base} shrink to {to} at {at}")).ok();
    let (p, q) = (factor.numerator(), factor.denominator());
    let by_the_square = || {
        let at = Ratio::try_new(q.checked_mul(q)?, p.checked_mul(p)?).ok()?;
        base.try_with_shrink(at, factor).ok()
    };
    Some(by_its_own.or_else(by_the_square).unwrap_or(base))
}

/// The policy whose prices audit another one, without its first block.
pub fn whose(growth: &Growth) -> String {
    let settings = Settings::of(growth);
    let shrink = settings.shrink.map(|(to, at)| format!(" that shrinks to {to} at {at}"));
    format!("factor {}{}", settings.core, shrink.unwrap_or_default())
}

/// Policies to choose from: each with its title.
pub fn presets() -> Vec<(String, String)> {
    const TAUGHT: [(&str, &str); 9] = [
        ("2", "Factor 2"),
        ("3/2", "Factor 3/2"),
        ("5/4", "Factor 5/4"),
        ("9/8", "Factor 9/8"),
        ("2 shrink to 2 at 1/4", "Factor 2, halved at a quarter"),
        ("3/2 shrink to 3/2 at 4/9", "Factor 3/2, shrinking at 4/9"),
        (THRASHING, "Factor 2, halved at one half: thrashes"),
        ("+16", "16 more rows: not amortized"),
        ("exact", "Exact size: not amortized"),
    ];
    let taught = TAUGHT.iter().map(|&(text, title)| (text.into(), title.into()));
    let found = zoo::entries().iter().map(|entry| (entry.name.into(), entry.title.into()));
    taught.chain(found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_parts() {
        let growth = read(" 1.5  from 4 shrink to 1.5 at 4/9").unwrap();
        let parts = parts(&growth);
        assert_eq!(
            [&parts.numerator, &parts.denominator, &parts.first, &parts.shrink_at, &parts.shrink_to],
            ["3", "2", "4", "4/9", "3/2"]
        );
        assert_eq!(parts.title, "Factor 3/2");
        assert_eq!(compose("2/1", "", "", "", ""), Ok(Growth::DOUBLE));
        for wrong in [
            ("1/1", "", "", "", ""),
            ("", "", "", "", ""),
            ("3/2", "0", "", "", ""),
            ("3/2", "", "x", "", ""),
            ("2/1", "1", "", "1/4", ""),
        ] {
            assert!(compose(wrong.0, wrong.1, wrong.2, wrong.3, wrong.4).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn parts_make_the_same_policy() {
        let texts =
            ["3/2 from 4 at most 100 shrink to 3/2 at 4/9", "+16 from 3", "cpython-list from 9", "exact"];
        let texts = texts.map(String::from).into_iter().chain(presets().into_iter().map(|(text, _)| text));
        for text in texts {
            let growth = read(&text).unwrap();
            let Parts { core, from, at_most, shrink_at, shrink_to, .. } = parts(&growth);
            assert_eq!(compose(&core, &from, &at_most, &shrink_at, &shrink_to), Ok(growth), "{text}");
        }
    }

    #[test]
    fn a_rule_with_a_limit_is_additive() {
        for (text, limited) in [("rust-vec", "rust-vec at most 100"), ("2", "2 at most 100")] {
            let (growth, limited) = (read(text).unwrap(), read(limited).unwrap());
            assert_eq!(factor_in_the_long_run(&growth), Some(Ratio::from(2)));
            assert_eq!(factor_in_the_long_run(&limited), None);
            assert!(
                parts(&limited).note.contains(LIMITED) && !parts(&limited).note.contains("values a slot")
            );
        }
    }

    #[test]
    fn the_smaller_step_decides() {
        for (text, step) in [
            ("+200", 200),
            ("+200 at most 100", 100),
            ("+200 at most 300", 200),
            ("+18446744073709551615 at most 9", 9),
        ] {
            let note = parts(&read(text).unwrap()).note;
            assert!(
                note.starts_with(&format!("n pushes copy about n²/(2 · {step}) rows: ")),
                "{text}: {note}"
            );
        }
    }

    #[test]
    fn rules_state_their_settings() {
        for (text, title, rule) in [
            (
                "2 at most 100",
                "Factor 2",
                "2 c, or the rows that are needed if that is more; a growth adds at most 100 slots, unless more are needed",
            ),
            (
                "+1 from 3 at most 1",
                "1 more row",
                "c + 1, or the rows that are needed if that is more; the first block has 3 rows or more; a growth adds \
                 at most 1 slot, unless more are needed",
            ),
            (
                "+1024 from 3000 at most 2000",
                "1,024 more rows",
                "c + 1,024, or the rows that are needed if that is more; the first block has 3,000 rows or more; a growth \
                 adds at most 2,000 slots, unless more are needed",
            ),
            (
                "2 shrink to 2 at 1/4",
                "Factor 2",
                "2 c, or the rows that are needed if that is more; after a removal with at most 1/4 of the slots in use, \
                 the capacity becomes 2 times the rows, rounded up, but at least that of a first block, if this is less",
            ),
        ] {
            let parts = parts(&read(text).unwrap());
            assert_eq!((&*parts.title, &*parts.rule), (title, rule), "{text}");
        }
    }

    #[test]
    fn the_zoo_has_notes() {
        let python = parts(&read("cpython-list").unwrap());
        assert_eq!((&*python.numerator, &*python.first), ("", "4"));
        assert!(
            python.note.starts_with("Replayed: compared with the capacities of CPython 3.11.2."),
            "{}",
            python.note
        );
        assert!(python.note.contains("Choosing this factor values a slot at 64 copies."), "{}", python.note);
        for (text, title) in presets() {
            let growth = read(&text).unwrap();
            let parts = parts(&growth);
            assert!(!parts.rule.is_empty() && !parts.note.is_empty() && !title.is_empty(), "{text}");
            assert!(priced_by(&growth, None).is_some(), "{text}");
            assert_eq!(read(&growth.to_string()), Ok(growth));
        }
    }

    #[test]
    fn prices_of_policies_without_a_factor() {
        let of = |text: &str, chosen| Bounds::of(&priced_by(&read(text).unwrap(), chosen).unwrap()).unwrap();
        assert_eq!(of("cpython-list", None).amortized_push(), Ratio::from(10));
        assert_eq!(of("cpython-list", Some(Ratio::from(2))).amortized_push(), Ratio::from(3));
        assert_eq!(of("3/2", Some(Ratio::from(2))).amortized_push(), Ratio::from(4));
        for additive in ["+16", "exact", "redis-sds", "2 at most 16", "d-array"] {
            assert_eq!(of(additive, None).amortized_push(), Ratio::from(3), "{additive}");
        }
        // Shrinks at one half to its rows. With factor 2 this has no price, so it is charged as if
        // it halved at a quarter.
        assert_eq!(of(THRASHING, None).amortized_pop(), Some(Ratio::from(2)));
        assert_eq!(of("rust-vec shrink to 2 at 1/3", None).amortized_pop(), Some(Ratio::from(3)));
        assert_eq!(of("rust-vec", None).amortized_pop(), Some(Ratio::from(1)));
    }

    #[test]
    fn messages() {
        let error = read("2 shrink to 1 at 1/2").unwrap_err();
        assert!(
            error.starts_with("shrinking at 1/2 full would thrash") && error.contains(THRASHING),
            "{error}"
        );
        // Of a rule of the zoo its factor is not checked, but the capacity after shrinking is.
        assert!(error.ends_with("only the capacity after shrinking is checked, not its factor"), "{error}");
        assert!(read(THRASHING).is_ok());
        assert!(read("rust-vec shrink to 2 at 1/2").unwrap_err().contains("would thrash"));
        assert!(read("cpython-lits").unwrap_err().contains("similar names: cpython-list"));
        assert!(read(&"9".repeat(100_000)).unwrap_err().len() < 300);
        assert!(read("").is_err());
    }
}
