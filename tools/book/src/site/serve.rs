//! Serves the site at an address of this machine. Only reads files.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// Maximum length of a request: its first line and its headers.
const MOST_BYTES: u64 = 16 << 10;
/// Maximum time for which a browser that sends or reads nothing occupies a thread.
const PATIENCE: Duration = Duration::from_secs(10);

/// Takes a port of this machine, or any free one for port 0.
///
/// # Errors
///
/// If the port is taken.
pub fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

/// Serves the files of a folder until the program is ended, each request in a thread of its own.
pub fn serve(folder: &Path, listener: &TcpListener) -> ! {
    loop {
        let Ok((stream, _)) = listener.accept() else {
            // The browser has gone, or too many connections are open: some will be closed.
            thread::sleep(Duration::from_millis(20));
            continue;
        };
        let folder = folder.to_owned();
        // Errors of a connection are ignored: the browser may close it. Without a thread the
        // connection is closed.
        let _ = thread::Builder::new().spawn(move || answer(&stream, &folder));
    }
}

/// Reads one request and answers it.
fn answer(mut stream: &TcpStream, folder: &Path) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let begun = Instant::now();
    let mut lines = BufReader::new(io::Read::take(stream, MOST_BYTES)).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // A connection that is closed before its request is read is reset.
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) && begun.elapsed() < PATIENCE {}
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if let (true, Some(address)) = (["GET", "HEAD"].contains(&method), folder_of(folder, target)) {
        return write!(
            stream,
            "HTTP/1.1 301 Moved Permanently\r\nLocation: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
    }
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

/// The address of a folder that is asked for without the slash at its end: links of its page would
/// lead elsewhere.
fn folder_of(folder: &Path, target: &str) -> Option<String> {
    let path = target.split(['?', '#']).next()?;
    let page = file(folder, path).filter(|_| !path.ends_with('/'))?;
    let parent = page.strip_prefix(folder.canonicalize().ok()?).ok()?.parent()?;
    // Made of the names of folders: never the address of another host.
    let address: String = parent.iter().map(|name| format!("/{}", name.to_string_lossy())).collect();
    (decoded(path)? == address && !address.is_empty()).then(|| address + "/")
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
    use super::{decoded, file, folder_of, kind, serve};
    use std::fs;
    use std::io::{Read, Write};
    use std::net::{Ipv4Addr, TcpListener, TcpStream};
    use std::path::{Path, PathBuf};
    use std::thread;

    /// A folder with a page, and a folder with a page in it.
    fn site(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("book-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("slides")).unwrap();
        fs::create_dir_all(folder.join("fonts")).unwrap();
        fs::write(folder.join("index.html"), "first").unwrap();
        fs::write(folder.join("slides/index.html"), "second").unwrap();
        folder
    }

    /// What the server answers to these bytes.
    fn asked(port: u16, request: &[u8]) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        // The server may have answered, and closed the connection, before all was sent.
        let _ = stream.write_all(request).and_then(|()| stream.shutdown(std::net::Shutdown::Write));
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[test]
    fn requests() {
        let folder = site("requests");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let served = folder.clone();
        thread::spawn(move || serve(&served, &listener));
        // Connections that send nothing do not keep others waiting.
        let idle: Vec<_> =
            (0..100).map(|_| TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap()).collect();
        for (request, status, end) in [
            ("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "200 OK", "first"),
            ("HEAD / HTTP/1.1\r\n\r\n", "200 OK", "\r\n\r\n"),
            ("GET /slides/ HTTP/1.1\r\nRange: bytes=0-1\r\n\r\n", "200 OK", "second"),
            ("GET /slides HTTP/1.1\r\n\r\n", "301 Moved", "\r\n\r\n"),
            ("GET /fonts/ HTTP/1.1\r\n\r\n", "404 Not Found", "no such page."),
            ("GET /fonts HTTP/1.1\r\n\r\n", "404 Not Found", "no such page."),
            ("GET /../Cargo.toml HTTP/1.1\r\n\r\n", "404 Not Found", "no such page."),
            ("GET http://x/ HTTP/1.1\r\n\r\n", "404 Not Found", "no such page."),
            ("POST / HTTP/1.1\r\n\r\n", "405 Method", "HEAD."),
            ("get / HTTP/1.1\r\n\r\n", "405 Method", "HEAD."),
            ("\r\n", "405 Method", "HEAD."),
            ("", "405 Method", "HEAD."),
            ("GET", "404 Not Found", "no such page."),
        ] {
            let answer = asked(port, request.as_bytes());
            assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{request:?}: {answer}");
            assert!(answer.ends_with(end), "{request:?}: {answer}");
        }
        for request in [&b"\xff\xfe\0"[..], &[b'A'; 100_000], &[b'\n'; 100_000]] {
            asked(port, request);
        }
        assert!(asked(port, b"GET /slides/index.html HTTP/1.0\r\n\r\n").ends_with("second"));
        drop(idle);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn folders_end_with_a_slash() {
        let folder = site("folders");
        let moved = |target: &str| folder_of(&folder, target);
        assert_eq!(moved("/slides").as_deref(), Some("/slides/"));
        assert_eq!(moved("/%73lides?a=1").as_deref(), Some("/slides/"));
        for other in ["", "/", "/slides/", "/slides/index.html", "/fonts", "//slides", "//x/slides", "/none"]
        {
            assert_eq!(moved(other), None, "{other}");
        }
        fs::remove_dir_all(folder).unwrap();
    }

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
