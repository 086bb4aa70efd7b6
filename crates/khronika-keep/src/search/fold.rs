//! One spelling of many.
//!
//! [`plain`] takes case and diacritics away and leaves the script. [`sound`] goes further: it writes Cyrillic in Latin letters and takes
//! away what the usual ways of doing so differ in (passport, scholarly, French, German, Kazakh), so that Аблязов, Ablyazov, Abliazov,
//! Ablâzov and Әблязов all become `ablazov`. It is rough on purpose: it only ever adds hits, which the words as they stand outrank.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Appends `word` to `out` in lower case, without diacritics.
///
/// Ё is е and Ѓ is г, as dictionaries order them, but Й and Ї stay: without their marks they would be other letters.
pub(crate) fn plain(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        return;
    }
    let mut last = ' ';
    for c in word.nfkd().flat_map(char::to_lowercase) {
        match c {
            // й and ї are written as one letter again.
            '\u{306}' if last == 'и' => {
                out.pop();
                out.push('й');
            }
            '\u{308}' if last == 'і' => {
                out.pop();
                out.push('ї');
            }
            c if is_combining_mark(c) => {}
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            // Soft signs and apostrophes inside words are kept or left out without difference.
            '\'' | '’' | 'ʼ' | 'ʹ' | '`' | '‘' => continue,
            c => out.push(c),
        }
        last = c;
    }
}

/// The Latin letters of a Cyrillic one that [`plain`] left.
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'а' | 'ә' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ғ' => "g",
        'д' => "d",
        'е' | 'э' | 'є' => "e",
        'ж' | 'з' => "z",
        'и' | 'і' | 'ы' | 'ї' => "i",
        'й' | 'ј' => "y",
        'к' | 'қ' => "k",
        'л' => "l",
        'м' => "m",
        'н' | 'ң' => "n",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ү' | 'ұ' | 'ў' => "u",
        'ф' => "f",
        'х' | 'һ' => "h",
        'ц' => "ts",
        'ч' | 'ш' | 'щ' => "c",
        'ю' => "yu",
        'я' => "ya",
        'ъ' | 'ь' => "",
        _ => return None,
    })
}

/// True where a letter is of a script that [`sound`] writes in Latin letters.
pub(crate) fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&c)
}

/// Groups of letters that stand for one sound, longest first, in the order in which they are looked for.
const GROUPS: [(&str, &str); 18] = [
    ("shch", "c"),
    ("tsch", "c"),
    ("stch", "c"),
    ("sch", "c"),
    ("tch", "c"),
    ("sh", "c"),
    ("ch", "c"),
    ("kh", "h"),
    ("zh", "z"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("tz", "ts"),
    ("ou", "u"),
    ("ck", "k"),
    ("x", "ks"),
    ("q", "k"),
    ("w", "v"),
];

/// How a word sounds, roughly, in Latin letters; `word` is as [`plain`] leaves it.
pub(crate) fn sound(word: &str) -> String {
    let mut letters = String::with_capacity(word.len());
    for c in word.chars() {
        match latin(c) {
            Some(l) => letters.push_str(l),
            None => letters.push(c),
        }
    }
    let mut out = String::with_capacity(letters.len());
    let mut rest = letters.as_str();
    // A run of i, y and j that was read and may belong to the vowel after it.
    let mut glide = false;
    while let Some(c) = rest.chars().next() {
        let (group, sound) = GROUPS
            .iter()
            .find(|(group, _)| rest.starts_with(group))
            .map_or((rest.get(..c.len_utf8()).unwrap_or_default(), None), |(group, sound)| (*group, Some(*sound)));
        rest = rest.get(group.len()..).unwrap_or_default();
        for c in sound.unwrap_or(group).chars() {
            match c {
                'i' | 'y' | 'j' => glide = true,
                'a' | 'e' | 'o' | 'u' => {
                    // я is ya, ia and â; ё is yo, io and е.
                    let c = if glide && c == 'o' { 'e' } else { c };
                    glide = false;
                    push(&mut out, c);
                }
                c => {
                    if std::mem::take(&mut glide) {
                        push(&mut out, 'i');
                    }
                    push(&mut out, c);
                }
            }
        }
    }
    if glide {
        push(&mut out, 'i');
    }
    out
}

/// Appends a letter unless it would stand twice.
fn push(out: &mut String, c: char) {
    if !out.ends_with(c) || c.is_numeric() {
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(word: &str) -> String {
        let mut out = String::new();
        plain(word, &mut out);
        out
    }

    #[test]
    fn case_and_diacritics_go_and_letters_stay() {
        assert_eq!(folded("ÉLÈVE"), "eleve");
        assert_eq!(folded("Łódź"), "lodz");
        assert_eq!(folded("Ёлка"), "елка");
        assert_eq!(folded("Йод"), "йод");
        assert_eq!(folded("Їжак"), "їжак");
        assert_eq!(folded("И\u{306}од"), "йод");
        assert_eq!(folded("Қазақстан"), "қазақстан");
        assert_eq!(folded("Straße"), "strasse");
        assert_eq!(folded("об’єкт"), "обєкт");
        assert_eq!(folded("ﬁn"), "fin");
    }

    #[test]
    fn the_ways_of_writing_a_name_sound_alike() {
        let groups: [&[&str]; 7] = [
            &["Аблязов", "Ablyazov", "Abliazov", "Ablâzov", "Әблязов", "ABLYAZOV", "Ablyazow", "Äblyazov"],
            &["Юрий", "Yuri", "Yury", "Iouri", "Yuriy", "Jurij", "Юрій"],
            &["Хрущёв", "Khrushchev", "Khrouchtchev", "Хрущев"],
            &["Фёдор", "Fyodor", "Fedor", "Федор"],
            &["Мария", "Maria", "Mariya", "Mariia", "Марія"],
            &["Қазақстан", "Qazaqstan", "Kazakstan", "Казакстан"],
            &["Шевченко", "Shevchenko", "Chevtchenko", "Schewtschenko"],
        ];
        for group in groups {
            let sounds: Vec<String> = group.iter().map(|name| sound(&folded(name))).collect();
            assert!(sounds.windows(2).all(|pair| pair[0] == pair[1]), "{group:?}: {sounds:?}");
        }
        assert_ne!(sound("ivanov"), sound("ivanova"));
    }
}
