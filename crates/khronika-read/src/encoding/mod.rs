//! From bytes to Unicode text, kept exactly: line ends stay, nothing is normalised; only what cannot be decoded becomes U+FFFD,
//! and every such loss is counted and placed.

mod cyrillic;
mod legacy;
mod utf16;
mod utf8;

use std::borrow::Cow;

use khronika_core::Span;

pub(crate) use legacy::from_label;

/// Bytes as text.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The encoding's name as the WHATWG standard spells it; `KZ-1048` is not among those.
    pub encoding: &'static str,
    /// What could not be decoded.
    pub damage: Vec<Damage>,
}

/// The ways in which bytes fail to be text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Harm {
    /// NUL bytes (in UTF-16: NUL units).
    Nul,
    /// Sequences that the encoding does not have.
    Broken,
    /// Halves of a UTF-16 pair without the other half.
    Surrogate,
    /// A last byte that is half of a UTF-16 unit.
    Odd,
    /// UTF-16 units that lost their places; what belongs to no letter was left out.
    Shifted,
}

/// One kind of harm: how often, and where first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Damage {
    pub harm: Harm,
    pub count: u64,
    /// The first place in the file (bytes); `None` where the encoding does not let us tell.
    pub byte: Option<u64>,
    /// The first U+FFFD that stands for it in the text; empty where nothing stands for it.
    pub span: Span,
}

/// Collects damage while a text is decoded.
#[derive(Default)]
struct Ledger(Vec<Damage>);

impl Ledger {
    /// Puts U+FFFD into `text` for the harm at `byte` of the file.
    fn replace(&mut self, text: &mut String, harm: Harm, byte: Option<u64>) {
        let start = text.len();
        text.push(char::REPLACEMENT_CHARACTER);
        match self.0.iter_mut().find(|d| d.harm == harm) {
            Some(known) => known.count += 1,
            None => self.0.push(Damage { harm, count: 1, byte, span: Span::new(start, text.len()) }),
        }
    }

    fn into_damage(mut self) -> Vec<Damage> {
        self.0.sort_by_key(|d| d.harm);
        self.0
    }
}

/// An encoding that is not found by looking at the bytes as UTF-8 or UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Legacy {
    /// One that browsers know.
    Web(&'static encoding_rs::Encoding),
    /// The Kazakh standard: windows-1251 with sixteen letters exchanged.
    Kz1048,
}

/// True where the bytes look like UTF-16 without a byte order mark.
pub(crate) fn looks_like_utf16(bytes: &[u8]) -> bool {
    utf16::pattern(bytes).is_some() || utf16::broken(bytes).is_some()
}

/// Decodes `bytes` as they say of themselves, unless that plainly does not fit: where one byte in a hundred breaks, they are told by their
/// letters.
pub(crate) fn decode_declared(bytes: &[u8], declared: Option<Legacy>) -> Decoded {
    let decoded = decode(Cow::Borrowed(bytes), declared);
    let broken: u64 = decoded.damage.iter().map(|d| d.count).sum();
    if declared.is_some() && broken * 100 > bytes.len() as u64 {
        return decode(Cow::Borrowed(bytes), None);
    }
    decoded
}

