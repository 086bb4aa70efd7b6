//! Numbers as documents show them: 4, iv, D, г.

/// A number in a format by its name in ECMA-376 (17.18.59); formats that are not known as 1, 2, 3.
pub(super) fn number(value: u32, format: &str) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{value:02}"),
        "upperRoman" => roman(value),
        "lowerRoman" => roman(value).to_lowercase(),
        "upperLetter" => letters(value, 'A'..='Z'),
        "lowerLetter" => letters(value, 'a'..='z'),
        "russianUpper" => letters(value, 'А'..='Я'),
        "russianLower" => letters(value, 'а'..='я'),
        _ => value.to_string(),
    }
}

fn roman(value: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if value == 0 || value > 32_767 {
        return value.to_string();
    }
    let (mut left, mut out) = (value, String::new());
    for (worth, sign) in SIGNS {
        while left >= worth {
            out.push_str(sign);
            left -= worth;
        }
    }
    out
}

/// a, b, … z, aa, bb, … as Word goes on; Russian lists leave out the letters that begin no word.
fn letters(value: u32, alphabet: std::ops::RangeInclusive<char>) -> String {
    let all: Vec<char> = alphabet.filter(|c| !matches!(c, 'Й' | 'Ъ' | 'Ы' | 'Ь' | 'й' | 'ъ' | 'ы' | 'ь')).collect();
    let Some(n) = value.checked_sub(1).map(|n| n as usize) else { return String::new() };
    let sign = all.get(n % all.len().max(1)).copied().unwrap_or(' ');
    std::iter::repeat_n(sign, (n / all.len().max(1) + 1).min(20)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_all_formats() {
        let told: Vec<_> = [
            (4, "decimal"),
            (4, "decimalZero"),
            (1994, "upperRoman"),
            (9, "lowerRoman"),
            (2, "upperLetter"),
            (28, "lowerLetter"),
            (10, "russianLower"),
            (0, "upperRoman"),
            (u32::MAX, "lowerLetter"),
        ]
        .into_iter()
        .map(|(value, format)| number(value, format))
        .collect();
        assert_eq!(told, ["4", "04", "MCMXCIV", "ix", "B", "bb", "к", "0", "uuuuuuuuuuuuuuuuuuuu"]);
    }
}
