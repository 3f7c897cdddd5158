//! The message board. All visitors can read it, and users can post.

use leptos::prelude::*;
use shared::messages::{MessageBody, NewMessage};
use shared::posts::Post;

use crate::form::field_errors::FieldErrors;
use crate::form::state::FormState;
use crate::form::text_area::TextArea;
use crate::i18n::texts;
use crate::i18n::texts::ListLabels;
use crate::posts::kind::{PostKind, QuickEdit};
use crate::posts::list::PostList;
use crate::posts::page;

/// The page of the message board.
#[component]
pub fn MessagesPage() -> impl IntoView {
    page::view(PostList::new(&Messages, None), texts().messages.into_any())
}

struct Messages;

impl PostKind for Messages {
    fn path(&self) -> &'static str {
        "/api/messages"
    }

    fn labels(&self) -> &'static ListLabels {
        &texts().message_labels
    }

    fn fields(&self) -> &'static [&'static str] {
        &["body"]
    }

    fn includes(&self, post: &Post) -> bool {
        matches!(post, Post::Message(_))
    }

    fn values(&self, post: &Post) -> Vec<String> {
        match post {
            Post::Message(message) => vec![message.body.clone()],
            Post::Wish(_) => Vec::new(),
        }
    }

    fn view_fields(&self, form: &'static str, state: FormState) -> AnyView {
        view! {
            <TextArea
                form
                name="body"
                label=texts().message
                rows=6
                max_len=MessageBody::MAX_LEN
                autofocus=true
                state
            />
        }
        .into_any()
    }

    fn parse_to_json(&self, values: &[String]) -> Result<String, FieldErrors> {
        let mut errors = FieldErrors::default();
        let body = errors.check("body", MessageBody::parse(values.first().map_or("", String::as_str)));
        errors.or_json(body.map(|body| NewMessage { body }).as_ref())
    }

    fn view_content(&self, post: &Post) -> AnyView {
        let Post::Message(message) = post else { return ().into_any() };
        view! { <p class="post-text" dir="auto">{message.body.clone()}</p> }.into_any()
    }

    fn view_buttons(&self, _: Memo<Option<Post>>, _: Box<dyn Fn(QuickEdit)>) -> AnyView {
        ().into_any()
    }
}
