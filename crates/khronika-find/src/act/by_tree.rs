//! Who acts, by the dependency tree of a sentence, where the clause rules name nobody.
//!
//! The tree proposes a noun phrase; it is taken where a name stands in it, or a noun that the lists know for somebody who acts. A
//! paper, a day or anything else that decides nothing is not taken, whatever the tree says.

use std::collections::BTreeMap;
use std::ops::Range;

use khronika_core::{ActMention, ActorKind, EventStatus, Findings, Lang, MentionIx, Participant, Role, Span};

use super::draft::{Draft, asks, befalls};
use super::party::{Called, key};
use super::rules::{LangRules, Word};
use super::scene::{actor_of, is_body, kind_of, mention_from, other_body_since};
use crate::actor::mention_over;
use crate::engine::{Class, Reader, Tree};
use crate::text::{Text, TokenKind};

/// The words of somebody without a name are no more tokens than this.
const LONGEST: usize = 12;
/// Who acts stands no farther from the verb, in tokens.
const FARTHEST: usize = 48;
/// How sure an act is of which the tree told who did it.
const CONFIDENCE: f32 = 0.7;

/// Somebody who acts.
enum Who {
    Named(MentionIx),
    Words(Span, Option<Called>),
}

/// Gives the drafts of which nobody is known to have done them those whom the trees tell.
pub(super) fn find(
    drafts: &mut [Draft],
    found: &Findings,
    text: &Text<'_>,
    by_lang: &BTreeMap<Lang, LangRules>,
    reader: Reader<'_>,
) {
    let may_ask = |draft: &Draft| text.sentences.get(draft.sentence).is_some_and(|s| reader.may_ask(s.lang));
    if !drafts.iter().any(may_ask) {
        return;
    }
    let doers = Doers::of(drafts, found);
    let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, draft) in drafts.iter().enumerate().filter(|(_, draft)| may_ask(draft)) {
        let open = || is_open(draft, found) && can_be_told(draft, found, text, by_lang, &doers);
        if open() || is_doubtful(draft, drafts, number, found) || may_be_shared(draft, text, by_lang) {
            of.entry(draft.sentence).or_default().push(number);
        }
    }
    let wanted: Vec<usize> = of.keys().copied().collect();
    reader.trees(text, &wanted, |sentence, tree, engine| {
        let Some(rules) = text.sentences.get(sentence).and_then(|s| by_lang.get(&s.lang)) else { return };
        let asker = Asker { found, text, rules, tree, doers: &doers };
        for number in of.get(&sentence).into_iter().flatten() {
            let Some(draft) = drafts.get_mut(*number) else { continue };
            if let Some(status) = asker.shared(draft) {
                draft.status = status;
                draft.engine = Some(engine.to_owned());
                draft.confidence = draft.confidence.min(CONFIDENCE);
                continue;
            }
            let who = if is_open(draft, found) { asker.who(draft) } else { asker.contradicts(draft) };
            if let Some(who) = who {
                put(draft, who, engine);
            }
        }
    });
}

/// Nobody is known to have done it; a court that is asked has not.
fn is_open(draft: &Draft, found: &Findings) -> bool {
    let asked = |m| asks(&draft.classes) && kind_of(found, m) == Some(ActorKind::Court);
    draft.body.is_none_or(asked)
        && draft.body_words.is_none()
        && draft.by_party.is_none()
        && !draft.own
        && !draft.operative
        && !draft.plural
}

/// Whether there is anything in the sentence that a tree may tell to have done it: "by" somebody, a name, a noun for somebody who acts,
/// or a pronoun after a sentence that tells who did something.
fn can_be_told(
    draft: &Draft,
    found: &Findings,
    text: &Text<'_>,
    by_lang: &BTreeMap<Lang, LangRules>,
    doers: &Doers,
) -> bool {
    let Some(sentence) = text.sentences.get(draft.sentence) else { return false };
    let Some(rules) = by_lang.get(&sentence.lang) else { return false };
    let trigger = text.tokens_in(draft.trigger);
    let any = |range: Range<usize>, words: &[Word]| {
        range.into_iter().any(|t| rules.words.longest_of(text, t, sentence.tokens.end, |w| words.contains(w)).is_some())
    };
    if draft.mention == ActMention::Referred {
        return any(trigger.start.saturating_sub(3).max(sentence.tokens.start)..trigger.start, &[Word::By])
            || any(trigger.end..sentence.tokens.end.min(trigger.end + LONGEST), &[Word::ByWhich]);
    }
    let before = sentence.tokens.start.max(trigger.start.saturating_sub(FARTHEST))..trigger.start;
    let first = mention_from(found, text.span(before.clone()).start);
    let named = found.mentions.iter().enumerate().skip(first).take_while(|(_, m)| m.span.end <= draft.trigger.start);
    let somebody = [Word::Office, Word::Court, Word::Party, Word::Claimant, Word::ForParty, Word::Doer];
    let capital = |t: usize| t > sentence.tokens.start && text.tokens.get(t).is_some_and(|k| k.capital);
    any(trigger.end..sentence.tokens.end.min(trigger.end + FARTHEST), &[Word::By])
        || named.into_iter().any(|(m, _)| kind_of(found, m) != Some(ActorKind::Place))
        || before.clone().any(capital)
        || any(before.clone(), &somebody)
        || any(before, &[Word::Pronoun]) && doers.just_before(draft.sentence, found).is_some()
}

