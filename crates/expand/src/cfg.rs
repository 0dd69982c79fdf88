//! Conditional compilation: `#[cfg(..)]` and `#[cfg_attr(..)]` (Reference, "Conditional compilation").
//!
//! The expansion loop meets attributes one by one, in order, and asks [`StripUnconfigured`] about each. [`eval`] evaluates
//! predicates; [`check`] warns of names and values that cannot be set.

use ast::token::Delimiter;
use ast::{AttrArgs, AttrItem, AttrKind, AttrStyle, Attribute, DelimArgs, Expr, HasAttrs, MetaItemInner, NodeId};
use diagnostics::{Applicability, Diag, Level};
use parser::Parser;
use session::{Session, feature_err, lint};
use span::{ErrorGuaranteed, Span, sym};

mod check;
mod configure;
mod eval;

pub use configure::configure_tree;
pub use eval::{CfgPlace, eval_cfg};

/// What becomes of a node's `cfg` attributes.
#[derive(Clone, Copy)]
pub struct StripUnconfigured<'a> {
    pub sess: &'a Session,
    /// The node that lints are reported at.
    pub lint_node_id: NodeId,
    /// `#![feature(..)]` is not known yet: check no feature gates.
    pub features_known: bool,
}

impl<'a> StripUnconfigured<'a> {
    pub fn new(sess: &'a Session, lint_node_id: NodeId) -> Self {
        StripUnconfigured { sess, lint_node_id, features_known: true }
    }

    /// Expands `cfg_attr`s and removes the node if a `cfg` is false.
    pub fn configure<T: HasAttrs>(&self, mut node: T) -> Option<T> {
        self.process_cfg_attrs(&mut node);
        self.in_cfg(node.attrs()).then_some(node)
    }

    /// Expands the `cfg_attr`s of a node.
    pub fn process_cfg_attrs<T: HasAttrs>(&self, node: &mut T) {
        if !node.attrs().iter().any(|attr| attr.has_name(sym::cfg_attr)) {
            return;
        }
        node.visit_attrs(|attrs| {
            let old = std::mem::take(attrs);
            for attr in old {
                if attr.has_name(sym::cfg_attr) {
                    attrs.extend(self.expand_cfg_attr(&attr, true));
                } else {
                    attrs.push(attr);
                }
            }
        });
    }

    /// The attributes that a `cfg_attr` stands for, those nested in it expanded if `recursive`.
    pub fn expand_cfg_attr(&self, cfg_attr: &Attribute, recursive: bool) -> Vec<Attribute> {
        let Some((predicate, items)) = self.parse_cfg_attr(cfg_attr) else { return Vec::new() };
        if items.is_empty() {
            self.lint_empty_cfg_attr(cfg_attr);
        }
        let place = CfgPlace::attribute(sym::cfg_attr, cfg_attr);
        if !eval_cfg(self, &predicate, &place).unwrap_or(true) {
            return Vec::new();
        }
        let attrs = items.into_iter().map(|(item, span)| self.attr_of_cfg_attr(cfg_attr, item, span));
        if recursive {
            attrs
                .flat_map(
                    |attr| {
                        if attr.has_name(sym::cfg_attr) { self.expand_cfg_attr(&attr, true) } else { vec![attr] }
                    },
                )
                .collect()
        } else {
            attrs.collect()
        }
    }

    fn attr_of_cfg_attr(&self, cfg_attr: &Attribute, item: AttrItem, span: Span) -> Attribute {
        let id = ast::AttrId::from_u32(self.sess.fresh_attr_id());
        if cfg_attr.style == AttrStyle::Inner && (item.path == sym::crate_type || item.path == sym::crate_name) {
            let name = if item.path == sym::crate_type { "crate_type" } else { "crate_name" };
            self.sess.dcx.span_err(span, format!("`{name}` within an `#![cfg_attr]` attribute is forbidden"));
        }
        ast::attr::mk_attr_from_item(id, item, cfg_attr.style, span)
    }

    fn parse_cfg_attr(&self, cfg_attr: &Attribute) -> Option<(MetaItemInner, Vec<(AttrItem, Span)>)> {
        let place = CfgPlace::attribute(sym::cfg_attr, cfg_attr);
        let args = match &cfg_attr.get_normal_item().args {
            AttrArgs::Delimited(args) if args.delim == Delimiter::Parenthesis => args,
            _ => {
                place.malformed(self.sess, place.span, "expected this to be a list", 539).emit();
                return None;
            }
        };
        if args.tokens.is_empty() {
            let sp = args.dspan.entire();
            place.malformed(self.sess, sp, "expected at least 1 argument here", 539).emit();
            return None;
        }
        let mut parser = parser::parser_for(self.sess, args.tokens.clone(), Some("`cfg_attr` input"));
        match parser.parse_cfg_attr() {
            Ok((predicate, items)) if parser.token.kind == ast::token::TokenKind::Eof => Some((predicate, items)),
            Ok(_) => {
                let found = ast::pretty::token_to_string(&parser.token);
                let sp = parser.token.span;
                let mut err = self.sess.dcx.struct_span_err(sp, format!("expected `,`, found `{found}`"));
                err.span_label(sp, "expected `,`");
                place.add_help(&mut err);
                err.emit();
                None
            }
            Err(mut err) => {
                place.add_help(&mut err);
                err.emit();
                None
            }
        }
    }

