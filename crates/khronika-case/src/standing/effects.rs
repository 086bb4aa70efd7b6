//! The effects model: what an act does to an earlier act, read from `data/effects.toml`.

use khronika_core::{ActClass, ActType, EffectKind, RequestState, StandingStatus};
use khronika_data::Dataset;
use serde::Deserialize;

use crate::RuleError;
use crate::rules::{Ids, Named, RowStatus, parse, read};

const FILE: &str = "effects.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    effect: Vec<EffectRow>,
    again: Vec<AgainRow>,
    last_round: Vec<LastRoundRow>,
    plain: Vec<PlainRow>,
    opposite: Vec<PairRow>,
    contrary: Vec<PairRow>,
    sides: Vec<SidesRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EffectRow {
    id: String,
    effect: String,
    on: String,
    result: Option<String>,
    request: Option<String>,
    did: String,
    noun: String,
    pending_again: Option<String>,
    #[serde(default)]
    follows_appeal: bool,
    source: String,
    status: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AgainRow {
    id: String,
    classes: Vec<String>,
    effect: String,
    words: String,
    source: String,
    status: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LastRoundRow {
    id: String,
    body: String,
    words: String,
    source: String,
    status: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlainRow {
    id: String,
    classes: Vec<String>,
    types: Vec<String>,
    #[serde(default)]
    by_court: bool,
    #[serde(default)]
    bodies: Vec<String>,
    result: String,
    words: String,
    source: String,
    status: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PairRow {
    id: String,
    left: Vec<String>,
    right: Vec<String>,
    words: Option<String>,
    within_days: Option<i32>,
    source: String,
    status: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SidesRow {
    id: String,
    classes: Vec<String>,
    source: String,
    status: String,
}

/// What kind of target an effect meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// An act that suspends another.
    Suspension,
    /// An act that detains a person.
    Custody,
    /// An appeal, complaint or request.
    Remedy,
    /// Anything else, and in a rule: every target.
    Any,
}

impl Target {
    const NAMES: [(&'static str, Self); 4] =
        [("suspension", Self::Suspension), ("custody", Self::Custody), ("remedy", Self::Remedy), ("any", Self::Any)];

    /// The kind of an act as a target.
    pub(crate) fn of(classes: &[ActClass], act_type: ActType) -> Self {
        if classes.contains(&ActClass::Suspend) {
            Self::Suspension
        } else if classes.contains(&ActClass::Detain) {
            Self::Custody
        } else if is_remedy(classes, act_type) {
            Self::Remedy
        } else {
            Self::Any
        }
    }
}

/// True for appeals, complaints and requests: what somebody asks, not what a body decides.
pub(crate) fn is_remedy(classes: &[ActClass], act_type: ActType) -> bool {
    let asks = |c: &ActClass| matches!(c, ActClass::Appeal | ActClass::File);
    if classes.is_empty() { matches!(act_type, ActType::Appeal | ActType::Request) } else { classes.iter().all(asks) }
}

/// What one kind of effect does to one kind of target.
#[derive(Clone, Debug)]
pub(crate) struct EffectRule {
    effect: EffectKind,
    on: Target,
    /// The target's status while the acting act stands; `None` where the effect changes none.
    pub(crate) result: Option<StandingStatus>,
    /// How a request stands that this meets; `None` where it does not answer it.
    pub(crate) request: Option<RequestState>,
    /// "annulled"
    pub(crate) did: String,
    /// "annulment"
    pub(crate) noun: String,
    /// What the target becomes where the acting act is annulled and the case sent back.
    pub(crate) pending_again: Option<StandingStatus>,
    /// The target is under appeal where the acting act is.
    pub(crate) follows_appeal: bool,
}

/// What a new decision after a remand does to the first decision.
#[derive(Clone, Debug)]
pub(crate) struct AgainRule {
    pub(crate) classes: Vec<ActClass>,
    pub(crate) effect: EffectKind,
    pub(crate) words: String,
}

/// How an act stands on which nothing acts.
#[derive(Clone, Debug)]
pub(crate) struct PlainRule {
    classes: Vec<ActClass>,
    types: Vec<ActType>,
    by_court: bool,
    /// Rows of the court lexicon; none: whoever decided.
    bodies: Vec<String>,
    pub(crate) result: StandingStatus,
    pub(crate) words: String,
}

/// Two sets of classes and what it means that they meet.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    /// The row's id.
    pub(crate) id: String,
    pub(crate) left: Vec<ActClass>,
    pub(crate) right: Vec<ActClass>,
    pub(crate) words: String,
    /// Only where the two are that near in time.
    pub(crate) within_days: Option<i32>,
}

impl Pair {
    /// True where one set holds a class of the left and the other a class of the right.
    pub(crate) fn meets(&self, a: &[ActClass], b: &[ActClass]) -> bool {
        let has = |set: &[ActClass], of: &[ActClass]| set.iter().any(|c| of.contains(c));
        has(a, &self.left) && has(b, &self.right) || has(b, &self.left) && has(a, &self.right)
    }
}

/// The effects model.
#[derive(Debug)]
pub(crate) struct EffectRules {
    effects: Vec<EffectRule>,
    pub(crate) again: Vec<AgainRule>,
    /// By row of the court lexicon: what a court must do that hears one case for the second time, in words.
    pub(crate) last_round: Vec<(String, String)>,
    plain: Vec<PlainRule>,
    pub(crate) opposite: Vec<Pair>,
    contrary: Vec<Pair>,
    sides: Vec<Vec<ActClass>>,
}

impl EffectRules {
    /// Reads `data/effects.toml`.
    pub(crate) fn load(data: &Dataset) -> Result<Self, RuleError> {
        let rows: Rows = parse(FILE, read(data, FILE)?)?;
        let mut ids = Ids::new(FILE);
        let mut rules = Self {
            effects: Vec::new(),
            again: Vec::new(),
            last_round: Vec::new(),
            plain: Vec::new(),
            opposite: Vec::new(),
            contrary: Vec::new(),
            sides: Vec::new(),
        };
        for row in rows.effect {
            ids.row(&row.id, &row.source, &row.status)?;
            let on = Target::NAMES.iter().find(|(name, _)| *name == row.on).map(|(_, on)| *on);
            let on = on.ok_or_else(|| {
                RuleError::new(FILE, format!("row {}: on = “{}” is suspension, custody, remedy or any", row.id, row.on))
            })?;
            rules.effects.push(EffectRule {
                effect: EffectKind::named(FILE, &row.id, &row.effect)?,
                on,
                result: row.result.map(|s| StandingStatus::named(FILE, &row.id, &s)).transpose()?,
                request: row.request.map(|s| RequestState::named(FILE, &row.id, &s)).transpose()?,
                did: row.did,
                noun: row.noun,
                pending_again: row.pending_again.map(|s| StandingStatus::named(FILE, &row.id, &s)).transpose()?,
                follows_appeal: row.follows_appeal,
            });
        }
        for kind in EffectKind::ALL {
            if !rules.effects.iter().any(|r| r.effect == *kind && r.on == Target::Any) {
                return Err(RuleError::new(FILE, format!("the effect “{kind}” has no row with on = \"any\"")));
            }
        }
        for row in rows.again {
            ids.row(&row.id, &row.source, &row.status)?;
            rules.again.push(AgainRule {
                classes: classes(&row.id, &row.classes)?,
                effect: EffectKind::named(FILE, &row.id, &row.effect)?,
                words: row.words,
            });
        }
        for row in rows.last_round {
            let status = ids.row(&row.id, &row.source, &row.status)?;
            let checked = if status == RowStatus::Verified { "" } else { "; unverified" };
            let words = format!("{} ({}; derived{checked})", row.words, row.source);
            rules.last_round.push((row.body, words));
        }
        for row in rows.plain {
            ids.row(&row.id, &row.source, &row.status)?;
            rules.plain.push(PlainRule {
                classes: classes(&row.id, &row.classes)?,
                types: row.types.iter().map(|t| ActType::named(FILE, &row.id, t)).collect::<Result<_, _>>()?,
                by_court: row.by_court,
                bodies: row.bodies,
                result: StandingStatus::named(FILE, &row.id, &row.result)?,
                words: row.words,
            });
        }
        for (rows, into) in [(rows.opposite, &mut rules.opposite), (rows.contrary, &mut rules.contrary)] {
            for row in rows {
                ids.row(&row.id, &row.source, &row.status)?;
                into.push(Pair {
                    left: classes(&row.id, &row.left)?,
                    right: classes(&row.id, &row.right)?,
                    words: row.words.unwrap_or_default(),
                    within_days: row.within_days,
                    id: row.id,
                });
            }
        }
        for row in rows.sides {
            ids.row(&row.id, &row.source, &row.status)?;
            rules.sides.push(classes(&row.id, &row.classes)?);
        }
        Ok(rules)
    }

    /// What an effect does to such a target.
    pub(crate) fn effect(&self, effect: EffectKind, on: Target) -> Option<&EffectRule> {
        self.effects.iter().find(|r| r.effect == effect && (r.on == on || r.on == Target::Any))
    }

    /// How such an act stands where nothing acts on it; `body` is the row of the court lexicon of who made it.
    pub(crate) fn plain(
        &self,
        classes: &[ActClass],
        act_type: ActType,
        by_court: bool,
        body: Option<&str>,
    ) -> Option<&PlainRule> {
        self.plain.iter().find(|r| {
            (by_court || !r.by_court)
                && (r.bodies.is_empty() || body.is_some_and(|b| r.bodies.iter().any(|row| row == b)))
                && (r.types.is_empty() || r.types.contains(&act_type))
                && (r.classes.is_empty() || classes.iter().any(|c| r.classes.contains(c)))
        })
    }

    /// True where one act cannot have both sets of classes.
    pub(crate) fn contrary(&self, a: &[ActClass], b: &[ActClass]) -> bool {
        self.contrary.iter().any(|pair| pair.meets(a, b))
    }

    /// True where two tellings with these classes may be of one act: they share a class, each names another side of one act, or one
    /// does not tell the outcome.
    pub(crate) fn may_be_one(&self, a: &[ActClass], b: &[ActClass]) -> bool {
        let decides = |set: &[ActClass]| !set.is_empty() && set.iter().all(|c| *c == ActClass::Decide);
        let remedy = |set: &[ActClass]| {
            !set.is_empty() && set.iter().all(|c| matches!(c, ActClass::Appeal | ActClass::File | ActClass::Notify))
        };
        if self.contrary(a, b) {
            return false;
        }
        if a.is_empty() || b.is_empty() || a.iter().any(|c| b.contains(c)) {
            return true;
        }
        if decides(a) {
            return !remedy(b);
        }
        if decides(b) {
            return !remedy(a);
        }
        self.sides.iter().any(|s| a.iter().any(|c| s.contains(c)) && b.iter().any(|c| s.contains(c)))
    }
}

fn classes(row: &str, names: &[String]) -> Result<Vec<ActClass>, RuleError> {
    names.iter().map(|name| ActClass::named(FILE, row, name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> EffectRules {
        EffectRules::load(&Dataset::embedded()).unwrap()
    }

    #[test]
    fn the_kind_of_target_decides() {
        let rules = rules();
        let result = |effect, on| rules.effect(effect, on).and_then(|r| r.result);
        assert_eq!(result(EffectKind::Dismisses, Target::Remedy), Some(StandingStatus::Executed));
        assert_eq!(result(EffectKind::Dismisses, Target::Any), Some(StandingStatus::Upheld));
        assert_eq!(result(EffectKind::Lifts, Target::Custody), Some(StandingStatus::Expired));
        assert_eq!(result(EffectKind::Notifies, Target::Any), None);
    }

    #[test]
    fn one_act_may_have_several_sides_but_not_contrary_ones() {
        use ActClass::{Acquit, Annul, Appeal, Convict, Decide, Dismiss, Recognise, Revoke, Suspend, Uphold};
        let rules = rules();
        assert!(rules.may_be_one(&[Annul], &[Recognise]));
        assert!(rules.may_be_one(&[Decide], &[Suspend]));
        assert!(rules.may_be_one(&[Dismiss], &[Uphold]));
        assert!(!rules.may_be_one(&[Annul], &[Uphold]));
        assert!(!rules.may_be_one(&[Convict], &[Acquit]));
        assert!(!rules.may_be_one(&[Recognise], &[Revoke]));
        assert!(!rules.may_be_one(&[Decide], &[Appeal]));
        assert!(!rules.may_be_one(&[Suspend], &[Annul]));
    }

    #[test]
    fn a_row_with_a_word_that_is_none_is_named() {
        let text = Dataset::embedded().get(FILE).unwrap().replace("result = \"annulled\"", "result = \"anulled\"");
        let error = EffectRules::load(&Dataset::embedded().with([(FILE.to_owned(), text)])).unwrap_err();
        assert_eq!(error.to_string(), "data file effects.toml: row annuls: “anulled” is not a status");
    }
}
