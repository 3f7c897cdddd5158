//! What can go wrong. The only chooser of status codes, and of what a client may know.

use std::borrow::Cow;

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use shared::posts::Post;
use shared::problem::{self, Problem, ProblemType};
use shared::texts;

/// A cause that is logged and never shown.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// What this crate's functions return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Everything a request can fail with, one variant per meaning.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// 400. The request can't be read at all.
    #[error("{0}")]
    Malformed(Cow<'static, str>),
    /// 401. No login came with the request.
    #[error("{}", texts::NOT_LOGGED_IN)]
    NotLoggedIn,
    /// 401. A token or a session that does not verify, or has ended. Never says which.
    #[error("{}", texts::SESSION_ENDED)]
    SessionEnded,
    /// 401. The token is valid, and too old for what it should confirm (RFC 9470).
    #[error("This needs an access token from the last five minutes. Please log in again.")]
    TokenTooOld,
    /// 401. No such username, or not its password. Never says which.
    #[error("{}", texts::WRONG_LOGIN)]
    WrongLogin,
    /// 403. The session cookie on a request that another site started.
    #[error("{}", texts::CROSS_SITE)]
    CrossSite,
    /// 403. It is there for all to see, and somebody else's.
    #[error("{}", texts::NOT_YOURS)]
    NotYours,
    /// 404. Nothing is there, or nothing the caller may know of.
    #[error("{}", texts::NOT_FOUND)]
    NotFound,
    /// 405. The address is right, the method is not; the router adds `Allow`.
    #[error("This method is not allowed here. The Allow header lists the allowed ones.")]
    MethodNotAllowed,
    /// 408. The body did not arrive in ten seconds.
    #[error("The request took too long to arrive. Please try again.")]
    TooSlow,
    /// 409. Somebody has this username, or had it.
    #[error("{}", texts::USERNAME_TAKEN)]
    UsernameTaken,
    /// 409. The idempotency key is already that of something else.
    #[error("This Idempotency-Key was used for other content. Send a new key.")]
    KeyReused,
    /// 409. The caller comes from an outside issuer, and has no password and no sessions here.
    #[error("{}", texts::NO_PASSWORD)]
    NoPassword,
    /// 410. What the idempotency key made was deleted.
    #[error(
        "This was created with the same Idempotency-Key and deleted since. Send a new key to create it again."
    )]
    Gone,
    /// 412. It was changed since the version that the client has; carries how it is now.
    #[error("{}", texts::CHANGED_MEANWHILE)]
    ChangedMeanwhile(Box<Post>),
    /// 413. More bytes than are read.
    #[error("The request is larger than 65,536 bytes.")]
    TooLarge,
    /// 415. The body does not say that it is JSON.
    #[error("The body must be JSON, with `Content-Type: application/json`.")]
    NotJson,
    /// 415. The body does not say that it is a form.
    #[error("The body must be a form, with `Content-Type: application/x-www-form-urlencoded`.")]
    NotForm,
    /// 422. A field breaks a rule.
    #[error("{field}: {detail}")]
    Invalid {
        /// Which field.
        field: Cow<'static, str>,
        /// What it must be.
        detail: String,
    },
    /// 422. A password that is too easy to guess.
    #[error("This password is too easy to guess. {advice}")]
    WeakPassword {
        /// The field it was in.
        field: &'static str,
        /// How to make it better, by zxcvbn.
        advice: String,
    },
    /// 422. Not the caller's password, which should confirm the request; the field it was in.
    #[error("{}", texts::WRONG_PASSWORD)]
    WrongPassword(&'static str),
    /// 428. Edits say which version they were made from.
    #[error("Send the version that you edit: `If-Match: \"<version>\"`.")]
    VersionMissing,
    /// 429. A rate limit is reached: for this address, account, session or user.
    #[error("Too many attempts. Please wait {}:{:02}.", .seconds / 60, .seconds % 60)]
    TooManyTries {
        /// How long to wait.
        seconds: i64,
    },
    /// 500. Our fault.
    #[error("{}", texts::INTERNAL)]
    Internal(#[source] Cause),
    /// 501. The body has a transfer coding other than `chunked` (RFC 9112, section 6.1).
    #[error("The only supported transfer coding is chunked.")]
    UnknownTransferCoding,
    /// 503. More work than can be done at once.
    #[error("{}", texts::BUSY)]
    Busy,
    /// 503. The outside issuer doesn't say which keys are its own. It is logged where it was asked.
    #[error("The external identity provider can't be reached. Please try again in a moment.")]
    IssuerUnavailable,
    /// 503. The database doesn't answer.
    #[error("The data can't be reached right now. Please try again in a moment.")]
    Unavailable(#[source] Cause),
}

impl Error {
    /// What went wrong, with all its causes, for a log or a terminal.
    pub fn chain(&self) -> impl std::fmt::Display {
        Chain(self)
    }

    /// A failure of the server itself.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    fn status_and_kind(&self) -> (StatusCode, ProblemType) {
        match self {
            Self::Malformed(_) => (StatusCode::BAD_REQUEST, ProblemType::Malformed),
            Self::NotLoggedIn | Self::SessionEnded | Self::TokenTooOld => {
                (StatusCode::UNAUTHORIZED, ProblemType::NotLoggedIn)
            }
            Self::WrongLogin => (StatusCode::UNAUTHORIZED, ProblemType::WrongLogin),
            Self::CrossSite => (StatusCode::FORBIDDEN, ProblemType::CrossSite),
            Self::NotYours => (StatusCode::FORBIDDEN, ProblemType::NotYours),
            Self::NotFound => (StatusCode::NOT_FOUND, ProblemType::NotFound),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, ProblemType::MethodNotAllowed),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, ProblemType::TooSlow),
            Self::UsernameTaken => (StatusCode::CONFLICT, ProblemType::UsernameTaken),
            Self::KeyReused => (StatusCode::CONFLICT, ProblemType::KeyReused),
            Self::NoPassword => (StatusCode::CONFLICT, ProblemType::NoPassword),
            Self::Gone => (StatusCode::GONE, ProblemType::Gone),
            Self::ChangedMeanwhile(_) => (StatusCode::PRECONDITION_FAILED, ProblemType::ChangedMeanwhile),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, ProblemType::TooLarge),
            Self::NotJson | Self::NotForm => (StatusCode::UNSUPPORTED_MEDIA_TYPE, ProblemType::NotJson),
            Self::Invalid { .. } => (StatusCode::UNPROCESSABLE_ENTITY, ProblemType::Invalid),
            Self::WeakPassword { .. } => (StatusCode::UNPROCESSABLE_ENTITY, ProblemType::WeakPassword),
            Self::WrongPassword(_) => (StatusCode::UNPROCESSABLE_ENTITY, ProblemType::WrongPassword),
            Self::VersionMissing => (StatusCode::PRECONDITION_REQUIRED, ProblemType::VersionMissing),
            Self::TooManyTries { .. } => (StatusCode::TOO_MANY_REQUESTS, ProblemType::TooManyTries),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, ProblemType::Internal),
            Self::UnknownTransferCoding => (StatusCode::NOT_IMPLEMENTED, ProblemType::NotImplemented),
            Self::Busy | Self::IssuerUnavailable | Self::Unavailable(_) => {
                (StatusCode::SERVICE_UNAVAILABLE, ProblemType::Unavailable)
            }
        }
    }

    /// A field that this request can't do without.
    pub fn missing(field: impl Into<Cow<'static, str>>) -> Self {
        Self::Invalid { field: field.into(), detail: "This is required.".to_owned() }
    }

    fn field(&self) -> Option<String> {
        match self {
            Self::Invalid { field, .. } => Some(field.to_string()),
            Self::WeakPassword { field, .. } | Self::WrongPassword(field) => Some((*field).to_owned()),
            Self::UsernameTaken => Some("username".to_owned()),
            _ => None,
        }
    }

    /// The challenge that a 401 owes the client: RFC 6750, section 3, and RFC 9470, section 3.
    fn challenge(&self) -> Option<HeaderValue> {
        match self {
            Self::NotLoggedIn | Self::WrongLogin => Some(HeaderValue::from_static("Bearer")),
            Self::SessionEnded => Some(HeaderValue::from_static("Bearer error=\"invalid_token\"")),
            Self::TokenTooOld => Some(HeaderValue::from_static(
                "Bearer error=\"insufficient_user_authentication\", max_age=\"300\"",
            )),
            _ => None,
        }
    }

    /// How long to wait before trying again, in seconds.
    fn retry_after(&self) -> Option<i64> {
        match self {
            Self::TooManyTries { seconds } => Some(*seconds),
            Self::Busy | Self::Unavailable(_) => Some(2),
            Self::IssuerUnavailable => Some(5),
            _ => None,
        }
    }

    fn current(&self) -> Option<Box<Post>> {
        match self {
            Self::ChangedMeanwhile(current) => Some(current.clone()),
            _ => None,
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Self::Internal(cause) | Self::Unavailable(cause) = &self {
            tracing::error!(cause = %Chain(&**cause), "{self}");
        }
        let (status, kind) = self.status_and_kind();
        let problem = Problem {
            kind,
            title: kind.title().to_owned(),
            status: status.as_u16(),
            detail: self.to_string(),
            field: self.field(),
            current: self.current(),
        };
        let mut response = (status, axum::Json(&problem)).into_response();
        // For pages, which say it in their own way.
        response.extensions_mut().insert(problem);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(problem::MEDIA_TYPE));
        if let Some(challenge) = self.challenge() {
            headers.insert(WWW_AUTHENTICATE, challenge);
        }
        if let Some(seconds) = self.retry_after() {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// An error with all its sources, on one line.
pub(crate) struct Chain<'a>(pub(crate) &'a (dyn std::error::Error + 'static));

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = self.0.to_string();
        for source in std::iter::successors(self.0.source(), |error| error.source()) {
            text = format!("{}: {source}", text.trim_end_matches('.'));
        }
        f.write_str(&text)
    }
}
