//! Walking THIR.

use super::*;

/// A walk; methods default to going on into the parts.
pub trait Visitor<'a, 'tcx: 'a>: Sized {
    fn thir(&self) -> &'a Thir<'tcx>;
    fn visit_expr(&mut self, expr: &'a Expr<'tcx>) {
        walk_expr(self, expr);
    }
    fn visit_stmt(&mut self, stmt: &'a Stmt<'tcx>) {
        walk_stmt(self, stmt);
    }
    fn visit_block(&mut self, block: &'a Block) {
        walk_block(self, block);
    }
    fn visit_arm(&mut self, arm: &'a Arm<'tcx>) {
        walk_arm(self, arm);
    }
    fn visit_pat(&mut self, pat: &'a Pat<'tcx>) {
        walk_pat(self, pat);
    }
    /// A closure, which has a body of its own.
    fn visit_inner_body(&mut self, _def: LocalDefId) {}
}

/// Calls `f` with each direct operand of an expression, in order of evaluation; blocks, arms and patterns are left out.
pub fn for_each_operand(kind: &ExprKind<'_>, mut f: impl FnMut(ExprId)) {
    use ExprKind::*;
    match kind {
        Scope { value, .. } => f(*value),
        If { cond, then, else_opt, .. } => {
            f(*cond);
            f(*then);
            else_opt.iter().for_each(|e| f(*e));
        }
        Call { fun, args, .. } => {
            f(*fun);
            args.iter().for_each(|e| f(*e));
        }
        Binary { lhs, rhs, .. }
        | LogicalOp { lhs, rhs, .. }
        | Assign { lhs, rhs }
        | AssignOp { lhs, rhs, .. }
        | Index { lhs, index: rhs } => {
            f(*lhs);
            f(*rhs);
        }
        ByUse { expr: e, .. }
        | Deref { arg: e }
        | Unary { arg: e, .. }
        | Cast { source: e }
        | Use { source: e }
        | NeverToAny { source: e }
        | PointerCoercion { source: e, .. }
        | Loop { body: e }
        | Let { expr: e, .. }
        | Match { scrutinee: e, .. }
        | Field { lhs: e, .. }
        | Borrow { arg: e, .. }
        | RawBorrow { arg: e, .. }
        | Become { value: e }
        | Repeat { value: e, .. }
        | PlaceTypeAscription { source: e, .. }
        | ValueTypeAscription { source: e, .. }
        | PlaceUnwrapUnsafeBinder { source: e }
        | ValueUnwrapUnsafeBinder { source: e }
        | WrapUnsafeBinder { source: e }
        | Yield { value: e } => f(*e),
        Break { value, .. } | Return { value } => value.iter().for_each(|e| f(*e)),
        Array { fields } | Tuple { fields } => fields.iter().for_each(|e| f(*e)),
        Adt(adt) => {
            adt.fields.iter().for_each(|field| f(field.expr));
            if let AdtExprBase::Base { base, .. } = adt.base {
                f(base);
            }
        }
        Closure(closure) => closure.upvars.iter().for_each(|e| f(*e)),
        InlineAsm(asm) => {
            for op in &asm.operands {
                match *op {
                    InlineAsmOperand::In { expr, .. }
                    | InlineAsmOperand::Out { expr: Some(expr), .. }
                    | InlineAsmOperand::InOut { expr, .. }
                    | InlineAsmOperand::SymFn { value: expr } => f(expr),
                    InlineAsmOperand::SplitInOut { in_expr, out_expr, .. } => {
                        f(in_expr);
                        out_expr.iter().for_each(|e| f(*e));
                    }
                    InlineAsmOperand::Out { expr: None, .. }
                    | InlineAsmOperand::Const { .. }
                    | InlineAsmOperand::SymStatic { .. }
                    | InlineAsmOperand::Label { .. } => {}
                }
            }
        }
        Block { .. }
        | VarRef { .. }
        | UpvarRef { .. }
        | Continue { .. }
        | ConstBlock { .. }
        | Literal { .. }
        | NonHirLiteral { .. }
        | ZstLiteral { .. }
        | NamedConst { .. }
        | ConstParam { .. }
        | StaticRef { .. }
        | ThreadLocalRef(_)
        | OffsetOf { .. }
        | Error(_) => {}
    }
}

/// Into an expression's parts.
pub fn walk_expr<'a, 'tcx: 'a, V: Visitor<'a, 'tcx>>(v: &mut V, expr: &'a Expr<'tcx>) {
    let thir = v.thir();
    for_each_operand(&expr.kind, |e| v.visit_expr(&thir[e]));
    match &expr.kind {
        ExprKind::Let { pat, .. } => v.visit_pat(pat),
        ExprKind::Match { arms, .. } => arms.iter().for_each(|a| v.visit_arm(&thir[*a])),
        ExprKind::Block { block } => v.visit_block(&thir[*block]),
        ExprKind::Closure(c) => v.visit_inner_body(c.closure_id),
        ExprKind::ConstBlock { did, .. } => {
            if let Some(local) = did.as_local() {
                v.visit_inner_body(local);
            }
        }
        ExprKind::InlineAsm(asm) => {
            for op in &asm.operands {
                if let InlineAsmOperand::Label { block } = op {
                    v.visit_block(&thir[*block]);
                }
            }
        }
        _ => {}
    }
}

/// Into a statement's parts.
pub fn walk_stmt<'a, 'tcx: 'a, V: Visitor<'a, 'tcx>>(v: &mut V, stmt: &'a Stmt<'tcx>) {
    let thir = v.thir();
    match &stmt.kind {
        StmtKind::Expr { expr, .. } => v.visit_expr(&thir[*expr]),
        StmtKind::Let { initializer, pattern, else_block, .. } => {
            if let Some(init) = initializer {
                v.visit_expr(&thir[*init]);
            }
            v.visit_pat(pattern);
            if let Some(block) = else_block {
                v.visit_block(&thir[*block]);
            }
        }
    }
}

/// Into a block's parts.
pub fn walk_block<'a, 'tcx: 'a, V: Visitor<'a, 'tcx>>(v: &mut V, block: &'a Block) {
    let thir = v.thir();
    for stmt in &block.stmts {
        v.visit_stmt(&thir[*stmt]);
    }
    if let Some(e) = block.expr {
        v.visit_expr(&thir[e]);
    }
}

/// Into an arm's parts.
pub fn walk_arm<'a, 'tcx: 'a, V: Visitor<'a, 'tcx>>(v: &mut V, arm: &'a Arm<'tcx>) {
    let thir = v.thir();
    v.visit_pat(&arm.pattern);
    if let Some(guard) = arm.guard {
        v.visit_expr(&thir[guard]);
    }
    v.visit_expr(&thir[arm.body]);
}

/// Into a pattern's parts.
pub fn walk_pat<'a, 'tcx: 'a, V: Visitor<'a, 'tcx>>(v: &mut V, pat: &'a Pat<'tcx>) {
    for p in pat.subpatterns() {
        v.visit_pat(p);
    }
}
