//! Time stamps by authorities (RFC 3161): a request that goes out as a file, and an answer that comes back as one.
//!
//! A machine without a connection can use any authority so: [`request`] makes the file `.tsq`, somebody sends it, and [`Token`] reads the
//! answer `.tsr`. What is checked is that the stamp is of these bytes, that it answers this request, that its signature holds, that the
//! signer may stamp, and that a chain of certificates leads to a root that the user trusts, all as of the time that the stamp states.
//! Whether a certificate was revoked is not known offline and not checked.

mod algorithm;
mod certificate;
mod der;
mod time;

use std::io::Read;
use std::path::Path;

pub use time::Time;

use self::algorithm::{AlgorithmId, hash, oid, sha256_id};
use self::certificate::{Certificate, MAX_CERTIFICATES, chain, name_text, read_file};
use self::der::{
    BOOLEAN, GENERALIZED_TIME, INTEGER, Item, OCTET_STRING, OID, Reader, SEQUENCE, SET, malformed, numbered, oid_text,
};
use crate::digest::{Algorithm, read_digests, to_hex};
use crate::error::{Error, Result};

/// A token has some kilobytes, certificates and all.
const MAX_BYTES: usize = 1 << 20;

/// A request for a time stamp of bytes with this SHA-256, in DER: the file `.tsq`.
///
/// `nonce`, up to 16 bytes that nobody can guess, ties the answer to the request: keep it for [`Token::check_nonce`]. The authority is asked
/// to put its certificates in.
pub fn request(sha256: &[u8; 32], nonce: Option<&[u8]>) -> Vec<u8> {
    let imprint = [sha256_id(), der::write(OCTET_STRING, sha256)].concat();
    let mut fields = [der::write_number(&[1]), der::write(SEQUENCE, &imprint)].concat();
    fields.extend(nonce.map(der::write_number).unwrap_or_default());
    fields.extend(der::write(BOOLEAN, &[0xff]));
    der::write(SEQUENCE, &fields)
}

/// Root certificates that the user trusts, and others that chains may go through.
#[derive(Clone, Debug, Default)]
pub struct Certificates(Vec<Vec<u8>>);

impl Certificates {
    /// The certificates in a file: one in DER, or any number in PEM.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let mut found = Self::default();
        found.add(bytes)?;
        Ok(found)
    }

    /// Adds the certificates of another file.
    pub fn add(&mut self, bytes: &[u8]) -> Result<()> {
        let found = read_file(bytes)?;
        read_certificates(&found)?;
        self.0.extend(found);
        Ok(())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn read_certificates(all: &[Vec<u8>]) -> Result<Vec<Certificate<'_>>> {
    all.iter().map(|bytes| Certificate::parse(&Reader(bytes).expect(SEQUENCE)?)).collect()
}

/// What an authority answered: that it saw a digest at a time.
#[derive(Clone, Debug)]
pub struct Token {
    /// The signed part, as it stands.
    content: Vec<u8>,
    /// The certificates that came with it, each once.
    certificates: Vec<Vec<u8>>,
    signer: SignerInfo,
    digest: (Algorithm, Vec<u8>),
    time: Time,
    serial: Vec<u8>,
    policy: String,
    nonce: Option<Vec<u8>>,
}

#[derive(Clone, Debug)]
struct SignerInfo {
    /// Issuer and serial number, or the identifier of a key.
    who: Vec<u8>,
    digest: Vec<u8>,
    attributes: Vec<u8>,
    algorithm: Vec<u8>,
    signature: Vec<u8>,
}

/// Who made a stamp, after it was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamped {
    /// The name of the authority's key.
    pub signer: String,
    /// The names of the chain from it to a trusted root, both included. Empty where no root was given.
    pub chain: Vec<String>,
}

