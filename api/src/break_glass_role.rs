//! The break-glass role of a deployment. Besides the API's role, only this role may read and change the key ring: the
//! policy of the table in `deploy/template.yaml` denies it to everyone else.

use aws_config::BehaviorVersion;
use aws_config::sts::AssumeRoleProvider;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::SharedCredentialsProvider;
use aws_sdk_dynamodb::types::TableDescription;

use crate::config::Config;
use crate::store::Store;
use crate::web::error::{Error, Result};

/// Opens the tables in AWS with the break-glass role. The credentials of the environment must be allowed to assume the
/// role and to describe the table of the key ring.
///
/// # Errors
/// `Unavailable` if the table of the key ring does not exist or cannot be described. If the role cannot be assumed, the
/// first request of the store fails.
pub async fn open_store(config: &Config) -> Result<Store> {
    let aws = aws_config::load_defaults(BehaviorVersion::latest()).await;
    let keys_table = format!("{}-keys", config.table);
    let described = Client::new(&aws).describe_table().table_name(keys_table).send().await;
    let described = described.map_err(|error| Error::Unavailable(error.into()))?;
    let table_arn = described.table().and_then(TableDescription::table_arn).unwrap_or_default();
    let role_arn = role_arn(table_arn, &config.table)
        .ok_or_else(|| Error::Unavailable(format!("`{table_arn}` is not the ARN of a table").into()))?;
    let role = AssumeRoleProvider::builder(role_arn).session_name("wishboard-keys").configure(&aws);
    let credentials = SharedCredentialsProvider::new(role.build().await);
    let aws = aws.into_builder().credentials_provider(credentials).build();
    Ok(Store::new(Client::new(&aws), &config.table, config.shards))
}

/// Returns the ARN of the role, which is in the same account as the table and has the name that the template gives it.
fn role_arn(table_arn: &str, main_table: &str) -> Option<String> {
    let mut parts = table_arn.split(':').skip(1);
    let (partition, _service, region, account) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    Some(format!("arn:{partition}:iam::{account}:role/{main_table}-{region}-break-glass"))
}
