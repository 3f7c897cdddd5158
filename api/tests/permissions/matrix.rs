//! The matrix of permissions: for each route, a valid request, its effect, and the status for each kind of client.
//!
//! In the paths, `{id}` is a post or a session of the owner, and `{username}` is the owner.

use api::routes::{Access, ROUTES, Route};

use super::clients::ClientKind;
use super::effect::Effect::{self, *};
use super::requests::{self, *};

/// The permissions of one route.
pub struct Row {
    pub method: &'static str,
    pub path: &'static str,
    /// Completes the request, so that only the client decides about the response.
    pub request: requests::Build,
    /// What an allowed request changes or returns. A denied request changes nothing.
    pub effect: Effect,
    /// The status for each kind of client, in the order of [`ClientKind`].
    statuses: [u16; 8],
}

impl Row {
    /// Returns the expected status of a request by this kind of client.
    pub fn status(&self, kind: ClientKind) -> u16 {
        self.statuses[kind as usize]
    }

    /// Returns the route of this row.
    pub fn route(&self) -> Option<&'static Route> {
        ROUTES.iter().find(|route| (route.method, route.path) == (self.method, self.path))
    }

    /// Returns how the route identifies the user.
    pub fn access(&self) -> Option<Access> {
        self.route().map(|route| route.access)
    }
}

macro_rules! rows {
    ($($method:ident $path:literal $request:ident $effect:expr, $($status:literal)*;)*) => {
        /// The matrix.
        pub const ROWS: &[Row] = &[$(Row {
            method: stringify!($method),
            path: $path,
            request: $request,
            effect: $effect,
            statuses: [$($status),*],
        }),*];
    };
}

#[rustfmt::skip]
rows! {
    //                                                                                                       another expired ended   deleted old gene- external
    // route                                   request         effect                            guest owner user    token   session user    ration    user
    GET    "/.well-known/openid-configuration" bare            ReadsPublic,                       200   200   200     200     200     200     200       200;
    GET    "/.well-known/jwks.json"            bare            ReadsPublic,                       200   200   200     200     200     200     200       200;
    GET    "/api/openapi.json"                 bare            ReadsPublic,                       200   200   200     200     200     200     200       200;
    GET    "/api/docs"                         bare            ReadsPublic,                       200   200   200     200     200     200     200       200;
    GET    "/api/health"                       bare            ReadsPublic,                       200   200   200     200     200     200     200       200;
    GET    "/api/public"                       bare            ReadsPublic,                       200   200   200     200     200     200     200       200;
    GET    "/api/private"                      bare            ReadsOwn,                          401   200   200     401     401     401     401       200;

    POST   "/api/signup"                       sign_up         SignsUp,                           201   201   201     201     201     201     201       201;
    POST   "/api/login"                        log_in          LogsIn,                            200   200   200     200     200     200     200       200;
    POST   "/api/token"                        bare            ReadsOwn,                          401   200   200     200     401     401     401       401;
    POST   "/api/logout"                       bare            LogsOut,                           204   204   204     204     204     204     204       204;

    GET    "/api/me"                           bare            ReadsOwn,                          401   200   200     401     401     401     401       200;
    PATCH  "/api/me"                           rename          Changes(&["~user"]),               401   200   200     401     401     401     401       200;
    PUT    "/api/me/password"                  change_password Changes(&["~session", "~user"]),   401   204   204     401     401     401     401       409;
    POST   "/api/me/delete"                    delete_account  DeletesAccount,                    401   204   204     401     401     401     401       204;
    GET    "/api/me/export"                    bare            ReadsOwn,                          401   200   200     401     401     401     401       200;
    GET    "/api/me/sessions"                  bare            ReadsOwn,                          401   200   200     401     401     401     401       409;
    DELETE "/api/me/sessions"                  bare            Changes(&["~session", "~user"]),   401   204   204     401     401     401     401       409;
    DELETE "/api/me/sessions/{id}"             bare            Changes(&["-session"]),            401   204   404     401     401     401     401       409;

    GET    "/api/messages"                     bare            ReadsPublic,                       200   200   200     200     200     200     200       200;
    POST   "/api/messages"                     new_message     Changes(&["+message"]),            401   201   201     401     401     401     401       201;
    PATCH  "/api/messages/{id}"                edit_message    Changes(&["~message"]),            401   200   403     401     401     401     401       403;
    DELETE "/api/messages/{id}"                bare            Changes(&["~message"]),            401   204   403     401     401     401     401       403;

    GET    "/api/wishes"                       bare            ReadsPublic,                       200   200   200     200     200     200     200       200;
    POST   "/api/wishes"                       new_wish        Changes(&["+wish"]),               401   201   201     401     401     401     401       201;
    PATCH  "/api/wishes/{id}"                  edit_wish       Changes(&["~wish"]),               401   200   403     401     401     401     401       403;
    DELETE "/api/wishes/{id}"                  bare            Changes(&["~wish"]),               401   204   403     401     401     401     401       403;
    GET    "/api/users/{username}/wishes"      bare            ReadsPublic,                       200   200   200     200     200     200     200       200;

    GET    "/lite"                             bare            ShowsUser,                         200   200   200     200     200     200     200       200;
    GET    "/lite/wishes"                      bare            ShowsUser,                         200   200   200     200     200     200     200       200;
    GET    "/lite/style.css"                   bare            ReadsPublic,                       200   200   200     200     200     200     200       200;
    POST   "/lite/login"                       log_in_form     LogsIn,                            303   303   303     303     303     303     303       303;
    POST   "/lite/signup"                      sign_up_form    SignsUp,                           303   303   303     303     303     303     303       303;
    POST   "/lite/logout"                      empty_form      LogsOut,                           303   303   303     303     303     303     303       303;
    POST   "/lite/messages"                    message_form    Changes(&["+message"]),            401   303   403     303     401     401     401       401;
    POST   "/lite/wishes"                      wish_form       Changes(&["+wish"]),               401   303   403     303     401     401     401       401;
}
