//! Passphrases and identities, and what they unlock.
//!
//! A passphrase is turned into an X25519 identity by Argon2id; from there on it is like any age identity: the data key of the case and
//! the seed of the signing key are age files encrypted to its recipient. So whoever is in can let others in, whatever they open with.

use std::io::Read as _;
use std::str::FromStr as _;

use age::x25519::{Identity, Recipient};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use khronika_seal::digest::to_hex;
use secrecy::{ExposeSecret as _, SecretString};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use crate::envelope::{Lock, Slot};
use crate::error::{Error, Result};

/// 32 secret bytes, erased when they are dropped.
pub(crate) type Secret = Zeroizing<[u8; 32]>;

/// What a person opens a case with.
pub enum Opener {
    /// A passphrase.
    Passphrase(SecretString),
    /// age identities (`AGE-SECRET-KEY-1…`), any of which may be the one.
    Identities(Vec<Identity>),
}

impl std::fmt::Debug for Opener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Passphrase(_) => "Opener::Passphrase",
            Self::Identities(_) => "Opener::Identities",
        })
    }
}

impl Opener {
    /// The identities in the text of an identity file: a line each; lines that begin with `#` are comments.
    ///
    /// # Errors
    /// Where a line is something else, or none is an identity.
    pub fn identities(text: &str) -> Result<Self> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let identities = lines
            .map(|line| {
                Identity::from_str(line)
                    .map_err(|_| Error::refused("the identity file has a line that is no AGE-SECRET-KEY-1… of X25519"))
            })
            .collect::<Result<Vec<_>>>()?;
        if identities.is_empty() {
            return Err(Error::refused("there is no identity in the identity file"));
        }
        Ok(Self::Identities(identities))
    }
}

/// A new age identity: the text of an identity file, and its recipient.
#[must_use]
pub fn new_identity() -> (Zeroizing<String>, String) {
    let identity = Identity::generate();
    let recipient = identity.to_public().to_string();
    let secret = identity.to_string();
    (Zeroizing::new(format!("# recipient: {recipient}\n{}\n", secret.expose_secret())), recipient)
}

/// How much work it is to try a passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for Effort {
    /// 256 MiB, three passes: about a second on one core. New passphrases get it; older ones when they are set anew.
    fn default() -> Self {
        Self { memory: 256 << 10, passes: 3, lanes: 1 }
    }
}

impl Effort {
    /// So little that tests are quick. For nothing else.
    #[doc(hidden)]
    pub const TEST: Self = Self { memory: 64, passes: 1, lanes: 1 };
    /// What a file may ask of the machine that opens it, before anything in it is known to be genuine.
    const MOST: Self = Self { memory: 4 << 20, passes: 64, lanes: 16 };
}

/// Random bytes from the system.
pub(crate) fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut_slice())
        .map_err(|e| Error::refused(format!("the system gives no random bytes: {e}")))?;
    Ok(bytes)
}

/// A short random name in hexadecimal.
pub(crate) fn random_id() -> Result<String> {
    Ok(to_hex(random::<6>()?.as_slice()))
}

/// A slot that a passphrase opens, and the identity that the passphrase stands for.
pub(crate) fn passphrase_slot(
    id: &str,
    passphrase: &SecretString,
    effort: Effort,
    data: &Secret,
) -> Result<(Slot, Identity)> {
    let salt = random::<16>()?;
    let identity = from_passphrase(passphrase, salt.as_slice(), effort)?;
    let lock = Lock::Passphrase {
        salt: STANDARD.encode(salt.as_slice()),
        memory: effort.memory,
        passes: effort.passes,
        lanes: effort.lanes,
    };
    Ok((Slot { id: id.to_owned(), lock, key: wrap(&identity.to_public(), data)?, seed: None }, identity))
}

/// A slot that an age identity opens.
pub(crate) fn recipient_slot(id: &str, recipient: &Recipient, data: &Secret) -> Result<Slot> {
    Ok(Slot { id: id.to_owned(), lock: Lock::Identity, key: wrap(recipient, data)?, seed: None })
}

/// The recipient that a text is (`age1…`).
pub(crate) fn recipient(text: &str) -> Result<Recipient> {
    Recipient::from_str(text.trim())
        .map_err(|why| Error::refused(format!("{:?} is no age recipient of X25519: {why}", text.trim())))
}

/// A slot that was opened.
pub(crate) struct Opened {
    pub(crate) slot: usize,
    pub(crate) identity: Identity,
    pub(crate) data: Secret,
}

/// Opens the first slot that can be opened.
pub(crate) fn open(slots: &[Slot], opener: &Opener) -> Result<Opened> {
    for (ix, slot) in slots.iter().enumerate() {
        let identities = match (opener, &slot.lock) {
            (Opener::Passphrase(passphrase), Lock::Passphrase { salt, memory, passes, lanes }) => {
                let salt = STANDARD.decode(salt).map_err(|_| Error::damaged("a slot has a malformed salt"))?;
                vec![from_passphrase(passphrase, &salt, Effort { memory: *memory, passes: *passes, lanes: *lanes })?]
            }
            (Opener::Identities(identities), Lock::Identity) => identities.clone(),
            _ => continue,
        };
        for identity in identities {
            if let Some(data) = unwrap(&identity, &slot.key)? {
                return Ok(Opened { slot: ix, identity, data });
            }
        }
    }
    Err(Error::wrong_key())
}

