//! What is said where no method or associated item is found: E0599, E0034, E0624, E0689, ...

use diagnostics::codes::*;
use diagnostics::{Applicability, Diag};
use hir::def::DefKind;
use hir::{ExprKind, HirId, Node};
use query::TyCtxt;
use span::def_id::DefId;
use span::{Ident, Span, Symbol};
use ty::{Ty, TyKind, TypeVisitableExt};

use super::{CandidateSource, MethodError, Mode, NoMatchData};
use crate::FnCtxt;
use crate::expectation::Expectation;

/// The edit distance of two names (with transpositions), if at most `limit`.
pub(crate) fn edit_distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut prev_prev = vec![usize::MAX / 2; b.len() + 1];
    let mut prev: Vec<usize> = (0..=b.len()).collect();
    let mut cur = vec![0; b.len() + 1];
    for i in 1..=a.len() {
        cur[0] = i;
        for j in 1..=b.len() {
            let sub = usize::from(a[i - 1] != b[j - 1]);
            cur[j] = (prev[j] + 1).min(cur[j - 1] + 1).min(prev[j - 1] + sub);
            if i > 1 && j > 1 && a[i - 1] != b[j - 1] && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cur[j] = cur[j].min(prev_prev[j - 2] + 1);
            }
        }
        std::mem::swap(&mut prev_prev, &mut prev);
        std::mem::swap(&mut prev, &mut cur);
    }
    let d = prev[b.len()];
    (d <= limit).then_some(d)
}

/// The most similar of some names: the same up to case, else the nearest, else with the same words.
pub(crate) fn find_best_match(candidates: &[Symbol], lookup: Symbol) -> Option<Symbol> {
    let lookup_str = lookup.as_str();
    let upper = lookup_str.to_uppercase();
    if let Some(c) = candidates.iter().find(|c| c.as_str().to_uppercase() == upper) {
        return Some(*c);
    }
    let mut limit = lookup_str.len().max(3) / 3;
    let mut best = None;
    for c in candidates {
        if let Some(d) = edit_distance(lookup_str, c.as_str(), limit) {
            if d == 0 {
                return Some(*c);
            }
            limit = d - 1;
            best = Some(*c);
        }
    }
    best.or_else(|| {
        let sorted = |s: &str| {
            let mut words: Vec<String> = s.split('_').map(str::to_string).collect();
            words.sort();
            words
        };
        let want = sorted(lookup_str);
        candidates.iter().find(|c| sorted(c.as_str()) == want).copied()
    })
}

