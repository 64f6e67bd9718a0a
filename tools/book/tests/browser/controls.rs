//! Every control of the explorer has its effect.

use crate::explorer::{Explorer, PICTURES};
use crate::site::with_tab;
use crate::tab::Tab;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Marks the controls that are used, by events that only a user or a test causes.
const WATCH: &str = "
    globalThis.controls = 'button, input, select, textarea, summary, a[href]';
    for (const type of ['click', 'input', 'change']) {
        document.addEventListener(type, (event) => {
            const control = event.target.closest?.(controls) ?? event.target.closest?.('label')?.control;
            if (control) control.dataset.worked = type;
        }, true);
    }";

/// Lists the controls that were not used, except for links to other pages.
const UNWORKED: &str = "
    [...document.querySelectorAll(controls)].filter((control) => !control.dataset.worked && !control.disabled
        && !(control.localName === 'a' && !control.getAttribute('href').startsWith('#'))
        && !control.closest('template, .items, #taken') && control.id !== 'whole')
        .map((control) => control.id || control.outerHTML.slice(0, 120))";

/// One session with all controls, from the top of the page to its end.
#[test]
fn every_control_works() {
    with_tab(|site, tab| {
        let explorer = Explorer::open(site, tab, "");
        tab.value(WATCH);
        array(&explorer);
        playing(&explorer);
        policies(&explorer);
        quiz(&explorer);
        programs(&explorer);
        settings(&explorer);
        cards(&explorer);
        taking(&explorer);
        page(&explorer);
        let left: Vec<String> = serde_json::from_value(tab.value(UNWORKED)).unwrap();
        assert!(left.is_empty(), "no test works {left:#?}");
    });
}

fn array(explorer: &Explorer) {
    assert_eq!(explorer.size(), (0, 0));
    for (button, rows) in [("#push", 1), ("#push-10", 11), ("#pop", 10), ("#push-1000", 1010)] {
        let before = explorer.content("#table");
        explorer.click(button);
        assert_eq!(explorer.size().0, rows, "{button}");
        assert_ne!(explorer.content("#sentence"), "", "{button}");
        assert_ne!(explorer.content("#table"), before, "{button}");
    }
    explorer.click("#next-growth");
    assert_eq!(explorer.size(), (1025, 2048));
    assert!(explorer.content("#sentence").contains("1,024"), "{}", explorer.content("#sentence"));
    // Undone as a whole.
    explorer.click("#undo");
    assert_eq!(explorer.size(), (1010, 1024));
    explorer.click("#reset");
    assert_eq!(explorer.size(), (0, 0));
    explorer.click("#pop");
    assert!(!explorer.alerts().is_empty(), "nothing can be removed");
    explorer.click("#push");
    assert_eq!(explorer.alerts(), [""; 0]);
}

fn playing(explorer: &Explorer) {
    explorer.tab.value("growthExplorer.page.reset()");
    explorer.click("#push-10");
    let options = |list: &str| -> Vec<String> {
        serde_json::from_value(
            explorer
                .tab
                .value(&format!("[...document.querySelector('{list}').options].map((one) => one.value)")),
        )
        .unwrap()
    };
    explorer.tab.value("document.querySelector('#trace').value = '500 x push'");
    for what in options("#play-what") {
        explorer.choose("#play-what", &what);
        explorer.choose("#speed", "100");
        let before = operations(explorer);
        explorer.tab.click("#play");
        explorer.tab.until(&format!("growthExplorer.page.trace() !== {}", json!(before)));
        // Pops stop by themselves when no row is left.
        if what == "pop" {
            explorer.tab.until("document.querySelector('#play').textContent === 'Play'");
        } else {
            explorer.click("#play");
        }
        assert_eq!(explorer.content("#play"), "Play");
        let stopped = operations(explorer);
        std::thread::sleep(Duration::from_millis(100));
        assert_eq!(operations(explorer), stopped, "it plays on after {what}");
    }
    // Plays to the end of the trace, and then stops.
    explorer.tab.value("document.querySelector('#trace').value = '3 x push; pop; 7 x push'");
    explorer.click("#reset");
    explorer.choose("#play-what", "trace");
    explorer.choose("#speed", "10");
    explorer.tab.click("#play");
    explorer.tab.until("growthExplorer.page.trace() !== ''");
    // It does not begin anew if an input of another source changes.
    explorer.tab.value("document.querySelector('#workload-rows').value = '99'");
    explorer.tab.until("document.querySelector('#play').textContent === 'Play'");
    assert_eq!(operations(explorer), "3 x push\npop\n7 x push\n");
    explorer.tab.value("document.querySelector('#trace').value = 'push; pull'");
    explorer.tab.click("#play");
    explorer.tab.until("document.querySelector('#play').textContent === 'Play'");
    explorer.settle();
    assert_eq!(explorer.alerts().len(), 1);
    explorer.tab.value("document.querySelector('#trace').value = ''");
    for speed in options("#speed") {
        explorer.choose("#play-what", "push");
        explorer.choose("#speed", &speed);
        let before = explorer.size().0;
        explorer.tab.click("#play");
        explorer.tab.until(&format!(
            "growthExplorer.page.summary(0).replace(/,/g, '').match(/Rows\\t(\\d+)/)[1] > {before}"
        ));
        explorer.click("#play");
    }
    explorer.click("#reset");
}

