//! Errors on the wire: RFC 9457, `application/problem+json`.

use serde::{Deserialize, Serialize};

use crate::posts::Post;

/// The media type of a [`Problem`].
pub const MEDIA_TYPE: &str = "application/problem+json";

/// An error as the client sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// The problem type. Clients must use it, not the texts, to distinguish problems.
    #[serde(rename = "type")]
    pub kind: ProblemType,
    /// A short English summary, the same for every problem of this type. See [`ProblemType::title`].
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong with this request and what to do next, in English.
    pub detail: String,
    /// The field of the request that was rejected, if there is exactly one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// With [`ProblemType::EditConflict`]: the current version of the post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Box<Post>>,
}

/// The problem types; on the wire `/problems/<name>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ProblemType {
    /// 400: the request cannot be parsed.
    #[serde(rename = "/problems/malformed")]
    Malformed,
    /// 401: the request has no valid access token or session cookie, or the session has ended.
    #[serde(rename = "/problems/not-logged-in")]
    NotLoggedIn,
    /// 401: unknown username or wrong password.
    #[serde(rename = "/problems/wrong-login")]
    WrongLogin,
    /// 403: a page of another site has started a request that uses the cookie.
    #[serde(rename = "/problems/cross-site")]
    CrossSite,
    /// 403: the post belongs to another user.
    #[serde(rename = "/problems/not-yours")]
    NotYours,
    /// 404: not found, or not visible to the caller.
    #[serde(rename = "/problems/not-found")]
    NotFound,
    /// 405: the path exists, but not with this method.
    #[serde(rename = "/problems/method-not-allowed")]
    MethodNotAllowed,
    /// 408: the request took too long to arrive.
    #[serde(rename = "/problems/too-slow")]
    RequestTimeout,
    /// 409: another user has this username, or had it before being deleted.
    #[serde(rename = "/problems/username-taken")]
    UsernameTaken,
    /// 409: the idempotency key belongs to another post.
    #[serde(rename = "/problems/key-reused")]
    KeyReused,
    /// 409: the user belongs to an external identity provider and has no password and no sessions here.
    #[serde(rename = "/problems/no-password")]
    NoPassword,
    /// 410: the post of this idempotency key was deleted.
    #[serde(rename = "/problems/gone")]
    Gone,
    /// 412: the post no longer has the version that the client edited; `current` is the current post.
    #[serde(rename = "/problems/changed-meanwhile")]
    EditConflict,
    /// 413: the body is too large.
    #[serde(rename = "/problems/too-large")]
    TooLarge,
    /// 415: the body has the wrong content type.
    #[serde(rename = "/problems/not-json")]
    NotJson,
    /// 422: a validation error.
    #[serde(rename = "/problems/invalid")]
    Invalid,
    /// 422: the password is too easy to guess.
    #[serde(rename = "/problems/weak-password")]
    WeakPassword,
    /// 422: the new password is the current one.
    #[serde(rename = "/problems/password-unchanged")]
    PasswordUnchanged,
    /// 422: the current password is wrong.
    #[serde(rename = "/problems/wrong-password")]
    WrongPassword,
    /// 428: the request does not name the version that it changes.
    #[serde(rename = "/problems/version-missing")]
    VersionMissing,
    /// 429: a rate limit is exceeded; `Retry-After` is the time to wait.
    #[serde(rename = "/problems/too-many-tries")]
    TooManyAttempts,
    /// 500: a bug or a misconfiguration of the server.
    #[serde(rename = "/problems/internal")]
    Internal,
    /// 501: the request uses a feature of HTTP that the server does not support.
    #[serde(rename = "/problems/not-implemented")]
    NotImplemented,
    /// 503: temporarily unavailable; the request can be retried.
    #[serde(rename = "/problems/unavailable")]
    Unavailable,
    /// A problem type that this version does not know, because the server is newer.
    #[serde(other)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    Unknown,
}

impl ProblemType {
    /// Returns the HTTP status of all problems of the type.
    pub fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::NotLoggedIn | Self::WrongLogin => 401,
            Self::CrossSite | Self::NotYours => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::RequestTimeout => 408,
            Self::UsernameTaken | Self::KeyReused | Self::NoPassword => 409,
            Self::Gone => 410,
            Self::EditConflict => 412,
            Self::TooLarge => 413,
            Self::NotJson => 415,
            Self::Invalid | Self::WeakPassword | Self::PasswordUnchanged | Self::WrongPassword => 422,
            Self::VersionMissing => 428,
            Self::TooManyAttempts => 429,
            Self::Internal | Self::Unknown => 500,
            Self::NotImplemented => 501,
            Self::Unavailable => 503,
        }
    }

    /// Returns the title (RFC 9457, section 3.1.3): a short English summary, which is the same for every problem of the
    /// type.
    pub fn title(self) -> &'static str {
        match self {
            Self::Malformed => "Malformed request",
            Self::NotLoggedIn => "Login required",
            Self::WrongLogin => "Wrong username or password",
            Self::CrossSite => "Cross-site request",
            Self::NotYours => "Not your post",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "Method not allowed",
            Self::RequestTimeout => "Request timeout",
            Self::UsernameTaken => "Username taken",
            Self::KeyReused => "Idempotency key reused",
            Self::NoPassword => "Account without a password",
            Self::Gone => "Deleted",
            Self::EditConflict => "Edit conflict",
            Self::TooLarge => "Request too large",
            Self::NotJson => "Unsupported content type",
            Self::Invalid => "Validation failed",
            Self::WeakPassword => "Weak password",
            Self::PasswordUnchanged => "Unchanged password",
            Self::WrongPassword => "Wrong password",
            Self::VersionMissing => "If-Match header missing",
            Self::TooManyAttempts => "Too many attempts",
            Self::Internal => "Internal server error",
            Self::NotImplemented => "Not implemented",
            Self::Unavailable => "Temporarily unavailable",
            Self::Unknown => "Unknown problem",
        }
    }
}
