//! A session that has just been created, and the response that sends its secrets to the browser.

use axum::response::AppendHeaders;
use http::header::SET_COOKIE;
use http::{HeaderName, HeaderValue};
use shared::sessions::TokenResponse;

use crate::AppState;
use crate::auth::known_device::DeviceSecrets;
use crate::auth::session::{self, SessionSecret};
use crate::config::Mode;
use crate::store::sessions::Session;
use crate::store::users::User;
use crate::web::error::Result;

/// A session that has just been created, with the secrets of its cookies.
pub struct NewSession {
    /// The session, as stored.
    pub session: Session,
    /// The user of the session.
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

    /// Returns both cookies and an access token, for the response to a login or sign-up.
    ///
    /// # Errors
    /// `Unavailable` if the key ring cannot be read.
    pub async fn into_token(self, state: &AppState) -> Result<(SetCookies, TokenResponse)> {
        let cookies = self.cookies(state.config.mode);
        Ok((cookies, session::token_response(state, &self.session, self.user).await?))
    }
}
