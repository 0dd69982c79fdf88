//! The errors and lints about patterns.

use diagnostics::{Applicability, ErrCode, MultiSpan};
use hir::{ByRef, HirId};
use query::TyCtxt;
use rustc_pattern_analysis::usefulness::{Usefulness, UsefulnessReport};
use session::lint as builtin;
use span::{ErrorGuaranteed, FxIndexSet, Span};
use ty::{Ty, TyKind};

use super::LetSource;
use super::cx::{Cx, DeconstructedPat, WitnessPat};
use crate::thir::{ArmId, Pat, PatKind, Thir};

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// `` `A`, `B` and 2 more ``
fn joined<'tcx>(cx: &Cx<'tcx>, witnesses: &[WitnessPat<'tcx>]) -> String {
    const LIMIT: usize = 3;
    let show = |w: &WitnessPat<'tcx>| format!("`{}`", cx.print_witness(w));
    match witnesses {
        [] => String::new(),
        [one] => show(one),
        [head @ .., tail] if head.len() < LIMIT => {
            let head: Vec<_> = head.iter().map(show).collect();
            format!("{} and {}", head.join(", "), show(tail))
        }
        _ => {
            let head: Vec<_> = witnesses[..LIMIT].iter().map(show).collect();
            format!("{} and {} more", head.join(", "), witnesses.len() - LIMIT)
        }
    }
}

/// Where the type and the variants that are missing are defined.
fn adt_defined_here<'tcx>(
    cx: &Cx<'tcx>,
    ty: Ty<'tcx>,
    witnesses: &[WitnessPat<'tcx>],
) -> Option<(MultiSpan, Ty<'tcx>)> {
    let ty = ty.peel_refs();
    let TyKind::Adt(def, _) = *ty.kind() else { return None };
    let adt_span = definition_span(cx, def.did());
    let mut spans = Vec::new();
    if witnesses.len() < 5 {
        for w in witnesses {
            collect_variants(cx, w, def, &mut spans);
        }
    }
    let mut multi = MultiSpan::from(adt_span);
    multi.push_span_label(adt_span, "");
    for span in spans {
        multi.push_span_label(span, "not covered");
    }
    Some((multi, ty))
}

/// The name of a type of this crate, the header of another's.
fn definition_span(cx: &Cx<'_>, def: span::def_id::DefId) -> Span {
    let name = if def.is_local() { cx.tcx.def_ident_span(def) } else { None };
    name.unwrap_or_else(|| cx.tcx.def_span(def))
}

fn collect_variants<'tcx>(cx: &Cx<'tcx>, pat: &WitnessPat<'tcx>, def: ty::AdtDef<'tcx>, out: &mut Vec<Span>) {
    if let rustc_pattern_analysis::constructor::Constructor::Variant(idx) = pat.ctor() {
        if let TyKind::Adt(this, _) = *pat.ty().kind() {
            if this.did() == def.did() {
                let variant = this.variant(*idx).def_id;
                let span = cx.tcx.def_ident_span(variant).unwrap_or_else(|| cx.tcx.def_span(variant));
                if !out.contains(&span) {
                    out.push(span);
                }
            }
        }
    }
    for f in pat.iter_fields() {
        collect_variants(cx, f, def, out);
    }
}

/// Types of which a wildcard is needed whatever is listed.
fn special_types<'tcx>(pat: &WitnessPat<'tcx>, out: &mut FxIndexSet<Ty<'tcx>>) {
    use rustc_pattern_analysis::constructor::Constructor;
    let ty = *pat.ty();
    if matches!(pat.ctor(), Constructor::NonExhaustive | Constructor::Never) {
        out.insert(ty);
    }
    if let Constructor::IntRange(range) = pat.ctor() {
        let infinite = |b| {
            use rustc_pattern_analysis::constructor::MaybeInfiniteInt::{NegInfinity, PosInfinity};
            matches!(b, NegInfinity | PosInfinity)
        };
        if ty.is_ptr_sized_integral() && (infinite(range.lo) || infinite(range.hi)) {
            out.insert(ty);
        }
    }
    if ty.is_str() && matches!(pat.ctor(), Constructor::NonExhaustive | Constructor::Wildcard) {
        out.insert(ty);
    }
    for f in pat.iter_fields() {
        special_types(f, out);
    }
}