fn operations(explorer: &Explorer) -> String {
    explorer.module("trace()").as_str().unwrap().to_owned()
}

fn policies(explorer: &Explorer) {
    if explorer.tab.value("document.querySelector('#policies').open") == false {
        explorer.click("#policies > summary");
    }
    explorer.click("#policies > summary");
    assert_eq!(explorer.tab.value("document.querySelector('#policies').open"), false);
    explorer.click("#policies > summary");
    explorer.click("#push-10");
    explorer.click("#compare-b");
    assert_eq!(explorer.module("arrays()"), 2);
    for which in ["a", "b"] {
        policy(explorer, which);
    }
    // Both arrays perform the same operations.
    explorer.click("#push");
    assert_eq!(explorer.number(0, "Rows"), explorer.number(1, "Rows"));
    explorer.click("#compare-b");
    assert_eq!(explorer.module("arrays()"), 1);
    explorer.click("#compare-b");
    explorer.write("#text-b", "");
    assert_eq!(explorer.module("arrays()"), 1);
    assert_eq!(explorer.tab.text("document.activeElement.id"), "compare-b");
    explorer.click("#compare-b");
    explorer.write("#text-a", "2");
    explorer.write("#text-b", "3/2");
}

/// Uses the controls of one policy. The page shows the value of each slider beside it.
fn policy(explorer: &Explorer, which: &str) {
    let id = |name: &str| format!("#{name}-{which}");
    let at = usize::from(which == "b");
    let text = || explorer.module(&format!("policy({at})")).as_str().unwrap().to_owned();
    explorer.write(&id("text"), "3/2 from 4");
    assert_eq!(text(), "3/2 from 4");
    assert_eq!(explorer.content(&id("factor")), "3/2");
    explorer.choose(&id("preset"), "cpython-list");
    assert_eq!((text(), explorer.input(&id("text"))), ("cpython-list".to_owned(), "cpython-list".to_owned()));
    assert_ne!(explorer.content(&id("rule")), "");
    assert_ne!(explorer.content(&id("note")), "");
    explorer.write(&id("text"), "2");
    for (slider, value, expected) in
        [("numerator", "5", "5"), ("denominator", "4", "5/4"), ("first", "8", "5/4 from 8")]
    {
        slide(explorer, &id(slider), value);
        assert_eq!(text(), expected, "{slider}");
    }
    explorer.click(&id("shrink"));
    assert!(text().starts_with("5/4 from 8 shrink to "), "{}", text());
    explorer.write(&id("shrink-at"), "1/3");
    explorer.write(&id("shrink-to"), "2");
    assert_eq!(text(), "5/4 from 8 shrink to 2 at 1/3");
    // Thrashing is refused; the previous policy stays.
    explorer.write(&id("shrink-at"), "1/2");
    assert!(!explorer.alerts().is_empty());
    assert_eq!(text(), "5/4 from 8 shrink to 2 at 1/3");
    explorer.write(&id("shrink-at"), "1/4");
    assert_eq!(explorer.alerts(), [""; 0]);
    explorer.click(&id("shrink"));
    assert_eq!(text(), "5/4 from 8");
    // The array shrinks where its factor does not thrash.
    explorer.write(&id("text"), "5");
    explorer.click(&id("shrink"));
    assert_eq!((text(), explorer.alerts()), ("5 shrink to 5 at 1/25".to_owned(), vec![]));
    // A control changes what it shows. Only p and q make a factor of another policy.
    explorer.write(&id("text"), "cpython-list at most 100");
    assert_eq!(explorer.content(&id("factor")), "none");
    slide(explorer, &id("first"), "8");
    assert_eq!(text(), "cpython-list from 8 at most 100");
    explorer.click(&id("shrink"));
    assert_eq!(text(), "cpython-list from 8 at most 100 shrink to 2 at 1/4");
    slide(explorer, &id("denominator"), "2");
    slide(explorer, &id("numerator"), "3");
    assert_eq!(text(), "3/2 from 8 at most 100 shrink to 2 at 1/4");
    // A preset that is refused: the list shows the policy of the array.
    explorer.write(&id("text"), "2");
    explorer.tab.value("growthExplorer.page.apply('1e9 x push')");
    explorer.choose(&id("preset"), "exact");
    assert_eq!(explorer.alerts().len(), 1);
    assert_eq!((text(), explorer.input(&id("preset"))), ("2".to_owned(), "2".to_owned()));
    explorer.tab.value("growthExplorer.page.undo()");
    explorer.choose(&id("preset"), "5/4");
    assert_eq!((text(), explorer.alerts()), ("5/4".to_owned(), vec![]));
}

