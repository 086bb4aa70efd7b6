//! What a word of an act is at its place: told actively or passively, asked for, a noun, a paper.

use khronika_core::{EventStatus, Findings, Lang};

use super::rules::{Form, ObjectSide, Word};
use super::scene::{Clause, ClauseKind, Hit, Scene};

/// The voice of a word of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// "the court annulled", "a annulé".
    Active,
    /// "annuls": told only where something says that it happened.
    Present,
    /// "was annulled", "отменён".
    Passive,
    /// "a decision annulled by": a modifier of the noun before it.
    Modifier,
    /// "to annul".
    Infinitive,
    /// "annulling", "отменив".
    Gerund,
    /// "the annulment of".
    Noun,
    /// "the judgment".
    Paper,
    /// "постановлением".
    Instrument,
}

/// A word of an act, read.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) voice: Voice,
    /// The row that goes with the voice.
    pub(super) row: usize,
    /// Where the verb group begins, auxiliaries included.
    pub(super) begin: usize,
    /// What the verb group itself says.
    pub(super) group: Group,
}

impl Reading {
    /// The same word as an active verb, where it shares the auxiliary of the verb before it.
    pub(super) fn sharing(&self) -> Self {
        Self { voice: Voice::Active, ..self.clone() }
    }

    /// "has annulled": an active verb with its auxiliary.
    pub(super) fn is_perfect(&self) -> bool {
        self.voice == Voice::Active && self.group.have
    }
}

/// The small words beside a verb.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Group {
    have: bool,
    be: bool,
    /// "may", "could".
    pub(super) possible: bool,
    /// "will".
    pub(super) future: bool,
    /// "not".
    pub(super) not: bool,
    /// "to".
    to: bool,
}

impl Group {
    /// True of "was asked", not of "has been": an auxiliary of the passive.
    pub(super) const fn is_passive(self) -> bool {
        self.be
    }
}

/// Reads the words before token `start` that belong to its verb group; gives where the group begins.
pub(super) fn group(scene: &Scene<'_, '_>, start: usize) -> (usize, Group) {
    let mut group = Group::default();
    let mut begin = start;
    for _ in 0..7 {
        let Some(before) = begin.checked_sub(1).filter(|t| *t >= scene.tokens.start) else { break };
        if scene.mention(before).is_some() || scene.date(before).is_some() {
            break;
        }
        let next = if let Some(s) = scene.ending_at(begin, Word::Not) {
            group.not = true;
            s
        } else if let Some(s) = scene.ending_at(begin, Word::Possible) {
            group.possible = true;
            // "aurait été annulée": the words of the possibility hold the auxiliary.
            group.be |= scene.ending_at(begin, Word::Be).is_some();
            s
        } else if let Some(s) = scene.ending_at(begin, Word::Future) {
            group.future = true;
            group.be |= scene.ending_at(begin, Word::Be).is_some();
            s
        } else if let Some(s) = scene.ending_at(begin, Word::Be) {
            group.be = true;
            s
        } else if let Some(s) = scene.ending_at(begin, Word::Have) {
            group.have = true;
            s
        } else if let Some(s) = scene.ending_at(begin, Word::Adverb) {
            s
        } else if let Some(s) = scene.ending_at(begin, Word::To).filter(|_| begin == start || group.be) {
            group.to = true;
            s
        } else if adverb(scene, before) {
            before
        } else {
            break;
        };
        begin = next;
    }
    if let Some((from, have)) = interrupted(scene, begin).filter(|_| !(group.have || group.be || group.to)) {
        begin = from;
        (group.have, group.be) = (have, !have);
    }
    // An adverb before the first auxiliary belongs to what stands before it.
    if !(group.have || group.be || group.not || group.possible || group.future || group.to) {
        begin = start;
    }
    (begin, group)
}

