//! What the program says to a person: on the standard error, so that the standard output holds only what was asked for.

pub(crate) mod progress;
pub(crate) mod summary;
pub(crate) mod table;

use std::io::{self, IsTerminal as _, Write as _};

use crate::Failure;
use table::tame;

/// The few colours that add to the words and never stand for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// A problem.
    Red,
    /// Something not verified.
    Yellow,
    /// A path, an id.
    Cyan,
    /// A heading.
    Bold,
}

impl Ink {
    const fn code(self) -> &'static str {
        match self {
            Self::Red => "31",
            Self::Yellow => "33",
            Self::Cyan => "36",
            Self::Bold => "1",
        }
    }
}

/// Whether to write with colours: on a terminal that can, unless `NO_COLOR` is set to anything.
fn coloured(is_terminal: bool) -> bool {
    is_terminal
        && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        && std::env::var_os("TERM").is_none_or(|v| v != "dumb")
}

/// Where words go, and whether they may be coloured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pen {
    coloured: bool,
}

impl Pen {
    /// For the standard output.
    pub(crate) fn stdout() -> Self {
        Self { coloured: coloured(io::stdout().is_terminal()) }
    }

    /// For the standard error.
    pub(crate) fn stderr() -> Self {
        Self { coloured: coloured(io::stderr().is_terminal()) }
    }

    /// Whether colours may be used.
    pub(crate) const fn is_coloured(self) -> bool {
        self.coloured
    }

    /// Without colours.
    #[cfg(test)]
    pub(crate) const fn plain() -> Self {
        Self { coloured: false }
    }

    /// The words in this ink.
    pub(crate) fn ink(self, ink: Ink, words: &str) -> String {
        if self.coloured { format!("\x1b[{}m{words}\x1b[0m", ink.code()) } else { words.to_owned() }
    }
}

/// Writes one line on the standard error. A terminal that has gone away is no reason to stop.
pub(crate) fn line(words: &str) {
    let _ = writeln!(io::stderr().lock(), "{words}");
}

/// Prints a failure: what and where, an empty line, the next step.
pub(crate) fn failed(failure: &Failure) {
    let pen = Pen::stderr();
    line(&format!("{} {}\n\nhint: {}", pen.ink(Ink::Red, "error:"), tame(&failure.what), tame(&failure.hint)));
}

/// Prints JSON, laid out for people too.
pub(crate) fn print_json(value: &serde_json::Value) -> Result<(), Failure> {
    print(&format!("{value:#}\n"))
}

/// Says what is being done, where a person is watching: the line is written over by the next one.
pub(crate) fn step(words: &str) {
    if io::stderr().is_terminal() {
        let _ = write!(io::stderr().lock(), "\r\x1b[K{words}\r");
    }
}

/// Writes to the standard output. A reader that has gone away (`| head`) is no error.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
