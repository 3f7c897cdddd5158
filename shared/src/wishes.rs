//! Wishes. Each user has a public list of them.

mod wish_description;
mod wish_name;
mod wish_url;

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;
use crate::users::PublicUser;

pub use wish_description::WishDescription;
pub use wish_name::WishName;
pub use wish_url::WishUrl;

/// The body of `POST /api/wishes`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewWish {
    /// What the user wishes for.
    pub name: WishName,
    /// Details; empty by default.
    #[serde(default)]
    pub description: WishDescription,
    /// A link, for example to a shop; none by default.
    #[serde(default)]
    pub url: Option<WishUrl>,
}

/// The body of `PATCH /api/wishes/{id}`. A missing field is not changed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EditWish {
    /// The new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<WishName>,
    /// The new description, which may be empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<WishDescription>,
    /// The new link; `null` removes it.
    #[serde(default, with = "serde_with::rust::double_option", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<WishUrl>"))]
    pub url: Option<Option<WishUrl>>,
    /// Whether the owner has received it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<bool>,
}

/// A wish on a user's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Wish {
    /// The id: a UUID.
    pub id: String,
    /// The user who owns the wish list.
    pub owner: PublicUser,
    /// What the user wishes for.
    pub name: String,
    /// Details, which may be empty.
    pub description: String,
    /// A link, if the wish has one.
    pub url: Option<String>,
    /// Whether the owner has received it.
    pub received: bool,
    /// When it was added.
    pub created_at: Timestamp,
    /// 1 at first; each edit adds 1.
    pub version: u64,
}

/// The response of `GET /api/wishes` and `GET /api/users/{username}/wishes`, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WishPage {
    /// The wishes, at most 20.
    pub wishes: Vec<Wish>,
    /// The cursor of the next page, to send as `before`; null on the last page.
    pub next: Option<String>,
}
