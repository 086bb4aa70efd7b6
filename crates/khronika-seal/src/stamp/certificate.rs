//! Certificates, and the chains that they make.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::algorithm::{AlgorithmId, oid, verify};
use super::der::{
    BIT_STRING, BOOLEAN, INTEGER, Item, OCTET_STRING, OID, Reader, SEQUENCE, SET, malformed, numbered, oid_text,
};
use super::time::Time;
use crate::error::{Error, Result};

/// A chain has a handful of certificates; a token holds some more.
const MAX_CHAIN: usize = 8;
pub(super) const MAX_CERTIFICATES: usize = 64;
/// How often a link of a chain may be tried: certificates that all name one another cost no more.
const MAX_TRIES: usize = 200;

/// A certificate, read as far as time stamps need it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Certificate<'a> {
    pub whole: &'a [u8],
    signed: &'a [u8],
    pub serial: &'a [u8],
    algorithm: AlgorithmId<'a>,
    signature: &'a [u8],
    pub issuer: &'a [u8],
    pub subject: &'a [u8],
    pub key: Item<'a>,
    extensions: Option<Item<'a>>,
    validity: Item<'a>,
}

/// Identifiers of purposes, and whether whoever does not know them has to refuse the certificate.
type Purposes<'a> = (Vec<&'a [u8]>, bool);

/// An extension of a certificate.
struct Extension<'a> {
    oid: &'a [u8],
    critical: bool,
    value: &'a [u8],
}

impl<'a> Certificate<'a> {
    pub fn parse(item: &Item<'a>) -> Result<Self> {
        let mut outer = item.inside();
        let body = outer.expect(SEQUENCE)?;
        let algorithm = AlgorithmId::of(&outer.next()?)?;
        let signature = outer.expect(BIT_STRING)?.bits()?;
        outer.end()?;
        let mut fields = body.inside();
        fields.optional(numbered(0))?;
        let serial = fields.expect(INTEGER)?.value;
        fields.expect(SEQUENCE)?;
        let issuer = fields.expect(SEQUENCE)?.whole;
        let validity = fields.expect(SEQUENCE)?;
        let subject = fields.expect(SEQUENCE)?.whole;
        let key = fields.expect(SEQUENCE)?;
        let mut extensions = None;
        while !fields.is_empty() {
            let field = fields.next()?;
            if field.tag == numbered(3) {
                extensions = Some(field.inside().expect(SEQUENCE)?);
            }
        }
        Ok(Self {
            whole: item.whole,
            signed: body.whole,
            serial,
            algorithm,
            signature,
            issuer,
            subject,
            key,
            extensions,
            validity,
        })
    }

    /// From when and until when it is valid.
    pub fn validity(&self) -> Result<(Time, Time)> {
        let mut times = self.validity.inside();
        Ok((Time::of(&times.next()?)?, Time::of(&times.next()?)?))
    }

