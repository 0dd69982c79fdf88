//! The errors that resolution finds, as data. `diagnostics/` renders them.

use hir::def::DefKind;
use span::def_id::DefId;
use span::{Ident, Span, Symbol};

use crate::import::ModuleOrUniformRoot;
use crate::module::{AmbiguityKind, NameBinding, Res};
use crate::path::{PathFailure, Suggestion};
use crate::rib::HasGenericParams;

/// What a constant's value belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ConstItemKind {
    Const,
    Static,
}

impl ConstItemKind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            ConstItemKind::Const => "const",
            ConstItemKind::Static => "static",
        }
    }
}

/// Where a generic parameter must not be used yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ForwardBanReason {
    Default,
}

impl ForwardBanReason {
    pub(crate) fn descr(self) -> &'static str {
        match self {
            ForwardBanReason::Default => "generic parameter defaults",
        }
    }
}

/// A name that some alternatives of an or-pattern bind and others do not.
#[derive(Clone, Debug)]
pub(crate) struct BindingError {
    pub name: Ident,
    pub origin: Vec<Span>,
    pub target: Vec<Span>,
    /// It looks like a constant or path.
    pub could_be_path: bool,
}

/// An error at a name.
#[derive(Clone, Debug)]
pub(crate) enum ResolutionError<'ra> {
    GenericParamsFromOuterItem {
        outer_res: Res,
        has_generic_params: HasGenericParams,
        kind: DefKind,
        name: Ident,
    },
    NameAlreadyUsedInParameterList(Ident, Span),
    MethodNotMemberOfTrait(Ident, String, Option<Symbol>),
    TypeNotMemberOfTrait(Ident, String, Option<Symbol>),
    ConstNotMemberOfTrait(Ident, String, Option<Symbol>),
    VariableNotBoundInPattern(BindingError),
    VariableBoundWithDifferentMode(Ident, Span),
    IdentifierBoundMoreThanOnceInParameterList(Ident),
    IdentifierBoundMoreThanOnceInSamePattern(Ident),
    UndeclaredLabel {
        name: Symbol,
        suggestion: Option<Suggestion>,
    },
    SelfImportsOnlyWithin {
        span_with_rename: Span,
    },
    FailedToResolve(Box<PathFailure<'ra>>),
    CannotCaptureDynamicEnvironmentInFnItem,
    AttemptToUseNonConstantValueInConstant {
        ident: Ident,
        item: Option<(Ident, ConstItemKind)>,
    },
    BindingShadowsSomethingUnacceptable {
        shadowing_entity: &'static str,
        name: Symbol,
        participle: &'static str,
        article: &'static str,
        shadowed_entity: &'static str,
        shadowed_binding_span: Option<Span>,
    },
    ForwardDeclaredGenericParam(Symbol, ForwardBanReason),
    ForwardDeclaredSelf(ForwardBanReason),
    ParamInTyOfConstParam {
        name: Symbol,
    },
    ParamInNonTrivialAnonConst {
        name: Symbol,
        is_const: bool,
    },
    ParamInEnumDiscriminant {
        name: Symbol,
        is_const: bool,
    },
    UnreachableLabel {
        name: Symbol,
        definition_span: Span,
        suggestion: Option<Suggestion>,
    },
    TraitImplMismatch {
        name: Ident,
        kind: &'static str,
        code: diagnostics::ErrCode,
        trait_path: String,
        trait_item_span: Span,
    },
    TraitImplDuplicate {
        name: Ident,
        trait_item_span: Span,
        old_span: Span,
    },
    InvalidAsmSym,
}

/// An error in a visibility.
#[derive(Clone, Debug)]
pub(crate) enum VisResolutionError<'ra> {
    Relative2018(Span, ast::Path),
    AncestorOnly(Span),
    FailedToResolve(Box<PathFailure<'ra>>),
    ExpectedFound(Span, String, Res),
    Indeterminate(Span),
    ModuleOnly(Span),
}

/// A hint how to disambiguate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum AmbiguityErrorMisc {
    SuggestCrate,
    SuggestSelf,
    FromPrelude,
    None,
}

/// Two meanings of one name.
#[derive(Clone, Copy)]
pub(crate) struct AmbiguityError<'ra> {
    pub kind: AmbiguityKind,
    pub ident: Ident,
    pub b1: NameBinding<'ra>,
    pub b2: NameBinding<'ra>,
    pub misc1: AmbiguityErrorMisc,
    pub misc2: AmbiguityErrorMisc,
    pub warning: bool,
}

/// The use of something private.
#[derive(Clone, Copy)]
pub(crate) struct PrivacyError<'ra> {
    pub ident: Ident,
    pub binding: NameBinding<'ra>,
    pub dedup_span: Span,
    /// What the path led to in the end.
    pub outermost_res: Option<(Res, Ident)>,
}

/// An unresolved name whose candidates for import are suggested once all is resolved.
pub(crate) struct UseError<'ra> {
    pub diag: diagnostics::DiagInner,
    pub candidates: Vec<ImportSuggestion>,
    /// The module in which a `use` is to be inserted.
    pub def_id: DefId,
    pub instead: bool,
    pub suggestion: Option<(Span, &'static str, String, diagnostics::Applicability)>,
    pub path: Vec<crate::path::Segment>,
    pub is_call: bool,
    pub _marker: std::marker::PhantomData<&'ra ()>,
}

/// Something that can be imported.
#[derive(Clone, Debug)]
pub(crate) struct ImportSuggestion {
    pub did: Option<DefId>,
    pub descr: &'static str,
    pub path: ast::Path,
    pub accessible: bool,
    /// Reached through a `doc(hidden)` module.
    pub doc_visible: bool,
    pub via_import: bool,
    pub note: Option<String>,
}

/// A name like the one that was not found.
#[derive(Clone, Debug)]
pub(crate) struct TypoSuggestion {
    pub candidate: Symbol,
    pub span: Option<Span>,
    pub res: Res,
    /// There is just one possible name (variants of an enum).
    pub single_item: bool,
}

impl TypoSuggestion {
    pub(crate) fn typo_from_ident(ident: Ident, res: Res) -> TypoSuggestion {
        TypoSuggestion { candidate: ident.name, span: Some(ident.span), res, single_item: false }
    }
    pub(crate) fn typo_from_name(candidate: Symbol, res: Res) -> TypoSuggestion {
        TypoSuggestion { candidate, span: None, res, single_item: false }
    }
}

/// An import that leads nowhere.
#[derive(Clone)]
pub(crate) struct UnresolvedImportError<'ra> {
    pub span: Span,
    pub label: Option<String>,
    pub note: Option<String>,
    pub suggestion: Option<Suggestion>,
    pub candidates: Option<Vec<ImportSuggestion>>,
    pub segment: Option<Symbol>,
    pub module: Option<ModuleOrUniformRoot<'ra>>,
}
