//! Attacks on tokens, all of them at every entry_point. Each must end as 401 (or 400, or 431 where a gateway or
//! the server can't read it at all), and none may reach a handler.

mod claims;
mod encoding;
mod forger;
mod header;

use serde_json::{Value, json};

use self::forger::Forger;
use self::forger::parts;
use crate::support::PASSWORD;
use crate::support::entry_point::{EntryPoint, Outcome};

/// What is tried, and the `Authorization` headers it comes with.
type Attack = (String, Vec<String>);

/// Shows all attacks at all entry_points, and honest tokens before and after.
async fn attack(attacks: impl AsyncFn(&Forger) -> Vec<Attack>) {
    for entry_point in EntryPoint::all().await {
        let forger = Forger::at(&entry_point, "ann").await;
        let honest = [format!("Bearer {}", forger.sign(&forger.header, &forger.claims))];
        assert_eq!(
            entry_point.try_token("/api/messages", &honest).await,
            Outcome::Allowed,
            "the forger can do it right"
        );
        let before = posted(&entry_point).await;
        let attacks = attacks(&forger).await.into_iter();
        for (name, authorization) in attacks.filter(|(_, authorization)| entry_point.carries(authorization)) {
            let verdict = entry_point.try_token("/api/messages", &authorization).await;
            let is_refused = matches!(verdict, Outcome::Refused(400 | 401 | 431));
            assert!(is_refused, "{}: {name}: {verdict:?}", entry_point.name());
        }
        assert_eq!(posted(&entry_point).await, before, "{}: a handler was reached", entry_point.name());
        assert_eq!(
            entry_point.try_token("/api/messages", &honest).await,
            Outcome::Allowed,
            "{}",
            entry_point.name()
        );
    }
}

async fn posted(entry_point: &EntryPoint) -> usize {
    let list = entry_point.does("GET", "/api/messages", None, Value::Null).await;
    list["messages"].as_array().unwrap().len()
}

fn bearer(name: impl Into<String>, token: &str) -> Attack {
    (name.into(), vec![format!("Bearer {token}")])
}

#[tokio::test]
async fn a_token_in_the_address_does_not_count() {
    for entry_point in EntryPoint::all().await {
        let token = entry_point.sign_up("ann").await;
        for name in ["access_token", "token", "jwt", "Authorization"] {
            let path = format!("/api/messages?{name}={token}");
            assert_eq!(
                entry_point.try_token(&path, &[]).await,
                Outcome::Refused(401),
                "{}",
                entry_point.name()
            );
        }
    }
}

#[tokio::test]
async fn tokens_whose_person_session_or_generation_is_gone() {
    for entry_point in EntryPoint::all().await {
        let try_token =
            async |token: &str| entry_point.try_token("/api/messages", &[format!("Bearer {token}")]).await;
        let refused = Outcome::Refused(401);

        let closed = entry_point.sign_up("ann").await;
        assert_eq!(try_token(&closed).await, Outcome::Allowed);
        entry_point.does("POST", "/api/me/delete", Some(&closed), json!({"password": PASSWORD})).await;
        assert_eq!(try_token(&closed).await, refused, "{}: a deleted user", entry_point.name());

        let ended = entry_point.sign_up("bob").await;
        assert_eq!(try_token(&ended).await, Outcome::Allowed);
        entry_point.does("POST", "/api/logout", Some(&ended), json!({})).await;
        assert_eq!(try_token(&ended).await, refused, "{}: an ended session", entry_point.name());

        let old = entry_point.sign_up("cleo").await;
        let login = json!({"username": "cleo", "password": PASSWORD});
        let new = entry_point.does("POST", "/api/login", None, login).await;
        let new = new["token"].as_str().unwrap();
        let passwords = json!({"current": PASSWORD, "new": "nine purple lanterns sway"});
        entry_point.does("PUT", "/api/me/password", Some(new), passwords).await;
        assert_eq!(try_token(&old).await, refused, "{}: an old generation", entry_point.name());
        assert_eq!(try_token(new).await, Outcome::Allowed, "{}", entry_point.name());
    }
}

#[tokio::test]
async fn tokens_of_a_dropped_key() {
    for mut entry_point in EntryPoint::all().await {
        let old = [format!("Bearer {}", entry_point.sign_up("ann").await)];
        assert_eq!(entry_point.try_token("/api/messages", &old).await, Outcome::Allowed);
        entry_point.drop_keys().await;
        assert_eq!(
            entry_point.try_token("/api/messages", &old).await,
            Outcome::Refused(401),
            "{}",
            entry_point.name()
        );
        let login = json!({"username": "ann", "password": PASSWORD});
        let body = entry_point.does("POST", "/api/login", None, login).await;
        let new = [format!("Bearer {}", body["token"].as_str().unwrap())];
        assert_eq!(
            entry_point.try_token("/api/messages", &new).await,
            Outcome::Allowed,
            "{}",
            entry_point.name()
        );
    }
}

/// A request's line and headers through an HTTP API: 10,240 bytes at most ("Quotas for configuring and
/// running an HTTP API", Amazon API Gateway Developer Guide). The local server cuts far larger ones off.
#[tokio::test]
async fn the_largest_header_there_can_be() {
    for entry_point in EntryPoint::all().await {
        let forger = Forger::at(&entry_point, "ann").await;
        let [header, claims, signature] = parts(&forger.token);
        let bytes = if matches!(entry_point, EntryPoint::Local(_)) { 8 << 20 } else { 10_000 };
        let filler = "A".repeat(bytes - forger.token.len());
        for token in [
            format!("{header}{filler}.{claims}.{signature}"),
            format!("{header}.{filler}{claims}.{signature}"),
            format!("{header}.{claims}.{signature}{filler}"),
        ] {
            let verdict = entry_point.try_token("/api/messages", &[format!("Bearer {token}")]).await;
            assert!(
                matches!(verdict, Outcome::Refused(400 | 401 | 431)),
                "{}: {verdict:?}",
                entry_point.name()
            );
        }
        let honest = [format!("Bearer {}", forger.token)];
        assert_eq!(entry_point.try_token("/api/messages", &honest).await, Outcome::Allowed);
    }
}
