//! From a literal token to the value it stands for (Reference, "Literal expressions"), and back.

use rustc_literal_escaper::{MixedUnit, unescape_byte, unescape_byte_str, unescape_c_str, unescape_char};
use span::{ByteSymbol, Span, Symbol, kw, sym};

use super::{FloatTy, IntTy, LitError, LitFloatType, LitIntType, LitKind, MetaItemLit, StrStyle, UintTy};
use crate::token;

/// The text of a string literal, escapes resolved; malformed ones are left out.
pub fn unescape_str(text: &str) -> String {
    let mut buf = String::with_capacity(text.len());
    rustc_literal_escaper::unescape_str(text, |_, c| {
        if let Ok(c) = c {
            buf.push(c);
        }
    });
    buf
}

/// The bytes of a raw byte or C string. Only the lexer has seen `\r\n`.
fn raw_bytes(text: &str) -> ByteSymbol {
    ByteSymbol::intern(text.as_bytes())
}

impl LitKind {
    /// The value of a literal token. Escapes must have been checked by the lexer.
    pub fn from_token_lit(lit: token::Lit) -> Result<LitKind, LitError> {
        let token::Lit { kind, symbol, suffix } = lit;
        if let Some(suffix) = suffix
            && !kind.may_have_suffix()
        {
            return Err(LitError::InvalidSuffix(suffix));
        }
        Ok(match kind {
            token::LitKind::Bool => LitKind::Bool(symbol == kw::True),
            token::LitKind::Byte => LitKind::Byte(unescape_byte(symbol.as_str()).unwrap_or(b'?')),
            token::LitKind::Char => LitKind::Char(unescape_char(symbol.as_str()).unwrap_or('\u{FFFD}')),
            token::LitKind::Integer => return integer_lit(symbol, suffix),
            token::LitKind::Float => return float_lit(symbol, suffix),
            token::LitKind::Str if symbol.as_str().contains('\\') => {
                LitKind::Str(Symbol::intern(&unescape_str(symbol.as_str())), StrStyle::Cooked)
            }
            token::LitKind::Str => LitKind::Str(symbol, StrStyle::Cooked),
            token::LitKind::StrRaw(n) => LitKind::Str(symbol, StrStyle::Raw(n)),
            token::LitKind::ByteStr => {
                let mut buf = Vec::with_capacity(symbol.as_str().len());
                unescape_byte_str(symbol.as_str(), |_, b| buf.extend(b));
                LitKind::ByteStr(ByteSymbol::intern(&buf), StrStyle::Cooked)
            }
            token::LitKind::ByteStrRaw(n) => LitKind::ByteStr(raw_bytes(symbol.as_str()), StrStyle::Raw(n)),
            token::LitKind::CStr => {
                let mut buf = Vec::with_capacity(symbol.as_str().len() + 1);
                unescape_c_str(symbol.as_str(), |_, c| match c {
                    Ok(MixedUnit::Char(c)) => buf.extend_from_slice(c.get().encode_utf8(&mut [0; 4]).as_bytes()),
                    Ok(MixedUnit::HighByte(b)) => buf.push(b.get()),
                    Err(_) => {}
                });
                buf.push(0);
                LitKind::CStr(ByteSymbol::intern(&buf), StrStyle::Cooked)
            }
            token::LitKind::CStrRaw(n) => {
                let mut buf = symbol.as_str().as_bytes().to_vec();
                buf.push(0);
                LitKind::CStr(ByteSymbol::intern(&buf), StrStyle::Raw(n))
            }
            token::LitKind::Err(guar) => LitKind::Err(guar),
        })
    }
}

impl std::fmt::Display for LitKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let raw = |n: u8| "#".repeat(n as usize);
        match *self {
            LitKind::Byte(b) => write!(f, "b'{}'", std::ascii::escape_default(b)),
            LitKind::Char(ch) => write!(f, "'{}'", ch.escape_default()),
            LitKind::Str(s, StrStyle::Cooked) => write!(f, "\"{}\"", s.as_str().escape_default()),
            LitKind::Str(s, StrStyle::Raw(n)) => write!(f, "r{h}\"{s}\"{h}", h = raw(n)),
            LitKind::ByteStr(b, _) => write!(f, "b\"{}\"", b.as_byte_str().escape_ascii()),
            LitKind::CStr(b, _) => {
                let bytes = b.as_byte_str();
                write!(f, "c\"{}\"", bytes[..bytes.len() - 1].escape_ascii())
            }
            LitKind::Int(n, ty) => match ty {
                LitIntType::Unsigned(ty) => write!(f, "{n}{}", ty.name_str()),
                LitIntType::Signed(ty) => write!(f, "{n}{}", ty.name_str()),
                LitIntType::Unsuffixed => write!(f, "{n}"),
            },
            LitKind::Float(symbol, ty) => match ty {
                LitFloatType::Suffixed(ty) => write!(f, "{symbol}{}", ty.name_str()),
                LitFloatType::Unsuffixed => write!(f, "{symbol}"),
            },
            LitKind::Bool(b) => write!(f, "{b}"),
            LitKind::Err(_) => f.write_str("<bad-literal>"),
        }
    }
}

