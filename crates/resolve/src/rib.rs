//! Ribs: the local scopes of late resolution (blocks, functions, generic parameters, patterns), innermost last, and the
//! rules about what may be used across their borders.

use hir::def::{DefKind, Res as HirRes};
use span::def_id::DefId;
use span::{FxIndexMap, Ident, Span, kw};

use crate::Resolver;
use crate::errors::{ConstItemKind, ForwardBanReason, ResolutionError};
use crate::module::{Module, Res};

/// Whether an item has generic parameters, and where.
#[derive(Clone, Copy, Debug)]
pub(crate) enum HasGenericParams {
    Yes(Span),
    No,
}

/// Why a constant cannot use generic parameters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NoConstantGenericsReason {
    NonTrivialConstArg,
    IsEnumDiscriminant,
}

/// Whether a constant can use generic parameters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ConstantHasGenerics {
    Yes,
    No(NoConstantGenericsReason),
}

/// What a scope is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RibKind<'ra> {
    Normal,
    /// A block, with the module of its items, if there are any.
    Block(Option<Module<'ra>>),
    /// An associated item: outer generic parameters are in scope, local variables are not.
    AssocItem,
    /// A function body, closure or `async` block: labels do not cross it.
    FnOrCoroutine,
    /// An item: nothing local and no outer generic parameters cross it.
    Item(HasGenericParams, DefKind),
    /// A constant's value.
    ConstantItem(ConstantHasGenerics, Option<(Ident, ConstItemKind)>),
    Module(Module<'ra>),
    /// Behind a macro's definition in a block.
    MacroDefinition(DefId),
    /// Generic parameters that may not be used yet: `struct S<T = U, U>`.
    ForwardGenericParamBan(ForwardBanReason),
    /// The type of a const parameter.
    ConstParamTy,
    /// `sym` operands.
    InlineAsmSym,
}

impl RibKind<'_> {
    /// Whether its names are generic parameters, which have `macro` 2.0 hygiene.
    pub(crate) fn contains_params(&self) -> bool {
        match self {
            RibKind::Normal
            | RibKind::Block(_)
            | RibKind::FnOrCoroutine
            | RibKind::ConstantItem(..)
            | RibKind::Module(_)
            | RibKind::MacroDefinition(_)
            | RibKind::InlineAsmSym => false,
            RibKind::ConstParamTy | RibKind::AssocItem | RibKind::Item(..) | RibKind::ForwardGenericParamBan(_) => true,
        }
    }

    /// Whether a label outside cannot be reached from inside.
    pub(crate) fn is_label_barrier(&self) -> bool {
        match self {
            RibKind::Normal | RibKind::Block(_) | RibKind::MacroDefinition(_) => false,
            RibKind::FnOrCoroutine
            | RibKind::ConstantItem(..)
            | RibKind::AssocItem
            | RibKind::Item(..)
            | RibKind::Module(_)
            | RibKind::ForwardGenericParamBan(_)
            | RibKind::ConstParamTy
            | RibKind::InlineAsmSym => true,
        }
    }
}

/// One scope: what its names mean.
#[derive(Clone, Debug)]
pub(crate) struct Rib<'ra, R = Res> {
    pub bindings: FxIndexMap<Ident, R>,
    pub kind: RibKind<'ra>,
}

