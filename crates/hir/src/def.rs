//! What names refer to: [`Res`], the kinds of definition ([`DefKind`]), namespaces, and what resolution found
//! for paths and lifetimes. Names and fields are those of `rustc_hir::def`.

use std::fmt::{self, Debug};

use ast::{FloatTy, IntTy, NodeId, UintTy};
use macros::{Decodable, Encodable};
use span::def_id::{DefId, LocalDefId};
use span::{ErrorGuaranteed, MacroKind, Symbol, kw, sym};

use crate::{HirId, Mutability, Safety};

/// Whether a constructor is that of a struct or of an enum's variant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum CtorOf {
    Struct,
    Variant,
}

/// `S(..)` or `S`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum CtorKind {
    /// A function.
    Fn,
    /// A constant.
    Const,
}

bitflags::bitflags! {
    /// The calling forms that one macro has: a `macro_rules!` may have several.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
    pub struct MacroKinds: u8 {
        const BANG = 1 << 0;
        const ATTR = 1 << 1;
        const DERIVE = 1 << 2;
    }
}

impl From<MacroKind> for MacroKinds {
    fn from(kind: MacroKind) -> Self {
        match kind {
            MacroKind::Bang => Self::BANG,
            MacroKind::Attr => Self::ATTR,
            MacroKind::Derive => Self::DERIVE,
        }
    }
}

impl MacroKinds {
    /// As diagnostics name it.
    pub fn descr(self) -> &'static str {
        match self {
            Self::BANG => "macro",
            Self::ATTR => "attribute macro",
            Self::DERIVE => "derive macro",
            _ if self == (Self::ATTR | Self::BANG) => "attribute/function macro",
            _ if self == (Self::DERIVE | Self::BANG) => "derive/function macro",
            _ if self == (Self::ATTR | Self::DERIVE) => "attribute/derive macro",
            _ if self.is_all() => "attribute/derive/function macro",
            _ => "useless macro",
        }
    }

    /// `a` or `an`, before [`Self::descr`].
    pub fn article(self) -> &'static str {
        if self.contains(Self::ATTR) { "an" } else { "a" }
    }
}

impl<E: span::codec::Encoder> span::codec::Encodable<E> for MacroKinds {
    fn encode(&self, e: &mut E) {
        e.emit_u8(self.bits());
    }
}
impl<D: span::codec::Decoder> span::codec::Decodable<D> for MacroKinds {
    fn decode(d: &mut D) -> Self {
        MacroKinds::from_bits_truncate(d.read_u8())
    }
}

/// The kind of a definition.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum DefKind {
    // Type namespace
    Mod,
    /// The struct itself; its constructor is a [`DefKind::Ctor`].
    Struct,
    Union,
    Enum,
    /// The variant itself; its constructor is a [`DefKind::Ctor`].
    Variant,
    Trait,
    /// `type Foo = Bar;`
    TyAlias,
    /// A type in an extern block.
    ForeignTy,
    TraitAlias,
    AssocTy,
    TyParam,

    // Value namespace
    Fn,
    Const,
    ConstParam,
    Static {
        safety: Safety,
        mutability: Mutability,
        /// An anonymous allocation of another static, made by const evaluation.
        nested: bool,
    },
    Ctor(CtorOf, CtorKind),
    AssocFn,
    AssocConst,

    // Macro namespace
    Macro(MacroKinds),

    // Not namespaced
    ExternCrate,
    Use,
    /// An `extern` block.
    ForeignMod,
    /// Array lengths, discriminants, const arguments.
    AnonConst,
    /// `const { .. }`
    InlineConst,
    /// `impl Trait` in return position or an alias.
    OpaqueTy,
    Field,
    LifetimeParam,
    GlobalAsm,
    Impl {
        of_trait: bool,
    },
    /// Closures and coroutines.
    Closure,
    /// The by-move body of an async closure's coroutine.
    SyntheticCoroutineBody,
}

