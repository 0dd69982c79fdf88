//! [`TypeckResults`]: what type checking a body found, in side tables by `HirId`.

use hir::def::{DefKind, Res};
use hir::{HirId, ItemLocalId, OwnerId};
use macros::{TyDecodable, TyEncodable, TypeFoldable, TypeVisitable};
use span::def_id::{DefId, LocalDefId};
use span::{FxHashMap, FxIndexMap, FxIndexSet, Span};

use crate::adjustment::Adjustment;
use crate::closure::BorrowKind;
use crate::{Canonical, ErrorGuaranteed, FieldIdx, GenericArgsRef, List, PolyFnSig, Ty, UserArgs};

/// A table by local id of one owner.
pub type ItemLocalMap<V> = FxHashMap<ItemLocalId, V>;

/// The results of type checking one body (closures and inline consts inside it included). No inference
/// variables; regions are erased except in user types and closure signatures' binders.
#[derive(Clone, Debug)]
pub struct TypeckResults<'tcx> {
    pub hir_owner: OwnerId,
    /// Resolution of `<T>::name` paths and method calls.
    pub type_dependent_defs: ItemLocalMap<Result<(DefKind, DefId), ErrorGuaranteed>>,
    /// The index of a field expression or of fields in struct expressions and patterns.
    pub field_indices: ItemLocalMap<FieldIdx>,
    /// Types of expressions (before adjustment), patterns, locals and types in bodies.
    pub node_types: ItemLocalMap<Ty<'tcx>>,
    /// Arguments of paths and method calls.
    pub node_args: ItemLocalMap<GenericArgsRef<'tcx>>,
    /// Types the user wrote, for borrow checking.
    pub user_provided_types: ItemLocalMap<CanonicalUserType<'tcx>>,
    /// Closure signatures as annotated.
    pub user_provided_sigs: FxIndexMap<LocalDefId, Canonical<'tcx, PolyFnSig<'tcx>>>,
    pub adjustments: ItemLocalMap<Vec<Adjustment<'tcx>>>,
    /// By-reference or by-value, for each binding.
    pub pat_binding_modes: ItemLocalMap<hir::BindingMode>,
    /// The references a pattern looks through by default binding modes, outermost first.
    pub pat_adjustments: ItemLocalMap<Vec<Ty<'tcx>>>,
    /// Patterns whose binding mode depends on 2024's rules.
    pub rust_2024_migration_desugared_pats: ItemLocalMap<Rust2024IncompatiblePatInfo>,
    /// Patterns written `&p` that skip a reference layer (match ergonomics 2024).
    pub skipped_ref_pats: FxIndexSet<ItemLocalId>,
    /// The place at which a closure's kind was decided, for errors.
    pub closure_kind_origins: ItemLocalMap<(Span, String)>,
    /// Signatures of `fn` and closures with late-bound regions as free ones.
    pub liberated_fn_sigs: ItemLocalMap<crate::FnSig<'tcx>>,
    /// The fields' types of struct updates (`..base`).
    pub fru_field_types: ItemLocalMap<Vec<Ty<'tcx>>>,
    /// Casts that are coercions.
    pub coercion_casts: FxIndexSet<ItemLocalId>,
    /// Traits used through `use` (for unused imports).
    pub used_trait_imports: FxIndexSet<LocalDefId>,
    /// Set if an error was reported: everything after this stage is left out for the body.
    pub tainted_by_errors: Option<ErrorGuaranteed>,
    /// Hidden types of opaque types that this body defines.
    pub hidden_types: FxIndexMap<LocalDefId, OpaqueHiddenType<'tcx>>,
    /// What closures capture, in the order of their fields.
    pub closure_min_captures: FxIndexMap<LocalDefId, Vec<CapturedPlace<'tcx>>>,
    /// Places in closures read only to match against (`FakeRead`s to be placed where the closure is made).
    pub closure_fake_reads: FxIndexMap<LocalDefId, Vec<(hir_place::Place<'tcx>, FakeReadCause, HirId)>>,
    /// Coroutines: the types that may live across suspension points are found on MIR; this is the stalled list.
    pub coroutine_stalled_predicates: FxIndexSet<(crate::Predicate<'tcx>, Span)>,
    /// `size_of_val`-like profile data: none for now, kept for shape.
    pub closure_size_eval: FxIndexMap<LocalDefId, ClosureSizeProfileData<'tcx>>,
    /// Container types and field paths of `offset_of!`.
    pub offset_of_data: ItemLocalMap<Vec<(Ty<'tcx>, crate::VariantIdx, FieldIdx)>>,
    /// Casts from raw pointers with transmute-like checks left for later: source type, target type, expression.
    pub transmutes_to_check: Vec<(Ty<'tcx>, Ty<'tcx>, HirId)>,
}

/// Why a place is read without using the value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub enum FakeReadCause {
    ForMatchGuard,
    ForMatchedPlace(Option<LocalDefId>),
    ForGuardBinding,
    ForLet(Option<LocalDefId>),
    ForIndex,
}

crate::trivially_traversable!(FakeReadCause);

/// Places in terms of HIR: what captures speak of.
pub mod hir_place {
    use super::{FieldIdx, HirId, Ty, UpvarId};
    use macros::{TypeFoldable, TypeVisitable};

    /// Where a place starts.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable)]
    pub enum PlaceBase {
        /// A temporary.
        Rvalue,
        /// A static.
        StaticItem,
        /// A local variable.
        Local(HirId),
        /// A captured variable.
        Upvar(UpvarId),
    }

    /// A step from a place to a part of it.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable)]
    pub enum ProjectionKind {
        Deref,
        Field(FieldIdx, crate::VariantIdx),
        Index,
        Subslice,
        OpaqueCast,
        UnwrapUnsafeBinder,
    }

    /// A step and the type after it.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable)]
    pub struct Projection<'tcx> {
        pub ty: Ty<'tcx>,
        pub kind: ProjectionKind,
    }

    /// A place.
    #[derive(Clone, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable)]
    pub struct Place<'tcx> {
        pub base_ty: Ty<'tcx>,
        pub base: PlaceBase,
        pub projections: Vec<Projection<'tcx>>,
    }

    /// A place with the expression or pattern it was found at.
    #[derive(Clone, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable)]
    pub struct PlaceWithHirId<'tcx> {
        pub hir_id: HirId,
        pub place: Place<'tcx>,
    }

    impl<'tcx> Place<'tcx> {
        /// The type of the place.
        pub fn ty(&self) -> Ty<'tcx> {
            self.projections.last().map_or(self.base_ty, |p| p.ty)
        }
        /// The type before projection `i`.
        pub fn ty_before_projection(&self, i: usize) -> Ty<'tcx> {
            if i == 0 { self.base_ty } else { self.projections[i - 1].ty }
        }
        /// The types that are dereferenced, outermost step first.
        pub fn deref_tys(&self) -> impl Iterator<Item = Ty<'tcx>> + '_ {
            self.projections
                .iter()
                .enumerate()
                .rev()
                .filter(|(_, p)| p.kind == ProjectionKind::Deref)
                .map(move |(i, _)| self.ty_before_projection(i))
        }
    }
}

