//! `mismatched_lifetime_syntaxes`, `unused_lifetimes` and `single_use_lifetimes`: how signatures write lifetimes.

use diagnostics::{Applicability, MultiSpan};
use hir::intravisit::{self, NestedFilter, Visitor};
use hir::{
    AngleBrackets, GenericParamKind, Generics, HirId, Lifetime, LifetimeKind, LifetimeParamKind, LifetimeSource,
    LifetimeSyntax, Ty,
};
use query::TyCtxt;
use session::lint::{MISMATCHED_LIFETIME_SYNTAXES, SINGLE_USE_LIFETIMES, UNUSED_LIFETIMES};
use span::def_id::LocalDefId;
use span::{FxIndexMap, Span};

use crate::late::LateContext;

/// A function's signature.
pub(crate) fn check_fn_decl(cx: &LateContext<'_>, decl: &hir::FnDecl<'_>, id: HirId) {
    let mut inputs = Mentions::default();
    for ty in decl.inputs {
        inputs.visit_ty(ty);
    }
    let mut outputs = Mentions::default();
    if let hir::FnRetTy::Return(ty) = decl.output {
        outputs.visit_ty(ty);
    }
    for (kind, outputs) in &outputs.0 {
        if let Some(inputs) = inputs.0.get(kind) {
            check_syntaxes(cx, id, inputs, outputs);
        }
    }
}

/// How a lifetime appears.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Category {
    /// Not at all: `Path`.
    Hidden,
    /// `&` or `'_`
    Elided,
    Named,
}

impl Category {
    fn participle(self) -> &'static str {
        match self {
            Category::Hidden => "hidden",
            Category::Elided => "elided",
            Category::Named => "named",
        }
    }
}

/// A lifetime, and the type that it is written or left out in.
#[derive(Clone, Copy)]
struct Mention {
    lifetime: Lifetime,
    ty_span: Span,
}

impl Mention {
    fn category(&self) -> Option<Category> {
        match (self.lifetime.syntax, self.lifetime.source) {
            (LifetimeSyntax::ExplicitBound, _) => Some(Category::Named),
            (LifetimeSyntax::ExplicitAnonymous, _) => Some(Category::Elided),
            (LifetimeSyntax::Implicit, LifetimeSource::Reference) => Some(Category::Elided),
            (LifetimeSyntax::Implicit, LifetimeSource::Path { .. }) => Some(Category::Hidden),
            (LifetimeSyntax::Implicit, _) => None,
        }
    }
    fn span(&self) -> Span {
        if self.lifetime.syntax == LifetimeSyntax::Implicit { self.ty_span } else { self.lifetime.ident.span }
    }
    /// The edit that writes `name` for it.
    fn suggestion(&self, name: &str) -> (Span, String) {
        let span = self.lifetime.ident.span;
        let text = match (self.lifetime.syntax, self.lifetime.source) {
            (LifetimeSyntax::Implicit, LifetimeSource::Reference) => format!("{name} "),
            (LifetimeSyntax::Implicit, LifetimeSource::Path { angle_brackets }) => match angle_brackets {
                AngleBrackets::Missing => format!("<{name}>"),
                AngleBrackets::Empty => name.to_owned(),
                AngleBrackets::Full => format!("{name}, "),
            },
            _ => name.to_owned(),
        };
        (span, text)
    }
}

/// The lifetimes of types, by what they mean.
#[derive(Default)]
struct Mentions(FxIndexMap<LifetimeKind, Vec<Mention>>, Option<Span>);

impl<'v> Visitor<'v> for Mentions {
    fn visit_lifetime(&mut self, lifetime: &'v Lifetime) {
        if matches!(lifetime.kind, LifetimeKind::Param(_) | LifetimeKind::Static) {
            let ty_span = self.1.unwrap_or(lifetime.ident.span);
            self.0.entry(lifetime.kind).or_default().push(Mention { lifetime: *lifetime, ty_span });
        }
    }
    fn visit_ty(&mut self, ty: &'v Ty<'v>) {
        let outer = self.1.replace(ty.span);
        intravisit::walk_ty(self, ty);
        self.1 = outer;
    }
}

