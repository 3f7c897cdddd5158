//! The message board: anyone may read it, whoever is logged in may post.

use axum::extract::State;
use axum::response::IntoResponse;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::StatusCode;
use http::header::CACHE_CONTROL;
use serde::Deserialize;
use shared::board::{Message, Messages, NewMessage};

use crate::AppState;
use crate::auth::Caller;
use crate::clock::rfc3339;
use crate::error::{Error, Result};
use crate::extract::{IdempotencyKey, Json, Query};

/// The most things on a page, and how many there are if nobody says.
const PAGE: usize = 20;

/// The edge may answer with what it has for a second; a browser always asks.
const SHARED_BY_ALL: &str = "public, max-age=0, s-maxage=1";

/// Which page.
#[derive(Deserialize)]
pub struct Which {
    before: Option<String>,
    limit: Option<String>,
}

/// `GET /api/messages`: the newest, or those before a cursor. The same for everybody.
pub async fn list(State(state): State<AppState>, Query(which): Query<Which>) -> Result<impl IntoResponse> {
    let limit = which.limit.as_deref().map_or(Ok(PAGE), limit)?;
    let (messages, next) = state.store.messages(which.before.as_deref(), limit).await?;
    Ok(([(CACHE_CONTROL, SHARED_BY_ALL)], Json(Messages { messages, next })))
}

fn limit(text: &str) -> Result<usize> {
    text.parse().ok().filter(|limit| (1..=PAGE).contains(limit)).ok_or_else(|| Error::Invalid {
        field: "limit".into(),
        detail: format!("must be a number from 1 to {PAGE}"),
    })
}

/// `POST /api/messages`: adds a message under the caller's name. A retry with the same key finds
/// its own message.
pub async fn post(
    State(state): State<AppState>,
    caller: Caller, // being in the signature is what demands a login
    IdempotencyKey(id): IdempotencyKey,
    Json(new): Json<NewMessage>,
) -> Result<(StatusCode, Json<Message>)> {
    let request = hash(&new)?;
    let message = Message {
        id: id.to_string(),
        author: caller.user.into(),
        body: new.body.as_str().to_owned(),
        created_at: rfc3339(state.clock.now()),
        edited_at: None,
        version: 1,
    };
    Ok((StatusCode::CREATED, Json(state.store.add_message(id, message, request).await?)))
}

fn hash(request: &impl serde::Serialize) -> Result<String> {
    let json = serde_json::to_vec(request).map_err(|error| Error::Internal(error.into()))?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &json)))
}
