//! Access tokens: their content, their lifetime, and how a request sends them. `forged_tokens` tests which tokens are
//! refused.

use api::auth::access_token::Claims;
use jiff::SignedDuration;
use jsonwebtoken::Algorithm;
use jsonwebtoken::dangerous::insecure_decode;

use crate::support::TestApp;

#[tokio::test]
async fn a_token_has_the_claims_of_rfc_9068() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let header = jsonwebtoken::decode_header(ann.token()).unwrap();
    assert_eq!((header.typ.as_deref(), header.alg), (Some("at+jwt"), Algorithm::RS256));
    let claims = insecure_decode::<Claims>(ann.token()).unwrap().claims;
    assert_eq!(claims.iss, app.url);
    assert_eq!(
        [&*claims.aud, &*claims.client_id, &*claims.scope, &*claims.sub],
        ["wishboard", "wishboard", "wishboard", "ann"]
    );
    assert_eq!(claims.exp - claims.iat, 600);
}

#[tokio::test]
async fn a_token_is_accepted_alone_and_after_bearer_in_any_case() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for value in
        [format!("bearer {}", ann.token()), format!("BEARER  {}", ann.token()), ann.token().to_owned()]
    {
        assert_eq!(app.guest().with("authorization", &value).get("/api/me").await.status, 200);
    }
    for value in [
        format!("Basic {}", ann.token()),
        format!("Bearer {} x", ann.token()),
        "Bearer".to_owned(),
        String::new(),
    ] {
        let guest = app.guest().with("authorization", &value);
        guest.get("/api/me").await.assert_problem(401, "not-logged-in");
    }
    let twice = ann.with("authorization", format!("Bearer {}", ann.token()));
    twice.get("/api/me").await.assert_problem(401, "not-logged-in");
}

#[tokio::test]
async fn a_token_is_valid_for_ten_minutes() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let exp = insecure_decode::<Claims>(ann.token()).unwrap().claims.exp;
    app.advance(SignedDuration::from_secs(exp - 1 - app.unix_time()));
    assert_eq!(ann.get("/api/me").await.status, 200);
    // Clocks may differ by 5 seconds.
    app.advance(SignedDuration::from_secs(exp + 6 - app.unix_time()));
    ann.get("/api/me").await.assert_problem(401, "not-logged-in");
}
