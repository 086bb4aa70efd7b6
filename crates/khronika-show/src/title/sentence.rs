//! Titles as English sentences.

use khronika_core::{ActClass, ActOfCase, Event};

use super::{Done, Piece, Titles, classes, words_of};
use crate::words::{self, Deed, Doing, Object};

impl<'a> Titles<'a> {
    /// What was done in a sentence; as a thing, where nobody is known to have done it and it is no paper.
    pub(super) fn sentence(&self, event: &'a Event, act: &'a ActOfCase, who: Option<Piece<'a>>) -> Vec<Piece<'a>> {
        let classes = classes(act);
        let subject = match (who, words::paper(act.act_type)) {
            (Some(who), _) => who,
            // No paper withdraws a remedy.
            (None, Some(paper)) if classes.iter().any(|class| self.doing(act, *class) != Doing::Withdrawal) => {
                words_of(paper)
            }
            (None, _) => return self.noun(event, act, &classes, None),
        };
        let mut pieces = vec![subject, words_of(" ")];
        self.predicate(&mut pieces, event, act, &classes);
        pieces
    }

    /// What was done, after the words for who did it.
    fn predicate(&self, out: &mut Vec<Piece<'a>>, event: &'a Event, act: &'a ActOfCase, classes: &[ActClass]) {
        if classes.is_empty() {
            out.push(Piece::Deed(words::made(act.act_type)));
            if words::is_paper(act.act_type) {
                out.push(Piece::Unknown(self.words.t("title-no-outcome")));
            }
            return;
        }
        let deeds: Vec<(Deed, Option<Done<'a>>)> =
            classes.iter().map(|class| (self.doing(act, *class).deed(), self.object(event, act, *class))).collect();
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
                    (Some(Done::Quoted(quote)), _) => out.extend([words_of(": "), quote.clone()]),
                    (Some(Done::To(object)), _) => {
                        out.push(words_of(" "));
                        out.extend(object.iter().cloned());
                    }
                    (None, Object::Act(unknown) | Object::Somebody(unknown)) => {
                        out.extend([words_of(" "), words_of(unknown)]);
                    }
                    (None, Object::Nothing) => {}
                }
                if !deed.tail.is_empty() {
                    out.extend([words_of(" "), Piece::Deed(deed.tail)]);
                }
            }
        }
    }
}
