//! [`ErrorGuaranteed`]: proof that an error was reported.

/// Exists only where an error has been (or is sure to be) reported, so that who holds it need not report again.
///
/// Only the crate `diagnostics` makes one: by emitting an error, or by `delayed_bug`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, macros::Encodable, macros::Decodable)]
pub struct ErrorGuaranteed(());

impl ErrorGuaranteed {
    /// To be called only by `diagnostics`, on emitting an error.
    #[doc(hidden)]
    #[must_use]
    pub fn unchecked_error_guaranteed() -> Self {
        ErrorGuaranteed(())
    }
}
