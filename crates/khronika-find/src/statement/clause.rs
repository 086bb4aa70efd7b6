//! Statements whose speaker or content stands outside the clause of the verb: "Об этом сообщила газета", "…, arguing that …",
//! "Стверджує, що …", "it follows that …", "the argument that …".

use std::ops::Range;

use khronika_core::{ActorKind, Findings, MentionIx, Stance};

use super::build::{Builder, Parts};
use super::speaker::Speaker;
use super::words::{Kind, Row};

/// How many clauses before a participle its subject is looked for in.
const CLAUSES: usize = 4;
/// How far a claim's "that" may stand from its noun, in tokens.
const FARTHEST: usize = 9;

/// The court or authority whose decision the document is: that of an act of its own operative part.
pub(super) fn own_body(found: &Findings) -> Option<MentionIx> {
    let body = |m: &MentionIx| {
        let actor = found.mentions.get(*m).and_then(|m| found.actors.get(m.actor));
        actor.is_some_and(|a| matches!(a.kind, ActorKind::Court | ActorKind::Authority))
    };
    found.acts.iter().filter(|act| act.own).filter_map(|act| act.body).find(body)
}

impl Builder<'_, '_> {
    const fn parts(speaker: Option<Speaker>, content: Range<usize>) -> Parts {
        Parts { speaker, content, evidence: Vec::new(), stance: None }
    }

    /// "Об этом сообщил представитель полиции", "C'est ce qu'a annoncé le procureur": what is said is the sentence before.
    pub(super) fn about_this(self, verb: &Range<usize>) -> Option<Parts> {
        let (_, this_end) = self.this(verb.start)?;
        let seeker = self.seeker();
        let speaker = seeker
            .before(verb.start, this_end)
            .or_else(|| seeker.after(verb.end, self.end()))
            // "C'est ce qu'a annoncé lundi le préfet."
            .or_else(|| {
                self.one(verb.end, &[Kind::Preposition]).then(|| seeker.after(verb.end + 1, self.end())).flatten()
            })
            .or_else(|| seeker.noun_before(verb.start, this_end))?;
        let content = self.sentence_before()?;
        Some(Self::parts(Some(speaker), content))
    }

    /// "Об этом", where it begins the sentence of the verb at token `verb`.
    fn this(self, verb: usize) -> Option<(usize, usize)> {
        let from = self.start();
        (from..verb.min(from + 3))
            .take_while(|i| *i == from || self.one(i - 1, &[Kind::Skip, Kind::And]))
            .find_map(|i| self.words.at(self.text, self.lang(), i, self.end(), &[Kind::This]).map(|end| (i, end)))
            .filter(|(_, end)| *end <= verb)
    }

    fn sentence_before(self) -> Option<Range<usize>> {
        let own = self.text.sentence_at(self.sentence.span.start)?;
        let before = self.text.sentences.get(own.checked_sub(1)?)?;
        let near = self.sentence.block <= before.block + 1 && before.kind == self.sentence.kind;
        (near && before.tokens.len() >= 4).then(|| before.tokens.clone())
    }

    /// "Об этом говорится в сообщении полиции."
    pub(super) fn this_is_told(self, verb: &Range<usize>) -> Option<Parts> {
        self.this(verb.start)?;
        let content = self.sentence_before()?;
        let place = self.one(verb.end, &[Kind::Preposition]).then_some(verb.end + 1)?;
        let end = (place..self.end().min(place + 10))
            .find(|i| super::speaker::stops(self.text.fold(*i)))
            .unwrap_or(self.end());
        let speaker = self.seeker().head(place..end).unwrap_or_else(|| self.seeker().words_of(place..end));
        Some(Self::parts(Some(speaker), content))
    }

