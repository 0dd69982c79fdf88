//! What stands before items: `const`, `unsafe`, `async`, `extern`.

use macros::{Decodable, Encodable};
use rustc_abi::ExternAbi;
use span::Span;

/// May this only be used in `unsafe`, or only be implemented by `unsafe impl`?
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encodable, Decodable)]
pub enum Safety {
    /// N.B. the order: unsafe is the greater power.
    Unsafe,
    Safe,
}

impl Safety {
    /// `"unsafe "` or nothing.
    pub fn prefix_str(self) -> &'static str {
        match self {
            Self::Unsafe => "unsafe ",
            Self::Safe => "",
        }
    }

    pub fn is_unsafe(self) -> bool {
        !self.is_safe()
    }

    pub fn is_safe(self) -> bool {
        matches!(self, Self::Safe)
    }
}

impl std::fmt::Display for Safety {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Unsafe => "unsafe",
            Self::Safe => "safe",
        })
    }
}

/// `const` or not.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum Constness {
    Const,
    NotConst,
}

impl std::fmt::Display for Constness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Const => "const",
            Self::NotConst => "non-const",
        })
    }
}

/// `async fn` or not.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum IsAsync {
    Async(Span),
    NotAsync,
}

impl IsAsync {
    pub fn is_async(self) -> bool {
        matches!(self, IsAsync::Async(_))
    }
}

/// All before `fn`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FnHeader {
    pub safety: HeaderSafety,
    pub constness: Constness,
    pub asyncness: IsAsync,
    pub abi: Abi,
}

/// A calling convention.
pub type Abi = ExternAbi;

/// `unsafe fn`, or unsafe because of `#[target_feature]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub enum HeaderSafety {
    /// Safe, but `#[target_feature]` makes it unsafe to call where the features are not enabled.
    SafeTargetFeatures,
    Normal(Safety),
}

impl From<Safety> for HeaderSafety {
    fn from(v: Safety) -> Self {
        Self::Normal(v)
    }
}

impl FnHeader {
    pub fn is_async(&self) -> bool {
        self.asyncness.is_async()
    }

    pub fn is_const(&self) -> bool {
        self.constness == Constness::Const
    }

    pub fn is_unsafe(&self) -> bool {
        self.safety().is_unsafe()
    }

    pub fn is_safe(&self) -> bool {
        self.safety().is_safe()
    }

    pub fn safety(&self) -> Safety {
        match self.safety {
            HeaderSafety::SafeTargetFeatures => Safety::Unsafe,
            HeaderSafety::Normal(safety) => safety,
        }
    }
}
