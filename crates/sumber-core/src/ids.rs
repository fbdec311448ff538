//! Identities: small numbers with a type each.

use std::fmt;

/// The identity of an article: a hash of its page's bytes and where it is from, so that the same
/// bytes give the same id on every machine. 63 bits, so that it fits a signed 64-bit column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub u64);

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a{:016x}", self.0)
    }
}

/// Place of an [`Entity`](crate::Entity) in [`Analysis::entities`](crate::Analysis::entities).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityIndex(pub u32);

/// Place of a [`Statement`](crate::Statement) in [`Analysis::statements`](crate::Analysis::statements).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementIndex(pub u32);

/// FNV-1a over the bytes, finished with an avalanche step, cut to 63 bits: stable for ever, on
/// every platform, and spread well enough for blocking keys.
///
/// Source of the method: Fowler, Noll, Vo; the finaliser is SplitMix64's (Steele et al. 2014).
///
/// ```
/// assert_eq!(sumber_core::hash64(b"x"), sumber_core::hash64(b"x"));
/// assert_ne!(sumber_core::hash64(b"x"), sumber_core::hash64(b"y"));
/// ```
pub fn hash64(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for &byte in bytes {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (hash ^ (hash >> 31)) >> 1
}
