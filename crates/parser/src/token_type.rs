//! What the parser asks for: the tokens, keywords and classes of tokens that error messages list.

use ast::token::{IdentIsRaw, TokenKind};
use span::{Symbol, kw, sym};

macro_rules! token_types {
    (
        punctuation { $($P:ident $ptext:literal,)* }
        keywords { $($K:ident $word:expr, $ktext:literal,)* }
        classes { $($C:ident $ctext:literal,)* }
    ) => {
        /// A token, keyword or class of tokens that may be expected.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub enum TokenType { $($P,)* $($K,)* $($C,)* }

        impl TokenType {
            const ALL: &[TokenType] = &[$(TokenType::$P,)* $(TokenType::$K,)* $(TokenType::$C,)*];

            /// Is the token this?
            #[inline(always)]
            pub fn matches(self, kind: TokenKind) -> bool {
                match self {
                    $(TokenType::$P => matches!(kind, TokenKind::$P),)*
                    $(TokenType::$K => matches!(kind, TokenKind::Ident(name, IdentIsRaw::No) if name == $word),)*
                    $(TokenType::$C => false,)*
                }
            }

            /// The keyword's name.
            pub fn keyword(self) -> Option<Symbol> {
                match self {
                    $(TokenType::$K => Some($word),)*
                    _ => None,
                }
            }

            /// As messages list it.
            pub fn descr(self) -> &'static str {
                match self {
                    $(TokenType::$P => $ptext,)*
                    $(TokenType::$K => $ktext,)*
                    $(TokenType::$C => $ctext,)*
                }
            }

            /// The token, if it is one.
            pub fn token_kind(self) -> Option<TokenKind> {
                Some(match self {
                    $(TokenType::$P => TokenKind::$P,)*
                    $(TokenType::$K => TokenKind::Ident($word, IdentIsRaw::No),)*
                    _ => return None,
                })
            }
        }
    };
}

token_types! {
    punctuation {
        Eq "`=`", Lt "`<`", EqEq "`==`", Gt "`>`", AndAnd "`&&`", OrOr "`||`", Bang "`!`", Tilde "`~`", Plus "`+`",
        Minus "`-`", Star "`*`", And "`&`", Or "`|`", Shl "`<<`", Shr "`>>`", At "`@`", Dot "`.`", DotDot "`..`",
        DotDotDot "`...`", DotDotEq "`..=`", Comma "`,`", Semi "`;`", Colon "`:`", PathSep "`::`", RArrow "`->`",
        LArrow "`<-`", FatArrow "`=>`", Pound "`#`", Dollar "`$`", Question "`?`", OpenParen "`(`", CloseParen "`)`",
        OpenBrace "`{`", CloseBrace "`}`", OpenBracket "`[`", CloseBracket "`]`", Eof "`<eof>`",
    }
    keywords {
        KwAs kw::As, "`as`", KwAsync kw::Async, "`async`", KwAuto kw::Auto, "`auto`", KwAwait kw::Await, "`await`",
        KwBecome kw::Become, "`become`", KwBox kw::Box, "`box`", KwBreak kw::Break, "`break`",
        KwBuiltin kw::Builtin, "`builtin`", KwCatch kw::Catch, "`catch`", KwConst kw::Const, "`const`",
        KwContinue kw::Continue, "`continue`", KwContractEnsures kw::ContractEnsures, "`contract_ensures`",
        KwContractRequires kw::ContractRequires, "`contract_requires`", KwCrate kw::Crate, "`crate`",
        KwDefault kw::Default, "`default`", KwDo kw::Do, "`do`", KwDyn kw::Dyn, "`dyn`", KwElse kw::Else, "`else`",
        KwEnum kw::Enum, "`enum`", KwExtern kw::Extern, "`extern`", KwFn kw::Fn, "`fn`", KwFor kw::For, "`for`",
        KwFinal kw::Final, "`final`", KwGen kw::Gen, "`gen`", KwIf kw::If, "`if`", KwImpl kw::Impl, "`impl`", KwIn kw::In, "`in`",
        KwLet kw::Let, "`let`", KwLoop kw::Loop, "`loop`", KwMacro kw::Macro, "`macro`",
        KwMacroRules kw::MacroRules, "`macro_rules`", KwMatch kw::Match, "`match`", KwMod kw::Mod, "`mod`",
        KwMove kw::Move, "`move`", KwMut kw::Mut, "`mut`", KwPub kw::Pub, "`pub`", KwRaw kw::Raw, "`raw`",
        KwRef kw::Ref, "`ref`", KwReturn kw::Return, "`return`", KwReuse kw::Reuse, "`reuse`",
        KwSafe kw::Safe, "`safe`", KwSelfUpper kw::SelfUpper, "`Self`", KwStatic kw::Static, "`static`",
        KwStruct kw::Struct, "`struct`", KwSuper kw::Super, "`super`", KwTrait kw::Trait, "`trait`",
        KwTry kw::Try, "`try`", KwType kw::Type, "`type`", KwUnderscore kw::Underscore, "`_`",
        KwUnion kw::Union, "`union`", KwUnsafe kw::Unsafe, "`unsafe`", KwUse kw::Use, "`use`",
        KwWhere kw::Where, "`where`", KwWhile kw::While, "`while`", KwYeet kw::Yeet, "`yeet`",
        KwYield kw::Yield, "`yield`", SymPin sym::pin, "`pin`",
    }
    classes {
        Operator "an operator", Lifetime "lifetime", Ident "identifier", Path "path", Type "type", Const "a const expression",
    }
}

/// A set of what is expected here.
#[derive(Clone, Copy, Default)]
pub struct TokenTypeSet(u128);

impl TokenTypeSet {
    #[inline(always)]
    pub fn insert(&mut self, token_type: TokenType) {
        self.0 |= 1 << token_type as u32;
    }

    pub fn remove(&mut self, token_type: TokenType) {
        self.0 &= !(1 << token_type as u32);
    }

    pub fn contains(self, token_type: TokenType) -> bool {
        self.0 & (1 << token_type as u32) != 0
    }

    #[inline(always)]
    pub fn clear(&mut self) {
        self.0 = 0;
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = TokenType> {
        TokenType::ALL.iter().copied().filter(move |t| self.contains(*t))
    }
}
