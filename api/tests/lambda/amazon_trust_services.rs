//! The embedded certificates of Amazon Trust Services are those that Mozilla trusts.

use std::collections::BTreeSet;

use api::lambda::dynamodb_client::AMAZON_TRUST_SERVICES;
use webpki_root_certs::TLS_SERVER_ROOT_CERTS;

#[test]
fn the_lambda_functions_trust_exactly_the_roots_of_amazon() {
    let embedded: BTreeSet<_> =
        AMAZON_TRUST_SERVICES.iter().map(|text| pem::parse(text).unwrap().into_contents()).collect();
    let is_amazon = |der: &&[u8]| {
        let contains = |name: &str| der.windows(name.len()).any(|window| window == name.as_bytes());
        contains("Amazon Root CA") || contains("Starfield Services Root Certificate Authority - G2")
    };
    let trusted = TLS_SERVER_ROOT_CERTS.iter().map(|certificate| certificate.as_ref());
    let expected: BTreeSet<_> = trusted.filter(is_amazon).map(<[u8]>::to_vec).collect();
    assert_eq!(embedded, expected);
    assert_eq!(embedded.len(), 5);
}
