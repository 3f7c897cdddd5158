//! Links between operations (OpenAPI 3.1, section 4.8.20): which values of a response are parameters of another
//! request. Documentation shows them, and tests of sequences of requests follow them.

use serde_json::{Map, Value, json};

/// A link from a response to an operation.
struct Link {
    /// The operation with the response, and the status of the response.
    from: (&'static str, &'static str),
    /// The operation that the link leads to.
    to: &'static str,
    /// The parameters of that operation, with the runtime expressions of their values.
    parameters: &'static [(&'static str, &'static str)],
}

/// The parameters of a request that edits or deletes the post in a response.
const POST: &[(&str, &str)] =
    &[("path.id", "$response.body#/id"), ("header.If-Match", "\"{$response.body#/version}\"")];
const POST_ID: &[(&str, &str)] = &[("path.id", "$response.body#/id")];
/// The parameters of a request for the next page of a list.
const NEXT_PAGE: &[(&str, &str)] = &[("query.before", "$response.body#/next")];
const NEXT_PAGE_OF_OWNER: &[(&str, &str)] =
    &[("path.username", "$request.path.username"), ("query.before", "$response.body#/next")];
const NEW_USER: &[(&str, &str)] = &[("path.username", "$response.body#/user/username")];
const FIRST_SESSION: &[(&str, &str)] = &[("path.id", "$response.body#/sessions/0/id")];

#[rustfmt::skip]
const LINKS: &[Link] = &[
    Link { from: ("post_signup", "201"), to: "get_users_username_wishes", parameters: NEW_USER },
    Link { from: ("post_login", "200"), to: "get_users_username_wishes", parameters: NEW_USER },
    Link { from: ("get_me_sessions", "200"), to: "delete_me_sessions_id", parameters: FIRST_SESSION },
    Link { from: ("get_me_export", "200"), to: "get_me_export", parameters: NEXT_PAGE },
    Link { from: ("get_messages", "200"), to: "get_messages", parameters: NEXT_PAGE },
    Link { from: ("post_messages", "201"), to: "patch_messages_id", parameters: POST },
    Link { from: ("post_messages", "201"), to: "delete_messages_id", parameters: POST_ID },
    Link { from: ("patch_messages_id", "200"), to: "patch_messages_id", parameters: POST },
    Link { from: ("patch_messages_id", "200"), to: "delete_messages_id", parameters: POST_ID },
    Link { from: ("get_wishes", "200"), to: "get_wishes", parameters: NEXT_PAGE },
    Link { from: ("post_wishes", "201"), to: "patch_wishes_id", parameters: POST },
    Link { from: ("post_wishes", "201"), to: "delete_wishes_id", parameters: POST_ID },
    Link { from: ("patch_wishes_id", "200"), to: "patch_wishes_id", parameters: POST },
    Link { from: ("patch_wishes_id", "200"), to: "delete_wishes_id", parameters: POST_ID },
    Link { from: ("get_users_username_wishes", "200"), to: "get_users_username_wishes", parameters: NEXT_PAGE_OF_OWNER },
];

/// Adds the links of an operation to its Operation Object. The name of a link is the operation that it leads to.
pub(super) fn add(operation: &mut Map<String, Value>) {
    let id = operation["operationId"].clone();
    for link in LINKS.iter().filter(|link| id == link.from.0) {
        let parameters: Map<String, Value> =
            link.parameters.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        operation["responses"][link.from.1]["links"][link.to] =
            json!({ "operationId": link.to, "parameters": parameters });
    }
}
