//! Accessibility of every page: contrast, names, headings, order, and the size of the window.
//!
//! `checks.js` has the rules that a page can check itself. The names of controls are the names that
//! screen readers get.

use crate::explorer::Explorer;
use crate::site::{From, Site, with, with_tab};
use crate::tab::{Tab, Window};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;

const CHECKS: &str = include_str!("checks.js");
/// The widths of phones and of a screen.
const WIDTHS: [u32; 3] = [320, 400, 1280];
/// The folder for pictures of all pages.
const SCREENSHOTS: &str = "GROWABLE_ND_SCREENSHOTS";
/// Roles that must have a name.
const NAMED: [&str; 18] = [
    "button",
    "link",
    "textbox",
    "searchbox",
    "combobox",
    "checkbox",
    "radio",
    "slider",
    "switch",
    "spinbutton",
    "listbox",
    "img",
    "image",
    "Iframe",
    "DisclosureTriangle",
    "progressbar",
    "dialog",
    "region",
];
/// A page that is not meant for reading on a screen.
const PRINT: &str = "print.html";

#[test]
fn every_page_in_light() {
    with(|site, chromium| pages(site, &Tab::new(chromium, Window::default()), false));
}

#[test]
fn every_page_in_dark() {
    with(|site, chromium| pages(site, &Tab::new(chromium, Window { dark: true, ..Window::default() }), true));
}

fn pages(site: &Site, tab: &Tab, dark: bool) {
    let mut faults = Vec::new();
    for page in site.pages().iter().filter(|page| *page != PRINT) {
        let between = std::env::var_os(SCREENSHOTS).map(|_| 800);
        for width in WIDTHS.into_iter().chain(between) {
            // A page keeps its sidebar open if it is loaded in a wide window that is then narrowed.
            tab.resize(Window { width, dark, ..Window::default() });
            tab.open(&site.address(From::Folder, page));
            settle(tab);
            // The structure of a page does not depend on its colours.
            let structure = !dark && width == 1280;
            let mut found = checked(tab, structure);
            if structure {
                found.extend(unnamed(tab));
            }
            let theme = if dark { "dark" } else { "light" };
            faults.extend(found.into_iter().map(|fault| format!("{page} ({width}, {theme}): {fault}")));
            picture(tab, &format!("{}-{width}-{theme}", page.replace('/', "-").trim_end_matches(".html")));
        }
        faults.extend(tab.faults().into_iter().map(|fault| format!("{page}: {fault}")));
    }
    assert!(faults.is_empty(), "{} faults: {faults:#?}", faults.len());
}

/// The explorer with all parts open, while it runs, and with messages.
#[test]
fn the_explorer_in_each_state() {
    with_tab(|site, tab| {
        let explorer = Explorer::open(site, tab, "");
        let mut faults = Vec::new();
        for dark in [false, true] {
            for fragment in [
                "a=3/2&b=2+shrink+to+2+at+1/4&do=100xpush;30xpop&quiz=cost",
                "a=cpython-list&do=9xpush",
                "a=%2B10&do=1000xpush",
                "a=nonsense",
                "embed&a=2&do=8xpush&show=boxes,bank",
            ] {
                tab.resize(Window { dark, ..Window::default() });
                explorer.reopen(From::Folder, fragment);
                tab.value(
                    "document.querySelectorAll('details').forEach((each) => { each.open = true; });
                     document.querySelectorAll('.info[aria-expanded=false]').forEach((each) => each.click());
                     document.querySelector('#embed-code').click()",
                );
                for (input, button) in
                    [("#guess", "#check"), ("#workload-rows", "#run-workload"), ("#trace", "#apply-trace")]
                {
                    tab.apply(
                        "(input, button) => { document.querySelector(input).value = 'x'; document.querySelector(button).click(); }",
                        &json!([input, button]),
                    );
                }
                for width in WIDTHS {
                    tab.resize(Window { width, dark, ..Window::default() });
                    explorer.settle();
                    let mut found = checked(tab, !dark);
                    found.extend(unnamed(tab));
                    faults.extend(
                        found
                            .into_iter()
                            .map(|fault| format!("#{fragment} ({width}, dark: {dark}): {fault}")),
                    );
                }
            }
        }
        assert!(faults.is_empty(), "{} faults: {faults:#?}", faults.len());
    });
}

fn settle(tab: &Tab) {
    tab.value(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))",
    );
}

fn checked(tab: &Tab, structure: bool) -> Vec<String> {
    serde_json::from_value(tab.apply(CHECKS, &json!([{ "structure": structure }]))).unwrap()
}

