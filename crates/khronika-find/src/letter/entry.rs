//! One entry of a signature block: who signs, as what, for whom, from where.

use std::ops::Range;

use khronika_core::SignatoryKind;

use super::affiliation::{Last, ORGANISATION, ROLE, extend};
use super::name::{self, GivenNames};
use super::person::Person;
use super::segment::{self, Before, Segment};
use super::words::{Kind, Words};
use crate::text::{Text, TokenKind};

/// The longest entry, in tokens: keeps the work linear in the length of the text.
const LONGEST_ENTRY: usize = 160;

/// A signatory as tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    /// The whole entry.
    pub(super) tokens: Range<usize>,
    pub(super) name: Range<usize>,
    /// The surname where it stands apart from the name: "Andreas and Maria Berg".
    pub(super) surname: Option<Range<usize>>,
    /// Another name that the entry gives: an acronym, the name by which neighbours call the person.
    pub(super) also: Option<Range<usize>>,
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
        if let Some((body, after)) = self.on_behalf(text, first.tokens.clone()) {
            behalf = true;
            if let Some(segment) = segments.first_mut() {
                segment.tokens.start = body.start;
            }
            if after < first.tokens.end {
                // "«Бұлақ» қоры атынан Айжан Сұлтанова"
                if let Some(segment) = segments.first_mut() {
                    segment.tokens.end = body.end;
                }
                let rest = Segment { tokens: after..first.tokens.end, before: Before::Comma };
                segments.insert(1, rest);
            }
            let person = segments.get(1).is_some_and(|s| self.people_first(text, s.tokens.clone()).is_some());
            if person {
                ahead.push(Part { role: None, organisation: Some(self.without_article(text, body)) });
                segments.remove(0);
            }
        }
        let Some(first) = segments.first().cloned() else { return Read::Nothing };
        if !behalf {
            if let Some(draft) = self.known_as(text, &range, &segments) {
                return Read::Entry(vec![draft]);
            }
            if let Some(drafts) = self.represented(text, &range, &segments) {
                return Read::Entry(drafts);
            }
        }

        // "Harbour Readers, e.V."
        let legal = segments.iter().skip(1).any(|s| {
            self.words.at(text, s.tokens.start, s.tokens.end, Kind::LegalForm) == Some(s.tokens.end)
                && s.before == Before::Comma
        });
        if let Some(read) = self.pair_by_trade(text, &range, &segments, &ahead) {
            return read;
        }
        if let Some((people, rest)) = (!legal).then(|| self.people_first(text, first.tokens.clone())).flatten() {
            let mut segments = segments.split_off(1);
            let mut at = rest.as_ref().map_or(0, |r| r.start);
            let end = rest.as_ref().map_or(0, |r| r.end);
            let mut after = Vec::new();
            // "Sir Peter Marsh KC, MP"
            while at < end
                && let Some((_, next)) = name::after_name(self.words, text, at, end)
            {
                after.push(Segment { tokens: at..next, before: Before::Comma });
                at = if text.fold(next) == "." { next + 1 } else { next };
            }
            if at < end {
                after.push(Segment { tokens: at..end, before: Before::Comma });
            }
            segments.splice(0..0, after);
            if let [one] = people.as_slice()
                && let Some(drafts) = self.more_people(text, &range, one, &ahead, &segments)
            {
                return Read::Entry(drafts);
            }
            let drafts = people
                .into_iter()
                .map(|person| self.build(text, range.clone(), person, SignatoryKind::Person, ahead.clone(), &segments));
            return Read::Entry(drafts.collect());
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
                    let person = Person { title: None, name: k..first.tokens.end, surname: None };
                    let rest = segments.get(1..).unwrap_or(&[]);
                    return Read::Entry(vec![self.build(text, range, person, SignatoryKind::Person, ahead, rest)]);
                }
            }
            if let Some(draft) = self.name_after(text, &range, &segments, ahead) {
                return Read::Entry(vec![draft]);
            }
            return Read::Rest;
        }
        if self.is_office(text, first.tokens.clone()) && !legal {
            return self.name_after(text, &range, &segments, ahead).map_or(Read::Rest, |d| Read::Entry(vec![d]));
        }
        if self.is_place(text, first.tokens.clone()) {
            return Read::Rest;
        }
        if self.is_organisation(text, first.tokens.clone()) || behalf || legal {
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
            let body = Person { title: None, name: self.without_article(text, name), surname: None };
            return Read::Entry(vec![self.build(text, range, body, SignatoryKind::Organisation, ahead, rest)]);
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
            if matches!(text.fold(range.start), "(" | "[" | "«" | "“" | "\"")
                && let Some(close) = (range.start + 1..range.end.min(range.start + 6))
                    .find(|i| matches!(text.fold(*i), ")" | "]" | "»" | "”" | "\""))
                && self.words.has(text, range.start..close, &[Kind::Signed])
            {
                range.start = close + 1;
                continue;
            }
            return range;
        }
    }

    /// The organisation that a segment says it speaks for, and the token after the words that say so.
    fn on_behalf(self, text: &Text<'_>, segment: Range<usize>) -> Option<(Range<usize>, usize)> {
        if let Some(after) = self.words.at(text, segment.start, segment.end, Kind::Behalf)
            && after < segment.end
        {
            return Some((after..segment.end, segment.end));
        }
        (segment.start + 1..segment.end).find_map(|at| {
            let next = self.words.at(text, at, segment.end, Kind::BehalfAfter)?;
            Some((segment.start..at, next))
        })
    }

    /// The signatory of `kind` that `person` names, with what the segments after the name say.
    pub(super) fn build(
        self,
        text: &Text<'_>,
        tokens: Range<usize>,
        person: Person,
        kind: SignatoryKind,
        ahead: Vec<Part>,
        segments: &[Segment],
    ) -> Draft {
        let Person { title, name, surname } = person;
        let ahead_parts = ahead.len();
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
            surname,
            also: None,
            kind,
            title,
            affiliations: ahead,
            place: None,
            loose: false,
        };
        let mut last = Last::Name;
        for (n, segment) in segments.iter().enumerate() {
            let mut range = segment.tokens.clone();
            if segment.before == Before::Bracket
                && let Some(next) = self.words.at(text, range.start, range.end, Kind::And)
            {
                // "Member of the Senate (1921–1924) and editor"
                range.start = next;
            }
            if segment.before == Before::Acronym {
                if draft.kind == SignatoryKind::Organisation && last == Last::Name {
                    draft.also = Some(range);
                }
                continue;
            }
            if !range.clone().any(|i| text.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word))
                || self.words.at(text, range.start, range.end, Kind::LegalForm) == Some(range.end)
            {
                continue;
            }
            if let Some((kind, end)) = name::after_name(self.words, text, range.start, range.end)
                && (end == range.end || (end + 1 == range.end && text.fold(end) == "."))
            {
                match kind {
                    Kind::PostRole => draft.affiliations.push(Part { role: Some(range), organisation: None }),
                    Kind::Degree if draft.title.is_none() => draft.title = Some(range),
                    _ => {}
                }
                draft.personal |= kind != Kind::PostNominal;
                continue;
            }
            if segment.before == Before::Bracket
                && last == Last::Name
                && draft.kind == SignatoryKind::Person
                && self.person_all(text, range.clone()).is_some()
            {
                draft.also = Some(range);
                continue;
            }
            if segment.before == Before::Place || (segment.before == Before::Inside && last == Last::Place) {
                let start = draft.place.take().filter(|_| last == Last::Place).map_or(range.start, |p| p.start);
                draft.place = Some(start..range.end);
                last = Last::Place;
                draft.sure = true;
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
            // "…, Ouagadougou": an unknown single name after an organisation, at the end, is its place, and so it is after what a
            // person is by trade. One leads, edits or represents something, and that may have a name of one word too.
            let single = range.len() == 1
                && n + 1 == segments.len()
                && matches!(segment.before, Before::Comma | Before::Inside | Before::Line)
                && text.tokens.get(range.start).is_some_and(|t| t.capital)
                && text.word(range.start).chars().skip(1).any(char::is_lowercase)
                && !self.words.has(text, range.clone(), ORGANISATION)
                && !self.words.has(text, range.clone(), ROLE);
            let after_organisation =
                last == Last::Organisation || (last == Last::Name && draft.kind == SignatoryKind::Organisation);
            let by_trade = last == Last::Role
                && draft.kind == SignatoryKind::Person
                && draft.affiliations.last().and_then(|p| p.role.clone()).is_some_and(|r| {
                    !self.words.has(text, r, &[Kind::LeadRole, Kind::AcademicRole]) || has_body(&draft.affiliations)
                });
            if single && (after_organisation || by_trade) && draft.place.is_none() {
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
        // "For the League: N., chair": chair of the League.
        if ahead_parts == 1
            && let [
                Part { role: role @ None, organisation: Some(_) },
                Part { role: own @ Some(_), organisation: None },
                ..,
            ] = draft.affiliations.as_mut_slice()
        {
            *role = own.take();
            draft.affiliations.remove(1);
        }
        draft.personal |= draft.affiliations.iter().any(|p| p.role.is_some());
        // "Көктем қ.": the point of a short word belongs to it.
        let point = |range: &mut Range<usize>| {
            let short = range.end.checked_sub(1).is_some_and(|i| text.word(i).chars().count() <= 2);
            if short && text.fold(range.end) == "." && text.tokens.get(range.end).is_some_and(|t| !t.spaced) {
                range.end += 1;
            }
            range.end
        };
        for range in [&mut draft.place, &mut draft.title].into_iter().flatten() {
            draft.tokens.end = draft.tokens.end.max(point(range));
        }
        draft
    }
}

/// True where one of the parts names an organisation.
fn has_body(parts: &[Part]) -> bool {
    parts.iter().any(|p| p.organisation.is_some())
}
