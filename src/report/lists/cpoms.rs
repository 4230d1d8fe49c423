//! For a pupil's chronology in CPOMS: what happened today, in the order in which it happened. Facts with times and names only: no
//! free words, which may hold an opinion or another child's name, and no flags.

use chrono::NaiveTime;

use super::escalations;
use crate::domain::calendar::session::Session;
use crate::domain::code::{Code, OnSite};
use crate::domain::day::{Day, Timelines};
use crate::domain::facts::evidence::Mark;
use crate::domain::facts::search::SearchOutcome;
use crate::domain::facts::step_kind::StepKind;
use crate::domain::name::clean;
use crate::domain::people::contact::Call;
use crate::domain::people::pupil::Pupil;
use crate::domain::people::telling_name::TellingName;
use crate::domain::timeline::What;
use crate::report::document::{Document, Section};
use crate::report::document_kind::{DocumentKind, nobody};

/// One pupil's day in facts, for CPOMS.
pub const KIND: DocumentKind = DocumentKind {
    word: "cpoms",
    about: "One pupil's day in facts, for CPOMS",
    title: "For CPOMS",
    recorded_as: "text for CPOMS",
    needs_past_of: nobody,
    at: |at| Some(cpoms(at.day, at.day.roll.pupil(at.pupil?)?, at.session, at.now)),
};

/// One pupil's day up to the `current` session, as one paragraph.
pub fn cpoms(day: &Day, pupil: &Pupil, current: Session, now: NaiveTime) -> Document {
    let logged = day.steps.iter().find(|one| one.pupil == pupil.id && one.step == StepKind::LoggedOnCpoms);
    let mut sections =
        vec![Section { heading: String::new(), items: Vec::new(), none: paragraph(day, pupil, current) }];
    sections.extend(logged.map(|one| Section {
        heading: String::new(),
        items: Vec::new(),
        none: format!("(Logged on CPOMS at {} by {}.)", one.at.format("%H:%M"), one.who),
    }));
    Document {
        title: format!("For CPOMS: {}", day.roll.name_and_group(pupil.id)),
        sections,
        school: day.roll.school.name.clone(),
        recorded: day.date.and_time(now),
    }
}

/// "On Tue 24 Nov 2026 Amira Khan (8KM) was not at AM registration (N). 09:31 Mrs Khan (mother) rung by S Marsh: no answer."
pub fn paragraph(day: &Day, pupil: &Pupil, current: Session) -> String {
    let sessions = Session::BOTH.into_iter().filter(|session| *session <= current);
    let stands: Vec<String> =
        sessions.map(|session| attended(day, day.mark(pupil.id, session).settled, session)).collect();
    let name = TellingName { name: pupil.spoken_name(), ..day.roll.name_with_group(pupil) };
    let date = day.date.format("%a %-d %b %Y");
    let first = format!("On {date} {} ({}) {}.", name.name, name.apart, stands.join(" and "));
    let mut events = events(day, pupil);
    events.sort_by_key(|(at, _)| *at);
    let sentences = events.into_iter().map(|(at, text)| format!("{} {text}.", at.format("%H:%M")));
    clean(&std::iter::once(first).chain(sentences).collect::<Vec<_>>().join(" "))
}

fn attended(day: &Day, mark: Option<Mark>, session: Session) -> String {
    let Some(mark) = mark else { return format!("has no {session} mark yet") };
    let codes = &day.roll.codes;
    let meaning = codes.row(mark.code).map_or("", |row| row.meaning.as_str());
    match mark.code {
        Code::N => format!("was not at {session} registration (N)"),
        Code::L | Code::U => format!("came late for {session} ({mark})"),
        code if codes.on_site(code) == OnSite::Yes => format!("was at {session} registration ({code})"),
        code => format!("was not at {session} registration ({code}, {meaning})"),
    }
}

fn events(day: &Day, pupil: &Pupil) -> Vec<(NaiveTime, String)> {
    let id = pupil.id;
    let mut events: Vec<(NaiveTime, String)> =
        day.calls_about(id).map(|call| (call.at.time(), rung(day, call))).collect();
    let line = Timelines::whole(day).of(pupil);
    events.extend(line.events().iter().filter_map(|event| {
        let text = match event.what {
            What::Arrival(one) => format!("arrived, logged by {}", one.who),
            What::Departure(one) => format!("left the building, recorded by {}", one.who),
            What::Return(one) => format!("came back into the building, recorded by {}", one.who),
            // Marks stand in the first sentence; who was looked for where is the search's to tell.
            What::Register(_)
            | What::Lesson(..)
            | What::Sighting(_)
            | What::Answer(_)
            | What::Reported(..)
            | What::Decision(..) => return None,
        };
        Some((event.at, text))
    }));
    events
        .extend(escalations(day, id).map(|one| (one.at.time(), format!("{} by {}", done(one.step.as_str()), one.who))));
    for search in day.searches.iter().filter(|search| search.pupil == id) {
        events.push((search.opened.time(), format!("search opened by {}", search.who)));
        events.extend(search.ended.as_ref().map(|end| {
            let how = match end.outcome {
                SearchOutcome::Found => end.how(),
                SearchOutcome::Escalated => "not found, search handed on",
            };
            (end.at.time(), format!("{how}, recorded by {}", end.who))
        }));
    }
    events
}

