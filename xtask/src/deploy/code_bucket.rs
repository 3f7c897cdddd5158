//! The bucket of a stack's own code: the functions, the template, the record of what the site is made of. Private, one
//! for each account, region and stack, made when it is missing.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::deploy::aws_cli::Account;
use crate::system::digest::digest;
use crate::system::env;
use crate::system::terminal::say;

/// What was begun and never finished is paid for, unless somebody tidies up.
const TIDY: &str = r#"{"Rules": [{"ID": "tidy", "Status": "Enabled", "Filter": {"Prefix": ""},
    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}}]}"#;
const PRIVATE: &str =
    "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true";

/// See the module.
pub(crate) struct Bucket<'a> {
    account: &'a Account,
    pub(crate) name: String,
    /// The account that has to own it. Names of buckets are everybody's: who guesses one may have it first, and could
    /// put code of his own there.
    owner: String,
}

impl<'a> Bucket<'a> {
    /// That of a stack.
    pub(crate) fn of(account: &'a Account, stack: &str) -> Result<Self> {
        let region = account.region()?;
        let identity = account.ask(&["sts", "get-caller-identity"])?;
        let owner = identity["Account"].as_str().context("AWS does not say whose the account is")?.to_owned();
        // Of the account's number only a hash: it is shown, and the names of buckets can be guessed at.
        let hash = digest(&[owner.as_bytes(), region.as_bytes(), stack.as_bytes()]);
        Ok(Self { account, name: format!("{stack}-code-{}", &hash[..12]), owner })
    }

    /// Where what it is given is made. Not one for all: two stacks may be deployed at once.
    pub(crate) fn folder(&self) -> Result<PathBuf> {
        let folder = env::target()?.join("deploy").join(&self.name);
        fs::create_dir_all(&folder).context("the target folder cannot be written")?;
        Ok(folder)
    }

    /// Whether it is there.
    ///
    /// # Errors
    /// If it is somebody else's.
    pub(crate) fn exists(&self) -> Result<bool> {
        let head = ["s3api", "head-bucket", "--bucket", &self.name, "--expected-bucket-owner", &self.owner];
        match self.account.tell(&head) {
            Ok(()) => Ok(true),
            Err(error) if error.to_string().contains("(404)") => Ok(false),
            Err(error) if error.to_string().contains("(403)") => bail!(
                "the bucket `{}` is another account's, or these credentials may not use it: choose another name by \
                 --stack NAME, or see the deployer's rights in deploy/README.md",
                self.name
            ),
            Err(error) => Err(error),
        }
    }

    /// Makes it, unless it is there.
    pub(crate) fn make(&self) -> Result<()> {
        let this = ["--bucket", &self.name, "--expected-bucket-owner", &self.owner];
        // Set last: without it, a run was interrupted here, or none was before.
        let tidied = [&["s3api", "get-bucket-lifecycle-configuration"], &this[..]].concat();
        if self.account.find(&tidied, &["NoSuchLifecycleConfiguration", "NoSuchBucket"])?.is_some() {
            return Ok(());
        }
        if !self.exists()? {
            say(&format!("Making the bucket {} for the code", self.name));
            self.account.tell(&["s3", "mb", &self.uri("")])?;
        }
        let with = |words: [&'static str; 4]| [&words[..2], &this, &words[2..]].concat();
        let shut = with(["s3api", "put-public-access-block", "--public-access-block-configuration", PRIVATE]);
        self.account.tell(&shut)?;
        let tidy = with(["s3api", "put-bucket-lifecycle-configuration", "--lifecycle-configuration", TIDY]);
        self.account.tell(&tidy)
    }

    /// What the AWS CLI calls a thing in it.
    pub(crate) fn uri(&self, key: &str) -> String {
        format!("s3://{}/{key}", self.name)
    }

    /// Whether a thing is in it.
    pub(crate) fn has(&self, key: &str) -> Result<bool> {
        let head = ["s3api", "head-object", "--bucket", &self.name, "--key", key];
        Ok(self.account.find(&head, &["(404)"])?.is_some())
    }

    /// Puts a file into it.
    pub(crate) fn put(&self, file: &Path, key: &str) -> Result<()> {
        self.account.tell(&["s3", "cp", "--only-show-errors", &file.to_string_lossy(), &self.uri(key)])
    }

    /// A JSON text in it; none if there is none.
    pub(crate) fn json(&self, key: &str) -> Result<Option<Value>> {
        self.account.find(&["s3", "cp", "--only-show-errors", &self.uri(key), "-"], &["(404)"])
    }

    /// Removes it with all that is in it.
    pub(crate) fn remove(&self) -> Result<()> {
        if self.exists()? {
            self.account.tell(&["s3", "rb", "--force", &self.uri("")])?;
        }
        Ok(())
    }
}
