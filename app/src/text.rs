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
    account_guest: "Log in to see your account. New here?";
    as_it_is_now: "As it is now";
    brand: "Wishboard";
    cancel: "Cancel";
    change_password: "Change password";
    current_password: "Current password";
    delete: "Delete";
    delete_account: "Delete account";
    delete_detail: "Your messages, your wishes and your account will be removed, everywhere and at once. This can't be undone.";
    delete_intro: "Removes your account and everything you have written here, for good.";
    delete_my_account: "Delete my account";
    delete_question: "Delete your account?";
    delete_username: "Your username will never be free again: nobody can take it, not even you.";
    deleted_some: "There is a lot to delete. Some of it is gone already. Should this stop, delete once more to go on.";
    deleting: "Deleting…";
    description: "Description";
    discard: "Discard";
    dismiss: "Dismiss";
    download_my_data: "Download my data";
    draft: "This is what you had begun to write.";
    draft_waiting: "You have a draft.";
    edit: "Edit";
    edited: "edited";
    export_intro: "Everything Wishboard has stored about you, in one JSON file.";
    export_ready: "Your file is ready.";
    gathering: "Gathering…";
    link: "Link";
    link_hint: "Where to find it, if there is a page about it.";
    loading: "Loading…";
    log_in: "Log in";
    log_out: "Log out";
    logged_in_as: "You are logged in as";
    logging_in: "Logging in…";
    mark_received: "Mark as received";
    message: "Message";
    messages: "Messages";
    my_wishes: "My wishes";
    name: "Name";
    name_hint: "What others see.";
    new_password: "New password";
    nobody: "There is nobody of this name";
    not_found: "There is nothing here";
    not_found_detail: "The address is mistyped, or the page has gone.";
    not_received: "Not received yet";
    offline: "You are offline. What is here stays, and what you write is kept.";
    pages: "Pages";
    password: "Password";
    password_changed: "Your password is changed. All your other logins have been ended.";
    password_hint: "At least 8 characters. A few unusual words make a good one.";
    received: "Received";
    retry: "Retry";
    save: "Save";
    save_file: "Save the file";
    save_name: "Save name";
    saved: "Saved";
    saving: "Saving…";
    sign_up: "Sign up";
    sign_up_intro: "One account for messages and wish lists. All it takes is a name.";
    signing_up: "Signing up…";
    skip_to_content: "Skip to content";
    to_the_messages: "To the messages";
    to_the_wishes: "To everybody's wishes";
    too_often: "Too many attempts.";
    try_again: "Try again";
    try_again_now: "You can try again now.";
    typed_on: "Sent. What you have typed since is still here.";
    username: "Username";
    username_hint: "To log in with: 3 to 30 letters a to z, digits, _ or -.";
    wish: "Wish";
    wishes: "Wishes";
    your_data: "Your data";
    your_name: "Your name";
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
    /// One that others have added, and many.
    pub news: [&'static str; 2],
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
        news: ["new message", "new messages"],
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
        news: ["new wish", "new wishes"],
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
        Route::Account => account().to_owned(),
        Route::NotFound => not_found().to_owned(),
    };
    format!("{page} · {}", brand())
}

/// How many of the most characters are used.
pub fn characters(used: usize, most: usize) -> String {
    format!("{} of {} characters", number(used), number(most))
}

/// The hint of a field while one types: how many characters there are, and whether the rule is kept.
pub fn so_far(hint: &str, (typed, kept): (usize, Option<Result<(), Invalid>>)) -> String {
    match kept {
        Some(Err(Invalid::TooShort(least))) if typed > 0 => match least.saturating_sub(typed) {
            0 | 1 => "One more character to go.".to_owned(),
            more => format!("{more} more characters to go."),
        },
        _ => hint.to_owned(),
    }
}

/// The button to show what others have added: how many, or at least how many.
pub fn news([one, many]: [&str; 2], count: usize, all: bool) -> String {
    let more = if all { "" } else { "+" };
    format!("{}{more} {}", number(count), if count == 1 { one } else { many })
}

/// What the button at a password does.
pub fn show(password: &str) -> String {
    format!("Show {}", password.to_ascii_lowercase()) // the tables for all letters weigh 8 KB
}

/// How long a form must wait.
pub fn wait(seconds: u32) -> String {
    format!("Please wait {}:{:02}.", seconds / 60, seconds % 60)
}

/// How much of the export is there.
pub fn gathered(items: u32) -> String {
    format!("{} entries so far…", number(items as usize))
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
        Failure::Offline if !window().navigator().on_line() => {
            "You are offline. Nothing is lost: it can be sent once you are back."
        }
        Failure::Offline => "Wishboard can't be reached. Are you online?",
        Failure::Timeout => "The answer takes too long. Please try again.",
        Failure::TooOften(_) => "Too many attempts. Please wait a little.",
        Failure::Ended => "Your login has ended. Please log in again.",
        Failure::Deleted => "This was deleted elsewhere meanwhile. You can send your text as something new.",
        Failure::SomebodyElse => "Somebody else is logged in in this browser now. Nothing was sent for them.",
        Failure::Other(401) => "Please log in first.",
        Failure::Other(403) => "This is not allowed.",
        Failure::Other(404) => "This is not there any more.",
        Failure::Other(413) => "This is too long.",
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
        Kind::WrongPassword => "This is not your password.",
        Kind::NoPassword => "This account has no password here.",
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
        Notice::LogOutUnsent => {
            "You are logged out here. Wishboard could not be told yet, and will be as soon as it \
             can be reached: please leave this browser open until then."
                .to_owned()
        }
        Notice::Unsent => "What you wrote could not be sent. It is kept where you wrote it.".to_owned(),
        Notice::NotKept => {
            "This browser keeps nothing: your login and what you write last until you close this page."
                .to_owned()
        }
        Notice::Deleted => "Your account was deleted.".to_owned(),
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
