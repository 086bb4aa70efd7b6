//! **What it finds**: an order to remove a person that is told as carried out on a day on which, by a rule of the data files, a
//! remedy that bars removal could still be brought.
//!
//! **Why it matters**: the rule makes the removal wait for the end of the period, or for the court.
//!
//! **Example**: an order to leave served on 3 July with a period of a month to appeal, which suspends; the removal on 10 July.
//!
//! **What it does not claim**: that the removal was unlawful: a rule may have exceptions that the file does not show, and whether it
//! applies is a question of law. Without a rule that says that the remedy suspends, nothing is found.

use std::collections::BTreeMap;

use khronika_core::{Conflict, EffectKind};

use crate::conflict::{View, conflict};
use crate::when;

pub(super) fn find(view: &View<'_>) -> Vec<Conflict> {
    let mut all = Vec::new();
    let at: BTreeMap<&str, usize> = view.nodes.iter().enumerate().map(|(ix, n)| (n.event.id.as_str(), ix)).collect();
    for deadline in view.deadlines {
        let rule = view.rules.time_limit(&deadline.rule);
        let bars = rule.and_then(|r| r.remedy.as_deref()).filter(|words| words.starts_with("suspensive"));
        let (Some(bars), Some(due)) = (bars, deadline.due) else { continue };
        let Some(order) = deadline.act.as_deref().and_then(|id| at.get(id).copied()) else { continue };
        for edge in view.graph.incoming.get(order).into_iter().flatten().filter(|e| e.kind == EffectKind::Executes) {
            let (Some(removal), Some(node)) = (view.nodes.get(edge.from), view.nodes.get(order)) else { continue };
            let Some(day) = removal.event.when.as_ref().and_then(|w| w.latest()).filter(|d| *d <= due) else {
                continue;
            };
            let explanation = format!(
                "The order is told as carried out {}, not later than {day}; by the rule {} ({}) the remedy against it, {bars}, \
                 could be brought until {due}.",
                when::words(removal.event.when.as_ref()),
                deadline.rule,
                deadline.rule_status
            );
            let passages = [view.passage(node), view.passage(removal)].into_iter().flatten().collect();
            all.push(conflict(
                "removal-while-appealed",
                vec![node.event.id.clone(), removal.event.id.clone()],
                explanation,
                passages,
            ));
        }
    }
    all
}
