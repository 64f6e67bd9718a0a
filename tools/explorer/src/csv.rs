//! Writes comma-separated values by RFC 4180, for programs: every number is exact unless the name
//! of its column has "rounded", or the column "exact" says no.
//!
//! The text of a policy may begin with `+`, and an amount may be a fraction. Spreadsheets take them
//! for a number and a date: import these columns as text. No cell has a text that a reader typed,
//! so no cell can be a formula.

/// Lines of comma-separated values under a header.
pub struct Csv(String);

impl Csv {
    pub fn new(header: &str) -> Csv {
        Csv(format!("{header}\r\n"))
    }

    /// Adds a line.
    pub fn line(&mut self, fields: &[&dyn std::fmt::Display]) {
        for (index, field) in fields.iter().enumerate() {
            if index > 0 {
                self.0.push(',');
            }
            let field = field.to_string();
            if field.contains([',', '"', '\n', '\r']) {
                self.0.push('"');
                self.0.push_str(&field.replace('"', "\"\""));
                self.0.push('"');
            } else {
                self.0.push_str(&field);
            }
        }
        self.0.push_str("\r\n");
    }

    pub fn finish(self) -> String {
        self.0
    }
}

/// A number, or nothing.
pub fn or_empty(number: Option<impl ToString>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::Csv;

    #[test]
    fn fields_are_in_quotes_where_they_need_them() {
        let mut csv = Csv::new("a,b,c,d");
        csv.line(&[&"n + n/8", &"4, 8", &"a \"word\"", &"two\nlines"]);
        let expected = "a,b,c,d\r\nn + n/8,\"4, 8\",\"a \"\"word\"\"\",\"two\nlines\"\r\n";
        assert_eq!(csv.finish(), expected);
    }
}