/// Moves a slider with the keyboard to its end, and then to a value.
fn slide(explorer: &Explorer, selector: &str, value: &str) {
    explorer.tab.apply("(selector) => document.querySelector(selector).focus()", &json!([selector]));
    let found = || explorer.input(selector).parse::<u32>().unwrap();
    let wanted: u32 = value.parse().unwrap();
    let mut presses = 0;
    while found() != wanted {
        let (key, code) = if found() < wanted { ("ArrowRight", 39) } else { ("ArrowLeft", 37) };
        explorer.tab.press(key, code, 0);
        presses += 1;
        assert!(presses < 200, "{selector} stays at {}", found());
    }
    explorer.settle();
}

fn quiz(explorer: &Explorer) {
    explorer.click("#reset");
    explorer.write("#text-a", "2");
    explorer.tab.value("growthExplorer.page.set_policy(1, '')");
    for _ in 0..4 {
        explorer.click("#push");
    }
    explorer.click("#quiz > summary");
    // The next push copies 4 rows: it costs 5, and its price is 3. The balance equals that of the
    // native crate.
    let mut ledger = crate::numbers::ledger("2");
    let balance =
        (0..5).map(|_| ledger.record(growable_nd::amortized::Op::Push).unwrap().bank).last().unwrap();
    for (kind, right) in
        [("capacity", "8".to_owned()), ("cost", "5".to_owned()), ("balance", balance.to_string())]
    {
        explorer.click(&format!("input[name=kind][value={kind}]"));
        assert!(explorer.content("#question").contains('?'), "{kind}: {}", explorer.content("#question"));
        explorer.write("#guess", "1000");
        explorer.click("#check");
        let wrong = explorer.content("#explanation");
        assert!(wrong.starts_with("No") && wrong.len() > 10, "{kind}: {wrong}");
        explorer.write("#guess", &right);
        explorer.click("#check");
        let answer = explorer.content("#explanation");
        assert!(answer.starts_with("Right") && answer.len() > 10, "{kind} is not {right}: {answer}");
        // An answer does not apply the operation.
        assert_eq!(explorer.size(), (4, 4));
    }
    explorer.click("#do-it");
    assert_eq!(explorer.size(), (5, 8));
    // The explanation was of another question.
    assert_eq!(explorer.content("#explanation"), "");
    explorer.click("#quiz > summary");
}

