//! [`MoveData`]: the tree of move paths of a body, and each move and initialisation of one.

use std::ops::{Index, IndexMut};

use mir::{BasicBlock, Body, Local, Location, Place, PlaceRef, ProjectionKind};
use query::TyCtxt;
use rustc_index::{IndexSlice, IndexVec};
use smallvec::SmallVec;
use span::{FxHashMap, Span};
use ty::Ty;

span::newtype_index! {
    /// A move path.
    pub struct MovePathIndex = "mp";
}
span::newtype_index! {
    /// A move.
    pub struct MoveOutIndex = "mo";
}
span::newtype_index! {
    /// An initialisation.
    pub struct InitIndex = "in";
}

impl MoveOutIndex {
    /// The path that is moved.
    pub fn move_path_index(self, move_data: &MoveData<'_>) -> MovePathIndex {
        move_data.moves[self].path
    }
}

/// A place that may be moved from, or be initialised, apart from its parent.
#[derive(Clone, Debug)]
pub struct MovePath<'tcx> {
    pub next_sibling: Option<MovePathIndex>,
    pub first_child: Option<MovePathIndex>,
    pub parent: Option<MovePathIndex>,
    pub place: Place<'tcx>,
}

impl<'tcx> MovePath<'tcx> {
    /// The paths it is part of, nearest first.
    pub fn parents<'a>(
        &self,
        move_paths: &'a IndexSlice<MovePathIndex, MovePath<'tcx>>,
    ) -> impl Iterator<Item = (MovePathIndex, &'a MovePath<'tcx>)> + use<'a, 'tcx> {
        let first = self.parent.map(|mpi| (mpi, &move_paths[mpi]));
        std::iter::successors(first, move |(_, parent)| parent.parent.map(|mpi| (mpi, &move_paths[mpi])))
    }
    /// Its direct parts.
    pub fn children<'a>(
        &self,
        move_paths: &'a IndexSlice<MovePathIndex, MovePath<'tcx>>,
    ) -> impl Iterator<Item = (MovePathIndex, &'a MovePath<'tcx>)> + use<'a, 'tcx> {
        let first = self.first_child.map(|mpi| (mpi, &move_paths[mpi]));
        std::iter::successors(first, move |(_, child)| child.next_sibling.map(|mpi| (mpi, &move_paths[mpi])))
    }
    /// The first path of this one and those below it for which `f` holds.
    pub fn find_descendant(
        &self,
        move_paths: &IndexSlice<MovePathIndex, MovePath<'tcx>>,
        f: impl Fn(MovePathIndex) -> bool,
    ) -> Option<MovePathIndex> {
        let mut todo: Vec<MovePathIndex> = self.first_child.into_iter().collect();
        while let Some(mpi) = todo.pop() {
            if f(mpi) {
                return Some(mpi);
            }
            todo.extend(move_paths[mpi].first_child);
            // The path's own siblings are not below it; those of its children are.
            todo.extend(move_paths[mpi].next_sibling);
        }
        None
    }
}

/// All moves and initialisations of a body.
#[derive(Debug)]
pub struct MoveData<'tcx> {
    pub move_paths: IndexVec<MovePathIndex, MovePath<'tcx>>,
    pub moves: IndexVec<MoveOutIndex, MoveOut>,
    /// The moves at each point.
    pub loc_map: LocationMap<SmallVec<[MoveOutIndex; 4]>>,
    /// The moves of each path.
    pub path_map: IndexVec<MovePathIndex, SmallVec<[MoveOutIndex; 4]>>,
    pub rev_lookup: MovePathLookup,
    pub inits: IndexVec<InitIndex, Init>,
    /// The initialisations at each point.
    pub init_loc_map: LocationMap<SmallVec<[InitIndex; 4]>>,
    /// The initialisations of each path.
    pub init_path_map: IndexVec<MovePathIndex, SmallVec<[InitIndex; 4]>>,
    /// Moves out of what cannot be moved from.
    pub move_errors: Vec<MoveError<'tcx>>,
}

/// A value per point of a body.
#[derive(Debug)]
pub struct LocationMap<T> {
    pub map: IndexVec<BasicBlock, Vec<T>>,
}
impl<T> Index<Location> for LocationMap<T> {
    type Output = T;
    fn index(&self, index: Location) -> &T {
        &self.map[index.block][index.statement_index]
    }
}
impl<T> IndexMut<Location> for LocationMap<T> {
    fn index_mut(&mut self, index: Location) -> &mut T {
        &mut self.map[index.block][index.statement_index]
    }
}
impl<T: Default + Clone> LocationMap<T> {
    pub(crate) fn new(body: &Body<'_>) -> Self {
        LocationMap { map: body.basic_blocks.iter().map(|b| vec![T::default(); b.statements.len() + 1]).collect() }
    }
}

