//! The language of a text without a label, from its letters and its commonest words.

use khronika_core::Lang;

/// Words that are common in one language and rare in the others; Latin script.
const COMMON: &[(Lang, &[&str])] = &[
    (Lang::EN, &["the", "of", "and", "was", "that", "with", "for", "on"]),
    (Lang::FR, &["le", "les", "des", "du", "une", "est", "dans", "et", "au"]),
    (Lang::DE, &["der", "die", "das", "und", "den", "ist", "mit", "von", "im"]),
    (Lang::ES, &["el", "los", "las", "del", "y", "una", "por", "en"]),
    (Lang::IT, &["il", "di", "che", "della", "una", "per", "nel", "è"]),
    (Lang::PL, &["w", "i", "na", "z", "nie", "się", "do", "od", "dnia"]),
];

/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 4000;

/// Guesses; English where nothing speaks for another language.
pub(super) fn language(text: &str) -> Lang {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end).unwrap_or("");
    let (mut latin, mut cyrillic, mut ukrainian, mut kazakh) = (0, 0, 0, 0);
    for c in sample.chars() {
        match c {
            'a'..='z' | 'A'..='Z' => latin += 1,
            'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ' => {
                cyrillic += 1;
                ukrainian += 1;
            }
            'ә' | 'ғ' | 'қ' | 'ң' | 'ө' | 'ұ' | 'ү' | 'һ' | 'Ә' | 'Ғ' | 'Қ' | 'Ң' | 'Ө' | 'Ұ' | 'Ү' | 'Һ' =>
            {
                cyrillic += 1;
                kazakh += 1;
            }
            'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' => cyrillic += 1,
            _ => {}
        }
    }
    if cyrillic > latin {
        return if kazakh * 60 > cyrillic {
            Lang::KK
        } else if ukrainian * 60 > cyrillic {
            Lang::UK
        } else {
            Lang::RU
        };
    }
    let lower = sample.to_lowercase();
    let mut best = (0, Lang::EN);
    for (lang, words) in COMMON {
        let hits = lower.split(|c: char| !c.is_alphabetic()).filter(|w| words.contains(w)).count();
        if hits > best.0 {
            best = (hits, *lang);
        }
    }
    best.1
}
