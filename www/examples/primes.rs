//! The sieve of Eratosthenes as an iterator of one's own.

struct Primes {
    composite: Vec<bool>,
    next: usize,
}

impl Primes {
    fn up_to(limit: usize) -> Primes {
        Primes { composite: vec![false; limit + 1], next: 2 }
    }
}

impl Iterator for Primes {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while self.next < self.composite.len() {
            let candidate = self.next;
            self.next += 1;
            if !self.composite[candidate] {
                let mut multiple = candidate * candidate;
                while multiple < self.composite.len() {
                    self.composite[multiple] = true;
                    multiple += candidate;
                }
                return Some(candidate);
            }
        }
        None
    }
}

fn main() {
    let small: Vec<String> = Primes::up_to(60).map(|p| p.to_string()).collect();
    println!("{}", small.join(" "));

    let all: Vec<usize> = Primes::up_to(100_000).collect();
    let twins = all.windows(2).filter(|pair| pair[1] - pair[0] == 2).count();
    println!("{} primes below 100000, {} pairs of twins", all.len(), twins);
    println!("the last is {}", all[all.len() - 1]);
}
