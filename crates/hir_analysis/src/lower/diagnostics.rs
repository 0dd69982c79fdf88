//! The errors of lowering types, in rustc's words.

use diagnostics::codes::*;
use diagnostics::{Applicability, ErrorGuaranteed};
use hir::{AssocItemConstraint, GenericArg as HirArg, PathSegment};
use query::{DynCompatibilityViolation, MethodViolation, TyCtxt};
use span::def_id::{DefId, LocalDefId};
use span::{Ident, Span};
use ty::{AssocTag, GenericParamDef, Generics, PolyTraitRef, Ty};

pub(super) fn placeholder_not_allowed(tcx: TyCtxt<'_>, item: LocalDefId, span: Span) -> ErrorGuaranteed {
    let descr = match tcx.def_kind(item) {
        hir::def::DefKind::Fn | hir::def::DefKind::AssocFn => "return types",
        hir::def::DefKind::Const | hir::def::DefKind::AssocConst => "constants",
        hir::def::DefKind::Static { .. } => "static variables",
        hir::def::DefKind::Struct => "structs",
        hir::def::DefKind::Enum | hir::def::DefKind::Variant => "enums",
        hir::def::DefKind::Union => "unions",
        hir::def::DefKind::TyAlias => "type aliases",
        hir::def::DefKind::Impl { .. } => "implementations",
        hir::def::DefKind::Trait => "traits",
        hir::def::DefKind::AssocTy => "associated types",
        _ => "items",
    };
    // In a signature, parameters are told apart from the return type by what stands around.
    let descr = if descr == "return types" { fn_placeholder_descr(tcx, item, span) } else { descr };
    tcx.dcx()
        .struct_span_err(
            span,
            format!("the placeholder `_` is not allowed within types on item signatures for {descr}"),
        )
        .with_code(E0121)
        .with_span_label(span, "not allowed in type signatures")
        .emit()
}

