//! What is at a place of the source: the type of an expression, the signature of what a path names, its documentation.
//!
//! The innermost name at the place answers; failing that, the innermost expression that is no block of statements.

use std::rc::Rc;

use hir::def::{DefKind, Res};
use hir::intravisit::{self, NestedFilter, Visitor};
use hir::{Expr, ExprKind, HirId, Pat, PatKind, PathSegment};
use query::TyCtxt;
use session::{FileSystem, Options};
use span::def_id::{DefId, LocalDefId};
use span::{BytePos, FileName, Ident, Span};
use ty::TypeckResults;

/// What to show, and the bytes of the file that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoverText {
    /// Rust.
    pub text: String,
    /// Markdown.
    pub docs: String,
    pub start: u32,
    pub end: u32,
}

/// Answers for a byte of a file.
pub fn hover(opts: Options, fs: Rc<dyn FileSystem>, file: &str, offset: u32) -> Option<HoverText> {
    let mut opts = opts;
    opts.unstable_opts.push(("hover".to_owned(), Some(format!("{offset}:{file}"))));
    crate::run(opts, fs, Rc::new(|_| {}), &|_| {}).hover
}

/// Answers for the place of `-Zhover=OFFSET:FILE`.
pub(crate) fn at(tcx: TyCtxt<'_>, place: &str) -> Option<HoverText> {
    let (offset, file) = place.split_once(':')?;
    let file = tcx.sess().source_map.get_source_file(&FileName::Real(file.to_owned()))?;
    let pos = BytePos(file.start_pos.0 + offset.parse::<u32>().ok()?);
    let mut finder = Finder { tcx, pos, body: None, found: None };
    finder.visit_mod(tcx.hir_root_module(), Span::default(), hir::CRATE_HIR_ID);
    let (span, what) = finder.found?;
    let (text, docs) = match what {
        What::Def(def_id) => (describe(tcx, def_id), docs(tcx, def_id)),
        What::Text(text) => (text, String::new()),
    };
    let offset = |pos: BytePos| pos.0 - file.start_pos.0;
    Some(HoverText { text, docs, start: offset(span.lo()), end: offset(span.hi()) })
}

enum What {
    Def(DefId),
    Text(String),
}

struct Finder<'tcx> {
    tcx: TyCtxt<'tcx>,
    pos: BytePos,
    /// The results of the body that is visited, once something in it asks for them.
    body: Option<LocalDefId>,
    found: Option<(Span, What)>,
}

impl<'tcx> Finder<'tcx> {
    fn is_at(&self, span: Span) -> bool {
        !span.is_dummy() && !span.from_expansion() && span.lo() <= self.pos && self.pos < span.hi()
    }
    /// Takes what is at a span if it is at the place and within what was found so far.
    fn offer(&mut self, span: Span, what: impl FnOnce(&Self) -> Option<What>) {
        if !self.is_at(span) || self.found.as_ref().is_some_and(|(old, _)| !old.contains(span)) {
            return;
        }
        if let Some(what) = what(self) {
            self.found = Some((span, what));
        }
    }
    fn results(&self) -> Option<&'tcx TypeckResults<'tcx>> {
        Some(self.tcx.typeck(self.tcx.typeck_root_def_id_local(self.body?)))
    }
    fn res(&self, res: Res) -> Option<What> {
        match res {
            // A constructor is shown as its struct or variant.
            Res::Def(DefKind::Ctor(..), def_id) => Some(What::Def(self.tcx.parent(def_id))),
            Res::Def(_, def_id) => Some(What::Def(def_id)),
            Res::Local(id) => self.local(id),
            Res::SelfTyAlias { alias_to: def_id, .. } | Res::SelfCtor(def_id) => {
                Some(What::Text(format!("Self = {}", self.tcx.type_of(def_id).instantiate_identity())))
            }
            Res::PrimTy(ty) => Some(What::Text(ty.name_str().to_owned())),
            _ => None,
        }
    }
    fn local(&self, id: HirId) -> Option<What> {
        let ty = self.results()?.node_type_opt(id)?;
        let hir::Node::Pat(pat) = self.tcx.hir_node(id) else { return None };
        let PatKind::Binding(mode, _, ident, _) = pat.kind else { return None };
        Some(What::Text(format!("let {}{ident}: {ty}", mode.prefix_str())))
    }
    fn definition(&mut self, ident: Ident, id: LocalDefId) {
        self.offer(ident.span, |_| Some(What::Def(id.to_def_id())));
    }
}

