//! Login, refresh, logout, and the list of sessions.

use api::auth::client_address::ClientAddress;
use api::auth::rate_limit::password_attempt::PasswordAttempt;
use futures_util::future::BoxFuture;
use jiff::SignedDuration;
use serde_json::json;

use super::Operation;
use crate::faults::api_request::ApiRequest;
use crate::faults::world::World;
use crate::support::PASSWORD;

pub fn operations() -> Vec<Operation> {
    [logins(), refreshes_and_logouts(), session_list()].into_iter().flatten().collect()
}

fn logins() -> Vec<Operation> {
    vec![
        Operation::request("login", 200, |_| log_in("ann", PASSWORD)),
        Operation::request("login on a known device", 200, |world| {
            log_in("ann", PASSWORD).with("cookie", &world.ann.device_cookie)
        }),
        Operation::request("login that replaces a session", 200, |world| {
            log_in("ann", PASSWORD).with("cookie", &world.ann.cookie)
        }),
        Operation::request("login with a wrong password", 401, |_| log_in("ann", "not the password")),
        Operation::request("login with a wrong password on a known device", 401, |world| {
            log_in("ann", "not the password").with("cookie", &world.ann.device_cookie)
        }),
        Operation::request("login with an unknown username", 401, |_| log_in("unknown_user", PASSWORD)),
        Operation::request("login to a locked account", 429, |_| log_in("ann", PASSWORD)).after(lock_ann),
        Operation::request("login to a locked account on a known device", 200, |world| {
            log_in("ann", PASSWORD).with("cookie", &world.ann.device_cookie)
        })
        .after(lock_ann),
    ]
}

fn refreshes_and_logouts() -> Vec<Operation> {
    vec![
        Operation::request("refresh", 200, |world| refresh(&world.ann.cookie)),
        Operation::request("refresh that stores the last use", 200, |world| refresh(&world.ann.cookie))
            .after(|world| wait(world, SignedDuration::from_mins(11))),
        Operation::request("refresh with an ended session", 401, |world| refresh(&world.ended.cookie)),
        Operation::request("refresh with an expired session", 401, |world| refresh(&world.ann.cookie))
            .after(|world| wait(world, SignedDuration::from_hours(31 * 24))),
        Operation::request("logout", 204, |world| {
            let request = ApiRequest::new("POST", "/api/logout").by(&world.ann);
            request.with("cookie", &world.ann.cookie)
        }),
        Operation::request("logout of two sessions", 204, |world| {
            let request = ApiRequest::new("POST", "/api/logout").by(&world.other);
            request.with("cookie", &world.ann.cookie)
        }),
        Operation::request("logout with an ended session", 204, |world| {
            let request = ApiRequest::new("POST", "/api/logout").by(&world.ended);
            request.with("cookie", &world.ended.cookie)
        }),
    ]
}

fn session_list() -> Vec<Operation> {
    vec![
        Operation::request("list of sessions", 200, |world| {
            ApiRequest::new("GET", "/api/me/sessions").by(&world.ann)
        }),
        Operation::request("end of the own session", 204, |world| end_session(&world.ann.sid).by(&world.ann))
            .repeated(401),
        Operation::request("end of another session", 204, |world| {
            end_session(&world.other.sid).by(&world.ann)
        })
        .repeated(404),
        Operation::request("end of an ended session", 404, |world| {
            end_session(&world.ended.sid).by(&world.ann)
        }),
        Operation::request("end of a session with an ended session", 401, |world| {
            end_session(&world.ann.sid).by(&world.ended)
        }),
        Operation::request("end of all other sessions", 204, |world| {
            ApiRequest::new("DELETE", "/api/me/sessions").by(&world.ann)
        }),
    ]
}

fn log_in(username: &str, password: &str) -> ApiRequest {
    ApiRequest::new("POST", "/api/login").json(&json!({"username": username, "password": password}))
}

fn refresh(cookie: &str) -> ApiRequest {
    ApiRequest::new("POST", "/api/token").with("cookie", cookie)
}

fn end_session(sid: &str) -> ApiRequest {
    ApiRequest::new("DELETE", &format!("/api/me/sessions/{sid}"))
}

pub(super) fn wait(world: &World, duration: SignedDuration) -> BoxFuture<'_, ()> {
    world.state.clock.advance(duration);
    Box::pin(async {})
}

/// Uses up the attempts to log in as Ann on an unknown device.
pub(super) fn lock_ann(world: &World) -> BoxFuture<'_, ()> {
    Box::pin(async {
        for number in 0..10 {
            let address = ClientAddress::from(std::net::IpAddr::from([192, 0, 2, number]));
            let attempt = PasswordAttempt::begin_login(&world.state, "ann", None, address).await;
            attempt.unwrap().settle(true).await;
        }
    })
}
