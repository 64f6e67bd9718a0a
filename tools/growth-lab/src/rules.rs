//! The growth policies that take part.

use growable_nd::amortized::Model;
use growable_nd::{Growth, zoo};

/// For the default: factors from small to large, and policies of the zoo with a step besides the factor and with a
/// factor that falls.
pub const REPRESENTATIVE: [&str; 7] = ["9/8", "5/4", "3/2", "2", "4", "cpython-list", "go-slice"];

/// More cannot be told apart in a picture.
pub const MOST: usize = 14;

/// A growth policy, by its name on the command line.
#[derive(Clone, Debug)]
pub struct Rule {
    pub name: String,
    pub growth: Growth,
    /// Bytes of one row.
    pub row_bytes: u64,
    /// Whether the original counts bytes, or words of a few bytes.
    pub counts_bytes: bool,
}

impl Rule {
    /// What a reader must know if the original counts in smaller units than rows.
    pub fn mark(&self) -> Option<String> {
        let is_scaled = self.counts_bytes && self.row_bytes > 1;
        is_scaled.then(|| {
            format!(
                "{} counts bytes in its original; here its numbers count rows of {} bytes (--row 1 --element u8 has bytes)",
                self.name, self.row_bytes
            )
        })
    }

    pub fn model(&self) -> Model {
        Model::new(self.growth).with_row_bytes(self.row_bytes)
    }
}

/// The policy of a name: spellings that are kept apart have a number after them.
pub fn spelling(name: &str) -> &str {
    name.split(" (").next().unwrap_or(name)
}

/// Parses one policy.
pub fn parse(name: &str, row_bytes: u64) -> Result<Rule, String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let growth = zoo::parse(&name).map_err(|error| error.to_string())?;
    let counts_bytes = zoo::find(&name).is_ok_and(|entry| entry.unit == zoo::Unit::Bytes);
    Ok(Rule { name, growth, row_bytes, counts_bytes })
}

/// Parses all policies. Spellings of one policy are one, unless `separate`: then each is a contender of its own.
pub fn parse_all(names: &[String], row_bytes: u64, separate: bool) -> Result<Vec<Rule>, String> {
    let mut rules: Vec<Rule> = Vec::new();
    for name in names {
        let mut rule = parse(name, row_bytes)?;
        let is_known = rules.iter().any(|known| known.growth == rule.growth);
        if is_known && !separate {
            continue;
        }
        let spelling = rule.name.clone();
        for number in 2.. {
            if rules.iter().all(|known| known.name != rule.name) {
                break;
            }
            rule.name = format!("{spelling} ({number})");
        }
        rules.push(rule);
    }
    match rules.len() {
        0 => Err("expected at least one growth policy".into()),
        found if found > MOST => Err(format!("expected at most {MOST} growth policies, found {found}")),
        _ => Ok(rules),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(texts: &[&str], separate: bool) -> Vec<String> {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        parse_all(&texts, 24, separate).unwrap().into_iter().map(|rule| rule.name).collect()
    }

    #[test]
    fn spellings_of_one_policy_are_one() {
        assert_eq!(names(&["2", "2.0", "4/2", "3/2"], false), ["2", "3/2"]);
        assert_eq!(names(&["2", "2.0", "2", "2"], true), ["2", "2.0", "2 (2)", "2 (3)"]);
        assert_eq!(names(&[" 2   from 16"], false), ["2 from 16"]);
    }

    #[test]
    fn units() {
        assert!(parse("redis-sds", 24).unwrap().mark().is_some_and(|mark| mark.contains("bytes")));
        for (name, row_bytes) in [("redis-sds", 1), ("2", 24), ("cpython-list", 24), ("go-slice", 24)] {
            assert_eq!(parse(name, row_bytes).unwrap().mark(), None, "{name}");
        }
        for wrong in ["NaN", "1", "inf", "cpython", ""] {
            assert!(parse(wrong, 24).is_err(), "{wrong}");
        }
    }
}
