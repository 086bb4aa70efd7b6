//! The workspace as a browser meets it: the program is started on a case, and asked in plain HTTP.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod fields;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// How often something that goes on in the background is looked for, and how long is waited in between.
const TRIES: u32 = 600;
const PAUSE: Duration = Duration::from_millis(100);

fn khronika(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_khronika"));
    command.env("NO_COLOR", "1").env_remove("KHRONIKA_IDENTITY").current_dir(dir).stdin(Stdio::null()).args(args);
    command
}

#[track_caller]
fn done(dir: &Path, args: &[&str]) -> Output {
    let output = khronika(dir, args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// A workspace that was started, and a browser of few talents.
struct Workspace {
    child: Child,
    host: String,
    cookie: String,
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

impl Workspace {
    fn start(dir: &Path) -> Self {
        let args = ["serve", "doe.khronika", "--identity", "ada.identity", "--no-models"];
        let mut child = khronika(dir, &args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (host, token) = line.trim().strip_prefix("http://").unwrap().split_once('/').unwrap();
        assert!(host.starts_with("127.0.0.1:"), "{line}");
        let mut workspace = Self { child, host: host.to_owned(), cookie: String::new() };
        let entered = workspace.get(&format!("/{token}"));
        let cookie = entered.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        workspace.cookie = cookie;
        workspace
    }

    fn ask(&self, request: &str, headers: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let (host, cookie, length) = (&self.host, &self.cookie, body.len());
        let head = format!(
            "{request} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nOrigin: http://{host}\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let (head, body) = answer.split_at(end + 4);
        let head = String::from_utf8_lossy(head).into_owned();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let body =
            if head.to_lowercase().contains("transfer-encoding: chunked") { chunks(body) } else { body.to_vec() };
        Answer { status, head, body }
    }

    fn get(&self, address: &str) -> Answer {
        self.ask(&format!("GET {address}"), "", b"")
    }

    /// The page, once it says something.
    #[track_caller]
    fn until(&self, address: &str, says: &str) -> String {
        for _ in 0..TRIES {
            let page = self.get(address).text();
            if page.contains(says) {
                return page;
            }
            sleep(PAUSE);
        }
        panic!("{address} does not say {says}: {}", self.get(address).text());
    }

    /// Sends a form; the token is that of the page.
    fn post(&self, address: &str, fields: &str) -> Answer {
        let form = format!("csrf={}&{fields}", self.token());
        self.ask(&format!("POST {address}"), "Content-Type: application/x-www-form-urlencoded\r\n", form.as_bytes())
    }

    fn token(&self) -> String {
        let page = self.get("/help").text();
        page.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
    }

    fn upload(&self, name: &str, content: &str) -> Answer {
        let part =
            |head: &str, content: &str| format!("--b\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n");
        let form = part("name=\"csrf\"", &self.token())
            + &part(&format!("name=\"paper\"; filename=\"{name}\""), content)
            + "--b--\r\n";
        self.ask("POST /add", "Content-Type: multipart/form-data; boundary=b\r\n", form.as_bytes())
    }

    /// Ends the program as Ctrl-C does, and returns what it said and how it ended.
    fn end(mut self) -> (Option<i32>, String) {
        Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        let code = self.child.wait().unwrap().code();
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (code, said)
    }
}

/// A body that came in chunks.
fn chunks(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = body.windows(2).position(|window| window == b"\r\n") {
        let length = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        if length == 0 {
            break;
        }
        whole.extend_from_slice(&body[end + 2..end + 2 + length]);
        body = &body[end + 4 + length..];
    }
    whole
}

/// The first event of the chronology.
fn first_event(page: &str) -> String {
    let (_, rest) = page.split_once("<tr id=\"e-").unwrap();
    format!("e-{}", rest.split('"').next().unwrap())
}

#[test]
fn a_case_is_filled_judged_and_handed_over_in_the_browser() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    done(dir, &["key", "new", "ada.identity"]);
    done(dir, &["init", "doe.khronika", "--label", "Ada", "--identity", "ada.identity"]);
    let workspace = Workspace::start(dir);
    // It was opened with the identity that was named.
    workspace.until("/", "The case holds no documents yet");
    let letter = "Lyon, 4 May 2021\n\nOn 3 May 2021 the Court of Appeal dismissed the appeal of Mr Rostovtsev.\n";
    assert_eq!(workspace.upload("letter.txt", letter).status, 303);
    let page = workspace.until("/chronology", "<tr id=\"e-");
    let event = first_event(&page);
    assert!(workspace.get("/sources").text().contains("letter.txt"));
    assert!(workspace.get("/search?q=Rostovtsev").text().contains("<mark>Rostovtsev</mark>"));

    let seen = page.split_once("name=\"seen\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let say = |verdict: &str| workspace.post("/judge", &format!("verdict={verdict}&about={event}&seen={seen}"));
    let said = say("confirm");
    assert_eq!(said.status, 303, "{}", said.text());
    assert!(workspace.get(said.header("location").unwrap()).text().contains("decision confirmed"));
    // Another tab that was opened before.
    assert_eq!(say("reject").status, 409);
    let number = said.header("location").unwrap().split_once("said=").unwrap().1.to_owned();
    assert_eq!(workspace.post("/withdraw", &format!("number={number}")).status, 303);
    assert!(!workspace.get(&format!("/event/{event}")).text().contains("decision confirmed"));

    // What the rules did not find is added by hand, to the words that say it, and to no others.
    let sources = workspace.get("/sources").text();
    let source = sources.split_once("href=\"/source/").unwrap().1.split('"').next().unwrap().to_owned();
    let add = |to: u32| {
        let fields = format!(
            "source={source}&from=0&to={to}&what=event&status=actual&date=2021-05-04&title=It+was+written&seen={seen}"
        );
        workspace.post("/hand", &fields)
    };
    assert_eq!((add(0).status, add(9999).status), (422, 422));
    let added = add(4);
    assert_eq!(added.status, 303, "{}", added.text());
    let page = workspace.get(added.header("location").unwrap()).text();
    assert!(page.contains("It was written") && page.contains("a person, by hand: <bdi>Ada</bdi>"), "{page}");
    // What an entry is about has its name, and what others did since is told.
    let journal = workspace.get("/journal").text();
    assert!(journal.contains("A document was read</span>: <bdi>letter.txt</bdi>"), "{journal}");
    let overview = workspace.get("/").text();
    assert!(overview.contains("Last is entry ") && overview.contains("Nobody else has changed the case since."));

    let sealed = workspace.post("/export", "sealed=yes");
    assert_eq!(sealed.status, 200, "{}", sealed.text());
    fs::write(dir.join("doe.tar"), &sealed.body).unwrap();
    let untar = Command::new("tar").args(["xf", "doe.tar"]).current_dir(dir).status().unwrap();
    assert!(untar.success());
    // The key that came with it: whether it is whole is asked here, and not by whom it is.
    done(dir, &["verify", "doe", "--key", "doe/minisign.pub"]);
    assert!(workspace.post("/verify", "").text().contains("Everything that was checked holds."));

    let (code, said) = workspace.end();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("the case is closed"), "{said}");
    assert!(!dir.join("doe.khronika-wal").exists());
    done(dir, &["verify", "doe.khronika", "--identity", "ada.identity"]);
}

#[test]
fn what_is_no_case_is_not_served() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("letter.txt"), "words").unwrap();
    let output = khronika(dir.path(), &["serve", "letter.txt"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is not a case file"));
}