fn fn_placeholder_descr(tcx: TyCtxt<'_>, item: LocalDefId, span: Span) -> &'static str {
    match tcx.hir_fn_sig_by_hir_id(tcx.local_def_id_to_hir_id(item)) {
        Some(sig) if sig.decl.output.span().contains(span) => "return types",
        _ => "functions",
    }
}

pub(super) fn assoc_ty_of_higher_ranked(tcx: TyCtxt<'_>, span: Span, item: DefId) -> ErrorGuaranteed {
    let _ = item;
    tcx.dcx()
        .struct_span_err(span, "cannot use the associated type of a trait with uninferred generic parameters")
        .with_code(E0212)
        .emit()
}

pub(super) fn expected_type_found_variant(tcx: TyCtxt<'_>, span: Span, variant: DefId) -> ErrorGuaranteed {
    tcx.dcx()
        .struct_span_err(span, format!("expected type, found variant `{}`", tcx.def_path_str(variant)))
        .with_code(E0573)
        .with_span_label(span, "not a type")
        .emit()
}

pub(super) fn ambiguous_assoc_ty(
    tcx: TyCtxt<'_>,
    span: Span,
    item: DefId,
    trait_segment: Option<&PathSegment<'_>>,
    item_segment: &PathSegment<'_>,
) -> ErrorGuaranteed {
    let _ = trait_segment;
    let trait_path = tcx.def_path_str(tcx.parent(item));
    tcx.dcx()
        .struct_span_err(span, "ambiguous associated type")
        .with_code(E0223)
        .with_span_suggestion_verbose(
            span,
            format!("if there were a type named `Type` that implemented `{trait_path}`, you could use the fully-qualified path"),
            format!("<Type as {trait_path}>::{}", item_segment.ident),
            Applicability::HasPlaceholders,
        )
        .emit()
}

pub(super) fn assoc_ty_not_found(tcx: TyCtxt<'_>, ty_name: &str, name: Ident, span: Span) -> ErrorGuaranteed {
    let _ = span;
    tcx.dcx()
        .struct_span_err(name.span, format!("associated type `{name}` not found for `{ty_name}`"))
        .with_code(E0220)
        .with_span_label(name.span, format!("associated type `{name}` not found"))
        .emit()
}

pub(super) fn ambiguous_assoc_ty_in_bounds(
    tcx: TyCtxt<'_>,
    ty_name: &str,
    name: Ident,
    span: Span,
    candidates: &[PolyTraitRef<'_>],
) -> ErrorGuaranteed {
    let mut err = tcx
        .dcx()
        .struct_span_err(span, format!("ambiguous associated type `{name}` in bounds of `{ty_name}`"))
        .with_code(E0221)
        .with_span_label(span, format!("ambiguous associated type `{name}`"));
    for c in candidates {
        let item = tcx.associated_items(c.def_id()).filter_by_name_unhygienic(name.name).next();
        if let Some(item) = item.filter(|i| i.def_id.is_local()) {
            err.span_label(tcx.def_span(item.def_id), format!("ambiguous `{name}` from `{}`", c.skip_binder()));
        }
    }
    err.emit()
}

pub(super) fn assoc_ty_not_found_on_type<'tcx>(
    tcx: TyCtxt<'tcx>,
    self_ty: Ty<'tcx>,
    hir_self_ty: &hir::Ty<'_>,
    name: Ident,
    span: Span,
    variant: Option<DefId>,
) -> ErrorGuaranteed {
    if let Some(variant) = variant {
        let _ = variant;
        return tcx
            .dcx()
            .struct_span_err(span, format!("expected type, found variant `{name}`"))
            .with_code(E0573)
            .with_span_label(span, "not a type")
            .emit();
    }
    // Which traits have such an associated type decides between "ambiguous" and "not found".
    let mut err = tcx.dcx().struct_span_err(span, "ambiguous associated type").with_code(E0223);
    let _ = hir_self_ty;
    let traits: Vec<DefId> = std::iter::once(span::def_id::LOCAL_CRATE)
        .chain(tcx.crates())
        .flat_map(|c| tcx.traits(c).iter().copied())
        .filter(|t| {
            tcx.associated_item_def_ids(*t)
                .iter()
                .any(|i| tcx.def_kind(*i) == hir::def::DefKind::AssocTy && tcx.opt_item_name(*i) == Some(name.name))
        })
        .collect();
    match traits[..] {
        [one] => {
            err.span_suggestion_verbose(
                span,
                format!("if there were a trait named `{}` with associated type `{name}` implemented for `{self_ty}`, you could use the fully-qualified path", tcx.item_name(one)),
                format!("<{self_ty} as {}>::{name}", tcx.def_path_str(one)),
                Applicability::MaybeIncorrect,
            );
        }
        _ => {
            err.span_suggestion_verbose(
                span,
                format!("if there were a trait named `Example` with associated type `{name}` implemented for `{self_ty}`, you could use the fully-qualified path"),
                format!("<{self_ty} as Example>::{name}"),
                Applicability::HasPlaceholders,
            );
        }
    }
    err.emit()
}

pub(super) fn assoc_item_not_found_in_bound<'tcx>(
    tcx: TyCtxt<'tcx>,
    trait_ref: PolyTraitRef<'tcx>,
    constraint: &AssocItemConstraint<'_>,
    tag: AssocTag,
) -> ErrorGuaranteed {
    let what = if tag == AssocTag::Const { "constant" } else { "type" };
    let name = constraint.ident;
    let of = trait_ref.skip_binder().to_string();
    // There is one of the other kind.
    let other = tcx.associated_items(trait_ref.def_id()).filter_by_name_unhygienic(name.name).next();
    if let Some(found) = other.filter(|i| i.tag() != tag && !i.is_fn()) {
        let got = if found.is_const() { "constant" } else { "type" };
        let (expected, got) = match constraint.kind {
            hir::AssocItemConstraintKind::Equality { .. } => (got, what),
            hir::AssocItemConstraintKind::Bound { .. } => (what, got),
        };
        let span = match constraint.kind {
            hir::AssocItemConstraintKind::Equality { term: hir::Term::Ty(t) } => t.span,
            hir::AssocItemConstraintKind::Equality { term: hir::Term::Const(c) } => c.span,
            hir::AssocItemConstraintKind::Bound { .. } => name.span,
        };
        return tcx
            .dcx()
            .struct_span_err(span, format!("expected {expected}, found {got}"))
            .with_span_label(span, format!("unexpected {got}"))
            .with_span_note(
                tcx.def_span(found.def_id),
                format!("the associated {} is defined here", if found.is_const() { "constant" } else { "type" }),
            )
            .emit();
    }
    tcx.dcx()
        .struct_span_err(name.span, format!("associated {what} `{name}` not found for `{of}`"))
        .with_code(E0220)
        .with_span_label(name.span, format!("associated {what} `{name}` not found"))
        .emit()
}

