//! The site in a real browser: the explorer, its numbers and its addresses, bad input, and the
//! accessibility of every page.
//!
//! Each test starts a Chromium of its own, without a window and without a network. Without a
//! browser, or without the WebAssembly target, the tests are left out and say so; with the variable
//! `GROWABLE_ND_BROWSER=required` they fail. With `GROWABLE_ND_SCREENSHOTS=FOLDER` the test of all
//! pages leaves pictures there, to be looked at.

// On smaller machines there cannot be as many rows as some of the figures count.
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