/// E0004
pub(super) fn report_non_exhaustive_match<'tcx>(
    cx: &Cx<'tcx>,
    thir: &Thir<'tcx>,
    ty: Ty<'tcx>,
    (sp, whole): (Span, Span),
    witnesses: Vec<WitnessPat<'tcx>>,
    arms: &[ArmId],
) -> ErrorGuaranteed {
    let tcx = cx.tcx;
    let is_empty_match = arms.is_empty();
    let non_empty_enum = matches!(*ty.kind(), TyKind::Adt(def, _) if def.is_enum() && !def.variants().is_empty());
    if is_empty_match && !non_empty_enum {
        return report_type_not_empty(cx, ty, sp, whole);
    }
    let patterns = joined(cx, &witnesses);
    let mut err =
        tcx.dcx().struct_span_err(sp, format!("non-exhaustive patterns: {patterns} not covered")).with_code(ErrCode(4));
    err.span_label(sp, format!("pattern{} {patterns} not covered", plural(witnesses.len())));
    if let Some((spans, adt)) = adt_defined_here(cx, ty, &witnesses) {
        err.span_note(spans, format!("`{adt}` defined here"));
    }
    err.note(format!("the matched value is of type `{ty}`"));
    if !is_empty_match {
        let mut special = FxIndexSet::default();
        special_types(&witnesses[0], &mut special);
        for ty in special {
            if ty.is_ptr_sized_integral() {
                let maximum = if ty.is_signed() { "fixed minimum and maximum values" } else { "a fixed maximum value" };
                err.note(format!(
                    "`{ty}` does not have {maximum}, so half-open ranges are necessary to match exhaustively"
                ));
            } else if ty.is_str() {
                err.note("`&str` cannot be matched exhaustively, so a wildcard `_` is necessary");
            } else if cx.is_foreign_non_exhaustive_enum(ty) {
                err.note(format!(
                    "`{ty}` is marked as non-exhaustive, so a wildcard `_` is necessary to match exhaustively"
                ));
            } else if cx.is_uninhabited(ty) {
                err.note(format!(
                    "`{ty}` is uninhabited but is not being matched by value, so a wildcard `_` is required"
                ));
            }
        }
    }
    if let TyKind::Ref(_, sub, _) = *ty.kind() {
        if cx.is_uninhabited(sub) {
            err.note("references are always considered inhabited");
        }
    }
    let suggestion = suggest_arm(cx, thir, (sp, whole), &witnesses, arms);
    let suggest_witnesses = witnesses.len() < 4;
    let has = suggestion.is_some();
    let msg = format!(
        "ensure that all possible cases are being handled by adding a match arm with a wildcard pattern{}{}",
        if witnesses.len() > 1 && suggest_witnesses && has { ", a match arm with multiple or-patterns" } else { "" },
        match witnesses.len() {
            0 if has => " as shown",
            0 => "",
            1 if has => " or an explicit pattern as shown",
            1 => " or an explicit pattern",
            _ if has => " as shown, or multiple match arms",
            _ => ", or multiple match arms",
        },
    );
    let all_guarded = !is_empty_match && arms.iter().all(|a| thir[*a].guard.is_some());
    if all_guarded {
        err.note("match arms with guards don't count towards exhaustivity");
    }
    match suggestion {
        Some((span, text)) => err.span_suggestion_verbose(span, msg, text, Applicability::HasPlaceholders),
        None => err.help(msg),
    };
    err.emit()
}

