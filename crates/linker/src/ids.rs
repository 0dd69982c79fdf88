//! The ids by which phases name objects, sections and symbols: indices into the tables of
//! [`crate::resolve::Resolution`] and [`crate::layout::Layout`].

macro_rules! newtype_id {
    ($(#[$doc:meta] $name:ident)*) => {$(
        #[$doc]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(u32);

        impl $name {
            /// The id of the table's element at `index`; tables hold fewer than 2^32 elements.
            pub fn new(index: usize) -> Self {
                $name(index as u32)
            }

            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

newtype_id! {
    /// A linked object, in the order in which objects were drawn into the link.
    ObjectId
    /// A symbol that is visible to all objects.
    GlobalId
    /// A merged section.
    MergedId
    /// A section of the executable.
    OutputId
}

/// An object's section, by its index in the object's section table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SectionRef {
    pub object: ObjectId,
    pub index: u32,
}

impl SectionRef {
    pub fn new(object: ObjectId, index: usize) -> Self {
        SectionRef { object, index: index as u32 }
    }
}

/// An object's symbol, by its index in the object's symbol table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SymbolRef {
    pub object: ObjectId,
    pub index: u32,
}

/// What a reference means after resolution: one key for all references to the same symbol.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SymbolKey {
    Global(GlobalId),
    Local(SymbolRef),
}
