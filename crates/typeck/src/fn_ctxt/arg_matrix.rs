//! Which arguments of a call are wrong, missing, too many or in the wrong place. Rows are the provided arguments,
//! columns the expected inputs; what fits is taken away until nothing is left.

use super::args::Compatibility;

/// One thing that is wrong; indices of provided arguments and expected inputs.
#[derive(Clone, Debug)]
pub(super) enum Error<'tcx> {
    /// The provided argument is of a wrong type.
    Invalid(usize, usize, Compatibility<'tcx>),
    Extra(usize),
    Missing(usize),
    /// Two provided arguments, and the inputs at their places.
    Swap(usize, usize, usize, usize),
    /// For each provided argument in order: the input it fits, and the argument that stands at that place.
    Permutation(Vec<(usize, usize)>),
}

impl Error<'_> {
    fn key(&self) -> (usize, usize, usize) {
        match *self {
            Error::Invalid(a, ..) => (0, a, 0),
            Error::Extra(a) => (1, a, 0),
            Error::Missing(a) => (2, a, 0),
            Error::Swap(a, b, ..) => (3, a, b),
            Error::Permutation(_) => (4, 0, 0),
        }
    }
}

enum Issue {
    Invalid(usize),
    Missing(usize),
    Extra(usize),
    Swap(usize, usize),
    Permutation(Vec<Option<usize>>),
}

pub(super) struct ArgMatrix<'tcx> {
    provided: Vec<usize>,
    expected: Vec<usize>,
    /// By provided argument, then expected input.
    compatibility: Vec<Vec<Compatibility<'tcx>>>,
}

fn fits(c: &Compatibility<'_>) -> bool {
    matches!(c, Compatibility::Compatible)
}

impl<'tcx> ArgMatrix<'tcx> {
    pub(super) fn new(
        provided: usize,
        expected: usize,
        mut is_compatible: impl FnMut(usize, usize) -> Compatibility<'tcx>,
    ) -> Self {
        let compatibility = (0..provided).map(|i| (0..expected).map(|j| is_compatible(i, j)).collect()).collect();
        ArgMatrix { provided: (0..provided).collect(), expected: (0..expected).collect(), compatibility }
    }

    fn eliminate_provided(&mut self, row: usize) {
        self.provided.remove(row);
        self.compatibility.remove(row);
    }
    fn eliminate_expected(&mut self, column: usize) {
        self.expected.remove(column);
        for row in &mut self.compatibility {
            row.remove(column);
        }
    }
    fn satisfy(&mut self, row: usize, column: usize) {
        self.eliminate_provided(row);
        self.eliminate_expected(column);
    }
    /// Takes away what stands at its place; gives the pairs of input and argument.
    fn eliminate_satisfied(&mut self) -> Vec<(usize, usize)> {
        let mut gone = Vec::new();
        for i in (0..self.provided.len().min(self.expected.len())).rev() {
            if fits(&self.compatibility[i][i]) {
                gone.push((self.expected[i], self.provided[i]));
                self.satisfy(i, i);
            }
        }
        gone
    }

