//! The page of the zoo: every rule in a table that can be searched and sorted, and is a plain table without JavaScript.

pub use super::zoo_data::{csv, json};

use super::zoo_data::{End, Integer, LICENSE, Record, price, records};
use crate::zoo_table::list;
use growable_nd::zoo;

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

/// The body of a page of mdBook: text in Markdown, and the table in HTML. Its style is `zoo.css`, its script `zoo.js`.
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
    let (end, factor) = end(record);
    let cells = [
        cell(1, Some(known_rank(record)), &known(record)),
        cell(2, None, &rule(record)),
        cell(3, record.first_capacities.first().map(|capacity| capacity.0 as f64), &capacities(record)),
        cell(4, Some(factor), &end),
        cell(5, None, if record.amortized { "yes" } else { "<strong>no</strong>" }),
        cell(6, Some(record.copies_per_push), &measured(record.copies_per_push)),
        cell(7, Some(record.slots_per_row), &record.slots_per_row.to_string()),
        cell(8, record.price_of_a_slot, &price_of_a_slot(record)),
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
    let repository = source.repository.trim_start_matches("https://");
    // The first letters of a commit are enough for a reader.
    let commit = source.version.len() == 40;
    let version = if commit { &source.version[..10] } else { source.version };
    let text = format!("{repository}, {}: {}, {version}", source.file, source.function);
    let text = breakable(&escaped(&text));
    let source = match &source.url {
        Some(url) => format!("<a href=\"{}\">{text}</a>", escaped(url)),
        None => text,
    };
    format!(
        "<a class=\"zoo-name\" href=\"#zoo-{name}\"><code>{name}</code></a>\
        <span class=\"zoo-title\">{}</span>\
        <span class=\"zoo-source\">{source}</span>\
        <a class=\"zoo-open\" href=\"explorer.html#a={name}\" aria-label=\"Open in the explorer: {name}\">\
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
    let program = record.evidence.program.map(|program| format!(": {}", escaped(program)));
    let (kind, program) = (record.evidence.kind, program.unwrap_or_default());
    format!("{kind}{program}<br><time>{}</time>", record.checked)
}

fn rule(record: &Record) -> String {
    let rule = escaped(record.rule);
    match record.removal {
        "never by itself" => rule,
        removal => format!("{rule}<br><em>Shrinks:</em> {}", escaped(removal)),
    }
}

fn capacities(record: &Record) -> String {
    let numbers: Vec<u64> = record.first_capacities.iter().map(|capacity| capacity.0).collect();
    let unit = match &*record.unit {
        "bytes" => "bytes".to_owned(),
        unit => format!("{unit} of {} bytes", record.slot_bytes.0),
    };
    let depends = if record.depends_on_size { ", which the rule depends on" } else { "" };
    format!("{}<br><small>{unit}{depends}</small>", list(&numbers))
}

/// In words, and the factor to sort by.
pub fn end(record: &Record) -> (String, f64) {
    match record.in_the_end {
        End::Factor { numerator: Integer(p), denominator: Integer(1), factor } => (p.to_string(), factor),
        End::Factor { numerator: Integer(p), denominator: Integer(q), factor } => {
            (format!("{p}/{q}"), factor)
        }
        End::Step { slots: Integer(slots) } => (format!("+{}", grouped(slots)), 1.0),
        End::Falling => ("falls towards 1".to_owned(), 1.0),
    }
}

/// The exact fraction.
pub fn price_of_a_slot(record: &Record) -> String {
    let entry = zoo::find(record.name).expect("the records are those of the zoo");
    price(entry.tail).map_or("–".to_owned(), |price| price.to_string())
}

/// Three digits of the copies per push.
pub fn measured(number: f64) -> String {
    let digits = if number < 10.0 { 2 } else { 1 };
    format!("{number:.digits$}")
}

/// With commas between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// With places where a long path may be broken.
fn breakable(escaped: &str) -> String {
    escaped.replace('/', "/<wbr>").replace('_', "_<wbr>")
}

/// A text in HTML, also in the quotes of an attribute. A blank line would end the block in Markdown.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}
