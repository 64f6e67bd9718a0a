//! The page of a run: one file, with tables that need no script and interactive pictures.

pub mod factors;

use crate::answer::{Answer, Pairs};
use crate::child::Heap;
use crate::predict::{Cost, Prediction};
use crate::quantity::size;
use crate::run::{Contender, Run};
use crate::stats::compare::{Comparison, Verdict};
use crate::text;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::fmt::Write;

/// The content of the page.
pub struct Content<'a> {
    pub run: &'a Run,
    pub answers: &'a [Answer],
    pub pairs: &'a [Pairs],
    pub predictions: &'a [(String, Prediction)],
    pub advice: &'a [String],
    pub notes: &'a [String],
}

/// Writes the page.
pub fn page(content: &Content<'_>) -> String {
    let mut body = String::new();
    answer(&mut body, content);
    for (answer, pairs) in content.answers.iter().zip(content.pairs) {
        of_heap(&mut body, content, answer, pairs);
    }
    predicted(&mut body, content);
    foot(&mut body, content);
    let data = data(content).to_string().replace("</", "<\\/");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Growth policies compared</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n\
         {}\n<script>const DATA = {data};\n{SCRIPT}</script>\n</body>\n</html>\n",
        plotly(),
    )
}

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Returns the script of plotly, without the script for formulas after it.
fn plotly() -> String {
    let scripts = plotly::Plot::offline_js_sources();
    let end = scripts.find("</script>").map_or(scripts.len(), |end| end + "</script>".len());
    scripts[..end].to_owned()
}

fn answer(body: &mut String, Content { run, advice, notes, .. }: &Content<'_>) {
    let setup = &run.setup;
    let _ = writeln!(body, "<h1>Growth policies compared</h1>");
    let _ = writeln!(body, "<p class=\"workload\">{}.</p>", escaped(&text::workload(setup)));
    for note in *notes {
        let _ = writeln!(body, "<p class=\"warning\">Note: {}.</p>", escaped(note));
    }
    for sentence in *advice {
        let _ = writeln!(body, "<p class=\"advice\">{}</p>", escaped(sentence));
    }
    for (rule, reason) in &setup.left_out {
        let _ = writeln!(body, "<p>Not measured: {}, {}.</p>", escaped(rule), escaped(reason));
    }
}

fn of_heap(body: &mut String, content: &Content<'_>, answer: &Answer, pairs: &Pairs) {
    let heap = answer.heap.name();
    let _ =
        writeln!(body, "<h2 id=\"{heap}\">{}, {}</h2>", text::title(answer.heap), text::rounds(content.run));
    let _ = writeln!(body, "<p>{}</p>", explanation(answer.heap));
    if !answer.ranked.is_empty() {
        table(body, &text::answer_rows(answer));
    }
    for note in text::notes(content.run, answer) {
        let _ = writeln!(body, "<p class=\"note\">{}</p>", escaped(&note));
    }
    let pushes = text::push_rows(content.run, answer);
    if !pushes.is_empty() {
        let _ = writeln!(
            body,
            "<h3>Single pushes</h3>\n<p>{}</p>",
            escaped(&text::push_note(content.run, answer))
        );
        table(body, &pushes);
    }
    picture(
        body,
        &format!("time-{heap}"),
        if content.run.setup.phases == 1 {
            "Time: one mark per build."
        } else {
            "Time over the length of the array: one mark per build."
        },
    );
    picture(body, &format!("memory-{heap}"), &memory_caption(content.run, answer));
    let has_intervals = answer.ranked.iter().filter_map(|row| row.to_best).any(Comparison::has_interval);
    picture(
        body,
        &format!("front-{heap}"),
        if has_intervals {
            "Time against memory. Filled marks are the Pareto front; bars are intervals."
        } else {
            "Time against memory. Filled marks are the Pareto front."
        },
    );
    if answer.ranked.len() > 1 {
        let _ = writeln!(body, "<details><summary>All pairs of policies</summary>");
        matrix(body, content.run, answer, pairs);
        let _ = writeln!(body, "</details>");
    }
    let against = text::against_predictions(answer, content.predictions);
    if answer.heap == Heap::Copying && against.len() > 1 {
        let _ = writeln!(body, "<h3>Prediction and measurement</h3>");
        table(body, &against);
    }
}

