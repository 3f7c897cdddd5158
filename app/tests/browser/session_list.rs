//! The list of sessions on the account page.

use js_sys::Date;
use shared::problem::ProblemType;
use shared::sessions::Session;
use shared::timestamp::Timestamp;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::{session, timestamp};
use crate::support::gate::Gate;
use crate::support::network::Network;
use crate::support::page::{Page, focused};
use crate::support::responses::{
    ScriptedResponse, network_error, no_content, problem, sessions, unauthorized,
};
use crate::support::wait::{settled, wait_until};

const LIST: &str = "GET /api/me/sessions";
const END: &str = "DELETE /api/me/sessions/there";
const END_OTHERS: &str = "DELETE /api/me/sessions";

/// Opens the list while Ada has three sessions. When the list is loaded again, it contains only `remaining`.
async fn open_list(remaining: &[Session], network: Network) -> Page {
    let all = [current(), session("there", "Chrome", false), session("far", "Edge", false)];
    network.respond_in_turn(LIST, [sessions(&all), sessions(remaining)]);
    let page = Page::open_as_ada("/account", network).await;
    page.wait_for("Edge on Linux").await;
    page
}

fn current() -> Session {
    session("here", "Firefox", true)
}

/// The devices of the sessions in the list.
fn devices(page: &Page) -> Vec<String> {
    page.find(".session-list .session-device").iter().map(|device| device.inner_text()).collect()
}

#[wasm_bindgen_test]
async fn all_sessions_are_listed_and_the_current_one_has_no_logout_button() {
    let page = open_list(&[], Network::new()).await;
    assert_eq!(devices(&page), ["Firefox on Linux", "Chrome on Linux", "Edge on Linux"]);
    let first = page.find(".session-list > div")[0].inner_text();
    assert!(first.contains("This device") && !first.contains("Log out"), "{first}");
    let names: Vec<String> =
        page.find(".session-list button").iter().map(|button| button.text_content().unwrap()).collect();
    assert_eq!(names, ["Log out Chrome on Linux", "Log out Edge on Linux"]);
    assert_eq!(page.network.sent(LIST)[0].authorization.as_deref(), Some("Bearer first"));
}

/// Returns the time this many minutes ago.
fn minutes_ago(minutes: f64) -> Timestamp {
    let time = Date::new(&(Date::now() - minutes * 60_000.0).into());
    timestamp(&time.to_iso_string().as_string().unwrap())
}

/// The lines that contain the times of the sessions.
fn times(page: &Page) -> Vec<String> {
    page.find(".session-list .hint").iter().map(|times| times.inner_text()).collect()
}

#[wasm_bindgen_test]
async fn a_session_shows_whether_it_is_active_and_since_when_it_exists() {
    let network = Network::new();
    let sessions_of_ada = [
        Session { created_at: minutes_ago(0.0), ..current() },
        Session { used_at: minutes_ago(9.0), ..session("there", "Chrome", false) },
        Session {
            created_at: timestamp("2020-02-15T12:00:00.000Z"),
            used_at: minutes_ago(185.0),
            ..session("far", "Edge", false)
        },
    ];
    network.respond(LIST, sessions(&sessions_of_ada));
    let page = Page::open_as_ada("/account", network).await;
    page.wait_for("Edge on Linux").await;
    let english = times(&page);
    assert!(english[0].starts_with("Active now · since "), "the current session: {english:?}");
    let year = Date::new_0().get_full_year().to_string();
    assert!(!english[0].contains(&year), "this year is left out: {english:?}");
    assert!(english[1].starts_with("Active now · since "), "used in the last 10 minutes: {english:?}");
    assert!(english[2].starts_with("Active 3 hours ago · since "), "{english:?}");
    assert!(["Feb 15, 2020", "15 Feb 2020"].iter().any(|date| english[2].ends_with(date)), "{english:?}");
    page.click("Deutsch").await;
    page.wait_for("Gerade aktiv · seit ").await;
    assert_eq!(times(&page)[2], "Zuletzt aktiv vor 3 Stunden · seit 15. Feb. 2020");
}

