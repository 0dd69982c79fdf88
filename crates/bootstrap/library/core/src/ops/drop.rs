//! Destructors.

/// Custom code that runs when a value goes out of scope.
#[lang = "drop"]
pub const trait Drop {
    /// Called once, by the compiler, before the fields are dropped.
    fn drop(&mut self);
}
