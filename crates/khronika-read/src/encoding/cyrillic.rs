//! KZ-1048, the Kazakh standard for eight bits (STRK1048-2002, Unicode's `KZ1048.TXT`): windows-1251 with sixteen letters
//! exchanged. Browsers do not know it, so whether a text that looks like windows-1251 is one or the other is voted on here.

use encoding_rs::WINDOWS_1251;

/// The bytes in which the two differ: the letter in KZ-1048, the letter in windows-1251.
const EXCHANGED: [(u8, char, char); 16] = [
    (0x8D, 'Қ', 'Ќ'),
    (0x8E, 'Һ', 'Ћ'),
    (0x9D, 'қ', 'ќ'),
    (0x9E, 'һ', 'ћ'),
    (0xA1, 'Ұ', 'Ў'),
    (0xA2, 'ұ', 'ў'),
    (0xA3, 'Ә', 'Ј'),
    (0xA5, 'Ө', 'Ґ'),
    (0xAA, 'Ғ', 'Є'),
    (0xAF, 'Ү', 'Ї'),
    (0xB4, 'ө', 'ґ'),
    (0xBA, 'ғ', 'є'),
    (0xBC, 'ә', 'ј'),
    (0xBD, 'Ң', 'Ѕ'),
    (0xBE, 'ң', 'ѕ'),
    (0xBF, 'ү', 'ї'),
];

/// The small letters that tell the languages of this family apart, by their byte: ќ/қ, ћ/һ, ў/ұ, ј/ә, ґ/ө, є/ғ, ї/ү, ѕ/ң in the first
/// eight places, where the two standards differ; then і, в, и, о, х, ч, щ, ъ, ы, ь, э, я, which both have.
const TELLING: [u8; 20] = [
    0x9D, 0x9E, 0xA2, 0xBC, 0xB4, 0xBA, 0xBF, 0xBE, 0xB3, 0xE2, 0xE8, 0xEE, 0xF5, 0xF7, 0xF9, 0xFA, 0xFB, 0xFC, 0xFD,
    0xFF,
];

/// How often each telling letter comes in a thousand letters of running text (rounded; both cases together).
const KAZAKH: [f32; 20] =
    [28., 0.3, 7., 12., 8., 17., 9., 14., 60., 3., 12., 28., 3., 0.7, 0.2, 0.2, 75., 1.5, 0.7, 3.];

/// The same for the languages written in windows-1251: Ukrainian, Belarusian, Russian, Serbian, Macedonian, Bulgarian.
const OTHERS: [[f32; 20]; 6] = [
    [0., 0., 0., 0., 0.1, 6., 7., 0., 60., 52., 60., 92., 12., 15., 6., 0., 0., 18., 0., 20.],
    [0., 0., 15., 0., 0., 0., 0., 0., 65., 30., 0., 40., 8., 15., 0., 0., 40., 15., 8., 50.],
    [0., 0., 0., 0., 0., 0., 0., 0., 0., 45., 74., 109., 10., 15., 4., 0.4, 19., 17., 3., 20.],
    [0., 7., 0., 48., 0., 0., 0., 0., 0., 37., 95., 90., 6., 9., 0., 0., 0., 0., 0., 0.],
    [4., 0., 0., 20., 0., 0., 0., 0.5, 0., 42., 90., 100., 3., 12., 0., 0., 0., 0., 0., 0.],
    [0., 0., 0., 0., 0., 0., 0., 0., 0., 45., 90., 87., 6., 15., 6., 17., 0., 0.2, 0., 20.],
];

/// What a letter that a language does not have costs: it comes in foreign names (a thousand letters).
const FOREIGN: f32 = 0.02;

/// True where the bytes read better as Kazakh in KZ-1048 than as any language in windows-1251.
pub(super) fn is_kz1048(bytes: &[u8]) -> bool {
    let mut counts = [0_u32; 256];
    for byte in bytes {
        if let Some(n) = counts.get_mut(usize::from(small(*byte))) {
            *n += 1;
        }
    }
    let count = |byte: u8| counts.get(usize::from(byte)).map_or(0.0, |n| *n as f32);
    if TELLING.iter().take(8).all(|byte| count(*byte) == 0.0) {
        return false;
    }
    let score = |rates: &[f32; 20]| -> f32 {
        TELLING.iter().zip(rates).map(|(byte, rate)| count(*byte) * rate.max(FOREIGN).ln()).sum()
    };
    score(&KAZAKH) > OTHERS.iter().map(score).fold(f32::NEG_INFINITY, f32::max)
}

