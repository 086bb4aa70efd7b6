//! The actions of parsers and recognisers, in the order in which the network scores them.

use serde_json::Value as Json;

use crate::error::{Error, Result};
use crate::package::Package;
use crate::package::msgpack::Value;

/// An action by its number in the file, and its label.
pub(crate) type Action = (usize, String);

/// Reads the actions of a step: by number, then by frequency and label, both descending.
pub(crate) fn read(package: &Package, step: &str) -> Result<Vec<Action>> {
    let file = format!("{step}/moves");
    let bytes = package.read(&file)?;
    let damaged = || Error::damaged(&file, "it is no table of actions");
    let root = Value::read(&bytes, &file)?;
    let text = root.get("moves").and_then(Value::as_str).ok_or_else(damaged)?;
    let moves: Json = serde_json::from_str(text).map_err(|_| damaged())?;
    let mut actions = Vec::new();
    for (action, labels) in moves.as_object().ok_or_else(damaged)? {
        let action: usize = action.parse().map_err(|_| damaged())?;
        for (label, frequency) in labels.as_object().ok_or_else(damaged)? {
            actions.push((action, frequency.as_i64().ok_or_else(damaged)?, label.clone()));
        }
    }
    actions.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| (b.1, &b.2).cmp(&(a.1, &a.2))));
    Ok(actions.into_iter().map(|(action, _, label)| (action, label)).collect())
}
