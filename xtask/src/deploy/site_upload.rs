//! The site, brought to where CloudFront reads it, so that nobody ever sees half of it: first the files whose names
//! tell their content, then the rest, the page last. Killed anywhere, the next run finishes it.
//!
//! What was published is on record beside the code. Files of earlier deployments stay for those who still have an
//! open page that asks for them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::deploy::aws_cli::Account;
use crate::deploy::code_bucket::Bucket;
use crate::deploy::site_file::{self, Asset};
use crate::system::terminal::say;

const RECORD: &str = "site.json";
/// How long files of earlier deployments stay: those of so many, and of so many seconds.
const KEPT: usize = 5;
const KEPT_FOR: u64 = 30 * 86_400;

/// See the module.
pub(crate) struct Publisher<'a> {
    pub(crate) account: &'a Account,
    pub(crate) code: &'a Bucket<'a>,
    /// The site's bucket and CloudFront's distribution before it.
    pub(crate) bucket: &'a str,
    pub(crate) distribution: &'a str,
}

/// What has been published, now and before.
pub(crate) struct Published {
    /// Whether there was anything to publish.
    pub(crate) has_changed: bool,
    /// The newest first.
    record: Vec<Deployment>,
}

impl Published {
    /// Whether a visitor saw it work, with the stack as it is since then.
    pub(crate) fn was_seen(&self, since: &str) -> bool {
        self.record.first().is_some_and(|last| last.seen == since)
    }
}

/// What was published at a time.
struct Deployment {
    at: u64,
    /// The digest of each file; `UNDER_WAY` while it is uploaded.
    files: BTreeMap<String, String>,
    /// When the stack was last changed that a visitor saw it work with; empty until then.
    seen: String,
}

/// The digest of no file. What an interrupted run leaves so is uploaded again, whatever comes next.
const UNDER_WAY: &str = "";

/// What S3 removes by one request: up to 1,000 files.
const AT_ONCE: usize = 500;

