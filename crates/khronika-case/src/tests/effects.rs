//! What each effect does to its target, each with a near miss.

use khronika_core::{ActClass as C, ActType as T, DateIx, EffectKind as E, MentionIx};

use super::{case_of, standing};
use crate::paper::Paper;

/// A paper that tells the acts of one court about one person, each in a sentence of its own.
struct Story {
    paper: Paper,
    court: MentionIx,
    other: MentionIx,
    person: MentionIx,
}

impl Story {
    fn new(text: &str) -> Self {
        let mut paper = Paper::new("story.txt", "en", &format!("Town Court, High Court, Anna Weiss. {text}"));
        let court = paper.court("Town Court", "Town Court");
        let other = paper.court("High Court", "High Court");
        let person = paper.person("Anna Weiss", "Anna Weiss");
        Self { paper, court, other, person }
    }

    fn day(&mut self, day: &str) -> DateIx {
        self.paper.date(day, day)
    }

    /// An act of the lower court (or, for remedies, of the person).
    fn low(&mut self, words: &str, act_type: T, classes: &[C], day: &str) -> usize {
        let (court, person, date) = (self.court, self.person, self.day(day));
        self.paper.act(words, act_type, classes).by(court).about(person).on(date).ix()
    }

    fn remedy(&mut self, words: &str, day: &str, against: usize) -> usize {
        let (person, date) = (self.person, self.day(day));
        let part = khronika_core::Role::Applicant;
        self.paper
            .act(words, T::Appeal, &[C::Appeal])
            .part(person, part)
            .on(date)
            .effect(E::Appeals, Some(against))
            .ix()
    }

    fn high(&mut self, words: &str, classes: &[C], day: &str, effects: &[(E, usize)]) -> usize {
        let (court, person, date) = (self.other, self.person, self.day(day));
        let mut act = self.paper.act(words, T::Judgment, classes).by(court).about(person).on(date);
        for (effect, target) in effects {
            act = act.effect(*effect, Some(*target));
        }
        act.ix()
    }

    fn stands(self, what: &str, as_of: &str) -> String {
        standing(&case_of(vec![self.paper], Some(as_of)), what)
    }
}

#[test]
fn an_appeal_dismissed_leaves_the_decision_standing() {
    let story = || {
        let mut s = Story::new("Sentence 2019-01-10. Appeal 2019-02-01. Dismissal 2019-06-05. Annulment 2020-03-03.");
        let sentence = s.low("Sentence", T::Judgment, &[C::Convict], "2019-01-10");
        let appeal = s.remedy("Appeal", "2019-02-01", sentence);
        let dismissal = s.high("Dismissal", &[C::Dismiss], "2019-06-05", &[(E::Dismisses, appeal)]);
        s.high("Annulment", &[C::Annul, C::Remand], "2020-03-03", &[(E::Annuls, dismissal)]);
        s
    };
    insta::assert_snapshot!(story().stands("Sentence", "2019-01-20"), @"in_force: nothing in the sources changes it; it is not known to be final");
    insta::assert_snapshot!(story().stands("Sentence", "2019-03-01"), @"under_appeal: attacked by an appeal on 2019-02-01 by Anna Weiss");
    insta::assert_snapshot!(story().stands("Sentence", "2019-12-01"), @"upheld: attacked by an appeal on 2019-02-01 by Anna Weiss; that was decided → left standing (the remedy against it was dismissed) on 2019-06-05 by High Court (derived: the remedy that it dismissed attacked this act)");
    insta::assert_snapshot!(story().stands("Sentence", "2020-12-01"), @"under_appeal: attacked by an appeal on 2019-02-01 by Anna Weiss → left standing (the remedy against it was dismissed) on 2019-06-05 by High Court (derived: the remedy that it dismissed attacked this act) → that dismissal was itself annulled on 2020-03-03 by High Court and the case was sent back → so it is under appeal again (derived)");
    insta::assert_snapshot!(story().stands("Appeal", "2019-12-01"), @"dismissed: dismissed on 2019-06-05 by High Court");
    insta::assert_snapshot!(story().stands("Appeal", "2020-12-01"), @"pending: dismissed on 2019-06-05 by High Court → that dismissal was itself annulled on 2020-03-03 by High Court and the case was sent back → so it is pending again (derived)");
}

#[test]
fn a_suspension_lasts_until_it_is_lifted() {
    let story = || {
        let mut s = Story::new("Order 2019-01-10. Stay 2019-02-01. Lifting 2019-06-05.");
        let order = s.low("Order", T::Order, &[C::OrderLeave], "2019-01-10");
        let stay = s.high("Stay", &[C::Suspend], "2019-02-01", &[(E::Suspends, order)]);
        s.high("Lifting", &[C::Lift], "2019-06-05", &[(E::Lifts, stay)]);
        s
    };
    insta::assert_snapshot!(story().stands("Order", "2019-03-01"), @"suspended: suspended on 2019-02-01 by High Court");
    insta::assert_snapshot!(story().stands("Order", "2019-07-01"), @"in_force: suspended on 2019-02-01 by High Court → that suspension was itself lifted on 2019-06-05 by High Court → so it stands again (derived)");
}

