//! A PIN: unlocks a locked screen. It is stored as a hash only, and never shown.

use std::fmt;
use std::hint::black_box;

use chrono::TimeDelta;

/// The fewest digits.
const FEWEST: usize = 4;
/// The most: more are no PIN, and whoever pastes a page must not keep the hash busy.
const MOST: usize = 32;

/// Wrong PINs before there is a wait.
const FREE_TRIES: u32 = 5;
/// The longest wait, in minutes.
const LONGEST: i64 = 16;

/// How long no PIN is taken after so many wrong ones: from the fifth on, a minute at first and twice as long each time.
pub fn wait_after(wrong: u32) -> Option<TimeDelta> {
    let more = wrong.checked_sub(FREE_TRIES)?;
    Some(TimeDelta::minutes(2_i64.saturating_pow(more).min(LONGEST)))
}

/// Digits that somebody typed as their PIN. What it held is overwritten when it goes.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Pin(Vec<u8>);

/// Why digits cannot be a PIN.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoPin {
    /// A letter, a blank, a sign.
    #[error("a PIN is digits only")]
    NotDigits,
    /// Too few, or far too many.
    #[error("a PIN has from {FEWEST} to {MOST} digits")]
    Length,
    /// 0000, 7777.
    #[error("a PIN of one digit over and over is guessed at once: take another")]
    OneDigit,
}

impl Pin {
    /// A PIN to be set: from 4 to 32 digits, not all the same.
    pub fn chosen(text: &str) -> Result<Pin, NoPin> {
        let mut pin = Pin::default();
        for letter in text.chars() {
            if !letter.is_ascii_digit() {
                return Err(NoPin::NotDigits);
            }
            if !pin.press(letter) {
                return Err(NoPin::Length);
            }
        }
        pin.fits().map(|()| pin)
    }

    /// Refuse what has been typed if it cannot be set as a PIN.
    pub fn fits(&self) -> Result<(), NoPin> {
        let Some(first) = self.0.first().filter(|_| self.len() >= FEWEST) else { return Err(NoPin::Length) };
        if self.0.iter().all(|digit| digit == first) { Err(NoPin::OneDigit) } else { Ok(()) }
    }

    /// Another digit is typed; false for what is no digit, or one too many.
    pub fn press(&mut self, letter: char) -> bool {
        let digit = u8::try_from(letter).ok().filter(u8::is_ascii_digit).filter(|_| self.len() < MOST);
        // All the room at once: grown bit by bit it would leave copies behind.
        self.0.reserve_exact(MOST - self.0.len());
        self.0.extend(digit);
        digit.is_some()
    }

    /// The last digit is taken back.
    pub fn rub_out(&mut self) {
        self.0.pop();
    }

    /// How many digits.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The digits, for the hash alone.
    pub fn digits(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Pin {
    fn drop(&mut self) {
        self.0.resize(self.0.capacity(), 0);
        self.0.fill(0);
        black_box(&self.0);
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PIN")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_pin_is_digits_enough_and_not_all_the_same() {
        let long = "12".repeat(16);
        for (text, message) in [
            ("4711", None),
            ("0001", None),
            ("123456789012", None),
            (long.as_str(), None),
            ("", Some(NoPin::Length)),
            ("471", Some(NoPin::Length)),
            ("123456789012345678901234567890123", Some(NoPin::Length)),
            ("0000", Some(NoPin::OneDigit)),
            ("77777777", Some(NoPin::OneDigit)),
            ("47 11", Some(NoPin::NotDigits)),
            ("471a", Some(NoPin::NotDigits)),
            ("٤٧١١", Some(NoPin::NotDigits)),
        ] {
            assert_eq!(Pin::chosen(text).err(), message, "{text}");
        }
    }

    #[test]
    fn the_fifth_wrong_one_has_to_wait_and_each_later_one_longer() {
        let minutes: Vec<_> = (3..11).map(|wrong| wait_after(wrong).map(|wait| wait.num_minutes())).collect();
        assert_eq!(minutes, [None, None, Some(1), Some(2), Some(4), Some(8), Some(16), Some(16)]);
        assert_eq!(wait_after(u32::MAX), Some(TimeDelta::minutes(LONGEST)));
    }

    proptest! {
        #[test]
        fn it_is_never_said(digits in "[0-9]{4,32}") {
            let mut pin = Pin::default();
            digits.chars().for_each(|digit| assert!(pin.press(digit)));
            prop_assert_eq!(format!("{pin:?} {:#?}", Some(pin.clone())), "PIN Some(\n    PIN,\n)");
            prop_assert_eq!(pin.digits(), digits.as_bytes());
            pin.rub_out();
            prop_assert_eq!(pin.len(), digits.len() - 1);
        }
    }
}
