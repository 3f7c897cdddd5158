//! The two lists of posts: messages and wishes. Each has its own page.

use shared::common_texts::{SharedListLabels, SharedTexts};
use shared::posts::{Post, PostPage};

use crate::web::error::Result;
use crate::web::pagination::PageQuery;
use crate::{AppState, messages, wishes};

/// A list of posts by all users.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// The message board.
    Messages,
    /// The wishes of all users.
    Wishes,
}

impl List {
    /// All lists, in the order of the navigation.
    pub const ALL: [Self; 2] = [Self::Messages, Self::Wishes];

    /// Returns the path of the page.
    pub fn path(self) -> &'static str {
        match self {
            Self::Messages => "/lite",
            Self::Wishes => "/lite/wishes",
        }
    }

    /// Returns the id of the section that contains the posts.
    pub fn id(self) -> &'static str {
        match self {
            Self::Messages => "messages",
            Self::Wishes => "wishes",
        }
    }

    /// Returns the heading of the list, which is also the text of links to it.
    pub fn heading(self, texts: &SharedTexts) -> &'static str {
        match self {
            Self::Messages => texts.messages,
            Self::Wishes => texts.wishes,
        }
    }

    /// Returns the labels of the list and of its form.
    pub fn labels(self, texts: &SharedTexts) -> &SharedListLabels {
        match self {
            Self::Messages => &texts.message_labels,
            Self::Wishes => &texts.wish_labels,
        }
    }

    /// Reads a page of the list, newest first.
    ///
    /// # Errors
    /// `Invalid` if the cursor is malformed.
    pub async fn read_page(self, state: &AppState, query: &PageQuery) -> Result<PostPage> {
        Ok(match self {
            Self::Messages => {
                let page = messages::read_page(state, query).await?;
                PostPage { posts: page.messages.into_iter().map(Post::from).collect(), next: page.next }
            }
            Self::Wishes => {
                let page = wishes::read_page(state, query).await?;
                PostPage { posts: page.wishes.into_iter().map(Post::from).collect(), next: page.next }
            }
        })
    }
}