#[test]
fn an_annulment_that_falls_without_return_lets_the_decision_stand_again() {
    let mut s = Story::new("Order 2019-01-10. Annulment 2019-02-01. Reversal 2019-06-05.");
    let order = s.low("Order", T::Order, &[C::Ban], "2019-01-10");
    let annulment = s.high("Annulment", &[C::Annul], "2019-02-01", &[(E::Annuls, order)]);
    s.high("Reversal", &[C::Annul], "2019-06-05", &[(E::Annuls, annulment)]);
    insta::assert_snapshot!(s.stands("Order", "2019-07-01"), @"in_force: annulled on 2019-02-01 by High Court → that annulment was itself annulled on 2019-06-05 by High Court → so it stands again (derived)");
}

#[test]
fn void_varied_revoked_replaced_carried_out_served() {
    let status = |class: C, effect: E| {
        let mut s = Story::new("Order 2019-01-10. Second 2019-02-01.");
        let order = s.low("Order", T::Order, &[C::Ban], "2019-01-10");
        s.high("Second", &[class], "2019-02-01", &[(effect, order)]);
        s.stands("Order", "2019-07-01")
    };
    insta::assert_snapshot!(status(C::Void, E::Voids), @"void: declared null and void on 2019-02-01 by High Court");
    insta::assert_snapshot!(status(C::Vary, E::Varies), @"varied: changed in part on 2019-02-01 by High Court");
    insta::assert_snapshot!(status(C::Revoke, E::Revokes), @"revoked: withdrawn on 2019-02-01 by High Court");
    insta::assert_snapshot!(status(C::Decide, E::Supersedes), @"superseded: replaced on 2019-02-01 by High Court");
    insta::assert_snapshot!(status(C::Decide, E::Executes), @"executed: carried out on 2019-02-01 by High Court");
    insta::assert_snapshot!(status(C::Notify, E::Notifies), @"in_force: served on 2019-02-01 by High Court → nothing in the sources changes it; it is not known to be final");
    insta::assert_snapshot!(status(C::FindViolation, E::Concerns), @"in_force: left unchanged on 2019-02-01 by High Court → nothing in the sources changes it; it is not known to be final");
    insta::assert_snapshot!(status(C::Remand, E::Remands), @"unknown: sent back to be decided anew on 2019-02-01 by High Court");
    insta::assert_snapshot!(status(C::Grant, E::Grants), @"unknown: touched by the grant of a remedy against it, whose effect on it is not told, on 2019-02-01 by High Court");
}

#[test]
fn an_appeal_that_was_withdrawn_attacks_nothing() {
    let mut s = Story::new("Sentence 2019-01-10. Appeal 2019-02-01. Withdrawal 2019-06-05.");
    let sentence = s.low("Sentence", T::Judgment, &[C::Convict], "2019-01-10");
    let appeal = s.remedy("Appeal", "2019-02-01", sentence);
    let (person, date) = (s.person, s.day("2019-06-05"));
    s.paper.act("Withdrawal", T::Other, &[C::Revoke]).about(person).on(date).effect(E::Revokes, Some(appeal));
    insta::assert_snapshot!(s.stands("Sentence", "2019-07-01"), @"in_force: attacked by an appeal on 2019-02-01 by Anna Weiss → that appeal was itself withdrawn on 2019-06-05 → so it stands again (derived)");
}

#[test]
fn a_release_ends_the_custody_before_it_and_not_the_one_after() {
    let story = || {
        let mut s = Story::new("Custody 2019-01-10. Freedom 2019-02-01. Arrest again 2019-06-05.");
        s.low("Custody", T::Order, &[C::Detain], "2019-01-10");
        s.low("Freedom", T::Order, &[C::Release], "2019-02-01");
        s.low("Arrest again", T::Order, &[C::Detain], "2019-06-05");
        s
    };
    insta::assert_snapshot!(story().stands("Custody", "2019-07-01"), @"expired: ended by a release on 2019-02-01 by Town Court (derived: the same person was released; another ground may hold the person)");
    insta::assert_snapshot!(story().stands("Arrest again", "2019-07-01"), @"in_force: no release and no end of the term is told in the sources");
}

#[test]
fn what_may_have_happened_by_the_day_is_said() {
    let mut s = Story::new("Order 2019-01-10. Annulment in 2020.");
    let order = s.low("Order", T::Order, &[C::Ban], "2019-01-10");
    let (court, year) = (s.other, s.paper.date("2020", "2020"));
    s.paper.act("Annulment", T::Judgment, &[C::Annul]).by(court).on(year).effect(E::Annuls, Some(order));
    insta::assert_snapshot!(s.stands("Order", "2020-06-01"), @"unknown: annulled in 2020 by High Court → on 2020-06-01 it is annulled or in_force, depending on whether this had happened by then: “Annulment” in 2020");
}

#[test]
fn entry_into_force_is_a_date_of_its_own() {
    let story = || {
        let mut s = Story::new("Sentence 2019-01-10, in force 2019-03-01.");
        let (court, person) = (s.court, s.person);
        let (made, entry) = (s.day("2019-01-10"), s.day("2019-03-01"));
        let ix = s.paper.act("Sentence", T::Judgment, &[C::Convict]).by(court).about(person).on(made).ix();
        s.paper.found.acts[ix].dates.entry_into_force = Some(entry);
        s
    };
    insta::assert_snapshot!(story().stands("Sentence", "2019-02-01"), @"not_yet_enforceable: it enters into force on 2019-03-01");
    insta::assert_snapshot!(story().stands("Sentence", "2019-04-01"), @"final: it entered into force on 2019-03-01");
}
