//! A dependency tree in the terms that the rules ask in, whichever scheme of labels the model was trained with.

use std::ops::Range;

use khronika_core::Span;
use khronika_nlp::Doc;

/// How far a search goes up a tree: a bound for trees that no sentence has.
const DEEP: usize = 8;

/// What a word is to the one that it depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rel {
    Subject,
    PassiveSubject,
    /// Who does what a passive tells: the word itself, or the preposition before it.
    Agent,
    Object,
    /// A noun after a preposition that is a word of the tree.
    OfPreposition,
    Preposition,
    /// A noun with or without a preposition beside a verb or a noun.
    Oblique,
    Conjunct,
    /// "refused to …": has the subject of its head.
    Open,
    /// What is said, thought, decided.
    Clause,
    Relative,
    /// "arguing that", "arrêté en mai".
    Participial,
    Auxiliary,
    PassiveAuxiliary,
    Determiner,
    Compound,
    Adjective,
    Possessor,
    Other,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Verb,
    Noun,
    Name,
    Pronoun,
    Other,
}

#[derive(Clone, Debug)]
struct Word {
    span: Span,
    head: usize,
    rel: Rel,
    class: Class,
    /// A participle of the past.
    past: bool,
    /// A participle of the present, a gerund, or a converb of either tense: it has the subject of its head.
    present: bool,
    infinitive: bool,
    /// Of a noun or name, or of a finite verb.
    number: Option<Number>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    One,
    Several,
}

/// The tree of one sentence.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    words: Vec<Word>,
}

