//! One entry of a signature block: who signs, as what, for whom, from where.

use std::ops::Range;

use khronika_core::SignatoryKind;

use super::name::{self, GivenNames};
use super::segment::{self, Before, Segment};
use super::words::{Kind, Words};
use crate::text::{Text, TokenKind};

/// Every kind of word that speaks for an organisation.
const ORGANISATION: &[Kind] = &[Kind::Organisation, Kind::Cause, Kind::Unit, Kind::Parent, Kind::TownCollege];
/// Words that are organisations by themselves.
const BODY: &[Kind] = &[Kind::Organisation, Kind::Unit, Kind::Parent, Kind::TownCollege];
/// Every kind of role.
const ROLE: &[Kind] = &[Kind::Role, Kind::AcademicRole];
/// Every kind of place.
const PLACE: &[Kind] = &[Kind::Country, Kind::Town];
/// The longest entry, in tokens: keeps the work linear in the length of the text.
const LONGEST_ENTRY: usize = 160;
/// The longest name of an organisation, in tokens.
const LONGEST_ORGANISATION: usize = 24;

/// How many tokens after a role its "of" may stand: later ones belong to a story ("…, monitored in the context of the affair").
const FARTHEST_OF: usize = 5;

/// A signatory as tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    /// The whole entry.
    pub(super) tokens: Range<usize>,
    pub(super) name: Range<usize>,
    pub(super) kind: SignatoryKind,
    pub(super) title: Option<Range<usize>>,
    pub(super) affiliations: Vec<Part>,
    pub(super) place: Option<Range<usize>>,
    /// True where more than the shape of the name says that this is an entry.
    pub(super) sure: bool,
    /// True where something speaks for a person: a title, a role, a known given name, initials.
    pub(super) personal: bool,
    /// True where a part of the entry is neither role, organisation nor place by the lexicon.
    pub(super) loose: bool,
}

/// A role, an organisation, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) role: Option<Range<usize>>,
    pub(super) organisation: Option<Range<usize>>,
}

/// What a line that is no entry may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// One signatory, or two that share what follows.
    Entry(Vec<Draft>),
    /// A role or a place without a name: it belongs to the name before or after it.
    Rest,
    /// Neither.
    Nothing,
}

/// Reads entries with the words and given names at hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    pub(super) words: &'a Words,
    pub(super) given: &'a GivenNames,
}