fn memory_caption(run: &Run, answer: &Answer) -> String {
    let mut caption = "Memory requested at the peak, bytes per byte of elements: ".to_owned();
    caption += match answer.heap {
        _ if run.setup.phases == 1 => "one mark per build.",
        Heap::Warm => "marks are measured, lines are predicted for blocks that are extended in place.",
        Heap::Fresh | Heap::Copying => {
            "marks are measured, lines are predicted for blocks that are copied, old and new block together."
        }
    };
    let shrinks =
        |rule| run.samples(Contender::Rule(rule), answer.heap).any(|(_, sample)| sample.shrinks > 0);
    if answer.heap == Heap::Warm && (0..run.setup.rules.len()).any(shrinks) {
        caption += " A policy that shrinks takes a new block, so there are two blocks at that time.";
    }
    caption
}

fn explanation(heap: Heap) -> &'static str {
    match heap {
        Heap::Fresh => "Each build is the first of its process: memory comes from the system, page by page.",
        Heap::Warm => {
            "Each process has built and dropped such an array before: its memory is reused, and blocks are often extended \
             in place."
        }
        Heap::Copying => {
            "Each build is the first of its process. Each block that grows is copied to a new one, as for types that realloc \
             cannot move."
        }
    }
}

fn predicted(body: &mut String, content: &Content<'_>) {
    let _ = writeln!(body, "<h2 id=\"predicted\">Predicted</h2>");
    let _ = writeln!(
        body,
        "<p>By simulation, per row: rows copied; largest capacity; peak of old and new block together; size of a heap that \
         puts each block into the first hole that is large enough. Averages over the lengths, and the worst of the \
         simulated lengths.</p>"
    );
    table(body, &text::predicted_rows(content.predictions));
    picture(
        body,
        "copies",
        if content.answers.is_empty() || content.run.setup.phases == 1 {
            "Rows copied, per row, over the length: predicted."
        } else {
            "Rows copied, per row, over the length. Lines are predicted, marks are measured."
        },
    );
    picture(body, "capacity", "Capacity per row, over the length: predicted.");
    picture(body, "heap", "First-fit heap per row, over the length: predicted.");
}

fn picture(body: &mut String, id: &str, caption: &str) {
    let _ = writeln!(
        body,
        "<figure><div class=\"plot\" id=\"{id}\"></div><figcaption>{caption}</figcaption></figure>"
    );
}

fn table(body: &mut String, rows: &[Vec<String>]) {
    let Some((header, rows)) = rows.split_first() else { return };
    let _ = write!(body, "<div class=\"scroll\"><table><thead><tr>");
    for cell in header {
        let _ = write!(body, "<th scope=\"col\">{}</th>", escaped(cell));
    }
    let _ = writeln!(body, "</tr></thead><tbody>");
    for row in rows {
        let _ = write!(body, "<tr>");
        for (column, cell) in row.iter().enumerate() {
            let cell = escaped(cell);
            let _ = if column == 0 {
                write!(body, "<th scope=\"row\">{cell}</th>")
            } else {
                write!(body, "<td>{cell}</td>")
            };
        }
        let _ = writeln!(body, "</tr>");
    }
    let _ = writeln!(body, "</tbody></table></div>");
}

/// Writes the verdicts of all pairs: the row compared with the column.
fn matrix(body: &mut String, run: &Run, answer: &Answer, pairs: &Pairs) {
    let rules: Vec<usize> = answer.ranked.iter().map(|row| row.rule).collect();
    let mut rows = vec![vec!["time relative to".to_owned()]];
    rows[0].extend(rules.iter().map(|&rule| run.setup.rules[rule].clone()));
    for &rule in &rules {
        let mut cells = vec![run.setup.rules[rule].clone()];
        for &other in &rules {
            let found = pairs.pairs.iter().find_map(|&(i, j, comparison)| match (i, j) {
                pair if pair == (rule, other) => Some(comparison),
                pair if pair == (other, rule) => Some(comparison.inverse()),
                _ => None,
            });
            cells.push(match found {
                None => String::new(),
                Some(comparison) => match comparison.verdict {
                    Verdict::Different => text::percent(comparison.ratio),
                    Verdict::Equivalent => "equal".into(),
                    Verdict::Undecided { .. } => "?".into(),
                },
            });
        }
        rows.push(cells);
    }
    table(body, &rows);
    let _ = writeln!(
        body,
        "<p class=\"note\">Equal: within ± {:.1} %. ?: not decided. The probability of any false difference on a page is at most 1 %, if rounds are independent.</p>",
        100.0 * run.setup.equivalence
    );
}

/// Quotes a word of a command, if a shell would otherwise change it.
fn quoted(word: &str) -> Cow<'_, str> {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./:,+=%@".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.into();
    }
    format!("'{}'", word.replace('\'', "'\\''")).into()
}