impl Tree {
    /// The tree of a document; `back` gives the places of its words in the text.
    pub(super) fn new(doc: &Doc, back: impl Fn(Range<usize>) -> Span) -> Self {
        let word = |token: khronika_nlp::Token<'_>| {
            let morph = token.morph();
            let has = |feature: &str| morph.split('|').any(|f| f == feature);
            let class = class(token.pos());
            let counts = matches!(class, Class::Noun | Class::Name) || class == Class::Verb && has("VerbForm=Fin");
            let number = match () {
                () if !counts => None,
                () if has("Number=Sing") => Some(Number::One),
                () if has("Number=Plur") => Some(Number::Several),
                () => None,
            };
            Word {
                span: back(token.span()),
                head: token.head(),
                rel: rel(token.dep()),
                class,
                number,
                past: has("VerbForm=Part") && !has("Tense=Pres"),
                present: has("VerbForm=Ger") || has("VerbForm=Conv") || has("VerbForm=Part") && has("Tense=Pres"),
                infinitive: has("VerbForm=Inf"),
            }
        };
        Self { words: doc.tokens().map(word).collect() }
    }

    fn get(&self, word: usize) -> Option<&Word> {
        self.words.get(word)
    }

    /// Where a word stands in the text.
    pub(crate) fn span(&self, word: usize) -> Span {
        self.get(word).map_or_else(Span::default, |w| w.span)
    }

    /// What a word is.
    pub(crate) fn class(&self, word: usize) -> Class {
        self.get(word).map_or(Class::Other, |w| w.class)
    }

    /// What a word is to its head.
    pub(crate) fn rel(&self, word: usize) -> Rel {
        self.get(word).map_or(Rel::Other, |w| w.rel)
    }

    /// The word that a word depends on; itself at the root.
    pub(crate) fn head(&self, word: usize) -> usize {
        self.get(word).map_or(word, |w| w.head)
    }

    /// The words that depend on a word, in order.
    pub(crate) fn children(&self, word: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.words.iter().enumerate().filter(move |(i, w)| w.head == word && *i != word).map(|(i, _)| i)
    }

    fn child(&self, word: usize, rel: Rel) -> Option<usize> {
        self.children(word).find(|c| self.rel(*c) == rel)
    }

    /// The word of `span` on which its other words hang; of several verbs the first.
    pub(crate) fn top(&self, span: Span) -> Option<usize> {
        let inside = |i: usize| self.get(i).is_some_and(|w| span.contains(w.span) && !w.span.is_empty());
        let mut tops = (0..self.words.len()).filter(|i| inside(*i) && (self.head(*i) == *i || !inside(self.head(*i))));
        let first = tops.next()?;
        let verb = |i: &usize| self.class(*i) == Class::Verb;
        Some(if verb(&first) { first } else { tops.find(verb).unwrap_or(first) })
    }

    /// The words that stand before a verb and say that what it tells need not have happened, as the tree has them: the auxiliaries of
    /// the verb that it is joined to without any of its own ("could be charged and barred"), and the verb that it is the object of
    /// ("may not be expelled" in languages where "may" is a verb), with what stands before that one. Words before the verb itself are not
    /// among them.
    pub(crate) fn shared(&self, verb: usize) -> Vec<usize> {
        let auxiliary = |w: usize| matches!(self.rel(w), Rel::Auxiliary | Rel::PassiveAuxiliary);
        let own = |v: usize| {
            self.children(v).any(|c| auxiliary(c) || matches!(self.rel(c), Rel::Subject | Rel::PassiveSubject))
        };
        let form = |v: usize| self.get(v).map(|w| (w.past, w.infinitive));
        let mut words = Vec::new();
        let mut at = verb;
        for _ in 0..DEEP {
            let head = self.head(at);
            match self.rel(at) {
                // Joined verbs share what stands before the first where their forms are the same and no finite ones.
                Rel::Conjunct if !own(at) && form(at) == form(head) && form(at) != Some((false, false)) => {
                    words.extend(self.children(head).filter(|c| *c < head && auxiliary(*c)));
                }
                Rel::Open => {
                    words.push(head);
                    words.extend(self.children(head).filter(|c| *c < head));
                }
                _ => break,
            }
            at = head;
        }
        words
    }

    /// Whether a verb is passive: by its subject or auxiliary, as a participle alone, or joined to a passive that it shares these with.
    pub(crate) fn is_passive(&self, verb: usize) -> bool {
        let own = |v: usize| {
            self.child(v, Rel::PassiveAuxiliary).is_some()
                || self.child(v, Rel::PassiveSubject).is_some()
                || self.child(v, Rel::Agent).is_some()
                || matches!(self.rel(v), Rel::Participial | Rel::Adjective) && self.get(v).is_some_and(|w| w.past)
        };
        if own(verb) {
            return true;
        }
        let head = self.head(verb);
        self.rel(verb) == Rel::Conjunct
            && self.get(verb).is_some_and(|w| w.past)
            && self.child(verb, Rel::Subject).is_none()
            && own(head)
    }

    /// Who does what a verb tells, as the head of a noun phrase. `open` asks for whom a verb such as "refused" lends its subject to
    /// what is refused, too.
    pub(crate) fn doer(&self, verb: usize, open: bool) -> Option<usize> {
        if self.is_passive(verb) {
            return self.agent(verb);
        }
        let mut at = verb;
        for _ in 0..DEEP {
            let subject =
                self.child(at, Rel::Subject).or_else(|| self.child(at, Rel::PassiveSubject).filter(|_| at != verb));
            if let Some(subject) = subject {
                // "They banned it, and the court in June …" is misread where one court is to have banned it.
                if !self.agrees(at, subject) {
                    return None;
                }
                // "the court which annulled": the pronoun stands for what the clause hangs on.
                let relative = self.class(subject) == Class::Pronoun && self.rel(at) == Rel::Relative;
                return Some(if relative { self.head(at) } else { subject });
            }
            let up = match self.rel(at) {
                Rel::Conjunct => true,
                Rel::Open => open,
                // "arguing that", not "if he had": no subject of its own, and no finite form.
                Rel::Participial => self.get(at).is_some_and(|w| w.present),
                _ => false,
            };
            let head = self.head(at);
            if !up || head == at {
                return None;
            }
            if self.class(head) != Class::Verb {
                let named = matches!(self.class(head), Class::Noun | Class::Name);
                return (named && self.rel(at) == Rel::Participial).then_some(head);
            }
            at = head;
        }
        None
    }

    /// The subject that a verb has of its own.
    pub(crate) fn subject(&self, verb: usize) -> Option<usize> {
        self.child(verb, Rel::Subject).filter(|subject| self.agrees(verb, *subject))
    }

    /// Whether a verb and its subject are of one number, as far as both show it; two joined by "and" go with either.
    fn agrees(&self, verb: usize, subject: usize) -> bool {
        let number = |word: usize| self.get(word).and_then(|w| w.number);
        let joined = self.child(subject, Rel::Conjunct).is_some();
        joined || number(verb).is_none() || number(subject).is_none() || number(verb) == number(subject)
    }

    /// The subject that a verb has of its own, be it active or passive.
    pub(crate) fn subject_of_any(&self, verb: usize) -> Option<usize> {
        self.children(verb).find(|c| matches!(self.rel(*c), Rel::Subject | Rel::PassiveSubject))
    }

    /// What a verb acts on.
    pub(crate) fn object(&self, verb: usize) -> Option<usize> {
        self.child(verb, Rel::Object)
    }

    /// Whether a word has a preposition before it in the tree, as no subject has.
    pub(crate) fn is_governed(&self, word: usize) -> bool {
        self.children(word).any(|c| c < word && self.rel(c) == Rel::Preposition)
    }

    /// The verb of the relative clause that hangs on a noun.
    pub(crate) fn relative(&self, noun: usize) -> Option<usize> {
        self.children(noun).find(|c| self.rel(*c) == Rel::Relative && self.class(*c) == Class::Verb)
    }

    /// Whether a verb stands in a finite form, or has an auxiliary that does.
    pub(crate) fn is_finite(&self, verb: usize) -> bool {
        let word = self.get(verb);
        let bare = word.is_some_and(|w| !w.past && !w.present && !w.infinitive);
        bare || self.children(verb).any(|c| matches!(self.rel(c), Rel::Auxiliary | Rel::PassiveAuxiliary))
    }

    /// Who does what a passive tells.
    fn agent(&self, verb: usize) -> Option<usize> {
        let mark = self.child(verb, Rel::Agent)?;
        Some(self.child(mark, Rel::OfPreposition).unwrap_or(mark))
    }

    /// The verb that a noun is the means of: "by a judgment of 3 May the court annulled".
    pub(crate) fn governor(&self, noun: usize) -> Option<usize> {
        let mut at = noun;
        if self.rel(at) == Rel::OfPreposition {
            at = self.head(at);
        }
        let beside = matches!(self.rel(at), Rel::Preposition | Rel::Oblique | Rel::Agent);
        Some(self.head(at)).filter(|head| beside && self.class(*head) == Class::Verb)
    }

    /// The words of the noun phrase of `head`, without its article and what clauses say of it.
    pub(crate) fn phrase(&self, head: usize) -> Span {
        let mut span = self.span(head);
        self.grow(head, &mut span, 0);
        span
    }

    fn grow(&self, word: usize, span: &mut Span, depth: usize) {
        if depth > DEEP {
            return;
        }
        for child in self.children(word) {
            let belongs = match self.rel(child) {
                Rel::Compound | Rel::Adjective | Rel::OfPreposition | Rel::Oblique => {
                    self.get(child).is_some_and(|w| !w.past)
                }
                // What stands before the noun's own preposition is no part of it.
                Rel::Possessor => child < word,
                Rel::Preposition => child > word || depth > 0,
                Rel::Determiner => depth > 0,
                _ => false,
            };
            if belongs {
                *span = span.to(self.span(child));
                self.grow(child, span, depth + 1);
            }
        }
    }

    /// The words of everything that hangs on `word`.
    pub(crate) fn whole(&self, word: usize) -> Span {
        let mut span = self.span(word);
        let mut open = vec![word];
        let mut seen = 0;
        while let Some(next) = open.pop() {
            span = span.to(self.span(next));
            seen += 1;
            if seen > self.words.len() {
                break;
            }
            open.extend(self.children(next));
        }
        span
    }

    /// What a verb of saying says: the head of the clause.
    pub(crate) fn said(&self, verb: usize) -> Option<usize> {
        self.children(verb).find(|c| self.rel(*c) == Rel::Clause)
    }
}