/// "a, par une décision du 7 mars 2022, rejeté": the auxiliary that words between two commas part from its verb; true for "have".
fn interrupted(scene: &Scene<'_, '_>, begin: usize) -> Option<(usize, bool)> {
    // "was on 5 May 2020 convicted", "a le 5 mai 2020 rejeté": a day alone may do without commas.
    if let Some(day) = begin.checked_sub(1).filter(|t| *t > scene.tokens.start && scene.date(*t).is_some()) {
        let start = scene.date_start(day);
        let start = scene.ending_at(start, Word::DateOn).unwrap_or(start);
        let aux = start.checked_sub(1).filter(|t| *t >= scene.tokens.start)?;
        let have = scene.is(aux, Word::Have);
        return (have || scene.is(aux, Word::Be)).then_some((aux, have));
    }
    let close = begin.checked_sub(1).filter(|t| *t >= scene.tokens.start && scene.text.fold(*t) == ",")?;
    let low = scene.tokens.start.max(close.saturating_sub(24));
    let open = (low..close).rev().find(|t| {
        scene.text.fold(*t) == ","
            && *t > scene.tokens.start
            && (scene.is(*t - 1, Word::Have) || scene.is(*t - 1, Word::Be))
    })?;
    Some((open - 1, scene.is(open - 1, Word::Have)))
}

/// "unanimously", "définitivement": a word that is an adverb by its ending.
fn adverb(scene: &Scene<'_, '_>, t: usize) -> bool {
    let word = scene.text.fold(t);
    match scene.sentence.lang.code() {
        "en" => word.ends_with("ly") && word.len() > 4,
        "fr" => word.ends_with("ement") && word.len() > 7 && !scene.is(t - 1, Word::Definite),
        _ => false,
    }
}

