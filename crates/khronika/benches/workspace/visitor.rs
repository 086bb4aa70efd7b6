//! Who visits the workspace: the program on a case, and a client that asks it for pages.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long the case may take to be weighed.
const PATIENCE: Duration = Duration::from_secs(3600);

/// The program that is timed.
pub(crate) fn program() -> PathBuf {
    std::env::var_os("KHRONIKA_PROGRAM").map_or_else(|| env!("CARGO_BIN_EXE_khronika").into(), PathBuf::from)
}

/// The program, and a session with it.
pub(crate) struct Visitor {
    child: Child,
    host: String,
    cookie: String,
}

impl Visitor {
    /// Starts the program on the case in a folder.
    pub(crate) fn start(dir: &Path) -> Self {
        let mut child = Command::new(program())
            .args(["serve", "case.khronika", "--passphrase-file", "passphrase", "--no-models", "--lock-after", "0"])
            .current_dir(dir)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (host, token) = line.trim().strip_prefix("http://").unwrap().split_once('/').unwrap();
        let mut visitor = Self { child, host: host.to_owned(), cookie: String::new() };
        let (head, _) = visitor.ask("GET", &format!("/{token}"), "", "");
        let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        visitor.cookie = cookie.split(';').next().unwrap().to_owned();
        visitor
    }

    fn ask(&self, method: &str, address: &str, headers: &str, body: &str) -> (String, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let Self { host, cookie, .. } = self;
        let request = format!(
            "{method} {address} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nOrigin: http://{host}\r\n\
             Connection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let body = answer.split_off(end + 4);
        (String::from_utf8(answer).unwrap(), body)
    }

    /// A page that must be there.
    pub(crate) fn get(&self, address: &str) -> Vec<u8> {
        let (head, body) = self.ask("GET", address, "", "");
        assert!(head.starts_with("HTTP/1.1 200") || head.starts_with("HTTP/1.1 303"), "{address}: {head}");
        body
    }

    /// The length of a page, once it is shown: for another day the case is weighed first.
    pub(crate) fn until_shown(&self, address: &str) -> usize {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE && self.ask("GET", address, "", "").0.starts_with("HTTP/1.1 503") {
            sleep(Duration::from_millis(50));
        }
        self.get(address).len()
    }

    fn json(&self, address: &str) -> serde_json::Value {
        serde_json::from_slice(&self.get(address)).unwrap()
    }

    /// Waits until the case was weighed and nothing goes on.
    pub(crate) fn until_weighed(&self) {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let (head, _) = self.ask("GET", "/api/case", "", "");
            if head.starts_with("HTTP/1.1 200") && self.json("/api/status")["busy"] == false {
                return;
            }
            sleep(Duration::from_millis(50));
        }
        panic!("the case is not weighed");
    }

    /// What the case holds.
    pub(crate) fn figures(&self) -> String {
        let case = self.json("/api/case");
        let number = |name: &str| case[name].as_u64().unwrap();
        let mut mentions = 0;
        let mut offset = 0;
        loop {
            let some = self.json(&format!("/api/actors?limit=1000&offset={offset}"));
            let items = some["items"].as_array().unwrap();
            mentions += items.iter().map(|actor| actor["mentions"].as_array().map_or(0, Vec::len)).sum::<usize>();
            offset += items.len();
            if items.is_empty() {
                break;
            }
        }
        let dates = self.text("/dates");
        let dates =
            dates.split_once("class=\"count\">").and_then(|(_, rest)| rest.split_once('<')).map_or("0", |(n, _)| n);
        format!(
            "{} sources: {} events, {} statements, {} deadlines, {} conflicts, {dates} other dates, {} actors named {mentions} times",
            number("sources"),
            number("events"),
            number("statements"),
            number("deadlines"),
            number("conflicts"),
            number("actors"),
        )
    }

    fn text(&self, address: &str) -> String {
        String::from_utf8(self.get(address)).unwrap()
    }

    /// The address of the first link of a page that begins so.
    fn link(&self, page: &str, begins: &str) -> String {
        let text = self.text(page);
        let (_, main) = text.split_once("<main").unwrap();
        let mut links = main.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        links
            .find(|link| link.starts_with(begins))
            .unwrap_or_else(|| panic!("{page} has no link to {begins}"))
            .replace("&amp;", "&")
    }

    /// The address of every kind of page.
    pub(crate) fn addresses(&self) -> Vec<String> {
        let mut all: Vec<String> = [
            "/",
            "/chronology",
            "/chronology?page=100",
            "/chronology?decided=proposed",
            "/proceedings",
            "/deadlines",
            "/conflicts",
            "/sources",
            "/sources?q=099-",
            "/actors",
            "/statements",
            "/statements?page=50",
            "/letters",
            "/dates",
            "/dates?page=50",
            "/problems",
            "/judgments",
            "/journal",
            "/add",
            "/export",
            "/help",
            "/status",
            "/next",
            "/search?q=Brownlow",
            "/search?q=%D1%81%D1%83%D0%B4",
            "/deadlines.ics",
            "/proceedings?as_of=2015-01-01",
            "/deadlines?as_of=2015-01-01",
            "/api/openapi.json",
            "/api/session",
            "/api/case",
            "/api/status",
            "/api/journal",
            "/api/search?q=court",
        ]
        .map(str::to_owned)
        .into();
        for list in [
            "sources",
            "actors",
            "events",
            "proceedings",
            "deadlines",
            "statements",
            "conflicts",
            "problems",
            "judgments",
        ] {
            all.push(format!("/api/{list}"));
        }
        let actor = self.link("/actors", "/actor/");
        let event = self.link("/chronology", "/event/");
        all.push(format!("/chronology?actor={}", actor.rsplit('/').next().unwrap().split('#').next().unwrap()));
        all.push(format!("/api/events/{}", event.rsplit('/').next().unwrap().split('#').next().unwrap()));
        all.extend([actor, event, self.link("/sources", "/source/"), self.link("/sources?q=record.txt", "/source/")]);
        all
    }

    /// Confirms an event; gives how long the answer took.
    pub(crate) fn judge(&self) -> Duration {
        let session = self.json("/api/session");
        let entries = self.json("/api/case")["entries"].clone();
        let event = self.json("/api/events?limit=1")["items"][0]["id"].clone();
        let said = serde_json::json!({"verdict": "confirm", "about": [event], "seen": entries}).to_string();
        let headers =
            format!("X-CSRF-Token: {}\r\nContent-Type: application/json\r\n", session["csrf"].as_str().unwrap());
        let begun = Instant::now();
        let (head, body) = self.ask("POST", "/api/judgments", &headers, &said);
        assert!(head.starts_with("HTTP/1.1 201"), "{head}{}", String::from_utf8_lossy(&body));
        begun.elapsed()
    }

    /// How much memory the program holds (`VmRSS`) or held at most (`VmHWM`), in MB; 0 where the system does not say.
    pub(crate) fn memory(&self, what: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(':'));
        line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).map_or(0, |kb| kb / 1000)
    }

    /// Ends the program as Ctrl-C does.
    pub(crate) fn end(mut self) {
        Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        self.child.wait().unwrap();
    }
}
