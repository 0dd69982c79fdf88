//! The leak check: a placeholder region must not be required to relate to anything outside its binder.
//!
//! `for<'a> fn(&'a u8)` is not a subtype of `fn(&'x u8)`'s inverse: that would need `'!a: 'x` for all `'!a`.

use span::FxHashMap;
use ty::error::TypeError;
use ty::{Region, RegionKind, UniverseIndex};

use super::{CombinedSnapshot, InferCtxt, RelateResult};

impl<'tcx> InferCtxt<'tcx> {
    /// Fails if a placeholder of a universe made since `outer_universe` is outlived by nothing but itself as required.
    pub fn leak_check(
        &self,
        outer_universe: UniverseIndex,
        only_consider_snapshot: Option<&CombinedSnapshot<'tcx>>,
    ) -> RelateResult<'tcx, ()> {
        if self.skip_leak_check || !self.considering_regions || self.universe() == outer_universe {
            return Ok(());
        }
        let inner = self.inner.borrow();
        let from = only_consider_snapshot.map_or(0, |s| s.constraints);
        let constraints = &inner.regions.data.constraints[from..];
        // From a region to those that it must outlive.
        let mut outlives: FxHashMap<Region<'tcx>, Vec<Region<'tcx>>> = FxHashMap::default();
        let mut placeholders = Vec::new();
        for (c, _) in constraints {
            outlives.entry(c.sup).or_default().push(c.sub);
            for r in [c.sup, c.sub] {
                if let RegionKind::RePlaceholder(p) = r.kind()
                    && outer_universe.cannot_name(p.universe)
                    && !placeholders.contains(&r)
                {
                    placeholders.push(r);
                }
            }
        }
        let universe = |r: Region<'tcx>| match r.kind() {
            RegionKind::ReVar(v) => inner.regions.var_infos[v].universe,
            RegionKind::RePlaceholder(p) => p.universe,
            _ => UniverseIndex::ROOT,
        };
        for &p in &placeholders {
            let own = universe(p);
            let mut seen = vec![p];
            let mut next = 0;
            while next < seen.len() {
                let r = seen[next];
                next += 1;
                for &sub in outlives.get(&r).into_iter().flatten() {
                    if seen.contains(&sub) {
                        continue;
                    }
                    if sub.is_placeholder() {
                        return Err(TypeError::RegionsPlaceholderMismatch);
                    }
                    if universe(sub).cannot_name(own) {
                        return Err(TypeError::RegionsInsufficientlyPolymorphic(sub));
                    }
                    seen.push(sub);
                }
            }
        }
        Ok(())
    }
}
