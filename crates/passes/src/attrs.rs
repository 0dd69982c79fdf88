//! Attributes about code generation and the language's own names.

use ast::LitKind;
use hir::def::DefKind;
use query::{CodegenFnAttrs, InlineAttr, LocalCrate, Providers, TyCtxt};
use span::def_id::LocalDefId;
use span::{Symbol, sym};
use ty::adjustment::{CoerceUnsizedInfo, CustomCoerceUnsized};

pub(crate) fn provide(providers: &mut Providers<'_>) {
    providers.codegen_fn_attrs = |tcx, id| tcx.arena().alloc(codegen_fn_attrs(tcx, id));
    providers.intrinsic_raw = intrinsic_raw;
    providers.is_doc_hidden = |tcx, id| {
        tcx.get_attrs(id, sym::doc)
            .any(|a| a.meta_item_list().unwrap_or_default().iter().any(|i| i.name() == Some(sym::hidden)))
    };
    providers.is_no_builtins = |tcx, LocalCrate| tcx.hir_krate_attrs().iter().any(|a| a.has_name(sym::no_builtins));
    providers.has_global_allocator = |tcx, LocalCrate| {
        // One of the functions that `#[global_allocator]` expands to.
        let alloc = Symbol::intern("__rust_alloc");
        tcx.iter_local_def_id().any(|d| {
            tcx.def_kind(d) == DefKind::Fn
                && tcx.item_name(d.to_def_id()) == alloc
                && !tcx.is_foreign_item(d)
                && tcx.has_attr(d, sym::rustc_std_internal_symbol)
        })
    };
    providers.coerce_unsized_info = coerce_unsized_info;
    providers.default_fields = |_, _| false;
}

/// Whether an attribute's list names an option.
fn list_names(attr: &hir::Attribute, name: Symbol) -> bool {
    attr.meta_item_list().unwrap_or_default().iter().any(|i| i.name() == Some(name))
}

fn codegen_fn_attrs(tcx: TyCtxt<'_>, id: LocalDefId) -> CodegenFnAttrs {
    let mut out = CodegenFnAttrs::default();
    let is_foreign = tcx.is_foreign_item(id);
    for attr in tcx.attrs(id) {
        let Some(ident) = attr.ident() else { continue };
        match ident.name {
            sym::inline => {
                out.inline = if list_names(attr, sym::always) {
                    InlineAttr::Always
                } else if list_names(attr, sym::never) {
                    InlineAttr::Never
                } else {
                    InlineAttr::Hint
                };
            }
            sym::cold => out.cold = true,
            sym::no_mangle => {
                out.no_mangle = true;
                out.symbol_name = tcx.opt_item_name(id.to_def_id());
            }
            sym::export_name => out.symbol_name = attr.value_str(),
            sym::link_name if is_foreign => out.symbol_name = attr.value_str(),
            sym::link_section => out.link_section = attr.value_str(),
            sym::linkage => out.linkage = attr.value_str(),
            sym::track_caller => out.track_caller = true,
            sym::naked => out.naked = true,
            sym::thread_local => out.thread_local = true,
            sym::used => out.used = true,
            sym::rustc_std_internal_symbol => {
                out.std_internal_symbol = true;
                out.symbol_name.get_or_insert(tcx.item_name(id));
            }
            // `core` calls the program's handler by this name.
            sym::panic_handler => {
                out.std_internal_symbol = true;
                out.symbol_name = Some(sym::rust_begin_unwind);
            }
            sym::lang if is_foreign => match attr.value_str() {
                Some(sym::panic_impl) => out.symbol_name = Some(sym::rust_begin_unwind),
                Some(sym::eh_personality) => out.symbol_name = Some(Symbol::intern("rust_eh_personality")),
                _ => {}
            },
            sym::rustc_nounwind => out.nounwind = true,
            sym::rustc_allocator => out.allocator = true,
            sym::target_feature => {
                for item in attr.meta_item_list().unwrap_or_default() {
                    if let (Some(sym::enable), Some(value)) = (item.name(), item.value_str()) {
                        out.target_features.extend(value.as_str().split(',').map(Symbol::intern));
                    }
                }
            }
            sym::repr | sym::align => {
                for item in attr.meta_item_list().unwrap_or_default() {
                    let lit = item.meta_item_list().and_then(|l| l.first()).and_then(|i| i.lit()).or(item.lit());
                    if let Some(LitKind::Int(n, _)) = lit.map(|l| l.kind) {
                        out.alignment = u64::try_from(u128::from(n)).ok();
                    }
                }
            }
            _ => {}
        }
    }
    if is_foreign && out.symbol_name.is_none() {
        out.symbol_name = tcx.opt_item_name(id.to_def_id());
    }
    // A closure is inlined and located as its function says.
    if tcx.def_kind(id) == DefKind::Closure
        && tcx.codegen_fn_attrs(tcx.typeck_root_def_id_local(id)).inline == InlineAttr::Always
    {
        out.inline = InlineAttr::Always;
    }
    // `#[track_caller]` on a trait's method holds for its implementations.
    if !out.track_caller && tcx.def_kind(id) == DefKind::AssocFn {
        if let ty::AssocContainer::TraitImpl(Some(item)) = tcx.associated_item(id).container {
            out.track_caller = tcx.codegen_fn_attrs(item).track_caller;
        }
    }
    out
}

/// `#[rustc_intrinsic]`: the name, and whether it has no body to fall back on.
fn intrinsic_raw(tcx: TyCtxt<'_>, id: LocalDefId) -> Option<(Symbol, bool)> {
    if !matches!(tcx.def_kind(id), DefKind::Fn | DefKind::AssocFn) || !tcx.has_attr(id, sym::rustc_intrinsic) {
        return None;
    }
    let has_body = match tcx.hir_node_by_def_id(id) {
        hir::Node::Item(hir::Item { kind: hir::ItemKind::Fn { has_body, .. }, .. }) => *has_body,
        _ => true,
    };
    Some((tcx.item_name(id), !has_body))
}

/// The field that a `CoerceUnsized` impl for a struct changes.
fn coerce_unsized_info(tcx: TyCtxt<'_>, id: LocalDefId) -> Result<CoerceUnsizedInfo, ty::ErrorGuaranteed> {
    let Some(trait_ref) = tcx.impl_opt_trait_ref(id) else { return Ok(CoerceUnsizedInfo { custom_kind: None }) };
    let trait_ref = trait_ref.instantiate_identity();
    let (source, target) = (trait_ref.self_ty(), trait_ref.args.type_at(1));
    let custom_kind = match (source.kind(), target.kind()) {
        (&ty::TyKind::Adt(a, args_a), &ty::TyKind::Adt(b, args_b)) if a == b && a.is_struct() => {
            let fields = &a.non_enum_variant().fields;
            let changed = fields.iter_enumerated().find(|(_, f)| {
                let (x, y) = (tcx.field_ty(f, args_a), tcx.field_ty(f, args_b));
                x != y && !x.is_phantom_data()
            });
            changed.map(|(i, _)| CustomCoerceUnsized::Struct(i))
        }
        _ => None,
    };
    Ok(CoerceUnsizedInfo { custom_kind })
}