/// Decodes `bytes`. In order: a byte order mark decides; then what the document declares about itself, unless the bytes are
/// UTF-8 anyway; then UTF-16 by the pattern of its bytes, UTF-8 by being valid (or nearly), and the older encodings by how likely
/// their letters are.
pub(crate) fn decode(bytes: Cow<'_, [u8]>, declared: Option<Legacy>) -> Decoded {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        return utf8::decode(bytes, 3);
    }
    if let Some(order) = utf16::mark(&bytes) {
        return utf16::decode(&bytes, 2, order);
    }
    if let Some(order) = utf16::pattern(&bytes) {
        return utf16::decode(&bytes, 0, order);
    }
    if let Some(order) = utf16::broken(&bytes) {
        return utf16::realign(&bytes, order);
    }
    let quality = utf8::quality(&bytes);
    if quality.is_valid() || (declared.is_none() && quality.is_damaged_utf8()) {
        return utf8::decode(bytes, 0);
    }
    legacy::decode(&bytes, declared)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::Encoding;
    use proptest::prelude::*;

    const UK: &str = "Суд скасував рішення від 5 травня, її скаргу відхилено.";
    const RU: &str = "Суд отменил решение от 5 мая, жалоба отклонена.";
    const KK: &str = "Сот 5 мамырдағы шешімнің күшін жойды, өтініш қанағаттандырылды.";
    const FR: &str = "La Cour a annulé la décision du 5 août ; l’été dernier, le préfet l’avait fondée.";
    const PL: &str = "Sąd uchylił zaskarżoną decyzję, więc skarga została uwzględniona.";

    fn encode(label: &str, text: &str) -> Vec<u8> {
        let (bytes, _, lossy) = Encoding::for_label(label.as_bytes()).unwrap().encode(text);
        assert!(!lossy, "{text} cannot be written in {label}");
        bytes.into_owned()
    }

    fn read(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(Cow::Borrowed(bytes), None);
        assert!(decoded.damage.is_empty(), "{:?}", decoded.damage);
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn each_encoding_comes_back_as_it_was_written() {
        for (label, text, name) in [
            ("utf-8", RU, "UTF-8"),
            ("windows-1251", RU, "windows-1251"),
            ("windows-1251", UK, "windows-1251"),
            ("koi8-r", RU, "KOI8-R"),
            ("koi8-u", UK, "KOI8-U"),
            ("iso-8859-5", RU, "ISO-8859-5"),
            ("ibm866", RU, "IBM866"),
            ("windows-1252", FR, "windows-1252"),
            ("windows-1250", PL, "windows-1250"),
            ("iso-8859-2", PL, "ISO-8859-2"),
        ] {
            assert_eq!(read(&encode(label, text)), (text.to_owned(), name), "{label}");
        }
        assert_eq!(read(&cyrillic::encode_kz1048(KK)), (KK.to_owned(), "KZ-1048"));
    }

    #[test]
    fn twenty_letters_are_enough() {
        for text in [
            "Жалоба отклонена судом",
            "Решение вступило в силу",
            "Приговор отменён, дело прекращено",
            "ПОСТАНОВЛЕНИЕ О ПРЕКРАЩЕНИИ ДЕЛА",
            "Уважаемый господин судья!",
        ] {
            for (label, name) in [
                ("windows-1251", "windows-1251"),
                ("koi8-r", "KOI8-R"),
                ("iso-8859-5", "ISO-8859-5"),
                ("ibm866", "IBM866"),
            ] {
                assert_eq!(read(&encode(label, text)), (text.to_owned(), name), "{label}: {text}");
            }
        }
        for text in [
            "Рішення набрало законної сили",
            "Скаргу залишено без задоволення",
            "УХВАЛА ІМЕНЕМ УКРАЇНИ",
            "Його звільнено з-під варти",
        ] {
            assert_eq!(read(&encode("windows-1251", text)), (text.to_owned(), "windows-1251"), "{text}");
            assert_eq!(read(&encode("koi8-u", text)).0, text);
        }
        for text in [
            "Сот шешімі заңды күшіне енді",
            "Өтініш қанағаттандырылмады",
            "ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ СОТЫ",
            "Құрметті төраға мырза",
            "Арыз сотта қаралды",
        ] {
            assert_eq!(read(&cyrillic::encode_kz1048(text)), (text.to_owned(), "KZ-1048"), "{text}");
        }
        for text in [
            "La requête est rejetée.",
            "Décision notifiée à l'intéressé",
            "Révoqué le préfet",
            "Le requérant a été entendu",
        ] {
            assert_eq!(read(&encode("windows-1252", text)), (text.to_owned(), "windows-1252"), "{text}");
        }
    }

    #[test]
    fn utf_16_is_known_with_and_without_its_mark() {
        for text in [RU, UK, KK, FR, "The appeal was dismissed.", "Суд решил\r\n"] {
            let units: Vec<u16> = text.encode_utf16().collect();
            let little: Vec<u8> = units.iter().flat_map(|u| u.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|u| u.to_be_bytes()).collect();
            assert_eq!(read(&little), (text.to_owned(), "UTF-16LE"));
            assert_eq!(read(&big), (text.to_owned(), "UTF-16BE"));
            assert_eq!(read(&[b"\xFF\xFE", &little[..]].concat()), (text.to_owned(), "UTF-16LE"));
            assert_eq!(read(&[b"\xFE\xFF", &big[..]].concat()), (text.to_owned(), "UTF-16BE"));
        }
    }

    #[test]
    fn a_utf_8_mark_is_no_part_of_the_text_and_line_ends_stay() {
        assert_eq!(read(b"\xEF\xBB\xBFone\r\ntwo\rthree\n"), ("one\r\ntwo\rthree\n".to_owned(), "UTF-8"));
    }

    #[test]
    fn what_is_broken_is_counted_and_placed() {
        let told = |bytes: &[u8]| {
            let decoded = decode(Cow::Borrowed(bytes), None);
            let damage: Vec<_> =
                decoded.damage.iter().map(|d| (d.harm, d.count, d.byte, d.span.of(&decoded.text).to_owned())).collect();
            (decoded.text, damage)
        };
        let fffd = || "\u{FFFD}".to_owned();
        assert_eq!(told(b"one\0two\0"), ("one\u{FFFD}two\u{FFFD}".into(), vec![(Harm::Nul, 2, Some(3), fffd())]));
        let cut = [RU.as_bytes(), b"\xD0"].concat();
        let end = RU.len() as u64;
        assert_eq!(told(&cut), (format!("{RU}\u{FFFD}"), vec![(Harm::Broken, 1, Some(end), fffd())]));
        assert_eq!(
            told(b"\xFF\xFEa\0\0\xD8b\0c"),
            ("a\u{FFFD}b\u{FFFD}".into(), vec![(Harm::Surrogate, 1, Some(4), fffd()), (Harm::Odd, 1, Some(8), fffd())])
        );
    }

    #[test]
    fn utf_16_that_lost_its_places_is_still_read() {
        // A byte order mark that an earlier program broke, and a byte too many at each line end.
        let mut bytes = "\u{FFFD}\u{FFFD}".as_bytes().to_vec();
        for line in ["The committee, having met in May,", "decides “as follows”:", "the complaint is admissible."] {
            bytes.extend(line.encode_utf16().flat_map(u16::to_be_bytes));
            bytes.extend(b"\0\0\r\0\n");
        }
        let decoded = decode(Cow::Borrowed(&bytes), None);
        assert!(
            decoded.text.ends_with(
                "The committee, having met in May,\r\ndecides “as follows”:\r\nthe complaint is admissible.\r\n"
            ),
            "{:?}",
            decoded.text
        );
        assert_eq!(decoded.damage.iter().map(|d| d.harm).collect::<Vec<_>>(), [Harm::Shifted]);
    }

    #[test]
    fn a_declared_encoding_is_believed_unless_the_bytes_are_utf_8() {
        let bytes = encode("koi8-r", "Да");
        let declared = from_label("KOI8-R");
        assert_eq!(decode(Cow::Borrowed(&bytes), declared).text, "Да");
        assert_eq!(decode(Cow::Borrowed("Да".as_bytes()), declared).text, "Да");
    }

    proptest! {
        #[test]
        fn no_bytes_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let decoded = decode(Cow::Borrowed(&bytes), None);
            for damage in decoded.damage {
                let stands = damage.span.of(&decoded.text);
                prop_assert!(damage.harm == Harm::Shifted || stands == "\u{FFFD}", "{:?}", stands);
            }
        }

        #[test]
        fn valid_text_without_nul_is_kept_exactly(text in "[ -~а-яёіїєґәғқңөұүһ\r\n\t]{0,80}") {
            let decoded = decode(Cow::Borrowed(text.as_bytes()), None);
            prop_assert_eq!(decoded.text, text);
        }
    }
}