impl<'tcx> Visitor<'tcx> for Finder<'tcx> {
    const NESTED: NestedFilter = NestedFilter::All;

    fn hir_crate(&mut self) -> &'tcx hir::Crate<'tcx> {
        self.tcx.hir_crate()
    }
    fn visit_nested_body(&mut self, id: hir::BodyId) {
        let outer = self.body.replace(self.tcx.hir_body_owner_def_id(id));
        let body = self.tcx.hir_body(id);
        self.visit_body(body);
        self.body = outer;
    }
    fn visit_item(&mut self, item: &'tcx hir::Item<'tcx>) {
        if let Some(ident) = item.kind.ident() {
            self.definition(ident, item.owner_id.def_id);
        }
        intravisit::walk_item(self, item);
    }
    fn visit_impl_item(&mut self, item: &'tcx hir::ImplItem<'tcx>) {
        self.definition(item.ident, item.owner_id.def_id);
        intravisit::walk_impl_item(self, item);
    }
    fn visit_trait_item(&mut self, item: &'tcx hir::TraitItem<'tcx>) {
        self.definition(item.ident, item.owner_id.def_id);
        intravisit::walk_trait_item(self, item);
    }
    fn visit_field_def(&mut self, field: &'tcx hir::FieldDef<'tcx>) {
        self.definition(field.ident, field.def_id);
        intravisit::walk_field_def(self, field);
    }
    fn visit_variant(&mut self, variant: &'tcx hir::Variant<'tcx>) {
        self.definition(variant.ident, variant.def_id);
        intravisit::walk_variant(self, variant);
    }
    fn visit_path_segment(&mut self, segment: &'tcx PathSegment<'tcx>) {
        self.offer(segment.ident.span, |this| this.res(segment.res));
        intravisit::walk_path_segment(self, segment);
    }
    fn visit_pat(&mut self, pat: &'tcx Pat<'tcx>) {
        if let PatKind::Binding(_, id, ident, _) = pat.kind {
            self.offer(ident.span, |this| this.local(id));
        }
        intravisit::walk_pat(self, pat);
    }
    fn visit_expr(&mut self, expr: &'tcx Expr<'tcx>) {
        let ty = |this: &Self| Some(What::Text(this.results()?.expr_ty_opt(expr)?.to_string()));
        match &expr.kind {
            ExprKind::Block(..) | ExprKind::Match(..) | ExprKind::Loop(..) | ExprKind::If(..) | ExprKind::Let(..) => {}
            ExprKind::MethodCall(segment, ..) => {
                self.offer(expr.span, ty);
                self.offer(segment.ident.span, |this| {
                    this.results()?.type_dependent_def_id(expr.hir_id).map(What::Def)
                });
            }
            ExprKind::Field(_, ident) => {
                self.offer(expr.span, ty);
                let field = |this: &Self| Some(format!("{ident}: {}", this.results()?.expr_ty_opt(expr)?));
                self.offer(ident.span, |this| field(this).map(What::Text));
            }
            ExprKind::Path(qpath @ hir::QPath::TypeRelative(_, segment)) => {
                self.offer(segment.ident.span, |this| {
                    let res = this.results()?.qpath_res(qpath, expr.hir_id);
                    this.res(res)
                });
            }
            _ => self.offer(expr.span, ty),
        }
        intravisit::walk_expr(self, expr);
    }
}

/// A definition as Rust: its head as written, or, of another crate's, what is known of it.
fn describe(tcx: TyCtxt<'_>, def_id: DefId) -> String {
    if def_id.as_local().is_some()
        && let Some(text) = tcx.sess().source_map.span_to_snippet(tcx.def_span(def_id))
        && !matches!(tcx.def_kind(def_id), DefKind::Mod | DefKind::TyParam | DefKind::ConstParam)
    {
        let head = text.split('{').next().unwrap_or_default();
        return head.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let path = tcx.def_path_str(def_id);
    match tcx.def_kind(def_id) {
        DefKind::Fn | DefKind::AssocFn => {
            let sig = tcx.fn_sig(def_id).instantiate_identity().to_string();
            // `unsafe fn(u32) -> u8` with the name in it.
            match sig.split_once("fn(") {
                Some((before, after)) => format!("{before}fn {path}({after}"),
                None => format!("fn {path}: {sig}"),
            }
        }
        DefKind::Const | DefKind::AssocConst | DefKind::ConstParam => {
            format!("const {path}: {}", tcx.type_of(def_id).instantiate_identity())
        }
        DefKind::Static { .. } => format!("static {path}: {}", tcx.type_of(def_id).instantiate_identity()),
        DefKind::Field => format!("{path}: {}", tcx.type_of(def_id).instantiate_identity()),
        DefKind::TyAlias => format!("type {path} = {}", tcx.type_of(def_id).instantiate_identity()),
        DefKind::Struct | DefKind::Enum | DefKind::Union => {
            format!("{} {}", tcx.def_descr(def_id), tcx.type_of(def_id).instantiate_identity())
        }
        DefKind::Mod => format!("mod {path}"),
        _ => format!("{} {path}", tcx.def_descr(def_id)),
    }
}

/// The documentation of a definition, if its crate's metadata has it.
fn docs(tcx: TyCtxt<'_>, def_id: DefId) -> String {
    let mut lines = Vec::new();
    for attr in tcx.attrs(def_id) {
        if let Some(text) = attr.doc_str() {
            lines.extend(text.as_str().lines().map(|l| l.strip_prefix(' ').unwrap_or(l).to_owned()));
        }
    }
    lines.join("\n")
}
