//! Tokens, as they are made and shown. What is refused is in `attack`.

use api::auth::access_token::Claims;
use jiff::SignedDuration;
use jsonwebtoken::Algorithm;

use crate::support::TestApp;

#[tokio::test]
async fn a_token_says_what_the_profile_demands() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let header = jsonwebtoken::decode_header(ann.token()).unwrap();
    assert_eq!((header.typ.as_deref(), header.alg), (Some("at+jwt"), Algorithm::RS256));
    let claims = jsonwebtoken::dangerous::insecure_decode::<Claims>(ann.token()).unwrap().claims;
    assert_eq!(claims.iss, app.url);
    assert_eq!(
        [&*claims.aud, &*claims.client_id, &*claims.scope, &*claims.sub],
        ["wishboard", "wishboard", "wishboard", "ann"]
    );
    assert_eq!(claims.exp - claims.iat, 600);
}

#[tokio::test]
async fn a_token_is_accepted_bare_and_with_bearer_in_any_case() {
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
        app.guest().with("authorization", &value).get("/api/me").await.assert_problem(401, "not-logged-in");
    }
    let twice = ann.with("authorization", format!("Bearer {}", ann.token()));
    twice.get("/api/me").await.assert_problem(401, "not-logged-in");
}

#[tokio::test]
async fn a_token_lives_ten_minutes() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    app.state.clock.advance(SignedDuration::from_secs(599));
    assert_eq!(ann.get("/api/me").await.status, 200);
    app.state.clock.advance(SignedDuration::from_secs(7));
    ann.get("/api/me").await.assert_problem(401, "not-logged-in");
}
