//! Documents are opened in a process apart: this very program, started anew, which gives up everything before it looks at one. Some need
//! a program of others, which runs without the network and may change nothing.

use std::num::NonZero;
use std::sync::{Condvar, Mutex, OnceLock, PoisonError};

use khronika_core::Lang;
use khronika_data::Dataset;
use khronika_pdf::ocr::{self, Compared, Recognise};
use khronika_read::format::{self, printed};
use khronika_read::rendition::{Limits, Refusal, RemarkKind, Rendition};
use khronika_read::{Kind, Opener, Tongues};
use khronika_sandbox::{CommandError, CommandLimits, Confinement, Sandbox, command};
use secrecy::{ExposeSecret, SecretString};

/// What a child does with its document. What it returns is all that its parent gets to see.
pub(crate) fn parse(kind: Kind, bytes: &[u8], limits: Limits, password: &str) -> Result<Rendition, Refusal> {
    match kind {
        Kind::Pdf | Kind::Png | Kind::Jpeg | Kind::Tiff | Kind::Heic => {
            khronika_pdf::parse_with(kind, bytes, limits, password)
        }
        _ => format::parse_with(kind, bytes, limits, password),
    }
}

/// The program that recognises letters in pictures.
const TESSERACT: &str = "tesseract";

/// It, started apart.
struct Tesseract {
    limits: CommandLimits,
}

impl Recognise for Tesseract {
    fn tsv(&self, pgm: &[u8], langs: &str, dpi: u32) -> Result<String, String> {
        let _turn = Turn::wait();
        let dpi = dpi.to_string();
        let args = ["stdin", "stdout", "-l", langs, "--dpi", &dpi, "tsv"];
        let out = command(TESSERACT, &args, pgm, &self.limits).map_err(|error| error.to_string())?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    fn languages(&self) -> Vec<String> {
        // They do not change while the program runs.
        static KNOWN: OnceLock<Vec<String>> = OnceLock::new();
        let ask = || {
            // A heading, then a name a line.
            let Ok(out) = command(TESSERACT, &["--list-langs"], b"", &self.limits) else { return Vec::new() };
            String::from_utf8_lossy(&out).lines().skip(1).map(|name| name.trim().to_owned()).collect()
        };
        KNOWN.get_or_init(ask).clone()
    }
}

/// No more pages are recognised at once: each takes a core and some 130 MB.
const MOST_AT_ONCE: usize = 8;

/// How many pages are recognised at once, of all documents together.
fn workers() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST_AT_ONCE)
}

/// A turn to recognise a page. Several documents are read at once, and each asks for several pages.
struct Turn;

static AT_IT: Mutex<usize> = Mutex::new(0);
static DONE: Condvar = Condvar::new();

impl Turn {
    /// Waits until fewer pages are at it than may be.
    fn wait() -> Self {
        let most = workers();
        let at_it = AT_IT.lock().unwrap_or_else(PoisonError::into_inner);
        let mut at_it = DONE.wait_while(at_it, |at_it| *at_it >= most).unwrap_or_else(PoisonError::into_inner);
        *at_it += 1;
        Self
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *AT_IT.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        DONE.notify_one();
    }
}

/// The languages of recognised words.
fn told(text: &str) -> Vec<(Lang, u32)> {
    static TONGUES: OnceLock<Option<Tongues>> = OnceLock::new();
    let tongues = TONGUES.get_or_init(|| Tongues::new(&Dataset::embedded()).ok());
    tongues.as_ref().map(|tongues| tongues.of(text)).unwrap_or_default()
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
    /// What is tried on documents that are locked, in this order.
    passwords: Vec<SecretString>,
}

impl Apart {
    /// One that refuses documents where a child cannot be confined, unless the user said otherwise.
    pub(crate) fn new(unsandboxed: bool, passwords: Vec<SecretString>) -> Self {
        Self { sandbox: Sandbox::new().unconfined_if_need_be(unsandboxed), unsandboxed, passwords }
    }

