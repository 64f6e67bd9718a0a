//! The tested site, which is built once, and the ways to open it.

use crate::chromium::Chromium;
use crate::tab::{Tab, Window};
use book::site::{self, Options, print};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Once};
use std::thread;

/// The site, or the reason why there is none with an explorer.
static SITE: LazyLock<Result<Site, String>> = LazyLock::new(|| {
    let program = print::chromium()?;
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    let built = site::build(root, &folder, &Options { docs: site::DOCS.to_owned() }).expect("the site");
    built.explorer?;
    let folder = folder.canonicalize().expect("the folder of the site");
    let listener = site::listen(0).expect("a free port");
    let port = listener.local_addr().expect("a port").port();
    let served = folder.clone();
    thread::spawn(move || site::serve(&served, &listener));
    Ok(Site { program, port, folder })
});

/// The start of addresses on this machine.
pub const HOST: &str = "http://127.0.0.1:";

pub struct Site {
    program: PathBuf,
    folder: PathBuf,
    port: u16,
}

/// How a page is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    Folder,
    Host,
}

/// Runs a test with the site and a browser, if both are there.
pub fn with(test: impl FnOnce(&Site, &Chromium)) {
    match &*SITE {
        Ok(site) => test(site, &Chromium::start(&site.program)),
        Err(reason) if std::env::var("GROWABLE_ND_BROWSER").is_ok_and(|value| value == "required") => {
            panic!("{reason}")
        }
        Err(reason) => {
            static SAID: Once = Once::new();
            SAID.call_once(|| say(&format!("LEFT OUT: tests in a browser, since {reason}")));
        }
    }
}

/// As [`with`], in a tab of the usual size. Any error in the tab fails the test.
pub fn with_tab(test: impl FnOnce(&Site, &Tab)) {
    with(|site, chromium| {
        let tab = Tab::new(chromium, Window::default());
        test(site, &tab);
        tab.finish();
    });
}

/// Prints a line, even if the test passes.
pub fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

impl Site {
    /// Returns the address of a page and its fragment.
    pub fn address(&self, from: From, page: &str) -> String {
        match from {
            From::Folder => format!("file://{}/{page}", self.folder.display()),
            From::Host => format!("{HOST}{}/{page}", self.port),
        }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Returns the paths of all pages in the site.
    pub fn pages(&self) -> Vec<String> {
        let mut pages = Vec::new();
        for folder in ["", "slides/"] {
            let Ok(files) = fs::read_dir(self.folder.join(folder)) else { continue };
            let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
            pages.extend(names.filter(|name| name.ends_with(".html")).map(|name| format!("{folder}{name}")));
        }
        // A frame for browsers without scripts.
        pages.retain(|page| page != "toc.html");
        pages.sort();
        pages
    }
}
