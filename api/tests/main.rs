//! The API from outside: over HTTP, with the real engine in memory.

#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod account;
mod attack;
mod authorizer;
mod board;
mod config;
mod conflict;
mod cors;
mod data_folder;
mod edit;
mod external_jwk;
mod external_lifetime;
mod feed;
mod fresh;
mod hardship;
mod issuer;
mod keys;
mod lambda;
mod limit;
mod lite;
mod local;
mod log;
mod me;
mod outside;
mod profile;
mod race;
mod request;
mod rotation;
mod session;
mod sessions;
mod site;
mod support;
mod token;
mod units;
mod visible;
mod wishlist;
