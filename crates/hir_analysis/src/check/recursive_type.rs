//! E0072: a type that contains itself without indirection.
//!
//! `representability` walks the fields of a type down to local types; a type that is met again while it is being
//! walked is reported, once for each cycle.

use std::cell::RefCell;

use diagnostics::codes::*;
use diagnostics::{Applicability, MultiSpan};
use hir::Node;
use hir::def::{DefKind, Res};
use query::TyCtxt;
use rustc_hash::FxHashMap;
use span::Span;
use span::def_id::LocalDefId;
use ty::{ErrorGuaranteed, Ty, TyKind};

use crate::coherence::CheckResult;

struct StateSlot;

/// What is known of each ADT so far.
#[derive(Default)]
struct State {
    done: FxHashMap<LocalDefId, CheckResult>,
}

/// Provides `representability`.
pub(super) fn representability(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    let state = tcx.slot::<StateSlot, RefCell<State>>(RefCell::default);
    if let Some(res) = state.borrow().done.get(&def_id) {
        return *res;
    }
    let mut walk = Walk { tcx, state, stack: Vec::new() };
    walk.adt(def_id)
}

struct Walk<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    state: &'a RefCell<State>,
    /// The types being walked, with the field each is at.
    stack: Vec<(LocalDefId, Option<LocalDefId>)>,
}

impl<'tcx> Walk<'_, 'tcx> {
    fn adt(&mut self, def_id: LocalDefId) -> CheckResult {
        if let Some(res) = self.state.borrow().done.get(&def_id) {
            return *res;
        }
        if let Some(start) = self.stack.iter().position(|(d, _)| *d == def_id) {
            let cycle: Vec<(LocalDefId, LocalDefId)> =
                self.stack[start..].iter().filter_map(|(d, f)| Some((*d, (*f)?))).collect();
            let guar = report(self.tcx, cycle.clone());
            for (d, _) in cycle {
                self.state.borrow_mut().done.insert(d, Err(guar));
            }
            return Err(guar);
        }
        self.stack.push((def_id, None));
        let mut res = Ok(());
        for field in self.tcx.adt_def(def_id.to_def_id()).all_fields() {
            let Some(local) = field.did.as_local() else { continue };
            if let Some(top) = self.stack.last_mut() {
                top.1 = Some(local);
            }
            res = res.and(self.ty(self.tcx.type_of(field.did).instantiate_identity()));
        }
        self.stack.pop();
        let known = self.state.borrow().done.get(&def_id).copied();
        let res = known.unwrap_or(res);
        self.state.borrow_mut().done.insert(def_id, res);
        res
    }

    fn ty(&mut self, ty: Ty<'tcx>) -> CheckResult {
        match *ty.kind() {
            TyKind::Tuple(tys) => {
                let mut res = Ok(());
                for t in tys {
                    res = res.and(self.ty(t));
                }
                res
            }
            TyKind::Array(t, _) => self.ty(t),
            TyKind::Pat(t, _) => self.ty(t),
            TyKind::Adt(def, args) => {
                if let Some(local) = def.did().as_local() {
                    self.adt(local)?;
                }
                // Arguments that the type holds by value.
                let mut res = Ok(());
                for (i, arg) in args.iter().enumerate() {
                    if let Some(t) = arg.as_type() {
                        if mentions_local_adt(t) && self.holds_param(def, i as u32) {
                            res = res.and(self.ty(t));
                        }
                    }
                }
                res
            }
            _ => Ok(()),
        }
    }

    /// Whether an ADT holds its parameter without indirection.
    fn holds_param(&mut self, def: ty::AdtDef<'tcx>, index: u32) -> bool {
        holds_param(self.tcx, def, index, &mut FxHashMap::default())
    }
}

fn mentions_local_adt(ty: Ty<'_>) -> bool {
    ty.walk().any(|a| a.as_type().is_some_and(|t| matches!(t.kind(), TyKind::Adt(d, _) if d.did().is_local())))
}

/// What is known of which ADTs hold which of their parameters; while one is looked at, it does not.
type Holders = FxHashMap<(span::def_id::DefId, u32), bool>;

fn holds_param<'tcx>(tcx: TyCtxt<'tcx>, def: ty::AdtDef<'tcx>, index: u32, known: &mut Holders) -> bool {
    if def.is_phantom_data() {
        return false;
    }
    if let Some(&holds) = known.get(&(def.did(), index)) {
        return holds;
    }
    known.insert((def.did(), index), false);
    let holds = def.all_fields().any(|f| ty_holds_param(tcx, tcx.type_of(f.did).instantiate_identity(), index, known));
    known.insert((def.did(), index), holds);
    holds
}

