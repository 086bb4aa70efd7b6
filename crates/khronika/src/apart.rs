//! Documents are opened in a process apart: this very program, started anew, which gives up everything before it looks at one.

use khronika_read::rendition::{Limits, Refusal, Rendition};
use khronika_read::{Kind, Opener, format};
use khronika_sandbox::{Confinement, Sandbox};

/// What a child does with its document. What it returns is all that its parent gets to see.
pub(crate) fn parse(kind: Kind, bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    format::parse(kind, bytes, limits)
}

/// Opens documents apart.
#[derive(Debug)]
pub(crate) struct Apart {
    sandbox: Sandbox,
}

impl Apart {
    /// One that refuses documents where a child cannot be confined, unless the user said otherwise.
    pub(crate) fn new(unsandboxed: bool) -> Self {
        Self { sandbox: Sandbox::new().unconfined_if_need_be(unsandboxed) }
    }

    /// How its children are confined; `None` before there was one.
    pub(crate) fn confinement(&self) -> Option<&Confinement> {
        self.sandbox.confinement()
    }
}

impl Opener for Apart {
    fn open(&self, kind: Kind, bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
        self.sandbox.open(kind, bytes, limits)
    }
}
