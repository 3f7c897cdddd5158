//! How the site is published: its bucket, its distribution, the headers of responses, and its domain.

use api::web::{content_security_policy, headers};
use serde_json::{Value, json};

use crate::cloud::{aws, output, physical_id};

#[test]
fn only_our_distribution_can_read_the_bucket() {
    let bucket = output("SiteBucket");
    let block = aws(&["s3api", "get-public-access-block", "--bucket", &bucket]);
    let block = block["PublicAccessBlockConfiguration"].as_object().unwrap().clone();
    assert!(block.len() == 4 && block.values().all(|value| value == true), "{block:?}");
    let policy = aws(&["s3api", "get-bucket-policy", "--bucket", &bucket, "--query", "Policy"]);
    let policy: Value = serde_json::from_str(policy.as_str().unwrap()).unwrap();
    let [allow, deny] = &policy["Statement"].as_array().unwrap()[..] else { panic!("{policy}") };
    assert_eq!(
        (&allow["Action"], &allow["Principal"]),
        (&json!("s3:GetObject"), &json!({"Service": "cloudfront.amazonaws.com"}))
    );
    let source_arn = allow["Condition"]["StringEquals"]["AWS:SourceArn"].as_str().unwrap();
    assert!(source_arn.ends_with(&format!(":distribution/{}", output("DistributionId"))), "{source_arn}");
    assert_eq!(
        (&deny["Effect"], &deny["Condition"]),
        (&json!("Deny"), &json!({"Bool": {"aws:SecureTransport": "false"}}))
    );
    let access = aws(&["cloudfront", "get-origin-access-control-config", "--id", &physical_id("SiteAccess")]);
    assert_eq!(access["OriginAccessControlConfig"]["SigningBehavior"], "always");
}

#[test]
fn the_distribution_routes_each_path_to_its_origin_with_the_right_cache_policy() {
    let query = "DistributionConfig";
    let config =
        aws(&["cloudfront", "get-distribution-config", "--id", &output("DistributionId"), "--query", query]);
    assert_eq!((&config["HttpVersion"], &config["IsIPV6Enabled"]), (&json!("http2and3"), &json!(true)));
    assert_eq!(config["Aliases"]["Items"], json!(["wishboard.example"]));
    assert_eq!(config["ViewerCertificate"]["MinimumProtocolVersion"], "TLSv1.2_2021");
    assert_eq!(config["ViewerCertificate"]["ACMCertificateArn"], physical_id("Certificate"));
    let page = &config["DefaultCacheBehavior"];
    assert_eq!((&page["TargetOriginId"], &page["Compress"]), (&json!("site"), &json!(true)));
    let functions = page["FunctionAssociations"]["Items"].as_array().unwrap();
    let events: Vec<&Value> = functions.iter().map(|function| &function["EventType"]).collect();
    assert_eq!(events, ["viewer-request", "viewer-response"]);

    let (public_reads, no_cache) =
        (physical_id("PublicReads"), "4135ea2d-6df8-44a3-9df3-4b5a84be39ad".to_owned());
    let behaviors = config["CacheBehaviors"]["Items"].as_array().unwrap();
    let found: Vec<(&str, &str, &str, bool)> = behaviors
        .iter()
        .map(|behavior| {
            assert_eq!(behavior["TargetOriginId"], "api");
            assert_eq!(behavior["OriginRequestPolicyId"], "b689b0a8-53d0-40ab-baf2-68738e2966ac");
            assert_eq!(behavior["ResponseHeadersPolicyId"], physical_id("ApiHeaders"));
            let text = |name: &str| behavior[name].as_str().unwrap();
            let compress = behavior["Compress"].as_bool().unwrap();
            (text("PathPattern"), text("ViewerProtocolPolicy"), text("CachePolicyId"), compress)
        })
        .collect();
    // CloudFront compresses only what is the same for all users (api/src/web/compression.rs).
    let expected = [
        ("/api/messages", "https-only", public_reads.as_str(), true),
        ("/api/wishes", "https-only", &public_reads, true),
        ("/api/users/*/wishes", "https-only", &public_reads, true),
        ("/.well-known/*", "https-only", &public_reads, true),
        ("/api/*", "https-only", &no_cache, false),
        ("/lite*", "redirect-to-https", &no_cache, false),
    ];
    assert_eq!(found, expected);

    let query = "CachePolicy.CachePolicyConfig";
    let policy = aws(&["cloudfront", "get-cache-policy", "--id", &public_reads, "--query", query]);
    assert_eq!(
        (&policy["MinTTL"], &policy["DefaultTTL"], &policy["MaxTTL"]),
        (&json!(0), &json!(0), &json!(2))
    );
    let key = &policy["ParametersInCacheKeyAndForwardedToOrigin"];
    assert_eq!(key["QueryStringsConfig"]["QueryStrings"]["Items"], json!(["before", "limit"]));
    assert_eq!(key["HeadersConfig"]["Headers"]["Items"], json!(["Authorization", "Origin"]));
    assert_eq!(key["CookiesConfig"]["CookieBehavior"], "none");
    // The API chooses the encoding, so Accept-Encoding must reach it.
    assert_eq!(key["EnableAcceptEncodingBrotli"], true);
    assert_eq!(key["EnableAcceptEncodingGzip"], true);
}

