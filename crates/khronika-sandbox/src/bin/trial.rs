//! A child that does what a parser must not: which, its document says. For the tests.

use std::fs::File;
use std::io::Write as _;
use std::net::TcpStream;
use std::process::{Command, ExitCode};
use std::{io, process, thread};

use khronika_core::Span;
use khronika_read::Kind;
use khronika_read::rendition::{Limits, Part, Refusal, Rendition, Role};

fn main() -> ExitCode {
    khronika_sandbox::serve(parse).unwrap_or_else(|| ExitCode::from(2))
}

/// Words as a document.
fn said(words: &str) -> Rendition {
    let span = Span { start: 0, end: words.len() };
    let parts = if words.is_empty() { Vec::new() } else { vec![Part { span, role: Role::Body }] };
    Rendition { text: words.to_owned(), parts, ..Rendition::default() }
}

fn parse(_kind: Kind, bytes: &[u8], _limits: Limits, password: &str) -> Result<Rendition, Refusal> {
    let document = String::from_utf8_lossy(bytes);
    let tried = |what: io::Result<()>| Ok(said(&what.map_or_else(|error| error.to_string(), |()| "done".to_owned())));
    match document.split_once(' ').unwrap_or((&document, "")) {
        ("say", words) => Ok(said(words)),
        ("password", _) => Ok(said(password)),
        ("open", path) => tried(File::open(path).map(drop)),
        ("create", path) => tried(File::create(path).map(drop)),
        ("connect", address) => tried(TcpStream::connect(address).map(drop)),
        ("thread", _) => tried(thread::Builder::new().spawn(|| ()).map(drop)),
        ("run", program) => tried(Command::new(program).spawn().map(drop)),
        #[cfg(unix)]
        ("become", program) => {
            use std::os::unix::process::CommandExt as _;
            tried(Err(Command::new(program).exec()))
        }
        ("environment", _) => {
            Ok(said(&std::env::vars().map(|(name, value)| format!("{name}={value};")).collect::<String>()))
        }
        ("folder", _) => tried(std::env::current_dir().map(drop)),
        ("memory", bytes) => {
            let mut much = Vec::<u8>::with_capacity(bytes.parse().unwrap_or(0));
            much.push(1);
            Ok(said(&much.capacity().to_string()))
        }
        ("loop", _) => loop {
            std::hint::black_box(());
        },
        ("sleep", _) => loop {
            thread::sleep(std::time::Duration::from_secs(1));
        },
        ("deep", _) => Ok(said(&depth(0).to_string())),
        ("panic", words) => std::panic::panic_any(words.to_owned()),
        ("abort", _) => process::abort(),
        ("exit", _) => process::exit(0),
        ("flood", _) => loop {
            io::stdout().write_all(&[b't'; 4096]).map_err(|error| Refusal::Failed(error.to_string()))?;
        },
        ("shout", _) => {
            let mut written = 0_u64;
            let failed = loop {
                match io::stderr().write_all(&[b'!'; 4096]) {
                    Ok(()) if written < 10 << 30 => written += 4096,
                    Ok(()) => break "never".to_owned(),
                    Err(error) => break error.to_string(),
                }
            };
            Ok(said(&failed))
        }
        ("garbage", _) => {
            let mut out = io::stdout();
            // In the place of a frame.
            out.write_all(b"\xFF\xFF\xFF\xFF\xFF garbage")
                .and_then(|()| out.flush())
                .map_err(|error| Refusal::Failed(error.to_string()))?;
            Ok(said("too late"))
        }
        ("lie", _) => {
            Ok(Rendition { parts: vec![Part { span: Span { start: 0, end: 99 }, role: Role::Body }], ..said("") })
        }
        _ => Err(Refusal::Damaged("no such trial".to_owned())),
    }
}

#[expect(unconditional_recursion, reason = "that is the trial")]
fn depth(level: u64) -> u64 {
    std::hint::black_box(level) + depth(std::hint::black_box(level + 1))
}