impl Publisher<'_> {
    /// Publishes what is not there yet.
    pub(crate) fn publish(&self, site: &Path) -> Result<Published> {
        let files = site_file::all(site)?;
        let (new, mut record) = self.compare(&files)?;
        let digests: BTreeMap<_, _> =
            files.iter().map(|file| (file.name.clone(), file.digest.clone())).collect();
        if new.is_empty() && record.first().is_some_and(|last| last.files == digests) {
            return Ok(Published { has_changed: false, record });
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock is wrong")?.as_secs();
        let mut files = digests.clone();
        files.extend(new.iter().map(|file| (file.name.clone(), UNDER_WAY.to_owned())));
        record.insert(0, Deployment { at: now, files, seen: String::new() });
        self.note(&record)?;
        for (index, file) in new.iter().enumerate() {
            say(&format!("  uploading {} ({} of {})", file.name, index + 1, new.len()));
            self.upload(file)?;
        }
        self.invalidate(&new)?;
        record[0].files = digests;
        self.note(&record)?;
        let record = self.forget(record, now)?;
        Ok(Published { has_changed: true, record })
    }

    /// Remembers that a visitor saw it work.
    pub(crate) fn note_seen(&self, mut published: Published, since: &str) -> Result<()> {
        if let Some(last) = published.record.first_mut() {
            last.seen = since.to_owned();
        }
        self.note(&published.record)
    }

    /// The names of what is not there yet.
    pub(crate) fn missing(&self, site: &Path) -> Result<Vec<String>> {
        let files = site_file::all(site)?;
        Ok(self.compare(&files)?.0.into_iter().map(|file| file.name.clone()).collect())
    }

    /// What is not there yet, in its order, and the record.
    fn compare<'f>(&self, files: &'f [Asset]) -> Result<(Vec<&'f Asset>, Vec<Deployment>)> {
        let record = self.record()?;
        let there = ["s3api", "list-objects-v2", "--bucket", self.bucket, "--query", "Contents[].Key"];
        let there = self.account.ask(&there)?;
        let there: BTreeSet<&str> =
            there.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let is_new = |file: &&Asset| {
            let last = record.first().and_then(|last| last.files.get(&file.name));
            !there.contains(file.name.as_str()) || last != Some(&file.digest)
        };
        Ok((files.iter().filter(is_new).collect(), record))
    }

    fn upload(&self, file: &Asset) -> Result<()> {
        let path = file.brotli.as_ref().unwrap_or(&file.path).to_string_lossy();
        let to = format!("s3://{}/{}", self.bucket, file.name);
        let mut upload = vec!["s3", "cp", "--only-show-errors", &path, &to, "--content-type", file.kind];
        upload.extend(["--cache-control", file.caching()]);
        if file.brotli.is_some() {
            upload.extend(["--content-encoding", "br"]);
        }
        self.account.tell(&upload)
    }

    /// Has CloudFront ask anew for what may have changed under its name.
    fn invalidate(&self, files: &[&Asset]) -> Result<()> {
        let paths: Vec<String> =
            files.iter().filter(|file| !file.is_hashed).map(|file| format!("/{}", file.name)).collect();
        if paths.is_empty() {
            return Ok(());
        }
        say(&format!("  telling CloudFront about {}", paths.join(", ")));
        let mut invalidate =
            vec!["cloudfront", "create-invalidation", "--distribution-id", self.distribution];
        invalidate.push("--paths");
        invalidate.extend(paths.iter().map(String::as_str));
        self.account.tell(&invalidate)
    }

    /// Removes the files that only deployments had which were long ago. Returns the others.
    fn forget(&self, record: Vec<Deployment>, now: u64) -> Result<Vec<Deployment>> {
        let mut index = 0;
        let (kept, old): (Vec<_>, Vec<_>) = record.into_iter().partition(|deployment| {
            // One that was interrupted is none of the last few.
            index += usize::from(deployment.files.values().all(|digest| digest != UNDER_WAY));
            index <= KEPT || now.saturating_sub(deployment.at) < KEPT_FOR
        });
        let names = |deployments: &[Deployment]| -> BTreeSet<String> {
            deployments.iter().flat_map(|deployment| deployment.files.keys().cloned()).collect()
        };
        let gone: Vec<Value> =
            names(&old).difference(&names(&kept)).map(|name| json!({ "Key": name })).collect();
        if gone.is_empty() {
            return Ok(kept);
        }
        say(&format!("  removing {} files of earlier deployments", gone.len()));
        for some in gone.chunks(AT_ONCE) {
            let some = json!({ "Objects": some, "Quiet": true }).to_string();
            self.account.tell(&["s3api", "delete-objects", "--bucket", self.bucket, "--delete", &some])?;
        }
        // Not before: what is on no record is never removed.
        self.note(&kept)?;
        Ok(kept)
    }

    /// The deployments, the newest first.
    fn record(&self) -> Result<Vec<Deployment>> {
        let record = self.code.json(RECORD)?.unwrap_or_default();
        let read = |deployment: &Value| {
            let files = deployment["files"].as_object()?;
            let files =
                files.iter().filter_map(|(name, digest)| Some((name.clone(), digest.as_str()?.to_owned())));
            let seen = deployment["seen"].as_str().unwrap_or_default().to_owned();
            Some(Deployment { at: deployment["at"].as_u64()?, files: files.collect(), seen })
        };
        Ok(record["deployments"].as_array().into_iter().flatten().filter_map(read).collect())
    }

    fn note(&self, record: &[Deployment]) -> Result<()> {
        let record: Vec<Value> =
            record.iter().map(|one| json!({ "at": one.at, "files": one.files, "seen": one.seen })).collect();
        let file = self.code.folder()?.join(RECORD);
        fs::write(&file, json!({ "deployments": record }).to_string())?;
        self.code.put(&file, RECORD)
    }
}
