//! The analysis: from what is known after an expression to what is known before it.

use hir::def::Res;
use hir::{Block, Expr, ExprKind, HirId, InlineAsmOperand, Pat, PatKind, QPath, StmtKind, StructTailExpr};
use span::def_id::LocalDefId;
use ty::closure::ClosureKind;

use super::state::{Bit, State};
use super::{Assignment, Liveness, VarKind};

/// What an assignment does to what its place held.
#[derive(Clone, Copy, PartialEq)]
enum Write {
    /// Replaces all of it.
    Whole,
    /// A part, or by way of the old value (`x += 1`).
    Part,
}

impl<'tcx> Liveness<'tcx> {
    pub(super) fn run(&mut self, owner: LocalDefId, body: &'tcx hir::Body<'tcx>) {
        let n = self.vars.len();
        self.exit = State::new(n);
        let repeats =
            self.tcx.is_closure_like(owner.to_def_id()) && self.closure_kind(owner) == Some(ClosureKind::FnMut);
        let mut entry = self.expr(body.value, State::new(n));
        if repeats {
            // What a call leaves in its captures is there in the next one.
            loop {
                let mut exit = State::new(n);
                for (i, _) in self.vars.iter().enumerate().filter(|(_, v)| v.kind == VarKind::Upvar) {
                    exit.set(Bit::Live, i, entry.get(Bit::Live, i));
                }
                if !self.exit.merge(&exit) {
                    break;
                }
                let exit = self.exit.clone();
                entry = self.expr(body.value, exit);
            }
        }
        for param in body.params.iter().rev() {
            entry = self.define(param.pat, entry, true);
        }
        for i in 0..n {
            if self.vars[i].kind == VarKind::Upvar {
                self.note_definition(i, &entry);
            }
        }
    }

    fn closure_kind(&self, owner: LocalDefId) -> Option<ClosureKind> {
        let id = self.tcx.local_def_id_to_hir_id(owner);
        match *self.typeck.node_type_opt(id)?.kind() {
            ty::TyKind::Closure(_, args) => Some(args.as_closure().kind()),
            _ => None,
        }
    }

    fn note_definition(&mut self, var: usize, after: &State) {
        let v = &mut self.vars[var];
        v.used |= after.get(Bit::Used, var);
        v.written |= after.get(Bit::Written, var);
        v.initial_live |= after.get(Bit::Live, var);
    }

    /// The bindings of a pattern begin; `initialised`: with a value.
    fn define(&mut self, pat: &'tcx Pat<'tcx>, mut after: State, initialised: bool) -> State {
        let mut guards = Vec::new();
        let mut found = Vec::new();
        pat.walk_always(|p| match p.kind {
            PatKind::Binding(_, id, ..) => found.push(id),
            PatKind::Guard(_, cond) => guards.push(cond),
            _ => {}
        });
        for cond in guards {
            after = self.expr(cond, after);
        }
        for id in found {
            if let Some(var) = self.var_of(id) {
                self.note_definition(var, &after);
                self.vars[var].initialised |= initialised;
                after.set(Bit::Live, var, false);
                after.set(Bit::Written, var, false);
                after.set(Bit::Used, var, false);
            }
        }
        after
    }

    fn read(&self, id: HirId, mut after: State) -> State {
        if let Some(var) = self.var_of(id) {
            after.set(Bit::Live, var, true);
            after.set(Bit::Used, var, true);
        }
        after
    }

    fn block(&mut self, block: &'tcx Block<'tcx>, after: State) -> State {
        if block.targeted_by_break {
            self.breaks.insert(block.hir_id, after.clone());
        }
        let mut state = self.opt_expr(block.expr, after);
        for stmt in block.stmts.iter().rev() {
            state = match stmt.kind {
                StmtKind::Let(local) => {
                    let otherwise = local.els.map(|els| self.block(els, state.clone()));
                    let mut state = self.define(local.pat, state, local.init.is_some());
                    if let Some(otherwise) = otherwise {
                        state.merge(&otherwise);
                    }
                    self.opt_expr(local.init, state)
                }
                StmtKind::Item(_) => state,
                StmtKind::Expr(e) | StmtKind::Semi(e) => self.expr(e, state),
            };
        }
        state
    }

    fn opt_expr(&mut self, e: Option<&'tcx Expr<'tcx>>, after: State) -> State {
        match e {
            Some(e) => self.expr(e, after),
            None => after,
        }
    }

