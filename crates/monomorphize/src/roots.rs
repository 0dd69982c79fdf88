//! Where collecting starts: what is called from outside of the crate.

use hir::LangItem;
use hir::def::DefKind;
use mir::mono::MonoItem;
use query::TyCtxt;
use session::CrateType;
use span::DUMMY_SP;
use span::def_id::DefId;
use ty::{Instance, TypingEnv};

use crate::instantiation::requires_monomorphization;

/// The items that must have code even if nothing in the crate uses them, in order of the source.
pub(crate) fn roots<'tcx>(tcx: TyCtxt<'tcx>) -> Vec<MonoItem<'tcx>> {
    let mut roots = Vec::new();
    let executable = tcx.crate_types().iter().all(|t| *t == CrateType::Executable);
    for id in tcx.hir_crate_items_query(()).definitions() {
        if matches!(tcx.def_kind(id), DefKind::GlobalAsm) {
            roots.push(MonoItem::GlobalAsm(id));
        }
    }
    for &id in tcx.mir_keys(()) {
        let def_id = id.to_def_id();
        match tcx.def_kind(def_id) {
            DefKind::Fn | DefKind::AssocFn => {
                let attrs = tcx.codegen_fn_attrs(def_id);
                let named = attrs.contains_extern_indicator() || attrs.used;
                if (executable && !named)
                    || requires_monomorphization(tcx, def_id)
                    || tcx.intrinsic(def_id).is_some()
                    || tcx.cross_crate_inlinable(def_id)
                {
                    continue;
                }
                // There are only lifetimes to erase.
                let args = tcx.erase_regions(tcx.identity_args_for(def_id));
                roots.push(MonoItem::Fn(Instance::new_raw(def_id, args)));
            }
            DefKind::Static { .. } => {
                let attrs = tcx.codegen_fn_attrs(def_id);
                if !executable || attrs.contains_extern_indicator() || attrs.used {
                    roots.push(MonoItem::Static(def_id));
                }
            }
            _ => {}
        }
    }
    if executable && let Some(main) = tcx.entry_fn(()) {
        roots.extend(entry_instances(tcx, main).into_iter().map(MonoItem::Fn));
    }
    roots
}

/// What the program's entry calls: `main`, and `lang_start` for what `main` returns.
pub(crate) fn entry_instances<'tcx>(tcx: TyCtxt<'tcx>, main: DefId) -> Vec<Instance<'tcx>> {
    let env = TypingEnv::fully_monomorphized();
    let sig = tcx.fn_sig(main).skip_binder();
    let output = tcx.instantiate_bound_regions_with_erased(sig.output());
    let output = tcx.normalize_erasing_regions(env, output);
    let mut instances = vec![Instance::mono(main)];
    if let Some(start) = tcx.lang_items().get(LangItem::Start) {
        instances.push(tcx.expect_resolve_instance(env, start, tcx.mk_args(&[output.into()])));
    } else {
        tcx.require_lang_item(LangItem::Start, DUMMY_SP);
    }
    instances
}