/// E0222: a constraint on a name that several supertraits have.
pub(super) fn ambiguous_constraint<'tcx>(
    tcx: TyCtxt<'tcx>,
    trait_ref: PolyTraitRef<'tcx>,
    constraint: &AssocItemConstraint<'_>,
    candidates: &[PolyTraitRef<'tcx>],
) -> ErrorGuaranteed {
    let name = constraint.ident;
    let of = trait_ref.skip_binder().to_string();
    let code = match constraint.kind {
        hir::AssocItemConstraintKind::Equality { .. } => E0222,
        hir::AssocItemConstraintKind::Bound { .. } => E0221,
    };
    let mut err = tcx
        .dcx()
        .struct_span_err(constraint.span, format!("ambiguous associated type `{name}` in bounds of `{of}`"))
        .with_code(code)
        .with_span_label(constraint.span, format!("ambiguous associated type `{name}`"));
    for c in candidates {
        let item = tcx.associated_items(c.def_id()).filter_by_name_unhygienic(name.name).next();
        if let Some(item) = item.filter(|i| i.def_id.is_local()) {
            err.span_label(tcx.def_span(item.def_id), format!("ambiguous `{name}` from `{}`", c.skip_binder()));
        }
    }
    err.emit()
}

pub(super) fn generic_arg_mismatch(tcx: TyCtxt<'_>, arg: &HirArg<'_>, param: &GenericParamDef) -> ErrorGuaranteed {
    if let HirArg::Type(hir::Ty { kind: hir::TyKind::Err(guar), .. }) = arg {
        return *guar;
    }
    let (given, wanted) = (
        match arg {
            HirArg::Lifetime(_) => "lifetime",
            HirArg::Type(_) => "type",
            HirArg::Const(_) => "constant",
            HirArg::Infer(_) => "placeholder",
        },
        param.kind.descr(),
    );
    tcx.dcx()
        .struct_span_err(arg.span(), format!("{given} provided when a {wanted} was expected"))
        .with_code(E0747)
        .emit()
}

pub(super) fn const_lit_mismatch(tcx: TyCtxt<'_>, span: Span, lit: ast::LitKind, ty: Ty<'_>) -> ErrorGuaranteed {
    let found = match lit {
        ast::LitKind::Bool(_) => "bool",
        ast::LitKind::Char(_) => "char",
        ast::LitKind::Int(..) => "integer",
        ast::LitKind::Str(..) => "&'static str",
        _ => "literal",
    };
    let found = if found == "integer" || found == "literal" { found.to_owned() } else { format!("`{found}`") };
    tcx.dcx()
        .struct_span_err(span, "mismatched types")
        .with_code(E0308)
        .with_span_label(span, format!("expected `{ty}`, found {found}"))
        .emit()
}

pub(super) fn missing_type_params_of_object(tcx: TyCtxt<'_>, span: Span, param: &GenericParamDef) -> ErrorGuaranteed {
    let name = param.name;
    tcx.dcx()
        .struct_span_err(span, format!("the type parameter `{name}` must be explicitly specified"))
        .with_code(E0393)
        .with_span_label(span, format!("missing reference to `{name}`"))
        .with_note(
            "because the parameter default references `Self`, the parameter must be specified on the object type",
        )
        .emit()
}

pub(super) fn parenthesized_args_on_type(tcx: TyCtxt<'_>, span: Span) -> ErrorGuaranteed {
    tcx.dcx()
        .struct_span_err(span, "parenthesized type parameters may only be used with a `Fn` trait")
        .with_code(E0214)
        .with_span_label(span, "only `Fn` traits may use parentheses")
        .emit()
}

pub(super) fn late_bound_lifetime_args(
    tcx: TyCtxt<'_>,
    generics: &Generics,
    hir_args: &hir::GenericArgs<'_>,
    expected: usize,
    given: usize,
    segment_of_method_call: bool,
) -> Option<ErrorGuaranteed> {
    let span = hir_args.args.iter().find(|a| matches!(a, HirArg::Lifetime(_)))?.span();
    let note = generics.has_late_bound_regions?;
    let msg = "cannot specify lifetime arguments explicitly if late bound lifetime parameters are present";
    if given != expected && !segment_of_method_call {
        Some(
            tcx.dcx()
                .struct_span_err(span, msg)
                .with_code(E0794)
                .with_span_note(note, "the late bound lifetime parameter is introduced here")
                .emit(),
        )
    } else {
        let mut at = diagnostics::MultiSpan::from(span);
        at.push_span_label(note, "the late bound lifetime parameter is introduced here");
        let hir_id = hir_args.args.first()?.hir_id();
        tcx.emit_node_span_lint(&session::lint::LATE_BOUND_LIFETIME_ARGUMENTS, hir_id, at, msg, |_| {});
        None
    }
}

