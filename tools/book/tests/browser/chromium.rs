//! A separate headless Chromium for each test, and the connection to it.

use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tungstenite::{Message, WebSocket};

/// Maximum time for an answer. A busy machine may need seconds for what usually takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(60);

const FLAGS: [&str; 15] = [
    "--headless",
    // The sandbox does not start for root and in most containers. Chromium opens nothing except the
    // site.
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-sync",
    "--disable-component-update",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--force-color-profile=srgb",
    "--no-first-run",
    "--no-proxy-server",
    // The names of other hosts are not resolved.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--remote-debugging-port=0",
];

/// A browser process, which ends when this value is dropped.
pub struct Chromium {
    process: Child,
    profile: PathBuf,
    connection: RefCell<Connection>,
}

struct Connection {
    socket: WebSocket<TcpStream>,
    last_id: u64,
    /// Events of each session that were not read yet.
    events: HashMap<String, Vec<Event>>,
}

/// An event that Chromium reports.
pub struct Event {
    pub method: String,
    pub params: Value,
}

/// The session of one tab.
pub struct Session<'a> {
    chromium: &'a Chromium,
    id: String,
    closed: Cell<bool>,
}

impl Chromium {
    /// Starts the program. Panics if it does not start.
    pub fn start(program: &PathBuf) -> Chromium {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let profile = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("chromium-{}-{number}", std::process::id()));
        let mut process = Command::new(program)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()));
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines().map_while(Result::ok);
        let mut said = Vec::new();
        let address = lines.find_map(|line| {
            let address = line.strip_prefix("DevTools listening on ").map(str::to_owned);
            said.push(line);
            address
        });
        let Some(address) = address else {
            let _ = process.wait();
            panic!("{} ended: {}", program.display(), said.join("\n"));
        };
        // A full pipe would block the program.
        std::thread::spawn(move || lines.for_each(drop));
        let connection = RefCell::new(Connection::new(&address));
        Chromium { process, profile, connection }
    }

    /// Opens a tab.
    pub fn tab(&self) -> Session<'_> {
        let call = |method, params| self.connection.borrow_mut().call(None, method, &params).unwrap();
        let target = call("Target.createTarget", json!({ "url": "about:blank" }));
        let attached =
            call("Target.attachToTarget", json!({ "targetId": target["targetId"], "flatten": true }));
        let id = attached["sessionId"].as_str().unwrap().to_owned();
        Session { chromium: self, id, closed: Cell::new(false) }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // The child processes of Chromium end only if it is asked to close.
        if let Ok(mut connection) = self.connection.try_borrow_mut() {
            let _ = connection.send(None, "Browser.close", &json!({}));
        }
        let asked = Instant::now();
        while self.process.try_wait().is_ok_and(|ended| ended.is_none()) {
            if asked.elapsed() > Duration::from_secs(5) {
                let _ = self.process.kill();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = fs::remove_dir_all(&self.profile);
    }
}

impl Session<'_> {
    /// Calls a method of the protocol.
    pub fn try_call(&self, method: &str, params: &Value) -> Result<Value, String> {
        self.chromium.connection.borrow_mut().call(Some(&self.id), method, params)
    }

    /// Calls a method that cannot fail.
    #[track_caller]
    pub fn call(&self, method: &str, params: Value) -> Value {
        self.try_call(method, &params).unwrap_or_else(|error| panic!("{method} {params}: {error}"))
    }

    /// Waits for an event, and keeps it in the list of events.
    #[track_caller]
    pub fn wait(&self, method: &str) {
        let mut connection = self.chromium.connection.borrow_mut();
        while !connection.of(&self.id).iter().any(|event| event.method == method) {
            connection.receive().unwrap_or_else(|error| panic!("waiting for {method}: {error}"));
        }
    }

    /// Returns the events since the last call.
    pub fn events(&self) -> Vec<Event> {
        std::mem::take(self.chromium.connection.borrow_mut().of(&self.id))
    }

    pub fn close(&self) {
        if !self.closed.replace(true) {
            self.call("Page.close", json!({}));
        }
    }
}

impl Connection {
    fn new(address: &str) -> Connection {
        let host = address.strip_prefix("ws://").and_then(|rest| rest.split('/').next()).unwrap();
        let stream = TcpStream::connect(host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        let (socket, _) = tungstenite::client(address, stream).unwrap();
        Connection { socket, last_id: 0, events: HashMap::new() }
    }

    fn of(&mut self, session: &str) -> &mut Vec<Event> {
        self.events.entry(session.to_owned()).or_default()
    }

    fn send(&mut self, session: Option<&str>, method: &str, params: &Value) -> Result<u64, String> {
        self.last_id += 1;
        let mut message = json!({ "id": self.last_id, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        self.socket.send(Message::text(message.to_string())).map_err(|error| error.to_string())?;
        Ok(self.last_id)
    }

    fn call(&mut self, session: Option<&str>, method: &str, params: &Value) -> Result<Value, String> {
        let id = self.send(session, method, params)?;
        loop {
            let Some(mut answer) = self.receive()? else { continue };
            if answer["id"] == id {
                return match answer.get("error") {
                    Some(error) => Err(error["message"].as_str().unwrap_or_default().to_owned()),
                    None => Ok(answer["result"].take()),
                };
            }
        }
    }

    /// Returns the next message if it is an answer; keeps it if it is an event.
    fn receive(&mut self) -> Result<Option<Value>, String> {
        let text = match self.socket.read() {
            Ok(Message::Text(text)) => text,
            Ok(_) => return Ok(None),
            Err(tungstenite::Error::Io(error))
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) =>
            {
                return Err(format!("no answer in {} seconds", PATIENCE.as_secs()));
            }
            Err(error) => return Err(error.to_string()),
        };
        let mut message: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        if message.get("id").is_some() {
            return Ok(Some(message));
        }
        let session = message["sessionId"].as_str().unwrap_or_default().to_owned();
        let method = message["method"].as_str().unwrap_or_default().to_owned();
        let params = message["params"].take();
        self.of(&session).push(Event { method, params });
        Ok(None)
    }
}
