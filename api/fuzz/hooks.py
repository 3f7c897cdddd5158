"""Hooks of schemathesis for `cargo xtask fuzz`: send the requests as a user, and drop cases that prove nothing.

If the environment variable FUZZ_AS is `user`, each request has the access token and the session cookie of a user. When
a case has ended the session, for example by a logout, the user logs in again before the next request.
"""

import os
import secrets

import requests
import schemathesis

# The password in the examples of the OpenAPI document, so that the example of a password change can succeed.
PASSWORD = "seven quiet otters"
SESSION_COOKIE = "__Host-session"
# These operations respond with 401 to a wrong password, also if the user is logged in.
LOGINS = {"/api/login", "/lite/login"}


class User:
    """A user who stays logged in."""

    def __init__(self):
        self.username = None
        self.password = PASSWORD
        # The `Authorization` headers of all sessions. The last one is the current one.
        self.authorizations = []
        self.session = None

    def authorization(self):
        return self.authorizations[-1]

    def stay_logged_in(self):
        """Logs in unless the session is live. The token and the cookie belong to the same session."""
        if self.send("GET", "me", headers=self.headers()).status_code == 401:
            self.log_in()

    def log_in(self):
        """Logs in. If a case has deleted the account, signs up as a new user."""
        response = self.send("POST", "login", json=self.login()) if self.username else None
        if response is None or response.status_code == 401:
            self.username, self.password = f"user-{secrets.token_hex(8)}", PASSWORD
            response = self.send("POST", "signup", json={**self.login(), "name": "Mira"})
        response.raise_for_status()
        self.authorizations.append(f"Bearer {response.json()['token']}")
        self.session = response.cookies[SESSION_COOKIE]

    def login(self):
        return {"username": self.username, "password": self.password}

    def headers(self):
        return {"Authorization": self.authorization()}

    def send(self, method, route, **arguments):
        return requests.request(method, f"{os.environ['FUZZ_URL']}/api/{route}", timeout=30, **arguments)


USER = User()

if os.environ["FUZZ_AS"] == "user":

    @schemathesis.auth(refresh_interval=None)
    class UserAuth:
        """Adds the access token and the session cookie to each case that does not test missing ones."""

        def get(self, case, context):
            if not USER.authorizations:
                USER.log_in()
            return USER

        def set(self, case, user, context):
            case.headers.update(user.headers())
            case.cookies[SESSION_COOKIE] = user.session

    @schemathesis.hook
    def before_call(context, case, kwargs):
        """Replaces the credentials of an ended session. Schemathesis may create a case long before it sends it.

        Also fills in what only the user knows, so that forms and password changes can succeed.
        """
        if case.headers.get("Authorization") not in USER.authorizations:
            return
        USER.stay_logged_in()
        UserAuth().set(case, USER, context)
        for field, value in {"author": USER.username, "current": USER.password}.items():
            if isinstance(case.body, dict) and isinstance(case.body.get(field), str):
                case.body[field] = value

    @schemathesis.hook
    def after_call(context, case, response):
        """Remembers the new password after a password change."""
        is_own = case.headers.get("Authorization") == USER.authorization()
        if is_own and case.path == "/api/me/password" and response.status_code == 204:
            USER.password = case.body["new"]

    @schemathesis.check
    def session_is_accepted(ctx, response, case):
        """The API accepts the credentials of a user who is logged in."""
        sent = response.request.headers
        has_credentials = (
            sent.get("Authorization") == USER.authorization() and USER.session in sent.get("Cookie", "")
        )
        is_rejected = has_credentials and response.status_code == 401 and case.path not in LOGINS
        assert not is_rejected, "the session was rejected"


@schemathesis.hook
def filter_case(context, case):
    """Drops invalid texts with white space around them. The API trims them, so they can be valid."""
    texts = case.body.values() if isinstance(case.body, dict) else []
    is_trimmed = all(text == text.strip() for text in texts if isinstance(text, str))
    return is_trimmed or case.meta is None or not case.meta.generation.mode.is_negative
