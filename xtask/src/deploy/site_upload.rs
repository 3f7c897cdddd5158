//! Uploads the site to its bucket. Visitors never get a mixture of two versions: the page is uploaded last, and the
//! files of earlier deployments stay for pages that are still open. The next run continues an interrupted upload.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::deploy::aws_cli::AwsCli;
use crate::deploy::code_bucket::CodeBucket;
use crate::deploy::site_file::{self, SiteFile};
use crate::deploy::site_history::SiteHistory;
use crate::deploy::stack::StackState;
use crate::system::terminal::print;

/// Maximum number of files that one request deletes. S3 allows 1,000.
const DELETE_BATCH_SIZE: usize = 500;

/// Where a stack's site is stored and served.
pub(crate) struct SiteUpload<'a> {
    aws: &'a AwsCli,
    code: &'a CodeBucket<'a>,
    bucket: &'a str,
    /// The id of the CloudFront distribution.
    distribution: &'a str,
}

/// The result of an upload.
pub(crate) struct UploadedSite {
    /// Whether any file was uploaded or the set of files changed.
    pub(crate) has_changed: bool,
    pub(crate) history: SiteHistory,
}

impl<'a> SiteUpload<'a> {
    /// Returns the upload target of a stack.
    pub(crate) fn to_stack(aws: &'a AwsCli, code: &'a CodeBucket<'a>, state: &'a StackState) -> Result<Self> {
        Ok(Self {
            aws,
            code,
            bucket: state.output("SiteBucket")?,
            distribution: state.output("DistributionId")?,
        })
    }

    /// Uploads the files that are missing or different.
    pub(crate) fn upload_changed(&self, site: &Path) -> Result<UploadedSite> {
        let files = site_file::read_all(site)?;
        let mut history = SiteHistory::read(self.code)?;
        let changed = self.changed_files(&files, &history)?;
        let digests: BTreeMap<_, _> =
            files.iter().map(|file| (file.name.clone(), file.digest.clone())).collect();
        if changed.is_empty() && history.is_latest(&digests) {
            return Ok(UploadedSite { has_changed: false, history });
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock is wrong")?.as_secs();
        history.begin_upload(digests.clone(), changed.iter().map(|file| file.name.as_str()), now);
        history.write(self.code)?;
        for (index, file) in changed.iter().enumerate() {
            print(&format!("  uploading {} ({} of {})", file.name, index + 1, changed.len()));
            self.upload(file)?;
        }
        self.invalidate(&changed)?;
        history.complete_upload(digests);
        history.write(self.code)?;
        self.delete_old(&mut history, now)?;
        Ok(UploadedSite { has_changed: true, history })
    }

    /// Returns the names of the files that an upload would change.
    pub(crate) fn changed_names(&self, site: &Path) -> Result<Vec<String>> {
        let files = site_file::read_all(site)?;
        let changed = self.changed_files(&files, &SiteHistory::read(self.code)?)?;
        Ok(changed.into_iter().map(|file| file.name.clone()).collect())
    }

    /// Returns the files that are missing from the bucket or have other content there, in the order of `files`.
    fn changed_files<'f>(&self, files: &'f [SiteFile], history: &SiteHistory) -> Result<Vec<&'f SiteFile>> {
        let list = ["s3api", "list-objects-v2", "--bucket", self.bucket, "--query", "Contents[].Key"];
        let stored = self.aws.json(&list)?;
        let stored: BTreeSet<&str> =
            stored.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let is_changed = |file: &&SiteFile| {
            !stored.contains(file.name.as_str()) || history.latest_digest(&file.name) != Some(&file.digest)
        };
        Ok(files.iter().filter(is_changed).collect())
    }

    fn upload(&self, file: &SiteFile) -> Result<()> {
        let (from, to) = (file.path.to_string_lossy(), format!("s3://{}/{}", self.bucket, file.name));
        let mut copy = vec!["s3", "cp", "--only-show-errors", &from, &to];
        copy.extend(["--content-type", file.content_type, "--cache-control", file.cache_control()]);
        if file.is_brotli {
            copy.extend(["--content-encoding", "br"]);
        }
        let metadata = json!({ "preload": file.preload }).to_string();
        if !file.preload.is_empty() {
            copy.extend(["--metadata", &metadata]);
        }
        self.aws.run(&copy)
    }

    /// Removes the changed files without a hash in their names from CloudFront's cache.
    fn invalidate(&self, files: &[&SiteFile]) -> Result<()> {
        let paths: Vec<String> = files
            .iter()
            .filter(|file| !file.has_content_hash)
            .map(|file| format!("/{}", file.name))
            .collect();
        if paths.is_empty() {
            return Ok(());
        }
        print(&format!("  invalidating {} in CloudFront", paths.join(", ")));
        let mut invalidate =
            vec!["cloudfront", "create-invalidation", "--distribution-id", self.distribution];
        invalidate.push("--paths");
        invalidate.extend(paths.iter().map(String::as_str));
        self.aws.run(&invalidate)
    }

    /// Deletes the files that only old deployments contain.
    fn delete_old(&self, history: &mut SiteHistory, now: u64) -> Result<()> {
        let old = history.remove_old(now);
        if old.is_empty() {
            return Ok(());
        }
        print(&format!("  deleting {} files of old deployments", old.len()));
        for batch in old.chunks(DELETE_BATCH_SIZE) {
            let objects: Vec<Value> = batch.iter().map(|name| json!({ "Key": name })).collect();
            let batch = json!({ "Objects": objects, "Quiet": true }).to_string();
            self.aws.run(&["s3api", "delete-objects", "--bucket", self.bucket, "--delete", &batch])?;
        }
        // Write the history after the deletion. If the deletion is interrupted, the next run still finds the old files
        // in it.
        history.write(self.code)
    }
}
