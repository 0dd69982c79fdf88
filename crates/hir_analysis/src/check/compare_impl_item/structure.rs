//! The shape of an impl's item: `self`, the number and kinds of parameters, lifetimes (E0049, E0050, E0053, E0185, E0186,
//! E0195, E0643).

use diagnostics::codes::*;
use diagnostics::{Diag, MultiSpan};
use hir::GenericParamKind;
use query::TyCtxt;
use span::Span;
use span::def_id::DefId;
use ty::{AssocItem, GenericParamDef, GenericParamDefKind};

use super::Compare;
use super::report::sig_spans;
use crate::check::impl_items_missing::self_param;
use crate::coherence::CheckResult;

pub(super) fn check_method(cx: &Compare<'_>) -> CheckResult {
    check_self(cx)?;
    check_counts(cx)?;
    check_param_kinds(cx)?;
    check_argument_count(cx)?;
    check_synthetic(cx)?;
    check_lifetimes(cx)
}

/// Of associated types and constants.
pub(super) fn check_generics(cx: &Compare<'_>) -> CheckResult {
    check_counts(cx)?;
    check_param_kinds(cx)?;
    check_lifetimes(cx)
}

fn s(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// Labels the trait's item, or says what it is if it is in another crate.
fn label_trait_item(cx: &Compare<'_>, err: &mut Diag<'_>, label: String) {
    if cx.trait_item.def_id.is_local() {
        err.span_label(cx.tcx.def_span(cx.trait_item.def_id), label);
    } else {
        err.note(format!("`{}` from trait: `{}`", cx.trait_item.name(), cx.tcx.def_path_str(cx.trait_item.def_id)));
    }
}

fn check_self(cx: &Compare<'_>) -> CheckResult {
    let tcx = cx.tcx;
    let descr = |item: &AssocItem| {
        let sig = tcx.fn_sig(item.def_id).instantiate_identity().skip_binder();
        let self_ty = match item.trait_container() {
            Some(_) => tcx.types().self_param,
            None => cx.trait_ref.self_ty(),
        };
        self_param(sig.inputs()[0], self_ty)
    };
    let span = cx.span();
    let name = cx.trait_item.name();
    match (cx.trait_item.is_method(), cx.impl_item.is_method()) {
        (false, true) => {
            let d = descr(&cx.impl_item);
            let mut err = tcx
                .dcx()
                .struct_span_err(
                    span,
                    format!("method `{name}` has a `{d}` declaration in the impl, but not in the trait"),
                )
                .with_code(E0185)
                .with_span_label(span, format!("`{d}` used in impl"));
            label_trait_item(cx, &mut err, format!("trait method declared without `{d}`"));
            Err(err.emit())
        }
        (true, false) => {
            let d = descr(&cx.trait_item);
            let mut err = tcx
                .dcx()
                .struct_span_err(
                    span,
                    format!("method `{name}` has a `{d}` declaration in the trait, but not in the impl"),
                )
                .with_code(E0186)
                .with_span_label(span, format!("expected `{d}` in impl"));
            label_trait_item(cx, &mut err, format!("`{d}` used in trait"));
            Err(err.emit())
        }
        _ => Ok(()),
    }
}

/// The places of an item's type or const parameters; of the list if there is none.
fn param_spans(tcx: TyCtxt<'_>, def_id: DefId, consts: bool) -> Option<(Vec<Span>, Vec<Span>)> {
    let generics = tcx.hir_get_generics(def_id.as_local()?)?;
    let mut written = Vec::new();
    let mut synthetic = Vec::new();
    for p in generics.params {
        match p.kind {
            GenericParamKind::Type { synthetic: true, .. } if !consts => synthetic.push(p.span),
            GenericParamKind::Type { .. } if !consts => written.push(p.span),
            GenericParamKind::Const { .. } if consts => written.push(p.span),
            _ => {}
        }
    }
    if written.is_empty() {
        written.push(generics.span);
    }
    Some((written, synthetic))
}

fn check_counts(cx: &Compare<'_>) -> CheckResult {
    let tcx = cx.tcx;
    let t = tcx.generics_of(cx.trait_item.def_id).own_counts();
    let i = tcx.generics_of(cx.impl_item.def_id).own_counts();
    // A type in place of a constant is told apart below.
    if t.types + t.consts == i.types + i.consts {
        return Ok(());
    }
    let mut res = Ok(());
    for (kind, trait_count, impl_count, consts) in
        [("type", t.types, i.types, false), ("const", t.consts, i.consts, true)]
    {
        if trait_count == impl_count {
            continue;
        }
        let (spans, synthetic) =
            param_spans(tcx, cx.impl_item.def_id, consts).unwrap_or_else(|| (vec![cx.span()], Vec::new()));
        let first = spans[0];
        let mut err = tcx
            .dcx()
            .struct_span_err(
                MultiSpan::from(spans),
                format!(
                    "{} `{}` has {impl_count} {kind} parameter{} but its trait declaration has {trait_count} {kind} parameter{}",
                    cx.impl_item.descr(),
                    cx.trait_item.name(),
                    s(impl_count),
                    s(trait_count),
                ),
            )
            .with_code(E0049);
        let expected = format!("expected {trait_count} {kind} parameter{}", s(trait_count));
        match param_spans(tcx, cx.trait_item.def_id, consts) {
            Some((spans, trait_synthetic)) => {
                for (n, sp) in spans.iter().enumerate() {
                    err.span_label(*sp, if n == 0 { expected.clone() } else { String::new() });
                }
                for sp in trait_synthetic {
                    err.span_label(sp, "`impl Trait` introduces an implicit type parameter");
                }
            }
            None => label_trait_item(cx, &mut err, expected),
        }
        err.span_label(first, format!("found {impl_count} {kind} parameter{}", s(impl_count)));
        for sp in synthetic {
            err.span_label(sp, "`impl Trait` introduces an implicit type parameter");
        }
        res = Err(err.emit());
    }
    res
}

fn types_and_consts<'tcx>(tcx: TyCtxt<'tcx>, id: DefId) -> impl Iterator<Item = &'tcx GenericParamDef> {
    tcx.generics_of(id).own_params.iter().filter(|p| p.kind.is_ty_or_const())
}

