//! Which local variables are read: `unused_variables` and `unused_assignments`.
//!
//! A backward dataflow analysis over a body's expressions. What is known before an expression is computed from what is
//! known after it: of each variable, whether its value may still be read (`live`), whether it is assigned later
//! (`written`), whether it is mentioned at all later (`used`). Loops are gone through until nothing changes; since states
//! only grow, what was seen at an assignment in any round may be joined (`assignments`).
//!
//! ```text
//! let mut a = 1;   // after: a dead                -> value assigned to `a` is never read
//! a = 2;           // after: a live
//! print(a);        // after: a dead
//! ```

mod flow;
mod report;
mod state;

use hir::def::DefKind;
use hir::intravisit::{self, Visitor};
use hir::{BodyId, HirId, PatKind};
use query::TyCtxt;
use span::def_id::LocalDefId;
use span::{FxIndexMap, Ident, Span, kw, sym};
use state::State;
use ty::TypeckResults;

/// How a variable comes into being.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum VarKind {
    /// A plain parameter.
    Param,
    /// A binding in a pattern.
    Binding,
    /// A variable of an enclosing body, captured by value.
    Upvar,
}

/// One place where a binding is written: or-patterns have several.
#[derive(Clone, Copy)]
struct Occurrence {
    /// The pattern's, with `mut` and `ref`.
    pat: Span,
    /// `S { x }`
    is_shorthand: bool,
    hir_id: HirId,
}

/// A variable of the body.
struct Variable {
    name: Ident,
    kind: VarKind,
    occurrences: Vec<Occurrence>,
    /// The initialiser of `let name = init`.
    init: Option<Span>,
    /// Used, as far as its definition sees; `None` if the definition is never reached.
    used: bool,
    /// Assigned after its definition.
    written: bool,
    /// The value given at the definition is read.
    initial_live: bool,
    /// The definition gives it a value.
    initialised: bool,
}

/// An assignment to a variable.
struct Assignment {
    var: usize,
    span: Span,
    live: bool,
}

struct Liveness<'tcx> {
    tcx: TyCtxt<'tcx>,
    typeck: &'tcx TypeckResults<'tcx>,
    module: span::def_id::DefId,
    vars: Vec<Variable>,
    /// Of the canonical binding's id.
    index: FxIndexMap<HirId, usize>,
    assignments: FxIndexMap<HirId, Assignment>,
    /// What is known where a `break` of this target goes.
    breaks: FxIndexMap<HirId, State>,
    continues: FxIndexMap<HirId, State>,
    /// What is known where the body ends.
    exit: State,
}

/// Checks a body; closures in it are checked before, the last first.
pub(crate) fn check_liveness(tcx: TyCtxt<'_>, owner: LocalDefId) {
    let Some(body) = tcx.hir_maybe_body_owned_by(owner) else { return };
    let root = tcx.typeck_root_def_id_local(owner);
    if is_exempt(tcx, root) {
        return;
    }
    let mut closures = Closures { tcx, found: Vec::new() };
    closures.visit_body(body);
    for closure in closures.found.into_iter().rev() {
        check_liveness(tcx, closure);
    }
    let typeck = tcx.typeck(owner);
    // As for rustc, which looks at MIR: where there would be none, nothing is said.
    if typeck.tainted_by_errors.is_some() || tcx.check_match(owner).is_err() {
        return;
    }
    let mut cx = Liveness {
        tcx,
        typeck,
        module: tcx.parent_module_from_def_id(owner).to_def_id(),
        vars: Vec::new(),
        index: FxIndexMap::default(),
        assignments: FxIndexMap::default(),
        breaks: FxIndexMap::default(),
        continues: FxIndexMap::default(),
        exit: State::default(),
    };
    cx.collect(owner, body);
    if cx.vars.is_empty() {
        return;
    }
    cx.run(owner, body);
    report::report(&cx, owner, body);
}

/// Bodies that are not looked at: derived code, naked functions, intrinsics.
fn is_exempt(tcx: TyCtxt<'_>, root: LocalDefId) -> bool {
    if tcx.intrinsic(root).is_some() || tcx.has_attr(root, sym::naked) {
        return true;
    }
    let Some(parent) = tcx.opt_local_parent(root) else { return false };
    matches!(tcx.def_kind(parent), DefKind::Impl { of_trait: true }) && tcx.has_attr(parent, sym::automatically_derived)
}

/// The closures and inline constants that stand right in a body.
struct Closures<'tcx> {
    tcx: TyCtxt<'tcx>,
    found: Vec<LocalDefId>,
}

