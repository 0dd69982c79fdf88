//! The children of expressions, patterns, types, paths and generics.

use span::Ident;

use super::Visitor;
use crate::*;

macro_rules! walk_list {
    ($visitor:expr, $method:ident, $list:expr $(, $($extra:expr),*)?) => {
        for elem in $list {
            $visitor.$method(elem $(, $($extra),*)?);
        }
    };
}

pub fn walk_body<'v, V: Visitor<'v>>(v: &mut V, body: &Body<'v>) {
    walk_list!(v, visit_param, body.params);
    v.visit_expr(body.value);
}

pub fn walk_ident<'v, V: Visitor<'v>>(v: &mut V, ident: Ident) {
    v.visit_name(ident.name);
}

pub fn walk_label<'v, V: Visitor<'v>>(v: &mut V, label: &'v Label) {
    v.visit_ident(label.ident);
}

pub fn walk_param<'v, V: Visitor<'v>>(v: &mut V, param: &'v Param<'v>) {
    v.visit_id(param.hir_id);
    v.visit_pat(param.pat);
}

pub fn walk_local<'v, V: Visitor<'v>>(v: &mut V, local: &'v LetStmt<'v>) {
    // The initialiser first, as it is evaluated first.
    if let Some(init) = local.init {
        v.visit_expr(init);
    }
    v.visit_id(local.hir_id);
    v.visit_pat(local.pat);
    if let Some(els) = local.els {
        v.visit_block(els);
    }
    if let Some(ty) = local.ty {
        v.visit_ty(ty);
    }
}

pub fn walk_block<'v, V: Visitor<'v>>(v: &mut V, block: &'v Block<'v>) {
    v.visit_id(block.hir_id);
    walk_list!(v, visit_stmt, block.stmts);
    if let Some(expr) = block.expr {
        v.visit_expr(expr);
    }
}

pub fn walk_stmt<'v, V: Visitor<'v>>(v: &mut V, stmt: &'v Stmt<'v>) {
    v.visit_id(stmt.hir_id);
    match stmt.kind {
        StmtKind::Let(local) => v.visit_local(local),
        StmtKind::Item(item) => v.visit_nested_item(item),
        StmtKind::Expr(expr) | StmtKind::Semi(expr) => v.visit_expr(expr),
    }
}

pub fn walk_arm<'v, V: Visitor<'v>>(v: &mut V, arm: &'v Arm<'v>) {
    v.visit_id(arm.hir_id);
    v.visit_pat(arm.pat);
    if let Some(guard) = arm.guard {
        v.visit_expr(guard);
    }
    v.visit_expr(arm.body);
}

pub fn walk_ty_pat<'v, V: Visitor<'v>>(v: &mut V, pat: &'v TyPat<'v>) {
    v.visit_id(pat.hir_id);
    match &pat.kind {
        TyPatKind::Range(lo, hi) => {
            v.visit_const_arg(lo);
            v.visit_const_arg(hi);
        }
        TyPatKind::Or(pats) => walk_list!(v, visit_pattern_type_pattern, *pats),
        TyPatKind::NotNull | TyPatKind::Err(_) => {}
    }
}

pub fn walk_pat<'v, V: Visitor<'v>>(v: &mut V, pat: &'v Pat<'v>) {
    v.visit_id(pat.hir_id);
    match &pat.kind {
        PatKind::TupleStruct(qpath, children, _) => {
            v.visit_qpath(qpath, pat.hir_id, pat.span);
            walk_list!(v, visit_pat, *children);
        }
        PatKind::Struct(qpath, fields, _) => {
            v.visit_qpath(qpath, pat.hir_id, pat.span);
            walk_list!(v, visit_pat_field, *fields);
        }
        PatKind::Or(pats) | PatKind::Tuple(pats, _) => walk_list!(v, visit_pat, *pats),
        PatKind::Box(sub) | PatKind::Deref(sub) | PatKind::Ref(sub, _, _) => v.visit_pat(sub),
        PatKind::Binding(_, _, ident, sub) => {
            v.visit_ident(*ident);
            if let Some(sub) = sub {
                v.visit_pat(sub);
            }
        }
        PatKind::Expr(expr) => v.visit_pat_expr(expr),
        PatKind::Range(lo, hi, _) => {
            if let Some(lo) = lo {
                v.visit_pat_expr(lo);
            }
            if let Some(hi) = hi {
                v.visit_pat_expr(hi);
            }
        }
        PatKind::Missing | PatKind::Never | PatKind::Wild | PatKind::Err(_) => {}
        PatKind::Slice(before, mid, after) => {
            walk_list!(v, visit_pat, *before);
            if let Some(mid) = mid {
                v.visit_pat(mid);
            }
            walk_list!(v, visit_pat, *after);
        }
        PatKind::Guard(sub, cond) => {
            v.visit_pat(sub);
            v.visit_expr(cond);
        }
    }
}

