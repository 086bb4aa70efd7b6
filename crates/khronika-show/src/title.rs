//! Titles of events: one short sentence in the program's own words, from what was found of the event and not from the sentence it was
//! found in: “Cour de cassation annulled the judgment of 22 December 1894 by premier conseil de guerre and sent the case back”.
//!
//! A title says no more than the findings do. What an act does comes from its classes, by [`words::deed`]; the act that it is done to
//! is named by its kind, day and body where it is in the file, and quoted where only the source's words for it are known. Whoever
//! shows a title can tell the program's words from the source's: see [`Piece`]. An event that is no act has no title of its own: the
//! program does not know what happened, so its words are quoted.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

use khronika_core::{ActClass, ActOfCase, ActType, Actor, Case, Event, EventStatus, NameRelation, Role};

use crate::words::{self, Deed, Object};

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
        for piece in &self.pieces {
            match piece {
                Piece::Words(text) | Piece::Name(_, text) | Piece::Event(_, text) => f.write_str(text)?,
                Piece::Deed(text) | Piece::Unknown(text) => f.write_str(text)?,
                Piece::Quote(text) => write!(f, "“{text}”")?,
            }
        }
        Ok(())
    }
}

/// Makes the titles of a case.
pub struct Titles<'a> {
    actors: BTreeMap<&'a str, &'a Actor>,
    events: BTreeMap<&'a str, &'a Event>,
    /// The titles that people gave in place of ours, by event.
    corrected: BTreeMap<&'a str, &'a str>,
}

impl<'a> Titles<'a> {
    /// For the events of the case.
    #[must_use]
    pub fn new(case: &'a Case) -> Self {
        Self {
            actors: case.actors.iter().map(|actor| (actor.id.as_str(), actor)).collect(),
            events: case.events.iter().map(|event| (event.id.as_str(), event)).collect(),
            corrected: (case.judgments.iter().filter(|judged| judged.applied))
                .filter_map(|judged| {
                    Some((judged.events.first()?.as_str(), judged.judgment.correction.title.as_deref()?))
                })
                .collect(),
        }
    }

    /// The title of an event: what somebody corrected it to, or else [`Titles::found`]. That it is only asked for, possible or denied is
    /// not part of it: see [`words::not_actual`].
    #[must_use]
    pub fn title(&self, event: &'a Event) -> Title<'a> {
        match self.corrected.get(event.id.as_str()) {
            Some(title) => Title { pieces: vec![Piece::Words(title.split_whitespace().collect::<Vec<_>>().join(" "))] },
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
            pieces.push(Piece::Words(" (".to_owned()));
            pieces.push(Piece::Name(None, clipped(docket, QUOTE)));
            pieces.push(Piece::Words(")".to_owned()));
        }
        match pieces.first_mut() {
            Some(Piece::Words(text) | Piece::Name(_, text)) => *text = capitalised(text),
            Some(Piece::Deed(_) | Piece::Unknown(_) | Piece::Event(..) | Piece::Quote(_)) | None => {}
        }
        Title { pieces }
    }

    fn act(&self, event: &'a Event, act: &'a ActOfCase) -> Vec<Piece<'a>> {
        let who = self.who(event, act);
        let classes = classes(act);
        if event.status != EventStatus::Actual {
            return self.noun(event, act, &classes, who);
        }
        match (who, words::paper(act.act_type)) {
            (Some(who), _) => {
                let mut pieces = vec![who, words_of(" ")];
                self.sentence(&mut pieces, event, act, &classes);
                pieces
            }
            // No paper withdraws a remedy.
            (None, Some(paper)) if classes.iter().any(|class| self.deed(act, *class) != words::WITHDRAWAL) => {
                let mut pieces = vec![words_of(paper), words_of(" ")];
                self.sentence(&mut pieces, event, act, &classes);
                pieces
            }
            (None, _) => self.noun(event, act, &classes, None),
        }
    }