/// The words that say that what a verb tells need not have happened.
const UNREAL: [Word; 3] = [Word::Not, Word::Possible, Word::Future];

/// Whether such a word stands before a verb that the rules take for something that happened.
fn may_be_shared(draft: &Draft, text: &Text<'_>, by_lang: &BTreeMap<Lang, LangRules>) -> bool {
    let Some(sentence) = text.sentences.get(draft.sentence) else { return false };
    let Some(rules) = by_lang.get(&sentence.lang) else { return false };
    let told = draft.mention == ActMention::Told && draft.status == EventStatus::Actual && !draft.operative;
    let before = sentence.tokens.start..text.tokens_in(draft.trigger).start;
    told && before.clone().any(|t| rules.words.longest_of(text, t, before.end, |w| UNREAL.contains(w)).is_some())
}

/// A verb joined to another that has the same subject by the rules, while another body is named between them.
fn is_doubtful(draft: &Draft, drafts: &[Draft], number: usize, found: &Findings) -> bool {
    let Some(body) = draft.body.filter(|_| draft.mention == ActMention::Told && !draft.operative) else { return false };
    let Some(before) = number.checked_sub(1).and_then(|n| drafts.get(n)) else { return false };
    let joined = before.sentence == draft.sentence && before.body == Some(body);
    joined && other_body_since(found, body, draft.trigger.start)
}

/// Those whom the rules know to have done something, by sentence.
struct Doers {
    all: Vec<(usize, MentionIx)>,
}

impl Doers {
    fn of(drafts: &[Draft], found: &Findings) -> Self {
        let told = drafts.iter().filter(|d| d.mention == ActMention::Told && d.status == EventStatus::Actual);
        let mut all: Vec<(usize, MentionIx)> = told
            .filter(|d| !asks(&d.classes))
            .filter_map(|d| Some((d.sentence, d.body.filter(|m| is_body(found, *m))?)))
            .collect();
        all.sort_unstable();
        Self { all }
    }

    /// The one body that did everything of which the sentence before `sentence` tells who did it.
    fn just_before(&self, sentence: usize, found: &Findings) -> Option<MentionIx> {
        let before = sentence.checked_sub(1)?;
        let from = self.all.partition_point(|(s, _)| *s < before);
        let mut same = self.all.get(from..)?.iter().take_while(|(s, _)| *s == before).map(|(_, m)| *m);
        let first = same.next()?;
        same.all(|m| actor_of(found, m) == actor_of(found, first)).then_some(first)
    }
}

fn put(draft: &mut Draft, who: Who, engine: &str) {
    match who {
        Who::Named(mention) => {
            draft.participants.retain(|p| p.mention != mention);
            draft.body = Some(mention);
            if asks(&draft.classes) {
                draft.participants.push(Participant { mention, role: Role::Applicant });
            }
        }
        Who::Words(span, party) => {
            draft.body_words = Some(span);
            draft.by_party = party;
        }
    }
    draft.engine = Some(engine.to_owned());
    draft.confidence = draft.confidence.min(CONFIDENCE);
}

/// Asks one tree.
struct Asker<'a, 'b> {
    found: &'a Findings,
    text: &'a Text<'b>,
    rules: &'a LangRules,
    tree: &'a Tree,
    doers: &'a Doers,
}

