//! Printing syntax trees and tokens as rustc does.

mod tokens;

pub use tokens::{token_kind_to_string, token_to_string, tts_to_string};

use crate::{Expr, Pat, Path, Ty, Visibility};

pub fn expr_to_string(_e: &Expr) -> String { "_".into() }
pub fn ty_to_string(_e: &Ty) -> String { "_".into() }
pub fn pat_to_string(_e: &Pat) -> String { "_".into() }
pub fn path_to_string(_e: &Path) -> String { "_".into() }
pub fn vis_to_string(_e: &Visibility) -> String { "pub ".into() }
