//! Titles of events: what an event is in the program's own words, from what was found of the event and not from the sentence it was
//! found in. English tells what was done in one short sentence: “Cour de cassation annulled the judgment of 22 December 1894 by premier
//! conseil de guerre and sent the case back” (`sentence`). Other languages, and English for what did not happen, name it as a thing:
//! “Cour de cassation : annulation — jugement du 22 décembre 1894 (premier conseil de guerre) ; renvoi de l’affaire”. There nothing has
//! to agree with a name that the program cannot inflect.
//!
//! A title says no more than the findings do. What an act does comes from its classes; the act that it is done to
//! is named by its kind, day and body where it is in the file, and quoted where only the source's words for it are known. Whoever
//! shows a title can tell the program's words from the source's: see [`Piece`]. An event that is no act has no title of its own: the
//! program does not know what happened, so its words are quoted.

mod sentence;

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::sync::Arc;

use khronika_core::{ActClass, ActOfCase, ActType, Actor, Case, Edtf, Event, EventStatus, NameRelation, Role};

use crate::Language;
use crate::phrases::Segment;
use crate::words::{self, Doing, Object, Words};

/// Longest quotation in a title, in characters.
const QUOTE: usize = 64;
/// Longest quotation for an event that is no act, in characters.
const EVENT: usize = 100;
/// A longer name gives way to its acronym, in characters.
const NAME: usize = 28;

/// A part of a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// The program's words.
    Words(String),
    /// What was done, which is the heart of the title; the program's words too.
    Deed(&'a str),
    /// That something is not known.
    Unknown(&'a str),
    /// The name of somebody with the actor's id, or the number of an act, as the source writes it.
    Name(Option<&'a str>, String),
    /// Another event: its id and the program's words for it.
    Event(&'a str, String),
    /// Words of the source, without quotation marks.
    Quote(String),
}

/// A title. [`Display`] gives it as plain text, with quotation marks around the source's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title<'a> {
    pieces: Vec<Piece<'a>>,
    /// What stands before and after the source's words.
    marks: [&'static str; 2],
}

impl<'a> Title<'a> {
    /// Its parts in order. Spaces between them are part of them.
    #[must_use]
    pub fn pieces(&self) -> &[Piece<'a>] {
        &self.pieces
    }
}

impl Display for Title<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let [open, close] = self.marks;
        for piece in &self.pieces {
            match piece {
                Piece::Words(text) | Piece::Name(_, text) | Piece::Event(_, text) => f.write_str(text)?,
                Piece::Deed(text) | Piece::Unknown(text) => f.write_str(text)?,
                Piece::Quote(text) => write!(f, "{open}{text}{close}")?,
            }
        }
        Ok(())
    }
}

/// Makes the titles of a case.
#[derive(Clone)]
pub struct Titles<'a> {
    index: Arc<Index<'a>>,
    words: &'static Words,
}

/// What the titles of a case are looked up in.
struct Index<'a> {
    actors: BTreeMap<&'a str, &'a Actor>,
    events: BTreeMap<&'a str, &'a Event>,
    /// The titles that people gave in place of ours, by event.
    corrected: BTreeMap<&'a str, &'a str>,
}

impl<'a> Titles<'a> {
    /// For the events of the case, in English.
    #[must_use]
    pub fn new(case: &'a Case) -> Self {
        let index = Index {
            actors: case.actors.iter().map(|actor| (actor.id.as_str(), actor)).collect(),
            events: case.events.iter().map(|event| (event.id.as_str(), event)).collect(),
            corrected: (case.judgments.iter().filter(|judged| judged.applied))
                .filter_map(|judged| {
                    Some((judged.events.first()?.as_str(), judged.judgment.correction.title.as_deref()?))
                })
                .collect(),
        };
        Self { index: Arc::new(index), words: words::english() }
    }

    /// The same in a language.
    #[must_use]
    pub fn within(&self, language: Language) -> Self {
        Self { index: Arc::clone(&self.index), words: language.words() }
    }

