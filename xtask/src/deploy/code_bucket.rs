//! The private S3 bucket of a stack's own files: the functions' code, the template, and the deployment history. Each
//! account, region and stack has one.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::deploy::aws_cli::AwsCli;
use crate::system::env;
use crate::system::sha256::hex_digest;
use crate::system::terminal::print;

/// Removes the parts of interrupted uploads after a day, because AWS charges for them.
const LIFECYCLE_RULES: &str = r#"{"Rules": [{"ID": "abort-interrupted-uploads", "Status": "Enabled",
    "Filter": {"Prefix": ""}, "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}}]}"#;
const PUBLIC_ACCESS_BLOCK: &str =
    "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true";

/// The bucket of one stack. It may not exist yet.
pub(crate) struct CodeBucket<'a> {
    aws: &'a AwsCli,
    pub(crate) name: String,
    /// The account that must own the bucket. Bucket names are global: another account could create a bucket with
    /// this name first and put its own code there.
    owner: String,
}

impl<'a> CodeBucket<'a> {
    /// Returns the bucket of a stack.
    pub(crate) fn of_stack(aws: &'a AwsCli, stack: &str) -> Result<Self> {
        let region = aws.region()?;
        let identity = aws.json(&["sts", "get-caller-identity"])?;
        let owner = identity["Account"].as_str().context("AWS did not return the account")?.to_owned();
        // The name contains a hash, because bucket names are public and the account number is not.
        let hash = hex_digest(&[owner.as_bytes(), region.as_bytes(), stack.as_bytes()]);
        Ok(Self { aws, name: format!("{stack}-code-{}", &hash[..12]), owner })
    }

    /// Returns the local folder for files to upload. Each bucket has its own, so two stacks can be deployed at once.
    pub(crate) fn staging_folder(&self) -> Result<PathBuf> {
        let folder = env::target_dir()?.join("deploy").join(&self.name);
        fs::create_dir_all(&folder).context("cannot write to the target folder")?;
        Ok(folder)
    }

    /// Returns whether the bucket exists.
    ///
    /// # Errors
    /// If another account owns it.
    pub(crate) fn exists(&self) -> Result<bool> {
        let head = ["s3api", "head-bucket", "--bucket", &self.name, "--expected-bucket-owner", &self.owner];
        match self.aws.run(&head) {
            Ok(()) => Ok(true),
            Err(error) if error.to_string().contains("(404)") => Ok(false),
            Err(error) if error.to_string().contains("(403)") => bail!(
                "the bucket `{}` belongs to another account, or these credentials may not use it: choose another \
                 name with --stack NAME, or see the deployer's permissions in deploy/README.md",
                self.name
            ),
            Err(error) => Err(error),
        }
    }

    /// Creates the bucket, unless it exists.
    pub(crate) fn create_if_missing(&self) -> Result<()> {
        let bucket = ["--bucket", &self.name, "--expected-bucket-owner", &self.owner];
        // The lifecycle rules are set last. Without them, the bucket is missing or its creation was interrupted.
        let get_lifecycle = [&["s3api", "get-bucket-lifecycle-configuration"], &bucket[..]].concat();
        if self.aws.find(&get_lifecycle, &["NoSuchLifecycleConfiguration", "NoSuchBucket"])?.is_some() {
            return Ok(());
        }
        if !self.exists()? {
            print(&format!("Creating the bucket {} for the code", self.name));
            self.aws.run(&["s3", "mb", &self.uri("")])?;
        }
        let put = |operation, option, value| [&["s3api", operation], &bucket[..], &[option, value]].concat();
        self.aws.run(&put(
            "put-public-access-block",
            "--public-access-block-configuration",
            PUBLIC_ACCESS_BLOCK,
        ))?;
        self.aws.run(&put("put-bucket-lifecycle-configuration", "--lifecycle-configuration", LIFECYCLE_RULES))
    }

    /// Returns whether the bucket contains an object.
    pub(crate) fn contains(&self, key: &str) -> Result<bool> {
        let head = ["s3api", "head-object", "--bucket", &self.name, "--key", key];
        Ok(self.aws.find(&head, &["(404)"])?.is_some())
    }

    /// Uploads a file.
    pub(crate) fn upload(&self, file: &Path, key: &str) -> Result<()> {
        self.aws.run(&["s3", "cp", "--only-show-errors", &file.to_string_lossy(), &self.uri(key)])
    }

    /// Returns a JSON object of the bucket, or `None` if it does not exist.
    pub(crate) fn download_json(&self, key: &str) -> Result<Option<Value>> {
        self.aws.find(&["s3", "cp", "--only-show-errors", &self.uri(key), "-"], &["(404)"])
    }

    /// Deletes the bucket with everything in it.
    pub(crate) fn delete(&self) -> Result<()> {
        if self.exists()? {
            self.aws.run(&["s3", "rb", "--force", &self.uri("")])?;
        }
        Ok(())
    }

    fn uri(&self, key: &str) -> String {
        format!("s3://{}/{key}", self.name)
    }
}
