//! Decoding of compressed responses.

use std::io::Read;

use brotli::Decompressor;
use flate2::read::GzDecoder;

/// Decodes the content of a response with this `Content-Encoding`, which is empty if there is none.
pub fn decode(encoding: &str, content: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::new();
    match encoding {
        "gzip" => GzDecoder::new(content).read_to_end(&mut decoded).unwrap(),
        "br" => Decompressor::new(content, 4096).read_to_end(&mut decoded).unwrap(),
        "" => return content.to_owned(),
        other => panic!("{other}"),
    };
    decoded
}
