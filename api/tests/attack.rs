//! Attacks on tokens, all of them at every door. Each must end as 401 (or 400, or 431 where a gateway or
//! the server can't read it at all), and none may reach a handler.

mod claims;
mod forger;
mod form;
mod header;

use serde_json::{Value, json};

use self::forger::Forger;
use self::forger::parts;
use crate::support::PASSWORD;
use crate::support::door::{Door, Verdict};

/// What is tried, and the `Authorization` headers it comes with.
type Attack = (String, Vec<String>);

/// Shows all attacks at all doors, and honest tokens before and after.
async fn attack(attacks: impl AsyncFn(&Forger) -> Vec<Attack>) {
    for door in Door::all().await {
        let forger = Forger::at(&door, "ann").await;
        let honest = [format!("Bearer {}", forger.sign(&forger.header, &forger.claims))];
        assert_eq!(
            door.judge("/api/messages", &honest).await,
            Verdict::Allowed,
            "the forger can do it right"
        );
        let before = posted(&door).await;
        let attacks = attacks(&forger).await.into_iter();
        for (name, authorization) in attacks.filter(|(_, authorization)| door.carries(authorization)) {
            let verdict = door.judge("/api/messages", &authorization).await;
            let is_refused = matches!(verdict, Verdict::Refused(400 | 401 | 431));
            assert!(is_refused, "{}: {name}: {verdict:?}", door.name());
        }
        assert_eq!(posted(&door).await, before, "{}: a handler was reached", door.name());
        assert_eq!(door.judge("/api/messages", &honest).await, Verdict::Allowed, "{}", door.name());
    }
}

async fn posted(door: &Door) -> usize {
    let list = door.does("GET", "/api/messages", None, Value::Null).await;
    list["messages"].as_array().unwrap().len()
}

fn bearer(name: impl Into<String>, token: &str) -> Attack {
    (name.into(), vec![format!("Bearer {token}")])
}

#[tokio::test]
async fn a_token_in_the_address_does_not_count() {
    for door in Door::all().await {
        let token = door.sign_up("ann").await;
        for name in ["access_token", "token", "jwt", "Authorization"] {
            let path = format!("/api/messages?{name}={token}");
            assert_eq!(door.judge(&path, &[]).await, Verdict::Refused(401), "{}", door.name());
        }
    }
}

#[tokio::test]
async fn tokens_whose_person_session_or_generation_is_gone() {
    for door in Door::all().await {
        let judge = async |token: &str| door.judge("/api/messages", &[format!("Bearer {token}")]).await;
        let refused = Verdict::Refused(401);

        let closed = door.sign_up("ann").await;
        assert_eq!(judge(&closed).await, Verdict::Allowed);
        door.does("POST", "/api/me/delete", Some(&closed), json!({"password": PASSWORD})).await;
        assert_eq!(judge(&closed).await, refused, "{}: a deleted user", door.name());

        let ended = door.sign_up("bob").await;
        assert_eq!(judge(&ended).await, Verdict::Allowed);
        door.does("POST", "/api/logout", Some(&ended), json!({})).await;
        assert_eq!(judge(&ended).await, refused, "{}: an ended session", door.name());

        let old = door.sign_up("cleo").await;
        let login = json!({"username": "cleo", "password": PASSWORD});
        let new = door.does("POST", "/api/login", None, login).await;
        let new = new["token"].as_str().unwrap();
        let passwords = json!({"current": PASSWORD, "new": "nine purple lanterns sway"});
        door.does("PUT", "/api/me/password", Some(new), passwords).await;
        assert_eq!(judge(&old).await, refused, "{}: an old generation", door.name());
        assert_eq!(judge(new).await, Verdict::Allowed, "{}", door.name());
    }
}

#[tokio::test]
async fn tokens_of_a_dropped_key() {
    for mut door in Door::all().await {
        let old = [format!("Bearer {}", door.sign_up("ann").await)];
        assert_eq!(door.judge("/api/messages", &old).await, Verdict::Allowed);
        door.drop_keys().await;
        assert_eq!(door.judge("/api/messages", &old).await, Verdict::Refused(401), "{}", door.name());
        let login = json!({"username": "ann", "password": PASSWORD});
        let body = door.does("POST", "/api/login", None, login).await;
        let new = [format!("Bearer {}", body["token"].as_str().unwrap())];
        assert_eq!(door.judge("/api/messages", &new).await, Verdict::Allowed, "{}", door.name());
    }
}

/// A request's line and headers through an HTTP API: 10,240 bytes at most ("Quotas for configuring and
/// running an HTTP API", Amazon API Gateway Developer Guide). The local server cuts far larger ones off.
#[tokio::test]
async fn the_largest_header_there_can_be() {
    for door in Door::all().await {
        let forger = Forger::at(&door, "ann").await;
        let [header, claims, signature] = parts(&forger.token);
        let bytes = if matches!(door, Door::Local(_)) { 8 << 20 } else { 10_000 };
        let filler = "A".repeat(bytes - forger.token.len());
        for token in [
            format!("{header}{filler}.{claims}.{signature}"),
            format!("{header}.{filler}{claims}.{signature}"),
            format!("{header}.{claims}.{signature}{filler}"),
        ] {
            let verdict = door.judge("/api/messages", &[format!("Bearer {token}")]).await;
            assert!(matches!(verdict, Verdict::Refused(400 | 401 | 431)), "{}: {verdict:?}", door.name());
        }
        let honest = [format!("Bearer {}", forger.token)];
        assert_eq!(door.judge("/api/messages", &honest).await, Verdict::Allowed);
    }
}
