//! The history of site deployments, stored in the code bucket as `site.json`. It records which files are uploaded,
//! which upload was interrupted, and whether the smoke test has passed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::Result;
use serde_json::{Value, json};

use crate::deploy::code_bucket::CodeBucket;

const HISTORY_KEY: &str = "site.json";
/// Replaces the digest of a file while it is being uploaded. No file has this digest, so the next run uploads the file
/// again if the upload was interrupted.
const UPLOADING_DIGEST: &str = "";
/// Minimum number of complete deployments whose files are kept.
const MIN_KEPT_DEPLOYMENTS: usize = 5;
/// Minimum time for which the files of each deployment are kept, in seconds: 30 days.
const MIN_KEPT_SECONDS: u64 = 30 * 86_400;

/// All deployments whose files are kept, the newest first.
pub(crate) struct SiteHistory {
    deployments: Vec<SiteDeployment>,
}

/// One deployment of the site.
struct SiteDeployment {
    /// The start of the upload, in seconds since 1970.
    started_at: u64,
    /// The digest of each file.
    digests: BTreeMap<String, String>,
    /// The time of the last change of the stack for which the smoke test has passed. Empty until it has passed.
    tested_stack: String,
}

impl SiteHistory {
    /// Reads the history. It is empty before the first deployment.
    pub(crate) fn read(code: &CodeBucket) -> Result<Self> {
        let document = code.download_json(HISTORY_KEY)?.unwrap_or_default();
        let deployments = document["deployments"].as_array().into_iter().flatten();
        Ok(Self { deployments: deployments.filter_map(SiteDeployment::parse).collect() })
    }

    /// Writes the history.
    pub(crate) fn write(&self, code: &CodeBucket) -> Result<()> {
        let deployments: Vec<Value> = self.deployments.iter().map(SiteDeployment::to_json).collect();
        let file = code.staging_folder()?.join(HISTORY_KEY);
        fs::write(&file, json!({ "deployments": deployments }).to_string())?;
        code.upload(&file, HISTORY_KEY)
    }

    /// Returns the digest of a file in the newest deployment.
    pub(crate) fn latest_digest(&self, file: &str) -> Option<&str> {
        self.deployments.first()?.digests.get(file).map(String::as_str)
    }

    /// Returns whether the newest deployment consists of exactly these files.
    pub(crate) fn is_latest(&self, digests: &BTreeMap<String, String>) -> bool {
        self.deployments.first().is_some_and(|latest| latest.digests == *digests)
    }

    /// Adds a deployment whose changed files are being uploaded.
    pub(crate) fn begin_upload<'f>(
        &mut self,
        mut digests: BTreeMap<String, String>,
        changed: impl Iterator<Item = &'f str>,
        now: u64,
    ) {
        digests.extend(changed.map(|name| (name.to_owned(), UPLOADING_DIGEST.to_owned())));
        let deployment = SiteDeployment { started_at: now, digests, tested_stack: String::new() };
        self.deployments.insert(0, deployment);
    }

    /// Marks all files of the newest deployment as uploaded.
    pub(crate) fn complete_upload(&mut self, digests: BTreeMap<String, String>) {
        if let Some(latest) = self.deployments.first_mut() {
            latest.digests = digests;
        }
    }

    /// Returns whether the smoke test has passed for the newest deployment and for the stack that was last changed at
    /// `stack_changed_at`.
    pub(crate) fn has_passed_smoke_test(&self, stack_changed_at: &str) -> bool {
        self.deployments.first().is_some_and(|latest| latest.tested_stack == stack_changed_at)
    }

    /// Records that the smoke test has passed.
    pub(crate) fn record_passed_smoke_test(&mut self, stack_changed_at: &str) {
        if let Some(latest) = self.deployments.first_mut() {
            latest.tested_stack = stack_changed_at.to_owned();
        }
    }

    /// Removes old deployments. Returns the names of files that only they contain.
    pub(crate) fn remove_old(&mut self, now: u64) -> Vec<String> {
        let mut complete = 0;
        let (kept, old): (Vec<_>, Vec<_>) = self.deployments.drain(..).partition(|deployment| {
            complete += usize::from(deployment.is_complete());
            complete <= MIN_KEPT_DEPLOYMENTS || now.saturating_sub(deployment.started_at) < MIN_KEPT_SECONDS
        });
        let names = |deployments: &[SiteDeployment]| -> BTreeSet<String> {
            deployments.iter().flat_map(|deployment| deployment.digests.keys().cloned()).collect()
        };
        let unused = names(&old).difference(&names(&kept)).cloned().collect();
        self.deployments = kept;
        unused
    }
}

impl SiteDeployment {
    fn parse(deployment: &Value) -> Option<Self> {
        let digests = deployment["files"].as_object()?.iter();
        let digests = digests.filter_map(|(name, digest)| Some((name.clone(), digest.as_str()?.to_owned())));
        let tested_stack = deployment["seen"].as_str().unwrap_or_default().to_owned();
        Some(Self { started_at: deployment["at"].as_u64()?, digests: digests.collect(), tested_stack })
    }

    fn to_json(&self) -> Value {
        json!({ "at": self.started_at, "files": self.digests, "seen": self.tested_stack })
    }

    fn is_complete(&self) -> bool {
        self.digests.values().all(|digest| digest != UPLOADING_DIGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_SECONDS: u64 = 86_400;

    fn digests(name: &str) -> BTreeMap<String, String> {
        [(name, "1"), ("index.html", "2")].map(|(name, digest)| (name.to_owned(), digest.to_owned())).into()
    }

    fn history(days: &[u64]) -> SiteHistory {
        let mut history = SiteHistory { deployments: Vec::new() };
        for day in days {
            history.begin_upload(
                digests(&format!("app-{day}.js")),
                ["index.html"].into_iter(),
                day * DAY_SECONDS,
            );
            history.complete_upload(digests(&format!("app-{day}.js")));
        }
        history
    }

    #[test]
    fn files_are_removed_after_thirty_days_and_five_newer_deployments() {
        let mut history = history(&[0, 1, 2, 3, 4, 40]);
        assert_eq!(history.remove_old(40 * DAY_SECONDS), ["app-0.js"]);
        assert_eq!(history.remove_old(40 * DAY_SECONDS), [""; 0]);
        let mut recent = self::history(&[20, 21, 22, 23, 24, 25, 26]);
        assert_eq!(recent.remove_old(40 * DAY_SECONDS), [""; 0], "all within thirty days");
    }

    #[test]
    fn an_interrupted_upload_is_not_one_of_the_five_deployments() {
        let mut history = history(&[0, 1, 2, 3, 4]);
        history.begin_upload(digests("app-5.js"), ["app-5.js"].into_iter(), 5 * DAY_SECONDS);
        assert_eq!(history.latest_digest("app-5.js"), Some(UPLOADING_DIGEST));
        assert_eq!(history.latest_digest("index.html"), Some("2"));
        assert_eq!(history.remove_old(100 * DAY_SECONDS), [""; 0]);
    }

    #[test]
    fn a_smoke_test_counts_for_one_state_of_the_stack() {
        let mut history = history(&[0]);
        assert!(!history.has_passed_smoke_test("2026-11-25"));
        history.record_passed_smoke_test("2026-11-25");
        assert!(history.has_passed_smoke_test("2026-11-25"));
        assert!(!history.has_passed_smoke_test("2026-11-26"));
        let restored = SiteDeployment::parse(&history.deployments[0].to_json()).expect("our own format");
        assert_eq!(restored.tested_stack, "2026-11-25");
    }
}
