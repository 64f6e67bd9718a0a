//! Invalid input: the page shows a message and keeps the last valid state, throws no exception, and
//! contains no element from the input.

use crate::explorer::Explorer;
use crate::site::with_tab;
use serde_json::json;
use std::fmt::Write;

/// Texts that are not a policy, a number or operations.
const TEXTS: [&str; 24] = [
    "<img src=x onerror=\"globalThis.injected = 1\">",
    "<script>globalThis.injected = 1</script>",
    "\"><svg onload=\"globalThis.injected = 1\">",
    "'-globalThis.injected-'",
    "javascript:globalThis.injected=1",
    "${globalThis.injected = 1}",
    "</textarea><b class=injected>x</b>",
    "<b class=injected>x</b>",
    "&lt;b&gt;",
    "%00%ff",
    "null",
    "NaN",
    "-1",
    "1/0",
    "0",
    "1",
    "1e999",
    "340282366920938463463374607431768211456",
    "99999999999999999999999999999999999999999999999999/7",
    "9/8 from 340282366920938463463374607431768211456",
    "\u{202e}3/2\u{0000}",
    "👩‍👩‍👧‍👦 shrink to 🦀 at ½",
    "3/2 from 4 from 4",
    "2 shrink to 2 at 1/2",
];

/// Whether no part of the input was interpreted as HTML.
const IS_CLEAN: &str = "globalThis.injected === undefined
    && !document.querySelector('.injected, img[src=x], [onerror], [onload], #app script, #app b.injected, iframe')";

#[track_caller]
fn assert_refused(explorer: &Explorer, what: &str, good: &serde_json::Value) {
    let alerts = explorer.alerts();
    assert!(!alerts.is_empty(), "no message for {what:.200?}");
    for alert in &alerts {
        assert!(alert.len() < 1000, "{what:.200?}: a message of {} bytes", alert.len());
        for word in ["undefined", "[object", "panicked", "RuntimeError", "unreachable", "inside the module"] {
            assert!(!alert.contains(word), "{what:.200?}: {alert}");
        }
    }
    assert_eq!(explorer.tab.value(IS_CLEAN), true, "{what:.200?}");
    Explorer::assert_same(what, good, &explorer.state());
    explorer.tab.check(what);
}

#[test]
fn text_in_each_input() {
    with_tab(|site, tab| {
        let explorer = Explorer::open(site, tab, "a=3/2&b=2&do=9xpush;pop");
        tab.value("document.querySelectorAll('details.panel').forEach((each) => { each.open = true; })");
        let good = explorer.state();
        let inputs = ["#text-a", "#text-b", "#row-bytes", "#prices", "#guess", "#workload-rows", "#trace"];
        let long = "push;".repeat(300_000) + "pull";
        for input in inputs {
            for text in TEXTS.iter().copied().chain([&*"x".repeat(100_000), &*long]) {
                let fits = match input {
                    // An invalid policy may be a valid number, and an invalid number a valid
                    // amount.
                    "#row-bytes" => ["1", "0"].contains(&text),
                    "#guess" => ["-1", "0", "1"].contains(&text),
                    "#workload-rows" => ["0", "1"].contains(&text),
                    // One long line is enough.
                    _ => text == long && input != "#trace",
                };
                if fits {
                    continue;
                }
                explorer.write(input, text);
                match input {
                    "#guess" => explorer.click("#check"),
                    "#workload-rows" => explorer.click("#run-workload"),
                    "#trace" => explorer.click("#apply-trace"),
                    _ => {}
                }
                assert_refused(&explorer, &format!("{input}: {text:.200}"), &good);
            }
            // Valid text removes the message.
            let fine = match input {
                "#text-a" => "3/2",
                "#text-b" => "2",
                "#row-bytes" => "8",
                "#prices" => "",
                "#guess" => "16",
                "#workload-rows" => "10",
                _ => "push",
            };
            explorer.write(input, fine);
            match input {
                "#guess" => explorer.click("#check"),
                "#workload-rows" => {
                    explorer.click("#run-workload");
                    explorer.click("#undo");
                }
                "#trace" => {
                    explorer.click("#apply-trace");
                    explorer.click("#undo");
                }
                _ => {}
            }
            assert_eq!(explorer.alerts(), [""; 0], "{input}");
        }
    });
}