fn foot(body: &mut String, Content { run, .. }: &Content<'_>) {
    let setup = &run.setup;
    let machine = &setup.machine;
    let command: Vec<String> = setup.command.iter().map(|word| escaped(&quoted(word))).collect();
    let memory = machine.memory_bytes.map_or(String::new(), |bytes| format!(", {}", size(bytes as f64)));
    let megahertz = machine.megahertz.map_or(String::new(), |megahertz| format!(" at {megahertz:.0} MHz"));
    let loads: Vec<f64> = run.builds.iter().filter_map(|build| build.load).collect();
    let load = match (loads.iter().copied().reduce(f64::min), loads.iter().copied().reduce(f64::max)) {
        (Some(least), Some(most)) => format!("; load: {least:.1} to {most:.1}"),
        _ => String::new(),
    };
    let rounds = if run.builds.is_empty() { "nothing measured".to_owned() } else { text::rounds(run) };
    let _ = writeln!(body, "<footer><p><code>growth-lab {}</code></p>", command.join(" "));
    let _ = writeln!(
        body,
        "<p>{}, growth-lab {}, seed {}, {}. {}{megahertz}, {}{memory}, {}; allocator: {}; {}{load}.</p></footer>",
        escaped(&setup.date),
        setup.version,
        setup.seed,
        rounds,
        escaped(&machine.processor),
        machine.count_of_cores(),
        escaped(&machine.system),
        escaped(&machine.allocator),
        escaped(&machine.compiler),
    );
}

/// Returns the numbers of the pictures.
fn data(content: &Content<'_>) -> Value {
    let Content { run, answers, predictions, .. } = content;
    let heaps: Vec<Value> = answers.iter().map(|answer| heap_data(run, answer)).collect();
    let curve = |prediction: &Prediction, cost: fn(&Cost) -> f64| -> Vec<f64> {
        prediction.curve.iter().map(cost).collect()
    };
    let predicted: Vec<Value> = predictions
        .iter()
        // A few points are no curve.
        .filter(|(_, prediction)| !prediction.is_rough)
        .map(|(name, prediction)| {
            json!({
                "name": name,
                "length": prediction.curve.iter().map(|cost| cost.length).collect::<Vec<_>>(),
                "copies": curve(prediction, |cost| cost.copies),
                "capacity": curve(prediction, |cost| cost.capacity),
                "peak": curve(prediction, |cost| cost.peak),
                "heap": curve(prediction, |cost| cost.heap),
            })
        })
        .collect();
    let is_one_length = run.setup.phases == 1;
    json!({ "rules": run.setup.rules, "one": is_one_length, "heaps": heaps, "predicted": predicted })
}

fn heap_data(run: &Run, answer: &Answer) -> Value {
    let row_bytes = run.setup.row_bytes as f64;
    let mut rules: Vec<usize> = answer.ranked.iter().map(|row| row.rule).collect();
    if rules.is_empty() {
        // No policy is ranked, but each has times.
        rules = (0..run.setup.rules.len()).collect();
    }
    let contenders = rules.into_iter().map(Contender::Rule).chain([Contender::Preallocated]);
    let series: Vec<Value> = contenders
        .map(|contender| {
            let samples: Vec<_> = run.samples(contender, answer.heap).collect();
            let length: Vec<u64> = samples.iter().map(|(build, _)| build.length).collect();
            let column = |value: &dyn Fn(f64, &crate::child::Sample) -> f64| -> Vec<f64> {
                samples.iter().map(|(build, sample)| value(build.length as f64, sample)).collect()
            };
            json!({
                "name": run.name(contender),
                "length": length,
                "wall": column(&|rows, sample| sample.wall_ns / rows),
                "cpu": column(&|rows, sample| sample.cpu_ns.unwrap_or(f64::NAN) / rows),
                "faults": column(&|_, sample| sample.page_faults.map_or(f64::NAN, |pages| pages as f64)),
                "slowest": column(&|_, sample| sample.worst_ns / 1000.0),
                "peak": column(&|rows, sample| sample.requested_peak as f64 / (rows * row_bytes)),
                "copies": column(&|rows, sample| sample.rows_copied as f64 / rows),
            })
        })
        .collect();
    let front: Vec<Value> = answer
        .ranked
        .iter()
        .map(|row| {
            let (ratio, interval) =
                row.to_best.map_or((1.0, [1.0, 1.0]), |found| (found.ratio, found.interval));
            let finite = interval.map(|end| if end.is_finite() && end > 0.0 { end } else { ratio });
            json!({
                "name": row.name, "time": ratio, "low": finite[0], "high": finite[1],
                "memory": row.peak.mean, "pareto": row.is_pareto,
            })
        })
        .collect();
    json!({ "name": answer.heap.name(), "series": series, "front": front })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
