//! Ids of AST nodes.

use span::ExpnId;

span::newtype_index! {
    /// Identifies an AST node in its crate: an item, an expression, a type, a path segment...
    ///
    /// The parser makes every node with [`DUMMY_NODE_ID`]; expansion gives each its own id.
    pub struct NodeId = "NodeId";
}

/// The id of the crate root.
pub const CRATE_NODE_ID: NodeId = NodeId::ZERO;

/// What a node has as its id until expansion has given it one.
pub const DUMMY_NODE_ID: NodeId = NodeId::MAX;

impl std::fmt::Display for NodeId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(&self.as_u32(), f)
    }
}

impl NodeId {
    /// The id of the placeholder that stands for the output of this (local) expansion.
    pub fn placeholder_from_expn_id(expn_id: ExpnId) -> Self {
        NodeId::from_u32(expn_id.as_u32())
    }

    /// The expansion for whose output this placeholder stands.
    pub fn placeholder_to_expn_id(self) -> ExpnId {
        ExpnId::from_u32(self.as_u32())
    }
}
