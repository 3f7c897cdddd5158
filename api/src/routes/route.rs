//! A route, and how its handler identifies the user.

use shared::problem::ProblemType;

/// A route: a method and a path, with their description.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// The method, in capital letters.
    pub method: &'static str,
    /// The path. A segment in braces is variable, as in `/api/messages/{id}`.
    pub path: &'static str,
    /// How the handler identifies the user.
    pub access: Access,
    /// What the route does, in one sentence.
    pub summary: &'static str,
    /// The problems that the handler returns, in addition to those of its arguments.
    pub problems: &'static [ProblemType],
}

impl Route {
    /// Returns the path with a `*` in place of its variable segment.
    pub fn path_pattern(&self) -> String {
        match (self.path.split_once('{'), self.path.split_once('}')) {
            (Some((before, _)), Some((_, after))) => format!("{before}*{after}"),
            _ => self.path.to_owned(),
        }
    }
}

/// How a handler identifies the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Not at all. Everyone may use the route.
    Public,
    /// By the session cookie.
    Cookie,
    /// By the session cookie, if the request has one. Guests may use the route too.
    OptionalCookie,
    /// By the access token: the handler has a `Caller` argument. The authorizers of API Gateway protect the same
    /// routes.
    Caller,
}