impl Asker<'_, '_> {
    fn who(&self, draft: &Draft) -> Option<Who> {
        let top = self.tree.top(draft.trigger)?;
        let (verb, doer) = if self.tree.class(top) == Class::Verb && draft.mention == ActMention::Told {
            // What is asked for is done by whoever is asked, whom the tree does not tell.
            (top, self.tree.doer(top, draft.status == EventStatus::Actual)?)
        } else if let Some(verb) = self.tree.relative(top).filter(|verb| self.is_by_which(draft, *verb)) {
            // "the ruling by which the court, in May, annulled": the clause tells what the paper does.
            (verb, self.tree.subject(verb)?)
        } else {
            // "the court, by a judgment of 3 May, annulled": whoever does what the paper is the means of gave it.
            let verb = self.tree.governor(top).filter(|verb| self.is_means(draft) && !self.tree.is_passive(*verb))?;
            (verb, self.tree.doer(verb, true)?)
        };
        let span = self.tree.span(doer);
        let passive = self.tree.is_passive(verb);
        // A subject has no preposition, and the agent of a passive has none but "by".
        let governed = self.tree.is_governed(doer) && !(passive && self.is_by_before(doer));
        if span.is_empty() || draft.trigger.overlaps(span) || governed {
            return None;
        }
        // "arrested in May, he": an active verb of what befalls people that acts on nobody is misread.
        if !passive && draft.classes.iter().any(|c| befalls(*c)) && self.tree.object(verb).is_none() {
            return None;
        }
        let who = match self.somebody(doer) {
            Some(who) => who,
            None => Who::Named(self.stands_for(draft, doer)?),
        };
        match who {
            Who::Named(mention) => self.fits(draft, mention).then_some(who),
            Who::Words(words, _) => (!words.overlaps(draft.trigger)).then_some(who),
        }
    }

    /// What a verb has in common with one that it is joined to, or that governs it: "could be charged and barred from leaving".
    fn shared(&self, draft: &Draft) -> Option<EventStatus> {
        if draft.mention != ActMention::Told || draft.status != EventStatus::Actual || draft.operative {
            return None;
        }
        let top = self.tree.top(draft.trigger).filter(|top| self.tree.class(*top) == Class::Verb)?;
        let words = self.tree.shared(top);
        let any = |word: Word| words.iter().any(|w| self.is(self.text.tokens_in(self.tree.span(*w)).start, &[word]));
        match () {
            () if any(Word::Not) => Some(EventStatus::Denied),
            () if any(Word::Possible) => Some(EventStatus::Possible),
            () if any(Word::Future) => Some(EventStatus::Requested),
            () => None,
        }
    }

    /// Another body that the tree gives a verb as its own subject than the one that the rules do.
    fn contradicts(&self, draft: &Draft) -> Option<Who> {
        let top = self.tree.top(draft.trigger).filter(|top| !self.tree.is_passive(*top))?;
        let mention = self.mention(self.tree.span(self.tree.subject(top)?))?;
        let other = actor_of(self.found, mention) != draft.body.and_then(|b| actor_of(self.found, b));
        (other && is_body(self.found, mention) && self.fits(draft, mention)).then_some(Who::Named(mention))
    }

    /// Whom "it" or "elle" stands for: the body that did what the sentence before tells.
    fn stands_for(&self, draft: &Draft, doer: usize) -> Option<MentionIx> {
        let at = self.text.tokens_in(self.tree.span(doer)).start;
        let pronoun = self.tree.class(doer) == Class::Pronoun && self.is(at, &[Word::Pronoun]);
        let body = self.doers.just_before(draft.sentence, self.found).filter(|_| pronoun && !asks(&draft.classes))?;
        // Nobody else who may be meant is named since.
        (!other_body_since(self.found, body, draft.trigger.start)).then_some(body)
    }

    /// True where "by which" leads from the paper to the verb.
    fn is_by_which(&self, draft: &Draft, verb: usize) -> bool {
        let from = self.text.tokens_in(draft.trigger).end;
        let to = self.text.tokens_in(self.tree.span(verb)).start;
        (from..to.min(from + LONGEST))
            .any(|t| self.rules.words.longest_of(self.text, t, to, |w| *w == Word::ByWhich).is_some())
    }

    /// True where the words before a paper make it the means: "by", "par".
    fn is_means(&self, draft: &Draft) -> bool {
        self.is_by_at(self.text.tokens_in(draft.trigger).start)
    }

    /// True where "by" stands before the noun phrase of a word of the tree.
    fn is_by_before(&self, head: usize) -> bool {
        self.is_by_at(self.text.tokens_in(self.tree.phrase(head)).start)
    }

