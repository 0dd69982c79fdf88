//! What inlining costs, and how much it may.

use hir::def::DefKind;
use mir::{BasicBlockData, Body, Operand, Rvalue, StatementKind, TerminatorKind};
use query::{InlineAttr, TyCtxt};
use session::OptLevel;
use span::def_id::DefId;
use ty::{Instance, InstanceKind};

/// Bodies this small cost less than the call.
const TRIVIAL: usize = 8;
/// What a body may take in before only trivial and `#[inline(always)]` callees are let in.
const MAX_GROWTH: usize = 3000;

/// How much a caller may still take in.
pub(super) struct Budget {
    used: usize,
    /// For functions that ask for inlining, closures and generic ones.
    hint: usize,
    plain: usize,
}

impl Budget {
    pub(super) fn new(tcx: TyCtxt<'_>, caller: DefId, ends_the_program: bool) -> Self {
        let marked = matches!(tcx.def_kind(caller), DefKind::Fn | DefKind::AssocFn | DefKind::Closure)
            && tcx.codegen_fn_attrs(caller).cold;
        let level = if marked || ends_the_program { OptLevel::SizeMin } else { tcx.sess().opts.opt_level };
        let (hint, plain) = match level {
            OptLevel::No => (0, 0),
            OptLevel::Less => (60, 25),
            OptLevel::More | OptLevel::Aggressive => (140, 60),
            OptLevel::Size => (30, 15),
            OptLevel::SizeMin => (15, 10),
        };
        Budget { used: 0, hint, plain }
    }

    /// Whether the callee's attributes allow it.
    pub(super) fn may_inline(&self, callee: Instance<'_>) -> bool {
        let _ = callee;
        true
    }

    pub(super) fn is_worth_it<'tcx>(
        &mut self,
        tcx: TyCtxt<'tcx>,
        callee: Instance<'tcx>,
        body: &Body<'tcx>,
        site: &BasicBlockData<'tcx>,
        in_cold_block: bool,
    ) -> bool {
        let (inline, cold) = match callee.def {
            InstanceKind::Item(d) if !tcx.is_constructor(d) => {
                let attrs = tcx.codegen_fn_attrs(d);
                if attrs.naked || attrs.linkage.is_some() || !attrs.target_features.is_empty() {
                    return false;
                }
                (attrs.inline, attrs.cold)
            }
            _ => (InlineAttr::Hint, false),
        };
        if inline == InlineAttr::Never {
            return false;
        }
        let cost = body_cost(body);
        if inline == InlineAttr::Always {
            self.used += cost;
            return true;
        }
        // A call that does not return runs once.
        let diverges = matches!(site.terminator().kind, TerminatorKind::Call { target: None, .. });
        if cold || diverges {
            return false;
        }
        if cost <= TRIVIAL {
            self.used += cost;
            return true;
        }
        if in_cold_block || self.used > MAX_GROWTH {
            return false;
        }
        let wants = inline == InlineAttr::Hint
            || matches!(callee.def, InstanceKind::Item(d) if tcx.is_closure_like(d))
            || callee.args.iter().any(|a| a.as_region().is_none());
        let limit = if wants { self.hint } else { self.plain };
        let fits = cost <= limit;
        if fits {
            self.used += cost;
        }
        fits
    }
}

/// About the number of instructions.
pub(super) fn body_cost(body: &Body<'_>) -> usize {
    let mut cost = 0;
    for data in body.basic_blocks.iter().filter(|b| !b.is_cleanup) {
        let diverges =
            matches!(data.terminator().kind, TerminatorKind::Call { target: None, .. } | TerminatorKind::Unreachable);
        if diverges {
            // Off the way; its arguments are made there.
            cost += 1;
            continue;
        }
        for stmt in &data.statements {
            cost += match &stmt.kind {
                StatementKind::Assign(assign) => match &assign.1 {
                    Rvalue::Use(Operand::Constant(_)) => 1,
                    Rvalue::Use(_) | Rvalue::Ref(..) | Rvalue::RawPtr(..) | Rvalue::CopyForDeref(_) => 1,
                    Rvalue::Cast(..) | Rvalue::UnaryOp(..) | Rvalue::Discriminant(_) => 1,
                    Rvalue::Aggregate(_, ops) => ops.len().clamp(1, 4),
                    _ => 1,
                },
                StatementKind::Intrinsic(_) => 2,
                _ => 0,
            };
        }
        cost += match &data.terminator().kind {
            TerminatorKind::Call { args, .. } => 5 + args.len(),
            TerminatorKind::Drop { .. } => 6,
            TerminatorKind::Assert { .. } => 2,
            TerminatorKind::SwitchInt { targets, .. } => targets.all_targets().len(),
            _ => 0,
        };
    }
    cost
}
