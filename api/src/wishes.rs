//! Wish lists: anyone may read them, everybody keeps their own.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use shared::users::Username;
use shared::wishes::{EditWish, NewWish, Wish, WishPage};
use uuid::Uuid;

use crate::auth::caller::Caller;
use crate::auth::rate_limit;
use crate::web::error::{Error, Result};
use crate::web::etag::Version;
use crate::web::extract::{IdempotencyKey, Json, Path};
use crate::web::pagination::PageQuery;
use crate::{AppState, posts};

/// `GET /api/wishes`: everybody's newest, or those before a cursor. The same for everybody.
pub async fn list(State(state): State<AppState>, query: PageQuery) -> Result<Response> {
    let page = state.store.newest(query.before(), query.limit).await?;
    query.respond(&WishPage { wishes: page.posts, next: page.next })
}

/// `GET /api/users/{username}/wishes`: somebody's newest, or those before a cursor.
pub async fn list_by_owner(
    State(state): State<AppState>,
    Path(username): Path<Username>,
    query: PageQuery,
) -> Result<Response> {
    let user = state.store.user(&username).await?.ok_or(Error::NotFound)?;
    let page = state.store.newest_by(&user.into(), query.before(), query.limit).await?;
    query.respond(&WishPage { wishes: page.posts, next: page.next })
}

/// `POST /api/wishes`: adds a wish to the caller's list. A retry with the same key finds its own
/// wish.
pub async fn add(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Json(new): Json<NewWish>,
) -> Result<(StatusCode, Json<Wish>)> {
    let now = state.clock.now();
    let request = key.request(&new)?;
    let wish = Wish {
        id: key.id.to_string(),
        owner: caller.user.into(),
        name: new.name.as_str().to_owned(),
        description: new.description.as_str().to_owned(),
        url: new.url.map(|link| link.as_str().to_owned()),
        received: false,
        created_at: now.into(),
        version: 1,
    };
    Ok((StatusCode::CREATED, Json(posts::create(&state, key.id, wish, request, now).await?)))
}

/// `PATCH /api/wishes/{id}`: changes the caller's wish, or marks it as received.
pub async fn edit(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Version(version): Version,
    Json(edit): Json<EditWish>,
) -> Result<Json<Wish>> {
    rate_limit::count_edit(&state, &caller.user.username).await?;
    let change = |old: Wish| Wish {
        name: edit.name.map_or(old.name, |name| name.as_str().to_owned()),
        description: edit.description.map_or(old.description, |text| text.as_str().to_owned()),
        url: edit.url.map_or(old.url, |link| link.map(|link| link.as_str().to_owned())),
        received: edit.received.unwrap_or(old.received),
        version: old.version + 1,
        ..old
    };
    state.store.edit(id, &caller.user.into(), version, change).await.map(Json)
}

/// `DELETE /api/wishes/{id}`: takes the caller's wish off the list.
pub async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<StatusCode> {
    state.store.remove::<Wish>(id, &caller.user.username, state.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
