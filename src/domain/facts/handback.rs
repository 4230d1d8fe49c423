//! Marks handed back to the school's management information system: what it holds, what it is to be told, and what became of that.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use super::evidence::Mark;
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;

/// The number of a hand-back, from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HandbackId(pub i64);

/// In what form marks are handed back.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, IntoStaticStr, EnumString)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Form {
    /// A list on paper, for a person to key.
    Sheet,
    /// A table, in our own columns or in those of a profile.
    Csv,
    /// XML for a partner program of SIMS.
    Sims,
}

/// What became of a row in the other system.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, IntoStaticStr, EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum AnswerKind {
    /// It holds the mark now.
    Confirmed,
    /// It did not take the mark.
    Refused,
}

macro_rules! words {
    ($($word:ident)*) => {
        $(impl $word {
            /// The word it is stored by.
            pub fn as_str(self) -> &'static str {
                self.into()
            }

            /// The one stored as `word`.
            pub fn parse(word: &str) -> Option<$word> {
                word.parse().ok()
            }
        })*
    };
}

words! { Form AnswerKind }

/// An answer that stands, about one pupil-session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The act that put it down.
    pub act: ActId,
    /// Of which hand-back.
    pub handback: HandbackId,
    /// The mark that was handed back; `None` is blank.
    pub mark: Option<Mark>,
    /// What became of it.
    pub kind: AnswerKind,
    /// Why it was refused; else empty.
    pub words: String,
}

/// What is known of a pupil-session in the other system.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Known {
    /// The mark that a file of it told last, and the act that brought it.
    pub told: Option<(Mark, ActId)>,
    /// The answers that stand.
    pub answers: Vec<Answer>,
}

/// How a mark of the record stands to the other system.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Difference<'a> {
    /// It is held there.
    None,
    /// It is to be handed back.
    Waits,
    /// It was handed back, and refused there; not offered again until it is another mark.
    Refused(&'a Answer),
}

/// How a row that was handed back stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RowState {
    /// Nobody has confirmed it: it is handed back again.
    Waits,
    /// It is confirmed.
    Confirmed,
    /// The other system refused it.
    Refused,
    /// The other system holds the mark, by what a file or another hand-back says.
    Held,
    /// A file of the other system, or a later hand-back that is confirmed, has said otherwise since.
    Overtaken,
    /// It was confirmed, and a file of the other system has said otherwise since.
    Contradicted,
}

impl Known {
    /// The mark that the other system holds; blank where it was never told one.
    pub fn held(&self) -> Option<Mark> {
        self.last().and_then(|(mark, _)| mark)
    }

    /// What was said last of what it holds, and the act that says so.
    fn last(&self) -> Option<(Option<Mark>, ActId)> {
        let confirmed = self.answers.iter().filter(|one| one.kind == AnswerKind::Confirmed);
        let newest = confirmed.clone().max_by_key(|one| one.act).and_then(|one| one.mark);
        // Many files have no minutes: their silence takes none away of what was confirmed.
        let whole = |told: Mark| newest.filter(|mark| mark.holds(told)).unwrap_or(told);
        let told = self.told.map(|(mark, act)| (Some(whole(mark)), act));
        told.into_iter().chain(confirmed.map(|one| (one.mark, one.act))).max_by_key(|(_, act)| *act)
    }

    /// How the record's mark, `ours`, stands to it.
    pub fn difference(&self, ours: Option<Mark>) -> Difference<'_> {
        if self.held() == ours {
            return Difference::None;
        }
        self.refusal(ours).map_or(Difference::Waits, Difference::Refused)
    }

    /// The answer by which the other system refused `mark`, if nothing was said since of what it holds.
    pub fn refusal(&self, mark: Option<Mark>) -> Option<&Answer> {
        let since = self.last().map_or(ActId::default(), |(_, act)| act);
        let refused = self.answers.iter().filter(|one| one.kind == AnswerKind::Refused && one.mark == mark);
        refused.max_by_key(|one| one.act).filter(|one| one.act > since)
    }

    /// The last answer that confirmed `mark`, if a file of the other system has told another mark since, and that mark.
    pub fn contradicted(&self, mark: Option<Mark>) -> Option<(&Answer, Mark)> {
        let confirmed = self.answers.iter().filter(|one| one.kind == AnswerKind::Confirmed && one.mark == mark);
        let (confirmed, (told, since)) = (confirmed.max_by_key(|one| one.act)?, self.told?);
        let is_held = mark.is_some_and(|mark| mark.holds(told));
        (since > confirmed.act && !is_held).then_some((confirmed, told))
    }

    /// How a row stands that was handed back as `mark` in `handback`, by the act `made`.
    pub fn row_state(&self, handback: HandbackId, made: ActId, mark: Option<Mark>) -> RowState {
        let own = self.answers.iter().filter(|one| one.handback == handback).max_by_key(|one| one.act);
        match own.map(|one| one.kind) {
            Some(AnswerKind::Confirmed) if self.contradicted(mark).is_some() => return RowState::Contradicted,
            Some(AnswerKind::Confirmed) => return RowState::Confirmed,
            Some(AnswerKind::Refused) => return RowState::Refused,
            None => {}
        }
        let later = |one: &Answer| one.kind == AnswerKind::Confirmed && one.handback > handback;
        if self.held() == mark {
            RowState::Held
        } else if self.refusal(mark).is_some() {
            // Of another hand-back, of the same mark.
            RowState::Refused
        } else if self.told.is_some_and(|(_, act)| act > made) || self.answers.iter().any(later) {
            RowState::Overtaken
        } else {
            RowState::Waits
        }
    }
}

