//! Messages: how the school was told of an absence, and what came with it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// By which way somebody told the school.
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize, IntoStaticStr, EnumString, VariantArray,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Channel {
    /// Left on the answerphone.
    Answerphone,
    /// Somebody rang. What older records, which do not say, are read as.
    #[default]
    Telephone,
    /// By e-mail.
    #[serde(rename = "e-mail")]
    #[strum(serialize = "e-mail")]
    Email,
    /// Said at the front desk.
    FrontDesk,
    /// A text, or the parents' app.
    Message,
}

impl Channel {
    /// Every way, in the order in which they are offered.
    pub const ALL: &[Channel] = Channel::VARIANTS;

    /// The word used in files and commands: "front-desk".
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// As it is said: "front desk".
    pub fn describe(self) -> &'static str {
        match self {
            Channel::FrontDesk => "front desk",
            Channel::Message => "text or app",
            other @ (Channel::Answerphone | Channel::Telephone | Channel::Email) => other.as_str(),
        }
    }

    /// The way written as `word`, in full.
    pub fn parse(word: &str) -> Option<Channel> {
        word.parse().ok()
    }

    /// The way typed as `text`: one of its words, or the beginning of one; of several the first, so that `t` is the telephone
    /// and `a` the answerphone.
    pub fn typed(text: &str) -> Option<Channel> {
        let text = text.trim().to_lowercase();
        let fits = |channel: &Channel| {
            [channel.as_str(), channel.describe(), channel.also()].iter().any(|word| word.starts_with(&text))
        };
        if text.is_empty() { None } else { Channel::ALL.iter().copied().find(fits) }
    }

    /// Another word for it.
    fn also(self) -> &'static str {
        match self {
            Channel::Answerphone => "voicemail",
            Channel::Telephone => "phone",
            Channel::Email => "email",
            Channel::FrontDesk => "desk",
            Channel::Message => "app",
        }
    }
}

/// What is known of a report beside what it says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Message {
    /// By which way it came.
    pub channel: Channel,
    /// Evidence seen: "appointment card"; may be empty.
    pub seen: String,
    /// When the pupil is expected back.
    pub back: Option<NaiveDate>,
}

impl Message {
    /// "by telephone; appointment card seen; back Thu 26 Nov".
    pub fn describe(&self) -> String {
        let way = match self.channel {
            Channel::Answerphone => "on the answerphone",
            Channel::Telephone => "by telephone",
            Channel::Email => "by e-mail",
            Channel::FrontDesk => "at the front desk",
            Channel::Message => "by text or app",
        };
        let seen = if self.seen.is_empty() { String::new() } else { format!("; {} seen", self.seen) };
        let back = self.back.map(|back| back.format("; back %a %-d %b").to_string()).unwrap_or_default();
        format!("{way}{seen}{back}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_is_written_one_way_in_files_and_in_the_journal() {
        for channel in Channel::ALL.iter().copied() {
            assert_eq!(Channel::parse(channel.as_str()), Some(channel));
            assert_eq!(serde_json::to_value(channel).unwrap(), channel.as_str());
            assert_eq!(Channel::typed(channel.describe()), Some(channel));
        }
        assert_eq!(Channel::parse("pigeon"), None);
    }

    #[test]
    fn a_message_says_all_that_is_known_of_it_and_no_more() {
        let described = |channel, seen: &str, back| Message { channel, seen: seen.to_owned(), back }.describe();
        assert_eq!(described(Channel::Answerphone, "", None), "on the answerphone");
        let back = NaiveDate::from_ymd_opt(2026, 11, 26);
        assert_eq!(described(Channel::Email, "card", back), "by e-mail; card seen; back Thu 26 Nov");
    }

    #[test]
    fn a_letter_is_enough_where_it_is_typed() {
        for (typed, meant) in [
            ("a", Some(Channel::Answerphone)),
            (" Tel ", Some(Channel::Telephone)),
            ("t", Some(Channel::Telephone)),
            ("text", Some(Channel::Message)),
            ("phone", Some(Channel::Telephone)),
            ("e", Some(Channel::Email)),
            ("email", Some(Channel::Email)),
            ("f", Some(Channel::FrontDesk)),
            ("front desk", Some(Channel::FrontDesk)),
            ("desk", Some(Channel::FrontDesk)),
            ("m", Some(Channel::Message)),
            ("message", Some(Channel::Message)),
            ("app", Some(Channel::Message)),
            ("voicemail", Some(Channel::Answerphone)),
            ("", None),
            ("pigeon", None),
        ] {
            assert_eq!(Channel::typed(typed), meant, "{typed}");
        }
    }
}