impl Token {
    /// The token in an answer (`.tsr`), or a token alone. An answer that refuses is false, and the reason is told.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > MAX_BYTES {
            return Err(malformed("it is longer than a mebibyte"));
        }
        let mut reader = Reader(bytes);
        let outer = reader.expect(SEQUENCE)?;
        reader.end()?;
        let mut fields = outer.inside();
        let first = fields.next()?;
        if first.tag == OID {
            return Self::of(&outer);
        }
        if first.tag != SEQUENCE {
            return Err(malformed("it is neither an answer nor a token"));
        }
        let mut status = first.inside();
        let code = status.expect(INTEGER)?.small()?;
        if code > 1 {
            let text = status.optional(SEQUENCE)?.and_then(|texts| texts.inside().next().ok());
            let text = text.map(|text| String::from_utf8_lossy(text.value).into_owned()).unwrap_or_default();
            return Err(Error::untrue(format!("the authority refused (status {code}) {}", text.escape_debug())));
        }
        let token = fields.expect(SEQUENCE)?;
        fields.end()?;
        Self::of(&token)
    }

    fn of(token: &Item<'_>) -> Result<Self> {
        let mut fields = token.inside();
        if fields.expect(OID)?.value != oid::SIGNED_DATA {
            return Err(malformed("it is not signed"));
        }
        let signed = fields.expect(numbered(0))?.inside().expect(SEQUENCE)?;
        fields.end()?;
        let mut fields = signed.inside();
        fields.expect(INTEGER)?;
        fields.expect(SET)?;
        let mut content = fields.expect(SEQUENCE)?.inside();
        if content.expect(OID)?.value != oid::TST_INFO {
            return Err(malformed("what is signed is no time stamp"));
        }
        let content = content.expect(numbered(0))?.inside().expect(OCTET_STRING)?.value.to_vec();
        let mut certificates: Vec<Vec<u8>> = Vec::new();
        if let Some(set) = fields.optional(numbered(0))? {
            // Any of them may stand there twice, and other kinds of certificates are no certificates to us.
            for item in set.inside().all()?.iter().filter(|item| item.tag == SEQUENCE) {
                if !certificates.iter().any(|seen| seen == item.whole) {
                    certificates.push(item.whole.to_vec());
                }
            }
        }
        if certificates.len() > MAX_CERTIFICATES {
            return Err(malformed("it has more than 64 certificates"));
        }
        fields.optional(numbered(1))?;
        let signers = fields.expect(SET)?.inside().all()?;
        fields.end()?;
        let [signer] = signers.as_slice() else { return Err(malformed("it does not have exactly one signer")) };
        let signer = SignerInfo::of(signer)?;
        let info = Info::of(&content)?;
        let Info { digest, time, serial, policy, nonce } = info;
        Ok(Self { content, certificates, signer, digest, time, serial, policy, nonce })
    }

    /// The time that the authority states.
    pub fn time(&self) -> &Time {
        &self.time
    }

    /// The digest that was stamped, and the name of its algorithm.
    pub fn digest(&self) -> (&'static str, &[u8]) {
        (self.digest.0.name(), &self.digest.1)
    }

    /// The number that the authority gave the stamp, in hexadecimal digits.
    pub fn serial(&self) -> String {
        to_hex(&self.serial)
    }

    /// The identifier of the policy under which the authority works.
    pub fn policy(&self) -> &str {
        &self.policy
    }

    /// Checks that the stamp is of what the reader gives.
    pub fn check_file(&self, content: impl Read) -> Result<()> {
        let (algorithm, digest) = &self.digest;
        let found = read_digests(content, &[*algorithm], |_| Ok(()))
            .map_err(|e| Error::io(Path::new("the stamped file"), e))?;
        if found.get(*algorithm) == Some(digest) {
            Ok(())
        } else {
            Err(Error::untrue("it is the time stamp of another file"))
        }
    }

    /// Checks that the stamp answers the request with this nonce.
    pub fn check_nonce(&self, nonce: &[u8]) -> Result<()> {
        let plain = |bytes: &[u8]| bytes.iter().copied().skip_while(|b| *b == 0).collect::<Vec<_>>();
        match &self.nonce {
            Some(found) if plain(found) == plain(nonce) => Ok(()),
            Some(_) => Err(Error::untrue("it answers another request: the nonce differs")),
            None => Err(Error::untrue("it answers another request: it has no nonce")),
        }
    }

    /// Checks the signature with a certificate that came with the token or is among `others`, and that it may stamp. Who the signer is,
    /// nobody vouches for: see [`Token::verify`].
    pub fn check_signature(&self, others: &Certificates) -> Result<Stamped> {
        let given = read_certificates(&others.0)?;
        let own = self.certificates()?;
        let signer = self.signer.certificate(own.iter().chain(&given))?;
        self.signer.check(&signer, &self.content)?;
        signer.may_stamp()?;
        Ok(Stamped { signer: name_text(signer.subject), chain: Vec::new() })
    }

    /// Checks everything that is said of it: the signature, that the signer may stamp, and that a chain through the certificates of the
    /// token and of `others` leads to one of `roots` that was valid at the time of the stamp.
    pub fn verify(&self, roots: &Certificates, others: &Certificates) -> Result<Stamped> {
        let (roots, given) = (read_certificates(&roots.0)?, read_certificates(&others.0)?);
        let mut known = self.certificates()?;
        known.extend(given);
        let signer = self.signer.certificate(known.iter().chain(&roots))?;
        self.signer.check(&signer, &self.content)?;
        signer.may_stamp()?;
        let chain = chain(&signer, &known, &roots, &self.time)?;
        Ok(Stamped { signer: name_text(signer.subject), chain })
    }

    /// The certificates that came with it; those that cannot be read do not count.
    fn certificates(&self) -> Result<Vec<Certificate<'_>>> {
        let read = |bytes: &'_ Vec<u8>| Reader(bytes).expect(SEQUENCE).is_ok();
        let readable = self.certificates.iter().filter(|bytes| read(bytes));
        Ok(readable.filter_map(|bytes| Certificate::parse(&Reader(bytes).expect(SEQUENCE).ok()?).ok()).collect())
    }
}

