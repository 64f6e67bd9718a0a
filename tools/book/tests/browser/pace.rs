//! Animation, size and speed of the explorer.

use crate::chromium::Chromium;
use crate::explorer::Explorer;
use crate::site::{From, Site, say, with};
use crate::tab::{Tab, Window};
use serde_json::json;
use std::fs;
use std::time::Duration;

#[test]
fn motion_only_where_it_is_wanted() {
    with(|site, chromium| {
        for calm in [true, false] {
            let tab = Tab::new(chromium, Window { calm, ..Window::default() });
            let explorer = Explorer::open(site, &tab, "a=2&do=64xpush");
            tab.value("document.querySelector('#card-boxes').scrollIntoView({ block: 'center', behavior: 'instant' })");
            explorer.settle();
            // Collects the pictures of the next second.
            tab.value(
                "globalThis.drawn = new Set();
                 new MutationObserver(() => drawn.add(document.querySelector('#card-boxes .drawings').innerHTML))
                     .observe(document.querySelector('#card-boxes .drawings'), { childList: true, subtree: true });
                 document.querySelector('#push').click()",
            );
            std::thread::sleep(Duration::from_millis(1500));
            let drawn = tab.value("drawn.size").as_u64().unwrap();
            let moving =
                tab.value("document.getAnimations().filter((each) => each.playState === 'running').length");
            if calm {
                assert_eq!((drawn, moving), (1, json!(0)), "pictures move, though the system asks for calm");
            } else {
                assert!(drawn > 2, "{drawn} pictures of a growth");
            }
            // At the end the picture is in step with the array in both cases.
            assert_eq!(explorer.size(), (65, 128));
            tab.finish();
        }
    });
}

/// Measures and prints; only the size has a limit.
#[test]
fn it_is_small_and_fast() {
    with(|site, chromium| {
        let names =
            ["explorer.html", "explorer.css", "explorer.js", "explorer-bindings.js", "explorer.wasm.js"];
        let sizes = names.map(|name| fs::metadata(site.file(name)).unwrap().len());
        let bytes: u64 = sizes.iter().sum();
        assert!(bytes < book::site::explorer::MOST_BYTES, "{bytes} bytes: {sizes:?}");
        for (from, width) in [(From::Folder, 1280), (From::Host, 400)] {
            say(&measured(site, chromium, from, width));
        }
        say(&format!("explorer: {bytes} bytes"));
    });
}

fn measured(site: &Site, chromium: &Chromium, from: From, width: u32) -> String {
    let tab = Tab::new(chromium, Window { width, ..Window::default() });
    let explorer = Explorer::open(site, &tab, "a=3/2&b=2&do=100xpush");
    let paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1";
    tab.until(&format!("({paint}) > 0"));
    let paint = tab.value(paint).as_f64().unwrap();
    let ready = tab.value("performance.getEntriesByType('navigation')[0].domComplete").as_f64().unwrap();
    explorer.go("a=3/2&b=2");
    let pushes = tab.value(
        "(() => { const begun = performance.now(); growthExplorer.page.apply('1000000 x push'); return performance.now() - begun; })()",
    );
    let line = format!(
        "explorer ({from:?}, {width} px): first paint {paint:.0} ms, ready {ready:.0} ms, 10^6 pushes of two arrays {:.1} ms",
        pushes.as_f64().unwrap()
    );
    tab.finish();
    line
}
