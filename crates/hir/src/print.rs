//! HIR as text (`-Zunpretty=hir`): Rust-like, in the manner of rustc's printer. What has no syntax is printed as what it
//! would be: lang items by their names, opaque types as `/*impl Trait*/`, scopes of temporaries as
//! `{ let _t = expr; _t }`.

use std::fmt::Write;

use crate::*;

mod expr;
mod generics;
mod item;
mod pat;
mod path;
mod ty;

/// The whole crate.
pub fn crate_to_string(krate: &Crate<'_>) -> String {
    crate_to_string_with_spans(krate).0
}

/// The whole crate, with the spans of items, statements, expressions and patterns by start and end in the text.
pub fn crate_to_string_with_spans(krate: &Crate<'_>) -> (String, Vec<(usize, usize, span::Span)>) {
    let mut p = Printer::new(krate);
    let info = krate.owner(CRATE_OWNER_ID.def_id).unwrap();
    p.attrs(CRATE_HIR_ID);
    if let OwnerNode::Crate(module) = info.node() {
        p.module(module);
    }
    (p.out, p.spans)
}

/// A function, constant or other item by itself.
pub fn item_to_string(krate: &Crate<'_>, item: &Item<'_>) -> String {
    let mut p = Printer::new(krate);
    p.item(item);
    p.out
}

/// An expression.
pub fn expr_to_string(krate: &Crate<'_>, expr: &Expr<'_>) -> String {
    let mut p = Printer::new(krate);
    p.expr(expr);
    p.out
}

/// A type.
pub fn ty_to_string(krate: &Crate<'_>, ty: &Ty<'_>) -> String {
    let mut p = Printer::new(krate);
    p.ty(ty);
    p.out
}

/// A pattern.
pub fn pat_to_string(krate: &Crate<'_>, pat: &Pat<'_>) -> String {
    let mut p = Printer::new(krate);
    p.pat(pat);
    p.out
}

/// A path.
pub fn qpath_to_string(krate: &Crate<'_>, qpath: &QPath<'_>) -> String {
    let mut p = Printer::new(krate);
    p.qpath(qpath, false);
    p.out
}

struct Printer<'a, 'hir> {
    krate: &'a Crate<'hir>,
    out: String,
    indent: usize,
    spans: Vec<(usize, usize, span::Span)>,
}

impl<'a, 'hir> Printer<'a, 'hir> {
    fn new(krate: &'a Crate<'hir>) -> Self {
        Printer { krate, out: String::new(), indent: 0, spans: Vec::new() }
    }

    fn w(&mut self, s: &str) {
        self.out.push_str(s);
    }

    fn d(&mut self, value: impl std::fmt::Display) {
        let _ = write!(self.out, "{value}");
    }

    fn newline(&mut self) {
        self.out.push('\n');
        for _ in 0..self.indent {
            self.out.push_str("    ");
        }
    }

    /// ` {`, the contents indented, `}`; `{ }` if there are none.
    fn braces<T>(&mut self, items: impl IntoIterator<Item = T>, mut each: impl FnMut(&mut Self, T)) {
        self.w("{");
        self.indent += 1;
        let mut is_empty = true;
        for item in items {
            is_empty = false;
            self.newline();
            each(self, item);
        }
        self.indent -= 1;
        if is_empty {
            self.w(" ");
        } else {
            self.newline();
        }
        self.w("}");
    }

    fn comma<T>(&mut self, items: impl IntoIterator<Item = T>, mut each: impl FnMut(&mut Self, T)) {
        for (i, item) in items.into_iter().enumerate() {
            if i > 0 {
                self.w(", ");
            }
            each(self, item);
        }
    }

    /// Each attribute on a line of its own.
    fn attrs(&mut self, id: HirId) {
        let Some(info) = self.krate.owner(id.owner.def_id).as_owner() else { return };
        for attr in info.attrs.get(id.local_id) {
            self.attr(attr);
            self.newline();
        }
    }