impl DefKind {
    /// As diagnostics name it.
    pub fn descr(self, def_id: DefId) -> &'static str {
        match self {
            DefKind::Fn => "function",
            DefKind::Mod if def_id.is_crate_root() && !def_id.is_local() => "crate",
            DefKind::Mod => "module",
            DefKind::Static { .. } => "static",
            DefKind::Enum => "enum",
            DefKind::Variant => "variant",
            DefKind::Ctor(CtorOf::Variant, CtorKind::Fn) => "tuple variant",
            DefKind::Ctor(CtorOf::Variant, CtorKind::Const) => "unit variant",
            DefKind::Struct => "struct",
            DefKind::Ctor(CtorOf::Struct, CtorKind::Fn) => "tuple struct",
            DefKind::Ctor(CtorOf::Struct, CtorKind::Const) => "unit struct",
            DefKind::OpaqueTy => "opaque type",
            DefKind::TyAlias => "type alias",
            DefKind::TraitAlias => "trait alias",
            DefKind::AssocTy => "associated type",
            DefKind::Union => "union",
            DefKind::Trait => "trait",
            DefKind::ForeignTy => "foreign type",
            DefKind::AssocFn => "associated function",
            DefKind::Const => "constant",
            DefKind::AssocConst => "associated constant",
            DefKind::TyParam => "type parameter",
            DefKind::ConstParam => "const parameter",
            DefKind::Macro(kinds) => kinds.descr(),
            DefKind::LifetimeParam => "lifetime parameter",
            DefKind::Use => "import",
            DefKind::ForeignMod => "foreign module",
            DefKind::AnonConst => "constant expression",
            DefKind::InlineConst => "inline constant",
            DefKind::Field => "field",
            DefKind::Impl { .. } => "implementation",
            DefKind::Closure => "closure",
            DefKind::ExternCrate => "extern crate",
            DefKind::GlobalAsm => "global assembly block",
            DefKind::SyntheticCoroutineBody => "synthetic mir body",
        }
    }

    /// `a` or `an`, before [`Self::descr`].
    pub fn article(&self) -> &'static str {
        match *self {
            DefKind::AssocTy
            | DefKind::AssocConst
            | DefKind::AssocFn
            | DefKind::Enum
            | DefKind::OpaqueTy
            | DefKind::Impl { .. }
            | DefKind::Use
            | DefKind::InlineConst
            | DefKind::ExternCrate => "an",
            DefKind::Macro(kinds) => kinds.article(),
            _ => "a",
        }
    }

    /// The namespace that names of this kind live in.
    pub fn ns(&self) -> Option<Namespace> {
        match self {
            DefKind::Mod
            | DefKind::Struct
            | DefKind::Union
            | DefKind::Enum
            | DefKind::Variant
            | DefKind::Trait
            | DefKind::TyAlias
            | DefKind::ForeignTy
            | DefKind::TraitAlias
            | DefKind::AssocTy
            | DefKind::TyParam => Some(Namespace::TypeNS),
            DefKind::Fn
            | DefKind::Const
            | DefKind::ConstParam
            | DefKind::Static { .. }
            | DefKind::Ctor(..)
            | DefKind::AssocFn
            | DefKind::AssocConst => Some(Namespace::ValueNS),
            DefKind::Macro(..) => Some(Namespace::MacroNS),
            DefKind::AnonConst
            | DefKind::InlineConst
            | DefKind::ExternCrate
            | DefKind::Use
            | DefKind::ForeignMod
            | DefKind::OpaqueTy
            | DefKind::Field
            | DefKind::LifetimeParam
            | DefKind::GlobalAsm
            | DefKind::Impl { .. }
            | DefKind::Closure
            | DefKind::SyntheticCoroutineBody => None,
        }
    }

    /// The step that a definition of this kind makes in a definition path.
    pub fn def_path_data(self, name: Option<Symbol>) -> crate::definitions::DefPathData {
        use crate::definitions::DefPathData;
        let named = || name.expect("a named definition");
        match self {
            DefKind::Mod
            | DefKind::Struct
            | DefKind::Union
            | DefKind::Enum
            | DefKind::Variant
            | DefKind::Trait
            | DefKind::TyAlias
            | DefKind::ForeignTy
            | DefKind::TraitAlias
            | DefKind::TyParam
            | DefKind::ExternCrate => DefPathData::TypeNs(named()),
            // Without a name: made from `-> impl Trait` in a trait.
            DefKind::AssocTy => name.map_or(DefPathData::AnonAssocTy(span::kw::Empty), DefPathData::TypeNs),
            DefKind::Fn
            | DefKind::Const
            | DefKind::ConstParam
            | DefKind::Static { nested: false, .. }
            | DefKind::AssocFn
            | DefKind::AssocConst
            | DefKind::Field => DefPathData::ValueNs(named()),
            DefKind::Static { nested: true, .. } => DefPathData::NestedStatic,
            DefKind::Macro(..) => DefPathData::MacroNs(named()),
            DefKind::LifetimeParam => DefPathData::LifetimeNs(named()),
            DefKind::Ctor(..) => DefPathData::Ctor,
            DefKind::Use => DefPathData::Use,
            DefKind::ForeignMod => DefPathData::ForeignMod,
            DefKind::AnonConst | DefKind::InlineConst => DefPathData::AnonConst,
            DefKind::OpaqueTy => DefPathData::OpaqueTy,
            DefKind::GlobalAsm => DefPathData::GlobalAsm,
            DefKind::Impl { .. } => DefPathData::Impl,
            DefKind::Closure => DefPathData::Closure,
            DefKind::SyntheticCoroutineBody => DefPathData::SyntheticCoroutineBody,
        }
    }

    /// Things with a module's name that are containers of other named things.
    pub fn is_module_like(self) -> bool {
        matches!(self, DefKind::Mod | DefKind::Enum | DefKind::Trait)
    }

    /// Struct, enum or union.
    pub fn is_adt(self) -> bool {
        matches!(self, DefKind::Struct | DefKind::Union | DefKind::Enum)
    }

    /// Functions, methods, constructors of tuples and closures: what has a signature.
    pub fn is_fn_like(self) -> bool {
        matches!(self, DefKind::Fn | DefKind::AssocFn | DefKind::Closure | DefKind::SyntheticCoroutineBody)
    }

    /// Associated items.
    pub fn is_assoc(self) -> bool {
        matches!(self, DefKind::AssocFn | DefKind::AssocConst | DefKind::AssocTy)
    }

    /// Has generics of its own.
    pub fn has_generics(self) -> bool {
        match self {
            DefKind::AnonConst
            | DefKind::AssocConst
            | DefKind::AssocFn
            | DefKind::AssocTy
            | DefKind::Closure
            | DefKind::Const
            | DefKind::Ctor(..)
            | DefKind::Enum
            | DefKind::Field
            | DefKind::Fn
            | DefKind::ForeignTy
            | DefKind::Impl { .. }
            | DefKind::InlineConst
            | DefKind::OpaqueTy
            | DefKind::Static { .. }
            | DefKind::Struct
            | DefKind::SyntheticCoroutineBody
            | DefKind::Trait
            | DefKind::TraitAlias
            | DefKind::TyAlias
            | DefKind::Union
            | DefKind::Variant => true,
            DefKind::ConstParam
            | DefKind::ExternCrate
            | DefKind::ForeignMod
            | DefKind::GlobalAsm
            | DefKind::LifetimeParam
            | DefKind::Macro(_)
            | DefKind::Mod
            | DefKind::TyParam
            | DefKind::Use => false,
        }
    }

    /// Shares the type check tables of its parent.
    pub fn is_typeck_child(self) -> bool {
        matches!(self, DefKind::Closure | DefKind::InlineConst | DefKind::SyntheticCoroutineBody)
    }

    /// Has code generated for it.
    pub fn has_codegen_attrs(self) -> bool {
        matches!(
            self,
            DefKind::Fn
                | DefKind::AssocFn
                | DefKind::Ctor(..)
                | DefKind::Closure
                | DefKind::Static { .. }
                | DefKind::SyntheticCoroutineBody
        )
    }
}