    /// The subject of the clause that a participle belongs to: "the prosecutor objected, noting that".
    pub(super) fn clause_subject(self, verb: &Range<usize>, row: &Row) -> Option<Speaker> {
        let seeker = self.seeker();
        let mut end = verb.start;
        // "the decision of the judge finding that": without a comma a participle belongs to what stands before it.
        let bare = end > self.start() && self.text.fold(end - 1) != "," && verb.len() == 1;
        if bare && row.meant == Some(Stance::Concludes) && !self.lang().is_cyrillic() {
            let start = seeker.clause_start(end, self.start().max(end.saturating_sub(8)));
            let last = (start..end).rev().find_map(|i| seeker.mention_at(i)).filter(|m| !seeker.is_state(*m));
            if let Some(mention) = last {
                let tokens = self.found.mentions.get(mention).map(|m| self.text.tokens_in(m.span))?;
                return Some(Speaker { mention: Some(mention), words: None, tokens });
            }
        }
        for _ in 0..CLAUSES {
            while end > self.start() && matches!(self.text.fold(end - 1), "," | "—" | "–") {
                end -= 1;
            }
            let start = seeker.clause_start(end, self.start());
            let mut from = start;
            while from < end && self.one(from, &[Kind::Skip, Kind::And, Kind::As]) && !self.one(from, &[Kind::Article])
            {
                from += 1;
            }
            if let Some(mention) = seeker.subject_in(from..end).filter(|m| !seeker.is_state(*m)) {
                let tokens = self.found.mentions.get(mention).map(|m| self.text.tokens_in(m.span))?;
                return Some(Speaker { mention: Some(mention), words: None, tokens });
            }
            // Not the object: "удалила данные".
            let near = end.min(from + 4);
            let first = from + usize::from(self.one(from, &[Kind::Article]));
            let head = seeker
                .head(from..near)
                .filter(|s| s.mention.is_none() && s.tokens.start <= first && !seeker.oblique(&s.tokens));
            // "оставил его решение" has an object in it.
            let object = |s: &Speaker| s.tokens.clone().any(|i| self.one(i, &[Kind::Oblique]));
            if let Some(speaker) = head.map(|s| self.short(s)).filter(|s| !object(s)) {
                return Some(speaker);
            }
            if start <= self.start() || matches!(self.text.fold(start - 1), ";" | ":" | "." | "!" | "?") {
                return None;
            }
            end = start - 1;
        }
        None
    }

    /// "The Board regretted the arrest and called for his release": the subject of the first verb.
    pub(super) fn coordinated(self, verb: &Range<usize>, row: &Row) -> Option<Speaker> {
        let mut at = verb.start;
        while at > self.start() && self.one(at - 1, &[Kind::Skip]) && !self.one(at - 1, &[Kind::And]) {
            at -= 1;
        }
        let and = at > self.start() && self.one(at - 1, &[Kind::And]) && self.lang().is_cyrillic();
        and.then(|| self.clause_subject(verb, row)).flatten()
    }

    /// "Contending that the delay was short, the company appealed": the subject follows what is said.
    pub(super) fn subject_follows(self, verb: &Range<usize>) -> Option<Parts> {
        let first = (self.start()..verb.start).all(|i| self.one(i, &[Kind::Skip, Kind::And]));
        let that = self.one(verb.end, &[Kind::That]).then_some(verb.end + 1).filter(|_| first)?;
        let seeker = self.seeker();
        (that + 2..self.end().min(that + 80)).filter(|i| self.text.fold(*i) == ",").find_map(|comma| {
            let to = self.end().min(comma + 9);
            let speaker = seeker.head(comma + 1..to).filter(|s| s.tokens.start <= comma + 3)?;
            // The words of a noun go on to the verb, which no list knows here: its head is enough.
            Some(Self::parts(Some(self.short(speaker)), that..comma))
        })
    }

