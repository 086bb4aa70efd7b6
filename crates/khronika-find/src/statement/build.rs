//! One statement from its phrase: the speaker, the content, what it rests on.

use std::ops::Range;

use khronika_core::{Findings, Lang, MentionIx, Span, Stance, StatementFinding};

use super::speaker::{Seeker, Speaker};
use super::words::{Kind, Row, Trigger, Words};
use crate::text::{Sentence, Text, TokenKind};

/// The longest content, in tokens: keeps the work linear.
pub(super) const LONGEST: usize = 400;
/// How far a quotation may go on over sentences, in tokens.
const LONGEST_QUOTE: usize = 500;
/// How many tokens may stand between a verb and its "that": "told the press in Paris that".
pub(super) const FARTHEST_THAT: usize = 10;
/// At most so many people are listed as those whom a content is about.
const MOST_ABOUT: usize = 24;

/// Builds statements in one sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Builder<'a, 'b> {
    pub(super) words: &'a Words,
    pub(super) text: &'a Text<'b>,
    pub(super) found: &'a Findings,
    pub(super) sentence: &'a Sentence,
}

/// The parts of a statement, as tokens.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) speaker: Option<Speaker>,
    pub(super) content: Range<usize>,
    pub(super) evidence: Vec<Span>,
    pub(super) stance: Option<Stance>,
}

impl Builder<'_, '_> {
    pub(super) const fn lang(self) -> Lang {
        self.sentence.lang
    }

    pub(super) const fn start(self) -> usize {
        self.sentence.tokens.start
    }

    pub(super) const fn end(self) -> usize {
        self.sentence.tokens.end
    }

    pub(super) fn seeker(&self) -> Seeker<'_, '_> {
        Seeker { words: self.words, text: self.text, found: self.found, lang: self.lang() }
    }

    pub(super) fn one(self, at: usize, kinds: &[Kind]) -> bool {
        self.words.at(self.text, self.lang(), at, at + 1, kinds).is_some()
    }

    /// The statement that the phrase makes, if it makes one here.
    pub(super) fn build(self, trigger: &Trigger<'_>) -> Option<StatementFinding> {
        let verb = trigger.tokens.clone();
        // "denied him asylum" tells a refusal, "the claims" is no verb.
        let other = self.words.at(self.text, self.lang(), verb.start, self.end(), &[Kind::Other]);
        let noun = matches!(trigger.row.kind, Kind::Verb | Kind::Say | Kind::Act)
            && verb.start > self.start()
            && (self.text.fold(verb.start - 1) == "'s"
                || self.one(verb.start - 1, &[Kind::Article])
                    && !self.one(verb.start - 1, &[Kind::Skip, Kind::That, Kind::Pronoun]));
        if noun || other.is_some_and(|end| end >= verb.end) {
            return None;
        }
        let parts = match trigger.row.kind {
            Kind::Verb | Kind::Say => self.verb(&verb, trigger.row),
            Kind::Act => self.act(&verb, trigger.row),
            Kind::Impersonal => self.impersonal(&verb),
            Kind::Source => self.source(&verb),
            Kind::SourceAfter => self.source_after(&verb),
            Kind::SourcePronoun => self.source_pronoun(&verb),
            Kind::After => self.content_first(&verb),
            Kind::TellsClause => self.clause_told(&verb),
            Kind::Adverb => self.adverb(&verb),
            Kind::Adjective => self.adjective(&verb),
            Kind::Conditional => self.conditional(&verb),
            Kind::Evidence => self.evidence(&verb),
            Kind::Claim => self.claim(&verb, trigger.row),
            Kind::Conclusion => self.conclusion(&verb, trigger.row),
            Kind::Grief => self.grief(&verb),
            _ => None,
        }?;
        let mut parts = parts;
        // "Установлено, что", in the reasons of a decision.
        if trigger.row.kind == Kind::Impersonal
            && trigger.row.meant == Some(Stance::Concludes)
            && parts.speaker.is_none()
        {
            let body = super::clause::own_body(self.found);
            parts.speaker = body.map(|m| Speaker { mention: Some(m), words: None, tokens: verb.clone() });
        }
        self.finish(trigger, verb, parts)
    }

