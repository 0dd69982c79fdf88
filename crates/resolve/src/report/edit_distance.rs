//! Names that look alike; see `span::edit_distance`.

pub(crate) use span::edit_distance::find_best_match_for_name;
