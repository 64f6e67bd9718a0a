//! Prints the whole book as one PDF: a browser makes it from the page that has all pages.

use fs_err as fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, thread};

/// Programs that print pages, in the order in which they are tried.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/// Time limit for the whole book, which takes ten seconds.
const PATIENCE: Duration = Duration::from_secs(180);

/// Finds Chromium: the program that the variable `CHROMIUM` names, otherwise one of the path.
///
/// # Errors
///
/// If there is none.
pub fn chromium() -> Result<PathBuf, String> {
    if let Some(program) = env::var_os("CHROMIUM").filter(|program| !program.is_empty()) {
        let program = PathBuf::from(program);
        return match found(&program) {
            Some(program) => Ok(program),
            None => Err(format!(
                "the variable CHROMIUM names a program that does not exist: {}",
                program.display()
            )),
        };
    }
    NAMES.iter().find_map(|name| found(Path::new(name))).ok_or_else(|| {
        format!(
            "there is no browser: none of {} is on the path; install Chromium, or set the variable CHROMIUM to the path of a program",
            NAMES.join(", ")
        )
    })
}

/// The path of a program, looked for as a shell does.
fn found(program: &Path) -> Option<PathBuf> {
    if program.components().count() > 1 {
        return program.is_file().then(|| program.to_owned());
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|program| program.is_file())
}

/// Prints the site in the folder `site` into the file `to`.
///
/// # Errors
///
/// If there is no browser, or it fails; the message has its last words.
pub fn pdf(site: &Path, to: &Path) -> Result<(), String> {
    let page = site.join("print.html");
    let page = page.canonicalize().map_err(|error| format!("{}: {error}", page.display()))?;
    let folder = to.parent().unwrap_or(site);
    // A separate profile: the user's browser may be open.
    let profile = folder.join(format!(".chromium-{}", std::process::id()));
    let printed = run(&chromium()?, &profile, &page, to);
    let _ = fs::remove_dir_all(&profile);
    printed
}

fn run(program: &Path, profile: &Path, page: &Path, to: &Path) -> Result<(), String> {
    let failed = |what: &str| format!("{} did not print {}: {what}", program.display(), page.display());
    let log = profile.join("log");
    fs::create_dir_all(profile).map_err(|error| failed(&error.to_string()))?;
    // An old file would hide that nothing was printed.
    if to.exists() {
        fs::remove_file(to).map_err(|error| failed(&error.to_string()))?;
    }
    let errors = fs::File::create(&log).map_err(|error| failed(&error.to_string()))?.into_file();
    let mut process = Command::new(program)
        .args([
            "--headless",
            "--disable-gpu",
            "--disable-extensions",
            "--disable-dev-shm-usage",
            "--no-first-run",
        ])
        // The sandbox does not start for root and in most containers. The browser opens only the
        // book.
        .arg("--no-sandbox")
        .arg("--no-pdf-header-footer")
        // Headings become the outline of the file.
        .arg("--generate-pdf-document-outline")
        // Until the scripts of the page are done.
        .arg("--virtual-time-budget=20000")
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("--print-to-pdf={}", to.display()))
        .arg(format!("file://{}", page.display()))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(errors)
        .spawn()
        .map_err(|error| failed(&error.to_string()))?;
    let begun = Instant::now();
    while process.try_wait().map_err(|error| failed(&error.to_string()))?.is_none() {
        if begun.elapsed() > PATIENCE {
            let _ = process.kill().and_then(|()| process.wait());
            return Err(failed(&format!("it took longer than {} seconds", PATIENCE.as_secs())));
        }
        thread::sleep(Duration::from_millis(50));
    }
    if fs::read(to).is_ok_and(|content| content.starts_with(b"%PDF")) {
        return Ok(());
    }
    let said = fs::read_to_string(&log).unwrap_or_default();
    let last: Vec<&str> = said.lines().rev().take(3).collect();
    if last.is_empty() {
        return Err(failed("it ended without a file and without a message"));
    }
    Err(failed(&last.into_iter().rev().collect::<Vec<_>>().join("; ")))
}
