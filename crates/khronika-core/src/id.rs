//! Identifiers that depend on what they name, not on the order in which it was met.

/// A short stable id: `prefix`, a hyphen, and ten hexadecimal digits of the BLAKE3 hash of the parts.
///
/// The same parts give the same id in every run, whatever else is in the case, so a person's judgment can refer to a finding that
/// is recomputed later. Parts are framed by their length: `["ab", "c"]` and `["a", "bc"]` differ.
#[must_use]
pub fn stable_id(prefix: &str, parts: &[&str]) -> String {
    let mut hash = blake3::Hasher::new();
    for part in parts {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let hex = hash.finalize().to_hex();
    format!("{prefix}-{}", hex.get(..10).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::stable_id;

    #[test]
    fn parts_are_framed() {
        assert_ne!(stable_id("e", &["ab", "c"]), stable_id("e", &["a", "bc"]));
        assert_eq!(stable_id("e", &["x"]), stable_id("e", &["x"]));
    }
}