/// One lifetime of both sides.
fn check_syntaxes(cx: &LateContext<'_>, id: HirId, inputs: &[Mention], outputs: &[Mention]) {
    let all = || inputs.iter().chain(outputs).filter_map(|m| Some((m, m.category()?)));
    let has = |category| all().any(|(_, c)| c == category);
    let (hidden, elided, named) = (has(Category::Hidden), has(Category::Elided), has(Category::Named));
    let msg = match (hidden, elided, named) {
        (true, true, true) => "hiding or eliding a lifetime that's named elsewhere is confusing",
        (true, false, true) => "hiding a lifetime that's named elsewhere is confusing",
        (false, true, true) => "eliding a lifetime that's named elsewhere is confusing",
        (true, true, false) => "hiding a lifetime that's elided elsewhere is confusing",
        _ => return,
    };
    if all().any(|(m, _)| m.span().from_expansion()) {
        return;
    }
    let primary: Vec<Span> = all().filter(|(_, c)| *c != Category::Named).map(|(m, _)| m.span()).collect();
    let mut span = MultiSpan::from(primary);
    for (mentions, article) in [(inputs, "the"), (outputs, "the same")] {
        for mention in mentions {
            let Some(category) = mention.category() else { continue };
            span.push_span_label(mention.span(), format!("{article} lifetime is {} here", category.participle()));
        }
    }
    let name = all().find(|(_, c)| *c == Category::Named).map(|(m, _)| m.lifetime.ident.name);
    let plain_reference =
        |m: &Mention| m.category() == Some(Category::Elided) && m.lifetime.syntax == LifetimeSyntax::Implicit;
    let (help, text, changed): (_, _, fn(Category) -> bool) = match name {
        Some(name) => (format!("consistently use `{name}`"), name.to_string(), |c| c != Category::Named),
        None if all().any(|(m, _)| plain_reference(m)) => {
            ("use `'_` for type paths".to_owned(), "'_".to_owned(), |c| c == Category::Hidden)
        }
        None => ("consistently use `'_`".to_owned(), "'_".to_owned(), |c| c == Category::Hidden),
    };
    let edits: Vec<_> = all().filter(|(_, c)| changed(*c)).map(|(m, _)| m.suggestion(&text)).collect();
    cx.lint(&MISMATCHED_LIFETIME_SYNTAXES, id, span, msg, |d| {
        d.help("the same lifetime is referred to in inconsistent ways, making the signature confusing");
        d.multipart_suggestion(help, edits, Applicability::MachineApplicable);
    });
}

/// What a parameter is used for.
#[derive(Clone, Copy)]
enum Uses {
    None,
    /// Once, where it could be left out.
    One {
        span: Span,
        /// Behind `&`.
        at_reference: bool,
    },
    Many,
}

/// Counts the uses of lifetime parameters.
struct UseCounter<'tcx> {
    tcx: TyCtxt<'tcx>,
    uses: FxIndexMap<LocalDefId, Uses>,
    /// Whether a lifetime that is left out here would be a parameter too.
    elidable: bool,
}

impl<'tcx> Visitor<'tcx> for UseCounter<'tcx> {
    const NESTED: NestedFilter = NestedFilter::All;

    fn hir_crate(&mut self) -> &'tcx hir::Crate<'tcx> {
        self.tcx.hir_crate()
    }
    fn visit_lifetime(&mut self, lifetime: &'tcx Lifetime) {
        let LifetimeKind::Param(id) = lifetime.kind else { return };
        // What is left out and determined by an argument is no use of its name.
        if lifetime.syntax != LifetimeSyntax::ExplicitBound {
            return;
        }
        let Some(uses) = self.uses.get_mut(&id) else { return };
        let one = Uses::One { span: lifetime.ident.span, at_reference: lifetime.source == LifetimeSource::Reference };
        *uses = match uses {
            Uses::None if self.elidable => one,
            _ => Uses::Many,
        };
    }
    fn visit_where_predicate(&mut self, predicate: &'tcx hir::WherePredicate<'tcx>) {
        self.not_elidable(|this| intravisit::walk_where_predicate(this, predicate));
    }
    fn visit_param_bound(&mut self, bound: &'tcx hir::GenericBound<'tcx>) {
        self.not_elidable(|this| intravisit::walk_param_bound(this, bound));
    }
    fn visit_nested_body(&mut self, id: hir::BodyId) {
        let body = self.tcx.hir_body(id);
        self.not_elidable(|this| this.visit_body(body));
    }
    fn visit_ty(&mut self, ty: &'tcx Ty<'tcx>) {
        match ty.kind {
            // Their own binders would take what is left out.
            hir::TyKind::FnPtr(_) => self.not_elidable(|this| intravisit::walk_ty(this, ty)),
            _ => intravisit::walk_ty(self, ty),
        }
    }
}

