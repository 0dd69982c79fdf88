//! Which codegen unit an item goes to.

use hir::def::DefKind;
use mir::mono::{CodegenUnit, Linkage, MonoItem, MonoItemData, Visibility};
use query::TyCtxt;
use span::def_id::{CrateNum, DefId, LOCAL_CRATE};
use span::{FxIndexMap, FxIndexSet, Symbol};
use ty::{Instance, InstanceKind};

use crate::instantiation;

/// Spreads items over at most `-C codegen-units` units: first by module, then small units are merged.
pub(crate) fn partition<'tcx>(tcx: TyCtxt<'tcx>, items: FxIndexSet<MonoItem<'tcx>>) -> Vec<CodegenUnit<'tcx>> {
    let wanted = tcx.sess().codegen_units().max(1);
    let mut units: FxIndexMap<Symbol, CodegenUnit<'tcx>> = FxIndexMap::default();
    for item in items {
        let name = if wanted == 1 { crate_unit_name(tcx) } else { unit_name(tcx, item) };
        let data = item_data(tcx, item);
        units
            .entry(name)
            .or_insert_with(|| CodegenUnit { name, items: FxIndexMap::default() })
            .items
            .insert(item, data);
    }
    let mut units: Vec<CodegenUnit<'tcx>> = units.into_values().collect();
    if units.is_empty() {
        units.push(CodegenUnit { name: crate_unit_name(tcx), items: FxIndexMap::default() });
    }
    merge(&mut units, wanted);
    units.sort_by(|a, b| a.name.as_str().cmp(b.name.as_str()));
    units
}

/// Merges the smallest units until there are few enough.
fn merge(units: &mut Vec<CodegenUnit<'_>>, wanted: usize) {
    while units.len() > wanted {
        units.sort_by_key(|u| (std::cmp::Reverse(u.size_estimate()), u.name.as_str().to_owned()));
        let Some(smallest) = units.pop() else { return };
        let Some(target) = units.last_mut() else { return };
        target.items.extend(smallest.items);
    }
}

fn crate_unit_name(tcx: TyCtxt<'_>) -> Symbol {
    let disambiguator = format!("{:016x}", tcx.stable_crate_id(LOCAL_CRATE).0);
    Symbol::intern(&format!("{}.{}-cgu.0", tcx.crate_name(LOCAL_CRATE), &disambiguator[..8]))
}

/// The unit of the module an item lies in; what is another crate's goes to the crate's root.
fn unit_name<'tcx>(tcx: TyCtxt<'tcx>, item: MonoItem<'tcx>) -> Symbol {
    let mut at = item.def_id();
    if !at.is_local() {
        at = CrateNum::as_def_id(LOCAL_CRATE);
    }
    let mut steps = Vec::new();
    loop {
        if at.is_crate_root() {
            break;
        }
        if matches!(tcx.def_kind(at), DefKind::Mod) {
            steps.push(tcx.item_name(at).to_string());
        }
        at = tcx.parent(at);
    }
    steps.push(crate_unit_name(tcx).to_string());
    steps.reverse();
    Symbol::intern(&steps.join("-"))
}

fn item_data<'tcx>(tcx: TyCtxt<'tcx>, item: MonoItem<'tcx>) -> MonoItemData {
    let (linkage, visibility) = linkage_of(tcx, item);
    let size_estimate = match item {
        MonoItem::Fn(instance) => {
            let body = tcx.mono_optimized_mir(instance);
            body.basic_blocks.iter().map(|b| b.statements.len() + 1).sum()
        }
        MonoItem::Static(_) | MonoItem::GlobalAsm(_) => 1,
    };
    MonoItemData { linkage, visibility, inlined: false, size_estimate }
}

fn linkage_of<'tcx>(tcx: TyCtxt<'tcx>, item: MonoItem<'tcx>) -> (Linkage, Visibility) {
    let explicit = |def_id: DefId| {
        let name = tcx.codegen_fn_attrs(def_id).linkage?;
        Some(match name.as_str() {
            "weak" | "weak_odr" | "linkonce" | "linkonce_odr" | "common" => Linkage::Weak,
            "extern_weak" => Linkage::ExternalWeak,
            "internal" | "private" => Linkage::Internal,
            _ => Linkage::External,
        })
    };
    match item {
        MonoItem::Fn(Instance { def: InstanceKind::Item(def_id), .. }) | MonoItem::Static(def_id) => {
            // Constructors and closures have no attributes of this kind.
            if matches!(tcx.def_kind(def_id), DefKind::Fn | DefKind::AssocFn | DefKind::Static { .. })
                && let Some(linkage) = explicit(def_id)
            {
                return (linkage, Visibility::Default);
            }
            let local = item.is_fn() && instantiation::requires_local_copy(tcx, def_id);
            (Linkage::External, if local { Visibility::Hidden } else { Visibility::Default })
        }
        _ => (Linkage::External, Visibility::Hidden),
    }
}
