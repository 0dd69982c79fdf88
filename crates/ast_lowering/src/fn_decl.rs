//! Functions: parameters' types, return types, headers, bodies.

use ast::NodeId;
use hir::{FnRetTy, ImplicitSelfKind, LangItem, OpaqueTyOrigin, RpitContext, TyKind};
use span::def_id::LocalDefId;
use span::{DesugaringKind, Ident, Span, kw, sym};

use crate::{ImplTraitContext, ImplTraitPosition, LoweringContext};

/// What a function's declaration belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FnDeclKind {
    Fn,
    /// In an inherent impl.
    Inherent,
    ExternFn,
    Closure,
    Pointer,
    Trait,
    /// In a trait's impl.
    Impl,
}

impl FnDeclKind {
    fn param_itctx(self) -> ImplTraitContext {
        match self {
            FnDeclKind::Fn | FnDeclKind::Inherent | FnDeclKind::Impl | FnDeclKind::Trait => ImplTraitContext::Universal,
            FnDeclKind::ExternFn => ImplTraitContext::Disallowed(ImplTraitPosition::ExternFnParam),
            FnDeclKind::Closure => ImplTraitContext::Disallowed(ImplTraitPosition::ClosureParam),
            FnDeclKind::Pointer => ImplTraitContext::Disallowed(ImplTraitPosition::PointerParam),
        }
    }

    fn rpit_context(self) -> Option<RpitContext> {
        match self {
            FnDeclKind::Trait => Some(RpitContext::Trait),
            FnDeclKind::Impl => Some(RpitContext::TraitImpl),
            _ => None,
        }
    }

    fn return_itctx(self, parent: impl FnOnce() -> LocalDefId) -> ImplTraitContext {
        match self {
            FnDeclKind::Fn | FnDeclKind::Inherent | FnDeclKind::Trait | FnDeclKind::Impl => {
                let origin = OpaqueTyOrigin::FnReturn { parent: parent(), in_trait_or_impl: self.rpit_context() };
                ImplTraitContext::OpaqueTy { origin }
            }
            FnDeclKind::ExternFn => ImplTraitContext::Disallowed(ImplTraitPosition::ExternFnReturn),
            FnDeclKind::Closure => ImplTraitContext::Disallowed(ImplTraitPosition::ClosureReturn),
            FnDeclKind::Pointer => ImplTraitContext::Disallowed(ImplTraitPosition::PointerReturn),
        }
    }
}

