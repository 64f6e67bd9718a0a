//! The cost of each factor in a range, in one picture: for the debate between 1.5 and 2.

use crate::lengths::Lengths;
use crate::page::{STYLE, plotly};
use crate::predict::{MeanAndWorst, Prediction};
use crate::rules::Rule;
use crate::text;
use crate::workload::Work;
use growable_nd::Growth;
use serde_json::json;
use std::path::Path;

/// Factors of the picture, at equal steps of the logarithm.
const FACTORS: u32 = 240;

/// Denominator of the factors: they are exact ratios.
const DENOMINATOR: u64 = 1000;

/// Writes the page, and returns a table of some of the factors.
pub fn write((from, to): (f64, f64), rows: &str, folder: &Path) -> Result<String, String> {
    let lengths = Lengths::parse(rows, 8)?;
    let mut numerators: Vec<u64> = (0..=FACTORS)
        .map(|step| from * (to / from).powf(f64::from(step) / f64::from(FACTORS)))
        .chain([1.5, 2.0, 1.618])
        .filter(|factor| (from..=to).contains(factor))
        .map(|factor| (factor * DENOMINATOR as f64).round() as u64)
        .collect();
    numerators.sort_unstable();
    numerators.dedup();
    let mut costs = vec![];
    for numerator in numerators {
        let growth = Growth::try_factor(numerator, DENOMINATOR).map_err(|error| error.to_string())?;
        let rule = Rule { name: growth.to_string(), growth, row_bytes: 8, counts_bytes: false };
        let prediction = Prediction::of(&rule, &Work::Push, &lengths, &[])?;
        costs.push((numerator as f64 / DENOMINATOR as f64, prediction));
    }
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("cannot write to {}: {error}", folder.display()))?;
    let file = folder.join("factors.html");
    std::fs::write(&file, page(&costs, &lengths)).map_err(|error| format!("{}: {error}", file.display()))?;
    let header =
        ["factor", "copies", "worst", "peak", "worst", "first-fit heap", "worst"].map(str::to_owned).to_vec();
    let mut table = vec![header];
    for (factor, prediction) in
        costs.iter().step_by(20).chain(costs.iter().filter(|(factor, _)| is_named(*factor)))
    {
        let mut cells = vec![format!("{factor:.3}")];
        for cost in columns(prediction) {
            cells.extend([format!("{:.2}", cost.mean), format!("{:.2}", cost.worst)]);
        }
        table.push(cells);
    }
    table[1..].sort_by(|a, b| a[0].len().cmp(&b[0].len()).then(a[0].cmp(&b[0])));
    table.dedup();
    Ok(format!("Per row, {lengths}:\n\n{}\nPage: {}\n", text::table(&table), file.display()))
}

fn is_named(factor: f64) -> bool {
    [1.5, 2.0, 1.618].contains(&factor)
}

fn columns(prediction: &Prediction) -> [MeanAndWorst; 3] {
    [
        prediction.of_cost(|cost| cost.copies),
        prediction.of_cost(|cost| cost.peak),
        prediction.of_cost(|cost| cost.heap),
    ]
}

fn page(costs: &[(f64, Prediction)], lengths: &Lengths) -> String {
    let series = |index: usize, worst: bool| -> Vec<f64> {
        let of = |(_, prediction): &(f64, Prediction)| {
            let cost = columns(prediction)[index];
            if worst { cost.worst } else { cost.mean }
        };
        costs.iter().map(of).collect()
    };
    let factors: Vec<f64> = costs.iter().map(|(factor, _)| *factor).collect();
    let data = json!({
        "factors": factors,
        "series": [
            { "name": "first-fit heap, worst", "values": series(2, true), "dash": "solid" },
            { "name": "first-fit heap, mean", "values": series(2, false), "dash": "dash" },
            { "name": "old and new block, worst", "values": series(1, true), "dash": "solid" },
            { "name": "copies, worst", "values": series(0, true), "dash": "solid" },
            { "name": "copies, mean", "values": series(0, false), "dash": "dash" },
        ],
    });
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>The cost of a growth factor</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>The cost of a growth factor</h1>\n\
         <p>Simulated, per row of an array that grows by pushes to {lengths}: copies of rows; the largest sum of an old and \
         a new block; the size of a heap that puts each block into the first hole that is large enough. Below the golden \
         ratio, 1.618, the holes of earlier blocks can hold the next block at some time; above it they never can.</p>\n\
         <figure><div class=\"plot\" id=\"factors\"></div><figcaption>Smaller is cheaper. The factor is on a logarithmic \
         axis.</figcaption></figure>\n</main>\n{}\n<script>const DATA = {data};\n{SCRIPT}</script>\n</body>\n</html>\n",
        plotly(),
    )
}

const SCRIPT: &str = include_str!("factors.js");
