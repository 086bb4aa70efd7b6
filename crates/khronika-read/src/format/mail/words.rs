//! The words of two forms of one text, to see whether they say the same.

/// Words as numbers, in order: two words have the same one hardly ever, and then a text seems to say a little less.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Words(Vec<u64>);

impl Words {
    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many of these words the other text does not have.
    pub(super) fn missing_in(&self, other: &Self) -> usize {
        let mut others = other.0.iter().peekable();
        let is_missing = |word: &&u64| {
            while others.next_if(|other| other < word).is_some() {}
            others.peek() != Some(word)
        };
        self.0.iter().filter(is_missing).count()
    }
}

/// Words that are looked at; more do not change the picture.
const MOST: usize = 50_000;

/// Shorter words (bytes) say nothing of a text.
const SHORTEST: u32 = 3;

/// Takes a text in, byte by byte. A letter beyond ASCII is the bytes that it is written with: two forms of one text have the same.
#[derive(Default)]
struct Counter {
    words: Vec<u64>,
    hash: u64,
    len: u32,
    /// The word has a letter that is not known.
    unsure: bool,
}

impl Counter {
    fn end(&mut self) {
        if !self.unsure && self.len >= SHORTEST && self.words.len() < MOST {
            self.words.push(self.hash);
        }
        (self.len, self.unsure) = (0, false);
    }

    fn take(&mut self, text: &str) {
        let mut bytes = text.bytes();
        while let Some(byte) = bytes.next() {
            match byte {
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | 0x80..=0xC1 | 0xC3..=0xE1 | 0xE3..=0xFF => {
                    // FNV-1a.
                    let hash = if self.len == 0 { 0xCBF2_9CE4_8422_2325 } else { self.hash };
                    self.hash = (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01B3);
                    self.len += 1;
                }
                // Spaces, quotation marks and dashes beyond ASCII begin with these two.
                0xC2 => {
                    bytes.next();
                    self.end();
                }
                0xE2 => {
                    bytes.nth(1);
                    self.end();
                }
                _ => self.end(),
            }
        }
    }

    fn finish(mut self) -> Words {
        self.end();
        self.words.sort_unstable();
        self.words.dedup();
        Words(self.words)
    }
}

/// The words of a plain text.
pub(super) fn of_text(text: &str) -> Words {
    let mut counter = Counter::default();
    counter.take(text);
    counter.finish()
}

/// The words of a page, without reading it as one: what stands between its tags, but for scripts, styles and what is hidden in the way
/// that mail programs hide it.
pub(super) fn of_page(page: &str) -> Words {
    let mut counter = Counter::default();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        words(text, &mut counter);
        counter.end();
        if !tag
            .get(1..)
            .is_some_and(|t| t.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')))
        {
            rest = tag.strip_prefix('<').unwrap_or_default();
            continue;
        }
        let silent = ["script", "style", "title"].into_iter().find(|name| is_tag(tag, name));
        let after = match silent {
            Some(name) => after_end(tag, name),
            None if tag.starts_with("<!--") => tag.split_once("-->").map(|(_, after)| after),
            None => tag.split_once('>').map(|(_, after)| after),
        };
        rest = after.unwrap_or_default();
    }
    words(rest, &mut counter);
    counter.finish()
}

fn words(text: &str, counter: &mut Counter) {
    let mut pieces = text.split('&');
    counter.take(pieces.next().unwrap_or_default());
    for piece in pieces {
        let Some((name, after)) = piece.split_once(';').filter(|(name, _)| name.len() <= 8) else {
            counter.end();
            counter.take(piece);
            continue;
        };
        match name {
            "nbsp" | "amp" | "lt" | "gt" | "quot" | "laquo" | "raquo" | "ndash" | "mdash" | "rsquo" | "ldquo"
            | "rdquo" | "hellip" => counter.end(),
            _ => match name.strip_prefix('#').and_then(number).and_then(char::from_u32) {
                Some(c) => counter.take(c.encode_utf8(&mut [0; 4])),
                // A letter by its name: the word is left out.
                None => counter.unsure = true,
            },
        }
        counter.take(after);
    }
}

/// 233, xE9.
fn number(written: &str) -> Option<u32> {
    match written.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => written.parse().ok(),
    }
}

fn is_tag(tag: &str, name: &str) -> bool {
    tag.get(1..=name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
        && tag.as_bytes().get(name.len() + 1).is_none_or(|b| !b.is_ascii_alphanumeric())
}

/// What follows the end tag of an element.
fn after_end<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    while let Some(at) = rest.find("</") {
        let end = rest.get(at + 1..)?;
        if is_tag(end, name) {
            return end.split_once('>').map(|(_, after)| after);
        }
        rest = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_words_of_its_text() {
        let page = "<style>p { colour: grey }</style><!-- old words --><P CLASS=x>La Cour&nbsp;a annul&#233;&hellip; d&eacute;cid&eacute; l&rsquo;arr&#xEA;t</p><br>Суд<title>none";
        assert_eq!(of_page(page), of_text("cour annulé arrêt Суд"));
        assert_eq!(of_page("a < b and 3 && <"), of_text("and"));
        assert_eq!(of_page("<script>if (a</b) { never }"), of_text(""));
    }
}
