//! The encodings of before Unicode.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, KOI8_U, UTF_8, WINDOWS_1251};

use super::{Decoded, Harm, Ledger, Legacy, cyrillic};

/// How much of a document the detection looks at (bytes), from its first letter that is not ASCII.
const SAMPLE: usize = 128 << 10;

/// The encoding that a label in a document names; `None` for UTF-8, UTF-16 (the bytes show these) and for what is not known.
pub(crate) fn from_label(label: &str) -> Option<Legacy> {
    let label = label.trim();
    if ["kz-1048", "kz1048", "strk1048-2002", "rk1048", "ptcp154"].iter().any(|l| label.eq_ignore_ascii_case(l)) {
        return Some(Legacy::Kz1048);
    }
    let encoding = Encoding::for_label_no_replacement(label.as_bytes())?;
    (encoding.is_ascii_compatible() && encoding != UTF_8).then_some(Legacy::Web(encoding))
}

pub(super) fn decode(bytes: &[u8], declared: Option<Legacy>) -> Decoded {
    let encoding = declared.unwrap_or_else(|| detect(bytes));
    let (raw, name) = match encoding {
        Legacy::Kz1048 => (cyrillic::decode_kz1048(bytes), "KZ-1048"),
        Legacy::Web(encoding) => {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            (text.into_owned(), name_of(encoding, bytes))
        }
    };
    let one_byte = match encoding {
        Legacy::Kz1048 => true,
        Legacy::Web(encoding) => encoding.is_single_byte(),
    };
    if !raw.contains(['\0', char::REPLACEMENT_CHARACTER]) {
        return Decoded { text: raw, encoding: name, damage: Vec::new() };
    }
    let mut text = String::with_capacity(raw.len());
    let mut ledger = Ledger::default();
    for (n, c) in raw.chars().enumerate() {
        let byte = one_byte.then_some(n as u64);
        match c {
            '\0' => ledger.replace(&mut text, Harm::Nul, byte),
            char::REPLACEMENT_CHARACTER => ledger.replace(&mut text, Harm::Broken, byte),
            c => text.push(c),
        }
    }
    Decoded { text, encoding: name, damage: ledger.into_damage() }
}

/// KOI8-U is KOI8-R but for eight bytes; a text without them is called by the name that both readings share.
fn name_of(encoding: &'static Encoding, bytes: &[u8]) -> &'static str {
    let ukrainian = [0xA4, 0xA6, 0xA7, 0xAD, 0xB4, 0xB6, 0xB7, 0xBD];
    if encoding == KOI8_U && !bytes.iter().any(|b| ukrainian.contains(b)) { "KOI8-R" } else { encoding.name() }
}

fn detect(bytes: &[u8]) -> Legacy {
    let first = bytes.iter().position(|b| *b >= 0x80).unwrap_or(0).saturating_sub(64);
    let sample = bytes.get(first..bytes.len().min(first + SAMPLE)).unwrap_or_default();
    if cyrillic::reads_as_kz1048(sample) {
        return Legacy::Kz1048;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == WINDOWS_1251 && cyrillic::is_kz1048(sample) {
        return Legacy::Kz1048;
    }
    Legacy::Web(guess)
}
