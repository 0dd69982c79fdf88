//! Bindings with a pattern behind `@` may not borrow or move what the other takes.

use hir::ByRef;
use query::TyCtxt;
use span::{ErrorGuaranteed, Span, Symbol};
use ty::{Mutability, TypingEnv};

use crate::thir::{Pat, PatKind};

/// Checks `x @ pat`.
pub(super) fn check_borrow_conflicts<'tcx>(
    tcx: TyCtxt<'tcx>,
    env: TypingEnv<'tcx>,
    pat: &Pat<'tcx>,
) -> Result<(), ErrorGuaranteed> {
    let PatKind::Binding { name, mode, ty, subpattern: Some(sub), .. } = &pat.kind else { return Ok(()) };
    let is_copy = |ty| tcx.type_is_copy_modulo_regions(env, ty);
    let mut_outer = match mode.0 {
        ByRef::No if is_copy(*ty) => return Ok(()),
        ByRef::No => {
            let mut conflicts: Vec<Span> = Vec::new();
            sub.each_binding(|_, mode, _, span| {
                if let ByRef::Yes(..) = mode {
                    conflicts.push(span);
                }
            });
            if conflicts.is_empty() {
                return Ok(());
            }
            let mut err = tcx.dcx().struct_span_err(pat.span, "borrow of moved value");
            err.span_label(pat.span, format!("value moved into `{name}` here"));
            for span in conflicts {
                err.span_label(span, "value borrowed here after move");
            }
            err.span_label(
                pat.span,
                format!("move occurs because `{name}` has type `{ty}`, which does not implement the `Copy` trait"),
            );
            return Err(err.emit());
        }
        ByRef::Yes(_, m) => m,
    };
    let mut moves: Vec<(Span, Symbol)> = Vec::new();
    let mut mut_mut: Vec<(Span, Symbol)> = Vec::new();
    let mut mixed: Vec<(Span, Symbol)> = Vec::new();
    sub.each_binding(|name, mode, ty, span| match (mode, mut_outer) {
        (ByRef::Yes(_, Mutability::Not), Mutability::Not) => {}
        (ByRef::Yes(_, Mutability::Mut), Mutability::Mut) => mut_mut.push((span, name)),
        (ByRef::Yes(..), _) => mixed.push((span, name)),
        (ByRef::No, _) if !is_copy(ty) => moves.push((span, name)),
        (ByRef::No, _) => {}
    });
    let outer = match mut_outer {
        Mutability::Mut => "mutably borrowed",
        Mutability::Not => "borrowed",
    };
    let (msg, conflicts, inner) = if !mut_mut.is_empty() {
        ("cannot borrow value as mutable more than once at a time", mut_mut, "mutably borrowed")
    } else if !mixed.is_empty() {
        match mut_outer {
            Mutability::Mut => {
                ("cannot borrow value as immutable because it is also borrowed as mutable", mixed, "borrowed")
            }
            Mutability::Not => {
                ("cannot borrow value as mutable because it is also borrowed as immutable", mixed, "mutably borrowed")
            }
        }
    } else if !moves.is_empty() {
        let mut err = tcx.dcx().struct_span_err(pat.span, "cannot move out of value because it is borrowed");
        err.span_label(pat.span, format!("value is {outer} by `{name}` here"));
        for (span, moved) in moves {
            err.span_label(span, format!("value is moved into `{moved}` here"));
        }
        return Err(err.emit());
    } else {
        return Ok(());
    };
    let mut err = tcx.dcx().struct_span_err(pat.span, msg);
    err.span_label(pat.span, format!("value is {outer} by `{name}` here"));
    for (span, other) in conflicts {
        err.span_label(span, format!("value is {inner} by `{other}` here"));
    }
    Err(err.emit())
}
