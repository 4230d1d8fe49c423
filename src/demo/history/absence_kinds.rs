//! Kinds of absence: how long each lasts, and when in the day it begins.

use crate::demo::draw::Draw;
use crate::domain::calendar::session::Session;

/// One kind of absence.
pub(in crate::demo) struct AbsenceKind {
    pub(in crate::demo) code: &'static str,
    /// Share of those that begin after the morning.
    from_pm: f64,
    /// Weight and sessions, of those that begin in the morning.
    am: &'static [(f64, u32)],
    /// Weight and sessions, of those that begin in the afternoon.
    pm: &'static [(f64, u32)],
}

impl AbsenceKind {
    /// How many sessions one that begins in `session` lasts.
    pub(in crate::demo) fn length(&self, session: Session, draw: &mut Draw) -> u32 {
        let lengths = if session == Session::Am { self.am } else { self.pm };
        let place = draw.weighted(lengths.iter().map(|(weight, _)| *weight));
        lengths.get(place).map_or(1, |(_, sessions)| *sessions)
    }

    /// How many of them begin on a day, so that together they take `share` of all sessions.
    pub(in crate::demo) fn daily(&self, share: f64) -> f64 {
        2.0 * share / (mean(self.am) * (1.0 - self.from_pm) + mean(self.pm) * self.from_pm)
    }

    /// The chances that one begins in a morning and in an afternoon, for a pupil who `could` begin one so often.
    pub(in crate::demo) fn chances(&self, share: f64, could: f64) -> [f64; 2] {
        let daily = self.daily(share) / could.max(0.05);
        [daily * (1.0 - self.from_pm), daily * self.from_pm]
    }
}

fn mean(lengths: &[(f64, u32)]) -> f64 {
    let weight: f64 = lengths.iter().map(|(weight, _)| weight).sum();
    let sessions: f64 = lengths.iter().map(|(weight, sessions)| weight * f64::from(*sessions)).sum();
    if weight > 0.0 { sessions / weight } else { 1.0 }
}

const HALF_DAY: &[(f64, u32)] = &[(1.0, 1)];

/// Illness: one to four days; sent home at noon now and then.
pub(in crate::demo) const ILL: AbsenceKind = AbsenceKind {
    code: "I",
    from_pm: 0.10,
    am: &[(0.48, 2), (0.27, 4), (0.15, 6), (0.10, 8)],
    pm: &[(0.6, 1), (0.3, 3), (0.1, 5)],
};
/// Truancy: odd afternoons and single days.
pub(in crate::demo) const TRUANT: AbsenceKind =
    AbsenceKind { code: "O", from_pm: 0.38, am: &[(0.12, 1), (0.60, 2), (0.18, 4), (0.10, 6)], pm: HALF_DAY };
/// Truancy of those who are seldom in: a week and more.
pub(in crate::demo) const SELDOM_IN: AbsenceKind = AbsenceKind {
    code: "O",
    from_pm: 0.12,
    am: &[(0.25, 4), (0.25, 8), (0.25, 12), (0.25, 18)],
    pm: &[(0.5, 1), (0.5, 5)],
};
/// A family holiday.
pub(in crate::demo) const HOLIDAY: AbsenceKind =
    AbsenceKind { code: "G", from_pm: 0.0, am: &[(0.2, 4), (0.2, 6), (0.4, 10), (0.2, 16)], pm: HALF_DAY };
/// Doctor and dentist.
pub(in crate::demo) const APPOINTMENT: AbsenceKind =
    AbsenceKind { code: "M", from_pm: 0.46, am: &[(0.85, 1), (0.15, 2)], pm: HALF_DAY };
/// Leave granted for exceptional circumstances.
pub(in crate::demo) const LEAVE: AbsenceKind =
    AbsenceKind { code: "C", from_pm: 0.1, am: &[(0.2, 1), (0.5, 2), (0.2, 4), (0.1, 10)], pm: HALF_DAY };
/// Suspension.
pub(in crate::demo) const SUSPENDED: AbsenceKind =
    AbsenceKind { code: "E", from_pm: 0.15, am: &[(0.4, 2), (0.3, 4), (0.2, 6), (0.1, 10)], pm: &[(0.5, 1), (0.5, 5)] };
/// An interview for a place.
pub(in crate::demo) const INTERVIEW: AbsenceKind = AbsenceKind { code: "J1", from_pm: 0.5, am: HALF_DAY, pm: HALF_DAY };
/// A licensed performance.
pub(in crate::demo) const PERFORMANCE: AbsenceKind =
    AbsenceKind { code: "C1", from_pm: 0.4, am: &[(1.0, 2)], pm: HALF_DAY };
/// Travelling for the parents' trade.
pub(in crate::demo) const TRAVELLING: AbsenceKind =
    AbsenceKind { code: "T", from_pm: 0.0, am: &[(1.0, 10)], pm: HALF_DAY };