/// "Mrs Khan (mother) rung by S Marsh: no answer; the call was about a sibling too".
fn rung(day: &Day, call: &Call) -> String {
    let contact = call.contact.and_then(|id| day.roll.contact(call.pupil, id));
    let whom = match contact {
        Some(contact) if contact.relationship.is_empty() => contact.name.clone(),
        Some(contact) => format!("{} ({})", contact.name, contact.relationship),
        None => "somebody not on the list of contacts".to_owned(),
    };
    let others = day.calls.iter().filter(|other| other.act == call.act && other.pupil != call.pupil).count();
    let others = match others {
        0 => String::new(),
        1 => "; the call was about a sibling too".to_owned(),
        n => format!("; the call was about {n} siblings too"),
    };
    let code = call.code.map(|code| format!(", {code}")).unwrap_or_default();
    let back = call.call_back.map(|at| format!(" at {}", at.format("%H:%M"))).unwrap_or_default();
    format!("{whom} rung by {}: {}{back}{code}{others}", call.who, call.outcome.describe())
}

/// "tell DSL" is "DSL told" once it is done.
fn done(step: &str) -> String {
    step.strip_prefix("tell ").map_or_else(|| step.to_owned(), |whom| format!("{whom} told"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act_id::ActId;
    use crate::domain::people::contact::CallOutcome;
    use crate::domain::school::ladder::StepTaken;
    use crate::domain::testing::*;

    #[test]
    fn the_day_is_told_in_facts_without_another_childs_name_or_a_flag() {
        let am = Session::Am;
        let mut day = day(&[(AMIRA, am, "N"), (BILAL, am, "N")]);
        let step = |step: &str, rang: &str| StepTaken {
            act: ActId(9),
            pupil: AMIRA,
            session: am,
            step: step.to_owned().into(),
            words: "I think Bilal knows".to_owned(),
            who: "S Marsh".to_owned(),
            at: at(rang),
        };
        day.calls = vec![
            Call { note: "Bilal was rude".to_owned(), ..call(AMIRA, 1, "09:31", CallOutcome::NoAnswer) },
            call(BILAL, 3, "09:31", CallOutcome::NoAnswer),
            Call { call_back: Some(time("09:50")), ..call(AMIRA, 2, "09:33", CallOutcome::CallBack) },
        ];
        day.steps = vec![step("tell DSL", "10:02"), step(StepKind::LoggedOnCpoms.as_str(), "10:30")];
        let amira = day.roll.pupil(AMIRA).unwrap();
        let text = paragraph(&day, amira, am);
        assert_eq!(
            text,
            "On Wed 4 Mar 2026 Amira Khan (8KM) was not at AM registration (N). 09:31 Mrs Khan (mother) rung by S Marsh: no \
             answer; the call was about a sibling too. 09:33 Mr Khan (mother) rung by S Marsh: call back at 09:50. 10:02 DSL \
             told by S Marsh."
        );
        assert!(!text.contains("Bilal") && !text.contains("CP"));
        let lines = cpoms(&day, amira, am, time("10:42")).lines(80);
        assert!(lines.iter().any(|(_, line)| line == "(Logged on CPOMS at 10:30 by S Marsh.)"), "{lines:?}");
        assert!(lines.last().unwrap().1.ends_with("as recorded at 10:42 on Wed 4 Mar"));
    }

    #[test]
    fn what_the_mark_says_is_said_plainly() {
        for (text, message) in [
            ("/", "was at AM registration (/)"),
            ("L 17", "came late for AM (L 17 min)"),
            ("I", "was not at AM registration (I, "),
        ] {
            let day = day(&[(AMIRA, Session::Am, text)]);
            let told = paragraph(&day, day.roll.pupil(AMIRA).unwrap(), Session::Am);
            assert!(told.contains(message), "{told}");
        }
        let day = day(&[]);
        let told = paragraph(&day, day.roll.pupil(SUKARNO).unwrap(), Session::Am);
        assert_eq!(told, "On Wed 4 Mar 2026 Sukarno (9TR) has no AM mark yet.");
    }
}
