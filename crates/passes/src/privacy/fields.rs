//! E0451: private fields in struct expressions and patterns.

use diagnostics::MultiSpan;
use diagnostics::codes::E0451;
use hir::def::Res;
use hir::intravisit::{self, NestedFilter, Visitor};
use hir::{Expr, ExprKind, Pat, PatKind, StructTailExpr};
use query::TyCtxt;
use span::def_id::{DefId, LocalDefId};
use span::{Ident, Span, Symbol};
use ty::{AdtDef, TyKind, TypeckResults};

pub(super) fn check_body(tcx: TyCtxt<'_>, owner: LocalDefId) {
    let Some(body) = tcx.hir_maybe_body_owned_by(owner) else { return };
    let typeck = tcx.typeck(owner);
    if typeck.tainted_by_errors.is_some() {
        return;
    }
    Fields { tcx, typeck }.visit_body(body);
}

struct Fields<'tcx> {
    tcx: TyCtxt<'tcx>,
    typeck: &'tcx TypeckResults<'tcx>,
}

/// A private field that is named or, in `..base`, meant.
struct Private {
    name: Symbol,
    span: Span,
}

impl<'tcx> Fields<'tcx> {
    fn is_private(&self, use_span: Span, block: hir::HirId, adt: AdtDef<'tcx>, field: &ty::FieldDef) -> bool {
        if adt.is_enum() {
            return false;
        }
        let ident = Ident::new(span::kw::Empty, use_span);
        let (_, scope) = self.tcx.adjust_ident_and_get_scope(ident, adt.did(), block);
        !self.tcx.is_accessible_from(field.vis, scope)
    }

    fn report(&self, adt: AdtDef<'tcx>, private: Vec<Private>, base: Option<Span>) {
        if private.is_empty() {
            return;
        }
        let names: Vec<Symbol> = private.iter().map(|p| p.name).collect();
        let list = diagnostics::listify(&names);
        let (s, are) = if names.len() == 1 { ("", "is") } else { ("s", "are") };
        let descr = adt.variant_descr();
        let path = self.tcx.def_path_str(adt.did());
        let name = path.rsplit("::").next().unwrap_or(&path).to_owned();
        let mut span = match base {
            Some(base) => MultiSpan::from(base),
            None => MultiSpan::from(private.iter().map(|p| p.span).collect::<Vec<_>>()),
        };
        match base {
            Some(base) => span.push_span_label(base, format!("field{s} {list} {are} private")),
            None => {
                for p in &private {
                    span.push_span_label(p.span, "private field");
                }
            }
        }
        self.tcx
            .dcx()
            .struct_span_err(span, format!("field{s} {list} of {descr} `{name}` {are} private"))
            .with_code(E0451)
            .emit();
    }

    fn variant(&self, adt: AdtDef<'tcx>, res: Res) -> Option<&'tcx ty::VariantDef> {
        if !adt.is_enum() {
            return Some(adt.non_enum_variant());
        }
        let id: DefId = res.opt_def_id()?;
        adt.variants().iter().find(|v| v.def_id == id || v.ctor_def_id() == Some(id))
    }
}

impl<'tcx> Visitor<'tcx> for Fields<'tcx> {
    const NESTED: NestedFilter = NestedFilter::OnlyBodies;

    fn hir_crate(&mut self) -> &'tcx hir::Crate<'tcx> {
        self.tcx.hir_crate()
    }
    fn visit_anon_const(&mut self, _: &'tcx hir::AnonConst) {}

    fn visit_expr(&mut self, e: &'tcx Expr<'tcx>) {
        if let ExprKind::Struct(qpath, fields, tail) = e.kind {
            if let Some(&TyKind::Adt(adt, _)) = self.typeck.expr_ty_opt(e).map(|t| t.kind()) {
                let res = self.typeck.qpath_res(qpath, e.hir_id);
                if let Some(variant) = self.variant(adt, res) {
                    let mut private = Vec::new();
                    for field in fields {
                        let Some(i) = self.typeck.opt_field_index(field.hir_id) else { continue };
                        let def = &variant.fields[i];
                        if self.is_private(field.ident.span, e.hir_id, adt, def) {
                            private.push(Private { name: def.name, span: field.ident.span });
                        }
                    }
                    if let StructTailExpr::Base(base) = tail {
                        // The base gives all fields that are not named.
                        let named: Vec<_> =
                            fields.iter().filter_map(|f| self.typeck.opt_field_index(f.hir_id)).collect();
                        let mut rest = Vec::new();
                        for (i, def) in variant.fields.iter_enumerated() {
                            if !named.contains(&i) && self.is_private(base.span, e.hir_id, adt, def) {
                                rest.push(Private { name: def.name, span: base.span });
                            }
                        }
                        if private.is_empty() {
                            self.report(adt, rest, Some(base.span));
                        } else {
                            self.report(adt, private, None);
                            self.report(adt, rest, Some(base.span));
                        }
                    } else {
                        self.report(adt, private, None);
                    }
                }
            }
        }
        intravisit::walk_expr(self, e);
    }

    fn visit_pat(&mut self, pat: &'tcx Pat<'tcx>) {
        if let PatKind::Struct(ref qpath, fields, _) = pat.kind {
            if let Some(&TyKind::Adt(adt, _)) = self.typeck.node_type_opt(pat.hir_id).map(|t| t.kind()) {
                let res = self.typeck.qpath_res(qpath, pat.hir_id);
                if let Some(variant) = self.variant(adt, res) {
                    let mut private = Vec::new();
                    for field in fields {
                        let Some(i) = self.typeck.opt_field_index(field.hir_id) else { continue };
                        let def = &variant.fields[i];
                        if self.is_private(field.ident.span, pat.hir_id, adt, def) {
                            private.push(Private { name: def.name, span: field.ident.span });
                        }
                    }
                    self.report(adt, private, None);
                }
            }
        }
        intravisit::walk_pat(self, pat);
    }
}
