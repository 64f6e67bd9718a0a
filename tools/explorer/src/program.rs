//! Operations as short texts, for links: `9xpush;pop;extend 5`.

use crate::numbers::{clipped, grouped};
use growable_nd::amortized::{Op, Recording};

/// Maximum number of steps of all operations together: some seconds in a browser.
pub const MOST_STEPS: u64 = 2_000_000;
/// Maximum length of a text that is read, in bytes: 20 for each step.
const MOST_BYTES: usize = 20 * MOST_STEPS as usize;

/// Separates two programs in a link.
const APART: &str = "/";

/// Reads programs that are separated by `/`, as a link has them: `100xpush;/;push`.
pub fn read_apart(text: &str) -> Result<Vec<Recording>, String> {
    let operations = separated(text);
    let lines: Vec<&str> = operations.lines().collect();
    let parts: Vec<String> = lines.split(|line| line.trim() == APART).map(|lines| lines.join("\n")).collect();
    // Read together first, so that an error message counts the operations of all programs.
    read(&parts.join("\n"))?;
    parts.iter().map(|part| read(part)).collect()
}

/// Reads operations that are separated by semicolons, ends of lines, or commas. Each has the form
/// of a line of a recording: `1000 x push`. Comments begin with `#` and end with the line.
pub fn read(text: &str) -> Result<Recording, String> {
    if text.len() > MOST_BYTES {
        return Err(format!(
            "{} bytes of operations are too many, at most {} are read; write repetitions as 1000 x push",
            grouped(text.len() as u128),
            grouped(MOST_BYTES as u128)
        ));
    }
    let operations = separated(text).replace('×', "x");
    operations.parse().map_err(|error: growable_nd::amortized::ParseRecordingError| {
        let lines = operations.lines().map(str::trim).take(error.line);
        // Nothing between two separators is not an operation.
        let read: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        let found = read.last().copied().unwrap_or_default();
        let (number, found) = (grouped(read.len() as u128), clipped(found));
        match &error.error {
            growable_nd::amortized::ParseOpError::TooLarge { .. } => format!(
                "operation {number}: number in {found:?} is greater than the maximum of {}",
                grouped(u64::MAX)
            ),
            _ => format!(
                "operation {number}: invalid operation {found:?}; examples: push, 1000 x push, pop, extend 5, reserve 8, \
                 truncate 3"
            ),
        }
    })
}

/// Puts every operation on a line of its own, without comments. A comma is a part of a number if it
/// is before exactly three digits and after one: no operation begins and ends with a number, so
/// none is misread.
fn separated(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(|line| line.split('#').next().unwrap_or_default()).collect();
    let letters: Vec<char> = lines.join("\n").chars().collect();
    let is_digit = |index: Option<usize>| {
        index.and_then(|index| letters.get(index)).is_some_and(|letter| letter.is_ascii_digit())
    };
    let separates = |index: usize| match letters[index] {
        ';' => true,
        ',' => {
            let before = is_digit(index.checked_sub(1));
            let after = (1..=4).map(|ahead| is_digit(Some(index + ahead)));
            !before || !after.eq([true, true, true, false])
        }
        _ => false,
    };
    (0..letters.len()).map(|index| if separates(index) { '\n' } else { letters[index] }).collect()
}

/// Writes programs as [`read_apart`] reads them.
pub fn write_apart(programs: &[Recording]) -> String {
    let programs: Vec<String> = programs.iter().map(|program| write(program.steps())).collect();
    programs.join(&format!(";{APART};"))
}

/// Writes operations as [`read`] reads them.
fn write(steps: impl IntoIterator<Item = (Op, u64)>) -> String {
    let operations = steps.into_iter().map(|(op, times)| match times {
        1 => op.to_string(),
        _ => format!("{times}x{op}"),
    });
    operations.collect::<Vec<_>>().join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(text: &str) -> Vec<(Op, u64)> {
        read(text).unwrap().steps().collect()
    }

    #[test]
    fn every_separator() {
        let expected = [(Op::Push, 9), (Op::Pop, 1), (Op::Extend(5), 1)];
        for text in [
            "9xpush;pop;extend 5",
            "9 x push, pop, extend 5",
            "9xpush,pop,extend 5",
            "9 × push\npop\r\nextend 5",
            "; 9xPUSH ;; pop ,\n extend 5 # and so on, or not; who knows\n",
        ] {
            assert_eq!(steps(text), expected, "{text}");
        }
        assert_eq!(write(expected), "9xpush;pop;extend 5");
        assert_eq!(steps(""), []);
    }

    #[test]
    fn programs_apart() {
        let programs = read_apart("99xpush, pop;/;push").unwrap();
        let expected: [&[(Op, u64)]; 2] = [&[(Op::Push, 99), (Op::Pop, 1)], &[(Op::Push, 1)]];
        assert!(programs.iter().map(|program| program.steps().collect::<Vec<_>>()).eq(expected));
        assert_eq!(write_apart(&programs), "99xpush;pop;/;push");
        assert_eq!(read_apart("/").unwrap().len(), 2);
        assert!(
            read_apart("push;/;pull").unwrap_err().starts_with("operation 2: invalid operation \"pull\"")
        );
        assert!(read_apart("push;/pop").is_err() && read("push;/;pop").is_err());
    }

    #[test]
    fn commas_in_numbers() {
        assert_eq!(steps("1,000,000xpush"), [(Op::Push, 1_000_000)]);
        assert_eq!(steps("extend 1,000,pop"), [(Op::Extend(1000), 1), (Op::Pop, 1)]);
        assert_eq!(steps("extend 5,10xpush"), [(Op::Extend(5), 1), (Op::Push, 10)]);
        // Neither of the two ways to read it.
        assert!(read("extend 5,100xpush").is_err());
    }

    #[test]
    fn messages() {
        assert_eq!(
            read("push;pull;pop").unwrap_err(),
            "operation 2: invalid operation \"pull\"; examples: push, 1000 x push, pop, extend 5, reserve 8, truncate 3"
        );
        assert_eq!(
            read("extend 1e20").unwrap_err(),
            "operation 1: number in \"extend 1e20\" is greater than the maximum of 18,446,744,073,709,551,615"
        );
        // Its number is that among the operations.
        assert!(
            read("\n;; push,,\n# pop\n;pull")
                .unwrap_err()
                .starts_with("operation 2: invalid operation \"pull\"")
        );
        assert!(read(&"x".repeat(1000)).unwrap_err().len() < 300);
        assert!(read(&"x".repeat(MOST_BYTES + 1)).unwrap_err().contains("40,000,001 bytes"));
    }
}