/// A captured variable: the variable and the closure.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable)]
pub struct UpvarId {
    pub var_path: UpvarPath,
    pub closure_expr_id: LocalDefId,
}

/// The variable.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable)]
pub struct UpvarPath {
    pub hir_id: HirId,
}

/// How a place is captured.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UpvarCapture {
    ByValue,
    /// `use` closures.
    ByUse,
    ByRef(BorrowKind),
}

/// Why and how.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct CaptureInfo {
    /// The expression that needs the capture kind.
    pub capture_kind_expr_id: Option<HirId>,
    /// The expression that needs the path.
    pub path_expr_id: Option<HirId>,
    pub capture_kind: UpvarCapture,
}

/// A field of a closure: the place it captures.
#[derive(Clone, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable)]
pub struct CapturedPlace<'tcx> {
    pub var_ident: span::Ident,
    pub place: hir_place::Place<'tcx>,
    pub info: CaptureInfo,
    /// Whether the place may be written.
    pub mutability: crate::Mutability,
}

crate::trivially_traversable!(UpvarCapture, CaptureInfo, BorrowKind);

impl<'tcx> CapturedPlace<'tcx> {
    /// The captured variable.
    pub fn get_root_variable(&self) -> HirId {
        match self.place.base {
            hir_place::PlaceBase::Upvar(u) => u.var_path.hir_id,
            hir_place::PlaceBase::Local(id) => id,
            base => panic!("capture of {base:?}"),
        }
    }
    pub fn is_by_ref(&self) -> bool {
        matches!(self.info.capture_kind, UpvarCapture::ByRef(_))
    }
}

