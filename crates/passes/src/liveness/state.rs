//! What is known of all variables at a point: three sets of bits.

/// Three bits a variable, in words of 64: `live`, `written`, `used`.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct State {
    words: Vec<u64>,
    stride: usize,
}

#[derive(Clone, Copy)]
pub(super) enum Bit {
    Live = 0,
    Written = 1,
    Used = 2,
}

impl State {
    /// Nothing is known of `vars` variables.
    pub(super) fn new(vars: usize) -> State {
        let stride = vars.div_ceil(64);
        State { words: vec![0; stride * 3], stride }
    }
    fn at(&self, bit: Bit, var: usize) -> (usize, u64) {
        (bit as usize * self.stride + var / 64, 1 << (var % 64))
    }
    pub(super) fn get(&self, bit: Bit, var: usize) -> bool {
        let (word, mask) = self.at(bit, var);
        self.words[word] & mask != 0
    }
    pub(super) fn set(&mut self, bit: Bit, var: usize, value: bool) {
        let (word, mask) = self.at(bit, var);
        if value {
            self.words[word] |= mask;
        } else {
            self.words[word] &= !mask;
        }
    }
    /// Joins; whether anything changed.
    pub(super) fn merge(&mut self, other: &State) -> bool {
        let mut changed = false;
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            let joined = *a | *b;
            changed |= joined != *a;
            *a = joined;
        }
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_apart_and_joining_says_what_is_new() {
        let mut a = State::new(70);
        a.set(Bit::Live, 65, true);
        let mut b = State::new(70);
        b.set(Bit::Used, 65, true);
        assert!(!a.get(Bit::Used, 65) && !a.get(Bit::Live, 1));
        assert!(a.merge(&b));
        assert!(!a.merge(&b));
        assert!(a.get(Bit::Used, 65) && a.get(Bit::Live, 65));
        a.set(Bit::Live, 65, false);
        assert!(!a.get(Bit::Live, 65));
    }
}
