//! Argon2id hashes in PHC string format, computed in memory that is reused.

use argon2::password_hash::{Error as HashError, Output, ParamsString, PasswordHash, Salt, SaltString};
use argon2::{Algorithm, Argon2, Block, Params, Version};

use crate::crypto::random_bytes;
use crate::web::error::{Error, Result};

/// Parameters of new hashes: 19 MiB, two passes, one lane (OWASP, Password Storage Cheat Sheet).
const PARAMS: Params = Params::DEFAULT;

/// Maximum memory of a stored hash, in KiB: the second recommendation of RFC 9106, section 4.
const MAX_MEMORY_KIB: u32 = 64 * 1024;

/// Maximum number of passes of a stored hash.
const MAX_PASSES: u32 = 10;

/// The hash that is verified if the user does not exist. It has the parameters of new hashes, so it takes as long.
pub(super) const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$+DMg0Hsxx2CZGOKL/waFFg82zXwGXdCIU5N1SN6XKPQ";

/// The working memory of one thread. The first hash allocates it.
#[derive(Default)]
pub(super) struct Memory {
    blocks: Vec<Block>,
}

impl Memory {
    /// Returns the hash of a password with a random salt.
    ///
    /// # Errors
    /// `Internal` if the operating system provides no randomness.
    pub(super) fn hash(&mut self, password: &str) -> Result<String> {
        let salt = random_bytes::<{ Salt::RECOMMENDED_LENGTH }>()?;
        self.hash_with_salt(password, &salt).map_err(|error| Error::internal(error.to_string()))
    }

    /// Returns whether a password matches a hash, computed with the parameters of the hash. A malformed or too
    /// expensive hash matches no password. This is logged, unless only the salt or the output is missing.
    pub(super) fn verify(&mut self, password: &str, hash: &str) -> bool {
        self.matches(password, hash).unwrap_or_else(|error| {
            tracing::warn!(%error, "a stored password hash cannot be verified");
            false
        })
    }

    fn hash_with_salt(&mut self, password: &str, salt: &[u8]) -> Result<String, HashError> {
        let argon2 = Argon2::from(PARAMS);
        let salt = SaltString::encode_b64(salt)?;
        let hash = self.compute(&argon2, password, salt.as_salt(), Params::DEFAULT_OUTPUT_LEN)?;
        let hash = PasswordHash {
            algorithm: Algorithm::default().ident(),
            version: Some(Version::default().into()),
            params: ParamsString::try_from(&PARAMS)?,
            salt: Some(salt.as_salt()),
            hash: Some(hash),
        };
        Ok(hash.to_string())
    }

    fn matches(&mut self, password: &str, hash: &str) -> Result<bool, HashError> {
        let hash = PasswordHash::new(hash)?;
        let (Some(salt), Some(expected)) = (hash.salt, hash.hash) else { return Ok(false) };
        let params = Params::try_from(&hash)?;
        if params.m_cost() > MAX_MEMORY_KIB || params.t_cost() > MAX_PASSES {
            return Err(HashError::ParamValueInvalid(argon2::password_hash::errors::InvalidValue::TooLong));
        }
        let algorithm = Algorithm::try_from(hash.algorithm)?;
        let version = hash.version.map(Version::try_from).transpose()?.unwrap_or_default();
        let argon2 = Argon2::new(algorithm, version, params);
        // `Output` compares in constant time.
        Ok(self.compute(&argon2, password, salt, expected.len())? == expected)
    }

    fn compute(
        &mut self,
        argon2: &Argon2<'_>,
        password: &str,
        salt: Salt<'_>,
        output_len: usize,
    ) -> Result<Output, HashError> {
        let mut salt_bytes = [0; Salt::MAX_LENGTH];
        let salt = salt.decode_b64(&mut salt_bytes)?;
        let default_len = PARAMS.block_count();
        self.blocks.resize(argon2.params().block_count().max(default_len), Block::default());
        let output = Output::init_with(output_len, |output| {
            Ok(argon2.hash_password_into_with_memory(password.as_bytes(), salt, output, &mut self.blocks)?)
        });
        // Frees the additional memory that a hash with larger parameters has needed.
        self.blocks.truncate(default_len);
        self.blocks.shrink_to_fit();
        output
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dummy_hash_costs_as_much_as_a_new_hash() {
        let cost = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(cost(DUMMY_HASH), cost(&Memory::default().hash("").unwrap()));
    }

    #[test]
    fn reused_memory_gives_the_same_hash_as_fresh_memory() {
        let mut reused = Memory::default();
        for password in ["", "seven green bottles hum", "\u{1f984}"] {
            let fresh = Memory::default().hash_with_salt(password, &[7; 16]).unwrap();
            assert_eq!(reused.hash_with_salt(password, &[7; 16]).unwrap(), fresh);
            let salt = SaltString::encode_b64(&[7; 16]).unwrap();
            let reference =
                argon2::PasswordHasher::hash_password(&Argon2::default(), password.as_bytes(), &salt);
            assert_eq!(reference.unwrap().to_string(), fresh);
        }
    }

    #[test]
    fn stored_hashes_are_verified_with_their_own_parameters() {
        let mut memory = Memory::default();
        // From `src/test.c` of the reference implementation.
        let reference =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assert!(memory.verify("password", reference));
        for (kib, passes, lanes) in [(8, 1, 1), (19_456, 2, 1), (65_536, 3, 4), (12_288, 3, 1)] {
            let params = Params::new(kib, passes, lanes, None).unwrap();
            let salt = SaltString::encode_b64(b"another salt").unwrap();
            let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
            let hash = argon2::PasswordHasher::hash_password(&argon2, b"secret", &salt).unwrap().to_string();
            assert!(memory.verify("secret", &hash), "{hash}");
            assert!(!memory.verify("Secret", &hash), "{hash}");
            assert_eq!(
                memory.blocks.capacity(),
                PARAMS.block_count(),
                "the additional memory of {hash} is freed"
            );
        }
    }

    #[test]
    fn a_malformed_or_too_expensive_hash_matches_nothing() {
        let mut memory = Memory::default();
        let salt_and_hash = DUMMY_HASH.split('$').skip(4).collect::<Vec<_>>().join("$");
        for hash in [
            "",
            "$",
            "secret",
            "$argon2id$v=19$m=19456,t=2,p=1",
            "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA",
            "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
            &format!("$argon2id$v=19$m=4294967295,t=2,p=1${salt_and_hash}"),
            &format!("$argon2id$v=19$m=65537,t=2,p=1${salt_and_hash}"),
            &format!("$argon2id$v=19$m=19456,t=4294967295,p=1${salt_and_hash}"),
            &format!("$argon2id$v=19$m=7,t=2,p=1${salt_and_hash}"),
            &format!("$argon2id$v=20$m=19456,t=2,p=1${salt_and_hash}"),
        ] {
            assert!(!memory.verify("", hash), "{hash}");
        }
    }
}
