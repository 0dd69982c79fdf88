//! `S(a, ..)`

use diagnostics::Applicability;
use diagnostics::codes::*;
use hir::def::{DefKind, Res};
use hir::{Pat, QPath};
use span::Span;
use trait_solve::traits::ObligationCauseCode;
use ty::{FieldIdx, GenericArg, Ty, TyKind, TypeVisitableExt};

use super::{PatInfo, enumerate_and_adjust};
use crate::FnCtxt;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(super) fn check_pat_tuple_struct(
        &self,
        pat: &'tcx Pat<'tcx>,
        qpath: &'tcx QPath<'tcx>,
        subpats: &'tcx [Pat<'tcx>],
        ddpos: hir::DotDotPos,
        expected: Ty<'tcx>,
        pat_info: PatInfo<'tcx>,
    ) -> Ty<'tcx> {
        let tcx = self.tcx;
        let on_error = |e| {
            for pat in subpats {
                self.check_pat(pat, Ty::new_error(*tcx, e), pat_info);
            }
        };
        // E0164: no tuple struct or variant.
        let report_unexpected_res = |res: Res| {
            let expected = "tuple struct or tuple variant";
            let e = self.report_unexpected_res_in_tuple_pat(res, qpath, pat, expected);
            on_error(e);
            e
        };

        // Resolve the path and check the definition for errors.
        let (res, opt_ty, segments) = match *qpath {
            QPath::LangItem(lang_item, span) => {
                let (res, ty) = self.resolve_lang_item_path(lang_item, span, pat.hir_id);
                let _ = ty;
                (res, None, &[] as &[hir::PathSegment<'_>])
            }
            _ => self.resolve_ty_and_res_fully_qualified_call(qpath, pat.hir_id, pat.span),
        };
        if let Res::Err = res {
            let e = self.dcx().span_delayed_bug(pat.span, "`Res::Err` but no error emitted");
            self.set_tainted_by_errors(e);
            on_error(e);
            return Ty::new_error(*tcx, e);
        }

        // Type-check the path.
        let (pat_ty, res) = if let QPath::LangItem(lang_item, span) = *qpath {
            // A variant of a lang item: its enum with fresh arguments.
            let _ = lang_item;
            let Res::Def(_, variant_did) = res else { unreachable!("a lang item is a definition") };
            let adt = tcx.adt_of_variant(variant_did);
            let args = self.fresh_args_for_item(span, adt.did());
            let ctor = adt.variant_with_id(variant_did).ctor;
            let Some((kind, ctor_did)) = ctor else {
                return Ty::new_error(*tcx, report_unexpected_res(res));
            };
            self.write_resolution(pat.hir_id, Ok((DefKind::Ctor(hir::def::CtorOf::Variant, kind), ctor_did)));
            self.write_args(pat.hir_id, args);
            (tcx.mk_fn_def(ctor_did, args), Res::Def(DefKind::Ctor(hir::def::CtorOf::Variant, kind), ctor_did))
        } else {
            self.instantiate_value_path(segments, opt_ty, res, pat.span, pat.span, pat.hir_id)
        };
        if !matches!(pat_ty.kind(), TyKind::FnDef(..)) {
            if let Err(e) = pat_ty.error_reported() {
                on_error(e);
                return pat_ty;
            }
            let e = report_unexpected_res(res);
            return Ty::new_error(*tcx, e);
        }

        let variant = match res {
            Res::Err => {
                let e = self.dcx().span_delayed_bug(pat.span, "`Res::Err` but no error emitted");
                on_error(e);
                return Ty::new_error(*tcx, e);
            }
            Res::Def(
                DefKind::AssocConst
                | DefKind::AssocFn
                | DefKind::Fn
                | DefKind::Const
                | DefKind::Static { .. }
                | DefKind::ConstParam,
                _,
            ) => {
                let e = report_unexpected_res(res);
                return Ty::new_error(*tcx, e);
            }
            Res::Def(DefKind::Ctor(_, hir::def::CtorKind::Fn), _) => tcx.expect_variant_res(res),
            _ => {
                let e = report_unexpected_res(res);
                return Ty::new_error(*tcx, e);
            }
        };

        // Replace constructor type with constructed type for tuple struct patterns.
        let fn_sig = tcx.fn_sig_of_ty(pat_ty).expect("a constructor");
        let pat_ty = fn_sig.output().no_bound_vars().unwrap_or_else(|| fn_sig.output().skip_binder());

        // Type-check the tuple struct pattern against the expected type.
        let had_err = self.demand_eqtype_pat(pat.span, expected, pat_ty, pat_info.top_info);

        // Type-check subpatterns.
        if subpats.len() == variant.fields.len()
            || subpats.len() < variant.fields.len() && ddpos.as_opt_usize().is_some()
        {
            let TyKind::Adt(_, args) = *pat_ty.kind() else {
                return pat_ty;
            };
            for (i, subpat) in enumerate_and_adjust(subpats, variant.fields.len(), ddpos) {
                let field = &variant.fields[FieldIdx::from_usize(i)];
                let field_ty = self.field_ty(subpat.span, field, args);
                self.check_pat(subpat, field_ty, pat_info);
                self.check_stability(field.did, Some(subpat.hir_id), subpat.span);
            }
            if let Err(e) = had_err {
                let _ = e;
            }
            pat_ty
        } else {
            let e = self.emit_err_pat_wrong_number_of_fields(pat.span, res, qpath, subpats, variant, expected, had_err);
            on_error(e);
            let _ = GenericArg::from(pat_ty);
            Ty::new_error(*tcx, e)
        }
    }

    fn report_unexpected_res_in_tuple_pat(
        &self,
        res: Res,
        qpath: &QPath<'_>,
        pat: &Pat<'_>,
        expected: &str,
    ) -> span::ErrorGuaranteed {
        let path_str = self.qpath_to_string(qpath);
        let msg = format!(
            "expected {expected}, found {} `{path_str}`",
            match res {
                Res::Def(DefKind::Variant, _) => "struct variant",
                Res::Def(kind, def_id) => kind.descr(def_id),
                Res::SelfCtor(_) => "unit struct",
                _ => "item",
            }
        );
        let mut err = self.err(pat.span, E0164, msg);
        match res {
            Res::Def(DefKind::Fn | DefKind::AssocFn, _) => {
                err.span_label(pat.span, "`fn` calls are not allowed in patterns");
                err.help("for more information, visit https://doc.rust-lang.org/book/ch19-00-patterns.html");
            }
            _ => {
                err.span_label(pat.span, format!("not a {expected}"));
            }
        }
        self.emit(err)
    }

    /// E0023.
    fn emit_err_pat_wrong_number_of_fields(
        &self,
        pat_span: Span,
        res: Res,
        qpath: &QPath<'_>,
        subpats: &'tcx [Pat<'tcx>],
        variant: &'tcx ty::VariantDef,
        expected: Ty<'tcx>,
        had_err: Result<(), span::ErrorGuaranteed>,
    ) -> span::ErrorGuaranteed {
        let s = |n: usize| if n == 1 { "" } else { "s" };
        let fields = &variant.fields;
        let subpats_ending = s(subpats.len());
        let fields_ending = s(fields.len());

        let subpat_spans: Vec<Span> =
            if subpats.is_empty() { vec![pat_span] } else { subpats.iter().map(|p| p.span).collect() };
        let last_subpat_span = *subpat_spans.last().expect("at least one");
        let res_span = match res {
            Res::Def(_, def_id) => self.tcx.def_span(def_id),
            _ => pat_span,
        };
        let descr = match res {
            Res::Def(kind, did) => kind.descr(did),
            _ => "tuple struct",
        };
        let mut err = self
            .dcx()
            .struct_span_err(
                subpat_spans.clone(),
                format!(
                    "this pattern has {} field{subpats_ending}, but the corresponding {descr} has {} field{fields_ending}",
                    subpats.len(),
                    fields.len(),
                ),
            )
            .with_code(E0023);
        err.span_label(
            last_subpat_span,
            format!("expected {} field{fields_ending}, found {}", fields.len(), subpats.len()),
        );
        if self.tcx.sess().source_map().is_multiline(qpath.span().between(last_subpat_span)) {
            err.span_label(qpath.span(), "");
        }
        if let Some(first_field) = fields.iter().next() {
            let def_spans: Vec<Span> = fields.iter().map(|f| self.tcx.def_span(f.did)).collect();
            let _ = first_field;
            if let Some((last, rest)) = def_spans.split_last() {
                for &sp in rest {
                    err.span_label(sp, "");
                }
                err.span_label(*last, format!("{descr} has {} field{fields_ending}", fields.len()));
            }
        } else {
            err.span_label(res_span, format!("{descr} defined here"));
        }

        // Identify the case `Some(x, y)` where the expected type is e.g. `Option<(T, U)>`. More generally, the expected
        // type wants a tuple variant with one field of an N-arity-tuple, e.g., `V_i((p_0, .., p_N))`. Meanwhile, the
        // user supplied a pattern with N sub patterns.
        let missing_parentheses = match (expected.kind(), fields.len(), had_err) {
            // #67037: only do this if we could successfully type-check the expected type against the tuple struct
            // pattern. Otherwise the args could get out of range.
            (TyKind::Adt(_, args), 1, Ok(())) => {
                let field = &fields[FieldIdx::ZERO];
                let field_ty = self.field_ty(pat_span, field, args);
                match self.resolve_vars_if_possible(field_ty).kind() {
                    TyKind::Tuple(fields) => fields.len() == subpats.len(),
                    _ => false,
                }
            }
            _ => false,
        };
        if missing_parentheses && !subpats.is_empty() {
            let (left, right) = (subpats[0].span, subpats[subpats.len() - 1].span);
            err.multipart_suggestion(
                "missing parentheses",
                vec![(left.shrink_to_lo(), "(".to_string()), (right.shrink_to_hi(), ")".to_string())],
                Applicability::MachineApplicable,
            );
        } else if fields.len() > subpats.len() && pat_span.ctxt() == qpath.span().ctxt() {
            let after_fields_span = if pat_span.ctxt() == last_subpat_span.ctxt() && !subpats.is_empty() {
                last_subpat_span.shrink_to_hi()
            } else {
                pat_span.with_lo(pat_span.hi() - span::BytePos(1)).shrink_to_lo()
            };
            let all_fields_span = match subpats {
                [] => after_fields_span,
                [field] => field.span,
                [first, .., last] => first.span.to(last.span),
            };
            // Check if all the fields in the pattern are wildcards.
            let all_wildcards = subpats.iter().all(|p| matches!(p.kind, hir::PatKind::Wild));
            let first_tail_wildcard =
                subpats.iter().rposition(|p| !matches!(p.kind, hir::PatKind::Wild)).map_or(0, |i| i + 1);
            let missing = fields.len() - subpats.len();
            let wildcard_sugg: String = if subpats.is_empty() {
                vec!["_"; fields.len()].join(", ")
            } else {
                std::iter::repeat_n(", _", missing).collect()
            };
            err.span_suggestion_verbose(
                after_fields_span,
                "use `_` to explicitly ignore each field",
                wildcard_sugg,
                Applicability::MaybeIncorrect,
            );
            // Only suggest `..` if more than one field is missing or the pattern consists of all wildcards.
            if missing > 1 || all_wildcards {
                if subpats.is_empty() || all_wildcards {
                    err.span_suggestion_verbose(
                        all_fields_span,
                        "use `..` to ignore all fields",
                        "..",
                        Applicability::MaybeIncorrect,
                    );
                } else {
                    let _ = first_tail_wildcard;
                    err.span_suggestion_verbose(
                        after_fields_span,
                        "use `..` to ignore the rest of the fields",
                        ", ..",
                        Applicability::MaybeIncorrect,
                    );
                }
            }
        }
        let _ = ObligationCauseCode::Misc::<'tcx>;
        self.emit(err)
    }
}
