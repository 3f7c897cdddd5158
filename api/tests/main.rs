//! Tests of the API over HTTP, with an embedded database in memory. Some start the built programs as processes.

#![allow(clippy::unwrap_used, reason = "a test that cannot continue has failed")]

mod support;

mod users {
    mod author_names;
    mod deletion;
    mod export;
    mod password_change;
    mod password_strength;
    mod profile;
    mod sign_up;
}

mod sessions {
    mod concurrent_logins;
    mod earlier_formats;
    mod end;
    mod list;
    mod log_in;
    mod log_out;
    mod refresh;
    mod user_agents;
}

mod posts {
    mod deletions;
    mod edits;
    mod idempotency_keys;
    mod list_etags;
    mod messages;
    mod pagination;
    mod rate_limits;
    mod wishes;
}

mod auth {
    mod access_token;
    mod confirmation_limits;
    mod device_limits;
    mod known_devices;
    mod login_cost;
    mod login_limits;
    mod mode;
    mod password_hashing;
    mod same_site;
    mod session_cookie;
    mod sign_up_limits;
    mod trusted_proxies;
}

mod external {
    mod jwk;
    mod jwks_cache;
    mod token;
    mod token_lifetime;
    mod users;
}

mod faults;

mod forged_tokens;
mod permissions;

mod signing_keys {
    mod key_ring;
    mod keys_command;
    mod login_profile;
    mod rotation;
    mod rotation_failures;
    mod well_known;
}

mod store {
    mod feed_shards;
    mod item_expiry;
    mod request_costs;
    mod transaction_retry;
}

mod web {
    mod canonical_urls;
    mod compression;
    mod cors;
    mod logging;
    mod request_bodies;
    mod requests;
    mod visible_characters;
}

mod lite;

mod openapi {
    mod compatibility;
    mod document;
    mod links;
}

mod lambda {
    mod amazon_trust_services;
    mod authorizer;
    mod compression;
    mod gateway_events;
    mod template_routes;
}

mod property;

mod local {
    mod config;
    mod connections;
    mod data_folder;
    mod durability;
    mod http_rules;
    mod preload;
    mod process;
    mod site;
}
