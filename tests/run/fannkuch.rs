// args: 8
// Pancake flips over all permutations of 1..=n in factorial-counter order.
// Argument: n. Integer arrays, bounds checks, reversals.
const DEFAULT_N: usize = 10;
const MAX: usize = 16;

struct Perms {
    n: usize,
    p: [u8; MAX],
    count: [u8; MAX],
    started: bool,
}

impl Perms {
    fn new(n: usize) -> Perms {
        let mut p = [0u8; MAX];
        for (i, x) in p.iter_mut().enumerate() {
            *x = i as u8;
        }
        Perms { n, p, count: [0; MAX], started: false }
    }

    // Moves on to the next permutation; false once all have been seen.
    fn advance(&mut self) -> bool {
        if !self.started {
            self.started = true;
            return true;
        }
        for k in 1..self.n {
            let first = self.p[0];
            for i in 0..k {
                self.p[i] = self.p[i + 1];
            }
            self.p[k] = first;
            self.count[k] += 1;
            if (self.count[k] as usize) <= k {
                return true;
            }
            self.count[k] = 0;
        }
        false
    }
}

fn flips(p: &[u8; MAX]) -> u32 {
    let mut q = *p;
    let mut n = 0;
    loop {
        let first = q[0] as usize;
        if first == 0 {
            return n;
        }
        q[..=first].reverse();
        n += 1;
    }
}

fn main() {
    let n = std::env::args().nth(1).and_then(|s| s.parse().ok()).unwrap_or(DEFAULT_N);
    assert!((2..=MAX).contains(&n));
    let mut perms = Perms::new(n);
    let (mut max, mut sum, mut index) = (0u32, 0i64, 0u64);
    while perms.advance() {
        let f = flips(&perms.p);
        max = max.max(f);
        sum += if index % 2 == 0 { f as i64 } else { -(f as i64) };
        index += 1;
    }
    println!("{index} permutations\nchecksum {sum}\nPfannkuchen({n}) = {max}");
}
