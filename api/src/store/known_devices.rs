//! Known devices, as they are stored: a map in the user's item, from the device's id to the time of its last login. So they
//! end with the account, and finding one takes no read of its own.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem, Update};

use crate::store::users::{User, user_pk};
use crate::store::{Store, number, text};
use crate::web::error::Result;

/// The maximum number of known devices of a user. A login on another one replaces the device that was used least recently.
const MAX_DEVICES: usize = 20;

/// A device in which a user logs in.
pub struct KnownDevice {
    /// The SHA-256 of the device's secret, in base64url.
    pub id: String,
    /// Unix seconds.
    pub last_login: i64,
}

impl Store {
    /// The write that makes a device known, if the user's generation is still this one.
    pub(super) fn remember_device(&self, user: &User, device: &KnownDevice) -> Result<TransactWriteItem> {
        let update = Update::builder()
            .table_name(&self.table)
            .key("pk", text(user_pk(&user.username)))
            .condition_expression("generation = :generation")
            .expression_attribute_values(":generation", number(user.generation));
        let update =
            if user.devices.is_empty() { first(update, device) } else { another(update, user, device) };
        Ok(TransactWriteItem::builder().update(update.build()?).build())
    }
}

/// Creates the map. Of two first logins at once, the second one replaces it.
fn first(update: UpdateBuilder, device: &KnownDevice) -> UpdateBuilder {
    let devices = HashMap::from([(device.id.clone(), number(device.last_login))]);
    update
        .update_expression("SET devices = :devices")
        .expression_attribute_values(":devices", AttributeValue::M(devices))
}

fn another(update: UpdateBuilder, user: &User, device: &KnownDevice) -> UpdateBuilder {
    let mut expression = "SET devices.#device = :last_login".to_owned();
    let mut update = update
        .expression_attribute_names("#device", &device.id)
        .expression_attribute_values(":last_login", number(device.last_login));
    for (place, id) in surplus(user, &device.id).into_iter().enumerate() {
        expression += if place == 0 { " REMOVE" } else { "," };
        expression += &format!(" devices.#surplus{place}");
        update = update.expression_attribute_names(format!("#surplus{place}"), id);
    }
    update.update_expression(expression)
}

/// The devices that there is no room for beside this one: those used least recently.
fn surplus<'a>(user: &'a User, device: &str) -> Vec<&'a str> {
    let mut others: Vec<(&str, i64)> =
        user.devices.iter().map(|(id, last)| (id.as_str(), *last)).filter(|(id, _)| *id != device).collect();
    others.sort_by_key(|(_, last_login)| std::cmp::Reverse(*last_login));
    others.into_iter().skip(MAX_DEVICES - 1).map(|(id, _)| id).collect()
}
