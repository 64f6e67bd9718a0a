//! The growth policies that take part.

use growable_nd::amortized::Model;
use growable_nd::{Growth, zoo};

/// For the default: factors from small to large, a step, and policies of the zoo with a factor of their own, with a
/// factor that falls, and with none in the end.
pub const REPRESENTATIVE: [&str; 8] =
    ["9/8", "5/4", "3/2", "2", "4", "cpython-list", "go-slice", "redis-sds"];

/// More cannot be told apart in a picture.
pub const MOST: usize = 14;

/// A growth policy, by its name on the command line.
#[derive(Clone, Debug)]
pub struct Rule {
    pub name: String,
    pub growth: Growth,
    /// Bytes of one row.
    pub row_bytes: u64,
    /// What the original counts, if that is not elements.
    pub unit: Option<&'static str>,
}

impl Rule {
    pub fn model(&self) -> Model {
        Model::new(self.growth).with_row_bytes(self.row_bytes)
    }
}

/// Parses one policy.
pub fn parse(name: &str, row_bytes: u64) -> Result<Rule, String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let growth = zoo::parse(&name).map_err(|error| error.to_string())?;
    let unit = zoo::find(&name).ok().map(|entry| entry.unit).filter(|unit| *unit != "element");
    Ok(Rule { name, growth, row_bytes, unit })
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
        assert_eq!(parse("redis-sds", 24).unwrap().unit, Some("byte"));
        assert_eq!(parse("2", 24).unwrap().unit, None);
        for wrong in ["NaN", "1", "inf", "cpython", ""] {
            assert!(parse(wrong, 24).is_err(), "{wrong}");
        }
    }
}