pub fn walk_pat_field<'v, V: Visitor<'v>>(v: &mut V, field: &'v PatField<'v>) {
    v.visit_id(field.hir_id);
    v.visit_ident(field.ident);
    v.visit_pat(field.pat);
}

pub fn walk_pat_expr<'v, V: Visitor<'v>>(v: &mut V, expr: &'v PatExpr<'v>) {
    v.visit_id(expr.hir_id);
    match &expr.kind {
        PatExprKind::Lit { lit, negated } => v.visit_lit(expr.hir_id, *lit, *negated),
        PatExprKind::Path(qpath) => v.visit_qpath(qpath, expr.hir_id, expr.span),
    }
}

pub fn walk_anon_const<'v, V: Visitor<'v>>(v: &mut V, constant: &'v AnonConst) {
    v.visit_id(constant.hir_id);
    v.visit_nested_body(constant.body);
}

pub fn walk_inline_const<'v, V: Visitor<'v>>(v: &mut V, constant: &'v ConstBlock) {
    v.visit_id(constant.hir_id);
    v.visit_nested_body(constant.body);
}

pub fn walk_expr<'v, V: Visitor<'v>>(v: &mut V, expr: &'v Expr<'v>) {
    v.visit_id(expr.hir_id);
    match &expr.kind {
        ExprKind::Array(es) | ExprKind::Tup(es) => walk_list!(v, visit_expr, *es),
        ExprKind::ConstBlock(block) => v.visit_inline_const(block),
        ExprKind::Repeat(element, count) => {
            v.visit_expr(element);
            v.visit_const_arg(count);
        }
        ExprKind::Struct(qpath, fields, tail) => {
            v.visit_qpath(qpath, expr.hir_id, expr.span);
            walk_list!(v, visit_expr_field, *fields);
            match tail {
                StructTailExpr::Base(base) => v.visit_expr(base),
                StructTailExpr::None | StructTailExpr::DefaultFields(_) | StructTailExpr::NoneWithError(_) => {}
            }
        }
        ExprKind::Call(callee, args) => {
            v.visit_expr(callee);
            walk_list!(v, visit_expr, *args);
        }
        ExprKind::MethodCall(segment, receiver, args, _) => {
            v.visit_path_segment(segment);
            v.visit_expr(receiver);
            walk_list!(v, visit_expr, *args);
        }
        ExprKind::Binary(_, lhs, rhs) => {
            v.visit_expr(lhs);
            v.visit_expr(rhs);
        }
        ExprKind::AddrOf(_, _, sub)
        | ExprKind::Unary(_, sub)
        | ExprKind::Use(sub, _)
        | ExprKind::DropTemps(sub)
        | ExprKind::Field(sub, _)
        | ExprKind::Become(sub)
        | ExprKind::Yield(sub, _) => {
            v.visit_expr(sub);
            if let ExprKind::Field(_, ident) = &expr.kind {
                v.visit_ident(*ident);
            }
        }
        ExprKind::Cast(sub, ty) | ExprKind::Type(sub, ty) => {
            v.visit_expr(sub);
            v.visit_ty(ty);
        }
        ExprKind::UnsafeBinderCast(_, sub, ty) => {
            v.visit_expr(sub);
            if let Some(ty) = ty {
                v.visit_ty(ty);
            }
        }
        ExprKind::Let(LetExpr { pat, ty, init, .. }) => {
            v.visit_expr(init);
            v.visit_pat(pat);
            if let Some(ty) = ty {
                v.visit_ty(ty);
            }
        }
        ExprKind::If(cond, then, els) => {
            v.visit_expr(cond);
            v.visit_expr(then);
            if let Some(els) = els {
                v.visit_expr(els);
            }
        }
        ExprKind::Loop(block, label, _, _) => {
            if let Some(label) = label {
                v.visit_label(label);
            }
            v.visit_block(block);
        }
        ExprKind::Match(scrutinee, arms, _) => {
            v.visit_expr(scrutinee);
            walk_list!(v, visit_arm, *arms);
        }
        ExprKind::Closure(closure) => {
            walk_list!(v, visit_generic_param, closure.bound_generic_params);
            v.visit_fn(super::FnKind::Closure, closure.fn_decl, closure.body, closure.fn_decl_span, closure.def_id);
        }
        ExprKind::Block(block, label) => {
            if let Some(label) = label {
                v.visit_label(label);
            }
            v.visit_block(block);
        }
        ExprKind::Assign(lhs, rhs, _) | ExprKind::AssignOp(_, lhs, rhs) => {
            v.visit_expr(rhs);
            v.visit_expr(lhs);
        }
        ExprKind::Index(base, index, _) => {
            v.visit_expr(base);
            v.visit_expr(index);
        }
        ExprKind::Path(qpath) => v.visit_qpath(qpath, expr.hir_id, expr.span),
        ExprKind::Break(destination, value) => {
            if let Some(label) = &destination.label {
                v.visit_label(label);
            }
            if let Some(value) = value {
                v.visit_expr(value);
            }
        }
        ExprKind::Continue(destination) => {
            if let Some(label) = &destination.label {
                v.visit_label(label);
            }
        }
        ExprKind::Ret(value) => {
            if let Some(value) = value {
                v.visit_expr(value);
            }
        }
        ExprKind::InlineAsm(asm) => v.visit_inline_asm(asm, expr.hir_id),
        ExprKind::OffsetOf(container, fields) => {
            v.visit_ty(container);
            for field in *fields {
                v.visit_ident(*field);
            }
        }
        ExprKind::Lit(lit) => v.visit_lit(expr.hir_id, *lit, false),
        ExprKind::Err(_) => {}
    }
}