/// A mark that the other system does not hold as the record does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MarkChange {
    /// Whose.
    pub pupil: PupilId,
    /// Which session.
    pub at: SessionDate,
    /// What the other system holds; `None` is blank.
    pub was: Option<Mark>,
    /// What the record holds; `None` is blank.
    pub now: Option<Mark>,
    /// Why it changed, by the amendment record; of a session's first mark, what was said with it. May be empty.
    pub reason: String,
    /// The act that changed it.
    pub act: ActId,
    /// By whom.
    pub by: String,
    /// Their post.
    pub post: String,
    /// When, school-local.
    pub changed: NaiveDateTime,
    /// The hand-back in which it was confirmed already, if a file of the other system has said otherwise since.
    pub contradicted: Option<HandbackId>,
}

impl MarkChange {
    /// Whether it says the same of the same session as another.
    pub fn is_same(&self, other: &MarkChange) -> bool {
        (self.pupil, self.at, self.was, self.now) == (other.pupil, other.at, other.was, other.now)
    }
}

/// What is to be handed back, by tutor group, name and session.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ToHandBack {
    /// What waits.
    pub changes: Vec<MarkChange>,
    /// What was refused there, and why: it waits for another mark.
    pub refused: Vec<(MarkChange, String)>,
}

/// A row of a hand-back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HandbackRow {
    /// Its place, from 1.
    pub place: i64,
    /// What was handed back.
    pub change: MarkChange,
    /// How it stands.
    pub state: RowState,
    /// Why the other system refused it, or what a file of it has said since it was confirmed; else empty.
    pub words: String,
}

/// A hand-back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Handback {
    /// Its number.
    pub number: HandbackId,
    /// The act that it is journalled as.
    pub act: ActId,
    /// In what form.
    pub form: Form,
    /// Whose columns it has.
    pub profile: Option<String>,
    /// By whom it was made.
    pub by: String,
    /// When, school-local.
    pub made: NaiveDateTime,
    /// Its rows.
    pub rows: Vec<HandbackRow>,
}

