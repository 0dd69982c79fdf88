//! The specialization graph of a trait (RFC 1210): which impl refines which.

use span::FxIndexMap;
use span::def_id::DefId;

/// The impls of a trait by parent; roots have the trait itself as parent.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// The parent of each impl.
    pub parent: FxIndexMap<DefId, DefId>,
    /// The children of the trait and of each impl.
    pub children: FxIndexMap<DefId, Vec<DefId>>,
    /// Whether an impl's error was reported while the graph was built.
    pub has_errored: Option<diagnostics::ErrorGuaranteed>,
}

impl Graph {
    /// The impl's ancestors, itself first and the trait last.
    pub fn ancestors(&self, start: DefId) -> Vec<DefId> {
        let mut out = vec![start];
        let mut cur = start;
        while let Some(&p) = self.parent.get(&cur) {
            out.push(p);
            cur = p;
        }
        out
    }
}
