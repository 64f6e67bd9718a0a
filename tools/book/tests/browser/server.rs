//! The site at an address: a host of static files that does nothing else.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;

/// Serves a folder as long as the program runs.
pub struct Server {
    port: u16,
}

impl Server {
    /// Addresses of this machine begin with it.
    pub const HOST: &'static str = "http://127.0.0.1:";

    pub fn start(folder: PathBuf) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let folder = folder.clone();
                thread::spawn(move || answer(&stream, &folder));
            }
        });
        Server { port }
    }

    pub fn address(&self, page: &str) -> String {
        format!("{}{}/{page}", Server::HOST, self.port)
    }
}

fn answer(mut stream: &TcpStream, folder: &Path) -> Option<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next()?.ok()?;
    lines.map_while(Result::ok).find(String::is_empty)?;
    let path = request.split(' ').nth(1)?.split(['?', '#']).next()?;
    let name = path.trim_start_matches('/');
    let content = if name.contains("..") { None } else { fs::read(folder.join(name)).ok() };
    let status = if content.is_some() { "200 OK" } else { "404 Not Found" };
    let kind = match name.rsplit('.').next()? {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css",
        "js" => "text/javascript",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" => "application/json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
    let content = content.unwrap_or_default();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        content.len()
    )
    .ok()?;
    stream.write_all(&content).ok()
}
