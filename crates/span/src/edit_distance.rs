//! Names that look alike: Damerau-Levenshtein distance with a limit that grows with the name's length.

use crate::Symbol;

/// The distance between two strings if it is at most `limit`: insertions, deletions, substitutions and swaps of
/// neighbours.
pub fn edit_distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut prev: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let substitution = prev[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = substitution.min(prev[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && a[i - 1] != b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut prev, row);
    }
    Some(prev[b.len()]).filter(|distance| *distance <= limit)
}

/// The candidate most like `lookup`, if any is like enough. `dist` is the distance allowed, a third of the length if
/// absent.
pub fn find_best_match_for_name(candidates: &[Symbol], lookup: Symbol, dist: Option<usize>) -> Option<Symbol> {
    let lookup_text = lookup.as_str();
    let upper = lookup_text.to_uppercase();
    // A name that differs only in case is the best.
    if let Some(same) = candidates.iter().find(|c| c.as_str().to_uppercase() == upper) {
        return Some(*same);
    }
    let lookup_len = lookup_text.chars().count();
    let mut limit = dist.unwrap_or_else(|| lookup_len.max(3) / 3);
    let mut best: Option<Symbol> = None;
    for candidate in candidates {
        let text = candidate.as_str();
        if let Some(distance) = edit_distance(lookup_text, text, limit) {
            if distance == 0 {
                return Some(*candidate);
            }
            limit = distance - 1;
            best = Some(*candidate);
        }
    }
    if best.is_some() {
        return best;
    }
    // The same words in another order.
    candidates.iter().copied().find(|c| same_words(c.as_str(), lookup_text))
}

fn same_words(a: &str, b: &str) -> bool {
    if !a.contains('_') || !b.contains('_') {
        return false;
    }
    let sorted = |s: &str| {
        let mut words: Vec<String> = s.split('_').map(str::to_lowercase).collect();
        words.sort();
        words
    };
    sorted(a) == sorted(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swaps_count_once() {
        assert_eq!(edit_distance("vec", "vce", 3), Some(1));
        assert_eq!(edit_distance("abcdef", "abc", 2), None);
        assert_eq!(edit_distance("", "ab", 2), Some(2));
    }

    #[test]
    fn similar_names_are_found_and_others_are_not() {
        crate::create_default_session_globals_then(|| {
            let names: Vec<Symbol> = ["println", "print", "format"].iter().map(|n| Symbol::intern(n)).collect();
            let best = |name| find_best_match_for_name(&names, Symbol::intern(name), None).map(|s| s.to_string());
            assert_eq!(best("println2").as_deref(), Some("println"));
            assert_eq!(best("Format").as_deref(), Some("format"));
            assert_eq!(best("assert"), None);
        });
    }
}