#[test]
fn the_distribution_adds_the_default_headers_of_the_api() {
    let query = "ResponseHeadersPolicyConfig";
    let policy = |name| {
        aws(&[
            "cloudfront",
            "get-response-headers-policy-config",
            "--id",
            &physical_id(name),
            "--query",
            query,
        ])
    };
    let (site, api) = (policy("SiteHeaders"), policy("ApiHeaders"));
    let sent = |policy: &Value, name: &str| {
        let (security, custom) = (&policy["SecurityHeadersConfig"], &policy["CustomHeadersConfig"]["Items"]);
        let header = match name {
            "content-security-policy" => security["ContentSecurityPolicy"]["ContentSecurityPolicy"].clone(),
            "referrer-policy" => security["ReferrerPolicy"]["ReferrerPolicy"].clone(),
            "x-frame-options" => security["FrameOptions"]["FrameOption"].clone(),
            "x-content-type-options" if security["ContentTypeOptions"].is_object() => json!("nosniff"),
            name => custom
                .as_array()
                .unwrap()
                .iter()
                .find(|header| header["Header"] == name)
                .map_or(Value::Null, |header| header["Value"].clone()),
        };
        header.as_str().unwrap_or_default().to_owned()
    };
    for (name, value) in headers::DEFAULT_HEADERS {
        assert_eq!(sent(&api, name.as_str()), value, "{name}");
        match name.as_str() {
            "content-security-policy" => {
                assert_eq!(sent(&site, name.as_str()), content_security_policy::APP_POLICY)
            }
            // Each file of the site is stored with its own Cache-Control.
            "cache-control" => assert_eq!(sent(&site, name.as_str()), ""),
            _ => assert_eq!(sent(&site, name.as_str()), value, "{name}"),
        }
    }
    assert_eq!(api["CustomHeadersConfig"]["Quantity"], 3);
    assert_eq!(site["CustomHeadersConfig"]["Quantity"], 2);
}

#[test]
fn the_domain_points_to_the_distribution() {
    let zones = aws(&["route53", "list-hosted-zones", "--query", "HostedZones[0].Id"]);
    let records = ["route53", "list-resource-record-sets", "--hosted-zone-id", zones.as_str().unwrap()];
    let records = aws(&records)["ResourceRecordSets"].clone();
    let query = "Distribution.DomainName";
    let domain =
        aws(&["cloudfront", "get-distribution", "--id", &output("DistributionId"), "--query", query]);
    for kind in ["A", "AAAA"] {
        let record = records.as_array().unwrap().iter().find(|record| record["Type"] == kind).expect(kind);
        assert_eq!(record["Name"], "wishboard.example.");
        let alias = record["AliasTarget"]["DNSName"].as_str().unwrap().trim_end_matches('.');
        assert_eq!(alias, domain, "{record}");
        assert_eq!(record["AliasTarget"]["HostedZoneId"], "Z2FDTNDATAQYW2");
    }
    let certificate = ["acm", "describe-certificate", "--certificate-arn", &physical_id("Certificate")];
    assert_eq!(aws(&certificate)["Certificate"]["DomainName"], "wishboard.example");
}