    fn short(self, speaker: Speaker) -> Speaker {
        if speaker.mention.is_some() {
            return speaker;
        }
        let end = (speaker.tokens.start..speaker.tokens.end)
            .find_map(|i| self.words.at(self.text, self.lang(), i, speaker.tokens.end, &[Kind::Speaker]))
            .unwrap_or(speaker.tokens.end);
        // "отец Ивана Ветрова": whose.
        let owner = self.seeker().mention_at(end).filter(|m| self.seeker().is_genitive(*m));
        let end = owner.map_or(end, |m| self.seeker().mention_end(m));
        self.seeker().words_of(speaker.tokens.start..end)
    }

    /// "Стверджує, що …": the subject is dropped; the verb stands for it until it is found.
    pub(super) fn dropped(self, verb: &Range<usize>, row: &Row) -> Option<Speaker> {
        let first = (self.start()..verb.start).all(|i| self.one(i, &[Kind::Skip, Kind::And]));
        let one = first && self.lang().is_cyrillic() && !row.author && !self.seeker().plural_verb(verb.end - 1);
        one.then(|| self.seeker().words_of(verb.clone()))
    }

    /// "It follows that …", in the reasons of a decision.
    pub(super) fn conclusion(self, phrase: &Range<usize>, row: &Row) -> Option<Parts> {
        let body = own_body(self.found)?;
        let begins = (self.start()..phrase.start)
            .all(|i| self.one(i, &[Kind::Skip, Kind::And]) || !self.text.word(i).chars().any(char::is_alphabetic));
        let comma = |i: usize| self.text.fold(i) == ",";
        // "le moyen n'est, dès lors, pas fondé"
        let inside = row.alone && phrase.start > self.start() + 1 && comma(phrase.start - 1) && comma(phrase.end);
        let content = if begins { self.rest(phrase.end) } else { self.start()..self.end() };
        // "par suite, le tribunal retient que": the verb says who; "dès lors que" gives a reason.
        let said = self.end().min(phrase.end + 10);
        let verbs = [Kind::Verb, Kind::Say, Kind::Impersonal];
        let verb = self.words.has(self.text, self.lang(), phrase.end..said, &verbs)
            || inside && self.words.has(self.text, self.lang(), self.start()..phrase.start, &[Kind::Verb, Kind::That]);
        if verb || self.one(phrase.end, &[Kind::That]) || !begins && !inside || content.len() < 4 {
            return None;
        }
        let speaker = Speaker { mention: Some(body), words: None, tokens: phrase.clone() };
        Some(Self::parts(Some(speaker), content))
    }

    /// "The Government's argument that …", "довод заявителя о том, что …".
    pub(super) fn claim(self, noun: &Range<usize>, row: &Row) -> Option<Parts> {
        let end = self.end().min(noun.end + FARTHEST);
        let (that, from) = (noun.end..end)
            .take_while(|i| {
                let mark = self.text.fold(i - 1);
                *i == noun.end || mark == "," || !super::speaker::stops(mark) || self.seeker().inside_mention(i - 1)
            })
            .find_map(|i| self.words.at(self.text, self.lang(), i, self.end(), &[Kind::ClaimThat]).map(|to| (i, to)))?;
        // "о том, что": the conjunction after the pronoun.
        let from = if self.text.fold(from) == "," && self.one(from + 1, &[Kind::That]) { from + 2 } else { from };
        let seeker = self.seeker();
        let comma = that > noun.end && self.text.fold(that - 1) == ",";
        let gap = noun.end..that - usize::from(comma);
        let speaker = if gap.is_empty() {
            self.owner(noun.start)
        } else {
            let of = self.words.at(self.text, self.lang(), gap.start, gap.end, &[Kind::ClaimOf]);
            // "the statement before Parliament that": no speaker follows.
            if row.owned || of.is_none() && (!self.lang().is_cyrillic() || self.one(gap.start, &[Kind::Preposition])) {
                return None;
            }
            let first = of.unwrap_or(gap.start);
            let clause =
                (first..gap.end).any(|i| self.one(i, &[Kind::Passive, Kind::Modal, Kind::Relative, Kind::Not]));
            if clause {
                return None;
            }
            Some(seeker.head(first..gap.end)?)
        };
        let mut content = self.rest(from);
        // "довод о том, что срок истёк, отклонён": a comma closes the clause.
        if self.lang().is_cyrillic() {
            let comma = content.clone().skip(2).find(|i| self.text.fold(*i) == ",");
            content.end = comma.unwrap_or(content.end);
        }
        (content.len() >= 2 && (speaker.is_some() || row.alone)).then(|| Self::parts(speaker, content))
    }

