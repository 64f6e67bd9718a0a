//! One or two arrays that perform the same operations.

use crate::array::{Array, RunError};
use crate::numbers::grouped;
use crate::pictures::{Picture, Style};
use crate::program::MOST_STEPS;
use crate::quiz::{Answer, Question};
use crate::settings::{Settings, names, picture, power_or_digits};
use crate::{link, program, quiz, sentence, summary, table, workload};
use growable_nd::Growth;
use growable_nd::amortized::{Op, Recording};

/// Maximum number of pushes until the next growth.
const MOST_PUSHES: u128 = 1_000_000_000_000_000_000;

/// One or two arrays that perform the same operations, with the settings of the page.
///
/// A method that returns an error changes nothing.
#[derive(Clone, Debug)]
pub struct Explorer {
    settings: Settings,
    /// The programs so far. Each is undone as a whole.
    programs: Vec<Recording>,
    /// The prepared operations that have not been played yet, the next one last.
    coming: Vec<(Op, u64)>,
    first: Array,
    second: Option<Array>,
}

impl Default for Explorer {
    fn default() -> Explorer {
        let settings = Settings::default();
        let first = settings.array(settings.first);
        Explorer { settings, programs: Vec::new(), coming: Vec::new(), first, second: None }
    }
}

/// The arrays after programs. All programs before the last one count as one.
fn replay(
    settings: &Settings,
    programs: &[Recording],
    most_steps: u64,
) -> Result<(Array, Option<Array>), String> {
    let (last, earlier) = match programs {
        [earlier @ .., last] => (last.clone(), joined(earlier)),
        [] => (Recording::new(), Recording::new()),
    };
    let replayed = |growth: Growth| {
        let mut array = settings.array(growth);
        for program in [&earlier, &last] {
            run(&mut array, program, most_steps)?;
        }
        Ok::<_, String>(array)
    };
    Ok((replayed(settings.first)?, settings.second.map(replayed).transpose()?))
}

/// Reads at least one operation.
fn some_operations(text: &str) -> Result<Recording, String> {
    let program = program::read(text)?;
    if program.steps().next().is_none() {
        return Err("no operations; examples: push, 1000 x push, push; pop; extend 5".into());
    }
    Ok(program)
}

fn steps_from_the_end(program: &Recording) -> Vec<(Op, u64)> {
    let mut steps: Vec<_> = program.steps().collect();
    steps.reverse();
    steps
}

fn joined(programs: &[Recording]) -> Recording {
    let mut joined = Recording::new();
    for (op, times) in programs.iter().flat_map(Recording::steps) {
        joined.record_times(op, times);
    }
    joined
}

fn run(array: &mut Array, program: &Recording, most_steps: u64) -> Result<(), String> {
    let steps: Vec<_> = program.steps().collect();
    array.apply(&steps, most_steps).map_err(|error| match error {
        RunError::Op(error) => error.to_string(),
        RunError::TooLong { operation } => format!(
            "operations take more than {} steps with the policy {}: stopped before operation {}; a step is a resize, or one \
             operation repeated between two resizes; choose fewer, for example 1000 x push",
            grouped(MOST_STEPS),
            array.growth(),
            grouped(operation)
        ),
    })
}

/// The arrays and their settings.
impl Explorer {
    /// Reads the fragment of a link. Keys that it does not have get their defaults.
    pub fn open(fragment: &str) -> Result<Explorer, String> {
        let mut settings = Settings::default();
        let mut programs = Vec::new();
        for (key, value) in link::read(fragment)? {
            match key {
                "do" => programs = program::read_apart(&value)?,
                _ => settings.set(key, &value)?,
            }
        }
        programs.retain(|program| program.steps().next().is_some());
        let (first, second) = replay(&settings, &programs, MOST_STEPS)?;
        Ok(Explorer { settings, programs, coming: Vec::new(), first, second })
    }

    /// The fragment of a link to the present state, which is not embedded. The last program is
    /// separated from the operations before it, since the sentences describe the last program.
    pub fn link(&self) -> Result<String, String> {
        let text = self.programs.split_last().map(|(last, earlier)| match earlier {
            [] => program::write_apart(std::slice::from_ref(last)),
            _ => program::write_apart(&[joined(earlier), last.clone()]),
        });
        link::write(&self.settings.pairs(text))
    }

    /// The array or arrays.
    pub fn arrays(&self) -> impl Iterator<Item = &Array> {
        [Some(&self.first), self.second.as_ref()].into_iter().flatten()
    }