#[test]
fn traces_that_cannot_be_run() {
    with_tab(|site, tab| {
        let explorer = Explorer::open(site, tab, "a=2&do=3xpush");
        tab.value("document.querySelector('#programs').open = true");
        let good = explorer.state();
        for trace in [
            "4 x pop",
            "pop\npop\npop\npop",
            "push\npull",
            "extend 18446744073709551615",
            "extend 18446744073709551616",
            "18446744073709551616 x push",
            "push\n-1 x push",
            "reserve\n",
            "truncate x",
            "9 x\n",
            "x push",
            "1e400 x push",
            "\u{feff}<b>push</b>",
        ] {
            explorer.write("#trace", trace);
            for button in ["#apply-trace", "#replace-trace"] {
                // From an empty array there may be fewer rows, so an operation that fails here may
                // succeed there.
                explorer.click(button);
                if explorer.alerts().is_empty() {
                    explorer.click("#undo");
                    assert!(trace.starts_with("extend 18446744073709551615"), "{button} {trace:?} was done");
                    explorer.go("a=2");
                    explorer.go("a=2&do=3xpush");
                    continue;
                }
                assert_refused(&explorer, &format!("{button} {trace}"), &good);
            }
        }
    });
}

/// 200 fragments: parts of valid ones, cut off, doubled, and mixed with hostile texts.
fn addresses() -> Vec<String> {
    let keys = ["a", "b", "do", "row", "prices", "n", "show"];
    let mut addresses = Vec::new();
    for text in TEXTS {
        for key in keys {
            let is_fine = match key {
                "row" => ["0", "1"].contains(&text),
                _ => false,
            };
            if !is_fine {
                addresses.push(format!("{key}={}", encoded(text)));
            }
        }
    }
    addresses.extend(
        [
            "a=%",
            "a=%f",
            "a=%ff",
            "a=%zz",
            "do=%00",
            "=",
            "=1",
            "a",
            "unknown=1",
            "a=2&a=3",
            "do=push&do=pop",
            "do=pop",
            "do=4xpush;5xpop",
            "do=1e18xpop",
            "do=9xpush;;;pull",
            "do=extend+1e30",
            "row=x",
            "n=7x",
            "show=boxes,none",
            "show=<b>",
            "prices=0",
            "prices=1",
            "prices=-2",
            "a=%3Cscript%3E",
            "a=3/2&b=%3Cb%3E",
            "do=push&a=",
            "a=2/0",
            "a=1/2",
            "quiz&a=x",
            "embed&a=x",
            "do=9+x+",
            "a=2+from",
            "do=push;%3Cimg%3E",
            "n=1e19",
            "row=1e10",
            "show=boxes%00",
        ]
        .map(str::to_owned),
    );
    addresses.push(format!("do={}", "push,".repeat(30_000)));
    addresses.push(format!("a={}", "9".repeat(50_000)));
    addresses.push("&a=2".repeat(3_000));
    addresses
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        write!(encoded, "%{byte:02X}").unwrap();
    }
    encoded
}

#[test]
fn addresses_that_cannot_be_read() {
    with_tab(|site, tab| {
        let explorer = Explorer::open(site, tab, "a=3/2&do=9xpush");
        let good = explorer.state();
        let addresses = addresses();
        assert!(addresses.len() >= 200, "{}", addresses.len());
        let mut silent = Vec::new();
        for (number, address) in addresses.iter().enumerate() {
            // Some of them in a newly opened page, which has no state yet.
            if number % 20 == 0 {
                explorer.reopen(crate::site::From::Folder, address);
                assert!(!explorer.alerts().is_empty(), "no message for {address:.200}");
                assert_eq!(explorer.size().0, 0, "{address:.200}");
                explorer.go("a=3/2&do=9xpush");
            }
            explorer.go(address);
            if explorer.alerts().is_empty() {
                silent.push(format!("{address:.100}"));
                explorer.go("a=3/2&do=9xpush");
                continue;
            }
            assert_refused(&explorer, address, &good);
        }
        assert!(silent.is_empty(), "no message for {silent:#?}");
        explorer.go("a=3/2&do=9xpush");
        assert_eq!(explorer.alerts(), [""; 0], "a good address takes the message away");
    });
}

/// Names of the zoo and of policies are shown in many places, always as text.
#[test]
fn names_stay_text() {
    with_tab(|site, tab| {
        let explorer = Explorer::open(site, tab, "");
        for text in TEXTS {
            for call in
                ["set_policy(0, text)", "apply(text)", "set_prices(text)", "ask(text)", "workload(text, '9')"]
            {
                let thrown = tab.apply(
                    &format!("(text) => {{ try {{ growthExplorer.page.{call}; return null; }} catch (fault) {{ return typeof fault; }} }}"),
                    &json!([text]),
                );
                assert!(thrown.is_null() || thrown == "string", "{call} of {text:?} throws {thrown}");
            }
        }
        explorer.settle();
        assert_eq!(tab.value(IS_CLEAN), true);
    });
}
