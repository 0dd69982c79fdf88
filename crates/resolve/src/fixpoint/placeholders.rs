//! Placeholders: what stands in the tree for a macro call until its expansion is put in.

use ast::mut_visit::{self, MutVisitor};
use ast::visit::AssocCtxt;
use ast::{
    Arm, AssocItem, AssocItemKind, Block, Crate, DelimArgs, Expr, ExprField, ExprKind, FieldDef, ForeignItem,
    ForeignItemKind, GenericParam, Item, ItemKind, MacCall, MacCallStmt, MacStmtStyle, NodeId, P, Param, Pat, PatField,
    PatKind, Path, Stmt, StmtKind, Ty, TyKind, Variant, VariantData, Visibility, VisibilityKind, WherePredicate,
};
use expand::base::{AstFragment, AstFragmentKind};
use smallvec::{SmallVec, smallvec};
use span::{DUMMY_SP, FxHashMap, Ident};
use thin_vec::ThinVec;

fn mac_placeholder() -> P<MacCall> {
    P(MacCall {
        path: Path { span: DUMMY_SP, segments: ThinVec::new() },
        args: P(DelimArgs {
            dspan: ast::tokenstream::DelimSpan::dummy(),
            delim: ast::token::Delimiter::Parenthesis,
            tokens: ast::tokenstream::TokenStream::default(),
        }),
    })
}

fn item<K>(id: NodeId, vis: Visibility, kind: K) -> P<Item<K>> {
    P(Item { attrs: ThinVec::new(), id, span: DUMMY_SP, vis, kind, tokens: None })
}

/// The placeholder of a call of the given kind. `vis` is the visibility of a field that it stands for: constructors'
/// visibilities depend on it before it is expanded.
pub(crate) fn placeholder(kind: AstFragmentKind, id: NodeId, vis: Option<Visibility>) -> AstFragment {
    let ident = Ident::empty();
    let attrs = ThinVec::new;
    let vis = vis.unwrap_or(Visibility { span: DUMMY_SP, kind: VisibilityKind::Inherited });
    let span = DUMMY_SP;
    let expr = || P(Expr { id, span, attrs: ThinVec::new(), kind: ExprKind::MacCall(mac_placeholder()) });
    let ty = || P(Ty { id, kind: TyKind::MacCall(mac_placeholder()), span });
    let pat = || P(Pat { id, kind: PatKind::MacCall(mac_placeholder()), span });
    match kind {
        AstFragmentKind::Crate => AstFragment::Crate(Crate {
            attrs: attrs(),
            items: ThinVec::new(),
            spans: ast::ModSpans::default(),
            id,
            is_placeholder: true,
        }),
        AstFragmentKind::Expr => AstFragment::Expr(expr()),
        AstFragmentKind::OptExpr => AstFragment::OptExpr(Some(expr())),
        AstFragmentKind::MethodReceiverExpr => AstFragment::MethodReceiverExpr(expr()),
        AstFragmentKind::Items => AstFragment::Items(smallvec![item(id, vis, ItemKind::MacCall(mac_placeholder()))]),
        AstFragmentKind::TraitItems => {
            AstFragment::TraitItems(smallvec![item(id, vis, AssocItemKind::MacCall(mac_placeholder()))])
        }
        AstFragmentKind::ImplItems => {
            AstFragment::ImplItems(smallvec![item(id, vis, AssocItemKind::MacCall(mac_placeholder()))])
        }
        AstFragmentKind::TraitImplItems => {
            AstFragment::TraitImplItems(smallvec![item(id, vis, AssocItemKind::MacCall(mac_placeholder()))])
        }
        AstFragmentKind::ForeignItems => {
            AstFragment::ForeignItems(smallvec![item(id, vis, ForeignItemKind::MacCall(mac_placeholder()))])
        }
        AstFragmentKind::Pat => AstFragment::Pat(pat()),
        AstFragmentKind::Ty => AstFragment::Ty(ty()),
        AstFragmentKind::Stmts => AstFragment::Stmts(smallvec![Stmt {
            id,
            span,
            kind: StmtKind::MacCall(P(MacCallStmt {
                mac: mac_placeholder(),
                style: MacStmtStyle::Braces,
                attrs: attrs(),
            })),
        }]),
        AstFragmentKind::Arms => AstFragment::Arms(smallvec![Arm {
            attrs: attrs(),
            pat: pat(),
            guard: None,
            body: Some(expr()),
            span,
            id,
            is_placeholder: true,
        }]),
        AstFragmentKind::ExprFields => AstFragment::ExprFields(smallvec![ExprField {
            attrs: attrs(),
            id,
            span,
            ident,
            expr: expr(),
            is_shorthand: false,
            is_placeholder: true,
        }]),
        AstFragmentKind::PatFields => AstFragment::PatFields(smallvec![PatField {
            ident,
            pat: pat(),
            is_shorthand: false,
            attrs: attrs(),
            id,
            span,
            is_placeholder: true,
        }]),
        AstFragmentKind::GenericParams => AstFragment::GenericParams(smallvec![GenericParam {
            id,
            ident,
            attrs: attrs(),
            bounds: Vec::new(),
            is_placeholder: true,
            kind: ast::GenericParamKind::Lifetime,
            colon_span: None,
        }]),
        AstFragmentKind::Params => AstFragment::Params(smallvec![Param {
            attrs: attrs(),
            ty: ty(),
            pat: pat(),
            id,
            span,
            is_placeholder: true,
        }]),
        AstFragmentKind::FieldDefs => AstFragment::FieldDefs(smallvec![FieldDef {
            attrs: attrs(),
            id,
            span,
            vis,
            safety: ast::Safety::Default,
            ident: None,
            ty: ty(),
            default: None,
            is_placeholder: true,
        }]),
        AstFragmentKind::Variants => AstFragment::Variants(smallvec![Variant {
            attrs: attrs(),
            id,
            span,
            vis,
            ident,
            data: VariantData::Struct { fields: ThinVec::new(), recovered: ast::Recovered::No },
            disr_expr: None,
            is_placeholder: true,
        }]),
        AstFragmentKind::WherePredicates => AstFragment::WherePredicates(smallvec![WherePredicate {
            attrs: attrs(),
            kind: ast::WherePredicateKind::BoundPredicate(ast::WhereBoundPredicate {
                bound_generic_params: ThinVec::new(),
                bounded_ty: ty(),
                bounds: Vec::new(),
            }),
            id,
            span,
            is_placeholder: true,
        }]),
    }
}

