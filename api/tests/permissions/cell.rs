//! Checks one cell of the matrix: one route and one client.

use api::routes::Access;
use shared::problem::ProblemType;

use super::clients::{Client, ClientKind};
use super::effect::{Effect, changes};
use super::matrix::{ROWS, Row};
use super::scenario::Scenario;
use crate::support::Reply;
use crate::support::gateway::GatewayRequest;

/// Checks all cells. Returns a description of each failure.
pub async fn check_all(scenario: &Scenario) -> Vec<String> {
    let mut failures = Vec::new();
    for row in ROWS {
        let mut body_for_guest = None;
        for client in &scenario.clients {
            let (reply, changes) = send(scenario, row, client).await;
            let for_guest = body_for_guest.get_or_insert_with(|| reply.content.clone());
            let status = row.status(client.kind);
            let check = check_response(scenario, row, client, status, &reply)
                .and_then(|()| check_changes(scenario, row, client, status, &changes))
                .and_then(|()| row.effect.check_body(client, &reply, for_guest));
            if let Err(failure) = check {
                failures.push(format!(
                    "{} {}, {:?}: {failure}; changes: {changes:?}",
                    row.method, row.path, client.kind
                ));
            }
        }
    }
    failures
}

/// Sends the request of a row by a client. Returns the response and the changes in the database, which it restores.
pub async fn send(scenario: &Scenario, row: &Row, client: &Client) -> (Reply, Vec<String>) {
    let request = GatewayRequest::new(row.method, &scenario.path(row.path));
    let reply = scenario.entry_point.send(&client.authenticate((row.request)(request, client))).await;
    let database = scenario.entry_point.database();
    let contents = database.contents();
    if contents != scenario.contents {
        database.restore(&scenario.contents);
    }
    (reply, changes(&scenario.contents, &contents))
}

/// Checks the status, the problem type, and that the response contains no data of other users.
pub fn check_response(
    scenario: &Scenario,
    row: &Row,
    client: &Client,
    status: u16,
    reply: &Reply,
) -> Result<(), String> {
    if reply.status != status {
        return Err(format!("the status is {}, not {status}: {}", reply.status, reply.body));
    }
    if status >= 400 {
        check_problem(row, reply)?;
    }
    // Lists and pages contain the posts of all users.
    if row.access() == Some(Access::Public) || row.path.starts_with("/lite") {
        return Ok(());
    }
    let body = reply.body.to_string();
    let text_of = |username: &str| scenario.texts_of(username).find(|text| body.contains(text));
    let users = scenario.clients.iter().filter(|client| client.kind != ClientKind::Guest);
    for other in users.filter(|other| other.username != client.username) {
        if let Some(text) = text_of(&other.username) {
            return Err(format!("the response contains {text} of {}: {body}", other.username));
        }
    }
    if status < 400 && matches!(row.effect, Effect::ReadsOwn) && text_of(&client.username).is_none() {
        return Err(format!("the response contains no data of {}: {body}", client.username));
    }
    Ok(())
}

/// Checks that an allowed request makes exactly the changes of the row, and that a denied one changes nothing.
pub fn check_changes(
    scenario: &Scenario,
    row: &Row,
    client: &Client,
    status: u16,
    changes: &[String],
) -> Result<(), String> {
    let expected = if status < 400 { row.effect.expected_changes(scenario, client) } else { Vec::new() };
    if changes == expected { Ok(()) } else { Err(format!("the changes are not {expected:?}")) }
}

/// Checks the problem type of a denied request. The pages of `/lite` show problems as HTML.
fn check_problem(row: &Row, reply: &Reply) -> Result<(), String> {
    if row.path.starts_with("/lite") {
        let is_page = reply.header("content-type").starts_with("text/html");
        return if is_page { Ok(()) } else { Err(format!("this is not a page: {}", reply.body)) };
    }
    let expected = match reply.status {
        401 => ProblemType::NotLoggedIn,
        403 => ProblemType::NotYours,
        404 => ProblemType::NotFound,
        409 => ProblemType::NoPassword,
        status => return Err(format!("{status} does not mean that the permission is missing")),
    };
    let is_expected = reply.body["type"] == serde_json::to_value(expected).unwrap();
    if is_expected { Ok(()) } else { Err(format!("the problem is not {expected:?}: {}", reply.body)) }
}