impl MetaItemLit {
    pub fn from_token_lit(lit: token::Lit, span: Span) -> Result<MetaItemLit, LitError> {
        Ok(MetaItemLit { symbol: lit.symbol, suffix: lit.suffix, kind: LitKind::from_token_lit(lit)?, span })
    }

    pub fn as_token_lit(&self) -> token::Lit {
        let kind = match self.kind {
            LitKind::Bool(_) => token::LitKind::Bool,
            LitKind::Str(_, StrStyle::Cooked) => token::LitKind::Str,
            LitKind::Str(_, StrStyle::Raw(n)) => token::LitKind::StrRaw(n),
            LitKind::ByteStr(_, StrStyle::Cooked) => token::LitKind::ByteStr,
            LitKind::ByteStr(_, StrStyle::Raw(n)) => token::LitKind::ByteStrRaw(n),
            LitKind::CStr(_, StrStyle::Cooked) => token::LitKind::CStr,
            LitKind::CStr(_, StrStyle::Raw(n)) => token::LitKind::CStrRaw(n),
            LitKind::Byte(_) => token::LitKind::Byte,
            LitKind::Char(_) => token::LitKind::Char,
            LitKind::Int(..) => token::LitKind::Integer,
            LitKind::Float(..) => token::LitKind::Float,
            LitKind::Err(guar) => token::LitKind::Err(guar),
        };
        token::Lit::new(kind, self.symbol, self.suffix)
    }

    /// `true` or `false`?
    pub fn is_bool(&self) -> bool {
        matches!(self.kind, LitKind::Bool(_))
    }
}

fn without_underscores(symbol: Symbol) -> Symbol {
    let text = symbol.as_str();
    if text.contains('_') { Symbol::intern(&text.replace('_', "")) } else { symbol }
}

fn float_lit(symbol: Symbol, suffix: Option<Symbol>) -> Result<LitKind, LitError> {
    filtered_float_lit(without_underscores(symbol), suffix, 10)
}

fn filtered_float_lit(symbol: Symbol, suffix: Option<Symbol>, base: u32) -> Result<LitKind, LitError> {
    if base != 10 {
        return Err(LitError::NonDecimalFloat(base));
    }
    Ok(match suffix {
        None => LitKind::Float(symbol, LitFloatType::Unsuffixed),
        Some(suffix) => {
            let ty = match suffix {
                sym::f16 => FloatTy::F16,
                sym::f32 => FloatTy::F32,
                sym::f64 => FloatTy::F64,
                sym::f128 => FloatTy::F128,
                _ => return Err(LitError::InvalidFloatSuffix(suffix)),
            };
            LitKind::Float(symbol, LitFloatType::Suffixed(ty))
        }
    })
}

fn integer_lit(symbol: Symbol, suffix: Option<Symbol>) -> Result<LitKind, LitError> {
    let symbol = without_underscores(symbol);
    let text = symbol.as_str();
    let base = match text.as_bytes() {
        [b'0', b'x', ..] => 16,
        [b'0', b'o', ..] => 8,
        [b'0', b'b', ..] => 2,
        _ => 10,
    };
    let ty = match suffix {
        None => LitIntType::Unsuffixed,
        Some(suffix) => match suffix {
            sym::isize => LitIntType::Signed(IntTy::Isize),
            sym::i8 => LitIntType::Signed(IntTy::I8),
            sym::i16 => LitIntType::Signed(IntTy::I16),
            sym::i32 => LitIntType::Signed(IntTy::I32),
            sym::i64 => LitIntType::Signed(IntTy::I64),
            sym::i128 => LitIntType::Signed(IntTy::I128),
            sym::usize => LitIntType::Unsigned(UintTy::Usize),
            sym::u8 => LitIntType::Unsigned(UintTy::U8),
            sym::u16 => LitIntType::Unsigned(UintTy::U16),
            sym::u32 => LitIntType::Unsigned(UintTy::U32),
            sym::u64 => LitIntType::Unsigned(UintTy::U64),
            sym::u128 => LitIntType::Unsigned(UintTy::U128),
            // `1f64` is a float; `1f7` a wrong one, which the parser reports.
            _ if suffix.as_str().starts_with('f') => return filtered_float_lit(symbol, Some(suffix), base),
            _ => return Err(LitError::InvalidIntSuffix(suffix)),
        },
    };
    let digits = &text[if base == 10 { 0 } else { 2 }..];
    match u128::from_str_radix(digits, base) {
        Ok(value) => Ok(LitKind::Int(value, ty)),
        Err(_) => Err(LitError::IntTooLarge(base)),
    }
}
