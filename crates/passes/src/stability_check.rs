//! Uses of what is unstable (E0658) or deprecated (`deprecated`), wherever resolution or type checking named it.

use diagnostics::Applicability;
use diagnostics::codes::E0658;
use hir::intravisit::{self, NestedFilter, Visitor};
use hir::{Expr, ExprKind, HirId, Pat, PatKind, QPath};
use query::{StabilityLevel, TyCtxt};
use session::lint::{DEPRECATED, DEPRECATED_IN_FUTURE};
use span::def_id::{DefId, LocalDefId};
use span::{Span, sym};
use ty::{TyKind, TypeckResults};

/// Checks the crate.
pub(crate) fn check(tcx: TyCtxt<'_>) {
    let mut checker = Checker { tcx, typeck: None };
    tcx.hir_walk_toplevel_module(&mut checker);
}

struct Checker<'tcx> {
    tcx: TyCtxt<'tcx>,
    typeck: Option<&'tcx TypeckResults<'tcx>>,
}

/// The version that this compiler's language is.
const CURRENT: (u32, u32) = (1, 95);

/// Whether `since` of a library's deprecation has come.
fn in_effect(since: &str) -> bool {
    let mut parts = since.split('.').map(|p| p.parse::<u32>().ok());
    match (parts.next().flatten(), parts.next().flatten()) {
        (Some(major), Some(minor)) => (major, minor) <= CURRENT,
        (Some(major), None) => (major, 0) <= CURRENT,
        _ => false,
    }
}

impl<'tcx> Checker<'tcx> {
    /// `name`: the part of the use that a suggestion replaces.
    fn check(&self, def_id: DefId, id: HirId, span: Span, name: Span) {
        self.check_unstable(def_id, span);
        self.check_deprecated(def_id, id, span, name);
    }

    fn in_derived_impl(&self, id: HirId) -> bool {
        let tcx = self.tcx;
        let owner = id.owner.def_id;
        let parent = tcx.opt_local_parent(owner);
        [Some(owner), parent].into_iter().flatten().any(|d| tcx.has_attr(d, sym::automatically_derived))
    }

    /// Whether a path is that of a `use` that is itself `#[unstable]`: only uses of it need the feature.
    fn is_unstable_reexport(&self, id: HirId) -> bool {
        let tcx = self.tcx;
        let owner = id.owner.def_id;
        tcx.def_kind(owner) == hir::def::DefKind::Use
            && tcx
                .lookup_stability(owner.to_def_id())
                .is_some_and(|s| matches!(s.level, StabilityLevel::Unstable { .. }))
    }

    /// Whether lowering made a path that names a lang item by the lang item's name: what `format_args!` and desugarings
    /// use is the compiler's business.
    fn is_lang_item_path(&self, path: &hir::Path<'tcx>) -> bool {
        let lang_item = path.res.opt_def_id().and_then(|d| self.tcx.as_lang_item(d));
        lang_item.is_some_and(|l| matches!(path.segments, [segment] if segment.ident.name == l.name()))
    }

    fn check_unstable(&self, def_id: DefId, span: Span) {
        if def_id.is_local() {
            return;
        }
        let tcx = self.tcx;
        let Some(stability) = tcx.lookup_stability(def_id) else { return };
        let StabilityLevel::Unstable { issue, reason, is_soft, implied_by } = stability.level else { return };
        let feature = stability.feature;
        if is_soft
            || tcx.feature(feature)
            || implied_by.is_some_and(|f| tcx.feature(f))
            || span.allows_unstable(feature)
        {
            return;
        }
        // What a desugaring or a built-in macro names is the compiler's business.
        if span.desugaring_kind().is_some() || span.in_derive_expansion() {
            return;
        }
        let msg = match reason {
            Some(reason) => format!("use of unstable library feature `{feature}`: {reason}"),
            None => format!("use of unstable library feature `{feature}`"),
        };
        let mut err = tcx.dcx().struct_span_err(span, msg).with_code(E0658);
        if let Some(n) = issue {
            err.note(format!("see issue #{n} <https://github.com/rust-lang/rust/issues/{n}> for more information"));
        }
        if tcx.sess().is_nightly_build() {
            err.help(format!("add `#![feature({feature})]` to the crate attributes to enable"));
        }
        err.emit();
    }

