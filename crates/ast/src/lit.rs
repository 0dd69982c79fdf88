//! Literals with their meaning: what a [`token::Lit`] stands for.

use span::{ByteSymbol, ErrorGuaranteed, Span, Symbol, sym};

use crate::token;

mod from_token;

pub use from_token::unescape_str;

/// `"foo"` or `r#"foo"#`
#[derive(Clone, Copy, Hash, PartialEq, Eq, Debug, macros::Encodable, macros::Decodable)]
pub enum StrStyle {
    Cooked,
    /// Raw, with so many `#`.
    Raw(u8),
}

/// A literal in a meta item.
#[derive(Clone, Copy, Debug, macros::Encodable, macros::Decodable)]
pub struct MetaItemLit {
    /// As written.
    pub symbol: Symbol,
    pub suffix: Option<Symbol>,
    pub kind: LitKind,
    pub span: Span,
}

/// A string literal where nothing else may stand: an ABI.
#[derive(Clone, Copy, Debug)]
pub struct StrLit {
    /// As written.
    pub symbol: Symbol,
    pub suffix: Option<Symbol>,
    pub symbol_unescaped: Symbol,
    pub style: StrStyle,
    pub span: Span,
}

impl StrLit {
    pub fn as_token_lit(&self) -> token::Lit {
        let kind = match self.style {
            StrStyle::Cooked => token::LitKind::Str,
            StrStyle::Raw(n) => token::LitKind::StrRaw(n),
        };
        token::Lit::new(kind, self.symbol, self.suffix)
    }
}

macro_rules! number_types {
    ($(#[$doc:meta])* $Name:ident { $($Variant:ident $name:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, macros::Encodable, macros::Decodable)]
        pub enum $Name { $($Variant,)* }

        impl $Name {
            pub fn name_str(self) -> &'static str {
                match self { $(Self::$Variant => stringify!($name),)* }
            }

            pub fn name(self) -> Symbol {
                match self { $(Self::$Variant => sym::$name,)* }
            }
        }
    };
}

number_types! {
    /// `f16` to `f128`
    FloatTy { F16 f16, F32 f32, F64 f64, F128 f128, }
}
number_types! {
    /// `i8` to `i128` and `isize`
    IntTy { Isize isize, I8 i8, I16 i16, I32 i32, I64 i64, I128 i128, }
}
number_types! {
    /// `u8` to `u128` and `usize`
    UintTy { Usize usize, U8 u8, U16 u16, U32 u32, U64 u64, U128 u128, }
}

/// The type that an integer literal's suffix gives it.
#[derive(Clone, Copy, Hash, PartialEq, Eq, Debug, macros::Encodable, macros::Decodable)]
pub enum LitIntType {
    Signed(IntTy),
    Unsigned(UintTy),
    Unsuffixed,
}

/// The type that a float literal's suffix gives it.
#[derive(Clone, Copy, Hash, PartialEq, Eq, Debug, macros::Encodable, macros::Decodable)]
pub enum LitFloatType {
    Suffixed(FloatTy),
    Unsuffixed,
}

/// A literal's value. `1f32` is a `Float`, though the token is an integer.
#[derive(Clone, Copy, Hash, PartialEq, Eq, Debug, macros::Encodable, macros::Decodable)]
pub enum LitKind {
    /// Unescaped.
    Str(Symbol, StrStyle),
    /// Unescaped.
    ByteStr(ByteSymbol, StrStyle),
    /// Unescaped, with the NUL at its end.
    CStr(ByteSymbol, StrStyle),
    Byte(u8),
    Char(char),
    Int(u128, LitIntType),
    /// Without underscores and suffix.
    Float(Symbol, LitFloatType),
    Bool(bool),
    Err(ErrorGuaranteed),
}

impl LitKind {
    pub fn str(&self) -> Option<Symbol> {
        match *self {
            LitKind::Str(s, _) => Some(s),
            _ => None,
        }
    }

    pub fn is_str(&self) -> bool {
        matches!(self, LitKind::Str(..))
    }

    pub fn is_bytestr(&self) -> bool {
        matches!(self, LitKind::ByteStr(..))
    }

    pub fn is_numeric(&self) -> bool {
        matches!(self, LitKind::Int(..) | LitKind::Float(..))
    }

    pub fn is_unsuffixed(&self) -> bool {
        !self.is_suffixed()
    }

    pub fn is_suffixed(&self) -> bool {
        matches!(
            self,
            LitKind::Int(_, LitIntType::Signed(..) | LitIntType::Unsigned(..))
                | LitKind::Float(_, LitFloatType::Suffixed(..))
        )
    }
}

/// Why a literal has no value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LitError {
    /// `1foo`
    InvalidSuffix(Symbol),
    /// `1i7`: a number type's letter and a wrong width.
    InvalidIntSuffix(Symbol),
    /// `1.0f7`
    InvalidFloatSuffix(Symbol),
    /// `0b1.0`, `0x1.0`
    NonDecimalFloat(u32),
    /// Greater than `u128::MAX`, in this base.
    IntTooLarge(u32),
}