/// Reads one word of an act; `None` where it is none here.
pub(super) fn read(scene: &Scene<'_, '_>, hit: &Hit) -> Option<Reading> {
    let start = hit.tokens.start;
    let (begin, mut group) = group(scene, start);
    // Where the verb stands last, what follows it says that it was not, or makes it a participle of the noun that follows.
    let last = scene.rules.object_side != ObjectSide::Left || ends_clause(scene, hit.whole.end);
    group.not |= scene.rules.object_side == ObjectSide::Left && scene.is(hit.whole.end, Word::Not);
    // "відмовлено не було": in free word order "not" and "be" may follow the participle.
    group.not |= scene.rules.object_side == ObjectSide::Either
        && hit.is(Form::Short)
        && scene.len(hit.whole.end, Word::Not).is_some_and(|n| scene.is(hit.whole.end + n, Word::Be));
    let reading = |voice, form| hit.row_as(form).map(|row| Reading { voice, row, begin, group });
    let noun = hit.is(Form::Paper) || hit.is(Form::Noun) || hit.is(Form::Instrument);
    // "M. Durand demande à la cour": in French a noun has its article, so that what follows a name is the verb of asking.
    let asks = scene.sentence.lang == Lang::FR && start > scene.tokens.start && scene.is(start, Word::Request);
    if asks && noun && [Word::Pronoun, Word::Relative].iter().any(|w| scene.is(start - 1, *w)) {
        return None;
    }
    if asks && noun && scene.mention(start - 1).is_some() {
        return None;
    }
    let verb = hit.readings.iter().any(|(_, f)| !matches!(f, Form::Paper | Form::Noun | Form::Instrument));
    if noun && (!verb || is_noun_here(scene, hit, group)) {
        return reading(Voice::Instrument, Form::Instrument)
            .filter(|_| !hit.is(Form::Paper))
            .or_else(|| reading(Voice::Paper, Form::Paper))
            .or_else(|| reading(Voice::Instrument, Form::Instrument))
            .or_else(|| reading(Voice::Noun, Form::Noun));
    }
    if !last && !group.not && (hit.is(Form::Short) || hit.is(Form::Past)) {
        return reading(Voice::Modifier, Form::Short).or_else(|| reading(Voice::Modifier, Form::Past));
    }
    if let Some(r) = reading(Voice::Passive, Form::Short) {
        return Some(r);
    }
    let only_infinitive = hit.readings.iter().all(|(_, f)| *f == Form::Infinitive);
    if only_infinitive && start > scene.tokens.start && scene.is_determiner(start - 1) && !group.to {
        // "the sentence": a noun that the rows do not have.
        return None;
    }
    if hit.is(Form::Infinitive) && (group.to || group.possible || group.future) && !group.be {
        return reading(Voice::Infinitive, Form::Infinitive);
    }
    // "s'est vu refuser l'asile": the infinitive after "be" alone is passive.
    if hit.is(Form::Infinitive) && group.be && !group.to && scene.rules.object_side == ObjectSide::Right {
        return reading(Voice::Passive, Form::Infinitive);
    }
    if hit.is(Form::Participle) {
        if group.be {
            return reading(Voice::Passive, Form::Participle);
        }
        if group.have {
            return reading(Voice::Active, Form::Participle);
        }
        if hit.is(Form::Present) && !group.not && after_subject(scene, start) {
            return reading(Voice::Present, Form::Present);
        }
        if !hit.is(Form::Past) {
            return reading(Voice::Modifier, Form::Participle);
        }
        // "the order annulled by the court": a past tense has its object after it, not "by".
        let after = hit.tokens.end;
        let agent = scene.is(after, Word::By);
        let noun_before =
            start.checked_sub(1).is_some_and(|t| scene.hit(t).is_some_and(|h| h.is(Form::Paper) || h.is(Form::Noun)));
        let ends = scene.text.fold(after) == "," || scene.is(after, Word::Preposition) || scene.date(after).is_some();
        // "Appeal dismissed.": a headline, or an operative part in short.
        let last = after >= scene.tokens.end || matches!(scene.text.fold(after), "." | ";" | "!");
        if noun_before && last {
            return reading(Voice::Passive, Form::Participle);
        }
        // "The latter upheld": no noun follows.
        let stands_before_noun = scene.is_determiner(start.saturating_sub(1))
            && start > scene.tokens.start
            && scene.ending_at(start, Word::Latter).is_none();
        if agent || stands_before_noun || (noun_before && ends) {
            return reading(Voice::Modifier, Form::Participle);
        }
    }
    if let Some(r) = reading(Voice::Active, Form::Past) {
        return Some(r);
    }
    if hit.is(Form::Present) && !group.possible && !group.to {
        return reading(Voice::Present, Form::Present);
    }
    if hit.is(Form::Gerund) {
        // "the court's revoking his status", "the revoking of".
        let named = start > scene.tokens.start
            && (scene.text.fold(start - 1) == "'s" || scene.ending_at(start, Word::Possessive).is_some());
        // "the making of the decision" tells of no one who made it.
        let making = start > scene.tokens.start && scene.is(start - 1, Word::Definite);
        return reading(if named { Voice::Noun } else { Voice::Gerund }, Form::Gerund)
            .filter(|r| !(making && scene.row(r.row).is_some_and(|row| row.light)));
    }
    reading(Voice::Infinitive, Form::Infinitive).or_else(|| reading(Voice::Modifier, Form::Participle))
}

/// "qui lui interdit de sortir", "le juge lui interdit": a subject stands before a verb whose present looks like its participle.
fn after_subject(scene: &Scene<'_, '_>, start: usize) -> bool {
    let mut t = start;
    while let Some(s) = scene.ending_at(t, Word::Adverb).filter(|s| *s > scene.tokens.start) {
        t = s;
    }
    let Some(before) = t.checked_sub(1).filter(|b| *b >= scene.tokens.start) else { return false };
    // "une mesure, prise le 4 mai, lui interdit": a participle has no pronoun before it.
    scene.ending_at(start, Word::Befallen).is_some()
        || scene.is(before, Word::Relative)
        || t < start && scene.mention(before).is_some()
        || scene.ending_at(t, Word::Court).is_some()
}

/// True where nothing but a mark, an auxiliary, a conjunction or a verb of saying follows token `end`.
fn ends_clause(scene: &Scene<'_, '_>, end: usize) -> bool {
    end >= scene.tokens.end
        || !(scene.is_word(end) || scene.is_number(end))
        || [Word::And, Word::Be, Word::Report, Word::Complement, Word::Subordinate].iter().any(|w| scene.is(end, *w))
}

