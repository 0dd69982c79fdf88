//! `as` casts (Reference, "Type cast expressions"). Checked at the end of the body, when types are known.

use diagnostics::codes::*;
use diagnostics::{Applicability, Diag, ErrCode};
use span::Span;
use ty::adjustment::AllowTwoPhase;
use ty::cast::{CastKind, CastTy, IntTy};
use ty::error::TypeError;
use ty::{Ty, TyKind, TypeAndMut, TypeVisitableExt};

use crate::FnCtxt;
use crate::expectation::Expectation::*;

/// A cast to be checked.
#[derive(Debug)]
pub(crate) struct CastCheck<'tcx> {
    /// The expression whose value is being casted
    expr: &'tcx hir::Expr<'tcx>,
    /// The source type for the cast expression
    expr_ty: Ty<'tcx>,
    expr_span: Span,
    /// The target type. That is, the type we are casting to.
    cast_ty: Ty<'tcx>,
    cast_span: Span,
    span: Span,
    /// Edition-2024 style body owner: where the cast stands.
    body_id: span::def_id::LocalDefId,
}

/// The kind of pointer and associated metadata (thin, length or vtable) - we only allow casts between wide pointers if
/// their metadata have the same kind.
#[derive(Debug, Copy, Clone, PartialEq, Eq)]
enum PointerKind<'tcx> {
    /// No metadata attached, ie pointer to sized type or foreign type
    Thin,
    /// A trait object
    VTable(ty::PolyExistentialPredicates<'tcx>),
    /// Slice
    Length,
    /// The unsize info of this projection or opaque type
    OfAlias(ty::AliasTy<'tcx>),
    /// The unsize info of this parameter
    OfParam(ty::ParamTy),
}

#[derive(Debug)]
enum CastError {
    ErrorGuaranteed(span::ErrorGuaranteed),
    CastToBool,
    CastToChar,
    DifferingKinds,
    /// Cast of thin to wide raw ptr (e.g., `*const () as *const [u8]`).
    SizedUnsizedCast,
    IllegalCast,
    NeedDeref,
    NeedViaPtr,
    NeedViaThinPtr,
    NeedViaInt,
    NonScalar,
    UnknownExprPtrKind,
    UnknownCastPtrKind,
    /// Cast of int to (possibly) wide raw pointer. Argument is the specific name of the metadata in plain words.
    IntToWideCast(Option<&'static str>),
    ForeignNonExhaustiveAdt,
    PtrPtrAddingAutoTrait(Vec<span::def_id::DefId>),
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(crate) fn check_expr_cast(
        &self,
        e: &'tcx hir::Expr<'tcx>,
        t: &'tcx hir::Ty<'tcx>,
        expr: &'tcx hir::Expr<'tcx>,
    ) -> Ty<'tcx> {
        // Find the type of `e`. Supply hints based on the type we are casting to, but if fundamental types are not
        // known, then that's all we can do.
        let t_cast = self.lower_ty_saving_user_provided_ty(t);
        let t_cast = self.resolve_vars_if_possible(t_cast);
        let t_expr = self.check_expr_with_expectation(e, ExpectCastableToType(t_cast));
        let t_expr = self.resolve_vars_if_possible(t_expr);

        // Eagerly check for some obvious errors.
        if let Err(guar) = t_expr.error_reported().and_then(|()| t_cast.error_reported()) {
            return Ty::new_error(*self.tcx, guar);
        }
        // Defer other checks until we're done type checking.
        let cast = CastCheck {
            expr: e,
            expr_ty: t_expr,
            expr_span: e.span,
            cast_ty: t_cast,
            cast_span: t.span,
            span: expr.span,
            body_id: self.body_id,
        };
        // For better error messages, check for some obviously unsized casts now.
        match t_cast.kind() {
            TyKind::Dynamic(..) | TyKind::Slice(..) | TyKind::Str => {
                let guar = cast.report_as_to_unsized(self);
                return Ty::new_error(*self.tcx, guar);
            }
            _ => {}
        }
        // Numbers to numbers need no wait.
        if t_expr.is_numeric() && !t_expr.is_ty_infer() && t_cast.is_numeric() {
            if t_expr == t_cast {
                cast.lint_trivial(self);
            }
            return t_cast;
        }
        self.deferred_cast_checks.borrow_mut().push(cast);
        t_cast
    }

    pub(crate) fn check_casts(&self) {
        // don't hold the borrow to deferred_cast_checks while checking to avoid borrow checker errors when writing.
        let mut casts = std::mem::take(&mut *self.deferred_cast_checks.borrow_mut());
        for cast in casts.drain(..) {
            cast.check(self);
        }
        *self.deferred_cast_checks.borrow_mut() = casts;
    }

    /// Returns the kind of unsize information of t, or None if t is unknown.
    fn pointer_kind(&self, t: Ty<'tcx>, span: Span) -> Result<Option<PointerKind<'tcx>>, span::ErrorGuaranteed> {
        let t = self.try_structurally_resolve_type(span, t);
        t.error_reported()?;
        if self.root_ctxt.infcx.type_is_sized_modulo_regions(self.param_env, t) {
            return Ok(Some(PointerKind::Thin));
        }
        Ok(match *t.kind() {
            TyKind::Slice(_) | TyKind::Str => Some(PointerKind::Length),
            TyKind::Dynamic(tty, _) => Some(PointerKind::VTable(tty)),
            TyKind::Adt(def, args) if def.is_struct() => match def.non_enum_variant().fields.iter().last() {
                None => Some(PointerKind::Thin),
                Some(f) => {
                    let field_ty = self.field_ty(span, f, args);
                    self.pointer_kind(field_ty, span)?
                }
            },
            TyKind::Tuple(fields) => match fields.last() {
                None => Some(PointerKind::Thin),
                Some(&f) => self.pointer_kind(f, span)?,
            },
            TyKind::UnsafeBinder(_) => None,
            // Pointers to foreign types are thin, despite being unsized
            TyKind::Foreign(..) => Some(PointerKind::Thin),
            // We should really try to normalize here.
            TyKind::Alias(_, pi) => Some(PointerKind::OfAlias(pi)),
            TyKind::Param(p) => Some(PointerKind::OfParam(p)),
            // Insufficient type information.
            TyKind::Placeholder(..) | TyKind::Bound(..) | TyKind::Infer(_) => None,
            _ => Some(PointerKind::Thin),
        })
    }
}

impl<'tcx> CastCheck<'tcx> {
    /// E0620.
    fn report_as_to_unsized(&self, fcx: &FnCtxt<'_, 'tcx>) -> span::ErrorGuaranteed {
        let tstr = fcx.ty_to_string(self.cast_ty);
        let mut err = fcx.err(
            self.span,
            E0620,
            format!("cast to unsized type: `{}` as `{tstr}`", fcx.ty_to_string(self.expr_ty)),
        );
        match *self.expr_ty.kind() {
            TyKind::Ref(_, _, mt) => {
                let mtstr = if mt.is_mut() { "mut " } else { "" };
                err.span_suggestion_verbose(
                    self.cast_span.shrink_to_lo(),
                    "consider casting to a reference instead",
                    format!("&{mtstr}"),
                    Applicability::MachineApplicable,
                );
            }
            TyKind::Adt(def, ..) if def.is_box() => {
                err.multipart_suggestion(
                    "you can cast to a `Box` instead",
                    vec![
                        (self.cast_span.shrink_to_lo(), "Box<".to_string()),
                        (self.cast_span.shrink_to_hi(), ">".to_string()),
                    ],
                    Applicability::MachineApplicable,
                );
            }
            _ => {
                err.span_help(self.expr_span, "consider using a box or reference as appropriate");
            }
        }
        fcx.emit(err)
    }

    fn error(&self, fcx: &FnCtxt<'_, 'tcx>, code: ErrCode, what: &str) -> Diag<'tcx> {
        fcx.err(
            self.span,
            code,
            format!("casting `{}` as `{}` {what}", fcx.ty_to_string(self.expr_ty), fcx.ty_to_string(self.cast_ty)),
        )
    }

    /// A reference or function where a cast cannot give one: `&` before the operand, or nothing to say but that it
    /// is wrong. Whether it was labelled.
    fn suggest_borrow(&self, fcx: &FnCtxt<'_, 'tcx>, err: &mut diagnostics::Diag<'_>) -> bool {
        let tcx = fcx.tcx;
        let erased = tcx.lifetimes().re_erased;
        let mut sugg: Option<(String, bool)> = None;
        match *self.cast_ty.kind() {
            TyKind::Ref(reg, cast_ty, mutbl) => {
                match *self.expr_ty.kind() {
                    TyKind::RawPtr(expr_ty, _) if fcx.may_coerce(tcx.mk_ref(erased, expr_ty, mutbl), self.cast_ty) => {
                        sugg = Some((format!("&{}*", mutbl.prefix_str()), cast_ty == expr_ty));
                    }
                    TyKind::Ref(expr_reg, expr_ty, hir::Mutability::Not)
                        if mutbl.is_mut()
                            && fcx.may_coerce(tcx.mk_ref(expr_reg, expr_ty, hir::Mutability::Mut), self.cast_ty) =>
                    {
                        err.span_label(self.span, "invalid cast");
                        err.span_note(self.expr_span, "this reference is immutable");
                        err.span_note(self.cast_span, "trying to cast to a mutable reference type");
                        return true;
                    }
                    _ => {}
                }
                if sugg.is_none() && fcx.may_coerce(tcx.mk_ref(reg, self.expr_ty, mutbl), self.cast_ty) {
                    sugg = Some((format!("&{}", mutbl.prefix_str()), false));
                }
            }
            TyKind::RawPtr(_, mutbl) if fcx.may_coerce(tcx.mk_ref(erased, self.expr_ty, mutbl), self.cast_ty) => {
                sugg = Some((format!("&{}", mutbl.prefix_str()), false));
            }
            TyKind::FnDef(..) | TyKind::FnPtr(..) | TyKind::Closure(..) => {
                err.span_label(self.span, "invalid cast");
                return true;
            }
            _ => {}
        }
        let Some((text, remove_cast)) = sugg else { return false };
        err.span_label(self.span, "invalid cast");
        let in_parens = tcx.sess().source_map().span_to_snippet(self.expr_span).is_some_and(|s| s.starts_with('('));
        let needs_parens = !in_parens && matches!(self.expr.kind, hir::ExprKind::Cast(..));
        let mut parts = vec![(self.expr_span.shrink_to_lo(), text)];
        if needs_parens {
            parts[0].1.push('(');
            parts.push((self.expr_span.shrink_to_hi(), ")".to_owned()));
        }
        if remove_cast {
            parts.push((self.expr_span.shrink_to_hi().to(self.cast_span), String::new()));
        }
        err.multipart_suggestion("consider borrowing the value", parts, Applicability::MachineApplicable);
        true
    }

    fn report_cast_error(&self, fcx: &FnCtxt<'_, 'tcx>, e: CastError) {
        let from = fcx.ty_to_string(self.expr_ty);
        let to = fcx.ty_to_string(self.cast_ty);
        let err = match e {
            CastError::ErrorGuaranteed(_) => return,
            CastError::NeedDeref => {
                let mut err = self.error(fcx, E0606, "is invalid");
                if matches!(self.expr.kind, hir::ExprKind::AddrOf(..)) {
                    // get just the borrow part of the expression
                    let span = self.expr_span.with_hi(self.expr.peel_borrows().span.lo());
                    err.span_suggestion_verbose(
                        span,
                        "remove the unneeded borrow",
                        "",
                        Applicability::MachineApplicable,
                    );
                } else {
                    err.span_suggestion_verbose(
                        self.expr_span.shrink_to_lo(),
                        "dereference the expression",
                        "*",
                        Applicability::MachineApplicable,
                    );
                }
                err.span_label(self.span, format!("cannot cast `{from}` as `{to}`"));
                err
            }
            CastError::NeedViaThinPtr | CastError::NeedViaPtr => {
                let mut err = self.error(fcx, E0606, "is invalid");
                if self.cast_ty.is_integral() {
                    err.help(format!(
                        "cast through {} first",
                        if matches!(e, CastError::NeedViaPtr) { "a raw pointer" } else { "a thin pointer" }
                    ));
                }
                err
            }
            CastError::NeedViaInt => {
                let mut err = self.error(fcx, E0606, "is invalid");
                err.help("cast through an integer first");
                err
            }
            CastError::IllegalCast => self.error(fcx, E0606, "is invalid"),
            CastError::DifferingKinds => {
                self.error(fcx, E0606, "is invalid").with_note("the trait objects may have different vtables")
            }
            CastError::CastToBool => {
                let mut err = fcx.err(self.span, E0054, format!("cannot cast `{from}` as `bool`"));
                if self.expr_ty.is_numeric() {
                    err.span_suggestion_verbose(
                        self.span.with_lo(self.expr_span.hi()),
                        "compare with zero instead",
                        " != 0",
                        Applicability::MachineApplicable,
                    );
                } else {
                    err.span_label(self.span, "unsupported cast");
                }
                err
            }
            CastError::CastToChar => {
                let mut err = fcx.err(self.span, E0604, format!("only `u8` can be cast as `char`, not `{from}`"));
                err.span_label(self.span, "invalid cast");
                if self.expr_ty.is_numeric() {
                    if self.expr_ty == fcx.tcx.types().u32 {
                        err.multipart_suggestion(
                            "consider using `char::from_u32` instead",
                            vec![
                                (self.expr_span.shrink_to_lo(), "char::from_u32(".to_string()),
                                (self.expr_span.shrink_to_hi().to(self.cast_span), ")".to_string()),
                            ],
                            Applicability::MachineApplicable,
                        );
                    } else if self.expr_ty == fcx.tcx.types().i8 {
                        err.span_help(self.span, "consider casting from `u8` instead");
                    } else {
                        err.span_help(self.span, "consider using `char::from_u32` instead (via a `u32`)");
                    }
                }
                err
            }
            CastError::NonScalar => {
                let mut err = fcx.err(self.span, E0605, format!("non-primitive cast: `{from}` as `{to}`"));
                if !self.suggest_borrow(fcx, &mut err) {
                    // Check `impl From<self.expr_ty> for self.cast_ty {}` for accurate suggestion:
                    if let Some(from_trait) = fcx.tcx.get_diagnostic_item(span::sym::From) {
                        let ty = fcx.resolve_vars_if_possible(self.cast_ty);
                        let expr_ty = fcx.resolve_vars_if_possible(self.expr_ty);
                        let pred = ty::TraitRef::new(*fcx.tcx, from_trait, [ty, expr_ty]);
                        let o = trait_solve::traits::Obligation::new(fcx.tcx, fcx.misc(self.span), fcx.param_env, pred);
                        if fcx.root_ctxt.infcx.predicate_must_hold_modulo_regions(&o) {
                            let path = match *ty.kind() {
                                TyKind::Adt(def, args) => fcx.tcx.value_path_str_with_args(def.did(), args),
                                _ => to.clone(),
                            };
                            err.multipart_suggestion(
                                "consider using the `From` trait instead",
                                vec![
                                    (self.expr_span.shrink_to_lo(), format!("{path}::from(")),
                                    (self.expr_span.shrink_to_hi().to(self.cast_span), ")".to_string()),
                                ],
                                Applicability::MaybeIncorrect,
                            );
                        }
                    }
                    let (msg, note) = if let TyKind::Adt(adt, _) = self.expr_ty.kind() {
                        if adt.is_enum() && self.cast_ty.is_numeric() {
                            (
                                "an `as` expression can be used to convert enum types to numeric types only if the enum type is unit-only or field-less",
                                Some(
                                    "see https://doc.rust-lang.org/reference/items/enumerations.html#casting for more information",
                                ),
                            )
                        } else {
                            (
                                "an `as` expression can only be used to convert between primitive types or to coerce to a specific trait object",
                                None,
                            )
                        }
                    } else {
                        (
                            "an `as` expression can only be used to convert between primitive types or to coerce to a specific trait object",
                            None,
                        )
                    };
                    err.span_label(self.span, msg);
                    if let Some(note) = note {
                        err.note(note);
                    }
                }
                err
            }
            CastError::SizedUnsizedCast => {
                fcx.err(self.span, E0607, format!("cannot cast thin pointer `{from}` to wide pointer `{to}`"))
            }
            CastError::IntToWideCast(known_metadata) => {
                let expr_if_nightly = false;
                let _ = expr_if_nightly;
                let mut err = fcx.err(
                    self.cast_span,
                    E0606,
                    match known_metadata {
                        Some(_) => format!("cannot cast `{from}` to a pointer that is wide"),
                        None => "cannot cast to a pointer of an unknown kind".to_string(),
                    },
                );
                if let Some(m) = known_metadata {
                    err.span_label(self.cast_span, format!("creating a `{to}` requires both an address and {m}"));
                }
                err
            }
            CastError::UnknownCastPtrKind | CastError::UnknownExprPtrKind => {
                let unknown_cast_to = matches!(e, CastError::UnknownCastPtrKind);
                let (span, what) = if unknown_cast_to { (self.cast_span, "to") } else { (self.span, "from") };
                let mut err = fcx.err(
                    if unknown_cast_to { self.cast_span } else { self.span },
                    E0641,
                    format!("cannot cast {what} a pointer of an unknown kind"),
                );
                err.span_label(span, "needs more type information");
                err.note("the type information given here is insufficient to check whether the pointer cast is valid");
                err
            }
            CastError::ForeignNonExhaustiveAdt => self
                .error(fcx, E0606, "is invalid")
                .with_note("cannot cast an enum with a non-exhaustive variant when it's defined in another crate"),
            CastError::PtrPtrAddingAutoTrait(added) => {
                let names: Vec<String> = added.iter().map(|d| format!("`{}`", fcx.tcx.item_name(*d))).collect();
                fcx.err(
                    self.span,
                    E0804,
                    format!(
                        "cannot add auto trait{} {} to dyn bound via pointer cast",
                        if names.len() == 1 { "" } else { "s" },
                        names.join(", ")
                    ),
                )
                .with_span_label(self.span, "unsupported cast")
            }
        };
        fcx.emit(err);
    }

    fn check(mut self, fcx: &FnCtxt<'_, 'tcx>) {
        self.expr_ty = fcx.structurally_resolve_type(self.expr_span, self.expr_ty);
        self.cast_ty = fcx.structurally_resolve_type(self.cast_span, self.cast_ty);
        let _ = self.body_id;

        if !fcx.root_ctxt.infcx.type_is_sized_modulo_regions(fcx.param_env, self.cast_ty)
            && !self.cast_ty.has_infer_types()
        {
            self.report_as_to_unsized(fcx);
        } else if self.expr_ty.references_error() || self.cast_ty.references_error() {
            // No sense in giving duplicate error messages
        } else {
            match self.try_coercion_cast(fcx) {
                Ok(()) => {
                    // Pointers to types that differ in their regions alone are still cast: only borrow checking sees that.
                    if !(self.expr_ty.is_raw_ptr() && self.cast_ty.is_raw_ptr()) {
                        self.lint_trivial(fcx);
                        fcx.typeck_results.borrow_mut().coercion_casts.insert(self.expr.hir_id.local_id);
                    }
                }
                Err(_) => match self.do_check(fcx) {
                    Ok(_) => {}
                    Err(e) => self.report_cast_error(fcx, e),
                },
            }
        }
    }

    /// A coercion would do.
    fn lint_trivial(&self, fcx: &FnCtxt<'_, 'tcx>) {
        let from = fcx.resolve_vars_if_possible(self.expr_ty);
        let to = fcx.resolve_vars_if_possible(self.cast_ty);
        let (what, lint) = match from.is_numeric() && to.is_numeric() {
            true => ("numeric cast", &session::lint::TRIVIAL_NUMERIC_CASTS),
            false => ("cast", &session::lint::TRIVIAL_CASTS),
        };
        let msg = format!("trivial {what}: `{from}` as `{to}`");
        fcx.tcx.emit_node_span_lint(lint, self.expr.hir_id, self.span, msg, |d| {
            d.help("cast can be replaced by coercion; this might require a temporary variable");
        });
    }

    fn try_coercion_cast(&self, fcx: &FnCtxt<'_, 'tcx>) -> Result<(), TypeError<'tcx>> {
        // Numbers do not coerce.
        fcx.coerce(self.expr, self.expr_ty, self.cast_ty, AllowTwoPhase::No, None).map(|_| ())
    }

    /// Checks a cast, and report an error if one exists. In some cases, this can return Ok and create type errors in the
    /// fcx rather than returning directly. coercion-cast is handled in check instead of here.
    fn do_check(&self, fcx: &FnCtxt<'_, 'tcx>) -> Result<CastKind, CastError> {
        use CastTy::*;
        let (t_from, t_cast) = match (CastTy::from_ty(self.expr_ty), CastTy::from_ty(self.cast_ty)) {
            (Some(t_from), Some(t_cast)) => (t_from, t_cast),
            // Function item types may need to be reified before casts.
            (None, Some(t_cast)) => {
                match *self.expr_ty.kind() {
                    TyKind::FnDef(..) => {
                        // Attempt a coercion to a fn pointer type.
                        let f = fcx.normalize(self.expr_span, fcx.tcx.fn_sig_of_ty(self.expr_ty).expect("a fn item"));
                        let res = fcx.coerce(self.expr, self.expr_ty, fcx.tcx.mk_fn_ptr(f), AllowTwoPhase::No, None);
                        if let Err(TypeError::IntrinsicCast) = res {
                            return Err(CastError::IllegalCast);
                        }
                        if res.is_err() {
                            return Err(CastError::NonScalar);
                        }
                        (FnPtr, t_cast)
                    }
                    // Special case some errors for references: check for array-ptr-casts. `Ref` is not a CastTy because
                    // the cast is split into two steps, a coercion to a pointer type and a cast.
                    TyKind::Ref(_, inner_ty, mutbl) => {
                        return match t_cast {
                            Int(_) | Float => match *inner_ty.kind() {
                                TyKind::Int(_)
                                | TyKind::Uint(_)
                                | TyKind::Float(_)
                                | TyKind::Infer(ty::InferTy::IntVar(_) | ty::InferTy::FloatVar(_)) => {
                                    Err(CastError::NeedDeref)
                                }
                                _ => Err(CastError::NeedViaPtr),
                            },
                            // array-ptr-cast
                            Ptr(mt) => self.check_ref_cast(fcx, TypeAndMut { mutbl, ty: inner_ty }, mt),
                            _ => Err(CastError::NonScalar),
                        };
                    }
                    _ => return Err(CastError::NonScalar),
                }
            }
            // If the other side is an integer and this an enum of another crate, or nothing scalar at all.
            _ => return Err(CastError::NonScalar),
        };

        if let TyKind::Adt(adt_def, _) = *self.expr_ty.kind() {
            if !adt_def.did().is_local() && adt_def.variants().iter().any(|v| v.is_field_list_non_exhaustive()) {
                return Err(CastError::ForeignNonExhaustiveAdt);
            }
        }
        match (t_from, t_cast) {
            // These types have invariants! can't cast into them.
            (_, Int(IntTy::CEnum) | FnPtr) => Err(CastError::NonScalar),
            // * -> Bool
            (_, Int(IntTy::Bool)) => Err(CastError::CastToBool),
            // * -> Char
            (Int(IntTy::U(ty::UintTy::U8)), Int(IntTy::Char)) => Ok(CastKind::U8CharCast),
            (_, Int(IntTy::Char)) => Err(CastError::CastToChar),
            // prim -> float,ptr
            (Int(IntTy::CEnum) | Int(IntTy::Bool) | Int(IntTy::Char), Float) => Err(CastError::NeedViaInt),
            (Ptr(_) | FnPtr, Float) | (Float, Ptr(_)) => Err(CastError::IllegalCast),
            (Int(IntTy::CEnum) | Int(IntTy::Bool) | Int(IntTy::Char), Ptr(_)) => Err(CastError::NeedViaInt),
            // ptr -> ptr
            (Ptr(m_e), Ptr(m_c)) => self.check_ptr_ptr_cast(fcx, m_e, m_c), // ptr-ptr-cast
            // ptr-addr-cast
            (Ptr(m_expr), Int(_)) => self.check_ptr_addr_cast(fcx, m_expr),
            (FnPtr, Int(_)) => Ok(CastKind::FnPtrAddrCast),
            // addr-ptr-cast
            (Int(i), Ptr(mt)) => match i {
                IntTy::I | IntTy::U(_) => self.check_addr_ptr_cast(fcx, mt),
                _ => Err(CastError::IllegalCast),
            },
            // fn-ptr-cast
            (FnPtr, Ptr(mt)) => self.check_fptr_ptr_cast(fcx, mt),
            // prim -> prim
            (Int(IntTy::CEnum), Int(_)) => Ok(CastKind::EnumCast),
            (Int(IntTy::Char) | Int(IntTy::Bool), Int(_)) => Ok(CastKind::PrimIntCast),
            (Int(_) | Float, Int(_) | Float) => Ok(CastKind::NumericCast),
        }
    }

    fn check_ptr_ptr_cast(
        &self,
        fcx: &FnCtxt<'_, 'tcx>,
        m_src: TypeAndMut<'tcx>,
        m_dst: TypeAndMut<'tcx>,
    ) -> Result<CastKind, CastError> {
        // ptr-ptr cast. metadata must match.
        let src_kind = fcx.pointer_kind(m_src.ty, self.span).map_err(CastError::ErrorGuaranteed)?;
        let dst_kind = fcx.pointer_kind(m_dst.ty, self.span).map_err(CastError::ErrorGuaranteed)?;

        // We can't cast if target pointer kind is unknown
        let Some(dst_kind) = dst_kind else {
            return Err(CastError::UnknownCastPtrKind);
        };
        // Cast to thin pointer is OK
        if dst_kind == PointerKind::Thin {
            return Ok(CastKind::PtrPtrCast);
        }
        // We can't cast to wide pointer if source pointer kind is unknown
        let Some(src_kind) = src_kind else {
            return Err(CastError::UnknownCastPtrKind);
        };
        match (src_kind, dst_kind) {
            // thin -> fat? report invalid cast (don't complain about vtable kinds)
            (PointerKind::Thin, _) => Err(CastError::SizedUnsizedCast),
            // trait object -> trait object? need to do additional checks
            (PointerKind::VTable(src_tty), PointerKind::VTable(dst_tty)) => {
                match (src_tty.principal(), dst_tty.principal()) {
                    // A<dyn Src<...> + SrcAuto> -> B<dyn Dst<...> + DstAuto>. need to make sure `Src` and `Dst` traits
                    // are the same and auto traits are dropped only.
                    (Some(src_principal), Some(_)) => {
                        let tcx = fcx.tcx;
                        // Remove auto traits and regions: the types must be equal.
                        let strip = |p: ty::PolyExistentialPredicates<'tcx>| {
                            let v: Vec<_> = p
                                .iter()
                                .filter(|p| !matches!(p.skip_binder(), ty::ExistentialPredicate::AutoTrait(_)))
                                .collect();
                            tcx.mk_dynamic(tcx.mk_poly_existential_predicates(&v), tcx.lifetimes().re_erased)
                        };
                        let src_obj = strip(src_tty);
                        let dst_obj = strip(dst_tty);
                        // `dyn Src = dyn Dst`, this checks for matching traits/generics/projections
                        let cause = fcx.misc(self.span);
                        match fcx.at(&cause, fcx.param_env).eq(
                            trait_solve::infer::DefineOpaqueTypes::Yes,
                            src_obj,
                            dst_obj,
                        ) {
                            Ok(ok) => fcx.register_infer_ok_obligations(ok),
                            Err(_) => return Err(CastError::DifferingKinds),
                        }
                        // Check that `SrcAuto` (+auto traits implied by `Src`) is a superset of `DstAuto`.
                        let mut src_auto: Vec<_> = src_tty.auto_traits().collect();
                        src_auto.extend(
                            tcx.supertrait_def_ids_of(src_principal.def_id())
                                .iter()
                                .copied()
                                .filter(|d| tcx.trait_is_auto(*d)),
                        );
                        let added: Vec<_> =
                            dst_tty.auto_traits().filter(|trait_did| !src_auto.contains(trait_did)).collect();
                        if !added.is_empty() {
                            return Err(CastError::PtrPtrAddingAutoTrait(added));
                        }
                        Ok(CastKind::PtrPtrCast)
                    }
                    // dyn Auto -> dyn Auto'? ok.
                    (None, None) => Ok(CastKind::PtrPtrCast),
                    // dyn Trait -> dyn Auto? not ok (involves vtable change).
                    (Some(_), None) => Err(CastError::DifferingKinds),
                    // dyn Auto -> dyn Trait? not ok.
                    (None, Some(_)) => Err(CastError::DifferingKinds),
                }
            }
            // fat -> fat? metadata kinds must match
            (src_kind, dst_kind) if src_kind == dst_kind => Ok(CastKind::PtrPtrCast),
            (_, _) => Err(CastError::DifferingKinds),
        }
    }

    fn check_fptr_ptr_cast(&self, fcx: &FnCtxt<'_, 'tcx>, m_cast: TypeAndMut<'tcx>) -> Result<CastKind, CastError> {
        // fptr-ptr cast. must be to thin ptr
        match fcx.pointer_kind(m_cast.ty, self.span).map_err(CastError::ErrorGuaranteed)? {
            None => Err(CastError::UnknownCastPtrKind),
            Some(PointerKind::Thin) => Ok(CastKind::FnPtrPtrCast),
            _ => Err(CastError::IllegalCast),
        }
    }

    fn check_ptr_addr_cast(&self, fcx: &FnCtxt<'_, 'tcx>, m_expr: TypeAndMut<'tcx>) -> Result<CastKind, CastError> {
        // ptr-addr cast. must be from thin ptr
        match fcx.pointer_kind(m_expr.ty, self.span).map_err(CastError::ErrorGuaranteed)? {
            None => Err(CastError::UnknownExprPtrKind),
            Some(PointerKind::Thin) => Ok(CastKind::PtrAddrCast),
            _ => Err(CastError::NeedViaThinPtr),
        }
    }

    fn check_ref_cast(
        &self,
        fcx: &FnCtxt<'_, 'tcx>,
        m_expr: TypeAndMut<'tcx>,
        m_cast: TypeAndMut<'tcx>,
    ) -> Result<CastKind, CastError> {
        // array-ptr-cast: allow going from &[T; N] to *const T, &mut [T; N] to *mut T or *const T.
        if m_expr.mutbl >= m_cast.mutbl {
            if let TyKind::Array(ety, _) = *m_expr.ty.kind() {
                // Due to limitations of LLVM vector constants, we can't represent a cast of one to the other.
                let array_ptr_type = fcx.tcx.mk_ptr(m_expr.ty, m_expr.mutbl);
                if fcx.coerce(self.expr, self.expr_ty, array_ptr_type, AllowTwoPhase::No, None).is_err() {
                    return Err(CastError::IllegalCast);
                }
                // this will report a type mismatch if needed
                fcx.demand_eqtype(self.span, ety, m_cast.ty);
                return Ok(CastKind::ArrayPtrCast);
            }
        }
        Err(CastError::IllegalCast)
    }

    fn check_addr_ptr_cast(&self, fcx: &FnCtxt<'_, 'tcx>, m_cast: TypeAndMut<'tcx>) -> Result<CastKind, CastError> {
        // ptr-addr cast. pointer must be thin.
        match fcx.pointer_kind(m_cast.ty, self.span).map_err(CastError::ErrorGuaranteed)? {
            None => Err(CastError::UnknownCastPtrKind),
            Some(PointerKind::Thin) => Ok(CastKind::AddrPtrCast),
            Some(PointerKind::VTable(_)) => Err(CastError::IntToWideCast(Some("a vtable"))),
            Some(PointerKind::Length) => Err(CastError::IntToWideCast(Some("a length"))),
            Some(PointerKind::OfAlias(_) | PointerKind::OfParam(_)) => Err(CastError::IntToWideCast(None)),
        }
    }
}