fn programs(explorer: &Explorer) {
    explorer.click("#reset");
    explorer.click("#programs > summary");
    let workloads: Vec<String> = serde_json::from_value(
        explorer.tab.value("[...document.querySelector('#workload').options].map((one) => one.value)"),
    )
    .unwrap();
    assert!(workloads.len() >= 4, "{workloads:?}");
    for workload in workloads {
        explorer.choose("#workload", &workload);
        assert_ne!(explorer.content("#workload-hint"), "", "{workload}");
        explorer.write("#workload-rows", "100");
        explorer.click("#run-workload");
        assert_eq!(explorer.alerts(), [""; 0], "{workload}");
        assert_ne!(operations(explorer), "", "{workload}");
        explorer.click("#undo");
        assert_eq!(operations(explorer), "", "{workload} is undone as a whole");
    }
    explorer.write("#trace", "9 x push\npop\nextend 5");
    explorer.click("#apply-trace");
    assert_eq!(explorer.size(), (13, 16));
    explorer.click("#apply-trace");
    assert_eq!(explorer.size(), (26, 32));
    explorer.click("#replace-trace");
    assert_eq!(explorer.size(), (13, 16));
    assert_eq!(operations(explorer), "9 x push\npop\nextend 5\n");
    explorer.write("#trace", "9 x push\npull");
    explorer.click("#replace-trace");
    assert_eq!(explorer.alerts().len(), 1);
    assert_eq!(operations(explorer), "9 x push\npop\nextend 5\n");
    // A link shows its own state, without the errors of the state before it.
    explorer.go("a=2&do=13xpush");
    assert_eq!(explorer.alerts(), [""; 0]);
    explorer.click("#programs > summary");
}

fn settings(explorer: &Explorer) {
    explorer.click("#settings > summary");
    explorer.choose("#axis-end", "1e9");
    assert!(explorer.module("link()").as_str().unwrap().contains("n=1e9"));
    explorer.go("n=5000");
    assert_eq!(explorer.input("#axis-end"), "5000");
    if explorer.tab.value("document.querySelector('#settings').open") == false {
        explorer.click("#settings > summary");
    }
    explorer.write("#text-a", "go-slice");
    explorer.write("#row-bytes", "24");
    assert_eq!(explorer.module("row_bytes()"), "24");
    explorer.write("#text-a", "+10");
    explorer.write("#prices", "3/2");
    assert_eq!(explorer.module("prices()"), "3/2");
    explorer.write("#text-a", "2");
    for name in PICTURES {
        explorer.click(&format!("#show-{name}"));
        assert_eq!(explorer.tab.value(&format!("Boolean(document.querySelector('#card-{name}'))")), false);
        explorer.click(&format!("#show-{name}"));
        explorer.tab.until(&format!("document.querySelector('#card-{name} svg')"));
    }
    explorer.click("#settings > summary");
}

/// A folder for the files that the browser saves.
struct Downloads(PathBuf);

impl Downloads {
    fn new(tab: &Tab, name: &str) -> Downloads {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        tab.call(
            "Browser.setDownloadBehavior",
            json!({ "behavior": "allow", "downloadPath": folder.canonicalize().unwrap() }),
        );
        Downloads(folder)
    }