/// All traits of all crates.
pub(crate) fn all_traits(tcx: TyCtxt<'_>) -> Vec<DefId> {
    std::iter::once(span::def_id::LOCAL_CRATE).chain(tcx.crates()).flat_map(|c| tcx.traits(c).iter().copied()).collect()
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Reports why a call or path did not work.
    pub(crate) fn report_method_error(
        &self,
        call_id: HirId,
        rcvr_ty: Ty<'tcx>,
        error: MethodError<'tcx>,
        expected: Expectation<'tcx>,
        _trait_missing_method: bool,
        span: Span,
    ) -> span::ErrorGuaranteed {
        let _ = expected;
        // Avoid suggestions when we don't know what's going on.
        if let Err(guar) = rcvr_ty.error_reported() {
            return guar;
        }
        let (rcvr_opt, item_name, sugg_span) = match self.tcx.hir_node(call_id) {
            Node::Expr(&hir::Expr { kind: ExprKind::MethodCall(segment, rcvr, ..), .. }) => {
                (Some(rcvr), segment.ident, segment.ident.span)
            }
            Node::Expr(&hir::Expr { kind: ExprKind::Path(hir::QPath::TypeRelative(_, segment)), .. })
            | Node::PatExpr(&hir::PatExpr {
                kind: hir::PatExprKind::Path(hir::QPath::TypeRelative(_, segment)), ..
            })
            | Node::Pat(&hir::Pat {
                kind:
                    hir::PatKind::Struct(hir::QPath::TypeRelative(_, segment), ..)
                    | hir::PatKind::TupleStruct(hir::QPath::TypeRelative(_, segment), ..),
                ..
            }) => (None, segment.ident, segment.ident.span),
            _ => (None, Ident::new(span::kw::Empty, span), span),
        };

        match error {
            MethodError::NoMatch(no_match_data) => {
                self.report_no_match_method_error(call_id, sugg_span, rcvr_ty, item_name, rcvr_opt, no_match_data)
            }
            MethodError::Ambiguity(sources) => {
                let mut err = self
                    .err(item_name.span, E0034, "multiple applicable items in scope")
                    .with_span_label(item_name.span, format!("multiple `{item_name}` found"));
                self.note_candidates_on_method_error(rcvr_ty, item_name, sources, &mut err, true);
                self.emit(err)
            }
            MethodError::PrivateMatch(kind, def_id, out_of_scope_traits) => {
                let kind_descr = match self.tcx.opt_associated_item(def_id) {
                    Some(i) => i.descr(),
                    None => kind.descr(def_id),
                };
                let mut err = self
                    .err(item_name.span, E0624, format!("{kind_descr} `{item_name}` is private"))
                    .with_span_label(item_name.span, format!("private {kind_descr}"));
                if def_id.is_local() {
                    let sp = self.tcx.def_span(def_id);
                    err.span_label(sp, format!("private {kind_descr} defined here"));
                }
                if !out_of_scope_traits.is_empty() {
                    self.suggest_valid_traits(&mut err, item_name, out_of_scope_traits);
                }
                self.emit(err)
            }
            MethodError::IllegalSizedBound { candidates, needs_mut, bound_span, self_expr } => {
                let msg = if needs_mut {
                    format!("the `{item_name}` method cannot be invoked on `{rcvr_ty}`")
                } else {
                    format!("the `{item_name}` method cannot be invoked on a trait object")
                };
                let mut err = self.dcx().struct_span_err(span, msg);
                if !needs_mut {
                    err.span_label(bound_span, "this has a `Sized` requirement");
                }
                if !candidates.is_empty() {
                    self.suggest_valid_traits(&mut err, item_name, candidates);
                }
                if let TyKind::Ref(_, t_type, mutability) = *rcvr_ty.kind() {
                    if needs_mut {
                        let tmp = self.tcx.mk_ref(self.tcx.lifetimes().re_erased, t_type, mutability.invert());
                        err.note(format!("you need `{tmp}` instead of `{rcvr_ty}`"));
                    }
                }
                let _ = self_expr;
                self.emit(err)
            }
            MethodError::ErrorReported(guar) => guar,
            MethodError::BadReturnType => {
                self.dcx().span_delayed_bug(span, "no return type expectations but got BadReturnType")
            }
        }
    }

    fn report_no_match_method_error(
        &self,
        call_id: HirId,
        mut span: Span,
        rcvr_ty: Ty<'tcx>,
        item_name: Ident,
        rcvr: Option<&'tcx hir::Expr<'tcx>>,
        no_match_data: NoMatchData<'tcx>,
    ) -> span::ErrorGuaranteed {
        let mode = no_match_data.mode;
        let rcvr_ty = self.resolve_vars_if_possible(rcvr_ty);
        let is_method = mode == Mode::MethodCall;
        let unsatisfied_predicates = &no_match_data.unsatisfied_predicates;
        let similar_candidate = no_match_data.similar_candidate;

        // We could pass the file for long types into these two, but it isn't strictly necessary.
        let item_kind = if is_method {
            "method"
        } else if rcvr_ty.is_enum() {
            "variant or associated item"
        } else {
            match (item_name.as_str().chars().next(), rcvr_ty.is_fresh_ty_or_primitive()) {
                (Some(name), false) if name.is_lowercase() => "function or associated item",
                (Some(_), false) => "associated item",
                (Some(_), true) | (None, false) => "variant or associated item",
                (None, true) => "variant",
            }
        };

        // `{integer}`: which type?
        if is_method {
            if let Some(guar) =
                self.report_failed_method_call_on_numerical_val(rcvr_ty, rcvr, span, item_kind, item_name)
            {
                return guar;
            }
        }
        span = item_name.span;

        let ty_str = self.ty_to_string(rcvr_ty);
        let reported = if unsatisfied_predicates.is_empty() && self.no_instance_has(rcvr_ty, item_name, span) {
            match *rcvr_ty.kind() {
                TyKind::Adt(def, _) => self.tcx.type_of(def.did()).instantiate_identity().to_string(),
                _ => ty_str.clone(),
            }
        } else {
            ty_str.clone()
        };

        // A call on a value that is not a method's: a field with a function?
        let mut err = self.err(
            span,
            E0599,
            format!(
                "no {item_kind} named `{item_name}` found for {} `{reported}` in the current scope",
                self.prefix_string(rcvr_ty),
            ),
        );
        // `f.x()` where `f().x()` is meant.
        if is_method && let Some(rcvr) = rcvr {
            self.suggest_fn_call(&mut err, rcvr, rcvr_ty, |output| {
                self.method_exists_for_diagnostic(item_name, output, call_id, None)
            });
        }

        let mut custom_span_label = false;
        // Where bounds are not met: say which.
        let unsatisfied_bounds = !unsatisfied_predicates.is_empty()
            && self.note_unsatisfied_predicates(
                &mut err,
                rcvr_ty,
                item_kind,
                item_name,
                &ty_str,
                unsatisfied_predicates,
            );

        let static_candidates = dedup(no_match_data.static_candidates.clone());
        if rcvr.is_some() && !static_candidates.is_empty() && is_method {
            err.note("found the following associated functions; to be used as methods, functions must have a `self` parameter");
            err.span_label(span, "this is an associated function, not a method");
            custom_span_label = true;
            self.note_candidates_on_method_error(rcvr_ty, item_name, static_candidates.clone(), &mut err, false);
            if let Some(first) = static_candidates.first() {
                self.suggest_associated_call(&mut err, call_id, rcvr_ty, item_name, *first);
            }
        }

        // A field of that name that can be called.
        if is_method {
            if let Some(rcvr) = rcvr {
                if self.suggest_calling_field(&mut err, rcvr_ty, item_name, rcvr, call_id, span) {
                    custom_span_label = true;
                }
            }
        }

        // Traits that have the item and are not in scope or not implemented.
        if !unsatisfied_bounds && static_candidates.is_empty() {
            self.suggest_traits_to_import(&mut err, span, rcvr_ty, item_name, &no_match_data, rcvr);
        }

        // Similar names.
        let mut similar = similar_candidate;
        if !unsatisfied_bounds {
            if let TyKind::Adt(adt_def, _) = rcvr_ty.kind() {
                if adt_def.is_enum() && !is_method {
                    let names: Vec<Symbol> = adt_def.variants().iter().map(|v| v.name).collect();
                    if let Some(best) = find_best_match(&names, item_name.name) {
                        err.span_suggestion_verbose(
                            span,
                            "there is a variant with a similar name",
                            best.to_string(),
                            Applicability::MaybeIncorrect,
                        );
                        err.span_label(span, format!("variant or associated item not found in `{ty_str}`"));
                        custom_span_label = true;
                        similar = None;
                    }
                }
            }
            if let Some(similar) = similar
                && !span.from_expansion()
            {
                self.suggest_similar_item(&mut err, similar, span, call_id, is_method);
            }
        }
        // A method of a similar name says enough.
        if is_method && similar.is_some() {
            custom_span_label = true;
        }
        if !custom_span_label {
            let label = if unsatisfied_bounds {
                let on = if ty_str.len() > 50 { String::new() } else { format!("on `{ty_str}` ") };
                format!("{item_kind} cannot be called {on}due to unsatisfied trait bounds")
            } else {
                if let TyKind::Adt(def, _) = rcvr_ty.kind() {
                    if def.is_enum() && !is_method {
                        format!("variant or associated item not found in `{ty_str}`")
                    } else if is_method {
                        format!("method not found in `{ty_str}`")
                    } else {
                        format!("{item_kind} not found in `{ty_str}`")
                    }
                } else if is_method {
                    format!("method not found in `{ty_str}`")
                } else {
                    format!("{item_kind} not found in `{ty_str}`")
                }
            };
            err.span_label(span, label);
            if !unsatisfied_bounds {
                self.note_other_instances(&mut err, rcvr_ty, item_kind, item_name, is_method);
            }
        }

        // The type's definition.
        if !unsatisfied_bounds && let Some(sp) = self.receiver_span(rcvr_ty) {
            err.span_label(sp, format!("{item_kind} `{item_name}` not found for this {}", self.prefix_string(rcvr_ty)));
        }
        self.emit(err)
    }

    /// Whether a generic type's name says enough: whatever its arguments, it has no such item.
    fn no_instance_has(&self, rcvr_ty: Ty<'tcx>, item_name: Ident, span: Span) -> bool {
        let TyKind::Adt(_, args) = *rcvr_ty.kind() else { return false };
        if args.is_empty() {
            return false;
        }
        let steps: Vec<(Ty<'tcx>, usize)> = self.autoderef(span, rcvr_ty).silence_errors().collect();
        steps.len() == 1
            && !steps.iter().any(|(t, _)| match *t.kind() {
                TyKind::Adt(def, _) => {
                    self.tcx.inherent_impls(def.did()).iter().any(|i| self.associated_value(*i, item_name).is_some())
                }
                _ => false,
            })
    }

    /// The other instances of a generic type that have the item.
    fn note_other_instances(
        &self,
        err: &mut Diag<'_>,
        rcvr_ty: Ty<'tcx>,
        item_kind: &str,
        item_name: Ident,
        is_method: bool,
    ) {
        let TyKind::Adt(def, _) = *rcvr_ty.kind() else { return };
        let mut found: Vec<String> = self
            .tcx
            .inherent_impls(def.did())
            .iter()
            .filter(|i| {
                self.associated_value(**i, item_name).is_some_and(|item| {
                    item.is_method() == is_method
                        && (!is_method || self.tcx.type_of(**i).instantiate_identity() != rcvr_ty)
                })
            })
            .map(|i| format!("- `{}`", self.tcx.type_of(*i).instantiate_identity()))
            .collect();
        found.dedup();
        if found.is_empty() {
            return;
        }
        let limit = if found.len() == 5 { 5 } else { 4 };
        let more = match found.len().checked_sub(limit) {
            Some(n) if n > 0 => format!("\nand {n} more types"),
            _ => String::new(),
        };
        found.truncate(limit);
        err.note(format!("the {item_kind} was found for\n{}{more}", found.join("\n")));
    }

    /// Where a method is that is there for the receiver's type, but of a trait that is not in scope.
    fn label_available(&self, err: &mut Diag<'_>, rcvr: &hir::Expr<'tcx>, rcvr_ty: Ty<'tcx>, item_name: Ident) {
        let r = self.tcx.lifetimes().re_erased;
        for m in [None, Some(hir::Mutability::Mut), Some(hir::Mutability::Not)] {
            let ty = match m {
                None => rcvr_ty,
                Some(m) => self.tcx.mk_ref(r, rcvr_ty, m),
            };
            let pick = self.probe(|_| {
                self.probe_for_name(
                    Mode::MethodCall,
                    item_name,
                    None,
                    true,
                    ty,
                    rcvr.hir_id,
                    super::probe::ProbeScope::AllTraits,
                )
                .ok()
                .map(|p| p.item.def_id)
            });
            if let Some(def_id) = pick {
                if let Some(span) = self.tcx.def_ident_span(def_id) {
                    err.span_label(span, format!("the method is available for `{ty}` here"));
                }
                return;
            }
        }
    }

    /// An item whose name is almost the one written.
    fn suggest_similar_item(
        &self,
        err: &mut Diag<'_>,
        similar: ty::AssocItem,
        span: Span,
        call_id: HirId,
        is_method: bool,
    ) {
        let Some(name) = similar.opt_name() else { return };
        let descr = similar.descr();
        let article = if descr.starts_with('a') { "an" } else { "a" };
        let msg = format!("there is {article} {descr} `{name}` with a similar name");
        let args = match self.tcx.hir_node(call_id) {
            Node::Expr(hir::Expr { kind: ExprKind::MethodCall(_, _, args, _), .. }) => Some(args.len()),
            _ => match self.tcx.parent_hir_node(call_id) {
                Node::Expr(hir::Expr { kind: ExprKind::Call(callee, args), .. }) if callee.hir_id == call_id => {
                    Some(args.len())
                }
                _ => None,
            },
        };
        let place = self.tcx.def_span(similar.def_id);
        if similar.is_fn() {
            let inputs = self.tcx.fn_sig(similar.def_id).skip_binder().skip_binder().inputs().len();
            if similar.is_method() {
                if args.is_some_and(|n| n + 1 == inputs) {
                    err.span_suggestion_verbose(span, msg, name.to_string(), Applicability::MaybeIncorrect);
                } else {
                    let but = if args.is_none() { "" } else { ", but with different arguments" };
                    err.span_help(place, format!("{msg}{but}"));
                }
            } else if args == Some(inputs) {
                err.span_suggestion_verbose(span, msg, name.to_string(), Applicability::MaybeIncorrect);
            } else {
                err.span_help(place, msg);
            }
        } else if !is_method && args.unwrap_or(0) == 0 {
            err.span_suggestion_verbose(span, msg, name.to_string(), Applicability::MaybeIncorrect);
        } else {
            err.span_help(place, msg);
        }
    }

    /// What stands before the type in E0599.
    pub(crate) fn prefix_string(&self, ty: Ty<'tcx>) -> String {
        match ty.kind() {
            TyKind::Infer(_)
            | TyKind::Error(_)
            | TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Str
            | TyKind::Never => "type".into(),
            TyKind::Tuple(tys) if tys.is_empty() => "unit type".into(),
            TyKind::Adt(def, _) => def.descr().to_string(),
            TyKind::Foreign(_) => "extern type".into(),
            TyKind::Array(..) => "array".into(),
            TyKind::Pat(..) => "pattern type".into(),
            TyKind::Slice(_) => "slice".into(),
            TyKind::RawPtr(..) => "raw pointer".into(),
            TyKind::Ref(.., m) => match m {
                ty::Mutability::Mut => "mutable reference",
                ty::Mutability::Not => "reference",
            }
            .into(),
            TyKind::FnDef(def_id, ..) => match self.tcx.def_kind(*def_id) {
                DefKind::Ctor(hir::def::CtorOf::Struct, _) => "struct constructor".into(),
                DefKind::Ctor(hir::def::CtorOf::Variant, _) => "enum constructor".into(),
                _ => "fn item".into(),
            },
            TyKind::FnPtr(..) => "fn pointer".into(),
            TyKind::UnsafeBinder(_) => "unsafe binder".into(),
            TyKind::Dynamic(..) => "trait object".into(),
            TyKind::Closure(..) | TyKind::CoroutineClosure(..) => "closure".into(),
            TyKind::Coroutine(def_id, ..) => {
                let _ = def_id;
                "coroutine".into()
            }
            TyKind::CoroutineWitness(..) => "coroutine witness".into(),
            TyKind::Tuple(..) => "tuple".into(),
            TyKind::Placeholder(..) => "higher-ranked type".into(),
            TyKind::Bound(..) => "bound type variable".into(),
            TyKind::Alias(ty::AliasTyKind::Projection | ty::AliasTyKind::Inherent, _) => "associated type".into(),
            TyKind::Alias(ty::AliasTyKind::Free, _) => "type alias".into(),
            TyKind::Param(_) => "type parameter".into(),
            TyKind::Alias(ty::AliasTyKind::Opaque, ..) => "opaque type".into(),
        }
    }

    /// E0689.
    fn report_failed_method_call_on_numerical_val(
        &self,
        rcvr_ty: Ty<'tcx>,
        rcvr: Option<&'tcx hir::Expr<'tcx>>,
        span: Span,
        item_kind: &str,
        item_name: Ident,
    ) -> Option<span::ErrorGuaranteed> {
        let rcvr = rcvr?;
        let is_num_infer = matches!(rcvr_ty.kind(), TyKind::Infer(ty::InferTy::IntVar(_) | ty::InferTy::FloatVar(_)));
        if !is_num_infer {
            return None;
        }
        // Is there such a method on the concrete type?
        let concrete = if rcvr_ty.is_floating_point() { self.tcx.types().f64 } else { self.tcx.types().i32 };
        let found_candidate = self.method_exists_for_diagnostic(item_name, concrete, rcvr.hir_id, None);
        if !found_candidate {
            return None;
        }
        let concrete_type = if rcvr_ty.is_integral() { "i32" } else { "f32" };
        let mut err = self.err(
            span,
            E0689,
            format!("can't call {item_kind} `{item_name}` on ambiguous numeric type `{}`", self.ty_to_string(rcvr_ty)),
        );
        match rcvr.kind {
            ExprKind::Lit(lit) => {
                // numeric literal
                let snippet = self
                    .tcx
                    .sess()
                    .source_map()
                    .span_to_snippet(lit.span)
                    .unwrap_or_else(|| "<numeric literal>".to_string());
                // If this is a floating point literal that ends with '.', get rid of it to stop this from becoming a
                // member access.
                let snippet = snippet.strip_suffix('.').map(str::to_string).unwrap_or(snippet);
                err.span_suggestion_verbose(
                    lit.span,
                    format!("you must specify a concrete type for this numeric value, like `{concrete_type}`"),
                    format!("{snippet}_{concrete_type}"),
                    Applicability::MaybeIncorrect,
                );
            }
            ExprKind::Path(hir::QPath::Resolved(_, path)) => {
                // local binding
                if let hir::def::Res::Local(hir_id) = path.res {
                    if let Node::Pat(pat) = self.tcx.hir_node(hir_id) {
                        if let Node::LetStmt(l) = self.tcx.parent_hir_node(pat.hir_id) {
                            let type_span =
                                l.ty.map(|ty| ty.span.with_lo(pat.span.hi())).unwrap_or(pat.span.shrink_to_hi());
                            err.span_suggestion_verbose(
                                type_span,
                                format!("you must specify a type for this binding, like `{concrete_type}`"),
                                format!(": {concrete_type}"),
                                Applicability::MaybeIncorrect,
                            );
                        }
                    }
                }
            }
            _ => {}
        }
        Some(self.emit(err))
    }

    /// A field with this name: called as `(a.f)(..)`.
    fn suggest_calling_field(
        &self,
        err: &mut Diag<'_>,
        rcvr_ty: Ty<'tcx>,
        item_name: Ident,
        rcvr: &hir::Expr<'_>,
        call_id: HirId,
        span: Span,
    ) -> bool {
        let module = self.tcx.parent_module(call_id).to_def_id();
        for (ty, _) in self.autoderef(span, rcvr_ty).silence_errors() {
            let TyKind::Adt(def, args) = *ty.kind() else { continue };
            if def.is_enum() {
                continue;
            }
            let Some(field) = def.non_enum_variant().fields.iter().find(|f| f.name == item_name.name) else {
                continue;
            };
            if !self.tcx.is_accessible_from(field.vis, module) {
                err.span_label(item_name.span, "private field, not a method");
                return true;
            }
            let field_ty = self.tcx.type_of(field.did).instantiate(*self.tcx, args);
            if self.is_fn_ty(field_ty) {
                let expr_span = rcvr.span.to(item_name.span);
                err.multipart_suggestion(
                    format!("to call the closure stored in `{item_name}`, surround the field access with parentheses"),
                    vec![(expr_span.shrink_to_lo(), "(".to_string()), (expr_span.shrink_to_hi(), ")".to_string())],
                    Applicability::MachineApplicable,
                );
                err.span_label(item_name.span, "field, not a method");
            } else {
                err.span_label(item_name.span, "field, not a method");
                if let Node::Expr(call) = self.tcx.hir_node(call_id) {
                    err.span_suggestion_verbose(
                        item_name.span.shrink_to_hi().until(call.span.shrink_to_hi()),
                        "remove the arguments",
                        "",
                        Applicability::MaybeIncorrect,
                    );
                }
            }
            return true;
        }
        false
    }

    pub(crate) fn is_fn_ty(&self, ty: Ty<'tcx>) -> bool {
        matches!(ty.peel_refs().kind(), TyKind::FnDef(..) | TyKind::FnPtr(..) | TyKind::Closure(..)) || {
            let Some(fn_once) = self.tcx.lang_items().fn_once_trait() else {
                return false;
            };
            self.probe(|_| {
                let arg = self.next_ty_var(span::DUMMY_SP);
                let pred = ty::TraitRef::new(*self.tcx, fn_once, [ty, arg]);
                let o = trait_solve::traits::Obligation::new(self.tcx, self.misc(span::DUMMY_SP), self.param_env, pred);
                !ty.is_ty_var() && self.predicate_may_hold(&o)
            })
        }
    }

    fn suggest_associated_call(
        &self,
        err: &mut Diag<'_>,
        call_id: HirId,
        rcvr_ty: Ty<'tcx>,
        item_name: Ident,
        source: CandidateSource,
    ) {
        let Node::Expr(&hir::Expr { kind: ExprKind::MethodCall(seg, rcvr, args, _), span, .. }) =
            self.tcx.hir_node(call_id)
        else {
            return;
        };
        let ty_str = match source {
            CandidateSource::Impl(_) => self.ty_to_string(rcvr_ty.peel_refs()),
            CandidateSource::Trait(t) => self.tcx.def_path_str(t),
        };
        let sm = self.tcx.sess().source_map();
        let mut list: Vec<String> = Vec::new();
        for a in args {
            if let Some(s) = sm.span_to_snippet(a.span) {
                list.push(s);
            }
        }
        let _ = (seg, rcvr);
        err.span_suggestion_verbose(
            span,
            "use associated function syntax instead",
            format!("{ty_str}::{item_name}({})", list.join(", ")),
            Applicability::MaybeIncorrect,
        );
    }

    /// The candidates, numbered if there are several.
    fn note_candidates_on_method_error(
        &self,
        rcvr_ty: Ty<'tcx>,
        item_name: Ident,
        sources: Vec<CandidateSource>,
        err: &mut Diag<'_>,
        ambiguous: bool,
    ) {
        let sources = dedup(sources);
        let limit = if sources.len() == 5 { 5 } else { 4 };
        let n = sources.len();
        for (idx, source) in sources.iter().take(limit).enumerate() {
            match *source {
                CandidateSource::Impl(impl_did) => {
                    // Provide the best span we can. Use the item, if local to crate, else the impl, if local to crate.
                    let item = self.associated_value(impl_did, item_name).or_else(|| {
                        let t = self.tcx.impl_opt_trait_id(impl_did)?;
                        self.associated_value(t, item_name)
                    });
                    let Some(item) = item else { continue };
                    let note_span = if item.def_id.is_local() {
                        Some(self.tcx.def_span(item.def_id))
                    } else if impl_did.is_local() {
                        Some(self.tcx.def_span(impl_did))
                    } else {
                        None
                    };
                    let impl_ty = self.tcx.type_of(impl_did).instantiate_identity();
                    let insertion = match self.tcx.impl_opt_trait_ref(impl_did) {
                        None => String::new(),
                        Some(trait_ref) => {
                            format!(" of the trait `{}`", self.tcx.def_path_str(trait_ref.skip_binder().def_id))
                        }
                    };
                    let (note_str, idx) = if n > 1 {
                        (
                            format!("candidate #{} is defined in an impl{insertion} for the type `{impl_ty}`", idx + 1),
                            Some(idx + 1),
                        )
                    } else {
                        (format!("the candidate is defined in an impl{insertion} for the type `{impl_ty}`"), None)
                    };
                    let _ = idx;
                    match note_span {
                        Some(sp) => err.span_note(sp, note_str),
                        None => err.note(note_str),
                    };
                }
                CandidateSource::Trait(trait_did) => {
                    let Some(item) = self.associated_value(trait_did, item_name) else { continue };
                    let item_span = self.tcx.def_span(item.def_id);
                    let name = self.tcx.def_path_str(trait_did);
                    let msg = if n > 1 {
                        format!("candidate #{} is defined in the trait `{name}`", idx + 1)
                    } else {
                        format!("the candidate is defined in the trait `{name}`")
                    };
                    err.span_note(item_span, msg);
                    if ambiguous {
                        if n <= 4 {
                            // Disambiguate: a fully-qualified path.
                            err.help(format!("disambiguate the {} for candidate #{}", item.descr(), idx + 1));
                        }
                    }
                }
            }
        }
        if n > limit {
            err.note(format!("and {} others", n - limit));
        }
        let _ = rcvr_ty;
    }

    fn suggest_valid_traits(&self, err: &mut Diag<'_>, item_name: Ident, traits: Vec<DefId>) -> bool {
        if traits.is_empty() {
            return false;
        }
        let edition_2018 = item_name.span.at_least_rust_2018();
        let mut paths: Vec<(String, DefId)> = traits
            .iter()
            .filter(|t| self.tcx.visibility(**t).is_public() || t.is_local())
            .map(|t| {
                let path = query::with_no_trimmed_paths(|| self.tcx.def_path_str(*t));
                (if t.is_local() && edition_2018 { format!("crate::{path}") } else { path }, *t)
            })
            .collect();
        paths.sort();
        paths.dedup();
        let [first, ..] = &paths[..] else { return false };
        err.help("items from traits can only be used if the trait is in scope");
        let span = self.tcx.hir_get_module(self.tcx.parent_module_from_def_id(self.body_id)).0.spans.inject_use_span;
        let msg = if paths.len() == 1 {
            format!(
                "trait `{}` which provides `{item_name}` is implemented but not in scope; perhaps you want to import it",
                self.tcx.item_name(first.1)
            )
        } else {
            format!(
                "the following traits which provide `{item_name}` are implemented but not in scope; perhaps you want to import one of them"
            )
        };
        err.span_suggestions(
            span.shrink_to_lo(),
            msg,
            paths.iter().map(|(p, _)| format!("use {p};\n")).collect::<Vec<_>>(),
            Applicability::MaybeIncorrect,
        );
        true
    }

    fn suggest_traits_to_import(
        &self,
        err: &mut Diag<'_>,
        span: Span,
        rcvr_ty: Ty<'tcx>,
        item_name: Ident,
        data: &NoMatchData<'tcx>,
        rcvr: Option<&'tcx hir::Expr<'tcx>>,
    ) {
        let _ = span;
        if self.suggest_valid_traits(err, item_name, data.out_of_scope_traits.clone()) {
            if data.mode == Mode::MethodCall
                && let Some(rcvr) = rcvr
            {
                self.label_available(err, rcvr, rcvr_ty, item_name);
            }
            return;
        }
        if item_name.name.is_empty() {
            return;
        }
        // Traits that have the item, which the type could implement.
        let type_is_local = match rcvr_ty.peel_refs().kind() {
            TyKind::Adt(def, _) => def.did().is_local(),
            TyKind::Foreign(did) => did.is_local(),
            TyKind::Dynamic(tr, _) => tr.principal().is_some_and(|d| d.def_id().is_local()),
            TyKind::Param(_) => true,
            _ => false,
        };
        let mode = data.mode;
        let mut candidates: Vec<DefId> = all_traits(self.tcx)
            .into_iter()
            // Don't suggest unstable or private traits.
            .filter(|t| t.is_local() || self.tcx.visibility(*t).is_public())
            .filter(|t| !self.is_unstable_and_disabled(*t))
            .filter(|t| type_is_local || t.is_local())
            .filter(|t| {
                self.associated_value(*t, item_name)
                    .is_some_and(|item| if mode == Mode::MethodCall { item.is_method() } else { !item.is_type() })
            })
            .collect();
        candidates.sort_by_key(|t| self.tcx.def_path_str(*t));
        candidates.dedup();
        if candidates.is_empty() {
            return;
        }
        let param_type = match rcvr_ty.peel_refs().kind() {
            TyKind::Param(p) => Some(*p),
            _ => None,
        };
        if let Some(param) = param_type {
            let root = self.tcx.typeck_root_def_id(self.body_id.to_def_id());
            let def = self.tcx.type_param_def(self.tcx.generics_of(root), param);
            let sp = self.tcx.def_span(def.def_id);
            err.help("items from traits can only be used if the type parameter is bounded by the trait");
            let last = def.def_id.as_local().and_then(|local| {
                let generics = self.tcx.hir_get_generics(self.tcx.local_parent(local))?;
                generics.bounds_for_param(local).flat_map(|p| p.bounds.last()).next()
            });
            let (sp, before) = match last {
                Some(last) => (last.span(), " +"),
                None => (sp, ":"),
            };
            err.span_suggestions(
                sp.shrink_to_hi(),
                if candidates.len() == 1 {
                    format!(
                        "the following trait defines an item `{item_name}`, perhaps you need to restrict type parameter `{}` with it:",
                        param.name
                    )
                } else {
                    format!(
                        "the following traits define an item `{item_name}`, perhaps you need to restrict type parameter `{}` with one of them:",
                        param.name
                    )
                },
                candidates
                    .iter()
                    .map(|t| format!("{before} {}", self.tcx.def_path_str(*t)))
                    .collect::<Vec<_>>(),
                Applicability::MaybeIncorrect,
            );
            return;
        }
        err.help("items from traits can only be used if the trait is implemented and in scope");
        if let [one] = candidates[..]
            && one.is_local()
        {
            let msg = format!(
                "`{}` defines an item `{item_name}`, perhaps you need to implement it",
                self.tcx.def_path_str(one)
            );
            err.span_note(self.tcx.def_span(one), msg);
        } else {
            let mut msg = if candidates.len() == 1 {
                format!("the following trait defines an item `{item_name}`, perhaps you need to implement it:")
            } else {
                format!("the following traits define an item `{item_name}`, perhaps you need to implement one of them:")
            };
            for (i, t) in candidates.iter().enumerate() {
                msg.push_str(&format!("\ncandidate #{}: `{}`", i + 1, self.tcx.def_path_str(*t)));
            }
            err.note(msg);
        }
    }
}

fn dedup(sources: Vec<CandidateSource>) -> Vec<CandidateSource> {
    let mut out: Vec<CandidateSource> = Vec::new();
    for s in sources {
        if !out.contains(&s) {
            out.push(s);
        }
    }
    out
}

trait FreshOrPrimitive {
    fn is_fresh_ty_or_primitive(&self) -> bool;
}
impl FreshOrPrimitive for Ty<'_> {
    fn is_fresh_ty_or_primitive(&self) -> bool {
        matches!(self.kind(), TyKind::Infer(ty::InferTy::FreshTy(_)))
    }
}
