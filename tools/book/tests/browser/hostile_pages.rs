//! Hostile input to the other pages: addresses, storage, and messages of frames.

use crate::site::{From, with_tab};
use crate::tab::Tab;
use serde_json::{Value, json};

/// Whether no part of the input was interpreted as HTML.
const IS_CLEAN: &str = "globalThis.injected === undefined && !document.querySelector('[onerror], .injected')";
const HTML: &str = "<img src=x onerror='globalThis.injected=1'><b class=injected>x</b>";

/// Changes the fragment of the open page, as a user does in the address bar.
fn go(tab: &Tab, fragment: &str) {
    tab.apply(
        "(fragment) => new Promise((done) => { location.hash = fragment; setTimeout(done, 50); })",
        &json!([fragment]),
    );
}

#[test]
fn slides_at_no_address() {
    with_tab(|site, tab| {
        for lecture in ["slides/lecture-1.html", "slides/lecture-2.html"] {
            tab.open(&site.address(From::Folder, lecture));
            let last = tab.value("document.querySelectorAll('.slide').length").as_u64().unwrap();
            for (fragment, slide) in [
                ("999999", last),
                ("-5", 1),
                ("0", 1),
                ("NaN", 1),
                ("1e9", 1),
                (&"9".repeat(400), last),
                ("%00", 1),
                ("%zz", 1),
                ("%ED%A0%80", 1),
                ("\u{202e}3", 1),
                ("3<script>", 3),
                (HTML, 1),
            ] {
                go(tab, fragment);
                assert_eq!(tab.text("location.hash"), format!("#{slide}"), "{fragment:.100}");
                assert_eq!(tab.value("document.querySelectorAll('.slide.shown').length"), 1);
                assert_eq!(tab.value(IS_CLEAN), true, "{fragment}");
            }
            // Going back leads to the previous page, not through slides.
            tab.check(lecture);
        }
    });
}

#[test]
fn the_zoo_at_any_address() {
    with_tab(|site, tab| {
        tab.open(&site.address(From::Folder, "zoo.html"));
        let all = tab.text("document.querySelector('form.zoo-controls').elements.count.value");
        let count = || tab.text("document.querySelector('form.zoo-controls').elements.count.value");
        for fragment in [
            &format!("q={}", "a+".repeat(50_000)),
            &format!("q={}", "x".repeat(100_000)),
            "q=%00%ff%ED%A0%80",
            "q=<script>globalThis.injected=1</script>",
            &format!("q={HTML}"),
            "known=<b>&amortized=maybe&sort=-<b>",
            "sort=__proto__&q=",
            "zoo-<b>",
            "=&=&=",
            "%",
        ] {
            let begun = std::time::Instant::now();
            go(tab, fragment);
            assert!(count().contains("rules"), "{fragment:.100}");
            assert_eq!(tab.value(IS_CLEAN), true, "{fragment:.100}");
            assert!(begun.elapsed().as_secs() < 10, "{fragment:.100}");
        }
        go(tab, "q=");
        assert_eq!(count(), all);
    });
}

/// Another program at the same address may have stored any theme.
#[test]
fn themes_that_nobody_knows() {
    with_tab(|site, tab| {
        for page in ["index.html", "zoo.html", "explorer.html", "slides/lecture-1.html"] {
            for theme in ["", "a b", "<b>", "\"navy\"", "light navy", "\u{0}\u{202e}", &"x".repeat(100_000)] {
                let address = site.address(From::Host, page);
                tab.open(&address);
                tab.apply("(theme) => localStorage.setItem('mdbook-theme', theme)", &json!([theme]));
                tab.open(&address);
                assert_eq!(tab.value(IS_CLEAN), true);
                let faults = tab.faults();
                assert!(faults.is_empty(), "{page} with {theme:.40?}: {faults:#?}");
                assert!(tab.value("document.body.getBoundingClientRect().height").as_f64() > Some(100.0));
            }
            tab.value("localStorage.removeItem('mdbook-theme')");
        }
    });
}

/// Only messages of the frame itself change its height, up to a limit.
#[test]
fn heights_that_frames_say() {
    const LISTEN: &str = "(window.said = Infinity, addEventListener('message', (event) => {
        if (event.data?.['explorer-height'] > 0) window.said = performance.now();
    }))";
    // The explorer has reported a height, and no other for a second.
    const HAS_SAID: &str = "performance.now() - window.said > 1000";
    const HEIGHTS: &str = "Infinity, -1, 0, 1e9, NaN, '700', null, {}, [], 10n, 1e308";
    with_tab(|site, tab| {
        let heights = |frame: &str, source: &str| -> Value {
            tab.value(&format!(
                "new Promise((done) => {{
                    const frame = document.querySelector('{frame}');
                    for (const height of [{HEIGHTS}]) {{
                        dispatchEvent(new MessageEvent('message', {{ data: {{ 'explorer-height': height }}, source: {source} }}));
                    }}
                    for (const data of [null, undefined, 5, 'x', {{}}]) {{
                        dispatchEvent(new MessageEvent('message', {{ data, source: {source} }}));
                    }}
                    setTimeout(() => done([frame.getBoundingClientRect().height, document.documentElement.scrollHeight]), 50);
                }})"
            ))
        };
        let page = site.pages().into_iter().find(|page| {
            let text = std::fs::read_to_string(site.file(page)).unwrap();
            text.contains("data-explorer=") && !page.contains("slides") && !page.contains("print")
        });
        tab.open(&site.address(From::Folder, &page.expect("a page with a live figure")));
        tab.value(LISTEN);
        tab.click("button.try");
        tab.until(HAS_SAID);
        let before = heights("iframe.explorer", "null");
        assert_eq!(heights("iframe.explorer", "window"), before);
        assert_eq!(heights("iframe.explorer", "frame.contentWindow"), before);
        tab.check("a page of the chapter");

        let lecture = std::fs::read_to_string(site.file("slides/lecture-1.html")).unwrap();
        let place = lecture.split("class=\"slide").position(|slide| slide.contains("data-src="));
        let slide = place.expect("a slide with the explorer");
        tab.open(&site.address(From::Folder, &format!("slides/lecture-1.html#{slide}")));
        tab.until("document.querySelector('.slide.shown .running iframe')");
        tab.value(LISTEN);
        tab.value("window.said = performance.now()");
        tab.until(HAS_SAID);
        let before = heights(".slide.shown iframe", "null");
        assert_eq!(heights(".slide.shown iframe", "window"), before);
        let after = heights(".slide.shown iframe", "frame.contentWindow");
        assert!(after[1].as_f64() < Some(20_000.0), "{before} {after}");
        tab.check("slides");
    });
}