    /// What was done, after the words for who did it.
    fn sentence(&self, out: &mut Vec<Piece<'a>>, event: &'a Event, act: &'a ActOfCase, classes: &[ActClass]) {
        if classes.is_empty() {
            out.push(Piece::Deed(words::made(act.act_type)));
            if words::paper(act.act_type).is_some() {
                out.push(Piece::Unknown(", outcome not given"));
            }
            return;
        }
        let deeds: Vec<(Deed, Option<Vec<Piece<'a>>>)> =
            classes.iter().map(|class| (self.deed(act, *class), self.object(event, act, *class))).collect();
        for (n, (deed, object)) in deeds.iter().enumerate() {
            if n > 0 {
                out.push(words_of(if n + 1 == deeds.len() { " and " } else { ", " }));
            }
            let shared = deeds.get(n + 1).is_some_and(|(next, other)| {
                next.object != Object::Nothing && object == other && deed.tail.is_empty() && next.past == next.short
            });
            let with_object = !shared && deed.object != Object::Nothing;
            // “appealed” and “appealed against the judgment”: without an object some verbs are other words.
            if object.is_none() && (deed.object == Object::Nothing || deed.short != deed.past) {
                out.push(Piece::Deed(deed.short));
                continue;
            }
            out.push(Piece::Deed(deed.past));
            if with_object {
                match (object, deed.object) {
                    (Some(object), _) => out.extend(object.iter().cloned()),
                    (None, Object::Act(unknown) | Object::Somebody(unknown)) => {
                        out.push(words_of(&format!(" {unknown}")))
                    }
                    (None, Object::Nothing) => {}
                }
                if !deed.tail.is_empty() {
                    out.push(words_of(" "));
                    out.push(Piece::Deed(deed.tail));
                }
            }
        }
    }

    /// What was done as a thing: for what did not happen, and for what was done by nobody knows whom.
    fn noun(
        &self,
        event: &'a Event,
        act: &'a ActOfCase,
        classes: &[ActClass],
        who: Option<Piece<'a>>,
    ) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        for (n, class) in classes.iter().enumerate() {
            let deed = self.deed(act, *class);
            pieces.push(words_of(if n == 0 { "" } else { ", " }));
            pieces.push(words_of(deed.noun));
            if let Some(object) = self.object(event, act, *class) {
                let quoted = matches!(object.first(), Some(Piece::Words(colon)) if colon.starts_with(':'));
                if !quoted && !deed.of.is_empty() {
                    pieces.push(words_of(&format!(" {}", deed.of)));
                }
                pieces.extend(object);
            }
        }
        pieces.retain(|piece| *piece != words_of(""));
        if classes.is_empty() {
            pieces.push(words_of(act.act_type.name()));
            if let Some(people) = self.people(event, act, &[Role::Subject]) {
                pieces.push(words_of(" concerning"));
                pieces.extend(people);
            }
            if words::paper(act.act_type).is_some() && event.status == EventStatus::Actual {
                pieces.push(Piece::Unknown(", outcome not given"));
            }
        }
        match who {
            // “Court: annulment of the judgment”: what the court is to do, not what it did.
            Some(who) => {
                pieces.splice(0..0, [who, words_of(": ")]);
            }
            None => {
                if let Some(Piece::Words(first)) = pieces.first_mut() {
                    *first = capitalised(first);
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
            (Some(id), _) if self.actors.contains_key(id.as_str()) => Some(self.name(id)),
            (_, Some(name)) => Some(Piece::Name(None, name.clone())),
            (Some(id), None) => Some(self.name(id)),
            (None, None) => None,
        };
        let applicant = asks.then(|| part(Role::Applicant)).flatten();
        applicant.or_else(body).or_else(|| part(Role::Agent)).or_else(|| part(Role::Applicant))
    }

    /// What a deed is done to: the acts or people known, or else the source's words after a colon.
    fn object(&self, event: &'a Event, act: &'a ActOfCase, class: ActClass) -> Option<Vec<Piece<'a>>> {
        let deed = self.deed(act, class);
        if let Object::Act(_) = deed.object
            && let Some(target) = self.target(act, class)
        {
            let own = class == ActClass::ReverseOwn || act.body.is_some() && self.body(target) == act.body.as_deref();
            return Some(self.described(target, own));
        }
        let roles: &[Role] = match class {
            ActClass::Notify => &[],
            ActClass::OrderLeave | ActClass::ForbidLeave => &[Role::Subject, Role::Recipient],
            _ => &[Role::Subject],
        };
        if let Object::Somebody(_) = deed.object
            && let Some(people) = self.people(event, act, roles)
        {
            return Some(people);
        }
        let quote = act.object.as_deref().filter(|_| deed.object != Object::Nothing || classes(act).len() == 1)?;
        Some(vec![words_of(": "), Piece::Quote(clipped(quote, QUOTE))])
    }

    /// Those with such a part in an event, other than the body, after a space.
    fn people(&self, event: &'a Event, act: &ActOfCase, roles: &[Role]) -> Option<Vec<Piece<'a>>> {
        let parts = event.actors.iter().filter(|part| roles.contains(&part.role));
        let mut people = parts.map(|part| part.actor.as_str()).filter(|id| Some(*id) != act.body.as_deref());
        let mut pieces = vec![words_of(" "), self.name(people.next()?)];
        match (people.next(), people.count()) {
            (None, _) => {}
            (Some(second), 0) => pieces.extend([words_of(" and "), self.name(second)]),
            (Some(_), more) => pieces.push(words_of(&format!(" and {} others", more + 1))),
        }
        Some(pieces)
    }

    /// What an act of the class does. Who ends a remedy of their own ends no case against anybody.
    fn deed(&self, act: &ActOfCase, class: ActClass) -> Deed {
        let remedy = |event: &Event| {
            event.act.as_ref().is_some_and(|act| matches!(act.act_type, ActType::Appeal | ActType::Request))
        };
        match class {
            ActClass::Drop if self.target(act, class).is_some_and(remedy) => words::WITHDRAWAL,
            _ => words::deed(class),
        }
    }

    /// The act in the file that a deed is done to.
    fn target(&self, act: &ActOfCase, class: ActClass) -> Option<&'a Event> {
        let effects = words::effects(class);
        let effect = act.effects.iter().find(|effect| effects.contains(&effect.effect) && effect.on.is_some())?;
        self.events.get(effect.on.as_deref()?).copied()
    }

    pub(crate) fn event(&self, id: &str) -> Option<&'a Event> {
        self.events.get(id).copied()
    }