/// What a name or path refers to. `Id` is the kind of id that local variables have.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum Res<Id = HirId> {
    /// A definition.
    Def(DefKind, DefId),
    /// `i32`, `str`..
    PrimTy(PrimTy),
    /// `Self` in a trait.
    SelfTyParam { trait_: DefId },
    /// `Self` in an impl or in a type's own definition.
    SelfTyAlias {
        alias_to: DefId,
        /// In an anonymous constant, where generic parameters may not be used.
        forbid_generic: bool,
        is_trait_impl: bool,
    },
    /// `Self(..)` and `Self` as values, in this impl.
    SelfCtor(DefId),
    /// A local variable or parameter.
    Local(Id),
    /// `rustfmt::` in attributes.
    ToolMod,
    /// `#[inline]`, `#[rustfmt::skip]`: attributes that are no macros.
    NonMacroAttr(NonMacroAttrKind),
    /// Resolution failed, and it was reported.
    Err,
}

/// The kinds of attribute that are no macros.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum NonMacroAttrKind {
    /// `#[inline]`
    Builtin(Symbol),
    /// `#[rustfmt::skip]`
    Tool,
    /// Of a derive that is in force.
    DeriveHelper,
    /// Of a derive that stands below it.
    DeriveHelperCompat,
}

impl NonMacroAttrKind {
    /// As diagnostics name it.
    pub fn descr(self) -> &'static str {
        match self {
            NonMacroAttrKind::Builtin(..) => "built-in attribute",
            NonMacroAttrKind::Tool => "tool attribute",
            NonMacroAttrKind::DeriveHelper | NonMacroAttrKind::DeriveHelperCompat => "derive helper attribute",
        }
    }

    pub fn article(self) -> &'static str {
        "a"
    }

    /// Never reported as unused.
    pub fn is_used(self) -> bool {
        match self {
            NonMacroAttrKind::Tool | NonMacroAttrKind::DeriveHelper | NonMacroAttrKind::DeriveHelperCompat => true,
            NonMacroAttrKind::Builtin(..) => false,
        }
    }
}

