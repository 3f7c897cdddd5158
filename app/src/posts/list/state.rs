//! The list state: the posts of a list. Merges pages from the server with local changes.
//!
//! The server reads its lists from an eventually consistent index. A list may not yet include a change that the server
//! has already acknowledged. A local change therefore overrides the server's list.

use shared::posts::{Post, PostPage};
use shared::users::PublicUser;

/// The posts of a list, and the data that merges of further pages need.
#[derive(Clone, Default)]
pub struct ListState {
    /// The posts that are shown, newest first.
    pub posts: Vec<Post>,
    /// The cursor of the next older page.
    pub next: Option<String>,
    /// Whether the newest page was loaded at least once.
    pub is_loaded: bool,
    /// The entity tag of the newest page.
    pub etag: Option<String>,
    /// New posts that were not created in this tab, newest first. They are shown only after the user clicks a button.
    new_posts: Vec<Post>,
    /// Whether there may be more posts between `new_posts` and `posts`.
    has_gap: bool,
    /// The cursor of the page after `new_posts`.
    next_after_new_posts: Option<String>,
    /// The ids of posts that were created in this tab and that no list of the server contains yet.
    unlisted_ids: Vec<String>,
}

impl ListState {
    /// Adds the next older page.
    pub fn add_older_page(&mut self, page: PostPage) {
        for post in page.posts {
            self.update_author_name(post.owner());
            if self.find(post.id()).is_none() {
                self.posts.push(post);
            }
        }
        self.next = page.next;
    }

    /// Merges the newest page. Posts that are not shown yet become new posts. If the list is empty, they are shown.
    pub fn merge_newest_page(&mut self, page: PostPage, etag: String) {
        let PostPage { posts: listed, next } = page;
        self.etag = Some(etag);
        self.unlisted_ids.retain(|id| listed.iter().all(|post| post.id() != id));
        self.remove_deleted(&listed, next.is_some());
        let is_first_page = !self.is_loaded || self.posts.is_empty();
        if is_first_page {
            (self.is_loaded, self.next) = (true, next);
        } else {
            let overlaps = listed.last().is_none_or(|post| self.find(post.id()).is_some());
            (self.has_gap, self.next_after_new_posts) = (next.is_some() && !overlaps, next);
        }
        self.new_posts.clear();
        for post in listed {
            self.update_author_name(post.owner());
            match self.find(post.id()) {
                None if !is_first_page => self.new_posts.push(post),
                _ => self.merge(post),
            }
        }
    }

    /// Updates the display name of an author in all posts. Pages that were loaded earlier may contain an older name.
    fn update_author_name(&mut self, author: &PublicUser) {
        for post in self.posts.iter_mut().chain(&mut self.new_posts) {
            let owner = post.owner_mut();
            if owner.username == author.username {
                owner.name.clone_from(&author.name);
            }
        }
    }

    /// Removes posts that are missing from the newest page, although they are newer than its oldest post.
    fn remove_deleted(&mut self, listed: &[Post], has_older: bool) {
        let oldest = listed.last().filter(|_| has_older).map(|post| post.created_at().clone());
        let unlisted_ids = &self.unlisted_ids;
        self.posts.retain(|post| {
            let is_older = oldest.as_ref().is_some_and(|oldest| post.created_at() <= oldest);
            is_older
                || listed.iter().any(|other| other.id() == post.id())
                || unlisted_ids.iter().any(|id| id == post.id())
        });
    }

    /// The number of new posts that have been loaded, and whether there are no others.
    pub fn count_new_posts(&self) -> (usize, bool) {
        (self.new_posts.len(), !self.has_gap)
    }

    /// Shows the new posts. If there may be further posts between the new and the older posts, removes the older posts.
    pub fn show_new_posts(&mut self) {
        if std::mem::take(&mut self.has_gap) {
            let unlisted_ids = &self.unlisted_ids;
            self.posts.retain(|post| unlisted_ids.iter().any(|id| id == post.id()));
            self.next = self.next_after_new_posts.take();
        }
        for post in std::mem::take(&mut self.new_posts).into_iter().rev() {
            self.insert(post, true);
        }
    }

    /// Adds a post that was created in this tab. No merge removes it before a list from the server has included it.
    pub fn add_created(&mut self, post: Post) {
        self.unlisted_ids.push(post.id().to_owned());
        match self.find(post.id()) {
            Some(_) => self.merge(post),
            None => self.insert(post, true),
        }
    }

    /// Adds a post, or replaces an older version of it.
    pub fn merge(&mut self, post: Post) {
        match self.posts.iter_mut().find(|known| known.id() == post.id()) {
            Some(known) if known.version() > post.version() => {}
            Some(known) => *known = post,
            None => self.insert(post, false),
        }
    }

    /// Inserts a post by its creation time. `before_equal` says whether it comes before posts with the same time.
    fn insert(&mut self, post: Post, before_equal: bool) {
        let comes_after = |known: &Post| match before_equal {
            true => known.created_at() <= post.created_at(),
            false => known.created_at() < post.created_at(),
        };
        let index = self.posts.iter().position(comes_after).unwrap_or(self.posts.len());
        self.posts.insert(index, post);
    }

    /// Removes all posts for which `keep` is false.
    pub fn retain(&mut self, keep: impl Fn(&Post) -> bool) {
        self.posts.retain(&keep);
        self.new_posts.retain(&keep);
    }

    /// The post with this id, if it is shown.
    pub fn find(&self, id: &str) -> Option<&Post> {
        self.posts.iter().find(|post| post.id() == id)
    }
}