    /// The title of an event: what somebody corrected it to, or else [`Titles::found`]. That it is only asked for, possible or denied is
    /// not part of it: see [`Words::not_actual`].
    #[must_use]
    pub fn title(&self, event: &'a Event) -> Title<'a> {
        match self.index.corrected.get(event.id.as_str()) {
            Some(title) => self.made(vec![Piece::Words(one_line(title))]),
            None => self.found(event),
        }
    }

    /// The title that the findings give an event, whatever people say.
    #[must_use]
    pub fn found(&self, event: &'a Event) -> Title<'a> {
        let mut pieces = match &event.act {
            None => vec![Piece::Quote(clipped(&event.what, EVENT))],
            Some(act) => self.act(event, act),
        };
        if let Some(docket) = event.act.as_ref().and_then(|act| act.docket.as_deref()) {
            pieces.extend([words_of(" ("), Piece::Name(None, clipped(docket, QUOTE)), words_of(")")]);
        }
        match pieces.first_mut() {
            Some(Piece::Words(text) | Piece::Name(_, text)) => *text = capitalised(text),
            Some(Piece::Deed(_) | Piece::Unknown(_) | Piece::Event(..) | Piece::Quote(_)) | None => {}
        }
        self.made(pieces)
    }

    fn made(&self, pieces: Vec<Piece<'a>>) -> Title<'a> {
        Title { pieces, marks: ["quote-open", "quote-close"].map(|key| self.words.t(key)) }
    }

    fn act(&self, event: &'a Event, act: &'a ActOfCase) -> Vec<Piece<'a>> {
        let who = self.who(event, act);
        if event.status == EventStatus::Actual && self.words.language() == Language::En {
            return self.sentence(event, act, who);
        }
        self.noun(event, act, &classes(act), who)
    }

    /// What was done as a thing: for what did not happen, for what was done by nobody knows whom, and in languages in which names and
    /// verbs would have to agree.
    fn noun(
        &self,
        event: &'a Event,
        act: &'a ActOfCase,
        classes: &[ActClass],
        who: Option<Piece<'a>>,
    ) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        for (n, class) in classes.iter().enumerate() {
            if n > 0 {
                pieces.extend([words_of(self.words.t("title-and")), words_of(" ")]);
            }
            let doing = self.doing(act, *class);
            let noun = self.words.find(&words::key("noun", doing.name())).unwrap_or_default();
            // What was done is the heart of the title, where somebody is said to have done it.
            let said = match &who {
                Some(_) if event.status == EventStatus::Actual => Piece::Deed(noun),
                _ => words_of(noun),
            };
            match self.object(event, act, *class) {
                None => pieces.push(said),
                Some(Done::Quoted(quote)) => {
                    pieces.extend(self.filled("title-quoted", &[("deed", &[said]), ("quote", &[quote])]));
                }
                Some(Done::To(object)) => {
                    let own = words::key("of", doing.name());
                    let key = if self.words.has(&own) { &own } else { "title-of" };
                    pieces.extend(self.filled(key, &[("deed", &[said]), ("object", &object)]));
                }
            }
        }
        if classes.is_empty() {
            pieces.push(words_of(self.words.act_type(act.act_type)));
            if let Some(people) = self.people(event, act, &[Role::Subject]) {
                pieces = self.filled("title-concerning", &[("what", &pieces), ("people", &people)]);
            }
            if words::is_paper(act.act_type) && event.status == EventStatus::Actual {
                pieces.push(Piece::Unknown(self.words.t("title-no-outcome")));
            }
        }
        match who {
            // “Court: annulment of the judgment”: what the court is to do, not what it did.
            Some(who) => self.filled("title-by", &[("who", &[who]), ("what", &pieces)]),
            None => {
                if let Some(Piece::Words(first)) = pieces.first_mut() {
                    *first = capitalised(first);
                }
                pieces
            }
        }
    }

    /// A phrase with pieces in the place of its variables.
    fn filled(&self, key: &str, with: &[(&str, &[Piece<'a>])]) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        for part in self.words.parts(key) {
            match part {
                Segment::Text(text) => pieces.push(words_of(text)),
                Segment::Variable(name) => {
                    let found = with.iter().find(|(variable, _)| variable == name);
                    pieces.extend(found.into_iter().flat_map(|(_, pieces)| pieces.iter().cloned()));
                }
            }
        }
        pieces
    }

    /// Who acted: the body; for what asks for something, whoever asks.
    fn who(&self, event: &'a Event, act: &'a ActOfCase) -> Option<Piece<'a>> {
        let asks = classes(act).iter().all(|class| matches!(class, ActClass::Appeal | ActClass::File));
        let part = |role| event.actors.iter().find(|part| part.role == role).map(|part| self.name(&part.actor));
        let body = || match (&act.body, &act.body_name) {
            (Some(id), _) if self.index.actors.contains_key(id.as_str()) => Some(self.name(id)),
            (_, Some(name)) => Some(Piece::Name(None, name.clone())),
            (Some(id), None) => Some(self.name(id)),
            (None, None) => None,
        };
        let applicant = asks.then(|| part(Role::Applicant)).flatten();
        applicant.or_else(body).or_else(|| part(Role::Agent)).or_else(|| part(Role::Applicant))
    }

    /// What a deed is done to: the acts or people known, or else the source's words.
    fn object(&self, event: &'a Event, act: &'a ActOfCase, class: ActClass) -> Option<Done<'a>> {
        let object = self.doing(act, class).object();
        if let Object::Act(_) = object
            && let Some(target) = self.target(act, class)
        {
            let own = class == ActClass::ReverseOwn || act.body.is_some() && self.body(target) == act.body.as_deref();
            return Some(Done::To(self.described(target, own)));
        }
        let roles: &[Role] = match class {
            ActClass::Notify => &[],
            ActClass::OrderLeave | ActClass::ForbidLeave => &[Role::Subject, Role::Recipient],
            _ => &[Role::Subject],
        };
        if let Object::Somebody(_) = object
            && let Some(people) = self.people(event, act, roles)
        {
            return Some(Done::To(people));
        }
        let quote = act.object.as_deref().filter(|_| object != Object::Nothing || classes(act).len() == 1)?;
        Some(Done::Quoted(Piece::Quote(clipped(quote, QUOTE))))
    }

    /// Those with such a part in an event, other than the body.
    fn people(&self, event: &'a Event, act: &ActOfCase, roles: &[Role]) -> Option<Vec<Piece<'a>>> {
        let parts = event.actors.iter().filter(|part| roles.contains(&part.role));
        let mut people = parts.map(|part| part.actor.as_str()).filter(|id| Some(*id) != act.body.as_deref());
        let first = [self.name(people.next()?)];
        Some(match (people.next(), people.count()) {
            (None, _) => first.to_vec(),
            (Some(second), 0) => self.filled("people-two", &[("first", &first), ("second", &[self.name(second)])]),
            (Some(_), more) => {
                let number = [words_of(&(more + 1).to_string())];
                self.filled("people-more", &[("first", &first), ("number", &number)])
            }
        })
    }

    /// What an act of the class does. Who ends a remedy of their own ends no case against anybody.
    fn doing(&self, act: &ActOfCase, class: ActClass) -> Doing {
        let remedy = |event: &Event| {
            event.act.as_ref().is_some_and(|act| matches!(act.act_type, ActType::Appeal | ActType::Request))
        };
        match class {
            ActClass::Drop if self.target(act, class).is_some_and(remedy) => Doing::Withdrawal,
            _ => Doing::Class(class),
        }
    }

    /// The act in the file that a deed is done to.
    fn target(&self, act: &ActOfCase, class: ActClass) -> Option<&'a Event> {
        let effects = words::effects(class);
        let effect = act.effects.iter().find(|effect| effects.contains(&effect.effect) && effect.on.is_some())?;
        self.event(effect.on.as_deref()?)
    }

    pub(crate) fn event(&self, id: &str) -> Option<&'a Event> {
        self.index.events.get(id).copied()
    }