/// What is signed.
struct Info {
    digest: (Algorithm, Vec<u8>),
    time: Time,
    serial: Vec<u8>,
    policy: String,
    nonce: Option<Vec<u8>>,
}

impl Info {
    fn of(content: &[u8]) -> Result<Self> {
        let mut reader = Reader(content);
        let mut fields = reader.expect(SEQUENCE)?.inside();
        reader.end()?;
        if fields.expect(INTEGER)?.small()? != 1 {
            return Err(Error::unsupported("time stamps of this version are not known here"));
        }
        let policy = oid_text(fields.expect(OID)?.value);
        let mut imprint = fields.expect(SEQUENCE)?.inside();
        let algorithm = AlgorithmId::of(&imprint.next()?)?.digest()?;
        let digest = imprint.expect(OCTET_STRING)?.value.to_vec();
        imprint.end()?;
        if digest.len() != algorithm.length() {
            return Err(malformed("the digest has another length"));
        }
        let serial = fields.expect(INTEGER)?.value.to_vec();
        let time = Time::of(&fields.expect(GENERALIZED_TIME)?)?;
        fields.optional(SEQUENCE)?;
        fields.optional(BOOLEAN)?;
        let nonce = fields.optional(INTEGER)?.map(|item| item.value.to_vec());
        fields.optional(numbered(0))?;
        fields.optional(numbered(1))?;
        fields.end()?;
        Ok(Self { digest: (algorithm, digest), time, serial, policy, nonce })
    }
}

impl SignerInfo {
    fn of(item: &Item<'_>) -> Result<Self> {
        let mut fields = item.inside();
        fields.expect(INTEGER)?;
        let who = fields.next()?.whole.to_vec();
        let digest = fields.expect(SEQUENCE)?.whole.to_vec();
        let attributes = fields.expect(numbered(0)).map_err(|_| malformed("it has no signed attributes"))?;
        let algorithm = fields.expect(SEQUENCE)?.whole.to_vec();
        let signature = fields.expect(OCTET_STRING)?.value.to_vec();
        fields.optional(numbered(1))?;
        fields.end()?;
        Ok(Self { who, digest, attributes: attributes.value.to_vec(), algorithm, signature })
    }

