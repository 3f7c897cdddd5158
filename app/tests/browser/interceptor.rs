//! The interceptor: when it refreshes a token, how often, and for whom.

use app::api::{Failure, Request, call, enter};
use app::session::{Login, Notice, Session};
use futures_util::future::join3;
use leptos::prelude::Owner;
use shared::account::User;
use shared::problem::Kind;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::network::{
    Network, gate, json, logged_in, not_logged_in, offline, problem, refused_by_gateway, too_late, user,
};
use crate::page::{drawn, forget_everything};

const ME: &str = "GET /api/me";
const TOKEN: &str = "POST /api/token";

/// A browser in which somebody is logged in, with a token called `first`, or nobody.
struct Browser {
    session: Session,
    network: Network,
    _owner: Owner,
}

impl Browser {
    fn of(username: Option<&str>) -> Self {
        let network = Network::new();
        let owner = Owner::new();
        let session = owner.with(Session::provide);
        if let Some(username) = username {
            session.log_in(Login::from(logged_in(username, "first")));
        }
        Self { session, network, _owner: owner }
    }

    async fn me(&self) -> Result<User, Failure> {
        call(self.session, Request::get("/api/me")).await
    }

    fn tokens_sent(&self) -> Vec<String> {
        self.network.sent(ME).into_iter().map(|sent| sent.authorization.unwrap_or_default()).collect()
    }

    fn who(&self) -> Option<String> {
        self.session.user().map(|user| user.username)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        forget_everything();
    }
}

#[wasm_bindgen_test]
async fn an_expired_token_is_refreshed_and_the_request_retried() {
    let browser = Browser::of(Some("ada"));
    browser.network.answers(ME, [not_logged_in(), json(200, &user("ada"))]);
    browser.network.answer(TOKEN, json(200, &logged_in("ada", "second")));
    assert_eq!(browser.me().await, Ok(user("ada")));
    assert_eq!(browser.tokens_sent(), ["Bearer first", "Bearer second"]);
    assert_eq!(browser.network.sent(TOKEN)[0].authorization, None, "the cookie alone asks for a token");
}

#[wasm_bindgen_test]
async fn a_gateways_refusal_is_a_refusal_like_any_other() {
    let browser = Browser::of(Some("ada"));
    browser.network.answers(ME, [refused_by_gateway(), json(200, &user("ada"))]);
    browser.network.answer(TOKEN, json(200, &logged_in("ada", "second")));
    assert_eq!(browser.me().await, Ok(user("ada")));
}

#[wasm_bindgen_test]
async fn three_expired_requests_share_one_refresh_and_each_is_retried_once() {
    let browser = Browser::of(Some("ada"));
    let (kept, keep) = gate();
    let ok = json(200, &user("ada"));
    let refused = not_logged_in();
    browser.network.answers(ME, [refused.clone(), refused.clone(), refused.after(&kept), ok]);
    browser.network.answer(TOKEN, json(200, &logged_in("ada", "second")));
    let latecomer = async {
        drawn().await; // the other two have their new token by now
        keep.call0(&kept).unwrap();
    };
    let all = join3(browser.me(), browser.me(), browser.me());
    let (answers, ()) = futures_util::future::join(all, latecomer).await;
    assert_eq!(answers, (Ok(user("ada")), Ok(user("ada")), Ok(user("ada"))));
    assert_eq!(browser.network.count(TOKEN), 1);
    assert_eq!(browser.network.count(ME), 6);
}

#[wasm_bindgen_test]
async fn a_guest_is_refused_without_further_ado() {
    let browser = Browser::of(None);
    browser.network.answer(ME, not_logged_in());
    assert_eq!(browser.me().await.unwrap_err().status(), Some(401));
    assert_eq!(browser.tokens_sent(), [""]);
    assert_eq!(browser.network.count(TOKEN), 0);
}

#[wasm_bindgen_test]
async fn a_refused_login_or_sign_up_refreshes_nothing() {
    let browser = Browser::of(Some("ada"));
    for path in ["/api/login", "/api/signup"] {
        let what = format!("POST {path}");
        browser.network.answer(&what, problem(401, Kind::WrongLogin, None));
        let refused = enter(Request::post(path, &())).await;
        assert_eq!(refused.unwrap_err().status(), Some(401));
        assert_eq!(browser.network.sent(&what)[0].authorization, None);
    }
    assert_eq!(browser.network.count(TOKEN), 0);
    assert_eq!(browser.who().as_deref(), Some("ada"));
}

