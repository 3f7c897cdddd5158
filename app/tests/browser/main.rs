//! The app in a real browser, used the way a person uses it. Only the network's edge is scripted.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod account;
mod board;
mod delete;
mod draft;
mod edit;
mod export;
mod fresh;
mod interceptor;
mod json;
mod language;
mod leave;
mod log_in;
mod logins;
mod navigation;
mod network;
mod page;
mod password;
mod post;
mod session;
mod sign_up;
mod storage;
mod visible;
mod wait;
mod wishlist;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