    /// The attributes, each with a space behind it.
    fn inline_attrs(&mut self, id: HirId) {
        let Some(info) = self.krate.owner(id.owner.def_id).as_owner() else { return };
        for attr in info.attrs.get(id.local_id) {
            self.attr(attr);
            self.w(" ");
        }
    }

    fn attr(&mut self, attr: &Attribute) {
        let bang = if attr.style == ast::AttrStyle::Inner { "!" } else { "" };
        match &attr.kind {
            AttrKind::Normal(item) => {
                let _ = write!(self.out, "#{bang}[{}", item.path);
                match &item.args {
                    AttrArgs::Empty => {}
                    AttrArgs::Delimited(args) => {
                        let tokens: Vec<String> =
                            args.tokens.tokens().map(|(token, _)| token_text(&token.kind)).collect();
                        let (open, close) = match args.delim {
                            ast::token::Delimiter::Brace => ("{", "}"),
                            ast::token::Delimiter::Bracket => ("[", "]"),
                            _ => ("(", ")"),
                        };
                        let _ = write!(self.out, "{open}{}{close}", join_tokens(&tokens));
                    }
                    AttrArgs::Eq { expr, .. } => {
                        self.w(" = ");
                        self.lit_kind(&expr.kind);
                    }
                }
                self.w("]");
            }
            AttrKind::DocComment(_, text) => {
                let _ = write!(self.out, "#{bang}[doc = {:?}]", text.as_str());
            }
        }
    }

    fn lit_kind(&mut self, kind: &LitKind) {
        use ast::{LitFloatType, LitIntType};
        let _ = match kind {
            LitKind::Str(text, _) => write!(self.out, "\"{}\"", text.as_str().escape_default()),
            LitKind::ByteStr(bytes, _) => write!(self.out, "b\"{}\"", bytes.as_byte_str().escape_ascii()),
            LitKind::CStr(bytes, _) => {
                let bytes = bytes.as_byte_str();
                write!(self.out, "c\"{}\"", bytes[..bytes.len().saturating_sub(1)].escape_ascii())
            }
            LitKind::Byte(b) => write!(self.out, "b'{}'", b.escape_ascii()),
            LitKind::Char(c) => write!(self.out, "'{}'", c.escape_default()),
            LitKind::Int(n, LitIntType::Signed(ty)) => write!(self.out, "{n}{}", ty.name_str()),
            LitKind::Int(n, LitIntType::Unsigned(ty)) => write!(self.out, "{n}{}", ty.name_str()),
            LitKind::Int(n, LitIntType::Unsuffixed) => write!(self.out, "{n}"),
            LitKind::Float(text, LitFloatType::Suffixed(ty)) => write!(self.out, "{text}{}", ty.name_str()),
            LitKind::Float(text, LitFloatType::Unsuffixed) => write!(self.out, "{text}"),
            LitKind::Bool(b) => write!(self.out, "{b}"),
            LitKind::Err(_) => write!(self.out, "<bad-literal>"),
        };
    }
}

fn token_text(kind: &ast::token::TokenKind) -> String {
    use ast::token::TokenKind;
    match kind {
        TokenKind::Ident(name, raw) => format!("{}{name}", raw.prefix_str()),
        TokenKind::Literal(lit) => {
            let quote = match lit.kind {
                ast::token::LitKind::Str => "\"",
                ast::token::LitKind::Char => "'",
                _ => "",
            };
            format!("{quote}{}{quote}", lit.symbol)
        }
        TokenKind::Comma => ",".to_string(),
        TokenKind::Eq => "=".to_string(),
        TokenKind::OpenParen => "(".to_string(),
        TokenKind::CloseParen => ")".to_string(),
        TokenKind::PathSep => "::".to_string(),
        other => format!("{other:?}"),
    }
}

fn join_tokens(tokens: &[String]) -> String {
    let mut out = String::new();
    for (i, token) in tokens.iter().enumerate() {
        let spaced = i > 0 && (tokens[i - 1] == "," || tokens[i - 1] == "=" || token == "=");
        if spaced {
            out.push(' ');
        }
        out.push_str(token);
    }
    out
}
