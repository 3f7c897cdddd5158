//! Renders a message or a wish. All values are escaped.

use maud::{Markup, html};
use shared::posts::Post;
use shared::wishes::Wish;
use url::Url;

use crate::lite::texts::Texts;

/// Renders a post.
pub fn render(post: &Post, texts: &Texts) -> Markup {
    let (owner, created_at) = (post.owner(), post.created_at().as_str());
    let is_edited = matches!(post, Post::Message(message) if message.edited_at.is_some());
    html! {
        article class="card" {
            p class="head" {
                strong { bdi translate="no" { (owner.name) } }
                " " span class="hint" translate="no" { "@" (owner.username) }
                " " time class="hint" datetime=(created_at) { (texts.format_time(created_at)) }
                @if is_edited { " " span class="hint" { (texts.shared.edited) } }
            }
            @match post {
                Post::Message(message) => (lines(&message.body)),
                Post::Wish(wish) => (wish_content(wish, texts)),
            }
        }
    }
}

fn wish_content(wish: &Wish, texts: &Texts) -> Markup {
    let name = html! { bdi { (wish.name) } };
    html! {
        // Screen readers may not announce <s>, so a received wish also has a badge.
        @if wish.received {
            h2 { s { (name) } }
            p class="hint" { (texts.shared.received) }
        } @else {
            h2 { (name) }
        }
        @if !wish.description.is_empty() { (lines(&wish.description)) }
        @if let Some(url) = wish.url.as_deref().and_then(parse_link) {
            p { a href=(url) rel="noopener noreferrer nofollow" translate="no" { (host(&url)) } }
        }
    }
}

/// Parses a link as a browser does (WHATWG URL Standard). Returns `None` for any scheme except http and https.
fn parse_link(url: &str) -> Option<Url> {
    Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// Returns the host and port that the browser opens. A host with letters outside ASCII is in Punycode, so that it
/// cannot look like another host.
fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Renders a text with its line breaks.
fn lines(text: &str) -> Markup {
    html! {
        p dir="auto" {
            @for (number, line) in text.lines().enumerate() {
                @if number > 0 { br; }
                (line)
            }
        }
    }
}
