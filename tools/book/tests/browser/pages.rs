//! The pages of the site: opened from a folder and from a host, the zoo, and the slides.

use crate::explorer::Explorer;
use crate::site::{From, Site, say, with, with_tab};
use crate::tab::{Tab, Window};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Without an error on the console, an exception, or a request to another host.
#[test]
fn every_page_opens() {
    with_tab(|site, tab| {
        let mut slowest = (0.0, String::new());
        for from in [From::Folder, From::Host] {
            for page in site.pages() {
                tab.open(&site.address(from, &page));
                tab.value("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
                tab.check(&format!("{page}, {from:?}"));
                let paint = tab.value("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0");
                let paint = paint.as_f64().unwrap();
                if paint > slowest.0 && page != "print.html" {
                    slowest = (paint, page);
                }
            }
        }
        say(&format!("pages: the slowest first paint is {:.0} ms ({})", slowest.0, slowest.1));
    });
}

/// Without scripts the text and the figures are there.
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

/// "Try it" puts the explorer in the place of a figure, in the state that the page has for it.
#[test]
fn live_figures_work() {
    with_tab(|site, tab| {
        for (from, page) in [From::Folder, From::Host].into_iter().flat_map(|from| site.pages().into_iter().map(move |page| (from, page))) {
            let has_live = fs::read_to_string(site.file(&page)).unwrap().contains("data-explorer");
            if !has_live || page == "print.html" {
                continue;
            }
            tab.open(&site.address(from, &page));
            let number = tab.value("document.querySelectorAll('[data-explorer]').length").as_u64().unwrap();
            assert_eq!(tab.value("document.querySelectorAll('iframe').length"), 0, "{page}: nothing is loaded before");
            for at in 0..number {
                tab.value(&format!("document.querySelectorAll('[data-explorer]')[{at}].scrollIntoView()"));
                tab.value("(document.querySelector('[data-explorer]:is(button)') ?? document.querySelector('[data-explorer] button')).click()");
                tab.until(&format!("document.querySelectorAll('iframe').length === {}", at + 1));
                // Its height comes from the page inside.
                tab.until(&format!("parseFloat(document.querySelectorAll('iframe')[{at}].style.height) > 100"));
                if from == From::Host {
                    let alert = tab.value(&format!("document.querySelectorAll('iframe')[{at}].contentDocument.querySelector('#failure').textContent"));
                    assert_eq!(alert, "", "{page}: figure {at}");
                }
                break;
            }
            tab.check(&page);
        }
    });
}
