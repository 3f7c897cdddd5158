//! The Content-Security-Policy of the pages (W3C, Content Security Policy Level 3).
//!
//! `deploy/template.yaml` repeats the policy of the app's page, because CloudFront serves that page.

/// The Content-Security-Policy of the app's page. It allows no other origin and no inline script or style.
pub const APP_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// The Content-Security-Policy of the pages without JavaScript. It allows no script, and forms only to this origin.
/// Lighthouse needs `connect-src` to look for `robots.txt`.
pub const LITE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; connect-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The policy of all other responses, such as JSON. It allows nothing.
pub const DEFAULT_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";
