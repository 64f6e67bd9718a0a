//! Adapts the pages of mdBook: navigation, accessibility, and figures.

use crate::records;
use fs_err as fs;
use std::io;
use std::path::Path;

/// Texts of mdBook's pages and their replacements.
const REPLACED: [(&str, &str); 6] = [
    // The other ways into the book.
    (
        "<div class=\"right-buttons\">",
        "<div class=\"right-buttons\">\n<a class=\"way\" href=\"explorer.html\">Explorer</a>\n\
        <a class=\"way\" href=\"slides/index.html\">Slides</a>",
    ),
    // People also read the page for print, and a dialog that opens by itself ends a browser that
    // makes the PDF.
    ("window.setTimeout(window.print, 100);", ""),
    // For screen readers: hides the pictures of buttons that have names, and corrects the name of
    // an element.
    (
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=",
        "<svg aria-hidden=\"true\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=",
    ),
    ("aria-describedby=\"searchresults-header\"", "aria-describedby=\"mdbook-searchresults-header\""),
    // Another site at this address may have stored anything, and an unknown theme ends the scripts
    // of the page.
    (
        "if (theme === null || theme === undefined) { theme = default_theme; }",
        "if (!['light', 'rust', 'coal', 'navy', 'ayu'].includes(theme)) {\n\
        theme = default_theme;\n\
        try { localStorage.removeItem('mdbook-theme'); } catch(e) { }\n\
        }",
    ),
    // The only first heading of a page is that of its content.
    ("<h1 class=\"menu-title\">", "<div class=\"menu-title\">"),
];

/// Changes each page in the folder of the site, and calls `put_figures` for its figures.
///
/// # Errors
///
/// If a page cannot be read or written, or mdBook writes other pages than expected.
pub fn pages(out: &Path, put_figures: impl Fn(&str) -> String) -> io::Result<()> {
    for entry in fs::read_dir(out)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".html") && !["explorer.html", "toc.html"].contains(&&*name) {
            let page = polished(&fs::read_to_string(&path)?, &name)?;
            fs::write(path, put_figures(&page))?;
        }
    }
    Ok(())
}

/// The adapted page, still without its figures, whose texts could match.
fn polished(page: &str, name: &str) -> io::Result<String> {
    let mut page = page.to_owned();
    for (found, replacement) in REPLACED {
        // Only one page opens a dialog.
        if !page.contains(found) && (!found.contains("print") || name == "print.html") {
            return Err(io::Error::other(format!("{name}: mdBook does not write {found:?} any more")));
        }
        page = page.replace(found, replacement);
    }
    // The end tag of the former heading.
    let title = page.find("<div class=\"menu-title\">").unwrap_or_default();
    let end = title + page[title..].find("</h1>").unwrap_or_default();
    page.replace_range(end..end + "</h1>".len(), "</div>");
    Ok(page.replace("</main>", &format!("{}</main>", footer())))
}

/// The footer of each page: the crate, its version and the licence.
fn footer() -> String {
    format!(
        "<footer><a href=\"index.html#the-crate\">growable-nd {}</a>, {}</footer>\n",
        records::version(),
        records::LICENSE.replace(" OR ", " or ")
    )
}
