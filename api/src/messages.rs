//! The message board: everyone can read it, and logged-in users can post.

use axum::extract::State;
use axum::response::NoContent;
use shared::messages::{EditMessage, Message, MessagePage, NewMessage};
use uuid::Uuid;

use crate::auth::caller::Caller;
use crate::store::users::User;
use crate::web::conditional_get::{IfNoneMatch, ListResponse};
use crate::web::created::Created;
use crate::web::error::Result;
use crate::web::idempotency_key::IdempotencyKey;
use crate::web::if_match::IfMatch;
use crate::web::json::Json;
use crate::web::pagination::PageQuery;
use crate::web::path::Path;
use crate::{AppState, posts};

/// `GET /api/messages`: returns a page of all messages, newest first.
pub async fn list(
    State(state): State<AppState>,
    query: PageQuery,
    if_none_match: IfNoneMatch,
) -> Result<ListResponse<MessagePage>> {
    ListResponse::new(&read_page(&state, &query).await?, &if_none_match)
}

/// Reads a page of all messages, newest first.
///
/// # Errors
/// `Invalid` if the cursor is malformed.
pub async fn read_page(state: &AppState, query: &PageQuery) -> Result<MessagePage> {
    let page = state.store.list_posts(query.before(), query.limit.get()).await?;
    Ok(MessagePage { messages: page.posts, next: page.next })
}

/// `POST /api/messages`: creates a message by the caller. A retry with the same idempotency key returns the first
/// result.
pub async fn create(
    State(state): State<AppState>,
    caller: Caller, // requires a login
    key: IdempotencyKey,
    Json(new): Json<NewMessage>,
) -> Result<Created<Message>> {
    create_by(&state, caller.user, key, new).await.map(Created)
}

/// Creates a message by this author.
///
/// # Errors
/// As [`posts::create`].
pub async fn create_by(
    state: &AppState,
    author: User,
    key: IdempotencyKey,
    new: NewMessage,
) -> Result<Message> {
    let now = state.clock.now();
    let message = Message {
        id: key.id.to_string(),
        author: author.into(),
        body: new.body.as_str().to_owned(),
        created_at: now.into(),
        edited_at: None,
        version: 1,
    };
    posts::create(state, key, &new, message, now).await
}

/// `PATCH /api/messages/{id}`: edits a message of the caller.
pub async fn edit(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    IfMatch(version): IfMatch,
    Json(edit): Json<EditMessage>,
) -> Result<Json<Message>> {
    let edited_at = Some(state.clock.now().into());
    let edit = |old: Message| Message {
        body: edit.body.as_str().to_owned(),
        edited_at,
        version: old.version + 1,
        ..old
    };
    posts::edit(&state, caller, id, version, edit).await
}

/// `DELETE /api/messages/{id}`: deletes a message of the caller.
pub async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<NoContent> {
    posts::delete::<Message>(&state, caller, id).await
}
