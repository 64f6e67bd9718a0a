//! The text of a header: a Python dictionary of dtype, memory order and shape. Independent of
//! elements.
//!
//! The text may be malformed: parsing takes linear time and does not recurse.

use crate::npy::error::NpyError;

/// The keys of the dictionary, for errors.
const KEYS: &str = "exactly the keys 'descr', 'fortran_order' and 'shape'";

/// Maximum characters of a text that an error quotes.
const EXCERPT: usize = 80;

/// The contents of a header.
pub(crate) struct Dictionary {
    /// The text of a dtype without quotes, or a list of fields.
    pub(crate) descr: Box<str>,
    pub(crate) fortran_order: bool,
    pub(crate) shape: Vec<usize>,
    /// Whether the shape ends in a comma and a space.
    pub(crate) shape_ends_in_space: bool,
}

impl Dictionary {
    pub(crate) fn parse(text: &str) -> Result<Self, NpyError> {
        Text(text).dictionary()
    }
}

/// The rest of the text of a header.
#[derive(Clone, Copy)]
struct Text<'a>(&'a str);

impl<'a> Text<'a> {
    /// Parses the dictionary, with its keys in any order.
    fn dictionary(mut self) -> Result<Dictionary, NpyError> {
        let whole = self;
        let (mut descr, mut fortran_order, mut shape) = (None, None, None);
        let mut shape_ends_in_space = false;
        self.expect(r#""{""#)?;
        while !self.take("}") {
            let key = self.string("a key in quotes")?;
            self.expect(r#"":""#)?;
            match key {
                "descr" => descr = Some(self.descr()?.into()),
                "fortran_order" => fortran_order = Some(self.boolean()?),
                "shape" => {
                    let start = self.0;
                    shape = Some(self.shape()?);
                    shape_ends_in_space = start[..start.len() - self.0.len()].ends_with(", )");
                }
                // An unknown key might change the meaning of the others; NumPy refuses it as well.
                _ => return Err(whole.fault(KEYS)),
            }
            if !self.take(",") {
                self.expect(r#""}""#)?;
                break;
            }
        }
        if !self.0.trim_start().is_empty() {
            return Err(self.fault("nothing after the dictionary"));
        }
        let (Some(descr), Some(fortran_order), Some(shape)) = (descr, fortran_order, shape) else {
            return Err(whole.fault(KEYS));
        };
        Ok(Dictionary { descr, fortran_order, shape, shape_ends_in_space })
    }

    /// Parses the text of a plain dtype, or the list of fields of a structured one.
    fn descr(&mut self) -> Result<&'a str, NpyError> {
        let start = self.0.trim_start();
        if !start.starts_with('[') {
            return self.string("a dtype in quotes");
        }
        let (mut depth, mut quote) = (0_usize, None);
        let mut characters = start.char_indices();
        while let Some((index, found)) = characters.next() {
            match (quote, found) {
                // The next character is escaped.
                (Some(_), '\\') => drop(characters.next()),
                (Some(open), _) if found == open => quote = None,
                (Some(_), _) => {}
                (None, '\'' | '"') => quote = Some(found),
                (None, '[' | '(') => depth += 1,
                (None, ']' | ')') => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                let (list, rest) = start.split_at(index + 1);
                self.0 = rest;
                return Ok(list);
            }
        }
        Err(self.fault("the end of the list of fields"))
    }

    fn boolean(&mut self) -> Result<bool, NpyError> {
        if self.take("True") {
            Ok(true)
        } else if self.take("False") {
            Ok(false)
        } else {
            Err(self.fault("True or False"))
        }
    }

    fn shape(&mut self) -> Result<Vec<usize>, NpyError> {
        let mut extents = Vec::new();
        self.expect(r#""(""#)?;
        while !self.take(")") {
            extents.push(self.extent()?);
            if extents.len() == 1 {
                // Without the comma Python has a number in parentheses.
                self.expect(r#"",""#)?;
            } else if !self.take(",") {
                self.expect(r#"")""#)?;
                break;
            }
        }
        Ok(extents)
    }

    fn extent(&mut self) -> Result<usize, NpyError> {
        let start = self.0.trim_start();
        let rest = start.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = &start[..start.len() - rest.len()];
        let extent = digits.parse().map_err(|_| self.fault("an extent that fits into a usize"))?;
        // Python 2 marked long integers with an `L`.
        self.0 = rest.strip_prefix('L').unwrap_or(rest);
        Ok(extent)
    }

    /// Parses a string without escapes, which neither a key nor a plain dtype needs.
    fn string(&mut self, expected: &'static str) -> Result<&'a str, NpyError> {
        let start = self.0.trim_start();
        // Python 2 marked Unicode text with a `u`.
        let start = start.strip_prefix(['u', 'U']).unwrap_or(start);
        let quoted = ['\'', '"'].into_iter().find_map(|quote| start.strip_prefix(quote)?.split_once(quote));
        let (string, rest) = quoted.ok_or_else(|| self.fault(expected))?;
        self.0 = rest;
        Ok(string)
    }

    /// Parses a bracket, a comma or a colon, given in quotes for the error.
    fn expect(&mut self, quoted: &'static str) -> Result<(), NpyError> {
        if self.take(quoted.trim_matches('"')) { Ok(()) } else { Err(self.fault(quoted)) }
    }

    /// Skips `token` if it comes next, after any space. Returns whether it did.
    fn take(&mut self, token: &str) -> bool {
        let rest = self.0.trim_start().strip_prefix(token);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn fault(self, expected: &'static str) -> NpyError {
        NpyError::Header { expected, found: excerpt(self.0.trim()) }
    }
}

/// Returns the text, truncated if it is long.
pub(crate) fn excerpt(text: &str) -> Box<str> {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