fn check_param_kinds(cx: &Compare<'_>) -> CheckResult {
    let tcx = cx.tcx;
    for (i, t) in types_and_consts(tcx, cx.impl_item.def_id).zip(types_and_consts(tcx, cx.trait_item.def_id)) {
        let ty = |p: &GenericParamDef| tcx.type_of(p.def_id).instantiate_identity();
        let compatible = match (i.kind, t.kind) {
            (GenericParamDefKind::Const { .. }, GenericParamDefKind::Const { .. }) => {
                let (a, b) = (ty(i), ty(t));
                a.references_error() || b.references_error() || a == b
            }
            (GenericParamDefKind::Const { .. }, GenericParamDefKind::Type { .. })
            | (GenericParamDefKind::Type { .. }, GenericParamDefKind::Const { .. }) => false,
            _ => true,
        };
        if compatible {
            continue;
        }
        let describe = |p: &GenericParamDef, prefix: &str| match p.kind {
            GenericParamDefKind::Const { .. } => format!("{prefix} const parameter of type `{}`", ty(p)),
            _ => format!("{prefix} type parameter"),
        };
        let span = tcx.def_span(i.def_id);
        let trait_id = tcx.parent(cx.trait_item.def_id);
        let mut err = tcx
            .dcx()
            .struct_span_err(
                span,
                format!(
                    "{} `{}` has an incompatible generic parameter for trait `{}`",
                    cx.impl_item.descr(),
                    cx.trait_item.name(),
                    tcx.def_path_str(trait_id)
                ),
            )
            .with_code(E0053);
        if let Some(sp) = tcx.def_ident_span(trait_id).filter(|_| trait_id.is_local()) {
            err.span_label(sp, "");
            err.span_label(tcx.def_span(t.def_id), describe(t, "expected"));
        }
        err.span_label(tcx.def_span(cx.impl_item.container_id), "");
        err.span_label(span, describe(i, "found"));
        return Err(err.emit());
    }
    Ok(())
}

fn check_argument_count(cx: &Compare<'_>) -> CheckResult {
    let tcx = cx.tcx;
    let count = |id: DefId| tcx.fn_sig(id).skip_binder().skip_binder().inputs().len();
    let (t, i) = (count(cx.trait_item.def_id), count(cx.impl_item.def_id));
    if t == i {
        return Ok(());
    }
    let args = |n: usize| format!("{n} parameter{}", s(n));
    // All parameters.
    let place = |id: DefId, n: usize| {
        let spans = sig_spans(tcx, id)?;
        let n = n.min(spans.len() - 1);
        match n {
            0 => None,
            1 => Some(spans[0]),
            n => Some(spans[0].to(spans[n - 1])),
        }
    };
    let impl_span = place(cx.impl_item.def_id, i).unwrap_or_else(|| cx.span());
    let trait_path = tcx.def_path_str(cx.trait_item.def_id);
    let mut err = tcx
        .dcx()
        .struct_span_err(
            impl_span,
            format!(
                "method `{}` has {} but the declaration in trait `{trait_path}` has {t}",
                cx.trait_item.name(),
                args(i),
            ),
        )
        .with_code(E0050);
    match place(cx.trait_item.def_id, t) {
        Some(sp) => {
            err.span_label(sp, format!("trait requires {}", args(t)));
        }
        None => label_trait_item(cx, &mut err, format!("trait requires {}", args(t))),
    }
    err.span_label(impl_span, format!("expected {}, found {i}", args(t)));
    Err(err.emit())
}

