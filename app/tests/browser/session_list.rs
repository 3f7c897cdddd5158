//! Where one is logged in.

use shared::account::Session;
use shared::problem::Kind;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::network::{Answer, Network, gate, login, not_logged_in, nothing, offline, problem, sessions};
use crate::page::{Page, drawn, eventually, focused};

const LIST: &str = "GET /api/me/sessions";
const END: &str = "DELETE /api/me/sessions/there";
const END_OTHERS: &str = "DELETE /api/me/sessions";

/// She has three logins, and later these are left.
async fn ada_sees(left: &[Session], network: Network) -> Page {
    let known = [here(), login("there", "Chrome", false), login("far", "Edge", false)];
    network.answers(LIST, [sessions(&known), sessions(left)]);
    let page = Page::open_as_ada("/account", network).await;
    page.sees("Edge on Linux").await;
    page
}

/// This one.
fn here() -> Session {
    login("here", "Firefox", true)
}

fn shown(page: &Page) -> Vec<String> {
    page.find(".logins .login").iter().map(|device| device.inner_text()).collect()
}

#[wasm_bindgen_test]
async fn every_login_is_there_and_this_one_can_not_be_ended() {
    let page = ada_sees(&[], Network::new()).await;
    assert_eq!(shown(&page), ["Firefox on Linux", "Chrome on Linux", "Edge on Linux"]);
    let first = page.find(".logins > div")[0].inner_text();
    assert!(first.contains("This one") && !first.contains("End"), "{first}");
    assert!(first.contains("20 November 2026") || first.contains("November 20, 2026"), "{first}");
    assert!(first.contains("last used"), "{first}");
    let names: Vec<String> =
        page.find(".logins button").iter().map(|end| end.text_content().unwrap()).collect();
    assert_eq!(names, ["End Chrome on Linux", "End Edge on Linux"]);
    assert_eq!(page.network.sent(LIST)[0].authorization.as_deref(), Some("Bearer first"));
}

#[wasm_bindgen_test]
async fn what_is_not_known_is_not_made_up() {
    let network = Network::new();
    let unknown = Session { browser: None, system: None, ..login("here", "", true) };
    let half = Session { browser: None, ..login("there", "", false) };
    network.answer(LIST, sessions(&[unknown, half]));
    let page = Page::open_as_ada("/account", network).await;
    page.sees("Unknown browser").await;
    assert_eq!(shown(&page), ["Unknown browser", "Linux"]);
}

#[wasm_bindgen_test]
async fn one_login_is_ended_and_told() {
    let network = Network::new();
    network.answer(END, nothing());
    let page = ada_sees(&[here(), login("far", "Edge", false)], network).await;
    page.find(".logins button")[0].click();
    page.sees("That login has been ended.").await;
    eventually("the others", || shown(&page) == ["Firefox on Linux", "Edge on Linux"]).await;
    eventually("focus on the list", || focused().class_name() == "logins").await;
    assert_eq!(page.network.count(END), 1);
    assert_eq!(page.network.sent(END)[0].authorization.as_deref(), Some("Bearer first"));
}

#[wasm_bindgen_test]
async fn one_that_had_ended_already_is_as_good_as_ended() {
    let network = Network::new();
    network.answer(END, problem(404, Kind::NotFound, None));
    let page = ada_sees(&[here(), login("far", "Edge", false)], network).await;
    page.find(".logins button")[0].click();
    page.sees("That login has been ended.").await;
    eventually("the others", || shown(&page).len() == 2).await;
}

#[wasm_bindgen_test]
async fn all_others_are_ended_at_once() {
    let network = Network::new();
    network.answer(END_OTHERS, nothing());
    let page = ada_sees(&[here()], network).await;
    page.click("End all others").await;
    page.sees("All your other logins have been ended.").await;
    eventually("this one", || shown(&page) == ["Firefox on Linux"]).await;
    drawn().await;
    assert!(!page.shows("End all others"), "there are none");
}

#[wasm_bindgen_test]
async fn a_failure_is_told_and_the_list_stays() {
    let (kept, keep) = gate();
    let network = Network::new();
    network.answers(END_OTHERS, [offline().after(&kept), nothing()]);
    let page = ada_sees(&[here()], network).await;
    page.click("End all others").await;
    page.click("End all others").await;
    keep.call0(&kept).unwrap();
    page.sees("can't be reached").await;
    assert_eq!(page.network.count(END_OTHERS), 1, "one at a time");
    assert_eq!(shown(&page).len(), 3);
    page.click("End all others").await;
    page.sees("All your other logins have been ended.").await;
    assert!(!page.shows("can't be reached"));
}

async fn ada_meets(answers: impl IntoIterator<Item = Answer>) -> Page {
    let network = Network::new();
    network.answers(LIST, answers);
    Page::open_as_ada("/account", network).await
}

#[wasm_bindgen_test]
async fn a_list_that_failed_can_be_asked_for_again() {
    let page = ada_meets([offline(), sessions(&[here()])]).await;
    page.sees("can't be reached").await;
    page.click("Try again").await;
    page.sees("Firefox on Linux").await;
    assert!(!page.shows("can't be reached"));
}

#[wasm_bindgen_test]
async fn while_it_loads_it_says_so() {
    let (kept, keep) = gate();
    let page = ada_meets([sessions(&[here()]).after(&kept)]).await;
    page.sees("Loading…").await;
    keep.call0(&kept).unwrap();
    page.sees("Firefox on Linux").await;
    assert!(!page.shows("Loading…"));
}

#[wasm_bindgen_test]
async fn whoever_logs_in_somewhere_else_is_told() {
    let page = ada_meets([problem(409, Kind::NoPassword, None)]).await;
    page.sees("its login is somewhere else").await;
}

#[wasm_bindgen_test]
async fn a_login_that_was_ended_from_elsewhere_is_told() {
    let network = Network::new();
    network.answer(END_OTHERS, not_logged_in());
    network.answer("POST /api/token", not_logged_in());
    let page = ada_sees(&[here()], network).await;
    page.click("End all others").await;
    page.sees("Your login has ended.").await;
    drawn().await;
    assert!(!page.shows("Where you are logged in"));
}
