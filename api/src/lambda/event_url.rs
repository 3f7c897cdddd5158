//! Makes the URL of an API Gateway event valid. `lambda_http` panics if it is not
//! (<https://github.com/aws/aws-lambda-rust-runtime/issues/515>), and the gateway then responds with 500 or 502.

use http::header::HOST;
use lambda_http::request::LambdaRequest;
use lambda_runtime::LambdaEvent;
use url::Url;

/// Encodes all characters of the event's path and query that are not valid in a URL. Leaves the host out, because the
/// API does not use it.
pub fn make_valid(mut event: LambdaEvent<LambdaRequest>) -> LambdaEvent<LambdaRequest> {
    match &mut event.payload {
        LambdaRequest::ApiGatewayV2(request) => {
            request.headers.remove(HOST);
            request.request_context.domain_name = None;
            request.raw_path = request.raw_path.as_deref().map(encode_path);
            request.raw_query_string = request.raw_query_string.as_deref().map(encode_query);
        }
        LambdaRequest::ApiGatewayV1(request) => {
            request.headers.remove(HOST);
            request.request_context.domain_name = None;
            request.path = request.path.as_deref().map(encode_path);
        }
        _ => {}
    }
    event
}

/// Encodes a path as in the local server's request line: it starts with `/` and contains neither `?` nor `#`.
fn encode_path(path: &str) -> String {
    let mut url = empty_url();
    url.set_path(path);
    url.path().to_owned()
}

fn encode_query(query: &str) -> String {
    let mut url = empty_url();
    url.set_query(Some(query));
    url.query().unwrap_or_default().to_owned()
}

fn empty_url() -> Url {
    Url::parse("http://localhost").unwrap_or_else(|_| unreachable!("this is a URL"))
}
