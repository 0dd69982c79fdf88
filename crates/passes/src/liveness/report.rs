//! The warnings: first variables that are not used at all, then values that are not.

use diagnostics::{Applicability, Diag};
use hir::def::{CtorKind, DefKind};
use hir::intravisit::{self, Visitor};
use hir::{Expr, ExprKind, HirId, LitKind, PatKind};
use session::lint::{UNUSED_ASSIGNMENTS, UNUSED_VARIABLES};
use span::def_id::LocalDefId;
use span::edit_distance::find_best_match_for_name;
use span::{Span, Symbol};

use super::{Liveness, VarKind, Variable};

pub(super) fn report(cx: &Liveness<'_>, owner: LocalDefId, body: &hir::Body<'_>) {
    for (i, var) in cx.vars.iter().enumerate() {
        if var.kind != VarKind::Upvar && !var.used && !Liveness::is_silent(var.name) {
            unused_variable(cx, i, var, owner, body);
        }
    }
    for (i, var) in cx.vars.iter().enumerate() {
        if Liveness::is_silent(var.name) {
            continue;
        }
        let at = var.occurrences[0];
        if var.kind == VarKind::Upvar && !var.initial_live {
            let msg = format!("value captured by `{}` is never read", var.name);
            emit(cx, at.hir_id, at.pat, msg, |d| {
                d.help("did you mean to capture by reference instead?");
            });
        } else if var.used && var.initialised && !var.initial_live {
            let (span, verb) = match (var.kind, var.init) {
                (VarKind::Param, _) => (at.pat, "passed"),
                (_, Some(init)) => (init, "assigned"),
                (_, None) => (at.pat, "assigned"),
            };
            let msg = format!("value {verb} to `{}` is never read", var.name);
            emit(cx, at.hir_id, span, msg, |d| {
                d.help("maybe it is overwritten before being read?");
            });
        }
        let mut dead: Vec<_> = cx.assignments.iter().filter(|(_, a)| a.var == i && !a.live).collect();
        dead.sort_by_key(|(_, a)| a.span);
        for (&id, assignment) in dead {
            let msg = format!("value assigned to `{}` is never read", var.name);
            emit(cx, id, assignment.span, msg, |d| {
                if let Some(parts) = meant_to_write_through(cx, var, owner, body, id) {
                    d.multipart_suggestion(
                        "you might have meant to mutate the pointed at value being passed in, instead of changing the \
                         reference in the local binding",
                        parts,
                        Applicability::MaybeIncorrect,
                    );
                } else {
                    d.help("maybe it is overwritten before being read?");
                }
            });
        }
    }
}

fn emit(cx: &Liveness<'_>, id: HirId, span: Span, msg: String, decorate: impl FnOnce(&mut Diag<'_>)) {
    cx.tcx.emit_node_span_lint(&UNUSED_ASSIGNMENTS, id, span, msg, decorate);
}

fn unused_variable(cx: &Liveness<'_>, index: usize, var: &Variable, owner: LocalDefId, body: &hir::Body<'_>) {
    let name = var.name;
    let first = var.occurrences[0];
    let spans: Vec<Span> = var.occurrences.iter().map(|o| o.pat).collect();
    let typo = similar_constant(cx, first.hir_id, var, owner);
    if cx.assignments.values().any(|a| a.var == index) {
        let msg = format!("variable `{name}` is assigned to, but never used");
        cx.tcx.emit_node_span_lint(&UNUSED_VARIABLES, first.hir_id, spans, msg, |d| {
            d.note(format!("consider using `_{name}` instead"));
            suggest_constant(d, first.pat, typo);
        });
        return;
    }
    let msg = format!("unused variable: `{name}`");
    let interpolations = meant_interpolations(body, name.name);
    let has_shorthand = var.occurrences.iter().any(|o| o.is_shorthand);
    cx.tcx.emit_node_span_lint(&UNUSED_VARIABLES, first.hir_id, spans.clone(), msg, |d| {
        if name.span.from_expansion() {
            d.span_help(spans, format!("`{name}` is captured in macro and introduced a unused variable"));
            return;
        }
        suggest_constant(d, first.pat, typo);
        if !interpolations.is_empty() {
            for &span in &interpolations {
                d.span_label(span, "you might have meant to use string interpolation in this string literal");
            }
            let parts = interpolations
                .iter()
                .flat_map(|s| [(s.shrink_to_lo(), "format!(".to_owned()), (s.shrink_to_hi(), ")".to_owned())]);
            d.multipart_suggestion(
                "string interpolation only works in `format!` invocations",
                parts.collect(),
                Applicability::MachineApplicable,
            );
        }
        let (msg, parts): (_, Vec<(Span, String)>) = if has_shorthand {
            let part =
                |o: &super::Occurrence| (o.pat, if o.is_shorthand { format!("{name}: _") } else { "_".to_owned() });
            ("try ignoring the field", var.occurrences.iter().map(part).collect())
        } else {
            let part = |o: &super::Occurrence| (o.pat, format!("_{name}"));
            ("if this is intentional, prefix it with an underscore", var.occurrences.iter().map(part).collect())
        };
        match &parts[..] {
            [(span, text)] => d.span_suggestion(*span, msg, text.clone(), Applicability::MachineApplicable),
            _ => d.multipart_suggestion(msg, parts, Applicability::MachineApplicable),
        };
    });
}

