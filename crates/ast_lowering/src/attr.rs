//! Attributes.

use ast::attr::AttrId;
use hir::{AttrArgs, AttrItem, AttrKind, AttrPath, Attribute, HirId};
use span::{Span, sym};

use crate::LoweringContext;

impl<'hir> LoweringContext<'_, 'hir> {
    /// Notes the attributes of a node.
    pub(crate) fn lower_attrs(&mut self, id: HirId, attrs: &[ast::Attribute]) -> &'hir [Attribute] {
        if attrs.is_empty() {
            return &[];
        }
        let lowered: Vec<_> = attrs.iter().map(|attr| self.lower_attr(attr)).collect();
        let lowered = self.arena.alloc_dropping_from_iter(lowered);
        self.set_attrs(id, lowered);
        lowered
    }

    pub(crate) fn set_attrs(&mut self, id: HirId, attrs: &'hir [Attribute]) {
        debug_assert_eq!(id.owner, self.current_hir_id_owner);
        if !attrs.is_empty() {
            self.attrs.insert(id.local_id, attrs);
        }
    }

    /// Gives a node the attributes of another.
    pub(crate) fn alias_attrs(&mut self, id: HirId, target: HirId) {
        if let Some(&attrs) = self.attrs.get(&target.local_id) {
            self.attrs.insert(id.local_id, attrs);
        }
    }

    fn lower_attr(&self, attr: &ast::Attribute) -> Attribute {
        let kind = match &attr.kind {
            ast::AttrKind::Normal(normal) => {
                let item = &normal.item;
                AttrKind::Normal(Box::new(AttrItem {
                    unsafety: match item.unsafety {
                        ast::Safety::Unsafe(span) => Some(span),
                        ast::Safety::Safe(_) | ast::Safety::Default => None,
                    },
                    path: AttrPath {
                        segments: item.path.segments.iter().map(|segment| segment.ident).collect(),
                        span: item.path.span,
                    },
                    args: self.lower_attr_args(&item.args),
                    span: attr.span,
                }))
            }
            ast::AttrKind::DocComment(kind, text) => AttrKind::DocComment(*kind, *text),
        };
        Attribute { kind, id: attr.id, style: attr.style, span: attr.span }
    }

    fn lower_attr_args(&self, args: &ast::AttrArgs) -> AttrArgs {
        match args {
            ast::AttrArgs::Empty => AttrArgs::Empty,
            ast::AttrArgs::Delimited(args) => AttrArgs::Delimited(args.clone()),
            ast::AttrArgs::Eq { eq_span, expr } => {
                let lit = match &expr.kind {
                    ast::ExprKind::Lit(lit) => ast::MetaItemLit::from_token_lit(*lit, expr.span).ok(),
                    _ => None,
                };
                let expr = lit.unwrap_or_else(|| {
                    let guar = self.dcx().span_delayed_bug(expr.span, "an attribute's value that is no literal");
                    ast::MetaItemLit {
                        symbol: span::kw::Empty,
                        suffix: None,
                        kind: ast::LitKind::Err(guar),
                        span: expr.span,
                    }
                });
                AttrArgs::Eq { eq_span: *eq_span, expr }
            }
        }
    }

    /// `#[allow(unreachable_code)]`
    pub(crate) fn allow_unreachable_code(&self, span: Span) -> ast::Attribute {
        ast::attr::mk_attr_nested_word(
            AttrId::MAX,
            ast::AttrStyle::Outer,
            ast::Safety::Default,
            sym::allow,
            sym::unreachable_code,
            span,
        )
    }
}