    fn check_deprecated(&self, def_id: DefId, id: HirId, span: Span, name: Span) {
        let tcx = self.tcx;
        let Some(depr) = tcx.lookup_deprecation(def_id) else { return };
        if span.in_derive_expansion() || self.in_derived_impl(id) {
            return;
        }
        // Within what is deprecated by the same attribute.
        if let Some(origin) = def_id.as_local().and_then(|d| deprecation_origin(tcx, d)) {
            let user = tcx.hir_get_parent_item(id).def_id;
            if deprecation_origin(tcx, id.owner.def_id) == Some(origin) || deprecation_origin(tcx, user) == Some(origin)
            {
                return;
            }
        }
        let is_library = !def_id.is_local() && tcx.lookup_stability(def_id).is_some();
        let effective = !is_library || depr.since.is_none_or(|s| in_effect(s.as_str()));
        let kind = tcx.def_descr(def_id);
        let path = query::with_no_trimmed_paths(|| tcx.def_path_str(def_id));
        let mut msg = match (effective, depr.since) {
            (true, _) => format!("use of deprecated {kind} `{path}`"),
            (false, Some(since)) if since.as_str() != "TBD" => {
                format!("use of {kind} `{path}` that will be deprecated in future version {since}")
            }
            (false, _) => format!("use of {kind} `{path}` that will be deprecated in a future Rust version"),
        };
        if let Some(note) = depr.note {
            msg += &format!(": {note}");
        }
        let lint = if effective { &DEPRECATED } else { &DEPRECATED_IN_FUTURE };
        tcx.emit_node_span_lint(lint, id, name, msg, |d| {
            if let Some(new) = depr.suggestion {
                d.span_suggestion_verbose(
                    name,
                    format!("replace the use of the deprecated {kind}"),
                    new.to_string(),
                    Applicability::MachineApplicable,
                );
            }
        });
    }
}

/// The item whose `#[deprecated]` holds for a definition.
fn deprecation_origin(tcx: TyCtxt<'_>, mut id: LocalDefId) -> Option<LocalDefId> {
    loop {
        if tcx.opt_local_def_id_to_hir_id(id).is_some() && tcx.has_attr(id, sym::deprecated) {
            return Some(id);
        }
        id = tcx.opt_local_parent(id)?;
    }
}

