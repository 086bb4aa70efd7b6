//! Random words that nobody can guess, and how they are compared.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// How many random bytes a word has.
const BYTES: usize = 24;

/// The digest of a secret word: what is kept of it, and compared, so that the time of a comparison tells nothing.
pub(crate) type Digest = blake3::Hash;

/// A new random word; an error where the system gives no randomness.
pub(crate) fn word() -> Result<String, getrandom::Error> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// The digest of a word.
pub(crate) fn digest(word: &str) -> Digest {
    blake3::hash(word.as_bytes())
}

/// Whether two words are the same, in a time that does not depend on where they differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    digest(a) == digest(b)
}