fn suggest_arm<'tcx>(
    cx: &Cx<'tcx>,
    thir: &Thir<'tcx>,
    (scrutinee, whole): (Span, Span),
    witnesses: &[WitnessPat<'tcx>],
    arms: &[ArmId],
) -> Option<(Span, String)> {
    let sm = &cx.tcx.sess().source_map;
    let suggested = if witnesses.len() < 4 {
        let pats: Vec<_> = witnesses.iter().map(|w| cx.print_witness(w)).collect();
        format!("{} => todo!()", pats.join(" | "))
    } else {
        "_ => todo!()".to_string()
    };
    match *arms {
        [] => empty_body(cx, scrutinee, whole, &suggested),
        [only] => {
            let span = thir[only].span;
            let multiline =
                sm.indentation_before(span).filter(|_| sm.is_multiline(span.with_hi(sm.next_point(span).hi())));
            let indent = multiline.map_or(" ".to_string(), |indent| format!("\n{indent}"));
            Some((span.shrink_to_hi(), format!(",{indent}{suggested}")))
        }
        [.., prev, last] => {
            let (prev_span, span) = (thir[prev].span, thir[last].span);
            if prev_span.ctxt() != span.ctxt() {
                return None;
            }
            let between = prev_span.with_lo(prev_span.hi()).with_hi(span.lo());
            let spacing =
                if sm.is_multiline(between) { format!("\n{}", sm.indentation_before(span)?) } else { " ".to_string() };
            Some((span.shrink_to_hi(), format!(",{spacing}{suggested}")))
        }
    }
}

/// The body of `match x {}` with an arm.
fn empty_body(cx: &Cx<'_>, scrutinee: Span, whole: Span, arm: &str) -> Option<(Span, String)> {
    if scrutinee.ctxt() != whole.ctxt() {
        return None;
    }
    let indent = cx.tcx.sess().source_map.indentation_before(whole);
    let (indent, more) = indent.map_or((" ".to_owned(), ""), |indent| (format!("\n{indent}"), "    "));
    Some((scrutinee.shrink_to_hi().with_hi(whole.hi()), format!(" {{{indent}{more}{arm},{indent}}}")))
}

/// E0004 of `match x {}`.
fn report_type_not_empty<'tcx>(cx: &Cx<'tcx>, ty: Ty<'tcx>, sp: Span, whole: Span) -> ErrorGuaranteed {
    let mut err = cx
        .tcx
        .dcx()
        .struct_span_err(sp, format!("non-exhaustive patterns: type `{ty}` is non-empty"))
        .with_code(ErrCode(4));
    let peeled = ty.peel_refs();
    if let TyKind::Adt(def, _) = *peeled.kind() {
        let span = definition_span(cx, def.did());
        let mut multi = MultiSpan::from(span);
        multi.push_span_label(span, "");
        err.span_note(multi, format!("`{peeled}` defined here"));
        if cx.is_foreign_non_exhaustive_enum(ty) {
            err.note(format!("the matched value is of type `{ty}`, which is marked as non-exhaustive"));
        } else {
            err.note(format!("the matched value is of type `{ty}`"));
        }
    } else {
        err.note(format!("the matched value is of type `{ty}`"));
    }
    if let TyKind::Ref(_, sub, _) = *ty.kind() {
        if cx.is_uninhabited(sub) {
            err.note("references are always considered inhabited");
        }
    }
    let msg = "ensure that all possible cases are being handled by adding a match arm with a wildcard pattern";
    match empty_body(cx, sp, whole, "_ => todo!()") {
        Some((span, body)) => {
            err.span_suggestion_verbose(span, format!("{msg} as shown"), body, Applicability::HasPlaceholders)
        }
        None => err.help(msg),
    };
    err.emit()
}