impl<'tcx> Visitor<'tcx> for Checker<'tcx> {
    const NESTED: NestedFilter = NestedFilter::All;

    fn hir_crate(&mut self) -> &'tcx hir::Crate<'tcx> {
        self.tcx.hir_crate()
    }

    fn visit_nested_body(&mut self, id: hir::BodyId) {
        let owner = self.tcx.hir_body_owner_def_id(id);
        let outer = self.typeck.replace(self.tcx.typeck(owner));
        self.visit_body(self.tcx.hir_body(id));
        self.typeck = outer;
    }

    fn visit_path(&mut self, path: &hir::Path<'tcx>, id: HirId) {
        if let Some(def_id) = path.res.opt_def_id() {
            let name = path.segments.last().map_or(path.span, |s| s.ident.span);
            if !self.is_unstable_reexport(id) && !self.is_lang_item_path(path) {
                self.check_unstable(def_id, path.span);
            }
            self.check_deprecated(def_id, id, path.span, name);
            // A deprecated enum makes its variants so by inheritance; a deprecated module its items.
        }
        intravisit::walk_path(self, path);
    }

    fn visit_qpath(&mut self, qpath: &'tcx QPath<'tcx>, id: HirId, span: Span) {
        let of_lang_item = |ty: &hir::Ty<'tcx>| match ty.kind {
            hir::TyKind::Path(QPath::Resolved(None, path)) => self.is_lang_item_path(path),
            _ => false,
        };
        if let QPath::TypeRelative(ty, segment) = qpath
            && !of_lang_item(ty)
        {
            // An item in a body has nothing to do with the body's types.
            let typeck = self.typeck.filter(|t| t.hir_owner == id.owner);
            if let Some(def_id) = typeck.and_then(|t| t.type_dependent_def_id(id)) {
                self.check(def_id, id, span, segment.ident.span);
            }
        }
        intravisit::walk_qpath(self, qpath, id);
    }

    fn visit_expr(&mut self, e: &'tcx Expr<'tcx>) {
        if let Some(typeck) = self.typeck {
            match e.kind {
                ExprKind::MethodCall(segment, ..) => {
                    if let Some(def_id) = typeck.type_dependent_def_id(e.hir_id) {
                        self.check(def_id, e.hir_id, segment.ident.span, segment.ident.span);
                    }
                }
                ExprKind::Field(base, _) => {
                    if let (Some(i), Some(ty)) = (typeck.opt_field_index(e.hir_id), typeck.expr_ty_adjusted_opt(base)) {
                        if let TyKind::Adt(def, _) = ty.kind() {
                            if !def.is_enum() {
                                let field = def.non_enum_variant().fields[i].did;
                                self.check(field, e.hir_id, e.span, e.span);
                            }
                        }
                    }
                }
                ExprKind::Struct(qpath, fields, _) => {
                    // Of variants only the patterns are looked at, as rustc does.
                    if let Some(TyKind::Adt(def, _)) = typeck.expr_ty_opt(e).map(|t| t.kind())
                        && !def.is_enum()
                    {
                        let res = typeck.qpath_res(qpath, e.hir_id);
                        for field in fields {
                            if let Some(did) = field_of(*def, res, typeck.opt_field_index(field.hir_id)) {
                                self.check(did, field.hir_id, field.span, field.span);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        intravisit::walk_expr(self, e);
    }

    fn visit_pat(&mut self, pat: &'tcx Pat<'tcx>) {
        if let (Some(typeck), PatKind::TupleStruct(qpath, pats, dotdot)) = (self.typeck, &pat.kind) {
            if let Some(TyKind::Adt(def, _)) = typeck.node_type_opt(pat.hir_id).map(|t| t.kind()) {
                let res = typeck.qpath_res(qpath, pat.hir_id);
                let n = tuple_len(*def, res);
                let gap = dotdot.as_opt_usize().unwrap_or(pats.len());
                for (i, sub) in pats.iter().enumerate() {
                    let index = if i < gap { i } else { i + n.saturating_sub(pats.len()) };
                    if let Some(did) = tuple_field(*def, res, index) {
                        self.check(did, sub.hir_id, sub.span, sub.span);
                    }
                }
            }
        }
        if let (Some(typeck), PatKind::Struct(qpath, fields, _)) = (self.typeck, &pat.kind) {
            if let Some(TyKind::Adt(def, _)) = typeck.node_type_opt(pat.hir_id).map(|t| t.kind()) {
                let res = typeck.qpath_res(qpath, pat.hir_id);
                for field in *fields {
                    if let Some(did) = field_of(*def, res, typeck.opt_field_index(field.hir_id)) {
                        self.check(did, field.hir_id, field.span, field.span);
                    }
                }
            }
        }
        intravisit::walk_pat(self, pat);
    }
}

fn tuple_variant<'tcx>(def: ty::AdtDef<'tcx>, res: hir::def::Res) -> Option<&'tcx ty::VariantDef> {
    if !def.is_enum() {
        return Some(def.non_enum_variant());
    }
    let id = res.opt_def_id()?;
    def.variants().iter().find(|v| v.ctor_def_id() == Some(id))
}

fn tuple_len(def: ty::AdtDef<'_>, res: hir::def::Res) -> usize {
    tuple_variant(def, res).map_or(0, |v| v.fields.len())
}

fn tuple_field(def: ty::AdtDef<'_>, res: hir::def::Res, index: usize) -> Option<DefId> {
    tuple_variant(def, res)?.fields.get(ty::FieldIdx::from_usize(index)).map(|f| f.did)
}

fn field_of(def: ty::AdtDef<'_>, res: hir::def::Res, index: Option<ty::FieldIdx>) -> Option<DefId> {
    let variant = if def.is_enum() {
        let id = res.opt_def_id()?;
        def.variants().iter().find(|v| v.def_id == id)?
    } else {
        def.non_enum_variant()
    };
    variant.fields.get(index?).map(|f| f.did)
}