impl Handback {
    /// How many rows stand so.
    pub fn count(&self, state: RowState) -> usize {
        self.rows.iter().filter(|row| row.state == state).count()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::testing::code;

    fn mark(text: &str) -> Option<Mark> {
        let (text, minutes) = text.split_once(' ').unwrap_or((text, ""));
        (text != "blank").then(|| Mark { minutes: minutes.parse().ok(), ..Mark::plain(code(text)) })
    }

    fn answer(act: i64, handback: i64, text: &str, kind: AnswerKind) -> Answer {
        let (act, handback) = (ActId(act), HandbackId(handback));
        Answer { act, handback, mark: mark(text), kind, words: String::new() }
    }

    fn known(told: Option<(&str, i64)>, answers: &[(i64, i64, &str, AnswerKind)]) -> Known {
        let told = told.and_then(|(text, act)| Some((mark(text)?, ActId(act))));
        let answers = answers.iter().map(|(act, number, text, kind)| answer(*act, *number, text, *kind)).collect();
        Known { told, answers }
    }

    #[test]
    fn what_was_said_last_is_held() {
        use AnswerKind::{Confirmed, Refused};
        for (told, answers, ours, held, waits) in [
            (None, &[][..], "blank", "blank", false),
            (None, &[][..], "/", "blank", true),
            (Some(("/", 3)), &[][..], "/", "/", false),
            (Some(("/", 3)), &[][..], "I", "/", true),
            (Some(("/", 3)), &[(5, 1, "I", Confirmed)][..], "I", "I", false),
            (Some(("/", 3)), &[(5, 1, "I", Confirmed)][..], "/", "I", true),
            (Some(("O", 7)), &[(5, 1, "I", Confirmed)][..], "I", "O", true),
            (Some(("/", 3)), &[(5, 1, "I", Confirmed), (8, 2, "M", Confirmed)][..], "M", "M", false),
            (Some(("/", 3)), &[(5, 1, "blank", Confirmed)][..], "blank", "blank", false),
            (Some(("/", 3)), &[(5, 1, "I", Refused)][..], "I", "/", false),
            (Some(("/", 3)), &[(5, 1, "I", Refused)][..], "M", "/", true),
            (Some(("O", 7)), &[(5, 1, "I", Refused)][..], "I", "O", true),
            (Some(("L", 7)), &[(5, 1, "L 4", Confirmed)][..], "L 4", "L 4", false),
            (Some(("L", 7)), &[(5, 1, "L 4", Confirmed), (6, 2, "I", Confirmed)][..], "I", "L", true),
        ] {
            let known = known(told, answers);
            assert_eq!(known.held(), mark(held), "{told:?} {answers:?}");
            let is_waiting = known.difference(mark(ours)) == Difference::Waits;
            assert_eq!(is_waiting, waits, "{told:?} {answers:?} {ours}");
        }
    }

    #[test]
    fn a_row_waits_until_it_is_answered_or_overtaken() {
        use AnswerKind::{Confirmed, Refused};
        for (told, answers, state) in [
            (Some(("/", 3)), &[][..], RowState::Waits),
            (Some(("/", 3)), &[(12, 2, "I", Confirmed)][..], RowState::Confirmed),
            (Some(("/", 3)), &[(12, 2, "I", Refused)][..], RowState::Refused),
            (Some(("/", 3)), &[(12, 2, "I", Refused), (13, 2, "I", Confirmed)][..], RowState::Confirmed),
            (Some(("/", 3)), &[(12, 1, "I", Confirmed)][..], RowState::Held),
            (Some(("I", 11)), &[][..], RowState::Held),
            (Some(("U", 11)), &[][..], RowState::Overtaken),
            (Some(("/", 3)), &[(12, 3, "M", Confirmed)][..], RowState::Overtaken),
            (Some(("/", 3)), &[(12, 1, "I", Refused)][..], RowState::Refused),
            (Some(("/", 13)), &[(12, 1, "I", Refused)][..], RowState::Overtaken),
            (Some(("/", 13)), &[(12, 2, "I", Confirmed)][..], RowState::Contradicted),
            (Some(("I", 13)), &[(12, 2, "I", Confirmed)][..], RowState::Confirmed),
        ] {
            let row = known(told, answers).row_state(HandbackId(2), ActId(10), mark("I"));
            assert_eq!(row, state, "{told:?} {answers:?}");
        }
    }

    /// What happens between the two systems, about one pupil-session.
    #[derive(Clone, Debug)]
    enum Step {
        /// The record's mark changes.
        Amend(usize),
        /// The other system is changed there, and its file brought in: the record takes that as well.
        Import(usize),
        /// What waits is handed back.
        HandBack,
        /// A hand-back is confirmed, if its row waits.
        Confirm(usize),
        /// An answer is taken back, the last first.
        TakeBack,
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            (0..4_usize).prop_map(Step::Amend),
            (1..4_usize).prop_map(Step::Import),
            Just(Step::HandBack),
            (0..6_usize).prop_map(Step::Confirm),
            Just(Step::TakeBack),
        ];
        prop::collection::vec(step, 1..30)
    }

    proptest! {
        /// A system that is told each row when it is confirmed holds what the record holds, once nothing waits.
        #[test]
        fn what_is_confirmed_is_there_and_nothing_is_told_twice(steps in steps()) {
            let marks = ["blank", "/", "I", "M"].map(mark);
            let (mut known, mut ours, mut act) = (Known::default(), None, 0);
            // The other system, as it was before each confirmation.
            let mut theirs = vec![None];
            let mut made: Vec<(HandbackId, ActId, Option<Mark>)> = Vec::new();
            for step in steps {
                act += 1;
                match step {
                    Step::Amend(to) => ours = marks[to],
                    Step::Import(to) => {
                        known.told = marks[to].map(|mark| (mark, ActId(act)));
                        (theirs, ours) = (vec![marks[to]], marks[to]);
                        // What came before it is not taken back any more.
                    }
                    Step::HandBack if known.difference(ours) == Difference::Waits => {
                        prop_assert_ne!(*theirs.last().unwrap(), ours, "nothing is handed back that is there");
                        made.push((HandbackId(act), ActId(act), ours));
                    }
                    Step::HandBack => {}
                    Step::Confirm(back) => {
                        let Some((number, by, mark)) = made.iter().rev().nth(back).copied() else { continue };
                        if known.row_state(number, by, mark) == RowState::Waits {
                            prop_assert_ne!(*theirs.last().unwrap(), mark, "nothing is told twice");
                            theirs.push(mark);
                            let (kind, words) = (AnswerKind::Confirmed, String::new());
                            known.answers.push(Answer { act: ActId(act), handback: number, mark, kind, words });
                        }
                    }
                    Step::TakeBack if theirs.len() > 1 => {
                        theirs.pop();
                        known.answers.pop();
                    }
                    Step::TakeBack => {}
                }
                prop_assert_eq!(known.held(), *theirs.last().unwrap());
            }
            // At the end what waits is handed back once more, and confirmed.
            if known.difference(ours) == Difference::Waits {
                known.answers.push(Answer { mark: ours, ..answer(act + 1, act + 1, "blank", AnswerKind::Confirmed) });
            } else {
                prop_assert_eq!(*theirs.last().unwrap(), ours);
            }
            prop_assert_eq!(known.difference(ours), Difference::None);
            prop_assert_eq!(known.held(), ours);
        }
    }
}
