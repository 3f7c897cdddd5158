//! A file of the site as it is stored in S3: its content type, how long browsers cache it, and its encoding.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::build::start_script::PRELOAD_FILE;
use crate::system::files::files_below;
use crate::system::sha256::hex_digest;

/// The name of the page, which is served for all routes of the app.
pub(crate) const PAGE_FILE: &str = "index.html";
/// The Cache-Control header of a file whose name contains a hash: browsers never request it again.
const IMMUTABLE_CACHE_CONTROL: &str = "public, max-age=31536000, immutable";
/// The Cache-Control header of other files: browsers revalidate them on each use.
const REVALIDATE_CACHE_CONTROL: &str = "no-cache";

/// A file to upload.
pub(crate) struct SiteFile {
    /// The path in the site and in the bucket.
    pub(crate) name: String,
    /// Whether the name contains a hash of the content.
    pub(crate) has_content_hash: bool,
    pub(crate) content_type: &'static str,
    /// The file with the content to upload.
    pub(crate) path: PathBuf,
    /// Whether that content is compressed with brotli.
    pub(crate) is_brotli: bool,
    /// What the `Link` header of the page preloads; empty for other files.
    pub(crate) preload: String,
    /// A digest of the content and its metadata.
    pub(crate) digest: String,
}

impl SiteFile {
    fn read(site: &Path, name: String) -> Result<Self> {
        let has_content_hash = has_content_hash(&name);
        let content_type = content_type(&name)?;
        let brotli = site.join(format!("{name}.br"));
        let is_brotli = has_content_hash && is_only_for_wasm(site, &name) && brotli.is_file();
        let path = if is_brotli { brotli } else { site.join(&name) };
        let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let preload = match name == PAGE_FILE {
            true => fs::read_to_string(site.join(PRELOAD_FILE)).unwrap_or_default(),
            false => String::new(),
        };
        let mut file =
            Self { name, has_content_hash, content_type, path, is_brotli, preload, digest: String::new() };
        let encoding: &[u8] = if is_brotli { b"br" } else { b"" };
        let metadata =
            [content_type.as_bytes(), encoding, file.cache_control().as_bytes(), file.preload.as_bytes()];
        file.digest = hex_digest(&[&[&content[..]], &metadata[..]].concat());
        Ok(file)
    }

    /// Returns the Cache-Control header for browsers and CloudFront.
    pub(crate) fn cache_control(&self) -> &'static str {
        if self.has_content_hash { IMMUTABLE_CACHE_CONTROL } else { REVALIDATE_CACHE_CONTROL }
    }
}

/// Returns the files of a site in the order of their upload: files with a hash in their name, then the others, and
/// the page last. So the page never refers to a file that is not uploaded yet.
pub(crate) fn read_all(site: &Path) -> Result<Vec<SiteFile>> {
    let is_uploaded = |name: &String| !name.ends_with(".br") && name != PRELOAD_FILE;
    let names = files_below(site)?.into_iter().filter(is_uploaded);
    let mut files = names.map(|name| SiteFile::read(site, name)).collect::<Result<Vec<_>>>()?;
    files.sort_by_key(|file| (!file.has_content_hash, file.name == PAGE_FILE, file.name.clone()));
    if files.last().is_none_or(|last| last.name != PAGE_FILE) {
        bail!("{} does not contain {PAGE_FILE}", site.display());
    }
    Ok(files)
}

/// Returns whether a file's name ends with a hash of its content, for example `app-0123456789abcdef_bg.wasm`.
///
/// The hash has 16 hexadecimal digits, but Trunk omits leading zeros. One in a million hashes has fewer than 12 digits;
/// browsers then revalidate the file.
///
/// `api/src/local/site.rs` has the same function, because xtask does not depend on the crates that it builds.
fn has_content_hash(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    let hash = stem.trim_end_matches("_bg").rsplit_once('-').map_or("", |(_, hash)| hash);
    (12..=16).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Returns whether only browsers with WebAssembly use a file: the wasm and its script.
///
/// All browsers with WebAssembly accept brotli, so these files are stored compressed, which is smaller than
/// CloudFront's own compression. Other files must also work in browsers without brotli, so CloudFront compresses them
/// per request.
fn is_only_for_wasm(site: &Path, name: &str) -> bool {
    let script = name.strip_suffix(".js");
    name.ends_with(".wasm") || script.is_some_and(|stem| site.join(format!("{stem}_bg.wasm")).is_file())
}

/// Returns the content type for a file name.
fn content_type(name: &str) -> Result<&'static str> {
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
        _ => bail!(
            "{name} has an unknown extension: add it to `content_type` in xtask/src/deploy/site_file.rs"
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_in_a_name_is_recognized() {
        for name in [
            "app-d27d1f3c8e6779de.js",
            "app-d27d1f3c8e6779de_bg.wasm",
            "chunk-account-d27d1f3c8e6779de.wasm",
            "a/style-4a76c0c90c712c63.css",
            "style-a76c0c90c712c63.css", // Trunk omits leading zeros
        ] {
            assert!(has_content_hash(name), "{name}");
        }
        for name in ["index.html", "icon-192.png", "d27d1f3c8e6779de.js", "app-d27d1f3c8e6779de0.js"] {
            assert!(!has_content_hash(name), "{name}");
        }
    }

    #[test]
    fn the_page_is_last_and_only_files_for_wasm_are_stored_in_brotli() {
        let site = std::env::temp_dir().join(format!("wishboard-site-file-{}", std::process::id()));
        fs::create_dir(&site).expect("a folder");
        let hash = "0123456789abcdef";
        for name in ["index.html", "icon.png", "index.html.br"] {
            fs::write(site.join(name), name).expect("a file");
        }
        for name in ["start-H.js", "app-H.js", "app-H_bg.wasm", "chunk-account-H.wasm"] {
            let name = name.replace('H', hash);
            fs::write(site.join(&name), "").expect("a file");
            fs::write(site.join(format!("{name}.br")), "").expect("a file");
        }
        let files = read_all(&site).expect("a complete site");
        let files: Vec<_> = files.iter().map(|file| (file.name.replace(hash, "H"), file.is_brotli)).collect();
        let expected = [
            ("app-H.js", true),
            ("app-H_bg.wasm", true),
            ("chunk-account-H.wasm", true),
            ("start-H.js", false),
            ("icon.png", false),
            ("index.html", false),
        ];
        assert_eq!(files, expected.map(|(name, is_brotli)| (name.to_owned(), is_brotli)));
        fs::remove_dir_all(&site).expect("the folder is removed");
    }
}