#[wasm_bindgen_test]
async fn an_unknown_browser_or_system_is_left_out() {
    let network = Network::new();
    let unknown = Session { browser: None, system: None, ..session("here", "", true) };
    let without_browser = Session { browser: None, ..session("there", "", false) };
    network.respond(LIST, sessions(&[unknown, without_browser]));
    let page = Page::open_as_ada("/account", network).await;
    page.wait_for("Unknown browser").await;
    assert_eq!(devices(&page), ["Unknown browser", "Linux"]);
}

#[wasm_bindgen_test]
async fn a_session_can_be_ended() {
    let network = Network::new();
    network.respond(END, no_content());
    let page = open_list(&[current(), session("far", "Edge", false)], network).await;
    page.find(".session-list button")[0].click();
    page.wait_for("That device was logged out.").await;
    wait_until("the other sessions", || devices(&page) == ["Firefox on Linux", "Edge on Linux"]).await;
    wait_until("focus on the list", || focused().class_name() == "session-list").await;
    assert_eq!(page.network.count(END), 1);
    assert_eq!(page.network.sent(END)[0].authorization.as_deref(), Some("Bearer first"));
}

#[wasm_bindgen_test]
async fn ending_a_session_that_has_already_ended_succeeds() {
    let network = Network::new();
    network.respond(END, problem(404, ProblemType::NotFound, None));
    let page = open_list(&[current(), session("far", "Edge", false)], network).await;
    page.find(".session-list button")[0].click();
    page.wait_for("That device was logged out.").await;
    wait_until("the other sessions", || devices(&page).len() == 2).await;
}

#[wasm_bindgen_test]
async fn all_other_sessions_can_be_ended_at_once() {
    let network = Network::new();
    network.respond(END_OTHERS, no_content());
    let page = open_list(&[current()], network).await;
    page.click("Log out everywhere else").await;
    page.wait_for("You were logged out everywhere else.").await;
    wait_until("the current session", || devices(&page) == ["Firefox on Linux"]).await;
    settled().await;
    assert!(!page.shows("Log out everywhere else"));
}

#[wasm_bindgen_test]
async fn an_error_keeps_the_list_and_the_button_can_be_used_again() {
    let gate = Gate::new();
    let network = Network::new();
    network.respond_in_turn(END_OTHERS, [network_error().behind(&gate), no_content()]);
    let page = open_list(&[current()], network).await;
    page.click("Log out everywhere else").await;
    page.click("Log out everywhere else").await;
    gate.open();
    page.wait_for("can't be reached").await;
    assert_eq!(page.network.count(END_OTHERS), 1, "one request at a time");
    assert_eq!(devices(&page).len(), 3);
    page.click("Log out everywhere else").await;
    page.wait_for("You were logged out everywhere else.").await;
    assert!(!page.shows("can't be reached"));
}

/// Opens the list with these responses, one after the other.
async fn open_list_with(responses: impl IntoIterator<Item = ScriptedResponse>) -> Page {
    let network = Network::new();
    network.respond_in_turn(LIST, responses);
    Page::open_as_ada("/account", network).await
}

#[wasm_bindgen_test]
async fn a_list_of_sessions_that_failed_to_load_can_be_loaded_again() {
    let page = open_list_with([network_error(), sessions(&[current()])]).await;
    page.wait_for("can't be reached").await;
    page.click("Retry").await;
    page.wait_for("Firefox on Linux").await;
    assert!(!page.shows("can't be reached"));
}

#[wasm_bindgen_test]
async fn a_loading_list_shows_that_it_is_loading() {
    let gate = Gate::new();
    let page = open_list_with([sessions(&[current()]).behind(&gate)]).await;
    page.wait_for("Loading…").await;
    gate.open();
    page.wait_for("Firefox on Linux").await;
    assert!(!page.shows("Loading…"));
}

#[wasm_bindgen_test]
async fn a_user_of_an_external_identity_provider_sees_why_there_are_no_sessions() {
    let page = open_list_with([problem(409, ProblemType::NoPassword, None)]).await;
    page.wait_for("You log in to this account with another service.").await;
}

#[wasm_bindgen_test]
async fn a_session_that_was_ended_elsewhere_shows_the_login_form() {
    let network = Network::new();
    network.respond(END_OTHERS, unauthorized());
    network.respond("POST /api/token", unauthorized());
    let page = open_list(&[current()], network).await;
    page.click("Log out everywhere else").await;
    page.wait_for("You were logged out. Please log in again.").await;
    settled().await;
    assert!(!page.shows("Where you're logged in"));
}
