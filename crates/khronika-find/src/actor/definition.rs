//! Names that the text itself gives: "Office … (OFPRA)", "(далее — Общество)", "(ci-après « la Banque »)", "also known as".

use std::collections::BTreeMap;
use std::ops::Range;

use khronika_core::NameRelation;

use super::ActorRules;
use super::ending::stem;
use super::organisation::key_of;
use super::person::is_capitals;
use super::scan::{Item, Scan, What};
use super::words::Use;
use crate::text::TokenKind;

/// The most tokens of a defined name.
const MOST: usize = 5;

/// A name defined in the text.
#[derive(Debug)]
struct Defined {
    /// Its folded words.
    words: Vec<String>,
    /// As written, where it is an acronym.
    exact: Option<String>,
    /// True where it must begin with a capital.
    capital: bool,
    /// True where it must stand in quotation marks.
    quoted: bool,
    of: usize,
    relation: NameRelation,
}

/// Finds the definitions, then every later use of what they define.
pub(super) fn find(rules: &ActorRules, scan: &mut Scan<'_, '_>) {
    let mut defined = Vec::new();
    for item in 0..scan.items.len() {
        after(rules, scan, item, &mut defined);
        before(scan, item, &mut defined);
        own_words(scan, item, &mut defined);
    }
    uses(scan, &defined);
}

/// Acronyms whose letters begin the words before them: "Democratic Union of Ruritania (DUR)". The words become an organisation.
pub(super) fn spelled_out(rules: &ActorRules, scan: &mut Scan<'_, '_>) {
    let text = scan.text;
    for sentence in &text.sentences {
        for at in sentence.tokens.clone() {
            if text.fold(at) != "(" || !is_acronym(scan, at + 1) || !matches!(text.fold(at + 2), ")" | ";" | ",") {
                continue;
            }
            let Some(start) = words_of_letters(rules, scan, sentence.tokens.start, at, sentence.lang) else { continue };
            let mut end = at;
            while end > start && matches!(text.fold(end - 1), "»" | "”" | "\"") {
                end -= 1;
            }
            if (start..end).any(|t| !scan.free(t)) {
                continue;
            }
            scan.add(Item {
                tokens: start..end,
                what: What::Organisation { key: key_of(scan, start..end) },
                lang: sentence.lang,
                block: sentence.block,
                made_by: "actor.spelled-out".to_owned(),
                confidence: 0.85,
            });
        }
    }
}

/// The first of the words before token `open` whose first letters are those of the acronym after it.
fn words_of_letters(
    rules: &ActorRules,
    scan: &Scan<'_, '_>,
    first: usize,
    open: usize,
    lang: khronika_core::Lang,
) -> Option<usize> {
    let text = scan.text;
    let mut letters: Vec<char> = text.fold(open + 1).chars().collect();
    let mut at = open;
    let mut skipped = 0;
    while let Some(letter) = letters.last() {
        at = at.checked_sub(1).filter(|a| *a >= first)?;
        let token = text.tokens.get(at)?;
        if token.kind == TokenKind::Mark {
            if matches!(text.fold(at), "»" | "”" | "\"" | "-") && at + 1 == open {
                continue;
            }
            return None;
        }
        let word = text.fold(at);
        let small = !token.capital
            && (rules
                .words
                .of(lang)
                .uses(text, at, open)
                .iter()
                .any(|(u, ..)| matches!(u, Use::Link | Use::And | Use::Article)));
        if word.starts_with(*letter) {
            letters.pop();
            // "Rights" in "HR" of "human-rights": the parts of a compound count one by one.
        } else if small && skipped < 6 {
            skipped += 1;
        } else {
            return None;
        }
    }
    scan.capital(at).then_some(at)
}

fn is_acronym(scan: &Scan<'_, '_>, at: usize) -> bool {
    let text = scan.text;
    let word = text.word(at);
    let letters = word.chars().count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    text.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word)
        && (2..=12).contains(&letters)
        && (is_capitals(word) || (capitals >= 2 && capitals * 2 >= letters))
        && !word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
}