    /// The array number 0 or 1.
    pub fn array(&self, which: usize) -> Result<&Array, String> {
        self.arrays().nth(which).ok_or_else(|| {
            format!("there is no array {}; choose a second policy to have two", grouped(which as u128 + 1))
        })
    }

    /// Changes a policy, and repeats all operations with it. An empty text removes the second
    /// policy.
    pub fn set_policy(&mut self, which: usize, text: &str) -> Result<(), String> {
        match which {
            0 => self.change("a", text),
            1 => self.change("b", text),
            _ => Err(format!("there is no policy {}; there are two", grouped(which as u128 + 1))),
        }
    }

    pub fn row_bytes(&self) -> String {
        self.settings.row_bytes.to_string()
    }

    /// Changes the bytes of a row, which some rules of the zoo depend on.
    pub fn set_row_bytes(&mut self, text: &str) -> Result<(), String> {
        self.change("row", text)
    }

    /// The factor whose prices are charged to policies without a factor; empty if each has a
    /// suitable one.
    pub fn prices(&self) -> String {
        self.settings.prices.map(|prices| prices.to_string()).unwrap_or_default()
    }

    /// Changes the factor whose prices are charged to policies without a factor. An empty text
    /// chooses a suitable factor for each.
    pub fn set_prices(&mut self, text: &str) -> Result<(), String> {
        self.change("prices", text)
    }

    /// The end of axes over the number of rows, as it is written in links.
    pub fn axis_end(&self) -> String {
        power_or_digits(self.settings.axis_end)
    }

    pub fn set_axis_end(&mut self, text: &str) -> Result<(), String> {
        self.settings.set("n", text)
    }

    /// The names of the pictures to show, separated by commas.
    pub fn show(&self) -> String {
        names(self.settings.show.as_deref().unwrap_or(&Picture::ALL))
    }

    /// Changes the pictures to show; `none` for none.
    pub fn set_show(&mut self, names: &str) -> Result<(), String> {
        self.settings.set("show", names)
    }

    /// Whether the link is for a page inside another page.
    pub fn is_embedded(&self) -> bool {
        self.settings.is_embedded
    }

    /// The kind of question that the link asks.
    pub fn quiz(&self) -> Option<Question> {
        self.settings.quiz
    }

    fn change(&mut self, key: &str, value: &str) -> Result<(), String> {
        let mut settings = self.settings.clone();
        settings.set(key, value)?;
        let (first, second) = replay(&settings, &self.programs, MOST_STEPS)?;
        (self.settings, self.first, self.second) = (settings, first, second);
        Ok(())
    }
}

/// Work.
impl Explorer {
    /// Applies operations.
    pub fn apply(&mut self, text: &str) -> Result<(), String> {
        self.run(some_operations(text)?)
    }

    /// Replaces all operations.
    pub fn replace(&mut self, text: &str) -> Result<(), String> {
        let programs = vec![some_operations(text)?];
        (self.first, self.second) = replay(&self.settings, &programs, MOST_STEPS)?;
        self.programs = programs;
        Ok(())
    }

    /// Prepares operations to be played.
    pub fn prepare(&mut self, text: &str) -> Result<(), String> {
        self.coming = steps_from_the_end(&some_operations(text)?);
        Ok(())
    }

    /// Prepares a workload to be played.
    pub fn prepare_workload(&mut self, name: &str, rows: &str) -> Result<(), String> {
        self.coming = steps_from_the_end(&workload::program(name, rows, self.first.model())?);
        Ok(())
    }

    /// Performs at most `most` of the prepared operations. Returns whether some are left.
    pub fn play(&mut self, most: u64) -> Result<bool, String> {
        let mut program = Recording::new();
        let mut coming = self.coming.clone();
        let mut left = most;
        while left > 0 {
            let Some((op, times)) = coming.pop() else { break };
            let now = times.min(left);
            program.record_times(op, now);
            left -= now;
            if now < times {
                coming.push((op, times - now));
            }
        }
        if left < most {
            self.run(program)?;
        }
        self.coming = coming;
        Ok(!self.coming.is_empty())
    }

