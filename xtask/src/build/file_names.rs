//! The names of the site's files. Most contain a hash of the file's content, so that browsers can cache the file for
//! ever.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::system::sha256::hex_digest;

/// Returns the hash of a file's content for its name. It has the length of Trunk's hashes.
pub(super) fn content_hash(parts: &[&[u8]]) -> String {
    let mut digest = hex_digest(parts);
    digest.truncate(16);
    digest
}

/// Returns the name of the file with this prefix and suffix.
pub(super) fn find_file(site: &Path, prefix: &str, suffix: &str) -> Result<String> {
    let entries = fs::read_dir(site).with_context(|| format!("cannot read {}", site.display()))?;
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with(prefix) && name.ends_with(suffix) {
            return Ok(name);
        }
    }
    bail!("{} does not contain {prefix}*{suffix}", site.display())
}

/// Replaces a name in a text. Fails if the text does not contain it, because the built site would not work.
pub(super) fn replace_name(text: &str, name: &str, new_name: &str) -> Result<String> {
    if !text.contains(name) {
        bail!("the site does not contain {name}, which the build has to replace");
    }
    Ok(text.replace(name, new_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_a_text_does_not_contain_is_an_error() {
        assert_eq!(
            replace_name("load(\"a\")", "\"a\"", "\"b\"").expect("it contains the name"),
            "load(\"b\")"
        );
        assert!(replace_name("load(\"a\")", "\"c\"", "\"b\"").is_err());
    }
}