/// What stands in brackets after an item, or after "also known as".
fn after(rules: &ActorRules, scan: &mut Scan<'_, '_>, item: usize, defined: &mut Vec<Defined>) {
    let text = scan.text;
    let Some(Item { tokens, what, lang, block, .. }) = scan.items.get(item).cloned() else { return };
    let words = rules.words.of(lang);
    let end = text.tokens.len().min(tokens.end + 24);
    let mut at = tokens.end;
    while matches!(text.fold(at), "»" | "”" | "\"" | "“") && at < end && !scan.spaced(at) {
        at += 1;
    }
    let person = matches!(what, What::Person(_) | What::State { .. });
    let bracket = text.fold(at) == "(";
    let mut next = if bracket || text.fold(at) == "," { at + 1 } else { at };
    let mut relation = NameRelation::Acronym;
    if person && let Some((past, _)) = words.at(text, next, end, Use::Alias) {
        let mut last = past;
        while last < end
            && last - past < 4
            && scan.capital(last)
            && scan.free(last)
            && (last == past || scan.spaced(last))
        {
            last += 1;
        }
        if last > past {
            let alias = Item {
                tokens: past..last,
                what: What::Alias { of: item, relation: NameRelation::Alias },
                lang,
                block,
                made_by: "actor.alias".to_owned(),
                confidence: 0.85,
            };
            scan.add(alias);
        }
        return;
    }
    if !bracket {
        return;
    }
    let mut hereinafter = false;
    for _ in 0..3 {
        if let Some((past, _)) = words.at(text, next, end, Use::Hereinafter) {
            hereinafter = true;
            next = past;
        }
        while matches!(text.fold(next), "–" | "—" | "-" | ":" | ",") && next < end {
            next += 1;
        }
    }
    let mut article = words.at(text, next, end, Use::Article).map(|(past, _)| past);
    next = article.unwrap_or(next);
    let quoted = matches!(text.fold(next), "«" | "“" | "\"" | "„" | "'" | "‘" | "’" | "”");
    if quoted {
        next += 1;
        if let Some((past, _)) = words.at(text, next, end, Use::Article) {
            article = Some(past);
            next = past;
        }
    }
    let mut last = next;
    while last < end && last - next < MOST {
        let closes = matches!(text.fold(last), ")" | ";" | ",")
            || (quoted && matches!(text.fold(last), "»" | "”" | "\"" | "'" | "’" | "“"));
        if closes {
            break;
        }
        last += 1;
    }
    let closed = matches!(text.fold(last), ")" | ";" | "," | "»" | "”" | "\"" | "'" | "’" | "“");
    if last == next || !closed || text.tokens.get(next).is_none_or(|t| t.kind != TokenKind::Word) {
        return;
    }
    let acronym = last == next + 1 && is_acronym(scan, next);
    let named = hereinafter || (quoted && (article.is_some() || scan.capital(next)));
    if (!acronym || person) && !named {
        return;
    }
    if acronym && person && !named {
        return;
    }
    if !acronym {
        relation = if person { NameRelation::Alias } else { NameRelation::Short };
    }
    // A state in brackets after an organisation is where it is, not what it is called.
    if !named && rules.states.name(text, next, last).is_some() {
        return;
    }
    let free = (next..last).all(|t| scan.free(t));
    if free {
        scan.add(Item {
            tokens: next..last,
            what: What::Alias { of: item, relation },
            lang,
            block,
            made_by: "actor.defined".to_owned(),
            confidence: 0.95,
        });
    } else {
        // "National Court of Asylum (CNDA)": the acronym is a body of the lists, and says which body the words before it are.
        let known = scan.items.iter().position(|i| i.tokens == (next..last) && matches!(i.what, What::Body { .. }));
        if let (Some(known), Some(of)) = (known, scan.items.get_mut(item))
            && matches!(&of.what, What::Organisation { .. })
        {
            of.what = What::Alias { of: known, relation: NameRelation::Translated };
            return;
        }
    }
    let words = (next..last).map(|t| text.fold(t).to_owned()).collect();
    let exact = acronym.then(|| text.word(next).to_owned());
    defined.push(Defined { words, exact, capital: scan.capital(next), quoted: false, of: item, relation });
}