/// A move: a point where the path becomes uninitialised (`StorageDead` and drops too).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MoveOut {
    pub path: MovePathIndex,
    pub source: Location,
}

/// An initialisation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Init {
    pub path: MovePathIndex,
    pub location: InitLocation,
    pub kind: InitKind,
}

/// Where an initialisation is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InitLocation {
    Argument(Local),
    Statement(Location),
}

/// How much is initialised.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InitKind {
    /// The path and all below it.
    Deep,
    /// The path, not what is below it.
    Shallow,
    /// As `Deep`, but only if the call returns.
    NonPanicPathOnly,
}

impl Init {
    pub fn span(&self, body: &Body<'_>) -> Span {
        match self.location {
            InitLocation::Argument(local) => body.local_decls[local].source_info.span,
            InitLocation::Statement(location) => body.source_info(location).span,
        }
    }
}

/// A move that is not allowed.
#[derive(Clone, Debug)]
pub struct MoveError<'tcx> {
    pub location: Location,
    /// The place that is moved from.
    pub place: Place<'tcx>,
    pub kind: IllegalMoveOriginKind<'tcx>,
}

/// Why a place cannot be moved from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IllegalMoveOriginKind<'tcx> {
    /// Behind a reference or raw pointer; the place dereferenced.
    BorrowedContent { target_place: Place<'tcx> },
    /// A field of a type that implements `Drop`.
    InteriorOfTypeWithDestructor { container_ty: Ty<'tcx> },
    /// An element of a slice, or of an array by an index that is not constant.
    InteriorOfSliceOrArray { ty: Ty<'tcx>, is_index: bool },
}

/// From places to paths.
#[derive(Debug)]
pub struct MovePathLookup {
    pub(crate) locals: IndexVec<Local, Option<MovePathIndex>>,
    pub(crate) projections: FxHashMap<(MovePathIndex, ProjectionKind), MovePathIndex>,
}

/// The path of a place, or of the nearest place that it is part of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LookupResult {
    Exact(MovePathIndex),
    Parent(Option<MovePathIndex>),
}

impl MovePathLookup {
    pub fn find(&self, place: PlaceRef<'_>) -> LookupResult {
        let Some(mut result) = self.find_local(place.local) else { return LookupResult::Parent(None) };
        for elem in place.projection {
            match self.projections.get(&(result, ProjectionKind::from(*elem))) {
                Some(&sub) => result = sub,
                None => return LookupResult::Parent(Some(result)),
            }
        }
        LookupResult::Exact(result)
    }
    #[inline]
    pub fn find_local(&self, local: Local) -> Option<MovePathIndex> {
        self.locals[local]
    }
    /// The locals that have a path.
    pub fn iter_locals_enumerated(&self) -> impl DoubleEndedIterator<Item = (Local, MovePathIndex)> + '_ {
        self.locals.iter_enumerated().filter_map(|(l, &idx)| Some((l, idx?)))
    }
}

impl<'tcx> MoveData<'tcx> {
    /// Finds the moves of a body, of places whose type passes the filter.
    pub fn gather_moves(body: &Body<'tcx>, tcx: TyCtxt<'tcx>, filter: impl Fn(Ty<'tcx>) -> bool) -> MoveData<'tcx> {
        crate::builder::gather_moves(body, tcx, filter)
    }
    /// The local that a path starts from, if the path is just that.
    pub fn base_local(&self, mut mpi: MovePathIndex) -> Option<Local> {
        loop {
            let path = &self.move_paths[mpi];
            if let Some(l) = path.place.as_local() {
                return Some(l);
            }
            mpi = path.parent?;
        }
    }
    /// The first path at or below `root` for which `pred` holds.
    pub fn find_in_move_path_or_its_descendants(
        &self,
        root: MovePathIndex,
        pred: impl Fn(MovePathIndex) -> bool,
    ) -> Option<MovePathIndex> {
        if pred(root) {
            return Some(root);
        }
        self.move_paths[root].find_descendant(&self.move_paths, pred)
    }
}
