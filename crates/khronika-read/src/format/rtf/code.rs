//! The encodings and signs of RTF.

use encoding_rs::Encoding;

/// The encoding of a code page of Windows; Western where it is not known.
pub(super) fn of_page(page: i32) -> &'static Encoding {
    match page {
        866 => encoding_rs::IBM866,
        874 => encoding_rs::WINDOWS_874,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 | 1361 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        10_000 => encoding_rs::MACINTOSH,
        10_007 => encoding_rs::X_MAC_CYRILLIC,
        20_866 => encoding_rs::KOI8_R,
        21_866 => encoding_rs::KOI8_U,
        65_001 => encoding_rs::UTF_8,
        _ => encoding_rs::WINDOWS_1252,
    }
}

/// The encoding of a font by its character set; `None` where the document's own holds.
pub(super) fn of_charset(charset: i32) -> Option<&'static Encoding> {
    Some(of_page(match charset {
        0 => 1252,
        77 => 10_000,
        128 => 932,
        129 | 130 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    }))
}

/// The encoding of a font by the end of its name, as old fonts have it.
pub(super) fn of_font(name: &str) -> Option<&'static Encoding> {
    let (_, end) = name.trim_end_matches(';').trim().rsplit_once(' ')?;
    Some(of_page(match end.to_ascii_lowercase().as_str() {
        "cyr" => 1251,
        "ce" => 1250,
        "greek" => 1253,
        "tur" => 1254,
        "baltic" => 1257,
        _ => return None,
    }))
}

/// The signs that have a word of their own.
pub(super) fn sign(word: &str) -> Option<&'static str> {
    Some(match word {
        "tab" => "\t",
        "line" | "lbr" => "\n",
        "page" | "column" | "softline" => "\n",
        "emdash" => "\u{2014}",
        "endash" => "\u{2013}",
        "emspace" => "\u{2003}",
        "enspace" => "\u{2002}",
        "qmspace" => "\u{2005}",
        "bullet" => "\u{2022}",
        "lquote" => "\u{2018}",
        "rquote" => "\u{2019}",
        "ldblquote" => "\u{201C}",
        "rdblquote" => "\u{201D}",
        "ltrmark" => "\u{200E}",
        "rtlmark" => "\u{200F}",
        "zwj" => "\u{200D}",
        "zwnj" => "\u{200C}",
        "zwbo" => "\u{200B}",
        "zwnbo" => "\u{2060}",
        _ => return None,
    })
}

/// Groups whose words are no text of the document, though no `\*` says so.
pub(super) fn is_silent(word: &str) -> bool {
    matches!(
        word,
        "pict"
            | "nonshppict"
            | "colortbl"
            | "listtable"
            | "filetbl"
            | "revtbl"
            | "rsidtbl"
            | "themedata"
            | "datastore"
            | "objdata"
            | "objclass"
            | "objname"
            | "shprslt"
            | "sp"
            | "xe"
            | "tc"
            | "tcn"
            | "rxe"
            | "template"
            | "ftnsep"
            | "ftnsepc"
            | "aftnsep"
            | "aftnsepc"
            | "ftncn"
            | "aftncn"
            | "private"
            | "mmathPict"
            | "nonesttables"
            | "bkmkpub"
            | "fchars"
            | "lchars"
    )
}

/// A date as RTF packs it.
pub(super) fn date(packed: i32) -> Option<String> {
    let bits = u32::from_ne_bytes(packed.to_ne_bytes());
    let (minute, hour, day) = (bits & 63, bits >> 6 & 31, bits >> 11 & 31);
    let (month, year) = (bits >> 16 & 15, 1900 + (bits >> 20 & 511));
    ((1..=31).contains(&day) && (1..=12).contains(&month) && hour < 24 && minute < 60)
        .then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"))
}

/// The language of a number of Windows.
pub(super) fn language(number: i32) -> Option<&'static str> {
    Some(match number & 0x3FF {
        0x07 => "de",
        0x09 => "en",
        0x0A => "es",
        0x0C => "fr",
        0x10 => "it",
        0x15 => "pl",
        0x19 => "ru",
        0x22 => "uk",
        0x3F => "kk",
        _ => return None,
    })
}
