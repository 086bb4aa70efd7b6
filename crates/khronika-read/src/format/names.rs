//! Names of files in archives that do not say in which character set they are (ZIP's own is that of the first IBM PC, and most programs
//! wrote that of their own system instead).

use encoding_rs::{Encoding, IBM866, WINDOWS_1251, WINDOWS_1252};

/// The upper half of code page 437, which stands for 850 as well: the letters of western Europe are in the same places.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";

#[derive(Clone, Copy)]
enum Page {
    Pc,
    Web(&'static Encoding),
}

/// The pages in order: the first of two that read equally well is taken.
const PAGES: [Page; 4] = [Page::Web(IBM866), Page::Pc, Page::Web(WINDOWS_1251), Page::Web(WINDOWS_1252)];

/// How to read the names of one archive: as all of them together read best.
pub(super) struct Names(Option<Page>);

impl Names {
    /// Looks at all names that do not say what they are.
    pub(super) fn of<'a>(raw: impl Iterator<Item = &'a [u8]> + Clone) -> Self {
        const ENOUGH: usize = 2000;
        let odd = raw.filter(|name| !name.is_ascii()).take(ENOUGH);
        if odd.clone().all(|name| std::str::from_utf8(name).is_ok()) {
            return Self(None);
        }
        let faults = |page: Page| odd.clone().map(|name| faults(&read(name, page))).sum::<u64>();
        Self(PAGES.into_iter().min_by_key(|page| faults(*page)))
    }

    /// A name in letters.
    pub(super) fn read(&self, raw: &[u8]) -> String {
        match (self.0, std::str::from_utf8(raw)) {
            (_, Ok(name)) => name.to_owned(),
            (Some(page), Err(_)) => read(raw, page),
            (None, Err(_)) => String::from_utf8_lossy(raw).into_owned(),
        }
    }
}

fn read(raw: &[u8], page: Page) -> String {
    match page {
        Page::Web(encoding) => encoding.decode_without_bom_handling(raw).0.into_owned(),
        Page::Pc => {
            let upper: Vec<char> = CP437.chars().collect();
            let letter = |b: &u8| match b.checked_sub(0x80) {
                None => char::from(*b),
                Some(n) => upper.get(usize::from(n)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
            };
            raw.iter().map(letter).collect()
        }
    }
}

/// How much of a name reads wrong: letters of two scripts in one word, a capital behind a small letter, signs that nobody writes in names.
fn faults(name: &str) -> u64 {
    let mut faults = 0;
    let mut before: Option<char> = None;
    for c in name.chars() {
        if matches!(c, '\u{2500}'..='\u{25FF}' | '\u{80}'..='\u{9F}' | char::REPLACEMENT_CHARACTER) {
            faults += 4;
        } else if !c.is_ascii() && !c.is_alphabetic() {
            faults += u64::from(!matches!(c, '№' | '«' | '»' | '–' | '—' | '’' | '“' | '”' | '°' | '§' | '\u{A0}')) * 2;
        }
        if let Some(last) = before.filter(|last| last.is_alphabetic() && c.is_alphabetic()) {
            faults += u64::from(is_cyrillic(last) != is_cyrillic(c)) * 3;
            faults += u64::from(last.is_lowercase() && c.is_uppercase() && !(last.is_ascii() && c.is_ascii())) * 3;
            // Two accented letters of western Europe hardly stand side by side.
            faults += u64::from(!last.is_ascii() && !c.is_ascii() && !is_cyrillic(last));
        }
        faults += u64::from(is_greek(c)) * 2;
        before = Some(c);
    }
    faults
}

const fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52F}')
}

const fn is_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_were_written() {
        let pc = |name: &str| -> Vec<u8> {
            let upper: Vec<char> = CP437.chars().collect();
            let byte = |c: char| match upper.iter().position(|u| *u == c) {
                Some(n) => u8::try_from(n + 0x80).unwrap(),
                None => u8::try_from(u32::from(c)).unwrap(),
            };
            name.chars().map(byte).collect()
        };
        let of = |name: &str, encoding: &'static Encoding| encoding.encode(name).0.into_owned();
        for (name, raw) in [
            ("Приказ о высылке.pdf", of("Приказ о высылке.pdf", IBM866)),
            ("Приказ о высылке.pdf", of("Приказ о высылке.pdf", WINDOWS_1251)),
            ("ПОСТАНОВЛЕНИЕ № 7.doc", of("ПОСТАНОВЛЕНИЕ № 7.doc", IBM866)),
            ("Жалоба.txt", of("Жалоба.txt", WINDOWS_1251)),
            ("Décision du préfet.pdf", pc("Décision du préfet.pdf")),
            ("Requête à l'État.pdf", of("Requête à l'État.pdf", WINDOWS_1252)),
            ("ASCII.pdf", b"ASCII.pdf".to_vec()),
            ("уже UTF-8.pdf", "уже UTF-8.pdf".as_bytes().to_vec()),
        ] {
            assert_eq!(Names::of([raw.as_slice()].into_iter()).read(&raw), name);
        }
    }

    #[test]
    fn the_page_has_128_signs() {
        assert_eq!(CP437.chars().count(), 128);
    }
}