pub fn walk_expr_field<'v, V: Visitor<'v>>(v: &mut V, field: &'v ExprField<'v>) {
    v.visit_id(field.hir_id);
    v.visit_ident(field.ident);
    v.visit_expr(field.expr);
}

pub fn walk_inline_asm<'v, V: Visitor<'v>>(v: &mut V, asm: &'v InlineAsm<'v>, id: HirId) {
    for (op, op_sp) in asm.operands {
        match op {
            InlineAsmOperand::In { expr, .. }
            | InlineAsmOperand::InOut { expr, .. }
            | InlineAsmOperand::SymFn { expr } => v.visit_expr(expr),
            InlineAsmOperand::Out { expr, .. } => {
                if let Some(expr) = expr {
                    v.visit_expr(expr);
                }
            }
            InlineAsmOperand::SplitInOut { in_expr, out_expr, .. } => {
                v.visit_expr(in_expr);
                if let Some(expr) = out_expr {
                    v.visit_expr(expr);
                }
            }
            InlineAsmOperand::Const { anon_const } => v.visit_inline_const(anon_const),
            InlineAsmOperand::SymStatic { path, .. } => v.visit_qpath(path, id, *op_sp),
            InlineAsmOperand::Label { block } => v.visit_block(block),
        }
    }
}

