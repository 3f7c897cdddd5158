//! Tokens in the wrong place: in the query, in several headers, with another scheme, or in a header that is too large.

use super::forger::{Forger, parts};
use super::{assert_all_are_refused, is_refused};
use crate::support::entry_point::{EntryPoint, Outcome};

#[tokio::test]
async fn a_token_in_the_query_is_ignored() {
    for entry_point in EntryPoint::start_all().await {
        let token = entry_point.sign_up("ann").await;
        for parameter in ["access_token", "token", "jwt", "Authorization"] {
            let path = format!("/api/messages?{parameter}={token}");
            let outcome = entry_point.post_message_with(&path, &[]).await;
            assert_eq!(outcome, Outcome::Refused(401), "{}", entry_point.name());
        }
    }
}

#[tokio::test]
async fn a_malformed_authorization_header_is_refused() {
    assert_all_are_refused(async |forger| {
        let token = &forger.token;
        let bearer = format!("Bearer {token}");
        let [header, claims, signature] = parts(token);
        let headers = [
            vec![],
            vec![String::new()],
            vec!["Bearer".to_owned()],
            vec![format!("Basic {token}")],
            vec![format!("Bearer Bearer {token}")],
            vec![format!("Bearer={token}")],
            vec![format!("Bearer\u{b}{token}")],
            vec![format!("Digest token={token}")],
            vec![format!("Bearer {header}.\n{claims}.{signature}")],
            vec![format!("Bearer {header}.{claims}\n .{signature}")],
            vec![format!("Bearer\n{token}")],
            vec![bearer.clone(), bearer.clone()],
            vec![bearer.clone(), "Bearer x".to_owned()],
            vec!["Bearer x".to_owned(), bearer.clone()],
            vec![bearer, String::new()],
        ];
        let attacks = headers.into_iter().enumerate();
        attacks.map(|(number, headers)| (format!("number {number} of the list"), headers)).collect()
    })
    .await;
}

/// The request line and the headers of a request to an HTTP API have at most 10,240 bytes ("Quotas for configuring and
/// running an HTTP API in API Gateway", Amazon API Gateway Developer Guide). The local server refuses much larger ones.
#[tokio::test]
async fn the_largest_possible_header_is_refused() {
    for entry_point in EntryPoint::start_all().await {
        let forger = Forger::start(&entry_point, "ann").await;
        let [header, claims, signature] = parts(&forger.token);
        let bytes = if matches!(entry_point, EntryPoint::Local(_)) { 8 << 20 } else { 10_000 };
        let filler = "A".repeat(bytes - forger.token.len());
        for token in [
            format!("{header}{filler}.{claims}.{signature}"),
            format!("{header}.{filler}{claims}.{signature}"),
            format!("{header}.{claims}.{signature}{filler}"),
        ] {
            let outcome = entry_point.post_message(&token).await;
            assert!(is_refused(&outcome), "{}: {outcome:?}", entry_point.name());
        }
        assert_eq!(entry_point.post_message(&forger.token).await, Outcome::Allowed);
    }
}