impl<'ra, R> Rib<'ra, R> {
    pub(crate) fn new(kind: RibKind<'ra>) -> Rib<'ra, R> {
        Rib { bindings: FxIndexMap::default(), kind }
    }
}

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    /// Checks that a name found in rib `rib_index` may be used across the ribs inside it; reports if `finalize` has the
    /// use's span.
    pub(crate) fn validate_res_from_ribs(
        &mut self,
        rib_index: usize,
        rib_ident: Ident,
        mut res: Res,
        finalize: Option<Span>,
        original_rib_ident_def: Ident,
        all_ribs: &[Rib<'ra>],
    ) -> Res {
        let ribs = &all_ribs[rib_index + 1..];
        let fail = |this: &mut Self, error: ResolutionError<'ra>| {
            if let Some(span) = finalize {
                this.report_error(span, error);
            }
            HirRes::Err
        };
        if let RibKind::ForwardGenericParamBan(reason) = all_ribs[rib_index].kind {
            let error = if rib_ident.name == kw::SelfUpper {
                ResolutionError::ForwardDeclaredSelf(reason)
            } else {
                ResolutionError::ForwardDeclaredGenericParam(rib_ident.name, reason)
            };
            return fail(self, error);
        }
        match res {
            HirRes::Local(_) => {
                let mut crosses_fn = false;
                for rib in ribs {
                    match rib.kind {
                        RibKind::Normal
                        | RibKind::Block(_)
                        | RibKind::FnOrCoroutine
                        | RibKind::Module(_)
                        | RibKind::MacroDefinition(_)
                        | RibKind::ForwardGenericParamBan(_) => {}
                        // The error is for the outermost of all borders: constants say more.
                        RibKind::AssocItem | RibKind::Item(..) => crosses_fn = true,
                        RibKind::ConstantItem(_, item) => {
                            let error = ResolutionError::AttemptToUseNonConstantValueInConstant {
                                ident: original_rib_ident_def,
                                item,
                            };
                            return fail(self, error);
                        }
                        RibKind::ConstParamTy => {
                            return fail(self, ResolutionError::ParamInTyOfConstParam { name: rib_ident.name });
                        }
                        RibKind::InlineAsmSym => return fail(self, ResolutionError::InvalidAsmSym),
                    }
                }
                if crosses_fn {
                    return fail(self, ResolutionError::CannotCaptureDynamicEnvironmentInFnItem);
                }
            }
            HirRes::Def(DefKind::TyParam | DefKind::ConstParam, _)
            | HirRes::SelfTyParam { .. }
            | HirRes::SelfTyAlias { .. } => {
                let is_const = matches!(res, HirRes::Def(DefKind::ConstParam, _));
                for rib in ribs {
                    match rib.kind {
                        RibKind::Normal
                        | RibKind::FnOrCoroutine
                        | RibKind::Block(_)
                        | RibKind::Module(_)
                        | RibKind::MacroDefinition(_)
                        | RibKind::InlineAsmSym
                        | RibKind::AssocItem
                        | RibKind::ForwardGenericParamBan(_) => {}
                        RibKind::ConstParamTy => {
                            if !self.session().feature(span::Symbol::intern("generic_const_parameter_types")) {
                                return fail(self, ResolutionError::ParamInTyOfConstParam { name: rib_ident.name });
                            }
                        }
                        RibKind::ConstantItem(ConstantHasGenerics::Yes, _) => {}
                        RibKind::ConstantItem(ConstantHasGenerics::No(reason), _) => {
                            // Whether `Self` is generic is not known yet: type checking enforces it.
                            if let HirRes::SelfTyAlias { alias_to, is_trait_impl, .. } = res {
                                res = HirRes::SelfTyAlias { alias_to, forbid_generic: true, is_trait_impl };
                            } else {
                                let name = rib_ident.name;
                                let error = match reason {
                                    NoConstantGenericsReason::IsEnumDiscriminant => {
                                        ResolutionError::ParamInEnumDiscriminant { name, is_const }
                                    }
                                    NoConstantGenericsReason::NonTrivialConstArg => {
                                        ResolutionError::ParamInNonTrivialAnonConst { name, is_const }
                                    }
                                };
                                return fail(self, error);
                            }
                        }
                        RibKind::Item(has_generic_params, kind) => {
                            let error = ResolutionError::GenericParamsFromOuterItem {
                                outer_res: res,
                                has_generic_params,
                                kind,
                                name: rib_ident,
                            };
                            return fail(self, error);
                        }
                    }
                }
            }
            _ => {}
        }
        res
    }
}
