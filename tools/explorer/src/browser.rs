//! The methods that JavaScript calls. Each calls one of [`Explorer`]; errors are strings.

use crate::pictures::{Picture, Style, Theme};
use crate::{Explorer, policy, workload};
use wasm_bindgen::prelude::wasm_bindgen;

/// The explorer of a page. An error changes nothing.
#[wasm_bindgen]
#[derive(Default)]
pub struct Page {
    explorer: Explorer,
}

#[wasm_bindgen]
impl Page {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Page {
        Page::default()
    }

    /// Opens a link: the part of an address after `#`.
    pub fn open(&mut self, fragment: &str) -> Result<(), String> {
        self.explorer = Explorer::open(fragment)?;
        Ok(())
    }

    /// The fragment of the present state.
    pub fn link(&self) -> Result<String, String> {
        self.explorer.link()
    }

    /// The names of the pictures to show, in order.
    pub fn show(&self) -> String {
        self.explorer.show()
    }

    /// Changes the pictures to show: their names, separated by commas.
    pub fn set_show(&mut self, names: &str) -> Result<(), String> {
        self.explorer.set_show(names)
    }

    /// Whether the link is for a page inside another page.
    pub fn embedded(&self) -> bool {
        self.explorer.is_embedded()
    }

    /// The kind of question that the link asks, or nothing.
    pub fn quiz(&self) -> String {
        self.explorer.quiz().map(|question| question.name().into()).unwrap_or_default()
    }

    /// The number of arrays.
    pub fn arrays(&self) -> usize {
        self.explorer.arrays().count()
    }

    pub fn set_policy(&mut self, which: usize, text: &str) -> Result<(), String> {
        self.explorer.set_policy(which, text)
    }

    pub fn policy(&self, which: usize) -> Result<String, String> {
        Ok(self.explorer.array(which)?.growth().to_string())
    }

    pub fn parts(&self, which: usize) -> Result<Parts, String> {
        Ok(Parts { parts: policy::parts(&self.explorer.array(which)?.growth()) })
    }

    /// The text of a policy that is made of its parts.
    pub fn compose(
        &self,
        core: &str,
        from: &str,
        at_most: &str,
        shrink_at: &str,
        shrink_to: &str,
    ) -> Result<String, String> {
        policy::compose(core, from, at_most, shrink_at, shrink_to).map(|growth| growth.to_string())
    }

