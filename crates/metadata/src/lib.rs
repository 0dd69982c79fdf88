//! Crate metadata: encoding, lazy decoding, crate loading.
