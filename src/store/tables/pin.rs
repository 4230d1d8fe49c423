//! PINs: one a login, held as a hash. The journal says when one was set or forgotten, and never which.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{self, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::act::{Officer, Other, When};
use crate::domain::school::pin::{Pin, wait_after};
use crate::store::columns::{instant, instant_text};
use crate::store::{Fault, NotDone, Store, journal};

/// What a guess costs, by OWASP's password storage cheat sheet for argon2id: KiB of memory, and passes over it.
const MEMORY: u32 = 7 * 1024;
const PASSES: u32 = 5;

/// What became of a PIN that was typed to set another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tried {
    /// It is theirs.
    Right,
    /// It is not; after too many, when the next is taken.
    Wrong(Option<DateTime<Utc>>),
    /// It was not looked at: when one is.
    TooSoon(DateTime<Utc>),
}

impl Store {
    /// Keep `pin` for whoever sits here, in place of the one before.
    pub fn set_pin(&mut self, officer: &Officer, pin: &Pin, when: impl Into<When>) -> Result<(), NotDone> {
        let hash = hash(pin).map_err(|error| NotDone::Fault(Fault::NoHash(error.to_string())))?;
        self.write_for(officer, |change, officer| {
            let when = when.into();
            store(change, &officer.login, &hash, when.now)?;
            journal::sign_other(change, officer, when, &Other::PinSet { login: officer.login.clone() }, None)?;
            Ok(())
        })
    }

    /// Forget the PIN of `login`. Answers whether there was one.
    pub fn forget_pin(&mut self, officer: &Officer, login: &str, when: impl Into<When>) -> Result<bool, NotDone> {
        self.write_for(officer, |change, officer| {
            check_matter(officer.role, Matter::Settings)?;
            let forgotten = forget(change, login)?;
            if forgotten {
                let other = Other::PinForgotten { login: login.to_owned() };
                journal::sign_other(change, officer, when.into(), &other, None)?;
            }
            Ok(forgotten)
        })
    }

    /// Whether `login` has a PIN.
    pub fn has_pin(&self, login: &str) -> Result<bool, Fault> {
        Ok(of(&self.reader, login).map_err(|error| self.fault(&error))?.is_some())
    }

    /// Whether `pin`, typed at the true instant `now` to set another, is the PIN of `login`. It counts as wrong until it is known to be
    /// right: whoever guesses gains nothing by ending the program.
    pub fn try_pin(&mut self, login: &str, pin: &Pin, now: DateTime<Utc>) -> Result<Tried, Fault> {
        let counted = self.write(|file| {
            let Some(Guesses { hash, wrong, since }) = guesses(file, login)? else {
                return Ok(Err(Tried::Wrong(None)));
            };
            let until = since.and_then(|since| Some((since, since + wait_after(wrong)?)));
            // A clock that was set back since does not hold anybody up for longer.
            if let Some((_, until)) = until.filter(|(since, until)| *since <= now && now < *until) {
                return Ok(Err(Tried::TooSoon(until)));
            }
            let wrong = wrong.saturating_add(1);
            count_wrong(file, login, wrong, now)?;
            Ok(Ok((hash, wrong)))
        })?;
        let (hash, wrong) = match counted {
            Ok(counted) => counted,
            Err(tried) => return Ok(tried),
        };
        if !opens(&hash, pin) {
            return Ok(Tried::Wrong(wait_after(wrong).map(|wait| now + wait)));
        }
        self.write(|file| count_wrong(file, login, 0, now))?;
        Ok(Tried::Right)
    }

    /// Whether `pin` is the PIN of `login`: without one nothing is. Slow, for whoever guesses.
    pub fn pin_opens(&self, login: &str, pin: &Pin) -> Result<bool, Fault> {
        let hash = of(&self.reader, login).map_err(|error| self.fault(&error))?;
        Ok(hash.is_some_and(|hash| opens(&hash, pin)))
    }
}

/// The hash of a PIN under a salt of its own, in the PHC form.
fn hash(pin: &Pin) -> password_hash::Result<String> {
    let params = Params::new(MEMORY, PASSES, 1, None)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash: PasswordHash = argon2.hash_password(pin.digits())?;
    Ok(hash.to_string())
}

/// Whether the PIN is the one that was hashed. A hash that cannot be read opens nothing.
fn opens(hash: &str, pin: &Pin) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    Argon2::default().verify_password(pin.digits(), &hash).is_ok()
}

/// Keep a login's hash, in place of the one before.
fn store(connection: &Connection, login: &str, hash: &str, now: DateTime<Utc>) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO pin (login, hash, instant) VALUES (?1, ?2, ?3)")?
        .execute(params![login, hash, instant_text(now)])?;
    Ok(())
}

/// The hash of a login, if it has a PIN.
fn of(connection: &Connection, login: &str) -> rusqlite::Result<Option<String>> {
    connection.prepare_cached("SELECT hash FROM pin WHERE login = ?1")?.query_row([login], |row| row.get(0)).optional()
}

/// What is known of a login's PIN.
struct Guesses {
    hash: String,
    /// How many were wrong in a row, and when the last was.
    wrong: u32,
    since: Option<DateTime<Utc>>,
}

fn guesses(connection: &Connection, login: &str) -> rusqlite::Result<Option<Guesses>> {
    connection
        .prepare_cached("SELECT hash, wrong, wrong_at FROM pin WHERE login = ?1")?
        .query_row([login], |row| {
            let since = row.get::<_, Option<String>>(2)?.map(|_| instant(row, 2)).transpose()?;
            Ok(Guesses { hash: row.get(0)?, wrong: row.get(1)?, since })
        })
        .optional()
}

fn count_wrong(connection: &Connection, login: &str, wrong: u32, now: DateTime<Utc>) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE pin SET wrong = ?2, wrong_at = ?3 WHERE login = ?1")?.execute(params![
        login,
        wrong,
        instant_text(now)
    ])?;
    Ok(())
}

/// Forget a login's PIN. Answers whether there was one.
fn forget(connection: &Connection, login: &str) -> rusqlite::Result<bool> {
    Ok(connection.prepare_cached("DELETE FROM pin WHERE login = ?1")?.execute([login])? > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_opens_its_own_hash_and_no_other() {
        let [pin, other] = ["4711", "47110"].map(|text| Pin::chosen(text).unwrap());
        let [first, second] = [(); 2].map(|()| hash(&pin).unwrap());
        assert!(first.starts_with("$argon2id$v=19$m=7168,t=5,p=1$"), "{first}");
        assert_ne!(first, second, "each has a salt of its own");
        assert!(opens(&first, &pin) && opens(&second, &pin));
        assert!(!opens(&first, &other) && !opens(&first, &Pin::default()));
        assert!(!opens("", &pin) && !opens("4711", &pin) && !opens("$argon2id$v=19$m=7168,t=5,p=1$", &pin));
    }
}
