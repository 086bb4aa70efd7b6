//! People at the head of an entry: titles, names, two who share a surname, who signs for whom.

use std::ops::Range;

use khronika_core::SignatoryKind;

use super::affiliation::{BODY, ORGANISATION, ROLE};
use super::entry::{Draft, Part, Read, Reader};
use super::name::{self, title_at};
use super::segment::{self, Before, Segment};
use super::words::Kind;
use crate::text::{Text, TokenKind};

/// A person as an entry names one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) title: Option<Range<usize>>,
    pub(super) name: Range<usize>,
    /// The surname where it stands apart: "Andreas" in "Andreas and Maria Berg".
    pub(super) surname: Option<Range<usize>>,
}

impl Reader<'_> {
    /// The people that the segment begins with, one or two, and what follows them in it.
    pub(super) fn people_first(
        self,
        text: &Text<'_>,
        segment: Range<usize>,
    ) -> Option<(Vec<Person>, Option<Range<usize>>)> {
        let Range { start, end } = segment;
        let (title, from) = self.title(text, start, end);
        let plural = (start..from).any(|at| self.words.at(text, at, from, Kind::TitlePlural).is_some());
        if let Some(last) = name::person(self.words, self.given, text, from..end) {
            let one = Person { title: title.clone(), name: from..last, surname: None };
            let rest = segment::trim(text, last..end);
            if rest.is_empty() {
                return Some((vec![one], None));
            }
            if let Some((mut two, more)) = self.second(text, rest.clone()) {
                two.title = two.title.or_else(|| title.filter(|_| plural));
                return Some((vec![one, two], more));
            }
            let sits = self.role_start(text, rest.clone()).is_some()
                || name::after_name(self.words, text, rest.start, rest.end).is_some()
                || self.words.at(text, rest.start, rest.end, Kind::Behalf).is_some()
                || self.is_office(text, rest.clone());
            // A name of capitals alone is a name also where an organisation's words follow: then it is one.
            return (sits && !self.words.has(text, last..last + 1, ORGANISATION)).then_some((vec![one], Some(rest)));
        }
        // "Général de Galliffet"
        let titled = from;
        let from = match self.words.at(text, from, end, Kind::Particle) {
            Some(next) if title.is_some() && text.tokens.get(from).is_some_and(|t| !t.capital) => next,
            _ => from,
        };
        // One name: after a title it is enough, and before "and" with another's name where both are names.
        let lone = from < end
            && text.tokens.get(from).is_some_and(|t| t.kind == TokenKind::Word && t.capital)
            && self.words.any(text, from, end, ORGANISATION).is_none();
        if !lone {
            return None;
        }
        let rest = segment::trim(text, from + 1..end);
        if let Some((mut two, more)) = self.second(text, rest.clone())
            && let Some(surname) = self.surname(text, two.name.clone())
        {
            let known = |at: usize| self.given.contains(text.fold(at));
            let many = self.words.plural_surnames();
            let word = text.fold(surname.end - 1);
            if many.iter().any(|e| word.ends_with(e.as_str())) && word.chars().count() > 5 && !word.is_ascii() {
                // "Анна и Пётр Орловы": the surname is that of both together, and so is the name.
                return Some((vec![Person { title, name: from..two.name.end, surname: None }], more));
            }
            if title.is_some() || known(from) || known(two.name.start) {
                two.title = two.title.or_else(|| title.clone().filter(|_| plural));
                return Some((vec![Person { title, name: from..from + 1, surname: Some(surname) }, two], more));
            }
        }
        let title = title?;
        let religious = self.words.at(text, title.start, end, Kind::ReligiousTitle).is_some();
        if religious {
            // Nobody is known as "Василь" alone: "Отець Василь (Гринчук)".
            let bracket = (from + 2..end.min(from + 5)).find(|i| text.fold(*i) == ")");
            let last = bracket.filter(|_| text.fold(from + 1) == "(").map_or(from + 1, |close| close + 1);
            let rest = segment::trim(text, last..end);
            let fits = rest.is_empty() || self.role_start(text, rest.clone()).is_some();
            let one = Person { title: None, name: title.start..last, surname: None };
            return fits.then(|| (vec![one], Some(rest).filter(|r| !r.is_empty())));
        }
        let one = Person { title: Some(title), name: titled..from + 1, surname: None };
        if rest.is_empty() {
            return Some((vec![one], None));
        }
        if let Some((two, more)) = self.second(text, rest.clone()) {
            return Some((vec![one, two], more));
        }
        let sits = self.role_start(text, rest.clone()).is_some()
            || name::after_name(self.words, text, rest.start, rest.end).is_some();
        sits.then_some((vec![one], Some(rest)))
    }

    /// "and N." after a name, with what follows it.
    fn second(self, text: &Text<'_>, rest: Range<usize>) -> Option<(Person, Option<Range<usize>>)> {
        let from = self.words.at(text, rest.start, rest.end, Kind::And)?;
        let (title, from) = self.title(text, from, rest.end);
        let (title, from, last) = match name::person(self.words, self.given, text, from..rest.end) {
            Some(last) => (title, from, last),
            // "and Sister Agnes"
            None => {
                let title = title.filter(|t| self.words.at(text, t.start, t.end, Kind::ReligiousTitle).is_some())?;
                let capital = from + 1 == rest.end && text.tokens.get(from).is_some_and(|t| t.capital);
                (None, capital.then_some(title.start)?, from + 1)
            }
        };
        let person = Person { title, name: from..last, surname: None };
        let more = segment::trim(text, last..rest.end);
        if more.is_empty() {
            return Some((person, None));
        }
        self.role_start(text, more.clone()).map(|_| (person, Some(more)))
    }

    /// The surname in a name of two words or more, with the particles before it.
    fn surname(self, text: &Text<'_>, name: Range<usize>) -> Option<Range<usize>> {
        let mut start = name.end.checked_sub(1)?;
        while start > name.start + 1
            && (name.start + 1..start)
                .rev()
                .take(3)
                .any(|at| self.words.at(text, at, name.end, Kind::Particle) == Some(start))
        {
            start -= 1;
        }
        (start > name.start).then_some(start..name.end)
    }

    /// True where `range` holds titles and nothing else.
    pub(super) fn all_title(self, text: &Text<'_>, range: Range<usize>) -> bool {
        let at = name::after_titles(self.words, text, range.clone());
        at > range.start && at >= range.end
    }

    /// The titles at `at` and the token after them.
    pub(super) fn title(self, text: &Text<'_>, at: usize, end: usize) -> (Option<Range<usize>>, usize) {
        let (mut from, mut last) = (at, at);
        while let Some(next) = title_at(self.words, text, from, end) {
            // "Dr" at the end of a segment is no title of what follows the comma.
            last = if next < end && text.fold(next) == "." { next + 1 } else { next };
            from = last;
            if from < end && matches!(text.fold(from), "," | "&") {
                from += 1;
            }
            if let Some(after) = self.words.at(text, from, end, Kind::And)
                && title_at(self.words, text, after, end).is_some()
            {
                from = after;
            }
        }
        if last > at && last < end { (Some(at..last), last.max(from)) } else { (None, at) }
    }

    pub(super) fn person_all(
        self,
        text: &Text<'_>,
        range: Range<usize>,
    ) -> Option<(Option<Range<usize>>, Range<usize>)> {
        let (title, from) = self.title(text, range.start, range.end);
        (name::person(self.words, self.given, text, from..range.end) == Some(range.end))
            .then_some((title, from..range.end))
    }

    /// The entry whose second segment is the person and whose first is a role or organisation.
    pub(super) fn name_after(
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
        let person = Person { title, name, surname: None };
        Some(self.build(text, range.clone(), person, SignatoryKind::Person, ahead, rest))
    }

    /// "Lesya (Olena Koval), poet", "Зәуреш апай (Зәуреш Мұратова)": the name in the brackets is the one that papers know.
    pub(super) fn known_as(self, text: &Text<'_>, range: &Range<usize>, segments: &[Segment]) -> Option<Draft> {
        let (first, second) = (segments.first()?, segments.get(1).filter(|s| s.before == Before::Bracket)?);
        let called = first.tokens.clone();
        let respect = (called.start + 1..called.end)
            .any(|at| self.words.at(text, at, called.end, Kind::Respect) == Some(called.end));
        let alone = called.len() == 1
            && text.tokens.get(called.start).is_some_and(|t| t.kind == TokenKind::Word && t.capital)
            && self.words.any(text, called.start, called.end, ORGANISATION).is_none()
            && self.words.any(text, called.start, called.end, ROLE).is_none()
            && text.word(called.start).chars().any(char::is_lowercase);
        if !(respect || alone) {
            return None;
        }
        let (title, name) = self.person_all(text, second.tokens.clone())?;
        let person = Person { title, name, surname: None };
        let rest = segments.get(2..).unwrap_or(&[]);
        let mut draft = self.build(text, range.clone(), person, SignatoryKind::Person, Vec::new(), rest);
        draft.also = Some(called);
        Some(draft)
    }

    /// "The League, represented by its director, N.", "The League – director N.", "The League (director N.)": the organisation signs,
    /// and the person for it.
    pub(super) fn represented(self, text: &Text<'_>, range: &Range<usize>, segments: &[Segment]) -> Option<Vec<Draft>> {
        let first = segments.first()?.tokens.clone();
        // "The League (LDN), represented by …": what stands in brackets is said of the League.
        let aside = segments.iter().skip(1).take_while(|s| matches!(s.before, Before::Acronym | Before::Place)).count();
        let (of_body, all) = (segments.get(1..=aside).unwrap_or(&[]), segments);
        let segments: Vec<Segment> = all.iter().take(1).chain(all.iter().skip(1 + aside)).cloned().collect();
        let by = segments.iter().take(2).enumerate().find_map(|(n, segment)| {
            segment.tokens.clone().find_map(|at| {
                let next = self.words.at(text, at, segment.tokens.end, Kind::Represented)?;
                // The second segment must begin with it.
                (n == 0 || at == segment.tokens.start).then_some((n, at, next))
            })
        });
        let (n, name, from) = match by {
            Some((0, at, next)) => (0, segment::trim(text, first.start..at), next),
            Some((n, _, next)) => (n, first, next),
            None => (1, first, segments.get(1).filter(|s| s.before != Before::Semicolon)?.tokens.start),
        };
        if name.is_empty()
            || self.people_first(text, name.clone()).is_some()
            || self.role_start(text, name.clone()).is_some()
            || self.is_place(text, name.clone())
            || self.is_office(text, name.clone())
            || !self.is_organisation(text, name.clone())
        {
            return None;
        }
        let holder = segments.get(n)?;
        let tokens = from..holder.tokens.end;
        let role_end = self.role_start(text, tokens.clone());
        // "director N." in one segment.
        let split = (tokens.start..tokens.end).find(|k| self.person_all(text, *k..tokens.end).is_some()).filter(|k| {
            let bare = *k == tokens.start;
            let of = k
                .checked_sub(1)
                .is_some_and(|b| self.words.any(text, b, tokens.end, &[Kind::Of, Kind::At, Kind::Article]).is_some());
            let says_so = by.is_some() || (bare && holder.before == Before::Bracket);
            (says_so || role_end.is_some_and(|end| end <= *k)) && (bare || !of || by.is_some())
        });
        let (role, who, rest) = match split {
            Some(k) => (tokens.start..k, k..tokens.end, n + 1),
            // "director, N."
            None if by.is_some() || role_end == Some(tokens.end) => {
                let next = segments.get(n + 1)?.tokens.clone();
                self.person_all(text, next.clone())?;
                (tokens, next, n + 2)
            }
            None => return None,
        };
        let (title, who) = self.person_all(text, who)?;
        let role = Some(segment::trim(text, role)).filter(|r| !r.is_empty());
        let rest = segments.get(rest..).unwrap_or(&[]);
        let body = Person { title: None, name: self.without_article(text, name.clone()), surname: None };
        let part = Part { role, organisation: Some(body.name.clone()) };
        let person = Person { title, name: who, surname: None };
        let person = self.build(text, range.clone(), person, SignatoryKind::Person, vec![part], rest);
        let mut body = self.build(text, range.clone(), body, SignatoryKind::Organisation, Vec::new(), of_body);
        if body.place.is_none() {
            body.place.clone_from(&person.place);
        }
        Some(vec![body, person])
    }

    /// "N., M. and K., physicians", who share what follows, and "N., director, and M., clerk, the League", who share the body.
    pub(super) fn more_people(
        self,
        text: &Text<'_>,
        range: &Range<usize>,
        one: &Person,
        ahead: &[Part],
        segments: &[Segment],
    ) -> Option<Vec<Draft>> {
        let draft = |person: Person, rest: &[Segment]| {
            self.build(text, range.clone(), person, SignatoryKind::Person, ahead.to_vec(), rest)
        };
        let mut people = vec![one.clone()];
        for (n, segment) in segments.iter().enumerate() {
            if segment.before != Before::Comma {
                return None;
            }
            match self.people_first(text, segment.tokens.clone()) {
                Some((mut more, None)) => {
                    let pair = more.len() > 1;
                    people.append(&mut more);
                    if pair {
                        let rest = segments.get(n + 1..).unwrap_or(&[]);
                        return Some(people.into_iter().map(|p| draft(p, rest)).collect());
                    }
                }
                _ if n == 0 => break,
                _ => return None,
            }
        }
        let (at, name) = segments.iter().enumerate().find_map(|(n, segment)| {
            let next = self.words.at(text, segment.tokens.start, segment.tokens.end, Kind::And)?;
            (segment.before == Before::Comma).then_some((n, next..segment.tokens.end))
        })?;
        let (title, name) = self.person_all(text, name)?;
        let mut first = draft(one.clone(), segments.get(..at)?);
        let second = draft(Person { title, name, surname: None }, segments.get(at + 1..)?);
        let body = second.affiliations.iter().find_map(|p| p.organisation.clone());
        if let [.., Part { role: Some(_), organisation: organisation @ None }] = first.affiliations.as_mut_slice() {
            *organisation = body;
        }
        Some(vec![first, second])
    }

    /// "Адвокаты Пётр Ветров и Вера Лугина": two people by their trade.
    pub(super) fn pair_by_trade(
        self,
        text: &Text<'_>,
        range: &Range<usize>,
        segments: &[Segment],
        ahead: &[Part],
    ) -> Option<Read> {
        let first = segments.first()?.tokens.clone();
        let next = self.words.at(text, first.start, first.end, Kind::PluralRole)?;
        let (people, rest) = self.people_first(text, next..first.end)?;
        if people.len() != 2 || rest.is_some() {
            return None;
        }
        let mut ahead = ahead.to_vec();
        ahead.push(Part { role: Some(first.start..next), organisation: None });
        let rest = segments.get(1..).unwrap_or(&[]);
        let one = |person| self.build(text, range.clone(), person, SignatoryKind::Person, ahead.clone(), rest);
        Some(Read::Entry(people.into_iter().map(one).collect()))
    }

    /// True where `range` names a person rather than a body: "адвокат Фарруха Назарова", "lawyer of Mr Reed".
    pub(super) fn names_person(self, text: &Text<'_>, range: Range<usize>) -> bool {
        if self.words.has(text, range.clone(), BODY) {
            return false;
        }
        let from = name::after_titles(self.words, text, range.clone());
        let named = name::person(self.words, self.given, text, from..range.end) == Some(range.end);
        from > range.start || (named && (self.given.contains(text.fold(from)) || !text.word(from).is_ascii()))
    }
}
