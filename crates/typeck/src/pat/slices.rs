//! `[a, .., b]`, `&p`, `box p`, `deref!(p)`.

use diagnostics::codes::*;
use hir::{Pat, PatKind};
use span::Span;
use ty::{Const, Mutability, Ty, TyKind, TypeVisitableExt};

use super::{PatInfo, TopInfo};
use crate::FnCtxt;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(super) fn check_pat_box(
        &self,
        span: Span,
        inner: &'tcx Pat<'tcx>,
        expected: Ty<'tcx>,
        pat_info: PatInfo<'tcx>,
    ) -> Ty<'tcx> {
        let tcx = self.tcx;
        let (box_ty, inner_ty) = self
            .check_dereferenceable(span, expected, inner)
            .and_then(|()| {
                // Here, `demand::subtype` is good enough, but I don't think any errors can be introduced there.
                let inner_ty = self.next_ty_var(inner.span);
                let box_did = tcx.require_lang_item(hir::LangItem::OwnedBox, span);
                let args = tcx.args_for_item(box_did, |param, _| {
                    if param.index == 0 { inner_ty.into() } else { self.var_for_def(span, param) }
                });
                let box_ty = tcx.type_of(box_did).instantiate(*tcx, args);
                self.demand_eqtype_pat(span, expected, box_ty, pat_info.top_info)?;
                Ok((box_ty, inner_ty))
            })
            .unwrap_or_else(|guar| {
                let err = Ty::new_error(*tcx, guar);
                (err, err)
            });
        self.check_pat(inner, inner_ty, pat_info);
        box_ty
    }

    pub(super) fn check_pat_deref(
        &self,
        span: Span,
        inner: &'tcx Pat<'tcx>,
        expected: Ty<'tcx>,
        pat_info: PatInfo<'tcx>,
    ) -> Ty<'tcx> {
        // The pattern reads through `Deref`: the target's type.
        let tcx = self.tcx;
        let (Some(deref), Some(target)) = (tcx.lang_items().deref_trait(), tcx.lang_items().deref_target()) else {
            return expected;
        };
        self.register_bound(expected, deref, self.deref_trait_cause(span));
        let target_ty = self.normalize(span, tcx.mk_projection(target, tcx.mk_args(&[expected.into()])));
        let target_ty = self.try_structurally_resolve_type(span, target_ty);
        self.check_pat(inner, target_ty, pat_info);
        expected
    }

    /// A pattern of `&p` can be used on any reference; objects cannot be taken out of one (E0033).
    fn check_dereferenceable(
        &self,
        span: Span,
        expected: Ty<'tcx>,
        inner: &Pat<'_>,
    ) -> Result<(), span::ErrorGuaranteed> {
        if let PatKind::Binding(..) = inner.kind {
            if let Some(pointee_ty) = self.shallow_resolve(expected).builtin_deref(true) {
                if let TyKind::Dynamic(..) = pointee_ty.kind() {
                    // This is "x = dyn SomeTrait" being reduced from "let &x = &dyn SomeTrait" or "let box x = Box<dyn
                    // SomeTrait>", an error.
                    let type_str = self.ty_to_string(expected);
                    let diag = self
                        .err(span, E0033, format!("type `{type_str}` cannot be dereferenced"))
                        .with_span_label(span, format!("type `{type_str}` cannot be dereferenced"));
                    return Err(self.emit(diag));
                }
            }
        }
        Ok(())
    }

    pub(super) fn check_pat_ref(
        &self,
        pat: &'tcx Pat<'tcx>,
        inner: &'tcx Pat<'tcx>,
        pat_mutbl: Mutability,
        expected: Ty<'tcx>,
        pat_info: PatInfo<'tcx>,
    ) -> Ty<'tcx> {
        let expected = self.try_structurally_resolve_type(pat.span, expected);
        let (ref_ty, inner_ty) = match self.check_dereferenceable(pat.span, expected, inner) {
            Ok(()) => {
                // `demand::subtype` would be good enough, but using `eqtype` turns out to be equally general.
                match *expected.kind() {
                    TyKind::Ref(_, r_ty, r_mutbl) if r_mutbl == pat_mutbl => (expected, r_ty),
                    _ => {
                        let inner_ty = self.next_ty_var(inner.span);
                        let ref_ty = self.new_ref_ty(pat.span, pat_mutbl, inner_ty);
                        // Look for a case like `fn foo(&foo: u32)` and suggest `fn foo(foo: &u32)`.
                        if let Some(mut err) =
                            self.demand_eqtype_pat_diag(pat.span, expected, ref_ty, pat_info.top_info)
                        {
                            self.borrow_pat_suggestion(&mut err, pat, inner, pat_mutbl);
                            self.emit(err);
                        }
                        (ref_ty, inner_ty)
                    }
                }
            }
            Err(guar) => {
                let err = Ty::new_error(*self.tcx, guar);
                (err, err)
            }
        };
        self.check_pat(inner, inner_ty, pat_info);
        ref_ty
    }

    /// `&x` where a value is: leave the `&` out.
    fn borrow_pat_suggestion(
        &self,
        err: &mut diagnostics::Diag<'_>,
        pat: &Pat<'_>,
        inner: &Pat<'_>,
        mutbl: Mutability,
    ) {
        if let PatKind::Binding(_, _, binding, None) = inner.kind {
            let is_param = matches!(self.tcx.parent_hir_node(pat.hir_id), hir::Node::Param(_));
            let m = if mutbl.is_mut() { "&mut " } else { "&" };
            let msg = if is_param {
                return;
            } else {
                format!("consider removing `{}` from the pattern", m.trim_end())
            };
            err.span_suggestion_verbose(
                pat.span.until(binding.span),
                msg,
                "",
                diagnostics::Applicability::MaybeIncorrect,
            );
        }
    }

    pub(super) fn check_pat_slice(
        &self,
        span: Span,
        before: &'tcx [Pat<'tcx>],
        slice: Option<&'tcx Pat<'tcx>>,
        after: &'tcx [Pat<'tcx>],
        expected: Ty<'tcx>,
        pat_info: PatInfo<'tcx>,
    ) -> Ty<'tcx> {
        let expected = self.try_structurally_resolve_type(span, expected);
        // An irrefutable array pattern with a type still unknown: infer an array of this length.
        let mut expected = expected;
        if expected.is_ty_var() {
            if let Some(resolved) = self.try_resolve_slice_ty_to_array_ty(before, slice, after, span, pat_info.top_info)
            {
                let _ = self.demand_eqtype_pat(span, expected, resolved, pat_info.top_info);
                expected = resolved;
            }
        }
        let expected = self.structurally_resolve_type(span, expected);
        let (element_ty, opt_slice_ty, inferred) = match *expected.kind() {
            // An array, so we might have something like `let [a, b, c] = [0, 1, 2];`.
            TyKind::Array(element_ty, len) => {
                let min = before.len() as u64 + after.len() as u64;
                let (opt_slice_ty, expected) = self.check_array_pat_len(span, element_ty, expected, slice, len, min);
                // opt_slice_ty.is_none() => slice.is_none(). Note, though, that opt_slice_ty could be Some(error_ty).
                (element_ty, opt_slice_ty, expected)
            }
            TyKind::Slice(element_ty) => (element_ty, Some(expected), expected),
            // The expected type must be an array or slice, but was neither, so error.
            _ => {
                let guar = match expected.error_reported() {
                    Err(e) => e,
                    Ok(()) => self.error_expected_array_or_slice(span, expected, pat_info),
                };
                let err = Ty::new_error(*self.tcx, guar);
                (err, Some(err), err)
            }
        };
        // Type check all the patterns before `slice`.
        for elt in before {
            self.check_pat(elt, element_ty, pat_info);
        }
        // Type check the `slice`, if present, against its expected type.
        if let Some(slice) = slice {
            self.check_pat(slice, opt_slice_ty.unwrap_or(expected), pat_info);
        }
        // Type check the elements after `slice`, if present.
        for elt in after {
            self.check_pat(elt, element_ty, pat_info);
        }
        inferred
    }

    fn try_resolve_slice_ty_to_array_ty(
        &self,
        before: &'tcx [Pat<'tcx>],
        slice: Option<&'tcx Pat<'tcx>>,
        after: &'tcx [Pat<'tcx>],
        span: Span,
        ti: TopInfo<'tcx>,
    ) -> Option<Ty<'tcx>> {
        if slice.is_some() {
            return None;
        }
        // Only where the pattern must be irrefutable: `let` without `else`, parameters.
        let irrefutable = match self.tcx.parent_hir_node(ti.hir_id) {
            hir::Node::LetStmt(l) => l.els.is_none(),
            hir::Node::Param(_) => true,
            _ => false,
        };
        if !irrefutable {
            return None;
        }
        let inner_ty = self.next_ty_var(span);
        Some(self.tcx.mk_array(inner_ty, (before.len() + after.len()) as u64))
    }

    /// Checks the length of an array pattern. Gives the type of the variable-length part, if any, and the array's.
    fn check_array_pat_len(
        &self,
        span: Span,
        element_ty: Ty<'tcx>,
        arr_ty: Ty<'tcx>,
        slice: Option<&'tcx Pat<'tcx>>,
        len: Const<'tcx>,
        min_len: u64,
    ) -> (Option<Ty<'tcx>>, Ty<'tcx>) {
        let len = self.try_structurally_resolve_const(span, len);
        let plural = |n: u64| if n == 1 { "" } else { "s" };
        let guar = if let Some(len) = len.try_to_target_usize() {
            // Now we know the length...
            if slice.is_none() {
                // ...and since there is no variable-length pattern, we require an exact match between the number of
                // elements in the array pattern and as provided by the matched type.
                if min_len == len {
                    return (None, arr_ty);
                }
                let diag = self
                    .err(
                        span,
                        E0527,
                        format!("pattern requires {min_len} element{} but array has {len}", plural(min_len)),
                    )
                    .with_span_label(span, format!("expected {len} element{}", plural(len)));
                self.emit(diag)
            } else if let Some(pat_len) = len.checked_sub(min_len) {
                // The variable-length pattern was there, so it has an array type with the remaining elements left.
                return (Some(self.tcx.mk_array(element_ty, pat_len)), arr_ty);
            } else {
                // However, in this case, there were no remaining elements.
                let diag = self
                    .err(
                        span,
                        E0528,
                        format!("pattern requires at least {min_len} element{} but array has {len}", plural(min_len)),
                    )
                    .with_span_label(span, format!("pattern cannot match array of {len} element{}", plural(len)));
                self.emit(diag)
            }
        } else if slice.is_none() {
            // We have a pattern with a fixed length, which we can use to infer the length of the array.
            let updated_arr_ty = self.tcx.mk_array(element_ty, min_len);
            self.demand_eqtype(span, updated_arr_ty, arr_ty);
            return (None, updated_arr_ty);
        } else {
            // We have a variable-length pattern and don't know the array length. This happens if we have e.g.,
            // `let [a, b, ..] = arr` where `arr: [T; N]` where `const N: usize`.
            let diag = self.err(span, E0730, "cannot pattern-match on an array without a fixed length");
            self.emit(diag)
        };
        // If we get here, we must have emitted an error.
        (Some(Ty::new_error(*self.tcx, guar)), arr_ty)
    }

    /// E0529.
    fn error_expected_array_or_slice(
        &self,
        span: Span,
        expected_ty: Ty<'tcx>,
        pat_info: PatInfo<'tcx>,
    ) -> span::ErrorGuaranteed {
        let mut err =
            self.err(span, E0529, format!("expected an array or slice, found `{}`", self.ty_to_string(expected_ty)));
        if let TyKind::Ref(_, ty, _) = expected_ty.kind() {
            if let TyKind::Array(..) | TyKind::Slice(..) = ty.kind() {
                err.help("the semantics of slice patterns changed recently; see issue #62254");
            }
        } else if self
            .autoderef(span, expected_ty)
            .silence_errors()
            .any(|(ty, _)| matches!(ty.kind(), TyKind::Slice(..) | TyKind::Array(..)))
        {
            if let Some(span) = pat_info.top_info.span {
                if pat_info.top_info.origin_expr.is_some() && pat_info.current_depth <= 2 {
                    let is_slice_or_array = expected_ty.is_box();
                    err.span_suggestion_verbose(
                        span.shrink_to_hi(),
                        if is_slice_or_array { "consider using `as_deref` here" } else { "consider slicing here" },
                        "[..]",
                        diagnostics::Applicability::MachineApplicable,
                    );
                }
            }
        }
        err.span_label(span, format!("pattern cannot match with input type `{}`", self.ty_to_string(expected_ty)));
        self.emit(err)
    }
}
