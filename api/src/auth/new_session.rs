//! What a login and a sign-up have in common: the client that sends it, and the cookies of the new session.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::AppendHeaders;
use http::header::SET_COOKIE;
use http::{HeaderName, HeaderValue};
use shared::sessions::TokenResponse;

use crate::AppState;
use crate::auth::client_address::ClientAddress;
use crate::auth::known_device::DeviceSecrets;
use crate::auth::session::{self, SessionSecret};
use crate::auth::user_agent::UserAgent;
use crate::config::Mode;
use crate::store::sessions::Session;
use crate::store::users::User;
use crate::web::error::{Error, Result};
use crate::web::extract::Json;

/// The client of a login or sign-up.
pub struct LoginClient {
    /// The address that rate limits count.
    pub address: ClientAddress,
    /// Its browser and operating system.
    pub device: UserAgent,
    /// The secrets of its device cookie.
    pub secrets: DeviceSecrets,
    /// The id of the browser's current session, if it has one. The new session replaces it.
    pub sid: Option<String>,
}

impl FromRequestParts<AppState> for LoginClient {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let (headers, mode) = (&parts.headers, state.config.mode);
        Ok(Self {
            device: UserAgent::from_headers(headers),
            secrets: DeviceSecrets::from_headers(headers, mode),
            sid: session::sid_from_cookie(headers, mode),
            address: ClientAddress::from_request_parts(parts, state).await?,
        })
    }
}

/// A session that has just been created, with the secrets of its cookies.
pub struct NewSession {
    /// The session, as stored.
    pub session: Session,
    /// Its user.
    pub user: User,
    /// The secret of the session cookie.
    pub session_secret: SessionSecret,
    /// The secrets of the device cookie.
    pub device_secrets: DeviceSecrets,
}

/// The `Set-Cookie` headers of a new session, in addition to the other headers of a response.
pub type SetCookies = AppendHeaders<[(HeaderName, HeaderValue); 2]>;

impl NewSession {
    /// Returns the `Set-Cookie` headers of the session and of the device.
    pub fn cookies(&self, mode: Mode) -> SetCookies {
        let cookies = [self.session_secret.set_cookie(mode), self.device_secrets.set_cookie(mode)];
        AppendHeaders(cookies.map(|cookie| (SET_COOKIE, cookie)))
    }

    /// Returns the response to a login or sign-up: both cookies and an access token.
    ///
    /// # Errors
    /// `Unavailable` if the key ring cannot be read.
    pub async fn into_response(self, state: &AppState) -> Result<(SetCookies, Json<TokenResponse>)> {
        let cookies = self.cookies(state.config.mode);
        Ok((cookies, Json(session::token_response(state, &self.session, self.user).await?)))
    }
}