/// "DUR (Democratic Union of Ruritania)": the acronym first.
fn before(scan: &mut Scan<'_, '_>, item: usize, defined: &mut Vec<Defined>) {
    let text = scan.text;
    let Some(Item { tokens, what: What::Organisation { .. } | What::Body { .. }, lang, block, .. }) =
        scan.items.get(item).cloned()
    else {
        return;
    };
    let Some(acronym) = tokens.start.checked_sub(2) else { return };
    if text.fold(tokens.start - 1) != "(" || !is_acronym(scan, acronym) || !scan.free(acronym) {
        return;
    }
    let mut letters = text.fold(acronym).chars().peekable();
    for t in tokens {
        if letters.peek().is_some_and(|l| text.fold(t).starts_with(*l)) {
            letters.next();
        }
    }
    if letters.peek().is_some() {
        return;
    }
    scan.add(Item {
        tokens: acronym..acronym + 1,
        what: What::Alias { of: item, relation: NameRelation::Acronym },
        lang,
        block,
        made_by: "actor.defined".to_owned(),
        confidence: 0.95,
    });
    let exact = Some(text.word(acronym).to_owned());
    let words = vec![text.fold(acronym).to_owned()];
    defined.push(Defined { words, exact, capital: true, quoted: false, of: item, relation: NameRelation::Acronym });
}

/// The quoted part of an organisation's name stands for it later, again in quotation marks or as several words.
fn own_words(scan: &Scan<'_, '_>, item: usize, defined: &mut Vec<Defined>) {
    let Some(Item { what: What::Organisation { key }, .. }) = scan.items.get(item) else { return };
    let words: Vec<String> = key.split(' ').map(str::to_owned).collect();
    if words.len() > MOST + 3 || key.is_empty() {
        return;
    }
    let quoted = words.len() < 2;
    defined.push(Defined { words, exact: None, capital: true, quoted, of: item, relation: NameRelation::Short });
}

/// Adds every use of a defined name.
fn uses(scan: &mut Scan<'_, '_>, defined: &[Defined]) {
    if defined.is_empty() {
        return;
    }
    let mut by_word: BTreeMap<&str, Vec<&Defined>> = BTreeMap::new();
    for name in defined {
        let Some(first) = name.words.first() else { continue };
        let names = by_word.entry(first).or_default();
        // The same acronym defined twice: the first definition holds.
        if !names.iter().any(|n| n.words == name.words && n.exact == name.exact) {
            names.push(name);
        }
    }
    // One Cyrillic word with a capital, in whichever case it stands.
    let by_stem: BTreeMap<String, &Defined> = defined
        .iter()
        .rev()
        .filter(|n| n.words.len() == 1 && n.exact.is_none() && n.capital && !n.quoted)
        .filter_map(|n| n.words.first().map(|word| (stem(word), n)))
        .collect();
    for names in by_word.values_mut() {
        names.sort_by_key(|n| std::cmp::Reverse(n.words.len()));
    }
    let text = scan.text;
    for sentence in &text.sentences {
        for at in sentence.tokens.clone() {
            if !scan.free(at) {
                continue;
            }
            let word = text.fold(at);
            let mut item =
                by_word.get(word).and_then(|names| names.iter().find_map(|n| use_at(scan, n, at, sentence.tokens.end)));
            if item.is_none() && scan.capital(at) && sentence.lang.is_cyrillic() {
                // "Обществом" of "(далее — Общество)"; "ДВК-ның".
                let bare = word.split('-').next().unwrap_or(word);
                item = by_word
                    .get(bare)
                    .and_then(|names| names.iter().find(|n| n.exact.as_deref() == text.word(at).split('-').next()))
                    .map(|n| (at..at + 1, n.of, n.relation));
                if item.is_none() {
                    item = by_stem.get(stem(word).as_str()).map(|n| (at..at + 1, n.of, n.relation));
                }
            }
            if let Some((tokens, of, relation)) = item {
                scan.add(Item {
                    tokens,
                    what: What::Alias { of, relation },
                    lang: sentence.lang,
                    block: sentence.block,
                    made_by: "actor.defined".to_owned(),
                    confidence: 0.9,
                });
            }
        }
    }
}

fn use_at(scan: &Scan<'_, '_>, name: &Defined, at: usize, end: usize) -> Option<(Range<usize>, usize, NameRelation)> {
    let text = scan.text;
    let last = at + name.words.len();
    let fits = last <= end
        && name.words.iter().enumerate().all(|(n, w)| text.fold(at + n) == w && scan.free(at + n))
        && (!name.capital || scan.capital(at))
        && name.exact.as_deref().is_none_or(|exact| text.word(at) == exact)
        && (!name.quoted || (at > 0 && matches!(text.fold(at - 1), "«" | "“" | "\"" | "„")));
    fits.then_some((at..last, name.of, name.relation))
}