impl Reader<'_> {
    /// Reads the tokens of `range` as one entry.
    pub(super) fn read(self, text: &Text<'_>, range: Range<usize>, breaks: &[usize]) -> Read {
        let range = self.bare(text, range);
        if range.len() > LONGEST_ENTRY {
            return Read::Nothing;
        }
        let mut segments = segment::cut(self.words, self.given, text, range.clone(), breaks);
        // "д.ю.н., проф. Иванов": a comma after a title parts nothing.
        while let [title, next, ..] = segments.as_slice()
            && next.before == Before::Comma
            && self.all_title(text, title.tokens.clone())
        {
            let end = next.tokens.end;
            segments.remove(1);
            if let Some(first) = segments.first_mut() {
                first.tokens.end = end;
            }
        }
        let Some(first) = segments.first().cloned() else { return Read::Nothing };
        let mut ahead: Vec<Part> = Vec::new();

        // "For the Committee: N., chair"
        let mut behalf = false;
        if let Some(after) = self.words.at(text, first.tokens.start, first.tokens.end, Kind::Behalf)
            && after < first.tokens.end
        {
            behalf = true;
            if let Some(segment) = segments.first_mut() {
                segment.tokens.start = after;
            }
            let person = segments.get(1).is_some_and(|s| self.person_all(text, s.tokens.clone()).is_some());
            if person {
                ahead
                    .push(Part { role: None, organisation: Some(self.without_article(text, after..first.tokens.end)) });
                segments.remove(0);
            }
        }
        let Some(first) = segments.first().cloned() else { return Read::Nothing };

        if let Some((title, name, rest)) = self.person_first(text, &first) {
            let mut segments = segments.split_off(1);
            if let Some(rest) = rest {
                if let Some((second, more)) = self.second_person(text, rest.clone()) {
                    if let Some(more) = more {
                        segments.insert(0, Segment { tokens: more, before: Before::Comma });
                    }
                    let one =
                        self.build(text, range.clone(), title, name, SignatoryKind::Person, ahead.clone(), &segments);
                    let two = self.build(text, range, None, second, SignatoryKind::Person, ahead, &segments);
                    return Read::Entry(vec![one, two]);
                }
                segments.insert(0, Segment { tokens: rest, before: Before::Comma });
            }
            return Read::Entry(vec![self.build(text, range, title, name, SignatoryKind::Person, ahead, &segments)]);
        }

        let role_first = self.role_start(text, first.tokens.clone());
        if let Some(role_end) = role_first {
            // "Director of the Fund A. Berg": the name closes the segment.
            let split = (role_end..first.tokens.end)
                .find(|k| name::person(self.words, self.given, text, *k..first.tokens.end) == Some(first.tokens.end));
            if let Some(k) = split {
                let of = k.checked_sub(1).is_some_and(|b| {
                    self.words.any(text, b, first.tokens.end, &[Kind::Of, Kind::At, Kind::Article]).is_some()
                });
                if !of {
                    self.classify_into(text, first.tokens.start..k, Before::Comma, &mut ahead);
                    return Read::Entry(vec![self.build(
                        text,
                        range,
                        None,
                        k..first.tokens.end,
                        SignatoryKind::Person,
                        ahead,
                        segments.get(1..).unwrap_or(&[]),
                    )]);
                }
            }
            if let Some(draft) = self.name_after(text, &range, &segments, ahead) {
                return Read::Entry(vec![draft]);
            }
            return Read::Rest;
        }
        if self.is_place(text, first.tokens.clone()) {
            return Read::Rest;
        }
        if self.is_organisation(text, first.tokens.clone()) || behalf {
            // "The League: N., president"
            if matches!(segments.get(1), Some(s) if s.before != Before::Semicolon)
                && let Some(draft) = self.name_after(text, &range, &segments, ahead.clone())
            {
                return Read::Entry(vec![draft]);
            }
            let mut name = first.tokens.clone();
            let mut from = 1;
            // "Federation – Helsinki Committee": one name with a dash in it.
            while let Some(next) = segments.get(from)
                && next.before == Before::Dash
                && !self.is_place(text, next.tokens.clone())
                && self.role_start(text, next.tokens.clone()).is_none()
                && self.words.has(text, next.tokens.clone(), ORGANISATION)
            {
                name.end = next.tokens.end;
                from += 1;
            }
            let rest = segments.get(from..).unwrap_or(&[]);
            let draft = self.build(
                text,
                range,
                None,
                self.without_article(text, name),
                SignatoryKind::Organisation,
                ahead,
                rest,
            );
            return Read::Entry(vec![draft]);
        }
        Read::Nothing
    }

    /// `range` without numbering, bullets and the marks of a signature ("/s/", "_____").
    fn bare(self, text: &Text<'_>, mut range: Range<usize>) -> Range<usize> {
        loop {
            range = segment::trim(text, range);
            let Some(token) = text.tokens.get(range.start).filter(|_| !range.is_empty()) else { return range };
            let next = text.fold(range.start + 1);
            if token.kind == TokenKind::Number && range.len() > 1 && token.span.len() <= 4 {
                let marked = matches!(next, "." | ")" | "]" | "°");
                let spaced = text.tokens.get(range.start + 1).is_some_and(|t| t.spaced && t.capital);
                if marked || spaced {
                    range.start += 1 + usize::from(marked);
                    continue;
                }
            }
            if matches!(text.fold(range.start), "(" | "[")
                && text.tokens.get(range.start + 1).is_some_and(|t| t.kind == TokenKind::Number)
                && matches!(text.fold(range.start + 2), ")" | "]")
            {
                range.start += 3;
                continue;
            }
            if matches!(text.fold(range.start), "#" | "№" | "✍" | ")") && range.len() > 1 {
                // "#Movement" is a name; "# Name" is a Markdown heading.
                if text.tokens.get(range.start + 1).is_some_and(|t| t.spaced) {
                    range.start += 1;
                    continue;
                }
            }
            if text.fold(range.start) == "s" && next == "/" {
                range.start += 2;
                continue;
            }
            if text.fold(range.start) == "("
                && let Some(close) = (range.start..range.end.min(range.start + 6)).find(|i| text.fold(*i) == ")")
                && self.words.has(text, range.start..close, &[Kind::Signed])
            {
                range.start = close + 1;
                continue;
            }
            return range;
        }
    }

    /// A title, the name and what follows the name, where the segment begins with a person.
    #[allow(clippy::type_complexity, reason = "three parts of one segment")]
    fn person_first(
        self,
        text: &Text<'_>,
        segment: &Segment,
    ) -> Option<(Option<Range<usize>>, Range<usize>, Option<Range<usize>>)> {
        let Range { start, end } = segment.tokens;
        let (title, from) = self.title(text, start, end);
        let last = match name::person(self.words, self.given, text, from..end) {
            Some(last) => last,
            // "Prof. Berg": after a title one name is enough.
            None if title.is_some() => (from < end
                && text.tokens.get(from).is_some_and(|t| t.kind == TokenKind::Word && t.capital)
                && self.words.any(text, from, end, ORGANISATION).is_none())
            .then_some(from + 1)?,
            None => return None,
        };
        let rest = segment::trim(text, last..end);
        if rest.is_empty() {
            return Some((title, from..last, None));
        }
        let sits = self.role_start(text, rest.clone()).is_some()
            || self.words.at(text, rest.start, rest.end, Kind::PostNominal) == Some(rest.end)
            || self.second_person(text, rest.clone()).is_some();
        // A name of capitals alone is a name also where an organisation's words follow: then it is one.
        (sits && !self.words.has(text, last..last + 1, ORGANISATION)).then_some((title, from..last, Some(rest)))
    }

    /// "and N." after a name, with what follows it.
    fn second_person(self, text: &Text<'_>, rest: Range<usize>) -> Option<(Range<usize>, Option<Range<usize>>)> {
        let from = self.words.at(text, rest.start, rest.end, Kind::And)?;
        let (_, from) = self.title(text, from, rest.end);
        let last = name::person(self.words, self.given, text, from..rest.end)?;
        let more = segment::trim(text, last..rest.end);
        if more.is_empty() {
            return Some((from..last, None));
        }
        self.role_start(text, more.clone()).map(|_| (from..last, Some(more)))
    }

    /// True where `range` holds titles and nothing else.
    fn all_title(self, text: &Text<'_>, range: Range<usize>) -> bool {
        let mut at = range.start;
        while let Some(next) = self.words.at(text, at, range.end, Kind::Title) {
            at = if next < range.end && matches!(text.fold(next), "." | ",") { next + 1 } else { next };
        }
        at > range.start && at >= range.end
    }

    /// The titles at `at` and the token after them.
    fn title(self, text: &Text<'_>, at: usize, end: usize) -> (Option<Range<usize>>, usize) {
        let (mut from, mut last) = (at, at);
        while let Some(next) = self.words.at(text, from, end, Kind::Title) {
            // "Dr" at the end of a segment is no title of what follows the comma.
            last = if next < end && text.fold(next) == "." { next + 1 } else { next };
            from = last;
            if from < end && matches!(text.fold(from), "," | "&") {
                from += 1;
            }
            if let Some(after) = self.words.at(text, from, end, Kind::And)
                && self.words.at(text, after, end, Kind::Title).is_some()
            {
                from = after;
            }
        }
        if last > at && last < end { (Some(at..last), last.max(from)) } else { (None, at) }
    }

    /// The token after the role that `range` begins with, small adjectives before it allowed ("former", "независимый").
    fn role_start(self, text: &Text<'_>, range: Range<usize>) -> Option<usize> {
        let start = self.words.at(text, range.start, range.end, Kind::Article).unwrap_or(range.start);
        (start..range.end.min(start + 4)).find_map(|at| {
            let (_, next) = self.words.any(text, at, range.end, ROLE)?;
            let plain = (start..at).all(|i| {
                text.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word)
                    && self.words.any(text, i, range.end, &[Kind::Of, Kind::At, Kind::And]).is_none()
                    && self.words.any(text, i, range.end, BODY).is_none()
            });
            // In Latin script the last word of a compound is its head: "Defender Foundation" is a foundation.
            let headed =
                next < range.end && text.word(next).is_ascii() && self.words.any(text, next, range.end, BODY).is_some();
            (plain && !headed).then_some(next)
        })
    }

    fn person_all(self, text: &Text<'_>, range: Range<usize>) -> Option<(Option<Range<usize>>, Range<usize>)> {
        let (title, from) = self.title(text, range.start, range.end);
        (name::person(self.words, self.given, text, from..range.end) == Some(range.end))
            .then_some((title, from..range.end))
    }

    /// The entry whose second segment is the person and whose first is a role or organisation.
    fn name_after(
        self,
        text: &Text<'_>,
        range: &Range<usize>,
        segments: &[Segment],
        mut ahead: Vec<Part>,
    ) -> Option<Draft> {
        let (first, second) = (segments.first()?, segments.get(1)?);
        if self.is_place(text, second.tokens.clone()) {
            return None;
        }
        let (title, name) = self.person_all(text, second.tokens.clone())?;
        self.classify_into(text, first.tokens.clone(), Before::Comma, &mut ahead);
        let rest = segments.get(2..).unwrap_or(&[]);
        Some(self.build(text, range.clone(), title, name, SignatoryKind::Person, ahead, rest))
    }

    /// True where `range` is a place and nothing else.
    pub(super) fn is_place(self, text: &Text<'_>, range: Range<usize>) -> bool {
        let start = self.words.at(text, range.start, range.end, Kind::Article).unwrap_or(range.start);
        self.words.any(text, start, range.end, PLACE).is_some_and(|(_, end)| end == range.end)
    }

    /// True where the words look like the name of an organisation.
    fn is_organisation(self, text: &Text<'_>, range: Range<usize>) -> bool {
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

    fn without_article(self, text: &Text<'_>, range: Range<usize>) -> Range<usize> {
        match self.words.at(text, range.start, range.end, Kind::Article) {
            Some(start) if start < range.end => start..range.end,
            _ => range,
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one signatory")]
    fn build(
        self,
        text: &Text<'_>,
        tokens: Range<usize>,
        title: Option<Range<usize>>,
        name: Range<usize>,
        kind: SignatoryKind,
        ahead: Vec<Part>,
        segments: &[Segment],
    ) -> Draft {
        let initials = name.clone().any(|i| text.fold(i) == ".");
        let mut draft = Draft {
            tokens,
            personal: title.is_some()
                || ahead.iter().any(|p| p.role.is_some())
                || initials
                || self.given.contains(text.fold(name.start)),
            sure: title.is_some()
                || !ahead.is_empty()
                || (kind == SignatoryKind::Organisation
                    && (self.words.has(text, name.clone(), ORGANISATION)
                        || name.clone().any(|i| matches!(text.fold(i), "«" | "“" | "„" | "\""))))
                || (kind == SignatoryKind::Person && self.given.contains(text.fold(name.start))),
            name,
            kind,
            title,
            affiliations: ahead,
            place: None,
            loose: false,
        };
        let mut last = Last::Name;
        for (n, segment) in segments.iter().enumerate() {
            let range = segment.tokens.clone();
            if self.words.at(text, range.start, range.end, Kind::PostNominal) == Some(range.end)
                || !range.clone().any(|i| text.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word))
            {
                continue;
            }
            if self.is_place(text, range.clone()) {
                let of_college = last == Last::Organisation
                    && self.words.at(text, range.start, range.end, Kind::Town).is_some()
                    && draft
                        .affiliations
                        .last()
                        .and_then(|p| p.organisation.clone())
                        .is_some_and(|o| self.words.has(text, o, &[Kind::TownCollege]));
                if of_college {
                    extend(draft.affiliations.last_mut(), range.end);
                    continue;
                }
                draft.place = match draft.place.take() {
                    Some(before) if last == Last::Place => Some(before.start..range.end),
                    _ => Some(range),
                };
                last = Last::Place;
                draft.sure = true;
                continue;
            }
            // "…, Ouagadougou": an unknown single name after an organisation, at the end, is its place.
            let single = range.len() == 1
                && n + 1 == segments.len()
                && segment.before == Before::Comma
                && text.tokens.get(range.start).is_some_and(|t| t.capital)
                && text.word(range.start).chars().skip(1).any(char::is_lowercase)
                && !self.words.has(text, range.clone(), ORGANISATION)
                && !self.words.has(text, range.clone(), ROLE);
            let after_organisation =
                last == Last::Organisation || (last == Last::Name && draft.kind == SignatoryKind::Organisation);
            if single && after_organisation && draft.place.is_none() {
                let college = draft
                    .affiliations
                    .last()
                    .and_then(|p| p.organisation.clone())
                    .is_some_and(|o| self.words.has(text, o, &[Kind::TownCollege]));
                if college {
                    extend(draft.affiliations.last_mut(), range.end);
                } else {
                    draft.place = Some(range);
                    last = Last::Place;
                }
                continue;
            }
            let known = self.words.has(text, range.clone(), ROLE) || self.words.has(text, range.clone(), ORGANISATION);
            draft.sure |= known;
            draft.loose |= !known && !text.tokens.get(range.start).is_some_and(|t| t.capital);
            let joined = if last == Last::Name || last == Last::Place { Before::Semicolon } else { segment.before };
            last = self.classify_into(text, range, joined, &mut draft.affiliations);
        }
        draft.personal |= draft.affiliations.iter().any(|p| p.role.is_some());
        draft
    }

    /// Adds what `range` says to `parts`. A bare organisation after a bare role is the role's.
    fn classify_into(self, text: &Text<'_>, range: Range<usize>, before: Before, parts: &mut Vec<Part>) -> Last {
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

    /// The first of the small Russian or Ukrainian adjectives right before token `at`, not before `from`.
    fn adjectives_before(self, text: &Text<'_>, from: usize, at: usize) -> usize {
        let mut start = at;
        while start > from && self.words.adjectives().iter().any(|e| text.fold(start - 1).ends_with(e.as_str())) {
            start -= 1;
        }
        start
    }

    /// True where the words after "of" or "at" name a body: a capital, a quotation mark or a word of organisations comes first.
    fn names_body(self, text: &Text<'_>, range: Range<usize>) -> bool {
        let range = self.without_article(text, range);
        let Some(token) = text.tokens.get(range.start).filter(|_| !range.is_empty()) else { return false };
        token.capital
            || matches!(text.fold(range.start), "«" | "“" | "„" | "\"" | "#")
            || (range.start..range.end.min(range.start + 4))
                .any(|at| self.words.any(text, at, range.end, BODY).is_some())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Name,
    Role,
    Organisation,
    Place,
}

fn extend(part: Option<&mut Part>, end: usize) {
    if let Some(organisation) = part.and_then(|p| p.organisation.as_mut()) {
        organisation.end = end;
    }
}

fn is_cyrillic(word: &str) -> bool {
    word.chars().next().is_some_and(|c| matches!(c, '\u{400}'..='\u{52f}'))
}