/// The type hidden behind an opaque type, and where it was decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct OpaqueHiddenType<'tcx> {
    pub span: Span,
    pub ty: Ty<'tcx>,
}

/// A pattern that edition 2024 reads differently.
#[derive(Clone, Debug, Default)]
pub struct Rust2024IncompatiblePatInfo {
    pub primary_labels: Vec<(Span, String)>,
    pub bad_modifiers: bool,
    pub bad_ref_pats: bool,
    pub suggest_eliding_modes: bool,
}

/// The captures' types before and after precise captures.
#[derive(Clone, Copy, Debug)]
pub struct ClosureSizeProfileData<'tcx> {
    pub before_feature_tys: Ty<'tcx>,
    pub after_feature_tys: Ty<'tcx>,
}

/// A type annotation of the user with its inference variables made canonical.
pub type CanonicalUserType<'tcx> = Canonical<'tcx, UserType<'tcx>>;

/// A user type and bounds on it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable)]
pub struct UserType<'tcx> {
    pub kind: UserTypeKind<'tcx>,
}

/// A type, or the arguments of a path to a definition.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable)]
pub enum UserTypeKind<'tcx> {
    Ty(Ty<'tcx>),
    TypeOf(DefId, UserArgs<'tcx>),
}

/// A user type annotation of a MIR body.
#[derive(Clone, Debug)]
pub struct CanonicalUserTypeAnnotation<'tcx> {
    pub user_ty: CanonicalUserType<'tcx>,
    pub span: Span,
    pub inferred_ty: Ty<'tcx>,
}

/// A view of a table that checks owners.
pub struct LocalTableInContext<'a, V> {
    owner: OwnerId,
    data: &'a ItemLocalMap<V>,
}

impl<'a, V> LocalTableInContext<'a, V> {
    #[track_caller]
    pub fn get(&self, id: HirId) -> Option<&'a V> {
        debug_assert_eq!(self.owner, id.owner, "a node of another owner");
        self.data.get(&id.local_id)
    }
    pub fn contains_key(&self, id: HirId) -> bool {
        self.get(id).is_some()
    }
}

macro_rules! tables {
    ($($get:ident $get_mut:ident: $v:ty;)*) => { $(
        /// The table of this name, by `HirId`.
        pub fn $get(&self) -> LocalTableInContext<'_, $v> {
            LocalTableInContext { owner: self.hir_owner, data: &self.$get }
        }
        /// Sets an entry of the table.
        pub fn $get_mut(&mut self, id: HirId, value: $v) -> Option<$v> {
            debug_assert_eq!(self.hir_owner, id.owner, "a node of another owner");
            self.$get.insert(id.local_id, value)
        }
    )* };
}

