//! E0046 with what is to be written.

use diagnostics::codes::*;
use diagnostics::{Applicability, ErrorGuaranteed};
use query::TyCtxt;
use span::def_id::{DefId, LocalDefId};
use span::{BytePos, Ident, Span};
use ty::{AssocItem, AssocKind, Ty, TyKind};

pub(super) fn report(tcx: TyCtxt<'_>, imp: LocalDefId, missing: &[AssocItem]) -> ErrorGuaranteed {
    let names: Vec<String> = missing.iter().filter_map(|i| i.opt_name()).map(|n| n.to_string()).collect();
    let mut list = names.join("`, `");
    if names.is_empty() {
        list = "items".to_owned();
    }
    let span = tcx.def_span(imp.to_def_id());
    let mut err = tcx
        .dcx()
        .struct_span_err(span, format!("not all trait items implemented, missing: `{list}`"))
        .with_code(E0046)
        .with_span_label(span, format!("missing `{list}` in implementation"));
    // Before the closing brace.
    let whole = tcx.hir_span_with_body(tcx.local_def_id_to_hir_id(imp));
    let end = whole.hi() - BytePos(1);
    let insert = whole.with_lo(end).with_hi(end);
    let args = tcx.impl_trait_ref(imp.to_def_id()).instantiate_identity().args;
    for item in missing {
        let snippet = signature(tcx, item, args);
        let msg = format!("implement the missing item: `{snippet}`");
        match tcx.hir_get_if_local(item.def_id) {
            Some(_) => {
                err.span_label(tcx.def_span(item.def_id), format!("`{}` from trait", item.name()));
                err.tool_only_span_suggestion(insert, msg, snippet, Applicability::HasPlaceholders);
            }
            None => {
                err.help(msg);
            }
        }
    }
    err.emit()
}

/// `#[rustc_must_implement_one_of]`
pub(super) fn report_one_of(tcx: TyCtxt<'_>, imp: LocalDefId, trait_id: DefId, names: &[Ident]) -> ErrorGuaranteed {
    let list = names.iter().map(|n| n.to_string()).collect::<Vec<_>>().join("`, `");
    let span: Span = tcx.def_span(imp.to_def_id());
    let mut err = tcx
        .dcx()
        .struct_span_err(span, format!("not all trait items implemented, missing one of: `{list}`"))
        .with_code(E0046)
        .with_span_label(span, format!("missing one of `{list}` in implementation"));
    if let Some(attr) = tcx.get_attr(trait_id, span::sym::rustc_must_implement_one_of).filter(|_| trait_id.is_local()) {
        err.span_note(attr.span(), "required because of this annotation");
    }
    err.emit()
}

/// The item as it could be written in an impl.
pub(crate) fn signature<'tcx>(tcx: TyCtxt<'tcx>, item: &AssocItem, args: ty::GenericArgsRef<'tcx>) -> String {
    match item.kind {
        AssocKind::Fn { name, has_self } => {
            let trait_args = tcx.extend_args(args, item.def_id, |p, _| tcx.mk_param_from_def(p));
            let sig = tcx.fn_sig(item.def_id).instantiate(*tcx, trait_args).skip_binder();
            let self_ty = args.type_at(0);
            let mut params: Vec<String> = Vec::new();
            for (i, ty) in sig.inputs().iter().enumerate() {
                if i == 0 && has_self {
                    params.push(self_param(*ty, self_ty));
                } else {
                    params.push(format!("_: {ty}"));
                }
            }
            if sig.c_variadic {
                params.push("...".to_owned());
            }
            let output = if sig.output().is_unit() { String::new() } else { format!(" -> {}", sig.output()) };
            let unsafety = if sig.safety.is_unsafe() { "unsafe " } else { "" };
            let names: Vec<String> = tcx
                .generics_of(item.def_id)
                .own_params
                .iter()
                .filter(|p| !p.kind.is_synthetic())
                .map(|p| p.name.to_string())
                .collect();
            let generics = if names.is_empty() { String::new() } else { format!("<{}>", names.join(", ")) };
            format!("{unsafety}fn {name}{generics}({}){output} {{ todo!() }}", params.join(", "))
        }
        AssocKind::Type { .. } => {
            let names: Vec<String> =
                tcx.generics_of(item.def_id).own_params.iter().map(|p| p.name.to_string()).collect();
            let generics = if names.is_empty() { String::new() } else { format!("<{}>", names.join(", ")) };
            format!("type {}{generics} = /* Type */;", item.opt_name().map_or(String::new(), |n| n.to_string()))
        }
        AssocKind::Const { name } => {
            let ty = tcx.type_of(item.def_id).instantiate_identity();
            let value = match ty.kind() {
                TyKind::Bool => "true",
                TyKind::Char => "'x'",
                TyKind::Int(_) | TyKind::Uint(_) => "42",
                TyKind::Float(_) => "3.14159",
                _ => "/* value */",
            };
            format!("const {name}: {ty} = {value};")
        }
    }
}

/// `self` as it is written.
pub(crate) fn self_param<'tcx>(ty: Ty<'tcx>, self_ty: Ty<'tcx>) -> String {
    if ty == self_ty {
        return "self".to_owned();
    }
    match *ty.kind() {
        TyKind::Ref(r, inner, m) if inner == self_ty => {
            let r = if ty::print::region_is_printed(r) { format!("{r} ") } else { String::new() };
            format!("&{r}{}self", m.prefix_str())
        }
        _ => format!("self: {ty}"),
    }
}