pub(super) fn prohibit_generic_args<'a, 'hir: 'a>(
    tcx: TyCtxt<'_>,
    segments: impl Iterator<Item = &'a PathSegment<'hir>>,
    what: Option<(&str, DefId)>,
) -> Option<ErrorGuaranteed> {
    let mut result = None;
    for segment in segments {
        let Some(args) = segment.args else { continue };
        if let Some(c) = args.constraints.first() {
            return Some(
                tcx.dcx()
                    .struct_span_err(c.span, "associated item constraints are not allowed here")
                    .with_code(E0229)
                    .with_span_label(c.span, "associated item constraint not allowed here")
                    .emit(),
            );
        }
        let first = args.args.iter().find(|a| !matches!(a, HirArg::Lifetime(l) if l.is_implicit()));
        let Some(first) = first else { continue };
        let kinds = match first {
            HirArg::Lifetime(_) => "lifetime",
            HirArg::Type(_) => "type",
            HirArg::Const(_) => "const",
            HirArg::Infer(_) => "generic",
        };
        let on = match (what, segment.res) {
            (Some((kind, def_id)), _) => format!("{kind} `{}`", tcx.item_name(def_id)),
            (None, hir::def::Res::PrimTy(p)) => format!("builtin type `{p}`"),
            (None, hir::def::Res::SelfTyParam { .. } | hir::def::Res::SelfTyAlias { .. }) => "self type".to_owned(),
            (None, hir::def::Res::Def(kind, def_id)) => format!("{} `{}`", kind.descr(def_id), segment.ident),
            _ => format!("this `{}`", segment.ident),
        };
        let span = first.span();
        let mut err = tcx
            .dcx()
            .struct_span_err(span, format!("{kinds} arguments are not allowed on {on}"))
            .with_code(E0109)
            .with_span_label(span, format!("{kinds} argument not allowed"));
        err.span_label(segment.ident.span, format!("not allowed on {on}"));
        result = Some(err.emit());
    }
    result
}

pub(super) fn several_principals(tcx: TyCtxt<'_>, principals: &[(PolyTraitRef<'_>, Span)]) -> ErrorGuaranteed {
    let (first, second) = (principals[0], principals[1]);
    let mut err = tcx
        .dcx()
        .struct_span_err(second.1, "only auto traits can be used as additional traits in a trait object")
        .with_code(E0225)
        .with_span_label(first.1, "first non-auto trait")
        .with_span_label(second.1, "additional non-auto trait");
    err.help(format!(
        "consider creating a new trait with all of these as supertraits and using that trait here instead: `trait NewTrait: {} {{}}`",
        principals.iter().map(|(p, _)| p.skip_binder().to_string()).collect::<Vec<_>>().join(" + ")
    ));
    err.note("auto-traits like `Send` and `Sync` are traits that have special properties; for more information on them, visit <https://doc.rust-lang.org/reference/special-types-and-traits.html#auto-traits>");
    err.emit()
}

pub(super) fn no_trait_in_object(tcx: TyCtxt<'_>, span: Span) -> ErrorGuaranteed {
    tcx.dcx().struct_span_err(span, "at least one trait is required for an object type").with_code(E0224).emit()
}