    /// The certificate of the signer among those that are here.
    fn certificate<'c, 'a: 'c>(&self, mut all: impl Iterator<Item = &'c Certificate<'a>>) -> Result<Certificate<'a>> {
        let who = Reader(&self.who).next()?;
        let found = match who.tag {
            SEQUENCE => {
                let mut fields = who.inside();
                let (issuer, serial) = (fields.expect(SEQUENCE)?.whole, fields.expect(INTEGER)?.value);
                all.find(|certificate| certificate.issuer == issuer && certificate.serial == serial)
            }
            0x80 => all.find(|certificate| certificate.key_id() == Some(who.value)),
            _ => return Err(malformed("the signer is not named")),
        };
        found
            .copied()
            .ok_or_else(|| Error::unsupported("the signer's certificate did not come with it and was not given"))
    }

    /// The values of a signed attribute, which is there once.
    fn attribute(&self, oid: &[u8]) -> Result<Option<Item<'_>>> {
        let mut found = None;
        for item in Reader(&self.attributes).all()? {
            let mut fields = item.inside();
            if fields.expect(OID)?.value == oid {
                let values = fields.expect(SET)?.inside().all()?;
                match values.as_slice() {
                    [value] if found.is_none() => found = Some(*value),
                    _ => return Err(malformed("a signed attribute is there twice")),
                }
            }
        }
        Ok(found)
    }

    fn check(&self, signer: &Certificate<'_>, content: &[u8]) -> Result<()> {
        let missing = || malformed("a signed attribute is missing");
        let digest = AlgorithmId::of(&Reader(&self.digest).next()?)?.digest()?;
        if self.attribute(oid::CONTENT_TYPE)?.ok_or_else(missing)?.value != oid::TST_INFO {
            return Err(malformed("what is signed is no time stamp"));
        }
        if self.attribute(oid::MESSAGE_DIGEST)?.ok_or_else(missing)?.value != hash(digest, content) {
            return Err(Error::untrue("the time stamp was altered: its digest differs"));
        }
        self.check_names(signer)?;
        let signed = der::write(SET, &self.attributes);
        let algorithm = Reader(&self.algorithm).next()?;
        let algorithm = AlgorithmId::of(&algorithm)?;
        let checked = algorithm::verify(&signer.key, &algorithm, Some(digest), &signed, &self.signature);
        checked
            .map_err(|e| if e.is_false() { Error::untrue("the signature of the time stamp does not fit") } else { e })
    }

    /// That the signed attributes name the signer's certificate, so that no other can be put in its place.
    fn check_names(&self, signer: &Certificate<'_>) -> Result<()> {
        let fails = || Error::untrue("the signer names another certificate than the one that is here");
        let first = |item: Item<'_>| -> Result<Vec<u8>> {
            Ok(item.inside().expect(SEQUENCE)?.inside().expect(SEQUENCE)?.whole.to_vec())
        };
        if let Some(value) = self.attribute(oid::SIGNING_CERTIFICATE_V2)? {
            let id = first(value)?;
            let mut fields = Reader(&id).expect(SEQUENCE)?.inside();
            let algorithm = fields.optional(SEQUENCE)?.map(|item| AlgorithmId::of(&item)?.digest());
            let algorithm = algorithm.unwrap_or(Ok(Algorithm::Sha256))?;
            let named = fields.expect(OCTET_STRING)?.value == hash(algorithm, signer.whole);
            return if named { Ok(()) } else { Err(fails()) };
        }
        let value =
            self.attribute(oid::SIGNING_CERTIFICATE)?.ok_or_else(|| malformed("a signed attribute is missing"))?;
        let id = first(value)?;
        // SHA-1 by its definition; that it fits costs a forger nothing here, since the signature is checked with this certificate anyway.
        let digest = read_digests(signer.whole, &[Algorithm::Sha1], |_| Ok(())).map_err(|_| fails())?;
        let named = Reader(&id).expect(SEQUENCE)?.inside().expect(OCTET_STRING)?.value
            == digest.get(Algorithm::Sha1).unwrap_or_default();
        if named { Ok(()) } else { Err(fails()) }
    }
}
