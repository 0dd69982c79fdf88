//! [`Region`]: an interned lifetime.

use std::hash::{Hash, Hasher};

use macros::{Decodable, Encodable};
use span::Symbol;
use span::def_id::DefId;

use crate::{BoundRegion, DebruijnIndex, ErrorGuaranteed, GenericArg, PlaceholderRegion, TypeFlags};

span::newtype_index! {
    /// A region inference variable.
    pub struct RegionVid = "'?";
}

/// An interned region; equal exactly if the address is.
#[derive(Clone, Copy)]
pub struct Region<'tcx>(pub(crate) &'tcx RegionKind);

impl PartialEq for Region<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}
impl Eq for Region<'_> {}
impl Hash for Region<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).hash(state);
    }
}

/// The kinds of regions; rustc's `RegionKind`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RegionKind {
    /// A parameter that is part of the generic arguments.
    ReEarlyParam(EarlyParamRegion),
    /// Bound by an enclosing `for<..>` or signature.
    ReBound(DebruijnIndex, BoundRegion),
    /// A late-bound parameter, seen from inside the function.
    ReLateParam(LateParamRegion),
    ReStatic,
    ReVar(RegionVid),
    RePlaceholder(PlaceholderRegion),
    /// Regions do not matter any more.
    ReErased,
    ReError(ErrorGuaranteed),
}

/// An early-bound region parameter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub struct EarlyParamRegion {
    pub index: u32,
    pub name: Symbol,
}

impl EarlyParamRegion {
    /// Whether it was written by the user.
    pub fn is_named(&self) -> bool {
        self.name != span::kw::UnderscoreLifetime && !self.name.is_empty()
    }
}

/// A late-bound parameter seen from inside its function `scope`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub struct LateParamRegion {
    pub scope: DefId,
    pub kind: LateParamRegionKind,
}

/// Which late-bound parameter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum LateParamRegionKind {
    /// An anonymous one, by its index in the signature's binder.
    Anon(u32),
    /// An anonymous one with a name made up for printing.
    NamedAnon(u32, Symbol),
    Named(DefId),
    /// The anonymous region of a closure's environment (`&'r self`).
    ClosureEnv,
}

impl<'tcx> Region<'tcx> {
    /// Its kind.
    #[inline]
    pub fn kind(self) -> RegionKind {
        *self.0
    }
    pub fn is_static(self) -> bool {
        matches!(self.0, RegionKind::ReStatic)
    }
    pub fn is_erased(self) -> bool {
        matches!(self.0, RegionKind::ReErased)
    }
    pub fn is_bound(self) -> bool {
        matches!(self.0, RegionKind::ReBound(..))
    }
    pub fn is_var(self) -> bool {
        matches!(self.0, RegionKind::ReVar(_))
    }
    pub fn is_placeholder(self) -> bool {
        matches!(self.0, RegionKind::RePlaceholder(_))
    }
    pub fn is_error(self) -> bool {
        matches!(self.0, RegionKind::ReError(_))
    }
    /// A parameter (early or late) or `'static`.
    pub fn is_free(self) -> bool {
        matches!(self.0, RegionKind::ReStatic | RegionKind::ReEarlyParam(_) | RegionKind::ReLateParam(_))
    }
    /// A parameter (early or late).
    pub fn is_param(self) -> bool {
        matches!(self.0, RegionKind::ReEarlyParam(_) | RegionKind::ReLateParam(_))
    }
    /// The number of an inference variable; panics for others.
    #[track_caller]
    pub fn as_var(self) -> RegionVid {
        match *self.0 {
            RegionKind::ReVar(vid) => vid,
            _ => panic!("{self:?} is not a region variable"),
        }
    }
    /// Whether it refers to the binder `index` or one further out.
    pub fn bound_at_or_above_binder(self, index: DebruijnIndex) -> bool {
        matches!(self.0, RegionKind::ReBound(d, _) if *d >= index)
    }
    /// What occurs in it.
    pub fn type_flags(self) -> TypeFlags {
        let free = TypeFlags::HAS_FREE_REGIONS;
        let local = free | TypeFlags::HAS_FREE_LOCAL_REGIONS;
        match *self.0 {
            RegionKind::ReVar(_) => local | TypeFlags::HAS_RE_INFER,
            RegionKind::RePlaceholder(_) => local | TypeFlags::HAS_RE_PLACEHOLDER,
            RegionKind::ReEarlyParam(_) => local | TypeFlags::HAS_RE_PARAM,
            RegionKind::ReLateParam(_) => local,
            RegionKind::ReStatic => free,
            RegionKind::ReBound(..) => TypeFlags::HAS_RE_BOUND,
            RegionKind::ReErased => TypeFlags::HAS_RE_ERASED,
            RegionKind::ReError(_) => free | TypeFlags::HAS_ERROR,
        }
    }
}

impl<'tcx> From<Region<'tcx>> for GenericArg<'tcx> {
    fn from(r: Region<'tcx>) -> Self {
        GenericArg::Lifetime(r)
    }
}