    pub(super) fn finish(self, trigger: &Trigger<'_>, verb: Range<usize>, parts: Parts) -> Option<StatementFinding> {
        let content = self.text.span(self.trim(parts.content));
        if content.is_empty() || !content.of(self.text.str()).contains(char::is_alphanumeric) {
            return None;
        }
        let verb = self.text.span(verb);
        let speaker_span = parts.speaker.as_ref().map(|s| self.text.span(s.tokens.clone()));
        let mut span = verb.to(content);
        for part in parts.evidence.iter().copied().chain(speaker_span) {
            span = span.to(part);
        }
        let speaker = parts.speaker.as_ref().and_then(|s| s.mention);
        let who = speaker.and_then(|m| self.found.mentions.get(m)).map(|m| m.actor);
        let about = self.mentions_in(content, who);
        let named = speaker.is_some() || parts.speaker.as_ref().is_some_and(|s| s.words.is_some());
        Some(StatementFinding {
            span,
            speaker,
            speaker_words: parts.speaker.and_then(|s| s.words),
            chain: Vec::new(),
            verb,
            stance: parts.stance.or(trigger.row.meant).unwrap_or(Stance::Asserts),
            content,
            about,
            evidence: parts.evidence,
            made_by: trigger.row.info.id.clone(),
            engine: None,
            confidence: if speaker.is_some() {
                0.9
            } else if named {
                0.8
            } else {
                0.7
            },
        })
    }

    /// The mentions in `content`, one for each actor but the speaker.
    fn mentions_in(self, content: Span, speaker: Option<usize>) -> Vec<MentionIx> {
        let from = self.found.mentions.partition_point(|m| m.span.start < content.start);
        let mut actors = Vec::new();
        let mut about = Vec::new();
        for (index, mention) in self.found.mentions.iter().enumerate().skip(from) {
            if mention.span.end > content.end || about.len() >= MOST_ABOUT {
                break;
            }
            if Some(mention.actor) != speaker && !actors.contains(&mention.actor) {
                actors.push(mention.actor);
                about.push(index);
            }
        }
        about
    }

    pub(super) fn trim(self, mut range: Range<usize>) -> Range<usize> {
        let outer = |at: usize| {
            matches!(
                self.text.fold(at),
                "," | ";" | ":" | "." | "!" | "?" | "—" | "–" | "-" | "…" | "”" | "»" | "“" | "«" | "„" | "\""
            )
        };
        while range.start < range.end && outer(range.start) {
            range.start += 1;
        }
        while range.start < range.end && outer(range.end - 1) {
            range.end -= 1;
        }
        range
    }

    /// From `at` to the end of the sentence or its semicolon.
    pub(super) fn rest(self, at: usize) -> Range<usize> {
        let end = self.end().min(at + LONGEST);
        // "Указывает, что …; что …": what is said goes on behind the semicolon.
        let goes_on = |i: usize| self.one(i + 1, &[Kind::That]);
        let stop = (at..end).find(|i| self.text.fold(*i) == ";" && !goes_on(*i)).unwrap_or(end);
        at..stop
    }

    /// True where "not", "to" or "may" stands before the verb, or "was": "he was told that" has a hearer, not a speaker.
    pub(super) fn unsaid(self, verb: usize) -> bool {
        let mut before = verb;
        while before > self.start() && self.one(before - 1, &[Kind::Skip]) {
            before -= 1;
        }
        if before > self.start() && self.one(before - 1, &[Kind::Passive]) {
            return true;
        }
        let mut at = verb;
        for _ in 0..3 {
            let Some(before) = at.checked_sub(1).filter(|b| *b >= self.start()) else { return false };
            if self.one(before, &[Kind::Not, Kind::Modal]) {
                return true;
            }
            if !self.one(before, &[Kind::Skip]) {
                return false;
            }
            at = before;
        }
        false
    }

    pub(super) fn opens(self, at: usize) -> bool {
        let mark = self.text.fold(at);
        matches!(mark, "«" | "„") || (matches!(mark, "“" | "\"") && self.text.tokens.get(at).is_some_and(|t| t.spaced))
    }