impl<Id> Res<Id> {
    #[track_caller]
    pub fn def_id(&self) -> DefId
    where
        Id: Debug,
    {
        self.opt_def_id().unwrap_or_else(|| panic!("attempted .def_id() on invalid res: {self:?}"))
    }

    pub fn opt_def_id(&self) -> Option<DefId> {
        match *self {
            Res::Def(_, id) => Some(id),
            _ => None,
        }
    }

    /// The module's id, if it is one.
    pub fn mod_def_id(&self) -> Option<DefId> {
        match *self {
            Res::Def(DefKind::Mod, id) => Some(id),
            _ => None,
        }
    }

    /// As diagnostics name it.
    pub fn descr(&self) -> &'static str {
        match *self {
            Res::Def(kind, def_id) => kind.descr(def_id),
            Res::SelfCtor(..) => "self constructor",
            Res::PrimTy(..) => "builtin type",
            Res::Local(..) => "local variable",
            Res::SelfTyParam { .. } | Res::SelfTyAlias { .. } => "self type",
            Res::ToolMod => "tool module",
            Res::NonMacroAttr(kind) => kind.descr(),
            Res::Err => "unresolved item",
        }
    }

    pub fn article(&self) -> &'static str {
        match *self {
            Res::Def(kind, _) => kind.article(),
            Res::NonMacroAttr(kind) => kind.article(),
            Res::Err => "an",
            _ => "a",
        }
    }

    /// With the ids of local variables mapped.
    pub fn map_id<R>(self, mut map: impl FnMut(Id) -> R) -> Res<R> {
        self.apply_id::<R, std::convert::Infallible>(|id| Ok(map(id))).unwrap_or_else(|never| match never {})
    }

    /// As [`Self::map_id`], where the mapping may fail.
    pub fn apply_id<R, E>(self, mut map: impl FnMut(Id) -> Result<R, E>) -> Result<Res<R>, E> {
        Ok(match self {
            Res::Def(kind, id) => Res::Def(kind, id),
            Res::SelfCtor(id) => Res::SelfCtor(id),
            Res::PrimTy(ty) => Res::PrimTy(ty),
            Res::Local(id) => Res::Local(map(id)?),
            Res::SelfTyParam { trait_ } => Res::SelfTyParam { trait_ },
            Res::SelfTyAlias { alias_to, forbid_generic, is_trait_impl } => {
                Res::SelfTyAlias { alias_to, forbid_generic, is_trait_impl }
            }
            Res::ToolMod => Res::ToolMod,
            Res::NonMacroAttr(kind) => Res::NonMacroAttr(kind),
            Res::Err => Res::Err,
        })
    }

    #[track_caller]
    pub fn expect_non_local<OtherId>(self) -> Res<OtherId> {
        self.map_id(|_| panic!("unexpected `Res::Local`"))
    }

    pub fn macro_kinds(self) -> Option<MacroKinds> {
        match self {
            Res::Def(DefKind::Macro(kinds), _) => Some(kinds),
            Res::NonMacroAttr(..) => Some(MacroKinds::ATTR),
            _ => None,
        }
    }

    /// The namespace it lives in.
    pub fn ns(&self) -> Option<Namespace> {
        match self {
            Res::Def(kind, ..) => kind.ns(),
            Res::PrimTy(..) | Res::SelfTyParam { .. } | Res::SelfTyAlias { .. } | Res::ToolMod => {
                Some(Namespace::TypeNS)
            }
            Res::SelfCtor(..) | Res::Local(..) => Some(Namespace::ValueNS),
            Res::NonMacroAttr(..) => Some(Namespace::MacroNS),
            Res::Err => None,
        }
    }

    /// May be used in this namespace; an error may be used everywhere.
    pub fn matches_ns(&self, ns: Namespace) -> bool {
        self.ns().is_none_or(|actual_ns| actual_ns == ns)
    }

    /// May stand in a pattern with parentheses.
    pub fn expected_in_tuple_struct_pat(&self) -> bool {
        matches!(self, Res::Def(DefKind::Ctor(_, CtorKind::Fn), _) | Res::SelfCtor(..))
    }

    /// May stand in a pattern as a name.
    pub fn expected_in_unit_struct_pat(&self) -> bool {
        matches!(self, Res::Def(DefKind::Ctor(_, CtorKind::Const), _) | Res::SelfCtor(..))
    }
}

