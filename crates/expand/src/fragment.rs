//! What a macro call may stand for: the kinds of syntax fragment, and parsed fragments.

use ast::{
    Arm, AssocItem, Crate, Expr, ExprField, FieldDef, ForeignItem, GenericParam, Item, P, Param, Pat, PatField, Stmt,
    Ty, Variant, WherePredicate,
};
use smallvec::SmallVec;

use crate::base::Annotatable;

macro_rules! ast_fragments {
    ($($Kind:ident($T:ty), $make:ident, $name:literal;)*) => {
        /// A parsed piece of syntax of any kind that macros may produce.
        #[derive(Clone, Debug)]
        pub enum AstFragment {
            OptExpr(Option<P<Expr>>),
            $($Kind($T),)*
        }

        /// What a macro call stands for.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum AstFragmentKind {
            OptExpr,
            $($Kind,)*
        }

        impl AstFragmentKind {
            /// As diagnostics name it.
            pub fn name(self) -> &'static str {
                match self {
                    AstFragmentKind::OptExpr => "expression",
                    $(AstFragmentKind::$Kind => $name,)*
                }
            }
        }

        impl AstFragment {
            pub fn kind(&self) -> AstFragmentKind {
                match self {
                    AstFragment::OptExpr(_) => AstFragmentKind::OptExpr,
                    $(AstFragment::$Kind(_) => AstFragmentKind::$Kind,)*
                }
            }

            pub fn make_opt_expr(self) -> Option<P<Expr>> {
                match self {
                    AstFragment::OptExpr(expr) => expr,
                    _ => panic!("the fragment is no optional expression"),
                }
            }

            $(
                #[doc = concat!("The ", $name, "; panics on fragments of other kinds.")]
                pub fn $make(self) -> $T {
                    match self {
                        AstFragment::$Kind(node) => node,
                        _ => panic!(concat!("the fragment is no ", $name)),
                    }
                }
            )*
        }
    };
}

ast_fragments! {
    MethodReceiverExpr(P<Expr>), make_method_receiver_expr, "method receiver expression";
    Expr(P<Expr>), make_expr, "expression";
    Pat(P<Pat>), make_pat, "pattern";
    Ty(P<Ty>), make_ty, "type";
    Stmts(SmallVec<[Stmt; 1]>), make_stmts, "statement";
    Items(SmallVec<[P<Item>; 1]>), make_items, "item";
    TraitItems(SmallVec<[P<AssocItem>; 1]>), make_trait_items, "trait item";
    ImplItems(SmallVec<[P<AssocItem>; 1]>), make_impl_items, "impl item";
    TraitImplItems(SmallVec<[P<AssocItem>; 1]>), make_trait_impl_items, "impl item";
    ForeignItems(SmallVec<[P<ForeignItem>; 1]>), make_foreign_items, "foreign item";
    Arms(SmallVec<[Arm; 1]>), make_arms, "match arm";
    ExprFields(SmallVec<[ExprField; 1]>), make_expr_fields, "field expression";
    PatFields(SmallVec<[PatField; 1]>), make_pat_fields, "field pattern";
    GenericParams(SmallVec<[GenericParam; 1]>), make_generic_params, "generic parameter";
    Params(SmallVec<[Param; 1]>), make_params, "function parameter";
    FieldDefs(SmallVec<[FieldDef; 1]>), make_field_defs, "field";
    Variants(SmallVec<[Variant; 1]>), make_variants, "variant";
    WherePredicates(SmallVec<[WherePredicate; 1]>), make_where_predicates, "where predicate";
    Crate(Crate), make_crate, "crate";
}

impl AstFragmentKind {
    /// Where a macro that yields an expression may stand though no expression is expected.
    pub fn supports_macro_expansion(self) -> bool {
        !matches!(
            self,
            AstFragmentKind::Arms
                | AstFragmentKind::ExprFields
                | AstFragmentKind::PatFields
                | AstFragmentKind::GenericParams
                | AstFragmentKind::Params
                | AstFragmentKind::FieldDefs
                | AstFragmentKind::Variants
                | AstFragmentKind::WherePredicates
                | AstFragmentKind::Crate
        )
    }

    /// The fragment that holds these nodes, which must be of this kind.
    pub fn expect_from_annotatables(self, items: impl IntoIterator<Item = Annotatable>) -> AstFragment {
        let mut items = items.into_iter();
        macro_rules! list {
            ($Kind:ident, $pat:pat => $node:expr) => {
                AstFragment::$Kind(
                    items
                        .map(|item| match item {
                            $pat => $node,
                            _ => panic!("expected nodes of one kind"),
                        })
                        .collect(),
                )
            };
        }
        match self {
            AstFragmentKind::Arms => list!(Arms, Annotatable::Arm(a) => a),
            AstFragmentKind::ExprFields => list!(ExprFields, Annotatable::ExprField(f) => f),
            AstFragmentKind::PatFields => list!(PatFields, Annotatable::PatField(f) => f),
            AstFragmentKind::GenericParams => list!(GenericParams, Annotatable::GenericParam(p) => p),
            AstFragmentKind::Params => list!(Params, Annotatable::Param(p) => p),
            AstFragmentKind::FieldDefs => list!(FieldDefs, Annotatable::FieldDef(f) => f),
            AstFragmentKind::Variants => list!(Variants, Annotatable::Variant(v) => v),
            AstFragmentKind::WherePredicates => list!(WherePredicates, Annotatable::WherePredicate(p) => p),
            AstFragmentKind::Items => AstFragment::Items(items.map(Annotatable::expect_item).collect()),
            AstFragmentKind::TraitItems => list!(TraitItems, Annotatable::AssocItem(i, _) => i),
            AstFragmentKind::ImplItems => list!(ImplItems, Annotatable::AssocItem(i, _) => i),
            AstFragmentKind::TraitImplItems => list!(TraitImplItems, Annotatable::AssocItem(i, _) => i),
            AstFragmentKind::ForeignItems => list!(ForeignItems, Annotatable::ForeignItem(i) => i),
            AstFragmentKind::Stmts => AstFragment::Stmts(items.map(Annotatable::expect_stmt).collect()),
            AstFragmentKind::Expr | AstFragmentKind::MethodReceiverExpr => {
                let Some(Annotatable::Expr(expr)) = items.next() else { panic!("expected an expression") };
                if self == AstFragmentKind::Expr {
                    AstFragment::Expr(expr)
                } else {
                    AstFragment::MethodReceiverExpr(expr)
                }
            }
            AstFragmentKind::OptExpr => AstFragment::OptExpr(items.next().map(|item| match item {
                Annotatable::Expr(expr) => expr,
                _ => panic!("expected an expression"),
            })),
            AstFragmentKind::Crate => {
                let Some(Annotatable::Crate(krate)) = items.next() else { panic!("expected a crate") };
                AstFragment::Crate(krate)
            }
            AstFragmentKind::Pat | AstFragmentKind::Ty => panic!("patterns and types aren't annotatable"),
        }
    }
}
