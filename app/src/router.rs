//! Routes: converts paths to pages, and pages to paths.

use leptos::prelude::window;
use shared::users::Username;
use web_sys::UrlSearchParams;

/// A page of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The message board.
    Messages,
    /// The newest wishes of all users.
    Wishes,
    /// The wish list of the user with this username.
    UserWishes(String),
    /// The sign-up form.
    SignUp,
    /// The user's own account.
    Account,
    /// Any other path.
    NotFound,
}

impl Route {
    /// Returns the page of a path. Ignores one trailing slash.
    pub fn parse(path: &str) -> Self {
        match path.strip_suffix('/').unwrap_or(path) {
            "" => Self::Messages,
            "/wishes" => Self::Wishes,
            "/signup" => Self::SignUp,
            "/account" => Self::Account,
            path => Self::parse_user_wishes(path).unwrap_or(Self::NotFound),
        }
    }

    fn parse_user_wishes(path: &str) -> Option<Self> {
        let username = Username::parse(path.strip_prefix("/u/")?).ok()?;
        Some(Self::UserWishes(username.as_str().to_owned()))
    }

    /// The path of the page.
    pub fn href(&self) -> String {
        match self {
            Self::Messages => "/".to_owned(),
            Self::Wishes => "/wishes".to_owned(),
            Self::UserWishes(username) => format!("/u/{username}"),
            Self::SignUp => "/signup".to_owned(),
            Self::Account => "/account".to_owned(),
            Self::NotFound => "/404".to_owned(),
        }
    }

    /// The path of the sign-up page. Its query parameter `next` makes the app return to this page after the sign-up.
    pub fn sign_up_href(&self) -> String {
        match self {
            Self::Messages | Self::SignUp | Self::NotFound => Self::SignUp.href(),
            page => format!("{}?next={}", Self::SignUp.href(), page.href()),
        }
    }
}

/// Returns the page to show after the sign-up, from the query parameter `next` of the current address. The parameter is
/// parsed as a route and never used as an address, so it cannot lead to another site.
pub fn page_after_sign_up() -> Option<Route> {
    let query = window().location().search().ok()?;
    let path = UrlSearchParams::new_with_str(&query).ok()?.get("next")?;
    let is_plain = !path.contains(|c: char| c.is_control() || c.is_whitespace());
    let route = Some(Route::parse(&path)).filter(|_| is_plain && path.starts_with('/'));
    route.filter(|route| !matches!(route, Route::NotFound | Route::SignUp))
}
