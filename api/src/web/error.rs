//! The errors of all requests, with their status codes and texts.

use std::borrow::Cow;

use shared::common_texts::{ENGLISH, SharedTexts};
use shared::posts::Post;

mod response;

/// The cause of an error. It is logged and never sent to a client.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// The result type of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The reason why a request fails. The texts are sent to the client.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// 400. The request cannot be parsed.
    #[error("{0}")]
    Malformed(Cow<'static, str>),
    /// 401. The request has no access token, or no cookie of a live session.
    #[error("{}", ENGLISH.not_logged_in)]
    NotLoggedIn,
    /// 401. The access token is invalid or expired, or its session has ended. Does not reveal which.
    #[error("{}", ENGLISH.session_ended)]
    SessionEnded,
    /// 401. The access token is valid, but too old for this request (RFC 9470).
    #[error("This needs an access token from the last five minutes. Please log in again.")]
    TokenTooOld,
    /// 401. The username does not exist, or the password is wrong. Does not reveal which.
    #[error("{}", ENGLISH.wrong_login)]
    WrongLogin,
    /// 403. Another site has started a request that uses the session cookie.
    #[error("{}", ENGLISH.cross_site)]
    CrossSite,
    /// 403. The post belongs to another user.
    #[error("{}", ENGLISH.not_yours)]
    NotYours,
    /// 404. The resource does not exist, or the caller may not know that it does.
    #[error("{}", ENGLISH.not_found)]
    NotFound,
    /// 405. The path exists, but not with this method. The router adds the header `Allow`.
    #[error("This method is not allowed here. The Allow header lists the allowed ones.")]
    MethodNotAllowed,
    /// 408. The body has not arrived within ten seconds.
    #[error("The request took too long to arrive. Please try again.")]
    RequestTimeout,
    /// 409. A user has this username, or had it before being deleted.
    #[error("{}", ENGLISH.username_taken)]
    UsernameTaken,
    /// 409. The idempotency key belongs to a post with other content or of another user.
    #[error("This Idempotency-Key was used for other content. Send a new key.")]
    KeyReused,
    /// 409. The caller is a user of the external identity provider, and has no password and no sessions here.
    #[error("{}", ENGLISH.no_password)]
    NoPassword,
    /// 410. The post that was created with this idempotency key has been deleted.
    #[error(
        "This was created with the same Idempotency-Key and has been deleted. Send a new key to create it again."
    )]
    Gone,
    /// 412. The post no longer has the version that the client edited. Contains the current post.
    #[error("{}", ENGLISH.edit_conflict)]
    EditConflict(Box<Post>),
    /// 413. The body is too large.
    #[error("The request is larger than 65,536 bytes.")]
    TooLarge,
    /// 415. The content type of the body is not JSON.
    #[error("The body must be JSON, with `Content-Type: application/json`.")]
    NotJson,
    /// 415. The content type of the body is not that of a form.
    #[error("The body must be a form, with `Content-Type: application/x-www-form-urlencoded`.")]
    NotForm,
    /// 422. A field is invalid.
    #[error("{field}: {detail}")]
    Invalid {
        /// The path of the field in the body, or the name of the parameter or header.
        field: Cow<'static, str>,
        /// A sentence that says what the field must be.
        detail: String,
    },
    /// 422. The new password is too easy to guess.
    #[error("This password is too easy to guess. {advice}")]
    WeakPassword {
        /// The field of the password.
        field: &'static str,
        /// A sentence from zxcvbn that says how to choose a better one.
        advice: String,
    },
    /// 422. The new password in this field is the current one.
    #[error("{}", ENGLISH.password_unchanged)]
    PasswordUnchanged(&'static str),
    /// 422. The current password in this field is wrong.
    #[error("{}", ENGLISH.wrong_password)]
    WrongPassword(&'static str),
    /// 428. An edit has no header `If-Match`.
    #[error("Send the version that you edit: `If-Match: \"<version>\"`.")]
    VersionMissing,
    /// 429. A rate limit is exceeded: of this address, account, device, session or user.
    #[error("{}", too_many_attempts(&ENGLISH, *.seconds))]
    TooManyAttempts {
        /// The time until the next attempt, in seconds.
        seconds: i64,
    },
    /// 500. A bug or a misconfiguration of the server.
    #[error("{}", ENGLISH.internal)]
    Internal(#[source] Cause),
    /// 501. The body has a transfer coding other than `chunked` (RFC 9112, section 6.1).
    #[error("The only supported transfer coding is chunked.")]
    UnknownTransferCoding,
    /// 503. The server is overloaded.
    #[error("{}", ENGLISH.unavailable)]
    Busy,
    /// 503. The first signing keys are being generated.
    #[error("The signing keys are being created. Please try again in a moment.")]
    NoSigningKey,
    /// 503. The external identity provider does not provide its keys. `external` logs the cause.
    #[error("The external identity provider can't be reached. Please try again in a moment.")]
    IssuerUnavailable,
    /// 503. The database does not respond.
    #[error("The data can't be reached right now. Please try again in a moment.")]
    Unavailable(#[source] Cause),
}

impl Error {
    /// Returns the error and its causes on one line, for a log or a terminal.
    pub fn chain(&self) -> impl std::fmt::Display {
        Chain(self)
    }

    /// Returns `Internal` with this cause.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    /// Returns `Unavailable` with this cause.
    pub fn unavailable(cause: impl Into<Cause>) -> Self {
        Self::Unavailable(cause.into())
    }

    /// Returns `Invalid` for a field, with a sentence that says what it must be.
    pub fn invalid(field: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Self {
        Self::Invalid { field: field.into(), detail: detail.into() }
    }

    /// Returns `Invalid` for a missing field.
    pub fn missing(field: impl Into<Cow<'static, str>>) -> Self {
        Self::invalid(field, "This is required.")
    }
}

/// Returns the text of [`Error::TooManyAttempts`] in the language of these texts.
pub fn too_many_attempts(texts: &SharedTexts, seconds: i64) -> String {
    let wait = texts.retry_wait.replace("{}", &format!("{}:{:02}", seconds / 60, seconds % 60));
    format!("{} {wait}", texts.too_many_attempts)
}

/// Formats an error and its sources on one line.
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