/// Whether a word that can be a noun or a verb ("order", "appeal", "arrêté") is a noun here.
fn is_noun_here(scene: &Scene<'_, '_>, hit: &Hit, group: Group) -> bool {
    let start = hit.tokens.start;
    if group.have || group.be || group.possible || group.future || group.not {
        return false;
    }
    let before = start.checked_sub(1).filter(|t| *t >= scene.tokens.start);
    // "Arrêté le 3 mai", ", arrêté par la police": said of a person. A paper has its determiner, or "du" after it.
    let bare = before.is_none_or(|t| scene.text.fold(t) == "," || scene.mention(t).is_some());
    let (next, day) = (hit.tokens.end, |t: usize| scene.date(t).is_some());
    let circumstance = [Word::Preposition, Word::DateOn, Word::By, Word::And].iter().any(|w| scene.is(next, *w))
        || day(next)
        || scene.len(next, Word::Definite).is_some_and(|n| day(next + n));
    if bare && hit.is(Form::Participle) && hit.is(Form::Paper) && circumstance && !scene.is(next, Word::DateLink) {
        return false;
    }
    let Some(before) = before else {
        return !hit.is(Form::Present);
    };
    if group.to && !scene.is(before, Word::Definite) {
        // "to appeal" is a verb, "the right to appeal" too; "subject to appeal" is lost on purpose.
        return !hit.is(Form::Infinitive);
    }
    // "the court orders", "the Department ("DHS") appeals": a finite verb after its subject.
    let bracket = || (scene.tokens.start..before).rev().take(5).find(|t| scene.text.fold(*t) == "(");
    let before =
        if scene.text.fold(before) == ")" { bracket().map_or(before, |t| t.saturating_sub(1)) } else { before };
    !(hit.is(Form::Present) && scene.mention(before).is_some() && scene.text.fold(before) != "'s")
}

impl Scene<'_, '_> {
    /// "the", "this", "its", "his": a noun follows.
    pub(super) fn is_determiner(&self, t: usize) -> bool {
        [Word::Definite, Word::Indefinite, Word::Demonstrative, Word::Possessive, Word::Own]
            .iter()
            .any(|w| self.is(t, *w) || self.ending_at(t + 1, *w).is_some())
    }
}

/// What stands over a word and says whether it happened: the nearest governing word to its left in the clause.
pub(super) fn governor(scene: &Scene<'_, '_>, begin: usize, reach: usize) -> Option<(Word, usize)> {
    let clause = scene.clause_of(begin)?;
    let low = clause.tokens.start.max(begin.saturating_sub(reach));
    let mut t = begin;
    while t > low {
        t -= 1;
        for word in [Word::Request, Word::Fail, Word::Decide, Word::Possible] {
            if scene.is(t, word) {
                return Some((word, t));
            }
        }
    }
    None
}

/// "сұраймыз", "мүмкін": the word at `t`, behind what it governs, says that it need not have happened.
pub(super) fn unreal_after(scene: &Scene<'_, '_>, t: usize) -> Option<EventStatus> {
    let says = [
        (Word::Request, EventStatus::Requested),
        (Word::Possible, EventStatus::Possible),
        (Word::Future, EventStatus::Requested),
        (Word::Fail, EventStatus::Denied),
        (Word::Not, EventStatus::Denied),
    ];
    says.iter().find(|(word, _)| scene.is(t, *word)).map(|(_, status)| *status)
}

/// Whether what a finite verb or noun tells happened.
pub(super) fn status(scene: &Scene<'_, '_>, reading: &Reading) -> EventStatus {
    let g = reading.group;
    if g.not {
        return EventStatus::Denied;
    }
    if g.possible {
        return EventStatus::Possible;
    }
    if g.future {
        return EventStatus::Requested;
    }
    above(scene, reading.begin).unwrap_or(EventStatus::Actual)
}