    fn find_issue(&self) -> Option<Issue> {
        let mat = &self.compatibility;
        let (args, inputs) = (self.provided.len(), self.expected.len());
        let mut next_unmatched = 0;
        for i in 0..args.max(inputs) {
            if i >= mat.len() {
                return Some(Issue::Missing(next_unmatched));
            }
            if mat[i].is_empty() {
                return Some(Issue::Extra(next_unmatched));
            }
            let is_arg = i < args;
            let is_input = i < inputs;
            if is_arg && is_input && fits(&mat[i][i]) {
                next_unmatched += 1;
                continue;
            }
            let useless = !(is_arg && mat[i].iter().any(fits));
            let unsatisfiable = !(is_input && mat.iter().any(|row| fits(&row[i])));
            match (is_input && is_arg, useless, unsatisfiable) {
                (true, true, true) => return Some(Issue::Invalid(i)),
                (true, true, false) => return Some(Issue::Extra(i)),
                (true, false, true) => return Some(Issue::Missing(i)),
                (true, false, false) => {
                    let swap = (0..args.min(inputs))
                        .find(|&j| i != j && !fits(&mat[j][j]) && fits(&mat[i][j]) && fits(&mat[j][i]));
                    if let Some(j) = swap {
                        return Some(Issue::Swap(i, j));
                    }
                }
                (false, ..) => {}
            }
        }

        // A larger permutation: a cycle of arguments each of which fits the next one's place.
        let mut permutation: Vec<Option<Option<usize>>> = vec![None; mat.len()];
        let mut found = false;
        for i in 0..mat.len() {
            if permutation[i].is_some() {
                continue;
            }
            let mut stack = Vec::new();
            let (mut j, mut last, mut is_cycle) = (i, i, true);
            loop {
                stack.push(j);
                let Some(next) = mat[j].iter().position(fits).filter(|n| *n < mat.len()) else {
                    is_cycle = false;
                    break;
                };
                j = next;
                if stack.contains(&j) {
                    last = j;
                    break;
                }
            }
            if stack.len() <= 2 {
                is_cycle = false;
            }
            found |= is_cycle;
            while let Some(x) = stack.pop() {
                if is_cycle {
                    permutation[x] = Some(Some(j));
                    j = x;
                    if j == last {
                        is_cycle = false;
                    }
                } else {
                    permutation[x] = Some(None);
                }
            }
        }
        found.then(|| Issue::Permutation(permutation.into_iter().map(Option::flatten).collect()))
    }

    /// What is wrong, and for each input the argument that fits it.
    pub(super) fn find_errors(mut self) -> (Vec<Error<'tcx>>, Vec<Option<usize>>) {
        let mut errors = Vec::new();
        let mut matched = vec![None; self.expected.len()];
        for (input, arg) in self.eliminate_satisfied() {
            matched[input] = Some(arg);
        }
        while !self.provided.is_empty() || !self.expected.is_empty() {
            match self.find_issue() {
                Some(Issue::Invalid(i)) => {
                    let compatibility = self.compatibility[i][i].clone();
                    errors.push(Error::Invalid(self.provided[i], self.expected[i], compatibility));
                    self.satisfy(i, i);
                }
                Some(Issue::Extra(i)) => {
                    errors.push(Error::Extra(self.provided[i]));
                    self.eliminate_provided(i);
                }
                Some(Issue::Missing(i)) => {
                    errors.push(Error::Missing(self.expected[i]));
                    self.eliminate_expected(i);
                }
                Some(Issue::Swap(i, j)) => {
                    let (arg, other_arg) = (self.provided[i], self.provided[j]);
                    let (input, other_input) = (self.expected[i], self.expected[j]);
                    let (min, max) = (i.min(j), i.max(j));
                    self.satisfy(min, max);
                    // One row less by now.
                    self.satisfy(max - 1, min);
                    errors.push(Error::Swap(arg, other_arg, input, other_input));
                    matched[other_input] = Some(arg);
                    matched[input] = Some(other_arg);
                }
                Some(Issue::Permutation(to)) => {
                    let mut moved: Vec<usize> = to.iter().filter_map(|d| *d).collect();
                    let mut pairs = Vec::new();
                    for (src, dst) in to.iter().enumerate().filter_map(|(s, d)| Some((s, (*d)?))) {
                        matched[self.expected[dst]] = Some(self.provided[src]);
                        pairs.push((self.provided[src], self.expected[dst], self.provided[dst]));
                    }
                    pairs.sort_by_key(|p| p.0);
                    moved.sort_unstable();
                    for &i in moved.iter().rev() {
                        self.satisfy(i, i);
                    }
                    errors.push(Error::Permutation(pairs.into_iter().map(|p| (p.1, p.2)).collect()));
                }
                None => {
                    let gone = self.eliminate_satisfied();
                    if gone.is_empty() {
                        // Each round takes something away; this cannot be reached.
                        break;
                    }
                    for (input, arg) in gone {
                        matched[input] = Some(arg);
                    }
                }
            }
        }
        errors.sort_by_key(|e| e.key());
        (errors, matched)
    }
}
