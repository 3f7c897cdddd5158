//! Translates errors of the AWS CLI into messages that say what the user can do. Masks account numbers.

/// Parts of the AWS CLI's error output, and the message for the user.
const KNOWN_ERRORS: [(&[&str], &str); 4] = [
    (
        &[
            "Unable to locate credentials",
            "Partial credentials",
            "Error loading SSO Token",
            "Error loading login session token",
        ],
        "there are no AWS credentials: run `aws login` or `aws sso login` of AWS CLI 2, or set AWS_PROFILE",
    ),
    (
        // The last pattern matches the response to a HEAD request, which has no body with an error code.
        &[
            "ExpiredToken",
            "RequestExpired",
            "Token has expired",
            "SSO session",
            "Your session has expired",
            "(400) when calling the Head",
        ],
        "the AWS credentials have expired: renew them, then run the same command again; it continues where it stopped",
    ),
    (
        &["InvalidClientTokenId", "InvalidAccessKeyId", "UnrecognizedClient", "SignatureDoesNotMatch"],
        "AWS does not know these credentials, or not in this region: check them, then run the same command again; it \
         continues where it stopped",
    ),
    (&["Could not connect to the endpoint URL"], "cannot connect to AWS: check the network and the region"),
];

/// Returns a one-line message for the error output of the AWS CLI.
pub(crate) fn message(stderr: &str) -> String {
    let is_match = |patterns: &[&str]| patterns.iter().any(|pattern| stderr.contains(pattern));
    match KNOWN_ERRORS.iter().find(|(patterns, _)| is_match(patterns)) {
        Some((_, message)) => (*message).to_owned(),
        // AWS CLI 2 starts its messages with this prefix.
        None => format!("AWS: {}", mask_account_numbers(stderr.trim().trim_start_matches("aws: [ERROR]: "))),
    }
}

/// Replaces AWS account numbers (12 digits) with asterisks, because they do not belong in logs.
pub(crate) fn mask_account_numbers(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    for word in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric() && c != '-') {
        let end = word.len()
            - word.chars().next_back().filter(|c| !c.is_ascii_alphanumeric()).map_or(0, char::len_utf8);
        let is_account = end == 12 && word[..end].bytes().all(|byte| byte.is_ascii_digit());
        masked.push_str(if is_account { "************" } else { &word[..end] });
        masked.push_str(&word[end..]);
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_errors_are_shown_without_the_prefix_of_aws_cli_2() {
        let stderr =
            "\naws: [ERROR]: An error occurred (AccessDenied) when calling the PutObject operation: ..\n";
        let expected = "AWS: An error occurred (AccessDenied) when calling the PutObject operation: ..";
        assert_eq!(message(stderr), expected);
    }

    #[test]
    fn account_numbers_are_masked() {
        let text = "arn:aws:iam::123456789012:user/ann is not authorized (123456789012)";
        let masked = "arn:aws:iam::************:user/ann is not authorized (************)";
        assert_eq!(mask_account_numbers(text), masked);
        for other in ["", "1234567890123", "0f3c-123456789012", "a123456789012 é"] {
            assert_eq!(mask_account_numbers(other), other);
        }
    }

    #[test]
    fn errors_about_credentials_become_one_line_with_a_remedy() {
        for (stderr, expected) in [
            (
                "\nUnable to locate credentials. You can configure credentials by running..",
                "there are no AWS",
            ),
            ("An error occurred (ExpiredToken) when calling the PutObject operation: ..", "have expired"),
            (
                "\nError when retrieving token from sso: Token has expired and refresh failed\n",
                "have expired",
            ),
            (
                "\nError loading SSO Token: Token for wishboard does not exist\n",
                "`aws sso login` of AWS CLI 2",
            ),
            (
                "\nError loading login session token: Unable to find login session\n",
                "`aws login` or `aws sso login` of AWS CLI 2",
            ),
            (
                "\naws: [ERROR]: Your session has expired or credentials have changed. Please reauthenticate using 'aws login'.\n",
                "have expired",
            ),
            ("An error occurred (400) when calling the HeadObject operation: Bad Request", "have expired"),
            ("An error occurred (InvalidClientTokenId) when calling ..", "does not know these"),
            (
                "\nCould not connect to the endpoint URL: \"https://sts.eu-wst-1.amazonaws.com/\"",
                "the network and the region",
            ),
        ] {
            let message = message(stderr);
            assert!(message.contains(expected) && !message.contains('\n'), "{message}");
        }
    }
}
