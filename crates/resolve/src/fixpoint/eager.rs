//! What macros ask of the loop: eager expansion of their arguments, and questions about names.

use ast::{Expr, ExprKind, NodeId, P, Path};
use expand::base::{AstFragment, ExpansionData, Indeterminate, ResolverExpand};
use hir::def::Namespace::*;
use span::{ExpnId, FxHashSet, MacroKind};

use super::{DirOwnership, Expander, Place};
use crate::Resolver;
use crate::path::{Determinacy, PathResult, Segment};

/// The resolver as macros see it, with the loop's settings.
pub(super) struct MacroContext<'r, 'ra, 'tcx> {
    pub r: &'r mut Resolver<'ra, 'tcx>,
    pub dir_ownership: DirOwnership,
    pub recursion_limit: usize,
    pub reached_recursion_limit: bool,
}

impl ResolverExpand for MacroContext<'_, '_, '_> {
    fn fully_expand_expr(
        &mut self,
        expansion: &ExpansionData,
        expr: P<Expr>,
        force: bool,
    ) -> Result<P<Expr>, Indeterminate> {
        if !force && let ExprKind::MacCall(mac) = &expr.kind {
            let parent_scope = self.r.invocation_parent_scopes[&expansion.id];
            let found = self.r.resolve_macro_path(&mac.path, MacroKind::Bang, &parent_scope, false, false);
            if let Err(Determinacy::Undetermined) = found {
                return Err(Indeterminate);
            }
        }
        let mut expander = Expander {
            r: &mut *self.r,
            place: Place { data: expansion.clone(), dir_ownership: self.dir_ownership },
            monotonic: false,
            force: true,
            trace_macros: false,
            recursion_limit: self.recursion_limit,
            inert_attrs: FxHashSet::default(),
            reached_recursion_limit: self.reached_recursion_limit,
        };
        let expr = expander.fully_expand(AstFragment::Expr(expr)).make_expr();
        self.reached_recursion_limit = expander.reached_recursion_limit;
        Ok(expr)
    }

    fn cfg_accessible(&mut self, expn: ExpnId, path: &Path) -> Result<bool, Indeterminate> {
        let parent_scope = self.r.invocation_parent_scopes[&expn];
        let path: Vec<Segment> = path.segments.iter().map(|s| Segment { id: None, ..Segment::from(s) }).collect();
        let mut indeterminate = false;
        for ns in [TypeNS, ValueNS, MacroNS] {
            match self.r.maybe_resolve_path(&path, Some(ns), &parent_scope, None) {
                PathResult::Module(_) => return Ok(true),
                PathResult::NonModule(partial) if partial.unresolved_segments() == 0 => return Ok(true),
                PathResult::NonModule(_) | PathResult::Failed(_) => {}
                PathResult::Indeterminate => indeterminate = true,
            }
        }
        if indeterminate { Err(Indeterminate) } else { Ok(false) }
    }

    fn has_derive_copy(&self, expn: ExpnId) -> bool {
        self.r.containers_deriving_copy.contains(&expn)
    }

    fn record_macro_rule_usage(&mut self, macro_node: NodeId, rule: usize) {
        if let Some(used) = self.r.unused_macro_rules.get_mut(&macro_node)
            && let Some(used) = used.get_mut(rule)
        {
            *used = true;
        }
    }
}
