//! The message board: anyone reads it, whoever is logged in may post.

use leptos::prelude::*;
use shared::board::{Body, NewMessage};
use shared::thing::Thing;

use crate::feed::shelf::Shelf;
use crate::feed::{self, Feed, Kind};
use crate::form::check::{Check, Faults};
use crate::form::lines::Lines;
use crate::text::{self, Words};

/// The page.
#[component]
pub fn Board(
    /// What this tab has seen before.
    shelf: Shelf,
) -> impl IntoView {
    feed::page(Feed::new(&Messages, None, shelf), text::messages().into_any())
}

struct Messages;

impl Kind for Messages {
    fn path(&self) -> &'static str {
        "/api/messages"
    }

    fn words(&self) -> &'static Words {
        text::message_words()
    }

    fn fields(&self) -> &'static [&'static str] {
        &["body"]
    }

    fn is_of(&self, thing: &Thing) -> bool {
        matches!(thing, Thing::Message(_))
    }

    fn values(&self, thing: &Thing) -> Vec<String> {
        match thing {
            Thing::Message(message) => vec![message.body.clone()],
            Thing::Wish(_) => Vec::new(),
        }
    }

    fn inputs(&self, form: &'static str, check: Check) -> AnyView {
        view! { <Lines form name="body" label=text::message() rows=6 most=Body::MOST first=true check /> }
            .into_any()
    }

    fn parse(&self, values: &[String]) -> Result<String, Faults> {
        let mut faults = Faults::default();
        let body = faults.check("body", Body::parse(values.first().map_or("", String::as_str)));
        faults.or_json(body.map(|body| NewMessage { body }).as_ref())
    }

    fn content(&self, thing: &Thing) -> AnyView {
        let Thing::Message(message) = thing else { return ().into_any() };
        view! { <p class="lines" dir="auto">{message.body.clone()}</p> }.into_any()
    }

    fn actions(&self, _: Feed, _: Memo<Option<Thing>>) -> AnyView {
        ().into_any()
    }
}
