//! The symbols that a crate's objects have for other crates: of its functions and statics, and of the instances of
//! generic functions that it made for itself, which its users need not make again.

use std::cell::RefCell;

use hir::def::DefKind;
use mir::{AssertKind, Operand, RuntimeChecks, TerminatorKind};
use query::{LocalCrate, TyCtxt, UpstreamInstances};
use session::OptLevel;
use span::def_id::{CrateNum, DefId};
use span::{FxHashMap, FxHashSet, FxIndexSet};
use ty::{Instance, InstanceKind};

use crate::instantiation::{is_instantiated_by_users, requires_local_copy};
use crate::symbol;

/// Provides `reachable_non_generics`: every function that is not instantiated by its users, and every static.
///
/// Private ones count: bodies that users instantiate may refer to them. The linker drops what nobody uses.
pub(crate) fn reachable_non_generics<'tcx>(tcx: TyCtxt<'tcx>, _: LocalCrate) -> &'tcx FxIndexSet<DefId> {
    let mut set = FxIndexSet::default();
    for &def_id in tcx.mir_keys(()) {
        let def_id = def_id.to_def_id();
        let exported = match tcx.def_kind(def_id) {
            DefKind::Fn | DefKind::AssocFn => !requires_local_copy(tcx, def_id) && tcx.intrinsic(def_id).is_none(),
            DefKind::Static { .. } => true,
            _ => false,
        };
        if exported {
            set.insert(def_id);
        }
    }
    tcx.arena().alloc(set)
}

/// The instances that code is made of, for `upstream_instances_in`.
struct Made;
type MadeHashes = RefCell<Vec<u64>>;

/// Provides `upstream_instances_in` of this crate. Without code, in a check say, there are none.
pub(crate) fn upstream_instances_in<'tcx>(tcx: TyCtxt<'tcx>, _: LocalCrate) -> &'tcx UpstreamInstances {
    let hashes = tcx.slot::<Made, MadeHashes>(Default::default).borrow().clone();
    tcx.arena().alloc(UpstreamInstances { opt_rank: opt_rank(tcx), hashes })
}

fn opt_rank(tcx: TyCtxt<'_>) -> u8 {
    match tcx.sess().opts.opt_level {
        OptLevel::No => 0,
        OptLevel::Less => 1,
        OptLevel::More | OptLevel::Aggressive | OptLevel::Size | OptLevel::SizeMin => 2,
    }
}

/// The other crate whose objects have an instance, by the hash of its name. Code that is optimised less is not used.
pub(crate) fn instantiating_crate<'tcx>(tcx: TyCtxt<'tcx>, instance: Instance<'tcx>, hash: u64) -> Option<CrateNum> {
    if matches!(instance.def, InstanceKind::Item(def_id) if def_id.is_local()) {
        return None;
    }
    let wanted = opt_rank(tcx);
    tcx.crates().into_iter().find(|krate| {
        let made = tcx.upstream_instances_in(*krate);
        made.opt_rank >= wanted && made.hashes.binary_search(&hash).is_ok()
    })
}

/// Notes the instances that other crates may use: all that users would make, but for those that check for overflow as
/// the session of the user says. `made` has the instances with those that they use.
pub(crate) fn note_instances<'tcx>(tcx: TyCtxt<'tcx>, made: &[(Instance<'tcx>, Vec<Instance<'tcx>>)]) {
    let mut own: FxHashMap<InstanceKind<'tcx>, bool> = FxHashMap::default();
    let mut bound: FxHashSet<Instance<'tcx>> = FxHashSet::default();
    for &(instance, _) in made {
        if is_instantiated_by_users(tcx, instance) && code_is_session_bound(tcx, instance, &mut own) {
            bound.insert(instance);
        }
    }
    // What uses such an instance uses this crate's, so it is bound as well.
    loop {
        let before = bound.len();
        for (instance, uses) in made {
            if !bound.contains(instance) && uses.iter().any(|u| bound.contains(u)) {
                if is_instantiated_by_users(tcx, *instance) {
                    bound.insert(*instance);
                }
            }
        }
        if bound.len() == before {
            break;
        }
    }
    let mut hashes: Vec<u64> = made
        .iter()
        .filter(|(i, _)| is_instantiated_by_users(tcx, *i) && !bound.contains(i))
        .map(|(i, _)| symbol::mangled(tcx, *i).hash)
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    *tcx.slot::<Made, MadeHashes>(Default::default).borrow_mut() = hashes;
}

/// Whether the body, or one that was inlined into it, is other code where overflow checks are on or off.
fn code_is_session_bound<'tcx>(
    tcx: TyCtxt<'tcx>,
    instance: Instance<'tcx>,
    known: &mut FxHashMap<InstanceKind<'tcx>, bool>,
) -> bool {
    let body = tcx.mono_optimized_mir(instance);
    let inlined = body.source_scopes.iter().filter_map(|scope| scope.inlined).map(|(callee, _)| callee.def);
    std::iter::once(instance.def)
        .chain(inlined)
        .any(|def| *known.entry(def).or_insert_with(|| has_optional_checks(tcx.instance_mir(def))))
}

fn has_optional_checks(body: &mir::Body<'_>) -> bool {
    struct Finder(bool);
    impl<'tcx> mir::visit::Visitor<'tcx> for Finder {
        fn visit_operand(&mut self, operand: &Operand<'tcx>, _: mir::Location) {
            self.0 |= matches!(operand, Operand::RuntimeChecks(RuntimeChecks::OverflowChecks));
        }
    }
    let is_optional = |msg: &AssertKind<Operand<'_>>| msg.is_optional_overflow_check();
    if body
        .basic_blocks
        .iter()
        .any(|b| matches!(&b.terminator().kind, TerminatorKind::Assert { msg, .. } if is_optional(msg)))
    {
        return true;
    }
    let mut finder = Finder(false);
    mir::visit::Visitor::visit_body(&mut finder, body);
    finder.0
}
