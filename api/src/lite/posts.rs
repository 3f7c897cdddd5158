//! The handlers for messages and wishes: the two lists, and the forms that create a post.

use axum::extract::State;
use axum::response::IntoResponse;
use http::{HeaderMap, StatusCode};
use schemars::JsonSchema;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use shared::messages::{MessageBody, NewMessage};
use shared::wishes::{NewWish, WishDescription, WishName, WishUrl};

use crate::auth::same_site::SameSite;
use crate::auth::session;
use crate::lite::form_id::FormId;
use crate::lite::language::Language;
use crate::lite::list::List;
use crate::lite::page::ListView;
use crate::lite::submitted_form::{FormResponse, SubmittedForm};
use crate::lite::{HtmlPage, find_user, with_page};
use crate::store::users::User;
use crate::web::compression::SameForAllUsers;
use crate::web::error::{Error, Result};
use crate::web::idempotency_key::IdempotencyKey;
use crate::web::pagination::PageQuery;
use crate::{AppState, messages, wishes};

/// `GET /lite`: returns a page of messages, newest first, with the forms for the user or guest.
pub async fn show_messages(
    State(state): State<AppState>,
    language: Language,
    headers: HeaderMap,
    query: PageQuery,
) -> Result<HtmlPage> {
    show(&state, language, &headers, List::Messages, &query).await
}

/// `GET /lite/wishes`: returns a page of the wishes of all users, newest first, with the form for users.
pub async fn show_wishes(
    State(state): State<AppState>,
    language: Language,
    headers: HeaderMap,
    query: PageQuery,
) -> Result<HtmlPage> {
    show(&state, language, &headers, List::Wishes, &query).await
}

async fn show(
    state: &AppState,
    language: Language,
    headers: &HeaderMap,
    list: List,
    query: &PageQuery,
) -> Result<HtmlPage> {
    let user = find_user(state, headers).await?;
    let posts = list.read_page(state, query).await?;
    let is_guest = user.is_none();
    let view = ListView { texts: language.texts(), list, user, posts, rejected: None };
    let mut response = with_page(StatusCode::OK.into_response(), language, view.render());
    if is_guest {
        response.extensions_mut().insert(SameForAllUsers);
    }
    Ok(HtmlPage(response))
}

/// `POST /lite/messages`: creates a message. Sending the same form again has no further effect.
pub async fn create_message(_: SameSite, request: SubmittedForm<NewMessageForm>) -> Result<FormResponse> {
    let SubmittedForm { state, headers, .. } = &request;
    let created = async {
        let (_, user) = session::from_cookie(state, headers).await?;
        let NewMessageForm { author, key, body } = request.parse()?;
        check_author(&author, &user)?;
        messages::create_by(state, user, key, NewMessage { body }).await
    };
    let result = created.await.map(|_| ());
    request.respond(FormId::NewMessage, result).await
}

/// `POST /lite/wishes`: creates a wish. Sending the same form again has no further effect.
pub async fn create_wish(_: SameSite, request: SubmittedForm<NewWishForm>) -> Result<FormResponse> {
    let SubmittedForm { state, headers, .. } = &request;
    let created = async {
        let (_, user) = session::from_cookie(state, headers).await?;
        let NewWishForm { author, key, name, description, url } = request.parse()?;
        check_author(&author, &user)?;
        wishes::create_by(state, user, key, NewWish { name, description, url }).await
    };
    let result = created.await.map(|_| ());
    request.respond(FormId::NewWish, result).await
}

/// The fields of the form for a new message.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMessageForm {
    /// The username of the user who was logged in when the page was created.
    pub author: String,
    /// The idempotency key of the form.
    pub key: IdempotencyKey,
    /// The text of the message.
    pub body: MessageBody,
}

/// The fields of the form for a new wish.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWishForm {
    /// As in [`NewMessageForm`].
    pub author: String,
    /// As in [`NewMessageForm`].
    pub key: IdempotencyKey,
    /// What the user wishes for.
    pub name: WishName,
    /// Details; empty by default.
    #[serde(default)]
    pub description: WishDescription,
    /// A link, perhaps without `https://`; none by default.
    #[serde(default, deserialize_with = "deserialize_url")]
    #[schemars(with = "String", extend("default" = ""))]
    pub url: Option<WishUrl>,
}

/// Deserializes a field for a link.
fn deserialize_url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<WishUrl>, D::Error> {
    let text = String::deserialize(deserializer)?;
    WishUrl::parse_field(&text).map_err(D::Error::custom)
}

/// Rejects a form that was created for another user. Since then, the browser may have logged in as this user.
fn check_author(author: &str, user: &User) -> Result<()> {
    if author == user.username { Ok(()) } else { Err(Error::NotYours) }
}