    /// Pushes until one of the arrays grows.
    pub fn to_next_growth(&mut self) -> Result<(), String> {
        let free = self.arrays().map(|array| array.model().capacity() - array.model().rows());
        let pushes = u128::from(free.min().unwrap_or_default()) + 1;
        let times = u64::try_from(pushes).ok().filter(|_| pushes <= MOST_PUSHES);
        let times = times.ok_or_else(|| {
            format!(
                "the next growth is {} pushes away, at most {} are possible at once",
                grouped(pushes),
                grouped(MOST_PUSHES)
            )
        })?;
        let mut program = Recording::new();
        program.record_times(Op::Push, times);
        self.run(program)
    }

    /// Applies a workload of this many rows; [`workload::ALL`] has their names.
    pub fn workload(&mut self, name: &str, rows: &str) -> Result<(), String> {
        self.run(workload::program(name, rows, self.first.model())?)
    }

    fn run(&mut self, program: Recording) -> Result<(), String> {
        let (mut first, mut second) = (self.first.clone(), self.second.clone());
        let ran = [Some(&mut first), second.as_mut()]
            .into_iter()
            .flatten()
            .try_for_each(|array| run(array, &program, MOST_STEPS));
        if ran.is_err() {
            // Earlier programs take fewer steps together: only their last operations are listed
            // one by one.
            let programs = [joined(&self.programs), program.clone()];
            (first, second) = replay(&self.settings, &programs, MOST_STEPS)?;
        }
        (self.first, self.second) = (first, second);
        self.programs.push(program);
        Ok(())
    }

    /// Takes the last program back. Returns whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some((_, programs)) = self.programs.split_last() else { return false };
        // They have run before. The list of the last operations may take a few more steps now.
        let Ok((first, second)) = replay(&self.settings, programs, u64::MAX) else { return false };
        (self.first, self.second) = (first, second);
        self.programs.pop();
        true
    }

    /// Takes all operations back.
    pub fn reset(&mut self) {
        self.programs.clear();
        self.first = self.settings.array(self.settings.first);
        self.second = self.settings.second.map(|growth| self.settings.array(growth));
    }

    /// All operations, as a trace that `growth-lab` reads.
    pub fn trace(&self) -> String {
        joined(&self.programs).to_string()
    }
}

/// What is shown.
impl Explorer {
    /// Describes what the last program did, one line for each array. Mentions the bank if its
    /// picture is shown.
    pub fn sentences(&self) -> String {
        let with_bank = self.settings.shows(Picture::Bank);
        let lines = self.arrays().map(|array| match self.second {
            Some(_) => format!("{}: {}", array.growth(), sentence::of(array, with_bank)),
            None => sentence::of(array, with_bank),
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Numbers of an array: label, tab, value, one a line.
    pub fn summary(&self, which: usize) -> Result<String, String> {
        let lines = summary::of(self.array(which)?, self.settings.row_bytes);
        Ok(lines.iter().map(|(label, value)| format!("{label}\t{value}")).collect::<Vec<_>>().join("\n"))
    }

    /// The last operations as a table.
    pub fn table(&self) -> String {
        table::of(&self.arrays().collect::<Vec<_>>())
    }

    /// Draws a picture of the array number 0 or 1, or of both together for number 2.
    pub fn draw(&self, name: &str, which: usize, style: &Style) -> Result<String, String> {
        let all: Vec<_> = self.arrays().collect();
        Ok(picture(name)?.draw_beside(&self.drawn(which)?, &all, &self.styled(style)))
    }

    /// Writes the numbers of a picture as comma-separated values.
    pub fn csv(&self, name: &str, which: usize, style: &Style) -> Result<String, String> {
        Ok(picture(name)?.csv(&self.drawn(which)?, &self.styled(style)))
    }

    fn drawn(&self, which: usize) -> Result<Vec<&Array>, String> {
        match which {
            2 => Ok(self.arrays().collect()),
            which => Ok(vec![self.array(which)?]),
        }
    }

    fn styled(&self, style: &Style) -> Style {
        Style { width: style.width.clamp(200, 4000), rows: self.settings.axis_end, ..*style }
    }

    /// Rows that the last operation copied.
    pub fn copies_pending(&self, which: usize) -> Result<u64, String> {
        let last = self.array(which)?.last();
        Ok(last.and_then(|last| last.step.resize).map_or(0, |resize| resize.rows))
    }

    /// A question about the next push of the first array.
    pub fn ask(&self, kind: &str) -> Result<String, String> {
        quiz::ask(&self.first, Question::named(kind)?)
    }

    /// Judges an answer. Does not push.
    pub fn answer(&self, kind: &str, text: &str) -> Result<Answer, String> {
        quiz::answer(&self.first, Question::named(kind)?, text)
    }
}
