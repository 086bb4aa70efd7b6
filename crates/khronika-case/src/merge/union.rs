//! Sets that are joined one reason at a time.

use std::collections::BTreeMap;

/// Things numbered from 0, in sets; each joining keeps its reason.
#[derive(Debug)]
pub(crate) struct Sets {
    parent: Vec<usize>,
    /// By thing: reasons for joinings that this thing took part in.
    reasons: Vec<(usize, String)>,
}

impl Sets {
    pub(crate) fn new(n: usize) -> Self {
        Self { parent: (0..n).collect(), reasons: Vec::new() }
    }

    /// The set of a thing, named by its smallest member.
    pub(crate) fn of(&mut self, thing: usize) -> usize {
        let mut root = thing;
        while let Some(&up) = self.parent.get(root)
            && up != root
        {
            root = up;
        }
        let mut at = thing;
        while let Some(up) = self.parent.get_mut(at)
            && *up != root
        {
            at = std::mem::replace(up, root);
        }
        root
    }

    /// Joins the sets of two things. False where they were one set already.
    pub(crate) fn join(&mut self, a: usize, b: usize, reason: impl Into<String>) -> bool {
        let (a, b) = (self.of(a), self.of(b));
        if a == b {
            return false;
        }
        let (low, high) = (a.min(b), a.max(b));
        if let Some(up) = self.parent.get_mut(high) {
            *up = low;
        }
        self.reasons.push((low, reason.into()));
        true
    }

    /// The sets, each with its members in order and its reasons in the order of the joinings, without repeats.
    pub(crate) fn finish(mut self) -> Vec<(Vec<usize>, Vec<String>)> {
        let mut sets: BTreeMap<usize, (Vec<usize>, Vec<String>)> = BTreeMap::new();
        for thing in 0..self.parent.len() {
            let set = self.of(thing);
            sets.entry(set).or_default().0.push(thing);
        }
        for (thing, reason) in std::mem::take(&mut self.reasons) {
            let set = self.of(thing);
            let reasons = &mut sets.entry(set).or_default().1;
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        sets.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Sets;

    #[test]
    fn joinings_keep_their_reasons() {
        let mut sets = Sets::new(4);
        assert!(sets.join(3, 1, "same name"));
        assert!(sets.join(1, 2, "same number"));
        assert!(!sets.join(2, 3, "again"));
        assert_eq!(
            sets.finish(),
            [(vec![0], vec![]), (vec![1, 2, 3], vec!["same name".to_owned(), "same number".to_owned()])]
        );
    }
}