    /// Whose the noun at token `noun` is: "the Government's", "his".
    fn owner(self, noun: usize) -> Option<Speaker> {
        let seeker = self.seeker();
        let from = self.start().max(noun.saturating_sub(3));
        for at in (from..noun).rev() {
            // "his lawyer claims that": somebody else's.
            if self.one(at, &[Kind::Speaker]) && self.text.fold(at + 1) != "'s" && !self.one(at, &[Kind::He, Kind::She])
            {
                return None;
            }
            // "his", not "he".
            if self.one(at, &[Kind::He, Kind::She]) && self.one(at, &[Kind::Article, Kind::Oblique]) {
                return Some(seeker.words_of(at..at + 1));
            }
            if self.text.fold(at) == "'s" || self.text.fold(at) == "'" {
                let start = seeker.clause_start(at, self.start().max(at.saturating_sub(10)));
                let last = self.text.tokens.get(at.checked_sub(1)?)?.span;
                let index = self.found.mentions.partition_point(|m| m.span.end < last.end);
                if let Some(m) = self.found.mentions.get(index).filter(|m| m.span.end == last.end) {
                    return Some(Speaker { mention: Some(index), words: None, tokens: self.text.tokens_in(m.span) });
                }
                let article = (start..at).rev().find(|i| self.one(*i, &[Kind::Article]))?;
                return (article + 1 < at).then(|| seeker.words_of(article..at));
            }
        }
        None
    }

    /// "fait grief à l'arrêt de … alors « que … »".
    pub(super) fn grief(self, phrase: &Range<usize>) -> Option<Parts> {
        let speaker = self.seeker().before(phrase.start, self.start())?;
        let rest = self.rest(phrase.end);
        let whereas = rest.clone().find(|i| self.one(*i, &[Kind::Whereas]));
        let open = whereas.and_then(|at| (at + 1..rest.end.min(at + 4)).find(|i| self.opens(*i)));
        let content = open.map_or(rest, |open| self.quoted(open));
        (content.len() >= 4).then(|| Self::parts(Some(speaker), content))
    }

    /// "…, his lawyers said."
    pub(super) fn aside_after(self, verb: &Range<usize>, row: &Row) -> Option<Parts> {
        let ends = verb.end >= self.end() || matches!(self.text.fold(verb.end), "," | "." | ";" | "!" | "?");
        let comma = (self.start()..verb.start).rev().take(9).find(|i| self.text.fold(*i) == ",").filter(|_| ends)?;
        let seeker = self.seeker();
        let head = seeker.head(comma + 1..verb.start).filter(|s| s.tokens.start <= comma + 3);
        let speaker = head.or_else(|| if row.people { seeker.noun_before(verb.start, comma + 1) } else { None })?;
        let relative = self.one(comma + 1, &[Kind::Relative, Kind::And, Kind::Preposition, Kind::That, Kind::As]);
        // "In his letter, the mayor said, in short, that": what is said follows.
        let follows = verb.end < self.end()
            && (self.one(self.start(), &[Kind::Preposition])
                || (verb.end..self.end().min(verb.end + 14)).any(|i| self.one(i, &[Kind::That])));
        let relative = relative || follows;
        let rest = if self.text.fold(verb.end) == "," { self.rest(verb.end) } else { verb.end..verb.end };
        // "The bridge, the mayor said, was closed."
        let content = if rest.len() > 3 { self.start()..rest.end } else { self.start()..comma };
        (!relative && content.len() >= 4).then(|| Self::parts(Some(speaker), content))
    }
}
