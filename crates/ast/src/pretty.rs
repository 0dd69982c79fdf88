//! Printing syntax trees and tokens as rustc does: `-Zunpretty=expanded`, `assert!`'s message, names in error messages.
//!
//! Expressions stand on one line but for the blocks in them; items and statements on their own.

mod expr;
mod item;
mod pat_ty;
mod tokens;

pub use tokens::{doc_comment_to_string, token_kind_to_string, token_to_string, tts_to_string};

use span::Span;

use crate::{
    AttrArgs, AttrKind, AttrStyle, Attribute, Block, Crate, Expr, GenericBound, Generics, Item, Lifetime, MacCall,
    MetaItem, MetaItemInner, MetaItemKind, Pat, Path, Safety, Stmt, Ty, Visibility, VisibilityKind,
};

/// Writes text with indentation.
pub(crate) struct Printer {
    out: String,
    indent: usize,
    /// Items, statements, expressions and patterns by their place in `out`.
    spans: Vec<(usize, usize, Span)>,
}

fn print(f: impl FnOnce(&mut Printer)) -> String {
    let mut printer = Printer { out: String::new(), indent: 0, spans: Vec::new() };
    f(&mut printer);
    printer.out
}

/// A whole crate, as after expansion.
pub fn crate_to_string(krate: &Crate) -> String {
    crate_to_string_with_spans(krate).0
}

/// A whole crate, with the spans of its pieces by start and end in the text.
pub fn crate_to_string_with_spans(krate: &Crate) -> (String, Vec<(usize, usize, Span)>) {
    let mut spans = Vec::new();
    let text = print(|p| {
        p.inner_attrs(&krate.attrs);
        for item in &krate.items {
            p.item(item);
            p.newline();
        }
        let len = p.out.trim_end().len();
        p.out.truncate(len);
        if len > 0 {
            p.out.push('\n');
        }
        spans = std::mem::take(&mut p.spans);
    });
    (text, spans)
}

pub fn item_to_string(item: &Item) -> String {
    print(|p| p.item(item))
}

pub fn expr_to_string(e: &Expr) -> String {
    print(|p| p.expr(e))
}

pub fn ty_to_string(ty: &Ty) -> String {
    print(|p| p.ty(ty))
}

pub fn pat_to_string(pat: &Pat) -> String {
    print(|p| p.pat(pat))
}

pub fn stmt_to_string(stmt: &Stmt) -> String {
    print(|p| p.stmt(stmt))
}

pub fn block_to_string(block: &Block) -> String {
    print(|p| p.block(block))
}

pub fn path_to_string(path: &Path) -> String {
    print(|p| p.path(path, false))
}

pub fn path_segment_to_string(segment: &crate::PathSegment) -> String {
    print(|p| p.path_segment(segment, false))
}

/// With a space behind it, if it is not empty.
pub fn vis_to_string(vis: &Visibility) -> String {
    print(|p| p.vis(vis))
}

pub fn lifetime_to_string(lifetime: &Lifetime) -> String {
    lifetime.ident.to_string()
}

pub fn bounds_to_string(bounds: &[GenericBound]) -> String {
    print(|p| p.bounds(bounds))
}

pub fn generics_to_string(generics: &Generics) -> String {
    print(|p| p.generic_params(&generics.params))
}

pub fn attribute_to_string(attr: &Attribute) -> String {
    print(|p| p.attribute(attr))
}

pub fn meta_item_to_string(item: &MetaItem) -> String {
    print(|p| p.meta_item(item))
}

pub fn mac_call_to_string(mac: &MacCall) -> String {
    print(|p| p.mac_call(mac))
}

