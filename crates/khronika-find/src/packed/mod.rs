//! Findings as bytes, and back: for whoever keeps what was found, so that it need not be found again.
//!
//! What is found in a source depends on the source, on the finder, and on the models that it may ask. [`Ground`] makes a print of all
//! three: findings that were kept under it are those that would be found now. The bytes are no format: they are read back by the program that
//! wrote them and by no other, whose print is another.

mod findings;
mod form;

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use khronika_core::{Findings, Lang, Source};

use form::{Form, In, Out};

/// Names the finder that this is: no other gives the same name.
const FINDER: &str = env!("KHRONIKA_FINDER");

/// What finding depends on besides the source.
#[derive(Clone, Debug)]
pub struct Ground(blake3::Hasher);

impl Ground {
    /// This finder with these models: of each the language, the name and the digest of its bytes.
    #[must_use]
    pub fn new(models: &[(Lang, &str, &str)]) -> Self {
        let mut print = Printer(blake3::Hasher::new_derive_key("khronika findings 1"));
        (FINDER, models).hash(&mut print);
        Self(print.0)
    }

    /// The print under which what is found in this source may be kept. The document that the source was inside of is no part of it: nothing
    /// is found in that.
    #[must_use]
    pub fn print(&self, source: &Source) -> [u8; 32] {
        let Source {
            id,
            name,
            sha256,
            blake3,
            size,
            media_type,
            encoding,
            lang,
            langs,
            text,
            blocks,
            meta_date,
            layout,
            part_of: _,
        } = source;
        let mut print = Printer(self.0.clone());
        (id, name, sha256, blake3, size, media_type, encoding).hash(&mut print);
        (lang, langs, text, blocks, meta_date, layout).hash(&mut print);
        *print.0.finalize().as_bytes()
    }
}

/// Hashes what can be hashed. How a value is cut into bytes may differ between compilers and machines: then a print is another.
struct Printer(blake3::Hasher);

impl Hasher for Printer {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        let print = self.0.finalize();
        print.as_bytes().first_chunk().map_or(0, |first| u64::from_le_bytes(*first))
    }
}

/// Findings as bytes, with the languages whose models were asked for them. `None` where they would not come back as they are.
#[must_use]
pub fn pack(findings: &Findings, asked: &BTreeSet<Lang>) -> Option<Vec<u8>> {
    let mut out = Out::default();
    asked.iter().map(|lang| lang.code().to_owned()).collect::<Vec<_>>().put(&mut out);
    findings.put(&mut out);
    let bytes = out.into_bytes();
    let (same, asked_too) = unpack(&bytes)?;
    (same == *findings && asked_too == *asked).then_some(bytes)
}

/// The findings that were packed, and the languages whose models were asked for them. `None` where the bytes are not what was packed.
#[must_use]
pub fn unpack(bytes: &[u8]) -> Option<(Findings, BTreeSet<Lang>)> {
    let mut input = In::new(bytes);
    let codes: Vec<String> = Form::take(&mut input)?;
    let asked = codes.iter().map(|code| Lang::new(code)).collect::<Option<_>>()?;
    let findings = Form::take(&mut input)?;
    input.is_at_end().then_some((findings, asked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tests::source;

    #[test]
    fn a_print_is_that_of_a_source_a_finder_and_its_models() {
        let one = source(Lang::EN, "On 3 May 2021 the Court dismissed the appeal.");
        let ground = Ground::new(&[]);
        let print = ground.print(&one);
        assert_eq!(Ground::new(&[]).print(&one), print);
        assert_eq!(ground.print(&Source { part_of: Some(khronika_core::SourceId::new("s-0")), ..one.clone() }), print);
        let others = [
            Source { name: "other.txt".to_owned(), ..one.clone() },
            Source { text: one.text.replace('3', "4"), ..one.clone() },
            Source { lang: Lang::FR, ..one.clone() },
            Source { langs: vec![Lang::EN, Lang::FR], ..one.clone() },
            Source { blocks: Vec::new(), ..one.clone() },
            Source { meta_date: khronika_core::Day::new(2021, 5, 4).ok(), ..one.clone() },
        ];
        for other in &others {
            assert_ne!(ground.print(other), print);
        }
        let models = [(Lang::EN, "en-1.0", "00"), (Lang::EN, "en-1.0", "01"), (Lang::FR, "en-1.0", "00")];
        for model in models {
            assert_ne!(Ground::new(&[model]).print(&one), print);
            assert!(
                models
                    .iter()
                    .all(|m| *m == model || Ground::new(&[*m]).print(&one) != Ground::new(&[model]).print(&one))
            );
        }
    }
}
