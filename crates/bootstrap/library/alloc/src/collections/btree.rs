//! B-trees (Bayer and McCreight 1970): nodes of five to eleven entries, all leaves at one depth.

pub(super) mod entry;
pub(super) mod iter;
pub(super) mod map;
mod node;
pub(super) mod set;