#[wasm_bindgen_test]
async fn only_a_401_refreshes() {
    let browser = Browser::of(Some("ada"));
    browser.network.answer(ME, json(403, &serde_json::json!({"message": "Forbidden"})));
    assert_eq!(browser.me().await, Err(Failure::Other(403)));
    assert_eq!(browser.network.count(TOKEN), 0);
}

#[wasm_bindgen_test]
async fn nothing_is_retried_for_another_person() {
    let browser = Browser::of(Some("ada"));
    browser.network.answer(ME, not_logged_in());
    browser.network.answer(TOKEN, json(200, &logged_in("grace", "hers")));
    assert_eq!(browser.me().await, Err(Failure::SomebodyElse));
    assert_eq!(browser.tokens_sent(), ["Bearer first"]);
    assert_eq!(browser.who().as_deref(), Some("grace"), "the browser is hers now");
    assert_eq!(browser.session.notice(), Some(Notice::SomebodyElse(user("grace"))));
}

#[wasm_bindgen_test]
async fn a_refused_refresh_ends_the_login() {
    let browser = Browser::of(Some("ada"));
    browser.network.answer(ME, not_logged_in());
    browser.network.answer(TOKEN, not_logged_in());
    assert_eq!(browser.me().await, Err(Failure::Ended));
    assert_eq!(browser.who(), None);
    assert_eq!(browser.session.notice(), Some(Notice::Ended));
    assert_eq!(browser.network.count(ME), 1);
}

#[wasm_bindgen_test]
async fn a_second_refusal_ends_the_login() {
    let browser = Browser::of(Some("ada"));
    browser.network.answer(ME, not_logged_in());
    browser.network.answer(TOKEN, json(200, &logged_in("ada", "second")));
    assert_eq!(browser.me().await, Err(Failure::Ended));
    assert_eq!(browser.who(), None);
    assert_eq!((browser.network.count(ME), browser.network.count(TOKEN)), (2, 1));
}

#[wasm_bindgen_test]
async fn a_refresh_that_does_not_come_through_leaves_the_login() {
    let browser = Browser::of(Some("ada"));
    browser.network.answer(ME, not_logged_in());
    browser.network.answers(TOKEN, [offline(), problem(503, Kind::Unavailable, None)]);
    assert_eq!(browser.me().await, Err(Failure::Offline));
    assert_eq!(browser.me().await.unwrap_err().status(), Some(503));
    assert_eq!(browser.who().as_deref(), Some("ada"));
    assert_eq!(browser.network.count(TOKEN), 2, "each tries anew");
}

#[wasm_bindgen_test]
async fn who_logs_out_while_a_refresh_is_under_way_stays_logged_out() {
    let browser = Browser::of(Some("ada"));
    let (kept, keep) = gate();
    browser.network.answer(ME, not_logged_in());
    browser.network.answer(TOKEN, json(200, &logged_in("ada", "second")).after(&kept));
    let leave = async {
        drawn().await;
        browser.session.log_out();
        keep.call0(&kept).unwrap();
    };
    let (answer, ()) = futures_util::future::join(browser.me(), leave).await;
    assert_eq!(answer, Err(Failure::Ended));
    assert_eq!(browser.who(), None);
    assert_eq!(browser.tokens_sent(), ["Bearer first"]);
}

#[wasm_bindgen_test]
async fn no_network_is_told_as_that() {
    let browser = Browser::of(Some("ada"));
    browser.network.answer(ME, offline());
    assert_eq!(browser.me().await, Err(Failure::Offline));
}

#[wasm_bindgen_test]
async fn an_answer_that_takes_too_long_is_told_as_that() {
    let browser = Browser::of(Some("ada"));
    browser.network.answer(ME, too_late());
    assert_eq!(browser.me().await, Err(Failure::Timeout));
}

#[wasm_bindgen_test]
async fn an_answer_that_is_not_what_was_agreed_is_told_by_its_status() {
    let browser = Browser::of(Some("ada"));
    browser.network.answer(ME, json(200, &"<html>"));
    assert_eq!(browser.me().await, Err(Failure::Other(200)));
}
