//! Messages of files, which wait until somebody has read them. They are words, and never a mark.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::act_id::ActId;
use crate::domain::facts::message::Channel;
use crate::domain::people::contact::masked;
use crate::domain::people::numbers_in_words::without_numbers;
use crate::domain::people::pupil::PupilId;

/// One message that waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InboxMessage {
    /// The number by which it is read.
    pub number: i64,
    /// The import that brought it.
    pub act: ActId,
    /// The file it stood in, without its folder.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// The date on which it came; school-local.
    pub date: NaiveDate,
    /// The time.
    pub time: NaiveTime,
    /// By which way.
    pub channel: Channel,
    /// Whom it is about; `None` where that is not sure.
    pub pupil: Option<PupilId>,
    /// Whom it is about, in the file's words.
    pub about: String,
    /// From whom; may be empty.
    pub by: String,
    /// From which number or address.
    pub from: Option<String>,
    /// The first day that it speaks of.
    pub first_day: Option<NaiveDate>,
    /// The last.
    pub last_day: Option<NaiveDate>,
    /// The reason that was chosen there; may be empty.
    pub reason: String,
    /// What it says, line by line.
    pub words: String,
}

impl InboxMessage {
    /// The same as it is read: telephone numbers and addresses masked, those in its words too.
    pub fn masked(self) -> InboxMessage {
        let [about, by, reason, words] =
            [&self.about, &self.by, &self.reason, &self.words].map(|text| without_numbers(text));
        let from = self.from.as_deref().map(|from| masked(from).trim_end().to_owned());
        InboxMessage { about, by, from, reason, words, ..self }
    }

    /// The days that it speaks of: "Tue 24 Nov to Thu 26 Nov"; empty where it names none.
    pub fn days(&self) -> String {
        days(self.first_day, self.last_day)
    }
}

/// "Tue 24 Nov to Thu 26 Nov", "Tue 24 Nov"; empty where neither is known.
pub fn days(first: Option<NaiveDate>, last: Option<NaiveDate>) -> String {
    let day = |date: NaiveDate| date.format("%a %-d %b").to_string();
    match (first, last) {
        (Some(first), Some(last)) if first != last => format!("{} to {}", day(first), day(last)),
        (Some(only), _) | (None, Some(only)) => day(only),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_without_numbers_wherever_they_stand() {
        let text = |words: &str| words.to_owned();
        let message = InboxMessage {
            number: 1,
            act: ActId(1),
            file: text("replies.csv"),
            line: 2,
            date: NaiveDate::default(),
            time: NaiveTime::default(),
            channel: Channel::Message,
            pupil: None,
            about: text("Khan, Amira 07700 900310"),
            by: text("Mrs Khan (01632 960100)"),
            from: Some(text("07700 900310")),
            first_day: None,
            last_day: None,
            reason: text("ill, ring k@example.org"),
            words: text("She is ill.\nRing 07700 900311 today, 24/11/2026."),
        };
        let read = message.masked();
        assert_eq!(read.words, "She is ill.\nRing •••• 311 today, 24/11/2026.");
        assert_eq!((read.about.as_str(), read.by.as_str()), ("Khan, Amira •••• 310", "Mrs Khan (•••• 100)"));
        assert_eq!((read.from.as_deref(), read.reason.as_str()), (Some("•••• 310"), "ill, ring ••••"));
    }
}
