//! Renders the pages without JavaScript. All values are escaped.

use maud::{DOCTYPE, Markup, html};
use shared::common_texts::GuestHintTexts;
use shared::posts::PostPage;

use crate::lite::form_id::FormId;
use crate::lite::form_state::{FormState, RejectedForm};
use crate::lite::list::List;
use crate::lite::page_error::PageError;
use crate::lite::texts::Texts;
use crate::lite::{article, forms};
use crate::store::users::User;

/// A page with a list of posts and the forms of a user or guest.
pub struct ListView {
    /// The texts of the page.
    pub texts: &'static Texts,
    /// The list that the page shows.
    pub list: List,
    /// The user who is logged in; `None` for guests.
    pub user: Option<User>,
    /// The posts on the page.
    pub posts: PostPage,
    /// The form that the server has rejected, if any.
    pub rejected: Option<RejectedForm>,
}

impl ListView {
    /// Renders the page.
    pub fn render(&self) -> Markup {
        let heading = self.list.heading(&self.texts.shared);
        let is_welcome = self.user.is_none() && self.list == List::Messages;
        let new_post = self.form_state(FormId::of_new_post(self.list));
        let content = html! {
            h1 { (if is_welcome { self.texts.welcome } else { heading }) }
            @match &self.user {
                Some(user) => (forms::new_post(self.list, user, &new_post)),
                None => (forms::unsent_post(self.list, &new_post)),
            }
            @if self.shows_account_forms() {
                div class="forms" {
                    (forms::log_in(&self.form_state(FormId::LogIn)))
                    (forms::sign_up(&self.form_state(FormId::SignUp)))
                }
            } @else if self.user.is_none() {
                (self.guest_hint())
            }
            (self.posts(is_welcome))
        };
        let title = match self.rejected {
            Some(_) => &self.texts.error_title.replace("{}", heading),
            None => heading,
        };
        document(self.texts, title, Some(self.list), &self.header_actions(), &content)
    }

    fn form_state(&self, id: FormId) -> FormState<'_> {
        FormState::new(self.texts, id, self.rejected.as_ref())
    }

    /// Returns whether the page has the forms to log in and sign up. A user sees them only if one of them was rejected.
    fn shows_account_forms(&self) -> bool {
        match &self.rejected {
            Some(rejected) if rejected.id != FormId::of_new_post(self.list) => true,
            Some(_) => self.user.is_none(),
            None => self.user.is_none() && self.list == List::Messages,
        }
    }

    /// Renders the sentence that tells guests to log in or sign up, with links to the forms.
    fn guest_hint(&self) -> Markup {
        let GuestHintTexts { log_in, or, sign_up } = &self.texts.shared.guest_hint;
        html! {
            p {
                a href="/lite#log-in" { (log_in) } (or) a href="/lite#sign-up" { (sign_up) }
                (self.list.labels(&self.texts.shared).guest_hint)
            }
        }
    }

    /// Renders the posts and the link to older ones.
    fn posts(&self, has_heading: bool) -> Markup {
        let (id, heading) = (self.list.id(), self.list.heading(&self.texts.shared));
        let labels = self.list.labels(&self.texts.shared);
        html! {
            section id=(id) class="posts" aria-label=(heading) {
                @if has_heading { h2 { (heading) } }
                @for post in &self.posts.posts { (article::render(post, self.texts)) }
                @if self.posts.posts.is_empty() { p class="hint" { (labels.empty) } }
                @if let Some(next) = &self.posts.next {
                    p { a class="button" href={ (self.list.path()) "?before=" (next) "#" (id) } { (labels.older) } }
                }
            }
        }
    }

    /// Renders the name of the user and the logout button. For guests, renders a link: on the page of messages, it
    /// skips the forms; on the page of wishes, it leads to the login form.
    fn header_actions(&self) -> Markup {
        let texts = &self.texts.shared;
        html! {
            @match &self.user {
                Some(user) => form class="account" method="post" action="/lite/logout" {
                    span class="visually-hidden" { (texts.logged_in_as) " " }
                    bdi translate="no" { (user.name) }
                    " "
                    button { (texts.log_out) }
                },
                None if self.list == List::Messages => a class="target" href="#messages" { (texts.go_to_messages) },
                None => a class="target" href="/lite#log-in" { (texts.log_in) },
            }
        }
    }
}

/// Renders a page that contains only an error.
pub fn render_error(texts: &Texts, error: &PageError) -> Markup {
    let content = html! {
        h1 { (texts.something_went_wrong) }
        p { (error.page_text(texts)) }
        p { a class="button" href="/lite" { (texts.shared.go_to_messages) } }
    };
    document(texts, texts.error, None, &html! {}, &content)
}

/// The icon of the site as a data URL, so that it needs no request.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E\
    %3Crect width='32' height='32' rx='9' fill='%235b4bd6'/%3E%3Cpath fill='%23fff' d='m16 5.5 2.9 7.6 7.6 \
    2.9-7.6 2.9-2.9 7.6-2.9-7.6L5.5 16l7.6-2.9z'/%3E%3C/svg%3E";

/// Renders the frame of a page. `current` is the list that the page shows.
fn document(
    texts: &Texts,
    title: &str,
    current: Option<List>,
    header_actions: &Markup,
    content: &Markup,
) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(texts.language.tag()) dir="ltr" {
            head {
                meta charset="utf-8";
                title { (title) " · Wishboard" }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="description" content=(texts.description);
                meta name="color-scheme" content="light dark";
                link rel="icon" type="image/svg+xml" href=(ICON);
                link rel="stylesheet" href="/lite/style.css";
            }
            body {
                a class="skip-link" href="#main" { (texts.shared.skip_to_content) }
                header {
                    div class="row" { a class="brand" href="/lite" { "Wishboard" } (header_actions) }
                    nav class="pages" aria-label=(texts.shared.pages) {
                        @for list in List::ALL {
                            a class="target" href=(list.path()) aria-current=[(current == Some(list)).then_some("page")] {
                                (list.heading(&texts.shared))
                            }
                        }
                    }
                }
                main id="main" { (content) }
                footer { p class="hint" {
                    (texts.basic_version) a href="/" { (texts.full_version) } (texts.needs_javascript)
                } }
            }
        }
    }
}