    fn is_by_at(&self, noun: usize) -> bool {
        let mut at = noun;
        let start = self.text.span(noun..noun + 1).start;
        let first =
            self.text.sentence_at(start).and_then(|s| self.text.sentences.get(s)).map_or(at, |s| s.tokens.start);
        for _ in 0..3 {
            let Some(before) = at.checked_sub(1).filter(|b| *b >= first) else { return false };
            if self.is(before, &[Word::By]) {
                return true;
            }
            if !self.is(before, &[Word::Definite, Word::Indefinite, Word::Own, Word::Possessive]) {
                return false;
            }
            at = before;
        }
        false
    }

    fn is(&self, at: usize, words: &[Word]) -> bool {
        self.rules.words.longest_of(self.text, at, at + 1, |w| words.contains(w)).is_some()
    }

    /// The name or the words of the noun phrase of a word of the tree.
    fn somebody(&self, head: usize) -> Option<Who> {
        let at = self.tree.span(head);
        if let Some(mention) = self.mention(at) {
            return Some(Who::Named(mention));
        }
        if self.tree.class(head) == Class::Pronoun {
            return None;
        }
        // A part of a compound that is one token here is that token.
        let noun = self.text.tokens.partition_point(|t| t.span.end <= at.start);
        let tokens = self.cut(self.text.tokens_in(self.tree.phrase(head).to(self.text.span(noun..noun + 1))), noun);
        if tokens.is_empty() || tokens.len() > LONGEST || !tokens.contains(&noun) || self.dated(at) {
            return None;
        }
        let of = |words: &[Word]| {
            let hit = |t: usize| {
                let m = self.rules.words.longest_of(self.text, t, tokens.end, |w| words.contains(w))?;
                m.tokens.contains(&noun).then_some(m.tokens)
            };
            (tokens.start.max(noun.saturating_sub(3))..=noun).find_map(hit)
        };
        let span = self.text.span(tokens.clone());
        if let Some(party) = of(&[Word::Party, Word::Claimant]) {
            let called = Called {
                word: key(self.text, self.rules, party.clone()),
                claimant: self.is(party.start, &[Word::Claimant]),
            };
            return Some(Who::Words(span, Some(called)));
        }
        let known = of(&[Word::Office, Word::Court, Word::ForParty, Word::Doer]).is_some();
        let token = self.text.tokens.get(noun)?;
        let opens = self.text.sentence_at(at.start).and_then(|s| self.text.sentences.get(s)).map(|s| s.tokens.start);
        let named = self.tree.class(head) == Class::Name
            && token.capital
            && token.kind == TokenKind::Word
            && (tokens.len() > 1 || opens != Some(noun))
            && self.rules.forms.longest(self.text, noun, noun + 1).is_none();
        (known || named).then_some(Who::Words(span, None))
    }

    /// The words of a noun phrase up to the first mark, bracket or day after its noun.
    fn cut(&self, tokens: Range<usize>, noun: usize) -> Range<usize> {
        let stops = |t: &usize| {
            self.text
                .tokens
                .get(*t)
                .is_none_or(|k| k.kind == TokenKind::Mark && !matches!(self.text.fold(*t), "-" | "'" | "’"))
                || self.dated(self.text.span(*t..t + 1))
        };
        let mut end = (noun + 1..tokens.end).find(stops).unwrap_or(tokens.end);
        let small =
            [Word::Preposition, Word::By, Word::NameLink, Word::DateLink, Word::DateOn, Word::And, Word::Definite];
        while end > noun + 1 && self.is(end - 1, &small) {
            end -= 1;
        }
        tokens.start..end
    }

    /// The name that holds the word at `at`.
    fn mention(&self, at: Span) -> Option<MentionIx> {
        mention_over(self.found, at)
    }

    fn dated(&self, at: Span) -> bool {
        let ix = self.found.dates.partition_point(|d| d.span.end <= at.start);
        self.found.dates.get(ix).is_some_and(|d| d.span.overlaps(at))
    }

    /// Whether somebody with a name can have done this.
    fn fits(&self, draft: &Draft, mention: MentionIx) -> bool {
        let same = |m: MentionIx| actor_of(self.found, m) == actor_of(self.found, mention);
        let befell = draft.participants.iter().any(|p| p.role == Role::Subject && same(p.mention));
        let kind = kind_of(self.found, mention);
        // A court does not ask; a person is arrested, charged and sentenced more often than they do so.
        let other = match kind {
            Some(ActorKind::Court) => asks(&draft.classes),
            Some(ActorKind::Person) => draft.classes.iter().any(|c| befalls(*c)),
            Some(ActorKind::Place) | None => true,
            _ => false,
        };
        !befell && !other
    }
}
