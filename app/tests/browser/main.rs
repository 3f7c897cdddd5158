//! Component tests: run the whole app in a real browser with a scripted network, and use it like a user.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a failed `unwrap` fails the test")]

mod account_deletion;
mod account_page;
mod avatar;
mod credentials;
mod cross_tab;
mod delete_message;
mod drafts;
mod early_fetch;
mod edit_message;
mod editor;
mod export;
mod guest_links;
mod interceptor;
mod json;
mod keyboard_shortcut;
mod language;
mod list_sync;
mod log_in;
mod log_in_again;
mod log_out;
mod messages;
mod navigation;
mod password;
mod post_message;
mod post_text;
mod profile;
mod rate_limited_form;
mod session_list;
mod sign_up;
mod start_script;
mod support;
mod user_wishes;
mod visible_text;
mod web_storage;
mod wishes;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
