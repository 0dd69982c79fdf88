//! Bound lifetimes of an output that no input determines (E0581, E0582): in `for<'a> fn() -> &'a u8` a caller could
//! choose any `'a`, and the type of the result would not be known from those of the arguments.

use std::ops::ControlFlow;

use diagnostics::codes::{E0581, E0582};
use span::{Span, Symbol};
use ty::visit::{TypeSuperVisitable, TypeVisitable, TypeVisitor};
use ty::{
    Binder, BoundRegion, BoundRegionKind, Const, ConstKind, DebruijnIndex, FnSig, GenericArgsRef, INNERMOST, Region,
    RegionKind, Term, Ty, TyKind,
};

use super::HirTyLowerer;

/// The regions of the innermost binder in a value.
struct Collect {
    binder: DebruijnIndex,
    found: Vec<BoundRegion>,
    /// Leave out what a projection takes: many lifetimes may have the same associated type.
    just_constrained: bool,
}

impl<'tcx> TypeVisitor<'tcx> for Collect {
    type Break = ();
    fn visit_binder<T: TypeVisitable<'tcx>>(&mut self, t: &Binder<'tcx, T>) -> ControlFlow<()> {
        self.binder.shift_in(1);
        let r = t.super_visit_with(self);
        self.binder.shift_out(1);
        r
    }
    fn visit_ty(&mut self, t: Ty<'tcx>) -> ControlFlow<()> {
        if self.just_constrained && matches!(t.kind(), TyKind::Alias(..)) {
            return ControlFlow::Continue(());
        }
        t.super_visit_with(self)
    }
    fn visit_const(&mut self, c: Const<'tcx>) -> ControlFlow<()> {
        if self.just_constrained && matches!(c.kind(), ConstKind::Unevaluated(_)) {
            return ControlFlow::Continue(());
        }
        c.super_visit_with(self)
    }
    fn visit_region(&mut self, r: Region<'tcx>) -> ControlFlow<()> {
        match r.kind() {
            RegionKind::ReBound(d, br) if d == self.binder && !self.found.contains(&br) => self.found.push(br),
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

fn collect<'tcx>(value: &impl TypeVisitable<'tcx>, just_constrained: bool) -> Vec<BoundRegion> {
    let mut c = Collect { binder: INNERMOST, found: Vec::new(), just_constrained };
    let _ = value.visit_with(&mut c);
    c.found
}

impl<'tcx> dyn HirTyLowerer<'tcx> + '_ {
    /// E0581: `for<'a> fn() -> &'a u8`.
    pub(super) fn check_return_constrained(&self, sig: &FnSig<'tcx>, span: Span) {
        let referenced = collect(&sig.output(), false);
        if referenced.is_empty() {
            return;
        }
        let mut constrained = Vec::new();
        for input in sig.inputs() {
            constrained.extend(collect(input, true));
        }
        self.report_unconstrained(&constrained, &referenced, |name| {
            let msg = format!("return type references {name}, which is not constrained by the fn input types");
            self.dcx().struct_span_err(span, msg).with_code(E0581)
        });
    }

    /// E0582: `for<'a> Fn() -> &'a u8`, `for<'a> Iterator<Item = &'a u8>`.
    pub(super) fn check_term_constrained(
        &self,
        assoc: Symbol,
        inputs: GenericArgsRef<'tcx>,
        term: Term<'tcx>,
        span: Span,
    ) {
        let referenced = collect(&term, false);
        if referenced.is_empty() {
            return;
        }
        self.report_unconstrained(&collect(&inputs, true), &referenced, |name| {
            let msg = format!(
                "binding for associated type `{assoc}` references {name}, which does not appear in the trait input types"
            );
            self.dcx().struct_span_err(span, msg).with_code(E0582)
        });
    }

    fn report_unconstrained<'a>(
        &self,
        constrained: &[BoundRegion],
        referenced: &[BoundRegion],
        error: impl Fn(&str) -> diagnostics::Diag<'a>,
    ) {
        for br in referenced.iter().filter(|br| !constrained.contains(br)) {
            let name = match br.kind {
                BoundRegionKind::Named(def_id) => Some(self.tcx().item_name(def_id)),
                BoundRegionKind::NamedAnon(name) => Some(name),
                BoundRegionKind::Anon | BoundRegionKind::ClosureEnv => None,
            };
            let name = name.filter(|n| n.as_str() != "'_");
            let mut err = error(&name.map_or("an anonymous lifetime".to_owned(), |n| format!("lifetime `{n}`")));
            if name.is_none() {
                // It got into the output by elision, so it is in some input: in a projection's.
                err.note("lifetimes appearing in an associated or opaque type are not considered constrained");
                err.note("consider introducing a named lifetime parameter");
            }
            self.taint(err.emit());
        }
    }
}
