//! The page of the explorer, as a user sees it.

use crate::site::{From, Site};
use crate::tab::Tab;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The names of the pictures in links.
pub const PICTURES: [&str; 9] =
    ["boxes", "costs", "bank", "potential", "staircase", "copies", "slots", "heap", "plane"];

/// The explorer in a tab.
pub struct Explorer<'a> {
    pub site: &'a Site,
    pub tab: &'a Tab<'a>,
}

impl<'a> Explorer<'a> {
    /// Opens the explorer from its folder.
    #[track_caller]
    pub fn open(site: &'a Site, tab: &'a Tab<'a>, fragment: &str) -> Explorer<'a> {
        let explorer = Explorer { site, tab };
        explorer.reopen(From::Folder, fragment);
        explorer
    }

    /// Opens the explorer again.
    #[track_caller]
    pub fn reopen(&self, from: From, fragment: &str) {
        self.tab.open(&self.site.address(from, &format!("explorer.html#{fragment}")));
        self.tab.until("document.documentElement.dataset.state === 'ready'");
        self.settle();
    }

    /// Changes the address of the open page, as a user does in the address bar.
    #[track_caller]
    pub fn go(&self, fragment: &str) {
        self.tab.apply(
            "(fragment) => new Promise((done) => {
                if (location.hash.slice(1) === fragment) return done();
                addEventListener('hashchange', () => setTimeout(done), { once: true });
                location.hash = fragment;
            })",
            &json!([fragment]),
        );
        self.settle();
    }

    /// Waits until the page has drawn everything.
    pub fn settle(&self) {
        self.tab.value(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))",
        );
    }

    /// Clicks a control, and waits until the page has reacted.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        self.tab.click(selector);
        self.settle();
    }

    #[track_caller]
    pub fn write(&self, selector: &str, text: &str) {
        self.tab.write(selector, text);
        self.settle();
    }

    #[track_caller]
    pub fn choose(&self, selector: &str, option: &str) {
        self.tab.choose(selector, option);
        self.settle();
    }

    /// Calls a method of the module, for values that the page does not show as text.
    #[track_caller]
    pub fn module(&self, call: &str) -> Value {
        self.tab.value(&format!("growthExplorer.page.{call}"))
    }

    /// Returns the numbers beside the pictures of one of the arrays, as shown.
    #[track_caller]
    pub fn numbers(&self, which: usize) -> BTreeMap<String, String> {
        let rows = self.tab.value(
            "[...document.querySelectorAll('#numbers tr')].map((row) => [...row.cells].map((cell) => cell.textContent))",
        );
        let rows: Vec<Vec<String>> = serde_json::from_value(rows).unwrap();
        let rows = rows.into_iter().filter(|row| !row[0].is_empty());
        rows.map(|mut row| (row[0].clone(), row.swap_remove(which + 1))).collect()
    }

    /// Returns one of the numbers.
    #[track_caller]
    pub fn number(&self, which: usize, label: &str) -> String {
        let numbers = self.numbers(which);
        numbers.get(label).unwrap_or_else(|| panic!("no number {label:?} in {numbers:?}")).clone()
    }

    /// Returns the rows and the capacity of the first array.
    #[track_caller]
    pub fn size(&self) -> (u64, u64) {
        let read = |label| self.number(0, label).replace(',', "").parse().unwrap();
        (read("Rows"), read("Capacity"))
    }

    #[track_caller]
    pub fn content(&self, selector: &str) -> String {
        self.tab
            .apply("(selector) => document.querySelector(selector).textContent.trim()", &json!([selector]))
            .as_str()
            .unwrap()
            .to_owned()
    }

    #[track_caller]
    pub fn input(&self, selector: &str) -> String {
        self.tab
            .apply("(selector) => document.querySelector(selector).value", &json!([selector]))
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Returns the messages in alerts.
    pub fn alerts(&self) -> Vec<String> {
        let texts = self.tab.value(
            "[...document.querySelectorAll('[role=alert]')].filter((alert) => alert.checkVisibility()).map((alert) => alert.textContent.trim()).filter(Boolean)",
        );
        serde_json::from_value(texts).unwrap()
    }

    /// Returns everything that the page shows of its state, except for the address.
    #[track_caller]
    pub fn state(&self) -> Value {
        self.tab.apply(
            "(names) => {
                const page = growthExplorer.page;
                const all = [...Array(page.arrays()).keys()];
                const pictures = names.flatMap((name) => all.map((which) => page.picture(name, which, 480, -1)));
                return {
                    policies: all.map((which) => page.policy(which)),
                    settings: [page.row_bytes(), page.prices(), page.axis_end()],
                    sentences: page.sentences(),
                    numbers: all.map((which) => page.summary(which)),
                    table: page.table(),
                    trace: page.trace(),
                    shown: [...document.querySelectorAll('.card[data-name]')].map((card) => card.dataset.name),
                    pictures,
                };
            }",
            &json!([PICTURES]),
        )
    }

    /// Fails if two states differ, and prints the difference.
    #[track_caller]
    pub fn assert_same(when: &str, expected: &Value, found: &Value) {
        for (key, expected) in expected.as_object().unwrap() {
            let found = &found[key];
            if key == "pictures" {
                // Whole pictures would make the message too long.
                assert!(expected == found, "{when}: the pictures differ");
            }
            assert_eq!(expected, found, "{when}: {key}");
        }
    }
}
