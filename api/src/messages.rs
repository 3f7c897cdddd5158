//! The message board: anyone may read it, whoever is logged in may post.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use shared::messages::{EditMessage, Message, MessagePage, NewMessage};
use uuid::Uuid;

use crate::auth::caller::Caller;
use crate::auth::rate_limit;
use crate::store::users::User;
use crate::web::error::Result;
use crate::web::etag::Version;
use crate::web::extract::{IdempotencyKey, Json, Path};
use crate::web::pagination::PageQuery;
use crate::{AppState, posts};

/// `GET /api/messages`: the newest, or those before a cursor. The same for everybody.
pub async fn list(State(state): State<AppState>, query: PageQuery) -> Result<Response> {
    query.respond(&newest(&state, &query).await?)
}

/// The newest messages, or those before a cursor.
///
/// # Errors
/// `Invalid` where the cursor is none of ours.
pub async fn newest(state: &AppState, query: &PageQuery) -> Result<MessagePage> {
    let page = state.store.newest(query.before(), query.limit).await?;
    Ok(MessagePage { messages: page.posts, next: page.next })
}

/// `POST /api/messages`: adds a message under the caller's name. A retry with the same key finds
/// its own message.
pub async fn post(
    State(state): State<AppState>,
    caller: Caller, // being in the signature is what demands a login
    key: IdempotencyKey,
    Json(new): Json<NewMessage>,
) -> Result<(StatusCode, Json<Message>)> {
    Ok((StatusCode::CREATED, Json(add(&state, caller.user, key, new).await?)))
}

/// Adds a message of this author; where this very request has added it before, that one.
///
/// # Errors
/// `TooManyTries`; `Gone` where it was deleted meanwhile, `KeyReused` where something else has the key.
pub async fn add(state: &AppState, author: User, key: IdempotencyKey, new: NewMessage) -> Result<Message> {
    let now = state.clock.now();
    let request = key.request(&new)?;
    let message = Message {
        id: key.id.to_string(),
        author: author.into(),
        body: new.body.as_str().to_owned(),
        created_at: now.into(),
        edited_at: None,
        version: 1,
    };
    posts::create(state, key.id, message, request, now).await
}

/// `PATCH /api/messages/{id}`: changes what the caller's message says.
pub async fn edit(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Version(version): Version,
    Json(edit): Json<EditMessage>,
) -> Result<Json<Message>> {
    rate_limit::count_edit(&state, &caller.user.username).await?;
    let edited_at = Some(state.clock.now().into());
    let change = |old: Message| Message {
        body: edit.body.as_str().to_owned(),
        edited_at,
        version: old.version + 1,
        ..old
    };
    state.store.edit(id, &caller.user.into(), version, change).await.map(Json)
}

/// `DELETE /api/messages/{id}`: takes the caller's message off the board.
pub async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<StatusCode> {
    state.store.remove::<Message>(id, &caller.user.username, state.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