/// The labels of ClearNLP, which English pipelines use, and of Universal Dependencies.
fn rel(dep: &str) -> Rel {
    match dep {
        "nsubj" | "csubj" => Rel::Subject,
        "nsubjpass" | "csubjpass" | "nsubj:pass" | "csubj:pass" => Rel::PassiveSubject,
        "agent" | "obl:agent" => Rel::Agent,
        "dobj" | "obj" => Rel::Object,
        "pobj" => Rel::OfPreposition,
        "prep" | "case" => Rel::Preposition,
        "obl" | "obl:arg" | "obl:mod" | "nmod" | "npadvmod" => Rel::Oblique,
        "conj" => Rel::Conjunct,
        "xcomp" => Rel::Open,
        "ccomp" | "pcomp" | "parataxis" => Rel::Clause,
        "relcl" | "acl:relcl" => Rel::Relative,
        "acl" | "advcl" => Rel::Participial,
        "aux" | "aux:tense" | "cop" => Rel::Auxiliary,
        "auxpass" | "aux:pass" => Rel::PassiveAuxiliary,
        "det" => Rel::Determiner,
        "compound" | "flat" | "flat:name" | "flat:foreign" | "fixed" => Rel::Compound,
        "amod" | "nummod" => Rel::Adjective,
        "poss" => Rel::Possessor,
        // Kinds of one relation that the treebank of a language tells apart: "flat:title" and "advcl:sp" in Ukrainian, "nmod:arg" in Polish.
        _ => match dep.split_once(':').map(|(relation, _)| relation) {
            Some(relation @ ("acl" | "advcl" | "ccomp" | "conj" | "flat" | "nmod" | "obl" | "xcomp")) => rel(relation),
            _ => Rel::Other,
        },
    }
}

fn class(pos: &str) -> Class {
    match pos {
        "VERB" | "AUX" => Class::Verb,
        "NOUN" => Class::Noun,
        "PROPN" => Class::Name,
        "PRON" => Class::Pronoun,
        _ => Class::Other,
    }
}
