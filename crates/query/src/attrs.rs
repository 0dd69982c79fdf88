//! Attributes in the form that stages ask for: stability, deprecation, code generation.

use macros::{Decodable, Encodable};
use span::Symbol;

/// `#[stable]` or `#[unstable]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub struct Stability {
    pub feature: Symbol,
    pub level: StabilityLevel,
}

/// Stable since a version, or unstable.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub enum StabilityLevel {
    Stable { since: Symbol },
    Unstable { issue: Option<u32>, reason: Option<Symbol>, is_soft: bool, implied_by: Option<Symbol> },
}

/// `#[rustc_const_stable]` or `#[rustc_const_unstable]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub struct ConstStability {
    pub feature: Symbol,
    pub level: StabilityLevel,
    /// `#[rustc_promotable]`
    pub promotable: bool,
}

/// `#[deprecated]`
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub struct Deprecation {
    pub since: Option<Symbol>,
    pub note: Option<Symbol>,
    pub suggestion: Option<Symbol>,
}

/// `#[inline]`
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encodable, Decodable)]
pub enum InlineAttr {
    #[default]
    None,
    Hint,
    Always,
    Never,
}

/// What attributes say about code generation.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encodable, Decodable)]
pub struct CodegenFnAttrs {
    pub inline: InlineAttr,
    /// `#[export_name]`, `#[no_mangle]`, or `#[link_name]` of foreign items: the symbol's name.
    pub symbol_name: Option<Symbol>,
    pub no_mangle: bool,
    pub link_section: Option<Symbol>,
    pub linkage: Option<Symbol>,
    pub track_caller: bool,
    pub cold: bool,
    pub naked: bool,
    pub thread_local: bool,
    /// `#[used]`
    pub used: bool,
    /// `#[rustc_std_internal_symbol]`: an unmangled name of the allocator or panic runtime.
    pub std_internal_symbol: bool,
    /// `#[rustc_nounwind]` or an ABI that does not unwind.
    pub nounwind: bool,
    /// `#[rustc_allocator]` and relatives.
    pub allocator: bool,
    pub target_features: Vec<Symbol>,
    /// `#[repr(align)]` of a function or static, in bytes.
    pub alignment: Option<u64>,
}

impl CodegenFnAttrs {
    /// Whether the symbol is visible to other objects by a name of its own.
    pub fn contains_extern_indicator(&self) -> bool {
        self.no_mangle || self.symbol_name.is_some() || self.std_internal_symbol || self.linkage.is_some()
    }
    /// Whether inlining is asked for.
    pub fn requests_inline(&self) -> bool {
        matches!(self.inline, InlineAttr::Hint | InlineAttr::Always)
    }
}
