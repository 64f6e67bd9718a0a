//! The site in a real browser: the explorer, its numbers and addresses, invalid input, and the
//! accessibility of every page.
//!
//! Each test starts its own Chromium, without a window and without a network. Without a browser, or
//! without the WebAssembly target, the tests are skipped and report that; with the variable
//! `GROWABLE_ND_BROWSER=required` they fail. With `GROWABLE_ND_SCREENSHOTS=FOLDER` the test of all
//! pages saves pictures there.

// On smaller machines some figures have more rows than can be counted.
#![cfg(target_pointer_width = "64")]

mod access;
mod chromium;
mod controls;
mod explorer;
mod hostile;
mod hostile_pages;
mod links;
mod numbers;
mod pace;
mod pages;
mod site;
mod slides;
mod tab;
