//! Errors of bounds point at the argument that the bound is about.

use hir::{ExprKind, HirId, Node};
use span::Span;
use span::def_id::DefId;
use trait_solve::traits::{FulfillmentError, ObligationCauseCode};
use ty::{GenericArg, ParamTy, Ty, TyKind};

use super::FnCtxt;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Moves the span of an error of `WhereClauseInExpr` to the argument (or generic argument) to blame.
    pub(super) fn adjust_fulfillment_error(&self, error: &mut FulfillmentError<'tcx>) -> bool {
        let (def_id, hir_id, idx) = match *error.obligation.cause.code().peel_derives() {
            ObligationCauseCode::WhereClauseInExpr(def_id, _, hir_id, idx) => (def_id, hir_id, idx),
            _ => return false,
        };
        // The bound, with the definition's own parameters in it.
        let predicates = self.tcx.all_predicates_of(def_id);
        let Some(&(clause, predicate_span)) = predicates.get(idx) else {
            return false;
        };
        let self_and_args: Vec<GenericArg<'tcx>> = match clause.kind().skip_binder() {
            ty::ClauseKind::Trait(pred) => pred.trait_ref.args.to_vec(),
            ty::ClauseKind::Projection(pred) => pred.projection_term.args.to_vec(),
            ty::ClauseKind::ConstArgHasType(arg, ty) => vec![ty.into(), arg.into()],
            ty::ClauseKind::TypeOutlives(p) => vec![p.0.into()],
            _ => return false,
        };
        // First the parameters of the item itself, then those of its parent, then `Self`.
        let generics = self.tcx.generics_of(def_id);
        let mut own: Vec<ParamTy> = Vec::new();
        let mut parents: Vec<ParamTy> = Vec::new();
        let mut self_param = None;
        for arg in &self_and_args {
            let GenericArg::Type(t) = arg else { continue };
            for inner in t.walk() {
                let GenericArg::Type(t) = inner else { continue };
                if let TyKind::Param(p) = *t.kind() {
                    if p.index == 0 && p.name == span::kw::SelfUpper {
                        self_param = Some(p);
                    } else if p.index as usize >= generics.parent_count {
                        own.push(p);
                    } else {
                        parents.push(p);
                    }
                }
            }
        }
        let params: Vec<ParamTy> =
            own.first().copied().into_iter().chain(parents.first().copied()).chain(self_param).collect();

        match self.tcx.hir_node(hir_id) {
            // `<T as Trait>::f`: `T: Trait` is about `T`.
            Node::Expr(&hir::Expr { kind: ExprKind::Path(hir::QPath::Resolved(Some(qself), _)), .. })
                if predicate_span.is_dummy() && self_param.is_some() =>
            {
                error.obligation.cause.span =
                    qself.span.find_ancestor_in_same_ctxt(error.obligation.cause.span).unwrap_or(qself.span);
                true
            }
            Node::Expr(&hir::Expr { kind: ExprKind::Path(qpath), hir_id: path_id, .. }) => {
                match self.tcx.parent_hir_node(hir_id) {
                    Node::Expr(&hir::Expr { kind: ExprKind::Call(callee, args), span: call_span, .. })
                        if callee.hir_id == path_id =>
                    {
                        for p in &params {
                            if self.blame_specific_arg(error, def_id, *p, call_span, None, args) {
                                return true;
                            }
                        }
                        let _ = qpath;
                        // The callee itself otherwise.
                        if let Some(p) = own.first() {
                            if let Some(sp) = self.generic_arg_span(&qpath, def_id, *p) {
                                error.obligation.cause.span = sp;
                                return true;
                            }
                        }
                        true
                    }
                    _ => {
                        if let Some(p) = own.first() {
                            if let Some(sp) = self.generic_arg_span(&qpath, def_id, *p) {
                                error.obligation.cause.span = sp;
                                return true;
                            }
                        }
                        false
                    }
                }
            }
            Node::Expr(&hir::Expr { kind: ExprKind::MethodCall(segment, receiver, args, _), span, .. }) => {
                for p in &params {
                    if self.blame_specific_arg(error, def_id, *p, span, Some(receiver), args) {
                        return true;
                    }
                }
                if let Some(p) = own.first() {
                    if let Some(sp) = self.segment_arg_span(segment, def_id, *p) {
                        error.obligation.cause.span = sp;
                        return true;
                    }
                }
                // Handle `Self` param specifically, since it's separated in the method call representation.
                if self_param.is_some() {
                    error.obligation.cause.span =
                        receiver.span.find_ancestor_in_same_ctxt(error.obligation.cause.span).unwrap_or(receiver.span);
                    return true;
                }
                false
            }
            Node::Expr(&hir::Expr { kind: ExprKind::Struct(qpath, fields, ..), span, .. }) => {
                self.blame_field(error, def_id, &params, qpath, fields, span, hir_id)
            }
            _ => false,
        }
    }

    /// If exactly one argument's type mentions the parameter, that is to blame.
    fn blame_specific_arg(
        &self,
        error: &mut FulfillmentError<'tcx>,
        def_id: DefId,
        param: ParamTy,
        call_span: Span,
        receiver: Option<&'tcx hir::Expr<'tcx>>,
        args: &'tcx [hir::Expr<'tcx>],
    ) -> bool {
        let Some(sig) = self.fn_like_sig(def_id) else {
            return false;
        };
        let mentions = |ty: Ty<'tcx>| {
            ty.walk().any(
                |a| matches!(a, GenericArg::Type(t) if matches!(*t.kind(), TyKind::Param(p) if p.index == param.index)),
            )
        };
        // An argument whose type is the parameter itself (or a reference to it) is best.
        let inputs = sig.inputs();
        let mut referencing: Vec<(usize, Ty<'tcx>)> =
            inputs.iter().copied().enumerate().filter(|&(_, ty)| mentions(ty)).collect();
        // If there's one field that references the given generic, great!
        let is_direct = |ty: Ty<'tcx>| matches!(*ty.kind(), TyKind::Param(p) if p.index == param.index);
        if referencing.len() > 1 {
            let direct: Vec<_> = referencing.iter().copied().filter(|&(_, t)| is_direct(t)).collect();
            if direct.len() == 1 {
                referencing = direct;
            }
        }
        let [(idx, _)] = referencing[..] else {
            return false;
        };
        let arg = match receiver {
            Some(r) if idx == 0 => r,
            Some(_) => match args.get(idx - 1) {
                Some(a) => a,
                None => return false,
            },
            None => match args.get(idx) {
                Some(a) => a,
                None => return false,
            },
        };
        error.obligation.cause.span =
            arg.span.find_ancestor_in_same_ctxt(error.obligation.cause.span).unwrap_or(arg.span);
        let _ = call_span;
        // Why: an argument of a function.
        if let Node::Expr(hir::Expr { kind: ExprKind::Call(..) | ExprKind::MethodCall(..), .. }) =
            self.tcx.parent_hir_node(arg.hir_id)
        {
            let call_hir_id = self.tcx.parent_hir_id(arg.hir_id);
            // Of a receiver, what is called on it is of interest.
            if let Node::Expr(hir::Expr { kind: ExprKind::MethodCall(segment, receiver, ..), .. }) =
                self.tcx.hir_node(call_hir_id)
                && receiver.hir_id == arg.hir_id
            {
                error.obligation.cause.span = segment.ident.span;
            }
            error.obligation.cause.map_code(|parent_code| ObligationCauseCode::FunctionArg {
                arg_hir_id: arg.hir_id,
                call_hir_id,
                parent_code,
            });
        }
        true
    }

    fn fn_like_sig(&self, def_id: DefId) -> Option<ty::FnSig<'tcx>> {
        match self.tcx.def_kind(def_id) {
            hir::def::DefKind::Fn | hir::def::DefKind::AssocFn | hir::def::DefKind::Ctor(..) => {
                Some(self.tcx.fn_sig(def_id).instantiate_identity().skip_binder())
            }
            _ => None,
        }
    }

    fn generic_arg_span(&self, qpath: &hir::QPath<'tcx>, def_id: DefId, param: ParamTy) -> Option<Span> {
        let segment = match qpath {
            hir::QPath::Resolved(_, path) => path.segments.last()?,
            hir::QPath::TypeRelative(_, segment) => segment,
            hir::QPath::LangItem(..) => return None,
        };
        self.segment_arg_span(segment, def_id, param)
    }

    /// The written argument for the parameter.
    fn segment_arg_span(&self, segment: &hir::PathSegment<'tcx>, def_id: DefId, param: ParamTy) -> Option<Span> {
        let generics = self.tcx.generics_of(def_id);
        let own = generics
            .own_params
            .iter()
            .filter(|p| p.kind.is_ty_or_const() && !p.kind.is_synthetic())
            .filter(|p| !(p.index == 0 && generics.has_self && generics.parent.is_none()))
            .position(|p| p.index == param.index)?;
        segment.args?.args.iter().filter(|a| a.is_ty_or_const()).nth(own).map(|a| a.span())
    }

    fn blame_field(
        &self,
        error: &mut FulfillmentError<'tcx>,
        def_id: DefId,
        params: &[ParamTy],
        qpath: &hir::QPath<'tcx>,
        fields: &'tcx [hir::ExprField<'tcx>],
        _span: Span,
        hir_id: HirId,
    ) -> bool {
        let _ = (qpath, hir_id);
        let Some(adt) = matches!(
            self.tcx.def_kind(def_id),
            hir::def::DefKind::Struct | hir::def::DefKind::Enum | hir::def::DefKind::Union
        )
        .then(|| self.tcx.adt_def(def_id)) else {
            return false;
        };
        if adt.is_enum() {
            return false;
        }
        for param in params {
            let mentioning: Vec<_> = adt
                .non_enum_variant()
                .fields
                .iter()
                .filter(|f| {
                    self.tcx.type_of(f.did).skip_binder().walk().any(|a| {
                        matches!(a, GenericArg::Type(t) if matches!(*t.kind(), TyKind::Param(p) if p.index == param.index))
                    })
                })
                .collect();
            if let [field] = mentioning[..] {
                if let Some(f) = fields.iter().find(|f| f.ident.name == field.name) {
                    error.obligation.cause.span =
                        f.expr.span.find_ancestor_in_same_ctxt(error.obligation.cause.span).unwrap_or(f.span);
                    return true;
                }
            }
        }
        false
    }
}
