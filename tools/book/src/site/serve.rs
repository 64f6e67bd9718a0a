//! The site at an address of this machine. Reads files, and nothing else.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// The longest first line of a request, and the longest header.
const MOST_BYTES: u64 = 16 << 10;
/// A browser that opens a connection and sends nothing holds a thread for as long as this.
const PATIENCE: Duration = Duration::from_secs(10);

/// Serves the files of a folder until the program is ended.
///
/// # Errors
///
/// If the port is taken.
pub fn serve(folder: &Path, port: u16) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    println!("http://{}/ (end with Ctrl+C)", listener.local_addr()?);
    for stream in listener.incoming() {
        let (stream, folder) = (stream?, folder.to_owned());
        // A connection that breaks is the browser's decision.
        thread::spawn(move || answer(&stream, &folder));
    }
    Ok(())
}

/// Reads one request and answers it.
fn answer(mut stream: &TcpStream, folder: &Path) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut lines = BufReader::new(io::Read::take(stream, MOST_BYTES)).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // A connection that is closed before its request is read is reset.
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let found = match method {
        "GET" | "HEAD" => file(folder, target).and_then(|path| Some((fs::read(&path).ok()?, path))),
        _ => None,
    };
    let (status, kind, body) = match &found {
        Some((body, path)) => ("200 OK", kind(path), &body[..]),
        None if ["GET", "HEAD"].contains(&method) => ("404 Not Found", TEXT, &b"There is no such page."[..]),
        None => ("405 Method Not Allowed", TEXT, &b"Only GET and HEAD."[..]),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\n\
        X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    if method != "HEAD" {
        stream.write_all(body)?;
    }
    stream.flush()
}

/// The file that a request asks for, if its path stays inside the folder.
fn file(folder: &Path, target: &str) -> Option<PathBuf> {
    let path = decoded(target.split(['?', '#']).next()?.strip_prefix('/')?)?;
    let mut file = folder.to_owned();
    for name in path.split('/').filter(|name| !name.is_empty()) {
        if name == "." || name == ".." || name.contains(['\\', ':', '\0']) {
            return None;
        }
        file.push(name);
    }
    if file.is_dir() {
        file.push("index.html");
    }
    // A link of the file system may lead out of the folder.
    let (file, folder) = (file.canonicalize().ok()?, folder.canonicalize().ok()?);
    file.starts_with(folder).then_some(file)
}

/// A path without percent signs; `None` if it is malformed.
fn decoded(path: &str) -> Option<String> {
    let (mut bytes, mut rest) = (Vec::new(), path.as_bytes());
    let digit = |byte: u8| char::from(byte).to_digit(16);
    while let [byte, after @ ..] = rest {
        rest = after;
        if *byte == b'%' {
            let [high, low, after @ ..] = after else { return None };
            bytes.push(u8::try_from(16 * digit(*high)? + digit(*low)?).ok()?);
            rest = after;
        } else {
            bytes.push(*byte);
        }
    }
    String::from_utf8(bytes).ok()
}

const TEXT: &str = "text/plain; charset=utf-8";

/// The media type of a file.
fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("csv") => "text/csv; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("wasm") => "application/wasm",
        Some("pdf") => "application/pdf",
        _ => TEXT,
    }
}

#[cfg(test)]
mod tests {
    use super::{decoded, file, kind};
    use std::path::Path;

    #[test]
    fn paths_stay_inside_the_folder() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let found = |target: &str| file(&folder, target).is_some();
        assert!(found("/main.rs") && found("/main.rs?a=1") && found("/site/mod.rs") && found("/%6Dain.rs"));
        for wrong in [
            "",
            "main.rs",
            "/",
            "/none",
            "/../Cargo.toml",
            "/site/../../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/..%2fCargo.toml",
            "/%zz",
            "/%",
            "/\\..\\Cargo.toml",
            "//../Cargo.toml",
            "/main.rs%00",
        ] {
            assert!(!found(wrong), "{wrong}");
        }
    }

    #[test]
    fn text_is_decoded() {
        assert_eq!(decoded("a%20b").as_deref(), Some("a b"));
        assert_eq!(decoded("%ff"), None);
        assert_eq!(decoded("%+1"), None);
        assert_eq!(kind(Path::new("a/explorer.js")), "text/javascript; charset=utf-8");
    }
}
