//! Inserts values into the patterns of [`Texts`](super::texts::Texts).

/// The pattern, with the values in the places of `{}`, one after the other.
pub(super) fn fill(pattern: &str, values: &[&str]) -> String {
    let mut parts = pattern.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (part, value) in parts.zip(values) {
        text.push_str(value);
        text.push_str(part.strip_prefix('}').unwrap_or(part));
    }
    text
}