impl Printer {
    fn word(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn display(&mut self, value: impl std::fmt::Display) {
        use std::fmt::Write;
        let _ = write!(self.out, "{value}");
    }

    fn newline(&mut self) {
        self.out.push('\n');
        for _ in 0..self.indent {
            self.out.push_str("    ");
        }
    }

    /// Elements with a separator between them.
    fn list<T>(&mut self, items: impl IntoIterator<Item = T>, separator: &str, mut f: impl FnMut(&mut Self, T)) {
        for (i, item) in items.into_iter().enumerate() {
            if i > 0 {
                self.word(separator);
            }
            f(self, item);
        }
    }

    /// `{`, the contents on lines of their own, `}`
    fn braced(&mut self, empty: bool, f: impl FnOnce(&mut Self)) {
        if empty {
            self.word("{}");
            return;
        }
        self.word("{");
        self.indent += 1;
        f(self);
        self.indent -= 1;
        self.newline();
        self.word("}");
    }

    fn outer_attrs(&mut self, attrs: &[Attribute]) {
        for attr in attrs.iter().filter(|attr| attr.style == AttrStyle::Outer) {
            self.attribute(attr);
            self.newline();
        }
    }

    fn outer_attrs_inline(&mut self, attrs: &[Attribute]) {
        for attr in attrs.iter().filter(|attr| attr.style == AttrStyle::Outer) {
            self.attribute(attr);
            self.word(" ");
        }
    }

    fn inner_attrs(&mut self, attrs: &[Attribute]) {
        for attr in attrs.iter().filter(|attr| attr.style == AttrStyle::Inner) {
            self.attribute(attr);
            self.newline();
        }
    }

    fn attribute(&mut self, attr: &Attribute) {
        match &attr.kind {
            AttrKind::DocComment(kind, data) => {
                self.word(&doc_comment_to_string(*kind, attr.style, *data));
            }
            AttrKind::Normal(normal) => {
                self.word(if attr.style == AttrStyle::Inner { "#![" } else { "#[" });
                let item = &normal.item;
                let is_unsafe = matches!(item.unsafety, Safety::Unsafe(_));
                if is_unsafe {
                    self.word("unsafe(");
                }
                self.path(&item.path, false);
                match &item.args {
                    AttrArgs::Empty => {}
                    AttrArgs::Delimited(args) => self.delim_args(args),
                    AttrArgs::Eq { expr, .. } => {
                        self.word(" = ");
                        self.expr(expr);
                    }
                }
                if is_unsafe {
                    self.word(")");
                }
                self.word("]");
            }
        }
    }

    fn meta_item(&mut self, item: &MetaItem) {
        self.path(&item.path, false);
        match &item.kind {
            MetaItemKind::Word => {}
            MetaItemKind::NameValue(lit) => {
                self.word(" = ");
                self.display(lit.as_token_lit());
            }
            MetaItemKind::List(items) => {
                self.word("(");
                self.list(items, ", ", |p, item| match item {
                    MetaItemInner::MetaItem(item) => p.meta_item(item),
                    MetaItemInner::Lit(lit) => p.display(lit.as_token_lit()),
                });
                self.word(")");
            }
        }
    }

    fn delim_args(&mut self, args: &crate::DelimArgs) {
        use crate::token::Delimiter;
        let text = tts_to_string(&args.tokens);
        match args.delim {
            Delimiter::Parenthesis | Delimiter::Invisible(_) => self.word(&format!("({text})")),
            Delimiter::Bracket => self.word(&format!("[{text}]")),
            Delimiter::Brace if text.is_empty() => self.word(" {}"),
            Delimiter::Brace => self.word(&format!(" {{ {text} }}")),
        }
    }

    fn mac_call(&mut self, mac: &MacCall) {
        self.path(&mac.path, false);
        self.word("!");
        self.delim_args(&mac.args);
    }

    fn vis(&mut self, vis: &Visibility) {
        match &vis.kind {
            VisibilityKind::Public => self.word("pub "),
            VisibilityKind::Restricted { path, shorthand, .. } => {
                self.word("pub(");
                if !shorthand {
                    self.word("in ");
                }
                self.path(path, false);
                self.word(") ");
            }
            VisibilityKind::Inherited => {}
        }
    }
}
