//! Wish lists: everyone can read them, and each user can edit their own.

use axum::extract::State;
use axum::response::NoContent;
use shared::users::Username;
use shared::wishes::{EditWish, NewWish, Wish, WishPage};
use uuid::Uuid;

use crate::auth::caller::Caller;
use crate::store::users::User;
use crate::web::conditional_get::{IfNoneMatch, ListResponse};
use crate::web::created::Created;
use crate::web::error::{Error, Result};
use crate::web::idempotency_key::IdempotencyKey;
use crate::web::if_match::IfMatch;
use crate::web::json::Json;
use crate::web::pagination::PageQuery;
use crate::web::path::Path;
use crate::{AppState, posts};

/// `GET /api/wishes`: returns a page of the wishes of all users, newest first.
pub async fn list(
    State(state): State<AppState>,
    query: PageQuery,
    if_none_match: IfNoneMatch,
) -> Result<ListResponse<WishPage>> {
    ListResponse::new(&read_page(&state, &query).await?, &if_none_match)
}

/// Reads a page of the wishes of all users, newest first.
///
/// # Errors
/// `Invalid` if the cursor is malformed.
pub async fn read_page(state: &AppState, query: &PageQuery) -> Result<WishPage> {
    let page = state.store.list_posts(query.before(), query.limit.get()).await?;
    Ok(WishPage { wishes: page.posts, next: page.next })
}

/// `GET /api/users/{username}/wishes`: returns a page of a user's wishes, newest first.
pub async fn list_of_owner(
    State(state): State<AppState>,
    Path(username): Path<Username>,
    query: PageQuery,
    if_none_match: IfNoneMatch,
) -> Result<ListResponse<WishPage>> {
    let owner = state.store.find_user(&username).await?.ok_or(Error::NotFound)?;
    let page = state.store.list_posts_of_owner(&owner.into(), query.before(), query.limit.get()).await?;
    ListResponse::new(&WishPage { wishes: page.posts, next: page.next }, &if_none_match)
}

/// `POST /api/wishes`: creates a wish of the caller. A retry with the same idempotency key returns the first result.
pub async fn create(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Json(new): Json<NewWish>,
) -> Result<Created<Wish>> {
    create_by(&state, caller.user, key, new).await.map(Created)
}

/// Creates a wish of this owner.
///
/// # Errors
/// As [`posts::create`].
pub async fn create_by(state: &AppState, owner: User, key: IdempotencyKey, new: NewWish) -> Result<Wish> {
    let now = state.clock.now();
    let wish = Wish {
        id: key.id.to_string(),
        owner: owner.into(),
        name: new.name.as_str().to_owned(),
        description: new.description.as_str().to_owned(),
        url: new.url.as_ref().map(|url| url.as_str().to_owned()),
        received: false,
        created_at: now.into(),
        version: 1,
    };
    posts::create(state, key, &new, wish, now).await
}

/// `PATCH /api/wishes/{id}`: edits a wish of the caller, or marks it as received.
pub async fn edit(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    IfMatch(version): IfMatch,
    Json(edit): Json<EditWish>,
) -> Result<Json<Wish>> {
    let edit = |old: Wish| Wish {
        name: edit.name.map_or(old.name, |name| name.as_str().to_owned()),
        description: edit.description.map_or(old.description, |text| text.as_str().to_owned()),
        url: edit.url.map_or(old.url, |url| url.map(|url| url.as_str().to_owned())),
        received: edit.received.unwrap_or(old.received),
        version: old.version + 1,
        ..old
    };
    posts::edit(&state, caller, id, version, edit).await
}

/// `DELETE /api/wishes/{id}`: deletes a wish of the caller.
pub async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<NoContent> {
    posts::delete::<Wish>(&state, caller, id).await
}
