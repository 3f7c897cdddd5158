//! Brotli compression of the site's files.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use brotli::CompressorWriter;

use crate::build::size_budget::FileSize;
use crate::system::files::files_below;

/// The highest quality. It is slow, but each file is compressed once and downloaded often.
const BROTLI_QUALITY: u32 = 11;
/// The base-2 logarithm of the window size in bytes. 4 MiB is more than any file of the site has.
const BROTLI_WINDOW_BITS: u32 = 22;

/// Writes `<file>.br` beside each file of a site that counts toward the size budget, and beside each chunk. The local
/// server sends these files, and `cargo xtask deploy` stores some of them. Returns the sizes of all files, sorted by
/// name.
pub(crate) fn compress(site: &Path) -> Result<Vec<FileSize>> {
    let mut sizes = Vec::new();
    for name in files_below(site)?.into_iter().filter(|name| !name.ends_with(".br")) {
        let content = fs::read(site.join(&name))?;
        let compressed = brotli(&content)?;
        let size = FileSize { name, raw: content.len(), brotli: compressed.len() };
        if size.is_counted() || size.name.ends_with(".wasm") {
            fs::write(site.join(format!("{}.br", size.name)), compressed)?;
        }
        sizes.push(size);
    }
    Ok(sizes)
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut writer = CompressorWriter::new(Vec::new(), 4096, BROTLI_QUALITY, BROTLI_WINDOW_BITS);
    writer.write_all(content)?;
    Ok(writer.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_bytes_compress_well() {
        let size = brotli(&[7; 100_000]).expect("writing to memory").len();
        assert!(size < 100, "{size}");
    }
}