/// `impl Trait` parameters may not be written as named ones, nor the other way round.
fn check_synthetic(cx: &Compare<'_>) -> CheckResult {
    let tcx = cx.tcx;
    let mut res = Ok(());
    let types = |id| types_and_consts(tcx, id).filter(|p| matches!(p.kind, GenericParamDefKind::Type { .. }));
    for (i, t) in types(cx.impl_item.def_id).zip(types(cx.trait_item.def_id)) {
        if i.kind.is_synthetic() == t.kind.is_synthetic() {
            continue;
        }
        let span = tcx.def_span(i.def_id);
        let mut err = tcx
            .dcx()
            .struct_span_err(span, format!("method `{}` has incompatible signature for trait", cx.trait_item.name()))
            .with_code(E0643);
        if t.def_id.is_local() {
            err.span_label(tcx.def_span(t.def_id), "declaration in trait here");
        }
        let label = if i.kind.is_synthetic() {
            "expected generic parameter, found `impl Trait`"
        } else {
            "expected `impl Trait`, found generic parameter"
        };
        err.span_label(span, label);
        res = Err(err.emit());
    }
    res
}

/// The early-bound lifetimes must be as many, and the same ones late-bound.
fn check_lifetimes(cx: &Compare<'_>) -> CheckResult {
    let tcx = cx.tcx;
    let (tg, ig) = (tcx.generics_of(cx.trait_item.def_id), tcx.generics_of(cx.impl_item.def_id));
    if tg.own_counts().lifetimes == ig.own_counts().lifetimes {
        return Ok(());
    }
    if let Some(guar) = late_bound_mismatch(cx) {
        return Err(guar);
    }
    let kind = match cx.impl_item.tag() {
        ty::AssocTag::Fn => cx.impl_item.descr(),
        ty::AssocTag::Type => "type",
        ty::AssocTag::Const => "const",
    };
    let generics_span = |id: DefId| id.as_local().and_then(|l| tcx.hir_get_generics(l)).map(|g| g.span);
    let span = generics_span(cx.impl_item.def_id).unwrap_or_else(|| cx.span());
    let mut err = tcx
        .dcx()
        .struct_span_err(
            span,
            format!(
                "lifetime parameters or bounds on {kind} `{}` do not match the trait declaration",
                cx.impl_item.name()
            ),
        )
        .with_code(E0195)
        .with_span_label(span, format!("lifetimes do not match {kind} in trait"));
    if let Some(sp) = generics_span(cx.trait_item.def_id) {
        err.span_label(sp, format!("lifetimes in impl do not match this {kind} in trait"));
    }
    Err(err.emit())
}

/// Lifetimes of one number that are early-bound here and late-bound there.
fn late_bound_mismatch(cx: &Compare<'_>) -> Option<diagnostics::ErrorGuaranteed> {
    let tcx = cx.tcx;
    let (Some(t), Some(i)) = (cx.trait_item.def_id.as_local(), cx.impl_item.def_id.as_local()) else { return None };
    let params = |id| -> Vec<(Span, bool, String)> {
        tcx.hir_get_generics(id)
            .into_iter()
            .flat_map(|g| g.params)
            .filter(|p| p.is_lifetime() && !p.is_elided_lifetime())
            .map(|p| (p.span, crate::late_bound::is_late_bound(tcx, p.def_id), p.name.ident().to_string()))
            .collect()
    };
    let (tp, ip) = (params(t), params(i));
    if tp.len() != ip.len() {
        return None;
    }
    let (a, b) = tp.iter().zip(&ip).find(|(a, b)| a.1 != b.1)?;
    let what = |late: bool| if late { "late-bound" } else { "early-bound" };
    let mut err = tcx
        .dcx()
        .struct_span_err(b.0, "lifetime parameters do not match the trait definition")
        .with_code(E0195)
        .with_note("lifetime parameters differ in whether they are early- or late-bound");
    let mut at = MultiSpan::from(vec![a.0, b.0]);
    at.push_span_label(a.0, format!("`{}` is {}", a.2, what(a.1)));
    at.push_span_label(b.0, format!("`{}` is {}", b.2, what(b.1)));
    at.push_span_label(tcx.def_ident_span(cx.trait_item.container_id).unwrap_or(a.0), "in this trait...");
    at.push_span_label(tcx.def_span(cx.impl_item.container_id), "in this impl...");
    err.span_note(at, format!("`{}` differs between the trait and impl", a.2));
    Some(err.emit())
}
