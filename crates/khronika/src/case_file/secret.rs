//! Passphrases and identities: from the terminal, a file or a file descriptor; never from the command line.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, IsTerminal as _};
use std::path::{Path, PathBuf};

use khronika_keep::Opener;
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use crate::args::Reading;
use crate::args::keep::Unlock;
use crate::failure::Failure;
use crate::terminal;

/// The shortest passphrase that is taken for something new.
const SHORTEST: usize = 8;
/// Below this a word of advice is due.
const ADVISED: usize = 15;
/// The longest line that is read as a passphrase.
const LONGEST: u64 = 4096;
/// The most passwords of documents that are tried, and the longest file of them (bytes).
const MOST: usize = 100;
const PASSWORDS: u64 = 64 << 10;
/// The longest identity file.
const IDENTITIES: u64 = 1 << 20;

/// What opens a case.
pub(crate) fn opener(unlock: &Unlock, what: &str) -> Result<Opener, Failure> {
    if let Some(opener) = given(unlock)? {
        return Ok(opener);
    }
    prompt(what).map(Opener::Passphrase)
}

/// What is to open a new case: a passphrase is asked for twice.
pub(crate) fn new_opener(unlock: &Unlock) -> Result<Opener, Failure> {
    // For a case that is there another identity would be of no use.
    if let Some(missing) = unlock.identity.as_ref().filter(|file| !file.exists()) {
        let missing = missing.display();
        let hint = format!("check the path, or make an identity with `khronika key new {missing}`");
        return Err(Failure::new(format!("cannot read the identity {missing}: it is not there"), hint));
    }
    match given(unlock)? {
        Some(Opener::Passphrase(passphrase)) => strong(passphrase).map(Opener::Passphrase),
        Some(opener) => Ok(opener),
        None => new_passphrase(None).map(Opener::Passphrase),
    }
}

/// A new passphrase: the first line of a file, or asked for twice.
pub(crate) fn new_passphrase(file: Option<&Path>) -> Result<SecretString, Failure> {
    if let Some(file) = file {
        return strong(first_line(file)?);
    }
    let first = prompt("new passphrase")?;
    let second = prompt("the same again")?;
    if first.expose_secret() != second.expose_secret() {
        return Err(Failure::new("the two passphrases differ", "run again"));
    }
    strong(first)
}

/// What was named to open something; nobody is asked.
pub(crate) fn given(unlock: &Unlock) -> Result<Option<Opener>, Failure> {
    match (unlock.passphrase_fd, &unlock.passphrase_file, &unlock.identity) {
        (Some(fd), ..) => descriptor(fd).map(Opener::Passphrase).map(Some),
        (None, Some(file), _) => first_line(file).map(Opener::Passphrase).map(Some),
        (None, None, Some(file)) => identities(file).map(Some),
        (None, None, None) => Ok(None),
    }
}

/// The passwords that documents may be locked with: from a file or a descriptor, a line each, and those that are typed.
pub(crate) fn of_documents(reading: &Reading) -> Result<Vec<SecretString>, Failure> {
    let descriptor = reading.password_fd.map(|fd| PathBuf::from(format!("/dev/fd/{fd}")));
    let mut all = match descriptor.as_ref().or(reading.password_file.as_ref()) {
        Some(path) => lines(path)?,
        None => Vec::new(),
    };
    while reading.ask_password && all.len() < MOST {
        let typed = prompt("password of a locked document (empty: no more)")?;
        if typed.expose_secret().is_empty() {
            break;
        }
        all.push(typed);
    }
    Ok(all)
}

/// The lines of a file of passwords.
fn lines(path: &Path) -> Result<Vec<SecretString>, Failure> {
    use io::Read as _;
    let fail = |error| Failure::io("read the passwords from", path, &error);
    // Of its whole length at once: memory that it grew out of would not be wiped.
    let mut text = Zeroizing::new(Vec::with_capacity(usize::try_from(PASSWORDS).unwrap_or(0)));
    File::open(path).map_err(fail)?.take(PASSWORDS).read_to_end(&mut text).map_err(fail)?;
    let text = std::str::from_utf8(&text).map_err(|_| {
        Failure::new(format!("the passwords in {} are not UTF-8", path.display()), "save them as UTF-8")
    })?;
    let lines = text.lines().filter(|line| !line.is_empty()).take(MOST);
    let passwords: Vec<SecretString> = lines.map(|line| SecretString::from(line.to_owned())).collect();
    if passwords.is_empty() {
        return Err(Failure::new(format!("there is no password in {}", path.display()), "write one on each line"));
    }
    Ok(passwords)
}

/// That a new passphrase is not too short; how long it is.
pub(crate) fn long_enough(passphrase: &SecretString) -> Result<usize, Failure> {
    let length = passphrase.expose_secret().chars().count();
    if length < SHORTEST {
        let hint = "several words that nobody would put together are easy to remember and hard to guess";
        return Err(Failure::new(format!("a passphrase needs {SHORTEST} characters or more"), hint));
    }
    Ok(length)
}

fn strong(passphrase: SecretString) -> Result<SecretString, Failure> {
    if long_enough(&passphrase)? < ADVISED {
        terminal::line(&format!("this passphrase is short: {ADVISED} characters or more are advised"));
    }
    Ok(passphrase)
}

fn prompt(what: &str) -> Result<SecretString, Failure> {
    let fail = |error: &io::Error| {
        let hint = "run on a terminal, or name a file or a file descriptor (see --help)";
        Failure::new(format!("cannot ask for the {what}: {error}"), hint)
    };
    if !io::stderr().is_terminal() && !cfg!(windows) && File::open("/dev/tty").is_err() {
        return Err(fail(&io::Error::other("there is no terminal")));
    }
    rpassword::prompt_password(format!("{}: ", terminal::table::tame(what)))
        .map(SecretString::from)
        .map_err(|error| fail(&error))
}

fn descriptor(fd: u32) -> Result<SecretString, Failure> {
    first_line(Path::new(&format!("/dev/fd/{fd}")))
}

/// The first line of a file, without its end.
fn first_line(path: &Path) -> Result<SecretString, Failure> {
    use io::Read as _;
    let fail = |error| Failure::io("read the passphrase from", path, &error);
    let mut line = Zeroizing::new(Vec::with_capacity(256));
    let file = BufReader::with_capacity(1, File::open(path).map_err(fail)?);
    file.take(LONGEST).read_until(b'\n', &mut line).map_err(fail)?;
    while line.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        line.pop();
    }
    let text = std::str::from_utf8(&line)
        .map_err(|_| Failure::new(format!("the passphrase in {} is not UTF-8", path.display()), "save it as UTF-8"))?;
    if text.is_empty() {
        return Err(Failure::new(
            format!("the first line of {} is empty", path.display()),
            "write the passphrase there",
        ));
    }
    Ok(SecretString::from(text.to_owned()))
}

fn identities(path: &Path) -> Result<Opener, Failure> {
    use io::Read as _;
    let fail = |error| Failure::io("read the identity", path, &error);
    let mut text = Zeroizing::new(String::new());
    File::open(path).map_err(fail)?.take(IDENTITIES).read_to_string(&mut text).map_err(fail)?;
    Opener::identities(&text).map_err(|error| {
        let hint = "name an age identity file: make one with `khronika key new FILE` or age-keygen";
        Failure::new(format!("{}: {error}", path.display()), hint)
    })
}
