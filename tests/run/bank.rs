//! Accounts behind traits, errors as enums, a ledger, operator overloading.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::{self, Debug, Display};
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::rc::Rc;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
struct Money(i64);

impl Money {
    const ZERO: Money = Money(0);
    const fn cents(c: i64) -> Self {
        Money(c)
    }
    const fn euros(e: i64) -> Self {
        Self::cents(e * 100)
    }
    fn checked_sub(self, other: Money) -> Option<Money> {
        self.0.checked_sub(other.0).map(Money).filter(|m| m.0 >= 0)
    }
}
impl Add for Money {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Money(self.0 + o.0)
    }
}
impl Sub for Money {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        Money(self.0 - o.0)
    }
}
impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Money(-self.0)
    }
}
impl AddAssign for Money {
    fn add_assign(&mut self, o: Self) {
        *self = *self + o;
    }
}
impl SubAssign for Money {
    fn sub_assign(&mut self, o: Self) {
        self.0 -= o.0
    }
}
impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Money>>(iter: I) -> Self {
        iter.fold(Money::ZERO, Add::add)
    }
}
impl Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let text = format!("{sign}€{}.{:02}", self.0.abs() / 100, self.0.abs() % 100);
        f.pad(&text)
    }
}
impl Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Money({self})")
    }
}

#[derive(Debug, Clone, PartialEq)]
enum BankError {
    NoSuchAccount(u32),
    Insufficient { account: u32, needed: Money, available: Money },
    Frozen(u32, &'static str),
    SameAccount,
}

impl Display for BankError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use BankError::*;
        match *self {
            NoSuchAccount(id) => write!(f, "no account #{id}"),
            Insufficient { account, needed, available } => {
                write!(f, "account #{account} has {available}, needs {needed}")
            }
            Frozen(id, why) => write!(f, "account #{id} is frozen: {why}"),
            SameAccount => f.write_str("source and target are the same"),
        }
    }
}

trait Account {
    fn id(&self) -> u32;
    fn balance(&self) -> Money;
    fn deposit(&mut self, amount: Money) -> Result<(), BankError>;
    fn withdraw(&mut self, amount: Money) -> Result<(), BankError>;
    fn month_end(&mut self) -> Option<Money> {
        None
    }
    fn kind(&self) -> &'static str;
}

struct Checking {
    id: u32,
    balance: Money,
    overdraft: Money,
}
struct Savings {
    id: u32,
    balance: Money,
    /// In basis points.
    rate: i64,
    withdrawals: u8,
}

impl Account for Checking {
    fn id(&self) -> u32 {
        self.id
    }
    fn balance(&self) -> Money {
        self.balance
    }
    fn deposit(&mut self, amount: Money) -> Result<(), BankError> {
        self.balance += amount;
        Ok(())
    }
    fn withdraw(&mut self, amount: Money) -> Result<(), BankError> {
        let available = self.balance + self.overdraft;
        available.checked_sub(amount).ok_or(BankError::Insufficient { account: self.id, needed: amount, available })?;
        self.balance -= amount;
        Ok(())
    }
    fn month_end(&mut self) -> Option<Money> {
        (self.balance < Money::ZERO).then(|| {
            let fee = Money::euros(5);
            self.balance -= fee;
            -fee
        })
    }
    fn kind(&self) -> &'static str {
        "checking"
    }
}

impl Account for Savings {
    fn id(&self) -> u32 {
        self.id
    }
    fn balance(&self) -> Money {
        self.balance
    }
    fn deposit(&mut self, amount: Money) -> Result<(), BankError> {
        self.balance += amount;
        Ok(())
    }
    fn withdraw(&mut self, amount: Money) -> Result<(), BankError> {
        if self.withdrawals >= 2 {
            return Err(BankError::Frozen(self.id, "too many withdrawals"));
        }
        match self.balance.checked_sub(amount) {
            Some(rest) => {
                self.balance = rest;
                self.withdrawals += 1;
                Ok(())
            }
            None => Err(BankError::Insufficient { account: self.id, needed: amount, available: self.balance }),
        }
    }
    fn month_end(&mut self) -> Option<Money> {
        self.withdrawals = 0;
        let interest = Money::cents(self.balance.0 * self.rate / 10_000 / 12);
        self.balance += interest;
        Some(interest)
    }
    fn kind(&self) -> &'static str {
        "savings"
    }
}

type Log = Rc<RefCell<Vec<String>>>;

struct Bank {
    accounts: BTreeMap<u32, Box<dyn Account>>,
    next: u32,
    log: Log,
}

impl Bank {
    fn new(log: &Log) -> Self {
        Bank { accounts: BTreeMap::new(), next: 1, log: Rc::clone(log) }
    }
    fn open<A: Account + 'static>(&mut self, make: impl FnOnce(u32) -> A) -> u32 {
        let id = self.next;
        self.next += 1;
        let account = make(id);
        self.log.borrow_mut().push(format!("open {} #{id}", account.kind()));
        self.accounts.insert(id, Box::new(account));
        id
    }
    fn get(&mut self, id: u32) -> Result<&mut (dyn Account + 'static), BankError> {
        match self.accounts.get_mut(&id) {
            Some(a) => Ok(a.as_mut()),
            None => Err(BankError::NoSuchAccount(id)),
        }
    }
    fn transfer(&mut self, from: u32, to: u32, amount: Money) -> Result<(), BankError> {
        if from == to {
            return Err(BankError::SameAccount);
        }
        self.get(to)?;
        self.get(from)?.withdraw(amount)?;
        self.get(to)?.deposit(amount)?;
        self.log.borrow_mut().push(format!("{from} -> {to}: {amount}"));
        Ok(())
    }
    fn total(&self) -> Money {
        self.accounts.values().map(|a| a.balance()).sum()
    }
}

fn main() {
    let log: Log = Rc::default();
    let mut bank = Bank::new(&log);
    let a = bank.open(|id| Checking { id, balance: Money::euros(100), overdraft: Money::euros(50) });
    let b = bank.open(|id| Savings { id, balance: Money::euros(1000), rate: 250, withdrawals: 0 });
    let transfers = [
        (a, b, Money::euros(120)),
        (a, b, Money::euros(40)),
        (b, a, Money::cents(12_345)),
        (b, a, Money::euros(2000)),
        (b, a, Money::euros(1)),
        (b, a, Money::euros(1)),
        (a, a, Money::euros(1)),
        (a, 9, Money::euros(1)),
        (7, a, Money::euros(1)),
    ];
    for (from, to, amount) in transfers {
        match bank.transfer(from, to, amount) {
            Ok(()) => println!("{from} -> {to} {amount:>12} ok, {}", bank.total()),
            Err(e) => println!("{from} -> {to} {amount:>12} failed: {e} ({e:?})"),
        }
    }
    for account in bank.accounts.values_mut() {
        let change = account.month_end();
        println!("#{} {:<9} {:>10} {:?}", account.id(), account.kind(), account.balance(), change);
    }
    println!("total {}", bank.total());
    drop(bank);
    println!("{} entries, {} owner", log.borrow().len(), Rc::strong_count(&log));
    for (i, line) in log.borrow().iter().enumerate() {
        println!("{i}: {line}");
    }
    println!("{:?} {}", Money::cents(-5), -Money::euros(3));
}
