//! What is stored, without times and random values, so that two runs of an operation can be compared.

use std::collections::BTreeMap;

use serde_json::Value;

use super::world::{World, fast_password_hash};
use crate::support::database::number_attribute;

/// The stored data of a world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredState {
    /// A description of each user and each post, by key.
    items: BTreeMap<String, String>,
    /// The number of known devices, by user.
    devices: BTreeMap<String, usize>,
    /// The number of sessions with the same description.
    sessions: BTreeMap<String, usize>,
    key_ring_version: i64,
}

impl StoredState {
    pub fn read(world: &World) -> Self {
        let (mut items, mut devices, mut sessions) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let all = world.database.items("");
        for (key, item) in all.clone() {
            match key.split('#').next().unwrap() {
                "user" => {
                    let device_count = item["devices"]["M"].as_object().map_or(0, |devices| devices.len());
                    devices.insert(key.clone(), device_count);
                    items.insert(key, describe_user(&item));
                }
                "message" | "wish" => _ = items.insert(key, describe_post(&item)),
                "session" => *sessions.entry(describe_session(world, &all, &item)).or_default() += 1,
                "limit" => {}
                kind => panic!("unknown kind of item: {kind}"),
            }
        }
        let key_ring = world.database.items_of_table("wishboard-keys", "ring#public");
        let key_ring_version = number_attribute(&key_ring["ring#public"], "version");
        Self { items, devices, sessions, key_ring_version }
    }

    /// Counts equal sessions as one, and ignores known devices. A client that has not received the response to a login
    /// cannot use the session and the device, and its next login creates others.
    pub fn with_distinct_sessions(mut self) -> Self {
        self.devices.clear();
        self.sessions.values_mut().for_each(|count| *count = 1);
        self
    }
}

fn describe_user(item: &Value) -> String {
    if !item["closed_at"].is_null() {
        return "deleted".to_owned();
    }
    let password = match item["password"]["S"].as_str().unwrap() == fast_password_hash() {
        true => "old",
        false => "new",
    };
    let name = item["name"]["S"].as_str().unwrap();
    format!("{name}, {password} password")
}

fn describe_post(item: &Value) -> String {
    if !item["deleted_by"].is_null() {
        return "deleted".to_owned();
    }
    let mut post = item["thing"]["M"].clone();
    for time in ["created_at", "edited_at"] {
        post.as_object_mut().unwrap().remove(time);
    }
    post.to_string()
}

fn describe_session(world: &World, all: &BTreeMap<String, Value>, item: &Value) -> String {
    let sid = item["sid"]["S"].as_str().unwrap();
    let known = [("ann's", &world.ann), ("ann's other", &world.other), ("ended", &world.ended)];
    let name = known.iter().find(|(_, known)| known.sid == sid).map_or("new", |(name, _)| name);
    let username = item["username"]["S"].as_str().unwrap();
    let user = &all[&format!("user#{username}")];
    let state = if item["generation"] == user["generation"] { "live" } else { "ended" };
    format!("{state}, {name}, of {username}")
}

/// Returns the number of counted attempts for each rate limit. Checks that no counter is negative.
pub fn counted_attempts(world: &World) -> BTreeMap<String, i64> {
    let mut counted = BTreeMap::new();
    for (key, item) in world.database.items("limit#") {
        let (attempts, pending) = (number_attribute(&item, "hits"), number_attribute(&item, "pending"));
        assert!(attempts >= 0 && pending >= 0, "a refund has been counted twice: {item}");
        *counted.entry(key.split('#').nth(1).unwrap().to_owned()).or_default() += attempts;
    }
    counted
}
