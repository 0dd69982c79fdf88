//! Extern blocks: no type parameters (E0044), variadic only with C's convention (E0045).

use diagnostics::codes::*;
use hir::{ForeignItemKind, ItemKind, Node};
use query::TyCtxt;
use span::Span;
use span::def_id::LocalDefId;
use ty::ExternAbi;

use crate::coherence::CheckResult;

pub(super) fn check_foreign_mod(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    let Node::Item(hir::Item { kind: ItemKind::ForeignMod { abi, items }, .. }) = tcx.hir_node_by_def_id(def_id) else {
        return Ok(());
    };
    let mut res = Ok(());
    for id in *items {
        let item = tcx.hir_foreign_item(*id);
        let item_id = item.owner_id.to_def_id();
        let generics = tcx.generics_of(item_id);
        let counts = generics.own_counts();
        if generics.own_params.len() != counts.lifetimes {
            let (kinds, plural, example) = match (counts.types, counts.consts) {
                (_, 0) => ("type", "types", " like `u32`"),
                (0, _) => ("const", "consts", ""),
                _ => ("type or const", "types or consts", ""),
            };
            let span = tcx.def_span(item_id);
            res = Err(tcx
                .dcx()
                .struct_span_err(span, format!("foreign items may not have {kinds} parameters"))
                .with_code(E0044)
                .with_span_label(span, format!("can't have {kinds} parameters"))
                .with_help(format!("replace the {kinds} parameters with concrete {plural}{example}"))
                .emit());
        }
        if let ForeignItemKind::Fn(sig, ..) = item.kind {
            res = res.and(require_c_abi_if_variadic(tcx, sig.decl, *abi, item.span));
        }
    }
    res
}

/// Of a function with a body, if it is variadic.
pub(super) fn check_fn_abi(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    match tcx.hir_node_by_def_id(def_id) {
        Node::Item(hir::Item { kind: ItemKind::Fn { sig, .. }, span, .. }) if sig.decl.c_variadic => {
            // The rest of the rule is syntactic.
            if matches!(sig.header.abi, ExternAbi::Rust) {
                return Ok(());
            }
            require_c_abi_if_variadic(tcx, sig.decl, sig.header.abi, *span)
        }
        _ => Ok(()),
    }
}

fn require_c_abi_if_variadic(tcx: TyCtxt<'_>, decl: &hir::FnDecl<'_>, abi: ExternAbi, span: Span) -> CheckResult {
    if !decl.c_variadic {
        return Ok(());
    }
    match abi {
        ExternAbi::C { .. } | ExternAbi::Cdecl { .. } => return Ok(()),
        ExternAbi::Aapcs { .. }
        | ExternAbi::EfiApi
        | ExternAbi::SysV64 { .. }
        | ExternAbi::Win64 { .. }
        | ExternAbi::System { .. } => return Ok(()),
        _ => {}
    }
    Err(tcx
        .dcx()
        .struct_span_err(span, format!("C-variadic functions with the {abi} calling convention are not supported"))
        .with_code(E0045)
        .with_span_label(span, "C-variadic function must have a compatible calling convention")
        .emit())
}
