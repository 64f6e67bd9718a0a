//! Writes the last operations as a table of HTML, which screen readers can read as well.

use crate::array::{Array, Operation};
use crate::escaped::Escaped;
use crate::numbers::{amount, grouped};

/// Maximum number of rows of the table.
const MOST: usize = 12;
/// The columns of one array.
const COLUMNS: [&str; 8] = ["rows", "capacity", "copied", "cost", "amortized", "price", "bank", "potential"];

/// Writes the last operations of one or two arrays, which performed the same operations.
pub fn of(arrays: &[&Array]) -> String {
    let length = arrays.first().map_or(0, |array| array.recent().len().min(MOST));
    if length == 0 {
        return "<p>No operations yet.</p>".into();
    }
    let mut html = String::from("<table class=\"operations\">");
    html += &format!("<caption>{}</caption><thead>", caption(arrays));
    if arrays.len() > 1 {
        html += "<tr><td colspan=\"2\"></td>";
        for array in arrays {
            let name = array.growth().to_string();
            let name = Escaped(&name);
            html += &format!("<th scope=\"colgroup\" colspan=\"{}\">{name}</th>", COLUMNS.len());
        }
        html += "</tr>";
    }
    html += "<tr><th scope=\"col\">no.</th><th scope=\"col\">operation</th>";
    for _ in arrays {
        for column in COLUMNS {
            html += &format!("<th scope=\"col\">{column}</th>");
        }
    }
    html += "</tr></thead><tbody>";
    for back in (1..=length).rev() {
        html += &row(arrays, back);
    }
    html + "</tbody></table>"
}

fn caption(arrays: &[&Array]) -> String {
    let operations = arrays.first().map_or(0, |array| array.totals().operations);
    match u64::try_from(operations) {
        Ok(1) => "The only operation so far".into(),
        Ok(few) if few <= MOST as u64 => format!("All {few} operations"),
        _ => format!("The last {MOST} of {} operations", grouped(operations)),
    }
}

/// Writes the operation `back` places before the last one.
fn row(arrays: &[&Array], back: usize) -> String {
    let operations = arrays.iter().filter_map(|array| {
        let recent = array.recent();
        recent.get(recent.len().checked_sub(back)?)
    });
    let mut html = String::new();
    for operation in operations {
        if html.is_empty() {
            html += &format!(
                "<tr><th scope=\"row\">{}</th><td>{}</td>",
                grouped(operation.number),
                Escaped(&operation.op.to_string())
            );
        }
        // Of two arrays, one may have grown.
        let class = if operation.step.resize.is_some() { " class=\"resize\"" } else { "" };
        for cell in cells(operation) {
            html += &format!("<td{class}>{cell}</td>");
        }
    }
    html + "</tr>"
}

fn cells(operation: &Operation) -> [String; 8] {
    let copied = operation.step.resize.map_or(0, |resize| resize.rows);
    let entry = operation.entry.as_ref();
    let none = || String::from("–");
    [
        grouped(operation.rows),
        grouped(operation.capacity),
        grouped(copied),
        grouped(operation.step.cost()),
        entry.map_or_else(none, |entry| amount(entry.amortized)),
        entry.and_then(|entry| entry.price).map_or_else(none, amount),
        entry.map_or_else(none, |entry| amount(entry.bank)),
        entry.map_or_else(none, |entry| amount(entry.potential)),
    ]
}