    /// Opens a document without a password, and where it is locked with each of those that were given.
    fn unlocked(&self, kind: Kind, bytes: &[u8], limits: Limits) -> Result<(Rendition, &str), Refusal> {
        let mut passwords = self.passwords.iter().map(ExposeSecret::expose_secret);
        let mut password = "";
        loop {
            match self.sandbox.open_with(kind, bytes, limits, password) {
                Err(Refusal::Locked) if kind.takes_password() => password = passwords.next().ok_or(Refusal::Locked)?,
                told => return told.map(|seen| (seen, password)),
            }
        }
    }

    /// How its children are confined; `None` before there was one.
    pub(crate) fn confinement(&self) -> Option<&Confinement> {
        self.sandbox.confinement()
    }

    /// What a program of others may use, with one variable in its environment.
    fn limits(&self, variable: &str, value: &str) -> CommandLimits {
        CommandLimits {
            environment: vec![(variable.to_owned(), value.to_owned())],
            unconfined_if_need_be: self.unsandboxed,
            ..CommandLimits::default()
        }
    }

    /// A document of pages. The words of those that are pictures are recognised here, since that needs another program.
    fn pages(&self, kind: Kind, bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
        let (mut seen, password) = self.unlocked(kind, bytes, limits)?;
        if seen.rasters.is_empty() {
            return Ok(seen);
        }
        let mut further =
            |first_picture| self.sandbox.open_with(kind, bytes, Limits { first_picture, ..limits }, password).ok();
        // One thread a page: there are other pages, and other documents.
        let tesseract = Tesseract { limits: self.limits("OMP_THREAD_LIMIT", "1") };
        ocr::fill(&mut seen, &mut further, &tesseract, &told, workers());
        // Nothing but pictures, and nothing to read them with.
        let missing = seen.remarks.iter().find(|remark| remark.kind == RemarkKind::NotRead);
        match missing {
            Some(remark) if seen.text.trim().is_empty() && seen.embedded.is_empty() => {
                Err(Refusal::Missing(remark.what.clone()))
            }
            _ => Ok(seen),
        }
    }

    /// What the pages of a PDF document say otherwise than they show it.
    ///
    /// # Errors
    /// Why they cannot be compared, in a sentence.
    pub(crate) fn compare(&self, bytes: &[u8], limits: Limits) -> Result<Vec<Compared>, String> {
        let limits = Limits { all_pictures: true, ..limits };
        let (mut seen, password) = self.unlocked(Kind::Pdf, bytes, limits).map_err(|refusal| refusal.to_string())?;
        let mut further =
            |first_picture| self.sandbox.open_with(Kind::Pdf, bytes, Limits { first_picture, ..limits }, password).ok();
        let tesseract = Tesseract { limits: self.limits("OMP_THREAD_LIMIT", "1") };
        ocr::compare(&mut seen, &mut further, &tesseract, &told, workers())
    }

    /// Of these programs the first that is installed and can read it says what is in a document.
    fn ask(&self, programs: &[(&str, &[&str])], bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
        // Without a home one of them complains before it says what is wrong.
        let budget = self.limits("HOME", "/");
        let mut failed = None;
        for (program, args) in programs {
            match command(program, args, bytes, &budget) {
                Ok(out) => return Ok(printed::of(&String::from_utf8_lossy(&out), limits)),
                Err(CommandError::Missing(_)) => {}
                Err(error @ CommandError::Unconfined { .. }) => return Err(Refusal::Unconfined(error.to_string())),
                Err(error @ CommandError::Limit { .. }) => return Err(Refusal::Limit(error.to_string())),
                // What one of them cannot read (a document of a few words, say), another may.
                Err(error) => failed = failed.or(Some(Refusal::Unsupported(error.to_string()))),
            }
        }
        if let Some(refusal) = failed {
            return Err(refusal);
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
            Kind::Doc if format::is_locked_word(bytes) => Err(Refusal::Locked),
            Kind::Doc => self.ask(&OLD_WORD, bytes, limits),
            Kind::Pdf | Kind::Png | Kind::Jpeg | Kind::Tiff | Kind::Heic => self.pages(kind, bytes, limits),
            _ => self.unlocked(kind, bytes, limits).map(|(seen, _)| seen),
        }
    }
}
