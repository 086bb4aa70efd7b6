//! What a line begins with: a bullet, a number, a footnote mark.

/// The length (bytes) of a bullet and the space after it: "• ", "– ", "* ".
pub(super) fn bullet(line: &str) -> Option<usize> {
    let mut chars = line.chars();
    let mark = chars.next()?;
    let dash = matches!(mark, '-' | '–' | '—' | '―' | '−');
    let dot = matches!(
        mark,
        '•' | '·' | '▪' | '◦' | '●' | '■' | '□' | '►' | '▸' | '‣' | '⁃' | '*' | '+' | '¾' | '\u{F0B7}' | '\u{F0A7}'
    );
    if !dash && !dot {
        return None;
    }
    let rest = chars.as_str();
    let spaces = rest.len() - rest.trim_start().len();
    // "—Да" and "-5" are not items; a round dot needs no space after it.
    let tight = !matches!(mark, '-' | '*' | '+' | '−') && rest.starts_with(char::is_alphabetic);
    (spaces > 0 || (tight && !dash)).then_some(mark.len_utf8() + spaces)
}

/// How an item is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbering {
    /// "12.", "3)", "2.1."
    Arabic(u32),
    /// "IV."
    Roman,
    /// "a)", "(б)"
    Letter,
    /// "B.": an initial as often as a number.
    Capital,
}

/// The numbering that a line begins with, and its length with the space after it (bytes).
pub(super) fn numbering(line: &str) -> Option<(Numbering, usize)> {
    let open = usize::from(line.starts_with('('));
    let body = line.get(open..)?;
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let (mut kind, mut len) = if (1..=4).contains(&digits) {
        let value = body.get(..digits)?.parse().ok()?;
        // "2.1", "2.1.3"
        let mut len = digits;
        while body.get(len..)?.starts_with('.') {
            let more = body.get(len + 1..)?.bytes().take_while(u8::is_ascii_digit).count();
            if !(1..=2).contains(&more) {
                break;
            }
            len += 1 + more;
        }
        (Numbering::Arabic(value), len)
    } else {
        let letters: usize = body.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        let word = body.get(..letters)?;
        if word.is_empty() || word.chars().count() > 6 {
            return None;
        }
        // "v. Smith" and "i. e." are no items; "ii. Dismisses" and "(v) dismisses" are.
        let lone = body.len() <= letters + 1;
        let small = word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
        let roman =
            word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L')) || (small && (open == 1 || letters > 1 || lone));
        if roman {
            (Numbering::Roman, letters)
        } else if word.chars().count() == 1 {
            (Numbering::Letter, letters)
        } else {
            return None;
        }
    };
    let mut rest = body.get(len..)?;
    // "3 . To oblige": a space before the point.
    if open == 0 && matches!(kind, Numbering::Arabic(_)) && rest.starts_with(" .") && rest.len() > 2 {
        len += 1;
        rest = body.get(len..)?;
    }
    let close = rest.chars().next()?;
    let dotted = matches!(kind, Numbering::Arabic(_)) && body.get(..len)?.contains('.');
    match close {
        ')' => len += 1,
        '.' if open == 0 => {
            len += 1;
            match kind {
                Numbering::Letter if body.starts_with(char::is_uppercase) => kind = Numbering::Capital,
                // "г. Тверь", "s. 3": an abbreviation.
                Numbering::Letter => return None,
                _ => {}
            }
        }
        '\\' if rest.starts_with("\\.") || rest.starts_with("\\)") => len += 2,
        '°' if matches!(kind, Numbering::Arabic(_)) => {
            len += '°'.len_utf8() + usize::from(rest.get(2..)?.starts_with(')'))
        }
        c if dotted && open == 0 && (c.is_whitespace() || c.is_uppercase()) => {}
        _ => return None,
    }
    let rest = body.get(len..)?;
    let spaces = rest.len() - rest.trim_start().len();
    let glued = spaces == 0 && rest.starts_with(char::is_alphabetic) && matches!(kind, Numbering::Arabic(_)) && !dotted;
    let glued = glued || (dotted && close.is_uppercase());
    if !rest.is_empty() && spaces == 0 && !glued && !rest.starts_with(['«', '“', '"', '„', '(', '[']) {
        return None;
    }
    // A date, an hour or an amount is no number of an item: "12.05.2020", "10.30", "1.000".
    if dotted && spaces > 0 && close.is_whitespace() && looks_like_date(body.get(..len)?) {
        return None;
    }
    if matches!(kind, Numbering::Arabic(n) if n > 999) {
        return None;
    }
    Some((kind, open + len + spaces))
}

/// "12.05.20", "16.05.2006".
fn looks_like_date(number: &str) -> bool {
    let parts: Vec<&str> = number.trim_end_matches('.').split('.').collect();
    parts.len() == 3 && parts.iter().all(|p| p.len() == 2 || p.len() == 4)
}

