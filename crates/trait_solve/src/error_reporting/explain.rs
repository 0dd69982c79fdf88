//! What a mismatch means beyond the two types: type parameters, closures, function items, similar names.

use diagnostics::{Applicability, Diag};
use span::Span;
use ty::error::{ExpectedFound, TypeError};
use ty::{AliasTyKind, InferTy, ParamTy, Ty, TyKind};

use super::TypeErrCtxt;
use crate::traits::{ObligationCause, ObligationCauseCode};

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    /// Notes on the kinds of types that do not match.
    pub(super) fn note_and_explain_type_err(
        &self,
        diag: &mut Diag<'_>,
        err: TypeError<'tcx>,
        cause: &ObligationCause<'tcx>,
        sp: Span,
    ) {
        let ef = match err {
            TypeError::ArgumentSorts(ef, _) | TypeError::Sorts(ef) => ef,
            TypeError::CyclicTy(t) => {
                if t.is_closure() || t.is_coroutine() {
                    diag.note("closures cannot capture themselves or take themselves as argument;\nthis error may be the result of a recent compiler bug-fix,\nsee issue #46062 <https://github.com/rust-lang/rust/issues/46062>\nfor more information");
                }
                return;
            }
            _ => return,
        };
        let param_label = |diag: &mut Diag<'_>, p: ParamTy, label: &str| {
            if let Some(span) = self.param_span(cause, p)
                && !sp.contains(span)
            {
                diag.span_label(span, label);
            }
        };
        match (*ef.expected.kind(), *ef.found.kind()) {
            (TyKind::Closure(..), TyKind::Closure(..)) => {
                diag.note("no two closures, even if identical, have the same type");
                diag.help("consider boxing your closure and/or using it as a trait object");
            }
            (TyKind::Coroutine(d, _), TyKind::Coroutine(e, _))
                if self.is_async_coroutine(d) && self.is_async_coroutine(e) =>
            {
                diag.note("no two async blocks, even if identical, have the same type");
                diag.help("consider pinning your async block and casting it to a trait object");
            }
            (TyKind::Alias(AliasTyKind::Opaque, _), TyKind::Alias(AliasTyKind::Opaque, _)) => {
                diag.note("distinct uses of `impl Trait` result in different opaque types");
            }
            (TyKind::Float(_), TyKind::Infer(InferTy::IntVar(_))) => {
                let text = self.tcx.sess().source_map().span_to_snippet(sp);
                if text.is_some_and(|t| t.chars().all(|c| c.is_ascii_digit() || c == '-' || c == '_')) {
                    diag.span_suggestion_verbose(
                        sp.shrink_to_hi(),
                        "use a float literal",
                        ".0",
                        Applicability::MachineApplicable,
                    );
                }
            }
            (TyKind::Param(e), TyKind::Param(f)) => {
                param_label(diag, e, "expected type parameter");
                param_label(diag, f, "found type parameter");
                diag.note("a type parameter was expected, but a different one was found; you might be missing a type parameter or trait bound");
                diag.note(MORE_ON_PARAMETERS);
            }
            (
                TyKind::Alias(AliasTyKind::Projection | AliasTyKind::Inherent, _),
                TyKind::Alias(AliasTyKind::Projection | AliasTyKind::Inherent, _),
            ) => {
                diag.note("an associated type was expected, but a different one was found");
            }
            (TyKind::Param(p), TyKind::Dynamic(..) | TyKind::Alias(AliasTyKind::Opaque, _)) => {
                param_label(diag, p, "expected this type parameter");
                diag.help("type parameters must be constrained to match other types");
                diag.note(MORE_ON_PARAMETERS);
            }
            (TyKind::Dynamic(..) | TyKind::Alias(AliasTyKind::Opaque, _), TyKind::Param(p)) => {
                param_label(diag, p, "found this type parameter");
                diag.help("type parameters must be constrained to match other types");
                diag.note(MORE_ON_PARAMETERS);
            }
            (TyKind::Param(p), TyKind::Closure(..) | TyKind::CoroutineClosure(..) | TyKind::Coroutine(..)) => {
                param_label(diag, p, "expected this type parameter");
                diag.help(format!(
                    "every closure has a distinct type and so could not always match the caller-chosen type of parameter `{}`",
                    p.name
                ));
            }
            (TyKind::Param(p), _) => param_label(diag, p, "expected this type parameter"),
            (_, TyKind::Param(p)) => param_label(diag, p, "found this type parameter"),
            (TyKind::FnPtr(..), TyKind::FnDef(..)) | (TyKind::FnDef(..), TyKind::FnPtr(..)) => {
                let (ptr, def) = if let TyKind::FnPtr(..) = ef.expected.kind() {
                    (ef.expected, ef.found)
                } else {
                    (ef.found, ef.expected)
                };
                let safety = |t: Ty<'tcx>| self.tcx.fn_sig_of_ty(t).map(|s| s.safety());
                if safety(def) == Some(hir::Safety::Unsafe) && safety(ptr) == Some(hir::Safety::Safe) {
                    diag.note("unsafe functions cannot be coerced into safe function pointers");
                }
            }
            _ => {}
        }
    }

    fn is_async_coroutine(&self, def_id: span::def_id::DefId) -> bool {
        matches!(
            self.tcx.coroutine_kind(def_id),
            Some(hir::CoroutineKind::Desugared(hir::CoroutineDesugaring::Async, _))
        )
    }

    /// Where a type parameter of the body's item is declared.
    fn param_span(&self, cause: &ObligationCause<'tcx>, p: ParamTy) -> Option<Span> {
        if cause.body_id == span::def_id::CRATE_DEF_ID {
            return None;
        }
        let root = self.tcx.typeck_root_def_id(cause.body_id.to_def_id());
        let generics = self.tcx.generics_of(root);
        if p.index as usize >= generics.count() {
            return None;
        }
        Some(self.tcx.def_span(self.tcx.type_param_def(generics, p).def_id))
    }

    /// `fn` items and pointers where another is expected.
    pub(super) fn suggest_function_pointers(&self, diag: &mut Diag<'_>, span: Span, ef: ExpectedFound<Ty<'tcx>>) {
        let (e, f) = (ef.expected.peel_refs(), ef.found.peel_refs());
        let (Some(e_sig), Some(f_sig)) = (fn_sig(self, e), fn_sig(self, f)) else { return };
        let same = self.tcx.erase_and_anonymize_regions(self.tcx.mk_fn_ptr(e_sig))
            == self.tcx.erase_and_anonymize_regions(self.tcx.mk_fn_ptr(f_sig));
        let path = |t: Ty<'tcx>| match *t.kind() {
            TyKind::FnDef(d, args) => self.tcx.value_path_str_with_args(d, args),
            _ => String::new(),
        };
        match (*e.kind(), *f.kind()) {
            (TyKind::FnPtr(..), TyKind::FnDef(d, _)) => {
                if !same || self.tcx.intrinsic(d).is_some() {
                    return;
                }
                let name = path(f);
                let (e_ref, f_ref) = (ef.expected.is_ref(), ef.found.is_ref());
                let (msg, text) = match (e_ref, f_ref) {
                    (true, false) => ("consider using a reference", format!("&{name}")),
                    (false, true) => ("consider removing the reference", name),
                    (true, true) => {
                        diag.note("fn items are distinct from fn pointers");
                        ("consider casting to a fn pointer", format!("&({name} as {e_sig})"))
                    }
                    (false, false) => {
                        diag.note("fn items are distinct from fn pointers");
                        ("consider casting to a fn pointer", format!("{name} as {e_sig}"))
                    }
                };
                diag.span_suggestion_verbose(span, msg, text, Applicability::MaybeIncorrect);
            }
            (TyKind::FnDef(d, _), TyKind::FnDef(g, _)) => {
                if same {
                    diag.note("different fn items have unique types, even if their signatures are the same");
                }
                if !same || self.tcx.intrinsic(d).is_some() || self.tcx.intrinsic(g).is_some() {
                    return;
                }
                let name = path(f);
                let _ = &name;
                diag.help(if ef.found.is_ref() {
                    format!("consider casting both fn items to fn pointers using `as {e_sig}`")
                } else {
                    format!("consider casting both fn items to fn pointers using `as {e_sig}`")
                });
            }
            (TyKind::FnDef(..), TyKind::FnPtr(..)) => {
                if !same {
                    return;
                }
                let name = path(e);
                let cast =
                    if ef.expected.is_ref() { format!("&({name} as {f_sig})") } else { format!("{name} as {f_sig}") };
                diag.help(format!("consider casting the fn item to a fn pointer: `{cast}`"));
            }
            _ => {}
        }
    }

    /// A tuple struct or variant around a pattern; `.field` behind the scrutinee.
    pub(super) fn suggest_for_pattern(
        &self,
        diag: &mut Diag<'_>,
        cause: &ObligationCause<'tcx>,
        ef: ExpectedFound<Ty<'tcx>>,
    ) {
        let ObligationCauseCode::Pattern { span, .. } = *cause.code() else { return };
        let TyKind::Adt(adt, args) = *ef.expected.kind() else { return };
        let field_ty = |f: &ty::FieldDef| self.tcx.type_of(f.did).instantiate(*self.tcx, args);
        let mut variants = Vec::new();
        for v in adt.variants().iter() {
            if v.fields.len() != 1 || v.ctor_kind() != Some(hir::def::CtorKind::Fn) {
                continue;
            }
            if self.same_type_modulo_infer(field_ty(v.single_field()), ef.found) {
                let path = query::with_no_trimmed_paths(|| self.tcx.def_path_str(v.def_id));
                variants.push(match path.strip_prefix("std::prelude::").and_then(|p| p.split_once("::")) {
                    Some((_, path)) => path.to_owned(),
                    None => path,
                });
            }
        }
        let parts = |v: &String| {
            vec![(cause.span.shrink_to_lo(), format!("{v}(")), (cause.span.shrink_to_hi(), ")".to_owned())]
        };
        match &variants[..] {
            [] => {}
            [v] => {
                diag.multipart_suggestion(
                    format!("try wrapping the pattern in `{v}`"),
                    parts(v),
                    Applicability::MaybeIncorrect,
                );
            }
            _ => {
                diag.multipart_suggestions(
                    format!("try wrapping the pattern in a variant of `{}`", self.tcx.def_path_str(adt.did())),
                    variants.iter().map(parts).collect(),
                    Applicability::MaybeIncorrect,
                );
            }
        }
        if adt.is_enum() {
            return;
        }
        let field =
            adt.non_enum_variant().fields.iter().find(|f| {
                self.tcx.is_accessible_from(f.vis, f.did) && self.same_type_modulo_infer(field_ty(f), ef.found)
            });
        if let (Some(field), Some(span)) = (field, span)
            && let Some(text) = self.tcx.sess().source_map().span_to_snippet(span)
        {
            let (name, ty) = (field.name, field_ty(field));
            if adt.is_struct() {
                diag.span_suggestion(
                    span,
                    format!("you might have meant to use field `{name}` whose type is `{ty}`"),
                    format!("{text}.{name}"),
                    Applicability::MaybeIncorrect,
                );
            }
        }
    }

    /// Whether two types are the same as far as is known.
    pub(super) fn same_type_modulo_infer(&self, a: Ty<'tcx>, b: Ty<'tcx>) -> bool {
        let (a, b) = (self.resolve_vars_if_possible(a), self.resolve_vars_if_possible(b));
        same_modulo_infer(self.tcx.erase_and_anonymize_regions(a), self.tcx.erase_and_anonymize_regions(b))
    }

    /// Two types of one name.
    pub(super) fn note_similar_names(&self, diag: &mut Diag<'_>, ef: ExpectedFound<Ty<'tcx>>) -> bool {
        let (TyKind::Adt(e, _), TyKind::Adt(f, _)) = (*ef.expected.kind(), *ef.found.kind()) else { return false };
        if e == f
            || (!e.did().is_local() && e.did().krate == f.did().krate)
            || self.tcx.opt_item_name(e.did()) != self.tcx.opt_item_name(f.did())
        {
            return false;
        }
        let (f_name, e_name) = (self.sort_string(ef.found), self.sort_string(ef.expected));
        diag.note(format!("{f_name} and {e_name} have similar names, but are actually distinct types"));
        for (adt, name) in [(f, f_name), (e, e_name)] {
            let did = adt.did();
            let msg = if e.did().is_local() && f.did().is_local() {
                let module = self.tcx.parent_module_from_def_id(did.expect_local()).to_def_id();
                let path = if module.is_crate_root() {
                    String::new()
                } else {
                    format!("::{}", query::with_no_trimmed_paths(|| self.tcx.def_path_str(module)))
                };
                format!("{name} is defined in module `crate{path}` of the current crate")
            } else if did.is_local() {
                format!("{name} is defined in the current crate")
            } else {
                format!("{name} is defined in crate `{}`", self.tcx.crate_name(did.krate))
            };
            diag.span_note(self.tcx.def_span(did), msg);
        }
        true
    }
}

