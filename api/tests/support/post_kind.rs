//! The two kinds of posts, for tests that apply to both.

use serde_json::{Value, json};

/// A kind of post: its list, a new post, and the text field that an edit changes.
pub struct PostKind {
    /// The path of the list.
    pub list: &'static str,
    /// The name of the list in the response.
    pub name: &'static str,
    /// The body of a request that creates a post.
    pub new: Value,
    /// The name of the text field.
    pub field: &'static str,
}

impl PostKind {
    pub fn both() -> [Self; 2] {
        [
            Self { list: "/api/messages", name: "messages", new: json!({"body": "hello"}), field: "body" },
            Self { list: "/api/wishes", name: "wishes", new: json!({"name": "hello"}), field: "name" },
        ]
    }

    /// Returns the body of an edit that sets the text.
    pub fn edit(&self, text: &str) -> Value {
        json!({ self.field: text })
    }
}
