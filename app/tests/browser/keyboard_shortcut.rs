//! Ctrl+Enter and Cmd+Enter submit a form.

use shared::problem::ProblemType;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{KeyboardEvent, KeyboardEventInit};

use crate::edit_message::open_board_as_ada;
use crate::support::fixtures::message;
use crate::support::gate::Gate;
use crate::support::network::Network;
use crate::support::page::{Page, focused};
use crate::support::responses::{json, no_content, problem};
use crate::support::wait::{drawn, settled, wait_until};

const POST: &str = "POST /api/messages";

/// Presses Enter in the focused element with a modifier key.
async fn press_enter_with(set_modifier: fn(&KeyboardEventInit)) {
    let init = KeyboardEventInit::new();
    init.set_key("Enter");
    init.set_bubbles(true);
    init.set_cancelable(true);
    set_modifier(&init);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    focused().dispatch_event(&event).unwrap();
    drawn().await;
}

fn ctrl(init: &KeyboardEventInit) {
    init.set_ctrl_key(true);
}

fn cmd(init: &KeyboardEventInit) {
    init.set_meta_key(true);
}

#[wasm_bindgen_test]
async fn a_text_area_is_submitted_once_with_ctrl_or_cmd_and_enter() {
    for modifier in [ctrl, cmd] {
        let page = Page::open_as_ada("/", Network::new()).await;
        page.write_message("Hello").await;
        let gate = Gate::new();
        page.network.respond(POST, json(201, &message("2", "Hello")).behind(&gate));
        page.field("Message").await.focus().unwrap();
        press_enter_with(|_| ()).await;
        press_enter_with(|init| init.set_shift_key(true)).await;
        assert_eq!(page.network.count(POST), 0, "Enter alone is a line break");
        press_enter_with(modifier).await;
        press_enter_with(modifier).await;
        settled().await;
        assert_eq!(page.network.count(POST), 1, "the first request is pending");
        gate.open();
        page.dialog_closes().await;
    }
}

#[wasm_bindgen_test]
async fn a_key_that_is_held_down_or_composes_a_character_submits_nothing() {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.write_message("Hello").await;
    page.field("Message").await.focus().unwrap();
    for ignored in [KeyboardEventInit::set_repeat, KeyboardEventInit::set_is_composing] {
        let init = KeyboardEventInit::new();
        init.set_key("Enter");
        init.set_ctrl_key(true);
        init.set_bubbles(true);
        ignored(&init, true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        focused().dispatch_event(&event).unwrap();
    }
    settled().await;
    assert_eq!(page.network.count(POST), 0);
}

#[wasm_bindgen_test]
async fn the_login_form_is_submitted() {
    let network = Network::new();
    network.respond("POST /api/login", problem(401, ProblemType::WrongLogin, None));
    let page = Page::open("/", network).await;
    page.click("Log in").await;
    page.fill("Username", "ada").await;
    page.fill("Password", "wrong horse").await;
    page.field("Password").await.focus().unwrap();
    press_enter_with(ctrl).await;
    page.wait_for("The username or password is wrong.").await;
    assert_eq!(page.network.count("POST /api/login"), 1);
}

#[wasm_bindgen_test]
async fn the_dialogs_that_delete_are_submitted_except_from_cancel() {
    let page = open_board_as_ada().await;
    page.network.respond("DELETE /api/messages/2", no_content());
    page.click("Delete").await;
    let cancel = page.find("dialog button[type=button]").remove(0);
    cancel.focus().unwrap();
    press_enter_with(ctrl).await;
    assert_eq!(page.network.count("DELETE /api/messages/2"), 0);
    page.find("dialog h2").remove(0).focus().unwrap();
    press_enter_with(ctrl).await;
    wait_until("one message", || page.find("article").len() == 1).await;

    let page = Page::open_as_ada("/account", Network::new()).await;
    page.click("Delete my account").await;
    page.find("dialog [name=password]").remove(0).focus().unwrap();
    press_enter_with(cmd).await;
    page.wait_for("This can't be empty.").await;
}
