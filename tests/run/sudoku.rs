//! A sudoku solver with bit masks and backtracking, and the eight queens by permutations.

use std::fmt;
use std::str::FromStr;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
struct Mask(u16);

impl Mask {
    const ALL: Mask = Mask(0b1_1111_1111);
    fn single(digit: u8) -> Mask {
        Mask(1 << (digit - 1))
    }
    const fn len(self) -> u32 {
        self.0.count_ones()
    }
    fn remove(&mut self, other: Mask) -> bool {
        let before = self.0;
        self.0 &= !other.0;
        before != self.0
    }
    fn digits(self) -> impl Iterator<Item = u8> {
        (1..=9u8).filter(move |d| self.0 >> (d - 1) & 1 == 1)
    }
}
impl fmt::Debug for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.digits()).finish()
    }
}

#[derive(Clone)]
struct Board {
    cells: [Mask; 81],
}

#[derive(Debug, PartialEq)]
enum BoardError {
    Length(usize),
    Char { at: usize, found: char },
    Conflict(usize),
}

fn peers(at: usize) -> impl Iterator<Item = usize> {
    let (row, col) = (at / 9, at % 9);
    (0..81).filter(move |&i| {
        let (r, c) = (i / 9, i % 9);
        i != at && (r == row || c == col || (r / 3, c / 3) == (row / 3, col / 3))
    })
}

impl FromStr for Board {
    type Err = BoardError;
    fn from_str(s: &str) -> Result<Board, BoardError> {
        let n = s.chars().count();
        if n != 81 {
            return Err(BoardError::Length(n));
        }
        let mut board = Board { cells: [Mask::ALL; 81] };
        for (at, c) in s.chars().enumerate() {
            match c {
                '.' | '0' => {}
                '1'..='9' => {
                    if !board.set(at, c as u8 - b'0') {
                        return Err(BoardError::Conflict(at));
                    }
                }
                found => return Err(BoardError::Char { at, found }),
            }
        }
        Ok(board)
    }
}

impl Board {
    /// Sets a cell and draws the conclusions; `false` at a contradiction.
    fn set(&mut self, at: usize, digit: u8) -> bool {
        let mask = Mask::single(digit);
        if self.cells[at].0 & mask.0 == 0 {
            return false;
        }
        self.cells[at] = mask;
        let mut pending = vec![at];
        while let Some(at) = pending.pop() {
            let known = self.cells[at];
            for peer in peers(at) {
                if self.cells[peer].remove(known) {
                    match self.cells[peer].len() {
                        0 => return false,
                        1 => pending.push(peer),
                        _ => {}
                    }
                }
            }
        }
        true
    }
    fn solve(&self, nodes: &mut u32) -> Option<Board> {
        *nodes += 1;
        let open = self.cells.iter().enumerate().filter(|(_, m)| m.len() > 1);
        let Some((at, mask)) = open.min_by_key(|(_, m)| m.len()) else {
            return Some(self.clone());
        };
        mask.digits().find_map(|d| {
            let mut next = self.clone();
            next.set(at, d).then(|| next.solve(nodes)).flatten()
        })
    }
}
impl fmt::Display for Board {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, row) in self.cells.chunks_exact(9).enumerate() {
            if i > 0 && i % 3 == 0 {
                writeln!(f, "------+-------+------")?;
            }
            let groups: Vec<String> = row
                .chunks(3)
                .map(|g| {
                    let digits: Vec<_> = g
                        .iter()
                        .map(|m| if m.len() == 1 { m.digits().next().unwrap().to_string() } else { ".".to_string() })
                        .collect();
                    digits.join(" ")
                })
                .collect();
            writeln!(f, "{}", groups.join(" | "))?;
        }
        Ok(())
    }
}

fn queens<const N: usize>() -> (usize, Option<[usize; N]>) {
    fn place<const N: usize>(row: usize, columns: &mut [usize; N], found: &mut dyn FnMut(&[usize; N])) {
        if row == N {
            return found(columns);
        }
        for col in 0..N {
            let safe = columns[..row].iter().enumerate().all(|(r, &c)| c != col && c.abs_diff(col) != row - r);
            if safe {
                columns[row] = col;
                place(row + 1, columns, found);
            }
        }
    }
    let (mut count, mut first) = (0, None);
    place(0, &mut [0; N], &mut |solution| {
        count += 1;
        first.get_or_insert(*solution);
    });
    (count, first)
}

fn main() {
    let puzzles = [
        "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79",
        "8..........36......7..9.2...5...7.......457.....1...3...1....68..85...1..9....4..",
        "1.1..............................................................................",
        "12x..............................................................................",
        "123",
    ];
    for puzzle in puzzles {
        match puzzle.parse::<Board>() {
            Err(e) => println!("{e:?}"),
            Ok(board) => {
                let mut nodes = 0;
                let open = board.cells.iter().filter(|m| m.len() > 1).count();
                match board.solve(&mut nodes) {
                    Some(solved) => print!("{open} open, {nodes} nodes\n{solved}"),
                    None => println!("no solution"),
                }
            }
        }
    }
    println!("{:?} {:?}", Mask(0b101), peers(40).take(5).collect::<Vec<_>>());
    println!("{:?}", queens::<6>());
    println!("{:?}", queens::<8>());
    println!("{:?}", queens::<3>());
}
