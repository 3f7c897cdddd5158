//! Zip files with the code of the Lambda functions.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::deploy::artifacts::{Artifacts, FUNCTIONS};
use crate::system::sha256::hex_digest;

/// The name under which Lambda starts a program on a `provided` runtime.
const BOOTSTRAP: &str = "bootstrap";

/// The packed code of a function.
pub(crate) struct LambdaPackage {
    /// The template's parameter for the key.
    pub(crate) parameter: &'static str,
    pub(crate) zip: PathBuf,
    /// The object's name in the code bucket. It depends on the content, so that CloudFormation notices new code.
    pub(crate) key: String,
}

/// Packs all functions into a folder.
///
/// For the emulator, a package contains only a script that runs the program in the target folder. This avoids copying
/// 100 MB.
pub(crate) fn pack_all(
    artifacts: &Artifacts,
    folder: &Path,
    is_emulated: bool,
) -> Result<Vec<LambdaPackage>> {
    let pack = |function| {
        let program = artifacts.program(function);
        let content = if is_emulated { script_running(&program)? } else { fs::read(&program)? };
        let zip = folder.join(format!("{function}.zip"));
        write_zip(&zip, &content).context("cannot pack the code of a function")?;
        let key = format!("{function}-{}.zip", &hex_digest(&[&fs::read(&zip)?])[..16]);
        let parameter = if function == "lambda" { "ApiCodeKey" } else { "AuthorizerCodeKey" };
        Ok(LambdaPackage { parameter, zip, key })
    };
    FUNCTIONS.into_iter().map(pack).collect()
}

/// Returns a shell script that runs a program. The script changes when the program is rebuilt, so the package gets a
/// new key.
fn script_running(program: &Path) -> Result<Vec<u8>> {
    let built_at = fs::metadata(program)?.modified()?;
    Ok(format!("#!/bin/sh\n# built at {built_at:?}\nexec '{}'\n", program.display()).into_bytes())
}

/// Writes a zip with one executable file. The same content always results in the same bytes: the zip contains neither a
/// timestamp nor a user.
fn write_zip(path: &Path, content: &[u8]) -> Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o755);
    let mut zip = ZipWriter::new(File::create(path)?);
    zip.start_file(BOOTSTRAP, options)?;
    zip.write_all(content)?;
    zip.finish()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use zip::ZipArchive;

    use super::*;

    #[test]
    fn a_zip_has_one_executable_and_depends_only_on_the_content() {
        let folder = std::env::temp_dir().join(format!("wishboard-zip-{}", std::process::id()));
        fs::create_dir(&folder).expect("a folder");
        let (first, second) = (folder.join("first.zip"), folder.join("second.zip"));
        write_zip(&first, b"program").expect("a zip");
        write_zip(&second, b"program").expect("a zip");
        let bytes = |path| fs::read(path).expect("a file");
        assert_eq!(bytes(&first), bytes(&second));

        let mut archive = ZipArchive::new(File::open(&first).expect("a file")).expect("a zip");
        assert_eq!(archive.len(), 1);
        let mut entry = archive.by_name("bootstrap").expect("the program");
        assert_eq!(entry.unix_mode().map(|mode| mode & 0o777), Some(0o755));
        let mut content = String::new();
        entry.read_to_string(&mut content).expect("text");
        assert_eq!(content, "program");
        fs::remove_dir_all(&folder).expect("the folder is removed");
    }
}