/// E0005
pub(super) fn report_refutable_pattern<'tcx>(
    cx: &Cx<'tcx>,
    pat: &Pat<'tcx>,
    origin: &str,
    witnesses: &[WitnessPat<'tcx>],
    let_span: Option<Span>,
) -> ErrorGuaranteed {
    let patterns = joined(cx, witnesses);
    let mut err =
        cx.tcx.dcx().struct_span_err(pat.span, format!("refutable pattern in {origin}")).with_code(ErrCode(5));
    err.span_label(pat.span, format!("pattern{} {patterns} not covered", plural(witnesses.len())));
    if origin == "local binding" {
        err.note(
            "`let` bindings require an \"irrefutable pattern\", like a `struct` or an `enum` with only one variant",
        );
        err.note("for more information, visit https://doc.rust-lang.org/book/ch19-02-refutability.html");
    }
    if let Some((spans, adt)) = adt_defined_here(cx, pat.ty, witnesses) {
        err.span_note(spans, format!("`{adt}` defined here"));
    }
    err.note(format!("the matched value is of type `{}`", pat.ty));
    if let (Some(span), "local binding") = (let_span, origin) {
        let mut binds = false;
        pat.walk_always(|p| binds |= matches!(p.kind, PatKind::Binding { .. }));
        if pat.span.ctxt() == span.ctxt() {
            let count = witnesses.len();
            if binds {
                err.span_suggestion_verbose(
                    span.shrink_to_hi(),
                    format!(
                        "you might want to use `let...else` to handle the variant{} that {} matched",
                        plural(count),
                        if count == 1 { "isn't" } else { "aren't" }
                    ),
                    " else { todo!() }",
                    Applicability::HasPlaceholders,
                );
            } else {
                err.multipart_suggestion(
                    format!(
                        "you might want to use `if let` to ignore the variant{} that {} matched",
                        plural(count),
                        if count == 1 { "isn't" } else { "aren't" }
                    ),
                    vec![(span.shrink_to_lo(), "if ".to_owned()), (span.shrink_to_hi(), " { todo!() }".to_owned())],
                    Applicability::HasPlaceholders,
                );
            }
        }
    }
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    if let PatKind::Constant { .. } = pat.kind
        && cx.tcx.sess().source_map.with_snippet(pat.span, is_number) == Some(true)
    {
        err.span_suggestion_verbose(
            pat.span.shrink_to_lo(),
            "alternatively, you could prepend the pattern with an underscore to define a new named variable; \
             identifiers cannot begin with digits",
            "_",
            Applicability::MaybeIncorrect,
        );
    }
    err.emit()
}

/// Arms and alternatives that no value reaches.
pub(super) fn report_arm_reachability<'tcx>(cx: &Cx<'tcx>, report: &UsefulnessReport<'_, Cx<'tcx>>, is_match: bool) {
    for (arm, usefulness) in &report.arm_usefulness {
        match usefulness {
            Usefulness::Useful(redundant) => {
                let mut redundant: Vec<_> = redundant.iter().collect();
                redundant.sort_by_key(|(pat, _)| pat.data().span);
                for (pat, explanation) in redundant {
                    unreachable_pattern(cx, arm.arm_data, pat, &explanation.covered_by, None);
                }
            }
            Usefulness::Redundant(explanation) => {
                let whole = match cx.tcx.hir_node(arm.arm_data) {
                    hir::Node::Arm(a) if is_match => Some(a.span),
                    _ => None,
                };
                unreachable_pattern(cx, arm.arm_data, arm.pat, &explanation.covered_by, whole);
            }
        }
    }
}

fn unreachable_pattern<'tcx>(
    cx: &Cx<'tcx>,
    hir_id: HirId,
    pat: &DeconstructedPat<'tcx>,
    covered_by: &[&DeconstructedPat<'tcx>],
    whole_arm: Option<Span>,
) {
    let span = pat.data().span;
    cx.tcx.emit_node_span_lint(&builtin::UNREACHABLE_PATTERNS, hir_id, span, "unreachable pattern", |d| {
        match covered_by {
            [] => {
                let ty = uninhabited_part(cx, *pat.ty());
                d.span_label(span, format!("matches no value because the type `{ty}` is uninhabited"));
                d.note(
                    "to learn more about uninhabited types, see \
                     https://doc.rust-lang.org/nomicon/exotic-sizes.html#empty-types",
                );
            }
            [one] => {
                let label =
                    if one.data().is_catchall { "matches any value" } else { "matches all the relevant values" };
                d.span_label(span, "no value can reach this");
                d.span_label(one.data().span, label);
            }
            many => match many.iter().find(|p| p.data().is_catchall) {
                Some(all) => {
                    d.span_label(span, "no value can reach this");
                    d.span_label(all.data().span, "matches any value");
                }
                None => {
                    let mut multi = MultiSpan::from(span);
                    for p in many.iter().take(4) {
                        multi.push_span_label(p.data().span, "matches some of the same values");
                    }
                    if many.len() > 4 {
                        d.note(format!("there are {} more patterns", many.len() - 4));
                    }
                    multi.push_span_label(span, "collectively making this unreachable");
                    d.span_label(span, "no value can reach this");
                    d.span_note(multi, "multiple earlier patterns match some of the same values");
                }
            },
        }
        if let (Some(arm), []) = (whole_arm, covered_by) {
            d.span_suggestion(arm, "remove the match arm", "", Applicability::MachineApplicable);
        }
    });
}

