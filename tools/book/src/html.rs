//! Where lines of HTML may end: shared by figures, slides and tables.

/// Without a line end before or after an operator.
pub fn with_whole_formulas(html: &str) -> String {
    [" − ", " + ", " = ", " · "]
        .into_iter()
        .fold(html.to_owned(), |html, operator| html.replace(operator, &operator.replace(' ', "\u{a0}")))
}

/// With places where a long path may be broken, which would push all other columns off the page.
pub fn breakable(escaped: &str) -> String {
    escaped.replace('/', "/<wbr>").replace('_', "_<wbr>")
}