const MORE_ON_PARAMETERS: &str =
    "for more information, visit https://doc.rust-lang.org/book/ch10-02-traits.html#traits-as-parameters";

fn fn_sig<'tcx>(cx: &TypeErrCtxt<'_, 'tcx>, t: Ty<'tcx>) -> Option<ty::PolyFnSig<'tcx>> {
    matches!(t.kind(), TyKind::FnDef(..) | TyKind::FnPtr(..)).then(|| cx.tcx.fn_sig_of_ty(t)).flatten()
}

fn same_modulo_infer<'tcx>(a: Ty<'tcx>, b: Ty<'tcx>) -> bool {
    use InferTy::*;
    if a == b {
        return true;
    }
    match (*a.kind(), *b.kind()) {
        (TyKind::Infer(TyVar(_)), _) | (_, TyKind::Infer(TyVar(_))) => true,
        (TyKind::Infer(IntVar(_)), TyKind::Int(_) | TyKind::Uint(_) | TyKind::Infer(IntVar(_)))
        | (TyKind::Int(_) | TyKind::Uint(_), TyKind::Infer(IntVar(_)))
        | (TyKind::Infer(FloatVar(_)), TyKind::Float(_) | TyKind::Infer(FloatVar(_)))
        | (TyKind::Float(_), TyKind::Infer(FloatVar(_))) => true,
        (TyKind::Adt(d, x), TyKind::Adt(e, y)) if d == e => {
            x.types().zip(y.types()).all(|(a, b)| same_modulo_infer(a, b))
        }
        (TyKind::Ref(_, t, m), TyKind::Ref(_, u, n)) => m == n && same_modulo_infer(t, u),
        (TyKind::RawPtr(t, m), TyKind::RawPtr(u, n)) => m == n && same_modulo_infer(t, u),
        (TyKind::Slice(t), TyKind::Slice(u)) => same_modulo_infer(t, u),
        (TyKind::Array(t, n), TyKind::Array(u, m)) => n == m && same_modulo_infer(t, u),
        (TyKind::Tuple(x), TyKind::Tuple(y)) => {
            x.len() == y.len() && x.iter().zip(y.iter()).all(|(a, b)| same_modulo_infer(a, b))
        }
        _ => false,
    }
}