    fn exprs(&mut self, list: &'tcx [Expr<'tcx>], after: State) -> State {
        list.iter().rev().fold(after, |state, e| self.expr(e, state))
    }

    /// After a call that does not return comes the end.
    fn after_call(&self, e: &Expr<'_>, after: State) -> State {
        let ty = self.typeck.expr_ty(e);
        let diverges = ty.is_never()
            || (matches!(ty.kind(), ty::TyKind::Adt(..) | ty::TyKind::Tuple(_)) && {
                let env = self.tcx.typing_env_non_body_analysis(self.typeck.hir_owner.to_def_id());
                !self.tcx.is_inhabited_from(ty, self.module, env)
            });
        if diverges { self.exit.clone() } else { after }
    }

    fn expr(&mut self, e: &'tcx Expr<'tcx>, after: State) -> State {
        match e.kind {
            ExprKind::Path(QPath::Resolved(_, path)) => match path.res {
                Res::Local(id) => self.read(id, after),
                _ => after,
            },
            ExprKind::Path(_)
            | ExprKind::Lit(_)
            | ExprKind::ConstBlock(_)
            | ExprKind::OffsetOf(..)
            | ExprKind::Err(_) => after,
            ExprKind::Field(inner, _)
            | ExprKind::AddrOf(_, _, inner)
            | ExprKind::Cast(inner, _)
            | ExprKind::Type(inner, _)
            | ExprKind::DropTemps(inner)
            | ExprKind::Use(inner, _)
            | ExprKind::Repeat(inner, _)
            | ExprKind::Yield(inner, _)
            | ExprKind::UnsafeBinderCast(_, inner, _)
            | ExprKind::Unary(_, inner) => self.expr(inner, after),
            ExprKind::Closure(closure) => self.closure(closure, after),
            ExprKind::Let(l) => {
                let state = self.define(l.pat, after, true);
                self.expr(l.init, state)
            }
            ExprKind::If(cond, then, otherwise) => {
                let mut state = self.opt_expr(otherwise, after.clone());
                let then = self.expr(then, after);
                state.merge(&then);
                self.expr(cond, state)
            }
            ExprKind::Loop(block, ..) => self.loop_(e.hir_id, block, after),
            ExprKind::Match(scrutinee, arms, _) => self.match_(scrutinee, arms, &after),
            ExprKind::Block(block, _) => self.block(block, after),
            ExprKind::Ret(value) => {
                let exit = self.exit.clone();
                self.opt_expr(value, exit)
            }
            ExprKind::Become(call) => {
                let exit = self.exit.clone();
                self.expr(call, exit)
            }
            ExprKind::Break(dest, value) => {
                let state = match dest.target_id {
                    Ok(id) => self.breaks.get(&id).cloned(),
                    Err(_) => None,
                };
                self.opt_expr(value, state.unwrap_or(after))
            }
            ExprKind::Continue(dest) => match dest.target_id {
                Ok(id) => self.continues.get(&id).cloned().unwrap_or(after),
                Err(_) => after,
            },
            ExprKind::Assign(place, value, _) => {
                let state = self.write(e, place, Write::Whole, after);
                let state = self.place_parts(place, state);
                self.expr(value, state)
            }
            ExprKind::AssignOp(_, place, value) => {
                if self.typeck.is_method_call(e) {
                    // By `&mut place`.
                    let state = self.expr(place, after);
                    self.expr(value, state)
                } else {
                    let state = self.write(e, place, Write::Part, after);
                    let state = self.place_parts(place, state);
                    self.expr(value, state)
                }
            }
            ExprKind::Binary(op, a, b) if op.node.is_lazy() => {
                let mut state = self.expr(b, after.clone());
                state.merge(&after);
                self.expr(a, state)
            }
            ExprKind::Binary(_, a, b) | ExprKind::Index(a, b, _) => {
                let state = self.expr(b, after);
                self.expr(a, state)
            }
            ExprKind::Array(list) | ExprKind::Tup(list) => self.exprs(list, after),
            ExprKind::Struct(_, fields, tail) => {
                let mut state = match tail {
                    StructTailExpr::Base(base) => self.expr(base, after),
                    _ => after,
                };
                for field in fields.iter().rev() {
                    state = self.expr(field.expr, state);
                }
                state
            }
            ExprKind::Call(f, args) => {
                let state = self.after_call(e, after);
                let state = self.exprs(args, state);
                self.expr(f, state)
            }
            ExprKind::MethodCall(_, receiver, args, _) => {
                let state = self.after_call(e, after);
                let state = self.exprs(args, state);
                self.expr(receiver, state)
            }
            ExprKind::InlineAsm(asm) => self.asm(e, asm, after),
        }
    }

    /// A closure mentions what it captures.
    fn closure(&mut self, closure: &hir::Closure<'tcx>, mut after: State) -> State {
        if let Some(upvars) = self.tcx.upvars_mentioned(closure.def_id.to_def_id()) {
            for &id in upvars.keys() {
                after = self.read(id, after);
            }
        }
        after
    }

    fn loop_(&mut self, id: HirId, body: &'tcx Block<'tcx>, after: State) -> State {
        self.breaks.insert(id, after);
        // A former visit's result is below the fixpoint, as states only grow.
        let n = self.vars.len();
        let mut start = self.continues.get(&id).cloned().unwrap_or_else(|| State::new(n));
        loop {
            self.continues.insert(id, start.clone());
            let before = self.block(body, start.clone());
            if !start.merge(&before) {
                return start;
            }
        }
    }

    fn match_(&mut self, scrutinee: &'tcx Expr<'tcx>, arms: &'tcx [hir::Arm<'tcx>], after: &State) -> State {
        let mut state = State::new(self.vars.len());
        for arm in arms.iter().rev() {
            let mut body = self.expr(arm.body, after.clone());
            if let Some(guard) = arm.guard {
                // If it is false, the next arms are tried.
                body.merge(&state);
                body = self.expr(guard, body);
            }
            let before = self.define(arm.pat, body, true);
            state.merge(&before);
        }
        self.expr(scrutinee, state)
    }

    fn asm(&mut self, e: &'tcx Expr<'tcx>, asm: &'tcx hir::InlineAsm<'tcx>, after: State) -> State {
        let mut state = if asm.options.contains(ast::InlineAsmOptions::NORETURN) { self.exit.clone() } else { after };
        for (op, _) in asm.operands {
            if let InlineAsmOperand::Label { block } = op {
                let label = self.block(block, state.clone());
                state.merge(&label);
            }
        }
        for (op, _) in asm.operands.iter().rev() {
            match op {
                InlineAsmOperand::Out { expr: Some(place), .. } => state = self.write(e, place, Write::Whole, state),
                InlineAsmOperand::InOut { expr: place, .. } => state = self.write(e, place, Write::Part, state),
                InlineAsmOperand::SplitInOut { out_expr: Some(place), .. } => {
                    state = self.write(e, place, Write::Whole, state);
                }
                _ => {}
            }
        }
        for (op, _) in asm.operands.iter().rev() {
            match op {
                InlineAsmOperand::In { expr, .. }
                | InlineAsmOperand::SymFn { expr }
                | InlineAsmOperand::InOut { expr, .. } => state = self.expr(expr, state),
                InlineAsmOperand::Out { expr: Some(place), .. } => state = self.place_parts(place, state),
                InlineAsmOperand::SplitInOut { in_expr, out_expr, .. } => {
                    if let Some(place) = out_expr {
                        state = self.place_parts(place, state);
                    }
                    state = self.expr(in_expr, state);
                }
                _ => {}
            }
        }
        state
    }

    /// The variable whose own memory a place is part of, and whether it is a part.
    fn root(&self, place: &Expr<'_>) -> Option<(HirId, bool)> {
        match place.kind {
            ExprKind::Path(QPath::Resolved(_, path)) => match path.res {
                Res::Local(id) => Some((id, false)),
                _ => None,
            },
            ExprKind::Field(base, _) if self.typeck.expr_adjustments(base).is_empty() => {
                let ty = self.typeck.expr_ty(base);
                // Writing to one field of a union is giving all of them a value.
                let partial = !matches!(ty.kind(), ty::TyKind::Adt(def, _) if def.is_union());
                self.root(base).filter(|_| partial).map(|(id, _)| (id, true))
            }
            ExprKind::Index(base, ..)
                if self.typeck.expr_adjustments(base).is_empty()
                    && matches!(self.typeck.expr_ty(base).kind(), ty::TyKind::Array(..)) =>
            {
                self.root(base).map(|(id, _)| (id, true))
            }
            _ => None,
        }
    }

    /// `e` writes to `place`.
    fn write(&mut self, e: &Expr<'_>, place: &'tcx Expr<'tcx>, how: Write, mut after: State) -> State {
        let Some((id, part)) = self.root(place) else { return after };
        let Some(var) = self.var_of(id) else { return after };
        let live = after.get(Bit::Live, var);
        let entry = self.assignments.entry(place.hir_id).or_insert(Assignment { var, span: e.span, live: false });
        entry.live |= live;
        after.set(Bit::Written, var, true);
        if how == Write::Whole && !part {
            after.set(Bit::Live, var, false);
        }
        after
    }

    /// What is evaluated to find the place that is written to.
    fn place_parts(&mut self, place: &'tcx Expr<'tcx>, after: State) -> State {
        match place.kind {
            ExprKind::Path(_) => after,
            ExprKind::Field(base, _) if self.root(place).is_some() => self.place_parts(base, after),
            ExprKind::Index(base, index, _) if self.root(place).is_some() => {
                let mut state = self.expr(index, after);
                if let Some(var) = self.root(base).and_then(|(id, _)| self.var_of(id)) {
                    state.set(Bit::Used, var, true);
                    state.set(Bit::Live, var, true);
                }
                self.place_parts(base, state)
            }
            ExprKind::Field(base, _) => self.expr(base, after),
            _ => self.expr(place, after),
        }
    }
}