    fn body(&self, event: &'a Event) -> Option<&'a str> {
        event.act.as_ref()?.body.as_deref()
    }

    /// An earlier act as part of a title: “the judgment of 22 December 1894 by …”.
    fn described(&self, event: &'a Event, own: bool) -> Vec<Piece<'a>> {
        let words = self.words;
        let kind = event.act.as_ref().map_or_else(|| words.t("type-event"), |act| words.act_type(act.act_type));
        // A range of dates (“since 2017”) says of no act that it is of those dates.
        let act = match event.when.as_ref().filter(|when| !when.edtf.as_str().contains('/')) {
            Some(when) => {
                let key = if is_day(&when.edtf) { "act-of-day" } else { "act-of-date" };
                words.fill(key, &[("kind", kind), ("date", &words.date(&when.edtf))])
            }
            None => kind.to_owned(),
        };
        let act = [Piece::Event(&event.id, act)];
        let who = event.act.as_ref().and_then(|act| self.who(event, act));
        match who {
            _ if own => self.filled("act-own", &[("act", &act)]),
            Some(who) => self.filled("act-by", &[("act", &act), ("who", &[who])]),
            None => self.filled("act-alone", &[("act", &act)]),
        }
    }

    /// A name, short where the documents give an acronym for a long one.
    fn name(&self, id: &'a str) -> Piece<'a> {
        let Some(actor) = self.index.actors.get(id) else { return Piece::Name(None, id.to_owned()) };
        let short = || actor.names.iter().find(|name| name.relation == NameRelation::Acronym);
        let name = match short() {
            Some(short) if actor.name.chars().count() > NAME => &short.text,
            _ => &actor.name,
        };
        Piece::Name(Some(&actor.id), one_line(name))
    }
}

/// What a deed is done to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Done<'a> {
    /// What the source says that it is.
    Quoted(Piece<'a>),
    /// Who or what that is known of.
    To(Vec<Piece<'a>>),
}

/// What the act does, in the order of telling: what is given, the sending back last, and no annulment beside a reversal of an own
/// decision.
fn classes(act: &ActOfCase) -> Vec<ActClass> {
    let reverses = act.outcomes.contains(&ActClass::ReverseOwn);
    let told = |class: &&ActClass| **class != ActClass::Decide && !(reverses && **class == ActClass::Annul);
    let mut classes: Vec<ActClass> = act.outcomes.iter().filter(told).copied().collect();
    classes.sort_by_key(|class| *class == ActClass::Remand);
    classes
}

/// What an act does, in few words and without what it is done to; `None` where the text does not give it.
#[must_use]
pub fn outcomes(act: &ActOfCase, words: &Words) -> Option<String> {
    let all: Vec<&str> = classes(act).iter().map(|class| words.deed(*class)).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// Whether a date is a day and known as one: languages that inflect say those otherwise than the rest.
fn is_day(edtf: &Edtf) -> bool {
    matches!(edtf.bounds(), (Some(first), Some(last)) if first == last)
        && edtf.as_str().ends_with(|c: char| c.is_ascii_digit())
}

fn words_of<'a>(text: &str) -> Piece<'a> {
    Piece::Words(text.to_owned())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// On one line and no longer than `most` characters, cut between words where that leaves half of it. Of a long text no more is read
/// than is shown.
fn clipped(text: &str, most: usize) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().take(most + 1));
        if let Some((at, _)) = line.char_indices().nth(most) {
            let head = line.get(..at).unwrap_or(&line);
            let words = head.rsplit_once(' ').map(|(head, _)| head).filter(|words| words.len() * 2 > head.len());
            return format!("{} …", words.unwrap_or(head).trim_end_matches([' ', ',', ';', ':']));
        }
    }
    line
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