/// What resolution found for a path: `base_res` is what all but the last `unresolved_segments` segments name. The rest is
/// associated items, found by type checking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartialRes {
    base_res: Res<NodeId>,
    unresolved_segments: u32,
}

impl PartialRes {
    pub fn new(base_res: Res<NodeId>) -> Self {
        PartialRes { base_res, unresolved_segments: 0 }
    }

    pub fn with_unresolved_segments(base_res: Res<NodeId>, mut unresolved_segments: usize) -> Self {
        if base_res == Res::Err {
            unresolved_segments = 0;
        }
        PartialRes { base_res, unresolved_segments: unresolved_segments as u32 }
    }

    pub fn base_res(&self) -> Res<NodeId> {
        self.base_res
    }

    pub fn unresolved_segments(&self) -> usize {
        self.unresolved_segments as usize
    }

    /// The whole path's, if resolution got through it.
    pub fn full_res(&self) -> Option<Res<NodeId>> {
        (self.unresolved_segments == 0).then_some(self.base_res)
    }

    #[track_caller]
    pub fn expect_full_res(&self) -> Res<NodeId> {
        self.full_res().expect("unexpected unresolved segments")
    }
}

/// Types, values and macros have names of their own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encodable, Decodable)]
pub enum Namespace {
    TypeNS,
    ValueNS,
    MacroNS,
}

impl Namespace {
    /// All three.
    pub const ALL: [Namespace; 3] = [Namespace::TypeNS, Namespace::ValueNS, Namespace::MacroNS];

    pub fn descr(self) -> &'static str {
        match self {
            Self::TypeNS => "type",
            Self::ValueNS => "value",
            Self::MacroNS => "macro",
        }
    }
}

/// One of something for each namespace.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct PerNS<T> {
    pub value_ns: T,
    pub type_ns: T,
    pub macro_ns: T,
}

impl<T> PerNS<T> {
    pub fn map<U, F: FnMut(T) -> U>(self, mut f: F) -> PerNS<U> {
        PerNS { value_ns: f(self.value_ns), type_ns: f(self.type_ns), macro_ns: f(self.macro_ns) }
    }

    pub fn iter(&self) -> std::array::IntoIter<&T, 3> {
        [&self.value_ns, &self.type_ns, &self.macro_ns].into_iter()
    }
}

impl<T> IntoIterator for PerNS<T> {
    type Item = T;
    type IntoIter = std::array::IntoIter<T, 3>;
    fn into_iter(self) -> Self::IntoIter {
        [self.value_ns, self.type_ns, self.macro_ns].into_iter()
    }
}

