//! The last look at what goes out: hidden words that still stand somewhere, in whatever form, stop an export.

use std::collections::BTreeSet;
use std::io::{self, Read};

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// Words with fewer letters stand inside too many others: they are looked for in codes only.
const LETTERS: usize = 6;
/// Shorter runs of base64 and hexadecimal digits come about by chance.
const CODED: usize = 10;

/// What a watched reader says when it stops.
pub(crate) const STILL_THERE: &str = "words that are to be hidden still stand in it";

/// Looks for hidden words in bytes.
#[derive(Debug)]
pub(crate) struct Watch {
    /// In what comes from documents.
    documents: AhoCorasick,
    /// In what the program writes, in whose own words a name may stand that is a word, too (“Victor”).
    ours: AhoCorasick,
    longest: usize,
}

/// Whose words something is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Those of documents.
    Documents,
    /// Also those of the program.
    Ours,
}

impl Watch {
    /// Looks for these words: as UTF-8 and UTF-16, in capitals and small letters, in base64, in hexadecimal digits, percent-encoded, and as
    /// JSON writes letters that are not ASCII. `own` is what the program writes of any case. None where there is nothing to look for.
    pub(crate) fn new<'a>(words: impl IntoIterator<Item = &'a String>, own: &[u8]) -> Option<Self> {
        let (mut patterns, mut names) = (BTreeSet::new(), BTreeSet::new());
        for word in words {
            let is_long = word.chars().filter(|c| c.is_alphanumeric()).count() >= LETTERS;
            for form in [word.clone(), word.to_lowercase(), word.to_uppercase()] {
                // In small letters it may be a word that says something else.
                if form.chars().any(char::is_uppercase) || form.to_uppercase() == form {
                    names.extend(forms(&form, is_long));
                }
                patterns.extend(forms(&form, is_long));
            }
        }
        let own = AhoCorasick::new(&names).ok().map(|found| {
            let places = found.find_overlapping_iter(own);
            places.map(|place| place.pattern().as_usize()).collect::<BTreeSet<_>>()
        });
        let own = own.unwrap_or_default();
        let names: Vec<_> = names.into_iter().enumerate().filter(|(ix, _)| !own.contains(ix)).map(|(_, n)| n).collect();
        let longest = patterns.iter().map(Vec::len).max()?;
        let (documents, ours) = AhoCorasick::new(&patterns).ok().zip(AhoCorasick::new(&names).ok())?;
        Some(Self { documents, ours, longest })
    }

    /// Passes on what a reader gives, and fails where a hidden word stands in it.
    pub(crate) fn over<R: Read>(&self, whose: Whose, reader: R) -> Watched<'_, R> {
        Watched { watch: self, whose, reader, seen: Vec::new() }
    }

    /// Whether a hidden word stands in this.
    pub(crate) fn is_in(&self, whose: Whose, bytes: &[u8]) -> bool {
        match whose {
            Whose::Documents => self.documents.is_match(bytes),
            Whose::Ours => self.ours.is_match(bytes),
        }
    }
}

/// A reader that is watched.
#[derive(Debug)]
pub(crate) struct Watched<'a, R> {
    watch: &'a Watch,
    whose: Whose,
    reader: R,
    /// The end of what was read before, in which the beginning of a word may stand.
    seen: Vec<u8>,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(out)?;
        self.seen.extend_from_slice(out.get(..read).unwrap_or_default());
        if self.watch.is_in(self.whose, &self.seen) {
            return Err(io::Error::other(STILL_THERE));
        }
        let keep = self.seen.len().saturating_sub(self.watch.longest);
        self.seen.drain(..keep);
        Ok(read)
    }
}

