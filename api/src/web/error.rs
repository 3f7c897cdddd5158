//! What can go wrong. The only chooser of status codes, and of what a client may know.

use std::borrow::Cow;

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use shared::posts::Post;
use shared::problem::{self, Problem, ProblemType};

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
    #[error("please log in")]
    NotLoggedIn,
    /// 401. A token or a session that does not verify, or has ended. Never says which.
    #[error("this login has ended; please log in again")]
    SessionEnded,
    /// 401. The token is valid, and too old for what it should confirm (RFC 9470).
    #[error("this needs a token of the last five minutes; please log in again")]
    TokenTooOld,
    /// 401. No such username, or not its password. Never says which.
    #[error("the username or the password is wrong")]
    WrongLogin,
    /// 403. The session cookie on a request that another site started.
    #[error("this may only be asked for from Wishboard's own pages")]
    CrossSite,
    /// 403. It is there for all to see, and somebody else's.
    #[error("this is somebody else's; you can only change your own")]
    NotYours,
    /// 404. Nothing is there, or nothing the caller may know of.
    #[error("there is nothing here")]
    NotFound,
    /// 405. The address is right, the method is not; the router adds `Allow`.
    #[error("this address takes other methods; see the Allow header")]
    MethodNotAllowed,
    /// 408. The body did not arrive in ten seconds.
    #[error("the request took too long to arrive; please try again")]
    TooSlow,
    /// 409. Somebody has this username, or had it.
    #[error("this username is taken; please choose another one")]
    UsernameTaken,
    /// 409. The idempotency key is already that of something else.
    #[error("this Idempotency-Key was used for something else; please make a new one")]
    KeyReused,
    /// 409. The caller comes from an outside issuer, and has no password and no sessions here.
    #[error("this account has no password and no sessions here; its login is somewhere else")]
    NoPassword,
    /// 410. What the idempotency key made was deleted.
    #[error("this was saved before and deleted since; use a new Idempotency-Key to save it again")]
    Gone,
    /// 412. It was changed since the version that the client has; carries how it is now.
    #[error("this was changed meanwhile; compare, and save again")]
    ChangedMeanwhile(Box<Post>),
    /// 413. More bytes than are read.
    #[error("the request may have at most 65,536 bytes")]
    TooLarge,
    /// 415. The body does not say that it is JSON.
    #[error("the body must be JSON, with Content-Type: application/json")]
    NotJson,
    /// 415. The body does not say that it is a form.
    #[error("the body must be a form, with Content-Type: application/x-www-form-urlencoded")]
    NotForm,
    /// 422. A field breaks a rule.
    #[error("{field} {detail}")]
    Invalid {
        /// Which field.
        field: Cow<'static, str>,
        /// What it must be.
        detail: String,
    },
    /// 422. A password that is too easy to guess.
    #[error("this password is too easy to guess: {advice}")]
    WeakPassword {
        /// The field it was in.
        field: &'static str,
        /// How to make it better, by zxcvbn.
        advice: String,
    },
    /// 422. Not the caller's password, which should confirm the request; the field it was in.
    #[error("this is not your password")]
    WrongPassword(&'static str),
    /// 428. Edits say which version they were made from.
    #[error("say which version you are changing: If-Match: \"<version>\"")]
    VersionMissing,
    /// 429. A rate limit is reached: for this address, account, session or user.
    #[error("that was too often; please try again in {seconds} {}", if *.seconds == 1 { "second" } else { "seconds" })]
    TooManyTries {
        /// How long to wait.
        seconds: i64,
    },
    /// 500. Our fault.
    #[error("something went wrong on our side; please try again later")]
    Internal(#[source] Cause),
    /// 501. The body has a transfer coding other than `chunked` (RFC 9112, section 6.1).
    #[error("the only transfer coding that this server knows is chunked")]
    UnknownTransferCoding,
    /// 503. More work than can be done at once.
    #[error("there is too much to do right now; please try again in a few seconds")]
    Busy,
    /// 503. The outside issuer doesn't say which keys are its own. It is logged where it was asked.
    #[error("who issued this login can't be reached right now; please try again in a few seconds")]
    IssuerUnavailable,
    /// 503. The database doesn't answer.
    #[error("the data can't be reached right now; please try again in a few seconds")]
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
        Self::Invalid { field: field.into(), detail: "is missing".to_owned() }
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
            title: status.canonical_reason().unwrap_or_default().to_owned(),
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
        write!(f, "{}", self.0)?;
        let mut error = self.0;
        while let Some(source) = error.source() {
            write!(f, ": {source}")?;
            error = source;
        }
        Ok(())
    }
}
