//! What a part of an entry says: a role, an organisation, both, or a place.

use std::ops::Range;

use super::entry::{Part, Reader};
use super::segment::{self, Before};
use super::words::{Kind, Words};
use crate::text::{Text, TokenKind};

/// Every kind of word that speaks for an organisation.
pub(super) const ORGANISATION: &[Kind] =
    &[Kind::Organisation, Kind::Cause, Kind::Unit, Kind::Parent, Kind::TownCollege];
/// Words that are organisations by themselves.
pub(super) const BODY: &[Kind] = &[Kind::Organisation, Kind::Unit, Kind::Parent, Kind::TownCollege];
/// Every kind of role.
pub(super) const ROLE: &[Kind] = &[Kind::Role, Kind::LeadRole, Kind::KinRole, Kind::AcademicRole];
/// Every kind of place.
pub(super) const PLACE: &[Kind] = &[Kind::Country, Kind::Town];
/// The longest name of an organisation, in tokens.
const LONGEST_ORGANISATION: usize = 24;
/// How many tokens after a role its "of" may stand: later ones belong to a story ("…, monitored in the context of the affair").
const FARTHEST_OF: usize = 5;
/// The longest name of a town, in tokens.
const LONGEST_PLACE: usize = 3;

impl Reader<'_> {
    /// The token after the role that `range` begins with, small adjectives before it allowed ("former", "независимый").
    pub(super) fn role_start(self, text: &Text<'_>, range: Range<usize>) -> Option<usize> {
        let start = self.words.at(text, range.start, range.end, Kind::Article).unwrap_or(range.start);
        (start..range.end.min(start + 4)).find_map(|at| {
            let small = text.tokens.get(at).is_some_and(|t| !t.capital);
            let plural = self.words.at(text, at, range.end, Kind::PluralRole).filter(|_| small);
            let next = self.words.any(text, at, range.end, ROLE).map(|(_, next)| next).max(plural)?;
            let plain = (start..at).all(|i| {
                text.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word)
                    && self.words.any(text, i, range.end, &[Kind::Of, Kind::At, Kind::And]).is_none()
                    && self.words.any(text, i, range.end, BODY).is_none()
            });
            // In Latin script the last word of a compound is its head: "Defender Foundation" is a foundation.
            // "Valley Rights Monitor": a word of organisations too, under the capitals before it.
            let body = at > start
                && text.tokens.get(at).is_some_and(|t| t.capital)
                && self.words.any(text, at, range.end, BODY).is_some();
            let headed =
                next < range.end && text.word(next).is_ascii() && self.words.any(text, next, range.end, BODY).is_some();
            (plain && !headed && !body).then_some(next)
        })
    }

    /// True where `range` is a place and nothing else.
    pub(super) fn is_place(self, text: &Text<'_>, range: Range<usize>) -> bool {
        let start = self.words.at(text, range.start, range.end, Kind::Article).unwrap_or(range.start);
        if self.words.any(text, start, range.end, PLACE).is_some_and(|(_, end)| end == range.end) {
            return true;
        }
        // "м. Заріччя", "Көктем қ."
        let named = |r: Range<usize>| {
            !r.is_empty()
                && r.len() <= LONGEST_PLACE
                && r.into_iter().all(|i| text.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word && t.capital))
        };
        match town_mark(self.words, text, range.start, range.end) {
            Some(next) => named(next..range.end),
            None => (range.start + 1..range.end)
                .find(|at| town_mark(self.words, text, *at, range.end) == Some(range.end))
                .is_some_and(|at| named(range.start..at)),
        }
    }

    /// True where the words look like the name of an organisation.
    pub(super) fn is_organisation(self, text: &Text<'_>, range: Range<usize>) -> bool {
        if range.is_empty() || range.len() > LONGEST_ORGANISATION {
            return false;
        }
        let first = self.words.at(text, range.start, range.end, Kind::Article).unwrap_or(range.start);
        let Some(token) = text.tokens.get(first) else { return false };
        let known = self.words.has(text, range.clone(), ORGANISATION);
        let quoted = range.clone().any(|i| matches!(text.fold(i), "«" | "“" | "„" | "\"" | "#"));
        let begins = token.capital
            || matches!(text.fold(first), "«" | "“" | "„" | "\"" | "#")
            || token.kind == TokenKind::Number
            || self.words.any(text, first, range.end, ORGANISATION).is_some();
        if self.words.has(text, range.clone(), &[Kind::Clause]) {
            return false;
        }
        if !begins || range.clone().any(|i| matches!(text.fold(i), "!" | "?" | "@")) {
            return false;
        }
        // A point inside is an abbreviation; a point after a long small word ends a sentence.
        let sentence = (range.start + 1..range.end)
            .any(|i| text.fold(i) == "." && text.word(i - 1).chars().count() > 4 && i + 1 < range.end);
        if sentence {
            return false;
        }
        let words = range.clone().filter(|i| text.tokens.get(*i).is_some_and(|t| t.kind == TokenKind::Word));
        let (mut all, mut capital) = (0, 0);
        for i in words {
            all += 1;
            capital += usize::from(text.tokens.get(i).is_some_and(|t| t.capital));
        }
        known || (quoted && all > 0) || (token.capital && all <= 6 && capital * 2 >= all)
    }

    pub(super) fn without_article(self, text: &Text<'_>, range: Range<usize>) -> Range<usize> {
        // "UN Committee": capitals among smaller words are an acronym, not the article "un".
        let capitals = |at: usize| {
            let word = text.word(at);
            word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.chars().any(char::is_lowercase)
        };
        match self.words.at(text, range.start, range.end, Kind::Article) {
            Some(start) if start < range.end && (!capitals(range.start) || capitals(start)) => start..range.end,
            _ => range,
        }
    }

    /// Adds what `range` says to `parts`. A bare organisation after a bare role is the role's.
    pub(super) fn classify_into(
        self,
        text: &Text<'_>,
        range: Range<usize>,
        before: Before,
        parts: &mut Vec<Part>,
    ) -> Last {
        let mut last = Last::Name;
        for (n, piece) in self.pieces(text, range).into_iter().enumerate() {
            let part = self.classify(text, piece);
            last = if part.organisation.is_some() { Last::Organisation } else { Last::Role };
            if n > 0 || before == Before::Semicolon || part.role.is_some() {
                parts.push(part);
                continue;
            }
            match parts.last_mut() {
                Some(Part { role: Some(_), organisation: organisation @ None }) => *organisation = part.organisation,
                // "Headmaster, Harbour School": one word before a body is what the person is there.
                Some(Part { role: role @ None, organisation: organisation @ Some(_) })
                    if organisation.clone().is_some_and(|o| self.may_be_role(text, o))
                        && part.organisation.as_ref().is_some_and(|o| self.words.has(text, o.clone(), BODY)) =>
                {
                    *role = organisation.take();
                    *organisation = part.organisation;
                }
                Some(Part { organisation: Some(organisation), .. })
                    if part
                        .organisation
                        .as_ref()
                        .is_some_and(|o| self.is_part_of(text, organisation.clone(), o.clone())) =>
                {
                    organisation.end = part.organisation.as_ref().map_or(organisation.end, |o| o.end);
                }
                _ => parts.push(part),
            }
        }
        last
    }

    /// True for one word of small letters after its capital that no list of words knows.
    fn may_be_role(self, text: &Text<'_>, range: Range<usize>) -> bool {
        range.len() == 1
            && text.word(range.start).chars().skip(1).all(char::is_lowercase)
            && text.word(range.start).chars().count() > 3
            && !self.words.has(text, range.clone(), ORGANISATION)
            && !self.words.has(text, range, PLACE)
    }

    /// True where one of two organisations is a part of the other: "Faculty of Law, University of Riga", or the other way round.
    fn is_part_of(self, text: &Text<'_>, a: Range<usize>, b: Range<usize>) -> bool {
        let unit = |r: Range<usize>| self.words.has(text, r, &[Kind::Unit]);
        let parent = |r: Range<usize>| self.words.has(text, r, &[Kind::Parent, Kind::TownCollege]);
        (unit(a.clone()) && parent(b.clone())) || (parent(a) && unit(b))
    }

    /// `range` cut at each "and" that joins two affiliations rather than two words.
    fn pieces(self, text: &Text<'_>, range: Range<usize>) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut start = range.start;
        let mut depth = 0_usize;
        for at in range.clone() {
            match text.fold(at) {
                "«" | "„" | "“" => depth += 1,
                "»" | "”" => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > 0 || at <= start {
                continue;
            }
            let Some(next) = self.words.at(text, at, range.end, Kind::And) else { continue };
            let (left, right) = (start..at, next..range.end);
            let role = self.role_start(text, right.clone()).is_some()
                && self.classify(text, left.clone()).organisation.is_some();
            let parents = |r: Range<usize>| self.words.has(text, r, &[Kind::Parent, Kind::TownCollege]);
            // "University of Riga and University of Vilnius": the right side begins a name of its own.
            let names = parents(left.clone())
                && parents(right.clone())
                && text.tokens.get(self.without_article(text, right).start).is_some_and(|t| t.capital);
            if role || names {
                found.push(left);
                start = next;
            }
        }
        found.push(start..range.end);
        found
    }

    /// The role and the organisation in one piece.
    fn classify(self, text: &Text<'_>, range: Range<usize>) -> Part {
        let range = segment::trim(text, range);
        // "for the League": whom a person signs for.
        if let Some(next) = self.words.at(text, range.start, range.end, Kind::Behalf)
            && self.names_body(text, next..range.end)
        {
            return Part { role: None, organisation: Some(self.without_article(text, next..range.end)) };
        }
        // "Anatole France, de l’Académie française"
        if let Some(next) = self.words.at(text, range.start, range.end, Kind::Of)
            && text.tokens.get(self.without_article(text, next..range.end).start).is_some_and(|t| t.capital)
            && self.words.has(text, next..range.end, BODY)
        {
            return Part { role: None, organisation: Some(self.without_article(text, next..range.end)) };
        }
        if self.is_kin(text, range.clone()) {
            return Part { role: Some(range), organisation: None };
        }
        let whole = self.without_article(text, range.clone());
        if let Some(role_end) = self.role_start(text, range.clone()) {
            return self.role_first(text, whole, role_end);
        }
        // The role closes it: "«Adal soz» foundation president", "Фонд төрағасы".
        let tail = (whole.start + 1..whole.end)
            .find(|at| self.words.any(text, *at, whole.end, ROLE).is_some_and(|(_, end)| end == whole.end));
        if let Some(at) = tail {
            let left = segment::trim(text, whole.start..at);
            let from_of = at.checked_sub(1).is_some_and(|b| {
                self.words.any(text, b, whole.end, &[Kind::Of, Kind::At, Kind::And, Kind::Article]).is_some()
            });
            let named = left.clone().any(|i| matches!(text.fold(i), "«" | "“" | "„" | "\""))
                || text.tokens.get(left.start).is_some_and(|t| t.capital);
            let named = named
                && (self.words.has(text, left.clone(), BODY)
                    || !left.clone().any(|i| self.words.any(text, i, left.end, &[Kind::Cause]).is_some()));
            if named && !from_of && !left.is_empty() {
                return Part { role: Some(at..whole.end), organisation: Some(left) };
            }
        }
        let academic = (whole.start..whole.end).any(|at| {
            self.words.at(text, at, whole.end, Kind::AcademicRole).is_some()
                && (whole.start..at).all(|i| self.words.any(text, i, whole.end, &[Kind::Of, Kind::At]).is_none())
        });
        if academic {
            let end = (whole.start..whole.end)
                .find_map(|at| self.words.at(text, at, whole.end, Kind::AcademicRole))
                .unwrap_or(whole.start + 1);
            return self.role_first(text, whole, end);
        }
        let capital = text.tokens.get(whole.start).is_some_and(|t| t.capital || t.kind == TokenKind::Mark);
        let named = whole.clone().any(|i| text.tokens.get(i).is_some_and(|t| t.capital || t.kind == TokenKind::Number));
        if capital || (named && self.words.has(text, whole.clone(), BODY)) {
            Part { role: None, organisation: Some(whole) }
        } else {
            Part { role: Some(range), organisation: None }
        }
    }

    /// A role at the beginning: where does its organisation begin?
    fn role_first(self, text: &Text<'_>, range: Range<usize>, role_end: usize) -> Part {
        let academic =
            (range.start..role_end).any(|at| self.words.at(text, at, role_end, Kind::AcademicRole) == Some(role_end));
        if role_end >= range.end {
            return Part { role: Some(range), organisation: None };
        }
        let role_only = Part { role: Some(range.clone()), organisation: None };
        let lead = academic || self.words.has(text, range.start..role_end, &[Kind::LeadRole]);
        let cut = |role: usize, organisation: usize| Part {
            role: Some(segment::trim(text, range.start..role)),
            organisation: Some(self.without_article(text, organisation..range.end)),
        };
        let mut quoted = None;
        for at in role_end..range.end {
            if matches!(text.fold(at), "«" | "“" | "„" | "\"" | "#") {
                quoted = quoted.or(Some(at));
            }
            if let Some(next) = self.words.at(text, at, range.end, Kind::At)
                && self.names_body(text, next..range.end)
            {
                return cut(at, next);
            }
            if quoted.is_some() {
                break;
            }
        }
        if !academic {
            for at in role_end..quoted.unwrap_or(range.end).min(role_end + FARTHEST_OF) {
                let Some(next) = self.words.at(text, at, range.end, Kind::Of) else { continue };
                let after = self.words.at(text, next, range.end, Kind::Article).unwrap_or(next);
                // "Founder and Chairperson of X": a role after "of" is no organisation.
                if !lead && self.names_person(text, next..range.end) {
                    return role_only;
                }
                if self.names_body(text, next..range.end) && !self.is_place(text, after..range.end) {
                    return cut(at, next);
                }
            }
        } else if let Some(next) = self.words.at(text, role_end, range.end, Kind::Of)
            && self
                .words
                .any(text, self.without_article(text, next..range.end).start, range.end, &[Kind::Parent, Kind::Unit])
                .is_some()
        {
            return cut(role_end, next);
        }
        // Languages that need no preposition: "директор фонда", "Amnesty-Referentin".
        let organisation = (role_end..range.end)
            .find(|at| self.words.any(text, *at, range.end, ORGANISATION).is_some())
            .filter(|at| !text.word(*at).is_ascii() || text.tokens.get(*at).is_some_and(|t| t.capital));
        let capital = (role_end..range.end).find(|at| {
            text.tokens.get(*at).is_some_and(|t| t.capital) && !text.word(*at).is_ascii() && is_cyrillic(text.word(*at))
        });
        if !lead && capital.is_some_and(|at| self.names_person(text, at..range.end)) {
            return role_only;
        }
        let first = [organisation.map(|at| self.adjectives_before(text, role_end, at)), capital, quoted]
            .into_iter()
            .flatten()
            .min();
        match first {
            Some(at)
                if !self.is_place(text, at..range.end)
                    && (!academic || organisation.is_some() || capital.is_some()) =>
            {
                if is_cyrillic(text.word(at)) || Some(at) == quoted || at == role_end { cut(at, at) } else { role_only }
            }
            _ => role_only,
        }
    }

    /// True for a role that stands after its organisation: "«Білім» қорының директоры".
    pub(super) fn is_office(self, text: &Text<'_>, range: Range<usize>) -> bool {
        let part = self.classify(text, range);
        part.role.is_some_and(|role| part.organisation.is_some_and(|o| o.end <= role.start))
    }

    /// True for what a person is to another person: "мать Лолы", "Асқардың анасы".
    fn is_kin(self, text: &Text<'_>, range: Range<usize>) -> bool {
        let start = self.words.at(text, range.start, range.end, Kind::Article).unwrap_or(range.start);
        self.words.at(text, start, range.end, Kind::KinRole).is_some()
            || (range.start + 1..range.end)
                .any(|at| self.words.at(text, at, range.end, Kind::KinRole) == Some(range.end))
    }

    /// The first of the small Russian or Ukrainian adjectives right before token `at`, not before `from`.
    fn adjectives_before(self, text: &Text<'_>, from: usize, at: usize) -> usize {
        let mut start = at;
        while start > from && self.words.adjectives().iter().any(|e| text.fold(start - 1).ends_with(e.as_str())) {
            start -= 1;
        }
        start
    }

    /// True where the words after "of" or "at" name a body: a capital, a quotation mark or a word of organisations comes first.
    pub(super) fn names_body(self, text: &Text<'_>, range: Range<usize>) -> bool {
        let range = self.without_article(text, range);
        let Some(token) = text.tokens.get(range.start).filter(|_| !range.is_empty()) else { return false };
        token.capital
            || matches!(text.fold(range.start), "«" | "“" | "„" | "\"" | "#")
            || (range.start..range.end.min(range.start + 4))
                .any(|at| self.words.any(text, at, range.end, BODY).is_some())
    }
}
/// What the part of an entry read last was.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Last {
    Name,
    Role,
    Organisation,
    Place,
}

/// Makes the organisation of `part` end at token `end`.
pub(super) fn extend(part: Option<&mut Part>, end: usize) {
    if let Some(organisation) = part.and_then(|p| p.organisation.as_mut()) {
        organisation.end = end;
    }
}

fn is_cyrillic(word: &str) -> bool {
    word.chars().next().is_some_and(|c| matches!(c, '\u{400}'..='\u{52f}'))
}

/// The token after a word that makes the name beside it a place. "С. Лугин" begins with an initial, "с. Лугове" with such a word.
pub(super) fn town_mark(words: &Words, text: &Text<'_>, at: usize, end: usize) -> Option<usize> {
    let initial = text.word(at).chars().count() == 1 && text.tokens.get(at).is_some_and(|t| t.capital);
    words.at(text, at, end, Kind::TownMark).filter(|_| !initial)
}
