//! Encryption for named recipients or with a passphrase (age, `age-encryption.org/v1`), by the crate of rage.
//!
//! What cannot be verified to its end is never handed out: [`decrypt`] reads the file twice, first to see that every piece of it is whole,
//! then to write it, so that no piece of plaintext stands anywhere before the whole file is known to be what was encrypted.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::str::FromStr as _;

use ::age::armor::{ArmoredReader, ArmoredWriter, Format};
use ::age::secrecy::ExposeSecret as _;
pub use ::age::secrecy::SecretString;
use ::age::{DecryptError, Decryptor, Encryptor};
use zeroize::Zeroizing;

use crate::error::{Error, Result};

const WHAT: &str = "age file";
/// The largest cost of a passphrase that is paid: 2^20 rounds, which take a gibibyte and some seconds. Files that ask for more are refused,
/// since a file that asks for much is the cheapest attack there is.
const MAX_WORK: u8 = 20;
/// As many recipients as anybody has.
const MAX_HEADER: u64 = 1 << 20;
const VERSION: &str = "age-encryption.org/v1";
const ARMOR: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";

/// A key or a passphrase that opens files.
pub struct Identity(Kind);

enum Kind {
    Key(::age::x25519::Identity),
    Passphrase(::age::scrypt::Identity),
}

impl Identity {
    /// A new key.
    pub fn generate() -> Self {
        Self(Kind::Key(::age::x25519::Identity::generate()))
    }

    /// The key that is written `AGE-SECRET-KEY-1…`.
    pub fn parse(text: &str) -> Result<Self> {
        let key = ::age::x25519::Identity::from_str(text.trim());
        key.map(|key| Self(Kind::Key(key))).map_err(|_| Error::malformed("age key", "it is not AGE-SECRET-KEY-1…"))
    }

    /// The keys in a file of keys: one in a line, with comments.
    pub fn parse_file(text: &str) -> Result<Vec<Self>> {
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(Self::parse).collect()
    }

    /// A passphrase.
    pub fn passphrase(passphrase: SecretString) -> Self {
        let mut identity = ::age::scrypt::Identity::new(passphrase);
        identity.set_max_work_factor(MAX_WORK);
        Self(Kind::Passphrase(identity))
    }

    /// The recipient that this key opens for, `age1…`; none for a passphrase.
    pub fn recipient(&self) -> Option<String> {
        match &self.0 {
            Kind::Key(key) => Some(key.to_public().to_string()),
            Kind::Passphrase(_) => None,
        }
    }

    /// The key as it is written, for whoever has to keep it; none for a passphrase.
    pub fn to_text(&self) -> Option<Zeroizing<String>> {
        match &self.0 {
            Kind::Key(key) => Some(Zeroizing::new(key.to_string().expose_secret().to_owned())),
            Kind::Passphrase(_) => None,
        }
    }

    fn inner(&self) -> &dyn ::age::Identity {
        match &self.0 {
            Kind::Key(key) => key,
            Kind::Passphrase(passphrase) => passphrase,
        }
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity of {}", self.recipient().as_deref().unwrap_or("a passphrase"))
    }
}

/// For whom something is encrypted.
#[derive(Debug)]
pub enum Recipients {
    /// For the owners of these keys, `age1…`, each of whom can open it alone.
    Keys(Vec<String>),
    /// For whoever knows a passphrase.
    Passphrase(SecretString),
}

/// Encrypts what is written to it. [`Encrypting::finish`] has to be called, or the file stays cut short.
pub struct Encrypting<W: Write>(::age::stream::StreamWriter<ArmoredWriter<W>>);

impl<W: Write> fmt::Debug for Encrypting<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Encrypting")
    }
}

impl<W: Write> Encrypting<W> {
    /// Begins a file. `armor` makes it text that can stand in a mail.
    pub fn new(recipients: &Recipients, armor: bool, out: W) -> Result<Self> {
        let encryptor = match recipients {
            Recipients::Passphrase(passphrase) => Encryptor::with_user_passphrase(passphrase.clone()),
            Recipients::Keys(keys) => {
                let parse = |key: &String| {
                    let parsed = ::age::x25519::Recipient::from_str(key.trim());
                    parsed
                        .map_err(|_| Error::malformed("age recipient", format!("{} is not age1…", key.escape_debug())))
                };
                let keys = keys.iter().map(parse).collect::<Result<Vec<_>>>()?;
                let keys = keys.iter().map(|key| key as &dyn ::age::Recipient);
                Encryptor::with_recipients(keys)
                    .map_err(|_| Error::malformed(WHAT, "there is nobody to encrypt it for"))?
            }
        };
        let format = if armor { Format::AsciiArmor } else { Format::Binary };
        let armored = ArmoredWriter::wrap_output(out, format).map_err(written)?;
        encryptor.wrap_output(armored).map(Self).map_err(written)
    }

    /// Ends the file.
    pub fn finish(self) -> Result<W> {
        let mut out = self.0.finish().and_then(ArmoredWriter::finish).map_err(written)?;
        out.flush().map_err(written)?;
        Ok(out)
    }
}

impl<W: Write> Write for Encrypting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn written(e: io::Error) -> Error {
    Error::io(Path::new("the encrypted file"), e)
}

/// Encrypts what a reader gives. `armor` makes it text that can stand in a mail.
pub fn encrypt(recipients: &Recipients, armor: bool, mut plain: impl Read, out: impl Write) -> Result<()> {
    let mut writer = Encrypting::new(recipients, armor, out)?;
    io::copy(&mut plain, &mut writer).map_err(written)?;
    writer.finish().map(drop)
}

