//! The pages without JavaScript and their forms.

use super::Operation;
use super::sessions::lock_ann;
use crate::faults::api_request::ApiRequest;
use crate::faults::world::NEW_POST;
use crate::support::PASSWORD;

pub fn operations() -> Vec<Operation> {
    [pages(), account_forms(), post_forms()].into_iter().flatten().collect()
}

fn pages() -> Vec<Operation> {
    vec![
        Operation::request("page of messages for a guest", 200, |_| ApiRequest::new("GET", "/lite")),
        Operation::request("page of messages for a user", 200, |world| {
            ApiRequest::new("GET", "/lite").with("cookie", &world.ann.cookie)
        }),
        Operation::request("page of wishes for a user", 200, |world| {
            ApiRequest::new("GET", "/lite/wishes").with("cookie", &world.ann.cookie)
        }),
    ]
}

fn account_forms() -> Vec<Operation> {
    vec![
        Operation::request("login form", 303, |_| log_in("ann", PASSWORD)),
        Operation::request("login form with a wrong password", 401, |_| log_in("ann", "not the password")),
        Operation::request("login form of a locked account", 429, |_| log_in("ann", PASSWORD))
            .after(lock_ann),
        Operation::request("sign-up form", 303, |_| sign_up("carl")).repeated(409),
        Operation::request("sign-up form with a taken username", 409, |_| sign_up("bob")),
        Operation::request("logout form", 303, |world| {
            ApiRequest::new("POST", "/lite/logout").with("cookie", &world.ann.cookie).form(&[])
        }),
    ]
}

fn post_forms() -> Vec<Operation> {
    vec![
        Operation::request("message form", 303, |world| {
            let request = ApiRequest::new("POST", "/lite/messages").with("cookie", &world.ann.cookie);
            request.form(&[("author", "ann"), ("key", &NEW_POST.to_string()), ("body", "new")])
        }),
        Operation::request("empty message form", 422, |world| {
            let request = ApiRequest::new("POST", "/lite/messages").with("cookie", &world.ann.cookie);
            request.form(&[("author", "ann"), ("key", &NEW_POST.to_string()), ("body", "")])
        }),
        Operation::request("message form with an ended session", 401, |world| {
            let request = ApiRequest::new("POST", "/lite/messages").with("cookie", &world.ended.cookie);
            request.form(&[("author", "ann"), ("key", &NEW_POST.to_string()), ("body", "new")])
        }),
        Operation::request("wish form", 303, |world| {
            let request = ApiRequest::new("POST", "/lite/wishes").with("cookie", &world.ann.cookie);
            request.form(&[("author", "ann"), ("key", &NEW_POST.to_string()), ("name", "new")])
        }),
    ]
}

fn log_in(username: &str, password: &str) -> ApiRequest {
    ApiRequest::new("POST", "/lite/login").form(&[("username", username), ("password", password)])
}

fn sign_up(username: &str) -> ApiRequest {
    let fields = [("username", username), ("password", PASSWORD), ("name", "Ann")];
    ApiRequest::new("POST", "/lite/signup").form(&fields)
}
