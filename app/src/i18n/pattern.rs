//! Inserts values into the patterns of [`Texts`](super::texts::Texts).

/// Returns the pattern with each `{}` replaced by the next value.
pub(super) fn fill(pattern: &str, values: &[&str]) -> String {
    let mut parts = pattern.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (part, value) in parts.zip(values) {
        text.push_str(value);
        text.push_str(part.strip_prefix('}').unwrap_or(part));
    }
    text
}
