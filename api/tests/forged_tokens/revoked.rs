//! Valid tokens that have been revoked: by deleting the account, by ending the session, by changing the password, or by
//! replacing the signing keys.

use serde_json::json;

use crate::support::entry_point::{EntryPoint, Outcome};
use crate::support::{NEW_PASSWORD, PASSWORD};

const REFUSED: Outcome = Outcome::Refused(401);

#[tokio::test]
async fn a_token_of_a_deleted_user_is_refused() {
    for entry_point in EntryPoint::start_all().await {
        let token = entry_point.sign_up("ann").await;
        assert_eq!(entry_point.post_message(&token).await, Outcome::Allowed);
        let deletion = json!({"password": PASSWORD});
        entry_point.request("POST", "/api/me/delete", Some(&token), deletion).await;
        assert_eq!(entry_point.post_message(&token).await, REFUSED, "{}", entry_point.name());
    }
}

#[tokio::test]
async fn a_token_of_an_ended_session_is_refused() {
    for entry_point in EntryPoint::start_all().await {
        let token = entry_point.sign_up("ann").await;
        assert_eq!(entry_point.post_message(&token).await, Outcome::Allowed);
        entry_point.request("POST", "/api/logout", Some(&token), json!({})).await;
        assert_eq!(entry_point.post_message(&token).await, REFUSED, "{}", entry_point.name());
    }
}

#[tokio::test]
async fn a_token_from_before_a_password_change_is_refused() {
    for entry_point in EntryPoint::start_all().await {
        let old = entry_point.sign_up("ann").await;
        let new = entry_point.log_in("ann").await;
        let change = json!({"current": PASSWORD, "new": NEW_PASSWORD});
        entry_point.request("PUT", "/api/me/password", Some(&new), change).await;
        assert_eq!(entry_point.post_message(&old).await, REFUSED, "{}", entry_point.name());
        assert_eq!(entry_point.post_message(&new).await, Outcome::Allowed, "{}", entry_point.name());
    }
}

#[tokio::test]
async fn a_token_of_a_replaced_key_is_refused() {
    for mut entry_point in EntryPoint::start_all().await {
        let old = entry_point.sign_up("ann").await;
        assert_eq!(entry_point.post_message(&old).await, Outcome::Allowed);
        entry_point.replace_signing_keys().await;
        assert_eq!(entry_point.post_message(&old).await, REFUSED, "{}", entry_point.name());
        let new = entry_point.log_in("ann").await;
        assert_eq!(entry_point.post_message(&new).await, Outcome::Allowed, "{}", entry_point.name());
    }
}