/// "Si ce refus a été annulé, la cour a …": true past the comma that ends a condition with a verb of its own.
///
/// Where the verb has no auxiliary, what stands past the comma is as conditional as the condition: "Если …, Вы обязаны выехать".
fn past_condition(scene: &Scene<'_, '_>, clause: &Clause, at: usize) -> bool {
    if scene.rules.object_side != ObjectSide::Right {
        return false;
    }
    let verb = clause.tokens.clone().find(|t| {
        scene.hit(*t).is_some_and(|h| !h.is(Form::Paper) && !h.is(Form::Noun))
            || [Word::Be, Word::Have].iter().any(|w| scene.is(*t, *w))
    });
    verb.is_some_and(|v| (v..at).any(|t| scene.text.fold(t) == "," && !scene.in_parenthesis(t)))
}

/// What the clauses above the clause of token `at` say of it.
pub(super) fn above(scene: &Scene<'_, '_>, at: usize) -> Option<EventStatus> {
    let index = scene.clause_ix(at);
    let clause = scene.clauses.get(index)?;
    match clause.kind {
        ClauseKind::Condition if !past_condition(scene, clause, at) => return Some(EventStatus::Possible),
        ClauseKind::Purpose => return Some(EventStatus::Requested),
        _ => {}
    }
    // A clause that a condition follows at once: "his expulsion, if effective,".
    if let Some(next) = scene.clauses.get(index + 1)
        && next.kind == ClauseKind::Condition
        && next.tokens.len() <= 8
        // "may not leave until the case ends": it lasts, and depends on nothing.
        && !scene.is(next.tokens.start, Word::Until)
    {
        return Some(EventStatus::Possible);
    }
    // "on condition that the judgment was appealed"
    let condition = |c: &Clause| c.kind == ClauseKind::Condition && c.tokens.len() <= 4;
    if clause.kind == ClauseKind::Complement && index > 0 && scene.clauses.get(index - 1).is_some_and(condition) {
        return Some(EventStatus::Possible);
    }
    // "demanded that the court annul": the word that governs stands just before the clause.
    if clause.kind == ClauseKind::Complement && index > 0 {
        let before = clause.tokens.start;
        let low = before.saturating_sub(5).max(scene.tokens.start);
        for t in (low..before).rev().take_while(|t| scene.text.fold(*t) != ";") {
            if scene.is(t, Word::Request) {
                return Some(EventStatus::Requested);
            }
            if scene.is(t, Word::Possible) {
                return Some(EventStatus::Possible);
            }
            // "denied reports that the movement had been banned"
            if scene.is(t, Word::Fail) {
                return Some(EventStatus::Denied);
            }
        }
    }
    None
}

/// Whether a quotation is open at the end of the sentence: the law that it quotes goes on in the next one.
pub(super) fn quote_goes_on(scene: &Scene<'_, '_>, open: bool) -> bool {
    scene.tokens.clone().fold(open, |open, t| match scene.text.fold(t) {
        "«" | "“" | "„" => true,
        "»" | "”" => false,
        _ => open,
    })
}

/// True where the sentence tells what the law is, not what happened.
pub(super) fn is_norm(scene: &Scene<'_, '_>, found: &Findings, readings: &[Option<Reading>]) -> bool {
    // "Under article 31 you must leave": the article is the ground of what the paper orders.
    if scene.first(scene.tokens.clone(), Word::You).is_some() {
        return false;
    }
    // "The complaint under Article 8 was declared inadmissible": the past tells what happened. French law speaks in the passive
    // of the present, so that only the perfect does there.
    let told = || {
        readings.iter().flatten().any(|r| {
            matches!(r.voice, Voice::Active | Voice::Passive)
                && (r.group.have || scene.sentence.lang != Lang::FR)
                && !r.group.possible
                && !r.group.future
        })
    };
    // A dated event beside a cited article: "under article 5, the court annulled on 5 May": not a norm.
    let dated = || scene.tokens.clone().any(|t| scene.date(t).is_some_and(|d| super::scene::dates_an_event(found, d)));
    if scene.first(scene.tokens.clone(), Word::CitesLaw).is_some() && !told() && !dated() {
        return true;
    }
    let Some(norm) = scene.first(scene.tokens.clone(), Word::Norm) else { return false };
    norm.start == scene.tokens.start || !dated()
}
