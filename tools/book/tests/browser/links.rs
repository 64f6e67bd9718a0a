//! Addresses that hold the state.

use crate::explorer::Explorer;
use crate::site::{From, with_tab};
use serde_json::Value;

/// States that an address must represent.
const STATES: [&str; 17] = [
    "",
    "a=3/2&do=9xpush",
    "a=3/2+from+4+shrink+to+3/2+at+4/9&do=100xpush;70xpop;extend+5",
    "a=2&b=9/8&do=1000xpush",
    "a=cpython-list&b=go-slice&do=50xpush;20xpop&row=24",
    "a=%2B10&do=35xpush&prices=2",
    "a=exact&do=7xpush",
    "a=2&do=extend+1000000000000000000",
    "a=2&do=1000000000000xpush&n=1e18",
    "a=rust-vec&do=9xpush&show=boxes,bank",
    "a=2&do=9xpush&show=plane,boxes",
    "a=5/4&do=reserve+17;3xpush;truncate+1&n=1e6",
    "a=2&do=9xpush&quiz=cost",
    "a=2+shrink+to+2+at+1/4&do=64xpush;50xpop;9xpush;9xpop",
    "a=2&do=64xpush;/;push",
    "a=3/2&b=2&do=64xpush;9xpop;/;extend+5;pop",
    "a=2&do=9xpush&show=none",
];

#[test]
fn a_state_goes_into_an_address_and_comes_back() {
    with_tab(|site, tab| {
        let explorer = Explorer::open(site, tab, "");
        for (fragment, from) in STATES.iter().zip([From::Folder, From::Host].into_iter().cycle()) {
            explorer.reopen(from, fragment);
            assert_eq!(explorer.alerts(), [""; 0], "{fragment}");
            let (state, link) = (explorer.state(), explorer.module("link()"));
            let quiz = explorer.tab.value("document.querySelector('#quiz').open");
            let kept = kept(&explorer);
            explorer.reopen(from, &kept);
            Explorer::assert_same(&kept, &state, &explorer.state());
            assert_eq!(explorer.module("link()"), link, "{kept}");
            assert_eq!(explorer.tab.value("document.querySelector('#quiz').open"), quiz, "{kept}");
        }
    });
}

/// Returns the fragment that the page sets a moment after each change.
fn kept(explorer: &Explorer) -> String {
    explorer.tab.text("new Promise((done) => setTimeout(() => done(location.hash.slice(1)), 500))")
}

#[test]
fn work_is_in_the_address() {
    with_tab(|site, tab| {
        let explorer = Explorer::open(site, tab, "a=3/2");
        for button in ["#push", "#push", "#next-growth", "#push-10", "#pop", "#next-growth", "#undo"] {
            explorer.click(button);
        }
        let state = explorer.state();
        let kept = kept(&explorer);
        explorer.reopen(From::Host, &kept);
        // The page describes the last click by itself, as before.
        Explorer::assert_same(&kept, &state, &explorer.state());
    });
}

#[test]
fn without_a_fragment_there_is_an_example() {
    with_tab(|site, tab| {
        let explorer = Explorer::open(site, tab, "");
        assert_eq!(explorer.size(), (0, 0));
        assert_eq!(tab.value("document.querySelector('#table table')"), Value::Null);
        tab.open(&site.address(From::Folder, "explorer.html"));
        tab.until("document.documentElement.dataset.state === 'ready'");
        assert_eq!(explorer.size(), (8, 8));
        explorer.click("#push");
        assert!(explorer.content("#sentence").starts_with("Row 9 did not fit"));
        explorer.click("#reset");
        assert_eq!(explorer.size(), (0, 0));
        let kept = kept(&explorer);
        explorer.reopen(From::Folder, &kept);
        assert_eq!(explorer.size(), (0, 0), "{kept}");
    });
}

#[test]
fn going_back_is_going_to_the_state_before() {
    with_tab(|site, tab| {
        let explorer = Explorer::open(site, tab, "a=3/2&do=5xpush");
        explorer.go("a=2&do=9xpush");
        assert_eq!(explorer.size(), (9, 16));
        tab.value("history.back()");
        tab.until("growthExplorer.page.policy(0) === '3/2'");
        explorer.settle();
        assert_eq!(explorer.size().0, 5);
    });
}