/// The forms in which a word may stand; of a short one only those of some length.
fn forms(word: &str, is_long: bool) -> Vec<Vec<u8>> {
    let bytes = word.as_bytes();
    let percent = |small: bool| -> Vec<u8> {
        let code = |b: &u8| if small { format!("%{b:02x}") } else { format!("%{b:02X}") };
        bytes
            .iter()
            .map(|b| if b.is_ascii_alphanumeric() { char::from(*b).to_string() } else { code(b) })
            .collect::<String>()
            .into()
    };
    let json: String = word
        .encode_utf16()
        .map(|unit| {
            u8::try_from(unit)
                .ok()
                .filter(u8::is_ascii)
                .map_or_else(|| format!("\\u{unit:04x}"), |b| char::from(b).to_string())
        })
        .collect();
    let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    let mut forms = vec![
        bytes.to_vec(),
        word.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        word.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        percent(true),
        percent(false),
        json.clone().into_bytes(),
        json.to_uppercase().replace("\\U", "\\u").into_bytes(),
    ];
    if !is_long {
        forms.remove(0);
        forms.retain(|form| form.len() >= CODED);
    }
    let coded = [hex.clone(), hex.to_uppercase()].into_iter().chain((0..3).map(|before| core(bytes, before)));
    forms.extend(coded.filter(|code| code.len() >= CODED).map(String::into_bytes));
    forms
}

/// What base64 makes of these bytes wherever `before` bytes of a group of three stand before them, without what its neighbours have a part in.
fn core(bytes: &[u8], before: usize) -> String {
    let padded: Vec<u8> = std::iter::repeat_n(0, before).chain(bytes.iter().copied()).collect();
    let code = STANDARD_NO_PAD.encode(&padded);
    // Of the first digits some bits are those of the bytes before, of the last one perhaps some of the byte after.
    let skip = (8 * before).div_ceil(6);
    let whole = 8 * padded.len() / 6;
    code.get(skip..whole).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_found(word: &str, text: &[u8]) -> bool {
        let words = [word.to_owned()];
        let watch = Watch::new(&words, b"").unwrap();
        let whole = watch.is_in(Whose::Documents, text);
        // In pieces of any size too.
        for size in [1, 7] {
            let mut reader = watch.over(Whose::Documents, text);
            let mut piece = vec![0; size];
            let found = loop {
                match reader.read(&mut piece) {
                    Ok(0) => break false,
                    Ok(_) => {}
                    Err(_) => break true,
                }
            };
            assert_eq!(found, whole, "{word}");
        }
        whole
    }

    #[test]
    fn words_are_found_in_every_form() {
        for word in ["Rostovtsev", "Ростовцев"] {
            let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { word.encode_utf16().flat_map(bytes).collect() };
            assert!(is_found(word, format!("so {word}.").as_bytes()));
            assert!(is_found(word, word.to_uppercase().as_bytes()));
            assert!(is_found(word, &utf16(u16::to_le_bytes)) && is_found(word, &utf16(u16::to_be_bytes)));
            for before in ["", "a", "ab", "abc"] {
                let code = base64::engine::general_purpose::STANDARD.encode(format!("{before}{word} and more"));
                assert!(is_found(word, code.as_bytes()), "{word} after {before}");
            }
            let hex: String = word.bytes().map(|b| format!("{b:02X}")).collect();
            assert!(is_found(word, hex.as_bytes()));
        }
        assert!(is_found("Ростовцев", b"/%D0%A0%D0%BE%D1%81%D1%82%D0%BE%D0%B2%D1%86%D0%B5%D0%B2"));
        assert!(is_found("Ростовцев", br"\u0420\u043e\u0441\u0442\u043e\u0432\u0446\u0435\u0432"));
        assert!(!is_found("Rostovtsev", b"Rostov, and tsev"));
        assert!(Watch::new(&["Li".to_owned()], b"").is_none());
    }

    #[test]
    fn the_words_of_the_program_are_not_those_of_documents() {
        let words = ["Victor".to_owned(), "victor".to_owned(), "Prosper".to_owned()];
        let watch = Watch::new(&words, b"<victor>Victor won</victor>").unwrap();
        assert!(!watch.is_in(Whose::Ours, b"<victor>Victor</victor> prosper") && watch.is_in(Whose::Ours, b"Prosper"));
        assert!(watch.is_in(Whose::Documents, b"victor") && watch.is_in(Whose::Documents, b"prosper"));
        // Marc and the “démarche”: short words are those of a code only.
        let short = Watch::new(&["Marc".to_owned(), "Ивано".to_owned()], b"").unwrap();
        let is_in = |text: &str| short.is_in(Whose::Documents, text.as_bytes());
        assert!(!is_in("la démarche de Marc, Ивановичи") && is_in("d098d0b2d0b0d0bdd0be"));
    }
}