    fn closes(self, at: usize) -> bool {
        let mark = self.text.fold(at);
        matches!(mark, "»" | "”") || (matches!(mark, "“" | "\"") && self.text.tokens.get(at).is_some_and(|t| !t.spaced))
    }

    /// The tokens inside the quotation that opens at `at`, over sentences of the same block.
    pub(super) fn quoted(self, at: usize) -> Range<usize> {
        let mut depth = 0_usize;
        let limit = self.text.tokens.len().min(at + LONGEST_QUOTE);
        for i in at..limit {
            if self.opens(i) {
                depth += 1;
            } else if self.closes(i) {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1..i;
                }
            }
        }
        at + 1..self.end()
    }

    /// The tokens inside the quotation that closes at `at`.
    fn quoted_before(self, at: usize) -> Option<Range<usize>> {
        let limit = at.saturating_sub(LONGEST_QUOTE);
        let mut depth = 0_usize;
        for i in (limit..=at).rev() {
            if self.closes(i) {
                depth += 1;
            } else if self.opens(i) {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(i + 1..at);
                }
            }
        }
        None
    }

    fn verb(self, verb: &Range<usize>, row: &Row) -> Option<Parts> {
        let (bare, author) = (row.kind == Kind::Say, row.author);
        let demands = row.meant == Some(Stance::Demands);
        if self.unsaid(verb.start) {
            return None;
        }
        let seeker = self.seeker();
        let subject = || {
            if author {
                self.author(verb)
            } else if row.participle {
                self.clause_subject(verb, row)
            } else {
                seeker.before(verb.start, self.start()).or_else(|| self.coordinated(verb, row))
            }
        };
        let after = |to: usize| {
            if row.participle {
                return None;
            }
            // "Портовый повар писал матери, что": whoever hears it stands after the verb.
            let before = if row.people { seeker.noun_before(verb.start, self.start()) } else { None };
            before.filter(|s| s.tokens.len() > 1).or_else(|| seeker.after(verb.end, to))
        };
        // Any noun, where only people do what the verb tells; or nobody, where the subject is that of the sentence before.
        let noun = || {
            let noun = if row.people && !row.participle { seeker.noun_before(verb.start, self.start()) } else { None };
            noun.or_else(|| if row.participle { None } else { self.dropped(verb, row) })
        };
        let any = || noun().filter(|speaker| speaker.tokens != *verb);
        let said = |speaker: Speaker, content: Range<usize>| {
            Some(Parts { speaker: Some(speaker), content, evidence: Vec::new(), stance: None })
        };
        // "as X stated, …", "как заявил X, …"
        let as_word = (self.start().max(verb.start.saturating_sub(8))..verb.start)
            .rev()
            .take_while(|i| self.text.fold(*i) != ",")
            .find(|i| self.one(*i, &[Kind::As]))
            .filter(|i| {
                // Nothing but the speaker stands between.
                i + 1 == verb.start
                    || seeker
                        .head(i + 1..verb.start)
                        .is_some_and(|s| s.tokens.start <= i + 3 && s.tokens.end >= verb.start)
            });
        if let Some(as_word) = as_word {
            let speaker = seeker.head(as_word + 1..verb.start).or_else(|| seeker.after(verb.end, self.end()))?;
            let from = speaker.tokens.end.max(verb.end);
            let after = self.rest(self.comma(from).unwrap_or(self.end()));
            let content = if after.len() > 3 { after } else { self.start()..as_word };
            return (content.len() > 3).then(|| said(speaker, content))?;
        }
        // "“…”, said X", "“…”, X said"; not where what is said follows.
        let follows =
            self.one(verb.end, &[Kind::That]) || self.opens(verb.end) || self.one(verb.end - 1, &[Kind::That]);
        if let Some(parts) = self.direct(verb).filter(|_| !follows) {
            return Some(parts);
        }
        // "X stated that …", "X: “…”"
        let aside = (verb.end..self.end().min(verb.end + FARTHEST_THAT)).find(|at| self.aside_before_that(*at));
        let limit = self.end().min(aside.unwrap_or(verb.end) + FARTHEST_THAT);
        for at in verb.end..limit {
            let word = self.text.fold(at);
            // A participle has its clause right after it: "arguing that", "указав, что".
            if row.participle && at > verb.end + 1 {
                break;
            }
            let that = if demands { self.one(at, &[Kind::That, Kind::SoThat]) } else { self.one(at, &[Kind::That]) };
            if that {
                let content = self.clause_or_list(at + 1);
                let Some(speaker) = subject().or_else(|| after(at)).or_else(noun) else { break };
                return (content.len() >= 2).then(|| said(speaker, content))?;
            }
            if (self.opens(at) && at <= verb.end + 3) || word == ":" {
                let open = if word == ":" { at + 1 } else { at };
                let content = if self.opens(open) { self.quoted(open) } else { self.clause_or_list(open) };
                // A word or two in quotation marks are no speech, unless a colon announces them.
                if content.len() < 3 && word != ":" {
                    break;
                }
                // "décide : article 1er": the operative part, no speech.
                if self.one(open, &[Kind::Norm]) || self.one(open + 1, &[Kind::Norm]) {
                    return None;
                }
                let speaker = subject().or_else(|| after(at)).or_else(any)?;
                return said(speaker, content);
            }
            // A comma opens the clause or ends the search, unless it opens an aside: "prétend, dans un courriel, que".
            let comma = word == "," && !self.one(at + 1, &[Kind::That, Kind::SoThat]) && !self.aside_before_that(at);
            if comma || matches!(word, ";" | "." | "!" | "?") {
                break;
            }
        }
        if row.participle {
            return self.subject_follows(verb);
        }
        // "Об этом сообщил X."
        if let Some(parts) = self.about_this(verb) {
            return Some(parts);
        }
        // "…, said X.", "…, X said."
        if let Some(parts) = self.aside(verb).or_else(|| self.aside_after(verb, row)).filter(|_| !demands) {
            return Some(parts);
        }
        let starts = self.words.at(self.text, self.lang(), verb.end, self.end(), &[Kind::Start]).is_some();
        if bare || starts {
            let next = self.text.tokens.get(verb.end)?;
            let clause = starts
                || next.kind == TokenKind::Number && (bare || self.told_soon(verb.end))
                || next.kind == TokenKind::Word
                    && verb.end < self.end()
                    && (next.capital
                        || self.one(verb.end, &[Kind::Article, Kind::Pronoun, Kind::First])
                        || self.told_soon(verb.end)
                        || self.mention_starts(verb.end))
                    && !self.one(verb.end, &[Kind::Preposition]);
            let content = self.rest(verb.end);
            if clause && content.len() >= 4 {
                return said(subject().or_else(any)?, content);
            }
        }
        None
    }

    /// The rest of the sentence; where it ends in a colon, the points of the list after it.
    fn clause_or_list(self, at: usize) -> Range<usize> {
        let rest = self.rest(at);
        let colon = (at.saturating_sub(1)..self.end()).next_back().is_some_and(|last| self.text.fold(last) == ":");
        if !colon || rest.len() > 1 {
            return rest;
        }
        let Some(own) = self.text.sentence_at(self.sentence.span.start) else { return rest };
        let mut end = rest.end;
        for sentence in self.text.sentences.iter().skip(own + 1) {
            if sentence.tokens.end > at + LONGEST {
                break;
            }
            end = sentence.tokens.end;
            if end.checked_sub(1).is_none_or(|last| self.text.fold(last) != ";") {
                break;
            }
        }
        at..end
    }

    /// True where the comma at token `at` opens a few words set apart, right behind which stands "that".
    fn aside_before_that(self, at: usize) -> bool {
        let closes = |i: &usize| self.text.fold(*i) == ",";
        closes(&at)
            && (at + 2..self.end().min(at + FARTHEST_THAT)).find(closes).is_some_and(|close| {
                // "…, полагая, что": an aside with a verb of its own has its own "that".
                let words = (at + 1..close).all(|i| {
                    let plain = self.text.tokens.get(i).is_some_and(|t| t.kind != TokenKind::Mark);
                    (plain || matches!(self.text.fold(i), "." | "-"))
                        && !self.one(i, &[Kind::Verb, Kind::Say, Kind::Act, Kind::And])
                });
                words && self.one(close + 1, &[Kind::That])
            })
    }

    /// True where a verb stands near the beginning of a clause: "courts were independent".
    fn told_soon(self, at: usize) -> bool {
        (at + 1..self.end().min(at + 5)).any(|i| self.one(i, &[Kind::Passive, Kind::Modal, Kind::Skip]))
    }

    fn mention_starts(self, at: usize) -> bool {
        self.seeker().mention_at(at).is_some()
    }

    /// The token after the first comma from `at` on, if one comes within a speaker's length.
    fn comma(self, at: usize) -> Option<usize> {
        (at..self.end().min(at + 12)).find(|i| self.text.fold(*i) == ",").map(|i| i + 1)
    }

    /// A quotation right before the verb or before its subject.
    pub(super) fn direct(self, verb: &Range<usize>) -> Option<Parts> {
        let seeker = self.seeker();
        let mut at = verb.start;
        // The auxiliary of the verb, then the marks: "», a déclaré".
        while at > self.start() && self.one(at - 1, &[Kind::Skip]) {
            at -= 1;
        }
        while at > self.start() && matches!(self.text.fold(at - 1), "," | "—" | "–" | "-") {
            at -= 1;
        }
        if at > self.start() && self.closes(at - 1) {
            let content = self.quoted_before(at - 1)?;
            if content.len() >= 3 {
                let speaker = seeker.after(verb.end, self.end())?;
                return Some(Parts { speaker: Some(speaker), content, evidence: Vec::new(), stance: None });
            }
        }
        let speaker = seeker.before(verb.start, self.start())?;
        let mut at = speaker.tokens.start;
        // The words before the head of the subject: its article, a title.
        while at > self.start()
            && self.text.tokens.get(at - 1).is_some_and(|t| t.kind == TokenKind::Word)
            && speaker.tokens.start < at + 4
        {
            at -= 1;
        }
        while at > self.start() && matches!(self.text.fold(at - 1), "," | "—" | "–" | "-") {
            at -= 1;
        }
        if at > self.start() && self.closes(at - 1) {
            let content = self.quoted_before(at - 1)?;
            if content.len() >= 3 {
                return Some(Parts { speaker: Some(speaker), content, evidence: Vec::new(), stance: None });
            }
        }
        None
    }

    /// "The ship sank, reported the harbour office."
    fn aside(self, verb: &Range<usize>) -> Option<Parts> {
        let mut at = verb.start;
        while at > self.start() && self.one(at - 1, &[Kind::Skip]) {
            at -= 1;
        }
        while at > self.start() && matches!(self.text.fold(at - 1), "—" | "–" | "-") {
            at -= 1;
        }
        if at <= self.start() || self.text.fold(at - 1) != "," {
            return None;
        }
        let content = self.start()..at - 1;
        let speaker = self.seeker().after(verb.end, self.end())?;
        if speaker.mention.is_some_and(|m| self.seeker().is_genitive(m)) {
            return None;
        }
        // What follows the speaker must not be an object of the verb: the aside closes the sentence or a comma ends it.
        let closed = speaker.tokens.end >= self.end()
            || (speaker.tokens.end..self.end().min(speaker.tokens.end + 8))
                .any(|i| matches!(self.text.fold(i), "," | "." | ";" | "!" | "?" | "—" | "–"));
        // "the town, notes the mayor, “has no bridge”": the sentence goes on.
        let comma = speaker.tokens.end;
        let content = if self.text.fold(comma) == "," && self.opens(comma + 1) {
            self.start()..self.rest(comma).end
        } else {
            content
        };
        (closed && content.len() >= 2).then_some(Parts {
            speaker: Some(speaker),
            content,
            evidence: Vec::new(),
            stance: None,
        })
    }

    /// The speaker that a verb of the first person has in it.
    fn author(self, verb: &Range<usize>) -> Option<Speaker> {
        let word = verb.start..verb.start + 1;
        Some(Speaker { mention: None, words: Some(self.text.span(word.clone())), tokens: word })
    }

    fn act(self, verb: &Range<usize>, row: &Row) -> Option<Parts> {
        let author = row.author;
        if self.unsaid(verb.start) {
            return None;
        }
        // "“…”, deplored X"
        if let Some(parts) = self.direct(verb).filter(|_| !author) {
            return Some(parts);
        }
        let seeker = self.seeker();
        let speaker = if author {
            self.author(verb)
        } else if row.participle {
            self.clause_subject(verb, row)
        } else {
            let noun = || if row.people { seeker.noun_before(verb.start, self.start()) } else { None };
            seeker.before(verb.start, self.start()).or_else(|| self.coordinated(verb, row)).or_else(noun)
        }?;
        // "toute association qui sollicite": a rule tells what anybody may do.
        if speaker.mention.is_none() && self.words.has(self.text, self.lang(), speaker.tokens.clone(), &[Kind::Norm]) {
            return None;
        }
        // "отрицает, что": the clause goes on over commas.
        if self.text.fold(verb.end) == "," && self.one(verb.end + 1, &[Kind::That]) {
            let content = self.rest(verb.end + 2);
            return (content.len() >= 2).then_some(Parts {
                speaker: Some(speaker),
                content,
                evidence: Vec::new(),
                stance: None,
            });
        }
        let from = if self.one(verb.end, &[Kind::That]) { verb.end + 1 } else { verb.end };
        // "concern over the arrest": the preposition belongs to the verb.
        let from = if self.one(from, &[Kind::Preposition]) && from + 1 < self.end() { from + 1 } else { from };
        let rest = self.rest(from);
        let end = rest.clone().find(|i| self.text.fold(*i) == "," && !self.opens(i + 1)).unwrap_or(rest.end);
        (end > from).then_some(Parts { speaker: Some(speaker), content: from..end, evidence: Vec::new(), stance: None })
    }

    fn impersonal(self, verb: &Range<usize>) -> Option<Parts> {
        if self.unsaid(verb.start) {
            return None;
        }
        if let Some(parts) = self.this_is_told(verb) {
            return Some(parts);
        }
        let mut from = verb.end;
        // "Судом установлено, что", "позивачем зазначено, що", "В приговоре отмечается, что"
        let mut speaker = self.agent(verb);
        // "it was reported by X that"
        if let Some(that) = (verb.end..self.end().min(verb.end + 5)).find(|i| self.one(*i, &[Kind::That])) {
            if that > verb.end + 1 && speaker.is_none() {
                speaker = self.seeker().head(verb.end..that);
            }
            from = that + 1;
        } else if self.text.fold(verb.end) == ":"
            || self.text.fold(verb.end) == "," && (verb.len() > 1 || verb.start == self.start())
        {
            from = verb.end + 1;
        } else if !self.one(verb.end - 1, &[Kind::That]) {
            // "отмечается рост": nothing is reported.
            return None;
        }
        let mut content = self.rest(from);
        if content.len() < 3 {
            // "…, it is reported."
            let before = self.start()..verb.start;
            if before.len() < 4 {
                return None;
            }
            content = before;
        }
        Some(Parts { speaker, content, evidence: Vec::new(), stance: None })
    }

    /// Who does what a verb without a subject tells: the agent beside it, or the paper before it.
    fn agent(self, verb: &Range<usize>) -> Option<Speaker> {
        let beside = [verb.start.checked_sub(1).filter(|b| *b >= self.start()), Some(verb.end)];
        let agent = beside.into_iter().flatten().find(|i| self.one(*i, &[Kind::Agent]));
        let bench = beside.into_iter().flatten().find(|i| self.one(*i, &[Kind::Bench]));
        if let Some((at, body)) = bench.zip(super::clause::own_body(self.found)) {
            return Some(Speaker { mention: Some(body), words: None, tokens: at..at + 1 });
        }
        if let Some(at) = agent.or(bench) {
            return Some(self.seeker().words_of(at..at + 1));
        }
        let from = self.start().max(verb.start.saturating_sub(8));
        let place = (from..verb.start).find(|i| *i == self.start() && self.one(*i, &[Kind::Preposition]))?;
        let whole = (place + 1..verb.start).all(|i| self.text.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word));
        let office = (place + 1..verb.start).any(|i| self.one(i, &[Kind::Office]));
        (whole && office).then(|| self.seeker().words_of(place + 1..verb.start))
    }
}