impl UseCounter<'_> {
    fn not_elidable(&mut self, f: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.elidable, false);
        f(self);
        self.elidable = outer;
    }
    fn elidable(&mut self, f: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.elidable, true);
        f(self);
        self.elidable = outer;
    }
}

/// A function with its parameters.
pub(crate) fn check_fn_params<'tcx>(
    cx: &LateContext<'tcx>,
    generics: &'tcx Generics<'tcx>,
    decl: &'tcx hir::FnDecl<'tcx>,
    body: Option<hir::BodyId>,
) {
    let Some(mut counter) = counter(cx, generics) else { return };
    counter.visit_generics(generics);
    counter.elidable(|c| decl.inputs.iter().for_each(|ty| c.visit_ty(ty)));
    if let hir::FnRetTy::Return(ty) = decl.output {
        counter.visit_ty(ty);
    }
    if let Some(body) = body {
        counter.visit_nested_body(body);
    }
    report(cx, generics, &counter);
}

/// An `impl` with its parameters.
pub(crate) fn check_impl_params<'tcx>(cx: &LateContext<'tcx>, imp: &'tcx hir::Impl<'tcx>) {
    let Some(mut counter) = counter(cx, imp.generics) else { return };
    counter.visit_generics(imp.generics);
    counter.elidable(|c| {
        if let Some(header) = imp.of_trait {
            c.visit_trait_ref(&header.trait_ref);
        }
        c.visit_ty(imp.self_ty);
    });
    for id in imp.items {
        counter.visit_nested_impl_item(*id);
    }
    report(cx, imp.generics, &counter);
}

fn counter<'tcx>(cx: &LateContext<'tcx>, generics: &Generics<'_>) -> Option<UseCounter<'tcx>> {
    let explicit = |p: &&hir::GenericParam<'_>| {
        matches!(p.kind, GenericParamKind::Lifetime { kind: LifetimeParamKind::Explicit })
            && !p.span.from_expansion()
            && !p.name.ident().name.as_str().starts_with("'_")
    };
    let uses: FxIndexMap<_, _> = generics.params.iter().filter(explicit).map(|p| (p.def_id, Uses::None)).collect();
    (!uses.is_empty()).then_some(UseCounter { tcx: cx.tcx, uses, elidable: false })
}

fn report(cx: &LateContext<'_>, generics: &Generics<'_>, counter: &UseCounter<'_>) {
    for (i, param) in generics.params.iter().enumerate() {
        let Some(uses) = counter.uses.get(&param.def_id) else { continue };
        let name = param.name.ident();
        match *uses {
            Uses::Many => {}
            Uses::None => {
                let msg = format!("lifetime parameter `{name}` never used");
                cx.lint(&UNUSED_LIFETIMES, param.hir_id, name.span, msg, |d| {
                    let span = deletion_span(generics, i);
                    d.span_suggestion(span, "elide the unused lifetime", "", Applicability::MachineApplicable);
                });
            }
            Uses::One { span, at_reference } => {
                let msg = format!("lifetime parameter `{name}` only used once");
                cx.lint(&SINGLE_USE_LIFETIMES, param.hir_id, name.span, msg, |d| {
                    d.span_label(name.span, "this lifetime...");
                    d.span_label(span, "...is used only here");
                    let with_space = span.with_hi(span.hi() + span::BytePos(1));
                    let spaced = cx.snippet(with_space).is_some_and(|s| s.ends_with(' '));
                    let (use_span, text) = match at_reference {
                        true if spaced => (with_space, ""),
                        true => (span, ""),
                        false => (span, "'_"),
                    };
                    d.multipart_suggestion(
                        "elide the single-use lifetime",
                        vec![(deletion_span(generics, i), String::new()), (use_span, text.to_owned())],
                        Applicability::MachineApplicable,
                    );
                });
            }
        }
    }
}

/// What is deleted with a parameter: a comma, or the whole list.
fn deletion_span(generics: &Generics<'_>, index: usize) -> Span {
    let written = |p: &&hir::GenericParam<'_>| !p.is_elided_lifetime() && !p.is_impl_trait();
    let span = generics.params[index].span;
    let before = generics.params[..index].iter().rev().find(written);
    let after = generics.params[index + 1..].iter().find(written);
    match (before, after) {
        (_, Some(next)) => span.until(next.span),
        (Some(previous), None) => previous.span.shrink_to_hi().to(span),
        (None, None) => generics.span,
    }
}