pub fn walk_ty<'v, V: Visitor<'v>>(v: &mut V, ty: &'v Ty<'v>) {
    v.visit_id(ty.hir_id);
    match &ty.kind {
        TyKind::Slice(ty) => v.visit_ty(ty),
        TyKind::Ptr(mt) => v.visit_ty(mt.ty),
        TyKind::Ref(lifetime, mt) => {
            v.visit_lifetime(lifetime);
            v.visit_ty(mt.ty);
        }
        TyKind::Tup(tys) => walk_list!(v, visit_ty, *tys),
        TyKind::FnPtr(f) => {
            walk_list!(v, visit_generic_param, f.generic_params);
            v.visit_fn_decl(f.decl);
        }
        TyKind::UnsafeBinder(binder) => {
            walk_list!(v, visit_generic_param, binder.generic_params);
            v.visit_ty(binder.inner_ty);
        }
        TyKind::OpaqueDef(opaque) => v.visit_opaque_ty(opaque),
        TyKind::TraitAscription(bounds) => walk_list!(v, visit_param_bound, *bounds),
        TyKind::Path(qpath) => v.visit_qpath(qpath, ty.hir_id, ty.span),
        TyKind::Array(ty, length) => {
            v.visit_ty(ty);
            v.visit_const_arg(length);
        }
        TyKind::TraitObject(bounds, lifetime, _) => {
            walk_list!(v, visit_poly_trait_ref, *bounds);
            v.visit_lifetime(lifetime);
        }
        TyKind::Pat(ty, pat) => {
            v.visit_ty(ty);
            v.visit_pattern_type_pattern(pat);
        }
        TyKind::Never | TyKind::Infer | TyKind::Err(_) => {}
    }
}

pub fn walk_const_arg<'v, V: Visitor<'v>>(v: &mut V, c: &'v ConstArg<'v>) {
    v.visit_id(c.hir_id);
    match &c.kind {
        ConstArgKind::Path(qpath) => v.visit_qpath(qpath, c.hir_id, c.span),
        ConstArgKind::Anon(anon) => v.visit_anon_const(anon),
        ConstArgKind::Error(_) | ConstArgKind::Literal { .. } | ConstArgKind::Infer => {}
    }
}

pub fn walk_generic_arg<'v, V: Visitor<'v>>(v: &mut V, arg: &'v GenericArg<'v>) {
    match arg {
        GenericArg::Lifetime(lt) => v.visit_lifetime(lt),
        GenericArg::Type(ty) => v.visit_ty(ty),
        GenericArg::Const(ct) => v.visit_const_arg(ct),
        GenericArg::Infer(inf) => v.visit_infer(inf),
    }
}

pub fn walk_inf<'v, V: Visitor<'v>>(v: &mut V, inf: &'v InferArg) {
    v.visit_id(inf.hir_id);
}

pub fn walk_lifetime<'v, V: Visitor<'v>>(v: &mut V, lifetime: &'v Lifetime) {
    v.visit_id(lifetime.hir_id);
    v.visit_ident(lifetime.ident);
}

pub fn walk_generic_param<'v, V: Visitor<'v>>(v: &mut V, param: &'v GenericParam<'v>) {
    v.visit_id(param.hir_id);
    match param.name {
        ParamName::Plain(ident) | ParamName::Error(ident) => v.visit_ident(ident),
        ParamName::Fresh => {}
    }
    match param.kind {
        GenericParamKind::Lifetime { .. } => {}
        GenericParamKind::Type { default, .. } => {
            if let Some(ty) = default {
                v.visit_ty(ty);
            }
        }
        GenericParamKind::Const { ty, default } => {
            v.visit_ty(ty);
            if let Some(default) = default {
                v.visit_const_arg(default);
            }
        }
    }
}

pub fn walk_generics<'v, V: Visitor<'v>>(v: &mut V, generics: &'v Generics<'v>) {
    walk_list!(v, visit_generic_param, generics.params);
    walk_list!(v, visit_where_predicate, generics.predicates);
}

