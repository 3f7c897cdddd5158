//! Known devices: a map in the user's item from the device's id to the time of the last login there.
//!
//! Because they are part of the user's item, they are deleted with the account, and no extra read is needed.

use std::cmp::Reverse;
use std::collections::HashMap;

use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem, Update};

use crate::store::key_schema::user_pk;
use crate::store::users::User;
use crate::store::{Store, number_value, string_value};
use crate::web::error::Result;

/// Maximum number of known devices of a user. A login on a new device replaces the one that was used least recently.
const MAX_KNOWN_DEVICES: usize = 20;

/// A device on which a user logs in.
pub struct KnownDevice {
    /// The SHA-256 of the device's secret, in base64url.
    pub id: String,
    /// The time of the last login, in Unix seconds.
    pub last_login: i64,
}

impl Store {
    /// Returns the write that stores a known device, on the condition that the user's generation has not changed.
    pub(super) fn put_known_device_write(
        &self,
        user: &User,
        device: &KnownDevice,
    ) -> Result<TransactWriteItem> {
        let update = Update::builder()
            .table_name(&self.table)
            .key("pk", string_value(user_pk(&user.username)))
            .condition_expression("generation = :generation")
            .expression_attribute_values(":generation", number_value(user.generation));
        let update = if user.known_devices.is_empty() {
            create_map(update, device)
        } else {
            insert_into_map(update, user, device)
        };
        Ok(TransactWriteItem::builder().update(update.build()?).build())
    }
}

/// Creates the map with one device. If two first logins happen at once, the second one replaces the map.
fn create_map(update: UpdateBuilder, device: &KnownDevice) -> UpdateBuilder {
    let devices = HashMap::from([(device.id.clone(), number_value(device.last_login))]);
    update
        .update_expression("SET devices = :devices")
        .expression_attribute_values(":devices", AttributeValue::M(devices))
}

/// Inserts a device into the map and removes the devices that exceed the maximum.
fn insert_into_map(update: UpdateBuilder, user: &User, device: &KnownDevice) -> UpdateBuilder {
    let mut expression = "SET devices.#device = :last_login".to_owned();
    let mut update = update
        .expression_attribute_names("#device", &device.id)
        .expression_attribute_values(":last_login", number_value(device.last_login));
    for (index, id) in surplus_devices(user, &device.id).into_iter().enumerate() {
        expression += if index == 0 { " REMOVE" } else { "," };
        expression += &format!(" devices.#surplus{index}");
        update = update.expression_attribute_names(format!("#surplus{index}"), id);
    }
    update.update_expression(expression)
}

/// Returns the ids of the devices that exceed the maximum once `new_id` is stored: those used least recently.
fn surplus_devices<'a>(user: &'a User, new_id: &str) -> Vec<&'a str> {
    let known = user.known_devices.iter().map(|(id, last_login)| (id.as_str(), *last_login));
    let mut others: Vec<(&str, i64)> = known.filter(|(id, _)| *id != new_id).collect();
    others.sort_by_key(|(_, last_login)| Reverse(*last_login));
    others.into_iter().skip(MAX_KNOWN_DEVICES - 1).map(|(id, _)| id).collect()
}