/// Returns controls and pictures without a name for screen readers.
fn unnamed(tab: &Tab) -> BTreeSet<String> {
    let tree = tab.call("Accessibility.getFullAXTree", json!({}));
    let nodes = tree["nodes"].as_array().unwrap();
    let wrong = nodes.iter().filter(|node| {
        let role = node["role"]["value"].as_str().unwrap_or_default();
        let name = node["name"]["value"].as_str().unwrap_or_default();
        node["ignored"] == false && NAMED.contains(&role) && name.trim().is_empty()
    });
    let wrong = wrong.map(|node| format!("{} without a name: {}", node["role"]["value"], source(tab, node)));
    // Chromium leaves formulas out of names; screen readers read formulas by other rules.
    wrong.filter(|fault| !fault.contains("><math>")).collect()
}

/// Returns the HTML of the element of a node.
fn source(tab: &Tab, node: &Value) -> String {
    let found = tab.call("DOM.resolveNode", json!({ "backendNodeId": node["backendDOMNodeId"] }));
    let text = tab.call(
        "Runtime.callFunctionOn",
        json!({
            "objectId": found["object"]["objectId"],
            "functionDeclaration": "function () { return (this.outerHTML ?? this.textContent).slice(0, 160); }",
            "returnByValue": true,
        }),
    );
    text["result"]["value"].as_str().unwrap_or_default().to_owned()
}

/// Saves a picture of the page if a folder for pictures is set.
fn picture(tab: &Tab, name: &str) {
    if let Some(folder) = std::env::var_os(SCREENSHOTS) {
        fs::create_dir_all(&folder).unwrap();
        fs::write(std::path::Path::new(&folder).join(format!("{name}.png")), decoded(&tab.screenshot(true)))
            .unwrap();
    }
}

/// Decodes base64.
fn decoded(text: &str) -> Vec<u8> {
    let digit = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u8> = text.bytes().filter(|letter| *letter != b'=').map(digit).collect();
    let mut bytes = Vec::new();
    for group in digits.chunks(4) {
        let bits =
            group.iter().fold(0_u32, |bits, digit| bits << 6 | u32::from(*digit)) << (6 * (4 - group.len()));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..group.len()]);
    }
    bytes
}

/// The Tab key reaches every control, and the focused control is visible.
#[test]
fn the_keyboard_reaches_every_control() {
    with_tab(|site, tab| {
        let pages = [
            "index.html",
            "the-model.html",
            "cheat-sheet.html",
            "zoo.html",
            "slides/index.html",
            "slides/lecture-1.html",
        ];
        let explorer =
            ["explorer.html#a=3/2&b=2&do=9xpush&quiz=cost", "explorer.html#embed&a=2&do=8xpush&show=boxes"];
        let mut faults = Vec::new();
        for page in
            pages.iter().chain(&explorer).filter(|page| site.file(page.split('#').next().unwrap()).is_file())
        {
            tab.open(&site.address(From::Folder, page));
            settle(tab);
            let expected = tab.value(
                "globalThis.reached = new Set();
                 globalThis.unseen = new Set();
                 globalThis.candidates = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex=\"0\"]')]
                     .filter((each) => each.tabIndex >= 0 && !each.disabled && each.checkVisibility({ visibilityProperty: true }) && !each.closest('[inert]')
                         && !(each.type === 'radio' && !each.checked));
                 document.addEventListener('focusin', (event) => {
                     const style = getComputedStyle(event.target);
                     reached.add(event.target);
                     const box = event.target.getBoundingClientRect();
                     const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
                     if (!ring && event.target.localName !== 'iframe') unseen.add(`no ring: ${event.target.outerHTML.slice(0, 100)}`);
                     if (box.bottom < 0 || box.right < 0) unseen.add(`outside: ${event.target.outerHTML.slice(0, 100)}`);
                 });
                 document.activeElement.blur();
                 scrollTo(0, 0);
                 candidates.length",
            );
            // The Tab key also stops at scrolling boxes, and at each control in a frame.
            for press in 0..2 * expected.as_u64().unwrap() + 30 {
                tab.press("Tab", 9, 0);
                if press % 16 == 15 && tab.value("candidates.every((each) => reached.has(each))") == true {
                    break;
                }
            }
            let left: Vec<String> = serde_json::from_value(tab.value(
                "[...candidates.filter((each) => !reached.has(each)).map((each) => each.outerHTML.slice(0, 100)), ...unseen].slice(0, 8)",
            ))
            .unwrap();
            faults.extend(left.into_iter().map(|fault| format!("{page}: {fault}")));
        }
        assert!(faults.is_empty(), "{} faults: {faults:#?}", faults.len());
    });
}
