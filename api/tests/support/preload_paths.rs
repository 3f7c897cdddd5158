//! Paths for the tests of the header that preloads the first list of a page. The local server and the CloudFront
//! function of `deploy/template.yaml` must treat each path alike.

/// The pages with a list, and the API path of the list.
pub const PAGES_WITH_LIST: [(&str, &str); 7] = [
    ("/", "/api/messages"),
    ("/wishes", "/api/wishes"),
    ("/wishes/", "/api/wishes"),
    ("/u/ann", "/api/users/ann/wishes"),
    ("/u/Ann_B-1/", "/api/users/ann_b-1/wishes"),
    ("/u/abcdefghijabcdefghijabcdefghij", "/api/users/abcdefghijabcdefghijabcdefghij/wishes"),
    ("/u/ABC", "/api/users/abc/wishes"),
];

/// Pages without a list. Some paths are attempts to write text into the header.
pub const PAGES_WITHOUT_LIST: [&str; 22] = [
    "//",
    "/wishes//",
    "/wishes/x",
    "/WISHES",
    "/u",
    "/u/",
    "/u/ab",
    "/u/ann/more",
    "/u/ann//",
    "/u/abcdefghijabcdefghijabcdefghijk",
    "/u/<script>",
    "/u/ann>;rel=preload",
    "/u/%3Cscript%3E",
    "/u/ann%0d%0aset-cookie:%20x=y",
    "/u/ann%00",
    "/u/änn",
    "/u/\u{a0}ann",
    "/u/%61nn",
    "/wishes%2f",
    "/signup",
    "/account",
    "/nowhere",
];

/// Paths of files: their last segment contains a dot.
pub const FILES: [&str; 5] = ["/index.html", "/app.js", "/u/ann.js", "/u/a.nn", "/u/..%2fann"];
