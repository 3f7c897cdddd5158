//! Creates the tables locally and in tests. In AWS, the CloudFormation template creates them.

use aws_sdk_dynamodb::operation::create_table::builders::CreateTableFluentBuilder;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType, TimeToLiveSpecification,
};

use crate::store::{Store, database_error};
use crate::web::error::Result;

impl Store {
    /// Creates both tables if they do not exist.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn create_tables(&self) -> Result<()> {
        let keys_table = self.db.create_table().table_name(&self.keys_table);
        let keys_table = keys_table.attribute_definitions(string_attribute("pk")?);
        create(keys_table.key_schema(key("pk", KeyType::Hash)?)).await?;

        let mut table = self.db.create_table().table_name(&self.table);
        for name in ["pk", "feed", "feed_at", "owner", "owner_at"] {
            table = table.attribute_definitions(string_attribute(name)?);
        }
        table = table.key_schema(key("pk", KeyType::Hash)?);
        for name in ["feed", "owner"] {
            table = table.global_secondary_indexes(index(name)?);
        }
        create(table).await?;
        self.enable_time_to_live().await
    }

    /// Declares the attribute `expires` as the time to live, by which the embedded engine finds expired items.
    async fn enable_time_to_live(&self) -> Result<()> {
        let expires = TimeToLiveSpecification::builder().attribute_name("expires").enabled(true).build()?;
        let enable =
            self.db.update_time_to_live().table_name(&self.table).time_to_live_specification(expires);
        enable.send().await.map(drop).map_err(database_error)
    }
}

/// Creates a table. Does nothing if it exists.
async fn create(table: CreateTableFluentBuilder) -> Result<()> {
    match table.billing_mode(BillingMode::PayPerRequest).send().await {
        Ok(_) => Ok(()),
        Err(error) if error.as_service_error().is_some_and(|error| error.is_resource_in_use_exception()) => {
            Ok(())
        }
        Err(error) => Err(database_error(error)),
    }
}

/// Defines the index `<name>`, with `<name>` as its partition key and `<name>_at` as its sort key.
fn index(name: &str) -> Result<GlobalSecondaryIndex> {
    let index = GlobalSecondaryIndex::builder()
        .index_name(name)
        .key_schema(key(name, KeyType::Hash)?)
        .key_schema(key(&format!("{name}_at"), KeyType::Range)?)
        .projection(Projection::builder().projection_type(ProjectionType::All).build());
    Ok(index.build()?)
}

fn string_attribute(name: &str) -> Result<AttributeDefinition> {
    let definition = AttributeDefinition::builder().attribute_name(name);
    Ok(definition.attribute_type(ScalarAttributeType::S).build()?)
}

fn key(name: &str, key_type: KeyType) -> Result<KeySchemaElement> {
    Ok(KeySchemaElement::builder().attribute_name(name).key_type(key_type).build()?)
}