impl<'hir> LoweringContext<'_, 'hir> {
    pub(crate) fn lower_fn_decl(
        &mut self,
        decl: &ast::FnDecl,
        fn_node_id: NodeId,
        _fn_span: Span,
        kind: FnDeclKind,
        coro: Option<ast::CoroutineKind>,
    ) -> &'hir hir::FnDecl<'hir> {
        let c_variadic = decl.inputs.last().is_some_and(|param| matches!(param.ty.kind, ast::TyKind::CVarArgs));
        // `...` is no parameter in HIR.
        let inputs = &decl.inputs[..decl.inputs.len() - usize::from(c_variadic)];
        let itctx = kind.param_itctx();
        let inputs: Vec<_> = inputs.iter().map(|param| self.lower_ty_direct(&param.ty, itctx)).collect();
        let output = match (coro, &decl.output) {
            (Some(coro), output) => self.lower_coroutine_fn_ret_ty(output, fn_node_id, coro, kind),
            (None, ast::FnRetTy::Ty(ty)) => {
                let itctx = kind.return_itctx(|| self.local_def_id(fn_node_id));
                FnRetTy::Return(self.lower_ty(ty, itctx))
            }
            (None, ast::FnRetTy::Default(span)) => FnRetTy::DefaultReturn(*span),
        };
        self.alloc(hir::FnDecl {
            inputs: self.arena.alloc_slice(&inputs),
            output,
            c_variadic,
            lifetime_elision_allowed: self.resolver.lifetime_elision_allowed.contains(&fn_node_id),
            implicit_self: implicit_self(decl),
        })
    }

    /// `async fn f() -> T` returns `impl Future<Output = T>`.
    fn lower_coroutine_fn_ret_ty(
        &mut self,
        output: &ast::FnRetTy,
        fn_node_id: NodeId,
        coro: ast::CoroutineKind,
        kind: FnDeclKind,
    ) -> FnRetTy<'hir> {
        let parent = self.local_def_id(fn_node_id);
        let span = match output {
            ast::FnRetTy::Default(span) => *span,
            ast::FnRetTy::Ty(ty) => ty.span,
        };
        let opaque_span = self.mark(DesugaringKind::Async, span);
        let in_trait_or_impl = kind.rpit_context();
        let (id, trait_item, assoc_name) = match coro {
            ast::CoroutineKind::Async { return_impl_trait_id, .. } => {
                (return_impl_trait_id, LangItem::Future, sym::Output)
            }
            ast::CoroutineKind::Gen { return_impl_trait_id, .. } => {
                (return_impl_trait_id, LangItem::Iterator, sym::Item)
            }
            ast::CoroutineKind::AsyncGen { return_impl_trait_id, .. } => {
                (return_impl_trait_id, LangItem::AsyncIterator, sym::Item)
            }
        };
        let origin = OpaqueTyOrigin::AsyncFn { parent, in_trait_or_impl };
        let opaque = self.lower_opaque(id, origin, opaque_span, |this| {
            let inner = OpaqueTyOrigin::FnReturn { parent, in_trait_or_impl };
            let output_ty = match output {
                ast::FnRetTy::Ty(ty) => this.lower_ty(ty, ImplTraitContext::OpaqueTy { origin: inner }),
                ast::FnRetTy::Default(span) => this.ty_tup(*span, &[]),
            };
            let constraint = this.assoc_ty_binding(assoc_name, opaque_span, output_ty);
            let args = this.alloc(hir::GenericArgs {
                args: &[],
                constraints: this.arena.alloc_slice(&[constraint]),
                parenthesized: hir::GenericArgsParentheses::No,
                span_ext: span::DUMMY_SP,
            });
            let path = this.make_lang_item_path(trait_item, opaque_span, Some(args));
            let bound = hir::GenericBound::Trait(hir::PolyTraitRef {
                bound_generic_params: &[],
                modifiers: hir::TraitBoundModifiers::NONE,
                trait_ref: hir::TraitRef { path, hir_ref_id: this.next_id() },
                span: opaque_span,
            });
            this.arena.alloc_slice(&[bound])
        });
        FnRetTy::Return(self.ty(opaque_span, opaque))
    }

    pub(crate) fn lower_fn_params_to_idents(&mut self, decl: &ast::FnDecl) -> &'hir [Option<Ident>] {
        let idents: Vec<_> = decl
            .inputs
            .iter()
            .filter(|param| !matches!(param.ty.kind, ast::TyKind::CVarArgs))
            .map(|param| match param.pat.kind {
                ast::PatKind::Missing => None,
                ast::PatKind::Wild => Some(Ident::new(kw::Underscore, param.pat.span)),
                ast::PatKind::Ident(_, ident, _) => (ident.name != kw::Empty).then_some(ident),
                // Other patterns without a body were reported.
                _ => None,
            })
            .collect();
        self.arena.alloc_slice(&idents)
    }

    pub(crate) fn lower_fn_header(
        &self,
        h: ast::FnHeader,
        default_safety: hir::Safety,
        attrs: &[ast::Attribute],
    ) -> hir::FnHeader {
        let asyncness = match h.coroutine_kind {
            Some(ast::CoroutineKind::Async { span, .. }) => hir::IsAsync::Async(span),
            _ => hir::IsAsync::NotAsync,
        };
        let safety = self.lower_safety(h.safety, default_safety);
        // A safe function with target features is unsafe to call where those are not enabled.
        let safety = if safety.is_safe() && ast::attr::contains_name(attrs, sym::target_feature) {
            hir::HeaderSafety::SafeTargetFeatures
        } else {
            hir::HeaderSafety::Normal(safety)
        };
        hir::FnHeader { safety, asyncness, constness: self.lower_constness(h.constness), abi: self.lower_extern(h.ext) }
    }

    pub(crate) fn lower_constness(&self, c: ast::Const) -> hir::Constness {
        match c {
            ast::Const::Yes(_) => hir::Constness::Const,
            ast::Const::No => hir::Constness::NotConst,
        }
    }

    pub(crate) fn lower_safety(&self, s: ast::Safety, default: hir::Safety) -> hir::Safety {
        match s {
            ast::Safety::Unsafe(_) => hir::Safety::Unsafe,
            ast::Safety::Safe(_) => hir::Safety::Safe,
            ast::Safety::Default => default,
        }
    }

    // Bodies.

    /// Lowers a body by `f`, which gives the parameters and the value.
    pub(crate) fn lower_body(
        &mut self,
        f: impl FnOnce(&mut Self) -> (&'hir [hir::Param<'hir>], hir::Expr<'hir>),
    ) -> hir::BodyId {
        let coroutine_kind = self.coroutine_kind.take();
        let task_context = self.task_context.take();
        let (params, value) = f(self);
        let body = self.alloc(hir::Body { params, value: self.alloc(value) });
        let id = body.id();
        self.bodies.insert(id.hir_id.local_id, body);
        self.task_context = task_context;
        self.coroutine_kind = coroutine_kind;
        id
    }

    pub(crate) fn lower_param(&mut self, param: &ast::Param) -> hir::Param<'hir> {
        let hir_id = self.lower_node_id(param.id);
        self.lower_attrs(hir_id, &param.attrs);
        hir::Param { hir_id, pat: self.lower_pat(&param.pat), ty_span: param.ty.span, span: param.span }
    }

    pub(crate) fn lower_params(&mut self, decl: &ast::FnDecl) -> &'hir [hir::Param<'hir>] {
        let params: Vec<_> = decl.inputs.iter().map(|param| self.lower_param(param)).collect();
        self.arena.alloc_slice(&params)
    }

    pub(crate) fn lower_fn_body(
        &mut self,
        decl: &ast::FnDecl,
        body: impl FnOnce(&mut Self) -> hir::Expr<'hir>,
    ) -> hir::BodyId {
        self.lower_body(|this| {
            let params = this.lower_params(decl);
            (params, body(this))
        })
    }

    pub(crate) fn lower_const_body(&mut self, span: Span, expr: Option<&ast::Expr>) -> hir::BodyId {
        self.lower_body(|this| {
            let value = match expr {
                Some(expr) => this.lower_expr_mut(expr),
                None => {
                    let guar = this.dcx().span_delayed_bug(span, "a constant without a value");
                    this.expr_err(span, guar)
                }
            };
            (&[], value)
        })
    }

    /// The body of a function, which may be `async` or absent.
    pub(crate) fn lower_maybe_coroutine_body(
        &mut self,
        span: Span,
        sig: &ast::FnSig,
        body: Option<&ast::Block>,
        attrs: &[ast::Attribute],
    ) -> hir::BodyId {
        let Some(body) = body else {
            return self.lower_fn_body(&sig.decl, |this| {
                if ast::attr::contains_name(attrs, sym::rustc_intrinsic) {
                    // An intrinsic without a fallback: `loop {}` fits every return type.
                    let block = this.block_all(span, &[], None);
                    this.expr(span, hir::ExprKind::Loop(block, None, hir::LoopSource::Loop, span))
                } else {
                    let guar = this.dcx().span_delayed_bug(span, "a function without a body");
                    this.expr_err(span, guar)
                }
            });
        };
        let Some(coroutine_kind) = sig.header.coroutine_kind else {
            return self.lower_fn_body(&sig.decl, |this| this.lower_block_expr(body));
        };
        self.lower_body(|this| {
            this.lower_coroutine_body_with_moved_arguments(
                &sig.decl,
                |this| this.lower_block_expr(body),
                sig.span,
                body.span,
                coroutine_kind,
                hir::CoroutineSource::Fn,
            )
        })
    }

    /// The type of an error, where a type must be.
    pub(crate) fn ty_err(&mut self, span: Span, guar: ::diagnostics::ErrorGuaranteed) -> &'hir hir::Ty<'hir> {
        self.ty(span, TyKind::Err(guar))
    }
}

fn implicit_self(decl: &ast::FnDecl) -> ImplicitSelfKind {
    let Some(arg) = decl.inputs.first() else {
        return ImplicitSelfKind::None;
    };
    let is_mutable_pat = matches!(arg.pat.kind, ast::PatKind::Ident(ast::BindingMode(_, ast::Mutability::Mut), ..));
    match &arg.ty.kind {
        ast::TyKind::ImplicitSelf if is_mutable_pat => ImplicitSelfKind::Mut,
        ast::TyKind::ImplicitSelf => ImplicitSelfKind::Imm,
        ast::TyKind::Ref(_, mt) | ast::TyKind::PinnedRef(_, mt) if mt.ty.kind.is_implicit_self() => match mt.mutbl {
            ast::Mutability::Mut => ImplicitSelfKind::RefMut,
            ast::Mutability::Not => ImplicitSelfKind::RefImm,
        },
        _ => ImplicitSelfKind::None,
    }
}