    fn extensions(&self) -> Result<Vec<Extension<'a>>> {
        let mut all = Vec::new();
        for item in self.extensions.map_or_else(|| Ok(Vec::new()), |list| list.inside().all())? {
            let mut fields = item.inside();
            let oid = fields.expect(OID)?.value;
            let critical = fields.optional(BOOLEAN)?.is_some_and(|flag| flag.value != [0]);
            all.push(Extension { oid, critical, value: fields.expect(OCTET_STRING)?.value });
        }
        Ok(all)
    }

    fn extension(&self, oid: &[u8]) -> Result<Option<Extension<'a>>> {
        let mut found = self.extensions()?.into_iter().filter(|extension| extension.oid == oid);
        let first = found.next();
        if found.next().is_some() { Err(malformed("a certificate has an extension twice")) } else { Ok(first) }
    }

    /// The purposes that it may be used for. None: for any.
    fn purposes(&self) -> Result<Option<Purposes<'a>>> {
        let Some(extension) = self.extension(oid::EXTENDED_KEY_USAGE)? else { return Ok(None) };
        let list = Reader(extension.value).expect(SEQUENCE)?.inside().all()?;
        Ok(Some((list.iter().map(|item| item.value).collect(), extension.critical)))
    }

    /// The bits of its key usage, the first one the highest. None: any.
    fn key_usage(&self) -> Result<Option<u8>> {
        let Some(extension) = self.extension(oid::KEY_USAGE)? else { return Ok(None) };
        let item = Reader(extension.value).expect(BIT_STRING)?;
        Ok(Some(item.value.get(1).copied().unwrap_or_default()))
    }

    /// Whether it may sign other certificates, and if so, how many there may be between it and the last one.
    fn authority(&self) -> Result<Option<u64>> {
        let Some(extension) = self.extension(oid::BASIC_CONSTRAINTS)? else { return Ok(None) };
        let mut fields = Reader(extension.value).expect(SEQUENCE)?.inside();
        let is = fields.optional(BOOLEAN)?.is_some_and(|flag| flag.value != [0]);
        let between = fields.optional(INTEGER)?.map(|item| item.small()).transpose()?;
        Ok(is.then(|| between.unwrap_or(u64::MAX)))
    }

    /// The identifier of its key, as it states it.
    pub fn key_id(&self) -> Option<&'a [u8]> {
        let extension = self.extension(oid::SUBJECT_KEY_ID).ok()??;
        Some(Reader(extension.value).expect(OCTET_STRING).ok()?.value)
    }

    /// Checks that it may stamp: for that purpose alone, and marked so that whoever does not know the purpose refuses it (RFC 3161, 2.3).
    pub fn may_stamp(&self) -> Result<()> {
        let fails = |why: &str| Err(Error::untrue(format!("the signer's certificate is not for time stamps: {why}")));
        match self.purposes()? {
            None => return fails("it names no purpose"),
            Some((purposes, _)) if purposes != [oid::TIME_STAMPING] => return fails("it is for other purposes"),
            Some((_, false)) => return fails("its purpose is not marked critical"),
            Some(_) => {}
        }
        // Digital signature, or the one that was called non-repudiation.
        if self.key_usage()?.is_some_and(|bits| bits & 0b1100_0000 == 0) {
            return fails("its key is not for signatures");
        }
        self.no_unknown_demands()
    }

    fn may_issue(&self, between: u64) -> Result<()> {
        let fails =
            |why: &str| Err(Error::untrue(format!("{} may not have issued it: {why}", name_text(self.subject))));
        match self.authority()? {
            None => return fails("it is no authority"),
            Some(allowed) if allowed < between => return fails("the chain is longer than it allows"),
            Some(_) => {}
        }
        if self.key_usage()?.is_some_and(|bits| bits & 0b0000_0100 == 0) {
            return fails("its key is not for certificates");
        }
        if let Some((purposes, _)) = self.purposes()?
            && !purposes.iter().any(|purpose| [oid::TIME_STAMPING, oid::ANY_PURPOSE].contains(purpose))
        {
            return fails("it is for other purposes than time stamps");
        }
        self.no_unknown_demands()
    }

    fn no_unknown_demands(&self) -> Result<()> {
        let known = [
            oid::BASIC_CONSTRAINTS,
            oid::KEY_USAGE,
            oid::EXTENDED_KEY_USAGE,
            oid::CERTIFICATE_POLICIES,
            oid::SUBJECT_ALT_NAME,
        ];
        match self.extensions()?.iter().find(|extension| extension.critical && !known.contains(&extension.oid)) {
            Some(demand) => Err(Error::unsupported(format!(
                "a certificate makes a demand that is not known here ({})",
                oid_text(demand.oid)
            ))),
            None => Ok(()),
        }
    }

    fn valid_at(&self, time: &Time) -> Result<()> {
        let (from, until) = self.validity()?;
        // Fractions do not count: certificates have none.
        if time.seconds < from.seconds || time.seconds > until.seconds {
            let name = name_text(self.subject);
            return Err(Error::untrue(format!(
                "the certificate of {name} was not valid at the time of the stamp (valid from {from} until {until})"
            )));
        }
        Ok(())
    }

    fn check_issued_by(&self, issuer: &Self) -> Result<()> {
        verify(&issuer.key, &self.algorithm, None, self.signed, self.signature)
    }
}

/// Builds a chain from `signer` to one of `roots` that was valid at `time`, and returns the names in it. Where there is none, the error is
/// that of the chain that went furthest.
pub(super) fn chain(
    signer: &Certificate<'_>,
    others: &[Certificate<'_>],
    roots: &[Certificate<'_>],
    time: &Time,
) -> Result<Vec<String>> {
    let mut search = Search { others, roots, time, tries: 0, best: None };
    let mut path = vec![*signer];
    if search.from(&mut path)? {
        return Ok(path.iter().map(|certificate| name_text(certificate.subject)).collect());
    }
    Err(search.best.map_or_else(
        || {
            Error::untrue(format!(
                "the chain does not lead to a given root: nobody known issued the certificate of {}",
                name_text(signer.subject)
            ))
        },
        |(_, error)| error,
    ))
}

struct Search<'s, 'a> {
    others: &'s [Certificate<'a>],
    roots: &'s [Certificate<'a>],
    time: &'s Time,
    tries: usize,
    /// Why the longest of the chains failed.
    best: Option<(usize, Error)>,
}

