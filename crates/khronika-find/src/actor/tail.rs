//! What a body is for and where it is, after the head of its name: "Bureau |for Migration and Asylum|", "préfet |de la Gironde|",
//! "Управление |по вопросам миграции ГУ МВД России по г. Москве|".
//!
//! Only what the lists know goes on in small letters; words with a capital go on after a link. A person, another body, a title or a role
//! ends the name.

use khronika_core::{ActorKind, Lang};

use super::ActorRules;
use super::body::Bare;
use super::person::is_capitals;
use super::scan::Scan;
use super::words::Use;
use crate::text::TokenKind;

/// How many links, matters or places may follow one another.
const MOST: usize = 8;
/// The longest acronym inside a name, in letters.
const ACRONYM: usize = 6;

/// Looks at the words after one head.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tail<'r, 's, 't, 'x> {
    pub(super) rules: &'r ActorRules,
    pub(super) scan: &'s Scan<'t, 'x>,
    /// The end of the sentence.
    pub(super) end: usize,
    pub(super) lang: Lang,
}

impl Tail<'_, '_, '_, '_> {
    /// The token after the name whose head ends before token `from`.
    pub(super) fn after(self, from: usize) -> usize {
        let mut at = from;
        for _ in 0..MOST {
            let next = match self.lang {
                Lang::FR | Lang::ES | Lang::IT => self.romance(at),
                Lang::RU | Lang::UK => self.slavic(at, at == from),
                Lang::EN => self.english(at),
                _ => None,
            };
            match next {
                Some(next) if next > at => at = next,
                _ => break,
            }
        }
        at
    }

    fn is(self, at: usize, for_: Use) -> Option<usize> {
        self.rules.words.of(self.lang).at(self.scan.text, at, self.end, for_).map(|(next, _)| next)
    }

    /// True where the word at `at` may be part of the name of a body because of its capital.
    fn named(self, at: usize) -> bool {
        let text = self.scan.text;
        at < self.end
            && self.scan.free(at)
            && text.tokens.get(at).is_some_and(|t| t.capital && t.kind == TokenKind::Word)
            && text.fold(at).chars().nth(1).is_some()
            && !self.body(at)
            && !self
                .rules
                .words
                .of(self.lang)
                .uses(text, at, self.end)
                .iter()
                .any(|(u, ..)| matches!(u, Use::Title | Use::Role | Use::Article | Use::Court | Use::Anonymous))
            && !self.person(at)
    }

    /// True where another body begins at `at`; in English the head of one may be part of a name ("Office of the Traffic Commissioner").
    fn body(self, at: usize) -> bool {
        let found = self.rules.bodies.at(self.scan.text, at, self.end, self.lang);
        found
            .and_then(|(_, form)| self.rules.bodies.get(form.body))
            .is_some_and(|b| self.lang != Lang::EN || b.bare == Bare::Kind || b.kind == ActorKind::Court)
    }

    /// True where a person's name begins at `at`: a given name before another word with a capital.
    fn person(self, at: usize) -> bool {
        let given = self.rules.names.given(self.scan.text.fold(at), self.lang);
        given.is_some() && self.scan.capital(at + 1)
    }

    fn state(self, at: usize) -> Option<usize> {
        (at < self.end && self.scan.free(at))
            .then(|| self.rules.states.name(self.scan.text, at, self.end))
            .flatten()
            .map(|(next, _)| next)
    }

    /// "for Migration and Asylum", "of Labour", "for the Control of Files".
    fn english(self, at: usize) -> Option<usize> {
        let text = self.scan.text;
        let mut next = self.is(at, Use::BodyLink)?;
        if let Some(state) = self.state(next) {
            return Some(state);
        }
        if !self.named(next) {
            return None;
        }
        while next < self.end {
            if self.named(next) || (text.fold(next) == "'s" && self.named(next + 1)) {
                next += 1;
            } else if let Some(after) = self.is(next, Use::And)
                && self.named(after)
                && self.state(after).is_none()
                // "the Ministry of Justice and the Border Service": what has a head of its own is another body.
                && !self.headed(after)
            {
                next = after + 1;
            } else {
                break;
            }
        }
        Some(next)
    }

    /// True where the run of capitals from `at` on has the head of another body or organisation in it.
    fn headed(self, at: usize) -> bool {
        (at..self.end.min(at + 5)).take_while(|t| self.scan.capital(*t)).any(|t| {
            self.rules.bodies.at(self.scan.text, t, self.end, self.lang).is_some()
                || self.is(t, Use::Organisation).is_some()
        })
    }