    fn body(&self, event: &'a Event) -> Option<&'a str> {
        event.act.as_ref()?.body.as_deref()
    }

    /// An earlier act as part of a sentence, after a space: “the judgment of 22 December 1894 by …”.
    fn described(&self, event: &'a Event, own: bool) -> Vec<Piece<'a>> {
        let mut noun = event.act.as_ref().map_or("event", |act| act.act_type.name()).to_owned();
        // A range of dates (“since 2017”) says of no act that it is of those dates.
        if let Some(when) = event.when.as_ref().filter(|when| !when.edtf.as_str().contains('/')) {
            noun.push_str(" of ");
            noun.push_str(&words::date(&when.edtf));
        }
        let mut pieces = vec![words_of(if own { " its own " } else { " the " }), Piece::Event(&event.id, noun)];
        let who = event.act.as_ref().and_then(|act| self.who(event, act)).filter(|_| !own);
        pieces.extend(who.into_iter().flat_map(|who| [words_of(" by "), who]));
        pieces
    }

    /// A name, short where the documents give an acronym for a long one.
    fn name(&self, id: &'a str) -> Piece<'a> {
        let Some(actor) = self.actors.get(id) else { return Piece::Name(None, id.to_owned()) };
        let short = || actor.names.iter().find(|name| name.relation == NameRelation::Acronym);
        let name = match short() {
            Some(short) if actor.name.chars().count() > NAME => &short.text,
            _ => &actor.name,
        };
        Piece::Name(Some(&actor.id), one_line(name))
    }
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
pub fn outcomes(act: &ActOfCase) -> Option<String> {
    let classes = classes(act);
    let words: Vec<&str> = classes.iter().map(|class| words::deed(*class).short).collect();
    (!words.is_empty()).then(|| words.join(", "))
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
