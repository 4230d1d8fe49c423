//! A pupil's card read out: what is asked first comes first, one line a fact.

use super::details;
use super::follow_up::{FollowUpFacts, of_promise};
use super::today::{of_happening, of_lesson};
use super::{CallFacts, Card, ContactFacts, EvidenceFacts, FigureFacts, SessionFacts};
use crate::cli::desk::answer::Row;
use crate::cli::text::sentence;
use crate::domain::code::OnSite;
use crate::domain::counted::counted;
use crate::domain::day::PastDay;
use crate::domain::facts::evidence::or_blank;

impl Row for Card {
    fn lines(&self) -> Vec<String> {
        let number = self.pupil.admission_no.as_deref().unwrap_or("none");
        let upn = self.upn.as_deref().unwrap_or("none");
        let until = self.on_roll_until.map(|day| format!(" until {day}")).unwrap_or_default();
        let mut lines = vec![sentence([
            self.pupil.name_before_number(),
            self.pupil.year.map(|year| format!("year {year}")).unwrap_or_default(),
            format!("admission number {number}"),
            format!("UPN {upn}"),
            format!("on roll from {}{until}", self.on_roll_from),
        ])];
        lines.extend(self.details.legal());
        let flags = self.pupil.flags.iter().zip(&self.flag_meanings);
        lines.extend(flags.map(|(letters, meaning)| format!("Flag {letters}: {meaning}.")));
        lines.extend(self.watched.iter().map(|watch| format!("On the watch list: {}.", watch.describe())));
        lines.push(format!("Now: {}.", self.now.says));
        lines.extend(self.follow_up.iter().map(FollowUpFacts::line));
        for session in &self.sessions {
            lines.push(of_session(session));
            lines.extend(session.evidence.iter().map(of_evidence));
        }
        lines.extend(self.lessons.iter().map(of_lesson));
        lines.extend(self.happenings.iter().map(of_happening));
        lines.push(format!("Contacts: {}.", self.contacts.len()));
        lines.extend(self.contacts.iter().map(of_contact));
        lines.push(format!("Calls today: {}.", self.calls.len()));
        lines.extend(self.calls.iter().map(of_call));
        lines.extend(self.promises.iter().map(of_promise));
        lines.push(format!("Household: {}.", counted(self.siblings.len(), "sibling")));
        for sibling in &self.siblings {
            let (am, pm) = (or_blank(sibling.am), or_blank(sibling.pm));
            lines.push(format!("Sibling {}: AM {am}, PM {pm}.", sibling.pupil.introduced()));
        }
        lines.extend(self.details.lines());
        lines.push(of_year(&self.year_to_yesterday));
        lines.push(format!("Last four weeks: {}.", counted(self.four_weeks.len(), "day")));
        let marks = |day: &PastDay| format!("AM {}, PM {}", or_blank(day.am), or_blank(day.pm));
        let day = self.four_weeks.iter();
        lines.extend(day.map(|day| format!("{}: {}.", day.date.format("%a %-d %b"), marks(day))));
        lines.extend(self.on_closed_days.iter().map(|one| format!("{}: {}.", one.says, marks(&one.day))));
        if let Some(amendments) = &self.amendments {
            lines.push(format!("Amendments this school year: {}.", amendments.len()));
            lines.extend(amendments.iter().flat_map(Row::lines));
        }
        lines
    }
}

fn of_session(session: &SessionFacts) -> String {
    let on_site = match session.on_site {
        OnSite::Yes => "in the building",
        OnSite::No => "not in the building",
        OnSite::Unknown => "not known where",
    };
    let meaning = session.meaning.as_ref().map(|meaning| format!(" ({meaning})")).unwrap_or_default();
    let contradiction = session.contradiction.as_ref().map(|text| format!(" Contradiction: {text}."));
    let (name, now, why) = (session.session, or_blank(session.mark), &session.why);
    format!("{name} today: {now}{meaning}, {on_site}. Why: {why}.{}", contradiction.unwrap_or_default())
}

fn of_evidence(fact: &EvidenceFacts) -> String {
    let words = fact.words.as_ref().map(|words| format!(", “{words}”")).unwrap_or_default();
    let channel = fact.channel.map(|channel| format!(", by {}", channel.describe())).unwrap_or_default();
    let seen = fact.seen.as_ref().map(|seen| format!(", seen: {seen}")).unwrap_or_default();
    let back = fact.back.map(|day| format!(", expected back on {day}")).unwrap_or_default();
    let detail = format!("{words}{channel}{seen}{back}");
    format!("Evidence: {}{detail}, recorded by {} on {} at {}.", fact.says, fact.by, fact.on, fact.at)
}

fn of_contact(contact: &ContactFacts) -> String {
    let next = if contact.next { ", ring next" } else { "" };
    let reach = if let Some(why) = &contact.bar {
        let is_empty_or_noted = why.is_empty() || Some(why) == contact.note.as_ref();
        format!("MUST NOT BE CONTACTED{}", if is_empty_or_noted { String::new() } else { format!(" ({why})") })
    } else {
        let phone = contact.phone.as_ref().map_or_else(|| "no number".to_owned(), |phone| format!("phone {phone}"));
        let phone = contact.other_phones.iter().fold(phone, |phones, other| format!("{phones} or {other}"));
        let not_rung = |phones, other| format!("{phones} (not {other}, which is not rung: somebody barred answers it)");
        let phone = contact.barred_phones.iter().fold(phone, not_rung);
        let barred = if contact.number_barred { ", which is not rung: somebody barred answers it" } else { "" };
        let phone = format!("{phone}{barred}");
        contact.email.iter().fold(phone, |reach, email| format!("{reach}, e-mail {email}"))
    };
    let wrong = contact.found_wrong.map(|date| format!(", found wrong {}", date.format("%-d %b"))).unwrap_or_default();
    let note = contact.note.as_ref().map(|note| format!(", note: {note}")).unwrap_or_default();
    let more = details::of_contact(contact);
    format!("{}. {}, {}, {reach}{more}{wrong}{note}{next}.", contact.order, contact.name, contact.relationship)
}

fn of_call(call: &CallFacts) -> String {
    let contact = call.contact.as_deref().unwrap_or("nobody on the list");
    sentence([
        format!("{} {contact}: {}", call.at, call.outcome.describe()),
        call.code.map(|code| format!("code {code}")).unwrap_or_default(),
        call.note.clone(),
        call.call_back.as_ref().map(|at| format!("ring back at {at}")).unwrap_or_default(),
        call.despite.as_ref().map(|reason| format!("despite the bar: {reason}")).unwrap_or_default(),
        format!("by {}", call.by),
    ])
}

fn of_year(year: &FigureFacts) -> String {
    sentence([
        format!("School year to yesterday: attendance {}", year.attendance),
        format!("authorised absences {}", year.counts.authorised),
        format!("unauthorised {}", year.counts.unauthorised),
        format!("lates {}", year.counts.lates),
        format!("sessions without a mark {}", year.counts.blanks),
        year.counts.absence_word().unwrap_or_default().to_owned(),
    ])
}