    /// Waits for the file that the last click saved, and takes it.
    #[track_caller]
    fn take(&self, what: &str) -> (String, Vec<u8>) {
        let begun = Instant::now();
        loop {
            let files = fs::read_dir(&self.0).unwrap().map(|file| file.unwrap().path());
            let whole = files.filter(|file| {
                let name = file.file_name().unwrap().to_string_lossy();
                !name.ends_with(".crdownload")
                    && !name.starts_with('.')
                    && fs::metadata(file).is_ok_and(|file| file.len() > 0)
            });
            if let Some(file) = whole.last() {
                let content = fs::read(&file).unwrap();
                fs::remove_file(&file).unwrap();
                return (file.file_name().unwrap().to_string_lossy().into_owned(), content);
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "no file of {what}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

fn cards(explorer: &Explorer) {
    let downloads = Downloads::new(explorer.tab, "downloads");
    explorer.go("a=2&b=3/2&do=9xpush");
    for name in PICTURES {
        let card = format!("#card-{name}");
        explorer.click(&format!("{card} .info"));
        assert_eq!(
            explorer.tab.value(&format!("document.querySelector('{card} .note').checkVisibility()")),
            true
        );
        explorer.click(&format!("{card} .info"));
        let press = |label: &str| {
            if explorer.tab.value(&format!("document.querySelector('{card} .menu').open")) == false {
                explorer.click(&format!("{card} .menu > summary"));
            }
            let number = explorer.tab.apply(
                "(card, label) => [...document.querySelectorAll(`${card} .items button`)].findIndex((button) => button.textContent.endsWith(label)) + 1",
                &json!([card, label]),
            );
            explorer.click(&format!("{card} .items button:nth-child({number})"));
        };
        press("SVG");
        let (file, svg) = downloads.take(name);
        let svg = String::from_utf8(svg).unwrap();
        assert!(
            file.starts_with(name) && file.ends_with(".svg") && svg.starts_with("<svg"),
            "{file}: {svg:.200}"
        );
        // A file contains its colours and is well-formed.
        assert!(!svg.contains("var(") || svg.contains("--fig-blue:"), "{name}");
        let parsed = explorer.tab.apply(
            "(text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')?.textContent ?? null",
            &json!([svg]),
        );
        assert_eq!(parsed, Value::Null, "{name}");
        press("CSV");
        let (file, csv) = downloads.take(name);
        let csv = String::from_utf8(csv).unwrap();
        assert!(file.ends_with(".csv") && csv.lines().count() > 1, "{file}: {csv:.200}");
        let columns = csv.lines().next().unwrap().split(',').count();
        assert!(
            columns > 1 && csv.lines().all(|line| line.contains('"') || line.split(',').count() == columns),
            "{csv:.400}"
        );
        press("PNG");
        let (file, png) = downloads.take(name);
        assert!(file.ends_with(".png") && png.starts_with(b"\x89PNG") && png.len() > 1000, "{file}");
        press("Hide");
        assert_eq!(explorer.tab.value(&format!("Boolean(document.querySelector('{card}'))")), false);
        explorer.go(&format!("a=2&b=3/2&do=9xpush&n=1e{}", 3 + name.len()));
    }
    explorer.click("#save-trace");
    let (file, trace) = downloads.take("trace");
    assert_eq!((&*file, &*trace), ("trace.txt", &b"9 x push\n"[..]));
}

fn taking(explorer: &Explorer) {
    explorer.go("a=2&b=3/2&do=9xpush");
    let state = explorer.state();
    explorer.click("#copy-link");
    explorer.tab.until("document.querySelector('#take-status').textContent !== ''");
    let link = explorer.input("#taken-text");
    let fragment = link.split_once('#').unwrap().1;
    explorer.click("#embed-code");
    explorer.tab.until("document.querySelector('#taken-text').value.startsWith('<iframe')");
    let code = explorer.input("#taken-text");
    assert!(code.contains("explorer.html#embed") && code.contains("title="), "{code}");
    explorer.go("");
    explorer.go(fragment);
    Explorer::assert_same(&link, &state, &explorer.state());
}

fn page(explorer: &Explorer) {
    let background = || explorer.tab.text("getComputedStyle(document.body).backgroundColor");
    explorer.choose("#theme", "light");
    let light = background();
    explorer.choose("#theme", "navy");
    assert_ne!(background(), light);
    explorer.choose("#theme", "");
    assert_eq!(background(), light);

    explorer.go("a=2");
    explorer.tab.value("document.activeElement.blur()");
    for (key, rows) in [("+", 1), ("+", 2), ("-", 1), ("g", 3), ("g", 5), ("u", 3)] {
        explorer.tab.type_letter(key);
        explorer.settle();
        assert_eq!(explorer.size().0, rows, "after {key}");
    }
    explorer.tab.type_letter("k");
    assert_eq!(explorer.content("#play"), "Pause");
    explorer.tab.type_letter("k");
    assert_eq!(explorer.content("#play"), "Play");
    let announced =
        || explorer.tab.value("document.querySelector('#push').getAttribute('aria-keyshortcuts')");
    assert_eq!(announced(), "+");
    explorer.click("#shortcuts");
    assert_eq!(announced(), Value::Null);
    let rows = explorer.size().0;
    explorer.tab.value("document.activeElement.blur()");
    explorer.tab.type_letter("+");
    explorer.settle();
    assert_eq!(explorer.size().0, rows, "the keys are off");
    explorer.click("#shortcuts");
    assert_eq!(announced(), "+");

    explorer.tab.value("document.querySelector('.skip').focus()");
    explorer.tab.type_letter("\r");
    explorer.settle();
    assert_eq!(explorer.tab.text("document.activeElement.id"), "work");
    assert_eq!(explorer.alerts(), [""; 0]);
}
