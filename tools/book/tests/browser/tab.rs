//! A tab, and the actions of a user in it.

use crate::chromium::{Chromium, Event, Session};
use crate::site::HOST;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::time::{Duration, Instant};

/// Maximum time for an action of the page: draw, hide, set its address.
const PATIENCE: Duration = Duration::from_secs(20);

/// Dialogs would block the page; only the print dialog is expected.
const DIALOGS: &str = "
    globalThis.print = () => {};
    for (const name of ['alert', 'confirm', 'prompt']) globalThis[name] = (text) => console.error(name, text);";

/// A page of the site in its own window. Errors on the console, exceptions, and requests to other
/// hosts are faults; [`Tab::finish`] fails if there is one.
pub struct Tab<'a> {
    session: Session<'a>,
    faults: RefCell<Vec<String>>,
}

/// The window, and the preferences of the system.
#[derive(Clone, Copy)]
pub struct Window {
    pub width: u32,
    pub height: u32,
    pub dark: bool,
    pub calm: bool,
}

impl Default for Window {
    fn default() -> Window {
        Window { width: 1280, height: 900, dark: false, calm: true }
    }
}

impl<'a> Tab<'a> {
    pub fn new(chromium: &'a Chromium, window: Window) -> Tab<'a> {
        let session = chromium.tab();
        for domain in ["Page", "Runtime", "Log", "Network"] {
            session.call(&format!("{domain}.enable"), json!({}));
        }
        session.call("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }));
        session.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": DIALOGS }));
        let tab = Tab { session, faults: RefCell::default() };
        tab.resize(window);
        tab
    }

    pub fn call(&self, method: &str, params: Value) -> Value {
        self.session.call(method, params)
    }

    pub fn resize(&self, window: Window) {
        let Window { width, height, dark, calm } = window;
        self.call(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
        );
        let scheme = if dark { "dark" } else { "light" };
        let motion = if calm { "reduce" } else { "no-preference" };
        self.call(
            "Emulation.setEmulatedMedia",
            json!({ "features": [
                { "name": "prefers-color-scheme", "value": scheme },
                { "name": "prefers-reduced-motion", "value": motion },
            ] }),
        );
    }

    /// Loads a page, even if only the fragment differs from that of the open page.
    #[track_caller]
    pub fn open(&self, address: &str) {
        self.note();
        // A change of the fragment alone would not load the page.
        self.call("Page.navigate", json!({ "url": "about:blank" }));
        self.session.wait("Page.loadEventFired");
        self.note();
        let answer = self.call("Page.navigate", json!({ "url": address }));
        assert!(answer.get("errorText").is_none(), "{address}: {answer}");
        self.session.wait("Page.loadEventFired");
    }

    /// Evaluates an expression of JavaScript, and awaits it if it is a promise.
    #[track_caller]
    pub fn try_value(&self, expression: &str) -> Result<Value, String> {
        let params = json!({
            "expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true,
        });
        let mut answer = self.call("Runtime.evaluate", params);
        match answer.get("exceptionDetails") {
            Some(details) => Err(thrown(details)),
            None => Ok(answer["result"]["value"].take()),
        }
    }

    #[track_caller]
    pub fn value(&self, expression: &str) -> Value {
        self.try_value(expression).unwrap_or_else(|error| panic!("{error} in {expression:.400}"))
    }

    #[track_caller]
    pub fn text(&self, expression: &str) -> String {
        match self.value(expression) {
            Value::String(text) => text,
            other => panic!("{expression:.400} is {other}"),
        }
    }

    /// Calls a function of JavaScript with arguments.
    #[track_caller]
    pub fn apply(&self, function: &str, arguments: &Value) -> Value {
        self.value(&format!("({function})(...{arguments})"))
    }

    /// Waits until an expression is true.
    #[track_caller]
    pub fn until(&self, expression: &str) {
        let begun = Instant::now();
        while self.value(&format!("Boolean({expression})")) != true {
            assert!(begun.elapsed() < PATIENCE, "not true after {PATIENCE:?}: {expression}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Clicks an element, which must be visible and not covered.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        let place = self.apply(
            "async (selector) => {
                const found = [...document.querySelectorAll(selector)];
                if (found.length !== 1) return `${found.length} elements`;
                const [element] = found;
                // Parts that are drawn when they scroll into view may move the element: waits until
                // it stops.
                let [x, y, last] = [0, 0, ''];
                for (let i = 0; i < 50 && last !== `${x} ${y}`; i++) {
                    last = `${x} ${y}`;
                    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
                    await new Promise((done) => setTimeout(done, 30));
                    const box = element.getBoundingClientRect();
                    [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
                }
                const hit = document.elementFromPoint(x, y);
                if (!hit) return `outside of the window, at ${x}, ${y}`;
                const label = hit.closest('label');
                if (!element.contains(hit) && !(label && label.control === element)) return `covered by ${hit.outerHTML.slice(0, 80)}`;
                if (element.disabled) return 'disabled';
                return [x, y];
            }",
            &json!([selector]),
        );
        let (Some(x), Some(y)) = (place[0].as_f64(), place[1].as_f64()) else {
            panic!("{selector} cannot be pressed: {place}");
        };
        for kind in ["mousePressed", "mouseReleased"] {
            let params = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", params);
        }
    }

    /// Replaces the text of an input as a user does: selects all of it, types, and leaves the
    /// input.
    #[track_caller]
    pub fn write(&self, selector: &str, text: &str) {
        self.apply(
            "(selector) => { const input = document.querySelector(selector); input.focus(); input.select(); }",
            &json!([selector]),
        );
        if text.is_empty() {
            self.press("Delete", 46, 0);
        } else {
            self.call("Input.insertText", json!({ "text": text }));
        }
        self.apply("(selector) => document.querySelector(selector).blur()", &json!([selector]));
    }

    /// Chooses an option of a list.
    #[track_caller]
    pub fn choose(&self, selector: &str, option: &str) {
        let found = self.apply(
            "(selector, value) => {
                const list = document.querySelector(selector);
                if (![...list.options].some((option) => option.value === value)) return false;
                list.value = value;
                for (const type of ['input', 'change']) list.dispatchEvent(new Event(type, { bubbles: true }));
                return true;
            }",
            &json!([selector, option]),
        );
        assert_eq!(found, true, "{selector} has no option {option:?}");
    }

    /// Presses a key that has no text, with modifiers as bits (8 is Shift).
    pub fn press(&self, key: &str, code: u32, modifiers: u32) {
        for kind in ["rawKeyDown", "keyUp"] {
            let params = json!({
                "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": modifiers,
            });
            self.call("Input.dispatchKeyEvent", params);
        }
    }

    /// Types one letter.
    pub fn type_letter(&self, letter: &str) {
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { letter } else { "" };
            self.call("Input.dispatchKeyEvent", json!({ "type": kind, "key": letter, "text": text }));
        }
    }

    /// Returns a picture of the window, or of the whole page, as PNG in base64.
    pub fn screenshot(&self, whole: bool) -> String {
        let params = json!({ "format": "png", "captureBeyondViewport": whole });
        let mut answer = self.call("Page.captureScreenshot", params);
        match answer["data"].take() {
            Value::String(text) => text,
            other => panic!("{other}"),
        }
    }

    /// Returns the faults since the last call.
    pub fn faults(&self) -> Vec<String> {
        self.note();
        self.faults.take()
    }

    /// Fails if there was a fault, and closes the tab.
    #[track_caller]
    pub fn finish(self) {
        self.check("at the end");
        self.session.close();
    }

    /// Fails if there was a fault so far.
    #[track_caller]
    pub fn check(&self, when: &str) {
        let faults = self.faults();
        assert!(faults.is_empty(), "{when}: {faults:#?}");
    }

    fn note(&self) {
        self.faults.borrow_mut().extend(self.session.events().iter().filter_map(fault));
    }
}

/// Returns the fault that an event reports, if any.
fn fault(event: &Event) -> Option<String> {
    let params = &event.params;
    match &*event.method {
        "Runtime.exceptionThrown" => Some(thrown(&params["exceptionDetails"])),
        "Runtime.consoleAPICalled" if ["error", "warning", "assert"].contains(&params["type"].as_str()?) => {
            Some(format!("console: {}", params["args"]))
        }
        "Log.entryAdded" if ["error", "warning"].contains(&params["entry"]["level"].as_str()?) => {
            let entry = &params["entry"];
            Some(format!("log: {} {}", entry["text"], entry["url"]))
        }
        "Network.requestWillBeSent" => {
            let address = params["request"]["url"].as_str()?;
            let here = ["file:", "data:", "blob:", "about:", HOST];
            (!here.iter().any(|start| address.starts_with(start))).then(|| format!("request to {address}"))
        }
        _ => None,
    }
}

fn thrown(details: &Value) -> String {
    let exception = &details["exception"];
    let what = exception.get("description").or_else(|| exception.get("value")).unwrap_or(&details["text"]);
    format!("thrown: {}", what.as_str().map_or_else(|| what.to_string(), str::to_owned))
}