/// Adds placeholders behind the nodes of a fragment: the derives' output.
pub(crate) fn add_placeholders(fragment: &mut AstFragment, ids: &[NodeId]) {
    if ids.is_empty() {
        return;
    }
    macro_rules! extend {
        ($nodes:expr, $Kind:ident, $make:ident) => {
            $nodes.extend(ids.iter().flat_map(|id| placeholder(AstFragmentKind::$Kind, *id, None).$make()))
        };
    }
    match fragment {
        AstFragment::Stmts(nodes) => extend!(nodes, Stmts, make_stmts),
        AstFragment::Items(nodes) => extend!(nodes, Items, make_items),
        AstFragment::TraitItems(nodes) => extend!(nodes, TraitItems, make_trait_items),
        AstFragment::ImplItems(nodes) => extend!(nodes, ImplItems, make_impl_items),
        AstFragment::TraitImplItems(nodes) => extend!(nodes, TraitImplItems, make_trait_impl_items),
        AstFragment::ForeignItems(nodes) => extend!(nodes, ForeignItems, make_foreign_items),
        _ => panic!("derives are on items"),
    }
}

/// Puts expanded fragments in the places of their placeholders.
#[derive(Default)]
pub(crate) struct PlaceholderExpander {
    expanded: FxHashMap<NodeId, AstFragment>,
}

impl PlaceholderExpander {
    /// Adds the expansion of a placeholder; those inside it must have been added before.
    pub(crate) fn add(&mut self, id: NodeId, mut fragment: AstFragment) {
        super::fragment::mut_visit_fragment(&mut fragment, self);
        self.expanded.insert(id, fragment);
    }

    fn remove(&mut self, id: NodeId) -> AstFragment {
        self.expanded.remove(&id).expect("each placeholder has an expansion")
    }
}

macro_rules! flat_map_placeholders {
    ($($name:ident($Node:ty) $walk:ident $make:ident;)*) => { $(
        fn $name(&mut self, mut node: $Node) -> SmallVec<[$Node; 1]> {
            if node.is_placeholder {
                return self.remove(node.id).$make();
            }
            mut_visit::$walk(self, &mut node);
            smallvec![node]
        }
    )* };
}