/// E0038 with its reasons.
pub(crate) fn not_dyn_compatible(
    tcx: TyCtxt<'_>,
    span: Span,
    trait_id: DefId,
    violations: &[DynCompatibilityViolation],
) -> ErrorGuaranteed {
    let name = tcx.def_path_str(trait_id);
    let mut err = tcx
        .dcx()
        .struct_span_err(span, format!("the trait `{name}` is not dyn compatible"))
        .with_code(E0038)
        .with_span_label(span, format!("`{name}` is not dyn compatible"));
    let mut at = diagnostics::MultiSpan::new();
    for v in violations {
        let (sp, msg) = match v {
            DynCompatibilityViolation::SizedSelf(spans) => {
                (spans.first().copied(), "...because it requires `Self: Sized`".to_owned())
            }
            DynCompatibilityViolation::SupertraitSelf(spans) => {
                (spans.first().copied(), "...because it uses `Self` as a type parameter".to_owned())
            }
            DynCompatibilityViolation::SupertraitNonLifetimeBinder(spans)
            | DynCompatibilityViolation::SupertraitConst(spans) => {
                (spans.first().copied(), "...because its supertraits cannot be objects".to_owned())
            }
            DynCompatibilityViolation::Method(m, MethodViolation::StaticMethod, sp) => {
                (Some(*sp), format!("...because associated function `{m}` has no `self` parameter"))
            }
            DynCompatibilityViolation::Method(m, MethodViolation::ReferencesSelfInput(_), sp) => {
                (Some(*sp), format!("...because method `{m}` references the `Self` type in this parameter"))
            }
            DynCompatibilityViolation::Method(m, MethodViolation::ReferencesSelfOutput, sp) => {
                (Some(*sp), format!("...because method `{m}` references the `Self` type in its return type"))
            }
            DynCompatibilityViolation::Method(m, MethodViolation::ReferencesImplTraitInTrait(_), sp) => {
                (Some(*sp), format!("...because method `{m}` references an `impl Trait` type in its return type"))
            }
            DynCompatibilityViolation::Method(m, MethodViolation::AsyncFn, sp) => {
                (Some(*sp), format!("...because method `{m}` is `async`"))
            }
            DynCompatibilityViolation::Method(m, MethodViolation::WhereClauseReferencesSelf, sp) => {
                (Some(*sp), format!("...because method `{m}` references the `Self` type in its `where` clause"))
            }
            DynCompatibilityViolation::Method(m, MethodViolation::Generic, sp) => {
                (Some(*sp), format!("...because method `{m}` has generic type parameters"))
            }
            DynCompatibilityViolation::Method(m, MethodViolation::UndispatchableReceiver(_), sp) => {
                (Some(*sp), format!("...because method `{m}`'s `self` parameter cannot be dispatched on"))
            }
            DynCompatibilityViolation::AssocConst(n, sp) => {
                (Some(*sp), format!("...because it contains this associated `const` `{n}`"))
            }
            DynCompatibilityViolation::Gat(n, sp) => {
                (Some(*sp), format!("...because it contains the generic associated type `{n}`"))
            }
        };
        if let Some(sp) = sp.filter(|s| !s.is_dummy()) {
            at.primary_spans.push(sp);
            at.push_span_label(sp, msg);
        }
    }
    if trait_id.is_local() {
        at.push_span_label(
            tcx.def_ident_span(trait_id).unwrap_or(span::DUMMY_SP),
            "this trait is not dyn compatible...",
        );
    }
    err.span_note(
        at,
        "for a trait to be dyn compatible it needs to allow building a vtable\nfor more information, visit <https://doc.rust-lang.org/reference/items/traits.html#dyn-compatibility>",
    );
    err.emit()
}

pub(super) fn missing_assoc_types_in_object(
    tcx: TyCtxt<'_>,
    span: Span,
    principal: PolyTraitRef<'_>,
    missing: &[DefId],
) -> ErrorGuaranteed {
    let _ = principal;
    let mut by_trait: Vec<(DefId, Vec<DefId>)> = Vec::new();
    for &m in missing {
        let t = tcx.parent(m);
        match by_trait.iter_mut().find(|(x, _)| *x == t) {
            Some((_, v)) => v.push(m),
            None => by_trait.push((t, vec![m])),
        }
    }
    let parts: Vec<String> = by_trait
        .iter()
        .map(|(t, items)| {
            let names: Vec<String> = items.iter().map(|i| format!("`{}`", tcx.item_name(*i))).collect();
            format!("{} in `{}`", names.join(", "), tcx.def_path_str(*t))
        })
        .collect();
    let s = if missing.len() == 1 { "" } else { "s" };
    let mut err = tcx
        .dcx()
        .struct_span_err(span, format!("the value of the associated type{s} {} must be specified", parts.join(", ")))
        .with_code(E0191);
    for &m in missing {
        if m.is_local() {
            err.span_label(tcx.def_span(m), format!("`{}` defined here", tcx.item_name(m)));
        }
    }
    err.emit()
}
