//! The growth policies that are compared.

use growable_nd::Growth;
use growable_nd::amortized::Model;
use growable_nd::zoo::{self, ParseError, UnknownName};

/// The default: factors from small to large, a policy of the zoo that adds a step to a factor, and
/// one whose factor falls.
pub const REPRESENTATIVE: [&str; 7] = ["9/8", "5/4", "3/2", "2", "4", "cpython-list", "go-slice"];

/// Maximum number of policies: more cannot be told apart in a picture.
pub const MOST: usize = 14;

/// A growth policy, by its name on the command line.
#[derive(Clone, Debug)]
pub struct Rule {
    pub name: String,
    pub growth: Growth,
    /// Bytes of one row.
    pub row_bytes: u64,
    /// Set if the original counts bytes, or words of a few bytes.
    pub counts_bytes: bool,
}

impl Rule {
    /// Returns a note if the original counts in smaller units than rows.
    pub fn mark(&self) -> Option<String> {
        let is_scaled = self.counts_bytes && self.row_bytes > 1;
        is_scaled.then(|| {
            format!(
                "the original of `{}` counts bytes; here its numbers count rows of {} bytes (for bytes: --row 1 --element u8)",
                self.name, self.row_bytes
            )
        })
    }

    pub fn model(&self) -> Model {
        Model::new(self.growth).with_row_bytes(self.row_bytes)
    }
}

/// Returns the policy in a name: a name that is used twice has a number after it.
pub fn spelling(name: &str) -> &str {
    name.split(" (").next().unwrap_or(name)
}

/// Parses one policy.
pub fn parse(name: &str, row_bytes: u64) -> Result<Rule, String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let growth = zoo::parse(&name).map_err(|error| match error {
        // The shell has split a policy: `2 from 16`.
        ParseError::Name(UnknownName { found, .. }) if ["from", "shrink", "at", "to"].contains(&&*found) => {
            format!("unknown growth policy {found:?}; quote a policy with spaces, as in '2 from 16'")
        }
        ParseError::Name(UnknownName { found, nearest, .. }) if nearest.is_empty() => {
            format!("unknown growth policy {found:?}; `growth-lab zoo` lists all names")
        }
        error => error.to_string(),
    })?;
    let counts_bytes = zoo::find(&name).is_ok_and(|entry| entry.unit == zoo::Unit::Bytes);
    Ok(Rule { name, growth, row_bytes, counts_bytes })
}

/// Parses all policies. Several spellings of one policy count once, unless `separate` is set.
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
        0 => Err("no growth policy".into()),
        found if found > MOST => Err(format!("{found} growth policies; at most {MOST} can be compared")),
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
        assert_eq!(
            parse("nonsense", 24).err().unwrap(),
            "unknown growth policy \"nonsense\"; `growth-lab zoo` lists all names"
        );
    }
}