impl<'tcx> TypeckResults<'tcx> {
    /// Empty results.
    pub fn new(hir_owner: OwnerId) -> TypeckResults<'tcx> {
        TypeckResults {
            hir_owner,
            type_dependent_defs: Default::default(),
            field_indices: Default::default(),
            node_types: Default::default(),
            node_args: Default::default(),
            user_provided_types: Default::default(),
            user_provided_sigs: Default::default(),
            adjustments: Default::default(),
            pat_binding_modes: Default::default(),
            pat_adjustments: Default::default(),
            rust_2024_migration_desugared_pats: Default::default(),
            skipped_ref_pats: Default::default(),
            closure_kind_origins: Default::default(),
            liberated_fn_sigs: Default::default(),
            fru_field_types: Default::default(),
            coercion_casts: Default::default(),
            used_trait_imports: Default::default(),
            tainted_by_errors: None,
            hidden_types: Default::default(),
            closure_min_captures: Default::default(),
            closure_fake_reads: Default::default(),
            coroutine_stalled_predicates: Default::default(),
            closure_size_eval: Default::default(),
            offset_of_data: Default::default(),
            transmutes_to_check: Vec::new(),
        }
    }

    tables! {
        type_dependent_defs set_type_dependent_def: Result<(DefKind, DefId), ErrorGuaranteed>;
        field_indices set_field_index: FieldIdx;
        node_types set_node_type: Ty<'tcx>;
        node_args set_node_args: GenericArgsRef<'tcx>;
        user_provided_types set_user_provided_type: CanonicalUserType<'tcx>;
        adjustments set_adjustments: Vec<Adjustment<'tcx>>;
        pat_binding_modes set_pat_binding_mode: hir::BindingMode;
        pat_adjustments set_pat_adjustments: Vec<Ty<'tcx>>;
        liberated_fn_sigs set_liberated_fn_sig: crate::FnSig<'tcx>;
        fru_field_types set_fru_field_types: Vec<Ty<'tcx>>;
        offset_of_data set_offset_of_data: Vec<(Ty<'tcx>, crate::VariantIdx, FieldIdx)>;
    }

    /// The type of a node; panics if there is none.
    #[track_caller]
    pub fn node_type(&self, id: HirId) -> Ty<'tcx> {
        self.node_type_opt(id).unwrap_or_else(|| panic!("no type for node {id:?}"))
    }
    pub fn node_type_opt(&self, id: HirId) -> Option<Ty<'tcx>> {
        self.node_types().get(id).copied()
    }
    /// The arguments of a path or method call; empty if there are none.
    pub fn node_args_of(&self, id: HirId) -> GenericArgsRef<'tcx> {
        self.node_args().get(id).copied().unwrap_or_else(List::empty)
    }
    pub fn node_args_opt(&self, id: HirId) -> Option<GenericArgsRef<'tcx>> {
        self.node_args().get(id).copied()
    }
    pub fn pat_ty(&self, pat: &hir::Pat<'_>) -> Ty<'tcx> {
        self.node_type(pat.hir_id)
    }
    /// The type before adjustment.
    #[track_caller]
    pub fn expr_ty(&self, expr: &hir::Expr<'_>) -> Ty<'tcx> {
        self.node_type(expr.hir_id)
    }
    pub fn expr_ty_opt(&self, expr: &hir::Expr<'_>) -> Option<Ty<'tcx>> {
        self.node_type_opt(expr.hir_id)
    }
    pub fn expr_adjustments(&self, expr: &hir::Expr<'_>) -> &[Adjustment<'tcx>] {
        self.adjustments().get(expr.hir_id).map_or(&[], |a| &a[..])
    }
    /// The type after adjustment.
    #[track_caller]
    pub fn expr_ty_adjusted(&self, expr: &hir::Expr<'_>) -> Ty<'tcx> {
        self.expr_adjustments(expr).last().map_or_else(|| self.expr_ty(expr), |a| a.target)
    }
    pub fn expr_ty_adjusted_opt(&self, expr: &hir::Expr<'_>) -> Option<Ty<'tcx>> {
        self.expr_adjustments(expr).last().map(|a| a.target).or_else(|| self.expr_ty_opt(expr))
    }
    pub fn type_dependent_def(&self, id: HirId) -> Option<(DefKind, DefId)> {
        self.type_dependent_defs().get(id).copied().and_then(Result::ok)
    }
    pub fn type_dependent_def_id(&self, id: HirId) -> Option<DefId> {
        self.type_dependent_def(id).map(|(_, d)| d)
    }
    /// The resolution of a path, with `<T>::name` looked up.
    pub fn qpath_res(&self, qpath: &hir::QPath<'_>, id: HirId) -> Res {
        match qpath {
            hir::QPath::Resolved(_, path) => path.res,
            _ => self.type_dependent_def(id).map_or(Res::Err, |(kind, def_id)| Res::Def(kind, def_id)),
        }
    }
    pub fn opt_field_index(&self, id: HirId) -> Option<FieldIdx> {
        self.field_indices().get(id).copied()
    }
    #[track_caller]
    pub fn field_index(&self, id: HirId) -> FieldIdx {
        self.opt_field_index(id).unwrap_or_else(|| panic!("no field index for {id:?}"))
    }
    /// Whether an operator or index expression calls a trait's method.
    pub fn is_method_call(&self, expr: &hir::Expr<'_>) -> bool {
        if matches!(expr.kind, hir::ExprKind::Path(_)) {
            return false;
        }
        matches!(self.type_dependent_defs().get(expr.hir_id), Some(Ok((DefKind::AssocFn, _))))
    }
    /// The binding mode of a binding pattern.
    pub fn binding_mode(&self, id: HirId) -> Option<hir::BindingMode> {
        self.pat_binding_modes().get(id).copied()
    }
    pub fn is_coercion_cast(&self, id: HirId) -> bool {
        self.coercion_casts.contains(&id.local_id)
    }
    /// What a closure captures, in the order of its fields.
    pub fn closure_min_captures_flattened(&self, closure: LocalDefId) -> impl Iterator<Item = &CapturedPlace<'tcx>> {
        self.closure_min_captures.get(&closure).into_iter().flatten()
    }
}
