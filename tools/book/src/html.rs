//! Controls where lines of HTML may end, for figures, slides and tables.

/// Keeps the line together before and after operators.
pub fn with_whole_formulas(html: &str) -> String {
    [" − ", " + ", " = ", " · "]
        .into_iter()
        .fold(html.to_owned(), |html, operator| html.replace(operator, &operator.replace(' ', "\u{a0}")))
}

/// Adds places where a long path may be broken; otherwise it would push all other columns off the
/// page.
pub fn breakable(escaped: &str) -> String {
    escaped.replace('/', "/<wbr>").replace('_', "_<wbr>")
}