/// Encrypts 32 bytes to a recipient.
pub(crate) fn wrap(recipient: &Recipient, secret: &Secret) -> Result<String> {
    let wrapped = age::encrypt(recipient, secret.as_slice()).map_err(|e| Error::refused(format!("age: {e}")))?;
    Ok(STANDARD.encode(wrapped))
}

/// Decrypts 32 bytes; `None` where they are encrypted to somebody else.
pub(crate) fn unwrap(identity: &Identity, wrapped: &str) -> Result<Option<Secret>> {
    let damaged = || Error::damaged("a slot of the envelope is malformed");
    let wrapped = STANDARD.decode(wrapped).map_err(|_| damaged())?;
    let decryptor = age::Decryptor::new_buffered(wrapped.as_slice()).map_err(|_| damaged())?;
    let mut reader = match decryptor.decrypt(std::iter::once(identity as &dyn age::Identity)) {
        Ok(reader) => reader,
        Err(age::DecryptError::NoMatchingKeys) => return Ok(None),
        Err(_) => return Err(damaged()),
    };
    let mut secret = Zeroizing::new([0; 32]);
    reader.read_exact(secret.as_mut_slice()).map_err(|_| damaged())?;
    // The end is authenticated too.
    match reader.read(&mut [0]) {
        Ok(0) => Ok(Some(secret)),
        _ => Err(damaged()),
    }
}

/// The identity that a passphrase stands for.
fn from_passphrase(passphrase: &SecretString, salt: &[u8], effort: Effort) -> Result<Identity> {
    let most = Effort::MOST;
    if effort.memory > most.memory || effort.passes > most.passes || effort.lanes > most.lanes {
        return Err(Error::refused(
            "the file asks for more work than a passphrase is worth: it may be made to stop the program",
        ));
    }
    let fail = |e: argon2::Error| Error::refused(format!("Argon2: {e}"));
    let params = Params::new(effort.memory, effort.passes, effort.lanes, Some(32)).map_err(fail)?;
    // The same letters can be typed as different code points, depending on the keyboard.
    let text: Zeroizing<String> = Zeroizing::new(passphrase.expose_secret().nfc().collect());
    let mut secret = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(text.as_bytes(), salt, secret.as_mut_slice())
        .map_err(fail)?;
    identity(&secret)
}

/// The X25519 identity of 32 secret bytes, by way of the only form that the age crate takes one in.
fn identity(secret: &Secret) -> Result<Identity> {
    let prefix = bech32::Hrp::parse("age-secret-key-").map_err(|e| Error::refused(e.to_string()))?;
    let text =
        bech32::encode_upper::<bech32::Bech32>(prefix, secret.as_slice()).map_err(|e| Error::refused(e.to_string()))?;
    let text = Zeroizing::new(text);
    Identity::from_str(&text).map_err(Error::refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    #[test]
    fn a_passphrase_opens_its_slot_however_its_letters_are_composed() {
        let data = random::<32>().unwrap();
        let (slot, identity) = passphrase_slot("a", &phrase("Шестой кот ест рыбу"), Effort::TEST, &data).unwrap();
        let other = recipient_slot("b", &Identity::generate().to_public(), &data).unwrap();
        let slots = [other, slot];
        let opened = open(&slots, &Opener::Passphrase(phrase("Шестои\u{306} кот ест рыбу"))).unwrap();
        assert_eq!((opened.slot, opened.data), (1, data));
        assert_eq!(opened.identity.to_public(), identity.to_public());
        assert!(open(&slots, &Opener::Passphrase(phrase("шестой кот ест рыбу"))).err().unwrap().is_wrong_key());
    }

    #[test]
    fn an_identity_file_opens_its_slot() {
        let data = random::<32>().unwrap();
        let identity = Identity::generate();
        let slots = [recipient_slot("b", &identity.to_public(), &data).unwrap()];
        let text = format!("# created: today\n{}\n", identity.to_string().expose_secret());
        assert_eq!(open(&slots, &Opener::identities(&text).unwrap()).unwrap().data, data);
        let stranger = Opener::Identities(vec![Identity::generate()]);
        assert!(open(&slots, &stranger).err().unwrap().is_wrong_key());
        assert!(Opener::identities("# nothing\n").is_err());
        assert!(Opener::identities("AGE-SECRET-KEY-1NONSENSE").is_err());
    }

    #[test]
    fn a_file_cannot_ask_for_endless_work() {
        let data = random::<32>().unwrap();
        let (mut slot, _) = passphrase_slot("a", &phrase("x"), Effort::TEST, &data).unwrap();
        if let Lock::Passphrase { memory, .. } = &mut slot.lock {
            *memory = u32::MAX;
        }
        assert!(open(&[slot], &Opener::Passphrase(phrase("x"))).is_err());
    }
}
