//! English sentences that the app, the pages under `/lite` and the problem details of the API share.
//!
//! `app/src/i18n` contains the German versions. `{}` is a placeholder for a number.

// Hints below fields.
/// Hint for the username: its use and its format.
pub const USERNAME_HINT: &str = "You log in with this. 3–30 characters: a–z, 0–9, _ or -.";
/// Hint for the display name: its use.
pub const DISPLAY_NAME_HINT: &str = "Shown next to everything you post.";
/// Hint for a new password: its length, and how to choose one.
pub const PASSWORD_HINT: &str = "At least 8 characters. A few unusual words work well.";

// Pages.
/// Explanation on the page for an unknown address.
pub const PAGE_NOT_FOUND_DETAIL: &str = "The address may be wrong, or the page no longer exists.";

// Validation errors. Each is shown below the field that it is about.
/// `ValidationError::Empty`
pub const EMPTY: &str = "This can't be empty.";
/// `ValidationError::TooShort`, with the minimum.
pub const TOO_SHORT: &str = "Use at least {} characters.";
/// `ValidationError::TooLong`, with the maximum.
pub const TOO_LONG: &str = "Use at most {} characters.";
/// `ValidationError::NoVisibleCharacter`
pub const NO_VISIBLE_CHARACTER: &str = "Use at least one visible character.";
/// `ValidationError::ControlCharacter`
pub const CONTROL_CHARACTER: &str = "This contains an invisible control character.";
/// `ValidationError::DirectionControl`
pub const DIRECTION_CONTROL: &str = "This contains an invisible character that changes the text direction.";
/// `ValidationError::StartsWithMark`
pub const STARTS_WITH_MARK: &str = "Start with a letter, a digit or a symbol.";
/// `ValidationError::NotAUsername`
pub const NOT_A_USERNAME: &str = "Use only a–z, 0–9, _ and -.";
/// `ValidationError::NotALink`
pub const NOT_A_LINK: &str = "Use a link that starts with http:// or https://.";
/// `ValidationError::Reserved`
pub const RESERVED: &str = "A username can't start with u-.";

// Problems.
/// `ProblemType::NotLoggedIn`: the request has no access token, or no cookie of a live session.
pub const NOT_LOGGED_IN: &str = "Please log in first.";
/// `ProblemType::NotLoggedIn`: the session has ended.
pub const SESSION_ENDED: &str = "You were logged out. Please log in again.";
/// `ProblemType::WrongLogin`
pub const WRONG_LOGIN: &str = "The username or password is wrong.";
/// `ProblemType::CrossSite`
pub const CROSS_SITE: &str = "This request came from another site. Please reload the page.";
/// `ProblemType::NotYours`
pub const NOT_YOURS: &str = "You can only change your own posts.";
/// `ProblemType::NotFound`
pub const NOT_FOUND: &str = "This doesn't exist or was deleted.";
/// `ProblemType::UsernameTaken`
pub const USERNAME_TAKEN: &str = "This username is taken. Please choose another.";
/// `ProblemType::NoPassword`
pub const NO_PASSWORD: &str =
    "You log in to this account with another service. You can change this only there.";
/// `ProblemType::EditConflict`
pub const EDIT_CONFLICT: &str = "This was edited somewhere else. Save again to replace that version.";
/// `ProblemType::WeakPassword`, in the app and on `/lite`. In the API, the advice of zxcvbn replaces the second
/// sentence.
pub const WEAK_PASSWORD: &str = "This password is too easy to guess. A few unusual words work well.";
/// `ProblemType::WrongPassword`
pub const WRONG_PASSWORD: &str = "That password is wrong.";
/// `ProblemType::Internal`
pub const INTERNAL: &str = "Something went wrong on our side. Please try again.";
/// `ProblemType::Unavailable`
pub const BUSY: &str = "Wishboard is busy. Please try again in a moment.";
