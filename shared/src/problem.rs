//! What an error looks like on the wire: RFC 9457, `application/problem+json`.

use serde::{Deserialize, Serialize};

use crate::thing::Thing;

/// The media type of a [`Problem`].
pub const MEDIA_TYPE: &str = "application/problem+json";

/// An error as the client sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Which problem; programs decide by it.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// The same for every problem of this kind, in English.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong this time and what to do about it, in English.
    pub detail: String,
    /// The field of the request that is to blame, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// With [`Kind::ChangedMeanwhile`]: the thing as it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Box<Thing>>,
}

/// Every kind of problem there is; on the wire `/problems/<name>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// 400: the request can't be read.
    #[serde(rename = "/problems/malformed")]
    Malformed,
    /// 401: no login, or one that has ended.
    #[serde(rename = "/problems/not-logged-in")]
    NotLoggedIn,
    /// 401: no such username, or not its password.
    #[serde(rename = "/problems/wrong-login")]
    WrongLogin,
    /// 403: a cookie came along on a request that another site started.
    #[serde(rename = "/problems/cross-site")]
    CrossSite,
    /// 403: this is somebody else's.
    #[serde(rename = "/problems/not-yours")]
    NotYours,
    /// 404: no such thing, or not for you to know.
    #[serde(rename = "/problems/not-found")]
    NotFound,
    /// 405: the address is right, the method is not.
    #[serde(rename = "/problems/method-not-allowed")]
    MethodNotAllowed,
    /// 408: the request took too long to arrive.
    #[serde(rename = "/problems/too-slow")]
    TooSlow,
    /// 409: somebody else has this username.
    #[serde(rename = "/problems/username-taken")]
    UsernameTaken,
    /// 409: this idempotency key is that of something else.
    #[serde(rename = "/problems/key-reused")]
    KeyReused,
    /// 409: the account belongs to an outside issuer; it has no password and no sessions here.
    #[serde(rename = "/problems/no-password")]
    NoPassword,
    /// 410: what this idempotency key made was deleted.
    #[serde(rename = "/problems/gone")]
    Gone,
    /// 412: it was changed meanwhile; `current` is how it is now.
    #[serde(rename = "/problems/changed-meanwhile")]
    ChangedMeanwhile,
    /// 413: more bytes than are read.
    #[serde(rename = "/problems/too-large")]
    TooLarge,
    /// 415: the body is not JSON, or not a form where one is asked for.
    #[serde(rename = "/problems/not-json")]
    NotJson,
    /// 422: a field breaks a rule.
    #[serde(rename = "/problems/invalid")]
    Invalid,
    /// 422: a password that is too easy to guess.
    #[serde(rename = "/problems/weak-password")]
    WeakPassword,
    /// 422: the password that should confirm something is not the caller's.
    #[serde(rename = "/problems/wrong-password")]
    WrongPassword,
    /// 428: which version is to be changed is not said.
    #[serde(rename = "/problems/version-missing")]
    VersionMissing,
    /// 429: too often; `Retry-After` says how long to wait.
    #[serde(rename = "/problems/too-many-tries")]
    TooManyTries,
    /// 500: our fault.
    #[serde(rename = "/problems/internal")]
    Internal,
    /// 501: the server does not know a feature of HTTP that the request uses.
    #[serde(rename = "/problems/not-implemented")]
    NotImplemented,
    /// 503: not now; try again.
    #[serde(rename = "/problems/unavailable")]
    Unavailable,
    /// One that a newer server knows and this program does not.
    #[serde(other)]
    Unknown,
}
