//! Letters by tables of our own where the standard library's are slow.
//!
//! The standard library answers quickly for ASCII and searches its tables for all else, so that a Russian text costs several times
//! what an English one does. The answers here are the same (a test tries every character); Latin and Cyrillic letters get theirs
//! from their place in Unicode.

/// The same as [`char::is_alphabetic`].
#[inline]
#[must_use]
pub fn is_alphabetic(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        '\u{c0}'..='\u{24f}' => c != '×' && c != '÷',
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => true,
        '\u{2000}'..='\u{2070}' => false,
        _ => c.is_alphabetic(),
    }
}

/// The same as [`char::is_alphanumeric`].
#[inline]
#[must_use]
pub fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        '\u{c0}'..='\u{24f}' => c != '×' && c != '÷',
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => true,
        '\u{2000}'..='\u{206f}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// The same as [`char::is_uppercase`].
#[inline]
#[must_use]
pub fn is_uppercase(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_uppercase(),
        '\u{400}'..='\u{42f}' => true,
        '\u{430}'..='\u{45f}' | '\u{2000}'..='\u{2070}' => false,
        _ => c.is_uppercase(),
    }
}

/// Adds the small form of `c`, as [`char::to_lowercase`] gives it.
#[inline]
pub fn push_lowercase(c: char, to: &mut String) {
    match simple_lowercase(c) {
        Some(small) => to.push(small),
        None => to.extend(c.to_lowercase()),
    }
}

/// `text` in small letters, one letter at a time: as [`str::to_lowercase`] but for the Greek final sigma.
#[must_use]
pub fn lowercase(text: &str) -> String {
    let mut small = String::with_capacity(text.len());
    text.chars().for_each(|c| push_lowercase(c, &mut small));
    small
}

/// The small form of a letter where it is one character that its place tells.
#[inline]
const fn simple_lowercase(c: char) -> Option<char> {
    match c {
        '\0'..='\u{7f}' => Some(c.to_ascii_lowercase()),
        '\u{410}'..='\u{42f}' => char::from_u32(c as u32 + 0x20),
        '\u{400}'..='\u{40f}' => char::from_u32(c as u32 + 0x50),
        '\u{430}'..='\u{45f}' | '\u{df}'..='\u{f6}' | '\u{f8}'..='\u{ff}' | '\u{2000}'..='\u{2070}' => Some(c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_character_is_what_the_standard_library_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(super::is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(super::is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(super::is_uppercase(c), c.is_uppercase(), "{c:?}");
            let mut small = String::new();
            super::push_lowercase(c, &mut small);
            assert_eq!(small, c.to_lowercase().collect::<String>(), "{c:?}");
        }
    }
}
