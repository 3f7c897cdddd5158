//! The API from outside: over HTTP, with the real engine in memory.

#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod account;
mod attack;
mod author_names;
mod authorizer;
mod board;
mod config;
mod conflict;
mod connections;
mod cookie;
mod cors;
mod edit;
mod erasure;
mod expiry;
mod feed;
mod fresh;
mod hardship;
mod http_rules;
mod identifiers;
mod issuer;
mod keys;
mod known_device;
mod lambda;
mod lite;
mod local;
mod login_cost;
mod me;
mod outside;
mod password;
mod post_limit;
mod profile;
mod race;
mod rate_limit;
mod request;
mod rotation;
mod session;
mod sessions;
mod site;
mod support;
mod token;
mod trusted_proxy;
mod units;
mod wishlist;
