//! Stability and deprecation attributes.

use hir::Attribute;
use query::{ConstStability, Deprecation, LocalCrate, Providers, Stability, StabilityLevel, TyCtxt};
use span::def_id::LocalDefId;
use span::{FxIndexMap, Symbol, sym};

pub(crate) fn provide(providers: &mut Providers<'_>) {
    providers.lookup_stability = lookup_stability;
    providers.lookup_const_stability = lookup_const_stability;
    providers.lookup_deprecation = lookup_deprecation;
    providers.stability_implications = |tcx, LocalCrate| tcx.arena().alloc(FxIndexMap::default());
}

/// `name = "value"` of an attribute's list.
fn value(attr: &Attribute, name: Symbol) -> Option<Symbol> {
    attr.meta_item_list()?.iter().find(|i| i.name() == Some(name))?.value_str()
}

fn level(attr: &Attribute, stable: bool) -> Option<(Symbol, StabilityLevel)> {
    let feature = value(attr, sym::feature)?;
    let level = if stable {
        StabilityLevel::Stable { since: value(attr, sym::since).unwrap_or(span::kw::Empty) }
    } else {
        StabilityLevel::Unstable {
            issue: value(attr, sym::issue).and_then(|i| i.as_str().parse().ok()),
            reason: value(attr, sym::reason),
            is_soft: attr.meta_item_list().unwrap_or_default().iter().any(|i| i.name() == Some(Symbol::intern("soft"))),
            implied_by: value(attr, sym::implied_by),
        }
    };
    Some((feature, level))
}

/// An item's own stability, or its parent's if it has none and the parent is unstable.
fn lookup_stability(tcx: TyCtxt<'_>, id: LocalDefId) -> Option<Stability> {
    if !tcx.feature(sym::staged_api) {
        return None;
    }
    for attr in tcx.attrs(id) {
        let stable = attr.has_name(sym::stable);
        if stable || attr.has_name(sym::unstable) {
            if let Some((feature, level)) = level(attr, stable) {
                return Some(Stability { feature, level });
            }
        }
    }
    let parent = tcx.opt_local_parent(id)?;
    tcx.lookup_stability(parent).filter(|s| matches!(s.level, StabilityLevel::Unstable { .. }))
}

fn lookup_const_stability(tcx: TyCtxt<'_>, id: LocalDefId) -> Option<ConstStability> {
    let promotable = tcx.has_attr(id, sym::rustc_promotable);
    for attr in tcx.attrs(id) {
        let stable = attr.has_name(sym::rustc_const_stable);
        if stable || attr.has_name(sym::rustc_const_unstable) {
            if let Some((feature, level)) = level(attr, stable) {
                return Some(ConstStability { feature, level, promotable });
            }
        }
    }
    // A library without stability attributes may still have promotable functions.
    promotable.then(|| ConstStability {
        feature: sym::rustc_promotable,
        level: StabilityLevel::Stable { since: Symbol::intern("") },
        promotable,
    })
}

/// An item's deprecation, or its parent's.
fn lookup_deprecation(tcx: TyCtxt<'_>, id: LocalDefId) -> Option<Deprecation> {
    if let Some(attr) = tcx.get_attr(id, sym::deprecated) {
        let note = attr.value_str().or_else(|| value(attr, sym::note));
        return Some(Deprecation { since: value(attr, sym::since), note, suggestion: value(attr, sym::suggestion) });
    }
    tcx.lookup_deprecation(tcx.opt_local_parent(id)?)
}
