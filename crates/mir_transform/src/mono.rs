//! `mono_optimized_mir`: an instance's body with its arguments put in, and from `-C opt-level=1` on optimised.
//!
//! Optimisation works on bodies without parameters, where every callee is known: callees are optimised before their
//! callers and inlined into them (`mono/inline.rs`), then references to locals, copies and constants are seen through
//! (`ref_prop.rs`, `copy_prop.rs`, `const_prop.rs`), branches that are decided already are skipped
//! (`jump_threading.rs`), and what is left over goes (`dead_code.rs`). Cranelift then works within a function only.

mod check_pointers;
mod const_eval_select;
mod const_prop;
mod copy_prop;
mod dead_code;
mod dest_prop;
mod inline;
mod jump_threading;
mod ref_prop;
mod simplify;
mod ssa;

use std::cell::RefCell;

use mir::visit::MutVisitor;
use mir::{Body, MirPhase, RuntimePhase};
use query::TyCtxt;
use session::OptLevel;
use span::FxHashSet;
use ty::{EarlyBinder, Instance, TypingEnv};

use crate::pass_manager::{MirPass, run_passes};
use crate::simplify::SimplifyCfg;

/// Instances that are being optimised: they are not inlined into what they call.
struct InProgress;
type InstanceSet<'tcx> = RefCell<FxHashSet<Instance<'tcx>>>;

fn in_progress<'tcx>(tcx: TyCtxt<'tcx>) -> &'tcx InstanceSet<'tcx> {
    tcx.slot::<InProgress, InstanceSet<'tcx>>(Default::default)
}

/// Whether bodies are optimised.
fn is_optimizing(tcx: TyCtxt<'_>) -> bool {
    tcx.sess().opts.opt_level != OptLevel::No && !tcx.sess().opts.z_value("mir-opt-level").is_some_and(|l| l == "0")
}

/// Query `mono_optimized_mir`.
pub(crate) fn mono_optimized_mir<'tcx>(tcx: TyCtxt<'tcx>, instance: Instance<'tcx>) -> &'tcx Body<'tcx> {
    let mut body = instantiate(tcx, instance);
    if body.tainted_by_errors.is_none() {
        let set = in_progress(tcx);
        set.borrow_mut().insert(instance);
        optimize(tcx, &mut body);
        set.borrow_mut().remove(&instance);
    }
    tcx.arena().alloc(body)
}

/// The body with the instance's arguments.
fn instantiate<'tcx>(tcx: TyCtxt<'tcx>, instance: Instance<'tcx>) -> Body<'tcx> {
    let mut body = tcx.instance_mir(instance.def).clone();
    // What only says how its coroutine lies in memory.
    body.coroutine = None;
    let args = instance.def.has_polymorphic_mir_body().then_some(instance.args);
    Instantiate { tcx, args }.visit_all(&mut body);
    body.is_polymorphic = false;
    body
}

/// Puts arguments in, erases regions, normalises.
struct Instantiate<'tcx> {
    tcx: TyCtxt<'tcx>,
    args: Option<ty::GenericArgsRef<'tcx>>,
}

impl<'tcx> Instantiate<'tcx> {
    fn fold<T: ty::TypeFoldable<'tcx> + ty::TypeVisitable<'tcx> + Copy>(&self, value: T) -> T {
        let env = TypingEnv::fully_monomorphized();
        match self.args {
            Some(args) => self.tcx.instantiate_and_normalize_erasing_regions(args, env, EarlyBinder::bind(value)),
            None => self.tcx.normalize_erasing_regions(env, value),
        }
    }
    fn visit_all(mut self, body: &mut Body<'tcx>) {
        self.visit_body(body);
        for scope in &mut body.source_scopes {
            if let Some((instance, _)) = &mut scope.inlined {
                *instance = self.fold(*instance);
            }
        }
        if let Some(items) = &mut body.mentioned_items {
            items.clear();
        }
    }
}

impl<'tcx> MutVisitor<'tcx> for Instantiate<'tcx> {
    const CHANGES_CFG: bool = false;
    fn cx(&self) -> ty::Interner<'tcx> {
        self.tcx.interner()
    }
    fn visit_const_operand(&mut self, constant: &mut mir::ConstOperand<'tcx>, _: mir::Location) {
        constant.const_ = self.fold(constant.const_);
    }
    fn visit_ty_const(&mut self, ct: &mut ty::Const<'tcx>, _: mir::Location) {
        *ct = self.fold(*ct);
    }
    fn visit_ty(&mut self, ty: &mut ty::Ty<'tcx>, _: mir::visit::TyContext) {
        *ty = self.fold(*ty);
    }
    fn visit_args(&mut self, args: &mut ty::GenericArgsRef<'tcx>, _: mir::Location) {
        *args = self.fold(*args);
    }
    fn visit_region(&mut self, region: &mut ty::Region<'tcx>, _: mir::Location) {
        *region = self.tcx.lifetimes().re_erased;
    }
}

fn optimize<'tcx>(tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
    body.phase = MirPhase::Runtime(RuntimePhase::Optimized);
    if !is_optimizing(tcx) {
        // Overflow checks of inlinable functions of other crates are as this session asks.
        let lowering: &[&dyn MirPass<'tcx>] =
            &[&const_eval_select::RuntimeSelect, &simplify::MonoLower, &check_pointers::CheckPointers];
        run_passes(tcx, body, lowering, None);
        return;
    }
    let first: &[&dyn MirPass<'tcx>] = &[
        // Of the accesses that were written.
        &check_pointers::CheckPointers,
        // What it calls at run time may be inlined.
        &const_eval_select::RuntimeSelect,
        // Constants are known, switches of the session decided, calls of `size_of` answered; what is dead goes before
        // the inliner weighs it.
        &simplify::MonoSimplify,
        &SimplifyCfg::Final,
        // Callees come in optimised.
        &inline::Inline,
    ];
    run_passes(tcx, body, first, None);
    // Each round gives the next something to see; what two leave is seldom worth more.
    for _ in 0..2 {
        let round: &[&dyn MirPass<'tcx>] = &[
            &SimplifyCfg::Final,
            // `*&x` is `x`: arguments of inlined methods are mostly references to locals.
            &ref_prop::RefProp,
            // Arguments and results of inlined functions are copied.
            &copy_prop::CopyProp,
            // With constants and discriminants known, branches are.
            &const_prop::ConstProp,
            &SimplifyCfg::Final,
            // `match` of an `Option` that was made on the way here.
            &jump_threading::JumpThreading,
            &SimplifyCfg::Final,
            &dead_code::DeadCode,
        ];
        run_passes(tcx, body, round, None);
    }
    // Last, since merged locals have several values.
    run_passes(tcx, body, &[&dest_prop::DestProp, &dead_code::DeadCode], None);
}
