//! The page of the zoo: every rule in a table that can be searched and sorted, and is a plain table
//! without JavaScript.

pub use crate::records::{csv, json};

use crate::html::breakable;
use crate::records::{End, LICENSE, Record, records};
use explorer::Escaped;

/// The key of a column in links, and its heading.
const COLUMNS: [(&str, &str); 9] = [
    ("name", "Rule of"),
    ("known", "Known"),
    ("rule", "Next capacity"),
    ("first", "First capacities"),
    ("end", "In the end"),
    ("amortized", "Amor\u{ad}tized"),
    ("copies", "Copies per push"),
    ("slots", "Slots per row"),
    ("price", "Price of a slot"),
];

/// The body of a page of mdBook: text in Markdown, and the table in HTML. Its style is `zoo.css`,
/// its script `zoo.js`.
pub fn page() -> String {
    let count = |kind| records().iter().filter(|record| record.evidence.kind == kind).count().to_string();
    include_str!("../../text/zoo.md")
        .replace("{count}", &records().len().to_string())
        .replace("{replayed}", &count("replayed"))
        .replace("{read}", &count("read"))
        .replace("{documented}", &count("documented"))
        .replace("{license}", LICENSE)
        .replace("{table}", &table())
}

/// In one block: Markdown would take a blank line for the end of the HTML.
fn table() -> String {
    let head: String = COLUMNS
        .iter()
        .map(|(key, heading)| {
            format!("<th scope=\"col\" role=\"columnheader\" data-key=\"{key}\">{heading}</th>\n")
        })
        .collect();
    let rows: String = records().iter().map(row).collect();
    // Roles, since a table whose rows are shown as cards is not one for every browser.
    format!(
        "<link rel=\"stylesheet\" href=\"zoo.css\">\n\
        <div class=\"zoo-page\">\n\
        {CONTROLS}\
        <table class=\"zoo\" role=\"table\" aria-label=\"Growth policies\">\n\
        <thead role=\"rowgroup\"><tr role=\"row\">\n{head}</tr></thead>\n\
        <tbody role=\"rowgroup\">\n{rows}</tbody>\n\
        </table>\n\
        </div>\n\
        <script src=\"zoo.js\" defer></script>"
    )
}

/// Hidden until the script makes them work.
const CONTROLS: &str = r#"<form class="zoo-controls" role="search" aria-label="Rules of the zoo" hidden>
<label class="zoo-search">Search <input type="search" name="q" autocomplete="off" spellcheck="false" placeholder="4, 8, 16, 24"></label>
<label>Known <select name="known"><option value="">in any way</option><option>replayed</option><option>read</option><option>documented</option></select></label>
<label><input type="checkbox" name="amortized" value="no"> Amortized: no</label>
<button type="reset">Show all</button>
<output name="count" aria-live="polite"></output>
</form>
"#;

/// Each cell has its heading as `data-label` for the card, and a number to sort by as `data-value`.
fn row(record: &Record) -> String {
    let name = record.name;
    let amortized = if record.amortized { "yes" } else { "no" };
    // To sort by.
    let factor = match record.in_the_end {
        End::Factor { factor, .. } => factor,
        _ => 1.0,
    };
    let cells = [
        cell(1, Some(known_rank(record)), &known(record)),
        cell(2, None, &rule(record)),
        cell(3, record.first_capacities.first().map(|capacity| capacity.0 as f64), &capacities(record)),
        cell(4, Some(factor), &record.end()),
        cell(5, None, if record.amortized { "yes" } else { "<strong>no</strong>" }),
        cell(6, Some(record.copies_per_push), &record.copies()),
        cell(7, Some(record.slots_per_row), &record.slots_per_row.to_string()),
        cell(8, record.price_of_a_slot, &record.price()),
    ]
    .concat();
    format!(
        "<tr role=\"row\" id=\"zoo-{name}\" data-known=\"{}\" data-amortized=\"{amortized}\">\n\
        <th scope=\"row\" role=\"rowheader\">{}</th>\n{cells}</tr>\n",
        record.evidence.kind,
        origin(record)
    )
}

fn cell(column: usize, value: Option<f64>, html: &str) -> String {
    let (_, label) = COLUMNS[column];
    let value = value.map(|value| format!(" data-value=\"{value}\"")).unwrap_or_default();
    let number = if column >= 4 { " class=\"zoo-number\"" } else { "" };
    let label = label.replace('\u{ad}', "");
    // A value of its own element stays in one piece beside the label.
    format!("<td role=\"cell\" data-label=\"{label}\"{number}{value}><div>{html}</div></td>\n")
}

/// The name, the title, the source and the way into the explorer.
fn origin(record: &Record) -> String {
    let Record { name, title, source, .. } = record;
    let text = breakable(&escaped(&record.source()));
    let source = match &source.url {
        Some(url) => format!("<a href=\"{}\">{text}</a>", escaped(url)),
        None => text,
    };
    format!(
        "<a class=\"zoo-name\" href=\"#zoo-{name}\"><code>{name}</code></a>\
        <span class=\"zoo-title\">{}</span>\
        <span class=\"zoo-source\">{source}</span>\
        <a class=\"zoo-open\" href=\"explorer.html#a={name}&amp;do=100xpush\" aria-label=\"Open in the explorer: {name}\">\
        Open in the explorer</a>",
        escaped(title)
    )
}

/// How well the rule is known, the best first.
fn known_rank(record: &Record) -> f64 {
    match record.evidence.kind {
        "replayed" => 0.0,
        "read" => 1.0,
        _ => 2.0,
    }
}

fn known(record: &Record) -> String {
    format!("{}<br><time>{}</time>", escaped(&record.known()), record.checked)
}

fn rule(record: &Record) -> String {
    let rule = escaped(record.rule);
    record
        .shrinks()
        .map_or(rule.clone(), |shrinks| format!("{rule}<br><em>Shrinks:</em> {}", escaped(shrinks)))
}

fn capacities(record: &Record) -> String {
    let depends = if record.depends_on_size { ", which the rule depends on" } else { "" };
    format!("{}<br><small>{}{depends}</small>", record.capacities(), record.slots())
}

/// A blank line would end the block in Markdown.
fn escaped(text: &str) -> String {
    Escaped(text).to_string()
}
