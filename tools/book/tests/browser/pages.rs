//! The pages of the site, opened from a folder and from a host: the zoo, and the slides.

use crate::explorer::Explorer;
use crate::site::{From, say, with, with_tab};
use serde_json::json;
use std::fs;
use std::path::Path;

/// Every page opens without an error on the console, an exception, or a request to another host.
#[test]
fn every_page_opens() {
    with_tab(|site, tab| {
        let mut slowest = (0.0, String::new());
        for from in [From::Folder, From::Host] {
            for page in site.pages() {
                tab.open(&site.address(from, &page));
                tab.value("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
                tab.check(&format!("{page}, {from:?}"));
                let paint =
                    tab.value("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0");
                let paint = paint.as_f64().unwrap();
                if paint > slowest.0 && page != "print.html" {
                    slowest = (paint, page);
                }
            }
        }
        say(&format!("pages: the slowest first paint is {:.0} ms ({})", slowest.0, slowest.1));
    });
}

/// Without scripts the pages show their text and figures.
#[test]
fn pages_are_read_without_scripts() {
    with_tab(|site, tab| {
        tab.call("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
        tab.open(&site.address(From::Folder, "the-core-with-factor-2.html"));
        let document = tab.call("DOM.getDocument", json!({ "depth": 0 }));
        let found = tab.call(
            "DOM.querySelector",
            json!({ "nodeId": document["root"]["nodeId"], "selector": "main h1, main h2" }),
        );
        assert_ne!(found["nodeId"], 0);
        tab.call("Emulation.setScriptExecutionDisabled", json!({ "value": false }));
    });
}

#[test]
fn the_chapter_can_be_searched() {
    with_tab(|site, tab| {
        for from in [From::Folder, From::Host] {
            tab.open(&site.address(from, "index.html"));
            tab.until("document.querySelector('#mdbook-search-toggle, #search-toggle')");
            tab.value("document.querySelector('#mdbook-search-toggle, #search-toggle').click()");
            tab.until("document.querySelector('#mdbook-searchbar, #searchbar').checkVisibility()");
            // The index is loaded when the search is opened.
            tab.value("document.querySelector('#mdbook-searchbar, #searchbar').focus()");
            tab.call("Input.insertText", json!({ "text": "potential" }));
            tab.value("document.querySelector('#mdbook-searchbar, #searchbar').dispatchEvent(new KeyboardEvent('keyup', { bubbles: true }))");
            tab.until("document.querySelector('#mdbook-searchresults li a, #searchresults li a')");
            tab.check("search");
        }
    });
}

/// "Try it" replaces a figure by the explorer, in the state that the page names for it.
#[test]
fn live_figures_work() {
    with_tab(|site, tab| {
        let mut worked = 0;
        for page in site.pages() {
            let has_live = fs::read_to_string(site.file(&page)).unwrap().contains("data-explorer=");
            if !has_live || page == "print.html" {
                continue;
            }
            // Only a page from a host may inspect its frames.
            tab.open(&site.address(From::Host, &page));
            assert_eq!(
                tab.value("document.querySelectorAll('iframe').length"),
                0,
                "{page}: nothing is loaded before"
            );
            for at in 0..tab.value("document.querySelectorAll('[data-explorer]').length").as_u64().unwrap() {
                let heard = "new Promise((done) => addEventListener('message', (event) => { if (event.data['explorer-height']) done(true); }))";
                tab.value(&format!(
                    "globalThis.heard = {heard}; document.querySelectorAll('[data-explorer]')[{at}].click()"
                ));
                tab.value("heard");
                tab.until("document.querySelector('iframe.explorer').contentDocument.documentElement.dataset.state === 'ready'");
                let alert = tab.text("document.querySelector('iframe.explorer').contentDocument.querySelector('#failure').textContent");
                assert_eq!(alert, "", "{page}: figure {at}");
                // Back to the figure.
                tab.value(&format!("document.querySelectorAll('[data-explorer]')[{at}].click()"));
                assert_eq!(tab.value("document.querySelectorAll('iframe').length"), 0, "{page}: figure {at}");
                worked += 1;
            }
            tab.check(&page);
        }
        assert_eq!(worked, book::site::LIVE.len());
    });
}

/// Search, filters and sorting use the texts of the table.
#[test]
fn the_zoo_is_searched_sorted_and_filtered() {
    with_tab(|site, tab| {
        let names = || -> Vec<String> {
            serde_json::from_value(tab.value(
                "[...document.querySelectorAll('table.zoo tbody tr')].filter((row) => row.checkVisibility()).map((row) => row.id.slice(4))",
            ))
            .unwrap()
        };
        for from in [From::Folder, From::Host] {
            tab.open(&site.address(from, "zoo.html"));
            let all = names();
            assert_eq!(all.len(), growable_nd::zoo::entries().len());
            let form = "form.zoo-controls";
            tab.write(&format!("{form} input[name=q]"), "cpython");
            let found = names();
            assert!(found.contains(&"cpython-list".to_owned()) && found.len() < all.len(), "{found:?}");
            assert!(
                tab.text("document.querySelector('form.zoo-controls output').value")
                    .starts_with(&found.len().to_string())
            );
            tab.write(&format!("{form} input[name=q]"), "4, 8, 16, 24");
            assert!(names().contains(&"cpython-list".to_owned()));
            tab.write(&format!("{form} input[name=q]"), "<b>nothing of this name</b>");
            assert_eq!(names(), [""; 0]);
            tab.click(&format!("{form} button[type=reset]"));
            assert_eq!(names(), all);
            tab.choose(&format!("{form} select[name=known]"), "documented");
            let documented = names();
            assert!(!documented.is_empty() && documented.len() < all.len());
            tab.click(&format!("{form} button[type=reset]"));
            tab.click(&format!("{form} input[name=amortized]"));
            assert!(names().contains(&"redis-sds".to_owned()), "{:?}", names());
            tab.click(&format!("{form} button[type=reset]"));

            let columns =
                tab.value("document.querySelectorAll('table.zoo thead th button').length").as_u64().unwrap();
            assert_eq!(columns, 9);
            for column in 1..=columns {
                let heading = format!("table.zoo thead th:nth-child({column})");
                let mut orders = Vec::new();
                for direction in ["ascending", "descending"] {
                    tab.click(&format!("{heading} button"));
                    let said =
                        tab.text(&format!("document.querySelector('{heading}').getAttribute('aria-sort')"));
                    assert_eq!(said, direction);
                    orders.push(names());
                }
                assert_ne!(orders[0], orders[1], "column {column}");
                tab.click(&format!("{heading} button"));
                assert_eq!(names(), all, "column {column}");
            }
            // The state is in the address.
            tab.open(&site.address(from, "zoo.html#q=python&known=replayed&sort=-copies"));
            let found = names();
            assert!(!found.is_empty() && found.len() < all.len());
            tab.open(&site.address(from, "zoo.html#q=%3Cimg%20src=x%20onerror=alert(1)%3E&known=%22&sort=__proto__&amortized=constructor"));
            assert_eq!(names(), [""; 0]);
            tab.check("zoo");
        }
    });
}

/// Each policy opens in the explorer under its name.
#[test]
fn rules_open_in_the_explorer() {
    with_tab(|site, tab| {
        tab.open(&site.address(From::Folder, "zoo.html"));
        let links: Vec<(String, String)> = serde_json::from_value(tab.value(
            "[...document.querySelectorAll('table.zoo tbody tr')].map((row) => [row.id.slice(4), row.querySelector('.zoo-open').getAttribute('href')])",
        ))
        .unwrap();
        let explorer = Explorer::open(site, tab, "");
        for (name, link) in links {
            explorer.go(link.split_once('#').unwrap().1);
            assert_eq!(explorer.alerts(), [""; 0], "{name}");
            assert_eq!(explorer.module("policy(0)"), *name);
            assert_eq!(explorer.input("#preset-a"), name);
        }
    });
}

/// The book is printed to PDF: all pages, with their text.
#[test]
fn the_book_is_printed() {
    with(|site, _| {
        let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("book.pdf");
        book::site::print::pdf(&site.file(""), &to).unwrap();
        let printed = fs::read(&to).unwrap();
        let count = printed
            .windows(11)
            .filter(|part| part.starts_with(b"/Type /Page") && part != b"/Type /Pages")
            .count();
        say(&format!("book.pdf: {} bytes, {count} pages", printed.len()));
        assert!(count > 40, "{count} pages");
        let fault = book::site::print::pdf(Path::new("/no/such/folder"), &to).unwrap_err();
        assert!(fault.contains("/no/such/folder"), "{fault}");
    });
}