/// The number of a footnote and its length with the space after it: "[3] ", "^3 ", "³ ".
pub(super) fn footnote(line: &str) -> Option<(u32, usize)> {
    let (body, open, close) = match line.chars().next()? {
        '[' => (line.get(1..)?, 1, ']'),
        '^' => (line.get(1..)?, 1, '^'),
        c if superscript(c).is_some() => (line, 0, ' '),
        _ => return None,
    };
    let mut value = 0_u32;
    let mut len = 0;
    for c in body.chars().take(3) {
        let Some(digit) = c.to_digit(10).or_else(|| superscript(c)) else { break };
        value = value * 10 + digit;
        len += c.len_utf8();
    }
    if len == 0 || value == 0 {
        return None;
    }
    let rest = body.get(len..)?;
    let closed = match close {
        ']' => rest.strip_prefix(']')?,
        '^' => rest.strip_prefix('^').unwrap_or(rest),
        _ => rest,
    };
    let closed = closed.strip_prefix(':').unwrap_or(closed);
    // "[3]the" is a mark inside a sentence; "[3]" alone or with a space after it begins a note.
    if !closed.is_empty() && !closed.starts_with(char::is_whitespace) && close != ' ' {
        return None;
    }
    Some((value, open + line.len() - open - closed.trim_start().len()))
}

/// The bare number that a line begins with in footnotes of printed pages: "3 See the record, p. 12".
pub(super) fn bare_number(line: &str) -> Option<(u32, usize)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) || line.starts_with('0') {
        return None;
    }
    let rest = line.get(digits..)?;
    let spaces = rest.len() - rest.trim_start().len();
    let next = rest.trim_start().chars().next()?;
    (spaces > 0 && (next.is_alphabetic() || matches!(next, '“' | '"' | '«' | '(' | '[')))
        .then_some((line.get(..digits)?.parse().ok()?, digits + spaces))
}

fn superscript(c: char) -> Option<u32> {
    Some(match c {
        '⁰' => 0,
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁴'..='⁹' => c as u32 - '⁴' as u32 + 4,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_and_numbers() {
        assert_eq!(bullet("– the order"), Some("– ".len()));
        assert_eq!(bullet("•the order"), Some("•".len()));
        assert_eq!(bullet("-5 degrees"), None);
        assert_eq!(bullet("—Да"), None);
        let told = |line: &str| numbering(line).map(|(kind, len)| (kind, line.get(len..).unwrap().to_owned()));
        assert_eq!(told("12. The Court"), Some((Numbering::Arabic(12), "The Court".into())));
        assert_eq!(told("1.Розгляд відкласти"), Some((Numbering::Arabic(1), "Розгляд відкласти".into())));
        assert_eq!(told("2.1On 5 May"), Some((Numbering::Arabic(2), "On 5 May".into())));
        assert_eq!(told("3 . Зобов’язати"), Some((Numbering::Arabic(3), "Зобов’язати".into())));
        assert_eq!(told("ii. Dismisses"), Some((Numbering::Roman, "Dismisses".into())));
        assert_eq!(told("v."), Some((Numbering::Roman, "".into())));
        assert_eq!(told("2.1. Procedure"), Some((Numbering::Arabic(2), "Procedure".into())));
        assert_eq!(told("(a) refuses"), Some((Numbering::Letter, "refuses".into())));
        assert_eq!(told("б) отказать"), Some((Numbering::Letter, "отказать".into())));
        assert_eq!(told("IV. EN DROIT"), Some((Numbering::Roman, "EN DROIT".into())));
        assert_eq!(told("3\\. **Article**"), Some((Numbering::Arabic(3), "**Article**".into())));
    }

    #[test]
    fn dates_amounts_and_words_are_no_numbers() {
        for line in [
            "12.05.2020 the court",
            "16.05.06 заявник",
            "2018 was the year",
            "2018. Суд",
            "10.30",
            "1.000 euros were",
            "In 3. Instanz",
            "Mme. Durand",
        ] {
            assert_eq!(numbering(line), None, "{line}");
        }
    }

    #[test]
    fn footnote_marks() {
        assert_eq!(footnote("[3] See above"), Some((3, 4)));
        assert_eq!(footnote("^12 See above"), Some((12, 4)));
        assert_eq!(footnote("[^1]: See"), None);
        assert_eq!(footnote("² Ibid."), Some((2, "² ".len())));
        assert_eq!(footnote("[...] the rest"), None);
        assert_eq!(footnote("[2026] EWHC 410"), None);
        assert_eq!(footnote("[3]the"), None);
        assert_eq!(bare_number("3 See the record"), Some((3, 2)));
        assert_eq!(bare_number("30 % of it"), None);
    }
}