#[test]
fn an_address_that_would_be_too_long_is_refused_in_words() {
    with_tab(|site, tab| {
        let explorer = Explorer::open(site, tab, "a=2");
        let trace: String = (1..=1000).map(|rows| format!("extend {rows}\npop\n")).collect();
        tab.value("document.querySelector('#programs').open = true");
        explorer.write("#trace", &trace);
        explorer.click("#apply-trace");
        assert_eq!(explorer.alerts(), [""; 0]);
        explorer.click("#copy-link");
        let alerts = explorer.alerts();
        assert!(alerts.iter().any(|alert| alert.contains("trace")), "{alerts:?}");
        assert_eq!(explorer.module("trace()").as_str().unwrap().lines().count(), 2000);
    });
}

#[test]
fn embedded_it_posts_its_height() {
    with_tab(|site, tab| {
        for from in [From::Folder, From::Host] {
            tab.open(&site.address(from, "index.html"));
            let source = site.address(from, "explorer.html#embed&a=2&do=8+x+push&show=boxes,bank");
            let height = tab.apply(
                "(source) => new Promise((done) => {
                    addEventListener('message', (event) => {
                        const height = event.data['explorer-height'];
                        if (height) done(height);
                    });
                    const frame = Object.assign(document.createElement('iframe'), { src: source, title: 'x', width: 700 });
                    document.querySelector('main').prepend(frame);
                    setTimeout(() => done(null), 15000);
                })",
                &serde_json::json!([source]),
            );
            assert!(
                height.as_f64().is_some_and(|height| (100.0..3000.0).contains(&height)),
                "{from:?}: {height}"
            );
        }
        // Parts that a frame must not show.
        let explorer = Explorer::open(site, tab, "embed&a=2&do=8xpush&show=boxes");
        let hidden = tab.value(
            "['header.site', '#policies', '#settings'].filter((each) => document.querySelector(each)?.checkVisibility())",
        );
        assert_eq!(hidden, Value::Array(Vec::new()));
        explorer.click("#push");
        assert_eq!(explorer.size(), (9, 16));
        let explorer = Explorer::open(site, tab, "embed&a=2&do=8xpush&show=boxes&quiz=cost");
        assert_eq!(tab.value("document.querySelector('#question').checkVisibility()"), true);
        assert_eq!(tab.value("document.querySelector('#quiz fieldset').checkVisibility()"), false);
        explorer.write("#guess", "9");
        explorer.click("#check");
        assert!(explorer.content("#explanation").starts_with("Right"));
        // A link without the key shows the whole page again, and replaces the text of an input with the focus.
        for (fragment, hidden) in [("a=3/2&do=8xpush", false), ("embed&a=2", true), ("a=5/4", false)] {
            tab.value("document.querySelector('#text-a').focus()");
            explorer.go(fragment);
            assert_eq!(
                tab.value("document.documentElement.classList.contains('embed')"),
                hidden,
                "{fragment}"
            );
            let policy = explorer.module("policy(0)");
            assert_eq!(explorer.input("#text-a"), policy, "{fragment}");
        }
    });
}

/// The theme follows even if the two pages share no storage.
#[test]
fn embedded_it_follows_the_theme_of_the_page_around_it() {
    with_tab(|site, tab| {
        for (page, change) in [
            ("index.html", "document.documentElement.classList.replace('light', 'navy')"),
            ("slides/lecture-1.html#3", "document.querySelector('[data-key=t]').click()"),
        ] {
            if !site.file(page.split('#').next().unwrap()).is_file() {
                continue;
            }
            tab.open(&site.address(From::Folder, page));
            tab.value("localStorage.removeItem('mdbook-theme')");
            tab.value(
                "globalThis.themes = [];
                 const frame = Object.assign(document.createElement('iframe'), { className: 'explorer', title: 'x' });
                 frame.srcdoc = `<script>
                     addEventListener('message', (event) => parent.themes.push(event.data['book-theme']));
                     const tellHeight = () => parent.postMessage({ 'explorer-height': 300 }, '*');
                 </script>`;
                 const live = Object.assign(document.createElement('div'), { className: 'live' });
                 live.dataset.src = 'x';
                 live.append(frame);
                 document.body.append(live);
                 new Promise((done) => { frame.onload = done; })",
            );
            tab.value(change);
            tab.until("themes.includes('dark')");
            // On a slide the page would fit the frame.
            if page == "index.html" {
                tab.value("themes.length = 0; document.querySelector('iframe.explorer').contentWindow.eval('tellHeight()')");
                tab.until("themes.includes('dark')");
            }
        }
        let explorer = Explorer::open(site, tab, "embed&a=2&show=boxes");
        for theme in ["dark", "light"] {
            tab.value(&format!("postMessage({{ 'book-theme': '{theme}' }}, '*')"));
            explorer.settle();
        }
        // The page ignores messages from itself.
        assert_eq!(explorer.alerts(), [""; 0]);
    });
}