impl MutVisitor for PlaceholderExpander {
    flat_map_placeholders! {
        flat_map_arm(Arm) walk_arm make_arms;
        flat_map_expr_field(ExprField) walk_expr_field make_expr_fields;
        flat_map_pat_field(PatField) walk_pat_field make_pat_fields;
        flat_map_generic_param(GenericParam) walk_generic_param make_generic_params;
        flat_map_param(Param) walk_param make_params;
        flat_map_field_def(FieldDef) walk_field_def make_field_defs;
        flat_map_variant(Variant) walk_variant make_variants;
        flat_map_where_predicate(WherePredicate) walk_where_predicate make_where_predicates;
    }

    fn flat_map_item(&mut self, mut item: P<Item>) -> SmallVec<[P<Item>; 1]> {
        if let ItemKind::MacCall(_) = item.kind {
            return self.remove(item.id).make_items();
        }
        mut_visit::walk_item(self, &mut item);
        smallvec![item]
    }

    fn flat_map_assoc_item(&mut self, mut item: P<AssocItem>, ctxt: AssocCtxt) -> SmallVec<[P<AssocItem>; 1]> {
        if let AssocItemKind::MacCall(_) = item.kind {
            let fragment = self.remove(item.id);
            return match ctxt {
                AssocCtxt::Trait => fragment.make_trait_items(),
                AssocCtxt::Impl { of_trait: false } => fragment.make_impl_items(),
                AssocCtxt::Impl { of_trait: true } => fragment.make_trait_impl_items(),
            };
        }
        mut_visit::walk_assoc_item(self, &mut item, ctxt);
        smallvec![item]
    }

    fn flat_map_foreign_item(&mut self, mut item: P<ForeignItem>) -> SmallVec<[P<ForeignItem>; 1]> {
        if let ForeignItemKind::MacCall(_) = item.kind {
            return self.remove(item.id).make_foreign_items();
        }
        mut_visit::walk_foreign_item(self, &mut item);
        smallvec![item]
    }

    fn visit_expr(&mut self, expr: &mut Expr) {
        match expr.kind {
            ExprKind::MacCall(_) => {
                *expr = match self.remove(expr.id) {
                    AstFragment::Expr(expr) | AstFragment::MethodReceiverExpr(expr) => *expr,
                    AstFragment::OptExpr(Some(expr)) => *expr,
                    _ => panic!("an expression's placeholder stands for no expression"),
                }
            }
            _ => mut_visit::walk_expr(self, expr),
        }
    }

    fn filter_map_expr(&mut self, mut expr: P<Expr>) -> Option<P<Expr>> {
        match expr.kind {
            ExprKind::MacCall(_) => match self.remove(expr.id) {
                AstFragment::OptExpr(expr) => expr,
                AstFragment::Expr(expr) | AstFragment::MethodReceiverExpr(expr) => Some(expr),
                _ => panic!("an expression's placeholder stands for no expression"),
            },
            _ => {
                mut_visit::walk_expr(self, &mut expr);
                Some(expr)
            }
        }
    }

    fn flat_map_stmt(&mut self, stmt: Stmt) -> SmallVec<[Stmt; 1]> {
        let style = match &stmt.kind {
            StmtKind::MacCall(mac) => mac.style,
            _ => return mut_visit::walk_flat_map_stmt(self, stmt),
        };
        let mut stmts = self.remove(stmt.id).make_stmts();
        if style == MacStmtStyle::Semicolon {
            // The `;` behind the call belongs to its last statement, or is an empty statement (rust-lang/rust#61733).
            let empty = Stmt { id: ast::DUMMY_NODE_ID, kind: StmtKind::Empty, span: DUMMY_SP };
            match stmts.pop() {
                Some(stmt) if stmt.has_trailing_semicolon() => {
                    stmts.push(stmt);
                    stmts.push(empty);
                }
                Some(stmt) => stmts.push(stmt.add_trailing_semicolon()),
                None => stmts.push(empty),
            }
        }
        stmts
    }

    fn visit_pat(&mut self, pat: &mut Pat) {
        match pat.kind {
            PatKind::MacCall(_) => *pat = *self.remove(pat.id).make_pat(),
            _ => mut_visit::walk_pat(self, pat),
        }
    }

    fn visit_ty(&mut self, ty: &mut Ty) {
        match ty.kind {
            TyKind::MacCall(_) => *ty = *self.remove(ty.id).make_ty(),
            _ => mut_visit::walk_ty(self, ty),
        }
    }

    fn visit_block(&mut self, block: &mut Block) {
        mut_visit::walk_block(self, block);
    }

    fn visit_crate(&mut self, krate: &mut Crate) {
        if krate.is_placeholder {
            *krate = self.remove(krate.id).make_crate();
        } else {
            mut_visit::walk_crate(self, krate);
        }
    }
}