pub fn walk_where_predicate<'v, V: Visitor<'v>>(v: &mut V, predicate: &'v WherePredicate<'v>) {
    v.visit_id(predicate.hir_id);
    match predicate.kind {
        WherePredicateKind::BoundPredicate(p) => {
            v.visit_ty(p.bounded_ty);
            walk_list!(v, visit_param_bound, p.bounds);
            walk_list!(v, visit_generic_param, p.bound_generic_params);
        }
        WherePredicateKind::RegionPredicate(p) => {
            v.visit_lifetime(p.lifetime);
            walk_list!(v, visit_param_bound, p.bounds);
        }
        WherePredicateKind::EqPredicate(p) => {
            v.visit_ty(p.lhs_ty);
            v.visit_ty(p.rhs_ty);
        }
    }
}

pub fn walk_opaque_ty<'v, V: Visitor<'v>>(v: &mut V, opaque: &'v OpaqueTy<'v>) {
    v.visit_id(opaque.hir_id);
    walk_list!(v, visit_param_bound, opaque.bounds);
}

pub fn walk_param_bound<'v, V: Visitor<'v>>(v: &mut V, bound: &'v GenericBound<'v>) {
    match bound {
        GenericBound::Trait(tr) => v.visit_poly_trait_ref(tr),
        GenericBound::Outlives(lt) => v.visit_lifetime(lt),
        GenericBound::Use(args, _) => walk_list!(v, visit_precise_capturing_arg, *args),
    }
}

pub fn walk_precise_capturing_arg<'v, V: Visitor<'v>>(v: &mut V, arg: &'v PreciseCapturingArg<'v>) {
    match arg {
        PreciseCapturingArg::Lifetime(lt) => v.visit_lifetime(lt),
        PreciseCapturingArg::Param(param) => {
            v.visit_id(param.hir_id);
            v.visit_ident(param.ident);
        }
    }
}

pub fn walk_poly_trait_ref<'v, V: Visitor<'v>>(v: &mut V, tr: &'v PolyTraitRef<'v>) {
    walk_list!(v, visit_generic_param, tr.bound_generic_params);
    v.visit_trait_ref(&tr.trait_ref);
}

pub fn walk_trait_ref<'v, V: Visitor<'v>>(v: &mut V, tr: &'v TraitRef<'v>) {
    v.visit_id(tr.hir_ref_id);
    v.visit_path(tr.path, tr.hir_ref_id);
}

pub fn walk_qpath<'v, V: Visitor<'v>>(v: &mut V, qpath: &'v QPath<'v>, id: HirId) {
    match qpath {
        QPath::Resolved(qself, path) => {
            if let Some(qself) = qself {
                v.visit_ty(qself);
            }
            v.visit_path(path, id);
        }
        QPath::TypeRelative(qself, segment) => {
            v.visit_ty(qself);
            v.visit_path_segment(segment);
        }
        QPath::LangItem(..) => {}
    }
}

pub fn walk_path<'v, V: Visitor<'v>>(v: &mut V, path: &Path<'v>) {
    walk_list!(v, visit_path_segment, path.segments);
}

pub fn walk_path_segment<'v, V: Visitor<'v>>(v: &mut V, segment: &'v PathSegment<'v>) {
    v.visit_ident(segment.ident);
    v.visit_id(segment.hir_id);
    if let Some(args) = segment.args {
        v.visit_generic_args(args);
    }
}

pub fn walk_generic_args<'v, V: Visitor<'v>>(v: &mut V, args: &'v GenericArgs<'v>) {
    walk_list!(v, visit_generic_arg, args.args);
    walk_list!(v, visit_assoc_item_constraint, args.constraints);
}

pub fn walk_assoc_item_constraint<'v, V: Visitor<'v>>(v: &mut V, constraint: &'v AssocItemConstraint<'v>) {
    v.visit_id(constraint.hir_id);
    v.visit_ident(constraint.ident);
    v.visit_generic_args(constraint.gen_args);
    match constraint.kind {
        AssocItemConstraintKind::Equality { term: Term::Ty(ty) } => v.visit_ty(ty),
        AssocItemConstraintKind::Equality { term: Term::Const(c) } => v.visit_const_arg(c),
        AssocItemConstraintKind::Bound { bounds } => walk_list!(v, visit_param_bound, bounds),
    }
}
