//! A file of the site, as it is stored in AWS: its kind, how long browsers keep it, whether it is compressed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::system::digest::digest;

/// What every route of the app is answered with.
pub(crate) const PAGE: &str = "index.html";

/// See the module.
pub(crate) struct Asset {
    pub(crate) name: String,
    /// Its name tells its content.
    pub(crate) is_hashed: bool,
    pub(crate) kind: &'static str,
    /// Where it lies in brotli, if it is stored so.
    pub(crate) brotli: Option<PathBuf>,
    pub(crate) path: PathBuf,
    /// Of all that is stored.
    pub(crate) digest: String,
}

impl Asset {
    fn read(site: &Path, name: String) -> Result<Self> {
        let path = site.join(&name);
        let is_hashed = is_hashed(&name);
        let kind = kind(&name)?;
        let brotli = is_for_wasm(site, &name).then(|| site.join(format!("{name}.br")));
        let brotli = brotli.filter(|file| is_hashed && file.is_file());
        let mut file = Self { name, is_hashed, kind, brotli, path, digest: String::new() };
        let content = fs::read(file.brotli.as_ref().unwrap_or(&file.path))?;
        let encoding: &[u8] = if file.brotli.is_some() { b"br" } else { b"" };
        file.digest = digest(&[&content, kind.as_bytes(), encoding, file.caching().as_bytes()]);
        Ok(file)
    }

    /// What browsers and CloudFront are told.
    pub(crate) fn caching(&self) -> &'static str {
        if self.is_hashed { "public, max-age=31536000, immutable" } else { "no-cache" }
    }
}

/// The site's files in the order in which they are uploaded.
pub(crate) fn all(site: &Path) -> Result<Vec<Asset>> {
    let mut names = Vec::new();
    names_below(site, "", &mut names)?;
    let mut files = names.into_iter().map(|name| Asset::read(site, name)).collect::<Result<Vec<_>>>()?;
    files.sort_by(|one, other| {
        (!one.is_hashed, one.name == PAGE, &one.name).cmp(&(
            !other.is_hashed,
            other.name == PAGE,
            &other.name,
        ))
    });
    if files.last().is_none_or(|last| last.name != PAGE) {
        bail!("there is no {PAGE} in {}", site.display());
    }
    Ok(files)
}

fn names_below(site: &Path, below: &str, names: &mut Vec<String>) -> Result<()> {
    let folder = site.join(below);
    for entry in fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let entry = entry?;
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            names_below(site, &format!("{name}/"), names)?;
        } else if !name.ends_with(".br") {
            names.push(name);
        }
    }
    Ok(())
}

/// Whether a name has the hash that Trunk or we put there: `-` and 16 hexadecimal digits.
fn is_hashed(name: &str) -> bool {
    let is_hash = |part: &str| {
        part.get(..16).is_some_and(|hash| hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
            && !part[16..].starts_with(|c: char| c.is_ascii_hexdigit())
    };
    name.split('-').skip(1).any(is_hash)
}

/// Whether only a browser that runs our wasm has any use for a file: the wasm, and its script. All of them take brotli,
/// so these are stored in it, smaller than CloudFront would make them on the way. Everything else has to reach those
/// that don't: CloudFront compresses it for whoever says that he takes it.
fn is_for_wasm(site: &Path, name: &str) -> bool {
    let script = name.strip_suffix(".js");
    name.ends_with(".wasm") || script.is_some_and(|stem| site.join(format!("{stem}_bg.wasm")).is_file())
}

/// What a file is, for browsers.
fn kind(name: &str) -> Result<&'static str> {
    Ok(match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html",
        "js" => "text/javascript",
        "css" => "text/css",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "txt" => "text/plain",
        _ => bail!("what kind of file is {name}? `kind` in xtask/src/deploy/site_file.rs has to know"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_in_a_name_is_seen() {
        for name in
            ["app-d27d1f3c8e6779de.js", "app-d27d1f3c8e6779de_bg.wasm", "a/style-4a76c0c90c712c63.css"]
        {
            assert!(is_hashed(name), "{name}");
        }
        for name in ["index.html", "icon-192.png", "d27d1f3c8e6779de.js", "app-d27d1f3c8e6779d.js"] {
            assert!(!is_hashed(name), "{name}");
        }
    }

    #[test]
    fn the_page_comes_last_and_only_what_needs_wasm_is_in_brotli() {
        let site = std::env::temp_dir().join(format!("wishboard-asset-{}", std::process::id()));
        fs::create_dir(&site).expect("a folder");
        let hash = "0123456789abcdef";
        for name in ["index.html", "icon.png", "index.html.br"] {
            fs::write(site.join(name), name).expect("a file");
        }
        for name in ["start-H.js", "app-H.js", "app-H_bg.wasm"] {
            let name = name.replace('H', hash);
            fs::write(site.join(&name), "").expect("a file");
            fs::write(site.join(format!("{name}.br")), "").expect("a file");
        }
        let files = all(&site).expect("it can be read");
        let told: Vec<_> =
            files.iter().map(|file| (file.name.replace(hash, "H"), file.brotli.is_some())).collect();
        let wanted = [
            ("app-H.js", true),
            ("app-H_bg.wasm", true),
            ("start-H.js", false),
            ("icon.png", false),
            ("index.html", false),
        ];
        assert_eq!(told, wanted.map(|(name, brotli)| (name.to_owned(), brotli)));
        fs::remove_dir_all(&site).expect("it was ours");
    }
}