    /// "de la Gironde", "aux réfugiés et aux apatrides", "national", "de l'intérieur".
    fn romance(self, at: usize) -> Option<usize> {
        if let Some(next) = self.adjective(at) {
            return Some(next);
        }
        let linked = self.is(at, Use::And).unwrap_or(at);
        let and = linked > at;
        let mut next = self.is(linked, Use::BodyLink).unwrap_or(linked);
        if next == at {
            return None;
        }
        let (first, link) = (next, next > linked);
        if link && let Some(state) = self.state(next) {
            return (!and).then_some(state);
        }
        if let Some(matter) = self.is(next, Use::Matter) {
            next = matter;
        } else if link && self.named(next) {
            next += 1;
            // "Nations Unies", but not "l'État Anna Martin": a third capital begins the name of who holds the office.
            if self.named(next) && !self.named(next + 1) {
                next += 1;
            }
        }
        (next > first).then_some(next)
    }

    /// "national", "wallon": in small letters, or capitals that go on with the name.
    fn adjective(self, at: usize) -> Option<usize> {
        let text = self.scan.text;
        (at < self.end && self.scan.free(at)).then_some(())?;
        let state = self.rules.states.adjective(text, at, self.end).map(|(next, _)| next);
        state.or_else(|| self.is(at, Use::Attribute))
    }

    /// "по вопросам миграции", "ГУ МВД России", "Свердловской области", "г. Москвы", "№ 2".
    fn slavic(self, at: usize, first: bool) -> Option<usize> {
        let text = self.scan.text;
        let token = text.tokens.get(at).filter(|_| at < self.end && self.scan.free(at))?;
        if text.fold(at) == "№" {
            let number = text.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Number && t.span.len() <= 3);
            return (number && at + 1 < self.end).then_some(at + 2);
        }
        if token.kind != TokenKind::Word {
            return None;
        }
        if let Some(next) = self.is(at, Use::Matter).or_else(|| self.state(at)).or_else(|| self.acronym(at)) {
            return Some(next);
        }
        if let Some(next) = self.place(at) {
            return Some(next);
        }
        let link = self.is(at, Use::BodyLink).or_else(|| self.is(at, Use::And).filter(|_| !first));
        if let Some(next) = link {
            let state = self.is(at, Use::And).is_none().then(|| self.state(next)).flatten();
            return self.is(next, Use::Matter).or(state).or_else(|| self.place(next));
        }
        self.unit(at)
    }

    /// "МВД", "ГУ": an acronym goes on with the name.
    fn acronym(self, at: usize) -> Option<usize> {
        let word = self.scan.text.word(at);
        let letters = word.chars().count();
        let fits = (2..=ACRONYM).contains(&letters)
            && is_capitals(word)
            && word.chars().all(char::is_alphabetic)
            && !self.rules.words.is_legal_form(word)
            && self.is(at, Use::Anonymous).is_none()
            && !self.shouted(at);
        fits.then_some(at + 1)
    }

    /// True where the words around are in capitals too.
    fn shouted(self, at: usize) -> bool {
        let long = |t: usize| is_capitals(self.scan.text.word(t)) && self.scan.text.word(t).chars().count() > ACRONYM;
        at.checked_sub(1).is_some_and(long) || long(at + 1)
    }

    /// "Свердловской области", "г. Москвы", "Жовтневому районі", "Далласа".
    fn place(self, at: usize) -> Option<usize> {
        let text = self.scan.text;
        let mut next = at;
        let city = self.is(at, Use::City);
        if let Some(after) = city {
            next = if text.fold(after) == "." { after + 1 } else { after };
        }
        let area = self.is(next, Use::Area).filter(|_| city.is_none());
        next = area.unwrap_or(next);
        let word = text.fold(next);
        if !self.named(next) || self.rules.is_not_name(text, next, self.end, self.lang) {
            return None;
        }
        if let Some(after) = self.is(next + 1, Use::Area) {
            return Some(after);
        }
        if city.is_some() || area.is_some() {
            return Some(next + 1);
        }
        // "Жовтневої районної ради"
        if let Some(after) = self.is(next + 1, Use::Matter).filter(|_| !self.scan.capital(next + 1)) {
            return Some(after);
        }
        let genitive = word.ends_with(['а', 'и', 'ы', 'я', 'у', 'е', 'і', 'ї', 'ю']) && word.chars().count() > 3;
        let person = self.rules.names.surname(word, self.lang) || self.rules.names.given(word, self.lang).is_some();
        (genitive && !person && !self.scan.capital(next + 1)).then_some(next + 1)
    }

    /// "управления Министерства внутренних дел": the larger body that a unit belongs to, in another case than the nominative.
    fn unit(self, at: usize) -> Option<usize> {
        let text = self.scan.text;
        let (next, form) = self.rules.bodies.at(text, at, self.end, self.lang)?;
        let nominative = self.rules.bodies.nominative(form).to_lowercase();
        let first = nominative.split(' ').next().unwrap_or("");
        let authority = self.rules.bodies.get(form.body).is_some_and(|b| b.kind == ActorKind::Authority);
        (authority && !form.except && !form.acronym && text.fold(at) != first).then_some(next)
    }
}