fn ty_holds_param<'tcx>(tcx: TyCtxt<'tcx>, ty: Ty<'tcx>, index: u32, known: &mut Holders) -> bool {
    match *ty.kind() {
        TyKind::Param(p) => p.index == index,
        TyKind::Tuple(tys) => tys.iter().any(|t| ty_holds_param(tcx, t, index, known)),
        TyKind::Array(t, _) => ty_holds_param(tcx, t, index, known),
        TyKind::Pat(t, _) => ty_holds_param(tcx, t, index, known),
        TyKind::Adt(def, args) => args.iter().enumerate().any(|(i, a)| {
            let arg = a.as_type();
            arg.is_some_and(|t| ty_holds_param(tcx, t, index, known) && holds_param(tcx, def, i as u32, known))
        }),
        _ => false,
    }
}

const ITEM_LIMIT: usize = 5;

fn report(tcx: TyCtxt<'_>, mut cycle: Vec<(LocalDefId, LocalDefId)>) -> ErrorGuaranteed {
    // Starting at the type that comes first in the source.
    let start = (0..cycle.len()).min_by_key(|&i| tcx.def_span(cycle[i].0.to_def_id())).unwrap_or(0);
    cycle.rotate_left(start);
    let n = cycle.len();
    let shown = n.min(ITEM_LIMIT);
    let mut at = MultiSpan::from(cycle[..shown].iter().map(|(d, _)| tcx.def_span(d.to_def_id())).collect::<Vec<_>>());
    let mut suggestion = Vec::new();
    for i in 0..shown {
        let (_, field) = cycle[i];
        let (next, _) = cycle[(i + 1) % n];
        let Node::Field(field) = tcx.hir_node_by_def_id(field) else { continue };
        let mut found = Vec::new();
        find_ty_spans(field.ty, next, &mut found);
        if found.is_empty() {
            // Behind an alias, say.
            found.push(field.ty.span);
        }
        for span in found {
            at.push_span_label(span, "recursive without indirection");
            suggestion.push((span.shrink_to_lo(), "Box<".to_owned()));
            suggestion.push((span.shrink_to_hi(), ">".to_owned()));
        }
    }
    let mut list = String::new();
    for (i, (d, _)) in cycle.iter().enumerate() {
        list += &format!("`{}`", tcx.def_path_str(d.to_def_id()));
        if i == ITEM_LIMIT - 1 && n > ITEM_LIMIT {
            list += &format!(" and {} more", n - ITEM_LIMIT);
            break;
        }
        if n > 1 && i + 2 < n {
            list += ", ";
        } else if n > 1 && i + 2 == n {
            list += " and ";
        }
    }
    let (s, has) = if n == 1 { ("", "has") } else { ("s", "have") };
    tcx.dcx()
        .struct_span_err(at, format!("recursive type{s} {list} {has} infinite size"))
        .with_code(E0072)
        .with_multipart_suggestion(
            "insert some indirection (e.g., a `Box`, `Rc`, or `&`) to break the cycle",
            suggestion,
            Applicability::HasPlaceholders,
        )
        .emit()
}

/// Where a type mentions another without indirection.
fn find_ty_spans(ty: &hir::Ty<'_>, needle: LocalDefId, spans: &mut Vec<Span>) {
    match ty.kind {
        hir::TyKind::Path(hir::QPath::Resolved(_, path)) => {
            if let Res::Def(kind, def_id) = path.res {
                if matches!(kind, DefKind::Enum | DefKind::Struct | DefKind::Union) {
                    if def_id.as_local() == Some(needle) {
                        spans.push(ty.span);
                    } else if let Some(args) = path.segments.last().and_then(|s| s.args) {
                        for arg in args.args {
                            if let hir::GenericArg::Type(t) = arg {
                                find_ty_spans(t, needle, spans);
                            }
                        }
                    }
                }
            } else if let Res::SelfTyAlias { .. } = path.res {
                spans.push(ty.span);
            }
        }
        hir::TyKind::Array(t, _) => find_ty_spans(t, needle, spans),
        hir::TyKind::Tup(tys) => tys.iter().for_each(|t| find_ty_spans(t, needle, spans)),
        _ => {}
    }
}
