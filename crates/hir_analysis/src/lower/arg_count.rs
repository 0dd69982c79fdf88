//! E0107: generic arguments too many or too few.

use diagnostics::codes::E0107;
use diagnostics::{Applicability, Diag, ErrorGuaranteed, MultiSpan};
use hir::{GenericArg as HirArg, PathSegment};
use query::TyCtxt;
use span::Span;
use span::def_id::DefId;
use ty::{GenericParamDef, GenericParamDefKind};

/// What is counted.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Counted {
    Lifetimes,
    TypesAndConsts,
}

/// A path segment with a wrong number of arguments.
pub(super) struct WrongCount<'a, 'tcx> {
    pub(super) tcx: TyCtxt<'tcx>,
    pub(super) def_id: DefId,
    pub(super) segment: &'a PathSegment<'tcx>,
    pub(super) counted: Counted,
    pub(super) min: usize,
    pub(super) max: usize,
    pub(super) given: usize,
}

fn s(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

impl<'a, 'tcx> WrongCount<'a, 'tcx> {
    fn kind(&self) -> &'static str {
        if self.counted == Counted::Lifetimes { "lifetime" } else { "generic" }
    }

    /// "at least ", "at most " or nothing, and the number that it is compared with.
    fn bound(&self) -> (&'static str, usize) {
        match (self.min < self.max, self.given > self.max) {
            (true, true) => ("at most ", self.max),
            (true, false) => ("at least ", self.min),
            (false, _) => ("", self.max),
        }
    }

    fn args(&self) -> &'a [HirArg<'tcx>] {
        self.segment.args.map_or(&[], |a| a.args)
    }

    /// The arguments of the kind that is counted.
    fn counted_args(&self) -> Vec<&'a HirArg<'tcx>> {
        let lifetimes = self.counted == Counted::Lifetimes;
        self.args()
            .iter()
            .filter(|a| match a {
                HirArg::Lifetime(l) => lifetimes && !l.is_implicit(),
                _ => !lifetimes,
            })
            .collect()
    }

    /// The parameters of the kind that is counted.
    fn params(&self) -> Vec<&'tcx GenericParamDef> {
        let generics = self.tcx.generics_of(self.def_id);
        let own_self = generics.has_self && generics.parent.is_none();
        generics
            .own_params
            .iter()
            .filter(|p| match p.kind {
                GenericParamDefKind::Lifetime => self.counted == Counted::Lifetimes,
                k => self.counted == Counted::TypesAndConsts && !k.is_synthetic() && !(p.index == 0 && own_self),
            })
            .collect()
    }

    pub(super) fn report(self) -> ErrorGuaranteed {
        let (tcx, kind) = (self.tcx, self.kind());
        let what = tcx.def_descr(self.def_id);
        let (quantity, bound) = self.bound();
        let sp = self.segment.ident.span;
        let msg = if self.given == 0 && self.min > 0 {
            format!("missing generics for {what} `{}`", tcx.def_path_str(self.def_id))
        } else {
            let given = self.given;
            format!(
                "{what} takes {quantity}{bound} {kind} argument{} but {given} {kind} argument{} {} supplied",
                s(bound),
                s(given),
                if given == 1 { "was" } else { "were" }
            )
        };
        let mut err = tcx.dcx().struct_span_err(sp, msg).with_code(E0107);
        err.span_label(sp, format!("expected {quantity}{bound} {kind} argument{}", s(bound)));
        let too_many = self.given > self.max;
        if !too_many {
            let args = self.counted_args();
            for (i, arg) in args.iter().enumerate() {
                let label = if i + 1 == args.len() {
                    format!("supplied {} {kind} argument{}", args.len(), s(args.len()))
                } else {
                    String::new()
                };
                err.span_label(arg.span(), label);
            }
        }
        if too_many {
            self.suggest_removing(&mut err);
        } else {
            self.suggest_adding(&mut err);
        }
        self.note_definition(&mut err);
        err.emit()
    }

    fn note_definition(&self, err: &mut Diag<'_>) {
        let tcx = self.tcx;
        let (quantity, bound) = self.bound();
        let span = tcx.def_ident_span(self.def_id).unwrap_or_else(|| tcx.def_span(self.def_id));
        let mut at = MultiSpan::from(span);
        let mut names = Vec::new();
        for p in self.params().into_iter().take(bound) {
            at.push_span_label(tcx.def_span(p.def_id), "");
            names.push(format!("`{}`", p.name));
        }
        let list = if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
        err.span_note(
            at,
            format!(
                "{} defined here, with {quantity}{bound} {} parameter{}{list}",
                tcx.def_descr(self.def_id),
                self.kind(),
                s(bound)
            ),
        );
    }

    fn suggest_adding(&self, err: &mut Diag<'_>) {
        let missing = self.min.saturating_sub(self.given);
        if missing == 0 {
            return;
        }
        let texts: Vec<String> = self
            .params()
            .into_iter()
            .skip(self.given)
            .take(missing)
            .map(|p| match self.counted {
                Counted::Lifetimes => self.lifetime_text(p),
                Counted::TypesAndConsts if self.is_inferred(p) => "_".to_owned(),
                Counted::TypesAndConsts => p.name.to_string(),
            })
            .collect();
        let text = texts.join(", ");
        let msg = format!("add missing {} argument{}", self.kind(), s(missing));
        let args = self.segment.args.filter(|a| a.span().is_some());
        let (span, text) = match args {
            None => (self.segment.ident.span.shrink_to_hi(), format!("<{text}>")),
            Some(args) => {
                // Behind the `<`.
                let ext = args.span_ext();
                let all = ext.with_lo(ext.lo() + span::BytePos(1));
                let written = |a: &&HirArg<'tcx>| !matches!(a, HirArg::Lifetime(l) if l.is_implicit());
                let before: Vec<&HirArg<'tcx>> = match self.counted {
                    Counted::Lifetimes => {
                        args.args.iter().filter(|a| matches!(a, HirArg::Lifetime(_))).filter(written).collect()
                    }
                    Counted::TypesAndConsts => args.args.iter().filter(written).collect(),
                };
                match before.last() {
                    Some(last) => (last.span().shrink_to_hi(), format!(", {text}")),
                    None => {
                        let more = args.args.iter().filter(written).count() > 0 || !args.constraints.is_empty();
                        (all.shrink_to_lo(), format!("{text}{}", if more { ", " } else { "" }))
                    }
                }
            }
        };
        err.span_suggestion_verbose(span, msg, text, Applicability::HasPlaceholders);
    }

    /// A lifetime as it could be written there.
    fn lifetime_text(&self, param: &GenericParamDef) -> String {
        use hir::Node;
        for (_, node) in self.tcx.hir_parent_iter(self.segment.hir_id) {
            match node {
                Node::Expr(_) | Node::Block(_) | Node::Stmt(_) | Node::AnonConst(_) => return "'static".to_owned(),
                Node::Item(hir::Item { kind: hir::ItemKind::Const(..) | hir::ItemKind::Static(..), .. }) => {
                    return "'static".to_owned();
                }
                _ => {}
            }
            if let Some(generics) = node.generics()
                && let Some(p) = generics
                    .params
                    .iter()
                    .find(|p| matches!(p.kind, hir::GenericParamKind::Lifetime { .. }) && !p.is_elided_lifetime())
            {
                return p.name.ident().name.to_string();
            }
            if let Node::Item(hir::Item { kind: hir::ItemKind::Fn { .. }, .. })
            | Node::ImplItem(_)
            | Node::TraitItem(_) = node
            {
                return "'_".to_owned();
            }
        }
        param.name.to_string()
    }

    /// Whether inference finds the argument: in the generics of a method call, or by the callee's arguments.
    fn is_inferred(&self, param: &GenericParamDef) -> bool {
        let tcx = self.tcx;
        let in_method_call = tcx
            .hir_parent_iter(self.segment.hir_id)
            .find_map(|(_, n)| match n {
                hir::Node::Expr(e) => Some(e),
                _ => None,
            })
            .is_some_and(|e| matches!(e.kind, hir::ExprKind::MethodCall(PathSegment { args: Some(_), .. }, ..)));
        let of_input = tcx.hir_get_if_local(self.def_id).and_then(|n| n.fn_decl()).is_some_and(|d| {
            d.inputs.iter().any(|t| match t.kind {
                hir::TyKind::Path(hir::QPath::Resolved(None, path)) => path.res.opt_def_id() == Some(param.def_id),
                _ => false,
            })
        });
        matches!(param.kind, GenericParamDefKind::Type { .. }) && (in_method_call || of_input)
    }

    fn suggest_removing(&self, err: &mut Diag<'_>) {
        let counted = self.counted_args();
        let Some(generics) = self.segment.args else { return };
        let redundant = self.given - self.max;
        let written = generics.args.iter().filter(|a| !matches!(a, HirArg::Lifetime(l) if l.is_implicit())).count();
        if redundant >= written && generics.constraints.is_empty() {
            let Some(args_span) = Some(generics.span_ext()).filter(|s| !s.is_dummy()) else { return };
            let span = args_span.with_lo(self.segment.ident.span.hi());
            let parens = match generics.parenthesized {
                hir::GenericArgsParentheses::No => "",
                _ => "parenthetical ",
            };
            err.span_suggestion(
                span,
                format!("remove the unnecessary {parens}generics"),
                "",
                Applicability::MaybeIncorrect,
            );
            return;
        }
        let (Some(first), Some(last)) = (counted.get(self.max), counted.last()) else { return };
        // With the comma before it.
        let before = generics
            .args
            .iter()
            .filter(|a| !matches!(a, HirArg::Lifetime(l) if l.is_implicit()))
            .take_while(|a| a.span() != first.span())
            .last();
        let span: Span = match before {
            Some(b) => b.span().shrink_to_hi().to(last.span()),
            None => first.span().to(last.span()),
        };
        let msg = match self.counted {
            Counted::Lifetimes => format!("remove the lifetime argument{}", s(redundant)),
            Counted::TypesAndConsts => format!("remove the unnecessary generic argument{}", s(redundant)),
        };
        err.span_suggestion(span, msg, "", Applicability::MaybeIncorrect);
    }
}
