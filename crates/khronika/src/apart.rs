//! Documents are opened in a process apart: this very program, started anew, which gives up everything before it looks at one. Some need
//! a program of others, which runs without the network and may change nothing.

use khronika_read::format::{self, printed};
use khronika_read::rendition::{Limits, Refusal, Rendition};
use khronika_read::{Kind, Opener};
use khronika_sandbox::{CommandError, CommandLimits, Confinement, Sandbox, command};

/// What a child does with its document. What it returns is all that its parent gets to see.
pub(crate) fn parse(kind: Kind, bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    format::parse(kind, bytes, limits)
}

/// The programs that read old Word documents, the better one first, and how each is told to read its input and print it as UTF-8, a
/// paragraph a line.
const OLD_WORD: [(&str, &[&str]); 2] =
    [("antiword", &["-m", "UTF-8.txt", "-w", "0", "/dev/stdin"]), ("catdoc", &["-d", "utf-8", "-w", "/dev/stdin"])];

/// Opens documents apart.
#[derive(Debug)]
pub(crate) struct Apart {
    sandbox: Sandbox,
    unsandboxed: bool,
}

impl Apart {
    /// One that refuses documents where a child cannot be confined, unless the user said otherwise.
    pub(crate) fn new(unsandboxed: bool) -> Self {
        Self { sandbox: Sandbox::new().unconfined_if_need_be(unsandboxed), unsandboxed }
    }

    /// How its children are confined; `None` before there was one.
    pub(crate) fn confinement(&self) -> Option<&Confinement> {
        self.sandbox.confinement()
    }

    /// Of these programs the first that is installed says what is in a document.
    fn ask(&self, programs: &[(&str, &[&str])], bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
        let budget = CommandLimits { unconfined_if_need_be: self.unsandboxed, ..CommandLimits::default() };
        for (program, args) in programs {
            return match command(program, args, bytes, &budget) {
                Ok(out) => Ok(printed::of(&String::from_utf8_lossy(&out), limits)),
                Err(CommandError::Missing(_)) => continue,
                Err(error @ CommandError::Unconfined { .. }) => Err(Refusal::Unconfined(error.to_string())),
                Err(error @ CommandError::Limit { .. }) => Err(Refusal::Limit(error.to_string())),
                Err(error) => Err(Refusal::Damaged(error.to_string())),
            };
        }
        let names = programs.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        Err(Refusal::Missing(format!(
            "it is read through the command {}, which is not installed (on Debian: apt-get install {})",
            names.join(" or "),
            names.first().copied().unwrap_or_default(),
        )))
    }
}

impl Opener for Apart {
    fn open(&self, kind: Kind, bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
        match kind {
            Kind::Doc => self.ask(&OLD_WORD, bytes, limits),
            _ => self.sandbox.open(kind, bytes, limits),
        }
    }
}
