//! Calls, among them those of functions whose const generics are written as arguments (`#[rustc_legacy_const_generics]`).

use hir::ExprKind;
use hir::def::{DefKind, Res};
use hir::definitions::DefPathData;
use thin_vec::ThinVec;

use crate::LoweringContext;

impl<'hir> LoweringContext<'_, 'hir> {
    pub(super) fn lower_expr_call(&mut self, f: &ast::Expr, args: &[ast::P<ast::Expr>]) -> ExprKind<'hir> {
        if let Some(const_args) = self.legacy_const_generic_args(f) {
            return self.lower_legacy_const_generics(f, args, &const_args);
        }
        let f = self.lower_expr(f);
        ExprKind::Call(f, self.lower_exprs(args))
    }

    /// The arguments that are const generics.
    fn legacy_const_generic_args(&self, f: &ast::Expr) -> Option<Vec<usize>> {
        let ast::ExprKind::Path(None, path) = &f.kind else {
            return None;
        };
        if self.resolver.legacy_const_generic_args.is_empty()
            || path.segments.last().is_none_or(|segment| segment.args.is_some())
        {
            return None;
        }
        let Res::Def(DefKind::Fn, def_id) = self.opt_full_res(f.id)? else {
            return None;
        };
        self.resolver.legacy_const_generic_args.get(&def_id)?.clone()
    }

    /// `f(a, 3)` as `f::<3>(a)`.
    fn lower_legacy_const_generics(
        &mut self,
        f: &ast::Expr,
        args: &[ast::P<ast::Expr>],
        const_args: &[usize],
    ) -> ExprKind<'hir> {
        let ast::ExprKind::Path(None, path) = &f.kind else {
            ::diagnostics::span_bug!(f.span, "a call of a path was expected")
        };
        let mut path = path.clone();
        let mut real_args: Vec<ast::P<ast::Expr>> = Vec::new();
        let mut generic_args = ThinVec::new();
        for (i, arg) in args.iter().enumerate() {
            if !const_args.contains(&i) {
                real_args.push(arg.clone());
                continue;
            }
            let id = self.next_node_id();
            self.create_def(id, DefPathData::LateAnonConst, DefKind::AnonConst, f.span);
            let anon = ast::AnonConst { id, value: arg.clone() };
            generic_args.push(ast::AngleBracketedArg::Arg(ast::GenericArg::Const(anon)));
        }
        if let Some(last) = path.segments.last_mut() {
            let args = ast::AngleBracketedArgs { span: f.span.shrink_to_hi(), args: generic_args };
            last.args = Some(args.into());
        }
        let qpath = self.lower_expr_qpath(f.id, &None, &path);
        let hir_id = self.lower_node_id(f.id);
        let callee = self.alloc(hir::Expr { hir_id, kind: ExprKind::Path(qpath), span: f.span });
        ExprKind::Call(callee, self.lower_exprs(&real_args))
    }
}
