//! The effects of allowed requests: which items change, and what the response contains.

use super::clients::{Client, OWNER};
use super::requests::NEW_USER;
use super::scenario::{Scenario, owner};
use crate::support::Reply;
use crate::support::database::Contents;

/// The effect of an allowed request.
#[derive(Clone, Copy, Debug)]
pub enum Effect {
    /// Changes nothing. The body is the same for all clients.
    ReadsPublic,
    /// Changes nothing. The body contains data of the client, and none of other users.
    ReadsOwn,
    /// Changes nothing. The page is the same for all clients, except that it shows the user of a live session.
    ShowsUser,
    /// Adds (`+`), changes (`~`) or removes (`-`) an item of each of these kinds. All of them belong to the client.
    Changes(&'static [&'static str]),
    /// Deletes everything of the client. Only a tombstone of the user remains.
    DeletesAccount,
    /// Creates an account with a session, and ends the session of the client.
    SignsUp,
    /// Creates a session of the owner, and ends the session of the client.
    LogsIn,
    /// Ends the session of the client.
    LogsOut,
}

impl Effect {
    /// Returns the expected changes, in the form of [`changes`].
    pub fn expected_changes(self, scenario: &Scenario, client: &Client) -> Vec<String> {
        let own = |change: &str| format!("{change} of {}", client.username);
        let mut changes = match self {
            Self::ReadsPublic | Self::ReadsOwn | Self::ShowsUser => Vec::new(),
            Self::Changes(changes) => changes.iter().copied().map(own).collect(),
            Self::DeletesAccount => scenario
                .items_of(&client.username)
                .map(|(kind, _)| own(&if kind == "user" { "~user".to_owned() } else { format!("-{kind}") }))
                .collect(),
            Self::SignsUp => vec![format!("+session of {NEW_USER}"), format!("+user of {NEW_USER}")],
            Self::LogsIn => vec![format!("+session of {OWNER}"), format!("~user of {OWNER}")],
            Self::LogsOut => Vec::new(),
        };
        if matches!(self, Self::SignsUp | Self::LogsIn | Self::LogsOut)
            && has_stored_session(scenario, client)
        {
            changes.push(own("-session"));
        }
        changes.sort();
        changes
    }

    /// Checks that a public response is the same for all clients. `for_guest` is the body of the response to a guest.
    pub fn check_body(self, client: &Client, reply: &Reply, for_guest: &[u8]) -> Result<(), String> {
        let is_correct = match self {
            Self::ShowsUser if client.kind.has_live_cookie() => {
                reply.html().contains(&format!("name=\"author\" value=\"{}\"", client.username))
            }
            Self::ReadsPublic | Self::ShowsUser => reply.content == for_guest,
            _ => return Ok(()),
        };
        let is_correct = is_correct && !reply.headers.contains_key("set-cookie");
        if is_correct { Ok(()) } else { Err(format!("the response is not as {self:?} says: {reply:?}")) }
    }
}

fn has_stored_session(scenario: &Scenario, client: &Client) -> bool {
    let sid = client.sid();
    sid.is_some_and(|sid| scenario.contents.contains_key(&("wishboard", format!("session#{sid}"))))
}

/// Returns the difference between two states of the database, without the counters of rate limits, which also count
/// denied requests. Each change is `+`, `~` or `-`, the kind of the item, and its owner, for example `+message of ann`.
pub fn changes(before: &Contents, after: &Contents) -> Vec<String> {
    let describe = |sign: char, (_, key): &(&str, String), item| {
        format!("{sign}{} of {}", key.split('#').next().unwrap_or_default(), owner(item))
    };
    let added = after.iter().filter(|(key, _)| !before.contains_key(key));
    let removed = before.iter().filter(|(key, _)| !after.contains_key(key));
    let changed = before.iter().filter(|(key, item)| after.get(key).is_some_and(|new| new != *item));
    let added = added.map(|(key, item)| describe('+', key, item));
    let removed = removed.map(|(key, item)| describe('-', key, item));
    let changed = changed.map(|(key, item)| describe('~', key, item));
    let mut changes: Vec<_> = added.chain(removed).chain(changed).collect();
    changes.retain(|change| !change[1..].starts_with("limit "));
    changes.sort();
    changes
}