/// The part of a type that makes it uninhabited.
fn uninhabited_part<'tcx>(cx: &Cx<'tcx>, ty: Ty<'tcx>) -> Ty<'tcx> {
    match *ty.kind() {
        TyKind::Tuple(tys) => tys.iter().find(|t| cx.is_uninhabited(*t)).map_or(ty, |t| uninhabited_part(cx, t)),
        TyKind::Ref(_, inner, _) | TyKind::Array(inner, _) => uninhabited_part(cx, inner),
        TyKind::Adt(_, args) => args.iter().filter_map(|a| a.as_type()).find(|t| cx.is_uninhabited(*t)).unwrap_or(ty),
        _ => ty,
    }
}

/// `irrefutable_let_patterns`
pub(super) fn lint_irrefutable_let(tcx: TyCtxt<'_>, id: HirId, source: LetSource, count: usize, span: Span) {
    let (what, useless, help) = match source {
        LetSource::None | LetSource::PlainLet => return,
        LetSource::IfLet | LetSource::ElseIfLet => {
            ("`if let`", "so the `if let` is useless", "consider replacing the `if let` with a `let`")
        }
        LetSource::IfLetGuard => (
            "`if let` guard",
            "so the guard is useless",
            "consider removing the guard and adding a `let` inside the match arm",
        ),
        LetSource::LetElse => {
            ("`let...else`", "so the `else` clause is useless", "consider removing the `else` clause")
        }
        LetSource::WhileLet => (
            "`while let`",
            "so the loop will never exit",
            "consider instead using a `loop { ... }` with a `let` inside it",
        ),
    };
    let (these, s) = if count == 1 { ("this pattern", "") } else { ("these patterns", "s") };
    let msg = format!("irrefutable {what} pattern{s}");
    tcx.emit_node_span_lint(&builtin::IRREFUTABLE_LET_PATTERNS, id, span, msg, |d| {
        d.note(format!("{these} will always match, {useless}"));
        d.help(help);
    });
}

/// Irrefutable `let`s at an end of a chain.
pub(super) fn lint_let_chain(tcx: TyCtxt<'_>, id: HirId, which: &str, count: usize, span: Span) {
    let (these, s, it) = if count == 1 { ("this pattern", "", "it") } else { ("these patterns", "s", "them") };
    let msg = format!("{which} irrefutable pattern{s} in let chain");
    tcx.emit_node_span_lint(&builtin::IRREFUTABLE_LET_PATTERNS, id, span, msg, |d| {
        d.note(format!("{these} will always match"));
        if which == "leading" {
            d.help(format!("consider moving {it} outside of the construct"));
        } else {
            d.help(format!("consider moving {it} into the body"));
        }
    });
}

/// A name that is that of a variant: the path was forgotten.
pub(super) fn check_named_same_as_variant<'tcx>(cx: &Cx<'tcx>, pat: &Pat<'tcx>) {
    let PatKind::Binding { name, mode, subpattern: None, ty, .. } = &pat.kind else { return };
    if mode.0 != ByRef::No {
        return;
    }
    let TyKind::Adt(def, _) = *ty.peel_refs().kind() else { return };
    let same = |v: &&ty::VariantDef| v.name == *name && v.ctor_kind() == Some(hir::def::CtorKind::Const);
    if !def.is_enum() || !def.variants().iter().any(|v| same(&v)) {
        return;
    }
    let path = cx.tcx.def_path_str(def.did());
    let msg = format!("pattern binding `{name}` is named the same as one of the variants of the type `{path}`");
    let lint = &builtin::BINDINGS_WITH_VARIANT_NAME;
    cx.tcx.emit_node_span_lint(lint, cx.match_lint_level, pat.span, msg, |d| {
        d.code(ErrCode(170));
        // With one variant the name may be meant; a refutable pattern it is not.
        if cx.refutable || def.variants().len() == 1 {
            d.span_suggestion(
                pat.span,
                "to match on the variant, qualify the path",
                format!("{path}::{name}"),
                Applicability::MachineApplicable,
            );
        }
    });
}
