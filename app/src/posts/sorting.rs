//! The order of the posts on a user's list.

use js_sys::{Array, Function, Intl, Object, Reflect};
use shared::posts::Post;
use shared::wishes::Wish;
use wasm_bindgen::JsValue;

use crate::i18n::current_language;

/// Returns the ids of the received wishes, or those of all other posts. They are in the order of `posts`, newest first,
/// or sorted by name with the rules of the current language.
pub(super) fn sorted_ids(posts: &[Post], by_name: bool, received: bool) -> Vec<String> {
    let compare = by_name.then(name_comparison);
    let mut sorted = Vec::<&Post>::new();
    for post in posts.iter().filter(|post| is_received(post) == received) {
        let comes_after = |other: &&Post| {
            compare.as_ref().is_some_and(|compare| is_after(compare, name(other), name(post)))
        };
        // size: insertion sort, docs/size-tricks.md#no-sort-from-the-standard-library
        let index = sorted.iter().position(comes_after).unwrap_or(sorted.len());
        sorted.insert(index, post);
    }
    sorted.into_iter().map(|post| post.id().to_owned()).collect()
}

/// Whether a post is a received wish.
pub(super) fn is_received(post: &Post) -> bool {
    matches!(post, Post::Wish(Wish { received: true, .. }))
}

fn name(post: &Post) -> &str {
    match post {
        Post::Wish(wish) => &wish.name,
        Post::Message(message) => &message.body,
    }
}

/// The browser's comparison for the current language. It sorts 2 before 10, and ä next to a. Creating it is slow.
fn name_comparison() -> Function {
    let options = Object::new();
    _ = Reflect::set(&options, &"numeric".into(), &true.into());
    Intl::Collator::new(&Array::of1(&current_language::locale().into()), &options).compare()
}

fn is_after(compare: &Function, one: &str, other: &str) -> bool {
    let order = compare.call2(&JsValue::UNDEFINED, &one.into(), &other.into());
    order.ok().and_then(|order| order.as_f64()).is_some_and(|order| order > 0.0)
}