impl<'a> Search<'_, 'a> {
    /// Tries to lengthen the path until it ends in a root.
    fn from(&mut self, path: &mut Vec<Certificate<'a>>) -> Result<bool> {
        let Some(last) = path.last().copied() else { return Ok(false) };
        if let Err(error) = last.valid_at(self.time) {
            self.failed(path.len(), error);
            return Ok(false);
        }
        if self.roots.iter().any(|root| root.whole == last.whole) {
            return Ok(true);
        }
        let roots = self.roots.iter().map(|root| (root, true));
        let candidates: Vec<_> = roots
            .chain(self.others.iter().map(|other| (other, false)))
            .filter(|(c, _)| c.subject == last.issuer)
            .collect();
        for (candidate, is_root) in candidates {
            self.tries += 1;
            if path.len() >= MAX_CHAIN || self.tries > MAX_TRIES {
                return Err(Error::unsupported("its certificates make chains without end"));
            }
            if path.iter().any(|seen| seen.whole == candidate.whole) {
                continue;
            }
            // Certificates between this one and the signer's, those that issued themselves apart.
            let between = path.iter().skip(1).filter(|c| c.subject != c.issuer).count() as u64;
            // An old root may not say that it is an authority: whoever gave it, did.
            let old_root = is_root && candidate.extensions.is_none();
            let allowed = if old_root { Ok(()) } else { candidate.may_issue(between) };
            if let Err(error) = allowed.and_then(|()| last.check_issued_by(candidate)) {
                let name = name_text(candidate.subject);
                let error = if error.is_unsupported() {
                    error
                } else {
                    Error::untrue(format!("the chain breaks at {name}: {error}"))
                };
                self.failed(path.len(), error);
                continue;
            }
            path.push(*candidate);
            if self.from(path)? {
                return Ok(true);
            }
            path.pop();
        }
        Ok(false)
    }

    fn failed(&mut self, length: usize, error: Error) {
        if self.best.as_ref().is_none_or(|(best, _)| *best < length) {
            self.best = Some((length, error));
        }
    }
}

/// A name in words: `CN=…, O=…`, in the order of the certificate.
pub(super) fn name_text(name: &[u8]) -> String {
    let parts = || -> Result<Vec<String>> {
        let mut out = Vec::new();
        for set in Reader(name).expect(SEQUENCE)?.inside().all()? {
            for pair in set.inside().all()? {
                let mut fields = pair.inside();
                let label = match fields.expect(OID)?.value {
                    b"\x55\x04\x03" => "CN".to_owned(),
                    b"\x55\x04\x06" => "C".to_owned(),
                    b"\x55\x04\x07" => "L".to_owned(),
                    b"\x55\x04\x0a" => "O".to_owned(),
                    b"\x55\x04\x0b" => "OU".to_owned(),
                    other => oid_text(other),
                };
                out.push(format!("{label}={}", string(&fields.next()?)));
            }
            if set.tag != SET {
                return Err(malformed("a name is none"));
            }
        }
        Ok(out)
    };
    parts().map_or_else(|_| "(a name that cannot be read)".to_owned(), |parts| parts.join(", "))
}

fn string(item: &Item<'_>) -> String {
    match item.tag {
        // Two bytes a character.
        0x1e => {
            let units = item.value.chunks(2).map(|pair| pair.iter().fold(0, |unit, byte| unit << 8 | u16::from(*byte)));
            String::from_utf16_lossy(&units.collect::<Vec<_>>())
        }
        0x14 => item.value.iter().map(|byte| char::from(*byte)).collect(),
        _ => String::from_utf8_lossy(item.value).into_owned(),
    }
}

/// The certificates in a file: one in DER, or any number in PEM.
pub(super) fn read_file(bytes: &[u8]) -> Result<Vec<Vec<u8>>> {
    if bytes.first() == Some(&SEQUENCE) {
        let mut reader = Reader(bytes);
        let whole = reader.next()?.whole.to_vec();
        reader.end()?;
        return Ok(vec![whole]);
    }
    let malformed = || Error::malformed("file of certificates", "it has no certificate in DER or PEM");
    let mut rest = std::str::from_utf8(bytes).map_err(|_| malformed())?;
    let mut found = Vec::new();
    while let Some((_, after)) = rest.split_once("-----BEGIN CERTIFICATE-----") {
        let (code, after) = after.split_once("-----END CERTIFICATE-----").ok_or_else(malformed)?;
        let code: String = code.split_whitespace().collect();
        found.push(STANDARD.decode(code).map_err(|_| malformed())?);
        rest = after;
    }
    if found.is_empty() { Err(malformed()) } else { Ok(found) }
}
