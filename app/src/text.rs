//! Every string that people read. English; another language is another arm in each of these.
//!
//! The API's problems are worded here by their kind, so that they speak the language of the page.

use js_sys::{Array, Date, Intl, Number, Object, Reflect};
use leptos::prelude::window;
use shared::problem::{Kind, Problem};
use shared::rule::Invalid;

use crate::api::Failure;
use crate::route::Route;
use crate::session::Notice;

/// One function for each fixed text.
macro_rules! texts {
    ($($name:ident: $english:literal;)*) => {$(
        #[doc = $english]
        pub fn $name() -> &'static str {
            $english
        }
    )*};
}

texts! {
    account: "Account";
    as_it_is_now: "As it is now";
    brand: "Wishboard";
    cancel: "Cancel";
    delete: "Delete";
    deleting: "Deleting…";
    description: "Description";
    dismiss: "Dismiss";
    edit: "Edit";
    edited: "edited";
    link: "Link";
    link_hint: "Where to find it, if there is a page about it.";
    loading: "Loading…";
    log_in: "Log in";
    log_out: "Log out";
    logging_in: "Logging in…";
    mark_received: "Mark as received";
    message: "Message";
    messages: "Messages";
    my_wishes: "My wishes";
    name: "Name";
    name_hint: "What others see.";
    nobody: "There is nobody of this name";
    not_found: "There is nothing here";
    not_found_detail: "The address is mistyped, or the page has gone.";
    not_received: "Not received yet";
    pages: "Pages";
    password: "Password";
    password_hint: "At least 8 characters. A few unusual words make a good one.";
    received: "Received";
    save: "Save";
    saving: "Saving…";
    sign_up: "Sign up";
    sign_up_intro: "One account for messages and wish lists. All it takes is a name.";
    signing_up: "Signing up…";
    skip_to_content: "Skip to content";
    to_the_messages: "To the messages";
    to_the_wishes: "To everybody's wishes";
    try_again: "Try again";
    username: "Username";
    username_hint: "To log in with: 3 to 30 letters a to z, digits, _ or -.";
    wish: "Wish";
    wishes: "Wishes";
}

/// What is said around a list and the things on it.
pub struct Words {
    /// The button and the dialog for something new.
    pub add: &'static str,
    /// What sends it.
    pub send: &'static str,
    /// While it is sent.
    pub sending: &'static str,
    /// The dialog to change something.
    pub edit: &'static str,
    /// The question before something is removed.
    pub remove: &'static str,
    /// How a guest may add something.
    pub guest: &'static str,
    /// There is nothing.
    pub none: &'static str,
    /// What a guest does about that.
    pub none_guest: &'static str,
    /// What others do about that.
    pub none_user: &'static str,
    /// The button for more.
    pub older: &'static str,
}

/// Around messages.
pub fn message_words() -> Words {
    Words {
        add: "Post a message",
        send: "Post",
        sending: "Posting…",
        edit: "Edit your message",
        remove: "Delete this message?",
        guest: "Log in or sign up to post a message.",
        none: "No messages yet",
        none_guest: "Sign up and write the first one.",
        none_user: "Be the first: say hello to whoever comes next.",
        older: "Older messages",
    }
}

/// Around wishes.
pub fn wish_words() -> Words {
    Words {
        add: "Add a wish",
        send: "Add",
        sending: "Adding…",
        edit: "Edit your wish",
        remove: "Delete this wish?",
        guest: "Log in or sign up to keep a wish list.",
        none: "No wishes yet",
        none_guest: "Sign up and make the first one.",
        none_user: "Add what you would like to have: the first of many.",
        older: "Older wishes",
    }
}

/// The title of somebody's wish list.
pub fn wishes_of(name: &str) -> String {
    format!("Wishes of {name}")
}

/// What the browser's tab says.
pub fn title(route: &Route) -> String {
    let page = match route {
        Route::Board => messages().to_owned(),
        Route::Wishes => wishes().to_owned(),
        Route::Person(username) => wishes_of(username),
        Route::SignUp => sign_up().to_owned(),
        Route::NotFound => not_found().to_owned(),
    };
    format!("{page} · {}", brand())
}

/// How many of the most characters are used.
pub fn characters(used: usize, most: usize) -> String {
    format!("{} of {} characters", number(used), number(most))
}