impl<T> std::ops::Index<Namespace> for PerNS<T> {
    type Output = T;
    fn index(&self, ns: Namespace) -> &T {
        match ns {
            Namespace::ValueNS => &self.value_ns,
            Namespace::TypeNS => &self.type_ns,
            Namespace::MacroNS => &self.macro_ns,
        }
    }
}

impl<T> std::ops::IndexMut<Namespace> for PerNS<T> {
    fn index_mut(&mut self, ns: Namespace) -> &mut T {
        match ns {
            Namespace::ValueNS => &mut self.value_ns,
            Namespace::TypeNS => &mut self.type_ns,
            Namespace::MacroNS => &mut self.macro_ns,
        }
    }
}

impl<T> PerNS<Option<T>> {
    /// Nothing in any namespace.
    pub fn is_empty(&self) -> bool {
        self.type_ns.is_none() && self.value_ns.is_none() && self.macro_ns.is_none()
    }

    /// What is there: types, values, macros.
    pub fn present_items(self) -> impl Iterator<Item = T> {
        [self.type_ns, self.value_ns, self.macro_ns].into_iter().flatten()
    }
}

/// How an absent lifetime is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MissingLifetimeKind {
    /// `'_`
    Underscore,
    /// `&T`
    Ampersand,
    /// `Foo<T>` for `Foo<'_, T>`
    Comma,
    /// `Foo` for `Foo<'_>`
    Brackets,
}

/// What resolution found for a lifetime.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LifetimeRes {
    /// A named parameter; `binder` is the node whose parameters these are.
    Param { param: LocalDefId, binder: NodeId },
    /// An elided lifetime that becomes a parameter of `binder`. `param` is a fresh id; lowering makes the definition.
    Fresh { param: NodeId, binder: NodeId, kind: MissingLifetimeKind },
    /// To be inferred (in bodies), or the default of a trait object.
    Infer,
    /// `'static`, written or elided.
    Static,
    /// It was reported.
    Error(ErrorGuaranteed),
    /// On a path segment without lifetime arguments: the ids `start..end` stand for the elided ones and have entries of
    /// their own in the map.
    ElidedAnchor { start: NodeId, end: NodeId },
}

/// Primitive types that have names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum PrimTy {
    Int(IntTy),
    Uint(UintTy),
    Float(FloatTy),
    Str,
    Bool,
    Char,
}

impl PrimTy {
    /// All primitive types.
    pub const ALL: [PrimTy; 19] = {
        [
            PrimTy::Int(IntTy::I8),
            PrimTy::Int(IntTy::I16),
            PrimTy::Int(IntTy::I32),
            PrimTy::Int(IntTy::I64),
            PrimTy::Int(IntTy::I128),
            PrimTy::Int(IntTy::Isize),
            PrimTy::Uint(UintTy::U8),
            PrimTy::Uint(UintTy::U16),
            PrimTy::Uint(UintTy::U32),
            PrimTy::Uint(UintTy::U64),
            PrimTy::Uint(UintTy::U128),
            PrimTy::Uint(UintTy::Usize),
            PrimTy::Float(FloatTy::F16),
            PrimTy::Float(FloatTy::F32),
            PrimTy::Float(FloatTy::F64),
            PrimTy::Float(FloatTy::F128),
            PrimTy::Bool,
            PrimTy::Char,
            PrimTy::Str,
        ]
    };

    pub fn name_str(self) -> &'static str {
        match self {
            PrimTy::Int(i) => i.name_str(),
            PrimTy::Uint(u) => u.name_str(),
            PrimTy::Float(f) => f.name_str(),
            PrimTy::Str => "str",
            PrimTy::Bool => "bool",
            PrimTy::Char => "char",
        }
    }

    pub fn name(self) -> Symbol {
        match self {
            PrimTy::Int(i) => i.name(),
            PrimTy::Uint(u) => u.name(),
            PrimTy::Float(f) => f.name(),
            PrimTy::Str => sym::str,
            PrimTy::Bool => sym::bool,
            PrimTy::Char => sym::char,
        }
    }

    /// The primitive type of this name.
    pub fn from_name(name: Symbol) -> Option<Self> {
        if name == kw::Empty {
            return None;
        }
        Self::ALL.into_iter().find(|ty| ty.name() == name)
    }
}

impl fmt::Display for PrimTy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name_str())
    }
}
