//! What a path is used as, and so what it may mean.

use ast::{Expr, ExprKind};
use diagnostics::ErrCode;
use diagnostics::codes::*;
use hir::def::{CtorKind, DefKind, Namespace, Namespace::*, Res as HirRes};
use span::{Span, kw};

use crate::module::Res;

/// Whether a trait alias may stand for a trait.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum AliasPossibility {
    No,
    Maybe,
}

/// Where a path stands.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PathSource<'a> {
    Type,
    /// A bound or an impl's trait.
    Trait(AliasPossibility),
    /// An expression, in this expression if that matters for errors.
    Expr(Option<&'a Expr>),
    /// `P` in a pattern.
    Pat,
    /// `S { .. }`
    Struct,
    /// `S(..)` in a pattern, with the span of the pattern and what is inside.
    TupleStruct(Span, &'a [Box<ast::Pat>]),
    /// `B` of `<T as A>::B`, in the namespace of the whole path.
    TraitItem(Namespace),
    /// In `use<..>`.
    PreciseCapturingArg(Namespace),
    /// `T::method(..)` as a type.
    ReturnTypeNotation,
    /// `#[define_opaque(..)]`
    DefineOpaques,
}

impl PathSource<'_> {
    pub(crate) fn namespace(self) -> Namespace {
        match self {
            PathSource::Type | PathSource::Trait(_) | PathSource::Struct | PathSource::DefineOpaques => TypeNS,
            PathSource::Expr(..) | PathSource::Pat | PathSource::TupleStruct(..) | PathSource::ReturnTypeNotation => {
                ValueNS
            }
            PathSource::TraitItem(ns) | PathSource::PreciseCapturingArg(ns) => ns,
        }
    }

    /// Whether type checking can resolve what is left of the path.
    pub(crate) fn defer_to_typeck(self) -> bool {
        match self {
            PathSource::Type
            | PathSource::Expr(..)
            | PathSource::Pat
            | PathSource::Struct
            | PathSource::TupleStruct(..)
            | PathSource::ReturnTypeNotation => true,
            PathSource::Trait(_)
            | PathSource::TraitItem(..)
            | PathSource::DefineOpaques
            | PathSource::PreciseCapturingArg(..) => false,
        }
    }

    pub(crate) fn descr_expected(self) -> &'static str {
        match self {
            PathSource::DefineOpaques => "type alias or associated type with opaqaue types",
            PathSource::Type => "type",
            PathSource::Trait(_) => "trait",
            PathSource::Pat => "unit struct, unit variant or constant",
            PathSource::Struct => "struct, variant or union type",
            PathSource::TupleStruct(..) => "tuple struct or tuple variant",
            PathSource::TraitItem(ns) => match ns {
                TypeNS => "associated type",
                ValueNS => "method or associated constant",
                MacroNS => "associated macro",
            },
            PathSource::ReturnTypeNotation => "function",
            PathSource::Expr(parent) => match parent.map(|p| &p.kind) {
                // `f(..)`
                Some(ExprKind::Call(callee, _)) => match &callee.kind {
                    ExprKind::Path(_, path) => {
                        let segments = &path.segments;
                        if segments.len() == 2 && segments[0].ident.name == kw::PathRoot {
                            "external crate"
                        } else if segments.last().is_some_and(|s| s.ident.as_str().starts_with(char::is_uppercase)) {
                            "function, tuple struct or tuple variant"
                        } else {
                            "function"
                        }
                    }
                    _ => "function",
                },
                _ => "value",
            },
            PathSource::PreciseCapturingArg(_) => "type or const parameter",
        }
    }

    /// Whether the path is what is called in a call.
    pub(crate) fn is_call(self) -> bool {
        matches!(self, PathSource::Expr(Some(Expr { kind: ExprKind::Call(..), .. })))
    }

    /// Whether a path that stands here may mean this.
    pub(crate) fn is_expected(self, res: Res) -> bool {
        match self {
            PathSource::DefineOpaques => matches!(
                res,
                HirRes::Def(
                    DefKind::Struct
                        | DefKind::Union
                        | DefKind::Enum
                        | DefKind::TyAlias
                        | DefKind::AssocTy
                        | DefKind::Fn
                        | DefKind::AssocFn
                        | DefKind::Const
                        | DefKind::AssocConst
                        | DefKind::Static { .. },
                    _
                ) | HirRes::SelfTyAlias { .. }
            ),
            PathSource::Type => matches!(
                res,
                HirRes::Def(
                    DefKind::Struct
                        | DefKind::Union
                        | DefKind::Enum
                        | DefKind::Trait
                        | DefKind::TraitAlias
                        | DefKind::TyAlias
                        | DefKind::AssocTy
                        | DefKind::TyParam
                        | DefKind::OpaqueTy
                        | DefKind::ForeignTy,
                    _
                ) | HirRes::PrimTy(..)
                    | HirRes::SelfTyParam { .. }
                    | HirRes::SelfTyAlias { .. }
            ),
            PathSource::Trait(AliasPossibility::No) => matches!(res, HirRes::Def(DefKind::Trait, _)),
            PathSource::Trait(AliasPossibility::Maybe) => {
                matches!(res, HirRes::Def(DefKind::Trait | DefKind::TraitAlias, _))
            }
            PathSource::Expr(..) => matches!(
                res,
                HirRes::Def(
                    DefKind::Ctor(_, CtorKind::Const | CtorKind::Fn)
                        | DefKind::Const
                        | DefKind::Static { .. }
                        | DefKind::Fn
                        | DefKind::AssocFn
                        | DefKind::AssocConst
                        | DefKind::ConstParam,
                    _
                ) | HirRes::Local(..)
                    | HirRes::SelfCtor(..)
            ),
            PathSource::Pat => matches!(
                res,
                HirRes::Def(DefKind::Ctor(_, CtorKind::Const) | DefKind::Const | DefKind::AssocConst, _)
                    | HirRes::SelfCtor(..)
            ),
            PathSource::TupleStruct(..) => {
                matches!(res, HirRes::Def(DefKind::Ctor(_, CtorKind::Fn), _) | HirRes::SelfCtor(..))
            }
            PathSource::Struct => matches!(
                res,
                HirRes::Def(
                    DefKind::Struct | DefKind::Union | DefKind::Variant | DefKind::TyAlias | DefKind::AssocTy,
                    _
                ) | HirRes::SelfTyParam { .. }
                    | HirRes::SelfTyAlias { .. }
            ),
            PathSource::TraitItem(ns) => match res {
                HirRes::Def(DefKind::AssocConst | DefKind::AssocFn, _) => ns == ValueNS,
                HirRes::Def(DefKind::AssocTy, _) => ns == TypeNS,
                _ => false,
            },
            PathSource::ReturnTypeNotation => matches!(res, HirRes::Def(DefKind::AssocFn, _)),
            PathSource::PreciseCapturingArg(ValueNS) => matches!(res, HirRes::Def(DefKind::ConstParam, _)),
            PathSource::PreciseCapturingArg(_) => matches!(
                res,
                HirRes::Def(DefKind::TyParam, _) | HirRes::SelfTyParam { .. } | HirRes::SelfTyAlias { .. }
            ),
        }
    }

    /// The code of the error for a path that means nothing, or something else than expected.
    pub(crate) fn error_code(self, has_unexpected_resolution: bool) -> ErrCode {
        match (self, has_unexpected_resolution) {
            (PathSource::Trait(_), true) => E0404,
            (PathSource::Trait(_), false) => E0405,
            (PathSource::Type | PathSource::DefineOpaques, true) => E0573,
            (PathSource::Type | PathSource::DefineOpaques, false) => E0425,
            (PathSource::Struct, true) => E0574,
            (PathSource::Struct, false) => E0422,
            (PathSource::Expr(..), true) => E0423,
            (PathSource::Expr(..), false) => E0425,
            (PathSource::Pat | PathSource::TupleStruct(..), true) => E0532,
            (PathSource::Pat | PathSource::TupleStruct(..), false) => E0531,
            (PathSource::TraitItem(_) | PathSource::ReturnTypeNotation, true) => E0575,
            (PathSource::TraitItem(_) | PathSource::ReturnTypeNotation, false) => E0576,
            (PathSource::PreciseCapturingArg(..), true) => E0799,
            (PathSource::PreciseCapturingArg(..), false) => E0800,
        }
    }
}
