//! The client of a login or sign-up: its address, its browser, and the cookies that it sends.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::AppState;
use crate::auth::client_address::ClientAddress;
use crate::auth::known_device::DeviceSecrets;
use crate::auth::session;
use crate::store::sessions::UserAgent;
use crate::web::describe::DescribeRequest;
use crate::web::error::{Error, Result};
use crate::web::operation::Operation;

/// The client of a login or sign-up.
pub struct LoginClient {
    /// The address by which rate limits identify the client.
    pub address: ClientAddress,
    /// The browser and the operating system.
    pub user_agent: UserAgent,
    /// The secrets of the device cookie.
    pub device_secrets: DeviceSecrets,
    /// The id of the browser's current session, if it has one. The new session replaces it.
    pub current_sid: Option<String>,
}

impl FromRequestParts<AppState> for LoginClient {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let (headers, mode) = (&parts.headers, state.config.mode);
        Ok(Self {
            user_agent: UserAgent::from_headers(headers),
            device_secrets: DeviceSecrets::from_headers(headers, mode),
            current_sid: session::sid_from_cookie(headers, mode),
            address: ClientAddress::from_request_parts(parts, state).await?,
        })
    }
}

/// Reads only headers that all browsers send, and cookies that the API has set.
impl DescribeRequest for LoginClient {
    fn describe(_: &mut Operation<'_>) {}
}
