//! Code that nothing uses: `dead_code`.
//!
//! What is reachable from outside, the entry point, and what attributes keep is live; what live code mentions is live
//! ([`mark`]); the rest is reported, grouped by what it stands in ([`report`]). A trait impl's methods are live if the
//! trait's are and the type is.

mod mark;
mod report;

pub(crate) use mark::{Live, live_code};
pub(crate) use report::check;
