//! The coroutine of an async closure that is called once.
//!
//! `async || use(&x)` that owns `x` is called by reference as a rule, and its coroutine borrows `x` from the closure.
//! Called by `AsyncFnOnce` there is no closure any more when the coroutine runs: there the coroutine has `x` itself. Both
//! are of one source; this makes the second body of the first. Each capture of the coroutine is a capture of the closure
//! and perhaps more steps, with a reference taken of it:
//!
//! ```text
//! by reference: (*(_1.1: &String))        by move: (_1.1: String)
//! ```

use mir::visit::{MutVisitor, PlaceContext};
use mir::{Body, Location, Place, PlaceElem, ProjectionElem, Statement, StatementKind};
use query::TyCtxt;
use span::def_id::LocalDefId;
use ty::closure::{ClosureKind, coroutine_closure_captures};
use ty::hir_place::ProjectionKind;
use ty::{CapturedPlace, FieldIdx, Ty, TyKind, UpvarCapture};

use super::SELF_ARG;
use crate::cleanup_post_borrowck::CleanupPostBorrowck;
use crate::pass_manager::run_passes;

/// The body by move, if `body` is that by reference.
pub(crate) fn by_move_body<'tcx>(tcx: TyCtxt<'tcx>, def: LocalDefId, body: &Body<'tcx>) -> Option<Body<'tcx>> {
    let hir::CoroutineKind::Desugared(_, hir::CoroutineSource::Closure) = tcx.coroutine_kind(def.to_def_id())? else {
        return None;
    };
    if body.tainted_by_errors.is_some() {
        return None;
    }
    let closure = tcx.local_parent(def);
    let TyKind::CoroutineClosure(_, closure_args) = *tcx.type_of(closure).instantiate_identity().kind() else {
        return None;
    };
    let closure_args = closure_args.as_coroutine_closure();
    let TyKind::Coroutine(_, args) = *body.local_decls[SELF_ARG].ty.kind() else { return None };
    if args.as_coroutine().kind_ty() == ClosureKind::FnOnce.to_coroutine_ty(*tcx) {
        return None;
    }
    let sig = tcx.instantiate_bound_regions_with_erased(closure_args.sig());
    let inputs = sig.tupled_inputs_ty.tuple_fields().len();
    let typeck = tcx.typeck(def);
    let flat = |def| typeck.closure_min_captures_flattened(def).cloned().collect::<Vec<CapturedPlace<'tcx>>>();
    let parent = flat(closure);
    let child: Vec<_> = flat(def).into_iter().skip(inputs).collect();
    let mut captures = vec![None; inputs];
    for (from, child) in coroutine_closure_captures(&parent, &child).into_iter().zip(&child) {
        captures.push(from.map(|i| Capture::new(tcx, inputs + i, &parent[i], child)));
    }
    let erased = tcx.lifetimes().re_erased;
    let ty = closure_args.to_coroutine(*tcx, sig, def.to_def_id(), ClosureKind::FnOnce, erased);
    let mut body = body.clone();
    // What only borrow checking looked at may be of the reference itself.
    run_passes(tcx, &mut body, &[&CleanupPostBorrowck], None);
    MakeByMove { tcx, captures, ty }.visit_body(&mut body);
    Some(body)
}

/// Where a capture of the coroutine is when it has what the closure had.
#[derive(Clone)]
struct Capture<'tcx> {
    /// The field, and the steps to the place.
    base: Vec<PlaceElem<'tcx>>,
    /// Whether it was a reference to the place.
    by_ref: bool,
}

impl<'tcx> Capture<'tcx> {
    fn new(tcx: TyCtxt<'tcx>, field: usize, parent: &CapturedPlace<'tcx>, child: &CapturedPlace<'tcx>) -> Self {
        let ty = parent.place.ty();
        let field = FieldIdx::from_usize(field);
        let mut base = match parent.info.capture_kind {
            UpvarCapture::ByValue | UpvarCapture::ByUse => vec![ProjectionElem::Field(field, ty)],
            UpvarCapture::ByRef(kind) => {
                let reference = tcx.mk_ref(tcx.lifetimes().re_erased, ty, kind.to_mutbl_lossy());
                vec![ProjectionElem::Field(field, reference), ProjectionElem::Deref]
            }
        };
        base.extend(child.place.projections[parent.place.projections.len()..].iter().map(|p| match p.kind {
            ProjectionKind::Deref => ProjectionElem::Deref,
            ProjectionKind::Field(field, _) => ProjectionElem::Field(field, p.ty),
            kind => panic!("capture of a place with {kind:?}"),
        }));
        Capture { base, by_ref: child.is_by_ref() }
    }
}

struct MakeByMove<'tcx> {
    tcx: TyCtxt<'tcx>,
    captures: Vec<Option<Capture<'tcx>>>,
    ty: Ty<'tcx>,
}

impl<'tcx> MakeByMove<'tcx> {
    /// The place, if it is a capture's; `Err` if it is the reference itself, which is no more.
    fn replaced(&self, place: Place<'tcx>) -> Result<Option<Place<'tcx>>, ()> {
        if place.local != SELF_ARG {
            return Ok(None);
        }
        let Some((&ProjectionElem::Field(field, _), rest)) = place.projection.split_first() else { return Ok(None) };
        let Some(Some(capture)) = self.captures.get(field.as_usize()) else { return Ok(None) };
        let rest = match (capture.by_ref, rest) {
            (false, rest) | (true, [ProjectionElem::Deref, rest @ ..]) => rest,
            (true, _) => return Err(()),
        };
        let base = Place::from(SELF_ARG).project_deeper(&capture.base, self.tcx.interner());
        Ok(Some(base.project_deeper(rest, self.tcx.interner())))
    }
}

impl<'tcx> MutVisitor<'tcx> for MakeByMove<'tcx> {
    const CHANGES_CFG: bool = false;
    fn cx(&self) -> ty::Interner<'tcx> {
        self.tcx.interner()
    }
    fn visit_local_decl(&mut self, local: mir::Local, decl: &mut mir::LocalDecl<'tcx>) {
        if local == SELF_ARG {
            decl.ty = self.ty;
        }
    }
    fn visit_statement(&mut self, statement: &mut Statement<'tcx>, location: Location) {
        if let StatementKind::PlaceMention(place) = &statement.kind
            && self.replaced(**place).is_err()
        {
            statement.kind = StatementKind::Nop;
        }
        self.super_statement(statement, location);
    }
    fn visit_place(&mut self, place: &mut Place<'tcx>, context: PlaceContext, location: Location) {
        match self.replaced(*place) {
            Ok(Some(new)) => *place = new,
            Ok(None) => self.super_place(place, context, location),
            Err(()) => panic!("the reference of a capture is used as such: {place:?}"),
        }
    }
}