/// The small letter of a capital, in KZ-1048 and windows-1251 alike.
fn small(byte: u8) -> u8 {
    match byte {
        0xC0..=0xDF => byte + 0x20,
        0x8D => 0x9D,
        0x8E => 0x9E,
        0xA1 => 0xA2,
        0xA3 => 0xBC,
        0xA5 => 0xB4,
        0xAA => 0xBA,
        0xAF => 0xBF,
        0xB2 => 0xB3,
        0xBD => 0xBE,
        _ => byte,
    }
}

/// How likely the bytes are Cyrillic letters of this family at all, so that the vote is asked only where it may be right: of the
/// bytes above 7F, how many are letters, in per cent, with capitals inside words counted against it.
pub(super) fn reads_as_kz1048(bytes: &[u8]) -> bool {
    let (mut letters, mut high, mut wrong) = (0_u32, 0_u32, 0_u32);
    let mut before = Case::None;
    for byte in bytes {
        let case = case(*byte);
        high += u32::from(*byte >= 0x80);
        letters += u32::from(case != Case::None);
        wrong += u32::from(before == Case::Small && case == Case::Capital);
        before = case;
    }
    letters * 100 >= high * 90 && wrong * 50 <= letters && is_kz1048(bytes)
}

#[derive(Clone, Copy, PartialEq)]
enum Case {
    None,
    Small,
    Capital,
}

fn case(byte: u8) -> Case {
    match byte {
        0xC0..=0xDF | 0x8D | 0x8E | 0xA1 | 0xA3 | 0xA5 | 0xA8 | 0xAA | 0xAF | 0xB2 | 0xBD => Case::Capital,
        0xE0..=0xFF | 0x9D | 0x9E | 0xA2 | 0xB3 | 0xB4 | 0xB8 | 0xBA | 0xBC | 0xBE | 0xBF => Case::Small,
        _ => Case::None,
    }
}

/// Reads KZ-1048; as in windows-1251, 0x98 is no character.
pub(super) fn decode_kz1048(bytes: &[u8]) -> String {
    let (text, _) = WINDOWS_1251.decode_without_bom_handling(bytes);
    text.chars()
        .map(|c| EXCHANGED.iter().find(|(_, _, plain)| *plain == c).map_or(c, |(_, kazakh, _)| *kazakh))
        .collect()
}

/// Writes KZ-1048.
#[cfg(test)]
pub(super) fn encode_kz1048(text: &str) -> Vec<u8> {
    text.chars()
        .flat_map(|c| match EXCHANGED.iter().find(|(_, kazakh, _)| *kazakh == c) {
            Some((byte, _, _)) => vec![*byte],
            None => WINDOWS_1251.encode(&c.to_string()).0.into_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_windows_1251_but_for_sixteen_letters() {
        for (byte, kazakh, plain) in EXCHANGED {
            assert_eq!(WINDOWS_1251.decode_without_bom_handling(&[byte]).0, plain.to_string());
            assert_eq!(decode_kz1048(&[byte]), kazakh.to_string());
        }
        assert_eq!(decode_kz1048(b"\xC0\xFF\xB2\xA8\x20a"), "АяІЁ a");
    }

    #[test]
    fn a_kazakh_name_does_not_make_a_text_kazakh_nor_ukrainian_letters() {
        // In windows-1251 there are no Kazakh letters; what shares their bytes are Ukrainian, Belarusian and Serbian ones.
        for text in [
            "Її звільнено, а його скаргу залишено без розгляду; ґрати й ґанок.",
            "Суд адмяніў рашэнне, ён быў вызвалены.",
            "Суд је одлучио да ће жалба бити одбачена.",
        ] {
            assert!(!is_kz1048(&WINDOWS_1251.encode(text).0), "{text}");
        }
        assert!(is_kz1048(&encode_kz1048("Ол туралы хабар бар, бірақ ғалым үндемеді.")));
    }
}
