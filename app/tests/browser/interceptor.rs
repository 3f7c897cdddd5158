//! The interceptor: when and how often it refreshes the access token, and which requests it retries.

use app::api::{Error, Request};
use app::notices::{Notice, Notices};
use app::sessions::credentials::Credentials;
use app::sessions::interceptor;
use app::sessions::log_in::start_session;
use app::sessions::state::Session;
use futures_util::future::{join, join3};
use leptos::prelude::Owner;
use shared::problem::ProblemType;
use shared::users::User;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::{logged_in, user};
use crate::support::gate::Gate;
use crate::support::network::Network;
use crate::support::responses::{
    json, network_error, problem, timeout, unauthorized, unauthorized_by_gateway,
};
use crate::support::wait::settled;
use crate::support::web_storage;

const PROFILE: &str = "GET /api/me";
const REFRESH: &str = "POST /api/token";

/// A session and a scripted network, without a page.
struct Browser {
    session: Session,
    notices: Notices,
    network: Network,
    _owner: Owner,
}

impl Browser {
    /// A browser in which no user is logged in.
    fn of_guest() -> Self {
        let network = Network::new();
        let owner = Owner::new();
        let notices = owner.with(Notices::provide);
        let session = owner.with(|| Session::provide(notices));
        Self { session, notices, network, _owner: owner }
    }

    /// A browser in which Ada is logged in. Her access token is `first`.
    fn of_ada() -> Self {
        let browser = Self::of_guest();
        browser.session.log_in(Credentials::from(logged_in("ada", "first")));
        browser
    }

    async fn get_profile(&self) -> Result<User, Error> {
        interceptor::call(self.session, Request::get("/api/me")).await
    }

    /// The `Authorization` headers of the requests for the profile.
    fn sent_tokens(&self) -> Vec<String> {
        self.network.sent(PROFILE).into_iter().map(|sent| sent.authorization.unwrap_or_default()).collect()
    }

    fn username(&self) -> Option<String> {
        self.session.user().map(|user| user.username)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        web_storage::clear();
    }
}

#[wasm_bindgen_test]
async fn an_expired_token_is_refreshed_and_the_request_retried() {
    let browser = Browser::of_ada();
    browser.network.respond_in_turn(PROFILE, [unauthorized(), json(200, &user("ada"))]);
    browser.network.respond(REFRESH, json(200, &logged_in("ada", "second")));
    assert_eq!(browser.get_profile().await, Ok(user("ada")));
    assert_eq!(browser.sent_tokens(), ["Bearer first", "Bearer second"]);
    assert_eq!(browser.network.sent(REFRESH)[0].authorization, None, "only the cookie is sent");
}

#[wasm_bindgen_test]
async fn a_401_of_a_gateway_also_refreshes_the_token() {
    let browser = Browser::of_ada();
    browser.network.respond_in_turn(PROFILE, [unauthorized_by_gateway(), json(200, &user("ada"))]);
    browser.network.respond(REFRESH, json(200, &logged_in("ada", "second")));
    assert_eq!(browser.get_profile().await, Ok(user("ada")));
}

#[wasm_bindgen_test]
async fn concurrent_requests_share_one_refresh_and_are_retried_once_each() {
    let browser = Browser::of_ada();
    let gate = Gate::new();
    let rejected = unauthorized();
    let late = rejected.clone().behind(&gate);
    let ok = json(200, &user("ada"));
    browser.network.respond_in_turn(PROFILE, [rejected.clone(), rejected, late, ok]);
    browser.network.respond(REFRESH, json(200, &logged_in("ada", "second")));
    let open_gate = async {
        settled().await; // the other two requests have been retried by now
        gate.open();
    };
    let all = join3(browser.get_profile(), browser.get_profile(), browser.get_profile());
    let (results, ()) = join(all, open_gate).await;
    assert_eq!(results, (Ok(user("ada")), Ok(user("ada")), Ok(user("ada"))));
    assert_eq!(browser.network.count(REFRESH), 1);
    assert_eq!(browser.network.count(PROFILE), 6);
}

#[wasm_bindgen_test]
async fn a_401_for_a_guest_does_not_refresh() {
    let browser = Browser::of_guest();
    browser.network.respond(PROFILE, unauthorized());
    assert_eq!(browser.get_profile().await.unwrap_err().status(), Some(401));
    assert_eq!(browser.sent_tokens(), [""]);
    assert_eq!(browser.network.count(REFRESH), 0);
}