impl<'tcx> Visitor<'tcx> for Closures<'tcx> {
    fn visit_expr(&mut self, e: &'tcx hir::Expr<'tcx>) {
        match e.kind {
            hir::ExprKind::Closure(closure) => self.found.push(closure.def_id),
            _ => intravisit::walk_expr(self, e),
        }
    }
    fn visit_inline_const(&mut self, c: &'tcx hir::ConstBlock) {
        self.found.push(c.def_id);
    }
    fn visit_nested_body(&mut self, _: BodyId) {
        let _ = self.tcx;
    }
}

impl<'tcx> Liveness<'tcx> {
    /// Finds the variables: those captured, parameters, bindings.
    fn collect(&mut self, owner: LocalDefId, body: &'tcx hir::Body<'tcx>) {
        if let Some(upvars) = self.tcx.upvars_mentioned(owner.to_def_id()) {
            for (&id, upvar) in upvars {
                if self.captured_whole_by_value(owner, id) {
                    let name = self.tcx.hir_ident(id);
                    let at = Occurrence { pat: upvar.span, is_shorthand: false, hir_id: body.value.hir_id };
                    self.add(id, name, VarKind::Upvar, at);
                }
            }
        }
        for param in body.params {
            let kind = match param.pat.kind {
                PatKind::Binding(_, _, _, None) => VarKind::Param,
                _ => VarKind::Binding,
            };
            self.collect_pat(param.pat, kind, None);
        }
        let mut bindings = Bindings { cx: self };
        bindings.visit_expr(body.value);
    }

    fn captured_whole_by_value(&self, closure: LocalDefId, var: HirId) -> bool {
        let mut captures =
            self.tcx.typeck(closure).closure_min_captures_flattened(closure).filter(|c| c.get_root_variable() == var);
        match (captures.next(), captures.next()) {
            (Some(c), None) => !c.is_by_ref() && c.place.projections.is_empty(),
            _ => false,
        }
    }

    fn add(&mut self, id: HirId, name: Ident, kind: VarKind, at: Occurrence) -> usize {
        if let Some(&i) = self.index.get(&id) {
            self.vars[i].occurrences.push(at);
            return i;
        }
        let i = self.vars.len();
        self.vars.push(Variable {
            name,
            kind,
            occurrences: vec![at],
            init: None,
            used: false,
            written: false,
            initial_live: false,
            initialised: kind != VarKind::Binding,
        });
        self.index.insert(id, i);
        i
    }

    fn collect_pat(&mut self, pat: &hir::Pat<'_>, kind: VarKind, init: Option<Span>) {
        let mut shorthands = Vec::new();
        pat.walk_always(|p| {
            if let PatKind::Struct(_, fields, _) = p.kind {
                shorthands.extend(fields.iter().filter(|f| f.is_shorthand).map(|f| f.pat.hir_id));
            }
        });
        let top = pat.hir_id;
        pat.walk_always(|p| {
            let PatKind::Binding(_, canonical, ident, _) = p.kind else { return };
            let is_shorthand = shorthands.contains(&p.hir_id);
            let pat = if p.span.ctxt() == ident.span.ctxt() { p.span.with_hi(ident.span.hi()) } else { ident.span };
            let at = Occurrence { pat, is_shorthand, hir_id: p.hir_id };
            let i = self.add(canonical, ident, kind, at);
            if p.hir_id == top {
                self.vars[i].init = init;
            }
        });
    }

    fn var_of(&self, id: HirId) -> Option<usize> {
        self.index.get(&id).copied()
    }

    /// Whether a name says that it may be unused.
    fn is_silent(name: Ident) -> bool {
        name.name == kw::SelfLower || name.name == kw::Empty || name.as_str().starts_with('_')
    }
}

struct Bindings<'a, 'tcx> {
    cx: &'a mut Liveness<'tcx>,
}

impl<'tcx> Visitor<'tcx> for Bindings<'_, 'tcx> {
    fn visit_local(&mut self, l: &'tcx hir::LetStmt<'tcx>) {
        if let Some(init) = l.init {
            self.visit_expr(init);
        }
        let init = l.init.filter(|_| l.source == hir::LocalSource::Normal).map(|e| e.span);
        self.cx.collect_pat(l.pat, VarKind::Binding, init);
        if let Some(els) = l.els {
            self.visit_block(els);
        }
    }
    fn visit_pat(&mut self, p: &'tcx hir::Pat<'tcx>) {
        self.cx.collect_pat(p, VarKind::Binding, None);
    }
    fn visit_nested_body(&mut self, _: BodyId) {}
}