    fn lint_empty_cfg_attr(&self, cfg_attr: &Attribute) {
        let diag = Diag::new(&self.sess.dcx, Level::Warning, "`#[cfg_attr]` does not expand to any attributes")
            .with_span(cfg_attr.span);
        self.sess.buffer_lint(lint::BufferedLint {
            lint: &lint::UNUSED_ATTRIBUTES,
            node_id: self.lint_node_id.as_u32(),
            span: cfg_attr.span,
            diag: Box::new(diag.into_inner()),
        });
    }

    /// Whether all `cfg`s among these attributes hold.
    pub fn in_cfg(&self, attrs: &[Attribute]) -> bool {
        attrs.iter().all(|attr| !attr.has_name(sym::cfg) || self.cfg_true(attr))
    }

    /// Whether a `#[cfg(..)]` holds; one that is malformed was reported, and holds.
    pub fn cfg_true(&self, attr: &Attribute) -> bool {
        let place = CfgPlace::attribute(sym::cfg, attr);
        match self.parse_cfg(attr, &place) {
            Ok(predicate) => eval_cfg(self, &predicate, &place).unwrap_or(true),
            Err(_) => true,
        }
    }

    /// The predicate of a `#[cfg(..)]`.
    pub fn parse_cfg(&self, attr: &Attribute, place: &CfgPlace) -> Result<MetaItemInner, ErrorGuaranteed> {
        match &attr.get_normal_item().args {
            AttrArgs::Delimited(args) if args.delim == Delimiter::Parenthesis => {
                parse_single_predicate(self.sess, args, place)
            }
            AttrArgs::Empty | AttrArgs::Delimited(_) | AttrArgs::Eq { .. } => {
                let item = attr.get_normal_item();
                let sp = match &item.args {
                    AttrArgs::Eq { .. } => item.path.span.shrink_to_hi().to(item.span().shrink_to_hi()),
                    _ => attr.span,
                };
                Err(place.malformed(self.sess, sp, "expected this to be a list", 539).emit())
            }
        }
    }

    /// Reports attributes on expressions unless they are enabled.
    pub fn maybe_emit_expr_attr_err(&self, attr: &Attribute) {
        if self.sess.feature(sym::stmt_expr_attributes) || attr.span.allows_unstable(sym::stmt_expr_attributes) {
            return;
        }
        let mut err =
            feature_err(self.sess, sym::stmt_expr_attributes, attr.span, "attributes on expressions are experimental");
        if attr.is_doc_comment() {
            err.help(if attr.style == AttrStyle::Outer {
                "`///` is used for outer documentation comments; for a plain comment, use `//`"
            } else {
                "`//!` is used for inner documentation comments; for a plain comment, use `//` by removing the `!` or inserting a space in between them: `// !`"
            });
        }
        err.emit();
    }

    /// Prepares an expression that cannot be removed: reports `cfg`s on it.
    pub fn configure_expr(&self, expr: &mut ast::P<Expr>, force_disallow: bool) {
        if force_disallow {
            for attr in expr.attrs.iter() {
                self.maybe_emit_expr_attr_err(attr);
            }
        }
        if let Some(attr) = expr.attrs.iter().find(|attr| attr.has_name(sym::cfg)) {
            self.sess.dcx.span_err(attr.span, "removing an expression is not supported in this position");
        }
        self.process_cfg_attrs(expr);
    }

    /// `#[cfg]`s and the like may not stand on a node of this kind, say `what`.
    pub fn report_not_allowed(&self, attrs: &[Attribute], what: &str) {
        for attr in attrs.iter().filter(|attr| matches!(attr.kind, AttrKind::Normal(_))) {
            self.sess.dcx.span_err(attr.span, format!("attributes are not allowed on {what}"));
        }
    }
}

/// The one predicate in an attribute's or macro's parentheses.
pub(crate) fn parse_single_predicate(
    sess: &Session,
    args: &DelimArgs,
    place: &CfgPlace,
) -> Result<MetaItemInner, ErrorGuaranteed> {
    let mut parser = Parser::new(sess, args.tokens.clone());
    let items = parser.parse_meta_seq_top().map_err(|err| err.emit())?;
    if parser.token.kind != ast::token::TokenKind::Eof {
        let found = ast::pretty::token_to_string(&parser.token);
        let sp = parser.token.span;
        return Err(sess
            .dcx
            .struct_span_err(sp, format!("expected `,`, found `{found}`"))
            .with_span_label(sp, "expected `,`")
            .emit());
    }
    match <[MetaItemInner; 1]>::try_from(items.into_iter().collect::<Vec<_>>()) {
        Ok([single]) => Ok(single),
        Err(_) => {
            let sp = args.dspan.entire();
            Err(place.malformed(sess, sp, "expected a single argument here", 805).emit())
        }
    }
}

impl CfgPlace {
    /// An error about the input, labelled at `sp`.
    pub(crate) fn malformed<'a>(&self, sess: &'a Session, sp: Span, label: &str, code: u16) -> Diag<'a> {
        let what = if self.is_macro { "macro" } else { "attribute" };
        let mut err = sess
            .dcx
            .struct_span_err(self.span, format!("malformed `{}` {what} input", self.name))
            .with_code(diagnostics::ErrCode(code));
        err.span_label(sp, label);
        self.add_help(&mut err);
        err
    }

    fn add_help(&self, err: &mut Diag<'_>) {
        err.span_suggestion(self.span, "must be of the form", self.form(), Applicability::HasPlaceholders);
        let name = if self.is_macro { sym::cfg } else { self.name };
        err.note(format!(
            "for more information, visit <https://doc.rust-lang.org/reference/conditional-compilation.html#the-{name}-attribute>"
        ));
    }
}
