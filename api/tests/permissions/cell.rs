//! Checks one cell of the matrix: one route and one caller.

use api::routes::Access;
use shared::problem::ProblemType;

use super::callers::{Caller, CallerKind};
use super::effect::{Effect, changes};
use super::matrix::{ROWS, Row};
use super::scenario::Scenario;
use crate::support::Reply;
use crate::support::gateway::GatewayRequest;

/// Checks all cells. Returns a description of each failure.
pub async fn check_all(scenario: &Scenario) -> Vec<String> {
    let mut failures = Vec::new();
    for row in ROWS {
        let for_guest = send(scenario, row, scenario.caller(CallerKind::Guest)).await.content;
        for caller in &scenario.callers {
            let status = row.status(caller.kind);
            if let Err(failure) = check(scenario, row, caller, status, &for_guest).await {
                failures.push(format!("{} {}, {:?}: {failure}", row.method, row.path, caller.kind));
            }
        }
    }
    failures
}

/// Sends the request of a row by a caller. Checks the status, the changes in the database, and the body.
pub async fn check(
    scenario: &Scenario,
    row: &Row,
    caller: &Caller,
    status: u16,
    for_guest: &[u8],
) -> Result<(), String> {
    let reply = send(scenario, row, caller).await;
    let actual = changes(&scenario.contents, &scenario.entry_point.database().contents());
    if reply.status != status {
        return Err(format!("the status is {}, not {status}: {} {actual:?}", reply.status, reply.body));
    }
    let is_allowed = status < 400;
    let expected = if is_allowed { row.effect.expected_changes(scenario, caller) } else { Vec::new() };
    if actual != expected {
        return Err(format!("the request changes {actual:?}, not {expected:?}"));
    }
    if is_allowed {
        row.effect.check_body(caller, &reply, for_guest)?;
    } else {
        check_problem(row, &reply)?;
    }
    check_private_texts(scenario, row, caller, &reply)
}

/// Sends the request of a row by a caller to the API, after restoring the database.
async fn send(scenario: &Scenario, row: &Row, caller: &Caller) -> Reply {
    scenario.entry_point.database().restore(&scenario.contents);
    let request = GatewayRequest::new(row.method, &scenario.path(row.path));
    scenario.entry_point.send(&caller.authenticate((row.request)(request, caller))).await
}

/// Checks the problem type of a denied request. The pages of `/lite` show problems as HTML.
fn check_problem(row: &Row, reply: &Reply) -> Result<(), String> {
    let expected = match reply.status {
        401 => ProblemType::NotLoggedIn,
        403 => ProblemType::NotYours,
        404 => ProblemType::NotFound,
        409 => ProblemType::NoPassword,
        status => return Err(format!("{status} does not mean that the permission is missing")),
    };
    let is_page = row.path.starts_with("/lite") && reply.header("content-type").starts_with("text/html");
    if is_page || reply.body["type"] == serde_json::to_value(expected).unwrap() {
        return Ok(());
    }
    Err(format!("the problem is not {expected:?}: {}", reply.body))
}

/// Checks that a response contains no data of other users, and that it contains the requested data of the caller. Lists
/// and pages contain the posts of all users.
fn check_private_texts(scenario: &Scenario, row: &Row, caller: &Caller, reply: &Reply) -> Result<(), String> {
    if row.access() == Access::Public || row.path.starts_with("/lite") {
        return Ok(());
    }
    let body = reply.body.to_string();
    let finds = |caller: &Caller| {
        scenario.private_texts(&caller.username).into_iter().find(|text| body.contains(*text))
    };
    let users = scenario.callers.iter().filter(|caller| caller.kind != CallerKind::Guest);
    let others = users.filter(|other| other.username != caller.username);
    if let Some(text) = others.into_iter().find_map(finds) {
        return Err(format!("the response contains {text} of another user: {body}"));
    }
    let lacks_own_data =
        matches!(row.effect, Effect::ReadsOwn) && reply.status < 400 && finds(caller).is_none();
    if lacks_own_data { Err(format!("the response contains no data of the caller: {body}")) } else { Ok(()) }
}
