//! Text inside HTML and XML.

use std::fmt::{self, Write};

/// Escapes text for HTML and XML, including attributes in double quotes.
pub struct Escaped<'a>(pub &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                // Control characters: XML does not allow them, even escaped, and an empty line ends
                // a block of HTML in Markdown.
                control if control < ' ' => f.write_char(' ')?,
                letter => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Escaped;

    #[test]
    fn signs_of_markup_are_escaped() {
        assert_eq!(Escaped("<a href=\"x\">&\n").to_string(), "&lt;a href=&quot;x&quot;&gt;&amp; ");
    }
}
