//! The slides on a projector.

use crate::site::{From, Site, with};
use crate::tab::{Tab, Window};

/// The lectures fit into the window, and keys turn the slides.
#[test]
fn slides_fit_and_turn() {
    with(|site, chromium| {
        for (width, height) in [(1280, 720), (1024, 768)] {
            let tab = Tab::new(chromium, Window { width, height, ..Window::default() });
            for lecture in ["slides/lecture-1.html", "slides/lecture-2.html"] {
                slides(site, &tab, lecture);
            }
            tab.finish();
        }
    });
}

fn slides(site: &Site, tab: &Tab, lecture: &str) {
    tab.open(&site.address(From::Folder, lecture));
    let number = tab.value("document.querySelectorAll('.slide').length").as_u64().unwrap();
    assert!(number >= 25, "{lecture} has {number} slides");
    let mut wrong = Vec::new();
    for slide in 1..=number {
        assert_eq!(tab.text("location.hash"), format!("#{slide}"), "{lecture}");
        let overflow = tab.value(
            "(() => {
                const shown = document.querySelector('.slide.shown');
                const page = document.scrollingElement;
                const faults = [];
                const scrolls = getComputedStyle(page).overflowY !== 'hidden';
                if (scrolls && page.scrollHeight > innerHeight + 1) faults.push(`the page is ${page.scrollHeight - innerHeight} pixels too high`);
                if (page.scrollWidth > innerWidth + 1) faults.push(`the page is ${page.scrollWidth - innerWidth} pixels too wide`);
                const area = shown.getBoundingClientRect();
                for (const element of [shown, ...shown.querySelectorAll('*')]) {
                    if (element.ownerSVGElement || !element.checkVisibility({ visibilityProperty: true }) || element.closest('details, math')) continue;
                    const style = getComputedStyle(element);
                    const box = element.getBoundingClientRect();
                    if (box.width > 1 && (box.bottom > area.bottom + 1 || box.right > area.right + 1)) faults.push(`${element.localName}.${element.className} ends at ${Math.round(box.right)}, ${Math.round(box.bottom)} of ${Math.round(area.right)}, ${Math.round(area.bottom)}`);
                    if (style.overflow !== 'visible' && element.scrollHeight > element.clientHeight + 1 && element.clientHeight > 0) faults.push(`${element.localName}.${element.className} has ${element.scrollHeight} pixels in ${element.clientHeight}`);
                }
                return faults.slice(0, 2);
            })()",
        );
        let found: Vec<String> = serde_json::from_value(overflow).unwrap();
        wrong.extend(found.into_iter().map(|fault| format!("{lecture}#{slide}: {fault}")));
        if slide < number {
            tab.press("ArrowRight", 39, 0);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (key, code, expected) in [
        ("ArrowRight", 39, number),
        ("Home", 36, 1),
        ("ArrowLeft", 37, 1),
        ("PageDown", 34, 2),
        ("ArrowRight", 39, 3),
        ("PageUp", 33, 2),
        ("End", 35, number),
        ("Home", 36, 1),
    ] {
        tab.press(key, code, 0);
        assert_eq!(tab.text("location.hash"), format!("#{expected}"), "{lecture}: {key}");
    }
    let is = |expression: &str| tab.value(&format!("Boolean({expression})")) == true;
    tab.type_letter(" ");
    assert_eq!(tab.text("location.hash"), "#2");
    tab.type_letter("o");
    assert!(is("document.querySelector('#overview').open"));
    tab.value("document.querySelector('#overview a[href=\"#5\"]').click()");
    tab.until("location.hash === '#5' && document.querySelectorAll('.slide')[4].classList.contains('shown')");
    tab.type_letter("?");
    assert!(is("document.querySelector('#help').open"));
    tab.press("Escape", 27, 0);
    assert!(!is("document.querySelector('#help').open"));
    tab.type_letter("n");
    assert!(is(
        "document.querySelector('.slide.shown details.notes')?.open ?? document.querySelector('details.notes').open"
    ));
    tab.type_letter("n");
    let theme = || tab.text("document.documentElement.dataset.theme");
    // Another page changes the theme.
    for (stored, button) in [("navy", "Light"), ("light", "Dark")] {
        tab.value(&format!(
            "localStorage.setItem('mdbook-theme', '{stored}'); dispatchEvent(new StorageEvent('storage'))"
        ));
        assert_eq!(tab.text("document.querySelector('[data-key=t]').textContent"), button);
    }
    let before = theme();
    tab.type_letter("t");
    assert_ne!(theme(), before);
    tab.type_letter("t");
    // The letters can be turned off.
    tab.type_letter("?");
    tab.click("#letters");
    tab.press("Escape", 27, 0);
    tab.type_letter("t");
    assert_eq!(theme(), before);
    tab.press("ArrowRight", 39, 0);
    assert_eq!(tab.text("location.hash"), "#6");
    tab.click("[data-key='?']");
    tab.click("#letters");
    tab.press("Escape", 27, 0);
    tab.type_letter("t");
    assert_ne!(theme(), before);
    tab.type_letter("t");
    // Addresses that name no slide.
    for (address, expected) in [("#0", "#1"), ("#999", &*format!("#{number}")), ("#<b>", "#1")] {
        tab.open(&site.address(From::Folder, &format!("{lecture}{address}")));
        assert_eq!(tab.text("location.hash"), expected, "{lecture}{address}");
    }
    tab.check(lecture);
}

/// The explorer of a slide replaces its figure, and can be used there.
#[test]
fn slides_run_the_explorer() {
    with(|site, chromium| {
        let tab = Tab::new(chromium, Window { height: 720, ..Window::default() });
        for lecture in ["slides/lecture-1.html", "slides/lecture-2.html"] {
            let lecture_page = site.address(From::Host, lecture);
            tab.open(&lecture_page);
            let live: Vec<u64> = serde_json::from_value(tab.value(
                "[...document.querySelectorAll('.slide')].flatMap((slide, at) => slide.querySelector('[data-src]') ? [at + 1] : [])",
            ))
            .unwrap();
            assert!(!live.is_empty(), "{lecture}");
            for slide in live {
                tab.value(&format!("location.hash = '#{slide}'"));
                tab.until("document.querySelector('.slide.shown [data-src].running iframe')");
                let fault = tab.text("document.querySelector('.slide.shown iframe').contentDocument.querySelector('#failure').textContent");
                assert_eq!(fault, "", "{lecture}#{slide}");
            }
            tab.check(lecture);
        }
        tab.finish();
    });
}