/// Decrypts a file, if all of it is what was encrypted. Nothing is written before that is known; `out` is not to be used where this fails
/// all the same, which it does if the file is changed in between.
///
/// Armour, the form for mails, is recognised. The error is unsupported where no identity opens it.
pub fn decrypt(mut input: impl Read + Seek, identities: &[Identity], mut out: impl Write) -> Result<u64> {
    let length = read_all(&mut input, identities, &mut io::sink())?;
    let again = read_all(&mut input, identities, &mut out)?;
    out.flush().map_err(|e| Error::io(Path::new("the decrypted file"), e))?;
    if again == length { Ok(length) } else { Err(Error::untrue("the encrypted file changed while it was read")) }
}

/// Checks that a file is whole and can be opened, and writes nothing. Returns the length of what is in it.
pub fn check(mut input: impl Read + Seek, identities: &[Identity]) -> Result<u64> {
    read_all(&mut input, identities, &mut io::sink())
}

/// Checks the form of a file as far as can be seen without a key, and returns the kinds of its recipients (`X25519`, `scrypt`, …), of
/// which there may be some that stand for nobody.
pub fn inspect(mut input: impl Read + Seek) -> Result<Vec<String>> {
    rewind(&mut input)?;
    header(ArmoredReader::new(&mut input))
}

/// Whether bytes begin as such files do.
pub fn looks_like(start: &[u8]) -> bool {
    let start = start.trim_ascii_start();
    start.starts_with(VERSION.as_bytes()) || start.starts_with(ARMOR)
}

fn read_all(input: &mut (impl Read + Seek), identities: &[Identity], out: &mut impl Write) -> Result<u64> {
    rewind(input)?;
    header(ArmoredReader::new(&mut *input))?;
    rewind(input)?;
    let decryptor = Decryptor::new(ArmoredReader::new(&mut *input)).map_err(opening)?;
    let mut reader = decryptor.decrypt(identities.iter().map(Identity::inner)).map_err(opening)?;
    let (mut buffer, mut length) = (Zeroizing::new(vec![0; 64 << 10]), 0);
    loop {
        let n = match reader.read(&mut buffer) {
            Ok(0) => return Ok(length),
            Ok(n) => n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) if matches!(e.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof) => {
                return Err(Error::untrue(format!("the encrypted file was altered or cut short after {length} bytes")));
            }
            Err(e) => return Err(Error::io(Path::new("the encrypted file"), e)),
        };
        out.write_all(buffer.get(..n).unwrap_or_default())
            .map_err(|e| Error::io(Path::new("the decrypted file"), e))?;
        length += n as u64;
    }
}

/// Goes to where the file begins: white space may stand before armour, and nowhere else.
fn rewind(input: &mut (impl Read + Seek)) -> Result<()> {
    let failed = |e| Error::io(Path::new("the encrypted file"), e);
    input.seek(SeekFrom::Start(0)).map_err(failed)?;
    let mut start = Vec::new();
    input.by_ref().take(1024).read_to_end(&mut start).map_err(failed)?;
    let plain = start.trim_ascii_start();
    let skip = if plain.starts_with(ARMOR) { start.len() - plain.len() } else { 0 };
    input.seek(SeekFrom::Start(skip as u64)).map_err(failed)?;
    Ok(())
}

/// Reads the header with more care than the crate, which takes recipients as an old version of it wrote them, and returns their kinds.
fn header(input: impl Read) -> Result<Vec<String>> {
    let malformed = |why: &str| Error::malformed(WHAT, why);
    let mut lines = BufReader::new(input.take(MAX_HEADER));
    let mut line = Vec::new();
    let mut next = || -> Result<String> {
        line.clear();
        lines.read_until(b'\n', &mut line).map_err(|e| match e.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => malformed("its armour is damaged"),
            _ => Error::io(Path::new("the encrypted file"), e),
        })?;
        let line = line.strip_suffix(b"\n").ok_or_else(|| malformed("its header ends too early"))?;
        String::from_utf8(line.to_vec()).map_err(|_| malformed("its header is not text"))
    };
    if next()? != VERSION {
        return Err(malformed("it does not begin with age-encryption.org/v1"));
    }
    let mut kinds = Vec::new();
    loop {
        let line = next()?;
        if line.starts_with("---") {
            return if kinds.is_empty() { Err(malformed("it is for nobody")) } else { Ok(kinds) };
        }
        let rest = line.strip_prefix("-> ").ok_or_else(|| malformed("its header has a line that is none"))?;
        kinds.push(rest.split(' ').next().unwrap_or_default().to_owned());
        // Lines of 64 characters, and one that is shorter and ends them.
        while next().and_then(|body| {
            if body.starts_with('-') { Err(malformed("a recipient has no end")) } else { Ok(body.len()) }
        })? >= 64
        {}
    }
}

fn opening(error: DecryptError) -> Error {
    match error {
        DecryptError::NoMatchingKeys | DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
            Error::unsupported("no key or passphrase that was given opens it")
        }
        DecryptError::ExcessiveWork { required, .. } => {
            Error::unsupported(format!("its passphrase costs 2^{required} rounds, more than 2^{MAX_WORK}"))
        }
        DecryptError::InvalidMac => Error::untrue("its header was altered"),
        DecryptError::Io(e) if !matches!(e.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof) => {
            Error::io(Path::new("the encrypted file"), e)
        }
        DecryptError::Io(_) => Error::malformed(WHAT, "it is damaged or cut short"),
        _ => Error::malformed(WHAT, "its header is not what it has to be"),
    }
}