/// A constant or unit variant whose name is like the variable's.
struct Similar {
    kind: &'static str,
    name: Symbol,
    path: String,
}

fn similar_constant(cx: &Liveness<'_>, id: HirId, var: &Variable, owner: LocalDefId) -> Option<Similar> {
    // Nobody matches in a plain parameter.
    if var.kind == VarKind::Param {
        return None;
    }
    let tcx = cx.tcx;
    let ty = cx.typeck.node_type_opt(id)?;
    let name = var.name.name;
    if let ty::TyKind::Adt(adt, _) = ty.peel_refs().kind() {
        let units: Vec<_> = adt.variants().iter().filter(|v| matches!(v.ctor, Some((CtorKind::Const, _)))).collect();
        let names: Vec<Symbol> = units.iter().map(|v| v.name).collect();
        if let Some(best) = find_best_match_for_name(&names, name, None) {
            let variant = units.iter().find(|v| v.name == best)?;
            return Some(Similar {
                kind: tcx.def_descr(variant.def_id),
                name: best,
                path: query::with_no_trimmed_paths(|| tcx.def_path_str(variant.def_id)),
            });
        }
    }
    let consts: Vec<LocalDefId> = tcx
        .hir_body_owners()
        .filter(|&d| {
            tcx.def_kind(d) == DefKind::Const
                && tcx.type_of(d).instantiate_identity() == ty
                && tcx.is_accessible_from(tcx.visibility(d), owner)
        })
        .collect();
    let names: Vec<Symbol> = consts.iter().map(|&d| tcx.item_name(d)).collect();
    let best = find_best_match_for_name(&names, name, None)?;
    let at = names.iter().position(|n| *n == best)?;
    Some(Similar { kind: "constant", name: best, path: tcx.def_path_str(consts[at].to_def_id()) })
}

fn suggest_constant(d: &mut Diag<'_>, span: Span, similar: Option<Similar>) {
    if let Some(s) = similar {
        let msg = format!("you might have meant to pattern match on the similarly named {} `{}`", s.kind, s.name);
        d.span_suggestion_verbose(span, msg, s.path, Applicability::MaybeIncorrect);
    }
}

/// String literals that say `{name}`.
fn meant_interpolations(body: &hir::Body<'_>, name: Symbol) -> Vec<Span> {
    struct Literals {
        wanted: String,
        found: Vec<Span>,
    }
    impl<'v> Visitor<'v> for Literals {
        fn visit_expr(&mut self, e: &'v Expr<'v>) {
            if let ExprKind::Lit(lit) = e.kind {
                if let LitKind::Str(text, _) = lit.node {
                    if text.as_str().contains(&self.wanted) {
                        self.found.push(lit.span);
                    }
                }
            }
            intravisit::walk_expr(self, e);
        }
    }
    // The walk borrows for the body's own life; its value is enough.
    let mut literals = Literals { wanted: format!("{{{name}}}"), found: Vec::new() };
    literals.visit_expr(body.value);
    literals.found
}

/// `fn f(mut p: &T) { p = &v; }`: the edits that make it write to what `p` points at.
fn meant_to_write_through(
    cx: &Liveness<'_>,
    var: &Variable,
    owner: LocalDefId,
    body: &hir::Body<'_>,
    place: HirId,
) -> Option<Vec<(Span, String)>> {
    if var.kind != VarKind::Param {
        return None;
    }
    let tcx = cx.tcx;
    let decl = tcx.hir_node_by_def_id(owner).fn_decl()?;
    let (i, param) = body.params.iter().enumerate().find(|(_, p)| p.pat.hir_id == var.occurrences[0].hir_id)?;
    let PatKind::Binding(mode, _, ident, _) = param.pat.kind else { return None };
    if mode != hir::BindingMode::MUT {
        return None;
    }
    let hir::TyKind::Ref(lifetime, pointee) = decl.inputs.get(i)?.kind else { return None };
    let hir::Node::Expr(assign) = tcx.parent_hir_node(place) else { return None };
    let ExprKind::Assign(lhs, rhs, _) = assign.kind else { return None };
    let ExprKind::AddrOf(_, _, inner) = rhs.kind else { return None };
    let mut parts = vec![(param.pat.span.until(ident.span), String::new())];
    if pointee.mutbl == hir::Mutability::Not {
        let before = if lifetime.ident.span.is_empty() { "" } else { " " };
        parts.push((pointee.ty.span.shrink_to_lo(), format!("{before}mut ")));
    }
    parts.push((lhs.span.shrink_to_lo(), "*".to_owned()));
    parts.push((rhs.span.until(inner.span), String::new()));
    Some(parts)
}