    /// Policies to choose from, one per line: name, tab, title.
    pub fn presets(&self) -> String {
        let lines = policy::presets().into_iter().map(|(name, title)| format!("{name}\t{title}"));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// All pictures, one per line: name, tab, title, tab, whether two arrays are in one chart.
    pub fn pictures(&self) -> String {
        let line =
            |picture: &Picture| format!("{}\t{}\t{}", picture.name(), picture.title(), picture.compares());
        Picture::ALL.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    pub fn row_bytes(&self) -> String {
        self.explorer.row_bytes()
    }

    pub fn set_row_bytes(&mut self, text: &str) -> Result<(), String> {
        self.explorer.set_row_bytes(text)
    }

    pub fn prices(&self) -> String {
        self.explorer.prices()
    }

    pub fn set_prices(&mut self, text: &str) -> Result<(), String> {
        self.explorer.set_prices(text)
    }

    pub fn axis_end(&self) -> String {
        self.explorer.axis_end()
    }

    pub fn set_axis_end(&mut self, text: &str) -> Result<(), String> {
        self.explorer.set_axis_end(text)
    }

    pub fn apply(&mut self, text: &str) -> Result<(), String> {
        self.explorer.apply(text)
    }

    /// Replaces all operations.
    pub fn replace(&mut self, text: &str) -> Result<(), String> {
        self.explorer.replace(text)
    }

    // Not a conversion: it works until then.
    #[expect(clippy::wrong_self_convention)]
    pub fn to_next_growth(&mut self) -> Result<(), String> {
        self.explorer.to_next_growth()
    }

    pub fn workload(&mut self, name: &str, rows: &str) -> Result<(), String> {
        self.explorer.workload(name, rows)
    }

    pub fn prepare(&mut self, text: &str) -> Result<(), String> {
        self.explorer.prepare(text)
    }

    pub fn prepare_workload(&mut self, name: &str, rows: &str) -> Result<(), String> {
        self.explorer.prepare_workload(name, rows)
    }

    /// Performs at most `most` of the prepared operations. Returns whether some are left.
    pub fn play(&mut self, most: u32) -> Result<bool, String> {
        self.explorer.play(most.into())
    }

    /// Workloads to choose from, one per line: name, tab, title, tab, the meaning of the number of
    /// rows.
    pub fn workloads(&self) -> String {
        let lines = workload::ALL.iter().map(|(name, title, hint)| format!("{name}\t{title}\t{hint}"));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Takes back the operations of the last program. Returns whether there was one.
    pub fn undo(&mut self) -> bool {
        self.explorer.undo()
    }

    pub fn reset(&mut self) {
        self.explorer.reset();
    }

    /// All operations, as a trace that growth-lab reads.
    pub fn trace(&self) -> String {
        self.explorer.trace()
    }

    /// Describes what the last program did, one line for each array.
    pub fn sentences(&self) -> String {
        self.explorer.sentences()
    }

    /// Numbers of an array, one per line: label, tab, value.
    pub fn summary(&self, which: usize) -> Result<String, String> {
        self.explorer.summary(which)
    }

    /// The last operations as HTML.
    pub fn table(&self) -> String {
        self.explorer.table()
    }

    /// A picture in the colours of the page. `copied` rows of the last growth are drawn as copied
    /// already; all if it is negative.
    pub fn picture(&self, name: &str, which: usize, width: u32, copied: f64) -> Result<String, String> {
        // Rounds towards zero and keeps to the ends of `u64`; not a number is 0.
        let copied = (copied >= 0.0).then_some(copied as u64);
        self.explorer.draw(name, which, &style(width, copied, None))
    }

    /// A picture with its colours, for a file.
    pub fn export_svg(&self, name: &str, which: usize, width: u32, dark: bool) -> Result<String, String> {
        let theme = if dark { Theme::Dark } else { Theme::Light };
        self.explorer.draw(name, which, &style(width, None, Some(theme)))
    }

    pub fn csv(&self, name: &str, which: usize) -> Result<String, String> {
        self.explorer.csv(name, which, &style(0, None, None))
    }

    /// Rows that the last operation copied; numbers of JavaScript are exact up to 2^53.
    pub fn copies_pending(&self, which: usize) -> Result<f64, String> {
        Ok(self.explorer.copies_pending(which)?.min(1 << 53) as f64)
    }

    /// A question about the next push: `capacity`, `cost` or `balance`.
    pub fn ask(&self, kind: &str) -> Result<String, String> {
        self.explorer.ask(kind)
    }

    pub fn answer(&self, kind: &str, text: &str) -> Result<Answer, String> {
        Ok(Answer { answer: self.explorer.answer(kind, text)? })
    }
}

fn style(width: u32, copied: Option<u64>, standalone: Option<Theme>) -> Style {
    Style { width, copied, rows: 0, standalone }
}

/// A policy in parts.
#[wasm_bindgen]
pub struct Parts {
    parts: policy::Parts,
}

#[wasm_bindgen]
impl Parts {
    #[wasm_bindgen(getter)]
    pub fn core(&self) -> String {
        self.parts.core.clone()
    }

    #[wasm_bindgen(getter)]
    pub fn from(&self) -> String {
        self.parts.from.clone()
    }

    #[wasm_bindgen(getter)]
    pub fn at_most(&self) -> String {
        self.parts.at_most.clone()
    }

    #[wasm_bindgen(getter)]
    pub fn numerator(&self) -> String {
        self.parts.numerator.clone()
    }

    #[wasm_bindgen(getter)]
    pub fn denominator(&self) -> String {
        self.parts.denominator.clone()
    }

    #[wasm_bindgen(getter)]
    pub fn first(&self) -> String {
        self.parts.first.clone()
    }

    #[wasm_bindgen(getter)]
    pub fn shrink_at(&self) -> String {
        self.parts.shrink_at.clone()
    }

    #[wasm_bindgen(getter)]
    pub fn shrink_to(&self) -> String {
        self.parts.shrink_to.clone()
    }

    #[wasm_bindgen(getter)]
    pub fn title(&self) -> String {
        self.parts.title.clone()
    }

    #[wasm_bindgen(getter)]
    pub fn rule(&self) -> String {
        self.parts.rule.clone()
    }

    #[wasm_bindgen(getter)]
    pub fn note(&self) -> String {
        self.parts.note.clone()
    }
}

/// A judgement of an answer.
#[wasm_bindgen]
pub struct Answer {
    answer: crate::Answer,
}

#[wasm_bindgen]
impl Answer {
    #[wasm_bindgen(getter)]
    pub fn right(&self) -> bool {
        self.answer.is_right
    }

    #[wasm_bindgen(getter)]
    pub fn explanation(&self) -> String {
        self.answer.explanation.clone()
    }
}
