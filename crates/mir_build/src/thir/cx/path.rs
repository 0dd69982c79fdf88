//! Paths, callees, overloaded operators, captures.

use hir::LangItem;
use hir::def::{CtorKind, DefKind, Res};
use ty::{CapturedPlace, UpvarCapture, UserTypeKind, hir_place};

use super::*;
use crate::region::TempLifetime;

impl<'tcx> ThirBuildCx<'tcx> {
    /// The callee of a method call or overloaded operator, as a value.
    pub(super) fn method_callee(
        &mut self,
        expr: &hir::Expr<'_>,
        span: Span,
        overloaded_callee: Option<Ty<'tcx>>,
    ) -> Expr<'tcx> {
        let (ty, user_ty) = match overloaded_callee {
            Some(fn_def) => (fn_def, None),
            None => match self.typeck_results.type_dependent_def(expr.hir_id) {
                Some((kind, def_id)) => {
                    let user_ty = self.user_args_applied_to_res(expr.hir_id, Res::Def(kind, def_id));
                    (self.tcx.mk_fn_def(def_id, self.node_args(expr.hir_id)), user_ty)
                }
                None => {
                    let guar = self.tcx.dcx().span_delayed_bug(expr.span, "no type-dependent def for method callee");
                    return self.error_expr(expr, guar);
                }
            },
        };
        Expr { temp_lifetime: self.temp_lifetime(expr), ty, span, kind: ExprKind::ZstLiteral { user_ty } }
    }

    pub(super) fn error_expr(&mut self, expr: &hir::Expr<'_>, guar: ErrorGuaranteed) -> Expr<'tcx> {
        self.error.get_or_insert(guar);
        Expr {
            temp_lifetime: self.temp_lifetime(expr),
            ty: Ty::new_error(self.tcx.interner(), guar),
            span: expr.span,
            kind: ExprKind::Error(guar),
        }
    }

    pub(super) fn temp_lifetime(&self, expr: &hir::Expr<'_>) -> TempLifetime {
        self.thir.scope_tree.temporary_scope(expr.hir_id.local_id)
    }

    /// The user's arguments of a path to a function, constructor or constant.
    pub(super) fn user_args_applied_to_res(&self, hir_id: hir::HirId, res: Res) -> UserTy<'tcx> {
        match res {
            Res::Def(DefKind::Ctor(_, CtorKind::Const), _) | Res::SelfCtor(_) => {
                super::super::pattern::user_args_applied_to_ty(self.typeck_results, hir_id)
            }
            _ => self.user_ty_at(hir_id),
        }
    }

    /// The user type of a struct's constructor, spoken of as the struct.
    pub(super) fn user_ty_of_adt(&self, hir_id: hir::HirId, adt: DefId) -> UserTy<'tcx> {
        let mut user_ty = self.user_ty_at(hir_id);
        if let Some(u) = &mut user_ty {
            if let UserTypeKind::TypeOf(did, _) = &mut u.value.kind {
                *did = adt;
            }
        }
        user_ty
    }

    pub(super) fn convert_path_expr(&mut self, expr: &'tcx hir::Expr<'tcx>, res: Res) -> ExprKind<'tcx> {
        let args = self.node_args(expr.hir_id);
        match res {
            Res::Def(DefKind::Fn | DefKind::AssocFn | DefKind::Ctor(_, CtorKind::Fn), _) | Res::SelfCtor(_) => {
                ExprKind::ZstLiteral { user_ty: self.user_args_applied_to_res(expr.hir_id, res) }
            }
            Res::Def(DefKind::ConstParam, def_id) => {
                let generics = self.tcx.generics_of(self.body_owner);
                let index = self.tcx.param_def_id_to_index(generics, def_id).unwrap_or(0);
                let name = self.tcx.item_name(def_id);
                ExprKind::ConstParam { param: ty::ParamConst::new(index, name), def_id }
            }
            Res::Def(DefKind::Const | DefKind::AssocConst, def_id) => {
                let user_ty = self.user_args_applied_to_res(expr.hir_id, res);
                ExprKind::NamedConst { def_id, args, user_ty }
            }
            Res::Def(DefKind::Ctor(_, CtorKind::Const), def_id) => {
                let user_ty = self.user_args_applied_to_res(expr.hir_id, res);
                match *self.typeck_results.node_type(expr.hir_id).kind() {
                    TyKind::Adt(adt_def, args) => ExprKind::Adt(Box::new(AdtExpr {
                        adt_def,
                        variant_index: adt_def.variant_index_with_ctor_id(def_id),
                        args,
                        user_ty,
                        fields: Box::new([]),
                        base: AdtExprBase::None,
                    })),
                    _ => {
                        let guar = self.tcx.dcx().span_delayed_bug(expr.span, "constructor of no ADT");
                        self.error_expr(expr, guar).kind
                    }
                }
            }
            // The place that the static's address points to.
            Res::Def(DefKind::Static { .. }, id) => {
                let ty = self.tcx.static_ptr_ty(id, self.typing_env);
                let kind = if self.tcx.is_thread_local_static(id) {
                    ExprKind::ThreadLocalRef(id)
                } else {
                    ExprKind::StaticRef { def_id: id }
                };
                let temp_lifetime = self.temp_lifetime(expr);
                let arg = self.push(Expr { ty, temp_lifetime, span: expr.span, kind });
                ExprKind::Deref { arg }
            }
            Res::Local(var) => self.convert_var(var),
            _ => {
                let guar = self.tcx.dcx().span_delayed_bug(expr.span, format!("res `{res:?}` not yet implemented"));
                self.error_expr(expr, guar).kind
            }
        }
    }

    /// A variable, of this body or captured.
    pub(super) fn convert_var(&mut self, var: hir::HirId) -> ExprKind<'tcx> {
        let is_upvar = self.tcx.upvars_mentioned(self.body_owner).is_some_and(|u| u.contains_key(&var));
        if is_upvar {
            ExprKind::UpvarRef { closure_def_id: self.body_owner, var_hir_id: LocalVarId(var) }
        } else {
            ExprKind::VarRef { id: LocalVarId(var) }
        }
    }

    pub(super) fn overloaded_operator(&mut self, expr: &'tcx hir::Expr<'tcx>, args: Box<[ExprId]>) -> ExprKind<'tcx> {
        let fun = self.method_callee(expr, expr.span, None);
        let ty = fun.ty;
        let fun = self.push(fun);
        ExprKind::Call { ty, fun, args, from_hir_call: false, fn_span: expr.span }
    }

    /// `*x` or `x[i]` by a method: the method gives a reference, of the receiver's kind, which is dereferenced.
    pub(super) fn overloaded_place(
        &mut self,
        expr: &'tcx hir::Expr<'tcx>,
        place_ty: Ty<'tcx>,
        overloaded_callee: Option<Ty<'tcx>>,
        args: Box<[ExprId]>,
        span: Span,
    ) -> ExprKind<'tcx> {
        let TyKind::Ref(region, _, mutbl) = *self.thir[args[0]].ty.kind() else {
            let guar = self.tcx.dcx().span_delayed_bug(span, "overloaded_place: receiver is not a reference");
            return self.error_expr(expr, guar).kind;
        };
        let ref_ty = self.tcx.mk_ref(region, place_ty, mutbl);
        let fun = self.method_callee(expr, span, overloaded_callee);
        let ty = fun.ty;
        let fun = self.push(fun);
        let temp_lifetime = self.temp_lifetime(expr);
        let kind = ExprKind::Call { ty, fun, args, from_hir_call: false, fn_span: span };
        let arg = self.push(Expr { temp_lifetime, ty: ref_ty, span, kind });
        ExprKind::Deref { arg }
    }

    /// The method that an overloaded autoderef calls, on this type.
    pub(super) fn deref_method(&self, mutbl: Mutability, self_ty: Ty<'tcx>, span: Span) -> Option<Ty<'tcx>> {
        let item = if mutbl == Mutability::Mut { LangItem::DerefMut } else { LangItem::Deref };
        let trait_id = self.tcx.require_lang_item(item, span);
        let items = self.tcx.associated_items(trait_id);
        let method = items.in_definition_order().find(|i| i.is_fn())?.def_id;
        Some(self.tcx.mk_fn_def(method, self.tcx.mk_args(&[self_ty.into()])))
    }

    /// A captured place as an expression of the closure's creator.
    pub(super) fn convert_captured_place(
        &mut self,
        closure: &'tcx hir::Expr<'tcx>,
        place: &hir_place::Place<'tcx>,
    ) -> Expr<'tcx> {
        let temp_lifetime = self.temp_lifetime(closure);
        let var = match place.base {
            hir_place::PlaceBase::Upvar(id) => id.var_path.hir_id,
            hir_place::PlaceBase::Local(id) => id,
            base => {
                let guar = self.tcx.dcx().span_delayed_bug(closure.span, format!("expected an upvar, found {base:?}"));
                return self.error_expr(closure, guar);
            }
        };
        let kind = self.convert_var(var);
        let mut expr = Expr { temp_lifetime, ty: place.base_ty, span: closure.span, kind };
        for proj in &place.projections {
            let kind = match proj.kind {
                hir_place::ProjectionKind::Deref => ExprKind::Deref { arg: self.push(expr.clone()) },
                hir_place::ProjectionKind::Field(name, variant_index) => {
                    ExprKind::Field { lhs: self.push(expr.clone()), variant_index, name }
                }
                hir_place::ProjectionKind::OpaqueCast => ExprKind::Use { source: self.push(expr.clone()) },
                hir_place::ProjectionKind::UnwrapUnsafeBinder => {
                    ExprKind::PlaceUnwrapUnsafeBinder { source: self.push(expr.clone()) }
                }
                hir_place::ProjectionKind::Index | hir_place::ProjectionKind::Subslice => continue,
            };
            expr = Expr { temp_lifetime, ty: proj.ty, span: closure.span, kind };
        }
        expr
    }

    /// The value of a closure's field.
    pub(super) fn capture_upvar(
        &mut self,
        closure: &'tcx hir::Expr<'tcx>,
        captured: &CapturedPlace<'tcx>,
        upvar_ty: Ty<'tcx>,
    ) -> ExprId {
        let place = self.convert_captured_place(closure, &captured.place);
        let temp_lifetime = place.temp_lifetime;
        let span = closure.span;
        let kind = match captured.info.capture_kind {
            UpvarCapture::ByValue => return self.push(place),
            UpvarCapture::ByUse => ExprKind::ByUse { expr: self.push(place), span },
            UpvarCapture::ByRef(borrow) => {
                use mir::{BorrowKind, MutBorrowKind};
                let borrow_kind = match borrow {
                    ty::closure::BorrowKind::Immutable => BorrowKind::Shared,
                    ty::closure::BorrowKind::UniqueImmutable => BorrowKind::Mut { kind: MutBorrowKind::ClosureCapture },
                    ty::closure::BorrowKind::Mutable => BorrowKind::Mut { kind: MutBorrowKind::Default },
                };
                ExprKind::Borrow { borrow_kind, arg: self.push(place) }
            }
        };
        self.push(Expr { temp_lifetime, ty: upvar_ty, span, kind })
    }
}