#[wasm_bindgen_test]
async fn a_rejected_login_or_sign_up_does_not_refresh() {
    let browser = Browser::of_ada();
    for path in ["/api/login", "/api/signup"] {
        let line = format!("POST {path}");
        browser.network.respond(&line, problem(401, ProblemType::WrongLogin, None));
        let result = start_session(browser.session, path, &()).await;
        assert_eq!(result.unwrap_err().status(), Some(401));
        assert_eq!(browser.network.sent(&line)[0].authorization, None);
    }
    assert_eq!(browser.network.count(REFRESH), 0);
    assert_eq!(browser.username().as_deref(), Some("ada"));
}

#[wasm_bindgen_test]
async fn only_a_401_refreshes() {
    let browser = Browser::of_ada();
    browser.network.respond(PROFILE, json(403, &serde_json::json!({"message": "Forbidden"})));
    assert_eq!(browser.get_profile().await, Err(Error::Unexpected(403)));
    assert_eq!(browser.network.count(REFRESH), 0);
}

#[wasm_bindgen_test]
async fn a_request_is_not_retried_for_another_user() {
    let browser = Browser::of_ada();
    browser.network.respond(PROFILE, unauthorized());
    browser.network.respond(REFRESH, json(200, &logged_in("grace", "graces")));
    assert_eq!(browser.get_profile().await, Err(Error::UserChanged));
    assert_eq!(browser.sent_tokens(), ["Bearer first"]);
    assert_eq!(browser.username().as_deref(), Some("grace"), "the session cookie belongs to Grace");
    assert_eq!(browser.notices.shown(), Some(Notice::UserChanged(user("grace"))));
}

#[wasm_bindgen_test]
async fn a_rejected_refresh_ends_the_session() {
    let browser = Browser::of_ada();
    browser.network.respond(PROFILE, unauthorized());
    browser.network.respond(REFRESH, unauthorized());
    assert_eq!(browser.get_profile().await, Err(Error::SessionExpired));
    assert_eq!(browser.username(), None);
    assert_eq!(browser.notices.shown(), Some(Notice::SessionExpired));
    assert_eq!(browser.network.count(PROFILE), 1);
}

#[wasm_bindgen_test]
async fn a_401_after_the_refresh_ends_the_session() {
    let browser = Browser::of_ada();
    browser.network.respond(PROFILE, unauthorized());
    browser.network.respond(REFRESH, json(200, &logged_in("ada", "second")));
    assert_eq!(browser.get_profile().await, Err(Error::SessionExpired));
    assert_eq!(browser.username(), None);
    assert_eq!((browser.network.count(PROFILE), browser.network.count(REFRESH)), (2, 1));
}

#[wasm_bindgen_test]
async fn a_failed_refresh_keeps_the_user_logged_in() {
    let browser = Browser::of_ada();
    browser.network.respond(PROFILE, unauthorized());
    browser.network.respond_in_turn(REFRESH, [network_error(), problem(503, ProblemType::Unavailable, None)]);
    assert_eq!(browser.get_profile().await, Err(Error::Offline));
    assert_eq!(browser.get_profile().await.unwrap_err().status(), Some(503));
    assert_eq!(browser.username().as_deref(), Some("ada"));
    assert_eq!(browser.network.count(REFRESH), 2, "one for each request");
}

#[wasm_bindgen_test]
async fn a_refresh_does_not_undo_a_logout() {
    let browser = Browser::of_ada();
    let gate = Gate::new();
    browser.network.respond(PROFILE, unauthorized());
    browser.network.respond(REFRESH, json(200, &logged_in("ada", "second")).behind(&gate));
    let log_out = async {
        settled().await;
        browser.session.log_out();
        gate.open();
    };
    let (result, ()) = join(browser.get_profile(), log_out).await;
    assert_eq!(result, Err(Error::SessionExpired));
    assert_eq!(browser.username(), None);
    assert_eq!(browser.sent_tokens(), ["Bearer first"]);
}

#[wasm_bindgen_test]
async fn a_network_error_is_reported_as_offline() {
    let browser = Browser::of_ada();
    browser.network.respond(PROFILE, network_error());
    assert_eq!(browser.get_profile().await, Err(Error::Offline));
}

#[wasm_bindgen_test]
async fn a_late_response_is_reported_as_a_timeout() {
    let browser = Browser::of_ada();
    browser.network.respond(PROFILE, timeout());
    assert_eq!(browser.get_profile().await, Err(Error::Timeout));
}

#[wasm_bindgen_test]
async fn an_unreadable_body_is_reported_as_an_unexpected_response() {
    let browser = Browser::of_ada();
    browser.network.respond(PROFILE, json(200, &"<html>"));
    assert_eq!(browser.get_profile().await, Err(Error::Unexpected(200)));
}