/// A rule that a field breaks.
pub fn invalid(rule: Invalid) -> String {
    match rule {
        Invalid::Empty => "Please fill this in.".to_owned(),
        Invalid::TooShort(least) => format!("Please use at least {} characters.", number(least)),
        Invalid::TooLong(most) => format!("Please use at most {} characters.", number(most)),
        Invalid::ControlCharacter => "There is an invisible control character in here.".to_owned(),
        Invalid::NotAUsername => "Please use only letters a to z, digits, _ and -.".to_owned(),
        Invalid::NotALink => "Please use a link that begins with http:// or https://.".to_owned(),
        Invalid::Reserved => "A username can't begin with u- here.".to_owned(),
    }
}

/// Why something did not work, and what to do about it.
pub fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Problem(problem) => return self::problem(problem),
        Failure::Offline => "Wishboard can't be reached. Are you online?",
        Failure::Timeout => "The answer takes too long. Please try again.",
        Failure::Ended => "Your login has ended. Please log in again.",
        Failure::SomebodyElse => "Somebody else is logged in in this browser now. Nothing was sent for them.",
        Failure::Other(401) => "Please log in first.",
        Failure::Other(403) => "This is not allowed.",
        Failure::Other(404) => "This is not there any more.",
        Failure::Other(413) => "This is too long.",
        Failure::Other(429) => "Too many attempts. Please wait a little.",
        Failure::Other(_) => "Something went wrong at our end. Please try again.",
    }
    .to_owned()
}

fn problem(problem: &Problem) -> String {
    match problem.kind {
        Kind::NotLoggedIn => "Please log in first.",
        Kind::WrongLogin => "Username or password is wrong.",
        Kind::UsernameTaken => "This username is taken. Please choose another.",
        Kind::WeakPassword => "This password is too easy to guess. A few unusual words make a good one.",
        Kind::NotFound => "This is not there any more.",
        Kind::NotYours => "This is somebody else's.",
        Kind::KeyReused => "This was sent already, and reads differently now. Edit it there, or change this text to send it as a new one.",
        Kind::Gone => "This was sent already, and deleted since. Change this text to send it as a new one.",
        Kind::ChangedMeanwhile => "This was changed elsewhere meanwhile, so nothing is saved yet. Have a look, then try again.",
        Kind::TooLarge => "This is too long.",
        Kind::CrossSite => "The browser says that another site sent this. Please reload the page.",
        Kind::Internal => "Something went wrong at our end. Please try again.",
        Kind::Unavailable => "There is too much going on right now. Please try again in a moment.",
        _ => &problem.detail,
    }
    .to_owned()
}

/// What happened to the login.
pub fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Ended => "Your login has ended. Please log in again.".to_owned(),
        Notice::SomebodyElse(user) => format!("You are now logged in as {}.", user.name),
        Notice::LogOutUnsent => "You are logged out here, but Wishboard could not be told. \
             On a shared computer, please log in and out again once you are online."
            .to_owned(),
    }
}

/// How long ago something was, in one unit: "5 minutes ago". `time` is RFC 3339, `now` in
/// milliseconds since 1970.
pub fn ago(time: &str, now: f64) -> String {
    const UNITS: [(&str, f64); 6] = [
        ("year", 31_557_600.0),
        ("month", 2_629_800.0),
        ("week", 604_800.0),
        ("day", 86_400.0),
        ("hour", 3_600.0),
        ("minute", 60.0),
    ];
    // Clocks differ: what is from the future is from now.
    let seconds = ((now - Date::parse(time)) / 1000.0).max(0.0);
    let unit = UNITS.into_iter().find(|(_, length)| seconds >= *length);
    let (unit, count) = unit.map_or(("second", 0.0), |(unit, length)| (unit, (seconds / length).floor()));
    let format = Intl::RelativeTimeFormat::new(&locales(), &options(&[("numeric", "auto")]));
    format.format(-count, unit).into()
}

/// Date and time in full, in the person's time zone. `time` is RFC 3339.
pub fn full_time(time: &str) -> String {
    let options = options(&[("dateStyle", "full"), ("timeStyle", "short")]);
    Date::new(&time.into()).to_locale_string(&locale(), &options).into()
}

fn number(number: usize) -> String {
    Number::from(number as f64).to_locale_string(&locale()).into()
}

/// The person's own kind of English, so that dates read as they are used to; else any English.
fn locale() -> String {
    window().navigator().language().filter(|language| language.starts_with("en")).unwrap_or("en".to_owned())
}

fn locales() -> Array {
    Array::of1(&locale().into())
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in pairs {
        _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    options
}
