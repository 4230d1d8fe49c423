//! What files leave to be decided: each list by keys, for each role, and what is counted in the title.

mod lists;
mod refused;
mod roles;

use firstbell::domain::act::{Amend, Officer};
use firstbell::domain::calendar::session::Session;
use firstbell::domain::code::Code;
use firstbell::domain::facts::handback::{Form, Handback};
use firstbell::domain::facts::message::Channel;
use firstbell::domain::incoming::{Incoming, IncomingMessage, IncomingPupil, IncomingUnknown, Received, Who};
use firstbell::domain::people::pupil::PupilId;
use firstbell::domain::school::staff::Role;
use firstbell::store::Store;
use firstbell::store::handback::Asked;

use crate::support::*;

/// What is brought in is of these.
const MISSING: [i64; 2] = [7, 9];

/// 0001 and 0003 have a mark that is no code, and 0003 one more.
fn unknown_marks() -> Incoming {
    let one = |n, raw: &str| {
        let (at, raw) = (am(), raw.to_owned());
        IncomingUnknown { pupil: key(n), at, raw, minutes: None, by: None }
    };
    Incoming { unknown_marks: placed([one(1, "7"), one(3, "7"), one(6, "q1")]), ..Incoming::default() }
}

/// An export of the whole roll without some of it.
fn part_of_roll(store: &Store) -> Incoming {
    let roll = store.roll();
    let rows = roll.pupils.iter().filter(|pupil| !MISSING.contains(&pupil.id.0)).map(|one| IncomingPupil {
        group: Some(roll.group_name(one).to_owned()),
        ..pupil(one.id.0 as usize, (one.surname.as_str(), one.forename.as_str(), ""))
    });
    let rows = rows.map(|row| IncomingPupil { household: None, ..row });
    Incoming { pupils: placed(rows), ..Incoming::default() }
}

fn message(number: Option<usize>, name: &str, words: &str) -> IncomingMessage {
    IncomingMessage {
        who: Who { key: number.map(key).unwrap_or_default(), names: vec![name.to_owned()], ..Who::default() },
        received: Received::Local(date().and_hms_opt(7, 58, 0).unwrap()),
        channel: Channel::Message,
        by: "Ms Doyle, mother".to_owned(),
        number: Some("07700 900111".to_owned()),
        from: Some(date()),
        until: None,
        reason: "ill".to_owned(),
        words: words.to_owned(),
    }
}

/// The school, into which files have brought something of everything.
fn office() -> Office {
    let office = Office::new();
    office.bring_at("08:00", &unknown_marks());
    let store = Store::open(&office.path, codes()).unwrap();
    office.bring_at("08:01", &part_of_roll(&store));
    let words = "She is poorly.\nPlease ring 07700 900222 after ten.";
    let messages = [message(Some(3), "Erin Doyle", words), message(None, "Bilal", "back on Thursday")];
    office.bring_at("08:02", &Incoming { messages: placed(messages), ..Incoming::default() });
    amend(&office, "09:10", 4);
    amend(&office, "09:11", 2);
    office
}

/// The office knows why that pupil is away: the school's own system does not.
fn amend(office: &Office, time: &str, pupil: i64) {
    let (mut store, pupil) = (Store::open(&office.path, codes()).unwrap(), PupilId(pupil));
    let saw = store.day(date()).unwrap().mark(pupil, Session::Am).revision;
    let reason = "rang".to_owned();
    office.perform(time, Amend { pupil, at: am(), code: Code::parse("I").unwrap(), minutes: None, reason, saw });
}

/// A desk of somebody with that role.
fn sits(office: &Office, role: Role, size: (u16, u16)) -> Desk {
    let who = Officer { role, ..officer("S Marsh") };
    office.desk_of("09:20", size, COLOUR, who)
}

fn hand_back(office: &Office) -> Handback {
    let mut store = Store::open(&office.path, codes()).unwrap();
    let asked = Asked { form: Form::Sheet, profile: None, dates: (None, None) };
    store.hand_back(&officer("J Ito"), at("09:15"), &asked, &|_| true).unwrap().unwrap()
}
